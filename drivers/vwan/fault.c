// SPDX-License-Identifier: GPL-2.0
/*
 * Faults of single messages: whether one is lost, doubled or late.
 */
#include "vwan.h"

/**
 * vwan_fault() - whether a fault hits a message, counting it if so
 * @adapter: on whose interface
 * @mask: CONDIS_VWAN_A_ADAPTER_LOST, _DUPLICATED or _LATE
 * @message: the message
 * @sent: it goes from the adapter to the network, not to the adapter
 *
 * The last one of a limited number (FAULT_COUNT) clears the three masks.
 *
 * Context: any
 * Return: true if it does
 */
bool vwan_fault(struct vwan_adapter *adapter, enum condis_vwan_a_adapter mask,
		enum q931_message message, bool sent)
{
	u32 bit = BIT(message) << (sent ? CONDIS_VWAN_MSG_SENT : 0);
	bool hit;
	u32 left;

	BUILD_BUG_ON(BIT(Q931_SETUP) != CONDIS_VWAN_MSG_SETUP);
	BUILD_BUG_ON(BIT(Q931_CALL_PROCEEDING) != CONDIS_VWAN_MSG_CALL_PROCEEDING);
	BUILD_BUG_ON(BIT(Q931_ALERTING) != CONDIS_VWAN_MSG_ALERTING);
	BUILD_BUG_ON(BIT(Q931_CONNECT) != CONDIS_VWAN_MSG_CONNECT);
	BUILD_BUG_ON(BIT(Q931_CONNECT_ACK) != CONDIS_VWAN_MSG_CONNECT_ACK);
	BUILD_BUG_ON(BIT(Q931_DISCONNECT) != CONDIS_VWAN_MSG_DISCONNECT);
	BUILD_BUG_ON(BIT(Q931_RELEASE) != CONDIS_VWAN_MSG_RELEASE);
	BUILD_BUG_ON(BIT(Q931_RELEASE_COMPLETE) != CONDIS_VWAN_MSG_RELEASE_COMPLETE);

	/* Nearly always there is none. */
	if (!(vwan_knob(adapter, mask) & bit & CONDIS_VWAN_MSG_ALL))
		return false;

	spin_lock(&adapter->lock);
	hit = vwan_knob(adapter, mask) & bit;
	left = vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_FAULT_COUNT);
	if (hit && left) {
		WRITE_ONCE(adapter->knob[CONDIS_VWAN_A_ADAPTER_FAULT_COUNT], --left);
		if (!left) {
			WRITE_ONCE(adapter->knob[CONDIS_VWAN_A_ADAPTER_LOST], 0);
			WRITE_ONCE(adapter->knob[CONDIS_VWAN_A_ADAPTER_DUPLICATED], 0);
			WRITE_ONCE(adapter->knob[CONDIS_VWAN_A_ADAPTER_LATE], 0);
		}
	}
	spin_unlock(&adapter->lock);
	return hit;
}
