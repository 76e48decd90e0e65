/* SPDX-License-Identifier: GPL-2.0 */
/*
 * NDPROXY's objects, who holds whom, and the order of the locks.
 *
 * Objects, from the top:
 *
 *   session      one open file of /dev/ndproxy
 *   adapter      one binding of the protocol "ndproxy", and its address family
 *   line         a line that is open, or still comes down
 *   line handle  one NDPROXY_OPEN_LINE; a session's, on a line
 *   call         one call, TAPI's side of it; its VC is leg A
 *   leg B        the same call as NDISWAN has it; see leg_b.h
 *   call handle  a session's view of a call, on one of its line handles
 *   request      what a LINE_REPLY will answer
 *   digits       that are sent: a request, and the call manager's until it has answered
 *   data file    the file of NDPROXY_OPEN_DATA
 *
 * References (an arrow is one; each ends in a plain free of memory, so that any
 * may be dropped under a lock):
 *
 *   file, handle, data file -> session
 *   net, line, updater, AF, binding -> adapter
 *   handle, call -> line -> adapter
 *   session's table and its queue, request, running command -> handle
 *   leg (from make-call or offer until the VC is gone), leg B, handle, data file,
 *   digits, running command -> call
 *
 * A call's first handle is a part of its memory, and a handle's first drop of its.
 *
 * That an object is alive is another matter than its memory: a handle is alive
 * while it is in its line's or call's list, a line while it is in its adapter's,
 * a call while it has a leg or a handle; all of that is under adapter.lock.
 *
 * A VC's memory is held by its call for as long as call.vc is not NULL.  The
 * client makes calls down (condis_*) only without a lock; what may be asked
 * once is claimed under adapter.lock before.
 *
 * Locks, outermost first:
 *
 *   adapter.lock             lines, calls, handles, states
 *   registry_lock            namespaces, their sessions and adapters
 *   session.lock             handle table, event queue, requests
 *   call.data_lock (BH)      the data file and received packets; inside all of
 *                            these, and taken alone in receive handlers
 *
 * Everything but receive, send_complete and status of a VC runs in process
 * context.  Nothing waits but read, write and poll of the two kinds of file,
 * NDPROXY_OPEN_LINE for the line's SAP, PPPIOCGCHAN for NDISWAN, and the module's exit.
 */
#ifndef _NDPROXY_H
#define _NDPROXY_H

#include <linux/nospec.h>
#include <condis/compat.h>
#include <condis/delay.h>
#include <condis/miniport.h>

#include "adapter.h"
#include "call.h"
#include "leg_b.h"
#include "line.h"
#include "session.h"

struct ndproxy_command_ops;

/**
 * struct ndproxy_command - one ioctl while it runs
 * @session: of which session
 * @ops: which one
 * @arg: its structure, the kernel's copy
 * @error: what was wrong, if something was
 * @made: call handle that was made for the caller (a reference)
 * @file: made for the caller, not yet installed
 * @fd: its descriptor
 */
struct ndproxy_command {
	struct ndproxy_session *session;
	const struct ndproxy_command_ops *ops;
	const void *arg;
	struct ndproxy_extended_error error;
	struct ndproxy_call_handle *made;
	struct file *file;
	int fd;
};

#define NDPROXY_NO_FIELD	U32_MAX

int ndproxy_bad(struct ndproxy_command *cmd, const void *member, int err);

/* device.c, dispatch.c */
int ndproxy_device_init(void);
void ndproxy_device_exit(void);
long ndproxy_ioctl(struct file *file, unsigned int cmd, unsigned long arg);

/*
 * Commands: error.c, session.c, name.c, caps.c, line.c, line_status.c, address.c, call_control.c,
 * call_info.c, digits.c, data.c.
 */
int ndproxy_get_version(struct ndproxy_command *cmd, void *arg);
int ndproxy_get_limits(struct ndproxy_command *cmd, void *arg);
int ndproxy_get_extended_error(struct ndproxy_command *cmd, void *arg);
int ndproxy_enum_adapter(struct ndproxy_command *cmd, void *arg);
int ndproxy_get_adapter_caps(struct ndproxy_command *cmd, void *arg);
int ndproxy_get_line_caps(struct ndproxy_command *cmd, void *arg);
int ndproxy_get_address_caps(struct ndproxy_command *cmd, void *arg);
int ndproxy_open_line(struct ndproxy_command *cmd, void *arg);
int ndproxy_open_line_finish(struct ndproxy_command *cmd, void *arg, int err);
int ndproxy_close_line(struct ndproxy_command *cmd, void *arg);
int ndproxy_get_line_status(struct ndproxy_command *cmd, void *arg);
int ndproxy_set_status_messages(struct ndproxy_command *cmd, void *arg);
int ndproxy_get_new_calls(struct ndproxy_command *cmd, void *arg);
int ndproxy_get_new_calls_finish(struct ndproxy_command *cmd, void *arg, int err);
int ndproxy_make_call(struct ndproxy_command *cmd, void *arg);
int ndproxy_make_call_finish(struct ndproxy_command *cmd, void *arg, int err);
int ndproxy_accept(struct ndproxy_command *cmd, void *arg);
int ndproxy_answer(struct ndproxy_command *cmd, void *arg);
int ndproxy_drop(struct ndproxy_command *cmd, void *arg);
int ndproxy_deallocate_call(struct ndproxy_command *cmd, void *arg);
int ndproxy_get_call_info(struct ndproxy_command *cmd, void *arg);
int ndproxy_get_call_status(struct ndproxy_command *cmd, void *arg);
int ndproxy_get_call_diagnostics(struct ndproxy_command *cmd, void *arg);
int ndproxy_set_call_privilege(struct ndproxy_command *cmd, void *arg);
int ndproxy_handoff(struct ndproxy_command *cmd, void *arg);
int ndproxy_open_data(struct ndproxy_command *cmd, void *arg);
int ndproxy_open_data_finish(struct ndproxy_command *cmd, void *arg, int err);
int ndproxy_shutdown(struct ndproxy_command *cmd, void *arg);
int ndproxy_set_name(struct ndproxy_command *cmd, void *arg);
int ndproxy_set_priority(struct ndproxy_command *cmd, void *arg);
int ndproxy_set_call_info(struct ndproxy_command *cmd, void *arg);
int ndproxy_get_address_status(struct ndproxy_command *cmd, void *arg);
int ndproxy_set_num_rings(struct ndproxy_command *cmd, void *arg);
int ndproxy_monitor_digits(struct ndproxy_command *cmd, void *arg);
int ndproxy_generate_digits(struct ndproxy_command *cmd, void *arg);
int ndproxy_set_line_privileges(struct ndproxy_command *cmd, void *arg);

#endif /* _NDPROXY_H */
