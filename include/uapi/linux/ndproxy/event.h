/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * /dev/ndproxy: what a session reads.
 */
#ifndef _UAPI_LINUX_NDPROXY_EVENT_H
#define _UAPI_LINUX_NDPROXY_EVENT_H

#include <linux/types.h>

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

#endif /* _UAPI_LINUX_NDPROXY_EVENT_H */
