// SPDX-License-Identifier: GPL-2.0
/*
 * Limits under attack: one user takes all that he can, and more. He is told so by the
 * errno that is documented, what he has costs a bounded amount of memory, his dead
 * processes leave nothing, and the others go on as if he was not there.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixture.h"

static void files_max(rlim_t number)
{
	struct rlimit limit = { .rlim_cur = number, .rlim_max = number };

	assert_return_code(setrlimit(RLIMIT_NOFILE, &limit), errno);
}

/* A number of kB of /proc/meminfo. */
static long memory_of(const char *name)
{
	char line[128], wanted[32];
	FILE *file = fopen("/proc/meminfo", "re");
	long value = -1;

	assert_non_null(file);
	snprintf(wanted, sizeof(wanted), "%s: %%ld kB", name);
	while (value < 0 && fgets(line, sizeof(line), file))
		sscanf(line, wanted, &value);
	fclose(file);
	assert_true(value >= 0);
	return value;
}

/* A number that a data file shows in its fdinfo. */
static long shown_of(int fd, const char *name)
{
	char path[64], line[128], wanted[32];
	FILE *file;
	long value = -1;

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	snprintf(wanted, sizeof(wanted), "%s:\t%%ld", name);
	file = fopen(path, "re");
	assert_non_null(file);
	while (value < 0 && fgets(line, sizeof(line), file))
		sscanf(line, wanted, &value);
	fclose(file);
	assert_true(value >= 0);
	return value;
}

static uint32_t used(struct app *app, enum ndproxy_limit limit)
{
	struct ndproxy_limits limits;

	assert_int_equal(condis_session_limits(app->session, &limits), 0);
	return limits.used[limit];
}

static uint32_t limit_of(struct app *app, enum ndproxy_limit limit)
{
	struct ndproxy_limits limits;

	assert_int_equal(condis_session_limits(app->session, &limits), 0);
	return limits.limit[limit];
}

/*
 * Sessions
 */

static unsigned int sessions_open(int *fds, unsigned int length)
{
	unsigned int i;

	for (i = 0; i < length; i++) {
		fds[i] = open("/dev/ndproxy", O_RDWR | O_CLOEXEC);
		if (fds[i] < 0)
			break;
	}
	return i;
}

static void sessions_close(const int *fds, unsigned int length)
{
	while (length--)
		close(fds[length]);
}

#define SESSIONS	500

/* As many sessions as there are descriptors: EMFILE, bounded memory, and an end of all. */
static void as_many_sessions_as_files(void **state)
{
	static int fds[SESSIONS + 100];
	unsigned int opened, round;
	long first, last = 0;
	struct app *app;

	(void)state;
	two_adapters("2");
	app = app_open("app");
	for (round = 0; round < 2; round++) {
		first = memory_of("SUnreclaim");
		files_max(SESSIONS);
		opened = sessions_open(fds, ARRAY_SIZE(fds));
		assert_int_equal(errno, EMFILE);
		/* For the test to go on with its own. */
		files_max(4096);
		assert_in_range(opened, SESSIONS - 100, SESSIONS);
		last = memory_of("SUnreclaim");
		/* 20 kB of memory each, and as much again for what a debug kernel adds. */
		if (last - first > (is_debug_kernel() ? 80L : 20L) * opened)
			fail_msg("%u sessions take %ld kB", opened, last - first);
		assert_int_equal(count_sessions(), opened + 1);
		/* Of another one's full table nobody feels anything. */
		line_close(app, line_open(app, "a", 0, NONE));
		sessions_close(fds, opened);
		wait_sessions(1);
	}
}

/*
 * A flood of another user's
 */

#define FLOOD_FILES	256
#define USER		1000
#define DIALOUT		20
/* Sessions of a user, if the parameter user_sessions does not say otherwise. */
#define USER_SESSIONS	64

static void become_user(uid_t uid)
{
	gid_t group = DIALOUT;

	if (setgroups(1, &group) || setgid(uid) || setuid(uid))
		_exit(90);
}

/* As many sessions as there may be, and not one more; in the network namespaces together. */
static int takes_all_sessions(void *argument)
{
	static int fds[FLOOD_FILES];
	unsigned int opened;

	become_user(*(uid_t *)argument);
	opened = sessions_open(fds, FLOOD_FILES);
	if (opened != USER_SESSIONS || errno != EDQUOT)
		return 1;
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET))
		return 2;
	if (open("/dev/ndproxy", O_RDWR | O_CLOEXEC) >= 0 || errno != EDQUOT)
		return 3;
	/* One that is closed makes room for one, when nothing is left of it. */
	close(fds[0]);
	while ((fds[0] = open("/dev/ndproxy", O_RDWR | O_CLOEXEC)) < 0)
		usleep(1000);
	if (open("/dev/ndproxy", O_RDWR | O_CLOEXEC) >= 0 || errno != EDQUOT)
		return 4;
	child_ready();
	pause();
	return 5;
}

static int takes_one_session(void *argument)
{
	become_user(*(uid_t *)argument);
	return open("/dev/ndproxy", O_RDWR | O_CLOEXEC) < 0 ? errno : 0;
}

static void as_many_sessions_as_a_user_may_have(void **state)
{
	uid_t user = USER, other = USER + 1;
	pid_t pid;

	(void)state;
	assert_int_equal(chown("/dev/ndproxy", 0, DIALOUT), 0);
	files_max(4096);
	pid = child_start(takes_all_sessions, &user);
	child_await(pid);
	/* In another process likewise; of another user, and of root, nobody is refused. */
	assert_int_equal(child_wait(child_start(takes_one_session, &user)), EDQUOT);
	assert_int_equal(child_wait(child_start(takes_one_session, &other)), 0);
	app_open("app");
	child_kill(pid);
	wait_sessions(1);
	assert_int_equal(child_wait(child_start(takes_one_session, &user)), 0);
}

/* What may be answered to someone who asks for too much. */
static void too_much(int result, int line)
{
	if (result && errno != EDQUOT && errno != EBUSY && errno != ENOMEM)
		_exit(line % 90);
}

/* Opens all that it can, and calls whoever can be called; never reads, never closes. */
static int flood(void *argument)
{
	uint32_t adapter = *(uint32_t *)argument;
	static int fds[FLOOD_FILES];
	unsigned int opened, round, i;
	struct ndproxy_request drop = { 0 };

	become_user(USER);
	opened = sessions_open(fds, FLOOD_FILES);
	if (opened != USER_SESSIONS)
		return 91;
	for (round = 0; ; round++) {
		for (i = 0; i < opened; i++) {
			struct ndproxy_open_line line = {
				.adapter = adapter, .privileges = MONITOR,
			};
			struct ndproxy_make_call call = {
				.address = NDPROXY_ANY_ADDRESS, .media_modes = DIGITAL,
				.called = "900",
			};

			too_much(ioctl(fds[i], NDPROXY_OPEN_LINE, &line), __LINE__);
			if (!line.line_handle)
				continue;
			call.line_handle = line.line_handle;
			too_much(ioctl(fds[i], NDPROXY_MAKE_CALL, &call), __LINE__);
			drop.call = call.call;
			drop.cookie = round;
			if (call.call && round & 1)
				ioctl(fds[i], NDPROXY_DROP, &drop);
		}
		if (round == 2)
			child_ready();
	}
}

/* Another user dials while somebody floods the machine with all that he may have. */
static void flooded(void **state)
{
	long long start, quiet, worst = 0;
	struct pair pair;
	uint32_t id;
	pid_t pid;
	int i;

	(void)state;
	assert_int_equal(chown("/dev/ndproxy", 0, DIALOUT), 0);
	files_max(4096);
	two_adapters("8");
	adapter_add("f", "calls", "64", "address", "900@0", NULL);
	adapter_set("f", "fault", "no-answer", NULL);
	pair = pair_connected();
	start = now_ms();
	pair_call(&pair);
	quiet = now_ms() - start;
	id = adapter_id("f");
	app_adapter(pair.caller, "f");
	pid = child_start(flood, &id);
	child_await(pid);
	for (i = 0; i < 3; i++) {
		start = now_ms();
		pair_call(&pair);
		if (now_ms() - start > worst)
			worst = now_ms() - start;
	}
	say("a call takes %lld ms, and at most %lld ms in the flood", quiet, worst);
	assert_true(worst < patience() / 2);
	/* It is still at it. */
	assert_int_equal(count_sessions(), 2 + USER_SESSIONS);
	child_kill(pid);
	wait_sessions(2);
	wait_count(CONDIS_COUNTER_VCS, 10);
	hear_all(pair.caller);
	hear_all(pair.callee);
	assert_int_equal(call_state(pair.caller, pair.out), LINECALLSTATE_CONNECTED);
}

/*
 * What is never read
 */

#define CHANGES	600

/* Changes of a line that nobody reads of: one event, which says all of it. */
static void changes_that_nobody_reads(void **state)
{
	struct ndproxy_open_line request = { .privileges = NONE };
	struct ndproxy_event event;
	struct app *sleeper, *busy;
	uint32_t line;
	int i;

	(void)state;
	two_adapters("2");
	sleeper = app_open("sleeper");
	busy = app_open("busy");
	line = line_open(sleeper, "a", 0, NONE);
	request.adapter = app_adapter(busy, "a");
	assert_int_equal(condis_line_set_status_messages(sleeper->session, line,
							 NDPROXY_LINE_STATES), 0);
	for (i = 0; i < CHANGES; i++) {
		request.line_handle = 0;
		assert_int_equal(condis_line_open(busy->session, &request), 0);
		if (i < CHANGES - 1)
			line_close(busy, request.line_handle);
	}
	assert_int_equal(used(sleeper, NDPROXY_LIMIT_EVENTS), 0);
	assert_int_equal(read(app_fd(sleeper), &event, sizeof(event)), sizeof(event));
	assert_int_equal(event.type, LINE_LINEDEVSTATE);
	assert_int_equal(event.line_state.state, LINEDEVSTATE_OPEN | LINEDEVSTATE_CLOSE);
	assert_int_equal(event.line_state.num_opens, 2);
	assert_int_equal(event.lost, 0);
	expect_nothing(sleeper);
}

/* Owners that come and go on a call: one event, with the last numbers. */
static void owners_that_nobody_counts(void **state)
{
	struct ndproxy_event event;
	struct pair pair;
	struct app *fickle;
	uint32_t call;
	int i;

	(void)state;
	two_adapters("2");
	pair = pair_connected();
	fickle = app_open("fickle");
	{
		struct ndproxy_new_calls calls = { .select = LINECALLSELECT_LINE };

		calls.line_handle = line_open(fickle, "b", 0, MONITOR);
		assert_int_equal(condis_line_new_calls(fickle->session, &calls), 0);
		assert_int_equal(calls.num_calls, 1);
		call = calls.calls[0];
	}
	for (i = 0; i < CHANGES; i++)
		assert_int_equal(condis_call_set_privilege(fickle->session, call,
							   i & 1 ? MONITOR : OWNER), 0);
	assert_int_equal(read(app_fd(pair.callee), &event, sizeof(event)), sizeof(event));
	assert_int_equal(event.type, LINE_CALLINFO);
	assert_int_equal(event.call_info.changed, LINECALLINFOSTATE_NUMOWNERINCR |
			 LINECALLINFOSTATE_NUMOWNERDECR | LINECALLINFOSTATE_NUMMONITORS);
	assert_int_equal(event.call_info.owners, 1);
	assert_int_equal(event.call_info.monitors, 1);
	expect_nothing(pair.callee);
	hear_all(fickle);
}

/* Packets that nobody reads: so many of each call, so many of all; the rest is counted. */
static void packets_that_nobody_reads(void **state)
{
	uint32_t all, calls, i;
	int from[64], to[64], other_from, other_to;
	struct pair pair, other;
	long queued, lost;
	char packet[64] = "";
	long long end;
	unsigned int sent;

	(void)state;
	files_max(4096);
	two_adapters("64");
	pair = pair_connected();
	all = limit_of(pair.callee, NDPROXY_LIMIT_PACKETS);
	calls = all / 256 + 1;
	assert_true(calls <= ARRAY_SIZE(to));
	for (i = 0; i < calls; i++) {
		if (i)
			pair_call(&pair);
		from[i] = call_data(pair.caller, pair.out, 0);
		to[i] = call_data(pair.callee, pair.in, NDPROXY_DATA_NONBLOCK);
		for (sent = 0; sent < 256 + 8; sent++)
			assert_int_equal(write(from[i], packet, sizeof(packet)), sizeof(packet));
	}
	end = now_ms() + patience();
	do {
		assert_true(now_ms() < end);
		for (queued = 0, lost = 0, i = 0; i < calls; i++) {
			assert_in_range(shown_of(to[i], "packets"), 0, 256);
			queued += shown_of(to[i], "packets");
			lost += shown_of(to[i], "lost");
		}
	} while (queued + lost < calls * (256 + 8));
	assert_int_equal(queued, all);
	assert_int_equal(lost, calls * (256 + 8) - all);
	assert_int_equal(used(pair.callee, NDPROXY_LIMIT_PACKETS), all);

	/* To another session on the same line packets come. */
	other = pair;
	other.callee = app_open("other");
	line_close(pair.callee, pair.callee_line);
	other.callee_line = line_open(other.callee, "b", 0, OWNER);
	hear_all(pair.caller);
	pair_call(&other);
	other_from = call_data(other.caller, other.out, 0);
	other_to = call_data(other.callee, other.in, 0);
	assert_int_equal(write(other_from, "through", 7), 7);
	assert_int_equal(read(other_to, packet, sizeof(packet)), 7);

	/* Closed, they give back what they had. */
	for (i = 0; i < calls; i++)
		close_fd(to[i]);
	assert_int_equal(used(pair.callee, NDPROXY_LIMIT_PACKETS), 0);
	assert_int_equal(used(pair.callee, NDPROXY_LIMIT_DATA_FILES), 0);
	for (i = 0; i < calls; i++)
		close_fd(from[i]);
}

static void lose_lines(struct app *app, uint32_t *handles, uint32_t lines)
{
	struct ndproxy_open_line request = { .privileges = NONE };
	uint32_t i;

	adapter_add("a", NULL);
	request.adapter = app_adapter(app, "a");
	for (i = 0; i < lines; i++) {
		assert_int_equal(condis_line_open(app->session, &request), 0);
		handles[i] = request.line_handle;
		request.line_handle = 0;
	}
	adapter_surprise("a");
	wait_no_adapters();
}

/*
 * Lines that died below their owner: until he reads of it they are his, so that there are
 * never more of them than he may have; and of those that he does not close either, so many
 * are remembered and no more.
 */
static void dead_lines_are_bounded(void **state)
{
	uint32_t lines, i, round, gone = 0, forgotten = 0;
	struct ndproxy_open_line request = { .privileges = NONE };
	struct ndproxy_line_status status;
	static uint32_t handles[2][4096];
	struct ndproxy_event event;
	struct app *app;

	(void)state;
	app = app_open("app");
	lines = limit_of(app, NDPROXY_LIMIT_LINES);
	assert_true(lines <= ARRAY_SIZE(handles[0]));
	for (round = 0; round < 2; round++) {
		lose_lines(app, handles[round], lines);
		assert_int_equal(used(app, NDPROXY_LIMIT_LINES), lines);
		adapter_add("b", NULL);
		request.adapter = app_adapter(app, "b");
		refused(app, condis_line_open(app->session, &request), EDQUOT, NULL);
		adapter_surprise("b");
		wait_no_adapters();
		for (i = 0; read(app_fd(app), &event, sizeof(event)) == sizeof(event); )
			i += event.type == LINE_CLOSE;
		assert_int_equal(i, lines);
		assert_int_equal(used(app, NDPROXY_LIMIT_LINES), 0);
	}
	for (round = 0; round < 2; round++) {
		for (i = 0; i < lines; i++) {
			assert_int_equal(condis_line_status(app->session, handles[round][i],
							    &status), -1);
			if (errno == ENODEV) {
				gone++;
				assert_int_equal(condis_line_close(app->session,
								   handles[round][i]), 0);
			} else {
				assert_int_equal(errno, EBADF);
				forgotten++;
			}
		}
	}
	assert_int_equal(gone, 1024);
	assert_int_equal(gone + forgotten, 2 * lines);
	/* Closed, they make room for others to be remembered. */
	lose_lines(app, handles[0], 1);
	refused(app, condis_line_status(app->session, handles[0][0], &status), ENODEV, NULL);
}

/*
 * Data files
 */

static void limit_of_data_files(void **state)
{
	struct ndproxy_event events[64];
	struct ndproxy_make_call call;
	struct app *caller, *callee;
	uint32_t files, line, i, last = 0;
	static int fds[2048];
	ssize_t length, at;
	unsigned int connected = 0;
	long long end;

	(void)state;
	files_max(4096);
	two_adapters("2000");
	caller = app_open("caller");
	callee = app_open("callee");
	line = line_open(caller, "a", 0, NONE);
	line_open(callee, "b", 0, OWNER);
	files = limit_of(callee, NDPROXY_LIMIT_DATA_FILES);
	assert_true(files < ARRAY_SIZE(fds));
	for (i = 0; i <= files; i++) {
		call = (struct ndproxy_make_call) {
			.line_handle = line, .address = NDPROXY_ANY_ADDRESS,
			.media_modes = DIGITAL, .called = "200",
		};
		assert_int_equal(condis_call_make(caller->session, &call), 0);
	}
	/* Answers all that rings, and opens what is connected. */
	end = now_ms() + 3LL * patience();
	while (connected <= files) {
		assert_true(now_ms() < end);
		wait_fd(app_fd(callee), POLLIN, patience());
		length = read(app_fd(callee), events, sizeof(events));
		for (at = 0; at * (ssize_t)sizeof(events[0]) < length; at++) {
			if (events[at].type != LINE_CALLSTATE)
				continue;
			last = events[at].handle;
			if (events[at].call_state.state == LINECALLSTATE_OFFERING) {
				assert_int_equal(condis_call_answer(callee->session, last, 1), 0);
				continue;
			}
			assert_int_equal(events[at].call_state.state, LINECALLSTATE_CONNECTED);
			if (connected == files) {
				connected++;
				break;
			}
			fds[connected] = condis_call_open_data(callee->session, last, 0, NULL);
			assert_return_code(fds[connected], errno);
			connected++;
		}
	}
	assert_int_equal(used(callee, NDPROXY_LIMIT_DATA_FILES), files);
	assert_int_equal(condis_call_open_data(callee->session, last, 0, NULL), -1);
	assert_int_equal(errno, EDQUOT);
	/* One that is closed makes room. */
	close(fds[0]);
	fds[0] = condis_call_open_data(callee->session, last, 0, NULL);
	assert_return_code(fds[0], errno);
	for (i = 0; i < files; i++)
		close(fds[i]);
	assert_int_equal(used(callee, NDPROXY_LIMIT_DATA_FILES), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(as_many_sessions_as_files),
		WORLD_TEST(as_many_sessions_as_a_user_may_have),
		WORLD_TEST(flooded),
		WORLD_TEST(changes_that_nobody_reads),
		WORLD_TEST(owners_that_nobody_counts),
		WORLD_TEST(packets_that_nobody_reads),
		WORLD_TEST(dead_lines_are_bounded),
		WORLD_TEST(limit_of_data_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
