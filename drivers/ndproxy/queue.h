/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The queue of a session's events: what it has, in which order.
 */
#ifndef _NDPROXY_QUEUE_H
#define _NDPROXY_QUEUE_H

#include "call.h"

static inline struct ndproxy_object *source_handle(const struct ndproxy_source *source)
{
	return container_of(source, struct ndproxy_object, source);
}

static inline struct ndproxy_call_handle *source_call(const struct ndproxy_source *source)
{
	return container_of(source, struct ndproxy_call_handle, handle.source);
}

static inline struct ndproxy_line_handle *source_line(const struct ndproxy_source *source)
{
	return container_of(source, struct ndproxy_line_handle, handle.source);
}

static inline struct ndproxy_request_own *source_request(const struct ndproxy_source *source)
{
	return container_of(source, struct ndproxy_request_own, source);
}

static inline struct ndproxy_lines_event *source_lines(const struct ndproxy_source *source)
{
	return container_of(source, struct ndproxy_lines_event, source);
}

/* queue.c */
u64 *ndproxy_source_times(const struct ndproxy_source *source);
void ndproxy_queue_stamp(struct ndproxy_session *session, u64 now);
void ndproxy_source_queue(struct ndproxy_session *session, struct ndproxy_source *source,
			  unsigned int place, u64 now);
bool ndproxy_source_remove(struct ndproxy_session *session, struct ndproxy_source *source,
			   unsigned long stay);
struct ndproxy_source *ndproxy_source_first(struct ndproxy_session *session);
void ndproxy_source_take(struct ndproxy_session *session, struct ndproxy_source *source);
bool ndproxy_source_restore(struct ndproxy_session *session, struct ndproxy_source *source,
			    unsigned int place);

/* digit_ring.c */
void ndproxy_digit_compose(struct ndproxy_call_handle *ch, struct ndproxy_event *event);
void ndproxy_digit_next(struct ndproxy_call_handle *ch);
bool ndproxy_digit_restore(struct ndproxy_call_handle *ch, bool *shared);

#endif /* _NDPROXY_QUEUE_H */
