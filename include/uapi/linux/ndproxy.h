/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * /dev/ndproxy: the user's interface to lines and calls.
 *
 * One open file is one application's session.  A session enumerates adapters
 * and their lines, opens lines, makes and takes calls, and reads events.  Names
 * and values that come from TAPI (LINE_*, LINECALLSTATE_*, ...) are TAPI's.
 *
 * Requests (MAKE_CALL, ACCEPT, ANSWER, DROP) carry a cookie of the caller's;
 * the ioctl answers at once, and the result is a LINE_REPLY event with that
 * cookie; of GENERATE_DIGITS it is a LINE_GENERATE.  All other commands are done
 * when the ioctl returns.  No command waits for a peer, and none but
 * NDPROXY_OPEN_LINE for anybody.
 *
 * Rules for every structure: the layout is the same for 32 and 64 bit callers;
 * members named @reserved or @pad, and members that are only output, must be
 * zero; unknown flags are refused.  What a command refuses, it refuses before
 * any effect, and NDPROXY_GET_EXTENDED_ERROR then names the member that was
 * wrong.
 *
 * Errors that any command may give: EFAULT (bad pointer), EINVAL (a value, flag
 * or reserved member is wrong), ENOTTY (no such command, or the right number
 * with a wrong size or direction), ESHUTDOWN (after NDPROXY_SHUTDOWN).  The
 * others are with each command.  Of those:
 *
 *   EBADF      no such line or call handle in this session, or no longer
 *   ENODEV     the adapter is gone, or never was in this network namespace; or the
 *              handle died with a LINE_CLOSE (NDPROXY_CLOSE_LINE and
 *              NDPROXY_DEALLOCATE_CALL of such a handle still succeed; a session that
 *              has 1024 of them gets EBADF of any more)
 *   EAGAIN     the adapter is not ready yet: wait for its LINE_CREATE event
 *   ESTALE     the line table changed after this session began (REINIT):
 *              lines can be opened again by a new session
 *   ENXIO      no such line on the adapter, or no such address on the line
 *   EPERM      not an owner of the call
 *   EBADFD     the call's state does not allow it
 *   EDQUOT     a limit of the session is reached (NDPROXY_GET_LIMITS)
 *   ENOMEM     no memory
 */
#ifndef _UAPI_LINUX_NDPROXY_H
#define _UAPI_LINUX_NDPROXY_H

#include <linux/ioctl.h>
#include <linux/types.h>
#include <linux/q850.h>

/*
 * Version of this interface, the first that was released: grows with each change, and from here
 * on a change only adds.  1 was never released; where it was tried, numbers and structures are
 * others (that of NDPROXY_HANDOFF grew, and with it the command's number).  A program asks
 * by NDPROXY_GET_VERSION, which stays as it is for ever, before anything else, and
 * goes no further if the kernel's is lower than the one that it was written for.
 */
#define NDPROXY_ABI		2

/* Digits of a number, and the member that holds them with the end of the string. */
#define NDPROXY_NUMBER_MAX	32
#define NDPROXY_NUMBER_SIZE	40

/* Characters of a name, with the end of the string. */
#define NDPROXY_NAME_SIZE	32

/* Bytes of an application's name, in UTF-8, with the end of the string. */
#define NDPROXY_APP_NAME_SIZE	64

/* Digits of one NDPROXY_GENERATE_DIGITS, with the end of the string. */
#define NDPROXY_DIGITS_SIZE	64

/* Milliseconds of one generated digit: without another wish, and at most. */
#define NDPROXY_DIGIT_MS	100
#define NDPROXY_DIGIT_MS_MAX	10000

/* Milliseconds of a pause between generated digits, a ','. */
#define NDPROXY_DIGIT_PAUSE_MS	1000

/* Digits that wait for a reader, of one call handle. */
#define NDPROXY_DIGITS_UNREAD	32

/* A line's address that was not named: any. */
#define NDPROXY_ANY_ADDRESS	0xffffffffU

/* Handles of lines and calls are 1 to this, and not given again soon. */
#define NDPROXY_HANDLE_MAX	0x7fffffff

/**
 * enum ndproxy_message - types of event, by the numbers of TAPI's messages
 * @LINE_CALLINFO: owners or monitors of a call changed; &ndproxy_event.call_info
 * @LINE_CALLSTATE: a call's state, or the session's privilege for it; &ndproxy_event.call_state
 * @LINE_CLOSE: the line was closed from below; its handle and those of its calls died when this
 *	was queued. Never as an echo of NDPROXY_CLOSE_LINE
 * @LINE_GENERATE: the digits of an NDPROXY_GENERATE_DIGITS are over; &ndproxy_event.generate
 * @LINE_LINEDEVSTATE: state of a line, as masked by NDPROXY_SET_STATUS_MESSAGES; OTHER and REINIT
 *	always; &ndproxy_event.line_state
 * @LINE_MONITORDIGITS: a digit came; &ndproxy_event.digit
 * @LINE_REPLY: the result of a request; &ndproxy_event.reply
 * @LINE_CREATE: an adapter's lines can be used from now on; &ndproxy_event.lines
 * @LINE_APPNEWCALL: a new call handle on a line; its LINE_CALLSTATE follows;
 *	&ndproxy_event.new_call
 * @LINE_REMOVE: an adapter's lines are gone; &ndproxy_event.lines
 */
enum ndproxy_message {
	LINE_CALLINFO		= 1,
	LINE_CALLSTATE		= 2,
	LINE_CLOSE		= 3,
	LINE_GENERATE		= 7,
	LINE_LINEDEVSTATE	= 8,
	LINE_MONITORDIGITS	= 9,
	LINE_REPLY		= 12,
	LINE_CREATE		= 19,
	LINE_APPNEWCALL		= 23,
	LINE_REMOVE		= 25,
};

/**
 * enum linecallstate - states of a call
 * @LINECALLSTATE_IDLE: over; nothing comes after it. The handle stays for queries until it is
 *	deallocated
 * @LINECALLSTATE_OFFERING: an incoming call that nobody has decided on
 * @LINECALLSTATE_ACCEPTED: an incoming call that an owner has accepted, not yet answered
 * @LINECALLSTATE_DIALTONE: not used
 * @LINECALLSTATE_DIALING: an outgoing call that has no answer of the network yet
 * @LINECALLSTATE_RINGBACK: the far end is alerted
 * @LINECALLSTATE_BUSY: not used: a busy number is DISCONNECTED with LINEDISCONNECTMODE_BUSY
 * @LINECALLSTATE_SPECIALINFO: not used
 * @LINECALLSTATE_CONNECTED: data can flow
 * @LINECALLSTATE_PROCEEDING: the network works on an outgoing call
 * @LINECALLSTATE_ONHOLD: not used
 * @LINECALLSTATE_CONFERENCED: not used
 * @LINECALLSTATE_ONHOLDPENDCONF: not used
 * @LINECALLSTATE_ONHOLDPENDTRANSFER: not used
 * @LINECALLSTATE_DISCONNECTED: the far end or the network cleared; an owner drops or deallocates
 * @LINECALLSTATE_UNKNOWN: not used
 */
enum linecallstate {
	LINECALLSTATE_IDLE			= 0x00000001,
	LINECALLSTATE_OFFERING			= 0x00000002,
	LINECALLSTATE_ACCEPTED			= 0x00000004,
	LINECALLSTATE_DIALTONE			= 0x00000008,
	LINECALLSTATE_DIALING			= 0x00000010,
	LINECALLSTATE_RINGBACK			= 0x00000020,
	LINECALLSTATE_BUSY			= 0x00000040,
	LINECALLSTATE_SPECIALINFO		= 0x00000080,
	LINECALLSTATE_CONNECTED			= 0x00000100,
	LINECALLSTATE_PROCEEDING		= 0x00000200,
	LINECALLSTATE_ONHOLD			= 0x00000400,
	LINECALLSTATE_CONFERENCED		= 0x00000800,
	LINECALLSTATE_ONHOLDPENDCONF		= 0x00001000,
	LINECALLSTATE_ONHOLDPENDTRANSFER	= 0x00002000,
	LINECALLSTATE_DISCONNECTED		= 0x00004000,
	LINECALLSTATE_UNKNOWN			= 0x00008000,
};

/**
 * enum linedisconnectmode - why a call is DISCONNECTED
 * @LINEDISCONNECTMODE_NORMAL: the far end hung up
 * @LINEDISCONNECTMODE_UNKNOWN: no reason known
 * @LINEDISCONNECTMODE_REJECT: the far end rejected the call
 * @LINEDISCONNECTMODE_PICKUP: picked up elsewhere
 * @LINEDISCONNECTMODE_FORWARDED: forwarded
 * @LINEDISCONNECTMODE_BUSY: the far end is busy
 * @LINEDISCONNECTMODE_NOANSWER: the far end does not answer
 * @LINEDISCONNECTMODE_BADADDRESS: no such number
 * @LINEDISCONNECTMODE_UNREACHABLE: no way to the far end
 * @LINEDISCONNECTMODE_CONGESTION: the network is full
 * @LINEDISCONNECTMODE_INCOMPATIBLE: the far end cannot take this kind of call
 * @LINEDISCONNECTMODE_UNAVAIL: no reason given, though asked for
 * @LINEDISCONNECTMODE_NODIALTONE: no dial tone
 * @LINEDISCONNECTMODE_NUMBERCHANGED: the number changed
 * @LINEDISCONNECTMODE_OUTOFORDER: the far end, or the network, is out of order
 * @LINEDISCONNECTMODE_TEMPFAILURE: a temporary failure of the network
 * @LINEDISCONNECTMODE_QOSUNAVAIL: the bearer wanted is not to be had
 * @LINEDISCONNECTMODE_BLOCKED: the number is barred
 * @LINEDISCONNECTMODE_DONOTDISTURB: the far end takes no calls now
 * @LINEDISCONNECTMODE_CANCELLED: the call was given up
 */
enum linedisconnectmode {
	LINEDISCONNECTMODE_NORMAL		= 0x00000001,
	LINEDISCONNECTMODE_UNKNOWN		= 0x00000002,
	LINEDISCONNECTMODE_REJECT		= 0x00000004,
	LINEDISCONNECTMODE_PICKUP		= 0x00000008,
	LINEDISCONNECTMODE_FORWARDED		= 0x00000010,
	LINEDISCONNECTMODE_BUSY			= 0x00000020,
	LINEDISCONNECTMODE_NOANSWER		= 0x00000040,
	LINEDISCONNECTMODE_BADADDRESS		= 0x00000080,
	LINEDISCONNECTMODE_UNREACHABLE		= 0x00000100,
	LINEDISCONNECTMODE_CONGESTION		= 0x00000200,
	LINEDISCONNECTMODE_INCOMPATIBLE		= 0x00000400,
	LINEDISCONNECTMODE_UNAVAIL		= 0x00000800,
	LINEDISCONNECTMODE_NODIALTONE		= 0x00001000,
	LINEDISCONNECTMODE_NUMBERCHANGED	= 0x00002000,
	LINEDISCONNECTMODE_OUTOFORDER		= 0x00004000,
	LINEDISCONNECTMODE_TEMPFAILURE		= 0x00008000,
	LINEDISCONNECTMODE_QOSUNAVAIL		= 0x00010000,
	LINEDISCONNECTMODE_BLOCKED		= 0x00020000,
	LINEDISCONNECTMODE_DONOTDISTURB		= 0x00040000,
	LINEDISCONNECTMODE_CANCELLED		= 0x00080000,
};

/**
 * enum lineconnectedmode - the mode of LINECALLSTATE_CONNECTED
 * @LINECONNECTEDMODE_ACTIVE: the session's own call, always
 * @LINECONNECTEDMODE_INACTIVE: not used
 */
enum lineconnectedmode {
	LINECONNECTEDMODE_ACTIVE	= 0x00000001,
	LINECONNECTEDMODE_INACTIVE	= 0x00000002,
};

/**
 * enum lineofferingmode - the mode of LINECALLSTATE_OFFERING
 * @LINEOFFERINGMODE_ACTIVE: the session may answer it
 * @LINEOFFERINGMODE_INACTIVE: not used
 */
enum lineofferingmode {
	LINEOFFERINGMODE_ACTIVE		= 0x00000001,
	LINEOFFERINGMODE_INACTIVE	= 0x00000002,
};

/**
 * enum linecallprivilege - what a session may do with a line's calls, or with one call
 * @LINECALLPRIVILEGE_NONE: make calls, hear of no others (stands alone, for a line only)
 * @LINECALLPRIVILEGE_MONITOR: see calls
 * @LINECALLPRIVILEGE_OWNER: accept, answer, drop, hand over and carry data
 */
enum linecallprivilege {
	LINECALLPRIVILEGE_NONE		= 0x00000001,
	LINECALLPRIVILEGE_MONITOR	= 0x00000002,
	LINECALLPRIVILEGE_OWNER		= 0x00000004,
};

/**
 * enum linemediamode - kinds of media of a call; several in a set
 * @LINEMEDIAMODE_UNKNOWN: not known yet
 * @LINEMEDIAMODE_INTERACTIVEVOICE: a person speaks
 * @LINEMEDIAMODE_AUTOMATEDVOICE: a machine speaks
 * @LINEMEDIAMODE_DATAMODEM: modem
 * @LINEMEDIAMODE_G3FAX: group 3 fax
 * @LINEMEDIAMODE_DIGITALDATA: digital data
 */
enum linemediamode {
	LINEMEDIAMODE_UNKNOWN		= 0x00000002,
	LINEMEDIAMODE_INTERACTIVEVOICE	= 0x00000004,
	LINEMEDIAMODE_AUTOMATEDVOICE	= 0x00000008,
	LINEMEDIAMODE_DATAMODEM		= 0x00000010,
	LINEMEDIAMODE_G3FAX		= 0x00000020,
	LINEMEDIAMODE_DIGITALDATA	= 0x00000100,
};

/* The media modes there are. */
#define NDPROXY_MEDIA_MODES	(LINEMEDIAMODE_UNKNOWN | LINEMEDIAMODE_INTERACTIVEVOICE | \
				 LINEMEDIAMODE_AUTOMATEDVOICE | LINEMEDIAMODE_DATAMODEM | \
				 LINEMEDIAMODE_G3FAX | LINEMEDIAMODE_DIGITALDATA)

/**
 * enum linedevstate - what a LINE_LINEDEVSTATE tells, and the mask of it
 * @LINEDEVSTATE_OTHER: the handle was to monitor a call and could be given no handle of it, for
 *	want of memory or at the session's limit: NDPROXY_GET_NEW_CALLS gives what there is.
 *	Cannot be masked
 * @LINEDEVSTATE_RINGING: a call is offered
 * @LINEDEVSTATE_CONNECTED: the line was connected to the network
 * @LINEDEVSTATE_DISCONNECTED: the line was cut from the network
 * @LINEDEVSTATE_MSGWAITON: a message waits
 * @LINEDEVSTATE_MSGWAITOFF: no message waits any more
 * @LINEDEVSTATE_INSERVICE: calls can be made again
 * @LINEDEVSTATE_OUTOFSERVICE: calls cannot be made
 * @LINEDEVSTATE_MAINTENANCE: under maintenance
 * @LINEDEVSTATE_OPEN: another handle of the line was opened
 * @LINEDEVSTATE_CLOSE: another handle of the line was closed
 * @LINEDEVSTATE_NUMCALLS: the number of calls on the line changed
 * @LINEDEVSTATE_NUMCOMPLETIONS: the number of call completions changed
 * @LINEDEVSTATE_TERMINALS: terminals changed
 * @LINEDEVSTATE_ROAMMODE: roaming changed
 * @LINEDEVSTATE_BATTERY: battery level changed
 * @LINEDEVSTATE_SIGNAL: signal level changed
 * @LINEDEVSTATE_DEVSPECIFIC: something of the device's own
 * @LINEDEVSTATE_REINIT: the line table changed: end the session and begin a new one
 * @LINEDEVSTATE_LOCK: locked or unlocked
 * @LINEDEVSTATE_CAPSCHANGE: capabilities changed
 * @LINEDEVSTATE_CONFIGCHANGE: configuration changed
 * @LINEDEVSTATE_TRANSLATECHANGE: address translation changed
 * @LINEDEVSTATE_COMPLCANCEL: a call completion was cancelled
 * @LINEDEVSTATE_REMOVED: the device is gone (LINE_REMOVE says it here)
 */
enum linedevstate {
	LINEDEVSTATE_OTHER		= 0x00000001,
	LINEDEVSTATE_RINGING		= 0x00000002,
	LINEDEVSTATE_CONNECTED		= 0x00000004,
	LINEDEVSTATE_DISCONNECTED	= 0x00000008,
	LINEDEVSTATE_MSGWAITON		= 0x00000010,
	LINEDEVSTATE_MSGWAITOFF		= 0x00000020,
	LINEDEVSTATE_INSERVICE		= 0x00000040,
	LINEDEVSTATE_OUTOFSERVICE	= 0x00000080,
	LINEDEVSTATE_MAINTENANCE	= 0x00000100,
	LINEDEVSTATE_OPEN		= 0x00000200,
	LINEDEVSTATE_CLOSE		= 0x00000400,
	LINEDEVSTATE_NUMCALLS		= 0x00000800,
	LINEDEVSTATE_NUMCOMPLETIONS	= 0x00001000,
	LINEDEVSTATE_TERMINALS		= 0x00002000,
	LINEDEVSTATE_ROAMMODE		= 0x00004000,
	LINEDEVSTATE_BATTERY		= 0x00008000,
	LINEDEVSTATE_SIGNAL		= 0x00010000,
	LINEDEVSTATE_DEVSPECIFIC	= 0x00020000,
	LINEDEVSTATE_REINIT		= 0x00040000,
	LINEDEVSTATE_LOCK		= 0x00080000,
	LINEDEVSTATE_CAPSCHANGE		= 0x00100000,
	LINEDEVSTATE_CONFIGCHANGE	= 0x00200000,
	LINEDEVSTATE_TRANSLATECHANGE	= 0x00400000,
	LINEDEVSTATE_COMPLCANCEL	= 0x00800000,
	LINEDEVSTATE_REMOVED		= 0x01000000,
};

/* The line states that can be masked; all of LINEDEVSTATE_* up to REMOVED. */
#define NDPROXY_LINE_STATES	0x01ffffff

/**
 * enum linedevstatusflags - &ndproxy_line_status.flags
 * @LINEDEVSTATUSFLAGS_CONNECTED: the line is connected to the network
 * @LINEDEVSTATUSFLAGS_MSGWAIT: a message waits
 * @LINEDEVSTATUSFLAGS_INSERVICE: calls can be made
 * @LINEDEVSTATUSFLAGS_LOCKED: locked
 */
enum linedevstatusflags {
	LINEDEVSTATUSFLAGS_CONNECTED	= 0x00000001,
	LINEDEVSTATUSFLAGS_MSGWAIT	= 0x00000002,
	LINEDEVSTATUSFLAGS_INSERVICE	= 0x00000004,
	LINEDEVSTATUSFLAGS_LOCKED	= 0x00000008,
};

/* &ndproxy_line_caps.dev_cap_flags: closing the line drops its calls; always set. */
#define LINEDEVCAPFLAGS_CLOSEDROP	0x00000020

/* &ndproxy_line_status.line_features: NDPROXY_MAKE_CALL can be tried. */
#define LINEFEATURE_MAKECALL		0x00000008

/* &ndproxy_address_status.features: NDPROXY_MAKE_CALL can be tried from this address. */
#define LINEADDRFEATURE_MAKECALL	0x00000002

/**
 * enum linecallfeature - &ndproxy_call_status.features: what a handle may do in this state
 * @LINECALLFEATURE_ACCEPT: NDPROXY_ACCEPT
 * @LINECALLFEATURE_ANSWER: NDPROXY_ANSWER
 * @LINECALLFEATURE_DROP: NDPROXY_DROP
 * @LINECALLFEATURE_GENERATEDIGITS: NDPROXY_GENERATE_DIGITS
 * @LINECALLFEATURE_MONITORDIGITS: NDPROXY_MONITOR_DIGITS, also a monitor
 */
enum linecallfeature {
	LINECALLFEATURE_ACCEPT		= 0x00000001,
	LINECALLFEATURE_ANSWER		= 0x00000004,
	LINECALLFEATURE_DROP		= 0x00000080,
	LINECALLFEATURE_GENERATEDIGITS	= 0x00000200,
	LINECALLFEATURE_MONITORDIGITS	= 0x00001000,
};

/**
 * enum linedigitmode - how a digit is sent, and what of it is told
 * @LINEDIGITMODE_PULSE: pulses, digits 0 to 9; told when it has come
 * @LINEDIGITMODE_DTMF: tones, digits 0 to 9, A to D, * and #; told when it begins
 * @LINEDIGITMODE_DTMFEND: tones; told when it ends. Not to generate
 */
enum linedigitmode {
	LINEDIGITMODE_PULSE		= 0x00000001,
	LINEDIGITMODE_DTMF		= 0x00000002,
	LINEDIGITMODE_DTMFEND		= 0x00000004,
};

/* The digit modes there are. */
#define NDPROXY_DIGIT_MODES	(LINEDIGITMODE_PULSE | LINEDIGITMODE_DTMF | \
				 LINEDIGITMODE_DTMFEND)

/**
 * enum linegenerateterm - &ndproxy_event_generate.mode: how generated digits ended
 * @LINEGENERATETERM_DONE: all of them were sent; whether they were heard is not known
 * @LINEGENERATETERM_CANCEL: they were cancelled, by others or by the end of the call
 */
enum linegenerateterm {
	LINEGENERATETERM_DONE		= 0x00000001,
	LINEGENERATETERM_CANCEL		= 0x00000002,
};

/**
 * enum linecallinfostate - &ndproxy_event_call_info.changed
 * @LINECALLINFOSTATE_MEDIAMODE: the media modes changed
 * @LINECALLINFOSTATE_APPSPECIFIC: the application's number changed
 * @LINECALLINFOSTATE_NUMOWNERINCR: there are more owners
 * @LINECALLINFOSTATE_NUMOWNERDECR: there are fewer owners
 * @LINECALLINFOSTATE_NUMMONITORS: the number of monitors changed
 * @LINECALLINFOSTATE_MONITORMODES: which digits are monitored changed
 */
enum linecallinfostate {
	LINECALLINFOSTATE_MEDIAMODE	= 0x00000010,
	LINECALLINFOSTATE_APPSPECIFIC	= 0x00000020,
	LINECALLINFOSTATE_NUMOWNERINCR	= 0x00000800,
	LINECALLINFOSTATE_NUMOWNERDECR	= 0x00001000,
	LINECALLINFOSTATE_NUMMONITORS	= 0x00002000,
	LINECALLINFOSTATE_MONITORMODES	= 0x08000000,
};

/**
 * enum linecallorigin - &ndproxy_call_info.origin
 * @LINECALLORIGIN_OUTBOUND: made here
 * @LINECALLORIGIN_INBOUND: made elsewhere
 */
enum linecallorigin {
	LINECALLORIGIN_OUTBOUND		= 0x00000001,
	LINECALLORIGIN_INBOUND		= 0x00000080,
};

/**
 * enum linecallselect - &ndproxy_new_calls.select
 * @LINECALLSELECT_LINE: calls of the whole line
 * @LINECALLSELECT_ADDRESS: calls of one address
 */
enum linecallselect {
	LINECALLSELECT_LINE		= 0x00000001,
	LINECALLSELECT_ADDRESS		= 0x00000002,
};

/* &ndproxy_open_line.flags: calls of &ndproxy_open_line.address only. */
#define LINEOPENOPTION_SINGLEADDRESS	0x80000000U

/**
 * struct ndproxy_version - NDPROXY_GET_VERSION
 * @abi: NDPROXY_ABI of the kernel's side: 2 or more, to be compared by every program
 * @event_size: bytes of a struct ndproxy_event
 * @features: none yet
 * @session: number of this session, for NDPROXY_HANDOFF of others and the counts of the core
 * @reserved: zero
 *
 * All output.
 */
struct ndproxy_version {
	__u32 abi;
	__u32 event_size;
	__aligned_u64 features;
	__u32 session;
	__u32 reserved[3];
};

/**
 * enum ndproxy_limit - what a session has a limited number of
 * @NDPROXY_LIMIT_LINES: line handles: open ones, and those whose LINE_CLOSE was not read
 * @NDPROXY_LIMIT_CALLS: call handles: also those that were deallocated, while a reply to a
 *	request of theirs was not read
 * @NDPROXY_LIMIT_REQUESTS: requests without a reply, or with a reply that was not read
 * @NDPROXY_LIMIT_EVENTS: LINE_CREATE and LINE_REMOVE events that were not read; no other event
 *	needs room, and none else is ever lost
 * @NDPROXY_LIMIT_DATA_FILES: data files
 * @NDPROXY_LIMIT_PACKETS: packets that were not read, over all data files
 * @NDPROXY_LIMIT_GIVEN: of the call handles, those that other sessions have handed over and that
 *	this one has not used: the first command that names such a handle takes it out of this count
 * @NDPROXY_LIMITS: how many kinds there are
 */
enum ndproxy_limit {
	NDPROXY_LIMIT_LINES		= 0,
	NDPROXY_LIMIT_CALLS		= 1,
	NDPROXY_LIMIT_REQUESTS		= 2,
	NDPROXY_LIMIT_EVENTS		= 3,
	NDPROXY_LIMIT_DATA_FILES	= 4,
	NDPROXY_LIMIT_PACKETS		= 5,
	NDPROXY_LIMIT_GIVEN		= 6,
	NDPROXY_LIMITS			= 7,
};

/**
 * struct ndproxy_limits - NDPROXY_GET_LIMITS
 * @limit: at most, by enum ndproxy_limit; the last one is not used
 * @used: now, by enum ndproxy_limit; the last one is not used
 *
 * All output.
 */
struct ndproxy_limits {
	__u32 limit[8];
	__u32 used[8];
};

/* &ndproxy_adapter.flags: its lines can be opened by this session. */
#define NDPROXY_ADAPTER_READY	0x00000001
/* &ndproxy_adapter.flags: its line table is newer than this session (ESTALE). */
#define NDPROXY_ADAPTER_REINIT	0x00000002

/**
 * struct ndproxy_adapter - NDPROXY_ENUM_ADAPTER, NDPROXY_GET_ADAPTER_CAPS
 * @adapter: in: GET: an adapter's number. ENUM: the number returned last, 0 to begin.
 *	Out: the adapter's number
 * @num_lines: out: lines, from 0
 * @version: out: CoNDIS TAPI version of its call manager
 * @flags: out: NDPROXY_ADAPTER_*; if READY is not set, @num_lines and @version are 0
 * @name: out: its name
 * @reserved: zero
 *
 * ENUM gives the adapters of the session's network namespace in the order of
 * their numbers; ENOENT: there are no more.  GET: ENODEV: no such adapter.
 */
struct ndproxy_adapter {
	__u32 adapter;
	__u32 num_lines;
	__u32 version;
	__u32 flags;
	char name[NDPROXY_NAME_SIZE];
	__u32 reserved[4];
};

/**
 * struct ndproxy_line_caps - NDPROXY_GET_LINE_CAPS
 * @adapter: in: adapter
 * @line: in: line, from 0
 * @num_addresses: out: addresses of the line, from 0
 * @max_calls: out: calls that can be up at a time
 * @media_modes: out: LINEMEDIAMODE_* set
 * @max_rate: out: bits per second of one call's bearer
 * @max_sdu: out: bytes of the largest packet
 * @dev_cap_flags: out: LINEDEVCAPFLAGS_*
 * @name: out: name of the line
 * @generate_digit_modes: out: LINEDIGITMODE_* that can be generated
 * @monitor_digit_modes: out: LINEDIGITMODE_* that can be monitored
 * @reserved: zero
 *
 * Errors: ENODEV, EAGAIN, ENXIO.
 */
struct ndproxy_line_caps {
	__u32 adapter;
	__u32 line;
	__u32 num_addresses;
	__u32 max_calls;
	__u32 media_modes;
	__u32 max_rate;
	__u32 max_sdu;
	__u32 dev_cap_flags;
	char name[NDPROXY_NAME_SIZE];
	__u32 generate_digit_modes;
	__u32 monitor_digit_modes;
	__u32 reserved[2];
};

/**
 * struct ndproxy_address_caps - NDPROXY_GET_ADDRESS_CAPS
 * @adapter: in: adapter
 * @line: in: line, from 0
 * @address: in: address, from 0
 * @max_calls: out: calls that can be up at a time
 * @media_modes: out: LINEMEDIAMODE_* set
 * @pad: zero
 * @number: out: the address, as it is dialled
 * @reserved: zero
 *
 * Errors: ENODEV, EAGAIN, ENXIO.
 */
struct ndproxy_address_caps {
	__u32 adapter;
	__u32 line;
	__u32 address;
	__u32 max_calls;
	__u32 media_modes;
	__u32 pad;
	char number[NDPROXY_NUMBER_SIZE];
	__u32 reserved[4];
};

/**
 * struct ndproxy_open_line - NDPROXY_OPEN_LINE
 * @cookie: in: comes back with each event of the line and its calls, but for replies
 * @adapter: in: adapter
 * @line: in: line, from 0
 * @privileges: in: LINECALLPRIVILEGE_NONE, or MONITOR, OWNER or both
 * @media_modes: in: LINEMEDIAMODE_* of the calls to take; zero unless OWNER is set
 * @flags: in: LINEOPENOPTION_SINGLEADDRESS
 * @address: in: with SINGLEADDRESS: the address, else zero
 * @line_handle: out: handle
 * @reserved: zero
 *
 * Each handle is independent, also several of one line in one session.  An
 * incoming call goes to the handle with OWNER that has its media mode and whose session
 * has the highest priority for it (NDPROXY_SET_PRIORITY), of several to the one that was
 * opened first.  That is among the handles of one user: of several users who have the
 * line open the one who came to it first is asked first.  Handles with MONITOR get
 * monitors' handles of it, unless it is another user's now and the session lacks
 * CAP_NET_ADMIN in the network namespace; one that can be given none hears
 * LINEDEVSTATE_OTHER.
 *
 * A call that no handle takes is rejected, with the Q.850 cause that says why: 88
 * (incompatible destination): those with OWNER take other media modes; 17 (user busy): who takes
 * them is at the session's limit of calls; 47 (resource unavailable): no memory; 27 (destination
 * out of order): the line is closed from below at this moment; 18 (no user responding): nobody has
 * OWNER for this address any more.
 *
 * Any handle may make calls.  Existing calls are not announced; see NDPROXY_GET_NEW_CALLS.
 *
 * With OWNER the line listens when the command returns: whoever calls it finds this
 * handle.  So it is the one command that may wait, for the adapter's call manager; the
 * core bounds that (ETIMEDOUT), and a signal ends it (EINTR), and nothing was opened.
 *
 * Errors: ENODEV, EAGAIN, ESTALE, ENXIO, EOPNOTSUPP (the line has not all of the
 * media modes), EDQUOT, ENOMEM; with OWNER also ENETDOWN (the adapter is coming down or
 * is being reconfigured), ETIMEDOUT, EINTR, or what the call manager refuses to listen with
 * (EADDRINUSE, EINVAL, ...).
 */
struct ndproxy_open_line {
	__aligned_u64 cookie;
	__u32 adapter;
	__u32 line;
	__u32 privileges;
	__u32 media_modes;
	__u32 flags;
	__u32 address;
	__u32 line_handle;
	__u32 reserved[3];
};

/**
 * struct ndproxy_line_privileges - NDPROXY_SET_LINE_PRIVILEGES
 * @line_handle: in: line handle
 * @privileges: in: as for NDPROXY_OPEN_LINE: what the handle has from now on; none that it has
 *	not
 *
 * Privileges can only be taken away.  Without OWNER the handle gets no new call, and takes no
 * media modes: a call that comes in goes to the next owner, or is rejected as if the
 * line were not open (with the last owner of a line it listens no more), and none can be
 * handed over to it.  Without MONITOR it gets no handles of new calls.  What it has
 * stays as it is: calls of which it is an owner or a monitor, also one whose
 * LINE_APPNEWCALL was not read yet.  Nobody is told.
 *
 * Errors: EBADF, ENODEV; EACCES: the handle has not all of these privileges.
 */
struct ndproxy_line_privileges {
	__u32 line_handle;
	__u32 privileges;
};

/**
 * struct ndproxy_handle - NDPROXY_CLOSE_LINE, NDPROXY_DEALLOCATE_CALL
 * @handle: in: handle of a line or of a call
 * @pad: zero
 *
 * CLOSE_LINE: the handles of the line's calls die with it, events and replies
 * for them that were not read are discarded, calls that have no other owner are
 * dropped.  It never fails for another reason than EBADF.
 *
 * DEALLOCATE_CALL: the handle dies, with its events that were not read; replies
 * still come.  A call without any owner left is dropped.  EBADF only.
 */
struct ndproxy_handle {
	__u32 handle;
	__u32 pad;
};

/**
 * struct ndproxy_make_call - NDPROXY_MAKE_CALL, a request
 * @cookie: in: comes back with the LINE_REPLY
 * @line_handle: in: line handle
 * @address: in: address on the line, from 0, or NDPROXY_ANY_ADDRESS
 * @media_modes: in: one LINEMEDIAMODE_*
 * @flags: in: zero (NDPROXY_CALL_MULTIPOINT is known, and refused with EOPNOTSUPP)
 * @called: in: number to call: 1 to NDPROXY_NUMBER_MAX printable characters without blanks, and the
 *	end of the string
 * @calling: in: own number to show, or empty
 * @call: out: call handle; the session is its only owner
 * @reserved: zero
 *
 * LINE_REPLY comes at the first progress of the call, when it is connected, or
 * when it fails, and before any other event of the call.  The handle can be used
 * before that, to drop the call say.  If the reply is an error, IDLE follows; as
 * always, the handle stays until it is deallocated.  A make-call has one answer: if
 * the command fails, there is no reply and no handle.
 *
 * Errors: EBADF, ENODEV, EAGAIN, EOPNOTSUPP (media mode), ENXIO (address), EBUSY
 * (the line has its largest number of calls), ENETDOWN (the line is out of
 * service, or its adapter is coming down), EDQUOT, ENOMEM.
 */
struct ndproxy_make_call {
	__aligned_u64 cookie;
	__u32 line_handle;
	__u32 address;
	__u32 media_modes;
	__u32 flags;
	char called[NDPROXY_NUMBER_SIZE];
	char calling[NDPROXY_NUMBER_SIZE];
	__u32 call;
	__u32 reserved[3];
};

/* &ndproxy_make_call.flags: more than one party; refused. */
#define NDPROXY_CALL_MULTIPOINT	0x00000001

/**
 * struct ndproxy_request - NDPROXY_ACCEPT, NDPROXY_ANSWER, NDPROXY_DROP: requests
 * @cookie: in: comes back with the LINE_REPLY
 * @call: in: call handle; the session must be an owner
 * @cause: in: DROP: Q.850 cause (enum q850_cause), or 0 for the usual one; the others: zero
 *
 * ACCEPT: OFFERING becomes ACCEPTED.  ANSWER: an OFFERING or ACCEPTED call is
 * answered; the reply and CONNECTED follow, in that order.  DROP: in any state
 * but IDLE; of an offer it is the rejection; a second drop joins the first.
 *
 * The order of the reply to DROP and of IDLE is not specified.  The status of a reply to ANSWER
 * whose call was hung up or dropped meanwhile is -ECANCELED.
 *
 * Errors: EBADF, EPERM, EBADFD, EDQUOT, ENOMEM.  DROP fails for no other reason
 * than EBADF, EPERM and EBADFD, but for a second one while the first is pending.
 */
struct ndproxy_request {
	__aligned_u64 cookie;
	__u32 call;
	__u32 cause;
};

/**
 * struct ndproxy_call_info - NDPROXY_GET_CALL_INFO
 * @call: in: call handle
 * @line_handle: out: the line handle it belongs to
 * @call_id: out: the call's number in the traces of the core (its VC), 0 if it has none yet
 * @adapter: out: adapter
 * @line: out: line
 * @address: out: address, or NDPROXY_ANY_ADDRESS
 * @origin: out: LINECALLORIGIN_*
 * @media_modes: out: LINEMEDIAMODE_*
 * @owners: out: number of owners
 * @monitors: out: number of monitors
 * @tx_rate: out: bytes per second towards the network, 0 before CONNECTED
 * @rx_rate: out: bytes per second from the network, 0 before CONNECTED
 * @max_sdu: out: bytes of the largest packet, 0 before CONNECTED
 * @called: out: called number
 * @calling: out: calling number, may be empty
 * @app_specific: out: the applications' own number, 0 if none of them has set it
 * @digit_modes: out: LINEDIGITMODE_* that are monitored, by all who have the call
 * @reserved: zero
 *
 * Legal in any state.  Errors: EBADF.
 */
struct ndproxy_call_info {
	__u32 call;
	__u32 line_handle;
	__aligned_u64 call_id;
	__u32 adapter;
	__u32 line;
	__u32 address;
	__u32 origin;
	__u32 media_modes;
	__u32 owners;
	__u32 monitors;
	__u32 tx_rate;
	__u32 rx_rate;
	__u32 max_sdu;
	char called[NDPROXY_NUMBER_SIZE];
	char calling[NDPROXY_NUMBER_SIZE];
	__u32 app_specific;
	__u32 digit_modes;
	__u32 reserved[2];
};

/**
 * struct ndproxy_call_status - NDPROXY_GET_CALL_STATUS
 * @call: in: call handle
 * @state: out: LINECALLSTATE_*
 * @mode: out: DISCONNECTED: LINEDISCONNECTMODE_*; CONNECTED: LINECONNECTEDMODE_*; OFFERING:
 *	LINEOFFERINGMODE_*; else 0
 * @privilege: out: LINECALLPRIVILEGE_* of this handle
 * @features: out: LINECALLFEATURE_* set of what this handle may do now
 * @cause: out: Q.850 cause of the end, or 0
 * @entered: out: when the state was entered, ns of CLOCK_MONOTONIC
 * @reserved: zero
 *
 * Legal in any state.  Errors: EBADF.
 */
struct ndproxy_call_status {
	__u32 call;
	__u32 state;
	__u32 mode;
	__u32 privilege;
	__u32 features;
	__u32 cause;
	__aligned_u64 entered;
	__u32 reserved[4];
};

/**
 * struct ndproxy_call_diagnostics - NDPROXY_GET_CALL_DIAGNOSTICS
 * @call: in: call handle
 * @cause: out: Q.850 cause of the clearing, 0 while the call is up
 * @location: out: Q.850 location of who cleared
 * @remote: out: 1: the far end or the network cleared; 0: this side did
 * @reserved: zero
 *
 * Legal in any state.  Errors: EBADF.
 */
struct ndproxy_call_diagnostics {
	__u32 call;
	__u32 cause;
	__u32 location;
	__u32 remote;
	__u32 reserved[4];
};

/**
 * struct ndproxy_privilege - NDPROXY_SET_CALL_PRIVILEGE
 * @call: in: call handle
 * @privilege: in: LINECALLPRIVILEGE_MONITOR or LINECALLPRIVILEGE_OWNER
 *
 * Errors: EBADF; EBADFD: the only owner of a call that is not IDLE asks to be a
 * monitor; EACCES: another user's call, without CAP_NET_ADMIN in the network namespace.
 */
struct ndproxy_privilege {
	__u32 call;
	__u32 privilege;
};

/* &ndproxy_handoff.flags: to the session @session. */
#define NDPROXY_HANDOFF_SESSION		0x00000001
/* &ndproxy_handoff.flags: to the line handle that is asked first for calls of @media_mode. */
#define NDPROXY_HANDOFF_MEDIA_MODE	0x00000002
/* &ndproxy_handoff.flags: to a session that is called @name (NDPROXY_SET_NAME). */
#define NDPROXY_HANDOFF_NAME		0x00000004

/**
 * struct ndproxy_handoff - NDPROXY_HANDOFF
 * @call: in: call handle; the session must be an owner
 * @flags: in: one of NDPROXY_HANDOFF_*
 * @session: in: with SESSION: the session's number (&ndproxy_version.session), else zero
 * @media_mode: in: with MEDIA_MODE: one LINEMEDIAMODE_*, else zero
 * @name: in: with NAME: a name, as for NDPROXY_SET_NAME, else zero
 *
 * The target must have the call's line open with OWNER.  Of several with that media mode
 * or that name it is the one whose session has the highest priority (NDPROXY_SET_PRIORITY)
 * for that media mode, or for those of the call; among equals the one that has opened the
 * line first.  Sessions of the caller's user come before all others, and after them those
 * of the user who came to the line first.  With NAME the caller itself is passed over.  It
 * gets the call by
 * LINE_APPNEWCALL if it had no handle of it, and LINE_CALLSTATE with its new
 * privilege.  The giver stays an owner until it deallocates.
 *
 * The target has not asked for the handle.  So its session can be given no more than
 * NDPROXY_LIMIT_GIVEN of those that it has not used yet, by all givers together, and the
 * rest of its NDPROXY_LIMIT_CALLS is its own: nobody can fill it up from outside.
 *
 * Errors: EBADF, EPERM; EBADFD: a call of one's own without a reply yet; ESRCH: no
 * target; ELOOP: the first that takes such calls, or the only one of that name, is this
 * session; EDQUOT: one of these two
 * limits of the target's; ENOMEM.
 */
struct ndproxy_handoff {
	__u32 call;
	__u32 flags;
	__u32 session;
	__u32 media_mode;
	char name[NDPROXY_APP_NAME_SIZE];
};

/* Handles that one NDPROXY_GET_NEW_CALLS gives at most. */
#define NDPROXY_NEW_CALLS_MAX	32

/**
 * struct ndproxy_new_calls - NDPROXY_GET_NEW_CALLS
 * @line_handle: in: line handle
 * @select: in: LINECALLSELECT_LINE or LINECALLSELECT_ADDRESS
 * @address: in: with ADDRESS: the address; else zero
 * @num_calls: out: how many of @calls are used
 * @more: out: 1 if there are more
 * @pad: zero
 * @calls: out: new handles, as monitor
 *
 * Calls of the line of which this session has no handle yet: its own user's, and with
 * CAP_NET_ADMIN in the network namespace (when the file was opened) all.
 * No events announce them.
 *
 * Errors: EBADF, ENODEV, ENXIO, EDQUOT (and nothing was given), ENOMEM (likewise).
 */
struct ndproxy_new_calls {
	__u32 line_handle;
	__u32 select;
	__u32 address;
	__u32 num_calls;
	__u32 more;
	__u32 pad;
	__u32 calls[NDPROXY_NEW_CALLS_MAX];
};

/**
 * struct ndproxy_status_messages - NDPROXY_SET_STATUS_MESSAGES
 * @line_handle: in: line handle
 * @line_states: in: LINEDEVSTATE_* to hear of; none after the line was opened
 *
 * OTHER and REINIT cannot be masked.  Errors: EBADF, EINVAL (no such state).
 */
struct ndproxy_status_messages {
	__u32 line_handle;
	__u32 line_states;
};

/**
 * struct ndproxy_line_status - NDPROXY_GET_LINE_STATUS
 * @line_handle: in: line handle
 * @num_opens: out: handles of this line, of all sessions
 * @open_media_modes: out: media modes that they take
 * @num_calls: out: calls on the line that are not IDLE
 * @line_features: out: LINEFEATURE_*
 * @flags: out: LINEDEVSTATUSFLAGS_*
 * @privileges: out: LINECALLPRIVILEGE_* of this handle
 * @missed_calls: out: calls of which this handle, with MONITOR, was given no handle, for want of
 *	memory or at the session's limit; each was told by LINEDEVSTATE_OTHER
 * @reserved: zero
 *
 * Errors: EBADF, ENODEV.
 */
struct ndproxy_line_status {
	__u32 line_handle;
	__u32 num_opens;
	__u32 open_media_modes;
	__u32 num_calls;
	__u32 line_features;
	__u32 flags;
	__u32 privileges;
	__u32 missed_calls;
	__u32 reserved[4];
};

/**
 * struct ndproxy_name - NDPROXY_SET_NAME
 * @name: in: the application's name: UTF-8, printable, not empty, with the end of the string and
 *	nothing but zero after it
 *
 * What others hand calls over to (NDPROXY_HANDOFF_NAME), set priorities of
 * (NDPROXY_SET_PRIORITY), and see in the list of sessions.  Names need not be unique.  Before
 * the first one it is what the process that opened the file was called, with '?' for what
 * is no printable character.  Controls, separators of lines and what turns the direction of
 * writing are not printable.
 */
struct ndproxy_name {
	char name[NDPROXY_APP_NAME_SIZE];
};

/**
 * struct ndproxy_priority - NDPROXY_SET_PRIORITY
 * @name: in: name of the sessions, as for NDPROXY_SET_NAME; all zero: this session
 * @media_modes: in: LINEMEDIAMODE_* set, not empty
 * @priority: in: the higher the sooner it is asked for calls of these media modes; 0 at the
 *	beginning
 *
 * Of all sessions of that name that there are now, in this network namespace, and of the
 * same user; with CAP_NET_ADMIN in the network namespace (when the file was opened) of all
 * users.  A session that begins later has 0.  Who has a call is not changed by it.
 *
 * A priority is compared with those of the same user's sessions only, so no user can take
 * the calls of another one by it: among users counts who has had the line open longest,
 * with whatever privileges, and no break.
 *
 * Errors: ESRCH: no such session.
 */
struct ndproxy_priority {
	char name[NDPROXY_APP_NAME_SIZE];
	__u32 media_modes;
	__u32 priority;
};

/* &ndproxy_set_call_info.flags: set the media modes. */
#define NDPROXY_CALL_INFO_MEDIA_MODES	0x00000001
/* &ndproxy_set_call_info.flags: set the applications' own number. */
#define NDPROXY_CALL_INFO_APP_SPECIFIC	0x00000002

/**
 * struct ndproxy_set_call_info - NDPROXY_SET_CALL_INFO
 * @call: in: call handle; the session must be an owner
 * @flags: in: NDPROXY_CALL_INFO_*, at least one
 * @media_modes: in: with MEDIA_MODES: LINEMEDIAMODE_* set, not empty; else zero
 * @app_specific: in: with APP_SPECIFIC: any number; else zero
 *
 * There is one of each for all who have the call; the others hear LINE_CALLINFO, as long as
 * it is not IDLE, and if it is another value.  Legal in any state.  The media modes are the
 * applications' affair: the network does not hear of them.
 *
 * Errors: EBADF, EPERM; EOPNOTSUPP: the line has not all of the media modes.
 */
struct ndproxy_set_call_info {
	__u32 call;
	__u32 flags;
	__u32 media_modes;
	__u32 app_specific;
};

/**
 * struct ndproxy_address_status - NDPROXY_GET_ADDRESS_STATUS
 * @line_handle: in: line handle
 * @address: in: address on its line, from 0
 * @num_opens: out: handles, of all sessions, for this address or for the whole line
 * @num_calls: out: calls on the address that are not IDLE; one that was made from
 *	NDPROXY_ANY_ADDRESS is on none
 * @features: out: LINEADDRFEATURE_*
 * @num_rings: out: the smallest number that is not 0 of all NDPROXY_SET_NUM_RINGS of this address
 *	by handles that are open; 0 if there is none
 * @open_media_modes: out: media modes that those of @num_opens take
 * @pad: zero
 * @reserved: zero
 *
 * Errors: EBADF, ENODEV, ENXIO.
 */
struct ndproxy_address_status {
	__u32 line_handle;
	__u32 address;
	__u32 num_opens;
	__u32 num_calls;
	__u32 features;
	__u32 num_rings;
	__u32 open_media_modes;
	__u32 pad;
	__u32 reserved[4];
};

/**
 * struct ndproxy_num_rings - NDPROXY_SET_NUM_RINGS
 * @line_handle: in: line handle
 * @address: in: address on its line, from 0
 * @num_rings: in: after how many rings this application would have a call answered; 0: no wish
 * @pad: zero
 *
 * Only kept, for the applications: nobody answers by it.  It ends with the line handle.
 *
 * Errors: EBADF, ENODEV; ENXIO: no such address on the line, or not one that the handle was
 * opened for; ENOMEM.
 */
struct ndproxy_num_rings {
	__u32 line_handle;
	__u32 address;
	__u32 num_rings;
	__u32 pad;
};

/**
 * struct ndproxy_monitor_digits - NDPROXY_MONITOR_DIGITS
 * @call: in: call handle, of an owner or a monitor
 * @modes: in: LINEDIGITMODE_* to hear of from now on; 0: of none
 *
 * Each digit that comes is a LINE_MONITORDIGITS, in order with the handle's other events.  What
 * was asked for before the call is CONNECTED begins with it, and all ends with the call:
 * what was not read by then can still be, before the event that tells the end.  Digits that
 * come when NDPROXY_DIGITS_UNREAD of them were not read are lost, and counted in the next.
 * With @modes 0 what was not read is discarded.
 *
 * Errors: EBADF; EBADFD: the call is over; EOPNOTSUPP: the line cannot tell these digits;
 * ENOMEM.
 */
struct ndproxy_monitor_digits {
	__u32 call;
	__u32 modes;
};

/**
 * struct ndproxy_generate_digits - NDPROXY_GENERATE_DIGITS
 * @cookie: in: comes back with the LINE_GENERATE
 * @call: in: call handle; the session must be an owner
 * @mode: in: LINEDIGITMODE_PULSE or LINEDIGITMODE_DTMF; zero without digits
 * @duration: in: milliseconds of each digit, and of the silence after it, at most
 *	NDPROXY_DIGIT_MS_MAX; 0: NDPROXY_DIGIT_MS; zero without digits
 * @pad: zero
 * @digits: in: digits of that mode, and ',' for a pause; empty: cancel what is being generated
 *
 * One is at work at a time: what another one, of whomever, has begun on the call is
 * cancelled.  When they were sent, or were cancelled, a LINE_GENERATE with the cookie
 * tells, once, and before the event that tells the end of the call; so it counts as a request
 * (NDPROXY_LIMIT_REQUESTS) until that was read.  A handle that is deallocated, or dies with its
 * line, hears nothing of its own, which go on for as long as the call does.  To cancel has no
 * event of its own.
 *
 * Errors: EBADF, EPERM; EBADFD: the call is not CONNECTED; EOPNOTSUPP: the line cannot generate
 * these digits; EAGAIN: the adapter is being reset; ENODEV, EDQUOT, ENOMEM.
 */
struct ndproxy_generate_digits {
	__aligned_u64 cookie;
	__u32 call;
	__u32 mode;
	__u32 duration;
	__u32 pad;
	char digits[NDPROXY_DIGITS_SIZE];
};

/* &ndproxy_open_data.flags: the file begins with O_NONBLOCK. */
#define NDPROXY_DATA_NONBLOCK	0x00000001

/**
 * struct ndproxy_open_data - NDPROXY_OPEN_DATA
 * @call: in: call handle; the session must be an owner
 * @flags: in: NDPROXY_DATA_*
 * @fd: out: the file, with O_CLOEXEC
 * @max_sdu: out: bytes of the largest packet
 *
 * There is one data file of a call at a time.  A read gives one packet;
 * EMSGSIZE if the buffer is smaller than the packet, which then stays for the
 * next read.  A write sends one packet: EMSGSIZE if it is empty or larger than
 * @max_sdu, EAGAIN with O_NONBLOCK if the send window is full, ENETDOWN while
 * the adapter is paused, EPIPE if the call is over.  When the call is over, reads
 * give what was queued and then end of file, and the file polls EPOLLHUP.  Packets
 * that come when the session's limit is reached, when 256 wait for a reader, or 32 for
 * the file to be made, are lost, and counted in its /proc/PID/fdinfo.  Closing the
 * file drops nothing, and it keeps no call up.
 *
 * PPPIOCGCHAN gives the number of the call's channel of the kernel's PPP, for
 * PPPIOCATTCHAN, and makes one the first time: the call's data is PPP's from then on,
 * beginning with what was queued, and read and write answer EBUSY as long as the channel
 * is there.  ENOTCONN: the call is not CONNECTED; EOPNOTSUPP: the module ndiswan is not
 * there, or just beginning; EBUSY: it is just leaving; ENODEV, ENETDOWN, ESHUTDOWN,
 * ECONNRESET, ECANCELED: the adapter, the call or the module goes; ENOMEM; ETIMEDOUT.
 *
 * Errors: EBADF, EPERM; ENOTCONN: the call is not CONNECTED, and not
 * DISCONNECTED after it was; EBUSY: there is a data file already; EMFILE, ENFILE,
 * EDQUOT, ENOMEM.
 */
struct ndproxy_open_data {
	__u32 call;
	__u32 flags;
	__s32 fd;
	__u32 max_sdu;
};

/**
 * struct ndproxy_extended_error - NDPROXY_GET_EXTENDED_ERROR
 * @value: out: the value that was wrong, as far as it is a number
 * @command: out: the command (its whole number) that failed last in this session, 0 if none did
 * @error: out: its errno, positive
 * @offset: out: byte offset of the member that was wrong, or 0xffffffff if none was
 * @pad: zero
 * @field: out: name of that member, or empty
 * @reserved: zero
 *
 * All output.  A command that succeeds does not change it.
 */
struct ndproxy_extended_error {
	__aligned_u64 value;
	__u32 command;
	__u32 error;
	__u32 offset;
	__u32 pad;
	char field[NDPROXY_NAME_SIZE];
	__u32 reserved[4];
};

/**
 * struct ndproxy_event_reply - LINE_REPLY; &ndproxy_event.handle is the call
 * @status: 0, or a negative errno
 * @command: number of the command (_IOC_NR) that is answered
 * @cause: MAKE_CALL: Q.850 cause of the failure, or 0
 * @mode: MAKE_CALL: LINEDISCONNECTMODE_* of the failure, or 0
 */
struct ndproxy_event_reply {
	__s32 status;
	__u32 command;
	__u32 cause;
	__u32 mode;
};

/**
 * struct ndproxy_event_call_state - LINE_CALLSTATE; &ndproxy_event.handle is the call
 * @state: LINECALLSTATE_*
 * @mode: as &ndproxy_call_status.mode
 * @privilege: the handle's privilege if the event is the first after LINE_APPNEWCALL, or the
 *	call was handed over; else 0
 * @cause: DISCONNECTED, IDLE: Q.850 cause, or 0
 */
struct ndproxy_event_call_state {
	__u32 state;
	__u32 mode;
	__u32 privilege;
	__u32 cause;
};

/**
 * struct ndproxy_event_new_call - LINE_APPNEWCALL; &ndproxy_event.handle is the line
 * @call: the new call handle
 * @address: address that was called
 * @privilege: LINECALLPRIVILEGE_OWNER or LINECALLPRIVILEGE_MONITOR
 * @pad: zero
 */
struct ndproxy_event_new_call {
	__u32 call;
	__u32 address;
	__u32 privilege;
	__u32 pad;
};

/**
 * struct ndproxy_event_call_info - LINE_CALLINFO; &ndproxy_event.handle is the call
 * @changed: LINECALLINFOSTATE_* of everything since the last such event of this call was read
 * @owners: owners now
 * @monitors: monitors now
 * @pad: zero
 */
struct ndproxy_event_call_info {
	__u32 changed;
	__u32 owners;
	__u32 monitors;
	__u32 pad;
};

/**
 * struct ndproxy_event_line_state - LINE_LINEDEVSTATE; &ndproxy_event.handle is the line, or 0
 * @state: LINEDEVSTATE_* of everything since the last such event of this line was read; REINIT
 *	comes alone and without a handle
 * @num_opens: handles of the line now
 * @num_calls: calls now
 * @pad: zero
 */
struct ndproxy_event_line_state {
	__u32 state;
	__u32 num_opens;
	__u32 num_calls;
	__u32 pad;
};

/**
 * struct ndproxy_event_lines - LINE_CREATE, LINE_REMOVE; &ndproxy_event.line is the first line
 * @num_lines: how many lines
 * @pad: zero
 */
struct ndproxy_event_lines {
	__u32 num_lines;
	__u32 pad[3];
};

/**
 * struct ndproxy_event_digit - LINE_MONITORDIGITS; &ndproxy_event.handle is the call
 * @digit: the digit, a character
 * @mode: one LINEDIGITMODE_*
 * @tick: when it came, milliseconds of CLOCK_MONOTONIC, the lower half
 * @lost: digits of this handle that were lost since the one before
 */
struct ndproxy_event_digit {
	__u32 digit;
	__u32 mode;
	__u32 tick;
	__u32 lost;
};

/**
 * struct ndproxy_event_generate - LINE_GENERATE; &ndproxy_event.handle is the call
 * @mode: LINEGENERATETERM_*
 * @tick: when it ended, milliseconds of CLOCK_MONOTONIC, the lower half
 * @pad: zero
 */
struct ndproxy_event_generate {
	__u32 mode;
	__u32 tick;
	__u32 pad[2];
};

/**
 * struct ndproxy_event - what read() on the session's file gives, as many as fit
 * @seq: number of the event in this session, from 1, growing; what is missing was discarded with
 *	its handle, or lost
 * @time: when it happened, ns of CLOCK_MONOTONIC
 * @cookie: LINE_REPLY, LINE_GENERATE: the request's; else the one of the OPEN_LINE, or 0 without
 *	a line handle
 * @type: enum ndproxy_message
 * @lost: LINE_CREATE and LINE_REMOVE events lost since an event was read last: enumerate
 * @handle: what it is about: call handle, line handle, or 0
 * @line_handle: the line handle, also of a call, or 0
 * @adapter: adapter, or 0
 * @line: line, from 0
 * @reply: LINE_REPLY
 * @call_state: LINE_CALLSTATE
 * @new_call: LINE_APPNEWCALL
 * @call_info: LINE_CALLINFO
 * @line_state: LINE_LINEDEVSTATE
 * @lines: LINE_CREATE, LINE_REMOVE
 * @digit: LINE_MONITORDIGITS
 * @generate: LINE_GENERATE
 * @data: room, zero where it is not used
 *
 * read() gives EINVAL if not even one event fits, EAGAIN with O_NONBLOCK if
 * there is none, and 0 after NDPROXY_SHUTDOWN.  The file polls EPOLLIN while
 * there are events, EPOLLHUP after NDPROXY_SHUTDOWN, and can send SIGIO.  Who polls
 * for edges (EPOLLET) reads until EAGAIN: an event that comes to others is none.
 *
 * Events of one handle are in their order; of different handles in no order.
 * After IDLE nothing comes for a call handle, after LINE_CLOSE nothing for a
 * line handle and its calls.
 */
struct ndproxy_event {
	__aligned_u64 seq;
	__aligned_u64 time;
	__aligned_u64 cookie;
	__u32 type;
	__u32 lost;
	__u32 handle;
	__u32 line_handle;
	__u32 adapter;
	__u32 line;
	union {
		struct ndproxy_event_reply reply;
		struct ndproxy_event_call_state call_state;
		struct ndproxy_event_new_call new_call;
		struct ndproxy_event_call_info call_info;
		struct ndproxy_event_line_state line_state;
		struct ndproxy_event_lines lines;
		struct ndproxy_event_digit digit;
		struct ndproxy_event_generate generate;
		__u32 data[8];
	};
};

/*
 * The commands.  Letter 0xDA, numbers 0x00 to 0x1f are taken; the data file has
 * the commands of a PPP channel only.
 */
#define NDPROXY_IOC_MAGIC		0xDA

#define NDPROXY_GET_VERSION		_IOR(NDPROXY_IOC_MAGIC, 0x00, struct ndproxy_version)
#define NDPROXY_GET_LIMITS		_IOR(NDPROXY_IOC_MAGIC, 0x01, struct ndproxy_limits)
#define NDPROXY_GET_EXTENDED_ERROR	_IOR(NDPROXY_IOC_MAGIC, 0x02, struct ndproxy_extended_error)
#define NDPROXY_ENUM_ADAPTER		_IOWR(NDPROXY_IOC_MAGIC, 0x03, struct ndproxy_adapter)
#define NDPROXY_GET_ADAPTER_CAPS	_IOWR(NDPROXY_IOC_MAGIC, 0x04, struct ndproxy_adapter)
#define NDPROXY_GET_LINE_CAPS		_IOWR(NDPROXY_IOC_MAGIC, 0x05, struct ndproxy_line_caps)
#define NDPROXY_GET_ADDRESS_CAPS	_IOWR(NDPROXY_IOC_MAGIC, 0x06, struct ndproxy_address_caps)
#define NDPROXY_OPEN_LINE		_IOWR(NDPROXY_IOC_MAGIC, 0x07, struct ndproxy_open_line)
#define NDPROXY_CLOSE_LINE		_IOW(NDPROXY_IOC_MAGIC, 0x08, struct ndproxy_handle)
#define NDPROXY_GET_LINE_STATUS		_IOWR(NDPROXY_IOC_MAGIC, 0x09, struct ndproxy_line_status)
#define NDPROXY_SET_STATUS_MESSAGES	_IOW(NDPROXY_IOC_MAGIC, 0x0a, \
					     struct ndproxy_status_messages)
#define NDPROXY_GET_NEW_CALLS		_IOWR(NDPROXY_IOC_MAGIC, 0x0b, struct ndproxy_new_calls)
#define NDPROXY_MAKE_CALL		_IOWR(NDPROXY_IOC_MAGIC, 0x0c, struct ndproxy_make_call)
#define NDPROXY_ACCEPT			_IOW(NDPROXY_IOC_MAGIC, 0x0d, struct ndproxy_request)
#define NDPROXY_ANSWER			_IOW(NDPROXY_IOC_MAGIC, 0x0e, struct ndproxy_request)
#define NDPROXY_DROP			_IOW(NDPROXY_IOC_MAGIC, 0x0f, struct ndproxy_request)
#define NDPROXY_DEALLOCATE_CALL		_IOW(NDPROXY_IOC_MAGIC, 0x10, struct ndproxy_handle)
#define NDPROXY_GET_CALL_INFO		_IOWR(NDPROXY_IOC_MAGIC, 0x11, struct ndproxy_call_info)
#define NDPROXY_GET_CALL_STATUS		_IOWR(NDPROXY_IOC_MAGIC, 0x12, struct ndproxy_call_status)
#define NDPROXY_GET_CALL_DIAGNOSTICS	_IOWR(NDPROXY_IOC_MAGIC, 0x13, \
					      struct ndproxy_call_diagnostics)
#define NDPROXY_SET_CALL_PRIVILEGE	_IOW(NDPROXY_IOC_MAGIC, 0x14, struct ndproxy_privilege)
#define NDPROXY_HANDOFF			_IOW(NDPROXY_IOC_MAGIC, 0x15, struct ndproxy_handoff)
#define NDPROXY_OPEN_DATA		_IOWR(NDPROXY_IOC_MAGIC, 0x16, struct ndproxy_open_data)
/* Ends the session in order, as the close of the file does; the file stays, for nothing. */
#define NDPROXY_SHUTDOWN		_IO(NDPROXY_IOC_MAGIC, 0x17)
#define NDPROXY_SET_NAME		_IOW(NDPROXY_IOC_MAGIC, 0x18, struct ndproxy_name)
#define NDPROXY_SET_PRIORITY		_IOW(NDPROXY_IOC_MAGIC, 0x19, struct ndproxy_priority)
#define NDPROXY_SET_CALL_INFO		_IOW(NDPROXY_IOC_MAGIC, 0x1a, struct ndproxy_set_call_info)
#define NDPROXY_GET_ADDRESS_STATUS	_IOWR(NDPROXY_IOC_MAGIC, 0x1b, \
					      struct ndproxy_address_status)
#define NDPROXY_SET_NUM_RINGS		_IOW(NDPROXY_IOC_MAGIC, 0x1c, struct ndproxy_num_rings)
#define NDPROXY_MONITOR_DIGITS		_IOW(NDPROXY_IOC_MAGIC, 0x1d, \
					     struct ndproxy_monitor_digits)
#define NDPROXY_GENERATE_DIGITS		_IOW(NDPROXY_IOC_MAGIC, 0x1e, \
					     struct ndproxy_generate_digits)
#define NDPROXY_SET_LINE_PRIVILEGES	_IOW(NDPROXY_IOC_MAGIC, 0x1f, \
					     struct ndproxy_line_privileges)

#endif /* _UAPI_LINUX_NDPROXY_H */
