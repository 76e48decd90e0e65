// SPDX-License-Identifier: GPL-2.0
/*
 * Races of two threads of an application, and of two applications, with one side held
 * up at a delay point: R26, and R1 to R3 as programs meet them. Where the core is no
 * debug build nobody is held up, and what comes of it must be the same.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "delays.h"
#include "fixture.h"

static int no_delays(void **state)
{
	delays_end();
	return world_teardown(state);
}

#define RACE_TEST(function) \
	cmocka_unit_test_setup_teardown(function, world_setup, no_delays)

/**
 * struct side - what a thread does
 * @thread: the thread
 * @app: for whom
 * @handle: to what
 * @cookie: of a request
 * @act: the act
 * @tid: number of the thread
 * @is_over: it has done it
 * @result: 0 or a negative errno
 */
struct side {
	pthread_t thread;
	struct app *app;
	uint32_t handle;
	uint64_t cookie;
	int (*act)(const struct side *side);
	atomic_int tid;
	atomic_bool is_over;
	int result;
};

static int drop(const struct side *side)
{
	return condis_call_drop(side->app->session, side->handle, 0, side->cookie);
}

static int close_line(const struct side *side)
{
	return condis_line_close(side->app->session, side->handle);
}

static void *side_act(void *argument)
{
	struct side *side = argument;

	atomic_store(&side->tid, gettid());
	side->result = side->act(side) ? -errno : 0;
	atomic_store(&side->is_over, true);
	return NULL;
}

static void side_start(struct side *side)
{
	struct app *app = side->app;

	if (side->act == drop) {
		/* As the fixture does it, which is not for threads. */
		side->cookie = ++app->cookie;
		app->pending[app->cookie % ARRAY_SIZE(app->pending)] = side->handle;
	}
	assert_int_equal(pthread_create(&side->thread, NULL, side_act, side), 0);
}

/* It is held up, or is over where nobody is: whatever follows comes after that. */
static void side_await(struct side *side)
{
	long long end = now_ms() + patience();
	unsigned int quiet = 0;
	char state;

	/* It may sleep for a moment on its way there. */
	while (!atomic_load(&side->is_over) && quiet < 5) {
		if (now_ms() > end)
			fail_msg("a thread does not get to where it is held up");
		usleep(5000);
		state = atomic_load(&side->tid) ? thread_state(atomic_load(&side->tid)) : 0;
		quiet = state == 'S' || state == 'D' ? quiet + 1 : 0;
	}
}

static int side_join(struct side *side)
{
	assert_int_equal(pthread_join(side->thread, NULL), 0);
	return side->result;
}

/* The line and the number are free again, for the same two applications. */
static void dial_again(struct pair *pair)
{
	uint32_t line = line_open(pair->caller, "a", 0, NONE);

	call_make(pair->caller, line, "200");
	expect(pair->caller, "reply C2 MAKE_CALL 0", "C2 PROCEEDING", "C2 RINGBACK");
	expect(pair->callee, "L1 new C2 owner", "C2 OFFERING owner");
	call_drop(pair->caller, call_label(pair->caller, 2));
	expect_in_any_order(pair->caller, "reply C2 DROP 0", "C2 IDLE");
	expect(pair->callee, "C2 DISCONNECTED *");
	call_drop(pair->callee, call_label(pair->callee, 2));
	expect_in_any_order(pair->callee, "reply C2 DROP 0", "C2 IDLE");
	expect_end();
}

/*
 * R26: a line is closed while the drop of its call is outstanding: the close joins what is
 * under way, no reply comes, the handle dies with the line, and the far end hears of one end.
 */
static void drop_meets_close_line(const char *point, bool drop_first)
{
	struct side dropper = { .act = drop }, closer = { .act = close_line };
	struct side *first = drop_first ? &dropper : &closer;
	struct side *second = drop_first ? &closer : &dropper;
	struct pair pair;

	say("held up at %s", point);
	two_adapters("1");
	pair = pair_connected();
	dropper.app = pair.caller;
	dropper.handle = pair.out;
	closer.app = pair.caller;
	closer.handle = pair.caller_line;

	delays(point);
	side_start(first);
	side_await(first);
	side_start(second);
	/* Where nobody is held up, the first is over by now: a drop finds the handle dead. */
	if (!drop_first && access(DELAYS, F_OK))
		assert_int_equal(side_join(second), -EBADF);
	else
		assert_int_equal(side_join(second), 0);
	assert_int_equal(side_join(first), 0);
	delays("\n");

	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	wait_count(CONDIS_COUNTER_VCS, 0);
	expect_nothing(pair.caller);
	refused(pair.caller, condis_call_drop(pair.caller->session, pair.out, 0, 78), EBADF,
		"call");
	refused(pair.caller, condis_line_close(pair.caller->session, pair.caller_line), EBADF,
		"handle");
	call_drop(pair.callee, pair.in);
	expect_in_any_order(pair.callee, "reply C1 DROP 0", "C1 IDLE");
	expect_end();
	dial_again(&pair);
	app_close(pair.caller);
	app_close(pair.callee);
	wait_sessions(0);
	adapter_del("a");
	adapter_del("b");
	wait_no_adapters();
}

static void r26_drop_then_close_line(void **state)
{
	(void)state;
	/* Claimed and not yet posted; posted and not yet on its way; on the network. */
	drop_meets_close_line("call.drop.claimed:400", true);
	drop_meets_close_line("call.close.claimed:400", true);
	drop_meets_close_line("vc.close_call.posted:400", true);
	drop_meets_close_line("vc.close_call_complete.deliver:400", true);
}

static void r26_close_line_then_drop(void **state)
{
	(void)state;
	/* The line's close has not reached the call yet: the drop is taken, and not answered. */
	drop_meets_close_line("line.close.silent:10000", false);
}

/* R26, the line's close is past the call: its handle is dead. */
static void r26_drop_of_a_dead_handle(void **state)
{
	struct side closer = { .act = close_line };
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	closer.app = pair.caller;
	closer.handle = pair.caller_line;
	delays("line.close.unlinked:400");
	side_start(&closer);
	side_await(&closer);
	refused(pair.caller, condis_call_drop(pair.caller->session, pair.out, 0, 78), EBADF,
		"call");
	assert_int_equal(side_join(&closer), 0);
	delays("\n");
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	wait_count(CONDIS_COUNTER_VCS, 0);
	expect_end();
}

/* R26, the last line of a session that ends while the drop is outstanding. */
static void r26_drop_and_end_of_session(void **state)
{
	struct side dropper = { .act = drop };
	struct pair pair;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	dropper.app = pair.caller;
	dropper.handle = pair.out;
	delays("call.drop.claimed:400");
	side_start(&dropper);
	side_await(&dropper);
	assert_int_equal(condis_session_shutdown(pair.caller->session), 0);
	assert_int_equal(side_join(&dropper), 0);
	delays("\n");
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	wait_count(CONDIS_COUNTER_VCS, 0);
	app_close(pair.caller);
	wait_sessions(1);
	expect_end();
}

/* R1, R2, C12: both ends hang up, with either held up, or both, wherever they are. */
static void r01_both_hang_up(void **state)
{
	static const char *const points[] = {
		"call.drop.claimed:50", "vc.close_call.posted:50", "vc.close_call.delivered:50",
		"wan.hand_over:20", "wan.signal:20", "wan.taken:20", "leg.hung_up:50",
		"vc.incoming_close_call.posted:50", "vc.incoming_close_call.deliver:50",
		"random:1:3000", "random:2:3000", "random:3:3000", "random:4:3000",
	};
	struct side left = { .act = drop }, right = { .act = drop };
	struct pair pair;
	size_t i;

	(void)state;
	two_adapters("1");
	pair = pair_idle();
	for (i = 0; i < ARRAY_SIZE(points); i++) {
		say("held up: %s", points[i]);
		pair_call(&pair);
		delays(points[i]);
		left.app = pair.caller;
		left.handle = pair.out;
		right.app = pair.callee;
		right.handle = pair.in;
		side_start(&left);
		side_start(&right);
		/* Each is an owner, and the call is in IDLE only by its own drop. */
		assert_int_equal(side_join(&left), 0);
		assert_int_equal(side_join(&right), 0);
		expect_up_to(pair.caller, "C* IDLE");
		expect_up_to(pair.callee, "C* IDLE");
		delays("\n");
		wait_count(CONDIS_COUNTER_VCS, 0);
		hear_all(pair.caller);
		hear_all(pair.callee);
		call_deallocate(pair.caller, pair.out);
		call_deallocate(pair.callee, pair.in);
	}
	assert_int_equal(heard(pair.caller, "IDLE"), ARRAY_SIZE(points));
	assert_int_equal(heard(pair.callee, "IDLE"), ARRAY_SIZE(points));
	assert_int_equal(heard(pair.caller, "DROP 0"), ARRAY_SIZE(points));
	assert_int_equal(heard(pair.callee, "DROP 0"), ARRAY_SIZE(points));
	expect_end();
}

/* An adapter goes, with calls in all stages and everybody held up at random. */
static void halt_with_everybody_late(void **state)
{
	char text[32];
	int seed;

	(void)state;
	for (seed = 1; seed <= 4; seed++) {
		struct pair pair;

		two_adapters("2");
		snprintf(text, sizeof(text), "random:%d:4000", seed);
		delays(text);
		say("delays: %s", text);
		pair = pair_connected();
		pair.out = call_make(pair.caller, pair.caller_line, "200");
		if (seed & 1)
			adapter_del("a");
		else
			adapter_surprise("b");
		hear(pair.caller, seed & 1 ? "C1 IDLE" : "C1 DISCONNECTED");
		hear(pair.callee, seed & 1 ? "C1 DISCONNECTED" : "C1 IDLE");
		app_close(pair.caller);
		app_close(pair.callee);
		wait_sessions(0);
		adapter_del(seed & 1 ? "b" : "a");
		wait_no_adapters();
		delays("\n");
		assert_int_equal(count(CONDIS_COUNTER_VCS), 0);
	}
}

static void delays_text(char *text, size_t size)
{
	int fd = open(DELAYS, O_RDONLY);
	ssize_t n = fd < 0 ? -1 : read(fd, text, size - 1);

	if (fd >= 0)
		close(fd);
	if (n < 0)
		fail_msg("%s: %s", DELAYS, strerror(errno));
	text[n] = '\0';
}

/* The parameter: what it takes, what it shows, and what it refuses without an effect. */
static void parameter(void **state)
{
	static const char *const bad[] = {
		"nonsense", "nonsense:5", "vc.close_call.posted", "vc.close_call.posted:",
		"vc.close_call.posted:0", "vc.close_call.posted:10001",
		"vc.close_call.posted:-1", "vc.close_call.posted:5,", "vc.close_call.posted:5,x:1",
		"vc.close_call:5", "x*:5", "random", "random:1", "random:1:0", "random:1:1000001",
		"random:x:5", ":5", ",", "vc.close_call.posted:5x",
	};
	char text[256];
	size_t i;

	(void)state;
	if (delays_write("vc.*:5,halt.down:200") == -ENOENT)
		return;
	delays_text(text, sizeof(text));
	assert_string_equal(text, "vc.*:5,halt.down:200\n");
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		say("bad: \"%s\"", bad[i]);
		assert_int_equal(delays_write(bad[i]), -EINVAL);
		delays_text(text, sizeof(text));
		assert_string_equal(text, "vc.*:5,halt.down:200\n");
	}
	assert_int_equal(delays_write("random:18446744073709551615:1000000\n"), 0);
	delays_text(text, sizeof(text));
	assert_string_equal(text, "random:18446744073709551615:1000000\n");
	assert_int_equal(delays_write("\n"), 0);
	delays_text(text, sizeof(text));
	assert_string_equal(text, "\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RACE_TEST(parameter),
		RACE_TEST(r26_drop_then_close_line),
		RACE_TEST(r26_close_line_then_drop),
		RACE_TEST(r26_drop_of_a_dead_handle),
		RACE_TEST(r26_drop_and_end_of_session),
		RACE_TEST(r01_both_hang_up),
		RACE_TEST(halt_with_everybody_late),
	};

	return cmocka_run_group_tests_name("races", tests, NULL, NULL);
}
