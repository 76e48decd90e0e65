// SPDX-License-Identifier: GPL-2.0
/*
 * Each flow of a call, a line, a session and an adapter, to its exact sequence of
 * events at both ends. Calls that never come about are in failures.c.
 */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "fixture.h"

/* F1: a local hang-up. Which side hangs up, caller or callee, makes no difference. */
static void local_hangup(struct app *app, uint32_t call, struct app *far, uint32_t far_call)
{
	struct ndproxy_call_diagnostics diagnostics;

	call_drop(app, call);
	expect_in_any_order(app, "reply C1 DROP 0", "C1 IDLE");
	expect(far, "C1 DISCONNECTED NORMAL 16");
	assert_int_equal(call_state(app, call), LINECALLSTATE_IDLE);
	/* Nobody drops it for the far end, however long the network is gone. */
	wait_count(CONDIS_COUNTER_VCS, 0);
	assert_int_equal(call_state(far, far_call), LINECALLSTATE_DISCONNECTED);

	assert_int_equal(condis_call_diagnostics(app->session, call, &diagnostics), 0);
	assert_int_equal(diagnostics.cause, Q850_NORMAL_CLEARING);
	assert_int_equal(diagnostics.remote, 0);
	assert_int_equal(condis_call_diagnostics(far->session, far_call, &diagnostics), 0);
	assert_int_equal(diagnostics.cause, Q850_NORMAL_CLEARING);
	assert_int_equal(diagnostics.remote, 1);

	call_drop(far, far_call);
	expect_in_any_order(far, "reply C1 DROP 0", "C1 IDLE");
	call_deallocate(app, call);
	call_deallocate(far, far_call);
	expect_end();
}

static void f1_caller_hangs_up(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	local_hangup(pair.caller, pair.out, pair.callee, pair.in);
}

static void f1_callee_hangs_up(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	local_hangup(pair.callee, pair.in, pair.caller, pair.out);
}

/* F1 with a slow network: a drop is pending until the network has released. */
static void f1_pending(void **state)
{
	struct pair pair;
	long long start;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	/* Time to drop it twice, on any machine; and longer than T308, which begins behind it. */
	adapter_set("a", "clear-delay", "10000", NULL);
	start = now_ms();
	call_drop(pair.caller, pair.out);
	assert_int_equal(call_state(pair.caller, pair.out), LINECALLSTATE_CONNECTED);
	assert_int_equal(count(CONDIS_COUNTER_VCS) >= 1, 1);
	/* A second drop joins the first and gets its end. */
	call_drop(pair.caller, pair.out);
	expect_in_any_order(pair.caller, "reply C1 DROP 0", "reply C1 DROP 0", "C1 IDLE");
	assert_elapsed(start, 10000);
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	expect_end();
	/* IDLE absorbs. */
	refused(pair.caller, condis_call_drop(pair.caller->session, pair.out, 0, 99), EBADFD, NULL);
	expect_nothing(pair.caller);
}

/* F2: a remote hang-up is acknowledged for an owner who does nothing, at once. */
static void f2_owner_sleeps(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	call_drop(pair.caller, pair.out);
	expect_in_any_order(pair.caller, "reply C1 DROP 0", "C1 IDLE");
	wait_count(CONDIS_COUNTER_VCS, 0);
	/* The line takes the next call already. */
	call_deallocate(pair.caller, pair.out);
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	pair_offer(&pair);
	/* Deallocation without a drop is enough, too. */
	call_deallocate(pair.callee, call_label(pair.callee, 1));
	call_deallocate(pair.callee, call_label(pair.callee, 2));
	expect(pair.caller, "C2 DISCONNECTED *");
	expect_end();
}

/* R2: a drop that comes when the far end has hung up and the network still clears. */
static void f2_then_f1(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	adapter_set("a", "clear-delay", "100", NULL);
	adapter_set("b", "clear-delay", "100", NULL);
	call_drop(pair.caller, pair.out);
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	call_drop(pair.callee, pair.in);
	expect_in_any_order(pair.caller, "reply C1 DROP 0", "C1 IDLE");
	expect_in_any_order(pair.callee, "reply C1 DROP 0", "C1 IDLE");
	expect_end();
}

/* R1: both hang up before either can have heard of the other. */
static void f2_meets_f1(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	adapter_set("b", "late", "disconnect", "late-by", "60000", NULL);
	call_drop(pair.caller, pair.out);
	call_drop(pair.callee, pair.in);
	expect_in_any_order(pair.caller, "reply C1 DROP 0", "C1 IDLE");
	expect_in_any_order(pair.callee, "reply C1 DROP 0", "C1 IDLE");
	expect_end();
}

/* F3: the last close of a line drops its calls, rejects its offers, and nothing is told. */
static void f3_close_line(void **state)
{
	struct app *caller, *callee;
	uint32_t from, to, first, second;

	(void)state;
	two_adapters("3");
	caller = app_open("caller");
	callee = app_open("callee");
	from = line_open(caller, "a", 0, NONE);
	to = line_open(callee, "b", 0, OWNER);
	first = call_make(caller, from, "200");
	expect(caller, "reply C1 MAKE_CALL 0", "C1 PROCEEDING", "C1 RINGBACK");
	expect(callee, "L1 new C1 owner", "C1 OFFERING owner");
	call_answer(callee, call_label(callee, 1));
	expect(callee, "reply C1 ANSWER 0", "C1 CONNECTED");
	expect(caller, "C1 CONNECTED");
	second = call_make(caller, from, "200");
	expect(caller, "reply C2 MAKE_CALL 0", "C2 PROCEEDING", "C2 RINGBACK");
	expect(callee, "L1 new C2 owner", "C2 OFFERING owner");

	line_close(callee, to);
	expect_in_any_order(caller, "C1 DISCONNECTED NORMAL 16", "C2 DISCONNECTED *");
	expect_nothing(callee);
	refused(callee, condis_call_drop(callee->session, call_label(callee, 1), 0, 7), EBADF,
		"call");
	refused(callee, condis_line_close(callee->session, to), EBADF, "handle");
	/* The address family stays open: the session goes on. */
	assert_int_equal(count(CONDIS_COUNTER_AFS), 2);
	wait_count(CONDIS_COUNTER_SAPS, 0);
	to = line_open(callee, "b", 0, OWNER);
	call_deallocate(caller, first);
	call_deallocate(caller, second);
	first = call_make(caller, from, "200");
	expect(caller, "reply C3 MAKE_CALL 0", "C3 PROCEEDING", "C3 RINGBACK");
	expect(callee, "L2 new C3 owner", "C3 OFFERING owner");
	line_close(caller, from);
	expect(callee, "C3 DISCONNECTED *");
	line_close(callee, to);
	expect_end();
}

/* Closed while nobody has read that there is a call: nothing is told of it any more. */
static void f3_close_line_unread(void **state)
{
	struct app *caller, *callee;
	struct pollfd fd;
	uint32_t from, to;

	(void)state;
	two_adapters("1");
	caller = app_open("caller");
	callee = app_open("callee");
	from = line_open(caller, "a", 0, NONE);
	to = line_open(callee, "b", 0, OWNER);
	expect_nothing(callee);
	call_make(caller, from, "200");
	expect(caller, "reply C1 MAKE_CALL 0", "C1 PROCEEDING", "C1 RINGBACK");
	fd = (struct pollfd) { .fd = app_fd(callee), .events = POLLIN };
	assert_int_equal(poll(&fd, 1, patience()), 1);
	line_close(callee, to);
	assert_int_equal(poll(&fd, 1, 0), 0);
	expect(caller, "C1 DISCONNECTED *");
	expect_nothing(callee);
	wait_count(CONDIS_COUNTER_VCS, 0);
	app_close(callee);
	app_close(caller);
}

/* F3: a close of the line while a drop is pending: no reply comes, and it is over all the same. */
static void f3_close_line_while_dropping(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	adapter_set("a", "clear-delay", "200", NULL);
	call_drop(pair.caller, pair.out);
	line_close(pair.caller, pair.caller_line);
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	wait_count(CONDIS_COUNTER_VCS, 0);
	expect_end();
}

/* F4: the end of a session is the end of all that it had; the last one closes the families. */
static void f4_close_session(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("2");
	pair = pair_connected();
	pair_call(&pair);
	assert_int_equal(count(CONDIS_COUNTER_AFS), 2);
	app_close(pair.caller);
	expect_in_any_order(pair.callee, "C1 DISCONNECTED NORMAL 16", "C2 DISCONNECTED NORMAL 16");
	wait_sessions(1);
	assert_int_equal(count(CONDIS_COUNTER_AFS), 2);
	app_close(pair.callee);
	wait_count(CONDIS_COUNTER_AFS, 0);
	wait_count(CONDIS_COUNTER_VCS, 0);
	wait_sessions(0);
	/* A new session opens them anew. */
	pair = pair_connected();
	assert_int_equal(count(CONDIS_COUNTER_AFS), 2);
	call_drop(pair.caller, pair.out);
	expect_in_any_order(pair.caller, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	expect_end();
}

/* F4: by the command; the file stays, for nothing. */
static void f4_shutdown(void **state)
{
	struct ndproxy_version version;
	struct ndproxy_event event;
	struct reader *reader;
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	expect_nothing(pair.caller);
	/* Its reader may still be skipping events of adapters. */
	do {
		reader = reader_start(app_fd(pair.caller));
	} while (!reader_is_blocked(reader) && reader_join(reader) > 0);
	assert_int_equal(condis_session_shutdown(pair.caller->session), 0);
	assert_int_equal(reader_join(reader), 0);
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	assert_int_equal(wait_fd(app_fd(pair.caller), POLLIN, 0) & POLLHUP, POLLHUP);
	assert_int_equal(read(app_fd(pair.caller), &event, sizeof(event)), 0);
	assert_int_equal(condis_session_version(pair.caller->session, &version), -1);
	assert_int_equal(errno, ESHUTDOWN);
	assert_int_equal(condis_session_shutdown(pair.caller->session), -1);
	assert_int_equal(errno, ESHUTDOWN);
	/* It counts as long as its file is open. */
	app_close(pair.caller);
	wait_sessions(1);
	expect_end();
}

/* F5 and F8: the number of lines changes while calls are up. */
static void f8_line_count(void **state)
{
	struct ndproxy_open_line again = { .privileges = NONE };
	struct ndproxy_adapter adapter = { 0 };
	struct app *young;
	struct pair pair;
	uint32_t line;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	adapter_set("b", "lines", "3", "address", "200@0,201@1,202@2", NULL);
	expect_in_any_order(pair.callee, "C1 DISCONNECTED *", "C1 IDLE", "L1 close", "REINIT");
	expect_in_any_order(pair.caller, "C1 DISCONNECTED *", "REINIT");
	wait_count(CONDIS_COUNTER_VCS, 0);
	expect_nothing(pair.callee);

	/* The old session cannot open lines of it any more, on others it can. */
	adapter.adapter = adapter_id("b");
	assert_int_equal(condis_line_adapter(pair.callee->session, adapter.adapter, &adapter), 0);
	assert_int_equal(adapter.flags & NDPROXY_ADAPTER_REINIT, NDPROXY_ADAPTER_REINIT);
	again.adapter = adapter.adapter;
	refused(pair.callee, condis_line_open(pair.callee->session, &again), ESTALE, NULL);
	refused(pair.callee, condis_call_drop(pair.callee->session, pair.in, 0, 1), ENODEV, NULL);
	call_deallocate(pair.callee, pair.in);
	line_close(pair.callee, pair.callee_line);

	/* A new one can, and has the new lines, while the old ones still stand there. */
	young = app_open("young");
	line = line_open(young, "b", 2, OWNER);
	call_deallocate(pair.caller, pair.out);
	pair.out = call_make(pair.caller, pair.caller_line, "202");
	expect(pair.caller, "reply C2 MAKE_CALL 0", "C2 PROCEEDING", "C2 RINGBACK");
	expect(young, "L1 new C1 owner", "C1 OFFERING owner");
	call_answer(young, call_label(young, 1));
	expect(young, "reply C1 ANSWER 0", "C1 CONNECTED");
	expect(pair.caller, "C2 CONNECTED");
	line_close(young, line);
	expect(pair.caller, "C2 DISCONNECTED NORMAL 16");
	expect_end();
}

/* F6: rmmod with calls up and readers blocked; then everything begins anew. */
static void f6_halt(void **state)
{
	struct reader *events, *packets;
	struct pair pair;
	long long start;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	pair.caller->shows_lines = true;
	pair.callee->shows_lines = true;
	while (*next_event(pair.caller, 0))
		;
	while (*next_event(pair.callee, 0))
		;
	packets = reader_start(call_data(pair.caller, pair.out, 0));
	events = reader_start(app_fd(app_open("third")));
	while (!reader_is_blocked(events) && reader_join(events) > 0)
		events = reader_start(app_fd(app_open("another")));

	start = now_ms();
	assert_int_equal(module_unload(VWAN), 0);
	assert_in_range(now_ms() - start, 0, patience());
	assert_int_equal(reader_join(packets), 0);
	assert_true(reader_join(events) > 0);
	expect_in_any_order(pair.caller, "C1 DISCONNECTED *", "C1 IDLE", "L1 close",
			    "remove 1 lines", "remove 1 lines");
	expect_in_any_order(pair.callee, "C1 DISCONNECTED *", "C1 IDLE", "L1 close",
			    "remove 1 lines", "remove 1 lines");
	expect_nothing(pair.caller);
	expect_nothing(pair.callee);
	wait_no_adapters();

	refused(pair.caller, condis_call_drop(pair.caller->session, pair.out, 0, 1), ENODEV, NULL);
	refused(pair.callee, condis_call_answer(pair.callee->session, pair.in, 1), ENODEV, NULL);
	call_deallocate(pair.caller, pair.out);
	line_close(pair.caller, pair.caller_line);
	line_close(pair.callee, pair.callee_line);

	/* The sessions go on, and hear of what comes. */
	assert_int_equal(module_load(VWAN), 0);
	exchange_ensure();
	two_adapters("1");
	expect(pair.caller, "create 1 lines", "create 1 lines");
	expect(pair.callee, "create 1 lines", "create 1 lines");
	pair.caller_line = line_open(pair.caller, "a", 0, NONE);
	pair.callee_line = line_open(pair.callee, "b", 0, OWNER);
	pair_call(&pair);
	call_drop(pair.caller, pair.out);
	expect_in_any_order(pair.caller, "reply C2 DROP 0", "C2 IDLE");
	expect(pair.callee, "C2 DISCONNECTED NORMAL 16");
	expect_end();
}

/* F7: a reset that the medium survives leaves the calls alone. */
static void f7_reset_keeps(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	assert_int_equal(condis_adapter_reset(admin(), "a"), 0);
	expect_nothing(pair.caller);
	expect_nothing(pair.callee);
	local_hangup(pair.caller, pair.out, pair.callee, pair.in);
}

/* F7: one that it does not survive ends them; handles stay what they were. */
static void f7_reset_clears(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	adapter_set("a", "reset-clears", "on", NULL);
	pair = pair_connected();
	assert_int_equal(condis_adapter_reset(admin(), "a"), 0);
	expect(pair.caller, "C1 DISCONNECTED *");
	expect(pair.callee, "C1 DISCONNECTED *");
	wait_count(CONDIS_COUNTER_VCS, 0);
	call_drop(pair.caller, pair.out);
	expect_in_any_order(pair.caller, "reply C1 DROP 0", "C1 IDLE");
	call_deallocate(pair.caller, pair.out);
	call_deallocate(pair.callee, pair.in);
	pair_offer(&pair);
	line_close(pair.caller, pair.caller_line);
	expect(pair.callee, "C2 DISCONNECTED *");
	expect_end();
}

/* F9: accepted first; the caller hears nothing of that. */
static void f9_accept_then_answer(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_offering();
	call_accept(pair.callee, pair.in);
	expect_in_any_order(pair.callee, "reply C1 ACCEPT 0", "C1 ACCEPTED");
	expect_nothing(pair.caller);
	refused(pair.callee, condis_call_accept(pair.callee->session, pair.in, 9), EBADFD, NULL);
	call_answer(pair.callee, pair.in);
	expect(pair.callee, "reply C1 ANSWER 0", "C1 CONNECTED");
	expect(pair.caller, "C1 CONNECTED");
	refused(pair.callee, condis_call_answer(pair.callee->session, pair.in, 9), EBADFD, NULL);
	local_hangup(pair.caller, pair.out, pair.callee, pair.in);
}

/* F12: the client cannot be unloaded while somebody uses it, and can with adapters up. */
static void f12_client_unbinds(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	assert_int_equal(module_unload(NDPROXY), -EAGAIN);
	expect_nothing(pair.caller);
	app_close(pair.caller);
	assert_int_equal(module_unload(NDPROXY), -EAGAIN);
	app_close(pair.callee);
	assert_int_equal(module_unload(NDPROXY), 0);
	assert_int_equal(count(CONDIS_COUNTER_BINDINGS), 0);
	assert_int_equal(count(CONDIS_COUNTER_AFS), 0);
	assert_int_equal(count(CONDIS_COUNTER_VCS), 0);
	assert_int_equal(count_sessions(), 0);
	assert_int_equal(module_load(NDPROXY), 0);
	pair = pair_connected();
	local_hangup(pair.callee, pair.in, pair.caller, pair.out);
}

/* F13: a pause stops data, and calls go on. */
static void f13_pause(void **state)
{
	char packet[16] = "";
	struct pair pair;
	int from, to;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	from = call_data(pair.caller, pair.out, NDPROXY_DATA_NONBLOCK);
	to = call_data(pair.callee, pair.in, NDPROXY_DATA_NONBLOCK);
	assert_int_equal(write(from, "before", 6), 6);
	assert_int_equal(wait_fd(to, POLLIN, patience()) & POLLIN, POLLIN);
	assert_int_equal(read(to, packet, sizeof(packet)), 6);

	assert_int_equal(condis_adapter_pause(admin(), "a"), 0);
	assert_int_equal(condis_adapter_pause(admin(), "a"), -1);
	assert_int_equal(errno, EALREADY);
	assert_int_equal(write(from, "paused", 6), -1);
	assert_int_equal(errno, ENETDOWN);
	expect_nothing(pair.caller);
	assert_int_equal(call_state(pair.caller, pair.out), LINECALLSTATE_CONNECTED);

	assert_int_equal(condis_adapter_restart(admin(), "a"), 0);
	assert_int_equal(condis_adapter_restart(admin(), "a"), -1);
	assert_int_equal(errno, EALREADY);
	assert_int_equal(write(from, "after", 5), 5);
	assert_int_equal(wait_fd(to, POLLIN, patience()) & POLLIN, POLLIN);
	assert_int_equal(read(to, packet, sizeof(packet)), 5);
	assert_memory_equal(packet, "after", 5);
	local_hangup(pair.caller, pair.out, pair.callee, pair.in);
}

/* R25: a call ends while its adapter is paused. */
static void f13_hangup_while_paused(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	assert_int_equal(condis_adapter_pause(admin(), "a"), 0);
	call_drop(pair.callee, pair.in);
	expect_in_any_order(pair.callee, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.caller, "C1 DISCONNECTED NORMAL 16");
	wait_count(CONDIS_COUNTER_VCS, 0);
	/* A paused adapter can be removed. */
	adapter_del("a");
	expect_in_any_order(pair.caller, "C1 IDLE", "L1 close");
	expect_end();
}

/* F14: an adapter is removed, in order or not, with a call up. */
static void removal(bool is_surprise)
{
	struct pair pair;
	uint32_t id;

	two_adapters("1");
	pair = pair_connected();
	pair.caller->shows_lines = true;
	while (*next_event(pair.caller, 0))
		;
	id = adapter_id("a");
	if (is_surprise)
		adapter_surprise("a");
	else
		adapter_del("a");
	/* The name is free at once. */
	adapter_add("a", "address", "100@0", NULL);
	assert_int_not_equal(adapter_id("a"), id);
	expect(pair.callee, "C1 DISCONNECTED *");
	expect_in_any_order(pair.caller, "C1 DISCONNECTED *", "C1 IDLE", "L1 close",
			    "remove 1 lines", "create 1 lines");
	line_close(pair.caller, pair.caller_line);
	pair.caller_line = line_open(pair.caller, "a", 0, NONE);
	call_deallocate(pair.callee, pair.in);
	call_make(pair.caller, pair.caller_line, "200");
	expect(pair.caller, "reply C2 MAKE_CALL 0", "C2 PROCEEDING", "C2 RINGBACK");
	expect(pair.callee, "L1 new C2 owner", "C2 OFFERING owner");
	line_close(pair.callee, pair.callee_line);
	expect(pair.caller, "C2 DISCONNECTED *");
	expect_end();
}

static void f14_removal(void **state)
{
	(void)state;
	removal(false);
}

static void f14_surprise(void **state)
{
	(void)state;
	removal(true);
}

/* F15: nobody listens on the line any more; the calls that are up stay. */
static void f15_sap_alone(void **state)
{
	struct app *far, *near, *third;
	uint32_t listening, making, line;
	char packet[8];
	int from, to;

	(void)state;
	two_adapters("3");
	adapter_add("c", "address", "300@0", NULL);
	near = app_open("near");
	far = app_open("far");
	listening = line_open(near, "a", 0, OWNER);
	making = line_open(near, "a", 0, NONE);
	line_open(far, "b", 0, OWNER);
	wait_count(CONDIS_COUNTER_SAPS, 2);
	call_make(near, making, "200");
	expect(near, "reply C1 MAKE_CALL 0", "C1 PROCEEDING", "C1 RINGBACK");
	expect(far, "L1 new C1 owner", "C1 OFFERING owner");
	call_answer(far, call_label(far, 1));
	expect(far, "reply C1 ANSWER 0", "C1 CONNECTED");
	expect(near, "C1 CONNECTED");

	line_close(near, listening);
	wait_count(CONDIS_COUNTER_SAPS, 1);
	expect_nothing(near);
	from = call_data(near, call_label(near, 1), 0);
	to = call_data(far, call_label(far, 1), 0);
	assert_int_equal(write(from, "still", 5), 5);
	assert_int_equal(wait_fd(to, POLLIN, patience()) & POLLIN, POLLIN);
	assert_int_equal(read(to, packet, sizeof(packet)), 5);

	third = app_open("third");
	line = line_open(third, "c", 0, NONE);
	call_make(third, line, "100");
	expect_failure(third, 1, "ETIMEDOUT 18 NOANSWER", "NOANSWER 18");
	expect_nothing(near);
	call_drop(far, call_label(far, 1));
	expect_in_any_order(far, "reply C1 DROP 0", "C1 IDLE");
	expect(near, "C1 DISCONNECTED NORMAL 16");
	expect_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(f1_caller_hangs_up),
		WORLD_TEST(f1_callee_hangs_up),
		WORLD_TEST(f1_pending),
		WORLD_TEST(f2_owner_sleeps),
		WORLD_TEST(f2_then_f1),
		WORLD_TEST(f2_meets_f1),
		WORLD_TEST(f3_close_line),
		WORLD_TEST(f3_close_line_unread),
		WORLD_TEST(f3_close_line_while_dropping),
		WORLD_TEST(f4_close_session),
		WORLD_TEST(f4_shutdown),
		WORLD_TEST(f8_line_count),
		WORLD_TEST(f6_halt),
		WORLD_TEST(f7_reset_keeps),
		WORLD_TEST(f7_reset_clears),
		WORLD_TEST(f9_accept_then_answer),
		WORLD_TEST(f12_client_unbinds),
		WORLD_TEST(f13_pause),
		WORLD_TEST(f13_hangup_while_paused),
		WORLD_TEST(f14_removal),
		WORLD_TEST(f14_surprise),
		WORLD_TEST(f15_sap_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
