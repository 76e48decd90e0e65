/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * /dev/ndproxy: calls, the digits and the data on them.
 */
#ifndef _UAPI_LINUX_NDPROXY_CALL_H
#define _UAPI_LINUX_NDPROXY_CALL_H

#include <linux/types.h>
#include <linux/ndproxy/line.h>
#include <linux/ndproxy/session.h>

/* Digits of one NDPROXY_GENERATE_DIGITS, with the end of the string. */
#define NDPROXY_DIGITS_SIZE	64

/* Milliseconds of one generated digit: without another wish, and at most. */
#define NDPROXY_DIGIT_MS	100
#define NDPROXY_DIGIT_MS_MAX	10000

/* Milliseconds of a pause between generated digits, a ','. */
#define NDPROXY_DIGIT_PAUSE_MS	1000

/* Digits that wait for a reader, of one call handle. */
#define NDPROXY_DIGITS_UNREAD	32

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

#endif /* _UAPI_LINUX_NDPROXY_CALL_H */
