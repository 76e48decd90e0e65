/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * TAPI's names and values, as far as lines and calls of /dev/ndproxy have them.
 */
#ifndef _UAPI_LINUX_NDPROXY_TAPI_H
#define _UAPI_LINUX_NDPROXY_TAPI_H

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

#endif /* _UAPI_LINUX_NDPROXY_TAPI_H */
