// SPDX-License-Identifier: GPL-2.0
/*
 * The examples of the manual: the call manager under the stack's own client, the
 * client over both call managers, and every way in which their calls end.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "fixture.h"

#define MCM		"condis_example_mcm"
#define CLIENT		"condis_example_client"
#define PARAMETERS	"/sys/module/"

static int example_setup(void **state)
{
	int err = world_setup(state);

	if (!err && module_load(MCM))
		fail_msg("cannot load " MCM);
	return err;
}

/* The client first: what it has open is nobody's failure. */
static int example_teardown(void **state)
{
	int client = module_unload(CLIENT), err, mcm;

	err = world_teardown(state);
	mcm = module_unload(MCM);
	assert_true(!client || client == -ENOENT);
	assert_int_equal(mcm, 0);
	return err;
}

#define EXAMPLE_TEST(function) \
	cmocka_unit_test_setup_teardown(function, example_setup, example_teardown)

static void example_add(const char *name, const char *lines)
{
	const struct condis_adapter_place place = { .kind = "example" };
	struct condis_config *config = condis_config_new();

	assert_non_null(config);
	if (condis_config_set(config, "lines", lines) ||
	    condis_adapter_add(admin(), name, &place, config))
		fail_msg("%s", condis_error());
	condis_config_free(config);
}

/* Write a parameter of a module: 0 or a negative errno. */
static int parameter(const char *module, const char *name, const char *value)
{
	char path[128];
	ssize_t length = (ssize_t)strlen(value), written;
	int fd, error;

	snprintf(path, sizeof(path), PARAMETERS "%s/parameters/%s", module, name);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	written = write(fd, value, (size_t)length);
	error = written == length ? 0 : -errno;
	close(fd);
	return error;
}

static void client_load(const char *arguments)
{
	char path[4096];
	int fd, err;

	snprintf(path, sizeof(path), "%s/" CLIENT ".ko", getenv("CONDIS_KO"));
	fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	err = (int)syscall(SYS_finit_module, fd, arguments, 0);
	close(fd);
	assert_int_equal(err, 0);
}

/*
 * The call manager
 */

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

/* A packet from one end arrives at the other, and is what it was. */
static void carry(int from, int to, const char *words)
{
	char packet[64] = "";
	ssize_t length = (ssize_t)strlen(words);

	assert_int_equal(write(from, words, (size_t)length), length);
	assert_int_equal(wait_fd(to, POLLIN, patience()) & POLLIN, POLLIN);
	assert_int_equal(read(to, packet, sizeof(packet)), length);
	assert_string_equal(packet, words);
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
		carry(from, to, "there");
		carry(to, from, "and back again");
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
	assert_int_equal(parameter(MCM, "no_answer_ms", "10000"), 0);
	start = now_ms();
	pair.out = call_make(pair.caller, pair.caller_line, "101");
	expect(pair.caller, "reply C5 MAKE_CALL 0", "C5 PROCEEDING", "C5 RINGBACK",
	       "C5 DISCONNECTED NOANSWER 19");
	assert_elapsed(start, 10000);
	expect(pair.callee, "L1 new C1 owner", "C1 OFFERING owner", "C1 DISCONNECTED NOANSWER 19");
	assert_int_equal(parameter(MCM, "no_answer_ms", "60000"), 0);
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

/* Two applications cannot both listen on a line, through different clients. */
static void a_line_that_is_taken(void **state)
{
	struct ndproxy_open_line request = {
		.line = 1,
		.privileges = OWNER,
		.media_modes = DIGITAL,
	};
	struct app *app;
	uint32_t line, call;

	(void)state;
	example_add("e", "2");
	client_load("adapter=e line=1");
	wait_count(CONDIS_COUNTER_SAPS, 1);
	app = app_open("app");
	request.adapter = app_adapter(app, "e");
	assert_int_equal(condis_line_open(app->session, &request), -1);
	assert_int_equal(errno, EADDRINUSE);
	wait_count(CONDIS_COUNTER_SAPS, 1);
	/* The call goes to who was first. */
	line = line_open(app, "e", 0, NONE);
	call = call_make(app, line, "101");
	expect(app, "reply C1 MAKE_CALL 0", "C1 PROCEEDING", "C1 CONNECTED");
	call_drop(app, call);
	expect_in_any_order(app, "reply C1 DROP 0", "C1 IDLE");
	wait_count(CONDIS_COUNTER_VCS, 0);
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

static void *flow(void *argument)
{
	char packet[256] = "";

	/* Until the call is over. */
	while (write(*(int *)argument, packet, sizeof(packet)) > 0)
		;
	return NULL;
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
	assert_int_equal(pthread_create(&out, NULL, flow, &from), 0);
	assert_int_equal(pthread_create(&in, NULL, flow, &to), 0);
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
	carry(from, to, "before");
	assert_int_equal(condis_adapter_pause(admin(), "e"), 0);
	assert_int_equal(write(from, "x", 1), -1);
	assert_int_equal(wait_fd(to, POLLIN, 50), 0);
	expect_nothing(pair.caller);
	expect_nothing(pair.callee);
	assert_int_equal(condis_adapter_restart(admin(), "e"), 0);
	carry(from, to, "after");
	carry(to, from, "both");
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

/*
 * The client
 */

/* An application calls the client, which echoes; both ends hang up once. */
static void echo(const char *adapter, uint32_t line, const char *number)
{
	struct app *app = app_open("app");
	uint32_t handle, call;
	char words[64];
	int data, i;

	handle = line_open(app, adapter, line, NONE);
	call = call_make(app, handle, number);
	expect_up_to(app, "C1 CONNECTED");
	data = call_data(app, call, 0);
	for (i = 0; i < 50; i++) {
		snprintf(words, sizeof(words), "echo %d", i);
		carry(data, data, words);
	}
	close_fd(data);
	call_drop(app, call);
	expect_in_any_order(app, "reply C1 DROP 0", "C1 IDLE");
	wait_count(CONDIS_COUNTER_VCS, 0);

	call = call_make(app, handle, number);
	expect_up_to(app, "C2 CONNECTED");
	data = call_data(app, call, 0);
	carry(data, data, "once more");
	assert_int_equal(parameter(CLIENT, "hangup", "nowhere"), -ENODEV);
	assert_int_equal(parameter(CLIENT, "hangup", number[0] == '2' ? "b" : adapter), 0);
	expect(app, "C2 DISCONNECTED NORMAL 16");
	close_fd(data);
	wait_count(CONDIS_COUNTER_VCS, 0);
	app_close(app);
}

/* The client calls an application, which hears its own words. */
static void dial(const char *adapter, uint32_t line, const char *order)
{
	struct app *app = app_open("app");
	uint32_t call;
	int data;

	line_open(app, adapter, line, OWNER);
	assert_int_equal(parameter(CLIENT, "dial", order), 0);
	expect(app, "L1 new C1 owner", "C1 OFFERING owner");
	call = call_label(app, 1);
	call_answer(app, call);
	expect(app, "reply C1 ANSWER 0", "C1 CONNECTED");
	data = call_data(app, call, 0);
	carry(data, data, "who is there?");
	close_fd(data);
	call_drop(app, call);
	expect_in_any_order(app, "reply C1 DROP 0", "C1 IDLE");
	wait_count(CONDIS_COUNTER_VCS, 0);
	app_close(app);
	wait_sessions(0);
}

static void the_client_on_the_example(void **state)
{
	(void)state;
	example_add("e", "3");
	client_load("adapter=e line=1");
	echo("e", 0, "101");
	dial("e", 2, "e 0 102");
}

static void the_client_on_the_virtual_wan(void **state)
{
	(void)state;
	two_adapters("1");
	client_load("adapter=b");
	echo("a", 0, "200");
	dial("a", 0, "b 0 100");
}

/* Both ends are the client's own. */
static void the_client_calls_itself(void **state)
{
	(void)state;
	example_add("e", "4");
	client_load("");
	wait_count(CONDIS_COUNTER_SAPS, 1);
	assert_int_equal(parameter(CLIENT, "dial", "e 0 101"), 0);
	wait_count(CONDIS_COUNTER_VCS, 2);
	assert_int_equal(parameter(CLIENT, "dial", "e 2 103"), 0);
	wait_count(CONDIS_COUNTER_VCS, 4);
	assert_int_equal(parameter(CLIENT, "hangup", "e"), 0);
	wait_count(CONDIS_COUNTER_VCS, 0);
	/* With calls up, it goes, and comes again. */
	assert_int_equal(parameter(CLIENT, "dial", "e 0 101"), 0);
	wait_count(CONDIS_COUNTER_VCS, 2);
	assert_int_equal(module_unload(CLIENT), 0);
	assert_int_equal(count(CONDIS_COUNTER_VCS), 0);
	client_load("");
	assert_int_equal(parameter(CLIENT, "dial", "e 0 101"), 0);
	wait_count(CONDIS_COUNTER_VCS, 2);
}

static void calls_of_the_client_that_fail(void **state)
{
	struct app *app;

	(void)state;
	example_add("e", "3");
	client_load("adapter=e line=1");
	assert_int_equal(parameter(CLIENT, "dial", "nowhere 0 101"), -ENODEV);
	assert_int_equal(parameter(CLIENT, "dial", "e zero 101"), -EINVAL);
	assert_int_equal(parameter(CLIENT, "dial", "e"), -EINVAL);
	/* It is no call at all, or one that fails: nothing is left of either. */
	assert_int_equal(parameter(CLIENT, "dial", "e 7 101"), 0);
	assert_int_equal(parameter(CLIENT, "dial", "e 0 999"), 0);
	assert_int_equal(parameter(CLIENT, "dial", "e 0 102"), 0);
	wait_count(CONDIS_COUNTER_VCS, 0);

	app = app_open("app");
	line_open(app, "e", 2, OWNER);
	assert_int_equal(parameter(CLIENT, "dial", "e 0 102"), 0);
	expect(app, "L1 new C1 owner", "C1 OFFERING owner");
	call_drop(app, call_label(app, 1));
	expect_in_any_order(app, "reply C1 DROP 0", "C1 IDLE");
	wait_count(CONDIS_COUNTER_VCS, 0);
	/* It gives up while it rings. */
	assert_int_equal(parameter(CLIENT, "dial", "e 0 102"), 0);
	expect(app, "L1 new C2 owner", "C2 OFFERING owner");
	assert_int_equal(parameter(CLIENT, "hangup", "e"), 0);
	expect(app, "C2 DISCONNECTED NORMAL 16");
	wait_count(CONDIS_COUNTER_VCS, 0);
}

/* A call with the client at one end, and packets on their way. */
static struct app *with_the_client(const char *adapter, const char *number, int *data,
				   pthread_t *writer)
{
	struct app *app = app_open("app");
	uint32_t call;

	call = call_make(app, line_open(app, adapter, 0, NONE), number);
	expect_up_to(app, "C1 CONNECTED");
	*data = call_data(app, call, 0);
	assert_int_equal(pthread_create(writer, NULL, flow, data), 0);
	assert_int_equal(wait_fd(*data, POLLIN, patience()) & POLLIN, POLLIN);
	return app;
}

static void the_client_goes_under_load(void **state)
{
	const char *const adapters[] = { "e", "a" };
	const char *const numbers[] = { "101", "200" };
	pthread_t writer;
	struct app *app;
	long long start;
	int data, i;

	(void)state;
	example_add("e", "2");
	two_adapters("1");
	for (i = 0; i < 2; i++) {
		client_load(i ? "adapter=b" : "adapter=e line=1");
		app = with_the_client(adapters[i], numbers[i], &data, &writer);
		start = now_ms();
		assert_int_equal(module_unload(CLIENT), 0);
		assert_in_range(now_ms() - start, 0, promptness());
		expect(app, "C1 DISCONNECTED NORMAL 16");
		pthread_join(writer, NULL);
		close_fd(data);
		app_close(app);
		wait_count(CONDIS_COUNTER_VCS, 0);
	}
}

/* What is under the client goes, or changes, and it is there again for what comes. */
static void what_is_under_the_client_goes(void **state)
{
	pthread_t writer;
	struct app *app;
	int data;

	(void)state;
	client_load("");
	example_add("e", "2");
	app = with_the_client("e", "101", &data, &writer);
	adapter_set("e", "lines", "3", NULL);
	pthread_join(writer, NULL);
	close_fd(data);
	app_close(app);
	wait_count(CONDIS_COUNTER_VCS, 0);
	echo("e", 2, "101");

	app = with_the_client("e", "101", &data, &writer);
	adapter_surprise("e");
	pthread_join(writer, NULL);
	close_fd(data);
	app_close(app);
	wait_no_adapters();

	example_add("e", "2");
	app = with_the_client("e", "101", &data, &writer);
	assert_int_equal(module_unload(MCM), 0);
	pthread_join(writer, NULL);
	close_fd(data);
	app_close(app);
	wait_no_adapters();
	assert_int_equal(module_load(MCM), 0);

	example_add("e", "2");
	echo("e", 0, "101");
	adapter_del("e");

	/* And over the virtual WAN, whose call manager notifies, too. */
	two_adapters("1");
	adapter_set("b", "lines", "2", "address", "200@0", NULL);
	echo("a", 0, "200");
}

static atomic_bool is_over;

static void *order_about(void *argument)
{
	unsigned int i;

	(void)argument;
	for (i = 0; !atomic_load(&is_over); i++)
		parameter(CLIENT, i % 3 == 2 ? "hangup" : "dial",
			  i % 3 == 2 ? "e" : i % 3 ? "e 0 101" : "e 2 103");
	return NULL;
}

/* Calls are made and dropped while everything beneath comes and goes. */
static void orders_while_it_goes(void **state)
{
	int rounds = is_debug_kernel() ? 12 : 40, i;
	pthread_t threads[2];
	size_t n;

	(void)state;
	example_add("e", "4");
	client_load("");
	atomic_store(&is_over, false);
	for (n = 0; n < ARRAY_SIZE(threads); n++)
		assert_int_equal(pthread_create(&threads[n], NULL, order_about, NULL), 0);
	for (i = 0; i < rounds; i++) {
		usleep(20000);
		switch (i % 4) {
		case 0:
			adapter_set("e", "lines", i % 8 ? "3" : "4", NULL);
			break;
		case 1:
			assert_int_equal(condis_adapter_reset(admin(), "e"), 0);
			break;
		case 2:
			adapter_surprise("e");
			example_add("e", "4");
			break;
		case 3:
			adapter_del("e");
			example_add("e", "4");
			break;
		}
	}
	atomic_store(&is_over, true);
	for (n = 0; n < ARRAY_SIZE(threads); n++)
		pthread_join(threads[n], NULL);
	parameter(CLIENT, "hangup", "e");
	wait_count(CONDIS_COUNTER_VCS, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		EXAMPLE_TEST(a_call),
		EXAMPLE_TEST(the_callee_hangs_up),
		EXAMPLE_TEST(calls_that_fail),
		EXAMPLE_TEST(a_line_that_is_taken),
		EXAMPLE_TEST(glare),
		EXAMPLE_TEST(the_caller_dies),
		EXAMPLE_TEST(the_adapter_goes_under_load),
		EXAMPLE_TEST(calls_survive_under_load),
		EXAMPLE_TEST(a_pause),
		EXAMPLE_TEST(the_lines_change),
		EXAMPLE_TEST(what_cannot_be_set),
		EXAMPLE_TEST(the_client_on_the_example),
		EXAMPLE_TEST(the_client_on_the_virtual_wan),
		EXAMPLE_TEST(the_client_calls_itself),
		EXAMPLE_TEST(calls_of_the_client_that_fail),
		EXAMPLE_TEST(the_client_goes_under_load),
		EXAMPLE_TEST(what_is_under_the_client_goes),
		EXAMPLE_TEST(orders_while_it_goes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
