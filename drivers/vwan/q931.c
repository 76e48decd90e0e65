// SPDX-License-Identifier: GPL-2.0
/*
 * Q.931: the two state tables.
 *
 * The sender of a message must do the right thing also for what never comes,
 * comes twice, late, or crosses its own: each cell is written out, and the
 * KUnit suite walks all of them.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/ndproxy.h>
#include <linux/q850.h>
#include <linux/string.h>

#include "q931.h"

/* To state @_next, sending @_send, and @_todo. */
#define GO(_next, _send, _todo)	\
	{ .set = true, .next = (_next), .send = (_send), .todo = (_todo) }
/* The same with a cause of our own. */
#define GO_CAUSE(_next, _send, _cause, _todo) \
	{ .set = true, .next = (_next), .send = (_send), .cause = (_cause), .todo = (_todo) }
/* Nothing happens. */
#define STAY(_state)		GO(_state, Q931_NONE, 0)

#define S(x)	Q931_##x
#define M(x)	\
	[Q931_##x]
#define E(x)	\
	[Q931_EV_##x]

/*
 * RELEASE, RELEASE COMPLETE and RESTART: in any state the network ends the call
 * with one word.  RELEASE wants its answer, the other two do not.
 */
static const struct q931_cell user_table[Q931_NR_USER_STATES][Q931_NR_USER_EVENTS] = {
	[S(U0)] = {
		M(SETUP)	    = GO(S(U6), S(NONE), Q931_DO_OFFER),
		M(CALL_PROCEEDING)  = STAY(S(U0)),
		M(ALERTING)	    = STAY(S(U0)),
		M(CONNECT)	    = STAY(S(U0)),
		M(CONNECT_ACK)	    = STAY(S(U0)),
		/* The SETUP before it was lost, or is late and will find nobody. */
		M(DISCONNECT)	    = GO_CAUSE(S(RELEASED), S(RELEASE_COMPLETE),
					       Q850_INVALID_CALL_REFERENCE, 0),
		M(RELEASE)	    = GO_CAUSE(S(RELEASED), S(RELEASE_COMPLETE),
					       Q850_INVALID_CALL_REFERENCE, 0),
		M(RELEASE_COMPLETE) = GO(S(RELEASED), S(NONE), 0),
		M(RESTART)	    = GO(S(RELEASED), S(NONE), 0),
		M(INFORMATION)	    = STAY(S(U0)),
		E(DIAL)		    = GO(S(U1), S(SETUP), 0),
		E(ALERT)	    = STAY(S(U0)),
		E(ANSWER)	    = STAY(S(U0)),
		E(REJECT)	    = GO(S(RELEASED), S(NONE), 0),
		E(CLEAR)	    = GO(S(RELEASED), S(NONE), 0),
		E(TIMEOUT)	    = STAY(S(U0)),
		E(TIMEOUT_AGAIN)    = STAY(S(U0)),
		E(DIGIT)	    = STAY(S(U0)),
	},
	[S(U1)] = {
		M(RELEASE)	    = GO(S(RELEASED), S(RELEASE_COMPLETE), Q931_DO_HANGUP),
		M(RELEASE_COMPLETE) = GO(S(RELEASED), S(NONE), Q931_DO_HANGUP),
		M(RESTART)	    = GO(S(RELEASED), S(NONE), Q931_DO_HANGUP),
		M(INFORMATION)	    = STAY(S(U1)),
		M(SETUP)	    = STAY(S(U1)),
		M(CALL_PROCEEDING)  = GO(S(U3), S(NONE), Q931_DO_PROCEEDING),
		M(ALERTING)	    = GO(S(U4), S(NONE), Q931_DO_ALERTING),
		M(CONNECT)	    = GO(S(U10), S(CONNECT_ACK), Q931_DO_CONNECT),
		M(CONNECT_ACK)	    = STAY(S(U1)),
		M(DISCONNECT)	    = GO(S(U19), S(RELEASE), Q931_DO_HANGUP),
		E(DIAL)		    = STAY(S(U1)),
		E(ALERT)	    = STAY(S(U1)),
		E(ANSWER)	    = STAY(S(U1)),
		E(REJECT)	    = STAY(S(U1)),
		E(CLEAR)	    = GO(S(U11), S(DISCONNECT), 0),
		E(TIMEOUT)	    = GO(S(U1), S(SETUP), 0),
		/* The network may have heard both: it is told that nobody waits any more. */
		E(TIMEOUT_AGAIN)    = GO_CAUSE(S(RELEASED), S(RELEASE_COMPLETE),
					       Q850_RECOVERY_ON_TIMER_EXPIRY, Q931_DO_HANGUP),
		E(DIGIT)	    = STAY(S(U1)),
	},
	[S(U3)] = {
		M(RELEASE)	    = GO(S(RELEASED), S(RELEASE_COMPLETE), Q931_DO_HANGUP),
		M(RELEASE_COMPLETE) = GO(S(RELEASED), S(NONE), Q931_DO_HANGUP),
		M(RESTART)	    = GO(S(RELEASED), S(NONE), Q931_DO_HANGUP),
		M(INFORMATION)	    = STAY(S(U3)),
		M(SETUP)	    = STAY(S(U3)),
		M(CALL_PROCEEDING)  = STAY(S(U3)),
		M(ALERTING)	    = GO(S(U4), S(NONE), Q931_DO_ALERTING),
		M(CONNECT)	    = GO(S(U10), S(CONNECT_ACK), Q931_DO_CONNECT),
		M(CONNECT_ACK)	    = STAY(S(U3)),
		M(DISCONNECT)	    = GO(S(U19), S(RELEASE), Q931_DO_HANGUP),
		E(DIAL)		    = STAY(S(U3)),
		E(ALERT)	    = STAY(S(U3)),
		E(ANSWER)	    = STAY(S(U3)),
		E(REJECT)	    = STAY(S(U3)),
		E(CLEAR)	    = GO(S(U11), S(DISCONNECT), 0),
		E(TIMEOUT)	    = GO_CAUSE(S(U11), S(DISCONNECT),
					       Q850_RECOVERY_ON_TIMER_EXPIRY, Q931_DO_HANGUP),
		E(TIMEOUT_AGAIN)    = STAY(S(U3)),
		E(DIGIT)	    = STAY(S(U3)),
	},
	[S(U4)] = {
		M(RELEASE)	    = GO(S(RELEASED), S(RELEASE_COMPLETE), Q931_DO_HANGUP),
		M(RELEASE_COMPLETE) = GO(S(RELEASED), S(NONE), Q931_DO_HANGUP),
		M(RESTART)	    = GO(S(RELEASED), S(NONE), Q931_DO_HANGUP),
		M(INFORMATION)	    = STAY(S(U4)),
		M(SETUP)	    = STAY(S(U4)),
		M(CALL_PROCEEDING)  = STAY(S(U4)),
		M(ALERTING)	    = STAY(S(U4)),
		M(CONNECT)	    = GO(S(U10), S(CONNECT_ACK), Q931_DO_CONNECT),
		M(CONNECT_ACK)	    = STAY(S(U4)),
		M(DISCONNECT)	    = GO(S(U19), S(RELEASE), Q931_DO_HANGUP),
		E(DIAL)		    = STAY(S(U4)),
		E(ALERT)	    = STAY(S(U4)),
		E(ANSWER)	    = STAY(S(U4)),
		E(REJECT)	    = STAY(S(U4)),
		E(CLEAR)	    = GO(S(U11), S(DISCONNECT), 0),
		E(TIMEOUT)	    = GO_CAUSE(S(U11), S(DISCONNECT),
					       Q850_NO_ANSWER, Q931_DO_HANGUP),
		E(TIMEOUT_AGAIN)    = STAY(S(U4)),
		E(DIGIT)	    = STAY(S(U4)),
	},
	[S(U6)] = {
		M(RELEASE)	    = GO(S(RELEASED), S(RELEASE_COMPLETE), Q931_DO_HANGUP),
		M(RELEASE_COMPLETE) = GO(S(RELEASED), S(NONE), Q931_DO_HANGUP),
		M(RESTART)	    = GO(S(RELEASED), S(NONE), Q931_DO_HANGUP),
		M(INFORMATION)	    = STAY(S(U6)),
		M(SETUP)	    = STAY(S(U6)),
		M(CALL_PROCEEDING)  = STAY(S(U6)),
		M(ALERTING)	    = STAY(S(U6)),
		M(CONNECT)	    = STAY(S(U6)),
		M(CONNECT_ACK)	    = STAY(S(U6)),
		M(DISCONNECT)	    = GO(S(U19), S(RELEASE), Q931_DO_HANGUP),
		E(DIAL)		    = STAY(S(U6)),
		E(ALERT)	    = GO(S(U7), S(ALERTING), 0),
		E(ANSWER)	    = GO(S(U8), S(CONNECT), 0),
		/* As the first answer to a SETUP, RELEASE COMPLETE refuses the call. */
		E(REJECT)	    = GO(S(RELEASED), S(RELEASE_COMPLETE), 0),
		E(CLEAR)	    = GO(S(RELEASED), S(RELEASE_COMPLETE), 0),
		E(TIMEOUT)	    = STAY(S(U6)),
		E(TIMEOUT_AGAIN)    = STAY(S(U6)),
		E(DIGIT)	    = STAY(S(U6)),
	},
	[S(U7)] = {
		M(RELEASE)	    = GO(S(RELEASED), S(RELEASE_COMPLETE), Q931_DO_HANGUP),
		M(RELEASE_COMPLETE) = GO(S(RELEASED), S(NONE), Q931_DO_HANGUP),
		M(RESTART)	    = GO(S(RELEASED), S(NONE), Q931_DO_HANGUP),
		M(INFORMATION)	    = STAY(S(U7)),
		M(SETUP)	    = STAY(S(U7)),
		M(CALL_PROCEEDING)  = STAY(S(U7)),
		M(ALERTING)	    = STAY(S(U7)),
		M(CONNECT)	    = STAY(S(U7)),
		M(CONNECT_ACK)	    = STAY(S(U7)),
		M(DISCONNECT)	    = GO(S(U19), S(RELEASE), Q931_DO_HANGUP),
		E(DIAL)		    = STAY(S(U7)),
		E(ALERT)	    = STAY(S(U7)),
		E(ANSWER)	    = GO(S(U8), S(CONNECT), 0),
		E(REJECT)	    = GO(S(U11), S(DISCONNECT), 0),
		E(CLEAR)	    = GO(S(U11), S(DISCONNECT), 0),
		E(TIMEOUT)	    = STAY(S(U7)),
		E(TIMEOUT_AGAIN)    = STAY(S(U7)),
		E(DIGIT)	    = STAY(S(U7)),
	},
	[S(U8)] = {
		M(RELEASE)	    = GO(S(RELEASED), S(RELEASE_COMPLETE), Q931_DO_HANGUP),
		M(RELEASE_COMPLETE) = GO(S(RELEASED), S(NONE), Q931_DO_HANGUP),
		M(RESTART)	    = GO(S(RELEASED), S(NONE), Q931_DO_HANGUP),
		M(INFORMATION)	    = STAY(S(U8)),
		M(SETUP)	    = STAY(S(U8)),
		M(CALL_PROCEEDING)  = STAY(S(U8)),
		M(ALERTING)	    = STAY(S(U8)),
		M(CONNECT)	    = STAY(S(U8)),
		M(CONNECT_ACK)	    = GO(S(U10), S(NONE), Q931_DO_CONNECT),
		M(DISCONNECT)	    = GO(S(U19), S(RELEASE), Q931_DO_HANGUP),
		E(DIAL)		    = STAY(S(U8)),
		E(ALERT)	    = STAY(S(U8)),
		E(ANSWER)	    = STAY(S(U8)),
		E(REJECT)	    = GO(S(U11), S(DISCONNECT), 0),
		E(CLEAR)	    = GO(S(U11), S(DISCONNECT), 0),
		E(TIMEOUT)	    = GO_CAUSE(S(U11), S(DISCONNECT),
					       Q850_RECOVERY_ON_TIMER_EXPIRY, Q931_DO_HANGUP),
		E(TIMEOUT_AGAIN)    = STAY(S(U8)),
		E(DIGIT)	    = STAY(S(U8)),
	},
	[S(U10)] = {
		M(RELEASE)	    = GO(S(RELEASED), S(RELEASE_COMPLETE), Q931_DO_HANGUP),
		M(RELEASE_COMPLETE) = GO(S(RELEASED), S(NONE), Q931_DO_HANGUP),
		M(RESTART)	    = GO(S(RELEASED), S(NONE), Q931_DO_HANGUP),
		M(INFORMATION)	    = GO(S(U10), S(NONE), Q931_DO_DIGIT),
		M(SETUP)	    = STAY(S(U10)),
		M(CALL_PROCEEDING)  = STAY(S(U10)),
		M(ALERTING)	    = STAY(S(U10)),
		M(CONNECT)	    = STAY(S(U10)),
		M(CONNECT_ACK)	    = STAY(S(U10)),
		M(DISCONNECT)	    = GO(S(U19), S(RELEASE), Q931_DO_HANGUP),
		E(DIAL)		    = STAY(S(U10)),
		E(ALERT)	    = STAY(S(U10)),
		E(ANSWER)	    = STAY(S(U10)),
		E(REJECT)	    = GO(S(U11), S(DISCONNECT), 0),
		E(CLEAR)	    = GO(S(U11), S(DISCONNECT), 0),
		E(TIMEOUT)	    = STAY(S(U10)),
		E(TIMEOUT_AGAIN)    = STAY(S(U10)),
		E(DIGIT)	    = GO(S(U10), S(INFORMATION), 0),
	},
	[S(U11)] = {
		M(SETUP)	    = STAY(S(U11)),
		M(CALL_PROCEEDING)  = STAY(S(U11)),
		M(ALERTING)	    = STAY(S(U11)),
		/* R5: the answer crosses our clearing and has lost. */
		M(CONNECT)	    = STAY(S(U11)),
		M(CONNECT_ACK)	    = STAY(S(U11)),
		/* Clear collision: both ends at once. */
		M(DISCONNECT)	    = GO(S(U19), S(RELEASE), 0),
		M(RELEASE)	    = GO(S(RELEASED), S(RELEASE_COMPLETE), 0),
		M(RELEASE_COMPLETE) = GO(S(RELEASED), S(NONE), 0),
		M(RESTART)	    = GO(S(RELEASED), S(NONE), 0),
		M(INFORMATION)	    = STAY(S(U11)),
		E(DIAL)		    = STAY(S(U11)),
		E(ALERT)	    = STAY(S(U11)),
		E(ANSWER)	    = STAY(S(U11)),
		E(REJECT)	    = STAY(S(U11)),
		E(CLEAR)	    = STAY(S(U11)),
		E(TIMEOUT)	    = GO(S(U19), S(RELEASE), 0),
		E(TIMEOUT_AGAIN)    = STAY(S(U11)),
		E(DIGIT)	    = STAY(S(U11)),
	},
	[S(U19)] = {
		M(SETUP)	    = STAY(S(U19)),
		M(CALL_PROCEEDING)  = STAY(S(U19)),
		M(ALERTING)	    = STAY(S(U19)),
		M(CONNECT)	    = STAY(S(U19)),
		M(CONNECT_ACK)	    = STAY(S(U19)),
		M(DISCONNECT)	    = STAY(S(U19)),
		/* Release collision: neither side answers. */
		M(RELEASE)	    = GO(S(RELEASED), S(NONE), 0),
		M(RELEASE_COMPLETE) = GO(S(RELEASED), S(NONE), 0),
		M(RESTART)	    = GO(S(RELEASED), S(NONE), 0),
		M(INFORMATION)	    = STAY(S(U19)),
		E(DIAL)		    = STAY(S(U19)),
		E(ALERT)	    = STAY(S(U19)),
		E(ANSWER)	    = STAY(S(U19)),
		E(REJECT)	    = STAY(S(U19)),
		E(CLEAR)	    = STAY(S(U19)),
		E(TIMEOUT)	    = GO_CAUSE(S(U19), S(RELEASE),
					       Q850_RECOVERY_ON_TIMER_EXPIRY, 0),
		/* The network does not answer: released by ourselves. */
		E(TIMEOUT_AGAIN)    = GO(S(RELEASED), S(NONE), 0),
		E(DIGIT)	    = STAY(S(U19)),
	},
	[S(RELEASED)] = {
		M(SETUP)	    = STAY(S(RELEASED)),
		M(CALL_PROCEEDING)  = STAY(S(RELEASED)),
		M(ALERTING)	    = STAY(S(RELEASED)),
		M(CONNECT)	    = STAY(S(RELEASED)),
		M(CONNECT_ACK)	    = STAY(S(RELEASED)),
		/* Late or double: answered, so that the network can end too. */
		M(DISCONNECT)	    = GO_CAUSE(S(RELEASED), S(RELEASE_COMPLETE),
					       Q850_INVALID_CALL_REFERENCE, 0),
		M(RELEASE)	    = GO_CAUSE(S(RELEASED), S(RELEASE_COMPLETE),
					       Q850_INVALID_CALL_REFERENCE, 0),
		M(RELEASE_COMPLETE) = STAY(S(RELEASED)),
		M(RESTART)	    = STAY(S(RELEASED)),
		M(INFORMATION)	    = STAY(S(RELEASED)),
		E(DIAL)		    = STAY(S(RELEASED)),
		E(ALERT)	    = STAY(S(RELEASED)),
		E(ANSWER)	    = STAY(S(RELEASED)),
		E(REJECT)	    = STAY(S(RELEASED)),
		E(CLEAR)	    = STAY(S(RELEASED)),
		E(TIMEOUT)	    = STAY(S(RELEASED)),
		E(TIMEOUT_AGAIN)    = STAY(S(RELEASED)),
		E(DIGIT)	    = STAY(S(RELEASED)),
	},
};

#undef E
#define E(x)	\
	[Q931_NEV_##x]

static const struct q931_cell net_table[Q931_NR_NET_STATES][Q931_NR_NET_EVENTS] = {
	[S(N0)] = {
		M(SETUP)	    = GO(S(N_UP), S(NONE), Q931_DO_ROUTE),
		M(CALL_PROCEEDING)  = GO(S(N0), S(NONE), Q931_DO_LATE),
		M(ALERTING)	    = GO(S(N0), S(NONE), Q931_DO_LATE),
		M(CONNECT)	    = GO(S(N0), S(NONE), Q931_DO_LATE),
		M(CONNECT_ACK)	    = GO(S(N0), S(NONE), Q931_DO_LATE),
		/* The SETUP before it was lost. */
		M(DISCONNECT)	    = GO_CAUSE(S(N_RELEASED), S(RELEASE_COMPLETE),
					       Q850_INVALID_CALL_REFERENCE, 0),
		M(RELEASE)	    = GO_CAUSE(S(N_RELEASED), S(RELEASE_COMPLETE),
					       Q850_INVALID_CALL_REFERENCE, 0),
		M(RELEASE_COMPLETE) = GO(S(N_RELEASED), S(NONE), 0),
		M(RESTART)	    = GO(S(N_RELEASED), S(NONE), 0),
		M(INFORMATION)	    = GO(S(N0), S(NONE), Q931_DO_LATE),
		E(OFFER)	    = GO(S(N_UP), S(SETUP), 0),
		E(CLEAR)	    = GO(S(N_RELEASED), S(NONE), 0),
		E(REFUSE)	    = GO(S(N_RELEASED), S(NONE), 0),
		E(RESTART)	    = GO(S(N_RELEASED), S(RESTART), Q931_DO_CLEAR_FAR),
		E(TIMEOUT)	    = STAY(S(N0)),
		E(TIMEOUT_AGAIN)    = STAY(S(N0)),
	},
	[S(N_UP)] = {
		M(SETUP)	    = STAY(S(N_UP)),
		M(CALL_PROCEEDING)  = STAY(S(N_UP)),
		M(ALERTING)	    = GO(S(N_UP), S(NONE), Q931_DO_RELAY),
		M(CONNECT)	    = GO(S(N_UP), S(NONE), Q931_DO_ACK | Q931_DO_RELAY),
		M(CONNECT_ACK)	    = STAY(S(N_UP)),
		M(DISCONNECT)	    = GO(S(N19), S(RELEASE), Q931_DO_CLEAR_FAR),
		M(RELEASE)	    = GO(S(N_RELEASED), S(RELEASE_COMPLETE), Q931_DO_CLEAR_FAR),
		M(RELEASE_COMPLETE) = GO(S(N_RELEASED), S(NONE), Q931_DO_CLEAR_FAR),
		M(RESTART)	    = GO(S(N_RELEASED), S(NONE), Q931_DO_CLEAR_FAR),
		M(INFORMATION)	    = GO(S(N_UP), S(NONE), Q931_DO_RELAY),
		E(OFFER)	    = STAY(S(N_UP)),
		E(CLEAR)	    = GO(S(N12), S(DISCONNECT), 0),
		E(REFUSE)	    = GO(S(N_RELEASED), S(RELEASE_COMPLETE), 0),
		E(RESTART)	    = GO(S(N_RELEASED), S(RESTART), Q931_DO_CLEAR_FAR),
		E(TIMEOUT)	    = STAY(S(N_UP)),
		E(TIMEOUT_AGAIN)    = STAY(S(N_UP)),
	},
	[S(N12)] = {
		M(SETUP)	    = STAY(S(N12)),
		M(CALL_PROCEEDING)  = STAY(S(N12)),
		M(ALERTING)	    = STAY(S(N12)),
		M(CONNECT)	    = STAY(S(N12)),
		M(CONNECT_ACK)	    = STAY(S(N12)),
		/* Clear collision. */
		M(DISCONNECT)	    = GO(S(N19), S(RELEASE), 0),
		M(RELEASE)	    = GO(S(N_RELEASED), S(RELEASE_COMPLETE), 0),
		M(RELEASE_COMPLETE) = GO(S(N_RELEASED), S(NONE), 0),
		M(RESTART)	    = GO(S(N_RELEASED), S(NONE), 0),
		M(INFORMATION)	    = STAY(S(N12)),
		E(OFFER)	    = STAY(S(N12)),
		E(CLEAR)	    = STAY(S(N12)),
		E(REFUSE)	    = STAY(S(N12)),
		E(RESTART)	    = GO(S(N_RELEASED), S(RESTART), 0),
		E(TIMEOUT)	    = GO_CAUSE(S(N19), S(RELEASE),
					       Q850_RECOVERY_ON_TIMER_EXPIRY, 0),
		E(TIMEOUT_AGAIN)    = STAY(S(N12)),
	},
	[S(N19)] = {
		M(SETUP)	    = STAY(S(N19)),
		M(CALL_PROCEEDING)  = STAY(S(N19)),
		M(ALERTING)	    = STAY(S(N19)),
		M(CONNECT)	    = STAY(S(N19)),
		M(CONNECT_ACK)	    = STAY(S(N19)),
		M(DISCONNECT)	    = STAY(S(N19)),
		/* Release collision: neither side answers. */
		M(RELEASE)	    = GO(S(N_RELEASED), S(NONE), 0),
		M(RELEASE_COMPLETE) = GO(S(N_RELEASED), S(NONE), 0),
		M(RESTART)	    = GO(S(N_RELEASED), S(NONE), 0),
		M(INFORMATION)	    = STAY(S(N19)),
		E(OFFER)	    = STAY(S(N19)),
		E(CLEAR)	    = STAY(S(N19)),
		E(REFUSE)	    = STAY(S(N19)),
		E(RESTART)	    = GO(S(N_RELEASED), S(RESTART), 0),
		E(TIMEOUT)	    = GO_CAUSE(S(N19), S(RELEASE),
					       Q850_RECOVERY_ON_TIMER_EXPIRY, 0),
		E(TIMEOUT_AGAIN)    = GO(S(N_RELEASED), S(NONE), 0),
	},
	[S(N_RELEASED)] = {
		M(SETUP)	    = GO(S(N_RELEASED), S(NONE), Q931_DO_LATE),
		M(CALL_PROCEEDING)  = GO(S(N_RELEASED), S(NONE), Q931_DO_LATE),
		M(ALERTING)	    = GO(S(N_RELEASED), S(NONE), Q931_DO_LATE),
		M(CONNECT)	    = GO(S(N_RELEASED), S(NONE), Q931_DO_LATE),
		M(CONNECT_ACK)	    = GO(S(N_RELEASED), S(NONE), Q931_DO_LATE),
		/* Answered, so that the user can end too. */
		M(DISCONNECT)	    = GO_CAUSE(S(N_RELEASED), S(RELEASE_COMPLETE),
					       Q850_INVALID_CALL_REFERENCE, Q931_DO_LATE),
		M(RELEASE)	    = GO_CAUSE(S(N_RELEASED), S(RELEASE_COMPLETE),
					       Q850_INVALID_CALL_REFERENCE, Q931_DO_LATE),
		M(RELEASE_COMPLETE) = GO(S(N_RELEASED), S(NONE), Q931_DO_LATE),
		M(RESTART)	    = STAY(S(N_RELEASED)),
		M(INFORMATION)	    = GO(S(N_RELEASED), S(NONE), Q931_DO_LATE),
		E(OFFER)	    = STAY(S(N_RELEASED)),
		E(CLEAR)	    = STAY(S(N_RELEASED)),
		E(REFUSE)	    = STAY(S(N_RELEASED)),
		/* Also a user who hangs in between hears of it. */
		E(RESTART)	    = GO(S(N_RELEASED), S(RESTART), 0),
		E(TIMEOUT)	    = STAY(S(N_RELEASED)),
		E(TIMEOUT_AGAIN)    = STAY(S(N_RELEASED)),
	},
};

#undef S
#undef M
#undef E

/**
 * q931_user() - what an event does on the user's side
 * @state: state of the call
 * @event: enum q931_message received, or enum q931_user_event
 *
 * Context: any
 * Return: the cell of the table
 */
const struct q931_cell *q931_user(enum q931_user_state state, unsigned int event)
{
	return &user_table[state][event];
}

/**
 * q931_net() - what an event does on the network's side
 * @state: state of this end of the call
 * @event: enum q931_message received from the user, or enum q931_net_event
 *
 * Context: any
 * Return: the cell of the table
 */
const struct q931_cell *q931_net(enum q931_net_state state, unsigned int event)
{
	return &net_table[state][event];
}

/**
 * q931_user_timer() - the timer that runs in a state of the user's side
 * @state: state of the call
 *
 * Each wait for the network has one.  U6 and U7 wait for the client, and have
 * the caller's T301 and T310 above them.
 *
 * Context: any
 * Return: the timer, or Q931_T_NONE
 */
enum q931_timer q931_user_timer(enum q931_user_state state)
{
	static const u8 timers[Q931_NR_USER_STATES] = {
		[Q931_U1]  = Q931_T303,
		[Q931_U3]  = Q931_T310,
		[Q931_U4]  = Q931_T301,
		[Q931_U8]  = Q931_T313,
		[Q931_U11] = Q931_T305,
		[Q931_U19] = Q931_T308,
	};

	return timers[state];
}

/**
 * q931_net_timer() - the timer that runs in a state of the network's side
 * @state: state of this end of the call
 *
 * Context: any
 * Return: the timer, or Q931_T_NONE
 */
enum q931_timer q931_net_timer(enum q931_net_state state)
{
	switch (state) {
	case Q931_N12:
		return Q931_T305;
	case Q931_N19:
		return Q931_T308;
	default:
		return Q931_T_NONE;
	}
}

/**
 * q931_is_clearing() - whether a message ends a call
 * @message: the message
 *
 * Context: any
 * Return: true for DISCONNECT, RELEASE, RELEASE COMPLETE and RESTART
 */
bool q931_is_clearing(enum q931_message message)
{
	return message >= Q931_DISCONNECT && message <= Q931_RESTART;
}

/* Digits of a keypad, and what is told of one, by the number in a code. */
static const char keypad[] = "0123456789ABCD*#";
static const u32 keypad_modes[] = {
	LINEDIGITMODE_PULSE, LINEDIGITMODE_DTMF, LINEDIGITMODE_DTMFEND,
};

#define NR_DIGITS	(ARRAY_SIZE(keypad) - 1)

/**
 * q931_digit_code() - a digit as it goes where the cause of other messages does
 * @digit: a character
 * @mode: one LINEDIGITMODE_*
 *
 * Context: any
 * Return: its code, of as many bits as a cause has; -1: there is no such digit in this mode
 */
int q931_digit_code(char digit, u32 mode)
{
	const char *at = digit ? strchr(keypad, digit) : NULL;
	size_t i;

	if (!at || (mode == LINEDIGITMODE_PULSE && at - keypad >= 10))
		return -1;
	for (i = 0; i < ARRAY_SIZE(keypad_modes); i++)
		if (keypad_modes[i] == mode)
			return i * NR_DIGITS + (at - keypad);
	return -1;
}

/**
 * q931_digit() - the digit of a code
 * @code: from q931_digit_code()
 * @mode: gets its LINEDIGITMODE_*
 *
 * Context: any
 * Return: the digit, a character
 */
char q931_digit(u32 code, u32 *mode)
{
	*mode = keypad_modes[min_t(u32, code / NR_DIGITS, ARRAY_SIZE(keypad_modes) - 1)];
	return keypad[code % NR_DIGITS];
}

/**
 * q931_detail() - what is to be shown of a message beside its name
 * @message: the message
 * @cause: Q.850 cause, or the code of a digit
 *
 * Context: any
 * Return: the cause of a message that clears; a digit, with its mode above the character; else 0
 */
int q931_detail(enum q931_message message, u32 cause)
{
	u32 mode;
	char digit;

	if (message == Q931_INFORMATION) {
		digit = q931_digit(cause, &mode);
		return digit | mode << 8;
	}
	return q931_is_clearing(message) ? cause : 0;
}

/**
 * q931_message_name() - name of a message, as the standard writes it
 * @message: the message
 *
 * Context: any
 * Return: the name
 */
const char *q931_message_name(enum q931_message message)
{
	static const char * const names[Q931_NR_MESSAGES] = {
		[Q931_SETUP]		= "SETUP",
		[Q931_CALL_PROCEEDING]	= "CALL PROCEEDING",
		[Q931_ALERTING]		= "ALERTING",
		[Q931_CONNECT]		= "CONNECT",
		[Q931_CONNECT_ACK]	= "CONNECT ACKNOWLEDGE",
		[Q931_DISCONNECT]	= "DISCONNECT",
		[Q931_RELEASE]		= "RELEASE",
		[Q931_RELEASE_COMPLETE]	= "RELEASE COMPLETE",
		[Q931_RESTART]		= "RESTART",
		[Q931_INFORMATION]	= "INFORMATION",
	};

	return names[message];
}

/**
 * q931_user_state_name() - name of a state of the user's side
 * @state: the state
 *
 * Context: any
 * Return: the name, with its number in the standard
 */
const char *q931_user_state_name(enum q931_user_state state)
{
	static const char * const names[Q931_NR_USER_STATES] = {
		[Q931_U0]	= "U0 null",
		[Q931_U1]	= "U1 call initiated",
		[Q931_U3]	= "U3 outgoing call proceeding",
		[Q931_U4]	= "U4 call delivered",
		[Q931_U6]	= "U6 call present",
		[Q931_U7]	= "U7 call received",
		[Q931_U8]	= "U8 connect request",
		[Q931_U10]	= "U10 active",
		[Q931_U11]	= "U11 disconnect request",
		[Q931_U19]	= "U19 release request",
		[Q931_RELEASED]	= "U0 released",
	};

	return names[state];
}

/**
 * q850_to_errno() - the errno of a call that failed with a cause
 * @cause: Q.850 cause
 *
 * Context: any
 * Return: a negative errno, never 0
 */
int q850_to_errno(u32 cause)
{
	switch (cause) {
	case Q850_UNALLOCATED_NUMBER:
	case Q850_NUMBER_CHANGED:
		return -EADDRNOTAVAIL;
	case Q850_INVALID_NUMBER_FORMAT:
		return -EINVAL;
	case Q850_NO_ROUTE_TO_DESTINATION:
		return -ENETUNREACH;
	case Q850_DESTINATION_OUT_OF_ORDER:
		return -EHOSTUNREACH;
	case Q850_USER_BUSY:
		return -EBUSY;
	case Q850_NO_USER_RESPONDING:
	case Q850_NO_ANSWER:
	case Q850_RECOVERY_ON_TIMER_EXPIRY:
		return -ETIMEDOUT;
	case Q850_CALL_REJECTED:
		return -ECONNREFUSED;
	case Q850_NETWORK_OUT_OF_ORDER:
		return -ENETDOWN;
	case Q850_NO_CIRCUIT_AVAILABLE:
	case Q850_SWITCHING_CONGESTION:
	case Q850_RESOURCE_UNAVAILABLE:
		return -ENOBUFS;
	case Q850_BEARER_NOT_AVAILABLE:
	case Q850_BEARER_NOT_IMPLEMENTED:
	case Q850_SERVICE_UNAVAILABLE:
	case Q850_INCOMPATIBLE_DESTINATION:
		return -EOPNOTSUPP;
	default:
		return -ECONNRESET;
	}
}
