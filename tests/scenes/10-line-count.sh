# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034 # read by run
title="The number of lines changes under a call"
look="wan1 gets a third line while a call is up on it. Sessions that knew the old line table lose their handles and hear REINIT; the adapter stays, and a new session dials the new line."

play()
{
	start monitor condisctl monitor
	start answerer condisctl answer --adapter wan1
	await answerer "listening"
	start caller condisctl dial 200 --adapter wan0 --for 120
	await caller "connected"
	run_shown condisctl adapter set wan1 lines 3 address 200@0,201@1,202@2
	await answerer "LINE_CLOSE"
	await monitor "reinit"
	finish answerer 1
	finish caller
	heard answerer
	check "the call has ended for its caller" has caller "disconnected"

	say "A new session sees three lines."
	run_shown condisctl line list --adapter wan1
	start answerer condisctl answer --adapter wan1 --line 2 --count 1
	await answerer "listening"
	run_shown condisctl dial 202 --adapter wan0 --for 0.2
	finish answerer
	quit monitor
	finish monitor
	ladder --adapter wan1
	check "the new line was dialled" has answerer "connected"
}
