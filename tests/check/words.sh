#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# words.sh PROGRAM LEAST: every command of condisctl, or of tapi, has a --help that fits a terminal,
# and says of a bad word at each of its places one line, with exit status 2, and nothing else. What
# commands and options there are is read from --help. Nothing of it comes as far as the kernel. At
# least so many words are tried.

set -u

program=$1
least=$2
name_of_program=${program##*/}
bad=0
tried=0
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT

complain()
{
	bad=1
	echo "$name_of_program $*"
	cat "$out/out" "$out/err"
}

# refused WORD...
refused()
{
	local status lines

	tried=$((tried + 1))
	timeout 10 "$program" "$@" >"$out/out" 2>"$out/err" </dev/null
	status=$?
	mapfile -t lines <"$out/err"
	if [ "$status" != 2 ] || [ -s "$out/out" ] || [ "${#lines[@]}" != 1 ] ||
		[[ ${lines[0]} != "$name_of_program: "* ]]; then
		complain "$* (status $status):"
	fi
}

# names: of the commands in a --help.
names()
{
	sed -n '/^Commands:/,$s/^  \([a-z][a-z-]*\) .*/\1/p'
}

# options: of a --help, each with the form of its value.
options()
{
	sed -nE 's/^  --([a-z0-9-]+)( ([^ ]+))?(  .*)?$/\1 \3/p'
}

# value FORM: a word that is none.
value()
{
	case $1 in
	FILE | NETNS | SORT | TEXT | LINE | ADDRESS) ;;
	*) echo "a/b c" ;;
	esac
}

# try_command WORD...: all that can be wrong with it.
try_command()
{
	local usage word=() option form wrong

	read -r usage <"$out/help"
	usage=${usage#"Usage: $name_of_program $* "}
	case $usage in
	"LINE NUMBER"*) word=(0 200) ;;
	LINE*) word=(0) ;;
	NUMBER*) word=(200) ;;
	CALL*) word=(1) ;;
	NAME* | ADAPTER* | EXCHANGE*) word=(n) ;;
	esac
	refused "$@" --nonsense "${word[@]}"
	refused "$@" "${word[@]}" --nonsense
	[ ${#word[@]} = 0 ] || refused "$@"
	[[ $usage == *FILE...* || $usage == *LINE...* ]] || refused "$@" "${word[@]}" too much
	while read -r option form; do
		case $option in
		json | help) continue ;;
		esac
		if [ -z "$form" ]; then
			refused "$@" "${word[@]}" "--$option=1"
			continue
		fi
		[[ $form == "["* ]] || refused "$@" "${word[@]}" "--$option"
		# A recording may be of any adapter.
		[ "$* $form" != "ladder ADAPTER" ] || continue
		wrong=$(value "$form")
		[ -z "$wrong" ] || refused "$@" "${word[@]}" "--$option" "$wrong"
		[ -z "$wrong" ] || refused "$@" "--$option=$wrong" "${word[@]}"
	done < <(options <"$out/help")
}

# walk WORD...: a group or a command.
walk()
{
	local list name

	if ! "$program" "$@" --help >"$out/help" 2>"$out/err" || [ -s "$out/err" ]; then
		complain "$* --help:"
		return
	fi
	"$program" "$@" -h | cmp -s - "$out/help" || complain "$* -h is not --help"
	[ "$(wc -L <"$out/help")" -le 100 ] || complain "$* --help is wider than a terminal"
	list=$(names <"$out/help")
	if [ -z "$list" ]; then
		try_command "$@"
		return
	fi
	refused "$@"
	refused "$@" nonsense
	refused "$@" --nonsense
	for name in $list; do
		walk "$@" "$name"
	done
}

walk
# That of each knob is among them.
[ "$tried" -ge "$least" ] || {
	echo "only $tried bad words were tried: --help is not what it was"
	bad=1
}

"$program" completion >"$out/completion" && shellcheck -s bash "$out/completion" || bad=1
exit $bad
