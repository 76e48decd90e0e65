// SPDX-License-Identifier: GPL-2.0
/*
 * The network's side of one interface of a call: what waits there, its timer, and
 * the events that change its state.
 */
#include <linux/jiffies.h>
#include <condis/delay.h>

#include "exchange.h"

static void end_wake(struct vwan_end *end, struct vwan_wake *wake, unsigned int which)
{
	if (!end->leg || wake->vc[which])
		return;
	condis_vc_hold(end->leg->vc);
	wake->vc[which] = end->leg->vc;
}

/**
 * vwan_wake_ends() - signal the VCs of ends that something is due for
 * @wake: whom; their references are dropped
 *
 * Context: process; call.lock not held
 */
void vwan_wake_ends(struct vwan_wake *wake)
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

/* What only concerns a call that is being set up, or is up. */
static bool slot_is_of_setup(const struct vwan_slot *slot)
{
	switch (slot->kind) {
	case SLOT_TO_USER + Q931_SETUP:
	case SLOT_TO_USER + Q931_CALL_PROCEEDING:
	case SLOT_TO_USER + Q931_ALERTING:
	case SLOT_TO_USER + Q931_CONNECT:
	case SLOT_TO_USER + Q931_CONNECT_ACK:
	case SLOT_FORWARD:
	case SLOT_GIVE_UP:
		return true;
	default:
		return false;
	}
}

/*
 * What clears is due at @due.  What was to set the call up has lost its sense, and would only
 * be late.  But a digit was sent before that, and who has sent it knows so: it comes first.
 */
static void end_forget_setup(struct vwan_end *end, u32 due)
{
	unsigned int i, kept = 0;
	struct vwan_slot *slot;

	for (i = 0; i < end->pending; i++) {
		slot = &end->slot[i];
		if (slot_is_of_setup(slot))
			continue;
		if (slot->kind == SLOT_TO_USER + Q931_INFORMATION && (s32)(slot->due - due) > 0)
			slot->due = due;
		end->slot[kept++] = *slot;
	}
	end->pending = kept;
}

/**
 * vwan_end_put() - put something into a slot of an end
 * @call: the call
 * @which: which end
 * @kind: enum slot_kind; a third of a kind is the same as the second, but of digits too many
 *	are late
 * @cause: Q.850 cause, or the code of a digit
 * @delay: milliseconds until it is due
 * @relayed: it comes from the far end's user
 * @wake: gets the end
 *
 * Context: call.lock held
 * Return: false: there is no room for another digit
 */
bool vwan_end_put(struct vwan_call *call, unsigned int which, unsigned int kind, u32 cause,
		  u32 delay, bool relayed, struct vwan_wake *wake)
{
	bool digit = kind == SLOT_TO_USER + Q931_INFORMATION;
	struct vwan_end *end = &call->end[which];
	unsigned int i, copies = 0;
	struct vwan_slot *slot;

	lockdep_assert_held(&call->lock);

	for (i = 0; i < end->pending; i++)
		copies += end->slot[i].kind == kind;
	if (copies == (digit ? SLOT_DIGITS : SLOT_COPIES)) {
		if (digit)
			atomic64_inc(&call->exchange->late);
		return !digit;
	}
	/* The tables cannot make more. */
	if (WARN_ON_ONCE(end->pending == SLOT_MAX))
		return true;

	slot = &end->slot[end->pending++];
	/* One more than asked for: the current jiffy has begun already. */
	slot->due = jiffies + (delay ? msecs_to_jiffies(delay) + 1 : 0);
	slot->kind = kind;
	slot->cause = cause;
	slot->relayed = relayed;
	end_wake(end, wake, which);
	return true;
}

/**
 * vwan_end_send() - a message of the network to a user, with the faults of that interface
 * @call: the call
 * @which: which end
 * @message: the message
 * @cause: Q.850 cause
 * @delay: milliseconds until it is due
 * @relayed: it comes from the far end's user
 * @wake: gets the end
 *
 * Context: call.lock held
 */
void vwan_end_send(struct vwan_call *call, unsigned int which, enum q931_message message,
		   u32 cause, u32 delay, bool relayed, struct vwan_wake *wake)
{
	struct vwan_end *end = &call->end[which];
	u32 now, due, last_due = end->last_due;
	struct vwan_adapter *adapter;

	if (!end->leg) {
		atomic64_inc(&call->exchange->late);
		return;
	}
	adapter = end->leg->adapter;

	/* As vwan_end_put() has it: nothing overtakes in the jiffy between. */
	now = jiffies;
	due = delay ? now + msecs_to_jiffies(delay) + 1 : now;
	if (q931_is_clearing(message)) {
		end_forget_setup(end, due);
	} else if ((s32)(due - end->last_due) < 0) {
		delay = jiffies_to_msecs(end->last_due - now);
		/* Later than what it follows: so is what follows it. */
		end->last_due = now + msecs_to_jiffies(delay) + 1;
	} else if (delay) {
		end->last_due = due;
	}

	/*
	 * That of a SETUP was decided before there was a leg (exchange_forward()).  What
	 * clears a leg that was not given its SETUP is no message on any wire, and cannot
	 * be lost there: nobody else would ever end it.
	 */
	if (end->heard && vwan_fault(adapter, CONDIS_VWAN_A_ADAPTER_LOST, message, false))
		return;
	if (vwan_fault(adapter, CONDIS_VWAN_A_ADAPTER_LATE, message, false))
		delay += vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_LATE_BY);
	/* What is not sent keeps nothing that follows back: digits can come faster than jiffies. */
	if (!vwan_end_put(call, which, SLOT_TO_USER + message, cause, delay, relayed, wake))
		end->last_due = last_due;
	if (vwan_fault(adapter, CONDIS_VWAN_A_ADAPTER_DUPLICATED, message, false))
		vwan_end_put(call, which, SLOT_TO_USER + message, cause, delay, relayed, wake);
}

/* The timer of an end's state, after an event: from when its message is sent, @delay ms later. */
static void end_restart_timer(struct vwan_end *end, u8 before, unsigned int event, u32 delay)
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
	end->deadline = jiffies + msecs_to_jiffies(time + delay) + 1;
}

/**
 * vwan_end_trace_relay() - show in the trace of an end's own VC what goes on to the far end
 * @end: the end
 * @message: the message
 * @cause: Q.850 cause
 *
 * Context: call.lock held
 */
void vwan_end_trace_relay(struct vwan_end *end, enum q931_message message, u32 cause)
{
	if (end->leg)
		condis_trace_message(end->leg->vc, CONDIS_PARTY_NETWORK, CONDIS_PARTY_REMOTE,
				     q931_message_name(message), q931_detail(message, cause));
}

/**
 * vwan_end_event() - the network's side of an end meets an event
 * @call: the call
 * @which: which end
 * @event: a message of the user's, or one of the network's own events
 * @cause: Q.850 cause, unless the table has one
 * @wake: gets the ends that something is due for
 *
 * Context: call.lock held
 */
void vwan_end_event(struct vwan_call *call, unsigned int which, unsigned int event, u32 cause,
		    struct vwan_wake *wake)
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
	/* Data arrives here for as long as this end is up. */
	if (before == Q931_N_UP && end->state != Q931_N_UP && far->leg)
		vwan_bearer_cut(far->leg);
	/* The answer to a clearing takes its time. */
	if (cell->send != Q931_NONE && event < Q931_NR_MESSAGES && adapter)
		delay = vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_CLEAR_DELAY);
	end_restart_timer(end, before, event, delay);
	/* A changed deadline has to be seen. */
	if (end->timed)
		end_wake(end, wake, which);

	if (cell->send != Q931_NONE)
		/* Whether a user at the far end said so, or the network itself. */
		vwan_end_send(call, which, cell->send, cause, delay,
			      event == Q931_NEV_OFFER ||
			      (event == Q931_NEV_CLEAR && far->leg), wake);
	if (cell->todo & Q931_DO_ACK)
		vwan_end_send(call, which, Q931_CONNECT_ACK, 0, 0, false, wake);
	if (cell->todo & Q931_DO_ROUTE) {
		vwan_end_send(call, which, Q931_CALL_PROCEEDING, 0,
			      vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_PROCEEDING_DELAY), false,
			      wake);
		vwan_end_put(call, which, SLOT_FORWARD, 0, 0, false, wake);
	}
	if (cell->todo & Q931_DO_RELAY && far->state == Q931_N_UP) {
		if (event == Q931_CONNECT)
			delay = vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_ANSWER_DELAY);
		else if (event == Q931_ALERTING)
			delay = vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_ALERT_DELAY);
		else
			delay = 0;
		vwan_end_trace_relay(end, event, cause);
		vwan_end_send(call, !which, event, cause, delay, true, wake);
	}
	if (cell->todo & Q931_DO_CLEAR_FAR) {
		if (far->state == Q931_N_UP)
			vwan_end_trace_relay(end, Q931_DISCONNECT, cause);
		/* Its cell for this has no CLEAR_FAR: the recursion ends here. */
		vwan_end_event(call, !which, Q931_NEV_CLEAR, cause, wake);
	}
	if (cell->todo & Q931_DO_LATE)
		atomic64_inc(&call->exchange->late);
}

/**
 * vwan_end_take() - take out the next thing that is due at an end
 * @call: the call
 * @end: the end
 * @taken: out: the thing
 * @next: out: when the next is due, jiffies
 * @more: out: there is a next
 *
 * Context: call.lock held
 * Return: its kind, -1 if nothing is due
 */
int vwan_end_take(struct vwan_call *call, struct vwan_end *end, struct vwan_slot *taken,
		  unsigned long *next, bool *more)
{
	unsigned int i, found = SLOT_MAX;
	unsigned long now = jiffies;
	s32 left, least = S32_MAX;

	lockdep_assert_held(&call->lock);

	for (i = 0; i < end->pending; i++) {
		left = end->slot[i].due - (u32)now;
		if (left > 0)
			least = min(least, left);
		else if (found == SLOT_MAX)
			found = i;
	}
	*more = least != S32_MAX;
	*next = now + least;
	if (found == SLOT_MAX)
		return -1;

	*taken = end->slot[found];
	if (taken->kind == SLOT_TO_USER + Q931_SETUP)
		end->heard = true;
	end->pending--;
	for (i = found; i < end->pending; i++)
		end->slot[i] = end->slot[i + 1];
	return taken->kind;
}

/**
 * vwan_end_timeout() - look at the network's own timer at an end
 * @call: the call
 * @which: which end
 * @next: earlier of this and when the timer runs out
 * @more: set if it runs
 * @wake: gets the ends that something is due for
 *
 * Context: call.lock held
 * Return: whether it ran out
 */
bool vwan_end_timeout(struct vwan_call *call, unsigned int which, unsigned long *next,
		      bool *more, struct vwan_wake *wake)
{
	struct vwan_end *end = &call->end[which];
	unsigned long now = jiffies;
	s32 left;

	if (!end->timed)
		return false;
	left = end->deadline - (u32)now;
	if (left > 0) {
		if (!*more || time_before(now + left, *next))
			*next = now + left;
		*more = true;
		return false;
	}
	end->timed = false;
	vwan_end_event(call, which, end->repeated ? Q931_NEV_TIMEOUT_AGAIN : Q931_NEV_TIMEOUT,
		       Q850_RECOVERY_ON_TIMER_EXPIRY, wake);
	return true;
}
