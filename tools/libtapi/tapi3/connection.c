// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Where events go: the connection point of the TAPI object, and the sinks that are advised there.
 *
 * A sink that is taken away hears of nothing new from the moment that Unadvise() returns, and
 * is in no Event() then, except in one that called Unadvise() itself, or that waits for who did:
 * such a one cannot be waited for. The reference of the application's object is released when
 * nobody tells it anything any more.
 */
#include <stdlib.h>

#include "internal.h"

/**
 * struct point - the connection point
 * @object: TAPI3_CONNECTION_POINT
 * @ipoint: its methods
 * @tapi: the TAPI object, with a reference
 */
struct point {
	struct object object;
	IConnectionPoint ipoint;
	struct tapi *tapi;
};

/* Process-wide, so that a cookie is not taken for one of another TAPI object. */
static atomic_uint last_cookie;

static DWORD new_cookie(void)
{
	DWORD cookie;

	do {
		cookie = atomic_fetch_add(&last_cookie, 1) + 1;
	} while (!cookie);
	return cookie;
}

void t3_sinks_init(struct sinks *sinks)
{
	pthread_mutex_init(&sinks->lock, NULL);
	pthread_cond_init(&sinks->idle, NULL);
	sinks->first = NULL;
}

void t3_sinks_destroy(struct sinks *sinks)
{
	pthread_cond_destroy(&sinks->idle);
	pthread_mutex_destroy(&sinks->lock);
}

/*
 * What other threads were about to tell they never will, and Unadvise() must not wait for it. The
 * references that they had are lost.
 */
void t3_sinks_orphan(struct sinks *sinks)
{
	struct sink *sink;

	pthread_mutex_init(&sinks->lock, NULL);
	pthread_cond_init(&sinks->idle, NULL);
	for (sink = sinks->first; sink; sink = sink->next)
		if (sink->teller != t3_callback_own())
			sink->teller = NULL;
}

/* One of its references; the lock is held, and let go and taken again for the last one. */
static void sink_put(struct sinks *sinks, struct sink *sink)
{
	if (--sink->refs)
		return;
	pthread_mutex_unlock(&sinks->lock);
	sink->notify->lpVtbl->Release(sink->notify);
	free(sink);
	pthread_mutex_lock(&sinks->lock);
}

/* Nobody begins to tell it any more: wait for who is about it; lock held, but not all the time. */
static void wait_told(struct sinks *sinks, struct sink *sink)
{
	if (!sink->teller || !t3_callback_await(sink->teller))
		return;
	sink->waiter = t3_callback_own();
	while (sink->teller)
		pthread_cond_wait(&sinks->idle, &sinks->lock);
}

struct sink *t3_sinks_take(struct sinks *sinks)
{
	struct sink *first;

	pthread_mutex_lock(&sinks->lock);
	first = sinks->first;
	sinks->first = NULL;
	pthread_mutex_unlock(&sinks->lock);
	return first;
}

void t3_sinks_end(struct sinks *sinks, struct sink *first)
{
	struct sink *next;

	pthread_mutex_lock(&sinks->lock);
	for (; first; first = next) {
		next = first->next;
		first->is_gone = true;
		sink_put(sinks, first);
	}
	pthread_mutex_unlock(&sinks->lock);
}

/* All of the list, each with a reference. NULL and *@count 0: there is none, or no memory. */
static struct sink **sinks_now(struct sinks *sinks, size_t *count)
{
	struct sink **list, *sink;
	size_t i = 0;

	*count = 0;
	for (sink = sinks->first; sink; sink = sink->next)
		i++;
	list = i ? calloc(i, sizeof(*list)) : NULL;
	if (!list)
		return NULL;
	for (sink = sinks->first; sink; sink = sink->next) {
		sink->refs++;
		list[(*count)++] = sink;
	}
	return list;
}

void t3_sinks_tell(struct sinks *sinks, struct session *session, TAPI_EVENT type, IDispatch *event)
{
	struct sink **list;
	size_t count, i;
	bool is_over;

	pthread_mutex_lock(&sinks->lock);
	list = sinks_now(sinks, &count);
	pthread_mutex_unlock(&sinks->lock);
	/* Then some may be for another session. */
	is_over = t3_session_is_over(session);
	pthread_mutex_lock(&sinks->lock);
	for (i = 0; i < count; i++) {
		struct sink *sink = list[i];

		if (!is_over && !sink->is_gone) {
			sink->teller = session;
			pthread_mutex_unlock(&sinks->lock);
			/*
			 * Begun, as far as Unadvise() knows: so whoever is earlier is waited for.
			 */
			if (!t3_session_is_over(session))
				sink->notify->lpVtbl->Event(sink->notify, type, event);
			pthread_mutex_lock(&sinks->lock);
			sink->teller = NULL;
			/*
			 * From now on, and not when that one gets the processor: this thread may
			 * end its session in the next Event(), and is to wait for it then. What is
			 * put is this session, which this thread has a reference of.
			 */
			t3_callback_awaited(sink->waiter);
			sink->waiter = NULL;
			pthread_cond_broadcast(&sinks->idle);
		}
		sink_put(sinks, sink);
	}
	pthread_mutex_unlock(&sinks->lock);
	free(list);
}

T3_UNKNOWN(point, IConnectionPoint, point, ipoint)

static struct tapi *tapi_of(IConnectionPoint *self)
{
	return t3_container_of(self, struct point, ipoint)->tapi;
}

static HRESULT WINAPI get_interface(IConnectionPoint *self, IID *out)
{
	(void)self;
	if (!out)
		return E_POINTER;
	*out = IID_ITTAPIEventNotification;
	return S_OK;
}

static HRESULT WINAPI get_container(IConnectionPoint *self, IConnectionPointContainer **out)
{
	struct tapi *tapi = tapi_of(self);

	if (!out)
		return E_POINTER;
	t3_hold(&tapi->object);
	*out = &tapi->container;
	return S_OK;
}

static HRESULT WINAPI advise(IConnectionPoint *self, IUnknown *unknown, DWORD *cookie)
{
	struct sinks *sinks = &tapi_of(self)->sinks;
	struct sink *sink, **last;
	void *notify = NULL;

	if (!cookie)
		return E_POINTER;
	*cookie = 0;
	if (!unknown)
		return E_POINTER;
	if (FAILED(unknown->lpVtbl->QueryInterface(unknown, &IID_ITTAPIEventNotification,
						   &notify)) || !notify)
		return CONNECT_E_CANNOTCONNECT;
	sink = calloc(1, sizeof(*sink));
	if (!sink) {
		((ITTAPIEventNotification *)notify)->lpVtbl->Release(notify);
		return E_OUTOFMEMORY;
	}
	sink->notify = notify;
	sink->refs = 1;
	sink->cookie = new_cookie();
	pthread_mutex_lock(&sinks->lock);
	last = &sinks->first;
	while (*last)
		last = &(*last)->next;
	*last = sink;
	*cookie = sink->cookie;
	pthread_mutex_unlock(&sinks->lock);
	return S_OK;
}

static HRESULT WINAPI unadvise(IConnectionPoint *self, DWORD cookie)
{
	struct sinks *sinks = &tapi_of(self)->sinks;
	struct sink **place, *sink;

	pthread_mutex_lock(&sinks->lock);
	place = &sinks->first;
	while (*place && (*place)->cookie != cookie)
		place = &(*place)->next;
	sink = *place;
	if (sink) {
		*place = sink->next;
		sink->is_gone = true;
		wait_told(sinks, sink);
		sink_put(sinks, sink);
	}
	pthread_mutex_unlock(&sinks->lock);
	return sink ? S_OK : CONNECT_E_NOCONNECTION;
}

static HRESULT WINAPI enum_connections(IConnectionPoint *self, IEnumConnections **out)
{
	struct sinks *sinks = &tapi_of(self)->sinks;
	struct snapshot *snapshot;
	void *enumerator = NULL;
	struct sink **list;
	size_t count, i;
	bool is_full;
	HRESULT result;

	if (!out)
		return E_POINTER;
	*out = NULL;
	snapshot = t3_snapshot_new(NULL, t3_tapi_family(tapi_of(self)));
	if (!snapshot)
		return E_OUTOFMEMORY;
	pthread_mutex_lock(&sinks->lock);
	list = sinks_now(sinks, &count);
	is_full = count || !sinks->first;
	pthread_mutex_unlock(&sinks->lock);
	for (i = 0; i < count; i++) {
		ITTAPIEventNotification *notify = list[i]->notify;

		notify->lpVtbl->AddRef(notify);
		if (!t3_snapshot_add(snapshot, notify, NULL, list[i]->cookie)) {
			notify->lpVtbl->Release(notify);
			is_full = false;
		}
	}
	pthread_mutex_lock(&sinks->lock);
	for (i = 0; i < count; i++)
		sink_put(sinks, list[i]);
	pthread_mutex_unlock(&sinks->lock);
	free(list);
	if (!is_full) {
		t3_snapshot_put(snapshot);
		return E_OUTOFMEMORY;
	}
	result = t3_enumerate(snapshot, &IID_IEnumConnections, &enumerator);
	*out = enumerator;
	return result;
}

static const IConnectionPointVtbl point_table = {
	T3_UNKNOWN_TABLE(point),
	.GetConnectionInterface = get_interface,
	.GetConnectionPointContainer = get_container,
	.Advise = advise,
	.Unadvise = unadvise,
	.EnumConnections = enum_connections,
};

static void point_end(struct object *object)
{
	struct tapi *tapi = ((struct point *)object)->tapi;

	t3_free(object);
	t3_put(&tapi->object);
}

static const struct interface point_interfaces[] = {
	{ &IID_IConnectionPoint, offsetof(struct point, ipoint) },
	{ 0 }
};

static const struct object_class point_class = {
	.kind = TAPI3_CONNECTION_POINT,
	.name = "IConnectionPoint",
	.interfaces = point_interfaces,
	.end = point_end,
};

/*
 * One is made each time: it has nothing of its own, its sinks are the TAPI object's, and so it can
 * hold that without being held by it.
 */
HRESULT t3_connection_point(struct tapi *tapi, IConnectionPoint **out)
{
	struct point *point = t3_new(&point_class, sizeof(*point), t3_tapi_family(tapi));

	*out = NULL;
	if (!point)
		return E_OUTOFMEMORY;
	t3_hold(&tapi->object);
	point->tapi = tapi;
	point->ipoint.lpVtbl = &point_table;
	*out = &point->ipoint;
	return S_OK;
}

T3_UNKNOWN(t3_container, IConnectionPointContainer, tapi, container)

static HRESULT WINAPI find_point(IConnectionPointContainer *self, REFIID iid,
				 IConnectionPoint **out)
{
	if (!out)
		return E_POINTER;
	*out = NULL;
	if (!iid)
		return E_INVALIDARG;
	if (!IsEqualIID(iid, &IID_ITTAPIEventNotification))
		return CONNECT_E_NOCONNECTION;
	return t3_connection_point(t3_container_of(self, struct tapi, container), out);
}

static HRESULT WINAPI enum_points(IConnectionPointContainer *self, IEnumConnectionPoints **out)
{
	struct tapi *tapi = t3_container_of(self, struct tapi, container);
	struct snapshot *snapshot;
	IConnectionPoint *point;
	void *enumerator = NULL;
	HRESULT result;

	if (!out)
		return E_POINTER;
	*out = NULL;
	result = t3_connection_point(tapi, &point);
	if (FAILED(result))
		return result;
	snapshot = t3_snapshot_new(NULL, t3_tapi_family(tapi));
	if (!snapshot ||
	    !t3_snapshot_add(snapshot, point,
			     &t3_container_of(point, struct point, ipoint)->object, 0)) {
		point_release(point);
		if (snapshot)
			t3_snapshot_put(snapshot);
		return E_OUTOFMEMORY;
	}
	result = t3_enumerate(snapshot, &IID_IEnumConnectionPoints, &enumerator);
	*out = enumerator;
	return result;
}

const IConnectionPointContainerVtbl t3_container_table = {
	T3_UNKNOWN_TABLE(t3_container),
	.EnumConnectionPoints = enum_points,
	.FindConnectionPoint = find_point,
};
