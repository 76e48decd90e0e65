// SPDX-License-Identifier: GPL-2.0
/*
 * The manual's example of a client, over its example of a call manager and over the virtual WAN.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "example.h"

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

/* 0 or a negative errno. */
static int tell(const char *name, const char *value)
{
	return example_parameter(CLIENT, name, value);
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
		example_carry(data, data, words);
	}
	close_fd(data);
	call_drop(app, call);
	expect_in_any_order(app, "reply C1 DROP 0", "C1 IDLE");
	wait_count(CONDIS_COUNTER_VCS, 0);

	call = call_make(app, handle, number);
	expect_up_to(app, "C2 CONNECTED");
	data = call_data(app, call, 0);
	example_carry(data, data, "once more");
	assert_int_equal(tell("hangup", "nowhere"), -ENODEV);
	assert_int_equal(tell("hangup", number[0] == '2' ? "b" : adapter), 0);
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
	assert_int_equal(tell("dial", order), 0);
	expect(app, "L1 new C1 owner", "C1 OFFERING owner");
	call = call_label(app, 1);
	call_answer(app, call);
	expect(app, "reply C1 ANSWER 0", "C1 CONNECTED");
	data = call_data(app, call, 0);
	example_carry(data, data, "who is there?");
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
	assert_int_equal(tell("dial", "e 0 101"), 0);
	wait_count(CONDIS_COUNTER_VCS, 2);
	assert_int_equal(tell("dial", "e 2 103"), 0);
	wait_count(CONDIS_COUNTER_VCS, 4);
	assert_int_equal(tell("hangup", "e"), 0);
	wait_count(CONDIS_COUNTER_VCS, 0);
	/* With calls up, it goes, and comes again. */
	assert_int_equal(tell("dial", "e 0 101"), 0);
	wait_count(CONDIS_COUNTER_VCS, 2);
	assert_int_equal(module_unload(CLIENT), 0);
	assert_int_equal(count(CONDIS_COUNTER_VCS), 0);
	client_load("");
	assert_int_equal(tell("dial", "e 0 101"), 0);
	wait_count(CONDIS_COUNTER_VCS, 2);
}

static void calls_of_the_client_that_fail(void **state)
{
	struct app *app;

	(void)state;
	example_add("e", "3");
	client_load("adapter=e line=1");
	assert_int_equal(tell("dial", "nowhere 0 101"), -ENODEV);
	assert_int_equal(tell("dial", "e zero 101"), -EINVAL);
	assert_int_equal(tell("dial", "e"), -EINVAL);
	/* It is no call at all, or one that fails: nothing is left of either. */
	assert_int_equal(tell("dial", "e 7 101"), 0);
	assert_int_equal(tell("dial", "e 0 999"), 0);
	assert_int_equal(tell("dial", "e 0 102"), 0);
	wait_count(CONDIS_COUNTER_VCS, 0);

	app = app_open("app");
	line_open(app, "e", 2, OWNER);
	assert_int_equal(tell("dial", "e 0 102"), 0);
	expect(app, "L1 new C1 owner", "C1 OFFERING owner");
	call_drop(app, call_label(app, 1));
	expect_in_any_order(app, "reply C1 DROP 0", "C1 IDLE");
	wait_count(CONDIS_COUNTER_VCS, 0);
	/* It gives up while it rings. */
	assert_int_equal(tell("dial", "e 0 102"), 0);
	expect(app, "L1 new C2 owner", "C2 OFFERING owner");
	assert_int_equal(tell("hangup", "e"), 0);
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
	assert_int_equal(pthread_create(writer, NULL, example_flow, data), 0);
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
		tell(i % 3 == 2 ? "hangup" : "dial",
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
	tell("hangup", "e");
	wait_count(CONDIS_COUNTER_VCS, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		EXAMPLE_TEST(a_line_that_is_taken),
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
