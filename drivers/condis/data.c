// SPDX-License-Identifier: GPL-2.0
/*
 * The data path: packets on a connected VC, and what of them is in flight.
 *
 * One atomic per direction counts and gates: CONDIS_FLOW_CLOSED is set when the
 * call leaves the state CONNECTED, and whoever finds it set does not start.
 * So a send costs one atomic operation and its completion another, and "closed
 * and nothing in flight" is one value, which one task alone takes it to.
 *
 * A sender that was counted just before the gate closed may reach the miniport
 * just after the close did; it is in flight like any other, and the VC is
 * deactivated after it.
 */
#include <linux/netdevice.h>
#include <linux/rcupdate.h>
#include <linux/skbuff.h>

#include "core.h"

/**
 * condis_flow_init() - nothing in flight, and the gates closed
 * @flow: of a new VC
 */
void condis_flow_init(struct condis_flow *flow)
{
	atomic_set(&flow->tx, CONDIS_FLOW_CLOSED);
	atomic_set(&flow->rx, CONDIS_FLOW_CLOSED);
}

/**
 * condis_flow_open() - the call is connected
 * @vc: the VC
 *
 * Context: @vc->upcalls.lock held
 */
void condis_flow_open(struct condis_vc *vc)
{
	atomic_andnot(CONDIS_FLOW_CLOSED, &vc->flow.rx);
	atomic_andnot(CONDIS_FLOW_CLOSED, &vc->flow.tx);
}

/**
 * condis_flow_close() - the call is not connected any more
 * @vc: the VC
 *
 * Context: @vc->upcalls.lock held
 */
void condis_flow_close(struct condis_vc *vc)
{
	atomic_or(CONDIS_FLOW_CLOSED, &vc->flow.tx);
	atomic_or(CONDIS_FLOW_CLOSED, &vc->flow.rx);
	/* A completion that saw the gate open must not be missed by condis_flow_idle(). */
	smp_mb__after_atomic();
}

/**
 * condis_flow_idle() - whether the gates are closed and nothing is in flight
 * @vc: the VC
 *
 * Return: true if so; it stays so
 */
bool condis_flow_idle(const struct condis_vc *vc)
{
	return atomic_read(&vc->flow.tx) == CONDIS_FLOW_CLOSED &&
	       atomic_read(&vc->flow.rx) == CONDIS_FLOW_CLOSED;
}

/**
 * condis_flow_write_off() - count what is in flight as gone
 * @vc: the VC, its gates closed
 *
 * Receive handlers that run are the client's and end by themselves; they are
 * not written off, condis_vc_end() is not waiting for them: the memory is, by
 * the miniport's hold.
 *
 * Return: true if packets were in flight
 */
bool condis_flow_write_off(struct condis_vc *vc)
{
	return atomic_xchg(&vc->flow.tx, CONDIS_FLOW_CLOSED) != CONDIS_FLOW_CLOSED;
}

/*
 * Count one more unless the gate is closed or there are @limit.  Never above the
 * limit, not even for a moment: whoever is woken by a completion in that moment
 * would see no room, and nobody would wake him again.
 */
static int flow_start(atomic_t *counter, u32 limit)
{
	int old = atomic_read(counter);

	do {
		if (old & CONDIS_FLOW_CLOSED)
			return -ENOTCONN;
		if (old >= limit)
			return -EAGAIN;
	} while (!atomic_try_cmpxchg(counter, &old, old + 1));
	return 0;
}

/* Count one less; nothing if nothing is in flight. */
static bool flow_end(struct condis_vc *vc, atomic_t *counter)
{
	int old = atomic_read(counter);

	do {
		if (!(old & ~CONDIS_FLOW_CLOSED))
			return false;
	} while (!atomic_try_cmpxchg(counter, &old, old - 1));

	if (old == (CONDIS_FLOW_CLOSED | 1))
		condis_vc_drained(vc);
	return true;
}

/**
 * condis_co_send() - NdisCoSendNetBufferLists: send a packet
 * @vc: a VC with a connected call
 * @skb: the packet; with 0 it is on its way and send_complete() brings it back, with an error it
 *	is the caller's still
 *
 * Return: 0; -ENOTCONN (no connected call); -ENETDOWN (the adapter is paused, resetting or
 * gone); -EAGAIN (the send window is full: a send_complete() or a LINK_PARAMS status opens it);
 * -EMSGSIZE (the packet is longer than the call's max_sdu)
 *
 * Context: any but hard interrupts
 */
int condis_co_send(struct condis_vc *vc, struct sk_buff *skb)
{
	struct condis_adapter *adapter = vc->af->family->adapter;
	int err;

	if (skb->len > vc->params.max_sdu)
		return -EMSGSIZE;

	/* The rundown waits for one grace period after data_stopped: then no send is inside. */
	rcu_read_lock();
	if (READ_ONCE(adapter->data_stopped) || !adapter->ops->send) {
		err = -ENETDOWN;
		goto unlock;
	}
	err = flow_start(&vc->flow.tx, READ_ONCE(vc->flow.window));
	if (err)
		goto unlock;
	condis_delay_point("vc.send.counted", vc->id);
	atomic_inc(&vc->flow.tx_packets);
	adapter->ops->send(vc, skb);
unlock:
	rcu_read_unlock();
	return err;
}
EXPORT_SYMBOL_GPL(condis_co_send);

/**
 * condis_co_send_room() - how many packets condis_co_send() would take now
 * @vc: the VC
 *
 * Return: packets; 0 if none, also without a connected call
 *
 * Context: any; the answer may be old
 */
unsigned int condis_co_send_room(const struct condis_vc *vc)
{
	u32 window = READ_ONCE(vc->flow.window);
	int in_flight = atomic_read(&vc->flow.tx);

	if (in_flight & CONDIS_FLOW_CLOSED || in_flight >= window)
		return 0;
	return window - in_flight;
}
EXPORT_SYMBOL_GPL(condis_co_send_room);

/**
 * condis_m_send_complete() - NdisMCoSendNetBufferListsComplete: a packet is done with
 * @vc: the VC it was sent on
 * @skb: the packet; goes back to the client, or is freed
 * @status: 0, or why it was not sent
 *
 * Context: any but hard interrupts; also inside send()
 */
void condis_m_send_complete(struct condis_vc *vc, struct sk_buff *skb, int status)
{
	const struct condis_client_ops *ops = vc->af->ops;

	/* The VC may be deleted once it is counted out: its memory must last till the end. */
	rcu_read_lock();
	/*
	 * The handler is counted before the packet is counted out: so the
	 * client finds room for the next packet, and the VC is still not
	 * deactivated before the handler has returned.
	 */
	atomic_inc(&vc->flow.rx);
	condis_delay_point("vc.send.complete", vc->id);
	if (!flow_end(vc, &vc->flow.tx)) {
		condis_adapter_late(vc->af->family->adapter, CONDIS_LATE_SEND);
		dev_kfree_skb_any(skb);
	} else if (ops->send_complete && !READ_ONCE(vc->client_gone)) {
		ops->send_complete(vc, skb, status);
	} else {
		dev_kfree_skb_any(skb);
	}
	flow_end(vc, &vc->flow.rx);
	rcu_read_unlock();
}
EXPORT_SYMBOL_GPL(condis_m_send_complete);

/**
 * condis_m_indicate_receive() - NdisMCoIndicateReceiveNetBufferLists: a packet has come
 * @vc: the VC
 * @skb: the packet; always taken
 *
 * The packet is handed over for good: when this returns nothing is lent any
 * more, so no reader can hold up a deactivation (R21).
 *
 * Return: 0; -ENOTCONN (no connected call; the packet was freed and counted)
 *
 * Context: any but hard interrupts
 */
int condis_m_indicate_receive(struct condis_vc *vc, struct sk_buff *skb)
{
	const struct condis_client_ops *ops = vc->af->ops;
	int err;

	rcu_read_lock();
	err = flow_start(&vc->flow.rx, INT_MAX);
	condis_delay_point("vc.receive.counted", vc->id);
	if (!err && ops->receive && !READ_ONCE(vc->client_gone)) {
		atomic_inc(&vc->flow.rx_packets);
		ops->receive(vc, skb);
	} else {
		condis_adapter_late(vc->af->family->adapter, CONDIS_LATE_RECEIVE);
		dev_kfree_skb_any(skb);
	}
	if (!err)
		flow_end(vc, &vc->flow.rx);
	rcu_read_unlock();
	return err;
}
EXPORT_SYMBOL_GPL(condis_m_indicate_receive);
