// SPDX-License-Identifier: GPL-2.0
/*
 * The three ways in which an application is told: by an event, by a callback, by a completion
 * port; with threads, epoll, and everything called from inside a callback.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tapi/bus.h"

/* The same flow, however each end is told. */
static void flow(const char *caller_way, const char *callee_way)
{
	struct client *caller = client_of("caller"), *callee = client_of("callee");

	say("caller by %s, callee by %s", caller_way, callee_way);
	client_do(callee, "begin 2.2 %s", callee_way);
	client_do(caller, "begin 2.2 %s", caller_way);
	play_on("callee: open b owner",
		"caller: open a none",
		"caller: call L1 200",
		"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK",
		"callee: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner",
		"callee: answer C1",
		"callee: hears reply C1 Answer 0; C1 CONNECTED ACTIVE",
		"caller: hears C1 CONNECTED ACTIVE",
		"callee: drop C1",
		"callee: hears-any reply C1 Drop 0; C1 IDLE",
		"caller: hears C1 DISCONNECTED NORMAL",
		"caller: drop C1",
		"caller: hears-any reply C1 Drop 0; C1 IDLE",
		"caller: deallocate C1",
		"callee: close L1");
	play_end(__FILE__, __LINE__);
}

static void every_way(void **state)
{
	static const char *const ways[] = { "event", "callback", "port" };
	size_t i, j;

	(void)state;
	two_adapters("1");
	for (i = 0; i < ARRAY_SIZE(ways); i++)
		for (j = 0; j < ARRAY_SIZE(ways); j++)
			flow(ways[i], ways[j]);
}

/* A thread that was joined is still in /proc for a moment. */
static void wait_threads(unsigned int wanted)
{
	long long end = now_ms() + patience();

	while (count_threads() != wanted) {
		if (now_ms() > end)
			fail_msg("%u threads, not %u", count_threads(), wanted);
		usleep(1000);
	}
}

/* Only a completion port has a thread, and it ends with the application. */
static void threads(void **state)
{
	struct client *client;
	unsigned int before;

	(void)state;
	two_adapters("1");
	before = count_threads();
	client = client_begun("event", V2_2, "event");
	client_do(client, "open a owner");
	assert_int_equal(count_threads(), before);
	client = client_begun("callback", V2_2, "callback");
	client_do(client, "open b owner");
	client_do(client, "hears-nothing");
	assert_int_equal(count_threads(), before);
	client = client_begun("port", V2_2, "port");
	client_do(client, "open b owner");
	assert_int_equal(count_threads(), before + 1);
	assert_int_equal(client_shutdown(client), 0);
	wait_threads(before);
	play_end(__FILE__, __LINE__);
	wait_threads(before);
}

/* The event is readable as long as a message waits, and not after the last. */
static void level_of_the_event(void **state)
{
	struct client *callee;
	LINEMESSAGE message;
	unsigned int i;

	(void)state;
	tapi_offering();
	callee = client_of("callee");
	client_do(callee, "hears-nothing");
	assert_int_equal(wait_fd(callee->event, POLLIN, 0), 0);
	play_on("caller: drop C1",
		"caller: hears-any reply C1 Drop 0; C1 IDLE",
		"caller: call L1 200",
		"caller: hears reply C2 MakeCall 0; C2 PROCEEDING; C2 RINGBACK");
	/* DISCONNECTED, LINE_APPNEWCALL, OFFERING. */
	for (i = 0; i < 3; i++) {
		assert_int_equal(wait_fd(callee->event, POLLIN, patience()) & POLLIN, POLLIN);
		/* To look does not change it. */
		assert_int_equal(wait_fd(callee->event, POLLIN, 0) & POLLIN, POLLIN);
		succeeds(lineGetMessage(callee->app, &message, 0));
		client_text(callee, &message);
	}
	assert_int_equal(wait_fd(callee->event, POLLIN, 0), 0);
	fails(lineGetMessage(callee->app, &message, 0), LINEERR_OPERATIONFAILED);
	/* A reply that the library has queued itself, or an end that purges what waits. */
	play_on("caller: drop C2",
		"caller: hears-any reply C2 Drop 0; C2 IDLE");
	assert_int_equal(wait_fd(callee->event, POLLIN, patience()) & POLLIN, POLLIN);
	client_do(callee, "close L1");
	assert_int_equal(wait_fd(callee->event, POLLIN, 0), 0);
	play_end(__FILE__, __LINE__);
}

static void timeouts(void **state)
{
	struct client *client;
	LINEMESSAGE message;
	long long start;

	(void)state;
	two_adapters("1");
	client = client_begun("client", V2_2, "event");
	client_do(client, "open a owner");
	client_do(client, "hears-nothing");
	fails(lineGetMessage(client->app, &message, 0), LINEERR_OPERATIONFAILED);
	start = now_ms();
	fails(lineGetMessage(client->app, &message, 200), LINEERR_OPERATIONFAILED);
	assert_elapsed(start, 200);
	fails(lineGetMessage(client->app, NULL, 0), LINEERR_INVALPOINTER);
	/* Each way has its own function. */
	fails(tapi_dispatch(client->app, 0), LINEERR_OPERATIONFAILED);
	client = client_begun("callback", V2_2, "callback");
	assert_true(lineGetMessage(client->app, &message, 0) < 0);
	client = client_begun("port", V2_2, "port");
	assert_true(lineGetMessage(client->app, &message, 0) < 0);
	assert_true(tapi_dispatch(client->app, 0) < 0);
	play_end(__FILE__, __LINE__);
}

/* What tapi_dispatch() waits for can be waited for with other things. */
static void dispatch_descriptor(void **state)
{
	struct client *callee;
	int fd;

	(void)state;
	two_adapters("1");
	callee = client_begun("callee", V2_2, "callback");
	client_do(callee, "open b owner");
	client_do(callee, "hears-nothing");
	fd = tapi_dispatch_fd(callee->app);
	assert_true(fd >= 0);
	assert_int_equal(wait_fd(fd, POLLIN, 0), 0);
	play_on("caller: open a none",
		"caller: call L1 200",
		"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK");
	assert_int_equal(wait_fd(fd, POLLIN, patience()) & POLLIN, POLLIN);
	client_do(callee, "hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner");
	assert_int_equal(wait_fd(fd, POLLIN, 0), 0);
	assert_int_equal(tapi_dispatch(callee->app, 0), 0);
	play_end(__FILE__, __LINE__);
	assert_int_equal(tapi_dispatch_fd(callee->app), -1);
}

/**
 * struct watcher - a thread that polls an event, as an application's loop does
 * @thread: the thread
 * @fd: the event
 * @tid: its number
 * @events: what came
 */
struct watcher {
	pthread_t thread;
	int fd;
	atomic_int tid;
	short events;
};

static void *watch(void *argument)
{
	struct watcher *watcher = argument;

	atomic_store(&watcher->tid, gettid());
	watcher->events = wait_fd(watcher->fd, POLLIN, patience());
	return NULL;
}

/* A.14 (a): who polls the event is woken before it is closed. */
static void shutdown_wakes_who_polls(void **state)
{
	struct watcher watcher = { 0 };
	struct client *client;

	(void)state;
	two_adapters("1");
	client = client_begun("client", V2_2, "event");
	client_do(client, "open a owner");
	client_do(client, "hears-nothing");
	watcher.fd = client->event;
	assert_int_equal(pthread_create(&watcher.thread, NULL, watch, &watcher), 0);
	while (!atomic_load(&watcher.tid))
		sched_yield();
	await_sleep(atomic_load(&watcher.tid));
	assert_int_equal(client_shutdown(client), 0);
	assert_int_equal(pthread_join(watcher.thread, NULL), 0);
	/* poll() looks up the number anew when it wakes, and it may be gone by then: POLLNVAL. */
	assert_true(watcher.events & (POLLIN | POLLHUP | POLLERR | POLLNVAL));
}

/* A.14 (b): numbers of descriptors come back at once, handles do not. */
static void numbers_come_back(void **state)
{
	struct client *first, *second;
	LINEMESSAGE message;
	HLINEAPP app;
	HLINE line;
	int event;

	(void)state;
	two_adapters("1");
	first = client_begun("first", V2_2, "event");
	client_do(first, "open a owner");
	app = first->app;
	line = client_line(first, 1);
	event = first->event;
	assert_int_equal(client_shutdown(first), 0);
	second = client_begun("second", V2_2, "event");
	client_do(second, "open a owner");
	assert_int_equal(second->event, event);
	assert_true(second->app != app);
	assert_true(client_line(second, 1) != line);
	fails(lineGetMessage(app, &message, 0), LINEERR_INVALAPPHANDLE);
	fails(lineClose(line), LINEERR_INVALLINEHANDLE);
	fails(lineShutdown(app), LINEERR_INVALAPPHANDLE);
	client_do(second, "hears-nothing");
	play_end(__FILE__, __LINE__);
}

/* A.14 (c): who waits for the level hears of what is left; who waits for edges must drain. */
static void level_in_epoll(void **state)
{
	struct epoll_event event = { .events = EPOLLIN }, came;
	struct client *callee;
	LINEMESSAGE message;
	unsigned int got = 0;
	int level, edge;

	(void)state;
	two_adapters("1");
	callee = client_begun("callee", V2_2, "event");
	client_do(callee, "open b owner");
	client_do(callee, "hears-nothing");
	level = keep_fd(epoll_create1(EPOLL_CLOEXEC));
	edge = keep_fd(epoll_create1(EPOLL_CLOEXEC));
	assert_int_equal(epoll_ctl(level, EPOLL_CTL_ADD, callee->event, &event), 0);
	event.events = EPOLLIN | EPOLLET;
	assert_int_equal(epoll_ctl(edge, EPOLL_CTL_ADD, callee->event, &event), 0);
	play_on("caller: open a none",
		"caller: call L1 200",
		"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK");
	assert_int_equal(epoll_wait(edge, &came, 1, patience()), 1);
	while (epoll_wait(level, &came, 1, 0) == 1) {
		succeeds(lineGetMessage(callee->app, &message, 0));
		client_text(callee, &message);
		got++;
	}
	assert_int_equal(got, 2);
	fails(lineGetMessage(callee->app, &message, 0), LINEERR_OPERATIONFAILED);
	/* Drained: the next message is an edge again. */
	play_on("caller: drop C1",
		"caller: hears-any reply C1 Drop 0; C1 IDLE");
	assert_int_equal(epoll_wait(edge, &came, 1, patience()), 1);
	client_do(callee, "hears C1 DISCONNECTED NORMAL");
	/* Taken out of the set before the end, as A.14 (b) asks for. */
	assert_int_equal(epoll_ctl(level, EPOLL_CTL_DEL, callee->event, NULL), 0);
	assert_int_equal(epoll_ctl(edge, EPOLL_CTL_DEL, callee->event, NULL), 0);
	play_end(__FILE__, __LINE__);
}

#define CONSUMERS	4
#define CALLS		20

/**
 * struct consumers - threads that read one application's messages
 * @app: the application
 * @threads: they
 * @offers: OFFERINGs that any of them got
 * @others: DISCONNECTEDs
 */
static struct consumers {
	HLINEAPP app;
	pthread_t threads[CONSUMERS];
	atomic_uint offers;
	atomic_uint others;
} consumers;

static void *consume(void *argument)
{
	LINEMESSAGE message;

	(void)argument;
	while (!lineGetMessage(consumers.app, &message, INFINITE)) {
		if (message.dwMessageID != LINE_CALLSTATE)
			continue;
		if (message.dwParam1 == LINECALLSTATE_OFFERING)
			atomic_fetch_add(&consumers.offers, 1);
		else
			atomic_fetch_add(&consumers.others, 1);
	}
	return NULL;
}

static void wait_atomic(atomic_uint *value, unsigned int wanted)
{
	long long end = now_ms() + patience();

	while (atomic_load(value) < wanted) {
		if (now_ms() > end)
			fail_msg("%u, not %u", atomic_load(value), wanted);
		usleep(1000);
	}
}

/* A.14 (d): several who read share the messages; each is got once. */
static void several_who_read(void **state)
{
	struct client *callee, *caller;
	unsigned int i;

	(void)state;
	two_adapters("1");
	callee = client_begun("callee", V2_2, "event");
	client_do(callee, "open b owner");
	caller = client_begun("caller", V2_2, "event");
	client_do(caller, "open a none");
	memset(&consumers, 0, sizeof(consumers));
	consumers.app = callee->app;
	for (i = 0; i < CONSUMERS; i++)
		assert_int_equal(pthread_create(&consumers.threads[i], NULL, consume, NULL), 0);
	for (i = 1; i <= CALLS; i++) {
		client_do(caller, "call L1 200");
		client_do(caller, "hears reply C%u MakeCall 0; C%u PROCEEDING; C%u RINGBACK", i, i,
			  i);
		wait_atomic(&consumers.offers, i);
		client_do(caller, "drop C%u", i);
		client_do(caller, "hears-any reply C%u Drop 0; C%u IDLE", i, i);
		client_do(caller, "deallocate C%u", i);
	}
	wait_atomic(&consumers.others, CALLS);
	assert_int_equal(client_shutdown(callee), 0);
	for (i = 0; i < CONSUMERS; i++)
		assert_int_equal(pthread_join(consumers.threads[i], NULL), 0);
	assert_int_equal(atomic_load(&consumers.offers), CALLS);
	assert_int_equal(atomic_load(&consumers.others), CALLS);
	play_end(__FILE__, __LINE__);
}

/* The port is the application's: it outlives lineShutdown(), and what was written stays. */
static void port_outlives_application(void **state)
{
	struct tapi_completion completion;
	struct client *callee;
	int event, port;
	char byte = 0;

	(void)state;
	two_adapters("1");
	callee = client_begun("callee", V2_2, "port");
	client_do(callee, "open b owner");
	play_on("caller: open a none",
		"caller: call L1 200",
		"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK");
	event = callee->event;
	port = callee->port;
	assert_int_equal(wait_fd(event, POLLIN, patience()) & POLLIN, POLLIN);
	/* The fixture is not to close them. */
	callee->event = -1;
	callee->port = -1;
	assert_int_equal(client_shutdown(callee), 0);
	client_do(client_of("caller"), "hears C1 DISCONNECTED NORMAL");
	while (recv(event, &completion, sizeof(completion), MSG_DONTWAIT) == sizeof(completion)) {
		assert_int_equal(completion.key, 0x4b45594b);
		tapi_free(completion.message);
	}
	/* Both ends are still open. */
	assert_int_equal(send(port, &byte, 1, 0), 1);
	assert_int_equal(recv(event, &byte, 1, 0), 1);
	close(port);
	close(event);
	tapi_free(NULL);
	play_end(__FILE__, __LINE__);
}

/* A port that nobody reads holds up neither the end, nor others. */
static void port_is_full(void **state)
{
	int size = 1, event, port;
	struct tapi_completion completion;
	struct client *callee, *caller;
	unsigned int i;

	(void)state;
	two_adapters("1");
	callee = client_begun("callee", V2_2, "port");
	client_do(callee, "open b owner");
	event = callee->event;
	port = callee->port;
	assert_int_equal(setsockopt(port, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size)), 0);
	caller = client_begun("caller", V2_2, "event");
	client_do(caller, "open a none");
	for (i = 1; i <= 12; i++) {
		client_do(caller, "call L1 200");
		client_do(caller, "hears reply C%u MakeCall 0; C%u PROCEEDING; C%u RINGBACK", i, i,
			  i);
		client_do(caller, "drop C%u", i);
		client_do(caller, "hears-any reply C%u Drop 0; C%u IDLE", i, i);
		client_do(caller, "deallocate C%u", i);
	}
	callee->event = -1;
	callee->port = -1;
	assert_int_equal(client_shutdown(callee), 0);
	while (recv(event, &completion, sizeof(completion), MSG_DONTWAIT) == sizeof(completion))
		tapi_free(completion.message);
	close(port);
	close(event);
	play_end(__FILE__, __LINE__);
}

/**
 * struct phone - an application all of whose life is in its callback (T1)
 * @app: it
 * @device: dwDeviceID of its line
 * @line: its line
 * @call: its call
 * @drop: lineDrop()'s request
 * @lives: how often it has begun
 * @is_recipient: it registers as a recipient of requests in each life
 * @is_asleep: it sleeps in its callback until this is not set any more
 * @is_over: what a test waits for has been done
 */
static struct phone {
	HLINEAPP app;
	DWORD device;
	HLINE line;
	HCALL call;
	LONG drop;
	unsigned int lives;
	bool is_recipient;
	atomic_bool is_asleep;
	atomic_bool is_over;
} phone;

static void phone_begin(void);

static void phone_is_no_recipient(void)
{
	LINEREQMAKECALL request;

	fails(lineGetRequestA(phone.app, LINEREQUESTMODE_MAKECALL, &request),
	      LINEERR_NOTREGISTERED);
	assert_int_equal(tapiRequestMakeCallA("100", NULL, NULL, NULL),
			 TAPIERR_NOREQUESTRECIPIENT);
}

static void phone_hears(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR first,
			DWORD_PTR second, DWORD_PTR third)
{
	(void)instance;
	(void)second;
	(void)third;
	while (atomic_load(&phone.is_asleep) && message == LINE_CALLSTATE)
		usleep(10000);
	if (message == LINE_CALLSTATE) {
		switch (first) {
		case LINECALLSTATE_OFFERING:
			phone.call = device;
			assert_true(lineAnswer(device, NULL, 0) > 0);
			break;
		case LINECALLSTATE_DISCONNECTED:
			phone.drop = lineDrop(device, NULL, 0);
			assert_true(phone.drop > 0);
			break;
		case LINECALLSTATE_IDLE:
			succeeds(lineDeallocateCall(device));
			succeeds(lineClose(phone.line));
			phone.line = 0;
			atomic_store(&phone.is_over, true);
			break;
		default:
			break;
		}
	} else if (message == LINE_LINEDEVSTATE && first == LINEDEVSTATE_REINIT) {
		/* All of it in one callback, and all of it is carried out. */
		succeeds(lineDeallocateCall(phone.call));
		succeeds(lineClose(phone.line));
		succeeds(lineRegisterRequestRecipient(phone.app, 0, LINEREQUESTMODE_MAKECALL,
						      FALSE));
		phone_is_no_recipient();
		succeeds(lineShutdown(phone.app));
		phone_begin();
		atomic_store(&phone.is_over, true);
	} else if (message == LINE_REQUEST) {
		atomic_store(&phone.is_over, true);
	}
}

static void phone_begin(void)
{
	LINEINITIALIZEEXPARAMS params = {
		.dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEHIDDENWINDOW,
	};
	DWORD version = V2_2, num_devs;

	phone.lives++;
	succeeds(lineInitializeEx(&phone.app, NULL, phone_hears, "phone", &num_devs, &version,
				  &params));
	assert_true(num_devs > phone.device);
	if (phone.is_recipient)
		succeeds(lineRegisterRequestRecipient(phone.app, 7, LINEREQUESTMODE_MAKECALL,
						      TRUE));
	succeeds(lineOpen(phone.app, phone.device, &phone.line, V2_2, 0, 7,
			  LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_DIGITALDATA, NULL));
}

static void phone_until_over(void)
{
	while (!atomic_load(&phone.is_over))
		assert_true(tapi_dispatch(phone.app, 1000) >= 0);
}

/* T1: drop at DISCONNECTED, deallocate and close at IDLE, all in the callback. */
static void everything_in_the_callback(void **state)
{
	struct client *devices;

	(void)state;
	two_adapters("1");
	devices = client_begun("devices", V2_2, "event");
	memset(&phone, 0, sizeof(phone));
	phone.device = client_device(devices, "b", 0);
	phone_begin();
	play_on("caller: open a none",
		"caller: call L1 200",
		"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK");
	while (tapi_dispatch(phone.app, 100) > 0)
		;
	play_on("caller: hears C1 CONNECTED ACTIVE",
		"caller: drop C1",
		"caller: hears-any reply C1 Drop 0; C1 IDLE");
	phone_until_over();
	wait_count(CONDIS_COUNTER_SAPS, 0);
	succeeds(lineShutdown(phone.app));
	play_end(__FILE__, __LINE__);
}

/*
 * T1: on REINIT, in one callback, with a call that is up: deallocate it, close, deregister as a
 * recipient of requests, shut down; initialise, register and open again.
 */
static void reinit_in_the_callback(void **state)
{
	LINEREQMAKECALL request;
	struct client *devices;

	(void)state;
	two_adapters("1");
	adapter_add("c", "address", "300@0", NULL);
	devices = client_begun("devices", V2_2, "event");
	memset(&phone, 0, sizeof(phone));
	phone.device = client_device(devices, "b", 0);
	phone.is_recipient = true;
	phone_begin();
	play_on("caller: open a none",
		"caller: call L1 200",
		"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK");
	while (tapi_dispatch(phone.app, 100) > 0)
		;
	play_on("caller: hears C1 CONNECTED ACTIVE",
		"caller: hears-nothing");
	/* Other lines than that of the call are new: it is there until the application ends it. */
	adapter_set("c", "lines", "2", "address", "300@0,301@1", NULL);
	phone_until_over();
	assert_int_equal(phone.lives, 2);
	play_on("devices: hears REINIT",
		"caller: hears-any REINIT; C1 DISCONNECTED NORMAL",
		"caller: drop C1",
		"caller: hears-any reply C1 Drop 0; C1 IDLE",
		"caller: deallocate C1");
	wait_count(CONDIS_COUNTER_VCS, 0);
	/* Its new life has a line, takes calls, and requests for calls. */
	play_on("caller: call L1 200",
		"caller: hears reply C2 MakeCall 0; C2 PROCEEDING; C2 RINGBACK");
	atomic_store(&phone.is_over, false);
	while (tapi_dispatch(phone.app, 100) > 0)
		;
	assert_int_equal(tapiRequestMakeCallA("100", NULL, NULL, NULL), 0);
	phone_until_over();
	atomic_store(&phone.is_over, false);
	succeeds(lineGetRequestA(phone.app, LINEREQUESTMODE_MAKECALL, &request));
	assert_string_equal(request.szDestAddress, "100");
	play_on("caller: hears C2 CONNECTED ACTIVE",
		"caller: close L1");
	phone_until_over();
	succeeds(lineShutdown(phone.app));
	play_end(__FILE__, __LINE__);
}

static void *phone_thread(void *argument)
{
	(void)argument;
	phone_until_over();
	return NULL;
}

/* T9: one sleeps in its callback; others make and end their calls meanwhile. */
static void sleeps_in_the_callback(void **state)
{
	struct client *devices;
	pthread_t thread;

	(void)state;
	adapter_add("a", "calls", "4", "address", "100@0", NULL);
	adapter_add("b", "calls", "4", "lines", "2", "address", "200@0,201@1", NULL);
	devices = client_begun("devices", V2_2, "event");
	memset(&phone, 0, sizeof(phone));
	phone.device = client_device(devices, "b", 0);
	atomic_store(&phone.is_asleep, true);
	phone_begin();
	assert_int_equal(pthread_create(&thread, NULL, phone_thread, NULL), 0);
	play_on("caller: open a none",
		"caller: call L1 200",
		"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK",
		"callee: open b.1 owner",
		"caller: call L1 201",
		"caller: hears reply C2 MakeCall 0; C2 PROCEEDING; C2 RINGBACK",
		"callee: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner",
		"callee: answer C1",
		"callee: hears reply C1 Answer 0; C1 CONNECTED ACTIVE",
		"caller: hears C2 CONNECTED ACTIVE",
		"caller: drop C2",
		"caller: hears-any reply C2 Drop 0; C2 IDLE",
		"callee: hears C1 DISCONNECTED NORMAL",
		"caller: hears-nothing");
	atomic_store(&phone.is_asleep, false);
	play_on("caller: hears C1 CONNECTED ACTIVE",
		"caller: drop C1",
		"caller: hears-any reply C1 Drop 0; C1 IDLE");
	assert_int_equal(pthread_join(thread, NULL), 0);
	succeeds(lineShutdown(phone.app));
	play_end(__FILE__, __LINE__);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TAPI_TEST(every_way),
		TAPI_TEST(threads),
		TAPI_TEST(level_of_the_event),
		TAPI_TEST(timeouts),
		TAPI_TEST(dispatch_descriptor),
		TAPI_TEST(shutdown_wakes_who_polls),
		TAPI_TEST(numbers_come_back),
		TAPI_TEST(level_in_epoll),
		TAPI_TEST(several_who_read),
		TAPI_TEST(port_outlives_application),
		TAPI_TEST(port_is_full),
		TAPI_TEST(everything_in_the_callback),
		BUS_TEST(reinit_in_the_callback),
		TAPI_TEST(sleeps_in_the_callback),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
