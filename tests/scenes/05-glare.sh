# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034 # read by run
title="A close that meets a hang-up"
look="Both ends clear at once (the knob glare: while wan0 sends its DISCONNECT, one of the network is already under way). The application closed first, so it hears of its own close, once, and of no other."

play()
{
	run_shown condisctl adapter set wan0 glare on
	start answerer condisctl answer --adapter wan1 --count 1
	await answerer "listening"
	run_shown condisctl dial 200 --adapter wan0 --for 0.2
	finish answerer
	ladder --adapter wan0
	check "the two DISCONNECTs crossed" message wan0 "miniport > network: DISCONNECT" \
		"network > miniport: DISCONNECT"
	check "the application closed once" times wan0 ProtocolCmCloseCall 1
	check "and heard of it once" times wan0 ProtocolClCloseCallComplete 1
	check "and of no hang-up" times wan0 ProtocolClIncomingCloseCall 0
	run_shown condisctl adapter set wan0 glare off
}
