// SPDX-License-Identifier: GPL-2.0
/*
 * Several applications on the same lines and calls: owners and monitors, who
 * hears of what, who keeps what up, and what the end of one means for the rest.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "fixture.h"

/**
 * struct shared - a caller, and two applications on the line that is called
 * @caller: on "a"
 * @owner: on "b", opened first
 * @second: on "b"
 * @caller_line: line handle
 * @owner_line: line handle
 * @second_line: line handle
 * @out: the caller's call
 * @owned: the owner's handle of it
 * @seen: the second's handle of it
 */
struct shared {
	struct app *caller;
	struct app *owner;
	struct app *second;
	uint32_t caller_line;
	uint32_t owner_line;
	uint32_t second_line;
	uint32_t out;
	uint32_t owned;
	uint32_t seen;
};

/* Up to an offer: the second is a monitor of it. */
static struct shared shared_offering(uint32_t privileges_of_second)
{
	struct shared shared = { .caller = app_open("caller") };

	two_adapters("4");
	shared.owner = app_open("owner");
	shared.second = app_open("second");
	shared.caller_line = line_open(shared.caller, "a", 0, NONE);
	shared.owner_line = line_open(shared.owner, "b", 0, OWNER);
	shared.second_line = line_open(shared.second, "b", 0, privileges_of_second);
	shared.out = call_make(shared.caller, shared.caller_line, "200");
	expect(shared.caller, "reply C1 MAKE_CALL 0", "C1 PROCEEDING", "C1 RINGBACK");
	expect(shared.owner, "L1 new C1 owner", "C1 OFFERING owner");
	shared.owned = call_label(shared.owner, 1);
	if (privileges_of_second & MONITOR) {
		expect(shared.owner, "C1 info monitors 1+1");
		expect(shared.second, "L1 new C1 monitor", "C1 OFFERING monitor");
		shared.seen = call_label(shared.second, 1);
	}
	return shared;
}

static struct shared shared_connected(uint32_t privileges_of_second)
{
	struct shared shared = shared_offering(privileges_of_second);

	call_answer(shared.owner, shared.owned);
	expect(shared.owner, "reply C1 ANSWER 0", "C1 CONNECTED");
	if (privileges_of_second & MONITOR)
		expect(shared.second, "C1 CONNECTED");
	expect(shared.caller, "C1 CONNECTED");
	return shared;
}

/* A monitor sees everything and may do nothing. */
static void monitor(void **state)
{
	struct ndproxy_call_status status;
	struct ndproxy_call_info info;
	struct shared shared;

	(void)state;
	shared = shared_offering(MONITOR);
	refused(shared.second, condis_call_accept(shared.second->session, shared.seen, 1), EPERM,
		NULL);
	refused(shared.second, condis_call_answer(shared.second->session, shared.seen, 1), EPERM,
		NULL);
	refused(shared.second, condis_call_drop(shared.second->session, shared.seen, 0, 1), EPERM,
		NULL);
	call_accept(shared.owner, shared.owned);
	expect_in_any_order(shared.owner, "reply C1 ACCEPT 0", "C1 ACCEPTED");
	expect(shared.second, "C1 ACCEPTED");
	call_answer(shared.owner, shared.owned);
	expect(shared.owner, "reply C1 ANSWER 0", "C1 CONNECTED");
	expect(shared.second, "C1 CONNECTED");
	expect(shared.caller, "C1 CONNECTED");
	refused(shared.second, condis_call_open_data(shared.second->session, shared.seen, 0, NULL),
		EPERM, NULL);

	assert_int_equal(condis_call_status(shared.second->session, shared.seen, &status), 0);
	assert_int_equal(status.privilege, MONITOR);
	assert_int_equal(status.features, LINECALLFEATURE_MONITORDIGITS);
	assert_int_equal(condis_call_status(shared.owner->session, shared.owned, &status), 0);
	assert_int_equal(status.privilege, OWNER);
	assert_int_equal(status.features, LINECALLFEATURE_DROP |
			 LINECALLFEATURE_GENERATEDIGITS | LINECALLFEATURE_MONITORDIGITS);
	assert_int_equal(condis_call_info(shared.second->session, shared.seen, &info), 0);
	assert_int_equal(info.owners, 1);
	assert_int_equal(info.monitors, 1);
	assert_int_equal(info.origin, LINECALLORIGIN_INBOUND);
	assert_string_equal(info.called, "200");

	call_drop(shared.caller, shared.out);
	expect_in_any_order(shared.caller, "reply C1 DROP 0", "C1 IDLE");
	expect(shared.owner, "C1 DISCONNECTED NORMAL 16");
	expect(shared.second, "C1 DISCONNECTED NORMAL 16");
	call_drop(shared.owner, shared.owned);
	expect_in_any_order(shared.owner, "reply C1 DROP 0", "C1 IDLE");
	expect(shared.second, "C1 IDLE");
	/* Counts are no news any more. */
	call_deallocate(shared.second, shared.seen);
	expect_end();
}

/* A monitor becomes an owner, and the first owner leaves: the call stays. */
static void monitor_takes_over(void **state)
{
	struct shared shared;

	(void)state;
	shared = shared_connected(MONITOR);
	assert_int_equal(condis_call_set_privilege(shared.second->session, shared.seen, OWNER), 0);
	expect(shared.owner, "C1 info +owner monitors 2+0");
	expect_nothing(shared.second);
	call_deallocate(shared.owner, shared.owned);
	expect(shared.second, "C1 info -owner 1+0");
	expect_nothing(shared.caller);
	/* The only owner cannot leave by becoming a monitor. */
	refused(shared.second, condis_call_set_privilege(shared.second->session, shared.seen,
							 MONITOR), EBADFD, NULL);
	call_drop(shared.second, shared.seen);
	expect_in_any_order(shared.second, "reply C1 DROP 0", "C1 IDLE");
	expect(shared.caller, "C1 DISCONNECTED NORMAL 16");
	/* When it is IDLE, it can. */
	assert_int_equal(condis_call_set_privilege(shared.second->session, shared.seen, MONITOR),
			 0);
	expect_end();
}

static void owner_becomes_monitor(void **state)
{
	struct shared shared;

	(void)state;
	shared = shared_connected(MONITOR);
	assert_int_equal(condis_call_set_privilege(shared.second->session, shared.seen, OWNER), 0);
	expect(shared.owner, "C1 info +owner monitors 2+0");
	assert_int_equal(condis_call_set_privilege(shared.owner->session, shared.owned, MONITOR),
			 0);
	expect(shared.second, "C1 info -owner monitors 1+1");
	refused(shared.owner, condis_call_drop(shared.owner->session, shared.owned, 0, 1), EPERM,
		NULL);
	/* The last owner drops it; the monitor hears the end, too. */
	line_close(shared.second, shared.second_line);
	expect(shared.caller, "C1 DISCONNECTED NORMAL 16");
	expect_in_any_order(shared.owner, "C1 info -owner 0+1", "C1 IDLE");
	expect_end();
}

/* A.6, A.7: the sole owner leaves a call that a monitor still sees. */
static void sole_owner_leaves(void **state)
{
	struct shared shared;

	(void)state;
	shared = shared_connected(MONITOR);
	call_deallocate(shared.owner, shared.owned);
	expect(shared.caller, "C1 DISCONNECTED NORMAL 16");
	expect(shared.second, "C1 info -owner 0+1", "C1 IDLE");
	expect_nothing(shared.owner);
	assert_int_equal(call_state(shared.second, shared.seen), LINECALLSTATE_IDLE);
	call_deallocate(shared.second, shared.seen);
	expect_end();
}

static void sole_owner_closes_line(void **state)
{
	struct shared shared;

	(void)state;
	shared = shared_connected(MONITOR);
	line_close(shared.owner, shared.owner_line);
	expect(shared.caller, "C1 DISCONNECTED NORMAL 16");
	expect(shared.second, "C1 info -owner 0+1", "C1 IDLE");
	expect_end();
}

/* The monitor leaves: only a count changes. */
static void monitor_leaves(void **state)
{
	struct shared shared;

	(void)state;
	shared = shared_connected(MONITOR);
	line_close(shared.second, shared.second_line);
	expect(shared.owner, "C1 info monitors 1+0");
	expect_nothing(shared.caller);
	assert_int_equal(call_state(shared.owner, shared.owned), LINECALLSTATE_CONNECTED);
	call_drop(shared.owner, shared.owned);
	expect_in_any_order(shared.owner, "reply C1 DROP 0", "C1 IDLE");
	expect(shared.caller, "C1 DISCONNECTED NORMAL 16");
	expect_end();
}

/* Handed over to an application that had no handle of it. The giver stays an owner. */
static void handoff(void **state)
{
	struct shared shared;

	(void)state;
	shared = shared_connected(OWNER);
	expect_nothing(shared.second);
	assert_int_equal(condis_call_handoff_session(shared.owner->session, shared.owned,
						     app_id(shared.second)), 0);
	expect(shared.second, "L1 new C1 owner", "C1 CONNECTED owner");
	/* A.4: not to who caused it. */
	expect_nothing(shared.owner);
	/* D.16: the giver dies without deallocating, and the call survives. */
	app_close(shared.owner);
	expect(shared.second, "C1 info -owner 1+0");
	expect_nothing(shared.caller);
	call_drop(shared.second, call_label(shared.second, 1));
	expect_in_any_order(shared.second, "reply C1 DROP 0", "C1 IDLE");
	expect(shared.caller, "C1 DISCONNECTED NORMAL 16");
	expect_end();
}

/* Handed over to one that monitors it: its handle becomes an owner's. */
static void handoff_to_monitor(void **state)
{
	struct shared shared;

	(void)state;
	shared = shared_connected(OWNER | MONITOR);
	assert_int_equal(condis_call_handoff_session(shared.owner->session, shared.owned,
						     app_id(shared.second)), 0);
	expect(shared.second, "C1 CONNECTED owner");
	/* Counts are news neither to who caused the change nor to whom it concerns. */
	expect_nothing(shared.owner);
	expect_nothing(shared.second);
	call_deallocate(shared.owner, shared.owned);
	expect(shared.second, "C1 info -owner 1+0");
	call_deallocate(shared.second, shared.seen);
	expect(shared.caller, "C1 DISCONNECTED NORMAL 16");
	expect_end();
}

static void handoff_refused(void **state)
{
	struct shared shared;
	struct app *passer_by;

	(void)state;
	shared = shared_connected(MONITOR);
	passer_by = app_open("passer-by");
	/* Its line is not open, or not with OWNER. */
	refused(shared.owner, condis_call_handoff_session(shared.owner->session, shared.owned,
							  app_id(passer_by)), ESRCH, NULL);
	refused(shared.owner, condis_call_handoff_session(shared.owner->session, shared.owned,
							  app_id(shared.second)), ESRCH, NULL);
	/* The first that takes such calls is the giver. */
	refused(shared.owner, condis_call_handoff_media(shared.owner->session, shared.owned,
							DIGITAL), ELOOP, NULL);
	refused(shared.owner, condis_call_handoff_media(shared.owner->session, shared.owned,
							LINEMEDIAMODE_DATAMODEM), ESRCH, NULL);
	refused(shared.second, condis_call_handoff_media(shared.second->session, shared.seen,
							 DIGITAL), EPERM, NULL);
	expect_nothing(shared.second);
	expect_nothing(passer_by);
}

static void handoff_by_media(void **state)
{
	struct shared shared;
	struct app *modem;

	(void)state;
	shared = shared_connected(NONE);
	modem = app_open("modem");
	line_open_media(modem, "b", 0, OWNER, LINEMEDIAMODE_DATAMODEM);
	assert_int_equal(condis_call_handoff_media(shared.owner->session, shared.owned,
						   LINEMEDIAMODE_DATAMODEM), 0);
	expect(modem, "L1 new C1 owner", "C1 CONNECTED owner");
	line_close(shared.owner, shared.owner_line);
	expect(modem, "C1 info -owner 1+0");
	expect_nothing(shared.caller);
}

/* Opening a line announces nothing; who asks gets the calls as a monitor. */
static void new_calls(void **state)
{
	struct ndproxy_new_calls calls = { .select = LINECALLSELECT_LINE };
	struct shared shared;
	struct app *late;

	(void)state;
	shared = shared_connected(NONE);
	late = app_open("late");
	calls.line_handle = line_open(late, "b", 0, MONITOR);
	expect_nothing(late);
	assert_int_equal(condis_line_new_calls(late->session, &calls), 0);
	assert_int_equal(calls.num_calls, 1);
	assert_int_equal(calls.more, 0);
	late->calls[0] = calls.calls[0];
	expect_nothing(late);
	expect(shared.owner, "C1 info monitors 1+1");
	assert_int_equal(call_state(late, calls.calls[0]), LINECALLSTATE_CONNECTED);
	/* It has it now. */
	memset(calls.calls, 0, sizeof(calls.calls));
	calls.num_calls = 0;
	assert_int_equal(condis_line_new_calls(late->session, &calls), 0);
	assert_int_equal(calls.num_calls, 0);
	/* By address. */
	calls.line_handle = line_open(late, "b", 0, MONITOR);
	calls.select = LINECALLSELECT_ADDRESS;
	assert_int_equal(condis_line_new_calls(late->session, &calls), 0);
	assert_int_equal(calls.num_calls, 0);
	calls.address = 1;
	refused(late, condis_line_new_calls(late->session, &calls), ENXIO, "address");

	call_drop(shared.owner, shared.owned);
	expect_in_any_order(shared.owner, "reply C1 DROP 0", "C1 IDLE");
	expect(late, "C1 IDLE");
	expect(shared.caller, "C1 DISCONNECTED NORMAL 16");
	expect_end();
}

/* A call goes to the owner that was first and takes its medium; then to the next. */
static void who_gets_a_call(void **state)
{
	struct app *modem, *first, *second, *caller;
	uint32_t line;

	(void)state;
	two_adapters("4");
	caller = app_open("caller");
	modem = app_open("modem");
	first = app_open("first");
	second = app_open("second");
	line = line_open(caller, "a", 0, NONE);
	line_open_media(modem, "b", 0, OWNER, LINEMEDIAMODE_DATAMODEM);
	line_open(first, "b", 0, OWNER);
	line_open(second, "b", 0, OWNER);
	call_make(caller, line, "200");
	expect(first, "L1 new C1 owner", "C1 OFFERING owner");
	app_close(first);
	expect_up_to(caller, "C1 DISCONNECTED *");
	call_make(caller, line, "200");
	expect(second, "L1 new C1 owner", "C1 OFFERING owner");
	expect_nothing(modem);
	app_close(second);
	expect_up_to(caller, "C2 DISCONNECTED *");
	/* Somebody listens, but not for this medium: the caller hears why. */
	call_make(caller, line, "200");
	expect_failure(caller, 3, "EOPNOTSUPP 88 INCOMPATIBLE", "INCOMPATIBLE 88");
	expect_nothing(modem);
}

/**
 * struct busy - a thread that opens a line and closes it, again and again
 * @app: whose line
 * @open: which
 * @is_over: it is to stop
 * @rounds: how often it did
 */
struct busy {
	struct app *app;
	struct ndproxy_open_line open;
	atomic_bool is_over;
	atomic_uint rounds;
};

static void *busy_thread(void *argument)
{
	struct busy *busy = argument;

	while (!atomic_load(&busy->is_over)) {
		struct ndproxy_open_line open = busy->open;

		if (condis_line_open(busy->app->session, &open) ||
		    condis_line_close(busy->app->session, open.line_handle))
			break;
		atomic_fetch_add(&busy->rounds, 1);
	}
	return NULL;
}

/*
 * A line listens when it has been opened, whatever others are doing with the adapter: who
 * dials it right then is never told that nobody is there.
 */
static void open_line_listens(void **state)
{
	int rounds = is_debug_kernel() ? 20 : 50, i;
	struct busy busy = { .app = app_open("busy") };
	struct app *caller, *callee;
	uint32_t out, line, call;
	pthread_t thread;
	long long end;

	(void)state;
	adapter_add("a", "address", "100@0", NULL);
	adapter_add("b", "lines", "2", "address", "200@0", NULL);
	caller = app_open("caller");
	callee = app_open("callee");
	out = line_open(caller, "a", 0, NONE);
	busy.open = (struct ndproxy_open_line) {
		.adapter = app_adapter(busy.app, "b"),
		.line = 1,
		.privileges = OWNER,
		.media_modes = DIGITAL,
	};
	assert_int_equal(pthread_create(&thread, NULL, busy_thread, &busy), 0);
	end = now_ms() + patience();
	while (!atomic_load(&busy.rounds)) {
		if (now_ms() > end)
			fail_msg("nobody else opens and closes a line");
		usleep(1000);
	}
	for (i = 0; i < rounds; i++) {
		line = line_open(callee, "b", 0, OWNER);
		call = call_make(caller, out, "200");
		expect(callee, "L* new C* owner", "C* OFFERING owner");
		line_close(callee, line);
		expect_up_to(caller, "C* DISCONNECTED *");
		call_deallocate(caller, call);
	}
	atomic_store(&busy.is_over, true);
	pthread_join(thread, NULL);
}

/* A.7 (6): the line is heard of by the network until its last owner has closed it. */
static void last_open_closes_line(void **state)
{
	struct app *first, *second;
	uint32_t one, two;

	(void)state;
	two_adapters("1");
	first = app_open("first");
	second = app_open("second");
	assert_int_equal(count(CONDIS_COUNTER_SAPS), 0);
	one = line_open(first, "b", 0, OWNER);
	wait_count(CONDIS_COUNTER_SAPS, 1);
	two = line_open(second, "b", 0, OWNER);
	line_close(first, one);
	assert_int_equal(count(CONDIS_COUNTER_SAPS), 1);
	one = line_open(first, "b", 0, OWNER);
	line_close(second, two);
	assert_int_equal(count(CONDIS_COUNTER_SAPS), 1);
	line_close(first, one);
	wait_count(CONDIS_COUNTER_SAPS, 0);
	/* Closed and opened again at once. */
	for (int i = 0; i < 20; i++)
		line_close(first, line_open(first, "b", 0, OWNER));
	one = line_open(first, "b", 0, OWNER);
	wait_count(CONDIS_COUNTER_SAPS, 1);
}

/* The families are open as long as there is any session, and anew with the next. */
static void last_session_closes_families(void **state)
{
	struct app *first, *second;
	int i;

	(void)state;
	two_adapters("1");
	assert_int_equal(count(CONDIS_COUNTER_AFS), 0);
	first = app_open("first");
	app_adapter(first, "a");
	wait_count(CONDIS_COUNTER_AFS, 2);
	second = app_open("second");
	app_close(first);
	assert_int_equal(count(CONDIS_COUNTER_AFS), 2);
	app_close(second);
	wait_count(CONDIS_COUNTER_AFS, 0);
	for (i = 0; i < 20; i++)
		app_close(app_open("one of many"));
	first = app_open("first");
	line_open(first, "a", 0, OWNER);
	wait_count(CONDIS_COUNTER_AFS, 2);
}

#define TRACING		"/sys/kernel/tracing/"

static void trace_put(const char *name, const char *text)
{
	int fd = open(name, O_WRONLY | O_TRUNC | O_CLOEXEC);

	assert_in_range(fd, 0, 1 << 20);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

/* How often a message of a call is in the trace. */
static unsigned int traced(uint64_t call_id, const char *message)
{
	char line[512], vc[48], text[96];
	unsigned int times = 0;
	FILE *file;

	snprintf(vc, sizeof(vc), " vc=%llu ", (unsigned long long)call_id);
	snprintf(text, sizeof(text), "message=\"%s\"", message);
	file = fopen(TRACING "trace", "re");
	assert_non_null(file);
	while (fgets(line, sizeof(line), file))
		times += strstr(line, vc) && strstr(line, text);
	fclose(file);
	return times;
}

/* What is said of a call when its VC has gone is in its ladder, too. */
static void ladder_goes_on(void **state)
{
	struct ndproxy_call_info info;
	struct pair pair;

	(void)state;
	two_adapters("1");
	trace_put(TRACING "trace", "");
	trace_put(TRACING "events/condis/condis_message/enable", "1");
	pair = pair_connected();
	assert_int_equal(condis_call_info(pair.callee->session, pair.in, &info), 0);
	call_drop(pair.caller, pair.out);
	expect_in_any_order(pair.caller, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	wait_count(CONDIS_COUNTER_VCS, 0);
	assert_int_equal(traced(info.call_id, "LINE_CALLSTATE DISCONNECTED"), 1);
	assert_int_equal(traced(info.call_id, "LINE_CALLSTATE IDLE"), 0);
	call_drop(pair.callee, pair.in);
	expect_in_any_order(pair.callee, "reply C1 DROP 0", "C1 IDLE");
	call_deallocate(pair.callee, pair.in);
	trace_put(TRACING "events/condis/condis_message/enable", "0");
	assert_int_equal(traced(info.call_id, "lineDrop"), 1);
	assert_int_equal(traced(info.call_id, "LINE_REPLY"), 2);
	assert_int_equal(traced(info.call_id, "LINE_CALLSTATE IDLE"), 1);
	assert_int_equal(traced(info.call_id, "lineDeallocateCall"), 1);
	trace_put(TRACING "trace", "");
}

/* LINE_LINEDEVSTATE: what was asked for, to others than who did it. */
static void status_messages(void **state)
{
	struct ndproxy_line_status status;
	struct pair pair;
	struct app *watcher;
	uint32_t line, other;

	(void)state;
	two_adapters("2");
	pair = pair_idle();
	watcher = app_open("watcher");
	line = line_open(watcher, "b", 0, NONE);
	other = line_open(pair.callee, "b", 0, NONE);
	expect_nothing(watcher);
	assert_int_equal(condis_line_set_status_messages(watcher->session, line, LINEDEVSTATE_OPEN |
							 LINEDEVSTATE_CLOSE |
							 LINEDEVSTATE_NUMCALLS), 0);
	line_close(pair.callee, other);
	expect(watcher, "L1 dev CLOSE 2 opens 0 calls");
	other = line_open(pair.callee, "b", 0, NONE);
	expect(watcher, "L1 dev OPEN 3 opens 0 calls");
	/* Several changes in one event, if nobody reads. */
	line_close(pair.callee, other);
	other = line_open(pair.callee, "b", 0, NONE);
	expect(watcher, "L1 dev OPEN|CLOSE 3 opens 0 calls");

	pair_call(&pair);
	expect(watcher, "L1 dev NUMCALLS 3 opens 1 calls");
	assert_int_equal(condis_line_status(watcher->session, line, &status), 0);
	assert_int_equal(status.num_opens, 3);
	assert_int_equal(status.num_calls, 1);
	assert_int_equal(status.open_media_modes, DIGITAL);
	call_drop(pair.callee, pair.in);
	expect_in_any_order(pair.callee, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.caller, "C1 DISCONNECTED NORMAL 16");
	expect(watcher, "L1 dev NUMCALLS 3 opens 0 calls");

	/* Off again. */
	assert_int_equal(condis_line_set_status_messages(watcher->session, line, 0), 0);
	line_close(pair.callee, other);
	expect_nothing(watcher);
	/* The line goes out of service, and comes back. */
	assert_int_equal(condis_line_set_status_messages(watcher->session, line,
							 LINEDEVSTATE_INSERVICE |
							 LINEDEVSTATE_OUTOFSERVICE), 0);
	adapter_set("b", "in-service", "off", NULL);
	expect(watcher, "L1 dev OUTOFSERVICE 2 opens 0 calls");
	adapter_set("b", "in-service", "on", NULL);
	expect(watcher, "L1 dev INSERVICE 2 opens 0 calls");
	expect_end();
}

/* What applications tell each other of a call: the others hear, as long as it is not over. */
static void call_info_is_set(void **state)
{
	struct ndproxy_set_call_info set = { 0 };
	struct ndproxy_call_info info;
	struct shared shared;

	(void)state;
	shared = shared_connected(MONITOR);
	assert_int_equal(condis_call_info(shared.second->session, shared.seen, &info), 0);
	assert_int_equal(info.app_specific, 0);
	assert_int_equal(info.media_modes, DIGITAL);
	assert_int_equal(condis_call_set_app_specific(shared.owner->session, shared.owned,
						      0xdeadbeef), 0);
	expect(shared.second, "C1 info app 1+1");
	expect_nothing(shared.owner);
	assert_int_equal(condis_call_info(shared.second->session, shared.seen, &info), 0);
	assert_int_equal(info.app_specific, 0xdeadbeef);
	/* Not an owner; not of the line. */
	refused(shared.second, condis_call_set_app_specific(shared.second->session, shared.seen, 1),
		EPERM, "call");
	refused(shared.owner, condis_call_set_media_modes(shared.owner->session, shared.owned,
							  LINEMEDIAMODE_G3FAX),
		EOPNOTSUPP, "media_modes");
	refused(shared.owner, condis_call_set_media_modes(shared.owner->session, shared.owned, 0),
		EINVAL, "media_modes");
	refused(shared.owner, condis_call_set_media_modes(shared.owner->session, shared.owned, 1),
		EINVAL, "media_modes");
	set.call = shared.owned;
	set.flags = NDPROXY_CALL_INFO_MEDIA_MODES;
	set.media_modes = DIGITAL;
	set.app_specific = 1;
	refused(shared.owner, ioctl(app_fd(shared.owner), NDPROXY_SET_CALL_INFO, &set), EINVAL,
		"app_specific");
	/* The same again is no news; several changes are one event, if nobody reads. */
	assert_int_equal(condis_call_set_app_specific(shared.owner->session, shared.owned,
						      0xdeadbeef), 0);
	assert_int_equal(condis_call_set_media_modes(shared.owner->session, shared.owned,
						     DIGITAL), 0);
	expect_nothing(shared.second);
	assert_int_equal(condis_call_set_app_specific(shared.owner->session, shared.owned, 7), 0);
	assert_int_equal(condis_call_set_media_modes(shared.owner->session, shared.owned,
						     DIGITAL | LINEMEDIAMODE_DATAMODEM), 0);
	expect(shared.second, "C1 info media app 1+1");
	assert_int_equal(condis_call_info(shared.second->session, shared.seen, &info), 0);
	assert_int_equal(info.media_modes, DIGITAL | LINEMEDIAMODE_DATAMODEM);
	assert_int_equal(info.app_specific, 7);
	/* The far end is another matter. */
	assert_int_equal(condis_call_info(shared.caller->session, shared.out, &info), 0);
	assert_int_equal(info.app_specific, 0);
	assert_int_equal(info.media_modes, DIGITAL);
	expect_nothing(shared.caller);

	call_drop(shared.owner, shared.owned);
	expect_in_any_order(shared.owner, "reply C1 DROP 0", "C1 IDLE");
	expect(shared.second, "C1 IDLE");
	assert_int_equal(condis_call_set_app_specific(shared.owner->session, shared.owned, 8), 0);
	expect_nothing(shared.second);
	assert_int_equal(condis_call_info(shared.second->session, shared.seen, &info), 0);
	assert_int_equal(info.app_specific, 8);
}

static struct ndproxy_address_status address_status(struct app *app, uint32_t line,
						    uint32_t address)
{
	struct ndproxy_address_status status;

	if (condis_line_address_status(app->session, line, address, &status))
		fail_msg("%s: %s", app->name, condis_error());
	return status;
}

/* An address, and after how many rings its calls are to be answered: the fewest count. */
static void addresses(void **state)
{
	struct ndproxy_open_line single = {
		.privileges = OWNER, .media_modes = LINEMEDIAMODE_DATAMODEM,
		.flags = LINEOPENOPTION_SINGLEADDRESS, .address = 1,
	};
	struct ndproxy_address_status status;
	struct app *caller, *first, *second;
	struct ndproxy_make_call call;
	uint32_t one, two, out;

	(void)state;
	adapter_add("a", "address", "100@0", "calls", "4", NULL);
	adapter_add("b", "address", "200@0,201@0", "calls", "1", NULL);
	caller = app_open("caller");
	first = app_open("first");
	second = app_open("second");
	out = line_open(caller, "a", 0, NONE);
	one = line_open(first, "b", 0, OWNER);
	two = line_open(second, "b", 0, MONITOR);
	single.adapter = adapter_id("b");
	assert_int_equal(condis_line_open(second->session, &single), 0);

	status = address_status(first, one, 0);
	assert_int_equal(status.num_opens, 2);
	assert_int_equal(status.open_media_modes, DIGITAL);
	assert_int_equal(status.num_calls, 0);
	assert_int_equal(status.num_rings, 0);
	assert_int_equal(status.features, LINEADDRFEATURE_MAKECALL);
	status = address_status(first, one, 1);
	assert_int_equal(status.num_opens, 3);
	assert_int_equal(status.open_media_modes, DIGITAL | LINEMEDIAMODE_DATAMODEM);
	refused(first, condis_line_address_status(first->session, one, 2, &status), ENXIO,
		"address");

	/* By address; none is not the fewest. */
	assert_int_equal(condis_line_set_num_rings(first->session, one, 0, 0), 0);
	assert_int_equal(condis_line_set_num_rings(first->session, one, 0, 4), 0);
	assert_int_equal(condis_line_set_num_rings(second->session, two, 0, 2), 0);
	assert_int_equal(condis_line_set_num_rings(second->session, two, 1, 7), 0);
	assert_int_equal(address_status(first, one, 0).num_rings, 2);
	assert_int_equal(address_status(first, one, 1).num_rings, 7);
	assert_int_equal(condis_line_set_num_rings(second->session, two, 0, 0), 0);
	assert_int_equal(address_status(second, two, 0).num_rings, 4);
	refused(first, condis_line_set_num_rings(first->session, one, 2, 1), ENXIO, "address");
	/* Not of an address that the handle is not for. */
	refused(second, condis_line_set_num_rings(second->session, single.line_handle, 0, 1),
		ENXIO, "address");
	assert_int_equal(condis_line_set_num_rings(second->session, single.line_handle, 1, 3), 0);
	assert_int_equal(address_status(first, one, 1).num_rings, 3);
	line_close(second, single.line_handle);
	assert_int_equal(address_status(first, one, 1).num_rings, 7);
	line_close(second, two);
	assert_int_equal(address_status(first, one, 1).num_rings, 0);
	assert_int_equal(address_status(first, one, 0).num_rings, 4);

	/* A call to the second address. */
	call = call_prepare(caller, out, "201");
	call.address = 0;
	assert_int_equal(condis_call_make(caller->session, &call), 0);
	call_made(caller, &call);
	expect(first, "L1 new C1 owner", "C1 OFFERING owner");
	assert_int_equal(address_status(first, one, 0).num_calls, 0);
	status = address_status(first, one, 1);
	assert_int_equal(status.num_calls, 1);
	assert_int_equal(status.features, 0);
	assert_int_equal(address_status(caller, out, 0).num_calls, 1);
	call_drop(first, call_label(first, 1));
	expect_in_any_order(first, "reply C1 DROP 0", "C1 IDLE");
	assert_int_equal(address_status(first, one, 1).num_calls, 0);
	line_close(first, one);
	refused(first, condis_line_address_status(first->session, one, 0, &status), EBADF,
		"line_handle");
	refused(first, condis_line_set_num_rings(first->session, one, 0, 1), EBADF,
		"line_handle");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(addresses),
		WORLD_TEST(call_info_is_set),
		WORLD_TEST(monitor),
		WORLD_TEST(monitor_takes_over),
		WORLD_TEST(owner_becomes_monitor),
		WORLD_TEST(sole_owner_leaves),
		WORLD_TEST(sole_owner_closes_line),
		WORLD_TEST(monitor_leaves),
		WORLD_TEST(handoff),
		WORLD_TEST(handoff_to_monitor),
		WORLD_TEST(handoff_refused),
		WORLD_TEST(handoff_by_media),
		WORLD_TEST(new_calls),
		WORLD_TEST(who_gets_a_call),
		WORLD_TEST(open_line_listens),
		WORLD_TEST(ladder_goes_on),
		WORLD_TEST(last_open_closes_line),
		WORLD_TEST(last_session_closes_families),
		WORLD_TEST(status_messages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
