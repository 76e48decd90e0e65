/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Lines and their handles.
 */
#ifndef _NDPROXY_LINE_H
#define _NDPROXY_LINE_H

#include "session.h"

struct condis_sap;

/**
 * enum ndproxy_line_event - the places of a line handle's events
 * @NDPROXY_LINE_STATE: LINE_LINEDEVSTATE
 * @NDPROXY_LINE_CLOSE: LINE_CLOSE
 * @NDPROXY_NR_LINE_EVENTS: how many there are
 */
enum ndproxy_line_event {
	NDPROXY_LINE_STATE,
	NDPROXY_LINE_CLOSE,
	NDPROXY_NR_LINE_EVENTS
};

/**
 * struct ndproxy_line_handle - one NDPROXY_OPEN_LINE
 * @handle: what is common
 * @line: the line (a reference)
 * @node: in the line's list; under adapter.lock
 * @calls: call handles on it; under adapter.lock
 * @replies: requests whose reply was not read; under session.lock
 * @cookie: the caller's
 * @privileges: LINECALLPRIVILEGE_*; under adapter.lock
 * @media_modes: that it takes, with OWNER; under adapter.lock
 * @address: that it takes, or NDPROXY_ANY_ADDRESS
 * @mask: LINEDEVSTATE_* to tell; under adapter.lock
 * @rings: wishes of NDPROXY_SET_NUM_RINGS by address, or NULL; under adapter.lock
 * @missed_calls: calls for which it has MONITOR and could be given no handle; under adapter.lock
 * @times: of its events; under session.lock
 */
struct ndproxy_line_handle {
	struct ndproxy_object handle;
	struct ndproxy_line *line;
	struct list_head node;
	struct list_head calls;
	struct list_head replies;
	u64 cookie;
	u32 privileges;
	u32 media_modes;
	u32 address;
	u32 mask;
	u32 missed_calls;
	u32 *rings;
	u64 times[NDPROXY_NR_LINE_EVENTS];
};

/* A line's SAP. */
enum ndproxy_sap_state {
	NDPROXY_SAP_NONE,
	NDPROXY_SAP_REGISTERING,
	NDPROXY_SAP_REGISTERED,
	NDPROXY_SAP_DEREGISTERING,
};

/**
 * struct ndproxy_line - a line that is open, or still comes down
 * @ref: its handles and calls, its SAP, the adapter's list
 * @adapter: its adapter (a reference)
 * @node: in the adapter's list, while it has handles, calls or a SAP
 * @number: which line
 * @gone: closed from below: for new handles there is another one
 * @handles: line handles: each user's together, in the order of opening; the users in the order
 *	in which they came
 * @calls: calls with a leg or handles
 * @num_opens: how many line handles
 * @num_calls: calls that are not IDLE
 * @legs: calls that have not ended below
 * @listeners: handles with OWNER
 * @sap_state: its SAP
 * @sap: the SAP while it is registered, until its last completion, or NULL
 * @sap_error: the registration was refused, and why: not tried again before the next open
 * @settled: who opens it waits here for its SAP
 *
 * All but @settled under adapter.lock.
 */
struct ndproxy_line {
	struct kref ref;
	struct ndproxy_binding *adapter;
	struct list_head node;
	u32 number;
	bool gone;
	struct list_head handles;
	struct list_head calls;
	unsigned int num_opens;
	unsigned int num_calls;
	unsigned int legs;
	unsigned int listeners;
	enum ndproxy_sap_state sap_state;
	struct condis_sap *sap;
	int sap_error;
	wait_queue_head_t settled;
};

/* line.c */
void ndproxy_line_put(struct ndproxy_line *line);
void ndproxy_line_check(struct ndproxy_line *line);
void ndproxy_line_settle(struct ndproxy_line *line);
void ndproxy_sap_gone(struct ndproxy_line *line, int status);
void ndproxy_register_sap_complete(struct condis_sap *sap, int status);
void ndproxy_deregister_sap_complete(struct condis_sap *sap);
bool ndproxy_line_wants_sap(const struct ndproxy_line *line);
void ndproxy_line_handle_close(struct ndproxy_line_handle *lh);
int ndproxy_line_handle_get(struct ndproxy_session *session, u32 id,
			    struct ndproxy_line_handle **lh);
int ndproxy_line_handle_alive(const struct ndproxy_line_handle *lh);
void ndproxy_lines_force(struct ndproxy_binding *adapter, struct list_head *doomed);
void ndproxy_lines_swept(struct ndproxy_binding *adapter);
void ndproxy_line_hold(struct ndproxy_line *line);
void ndproxy_line_tell(struct ndproxy_line *line, u32 changed,
		       const struct ndproxy_session *except);

/* line_status.c */
bool ndproxy_line_privileges_are_valid(u32 privileges);

#endif /* _NDPROXY_LINE_H */
