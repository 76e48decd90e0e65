// SPDX-License-Identifier: GPL-2.0
/*
 * The built-in exchange: the network's side of every call between two adapters.
 *
 * A message of a user is taken in the context of that user's VC, and what it
 * causes is put into slots of the ends it concerns: each end has room for two of
 * every message that can come there, which is as many as the faults and timers can
 * make, so nothing is allocated after a call was started.  The end's VC is then signalled, and its
 * own handlers take the message out in exchange_run().  So two ends never run
 * inside each other, however short the delays.
 *
 * A call is found through its legs only, and an end never gets a second leg: a
 * late message reaches the call it belongs to or none (C4).
 */
#include <linux/jiffies.h>
#include <linux/slab.h>
#include <net/netlink.h>

#include "exchange.h"

static atomic64_t exchange_references = ATOMIC64_INIT(0);

/* The call of a leg, for others than the leg's own handlers; a reference, or NULL. */
static struct vwan_call *call_of(struct vwan_leg *leg)
{
	struct vwan_call *call;

	spin_lock(&leg->adapter->lock);
	call = leg->call;
	if (call)
		refcount_inc(&call->ref);
	spin_unlock(&leg->adapter->lock);
	return call;
}

static void call_put(struct vwan_call *call)
{
	if (!refcount_dec_and_test(&call->ref))
		return;
	spin_lock(&call->exchange->lock);
	list_del(&call->node);
	call->exchange->nr_calls--;
	spin_unlock(&call->exchange->lock);
	kfree(call);
}

/* The network takes a message of a user. */
static void exchange_receive(struct vwan_leg *leg, enum q931_message message, u32 cause)
{
	struct vwan_call *call = leg->call;
	unsigned int which = leg->end;
	struct vwan_end *end = &call->end[which];
	struct vwan_wake wake = {};
	u32 refused = 0;

	if (message == Q931_SETUP)
		refused = vwan_route_lookup(call->exchange,
					    condis_vc_params(leg->vc)->called);
	condis_delay_point("wan.receive", call->id);

	spin_lock(&call->lock);
	/*
	 * Glare: the network has just sent a DISCONNECT of its own, and this one
	 * crosses it.
	 */
	if (message == Q931_DISCONNECT && end->state == Q931_N_UP &&
	    vwan_knob(leg->adapter, CONDIS_VWAN_A_ADAPTER_GLARE)) {
		vwan_end_event(call, which, Q931_NEV_CLEAR, Q850_NORMAL_CLEARING, &wake);
		vwan_end_trace_relay(end, Q931_DISCONNECT, cause);
		vwan_end_event(call, !which, Q931_NEV_CLEAR, cause, &wake);
	}
	vwan_end_event(call, which, message, cause, &wake);
	if (refused)
		vwan_end_event(call, which, Q931_NEV_REFUSE, refused, &wake);
	spin_unlock(&call->lock);
	vwan_wake_ends(&wake);
}

/* See struct vwan_network_ops. */
static void exchange_transmit(struct vwan_leg *leg, enum q931_message message, u32 cause)
{
	struct vwan_adapter *adapter = leg->adapter;
	struct vwan_call *call = leg->call;
	struct vwan_wake wake = {};
	u32 late_by;
	bool late;

	if (!call || vwan_fault(adapter, CONDIS_VWAN_A_ADAPTER_LOST, message, true))
		return;
	late = vwan_fault(adapter, CONDIS_VWAN_A_ADAPTER_LATE, message, true);
	late_by = late ? vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_LATE_BY) : 0;

	spin_lock(&call->lock);
	if (late)
		vwan_end_put(call, leg->end, SLOT_TO_NETWORK + message, cause, late_by, false,
			     &wake);
	if (vwan_fault(adapter, CONDIS_VWAN_A_ADAPTER_DUPLICATED, message, true))
		vwan_end_put(call, leg->end, SLOT_TO_NETWORK + message, cause, late_by, false,
			     &wake);
	spin_unlock(&call->lock);
	if (!late)
		exchange_receive(leg, message, cause);
	vwan_wake_ends(&wake);
}

/* Connect the called leg to its call: false if one of the two has gone. */
static bool call_attach(struct vwan_call *call, struct vwan_leg *leg)
{
	struct vwan_wake wake = {};
	bool attached = false;

	condis_mcm_set_network_call(leg->vc, call->id);

	spin_lock(&call->lock);
	if (call->end[CALLER].state == Q931_N_UP) {
		/* The leg may be dropped from now on; its drop comes after its detach. */
		spin_lock(&leg->adapter->lock);
		if (leg->attached) {
			refcount_inc(&call->ref);
			leg->call = call;
			leg->end = CALLED;
			attached = true;
		}
		spin_unlock(&leg->adapter->lock);
	}
	if (attached) {
		call->end[CALLED].leg = leg;
		vwan_end_trace_relay(&call->end[CALLER], Q931_SETUP, 0);
		vwan_end_event(call, CALLED, Q931_NEV_OFFER, 0, &wake);
	}
	spin_unlock(&call->lock);
	vwan_wake_ends(&wake);
	return attached;
}

/* Find the called user and ring there.  In the caller's context. */
static void exchange_forward(struct vwan_leg *caller)
{
	struct vwan_call *call = caller->call;
	struct vwan_exchange *exchange = call->exchange;
	struct condis_call_params asked;
	struct condis_vc *vc;
	struct vwan_leg *leg;
	struct vwan_address first;
	struct vwan_route route;
	struct vwan_wake wake = {};
	unsigned int tries;
	bool attached;
	u32 cause = 0;

	vwan_leg_asked(caller, &asked);
	/*
	 * A client may refuse, or a line be taken in between: on to the next of the
	 * group, once round.
	 */
	for (tries = 0; tries < CONDIS_VWAN_LINES_MAX; tries++) {
		u32 refused = cause;

		memset(&route, 0, sizeof(route));
		cause = vwan_route_find(exchange, &asked, &route);
		if (cause)
			break;
		if (!tries) {
			first = route.address;
		} else if (first.adapter == route.address.adapter &&
			   first.line == route.address.line &&
			   first.address == route.address.address) {
			condis_sap_put(route.sap);
			cause = refused;
			break;
		}

		if (vwan_fault(route.address.adapter, CONDIS_VWAN_A_ADAPTER_LOST,
			       Q931_SETUP, false)) {
			/* The caller's T310 notices. */
			condis_sap_put(route.sap);
			return;
		}
		condis_delay_point("wan.routed", call->id);
		leg = vwan_leg_make_incoming(route.sap, &route.address, &asked);
		if (!leg) {
			cause = Q850_NO_USER_RESPONDING;
			continue;
		}
		vc = leg->vc;
		condis_delay_point("wan.attach", call->id);
		attached = call_attach(call, leg);
		if (attached) {
			condis_vc_put(vc);
			return;
		}
		vwan_leg_abandon(leg);
		cause = Q850_DESTINATION_OUT_OF_ORDER;
	}

	spin_lock(&call->lock);
	if (call->end[CALLER].state != Q931_N_UP) {
		/* Cleared meanwhile. */
	} else if (cause == Q850_NO_ANSWER) {
		vwan_end_trace_relay(&call->end[CALLER], Q931_SETUP, 0);
		vwan_end_send(call, CALLER, Q931_ALERTING, 0, route.no_answer_alert, true, &wake);
		vwan_end_put(call, CALLER, SLOT_GIVE_UP, 0, route.no_answer_time, false, &wake);
	} else {
		vwan_end_event(call, CALLER, Q931_NEV_CLEAR, cause, &wake);
	}
	spin_unlock(&call->lock);
	vwan_wake_ends(&wake);
}

/* A message arrives at its user. */
static void end_deliver(struct vwan_leg *leg, enum q931_message message,
			const struct vwan_slot *slot)
{
	const char *name = q931_message_name(message);
	int detail = q931_detail(message, slot->cause);

	if (slot->relayed)
		condis_trace_message(leg->vc, CONDIS_PARTY_REMOTE, CONDIS_PARTY_NETWORK,
				     name, detail);
	condis_trace_message(leg->vc, CONDIS_PARTY_NETWORK, CONDIS_PARTY_MINIPORT, name, detail);
	vwan_leg_receive(leg, message, slot->cause);
}

/* See struct vwan_network_ops. */
static bool exchange_run(struct vwan_leg *leg, unsigned long *next)
{
	struct vwan_call *call = leg->call;
	unsigned int which = leg->end;
	struct condis_vc *vc = leg->vc;
	struct vwan_slot slot;
	struct vwan_wake wake = {};
	bool timeout, more;
	int kind;

	/* The leg may be dropped by what it receives, and its references with it. */
	refcount_inc(&call->ref);
	condis_vc_hold(vc);
	spin_lock(&call->lock);
	kind = vwan_end_take(call, &call->end[which], &slot, next, &more);
	timeout = kind < 0 && vwan_end_timeout(call, which, next, &more, &wake);
	if (kind == SLOT_GIVE_UP)
		vwan_end_event(call, which, Q931_NEV_CLEAR, Q850_NO_ANSWER, &wake);
	spin_unlock(&call->lock);
	vwan_wake_ends(&wake);
	condis_delay_point("wan.taken", call->id);

	if (kind >= SLOT_TO_USER && kind < SLOT_TO_NETWORK)
		end_deliver(leg, kind - SLOT_TO_USER, &slot);
	else if (kind >= SLOT_TO_NETWORK && kind < SLOT_FORWARD)
		exchange_receive(leg, kind - SLOT_TO_NETWORK, slot.cause);
	else if (kind == SLOT_FORWARD)
		exchange_forward(leg);
	/*
	 * One at a time: what the client is told of this one is queued before the
	 * signal, so it hears of it before the next changes everything again.
	 */
	if (kind >= 0 || timeout)
		condis_mcm_post_signal(vc);
	more = more && leg->call;
	condis_vc_put(vc);
	call_put(call);
	return more;
}

/* See struct vwan_network_ops. */
static int exchange_start(struct vwan_leg *leg)
{
	struct vwan_exchange *exchange = leg->adapter->exchange;
	struct vwan_call *call;

	call = kzalloc(sizeof(*call), GFP_KERNEL_ACCOUNT);
	if (!call)
		return -ENOMEM;
	refcount_set(&call->ref, 1);
	call->id = atomic64_inc_return(&exchange_references);
	call->exchange = exchange;
	spin_lock_init(&call->lock);
	call->end[CALLER].last_due = jiffies;
	call->end[CALLED].last_due = jiffies;
	call->end[CALLER].heard = true;
	call->end[CALLER].leg = leg;

	spin_lock(&exchange->lock);
	call->downed = exchange->down;
	list_add_tail(&call->node, &exchange->calls);
	exchange->nr_calls++;
	exchange->made++;
	spin_unlock(&exchange->lock);

	spin_lock(&leg->adapter->lock);
	leg->call = call;
	leg->end = CALLER;
	spin_unlock(&leg->adapter->lock);
	condis_mcm_set_network_call(leg->vc, call->id);
	return 0;
}

/* See struct vwan_network_ops. */
static void exchange_drop(struct vwan_leg *leg, u32 cause)
{
	struct vwan_call *call;
	struct vwan_leg *far;
	struct vwan_end *end;
	struct vwan_wake wake = {};

	spin_lock(&leg->adapter->lock);
	call = leg->call;
	leg->call = NULL;
	spin_unlock(&leg->adapter->lock);
	if (!call)
		return;
	condis_delay_point("wan.drop", call->id);

	spin_lock(&call->lock);
	end = &call->end[leg->end];
	atomic64_add(end->pending, &call->exchange->late);
	end->pending = 0;
	end->timed = false;
	/* Neither way: once this end is out of the call nobody finds the other from here. */
	far = call->end[!leg->end].leg;
	vwan_bearer_cut(leg);
	if (far)
		vwan_bearer_cut(far);
	end->leg = NULL;
	if (end->state == Q931_N_UP)
		vwan_end_event(call, !leg->end, Q931_NEV_CLEAR, cause, &wake);
	end->state = Q931_N_RELEASED;
	spin_unlock(&call->lock);
	vwan_wake_ends(&wake);
	call_put(call);
}

/* See struct vwan_network_ops. */
static void exchange_restart(struct vwan_leg *leg, u32 cause)
{
	struct vwan_call *call = call_of(leg);
	struct vwan_wake wake = {};

	if (!call)
		return;
	spin_lock(&call->lock);
	if (call->end[leg->end].leg == leg)
		vwan_end_event(call, leg->end, Q931_NEV_RESTART, cause, &wake);
	spin_unlock(&call->lock);
	vwan_wake_ends(&wake);
	call_put(call);
}

/* The leg at which data arrives; NULL when its call is not up any more. */
static struct vwan_leg *end_up(const struct vwan_end *end)
{
	return end->state == Q931_N_UP ? end->leg : NULL;
}

/* See struct vwan_network_ops. */
static void exchange_through(struct vwan_leg *leg)
{
	struct vwan_call *call = leg->call;
	struct vwan_end *caller, *called;

	if (!call)
		return;
	caller = &call->end[CALLER];
	called = &call->end[CALLED];
	spin_lock(&call->lock);
	call->end[leg->end].through = true;
	if (caller->through && called->through) {
		if (caller->leg)
			vwan_bearer_through(caller->leg, end_up(called));
		if (called->leg)
			vwan_bearer_through(called->leg, end_up(caller));
	}
	spin_unlock(&call->lock);
}

/* See struct vwan_network_ops. */
static void exchange_carry(struct vwan_leg *leg, struct sk_buff_head *packets, u32 lost)
{
	struct vwan_call *call = call_of(leg);
	struct condis_vc *vc = NULL;
	struct vwan_leg *far = NULL;

	if (call) {
		spin_lock(&call->lock);
		far = end_up(&call->end[!leg->end]);
		if (far) {
			vc = far->vc;
			condis_vc_hold(vc);
		}
		spin_unlock(&call->lock);
	}

	if (far) {
		vwan_bearer_arrive(far, packets, lost);
		condis_vc_put(vc);
	} else {
		__skb_queue_purge(packets);
	}
	if (call)
		call_put(call);
}

const struct vwan_network_ops vwan_exchange_ops = {
	.name = "exchange",
	.join = vwan_route_join,
	.leave = vwan_route_leave,
	.start = exchange_start,
	.transmit = exchange_transmit,
	.run = exchange_run,
	.through = exchange_through,
	.carry = exchange_carry,
	.restart = exchange_restart,
	.drop = exchange_drop,
};

/**
 * vwan_exchange_size() - private area of an exchange
 *
 * Context: any
 * Return: bytes
 */
size_t vwan_exchange_size(void)
{
	return sizeof(struct vwan_exchange);
}

/**
 * vwan_exchange_init() - prepare an exchange without numbers and calls
 * @exchange: the exchange
 *
 * Context: any
 */
void vwan_exchange_init(struct vwan_exchange *exchange)
{
	unsigned int i;

	spin_lock_init(&exchange->lock);
	for (i = 0; i < ARRAY_SIZE(exchange->numbers); i++)
		INIT_LIST_HEAD(&exchange->numbers[i]);
	INIT_LIST_HEAD(&exchange->calls);
	exchange->down = false;
	exchange->nr_numbers = 0;
	exchange->nr_calls = 0;
	exchange->made = 0;
	atomic64_set(&exchange->late, 0);
}

/**
 * vwan_exchange_new() - a new exchange
 * @exchange: the core's
 * @tb: its attributes; all are read only and were refused by the policy
 * @extack: unused
 *
 * Context: process
 * Return: 0
 */
int vwan_exchange_new(struct condis_exchange *exchange, struct nlattr **tb,
		      struct netlink_ext_ack *extack)
{
	vwan_exchange_init(condis_exchange_priv(exchange));
	return 0;
}

/**
 * vwan_exchange_fill() - describe an exchange
 * @exchange: the core's
 * @skb: where to
 *
 * Context: process
 * Return: 0, or -EMSGSIZE
 */
int vwan_exchange_fill(struct condis_exchange *exchange, struct sk_buff *skb)
{
	struct vwan_exchange *own = condis_exchange_priv(exchange);
	u32 numbers, calls;
	u64 made;

	spin_lock(&own->lock);
	numbers = own->nr_numbers;
	calls = own->nr_calls;
	made = own->made;
	spin_unlock(&own->lock);

	if (nla_put_u32(skb, CONDIS_VWAN_A_EXCHANGE_NUMBERS, numbers) ||
	    nla_put_u32(skb, CONDIS_VWAN_A_EXCHANGE_CALLS, calls) ||
	    nla_put_u64_64bit(skb, CONDIS_VWAN_A_EXCHANGE_CALLS_MADE, made,
			      CONDIS_VWAN_A_EXCHANGE_PAD) ||
	    nla_put_u64_64bit(skb, CONDIS_VWAN_A_EXCHANGE_LATE, atomic64_read(&own->late),
			      CONDIS_VWAN_A_EXCHANGE_PAD))
		return -EMSGSIZE;
	return 0;
}

/* The next call that exchange_down() has not seen; a reference. */
static struct vwan_call *exchange_next_call(struct vwan_exchange *exchange)
{
	struct vwan_call *call, *found = NULL;

	spin_lock(&exchange->lock);
	while (!found) {
		call = list_first_entry_or_null(&exchange->calls, struct vwan_call, node);
		if (!call || call->downed)
			break;
		call->downed = true;
		list_move_tail(&call->node, &exchange->calls);
		/* One without a leg is about to leave the list. */
		if (refcount_inc_not_zero(&call->ref))
			found = call;
	}
	spin_unlock(&exchange->lock);
	return found;
}

/* Out of order for ever. */
static void exchange_clear(struct vwan_exchange *exchange)
{
	struct vwan_call *call;

	spin_lock(&exchange->lock);
	exchange->down = true;
	spin_unlock(&exchange->lock);
	condis_delay_point("wan.down", 0);

	while ((call = exchange_next_call(exchange))) {
		struct vwan_wake wake = {};

		spin_lock(&call->lock);
		vwan_end_event(call, CALLER, Q931_NEV_CLEAR, Q850_NETWORK_OUT_OF_ORDER, &wake);
		vwan_end_event(call, CALLED, Q931_NEV_CLEAR, Q850_NETWORK_OUT_OF_ORDER, &wake);
		spin_unlock(&call->lock);
		vwan_wake_ends(&wake);
		call_put(call);
		cond_resched();
	}
}

/**
 * vwan_exchange_down() - the exchange is gone: clear its calls
 * @exchange: the core's
 *
 * Context: process
 */
void vwan_exchange_down(struct condis_exchange *exchange)
{
	exchange_clear(condis_exchange_priv(exchange));
}
