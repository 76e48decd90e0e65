// SPDX-License-Identifier: GPL-2.0
/*
 * The queue of a session's events.
 *
 * It has no entry for an event, only a tree of the objects that events tell of, which
 * have a time for each.  What is queued is the last, and what is taken the first, so
 * neither has to be looked for.
 */
#include <linux/poll.h>

#include "ndproxy.h"
#include "queue.h"

/**
 * ndproxy_source_times() - the times of a source's events
 * @source: the source
 *
 * Return: the times, by their places
 *
 * Context: session.lock held
 */
u64 *ndproxy_source_times(const struct ndproxy_source *source)
{
	switch (source->type) {
	case NDPROXY_SOURCE_CALL:
		return source_call(source)->times;
	case NDPROXY_SOURCE_LINE:
		return source_line(source)->times;
	case NDPROXY_SOURCE_REPLY:
		return &source_request(source)->time;
	case NDPROXY_SOURCE_REINIT:
		return &container_of(source, struct ndproxy_session, reinit)->reinit_time;
	default:
		return &source_lines(source)->time;
	}
}

static bool source_before(struct rb_node *a, const struct rb_node *b)
{
	const struct ndproxy_source *one = rb_entry(a, struct ndproxy_source, node);
	const struct ndproxy_source *other = rb_entry(b, struct ndproxy_source, node);

	return ndproxy_source_times(one)[one->first] < ndproxy_source_times(other)[other->first];
}

/**
 * ndproxy_source_first() - what the event tells of that was queued first
 * @session: the session
 *
 * Return: the source, whose @first says which event; NULL: there is no event
 *
 * Context: session.lock held
 */
struct ndproxy_source *ndproxy_source_first(struct ndproxy_session *session)
{
	struct rb_node *node = rb_first_cached(&session->events);

	lockdep_assert_held(&session->lock);
	return node ? rb_entry(node, struct ndproxy_source, node) : NULL;
}

/* Find which of its events is the first. */
static void source_look(struct ndproxy_source *source)
{
	const u64 *times = ndproxy_source_times(source);
	unsigned long queued = source->queued;
	unsigned int place;

	source->first = __ffs(queued);
	for_each_set_bit(place, &queued, 16)
		if (times[place] < times[source->first])
			source->first = place;
}

/*
 * Enter what has events in the tree, by the first of them.  What is new comes last, where
 * nothing has to be looked for, however many there are that nobody reads.
 */
static void source_enter(struct ndproxy_session *session, struct ndproxy_source *source)
{
	struct rb_node *last = session->last_event;

	source_look(source);
	if (last && source_before(&source->node, last)) {
		rb_add_cached(&source->node, &session->events, source_before);
		return;
	}
	rb_link_node(&source->node, last,
		     last ? &last->rb_right : &session->events.rb_root.rb_node);
	rb_insert_color_cached(&source->node, &session->events, !last);
	session->last_event = &source->node;
}

/* Take it out again, with all its events. */
static void source_leave(struct ndproxy_session *session, struct ndproxy_source *source)
{
	if (session->last_event == &source->node)
		session->last_event = rb_prev(&source->node);
	rb_erase_cached(&source->node, &session->events);
}

/**
 * ndproxy_queue_stamp() - one more event: its time, which no other has, and who waits is woken
 * @session: the session; gets the time
 * @now: the time, ns of CLOCK_MONOTONIC
 *
 * Context: session.lock held
 */
void ndproxy_queue_stamp(struct ndproxy_session *session, u64 now)
{
	lockdep_assert_held(&session->lock);
	session->time = max(session->time + 1, now);
	/*
	 * Who is going to wait looks under the lock, and is in the list by then.  If there were
	 * events already, who waits for them was woken by the first, or will be by reading_end().
	 */
	if (RB_EMPTY_ROOT(&session->events.rb_root) && waitqueue_active(&session->wait))
		wake_up_interruptible_poll(&session->wait, EPOLLIN | EPOLLRDNORM);
	kill_fasync(&session->fasync, SIGIO, POLL_IN);
}

/**
 * ndproxy_source_queue() - queue one more event
 * @session: the session
 * @source: what it tells of; with the first, the caller has given the queue a reference
 * @place: which event, not queued
 * @now: the time, ns of CLOCK_MONOTONIC
 *
 * Context: session.lock held
 */
void ndproxy_source_queue(struct ndproxy_session *session, struct ndproxy_source *source,
			  unsigned int place, u64 now)
{
	ndproxy_queue_stamp(session, now);
	ndproxy_source_times(source)[place] = session->time;
	if (source->queued) {
		source->queued |= BIT(place);
	} else {
		source->queued = BIT(place);
		source_enter(session, source);
	}
}

/**
 * ndproxy_source_remove() - take events out of the queue
 * @session: the session
 * @source: what they tell of
 * @stay: those that stay if they are queued, as bits
 *
 * Return: true if none is left any more, and the queue's reference is the caller's now
 *
 * Context: session.lock held
 */
bool ndproxy_source_remove(struct ndproxy_session *session, struct ndproxy_source *source,
			   unsigned long stay)
{
	lockdep_assert_held(&session->lock);
	if (!source->queued)
		return false;
	source_leave(session, source);
	source->queued &= stay;
	if (!source->queued)
		return true;
	source_enter(session, source);
	return false;
}

/**
 * ndproxy_source_take() - take the event that was queued first out of the queue
 * @session: the session
 * @source: ndproxy_source_first(); the caller gets a reference on what it is embedded in
 *
 * Context: session.lock held
 */
void ndproxy_source_take(struct ndproxy_session *session, struct ndproxy_source *source)
{
	struct rb_node *next;

	lockdep_assert_held(&session->lock);
	source->queued &= ~BIT(source->first);
	if (!source->queued) {
		source_leave(session, source);
		return;
	}

	/* Only a handle has more than one. */
	kref_get(&source_handle(source)->ref);
	source_look(source);
	/* What follows may be its own again: then it has its place already. */
	next = rb_next(&source->node);
	if (next && source_before(next, &source->node)) {
		source_leave(session, source);
		source_enter(session, source);
	}
}

/**
 * ndproxy_source_restore() - put an event that was taken back, with the time that it had
 * @session: the session
 * @source: what it tells of
 * @place: which event, not queued
 *
 * Return: true if the queue has a reference already; false: it has got the caller's
 *
 * Context: session.lock held
 */
bool ndproxy_source_restore(struct ndproxy_session *session, struct ndproxy_source *source,
			    unsigned int place)
{
	bool shared = source->queued;

	lockdep_assert_held(&session->lock);
	if (shared)
		source_leave(session, source);
	source->queued |= BIT(place);
	source_enter(session, source);
	return shared;
}
