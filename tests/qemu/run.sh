#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# run.sh: everything of `make run`, from packages to the verdict, which is its last line.

set -u
# shellcheck source=lib.sh
. "$(dirname -- "$0")/lib.sh"

here=$TOP/tests/qemu
out=$BUILD/run

fail()
{
	echo "verdict: FAIL ($*)"
	exit 1
}

"$here/packages.sh" build guest || fail "packages are missing"
"$here/kernel.sh" 6.1 || fail "no stock kernel"
"$here/build.sh" 6.1 || fail "the modules do not build"
"$here/build.sh" tools || fail "the tools do not build"
say "boot: $(kernel_name 6.1)"
"$here/boot.sh" 6.1 run "$out"

# The guest writes its verdict to a port of its own, and "end" when it is through.
if [ "$(tail -n 1 "$out/verdict" 2>/dev/null)" != end ]; then
	"$here/death.sh" "$out" >&2
	fail "the guest died without a verdict"
fi
verdict=$(grep '^verdict: ' "$out/verdict" | tail -n 1)
echo "$verdict"
case $verdict in
"verdict: PASS"*) exit 0 ;;
esac
exit 1
