# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034 # read by run
title="A virtual WAN, from nothing"
look="The modules, one exchange, two adapters with two lines each. A line has a number that can be dialled, and takes several calls."

loaded()
{
	grep -q "^$1 " /proc/modules
}

play()
{
	check "condis, ndproxy and condis_vwan are loaded" loaded condis_vwan
	run_shown condisctl exchange add demo
	run_shown condisctl adapter add wan0 exchange demo lines 2 calls 4 address 100@0 address 101@1
	run_shown condisctl adapter add wan1 exchange demo lines 2 calls 4 address 200@0 address 201@1
	run_shown condisctl adapter list
	run_shown condisctl line list
	check "both adapters run" [ "$(condisctl adapter list | grep -c ' running ')" = 2 ]
	check "four lines with a number" [ "$(condisctl line list | grep -Ec ' (100|101|200|201) ')" = 4 ]
	check "the miniport is used by nobody: rmmod is always possible" \
		[ "$(awk '$1 == "condis_vwan" { print $3 }' /proc/modules)" = 0 ]
}
