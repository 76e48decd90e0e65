// SPDX-License-Identifier: GPL-2.0
/*
 * Adapters, lines and calls that several commands look for.
 */
#include <errno.h>
#include <poll.h>
#include <string.h>

#include "ctl.h"

/* Until an adapter's lines can be used. */
#define READY_MS 5000

int ctl_find_adapter(struct condis_session *session, const char *name,
		     struct ndproxy_adapter *adapter)
{
	char number[16];
	int got;

	if (!name) {
		memset(adapter, 0, sizeof(*adapter));
		got = condis_line_next_adapter(session, adapter);
		if (got < 0)
			return ctl_library_failure();
		if (!got)
			return ctl_failure("there is no adapter; condisctl adapter add makes one");
		snprintf(number, sizeof(number), "%u", adapter->adapter);
		name = number;
	}
	if (condis_line_find_adapter(session, name, READY_MS, adapter))
		return ctl_library_failure();
	return CTL_OK;
}

/* Look through the calls of a line for the one that the core knows by this number. */
static int find_call(struct condis_session *session, uint32_t line_handle, uint64_t id,
		     uint32_t *call)
{
	struct ndproxy_new_calls calls;
	struct ndproxy_call_info info;
	uint32_t i;

	*call = 0;
	do {
		calls = (struct ndproxy_new_calls) {
			.line_handle = line_handle,
			.select = LINECALLSELECT_LINE,
		};
		if (condis_line_new_calls(session, &calls))
			return -1;
		for (i = 0; i < calls.num_calls; i++) {
			if (!*call && !condis_call_info(session, calls.calls[i], &info) &&
			    info.call_id == id)
				*call = calls.calls[i];
			else
				condis_call_deallocate(session, calls.calls[i]);
		}
	} while (calls.more && !*call);
	return 0;
}

int ctl_take_call(struct condis_session *session, const struct condis_call_info *info,
		  struct ctl_call *call)
{
	struct ndproxy_open_line open = {
		.line = info->line,
		.privileges = LINECALLPRIVILEGE_NONE,
	};
	struct ndproxy_adapter adapter;
	int status;

	status = ctl_find_adapter(session, info->adapter, &adapter);
	if (status)
		return status;
	open.adapter = adapter.adapter;
	if (condis_line_open(session, &open))
		return ctl_library_failure();
	call->line_handle = open.line_handle;
	if (find_call(session, open.line_handle, info->id, &call->call))
		return ctl_library_failure();
	if (!call->call)
		return CTL_OK;
	if (condis_call_set_privilege(session, call->call, LINECALLPRIVILEGE_OWNER))
		return ctl_library_failure();
	return CTL_OK;
}

static bool is_over(int error)
{
	return error == EBADF || error == ENODEV;
}

int ctl_drop_call(struct condis_session *session, uint32_t call, uint32_t cause, int timeout_ms)
{
	struct pollfd poll_fd = { .fd = condis_session_fd(session), .events = POLLIN };
	long long end = ctl_now_ms() + timeout_ms;
	struct ndproxy_call_status status;
	struct ndproxy_event event;
	int got;

	/* One that is over, whose drop is under way, or whose adapter is gone, is dropped. */
	if (condis_call_drop(session, call, cause, 0) && !is_over(errno) && errno != EBADFD)
		return ctl_library_failure();
	for (;;) {
		if (condis_call_status(session, call, &status))
			return is_over(errno) ? CTL_OK : ctl_library_failure();
		if (status.state == LINECALLSTATE_IDLE)
			return CTL_OK;
		if (ctl_now_ms() >= end)
			return ctl_failure("the call did not end within %d s", timeout_ms / 1000);
		ctl_poll(&poll_fd, 1, end);
		while ((got = condis_session_next(session, &event, 0)) > 0)
			;
		if (got < 0)
			return ctl_library_failure();
	}
}
