// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The callback thread: it alone calls Event(), of one session.
 */
#include "internal.h"

/*
 * Whose callback thread this is, or NULL; that also when the destructors run that the program has
 * for a thread's end. Who ends this session waits for them, too, and that is not seen if they wait
 * for him: they must end no session, and take no sink away.
 */
static _Thread_local struct session *own;

/* session.awaited of all. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

struct session *t3_callback_own(void)
{
	return own;
}

bool t3_callback_await(struct session *session)
{
	struct session *each = session;

	/* Nobody waits for this thread. */
	if (!own)
		return true;
	pthread_mutex_lock(&lock);
	while (each && each != own)
		each = each->awaited;
	if (!each)
		own->awaited = t3_session_hold(session);
	pthread_mutex_unlock(&lock);
	return !each;
}

void t3_callback_awaited(struct session *waiter)
{
	struct session *session;

	if (!waiter)
		return;
	pthread_mutex_lock(&lock);
	session = waiter->awaited;
	waiter->awaited = NULL;
	pthread_mutex_unlock(&lock);
	/* None in a child of fork(), which has no thread that waits. */
	if (session)
		t3_session_put(session);
}

/* Only callback threads take the lock: where somebody has it, there is a session. */
void t3_callback_orphan(struct session *session)
{
	pthread_mutex_init(&lock, NULL);
	session->awaited = NULL;
}

/* The filter is asked now: what was put on it while the event waited counts. */
static void tell(struct session *session, struct event *event)
{
	struct tapi *tapi = t3_session_tapi(session);

	if (!tapi)
		return;
	if (atomic_load(&tapi->filter) & event->type)
		t3_sinks_tell(&tapi->sinks, session, event->type, (IDispatch *)&event->face);
	t3_put(&tapi->object);
}

/*
 * Any reference that is put here may be the last one of the TAPI object's, whose end is then run
 * by this thread, as that of a Shutdown() in an Event() is: afterwards the session is over, and
 * only this thread's own reference keeps it.
 */
void *t3_callback(void *argument)
{
	struct session *session = argument;
	struct event *event;
	bool is_reported;

	own = session;
	pthread_mutex_lock(&session->lock);
	while (!session->is_over) {
		event = session->first;
		if (event) {
			session->first = event->next;
			if (!session->first)
				session->last = NULL;
			pthread_mutex_unlock(&session->lock);
			tell(session, event);
			t3_put(&event->object);
			pthread_mutex_lock(&session->lock);
		} else if (session->is_reading) {
			pthread_cond_wait(&session->changed, &session->lock);
		} else {
			t3_session_read(session, INFINITE);
		}
	}
	is_reported = session->is_reported;
	pthread_mutex_unlock(&session->lock);
	if (is_reported)
		t3_ledger_shutdown(session->family);
	own = NULL;
	t3_session_put(session);
	return NULL;
}
