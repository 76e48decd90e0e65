// SPDX-License-Identifier: GPL-2.0
/*
 * Assisted telephony, under a bus of its own: who asks for a call, who is told of it, who gets it,
 * and what is left when either ends.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "program.h"
#include "tapi/bus.h"

#define CALLED		BUS_FOLDER "/called"

/* The program itself, for the service that the bus starts. */
static char self[4096];

/* As "recipient": a program that is started for a request, takes it, says so and ends. */
static int be_recipient(void)
{
	LINEINITIALIZEEXPARAMS params = {
		.dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT,
	};
	DWORD version = V2_2, num_devs;
	LINEREQMAKECALL request;
	LINEMESSAGE message;
	HLINEAPP app;
	FILE *file;

	if (lineInitializeEx(&app, NULL, NULL, "recipient", &num_devs, &version, &params) ||
	    lineRegisterRequestRecipient(app, 1, LINEREQUESTMODE_MAKECALL, TRUE))
		return 1;
	while (lineGetRequest(app, LINEREQUESTMODE_MAKECALL, &request))
		if (lineGetMessage(app, &message, 30000))
			return 2;
	file = fopen(CALLED ".new", "we");
	if (!file)
		return 3;
	fprintf(file, "%s\n", request.szDestAddress);
	fclose(file);
	if (rename(CALLED ".new", CALLED))
		return 4;
	return lineShutdown(app) ? 5 : 0;
}

static void request_is(struct client *client, const char *address, const char *application,
		       const char *party, const char *comment)
{
	LINEREQMAKECALL request;

	memset(&request, 0xa5, sizeof(request));
	succeeds(lineGetRequestA(client->app, LINEREQUESTMODE_MAKECALL, &request));
	assert_string_equal(request.szDestAddress, address);
	assert_string_equal(request.szAppName, application);
	assert_string_equal(request.szCalledParty, party);
	assert_string_equal(request.szComment, comment);
}

static struct client *recipient(const char *name, DWORD instance)
{
	struct client *client = client_begun(name, V2_2, "event");

	succeeds(lineRegisterRequestRecipient(client->app, instance, LINEREQUESTMODE_MAKECALL,
					      TRUE));
	return client;
}

static void no_more(struct client *client)
{
	LINEREQMAKECALL request;

	fails(lineGetRequestA(client->app, LINEREQUESTMODE_MAKECALL, &request),
	      LINEERR_NOREQUEST);
}

static void nobody_is_there(void **state)
{
	(void)state;
	assert_int_equal(tapiRequestMakeCallA("200", "app", "party", "comment"),
			 TAPIERR_NOREQUESTRECIPIENT);
	/* An application that does not take requests is nobody. */
	client_begun("other", V2_2, "event");
	assert_int_equal(tapiRequestMakeCallA("200", NULL, NULL, NULL),
			 TAPIERR_NOREQUESTRECIPIENT);
	/* Nor is there one without a bus. */
	setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" BUS_FOLDER "/nowhere", 1);
	assert_int_equal(tapiRequestMakeCallA("200", NULL, NULL, NULL),
			 TAPIERR_NOREQUESTRECIPIENT);
	play_end(__FILE__, __LINE__);
}

static void bad_requests(void **state)
{
	char address[TAPIMAXDESTADDRESSSIZE + 1], text[200], comment[TAPIMAXCOMMENTSIZE];
	struct client *first;

	(void)state;
	first = recipient("first", 7);
	memset(address, '1', sizeof(address));
	address[TAPIMAXDESTADDRESSSIZE] = '\0';
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	memset(comment, 'x', sizeof(comment));
	comment[sizeof(comment) - 1] = '\0';
	assert_int_equal(tapiRequestMakeCallA(NULL, "app", "party", "comment"),
			 TAPIERR_INVALPOINTER);
	assert_int_equal(tapiRequestMakeCallA(address, "app", "party", "comment"),
			 TAPIERR_INVALDESTADDRESS);
	client_do(first, "hears-nothing");
	no_more(first);
	/* The longest that fits; the others are truncated. */
	address[TAPIMAXDESTADDRESSSIZE - 1] = '\0';
	assert_int_equal(tapiRequestMakeCallA(address, text, text, text), 0);
	client_do(first, "hears REQUEST 1 0 0 of 7");
	text[TAPIMAXAPPNAMESIZE - 1] = '\0';
	request_is(first, address, text, text, comment);
	no_more(first);
	play_end(__FILE__, __LINE__);
}

/* Queued, told, taken: in the order in which it was asked. */
static void asked_and_taken(void **state)
{
	struct client *first;
	char address[16];
	int i;

	(void)state;
	first = recipient("first", 7);
	no_more(first);
	assert_int_equal(tapiRequestMakeCallA("200", "mail", "Ann", "about lunch"), 0);
	client_do(first, "hears REQUEST 1 0 0 of 7");
	request_is(first, "200", "mail", "Ann", "about lunch");
	no_more(first);
	for (i = 0; i < 5; i++) {
		snprintf(address, sizeof(address), "30%d", i);
		assert_int_equal(tapiRequestMakeCallA(address, NULL, NULL, NULL), 0);
	}
	client_do(first, "hears REQUEST 1 0 0 of 7");
	for (i = 0; i < 5; i++) {
		snprintf(address, sizeof(address), "30%d", i);
		request_is(first, address, "", "", "");
	}
	no_more(first);
	/* A LINE_REQUEST announces zero or more: it comes for each, taken or not. */
	for (i = 1; i < 5; i++)
		client_do(first, "hears REQUEST 1 0 0 of 7");
	play_end(__FILE__, __LINE__);
}

static void wide_strings(void **state)
{
	LINEREQMAKECALLW wide;
	struct client *first;

	(void)state;
	first = recipient("first", 7);
	assert_int_equal(tapiRequestMakeCallW(TAPI_WIDE("200"), TAPI_WIDE("mail"),
					      TAPI_WIDE("J\u00f6rg"), NULL), 0);
	client_do(first, "hears REQUEST 1 0 0 of 7");
	request_is(first, "200", "mail", "J\xc3\xb6rg", "");
	assert_int_equal(tapiRequestMakeCallA("201", "mail", "J\xc3\xb6rg", NULL), 0);
	client_do(first, "hears REQUEST 1 0 0 of 7");
	succeeds(lineGetRequestW(first->app, LINEREQUESTMODE_MAKECALL, &wide));
	assert_int_equal(wide.szDestAddress[2], '1');
	assert_int_equal(wide.szCalledParty[1], 0xf6);
	play_end(__FILE__, __LINE__);
}

static int asks(void *argument)
{
	return tapiRequestMakeCallA(argument, "child", NULL, NULL) ? 1 : 0;
}

/* From any process; and none of those that ask has a thread or descriptor left of it. */
static void asked_by_others(void **state)
{
	struct client *first;
	unsigned int threads, descriptors;

	(void)state;
	first = recipient("first", 8);
	assert_int_equal(child_wait(child_start(asks, "200")), 0);
	client_do(first, "hears REQUEST 1 0 0 of 8");
	request_is(first, "200", "child", "", "");
	threads = count_threads();
	descriptors = count_descriptors();
	assert_int_equal(tapiRequestMakeCallA("201", NULL, NULL, NULL), 0);
	assert_int_equal(count_threads(), threads);
	assert_int_equal(count_descriptors(), descriptors);
	client_do(first, "hears REQUEST 1 0 0 of 8");
	request_is(first, "201", "", "", "");
	play_end(__FILE__, __LINE__);
}

/* A.13: what is queued when a recipient goes is the next one's. */
static void left_for_the_next(void **state)
{
	struct client *first, *second;
	LINEREQMAKECALL request;

	(void)state;
	first = recipient("first", 7);
	assert_int_equal(tapiRequestMakeCallA("200", NULL, NULL, NULL), 0);
	client_do(first, "hears REQUEST 1 0 0 of 7");
	second = recipient("second", 8);
	/* It is not its turn. */
	client_do(second, "hears-nothing");
	no_more(second);
	succeeds(lineRegisterRequestRecipient(first->app, 0, LINEREQUESTMODE_MAKECALL, FALSE));
	client_do(second, "hears REQUEST 1 0 0 of 8");
	request_is(second, "200", "", "", "");
	no_more(second);
	fails(lineGetRequestA(first->app, LINEREQUESTMODE_MAKECALL, &request),
	      LINEERR_NOTREGISTERED);
	/* The first comes back, behind the second. */
	succeeds(lineRegisterRequestRecipient(first->app, 9, LINEREQUESTMODE_MAKECALL, TRUE));
	assert_int_equal(tapiRequestMakeCallA("201", NULL, NULL, NULL), 0);
	client_do(second, "hears REQUEST 1 0 0 of 8");
	client_do(first, "hears-nothing");
	/* T3: the end of an application is the end of its registration. */
	assert_int_equal(client_shutdown(second), 0);
	client_do(first, "hears REQUEST 1 0 0 of 9");
	request_is(first, "201", "", "", "");
	assert_int_equal(client_shutdown(first), 0);
	assert_int_equal(tapiRequestMakeCallA("202", NULL, NULL, NULL),
			 TAPIERR_NOREQUESTRECIPIENT);
	play_end(__FILE__, __LINE__);
}

static int registers_and_sleeps(void *argument)
{
	struct client *client = client_of("child");

	(void)argument;
	if (client_begin(client, V2_2, "event") ||
	    lineRegisterRequestRecipient(client->app, 1, LINEREQUESTMODE_MAKECALL, TRUE))
		return 1;
	child_ready();
	while (pause())
		;
	return 0;
}

/* A recipient that dies is none any more, and what it has not taken is the next one's. */
static void recipient_is_killed(void **state)
{
	struct client *second;
	pid_t pid;

	(void)state;
	pid = child_start(registers_and_sleeps, NULL);
	child_await(pid);
	assert_int_equal(tapiRequestMakeCallA("200", NULL, NULL, NULL), 0);
	second = recipient("second", 8);
	no_more(second);
	child_kill(pid);
	client_do(second, "hears REQUEST 1 0 0 of 8");
	request_is(second, "200", "", "", "");
	play_end(__FILE__, __LINE__);
}

static void await_called(const char *number)
{
	long long end = now_ms() + patience();
	char text[64];

	while (access(CALLED, R_OK)) {
		if (now_ms() > end)
			fail_msg("the recipient that was started has not called");
		usleep(20000);
	}
	slurp(CALLED, text, sizeof(text));
	text[strcspn(text, "\n")] = '\0';
	assert_string_equal(text, number);
}

static void install(const char *program)
{
	char service[8192];

	snprintf(service, sizeof(service), "[D-BUS Service]\nName=org.condis.Tapi\nExec=%s\n",
		 program);
	put(BUS_SERVICE, service);
	/* A bus reads what is installed when it begins. */
	bus_end();
	bus_start();
}

/* None is there, but one is installed: it is started, and gets the request. */
static void recipient_is_started(void **state)
{
	char program[4200];

	(void)state;
	snprintf(program, sizeof(program), "%s recipient", self);
	install(program);
	assert_int_equal(tapiRequestMakeCallA("204", "mail", NULL, NULL), 0);
	await_called("204");
	wait_sessions(0);
}

/* What is installed cannot be started: then nobody is there, and nothing waits for anybody. */
static void recipient_does_not_start(void **state)
{
	struct client *first;

	(void)state;
	install("/bin/false");
	assert_int_equal(tapiRequestMakeCallA("205", "mail", NULL, NULL),
			 TAPIERR_NOREQUESTRECIPIENT);
	first = recipient("first", 7);
	client_do(first, "hears-nothing");
	no_more(first);
	play_end(__FILE__, __LINE__);
}

/* Of the file that the library finds no descriptor left for, how its name begins. */
static const char *no_descriptor_for;

/* As if another thread had just opened the last one: the library's calls come by here, too. */
int openat(int folder, const char *name, int flags, ...)
{
	struct rlimit limit, none_left;
	va_list arguments;
	mode_t mode;
	long fd;

	va_start(arguments, flags);
	mode = flags & O_CREAT ? va_arg(arguments, mode_t) : 0;
	va_end(arguments);
	if (!no_descriptor_for || strncmp(name, no_descriptor_for, strlen(no_descriptor_for)))
		return (int)syscall(SYS_openat, folder, name, flags, mode);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
	none_left = limit;
	none_left.rlim_cur = 0;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none_left), 0);
	fd = syscall(SYS_openat, folder, name, flags, mode);
	assert_int_equal(fd, -1);
	assert_int_equal(errno, EMFILE);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
	errno = EMFILE;
	return -1;
}

/* What cannot be opened for now waits on, in its order, and is told of; nothing is lost. */
static void no_descriptor_is_left(void **state)
{
	/* The folder; once more, for its list; and the first request of it. */
	static const char *const files[] = { "condis-tapi-", ".", "0" };
	struct client *first, *second;
	LINEREQMAKECALL request;
	size_t i;

	(void)state;
	first = recipient("first", 7);
	for (i = 0; i < ARRAY_SIZE(files); i++) {
		assert_int_equal(tapiRequestMakeCallA("200", "mail", NULL, NULL), 0);
		client_do(first, "hears REQUEST 1 0 0 of 7");
		assert_int_equal(tapiRequestMakeCallA("201", "mail", NULL, NULL), 0);
		client_do(first, "hears REQUEST 1 0 0 of 7");
		no_descriptor_for = files[i];
		fails(lineGetRequestA(first->app, LINEREQUESTMODE_MAKECALL, &request),
		      LINEERR_RESOURCEUNAVAIL);
		fails(lineGetRequestA(first->app, LINEREQUESTMODE_MAKECALL, &request),
		      LINEERR_RESOURCEUNAVAIL);
		no_descriptor_for = NULL;
		request_is(first, "200", "mail", "", "");
		request_is(first, "201", "mail", "", "");
		no_more(first);
	}
	/* Who has the name next is told, though it cannot look whether there is anything. */
	for (i = 0; i < 2; i++) {
		assert_int_equal(tapiRequestMakeCallA("202", NULL, NULL, NULL), 0);
		client_do(first, "hears REQUEST 1 0 0 of 7");
		second = recipient("second", 8);
		assert_int_equal(client_shutdown(first), 0);
		no_descriptor_for = files[i];
		client_do(second, "hears REQUEST 1 0 0 of 8");
		no_descriptor_for = NULL;
		client_do(second, "hears-nothing");
		request_is(second, "202", "", "", "");
		no_more(second);
		first = recipient("first", 7);
		assert_int_equal(client_shutdown(second), 0);
		client_do(first, "hears-nothing");
	}
	play_end(__FILE__, __LINE__);
}

static bool is_untold;

/* The library's message to the recipient comes by here, and none of its others. */
int sd_bus_message_set_auto_start(void *message, int is_started)
{
	int (*next)(void *message, int is_started) = dlsym(RTLD_NEXT,
							   "sd_bus_message_set_auto_start");

	return is_untold ? -ENOMEM : next(message, is_started);
}

/* A request that the recipient cannot be told of is refused, and does not wait for the next one. */
static void recipient_cannot_be_told(void **state)
{
	struct client *first;

	(void)state;
	first = recipient("first", 7);
	is_untold = true;
	assert_int_equal(tapiRequestMakeCallA("200", "mail", NULL, NULL), TAPIERR_REQUESTFAILED);
	is_untold = false;
	client_do(first, "hears-nothing");
	no_more(first);
	assert_int_equal(tapiRequestMakeCallA("201", "mail", NULL, NULL), 0);
	client_do(first, "hears REQUEST 1 0 0 of 7");
	request_is(first, "201", "mail", "", "");
	play_end(__FILE__, __LINE__);
}

/* Priorities are the user's, by program: they are kept, and can be asked for. */
static void priorities(void **state)
{
	DWORD priority;

	(void)state;
	succeeds(lineGetAppPriorityA("dialler", 0, NULL, LINEREQUESTMODE_MAKECALL, NULL,
				     &priority));
	assert_int_equal(priority, 0);
	succeeds(lineSetAppPriorityA("dialler", 0, NULL, LINEREQUESTMODE_MAKECALL, NULL, 1));
	succeeds(lineSetAppPriorityA("phone", 0, NULL, LINEREQUESTMODE_MAKECALL, NULL, 1));
	succeeds(lineGetAppPriorityA("phone", 0, NULL, LINEREQUESTMODE_MAKECALL, NULL, &priority));
	assert_int_equal(priority, 1);
	succeeds(lineGetAppPriorityA("dialler", 0, NULL, LINEREQUESTMODE_MAKECALL, NULL,
				     &priority));
	assert_int_equal(priority, 2);
	succeeds(lineSetAppPriorityA("phone", 0, NULL, LINEREQUESTMODE_MAKECALL, NULL, 0));
	succeeds(lineGetAppPriorityA("dialler", 0, NULL, LINEREQUESTMODE_MAKECALL, NULL,
				     &priority));
	assert_int_equal(priority, 1);
	fails(lineSetAppPriorityA("phone", 0, NULL, 0x4000, NULL, 1), LINEERR_INVALREQUESTMODE);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		BUS_TEST(nobody_is_there),
		BUS_TEST(bad_requests),
		BUS_TEST(asked_and_taken),
		BUS_TEST(wide_strings),
		BUS_TEST(asked_by_others),
		BUS_TEST(left_for_the_next),
		BUS_TEST(recipient_is_killed),
		BUS_TEST(recipient_is_started),
		BUS_TEST(recipient_does_not_start),
		BUS_TEST(no_descriptor_is_left),
		BUS_TEST(recipient_cannot_be_told),
		BUS_TEST(priorities),
	};

	(void)argv;
	if (argc > 1)
		return be_recipient();
	if (readlink("/proc/self/exe", self, sizeof(self) - 1) < 0)
		return 99;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
