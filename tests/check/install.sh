#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# install.sh KDIR: make install puts everything where it belongs, and make uninstall takes all of
# it away; units are such that systemd takes them; DKMS knows all modules, and builds them.

set -u

top=$(cd -- "$(dirname -- "$0")/../.." && pwd -P)
kdir=$1
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
bad=0

complain()
{
	bad=1
	echo "$*"
}

# files FOLDER: everything in it that is no folder.
files()
{
	(cd "$1" && find . -not -type d | LC_ALL=C sort)
}

# install_to ROOT PREFIX: and back.
install_to()
{
	local root=$1 prefix=$2 name

	make -s -C "$top" KDIR="$kdir" DESTDIR="$root" PREFIX="$prefix" install >"$out/log" 2>&1 ||
		complain "make install PREFIX=$prefix: $(cat "$out/log")"
	files "$root" >"$out/files"
	# One of each sort; what there is for each is in the lists of tools/Makefile.
	for name in sbin/condisctl lib/libcondis.so.1 lib/libcondis.so include/condis.h \
		include/linux/ndproxy.h include/linux/ndproxy/call.h lib/pkgconfig/condis.pc share/man/man8/condisctl.8 \
		share/man/man5/condis.conf.5 share/man/man3/libcondis.3 \
		share/bash-completion/completions/condisctl lib/udev/rules.d/60-ndproxy.rules \
		lib/modules-load.d/condis.conf lib/systemd/system/condis.service \
		lib/systemd/system/condis-serve@.service share/man/man8/condisctl-serve.8 \
		share/doc/condis/examples/demo.conf share/doc/condis/examples/echo.serve \
		share/man/man8/pppd-condis.8 share/doc/condis/examples/peers/condis-client \
		bin/tapi lib/libtapi.so.1 lib/libtapi.so lib/libtapi.a lib/pkgconfig/tapi.pc \
		include/tapi.h include/tapi3.h include/tapi/structures.h include/tapi3/com.h \
		share/man/man1/tapi.1 share/man/man3/tapi.3 share/man/man3/lineOpen.3 \
		share/man/man3/lineOpenW.3 share/man/man3/tapi_error_text.3 \
		share/bash-completion/completions/tapi share/doc/condis/examples/hello.c; do
		[ -e "$root$prefix/$name" ] || complain "make install: no $prefix/$name"
	done
	for name in $modules; do
		grep -q "^./lib/modules/[^/]*/updates/$name.ko$" "$out/files" ||
			complain "make install: no $name.ko"
	done
	# Where pppd looks for it, whatever the prefix is.
	[ ! -e /usr/include/pppd/pppd.h ] || grep -q '/pppd/[^/]*/condis\.so$' "$out/files" ||
		complain "make install: no plugin of pppd"
	[ -d "$root/etc/condis" ] || complain "make install: no /etc/condis"
	grep -q "^ExecStart=$prefix/sbin/condisctl apply$" "$root$prefix/lib/systemd/system/condis.service" ||
		complain "condis.service does not run $prefix/sbin/condisctl"
	# shellcheck disable=SC2016 # systemd expands
	grep -q "^ExecStart=$prefix/sbin/condisctl serve "'$OPTIONS -- $COMMAND$' \
		"$root$prefix/lib/systemd/system/condis-serve@.service" ||
		complain "condis-serve@.service does not run $prefix/sbin/condisctl"
	# A configuration is its owner's, and stays.
	echo "exchange add mine" >"$root/etc/condis/mine.conf"
	make -s -C "$top" KDIR="$kdir" DESTDIR="$root" PREFIX="$prefix" uninstall >"$out/log" 2>&1 ||
		complain "make uninstall: $(cat "$out/log")"
	[ "$(files "$root")" = ./etc/condis/mine.conf ] ||
		complain "make uninstall leaves: $(files "$root")"
	rm "$root/etc/condis/mine.conf"
	make -s -C "$top" KDIR="$kdir" DESTDIR="$root" PREFIX="$prefix" uninstall >"$out/log" 2>&1
	name=$(find "$root" -name 'condis' -o -name 'ndproxy' -o -name 'tapi*')
	[ -z "$name" ] || complain "make uninstall leaves folders: $name"
}

# The README's program is the example, and it compiles as the README says: with what was installed.
check_programs()
{
	local name printed

	for name in hello dialler dialler3; do
		# shellcheck disable=SC2046 # words
		(cd "$out" && cp "$out/prefix/share/doc/condis/examples/$name.c" . &&
			export PKG_CONFIG_PATH=$out/prefix/lib/pkgconfig &&
			cc "$name.c" $(pkg-config --cflags --libs tapi)) >"$out/log" 2>&1 ||
			complain "$name.c does not compile: $(cat "$out/log")"
	done
	# Its indentation is narrower.
	printed=$(sed -n '/^ *#include <stdio.h>/,/^      }/s/^ *//p' "$top/README")
	[ "$printed" = "$(sed '1d;s/^[ \t]*//' "$top/Documentation/examples/hello.c")" ] ||
		complain "the README's program is not hello.c"
}

# Where its program is, so that systemd finds it.
check_units()
{
	local unit name

	make -s -C "$top/tools" O="$top/build/tools" PREFIX="$out/prefix" install DESTDIR= \
		CONFIGURATIONS="$out/prefix/etc" PPPD_PLUGINS="$out/prefix/pppd" >"$out/log" 2>&1 ||
		complain "$(cat "$out/log")"
	for unit in "$out/prefix/lib/systemd/system"/*.service; do
		name=${unit##*/}
		# It speaks of every unit of the machine that it meets; ours count.
		systemd-analyze verify --man=no "$unit" 2>&1 |
			grep -i condis && complain "systemd does not take $name"
		systemd-analyze security --offline=true --threshold=30 "$unit" >"$out/log" 2>&1 ||
			complain "$name may do too much: $(tail -n 1 "$out/log")"
	done
	make -s -C "$top/tools" O="$top/build/tools" all >/dev/null || complain "tools do not build"
}

# dkms ARGUMENT..., which as root makes a key to sign with in its folder: not in the machine's.
run_dkms()
{
	if [ "$(id -u)" = 0 ]; then
		# shellcheck disable=SC2016 # the inner shell expands
		unshare -m sh -c 'mount --bind "$0" /var/lib/dkms && exec dkms "$@"' "$out/dkms" "$@"
	else
		dkms "$@"
	fi
}

check_dkms()
{
	local name built version tree=$out/dkms source=$out/source
	local trees=(--dkmstree "$tree" --sourcetree "$source/usr/src")

	built=$(sed -n 's/^BUILT_MODULE_NAME\[.*="\(.*\)"$/\1/p' "$top/dkms.conf" | LC_ALL=C sort)
	[ "$built" = "$modules" ] ||
		complain "dkms.conf builds $(echo "$built" | xargs), Kbuild $(echo "$modules" | xargs)"
	version=$(sed -n 's/^PACKAGE_VERSION="\(.*\)"$/\1/p' "$top/dkms.conf")
	[ "$version" = "$(sed -n 's/^VERSION := //p' "$top/tools/Makefile")" ] ||
		complain "dkms.conf and tools/Makefile are of two versions"

	make -s -C "$top" DESTDIR="$source" dkms >"$out/log" 2>&1 || complain "$(cat "$out/log")"
	mkdir -p "$tree"
	release=$(sed -n 's/^#define UTS_RELEASE "\(.*\)"$/\1/p' \
		"$kdir/include/generated/utsrelease.h")
	if ! run_dkms add "${trees[@]}" "condis/$version" >"$out/log" 2>&1 ||
		! run_dkms build "${trees[@]}" "condis/$version" -k "$release" \
			--kernelsourcedir "$kdir" >>"$out/log" 2>&1; then
		complain "dkms: $(cat "$out/log" "$tree"/condis/*/build/make.log 2>/dev/null |
			tail -n 30)"
	fi
	for name in $modules; do
		find "$tree" -name "$name.ko*" | grep -q . || complain "dkms builds no $name.ko"
	done
	make -s -C "$top" DESTDIR="$source" undkms >"$out/log" 2>&1
	[ -z "$(files "$source")" ] || complain "make undkms leaves $(files "$source")"
}

modules=$(sed -n 's/^obj-m *+= *\(.*\)\.o$/\1/p' "$top"/drivers/*/Kbuild |
	grep -v '^condis_example_' | LC_ALL=C sort)
install_to "$out/root" /usr
install_to "$out/local" /usr/local
check_units
check_programs
check_dkms
exit $bad
