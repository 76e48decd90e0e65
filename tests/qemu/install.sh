#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# install.sh install|uninstall DESTDIR PREFIX: the modules, built for the running kernel
# or for KDIR, go to its updates folder; the tools and what goes beside them are the
# business of tools/Makefile.
# install.sh dkms|undkms DESTDIR: the sources of the modules go to /usr/src, for DKMS, which
# builds them for every kernel.

set -u
# shellcheck source=lib.sh
. "$(dirname -- "$0")/lib.sh"

what=${1:-} destdir=${2:-} prefix=${3:-}

[ -n "$destdir" ] || [ -w / ] || die "writing to / needs root: sudo make $what"

# The modules of the tree, without those of the tests.
module_names()
{
	# The examples are to be read, and built, and that is all.
	sed -n 's/^obj-m *+= *\(.*\)\.o$/\1/p' "$TOP"/drivers/*/Kbuild | grep -v '^condis_example_'
}

tools()
{
	make -s -C "$TOP/tools" O="$BUILD/tools" DESTDIR="$destdir" PREFIX="$prefix" "$1" ||
		die "the tools: $1 failed"
}

# What holds lists of what was installed: only where it is this machine that was changed.
tell_machine()
{
	[ -z "$destdir" ] || return 0
	depmod "$release" || die "depmod failed for $release"
	ldconfig
	[ ! -d /run/udev ] || udevadm control --reload
	[ ! -d /run/systemd/system ] || systemctl daemon-reload
}

# set_updates: the folder of modules that come beside the kernel's own.
set_updates()
{
	local kdir=${KDIR:-/lib/modules/$(uname -r)/build}

	# Not kernel.release: Debian's headers have the version of the source there.
	release=$(sed -n 's/^#define UTS_RELEASE "\(.*\)"$/\1/p' \
		"$kdir/include/generated/utsrelease.h")
	[ -n "$release" ] ||
		die "$kdir is no kernel that modules can be built for; give KDIR=<folder>"
	updates=$destdir/lib/modules/$release/updates
}

install_all()
{
	local module

	set_updates
	mkdir -p "$updates" || die "cannot write $updates"
	for module in $(module_names); do
		install -m 0644 "$BUILD/native/src/$module.ko" "$updates/" ||
			die "cannot install $module"
	done
	tools install
	tell_machine
	say "installed: $(module_names | tr '\n' ' ')for $release, and the tools"
}

uninstall_all()
{
	local module

	set_updates
	for module in $(module_names); do
		rm -f "$updates/$module.ko"
	done
	tools uninstall
	tell_machine
	say "uninstalled for $release; modules that are loaded stay until rmmod or a restart"
}

# dkms_value NAME: a value of dkms.conf.
dkms_value()
{
	sed -n "s/^$1=\"\(.*\)\"$/\1/p" "$TOP/dkms.conf"
}

install_dkms()
{
	local name version source

	name=$(dkms_value PACKAGE_NAME) version=$(dkms_value PACKAGE_VERSION)
	source=$destdir/usr/src/$name-$version
	[ -n "$destdir" ] || command -v dkms >/dev/null ||
		die "dkms is not installed; run: apt-get install dkms"
	"$TOP/tests/qemu/build.sh" sources "$source" || exit 1
	rm -rf "$source/tests"
	cp "$TOP/dkms.conf" "$TOP/COPYING" "$source/" || die "cannot write $source"
	cp -r "$TOP/LICENSES" "$source/" || die "cannot write $source"
	[ -z "$destdir" ] || return 0
	dkms status -m "$name" -v "$version" | grep -q . || dkms add -m "$name" -v "$version" ||
		exit 1
	dkms install --force -m "$name" -v "$version" || exit 1
	say "installed: $name $version by DKMS, for this kernel and those to come"
}

uninstall_dkms()
{
	local name version

	name=$(dkms_value PACKAGE_NAME) version=$(dkms_value PACKAGE_VERSION)
	if [ -z "$destdir" ] && dkms status -m "$name" -v "$version" | grep -q .; then
		dkms remove -m "$name" -v "$version" --all || exit 1
	fi
	rm -rf "$destdir/usr/src/$name-$version"
}

case $what in
install) install_all ;;
uninstall) uninstall_all ;;
dkms) install_dkms ;;
undkms) uninstall_dkms ;;
*) die "install.sh: $what is none of install, uninstall, dkms, undkms" ;;
esac
