// SPDX-License-Identifier: GPL-2.0
/*
 * The timer of a VC: the watchdog of who owes an answer, and the call manager's own.
 */
#include "core.h"

/* Call states in which the watchdog runs: somebody owes an answer. */
static bool vc_owes_answer(const struct condis_vc *vc)
{
	switch (vc->call) {
	case CONDIS_CALL_OUT_PENDING:
	case CONDIS_CALL_OUT_ABORTING:
	case CONDIS_CALL_ACCEPTED:
	case CONDIS_CALL_OFFER_CLOSED:
	case CONDIS_CALL_REMOTE_CLOSED:
	case CONDIS_CALL_CLOSING:
	case CONDIS_CALL_COMPLETING:
		return true;
	default:
		return false;
	}
}

/**
 * condis_vc_no_answer() - a call manager has not answered, and is going to be answered for
 * @vc: the VC
 *
 * Context: @vc->upcalls.lock held
 */
void condis_vc_no_answer(struct condis_vc *vc)
{
	const struct condis_cm_ops *ops = vc->af->family->ops;
	const char *what = NULL;
	void *handler = NULL;

	lockdep_assert_held(&vc->upcalls.lock);
	if (vc->cm_gone)
		return;
	switch (vc->call) {
	case CONDIS_CALL_OUT_PENDING:
		what = "ProtocolCmMakeCall was never completed";
		handler = ops->make_call;
		break;
	case CONDIS_CALL_OUT_ABORTING:
	case CONDIS_CALL_CLOSING:
		what = "ProtocolCmCloseCall was never completed";
		handler = ops->close_call;
		break;
	case CONDIS_CALL_COMPLETING:
		what = "packets never came back";
		break;
	default:
		break;
	}
	if (what)
		condis_breach(&vc->upcalls, NO_ANSWER, CONDIS_BY_CM, handler, what);
}

/*
 * The watchdog has no word of its own.  A call manager that owes an answer to a
 * make-call, an acceptance or a close is treated like one that is gone (C3); it
 * still hears of the VC's deletion.  A client that does not acknowledge a hang-up
 * is acknowledged for, and hears nothing more of the call (rule 8).
 */
static void vc_watchdog(struct condis_vc *vc)
{
	if (!vc_owes_answer(vc))
		return;
	condis_adapter_late(vc->af->family->adapter, CONDIS_LATE_FORCED);
	if (condis_verifier_on())
		condis_verifier_stuck(&vc->upcalls);
	if (vc->call == CONDIS_CALL_OFFER_CLOSED || vc->call == CONDIS_CALL_REMOTE_CLOSED) {
		condis_breach(&vc->upcalls, NO_ANSWER, CONDIS_BY_CLIENT,
			      vc->af->ops->incoming_close_call,
			      "ProtocolClIncomingCloseCall was never acknowledged");
		condis_vc_close_for_client(vc);
		return;
	}
	if (vc->call == CONDIS_CALL_ACCEPTED)
		condis_breach(&vc->upcalls, NO_ANSWER, CONDIS_BY_CM,
			      vc->af->family->ops->incoming_call_complete,
			      "an accepted call was never connected");
	else
		condis_vc_no_answer(vc);
	condis_watch_excuse(&vc->upcalls.watch, CONDIS_BY_CM);
	if (vc->call == CONDIS_CALL_OUT_PENDING) {
		vc->make_status = -ETIMEDOUT;
		vc->make_cause = Q850_RECOVERY_ON_TIMER_EXPIRY;
	} else if (vc->call == CONDIS_CALL_ACCEPTED) {
		/* A hang-up may just be told. */
		WRITE_ONCE(vc->remote_cause, Q850_RECOVERY_ON_TIMER_EXPIRY);
	}
	condis_vc_force_inactive(vc);
	condis_call_apply(vc, CONDIS_CALL_EV_CM_GONE);
}

/**
 * condis_vc_close_for_client() - do a client's part, who does not
 * @vc: the VC
 *
 * An offer is refused, a call closed, a VC of the client's deleted when that is
 * over.  The client hears nothing more of it; what it still says finds that done.
 *
 * Context: @vc->upcalls.lock held
 */
void condis_vc_close_for_client(struct condis_vc *vc)
{
	lockdep_assert_held(&vc->upcalls.lock);
	condis_watch_excuse(&vc->upcalls.watch, CONDIS_BY_CLIENT);
	/* Packets look at it without the lock. */
	WRITE_ONCE(vc->client_gone, true);
	vc->close_cause = Q850_NORMAL_UNSPECIFIED;
	/* What it has decided already may just be told, and stands. */
	if (vc->call == CONDIS_CALL_OFFERED || vc->call == CONDIS_CALL_OFFER_CLOSED) {
		vc->decision = -ECANCELED;
		vc->decision_cause = Q850_CALL_REJECTED;
	}
	condis_call_apply(vc, CONDIS_CALL_EV_CLIENT_GONE);
}

/*
 * Have the timer run when the first of the two waits is over.  One that is set
 * for earlier stays: it finds nothing, and is set anew.
 */
static void vc_set_timer(struct condis_vc *vc)
{
	unsigned long expires = vc->answer_by;

	lockdep_assert_held(&vc->upcalls.lock);
	if (vc->timed && (!vc->watched || time_before(vc->timer_at, expires)))
		expires = vc->timer_at;
	if (!vc->watched && !vc->timed) {
		/* Who is as good as gone ends its timer anyway. */
		if (vc->call != CONDIS_CALL_CLOSED && vc->call != CONDIS_CALL_DELETED)
			timer_delete(&vc->timer);
		return;
	}
	/* One that is just starting waits for the lock, and sets it anew itself. */
	if (!data_race(timer_pending(&vc->timer)) || time_before(expires, vc->timer.expires))
		mod_timer(&vc->timer, expires);
}

static void vc_timer(struct timer_list *timer)
{
	struct condis_vc *vc = from_timer(vc, timer, timer);
	unsigned long now = jiffies;

	/* Which of the two it really is, is seen under the lock. */
	if (READ_ONCE(vc->watched))
		condis_delay_point("vc.watchdog.expired", vc->id);
	else
		condis_delay_point("vc.timer.expired", vc->id);
	spin_lock_bh(&vc->upcalls.lock);
	if (vc->timed && time_after_eq(now, vc->timer_at)) {
		WRITE_ONCE(vc->timed, false);
		if (vc->call != CONDIS_CALL_DELETED)
			condis_upcall_queue(&vc->upcalls, CONDIS_VC_CM_TIMER);
	}
	/* Not if the answer came, or another wait began, while this waited for the lock. */
	if (vc->watched && time_after_eq(now, vc->answer_by)) {
		WRITE_ONCE(vc->watched, false);
		vc_watchdog(vc);
	}
	vc_set_timer(vc);
	condis_upcall_unlock_and_schedule(&vc->upcalls);
}

/**
 * condis_vc_init_timer() - nobody waits for anything yet
 * @vc: the VC
 *
 * Context: any
 */
void condis_vc_init_timer(struct condis_vc *vc)
{
	timer_setup(&vc->timer, vc_timer, 0);
}

/**
 * condis_vc_start_watchdog() - bound the wait for an answer
 * @vc: the VC
 * @ms: milliseconds
 *
 * Context: @vc->upcalls.lock held
 */
void condis_vc_start_watchdog(struct condis_vc *vc, unsigned int ms)
{
	vc->answer_by = jiffies + msecs_to_jiffies(ms);
	WRITE_ONCE(vc->watched, true);
	vc_set_timer(vc);
}

/**
 * condis_vc_stop_watchdog() - nobody owes an answer any more
 * @vc: the VC
 *
 * Context: @vc->upcalls.lock held
 */
void condis_vc_stop_watchdog(struct condis_vc *vc)
{
	if (!vc->watched)
		return;
	WRITE_ONCE(vc->watched, false);
	vc_set_timer(vc);
}

/**
 * condis_mcm_arm_timer() - have the call manager's timer() run for a VC
 * @vc: the VC
 * @expires: when, in jiffies; replaces an earlier time
 *
 * The timer is the core's: it ends with the VC, and its function is not the
 * driver's text (C11).
 *
 * Context: any but hard interrupts
 */
void condis_mcm_arm_timer(struct condis_vc *vc, unsigned long expires)
{
	if (!condis_use(&vc->upcalls, CONDIS_BY_NOBODY))
		return;
	spin_lock_bh(&vc->upcalls.lock);
	vc->timer_at = expires;
	WRITE_ONCE(vc->timed, true);
	vc_set_timer(vc);
	spin_unlock_bh(&vc->upcalls.lock);
}
EXPORT_SYMBOL_GPL(condis_mcm_arm_timer);

/**
 * condis_mcm_cancel_timer() - take back condis_mcm_arm_timer()
 * @vc: the VC
 *
 * A timer() that is already queued still runs.
 *
 * Context: any but hard interrupts
 */
void condis_mcm_cancel_timer(struct condis_vc *vc)
{
	/* Only the call manager arms it. */
	if (!condis_use(&vc->upcalls, CONDIS_BY_NOBODY) || !READ_ONCE(vc->timed))
		return;
	spin_lock_bh(&vc->upcalls.lock);
	WRITE_ONCE(vc->timed, false);
	vc_set_timer(vc);
	spin_unlock_bh(&vc->upcalls.lock);
}
EXPORT_SYMBOL_GPL(condis_mcm_cancel_timer);
