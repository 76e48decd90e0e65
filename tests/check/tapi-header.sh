#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# tapi-header.sh: tapi.h and tapi3.h are the published interface. Each number, size, offset and
# prototype, and each method's place and type, is that of mingw-w64's headers, which were made from
# the published documentation and are in the public domain; clang compiles these for Windows, so
# long has 32 bits there and 64 here. And the headers compile as C and C++ of each age, for each
# version of TAPI, with UNICODE and without, alone and behind a porting shim.
#
# Where we differ, and mean to:
#   LINEERR_*      LONGs here, and unsigned there: numbers are compared as 32 bits. Here their sign
#                  is what tells an error from a request, also where long has 64 bits.
#   members        of a version above TAPI_CURRENT_VERSION are not in our structures; in
#                  mingw-w64's they always are. What a structure ends before is in tapi-probe.py.
#   names          mingw-w64 renames lineGetDevStatus, which there is not, for
#                  lineGetLineDevStatus, and lineCreateAgent twice, for lineCreateAgentSession. Ours
#                  are checked against its prototypes.
#   PHONE*         telephones are no lines. Messages have one series of numbers for both.
#   IID_*          mingw-w64 has none of TAPI's. tapi-guids.txt has them from the published type
#                  library; those of COM are compared with mingw-w64's.

set -u
set -o pipefail

here=$(cd -- "$(dirname -- "$0")" && pwd -P)
top=$(cd -- "$here/../.." && pwd -P)
published=${MINGW_INCLUDE:-/usr/share/mingw-w64/include}
ours=$top/tools/libtapi
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
bad=0

complain()
{
	bad=1
	echo "$*"
}

probe()
{
	"$here/tapi-probe.py" "$1" "$published" >"$out/$1.c" || exit 1
}

# answers COMPILER...: what a probe says in the assembler's text. That it says enough is checked by
# who compares.
answers()
{
	"$@" -w -S -o - 2>"$out/err" | sed -n 's/.*# @@ \(.*\) \$\?\(-\?[0-9]*\)$/\1 = \2/p'
	[ "${PIPESTATUS[0]}" = 0 ] || head -n 20 "$out/err" >&2
}

there()
{
	answers clang --target=x86_64-w64-windows-gnu -nostdlibinc -isystem "$published" "$@"
}

here()
{
	answers gcc -DOURS -I"$ours" "$@"
}

# same WHAT MINIMUM: "there" and "here" say the same, and enough.
same()
{
	local lines

	lines=$(wc -l <"$out/there")
	[ "$lines" -ge "$2" ] || complain "$1: only $lines were found in the published headers"
	diff --label published --label ours -U0 "$out/there" "$out/here" >"$out/diff" && return
	complain "$1:"
	grep '^[-+]' "$out/diff" | head -n 20
}

compare_numbers()
{
	probe numbers
	there -DTAPI_CURRENT_VERSION=0x00030001 "$out/numbers.c" >"$out/there"
	here -DTAPI_CURRENT_VERSION=0x00030001 "$out/numbers.c" >"$out/here"
	same "numbers, sizes and offsets" 2400
}

compare_versions()
{
	local version

	probe versions
	for version in "${versions[@]}"; do
		there -DVERSION="$version" "$out/versions.c" >"$out/there"
		here -DTAPI_CURRENT_VERSION="$version" "$out/versions.c" >"$out/here"
		same "sizes for version $version" 50
	done
}

compare_functions()
{
	local version

	probe functions
	probe names
	probe methods
	strict gcc -std=gnu11 -DTAPI_PLAIN_NAMES "$out/functions.c"
	strict gcc -std=gnu11 "$out/methods.c"
	for version in "${versions[@]}"; do
		local plain='SUFFIX'

		[ $((version)) -ge $((0x00020000)) ] || plain='""'
		strict gcc -std=gnu11 -DTAPI_CURRENT_VERSION="$version" '-DSUFFIX="A"' \
			"-DPLAIN=$plain" "$out/names.c"
		strict gcc -std=gnu11 -DTAPI_CURRENT_VERSION="$version" -DUNICODE '-DSUFFIX="W"' \
			-DPLAIN=SUFFIX "$out/names.c"
	done
}

compare_guids()
{
	probe guids
	gcc -I"$ours" -Wall -Wextra -Werror -o "$out/guids" "$out/guids.c" 2>&1 || {
		bad=1
		return
	}
	{
		cat "$here/tapi-guids.txt"
		# __CRT_UUID_DECL(IDispatch, 0x00020400, 0x0000, 0x0000, 0xc0,0x00, ...)
		grep -hE '^__CRT_UUID_DECL\((IUnknown|IDispatch|IEnumUnknown|I(Enum)?Connection(Point\w*|s)),' \
			"$published"/{unknwn,oaidl,objidlbase,ocidl}.h |
			sed -e 's/^__CRT_UUID_DECL(/IID_/' -e 's/)$//' -e 's/ *0x//g' | awk -F, '{
				print $1 " " toupper($2 "-" $3 "-" $4 "-" $5 $6 "-" \
					$7 $8 $9 $10 $11 $12) }'
	} | LC_ALL=C sort -u >"$out/there"
	"$out/guids" | LC_ALL=C sort >"$out/here"
	same "names of interfaces" 30
}

# strict COMPILER ARGUMENT...: without a word.
strict()
{
	tried=$((tried + 1))
	"$@" -I"$ours" -Wall -Wextra -Werror -fsyntax-only >"$out/err" 2>&1 && return
	complain "$*:"
	head -n 8 "$out/err"
}

# What a shim brings, as far as the headers say that they take it from there.
write_shims()
{
	# One that says who it is.
	cat >"$out/shim.h" <<-'END'
		#include <stdint.h>
		#define _WINDEF_
		#define _BASETSD_H_
		#define WINAPI
		#define CALLBACK
		typedef unsigned char BYTE; typedef unsigned short WORD; typedef unsigned int DWORD;
		typedef unsigned int UINT, ULONG; typedef int BOOL, INT, LONG;
		typedef unsigned short USHORT; typedef char CHAR;
		typedef DWORD *LPDWORD; typedef void *LPVOID, *PVOID, *HANDLE, *HWND, *HICON;
		typedef void *HINSTANCE;
		typedef char *LPSTR; typedef const char *LPCSTR;
		typedef unsigned short WCHAR; typedef WCHAR *LPWSTR; typedef const WCHAR *LPCWSTR;
		typedef uintptr_t DWORD_PTR, ULONG_PTR, UINT_PTR, WPARAM;
		#define TAPI_WIDE(text) u##text
	END
	# One that has no more than a few names, and does not say so.
	echo 'typedef unsigned int DWORD; typedef int LONG; typedef unsigned char BYTE;' \
		>"$out/names.h"
	# One that is wrong where long has 64 bits.
	sed 's/unsigned int DWORD/unsigned long DWORD/' "$out/shim.h" >"$out/wide.h"
}

compile()
{
	local compiler standard version unicode header three

	for compiler in "gcc -std=gnu89" "gcc -std=c99 -pedantic" "gcc -std=c11 -pedantic" \
		"clang -std=c99 -pedantic" "g++ -std=c++17 -pedantic" \
		"clang++ -std=c++17 -pedantic" "g++ -std=c++98"; do
		standard=c
		case $compiler in
		*++*) standard=c++ ;;
		esac
		for unicode in "" -DUNICODE; do
			for version in "${versions[@]}"; do
				# shellcheck disable=SC2086 # words, or nothing
				strict $compiler $unicode -DTAPI_CURRENT_VERSION="$version" \
					-x $standard "$here/tapi-use.c"
			done
			for three in "" -DCINTERFACE; do
				# shellcheck disable=SC2086 # words, or nothing
				strict $compiler $unicode $three -DWITH_TAPI3 -DCOBJMACROS \
					-x $standard "$here/tapi-use.c"
			done
		done
	done
	# Each alone.
	for header in tapi.h tapi3.h \
		$(sed -n 's|^#include "\(tapi3\?/.*\)"|\1|p' "$ours"/tapi.h "$ours"/tapi3.h); do
		strict gcc -std=c99 -x c -include "$header" /dev/null
	done
	# Behind the kernel's header, whose enumerators have the same names.
	strict gcc -std=c99 -I"$top/include/uapi" -include linux/ndproxy.h -x c "$here/tapi-use.c"
	write_shims
	for compiler in "gcc -std=c99 -pedantic -x c" "g++ -std=c++17 -x c++"; do
		# shellcheck disable=SC2086 # words
		strict $compiler -include "$out/shim.h" -DWITH_TAPI3 -DCOBJMACROS \
			"$here/tapi-use.c"
	done
	for compiler in "gcc -std=c11 -pedantic -x c" "g++ -std=c++17 -x c++"; do
		# shellcheck disable=SC2086 # words
		strict $compiler -include "$out/names.h" "$here/tapi-use.c"
	done
	gcc -I"$ours" -include "$out/wide.h" -fsyntax-only "$here/tapi-use.c" >"$out/err" 2>&1
	grep -q tapi_dword_must_have_32_bits "$out/err" ||
		complain "a shim whose DWORD has 64 bits is taken"
}

versions=(0x00010003 0x00010004 0x00020000 0x00020001 0x00020002)
tried=0

[ -e "$published/tapi3if.h" ] || {
	echo "no $published/tapi3if.h: apt-get install mingw-w64-common"
	exit 1
}
compare_numbers
compare_versions
compare_functions
compare_guids
compile
echo "$tried compilations"
exit $bad
