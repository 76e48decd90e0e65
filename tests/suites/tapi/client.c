// SPDX-License-Identifier: GPL-2.0
/*
 * Applications of libtapi: their beginning and end, and their messages as text.
 */
#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "names.h"

#define CLIENTS_MAX	16
#define TEXT_SIZE	160
#define PORT_KEY	0x4b45594bU

static struct client clients[CLIENTS_MAX];

/* Whose messages tapi_dispatch() gives in this thread: those of an application have no instance. */
static _Thread_local struct client *dispatching;

struct client *client_of(const char *name)
{
	struct client *client = NULL;
	size_t i;

	for (i = 0; i < CLIENTS_MAX; i++) {
		if (!strcmp(clients[i].name, name))
			return &clients[i];
		if (!client && !*clients[i].name)
			client = &clients[i];
	}
	if (!client)
		fail_msg("too many clients");
	memset(client, 0, sizeof(*client));
	snprintf(client->name, sizeof(client->name), "%s", name);
	client->event = -1;
	client->port = -1;
	client->socket = -1;
	return client;
}

void clients_each(void (*what)(struct client *client))
{
	size_t i;

	for (i = 0; i < CLIENTS_MAX; i++)
		if (*clients[i].name)
			what(&clients[i]);
}

void clients_forget(void)
{
	memset(clients, 0, sizeof(clients));
}

/*
 * Labels
 */

/* Wider than a DWORD: what is cut to 32 bits is seen. */
DWORD_PTR client_instance(unsigned int line)
{
	return (DWORD_PTR)0x5500000000ULL + line;
}

unsigned int client_label_line(const struct client *client, HLINE line)
{
	unsigned int i;

	for (i = client->num_lines; i && client->lines[i - 1] != line; i--)
		;
	return i;
}

unsigned int client_label_call(const struct client *client, HCALL call)
{
	unsigned int i;

	for (i = client->num_calls; i && client->calls[i - 1] != call; i--)
		;
	return i;
}

unsigned int client_new_call(struct client *client, HCALL call, unsigned int line)
{
	if (client->num_calls == CLIENT_LABELS)
		fail_msg("%s has too many calls", client->name);
	client->calls[client->num_calls] = call;
	client->line_of[client->num_calls] = line;
	return ++client->num_calls;
}

HLINE client_line(struct client *client, unsigned int label)
{
	assert_in_range(label, 1, client->num_lines);
	return client->lines[label - 1];
}

HCALL client_call(struct client *client, unsigned int label)
{
	assert_in_range(label, 1, client->num_calls);
	return client->calls[label - 1];
}

void client_asked(struct client *client, LONG id, unsigned int call, const char *what)
{
	size_t i;

	for (i = 0; i < CLIENT_REQUESTS; i++) {
		if (client->requests[i].id == id)
			fail_msg("%s: request %d was given twice", client->name, id);
		if (client->requests[i].id)
			continue;
		client->requests[i] = (struct client_request) {
			.id = id,
			.call = call,
			.line = client->line_of[call - 1],
			.what = what,
		};
		return;
	}
	fail_msg("%s has too many requests", client->name);
}

/*
 * Beginning and end
 */

static void callback(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR first,
		     DWORD_PTR second, DWORD_PTR third)
{
	struct client *client = dispatching;

	/* Never but in who dispatches. */
	if (!client || client->queued == ARRAY_SIZE(client->queue))
		abort();
	client->queue[client->queued++] = (LINEMESSAGE) {
		.hDevice = device,
		.dwMessageID = message,
		.dwCallbackInstance = instance,
		.dwParam1 = first,
		.dwParam2 = second,
		.dwParam3 = third,
	};
}

static DWORD option_of(const char *way)
{
	if (!strcmp(way, "callback"))
		return LINEINITIALIZEEXOPTION_USEHIDDENWINDOW;
	if (!strcmp(way, "port"))
		return LINEINITIALIZEEXOPTION_USECOMPLETIONPORT;
	return LINEINITIALIZEEXOPTION_USEEVENT;
}

const char *client_begin(struct client *client, DWORD version, const char *way)
{
	LINEINITIALIZEEXPARAMS params = { .dwTotalSize = sizeof(params) };
	DWORD highest = version;
	int ends[2];
	LONG result;

	client->version = version;
	if (!strcmp(way, "old")) {
		client->option = LINEINITIALIZEEXOPTION_USEHIDDENWINDOW;
		result = lineInitialize(&client->app, NULL, callback, client->name,
					&client->num_devs);
		return result ? tapi_error(result) : NULL;
	}
	client->option = option_of(way);
	params.dwOptions = client->option;
	if (client->option == LINEINITIALIZEEXOPTION_USECOMPLETIONPORT) {
		if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends))
			return "no socket pair";
		client->event = ends[0];
		client->port = ends[1];
		params.Handles.hCompletionPort = TAPI_FD_TO_HANDLE(client->port);
		params.dwCompletionKey = PORT_KEY;
	}
	result = lineInitializeEx(&client->app, NULL, callback, client->name, &client->num_devs,
				  &highest, &params);
	if (result)
		return tapi_error(result);
	if (highest < version)
		return "the library speaks an older version";
	if (client->option == LINEINITIALIZEEXOPTION_USEEVENT)
		client->event = TAPI_HANDLE_TO_FD(params.Handles.hEvent);
	return NULL;
}

struct client *client_begun(const char *name, DWORD version, const char *way)
{
	struct client *client = client_of(name);
	const char *wrong = client_begin(client, version, way);

	if (wrong)
		fail_msg("%s: lineInitializeEx: %s", name, wrong);
	return client;
}

LONG client_shutdown(struct client *client)
{
	HLINEAPP app = client->app;
	LONG result;

	if (!app)
		return 0;
	client->app = 0;
	result = lineShutdown(app);
	/* After it, as TAPI asks for; and an event is not the application's to close. */
	if (client->port >= 0) {
		close(client->port);
		close(client->event);
		client->port = -1;
	}
	client->event = -1;
	return result;
}

/*
 * Messages
 */

static bool port_receive(struct client *client, LINEMESSAGE *message, int timeout_ms)
{
	struct tapi_completion completion;
	ssize_t length;

	if (!(wait_fd(client->event, POLLIN, timeout_ms) & POLLIN))
		return false;
	length = recv(client->event, &completion, sizeof(completion), MSG_DONTWAIT);
	if (length != sizeof(completion) || completion.key != PORT_KEY)
		abort();
	*message = *completion.message;
	tapi_free(completion.message);
	return true;
}

bool client_receive(struct client *client, LINEMESSAGE *message, int timeout_ms)
{
	long long end = now_ms() + timeout_ms;
	long long left = timeout_ms;

	if (client->queued) {
		*message = client->queue[0];
		client->queued--;
		memmove(client->queue, client->queue + 1,
			client->queued * sizeof(client->queue[0]));
		return true;
	}
	switch (client->option) {
	case LINEINITIALIZEEXOPTION_USEEVENT:
		return !lineGetMessage(client->app, message, (DWORD)timeout_ms);
	case LINEINITIALIZEEXOPTION_USECOMPLETIONPORT:
		return port_receive(client, message, timeout_ms);
	default:
		break;
	}
	do {
		dispatching = client;
		if (tapi_dispatch(client->app, (int)left) < 0)
			return false;
		dispatching = NULL;
		if (client->queued)
			return client_receive(client, message, 0);
		left = end - now_ms();
	} while (left > 0);
	return false;
}

static const char *privilege_text(DWORD_PTR privilege)
{
	static _Thread_local char text[32];

	if (!privilege)
		return "";
	snprintf(text, sizeof(text), " %s", word_of(privilege_words, (DWORD)privilege));
	return text;
}

static const char *mode_text(DWORD state, DWORD_PTR mode)
{
	static _Thread_local char text[64];

	if (state == LINECALLSTATE_DISCONNECTED) {
		snprintf(text, sizeof(text), " %s", word_of(disconnect_modes, (DWORD)mode));
		return text;
	}
	if ((state == LINECALLSTATE_CONNECTED && mode == LINECONNECTEDMODE_ACTIVE) ||
	    (state == LINECALLSTATE_OFFERING && mode == LINEOFFERINGMODE_ACTIVE))
		return " ACTIVE";
	if (!mode)
		return "";
	snprintf(text, sizeof(text), " mode %#llx", (unsigned long long)mode);
	return text;
}

/* "C1 ", or what is wrong with the handle: then the text is no message that a test expects. */
static const char *call_text(struct client *client, const LINEMESSAGE *message)
{
	unsigned int label = client_label_call(client, message->hDevice);
	static _Thread_local char text[64];
	const char *prefix = "", *suffix = "";
	unsigned int line;

	if (!label && message->dwMessageID == LINE_CALLSTATE && message->dwParam3) {
		line = (unsigned int)(message->dwCallbackInstance - client_instance(0));
		if (line && line <= client->num_lines) {
			label = client_new_call(client, message->hDevice, line);
			prefix = "new ";
		}
	}
	if (!label) {
		snprintf(text, sizeof(text), "call %#x of nobody", message->hDevice);
		return text;
	}
	if (client->call_gone[label - 1])
		suffix = " that is gone";
	else if (client->call_over[label - 1])
		suffix = " that is over";
	else if (message->dwCallbackInstance != client_instance(client->line_of[label - 1]))
		suffix = " of another instance";
	snprintf(text, sizeof(text), "%sC%u%s", prefix, label, suffix);
	return text;
}

static const char *line_text(struct client *client, HLINE line, DWORD_PTR instance)
{
	unsigned int label = client_label_line(client, line);
	static _Thread_local char text[64];

	if (!label)
		snprintf(text, sizeof(text), "line %#x of nobody", line);
	else
		snprintf(text, sizeof(text), "L%u%s%s", label,
			 client->line_gone[label - 1] ? " that is gone" : "",
			 instance != client_instance(label) ? " of another instance" : "");
	return text;
}

static void reply_text(struct client *client, const LINEMESSAGE *message, char *text)
{
	struct client_request *request = client->requests;
	LONG result = (LONG)message->dwParam2;
	unsigned int i;

	for (i = 0; i < CLIENT_REQUESTS; i++, request++)
		if (request->id && (DWORD_PTR)request->id == message->dwParam1)
			break;
	if (i == CLIENT_REQUESTS) {
		snprintf(text, TEXT_SIZE, "reply to %#llx that nobody asked, or twice: %s",
			 (unsigned long long)message->dwParam1, tapi_error(result));
		return;
	}
	/* Zero-extended, never sign-extended. */
	snprintf(text, TEXT_SIZE, "reply C%u %s %s%s%s%s", request->call, request->what,
		 tapi_error(result), message->dwParam2 >> 32 ? " sign-extended" : "",
		 message->dwParam3 ? " and something" : "",
		 message->dwCallbackInstance != client_instance(request->line) ?
		 " of another instance" : "");
	request->id = 0;
	if (!strcmp(request->what, "MakeCall")) {
		if (!result && !client->calls[request->call - 1])
			snprintf(text, TEXT_SIZE, "reply C%u MakeCall without a handle",
				 request->call);
		client->call_gone[request->call - 1] = result != 0;
	}
}

static void line_gone(struct client *client, unsigned int line)
{
	unsigned int i;

	client->line_gone[line - 1] = true;
	for (i = 0; i < client->num_calls; i++)
		if (client->line_of[i] == line)
			client->call_gone[i] = true;
}

void client_line_gone(struct client *client, unsigned int line)
{
	unsigned int i;

	line_gone(client, line);
	for (i = 0; i < CLIENT_REQUESTS; i++)
		if (client->requests[i].line == line)
			client->requests[i].id = 0;
}

static void state_text(struct client *client, const LINEMESSAGE *message, char *text)
{
	DWORD state = (DWORD)message->dwParam1;
	const char *call = call_text(client, message);
	unsigned int label = client_label_call(client, message->hDevice);

	snprintf(text, TEXT_SIZE, "%s %s%s%s", call, word_of(call_states, state),
		 mode_text(state, message->dwParam2), privilege_text(message->dwParam3));
	if (label && state == LINECALLSTATE_IDLE)
		client->call_over[label - 1] = true;
}

static void line_state_text(struct client *client, const LINEMESSAGE *message, char *text)
{
	DWORD state = (DWORD)message->dwParam1;
	char more[48] = "";

	if (state == LINEDEVSTATE_REINIT) {
		if (message->dwParam2)
			snprintf(more, sizeof(more), " for %llu %llu",
				 (unsigned long long)message->dwParam2,
				 (unsigned long long)message->dwParam3);
		snprintf(text, TEXT_SIZE, "REINIT%s%s", more,
			 message->hDevice || message->dwCallbackInstance ? " of a line" : "");
		return;
	}
	if (message->dwParam2 || message->dwParam3)
		snprintf(more, sizeof(more), " %llu %llu", (unsigned long long)message->dwParam2,
			 (unsigned long long)message->dwParam3);
	snprintf(text, TEXT_SIZE, "%s dev %s%s",
		 line_text(client, message->hDevice, message->dwCallbackInstance),
		 words_of(line_states, state), more);
}

static void info_text(struct client *client, const LINEMESSAGE *message, char *text)
{
	const DWORD counts = LINECALLINFOSTATE_NUMOWNERINCR | LINECALLINFOSTATE_NUMOWNERDECR |
			     LINECALLINFOSTATE_NUMMONITORS;
	DWORD changed = (DWORD)message->dwParam1;
	char more[16] = "";

	if (changed & ~counts)
		snprintf(more, sizeof(more), " %#x", changed & ~counts);
	snprintf(text, TEXT_SIZE, "%s info%s%s%s%s%s", call_text(client, message),
		 changed & LINECALLINFOSTATE_NUMOWNERINCR ? " +owner" : "",
		 changed & LINECALLINFOSTATE_NUMOWNERDECR ? " -owner" : "",
		 changed & LINECALLINFOSTATE_NUMMONITORS ? " monitors" : "", more,
		 message->dwParam2 || message->dwParam3 ? " and something" : "");
}

static void new_call_text(struct client *client, const LINEMESSAGE *message, char *text)
{
	HCALL call = (HCALL)message->dwParam2;
	unsigned int line = client_label_line(client, message->hDevice);
	bool is_known = client_label_call(client, call);

	snprintf(text, TEXT_SIZE, "%s new C%u%s at %llu%s",
		 line_text(client, message->hDevice, message->dwCallbackInstance),
		 client_new_call(client, call, line), privilege_text(message->dwParam3),
		 (unsigned long long)message->dwParam1, is_known ? " which is not new" : "");
}

/* What is about a device and not a line has neither handle nor instance. */
static const char *of_nothing(const LINEMESSAGE *message)
{
	return message->hDevice || message->dwCallbackInstance ? " of a line" : "";
}

static void other_text(struct client *client, const LINEMESSAGE *message, char *text)
{
	unsigned long long first = message->dwParam1, second = message->dwParam2;
	unsigned long long third = message->dwParam3;

	switch (message->dwMessageID) {
	case LINE_CREATE:
		snprintf(text, TEXT_SIZE, "CREATE %llu%s", first, of_nothing(message));
		break;
	case LINE_REMOVE:
		snprintf(text, TEXT_SIZE, "REMOVE %llu%s%s", first, of_nothing(message),
			 second || third ? " and something" : "");
		break;
	case LINE_REQUEST:
		snprintf(text, TEXT_SIZE, "REQUEST %llu %llu %llu of %llu", first, second, third,
			 (unsigned long long)message->dwCallbackInstance);
		break;
	case LINE_MONITORDIGITS:
		snprintf(text, TEXT_SIZE, "%s digit %c mode %llu", call_text(client, message),
			 (char)first, second);
		break;
	case LINE_GENERATE:
		snprintf(text, TEXT_SIZE, "%s generate %llu", call_text(client, message), first);
		break;
	case LINE_GATHERDIGITS:
		snprintf(text, TEXT_SIZE, "%s gather %llu", call_text(client, message), first);
		break;
	default:
		snprintf(text, TEXT_SIZE, "message %u of %#x: %llx %llx %llx",
			 message->dwMessageID, message->hDevice, first, second, third);
		break;
	}
}

const char *client_text(struct client *client, const LINEMESSAGE *message)
{
	static _Thread_local char text[TEXT_SIZE];
	unsigned int line;
	size_t length;

	switch (message->dwMessageID) {
	case LINE_REPLY:
		reply_text(client, message, text);
		break;
	case LINE_CALLSTATE:
		state_text(client, message, text);
		break;
	case LINE_CALLINFO:
		info_text(client, message, text);
		break;
	case LINE_LINEDEVSTATE:
		line_state_text(client, message, text);
		break;
	case LINE_APPNEWCALL:
		new_call_text(client, message, text);
		break;
	case LINE_CLOSE:
		snprintf(text, sizeof(text), "%s CLOSE",
			 line_text(client, message->hDevice, message->dwCallbackInstance));
		line = client_label_line(client, message->hDevice);
		if (line)
			line_gone(client, line);
		break;
	default:
		other_text(client, message, text);
		break;
	}
	length = strlen(client->trace);
	snprintf(client->trace + length, sizeof(client->trace) - length, "%s\n", text);
	return text;
}

/* What is told now, behind what was told before, all of it to be heard later. */
static void listen_on(struct client *client)
{
	LINEMESSAGE kept[ARRAY_SIZE(client->queue)];
	unsigned int queued = client->queued;
	LINEMESSAGE message;

	memcpy(kept, client->queue, sizeof(kept));
	client->queued = 0;
	while (queued < ARRAY_SIZE(kept) - 16 && client_receive(client, &message, 50))
		kept[queued++] = message;
	memcpy(client->queue, kept, sizeof(kept));
	client->queued = queued;
}

DWORD client_device(struct client *client, const char *adapter, unsigned int line)
{
	union {
		LINEDEVCAPS caps;
		char room[2048];
	} u;
	long long end = now_ms() + patience();
	char wanted[64];
	DWORD device;

	snprintf(wanted, sizeof(wanted), "%s line %u", adapter, line);
	do {
		for (device = 0; device < 64; device++) {
			u.caps.dwTotalSize = sizeof(u);
			if (lineGetDevCaps(client->app, device, V2_0, 0, &u.caps))
				continue;
			if (u.caps.dwLineNameSize &&
			    !strcmp(u.room + u.caps.dwLineNameOffset, wanted))
				return device;
		}
		/* It has not heard of its LINE_CREATE yet. */
		listen_on(client);
	} while (now_ms() < end);
	return 0xffffffff;
}

unsigned int count_threads(void)
{
	DIR *folder = opendir("/proc/self/task");
	unsigned int threads = 0;

	assert_non_null(folder);
	while (readdir(folder))
		threads++;
	closedir(folder);
	return threads - 2;
}

unsigned int count_descriptors(void)
{
	DIR *folder = opendir("/proc/self/fd");
	unsigned int descriptors = 0;

	assert_non_null(folder);
	while (readdir(folder))
		descriptors++;
	closedir(folder);
	return descriptors - 3;
}

void assert_fails(LONG result, LONG error, const char *what, const char *file, int line)
{
	if (result != error)
		fail_with(file, line, "%s: %s, not %s", what, tapi_error(result),
			  tapi_error(error));
}
