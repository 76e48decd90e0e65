#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# packages.sh PURPOSE...: make sure that the Debian packages for these purposes
# are installed. PURPOSE is build, suites, guest, debug, check, profile or docs.
#
# Root installs what is missing, saying so; anyone else is told the line to run.

set -u
# shellcheck source=lib.sh
. "$(dirname -- "$0")/lib.sh"

packages_for()
{
	case $1 in
	build) # modules for a Debian kernel, and the tools
		echo gcc libc6-dev make kmod rsync pkg-config \
			$HEADERS_PKG libsmartcols-dev libmnl-dev libtracefs-dev \
			libtraceevent-dev libsystemd-dev uthash-dev ;;
	suites) # the user-space suites
		echo libcmocka-dev libxml2-utils ;;
	guest) # boot a kernel with the host's files
		echo qemu-system-x86 busybox-static cpio gawk iproute2 procps ppp ppp-dev dbus ;;
	debug) # build the debug kernel
		echo $SOURCE_PKG flex bison bc libelf-dev xz-utils perl ;;
	check) # read the source
		echo sparse clang llvm coccinelle shellcheck perl python3 mandoc groff-base dkms \
			systemd g++ mingw-w64-common ;;
	profile) # see where the instructions go
		echo linux-perf ;;
	docs)
		echo python3-sphinx perl ;;
	*)
		die "packages: no purpose is called '$1'" ;;
	esac
}

missing()
{
	local p

	for p in "$@"; do
		[ -n "$(pkg_version "$p")" ] || echo "$p"
	done
}

command -v apt-get >/dev/null || die "this needs Debian 12 (no apt-get here)"

wanted=()
for purpose in "$@"; do
	# shellcheck disable=SC2207 # package names have no spaces
	wanted+=($(packages_for "$purpose"))
done
mapfile -t need < <(missing "${wanted[@]}" | sort -u)

# Headers whose kernel image has left the archive are of no use to the guest.
release=$(stock_release)
if [ -n "$release" ] && [ ! -e "$(kernel_root 6.1)/ready" ] &&
	! apt-cache show "linux-image-$release=$(pkg_version "linux-headers-$release")" \
		>/dev/null 2>&1; then
	need+=("$HEADERS_PKG")
fi
[ ${#need[@]} -gt 0 ] || exit 0

if [ "$(id -u)" != 0 ]; then
	say "these Debian packages are missing; run this, then try again:"
	say "  sudo apt-get install ${need[*]}"
	exit 1
fi

say "packages: installing ${need[*]}"
start=$SECONDS
log=$(mktemp) || die "cannot make a temporary file"
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
# Lists that are missing or stale are the usual reason for a failure: the first
# try is without the minute that an update takes.
if ! apt-get install -y -q --no-install-recommends "${need[@]}" </dev/null >"$log" 2>&1; then
	say "packages: refreshing the package lists"
	if ! { apt-get update -q &&
		apt-get install -y -q --no-install-recommends "${need[@]}"; } \
		</dev/null >"$log" 2>&1; then
		tail -n 20 "$log" >&2
		die "apt-get could not install: ${need[*]}"
	fi
fi
say "packages: installed, $(took $((SECONDS - start)))"
