// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The callback thread: it alone calls Event(), of one session.
 */
#include "internal.h"

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
	t3_session_put(session);
	return NULL;
}
