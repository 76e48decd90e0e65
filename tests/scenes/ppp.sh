# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the scenes with PPP have in common. Sourced by them, never run.

PPP_ABROAD="ip netns exec isp"

# Where pppd looks for its plugins, as "make install" would leave it.
ppp_plugin()
{
	local folder=(/usr/lib/pppd/*)

	mountpoint -q "${folder[0]}" || mount -t tmpfs plugins "${folder[0]}" || return
	cp "$CONDIS_TOP/build/tools/condis.so" "${folder[0]}"
}

# A guest is slow: what pppd asks again before it could be answered starts the negotiation anew.
# Not on the command line, which is to be what anybody would type.
ppp_options()
{
	local options=$LOGS/options

	[ ! /etc/ppp/options -ef "$options" ] || return 0
	{
		cat /etc/ppp/options
		printf '%s 10\n' lcp-restart ipcp-restart ipv6cp-restart
	} >"$options"
	mount --bind "$options" /etc/ppp/options
}

# A provider in a network namespace of its own, who serves calls by pppd, and who calls him.
ppp_up()
{
	ppp_plugin || fail "pppd cannot have the plugin"
	ppp_options || fail "pppd cannot have its options"
	run_shown modprobe ndiswan
	run_shown ip netns add isp
	run_shown ip netns exec isp condisctl adapter add pop exchange demo \
		--netns /proc/1/ns/net address 300@0
	# shellcheck disable=SC2086 # words
	start server $PPP_ABROAD condisctl serve --adapter pop --grace 0 -- \
		pppd plugin condis.so nodetach noauth ipv6 ::1,::2 10.9.0.1:10.9.0.2
	await server "serving" || return
	start client pppd plugin condis.so condis-adapter wan0 condis-number 300 \
		nodetach noauth nodefaultroute ipv6 ::2,::1
	await client "remote LL address" && await client "remote IP address" || return
	heard client
}

# Both interfaces are there as long as their calls are.
ppp_link()
{
	ip link show ppp0 >/dev/null 2>&1
}

no_ppp_link()
{
	! ppp_link
}

# Packets without end, both ways.
ppp_load()
{
	typed busybox ping -q -A -s 1400 10.9.0.1 "&"
	busybox ping -q -A -s 1400 10.9.0.1 >/dev/null 2>&1 &
	PPP_LOAD=$!
}

ppp_down()
{
	kill "$PPP_LOAD"
	wait "$PPP_LOAD"
	quit server TERM
	finish server
	run_shown ip netns exec isp condisctl adapter del pop --wait
	run_shown ip netns del isp
	run_shown rmmod ndiswan
} 2>/dev/null # where the shell says which job was killed
