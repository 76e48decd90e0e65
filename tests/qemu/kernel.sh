#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# kernel.sh 6.1|6.12|kcsan: make sure that this kernel is in the cache.
#
# 6.1 is Debian's own image for the installed headers, unpacked, not installed.
# 6.12 and kcsan are built from linux-source-6.12 with base.config, and debug.config
# or kcsan.config. All are kept by content (package version, hash of the
# configuration, compiler), so that a change makes a new one and nothing has to be
# cleaned. A folder gets its final name, or its "ready" mark, only when it is whole.

set -u
set -o pipefail
# shellcheck source=lib.sh
. "$(dirname -- "$0")/lib.sh"

# About this many files make such a kernel: the progress line's denominator.
KERNEL_FILES=1550

fetch_stock()
{
	local root release pkg version tmp start=$SECONDS

	root=$(kernel_root 6.1)
	release=$(stock_release)
	[ -n "$release" ] || die "$HEADERS_PKG is not installed"
	[ -e "$root/ready" ] && return 0

	pkg=linux-image-$release
	version=$(pkg_version "linux-headers-$release")
	say "kernel 6.1: fetching $pkg $version (70 MB)"
	tmp=$CACHE/tmp.stock.$$
	rm -rf "$tmp"
	mkdir -p "$tmp/root" || die "cannot write to $CACHE"
	# apt warns that it cannot drop privileges into this folder; that is fine.
	(cd "$tmp" && apt-get download "$pkg=$version" >apt.log 2>&1) || {
		cat "$tmp/apt.log" >&2
		rm -rf "$tmp"
		die "$pkg $version is not in the archive; run: apt-get update && apt-get install $HEADERS_PKG"
	}
	dpkg-deb -x "$tmp"/*.deb "$tmp/root" || die "cannot unpack $pkg"
	[ -d "$tmp/root/usr/lib/modules" ] && mv "$tmp/root/usr/lib" "$tmp/root/lib"
	depmod -b "$tmp/root" "$release" || die "depmod failed for $release"
	touch "$tmp/root/ready"
	rm -rf "$root"
	mv "$tmp/root" "$root" || die "cannot write $root"
	rm -rf "$tmp"
	say "kernel 6.1: $release ready, $(took $((SECONDS - start)))"
}

unpack_source()
{
	local src tmp

	[ -n "$(pkg_version "$SOURCE_PKG")" ] || die "$SOURCE_PKG is not installed"
	src=$(kernel_source)
	[ -d "$src" ] && return 0
	[ -e "/usr/src/$SOURCE_PKG.tar.xz" ] || die "$SOURCE_PKG is not installed"
	say "kernel: unpacking $SOURCE_PKG $(pkg_version "$SOURCE_PKG")"
	tmp=$CACHE/tmp.source.$$
	rm -rf "$tmp"
	mkdir -p "$tmp" || die "cannot write to $CACHE"
	tar -C "$tmp" -xf "/usr/src/$SOURCE_PKG.tar.xz" || die "cannot unpack $SOURCE_PKG"
	mv "$tmp/$SOURCE_PKG" "$src" || die "cannot write $src"
	rm -rf "$tmp"
}

configure()
{
	local kernel=$1 src=$2 out=$3 configs

	mapfile -t configs < <(kernel_configs "$kernel")
	make -C "$src" O="$out" ARCH=x86 tinyconfig &&
		"$src/scripts/kconfig/merge_config.sh" -m -O "$out" "$out/.config" \
			"${configs[@]}" &&
		make -C "$src" O="$out" ARCH=x86 olddefconfig
}

# Each line of the fragment must be what olddefconfig left; Kconfig drops what
# it does not like without a word.
check_config()
{
	local kernel=$1 config=$2 line name bad=0 configs

	mapfile -t configs < <(kernel_configs "$kernel")
	while IFS= read -r line; do
		case $line in
		"# CONFIG_"*)
			name=${line#"# "}
			name=${name%% *}
			# A symbol whose dependencies are unmet is not mentioned at all.
			grep -q "^$name=" "$config" || continue
			;;
		CONFIG_*)
			grep -qxF -- "$line" "$config" && continue
			;;
		*)
			continue
			;;
		esac
		say "kernel $kernel: '$line' did not survive olddefconfig"
		bad=1
	done < <(cat "${configs[@]}")
	[ "$bad" = 0 ] || die "the configuration of the kernel is not what ${configs[*]##*/} say"
}

# Prints a line every ten seconds while make runs, counting what it compiled.
progress()
{
	local kernel=$1 n=0 last=$SECONDS start=$SECONDS

	while IFS= read -r line; do
		case $line in
		"  CC "* | "  AS "*) n=$((n + 1)) ;;
		esac
		if [ $((SECONDS - last)) -ge 10 ]; then
			last=$SECONDS
			say "kernel $kernel: $n of about $KERNEL_FILES files, $(took $((SECONDS - start)))"
		fi
	done
}

build_kernel()
{
	local kernel=$1 root src out log start=$SECONDS

	root=$(kernel_root "$kernel")
	[ -e "$root/ready" ] && return 0
	src=$(kernel_source)
	out=$root/build
	log=$root/build.log
	mkdir -p "$out" || die "cannot write $root"

	if [ ! -e "$out/.config.checked" ]; then
		if ! configure "$kernel" "$src" "$out" >"$log" 2>&1; then
			tail -n 20 "$log" >&2
			die "cannot configure the $(kernel_name "$kernel"); the whole log is $log"
		fi
		check_config "$kernel" "$out/.config"
		touch "$out/.config.checked"
	fi

	say "kernel $kernel: building the $(kernel_name "$kernel") with $JOBS jobs (6 minutes on 2 cores, once)"
	if ! make -C "$src" O="$out" ARCH=x86 -j"$JOBS" bzImage modules 2>&1 |
		tee -a "$log" | progress "$kernel"; then
		tail -n 20 "$log" >&2
		die "the $(kernel_name "$kernel") does not build; the whole log is $log"
	fi
	touch "$root/ready"
	say "kernel $kernel: ready, $(took $((SECONDS - start)))"
}

# A function, so that the whole file is read before a long build starts.
main()
{
	[ $# -eq 1 ] || die "usage: kernel.sh 6.1|6.12|kcsan"
	mkdir -p "$CACHE" || die "cannot make the cache folder $CACHE"
	# One build at a time; whoever comes second finds it done.
	exec 9>"$CACHE/lock.$1" || die "cannot write to $CACHE"
	flock 9
	# Both that are built are from one source, which is unpacked once.
	if is_built "$1"; then
		exec 8>"$CACHE/lock.source" || die "cannot write to $CACHE"
		flock 8
		unpack_source
		exec 8>&-
	fi
	case $1 in
	6.1) fetch_stock ;;
	6.12 | kcsan) build_kernel "$1" ;;
	*) die "no kernel is called '$1'; there are $KERNELS_TEXT" ;;
	esac
}

main "$@"
exit
