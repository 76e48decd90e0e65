/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sessions, their handles, events and requests, and what a namespace has of them.
 */
#ifndef _NDPROXY_SESSION_H
#define _NDPROXY_SESSION_H

#include <linux/atomic.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/rbtree.h>
#include <linux/spinlock.h>
#include <linux/uidgid.h>
#include <linux/wait.h>
#include <linux/xarray.h>
#include <condis/account.h>
#include <uapi/linux/ndproxy.h>

#include "call_state.h"

struct file;
struct iov_iter;
struct ndproxy_binding;
struct ndproxy_call;
struct ndproxy_call_handle;
struct ndproxy_line_handle;
struct ndproxy_user;

/* What a session may have. */
#define NDPROXY_MAX_LINES	1024
#define NDPROXY_MAX_CALLS	4096
#define NDPROXY_MAX_REQUESTS	4096
#define NDPROXY_MAX_EVENTS	64
#define NDPROXY_MAX_DATA_FILES	1024
#define NDPROXY_MAX_PACKETS	8192

/* Of its calls, those that others have handed over and that it has not used yet. */
#define NDPROXY_MAX_GIVEN	256

/* Handles that died below their owner and are remembered, so that their close succeeds. */
#define NDPROXY_TOMBSTONES_MAX	1024

/**
 * struct ndproxy_net - what one network namespace has of us
 * @node: in the registry
 * @cookie: the namespace; it is never followed
 * @adapters: by number
 * @sessions: in the order of their opening
 * @live: sessions that have not ended
 * @users: sessions and adapters; the last one frees it
 *
 * All under the registry's lock; @live is read without.
 */
struct ndproxy_net {
	struct list_head node;
	u64 cookie;
	struct xarray adapters;
	struct list_head sessions;
	unsigned int live;
	unsigned int users;
};

/**
 * enum ndproxy_source_type - what events are composed from
 * @NDPROXY_SOURCE_CALL: a call handle
 * @NDPROXY_SOURCE_LINE: a line handle
 * @NDPROXY_SOURCE_REPLY: a request that is no part of a call handle
 * @NDPROXY_SOURCE_REINIT: a session
 * @NDPROXY_SOURCE_LINES: one of the session's spare events
 */
enum ndproxy_source_type {
	NDPROXY_SOURCE_CALL,
	NDPROXY_SOURCE_LINE,
	NDPROXY_SOURCE_REPLY,
	NDPROXY_SOURCE_REINIT,
	NDPROXY_SOURCE_LINES,
};

/**
 * struct ndproxy_source - a part of what a session's events tell of
 * @node: in the session's tree, while any of its events are queued
 * @gathered: what coalesces until it is read: LINEDEVSTATE_*, LINECALLINFOSTATE_*
 * @queued: its events that are queued, as bits
 * @type: what it is embedded in
 * @first: which of those was queued first
 *
 * Each kind of event that the object can give has a place there, which is the time
 * when it was queued, and is all of it: the rest is composed when it is read.  No two
 * events of a session have the same time, so the times are their order, and the
 * session's tree of objects, by their first times, is its queue.
 *
 * While it is in the tree it holds a reference on what it is embedded in.
 */
struct ndproxy_source {
	struct rb_node node;
	u32 gathered;
	u16 queued;
	u8 type;
	u8 first;
};

/**
 * struct ndproxy_lines_event - a spare event: LINE_CREATE, LINE_REMOVE
 * @source: it is queued
 * @time: of the event
 * @node: in the session's list of free ones
 * @type: which of the two
 * @adapter: adapter's number
 * @num_lines: how many lines
 */
struct ndproxy_lines_event {
	struct ndproxy_source source;
	u64 time;
	struct list_head node;
	u32 type;
	u32 adapter;
	u32 num_lines;
};

/* Places for something of each media mode, by the number of its bit. */
#define NDPROXY_MEDIA_BITS	9

/**
 * struct ndproxy_session - one application
 * @ref: the file, its handles, requests and data files
 * @node: in its namespace's list
 * @net: what we have of its namespace
 * @account: its account with the core
 * @used: what is charged, by kind
 * @uid: its user
 * @user: charged with it
 * @admin: it had CAP_NET_ADMIN in the namespace when it was opened
 * @serial: its age, against that of a line table
 * @priority: for calls of a media mode, by the number of its bit; no lock
 * @lock: protects everything below
 * @handles: line and call handles, and values for those that died
 * @next_handle: where the next is looked for
 * @last_handle: the last that was published
 * @last_forgotten: it is gone, and has its place in @handles still
 * @tombstones: values in @handles
 * @ended: nothing is taken or told any more
 * @reading: somebody reads: one at a time takes events, so that they keep their order
 * @turned_away: somebody was told meanwhile that there is nothing to read
 * @listening: it was told of the adapters that there are
 * @events: queue: what has events that are queued, by the time of the first of each
 * @last_event: the last in @events, or NULL
 * @spare: events that are not reserved elsewhere
 * @spares: those of @spare that are free
 * @lost: events for which there was no spare, since the last one that was read
 * @seq: number of the last event that was read or lost
 * @time: of the last event that was queued, ns of CLOCK_MONOTONIC
 * @reinit: LINE_LINEDEVSTATE(REINIT)
 * @reinit_time: of that
 * @reinit_adapter: whose
 * @wait: readers and pollers
 * @fasync: who wants SIGIO
 * @error: of the last command that failed
 */
struct ndproxy_session {
	struct kref ref;
	struct list_head node;
	struct ndproxy_net *net;
	struct condis_account *account;
	atomic_t used[CONDIS_NR_CHARGES];
	kuid_t uid;
	struct ndproxy_user *user;
	bool admin;
	u64 serial;
	u32 priority[NDPROXY_MEDIA_BITS];

	spinlock_t lock;	/* innermost but for call.data_lock: what follows */
	struct xarray handles;
	u32 next_handle;
	u32 last_handle;
	bool last_forgotten;
	unsigned int tombstones;
	bool ended;
	bool reading;
	bool turned_away;
	bool listening;
	struct rb_root_cached events;
	struct rb_node *last_event;
	struct ndproxy_lines_event spare[NDPROXY_MAX_EVENTS];
	struct list_head spares;
	u32 lost;
	u64 seq;
	u64 time;
	struct ndproxy_source reinit;
	u64 reinit_time;
	u32 reinit_adapter;
	wait_queue_head_t wait;
	struct fasync_struct *fasync;
	struct ndproxy_extended_error error;
};

/* What a value in ndproxy_session.handles says that the dead handle was. */
#define NDPROXY_DEAD_LINE	1
#define NDPROXY_DEAD_CALL	2

/**
 * struct ndproxy_object - what is common to both kinds
 * @ref: the session's table, its queue, requests, running commands
 * @id: number
 * @session: whose it is (a reference)
 * @source: its events; under session.lock; its type says which kind of handle it is
 * @silent: under session.lock: no event may be queued any more
 * @given_up: under session.lock: closed by its owner: what is not read is discarded
 * @dead: under adapter.lock: not in its line's or call's list any more
 */
struct ndproxy_object {
	struct kref ref;
	u32 id;
	struct ndproxy_session *session;
	struct ndproxy_source source;
	bool silent;
	bool given_up;
	bool dead;
};

/**
 * struct ndproxy_pending - a request of a session that gets a reply
 * @node: without an answer: in the call's list, under adapter.lock; after it, until the reply was
 *	read: in the line handle's, under session.lock
 * @cookie: the caller's
 * @status: of the reply
 * @command: number of the command
 * @is_drop: it is the drop of a call handle; else it is a struct ndproxy_request_own
 * @is_digits: it is NDPROXY_GENERATE_DIGITS, and its reply a LINE_GENERATE
 * @answered: it is not pending any more; under adapter.lock
 * @suppressed: under session.lock: the line handle was closed while the reply was being read
 *
 * From its start to its end it holds a reference on the call handle that it was made with.
 */
struct ndproxy_pending {
	struct list_head node;
	u64 cookie;
	int status;
	u8 command;
	bool is_drop;
	bool is_digits;
	bool answered;
	bool suppressed;
};

/**
 * struct ndproxy_request_own - a request that was allocated, and charged
 * @request: the request
 * @source: its reply
 * @time: of that
 * @ch: the call handle that it was made with
 */
struct ndproxy_request_own {
	struct ndproxy_pending request;
	struct ndproxy_source source;
	u64 time;
	struct ndproxy_call_handle *ch;
};

/* session.c */
struct ndproxy_session *ndproxy_session_open(struct file *file);
void ndproxy_session_end(struct ndproxy_session *session);
void ndproxy_session_put(struct ndproxy_session *session);
int ndproxy_session_charge(struct ndproxy_session *session, enum condis_charge charge);
void ndproxy_session_uncharge(struct ndproxy_session *session, enum condis_charge charge);
bool ndproxy_session_has_room(const struct ndproxy_session *session, enum condis_charge charge);
extern const u32 ndproxy_limits[CONDIS_NR_CHARGES];

int ndproxy_handle_init(struct ndproxy_object *handle, struct ndproxy_session *session,
			bool is_call, gfp_t gfp);
int ndproxy_handle_publish(struct ndproxy_object *handle);
void ndproxy_handle_abandon(struct ndproxy_object *handle);
struct ndproxy_object *ndproxy_handle_take(struct ndproxy_session *session, u32 id, bool is_call,
					   int *err);
bool ndproxy_handle_untable(struct ndproxy_object *handle, bool bury);
void ndproxy_handle_put(struct ndproxy_object *handle);
int ndproxy_handle_find(struct ndproxy_session *session, u32 id, bool is_call,
			struct ndproxy_object **handle);

/* registry.c */
struct ndproxy_net *ndproxy_net_get(u64 cookie);
void ndproxy_net_put(struct ndproxy_net *net);
void ndproxy_net_add_session(struct ndproxy_net *net, struct ndproxy_session *session);
void ndproxy_net_remove_session(struct ndproxy_net *net, struct ndproxy_session *session);
int ndproxy_net_add_adapter(struct ndproxy_net *net, struct ndproxy_binding *adapter);
void ndproxy_net_remove_adapter(struct ndproxy_net *net, struct ndproxy_binding *adapter);
struct ndproxy_binding *ndproxy_net_adapter(struct ndproxy_net *net, u32 id);
struct ndproxy_binding *ndproxy_net_next_adapter(struct ndproxy_net *net, u32 after);
void ndproxy_net_tell_lines(struct ndproxy_net *net, u32 type, struct ndproxy_binding *adapter,
			    u32 num_lines, u64 serial);
void ndproxy_net_tell_reinit(struct ndproxy_net *net, struct ndproxy_binding *adapter, u64 serial);
bool ndproxy_net_set_priority(const struct ndproxy_session *by,
			      const struct ndproxy_priority *priority);
u64 ndproxy_next_serial(void);
void ndproxy_registry_exit(void);

/* event.c */
void ndproxy_events_init(struct ndproxy_session *session);
void ndproxy_event_reply(struct ndproxy_pending *request);
bool ndproxy_event_take_back(struct ndproxy_pending *request);
void ndproxy_event_new_call(struct ndproxy_call_handle *ch, enum ndproxy_call_report report);
void ndproxy_event_call_state(struct ndproxy_call_handle *ch, enum ndproxy_call_report report,
			      u64 now);
void ndproxy_event_privilege(struct ndproxy_call_handle *ch, enum ndproxy_call_report report);
void ndproxy_event_call_info(struct ndproxy_call_handle *ch, u32 changed);
void ndproxy_event_line_state(struct ndproxy_line_handle *lh, u32 changed);
void ndproxy_event_line_close(struct ndproxy_line_handle *lh);
void ndproxy_event_reinit(struct ndproxy_session *session, u32 adapter);
void ndproxy_event_lines(struct ndproxy_session *session, u32 type, u32 adapter, u32 num_lines);
void ndproxy_events_discard(struct ndproxy_object *handle);
void ndproxy_events_end(struct ndproxy_session *session);
bool ndproxy_events_ready(struct ndproxy_session *session);
ssize_t ndproxy_events_read(struct ndproxy_session *session, struct iov_iter *to, bool nonblock);

/* request.c */
struct ndproxy_pending *ndproxy_request_alloc_size(struct ndproxy_session *session, size_t size);
struct ndproxy_pending *ndproxy_request_alloc(struct ndproxy_session *session);
void ndproxy_request_abandon(struct ndproxy_session *session, struct ndproxy_pending *request);
void ndproxy_request_free(struct ndproxy_pending *request);
struct ndproxy_call_handle *ndproxy_request_handle(struct ndproxy_pending *request);
struct ndproxy_pending *ndproxy_request_reserved(struct ndproxy_call_handle *ch);
void ndproxy_request_start(struct ndproxy_pending *request, struct ndproxy_call_handle *ch,
			   u32 command, u64 cookie);
void ndproxy_request_finish(struct ndproxy_pending *request, int status);
void ndproxy_requests_finish(struct ndproxy_call *call, u32 command, int status);
struct ndproxy_pending *ndproxy_request_take_reply(struct ndproxy_call_handle *ch, u32 command);
void ndproxy_requests_suppress(struct ndproxy_line_handle *lh);
void ndproxy_requests_forget_digits(struct ndproxy_call_handle *ch);

/* name.c */
u32 ndproxy_session_priority(const struct ndproxy_session *session, u32 media_modes);
void ndproxy_session_set_priority(struct ndproxy_session *session, u32 media_modes, u32 priority);

/* user.c */
struct ndproxy_user *ndproxy_user_charge(kuid_t uid);
void ndproxy_user_uncharge(struct ndproxy_user *user);

#endif /* _NDPROXY_SESSION_H */
