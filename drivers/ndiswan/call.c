// SPDX-License-Identifier: GPL-2.0
/*
 * Leg B: what the core says of a call that is offered to us.
 *
 * The upcalls of one VC come one at a time; whoever closes all calls of a binding
 * comes beside them, and meets them under wan.lock.
 */
#include <linux/err.h>

#include "ndiswan.h"

static struct ndiswan_wan *call_wan(const struct ndiswan_call *call)
{
	return condis_af_context(condis_vc_af(call->vc));
}

/* The link of a call, once: it is the caller's to take down. */
static struct ndiswan_link *call_take_link(struct ndiswan_call *call)
{
	struct ndiswan_link *link = call->link;

	lockdep_assert_held(&call_wan(call)->lock);
	call->link = NULL;
	return link;
}

/**
 * ndiswan_create_vc() - ProtocolCoCreateVc
 * @vc: the call manager's, for an offer that follows
 *
 * Return: 0; -ESHUTDOWN: the family is being closed
 *
 * Context: process context
 */
int ndiswan_create_vc(struct condis_vc *vc)
{
	struct ndiswan_call *call = condis_vc_client(vc);
	struct ndiswan_wan *wan;
	int err = -ESHUTDOWN;

	call->vc = vc;
	wan = call_wan(call);
	INIT_LIST_HEAD(&call->node);
	spin_lock_bh(&wan->lock);
	if (!wan->closing) {
		list_add_tail(&call->node, &wan->calls);
		err = 0;
	}
	spin_unlock_bh(&wan->lock);
	return err;
}

/**
 * ndiswan_delete_vc() - ProtocolCoDeleteVc: the last word on it
 * @vc: the VC
 *
 * Context: process context
 */
void ndiswan_delete_vc(struct condis_vc *vc)
{
	struct ndiswan_call *call = condis_vc_client(vc);
	struct ndiswan_wan *wan = call_wan(call);
	struct ndiswan_link *link;

	spin_lock_bh(&wan->lock);
	list_del_init(&call->node);
	link = call_take_link(call);
	spin_unlock_bh(&wan->lock);
	if (link)
		ndiswan_link_down(link);
}

/**
 * ndiswan_make_call_complete() - ProtocolClMakeCallComplete: we make no calls
 * @vc: never one of ours
 * @status: of the call
 * @cause: likewise
 *
 * Context: process context
 */
void ndiswan_make_call_complete(struct condis_vc *vc, int status, u32 cause)
{
}

/* Take the link down, and close the call; the second time it does nothing. */
static void call_close(struct ndiswan_call *call)
{
	struct ndiswan_wan *wan = call_wan(call);
	struct ndiswan_link *link;
	bool close;

	spin_lock_bh(&wan->lock);
	close = call->offered && !call->closing;
	call->closing = true;
	link = call_take_link(call);
	spin_unlock_bh(&wan->lock);

	if (link)
		ndiswan_link_down(link);
	condis_delay_point("ndiswan.call.down", condis_vc_id(call->vc));
	if (close)
		condis_cl_close_call(call->vc, Q850_NORMAL_CLEARING);
}

/**
 * ndiswan_incoming_call() - ProtocolClIncomingCall: a call's data is for us
 * @vc: the VC
 * @sap: where it came
 * @params: of the call
 *
 * Return: 0: accepted; -ESHUTDOWN: the family is being closed, or the namespace goes; -EINVAL: the
 * call manager has named no VC that carries data; -ENOTCONN, -EBUSY: that VC's packets cannot be
 * had; -EOPNOTSUPP: it carries none; -ENOMEM; -EINPROGRESS: who closes all calls decides
 *
 * Context: process context
 */
int ndiswan_incoming_call(struct condis_vc *vc, struct condis_sap *sap,
			  const struct condis_call_params *params)
{
	struct ndiswan_call *call = condis_vc_client(vc);
	struct ndiswan_wan *wan = call_wan(call);
	struct ndiswan_link *link;
	struct condis_vc *data;
	bool closing;

	spin_lock_bh(&wan->lock);
	/* Who closes all calls does not see this one yet. */
	closing = wan->closing;
	call->offered = !closing;
	spin_unlock_bh(&wan->lock);
	if (closing)
		return -ESHUTDOWN;

	data = condis_vc_data(vc);
	if (data) {
		link = ndiswan_link_create(data);
		condis_vc_put(data);
	} else {
		link = ERR_PTR(-EINVAL);
	}
	if (!IS_ERR(link))
		condis_co_set_tapi_call_id(vc, ppp_channel_index(&link->channel));

	condis_delay_point("ndiswan.call.made", condis_vc_id(vc));
	spin_lock_bh(&wan->lock);
	closing = call->closing;
	if (IS_ERR(link))
		call->offered = false;
	else if (!closing)
		call->link = link;
	spin_unlock_bh(&wan->lock);
	if (!closing)
		return PTR_ERR_OR_ZERO(link);
	/*
	 * Who closes all calls has taken this one, and may not have come to say so: a refusal of
	 * ours would be heard first, and its VC be gone by then.
	 */
	if (!IS_ERR(link))
		ndiswan_link_down(link);
	return -EINPROGRESS;
}

/**
 * ndiswan_call_connected() - ProtocolClCallConnected: packets may be sent
 * @vc: the VC
 *
 * Context: process context
 */
void ndiswan_call_connected(struct condis_vc *vc)
{
	struct ndiswan_call *call = condis_vc_client(vc);
	struct ndiswan_wan *wan = call_wan(call);

	spin_lock_bh(&wan->lock);
	if (call->link)
		ndiswan_link_up(call->link, wan->paused || wan->resetting);
	spin_unlock_bh(&wan->lock);
}

/**
 * ndiswan_incoming_close_call() - ProtocolClIncomingCloseCall: the call is over
 * @vc: the VC
 * @cause: why
 *
 * Context: process context
 */
void ndiswan_incoming_close_call(struct condis_vc *vc, u32 cause)
{
	struct ndiswan_call *call = condis_vc_client(vc);

	call_close(call);
}

/**
 * ndiswan_close_call_complete() - ProtocolClCloseCallComplete: the call manager deletes the VC
 * @vc: the VC
 *
 * Context: process context
 */
void ndiswan_close_call_complete(struct condis_vc *vc)
{
}

/**
 * ndiswan_calls_close() - close all calls of a binding
 * @wan: the binding, which takes no new ones
 *
 * Context: process context, no lock held; waits for nobody
 */
void ndiswan_calls_close(struct ndiswan_wan *wan)
{
	struct ndiswan_call *call;
	struct condis_vc *vc;
	LIST_HEAD(todo);

	spin_lock_bh(&wan->lock);
	list_splice_init(&wan->calls, &todo);
	while ((call = list_first_entry_or_null(&todo, struct ndiswan_call, node))) {
		list_move_tail(&call->node, &wan->calls);
		/* It may end while the lock is not held. */
		vc = call->vc;
		condis_vc_hold(vc);
		spin_unlock_bh(&wan->lock);
		call_close(call);
		condis_vc_put(vc);
		spin_lock_bh(&wan->lock);
	}
	spin_unlock_bh(&wan->lock);
}

/**
 * ndiswan_calls_forget() - take down the links of calls that the core has ended without a word
 * @wan: the binding
 *
 * Context: process context, no lock held
 */
void ndiswan_calls_forget(struct ndiswan_wan *wan)
{
	struct ndiswan_call *call;
	struct ndiswan_link *link;

	spin_lock_bh(&wan->lock);
	while ((call = list_first_entry_or_null(&wan->calls, struct ndiswan_call, node))) {
		list_del_init(&call->node);
		link = call_take_link(call);
		spin_unlock_bh(&wan->lock);
		if (link)
			ndiswan_link_down(link);
		spin_lock_bh(&wan->lock);
	}
	spin_unlock_bh(&wan->lock);
}

/**
 * ndiswan_calls_hold() - nothing is to be sent on an adapter for a while, or it goes on
 * @wan: the binding
 * @why: which of its reasons begins or ends
 * @hold: whether it begins
 *
 * Context: process context, no lock held
 */
void ndiswan_calls_hold(struct ndiswan_wan *wan, bool *why, bool hold)
{
	struct ndiswan_call *call;

	spin_lock_bh(&wan->lock);
	*why = hold;
	hold = wan->paused || wan->resetting;
	list_for_each_entry(call, &wan->calls, node)
		if (call->link)
			ndiswan_link_hold(call->link, hold);
	spin_unlock_bh(&wan->lock);
}
