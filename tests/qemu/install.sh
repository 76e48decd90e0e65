#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# install.sh install|uninstall DESTDIR PREFIX: the modules, built for the running kernel
# or for KDIR, go to its updates folder; the tools, their manual and the udev rule are
# the business of tools/Makefile.

set -u
# shellcheck source=lib.sh
. "$(dirname -- "$0")/lib.sh"

[ $# -eq 3 ] || die "usage: install.sh install|uninstall DESTDIR PREFIX"
what=$1 destdir=$2 prefix=$3
kdir=${KDIR:-/lib/modules/$(uname -r)/build}
src=$BUILD/native/src

tools()
{
	make -s -C "$TOP/tools" O="$BUILD/tools" DESTDIR="$destdir" PREFIX="$prefix" "$1" ||
		die "the tools: $1 failed"
}

[ -w "${destdir:-/}" ] || [ -n "$destdir" ] || die "writing to / needs root: sudo make $what"
# Not kernel.release: Debian's headers have the version of the source there.
release=$(sed -n 's/^#define UTS_RELEASE "\(.*\)"$/\1/p' "$kdir/include/generated/utsrelease.h")
[ -n "$release" ] ||
	die "$kdir is no kernel that modules can be built for; give KDIR=<folder>"
updates=$destdir/lib/modules/$release/updates

case $what in
install)
	mkdir -p "$updates" || die "cannot write $updates"
	while IFS= read -r module; do
		module=${module##*/}
		install -m 0644 "$src/${module%.*}.ko" "$updates/" || die "cannot install $module"
	done < <(grep -v _kunit "$src/modules.order")
	[ -n "$destdir" ] || depmod "$release" || die "depmod failed for $release"
	tools install
	say "installed: $(cd "$updates" && echo ./*.ko | sed 's|\./||g') for $release, and the tools"
	;;
uninstall)
	for module in condis_vwan ndproxy condis; do
		rm -f "$updates/$module.ko"
	done
	[ -n "$destdir" ] || depmod "$release" || die "depmod failed for $release"
	tools uninstall
	say "uninstalled for $release; modules that are loaded stay until rmmod or a restart"
	;;
*)
	die "install.sh: $what is neither install nor uninstall"
	;;
esac
