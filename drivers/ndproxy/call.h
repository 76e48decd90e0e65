/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Calls, their handles, their leg A and their data.
 */
#ifndef _NDPROXY_CALL_H
#define _NDPROXY_CALL_H

#include <linux/rcupdate.h>
#include <linux/skbuff.h>
#include <condis/client.h>

#include "line.h"

struct ndproxy_command;
struct ndproxy_data;
struct ndproxy_digit_report;
struct ndproxy_leg_b;

/* Packets that wait for a data file, and for its reader, of one call. */
#define NDPROXY_PACKETS_UNOPENED	32
#define NDPROXY_PACKETS_OPEN		256

/**
 * enum ndproxy_call_place - the places of a call handle's events
 * @NDPROXY_PLACE_NEW: LINE_APPNEWCALL
 * @NDPROXY_PLACE_BEGUN: LINE_CALLSTATE: OFFERING, or PROCEEDING of an outgoing call
 * @NDPROXY_PLACE_RINGING: likewise: ACCEPTED, or RINGBACK
 * @NDPROXY_PLACE_CONNECTED: likewise
 * @NDPROXY_PLACE_DISCONNECTED: likewise
 * @NDPROXY_PLACE_IDLE: likewise
 * @NDPROXY_PLACE_PRIVILEGE: LINE_CALLSTATE with a raised privilege
 * @NDPROXY_PLACE_INFO: LINE_CALLINFO
 * @NDPROXY_PLACE_DIGIT: LINE_MONITORDIGITS: the first of those that were not read
 * @NDPROXY_PLACE_DROPPED: LINE_REPLY to the handle's first drop
 * @NDPROXY_NR_PLACES: how many there are
 */
enum ndproxy_call_place {
	NDPROXY_PLACE_NEW,
	NDPROXY_PLACE_BEGUN,
	NDPROXY_PLACE_RINGING,
	NDPROXY_PLACE_CONNECTED,
	NDPROXY_PLACE_DISCONNECTED,
	NDPROXY_PLACE_IDLE,
	NDPROXY_PLACE_PRIVILEGE,
	NDPROXY_PLACE_INFO,
	NDPROXY_PLACE_DIGIT,
	NDPROXY_PLACE_DROPPED,
	NDPROXY_NR_PLACES
};

/**
 * struct ndproxy_digit - a digit that was not read
 * @time: its event's, ns of CLOCK_MONOTONIC
 * @lost: digits that were lost before it
 * @digit: a character
 * @mode: one LINEDIGITMODE_*
 */
struct ndproxy_digit {
	u64 time;
	u32 lost;
	u8 digit;
	u8 mode;
};

/**
 * struct ndproxy_digit_ring - the digits of a call handle
 * @modes: LINEDIGITMODE_* that are monitored; written under adapter.lock, too
 * @first: place of the first
 * @count: how many were not read
 * @lost: that were lost since the last one of those
 * @discarded: monitoring has ended since one was taken last
 * @digit: places, one more than can be filled: one that is being read may come back
 *
 * All under session.lock.
 */
struct ndproxy_digit_ring {
	u32 modes;
	u32 first;
	u32 count;
	u32 lost;
	bool discarded;
	struct ndproxy_digit digit[NDPROXY_DIGITS_UNREAD + 1];
};

/**
 * struct ndproxy_call_handle - a session's view of a call
 * @handle: what is common
 * @call: the call (a reference)
 * @line_handle: where it belongs (a reference)
 * @call_node: in the call's list; under adapter.lock
 * @line_node: in the line handle's list; under adapter.lock
 * @privilege: LINECALLPRIVILEGE_OWNER or MONITOR; under adapter.lock
 * @given: it was handed over, and no command has used it yet; under adapter.lock
 * @generates: it has sent digits; under adapter.lock
 * @reported: enum ndproxy_call_report that were queued, as bits; under session.lock
 * @announced: LINE_APPNEWCALL was queued; under session.lock
 * @privilege_in: the report that tells the privilege, or NDPROXY_NR_REPORTS; under session.lock
 * @raised_in: what was reported last when the privilege was raised; under session.lock
 * @drop_used: @drop is pending or its reply was not read; under session.lock
 * @digits: digits that were not read, from when they are monitored; written under adapter.lock and
 *	session.lock
 * @times: of its events; under session.lock
 * @drop: request of the first drop, so that it needs no memory
 */
struct ndproxy_call_handle {
	struct ndproxy_object handle;
	struct ndproxy_call *call;
	struct ndproxy_line_handle *line_handle;
	struct list_head call_node;
	struct list_head line_node;
	u8 privilege;
	bool given;
	bool generates;
	u8 reported;
	bool announced;
	u8 privilege_in;
	u8 raised_in;
	bool drop_used;
	struct ndproxy_digit_ring *digits;
	u64 times[NDPROXY_NR_PLACES];
	struct ndproxy_pending drop;
};

/**
 * enum ndproxy_close_state - how far the end of a call's leg A is, under adapter.lock
 * @NDPROXY_CLOSE_NONE: nobody has asked for it
 * @NDPROXY_CLOSE_CLAIMED: somebody is on his way to condis_cl_close_call() or to the rejection
 * @NDPROXY_CLOSE_POSTED: it was taken; the completion, or the VC's deletion, follows
 * @NDPROXY_CLOSE_REFUSED: it was not: the call had ended, and somebody else hears of it
 */
enum ndproxy_close_state {
	NDPROXY_CLOSE_NONE,
	NDPROXY_CLOSE_CLAIMED,
	NDPROXY_CLOSE_POSTED,
	NDPROXY_CLOSE_REFUSED,
};

/**
 * struct ndproxy_call - one call, TAPI's side of it
 * @ref: its leg, handles, data file, running commands
 * @close_cause: Q.850 cause to close or reject with
 * @line: its line (a reference)
 * @node: in the line's list
 * @handles: call handles
 * @requests: requests without a reply
 * @vc: leg A, with a reference, or NULL; it stays until @data_open was cleared
 * @leg_b: leg B (a reference), or NULL
 * @outgoing: we made the VC and delete it
 * @making: somebody is on his way to condis_cl_make_call(): the VC carries no call yet
 * @close_wanted: to be closed when @making is over
 * @offered: the offer is not decided: whoever clears it decides
 * @reject: @close is the rejection of an offer, which only the VC's deletion follows
 * @make_failed: there is no call, not yet or not any more: who cannot close it deletes the VC
 * @asking: the diagnostics are being asked for: the VC stays until they are there
 * @diagnosed: they are
 * @delete_wanted: the VC is to be deleted then
 * @deleting: somebody is on his way to condis_co_delete_vc()
 * @owned: @uid is valid
 * @replied: it is a call: an offer, or the reply to the make-call was given
 * @first_used: @first is somebody's handle
 * @close: enum ndproxy_close_state: how far the end of leg A is
 * @state: enum ndproxy_call_state: TAPI's view
 * @seen: enum ndproxy_call_report that was reported last, or NDPROXY_NR_REPORTS
 * @close_node: in the list of calls that its claimer closes
 * @rcu: when nobody has the call: handlers in atomic context find it without a reference
 * @owners: handles with OWNER
 * @monitors: handles with MONITOR
 * @uid: the user of its first owner
 * @cause: Q.850 cause of the end
 * @entered: when @seen was entered, ns of CLOCK_MONOTONIC
 * @vc_id: number of the VC, also when that is gone; 0 before there is one
 * @network_call: the network's number of the call, when the VC is gone
 * @request: for the diagnostics
 * @diagnostics: of the end, if @diagnosed
 * @address: as made or offered
 * @media_modes: likewise, or as an owner has set them
 * @app_specific: the applications' own
 * @digit_modes: LINEDIGITMODE_* that any handle monitors
 * @digit_report: what the call manager is asked of that, or NULL if nobody has ever monitored
 * @tx_rate: from CONNECTED on
 * @rx_rate: likewise
 * @max_sdu: likewise
 * @called: as made or offered
 * @calling: likewise
 * @data_open: packets can be sent: the call is connected
 * @data_ended: the call is over: nothing is sent or taken any more
 * @handed_over: the packets are NDISWAN's
 * @data_lock: protects @data_open, @data_ended, @handed_over and what follows
 * @lost: packets for which there was no room
 * @data: the data file, or NULL; under RCU
 * @packets: received, not read
 * @first: the first handle: most calls have no other
 *
 * Everything down to @network_call is under adapter.lock.
 */
struct ndproxy_call {
	struct kref ref;
	u32 close_cause;
	struct ndproxy_line *line;
	struct list_head node;
	struct list_head handles;
	struct list_head requests;
	struct condis_vc *vc;
	struct ndproxy_leg_b *leg_b;
	bool outgoing;
	bool making;
	bool close_wanted;
	bool offered;
	bool reject;
	bool make_failed;
	bool asking;
	bool diagnosed;
	bool delete_wanted;
	bool deleting;
	bool owned;
	bool replied;
	bool first_used;
	u8 close;
	u8 state;
	u8 seen;
	union {
		struct list_head close_node;
		struct rcu_head rcu;
	};
	unsigned int owners;
	unsigned int monitors;
	kuid_t uid;
	u32 cause;
	u64 entered;
	u64 vc_id;
	u64 network_call;
	struct condis_oid_request request;
	struct condis_call_diagnostics diagnostics;
	u32 address;
	u32 media_modes;
	u32 app_specific;
	u32 digit_modes;
	struct ndproxy_digit_report *digit_report;
	u32 tx_rate;
	u32 rx_rate;
	u32 max_sdu;
	char called[CONDIS_NUMBER_SIZE];
	char calling[CONDIS_NUMBER_SIZE];
	bool data_open;
	bool data_ended;
	bool handed_over;

	spinlock_t data_lock;	/* innermost: what follows */
	u64 lost;
	struct ndproxy_data __rcu *data;
	struct sk_buff_head packets;

	struct ndproxy_call_handle first;
};

/**
 * struct ndproxy_leg - our private area of a VC
 * @call: the call it carries (a reference from its leg), or NULL
 */
struct ndproxy_leg {
	struct ndproxy_call *call;
};

/* call.c */
int ndproxy_calls_init(void);
void ndproxy_calls_exit(void);
struct ndproxy_call *ndproxy_call_alloc(struct ndproxy_line *line, gfp_t gfp);
void ndproxy_call_hold(struct ndproxy_call *call);
void ndproxy_call_put(struct ndproxy_call *call);
void ndproxy_call_link(struct ndproxy_call *call);
void ndproxy_call_check(struct ndproxy_call *call);
u32 ndproxy_call_mode(const struct ndproxy_call *call, u32 line_state);
bool ndproxy_call_takes(const struct ndproxy_call *call, const struct ndproxy_line_handle *lh);
bool ndproxy_call_visible(const struct ndproxy_call *call, const struct ndproxy_session *session);
void ndproxy_call_add_monitors(struct ndproxy_call *call, const struct ndproxy_line_handle *owner);
int ndproxy_call_event(struct ndproxy_call *call, enum ndproxy_call_event event, u32 cause);
void ndproxy_call_doom(struct ndproxy_call *call, u32 cause, struct list_head *doomed);
void ndproxy_calls_close(struct list_head *doomed);
void ndproxy_call_close_leg_a(struct ndproxy_call *call);
void ndproxy_calls_forget(struct list_head *doomed);
void ndproxy_call_trace(struct ndproxy_call *call, bool down, const char *message, int detail);

/* call_handle.c */
void ndproxy_call_tell_info(struct ndproxy_call *call, u32 changed,
			    const struct ndproxy_session *who, const struct ndproxy_session *by);
int ndproxy_call_handle_get(struct ndproxy_session *session, u32 id,
			    struct ndproxy_call_handle **ch);
int ndproxy_call_handle_use(struct ndproxy_call_handle *ch);
int ndproxy_call_command(struct ndproxy_command *cmd, const u32 *id, void *arg,
			 int (*run)(struct ndproxy_command *cmd, struct ndproxy_call_handle *ch,
				    void *arg));
int ndproxy_call_handle_give(struct ndproxy_call_handle *ch);
spinlock_t *ndproxy_call_lock(const struct ndproxy_call_handle *ch);
struct ndproxy_call_handle *ndproxy_call_handle_alloc(struct ndproxy_call *call,
						      struct ndproxy_line_handle *lh,
						      u32 privilege, gfp_t gfp);
void ndproxy_call_handle_release(struct ndproxy_call_handle *ch);
void ndproxy_call_handle_free(struct ndproxy_call_handle *ch);
int ndproxy_call_handle_add(struct ndproxy_call_handle *ch);
void ndproxy_call_handle_remove(struct ndproxy_call_handle *ch, bool bury,
				struct list_head *doomed);
void ndproxy_call_handle_raise(struct ndproxy_call_handle *ch, const struct ndproxy_session *by);
void ndproxy_call_handle_lower(struct ndproxy_call_handle *ch);
void ndproxy_call_handle_announce(struct ndproxy_call_handle *ch,
				  const struct ndproxy_session *by);
void ndproxy_call_handle_seen(struct ndproxy_call_handle *ch);
void ndproxy_call_handle_close(struct ndproxy_object *handle);

/* digits.c */
u32 ndproxy_digit_features(const struct ndproxy_call_handle *ch);
void ndproxy_digits_tell(struct ndproxy_call *call);
void ndproxy_digits_reset(struct ndproxy_binding *adapter);
void ndproxy_digits_changed(struct ndproxy_call *call, const struct ndproxy_session *by);
void ndproxy_digit_arrive(struct ndproxy_call *call, u32 digit, u32 mode);
void ndproxy_generation_free(struct ndproxy_request_own *own);

/* digit_ring.c */
void ndproxy_event_digit(struct ndproxy_call_handle *ch, u32 digit, u32 mode);
void ndproxy_event_monitor_digits(struct ndproxy_call_handle *ch, u32 modes,
				  struct ndproxy_digit_ring **ring);

/* leg.c */
extern const struct condis_client_ops ndproxy_client_ops;
void ndproxy_leg_begin(struct ndproxy_call *call, struct condis_vc *vc);
void ndproxy_leg_end(struct ndproxy_call *call);
void ndproxy_leg_delete(struct ndproxy_call *call);

/* data.c */
void ndproxy_data_start(struct ndproxy_call *call);
void ndproxy_data_stop(struct ndproxy_call *call);
void ndproxy_data_wake(struct ndproxy_call *call);
int ndproxy_data_hand_over(struct ndproxy_call *call);
void ndproxy_data_take_back(struct ndproxy_call *call);
void ndproxy_data_receive(struct ndproxy_call *call, struct sk_buff *skb);
void ndproxy_data_purge(struct ndproxy_call *call);

#endif /* _NDPROXY_CALL_H */
