// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * dialler LINE NUMBER: the classic dialler. It calls a number, waits until one end of the two hangs
 * up (this one does on Return or Control-D), and comes down in the order that TAPI documents.
 *
 *     cc dialler.c $(pkg-config --cflags --libs tapi)
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <tapi.h>

/* What the program knows of its one call. It is written by the library until the reply has come. */
static HLINEAPP app;
static HLINE line;
static HCALL call;
static int is_up, is_over;

static int fail(const char *what, LONG error)
{
	fprintf(stderr, "dialler: %s: %s\n", what, tapi_error_text(error));
	return 1;
}

static void take_state(DWORD state, DWORD mode)
{
	const char *name = tapi_call_state_name(state);

	printf("%s\n", name ? name : "?");
	if (state == LINECALLSTATE_DISCONNECTED) {
		/* The far end is gone, the call is not: it is ours until it is dropped. */
		name = tapi_disconnect_mode_name(mode);
		printf("because of %s\n", name ? name : "?");
		lineDrop(call, NULL, 0);
	} else if (state == LINECALLSTATE_IDLE) {
		/* Nothing comes after this. Until it is deallocated, the handle can be asked. */
		lineDeallocateCall(call);
		call = 0;
		is_over = 1;
	}
}

static void take_message(const LINEMESSAGE *message)
{
	switch (message->dwMessageID) {
	case LINE_REPLY:
		/* Of lineMakeCall, or of lineDrop, which may fail only because the call is over. */
		if (is_up || !TAPI_RESULT(message->dwParam2)) {
			is_up = 1;
		} else {
			fail("no connection", TAPI_RESULT(message->dwParam2));
			is_over = 1;
		}
		break;
	case LINE_CALLSTATE:
		if (is_up && message->hDevice == call)
			take_state((DWORD)message->dwParam1, (DWORD)message->dwParam2);
		break;
	case LINE_CLOSE:
		/* The line was pulled out. Its handle and the call's are dead already. */
		printf("the line is gone\n");
		line = 0;
		call = 0;
		is_over = 1;
		break;
	}
}

/* Messages and the keyboard, in one poll(): there is no thread. */
static void talk(int event)
{
	struct pollfd fds[] = { { event, POLLIN, 0 }, { STDIN_FILENO, POLLIN, 0 } };
	LINEMESSAGE message;
	char discarded[80];

	while (!is_over && poll(fds, 2, -1) >= 0) {
		while (!is_over && !lineGetMessage(app, &message, 0))
			take_message(&message);
		if (is_over || !fds[1].revents)
			continue;
		/* Hang up: IDLE will come. A call that has no reply yet ends with its line. */
		fds[1].fd = -1;
		if (read(STDIN_FILENO, discarded, sizeof(discarded)) < 0 || !is_up ||
		    lineDrop(call, NULL, 0) < 0)
			is_over = 1;
	}
}

int main(int argc, char **argv)
{
	LINEINITIALIZEEXPARAMS params = { .dwTotalSize = sizeof(params) };
	DWORD devices, version = TAPI_CURRENT_VERSION, device;
	LINEEXTENSIONID extension;
	LONG error;

	if (argc != 3)
		return fprintf(stderr, "usage: dialler LINE NUMBER\n"), 2;
	device = (DWORD)strtoul(argv[1], NULL, 10);
	params.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
	error = lineInitializeEx(&app, NULL, NULL, "dialler", &devices, &version, &params);
	if (error)
		return fail("cannot begin", error);
	error = lineNegotiateAPIVersion(app, device, 0x00010003, TAPI_CURRENT_VERSION, &version,
					&extension);
	if (!error)
		error = lineOpen(app, device, &line, version, 0, 0, LINECALLPRIVILEGE_NONE, 0,
				 NULL);
	/* A positive number is that of the request: what becomes of it is a LINE_REPLY. */
	if (!error)
		error = lineMakeCall(line, &call, argv[2], 0, NULL);
	if (error > 0)
		talk(TAPI_HANDLE_TO_FD(params.Handles.hEvent));
	else
		fail("cannot call", error);
	if (line)
		lineClose(line);
	lineShutdown(app);
	return !is_up;
}
