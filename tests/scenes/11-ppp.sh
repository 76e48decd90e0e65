# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034 # read by run
# shellcheck source=ppp.sh
. ./ppp.sh
title="PPP: a provider, and who dials in"
look="In a network namespace of its own a provider answers every call with a stock pppd; at home another pppd dials him. IPv4 and IPv6 go across, and a file. Then the provider stops under load: NDISWAN is told first, its packets are home, leg B of the call is closed, then leg A."

# A file there by TCP, and whether it came whole. nc ends at the end of either of its inputs.
transfer()
{
	local receiver

	head -c 1000000 /dev/urandom >"$LOGS/sent"
	typed ip netns exec isp busybox nc -l -p 5000 ">received" "&"
	# shellcheck disable=SC2086 # words
	timeout 60 $PPP_ABROAD busybox nc -l -p 5000 >"$LOGS/received" <&"$NAP" &
	receiver=$!
	within listening || fail "nobody listens"
	typed busybox nc 10.9.0.1 5000 "<sent"
	timeout 60 busybox nc 10.9.0.1 5000 <"$LOGS/sent"
	wait "$receiver"
	cmp "$LOGS/sent" "$LOGS/received"
}

listening()
{
	# shellcheck disable=SC2086 # words
	$PPP_ABROAD grep -q ':1388 .* 0A ' /proc/net/tcp /proc/net/tcp6
}

play()
{
	ppp_up || return
	run_shown busybox ping -q -A -c 3 10.9.0.1
	run_shown busybox ping -6 -q -A -c 10 -I ppp0 fe80::1
	check "a file of 1 MB came whole" transfer
	run_shown ip -s link show ppp0
	ppp_load
	quit server TERM
	finish client 16
	ladder --adapter wan0
	heard client
	check "leg B was closed before leg A" message wan0 "NDIS > NDISWAN: ProtocolClIncomingCloseCall" \
		"NDIS > NDPROXY: ProtocolCmCloseCall" "NDPROXY > NDIS: NdisClCloseCall" \
		"NDIS > miniport: ProtocolCmCloseCall" "NDIS > NDPROXY: ProtocolClCloseCallComplete"
	check "the far end's reason is in pppd's log" has client "destination out of order"
	check "the interface is gone" within no_ppp_link
	ppp_down
}
