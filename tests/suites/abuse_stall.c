// SPDX-License-Identifier: GPL-2.0
/*
 * Copies that stay in the middle for as long as a hostile program likes, while what they
 * are for is closed, dropped, shut down, pulled out or unloaded. Nothing that comes down
 * waits for them, and each call says what has become of it.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "stall.h"

static struct app *watcher;
static uint32_t watcher_line;

static int stall_teardown(void **state)
{
	stalls_free();
	return world_teardown(state);
}

#define STALL_TEST(function) \
	cmocka_unit_test_setup_teardown(function, world_setup, stall_teardown)

/*
 * What happens meanwhile
 */

static void nothing(struct pair *pair)
{
	(void)pair;
}

static void line_closes(struct pair *pair)
{
	line_close(pair->caller, pair->caller_line);
}

static void call_goes(struct pair *pair)
{
	call_deallocate(pair->caller, pair->out);
}

static void session_ends(struct pair *pair)
{
	assert_int_equal(condis_session_shutdown(pair->caller->session), 0);
	if (watcher)
		assert_int_equal(condis_session_shutdown(watcher->session), 0);
}

static void file_closes(struct pair *pair)
{
	/* The calls that stay hold the file. */
	app_close(pair->caller);
	if (watcher)
		app_close(watcher);
}

/* The adapter is not to be found any more, and the line of it is dead; nothing is read. */
static void await_end(struct app *app, uint32_t adapter, uint32_t line)
{
	long long end = now_ms() + patience();
	struct ndproxy_line_status status;
	struct ndproxy_adapter caps;

	while (!condis_line_adapter(app->session, adapter, &caps) ||
	       !condis_line_status(app->session, line, &status)) {
		assert_true(now_ms() < end);
		usleep(1000);
	}
	assert_int_equal(errno, ENODEV);
}

static void adapter_goes(struct pair *pair)
{
	uint32_t id = adapter_id("a");

	adapter_surprise("a");
	await_end(pair->caller, id, pair->caller_line);
	if (watcher)
		await_end(watcher, id, watcher_line);
}

static void module_goes(struct pair *pair)
{
	uint32_t id = adapter_id("a");

	assert_int_equal(module_unload(VWAN), 0);
	await_end(pair->caller, id, pair->caller_line);
	if (watcher)
		await_end(watcher, id, watcher_line);
}

/**
 * struct happening - something that happens while calls stay in their copies
 * @happen: does it
 * @adapter: negative errno of what asks about the adapter
 * @open: errno of OPEN_LINE
 * @line: errno of what is about the line
 * @call: errno of what is about the call
 * @close: errno of CLOSE_LINE
 * @deallocate: errno of DEALLOCATE_CALL
 */
struct happening {
	void (*happen)(struct pair *pair);
	int adapter;
	int open;
	int line;
	int call;
	int close;
	int deallocate;
};

/* What the command answers when nothing has happened to what it is about. */
static int usual(unsigned long number)
{
	switch (number) {
	case NDPROXY_ACCEPT:
	case NDPROXY_ANSWER:
		return -EBADFD;
	case NDPROXY_HANDOFF:
		return -ESRCH;
	default:
		return 0;
	}
}

static int answer_of(unsigned long number, const struct happening *what)
{
	switch (number) {
	case NDPROXY_ENUM_ADAPTER:
		/* The other adapter is still there, unless the module has gone. */
		return what->happen == module_goes ? -ENOENT : 0;
	case NDPROXY_GET_ADAPTER_CAPS:
	case NDPROXY_GET_LINE_CAPS:
	case NDPROXY_GET_ADDRESS_CAPS:
		return what->adapter;
	case NDPROXY_SET_NAME:
	case NDPROXY_SET_PRIORITY:
		/* The session's own, and that is there as long as its file. */
		return 0;
	case NDPROXY_OPEN_LINE:
		return what->open;
	case NDPROXY_CLOSE_LINE:
		return what->close;
	case NDPROXY_DEALLOCATE_CALL:
		return what->deallocate;
	case NDPROXY_GET_LINE_STATUS:
	case NDPROXY_SET_STATUS_MESSAGES:
	case NDPROXY_GET_NEW_CALLS:
	case NDPROXY_GET_ADDRESS_STATUS:
	case NDPROXY_SET_NUM_RINGS:
	case NDPROXY_SET_LINE_PRIVILEGES:
	case NDPROXY_MAKE_CALL:
		return what->line ? what->line : usual(number);
	default:
		return what->call ? what->call : usual(number);
	}
}

static void finish_in(size_t i, struct stall *stall, const struct happening *what)
{
	const struct ndproxy_open_data *data;
	unsigned long number = commands[i].number;
	ssize_t result;
	int expected;

	assert_true(stall_is_blocked(stall));
	result = stall_finish(stall);
	expected = answer_of(number, what);
	if (result != expected)
		fail_msg("%s: %s, not %s", commands[i].name,
			 result ? strerrorname_np((int)-result) : "done",
			 expected ? strerrorname_np(-expected) : "done");
	if (number == NDPROXY_OPEN_DATA && !result) {
		data = stall_content(stall);
		close(data->fd);
	}
}

/* All commands at once stay in the copy of what they ask for. */
static void stay_in(const struct happening *what)
{
	unsigned char argument[ARGUMENT_MAX];
	struct stall *stall[32] = { NULL };
	struct pair pair;
	unsigned int pass;
	size_t i;

	watcher = NULL;
	two_adapters("4");
	pair = pair_connected();
	for (i = 0; i < commands_length; i++) {
		if (!(_IOC_DIR(commands[i].number) & _IOC_WRITE))
			continue;
		command_fill(commands[i].number, argument, &pair);
		stall[i] = stall_start(STALL_IOCTL, STALL_IN, app_fd(pair.caller),
				       commands[i].number, argument, sizeof(argument));
	}
	what->happen(&pair);
	/* What ends a call or a line comes last. */
	for (pass = 0; pass < 2; pass++) {
		for (i = 0; i < commands_length; i++) {
			unsigned long number = commands[i].number;
			bool ends = number == NDPROXY_DROP || number == NDPROXY_DEALLOCATE_CALL ||
				    number == NDPROXY_CLOSE_LINE;

			/* DROP and DEALLOCATE_CALL have the higher numbers. */
			if (stall[i] && ends == !!pass && number != NDPROXY_CLOSE_LINE)
				finish_in(i, stall[i], what);
		}
	}
	i = _IOC_NR(NDPROXY_CLOSE_LINE);
	finish_in(i, stall[i], what);
	hear_all(pair.callee);
}

static void line_closes_during_requests(void **state)
{
	static const struct happening what = {
		.happen = line_closes, .line = -EBADF, .call = -EBADF, .close = -EBADF,
		.deallocate = -EBADF,
	};

	(void)state;
	stay_in(&what);
}

static void call_goes_during_requests(void **state)
{
	static const struct happening what = {
		.happen = call_goes, .call = -EBADF, .deallocate = -EBADF,
	};

	(void)state;
	stay_in(&what);
}

static void session_ends_during_requests(void **state)
{
	static const struct happening what = {
		.happen = session_ends, .open = -ESHUTDOWN, .line = -EBADF, .call = -EBADF,
		.close = -EBADF, .deallocate = -EBADF,
	};

	(void)state;
	stay_in(&what);
}

static void file_closes_during_requests(void **state)
{
	static const struct happening what = { .happen = file_closes };

	(void)state;
	stay_in(&what);
	/* With the last of them the session has ended; the other one is the callee's. */
	wait_sessions(1);
}

static void adapter_goes_during_requests(void **state)
{
	static const struct happening what = {
		.happen = adapter_goes, .adapter = -ENODEV, .open = -ENODEV, .line = -ENODEV,
		.call = -ENODEV,
	};

	(void)state;
	stay_in(&what);
}

static void module_goes_during_requests(void **state)
{
	static const struct happening what = {
		.happen = module_goes, .adapter = -ENODEV, .open = -ENODEV, .line = -ENODEV,
		.call = -ENODEV,
	};

	(void)state;
	stay_in(&what);
}

/*
 * Answers
 */

/* The commands whose answer is something new that the caller is given. */
static const unsigned long givers[] = {
	NDPROXY_OPEN_LINE, NDPROXY_MAKE_CALL, NDPROXY_OPEN_DATA, NDPROXY_GET_NEW_CALLS,
};

/* They stay in the copy of their answers; then the copy is done, or faults. */
static void stay_out(void (*happen)(struct pair *pair), bool is_told)
{
	struct stall *stall[ARRAY_SIZE(givers)];
	unsigned char argument[ARGUMENT_MAX];
	const struct ndproxy_open_data *data;
	struct ndproxy_limits before, after;
	struct pair pair, asked;
	struct app *app;
	ssize_t result;
	size_t i;

	two_adapters("4");
	pair = pair_connected();
	watcher = app_open("watcher");
	watcher_line = line_open(watcher, "a", 0, NONE);
	assert_int_equal(condis_session_limits(pair.caller->session, &before), 0);
	for (i = 0; i < ARRAY_SIZE(givers); i++) {
		asked = pair;
		app = pair.caller;
		if (givers[i] == NDPROXY_GET_NEW_CALLS) {
			asked.caller_line = watcher_line;
			app = watcher;
		}
		command_fill(givers[i], argument, &asked);
		stall[i] = stall_start(STALL_IOCTL, STALL_OUT, app_fd(app), givers[i], argument,
				       sizeof(argument));
	}
	happen(&pair);
	for (i = 0; i < ARRAY_SIZE(givers); i++) {
		assert_true(stall_is_blocked(stall[i]));
		result = is_told ? stall_finish(stall[i]) : stall_fault(stall[i]);
		/* A call whose adapter is on its way down cannot be made. */
		if (is_told && givers[i] == NDPROXY_MAKE_CALL && result == -ENETDOWN)
			continue;
		if (result != (is_told ? 0 : -EFAULT))
			fail_msg("command %lu: %s", _IOC_NR(givers[i]),
				 result ? strerrorname_np((int)-result) : "done");
		data = stall_content(stall[i]);
		if (is_told && givers[i] == NDPROXY_OPEN_DATA) {
			/* The file is good, whatever has become of its call. */
			assert_return_code(fcntl(data->fd, F_GETFD), errno);
			close(data->fd);
		}
	}
	hear_all(pair.callee);
	if (happen != nothing || is_told)
		return;
	wait_count(CONDIS_COUNTER_VCS, 2);
	assert_int_equal(condis_session_limits(pair.caller->session, &after), 0);
	assert_memory_equal(&after, &before, sizeof(after));
	assert_int_equal(call_state(pair.caller, pair.out), LINECALLSTATE_CONNECTED);
}

#define STAY_OUT(_happens)								\
static void _happens##_during_answers(void **state)				\
{										\
	(void)state;								\
	stay_out(_happens, true);						\
}										\
										\
static void _happens##_during_answers_that_fault(void **state)			\
{										\
	(void)state;								\
	stay_out(_happens, false);						\
}

STAY_OUT(nothing)
STAY_OUT(line_closes)
STAY_OUT(session_ends)
STAY_OUT(file_closes)
STAY_OUT(adapter_goes)
STAY_OUT(module_goes)

/*
 * Events
 */

/* Three events for the caller: reply, PROCEEDING, RINGBACK; one of them in a slow copy. */
static struct stall *slow_reader(struct pair *pair, size_t bytes)
{
	two_adapters("4");
	*pair = pair_idle();
	expect_nothing(pair->caller);
	pair->out = call_make(pair->caller, pair->caller_line, "200");
	expect(pair->callee, "L1 new C1 owner", "C1 OFFERING owner");
	while (call_state(pair->caller, pair->out) != LINECALLSTATE_RINGBACK)
		usleep(1000);
	return stall_start(STALL_READ, STALL_OUT, app_fd(pair->caller), bytes, NULL, 0);
}

/* Whoever does not want to wait does not; whoever was turned away is told when it is time. */
static void one_reader_holds_up_no_other(void **state)
{
	struct ndproxy_event event;
	struct stall *stall;
	struct pair pair;
	int fd;

	(void)state;
	stall = slow_reader(&pair, sizeof(event));
	fd = app_fd(pair.caller);
	assert_int_equal(read(fd, &event, sizeof(event)), -1);
	assert_int_equal(errno, EAGAIN);
	assert_int_equal(wait_fd(fd, POLLIN, 50), 0);
	/* Commands are not held up either. */
	assert_int_equal(call_state(pair.caller, pair.out), LINECALLSTATE_RINGBACK);
	assert_true(stall_is_blocked(stall));
	assert_int_equal(stall_finish(stall), sizeof(event));
	memcpy(&event, stall_content(stall), sizeof(event));
	assert_int_equal(event.type, LINE_REPLY);
	assert_int_equal(wait_fd(fd, POLLIN, patience()), POLLIN);
	/* The fixture has not seen the reply. */
	expect(pair.caller, "C1 PROCEEDING", "C1 RINGBACK");
}

/* A reader and a poller who saw nothing, because it was being copied, and then were told. */
static void what_goes_back_wakes_others(void **state)
{
	struct reader *reader;
	struct stall *stall;
	struct pair pair;

	(void)state;
	stall = slow_reader(&pair, 3 * sizeof(struct ndproxy_event));
	reader = reader_start(app_fd(pair.caller));
	assert_true(reader_is_blocked(reader));
	assert_int_equal(stall_fault(stall), -EFAULT);
	assert_int_equal(reader_join(reader), 3 * sizeof(struct ndproxy_event));
}

static void session_ends_during_read(void **state)
{
	struct ndproxy_event event;
	struct reader *reader;
	struct stall *stall;
	struct pair pair;

	(void)state;
	stall = slow_reader(&pair, sizeof(event));
	reader = reader_start(app_fd(pair.caller));
	assert_int_equal(condis_session_shutdown(pair.caller->session), 0);
	/* The end does not wait for the slow one. */
	assert_int_equal(reader_join(reader), 0);
	assert_int_equal(wait_fd(app_fd(pair.caller), POLLIN, patience()), POLLIN | POLLHUP);
	assert_true(stall_is_blocked(stall));
	assert_int_equal(stall_fault(stall), -EFAULT);
	assert_int_equal(read(app_fd(pair.caller), &event, sizeof(event)), 0);
	hear_all(pair.callee);
}

static void line_closes_during_read(void **state)
{
	struct ndproxy_event event;
	struct stall *stall;
	struct pair pair;

	(void)state;
	stall = slow_reader(&pair, sizeof(event));
	line_close(pair.caller, pair.caller_line);
	/* What was told nobody is discarded with its line. */
	assert_int_equal(stall_fault(stall), -EFAULT);
	assert_int_equal(read(app_fd(pair.caller), &event, sizeof(event)), -1);
	assert_int_equal(errno, EAGAIN);
	hear_all(pair.callee);
}

static void file_closes_during_read(void **state)
{
	struct stall *stall;
	struct pair pair;

	(void)state;
	stall = slow_reader(&pair, sizeof(struct ndproxy_event));
	app_close(pair.caller);
	assert_int_equal(stall_finish(stall), sizeof(struct ndproxy_event));
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	wait_sessions(1);
}

/*
 * Packets
 */

static void call_drops(struct pair *pair)
{
	call_drop(pair->caller, pair->out);
}

/* A packet that was being read when the call ended is read; or stays, to be read again. */
static void packet_in_a_slow_read(void (*happen)(struct pair *pair), bool is_told)
{
	struct stall *stall;
	struct pair pair;
	char packet[16];
	int from, to;

	watcher = NULL;
	two_adapters("4");
	pair = pair_connected();
	to = call_data(pair.caller, pair.out, NDPROXY_DATA_NONBLOCK);
	from = call_data(pair.callee, pair.in, NDPROXY_DATA_NONBLOCK);
	assert_int_equal(write(from, "packet", 6), 6);
	assert_int_equal(wait_fd(to, POLLIN, patience()) & POLLIN, POLLIN);
	stall = stall_start(STALL_READ, STALL_OUT, to, sizeof(packet), NULL, 0);
	assert_int_equal(read(to, packet, sizeof(packet)), -1);
	assert_int_equal(errno, EAGAIN);
	happen(&pair);
	while (!(wait_fd(to, POLLIN, patience()) & POLLHUP))
		;
	assert_true(stall_is_blocked(stall));
	if (is_told) {
		assert_int_equal(stall_finish(stall), 6);
	} else {
		assert_int_equal(stall_fault(stall), -EFAULT);
		assert_int_equal(read(to, packet, sizeof(packet)), 6);
		assert_memory_equal(packet, "packet", 6);
	}
	assert_int_equal(read(to, packet, sizeof(packet)), 0);
	hear_all(pair.callee);
	hear_all(pair.caller);
}

static void packet_being_read(void **state)
{
	(void)state;
	packet_in_a_slow_read(call_drops, true);
}

static void packet_that_goes_back(void **state)
{
	(void)state;
	packet_in_a_slow_read(call_drops, false);
}

static void packet_of_a_module_that_goes(void **state)
{
	(void)state;
	packet_in_a_slow_read(module_goes, false);
}

/* A packet that was being written when the call ended is not sent. */
static void packet_being_written(void **state)
{
	static void (*const happens[])(struct pair *) = { call_drops, line_closes };
	struct stall *stall;
	struct pair pair;
	size_t i;
	int fd;

	(void)state;
	watcher = NULL;
	two_adapters("4");
	for (i = 0; i < ARRAY_SIZE(happens); i++) {
		if (!i)
			pair = pair_connected();
		else
			pair_call(&pair);
		fd = call_data(pair.caller, pair.out, 0);
		stall = stall_start(STALL_WRITE, STALL_IN, fd, 6, "packet", 6);
		happens[i](&pair);
		while (!(wait_fd(fd, POLLIN, patience()) & POLLHUP))
			;
		assert_true(stall_is_blocked(stall));
		assert_int_equal(stall_finish(stall), -EPIPE);
		close_fd(fd);
		hear_all(pair.callee);
		hear_all(pair.caller);
	}
}

/* The module goes while a packet is being written, and does not wait for that. */
static void module_goes_during_write(void **state)
{
	struct stall *stall;
	struct pair pair;
	int fd;

	(void)state;
	watcher = NULL;
	two_adapters("4");
	pair = pair_connected();
	fd = call_data(pair.caller, pair.out, 0);
	stall = stall_start(STALL_WRITE, STALL_IN, fd, 6, "packet", 6);
	module_goes(&pair);
	assert_true(stall_is_blocked(stall));
	assert_int_equal(stall_finish(stall), -EPIPE);
	hear_all(pair.callee);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STALL_TEST(line_closes_during_requests),
		STALL_TEST(call_goes_during_requests),
		STALL_TEST(session_ends_during_requests),
		STALL_TEST(file_closes_during_requests),
		STALL_TEST(adapter_goes_during_requests),
		STALL_TEST(module_goes_during_requests),
		STALL_TEST(nothing_during_answers),
		STALL_TEST(nothing_during_answers_that_fault),
		STALL_TEST(line_closes_during_answers),
		STALL_TEST(line_closes_during_answers_that_fault),
		STALL_TEST(session_ends_during_answers),
		STALL_TEST(session_ends_during_answers_that_fault),
		STALL_TEST(file_closes_during_answers),
		STALL_TEST(file_closes_during_answers_that_fault),
		STALL_TEST(adapter_goes_during_answers),
		STALL_TEST(adapter_goes_during_answers_that_fault),
		STALL_TEST(module_goes_during_answers),
		STALL_TEST(module_goes_during_answers_that_fault),
		STALL_TEST(one_reader_holds_up_no_other),
		STALL_TEST(what_goes_back_wakes_others),
		STALL_TEST(session_ends_during_read),
		STALL_TEST(line_closes_during_read),
		STALL_TEST(file_closes_during_read),
		STALL_TEST(packet_being_read),
		STALL_TEST(packet_that_goes_back),
		STALL_TEST(packet_of_a_module_that_goes),
		STALL_TEST(packet_being_written),
		STALL_TEST(module_goes_during_write),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
