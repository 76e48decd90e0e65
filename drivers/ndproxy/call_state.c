// SPDX-License-Identifier: GPL-2.0
/*
 * The state table of a TAPI call (tapi-mapi A.5, A.6; flows F1, F2, F9, F10).
 *
 * DISCONNECTED means that the far end or the network cleared; an owner then
 * drops or deallocates.  A local drop goes to IDLE without it.  IDLE is
 * reported once for each handle and absorbs everything.
 */
#include <linux/bits.h>
#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <uapi/linux/ndproxy.h>
#include <uapi/linux/q850.h>

#include "call_state.h"
#include "../condis/visible.h"

/* The event is taken: next state, replies, reports. */
#define GO(_next, _replies, _reports)	\
	{ .set = true, .next = (_next), .replies = (_replies), .reports = (_reports) }
/* The event is refused, and nothing changes. */
#define NO(_state)	{ .set = true, .next = (_state), .error = -EBADFD }
/* The event is welcome and changes nothing. */
#define STAY(_state)	{ .set = true, .next = (_state) }

#define S(x)	NDPROXY_CALL_##x
#define E(x)	\
	[NDPROXY_CALL_EV_##x]
#define P(x)	NDPROXY_REPLY_##x
#define R(x)	BIT(NDPROXY_REPORT_##x)

static const struct ndproxy_call_transition
call_table[NDPROXY_NR_CALL_STATES][NDPROXY_NR_CALL_EVENTS] = {
	[S(DIALING)] = {
		E(PROCEEDING)  = GO(S(PROCEEDING), P(MAKE_OK), R(PROCEEDING)),
		E(ALERTING)    = GO(S(RINGBACK), P(MAKE_OK), R(RINGBACK)),
		E(CONNECTED)   = GO(S(CONNECTED), P(MAKE_OK), R(CONNECTED)),
		/* The reply tells why; IDLE ends the handle as it ends every other (T10). */
		E(FAILED)      = GO(S(IDLE), P(MAKE_FAIL), R(IDLE)),
		E(HANGUP)      = GO(S(IDLE), P(MAKE_FAIL), R(IDLE)),
		E(RELEASED)    = GO(S(IDLE), P(MAKE_FAIL), R(IDLE)),
		E(ACCEPT)      = NO(S(DIALING)),
		E(ANSWER)      = NO(S(DIALING)),
		/* R4: the reply to the make-call comes with its completion. */
		E(DROP)        = GO(S(DROPPING), 0, 0),
		E(FORCE)       = GO(S(IDLE), P(MAKE_FAIL), R(IDLE)),
	},
	[S(PROCEEDING)] = {
		E(PROCEEDING)  = STAY(S(PROCEEDING)),
		E(ALERTING)    = GO(S(RINGBACK), 0, R(RINGBACK)),
		E(CONNECTED)   = GO(S(CONNECTED), 0, R(CONNECTED)),
		/* Its reply was given: the failure is an end of the call. */
		E(FAILED)      = GO(S(DISCONNECTED), 0, R(DISCONNECTED)),
		E(HANGUP)      = GO(S(DISCONNECTED), 0, R(DISCONNECTED)),
		E(RELEASED)    = GO(S(CLEARED), 0, R(DISCONNECTED)),
		E(ACCEPT)      = NO(S(PROCEEDING)),
		E(ANSWER)      = NO(S(PROCEEDING)),
		E(DROP)        = GO(S(DROPPING), 0, 0),
		E(FORCE)       = GO(S(IDLE), 0, R(DISCONNECTED) | R(IDLE)),
	},
	[S(RINGBACK)] = {
		E(PROCEEDING)  = STAY(S(RINGBACK)),
		E(ALERTING)    = STAY(S(RINGBACK)),
		E(CONNECTED)   = GO(S(CONNECTED), 0, R(CONNECTED)),
		E(FAILED)      = GO(S(DISCONNECTED), 0, R(DISCONNECTED)),
		E(HANGUP)      = GO(S(DISCONNECTED), 0, R(DISCONNECTED)),
		E(RELEASED)    = GO(S(CLEARED), 0, R(DISCONNECTED)),
		E(ACCEPT)      = NO(S(RINGBACK)),
		E(ANSWER)      = NO(S(RINGBACK)),
		E(DROP)        = GO(S(DROPPING), 0, 0),
		E(FORCE)       = GO(S(IDLE), 0, R(DISCONNECTED) | R(IDLE)),
	},
	[S(OFFERING)] = {
		E(PROCEEDING)  = STAY(S(OFFERING)),
		E(ALERTING)    = STAY(S(OFFERING)),
		E(CONNECTED)   = STAY(S(OFFERING)),
		E(FAILED)      = STAY(S(OFFERING)),
		E(HANGUP)      = GO(S(DISCONNECTED), 0, R(DISCONNECTED)),
		E(RELEASED)    = GO(S(CLEARED), 0, R(DISCONNECTED)),
		E(ACCEPT)      = GO(S(ACCEPTED), 0, R(ACCEPTED)),
		E(ANSWER)      = GO(S(ANSWERED), 0, 0),
		E(DROP)        = GO(S(DROPPING), 0, 0),
		E(FORCE)       = GO(S(IDLE), 0, R(DISCONNECTED) | R(IDLE)),
	},
	[S(ACCEPTED)] = {
		E(PROCEEDING)  = STAY(S(ACCEPTED)),
		E(ALERTING)    = STAY(S(ACCEPTED)),
		E(CONNECTED)   = STAY(S(ACCEPTED)),
		E(FAILED)      = STAY(S(ACCEPTED)),
		E(HANGUP)      = GO(S(DISCONNECTED), 0, R(DISCONNECTED)),
		E(RELEASED)    = GO(S(CLEARED), 0, R(DISCONNECTED)),
		E(ACCEPT)      = NO(S(ACCEPTED)),
		E(ANSWER)      = GO(S(ANSWERED), 0, 0),
		E(DROP)        = GO(S(DROPPING), 0, 0),
		E(FORCE)       = GO(S(IDLE), 0, R(DISCONNECTED) | R(IDLE)),
	},
	[S(ANSWERED)] = {
		E(PROCEEDING)  = STAY(S(ANSWERED)),
		E(ALERTING)    = STAY(S(ANSWERED)),
		E(CONNECTED)   = GO(S(CONNECTED), P(ANSWER_OK), R(CONNECTED)),
		E(FAILED)      = STAY(S(ANSWERED)),
		E(HANGUP)      = GO(S(DISCONNECTED), P(ANSWER_CANCEL), R(DISCONNECTED)),
		E(RELEASED)    = GO(S(CLEARED), P(ANSWER_CANCEL), R(DISCONNECTED)),
		E(ACCEPT)      = NO(S(ANSWERED)),
		E(ANSWER)      = NO(S(ANSWERED)),
		E(DROP)        = GO(S(DROPPING), P(ANSWER_CANCEL), 0),
		E(FORCE)       = GO(S(IDLE), P(ANSWER_CANCEL), R(DISCONNECTED) | R(IDLE)),
	},
	[S(CONNECTED)] = {
		E(PROCEEDING)  = STAY(S(CONNECTED)),
		E(ALERTING)    = STAY(S(CONNECTED)),
		E(CONNECTED)   = STAY(S(CONNECTED)),
		E(FAILED)      = STAY(S(CONNECTED)),
		E(HANGUP)      = GO(S(DISCONNECTED), 0, R(DISCONNECTED)),
		E(RELEASED)    = GO(S(CLEARED), 0, R(DISCONNECTED)),
		E(ACCEPT)      = NO(S(CONNECTED)),
		E(ANSWER)      = NO(S(CONNECTED)),
		E(DROP)        = GO(S(DROPPING), 0, 0),
		E(FORCE)       = GO(S(IDLE), 0, R(DISCONNECTED) | R(IDLE)),
	},
	[S(DROPPING)] = {
		E(PROCEEDING)  = STAY(S(DROPPING)),
		E(ALERTING)    = STAY(S(DROPPING)),
		E(CONNECTED)   = STAY(S(DROPPING)),
		E(FAILED)      = GO(S(DROPPING), P(MAKE_CANCEL), 0),
		E(HANGUP)      = STAY(S(DROPPING)),
		E(RELEASED)    = GO(S(IDLE), P(MAKE_CANCEL) | P(DROP_OK), R(IDLE)),
		E(ACCEPT)      = NO(S(DROPPING)),
		E(ANSWER)      = NO(S(DROPPING)),
		/* R26: the second drop joins the first. */
		E(DROP)        = STAY(S(DROPPING)),
		E(FORCE)       = GO(S(IDLE), P(MAKE_CANCEL) | P(DROP_OK), R(IDLE)),
	},
	[S(DISCONNECTED)] = {
		E(PROCEEDING)  = STAY(S(DISCONNECTED)),
		E(ALERTING)    = STAY(S(DISCONNECTED)),
		E(CONNECTED)   = STAY(S(DISCONNECTED)),
		E(FAILED)      = STAY(S(DISCONNECTED)),
		E(HANGUP)      = STAY(S(DISCONNECTED)),
		E(RELEASED)    = GO(S(CLEARED), 0, 0),
		E(ACCEPT)      = NO(S(DISCONNECTED)),
		E(ANSWER)      = NO(S(DISCONNECTED)),
		/* The network is still clearing: IDLE when it has. */
		E(DROP)        = GO(S(DROPPING), 0, 0),
		E(FORCE)       = GO(S(IDLE), 0, R(IDLE)),
	},
	[S(CLEARED)] = {
		E(PROCEEDING)  = STAY(S(CLEARED)),
		E(ALERTING)    = STAY(S(CLEARED)),
		E(CONNECTED)   = STAY(S(CLEARED)),
		E(FAILED)      = STAY(S(CLEARED)),
		E(HANGUP)      = STAY(S(CLEARED)),
		E(RELEASED)    = STAY(S(CLEARED)),
		E(ACCEPT)      = NO(S(CLEARED)),
		E(ANSWER)      = NO(S(CLEARED)),
		/* Leg A is gone, and nobody is asked. */
		E(DROP)        = GO(S(IDLE), P(DROP_OK), R(IDLE)),
		E(FORCE)       = GO(S(IDLE), 0, R(IDLE)),
	},
	[S(IDLE)] = {
		E(PROCEEDING)  = STAY(S(IDLE)),
		E(ALERTING)    = STAY(S(IDLE)),
		E(CONNECTED)   = STAY(S(IDLE)),
		E(FAILED)      = STAY(S(IDLE)),
		E(HANGUP)      = STAY(S(IDLE)),
		E(RELEASED)    = STAY(S(IDLE)),
		E(ACCEPT)      = NO(S(IDLE)),
		E(ANSWER)      = NO(S(IDLE)),
		/* IDLE is absorbing. */
		E(DROP)        = NO(S(IDLE)),
		E(FORCE)       = STAY(S(IDLE)),
	},
};

#undef S
#undef E
#undef P
#undef R

/**
 * ndproxy_call_transition() - look up what an event does
 * @state: the state
 * @event: the event
 *
 * Return: the cell of the table
 *
 * Context: any
 */
const struct ndproxy_call_transition *
ndproxy_call_transition(enum ndproxy_call_state state, enum ndproxy_call_event event)
{
	return &call_table[state][event];
}
EXPORT_SYMBOL_IF_KUNIT(ndproxy_call_transition);

static const struct {
	u32 state;
	const char *name;
} reports[NDPROXY_NR_REPORTS] = {
	[NDPROXY_REPORT_OFFERING] = { LINECALLSTATE_OFFERING, "LINE_CALLSTATE OFFERING" },
	[NDPROXY_REPORT_ACCEPTED] = { LINECALLSTATE_ACCEPTED, "LINE_CALLSTATE ACCEPTED" },
	[NDPROXY_REPORT_PROCEEDING] = { LINECALLSTATE_PROCEEDING, "LINE_CALLSTATE PROCEEDING" },
	[NDPROXY_REPORT_RINGBACK] = { LINECALLSTATE_RINGBACK, "LINE_CALLSTATE RINGBACK" },
	[NDPROXY_REPORT_CONNECTED] = { LINECALLSTATE_CONNECTED, "LINE_CALLSTATE CONNECTED" },
	[NDPROXY_REPORT_DISCONNECTED] = {
		LINECALLSTATE_DISCONNECTED, "LINE_CALLSTATE DISCONNECTED"
	},
	[NDPROXY_REPORT_IDLE] = { LINECALLSTATE_IDLE, "LINE_CALLSTATE IDLE" },
};

/**
 * ndproxy_report_line_state() - the LINECALLSTATE_* of a report
 * @report: the report, or NDPROXY_NR_REPORTS for a call that had none
 *
 * Return: the state; LINECALLSTATE_DIALING if there was no report
 *
 * Context: any
 */
u32 ndproxy_report_line_state(enum ndproxy_call_report report)
{
	return report < NDPROXY_NR_REPORTS ? reports[report].state : LINECALLSTATE_DIALING;
}
EXPORT_SYMBOL_IF_KUNIT(ndproxy_report_line_state);

/**
 * ndproxy_report_name() - a report's name in a message ladder
 * @report: the report
 *
 * Return: a constant string
 *
 * Context: any
 */
const char *ndproxy_report_name(enum ndproxy_call_report report)
{
	return reports[report].name;
}

/* What TAPI and errno call a Q.850 cause. */
static const struct {
	u8 cause;
	u32 mode;
	int error;
} causes[] = {
	{ Q850_UNALLOCATED_NUMBER, LINEDISCONNECTMODE_BADADDRESS, EADDRNOTAVAIL },
	{ Q850_NO_ROUTE_TO_DESTINATION, LINEDISCONNECTMODE_UNREACHABLE, EHOSTUNREACH },
	{ Q850_NORMAL_CLEARING, LINEDISCONNECTMODE_NORMAL, ECANCELED },
	{ Q850_USER_BUSY, LINEDISCONNECTMODE_BUSY, EBUSY },
	{ Q850_NO_USER_RESPONDING, LINEDISCONNECTMODE_NOANSWER, ETIMEDOUT },
	{ Q850_NO_ANSWER, LINEDISCONNECTMODE_NOANSWER, ETIMEDOUT },
	{ Q850_CALL_REJECTED, LINEDISCONNECTMODE_REJECT, ECONNREFUSED },
	{ Q850_NUMBER_CHANGED, LINEDISCONNECTMODE_NUMBERCHANGED, EADDRNOTAVAIL },
	{ Q850_DESTINATION_OUT_OF_ORDER, LINEDISCONNECTMODE_OUTOFORDER, EHOSTDOWN },
	{ Q850_INVALID_NUMBER_FORMAT, LINEDISCONNECTMODE_BADADDRESS, EADDRNOTAVAIL },
	{ Q850_NORMAL_UNSPECIFIED, LINEDISCONNECTMODE_NORMAL, ECONNABORTED },
	{ Q850_NO_CIRCUIT_AVAILABLE, LINEDISCONNECTMODE_CONGESTION, ENOBUFS },
	{ Q850_NETWORK_OUT_OF_ORDER, LINEDISCONNECTMODE_OUTOFORDER, ENETDOWN },
	{ Q850_TEMPORARY_FAILURE, LINEDISCONNECTMODE_TEMPFAILURE, ECONNABORTED },
	{ Q850_SWITCHING_CONGESTION, LINEDISCONNECTMODE_CONGESTION, ENOBUFS },
	{ Q850_RESOURCE_UNAVAILABLE, LINEDISCONNECTMODE_CONGESTION, ENOBUFS },
	{ Q850_BEARER_NOT_AVAILABLE, LINEDISCONNECTMODE_QOSUNAVAIL, ENOBUFS },
	{ Q850_SERVICE_UNAVAILABLE, LINEDISCONNECTMODE_UNAVAIL, EOPNOTSUPP },
	{ Q850_BEARER_NOT_IMPLEMENTED, LINEDISCONNECTMODE_INCOMPATIBLE, EOPNOTSUPP },
	{ Q850_INCOMPATIBLE_DESTINATION, LINEDISCONNECTMODE_INCOMPATIBLE, EOPNOTSUPP },
	{ Q850_RECOVERY_ON_TIMER_EXPIRY, LINEDISCONNECTMODE_TEMPFAILURE, ETIMEDOUT },
	{ Q850_PROTOCOL_ERROR, LINEDISCONNECTMODE_TEMPFAILURE, EPROTO },
};

/**
 * ndproxy_disconnect_mode() - a Q.850 cause in TAPI's words
 * @cause: the cause, any number
 *
 * Return: LINEDISCONNECTMODE_*, UNKNOWN if there is no better one
 *
 * Context: any
 */
u32 ndproxy_disconnect_mode(u32 cause)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(causes); i++)
		if (causes[i].cause == cause)
			return causes[i].mode;
	return LINEDISCONNECTMODE_UNKNOWN;
}
EXPORT_SYMBOL_IF_KUNIT(ndproxy_disconnect_mode);

/**
 * ndproxy_cause_errno() - a Q.850 cause of a failed call as an errno
 * @cause: the cause, any number
 *
 * Return: negative errno, -ECONNABORTED if there is no better one
 *
 * Context: any
 */
int ndproxy_cause_errno(u32 cause)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(causes); i++)
		if (causes[i].cause == cause)
			return -causes[i].error;
	return -ECONNABORTED;
}
EXPORT_SYMBOL_IF_KUNIT(ndproxy_cause_errno);
