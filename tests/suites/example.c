// SPDX-License-Identifier: GPL-2.0
/*
 * The manual's example of a call manager, under the stack's own client, and every way in which
 * its calls end.
 */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "example.h"

/* Line 0 of "e" dials 101, which is line 1. */
static struct pair idle(void)
{
	struct pair pair = { .caller = app_open("caller"), .callee = app_open("callee") };

	pair.caller_line = line_open(pair.caller, "e", 0, NONE);
	pair.callee_line = line_open(pair.callee, "e", 1, OWNER);
	return pair;
}

static void offer(struct pair *pair, unsigned int n)
{
	char reply[64], proceeding[64], ringback[64], new_call[64], offering[64];

	snprintf(reply, sizeof(reply), "reply C%u MAKE_CALL 0", n);
	snprintf(proceeding, sizeof(proceeding), "C%u PROCEEDING", n);
	snprintf(ringback, sizeof(ringback), "C%u RINGBACK", n);
	snprintf(new_call, sizeof(new_call), "L1 new C%u owner", n);
	snprintf(offering, sizeof(offering), "C%u OFFERING owner", n);
	pair->out = call_make(pair->caller, pair->caller_line, "101");
	expect(pair->caller, reply, proceeding, ringback);
	expect(pair->callee, new_call, offering);
	pair->in = call_label(pair->callee, n);
}

static void answer(struct pair *pair, unsigned int n)
{
	char reply[64], connected[64];

	snprintf(reply, sizeof(reply), "reply C%u ANSWER 0", n);
	snprintf(connected, sizeof(connected), "C%u CONNECTED", n);
	call_answer(pair->callee, pair->in);
	expect(pair->callee, reply, connected);
	expect(pair->caller, connected);
}

static struct pair connected(void)
{
	struct pair pair;

	example_add("e", "2");
	pair = idle();
	offer(&pair, 1);
	answer(&pair, 1);
	return pair;
}

static void hangup(struct app *who, uint32_t call, struct app *far)
{
	call_drop(who, call);
	expect_in_any_order(who, "reply C1 DROP 0", "C1 IDLE");
	expect(far, "C1 DISCONNECTED NORMAL 16");
	expect_end();
}

static void a_call(void **state)
{
	struct ndproxy_line_caps line = { .line = 1 };
	struct ndproxy_address_caps address = { .line = 1 };
	struct ndproxy_adapter adapter = { 0 };
	struct pair pair;
	int from, to, i;

	(void)state;
	pair = connected();
	adapter.adapter = adapter_id("e");
	line.adapter = adapter.adapter;
	address.adapter = adapter.adapter;
	assert_int_equal(condis_line_adapter(pair.caller->session, adapter.adapter, &adapter), 0);
	assert_int_equal(adapter.num_lines, 2);
	assert_int_equal(condis_line_caps(pair.caller->session, adapter.adapter, 1, &line), 0);
	assert_int_equal(line.num_addresses, 1);
	assert_int_equal(line.max_calls, 1);
	assert_string_equal(line.name, "example line 1");
	assert_int_equal(condis_line_address_caps(pair.caller->session, adapter.adapter, 1, 0,
						  &address), 0);
	assert_string_equal(address.number, "101");

	from = call_data(pair.caller, pair.out, 0);
	to = call_data(pair.callee, pair.in, 0);
	for (i = 0; i < 100; i++) {
		example_carry(from, to, "there");
		example_carry(to, from, "and back again");
	}
	close_fd(from);
	close_fd(to);
	hangup(pair.caller, pair.out, pair.callee);
}

static void the_callee_hangs_up(void **state)
{
	struct ndproxy_call_diagnostics diagnostics;
	struct pair pair;

	(void)state;
	pair = connected();
	call_drop_cause(pair.callee, pair.in, Q850_NORMAL_UNSPECIFIED);
	expect_in_any_order(pair.callee, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.caller, "C1 DISCONNECTED NORMAL 31");
	assert_int_equal(condis_call_diagnostics(pair.caller->session, pair.out, &diagnostics), 0);
	assert_int_equal(diagnostics.cause, Q850_NORMAL_UNSPECIFIED);
	assert_int_equal(diagnostics.remote, 1);
	expect_end();

	/* The lines are free again at once. */
	call_deallocate(pair.caller, pair.out);
	call_deallocate(pair.callee, pair.in);
	offer(&pair, 2);
	answer(&pair, 2);
	call_drop(pair.caller, pair.out);
	expect_in_any_order(pair.caller, "reply C2 DROP 0", "C2 IDLE");
	expect(pair.callee, "C2 DISCONNECTED NORMAL 16");
	expect_end();
}

static void calls_that_fail(void **state)
{
	struct pair pair;
	long long start;
	uint32_t line;
	struct app *third;

	(void)state;
	example_add("e", "3");
	pair = idle();
	pair.out = call_make(pair.caller, pair.caller_line, "103");
	expect_failure(pair.caller, 1, "EADDRNOTAVAIL 1 BADADDRESS", "BADADDRESS 1");
	call_deallocate(pair.caller, pair.out);
	pair.out = call_make(pair.caller, pair.caller_line, "0");
	expect_failure(pair.caller, 2, "EADDRNOTAVAIL 1 BADADDRESS", "BADADDRESS 1");
	call_deallocate(pair.caller, pair.out);
	/* Nobody listens on its own line, nor on the third. */
	pair.out = call_make(pair.caller, pair.caller_line, "100");
	expect_failure(pair.caller, 3, "ETIMEDOUT 18 NOANSWER", "NOANSWER 18");
	call_deallocate(pair.caller, pair.out);
	pair.out = call_make(pair.caller, pair.caller_line, "102");
	expect_failure(pair.caller, 4, "ETIMEDOUT 18 NOANSWER", "NOANSWER 18");
	call_deallocate(pair.caller, pair.out);
	wait_count(CONDIS_COUNTER_VCS, 0);

	/* It rings, and nobody answers: long enough to hear that it rings, on any machine. */
	assert_int_equal(example_parameter(MCM, "no_answer_ms", "10000"), 0);
	start = now_ms();
	pair.out = call_make(pair.caller, pair.caller_line, "101");
	expect(pair.caller, "reply C5 MAKE_CALL 0", "C5 PROCEEDING", "C5 RINGBACK",
	       "C5 DISCONNECTED NOANSWER 19");
	assert_elapsed(start, 10000);
	expect(pair.callee, "L1 new C1 owner", "C1 OFFERING owner", "C1 DISCONNECTED NOANSWER 19");
	assert_int_equal(example_parameter(MCM, "no_answer_ms", "60000"), 0);
	call_deallocate(pair.caller, pair.out);
	call_deallocate(pair.callee, call_label(pair.callee, 1));
	wait_count(CONDIS_COUNTER_VCS, 0);

	/* Refused, with a cause of the user's. */
	pair.out = call_make(pair.caller, pair.caller_line, "101");
	expect(pair.caller, "reply C6 MAKE_CALL 0", "C6 PROCEEDING", "C6 RINGBACK");
	expect(pair.callee, "L1 new C2 owner", "C2 OFFERING owner");
	pair.in = call_label(pair.callee, 2);
	call_drop_cause(pair.callee, pair.in, Q850_USER_BUSY);
	expect_in_any_order(pair.callee, "reply C2 DROP 0", "C2 IDLE");
	expect(pair.caller, "C6 DISCONNECTED BUSY 17");
	call_deallocate(pair.caller, pair.out);
	wait_count(CONDIS_COUNTER_VCS, 0);

	/* The line has a call. */
	pair.out = call_make(pair.caller, pair.caller_line, "101");
	expect(pair.caller, "reply C7 MAKE_CALL 0", "C7 PROCEEDING", "C7 RINGBACK");
	expect(pair.callee, "L1 new C3 owner", "C3 OFFERING owner");
	third = app_open("third");
	line = line_open(third, "e", 2, NONE);
	call_make(third, line, "101");
	expect_failure(third, 1, "EBUSY 17 BUSY", "BUSY 17");
	expect_nothing(pair.callee);
	call_drop(pair.caller, pair.out);
	expect_in_any_order(pair.caller, "reply C7 DROP 0", "C7 IDLE");
	expect(pair.callee, "C3 DISCONNECTED NORMAL 16");
	expect_end();
}

struct drop {
	pthread_barrier_t *barrier;
	struct app *app;
	uint32_t call;
};

static void *drop(void *argument)
{
	struct drop *drop = argument;

	pthread_barrier_wait(drop->barrier);
	condis_call_drop(drop->app->session, drop->call, 0, 0);
	return NULL;
}

/* Both ends hang up in the same moment, more or less. */
static void glare(void **state)
{
	int rounds = is_debug_kernel() ? 20 : 60, i;
	pthread_barrier_t barrier;
	pthread_t thread;
	struct pair pair;

	(void)state;
	example_add("e", "2");
	pthread_barrier_init(&barrier, NULL, 2);
	for (i = 0; i < rounds; i++) {
		struct drop near, far;

		pair = idle();
		offer(&pair, 1);
		/* Some while it rings. */
		if (i % 3)
			answer(&pair, 1);
		near = (struct drop) { &barrier, pair.caller, pair.out };
		far = (struct drop) { &barrier, pair.callee, pair.in };
		assert_int_equal(pthread_create(&thread, NULL, drop, &far), 0);
		drop(&near);
		pthread_join(thread, NULL);
		wait_count(CONDIS_COUNTER_VCS, 0);
		app_close(pair.caller);
		app_close(pair.callee);
	}
	pthread_barrier_destroy(&barrier);
}

static int caller_process(void *argument)
{
	struct app *app = app_open("process");
	uint32_t line = line_open(app, "e", 0, NONE);

	call_make(app, line, "101");
	hear(app, argument);
	child_ready();
	pause();
	return 0;
}

static void the_caller_dies(void **state)
{
	struct app *callee;
	pid_t pid;

	(void)state;
	example_add("e", "2");
	callee = app_open("callee");
	line_open(callee, "e", 1, OWNER);

	pid = child_start(caller_process, "C1 RINGBACK");
	child_await(pid);
	expect(callee, "L1 new C1 owner", "C1 OFFERING owner");
	child_kill(pid);
	expect(callee, "C1 DISCONNECTED *");
	call_deallocate(callee, call_label(callee, 1));
	wait_count(CONDIS_COUNTER_VCS, 0);

	pid = child_start(caller_process, "C1 CONNECTED");
	expect(callee, "L1 new C2 owner", "C2 OFFERING owner");
	call_answer(callee, call_label(callee, 2));
	expect(callee, "reply C2 ANSWER 0", "C2 CONNECTED");
	child_await(pid);
	child_kill(pid);
	expect(callee, "C2 DISCONNECTED *");
	wait_count(CONDIS_COUNTER_VCS, 0);
	wait_sessions(1);
}

/* Something happens to the adapter while packets flow in both directions. */
static void under_load(void (*happens)(void), bool calls_end)
{
	pthread_t out, in;
	struct pair pair;
	long long start;
	int from, to;

	pair = connected();
	from = call_data(pair.caller, pair.out, 0);
	to = call_data(pair.callee, pair.in, 0);
	assert_int_equal(pthread_create(&out, NULL, example_flow, &from), 0);
	assert_int_equal(pthread_create(&in, NULL, example_flow, &to), 0);
	wait_fd(from, POLLIN, patience());
	wait_fd(to, POLLIN, patience());

	start = now_ms();
	happens();
	assert_in_range(now_ms() - start, 0, promptness());
	if (calls_end) {
		hear(pair.caller, "L1 close");
		hear(pair.callee, "L1 close");
		wait_count(CONDIS_COUNTER_VCS, 0);
		hear_all(pair.caller);
		hear_all(pair.callee);
		assert_int_equal(heard(pair.caller, "IDLE"), 1);
		assert_int_equal(heard(pair.callee, "IDLE"), 1);
	} else {
		hangup(pair.caller, pair.out, pair.callee);
	}
	pthread_join(out, NULL);
	pthread_join(in, NULL);
	close_fd(from);
	close_fd(to);
	app_close(pair.caller);
	app_close(pair.callee);
}

static void delete_it(void)
{
	adapter_del("e");
	wait_no_adapters();
}

static void pull_it_out(void)
{
	adapter_surprise("e");
	wait_no_adapters();
}

static void unload_it(void)
{
	assert_int_equal(module_unload(MCM), 0);
	wait_no_adapters();
	assert_int_equal(module_load(MCM), 0);
}

static void reset_it(void)
{
	assert_int_equal(condis_adapter_reset(admin(), "e"), 0);
}

static void pause_it(void)
{
	assert_int_equal(condis_adapter_pause(admin(), "e"), 0);
	assert_int_equal(condis_adapter_restart(admin(), "e"), 0);
}

static void nothing(void)
{
}

static void the_adapter_goes_under_load(void **state)
{
	(void)state;
	under_load(delete_it, true);
	under_load(pull_it_out, true);
	under_load(unload_it, true);
	under_load(delete_it, true);
}

static void calls_survive_under_load(void **state)
{
	(void)state;
	under_load(nothing, false);
	adapter_del("e");
	wait_no_adapters();
	under_load(reset_it, false);
	adapter_del("e");
	wait_no_adapters();
	under_load(pause_it, false);
}

static void a_pause(void **state)
{
	struct pair pair;
	int from, to;

	(void)state;
	pair = connected();
	from = call_data(pair.caller, pair.out, NDPROXY_DATA_NONBLOCK);
	to = call_data(pair.callee, pair.in, NDPROXY_DATA_NONBLOCK);
	example_carry(from, to, "before");
	assert_int_equal(condis_adapter_pause(admin(), "e"), 0);
	assert_int_equal(write(from, "x", 1), -1);
	assert_int_equal(wait_fd(to, POLLIN, 50), 0);
	expect_nothing(pair.caller);
	expect_nothing(pair.callee);
	assert_int_equal(condis_adapter_restart(admin(), "e"), 0);
	example_carry(from, to, "after");
	example_carry(to, from, "both");
	close_fd(from);
	close_fd(to);
	hangup(pair.callee, pair.in, pair.caller);
}

/* The number of lines changes: notify-close, and everybody opens anew. */
static void the_lines_change(void **state)
{
	struct app *young, *callee;
	struct pair pair;
	uint32_t line;

	(void)state;
	pair = connected();
	adapter_set("e", "lines", "4", NULL);
	expect_in_any_order(pair.caller, "C1 DISCONNECTED *", "C1 IDLE", "L1 close", "REINIT");
	expect_in_any_order(pair.callee, "C1 DISCONNECTED *", "C1 IDLE", "L1 close", "REINIT");
	wait_count(CONDIS_COUNTER_VCS, 0);
	app_close(pair.caller);
	app_close(pair.callee);

	callee = app_open("callee");
	line_open(callee, "e", 3, OWNER);
	young = app_open("young");
	line = line_open(young, "e", 0, NONE);
	call_make(young, line, "103");
	expect(young, "reply C1 MAKE_CALL 0", "C1 PROCEEDING", "C1 RINGBACK");
	expect(callee, "L1 new C1 owner", "C1 OFFERING owner");
	app_close(young);
	expect(callee, "C1 DISCONNECTED *");
	expect_end();
}

static void what_cannot_be_set(void **state)
{
	const struct condis_adapter_place place = { .kind = "example" };
	struct condis_config *config;

	(void)state;
	config = condis_config_new();
	assert_int_equal(condis_config_set(config, "lines", "17"), 0);
	assert_int_equal(condis_adapter_add(admin(), "e", &place, config), -1);
	assert_int_equal(errno, ERANGE);
	condis_config_free(config);
	config = condis_config_new();
	assert_int_equal(condis_config_set(config, "calls", "2"), 0);
	assert_int_equal(condis_adapter_add(admin(), "e", &place, config), -1);
	assert_int_equal(errno, EINVAL);
	condis_config_free(config);
	assert_int_equal(count(CONDIS_COUNTER_BINDINGS), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		EXAMPLE_TEST(a_call),
		EXAMPLE_TEST(the_callee_hangs_up),
		EXAMPLE_TEST(calls_that_fail),
		EXAMPLE_TEST(glare),
		EXAMPLE_TEST(the_caller_dies),
		EXAMPLE_TEST(the_adapter_goes_under_load),
		EXAMPLE_TEST(calls_survive_under_load),
		EXAMPLE_TEST(a_pause),
		EXAMPLE_TEST(the_lines_change),
		EXAMPLE_TEST(what_cannot_be_set),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
