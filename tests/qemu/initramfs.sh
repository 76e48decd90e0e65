#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# initramfs.sh KERNEL JOB OUT: write the guest's first file system to OUT.
#
# It holds a static busybox, the modules that reach the host's files over 9p,
# and JOB, a file of shell assignments that says what this boot is for. All else
# comes from the host, read-only, so no disk image is ever built.

set -u
set -o pipefail
# shellcheck source=lib.sh
. "$(dirname -- "$0")/lib.sh"

[ $# -eq 3 ] || die "usage: initramfs.sh KERNEL JOB OUT"
kernel=$1 job=$2 out=$3

dir=$(mktemp -d) || die "cannot make a temporary folder"
trap 'rm -rf "$dir"' EXIT
mkdir -p "$dir"/{bin,dev,proc,sys,mod,newroot}
cp /bin/busybox "$dir/bin/busybox" || die "busybox-static is not installed"
cp "$job" "$dir/job" || die "cannot read $job"
cp "$TOP/tests/qemu/guest/first" "$dir/init" || die "cannot read guest/first"
chmod 755 "$dir/init"

# The debug kernel has these built in. In a stock one they are modules, to be
# loaded in the order that modprobe would load them.
: >"$dir/mod/order"
if [ "$kernel" = 6.1 ]; then
	for module in virtio_pci virtio_console 9pnet_virtio 9p; do
		modprobe -d "$(kernel_root 6.1)" -S "$(stock_release)" --show-depends "$module" |
			sed -n 's/^insmod //p' || die "no module $module in the stock kernel"
	done | awk '!seen[$1]++ { print $1 }' >"$dir/mod/paths"
	while IFS= read -r path; do
		cp "$path" "$dir/mod/" || die "cannot read $path"
		basename "$path" >>"$dir/mod/order"
	done <"$dir/mod/paths"
	rm "$dir/mod/paths"
fi

(cd "$dir" && find . | cpio -o -H newc --quiet -R 0:0) >"$out" || die "cannot write $out"
