// SPDX-License-Identifier: GPL-2.0
/*
 * Scripts: who does what next, here or in a process of its own.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "internal.h"

/* New clients of this test are in processes of their own. */
static bool is_apart;

/*
 * A client's process: what the socket says it does, and says what was wrong, or nothing.
 */

struct seat {
	int socket;
	char name[32];
};

static int serve(void *argument)
{
	struct seat *seat = argument;
	struct client *client;
	const char *failure;
	char line[2048];
	ssize_t length;

	client = client_of(seat->name);
	for (;;) {
		length = recv(seat->socket, line, sizeof(line) - 1, 0);
		if (length <= 0)
			return 0;
		line[length] = '\0';
		failure = client_try(client, line);
		if (!failure)
			failure = "fine";
		if (send(seat->socket, failure, strlen(failure), MSG_NOSIGNAL) < 0)
			return 1;
	}
}

static void client_move(struct client *client)
{
	struct seat seat;
	int ends[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
	snprintf(seat.name, sizeof(seat.name), "%s", client->name);
	seat.socket = ends[1];
	/* Its end is seen at the other end of the socket only if nobody else has that. */
	client->socket = keep_fd(ends[0]);
	client->pid = child_start(serve, &seat);
	close(ends[1]);
}

static const char *client_tell(struct client *client, const char *command)
{
	static char text[9000];
	ssize_t length;

	if (send(client->socket, command, strlen(command), MSG_NOSIGNAL) < 0)
		return "its process is gone";
	/* Longer than it waits for anything itself. */
	if (!(wait_fd(client->socket, POLLIN, 2 * patience()) & POLLIN))
		return "its process does not answer";
	length = recv(client->socket, text, sizeof(text) - 1, 0);
	if (length <= 0)
		return "its process has ended";
	text[length] = '\0';
	return strcmp(text, "fine") ? text : NULL;
}

static void client_kill(struct client *client)
{
	child_kill(client->pid);
	close_fd(client->socket);
	client->socket = -1;
	memset(client->name, 0, sizeof(client->name));
}

void client_does(const char *file, int line, struct client *client, const char *format, ...)
{
	const char *failure;
	char command[2048];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(command, sizeof(command), format, arguments);
	va_end(arguments);
	failure = client->socket >= 0 ? client_tell(client, command) : client_try(client, command);
	if (failure)
		fail_with(file, line, "%s: %s: %s", client->name, command, failure);
}

/*
 * The world's steps
 */

static void world_does(const char *command, const char *file, int line)
{
	char verb[32] = "", name[64] = "", knob[64] = "", value[64] = "";
	char other[64] = "", other_value[64] = "";

	if (sscanf(command, "%31s %63s %63s %63s %63s %63s", verb, name, knob, value, other,
		   other_value) < 2)
		fail_with(file, line, "no step: %s", command);
	if (!strcmp(verb, "set"))
		adapter_set(name, knob, value, *other ? other : NULL, other_value, NULL);
	else if (!strcmp(verb, "add"))
		adapter_add(name, "calls", "4", "lines", *value ? value : "1", "address", knob,
			    NULL);
	else if (!strcmp(verb, "remove"))
		adapter_del(name);
	else if (!strcmp(verb, "pull"))
		adapter_surprise(name);
	else if (!strcmp(verb, "vcs"))
		wait_count(CONDIS_COUNTER_VCS, (uint32_t)atoi(name));
	else if (!strcmp(verb, "saps"))
		wait_count(CONDIS_COUNTER_SAPS, (uint32_t)atoi(name));
	else if (!strcmp(verb, "sessions"))
		wait_sessions((uint32_t)atoi(name));
	else if (!strcmp(verb, "pause"))
		usleep((useconds_t)atoi(name) * 1000);
	else
		fail_with(file, line, "the world cannot %s", verb);
}

static void step(const char *text, const char *file, int line)
{
	const char *colon = strstr(text, ": ");
	struct client *client;
	char name[32];

	if (!colon || (size_t)(colon - text) >= sizeof(name))
		fail_with(file, line, "no step: %s", text);
	snprintf(name, sizeof(name), "%.*s", (int)(colon - text), text);
	if (!strcmp(name, "world")) {
		world_does(colon + 2, file, line);
		return;
	}
	client = client_of(name);
	if (is_apart && client->socket < 0)
		client_move(client);
	if (!strcmp(colon + 2, "kill"))
		client_kill(client);
	else
		client_does(file, line, client, "%s", colon + 2);
}

void play_part(const char *const *script, const char *file, int line)
{
	for (; *script; script++) {
		watchdog_alive();
		step(*script, file, line);
	}
}

static const char *end_file;
static int end_line;

static void hears_nothing(struct client *client)
{
	/* One that was never begun, or has ended, hears nothing in any case. */
	if (client->version || client->socket >= 0)
		client_does(end_file, end_line, client, "hears-nothing");
}

static void shut_down(struct client *client)
{
	if (client->socket >= 0) {
		client_does(end_file, end_line, client, "shutdown");
		close_fd(client->socket);
		client->socket = -1;
		assert_int_equal(child_wait(client->pid), 0);
	} else {
		assert_int_equal(client_shutdown(client), 0);
	}
}

void play_end(const char *file, int line)
{
	end_file = file;
	end_line = line;
	clients_each(hears_nothing);
	clients_each(shut_down);
	clients_forget();
	wait_sessions(0);
	wait_count(CONDIS_COUNTER_VCS, 0);
	wait_count(CONDIS_COUNTER_SAPS, 0);
	wait_count(CONDIS_COUNTER_AFS, 0);
	wait_count(CONDIS_COUNTER_REQUESTS, 0);
}

void play_script(bool apart, const char *const *script, const char *file, int line)
{
	is_apart = apart;
	play_part(script, file, line);
	play_end(file, line);
	is_apart = false;
}

/*
 * Setup and teardown
 */

int tapi_setup(void **state)
{
	is_apart = false;
	clients_forget();
	return world_setup(state);
}

static void give_up(struct client *client)
{
	if (client->socket < 0)
		client_shutdown(client);
}

int tapi_teardown(void **state)
{
	/* Processes are killed by the world. */
	clients_each(give_up);
	clients_forget();
	return world_teardown(state);
}

void tapi_offering(void)
{
	two_adapters("4");
	play_on("callee: open b owner",
		"caller: open a none",
		"caller: call L1 200",
		"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK",
		"callee: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner");
}

void tapi_connected(void)
{
	tapi_offering();
	play_on("callee: answer C1",
		"callee: hears reply C1 Answer 0; C1 CONNECTED ACTIVE",
		"caller: hears C1 CONNECTED ACTIVE");
}
