// SPDX-License-Identifier: GPL-2.0
/*
 * Calls: what the client and the call manager say of the call on a VC.
 *
 * Every function here does the same: under the VC's lock it applies one event,
 * whose table cell decides; what follows from it is queued there and delivered
 * after the lock was dropped.
 */
#include <trace/events/condis.h>

#include "core.h"

static void call_count_refusal(struct condis_vc *vc, enum condis_call_event event, int error)
{
	struct condis_adapter *adapter = vc->af->family->adapter;

	switch (event) {
	case CONDIS_CALL_EV_OFFER:
	case CONDIS_CALL_EV_CONNECT:
	case CONDIS_CALL_EV_HANGUP:
		condis_adapter_late(adapter, CONDIS_LATE_DISPATCH);
		break;
	default:
		if (error == -ENOENT)
			condis_adapter_late(adapter, CONDIS_LATE_COMPLETION);
	}
}

/*
 * A VC without a call, or whose call is over, is deleted by its creator; if the
 * creator is gone, or asked for it already, the core does it for him.
 */
static void call_settle(struct condis_vc *vc)
{
	if (vc->call != CONDIS_CALL_IDLE && vc->call != CONDIS_CALL_CLOSED)
		return;

	if (vc->creator == CONDIS_SIDE_CLIENT && vc->client_gone) {
		condis_orphan_add(&vc->upcalls, CONDIS_ORPHAN_CLIENT);
		/* A call manager may have activated it without a call. */
		condis_vc_force_inactive(vc);
		condis_call_apply(vc, CONDIS_CALL_EV_DELETE_CLIENT);
	} else if (vc->creator == CONDIS_SIDE_CM && vc->cm_gone) {
		condis_orphan_add(&vc->upcalls, CONDIS_ORPHAN_CM);
		condis_call_apply(vc, CONDIS_CALL_EV_DELETE_CM);
	} else if (vc->creator == CONDIS_SIDE_CM && vc->delete_wanted) {
		condis_call_apply(vc, CONDIS_CALL_EV_DELETE_CM);
	}
}

/**
 * condis_call_apply() - apply an event to the call of a VC
 * @vc: the VC
 * @event: the event
 *
 * Return: 0, or why the table refuses it
 *
 * Context: @vc->upcalls.lock held
 */
int condis_call_apply(struct condis_vc *vc, enum condis_call_event event)
{
	const struct condis_transition *transition;
	enum condis_call_state old = vc->call;
	unsigned long upcalls;
	unsigned int upcall;

	lockdep_assert_held(&vc->upcalls.lock);
	transition = condis_call_transition(old, event);
	trace_condis_call_state(vc->id, old, event, transition->next, transition->error);
	condis_history_event(&vc->upcalls, CONDIS_HISTORY_CALL, old, event, transition);
	if (transition->error) {
		if (condis_verifier_on())
			condis_verifier_refused(&vc->upcalls, transition->violation);
		call_count_refusal(vc, event, transition->error);
		return transition->error;
	}

	/* Handlers look at it without the lock, to drop what has lost its sense. */
	WRITE_ONCE(vc->call, transition->next);
	if (old != CONDIS_CALL_CONNECTED && vc->call == CONDIS_CALL_CONNECTED)
		condis_flow_open(vc);
	if (old == CONDIS_CALL_CONNECTED && vc->call != CONDIS_CALL_CONNECTED)
		condis_flow_close(vc);

	upcalls = transition->upcalls;
	/* R4, R5: whatever the network said, the client had given up. */
	if (old == CONDIS_CALL_OUT_ABORTING && upcalls & BIT(CONDIS_VC_CL_MAKE_COMPLETE)) {
		vc->make_status = -ECANCELED;
		vc->make_cause = Q850_NORMAL_CLEARING;
	}
	for_each_set_bit(upcall, &upcalls, CONDIS_UPCALLS_MAX)
		condis_upcall_queue(&vc->upcalls, upcall);

	if (vc->call == old)
		goto settle;
	switch (vc->call) {
	case CONDIS_CALL_OUT_PENDING:
	case CONDIS_CALL_ACCEPTED:
		condis_vc_start_watchdog(vc, condis_make_call_timeout_ms);
		break;
	case CONDIS_CALL_OUT_ABORTING:
	case CONDIS_CALL_OFFER_CLOSED:
	case CONDIS_CALL_REMOTE_CLOSED:
	case CONDIS_CALL_CLOSING:
		condis_vc_start_watchdog(vc, condis_close_timeout_ms);
		break;
	case CONDIS_CALL_COMPLETING:
		/* The miniport owes packets: the close's time runs on. */
		break;
	default:
		condis_vc_stop_watchdog(vc);
	}
settle:
	call_settle(vc);
	return 0;
}

/* What an accepted call of the client's answers: the completion follows. */
static int pending(int err)
{
	return err ? err : -EINPROGRESS;
}

static bool number_is_terminated(const char *number)
{
	return strnlen(number, CONDIS_NUMBER_SIZE) < CONDIS_NUMBER_SIZE;
}

/**
 * condis_cl_make_call() - NdisClMakeCall: make an outgoing call
 * @vc: a VC of the client's without a call
 * @params: line, address, media mode and numbers; copied
 *
 * Return: -EINPROGRESS: make_call_complete() follows; -EINVAL (no @vc, no @params, a number
 * without an end); -EOPNOTSUPP (a multipoint call); -EPERM (the call manager's VC); -ENETDOWN
 * (the adapter is being reconfigured or going down); -EBUSY (a call is on the VC); -ESHUTDOWN
 * (the VC has had its call)
 *
 * Context: process context; also in handlers
 */
int condis_cl_make_call(struct condis_vc *vc, const struct condis_call_params *params)
{
	int err;

	if (IS_ERR_OR_NULL(vc))
		return condis_bad_argument(CONDIS_BY_CLIENT);
	if (!condis_control(&vc->upcalls, CONDIS_BY_CLIENT))
		return -ESHUTDOWN;
	if (!params || !number_is_terminated(params->called) ||
	    !number_is_terminated(params->calling))
		return condis_bad_argument_of(&vc->upcalls, CONDIS_BY_CLIENT);
	if (params->flags & CONDIS_CALL_MULTIPOINT)
		return -EOPNOTSUPP;
	if (vc->creator != CONDIS_SIDE_CLIENT) {
		condis_breach(&vc->upcalls, WRONG_SIDE, CONDIS_BY_CLIENT, _RET_IP_,
			      "makes a call on the call manager's VC");
		return -EPERM;
	}
	if (READ_ONCE(vc->af->family->adapter->frozen))
		return -ENETDOWN;
	condis_delay_point("vc.make_call.checked", vc->id);

	condis_upcall_lock(&vc->upcalls, CONDIS_BY_CLIENT, _RET_IP_);
	condis_trace_message(vc, CONDIS_PARTY_NDPROXY, CONDIS_PARTY_NDIS, "NdisClMakeCall", 0);
	if (vc->call == CONDIS_CALL_IDLE)
		vc->params = *params;
	err = condis_call_apply(vc, CONDIS_CALL_EV_MAKE);
	condis_upcall_unlock_and_run(&vc->upcalls);
	return pending(err);
}
EXPORT_SYMBOL_GPL(condis_cl_make_call);

/**
 * condis_cl_incoming_call_complete() - NdisClIncomingCallComplete: decide an offer
 * @vc: the VC of the offer
 * @status: 0 accepts, an error rejects; not -EINPROGRESS
 * @cause: Q.850 cause of a rejection
 *
 * After an acceptance call_connected() or incoming_close_call() follows.  After
 * a rejection the next and last word is delete_vc(); the client does not close.
 *
 * Return: 0; -EINVAL (no @vc, @status is -EINPROGRESS or positive); -ENOTCONN (nothing was
 * offered); -EPROTO (an outgoing call); -EALREADY (decided); -ESHUTDOWN (the far end has given up:
 * close the call)
 *
 * Context: process context; also in handlers
 */
int condis_cl_incoming_call_complete(struct condis_vc *vc, int status, u32 cause)
{
	int err;

	if (IS_ERR_OR_NULL(vc))
		return condis_bad_argument(CONDIS_BY_CLIENT);
	if (!condis_control(&vc->upcalls, CONDIS_BY_CLIENT))
		return -EALREADY;
	if (condis_bad_status(&vc->upcalls, CONDIS_BY_CLIENT, status))
		return -EINVAL;

	condis_upcall_lock(&vc->upcalls, CONDIS_BY_CLIENT, _RET_IP_);
	condis_trace_message(vc, CONDIS_PARTY_NDPROXY, CONDIS_PARTY_NDIS,
			     "NdisClIncomingCallComplete", status);
	if (vc->call == CONDIS_CALL_OFFERED || vc->call == CONDIS_CALL_OFFER_CLOSED) {
		vc->decision = status;
		vc->decision_cause = cause;
	}
	err = condis_call_apply(vc, status ? CONDIS_CALL_EV_REJECT : CONDIS_CALL_EV_ACCEPT);
	condis_upcall_unlock_and_run(&vc->upcalls);
	return err;
}
EXPORT_SYMBOL_GPL(condis_cl_incoming_call_complete);

/**
 * condis_cl_close_call() - NdisClCloseCall: close a call, or acknowledge its closing
 * @vc: the VC
 * @cause: Q.850 cause for the network
 *
 * Legal in every state with a call.  Sends are refused from here on.  Those that
 * are with the miniport should be back first, or given up by condis_co_cancel_sends().
 *
 * Return: -EINPROGRESS: close_call_complete() follows; -EINVAL (no @vc); -ENOTCONN (there is no
 * call); -EALREADY (closing or closed: no second completion comes)
 *
 * Context: process context; also in handlers
 */
int condis_cl_close_call(struct condis_vc *vc, u32 cause)
{
	bool sends;
	int err;

	if (IS_ERR_OR_NULL(vc))
		return condis_bad_argument(CONDIS_BY_CLIENT);
	if (!condis_control(&vc->upcalls, CONDIS_BY_CLIENT))
		return -EALREADY;

	condis_upcall_lock(&vc->upcalls, CONDIS_BY_CLIENT, _RET_IP_);
	sends = !READ_ONCE(vc->sends_given_up) && condis_flow_held(vc);
	err = condis_call_apply(vc, CONDIS_CALL_EV_CLOSE);
	if (!err) {
		vc->close_cause = cause;
		if (sends)
			condis_verifier_refused(&vc->upcalls, CONDIS_VIOLATION_CLOSE_WITH_SENDS);
	}
	condis_trace_message(vc, CONDIS_PARTY_NDPROXY, CONDIS_PARTY_NDIS, "NdisClCloseCall",
			     pending(err));
	condis_upcall_unlock_and_run(&vc->upcalls);
	return pending(err);
}
EXPORT_SYMBOL_GPL(condis_cl_close_call);

/*
 * The end of a make-call, from the call manager or on its behalf.  A success
 * without an active VC is no success: the order is activate, then complete.
 */
static int call_made_locked(struct condis_vc *vc, int status, u32 cause)
{
	enum condis_call_event event = CONDIS_CALL_EV_MADE;
	int err;

	if (status) {
		event = CONDIS_CALL_EV_FAILED;
	} else if (vc->call == CONDIS_CALL_OUT_PENDING && vc->active != CONDIS_VC_ACTIVE) {
		condis_verifier_refused(&vc->upcalls, CONDIS_VIOLATION_OUT_OF_ORDER);
		return -ENOTCONN;
	}

	err = condis_call_apply(vc, event);
	if (err)
		return err;
	if (vc->call == CONDIS_CALL_CONNECTED || vc->call == CONDIS_CALL_CLOSED ||
	    vc->call == CONDIS_CALL_DELETED) {
		vc->make_status = status;
		vc->make_cause = cause;
	}
	if (status) {
		vc->cm_call = false;
		/* It should have deactivated first; nothing can be in flight yet. */
		if (vc->active != CONDIS_VC_INACTIVE)
			condis_verifier_refused(&vc->upcalls, CONDIS_VIOLATION_OUT_OF_ORDER);
		condis_vc_force_inactive(vc);
	}
	return 0;
}

/**
 * condis_call_made() - the call manager's make_call() has answered by its return
 * @vc: the VC
 * @status: 0 or an error
 * @cause: Q.850 cause of an error
 * @handler: make_call(), or 0 if the core answers for it
 *
 * Context: the VC's runner, no lock held
 */
void condis_call_made(struct condis_vc *vc, int status, u32 cause, unsigned long handler)
{
	condis_upcall_lock(&vc->upcalls, handler ? CONDIS_BY_CM : CONDIS_BY_NOBODY, handler);
	if (call_made_locked(vc, status, cause) == -ENOTCONN)
		call_made_locked(vc, -EPROTO, Q850_PROTOCOL_ERROR);
	condis_upcall_unlock_and_run(&vc->upcalls);
}

/**
 * condis_mcm_make_call_complete() - NdisMCmMakeCallComplete: the call is made, or not
 * @vc: the VC
 * @status: 0 or an error; not -EINPROGRESS
 * @cause: Q.850 cause of an error
 *
 * Must be given in every case, also for a failure; a success after
 * condis_mcm_activate_vc().
 *
 * Return: 0, also if the client has given up meanwhile and a close is on its way; -EINVAL (no @vc,
 * @status is -EINPROGRESS or positive); -ENOTCONN (a success, and the VC is not active); -ENOENT
 * (nothing is pending: too late, or twice)
 *
 * Context: process context; also in handlers
 */
int condis_mcm_make_call_complete(struct condis_vc *vc, int status, u32 cause)
{
	int err;

	if (IS_ERR_OR_NULL(vc))
		return condis_bad_argument(CONDIS_BY_CM);
	if (!condis_control(&vc->upcalls, CONDIS_BY_CM))
		return -ENOENT;
	if (condis_bad_status(&vc->upcalls, CONDIS_BY_CM, status))
		return -EINVAL;

	condis_upcall_lock(&vc->upcalls, CONDIS_BY_CM, _RET_IP_);
	condis_trace_cm(vc, "NdisCmMakeCallComplete", "NdisMCmMakeCallComplete", status);
	err = call_made_locked(vc, status, cause);
	condis_upcall_unlock_and_run(&vc->upcalls);
	return err;
}
EXPORT_SYMBOL_GPL(condis_mcm_make_call_complete);

/**
 * condis_mcm_call_progress() - the network's progress on an outgoing call
 * @vc: the VC
 * @alerting: the far end rings; else the network proceeds
 *
 * Return: 0, also if it is too late to tell anybody; -EINVAL (no @vc); -ENOTCONN (there is no
 * call); -EPROTO (an incoming call, or one that is connected)
 *
 * Context: process context; also in handlers
 */
int condis_mcm_call_progress(struct condis_vc *vc, bool alerting)
{
	int err;

	if (IS_ERR_OR_NULL(vc))
		return condis_bad_argument(CONDIS_BY_CM);
	if (!condis_control(&vc->upcalls, CONDIS_BY_CM))
		return 0;

	condis_upcall_lock(&vc->upcalls, CONDIS_BY_CM, _RET_IP_);
	err = condis_call_apply(vc, alerting ? CONDIS_CALL_EV_ALERTING :
					       CONDIS_CALL_EV_PROCEEDING);
	condis_upcall_unlock_and_run(&vc->upcalls);
	return err;
}
EXPORT_SYMBOL_GPL(condis_mcm_call_progress);

/**
 * condis_mcm_prepare_incoming_call() - have a VC keep what its call will be offered with
 * @vc: a VC of the call manager's without a call
 * @params: line, address, media mode and numbers; copied
 *
 * For a call manager that offers later: condis_vc_params() has them until then, and
 * is what it offers with.
 *
 * Return: 0; -EINVAL (no @vc, no @params, a number without an end); -EPERM (the client's VC);
 * -EBUSY (the VC has, or has had, its call); -ESHUTDOWN (the VC is deleted)
 *
 * Context: any but hard interrupts
 */
int condis_mcm_prepare_incoming_call(struct condis_vc *vc,
				     const struct condis_call_params *params)
{
	int err = 0;

	if (IS_ERR_OR_NULL(vc))
		return condis_bad_argument(CONDIS_BY_CM);
	if (!condis_use(&vc->upcalls, CONDIS_BY_CM))
		return -ESHUTDOWN;
	if (!params || !number_is_terminated(params->called) ||
	    !number_is_terminated(params->calling))
		return condis_bad_argument_of(&vc->upcalls, CONDIS_BY_CM);
	if (vc->creator != CONDIS_SIDE_CM) {
		condis_breach(&vc->upcalls, WRONG_SIDE, CONDIS_BY_CM, _RET_IP_,
			      "prepares a call on the client's VC");
		return -EPERM;
	}

	condis_upcall_lock(&vc->upcalls, CONDIS_BY_CM, _RET_IP_);
	if (vc->call == CONDIS_CALL_IDLE)
		vc->params = *params;
	else
		err = vc->call == CONDIS_CALL_DELETED ? -ESHUTDOWN : -EBUSY;
	condis_upcall_unlock(&vc->upcalls);
	return err;
}
EXPORT_SYMBOL_GPL(condis_mcm_prepare_incoming_call);

/**
 * condis_mcm_dispatch_incoming_call() - NdisMCmDispatchIncomingCall: offer a call
 * @sap: a SAP of the VC's address family; held by the caller (condis_sap_hold())
 * @vc: a VC of the call manager's without a call
 * @params: line, address, media mode and numbers; copied, unless they are the VC's own already
 *
 * Never waits for the client: what it decides comes by
 * incoming_call_pending() and incoming_call_complete().
 *
 * Return: -EINPROGRESS: the client will hear of it; -EINVAL (an argument is missing, a number
 * without an end, the SAP of another family); -EPERM (the client's VC); -ENETDOWN (the adapter
 * is being reconfigured or going down); -ESHUTDOWN (the SAP is being deregistered (R18), or the
 * VC has had its call): the call manager deletes the VC; -EBUSY (a call is on the VC)
 *
 * Context: process context; also in handlers
 */
int condis_mcm_dispatch_incoming_call(struct condis_sap *sap, struct condis_vc *vc,
				      const struct condis_call_params *params)
{
	int err;

	if (IS_ERR_OR_NULL(sap) || IS_ERR_OR_NULL(vc))
		return condis_bad_argument(CONDIS_BY_CM);
	if (!condis_control(&vc->upcalls, CONDIS_BY_CM) ||
	    !condis_use(&sap->upcalls, CONDIS_BY_CM))
		return -ESHUTDOWN;
	if (!params || sap->af != vc->af || !number_is_terminated(params->called) ||
	    !number_is_terminated(params->calling))
		return condis_bad_argument_of(&vc->upcalls, CONDIS_BY_CM);
	if (vc->creator != CONDIS_SIDE_CM) {
		condis_breach(&vc->upcalls, WRONG_SIDE, CONDIS_BY_CM, _RET_IP_,
			      "offers a call on the client's VC");
		return -EPERM;
	}
	if (READ_ONCE(vc->af->family->adapter->frozen))
		return -ENETDOWN;
	err = condis_sap_start_dispatch(sap);
	if (err)
		return err;
	condis_delay_point("vc.offer.dispatching", vc->id);

	condis_upcall_lock(&vc->upcalls, CONDIS_BY_CM, _RET_IP_);
	condis_trace_cm(vc, "NdisCmDispatchIncomingCall", "NdisMCmDispatchIncomingCall", 0);
	err = condis_call_apply(vc, CONDIS_CALL_EV_OFFER);
	if (!err) {
		u32 window = vc->params.send_window, sdu = vc->params.max_sdu;
		u32 tx_rate = vc->params.tx_rate, rx_rate = vc->params.rx_rate;

		condis_sap_hold(sap);
		vc->sap = sap;
		vc->cm_call = true;
		vc->params = *params;
		if (vc->active == CONDIS_VC_ACTIVE) {
			/* Activated before the offer: those stand. */
			vc->params.send_window = window;
			vc->params.max_sdu = sdu;
			vc->params.tx_rate = tx_rate;
			vc->params.rx_rate = rx_rate;
		}
	}
	condis_upcall_unlock_and_run(&vc->upcalls);
	if (err)
		condis_sap_end_dispatch(sap);
	return pending(err);
}
EXPORT_SYMBOL_GPL(condis_mcm_dispatch_incoming_call);

/**
 * condis_mcm_dispatch_call_connected() - NdisMCmDispatchCallConnected
 * @vc: the VC of an accepted offer, active
 *
 * Return: 0; -EINVAL (no @vc); -ENOTCONN (there is no call, or the VC is not active); -EPROTO (not
 * accepted, or an outgoing call); -EALREADY (connected); -ESHUTDOWN (the call is going down)
 *
 * Context: process context; also in handlers
 */
int condis_mcm_dispatch_call_connected(struct condis_vc *vc)
{
	int err;

	if (IS_ERR_OR_NULL(vc))
		return condis_bad_argument(CONDIS_BY_CM);
	if (!condis_control(&vc->upcalls, CONDIS_BY_CM))
		return -ESHUTDOWN;

	condis_upcall_lock(&vc->upcalls, CONDIS_BY_CM, _RET_IP_);
	if (vc->call == CONDIS_CALL_ACCEPTED && vc->active != CONDIS_VC_ACTIVE) {
		condis_verifier_refused(&vc->upcalls, CONDIS_VIOLATION_OUT_OF_ORDER);
		err = -ENOTCONN;
	} else {
		err = condis_call_apply(vc, CONDIS_CALL_EV_CONNECT);
	}
	condis_trace_cm(vc, "NdisCmDispatchCallConnected", "NdisMCmDispatchCallConnected", err);
	condis_upcall_unlock_and_run(&vc->upcalls);
	return err;
}
EXPORT_SYMBOL_GPL(condis_mcm_dispatch_call_connected);

/**
 * condis_mcm_dispatch_incoming_close_call() - NdisMCmDispatchIncomingCloseCall: hung up
 * @vc: the VC of an offered, accepted or connected call
 * @cause: Q.850 cause
 *
 * Tears nothing down: the client answers with a close, and close_call() follows.
 *
 * Return: 0; -EINVAL (no @vc); -ENOTCONN (there is no call); -EPROTO (a make-call is pending:
 * complete it with an error); -EALREADY (said before); -ESHUTDOWN (the client has closed the
 * call, close_call() comes or came: the network's release is its end (R1))
 *
 * Context: process context; also in handlers
 */
int condis_mcm_dispatch_incoming_close_call(struct condis_vc *vc, u32 cause)
{
	int err;

	if (IS_ERR_OR_NULL(vc))
		return condis_bad_argument(CONDIS_BY_CM);
	if (!condis_control(&vc->upcalls, CONDIS_BY_CM))
		return -ESHUTDOWN;

	condis_upcall_lock(&vc->upcalls, CONDIS_BY_CM, _RET_IP_);
	err = condis_call_apply(vc, CONDIS_CALL_EV_HANGUP);
	if (!err)
		WRITE_ONCE(vc->remote_cause, cause);
	condis_trace_cm(vc, "NdisCmDispatchIncomingCloseCall",
			"NdisMCmDispatchIncomingCloseCall", err);
	condis_upcall_unlock_and_run(&vc->upcalls);
	return err;
}
EXPORT_SYMBOL_GPL(condis_mcm_dispatch_incoming_close_call);

/* The end of a close, from the call manager or on its behalf. */
static int call_released_locked(struct condis_vc *vc)
{
	if (vc->call == CONDIS_CALL_CLOSING || vc->call == CONDIS_CALL_OUT_ABORTING) {
		/* It should have completed the make-call first (7.1, 4): the core does. */
		if (vc->call == CONDIS_CALL_OUT_ABORTING && vc->cm_call)
			condis_verifier_refused(&vc->upcalls, CONDIS_VIOLATION_NO_ANSWER);
		/* And deactivated (7.1, 9; C5): the core does, or waits for that. */
		if (vc->active != CONDIS_VC_INACTIVE)
			condis_verifier_refused(&vc->upcalls, CONDIS_VIOLATION_OUT_OF_ORDER);
		if (vc->active == CONDIS_VC_ACTIVE)
			condis_vc_deactivate_locked(vc);
	}

	return condis_call_apply(vc, vc->active == CONDIS_VC_INACTIVE ?
				     CONDIS_CALL_EV_RELEASED : CONDIS_CALL_EV_RELEASED_BUSY);
}

/**
 * condis_call_released() - the call manager's close_call() has answered by its return
 * @vc: the VC
 * @handler: close_call(), or 0 if the core answers for it
 *
 * Context: the VC's runner, no lock held
 */
void condis_call_released(struct condis_vc *vc, unsigned long handler)
{
	condis_upcall_lock(&vc->upcalls, handler ? CONDIS_BY_CM : CONDIS_BY_NOBODY, handler);
	call_released_locked(vc);
	condis_upcall_unlock_and_run(&vc->upcalls);
}

/**
 * condis_mcm_close_call_complete() - NdisMCmCloseCallComplete: the call is released
 * @vc: the VC, deactivated
 *
 * If packets are still in flight the client hears of it when the last has come
 * back (C5).
 *
 * Return: 0; -EINVAL (no @vc); -ENOENT (no close is pending: too late, or twice); -EALREADY (said
 * before)
 *
 * Context: process context; also in handlers
 */
int condis_mcm_close_call_complete(struct condis_vc *vc)
{
	int err;

	if (IS_ERR_OR_NULL(vc))
		return condis_bad_argument(CONDIS_BY_CM);
	if (!condis_control(&vc->upcalls, CONDIS_BY_CM))
		return -ENOENT;

	condis_upcall_lock(&vc->upcalls, CONDIS_BY_CM, _RET_IP_);
	condis_trace_cm(vc, "NdisCmCloseCallComplete", "NdisMCmCloseCallComplete", 0);
	err = call_released_locked(vc);
	condis_upcall_unlock_and_run(&vc->upcalls);
	return err;
}
EXPORT_SYMBOL_GPL(condis_mcm_close_call_complete);
