// SPDX-License-Identifier: GPL-2.0
/*
 * tapi request: ask for a call, which another program makes; assisted telephony.
 */
#include <stddef.h>

#include "program.h"

struct request {
	struct words words;
	const char *app;
	const char *party;
	const char *comment;
};

static int run(void *data)
{
	const struct request *request = data;
	const char *number = request->words.word[0];
	LONG error;

	error = tapiRequestMakeCall(number, request->app, request->party, request->comment);
	if (error)
		return tapi_failure(error, "cannot ask for a call to %s", number);
	return STATUS_OK;
}

static const struct request defaults = { .app = "tapi" };

#define AT(_member) offsetof(struct request, _member)

static const struct option options[] = {
	{ "app", "TEXT", "who asks; tapi if it is not said", OPTION_TEXT, AT(app) },
	{ "party", "TEXT", "who is called, for people", OPTION_TEXT, AT(party) },
	{ "comment", "TEXT", "a remark, for people", OPTION_TEXT, AT(comment) },
	{ 0 },
};

const struct command request_command = {
	.name = "request",
	.words = "NUMBER",
	.help = "Ask for a call, which the program that takes such requests will make.",
	.details = "Success means that somebody takes it, not that it is made. One who takes\n"
		   "requests is 'tapi recipient'.",
	.options = options,
	.size = sizeof(struct request),
	.defaults = &defaults,
	.run = run,
};
