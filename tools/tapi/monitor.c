// SPDX-License-Identifier: GPL-2.0
/*
 * tapi monitor: what happens on lines, as it happens.
 */
#include <stddef.h>
#include <stdlib.h>

#include "program.h"

#define LINE_STATES (LINEDEVSTATE_RINGING | LINEDEVSTATE_CONNECTED | LINEDEVSTATE_DISCONNECTED | \
		     LINEDEVSTATE_INSERVICE | LINEDEVSTATE_OUTOFSERVICE | LINEDEVSTATE_OPEN | \
		     LINEDEVSTATE_CLOSE | LINEDEVSTATE_NUMCALLS | LINEDEVSTATE_CAPSCHANGE | \
		     LINEDEVSTATE_CONFIGCHANGE | LINEDEVSTATE_TRANSLATECHANGE)

struct watch {
	struct words words;
	uint32_t count;
	uint32_t seen;
	int for_ms;
	struct session session;
};

/* Those that were up before: no message announces them. They are ours to deallocate, too. */
static void take_calls(HLINE line)
{
	struct {
		LINECALLLIST list;
		HCALL calls[64];
	} calls = { .list.dwTotalSize = sizeof(calls) };
	const HCALL *call;
	DWORD i;

	if (lineGetNewCalls(line, 0, LINECALLSELECT_LINE, &calls.list))
		return;
	call = (const HCALL *)((const char *)&calls + calls.list.dwCallsOffset);
	for (i = 0; i < calls.list.dwCallsNumEntries; i++) {
		LINECALLSTATUS status = { .dwTotalSize = sizeof(status) };
		LINEMESSAGE message = { .hDevice = call[i], .dwMessageID = LINE_CALLSTATE };

		if (lineGetCallStatus(call[i], &status))
			continue;
		/* As if it were told; monitors hear of what comes next. */
		message.dwParam1 = status.dwCallState;
		message.dwParam2 = status.dwCallStateMode;
		message.dwParam3 = status.dwCallPrivilege;
		print_message(&message);
		if (status.dwCallState == LINECALLSTATE_IDLE)
			lineDeallocateCall(call[i]);
	}
}

static LONG open_line(struct watch *watch, DWORD device)
{
	HLINE line;
	LONG error = session_open(&watch->session, device, LINECALLPRIVILEGE_MONITOR, 0, &line);

	if (error)
		return error;
	lineSetStatusMessages(line, LINE_STATES, 0);
	take_calls(line);
	return 0;
}

static int open_lines(struct watch *watch)
{
	DWORD device;
	LONG error;
	int i, status;

	for (i = 0; i < watch->words.length; i++) {
		status = session_device(&watch->session, watch->words.word[i], &device);
		if (status)
			return status;
		error = open_line(watch, device);
		if (error)
			return tapi_failure(error, "cannot open line %s", watch->words.word[i]);
	}
	for (device = 0; !watch->words.length && device < watch->session.devices; device++) {
		error = open_line(watch, device);
		if (error && error != LINEERR_NODEVICE)
			return tapi_failure(error, "cannot open line %u", device);
	}
	return STATUS_OK;
}

static void take_message(struct watch *watch, const LINEMESSAGE *message)
{
	print_message(message);
	watch->seen++;
	switch (message->dwMessageID) {
	case LINE_CREATE:
		/* All lines are asked for: the new one too. It may be gone again. */
		if (!watch->words.length)
			open_line(watch, (DWORD)message->dwParam1);
		break;
	case LINE_CALLSTATE:
		/* Every handle is given back, a monitor's too: else each call leaves one. */
		if (message->dwParam1 == LINECALLSTATE_IDLE)
			lineDeallocateCall(message->hDevice);
		break;
	default:
		/* LINE_CLOSE, LINE_REMOVE: there is nothing that had to be closed any more. */
		break;
	}
}

static int watch_all(struct watch *watch)
{
	long long end = watch->for_ms >= 0 ? now_ms() + watch->for_ms : -1;
	LINEMESSAGE message;
	int status = STATUS_OK;

	while (!status && (!watch->count || watch->seen < watch->count)) {
		if (!session_next(&watch->session, &message, end))
			break;
		take_message(watch, &message);
		/* A monitor loses nothing by it: at once. */
		if (watch->session.is_old) {
			status = session_renew(&watch->session);
			if (!status)
				status = open_lines(watch);
		}
	}
	return status;
}

static int run(void *data)
{
	struct watch *watch = data;
	int status;

	status = session_begin(&watch->session);
	if (status)
		return status;
	status = open_lines(watch);
	if (!status)
		status = watch_all(watch);
	/* It closes the lines, and deallocates the calls. */
	session_end(&watch->session);
	return status;
}

static const struct watch defaults = { .for_ms = -1 };

#define AT(_member) offsetof(struct watch, _member)

static const struct option options[] = {
	{ "count", "N", "end after so many messages", OPTION_NUMBER, AT(count) },
	{ "for", "SECONDS", "end after so long", OPTION_SECONDS, AT(for_ms) },
	{ 0 },
};

const struct command monitor_command = {
	.name = "monitor",
	.words = "[LINE...]",
	.help = "Show what happens on these lines, or on all.",
	.details = "Calls of other users are shown to whoever may see them (CAP_NET_ADMIN) only.",
	.options = options,
	.size = sizeof(struct watch),
	.defaults = &defaults,
	.run = run,
};
