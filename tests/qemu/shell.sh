#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# shell.sh: `make shell`, a prompt in a guest with the modules loaded and an exchange
# with two adapters up. KERNEL=6.12 takes the debug kernel.

set -u
# shellcheck source=lib.sh
. "$(dirname -- "$0")/lib.sh"

here=$TOP/tests/qemu
kernel=${KERNEL:-6.1}
purposes=(build guest)
is_built "$kernel" && purposes+=(debug)

"$here/packages.sh" "${purposes[@]}" || exit 1
"$here/kernel.sh" "$kernel" || exit 1
"$here/build.sh" "$kernel" || exit 1
"$here/build.sh" tools || exit 1
say "boot: $(kernel_name "$kernel"); its console is in $BUILD/shell/console.log"
exec "$here/boot.sh" "$kernel" shell "$BUILD/shell"
