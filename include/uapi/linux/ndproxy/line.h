/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * /dev/ndproxy: lines and their addresses.
 */
#ifndef _UAPI_LINUX_NDPROXY_LINE_H
#define _UAPI_LINUX_NDPROXY_LINE_H

#include <linux/types.h>
#include <linux/ndproxy/session.h>

/* Digits of a number, and the member that holds them with the end of the string. */
#define NDPROXY_NUMBER_MAX	32
#define NDPROXY_NUMBER_SIZE	40

/* A line's address that was not named: any. */
#define NDPROXY_ANY_ADDRESS	0xffffffffU

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

#endif /* _UAPI_LINUX_NDPROXY_LINE_H */
