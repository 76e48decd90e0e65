// SPDX-License-Identifier: GPL-2.0
/*
 * What the two sides of a VC are told, one upcall at a time.
 *
 * Each function looks under the lock whether its word is still wanted: what
 * happened since it was queued may have made it wrong.  What is asked of a call
 * manager that cannot be entered any more, the core answers.
 */
#include "core.h"

static const struct condis_cm_ops *vc_enter_cm(struct condis_vc *vc)
{
	struct condis_family *family = vc->af->family;

	if (READ_ONCE(vc->cm_gone) || !condis_family_enter(family))
		return NULL;
	return family->ops;
}

static void vc_leave_cm(struct condis_vc *vc)
{
	condis_family_leave(vc->af->family);
}

/* The client's handlers, or NULL if it was cut off. */
static const struct condis_client_ops *vc_client(struct condis_vc *vc)
{
	return READ_ONCE(vc->client_gone) ? NULL : vc->af->ops;
}

static void to_cm(struct condis_vc *vc, const char *message, int detail)
{
	condis_trace_message(vc, CONDIS_PARTY_NDIS, CONDIS_PARTY_MINIPORT, message, detail);
}

static void to_client(struct condis_vc *vc, const char *message, int detail)
{
	condis_trace_message(vc, CONDIS_PARTY_NDIS, CONDIS_PARTY_NDPROXY, message, detail);
}

static void deliver_cm_make_call(struct condis_vc *vc)
{
	const struct condis_cm_ops *ops;
	int status = -ENODEV;
	u32 cause = Q850_DESTINATION_OUT_OF_ORDER;
	unsigned long handler = 0;
	bool wanted;

	spin_lock_bh(&vc->upcalls.lock);
	wanted = vc->call == CONDIS_CALL_OUT_PENDING;
	/* Set before the handler runs: it may complete before it returns (C1). */
	vc->cm_call = wanted;
	spin_unlock_bh(&vc->upcalls.lock);
	/* Closed before the call manager heard of it: the close completes both. */
	if (!wanted)
		return;

	ops = vc_enter_cm(vc);
	if (ops) {
		to_cm(vc, "ProtocolCmMakeCall", 0);
		handler = (unsigned long)ops->make_call;
		status = condis_answer(&vc->upcalls, CONDIS_BY_CM,
				       ops->make_call(vc, &vc->params), handler);
		cause = Q850_TEMPORARY_FAILURE;
		vc_leave_cm(vc);
	}
	if (status != -EINPROGRESS)
		condis_call_made(vc, status, cause, handler);
}

/* The client thinks about its offer, or has accepted it and the call manager has not heard. */
static bool vc_rings(const struct condis_vc *vc)
{
	lockdep_assert_held(&vc->upcalls.lock);
	return vc->call == CONDIS_CALL_OFFERED ||
	       (!vc->decision && vc->upcalls.queued & BIT(CONDIS_VC_CM_INCOMING_COMPLETE));
}

static void deliver_cm_incoming_pending(struct condis_vc *vc)
{
	const struct condis_cm_ops *ops;
	bool wanted;

	spin_lock_bh(&vc->upcalls.lock);
	wanted = vc_rings(vc);
	spin_unlock_bh(&vc->upcalls.lock);
	if (!wanted)
		return;
	ops = vc_enter_cm(vc);
	if (!ops)
		return;
	if (ops->incoming_call_pending)
		ops->incoming_call_pending(vc);
	vc_leave_cm(vc);
}

static void deliver_cm_incoming_complete(struct condis_vc *vc)
{
	const struct condis_cm_ops *ops = vc_enter_cm(vc);

	if (!ops)
		return;
	to_cm(vc, "ProtocolCmIncomingCallComplete", vc->decision);
	ops->incoming_call_complete(vc, vc->decision, vc->decision_cause);
	vc_leave_cm(vc);
}

static void deliver_cm_close_call(struct condis_vc *vc)
{
	const struct condis_cm_ops *ops = NULL;
	unsigned long handler = 0;
	bool wanted, live;
	int status = 0;

	spin_lock_bh(&vc->upcalls.lock);
	wanted = vc->call == CONDIS_CALL_CLOSING || vc->call == CONDIS_CALL_OUT_ABORTING;
	live = vc->cm_call;
	spin_unlock_bh(&vc->upcalls.lock);
	if (!wanted)
		return;

	/* A call that the call manager never had, or has failed, needs no release. */
	if (live)
		ops = vc_enter_cm(vc);
	if (ops) {
		to_cm(vc, "ProtocolCmCloseCall", vc->close_cause);
		handler = (unsigned long)ops->close_call;
		status = condis_answer(&vc->upcalls, CONDIS_BY_CM,
				       ops->close_call(vc, vc->close_cause), handler);
		vc_leave_cm(vc);
	}
	/* A close cannot fail: an error ends it like success. */
	if (status && status != -EINPROGRESS) {
		condis_adapter_late(condis_vc_adapter(vc), CONDIS_LATE_FORCED);
		condis_breach(&vc->upcalls, NO_ANSWER, CONDIS_BY_CM, handler,
			      "ProtocolCmCloseCall was refused");
	}
	if (status != -EINPROGRESS)
		condis_call_released(vc, handler);
}

static void deliver_cm_deactivated(struct condis_vc *vc)
{
	const struct condis_cm_ops *ops = vc_enter_cm(vc);

	if (!ops)
		return;
	to_cm(vc, "ProtocolCmDeactivateVcComplete", 0);
	if (ops->deactivate_vc_complete)
		ops->deactivate_vc_complete(vc);
	vc_leave_cm(vc);
}

/* Nothing of the driver's own after the deletion, nor for a VC that was refused at its making. */
static void deliver_cm_signal(struct condis_vc *vc)
{
	const struct condis_cm_ops *ops;

	if (READ_ONCE(vc->call) == CONDIS_CALL_DELETED)
		return;
	ops = vc_enter_cm(vc);
	if (!ops)
		return;
	if (ops->signal)
		ops->signal(vc);
	vc_leave_cm(vc);
}

static void deliver_cm_timer(struct condis_vc *vc)
{
	const struct condis_cm_ops *ops;

	if (READ_ONCE(vc->call) == CONDIS_CALL_DELETED)
		return;
	ops = vc_enter_cm(vc);
	if (!ops)
		return;
	if (ops->timer)
		ops->timer(vc);
	vc_leave_cm(vc);
}

static void deliver_cl_progress(struct condis_vc *vc, bool alerting)
{
	const struct condis_client_ops *ops = vc_client(vc);
	enum condis_call_state call = READ_ONCE(vc->call);

	/* Also if the call was made, or has failed, meanwhile; not after the client's close. */
	if (!ops || !ops->call_progress || call == CONDIS_CALL_OUT_ABORTING ||
	    call == CONDIS_CALL_CLOSING || call == CONDIS_CALL_COMPLETING)
		return;
	to_client(vc, alerting ? "progress ALERTING" : "progress PROCEEDING", 0);
	ops->call_progress(vc, alerting);
}

static void deliver_cl_incoming_call(struct condis_vc *vc)
{
	const struct condis_client_ops *ops = vc_client(vc);
	int status = -ENODEV;

	if (ops) {
		to_client(vc, "ProtocolClIncomingCall", 0);
		status = -EOPNOTSUPP;
		if (ops->incoming_call)
			status = condis_answer(&vc->upcalls, CONDIS_BY_CLIENT,
					       ops->incoming_call(vc, vc->sap, &vc->params),
					       ops->incoming_call);
	}
	condis_sap_end_dispatch(vc->sap);
	if (!ops)
		return;

	spin_lock_bh(&vc->upcalls.lock);
	if (status == -EINPROGRESS) {
		/* It may have accepted before it returned, and closed: it rings, anyhow. */
		if (vc_rings(vc))
			condis_upcall_queue_first(&vc->upcalls, CONDIS_VC_CM_INCOMING_PENDING);
	} else if (vc->call == CONDIS_CALL_OFFERED ||
		   (status && vc->call == CONDIS_CALL_OFFER_CLOSED)) {
		vc->decision = status;
		vc->decision_cause = status ? Q850_CALL_REJECTED : Q850_NONE;
		condis_call_apply(vc, status ? CONDIS_CALL_EV_REJECT : CONDIS_CALL_EV_ACCEPT);
	} else if (vc->call == CONDIS_CALL_ACCEPTED || vc->call == CONDIS_CALL_CONNECTED) {
		/* It has decided inside, and now again (7.1, 3). */
		condis_breach(&vc->upcalls, COMPLETION_TWICE, CONDIS_BY_CLIENT,
			      ops->incoming_call, "decides inside, and by its return");
	}
	condis_upcall_unlock_and_run(&vc->upcalls);
}

/*
 * The client has heard the last word on its call.  If it has had its time, the core
 * deletes the VC for it, unless it has done so in the handler.
 */
static void client_was_told(struct condis_vc *vc)
{
	WRITE_ONCE(vc->client_told, true);
	/* Pairs with vc_cut_client(): one of the two sees the other's word. */
	smp_mb();
	if (likely(!READ_ONCE(vc->client_late)))
		return;
	spin_lock_bh(&vc->upcalls.lock);
	if (!vc->client_gone && vc->creator == CONDIS_SIDE_CLIENT &&
	    vc->call == CONDIS_CALL_CLOSED) {
		WRITE_ONCE(vc->client_gone, true);
		condis_call_apply(vc, CONDIS_CALL_EV_CLIENT_GONE);
	}
	condis_upcall_unlock_and_run(&vc->upcalls);
}

static void deliver_cl_make_complete(struct condis_vc *vc)
{
	const struct condis_client_ops *ops = vc_client(vc);
	bool is_last;

	if (!ops)
		return;
	to_client(vc, "ProtocolClMakeCallComplete", vc->make_status);
	ops->make_call_complete(vc, vc->make_status, vc->make_cause);
	if (!vc->make_status)
		return;
	/* Of a call that was closed while it was made the close's completion is the last. */
	spin_lock_bh(&vc->upcalls.lock);
	is_last = vc->call == CONDIS_CALL_CLOSED &&
		  !(vc->upcalls.queued & BIT(CONDIS_VC_CL_CLOSE_COMPLETE));
	spin_unlock_bh(&vc->upcalls.lock);
	if (is_last)
		client_was_told(vc);
}

static void deliver_cl_connected(struct condis_vc *vc)
{
	const struct condis_client_ops *ops = vc_client(vc);

	/* R9: closed meanwhile: the client hears of that instead. */
	if (!ops || READ_ONCE(vc->call) != CONDIS_CALL_CONNECTED)
		return;
	to_client(vc, "ProtocolClCallConnected", 0);
	ops->call_connected(vc);
}

static void deliver_cl_incoming_close(struct condis_vc *vc)
{
	const struct condis_client_ops *ops = vc_client(vc);
	enum condis_call_state call = READ_ONCE(vc->call);
	u32 cause;

	/* R1, R2, I6: not after the client's own close. */
	if (!ops || (call != CONDIS_CALL_OFFER_CLOSED && call != CONDIS_CALL_REMOTE_CLOSED))
		return;
	cause = READ_ONCE(vc->remote_cause);
	to_client(vc, "ProtocolClIncomingCloseCall", cause);
	ops->incoming_close_call(vc, cause);
}

static void deliver_cl_close_complete(struct condis_vc *vc)
{
	const struct condis_client_ops *ops = vc_client(vc);

	if (!ops)
		return;
	to_client(vc, "ProtocolClCloseCallComplete", 0);
	/* From its beginning a VC of the call manager's is not the client's any more (7.1, 8). */
	if (vc->creator == CONDIS_SIDE_CM)
		condis_now_dead(&vc->upcalls, CONDIS_BY_CLIENT);
	ops->close_call_complete(vc);
	client_was_told(vc);
}

static void deliver_cm_delete(struct condis_vc *vc)
{
	const struct condis_cm_ops *ops = vc_enter_cm(vc);

	if (ops) {
		to_cm(vc, "ProtocolCoDeleteVc", 0);
		ops->delete_vc(vc);
		vc_leave_cm(vc);
	} else {
		condis_orphan_add(&vc->upcalls, CONDIS_ORPHAN_CM);
	}
	condis_now_dead(&vc->upcalls, CONDIS_BY_CM);
	condis_vc_end(vc);
}

static void deliver_cl_delete(struct condis_vc *vc)
{
	const struct condis_client_ops *ops = vc_client(vc);

	if (ops) {
		to_client(vc, "ProtocolCoDeleteVc", 0);
		ops->delete_vc(vc);
	} else {
		condis_orphan_add(&vc->upcalls, CONDIS_ORPHAN_CLIENT);
	}
	condis_now_dead(&vc->upcalls, CONDIS_BY_CLIENT);
	condis_vc_end(vc);
}

/**
 * condis_vc_deliver() - deliver one upcall of a VC
 * @upcalls: of the VC
 * @code: enum condis_vc_upcall
 *
 * Context: the VC's runner: process context, no lock held
 */
void condis_vc_deliver(struct condis_upcalls *upcalls, u8 code)
{
	struct condis_vc *vc = container_of(upcalls, struct condis_vc, upcalls);

	switch ((enum condis_vc_upcall)code) {
	case CONDIS_VC_CM_MAKE_CALL:
		deliver_cm_make_call(vc);
		break;
	case CONDIS_VC_CM_INCOMING_PENDING:
		deliver_cm_incoming_pending(vc);
		break;
	case CONDIS_VC_CM_INCOMING_COMPLETE:
		deliver_cm_incoming_complete(vc);
		break;
	case CONDIS_VC_CM_CLOSE_CALL:
		deliver_cm_close_call(vc);
		break;
	case CONDIS_VC_CM_DEACTIVATED:
		deliver_cm_deactivated(vc);
		break;
	case CONDIS_VC_CM_SIGNAL:
		deliver_cm_signal(vc);
		break;
	case CONDIS_VC_CM_TIMER:
		deliver_cm_timer(vc);
		break;
	case CONDIS_VC_CL_PROCEEDING:
		deliver_cl_progress(vc, false);
		break;
	case CONDIS_VC_CL_ALERTING:
		deliver_cl_progress(vc, true);
		break;
	case CONDIS_VC_CL_INCOMING_CALL:
		deliver_cl_incoming_call(vc);
		break;
	case CONDIS_VC_CL_MAKE_COMPLETE:
		deliver_cl_make_complete(vc);
		break;
	case CONDIS_VC_CL_CONNECTED:
		deliver_cl_connected(vc);
		break;
	case CONDIS_VC_CL_INCOMING_CLOSE:
		deliver_cl_incoming_close(vc);
		break;
	case CONDIS_VC_CL_CLOSE_COMPLETE:
		deliver_cl_close_complete(vc);
		break;
	case CONDIS_VC_CM_DELETE:
		deliver_cm_delete(vc);
		break;
	case CONDIS_VC_CL_DELETE:
		deliver_cl_delete(vc);
		break;
	}
}
