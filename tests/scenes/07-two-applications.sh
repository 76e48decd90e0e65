# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034 # read by run
title="One line, two applications, three calls"
look="Two applications have line 0 of wan1 open: one takes digital data, the other modem calls. When the first leaves, its two calls go and the third stays; the line closes when the second leaves."

play()
{
	start first condisctl answer --adapter wan1 --line 0 --media digitaldata
	start second condisctl answer --adapter wan1 --line 0 --media datamodem
	await first "listening"
	await second "listening"
	start call1 condisctl dial 200 --adapter wan0 --for 120
	start call2 condisctl dial 200 --adapter wan0 --for 120
	start call3 condisctl dial 200 --adapter wan0 --media datamodem --for 120
	await call1 "connected"
	await call2 "connected"
	await call3 "connected"
	run_shown condisctl call list
	check "three calls on the line" have_calls wan1 3

	say "The first application leaves."
	quit first
	finish first
	finish call1
	finish call2
	check "its two calls are gone, the other's is up" have_calls wan1 1
	check "the line still listens" counts wan1 SAPs 1

	say "The second one leaves."
	quit second
	finish second
	finish call3
	check "nobody listens any more" within counts wan1 SAPs 0
	ladder --adapter wan1
	check "three closes for three calls" times wan1 ProtocolClCloseCallComplete 3
}
