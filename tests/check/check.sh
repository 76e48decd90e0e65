#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# check.sh: everything of `make check`: what reads the source without running it. One
# line for each check, and what it complains about; the last line is
# "check: N passed, N failed". CHECK="name..." runs only those.
#
# A warning is a failure everywhere.

set -u
set -o pipefail
# shellcheck source=../qemu/lib.sh
. "$(dirname -- "$0")/../qemu/lib.sh"

HERE=$TOP/tests/check
OUT=$BUILD/check

# modules KERNEL NAME MAKE-ARGUMENT...: build the modules with warnings as errors, in a
# copy of the sources that only this check uses.
modules()
{
	local kernel=$1 dir=$OUT/$2/src

	shift 2
	"$TOP/tests/qemu/build.sh" sources "$dir" || return 1
	make -C "$(kernel_kdir "$kernel")" M="$dir" -j"$JOBS" "$@" modules >"$dir/../make.log" 2>&1
	local status=$?
	# modpost warns without failing; that the compiler is another is meant so.
	grep -E 'warning: |WARNING: |error: |Error |undefined!' "$dir/../make.log" |
		grep -v 'compiler differs from'
	[ "${PIPESTATUS[1]}" != 0 ] && [ $status = 0 ]
}

gcc_modules()
{
	modules "$1" "gcc-$1" W=1 KCFLAGS=-Werror
}

# Both kernels were configured with gcc; for their makefiles it is clang all the same.
clang_modules()
{
	local version

	version=$(clang -dumpversion | awk -F. '{ printf "%d%02d%02d", $1, $2, $3 }')
	modules "$1" "clang-$1" W=1 KCFLAGS=-Werror CC="$HERE/clang-gcc" \
		CONFIG_CC_IS_CLANG=y CONFIG_CLANG_VERSION="$version" \
		CONFIG_CC_IS_GCC='' CONFIG_GCC_VERSION=0 CONFIG_OBJTOOL='' CONFIG_KASAN_STACK=''
}

# C=2 reads every source, compiled already or not: the objects of gcc's check will do.
sparse_modules()
{
	modules "$1" "gcc-$1" C=2 CF="-D__CHECK_ENDIAN__" W=1 KCFLAGS=-Werror
}

c_files()
{
	find "$TOP/drivers" "$TOP/include" "$TOP/tools" "$TOP/tests" "$TOP/Documentation" \
		-name '*.[ch]' | LC_ALL=C sort
}

kernel_files()
{
	find "$TOP/drivers" "$TOP/include" -name '*.[ch]' | LC_ALL=C sort
}

# run_checkpatch ARGUMENT... <FILES. Its own settings are in .checkpatch.conf, which it
# looks for where it is run.
run_checkpatch()
{
	(cd "$TOP" && xargs -d '\n' -r -n 10 -P "$JOBS" \
		"$(kernel_source)/scripts/checkpatch.pl" --strict --no-tree -q --terse \
		--show-types --no-summary "$@" -f)
}

# The layout of a TRACE_EVENT is the tracing documentation's, and no function's. The
# suites and benchmarks are programs: types, attributes and string functions of the kernel are not
# theirs, cmocka's names are in CamelCase, volatile hides a bad pointer from the compiler,
# macros paste the names of members, and what is tried is named as its function is. To
# compat.h the kernel's version is no constant. TAPI's names and types are the published ones,
# and its interfaces are made by macros, as they are there, which is so for what uses them as C and
# C++, too; where these are implemented, a pointer to one of them is taken for a multiplication.
checkpatch()
{
	local bad=0 programs='^tests/(suites|fuzz|bench|check)/' compat='^include/condis/compat.h'
	local userland=PREFER_KERNEL_TYPES,PREFER_DEFINED_ATTRIBUTE_MACRO,STRCPY,CAMELCASE
	local published='^(tests/check/tapi-use\.c|tools/libtapi/tapi(3?\.h|/|3/(com|constants|errors|events|guids|interfaces|macros)\.h))'
	local objects='^(tools/libtapi/tapi3/|tests/suites/tapi(3|_objects))' object=CAMELCASE,SPACING,MACRO_WITH_FLOW_CONTROL
	local tapi='^(tools/(libtapi|tapi)|Documentation/examples)/' interface=CAMELCASE,NEW_TYPEDEFS,SPACING,LINE_SPACING

	userland+=,VOLATILE,MACRO_ARG_REUSE,EMBEDDED_FUNCTION_NAME,AVOID_EXTERNS
	interface+=,MACRO_ARG_REUSE,MACRO_ARG_PRECEDENCE,MACRO_ARG_UNUSED,COMPLEX_MACRO
	interface+=,MULTISTATEMENT_MACRO_USE_DO_WHILE,TRAILING_SEMICOLON,AVOID_EXTERNS
	object+=,MACRO_ARG_PRECEDENCE,$userland

	c_files | sed "s|^$TOP/||" | grep -Ev "^include/trace/|$programs|$compat|$tapi" |
		run_checkpatch || bad=1
	c_files | sed "s|^$TOP/||" | grep -E "$published" | run_checkpatch --ignore "$interface" ||
		bad=1
	c_files | sed "s|^$TOP/||" | grep -E "$tapi" | grep -Ev "$published|$objects" |
		run_checkpatch --ignore CAMELCASE || bad=1
	c_files | sed "s|^$TOP/||" | grep -E "$objects" | grep -Ev "$published" |
		run_checkpatch --ignore "$object" || bad=1
	c_files | sed "s|^$TOP/||" | grep -E "$programs" | grep -Ev "$objects|$published" |
		run_checkpatch --ignore "$userland" || bad=1
	c_files | sed "s|^$TOP/||" | grep -E "$compat" |
		run_checkpatch --ignore CONSTANT_COMPARISON || bad=1
	c_files | sed "s|^$TOP/||" | grep '^include/trace/' |
		run_checkpatch --ignore OPEN_ENDED_LINE,PARENTHESIS_ALIGNMENT || bad=1
	return $bad
}

kernel_doc()
{
	local files

	mapfile -t files < <(kernel_files)
	# What is installed of TAPI.
	files+=("$TOP"/tools/libtapi/tapi{,3}.h "$TOP"/tools/libtapi/tapi/*.h
		"$TOP"/tools/libtapi/tapi3/com.h)
	"$(kernel_source)/scripts/kernel-doc" -none -Werror -Wshort-desc -Wcontents-before-sections \
		"${files[@]}"
}

# semantic_patch FILE DIR: one of the kernel's semantic patches over DIR, with the options
# that it asks for, as the kernel's coccicheck would run it.
semantic_patch()
{
	local options

	options=$(sed -n 's|^// *Options: *||p' "$1")
	# shellcheck disable=SC2086 # options are words
	spatch -D report --no-show-diff --very-quiet --cocci-file "$1" $options \
		-I "$2/include" -I "$2/include/uapi" --dir "$2" 2>&1 |
		grep -Ev '^warning: |^$'
	[ "${PIPESTATUS[0]}" = 0 ] || echo "$1: spatch failed"
}

# All of them, but for the few that are written in OCaml and need a compiler for it
# (coccicheck stops at the first of those). They read nothing but sources, so a tree
# that was clean and has not changed is clean.
coccinelle()
{
	local dir=$OUT/cocci/src stamp=$OUT/cocci/clean sum

	"$TOP/tests/qemu/build.sh" sources "$dir" || return 1
	sum=$(cd "$dir" && find . -name '*.[ch]' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
	[ "$(cat "$stamp" 2>/dev/null)" = "$sum" ] && return 0
	export -f semantic_patch
	# shellcheck disable=SC2016 # the inner bash expands
	grep -rlE '^virtual .*report|^virtual report' "$(kernel_source)/scripts/coccinelle" |
		xargs -d '\n' grep -LE '(script|initialize|finalize):ocaml' | LC_ALL=C sort |
		xargs -d '\n' -I '{}' -P "$JOBS" bash -c 'semantic_patch "$1" "$2"' - '{}' "$dir" \
			>"$OUT/cocci/report"
	if [ -s "$OUT/cocci/report" ]; then
		cat "$OUT/cocci/report"
		return 1
	fi
	echo "$sum" >"$stamp"
}

# Scripts are known by their first line, or by the directive for those that are sourced.
scripts()
{
	find "$TOP" \( -path "$TOP/.git" -o -path "$TOP/build" \) -prune -o -type f -size -200k -print |
		while IFS= read -r file; do
			head -n 3 "$file" | tr -d '\0' |
				grep -Eq '^#! ?/bin/(ba|da)?sh|^#! ?/bin/busybox sh|^# shellcheck shell=' &&
				echo "$file"
		done
}

shell_scripts()
{
	local file bad=0

	while IFS= read -r file; do
		case $(head -n 1 "$file") in
		*busybox*) shellcheck -x -P SCRIPTDIR -s sh -f gcc "$file" || bad=1 ;;
		*) shellcheck -x -P SCRIPTDIR -f gcc "$file" || bad=1 ;;
		esac
	done < <(scripts)
	return $bad
}

# tools COMPILER: the makefiles set -Wall -Wextra -Werror themselves.
tools()
{
	local out=$OUT/tools-$1 log=$OUT/tools-$1/make.log

	mkdir -p "$out"
	make -C "$TOP/tools" O="$out/tools" CC="$1" -j"$JOBS" all examples man >"$log" 2>&1 &&
		make -C "$TOP/tests/suites" O="$out/suites" TOOLS="$out/tools" CC="$1" -j"$JOBS" \
			>>"$log" 2>&1 &&
		make -C "$TOP/tests/bench" O="$out/bench" TOOLS="$out/tools" CC="$1" -j"$JOBS" \
			>>"$log" 2>&1 && return 0
	grep -E 'error: |warning: |Error |No rule|undefined' "$log"
	return 1
}

# Each header of the user ABI compiles alone, in the oldest C.
user_headers()
{
	local header cc bad=0

	for header in "$TOP"/include/uapi/linux/*.h "$TOP"/include/uapi/linux/*/*.h; do
		for cc in gcc clang; do
			"$cc" -std=c90 -Wall -Wextra -Werror -fsyntax-only -x c -I"$TOP/include/uapi" \
				-include "$header" /dev/null || bad=1
		done
	done
	return $bad
}

# Of the programs and the library as they are built for the checks.
manual_pages()
{
	"$HERE/manual.py" "$OUT/tools-gcc/tools"
}

words()
{
	"$HERE/words.sh" "$OUT/tools-gcc/tools/condisctl" 200 &&
		"$HERE/words.sh" "$OUT/tools-gcc/tools/tapi" 50
}

# The paths through the library that no test took: what two analyzers make of them.
tapi_exports()
{
	"$HERE/tapi-exports.sh" "$OUT/tools-gcc/tools/libtapi.so.1"
}

tapi_analyze()
{
	"$HERE/tapi-analyze.sh" "$OUT/tapi-analyze"
}

tapi_fuzz()
{
	"$HERE/tapi-fuzz.sh" "$OUT/tapi-fuzz"
}

installation()
{
	"$HERE/install.sh" "$(kernel_kdir 6.1)"
}

manual()
{
	[ -e "$TOP/Documentation/conf.py" ] || return 0
	make -C "$TOP" htmldocs
}

# Each rule of the page has its tests, and each of them is there.
rules()
{
	python3 -B "$TOP/Documentation/extensions/rules.py"
}

passed=0
failed=0

# check NAME COMMAND...
check()
{
	local name=$1 start=$SECONDS word=ok log

	shift
	if [ -n "${CHECK:-}" ]; then
		case " $CHECK " in
		*" $name "*) ;;
		*) return ;;
		esac
	fi
	log=$OUT/$name.log
	if ("$@") </dev/null >"$log" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		word=FAILED
	fi
	printf '%-14s %-7s %s\n' "$name" "$word" "$(took $((SECONDS - start)))"
	if [ "$word" != ok ]; then
		# Of the tree, not of the copy that was read; and each but once.
		sed -i -e "s|$OUT/[^/]*/src/||g" -e "s|$TOP/||g" "$log"
		awk '!seen[$0]++' "$log" | head -n 60
		echo "... the whole log: $log"
	fi
}

"$TOP/tests/qemu/packages.sh" build suites debug check docs || {
	echo "check: 0 passed, 1 failed"
	exit 1
}
"$TOP/tests/qemu/kernel.sh" 6.12 || {
	echo "check: 0 passed, 1 failed"
	exit 1
}
mkdir -p "$OUT"

check gcc-6.1 gcc_modules 6.1
check sparse-6.1 sparse_modules 6.1
check clang-6.1 clang_modules 6.1
check gcc-6.12 gcc_modules 6.12
check sparse-6.12 sparse_modules 6.12
check clang-6.12 clang_modules 6.12
check checkpatch checkpatch
check kernel-doc kernel_doc
check coccinelle coccinelle
check shellcheck shell_scripts
check tools-gcc tools gcc
check tools-clang tools clang
check words words
check manual-pages manual_pages
check install installation
check user-headers user_headers
check tapi-header "$HERE/tapi-header.sh"
check tapi-exports tapi_exports
check tapi-analyze tapi_analyze
check tapi-fuzz tapi_fuzz
check rules rules
check manual manual

echo "check: $passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
