#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# tapi-analyze.sh FOLDER: what clang's static analyzer and gcc's have to say of libtapi and of the
# program tapi is nothing. A file that has not changed, nor what it includes, is not read again.

set -u
set -o pipefail

here=$(cd -- "$(dirname -- "$0")" && pwd -P)
top=$(cd -- "$here/../.." && pwd -P)
out=$1
stamps=$out/clean

# gcc's knows no counted references: a pointer that is stored in a table of handles or in a list is
# a leak to it. Leaks are clang's to say; what gcc says of uses after free, NULL and uninitialised
# memory counts.
gcc_words=(-fanalyzer -Wno-analyzer-malloc-leak)
clang_words=(--analyze --analyzer-output text -Xclang -analyzer-werror
	-Xclang "-analyzer-checker=core,deadcode,security.insecureAPI.UncheckedReturn,unix,nullability")

mapfile -t flags < <(pkg-config --cflags smartcols libsystemd | tr ' ' '\n' | sed '/^$/d')
flags+=(-std=gnu11 -D_GNU_SOURCE '-D__printf(a,b)=__attribute__((format(printf,a,b)))'
	'-DCONDIS_VERSION="0"' -I"$top/include/uapi" -I"$top/tools/libtapi")

# analyze FILE
analyze()
{
	local file=$1 name sum bad=0

	name=${file#"$top/tools/"}
	sum=$( (echo "${gcc_words[*]} ${clang_words[*]}"
		gcc "${flags[@]}" -M "$file" | grep -o '/[^ ]*' | xargs cat) |
		sha256sum) || return 1
	[ "$(cat "$stamps/${name//\//_}" 2>/dev/null)" = "$sum" ] && return 0
	gcc "${flags[@]}" -O2 -Werror "${gcc_words[@]}" -c -o /dev/null "$file" || bad=1
	clang "${flags[@]}" "${clang_words[@]}" -o /dev/null "$file" || bad=1
	[ $bad = 0 ] && echo "$sum" >"$stamps/${name//\//_}"
	return $bad
}

mkdir -p "$stamps"
bad=0
count=0
for file in "$top"/tools/libtapi/*.c "$top"/tools/libtapi/tapi3/*.c "$top"/tools/tapi/*.c; do
	analyze "$file" || bad=1
	count=$((count + 1))
done
[ $count -gt 40 ] || {
	echo "only $count files were looked at"
	bad=1
}
exit $bad
