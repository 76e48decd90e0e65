// SPDX-License-Identifier: GPL-2.0
/*
 * The built-in exchange: the network's side of every call between two adapters.
 *
 * A message of a user is taken in the context of that user's VC, and what it
 * causes is put into slots of the ends it concerns: each end has room for two of
 * every message, which is as many as the faults and timers can make, so nothing
 * is allocated after a call was started.  The end's VC is then signalled, and its
 * own handlers take the message out in exchange_run().  So two ends never run
 * inside each other, however short the delays.
 *
 * A call is found through its legs only, and an end never gets a second leg: a
 * late message reaches the call it belongs to or none (C4).
 */
#include <linux/jiffies.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/stringhash.h>
#include <net/netlink.h>

#include "network.h"
#include "vwan.h"

#define EXCHANGE_BITS	8

/**
 * struct vwan_exchange - an exchange, the private area of the core's
 * @lock: protects what follows
 * @numbers: addresses that can be dialled, in the order of hunting
 * @calls: calls, not yet downed first
 * @down: no calls any more
 * @nr_numbers: addresses in @numbers
 * @nr_calls: calls in @calls
 * @made: calls ever
 * @late: messages that found no call
 */
struct vwan_exchange {
	spinlock_t lock;	/* see vwan.h */
	struct list_head numbers[1 << EXCHANGE_BITS];
	struct list_head calls;
	bool down;
	u32 nr_numbers;
	u32 nr_calls;
	u64 made;
	atomic64_t late;
};

/* What can wait at an end: messages to its user, late ones from it, and the network's own. */
enum slot_kind {
	SLOT_TO_USER,
	SLOT_TO_NETWORK = SLOT_TO_USER + Q931_NR_MESSAGES,
	SLOT_FORWARD = SLOT_TO_NETWORK + Q931_NR_MESSAGES,	/* find and ring the far end */
	SLOT_GIVE_UP,						/* nobody answers */
	SLOT_NR_KINDS
};

/* Each can be there twice. */
#define SLOT_NR		(2 * SLOT_NR_KINDS)
#define SLOT_BIT(kind)	BIT_ULL(kind)

/* What only concerns a call that is being set up, in both copies. */
#define SLOTS_OF_SETUP							\
	(SLOT_BIT(SLOT_TO_USER + Q931_SETUP) |				\
	 SLOT_BIT(SLOT_TO_USER + Q931_CALL_PROCEEDING) |		\
	 SLOT_BIT(SLOT_TO_USER + Q931_ALERTING) |			\
	 SLOT_BIT(SLOT_TO_USER + Q931_CONNECT) |			\
	 SLOT_BIT(SLOT_TO_USER + Q931_CONNECT_ACK) |			\
	 SLOT_BIT(SLOT_FORWARD) | SLOT_BIT(SLOT_GIVE_UP))

/**
 * struct vwan_slot - something that is due at an end
 * @due: when, jiffies
 * @seq: order among those that are due at once
 * @cause: Q.850 cause
 * @relayed: it comes from the far end's user
 */
struct vwan_slot {
	unsigned long due;
	u32 seq;
	u8 cause;
	bool relayed;
};

/**
 * struct vwan_end - the network's side of one interface of a call
 * @leg: the user, NULL before it is there and after it has gone
 * @state: enum q931_net_state
 * @timed: the state's timer runs
 * @repeated: its message was sent twice
 * @through: the user has switched through
 * @deadline: when the timer runs out, jiffies
 * @last_due: when the last message of a set-up is due: they do not overtake each other
 * @pending: a bit for each slot in use
 * @slot: slots; the second copies from SLOT_NR_KINDS
 */
struct vwan_end {
	struct vwan_leg *leg;
	u8 state;
	bool timed;
	bool repeated;
	bool through;
	unsigned long deadline;
	unsigned long last_due;
	u64 pending;
	struct vwan_slot slot[SLOT_NR];
};

/**
 * struct vwan_call - a call of the exchange
 * @ref: each leg that points here; whoever works on it
 * @id: its reference, never used again
 * @exchange: where; its memory outlives every adapter, and so every leg
 * @node: in the exchange's list, under its lock
 * @downed: it was seen by exchange_down(), under the exchange's lock
 * @lock: protects what follows
 * @seq: counts slots
 * @end: caller and called
 */
struct vwan_call {
	refcount_t ref;
	u64 id;
	struct vwan_exchange *exchange;
	struct list_head node;
	bool downed;
	spinlock_t lock;	/* see vwan.h */
	u32 seq;
	struct vwan_end end[2];
};

#define CALLER	0
#define CALLED	1

/* VCs to be signalled when call.lock is given back. */
struct wake {
	struct condis_vc *vc[2];
};

static atomic64_t exchange_references = ATOMIC64_INIT(0);

static struct list_head *exchange_bucket(struct vwan_exchange *exchange, const char *number)
{
	u32 hash = full_name_hash(NULL, number, strlen(number));

	return &exchange->numbers[hash & ((1 << EXCHANGE_BITS) - 1)];
}

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

static void end_wake(struct vwan_end *end, struct wake *wake, unsigned int which)
{
	if (!end->leg || wake->vc[which])
		return;
	condis_vc_hold(end->leg->vc);
	wake->vc[which] = end->leg->vc;
}

static void wake_up_ends(struct wake *wake)
{
	unsigned int i;

	condis_delay_point("wan.hand_over", 0);
	for (i = 0; i < ARRAY_SIZE(wake->vc); i++) {
		if (!wake->vc[i])
			continue;
		condis_delay_point("wan.signal", condis_vc_id(wake->vc[i]));
		condis_mcm_post_signal(wake->vc[i]);
		condis_vc_put(wake->vc[i]);
	}
}

/* Put something into a slot of an end.  A third of a kind is the same as the second. */
static void end_put(struct vwan_call *call, unsigned int which, unsigned int kind, u32 cause,
		    u32 delay, bool relayed, struct wake *wake)
{
	struct vwan_end *end = &call->end[which];
	unsigned int index = kind;
	struct vwan_slot *slot;

	lockdep_assert_held(&call->lock);

	if (end->pending & SLOT_BIT(index))
		index += SLOT_NR_KINDS;
	if (end->pending & SLOT_BIT(index))
		return;

	slot = &end->slot[index];
	/* One more than asked for: the current jiffy has begun already. */
	slot->due = delay ? jiffies + msecs_to_jiffies(delay) + 1 : jiffies;
	slot->seq = ++call->seq;
	slot->cause = cause;
	slot->relayed = relayed;
	end->pending |= SLOT_BIT(index);
	end_wake(end, wake, which);
}

/* A message of the network to a user, with the faults of that interface. */
static void end_send(struct vwan_call *call, unsigned int which, enum q931_message message,
		     u32 cause, u32 delay, bool relayed, struct wake *wake)
{
	struct vwan_end *end = &call->end[which];
	struct vwan_adapter *adapter;

	if (!end->leg) {
		atomic64_inc(&call->exchange->late);
		return;
	}
	adapter = end->leg->adapter;

	if (q931_is_clearing(message)) {
		/* What was to set the call up has lost its sense, and would only be late. */
		end->pending &= ~(SLOTS_OF_SETUP | SLOTS_OF_SETUP << SLOT_NR_KINDS);
	} else {
		unsigned long due = jiffies + msecs_to_jiffies(delay);

		if (end->last_due && time_before(due, end->last_due))
			delay = jiffies_to_msecs(end->last_due - jiffies);
		else if (delay)
			end->last_due = due;
	}

	/* That of a SETUP was decided before there was a leg (exchange_forward()). */
	if (message != Q931_SETUP &&
	    vwan_fault(adapter, CONDIS_VWAN_A_ADAPTER_LOST, message, false))
		return;
	if (vwan_fault(adapter, CONDIS_VWAN_A_ADAPTER_LATE, message, false))
		delay += vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_LATE_BY);
	end_put(call, which, SLOT_TO_USER + message, cause, delay, relayed, wake);
	if (vwan_fault(adapter, CONDIS_VWAN_A_ADAPTER_DUPLICATED, message, false))
		end_put(call, which, SLOT_TO_USER + message, cause, delay, relayed, wake);
}

/* The timer of an end's state, after an event. */
static void end_restart_timer(struct vwan_end *end, u8 before, unsigned int event)
{
	enum q931_timer timer = q931_net_timer(end->state);
	u32 time;

	if (end->state != before)
		end->repeated = false;
	else if (event == Q931_NEV_TIMEOUT)
		end->repeated = true;
	else
		return;

	end->timed = timer != Q931_T_NONE && end->leg;
	if (!end->timed)
		return;
	time = vwan_knob(end->leg->adapter, timer == Q931_T305 ? CONDIS_VWAN_A_ADAPTER_T305 :
								CONDIS_VWAN_A_ADAPTER_T308);
	end->deadline = jiffies + msecs_to_jiffies(time) + 1;
}

/* Show in the trace of an end's own VC what goes on to the far end. */
static void end_trace_relay(struct vwan_end *end, enum q931_message message, u32 cause)
{
	if (end->leg)
		condis_trace_message(end->leg->vc, CONDIS_PARTY_NETWORK, CONDIS_PARTY_REMOTE,
				     q931_message_name(message),
				     q931_is_clearing(message) ? cause : 0);
}

/* The network's side of an end meets an event. */
static void end_event(struct vwan_call *call, unsigned int which, unsigned int event, u32 cause,
		      struct wake *wake)
{
	struct vwan_end *end = &call->end[which], *far = &call->end[!which];
	struct vwan_adapter *adapter = end->leg ? end->leg->adapter : NULL;
	const struct q931_cell *cell;
	u8 before = end->state;
	u32 delay = 0;

	lockdep_assert_held(&call->lock);

	cell = q931_net(end->state, event);
	if (cell->cause)
		cause = cell->cause;
	end->state = cell->next;
	end_restart_timer(end, before, event);
	/* A changed deadline has to be seen. */
	if (end->timed)
		end_wake(end, wake, which);

	if (cell->send != Q931_NONE) {
		/* The answer to a clearing takes its time. */
		if (event < Q931_NR_MESSAGES && adapter)
			delay = vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_CLEAR_DELAY);
		/* Whether a user at the far end said so, or the network itself. */
		end_send(call, which, cell->send, cause, delay,
			 event == Q931_NEV_OFFER || (event == Q931_NEV_CLEAR && far->leg), wake);
	}
	if (cell->todo & Q931_DO_ACK)
		end_send(call, which, Q931_CONNECT_ACK, 0, 0, false, wake);
	if (cell->todo & Q931_DO_ROUTE) {
		end_send(call, which, Q931_CALL_PROCEEDING, 0,
			 vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_PROCEEDING_DELAY), false, wake);
		end_put(call, which, SLOT_FORWARD, 0, 0, false, wake);
	}
	if (cell->todo & Q931_DO_RELAY && far->state == Q931_N_UP) {
		delay = vwan_knob(adapter, event == Q931_CONNECT ?
				  CONDIS_VWAN_A_ADAPTER_ANSWER_DELAY :
				  CONDIS_VWAN_A_ADAPTER_ALERT_DELAY);
		end_trace_relay(end, event, 0);
		end_send(call, !which, event, 0, delay, true, wake);
	}
	if (cell->todo & Q931_DO_CLEAR_FAR) {
		if (far->state == Q931_N_UP)
			end_trace_relay(end, Q931_DISCONNECT, cause);
		/* Its cell for this has no CLEAR_FAR: the recursion ends here. */
		end_event(call, !which, Q931_NEV_CLEAR, cause, wake);
	}
	if (cell->todo & Q931_DO_LATE)
		atomic64_inc(&call->exchange->late);
}

/* Whether a number can be dialled at all: 0 or the cause why not. */
static u32 exchange_lookup(struct vwan_exchange *exchange, const char *number)
{
	u32 cause = Q850_UNALLOCATED_NUMBER;
	struct vwan_address *address;

	spin_lock(&exchange->lock);
	if (exchange->down) {
		cause = Q850_NETWORK_OUT_OF_ORDER;
	} else {
		list_for_each_entry(address, exchange_bucket(exchange, number), node) {
			if (!strcmp(address->number, number)) {
				cause = 0;
				break;
			}
		}
	}
	spin_unlock(&exchange->lock);
	return cause;
}

/* The network takes a message of a user. */
static void exchange_receive(struct vwan_leg *leg, enum q931_message message, u32 cause)
{
	struct vwan_call *call = leg->call;
	unsigned int which = leg->end;
	struct vwan_end *end = &call->end[which];
	struct wake wake = {};
	u32 refused = 0;

	if (message == Q931_SETUP)
		refused = exchange_lookup(call->exchange, leg->params.called);
	condis_delay_point("wan.receive", call->id);

	spin_lock(&call->lock);
	/*
	 * Glare: the network has just sent a DISCONNECT of its own, and this one
	 * crosses it.
	 */
	if (message == Q931_DISCONNECT && end->state == Q931_N_UP &&
	    vwan_knob(leg->adapter, CONDIS_VWAN_A_ADAPTER_GLARE)) {
		end_event(call, which, Q931_NEV_CLEAR, Q850_NORMAL_CLEARING, &wake);
		end_trace_relay(end, Q931_DISCONNECT, cause);
		end_event(call, !which, Q931_NEV_CLEAR, cause, &wake);
	}
	end_event(call, which, message, cause, &wake);
	if (refused)
		end_event(call, which, Q931_NEV_REFUSE, refused, &wake);
	spin_unlock(&call->lock);
	wake_up_ends(&wake);
}

/* See struct vwan_network_ops. */
static void exchange_transmit(struct vwan_leg *leg, enum q931_message message, u32 cause)
{
	struct vwan_adapter *adapter = leg->adapter;
	struct vwan_call *call = leg->call;
	struct wake wake = {};
	u32 late_by;
	bool late;

	if (!call || vwan_fault(adapter, CONDIS_VWAN_A_ADAPTER_LOST, message, true))
		return;
	late = vwan_fault(adapter, CONDIS_VWAN_A_ADAPTER_LATE, message, true);
	late_by = late ? vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_LATE_BY) : 0;

	spin_lock(&call->lock);
	if (late)
		end_put(call, leg->end, SLOT_TO_NETWORK + message, cause, late_by, false, &wake);
	if (vwan_fault(adapter, CONDIS_VWAN_A_ADAPTER_DUPLICATED, message, true))
		end_put(call, leg->end, SLOT_TO_NETWORK + message, cause, late_by, false, &wake);
	spin_unlock(&call->lock);
	if (!late)
		exchange_receive(leg, message, cause);
	wake_up_ends(&wake);
}

/* Of several reasons why a hunt group cannot be reached, the one that tells most. */
static unsigned int cause_rank(u32 cause)
{
	static const u8 order[] = {
		Q850_UNALLOCATED_NUMBER, Q850_DESTINATION_OUT_OF_ORDER, Q850_NO_USER_RESPONDING,
		Q850_INCOMPATIBLE_DESTINATION, Q850_SWITCHING_CONGESTION, Q850_USER_BUSY,
		Q850_NO_ANSWER,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(order); i++)
		if (order[i] == cause)
			return i + 1;
	return 0;
}

/* What a call to this address meets: 0 and a SAP with a reference, or a cause. */
static u32 address_try(const struct vwan_address *address, u32 media_modes,
		       struct condis_sap **sap)
{
	switch (vwan_knob(address->adapter, CONDIS_VWAN_A_ADAPTER_FAULT)) {
	case CONDIS_VWAN_FAULT_BUSY:
		return Q850_USER_BUSY;
	case CONDIS_VWAN_FAULT_NO_ANSWER:
		return Q850_NO_ANSWER;
	case CONDIS_VWAN_FAULT_CONGESTION:
		return Q850_SWITCHING_CONGESTION;
	case CONDIS_VWAN_FAULT_UNREACHABLE:
		return Q850_DESTINATION_OUT_OF_ORDER;
	case CONDIS_VWAN_FAULT_UNKNOWN:
		return Q850_UNALLOCATED_NUMBER;
	default:
		return vwan_line_offer(address, media_modes, sap);
	}
}

/**
 * struct route - where a call goes
 * @address: copy of the address; its adapter lives as long as @sap
 * @sap: who listens there, a reference
 * @no_answer_alert: nobody answers: milliseconds until it rings
 * @no_answer_time: and until the network gives up
 */
struct route {
	struct vwan_address address;
	struct condis_sap *sap;
	u32 no_answer_alert;
	u32 no_answer_time;
};

/*
 * Hunt: the next address of this number that can take a call.  It goes to the
 * end of the row, so that the next call begins behind it.
 */
static u32 exchange_route(struct vwan_exchange *exchange,
			  const struct condis_call_params *params, struct route *route)
{
	struct list_head *bucket = exchange_bucket(exchange, params->called);
	u32 cause, worst = Q850_UNALLOCATED_NUMBER;
	struct vwan_address *address;

	spin_lock(&exchange->lock);
	list_for_each_entry(address, bucket, node) {
		if (strcmp(address->number, params->called))
			continue;
		cause = address_try(address, params->media_modes, &route->sap);
		if (!cause) {
			worst = 0;
			route->address = *address;
			list_move_tail(&address->node, bucket);
			break;
		}
		if (cause == Q850_NO_ANSWER) {
			route->no_answer_alert = vwan_knob(address->adapter,
							   CONDIS_VWAN_A_ADAPTER_ALERT_DELAY);
			route->no_answer_time = vwan_knob(address->adapter,
							  CONDIS_VWAN_A_ADAPTER_T301);
		}
		if (cause_rank(cause) > cause_rank(worst))
			worst = cause;
	}
	if (exchange->down)
		worst = Q850_NETWORK_OUT_OF_ORDER;
	spin_unlock(&exchange->lock);

	if (worst && route->sap) {
		condis_sap_put(route->sap);
		route->sap = NULL;
	}
	return worst;
}

/* Connect the called leg to its call: false if one of the two has gone. */
static bool call_attach(struct vwan_call *call, struct vwan_leg *leg)
{
	struct wake wake = {};
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
		end_trace_relay(&call->end[CALLER], Q931_SETUP, 0);
		end_event(call, CALLED, Q931_NEV_OFFER, 0, &wake);
	}
	spin_unlock(&call->lock);
	wake_up_ends(&wake);
	return attached;
}

/* Find the called user and ring there.  In the caller's context. */
static void exchange_forward(struct vwan_leg *caller)
{
	struct vwan_call *call = caller->call;
	struct vwan_exchange *exchange = call->exchange;
	struct condis_vc *vc;
	struct vwan_leg *leg;
	struct vwan_address first;
	struct route route;
	struct wake wake = {};
	unsigned int tries;
	bool attached;
	u32 cause = 0;

	/*
	 * A client may refuse, or a line be taken in between: on to the next of the
	 * group, once round.
	 */
	for (tries = 0; tries < CONDIS_VWAN_LINES_MAX; tries++) {
		u32 refused = cause;

		memset(&route, 0, sizeof(route));
		cause = exchange_route(exchange, &caller->params, &route);
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
		leg = vwan_leg_make_incoming(route.sap, &route.address, &caller->params);
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
		end_trace_relay(&call->end[CALLER], Q931_SETUP, 0);
		end_send(call, CALLER, Q931_ALERTING, 0, route.no_answer_alert, true, &wake);
		end_put(call, CALLER, SLOT_GIVE_UP, 0, route.no_answer_time, false, &wake);
	} else {
		end_event(call, CALLER, Q931_NEV_CLEAR, cause, &wake);
	}
	spin_unlock(&call->lock);
	wake_up_ends(&wake);
}

/* The next thing that is due at an end, taken out: its kind, or -1 and the time of the next. */
static int end_take(struct vwan_call *call, struct vwan_end *end, struct vwan_slot *taken,
		    unsigned long *next, bool *more)
{
	unsigned long now = jiffies;
	unsigned int i, best = SLOT_NR;
	struct vwan_slot *slot;

	lockdep_assert_held(&call->lock);

	*more = false;
	for (i = 0; i < SLOT_NR; i++) {
		if (!(end->pending & SLOT_BIT(i)))
			continue;
		slot = &end->slot[i];
		if (time_before(now, slot->due)) {
			if (!*more || time_before(slot->due, *next))
				*next = slot->due;
			*more = true;
		} else if (best == SLOT_NR || (s32)(slot->seq - end->slot[best].seq) < 0) {
			best = i;
		}
	}
	if (best == SLOT_NR)
		return -1;
	end->pending &= ~SLOT_BIT(best);
	*taken = end->slot[best];
	return best % SLOT_NR_KINDS;
}

/* The network's own timer at an end: true if it ran out. */
static bool end_timeout(struct vwan_call *call, unsigned int which, unsigned long *next,
			bool *more, struct wake *wake)
{
	struct vwan_end *end = &call->end[which];

	if (!end->timed)
		return false;
	if (time_before(jiffies, end->deadline)) {
		if (!*more || time_before(end->deadline, *next))
			*next = end->deadline;
		*more = true;
		return false;
	}
	end->timed = false;
	end_event(call, which, end->repeated ? Q931_NEV_TIMEOUT_AGAIN : Q931_NEV_TIMEOUT,
		  Q850_RECOVERY_ON_TIMER_EXPIRY, wake);
	return true;
}

/* A message arrives at its user. */
static void end_deliver(struct vwan_leg *leg, enum q931_message message,
			const struct vwan_slot *slot)
{
	const char *name = q931_message_name(message);
	int detail = q931_is_clearing(message) ? slot->cause : 0;

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
	struct wake wake = {};
	bool timeout, more;
	int kind;

	/* The leg may be dropped by what it receives, and its references with it. */
	refcount_inc(&call->ref);
	condis_vc_hold(vc);
	spin_lock(&call->lock);
	kind = end_take(call, &call->end[which], &slot, next, &more);
	timeout = kind < 0 && end_timeout(call, which, next, &more, &wake);
	if (kind == SLOT_GIVE_UP)
		end_event(call, which, Q931_NEV_CLEAR, Q850_NO_ANSWER, &wake);
	spin_unlock(&call->lock);
	wake_up_ends(&wake);
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
	struct vwan_end *end;
	struct wake wake = {};

	spin_lock(&leg->adapter->lock);
	call = leg->call;
	leg->call = NULL;
	spin_unlock(&leg->adapter->lock);
	if (!call)
		return;
	condis_delay_point("wan.drop", call->id);

	spin_lock(&call->lock);
	end = &call->end[leg->end];
	atomic64_add(hweight64(end->pending), &call->exchange->late);
	end->pending = 0;
	end->timed = false;
	end->leg = NULL;
	if (end->state == Q931_N_UP)
		end_event(call, !leg->end, Q931_NEV_CLEAR, cause, &wake);
	end->state = Q931_N_RELEASED;
	spin_unlock(&call->lock);
	wake_up_ends(&wake);
	call_put(call);
}

/* See struct vwan_network_ops. */
static void exchange_restart(struct vwan_leg *leg, u32 cause)
{
	struct vwan_call *call = call_of(leg);
	struct wake wake = {};

	if (!call)
		return;
	spin_lock(&call->lock);
	if (call->end[leg->end].leg == leg)
		end_event(call, leg->end, Q931_NEV_RESTART, cause, &wake);
	spin_unlock(&call->lock);
	wake_up_ends(&wake);
	call_put(call);
}

/* See struct vwan_network_ops. */
static void exchange_through(struct vwan_leg *leg)
{
	struct vwan_call *call = leg->call;

	if (!call)
		return;
	spin_lock(&call->lock);
	call->end[leg->end].through = true;
	if (call->end[!leg->end].through) {
		if (call->end[CALLER].leg)
			vwan_bearer_through(call->end[CALLER].leg);
		if (call->end[CALLED].leg)
			vwan_bearer_through(call->end[CALLED].leg);
	}
	spin_unlock(&call->lock);
}

/* See struct vwan_network_ops. */
static void exchange_carry(struct vwan_leg *leg, struct sk_buff_head *packets, u32 lost)
{
	struct vwan_call *call = call_of(leg);
	struct vwan_adapter *adapter = NULL;
	struct condis_status status = {
		.code = CONDIS_STATUS_FRAGMENT,
		.errors = lost,
	};
	struct condis_vc *vc = NULL;
	struct vwan_end *far;
	struct sk_buff *skb;

	if (call) {
		spin_lock(&call->lock);
		far = &call->end[!leg->end];
		if (far->leg && far->state == Q931_N_UP) {
			vc = far->leg->vc;
			adapter = far->leg->adapter;
			condis_vc_hold(vc);
		}
		spin_unlock(&call->lock);
	}
	condis_delay_point("wan.carry", vc ? condis_vc_id(vc) : 0);

	/* A paused adapter receives nothing, as if the packets had met no listener. */
	if (!vc || READ_ONCE(adapter->paused)) {
		__skb_queue_purge(packets);
	} else {
		while ((skb = __skb_dequeue(packets))) {
			/* The far end may be in another network namespace. */
			skb_scrub_packet(skb, true);
			condis_m_indicate_receive(vc, skb);
		}
		if (lost)
			condis_m_indicate_status(adapter->adapter, vc, &status);
	}
	if (vc)
		condis_vc_put(vc);
	if (call)
		call_put(call);
}

/* See struct vwan_network_ops. */
static void exchange_join(struct vwan_adapter *adapter)
{
	struct vwan_exchange *exchange = adapter->exchange;
	struct vwan_table *table = adapter->table;
	struct vwan_address *address;
	u32 i;

	spin_lock(&exchange->lock);
	for (i = 0; i < table->addresses; i++) {
		address = &table->address[i];
		if (!address->number[0])
			continue;
		list_add_tail(&address->node, exchange_bucket(exchange, address->number));
		exchange->nr_numbers++;
	}
	spin_unlock(&exchange->lock);
}

/* See struct vwan_network_ops. */
static void exchange_leave(struct vwan_adapter *adapter)
{
	struct vwan_exchange *exchange = adapter->exchange;
	struct vwan_table *table = adapter->table;
	u32 i;

	if (!exchange || !table)
		return;
	spin_lock(&exchange->lock);
	for (i = 0; i < table->addresses; i++) {
		if (list_empty(&table->address[i].node))
			continue;
		list_del_init(&table->address[i].node);
		exchange->nr_numbers--;
	}
	spin_unlock(&exchange->lock);
}

const struct vwan_network_ops vwan_exchange_ops = {
	.name = "exchange",
	.join = exchange_join,
	.leave = exchange_leave,
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
		struct wake wake = {};

		spin_lock(&call->lock);
		end_event(call, CALLER, Q931_NEV_CLEAR, Q850_NETWORK_OUT_OF_ORDER, &wake);
		end_event(call, CALLED, Q931_NEV_CLEAR, Q850_NETWORK_OUT_OF_ORDER, &wake);
		spin_unlock(&call->lock);
		wake_up_ends(&wake);
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
