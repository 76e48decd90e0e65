// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Sessions: what is between an Initialize() and its end, and who reads its messages.
 */
#include <signal.h>
#include <stdlib.h>

#include "internal.h"

/* How long nobody reads after lineGetMessage() has failed, but not for want of a message. */
#define FAILURE_PAUSE_NS 10000000

/* When requests that could not be taken are asked for again, if no message comes before. */
#define REQUESTS_PAUSE_MS 500

struct session *t3_session_hold(struct session *session)
{
	atomic_fetch_add_explicit(&session->refs, 1, memory_order_relaxed);
	return session;
}

/*
 * Nobody has it: so nobody reads, and the requests' memory is not written. Lines are left if their
 * registrations were: lineShutdown() has closed them.
 */
static void session_free(struct session *session)
{
	struct untracked *untracked;
	struct pending *pending;
	struct line *line;

	t3_ledger_remove_session(session);
	while ((line = session->lines)) {
		session->lines = line->next;
		free(line);
	}
	while ((pending = session->pending)) {
		session->pending = pending->next;
		free(pending);
	}
	while ((untracked = session->untracked)) {
		session->untracked = untracked->next;
		free(untracked);
	}
	pthread_cond_destroy(&session->changed);
	pthread_mutex_destroy(&session->lock);
	free(session);
}

void t3_session_put(struct session *session)
{
	if (atomic_fetch_sub_explicit(&session->refs, 1, memory_order_acq_rel) == 1)
		session_free(session);
}

bool t3_session_is_over(struct session *session)
{
	bool is_over;

	pthread_mutex_lock(&session->lock);
	is_over = session->is_over;
	pthread_mutex_unlock(&session->lock);
	return is_over;
}

struct tapi *t3_session_tapi(struct session *session)
{
	struct tapi *tapi;

	pthread_mutex_lock(&session->lock);
	tapi = session->tapi;
	if (tapi && !t3_try_hold(&tapi->object))
		tapi = NULL;
	pthread_mutex_unlock(&session->lock);
	return tapi;
}

static void init_locks(struct session *session)
{
	pthread_condattr_t attributes;

	pthread_mutex_init(&session->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&session->changed, &attributes);
	pthread_condattr_destroy(&attributes);
}

static struct session *session_new(struct tapi *tapi)
{
	struct session *session = calloc(1, sizeof(*session));

	if (!session)
		return NULL;
	atomic_init(&session->refs, 1);
	session->family = t3_family_new();
	session->tapi = tapi;
	init_locks(session);
	t3_ledger_add_session(session);
	return session;
}

void t3_session_orphan(struct session *session)
{
	init_locks(session);
	t3_callback_orphan(session);
	session->is_over = true;
	session->is_orphan = true;
	session->is_reported = false;
	session->is_reading = false;
	session->tapi = NULL;
	session->addresses = NULL;
	session->calls = NULL;
	session->lines = NULL;
	session->untracked = NULL;
	session->pending = NULL;
	session->first = NULL;
	session->last = NULL;
}

/* It handles no signals: they are the application's, for threads that it knows. */
static int start_thread(struct session *session)
{
	sigset_t all, before;
	int err;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	/* Nobody else has the session yet. */
	atomic_store(&session->refs, 2);
	err = pthread_create(&session->thread, NULL, t3_callback, session);
	if (err)
		atomic_store(&session->refs, 1);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return err;
}

HRESULT t3_session_begin(struct tapi *tapi, struct session **out)
{
	struct session *session = session_new(tapi);
	LINEINITIALIZEEXPARAMS parameters = {
		.dwTotalSize = sizeof(parameters),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT,
	};
	DWORD version = T3_VERSION_HIGH;
	LONG error;

	if (!session)
		return E_OUTOFMEMORY;
	error = lineInitializeExW(&session->app, NULL, NULL, NULL, &session->num_devices,
				  &version, &parameters);
	if (error) {
		t3_session_put(session);
		return t3_failure(error);
	}
	if (start_thread(session)) {
		lineShutdown(session->app);
		t3_session_put(session);
		return E_OUTOFMEMORY;
	}
	*out = session;
	return S_OK;
}

/* Calls that were announced, and whose first state nobody will tell any more. */
static void drop_new_calls(struct session *session)
{
	struct call *call;

	do {
		pthread_mutex_lock(&session->lock);
		call = session->calls;
		while (call && !call->is_new)
			call = call->next;
		if (call)
			call->is_new = false;
		pthread_mutex_unlock(&session->lock);
		if (call)
			t3_put(&call->object);
	} while (call);
}

static void drop_events(struct session *session)
{
	struct event *event, *next;

	pthread_mutex_lock(&session->lock);
	event = session->first;
	session->first = NULL;
	session->last = NULL;
	pthread_mutex_unlock(&session->lock);
	for (; event; event = next) {
		next = event->next;
		t3_put(&event->object);
	}
}

void t3_session_over(struct session *session)
{
	pthread_mutex_lock(&session->lock);
	session->is_over = true;
	pthread_mutex_unlock(&session->lock);
}

bool t3_session_end(struct session *session)
{
	bool is_awaited = t3_callback_await(session);

	pthread_mutex_lock(&session->lock);
	/* Not waited for, its thread is in an Event(), until we have returned: it sees that. */
	session->is_reported = !is_awaited;
	session->tapi = NULL;
	pthread_cond_broadcast(&session->changed);
	pthread_mutex_unlock(&session->lock);
	lineShutdown(session->app);
	if (is_awaited) {
		pthread_join(session->thread, NULL);
		t3_callback_awaited(t3_callback_own());
	} else {
		pthread_detach(session->thread);
	}
	drop_events(session);
	drop_new_calls(session);
	t3_session_put(session);
	return is_awaited;
}

struct timespec t3_deadline(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	now.tv_sec += T3_WAIT_SECONDS;
	return now;
}

/* Rounded up: not to look again and again in the last millisecond. */
static DWORD milliseconds_until(const struct timespec *deadline)
{
	struct timespec now;
	int64_t left;

	clock_gettime(CLOCK_MONOTONIC, &now);
	left = (deadline->tv_sec - now.tv_sec) * (int64_t)1000000000 +
	       (deadline->tv_nsec - now.tv_nsec);
	return left > 0 ? (left + 999999) / 1000000 : 0;
}

/*
 * Requests whose call object is gone: their memory waited for lineGetMessage() to return, which
 * may have had a handle to write there.
 */
static void sweep(struct session *session)
{
	struct pending *pending, *next;

	for (pending = session->pending; pending; pending = next) {
		next = pending->next;
		if (!pending->call)
			t3_pending_undo(session, pending);
	}
}

void t3_session_read(struct session *session, DWORD milliseconds)
{
	const struct timespec pause = { .tv_nsec = FAILURE_PAUSE_NS };
	DWORD most = milliseconds;
	LINEMESSAGE message;
	bool is_end;
	LONG error;

	session->is_reading = true;
	pthread_mutex_unlock(&session->lock);
	if (session->are_requests_left && most > REQUESTS_PAUSE_MS)
		most = REQUESTS_PAUSE_MS;
	error = lineGetMessage(session->app, &message, most);
	/* Shut down; or this is a child of who began it. */
	is_end = error == LINEERR_INVALAPPHANDLE || error == LINEERR_UNINITIALIZED;
	/* They were announced before this message. */
	if (!is_end && session->are_requests_left)
		t3_requests(session);
	if (!error)
		t3_message(session, &message);
	else if (!is_end && (error != LINEERR_OPERATIONFAILED || milliseconds == INFINITE))
		nanosleep(&pause, NULL);
	pthread_mutex_lock(&session->lock);
	if (is_end)
		session->is_over = true;
	session->is_reading = false;
	sweep(session);
	pthread_cond_broadcast(&session->changed);
}

HRESULT t3_session_wait(struct session *session, bool (*is_done)(const void *data),
			const void *data, const struct timespec *deadline)
{
	DWORD left;

	while (!is_done(data)) {
		if (session->is_over)
			return TAPI_E_NOT_INITIALIZED;
		left = milliseconds_until(deadline);
		if (!left)
			return TAPI_E_TIMEOUT;
		if (session->is_reading)
			pthread_cond_timedwait(&session->changed, &session->lock, deadline);
		else
			t3_session_read(session, left);
	}
	return S_OK;
}

struct pending *t3_pending_new(struct session *session, struct call *call)
{
	struct pending *pending = calloc(1, sizeof(*pending));

	if (!pending)
		return NULL;
	pending->call = call;
	pending->next = session->pending;
	if (pending->next)
		pending->next->previous = pending;
	session->pending = pending;
	return pending;
}

void t3_pending_asked(struct pending *pending, LONG id, struct answer *answer)
{
	pending->id = id;
	pending->answer = answer;
}

static void unlink_pending(struct session *session, struct pending *pending)
{
	if (pending->next)
		pending->next->previous = pending->previous;
	if (pending->previous)
		pending->previous->next = pending->next;
	else
		session->pending = pending->next;
}

void t3_pending_undo(struct session *session, struct pending *pending)
{
	unlink_pending(session, pending);
	free(pending);
}

void t3_pending_ignore(struct session *session, const struct answer *answer)
{
	struct pending *pending;

	for (pending = session->pending; pending; pending = pending->next)
		if (pending->answer == answer)
			pending->answer = NULL;
}

void t3_pending_forget(struct session *session, const struct call *call)
{
	struct pending *pending;

	for (pending = session->pending; pending; pending = pending->next)
		if (pending->call == call)
			pending->call = NULL;
	if (!session->is_reading)
		sweep(session);
}

struct pending *t3_pending_take(struct session *session, LONG id)
{
	struct pending *pending = session->pending;

	while (pending && pending->id != id)
		pending = pending->next;
	if (pending)
		unlink_pending(session, pending);
	return pending;
}
