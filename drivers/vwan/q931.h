/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Q.931: messages, states, events and timers of one call reference, on the
 * user's side and on the network's side of an interface.
 *
 * What an event does in a state stands in two constant tables (q931.c) and
 * nowhere else.  The functions here decide; who calls them acts.
 *
 * States of the standard that do not occur here: overlap sending and receiving
 * (U2, U25: numbers come whole), incoming call proceeding (U9: a client
 * that thinks about an offer alerts), disconnect indication (U12: the bearer is
 * ours to drop, nobody is asked, RELEASE follows at once), suspend and resume
 * (U15, U17).
 */
#ifndef _VWAN_Q931_H
#define _VWAN_Q931_H

#include <linux/bits.h>
#include <linux/types.h>

/**
 * enum q931_message - messages, the first in the order of the CONDIS_VWAN_MSG_* bits
 * @Q931_SETUP: a call is wanted
 * @Q931_CALL_PROCEEDING: it is worked on
 * @Q931_ALERTING: the called user is told
 * @Q931_CONNECT: the called user has accepted
 * @Q931_CONNECT_ACK: and was awarded the call
 * @Q931_DISCONNECT: please clear the call
 * @Q931_RELEASE: the channel is released, please release too
 * @Q931_RELEASE_COMPLETE: channel and call reference are free
 * @Q931_RESTART: every call of the interface is over
 * @Q931_INFORMATION: a digit of an active call, in a keypad element
 * @Q931_NR_MESSAGES: how many there are
 */
enum q931_message {
	Q931_SETUP,
	Q931_CALL_PROCEEDING,
	Q931_ALERTING,
	Q931_CONNECT,
	Q931_CONNECT_ACK,
	Q931_DISCONNECT,
	Q931_RELEASE,
	Q931_RELEASE_COMPLETE,
	Q931_RESTART,
	Q931_INFORMATION,
	Q931_NR_MESSAGES
};

/* No message, in a cell. */
#define Q931_NONE	Q931_NR_MESSAGES

/**
 * enum q931_user_state - the user's side
 * @Q931_U0: null: no call yet
 * @Q931_U1: call initiated: SETUP sent
 * @Q931_U3: outgoing call proceeding
 * @Q931_U4: call delivered: the far end alerts
 * @Q931_U6: call present: SETUP received
 * @Q931_U7: call received: ALERTING sent
 * @Q931_U8: connect request: CONNECT sent
 * @Q931_U10: active
 * @Q931_U11: disconnect request: DISCONNECT sent
 * @Q931_U19: release request: RELEASE sent
 * @Q931_RELEASED: null again; a call reference is used once, so it never leaves this state
 * @Q931_NR_USER_STATES: how many there are
 */
enum q931_user_state {
	Q931_U0,
	Q931_U1,
	Q931_U3,
	Q931_U4,
	Q931_U6,
	Q931_U7,
	Q931_U8,
	Q931_U10,
	Q931_U11,
	Q931_U19,
	Q931_RELEASED,
	Q931_NR_USER_STATES
};

/**
 * enum q931_user_event - what the user's side meets; the first are messages from the network
 * @Q931_EV_DIAL: local: make a call
 * @Q931_EV_ALERT: local: the client thinks about the offer
 * @Q931_EV_ANSWER: local: the client accepts the offer
 * @Q931_EV_REJECT: local: the client refuses the offer
 * @Q931_EV_CLEAR: local: the client closes the call
 * @Q931_EV_TIMEOUT: the state's timer ran out
 * @Q931_EV_TIMEOUT_AGAIN: and again, after the message was repeated
 * @Q931_EV_DIGIT: local: a digit is to be sent
 * @Q931_NR_USER_EVENTS: how many there are
 */
enum q931_user_event {
	Q931_EV_DIAL = Q931_NR_MESSAGES,
	Q931_EV_ALERT,
	Q931_EV_ANSWER,
	Q931_EV_REJECT,
	Q931_EV_CLEAR,
	Q931_EV_TIMEOUT,
	Q931_EV_TIMEOUT_AGAIN,
	Q931_EV_DIGIT,
	Q931_NR_USER_EVENTS
};

/* What the user's side has to do beside sending, in this order. */
#define Q931_DO_OFFER		BIT(0)	/* offer the call to the client */
#define Q931_DO_PROCEEDING	BIT(1)	/* tell the client: the network works on it */
#define Q931_DO_ALERTING	BIT(2)	/* tell the client: the far end alerts */
#define Q931_DO_CONNECT		BIT(3)	/* switch the bearer through, the call is up */
#define Q931_DO_HANGUP		BIT(4)	/* the far end, the network or a timer has cleared */
#define Q931_DO_DIGIT		BIT(5)	/* tell the client, if it wants to hear: a digit came */

/**
 * enum q931_net_state - the network's side
 * @Q931_N0: null: nothing known of the call
 * @Q931_N_UP: any state from the first SETUP to the beginning of the end
 * @Q931_N12: disconnect indication: DISCONNECT sent to the user
 * @Q931_N19: release request: RELEASE sent to the user
 * @Q931_N_RELEASED: null again, for ever
 * @Q931_NR_NET_STATES: how many there are
 */
enum q931_net_state {
	Q931_N0,
	Q931_N_UP,
	Q931_N12,
	Q931_N19,
	Q931_N_RELEASED,
	Q931_NR_NET_STATES
};

/**
 * enum q931_net_event - what the network's side meets; the first are messages from the user
 * @Q931_NEV_OFFER: a call arrives for this user
 * @Q931_NEV_CLEAR: the far end or the network clears
 * @Q931_NEV_REFUSE: the network cannot take the SETUP
 * @Q931_NEV_RESTART: the interface was restarted
 * @Q931_NEV_TIMEOUT: the state's timer ran out
 * @Q931_NEV_TIMEOUT_AGAIN: and again, after the message was repeated
 * @Q931_NR_NET_EVENTS: how many there are
 */
enum q931_net_event {
	Q931_NEV_OFFER = Q931_NR_MESSAGES,
	Q931_NEV_CLEAR,
	Q931_NEV_REFUSE,
	Q931_NEV_RESTART,
	Q931_NEV_TIMEOUT,
	Q931_NEV_TIMEOUT_AGAIN,
	Q931_NR_NET_EVENTS
};

/* What the network has to do beside sending. */
#define Q931_DO_ROUTE		BIT(0)	/* find the called user */
#define Q931_DO_RELAY		BIT(1)	/* pass the message to the far end */
#define Q931_DO_ACK		BIT(2)	/* award the call to this user: CONNECT ACKNOWLEDGE */
#define Q931_DO_CLEAR_FAR	BIT(3)	/* clear the far end */
#define Q931_DO_LATE		BIT(4)	/* nobody waits for it any more: count it */

/**
 * enum q931_timer - timers of the standard
 * @Q931_T_NONE: none
 * @Q931_T301: U4
 * @Q931_T303: U1
 * @Q931_T305: U11, N12
 * @Q931_T308: U19, N19
 * @Q931_T310: U3
 * @Q931_T313: U8
 * @Q931_NR_TIMERS: how many there are
 */
enum q931_timer {
	Q931_T_NONE,
	Q931_T301,
	Q931_T303,
	Q931_T305,
	Q931_T308,
	Q931_T310,
	Q931_T313,
	Q931_NR_TIMERS
};

/**
 * struct q931_cell - what an event does in a state
 * @set: the cell was written; there is none that was not
 * @next: the state after it
 * @send: message to the other side of the interface, or Q931_NONE
 * @cause: Q.850 cause that goes with it, or 0: the event's own
 * @todo: Q931_DO_* bits
 */
struct q931_cell {
	bool set;
	u8 next;
	u8 send;
	u8 cause;
	u8 todo;
};

const struct q931_cell *q931_user(enum q931_user_state state, unsigned int event);
const struct q931_cell *q931_net(enum q931_net_state state, unsigned int event);
enum q931_timer q931_user_timer(enum q931_user_state state);
enum q931_timer q931_net_timer(enum q931_net_state state);
bool q931_is_clearing(enum q931_message message);
const char *q931_message_name(enum q931_message message);
const char *q931_user_state_name(enum q931_user_state state);
int q931_digit_code(char digit, u32 mode);
char q931_digit(u32 code, u32 *mode);
int q931_detail(enum q931_message message, u32 cause);
int q850_to_errno(u32 cause);

#endif /* _VWAN_Q931_H */
