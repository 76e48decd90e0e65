// SPDX-License-Identifier: GPL-2.0
/*
 * CO requests: what a client asks a call manager, and the other way round.
 */
#include <linux/overflow.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <condis/data.h>

#include "core.h"

/* Whether a call may still be asked about (R23): the diagnostics outlive it. */
static int request_allowed(struct condis_vc *vc, u32 oid)
{
	enum condis_call_state call;

	if (!vc)
		return 0;
	call = READ_ONCE(vc->call);
	if (call == CONDIS_CALL_DELETED)
		return -ENODEV;
	if (oid == OID_CO_TAPI_GET_CALL_DIAGNOSTICS)
		return 0;
	return call == CONDIS_CALL_CLOSING || call == CONDIS_CALL_COMPLETING ||
	       call == CONDIS_CALL_CLOSED || call == CONDIS_CALL_OUT_ABORTING ? -ESHUTDOWN : 0;
}

static void request_add(struct condis_af *af, struct condis_vc *vc,
			struct condis_oid_request *req, u8 asked)
{
	req->af = af;
	req->vc = vc;
	req->asked = asked;
	condis_af_hold(af);
	if (vc)
		condis_vc_hold(vc);
	condis_adapter_count(af->family->adapter, CONDIS_COUNT_REQUEST, 1);
	spin_lock_bh(&af->lock);
	list_add_tail(&req->node, &af->requests);
	spin_unlock_bh(&af->lock);
}

/* Whoever takes it off the list completes it, so it completes once (rule 4). */
static bool request_claim(struct condis_af *af, struct condis_oid_request *req)
{
	struct condis_oid_request *pending;
	bool claimed = false;

	spin_lock_bh(&af->lock);
	list_for_each_entry(pending, &af->requests, node) {
		if (pending == req) {
			list_del_init(&req->node);
			claimed = true;
			break;
		}
	}
	spin_unlock_bh(&af->lock);
	return claimed;
}

/* The request is the caller's again before this returns; only @af and @vc are used after. */
static void request_done(struct condis_af *af, struct condis_vc *vc)
{
	condis_adapter_count(af->family->adapter, CONDIS_COUNT_REQUEST, -1);
	if (vc)
		condis_vc_put(vc);
	condis_af_remove_child(af);
	condis_af_put(af);
}

static int request_finish(struct condis_af *af, struct condis_vc *vc,
			  struct condis_oid_request *req, int status)
{
	if (status == -EINPROGRESS)
		return status;
	/* Answered by return, unless a completion came first: then that was the answer. */
	if (!request_claim(af, req))
		return -EINPROGRESS;
	request_done(af, vc);
	return status;
}

static bool request_is_whole(const struct condis_oid_request *req)
{
	return req && (req->buf || !req->len) && req->complete;
}

/* Requests whose answers would be parameters of a data client's call. */
static bool request_translates(u32 oid)
{
	return oid == OID_CO_TAPI_TRANSLATE_TAPI_CALLPARAMS ||
	       oid == OID_CO_TAPI_TRANSLATE_NDIS_CALLPARAMS ||
	       oid == OID_CO_TAPI_TRANSLATE_TAPI_SAP;
}

/* Requests that are about a call, and nothing else. */
static bool request_needs_vc(u32 oid)
{
	return oid == OID_CO_TAPI_REPORT_DIGITS || oid == OID_CO_TAPI_DONT_REPORT_DIGITS ||
	       oid == OID_CONDIS_GENERATE_DIGITS;
}

/* Ask.  Who is not the client knows nothing of a reset or a close, and is at fault for neither. */
static int request_ask(struct condis_af *af, struct condis_vc *vc, struct condis_oid_request *req,
		       u8 by, unsigned long caller)
{
	struct condis_adapter *adapter = af->family->adapter;
	int err;

	if (READ_ONCE(adapter->removed))
		return -ENODEV;
	if (READ_ONCE(adapter->resetting)) {
		if (by == CONDIS_BY_CLIENT && !req->unaware && READ_ONCE(adapter->reset_told))
			condis_breach(&af->upcalls, WRONG_REQUEST, by, caller,
				      "asks during a reset");
		return -EAGAIN;
	}
	if (af->family->type == CONDIS_AF_TAPI_PROXY && request_translates(req->oid)) {
		if (by == CONDIS_BY_CLIENT)
			condis_breach(&af->upcalls, WRONG_REQUEST, by, caller,
				      "asks TAPI_PROXY to translate");
		return -EOPNOTSUPP;
	}
	if (!vc && request_needs_vc(req->oid)) {
		if (by == CONDIS_BY_CLIENT)
			condis_breach(&af->upcalls, WRONG_REQUEST, by, caller,
				      "asks for the digits of no call");
		return -EINVAL;
	}
	err = request_allowed(vc, req->oid);
	if (err)
		return err;
	condis_delay_point("request.allowed", af->id);

	condis_upcall_lock(&af->upcalls, by, caller);
	/* A close waits for it like for a call; after the close nothing is asked (I7). */
	if (af->state != CONDIS_AF_OPEN && !(vc && af->state == CONDIS_AF_DRAINING)) {
		condis_af_refuse(af);
		condis_upcall_unlock(&af->upcalls);
		return -ESHUTDOWN;
	}
	atomic_inc(&af->children);
	condis_upcall_unlock(&af->upcalls);

	/* An answer may let go of the family before the handler has returned. */
	condis_af_hold(af);
	request_add(af, vc, req, CONDIS_BY_CM);
	condis_delay_point("request.added", af->id);
	err = -ENODEV;
	if (condis_family_enter(af->family)) {
		err = -EOPNOTSUPP;
		if (af->family->ops->oid_request)
			err = condis_answer(&af->upcalls, CONDIS_BY_CM,
					    af->family->ops->oid_request(af, vc, req),
					    af->family->ops->oid_request);
		condis_family_leave(af->family);
	}
	err = request_finish(af, vc, req, err);
	condis_af_put(af);
	return err;
}

/**
 * condis_co_oid_request() - NdisCoOidRequest: ask the call manager
 * @af: an open address family
 * @vc: the call it is about, or NULL
 * @req: the request; the core's until it is answered
 *
 * A request has no deadline of its own.  One that the call manager never answers is answered for
 * when the family is closed and does not come down, or the adapter is halted: with -ENODEV.  So
 * no command of a user's waits for one; what is owed behind it waits as long.
 *
 * Return: 0: answered; -EINPROGRESS: req->complete() follows; an error of the call manager's:
 * -EMSGSIZE (too short, req->needed says how long), -EOPNOTSUPP (unknown, or not for this
 * family); or -EINVAL (an argument is missing), -ESHUTDOWN (the family or the call is closing, or
 * closed (R23)), -EAGAIN (the adapter is being reset), -ENODEV (the adapter or the VC is gone)
 *
 * Context: process context; also in handlers
 */
int condis_co_oid_request(struct condis_af *af, struct condis_vc *vc,
			  struct condis_oid_request *req)
{
	if (IS_ERR_OR_NULL(af))
		return condis_bad_argument(CONDIS_BY_CLIENT);
	if (!condis_control(&af->upcalls, CONDIS_BY_CLIENT))
		return -ESHUTDOWN;
	if (vc && !condis_use(&vc->upcalls, CONDIS_BY_CLIENT))
		return -ENODEV;
	if (!request_is_whole(req) || (vc && vc->af != af))
		return condis_bad_argument_of(&af->upcalls, CONDIS_BY_CLIENT);
	return request_ask(af, vc, req, CONDIS_BY_CLIENT, _RET_IP_);
}
EXPORT_SYMBOL_GPL(condis_co_oid_request);

/**
 * condis_co_call_oid_request() - NdisCoOidRequest about a call, beside its handlers
 * @vc: the call, held by the caller; it may be closed or deleted meanwhile
 * @req: the request; the core's until it is answered
 *
 * For a client that asks on behalf of somebody else, a user say: while he asks, the far end
 * hangs up, and the call manager deletes what is its own, without waiting for him.  So no
 * refusal is a breach.
 *
 * Return: as condis_co_oid_request(); -ENODEV also if the VC was deleted
 *
 * Context: process context; also in handlers
 */
int condis_co_call_oid_request(struct condis_vc *vc, struct condis_oid_request *req)
{
	if (IS_ERR_OR_NULL(vc))
		return condis_bad_argument(CONDIS_BY_CLIENT);
	if (!condis_control(&vc->upcalls, CONDIS_BY_NOBODY))
		return -ENODEV;
	if (!request_is_whole(req))
		return condis_bad_argument_of(&vc->upcalls, CONDIS_BY_CLIENT);
	return request_ask(vc->af, vc, req, CONDIS_BY_NOBODY, _RET_IP_);
}
EXPORT_SYMBOL_GPL(condis_co_call_oid_request);

/**
 * struct data_request - a request of somebody who is not the VC's client
 * @request: the request
 * @ref: of the asker, until it was asked, and of the completion
 * @client: the data client that is told of a late answer, if it is that still; never looked into
 *	before that is certain
 * @data: what @request works on
 */
struct data_request {
	struct condis_oid_request request;
	refcount_t ref;
	struct condis_data_client *client;
	u8 data[] __aligned(8);
};

static void data_request_put(struct data_request *own)
{
	if (refcount_dec_and_test(&own->ref))
		kfree(own);
}

/* The VC is the request's still, and with it who has its data. */
static void data_request_complete(struct condis_oid_request *req, int status)
{
	struct data_request *own = container_of(req, struct data_request, request);
	struct condis_data_client *client;

	rcu_read_lock();
	client = rcu_dereference(req->vc->data_client);
	if (client && client == own->client && client->ops->oid_complete)
		client->ops->oid_complete(client, req->oid, own->data, req->len, status);
	rcu_read_unlock();
	data_request_put(own);
}

/**
 * condis_co_data_oid_request() - NdisCoOidRequest of a CoNDIS WAN protocol: ask the miniport
 * @vc: the VC that carries the data, held by the caller; it may be closed or deleted
 * @client: its data client, who is told of an answer that comes later; only compared, so it may
 *	have detached and be gone; NULL: anybody, and such an answer is lost
 * @oid: what is asked
 * @buf: data, in and out
 * @len: bytes at @buf
 *
 * The request is the core's own: who asks can detach and go with its module while the
 * miniport still thinks.  And whoever asks beside the VC's client cannot know what that
 * has closed, nor what the adapter goes through, so no refusal is a breach.
 *
 * Return: 0: answered; -EINPROGRESS: oid_complete() of @client follows, unless it detaches
 * before; an error of the miniport's: -EMSGSIZE, -EOPNOTSUPP, or what the OID says; or -EINVAL (an
 * argument is missing), -ENOTCONN (@client is not the VC's data client, or not any more),
 * -ESHUTDOWN (the family or the call is closing, or closed (R23)), -EAGAIN (the adapter is being
 * reset), -ENODEV (the adapter or the VC is gone), -ENOMEM
 *
 * Context: process context, may sleep; also in handlers
 */
int condis_co_data_oid_request(struct condis_vc *vc, struct condis_data_client *client, u32 oid,
			       void *buf, u32 len)
{
	struct data_request *own;
	int err = -ENOTCONN;

	if (IS_ERR_OR_NULL(vc) || (!buf && len))
		return -EINVAL;
	if (!condis_control(&vc->upcalls, CONDIS_BY_NOBODY))
		return -ENODEV;
	own = kzalloc(struct_size(own, data, len), GFP_KERNEL_ACCOUNT);
	if (!own)
		return -ENOMEM;
	memcpy(own->data, buf, len);
	/* Answered for the miniport at a deadline, its handler may still work on the data. */
	refcount_set(&own->ref, 2);
	own->client = client;
	own->request.oid = oid;
	own->request.buf = own->data;
	own->request.len = len;
	own->request.complete = data_request_complete;
	if (!client || rcu_access_pointer(vc->data_client) == client)
		err = request_ask(vc->af, vc, &own->request, CONDIS_BY_NOBODY, _RET_IP_);
	if (err == -EINPROGRESS) {
		data_request_put(own);
		return err;
	}
	if (!err)
		memcpy(buf, own->data, len);
	kfree(own);
	return err;
}
EXPORT_SYMBOL_GPL(condis_co_data_oid_request);

/**
 * condis_mcm_oid_request() - NdisMCmOidRequest: ask, or tell, the client
 * @af: an open address family
 * @req: the request (OID_CO_SIGNALING_*); the core's until it is answered
 *
 * Return: 0: answered; an error of the client's; or -EINVAL (an argument is missing),
 * -ESHUTDOWN (the family is closing), -EOPNOTSUPP (the client takes none)
 *
 * Context: process context; also in handlers
 */
int condis_mcm_oid_request(struct condis_af *af, struct condis_oid_request *req)
{
	int err;

	if (IS_ERR_OR_NULL(af))
		return condis_bad_argument(CONDIS_BY_CM);
	if (!condis_control(&af->upcalls, CONDIS_BY_CM))
		return -ESHUTDOWN;
	if (!request_is_whole(req))
		return condis_bad_argument_of(&af->upcalls, CONDIS_BY_CM);
	/* First: the client of a family that was closed may be gone with its module. */
	if (!condis_af_add_child(af, CONDIS_BY_CM, _RET_IP_))
		return -ESHUTDOWN;
	condis_af_hold(af);
	request_add(af, NULL, req, CONDIS_BY_CLIENT);
	err = -EOPNOTSUPP;
	if (af->ops->oid_request)
		err = condis_answer(&af->upcalls, CONDIS_BY_CLIENT, af->ops->oid_request(af, req),
				    af->ops->oid_request);
	err = request_finish(af, NULL, req, err);
	condis_af_put(af);
	return err;
}
EXPORT_SYMBOL_GPL(condis_mcm_oid_request);

/* @af is held by the request's place in the list, which the claim has taken over. */
static int request_complete(struct condis_af *af, struct condis_oid_request *req, int status)
{
	struct condis_vc *vc;

	if (!request_claim(af, req)) {
		condis_adapter_late(af->family->adapter, CONDIS_LATE_COMPLETION);
		return -ENOENT;
	}
	vc = req->vc;
	condis_delay_point("request.claimed", af->id);
	req->complete(req, status);
	request_done(af, vc);
	return 0;
}

/**
 * condis_mcm_oid_request_complete() - NdisMCmOidRequestComplete: answer a request
 * @af: the family it came by
 * @req: the request; the asker's again on return
 * @status: 0 or an error; not -EINPROGRESS
 *
 * Also for a client that answers a call manager (NdisCoOidRequestComplete).
 *
 * Return: 0; -EINVAL (an argument is missing, @status is -EINPROGRESS or positive); -ENOENT (it is
 * not pending: too late, or twice)
 *
 * Context: process context; also in handlers
 */
int condis_mcm_oid_request_complete(struct condis_af *af, struct condis_oid_request *req,
				    int status)
{
	int err;

	if (IS_ERR_OR_NULL(af))
		return condis_bad_argument(CONDIS_BY_CM);
	if (!condis_control(&af->upcalls, CONDIS_BY_NOBODY))
		return -ENOENT;
	if (!req)
		return condis_bad_argument_of(&af->upcalls, CONDIS_BY_CM);
	if (condis_bad_status(&af->upcalls, CONDIS_BY_CM, status))
		return -EINVAL;
	err = request_complete(af, req, status);
	/* Whose it was cannot be told from memory that may be another request's now. */
	if (err && !(READ_ONCE(af->upcalls.watch.excused) & (CONDIS_BY_CM | CONDIS_BY_CLIENT)))
		condis_breach(&af->upcalls, COMPLETION_TWICE, CONDIS_BY_CM, _RET_IP_,
			      "answers a request that is not pending");
	return err;
}
EXPORT_SYMBOL_GPL(condis_mcm_oid_request_complete);

/**
 * condis_requests_abort() - answer what the call manager did not
 * @af: the family
 *
 * Context: process context, no lock held
 */
void condis_requests_abort(struct condis_af *af)
{
	struct condis_oid_request *req;
	u8 asked;

	for (;;) {
		spin_lock_bh(&af->lock);
		req = list_first_entry_or_null(&af->requests, struct condis_oid_request, node);
		asked = req ? req->asked : CONDIS_BY_NOBODY;
		spin_unlock_bh(&af->lock);
		/* Only the AF's force takes from the head; a completion in between is a miss. */
		if (!req)
			return;
		if (!READ_ONCE(af->family->adapter->removed))
			condis_breach(&af->upcalls, NO_ANSWER, asked, 0,
				      "a request was never answered");
		request_complete(af, req, -ENODEV);
	}
}
