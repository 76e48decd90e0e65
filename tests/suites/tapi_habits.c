// SPDX-License-Identifier: GPL-2.0
/*
 * What real applications do that their authors did not mean to, or that nobody forbids: replies
 * that are read early, handles that are dead, ends in a loop and in several threads.
 */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tapi/client.h"

#define REPLIES		60

/**
 * struct racing - replies that come in one thread, of requests that are made in another
 * @app: the application
 * @ids: ids that came, in their order
 * @length: how many
 */
static struct racing {
	HLINEAPP app;
	LONG ids[2 * REPLIES];
	atomic_uint length;
} racing;

static void *read_replies(void *argument)
{
	LINEMESSAGE message;

	(void)argument;
	while (!lineGetMessage(racing.app, &message, INFINITE))
		if (message.dwMessageID == LINE_REPLY)
			racing.ids[atomic_fetch_add(&racing.length, 1) % (2 * REPLIES)] =
				(LONG)message.dwParam1;
	return NULL;
}

/* T5: a reply may be read before the call that asked has returned: it is known all the same. */
static void t5_reply_before_the_return(void **state)
{
	LONG asked[REPLIES];
	struct client *caller;
	unsigned int i, j, times;
	long long end;
	pthread_t thread;
	HCALL calls[REPLIES];

	(void)state;
	two_adapters("1");
	adapter_set("b", "fault", "busy", NULL);
	caller = client_begun("caller", V2_2, "event");
	client_do(caller, "open a none");
	memset(&racing, 0, sizeof(racing));
	racing.app = caller->app;
	assert_int_equal(pthread_create(&thread, NULL, read_replies, NULL), 0);
	for (i = 0; i < REPLIES; i++) {
		/* The line has one call at a time. */
		end = now_ms() + patience();
		do {
			asked[i] = lineMakeCall(client_line(caller, 1), &calls[i], "200", 0, NULL);
		} while (asked[i] == LINEERR_CALLUNAVAIL && now_ms() < end);
		assert_true(asked[i] > 0);
		while (atomic_load(&racing.length) < i + 1 && now_ms() < end)
			sched_yield();
	}
	assert_int_equal(atomic_load(&racing.length), REPLIES);
	assert_int_equal(client_shutdown(caller), 0);
	assert_int_equal(pthread_join(thread, NULL), 0);
	for (i = 0; i < REPLIES; i++) {
		for (times = 0, j = 0; j < REPLIES; j++)
			times += racing.ids[j] == asked[i];
		assert_int_equal(times, 1);
	}
	play_end(__FILE__, __LINE__);
}

/* T6: whatever is asked about a handle that is dead, the answer is that it is. */
static void t6_dead_handles(void **state)
{
	union {
		LINECALLINFO info;
		LINECALLSTATUS status;
		LINEDEVSTATUS dev_status;
		LINECALLLIST list;
		char room[2048];
	} u = { .status.dwTotalSize = 2048 };
	struct client *caller;
	HLINE line;
	HCALL call, made;

	(void)state;
	tapi_connected();
	caller = client_of("caller");
	call = client_call(caller, 1);
	line = client_line(caller, 1);
	client_do(caller, "close L1");
	fails(lineDrop(call, NULL, 0), LINEERR_INVALCALLHANDLE);
	fails(lineAnswer(call, NULL, 0), LINEERR_INVALCALLHANDLE);
	fails(lineAccept(call, NULL, 0), LINEERR_INVALCALLHANDLE);
	fails(lineDeallocateCall(call), LINEERR_INVALCALLHANDLE);
	fails(lineGetCallInfo(call, &u.info), LINEERR_INVALCALLHANDLE);
	fails(lineGetCallStatus(call, &u.status), LINEERR_INVALCALLHANDLE);
	fails(lineSetCallPrivilege(call, MONITOR), LINEERR_INVALCALLHANDLE);
	fails(lineHandoff(call, NULL, DIGITAL), LINEERR_INVALCALLHANDLE);
	fails(lineMonitorDigits(call, 0), LINEERR_INVALCALLHANDLE);
	fails(lineGenerateDigits(call, LINEDIGITMODE_DTMF, "1", 0), LINEERR_INVALCALLHANDLE);
	fails(lineSetMediaMode(call, DIGITAL), LINEERR_INVALCALLHANDLE);
	fails(lineSetAppSpecific(call, 1), LINEERR_INVALCALLHANDLE);
	fails(lineClose(line), LINEERR_INVALLINEHANDLE);
	fails(lineMakeCall(line, &made, "200", 0, NULL), LINEERR_INVALLINEHANDLE);
	fails(lineGetLineDevStatus(line, &u.dev_status), LINEERR_INVALLINEHANDLE);
	fails(lineSetStatusMessages(line, 0, 0), LINEERR_INVALLINEHANDLE);
	fails(lineGetNewCalls(line, 0, LINECALLSELECT_LINE, &u.list), LINEERR_INVALLINEHANDLE);
	client_do(client_of("callee"), "hears C1 DISCONNECTED NORMAL");
	play_end(__FILE__, __LINE__);
}

/* T8: a network that never answers: closing waits for nobody. */
static void t8_network_that_never_answers(void **state)
{
	long long start;

	(void)state;
	tapi_connected();
	/* The drop is not carried out before a minute has passed. */
	adapter_set("a", "clear-delay", "60000", NULL);
	start = now_ms();
	play_on("caller: drop C1",
		"caller: close L1",
		"caller: shutdown");
	assert_in_range(now_ms() - start, 0, promptness());
	/* The end is the adapter's, which does not wait that long either. */
	adapter_surprise("a");
	wait_count(CONDIS_COUNTER_VCS, 0);
	play_on("callee: hears C1 DISCONNECTED NORMAL");
	play_end(__FILE__, __LINE__);
}

static unsigned int times_heard(const struct client *client, const char *format,
				unsigned int label)
{
	unsigned int times = 0;
	const char *at;
	char text[64];

	snprintf(text, sizeof(text), format, label);
	for (at = strstr(client->trace, text); at; at = strstr(at + 1, text))
		times++;
	return times;
}

/*
 * T10: the drop is accepted while the call comes about, and then it fails: the network's answer to
 * the drop takes its time, and its DISCONNECT of a busy line comes meanwhile. There are two
 * replies, both good, and one IDLE.
 */
static void t10_drop_of_a_call_in_the_making(void **state)
{
	struct client *caller;
	unsigned int i;

	(void)state;
	two_adapters("1");
	adapter_set("b", "fault", "busy", NULL);
	adapter_set("a", "clear-delay", "500", "late", "disconnect", "late-by", "300", NULL);
	play_on("caller: open a none",
		"caller: hears-nothing");
	caller = client_of("caller");
	for (i = 1; i <= 5; i++) {
		client_do(caller, "call L1 200");
		client_do(caller, "hears reply C%u MakeCall 0; C%u PROCEEDING", i, i);
		client_do(caller, "drop C%u", i);
		while (!caller->call_over[i - 1] || caller->requests[0].id)
			client_do(caller, "hears *");
		client_do(caller, "hears-nothing");
		assert_int_equal(times_heard(caller, "reply C%u MakeCall 0\n", i), 1);
		assert_int_equal(times_heard(caller, "reply C%u Drop 0\n", i), 1);
		assert_int_equal(times_heard(caller, "\nC%u IDLE\n", i), 1);
		assert_int_equal(times_heard(caller, "reply C%u ", i), 2);
		/* It had not failed before it was dropped: so nobody is told that it did. */
		assert_int_equal(times_heard(caller, "\nC%u ", i), 2);
		client_do(caller, "deallocate C%u", i);
		wait_count(CONDIS_COUNTER_VCS, 0);
	}
	assert_null(strstr(caller->trace, "nobody"));
	play_end(__FILE__, __LINE__);
}

/* T11: a loop until lineShutdown() succeeds ends at once; and the next says that it is over. */
static void t11_loop_on_shutdown(void **state)
{
	struct client *caller;
	HLINEAPP app;
	LONG result;
	int times = 0;

	(void)state;
	tapi_connected();
	caller = client_of("caller");
	app = caller->app;
	do {
		result = lineShutdown(app);
	} while (result && ++times < 3);
	assert_int_equal(times, 0);
	fails(lineShutdown(app), LINEERR_INVALAPPHANDLE);
	caller->app = 0;
	caller->event = -1;
	client_do(client_of("callee"), "hears C1 DISCONNECTED NORMAL");
	play_end(__FILE__, __LINE__);
}

#define THREADS		4

static void *begin_and_end(void *argument)
{
	int *rounds = argument, i;
	LINEINITIALIZEEXPARAMS params;
	DWORD version, num_devs;
	HLINEAPP app;
	HLINE line;

	for (i = 0; i < *rounds; i++) {
		params = (LINEINITIALIZEEXPARAMS) {
			.dwTotalSize = sizeof(params),
			.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT,
		};
		version = V2_2;
		if (lineInitializeEx(&app, NULL, NULL, "thread", &num_devs, &version, &params))
			return "begin";
		if (num_devs && lineOpen(app, 0, &line, V2_2, 0, 0, OWNER, DIGITAL, NULL))
			return "open";
		if (lineShutdown(app))
			return "end";
		if (lineShutdown(app) != LINEERR_INVALAPPHANDLE)
			return "second end";
	}
	return NULL;
}

/* Check 18, for TAPI: applications begin and end in several threads at once. */
static void begin_and_end_in_threads(void **state)
{
	int rounds = is_debug_kernel() ? 5 : 20, i;
	pthread_t threads[THREADS];
	void *wrong;

	(void)state;
	two_adapters("1");
	for (i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, begin_and_end, &rounds), 0);
	for (i = 0; i < THREADS; i++) {
		assert_int_equal(pthread_join(threads[i], &wrong), 0);
		if (wrong)
			fail_msg("%s", (char *)wrong);
	}
	wait_sessions(0);
	wait_count(CONDIS_COUNTER_AFS, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TAPI_TEST(t5_reply_before_the_return),
		TAPI_TEST(t6_dead_handles),
		TAPI_TEST(t8_network_that_never_answers),
		TAPI_TEST(t10_drop_of_a_call_in_the_making),
		TAPI_TEST(t11_loop_on_shutdown),
		TAPI_TEST(begin_and_end_in_threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
