// SPDX-License-Identifier: GPL-2.0
/*
 * What TAPI libraries and their applications have done wrong: each fault that is known is a case
 * here, as long as it is not in a suite about something else.
 */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "delays.h"
#include "tapi/client.h"

static int no_delays(void **state)
{
	delays_end();
	return tapi_teardown(state);
}

#define DELAY_TEST(function) \
	cmocka_unit_test_setup_teardown(function, tapi_setup, no_delays)

/**
 * struct listener - a thread that reads an application's messages, and what it has seen
 * @thread: the thread
 * @app: the application
 * @closed: dwCallbackInstance of the last line that is closed: none of it comes any more
 * @is_over: it is to stop
 * @messages: so many were about lines
 * @late: so many were about lines that had been closed before it began to wait for a message
 * @strange: so many were neither a new call nor its first state, in this order
 */
struct listener {
	pthread_t thread;
	HLINEAPP app;
	atomic_uint closed;
	atomic_bool is_over;
	unsigned int messages;
	unsigned int late;
	unsigned int strange;
};

static void *listen_on(void *argument)
{
	struct listener *listener = argument;
	HCALL announced = 0;
	LINEMESSAGE message;
	unsigned int closed;

	while (!atomic_load(&listener->is_over)) {
		/* As it is before: what is read meanwhile may have been on its way. */
		closed = atomic_load(&listener->closed);
		if (lineGetMessage(listener->app, &message, 1) || !message.dwCallbackInstance)
			continue;
		listener->messages++;
		listener->late += message.dwCallbackInstance <= closed;
		if (message.dwMessageID == LINE_APPNEWCALL) {
			announced = (HCALL)message.dwParam2;
		} else if (message.dwMessageID != LINE_CALLSTATE || message.hDevice != announced) {
			listener->strange++;
			say("strange: %s %#x %#x, handle %#x, after %#x",
			    tapi_message_name(message.dwMessageID), (DWORD)message.dwParam1,
			    (DWORD)message.dwParam2, message.hDevice, announced);
		}
	}
	return NULL;
}

static void listener_start(struct listener *listener, HLINEAPP app)
{
	memset(listener, 0, sizeof(*listener));
	listener->app = app;
	assert_int_equal(pthread_create(&listener->thread, NULL, listen_on, listener), 0);
}

static void listener_end(struct listener *listener)
{
	atomic_store(&listener->is_over, true);
	assert_int_equal(pthread_join(listener->thread, NULL), 0);
	say("%u messages", listener->messages);
	assert_int_equal(listener->late, 0);
	assert_int_equal(listener->strange, 0);
}

/*
 * D.1: a new call is announced, its line is closed, and what comes late is of a dead handle: held
 * up where the kernel offers and where it queues, on a debug kernel. Nobody spins or waits.
 */
static void d1_close_meets_new_call(const char *point)
{
	unsigned int rounds = is_debug_kernel() ? 4 : 20, i;
	struct client *caller, *callee;
	struct listener listener;
	HLINE line;
	DWORD device;

	say("%s", point);
	delays(point);
	caller = client_begun("caller", V2_2, "event");
	callee = client_begun("callee", V2_2, "event");
	device = client_device(callee, "b", 0);
	client_do(caller, "open a none");
	listener_start(&listener, callee->app);
	for (i = 1; i <= rounds; i++) {
		succeeds(lineOpen(callee->app, device, &line, V2_2, 0, i, OWNER, DIGITAL, NULL));
		client_do(caller, "call L1 200");
		/* Now, or a little later: somewhere between its first word and its last. */
		usleep((useconds_t)i * 50);
		succeeds(lineClose(line));
		atomic_store(&listener.closed, i);
		fails(lineClose(line), LINEERR_INVALLINEHANDLE);
		/* Whoever had been called: the network takes the call, and ends it. */
		client_do(caller, "hears reply C%u MakeCall 0; C%u PROCEEDING", i, i);
		client_do(caller, "drop C%u", i);
		do {
			client_do(caller, "hears *");
		} while (!caller->call_over[i - 1] || caller->requests[0].id);
		client_do(caller, "deallocate C%u", i);
	}
	assert_null(strstr(caller->trace, "nobody"));
	assert_null(strstr(caller->trace, "that is"));
	delays_end();
	listener_end(&listener);
	assert_int_equal(client_shutdown(callee), 0);
	play_end(__FILE__, __LINE__);
}

/* D.1, without a race: the close comes between the announcement and the state behind it. */
static void d1_close_behind_the_announcement(void **state)
{
	struct client *callee;
	LINEMESSAGE message;
	int is_read;

	(void)state;
	two_adapters("1");
	for (is_read = 0; is_read < 2; is_read++) {
		play_on("callee: open b owner",
			"callee: hears-nothing",
			"caller: open a none",
			"caller: call L1 200",
			"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK");
		callee = client_of("callee");
		if (is_read) {
			succeeds(lineGetMessage(callee->app, &message, (DWORD)patience()));
			assert_int_equal(message.dwMessageID, LINE_APPNEWCALL);
		}
		/* Its OFFERING waits, and the caller's end makes more. */
		play_on("callee: close L1",
			"caller: hears C1 DISCONNECTED NORMAL",
			"callee: hears-nothing");
		if (is_read)
			fails(lineDrop((HCALL)message.dwParam2, NULL, 0), LINEERR_INVALCALLHANDLE);
		play_end(__FILE__, __LINE__);
	}
}

/* D.1: and when the line is open again, a call is announced before its state is told. */
static void d1_call_behind_the_close(void **state)
{
	LINEMESSAGE message;

	(void)state;
	two_adapters("1");
	play_on("callee: open b owner",
		"caller: open a none",
		"caller: call L1 200",
		"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK");
	succeeds(lineGetMessage(client_of("callee")->app, &message, (DWORD)patience()));
	assert_int_equal(message.dwMessageID, LINE_APPNEWCALL);
	/* Its state is looked for with the next message, which is of another call. */
	play_on("callee: close L1",
		"caller: hears C1 DISCONNECTED NORMAL",
		"callee: open b owner",
		"caller: drop C1",
		"caller: hears reply C1 Drop 0; C1 IDLE",
		"caller: call L1 200",
		"caller: hears reply C2 MakeCall 0; C2 PROCEEDING; C2 RINGBACK",
		"callee: hears L2 new C1 owner at 0; C1 OFFERING ACTIVE owner");
	play_end(__FILE__, __LINE__);
}

static void d1_close_races_new_call(void **state)
{
	(void)state;
	two_adapters("1");
	d1_close_meets_new_call("leg.offered:20");
	d1_close_meets_new_call("event.queue:10");
	d1_close_meets_new_call("line.close.unlinked:20");
	d1_close_meets_new_call("random:1:2000");
}

/* D.2: more than two owners share a call: it is gone with its last one, and not before. */
static void d2_three_owners(void **state)
{
	(void)state;
	tapi_connected();
	play("second: open b owner",
	     "second: new-calls L1 1",
	     "callee: hears C1 info monitors",
	     "second: privilege C1 owner",
	     "callee: hears C1 info +owner monitors",
	     "third: open b owner",
	     "third: new-calls L1 1",
	     "callee: hears C1 info monitors",
	     "second: hears C1 info monitors",
	     "third: privilege C1 owner",
	     "callee: hears C1 info +owner monitors",
	     "second: hears C1 info +owner monitors",
	     "third: counts C1 3+0",
	     "callee: deallocate C1",
	     "second: hears C1 info -owner",
	     "third: hears C1 info -owner",
	     "second: deallocate C1",
	     "third: hears C1 info -owner",
	     "third: state C1 CONNECTED",
	     "caller: hears-nothing",
	     "third: deallocate C1",
	     "caller: hears C1 DISCONNECTED NORMAL",
	     "caller: deallocate C1",
	     "world: vcs 0");
}

/* D.3: a monitor that never deallocates has its own handles, and holds up nobody. */
static void d3_monitor_that_ignores_idle(void **state)
{
	struct client *caller, *callee, *monitor;
	unsigned int i;

	(void)state;
	two_adapters("1");
	play_on("callee: open b owner",
		"monitor: open b monitor",
		"caller: open a none");
	caller = client_of("caller");
	callee = client_of("callee");
	monitor = client_of("monitor");
	for (i = 1; i <= 40; i++) {
		client_do(caller, "call L1 200");
		client_do(caller, "hears reply C%u MakeCall 0; C%u PROCEEDING; C%u RINGBACK", i, i,
			  i);
		client_do(callee, "hears-any L1 new C%u owner at 0; C%u OFFERING ACTIVE owner; "
			  "C%u info monitors", i, i, i);
		client_do(monitor, "hears L1 new C%u monitor at 0; C%u OFFERING ACTIVE monitor", i,
			  i);
		client_do(caller, "drop C%u", i);
		client_do(caller, "hears-any reply C%u Drop 0; C%u IDLE", i, i);
		client_do(caller, "deallocate C%u", i);
		client_do(callee, "hears C%u DISCONNECTED NORMAL", i);
		client_do(callee, "drop C%u", i);
		client_do(callee, "hears-any reply C%u Drop 0; C%u IDLE", i, i);
		client_do(callee, "deallocate C%u", i);
		client_do(monitor, "hears C%u DISCONNECTED NORMAL; C%u IDLE", i, i);
	}
	/* All of them can still be asked about, and all go with the line. */
	client_do(monitor, "state C1 IDLE");
	client_do(monitor, "state C40 IDLE");
	client_do(monitor, "close L1");
	client_do(monitor, "state C40 = INVALCALLHANDLE");
	play_end(__FILE__, __LINE__);
}

/**
 * struct reply_waiter - a thread that waits for the reply to one request
 * @thread: the thread
 * @app: the application
 * @id: the request
 * @result: of it
 */
struct reply_waiter {
	pthread_t thread;
	HLINEAPP app;
	atomic_int id;
	LONG result;
};

static void *wait_for_reply(void *argument)
{
	struct reply_waiter *waiter = argument;
	LINEMESSAGE message;

	do {
		waiter->result = lineGetMessage(waiter->app, &message, (DWORD)patience());
		if (waiter->result)
			return NULL;
	} while (message.dwMessageID != LINE_REPLY ||
		 (LONG)message.dwParam1 != atomic_load(&waiter->id));
	waiter->result = TAPI_RESULT(message.dwParam2);
	return NULL;
}

/* D.4: one thread waits for the reply to a drop, another deallocates: the reply comes, in 2.x. */
static void d4_reply_that_is_waited_for(void **state)
{
	struct reply_waiter waiter = { 0 };
	struct client *caller;
	HCALL call;

	(void)state;
	tapi_connected();
	caller = client_of("caller");
	call = client_call(caller, 1);
	adapter_set("a", "clear-delay", "300", NULL);
	waiter.app = caller->app;
	atomic_store(&waiter.id, lineDrop(call, NULL, 0));
	assert_true(atomic_load(&waiter.id) > 0);
	assert_int_equal(pthread_create(&waiter.thread, NULL, wait_for_reply, &waiter), 0);
	succeeds(lineDeallocateCall(call));
	assert_int_equal(pthread_join(waiter.thread, NULL), 0);
	succeeds(waiter.result);
	client_do(client_of("callee"), "hears C1 DISCONNECTED NORMAL");
	play_end(__FILE__, __LINE__);
}

/* D.4: and if all ends meanwhile, who waits is woken. */
static void d4_wait_ends_with_the_application(void **state)
{
	struct reply_waiter waiter = { 0 };
	struct client *caller;

	(void)state;
	tapi_connected();
	caller = client_of("caller");
	adapter_set("a", "clear-delay", "20000", NULL);
	waiter.app = caller->app;
	atomic_store(&waiter.id, lineDrop(client_call(caller, 1), NULL, 0));
	assert_int_equal(pthread_create(&waiter.thread, NULL, wait_for_reply, &waiter), 0);
	/* The reply of a line that is closed does not come: the end of the application does. */
	client_do(caller, "close L1");
	assert_int_equal(client_shutdown(caller), 0);
	assert_int_equal(pthread_join(waiter.thread, NULL), 0);
	fails(waiter.result, LINEERR_INVALAPPHANDLE);
	client_do(client_of("callee"), "hears C1 DISCONNECTED NORMAL");
	adapter_set("a", "clear-delay", "0", NULL);
	play_end(__FILE__, __LINE__);
}

/* D.5: drop, and deallocate at once: before 2.0 it is refused, and the handle is not lost. */
static void d5_deallocate_at_once(void **state)
{
	(void)state;
	two_adapters("1");
	play("callee: open b owner",
	     "caller: begin 1.4 event",
	     "caller: open a none",
	     "caller: call L1 200",
	     "caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK",
	     "callee: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner",
	     "world: set a clear-delay 2000",
	     "caller: drop C1",
	     "caller: deallocate C1 = INVALCALLSTATE",
	     "caller: hears-any reply C1 Drop 0; C1 IDLE",
	     "caller: deallocate C1",
	     "callee: hears C1 DISCONNECTED NORMAL",
	     "world: set a clear-delay 0");
	play("callee: open b owner",
	     "caller: open a none",
	     "caller: call L1 200",
	     "caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK",
	     "callee: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner",
	     "caller: drop C1",
	     "caller: deallocate C1",
	     "caller: hears reply C1 Drop 0",
	     "callee: hears C1 DISCONNECTED NORMAL",
	     "world: vcs 0");
}

/* D.6: DISCONNECTED is taken for the end, and nothing dropped: the line is free all the same. */
static void d6_disconnected_is_not_dropped(void **state)
{
	(void)state;
	two_adapters("1");
	play("callee: open b owner",
	     "caller: open a none",
	     "caller: call L1 200",
	     "caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK",
	     "callee: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner",
	     "callee: drop C1",
	     "callee: hears-any reply C1 Drop 0; C1 IDLE",
	     "callee: deallocate C1",
	     "caller: hears C1 DISCONNECTED REJECT",
	     "world: vcs 0",
	     "caller: call L1 200",
	     "caller: hears reply C2 MakeCall 0; C2 PROCEEDING; C2 RINGBACK",
	     "callee: hears L1 new C2 owner at 0; C2 OFFERING ACTIVE owner",
	     "caller: state C1 DISCONNECTED",
	     "callee: drop C2",
	     "callee: hears-any reply C2 Drop 0; C2 IDLE",
	     "caller: hears C2 DISCONNECTED REJECT");
}

/* D.7, T5: neither LINE_CLOSE after a close of one's own nor replies: nothing to wait for. */
static void d7_nothing_after_the_close(void **state)
{
	struct client *caller;
	LINEMESSAGE message;

	(void)state;
	tapi_connected();
	caller = client_of("caller");
	adapter_set("a", "clear-delay", "100", NULL);
	play_on("caller: drop C1",
		"caller: close L1",
		"callee: hears C1 DISCONNECTED NORMAL",
		"callee: close L1");
	wait_count(CONDIS_COUNTER_VCS, 0);
	wait_count(CONDIS_COUNTER_REQUESTS, 0);
	fails(lineGetMessage(caller->app, &message, 300), LINEERR_OPERATIONFAILED);
	fails(lineGetMessage(client_of("callee")->app, &message, 0), LINEERR_OPERATIONFAILED);
	play_end(__FILE__, __LINE__);
}

/* D.8: callbacks that nobody pumps hold up neither calls nor the end. */
static void d8_nobody_pumps(void **state)
{
	struct client *caller;

	(void)state;
	two_adapters("1");
	play_on("callee: begin 2.2 callback",
		"callee: open b owner",
		"caller: begin 2.2 callback",
		"caller: open a none",
		"caller: call L1 200");
	caller = client_of("caller");
	/* The reply waits for a pump, and the handle with it. */
	wait_count(CONDIS_COUNTER_VCS, 2);
	assert_int_equal(client_call(caller, 1), 0);
	assert_int_equal(client_shutdown(caller), 0);
	assert_int_equal(client_call(caller, 1), 0);
	wait_count(CONDIS_COUNTER_VCS, 0);
	assert_int_equal(client_shutdown(client_of("callee")), 0);
	play_end(__FILE__, __LINE__);
}

/* D.10: the line is closed inside the callback, with messages of it behind the one that is told. */
static struct {
	HLINEAPP app;
	HLINE line;
	unsigned int heard;
	unsigned int after;
} closing;

static void close_inside(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR first,
			 DWORD_PTR second, DWORD_PTR third)
{
	(void)device;
	(void)first;
	(void)second;
	(void)third;
	if (instance != 11)
		return;
	closing.heard++;
	if (!closing.line) {
		closing.after++;
		return;
	}
	if (message != LINE_APPNEWCALL)
		return;
	succeeds(lineClose(closing.line));
	closing.line = 0;
}

static void d10_close_inside_the_callback(void **state)
{
	LINEINITIALIZEEXPARAMS params = {
		.dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEHIDDENWINDOW,
	};
	DWORD version = V2_2, num_devs;
	struct client *devices;

	(void)state;
	two_adapters("1");
	devices = client_begun("devices", V2_2, "event");
	memset(&closing, 0, sizeof(closing));
	succeeds(lineInitializeEx(&closing.app, NULL, close_inside, "closing", &num_devs, &version,
				  &params));
	succeeds(lineOpen(closing.app, client_device(devices, "b", 0), &closing.line, V2_2, 0, 11,
			  OWNER, DIGITAL, NULL));
	play_on("caller: open a none",
		"caller: call L1 200",
		"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK");
	while (closing.line)
		assert_true(tapi_dispatch(closing.app, 1000) >= 0);
	client_do(client_of("caller"), "hears C1 DISCONNECTED NORMAL");
	while (tapi_dispatch(closing.app, 0) > 0)
		;
	/* LINE_APPNEWCALL, and no OFFERING. */
	assert_int_equal(closing.heard, 1);
	assert_int_equal(closing.after, 0);
	succeeds(lineShutdown(closing.app));
	play_end(__FILE__, __LINE__);
}

/* D.11, T6: messages of a freed handle are not heard, and the next call is another handle. */
static void d11_stale_handles(void **state)
{
	struct client *caller, *callee;
	HCALL calls[32];
	unsigned int i, j;

	(void)state;
	two_adapters("1");
	play_on("callee: open b owner",
		"caller: open a none");
	caller = client_of("caller");
	callee = client_of("callee");
	for (i = 0; i < ARRAY_SIZE(calls); i++) {
		client_do(caller, "call L1 200");
		client_do(caller, "hears reply C%u MakeCall 0; C%u PROCEEDING; C%u RINGBACK", i + 1,
			  i + 1, i + 1);
		client_do(callee, "hears L1 new C%u owner at 0; C%u OFFERING ACTIVE owner", i + 1,
			  i + 1);
		calls[i] = client_call(callee, i + 1);
		for (j = 0; j < i; j++)
			assert_true(calls[j] != calls[i]);
		/* Its DISCONNECTED is in the queue, unread, when it is freed. */
		client_do(caller, "drop C%u", i + 1);
		client_do(caller, "hears-any reply C%u Drop 0; C%u IDLE", i + 1, i + 1);
		client_do(caller, "deallocate C%u", i + 1);
		wait_count(CONDIS_COUNTER_VCS, 0);
		client_do(callee, "deallocate C%u", i + 1);
		client_do(callee, "drop C%u = INVALCALLHANDLE", i + 1);
		client_do(callee, "deallocate C%u = INVALCALLHANDLE", i + 1);
	}
	client_do(callee, "hears-nothing");
	play_end(__FILE__, __LINE__);
}

/* D.12: the place for the handle is gone when the reply could come: nobody writes there. */
static void d12_place_for_the_handle_is_gone(void **state)
{
	struct client *caller;
	LINEMESSAGE message;
	HCALL *place;
	int i;

	(void)state;
	two_adapters("4");
	play_on("callee: open b owner");
	caller = client_begun("caller", V2_2, "event");
	for (i = 0; i < 4; i++) {
		client_do(caller, "open a none");
		place = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
			     0);
		assert_true(place != MAP_FAILED);
		assert_true(lineMakeCall(client_line(caller, (unsigned int)i + 1), place, "200", 0,
					 NULL) > 0);
		client_do(caller, "close L%u", i + 1);
		assert_int_equal(*place, 0);
		assert_int_equal(munmap(place, 4096), 0);
		wait_count(CONDIS_COUNTER_VCS, 0);
		fails(lineGetMessage(caller->app, &message, 50), LINEERR_OPERATIONFAILED);
	}
	client_shutdown(client_of("callee"));
	play_end(__FILE__, __LINE__);
}

/* D.13: an application that never ends does not hold back a new line table from the others. */
static void d13_application_that_stays(void **state)
{
	(void)state;
	two_adapters("1");
	play("leaked: open b owner",
	     "world: set b lines 2",
	     "leaked: hears L1 CLOSE; REINIT",
	     "new: open b.1 owner",
	     "newer: open b.1 none",
	     "world: set b lines 1",
	     "new: hears L1 CLOSE; REINIT",
	     "newer: hears L1 CLOSE; REINIT",
	     /* Once for each new table. */
	     "leaked: hears REINIT",
	     "newest: open b owner",
	     "newest: hears-nothing");
}

/* D.14, T8: dropped again and again: each request has one answer, and one IDLE comes. */
static void d14_each_request_once(void **state)
{
	struct client *caller;
	unsigned int i, asked = 1;

	(void)state;
	tapi_connected();
	caller = client_of("caller");
	adapter_set("a", "clear-delay", "500", NULL);
	client_do(caller, "drop C1");
	for (i = 0; i < 5; i++) {
		if (client_try(caller, "drop C1"))
			break;
		asked++;
	}
	for (i = 0; i < asked + 1; i++)
		client_do(caller, "hears *");
	assert_true(caller->call_over[0]);
	/* None was answered twice, nor is any left: words for that are no script's. */
	assert_null(strstr(caller->trace, "nobody"));
	assert_null(strstr(caller->trace, "gone"));
	for (i = 0; i < CLIENT_REQUESTS; i++)
		assert_int_equal(caller->requests[i].id, 0);
	client_do(caller, "hears-nothing");
	client_do(client_of("callee"), "hears C1 DISCONNECTED NORMAL");
	play_end(__FILE__, __LINE__);
}

/* D.15: a callback waits for a lock whose holder calls the library: it holds none of its own. */
static pthread_mutex_t application_lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
	HLINEAPP app;
	HLINE line;
	atomic_int callbacks;
	atomic_uint call;
	atomic_bool is_over;
} locked;

static void lock_inside(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR first,
			DWORD_PTR second, DWORD_PTR third)
{
	(void)instance;
	(void)second;
	(void)third;
	if (message == LINE_CALLSTATE && first == LINECALLSTATE_OFFERING)
		atomic_store(&locked.call, device);
	if (message != LINE_CREATE)
		atomic_fetch_add(&locked.callbacks, 1);
	pthread_mutex_lock(&application_lock);
	pthread_mutex_unlock(&application_lock);
}

static void *pump(void *argument)
{
	(void)argument;
	while (!atomic_load(&locked.is_over))
		if (tapi_dispatch(locked.app, 100) < 0)
			break;
	return NULL;
}

static void d15_no_lock_over_the_callback(void **state)
{
	LINEINITIALIZEEXPARAMS params = {
		.dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEHIDDENWINDOW,
	};
	LINECALLSTATUS status = { .dwTotalSize = sizeof(status) };
	LINEDEVSTATUS dev_status = { .dwTotalSize = sizeof(dev_status) };
	DWORD version = V2_2, num_devs, device;
	struct client *devices;
	pthread_t thread;
	HLINE second;

	(void)state;
	two_adapters("4");
	devices = client_begun("devices", V2_2, "event");
	device = client_device(devices, "b", 0);
	memset(&locked, 0, sizeof(locked));
	succeeds(lineInitializeEx(&locked.app, NULL, lock_inside, "locked", &num_devs, &version,
				  &params));
	succeeds(lineOpen(locked.app, device, &locked.line, V2_2, 0, 12, OWNER, DIGITAL, NULL));
	pthread_mutex_lock(&application_lock);
	assert_int_equal(pthread_create(&thread, NULL, pump, NULL), 0);
	play_on("caller: open a none",
		"caller: call L1 200",
		"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK");
	while (!atomic_load(&locked.callbacks))
		sched_yield();
	/* It is in the callback, and cannot go on; everything else can. */
	succeeds(lineGetLineDevStatus(locked.line, &dev_status));
	succeeds(lineOpen(locked.app, device, &second, V2_2, 0, 13, OWNER, DIGITAL, NULL));
	succeeds(lineSetStatusMessages(second, LINEDEVSTATE_CLOSE, 0));
	succeeds(lineClose(second));
	pthread_mutex_unlock(&application_lock);
	while (!atomic_load(&locked.call))
		sched_yield();
	pthread_mutex_lock(&application_lock);
	succeeds(lineGetCallStatus(atomic_load(&locked.call), &status));
	assert_true(lineDrop(atomic_load(&locked.call), NULL, 0) > 0);
	client_do(client_of("caller"), "hears C1 DISCONNECTED REJECT");
	succeeds(lineClose(locked.line));
	/* Also the end of all, which does not wait for a callback in another thread. */
	succeeds(lineShutdown(locked.app));
	atomic_store(&locked.is_over, true);
	pthread_mutex_unlock(&application_lock);
	assert_int_equal(pthread_join(thread, NULL), 0);
	play_end(__FILE__, __LINE__);
}

/* D.16: given away and not deallocated: the giver's close is not the sole owner's. */
static void d16_handed_over_and_closed(void **state)
{
	(void)state;
	tapi_connected();
	play("second: open b owner modem",
	     "callee: handoff C1 modem",
	     "second: hears L1 new C1 owner at 0; C1 CONNECTED ACTIVE owner",
	     "callee: close L1",
	     "second: hears C1 info -owner",
	     "caller: hears-nothing",
	     "second: counts C1 1+0",
	     "second: deallocate C1",
	     "caller: hears C1 DISCONNECTED NORMAL");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DELAY_TEST(d1_close_races_new_call),
		TAPI_TEST(d1_close_behind_the_announcement),
		TAPI_TEST(d1_call_behind_the_close),
		TAPI_TEST(d2_three_owners),
		TAPI_TEST(d3_monitor_that_ignores_idle),
		TAPI_TEST(d4_reply_that_is_waited_for),
		TAPI_TEST(d4_wait_ends_with_the_application),
		TAPI_TEST(d5_deallocate_at_once),
		TAPI_TEST(d6_disconnected_is_not_dropped),
		TAPI_TEST(d7_nothing_after_the_close),
		TAPI_TEST(d8_nobody_pumps),
		TAPI_TEST(d10_close_inside_the_callback),
		TAPI_TEST(d11_stale_handles),
		TAPI_TEST(d12_place_for_the_handle_is_gone),
		TAPI_TEST(d13_application_that_stays),
		TAPI_TEST(d14_each_request_once),
		TAPI_TEST(d15_no_lock_over_the_callback),
		TAPI_TEST(d16_handed_over_and_closed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
