#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test.sh: everything of `make test`, from packages to the last line,
# "N passed, N failed". SUITE="name ..." narrows it to some suites, KERNEL=6.1|6.12|kcsan to one
# kernel, SEED=number, with SUITE=user/walk, to one random walk.
#
# KUnit suites run on the kernels that are built, user-space suites on 6.1 and 6.12, those
# that race on kcsan, and those that tests/suites/sanitized names with sanitizers on 6.1. Many
# suites share a boot. When the guest dies, that is a failure of the suite that ran,
# and another boot goes on with the suites after it.

set -u
# shellcheck source=lib.sh
. "$(dirname -- "$0")/lib.sh"

here=$TOP/tests/qemu
passed=0
failed=0
# The user-space suites in which something happens on both CPUs: a detector of data races
# has nothing to find in the others, and is slow.
RACING="ppp races rundown tapi_bugs teardown"
SUITE=${SUITE:-}
KERNEL=${KERNEL:-}

finish()
{
	echo "$passed passed, $failed failed"
	[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
	exit
}

broken()
{
	echo "FAIL $*"
	failed=$((failed + 1))
	finish
}

# suites KERNEL: what there is to run on it, in order.
suites()
{
	local file name

	if is_built "$1"; then
		for file in "$BUILD/$1/src"/*_kunit.ko; do
			[ -e "$file" ] || continue
			name=${file##*/}
			echo "kunit/${name%_kunit.ko}"
		done
	fi
	for file in "$TOP"/tests/suites/*.c; do
		[ -e "$file" ] || continue
		name=${file##*/}
		name=${name%.c}
		case "$1 $RACING " in
		kcsan*" $name "* | 6.*) echo "user/$name" ;;
		esac
	done
	# Once more with a sanitizer: of user space, so the kernel is the one that is quick.
	[ "$1" = 6.1 ] || return 0
	sed -n 's|^\([a-z]*\) \(.*\)|user/\2-\1|p' "$TOP/tests/suites/sanitized"
	for file in "$TOP"/tests/suites/tapi3_*.c; do
		[ -e "$file" ] || continue
		name=${file##*/}
		echo "user/${name%.c}-asan"
		echo "user/${name%.c}-tsan"
	done
}

# skip_reason CASE: why this case may be skipped, from tests/skips.
skip_reason()
{
	[ -e "$TOP/tests/skips" ] || return 1
	awk -v name="$1" '
		$1 == name && NF > 1 { sub(/^[^ \t]+[ \t]+/, ""); print; found = 1 }
		END { exit !found }' "$TOP/tests/skips"
}

# count FILE KERNEL: add up a verdict. Prints what failed and was not printed before.
count()
{
	local word name why

	while read -r word name why; do
		case $word in
		pass) passed=$((passed + 1)) ;;
		fail) failed=$((failed + 1)) ;;
		skip)
			if skip_reason "$name" >/dev/null; then
				say "skipped: $name ($(skip_reason "$name"))"
			else
				echo "FAIL $name on $2: skipped without a reason in tests/skips: $why"
				failed=$((failed + 1))
			fi
			;;
		esac
	done <"$1"
}

# died_of_qemu LOG: whether a guest died of its emulator. QEMU before 8.1 can go on with what
# it translated of code that another vCPU has patched meanwhile. The breakpoint that the kernel
# patches a jump label by then stays, for one vCPU: it oopses at it, or takes it for ever with
# interrupts off (mended by QEMU's "accel/tcg: Always lock pages before translation"). Nothing
# else has breakpoints in these kernels.
died_of_qemu()
{
	grep -aEq 'int3: 0000 \[#|RIP: 0010:(asm_)?exc_int3\+|\]  asm_exc_int3\+' "$1" 2>/dev/null
}

# How often a lane starts a guest again that died so.
QEMU_DEATHS=3

# run_suites KERNEL LANE SUITE...
turn=0
deaths=0
run_suites()
{
	local kernel=$1 lane=$2 out last word from

	shift 2
	while [ $# -gt 0 ]; do
		turn=$((turn + 1))
		out=$BUILD/test/$kernel-$lane-$turn
		say "boot: $(kernel_name "$kernel"), $# suites"
		# A suite's own limit is shorter (guest/test).
		CONDIS_SILENCE=900 CONDIS_TIMEOUT=$((300 + 800 * $#)) \
			"$here/boot.sh" "$kernel" test "$out" "$@"
		last=$(sed -n 's/^begin //p' "$out/verdict" 2>/dev/null | tail -n 1)
		word=$(tail -n 1 "$out/verdict" 2>/dev/null)
		from=${last:-$1}
		if [[ $word != end && $word != again && " $* " = *" $from "* ]] &&
			[ "$deaths" -lt $QEMU_DEATHS ] && died_of_qemu "$out/console.log"; then
			deaths=$((deaths + 1))
			say "the guest died of QEMU, in $from, which is run again: $out/console.log"
			# What it has passed by then, it will pass again.
			[ -z "$last" ] || sed -i "\\|^begin $last\$|,\$d" "$out/verdict"
			count "$out/verdict" "$kernel"
			while [ "$1" != "$from" ]; do
				shift
			done
			continue
		fi
		count "$out/verdict" "$kernel"
		[ "$word" = end ] && return
		if [ "$word" != again ]; then
			"$here/death.sh" "$out"
			echo "FAIL ${last:-boot} on $kernel: the guest died"
			failed=$((failed + 1))
		fi
		# Go on behind the suite that spoilt the guest, if there was one.
		case " $* " in
		*" ${last:-none} "*) ;;
		*) return ;;
		esac
		while [ $# -gt 0 ] && [ "$1" != "$last" ]; do
			shift
		done
		shift
	done
}

case $KERNEL in
"") kernels="6.12 kcsan 6.1" ;;
6.1 | 6.12 | kcsan) kernels=$KERNEL ;;
*) die "KERNEL=$KERNEL: there are $KERNELS_TEXT" ;;
esac

case " $kernels " in
*" 6.12 "* | *" kcsan "*) "$here/packages.sh" build suites guest debug || broken "packages are missing" ;;
*) "$here/packages.sh" build suites guest || broken "packages are missing" ;;
esac
for kernel in $kernels; do
	"$here/kernel.sh" "$kernel" || broken "no kernel $kernel"
	"$here/build.sh" "$kernel" || broken "the modules do not build for $kernel"
done
"$here/build.sh" tools || broken "the tools do not build"
"$here/build.sh" suites || broken "the suites do not build"
rm -rf "$BUILD/test"
known=$(for kernel in $kernels; do suites "$kernel"; done | sort -u)
for word in $SUITE; do
	grep -q -x -e "$word" -e "[a-z]*/$word" <<<"$known" ||
		die "no suite is called '$word'; there are: ${known//$'\n'/ }"
done

# What one guest runs, KERNEL/SUITES, which is a pattern; the longest first.
guests=(
	"6.12/user/t*"
	"6.1/user/t*"
	"6.1/user/[!t]*"
	"6.12/user/p*"
	"kcsan/*"
	"6.12/user/[!a-lpt]*"
	"6.12/user/[a-l]*"
	"6.12/kunit/*"
)

# run_in_turn KERNEL LANE SUITE...: run_suites, on vCPUs that take turns in one thread of the host.
# It is quicker, and nothing can be lost between two of them (died_of_qemu). For what races they
# have to be real, and for everything on the kernels that look for races.
run_in_turn()
{
	local CONDIS_ACCEL=${CONDIS_ACCEL:-tcg,thread=single}

	export CONDIS_ACCEL
	run_suites "$@"
}

# The next of them that nobody has taken; none: false.
next_guest()
{
	local number

	exec {lock}<>"$BUILD/test/next"
	flock "$lock"
	read -r number <&"$lock"
	echo $((number + 1)) >"$BUILD/test/next"
	exec {lock}>&-
	[ "$number" -lt ${#guests[@]} ] && echo "${guests[number]}"
}

# lane NAME: one guest after the other; what came of them to a file.
lane()
{
	local name=$1 guest kernel suite list in_turn number start found=0

	while guest=$(next_guest); do
		kernel=${guest%%/*}
		case " $kernels " in
		*" $kernel "*) ;;
		*) continue ;;
		esac
		list=()
		in_turn=()
		while IFS= read -r suite; do
			# shellcheck disable=SC2254 # it is a pattern
			case $suite in
			${guest#*/}) ;;
			*) continue ;;
			esac
			case " $SUITE " in
			"  " | *" $suite "* | *" ${suite#*/} "*) ;;
			*) continue ;;
			esac
			case "$kernel $RACING " in
			6.12* | kcsan* | *" ${suite#*/} "*) list+=("$suite") ;;
			*) in_turn+=("$suite") ;;
			esac
		done < <(suites "$kernel")
		number=$((${#list[@]} + ${#in_turn[@]}))
		found=$((found + number))
		[ "$number" = 0 ] && continue
		start=$SECONDS
		run_suites "$kernel" "$name" "${list[@]}"
		run_in_turn "$kernel" "$name" "${in_turn[@]}"
		say "kernel $kernel: $number suites, $(took $((SECONDS - start)))"
	done
	echo "$passed $failed $found" >"$BUILD/test/lane-$name"
}

# A guest waits for much of its time: two at a time take two thirds of what they take one by one.
mkdir -p "$BUILD/test"
echo 0 >"$BUILD/test/next"
lane 1 &
lane 2 &
wait
found=0
while read -r passed_there failed_there found_there; do
	passed=$((passed + passed_there))
	failed=$((failed + failed_there))
	found=$((found + found_there))
done < <(cat "$BUILD/test/lane-1" "$BUILD/test/lane-2" || echo 0 1 1)
if [ "$found" = 0 ]; then
	die "there are no suites${SUITE:+ called \"$SUITE\" on the kernel ${KERNEL:-}}"
fi
finish
