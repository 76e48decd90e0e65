// SPDX-License-Identifier: GPL-2.0
/*
 * Messages of an application, one line each.
 */
#include <time.h>

#include "program.h"

static const char *or_number(const char *name, DWORD number, char text[16])
{
	snprintf(text, 16, "%#x", number);
	return name ? name : text;
}

static const struct {
	DWORD state;
	const char *name;
} line_states[] = {
	{ LINEDEVSTATE_OTHER, "OTHER" },	{ LINEDEVSTATE_RINGING, "RINGING" },
	{ LINEDEVSTATE_CONNECTED, "CONNECTED" }, { LINEDEVSTATE_DISCONNECTED, "DISCONNECTED" },
	{ LINEDEVSTATE_INSERVICE, "INSERVICE" }, { LINEDEVSTATE_OUTOFSERVICE, "OUTOFSERVICE" },
	{ LINEDEVSTATE_OPEN, "OPEN" },		{ LINEDEVSTATE_CLOSE, "CLOSE" },
	{ LINEDEVSTATE_NUMCALLS, "NUMCALLS" },	{ LINEDEVSTATE_REINIT, "REINIT" },
	{ LINEDEVSTATE_CAPSCHANGE, "CAPSCHANGE" },
	{ LINEDEVSTATE_CONFIGCHANGE, "CONFIGCHANGE" },
	{ LINEDEVSTATE_TRANSLATECHANGE, "TRANSLATECHANGE" },
	{ LINEDEVSTATE_REMOVED, "REMOVED" },
};

static void print_line_states(DWORD states)
{
	char number[16];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(line_states); i++) {
		if (states & line_states[i].state)
			printf(" %s", line_states[i].name);
		states &= ~line_states[i].state;
	}
	if (states)
		printf(" %s", or_number(NULL, states, number));
}

/* "LINECALLSTATE_CONNECTED" is CONNECTED to people. */
static const char *short_name(const char *name)
{
	const char *at;

	for (at = name; at && *at; at++)
		if (*at == '_')
			return at + 1;
	return name;
}

static void print_call_state(const LINEMESSAGE *message)
{
	DWORD state = (DWORD)message->dwParam1, mode = (DWORD)message->dwParam2;
	char number[16];

	printf(" %s", or_number(short_name(tapi_call_state_name(state)), state, number));
	if (state == LINECALLSTATE_DISCONNECTED)
		printf(" %s", or_number(short_name(tapi_disconnect_mode_name(mode)), mode, number));
	if (message->dwParam3)
		printf(", %s", message->dwParam3 == LINECALLPRIVILEGE_OWNER ? "owner" : "monitor");
}

static void print_digit(const LINEMESSAGE *message)
{
	char digit = (char)message->dwParam1;

	printf(" '%c'", digit >= ' ' && digit < 0x7f ? digit : '?');
}

static void print_body(const LINEMESSAGE *message)
{
	LONG result = TAPI_RESULT(message->dwParam2);

	switch (message->dwMessageID) {
	case LINE_REPLY:
		printf(" request %u %s", (DWORD)message->dwParam1,
		       result < 0 ? tapi_error_name(result) : "done");
		break;
	case LINE_CALLSTATE:
		print_call_state(message);
		break;
	case LINE_APPNEWCALL:
		printf(" call %u address %u, %s", (DWORD)message->dwParam2,
		       (DWORD)message->dwParam1,
		       message->dwParam3 == LINECALLPRIVILEGE_OWNER ? "owner" : "monitor");
		break;
	case LINE_CALLINFO:
		printf(" changed %#x", (DWORD)message->dwParam1);
		break;
	case LINE_LINEDEVSTATE:
		print_line_states((DWORD)message->dwParam1);
		break;
	case LINE_CREATE:
	case LINE_REMOVE:
		printf(" line %u", (DWORD)message->dwParam1);
		break;
	case LINE_MONITORDIGITS:
		print_digit(message);
		break;
	case LINE_REQUEST:
		printf(" mode %u", (DWORD)message->dwParam1);
		break;
	default:
		break;
	}
}

/* What hDevice is of. */
static const char *noun(DWORD id)
{
	switch (id) {
	case LINE_CALLSTATE:
	case LINE_CALLINFO:
	case LINE_MONITORDIGITS:
	case LINE_GENERATE:
	case LINE_GATHERDIGITS:
		return "call";
	case LINE_APPNEWCALL:
	case LINE_LINEDEVSTATE:
	case LINE_ADDRESSSTATE:
	case LINE_CLOSE:
		return "line";
	default:
		return NULL;
	}
}

static void print_json(const LINEMESSAGE *message, double now)
{
	DWORD state = (DWORD)message->dwParam1;
	const char *what = noun(message->dwMessageID), *name;
	LONG result = TAPI_RESULT(message->dwParam2);

	/* All of it is numbers and names of constants, so nothing needs to be escaped. */
	name = tapi_message_name(message->dwMessageID);
	printf("{\"time\":%.6f,\"message\":\"%s\"", now, name ? name : "");
	if (what && message->hDevice)
		printf(",\"%s\":%u", what, message->hDevice);
	printf(",\"instance\":%llu,\"params\":[%llu,%llu,%llu]",
	       (unsigned long long)message->dwCallbackInstance,
	       (unsigned long long)message->dwParam1, (unsigned long long)message->dwParam2,
	       (unsigned long long)message->dwParam3);
	if (message->dwMessageID == LINE_CALLSTATE && tapi_call_state_name(state))
		printf(",\"state\":\"%s\"", short_name(tapi_call_state_name(state)));
	name = NULL;
	if (message->dwMessageID == LINE_CALLSTATE && state == LINECALLSTATE_DISCONNECTED)
		name = tapi_disconnect_mode_name((DWORD)message->dwParam2);
	if (name)
		printf(",\"mode\":\"%s\"", short_name(name));
	if (message->dwMessageID == LINE_REPLY)
		printf(",\"error\":\"%s\"", result < 0 ? tapi_error_name(result) : "");
	printf("}\n");
}

void print_message(const LINEMESSAGE *message)
{
	const char *what = noun(message->dwMessageID);
	const char *name = tapi_message_name(message->dwMessageID);
	struct timespec at;
	char number[16];
	double now;

	clock_gettime(CLOCK_MONOTONIC, &at);
	now = (double)at.tv_sec + (double)at.tv_nsec / 1e9;
	if (wants_json) {
		print_json(message, now);
	} else {
		printf("%12.6f  %-17s", now, or_number(name, message->dwMessageID, number));
		if (what && message->hDevice)
			printf(" %s %u", what, message->hDevice);
		print_body(message);
		printf("\n");
	}
	fflush(stdout);
}
