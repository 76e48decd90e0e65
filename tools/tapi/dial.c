// SPDX-License-Identifier: GPL-2.0
/*
 * tapi dial: make a call and hold it.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

/**
 * struct dial - the arguments, and the call
 * @words: line and number
 * @calling: shown to the far end, or NULL
 * @media: LINEMEDIAMODE_*, 0: the first that the line has
 * @wait_ms: until it must be connected, -1 for ever
 * @hold_ms: how long it is held, -1 until a signal or the far end
 * @is_quiet: messages are not printed
 * @session: the application
 * @line: the open line
 * @request: of lineMakeCall, until it is answered
 * @call: written by the library before it gives the reply: it must stay where it is until then
 * @has_call: it was
 * @mode: LINEDISCONNECTMODE_* of the end
 * @was_connected: it was
 * @is_over: there is nothing more to wait for
 * @is_gone: the line was closed from below, and the call's handle with it
 * @end_ms: of the wait
 */
struct dial {
	struct words words;
	const char *calling;
	uint32_t media;
	int wait_ms;
	int hold_ms;
	bool is_quiet;

	struct session session;
	HLINE line;
	LONG request;
	HCALL call;
	bool has_call;
	DWORD mode;
	bool was_connected;
	bool is_over;
	bool is_gone;
	long long end_ms;
};

/* LINECALLPARAMS with a calling number behind it, to be freed. */
static LINECALLPARAMS *params_new(const struct dial *dial)
{
	size_t length = dial->calling ? strlen(dial->calling) + 1 : 0;
	LINECALLPARAMS *params = calloc(1, sizeof(*params) + length);

	if (!params)
		return NULL;
	params->dwTotalSize = (DWORD)(sizeof(*params) + length);
	params->dwMediaMode = dial->media;
	params->dwAddressMode = LINEADDRESSMODE_ADDRESSID;
	if (length) {
		params->dwCallingPartyIDSize = (DWORD)length;
		params->dwCallingPartyIDOffset = sizeof(*params);
		memcpy(params + 1, dial->calling, length);
	}
	return params;
}

/* What it has, of what is most likely to be wanted. */
static LONG choose_media(struct dial *dial, DWORD device)
{
	static const DWORD modes[] = {
		LINEMEDIAMODE_DIGITALDATA, LINEMEDIAMODE_DATAMODEM, LINEMEDIAMODE_INTERACTIVEVOICE,
		LINEMEDIAMODE_AUTOMATEDVOICE, LINEMEDIAMODE_G3FAX, LINEMEDIAMODE_UNKNOWN,
	};
	LINEDEVCAPS *caps;
	LONG error = 0;
	size_t i;

	if (dial->media)
		return 0;
	caps = session_caps(&dial->session, device, &error);
	if (!caps)
		return error;
	for (i = 0; i < ARRAY_SIZE(modes) && !dial->media; i++)
		dial->media = caps->dwMediaModes & modes[i];
	free(caps);
	return 0;
}

static int make_call(struct dial *dial)
{
	const char *line = dial->words.word[0], *number = dial->words.word[1];
	LINECALLPARAMS *params;
	DWORD device;
	LONG error;
	int status;

	status = session_device(&dial->session, line, &device);
	if (status)
		return status;
	error = choose_media(dial, device);
	/* Who only makes calls needs no privilege for those of others. */
	if (!error)
		error = session_open(&dial->session, device, LINECALLPRIVILEGE_NONE, 0,
				     &dial->line);
	if (error)
		return tapi_failure(error, "cannot open line %s", line);
	params = params_new(dial);
	if (!params)
		return failure("no memory");
	dial->request = lineMakeCall(dial->line, &dial->call, number, 0, params);
	free(params);
	if (dial->request < 0)
		return tapi_failure(dial->request, "cannot call %s", number);
	return STATUS_OK;
}

static int take_reply(struct dial *dial, const LINEMESSAGE *message)
{
	LONG result = TAPI_RESULT(message->dwParam2);

	if ((LONG)message->dwParam1 != dial->request)
		return STATUS_OK;
	dial->request = 0;
	if (!result) {
		dial->has_call = true;
		return STATUS_OK;
	}
	/* There never was a call. */
	dial->is_over = true;
	return tapi_failure(result, "no connection to %s", dial->words.word[1]);
}

static void take_state(struct dial *dial, const LINEMESSAGE *message)
{
	if (!dial->has_call || message->hDevice != dial->call)
		return;
	switch (message->dwParam1) {
	case LINECALLSTATE_CONNECTED:
		dial->was_connected = true;
		dial->end_ms = dial->hold_ms >= 0 ? now_ms() + dial->hold_ms : -1;
		break;
	case LINECALLSTATE_DISCONNECTED:
		/* The far end has cleared: the call is still there until we drop it. */
		dial->mode = (DWORD)message->dwParam2;
		dial->is_over = true;
		break;
	case LINECALLSTATE_IDLE:
		dial->is_over = true;
		break;
	default:
		break;
	}
}

static int take_message(struct dial *dial, const LINEMESSAGE *message)
{
	if (!dial->is_quiet)
		print_message(message);
	switch (message->dwMessageID) {
	case LINE_REPLY:
		return take_reply(dial, message);
	case LINE_CALLSTATE:
		take_state(dial, message);
		return STATUS_OK;
	case LINE_CLOSE:
		/* Line and call died with this message: nothing is to be closed any more. */
		if (message->hDevice != dial->line)
			return STATUS_OK;
		dial->is_gone = true;
		dial->is_over = true;
		return failure("the line was closed: its device is gone");
	default:
		/* LINEDEVSTATE_REINIT: as soon as convenient, which is when the call is over. */
		return STATUS_OK;
	}
}

static int hold(struct dial *dial)
{
	LINEMESSAGE message;
	int status = STATUS_OK;

	while (!status && !dial->is_over) {
		if (!session_next(&dial->session, &message, dial->end_ms))
			break;
		status = take_message(dial, &message);
	}
	return status;
}

static int finish(struct dial *dial, int status)
{
	const char *number = dial->words.word[1];
	const char *mode = tapi_disconnect_mode_name(dial->mode);
	int err = STATUS_OK;

	session_finish(&dial->session);
	/*
	 * A call without a reply yet has no handle to drop it by; closing the line ends it, with no
	 * reply any more.
	 */
	if (dial->has_call && !dial->is_gone)
		err = call_end(&dial->session, dial->call, dial->is_quiet);
	if (err || status)
		return err ? err : status;
	if (!dial->was_connected && dial->mode)
		return failure("no connection to %s: %s", number, mode ? mode : "unknown reason");
	if (!dial->was_connected)
		return failure("no connection to %s: given up", number);
	return STATUS_OK;
}

static int run(void *data)
{
	struct dial *dial = data;
	int status;

	status = session_begin(&dial->session);
	if (status)
		return status;
	if (dial->wait_ms >= 0)
		dial->end_ms = now_ms() + dial->wait_ms;
	status = make_call(dial);
	if (!status) {
		status = hold(dial);
		status = finish(dial, status);
	}
	if (dial->line && !dial->is_gone)
		lineClose(dial->line);
	session_end(&dial->session);
	return status;
}

static const struct dial defaults = {
	.wait_ms = -1,
	.hold_ms = -1,
	.end_ms = -1,
};

#define AT(_member) offsetof(struct dial, _member)

static const struct option options[] = {
	{ "calling", "ADDRESS", "show this to the far end as the number that calls", OPTION_TEXT,
	  AT(calling) },
	{ "media", "MODE", "media mode; the first that the line has if it is not said",
	  OPTION_MEDIA, AT(media) },
	{ "wait", "SECONDS", "give up if it is not connected by then", OPTION_SECONDS,
	  AT(wait_ms) },
	{ "hold", "SECONDS", "hang up after so long; else on SIGINT, or when the far end does",
	  OPTION_SECONDS, AT(hold_ms) },
	{ "quiet", NULL, "no messages on the output", OPTION_FLAG, AT(is_quiet) },
	{ 0 },
};

const struct command dial_command = {
	.name = "dial",
	.words = "LINE NUMBER",
	.help = "Make a call and hold it until a signal comes or the far end hangs up.",
	.details = "Exit status: 0 if it was connected, 1 if not.",
	.options = options,
	.size = sizeof(struct dial),
	.defaults = &defaults,
	.run = run,
};
