# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034 # read by run
title="Dial, answer, data both ways"
look="One application answers on wan1 and echoes; another dials 200 from wan0 and sends a line. Each ladder is one end of the call: look how the VC is activated before the call is reported, and how the application at the far end decides."

play()
{
	printf 'hello across the WAN\n' >"$LOGS/input"
	start answerer condisctl answer --adapter wan1 --count 1 --echo
	await answerer "listening"
	start_with "$LOGS/input" caller condisctl dial 200 --adapter wan0 --data --for 0.5
	finish caller
	finish answerer
	heard caller
	heard answerer
	ladder
	check "what was sent came back" has caller "hello across the WAN"
	check "the VC was activated before the make-call completed" message wan0 \
		"NdisClMakeCall" "SETUP" "CONNECT" "NdisMCmActivateVc" "ProtocolClMakeCallComplete"
	check "the callee heard of the call, answered, and was connected" message wan1 \
		"ProtocolClIncomingCall" "NdisClIncomingCallComplete" "ProtocolClCallConnected"
}
