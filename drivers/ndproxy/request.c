// SPDX-License-Identifier: GPL-2.0
/*
 * Requests: what is answered by a LINE_REPLY, once.
 *
 * A request is pending in its call's list until something of the call answers
 * it; then its reply is queued, and it is in its line handle's list until that is
 * read; who reads the reply frees it.  A line handle that is closed suppresses the
 * replies of its requests (tapi-mapi A.7, 4): what is pending then is freed when it
 * is answered.
 */
#include <linux/slab.h>

#include "ndproxy.h"

static struct ndproxy_request_own *request_own(struct ndproxy_pending *request)
{
	return container_of(request, struct ndproxy_request_own, request);
}

/**
 * ndproxy_request_handle() - the call handle that a request was made with
 * @request: the request, started
 *
 * Return: the handle, which the request holds
 *
 * Context: any
 */
struct ndproxy_call_handle *ndproxy_request_handle(struct ndproxy_pending *request)
{
	return request->is_drop ? container_of(request, struct ndproxy_call_handle, drop) :
				  request_own(request)->ch;
}

/**
 * ndproxy_request_alloc_size() - make a request that is the first part of something
 * @session: whose it is; charged
 * @size: bytes of the whole, which begins with a struct ndproxy_request_own
 *
 * Return: the request, for ndproxy_request_abandon() or ndproxy_request_start(); an ERR_PTR():
 * -EDQUOT, -ENOMEM
 *
 * Context: process context, may sleep
 */
struct ndproxy_pending *ndproxy_request_alloc_size(struct ndproxy_session *session, size_t size)
{
	struct ndproxy_request_own *own;
	int err;

	err = ndproxy_session_charge(session, CONDIS_CHARGE_REQUEST);
	if (err)
		return ERR_PTR(err);
	own = kzalloc(size, GFP_KERNEL_ACCOUNT);
	if (!own) {
		ndproxy_session_uncharge(session, CONDIS_CHARGE_REQUEST);
		return ERR_PTR(-ENOMEM);
	}
	own->source.type = NDPROXY_SOURCE_REPLY;
	return &own->request;
}

/**
 * ndproxy_request_alloc() - make a request
 * @session: whose it is; charged
 *
 * Return: the request, for ndproxy_request_abandon() or ndproxy_request_start(); an ERR_PTR():
 * -EDQUOT, -ENOMEM
 *
 * Context: process context, may sleep
 */
struct ndproxy_pending *ndproxy_request_alloc(struct ndproxy_session *session)
{
	return ndproxy_request_alloc_size(session, sizeof(struct ndproxy_request_own));
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

	memset(&ch->drop, 0, sizeof(ch->drop));
	ch->drop.is_drop = true;
	return &ch->drop;
}

/* Its memory, when nobody has it any more. */
static void request_release(struct ndproxy_session *session, struct ndproxy_pending *request)
{
	if (request->is_drop) {
		spin_lock(&session->lock);
		ndproxy_request_handle(request)->drop_used = false;
		spin_unlock(&session->lock);
	} else {
		if (request->is_digits)
			ndproxy_generation_free(request_own(request));
		else
			kfree(request_own(request));
		ndproxy_session_uncharge(session, CONDIS_CHARGE_REQUEST);
	}
}

/**
 * ndproxy_request_abandon() - a request was not started after all
 * @session: whose it is
 * @request: the request; of a call handle that the caller holds, if it is reserved
 *
 * Context: any but interrupts; not under session.lock
 */
void ndproxy_request_abandon(struct ndproxy_session *session, struct ndproxy_pending *request)
{
	request_release(session, request);
}

/**
 * ndproxy_request_free() - a request is over
 * @request: the request, started, in no list and no queue
 *
 * Context: any but interrupts; not under session.lock
 */
void ndproxy_request_free(struct ndproxy_pending *request)
{
	struct ndproxy_call_handle *ch = ndproxy_request_handle(request);

	request_release(ch->handle.session, request);
	ndproxy_handle_put(&ch->handle);
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
	lockdep_assert_held(&ch->call->line->adapter->lock);
	kref_get(&ch->handle.ref);
	if (!request->is_drop)
		request_own(request)->ch = ch;
	request->cookie = cookie;
	request->command = _IOC_NR(command);
	list_add_tail(&request->node, &ch->call->requests);
}

/**
 * ndproxy_request_finish() - a request is answered: queue its reply
 * @request: the request, in its call's list or in none
 * @status: 0 or a negative errno
 *
 * Context: the adapter's lock held
 */
void ndproxy_request_finish(struct ndproxy_pending *request, int status)
{
	struct ndproxy_line_handle *lh = ndproxy_request_handle(request)->line_handle;
	struct ndproxy_session *session = lh->handle.session;
	bool queued = false;

	list_del_init(&request->node);
	request->status = status;
	request->answered = true;

	spin_lock(&session->lock);
	/*
	 * After the session's end nobody empties the queue any more: what entered it would
	 * keep the session.
	 */
	if (!session->ended && !lh->handle.given_up) {
		list_add_tail(&request->node, &lh->replies);
		ndproxy_event_reply(request);
		queued = true;
	}
	spin_unlock(&session->lock);
	if (!queued)
		ndproxy_request_free(request);
}

/**
 * ndproxy_requests_finish() - answer the pending requests of one kind
 * @call: their call, held by the caller
 * @command: the kind
 * @status: 0 or a negative errno
 *
 * Context: the adapter's lock held
 */
void ndproxy_requests_finish(struct ndproxy_call *call, u32 command, int status)
{
	struct ndproxy_pending *request, *next;

	lockdep_assert_held(&call->line->adapter->lock);
	list_for_each_entry_safe(request, next, &call->requests, node) {
		if (request->command != _IOC_NR(command))
			continue;
		ndproxy_call_trace(call, false, request->is_digits ? "LINE_GENERATE" :
								     "LINE_REPLY", status);
		ndproxy_request_finish(request, status);
	}
}

/**
 * ndproxy_request_take_reply() - take a reply back that nobody has read
 * @ch: the call handle that the request was made with
 * @command: the command that it answers
 *
 * Return: the request, for ndproxy_request_free(); NULL: there is no such reply, or it was read
 *
 * Context: any but interrupts
 */
struct ndproxy_pending *ndproxy_request_take_reply(struct ndproxy_call_handle *ch, u32 command)
{
	struct ndproxy_session *session = ch->handle.session;
	struct ndproxy_pending *request, *found = NULL;

	spin_lock(&session->lock);
	list_for_each_entry(request, &ch->line_handle->replies, node) {
		if (ndproxy_request_handle(request) != ch ||
		    request->command != _IOC_NR(command))
			continue;
		/* There is only one, and who is reading it has it. */
		if (ndproxy_event_take_back(request)) {
			list_del_init(&request->node);
			found = request;
		}
		break;
	}
	spin_unlock(&session->lock);
	return found;
}

/* None of a line handle's replies is given, or of the digits that one call handle has sent. */
static void requests_suppress(struct ndproxy_line_handle *lh,
			      const struct ndproxy_call_handle *of_digits)
{
	struct ndproxy_session *session = lh->handle.session;
	struct ndproxy_pending *request, *next;
	LIST_HEAD(unread);

	spin_lock(&session->lock);
	list_for_each_entry_safe(request, next, &lh->replies, node) {
		if (of_digits && (!request->is_digits ||
				  ndproxy_request_handle(request) != of_digits))
			continue;
		if (ndproxy_event_take_back(request)) {
			list_move_tail(&request->node, &unread);
		} else {
			/* Who is reading it frees it. */
			list_del_init(&request->node);
			request->suppressed = true;
		}
	}
	spin_unlock(&session->lock);

	list_for_each_entry_safe(request, next, &unread, node) {
		list_del_init(&request->node);
		ndproxy_request_free(request);
	}
}

/**
 * ndproxy_requests_suppress() - a line handle is closed: none of its replies is given
 * @lh: the line handle; given up
 *
 * Context: any but interrupts; not under session.lock
 */
void ndproxy_requests_suppress(struct ndproxy_line_handle *lh)
{
	requests_suppress(lh, NULL);
}

/**
 * ndproxy_requests_forget_digits() - a call handle dies: it does not hear of digits it has sent
 * @ch: the call handle, held by the caller
 *
 * They go on.  What the call manager still has of them is not looked at from here on.
 *
 * Context: the adapter's lock held
 */
void ndproxy_requests_forget_digits(struct ndproxy_call_handle *ch)
{
	struct ndproxy_pending *request, *next;

	lockdep_assert_held(&ch->call->line->adapter->lock);
	list_for_each_entry_safe(request, next, &ch->call->requests, node) {
		if (!request->is_digits || ndproxy_request_handle(request) != ch)
			continue;
		list_del_init(&request->node);
		request->answered = true;
		ndproxy_request_free(request);
	}
	requests_suppress(ch->line_handle, ch);
}
