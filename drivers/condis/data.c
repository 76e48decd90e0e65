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

/* Where a VC's packets are counted for its adapter. */
static struct condis_flight *flight_of(const struct condis_vc *vc)
{
	return &vc->af->family->adapter->flights[vc->id % CONDIS_FLIGHTS];
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
	int owed = atomic_xchg(&vc->flow.tx, CONDIS_FLOW_CLOSED) & ~CONDIS_FLOW_CLOSED;

	if (owed) {
		atomic_add(owed, &vc->af->family->adapter->owed);
		atomic_sub(owed, &flight_of(vc)->tx);
	}
	return owed;
}

/**
 * condis_flow_held() - how many packets the miniport has
 * @vc: the VC
 *
 * Those that are just being handed over do not count: nobody can know of them.
 *
 * Return: the number; only under the verifier, 0 without
 *
 * Context: any; the answer may be old
 */
unsigned int condis_flow_held(const struct condis_vc *vc)
{
	int sent, entering;

	if (!condis_verifier_on())
		return 0;
	/* In this order: one that enters between the two is counted as entering. */
	sent = atomic_read(&vc->flow.tx) & ~CONDIS_FLOW_CLOSED;
	smp_rmb();	/* pairs with condis_co_send() */
	entering = atomic_read(&vc->flow.entering);
	/* And one that has left between the two, if it was back by then, is not sent any more. */
	smp_rmb();	/* pairs with condis_co_send() */
	sent = min_t(int, sent, atomic_read(&vc->flow.tx) & ~CONDIS_FLOW_CLOSED);
	return sent > entering ? sent - entering : 0;
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

/* Count one less; nothing if nothing is in flight.  Under RCU, which keeps VC and adapter. */
static bool flow_end(struct condis_vc *vc, atomic_t *counter, atomic_t *total)
{
	int old = atomic_read(counter);

	do {
		if (!(old & ~CONDIS_FLOW_CLOSED))
			return false;
	} while (!atomic_try_cmpxchg(counter, &old, old - 1));
	atomic_dec(total);

	if (old == (CONDIS_FLOW_CLOSED | 1))
		condis_vc_drained(vc);
	return true;
}

/*
 * Was it wrong to send?  Not when the far end has hung up, or the adapter went;
 * nor where the client's close, or the reset, may have come in between (R20).
 */
static void send_refused(struct condis_vc *vc, int err, unsigned long caller)
{
	struct condis_watch *watch = &vc->upcalls.watch;
	enum condis_call_state call = READ_ONCE(vc->call);

	if (READ_ONCE(watch->excused) & CONDIS_BY_CLIENT || READ_ONCE(vc->sends_given_up))
		return;
	if (READ_ONCE(watch->dead) & CONDIS_BY_CLIENT) {
		condis_breach(&vc->upcalls, AFTER_END, CONDIS_BY_CLIENT, caller, "sends");
		return;
	}
	if (err == -ENETDOWN && READ_ONCE(vc->af->family->adapter->reset_told))
		condis_breach(&vc->upcalls, WRONG_REQUEST, CONDIS_BY_CLIENT, caller,
			      "sends during a reset");
	if (err != -ENOTCONN || call == CONDIS_CALL_CONNECTED ||
	    call == CONDIS_CALL_OFFER_CLOSED || call == CONDIS_CALL_REMOTE_CLOSED)
		return;
	condis_breach(&vc->upcalls, SEND_AFTER_CLOSE, CONDIS_BY_CLIENT, caller, NULL);
}

/**
 * condis_co_cancel_sends() - NdisCancelSendNetBufferLists: give up what was sent on a VC
 * @vc: the VC
 *
 * For a client that is going to close and cannot wait for its packets: from here
 * on nothing can be sent, and what is with the miniport is the miniport's, which
 * returns it when it likes, at the latest before the VC is deactivated.
 *
 * Context: any but hard interrupts
 */
void condis_co_cancel_sends(struct condis_vc *vc)
{
	if (!condis_use(&vc->upcalls, CONDIS_BY_CLIENT))
		return;
	WRITE_ONCE(vc->sends_given_up, true);
	atomic_or(CONDIS_FLOW_CLOSED, &vc->flow.tx);
}
EXPORT_SYMBOL_GPL(condis_co_cancel_sends);

/**
 * condis_co_send() - NdisCoSendNetBufferLists: send a packet
 * @vc: a VC with a connected call
 * @skb: the packet; with 0 it is on its way and send_complete() brings it back, with an error it
 *	is the caller's still
 *
 * Return: 0; -ENOTCONN (no connected call); -ENETDOWN (the adapter is paused, resetting or
 * gone); -EAGAIN (the send window is full: a send_complete() or a LINK_PARAMS status opens it);
 * -EMSGSIZE (the packet is longer than the call's max_sdu); -EOPNOTSUPP (the call manager is a
 * stand-alone one: its calls carry no data)
 *
 * Context: any but hard interrupts
 */
int condis_co_send(struct condis_vc *vc, struct sk_buff *skb)
{
	struct condis_adapter *adapter;
	bool watched = false;
	int err;

	if (!condis_use(&vc->upcalls, CONDIS_BY_NOBODY))
		return -ENOTCONN;
	/* Before there is a call the size may just be written: that send is refused below. */
	if (skb->len > data_race(READ_ONCE(vc->params.max_sdu)))
		return -EMSGSIZE;
	adapter = vc->af->family->adapter;
	if (condis_verifier_on()) {
		watched = true;
		atomic_inc(&vc->flow.entering);
		smp_mb__after_atomic();	/* pairs with condis_flow_held() */
	}

	/* The rundown waits for one grace period after data_stopped: then no send is inside. */
	rcu_read_lock();
	/* To the miniport the VC of a stand-alone call manager is a stranger. */
	if (vc->af->family->binding) {
		err = -EOPNOTSUPP;
		goto unlock;
	}
	if (READ_ONCE(adapter->data_stopped) || !adapter->ops->send) {
		err = -ENETDOWN;
		goto unlock;
	}
	err = flow_start(&vc->flow.tx, READ_ONCE(vc->flow.window));
	if (err)
		goto unlock;
	condis_delay_point("vc.send.counted", vc->id);
	atomic_inc(&flight_of(vc)->tx);
	atomic_inc(&vc->flow.tx_packets);
	adapter->ops->send(vc, skb);
unlock:
	rcu_read_unlock();
	if (watched) {
		smp_mb__before_atomic();	/* pairs with condis_flow_held() */
		atomic_dec(&vc->flow.entering);
	}
	if (err && condis_verifier_on())
		send_refused(vc, err, _RET_IP_);
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

/* One that was written off comes back, or one that was never sent. */
static void send_complete_refused(struct condis_vc *vc, unsigned long caller)
{
	struct condis_adapter *adapter = vc->af->family->adapter;

	condis_adapter_late(adapter, CONDIS_LATE_SEND);
	if (atomic_dec_if_positive(&adapter->owed) < 0 &&
	    !(READ_ONCE(vc->upcalls.watch.excused) & CONDIS_BY_CM))
		condis_breach(&vc->upcalls, COMPLETION_TWICE, CONDIS_BY_CM, caller,
			      "a packet comes back that was not in flight");
}

static void send_is_home(struct condis_vc *vc, struct sk_buff *skb, int status)
{
	/* Looked for after there is room: whoever takes over before that may find none. */
	struct condis_data_client *client = condis_data_client(vc);
	const struct condis_client_ops *ops = vc->af->ops;

	if (client)
		client->ops->send_complete(client, skb, status);
	else if (ops->send_complete && !READ_ONCE(vc->client_gone))
		ops->send_complete(vc, skb, status);
	else
		dev_kfree_skb_any(skb);
}

/**
 * condis_m_send_complete() - NdisMCoSendNetBufferListsComplete: a packet is done with
 * @vc: the VC it was sent on
 * @skb: the packet; goes back to the client, or is freed; NULL: it was sent by passing it on
 * @status: 0, or why it was not sent
 *
 * Context: any but hard interrupts; also inside send()
 */
void condis_m_send_complete(struct condis_vc *vc, struct sk_buff *skb, int status)
{
	struct condis_flight *flight;

	if (!condis_use(&vc->upcalls, CONDIS_BY_NOBODY)) {
		dev_kfree_skb_any(skb);
		return;
	}
	flight = flight_of(vc);
	/* The VC may be deleted once it is counted out: its memory must last till the end. */
	rcu_read_lock();
	/*
	 * The handler is counted before the packet is counted out: so the
	 * client finds room for the next packet, and the VC is still not
	 * deactivated before the handler has returned.
	 */
	atomic_inc(&vc->flow.rx);
	atomic_inc(&flight->rx);
	condis_delay_point("vc.send.complete", vc->id);
	if (flow_end(vc, &vc->flow.tx, &flight->tx)) {
		send_is_home(vc, skb, status);
	} else {
		send_complete_refused(vc, _RET_IP_);
		dev_kfree_skb_any(skb);
	}
	flow_end(vc, &vc->flow.rx, &flight->rx);
	rcu_read_unlock();
}
EXPORT_SYMBOL_GPL(condis_m_send_complete);

/* After the close it may have lost a race (R21); before the activation not. */
static void receive_refused(struct condis_vc *vc, unsigned long caller)
{
	enum condis_call_state call = READ_ONCE(vc->call);

	if (READ_ONCE(vc->active) == CONDIS_VC_INACTIVE &&
	    (call == CONDIS_CALL_IDLE || call == CONDIS_CALL_OUT_PENDING ||
	     call == CONDIS_CALL_OFFERED || call == CONDIS_CALL_ACCEPTED))
		condis_breach(&vc->upcalls, OUT_OF_ORDER, CONDIS_BY_CM, caller,
			      "indicates a packet on an inactive VC");
}

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
	const struct condis_client_ops *ops;
	struct condis_data_client *client;
	struct condis_flight *flight;
	int err;

	if (!condis_use(&vc->upcalls, CONDIS_BY_NOBODY)) {
		dev_kfree_skb_any(skb);
		return -ENOTCONN;
	}
	ops = vc->af->ops;
	flight = flight_of(vc);
	rcu_read_lock();
	err = flow_start(&vc->flow.rx, INT_MAX);
	if (!err)
		atomic_inc(&flight->rx);
	condis_delay_point("vc.receive.counted", vc->id);
	if (err && condis_verifier_on())
		receive_refused(vc, _RET_IP_);
	client = err ? NULL : condis_data_client(vc);
	if (client) {
		atomic_inc(&vc->flow.rx_packets);
		client->ops->receive(client, skb);
	} else if (!err && ops->receive && !READ_ONCE(vc->client_gone)) {
		atomic_inc(&vc->flow.rx_packets);
		ops->receive(vc, skb);
	} else {
		condis_adapter_late(vc->af->family->adapter, CONDIS_LATE_RECEIVE);
		dev_kfree_skb_any(skb);
	}
	if (!err)
		flow_end(vc, &vc->flow.rx, &flight->rx);
	rcu_read_unlock();
	return err;
}
EXPORT_SYMBOL_GPL(condis_m_indicate_receive);
