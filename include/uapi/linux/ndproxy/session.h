/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * /dev/ndproxy: a session, and the adapters it sees.
 */
#ifndef _UAPI_LINUX_NDPROXY_SESSION_H
#define _UAPI_LINUX_NDPROXY_SESSION_H

#include <linux/types.h>

/*
 * Version of this interface, the first that was released: grows with each change, and from here
 * on a change only adds.  1 was never released; where it was tried, numbers and structures are
 * others (that of NDPROXY_HANDOFF grew, and with it the command's number).  A program asks
 * by NDPROXY_GET_VERSION, which stays as it is for ever, before anything else, and
 * goes no further if the kernel's is lower than the one that it was written for.
 */
#define NDPROXY_ABI		2

/* Characters of a name, with the end of the string. */
#define NDPROXY_NAME_SIZE	32

/* Bytes of an application's name, in UTF-8, with the end of the string. */
#define NDPROXY_APP_NAME_SIZE	64

/* Handles of lines and calls are 1 to this, and not given again soon. */
#define NDPROXY_HANDLE_MAX	0x7fffffff

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

#endif /* _UAPI_LINUX_NDPROXY_SESSION_H */
