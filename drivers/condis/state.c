// SPDX-License-Identifier: GPL-2.0
/*
 * The state tables: what each event does in each state.
 *
 * These tables are the contract (condis.md 3.1, 3.2, 3.4 and the races of 3.3,
 * with the decisions of the architecture page).  Nothing else in the core
 * decides what follows on what.  Each cell is written out; the KUnit suite
 * holds every one of them against the contract.
 *
 * -ENOENT    a completion for which nothing is pending
 * -ENOTCONN  there is no call for it
 * -EPROTO    the other side's word, or one for the other direction of call
 * -EBUSY     not now: the object is in use (NOT_ACCEPTED)
 * -EALREADY  done already, or under way; no second completion comes
 * -ESHUTDOWN the call, SAP or family is going down (CLOSING)
 *
 * A refusal is one of two things. NO: a word that lost a race in which both were
 * right, or that is harmless. BAD: a word that its speaker could have known to be
 * wrong; the verifier reports it, under the rule that the cell names.
 */
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/kernel.h>

#include "state.h"
#include "visible.h"

/* The event is taken. */
#define GO(_next, _upcalls)	{ .set = true, .next = (_next), .upcalls = (_upcalls) }
/* The event is refused, and nothing changes. */
#define NO(_state, _error)	{ .set = true, .next = (_state), .error = -(_error) }
/* The same, and who said it has broken a rule: enum condis_violation. */
#define BAD(_state, _error, _violation)						\
	{ .set = true, .next = (_state), .error = -(_error),			\
	  .violation = CONDIS_VIOLATION_##_violation }
/* The event is welcome and changes nothing. */
#define STAY(_state)		{ .set = true, .next = (_state) }

/* The call of a VC: CONDIS_CALL_x, CONDIS_CALL_EV_x, CONDIS_VC_x. */
#define S(x)	CONDIS_CALL_##x
#define E(x)	\
	[CONDIS_CALL_EV_##x]
#define U(x)	BIT(CONDIS_VC_##x)

static const struct condis_transition
call_table[CONDIS_NR_CALL_STATES][CONDIS_NR_CALL_EVENTS] = {
	[S(IDLE)] = {
		E(MAKE)		 = GO(S(OUT_PENDING), U(CM_MAKE_CALL)),
		E(ACCEPT)	 = BAD(S(IDLE), ENOTCONN, OUT_OF_ORDER),
		E(REJECT)	 = BAD(S(IDLE), ENOTCONN, OUT_OF_ORDER),
		E(CLOSE)	 = NO(S(IDLE), ENOTCONN),
		E(MADE)		 = BAD(S(IDLE), ENOENT, COMPLETION_TWICE),
		E(FAILED)	 = BAD(S(IDLE), ENOENT, COMPLETION_TWICE),
		E(PROCEEDING)	 = BAD(S(IDLE), ENOTCONN, OUT_OF_ORDER),
		E(ALERTING)	 = BAD(S(IDLE), ENOTCONN, OUT_OF_ORDER),
		E(OFFER)	 = GO(S(OFFERED), U(CL_INCOMING_CALL)),
		E(CONNECT)	 = BAD(S(IDLE), ENOTCONN, OUT_OF_ORDER),
		E(HANGUP)	 = BAD(S(IDLE), ENOTCONN, OUT_OF_ORDER),
		E(RELEASED)	 = BAD(S(IDLE), ENOENT, COMPLETION_TWICE),
		E(RELEASED_BUSY) = BAD(S(IDLE), ENOENT, COMPLETION_TWICE),
		E(INACTIVE)	 = STAY(S(IDLE)),
		E(DELETE_CLIENT) = GO(S(DELETED), U(CM_DELETE)),
		E(DELETE_CM)	 = GO(S(DELETED), U(CL_DELETE)),
		E(CM_GONE)	 = STAY(S(IDLE)),
		E(CLIENT_GONE)	 = STAY(S(IDLE)),
	},
	[S(OUT_PENDING)] = {
		E(MAKE)		 = BAD(S(OUT_PENDING), EBUSY, OUT_OF_ORDER),
		E(ACCEPT)	 = BAD(S(OUT_PENDING), EPROTO, WRONG_SIDE),
		E(REJECT)	 = BAD(S(OUT_PENDING), EPROTO, WRONG_SIDE),
		/* R4: the make-call completes first, then the close. */
		E(CLOSE)	 = GO(S(OUT_ABORTING), U(CM_CLOSE_CALL)),
		E(MADE)		 = GO(S(CONNECTED), U(CL_MAKE_COMPLETE)),
		E(FAILED)	 = GO(S(CLOSED), U(CL_MAKE_COMPLETE)),
		E(PROCEEDING)	 = GO(S(OUT_PENDING), U(CL_PROCEEDING)),
		E(ALERTING)	 = GO(S(OUT_PENDING), U(CL_ALERTING)),
		E(OFFER)	 = BAD(S(OUT_PENDING), EPROTO, WRONG_SIDE),
		E(CONNECT)	 = BAD(S(OUT_PENDING), EPROTO, WRONG_SIDE),
		E(HANGUP)	 = BAD(S(OUT_PENDING), EPROTO, OUT_OF_ORDER),
		E(RELEASED)	 = BAD(S(OUT_PENDING), ENOENT, COMPLETION_TWICE),
		E(RELEASED_BUSY) = BAD(S(OUT_PENDING), ENOENT, COMPLETION_TWICE),
		E(INACTIVE)	 = STAY(S(OUT_PENDING)),
		E(DELETE_CLIENT) = BAD(S(OUT_PENDING), EBUSY, OUT_OF_ORDER),
		E(DELETE_CM)	 = BAD(S(OUT_PENDING), EBUSY, WRONG_SIDE),
		/* C3, R14: who never answers is answered for. */
		E(CM_GONE)	 = GO(S(CLOSED), U(CL_MAKE_COMPLETE)),
		E(CLIENT_GONE)	 = GO(S(OUT_ABORTING), U(CM_CLOSE_CALL)),
	},
	[S(OUT_ABORTING)] = {
		E(MAKE)		 = BAD(S(OUT_ABORTING), EBUSY, OUT_OF_ORDER),
		E(ACCEPT)	 = BAD(S(OUT_ABORTING), EPROTO, WRONG_SIDE),
		E(REJECT)	 = BAD(S(OUT_ABORTING), EPROTO, WRONG_SIDE),
		E(CLOSE)	 = NO(S(OUT_ABORTING), EALREADY),
		/* R5: the answer came too late; the client hears that its call was aborted. */
		E(MADE)		 = GO(S(CLOSING), U(CL_MAKE_COMPLETE)),
		E(FAILED)	 = GO(S(CLOSING), U(CL_MAKE_COMPLETE)),
		E(PROCEEDING)	 = STAY(S(OUT_ABORTING)),
		E(ALERTING)	 = STAY(S(OUT_ABORTING)),
		E(OFFER)	 = BAD(S(OUT_ABORTING), EPROTO, WRONG_SIDE),
		E(CONNECT)	 = BAD(S(OUT_ABORTING), EPROTO, WRONG_SIDE),
		E(HANGUP)	 = BAD(S(OUT_ABORTING), ESHUTDOWN, OUT_OF_ORDER),
		/* C2: the make-call's completion is never given: the core gives it. */
		E(RELEASED)	 = GO(S(CLOSED), U(CL_MAKE_COMPLETE) | U(CL_CLOSE_COMPLETE)),
		E(RELEASED_BUSY) = GO(S(COMPLETING), U(CL_MAKE_COMPLETE)),
		E(INACTIVE)	 = STAY(S(OUT_ABORTING)),
		E(DELETE_CLIENT) = BAD(S(OUT_ABORTING), EBUSY, OUT_OF_ORDER),
		E(DELETE_CM)	 = BAD(S(OUT_ABORTING), EBUSY, WRONG_SIDE),
		E(CM_GONE)	 = GO(S(CLOSED), U(CL_MAKE_COMPLETE) | U(CL_CLOSE_COMPLETE)),
		E(CLIENT_GONE)	 = STAY(S(OUT_ABORTING)),
	},
	[S(OFFERED)] = {
		E(MAKE)		 = BAD(S(OFFERED), EBUSY, WRONG_SIDE),
		E(ACCEPT)	 = GO(S(ACCEPTED), U(CM_INCOMING_COMPLETE)),
		E(REJECT)	 = GO(S(CLOSED), U(CM_INCOMING_COMPLETE)),
		/* R8: closing an offer refuses it, and is completed like any close. */
		E(CLOSE)	 = GO(S(CLOSING), U(CM_CLOSE_CALL)),
		E(MADE)		 = BAD(S(OFFERED), ENOENT, COMPLETION_TWICE),
		E(FAILED)	 = BAD(S(OFFERED), ENOENT, COMPLETION_TWICE),
		E(PROCEEDING)	 = BAD(S(OFFERED), EPROTO, WRONG_SIDE),
		E(ALERTING)	 = BAD(S(OFFERED), EPROTO, WRONG_SIDE),
		E(OFFER)	 = BAD(S(OFFERED), EBUSY, OUT_OF_ORDER),
		E(CONNECT)	 = BAD(S(OFFERED), EPROTO, OUT_OF_ORDER),
		E(HANGUP)	 = GO(S(OFFER_CLOSED), U(CL_INCOMING_CLOSE)),
		E(RELEASED)	 = BAD(S(OFFERED), ENOENT, COMPLETION_TWICE),
		E(RELEASED_BUSY) = BAD(S(OFFERED), ENOENT, COMPLETION_TWICE),
		E(INACTIVE)	 = STAY(S(OFFERED)),
		E(DELETE_CLIENT) = BAD(S(OFFERED), EBUSY, WRONG_SIDE),
		E(DELETE_CM)	 = BAD(S(OFFERED), EBUSY, EARLY_RELEASE),
		E(CM_GONE)	 = GO(S(OFFER_CLOSED), U(CL_INCOMING_CLOSE)),
		E(CLIENT_GONE)	 = GO(S(CLOSED), U(CM_INCOMING_COMPLETE)),
	},
	[S(ACCEPTED)] = {
		E(MAKE)		 = BAD(S(ACCEPTED), EBUSY, WRONG_SIDE),
		E(ACCEPT)	 = BAD(S(ACCEPTED), EALREADY, COMPLETION_TWICE),
		E(REJECT)	 = BAD(S(ACCEPTED), EALREADY, COMPLETION_TWICE),
		E(CLOSE)	 = GO(S(CLOSING), U(CM_CLOSE_CALL)),
		E(MADE)		 = BAD(S(ACCEPTED), ENOENT, COMPLETION_TWICE),
		E(FAILED)	 = BAD(S(ACCEPTED), ENOENT, COMPLETION_TWICE),
		E(PROCEEDING)	 = BAD(S(ACCEPTED), EPROTO, WRONG_SIDE),
		E(ALERTING)	 = BAD(S(ACCEPTED), EPROTO, WRONG_SIDE),
		E(OFFER)	 = BAD(S(ACCEPTED), EBUSY, OUT_OF_ORDER),
		E(CONNECT)	 = GO(S(CONNECTED), U(CL_CONNECTED)),
		/* R9: instead of the connection. */
		E(HANGUP)	 = GO(S(REMOTE_CLOSED), U(CL_INCOMING_CLOSE)),
		E(RELEASED)	 = BAD(S(ACCEPTED), ENOENT, COMPLETION_TWICE),
		E(RELEASED_BUSY) = BAD(S(ACCEPTED), ENOENT, COMPLETION_TWICE),
		E(INACTIVE)	 = STAY(S(ACCEPTED)),
		E(DELETE_CLIENT) = BAD(S(ACCEPTED), EBUSY, WRONG_SIDE),
		E(DELETE_CM)	 = BAD(S(ACCEPTED), EBUSY, EARLY_RELEASE),
		E(CM_GONE)	 = GO(S(REMOTE_CLOSED), U(CL_INCOMING_CLOSE)),
		E(CLIENT_GONE)	 = GO(S(CLOSING), U(CM_CLOSE_CALL)),
	},
	[S(CONNECTED)] = {
		E(MAKE)		 = BAD(S(CONNECTED), EBUSY, OUT_OF_ORDER),
		E(ACCEPT)	 = BAD(S(CONNECTED), EALREADY, COMPLETION_TWICE),
		E(REJECT)	 = BAD(S(CONNECTED), EALREADY, COMPLETION_TWICE),
		E(CLOSE)	 = GO(S(CLOSING), U(CM_CLOSE_CALL)),
		E(MADE)		 = BAD(S(CONNECTED), ENOENT, COMPLETION_TWICE),
		E(FAILED)	 = BAD(S(CONNECTED), ENOENT, COMPLETION_TWICE),
		E(PROCEEDING)	 = BAD(S(CONNECTED), EPROTO, OUT_OF_ORDER),
		E(ALERTING)	 = BAD(S(CONNECTED), EPROTO, OUT_OF_ORDER),
		E(OFFER)	 = BAD(S(CONNECTED), EBUSY, OUT_OF_ORDER),
		E(CONNECT)	 = BAD(S(CONNECTED), EALREADY, OUT_OF_ORDER),
		E(HANGUP)	 = GO(S(REMOTE_CLOSED), U(CL_INCOMING_CLOSE)),
		E(RELEASED)	 = BAD(S(CONNECTED), ENOENT, COMPLETION_TWICE),
		E(RELEASED_BUSY) = BAD(S(CONNECTED), ENOENT, COMPLETION_TWICE),
		E(INACTIVE)	 = STAY(S(CONNECTED)),
		E(DELETE_CLIENT) = BAD(S(CONNECTED), EBUSY, OUT_OF_ORDER),
		E(DELETE_CM)	 = BAD(S(CONNECTED), EBUSY, EARLY_RELEASE),
		E(CM_GONE)	 = GO(S(REMOTE_CLOSED), U(CL_INCOMING_CLOSE)),
		E(CLIENT_GONE)	 = GO(S(CLOSING), U(CM_CLOSE_CALL)),
	},
	[S(OFFER_CLOSED)] = {
		E(MAKE)		 = BAD(S(OFFER_CLOSED), EBUSY, WRONG_SIDE),
		E(ACCEPT)	 = NO(S(OFFER_CLOSED), ESHUTDOWN),
		/* R8: the client may refuse what is gone, or close it, or both. */
		E(REJECT)	 = GO(S(CLOSED), U(CM_INCOMING_COMPLETE)),
		E(CLOSE)	 = GO(S(CLOSING), U(CM_CLOSE_CALL)),
		E(MADE)		 = BAD(S(OFFER_CLOSED), ENOENT, COMPLETION_TWICE),
		E(FAILED)	 = BAD(S(OFFER_CLOSED), ENOENT, COMPLETION_TWICE),
		E(PROCEEDING)	 = BAD(S(OFFER_CLOSED), EPROTO, WRONG_SIDE),
		E(ALERTING)	 = BAD(S(OFFER_CLOSED), EPROTO, WRONG_SIDE),
		E(OFFER)	 = BAD(S(OFFER_CLOSED), EBUSY, OUT_OF_ORDER),
		E(CONNECT)	 = BAD(S(OFFER_CLOSED), ESHUTDOWN, OUT_OF_ORDER),
		E(HANGUP)	 = NO(S(OFFER_CLOSED), EALREADY),
		E(RELEASED)	 = BAD(S(OFFER_CLOSED), ENOENT, COMPLETION_TWICE),
		E(RELEASED_BUSY) = BAD(S(OFFER_CLOSED), ENOENT, COMPLETION_TWICE),
		E(INACTIVE)	 = STAY(S(OFFER_CLOSED)),
		E(DELETE_CLIENT) = BAD(S(OFFER_CLOSED), EBUSY, WRONG_SIDE),
		E(DELETE_CM)	 = BAD(S(OFFER_CLOSED), EBUSY, EARLY_RELEASE),
		E(CM_GONE)	 = STAY(S(OFFER_CLOSED)),
		E(CLIENT_GONE)	 = GO(S(CLOSED), U(CM_INCOMING_COMPLETE)),
	},
	[S(REMOTE_CLOSED)] = {
		E(MAKE)		 = BAD(S(REMOTE_CLOSED), EBUSY, OUT_OF_ORDER),
		E(ACCEPT)	 = BAD(S(REMOTE_CLOSED), ESHUTDOWN, COMPLETION_TWICE),
		E(REJECT)	 = BAD(S(REMOTE_CLOSED), ESHUTDOWN, COMPLETION_TWICE),
		E(CLOSE)	 = GO(S(CLOSING), U(CM_CLOSE_CALL)),
		E(MADE)		 = BAD(S(REMOTE_CLOSED), ENOENT, COMPLETION_TWICE),
		E(FAILED)	 = BAD(S(REMOTE_CLOSED), ENOENT, COMPLETION_TWICE),
		E(PROCEEDING)	 = BAD(S(REMOTE_CLOSED), EPROTO, OUT_OF_ORDER),
		E(ALERTING)	 = BAD(S(REMOTE_CLOSED), EPROTO, OUT_OF_ORDER),
		E(OFFER)	 = BAD(S(REMOTE_CLOSED), EBUSY, OUT_OF_ORDER),
		E(CONNECT)	 = BAD(S(REMOTE_CLOSED), ESHUTDOWN, OUT_OF_ORDER),
		E(HANGUP)	 = NO(S(REMOTE_CLOSED), EALREADY),
		E(RELEASED)	 = BAD(S(REMOTE_CLOSED), ENOENT, COMPLETION_TWICE),
		E(RELEASED_BUSY) = BAD(S(REMOTE_CLOSED), ENOENT, COMPLETION_TWICE),
		E(INACTIVE)	 = STAY(S(REMOTE_CLOSED)),
		E(DELETE_CLIENT) = BAD(S(REMOTE_CLOSED), EBUSY, OUT_OF_ORDER),
		E(DELETE_CM)	 = BAD(S(REMOTE_CLOSED), EBUSY, EARLY_RELEASE),
		E(CM_GONE)	 = STAY(S(REMOTE_CLOSED)),
		E(CLIENT_GONE)	 = GO(S(CLOSING), U(CM_CLOSE_CALL)),
	},
	[S(CLOSING)] = {
		E(MAKE)		 = BAD(S(CLOSING), EBUSY, OUT_OF_ORDER),
		E(ACCEPT)	 = NO(S(CLOSING), ESHUTDOWN),
		E(REJECT)	 = NO(S(CLOSING), ESHUTDOWN),
		/* R3, R26: one close is one close. */
		E(CLOSE)	 = NO(S(CLOSING), EALREADY),
		E(MADE)		 = BAD(S(CLOSING), ENOENT, COMPLETION_TWICE),
		E(FAILED)	 = BAD(S(CLOSING), ENOENT, COMPLETION_TWICE),
		E(PROCEEDING)	 = STAY(S(CLOSING)),
		E(ALERTING)	 = STAY(S(CLOSING)),
		E(OFFER)	 = BAD(S(CLOSING), EBUSY, OUT_OF_ORDER),
		E(CONNECT)	 = NO(S(CLOSING), ESHUTDOWN),
		/* R1: the far end's hang-up is swallowed, the network has released. */
		E(HANGUP)	 = NO(S(CLOSING), ESHUTDOWN),
		E(RELEASED)	 = GO(S(CLOSED), U(CL_CLOSE_COMPLETE)),
		/* C5: not before the last packet is back. */
		E(RELEASED_BUSY) = GO(S(COMPLETING), 0),
		E(INACTIVE)	 = STAY(S(CLOSING)),
		E(DELETE_CLIENT) = BAD(S(CLOSING), EBUSY, OUT_OF_ORDER),
		E(DELETE_CM)	 = BAD(S(CLOSING), EBUSY, OUT_OF_ORDER),
		E(CM_GONE)	 = GO(S(CLOSED), U(CL_CLOSE_COMPLETE)),
		E(CLIENT_GONE)	 = STAY(S(CLOSING)),
	},
	[S(COMPLETING)] = {
		E(MAKE)		 = BAD(S(COMPLETING), EBUSY, OUT_OF_ORDER),
		E(ACCEPT)	 = NO(S(COMPLETING), ESHUTDOWN),
		E(REJECT)	 = NO(S(COMPLETING), ESHUTDOWN),
		E(CLOSE)	 = NO(S(COMPLETING), EALREADY),
		E(MADE)		 = BAD(S(COMPLETING), ENOENT, COMPLETION_TWICE),
		E(FAILED)	 = BAD(S(COMPLETING), ENOENT, COMPLETION_TWICE),
		E(PROCEEDING)	 = STAY(S(COMPLETING)),
		E(ALERTING)	 = STAY(S(COMPLETING)),
		E(OFFER)	 = BAD(S(COMPLETING), EBUSY, OUT_OF_ORDER),
		E(CONNECT)	 = BAD(S(COMPLETING), ESHUTDOWN, OUT_OF_ORDER),
		E(HANGUP)	 = BAD(S(COMPLETING), ESHUTDOWN, OUT_OF_ORDER),
		E(RELEASED)	 = BAD(S(COMPLETING), EALREADY, COMPLETION_TWICE),
		E(RELEASED_BUSY) = BAD(S(COMPLETING), EALREADY, COMPLETION_TWICE),
		E(INACTIVE)	 = GO(S(CLOSED), U(CL_CLOSE_COMPLETE)),
		E(DELETE_CLIENT) = BAD(S(COMPLETING), ESHUTDOWN, OUT_OF_ORDER),
		/* C5: remembered (struct condis_vc.delete_wanted), done when the call is over. */
		E(DELETE_CM)	 = STAY(S(COMPLETING)),
		E(CM_GONE)	 = GO(S(CLOSED), U(CL_CLOSE_COMPLETE)),
		E(CLIENT_GONE)	 = STAY(S(COMPLETING)),
	},
	[S(CLOSED)] = {
		/* A VC carries one call in its life. */
		E(MAKE)		 = NO(S(CLOSED), ESHUTDOWN),
		E(ACCEPT)	 = NO(S(CLOSED), ESHUTDOWN),
		E(REJECT)	 = NO(S(CLOSED), EALREADY),
		E(CLOSE)	 = NO(S(CLOSED), EALREADY),
		E(MADE)		 = BAD(S(CLOSED), ENOENT, COMPLETION_TWICE),
		E(FAILED)	 = BAD(S(CLOSED), ENOENT, COMPLETION_TWICE),
		E(PROCEEDING)	 = STAY(S(CLOSED)),
		E(ALERTING)	 = STAY(S(CLOSED)),
		E(OFFER)	 = NO(S(CLOSED), ESHUTDOWN),
		E(CONNECT)	 = BAD(S(CLOSED), ESHUTDOWN, OUT_OF_ORDER),
		E(HANGUP)	 = NO(S(CLOSED), ESHUTDOWN),
		E(RELEASED)	 = BAD(S(CLOSED), ENOENT, COMPLETION_TWICE),
		E(RELEASED_BUSY) = BAD(S(CLOSED), ENOENT, COMPLETION_TWICE),
		E(INACTIVE)	 = STAY(S(CLOSED)),
		E(DELETE_CLIENT) = GO(S(DELETED), U(CM_DELETE)),
		E(DELETE_CM)	 = GO(S(DELETED), U(CL_DELETE)),
		E(CM_GONE)	 = STAY(S(CLOSED)),
		E(CLIENT_GONE)	 = STAY(S(CLOSED)),
	},
	[S(DELETED)] = {
		E(MAKE)		 = NO(S(DELETED), ESHUTDOWN),
		E(ACCEPT)	 = NO(S(DELETED), ESHUTDOWN),
		E(REJECT)	 = NO(S(DELETED), EALREADY),
		E(CLOSE)	 = NO(S(DELETED), EALREADY),
		E(MADE)		 = BAD(S(DELETED), ENOENT, COMPLETION_TWICE),
		E(FAILED)	 = BAD(S(DELETED), ENOENT, COMPLETION_TWICE),
		E(PROCEEDING)	 = STAY(S(DELETED)),
		E(ALERTING)	 = STAY(S(DELETED)),
		E(OFFER)	 = NO(S(DELETED), ESHUTDOWN),
		E(CONNECT)	 = BAD(S(DELETED), ESHUTDOWN, OUT_OF_ORDER),
		E(HANGUP)	 = NO(S(DELETED), ESHUTDOWN),
		E(RELEASED)	 = BAD(S(DELETED), ENOENT, COMPLETION_TWICE),
		E(RELEASED_BUSY) = BAD(S(DELETED), ENOENT, COMPLETION_TWICE),
		E(INACTIVE)	 = STAY(S(DELETED)),
		E(DELETE_CLIENT) = NO(S(DELETED), EALREADY),
		E(DELETE_CM)	 = NO(S(DELETED), EALREADY),
		E(CM_GONE)	 = STAY(S(DELETED)),
		E(CLIENT_GONE)	 = STAY(S(DELETED)),
	},
};

#undef S
#undef E
#undef U

/* The data path of a VC: CONDIS_VC_x, CONDIS_VC_EV_x. */
#define S(x)	CONDIS_VC_##x
#define E(x)	\
	[CONDIS_VC_EV_##x]
#define U(x)	BIT(CONDIS_VC_##x)

static const struct condis_transition
vc_table[CONDIS_NR_VC_STATES][CONDIS_NR_VC_EVENTS] = {
	[S(INACTIVE)] = {
		E(ACTIVATE)	   = GO(S(ACTIVE), 0),
		/* Redundant (NOT_ACCEPTED). */
		E(DEACTIVATE)	   = BAD(S(INACTIVE), EBUSY, OUT_OF_ORDER),
		E(DEACTIVATE_BUSY) = BAD(S(INACTIVE), EBUSY, OUT_OF_ORDER),
		E(DRAINED)	   = STAY(S(INACTIVE)),
	},
	[S(ACTIVE)] = {
		/* Again: new parameters. */
		E(ACTIVATE)	   = GO(S(ACTIVE), 0),
		E(DEACTIVATE)	   = GO(S(INACTIVE), 0),
		E(DEACTIVATE_BUSY) = GO(S(DEACTIVATING), 0),
		E(DRAINED)	   = STAY(S(ACTIVE)),
	},
	[S(DEACTIVATING)] = {
		E(ACTIVATE)	   = BAD(S(DEACTIVATING), ESHUTDOWN, OUT_OF_ORDER),
		/* R7, C5: the second one is not followed. */
		E(DEACTIVATE)	   = BAD(S(DEACTIVATING), EALREADY, OUT_OF_ORDER),
		E(DEACTIVATE_BUSY) = BAD(S(DEACTIVATING), EALREADY, OUT_OF_ORDER),
		E(DRAINED)	   = GO(S(INACTIVE), U(CM_DEACTIVATED)),
	},
};

#undef S
#undef E
#undef U

/* An opened address family: CONDIS_AF_x, CONDIS_AF_EV_x. */
#define S(x)	CONDIS_AF_##x
#define E(x)	\
	[CONDIS_AF_EV_##x]
#define U(x)	BIT(CONDIS_AF_##x)

static const struct condis_transition
af_table[CONDIS_NR_AF_STATES][CONDIS_NR_AF_EVENTS] = {
	[S(OPENING)] = {
		E(OPENED)    = GO(S(OPEN), U(CL_OPEN_COMPLETE)),
		E(REFUSED)   = GO(S(CLOSED), U(CL_OPEN_COMPLETE)),
		E(CLOSE)     = GO(S(ABORTING), 0),
		E(EMPTY)     = STAY(S(OPENING)),
		E(CM_CLOSED) = BAD(S(OPENING), ENOENT, COMPLETION_TWICE),
		E(CM_GONE)   = GO(S(CLOSED), U(CL_OPEN_COMPLETE)),
	},
	[S(ABORTING)] = {
		E(OPENED)    = GO(S(DRAINING), U(CL_OPEN_COMPLETE) | U(EMPTY)),
		E(REFUSED)   = GO(S(CLOSED), U(CL_OPEN_COMPLETE) | U(CL_CLOSE_COMPLETE)),
		E(CLOSE)     = NO(S(ABORTING), EALREADY),
		E(EMPTY)     = STAY(S(ABORTING)),
		E(CM_CLOSED) = BAD(S(ABORTING), ENOENT, COMPLETION_TWICE),
		E(CM_GONE)   = GO(S(CLOSED), U(CL_OPEN_COMPLETE) | U(CL_CLOSE_COMPLETE)),
	},
	[S(OPEN)] = {
		E(OPENED)    = BAD(S(OPEN), ENOENT, COMPLETION_TWICE),
		E(REFUSED)   = BAD(S(OPEN), ENOENT, COMPLETION_TWICE),
		/* R10: the call manager hears of it when nothing is left. */
		E(CLOSE)     = GO(S(DRAINING), U(EMPTY)),
		E(EMPTY)     = STAY(S(OPEN)),
		E(CM_CLOSED) = BAD(S(OPEN), ENOENT, COMPLETION_TWICE),
		E(CM_GONE)   = STAY(S(OPEN)),
	},
	[S(DRAINING)] = {
		E(OPENED)    = BAD(S(DRAINING), ENOENT, COMPLETION_TWICE),
		E(REFUSED)   = BAD(S(DRAINING), ENOENT, COMPLETION_TWICE),
		E(CLOSE)     = NO(S(DRAINING), EALREADY),
		E(EMPTY)     = GO(S(CLOSING), U(CM_CLOSE)),
		E(CM_CLOSED) = BAD(S(DRAINING), ENOENT, COMPLETION_TWICE),
		E(CM_GONE)   = STAY(S(DRAINING)),
	},
	[S(CLOSING)] = {
		E(OPENED)    = BAD(S(CLOSING), ENOENT, COMPLETION_TWICE),
		E(REFUSED)   = BAD(S(CLOSING), ENOENT, COMPLETION_TWICE),
		/* R11. */
		E(CLOSE)     = NO(S(CLOSING), EALREADY),
		E(EMPTY)     = STAY(S(CLOSING)),
		E(CM_CLOSED) = GO(S(CLOSED), U(CL_CLOSE_COMPLETE)),
		E(CM_GONE)   = GO(S(CLOSED), U(CL_CLOSE_COMPLETE)),
	},
	[S(CLOSED)] = {
		E(OPENED)    = BAD(S(CLOSED), ENOENT, COMPLETION_TWICE),
		E(REFUSED)   = BAD(S(CLOSED), ENOENT, COMPLETION_TWICE),
		E(CLOSE)     = NO(S(CLOSED), EALREADY),
		E(EMPTY)     = STAY(S(CLOSED)),
		E(CM_CLOSED) = BAD(S(CLOSED), ENOENT, COMPLETION_TWICE),
		E(CM_GONE)   = STAY(S(CLOSED)),
	},
};

#undef S
#undef E
#undef U

/* A SAP: CONDIS_SAP_x, CONDIS_SAP_EV_x. */
#define S(x)	CONDIS_SAP_##x
#define E(x)	\
	[CONDIS_SAP_EV_##x]
#define U(x)	BIT(CONDIS_SAP_##x)

static const struct condis_transition
sap_table[CONDIS_NR_SAP_STATES][CONDIS_NR_SAP_EVENTS] = {
	[S(REGISTERING)] = {
		E(REGISTERED)	 = GO(S(REGISTERED), U(CL_REGISTER_COMPLETE)),
		E(REFUSED)	 = GO(S(GONE), U(CL_REGISTER_COMPLETE)),
		E(DEREGISTER)	 = GO(S(ABORTING), 0),
		E(RELEASED)	 = BAD(S(REGISTERING), ENOENT, COMPLETION_TWICE),
		E(RELEASED_BUSY) = BAD(S(REGISTERING), ENOENT, COMPLETION_TWICE),
		E(IDLE)		 = STAY(S(REGISTERING)),
		E(CM_GONE)	 = GO(S(GONE), U(CL_REGISTER_COMPLETE)),
	},
	[S(ABORTING)] = {
		E(REGISTERED)	 = GO(S(DEREGISTERING),
				      U(CL_REGISTER_COMPLETE) | U(CM_DEREGISTER)),
		E(REFUSED)	 = GO(S(GONE),
				      U(CL_REGISTER_COMPLETE) | U(CL_DEREGISTER_COMPLETE)),
		E(DEREGISTER)	 = NO(S(ABORTING), EALREADY),
		E(RELEASED)	 = BAD(S(ABORTING), ENOENT, COMPLETION_TWICE),
		E(RELEASED_BUSY) = BAD(S(ABORTING), ENOENT, COMPLETION_TWICE),
		E(IDLE)		 = STAY(S(ABORTING)),
		E(CM_GONE)	 = GO(S(GONE),
				      U(CL_REGISTER_COMPLETE) | U(CL_DEREGISTER_COMPLETE)),
	},
	[S(REGISTERED)] = {
		E(REGISTERED)	 = BAD(S(REGISTERED), ENOENT, COMPLETION_TWICE),
		E(REFUSED)	 = BAD(S(REGISTERED), ENOENT, COMPLETION_TWICE),
		E(DEREGISTER)	 = GO(S(DEREGISTERING), U(CM_DEREGISTER)),
		E(RELEASED)	 = BAD(S(REGISTERED), ENOENT, COMPLETION_TWICE),
		E(RELEASED_BUSY) = BAD(S(REGISTERED), ENOENT, COMPLETION_TWICE),
		E(IDLE)		 = STAY(S(REGISTERED)),
		E(CM_GONE)	 = STAY(S(REGISTERED)),
	},
	[S(DEREGISTERING)] = {
		E(REGISTERED)	 = BAD(S(DEREGISTERING), ENOENT, COMPLETION_TWICE),
		E(REFUSED)	 = BAD(S(DEREGISTERING), ENOENT, COMPLETION_TWICE),
		E(DEREGISTER)	 = NO(S(DEREGISTERING), EALREADY),
		E(RELEASED)	 = GO(S(GONE), U(CL_DEREGISTER_COMPLETE)),
		E(RELEASED_BUSY) = GO(S(DRAINING), 0),
		E(IDLE)		 = STAY(S(DEREGISTERING)),
		E(CM_GONE)	 = GO(S(GONE), U(CL_DEREGISTER_COMPLETE)),
	},
	[S(DRAINING)] = {
		E(REGISTERED)	 = BAD(S(DRAINING), ENOENT, COMPLETION_TWICE),
		E(REFUSED)	 = BAD(S(DRAINING), ENOENT, COMPLETION_TWICE),
		E(DEREGISTER)	 = NO(S(DRAINING), EALREADY),
		E(RELEASED)	 = BAD(S(DRAINING), ENOENT, COMPLETION_TWICE),
		E(RELEASED_BUSY) = BAD(S(DRAINING), ENOENT, COMPLETION_TWICE),
		/* R17, C13: the offer under way was the last. */
		E(IDLE)		 = GO(S(GONE), U(CL_DEREGISTER_COMPLETE)),
		E(CM_GONE)	 = STAY(S(DRAINING)),
	},
	[S(GONE)] = {
		E(REGISTERED)	 = BAD(S(GONE), ENOENT, COMPLETION_TWICE),
		E(REFUSED)	 = BAD(S(GONE), ENOENT, COMPLETION_TWICE),
		E(DEREGISTER)	 = NO(S(GONE), EALREADY),
		E(RELEASED)	 = BAD(S(GONE), ENOENT, COMPLETION_TWICE),
		E(RELEASED_BUSY) = BAD(S(GONE), ENOENT, COMPLETION_TWICE),
		E(IDLE)		 = STAY(S(GONE)),
		E(CM_GONE)	 = STAY(S(GONE)),
	},
};

#undef S
#undef E
#undef U

/* An adapter: CONDIS_ADAPTER_x, CONDIS_ADAPTER_EV_x.  Reset is no state of it. */
#define S(x)	CONDIS_ADAPTER_##x
#define E(x)	\
	[CONDIS_ADAPTER_EV_##x]

static const struct condis_transition
adapter_table[CONDIS_NR_ADAPTER_STATES][CONDIS_NR_ADAPTER_EVENTS] = {
	[S(HALTED)] = {
		E(INITIALIZE) = GO(S(PAUSED), 0),
		E(RESTART)    = NO(S(HALTED), ENODEV),
		E(PAUSE)      = NO(S(HALTED), ENODEV),
		E(PAUSED)     = NO(S(HALTED), ENOENT),
		E(HALT)       = NO(S(HALTED), EALREADY),
		E(HALTED)     = NO(S(HALTED), EALREADY),
	},
	[S(PAUSED)] = {
		E(INITIALIZE) = NO(S(PAUSED), EBUSY),
		E(RESTART)    = GO(S(RUNNING), 0),
		E(PAUSE)      = NO(S(PAUSED), EALREADY),
		E(PAUSED)     = NO(S(PAUSED), ENOENT),
		E(HALT)       = GO(S(HALTING), 0),
		E(HALTED)     = NO(S(PAUSED), EBUSY),
	},
	[S(RUNNING)] = {
		E(INITIALIZE) = NO(S(RUNNING), EBUSY),
		E(RESTART)    = NO(S(RUNNING), EALREADY),
		E(PAUSE)      = GO(S(PAUSING), 0),
		E(PAUSED)     = NO(S(RUNNING), ENOENT),
		/* Surprise removal does not pause first. */
		E(HALT)       = GO(S(HALTING), 0),
		E(HALTED)     = NO(S(RUNNING), EBUSY),
	},
	[S(PAUSING)] = {
		E(INITIALIZE) = NO(S(PAUSING), EBUSY),
		E(RESTART)    = NO(S(PAUSING), EBUSY),
		E(PAUSE)      = NO(S(PAUSING), EALREADY),
		E(PAUSED)     = GO(S(PAUSED), 0),
		E(HALT)       = GO(S(HALTING), 0),
		E(HALTED)     = NO(S(PAUSING), EBUSY),
	},
	[S(HALTING)] = {
		E(INITIALIZE) = NO(S(HALTING), ESHUTDOWN),
		E(RESTART)    = NO(S(HALTING), ESHUTDOWN),
		E(PAUSE)      = NO(S(HALTING), ESHUTDOWN),
		E(PAUSED)     = NO(S(HALTING), ENOENT),
		E(HALT)       = NO(S(HALTING), EALREADY),
		E(HALTED)     = GO(S(HALTED), 0),
	},
};

#undef S
#undef E

/* A binding: CONDIS_BINDING_x, CONDIS_BINDING_EV_x. */
#define S(x)	CONDIS_BINDING_##x
#define E(x)	\
	[CONDIS_BINDING_EV_##x]
#define U(x)	BIT(CONDIS_BINDING_##x)

static const struct condis_transition
binding_table[CONDIS_NR_BINDING_STATES][CONDIS_NR_BINDING_EVENTS] = {
	[S(OPEN)] = {
		E(CLOSE) = GO(S(CLOSING), U(EMPTY)),
		E(EMPTY) = STAY(S(OPEN)),
	},
	[S(CLOSING)] = {
		/* C9: notify-close races unbind, the adapter is closed twice. */
		E(CLOSE) = NO(S(CLOSING), EALREADY),
		E(EMPTY) = GO(S(CLOSED), U(CLOSE_COMPLETE)),
	},
	[S(CLOSED)] = {
		E(CLOSE) = NO(S(CLOSED), EALREADY),
		E(EMPTY) = STAY(S(CLOSED)),
	},
};

#undef S
#undef E
#undef U

const struct condis_transition *condis_call_transition(enum condis_call_state state,
						       enum condis_call_event event)
{
	return &call_table[state][event];
}
EXPORT_SYMBOL_IF_KUNIT(condis_call_transition);

const struct condis_transition *condis_vc_transition(enum condis_vc_state state,
						     enum condis_vc_event event)
{
	return &vc_table[state][event];
}
EXPORT_SYMBOL_IF_KUNIT(condis_vc_transition);

const struct condis_transition *condis_af_transition(enum condis_af_state state,
						     enum condis_af_event event)
{
	return &af_table[state][event];
}
EXPORT_SYMBOL_IF_KUNIT(condis_af_transition);

const struct condis_transition *condis_sap_transition(enum condis_sap_state state,
						      enum condis_sap_event event)
{
	return &sap_table[state][event];
}
EXPORT_SYMBOL_IF_KUNIT(condis_sap_transition);

const struct condis_transition *condis_adapter_transition(enum condis_adapter_state state,
							  enum condis_adapter_event event)
{
	return &adapter_table[state][event];
}
EXPORT_SYMBOL_IF_KUNIT(condis_adapter_transition);

const struct condis_transition *condis_binding_transition(enum condis_binding_state state,
							  enum condis_binding_event event)
{
	return &binding_table[state][event];
}
EXPORT_SYMBOL_IF_KUNIT(condis_binding_transition);

static const char * const call_state_names[CONDIS_NR_CALL_STATES] = {
	[CONDIS_CALL_IDLE]	    = "idle",
	[CONDIS_CALL_OUT_PENDING]   = "out-pending",
	[CONDIS_CALL_OUT_ABORTING]  = "out-aborting",
	[CONDIS_CALL_OFFERED]	    = "offered",
	[CONDIS_CALL_ACCEPTED]	    = "accepted",
	[CONDIS_CALL_CONNECTED]	    = "connected",
	[CONDIS_CALL_OFFER_CLOSED]  = "offer-closed",
	[CONDIS_CALL_REMOTE_CLOSED] = "remote-closed",
	[CONDIS_CALL_CLOSING]	    = "closing",
	[CONDIS_CALL_COMPLETING]    = "completing",
	[CONDIS_CALL_CLOSED]	    = "closed",
	[CONDIS_CALL_DELETED]	    = "deleted",
};

static const char * const vc_state_names[CONDIS_NR_VC_STATES] = {
	[CONDIS_VC_INACTIVE]	 = "inactive",
	[CONDIS_VC_ACTIVE]	 = "active",
	[CONDIS_VC_DEACTIVATING] = "deactivating",
};

static const char * const af_state_names[CONDIS_NR_AF_STATES] = {
	[CONDIS_AF_OPENING]  = "opening",
	[CONDIS_AF_ABORTING] = "aborting",
	[CONDIS_AF_OPEN]     = "open",
	[CONDIS_AF_DRAINING] = "draining",
	[CONDIS_AF_CLOSING]  = "closing",
	[CONDIS_AF_CLOSED]   = "closed",
};

static const char * const sap_state_names[CONDIS_NR_SAP_STATES] = {
	[CONDIS_SAP_REGISTERING]   = "registering",
	[CONDIS_SAP_ABORTING]	   = "aborting",
	[CONDIS_SAP_REGISTERED]	   = "registered",
	[CONDIS_SAP_DEREGISTERING] = "deregistering",
	[CONDIS_SAP_DRAINING]	   = "draining",
	[CONDIS_SAP_GONE]	   = "gone",
};

static const char * const adapter_state_names[CONDIS_NR_ADAPTER_STATES] = {
	[CONDIS_ADAPTER_HALTED]	 = "halted",
	[CONDIS_ADAPTER_PAUSED]	 = "paused",
	[CONDIS_ADAPTER_RUNNING] = "running",
	[CONDIS_ADAPTER_PAUSING] = "pausing",
	[CONDIS_ADAPTER_HALTING] = "halting",
};

static const char * const binding_state_names[CONDIS_NR_BINDING_STATES] = {
	[CONDIS_BINDING_OPEN]	 = "open",
	[CONDIS_BINDING_CLOSING] = "closing",
	[CONDIS_BINDING_CLOSED]	 = "closed",
};

/**
 * condis_call_state_name() - a call's state for people
 * @state: the state
 *
 * Return: its name
 */
const char *condis_call_state_name(enum condis_call_state state)
{
	return call_state_names[state];
}

/**
 * condis_vc_state_name() - a data path's state for people
 * @state: the state
 *
 * Return: its name
 */
const char *condis_vc_state_name(enum condis_vc_state state)
{
	return vc_state_names[state];
}

/**
 * condis_af_state_name() - an address family's state for people
 * @state: the state
 *
 * Return: its name
 */
const char *condis_af_state_name(enum condis_af_state state)
{
	return af_state_names[state];
}

/**
 * condis_sap_state_name() - a SAP's state for people
 * @state: the state
 *
 * Return: its name
 */
const char *condis_sap_state_name(enum condis_sap_state state)
{
	return sap_state_names[state];
}

/**
 * condis_adapter_state_name() - an adapter's state for people
 * @state: the state
 *
 * Return: its name
 */
const char *condis_adapter_state_name(enum condis_adapter_state state)
{
	return adapter_state_names[state];
}

/**
 * condis_binding_state_name() - a binding's state for people
 * @state: the state
 *
 * Return: its name
 */
const char *condis_binding_state_name(enum condis_binding_state state)
{
	return binding_state_names[state];
}
