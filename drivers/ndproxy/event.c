// SPDX-License-Identifier: GPL-2.0
/*
 * A session's events: what is told, and how it is read.
 *
 * Each event has its place reserved in the object that it tells of, and what it
 * says is composed from that object when it is read; only LINE_CREATE and
 * LINE_REMOVE have no object of the session's, share the session's spare
 * events, and are lost, with a count, when those are used up.
 */
#include <linux/fs.h>
#include <linux/math64.h>
#include <linux/poll.h>
#include <linux/timekeeping.h>
#include <linux/uio.h>

#include "ndproxy.h"
#include "queue.h"
#include "../condis/visible.h"

/**
 * ndproxy_events_init() - initialise a session's queue
 * @session: the session
 *
 * Context: any
 */
void ndproxy_events_init(struct ndproxy_session *session)
{
	unsigned int i;

	session->events = RB_ROOT_CACHED;
	INIT_LIST_HEAD(&session->spares);
	for (i = 0; i < ARRAY_SIZE(session->spare); i++) {
		session->spare[i].source.type = NDPROXY_SOURCE_LINES;
		list_add_tail(&session->spare[i].node, &session->spares);
	}
	session->reinit.type = NDPROXY_SOURCE_REINIT;
	init_waitqueue_head(&session->wait);
}

static void handle_queue_locked(struct ndproxy_object *handle, unsigned int place, u64 now)
{
	if (!handle->source.queued)
		kref_get(&handle->ref);
	ndproxy_source_queue(handle->session, &handle->source, place, now);
}

/* A handle's event, unless it is queued already or nothing may be said any more. */
static void handle_queue(struct ndproxy_object *handle, unsigned int place, u64 now)
{
	condis_delay_point("event.queue", handle->id);
	if (!handle->session->ended && !handle->silent && !(handle->source.queued & BIT(place)))
		handle_queue_locked(handle, place, now);
}

/**
 * ndproxy_event_reply() - queue the reply to a request
 * @request: the request
 *
 * Context: session.lock held
 */
void ndproxy_event_reply(struct ndproxy_pending *request)
{
	struct ndproxy_object *handle = &ndproxy_request_handle(request)->handle;
	struct ndproxy_request_own *own;

	if (request->is_drop) {
		handle_queue_locked(handle, NDPROXY_PLACE_DROPPED, ktime_get_ns());
	} else {
		own = container_of(request, struct ndproxy_request_own, request);
		ndproxy_source_queue(handle->session, &own->source, 0, ktime_get_ns());
	}
}

/**
 * ndproxy_event_take_back() - take the reply to a request out of the queue
 * @request: the request
 *
 * Return: true if it is the caller's now; false if it was not there: it is being read
 *
 * Context: session.lock held
 */
bool ndproxy_event_take_back(struct ndproxy_pending *request)
{
	struct ndproxy_object *handle = &ndproxy_request_handle(request)->handle;
	struct ndproxy_request_own *own;

	if (!request->is_drop) {
		own = container_of(request, struct ndproxy_request_own, request);
		return ndproxy_source_remove(handle->session, &own->source, 0);
	}
	if (!(handle->source.queued & BIT(NDPROXY_PLACE_DROPPED)))
		return false;
	/* Not the last reference: the request has one. */
	if (ndproxy_source_remove(handle->session, &handle->source, ~BIT(NDPROXY_PLACE_DROPPED)))
		ndproxy_handle_put(handle);
	return true;
}

static const u8 report_place[NDPROXY_NR_REPORTS] = {
	[NDPROXY_REPORT_OFFERING] = NDPROXY_PLACE_BEGUN,
	[NDPROXY_REPORT_ACCEPTED] = NDPROXY_PLACE_RINGING,
	[NDPROXY_REPORT_PROCEEDING] = NDPROXY_PLACE_BEGUN,
	[NDPROXY_REPORT_RINGBACK] = NDPROXY_PLACE_RINGING,
	[NDPROXY_REPORT_CONNECTED] = NDPROXY_PLACE_CONNECTED,
	[NDPROXY_REPORT_DISCONNECTED] = NDPROXY_PLACE_DISCONNECTED,
	[NDPROXY_REPORT_IDLE] = NDPROXY_PLACE_IDLE,
};

/* No call is offered as well as made: so two reports can have one place. */
static enum ndproxy_call_report place_report(const struct ndproxy_call *call, unsigned int place)
{
	switch (place) {
	case NDPROXY_PLACE_BEGUN:
		return call->outgoing ? NDPROXY_REPORT_PROCEEDING : NDPROXY_REPORT_OFFERING;
	case NDPROXY_PLACE_RINGING:
		return call->outgoing ? NDPROXY_REPORT_RINGBACK : NDPROXY_REPORT_ACCEPTED;
	case NDPROXY_PLACE_CONNECTED:
		return NDPROXY_REPORT_CONNECTED;
	case NDPROXY_PLACE_DISCONNECTED:
		return NDPROXY_REPORT_DISCONNECTED;
	default:
		return NDPROXY_REPORT_IDLE;
	}
}

/* Once for each state; session.lock is held. */
static void call_state_queue(struct ndproxy_call_handle *ch, enum ndproxy_call_report report,
			     u64 now)
{
	/* IDLE is the last word. */
	if (ch->reported & (BIT(report) | BIT(NDPROXY_REPORT_IDLE)))
		return;
	if (ch->announced && !ch->reported)
		ch->privilege_in = report;
	ch->reported |= BIT(report);
	handle_queue(&ch->handle, report_place[report], now);
}

/**
 * ndproxy_event_new_call() - queue LINE_APPNEWCALL, and LINE_CALLSTATE right behind it (A.4)
 * @ch: the new call handle
 * @report: the call's state, or NDPROXY_NR_REPORTS: not known yet
 *
 * Both under one lock: nothing comes between them, and who reads the one finds the other.
 *
 * Context: any but interrupts
 */
void ndproxy_event_new_call(struct ndproxy_call_handle *ch, enum ndproxy_call_report report)
{
	struct ndproxy_session *session = ch->handle.session;
	u64 now = ktime_get_ns();

	spin_lock(&session->lock);
	ch->announced = true;
	handle_queue(&ch->handle, NDPROXY_PLACE_NEW, now);
	if (report < NDPROXY_NR_REPORTS)
		call_state_queue(ch, report, now);
	spin_unlock(&session->lock);
}

/**
 * ndproxy_event_call_state() - queue LINE_CALLSTATE, once for each state
 * @ch: the call handle
 * @report: the state
 * @now: the time, ns of CLOCK_MONOTONIC
 *
 * The first one after LINE_APPNEWCALL also tells the handle's privilege.
 *
 * Context: any but interrupts
 */
void ndproxy_event_call_state(struct ndproxy_call_handle *ch, enum ndproxy_call_report report,
			      u64 now)
{
	struct ndproxy_session *session = ch->handle.session;

	spin_lock(&session->lock);
	call_state_queue(ch, report, now);
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
		ch->raised_in = report;
		handle_queue(&ch->handle, NDPROXY_PLACE_PRIVILEGE, ktime_get_ns());
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
		ch->handle.source.gathered |= changed;
		handle_queue(&ch->handle, NDPROXY_PLACE_INFO, ktime_get_ns());
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
	struct ndproxy_source *source = &lh->handle.source;

	spin_lock(&session->lock);
	/* The last word on the service is the one that counts. */
	if (changed & LINEDEVSTATE_INSERVICE)
		source->gathered &= ~LINEDEVSTATE_OUTOFSERVICE;
	if (changed & LINEDEVSTATE_OUTOFSERVICE)
		source->gathered &= ~LINEDEVSTATE_INSERVICE;
	source->gathered |= changed;
	handle_queue(&lh->handle, NDPROXY_LINE_STATE, ktime_get_ns());
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

	spin_lock(&session->lock);
	handle_queue(&lh->handle, NDPROXY_LINE_CLOSE, ktime_get_ns());
	lh->handle.silent = true;
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
	if (!session->ended && !session->reinit.queued)
		ndproxy_source_queue(session, &session->reinit, 0, ktime_get_ns());
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
	ndproxy_source_queue(session, &event->source, 0, ktime_get_ns());
unlock:
	spin_unlock(&session->lock);
}

/* The request that some of the events of a source are the reply to, or NULL. */
static struct ndproxy_pending *events_request(const struct ndproxy_source *source,
					      unsigned long places)
{
	if (source->type == NDPROXY_SOURCE_REPLY)
		return &source_request(source)->request;
	if (source->type == NDPROXY_SOURCE_CALL && places & BIT(NDPROXY_PLACE_DROPPED))
		return &source_call(source)->drop;
	return NULL;
}

/* What the queue, or a reader, holds of events goes back: they were read, or will never be. */
static void events_release(struct ndproxy_session *session, struct ndproxy_source *source,
			   unsigned long places)
{
	struct ndproxy_pending *request = events_request(source, places);
	bool is_handle = source->type == NDPROXY_SOURCE_CALL ||
			 source->type == NDPROXY_SOURCE_LINE;

	if (source->type == NDPROXY_SOURCE_LINES) {
		ndproxy_session_uncharge(session, CONDIS_CHARGE_EVENT);
		spin_lock(&session->lock);
		list_add(&source_lines(source)->node, &session->spares);
		spin_unlock(&session->lock);
	}
	if (request) {
		spin_lock(&session->lock);
		list_del_init(&request->node);
		spin_unlock(&session->lock);
		ndproxy_request_free(request);
	}
	if (is_handle)
		ndproxy_handle_put(source_handle(source));
}

/**
 * ndproxy_events_discard() - a handle is given up: nothing more of it is told
 * @handle: the handle
 *
 * Replies stay (tapi-mapi A.6).
 *
 * Context: any but interrupts
 */
void ndproxy_events_discard(struct ndproxy_object *handle)
{
	struct ndproxy_session *session = handle->session;
	unsigned long stay = 0;
	bool removed;

	if (handle->source.type == NDPROXY_SOURCE_CALL)
		stay = BIT(NDPROXY_PLACE_DROPPED);
	spin_lock(&session->lock);
	handle->silent = true;
	handle->given_up = true;
	removed = ndproxy_source_remove(session, &handle->source, stay);
	spin_unlock(&session->lock);
	if (removed)
		ndproxy_handle_put(handle);
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
	struct ndproxy_source *source;
	unsigned long places;

	spin_lock(&session->lock);
	/* Also each of those that wait exclusively: of the end everybody hears. */
	wake_up_interruptible_all(&session->wait);
	kill_fasync(&session->fasync, SIGIO, POLL_HUP);
	/*
	 * One at a time: a line or call that another task closes meanwhile
	 * takes its own out, and must find them in this queue or in none.
	 */
	while ((source = ndproxy_source_first(session))) {
		places = source->queued;
		ndproxy_source_remove(session, source, 0);
		/* Its line handle must not find it either: it is ours to free. */
		request = events_request(source, places);
		if (request)
			list_del_init(&request->node);
		spin_unlock(&session->lock);
		events_release(session, source, places);
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
			       enum ndproxy_call_report report)
{
	const struct ndproxy_call *call = ch->call;
	u32 state = ndproxy_report_line_state(report);

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

static void compose_reply(struct ndproxy_event *event, struct ndproxy_pending *request)
{
	const struct ndproxy_call_handle *ch = ndproxy_request_handle(request);

	compose_call(event, ch);
	event->cookie = request->cookie;
	if (request->is_digits) {
		event->type = LINE_GENERATE;
		event->generate.mode = request->status ? LINEGENERATETERM_CANCEL :
							 LINEGENERATETERM_DONE;
		event->generate.tick = div_u64(event->time, NSEC_PER_MSEC);
		return;
	}
	event->type = LINE_REPLY;
	event->reply.status = request->status;
	event->reply.command = request->command;
	/* Why a make-call failed: the first cause of the call's end, which does not change. */
	if (request->status && request->command == _IOC_NR(NDPROXY_MAKE_CALL)) {
		event->reply.cause = READ_ONCE(ch->call->cause);
		event->reply.mode = ndproxy_call_mode(ch->call, LINECALLSTATE_DISCONNECTED);
	}
}

/* What an event of a call handle says now. */
static void compose_call_place(struct ndproxy_event *event, struct ndproxy_call_handle *ch,
			       unsigned int place)
{
	const struct ndproxy_call *call = ch->call;
	enum ndproxy_call_report report;

	switch (place) {
	case NDPROXY_PLACE_NEW:
		compose_call(event, ch);
		event->type = LINE_APPNEWCALL;
		event->handle = event->line_handle;
		event->new_call.call = ch->handle.id;
		event->new_call.address = call->address;
		event->new_call.privilege = READ_ONCE(ch->privilege);
		break;
	case NDPROXY_PLACE_PRIVILEGE:
		compose_call_state(event, ch, ch->raised_in);
		event->call_state.privilege = READ_ONCE(ch->privilege);
		break;
	case NDPROXY_PLACE_INFO:
		compose_call(event, ch);
		event->type = LINE_CALLINFO;
		event->call_info.changed = ch->handle.source.gathered;
		event->call_info.owners = READ_ONCE(call->owners);
		event->call_info.monitors = READ_ONCE(call->monitors);
		ch->handle.source.gathered = 0;
		break;
	case NDPROXY_PLACE_DIGIT:
		compose_call(event, ch);
		ndproxy_digit_compose(ch, event);
		break;
	case NDPROXY_PLACE_DROPPED:
		compose_reply(event, &ch->drop);
		break;
	default:
		report = place_report(call, place);
		compose_call_state(event, ch, report);
		if (ch->privilege_in == report)
			event->call_state.privilege = READ_ONCE(ch->privilege);
		break;
	}
}

/* What an event of a line handle says now. */
static void compose_line_place(struct ndproxy_event *event, struct ndproxy_line_handle *lh,
			       unsigned int place)
{
	compose_line(event, lh);
	if (place == NDPROXY_LINE_CLOSE) {
		event->type = LINE_CLOSE;
		return;
	}
	event->type = LINE_LINEDEVSTATE;
	event->line_state.state = lh->handle.source.gathered;
	event->line_state.num_opens = READ_ONCE(lh->line->num_opens);
	event->line_state.num_calls = READ_ONCE(lh->line->num_calls);
	lh->handle.source.gathered = 0;
}

/* What an event says now; what it gathered is taken out of its source. */
static void event_compose(struct ndproxy_session *session, struct ndproxy_source *source,
			  unsigned int place, struct ndproxy_event *event)
{
	struct ndproxy_lines_event *lines;

	lockdep_assert_held(&session->lock);
	memset(event, 0, sizeof(*event));
	event->seq = ++session->seq;
	event->time = ndproxy_source_times(source)[place];

	switch (source->type) {
	case NDPROXY_SOURCE_REPLY:
		compose_reply(event, &source_request(source)->request);
		break;
	case NDPROXY_SOURCE_CALL:
		compose_call_place(event, source_call(source), place);
		break;
	case NDPROXY_SOURCE_LINE:
		compose_line_place(event, source_line(source), place);
		break;
	case NDPROXY_SOURCE_REINIT:
		event->type = LINE_LINEDEVSTATE;
		event->adapter = session->reinit_adapter;
		event->line_state.state = LINEDEVSTATE_REINIT;
		break;
	case NDPROXY_SOURCE_LINES:
		lines = source_lines(source);
		event->type = lines->type;
		event->adapter = lines->adapter;
		event->lines.num_lines = lines->num_lines;
		break;
	}
	event->lost = session->lost;
	session->lost = 0;
	if (source->type == NDPROXY_SOURCE_CALL && place == NDPROXY_PLACE_DIGIT)
		ndproxy_digit_next(source_call(source));
}

/* Whether an event that could not be given stays: nobody has discarded or said it meanwhile. */
static bool event_stays(struct ndproxy_session *session, struct ndproxy_source *source,
			unsigned int place)
{
	struct ndproxy_pending *request = events_request(source, BIT(place));

	if (session->ended || source->queued & BIT(place))
		return false;
	if (request)
		return !request->suppressed;
	if (source->type == NDPROXY_SOURCE_CALL || source->type == NDPROXY_SOURCE_LINE)
		return !source_handle(source)->given_up;
	return true;
}

/*
 * The copy to the caller failed: the event stays the first, unless it was
 * discarded meanwhile.  No other reader has passed it: there is one at a time.
 */
static void event_restore(struct ndproxy_session *session, struct ndproxy_source *source,
			  unsigned int place, const struct ndproxy_event *event)
{
	bool stays, shared = false;

	spin_lock(&session->lock);
	/* Nobody was told of these, also if the event itself was discarded. */
	session->seq--;
	session->lost += event->lost;
	if (source->type == NDPROXY_SOURCE_CALL && place == NDPROXY_PLACE_INFO)
		source->gathered |= event->call_info.changed;
	if (source->type == NDPROXY_SOURCE_LINE && place == NDPROXY_LINE_STATE)
		source->gathered |= event->line_state.state;

	if (source->type == NDPROXY_SOURCE_CALL && place == NDPROXY_PLACE_DIGIT) {
		/* Others of its kind may be queued, after it. */
		stays = ndproxy_digit_restore(source_call(source), &shared);
	} else {
		stays = event_stays(session, source, place);
		/* Either the queue has a reference already, or it gets the reader's. */
		if (stays)
			shared = ndproxy_source_restore(session, source, place);
	}
	spin_unlock(&session->lock);
	if (!stays)
		events_release(session, source, BIT(place));
	else if (shared)
		ndproxy_handle_put(source_handle(source));
}

static ssize_t events_copy(struct ndproxy_session *session, struct iov_iter *to)
{
	struct ndproxy_source *source;
	struct ndproxy_event event;
	unsigned int place = 0;
	ssize_t copied = 0;

	while (iov_iter_count(to) >= sizeof(event)) {
		spin_lock(&session->lock);
		source = ndproxy_source_first(session);
		if (source) {
			place = source->first;
			ndproxy_source_take(session, source);
			event_compose(session, source, place, &event);
		}
		spin_unlock(&session->lock);
		if (!source)
			break;

		if (copy_to_iter(&event, sizeof(event), to) != sizeof(event)) {
			event_restore(session, source, place, &event);
			return copied ?: -EFAULT;
		}
		events_release(session, source, BIT(place));
		copied += sizeof(event);
	}
	return copied;
}

/* Whether a read has something to say now; session.lock held. */
static bool events_ready_locked(struct ndproxy_session *session)
{
	lockdep_assert_held(&session->lock);
	/* What is being read may come back. */
	session->turned_away |= session->reading;
	return session->ended ||
	       (!session->reading && !RB_EMPTY_ROOT(&session->events.rb_root));
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
		if (!err) {
			session->reading = true;
			session->turned_away = false;
		}
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
	/* As in ndproxy_queue_stamp(): who waits has looked under the lock. */
	if (session->turned_away && waitqueue_active(&session->wait) &&
	    !RB_EMPTY_ROOT(&session->events.rb_root))
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
