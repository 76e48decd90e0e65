// SPDX-License-Identifier: GPL-2.0
/*
 * Example call manager: the life of a call.
 */
#include <linux/bits.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/module.h>

#include "mcm.h"

/* Q.850 locations. */
#define LOCATION_USER		0
#define LOCATION_PUBLIC_NETWORK	2

static unsigned int no_answer_ms = 60000;
module_param(no_answer_ms, uint, 0644);
MODULE_PARM_DESC(no_answer_ms, "milliseconds that a number rings (60000)");

static unsigned int release_ms = 4000;
module_param(release_ms, uint, 0644);
MODULE_PARM_DESC(release_ms, "milliseconds that a release waits for the far end (4000)");

static const char *const message_names[] = {
	"ALERTING", "CONNECT", "CONNECT ACKNOWLEDGE", "RELEASE", "RELEASE COMPLETE",
};

/*
 * 3. VCs.
 *
 * create_vc() is asked when a client makes one, and must answer at once.
 * delete_vc() is the last word on it.  Whoever has made a VC deletes it: these
 * two are for the client's, and for ours there are condis_mcm_create_vc() and
 * condis_mcm_delete_vc().
 */
static void call_init(struct mcm_call *call, struct condis_vc *vc, bool incoming)
{
	call->vc = vc;
	call->own = mcm_adapter_of(condis_vc_adapter(vc));
	call->incoming = incoming;
	call->line = MCM_NO_LINE;
	__skb_queue_head_init(&call->queue);
}

static int mcm_create_vc(struct condis_vc *vc)
{
	call_init(mcm_call_of(vc), vc, false);
	return 0;
}

/* Give all packets of a call back to their client, who cannot close before it has them. */
static void call_flush(struct mcm_call *call, int status)
{
	struct sk_buff_head packets;
	struct sk_buff *skb;

	__skb_queue_head_init(&packets);
	spin_lock_bh(&call->own->lock);
	skb_queue_splice_init(&call->queue, &packets);
	spin_unlock_bh(&call->own->lock);
	while ((skb = __skb_dequeue(&packets)))
		condis_m_send_complete(call->vc, skb, status);
}

/*
 * Take a call out of everything: nobody has it any more on return.  The line is
 * free before anybody hears of the end of the call, so that it can be used again
 * at once.  Does nothing the second time.
 */
void mcm_call_let_go(struct mcm_call *call)
{
	struct mcm_adapter *own = call->own;

	condis_mcm_cancel_timer(call->vc);
	spin_lock_bh(&own->lock);
	call->open = false;
	call->through = false;
	if (call->line != MCM_NO_LINE)
		own->line[call->line] = NULL;
	call->line = MCM_NO_LINE;
	if (call->peer)
		call->peer->peer = NULL;
	call->peer = NULL;
	spin_unlock_bh(&own->lock);
	call_flush(call, -ECANCELED);
}

/*
 * 4. The network: what is between two ends of a call.
 *
 * A real one sends a message to a switch.  Here the message is put into the
 * peer's inbox, and the core is asked to run the peer's signal(): not from here,
 * but when the handler that we are in has returned.  So two ends that answer
 * each other never recurse, and both always run as themselves.
 */
static bool call_tell(struct mcm_call *call, enum mcm_message message, u32 cause)
{
	struct mcm_adapter *own = call->own;
	struct condis_vc *vc = NULL;
	struct mcm_call *peer;

	spin_lock_bh(&own->lock);
	peer = call->peer;
	if (peer) {
		peer->inbox |= BIT(message);
		if (cause && !peer->inbox_cause)
			peer->inbox_cause = cause;
		if (message == MCM_RELEASED) {
			call->peer = NULL;
			peer->peer = NULL;
		}
		/* Nothing but this keeps it there once the lock is dropped. */
		vc = peer->vc;
		condis_vc_hold(vc);
	}
	spin_unlock_bh(&own->lock);
	if (!vc)
		return false;

	condis_trace_message(call->vc, CONDIS_PARTY_MINIPORT, CONDIS_PARTY_NETWORK,
			     message_names[message], cause);
	condis_mcm_post_signal(vc);
	condis_vc_put(vc);
	return true;
}

/*
 * Each wait for the network has an end.  The timer is the core's: it runs
 * timer() as a handler of the VC, and ends with it, so none is left at a halt.
 */
static void call_wait(struct mcm_call *call, unsigned int ms)
{
	/* Never early: the current jiffy has begun already. */
	call->deadline = jiffies + msecs_to_jiffies(ms) + 1;
	condis_mcm_arm_timer(call->vc, call->deadline);
}

/*
 * The last word on a VC of the client's.  There is no call any more, unless the
 * core has ended it because we took too long: then the far end does not know yet.
 */
static void mcm_delete_vc(struct condis_vc *vc)
{
	call_tell(mcm_call_of(vc), MCM_RELEASED, Q850_TEMPORARY_FAILURE);
	mcm_call_let_go(mcm_call_of(vc));
}

/* The first reason counts.  Asked for at any time, so it has the lock. */
static void call_diagnose(struct mcm_call *call, u32 cause, bool remote)
{
	struct condis_call_diagnostics *diagnostics = &call->diagnostics;

	spin_lock_bh(&call->own->lock);
	if (!diagnostics->cause) {
		diagnostics->cause = cause ?: Q850_NORMAL_UNSPECIFIED;
		diagnostics->location = remote ? LOCATION_PUBLIC_NETWORK : LOCATION_USER;
		diagnostics->remote = remote;
	}
	spin_unlock_bh(&call->own->lock);
}

static bool call_take_line(struct mcm_call *call, u32 line)
{
	struct mcm_adapter *own = call->own;
	bool taken;

	spin_lock_bh(&own->lock);
	taken = line < own->lines && !own->line[line];
	if (taken) {
		own->line[line] = call;
		call->line = line;
	}
	spin_unlock_bh(&own->lock);
	return taken;
}

/* What the network grants to a call.  What the client has put there does not count. */
static int call_activate(struct mcm_call *call)
{
	const struct condis_call_params granted = {
		.tx_rate = MCM_BYTE_RATE,
		.rx_rate = MCM_BYTE_RATE,
		.max_sdu = MCM_SDU,
		.send_window = MCM_WINDOW,
	};
	int err = condis_mcm_activate_vc(call->vc, &granted);

	if (!err) {
		spin_lock_bh(&call->own->lock);
		call->open = true;
		spin_unlock_bh(&call->own->lock);
	}
	return err;
}

/*
 * 5. Making a call.
 *
 * make_call() answers -EINPROGRESS and owes condis_mcm_make_call_complete(), in
 * every case and once, also for a call that fails: until then the client can
 * never delete its VC.  An error is returned for what is no call at all; a call
 * that the network refuses fails with its cause, which may well happen before
 * the handler has returned, as here.
 */
static void call_fail(struct mcm_call *call, int status, u32 cause)
{
	call_diagnose(call, cause, true);
	mcm_call_let_go(call);
	call->state = MCM_OVER;
	condis_mcm_make_call_complete(call->vc, status, cause);
}

/* Offer the call to whoever listens at the far end: 0, or the cause why not. */
static u32 call_offer(struct mcm_call *call, const struct condis_call_params *params)
{
	struct condis_call_params offer = *params;
	struct mcm_adapter *own = call->own;
	struct condis_sap *sap;
	struct condis_vc *vc;
	struct mcm_call *peer;
	u32 number, cause;

	if (kstrtou32(params->called, 10, &number) || number < MCM_FIRST_NUMBER ||
	    number - MCM_FIRST_NUMBER >= own->lines)
		return Q850_UNALLOCATED_NUMBER;
	offer.line = number - MCM_FIRST_NUMBER;
	offer.address = 0;
	snprintf(offer.calling, sizeof(offer.calling), "%u", MCM_FIRST_NUMBER + params->line);

	sap = mcm_find_sap(own, offer.line);
	if (!sap)
		return Q850_NO_USER_RESPONDING;
	/* On the family of the SAP, whose client is asked for its consent inside. */
	vc = condis_mcm_create_vc(condis_sap_af(sap));
	cause = Q850_NO_USER_RESPONDING;
	if (IS_ERR(vc))
		goto put_sap;
	peer = mcm_call_of(vc);
	call_init(peer, vc, true);
	cause = Q850_USER_BUSY;
	if (!call_take_line(peer, offer.line))
		goto delete_vc;

	/* Linked before the offer: the client may answer or refuse it at once. */
	spin_lock_bh(&own->lock);
	call->peer = peer;
	peer->peer = call;
	spin_unlock_bh(&own->lock);
	condis_mcm_set_network_call(vc, condis_vc_id(call->vc));
	condis_mcm_set_network_call(call->vc, condis_vc_id(call->vc));
	peer->state = MCM_OFFERED;
	cause = Q850_NO_USER_RESPONDING;
	/* It is not activated yet, so an offer that is refused needs no deactivation. */
	if (condis_mcm_dispatch_incoming_call(sap, vc, &offer) == -EINPROGRESS) {
		/* From here on the peer is its handlers'. */
		condis_sap_put(sap);
		return 0;
	}
delete_vc:
	mcm_call_let_go(peer);
	condis_mcm_delete_vc(vc);
put_sap:
	condis_sap_put(sap);
	return cause;
}

static int mcm_make_call(struct condis_vc *vc, const struct condis_call_params *params)
{
	struct mcm_call *call = mcm_call_of(vc);
	u32 cause = Q850_NO_CIRCUIT_AVAILABLE;

	if (params->line >= call->own->lines ||
	    (params->address && params->address != CONDIS_UNSPECIFIED))
		return -EINVAL;

	call->state = MCM_CALLING;
	if (params->media_modes && !(params->media_modes & MCM_MEDIA)) {
		cause = Q850_BEARER_NOT_IMPLEMENTED;
	} else if (call_take_line(call, params->line)) {
		call_wait(call, no_answer_ms);
		cause = call_offer(call, params);
	}
	if (cause)
		call_fail(call, -ECONNREFUSED, cause);
	else
		condis_mcm_call_progress(vc, false);
	return -EINPROGRESS;
}

/*
 * 6. The far end's client decides.
 *
 * incoming_call_pending(): it thinks about it, so it rings.
 * incoming_call_complete(): it has decided, and this comes once for each offer
 * that the client has not closed.  If it accepts, we answer in the network, then
 * activate, then dispatch the connection.  If it refuses, there is no call and no
 * close: we tell the network, and delete the VC.
 */
static void mcm_incoming_call_pending(struct condis_vc *vc)
{
	call_tell(mcm_call_of(vc), MCM_ALERTING, 0);
}

static void mcm_incoming_call_complete(struct condis_vc *vc, int status, u32 cause)
{
	struct mcm_call *call = mcm_call_of(vc);

	if (!status) {
		/* The caller may have given up meanwhile: the client has been told of that. */
		if (call->state == MCM_OFFERED) {
			call->state = MCM_ANSWERED;
			call_tell(call, MCM_CONNECT, 0);
		}
		return;
	}
	call_diagnose(call, cause, false);
	call_tell(call, MCM_RELEASED, cause ?: Q850_CALL_REJECTED);
	mcm_call_let_go(call);
	call->state = MCM_OVER;
	condis_mcm_delete_vc(vc);
}

/*
 * 7. The call comes up, first at the caller's end: activate, then complete.
 *
 * A client may send as soon as its end is up, and the other end may not be: its
 * packets wait in the queue until both are.  If the client has closed the call
 * meanwhile, both words are still right: the core makes a failure of the second
 * one, and close_call() is on its way.
 */
static void call_answered(struct mcm_call *call)
{
	if (call->state != MCM_CALLING)
		return;
	condis_mcm_cancel_timer(call->vc);
	/* It cannot be activated if the core has given us up: delete_vc() is on its way. */
	if (call_activate(call))
		return;
	call->state = MCM_UP;
	condis_mcm_make_call_complete(call->vc, 0, Q850_NONE);
	call_tell(call, MCM_CONNECT_ACK, 0);
}

/* And then at the callee's. */
static void call_connected(struct mcm_call *call)
{
	struct mcm_adapter *own = call->own;

	/* It cannot be activated if the client has closed it: close_call() is on its way. */
	if (call->state != MCM_ANSWERED || call_activate(call))
		return;
	call->state = MCM_UP;
	condis_mcm_dispatch_call_connected(call->vc);

	spin_lock_bh(&own->lock);
	if (call->peer) {
		call->through = true;
		call->peer->through = true;
	}
	spin_unlock_bh(&own->lock);
	mcm_carry(own);
}

/*
 * 8. Our own client hangs up.
 *
 * close_call() comes once for each call, in whatever state it is: being made,
 * offered, up, or hung up by the far end.  It answers -EINPROGRESS and owes, in
 * this order: all packets back, the network released, the VC deactivated, and
 * condis_mcm_close_call_complete().  Only after that a VC of ours is deleted.
 *
 * A VC must not be deactivated while we have a packet of it.  Those that wait in
 * the queue are given back; for the one that the work has, the work posts a
 * signal when it is back, as a device would whose DMA has to stop first.
 */
static bool call_has_packets(struct mcm_call *call)
{
	bool has;

	spin_lock_bh(&call->own->lock);
	has = call->in_hand;
	spin_unlock_bh(&call->own->lock);
	return has;
}

static void call_finish(struct mcm_call *call)
{
	struct condis_vc *vc = call->vc;
	bool incoming = call->incoming;

	mcm_call_let_go(call);
	if (call_has_packets(call)) {
		call->state = MCM_DRAINING;
		return;
	}
	if (call->state != MCM_DEACTIVATING && condis_vc_is_active(vc)) {
		call->state = MCM_DEACTIVATING;
		/* The core is handing us one, or the client is in its receive(). */
		if (condis_mcm_deactivate_vc(vc) == -EINPROGRESS)
			return;
	}
	call->state = MCM_OVER;
	/* With this a VC of the client's is the client's to delete: look at it no more. */
	condis_mcm_close_call_complete(vc);
	if (incoming)
		condis_mcm_delete_vc(vc);
}

static int mcm_close_call(struct condis_vc *vc, u32 cause)
{
	struct mcm_call *call = mcm_call_of(vc);

	if (!cause)
		cause = Q850_NORMAL_CLEARING;
	call_diagnose(call, cause, false);
	/* A call that was still being made fails first: each word gets its own answer. */
	if (call->state == MCM_CALLING)
		condis_mcm_make_call_complete(vc, -ECANCELED, cause);

	spin_lock_bh(&call->own->lock);
	call->open = false;
	spin_unlock_bh(&call->own->lock);
	call_flush(call, -ECANCELED);

	call->state = MCM_RELEASING;
	if (call_tell(call, MCM_RELEASE, cause))
		call_wait(call, release_ms);
	else
		call_finish(call);	/* the network has released it already, or never had it */
	return -EINPROGRESS;
}

static void mcm_deactivate_vc_complete(struct condis_vc *vc)
{
	if (mcm_call_of(vc)->state == MCM_DEACTIVATING)
		call_finish(mcm_call_of(vc));
}

/*
 * 9. The network has cleared the call: the far end hung up, or answers ours.
 *
 * A hang-up tears nothing down.  The client is told, after it has all its packets
 * back; it answers with a close, and close_call() does the rest.  It may have
 * closed in the same moment: then the core swallows the hang-up, and its answer
 * is no error of ours.  Two ends that hang up at once each take the other's
 * RELEASE for the answer to their own.
 */
static void call_cleared(struct mcm_call *call, u32 cause)
{
	enum mcm_state state = call->state;

	if (state == MCM_RELEASING) {
		call_finish(call);
		return;
	}
	if (state == MCM_DRAINING || state == MCM_DEACTIVATING || state == MCM_OVER)
		return;
	if (state == MCM_CALLING) {
		call_fail(call, -ECONNREFUSED, cause);
		return;
	}
	call_diagnose(call, cause, true);
	mcm_call_let_go(call);
	call->state = MCM_OVER;
	condis_mcm_dispatch_incoming_close_call(call->vc, cause);
}

/* The peer has posted, or the work: one run may be for more than one of them. */
static void mcm_signal(struct condis_vc *vc)
{
	struct mcm_call *call = mcm_call_of(vc);
	unsigned long inbox;
	unsigned int message;
	u32 cause;

	spin_lock_bh(&call->own->lock);
	inbox = call->inbox;
	cause = call->inbox_cause;
	call->inbox = 0;
	spin_unlock_bh(&call->own->lock);

	for_each_set_bit(message, &inbox, ARRAY_SIZE(message_names)) {
		condis_trace_message(vc, CONDIS_PARTY_NETWORK, CONDIS_PARTY_MINIPORT,
				     message_names[message], message < MCM_RELEASE ? 0 : cause);
		switch ((enum mcm_message)message) {
		case MCM_ALERTING:
			if (call->state == MCM_CALLING)
				condis_mcm_call_progress(vc, true);
			break;
		case MCM_CONNECT:
			call_answered(call);
			break;
		case MCM_CONNECT_ACK:
			call_connected(call);
			break;
		case MCM_RELEASE:
			/* At once: the far end does not wait for our client. */
			call_tell(call, MCM_RELEASED, cause);
			call_cleared(call, cause);
			break;
		case MCM_RELEASED:
			call_cleared(call, cause);
			break;
		}
	}
	if (call->state == MCM_DRAINING)
		call_finish(call);
}

/*
 * The time is up.  A timer that was stopped may be on its way, and then come in
 * another wait: the deadline tells.
 */
static void mcm_timer(struct condis_vc *vc)
{
	struct mcm_call *call = mcm_call_of(vc);

	if (time_before(jiffies, call->deadline))
		return;
	if (call->state == MCM_CALLING) {
		call_tell(call, MCM_RELEASED, Q850_NO_ANSWER);
		call_fail(call, -ETIMEDOUT, Q850_NO_ANSWER);
	} else if (call->state == MCM_RELEASING) {
		/* Whatever keeps the far end busy does not keep our client from closing. */
		call_finish(call);
	}
}

const struct condis_cm_ops mcm_ops = {
	.sap_priv = sizeof(struct mcm_sap),
	.vc_priv = sizeof(struct mcm_call),
	.open_af = mcm_open_af,
	.close_af = mcm_close_af,
	.register_sap = mcm_register_sap,
	.deregister_sap = mcm_deregister_sap,
	.create_vc = mcm_create_vc,
	.delete_vc = mcm_delete_vc,
	.make_call = mcm_make_call,
	.incoming_call_pending = mcm_incoming_call_pending,
	.incoming_call_complete = mcm_incoming_call_complete,
	.close_call = mcm_close_call,
	.deactivate_vc_complete = mcm_deactivate_vc_complete,
	.signal = mcm_signal,
	.timer = mcm_timer,
	.oid_request = mcm_oid_request,
};
