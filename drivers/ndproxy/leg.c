// SPDX-License-Identifier: GPL-2.0
/*
 * Leg A: what the core says of a call's VC.
 *
 * The upcalls of one VC come one at a time; commands run beside them, and meet
 * them under the adapter's lock.  A call's leg ends once: an outgoing one when we
 * have deleted the VC, an incoming one when its close is complete or, for a
 * rejected offer, when the call manager deletes the VC.
 */
#include <linux/netdevice.h>
#include <linux/rcupdate.h>
#include <linux/skbuff.h>

#include "ndproxy.h"

/**
 * ndproxy_leg_begin() - a call has a VC
 * @call: the call, in no other hands yet or under the adapter's lock
 * @vc: the VC
 *
 * Context: process context
 */
void ndproxy_leg_begin(struct ndproxy_call *call, struct condis_vc *vc)
{
	struct ndproxy_leg *leg = condis_vc_client(vc);

	condis_vc_hold(vc);
	ndproxy_call_hold(call);
	call->vc = vc;
	call->vc_id = condis_vc_id(vc);
	call->line->legs++;
	WRITE_ONCE(leg->call, call);
}

/**
 * ndproxy_leg_end() - a call's leg A is gone; harmless the second time
 * @call: the call, held by the caller
 *
 * Context: process context, no lock held
 */
void ndproxy_leg_end(struct ndproxy_call *call)
{
	struct ndproxy_binding *adapter = call->line->adapter;
	struct ndproxy_leg *leg;
	struct condis_vc *vc;

	spin_lock(&adapter->lock);
	if (!call->vc) {
		spin_unlock(&adapter->lock);
		return;
	}
	ndproxy_data_stop(call);
	call->line->legs--;
	ndproxy_call_event(call, NDPROXY_CALL_EV_RELEASED, Q850_TEMPORARY_FAILURE);
	vc = call->vc;
	/* The ladder of a call that an application still has goes on with the VC's numbers. */
	call->network_call = condis_vc_network_call(vc);
	call->vc = NULL;
	leg = condis_vc_client(vc);
	WRITE_ONCE(leg->call, NULL);
	ndproxy_call_check(call);
	spin_unlock(&adapter->lock);
	condis_delay_point("leg.end.unlinked", condis_vc_id(vc));

	/* Gone before, unless the core has ended leg A by force. */
	ndproxy_leg_b_close(call, Q850_NORMAL_UNSPECIFIED, false);
	condis_vc_put(vc);
	ndproxy_call_put(call);
}

/**
 * ndproxy_leg_delete() - delete the VC of an outgoing call whose end nothing more is heard of
 * @call: the call, held by the caller
 *
 * Once: who could not make the call and who closes it meanwhile may both come here.
 *
 * Context: process context, no lock held
 */
void ndproxy_leg_delete(struct ndproxy_call *call)
{
	struct ndproxy_binding *adapter = call->line->adapter;
	struct condis_vc *vc;

	spin_lock(&adapter->lock);
	vc = call->vc;
	if (vc && call->asking) {
		/* The diagnostics first: they end with the VC. */
		call->delete_wanted = true;
		vc = NULL;
	}
	if (vc && call->deleting)
		vc = NULL;
	if (vc) {
		call->deleting = true;
		condis_vc_hold(vc);
	}
	spin_unlock(&adapter->lock);
	if (!vc)
		return;

	condis_delay_point("leg.delete", condis_vc_id(vc));
	condis_co_delete_vc(vc);
	condis_delay_point("leg.deleted", condis_vc_id(vc));
	condis_vc_put(vc);
	ndproxy_leg_end(call);
}

/*
 * The call of a VC.  In process context it stays: its leg ends in the handlers of
 * the VC only, and in the sweep after the last of them.  In atomic context, where
 * they run beside the others, it is memory for as long as rcu_read_lock() is held.
 */
static struct ndproxy_call *leg_call(struct condis_vc *vc)
{
	struct ndproxy_leg *leg = condis_vc_client(vc);

	return READ_ONCE(leg->call);
}

static void diagnostics_complete(struct condis_oid_request *request, int status)
{
	struct ndproxy_call *call = request->context;
	struct ndproxy_binding *adapter = call->line->adapter;
	bool delete;

	kref_get(&adapter->ref);
	spin_lock(&adapter->lock);
	call->diagnosed = !status;
	call->asking = false;
	delete = call->delete_wanted;
	spin_unlock(&adapter->lock);
	condis_delay_point("leg.diagnosed", call->vc_id);

	if (delete)
		ndproxy_leg_delete(call);
	ndproxy_call_put(call);
	ndproxy_adapter_put(adapter);
}

/* Why did it end?  Asked while the VC is there, and kept with the call (2.10). */
static void leg_ask_diagnostics(struct ndproxy_call *call, struct condis_vc *vc)
{
	struct ndproxy_binding *adapter = call->line->adapter;
	int status;

	spin_lock(&adapter->lock);
	call->asking = true;
	spin_unlock(&adapter->lock);

	ndproxy_call_hold(call);
	call->request.oid = OID_CO_TAPI_GET_CALL_DIAGNOSTICS;
	call->request.buf = &call->diagnostics;
	call->request.len = sizeof(call->diagnostics);
	call->request.complete = diagnostics_complete;
	call->request.context = call;
	/* A reset may begin at any moment, and refuses it. */
	call->request.unaware = true;
	status = condis_co_oid_request(condis_vc_af(vc), vc, &call->request);
	if (status != -EINPROGRESS)
		diagnostics_complete(&call->request, status);
}

/* ProtocolCoCreateVc: the call manager's, for an offer that follows. */
static int leg_create_vc(struct condis_vc *vc)
{
	struct ndproxy_leg *leg = condis_vc_client(vc);

	leg->call = NULL;
	return 0;
}

/* ProtocolCoDeleteVc: the last word on a VC of the call manager's. */
static void leg_delete_vc(struct condis_vc *vc)
{
	struct ndproxy_call *call = leg_call(vc);

	if (!call)
		return;
	ndproxy_call_hold(call);
	ndproxy_leg_end(call);
	ndproxy_call_put(call);
}

/* What the bearer is like is known when the call is connected. */
static void leg_take_params(struct ndproxy_call *call, struct condis_vc *vc)
{
	const struct condis_call_params *params = condis_vc_params(vc);

	call->tx_rate = params->tx_rate;
	call->rx_rate = params->rx_rate;
	WRITE_ONCE(call->max_sdu, params->max_sdu);
}

static void leg_connected(struct ndproxy_call *call, struct condis_vc *vc)
{
	struct ndproxy_binding *adapter = call->line->adapter;

	spin_lock(&adapter->lock);
	/* A drop that came before the answer wins (R5): then its close is on its way. */
	if (call->close == NDPROXY_CLOSE_NONE && !call->close_wanted) {
		leg_take_params(call, vc);
		ndproxy_call_event(call, NDPROXY_CALL_EV_CONNECTED, 0);
		ndproxy_data_start(call);
	}
	spin_unlock(&adapter->lock);
	/* Who has begun to monitor before there was a VC; who begins now tells it himself. */
	if (READ_ONCE(call->digit_report))
		ndproxy_digits_tell(call);
}

/* ProtocolClMakeCallComplete. */
static void leg_make_call_complete(struct condis_vc *vc, int status, u32 cause)
{
	struct ndproxy_call *call = leg_call(vc);
	struct ndproxy_binding *adapter = call->line->adapter;
	bool delete;

	if (!status) {
		leg_connected(call, vc);
		return;
	}

	ndproxy_call_hold(call);
	leg_ask_diagnostics(call, vc);
	spin_lock(&adapter->lock);
	call->make_failed = true;
	ndproxy_call_event(call, NDPROXY_CALL_EV_FAILED, cause ?: Q850_TEMPORARY_FAILURE);
	/*
	 * There is no call, so there is nothing to close and the VC is ours to
	 * delete, unless a close was taken before (its completion follows, R4), or is
	 * being tried (who tries it deletes).
	 */
	delete = call->close == NDPROXY_CLOSE_NONE || call->close == NDPROXY_CLOSE_REFUSED;
	if (delete)
		call->close = NDPROXY_CLOSE_REFUSED;
	spin_unlock(&adapter->lock);
	condis_delay_point("leg.make_failed", call->vc_id);
	if (delete)
		ndproxy_leg_delete(call);
	ndproxy_call_put(call);
}

/* The network's progress on an outgoing call. */
static void leg_call_progress(struct condis_vc *vc, bool alerting)
{
	struct ndproxy_call *call = leg_call(vc);
	struct ndproxy_binding *adapter = call->line->adapter;

	spin_lock(&adapter->lock);
	ndproxy_call_event(call, alerting ? NDPROXY_CALL_EV_ALERTING : NDPROXY_CALL_EV_PROCEEDING,
			   0);
	spin_unlock(&adapter->lock);
}

/* Of two reasons why nobody takes an offer, the one that tells the caller more. */
static u32 offer_cause(u32 cause, u32 other)
{
	static const u32 telling[] = {
		Q850_USER_BUSY, Q850_RESOURCE_UNAVAILABLE, Q850_INCOMPATIBLE_DESTINATION,
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(telling); i++)
		if (cause == telling[i] || other == telling[i])
			return telling[i];
	return Q850_NO_USER_RESPONDING;
}

/* Whether an offer can go to a line handle; if not, *@cause may know better than before why. */
static bool offer_suits(const struct ndproxy_call *call, const struct ndproxy_line_handle *lh,
			u32 *cause)
{
	const struct ndproxy_session *session = lh->handle.session;

	if (!(lh->privileges & LINECALLPRIVILEGE_OWNER) || !ndproxy_call_takes(call, lh))
		return false;
	if (!(lh->media_modes & call->media_modes)) {
		*cause = offer_cause(*cause, Q850_INCOMPATIBLE_DESTINATION);
		return false;
	}
	/* Who has no room for another call does not keep it from the others. */
	if (!ndproxy_session_has_room(session, CONDIS_CHARGE_CALL)) {
		*cause = offer_cause(*cause, Q850_USER_BUSY);
		return false;
	}
	return !READ_ONCE(session->ended);
}

/**
 * struct offer_place - where a line handle stands among those that a call can be offered to
 * @user: the number of its user among those who have the line open, from 1
 * @priority: its session's
 * @number: its own in the line's list, from 1
 */
struct offer_place {
	unsigned int user;
	u32 priority;
	unsigned int number;
};

/* Whether one is asked before another. */
static bool offer_before(const struct offer_place *one, const struct offer_place *other)
{
	if (one->user != other->user)
		return one->user < other->user;
	return one->priority > other->priority ||
	       (one->priority == other->priority && one->number < other->number);
}

/*
 * The next that is asked after @last, or the first if that has no number: of the user who came
 * first the session with the highest priority, and of equals the handle that was opened
 * first (A.12).  Priorities are each user's own: one cannot take the calls of the others.
 */
static struct ndproxy_line_handle *offer_next(const struct ndproxy_call *call,
					      struct offer_place *last, u32 *cause)
{
	const struct ndproxy_session *session, *before = NULL;
	struct offer_place best = {}, at = {};
	struct ndproxy_line_handle *lh, *found = NULL;

	list_for_each_entry(lh, &call->line->handles, node) {
		session = lh->handle.session;
		if (!before || !uid_eq(before->uid, session->uid)) {
			/* A user's handles are together, and nobody behind them comes before. */
			if (found)
				break;
			at.user++;
		}
		before = session;
		at.number++;
		if (!offer_suits(call, lh, cause))
			continue;
		at.priority = ndproxy_session_priority(session,
						       lh->media_modes & call->media_modes);
		if ((last->number && !offer_before(last, &at)) ||
		    (found && !offer_before(&at, &best)))
			continue;
		best = at;
		found = lh;
	}
	*last = best;
	return found;
}

/* How many are asked at most.  One fails for want of memory, or because it is just leaving. */
#define OFFER_TRIES	16

/* Who gets a new call.  Without anybody: the Q.850 cause why not. */
static struct ndproxy_call_handle *offer_owner(struct ndproxy_call *call, u32 *cause)
{
	struct offer_place last = {};
	struct ndproxy_call_handle *ch;
	struct ndproxy_line_handle *lh;
	unsigned int tries;

	*cause = Q850_NO_USER_RESPONDING;
	for (tries = 0; tries < OFFER_TRIES; tries++) {
		lh = offer_next(call, &last, cause);
		if (!lh)
			break;
		ch = ndproxy_call_handle_alloc(call, lh, LINECALLPRIVILEGE_OWNER,
					       GFP_ATOMIC | __GFP_NOWARN);
		if (IS_ERR(ch)) {
			*cause = offer_cause(*cause, PTR_ERR(ch) == -EDQUOT ?
						     Q850_USER_BUSY : Q850_RESOURCE_UNAVAILABLE);
			continue;
		}
		if (!ndproxy_call_handle_add(ch))
			return ch;
		ndproxy_call_handle_free(ch);
	}
	return NULL;
}

/* Offer a call to the applications: 0, or the Q.850 cause why none of them can have it. */
static u32 leg_offer(struct condis_vc *vc, struct ndproxy_line *line,
		     const struct condis_call_params *params)
{
	struct ndproxy_binding *adapter = line->adapter;
	struct ndproxy_call_handle *owner;
	struct ndproxy_call *call;
	u32 cause = Q850_NONE;

	call = ndproxy_call_alloc(line, GFP_KERNEL);
	if (!call)
		return Q850_RESOURCE_UNAVAILABLE;
	call->state = NDPROXY_CALL_OFFERING;
	call->seen = NDPROXY_REPORT_OFFERING;
	call->address = params->address;
	call->media_modes = params->media_modes;
	call->tx_rate = params->tx_rate;
	call->rx_rate = params->rx_rate;
	call->max_sdu = params->max_sdu;
	strscpy(call->called, params->called, sizeof(call->called));
	strscpy(call->calling, params->calling, sizeof(call->calling));
	call->offered = true;
	call->replied = true;

	spin_lock(&adapter->lock);
	if (line->gone || adapter->state != NDPROXY_AF_OPEN || adapter->dead) {
		cause = Q850_DESTINATION_OUT_OF_ORDER;
		goto unlock;
	}
	owner = offer_owner(call, &cause);
	if (!owner)
		goto unlock;

	cause = Q850_NONE;
	ndproxy_leg_begin(call, vc);
	ndproxy_call_link(call);
	ndproxy_line_tell(line, LINEDEVSTATE_RINGING | LINEDEVSTATE_NUMCALLS, NULL);
	ndproxy_call_handle_announce(owner, NULL);
	ndproxy_call_trace(call, false, ndproxy_report_name(NDPROXY_REPORT_OFFERING), 0);
	ndproxy_call_add_monitors(call, owner->line_handle);
unlock:
	spin_unlock(&adapter->lock);
	condis_delay_point("leg.offered", condis_vc_id(vc));
	/* The list of the line, or its owner, has it now. */
	ndproxy_call_put(call);
	return cause;
}

/*
 * ProtocolClIncomingCall.  An application decides later.  Without one it is
 * rejected here: by the completion, which carries the cause to the network.
 */
static int leg_incoming_call(struct condis_vc *vc, struct condis_sap *sap,
			     const struct condis_call_params *params)
{
	u32 cause = leg_offer(vc, condis_sap_context(sap), params);

	if (cause)
		condis_cl_incoming_call_complete(vc, ndproxy_cause_errno(cause), cause);
	return -EINPROGRESS;
}

/* ProtocolClCallConnected. */
static void leg_call_connected(struct condis_vc *vc)
{
	leg_connected(leg_call(vc), vc);
}

/*
 * ProtocolClIncomingCloseCall: acknowledged at once (F2, R8).  The call stays
 * DISCONNECTED until an owner drops it, and is dropped here if there is none.
 */
static void leg_incoming_close_call(struct condis_vc *vc, u32 cause)
{
	struct ndproxy_call *call = leg_call(vc);
	struct ndproxy_binding *adapter;
	LIST_HEAD(doomed);
	bool closing;

	/* A rejected offer has no call of ours. */
	if (!call) {
		condis_cl_close_call(vc, Q850_NORMAL_CLEARING);
		return;
	}

	adapter = call->line->adapter;
	ndproxy_call_hold(call);
	spin_lock(&adapter->lock);
	ndproxy_data_stop(call);
	closing = call->close == NDPROXY_CLOSE_CLAIMED;
	/* Undecided, it is decided now; it is closed, not rejected. */
	call->offered = false;
	ndproxy_call_event(call, NDPROXY_CALL_EV_HANGUP, cause ?: Q850_NORMAL_UNSPECIFIED);
	if (!call->owners)
		ndproxy_call_event(call, NDPROXY_CALL_EV_DROP, 0);
	ndproxy_call_doom(call, Q850_NORMAL_CLEARING, &doomed);
	spin_unlock(&adapter->lock);
	condis_delay_point("leg.hung_up", call->vc_id);

	leg_ask_diagnostics(call, vc);
	ndproxy_calls_close(&doomed);
	/*
	 * It may wait for a leg B that was cut off since, which nobody else would see.  Who has
	 * claimed the close says, or has said, whether leg B's end is to go on with leg A.
	 */
	if (closing)
		ndproxy_leg_b_close(call, cause, false);
	ndproxy_call_put(call);
}

/* ProtocolClCloseCallComplete: the call is over and the VC inactive. */
static void leg_close_call_complete(struct condis_vc *vc)
{
	struct ndproxy_call *call = leg_call(vc);

	/* Closed without a call of ours: the call manager deletes it. */
	if (!call)
		return;
	ndproxy_call_hold(call);
	/* The call manager's is not used any more from here on (7.1, 8). */
	if (call->outgoing)
		ndproxy_leg_delete(call);
	else
		ndproxy_leg_end(call);
	ndproxy_call_put(call);
}

/* ProtocolCoReceiveNetBufferLists; atomic context. */
static void leg_receive(struct condis_vc *vc, struct sk_buff *skb)
{
	struct ndproxy_call *call;

	rcu_read_lock();
	call = leg_call(vc);
	if (call)
		ndproxy_data_receive(call, skb);
	else
		dev_kfree_skb_any(skb);
	rcu_read_unlock();
}

/* ProtocolCoSendNetBufferListsComplete; atomic context. */
static void leg_send_complete(struct condis_vc *vc, struct sk_buff *skb, int status)
{
	struct ndproxy_call *call;

	dev_kfree_skb_any(skb);
	rcu_read_lock();
	call = leg_call(vc);
	if (call)
		ndproxy_data_wake(call);
	rcu_read_unlock();
}

/* ProtocolCoStatusEx for a VC; atomic context, but of a digit. */
static void leg_status(struct condis_vc *vc, const struct condis_status *status)
{
	struct ndproxy_call *call;

	rcu_read_lock();
	call = leg_call(vc);
	switch (status->code) {
	case CONDIS_STATUS_LINK_PARAMS:
		/* A new send window may have room. */
		if (call)
			ndproxy_data_wake(call);
		break;
	case CONDIS_STATUS_DIGIT:
		/* Its last reference may just be dropped: then nobody listens any more. */
		if (call && kref_get_unless_zero(&call->ref)) {
			ndproxy_digit_arrive(call, status->digit, status->digit_mode);
			ndproxy_call_put(call);
		}
		break;
	default:
		break;
	}
	rcu_read_unlock();
}

const struct condis_client_ops ndproxy_client_ops = {
	.vc_priv = sizeof(struct ndproxy_leg),
	.open_af_complete = ndproxy_open_af_complete,
	.close_af_complete = ndproxy_close_af_complete,
	.notify_close_af = ndproxy_notify_close_af,
	.register_sap_complete = ndproxy_register_sap_complete,
	.deregister_sap_complete = ndproxy_deregister_sap_complete,
	.create_vc = leg_create_vc,
	.delete_vc = leg_delete_vc,
	.make_call_complete = leg_make_call_complete,
	.call_progress = leg_call_progress,
	.incoming_call = leg_incoming_call,
	.call_connected = leg_call_connected,
	.incoming_close_call = leg_incoming_close_call,
	.close_call_complete = leg_close_call_complete,
	.receive = leg_receive,
	.send_complete = leg_send_complete,
	.status = leg_status,
	.oid_request = ndproxy_af_oid_request,
};
