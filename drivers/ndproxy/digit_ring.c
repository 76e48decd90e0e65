// SPDX-License-Identifier: GPL-2.0
/*
 * The digits of a call handle that were not read.
 *
 * They share one place among the handle's events, whose time is that of the first of them;
 * each has its own time, and when one is taken the place has the next one's.  So they are
 * in order with the handle's other events.
 */
#include <linux/math64.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>

#include "ndproxy.h"
#include "queue.h"

static struct ndproxy_digit *ring_at(struct ndproxy_digit_ring *ring, unsigned int number)
{
	return &ring->digit[(ring->first + number) % ARRAY_SIZE(ring->digit)];
}

/**
 * ndproxy_event_digit() - queue LINE_MONITORDIGITS, if that is monitored
 * @ch: the call handle, of a call that is CONNECTED
 * @digit: a character
 * @mode: one LINEDIGITMODE_*
 *
 * Context: the adapter's lock held
 */
void ndproxy_event_digit(struct ndproxy_call_handle *ch, u32 digit, u32 mode)
{
	struct ndproxy_session *session = ch->handle.session;
	struct ndproxy_source *source = &ch->handle.source;
	struct ndproxy_digit_ring *ring;
	struct ndproxy_digit *slot;

	spin_lock(&session->lock);
	ring = ch->digits;
	if (!ring || !(ring->modes & mode) || session->ended || ch->handle.silent)
		goto unlock;
	/* One more is there if one that was being read has come back. */
	if (ring->count >= NDPROXY_DIGITS_UNREAD) {
		ring->lost++;
		goto unlock;
	}
	slot = ring_at(ring, ring->count++);
	slot->digit = digit;
	slot->mode = mode;
	slot->lost = ring->lost;
	ring->lost = 0;
	if (source->queued & BIT(NDPROXY_PLACE_DIGIT)) {
		ndproxy_queue_stamp(session, ktime_get_ns());
	} else {
		if (!source->queued)
			kref_get(&ch->handle.ref);
		ndproxy_source_queue(session, source, NDPROXY_PLACE_DIGIT, ktime_get_ns());
	}
	slot->time = session->time;
unlock:
	spin_unlock(&session->lock);
}

/**
 * ndproxy_event_monitor_digits() - which digits a handle is to hear of
 * @ch: the call handle, held by the caller
 * @modes: LINEDIGITMODE_*; 0: none, and what was not read is discarded
 * @ring: memory for the first time, which is taken then
 *
 * Context: the adapter's lock held
 */
void ndproxy_event_monitor_digits(struct ndproxy_call_handle *ch, u32 modes,
				  struct ndproxy_digit_ring **ring)
{
	struct ndproxy_session *session = ch->handle.session;
	struct ndproxy_source *source = &ch->handle.source;
	bool removed = false;

	lockdep_assert_held(&ch->call->line->adapter->lock);
	spin_lock(&session->lock);
	if (!ch->digits)
		swap(ch->digits, *ring);
	if (ch->digits)
		ch->digits->modes = modes;
	if (ch->digits && !modes) {
		ch->digits->count = 0;
		ch->digits->lost = 0;
		ch->digits->discarded = true;
		if (source->queued & BIT(NDPROXY_PLACE_DIGIT))
			removed = ndproxy_source_remove(session, source,
							~BIT(NDPROXY_PLACE_DIGIT));
	}
	spin_unlock(&session->lock);
	if (removed)
		ndproxy_handle_put(&ch->handle);
}

/**
 * ndproxy_digit_compose() - take the first digit out, and say it
 * @ch: the call handle
 * @event: gets it
 *
 * Context: session.lock held
 */
void ndproxy_digit_compose(struct ndproxy_call_handle *ch, struct ndproxy_event *event)
{
	struct ndproxy_digit_ring *ring = ch->digits;
	const struct ndproxy_digit *slot = ring_at(ring, 0);

	event->type = LINE_MONITORDIGITS;
	event->digit.digit = slot->digit;
	event->digit.mode = slot->mode;
	event->digit.tick = div_u64(slot->time, NSEC_PER_MSEC);
	event->digit.lost = slot->lost;
	ring->first = (ring->first + 1) % ARRAY_SIZE(ring->digit);
	ring->count--;
	ring->discarded = false;
}

/* The place is that of the first digit again; the queue has a reference already, if it is told. */
static bool digit_queue_again(struct ndproxy_call_handle *ch)
{
	ch->times[NDPROXY_PLACE_DIGIT] = ring_at(ch->digits, 0)->time;
	return ndproxy_source_restore(ch->handle.session, &ch->handle.source,
				      NDPROXY_PLACE_DIGIT);
}

/**
 * ndproxy_digit_next() - the first digit was taken: the next is the first
 * @ch: the call handle, held by the reader
 *
 * Context: session.lock held
 */
void ndproxy_digit_next(struct ndproxy_call_handle *ch)
{
	if (!ch->digits->count)
		return;
	/* The queue's own. */
	kref_get(&ch->handle.ref);
	if (digit_queue_again(ch))
		ndproxy_handle_put(&ch->handle);
}

/**
 * ndproxy_digit_restore() - a digit that was taken could not be given: it is the first again
 * @ch: the call handle
 * @shared: the queue has a reference already; else it has got the reader's
 *
 * Return: false: what was not read was discarded meanwhile, and this with it
 *
 * Context: session.lock held
 */
bool ndproxy_digit_restore(struct ndproxy_call_handle *ch, bool *shared)
{
	struct ndproxy_digit_ring *ring = ch->digits;

	if (ch->handle.session->ended || ch->handle.given_up || ring->discarded)
		return false;
	/* There is one more place than can be filled. */
	ring->first = (ring->first + ARRAY_SIZE(ring->digit) - 1) % ARRAY_SIZE(ring->digit);
	ring->count++;
	*shared = digit_queue_again(ch);
	return true;
}
