/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * /dev/ndproxy: the user's interface to lines and calls.
 *
 * One open file is one application's session.  A session enumerates adapters
 * and their lines, opens lines, makes and takes calls, and reads events.  Names
 * and values that come from TAPI (LINE_*, LINECALLSTATE_*, ...) are TAPI's.  This header
 * has the commands, and includes the others: what each noun's commands take and give is in
 * <linux/ndproxy/session.h>, line.h and call.h, what is read in event.h, TAPI's words in tapi.h.
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
#include <linux/q850.h>
#include <linux/ndproxy/tapi.h>
#include <linux/ndproxy/session.h>
#include <linux/ndproxy/line.h>
#include <linux/ndproxy/call.h>
#include <linux/ndproxy/event.h>

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
