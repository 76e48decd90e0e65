# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034 # read by run
title="Remote hang-up"
look="The far end hangs up. The miniport dispatches an incoming close; NDPROXY acknowledges at once, whatever the application does. The application is told DISCONNECTED with the cause, and keeps the call's handle until it lets go."

play()
{
	start answerer condisctl answer --adapter wan1 --count 1 --for 0.2
	await answerer "listening"
	run_shown condisctl dial 200 --adapter wan0 --for 120
	finish answerer
	ladder --adapter wan0
	check "told, acknowledged, released, deactivated, complete: in this order" message wan0 \
		"DISCONNECT" "NdisMCmDispatchIncomingCloseCall" "ProtocolClIncomingCloseCall" \
		"NdisClCloseCall" "NdisMCmDeactivateVc" "ProtocolClCloseCallComplete"
	check "one close for one call" times wan0 ProtocolCmCloseCall 1
}
