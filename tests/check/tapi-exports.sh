#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# tapi-exports.sh LIBRARY: libtapi.so.1 has each function of tapi.h and tapi3.h, with its version,
# and nothing else but the interfaces' numbers (IID_*, CLSID_*, LIBID_*); and what it calls of these
# functions itself is its own, whatever the program has by that name.

set -u
set -o pipefail
export LC_ALL=C

here=$(cd -- "$(dirname -- "$0")" && pwd -P)
headers=$here/../../tools/libtapi
library=${1:?usage: tapi-exports.sh LIBRARY}

# What the compiler sees declared: a name of ours and its opening parenthesis, in no macro.
declared()
{
	printf '#define TAPI_PLAIN_NAMES\n#include "tapi.h"\n#include "tapi3.h"\n' |
		"${CC:-gcc}" -E -P -I"$headers" -x c - |
		grep -oE '\b(line|tapi|Tapi|Sys|Variant)[A-Za-z0-9_]* *\(' | tr -d ' (' | sort -u
}

exported()
{
	nm -D --defined-only --with-symbol-versions "$library" |
		sed -n 's/^[0-9a-f]* [A-Z] \(.*\)@@LIBTAPI_1$/\1/p' |
		grep -Ev '^(IID|DIID|CLSID|LIBID)_' | sort -u
}

strangers()
{
	nm -D --defined-only --with-symbol-versions "$library" |
		grep -Ev '@@LIBTAPI_1$| A LIBTAPI_1'
}

# Functions that are looked for when the library is loaded, and so found in the program first.
interposable()
{
	readelf -rW "$library" | grep -oE '[A-Za-z0-9_]+@@LIBTAPI_1' | sed 's/@@.*//' | sort -u |
		comm -12 - <(exported)
}

found=$(declared)
if [ -z "$found" ]; then
	echo "tapi-exports: the headers declare nothing"
	exit 1
fi
missing=$(comm -23 <(echo "$found") <(exported))
surplus=$(comm -13 <(echo "$found") <(exported))
strange=$(strangers)
loose=$(interposable)
[ -z "$missing" ] || printf 'declared, and not in %s:\n%s\n' "$library" "$missing"
[ -z "$surplus" ] || printf 'in %s, and not declared:\n%s\n' "$library" "$surplus"
[ -z "$strange" ] || printf 'without the version LIBTAPI_1:\n%s\n' "$strange"
[ -z "$loose" ] || printf "called by the library, and anybody's:\n%s\n" "$loose"
[ -z "$missing$surplus$strange$loose" ]
