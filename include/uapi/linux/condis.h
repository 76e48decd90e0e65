/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * Administration of adapters and exchanges, and a view of everything that is
 * there, by generic netlink: family CONDIS_GENL_NAME.
 *
 * What is seen and changed belongs to the network namespace of the socket.
 * "admin" below means CAP_NET_ADMIN in the user namespace that owns it.
 *
 * Every command has the attributes of one noun, flat, at its top level.  A
 * request is checked wholly before it has any effect, and an attribute that
 * the command does not take is refused; the extended error names the
 * attribute that was wrong or missing, and says what would be right.
 *
 * A name (NAME below) is a string of 1 to CONDIS_NAME_MAX printable ASCII
 * characters without space and '/'.  Attributes in brackets are optional.
 *
 * Errors that any command can answer: -EPERM (not admin), -EINVAL (an attribute
 * is malformed or missing), -ERANGE (a number or a length is out of range), -ENOMEM.
 * The version in the header of a request is not looked at.
 *
 * Kinds
 * =====
 *
 * A kind of adapter registers with the core under a name, and brings the
 * attributes of *_DATA below, which its own header documents.
 *
 * CONDIS_CMD_KIND_GET, dump, anyone.  Answers for each kind:
 *
 *    CONDIS_A_KIND_NAME: NAME
 *
 * Exchanges
 * =========
 *
 * What adapters are connected to.  An exchange belongs to the namespace that
 * made it.
 *
 * CONDIS_CMD_EXCHANGE_NEW, admin:
 *
 *    CONDIS_A_EXCHANGE_NAME: NAME
 *    CONDIS_A_EXCHANGE_KIND: NAME
 *    [CONDIS_A_EXCHANGE_DATA]: nested, the kind's
 *
 *    -EEXIST: an exchange of this name is there.  -ENOENT: no such kind.
 *    -EOPNOTSUPP: the kind has no exchanges.  -ENOSPC: CONDIS_EXCHANGES_MAX are
 *    there.  What the kind answers to its data.
 *
 * CONDIS_CMD_EXCHANGE_SET, admin: as NEW without KIND, changes what DATA says.
 *
 *    -ENOENT: no such exchange.  -ENODEV: its kind is being removed.
 *
 * CONDIS_CMD_EXCHANGE_DEL, admin:
 *
 *    CONDIS_A_EXCHANGE_NAME: NAME
 *
 *    -ENOENT: no such exchange.  -EBUSY: adapters are connected to it.
 *
 * CONDIS_CMD_EXCHANGE_GET, anyone; with CONDIS_A_EXCHANGE_NAME one (-ENOENT), as
 * a dump all.  Answers for each:
 *
 *    CONDIS_A_EXCHANGE_ID: NLA_U32, never used twice in a row
 *    CONDIS_A_EXCHANGE_NAME: NAME
 *    CONDIS_A_EXCHANGE_KIND: NAME
 *    CONDIS_A_EXCHANGE_ADAPTERS: NLA_U32, adapters connected, of any namespace
 *    CONDIS_A_EXCHANGE_DATA: nested, the kind's; not if the kind is being removed
 *
 * Adapters
 * ========
 *
 * CONDIS_CMD_ADAPTER_NEW, admin.  Makes and activates an adapter.  If that fails,
 * the answer says so and there is none.
 *
 *    CONDIS_A_ADAPTER_NAME: NAME
 *    CONDIS_A_ADAPTER_KIND: NAME
 *    [CONDIS_A_ADAPTER_EXCHANGE]: NAME, an exchange of the same kind
 *    [CONDIS_A_ADAPTER_EXCHANGE_NETNS_FD]: NLA_U32, an open file of the namespace
 *        of the exchange, if that is another; admin there too
 *    [CONDIS_A_ADAPTER_DATA]: nested, the kind's
 *
 *    -EEXIST: an adapter of this name is there.  -ENOENT: no such kind or
 *    exchange.  -EBADF: not a file of a namespace.  -EPERM: not admin in the
 *    exchange's namespace.  -ENOSPC: CONDIS_ADAPTERS_MAX are there.  What the
 *    kind answers to its data, and the adapter to its initialisation.
 *
 * CONDIS_CMD_ADAPTER_SET, admin.  Changes a live adapter at once; a change of its
 * lines closes what is open on it and opens it anew.
 *
 *    CONDIS_A_ADAPTER_NAME or CONDIS_A_ADAPTER_ID
 *    CONDIS_A_ADAPTER_DATA: nested, the kind's
 *
 *    -ENODEV: no such adapter, or its kind is being removed.  -ESHUTDOWN: it is
 *    being removed.  -EOPNOTSUPP: the kind does not change adapters.
 *
 * CONDIS_CMD_ADAPTER_DEL, admin.  Answers at once: the name is free, and the
 * adapter comes down by itself; CONDIS_EVENT_ADAPTER_GONE says when it is done.
 *
 *    CONDIS_A_ADAPTER_NAME or CONDIS_A_ADAPTER_ID
 *    [CONDIS_A_ADAPTER_SURPRISE]: NLA_FLAG, as if it was pulled out: calls are
 *        not cleared first
 *
 *    -ENODEV: no such adapter.
 *
 * CONDIS_CMD_ADAPTER_RESET, _PAUSE, _RESTART, admin.  Answer when it is done.
 *
 *    CONDIS_A_ADAPTER_NAME or CONDIS_A_ADAPTER_ID
 *
 *    -ENODEV: no such adapter.  -ESHUTDOWN: it is being removed.  -EALREADY: it
 *    is paused (PAUSE) or running (RESTART) already.  -EAGAIN: it is being reset.
 *    -EOPNOTSUPP: it has no reset.  -ETIMEDOUT: it did not answer in time.  What
 *    the adapter answers.
 *
 * CONDIS_CMD_ADAPTER_GET, anyone; with NAME or ID one (-ENODEV), as a dump all
 * but those that come down.  Answers for each:
 *
 *    CONDIS_A_ADAPTER_ID: NLA_U32, never used twice in a row
 *    CONDIS_A_ADAPTER_NAME: NAME
 *    CONDIS_A_ADAPTER_KIND: NAME
 *    CONDIS_A_ADAPTER_EXCHANGE: NAME, if it is connected to one
 *    CONDIS_A_ADAPTER_FOREIGN: NLA_FLAG, that exchange is another namespace's
 *    CONDIS_A_ADAPTER_STATE: string, for example "running"
 *    CONDIS_A_ADAPTER_AGE: NLA_U64, milliseconds since it was made
 *    CONDIS_A_ADAPTER_DATA: nested, the kind's; not if it is being removed, and
 *        not in a dump in which it does not fit: ask for the adapter alone
 *
 * Counts
 * ======
 *
 * CONDIS_CMD_COUNT_GET, dump, anyone.  What there is.  The first answer is for
 * the namespace:
 *
 *    CONDIS_A_COUNT_ADAPTERS: NLA_U32, also those that are coming down
 *    CONDIS_A_COUNT_EXCHANGES: NLA_U32
 *    CONDIS_A_COUNT_PROTOCOLS: NLA_U32, on the machine
 *    CONDIS_A_COUNT_SESSIONS: NLA_U32
 *
 * and one follows for each adapter, also for those that are coming down, until
 * nothing of them is left:
 *
 *    CONDIS_A_COUNT_ADAPTER_ID: NLA_U32
 *    CONDIS_A_COUNT_ADAPTER_NAME: NAME
 *    CONDIS_A_COUNT_ADAPTER_STATE: string
 *    CONDIS_A_COUNT_BINDINGS: NLA_U32
 *    CONDIS_A_COUNT_AFS: NLA_U32, open address families
 *    CONDIS_A_COUNT_SAPS: NLA_U32
 *    CONDIS_A_COUNT_VCS: NLA_U32
 *    CONDIS_A_COUNT_REQUESTS: NLA_U32, CO requests without an answer
 *    CONDIS_A_COUNT_TX: NLA_U32, packets with the adapter
 *    CONDIS_A_COUNT_RX: NLA_U32, packets with a client
 *    CONDIS_A_COUNT_LATE_COMPLETIONS: NLA_U32, completions of nothing
 *    CONDIS_A_COUNT_LATE_DISPATCHES: NLA_U32, offers, connects and hang-ups for
 *        calls that were over
 *    CONDIS_A_COUNT_LATE_SENDS: NLA_U32, packets returned that were not in flight
 *    CONDIS_A_COUNT_LATE_RECEIVES: NLA_U32, packets for a VC without a call
 *    CONDIS_A_COUNT_FORCED: NLA_U32, ended on behalf of one that did not answer
 *    CONDIS_A_COUNT_STANDING: NLA_U32, of AFS and SAPS those that drivers keep between
 *        each other while nobody uses the adapter (NDISWAN's, of NDPROXY's TAPI family)
 *
 * The late ones and FORCED count events of the past, the others objects.
 *
 * Verifier
 * ========
 *
 * CONDIS_CMD_VERIFIER_GET, dump, anyone.  How often drivers have broken the rules
 * of the interface for drivers, since the core was loaded and while its verifier
 * was on.  The first answer is for the namespace, with its adapters that are gone;
 * what could not be told to belong to any adapter is in that of the machine's
 * first namespace:
 *
 *    CONDIS_A_VERIFIER_ON: NLA_FLAG, the verifier is on
 *    CONDIS_A_VERIFIER_KEPT: NLA_U32, objects of the machine that have ended and
 *        whose memory the verifier keeps
 *    CONDIS_A_VERIFIER_VIOLATIONS: nested, NLA_U32 of the type enum
 *        condis_violation, for each kind that was seen
 *
 * and one follows for each adapter, also for those that come down:
 *
 *    CONDIS_A_VERIFIER_ADAPTER_ID: NLA_U32
 *    CONDIS_A_VERIFIER_ADAPTER_NAME: NAME
 *    CONDIS_A_VERIFIER_VIOLATIONS: as above
 *
 * Calls
 * =====
 *
 * CONDIS_CMD_CALL_GET, dump, admin.  Answers for each VC, whether a call is on
 * it or not:
 *
 *    [CONDIS_A_CALL_ADAPTER_ID]: NLA_U32, in the request: only those of this
 *        adapter (-ENODEV)
 *
 *    CONDIS_A_CALL_ID: NLA_U64, of the VC, never used twice
 *    CONDIS_A_CALL_ADAPTER_ID: NLA_U32
 *    CONDIS_A_CALL_ADAPTER_NAME: NAME
 *    CONDIS_A_CALL_AF_TYPE: NLA_U32, 0x801 between miniport and NDPROXY (leg A),
 *        0x800 between NDPROXY and NDISWAN (leg B)
 *    CONDIS_A_CALL_AF_ID: NLA_U32
 *    CONDIS_A_CALL_INCOMING: NLA_FLAG, the call manager made it
 *    CONDIS_A_CALL_STATE: string, of the call, for example "out-proceeding"
 *    CONDIS_A_CALL_ACTIVATION: string, of the VC, for example "active"
 *    CONDIS_A_CALL_LINE: NLA_U32
 *    CONDIS_A_CALL_ADDRESS: NLA_U32
 *    CONDIS_A_CALL_MEDIA_MODES: NLA_U32
 *    CONDIS_A_CALL_CALLED: string, may be empty
 *    CONDIS_A_CALL_CALLING: string, may be empty
 *    CONDIS_A_CALL_AGE: NLA_U64, milliseconds
 *    CONDIS_A_CALL_TX: NLA_U32, packets with the adapter
 *    CONDIS_A_CALL_RX: NLA_U32, packets with the client
 *    CONDIS_A_CALL_TX_PACKETS: NLA_U64, packets sent
 *    CONDIS_A_CALL_RX_PACKETS: NLA_U64, packets received
 *    CONDIS_A_CALL_NETWORK_CALL: NLA_U64, the network's number of the call, the
 *        same at both ends; 0 if it has none
 *
 * Sessions
 * ========
 *
 * CONDIS_CMD_SESSION_GET, dump.  Answers for each session of user space, to an
 * admin all, to others their own user's:
 *
 *    CONDIS_A_SESSION_ID: NLA_U32
 *    CONDIS_A_SESSION_PID: NLA_U32, of the process that made it; 0 if it is not
 *        visible from the asker's
 *    CONDIS_A_SESSION_COMM: string, its name
 *    CONDIS_A_SESSION_NAME: string, printable UTF-8, what the session says it is called; at
 *        the beginning the name of the process
 *    CONDIS_A_SESSION_UID: NLA_U32
 *    CONDIS_A_SESSION_AGE: NLA_U64, milliseconds
 *    CONDIS_A_SESSION_CLOSING: NLA_FLAG, its file is closed, it is coming down
 *    CONDIS_A_SESSION_CHARGES, CONDIS_A_SESSION_LIMITS: nested, what it has, and
 *        may have at most:
 *            CONDIS_A_CHARGE_LINES: NLA_U32, open lines
 *            CONDIS_A_CHARGE_CALLS: NLA_U32, call handles
 *            CONDIS_A_CHARGE_REQUESTS: NLA_U32, requests without a reply
 *            CONDIS_A_CHARGE_EVENTS: NLA_U32, events not read
 *            CONDIS_A_CHARGE_DATA: NLA_U32, data files
 *            CONDIS_A_CHARGE_PACKETS: NLA_U32, packets not read
 *            CONDIS_A_CHARGE_GIVEN: NLA_U32, of the call handles, those that other sessions
 *                handed over and that it has not used yet
 *
 * Events
 * ======
 *
 * To the multicast group CONDIS_MCGRP_CONFIG, which anyone may join:
 *
 *    CONDIS_CMD_EXCHANGE_EVENT: CONDIS_A_EXCHANGE_EVENT: NLA_U32, enum condis_event,
 *        and what CONDIS_CMD_EXCHANGE_GET answers, without DATA
 *    CONDIS_CMD_ADAPTER_EVENT: CONDIS_A_ADAPTER_EVENT: NLA_U32, enum condis_event,
 *        and what CONDIS_CMD_ADAPTER_GET answers, without DATA
 *
 * To the multicast group CONDIS_MCGRP_SESSION, for an admin:
 *
 *    CONDIS_CMD_SESSION_EVENT: CONDIS_A_SESSION_EVENT: NLA_U32, enum condis_event, and
 *        what CONDIS_CMD_SESSION_GET answers, with the user's number as the
 *        namespace has it; PID is 0 in a namespace of another user namespace
 *
 * Events may be lost if the reader is slow (ENOBUFS on its socket); what is there
 * is then learnt by a dump.
 *
 * Dumps
 * =====
 *
 * Dumps are in ascending order of ids.  One during which an adapter, an exchange
 * or a session came or went has NLM_F_DUMP_INTR set and should be made again by
 * who needs a consistent picture.  Calls come and go while they are listed; one
 * that is there all the time is listed once.
 */
#ifndef _UAPI_LINUX_CONDIS_H
#define _UAPI_LINUX_CONDIS_H

#define CONDIS_GENL_NAME	"condis"
#define CONDIS_GENL_VERSION	1

#define CONDIS_MCGRP_CONFIG	"config"
#define CONDIS_MCGRP_SESSION	"session"

/* Characters of a name, without its end. */
#define CONDIS_NAME_MAX		31

/* How many there may be in one network namespace. */
#define CONDIS_ADAPTERS_MAX	4096
#define CONDIS_EXCHANGES_MAX	256

/**
 * enum condis_cmd - commands and messages of the family
 * @CONDIS_CMD_UNSPEC: not a command
 * @CONDIS_CMD_KIND_GET: list kinds
 * @CONDIS_CMD_EXCHANGE_NEW: make an exchange
 * @CONDIS_CMD_EXCHANGE_DEL: remove an exchange
 * @CONDIS_CMD_EXCHANGE_SET: change an exchange
 * @CONDIS_CMD_EXCHANGE_GET: show exchanges
 * @CONDIS_CMD_EXCHANGE_EVENT: something happened to an exchange
 * @CONDIS_CMD_ADAPTER_NEW: make and activate an adapter
 * @CONDIS_CMD_ADAPTER_DEL: remove an adapter
 * @CONDIS_CMD_ADAPTER_SET: change an adapter
 * @CONDIS_CMD_ADAPTER_GET: show adapters
 * @CONDIS_CMD_ADAPTER_RESET: reset an adapter
 * @CONDIS_CMD_ADAPTER_PAUSE: pause an adapter
 * @CONDIS_CMD_ADAPTER_RESTART: let a paused adapter go on
 * @CONDIS_CMD_ADAPTER_EVENT: something happened to an adapter
 * @CONDIS_CMD_COUNT_GET: count what there is
 * @CONDIS_CMD_CALL_GET: list VCs and their calls
 * @CONDIS_CMD_SESSION_GET: list sessions
 * @CONDIS_CMD_SESSION_EVENT: something happened to a session
 * @CONDIS_CMD_VERIFIER_GET: count breaches of the contract of drivers
 * @__CONDIS_CMD_MAX: not a command
 * @CONDIS_CMD_MAX: the highest command
 */
enum condis_cmd {
	CONDIS_CMD_UNSPEC,
	CONDIS_CMD_KIND_GET,
	CONDIS_CMD_EXCHANGE_NEW,
	CONDIS_CMD_EXCHANGE_DEL,
	CONDIS_CMD_EXCHANGE_SET,
	CONDIS_CMD_EXCHANGE_GET,
	CONDIS_CMD_EXCHANGE_EVENT,
	CONDIS_CMD_ADAPTER_NEW,
	CONDIS_CMD_ADAPTER_DEL,
	CONDIS_CMD_ADAPTER_SET,
	CONDIS_CMD_ADAPTER_GET,
	CONDIS_CMD_ADAPTER_RESET,
	CONDIS_CMD_ADAPTER_PAUSE,
	CONDIS_CMD_ADAPTER_RESTART,
	CONDIS_CMD_ADAPTER_EVENT,
	CONDIS_CMD_COUNT_GET,
	CONDIS_CMD_CALL_GET,
	CONDIS_CMD_SESSION_GET,
	CONDIS_CMD_SESSION_EVENT,
	CONDIS_CMD_VERIFIER_GET,

	__CONDIS_CMD_MAX,
	CONDIS_CMD_MAX = __CONDIS_CMD_MAX - 1
};

/**
 * enum condis_event - what an event message tells
 * @CONDIS_EVENT_UNSPEC: nothing
 * @CONDIS_EVENT_NEW: it was made
 * @CONDIS_EVENT_CHANGED: its configuration was changed; a session: its name
 * @CONDIS_EVENT_STATE: its state changed (adapters)
 * @CONDIS_EVENT_DEL: it was removed; an adapter, or a session, still comes down
 * @CONDIS_EVENT_GONE: nothing is left of it (adapters, sessions)
 */
enum condis_event {
	CONDIS_EVENT_UNSPEC,
	CONDIS_EVENT_NEW,
	CONDIS_EVENT_CHANGED,
	CONDIS_EVENT_STATE,
	CONDIS_EVENT_DEL,
	CONDIS_EVENT_GONE
};

/* Attributes of CONDIS_CMD_KIND_*, see above. */
enum condis_kind_attr {
	CONDIS_A_KIND_UNSPEC,
	CONDIS_A_KIND_NAME,

	__CONDIS_A_KIND_MAX,
	CONDIS_A_KIND_MAX = __CONDIS_A_KIND_MAX - 1
};

/* Attributes of CONDIS_CMD_EXCHANGE_*, see above. */
enum condis_exchange_attr {
	CONDIS_A_EXCHANGE_UNSPEC,
	CONDIS_A_EXCHANGE_ID,
	CONDIS_A_EXCHANGE_NAME,
	CONDIS_A_EXCHANGE_KIND,
	CONDIS_A_EXCHANGE_ADAPTERS,
	CONDIS_A_EXCHANGE_DATA,
	CONDIS_A_EXCHANGE_EVENT,

	__CONDIS_A_EXCHANGE_MAX,
	CONDIS_A_EXCHANGE_MAX = __CONDIS_A_EXCHANGE_MAX - 1
};

/* Attributes of CONDIS_CMD_ADAPTER_*, see above. */
enum condis_adapter_attr {
	CONDIS_A_ADAPTER_UNSPEC,
	CONDIS_A_ADAPTER_ID,
	CONDIS_A_ADAPTER_NAME,
	CONDIS_A_ADAPTER_KIND,
	CONDIS_A_ADAPTER_EXCHANGE,
	CONDIS_A_ADAPTER_EXCHANGE_NETNS_FD,
	CONDIS_A_ADAPTER_FOREIGN,
	CONDIS_A_ADAPTER_STATE,
	CONDIS_A_ADAPTER_AGE,
	CONDIS_A_ADAPTER_DATA,
	CONDIS_A_ADAPTER_SURPRISE,
	CONDIS_A_ADAPTER_EVENT,
	CONDIS_A_ADAPTER_PAD,

	__CONDIS_A_ADAPTER_MAX,
	CONDIS_A_ADAPTER_MAX = __CONDIS_A_ADAPTER_MAX - 1
};

/* Attributes of CONDIS_CMD_COUNT_GET, see above. */
enum condis_count_attr {
	CONDIS_A_COUNT_UNSPEC,
	CONDIS_A_COUNT_ADAPTERS,
	CONDIS_A_COUNT_EXCHANGES,
	CONDIS_A_COUNT_PROTOCOLS,
	CONDIS_A_COUNT_SESSIONS,
	CONDIS_A_COUNT_ADAPTER_ID,
	CONDIS_A_COUNT_ADAPTER_NAME,
	CONDIS_A_COUNT_ADAPTER_STATE,
	CONDIS_A_COUNT_BINDINGS,
	CONDIS_A_COUNT_AFS,
	CONDIS_A_COUNT_SAPS,
	CONDIS_A_COUNT_VCS,
	CONDIS_A_COUNT_REQUESTS,
	CONDIS_A_COUNT_TX,
	CONDIS_A_COUNT_RX,
	CONDIS_A_COUNT_LATE_COMPLETIONS,
	CONDIS_A_COUNT_LATE_DISPATCHES,
	CONDIS_A_COUNT_LATE_SENDS,
	CONDIS_A_COUNT_LATE_RECEIVES,
	CONDIS_A_COUNT_FORCED,
	CONDIS_A_COUNT_STANDING,

	__CONDIS_A_COUNT_MAX,
	CONDIS_A_COUNT_MAX = __CONDIS_A_COUNT_MAX - 1
};

/* Attributes of CONDIS_CMD_CALL_GET, see above. */
enum condis_call_attr {
	CONDIS_A_CALL_UNSPEC,
	CONDIS_A_CALL_ID,
	CONDIS_A_CALL_ADAPTER_ID,
	CONDIS_A_CALL_ADAPTER_NAME,
	CONDIS_A_CALL_AF_TYPE,
	CONDIS_A_CALL_AF_ID,
	CONDIS_A_CALL_INCOMING,
	CONDIS_A_CALL_STATE,
	CONDIS_A_CALL_ACTIVATION,
	CONDIS_A_CALL_LINE,
	CONDIS_A_CALL_ADDRESS,
	CONDIS_A_CALL_MEDIA_MODES,
	CONDIS_A_CALL_CALLED,
	CONDIS_A_CALL_CALLING,
	CONDIS_A_CALL_AGE,
	CONDIS_A_CALL_TX,
	CONDIS_A_CALL_RX,
	CONDIS_A_CALL_TX_PACKETS,
	CONDIS_A_CALL_RX_PACKETS,
	CONDIS_A_CALL_NETWORK_CALL,
	CONDIS_A_CALL_PAD,

	__CONDIS_A_CALL_MAX,
	CONDIS_A_CALL_MAX = __CONDIS_A_CALL_MAX - 1
};

/* Attributes of CONDIS_CMD_VERIFIER_GET, see above. */
enum condis_verifier_attr {
	CONDIS_A_VERIFIER_UNSPEC,
	CONDIS_A_VERIFIER_ON,
	CONDIS_A_VERIFIER_KEPT,
	CONDIS_A_VERIFIER_ADAPTER_ID,
	CONDIS_A_VERIFIER_ADAPTER_NAME,
	CONDIS_A_VERIFIER_VIOLATIONS,

	__CONDIS_A_VERIFIER_MAX,
	CONDIS_A_VERIFIER_MAX = __CONDIS_A_VERIFIER_MAX - 1
};

/* Attributes of CONDIS_CMD_SESSION_*, see above. */
enum condis_session_attr {
	CONDIS_A_SESSION_UNSPEC,
	CONDIS_A_SESSION_ID,
	CONDIS_A_SESSION_PID,
	CONDIS_A_SESSION_COMM,
	CONDIS_A_SESSION_UID,
	CONDIS_A_SESSION_AGE,
	CONDIS_A_SESSION_CLOSING,
	CONDIS_A_SESSION_CHARGES,
	CONDIS_A_SESSION_LIMITS,
	CONDIS_A_SESSION_EVENT,
	CONDIS_A_SESSION_PAD,
	CONDIS_A_SESSION_NAME,

	__CONDIS_A_SESSION_MAX,
	CONDIS_A_SESSION_MAX = __CONDIS_A_SESSION_MAX - 1
};

/* Attributes in CONDIS_A_SESSION_CHARGES and CONDIS_A_SESSION_LIMITS, see above. */
enum condis_charge_attr {
	CONDIS_A_CHARGE_UNSPEC,
	CONDIS_A_CHARGE_LINES,
	CONDIS_A_CHARGE_CALLS,
	CONDIS_A_CHARGE_REQUESTS,
	CONDIS_A_CHARGE_EVENTS,
	CONDIS_A_CHARGE_DATA,
	CONDIS_A_CHARGE_PACKETS,
	CONDIS_A_CHARGE_GIVEN,

	__CONDIS_A_CHARGE_MAX,
	CONDIS_A_CHARGE_MAX = __CONDIS_A_CHARGE_MAX - 1
};

/**
 * enum condis_violation - rules of the interface for drivers that the verifier has seen broken
 * @CONDIS_VIOLATION_NONE: none
 * @CONDIS_VIOLATION_HANDLER_PENDED: a handler that must decide at once answered PENDING
 * @CONDIS_VIOLATION_COMPLETION_STATUS: an answer with PENDING or with a positive status
 * @CONDIS_VIOLATION_COMPLETION_TWICE: a completion for which nothing is pending
 * @CONDIS_VIOLATION_NO_ANSWER: an operation was ended on behalf of one who never answered
 * @CONDIS_VIOLATION_EARLY_RELEASE: the call manager deactivated or deleted before the client had
 *	closed
 * @CONDIS_VIOLATION_CLOSE_WITH_SENDS: the client closed with its sends in flight
 * @CONDIS_VIOLATION_SEND_AFTER_CLOSE: a packet for a call that is closed or not connected
 * @CONDIS_VIOLATION_AFTER_END: a handle was used after its end
 * @CONDIS_VIOLATION_DEACTIVATE_BUSY: the call manager deactivated with packets in its hands
 * @CONDIS_VIOLATION_WRONG_SIDE: deleted by who did not make it, or a word for the other direction
 * @CONDIS_VIOLATION_OUT_OF_ORDER: a word whose time had not come, or was over
 * @CONDIS_VIOLATION_BLOCKED: a handler that took too long
 * @CONDIS_VIOLATION_CONTEXT: a control call in atomic context
 * @CONDIS_VIOLATION_WRONG_REQUEST: a request, send or status that is not for this family or time
 * @CONDIS_VIOLATION_LEFT_BEHIND: a driver has gone, or has closed, and left something open
 * @CONDIS_VIOLATION_BAD_ARGUMENT: no handle, no parameters, a number without an end
 * @CONDIS_NR_VIOLATIONS: one more than the highest; grows
 */
enum condis_violation {
	CONDIS_VIOLATION_NONE,
	CONDIS_VIOLATION_HANDLER_PENDED,
	CONDIS_VIOLATION_COMPLETION_STATUS,
	CONDIS_VIOLATION_COMPLETION_TWICE,
	CONDIS_VIOLATION_NO_ANSWER,
	CONDIS_VIOLATION_EARLY_RELEASE,
	CONDIS_VIOLATION_CLOSE_WITH_SENDS,
	CONDIS_VIOLATION_SEND_AFTER_CLOSE,
	CONDIS_VIOLATION_AFTER_END,
	CONDIS_VIOLATION_DEACTIVATE_BUSY,
	CONDIS_VIOLATION_WRONG_SIDE,
	CONDIS_VIOLATION_OUT_OF_ORDER,
	CONDIS_VIOLATION_BLOCKED,
	CONDIS_VIOLATION_CONTEXT,
	CONDIS_VIOLATION_WRONG_REQUEST,
	CONDIS_VIOLATION_LEFT_BEHIND,
	CONDIS_VIOLATION_BAD_ARGUMENT,
	CONDIS_NR_VIOLATIONS
};

#endif /* _UAPI_LINUX_CONDIS_H */
