# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the scenes are made of. Sourced by run, never run.
#
#   run_shown COMMAND...        run a command as a person would, showing it and its output
#   run_to STATUS COMMAND...    one that ends with another exit status than 0
#   start NAME COMMAND...       the same in the background; its output is shown by "heard"
#   await NAME PATTERN          until NAME has said that, or half a minute
#   finish NAME [STATUS]        wait for its end, and check its exit status
#   heard NAME                  show what it has said
#   check WHAT COMMAND...       a fact: the scene fails if the command does
#   ladder [OPTION...]          the messages of the calls so far
#   message ADAPTER TEXT...     whether these messages are in the ladder, in this order

LOGS=${TMPDIR:-/tmp}/scenes
TRACE=/sys/kernel/tracing/instances/scenes
declare -A PIDS=()
MESSAGES=()

# A wait without a process of its own: reading from what nobody writes to.
exec {NAP}<> <(:)

nap()
{
	read -rt 0.02 -u "$NAP" || :
}

# When one fact is wrong the scene goes on, so that all of it is seen, and has failed.
fail()
{
	echo "      WRONG: $*"
	[ -z "${FAILED:-}" ] || echo "$*" >>"$FAILED"
}

# Words in lines that fit; a program for each of such things would cost more than the scenes.
wrapped()
{
	local word line=

	# shellcheck disable=SC2048,SC2086 # word by word
	for word in $*; do
		if [ $((${#line} + ${#word})) -gt 76 ]; then
			printf '%s\n' "$line"
			line=
		fi
		line+=${line:+ }$word
	done
	printf '%s\n\n' "$line"
}

headline()
{
	local rule=══════════════════════════════════════════════════════════════════════════

	printf '\n══ %s %s\n' "$1" "${rule:${#1}}"
	wrapped "$2"
}

say()
{
	printf '   # %s\n' "$*"
}

# since MICROSECONDS: how long ago that was, in seconds.
since()
{
	local us=$((${EPOCHREALTIME/./} - $1))

	printf '%d.%02d s' $((us / 1000000)) $((us % 1000000 / 10000))
}

# A command as it is typed.
typed()
{
	local word line=

	for word in "$@"; do
		case $word in
		"&" | [\<\>%]*) ;;
		*[!a-zA-Z0-9_/.,:@=+-]* | "") word="'$word'" ;;
		esac
		line+=" $word"
	done
	printf '   $%s\n' "$line"
}

indented()
{
	local line

	while IFS= read -r line; do
		printf '%s\n' "${line:+     $line}"
	done
}

run_shown()
{
	run_to 0 "$@"
}

# run_to STATUS COMMAND...: the same, with another exit status.
run_to()
{
	local status wanted=$1

	shift
	typed "$@"
	"$@" >"$LOGS/out" 2>&1
	status=$?
	indented <"$LOGS/out"
	[ "$status" = "$wanted" ] || fail "$1 ${2:-}: exit status $status instead of $wanted"
}

start()
{
	local name=$1

	shift
	typed "$@" "&"
	# Here and not in the background: await must not find what another scene has heard.
	: >"$LOGS/$name"
	"$@" >>"$LOGS/$name" 2>&1 </dev/null &
	PIDS[$name]=$!
}

# start_with INPUT NAME COMMAND...: with something to read.
start_with()
{
	local input=$1 name=$2

	shift 2
	typed "$@" "&"
	: >"$LOGS/$name"
	"$@" >>"$LOGS/$name" 2>&1 <"$input" &
	PIDS[$name]=$!
}

await()
{
	local end=$((SECONDS + ${3:-30}))

	until has "$1" "$2"; do
		if [ "$SECONDS" -ge "$end" ]; then
			fail "$1 has not said \"$2\""
			heard "$1"
			return 1
		fi
		nap
	done
}

# has NAME PATTERN: whether it has said that already.
has()
{
	local text=

	[ ! -e "$LOGS/$1" ] || IFS= read -rd '' text <"$LOGS/$1"
	[[ $text =~ $2 ]]
}

# ended PID: whether a process has. Not kill -0: the shell may not have collected it yet.
ended()
{
	local state=

	[ ! -e "/proc/$1/stat" ] || read -r _ _ state _ <"/proc/$1/stat" || return 0
	[ -z "$state" ] || [ "$state" = Z ]
} 2>/dev/null

running()
{
	! ended "$1"
}

finish()
{
	local status end=$((SECONDS + 30)) pid=${PIDS[$1]}

	until ended "$pid"; do
		[ "$SECONDS" -lt "$end" ] || {
			fail "$1 does not end"
			kill -9 "$pid"
			break
		}
		nap
	done
	wait "$pid"
	status=$?
	unset "PIDS[$1]"
	[ "$status" = "${2:-0}" ] || fail "$1: exit status $status instead of ${2:-0}"
} 2>/dev/null # where the shell says which job was killed

heard()
{
	echo "   $1:"
	indented <"$LOGS/$1"
}

# quit NAME [SIGNAL]: ask it to end.
quit()
{
	kill -"${2:-INT}" "${PIDS[$1]}"
} 2>/dev/null

stop_all()
{
	local name

	for name in "${!PIDS[@]}"; do
		quit "$name"
		finish "$name"
	done
}

check()
{
	local what=$1

	shift
	if "$@"; then
		printf '   ✓ %s\n' "$what"
	else
		fail "$what"
	fi
}

# within COMMAND...: true within a quarter of a minute?
within()
{
	local end=$((SECONDS + 15))

	until "$@"; do
		[ "$SECONDS" -lt "$end" ] || return 1
		nap
	done
}

# column NAME WORD...: the number of the column with this name in a table's head; in REPLY.
column()
{
	local name=$1 word

	shift
	REPLY=0
	for word in "$@"; do
		[ "${word^^}" != "${name^^}" ] || return 0
		REPLY=$((REPLY + 1))
	done
	return 1
}

# count ADAPTER COLUMN: a number of condisctl status.
count()
{
	local line words at=

	while IFS= read -r line; do
		read -ra words <<<"$line"
		if [ "${words[0]:-}" = ADAPTER ]; then
			column "$2" "${words[@]}" && at=$REPLY
		elif [ -n "$at" ] && [ "${words[0]:-}" = "$1" ]; then
			echo "${words[at]}"
		fi
	done < <(condisctl status)
}

counts()
{
	[ "$(count "$1" "$2")" = "$3" ]
}

# left [OPTION...]: how many objects condisctl status counts, once they had time to go.
# shellcheck disable=SC2120 # run gives an option
left()
{
	local head total

	{
		read -ra head
		read -ra total
	} < <(condisctl status --wait 10 "$@")
	column LEFT "${head[@]}" && echo "${total[REPLY]}"
}

nothing_left()
{
	local n

	# shellcheck disable=SC2119 # no options
	n=$(left)
	if [ "$n" = 0 ]; then
		echo "   ✓ 0 objects left"
	else
		fail "${n:-unknown} objects are left"
		condisctl status | indented
	fi
}

# have_calls ADAPTER N: whether so many are connected on it.
have_calls()
{
	local line n=0

	while IFS= read -r line; do
		[[ $line != *" connected "* ]] || n=$((n + 1))
	done < <(condisctl call list --adapter "$1")
	[ "$n" = "$2" ]
}

# Messages go to an instance of their own, from the begin of the scene. The event stays
# enabled: to switch it patches the kernel's text, which all processors wait for.
record_begin()
{
	mkdir -p "$TRACE" || return
	echo >"$TRACE/trace"
	[ "$(<"$TRACE/events/condis/condis_message/enable")" = 1 ] ||
		echo 1 >"$TRACE/events/condis/condis_message/enable"
}

ladder()
{
	echo
	condisctl ladder --narrow --from "$TRACE/trace" "$@" | indented
	echo
}

# The trace as it is now, one line for each message: "wan0 NDIS > NDPROXY: NAME DETAIL".
messages_now()
{
	local line
	local pattern='adapter=([^ ]*) .* from=([^ ]*) to=([^ ]*) message="(.*)" detail=(.*)$'

	MESSAGES=()
	# Not from the file itself: read seeks, which this one does not bear.
	while IFS= read -r line; do
		[[ $line =~ $pattern ]] || continue
		MESSAGES+=("${BASH_REMATCH[1]} ${BASH_REMATCH[2]} > ${BASH_REMATCH[3]}: ${BASH_REMATCH[4]} ${BASH_REMATCH[5]}")
	done < <(cat "$TRACE/trace")
}

message()
{
	local adapter=$1 line

	shift
	messages_now
	for line in "${MESSAGES[@]}"; do
		[[ $line != "$adapter "*$1* ]] || shift
		[ $# -gt 0 ] || return 0
	done
	return 1
}

# times ADAPTER TEXT N: the message is there so often.
times()
{
	local line n=0

	messages_now
	for line in "${MESSAGES[@]}"; do
		[[ $line != "$1 "*"$2"* ]] || n=$((n + 1))
	done
	[ "$n" = "$3" ]
}

# Two adapters on an exchange, as `make shell` has them.
build_network()
{
	condisctl exchange add demo &&
		condisctl adapter add wan0 exchange demo lines 2 calls 4 address 100@0 address 101@1 &&
		condisctl adapter add wan1 exchange demo lines 2 calls 4 address 200@0 address 201@1
}

remove_network()
{
	condisctl adapter del wan0 --wait && condisctl adapter del wan1 --wait &&
		condisctl exchange del demo
}

cleanup()
{
	local name

	for name in "${!PIDS[@]}"; do
		kill -9 "${PIDS[$name]}" 2>/dev/null
	done
	[ ! -d "$TRACE" ] || rmdir "$TRACE"
}
