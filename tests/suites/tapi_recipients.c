// SPDX-License-Identifier: GPL-2.0
/*
 * Recipients of requests to make a call, each a program of its own: who of several is asked, and
 * what becomes of what is asked while a recipient, or the bus, sleeps, forks or dies.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "program.h"
#include "tapi/bus.h"

/* What waits at most. */
#define WAITING_MAX	64

/* No wait for anything; and what the bus is waited for, where it is. */
#define AT_ONCE_MS	700
#define BUS_PATIENCE_MS	5000

/* The folder of what waits; there is one session. */
#define SPOOL		BUS_FOLDER "/run/condis-tapi-*"

/**
 * struct program - a recipient, told what to do line by line
 * @name: of its file: what priorities are about
 * @pid: its process
 * @socket: to it
 */
struct program {
	const char *name;
	pid_t pid;
	int socket;
};

static struct program *starting;
static int sockets[2];

/* Of the library's next questions to the bus, which one finds no memory; 0: none. */
static unsigned int unasked;

/* The library's calls come by here. */
int sd_bus_call_async(void *bus, void **slot, void *message, void *handler, void *data,
		      uint64_t timeout_us)
{
	int (*next)(void *bus, void **slot, void *message, void *handler, void *data,
		    uint64_t timeout_us) = dlsym(RTLD_NEXT, "sd_bus_call_async");

	if (unasked && !--unasked)
		return -ENOMEM;
	return next(bus, slot, message, handler, data, timeout_us);
}

/* Once the child has closed what it inherited, which it does before it says so. */
static pid_t fork_and_stay(void)
{
	int ends[2];
	pid_t pid;
	char byte;

	if (pipe2(ends, O_CLOEXEC))
		return 0;
	pid = fork();
	if (!pid) {
		while (write(ends[1], "c", 1) < 0)
			;
		for (;;)
			pause();
	}
	close(ends[1]);
	if (read(ends[0], &byte, 1) != 1)
		pid = 0;
	close(ends[0]);
	return pid;
}

/*
 * In the program: "register N", "deregister", "hear MS", "get", "cannot-ask N", "fork"; each has an
 * answer.
 */
static void answer(HLINEAPP app, const char *line, char *text, size_t size)
{
	LINEREQMAKECALL request;
	LINEMESSAGE message;
	unsigned int number;
	LONG result;

	number = (unsigned int)strtoul(line + strcspn(line, " "), NULL, 10);
	if (!strncmp(line, "register", 8)) {
		result = lineRegisterRequestRecipient(app, number, LINEREQUESTMODE_MAKECALL, TRUE);
		snprintf(text, size, "%x", result);
	} else if (!strcmp(line, "deregister")) {
		result = lineRegisterRequestRecipient(app, 0, LINEREQUESTMODE_MAKECALL, FALSE);
		snprintf(text, size, "%x", result);
	} else if (!strncmp(line, "hear", 4)) {
		if (lineGetMessage(app, &message, number))
			snprintf(text, size, "nothing");
		else
			snprintf(text, size, "%u of %lu", message.dwMessageID,
				 (unsigned long)message.dwCallbackInstance);
	} else if (!strcmp(line, "get")) {
		result = lineGetRequestA(app, LINEREQUESTMODE_MAKECALL, &request);
		if (result)
			snprintf(text, size, "%x", result);
		else
			snprintf(text, size, "%s", request.szDestAddress);
	} else if (!strncmp(line, "cannot-ask", 10)) {
		unasked = number;
		snprintf(text, size, "%u", unasked);
	} else if (!strcmp(line, "fork")) {
		snprintf(text, size, "%d", fork_and_stay());
	} else {
		snprintf(text, size, "?");
	}
}

static int be_recipient(void)
{
	LINEINITIALIZEEXPARAMS params = {
		.dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT,
	};
	DWORD version = V2_2, num_devs;
	char line[64], text[128];
	ssize_t length;
	HLINEAPP app;

	if (lineInitializeEx(&app, NULL, NULL, "recipient", &num_devs, &version, &params))
		return 1;
	while ((length = recv(STDIN_FILENO, line, sizeof(line) - 1, 0)) > 0) {
		line[length] = '\0';
		answer(app, line, text, sizeof(text));
		if (send(STDIN_FILENO, text, strlen(text), MSG_NOSIGNAL) < 0)
			break;
	}
	return lineShutdown(app) ? 2 : 0;
}

static int exec_program(void *path)
{
	dup2(sockets[1], STDIN_FILENO);
	execl(path, starting->name, "recipient", (char *)NULL);
	return 127;
}

/* A copy of this program under that name. */
static void program_start(struct program *program, const char *name)
{
	char path[64];

	snprintf(path, sizeof(path), BUS_FOLDER "/%s", name);
	assert_int_equal(run("cp /proc/%d/exe %s", getpid(), path), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets), 0);
	program->name = name;
	program->socket = keep_fd(sockets[0]);
	starting = program;
	program->pid = child_start_holding(exec_program, path);
	close(sockets[1]);
}

static void program_does(struct program *program, const char *line, const char *expected)
{
	char text[128];
	ssize_t length;

	assert_int_equal(send(program->socket, line, strlen(line), MSG_NOSIGNAL), strlen(line));
	if (!expected)
		return;
	if (!(wait_fd(program->socket, POLLIN, patience()) & POLLIN))
		fail_msg("%s: no answer to \"%s\"", program->name, line);
	length = recv(program->socket, text, sizeof(text) - 1, 0);
	assert_true(length > 0);
	text[length] = '\0';
	if (strcmp(text, expected))
		fail_msg("%s: \"%s\" is \"%s\", not \"%s\"", program->name, line, text, expected);
}

/* It hears that there is something, some time. */
static void program_hears(struct program *program, unsigned int instance)
{
	char line[32], text[32];

	snprintf(line, sizeof(line), "hear %d", patience());
	snprintf(text, sizeof(text), "%u of %u", LINE_REQUEST, instance);
	program_does(program, line, text);
}

static void program_ends(struct program *program)
{
	close_fd(program->socket);
	assert_int_equal(child_wait(program->pid), 0);
}

static const char *no_request(void)
{
	static char text[16];

	snprintf(text, sizeof(text), "%x", LINEERR_NOREQUEST);
	return text;
}

static void ask(const char *address)
{
	assert_int_equal(tapiRequestMakeCallA(address, NULL, NULL, NULL), 0);
}

static void nobody(void)
{
	assert_int_equal(tapiRequestMakeCallA("200", NULL, NULL, NULL),
			 TAPIERR_NOREQUESTRECIPIENT);
}

static void prefer(const char *name)
{
	assert_int_equal(lineSetAppPriorityA(name, 0, NULL, LINEREQUESTMODE_MAKECALL, NULL, 1),
			 0);
}

/* The first of the user's list is asked, whenever it came, and as the list is now. */
static void by_priority(void **state)
{
	struct program first, second, third;

	(void)state;
	program_start(&first, "first");
	program_start(&second, "second");
	program_start(&third, "third");
	program_does(&first, "register 1", "0");
	program_does(&second, "register 2", "0");
	/* Nobody is in the list: who came first. */
	ask("100");
	program_hears(&first, 1);
	program_does(&second, "get", no_request());
	program_does(&first, "get", "100");

	prefer("third");
	prefer("second");
	ask("101");
	program_hears(&second, 2);
	program_does(&second, "get", "101");
	program_does(&first, "get", no_request());

	/* One of the list comes: it is behind the second. */
	program_does(&third, "register 3", "0");
	ask("102");
	program_hears(&second, 2);
	program_does(&third, "get", no_request());
	prefer("third");
	program_hears(&third, 3);
	program_does(&third, "get", "102");
	program_does(&second, "get", no_request());

	/* They go, in the other order. */
	program_does(&third, "deregister", "0");
	ask("103");
	program_hears(&second, 2);
	program_does(&second, "get", "103");
	program_ends(&second);
	ask("104");
	program_hears(&first, 1);
	program_does(&first, "get", "104");
	program_ends(&first);
	nobody();
	program_ends(&third);
}

/* Of several requests that waited for the same name one message tells; each is taken once. */
static void told_once(void **state)
{
	struct program first, second;

	(void)state;
	program_start(&first, "first");
	program_start(&second, "second");
	program_does(&first, "register 1", "0");
	program_does(&second, "register 2", "0");
	ask("100");
	ask("101");
	ask("102");
	child_kill(first.pid);
	program_hears(&second, 2);
	program_does(&second, "hear 0", "nothing");
	program_does(&second, "get", "100");
	ask("103");
	program_hears(&second, 2);
	program_does(&second, "hear 0", "nothing");
	program_does(&second, "get", "101");
	program_does(&second, "get", "102");
	program_does(&second, "get", "103");
	program_does(&second, "get", no_request());
	/* What was not acted on is not repeated. */
	ask("104");
	program_hears(&second, 2);
	program_does(&second, "hear 200", "nothing");
	program_does(&second, "get", "104");
}

/* T9: a recipient that does not look is waited for by nobody, until too much waits. */
static void recipient_sleeps(void **state)
{
	struct program first;
	long long begin;
	char address[16];
	int i;

	(void)state;
	program_start(&first, "first");
	program_does(&first, "register 1", "0");
	kill(first.pid, SIGSTOP);
	begin = now_ms();
	for (i = 0; i < WAITING_MAX; i++) {
		snprintf(address, sizeof(address), "%d", i);
		ask(address);
	}
	assert_int_equal(tapiRequestMakeCallA("200", NULL, NULL, NULL), TAPIERR_REQUESTQUEUEFULL);
	assert_true(now_ms() - begin < patience());
	kill(first.pid, SIGCONT);
	program_hears(&first, 1);
	program_does(&first, "get", "0");
	ask("200");
	assert_int_equal(tapiRequestMakeCallA("201", NULL, NULL, NULL), TAPIERR_REQUESTQUEUEFULL);
	for (i = 1; i < WAITING_MAX; i++) {
		snprintf(address, sizeof(address), "%d", i);
		program_does(&first, "get", address);
	}
	program_does(&first, "get", "200");
	program_does(&first, "get", no_request());
}

/* A child of the recipient's is no recipient, and does not keep the name. */
static void recipient_forks(void **state)
{
	struct program first;
	unsigned int child = 0;
	char text[32] = "";

	(void)state;
	program_start(&first, "first");
	program_does(&first, "register 1", "0");
	program_does(&first, "fork", NULL);
	assert_true(wait_fd(first.socket, POLLIN, patience()) & POLLIN);
	assert_true(recv(first.socket, text, sizeof(text) - 1, 0) > 0);
	child = (unsigned int)strtoul(text, NULL, 10);
	assert_int_not_equal(child, 0);
	ask("100");
	program_does(&first, "get", "100");
	child_kill(first.pid);
	nobody();
	/* It was there all the time. */
	assert_int_equal(kill((pid_t)child, SIGKILL), 0);
}

/* Without its bus a recipient is none; with the next one it can be. */
static void bus_dies(void **state)
{
	struct program first;
	char unavailable[16];

	(void)state;
	snprintf(unavailable, sizeof(unavailable), "%x", LINEERR_RESOURCEUNAVAIL);
	program_start(&first, "first");
	program_does(&first, "register 1", "0");
	bus_end();
	nobody();
	program_does(&first, "hear 200", "nothing");
	program_does(&first, "get", no_request());
	program_does(&first, "register 2", unavailable);
	bus_start();
	/* It is not told where the new one is, but that is where the old one was. */
	program_does(&first, "register 3", "0");
	ask("100");
	program_hears(&first, 3);
	program_does(&first, "get", "100");
	program_does(&first, "deregister", "0");
}

/* Done at once: far below what any wait for the bus takes. */
static void program_does_now(struct program *program, const char *line, const char *expected)
{
	long long begin = now_ms();

	program_does(program, line, expected);
	assert_true(now_ms() - begin < AT_ONCE_MS);
}

/*
 * A recipient that has something to ask the bus does not wait for it where the program only looks:
 * it is told when the bus has answered.
 */
static void bus_sleeps(void **state)
{
	struct program first, second, third;
	char unavailable[16];
	long long begin;

	(void)state;
	snprintf(unavailable, sizeof(unavailable), "%x", LINEERR_RESOURCEUNAVAIL);
	program_start(&first, "first");
	program_start(&second, "second");
	program_start(&third, "third");
	program_does(&first, "register 1", "0");
	program_does(&second, "register 2", "0");
	/* The second one is told that it is before the first now: before this ends. */
	prefer("second");
	ask("100");
	program_hears(&first, 1);
	bus_sleep(true);
	program_does_now(&second, "hear 0", "nothing");
	program_does_now(&second, "hear 0", "nothing");
	program_does_now(&second, "get", no_request());
	program_does_now(&first, "hear 0", "nothing");
	/* Who has to wait for it does so once. */
	begin = now_ms();
	program_does(&third, "register 3", unavailable);
	assert_in_range(now_ms() - begin, BUS_PATIENCE_MS, BUS_PATIENCE_MS + 2 * AT_ONCE_MS);
	bus_sleep(false);
	program_hears(&second, 2);
	/* It has been told by then that the name is another one's. */
	program_does(&first, "hear 200", "nothing");
	program_does(&first, "get", no_request());
	program_does(&second, "get", "100");
	program_does(&second, "hear 200", "nothing");

	/* Asleep with a question asked: nothing is waited for at the end either. */
	prefer("first");
	ask("101");
	program_hears(&second, 2);
	bus_sleep(true);
	program_does_now(&first, "hear 0", "nothing");
	program_does_now(&first, "deregister", "0");
	begin = now_ms();
	program_ends(&second);
	program_ends(&first);
	assert_true(now_ms() - begin < BUS_PATIENCE_MS);
	bus_sleep(false);
	nobody();
	program_ends(&third);
}

/* Without memory to ask the bus who comes first now, it is asked at the next look. */
static void bus_is_asked_again(void **state)
{
	struct program first, second;

	(void)state;
	program_start(&first, "first");
	program_start(&second, "second");
	program_does(&first, "register 1", "0");
	program_does(&second, "register 2", "0");
	/* Whose the name is. */
	program_does(&second, "cannot-ask 1", "1");
	prefer("second");
	program_does(&second, "hear 500", "nothing");
	program_does(&second, "hear 500", "nothing");
	ask("100");
	program_hears(&second, 2);
	program_does(&second, "get", "100");
	/* And for the name. */
	program_does(&first, "cannot-ask 2", "2");
	prefer("first");
	program_does(&first, "hear 500", "nothing");
	program_does(&first, "hear 500", "nothing");
	ask("101");
	program_hears(&first, 1);
	program_does(&first, "get", "101");
}

/**
 * struct registration - one that waits for the bus, in a thread of its own
 * @thread: that registers
 * @app: whom
 * @result: what came of it
 */
struct registration {
	pthread_t thread;
	HLINEAPP app;
	LONG result;
};

static void *registers(void *data)
{
	struct registration *registration = data;

	registration->result = lineRegisterRequestRecipient(registration->app, 1,
							    LINEREQUESTMODE_MAKECALL, TRUE);
	return NULL;
}

static LONG get_now(HLINEAPP app)
{
	LINEREQMAKECALL request;
	long long begin = now_ms();
	LONG result = lineGetRequestA(app, LINEREQUESTMODE_MAKECALL, &request);

	assert_true(now_ms() - begin < AT_ONCE_MS);
	return result;
}

/* The bus sleeps, and it waits for it. */
static void registration_begin(struct registration *registration, HLINEAPP app)
{
	bus_sleep(true);
	registration->app = app;
	assert_int_equal(pthread_create(&registration->thread, NULL, registers, registration), 0);
	while (get_now(app) == LINEERR_NOTREGISTERED)
		usleep(10000);
	fails(get_now(app), LINEERR_NOREQUEST);
}

static void registration_end(struct registration *registration, LONG result)
{
	bus_sleep(false);
	assert_int_equal(pthread_join(registration->thread, NULL), 0);
	assert_int_equal(registration->result, result);
	nobody();
}

/* Who registers waits for the bus, and nobody for him: neither who looks nor who comes down. */
static void registration_waits_alone(void **state)
{
	struct client *client = client_begun("first", V2_2, "event");
	struct registration registration;
	LINEMESSAGE message;
	long long begin;

	(void)state;
	registration_begin(&registration, client->app);
	begin = now_ms();
	assert_false(client_receive(client, &message, 0));
	succeeds(lineRegisterRequestRecipient(client->app, 0, LINEREQUESTMODE_MAKECALL, FALSE));
	fails(get_now(client->app), LINEERR_NOTREGISTERED);
	assert_true(now_ms() - begin < BUS_PATIENCE_MS / 2);
	registration_end(&registration, 0);

	registration_begin(&registration, client->app);
	begin = now_ms();
	assert_int_equal(client_shutdown(client), 0);
	assert_true(now_ms() - begin < BUS_PATIENCE_MS / 2);
	registration_end(&registration, LINEERR_INVALAPPHANDLE);
	play_end(__FILE__, __LINE__);
}

/* A bus that says nothing is none, after a while. */
static void bus_hangs(void **state)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = BUS_FOLDER "/hung" };
	struct program first;
	char unavailable[16];
	int listener;

	(void)state;
	snprintf(unavailable, sizeof(unavailable), "%x", LINEERR_RESOURCEUNAVAIL);
	listener = keep_fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
	assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(listen(listener, 5), 0);
	setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" BUS_FOLDER "/hung", 1);
	nobody();
	program_start(&first, "first");
	program_does(&first, "register 1", unavailable);
	program_ends(&first);
}

/* Files that no request is in, or that are no files: they are in nobody's way. */
static void strange_files(void **state)
{
	struct program first;

	(void)state;
	program_start(&first, "first");
	program_does(&first, "register 1", "0");
	assert_int_equal(run("set -e\n"
			     "cd " SPOOL "\n"
			     "mkdir 00000000000000000001-1-1\n"
			     "mkfifo 00000000000000000002-1-1\n"
			     "ln -s /etc/passwd 00000000000000000003-1-1\n"
			     "head -c 100000 /dev/zero >00000000000000000004-1-1\n"
			     ": >00000000000000000005-1-1\n"
			     "printf 'a\\0b\\0c\\0d\\0e\\0' >00000000000000000006-1-1\n"
			     "printf 'a\\0b\\0c\\0d' >00000000000000000007-1-1\n"
			     "printf '\\0b\\0c\\0d\\0' >00000000000000000008-1-1\n"
			     ": >.00000000000000000009-1-1\n"
			     ": >others\n"), 0);
	program_does(&first, "get", no_request());
	ask("100");
	program_hears(&first, 1);
	program_does(&first, "get", "100");
	program_does(&first, "get", no_request());
	/* A folder that others may look into, for who calls whom, is not used. */
	assert_int_equal(run("chmod 755 " SPOOL), 0);
	assert_int_equal(tapiRequestMakeCallA("200", NULL, NULL, NULL), TAPIERR_REQUESTQUEUEFULL);
	assert_int_equal(run("chmod 700 " SPOOL), 0);
	program_ends(&first);
}

static int asks_many(void *prefix)
{
	char address[32];
	int i;

	for (i = 0; i < 5; i++) {
		snprintf(address, sizeof(address), "%s%d", (const char *)prefix, i);
		if (tapiRequestMakeCallA(address, NULL, NULL, NULL))
			return 1;
	}
	return 0;
}

/* Many ask at once: each request is taken, once, those of one process in their order. */
static void many_ask(void **state)
{
	static const char *const prefixes[] = { "1", "2", "3", "4", "5", "6", "7", "8" };
	struct client *client = client_begun("first", V2_2, "event");
	unsigned int next[ARRAY_SIZE(prefixes)] = { 0 }, taken = 0, heard = 0;
	pid_t children[ARRAY_SIZE(prefixes)];
	LINEREQMAKECALL request;
	LINEMESSAGE message;
	size_t i;

	(void)state;
	succeeds(lineRegisterRequestRecipient(client->app, 1, LINEREQUESTMODE_MAKECALL, TRUE));
	for (i = 0; i < ARRAY_SIZE(prefixes); i++)
		children[i] = child_start(asks_many, (void *)(uintptr_t)prefixes[i]);
	while (taken < 5 * ARRAY_SIZE(prefixes)) {
		assert_int_equal(lineGetMessage(client->app, &message, (DWORD)patience()), 0);
		assert_int_equal(message.dwMessageID, LINE_REQUEST);
		heard++;
		while (!lineGetRequestA(client->app, LINEREQUESTMODE_MAKECALL, &request)) {
			i = (size_t)(request.szDestAddress[0] - '1');
			assert_in_range(i, 0, ARRAY_SIZE(prefixes) - 1);
			assert_int_equal(request.szDestAddress[1], '0' + next[i]);
			next[i]++;
			taken++;
		}
	}
	for (i = 0; i < ARRAY_SIZE(prefixes); i++)
		assert_int_equal(child_wait(children[i]), 0);
	/* Each of them is told of, also that which was taken before. */
	for (; heard < taken; heard++) {
		assert_int_equal(lineGetMessage(client->app, &message, (DWORD)patience()), 0);
		assert_int_equal(message.dwMessageID, LINE_REQUEST);
	}
	play_end(__FILE__, __LINE__);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		BUS_TEST(by_priority),
		BUS_TEST(told_once),
		BUS_TEST(recipient_sleeps),
		BUS_TEST(recipient_forks),
		BUS_TEST(bus_dies),
		BUS_TEST(bus_sleeps),
		BUS_TEST(bus_is_asked_again),
		BUS_TEST(registration_waits_alone),
		BUS_TEST(bus_hangs),
		BUS_TEST(strange_files),
		BUS_TEST(many_ask),
	};

	(void)argv;
	if (argc > 1)
		return be_recipient();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
