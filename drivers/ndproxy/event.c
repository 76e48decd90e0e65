// SPDX-License-Identifier: GPL-2.0
/*
 * A session's events: queue and read.
 *
 * Each event has its place reserved in the object that it tells of, and what it
 * says is composed from that object when it is read; only LINE_CREATE and
 * LINE_REMOVE have no object of the session's, share the session's spare
 * events, and are lost, with a count, when those are used up.
 */
#include <linux/fs.h>
#include <linux/poll.h>
#include <linux/timekeeping.h>
#include <linux/uio.h>

#include "ndproxy.h"
#include "../condis/visible.h"

/**
 * ndproxy_slot_init() - initialise a place in the queue
 * @slot: the place
 * @type: what it is embedded in
 * @owner: that
 *
 * Context: any
 */
void ndproxy_slot_init(struct ndproxy_slot *slot, enum ndproxy_slot_type type, void *owner)
{
	INIT_LIST_HEAD(&slot->node);
	slot->type = type;
	slot->owner = owner;
}

/**
 * ndproxy_events_init() - initialise a session's queue
 * @session: the session
 *
 * Context: any
 */
void ndproxy_events_init(struct ndproxy_session *session)
{
	unsigned int i;

	INIT_LIST_HEAD(&session->events);
	INIT_LIST_HEAD(&session->spares);
	for (i = 0; i < ARRAY_SIZE(session->spare); i++) {
		ndproxy_slot_init(&session->spare[i].slot, NDPROXY_SLOT_LINES,
				  &session->spare[i]);
		list_add_tail(&session->spare[i].node, &session->spares);
	}
	ndproxy_slot_init(&session->reinit, NDPROXY_SLOT_REINIT, session);
	init_waitqueue_head(&session->wait);
}

static void slot_queue(struct ndproxy_session *session, struct ndproxy_slot *slot)
{
	lockdep_assert_held(&session->lock);
	slot->seq = ++session->seq;
	slot->time = ktime_get_ns();
	list_add_tail(&slot->node, &session->events);
	wake_up_interruptible_poll(&session->wait, EPOLLIN | EPOLLRDNORM);
	kill_fasync(&session->fasync, SIGIO, POLL_IN);
}

/* A handle's event, unless it is queued already or nothing may be said any more. */
static void handle_queue(struct ndproxy_object *handle, struct ndproxy_slot *slot)
{
	struct ndproxy_session *session = handle->session;

	condis_delay_point("event.queue", handle->id);
	if (session->ended || handle->silent || !list_empty(&slot->node))
		return;
	kref_get(&handle->ref);
	slot_queue(session, slot);
}

/**
 * ndproxy_event_reply() - queue the reply to a request
 * @request: the request, in state QUEUED
 *
 * Context: session.lock held
 */
void ndproxy_event_reply(struct ndproxy_pending *request)
{
	slot_queue(request->session, &request->slot);
}

/**
 * ndproxy_event_take_reply() - take a reply back that nobody has read
 * @session: whose it is
 * @command: the command that it answers
 * @handle: the call handle that it is about
 *
 * Return: the request, for ndproxy_request_free(); NULL: there is no such reply, or it was read
 *
 * Context: any but interrupts
 */
struct ndproxy_pending *ndproxy_event_take_reply(struct ndproxy_session *session, u32 command,
						 u32 handle)
{
	struct ndproxy_pending *request, *found = NULL;
	struct ndproxy_slot *slot;

	spin_lock(&session->lock);
	list_for_each_entry(slot, &session->events, node) {
		if (slot->type != NDPROXY_SLOT_REPLY)
			continue;
		request = slot->owner;
		if (request->command == _IOC_NR(command) && request->handle == handle) {
			list_del_init(&slot->node);
			list_del_init(&request->line_node);
			found = request;
			break;
		}
	}
	spin_unlock(&session->lock);
	return found;
}

/**
 * ndproxy_event_new_call() - queue LINE_APPNEWCALL
 * @ch: the new call handle
 *
 * Context: any but interrupts
 */
void ndproxy_event_new_call(struct ndproxy_call_handle *ch)
{
	spin_lock(&ch->handle.session->lock);
	ch->announced = true;
	handle_queue(&ch->handle, &ch->new_slot);
	spin_unlock(&ch->handle.session->lock);
}

/**
 * ndproxy_event_call_state() - queue LINE_CALLSTATE, once for each state
 * @ch: the call handle
 * @report: the state
 *
 * The first one after LINE_APPNEWCALL also tells the handle's privilege.
 *
 * Context: any but interrupts
 */
void ndproxy_event_call_state(struct ndproxy_call_handle *ch, enum ndproxy_call_report report)
{
	struct ndproxy_session *session = ch->handle.session;

	spin_lock(&session->lock);
	/* IDLE is the last word. */
	if (!(ch->reported & (BIT(report) | BIT(NDPROXY_REPORT_IDLE)))) {
		if (ch->announced && !ch->reported)
			ch->privilege_in = ndproxy_report_line_state(report);
		ch->reported |= BIT(report);
		handle_queue(&ch->handle, &ch->state_slots[report]);
	}
	spin_unlock(&session->lock);
}

/**
 * ndproxy_event_privilege() - queue LINE_CALLSTATE for a handle that became an owner's
 * @ch: the call handle
 * @report: the call's state, or NDPROXY_NR_REPORTS
 *
 * Context: any but interrupts
 */
void ndproxy_event_privilege(struct ndproxy_call_handle *ch, enum ndproxy_call_report report)
{
	struct ndproxy_session *session = ch->handle.session;

	spin_lock(&session->lock);
	if (!(ch->reported & BIT(NDPROXY_REPORT_IDLE))) {
		ch->privilege_state = ndproxy_report_line_state(report);
		handle_queue(&ch->handle, &ch->privilege_slot);
	}
	spin_unlock(&session->lock);
}

/**
 * ndproxy_event_call_info() - queue LINE_CALLINFO, or add to one that is queued
 * @ch: the call handle
 * @changed: LINECALLINFOSTATE_*
 *
 * Context: any but interrupts
 */
void ndproxy_event_call_info(struct ndproxy_call_handle *ch, u32 changed)
{
	struct ndproxy_session *session = ch->handle.session;

	spin_lock(&session->lock);
	if (!(ch->reported & BIT(NDPROXY_REPORT_IDLE))) {
		ch->changed |= changed;
		handle_queue(&ch->handle, &ch->info_slot);
	}
	spin_unlock(&session->lock);
}

/**
 * ndproxy_event_line_state() - queue LINE_LINEDEVSTATE, or add to one that is queued
 * @lh: the line handle
 * @changed: LINEDEVSTATE_*, already masked
 *
 * Context: any but interrupts
 */
void ndproxy_event_line_state(struct ndproxy_line_handle *lh, u32 changed)
{
	struct ndproxy_session *session = lh->handle.session;

	spin_lock(&session->lock);
	/* The last word on the service is the one that counts. */
	if (changed & LINEDEVSTATE_INSERVICE)
		lh->changed &= ~LINEDEVSTATE_OUTOFSERVICE;
	if (changed & LINEDEVSTATE_OUTOFSERVICE)
		lh->changed &= ~LINEDEVSTATE_INSERVICE;
	lh->changed |= changed;
	handle_queue(&lh->handle, &lh->state_slot);
	spin_unlock(&session->lock);
}

/**
 * ndproxy_event_line_close() - queue LINE_CLOSE, the last word on a line handle
 * @lh: the line handle
 *
 * Its replies that were not read stay: they came before.
 *
 * Context: any but interrupts
 */
void ndproxy_event_line_close(struct ndproxy_line_handle *lh)
{
	struct ndproxy_session *session = lh->handle.session;
	struct ndproxy_pending *request, *next;

	spin_lock(&session->lock);
	handle_queue(&lh->handle, &lh->close_slot);
	lh->handle.silent = true;
	list_for_each_entry_safe(request, next, &lh->requests, line_node)
		list_del_init(&request->line_node);
	spin_unlock(&session->lock);
}

/**
 * ndproxy_event_reinit() - queue LINE_LINEDEVSTATE(REINIT)
 * @session: the session
 * @adapter: the number of the adapter whose line table changed
 *
 * Context: any but interrupts
 */
void ndproxy_event_reinit(struct ndproxy_session *session, u32 adapter)
{
	spin_lock(&session->lock);
	session->reinit_adapter = adapter;
	if (!session->ended && list_empty(&session->reinit.node))
		slot_queue(session, &session->reinit);
	spin_unlock(&session->lock);
}

/**
 * ndproxy_event_lines() - queue LINE_CREATE or LINE_REMOVE, or count it as lost
 * @session: the session
 * @type: which of the two
 * @adapter: the adapter's number
 * @num_lines: how many lines
 *
 * Context: any but interrupts
 */
void ndproxy_event_lines(struct ndproxy_session *session, u32 type, u32 adapter, u32 num_lines)
{
	struct ndproxy_lines_event *event;

	spin_lock(&session->lock);
	if (session->ended || !session->listening)
		goto unlock;

	event = list_first_entry_or_null(&session->spares, struct ndproxy_lines_event, node);
	if (!event || ndproxy_session_charge(session, CONDIS_CHARGE_EVENT)) {
		session->seq++;
		session->lost++;
		goto unlock;
	}
	list_del(&event->node);
	event->type = type;
	event->adapter = adapter;
	event->num_lines = num_lines;
	slot_queue(session, &event->slot);
unlock:
	spin_unlock(&session->lock);
}

/* What a queued event holds goes back: it was read, or will never be. */
static void slot_release(struct ndproxy_session *session, struct ndproxy_slot *slot)
{
	struct ndproxy_lines_event *event;
	struct ndproxy_pending *request;
	struct ndproxy_call_handle *ch;
	struct ndproxy_line_handle *lh;

	switch (slot->type) {
	case NDPROXY_SLOT_REPLY:
		request = slot->owner;
		spin_lock(&session->lock);
		list_del_init(&request->line_node);
		spin_unlock(&session->lock);
		ndproxy_request_free(request);
		break;
	case NDPROXY_SLOT_NEW_CALL:
	case NDPROXY_SLOT_CALL_STATE:
	case NDPROXY_SLOT_PRIVILEGE:
	case NDPROXY_SLOT_CALL_INFO:
		ch = slot->owner;
		ndproxy_handle_put(&ch->handle);
		break;
	case NDPROXY_SLOT_LINE_STATE:
	case NDPROXY_SLOT_LINE_CLOSE:
		lh = slot->owner;
		ndproxy_handle_put(&lh->handle);
		break;
	case NDPROXY_SLOT_REINIT:
		break;
	case NDPROXY_SLOT_LINES:
		event = slot->owner;
		ndproxy_session_uncharge(session, CONDIS_CHARGE_EVENT);
		spin_lock(&session->lock);
		list_add(&event->node, &session->spares);
		spin_unlock(&session->lock);
		break;
	}
}

static void slots_release(struct ndproxy_session *session, struct list_head *slots)
{
	struct ndproxy_slot *slot, *next;

	list_for_each_entry_safe(slot, next, slots, node) {
		list_del_init(&slot->node);
		slot_release(session, slot);
	}
}

static void slot_discard(struct ndproxy_slot *slot, struct list_head *slots)
{
	if (!list_empty(&slot->node))
		list_move_tail(&slot->node, slots);
}

/**
 * ndproxy_events_discard_call() - a call handle is given up: nothing more of it is told
 * @ch: the call handle
 *
 * Replies stay (tapi-mapi A.6).
 *
 * Context: any but interrupts
 */
void ndproxy_events_discard_call(struct ndproxy_call_handle *ch)
{
	struct ndproxy_session *session = ch->handle.session;
	LIST_HEAD(slots);
	unsigned int i;

	spin_lock(&session->lock);
	ch->handle.silent = true;
	ch->given_up = true;
	slot_discard(&ch->new_slot, &slots);
	for (i = 0; i < ARRAY_SIZE(ch->state_slots); i++)
		slot_discard(&ch->state_slots[i], &slots);
	slot_discard(&ch->privilege_slot, &slots);
	slot_discard(&ch->info_slot, &slots);
	spin_unlock(&session->lock);
	slots_release(session, &slots);
}

/**
 * ndproxy_events_discard_line() - a line handle is given up: nothing more of it is told
 * @lh: the line handle
 *
 * Context: any but interrupts
 */
void ndproxy_events_discard_line(struct ndproxy_line_handle *lh)
{
	struct ndproxy_session *session = lh->handle.session;
	LIST_HEAD(slots);

	spin_lock(&session->lock);
	lh->handle.silent = true;
	lh->given_up = true;
	slot_discard(&lh->state_slot, &slots);
	slot_discard(&lh->close_slot, &slots);
	spin_unlock(&session->lock);
	slots_release(session, &slots);
}

/**
 * ndproxy_events_end() - the session has ended: nothing more is told
 * @session: the session
 *
 * Context: any but interrupts
 */
void ndproxy_events_end(struct ndproxy_session *session)
{
	struct ndproxy_pending *request;
	struct ndproxy_slot *slot;

	spin_lock(&session->lock);
	/* Also each of those that wait exclusively: of the end everybody hears. */
	wake_up_interruptible_all(&session->wait);
	kill_fasync(&session->fasync, SIGIO, POLL_HUP);
	/*
	 * One at a time: a line or call that another task closes meanwhile
	 * takes its own out, and must find them in this queue or in none.
	 */
	while ((slot = list_first_entry_or_null(&session->events, struct ndproxy_slot, node))) {
		list_del_init(&slot->node);
		if (slot->type == NDPROXY_SLOT_REPLY) {
			/* Its line handle must not find it either: it is ours to free. */
			request = slot->owner;
			list_del_init(&request->line_node);
		}
		spin_unlock(&session->lock);
		slot_release(session, slot);
		spin_lock(&session->lock);
	}
	spin_unlock(&session->lock);
}

static void compose_call(struct ndproxy_event *event, const struct ndproxy_call_handle *ch)
{
	const struct ndproxy_line *line = ch->call->line;

	event->handle = ch->handle.id;
	event->line_handle = ch->line_handle->handle.id;
	event->cookie = ch->line_handle->cookie;
	event->adapter = line->adapter->id;
	event->line = line->number;
}

static void compose_call_state(struct ndproxy_event *event, const struct ndproxy_call_handle *ch,
			       u32 state)
{
	const struct ndproxy_call *call = ch->call;

	compose_call(event, ch);
	event->type = LINE_CALLSTATE;
	event->call_state.state = state;
	event->call_state.mode = ndproxy_call_mode(call, state);
	if (state == LINECALLSTATE_DISCONNECTED || state == LINECALLSTATE_IDLE)
		event->call_state.cause = READ_ONCE(call->cause);
}

static void compose_line(struct ndproxy_event *event, const struct ndproxy_line_handle *lh)
{
	event->handle = lh->handle.id;
	event->line_handle = lh->handle.id;
	event->cookie = lh->cookie;
	event->adapter = lh->line->adapter->id;
	event->line = lh->line->number;
}

/* What a slot says now; what it gathered is taken out of its owner. */
static void slot_compose(struct ndproxy_session *session, struct ndproxy_slot *slot,
			 struct ndproxy_event *event)
{
	struct ndproxy_lines_event *lines = slot->owner;
	struct ndproxy_pending *request = slot->owner;
	struct ndproxy_call_handle *ch = slot->owner;
	struct ndproxy_line_handle *lh = slot->owner;

	lockdep_assert_held(&session->lock);
	memset(event, 0, sizeof(*event));
	event->seq = slot->seq;
	event->time = slot->time;

	switch (slot->type) {
	case NDPROXY_SLOT_REPLY:
		request->state = NDPROXY_REQUEST_READING;
		event->type = LINE_REPLY;
		event->cookie = request->cookie;
		event->handle = request->handle;
		event->line_handle = request->line_handle;
		event->adapter = request->adapter;
		event->line = request->line;
		event->reply.status = request->status;
		event->reply.command = request->command;
		event->reply.cause = request->cause;
		event->reply.mode = request->mode;
		break;
	case NDPROXY_SLOT_NEW_CALL:
		compose_call(event, ch);
		event->type = LINE_APPNEWCALL;
		event->handle = event->line_handle;
		event->new_call.call = ch->handle.id;
		event->new_call.address = ch->call->params.address;
		event->new_call.privilege = READ_ONCE(ch->privilege);
		break;
	case NDPROXY_SLOT_CALL_STATE:
		compose_call_state(event, ch, ndproxy_report_line_state(slot->report));
		if (ch->privilege_in == event->call_state.state)
			event->call_state.privilege = READ_ONCE(ch->privilege);
		break;
	case NDPROXY_SLOT_PRIVILEGE:
		compose_call_state(event, ch, ch->privilege_state);
		event->call_state.privilege = READ_ONCE(ch->privilege);
		break;
	case NDPROXY_SLOT_CALL_INFO:
		compose_call(event, ch);
		event->type = LINE_CALLINFO;
		event->call_info.changed = ch->changed;
		event->call_info.owners = READ_ONCE(ch->call->owners);
		event->call_info.monitors = READ_ONCE(ch->call->monitors);
		ch->changed = 0;
		break;
	case NDPROXY_SLOT_LINE_STATE:
		compose_line(event, lh);
		event->type = LINE_LINEDEVSTATE;
		event->line_state.state = lh->changed;
		event->line_state.num_opens = READ_ONCE(lh->line->num_opens);
		event->line_state.num_calls = READ_ONCE(lh->line->num_calls);
		lh->changed = 0;
		break;
	case NDPROXY_SLOT_LINE_CLOSE:
		compose_line(event, lh);
		event->type = LINE_CLOSE;
		break;
	case NDPROXY_SLOT_REINIT:
		event->type = LINE_LINEDEVSTATE;
		event->adapter = session->reinit_adapter;
		event->line_state.state = LINEDEVSTATE_REINIT;
		break;
	case NDPROXY_SLOT_LINES:
		event->type = lines->type;
		event->adapter = lines->adapter;
		event->lines.num_lines = lines->num_lines;
		break;
	}
	event->lost = session->lost;
	session->lost = 0;
}

/*
 * The copy to the caller failed: the event stays the first, unless it was
 * discarded meanwhile.  No other reader has passed it: there is one at a time.
 */
static bool slot_restore(struct ndproxy_session *session, struct ndproxy_slot *slot,
			 const struct ndproxy_event *event)
{
	struct ndproxy_pending *request = slot->owner;
	struct ndproxy_call_handle *ch = slot->owner;
	struct ndproxy_line_handle *lh = slot->owner;
	bool restored = false;

	spin_lock(&session->lock);
	if (session->ended)
		goto unlock;

	/* Nobody was told of these, also if the event itself was discarded. */
	session->lost += event->lost;
	switch (slot->type) {
	case NDPROXY_SLOT_REPLY:
		if (request->state == NDPROXY_REQUEST_SUPPRESSED)
			goto unlock;
		request->state = NDPROXY_REQUEST_QUEUED;
		break;
	case NDPROXY_SLOT_CALL_INFO:
		ch->changed |= event->call_info.changed;
		fallthrough;
	case NDPROXY_SLOT_NEW_CALL:
	case NDPROXY_SLOT_CALL_STATE:
	case NDPROXY_SLOT_PRIVILEGE:
		if (ch->given_up || !list_empty(&slot->node))
			goto unlock;
		break;
	case NDPROXY_SLOT_LINE_STATE:
		lh->changed |= event->line_state.state;
		fallthrough;
	case NDPROXY_SLOT_LINE_CLOSE:
		if (lh->given_up || !list_empty(&slot->node))
			goto unlock;
		break;
	case NDPROXY_SLOT_REINIT:
		if (!list_empty(&slot->node))
			goto unlock;
		break;
	case NDPROXY_SLOT_LINES:
		break;
	}
	list_add(&slot->node, &session->events);
	restored = true;
unlock:
	spin_unlock(&session->lock);
	return restored;
}

static ssize_t events_copy(struct ndproxy_session *session, struct iov_iter *to)
{
	struct ndproxy_event event;
	struct ndproxy_slot *slot;
	ssize_t copied = 0;

	while (iov_iter_count(to) >= sizeof(event)) {
		spin_lock(&session->lock);
		slot = list_first_entry_or_null(&session->events, struct ndproxy_slot, node);
		if (slot) {
			list_del_init(&slot->node);
			slot_compose(session, slot, &event);
		}
		spin_unlock(&session->lock);
		if (!slot)
			break;

		if (copy_to_iter(&event, sizeof(event), to) != sizeof(event)) {
			if (!slot_restore(session, slot, &event))
				slot_release(session, slot);
			return copied ?: -EFAULT;
		}
		slot_release(session, slot);
		copied += sizeof(event);
	}
	return copied;
}

/* Whether a read has something to say now; session.lock held. */
static bool events_ready_locked(struct ndproxy_session *session)
{
	lockdep_assert_held(&session->lock);
	return session->ended || (!session->reading && !list_empty(&session->events));
}

/**
 * ndproxy_events_ready() - whether a read would not wait
 * @session: the session
 *
 * Return: true if there are events and nobody reads them just now, or the session has ended
 *
 * Context: any but interrupts
 */
bool ndproxy_events_ready(struct ndproxy_session *session)
{
	bool ready;

	spin_lock(&session->lock);
	ready = events_ready_locked(session);
	spin_unlock(&session->lock);
	return ready;
}

/*
 * Become the one that reads.  A copy takes as long as the reader's memory likes, so the
 * others wait for it as they wait for events, and who does not want to wait need not.
 */
static int reading_begin(struct ndproxy_session *session, bool nonblock)
{
	int err;

	do {
		spin_lock(&session->lock);
		if (session->ended)
			err = -ESHUTDOWN;
		else if (!events_ready_locked(session))
			err = -EAGAIN;
		else
			err = 0;
		if (!err)
			session->reading = true;
		spin_unlock(&session->lock);
		if (err != -EAGAIN || nonblock)
			return err;
		err = wait_event_interruptible(session->wait, ndproxy_events_ready(session));
	} while (!err);
	return err;
}

/* Whoever was turned away, or was told of no events, is told what is left. */
static void reading_end(struct ndproxy_session *session)
{
	spin_lock(&session->lock);
	session->reading = false;
	if (!list_empty(&session->events))
		wake_up_interruptible_poll(&session->wait, EPOLLIN | EPOLLRDNORM);
	spin_unlock(&session->lock);
}

/**
 * ndproxy_events_read() - read as many events as there are and fit
 * @session: the session
 * @to: where to
 * @nonblock: do not wait for the first
 *
 * Return: bytes; 0: the session has ended; -EINVAL: not even one fits; -EAGAIN: there is none, or
 * another reader is at them, and @nonblock; -EFAULT: nothing was lost; -ERESTARTSYS
 *
 * Context: process context; waits for events
 */
ssize_t ndproxy_events_read(struct ndproxy_session *session, struct iov_iter *to, bool nonblock)
{
	ssize_t copied;
	int err;

	if (iov_iter_count(to) < sizeof(struct ndproxy_event))
		return -EINVAL;

	do {
		err = reading_begin(session, nonblock);
		if (err)
			return err == -ESHUTDOWN ? 0 : err;
		copied = events_copy(session, to);
		reading_end(session);
	} while (!copied && !READ_ONCE(session->ended));
	return copied;
}
EXPORT_SYMBOL_IF_KUNIT(ndproxy_events_read);
