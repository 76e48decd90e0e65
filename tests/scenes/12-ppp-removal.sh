# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034 # read by run
# shellcheck source=ppp.sh
. ./ppp.sh
title="PPP: the adapter is pulled out in the middle of traffic"
look="As before, but nobody closes anything: the adapter at home goes under load, without a word. The PPP link goes with it, pppd hears a hang-up, and the provider's end is cleared by the network."

play()
{
	ppp_up || return
	ppp_load
	run_shown condisctl adapter del wan0 --surprise --wait
	finish client 16
	heard client
	check "the interface is gone" within no_ppp_link
	await server "ended"
	ppp_down
	heard server
	run_shown condisctl adapter add wan0 exchange demo lines 2 calls 4 address 100@0 \
		address 101@1
}
