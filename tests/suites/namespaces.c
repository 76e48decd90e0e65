// SPDX-License-Identifier: GPL-2.0
/*
 * Network namespaces: each sees its own, two dial each other over the exchange of
 * one, and the end of one is a surprise removal of what it had.
 */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "space.h"

static void empty(struct space *space)
{
	go(space);
	wait_sessions(0);
	wait_count(CONDIS_COUNTER_VCS, 0);
	adapter_del("a");
	wait_no_adapters();
	go_home();
	space_end(space);
}

static void dial_across(void **state)
{
	struct condis_exchange_info *exchanges;
	struct condis_adapter_info *info;
	struct space space;
	struct pair pair;
	uint32_t adapters;
	char packet[8];
	long long end;
	int from, to;

	(void)state;
	pair = pair_across(&space);
	from = call_data(pair.caller, pair.out, 0);
	to = call_data(pair.callee, pair.in, 0);
	assert_int_equal(write(from, "over", 4), 4);
	assert_int_equal(wait_fd(to, POLLIN, patience()) & POLLIN, POLLIN);
	assert_int_equal(read(to, packet, sizeof(packet)), 4);
	assert_int_equal(write(to, "back", 4), 4);
	assert_int_equal(wait_fd(from, POLLIN, patience()) & POLLIN, POLLIN);
	assert_int_equal(read(from, packet, sizeof(packet)), 4);

	assert_int_equal(condis_exchanges(admin(), &exchanges), 1);
	assert_int_equal(exchanges[0].adapters, 2);
	free(exchanges);
	info = condis_adapter_get(admin(), "a");
	assert_false(info->is_foreign);
	condis_adapters_free(info, 1);
	go(&space);
	info = condis_adapter_get(admin(), "a");
	assert_true(info->is_foreign);
	assert_string_equal(info->exchange, "x");
	condis_adapters_free(info, 1);
	assert_int_equal(condis_exchanges(admin(), &exchanges), 0);
	free(exchanges);
	go_home();

	call_drop(pair.callee, pair.in);
	expect_in_any_order(pair.callee, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.caller, "C1 DISCONNECTED NORMAL 16");
	close_fd(from);
	close_fd(to);
	app_close(pair.callee);
	empty(&space);
	end = now_ms() + patience();
	do {
		assert_int_equal(condis_exchanges(admin(), &exchanges), 1);
		adapters = exchanges[0].adapters;
		free(exchanges);
	} while (adapters != 1 && now_ms() < end && !poll(NULL, 0, 2));
	assert_int_equal(adapters, 1);
}

/* Names, numbers of adapters, sessions, calls and counts of one are nothing in the other. */
static void each_sees_its_own(void **state)
{
	struct ndproxy_open_line open = { .privileges = NONE };
	struct ndproxy_adapter adapter = { 0 };
	struct condis_session_info *sessions;
	struct condis_call_info *calls;
	struct condis_counts *counts;
	struct space space;
	struct pair pair;
	uint32_t at_home, abroad;

	(void)state;
	pair = pair_across(&space);
	at_home = adapter_id("a");
	go(&space);
	abroad = adapter_id("a");
	assert_int_not_equal(at_home, abroad);
	assert_int_equal(condis_calls(admin(), 0, &calls), 1);
	assert_string_equal(calls[0].called, "200");
	free(calls);
	assert_int_equal(condis_sessions(admin(), &sessions), 1);
	assert_int_equal(sessions[0].id, app_id(pair.callee));
	free(sessions);
	counts = condis_counts_get(admin());
	assert_int_equal(counts->adapters, 1);
	assert_int_equal(counts->exchanges, 0);
	assert_int_equal(counts->sessions, 1);
	condis_counts_free(counts);
	assert_int_equal(condis_adapter_del(admin(), "b", false), -1);
	assert_int_equal(errno, ENODEV);
	go_home();

	assert_int_equal(condis_line_next_adapter(pair.callee->session, &adapter), 1);
	assert_int_equal(adapter.adapter, abroad);
	assert_int_equal(condis_line_next_adapter(pair.callee->session, &adapter), 0);
	open.adapter = at_home;
	refused(pair.callee, condis_line_open(pair.callee->session, &open), ENODEV, "adapter");
	open.adapter = abroad;
	refused(pair.caller, condis_line_open(pair.caller->session, &open), ENODEV, "adapter");
	/* A session is its namespace's, not that of who uses it. */
	assert_int_equal(condis_line_open(pair.callee->session, &open), 0);

	app_close(pair.callee);
	expect(pair.caller, "C1 DISCONNECTED NORMAL 16");
	empty(&space);
}

/* The namespace ends with a call up and a session open. */
static void the_end_of_one(void **state)
{
	struct condis_exchange_info *exchanges;
	struct space space;
	struct pair pair;
	long long end;
	bool is_gone;

	(void)state;
	pair = pair_across(&space);
	space_end(&space);
	expect(pair.caller, "C1 DISCONNECTED *");
	expect_in_any_order(pair.callee, "C1 DISCONNECTED *", "C1 IDLE", "L1 close");
	refused(pair.callee, condis_call_drop(pair.callee->session, pair.in, 0, 1), ENODEV, NULL);
	line_close(pair.callee, pair.callee_line);
	end = now_ms() + patience();
	do {
		assert_int_equal(condis_exchanges(admin(), &exchanges), 1);
		is_gone = exchanges[0].adapters == 1;
		free(exchanges);
	} while (!is_gone && now_ms() < end && !poll(NULL, 0, 2));
	assert_true(is_gone);
	wait_count(CONDIS_COUNTER_VCS, 0);
	app_close(pair.callee);
	/* At home it goes on. */
	call_deallocate(pair.caller, pair.out);
	call_make(pair.caller, pair.caller_line, "200");
	expect_failure(pair.caller, 2, "EADDRNOTAVAIL 1 BADADDRESS", "BADADDRESS 1");
	expect_end();
}

/* The namespace ends to which the exchange belongs. */
static void the_end_of_the_exchange(void **state)
{
	struct space space;
	struct app *caller, *callee;
	uint32_t line;

	(void)state;
	space = space_new();
	go(&space);
	assert_int_equal(condis_exchange_add(admin(), "far", CONDIS_VWAN_KIND), 0);
	if (adapter_add_abroad("a", "far", space.fd, "200"))
		fail_msg("%s", condis_error());
	callee = app_open("callee");
	line_open(callee, "a", 0, OWNER);
	go_home();
	if (adapter_add_abroad("f", "far", space.fd, "100"))
		fail_msg("%s", condis_error());
	caller = app_open("caller");
	line = line_open(caller, "f", 0, NONE);
	call_make(caller, line, "200");
	expect(caller, "reply C1 MAKE_CALL 0", "C1 PROCEEDING", "C1 RINGBACK");
	expect(callee, "L1 new C1 owner", "C1 OFFERING owner");
	space_end(&space);
	expect(caller, "C1 DISCONNECTED *");
	expect_in_any_order(callee, "C1 DISCONNECTED *", "C1 IDLE", "L1 close");
	wait_count(CONDIS_COUNTER_VCS, 0);
	app_close(callee);
	/* The adapter is there, without a network. */
	call_deallocate(caller, call_label(caller, 1));
	call_make(caller, line, "200");
	expect_failure(caller, 2, "*", "*");
	adapter_del("f");
	expect_in_any_order(caller, "L1 close");
	wait_no_adapters();
}

/* An admin of its own namespace only. */
static int stranger(void *argument)
{
	int fd = *(int *)argument;
	struct condis_admin *mine;

	if (unshare(CLONE_NEWUSER | CLONE_NEWNET))
		return 90;
	mine = condis_admin_open();
	if (!mine)
		return 1;
	admin_swap(mine);
	/* At home it may do what it likes. */
	if (condis_exchange_add(mine, "own", CONDIS_VWAN_KIND))
		return 2;
	if (adapter_add_abroad("own", "own", open("/proc/self/ns/net", O_RDONLY), "1"))
		return 3;
	/* To join another's network it needs to be admin there. */
	if (!adapter_add_abroad("guest", "x", fd, "300") || errno != EPERM)
		return 4;
	return 0;
}

static void admin_of_both(void **state)
{
	int fd = keep_fd(open("/proc/self/ns/net", O_RDONLY));
	pid_t pid;
	int status;

	(void)state;
	two_adapters("1");
	/* The child needs the descriptor that it inherits. */
	pid = child_start_holding(stranger, &fd);
	status = child_wait(pid);
	assert_int_equal(status, 0);
}

/* Namespaces that come and go. */
static void many(void **state)
{
	int rounds = is_debug_kernel() ? 5 : 15, i;
	struct space space;
	struct app *app;

	(void)state;
	adapter_add("a", "address", "100@0", NULL);
	for (i = 0; i < rounds; i++) {
		space = space_new();
		go(&space);
		if (adapter_add_abroad("a", "x", space_home(), "200"))
			fail_msg("%s", condis_error());
		app = app_open("short-lived");
		if (i & 1)
			line_open(app, "a", 0, OWNER);
		go_home();
		if (i & 2)
			app_close(app);
		space_end(&space);
		if (!(i & 2))
			app_close(app);
	}
	/* All of them are gone, before the teardown looks. */
	for (;;) {
		struct condis_exchange_info *exchanges;
		uint32_t adapters;

		assert_int_equal(condis_exchanges(admin(), &exchanges), 1);
		adapters = exchanges[0].adapters;
		free(exchanges);
		if (adapters == 1)
			break;
		poll(NULL, 0, 20);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SPACE_TEST(dial_across),
		SPACE_TEST(each_sees_its_own),
		SPACE_TEST(the_end_of_one),
		SPACE_TEST(the_end_of_the_exchange),
		SPACE_TEST(admin_of_both),
		SPACE_TEST(many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
