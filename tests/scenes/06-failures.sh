# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034 # read by run
title="Busy, no answer, and a caller who gives up"
look="Three calls that are never connected. The first two are cleared by the network with a cause; the third is still ringing when its caller hangs up, and the callee hears so at once."

play()
{
	run_shown condisctl adapter set wan1 fault busy
	run_to 1 condisctl dial 200 --adapter wan0
	check "busy" has out "user busy \(17\)"

	run_shown condisctl adapter set wan1 fault no-answer t301 300
	run_to 1 condisctl dial 200 --adapter wan0
	check "no answer" has out "no answer from user \(19\)"
	run_shown condisctl adapter set wan1 fault none t301 180000

	say "It would ring for a minute."
	start answerer condisctl answer --adapter wan1 --count 1 --ring 60
	await answerer "listening"
	run_to 1 condisctl dial 200 --adapter wan0 --timeout 0.5
	await answerer "disconnected"
	finish answerer
	heard answerer
	ladder --adapter wan1
	check "it rang" message wan1 "ProtocolClIncomingCall" "ALERTING"
	check "and stopped ringing when the caller gave up" message wan1 "ProtocolClIncomingCall" \
		"ProtocolClIncomingCloseCall" "NdisClCloseCall" "ProtocolClCloseCallComplete"
}
