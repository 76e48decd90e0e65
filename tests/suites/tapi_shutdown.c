// SPDX-License-Identifier: GPL-2.0
/*
 * How an application of libtapi comes down: drop, deallocate, close, shutdown, for an owner, a
 * second owner and a monitor, all in this process.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tapi/bus.h"
#include "tapi/scripts.h"

/*
 * A.0, A.5: what fails before the network has said anything was never a call. The error is a LONG
 * in a DWORD_PTR: negative as such, and not extended by its sign.
 */
static void call_fails(void **state)
{
	struct client *caller;
	LINEMESSAGE message;

	(void)state;
	two_adapters("1");
	adapter_set("a", "lost", "call-proceeding", NULL);
	play_on("caller: open a none",
		"caller: hears-nothing",
		"caller: call L1 999");
	caller = client_of("caller");
	assert_true(client_receive(caller, &message, patience()));
	assert_int_equal(message.dwMessageID, LINE_REPLY);
	assert_true(message.dwParam2 == 0x80000010ULL);
	assert_int_equal(TAPI_RESULT(message.dwParam2), LINEERR_INVALADDRESS);
	assert_true(TAPI_RESULT(message.dwParam2) < 0);
	assert_string_equal(client_text(caller, &message), "reply C1 MakeCall INVALADDRESS");
	assert_int_equal(client_call(caller, 1), 0);
	adapter_set("b", "fault", "busy", NULL);
	play_on("caller: hears-nothing",
		"caller: call L1 200",
		"caller: hears reply C2 MakeCall OPERATIONFAILED",
		"caller: hears-nothing");
	assert_int_equal(client_call(caller, 2), 0);
	wait_count(CONDIS_COUNTER_VCS, 0);
	play_end(__FILE__, __LINE__);
}

/*
 * T3: with open lines, calls, a request that is not answered, and a call that is asked for and not
 * taken: all of the session's requests for calls are its own to take.
 */
static void shutdown_of_a_recipient(void **state)
{
	struct client *caller;

	(void)state;
	tapi_connected();
	caller = client_of("caller");
	succeeds(lineRegisterRequestRecipient(caller->app, 7, LINEREQUESTMODE_MAKECALL, TRUE));
	play_on("caller: call L1 200",
		"caller: hears reply C2 MakeCall 0; C2 PROCEEDING; C2 RINGBACK",
		"callee: hears L1 new C2 owner at 0; C2 OFFERING ACTIVE owner",
		"world: set a clear-delay 2000",
		"caller: drop C1",
		"caller: hears-nothing",
		"caller: requests 1");
	assert_int_equal(tapiRequestMakeCallA("200", "app", "party", "comment"), 0);
	play_on("caller: shutdown",
		"callee: hears-any C1 DISCONNECTED NORMAL; C2 DISCONNECTED NORMAL",
		"world: vcs 0");
	assert_int_equal(tapiRequestMakeCallA("200", "app", "party", "comment"),
			 TAPIERR_NOREQUESTRECIPIENT);
	play_on("world: sessions 1",
		"callee: hears-nothing");
	play_end(__FILE__, __LINE__);
}

/**
 * struct waiter - a thread in lineGetMessage()
 * @thread: the thread
 * @app: of whom
 * @tid: its number, when it is about to wait
 * @result: what it came back with
 */
struct waiter {
	pthread_t thread;
	HLINEAPP app;
	atomic_int tid;
	LONG result;
};

static void *wait_for_ever(void *argument)
{
	struct waiter *waiter = argument;
	LINEMESSAGE message;

	atomic_store(&waiter->tid, gettid());
	do {
		waiter->result = lineGetMessage(waiter->app, &message, INFINITE);
	} while (!waiter->result && message.dwMessageID == LINE_CREATE);
	return NULL;
}

static void waiter_start(struct waiter *waiter, HLINEAPP app)
{
	*waiter = (struct waiter) { .app = app };
	assert_int_equal(pthread_create(&waiter->thread, NULL, wait_for_ever, waiter), 0);
	while (!atomic_load(&waiter->tid))
		sched_yield();
	await_sleep(atomic_load(&waiter->tid));
}

/* Check 8: the shutdown wakes whoever waits, also several. */
static void shutdown_wakes_who_waits(void **state)
{
	struct waiter waiters[3];
	struct client *client;
	HLINEAPP app;
	size_t i;

	(void)state;
	two_adapters("1");
	client = client_begun("client", V2_2, "event");
	client_do(client, "open a owner");
	app = client->app;
	for (i = 0; i < ARRAY_SIZE(waiters); i++)
		waiter_start(&waiters[i], app);
	assert_int_equal(client_shutdown(client), 0);
	for (i = 0; i < ARRAY_SIZE(waiters); i++) {
		assert_int_equal(pthread_join(waiters[i].thread, NULL), 0);
		fails(waiters[i].result, LINEERR_INVALAPPHANDLE);
	}
	fails(lineShutdown(app), LINEERR_INVALAPPHANDLE);
	wait_sessions(0);
}

/**
 * struct ending - a callback that ends its application
 * @app: the application
 * @line: a line of it
 * @at: the call state at which it does
 * @call: the call of which it heard
 * @after: callbacks after that
 */
struct ending {
	HLINEAPP app;
	HLINE line;
	DWORD at;
	HCALL call;
	unsigned int after;
};

static struct ending ending;

static void end_inside(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR first,
		       DWORD_PTR second, DWORD_PTR third)
{
	(void)instance;
	(void)second;
	(void)third;
	if (!ending.app) {
		ending.after++;
		return;
	}
	if (message != LINE_CALLSTATE || first != ending.at)
		return;
	ending.call = device;
	assert_int_equal(lineShutdown(ending.app), 0);
	ending.app = 0;
}

static void shutdown_inside(DWORD at)
{
	struct client *caller = client_begun("caller", V2_2, "event");
	DWORD num_devs, version = V2_2;
	LINEINITIALIZEEXPARAMS params = {
		.dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEHIDDENWINDOW,
	};
	struct client *callee;
	HLINEAPP app;
	DWORD device;
	LONG result;

	/* The callee is a client, too, as far as its devices go. */
	callee = client_begun("devices", V2_2, "event");
	device = client_device(callee, "b", 0);
	memset(&ending, 0, sizeof(ending));
	succeeds(lineInitializeEx(&app, NULL, end_inside, "callee", &num_devs, &version, &params));
	ending.app = app;
	ending.at = at;
	do {
		result = lineOpen(app, device, &ending.line, V2_2, 0, 1, LINECALLPRIVILEGE_OWNER,
				  LINEMEDIAMODE_DIGITALDATA, NULL);
		if (result == LINEERR_BADDEVICEID)
			tapi_dispatch(app, 50);
	} while (result == LINEERR_BADDEVICEID);
	succeeds(result);
	client_do(caller, "open a none");
	client_do(caller, "call L1 200");
	client_do(caller, "hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK");
	if (at == LINECALLSTATE_DISCONNECTED)
		client_do(caller, "drop C1");
	while (ending.app)
		tapi_dispatch(app, 1000);
	if (at == LINECALLSTATE_DISCONNECTED)
		client_do(caller, "hears-any reply C1 Drop 0; C1 IDLE");
	else
		client_do(caller, "hears C1 DISCONNECTED NORMAL");
	/* Nothing after it, whatever is asked. */
	fails(tapi_dispatch(app, 0), LINEERR_INVALAPPHANDLE);
	fails(lineDrop(ending.call, NULL, 0), LINEERR_INVALCALLHANDLE);
	assert_int_equal(ending.after, 0);
	play_end(__FILE__, __LINE__);
}

/* Check 9, D.10: the end of all from inside the callback, at its first word and its last. */
static void shutdown_inside_callback(void **state)
{
	(void)state;
	two_adapters("1");
	shutdown_inside(LINECALLSTATE_OFFERING);
	shutdown_inside(LINECALLSTATE_DISCONNECTED);
}

/* A.8 (2): the event goes with the application, and is heard of by who polls. */
static void event_ends_with_application(void **state)
{
	unsigned int descriptors;
	struct client *client;
	int event;

	(void)state;
	two_adapters("1");
	admin();
	descriptors = count_descriptors();
	client = client_begun("client", V2_2, "event");
	event = client->event;
	client_do(client, "open a owner");
	assert_int_equal(client_shutdown(client), 0);
	assert_int_equal(count_descriptors(), descriptors);
	assert_int_equal(wait_fd(event, POLLIN, 0) & POLLNVAL, POLLNVAL);
	wait_sessions(0);
}

/* A.8 (5): with the last application the families are closed, and open with the next. */
static void last_application(void **state)
{
	struct client *first, *second;

	(void)state;
	two_adapters("1");
	first = client_begun("first", V2_2, "event");
	client_do(first, "open a none");
	wait_count(CONDIS_COUNTER_AFS, 2);
	second = client_begun("second", V2_2, "event");
	client_do(second, "open b owner");
	assert_int_equal(client_shutdown(first), 0);
	assert_int_equal(count(CONDIS_COUNTER_AFS), 2);
	assert_int_equal(client_shutdown(second), 0);
	wait_count(CONDIS_COUNTER_AFS, 0);
	first = client_begun("third", V2_2, "event");
	client_do(first, "open b owner");
	wait_count(CONDIS_COUNTER_AFS, 2);
	play_end(__FILE__, __LINE__);
}

/* Begin an application, and close what it has opened, as who becomes a daemon does. */
static struct client *begin_and_close_all(const char *way)
{
	bool was_open[256];
	struct client *client;
	int fd;

	for (fd = 0; fd < (int)ARRAY_SIZE(was_open); fd++)
		was_open[fd] = fcntl(fd, F_GETFD) >= 0;
	client = client_begun("daemon", V2_2, way);
	for (fd = 0; fd < (int)ARRAY_SIZE(was_open); fd++)
		if (!was_open[fd])
			close(fd);
	return client;
}

/*
 * D.9: a program closes also what it was never given. Nobody spins, nor waits for ever, and
 * lineShutdown() is as ever.
 */
static void d9_all_is_closed_early(void **state)
{
	struct client *client;
	LINEMESSAGE message;

	(void)state;
	two_adapters("1");
	client = begin_and_close_all("event");
	fails(lineGetMessage(client->app, &message, INFINITE), LINEERR_OPERATIONFAILED);
	assert_int_equal(client_shutdown(client), 0);
	client = begin_and_close_all("callback");
	fails(tapi_dispatch(client->app, -1), LINEERR_OPERATIONFAILED);
	assert_int_equal(client_shutdown(client), 0);
	play_end(__FILE__, __LINE__);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCRIPT_TEST(happy),
		SCRIPT_TEST(remote_hangup),
		SCRIPT_TEST(offer_is_rejected),
		SCRIPT_TEST(caller_gives_up),
		SCRIPT_TEST(busy),
		SCRIPT_TEST(close_sole_owner),
		SCRIPT_TEST(close_caller),
		SCRIPT_TEST(close_one_of_two_owners),
		SCRIPT_TEST(close_monitor),
		SCRIPT_TEST(close_is_told),
		SCRIPT_TEST(deallocate_sole_owner),
		SCRIPT_TEST(deallocate_one_of_two_owners),
		SCRIPT_TEST(deallocate_monitor),
		SCRIPT_TEST(deallocate_live_old),
		SCRIPT_TEST(deallocate_live_new),
		SCRIPT_TEST(shutdown_sole_owner),
		SCRIPT_TEST(shutdown_with_requests),
		SCRIPT_TEST(shutdown_one_of_two_owners),
		SCRIPT_TEST(shutdown_monitor),
		SCRIPT_TEST(handoff),
		TAPI_TEST(call_fails),
		BUS_TEST(shutdown_of_a_recipient),
		TAPI_TEST(shutdown_wakes_who_waits),
		TAPI_TEST(shutdown_inside_callback),
		TAPI_TEST(event_ends_with_application),
		TAPI_TEST(last_application),
		TAPI_TEST(d9_all_is_closed_early),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
