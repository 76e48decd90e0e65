#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# build.sh KERNEL|native: build the modules for a kernel, in build/KERNEL/src.
# build.sh sources DIR: only bring the copy of the sources in DIR up to date.
# build.sh tools, then build.sh suites or build.sh bench: build the tools, and after them the
# user-space suites or the benchmarks.
#
# Modules are built in a copy of the sources, one for each kernel, that rsync keeps up
# to date; so a second build does only what changed, and the tree stays clean.

set -u
set -o pipefail
# shellcheck source=lib.sh
. "$(dirname -- "$0")/lib.sh"

# sync_sources DIR: what the modules are made of, and nothing that make made there.
sync_sources()
{
	mkdir -p "$1/tests" || die "cannot write $1"
	rsync -a --delete --prune-empty-dirs \
		--exclude='*.mod.c' --include='*/' --include='*.c' --include='*.h' \
		--include='Kbuild' --exclude='*' \
		"$TOP/Kbuild" "$TOP/drivers" "$TOP/include" "$1/" || die "cannot copy to $1"
	rsync -a --delete --prune-empty-dirs \
		--exclude='*.mod.c' --include='*/' --include='*.c' --include='*.h' \
		--include='Kbuild' --exclude='*' \
		"$TOP/tests/kunit" "$1/tests/" || die "cannot copy to $1"
}

build_modules()
{
	local kernel=$1 kdir=$2 dir=$BUILD/$1/src log=$BUILD/$1/build.log start=$SECONDS ko name

	[ -e "$kdir/Makefile" ] ||
		die "no kernel headers in $kdir; run: apt-get install linux-headers-$(uname -r), or give KDIR=<folder>"
	sync_sources "$dir"
	say "build: modules for $kernel"
	if ! make -C "$kdir" M="$dir" ${DEBUG:+CONDIS_DEBUG=y} -j"$JOBS" modules >"$log" 2>&1; then
		grep -E 'error: |warning: |Error |ERROR: |No rule' "$log" |
			sed "s|$dir/||g" | awk '!seen[$0]++' | head -n 40 >&2
		die "the modules do not build for $kernel; the whole log is $log"
	fi
	grep -E 'warning:|WARNING:' "$log" | grep -v 'compiler differs' | sed "s|$dir/||g" >&2
	# A module that is no longer made must not be loaded either.
	for ko in "$dir"/*.ko; do
		[ -e "$ko" ] || continue
		name=${ko##*/}
		grep -Eq "(^|/)${name%.ko}\.k?o\$" "$dir/modules.order" || rm -f "$ko"
	done
	say "build: modules for $kernel built, $(took $((SECONDS - start)))"
}

# build_programs FOLDER WHAT MAKE-ARGUMENT...: what FOLDER/Makefile makes.
build_programs()
{
	local folder=$1 what=$2 log=$BUILD/${1##*/}.log start=$SECONDS

	shift 2
	mkdir -p "$BUILD"
	say "build: $what"
	if ! make -C "$TOP/$folder" -j"$JOBS" "$@" >"$log" 2>&1; then
		grep -E 'error: |warning: |Error |\*\*\*|undefined' "$log" | head -n 40 >&2
		die "the $what do not build; the whole log is $log"
	fi
	say "build: $what built, $(took $((SECONDS - start)))"
}

build_tools()
{
	build_programs tools tools O="$BUILD/tools" all examples
}

build_suites()
{
	build_programs tests/suites suites O="$BUILD/suites" TOOLS="$BUILD/tools"
}

[ $# -ge 1 ] || die "usage: build.sh 6.1|6.12|kcsan|native|tools|suites|bench, or build.sh sources DIR"
case $1 in
sources) sync_sources "$2" ;;
6.1 | 6.12 | kcsan) build_modules "$1" "$(kernel_kdir "$1")" ;;
native) build_modules native "${KDIR:-/lib/modules/$(uname -r)/build}" ;;
tools) build_tools ;;
bench) build_programs tests/bench benchmarks O="$BUILD/bench" TOOLS="$BUILD/tools" ;;
suites) build_suites ;;
*) die "build.sh: cannot build '$1'" ;;
esac
