// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Call objects: how they come, which states they are told to be in, and how they go.
 */
#include <stdlib.h>

#include "internal.h"

/*
 * The call is not dropped by name: who deallocates the only owner's handle of it drops it. The line
 * of an outgoing call is closed before its requests are forgotten, since until then a reply may be
 * written to one; whatever lineClose() answers, afterwards it is not.
 */
static void call_end(struct object *object)
{
	struct call *call = (struct call *)object;
	struct session *session = call->session;
	struct address *address = call->address;
	struct hub *hub = call->hub;
	HCALL handle;
	size_t i;

	pthread_mutex_lock(&session->lock);
	if (call->is_listed && !session->is_orphan) {
		if (call->next)
			call->next->previous = call->previous;
		if (call->previous)
			call->previous->next = call->next;
		else
			session->calls = call->next;
	}
	hub->call = NULL;
	handle = session->is_over ? 0 : call->handle;
	pthread_mutex_unlock(&session->lock);

	if (handle)
		lineDeallocateCall(handle);
	if (call->line)
		t3_line_put(session, call->line);

	pthread_mutex_lock(&session->lock);
	t3_pending_forget(session, call);
	pthread_mutex_unlock(&session->lock);

	free(call->left);
	SysFreeString(call->destination);
	for (i = 0; i < sizeof(call->texts) / sizeof(*call->texts); i++)
		SysFreeString(call->texts[i]);
	t3_free(object);
	t3_put(&hub->object);
	t3_put(&address->object);
	t3_session_put(session);
}

static const struct interface call_interfaces[] = {
	{ &IID_IDispatch, offsetof(struct call, info) },
	{ &IID_ITCallInfo, offsetof(struct call, info) },
	{ &IID_ITBasicCallControl, offsetof(struct call, control) },
	{ 0 }
};

static const struct object_class call_class = {
	.kind = TAPI3_CALL,
	.name = "call",
	.interfaces = call_interfaces,
	.end = call_end,
};

/* One in CS_IDLE, which nobody finds yet. NULL: no memory. */
static struct call *new_call(struct address *address)
{
	struct session *session = address->session;
	struct hub *hub = t3_hub_new(address);
	struct call *call;

	if (!hub)
		return NULL;
	call = t3_new(&call_class, sizeof(*call), session->family);
	if (!call) {
		t3_put(&hub->object);
		return NULL;
	}
	call->info.lpVtbl = &t3_info_table;
	call->control.lpVtbl = &t3_control_table;
	call->session = t3_session_hold(session);
	t3_hold(&address->object);
	call->address = address;
	call->hub = hub;
	call->state = CS_IDLE;
	call->privilege = CP_OWNER;
	hub->call = call;
	return call;
}

/* When all is known that it is made with: others may find it from now on; session.lock held. */
static void list_call(struct session *session, struct call *call)
{
	call->is_listed = true;
	call->next = session->calls;
	if (call->next)
		call->next->previous = call;
	session->calls = call;
}

HRESULT t3_call_new(struct address *address, BSTR destination, DWORD media, struct call **out)
{
	struct session *session = address->session;
	struct call *call = new_call(address);

	if (!call)
		return E_OUTOFMEMORY;
	call->media = media;
	if (!t3_bstr_copy(destination, &call->destination)) {
		t3_put(&call->object);
		return E_OUTOFMEMORY;
	}
	pthread_mutex_lock(&session->lock);
	list_call(session, call);
	pthread_mutex_unlock(&session->lock);
	*out = call;
	return S_OK;
}

struct call *t3_call_find(struct session *session, HCALL handle)
{
	struct call *call;

	pthread_mutex_lock(&session->lock);
	call = session->calls;
	while (call && call->handle != handle)
		call = call->next;
	if (call && !t3_try_hold(&call->object))
		call = NULL;
	pthread_mutex_unlock(&session->lock);
	return call;
}

/* It may be told of a call that is offered before the first message of its state has come. */
static bool is_offered(HCALL handle)
{
	LINECALLSTATUS status = { .dwTotalSize = sizeof(status) };

	return !lineGetCallStatus(handle, &status) &&
	       t3_call_state(status.dwCallState) == CS_OFFERING;
}

HRESULT t3_call_offered(struct session *session, struct line *line, DWORD number, HCALL handle,
			DWORD privilege)
{
	bool is_owner = privilege & LINECALLPRIVILEGE_OWNER;
	struct address *address;
	struct call *call;
	bool is_over;
	HRESULT result;

	result = t3_address_get(session, line->device, number, &address);
	/* Of no address in particular: then it is of the one that was registered. */
	if (result == TAPI_E_INVALADDRESS)
		result = t3_address_get(session, line->device, line->address, &address);
	if (FAILED(result))
		return result;
	call = new_call(address);
	t3_put(&address->object);
	if (!call)
		return E_OUTOFMEMORY;
	pthread_mutex_lock(&session->lock);
	is_over = session->is_over;
	if (!is_over) {
		call->line = line;
		call->handle = handle;
		call->privilege = is_owner ? CP_OWNER : CP_MONITOR;
		call->instance = line->instance;
		call->is_connecting = true;
		if (is_offered(handle))
			call->state = CS_OFFERING;
		list_call(session, call);
		t3_hub_event(call, CHE_CALLHUBNEW);
		t3_hub_event(call, CHE_CALLJOIN);
		t3_event_of_call(session, TE_CALLNOTIFICATION, call,
				 is_owner ? CNE_OWNER : CNE_MONITOR, 0);
		/* The reference of new_call() is given back when its first state is told. */
		call->is_new = true;
	}
	pthread_mutex_unlock(&session->lock);
	if (is_over) {
		t3_put(&call->object);
		return TAPI_E_NOT_INITIALIZED;
	}
	return S_OK;
}

/*
 * Each state is told once, and nothing comes after CS_DISCONNECTED: so of the two states of TAPI 2
 * that it stands for, the first is told.
 */
static void enter(struct call *call, CALL_STATE state, CALL_STATE_EVENT_CAUSE cause)
{
	call->state = state;
	call->cause = cause;
	if (state == CS_CONNECTED)
		call->was_connected = true;
	t3_event_of_call(call->session, TE_CALLSTATE, call, state, cause);
	if (state == CS_DISCONNECTED) {
		t3_hub_event(call, CHE_CALLLEAVE);
		t3_hub_event(call, CHE_CALLHUBIDLE);
	}
}

void t3_call_enter(struct call *call, CALL_STATE state, CALL_STATE_EVENT_CAUSE cause)
{
	if (call->state != CS_DISCONNECTED && call->state != state)
		enter(call, state, cause);
}

void t3_call_first(struct call *call, CALL_STATE state, CALL_STATE_EVENT_CAUSE cause)
{
	if (call->state != CS_DISCONNECTED)
		enter(call, state, cause);
}

void t3_call_lost(struct call *call)
{
	call->handle = 0;
	call->is_over = true;
	t3_call_enter(call, CS_DISCONNECTED, CEC_DISCONNECT_FAILED);
}

void t3_call_made(struct call *call, HCALL handle, LONG result)
{
	if (result) {
		call->is_over = true;
		t3_call_enter(call, CS_DISCONNECTED, t3_cause_of_error(result));
		return;
	}
	call->handle = handle;
	t3_hub_event(call, CHE_CALLHUBNEW);
	t3_hub_event(call, CHE_CALLJOIN);
	t3_call_first(call, CS_INPROGRESS, CEC_NONE);
}

/*
 * A line must not stay open, nor a call have an owner, because an object is held that nothing can
 * be done with any more. What can still be asked of it is asked before.
 */
void t3_call_over(struct call *call)
{
	struct session *session = call->session;
	LINECALLINFO *info = NULL;
	struct line *line;
	HCALL handle;

	/* Without it, in want of memory, nothing is known of the call: no reason to keep it. */
	if (FAILED(t3_call_query(call, &info)))
		info = NULL;
	pthread_mutex_lock(&session->lock);
	if (!call->left) {
		call->left = info;
		info = NULL;
	}
	handle = session->is_over ? 0 : call->handle;
	call->handle = 0;
	line = call->line;
	call->line = NULL;
	pthread_mutex_unlock(&session->lock);
	free(info);
	if (handle)
		lineDeallocateCall(handle);
	if (line)
		t3_line_put(session, line);
}

struct snapshot *t3_calls(struct session *session, const struct address *address)
{
	struct snapshot *snapshot = t3_snapshot_new(session, session->family);
	struct call *call;

	if (!snapshot)
		return NULL;
	pthread_mutex_lock(&session->lock);
	for (call = session->calls; call; call = call->next)
		if ((!address || call->address == address) && t3_try_hold(&call->object) &&
		    !t3_snapshot_add(snapshot, &call->info, &call->object, 0))
			break;
	pthread_mutex_unlock(&session->lock);
	/* Left in the middle: without memory. */
	if (call) {
		t3_put(&call->object);
		t3_snapshot_put(snapshot);
		return NULL;
	}
	return snapshot;
}
