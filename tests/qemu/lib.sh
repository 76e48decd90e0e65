# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Shared by the scripts of this folder: where things are, and how to speak.
# Sourced, never run.
# shellcheck disable=SC2034 # what is set here is used by those who source it

TOP=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
CACHE=${CONDIS_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/condis}
BUILD=$TOP/build
JOBS=${JOBS:-$(nproc)}

# The Debian packages the kernels come from.
HEADERS_PKG=linux-headers-amd64
SOURCE_PKG=linux-source-6.12
KERNELS_TEXT="6.1 (stock), 6.12 (debug) and kcsan (data races)"

# say WORDS...: one line of progress, to stderr, so that stdout stays for results.
say()
{
	printf '%s\n' "$*" >&2
}

die()
{
	say "error: $*"
	exit 1
}

# took SECONDS: a duration as a person writes it.
took()
{
	local s=$1

	if [ "$s" -ge 60 ]; then
		printf '%dm%02ds' $((s / 60)) $((s % 60))
	else
		printf '%ds' "$s"
	fi
}

# pkg_version PACKAGE: the installed version, or nothing.
pkg_version()
{
	dpkg-query -W -f='${db:Status-Status} ${Version}\n' "$1" 2>/dev/null |
		sed -n 's/^installed //p'
}

# A version as part of a path: ~ and : mean something to shells and make.
path_version()
{
	pkg_version "$1" | tr '~:' '--'
}

# stock_release: the release of the stock kernel, such as 6.1.0-56-amd64.
stock_release()
{
	dpkg-query -W -f='${Depends}\n' "$HEADERS_PKG" 2>/dev/null |
		sed -n 's/.*linux-headers-\([0-9][^ ,]*\).*/\1/p'
}

# kernel_configs KERNEL: the files of a kernel that is built, by which it is configured.
kernel_configs()
{
	echo "$TOP/tests/qemu/base.config"
	case $1 in
	kcsan) echo "$TOP/tests/qemu/kcsan.config" ;;
	*) echo "$TOP/tests/qemu/debug.config" ;;
	esac
}

# config_hash KERNEL: what a kernel that is built depends on besides the version of its source.
config_hash()
{
	local configs

	mapfile -t configs < <(kernel_configs "$1")
	{
		grep -hE '^(# )?CONFIG_' "${configs[@]}" | LC_ALL=C sort
		gcc -dumpfullversion
	} | sha256sum | cut -c1-12
}

# is_built KERNEL: whether it is built here, with KUnit, and not Debian's own.
is_built()
{
	[ "$1" = 6.12 ] || [ "$1" = kcsan ]
}

# kernel_root KERNEL: the cache folder that holds this kernel.
kernel_root()
{
	case $1 in
	6.1) echo "$CACHE/stock-$(stock_release)-$(path_version "linux-headers-$(stock_release)")" ;;
	6.12) echo "$CACHE/debug-$(path_version "$SOURCE_PKG")-$(config_hash 6.12)" ;;
	kcsan) echo "$CACHE/kcsan-$(path_version "$SOURCE_PKG")-$(config_hash kcsan)" ;;
	*) die "no kernel is called '$1'; there are $KERNELS_TEXT" ;;
	esac
}

# kernel_source: the unpacked source of the kernels that are built.
kernel_source()
{
	echo "$CACHE/source-$(path_version "$SOURCE_PKG")"
}

# kernel_kdir KERNEL: what modules for this kernel are built against.
kernel_kdir()
{
	case $1 in
	6.1) echo "/usr/src/linux-headers-$(stock_release)" ;;
	*) echo "$(kernel_root "$1")/build" ;;
	esac
}

# kernel_image KERNEL: what QEMU boots.
kernel_image()
{
	case $1 in
	6.1) echo "$(kernel_root 6.1)/boot/vmlinuz-$(stock_release)" ;;
	*) echo "$(kernel_root "$1")/build/arch/x86/boot/bzImage" ;;
	esac
}

# kernel_name KERNEL: in words.
kernel_name()
{
	case $1 in
	6.1) echo "stock kernel $(stock_release)" ;;
	kcsan) echo "data race kernel kcsan" ;;
	*) echo "debug kernel 6.12" ;;
	esac
}
