// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What the messages of TAPI 2 mean: states of calls, and events.
 */
#include <stdlib.h>

#include "internal.h"

static void new_call(struct session *session, const LINEMESSAGE *message)
{
	HCALL handle = message->dwParam2;
	HRESULT result = E_FAIL;
	struct line *line;

	pthread_mutex_lock(&session->lock);
	line = t3_line_find(session, message->dwCallbackInstance);
	if (line && line->is_registered)
		line->refs++;
	else
		line = NULL;
	pthread_mutex_unlock(&session->lock);
	if (line)
		result = t3_call_offered(session, line, message->dwParam1, handle,
					 message->dwParam3);
	if (SUCCEEDED(result))
		return;
	/* Nobody takes it: so it is not kept from those who would. */
	lineDeallocateCall(handle);
	if (line)
		t3_line_put(session, line);
}

static void call_state(struct session *session, const LINEMESSAGE *message)
{
	struct call *call = t3_call_find(session, message->hDevice);
	DWORD state = message->dwParam1;
	CALL_STATE_EVENT_CAUSE cause = CEC_NONE;
	int to = t3_call_state(state);
	bool was_new;

	if (!call)
		return;
	if (state == LINECALLSTATE_DISCONNECTED)
		cause = t3_cause(message->dwParam2);
	else if (state == LINECALLSTATE_BUSY)
		cause = CEC_DISCONNECT_BUSY;
	else if (state == LINECALLSTATE_IDLE)
		cause = CEC_DISCONNECT_NORMAL;
	pthread_mutex_lock(&session->lock);
	was_new = call->is_new;
	call->is_new = false;
	if (message->dwParam3) {
		CALL_PRIVILEGE privilege = message->dwParam3 & LINECALLPRIVILEGE_OWNER ?
					   CP_OWNER : CP_MONITOR;

		if (privilege != call->privilege)
			t3_event_of_call(session, TE_CALLINFOCHANGE, call, 0, CIC_PRIVILEGE);
		call->privilege = privilege;
	}
	if (state == LINECALLSTATE_IDLE)
		call->is_over = true;
	if (to >= 0 && was_new)
		t3_call_first(call, to, cause);
	else if (to >= 0)
		t3_call_enter(call, to, cause);
	pthread_mutex_unlock(&session->lock);
	if (state == LINECALLSTATE_IDLE)
		t3_call_over(call);
	if (was_new)
		t3_put(&call->object);
	t3_put(&call->object);
}

static void reply(struct session *session, const LINEMESSAGE *message)
{
	LONG result = (LONG)message->dwParam2;
	struct call *call = NULL;
	struct pending *pending;

	pthread_mutex_lock(&session->lock);
	pending = t3_pending_take(session, message->dwParam1);
	if (pending) {
		call = pending->call;
		if (call && !t3_try_hold(&call->object))
			call = NULL;
		if (pending->answer) {
			pending->answer->is_there = true;
			pending->answer->result = result;
		}
		if (call && pending->is_make_call)
			t3_call_made(call, pending->made, result);
		if (call && pending->is_drop && result)
			call->drop = DROP_NONE;
	}
	pthread_mutex_unlock(&session->lock);
	if (!pending)
		return;
	/* Made for a call object that was released meanwhile. */
	if (!call && pending->is_make_call && !result)
		lineDeallocateCall(pending->made);
	if (call && pending->is_make_call && result)
		t3_call_over(call);
	free(pending);
	if (call)
		t3_put(&call->object);
}

/* CIC_* of the bits of LINECALLINFOSTATE_*, from the lowest on; -1: none. */
static const signed char info_causes[] = {
	CIC_OTHER, CIC_DEVSPECIFIC, CIC_BEARERMODE, CIC_RATE, CIC_MEDIATYPE, CIC_APPSPECIFIC,
	CIC_CALLID, CIC_RELATEDCALLID, CIC_ORIGIN, CIC_REASON, CIC_COMPLETIONID, CIC_NUMOWNERINCR,
	CIC_NUMOWNERDECR, CIC_NUMMONITORS, CIC_TRUNK, CIC_CALLERID, CIC_CALLEDID, CIC_CONNECTEDID,
	CIC_REDIRECTIONID, CIC_REDIRECTINGID, -1, CIC_USERUSERINFO, CIC_HIGHLEVELCOMP,
	CIC_LOWLEVELCOMP, CIC_CHARGINGINFO, -1, -1, -1, CIC_TREATMENT, -1, CIC_CALLDATA, -1,
};

static void call_info(struct session *session, const LINEMESSAGE *message)
{
	struct call *call = t3_call_find(session, message->hDevice);
	size_t i;

	if (!call)
		return;
	pthread_mutex_lock(&session->lock);
	for (i = 0; i < sizeof(info_causes); i++)
		if (message->dwParam1 >> i & 1 && info_causes[i] >= 0)
			t3_event_of_call(session, TE_CALLINFOCHANGE, call, 0, info_causes[i]);
	pthread_mutex_unlock(&session->lock);
	t3_put(&call->object);
}

/* TE_TAPIOBJECT, of an address or of none. */
static void tell_tapi(struct session *session, TAPIOBJECT_EVENT code, struct address *address)
{
	struct event *event = t3_event_new(session, TE_TAPIOBJECT, code, 0, 0);
	bool is_queued;

	if (!event)
		return;
	event->tapi = t3_session_tapi(session);
	if (address) {
		t3_hold(&address->object);
		event->address = address;
	}
	pthread_mutex_lock(&session->lock);
	/* Without a TAPI object nobody is there to be told. */
	is_queued = event->tapi && t3_event_queue(session, event);
	pthread_mutex_unlock(&session->lock);
	if (!is_queued)
		t3_put(&event->object);
}

static void tell_address(struct session *session, ADDRESS_EVENT code, struct address *address)
{
	struct event *event = t3_event_new(session, TE_ADDRESS, code, 0, 0);
	bool is_queued;

	if (!event)
		return;
	t3_hold(&address->object);
	event->address = address;
	pthread_mutex_lock(&session->lock);
	is_queued = t3_event_queue(session, event);
	pthread_mutex_unlock(&session->lock);
	if (!is_queued)
		t3_put(&event->object);
}

/* The same of each address in a snapshot, which is put. */
static void tell_each(struct session *session, TAPIOBJECT_EVENT code, struct snapshot *snapshot)
{
	size_t i;

	for (i = 0; i < snapshot->count; i++)
		tell_tapi(session, code, (struct address *)snapshot->items[i].object);
	t3_snapshot_put(snapshot);
}

/* End one call of a line that is gone; false: there is none any more. */
static bool lose_call(struct session *session, const struct line *line)
{
	struct call *call;
	bool was_new;

	pthread_mutex_lock(&session->lock);
	call = session->calls;
	while (call && (call->line != line || call->is_over || !t3_try_hold(&call->object)))
		call = call->next;
	was_new = call && call->is_new;
	if (call) {
		call->is_new = false;
		t3_call_lost(call);
	}
	pthread_mutex_unlock(&session->lock);
	if (!call)
		return false;
	t3_call_over(call);
	/* Announced, and its first state, which would have given that back, will not come. */
	if (was_new)
		t3_put(&call->object);
	t3_put(&call->object);
	return true;
}

/* Closed from below: its handle and those of its calls are dead, and are not closed by us. */
static void line_close(struct session *session, const LINEMESSAGE *message)
{
	struct address *address;
	bool is_registered;
	struct line *line;

	pthread_mutex_lock(&session->lock);
	line = t3_line_find(session, message->dwCallbackInstance);
	if (line) {
		line->refs++;
		line->handle = 0;
		line->is_closed = true;
	}
	is_registered = line && line->is_registered;
	pthread_mutex_unlock(&session->lock);
	if (!line)
		return;
	while (lose_call(session, line))
		;
	if (is_registered &&
	    SUCCEEDED(t3_address_left(session, line->device, line->address, &address))) {
		tell_tapi(session, TE_ADDRESSCLOSE, address);
		t3_put(&address->object);
	}
	t3_line_put(session, line);
}

static void create(struct session *session, const LINEMESSAGE *message)
{
	struct snapshot *snapshot;
	DWORD device = message->dwParam1;

	pthread_mutex_lock(&session->lock);
	if (device >= session->num_devices)
		session->num_devices = device + 1;
	pthread_mutex_unlock(&session->lock);
	snapshot = t3_snapshot_new(NULL, session->family);
	if (!snapshot)
		return;
	/* Without memory for all, those that there are. */
	(void)t3_addresses_of(session, device, snapshot);
	tell_each(session, TE_ADDRESSCREATE, snapshot);
}

static void removal(struct session *session, const LINEMESSAGE *message)
{
	struct snapshot *snapshot = t3_snapshot_new(NULL, session->family);

	if (!snapshot)
		return;
	(void)t3_addresses_left(session, message->dwParam1, snapshot);
	tell_each(session, TE_ADDRESSREMOVE, snapshot);
}

static const struct {
	DWORD state;
	ADDRESS_EVENT event;
} address_events[] = {
	{ LINEDEVSTATE_INSERVICE, AE_STATE },
	{ LINEDEVSTATE_OUTOFSERVICE, AE_STATE },
	{ LINEDEVSTATE_RINGING, AE_RINGING },
	{ LINEDEVSTATE_CAPSCHANGE, AE_CAPSCHANGE },
	{ LINEDEVSTATE_CONFIGCHANGE, AE_CONFIGCHANGE },
	{ LINEDEVSTATE_MSGWAITON, AE_MSGWAITON },
	{ LINEDEVSTATE_MSGWAITOFF, AE_MSGWAITOFF },
};

static void line_state(struct session *session, const LINEMESSAGE *message)
{
	DWORD state = message->dwParam1;
	struct address *address;
	DWORD device, number;
	struct line *line;
	size_t i;

	if (state & LINEDEVSTATE_REINIT)
		tell_tapi(session, TE_REINIT, NULL);
	if (state & LINEDEVSTATE_TRANSLATECHANGE)
		tell_tapi(session, TE_TRANSLATECHANGE, NULL);
	pthread_mutex_lock(&session->lock);
	line = t3_line_find(session, message->dwCallbackInstance);
	/* Open for its calls alone. */
	if (line && !line->is_registered)
		line = NULL;
	device = line ? line->device : 0;
	number = line ? line->address : 0;
	pthread_mutex_unlock(&session->lock);
	if (!line || FAILED(t3_address_left(session, device, number, &address)))
		return;
	pthread_mutex_lock(&session->lock);
	if (state & (LINEDEVSTATE_INSERVICE | LINEDEVSTATE_OUTOFSERVICE))
		address->is_out_of_service = state & LINEDEVSTATE_OUTOFSERVICE;
	pthread_mutex_unlock(&session->lock);
	for (i = 0; i < sizeof(address_events) / sizeof(*address_events); i++)
		if (state & address_events[i].state)
			tell_address(session, address_events[i].event, address);
	t3_put(&address->object);
}

/* 0: one was taken, and is told. All memory is there before: what is taken is nobody else's. */
static LONG take_request(struct session *session)
{
	struct event *event = t3_event_new(session, TE_REQUEST, LINEREQUESTMODE_MAKECALL, 0, 0);
	LONG error = LINEERR_NOMEM;
	bool is_queued = false;

	if (!event)
		return error;
	event->asked = malloc(sizeof(*event->asked));
	if (event->asked)
		error = lineGetRequestW(session->app, LINEREQUESTMODE_MAKECALL, event->asked);
	if (!error) {
		pthread_mutex_lock(&session->lock);
		event->instance = session->request_instance;
		is_queued = t3_event_queue(session, event);
		pthread_mutex_unlock(&session->lock);
	}
	if (!is_queued)
		t3_put(&event->object);
	return error;
}

/*
 * The message says that there are some, and is not said again: all are taken. What cannot be for
 * want of descriptors or memory is asked for again.
 */
void t3_requests(struct session *session)
{
	LONG error;

	do {
		error = take_request(session);
	} while (!error);
	session->are_requests_left = error == LINEERR_RESOURCEUNAVAIL || error == LINEERR_NOMEM;
}

void t3_message(struct session *session, const LINEMESSAGE *message)
{
	switch (message->dwMessageID) {
	case LINE_APPNEWCALL:
		new_call(session, message);
		break;
	case LINE_CALLSTATE:
		call_state(session, message);
		break;
	case LINE_REPLY:
		reply(session, message);
		break;
	case LINE_CALLINFO:
		call_info(session, message);
		break;
	case LINE_CLOSE:
		line_close(session, message);
		break;
	case LINE_CREATE:
		create(session, message);
		break;
	case LINE_REMOVE:
		removal(session, message);
		break;
	case LINE_LINEDEVSTATE:
		line_state(session, message);
		break;
	case LINE_REQUEST:
		if (message->dwParam1 == LINEREQUESTMODE_MAKECALL)
			t3_requests(session);
		break;
	default:
		break;
	}
}
