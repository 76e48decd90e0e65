// SPDX-License-Identifier: GPL-2.0
/*
 * tapi answer: listen on lines and answer what comes.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

/* Lines that are listened on, calls that are held at a time; more of them are rejected. */
#define LINES_MAX 256
#define CALLS_MAX 256

/**
 * struct held - a call that was offered
 * @handle: 0: the slot is free
 * @line: its line, with which it dies
 * @end_ms: when it will be dropped, or -1
 */
struct held {
	HCALL handle;
	HLINE line;
	long long end_ms;
};

struct answer {
	struct words words;
	uint32_t media;
	uint32_t count;
	int hold_ms;
	bool is_quiet;

	struct session session;
	HLINE lines[LINES_MAX];
	size_t num_lines;
	struct held calls[CALLS_MAX];
	size_t used;
	uint32_t taken;
	uint32_t ended;
};

static int open_line(struct answer *answer, const char *word)
{
	DWORD device, media = answer->media;
	LINEDEVCAPS *caps;
	int status;
	LONG error;

	status = session_device(&answer->session, word, &device);
	if (status)
		return status;
	if (!media) {
		caps = session_caps(&answer->session, device, &error);
		if (!caps)
			return tapi_failure(error, "line %s", word);
		media = caps->dwMediaModes;
		free(caps);
	}
	error = session_open(&answer->session, device, LINECALLPRIVILEGE_OWNER, media,
			     &answer->lines[answer->num_lines]);
	if (error)
		return tapi_failure(error, "cannot listen on line %s", word);
	answer->num_lines++;
	return STATUS_OK;
}

static int open_lines(struct answer *answer)
{
	int i, status = STATUS_OK;

	answer->num_lines = 0;
	for (i = 0; i < answer->words.length && !status; i++)
		status = open_line(answer, answer->words.word[i]);
	if (!status && !answer->is_quiet && !wants_json) {
		printf("listening on %zu line%s\n", answer->num_lines,
		       answer->num_lines > 1 ? "s" : "");
		fflush(stdout);
	}
	return status;
}

static struct held *find(struct answer *answer, HCALL handle)
{
	size_t i;

	for (i = 0; i < answer->used; i++)
		if (answer->calls[i].handle == handle)
			return &answer->calls[i];
	return NULL;
}

/* What a call's end overtakes is no failure: its messages say what became of it. */
static int result(LONG error, const char *what)
{
	return error >= 0 || is_over(error) ? STATUS_OK : tapi_failure(error, "cannot %s", what);
}

/* A call of which this program is an owner from now on. */
static int take_call(struct answer *answer, const LINEMESSAGE *message)
{
	HCALL handle = (HCALL)message->dwParam2;
	struct held *call = find(answer, 0);

	if (!call && answer->used < CALLS_MAX)
		call = &answer->calls[answer->used++];
	if (!call || (answer->count && answer->taken >= answer->count))
		/* Its LINECALLSTATE_IDLE will come, and then it is deallocated. */
		return result(lineDrop(handle, NULL, 0), "reject a call");
	*call = (struct held) { .handle = handle, .line = message->hDevice, .end_ms = -1 };
	answer->taken++;
	return STATUS_OK;
}

static int take_state(struct answer *answer, const LINEMESSAGE *message)
{
	struct held *call = find(answer, message->hDevice);

	switch (message->dwParam1) {
	case LINECALLSTATE_OFFERING:
		return call ? result(lineAnswer(call->handle, NULL, 0), "answer a call") :
			      STATUS_OK;
	case LINECALLSTATE_CONNECTED:
		if (call && answer->hold_ms >= 0)
			call->end_ms = now_ms() + answer->hold_ms;
		return STATUS_OK;
	case LINECALLSTATE_DISCONNECTED:
		/* The far end has cleared. It is not the end: the line stays busy until we drop. */
		return result(lineDrop(message->hDevice, NULL, 0), "drop a call");
	case LINECALLSTATE_IDLE:
		if (call) {
			call->handle = 0;
			answer->ended++;
		}
		return result(lineDeallocateCall(message->hDevice), "deallocate a call");
	default:
		return STATUS_OK;
	}
}

/* The line's handle died when this was queued, and those of its calls: they are forgotten. */
static int take_close(struct answer *answer, HLINE line)
{
	size_t i;

	for (i = 0; i < answer->used; i++) {
		if (answer->calls[i].handle && answer->calls[i].line == line) {
			answer->calls[i].handle = 0;
			answer->ended++;
		}
	}
	for (i = 0; i < answer->num_lines; i++)
		if (answer->lines[i] == line)
			answer->lines[i] = answer->lines[--answer->num_lines];
	return answer->num_lines ? STATUS_OK :
				   session_await_reinit(&answer->session, answer->is_quiet);
}

static int take_message(struct answer *answer, const LINEMESSAGE *message)
{
	if (!answer->is_quiet)
		print_message(message);
	switch (message->dwMessageID) {
	case LINE_APPNEWCALL:
		return take_call(answer, message);
	case LINE_CALLSTATE:
		return take_state(answer, message);
	case LINE_CLOSE:
		return take_close(answer, message->hDevice);
	default:
		return STATUS_OK;
	}
}

static size_t count_held(const struct answer *answer)
{
	size_t i, count = 0;

	for (i = 0; i < answer->used; i++)
		count += answer->calls[i].handle != 0;
	return count;
}

/* Drop what is due; when the next one is, or -1. */
static long long take_time(struct answer *answer, int *status)
{
	long long now = now_ms(), next = -1;
	size_t i;

	for (i = 0; i < answer->used && !*status; i++) {
		struct held *call = &answer->calls[i];

		if (!call->handle || call->end_ms < 0)
			continue;
		if (now >= call->end_ms) {
			call->end_ms = -1;
			*status = result(lineDrop(call->handle, NULL, 0), "drop a call");
		} else if (next < 0 || call->end_ms < next) {
			next = call->end_ms;
		}
	}
	return next;
}

/* The line table is another one: when nothing is lost by it, the application begins anew. */
static int renew(struct answer *answer)
{
	int status = session_renew(&answer->session);

	answer->used = 0;
	return status ? status : open_lines(answer);
}

static int serve(struct answer *answer)
{
	LINEMESSAGE message;
	int status = STATUS_OK;
	long long next;

	while (!status && !answer->session.is_stopped &&
	       (!answer->count || answer->ended < answer->count)) {
		next = take_time(answer, &status);
		if (!status && session_next(&answer->session, &message, next))
			status = take_message(answer, &message);
		if (!status && answer->session.is_old && !count_held(answer))
			status = renew(answer);
	}
	return status;
}

/* What is still up is dropped, all at once, and its end awaited. */
static int finish(struct answer *answer, int status)
{
	size_t i;

	session_finish(&answer->session);
	for (i = 0; i < answer->used; i++)
		if (answer->calls[i].handle)
			lineDrop(answer->calls[i].handle, NULL, 0);
	for (i = 0; i < answer->used && !answer->session.is_stopped; i++) {
		if (answer->calls[i].handle &&
		    call_end(&answer->session, answer->calls[i].handle, answer->is_quiet))
			status = STATUS_FAILURE;
	}
	for (i = 0; i < answer->num_lines; i++)
		lineClose(answer->lines[i]);
	return status;
}

static int run(void *data)
{
	struct answer *answer = data;
	int status;

	if (answer->words.length > LINES_MAX)
		return usage("%d lines are too many; it listens on %d at most",
			     answer->words.length, LINES_MAX);
	status = session_begin(&answer->session);
	if (status)
		return status;
	status = open_lines(answer);
	if (!status)
		status = serve(answer);
	status = finish(answer, status);
	session_end(&answer->session);
	return status;
}

static const struct answer defaults = { .hold_ms = -1 };

#define AT(_member) offsetof(struct answer, _member)

static const struct option options[] = {
	{ "media", "MODE", "take calls of this media mode only", OPTION_MEDIA, AT(media) },
	{ "count", "N", "end after so many calls", OPTION_NUMBER, AT(count) },
	{ "hold", "SECONDS", "hang up after so long; else the far end does", OPTION_SECONDS,
	  AT(hold_ms) },
	{ "quiet", NULL, "no messages on the output", OPTION_FLAG, AT(is_quiet) },
	{ 0 },
};

const struct command answer_command = {
	.name = "answer",
	.words = "LINE...",
	.help = "Listen on lines and answer calls, until a signal comes or so many have ended.",
	.options = options,
	.size = sizeof(struct answer),
	.defaults = &defaults,
	.run = run,
};
