// SPDX-License-Identifier: GPL-2.0
/*
 * Calls that never come about (F9, F10): refused, given up, or failed, each to its exact
 * sequence of events at both ends.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "fixture.h"

/* F9: a rejection, with the usual cause and with one of the application's. */
static void f9_reject(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_offering();
	call_drop(pair.callee, pair.in);
	expect_in_any_order(pair.callee, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.caller, "C1 DISCONNECTED REJECT 21");
	call_deallocate(pair.caller, pair.out);
	call_deallocate(pair.callee, pair.in);

	pair_offer(&pair);
	pair.in = call_label(pair.callee, 2);
	call_drop_cause(pair.callee, pair.in, Q850_USER_BUSY);
	expect_in_any_order(pair.callee, "reply C2 DROP 0", "C2 IDLE");
	expect(pair.caller, "C2 DISCONNECTED BUSY 17");
	expect_end();
}

/* F9: the caller gives up while it rings: the callee stops ringing at once. */
static void f9_caller_gives_up(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_offering();
	call_drop(pair.caller, pair.out);
	expect_in_any_order(pair.caller, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	wait_count(CONDIS_COUNTER_VCS, 0);
	refused(pair.callee, condis_call_answer(pair.callee->session, pair.in, 9), EBADFD, NULL);
	call_drop(pair.callee, pair.in);
	expect_in_any_order(pair.callee, "reply C1 DROP 0", "C1 IDLE");
	expect_end();
}

/* R4: the caller gives up before the network has said anything. */
static void f9_caller_gives_up_dialing(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	adapter_set("b", "fault", "no-answer", NULL);
	pair = pair_idle();
	adapter_set("a", "lost", "call-proceeding,alerting", "t303", "60000", NULL);
	pair.out = call_make(pair.caller, pair.caller_line, "200");
	assert_int_equal(call_state(pair.caller, pair.out), LINECALLSTATE_DIALING);
	expect_nothing(pair.caller);
	call_drop(pair.caller, pair.out);
	expect(pair.caller, "reply C1 MAKE_CALL ECANCELED*");
	expect_in_any_order(pair.caller, "reply C1 DROP 0", "C1 IDLE");
	expect_nothing(pair.callee);
	expect_end();
}

/* A line with one call takes no second one. */
static void f10_busy(void **state)
{
	struct ndproxy_make_call request = {
		.address = NDPROXY_ANY_ADDRESS,
		.media_modes = DIGITAL,
	};
	struct pair pair;
	struct app *third;
	uint32_t line;

	(void)state;
	two_adapters("1");
	adapter_add("c", "address", "300@0", NULL);
	pair = pair_connected();
	third = app_open("third");
	line = line_open(third, "c", 0, NONE);
	call_make(third, line, "200");
	expect_failure(third, 1, "EBUSY 17 BUSY", "BUSY 17");
	expect_nothing(pair.callee);
	/* And the caller's own line is full, which is known at once. */
	request.line_handle = pair.caller_line;
	strcpy(request.called, "300");
	refused(pair.caller, condis_call_make(pair.caller->session, &request), EBUSY, NULL);
	expect_nothing(pair.caller);
}

/*
 * F10: each way in which a call can fail, with its cause in the words of TAPI and of
 * errno: in the reply if it fails at once, as an end of the call if there was progress.
 */
static const struct {
	const char *fault;
	const char *error;
	const char *why;
} failures[] = {
	{ "busy", "EBUSY 17 BUSY", "BUSY 17" },
	{ "congestion", "ENOBUFS 42 CONGESTION", "CONGESTION 42" },
	{ "unreachable", "EHOSTDOWN 27 OUTOFORDER", "OUTOFORDER 27" },
	{ "unknown", "EADDRNOTAVAIL 1 BADADDRESS", "BADADDRESS 1" },
};

static void f10_failures(void **state)
{
	struct ndproxy_call_diagnostics diagnostics;
	struct pair pair;
	size_t i;

	(void)state;
	two_adapters("1");
	pair = pair_idle();
	for (i = 0; i < ARRAY_SIZE(failures); i++) {
		adapter_set("b", "fault", failures[i].fault, NULL);
		pair.out = call_make(pair.caller, pair.caller_line, "200");
		expect_failure(pair.caller, (unsigned int)i + 1, failures[i].error,
			       failures[i].why);
		wait_count(CONDIS_COUNTER_VCS, 0);
		assert_int_equal(condis_call_diagnostics(pair.caller->session, pair.out,
							 &diagnostics), 0);
		assert_int_equal(diagnostics.remote, 1);
		call_deallocate(pair.caller, pair.out);
	}
	expect_nothing(pair.callee);
	expect_end();
}

static void f10_late_failures(void **state)
{
	char reply[64], proceeding[64], end[64];
	struct pair pair;
	size_t i;

	(void)state;
	two_adapters("1");
	adapter_set("a", "late", "disconnect", "late-by", "50", NULL);
	pair = pair_idle();
	for (i = 0; i < ARRAY_SIZE(failures); i++) {
		adapter_set("b", "fault", failures[i].fault, NULL);
		pair.out = call_make(pair.caller, pair.caller_line, "200");
		snprintf(reply, sizeof(reply), "reply C%zu MAKE_CALL 0", i + 1);
		snprintf(proceeding, sizeof(proceeding), "C%zu PROCEEDING", i + 1);
		snprintf(end, sizeof(end), "C%zu DISCONNECTED %s", i + 1, failures[i].why);
		expect(pair.caller, reply, proceeding, end);
		wait_count(CONDIS_COUNTER_VCS, 0);
		call_deallocate(pair.caller, pair.out);
	}
	expect_nothing(pair.callee);
	expect_end();
}

/* A number that nobody has is refused with the first word of the network. */
static void f10_unknown_number(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_idle();
	pair.out = call_make(pair.caller, pair.caller_line, "999");
	expect(pair.caller, "reply C1 MAKE_CALL EADDRNOTAVAIL 1 BADADDRESS", "C1 IDLE");
	refused(pair.caller, condis_call_drop(pair.caller->session, pair.out, 0, 1), EBADFD, NULL);
	call_deallocate(pair.caller, pair.out);
	expect_end();
}

/* Nobody has the line open: the network says that nobody is there. */
static void f10_nobody_listens(void **state)
{
	struct app *caller;
	uint32_t line;

	(void)state;
	two_adapters("1");
	caller = app_open("caller");
	line = line_open(caller, "a", 0, NONE);
	call_make(caller, line, "200");
	expect_failure(caller, 1, "ETIMEDOUT 18 NOANSWER", "NOANSWER 18");
	expect_end();
}

/* The network gives up on a callee who is there and does not answer. */
static void f10_no_answer(void **state)
{
	struct pair pair;
	long long start;

	(void)state;
	two_adapters("1");
	/* The fault: it rings at nobody's. */
	adapter_set("b", "fault", "no-answer", "t301", "150", NULL);
	pair = pair_idle();
	start = now_ms();
	pair.out = call_make(pair.caller, pair.caller_line, "200");
	expect(pair.caller, "reply C1 MAKE_CALL 0", "C1 PROCEEDING", "C1 RINGBACK",
	       "C1 DISCONNECTED NOANSWER 19");
	assert_elapsed(start, 150);
	expect_nothing(pair.callee);
	call_deallocate(pair.caller, pair.out);
	/* A timer has ended it: that thread may not have come to the end of its leg. */
	wait_count(CONDIS_COUNTER_VCS, 0);

	/* The caller's own timer: it rings at somebody's who does not pick up. */
	adapter_set("b", "fault", "none", NULL);
	adapter_set("a", "t301", "150", NULL);
	start = now_ms();
	pair.out = call_make(pair.caller, pair.caller_line, "200");
	expect(pair.caller, "reply C2 MAKE_CALL 0", "C2 PROCEEDING", "C2 RINGBACK",
	       "C2 DISCONNECTED NOANSWER 19");
	assert_elapsed(start, 150);
	expect(pair.callee, "L1 new C1 owner", "C1 OFFERING owner", "C1 DISCONNECTED *");
	expect_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(f9_reject),
		WORLD_TEST(f9_caller_gives_up),
		WORLD_TEST(f9_caller_gives_up_dialing),
		WORLD_TEST(f10_busy),
		WORLD_TEST(f10_failures),
		WORLD_TEST(f10_late_failures),
		WORLD_TEST(f10_unknown_number),
		WORLD_TEST(f10_nobody_listens),
		WORLD_TEST(f10_no_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
