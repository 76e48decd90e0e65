// SPDX-License-Identifier: GPL-2.0
/*
 * Requests: what is answered by a LINE_REPLY, once.
 *
 * A request is pending in its call's list until something of the call answers
 * it; then its reply is queued; who reads the reply frees it.  A line handle that
 * is closed suppresses the replies of its requests (tapi-mapi A.7, 4): what is
 * pending then is freed when it is answered.
 */
#include <linux/slab.h>

#include "ndproxy.h"

static void request_init(struct ndproxy_pending *request, struct ndproxy_session *session)
{
	memset(request, 0, sizeof(*request));
	ndproxy_slot_init(&request->slot, NDPROXY_SLOT_REPLY, request);
	INIT_LIST_HEAD(&request->line_node);
	INIT_LIST_HEAD(&request->call_node);
	request->session = session;
	kref_get(&session->ref);
}

/**
 * ndproxy_request_alloc() - make a request
 * @session: whose it is; charged
 *
 * Return: the request, for ndproxy_request_free() or ndproxy_request_start(); an ERR_PTR():
 * -EDQUOT, -ENOMEM
 *
 * Context: process context, may sleep
 */
struct ndproxy_pending *ndproxy_request_alloc(struct ndproxy_session *session)
{
	struct ndproxy_pending *request;
	int err;

	err = ndproxy_session_charge(session, CONDIS_CHARGE_REQUEST);
	if (err)
		return ERR_PTR(err);
	request = kmalloc(sizeof(*request), GFP_KERNEL_ACCOUNT);
	if (!request) {
		ndproxy_session_uncharge(session, CONDIS_CHARGE_REQUEST);
		return ERR_PTR(-ENOMEM);
	}
	request_init(request, session);
	return request;
}

/**
 * ndproxy_request_reserved() - the request of a call handle's first drop
 * @ch: the call handle
 *
 * Return: the request, or NULL if it is in use
 *
 * Context: any but interrupts
 */
struct ndproxy_pending *ndproxy_request_reserved(struct ndproxy_call_handle *ch)
{
	struct ndproxy_session *session = ch->handle.session;
	bool used;

	spin_lock(&session->lock);
	used = ch->drop_used;
	ch->drop_used = true;
	spin_unlock(&session->lock);
	if (used)
		return NULL;

	request_init(&ch->drop, session);
	ch->drop.embedded = ch;
	kref_get(&ch->handle.ref);
	return &ch->drop;
}

/**
 * ndproxy_request_free() - a request is over
 * @request: the request, in no list and no queue
 *
 * Context: any but interrupts; not under session.lock
 */
void ndproxy_request_free(struct ndproxy_pending *request)
{
	struct ndproxy_call_handle *ch = request->embedded;
	struct ndproxy_session *session = request->session;

	if (ch) {
		spin_lock(&session->lock);
		ch->drop_used = false;
		spin_unlock(&session->lock);
		ndproxy_handle_put(&ch->handle);
	} else {
		kfree(request);
		ndproxy_session_uncharge(session, CONDIS_CHARGE_REQUEST);
	}
	ndproxy_session_put(session);
}

/**
 * ndproxy_request_start() - a request is pending from now on
 * @request: the request
 * @ch: the call handle that it was made with
 * @command: the command's number
 * @cookie: the caller's
 *
 * Context: the adapter's lock held
 */
void ndproxy_request_start(struct ndproxy_pending *request, struct ndproxy_call_handle *ch,
			   u32 command, u64 cookie)
{
	struct ndproxy_session *session = request->session;
	struct ndproxy_line *line = ch->call->line;

	lockdep_assert_held(&line->adapter->lock);
	request->cookie = cookie;
	request->command = _IOC_NR(command);
	request->handle = ch->handle.id;
	request->line_handle = ch->line_handle->handle.id;
	request->adapter = line->adapter->id;
	request->line = line->number;
	list_add_tail(&request->call_node, &ch->call->requests);

	spin_lock(&session->lock);
	if (session->ended || ch->line_handle->handle.silent)
		request->state = NDPROXY_REQUEST_SUPPRESSED;
	else
		list_add_tail(&request->line_node, &ch->line_handle->requests);
	spin_unlock(&session->lock);
}

/**
 * ndproxy_request_finish() - a request is answered: queue its reply
 * @request: the request, in its call's list or in none
 * @status: 0 or a negative errno
 * @cause: Q.850 cause of a failed make-call
 * @mode: LINEDISCONNECTMODE_* likewise
 *
 * Context: the adapter's lock held
 */
void ndproxy_request_finish(struct ndproxy_pending *request, int status, u32 cause, u32 mode)
{
	struct ndproxy_session *session = request->session;
	bool queued = false;

	list_del_init(&request->call_node);
	request->status = status;
	request->cause = cause;
	request->mode = mode;

	spin_lock(&session->lock);
	if (session->ended) {
		/* Nobody empties the queue any more: what entered it would keep the session. */
		list_del_init(&request->line_node);
	} else if (request->state == NDPROXY_REQUEST_PENDING) {
		request->state = NDPROXY_REQUEST_QUEUED;
		ndproxy_event_reply(request);
		queued = true;
	}
	spin_unlock(&session->lock);
	if (!queued)
		ndproxy_request_free(request);
}

/**
 * ndproxy_requests_finish() - answer the pending requests of one kind
 * @call: their call
 * @command: the kind
 * @status: 0 or a negative errno
 *
 * Context: the adapter's lock held
 */
void ndproxy_requests_finish(struct ndproxy_call *call, u32 command, int status)
{
	struct ndproxy_pending *request, *next;

	lockdep_assert_held(&call->line->adapter->lock);
	list_for_each_entry_safe(request, next, &call->requests, call_node) {
		if (request->command != _IOC_NR(command))
			continue;
		ndproxy_call_trace(call, false, "LINE_REPLY", status);
		if (status && command == NDPROXY_MAKE_CALL)
			ndproxy_request_finish(request, status, call->cause, call->mode);
		else
			ndproxy_request_finish(request, status, 0, 0);
	}
}

/**
 * ndproxy_requests_suppress() - a line handle is closed: none of its replies is given
 * @lh: the line handle; silent
 *
 * Context: any but interrupts; not under session.lock
 */
void ndproxy_requests_suppress(struct ndproxy_line_handle *lh)
{
	struct ndproxy_session *session = lh->handle.session;
	struct ndproxy_pending *request, *next;
	LIST_HEAD(unread);

	spin_lock(&session->lock);
	list_for_each_entry_safe(request, next, &lh->requests, line_node) {
		list_del_init(&request->line_node);
		if (request->state == NDPROXY_REQUEST_QUEUED)
			list_move(&request->slot.node, &unread);
		/* Pending ones are their call's, who frees them when it answers. */
		request->state = NDPROXY_REQUEST_SUPPRESSED;
	}
	spin_unlock(&session->lock);

	list_for_each_entry_safe(request, next, &unread, slot.node) {
		list_del_init(&request->slot.node);
		ndproxy_request_free(request);
	}
}
