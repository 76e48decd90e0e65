# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034 # read by run
title="Local hang-up"
look="The caller hangs up. CloseCall answers PENDING; the network is asked for DISCONNECT, RELEASE, RELEASE COMPLETE; the VC is deactivated; only then does the close complete, and the VC is deleted by who made it."

play()
{
	start answerer condisctl answer --adapter wan1 --count 1
	await answerer "listening"
	run_shown condisctl dial 200 --adapter wan0 --for 0.2
	finish answerer
	ladder --adapter wan0
	check "PENDING, DISCONNECT, RELEASE, deactivate, complete, delete: in this order" message wan0 \
		"NdisClCloseCall -115" "DISCONNECT" "RELEASE" "NdisMCmDeactivateVc" \
		"NdisMCmCloseCallComplete" "ProtocolClCloseCallComplete" "ProtocolCoDeleteVc"
	check "the far end was disconnected by it" has answerer "disconnected normal"
}
