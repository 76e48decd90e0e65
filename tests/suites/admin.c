// SPDX-License-Identifier: GPL-2.0
/*
 * The administration: who may do what, namespaces that join another's exchange and
 * end, dumps under changes, and the order of events. Messages that are wrong are
 * the suite netlink's.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "wire.h"

static int wire_setup(void **state)
{
	if (world_setup(state))
		return -1;
	wire_open();
	return 0;
}

static int wire_teardown(void **state)
{
	wire_close();
	return world_teardown(state);
}

#define WIRE_TEST(function) \
	cmocka_unit_test_setup_teardown(function, wire_setup, wire_teardown)

static int ask_for_adapter(uint8_t command)
{
	put_name(begin(command, 0), CONDIS_A_ADAPTER_NAME, "a");
	return ask();
}

static int as_nobody(void *argument)
{
	static const uint8_t commands[] = {
		CONDIS_CMD_ADAPTER_DEL, CONDIS_CMD_ADAPTER_SET, CONDIS_CMD_ADAPTER_RESET,
		CONDIS_CMD_ADAPTER_PAUSE, CONDIS_CMD_ADAPTER_RESTART,
	};
	size_t i;

	(void)argument;
	in_child(!setresgid(65534, 65534, 65534) && !setresuid(65534, 65534, 65534));
	wire_open();
	for (i = 0; i < ARRAY_SIZE(commands); i++)
		in_child(ask_for_adapter(commands[i]) == -EPERM);
	begin_adapter("y");
	in_child(ask() == -EPERM);
	put_name(begin(CONDIS_CMD_EXCHANGE_DEL, 0), CONDIS_A_EXCHANGE_NAME, "x");
	in_child(ask() == -EPERM);
	begin(CONDIS_CMD_CALL_GET, NLM_F_DUMP);
	in_child(ask() == -EPERM);
	/* To look is free, at sessions of one's own only. */
	in_child(!ask_for_adapter(CONDIS_CMD_ADAPTER_GET));
	begin(CONDIS_CMD_COUNT_GET, NLM_F_DUMP);
	in_child(!ask() && wire.messages == 2);
	begin(CONDIS_CMD_SESSION_GET, NLM_F_DUMP);
	in_child(!ask() && !wire.messages);
	return 0;
}

static void permissions(void **state)
{
	(void)state;
	adapter_add("a", NULL);
	app_open("app");
	assert_int_equal(child_wait(child_start(as_nobody, NULL)), 0);
	begin(CONDIS_CMD_SESSION_GET, NLM_F_DUMP);
	assert_int_equal(ask(), 0);
	assert_int_equal(wire.messages, 1);
}

static int in_namespace(void *argument)
{
	int home = *(int *)argument;
	struct nlmsghdr *header;

	in_child(!unshare(CLONE_NEWNET));
	wire_open();
	begin(CONDIS_CMD_ADAPTER_GET, NLM_F_DUMP);
	in_child(!ask() && !wire.messages);
	in_child(ask_for_adapter(CONDIS_CMD_ADAPTER_DEL) == -ENODEV);
	/* The same name again, on the exchange of the other namespace. */
	begin_adapter("a");
	in_child(ask() == -ENOENT);
	header = begin_adapter("a");
	mnl_attr_put_u32(header, CONDIS_A_ADAPTER_EXCHANGE_NETNS_FD, (uint32_t)home);
	in_child(!ask());
	child_ready();
	pause();
	return 0;
}

/* A namespace that ends takes its adapters along, and holds up nobody's exchange. */
static void namespaces(void **state)
{
	int home = keep_fd(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
	struct condis_exchange_info *list;
	long long end;
	pid_t child;

	(void)state;
	adapter_add("a", NULL);
	child = child_start_holding(in_namespace, &home);
	child_await(child);
	assert_int_equal(condis_exchanges(admin(), &list), 1);
	assert_int_equal(list[0].adapters, 2);
	free(list);
	put_name(begin(CONDIS_CMD_ADAPTER_DEL, 0), CONDIS_A_ADAPTER_NAME, "a");
	assert_int_equal(ask(), 0);
	child_kill(child);
	for (end = now_ms() + patience(); ; usleep(10000)) {
		int err = condis_exchange_del(admin(), "x");

		if (!err)
			break;
		assert_int_equal(errno, EBUSY);
		assert_true(now_ms() < end);
	}
}

/**
 * struct seen - what a dump has told
 * @last: number of the last adapter
 * @steady: how many of those there were that are there all the time
 */
struct seen {
	uint32_t last;
	unsigned int steady;
};

static void take_adapter(const struct nlmsghdr *header, void *data)
{
	const struct nlattr *attr;
	struct seen *seen = data;

	mnl_attr_for_each(attr, header, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(attr) == CONDIS_A_ADAPTER_ID) {
			/* In their order, and none twice. */
			assert_true(mnl_attr_get_u32(attr) > seen->last);
			seen->last = mnl_attr_get_u32(attr);
		} else if (mnl_attr_get_type(attr) == CONDIS_A_ADAPTER_NAME) {
			seen->steady += !strncmp(mnl_attr_get_str(attr), "steady", 6);
		}
	}
}

static int restless(void *argument)
{
	(void)argument;
	wire_open();
	child_ready();
	for (;;) {
		begin_adapter("restless");
		in_child(!ask());
		put_name(begin(CONDIS_CMD_ADAPTER_DEL, 0), CONDIS_A_ADAPTER_NAME, "restless");
		in_child(!ask());
	}
	return 0;
}

#define STEADY	60

static void dumps(void **state)
{
	unsigned int i;
	char name[16];
	pid_t child;

	(void)state;
	exchange_ensure();
	for (i = 0; i < STEADY; i++) {
		snprintf(name, sizeof(name), "steady%u", i);
		begin_adapter(name);
		assert_int_equal(ask(), 0);
	}
	child = child_start(restless, NULL);
	child_await(child);
	for (i = 0; i < 50; i++) {
		struct seen seen = { 0 };

		begin(CONDIS_CMD_ADAPTER_GET, NLM_F_DUMP);
		assert_int_equal(ask_each(take_adapter, &seen), 0);
		assert_int_equal(seen.steady, STEADY);
	}
	child_kill(child);
}

/* The largest adapter there can be does not stop a dump, and is told whole when asked alone. */
static void large_adapter(void **state)
{
	struct seen seen = { 0 };

	(void)state;
	adapter_add("steady0", "lines", "1024", "address", "1,2,3,4,5,6,7,8,9,10,11,12,13,14",
		    NULL);
	adapter_add("steady1", NULL);
	begin(CONDIS_CMD_ADAPTER_GET, NLM_F_DUMP);
	assert_int_equal(ask_each(take_adapter, &seen), 0);
	assert_int_equal(seen.steady, 2);
	put_name(begin(CONDIS_CMD_ADAPTER_GET, 0), CONDIS_A_ADAPTER_NAME, "steady0");
	assert_int_equal(ask(), 0);
	assert_int_equal(wire.messages, 1);
}

/* The next notice about the adapter "n", as a word. */
static const char *next_notice(struct condis_monitor *monitor)
{
	struct condis_notice notice;
	long long end = now_ms() + patience();
	int got;

	for (;;) {
		while ((got = condis_monitor_next(monitor, &notice)) > 0) {
			free(notice.adapter.data);
			if (notice.command != CONDIS_CMD_ADAPTER_EVENT ||
			    strcmp(notice.adapter.name, "n"))
				continue;
			if (notice.event != CONDIS_EVENT_STATE)
				return condis_event_name(notice.event);
			assert_true(notice.adapter.state[0]);
			return !strcmp(notice.adapter.state, "running") ? "running" :
			       !strcmp(notice.adapter.state, "paused") ? "paused" :
			       !strcmp(notice.adapter.state, "pausing") ? "pausing" :
			       !strcmp(notice.adapter.state, "halting") ? "halting" : "halted";
		}
		assert_return_code(got, errno);
		assert_true(now_ms() < end);
		wait_fd(condis_monitor_fd(monitor), POLLIN, 100);
	}
}

static void events(void **state)
{
	static const char *const expected[] = {
		"new", "paused", "running", "changed", "pausing", "paused", "running", "del",
		"pausing", "paused", "halting", "halted", "gone",
	};
	struct condis_monitor *monitor = condis_monitor_open();
	size_t i;

	(void)state;
	assert_non_null(monitor);
	adapter_add("n", NULL);
	adapter_set("n", "alert-delay", "1", NULL);
	assert_int_equal(condis_adapter_pause(admin(), "n"), 0);
	assert_int_equal(condis_adapter_restart(admin(), "n"), 0);
	assert_int_equal(condis_adapter_del(admin(), "n", false), 0);
	for (i = 0; i < ARRAY_SIZE(expected); i++)
		assert_string_equal(next_notice(monitor), expected[i]);
	condis_monitor_close(monitor);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WIRE_TEST(permissions),
		WIRE_TEST(namespaces),
		WIRE_TEST(dumps),
		WIRE_TEST(large_adapter),
		WIRE_TEST(events),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
