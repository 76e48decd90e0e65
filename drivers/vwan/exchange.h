/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The inside of the built-in exchange: its calls, the two ends of each, and the numbers.
 */
#ifndef _VWAN_EXCHANGE_H
#define _VWAN_EXCHANGE_H

#include "network.h"
#include "vwan.h"

#define EXCHANGE_BITS	8

/**
 * struct vwan_exchange - an exchange, the private area of the core's
 * @lock: protects what follows
 * @numbers: addresses that can be dialled, in the order of hunting
 * @calls: calls, not yet downed first
 * @down: no calls any more
 * @nr_numbers: addresses in @numbers
 * @nr_calls: calls in @calls
 * @made: calls ever
 * @late: messages that found no call
 */
struct vwan_exchange {
	spinlock_t lock;	/* see vwan.h */
	struct list_head numbers[1 << EXCHANGE_BITS];
	struct list_head calls;
	bool down;
	u32 nr_numbers;
	u32 nr_calls;
	u64 made;
	atomic64_t late;
};

/* What can wait at an end: messages to its user, late ones from it, and the network's own. */
enum slot_kind {
	SLOT_TO_USER,
	SLOT_TO_NETWORK = SLOT_TO_USER + Q931_NR_MESSAGES,
	SLOT_FORWARD = SLOT_TO_NETWORK + Q931_NR_MESSAGES,	/* find and ring the far end */
	SLOT_GIVE_UP,						/* nobody answers */
	SLOT_NR_KINDS
};

/* Each can be there twice: as many as faults and timers can make. */
#define SLOT_COPIES	2

/* But digits that come faster than their user is given them. */
#define SLOT_DIGITS	8

/*
 * How many can wait at an end.  Five kinds of messages can be late from a user: who
 * calls sends SETUP and CONNECT ACKNOWLEDGE, who is called ALERTING and CONNECT, both
 * DISCONNECT, RELEASE and RELEASE COMPLETE.  To a user wait the four kinds that
 * clear, or what sets the call up, never both: a clearing throws away what was to set
 * the call up, and nothing sets up a call that is being cleared.  Of the latter a
 * caller has most: CALL PROCEEDING, ALERTING and CONNECT, and once each what the
 * network keeps for itself; that is room for four kinds, too.  INFORMATION meets no fault,
 * so it only waits to a user; it has its own room, and may wait beside either.
 * tests/kunit/vwan_exchange.c counts them in the tables.
 */
#define SLOT_KINDS_FROM_USER	5
#define SLOT_KINDS_TO_USER	4
#define SLOT_MAX	(SLOT_COPIES * (SLOT_KINDS_FROM_USER + SLOT_KINDS_TO_USER) + SLOT_DIGITS)

/**
 * struct vwan_slot - something that is due at an end
 * @due: when, the lower half of jiffies: no delay is longer than some hours
 * @kind: enum slot_kind
 * @cause: Q.850 cause, or the code of a digit
 * @relayed: it comes from the far end's user
 *
 * Packed, because there are so many places, and hardly ever more than three in use.
 */
struct vwan_slot {
	u32 due;
	u8 kind;
	u8 cause : 7;
	u8 relayed : 1;
} __packed __aligned(2);

/**
 * struct vwan_end - the network's side of one interface of a call
 * @leg: the user, NULL before it is there and after it has gone
 * @deadline: when the timer runs out, the lower half of jiffies
 * @last_due: when the last message of a set-up is due, likewise: they do not overtake each other
 * @state: enum q931_net_state
 * @timed: the state's timer runs
 * @repeated: its message was sent twice
 * @through: the user has switched through
 * @heard: the user knows of the call: it has sent, or was given, a SETUP
 * @pending: how many slots are in use
 * @slot: they, in the order in which they were filled
 */
struct vwan_end {
	struct vwan_leg *leg;
	u32 deadline;
	u32 last_due;
	u8 state;
	bool timed : 1;
	bool repeated : 1;
	bool through : 1;
	bool heard : 1;
	u8 pending;
	struct vwan_slot slot[SLOT_MAX];
};

/**
 * struct vwan_call - a call of the exchange
 * @ref: each leg that points here; whoever works on it
 * @lock: protects @end
 * @id: its reference, never used again
 * @exchange: where; its memory outlives every adapter, and so every leg
 * @node: in the exchange's list, under its lock
 * @downed: it was seen by exchange_down(), under the exchange's lock
 * @end: caller and called
 */
struct vwan_call {
	refcount_t ref;
	spinlock_t lock;	/* see vwan.h */
	u64 id;
	struct vwan_exchange *exchange;
	struct list_head node;
	bool downed;
	struct vwan_end end[2];
};

#define CALLER	0
#define CALLED	1

/* VCs to be signalled when call.lock is given back. */
struct vwan_wake {
	struct condis_vc *vc[2];
};

/**
 * struct vwan_route - where a call goes
 * @address: copy of the address; its adapter lives as long as @sap
 * @sap: who listens there, a reference
 * @no_answer_alert: nobody answers: milliseconds until it rings
 * @no_answer_time: and until the network gives up
 */
struct vwan_route {
	struct vwan_address address;
	struct condis_sap *sap;
	u32 no_answer_alert;
	u32 no_answer_time;
};

/* end.c */
void vwan_wake_ends(struct vwan_wake *wake);
bool vwan_end_put(struct vwan_call *call, unsigned int which, unsigned int kind, u32 cause,
		  u32 delay, bool relayed, struct vwan_wake *wake);
void vwan_end_send(struct vwan_call *call, unsigned int which, enum q931_message message,
		   u32 cause, u32 delay, bool relayed, struct vwan_wake *wake);
void vwan_end_trace_relay(struct vwan_end *end, enum q931_message message, u32 cause);
void vwan_end_event(struct vwan_call *call, unsigned int which, unsigned int event, u32 cause,
		    struct vwan_wake *wake);
int vwan_end_take(struct vwan_call *call, struct vwan_end *end, struct vwan_slot *taken,
		  unsigned long *next, bool *more);
bool vwan_end_timeout(struct vwan_call *call, unsigned int which, unsigned long *next, bool *more,
		      struct vwan_wake *wake);

/* route.c */
u32 vwan_route_lookup(struct vwan_exchange *exchange, const char *number);
u32 vwan_route_find(struct vwan_exchange *exchange, const struct condis_call_params *params,
		    struct vwan_route *route);
void vwan_route_join(struct vwan_adapter *adapter);
void vwan_route_leave(struct vwan_adapter *adapter);

#endif /* _VWAN_EXCHANGE_H */
