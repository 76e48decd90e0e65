// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Call hubs: ITCallHub.
 *
 * A hub is what one conversation is, seen from above: all its calls. The lines here say of no call
 * which other one belongs to it, so each call has a hub of its own.
 */
#include <stdlib.h>

#include "internal.h"

T3_DISPATCH(hub, ITCallHub, hub, ihub)

static struct hub *hub_of(ITCallHub *self)
{
	return t3_container_of(self, struct hub, ihub);
}

/* A call belongs to it from its beginning to CS_DISCONNECTED; session.lock held. */
static bool is_member(const struct call *call)
{
	return call && call->state != CS_IDLE && call->state != CS_DISCONNECTED;
}

/* Its call, with a reference, or NULL. */
static struct call *member(struct hub *hub)
{
	struct call *call;

	pthread_mutex_lock(&hub->session->lock);
	call = is_member(hub->call) && t3_try_hold(&hub->call->object) ? hub->call : NULL;
	pthread_mutex_unlock(&hub->session->lock);
	return call;
}

static HRESULT may_begin(ITCallHub *self, const void *out)
{
	if (!out)
		return E_POINTER;
	return t3_session_is_over(hub_of(self)->session) ? TAPI_E_NOT_INITIALIZED : S_OK;
}

/* What cannot be ended for want of a privilege is left, and that is no failure. */
static HRESULT WINAPI clear(ITCallHub *self)
{
	HRESULT result = may_begin(self, self);
	struct call *call;

	if (FAILED(result))
		return result;
	call = member(hub_of(self));
	if (!call)
		return S_OK;
	result = t3_call_disconnect(call);
	t3_put(&call->object);
	return result == TAPI_E_NOTOWNER || SUCCEEDED(result) ? S_OK : result;
}

static struct snapshot *members(struct hub *hub)
{
	struct snapshot *snapshot = t3_snapshot_new(hub->session, hub->session->family);
	struct call *call;

	if (!snapshot)
		return NULL;
	call = member(hub);
	if (call && !t3_snapshot_add(snapshot, &call->info, &call->object, 0)) {
		t3_put(&call->object);
		t3_snapshot_put(snapshot);
		return NULL;
	}
	return snapshot;
}

static HRESULT WINAPI enumerate_calls(ITCallHub *self, IEnumCall **out)
{
	HRESULT result = may_begin(self, out);
	void *enumerator = NULL;

	if (SUCCEEDED(result))
		result = t3_enumerate(members(hub_of(self)), &IID_IEnumCall, &enumerator);
	if (out)
		*out = enumerator;
	return result;
}

static HRESULT WINAPI get_calls(ITCallHub *self, VARIANT *out)
{
	HRESULT result = may_begin(self, out);

	return FAILED(result) ? result : t3_collect(members(hub_of(self)), out);
}

static HRESULT WINAPI get_num_calls(ITCallHub *self, LONG *out)
{
	HRESULT result = may_begin(self, out);
	struct hub *hub = hub_of(self);

	if (FAILED(result))
		return result;
	pthread_mutex_lock(&hub->session->lock);
	*out = is_member(hub->call);
	pthread_mutex_unlock(&hub->session->lock);
	return S_OK;
}

static HRESULT WINAPI get_state(ITCallHub *self, CALLHUB_STATE *out)
{
	HRESULT result = may_begin(self, out);
	struct hub *hub = hub_of(self);

	if (FAILED(result))
		return result;
	pthread_mutex_lock(&hub->session->lock);
	*out = is_member(hub->call) ? CHS_ACTIVE : CHS_IDLE;
	pthread_mutex_unlock(&hub->session->lock);
	return S_OK;
}

static const ITCallHubVtbl hub_table = {
	T3_DISPATCH_TABLE(hub),
	.Clear = clear,
	.EnumerateCalls = enumerate_calls,
	.get_Calls = get_calls,
	.get_NumCalls = get_num_calls,
	.get_State = get_state,
};

static void hub_end(struct object *object)
{
	struct hub *hub = (struct hub *)object;
	struct session *session = hub->session;
	struct tapi *tapi = hub->tapi;

	t3_free(object);
	t3_put(&tapi->object);
	t3_session_put(session);
}

static const struct interface hub_interfaces[] = {
	{ &IID_IDispatch, offsetof(struct hub, ihub) },
	{ &IID_ITCallHub, offsetof(struct hub, ihub) },
	{ 0 }
};

static const struct object_class hub_class = {
	.kind = TAPI3_CALL_HUB,
	.name = "ITCallHub",
	.interfaces = hub_interfaces,
	.end = hub_end,
};

struct hub *t3_hub_new(struct address *address)
{
	struct hub *hub = t3_new(&hub_class, sizeof(*hub), address->session->family);

	if (!hub)
		return NULL;
	hub->ihub.lpVtbl = &hub_table;
	hub->session = t3_session_hold(address->session);
	t3_hold(&address->tapi->object);
	hub->tapi = address->tapi;
	return hub;
}

struct snapshot *t3_hubs(struct session *session)
{
	struct snapshot *snapshot = t3_snapshot_new(session, session->family);
	struct hub *hub = NULL;
	struct call *call;

	if (!snapshot)
		return NULL;
	pthread_mutex_lock(&session->lock);
	for (call = session->calls; call; call = call->next) {
		/* A call that is in the list has a hub, even one that is about to go. */
		if (!is_member(call))
			continue;
		hub = call->hub;
		t3_hold(&hub->object);
		if (!t3_snapshot_add(snapshot, &hub->ihub, &hub->object, 0))
			break;
	}
	pthread_mutex_unlock(&session->lock);
	/* Left in the middle: without memory. */
	if (call) {
		t3_put(&hub->object);
		t3_snapshot_put(snapshot);
		return NULL;
	}
	return snapshot;
}

/* The place in the list where the address is, or its end; session.lock held. */
static struct untracked **find(struct session *session, const struct address *address)
{
	struct untracked **place = &session->untracked;

	while (*place && ((*place)->device != address->device ||
			  (*place)->number != address->number))
		place = &(*place)->next;
	return place;
}

HRESULT t3_track(struct address *address, bool is_tracked)
{
	struct untracked *untracked = calloc(1, sizeof(*untracked));
	struct session *session = address->session;
	struct untracked **place;

	if (!untracked)
		return E_OUTOFMEMORY;
	untracked->device = address->device;
	untracked->number = address->number;
	pthread_mutex_lock(&session->lock);
	place = find(session, address);
	if (*place && is_tracked) {
		free(untracked);
		untracked = *place;
		*place = untracked->next;
	} else if (!*place && !is_tracked) {
		*place = untracked;
		untracked = NULL;
	}
	pthread_mutex_unlock(&session->lock);
	free(untracked);
	return S_OK;
}

void t3_hub_event(struct call *call, CALLHUB_EVENT event)
{
	if (!*find(call->session, call->address))
		t3_event_of_call(call->session, TE_CALLHUB, call, event, 0);
}
