// SPDX-License-Identifier: GPL-2.0
/*
 * Digits: who hears those that come, how many wait, what becomes of those that are sent, and
 * that none is in the way of an end.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "delays.h"
#include "fixture.h"
#include "stall.h"

#define PULSE	LINEDIGITMODE_PULSE
#define TONE	LINEDIGITMODE_DTMF
#define TONEEND	LINEDIGITMODE_DTMFEND

/* Long enough that nothing of it is over before the test is. */
#define LONG	"0123456789*#ABCD0123456789*#ABCD"

static int monitor(struct app *app, uint32_t call, uint32_t modes)
{
	return condis_call_monitor_digits(app->session, call, modes);
}

static void both_ways(void **state)
{
	struct ndproxy_generate_digits pulses;
	struct ndproxy_line_caps caps;
	struct pair pair;
	long long start;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	assert_int_equal(condis_line_caps(pair.caller->session, adapter_id("a"), 0, &caps), 0);
	assert_int_equal(caps.generate_digit_modes, PULSE | TONE);
	assert_int_equal(caps.monitor_digit_modes, PULSE | TONE | TONEEND);
	digits_monitor(pair.callee, pair.in, TONE);
	start = now_ms();
	digits_send(pair.caller, pair.out, "1,D#", 20);
	expect(pair.callee, "C1 digit 1", "C1 digit D", "C1 digit #");
	expect(pair.caller, "C1 digits DONE");
	/* Each with its silence, and the pause. */
	assert_elapsed(start, 3 * 2 * 20 + NDPROXY_DIGIT_PAUSE_MS);
	expect_nothing(pair.callee);

	digits_monitor(pair.callee, pair.in, TONE | TONEEND | PULSE);
	digits_monitor(pair.caller, pair.out, TONEEND);
	digits_send(pair.caller, pair.out, "*0", 0);
	expect(pair.callee, "C1 digit \\*", "C1 digit \\* ends", "C1 digit 0", "C1 digit 0 ends");
	expect(pair.caller, "C1 digits DONE");
	digits_send(pair.callee, pair.in, "7", 1);
	expect(pair.caller, "C1 digit 7 ends");
	expect(pair.callee, "C1 digits DONE");

	pulses = digits_prepare(pair.caller, pair.out, "90", 5);
	pulses.mode = PULSE;
	assert_int_equal(condis_call_generate_digits(pair.caller->session, &pulses), 0);
	expect(pair.callee, "C1 digit 9 by pulses", "C1 digit 0 by pulses");
	expect(pair.caller, "C1 digits DONE");

	/* No more, and what was not read is discarded. */
	digits_send(pair.caller, pair.out, "123", 1);
	expect(pair.caller, "C1 digits DONE");
	digits_monitor(pair.callee, pair.in, 0);
	digits_send(pair.caller, pair.out, "456", 1);
	expect(pair.caller, "C1 digits DONE");
	expect_nothing(pair.callee);
	digits_monitor(pair.callee, pair.in, TONE);
	digits_send(pair.caller, pair.out, "8", 1);
	expect(pair.callee, "C1 digit 8");
	expect(pair.caller, "C1 digits DONE");
	call_drop(pair.caller, pair.out);
	expect_in_any_order(pair.caller, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	expect_end();
}

/* Asked for while it rings: they come when it is connected. */
static void before_the_call(void **state)
{
	struct ndproxy_call_status status;
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_offering();
	digits_monitor(pair.callee, pair.in, TONE);
	digits_monitor(pair.caller, pair.out, TONE);
	assert_int_equal(condis_call_status(pair.callee->session, pair.in, &status), 0);
	assert_true(status.features & LINECALLFEATURE_MONITORDIGITS);
	assert_false(status.features & LINECALLFEATURE_GENERATEDIGITS);
	call_answer(pair.callee, pair.in);
	expect(pair.callee, "reply C1 ANSWER 0", "C1 CONNECTED");
	expect(pair.caller, "C1 CONNECTED");
	assert_int_equal(condis_call_status(pair.callee->session, pair.in, &status), 0);
	assert_true(status.features & LINECALLFEATURE_GENERATEDIGITS);
	digits_send(pair.caller, pair.out, "5", 1);
	expect(pair.callee, "C1 digit 5");
	expect(pair.caller, "C1 digits DONE");
	digits_send(pair.callee, pair.in, "6", 1);
	expect(pair.caller, "C1 digit 6");
	expect(pair.callee, "C1 digits DONE");
}

/* Owner and monitor each hear what they asked for. */
static void who_hears(void **state)
{
	struct ndproxy_generate_digits digits;
	struct ndproxy_call_status status;
	struct ndproxy_call_info info;
	struct pair pair;
	struct app *watcher;
	uint32_t seen;

	(void)state;
	two_adapters("2");
	watcher = app_open("watcher");
	line_open(watcher, "b", 0, MONITOR);
	pair = pair_idle();
	pair.out = call_make(pair.caller, pair.caller_line, "200");
	expect(pair.callee, "L1 new C1 owner", "C1 OFFERING owner", "C1 info monitors 1+1");
	expect(watcher, "L1 new C1 monitor", "C1 OFFERING monitor");
	pair.in = call_label(pair.callee, 1);
	seen = call_label(watcher, 1);
	call_answer(pair.callee, pair.in);
	expect_up_to(pair.caller, "C1 CONNECTED");
	expect(pair.callee, "reply C1 ANSWER 0", "C1 CONNECTED");
	expect(watcher, "C1 CONNECTED");

	digits_monitor(watcher, seen, TONE);
	expect(pair.callee, "C1 info digits 1+1");
	digits_monitor(pair.callee, pair.in, TONEEND);
	expect(watcher, "C1 info digits 1+1");
	assert_int_equal(condis_call_info(watcher->session, seen, &info), 0);
	assert_int_equal(info.digit_modes, TONE | TONEEND);
	digits_send(pair.caller, pair.out, "3", 1);
	expect(watcher, "C1 digit 3");
	expect(pair.callee, "C1 digit 3 ends");
	expect(pair.caller, "C1 digits DONE");
	expect_nothing(watcher);

	/* A monitor sends none. */
	digits = digits_prepare(watcher, seen, "1", 1);
	refused(watcher, condis_call_generate_digits(watcher->session, &digits), EPERM, "call");
	assert_int_equal(condis_call_status(watcher->session, seen, &status), 0);
	assert_int_equal(status.features, LINECALLFEATURE_MONITORDIGITS);
	/* Who goes wants none any more. */
	call_deallocate(pair.callee, pair.in);
	expect_up_to(pair.caller, "C1 DISCONNECTED *");
	hear(watcher, "C1 IDLE");
	assert_int_equal(condis_call_info(watcher->session, seen, &info), 0);
	assert_int_equal(info.digit_modes, TONE);
}

static void refusals(void **state)
{
	struct ndproxy_generate_digits digits;
	static const char *const bad[] = { "a", "1 2", "12E", "+1", "\x7f", ",;" };
	struct pair pair;
	size_t i;

	(void)state;
	two_adapters("1");
	pair = pair_offering();
	digits = digits_prepare(pair.caller, pair.out, "1", 1);
	refused(pair.caller, condis_call_generate_digits(pair.caller->session, &digits), EBADFD,
		"call");
	digits = digits_prepare(pair.callee, pair.in, "", 0);
	refused(pair.callee, condis_call_generate_digits(pair.callee->session, &digits), EBADFD,
		"call");
	refused(pair.caller, monitor(pair.caller, pair.out, 8), EINVAL, "modes");
	call_answer(pair.callee, pair.in);
	expect(pair.callee, "reply C1 ANSWER 0", "C1 CONNECTED");
	expect(pair.caller, "C1 CONNECTED");

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		digits = digits_prepare(pair.caller, pair.out, bad[i], 1);
		refused(pair.caller, condis_call_generate_digits(pair.caller->session, &digits),
			EINVAL, "digits");
	}
	digits = digits_prepare(pair.caller, pair.out, "12A", 1);
	digits.mode = PULSE;
	refused(pair.caller, condis_call_generate_digits(pair.caller->session, &digits), EINVAL,
		"digits");
	digits.mode = TONEEND;
	refused(pair.caller, condis_call_generate_digits(pair.caller->session, &digits), EINVAL,
		"mode");
	digits.mode = TONE | PULSE;
	refused(pair.caller, condis_call_generate_digits(pair.caller->session, &digits), EINVAL,
		"mode");
	digits = digits_prepare(pair.caller, pair.out, "1", NDPROXY_DIGIT_MS_MAX + 1);
	refused(pair.caller, condis_call_generate_digits(pair.caller->session, &digits), EINVAL,
		"duration");
	digits = digits_prepare(pair.caller, pair.out, "1", 1);
	memset(digits.digits, '1', sizeof(digits.digits));
	refused(pair.caller, condis_call_generate_digits(pair.caller->session, &digits), EINVAL,
		"digits");
	digits = digits_prepare(pair.caller, pair.out, "1", 1);
	digits.digits[5] = '1';
	refused(pair.caller, condis_call_generate_digits(pair.caller->session, &digits), EINVAL,
		"digits");
	/* Nothing is being sent. */
	digits_send(pair.caller, pair.out, "", 0);

	call_drop(pair.callee, pair.in);
	expect_in_any_order(pair.callee, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.caller, "C1 DISCONNECTED NORMAL 16");
	digits = digits_prepare(pair.caller, pair.out, "1", 1);
	refused(pair.caller, condis_call_generate_digits(pair.caller->session, &digits), EBADFD,
		"call");
	refused(pair.caller, monitor(pair.caller, pair.out, TONE), EBADFD, "call");
	digits_monitor(pair.caller, pair.out, 0);
	refused(pair.callee, monitor(pair.callee, pair.in, TONE), EBADFD, "call");
	expect_nothing(pair.caller);
}

/* One is at work at a time. */
static void cancelled(void **state)
{
	struct ndproxy_limits limits;
	struct pair pair;
	struct app *second;
	uint32_t theirs;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	digits_monitor(pair.callee, pair.in, TONE);
	digits_send(pair.caller, pair.out, LONG, 5000);
	expect(pair.callee, "C1 digit 0");
	expect_nothing(pair.caller);
	assert_int_equal(condis_session_limits(pair.caller->session, &limits), 0);
	assert_int_equal(limits.used[NDPROXY_LIMIT_REQUESTS], 1);
	digits_send(pair.caller, pair.out, "", 0);
	expect(pair.caller, "C1 digits CANCEL");
	assert_int_equal(condis_session_limits(pair.caller->session, &limits), 0);
	assert_int_equal(limits.used[NDPROXY_LIMIT_REQUESTS], 0);
	/* The next one ends the one before. */
	digits_send(pair.caller, pair.out, LONG, 5000);
	expect(pair.callee, "C1 digit 0");
	digits_send(pair.caller, pair.out, "5", 1);
	expect(pair.callee, "C1 digit 5");
	expect(pair.caller, "C1 digits CANCEL", "C1 digits DONE");
	/* Also one of another owner's. */
	second = app_open("second");
	line_open(second, "a", 0, OWNER);
	assert_int_equal(condis_call_handoff_session(pair.caller->session, pair.out,
						     app_id(second)), 0);
	expect(second, "L1 new C1 owner", "C1 CONNECTED owner");
	theirs = call_label(second, 1);
	digits_send(pair.caller, pair.out, LONG, 5000);
	expect(pair.callee, "C1 digit 0");
	digits_send(second, theirs, "8", 1);
	expect(pair.caller, "C1 digits CANCEL");
	expect(pair.callee, "C1 digit 8");
	expect(second, "C1 digits DONE");
	/* Who has deallocated hears nothing, and they go on; others can cancel them. */
	digits_send(pair.caller, pair.out, "12", 20);
	expect(pair.callee, "C1 digit 1");
	call_deallocate(pair.caller, pair.out);
	expect(pair.callee, "C1 digit 2");
	expect_nothing(pair.caller);
	assert_int_equal(condis_session_limits(pair.caller->session, &limits), 0);
	assert_int_equal(limits.used[NDPROXY_LIMIT_REQUESTS], 0);
	digits_send(second, theirs, LONG, 5000);
	call_drop(pair.callee, pair.in);
	expect_in_any_order(pair.callee, "reply C1 DROP 0", "C1 digit 0", "C1 IDLE");
	hear(second, "C1 DISCONNECTED");
	assert_int_equal(heard(second, "digits CANCEL"), 1);
}

/* Of what nobody reads so many wait, and the next one says how many were lost. */
static void unread(void **state)
{
	static const char forty[] = "0123456789012345678901234567890123456789";
	struct ndproxy_event event;
	void *volatile nowhere = (void *)8;
	struct pair pair;
	unsigned int i;
	char text[32];

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	digits_monitor(pair.callee, pair.in, TONE);
	digits_send(pair.caller, pair.out, forty, 1);
	expect(pair.caller, "C1 digits DONE");
	/* A bad buffer loses none. */
	for (i = 0; i < 3; i++) {
		assert_int_equal(read(app_fd(pair.callee), nowhere, sizeof(event)), -1);
		assert_int_equal(errno, EFAULT);
	}
	for (i = 0; i < NDPROXY_DIGITS_UNREAD; i++) {
		snprintf(text, sizeof(text), "C1 digit %c", forty[i]);
		expect(pair.callee, text);
		if (i == 3) {
			assert_int_equal(read(app_fd(pair.callee), nowhere, sizeof(event)), -1);
			assert_int_equal(errno, EFAULT);
		}
	}
	expect_nothing(pair.callee);
	digits_send(pair.caller, pair.out, "AB", 1);
	expect(pair.callee, "C1 digit A after 8 lost", "C1 digit B");
	expect(pair.caller, "C1 digits DONE");
	/* What came before the end is read before it, in its order. */
	digits_send(pair.caller, pair.out, "12", 1);
	expect(pair.caller, "C1 digits DONE");
	call_drop(pair.caller, pair.out);
	hear(pair.caller, "C1 IDLE");
	wait_count(CONDIS_COUNTER_VCS, 0);
	call_drop(pair.callee, pair.in);
	expect(pair.callee, "C1 digit 1", "C1 digit 2", "C1 DISCONNECTED NORMAL 16");
	expect_in_any_order(pair.callee, "reply C1 DROP 0", "C1 IDLE");
	expect_end();
}

/*
 * A digit comes while one of a full ring is being read, and that cannot be given: it comes back
 * to its place, the new one keeps its own, and there is room for no more until then.
 */
static void unread_and_back(void **state)
{
	static const char full[] = "01234567890123456789012345678901";
	struct stall *stall;
	struct app *watcher;
	struct pair pair;
	char text[32];
	uint32_t seen;
	unsigned int i;

	(void)state;
	assert_int_equal(sizeof(full) - 1, NDPROXY_DIGITS_UNREAD);
	two_adapters("1");
	pair = pair_connected();
	watcher = app_open("watcher");
	line_open(watcher, "b", 0, OWNER);
	assert_int_equal(condis_call_handoff_session(pair.callee->session, pair.in,
						     app_id(watcher)), 0);
	expect(watcher, "L1 new C1 owner", "C1 CONNECTED owner");
	seen = call_label(watcher, 1);
	digits_monitor(pair.callee, pair.in, TONE);
	expect(watcher, "C1 info digits 2+0");
	digits_send(pair.caller, pair.out, full, 1);
	expect(pair.caller, "C1 digits DONE");
	digits_send(pair.caller, pair.out, "A", 1);
	expect(pair.caller, "C1 digits DONE");
	/* Whoever hears of it last says that the others have it. */
	digits_monitor(watcher, seen, TONE);
	digits_send(pair.caller, pair.out, "B", 1);
	expect(watcher, "C1 digit B");
	stall = stall_start(STALL_READ, STALL_OUT, app_fd(pair.callee),
			    sizeof(struct ndproxy_event), NULL, 0);
	digits_send(pair.caller, pair.out, "CD", 1);
	expect(watcher, "C1 digit C", "C1 digit D");
	assert_true(stall_is_blocked(stall));
	assert_int_equal(stall_fault(stall), -EFAULT);
	digits_send(pair.caller, pair.out, "5", 1);
	expect(watcher, "C1 digit 5");

	for (i = 0; i < NDPROXY_DIGITS_UNREAD; i++) {
		snprintf(text, sizeof(text), "C1 digit %c", full[i]);
		expect(pair.callee, text);
	}
	expect(pair.callee, "C1 digit C after 2 lost");
	expect_nothing(pair.callee);
	digits_send(pair.caller, pair.out, "6", 1);
	expect(pair.callee, "C1 digit 6 after 2 lost");
	expect_up_to(pair.caller, "C1 digits DONE");
}

/* Of a tone that is broken off the end is heard, and only then what broke it off. */
static void broken_off(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	digits_monitor(pair.callee, pair.in, TONE | TONEEND);
	digits_send(pair.caller, pair.out, LONG, 5000);
	expect(pair.callee, "C1 digit 0");
	expect_nothing(pair.callee);
	digits_send(pair.caller, pair.out, "", 0);
	expect(pair.callee, "C1 digit 0 ends");
	expect(pair.caller, "C1 digits CANCEL");
	digits_send(pair.caller, pair.out, "#1", 5000);
	expect(pair.callee, "C1 digit #");
	digits_send(pair.caller, pair.out, "5", 1);
	expect(pair.callee, "C1 digit # ends", "C1 digit 5", "C1 digit 5 ends");
	expect(pair.caller, "C1 digits CANCEL", "C1 digits DONE");
	/* In the silence after it there is nothing to end; nor in a pause. */
	digits_send(pair.caller, pair.out, ",1", 1);
	digits_send(pair.caller, pair.out, "", 0);
	expect(pair.caller, "C1 digits CANCEL");
	expect_nothing(pair.callee);
	/* The end of the call is the end of its tones. */
	digits_send(pair.caller, pair.out, LONG, 5000);
	expect(pair.callee, "C1 digit 0");
	call_drop(pair.caller, pair.out);
	expect_in_any_order(pair.caller, "C1 digits CANCEL", "reply C1 DROP 0", "C1 IDLE");
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	expect_nothing(pair.callee);
}

/* What was sent, and DONE, before the call was dropped has come before the far end hears of it. */
static void sent_and_dropped(void **state)
{
	static const char *const points[] = {
		"\n", "wan.signal:20", "wan.taken:20", "random:1:3000", "random:2:3000",
	};
	struct pair pair;
	size_t i;

	(void)state;
	two_adapters("1");
	pair = pair_idle();
	for (i = 0; i < ARRAY_SIZE(points); i++) {
		pair_call(&pair);
		digits_monitor(pair.callee, pair.in, TONE | TONEEND);
		delays(points[i]);
		digits_send(pair.caller, pair.out, "12", 1);
		expect(pair.caller, "C* digits DONE");
		call_drop(pair.caller, pair.out);
		expect_in_any_order(pair.caller, "reply C* DROP 0", "C* IDLE");
		expect(pair.callee, "C* digit 1", "C* digit 1 ends", "C* digit 2",
		       "C* digit 2 ends", "C* DISCONNECTED NORMAL 16");
		delays("\n");
		call_drop(pair.callee, pair.in);
		expect_in_any_order(pair.callee, "reply C* DROP 0", "C* IDLE");
	}
}

/* Handles, lines and sessions end with digits that nobody has read, and some under way. */
static void ends_unread(void **state)
{
	enum { DEALLOCATE, CLOSE_LINE, CLOSE_FILE, SHUTDOWN, ENDS };
	struct pair pair;
	int i;

	(void)state;
	two_adapters("1");
	for (i = 0; i < ENDS; i++) {
		pair = pair_connected();
		digits_monitor(pair.callee, pair.in, TONE);
		digits_monitor(pair.caller, pair.out, TONE);
		digits_send(pair.callee, pair.in, "12", 1);
		expect(pair.callee, "C1 digits DONE");
		digits_send(pair.callee, pair.in, "1", 1);
		digits_send(pair.caller, pair.out, LONG, 1000);
		digits_send(pair.caller, pair.out, LONG, 1000);
		hear(pair.callee, "C1 digit 0");
		if (i == DEALLOCATE)
			call_deallocate(pair.caller, pair.out);
		else if (i == CLOSE_LINE)
			line_close(pair.caller, pair.caller_line);
		else if (i == CLOSE_FILE)
			app_close(pair.caller);
		else
			assert_int_equal(condis_session_shutdown(pair.caller->session), 0);
		hear(pair.callee, "C1 DISCONNECTED");
		wait_count(CONDIS_COUNTER_VCS, 0);
		wait_count(CONDIS_COUNTER_REQUESTS, 0);
		if (i == DEALLOCATE || i == CLOSE_LINE)
			expect_nothing(pair.caller);
		if (i != CLOSE_FILE)
			app_close(pair.caller);
		app_close(pair.callee);
		wait_sessions(0);
	}
}

/* A reset neither ends nor forgets them; what was wanted meanwhile is told after it. */
static void reset(void **state)
{
	struct pair pair;
	int i;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	digits_monitor(pair.callee, pair.in, TONE);
	digits_send(pair.caller, pair.out, "12", 100);
	expect(pair.callee, "C1 digit 1");
	for (i = 0; i < 5; i++) {
		assert_int_equal(condis_adapter_reset(admin(), "b"), 0);
		digits_monitor(pair.callee, pair.in, i & 1 ? TONE : TONE | TONEEND);
	}
	digits_monitor(pair.callee, pair.in, TONE);
	expect(pair.caller, "C1 digits DONE");
	hear(pair.callee, "C1 digit 2");
	hear_all(pair.callee);
	digits_send(pair.caller, pair.out, "3", 1);
	expect(pair.callee, "C1 digit 3");
	expect(pair.caller, "C1 digits DONE");
}

/* The far end's process is killed while both send. */
static int sending_process(void *argument)
{
	struct app *app = app_open("process");
	uint32_t line = line_open(app, "a", 0, NONE);
	uint32_t call = call_make(app, line, "200");

	(void)argument;
	expect(app, "reply C1 MAKE_CALL 0", "C1 PROCEEDING", "C1 RINGBACK");
	child_ready();
	expect(app, "C1 CONNECTED");
	digits_monitor(app, call, NDPROXY_DIGIT_MODES);
	digits_send(app, call, LONG, 200);
	child_ready();
	for (;;)
		pause();
	return 0;
}

static void killed(void **state)
{
	struct app *callee;
	uint32_t call;
	pid_t pid;
	int i;

	(void)state;
	two_adapters("1");
	for (i = 0; i < 5; i++) {
		callee = app_open("callee");
		line_open(callee, "b", 0, OWNER);
		pid = child_start(sending_process, NULL);
		expect(callee, "L1 new C1 owner", "C1 OFFERING owner");
		child_await(pid);
		call = call_label(callee, 1);
		call_answer(callee, call);
		expect(callee, "reply C1 ANSWER 0", "C1 CONNECTED");
		digits_monitor(callee, call, TONE);
		digits_send(callee, call, LONG, 200);
		child_await(pid);
		child_kill(pid);
		hear(callee, "C1 DISCONNECTED");
		assert_int_equal(heard(callee, "digits CANCEL"), 1);
		app_close(callee);
		wait_sessions(0);
		wait_count(CONDIS_COUNTER_VCS, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(both_ways),
		WORLD_TEST(before_the_call),
		WORLD_TEST(who_hears),
		WORLD_TEST(refusals),
		WORLD_TEST(cancelled),
		WORLD_TEST(unread),
		WORLD_TEST(unread_and_back),
		WORLD_TEST(broken_off),
		WORLD_TEST(sent_and_dropped),
		WORLD_TEST(ends_unread),
		WORLD_TEST(reset),
		WORLD_TEST(killed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
