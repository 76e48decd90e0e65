// SPDX-License-Identifier: GPL-2.0
/*
 * CO requests: what a client asks a call manager, and the other way round.
 */
#include "core.h"
#include "trace.h"

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
	       call == CONDIS_CALL_OUT_ABORTING ? -ESHUTDOWN : 0;
}

static void request_add(struct condis_af *af, struct condis_vc *vc,
			struct condis_oid_request *req)
{
	req->af = af;
	req->vc = vc;
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

static int request_check(const struct condis_oid_request *req)
{
	return req && (req->buf || !req->len) && req->complete ? 0 : -EINVAL;
}

/**
 * condis_co_oid_request() - NdisCoOidRequest: ask the call manager
 * @af: an open address family
 * @vc: the call it is about, or NULL
 * @req: the request; the core's until it is answered
 *
 * Return: 0: answered; -EINPROGRESS: req->complete() follows; an error of the call manager's:
 * -EMSGSIZE (too short, req->needed says how long), -EOPNOTSUPP (unknown); or -EINVAL (an
 * argument is missing), -ESHUTDOWN (the family or the call is closing (R23)), -EAGAIN (the
 * adapter is being reset), -ENODEV (the adapter or the VC is gone)
 *
 * Context: process context; also in handlers
 */
int condis_co_oid_request(struct condis_af *af, struct condis_vc *vc,
			  struct condis_oid_request *req)
{
	struct condis_adapter *adapter;
	int err;

	err = request_check(req);
	if (err || !af || (vc && vc->af != af))
		return -EINVAL;
	adapter = af->family->adapter;
	if (READ_ONCE(adapter->removed))
		return -ENODEV;
	if (READ_ONCE(adapter->resetting))
		return -EAGAIN;
	err = request_allowed(vc, req->oid);
	if (err)
		return err;
	condis_delay_point("request.allowed", af->id);

	spin_lock_bh(&af->upcalls.lock);
	/* A close waits for it like for a call; after the close nothing is asked (I7). */
	if (af->state != CONDIS_AF_OPEN && !(vc && af->state == CONDIS_AF_DRAINING)) {
		spin_unlock_bh(&af->upcalls.lock);
		return -ESHUTDOWN;
	}
	atomic_inc(&af->children);
	spin_unlock_bh(&af->upcalls.lock);

	/* An answer may let go of the family before the handler has returned. */
	condis_af_hold(af);
	request_add(af, vc, req);
	condis_delay_point("request.added", af->id);
	err = -ENODEV;
	if (condis_family_enter(af->family)) {
		err = af->family->ops->oid_request ?
		      af->family->ops->oid_request(af, vc, req) : -EOPNOTSUPP;
		condis_family_leave(af->family);
	}
	err = request_finish(af, vc, req, err);
	condis_af_put(af);
	return err;
}
EXPORT_SYMBOL_GPL(condis_co_oid_request);

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

	if (!af || request_check(req))
		return -EINVAL;
	/* First: the client of a family that was closed may be gone with its module. */
	if (!condis_af_add_child(af))
		return -ESHUTDOWN;
	condis_af_hold(af);
	request_add(af, NULL, req);
	err = af->ops->oid_request ? af->ops->oid_request(af, req) : -EOPNOTSUPP;
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
 * Return: 0; -EINVAL (an argument is missing, @status is -EINPROGRESS); -ENOENT (it is not pending:
 * too late, or twice)
 *
 * Context: process context; also in handlers
 */
int condis_mcm_oid_request_complete(struct condis_af *af, struct condis_oid_request *req,
				    int status)
{
	if (!af || !req || status == -EINPROGRESS)
		return -EINVAL;
	return request_complete(af, req, status);
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

	for (;;) {
		spin_lock_bh(&af->lock);
		req = list_first_entry_or_null(&af->requests, struct condis_oid_request, node);
		spin_unlock_bh(&af->lock);
		/* Only the AF's force takes from the head; a completion in between is a miss. */
		if (!req)
			return;
		request_complete(af, req, -ENODEV);
	}
}
