// SPDX-License-Identifier: GPL-2.0
/*
 * Privileges that are taken off an open line: who gets the next call, what stays, when the
 * line listens no more, and who meets whom meanwhile.
 */
#include <errno.h>
#include <fnmatch.h>
#include <pthread.h>

#include "delays.h"
#include "fixture.h"

static void keep(struct app *app, uint32_t line, uint32_t privileges)
{
	if (condis_line_set_privileges(app->session, line, privileges))
		fail_msg("%s: %s", app->name, condis_error());
}

static void keep_refused(struct app *app, uint32_t line, uint32_t privileges, int error,
			 const char *field)
{
	say("%s keeps %#x", app->name, privileges);
	refused(app, condis_line_set_privileges(app->session, line, privileges), error, field);
}

static struct ndproxy_line_status line_status(struct app *app, uint32_t line)
{
	struct ndproxy_line_status status;

	assert_int_equal(condis_line_status(app->session, line, &status), 0);
	return status;
}

/**
 * struct trio - who calls "b", and two who have it open
 * @caller: on "a"
 * @first: on "b"
 * @second: likewise
 * @out: the caller's line
 * @one: the first one's
 * @two: the second one's
 */
struct trio {
	struct app *caller;
	struct app *first;
	struct app *second;
	uint32_t out;
	uint32_t one;
	uint32_t two;
};

static struct trio trio_open(uint32_t first, uint32_t first_media, uint32_t second,
			     uint32_t second_media)
{
	struct trio trio;

	two_adapters("4");
	trio.caller = app_open("caller");
	trio.first = app_open("first");
	trio.second = app_open("second");
	trio.out = line_open(trio.caller, "a", 0, NONE);
	trio.one = line_open_media(trio.first, "b", 0, first, first_media);
	trio.two = line_open_media(trio.second, "b", 0, second, second_media);
	return trio;
}

/* The next owner gets the calls; without any the line does not listen, and nobody is told. */
static void owner_taken(void **state)
{
	struct trio trio = trio_open(OWNER, DIGITAL | LINEMEDIAMODE_DATAMODEM, OWNER, DIGITAL);
	struct ndproxy_line_status status;
	uint32_t call;

	(void)state;
	assert_int_equal(condis_line_set_status_messages(trio.second->session, trio.two,
							 LINEDEVSTATE_OPEN | LINEDEVSTATE_CLOSE),
			 0);
	keep(trio.first, trio.one, NONE);
	status = line_status(trio.first, trio.one);
	assert_int_equal(status.privileges, NONE);
	assert_int_equal(status.num_opens, 2);
	assert_int_equal(status.open_media_modes, DIGITAL);
	expect_nothing(trio.second);

	call = call_make(trio.caller, trio.out, "200");
	expect(trio.second, "L1 new C1 owner", "C1 OFFERING owner");
	expect_nothing(trio.first);
	call_drop(trio.second, call_label(trio.second, 1));
	expect_in_any_order(trio.second, "reply C1 DROP 0", "C1 IDLE");
	expect_up_to(trio.caller, "C1 DISCONNECTED *");
	call_deallocate(trio.caller, call);

	/* The last one: as if it had closed the line. */
	assert_int_equal(count(CONDIS_COUNTER_SAPS), 1);
	keep(trio.second, trio.two, NONE);
	wait_count(CONDIS_COUNTER_SAPS, 0);
	assert_int_equal(line_status(trio.second, trio.two).open_media_modes, 0);
	call_make(trio.caller, trio.out, "200");
	expect_failure(trio.caller, 2, "ETIMEDOUT 18 NOANSWER", "NOANSWER 18");
	expect_nothing(trio.first);
	expect_nothing(trio.second);

	/* Each was one listener, and is none at its close, nor when it is told so again. */
	keep(trio.first, trio.one, NONE);
	line_close(trio.first, trio.one);
	expect(trio.second, "L1 dev CLOSE 1 opens 0 calls");
	trio.one = line_open(trio.first, "b", 0, OWNER);
	expect(trio.second, "L1 dev OPEN 2 opens 0 calls");
	wait_count(CONDIS_COUNTER_SAPS, 1);
	line_close(trio.second, trio.two);
	assert_int_equal(count(CONDIS_COUNTER_SAPS), 1);
	line_close(trio.first, trio.one);
	wait_count(CONDIS_COUNTER_SAPS, 0);
	expect_end();
}

/* With another owner of other media the caller hears so; and of an address nobody answers. */
static void media_of_the_others(void **state)
{
	struct trio trio = trio_open(OWNER, DIGITAL, OWNER, LINEMEDIAMODE_DATAMODEM);

	(void)state;
	keep(trio.first, trio.one, NONE);
	call_make(trio.caller, trio.out, "200");
	expect_failure(trio.caller, 1, "EOPNOTSUPP 88 INCOMPATIBLE", "INCOMPATIBLE 88");
	assert_int_equal(count(CONDIS_COUNTER_SAPS), 1);
	expect_nothing(trio.first);
	expect_nothing(trio.second);
}

/* Calls that exist stay what they are, also one whose announcement nobody has read. */
static void calls_stay(void **state)
{
	struct trio trio = trio_open(OWNER | MONITOR, DIGITAL, OWNER | MONITOR, DIGITAL);
	struct ndproxy_call_info info;
	uint32_t in, seen;

	(void)state;
	call_make(trio.caller, trio.out, "200");
	expect(trio.caller, "reply C1 MAKE_CALL 0", "C1 PROCEEDING", "C1 RINGBACK");
	keep(trio.first, trio.one, MONITOR);
	keep(trio.second, trio.two, NONE);
	expect(trio.first, "L1 new C1 owner", "C1 OFFERING owner", "C1 info monitors 1+1");
	expect(trio.second, "L1 new C1 monitor", "C1 OFFERING monitor");
	in = call_label(trio.first, 1);
	seen = call_label(trio.second, 1);
	call_make(trio.caller, trio.out, "200");
	expect_failure(trio.caller, 2, "ETIMEDOUT 18 NOANSWER", "NOANSWER 18");
	call_answer(trio.first, in);
	expect(trio.first, "reply C1 ANSWER 0", "C1 CONNECTED");
	expect(trio.caller, "C1 CONNECTED");
	expect(trio.second, "C1 CONNECTED");
	/* It can become an owner of this one still, and the call outlives the first. */
	assert_int_equal(condis_call_set_privilege(trio.second->session, seen, OWNER), 0);
	expect(trio.first, "C1 info +owner monitors 2+0");
	line_close(trio.first, trio.one);
	expect(trio.second, "C1 info -owner 1+0");
	assert_int_equal(condis_call_info(trio.second->session, seen, &info), 0);
	assert_int_equal(info.owners, 1);
	expect_nothing(trio.caller);
	call_drop(trio.second, seen);
	expect_in_any_order(trio.second, "reply C1 DROP 0", "C1 IDLE");
	expect(trio.caller, "C1 DISCONNECTED NORMAL 16");
	/* A call has the SAP that brought it. */
	wait_count(CONDIS_COUNTER_SAPS, 0);
}

static void monitor_taken(void **state)
{
	struct trio trio = trio_open(OWNER | MONITOR, DIGITAL, MONITOR, 0);

	(void)state;
	keep(trio.first, trio.one, OWNER);
	call_make(trio.caller, trio.out, "200");
	expect(trio.first, "L1 new C1 owner", "C1 OFFERING owner", "C1 info monitors 1+1");
	expect(trio.second, "L1 new C1 monitor", "C1 OFFERING monitor");
	keep(trio.second, trio.two, NONE);
	call_make(trio.caller, trio.out, "200");
	expect(trio.first, "L1 new C2 owner", "C2 OFFERING owner");
	call_accept(trio.first, call_label(trio.first, 1));
	expect_in_any_order(trio.first, "reply C1 ACCEPT 0", "C1 ACCEPTED");
	expect(trio.second, "C1 ACCEPTED");
	expect_nothing(trio.second);
	expect_nothing(trio.first);
	assert_int_equal(line_status(trio.second, trio.two).missed_calls, 0);
}

/* What was not there cannot be taken, and nothing can be given back. */
static void refusals(void **state)
{
	static const uint32_t wrong[] = { 0, 8, NONE | OWNER, NONE | MONITOR, 7, 0x80000004 };
	struct trio trio = trio_open(OWNER, DIGITAL, MONITOR, 0);
	struct app *maker;
	uint32_t three;
	size_t i;

	(void)state;
	maker = app_open("maker");
	three = line_open(maker, "b", 0, NONE);
	for (i = 0; i < ARRAY_SIZE(wrong); i++)
		keep_refused(trio.first, trio.one, wrong[i], EINVAL, "privileges");
	keep_refused(trio.first, trio.one, MONITOR, EACCES, "privileges");
	keep_refused(trio.first, trio.one, OWNER | MONITOR, EACCES, "privileges");
	keep_refused(trio.second, trio.two, OWNER, EACCES, "privileges");
	keep_refused(maker, three, MONITOR, EACCES, "privileges");
	/* The same again is nothing new. */
	keep(trio.first, trio.one, OWNER);
	keep(trio.second, trio.two, MONITOR);
	keep(maker, three, NONE);
	call_make(trio.caller, trio.out, "200");
	expect(trio.first, "L1 new C1 owner", "C1 OFFERING owner", "C1 info monitors 1+1");
	expect(trio.second, "L1 new C1 monitor", "C1 OFFERING monitor");
	expect_nothing(maker);

	keep(trio.first, trio.one, NONE);
	keep_refused(trio.first, trio.one, OWNER, EACCES, "privileges");
	line_close(trio.first, trio.one);
	keep_refused(trio.first, trio.one, NONE, EBADF, "line_handle");
	/* Closed from below. */
	adapter_surprise("b");
	expect_up_to(trio.second, "L1 close");
	keep_refused(trio.second, trio.two, NONE, ENODEV, "line_handle");
	assert_int_equal(condis_session_shutdown(maker->session), 0);
	keep_refused(maker, three, NONE, ESHUTDOWN, NULL);
}

/* Whoever gets no new calls cannot be handed one either. */
static void no_handoff(void **state)
{
	struct app *other;
	struct pair pair;
	uint32_t line;

	(void)state;
	two_adapters("4");
	pair = pair_connected();
	other = app_open("other");
	assert_int_equal(condis_session_set_name(other->session, "other"), 0);
	line = line_open_media(other, "b", 0, OWNER | MONITOR, LINEMEDIAMODE_DATAMODEM);
	keep(other, line, MONITOR);
	refused(pair.callee, condis_call_handoff_name(pair.callee->session, pair.in, "other"),
		ESRCH, "name");
	refused(pair.callee, condis_call_handoff_media(pair.callee->session, pair.in,
						       LINEMEDIAMODE_DATAMODEM), ESRCH,
		"media_mode");
	refused(pair.callee, condis_call_handoff_session(pair.callee->session, pair.in,
							 app_id(other)),
		ESRCH, "session");
	expect_nothing(other);
}

/**
 * struct opener - a thread that opens a line as an owner
 * @app: for whom
 * @open: which
 * @result: 0 or a negative errno
 */
struct opener {
	struct app *app;
	struct ndproxy_open_line open;
	int result;
};

static void *opener_thread(void *argument)
{
	struct opener *opener = argument;

	opener->result = condis_line_open(opener->app->session, &opener->open) ? -errno : 0;
	return NULL;
}

/*
 * Another thread takes OWNER off a handle whose open has not returned: nobody would have
 * the line listen, so there is nothing to wait for.
 */
static void taken_while_it_is_opened(void **state)
{
	struct opener opener = { .app = app_open("opener") };
	long long end = now_ms() + patience();
	uint32_t line;
	pthread_t thread;
	int i;

	(void)state;
	adapter_add("a", "address", "100@0", NULL);
	app_adapter(opener.app, "a");
	for (i = 0; i < 10; i++) {
		line = line_open(opener.app, "a", 0, NONE);
		line_close(opener.app, line);
		opener.open = (struct ndproxy_open_line) {
			.adapter = adapter_id("a"),
			.privileges = OWNER,
			.media_modes = DIGITAL,
		};
		delays("line.open.linked:300");
		assert_int_equal(pthread_create(&thread, NULL, opener_thread, &opener), 0);
		/* It gets the number after the one before. */
		while (condis_line_set_privileges(opener.app->session, line + 1, NONE)) {
			assert_int_equal(errno, EBADF);
			if (now_ms() > end)
				fail_msg("the line is not opened");
		}
		delays("\n");
		assert_int_equal(pthread_join(thread, NULL), 0);
		assert_int_equal(opener.result, 0);
		assert_int_equal(opener.open.line_handle, line + 1);
		assert_int_equal(line_status(opener.app, line + 1).privileges, NONE);
		wait_count(CONDIS_COUNTER_SAPS, 0);
		line_close(opener.app, line + 1);
	}
}

/* Exactly one of two has heard of a new call; which. */
static struct app *who_got_it(struct app *one, struct app *other)
{
	long long end = now_ms() + patience();
	struct app *found = NULL;
	const char *event;

	while (!found) {
		if (now_ms() > end)
			fail_msg("nobody gets the call");
		found = one;
		event = next_event(one, 5);
		if (!*event) {
			found = other;
			event = next_event(other, 5);
		}
		if (!*event)
			found = NULL;
	}
	if (fnmatch("L* new C* owner", event, 0))
		fail_msg("%s: %s", found->name, event);
	return found;
}

/* It is taken while a call comes: the first still gets it, or else the second, never nobody. */
static void taken_while_a_call_comes(void **state)
{
	struct trio trio = trio_open(OWNER, DIGITAL, OWNER, DIGITAL);
	static const char *const points[] = {
		"\n", "line.privileges.set:20", "leg.offered:20", "wan.signal:20",
		"random:1:3000", "random:2:3000", "random:3:3000",
	};
	uint32_t call, in;
	struct app *got;
	unsigned int n;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(points); i++) {
		/* The second is asked after the first. */
		line_close(trio.first, trio.one);
		trio.one = line_open(trio.first, "b", 0, OWNER);
		assert_int_equal(condis_session_set_priority(trio.first->session, NULL, DIGITAL, 1),
				 0);
		delays(points[i]);
		call = call_make(trio.caller, trio.out, "200");
		keep(trio.first, trio.one, NONE);
		got = who_got_it(trio.first, trio.second);
		delays("\n");
		expect(got, "C* OFFERING owner");
		expect_nothing(got == trio.first ? trio.second : trio.first);
		for (n = APP_LABELS; !got->calls[n - 1]; n--)
			;
		in = call_label(got, n);
		call_drop(got, in);
		expect_in_any_order(got, "reply C* DROP 0", "C* IDLE");
		call_deallocate(got, in);
		expect_up_to(trio.caller, "C* DISCONNECTED *");
		call_deallocate(trio.caller, call);
	}
	assert_int_equal(count(CONDIS_COUNTER_SAPS), 1);
}

/**
 * struct taker - a thread that takes OWNER off lines
 * @app: whose
 * @line: which
 * @result: 0 or a negative errno
 */
struct taker {
	struct app *app;
	uint32_t line;
	int result;
};

static void *taker_thread(void *argument)
{
	struct taker *taker = argument;

	taker->result = condis_line_set_privileges(taker->app->session, taker->line, NONE) ?
			-errno : 0;
	return NULL;
}

/* It meets the line's close, or its end from below: each is one end of one listener. */
static void taken_while_it_closes(void **state)
{
	struct taker taker = { .app = app_open("taker") };
	struct app *other = app_open("other");
	uint32_t line;
	pthread_t thread;
	int i;

	(void)state;
	two_adapters("4");
	line_open(other, "b", 0, OWNER);
	for (i = 0; i < 20; i++) {
		taker.line = line_open(taker.app, "b", 0, OWNER);
		delays(i & 1 ? "line.close.silent:20" : "line.privileges.set:20");
		assert_int_equal(pthread_create(&thread, NULL, taker_thread, &taker), 0);
		line_close(taker.app, taker.line);
		assert_int_equal(pthread_join(thread, NULL), 0);
		if (taker.result)
			assert_int_equal(taker.result, -EBADF);
		delays("\n");
		/* The other one listens still. */
		assert_int_equal(count(CONDIS_COUNTER_SAPS), 1);
	}
	line = line_open(taker.app, "b", 0, OWNER);
	taker.line = line;
	assert_int_equal(pthread_create(&thread, NULL, taker_thread, &taker), 0);
	adapter_surprise("b");
	assert_int_equal(pthread_join(thread, NULL), 0);
	if (taker.result)
		assert_int_equal(taker.result, -ENODEV);
	expect_up_to(taker.app, "L* close");
	expect_up_to(other, "L1 close");
	wait_count(CONDIS_COUNTER_SAPS, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(owner_taken),
		WORLD_TEST(media_of_the_others),
		WORLD_TEST(calls_stay),
		WORLD_TEST(monitor_taken),
		WORLD_TEST(refusals),
		WORLD_TEST(no_handoff),
		WORLD_TEST(taken_while_it_is_opened),
		WORLD_TEST(taken_while_a_call_comes),
		WORLD_TEST(taken_while_it_closes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
