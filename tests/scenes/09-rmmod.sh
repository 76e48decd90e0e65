# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034 # read by run
title="rmmod under load, and again"
look="Four calls carry data as fast as their line of 256 kbit/s lets them, and a reader is blocked in read() on /dev/ndproxy. The miniport is unloaded under them: each call is cleared, each reader is woken, the sessions live on and hear of the adapters that come back."

dialling()
{
	condisctl dial "$1" --adapter wan0 --data --quiet --for 120 </dev/zero >/dev/null
}

gone()
{
	! grep -q '^condis_vwan ' /proc/modules
}

# The type of the Nth event that was read, see struct ndproxy_event.
event_type()
{
	od -A n -t u4 -j $((80 * ($1 - 1) + 24)) -N 4 "$LOGS/reader" | tr -d ' '
}

play()
{
	local i begun call reader loads=()

	run_shown condisctl adapter set wan0 rate 256000
	run_shown condisctl adapter set wan1 rate 256000
	start answerer condisctl answer --adapter wan1 --echo
	await answerer "listening"
	for i in 200 200 201 201; do
		typed condisctl dial "$i" --adapter wan0 --data --quiet "</dev/zero" ">/dev/null" "&"
		dialling "$i" 2>"$LOGS/load" &
		loads+=($!)
	done
	within have_calls wan0 4 || fail "the calls are not up"
	typed dd if=/dev/ndproxy bs=80 count=3 "&"
	dd if=/dev/ndproxy of="$LOGS/reader" bs=80 count=3 status=none &
	reader=$!
	run_shown condisctl call list --adapter wan0
	call=$(awk '$2 == "wan0" { print $1; exit }' "$LOGS/out")
	check "the reader is blocked" running "$reader"

	begun=${EPOCHREALTIME/./}
	run_shown rmmod condis_vwan
	check "condis_vwan is unloaded (it took $(since "$begun"))" gone
	finish answerer 1
	wait "${loads[@]}"
	run_to 1 condisctl status
	say "What is left is the session of the reader, who wants one event more."

	say "And back."
	run_shown modprobe condis_vwan
	build_network || fail "the network cannot be built again"
	within ended "$reader" || kill "$reader"
	check "the reader heard that the adapters went" [ "$(event_type 1) $(event_type 2)" = "25 25" ]
	check "and that one came" [ "$(event_type 3)" = 19 ]
	start answerer condisctl answer --adapter wan1 --count 1
	await answerer "listening"
	run_shown condisctl dial 200 --adapter wan0 --for 0.2
	finish answerer
	ladder --adapter wan0 --call "$call"
	check "each of the four was cleared in order" times wan0 ProtocolClCloseCallComplete 5
}
