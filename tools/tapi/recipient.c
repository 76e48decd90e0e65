// SPDX-License-Identifier: GPL-2.0
/*
 * tapi recipient: take requests for calls, and make them if asked to.
 */
#include <stddef.h>
#include <stdlib.h>

#include "program.h"

/**
 * struct placed - a call that was asked for
 * @next: next one
 * @request: of lineMakeCall, 0 when it is answered
 * @handle: where the library writes the handle: so this stays until the reply has come
 * @has_call: it was written
 * @number: that was asked for
 */
struct placed {
	struct placed *next;
	LONG request;
	HCALL handle;
	bool has_call;
	char number[TAPIMAXDESTADDRESSSIZE];
};

struct recipient {
	struct words words;
	const char *line_word;
	uint32_t count;
	uint32_t taken;
	bool is_quiet;

	struct session session;
	HLINE line;
	bool is_registered;
	struct placed *calls;
};

static void print_request(const LINEREQMAKECALL *request)
{
	if (!wants_json) {
		printf("call %s", request->szDestAddress);
		if (*request->szCalledParty)
			printf(", %s", request->szCalledParty);
		printf(", asked for by %s", *request->szAppName ? request->szAppName : "?");
		if (*request->szComment)
			printf(": %s", request->szComment);
		printf("\n");
	} else {
		printf("{\"number\":");
		print_quoted(request->szDestAddress);
		printf(",\"app\":");
		print_quoted(request->szAppName);
		printf(",\"party\":");
		print_quoted(request->szCalledParty);
		printf(",\"comment\":");
		print_quoted(request->szComment);
		printf("}\n");
	}
	fflush(stdout);
}

/* That one request cannot be fulfilled ends nothing: the next one may be. */
static int dial(struct recipient *recipient, const char *number)
{
	struct placed *call = calloc(1, sizeof(*call));

	if (!call)
		return failure("no memory");
	call->request = lineMakeCall(recipient->line, &call->handle, number, 0, NULL);
	if (call->request < 0) {
		tapi_failure(call->request, "cannot call %s", number);
		free(call);
		return STATUS_OK;
	}
	snprintf(call->number, sizeof(call->number), "%s", number);
	call->next = recipient->calls;
	recipient->calls = call;
	return STATUS_OK;
}

static bool is_enough(const struct recipient *recipient)
{
	return recipient->count && recipient->taken >= recipient->count;
}

/* LINE_REQUEST says "there may be some", once: all of them are taken. */
static int take_requests(struct recipient *recipient)
{
	LINEREQMAKECALL request;
	int status = STATUS_OK;
	LONG error;

	while (!status && !is_enough(recipient)) {
		error = lineGetRequest(recipient->session.app, LINEREQUESTMODE_MAKECALL, &request);
		if (error == LINEERR_NOREQUEST)
			return STATUS_OK;
		if (error)
			return tapi_failure(error, "cannot take a request");
		recipient->taken++;
		print_request(&request);
		if (recipient->line)
			status = dial(recipient, request.szDestAddress);
	}
	return status;
}

static void forget(struct recipient *recipient, struct placed *call)
{
	struct placed **at;

	for (at = &recipient->calls; *at; at = &(*at)->next) {
		if (*at == call) {
			*at = call->next;
			free(call);
			return;
		}
	}
}

static void take_reply(struct recipient *recipient, const LINEMESSAGE *message)
{
	struct placed *call;
	LONG result = TAPI_RESULT(message->dwParam2);

	for (call = recipient->calls; call; call = call->next)
		if (call->request && call->request == (LONG)message->dwParam1)
			break;
	if (!call)
		return;
	call->request = 0;
	call->has_call = !result;
	if (!result)
		return;
	tapi_failure(result, "no connection to %s", call->number);
	forget(recipient, call);
}

static void take_state(struct recipient *recipient, const LINEMESSAGE *message)
{
	struct placed *call;

	for (call = recipient->calls; call; call = call->next)
		if (call->has_call && call->handle == message->hDevice)
			break;
	if (!call)
		return;
	if (message->dwParam1 == LINECALLSTATE_DISCONNECTED)
		lineDrop(call->handle, NULL, 0);
	if (message->dwParam1 != LINECALLSTATE_IDLE)
		return;
	lineDeallocateCall(call->handle);
	forget(recipient, call);
}

static void forget_all(struct recipient *recipient)
{
	while (recipient->calls)
		forget(recipient, recipient->calls);
}

static int take_message(struct recipient *recipient, const LINEMESSAGE *message)
{
	if (!recipient->is_quiet && message->dwMessageID != LINE_REQUEST)
		print_message(message);
	switch (message->dwMessageID) {
	case LINE_REQUEST:
		return take_requests(recipient);
	case LINE_REPLY:
		take_reply(recipient, message);
		return STATUS_OK;
	case LINE_CALLSTATE:
		take_state(recipient, message);
		return STATUS_OK;
	case LINE_CLOSE:
		/* Its calls died with it. */
		recipient->line = 0;
		forget_all(recipient);
		return session_await_reinit(&recipient->session, recipient->is_quiet);
	default:
		return STATUS_OK;
	}
}

static int begin(struct recipient *recipient)
{
	DWORD device;
	LONG error;
	int status;

	if (recipient->line_word) {
		status = session_device(&recipient->session, recipient->line_word, &device);
		if (status)
			return status;
		error = session_open(&recipient->session, device, LINECALLPRIVILEGE_NONE, 0,
				     &recipient->line);
		if (error)
			return tapi_failure(error, "cannot open line %s", recipient->line_word);
	}
	error = lineRegisterRequestRecipient(recipient->session.app, 0, LINEREQUESTMODE_MAKECALL,
					     TRUE);
	if (error)
		return tapi_failure(error, "cannot take requests");
	recipient->is_registered = true;
	/* What was asked for before. */
	return take_requests(recipient);
}

static int serve(struct recipient *recipient)
{
	LINEMESSAGE message;
	int status = STATUS_OK;

	while (!status && (!is_enough(recipient) || recipient->calls)) {
		if (!session_next(&recipient->session, &message, -1))
			break;
		status = take_message(recipient, &message);
		if (status || !recipient->session.is_old || recipient->calls)
			continue;
		/* Shut down and begin anew: requests meanwhile are for the next recipient. */
		recipient->is_registered = false;
		recipient->line = 0;
		status = session_renew(&recipient->session);
		if (!status)
			status = begin(recipient);
	}
	return status;
}

/* No new requests, then the calls, then the line. */
static int finish(struct recipient *recipient, int status)
{
	struct placed *call;

	session_finish(&recipient->session);
	if (recipient->is_registered)
		lineRegisterRequestRecipient(recipient->session.app, 0, LINEREQUESTMODE_MAKECALL,
					     FALSE);
	for (call = recipient->calls; call; call = call->next)
		if (call->has_call)
			lineDrop(call->handle, NULL, 0);
	for (call = recipient->calls; call && !recipient->session.is_stopped; call = call->next)
		if (call->has_call &&
		    call_end(&recipient->session, call->handle, recipient->is_quiet))
			status = STATUS_FAILURE;
	if (recipient->line)
		lineClose(recipient->line);
	return status;
}

static int run(void *data)
{
	struct recipient *recipient = data;
	int status;

	status = session_begin(&recipient->session);
	if (status)
		return status;
	status = begin(recipient);
	if (!status)
		status = serve(recipient);
	status = finish(recipient, status);
	session_end(&recipient->session);
	/* Not before: a reply is written where the handle goes. */
	forget_all(recipient);
	return status;
}

#define AT(_member) offsetof(struct recipient, _member)

static const struct option options[] = {
	{ "dial", "LINE", "make the calls that are asked for, on this line", OPTION_TEXT,
	  AT(line_word) },
	{ "count", "N", "end after so many requests, and the end of their calls", OPTION_NUMBER,
	  AT(count) },
	{ "quiet", NULL, "requests only on the output, no messages", OPTION_FLAG, AT(is_quiet) },
	{ 0 },
};

const struct command recipient_command = {
	.name = "recipient",
	.words = "",
	.help = "Take requests for calls, as 'tapi request' makes them, and make the calls.",
	.options = options,
	.size = sizeof(struct recipient),
	.run = run,
};
