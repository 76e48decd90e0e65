// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Adapters and lines of a session.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "internal.h"

int condis_line_next_adapter(struct condis_session *session, struct ndproxy_adapter *adapter)
{
	uint32_t number = adapter->adapter;

	memset(adapter, 0, sizeof(*adapter));
	adapter->adapter = number;
	if (!condis_session_ioctl(session, NDPROXY_ENUM_ADAPTER, adapter, "list adapters"))
		return 1;
	return errno == ENOENT ? 0 : -1;
}

int condis_line_adapter(struct condis_session *session, uint32_t adapter,
			struct ndproxy_adapter *caps)
{
	memset(caps, 0, sizeof(*caps));
	caps->adapter = adapter;
	return condis_session_ioctl(session, NDPROXY_GET_ADAPTER_CAPS, caps, "get adapter");
}

static bool is_called(const struct ndproxy_adapter *adapter, const char *name)
{
	char *end;
	unsigned long number = strtoul(name, &end, 10);

	if (!strncmp(adapter->name, name, sizeof(adapter->name)))
		return true;
	return *name && !*end && number == adapter->adapter;
}

/* 1: it is there and ready, 0: it is there, -1. */
static int look_for(struct condis_session *session, const char *name,
		    struct ndproxy_adapter *adapter)
{
	int got;

	memset(adapter, 0, sizeof(*adapter));
	while ((got = condis_line_next_adapter(session, adapter)) > 0) {
		if (!is_called(adapter, name))
			continue;
		if (adapter->flags & NDPROXY_ADAPTER_REINIT)
			return condis_fail(ESTALE,
					   "adapter %s: its lines changed since the session began; begin a new one",
					   name);
		return adapter->flags & NDPROXY_ADAPTER_READY ? 1 : 0;
	}
	if (got < 0)
		return -1;
	return condis_fail(ENODEV, "no adapter '%s'; condisctl adapter list shows them", name);
}

int condis_line_find_adapter(struct condis_session *session, const char *name, int timeout_ms,
			     struct ndproxy_adapter *adapter)
{
	const struct timespec pause = { .tv_nsec = 10 * 1000 * 1000 };
	int waited = 0;
	int got;

	/* Not by its LINE_CREATE: that event is the caller's to read. */
	while (!(got = look_for(session, name, adapter))) {
		if (timeout_ms >= 0 && waited >= timeout_ms)
			return condis_fail(EAGAIN, "adapter %s is not ready; try again", name);
		nanosleep(&pause, NULL);
		waited += 10;
	}
	return got < 0 ? -1 : 0;
}

int condis_line_caps(struct condis_session *session, uint32_t adapter, uint32_t line,
		     struct ndproxy_line_caps *caps)
{
	memset(caps, 0, sizeof(*caps));
	caps->adapter = adapter;
	caps->line = line;
	return condis_session_ioctl(session, NDPROXY_GET_LINE_CAPS, caps, "get line");
}

int condis_line_address_caps(struct condis_session *session, uint32_t adapter, uint32_t line,
			     uint32_t address, struct ndproxy_address_caps *caps)
{
	memset(caps, 0, sizeof(*caps));
	caps->adapter = adapter;
	caps->line = line;
	caps->address = address;
	return condis_session_ioctl(session, NDPROXY_GET_ADDRESS_CAPS, caps, "get address");
}

int condis_line_open(struct condis_session *session, struct ndproxy_open_line *open)
{
	return condis_session_ioctl(session, NDPROXY_OPEN_LINE, open, "open line");
}

int condis_line_close(struct condis_session *session, uint32_t line_handle)
{
	struct ndproxy_handle handle = { .handle = line_handle };

	return condis_session_ioctl(session, NDPROXY_CLOSE_LINE, &handle, "close line");
}

int condis_line_status(struct condis_session *session, uint32_t line_handle,
		       struct ndproxy_line_status *status)
{
	memset(status, 0, sizeof(*status));
	status->line_handle = line_handle;
	return condis_session_ioctl(session, NDPROXY_GET_LINE_STATUS, status, "get line status");
}

int condis_line_address_status(struct condis_session *session, uint32_t line_handle,
			       uint32_t address, struct ndproxy_address_status *status)
{
	memset(status, 0, sizeof(*status));
	status->line_handle = line_handle;
	status->address = address;
	return condis_session_ioctl(session, NDPROXY_GET_ADDRESS_STATUS, status,
				    "get address status");
}

int condis_line_set_num_rings(struct condis_session *session, uint32_t line_handle,
			      uint32_t address, uint32_t num_rings)
{
	struct ndproxy_num_rings set = {
		.line_handle = line_handle,
		.address = address,
		.num_rings = num_rings,
	};

	return condis_session_ioctl(session, NDPROXY_SET_NUM_RINGS, &set, "set number of rings");
}

int condis_line_set_privileges(struct condis_session *session, uint32_t line_handle,
			       uint32_t privileges)
{
	struct ndproxy_line_privileges set = {
		.line_handle = line_handle,
		.privileges = privileges,
	};

	return condis_session_ioctl(session, NDPROXY_SET_LINE_PRIVILEGES, &set,
				    "set line privileges");
}

int condis_line_set_status_messages(struct condis_session *session, uint32_t line_handle,
				    uint32_t line_states)
{
	struct ndproxy_status_messages messages = {
		.line_handle = line_handle,
		.line_states = line_states,
	};

	return condis_session_ioctl(session, NDPROXY_SET_STATUS_MESSAGES, &messages,
				    "set status messages");
}

int condis_line_new_calls(struct condis_session *session, struct ndproxy_new_calls *calls)
{
	return condis_session_ioctl(session, NDPROXY_GET_NEW_CALLS, calls, "get new calls");
}
