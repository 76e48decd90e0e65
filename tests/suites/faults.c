// SPDX-License-Identifier: GPL-2.0
/*
 * What a network can do to a call: messages that are lost, late or come twice, both
 * ends clearing at once, an end that never answers, and every delay that there is.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"

/* The caller drops; its end takes at least so long. The callee hears of it. */
static void caller_drops(struct pair *pair, int at_least_ms)
{
	long long start = now_ms();

	call_drop(pair->caller, pair->out);
	expect_in_any_order(pair->caller, "reply C1 DROP 0", "C1 IDLE");
	assert_elapsed(start, at_least_ms);
	expect(pair->callee, "C1 DISCONNECTED NORMAL 16");
	expect_end();
}

static void release_lost(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	adapter_set("a", "lost", "release", "t305", "100", NULL);
	caller_drops(&pair, 100);
}

static void release_complete_lost(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	/* T305, then RELEASE twice without an answer: released by itself. */
	adapter_set("a", "lost", "release,release-complete", "t305", "100", "t308", "100", NULL);
	caller_drops(&pair, 300);
}

static void disconnect_lost_on_the_way_out(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	adapter_set("a", "lost", "sent-disconnect", "t305", "100", NULL);
	caller_drops(&pair, 100);
}

/* The network hears nothing at all any more. */
static void everything_lost_on_the_way_out(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	adapter_set("a", "lost", "sent-disconnect,sent-release,sent-release-complete", "t305",
		    "100", "t308", "100", NULL);
	call_drop(pair.caller, pair.out);
	expect_in_any_order(pair.caller, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.callee, "C1 DISCONNECTED *");
	expect_end();
}

static void disconnect_lost_to_the_callee(void **state)
{
	long long start = now_ms();
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	/* The network's own T305 for the callee's interface: RELEASE follows. */
	adapter_set("b", "lost", "disconnect", "t305", "150", NULL);
	call_drop(pair.caller, pair.out);
	expect_in_any_order(pair.caller, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.callee, "C1 DISCONNECTED *");
	assert_elapsed(start, 150);
	expect_end();
}

/* The callee never hears that the call is over: its own drop ends it, without a network. */
static void nothing_reaches_the_callee(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	adapter_set("b", "lost", "disconnect,release,release-complete", "t305", "50", "t308", "50",
		    NULL);
	call_drop(pair.caller, pair.out);
	expect_in_any_order(pair.caller, "reply C1 DROP 0", "C1 IDLE");
	wait_count(CONDIS_COUNTER_VCS, 1);
	assert_int_equal(call_state(pair.callee, pair.in), LINECALLSTATE_CONNECTED);
	call_drop(pair.callee, pair.in);
	expect_in_any_order(pair.callee, "reply C1 DROP 0", "C1 IDLE");
	expect_end();
}

#define RECEIVED	\
	"call-proceeding,alerting,connect,connect-ack,disconnect,release,release-complete"
#define SENT		\
	"sent-alerting,sent-connect,sent-connect-ack,sent-disconnect,sent-release,sent-release-complete"

/* Each message, to and from both, twice: as if it were once. */
static void everything_twice(void **state)
{
	static const char all[] = "setup," RECEIVED ",sent-setup,sent-call-proceeding," SENT;
	struct pair pair;

	(void)state;
	two_adapters("1");
	adapter_set("a", "duplicated", all, NULL);
	adapter_set("b", "duplicated", all, NULL);
	pair = pair_connected();
	caller_drops(&pair, 0);
	/* And by a callee who rejects. */
	call_deallocate(pair.caller, pair.out);
	call_deallocate(pair.callee, pair.in);
	pair_offer(&pair);
	call_drop(pair.callee, call_label(pair.callee, 2));
	expect_in_any_order(pair.callee, "reply C2 DROP 0", "C2 IDLE");
	expect(pair.caller, "C2 DISCONNECTED REJECT 21");
	expect_end();
}

static void everything_late(void **state)
{
	static const char all[] = RECEIVED ",sent-setup," SENT;
	struct pair pair;

	(void)state;
	two_adapters("1");
	/* No timer clears the call between a message and its answer, on any machine. */
	adapter_set("a", "late", all, "late-by", "20", "t303", "60000", NULL);
	adapter_set("b", "late", all, "late-by", "20", "t313", "60000", NULL);
	pair = pair_connected();
	caller_drops(&pair, 20);
}

/* A RELEASE that comes when the caller has given up waiting finds nobody, and is counted. */
static void release_too_late(void **state)
{
	struct condis_exchange_info *exchanges;
	struct pair pair;
	uint64_t late;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	adapter_set("a", "late", "release,release-complete", "late-by", "60000", "t305", "20",
		    "t308", "20", NULL);
	call_drop(pair.caller, pair.out);
	expect_in_any_order(pair.caller, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	wait_count(CONDIS_COUNTER_VCS, 0);
	assert_int_equal(condis_exchanges(admin(), &exchanges), 1);
	late = exchanges[0].late;
	free(exchanges);
	assert_true(late > 0);
	/* The next call has nothing of it. */
	call_deallocate(pair.caller, pair.out);
	call_deallocate(pair.callee, pair.in);
	pair_offer(&pair);
	call_answer(pair.callee, call_label(pair.callee, 2));
	expect(pair.callee, "reply C2 ANSWER 0", "C2 CONNECTED");
	expect(pair.caller, "C2 CONNECTED");
	expect_nothing(pair.caller);
}

static void glare(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	adapter_set("a", "glare", "on", NULL);
	adapter_set("b", "glare", "on", NULL);
	pair = pair_connected();
	caller_drops(&pair, 0);
	call_drop(pair.callee, pair.in);
	expect_in_any_order(pair.callee, "reply C1 DROP 0", "C1 IDLE");
	expect_end();
}

static void glare_slow(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	adapter_set("a", "glare", "on", "clear-delay", "50", NULL);
	adapter_set("b", "glare", "on", "clear-delay", "50", NULL);
	pair = pair_connected();
	call_drop(pair.callee, pair.in);
	expect_in_any_order(pair.callee, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.caller, "C1 DISCONNECTED NORMAL 16");
	expect_end();
}

/* So many messages are lost, and then no more. */
static void fault_count(void **state)
{
	struct condis_adapter_info *info;
	struct pair pair;
	char *value;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	adapter_set("a", "lost", "release", "t305", "100", "fault-count", "1", NULL);
	caller_drops(&pair, 100);
	info = condis_adapter_get(admin(), "a");
	assert_non_null(info);
	value = condis_adapter_knob(info, "lost");
	assert_string_equal(value, "none");
	free(value);
	condis_adapters_free(info, 1);
	adapter_set("a", "t305", "30000", NULL);
	call_deallocate(pair.caller, pair.out);
	call_deallocate(pair.callee, pair.in);
	pair_offer(&pair);
	call_drop(pair.caller, pair.out);
	expect_in_any_order(pair.caller, "reply C2 DROP 0", "C2 IDLE");
	expect(pair.callee, "C2 DISCONNECTED NORMAL 16");
	expect_end();
}

/*
 * Timers of a call that is being set up
 */

/* T303: a SETUP without an answer is repeated once. */
static void t303(void **state)
{
	long long start;
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_idle();
	adapter_set("a", "lost", "sent-setup", "fault-count", "1", "t303", "100", NULL);
	start = now_ms();
	pair.out = call_make(pair.caller, pair.caller_line, "200");
	expect(pair.caller, "reply C1 MAKE_CALL 0", "C1 PROCEEDING", "C1 RINGBACK");
	assert_elapsed(start, 100);
	expect(pair.callee, "L1 new C1 owner", "C1 OFFERING owner");
	call_drop(pair.callee, call_label(pair.callee, 1));
	expect_in_any_order(pair.callee, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.caller, "C1 DISCONNECTED REJECT 21");

	adapter_set("a", "lost", "sent-setup", "fault-count", "0", NULL);
	call_deallocate(pair.caller, pair.out);
	/* The timer's thread may still be with it, and the line has one call. */
	wait_count(CONDIS_COUNTER_VCS, 0);
	start = now_ms();
	pair.out = call_make(pair.caller, pair.caller_line, "200");
	expect(pair.caller, "reply C2 MAKE_CALL ETIMEDOUT 102 TEMPFAILURE", "C2 IDLE");
	assert_elapsed(start, 200);
	expect_nothing(pair.callee);
	expect_end();
}

/* T310: proceeding, and nothing after that. */
static void t310(void **state)
{
	long long start;
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_idle();
	adapter_set("b", "lost", "setup", NULL);
	adapter_set("a", "t310", "100", NULL);
	start = now_ms();
	pair.out = call_make(pair.caller, pair.caller_line, "200");
	expect(pair.caller, "reply C1 MAKE_CALL 0", "C1 PROCEEDING",
	       "C1 DISCONNECTED TEMPFAILURE 102");
	assert_elapsed(start, 100);
	expect_nothing(pair.callee);
	expect_end();
}

/* T313: answered, and the network awards the call to nobody. */
static void t313(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_offering();
	adapter_set("b", "lost", "sent-connect", "t313", "100", NULL);
	call_answer(pair.callee, pair.in);
	expect(pair.callee, "reply C1 ANSWER ECANCELED", "C1 DISCONNECTED TEMPFAILURE 102");
	expect(pair.caller, "C1 DISCONNECTED TEMPFAILURE 102");
	expect_end();
}

static void connect_ack_lost(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_offering();
	/* Long enough for the CONNECT to reach the caller, however slow the machine is. */
	adapter_set("b", "lost", "connect-ack", "t313", "10000", NULL);
	call_answer(pair.callee, pair.in);
	expect(pair.callee, "reply C1 ANSWER ECANCELED", "C1 DISCONNECTED TEMPFAILURE 102");
	expect(pair.caller, "C1 CONNECTED", "C1 DISCONNECTED TEMPFAILURE 102");
	expect_end();
}

/* The CONNECT is lost on its way to the caller: T301, and the callee is cleared. */
static void connect_lost(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	/* It runs from the ALERTING on: the callee answers before it runs out. */
	adapter_set("a", "lost", "connect", "t301", "10000", NULL);
	pair = pair_offering();
	call_answer(pair.callee, pair.in);
	expect(pair.callee, "reply C1 ANSWER 0", "C1 CONNECTED", "C1 DISCONNECTED NOANSWER 19");
	expect(pair.caller, "C1 DISCONNECTED NOANSWER 19");
	expect_end();
}

/*
 * Delays
 */

static void delays(void **state)
{
	struct pair pair;
	long long start;

	(void)state;
	two_adapters("1");
	/* Long enough to see the caller in DIALING when the callee has heard, on any machine. */
	adapter_set("a", "proceeding-delay", "10000", "t303", "60000", NULL);
	adapter_set("b", "alert-delay", "10500", "answer-delay", "100", NULL);
	pair = pair_idle();
	start = now_ms();
	pair.out = call_make(pair.caller, pair.caller_line, "200");
	expect(pair.callee, "L1 new C1 owner", "C1 OFFERING owner");
	pair.in = call_label(pair.callee, 1);
	assert_int_equal(call_state(pair.caller, pair.out), LINECALLSTATE_DIALING);
	expect(pair.caller, "reply C1 MAKE_CALL 0", "C1 PROCEEDING");
	assert_elapsed(start, 10000);
	expect(pair.caller, "C1 RINGBACK");
	assert_elapsed(start, 10500);
	start = now_ms();
	call_answer(pair.callee, pair.in);
	expect(pair.callee, "reply C1 ANSWER 0", "C1 CONNECTED");
	expect(pair.caller, "C1 CONNECTED");
	assert_elapsed(start, 100);
	adapter_set("a", "clear-delay", "100", NULL);
	caller_drops(&pair, 100);
}

/* Answered and hung up on while the word of the answer is still on its way. */
static void hung_up_before_the_answer_arrives(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	adapter_set("b", "answer-delay", "3600000", NULL);
	pair = pair_offering();
	call_answer(pair.callee, pair.in);
	expect(pair.callee, "reply C1 ANSWER 0", "C1 CONNECTED");
	call_drop(pair.caller, pair.out);
	expect_in_any_order(pair.caller, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	expect_end();

	/* The same from the other end. */
	call_deallocate(pair.caller, pair.out);
	call_deallocate(pair.callee, pair.in);
	pair_offer(&pair);
	pair.in = call_label(pair.callee, 2);
	call_answer(pair.callee, pair.in);
	expect(pair.callee, "reply C2 ANSWER 0", "C2 CONNECTED");
	call_drop(pair.callee, pair.in);
	expect_in_any_order(pair.callee, "reply C2 DROP 0", "C2 IDLE");
	expect(pair.caller, "C2 DISCONNECTED NORMAL 16");
	expect_end();
}

/* R16: the interface is reset while a close is pending. */
static void reset_while_closing(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	adapter_set("a", "reset-clears", "on", "clear-delay", "3600000", "t305", "3600000", NULL);
	pair = pair_connected();
	call_drop(pair.caller, pair.out);
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	expect_nothing(pair.caller);
	assert_int_equal(condis_adapter_reset(admin(), "a"), 0);
	expect_in_any_order(pair.caller, "reply C1 DROP 0", "C1 IDLE");
	expect_end();
}

/* Out of service: no call begins, and those that are up stay. */
static void out_of_service(void **state)
{
	struct ndproxy_make_call call = {
		.address = NDPROXY_ANY_ADDRESS, .media_modes = DIGITAL, .called = "200",
	};
	struct pair pair;

	(void)state;
	two_adapters("2");
	pair = pair_connected();
	adapter_set("a", "in-service", "off", NULL);
	call.line_handle = pair.caller_line;
	refused(pair.caller, condis_call_make(pair.caller->session, &call), ENETDOWN, NULL);
	expect_nothing(pair.caller);
	adapter_set("a", "in-service", "on", "out-of-service", "0", NULL);
	refused(pair.caller, condis_call_make(pair.caller->session, &call), ENETDOWN, NULL);
	adapter_set("a", "out-of-service", "none", NULL);
	/* The other end. */
	adapter_set("b", "in-service", "off", NULL);
	call_make(pair.caller, pair.caller_line, "200");
	expect_failure(pair.caller, 2, "EHOSTDOWN 27 OUTOFORDER", "OUTOFORDER 27");
	expect_nothing(pair.callee);
	adapter_set("b", "in-service", "on", NULL);
	caller_drops(&pair, 0);
}

/* A hunt group: cyclically, to the next line that is free. */
static void hunt_group(void **state)
{
	struct app *caller, *callee;
	uint32_t line, i;
	char text[64];

	(void)state;
	adapter_add("a", "calls", "8", "address", "100@0", NULL);
	adapter_add("b", "lines", "3", "calls", "1", "address", "555", NULL);
	caller = app_open("caller");
	callee = app_open("callee");
	line = line_open(caller, "a", 0, NONE);
	for (i = 0; i < 3; i++)
		line_open(callee, "b", i, OWNER);
	for (i = 1; i <= 3; i++) {
		call_make(caller, line, "555");
		snprintf(text, sizeof(text), "L* new C%u owner", i);
		expect(callee, text);
		snprintf(text, sizeof(text), "C%u OFFERING owner", i);
		expect(callee, text);
	}
	for (i = 1; i <= 3; i++) {
		snprintf(text, sizeof(text), "C%u RINGBACK", i);
		expect_up_to(caller, text);
	}
	/* All are taken, by different lines. */
	call_make(caller, line, "555");
	expect_failure(caller, 4, "EBUSY 17 BUSY", "BUSY 17");
	for (i = 1; i <= 3; i++) {
		struct ndproxy_call_info info[2];
		uint32_t j;

		assert_int_equal(condis_call_info(callee->session, call_label(callee, i), &info[0]),
				 0);
		for (j = 1; j < i; j++) {
			assert_int_equal(condis_call_info(callee->session, call_label(callee, j),
							  &info[1]), 0);
			assert_int_not_equal(info[0].line, info[1].line);
		}
	}
	expect_nothing(callee);
	wait_count(CONDIS_COUNTER_VCS, 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(release_lost),
		WORLD_TEST(release_complete_lost),
		WORLD_TEST(disconnect_lost_on_the_way_out),
		WORLD_TEST(everything_lost_on_the_way_out),
		WORLD_TEST(disconnect_lost_to_the_callee),
		WORLD_TEST(nothing_reaches_the_callee),
		WORLD_TEST(everything_twice),
		WORLD_TEST(everything_late),
		WORLD_TEST(release_too_late),
		WORLD_TEST(glare),
		WORLD_TEST(glare_slow),
		WORLD_TEST(fault_count),
		WORLD_TEST(t303),
		WORLD_TEST(t310),
		WORLD_TEST(t313),
		WORLD_TEST(connect_ack_lost),
		WORLD_TEST(connect_lost),
		WORLD_TEST(delays),
		WORLD_TEST(hung_up_before_the_answer_arrives),
		WORLD_TEST(reset_while_closing),
		WORLD_TEST(out_of_service),
		WORLD_TEST(hunt_group),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
