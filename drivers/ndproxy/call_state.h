/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The states of a TAPI call, and what each event does (tapi-mapi A.5).
 */
#ifndef _NDPROXY_CALL_STATE_H
#define _NDPROXY_CALL_STATE_H

#include <linux/types.h>

/**
 * enum ndproxy_call_state - a call as the applications see it, and a little finer
 * @NDPROXY_CALL_DIALING: outgoing, no answer of the network, no reply to the make-call
 * @NDPROXY_CALL_PROCEEDING: outgoing, the network works on it
 * @NDPROXY_CALL_RINGBACK: outgoing, the far end rings
 * @NDPROXY_CALL_OFFERING: incoming, undecided
 * @NDPROXY_CALL_ACCEPTED: incoming, accepted by an application, undecided for the network
 * @NDPROXY_CALL_ANSWERED: incoming, answered, not yet connected; seen as before the answer
 * @NDPROXY_CALL_CONNECTED: connected
 * @NDPROXY_CALL_DROPPING: being closed from this side; seen as before the drop
 * @NDPROXY_CALL_DISCONNECTED: cleared by the far end or the network, leg A is still coming down
 * @NDPROXY_CALL_CLEARED: the same, leg A is gone
 * @NDPROXY_CALL_IDLE: over
 * @NDPROXY_NR_CALL_STATES: how many there are
 */
enum ndproxy_call_state {
	NDPROXY_CALL_DIALING,
	NDPROXY_CALL_PROCEEDING,
	NDPROXY_CALL_RINGBACK,
	NDPROXY_CALL_OFFERING,
	NDPROXY_CALL_ACCEPTED,
	NDPROXY_CALL_ANSWERED,
	NDPROXY_CALL_CONNECTED,
	NDPROXY_CALL_DROPPING,
	NDPROXY_CALL_DISCONNECTED,
	NDPROXY_CALL_CLEARED,
	NDPROXY_CALL_IDLE,
	NDPROXY_NR_CALL_STATES
};

/**
 * enum ndproxy_call_event - what can happen to it
 * @NDPROXY_CALL_EV_PROCEEDING: core: the network works on it
 * @NDPROXY_CALL_EV_ALERTING: core: the far end rings
 * @NDPROXY_CALL_EV_CONNECTED: core: make-call complete with success, or call connected
 * @NDPROXY_CALL_EV_FAILED: core: make-call complete with an error
 * @NDPROXY_CALL_EV_HANGUP: core: incoming close
 * @NDPROXY_CALL_EV_RELEASED: core: leg A is gone
 * @NDPROXY_CALL_EV_ACCEPT: application: lineAccept
 * @NDPROXY_CALL_EV_ANSWER: application: lineAnswer
 * @NDPROXY_CALL_EV_DROP: application: lineDrop, or no owner is left
 * @NDPROXY_CALL_EV_FORCE: the line was closed from below
 * @NDPROXY_NR_CALL_EVENTS: how many there are
 */
enum ndproxy_call_event {
	NDPROXY_CALL_EV_PROCEEDING,
	NDPROXY_CALL_EV_ALERTING,
	NDPROXY_CALL_EV_CONNECTED,
	NDPROXY_CALL_EV_FAILED,
	NDPROXY_CALL_EV_HANGUP,
	NDPROXY_CALL_EV_RELEASED,
	NDPROXY_CALL_EV_ACCEPT,
	NDPROXY_CALL_EV_ANSWER,
	NDPROXY_CALL_EV_DROP,
	NDPROXY_CALL_EV_FORCE,
	NDPROXY_NR_CALL_EVENTS
};

/**
 * enum ndproxy_call_report - the LINE_CALLSTATE events that a handle can get, each once
 * @NDPROXY_REPORT_OFFERING: OFFERING
 * @NDPROXY_REPORT_ACCEPTED: ACCEPTED
 * @NDPROXY_REPORT_PROCEEDING: PROCEEDING
 * @NDPROXY_REPORT_RINGBACK: RINGBACK
 * @NDPROXY_REPORT_CONNECTED: CONNECTED
 * @NDPROXY_REPORT_DISCONNECTED: DISCONNECTED
 * @NDPROXY_REPORT_IDLE: IDLE
 * @NDPROXY_NR_REPORTS: how many there are; also: none of them yet
 */
enum ndproxy_call_report {
	NDPROXY_REPORT_OFFERING,
	NDPROXY_REPORT_ACCEPTED,
	NDPROXY_REPORT_PROCEEDING,
	NDPROXY_REPORT_RINGBACK,
	NDPROXY_REPORT_CONNECTED,
	NDPROXY_REPORT_DISCONNECTED,
	NDPROXY_REPORT_IDLE,
	NDPROXY_NR_REPORTS
};

/* A transition's replies: to which requests, and how. */
#define NDPROXY_REPLY_MAKE_OK		0x01	/* the make-call: 0 */
#define NDPROXY_REPLY_MAKE_FAIL		0x02	/* the make-call: by its cause */
#define NDPROXY_REPLY_MAKE_CANCEL	0x04	/* the make-call: -ECANCELED */
#define NDPROXY_REPLY_ANSWER_OK		0x08	/* answers: 0 */
#define NDPROXY_REPLY_ANSWER_CANCEL	0x10	/* answers: -ECANCELED */
#define NDPROXY_REPLY_DROP_OK		0x20	/* drops: 0 */

/**
 * struct ndproxy_call_transition - one cell of the table
 * @set: the cell was written; the table has no cell that was not
 * @next: the state after it
 * @error: 0, or why the event is refused and nothing changes
 * @replies: NDPROXY_REPLY_*, given before @reports
 * @reports: LINE_CALLSTATE events, a bit for each report, queued lowest first
 */
struct ndproxy_call_transition {
	bool set;
	u8 next;
	s16 error;
	u8 replies;
	u8 reports;
};

const struct ndproxy_call_transition *
ndproxy_call_transition(enum ndproxy_call_state state, enum ndproxy_call_event event);
u32 ndproxy_report_line_state(enum ndproxy_call_report report);
const char *ndproxy_report_name(enum ndproxy_call_report report);
u32 ndproxy_disconnect_mode(u32 cause);
int ndproxy_cause_errno(u32 cause);

#endif /* _NDPROXY_CALL_STATE_H */
