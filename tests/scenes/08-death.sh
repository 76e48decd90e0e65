# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034 # read by run
title="The last client leaves, and kill -9"
look="An address family is open on each adapter as long as somebody has a session. First a client leaves in order; then one with a call up is killed, which is the same to everybody else: the kernel closes its file."

play()
{
	start client condisctl answer --adapter wan1
	await client "listening"
	check "an address family is open on each adapter" counts wan0 AFs 1
	quit client
	finish client
	check "it went with the last session" within counts wan0 AFs 0

	start answerer condisctl answer --adapter wan1 --count 1
	await answerer "listening"
	start victim condisctl dial 200 --adapter wan0 --for 120
	await victim "connected"
	typed kill -9 "%victim"
	quit victim KILL
	finish victim 137
	finish answerer
	heard answerer
	ladder --adapter wan0
	check "its call was closed in order" message wan0 "NdisClCloseCall -115" "DISCONNECT" \
		"NdisMCmDeactivateVc" "ProtocolClCloseCallComplete" "ProtocolCoDeleteVc"
	check "the far end heard a normal hang-up" has answerer "disconnected normal"
	check "the address families are closed" within counts wan0 AFs 0
}
