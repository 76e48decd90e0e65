// SPDX-License-Identifier: GPL-2.0
/*
 * What a client does when a line of text says so. No failure here is cmocka's: it may be in
 * another thread or process.
 */
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

#define WORDS_MAX	12
#define MESSAGES_MAX	48

/**
 * struct command - a line of text, taken apart
 * @text: the words, each with its end
 * @words: where they begin
 * @length: how many
 * @rest: all behind the first word, as it was
 * @error: what the command is to be refused with, or 0
 */
struct command {
	char text[2048];
	char *words[WORDS_MAX];
	unsigned int length;
	char rest[2048];
	LONG error;
};

static const char *wrong(const char *format, ...) __attribute__((format(printf, 1, 2)));
static const char *wrong(const char *format, ...)
{
	static _Thread_local char text[8192];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	return text;
}

static const char *command_parse(struct command *command, const char *line)
{
	char *word, *at, *error;

	snprintf(command->text, sizeof(command->text), "%s", line);
	command->error = 0;
	error = strstr(command->text, " = ");
	if (error) {
		*error = '\0';
		command->error = tapi_error_of(error + 3);
		if (command->error == 1)
			return wrong("no error is called %s", error + 3);
	}
	word = strchr(command->text, ' ');
	snprintf(command->rest, sizeof(command->rest), "%s", word ? word + 1 : "");
	command->length = 0;
	for (word = strtok_r(command->text, " ", &at); word; word = strtok_r(NULL, " ", &at))
		if (command->length < WORDS_MAX)
			command->words[command->length++] = word;
	return command->length ? NULL : wrong("an empty command");
}

static const char *word_at(const struct command *command, unsigned int n)
{
	return n < command->length ? command->words[n] : "";
}

static unsigned int label_at(const struct command *command, unsigned int n)
{
	const char *word = word_at(command, n);

	return *word ? (unsigned int)atoi(word + 1) : 0;
}

/* A handle that the client does not know is one that nobody knows. */
static HCALL call_at(struct client *client, const struct command *command, unsigned int n)
{
	unsigned int label = label_at(command, n);

	return label && label <= client->num_calls ? client->calls[label - 1] : 0x7ffffff1;
}

static HLINE line_at(struct client *client, const struct command *command, unsigned int n)
{
	unsigned int label = label_at(command, n);

	return label && label <= client->num_lines ? client->lines[label - 1] : 0x7ffffff2;
}

static const char *answer(const struct command *command, const char *function, LONG result)
{
	if (result == command->error)
		return NULL;
	return wrong("%s: %s, not %s", function, tapi_error(result), tapi_error(command->error));
}

/* An asynchronous function's. */
static const char *asked(struct client *client, const struct command *command, const char *what,
			 LONG result)
{
	if (!result)
		return wrong("line%s: 0, which is no request", what);
	if (result < 0 || command->error)
		return answer(command, what, result);
	client_asked(client, result, label_at(command, 1), what);
	return NULL;
}

/*
 * The commands
 */

static const char *do_begin(struct client *client, struct command *command)
{
	static const struct word versions[] = {
		{ V1_3, "1.3" }, { V1_4, "1.4" }, { V2_0, "2.0" }, { V2_1, "2.1" },
		{ V2_2, "2.2" }, { 0, NULL },
	};
	DWORD version = value_of(versions, word_at(command, 1));
	const char *failure;

	failure = client_begin(client, version ? version : V2_2,
			       command->length > 2 ? word_at(command, 2) : "event");
	if (failure && command->error && tapi_error_of(failure) == command->error)
		return NULL;
	if (!failure && command->error)
		return wrong("lineInitializeEx: 0, not %s", tapi_error(command->error));
	return failure ? wrong("lineInitializeEx: %s", failure) : NULL;
}

static const char *do_open(struct client *client, struct command *command)
{
	DWORD privileges = 0, media = 0, version, device;
	unsigned int label = client->num_lines + 1, i;
	LINEEXTENSIONID extension;
	char adapter[64], *dot;
	LONG result;
	HLINE line = 0;

	snprintf(adapter, sizeof(adapter), "%s", word_at(command, 1));
	dot = strchr(adapter, '.');
	if (dot)
		*dot++ = '\0';
	for (i = 2; i < command->length; i++) {
		privileges |= value_of(privilege_words, command->words[i]);
		media |= value_of(media_words, command->words[i]);
	}
	if (privileges & LINECALLPRIVILEGE_OWNER && !media)
		media = LINEMEDIAMODE_DIGITALDATA;
	device = client_device(client, adapter, dot ? (unsigned int)atoi(dot) : 0);
	if (device == 0xffffffff)
		return wrong("there is no device for %s", adapter);
	result = lineNegotiateAPIVersion(client->app, device, V1_3, client->version, &version,
					 &extension);
	if (result)
		return wrong("lineNegotiateAPIVersion: %s", tapi_error(result));
	if (version != client->version)
		return wrong("version %#x was negotiated", version);
	result = lineOpen(client->app, device, &line, version, 0, client_instance(label),
			  privileges, media, NULL);
	if (result || command->error)
		return answer(command, "lineOpen", result);
	if (client->num_lines == CLIENT_LABELS)
		return wrong("too many lines");
	client->lines[client->num_lines++] = line;
	return NULL;
}

static const char *do_close(struct client *client, struct command *command)
{
	LONG result = lineClose(line_at(client, command, 1));

	if (!result)
		client_line_gone(client, label_at(command, 1));
	return answer(command, "lineClose", result);
}

static const char *do_shutdown(struct client *client, struct command *command)
{
	return answer(command, "lineShutdown", client_shutdown(client));
}

static const char *do_call(struct client *client, struct command *command)
{
	DWORD media = value_of(media_words, word_at(command, 3));
	LINECALLPARAMS params = {
		.dwTotalSize = sizeof(params),
		.dwMediaMode = media ? media : LINEMEDIAMODE_DIGITALDATA,
	};
	unsigned int label;
	LONG result;

	/* The handle comes with the reply: until then its place is empty. */
	label = client_new_call(client, 0, label_at(command, 1));
	result = lineMakeCall(line_at(client, command, 1), &client->calls[label - 1],
			      word_at(command, 2), 0, &params);
	if (result <= 0 || command->error) {
		client->num_calls--;
		return result ? answer(command, "lineMakeCall", result) :
			wrong("lineMakeCall: 0, which is no request");
	}
	/* A completion port is written to by a thread of the library's, at any time. */
	if (client->option != LINEINITIALIZEEXOPTION_USECOMPLETIONPORT &&
	    client->calls[label - 1])
		return wrong("the handle came before the reply");
	client_asked(client, result, label, "MakeCall");
	return NULL;
}

static const char *do_accept(struct client *client, struct command *command)
{
	return asked(client, command, "Accept", lineAccept(call_at(client, command, 1), NULL, 0));
}

static const char *do_answer(struct client *client, struct command *command)
{
	return asked(client, command, "Answer", lineAnswer(call_at(client, command, 1), NULL, 0));
}

static const char *do_drop(struct client *client, struct command *command)
{
	return asked(client, command, "Drop", lineDrop(call_at(client, command, 1), NULL, 0));
}

static const char *do_deallocate(struct client *client, struct command *command)
{
	unsigned int label = label_at(command, 1);
	LONG result = lineDeallocateCall(call_at(client, command, 1));

	if (!result && label <= client->num_calls)
		client->call_gone[label - 1] = true;
	return answer(command, "lineDeallocateCall", result);
}

static const char *do_privilege(struct client *client, struct command *command)
{
	return answer(command, "lineSetCallPrivilege",
		      lineSetCallPrivilege(call_at(client, command, 1),
					   value_of(privilege_words, word_at(command, 2))));
}

static const char *do_handoff(struct client *client, struct command *command)
{
	DWORD media = value_of(media_words, word_at(command, 2));

	return answer(command, "lineHandoff",
		      lineHandoff(call_at(client, command, 1),
				  media ? NULL : word_at(command, 2), media));
}

static const char *do_new_calls(struct client *client, struct command *command)
{
	union {
		LINECALLLIST list;
		char room[1024];
	} u = { .list.dwTotalSize = sizeof(u) };
	HCALL call;
	LONG result;
	DWORD i;

	result = lineGetNewCalls(line_at(client, command, 1), 0, LINECALLSELECT_LINE, &u.list);
	if (result || command->error)
		return answer(command, "lineGetNewCalls", result);
	if (u.list.dwCallsNumEntries != (DWORD)atoi(word_at(command, 2)))
		return wrong("%u new calls", u.list.dwCallsNumEntries);
	for (i = 0; i < u.list.dwCallsNumEntries; i++) {
		memcpy(&call, u.room + u.list.dwCallsOffset + i * sizeof(call), sizeof(call));
		client_new_call(client, call, label_at(command, 1));
	}
	return NULL;
}

static const char *do_messages(struct client *client, struct command *command)
{
	return answer(command, "lineSetStatusMessages",
		      lineSetStatusMessages(line_at(client, command, 1),
					    values_of(line_states, word_at(command, 2)), 0));
}

static const char *do_state(struct client *client, struct command *command)
{
	LINECALLSTATUS status = { .dwTotalSize = sizeof(status) };
	LONG result = lineGetCallStatus(call_at(client, command, 1), &status);

	if (result || command->error)
		return answer(command, "lineGetCallStatus", result);
	if (strcmp(word_of(call_states, status.dwCallState), word_at(command, 2)))
		return wrong("the state is %s", word_of(call_states, status.dwCallState));
	return NULL;
}

static const char *do_counts(struct client *client, struct command *command)
{
	union {
		LINECALLINFO info;
		char room[4096];
	} u = { .info.dwTotalSize = sizeof(u) };
	LONG result = lineGetCallInfo(call_at(client, command, 1), &u.info);
	char counts[32];

	if (result || command->error)
		return answer(command, "lineGetCallInfo", result);
	snprintf(counts, sizeof(counts), "%u+%u", u.info.dwNumOwners, u.info.dwNumMonitors);
	if (strcmp(counts, word_at(command, 2)))
		return wrong("the counts are %s", counts);
	return NULL;
}

static const char *do_requests(struct client *client, struct command *command)
{
	unsigned int pending = 0;
	size_t i;

	for (i = 0; i < CLIENT_REQUESTS; i++)
		pending += !!client->requests[i].id;
	if (pending != (unsigned int)atoi(word_at(command, 1)))
		return wrong("%u requests", pending);
	return NULL;
}

static const char *do_shows_lines(struct client *client, struct command *command)
{
	(void)command;
	client->shows_lines = true;
	return NULL;
}

/* The next message that is not skipped, or NULL. */
static const char *next_text(struct client *client, int timeout_ms)
{
	LINEMESSAGE message;

	while (client_receive(client, &message, timeout_ms)) {
		if (!client->shows_lines && (message.dwMessageID == LINE_CREATE ||
					     message.dwMessageID == LINE_REMOVE))
			continue;
		return client_text(client, &message);
	}
	return NULL;
}

static const char *listen_for(struct client *client, struct command *command, bool is_ordered)
{
	const char *entries[MESSAGES_MAX], *text;
	unsigned int length = 0, heard, i;
	char *entry, *at;

	for (entry = strtok_r(command->rest, ";", &at); entry; entry = strtok_r(NULL, ";", &at)) {
		if (length == MESSAGES_MAX)
			return wrong("too many messages");
		entries[length++] = entry + strspn(entry, " ");
	}
	for (heard = 0; heard < length; heard++) {
		text = next_text(client, patience());
		if (!text)
			return wrong("no \"%s\"; heard so far:\n%s", entries[heard],
				     client->trace);
		for (i = heard; i < (is_ordered ? heard + 1 : length); i++)
			if (!fnmatch(entries[i], text, 0))
				break;
		if (i == (is_ordered ? heard + 1 : length))
			return wrong("\"%s\" instead of \"%s\"; heard so far:\n%s", text,
				     entries[heard], client->trace);
		entries[i] = entries[heard];
	}
	return NULL;
}

static const char *do_hears(struct client *client, struct command *command)
{
	return listen_for(client, command, true);
}

static const char *do_hears_any(struct client *client, struct command *command)
{
	return listen_for(client, command, false);
}

static const char *do_hears_nothing(struct client *client, struct command *command)
{
	const char *text;

	(void)command;
	if (!client->app)
		return NULL;
	/* What was done in other processes, and in the kernel's threads for them, has its time. */
	text = next_text(client, is_debug_kernel() ? 100 : 30);
	return text ? wrong("\"%s\" was not to come; heard so far:\n%s", text, client->trace) :
		NULL;
}

/**
 * struct verb - a command
 * @name: its first word
 * @function: what does it
 */
struct verb {
	const char *name;
	const char *(*function)(struct client *client, struct command *command);
};

static const struct verb verbs[] = {
	{ "begin", do_begin },
	{ "open", do_open },
	{ "close", do_close },
	{ "shutdown", do_shutdown },
	{ "call", do_call },
	{ "accept", do_accept },
	{ "answer", do_answer },
	{ "drop", do_drop },
	{ "deallocate", do_deallocate },
	{ "privilege", do_privilege },
	{ "handoff", do_handoff },
	{ "new-calls", do_new_calls },
	{ "messages", do_messages },
	{ "state", do_state },
	{ "counts", do_counts },
	{ "requests", do_requests },
	{ "shows-lines", do_shows_lines },
	{ "hears", do_hears },
	{ "hears-any", do_hears_any },
	{ "hears-nothing", do_hears_nothing },
};

const char *client_try(struct client *client, const char *line)
{
	struct command command;
	const char *failure;
	size_t i;

	failure = command_parse(&command, line);
	if (failure)
		return failure;
	if (!client->app && strcmp(command.words[0], "begin") && !client->version) {
		failure = client_begin(client, V2_2, "event");
		if (failure)
			return wrong("lineInitializeEx: %s", failure);
	}
	for (i = 0; i < ARRAY_SIZE(verbs); i++)
		if (!strcmp(verbs[i].name, command.words[0]))
			return verbs[i].function(client, &command);
	return wrong("no command is called %s", command.words[0]);
}
