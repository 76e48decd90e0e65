// SPDX-License-Identifier: GPL-2.0
/*
 * No memory: a command that opens something fails cleanly wherever it allocates or
 * copies, and one that closes something never does.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "inject.h"

#define STEPS_MAX	400

/* Wait until all is as it was. */
static void wait_counts(const char *before)
{
	long long end = now_ms() + patience();
	char now[4096];

	for (;;) {
		counts_text(now, sizeof(now));
		if (!strcmp(now, before))
			return;
		if (now_ms() > end)
			fail_msg("before:\n%s\nnow:\n%s", before, now);
		poll(NULL, 0, 5);
	}
}

/*
 * Tries @open with its first step failing, then with its second, and so on. What it says
 * then is that there is no memory, or that the memory is bad; it may also succeed, for it
 * can do without, or its end comes by an event: @undo takes that away. Nothing is there
 * afterwards that was not there before.
 */
static int fail_each(int (*open)(void *argument), void (*undo)(void *argument), void *argument)
{
	char before[4096];
	int nth, result, error, refused = 0;
	bool failed;

	counts_text(before, sizeof(before));
	inject_prepare();
	for (nth = 1; nth < STEPS_MAX; nth++) {
		inject_nth((unsigned int)nth);
		result = open(argument);
		error = errno;
		failed = !inject_end();
		if (!result)
			undo(argument);
		else if (error != ENOMEM && error != EFAULT)
			fail_msg("step %d: %s", nth, strerror(error));
		else
			refused++;
		wait_counts(before);
		if (!failed)
			break;
	}
	say("%d steps, %d of them needed", nth - 1, refused);
	assert_int_equal(result, 0);
	return refused;
}

static int session_open(void *argument)
{
	int *fd = argument;

	*fd = open("/dev/ndproxy", O_RDWR | O_CLOEXEC | O_NONBLOCK);
	return *fd < 0 ? -1 : 0;
}

static void session_close(void *argument)
{
	close(*(int *)argument);
}

static void no_memory_for_a_session(void **state)
{
	int fd;

	(void)state;
	if (!inject_is_there())
		skip();
	assert_in_range(fail_each(session_open, session_close, &fd), 3, STEPS_MAX);
}

struct line {
	int fd;
	struct ndproxy_open_line request;
	struct ndproxy_open_line line;
};

static int line_open_raw(void *argument)
{
	struct line *line = argument;

	line->line = line->request;
	return ioctl(line->fd, NDPROXY_OPEN_LINE, &line->line);
}

static void line_close_raw(void *argument)
{
	struct line *line = argument;
	struct ndproxy_handle handle = { .handle = line->line.line_handle };

	assert_int_equal(ioctl(line->fd, NDPROXY_CLOSE_LINE, &handle), 0);
}

static void no_memory_for_a_line(void **state)
{
	struct line line = { 0 };
	struct app *app;

	(void)state;
	if (!inject_is_there())
		skip();
	two_adapters("1");
	app = app_open("application");
	line.fd = app_fd(app);
	line.request = (struct ndproxy_open_line) {
		.adapter = app_adapter(app, "a"),
		.privileges = OWNER,
		.media_modes = DIGITAL,
	};
	assert_in_range(fail_each(line_open_raw, line_close_raw, &line), 2, STEPS_MAX);
	app_close(app);
}

struct call {
	int fd;
	struct ndproxy_make_call request;
	struct ndproxy_make_call call;
};

static int call_make_raw(void *argument)
{
	struct call *call = argument;

	call->call = call->request;
	return ioctl(call->fd, NDPROXY_MAKE_CALL, &call->call);
}

static void call_deallocate_raw(void *argument)
{
	struct call *call = argument;
	struct ndproxy_handle handle = { .handle = call->call.call };

	assert_int_equal(ioctl(call->fd, NDPROXY_DEALLOCATE_CALL, &handle), 0);
}

/* All the way through the core, the adapter and the exchange, where nobody listens. */
static void no_memory_for_a_call(void **state)
{
	struct call call = { 0 };
	struct app *app;

	(void)state;
	if (!inject_is_there())
		skip();
	two_adapters("1");
	app = app_open("caller");
	call.fd = app_fd(app);
	call.request = (struct ndproxy_make_call) {
		.cookie = 1,
		.line_handle = line_open(app, "a", 0, NONE),
		.address = NDPROXY_ANY_ADDRESS,
		.media_modes = DIGITAL,
		.called = "200",
	};
	assert_in_range(fail_each(call_make_raw, call_deallocate_raw, &call), 3, STEPS_MAX);
	app_close(app);
}

struct data {
	int fd;
	uint32_t call;
	struct ndproxy_open_data request;
};

static int data_open_raw(void *argument)
{
	struct data *data = argument;

	data->request = (struct ndproxy_open_data) { .call = data->call };
	return ioctl(data->fd, NDPROXY_OPEN_DATA, &data->request) < 0 ? -1 : 0;
}

static void data_close_raw(void *argument)
{
	close(((struct data *)argument)->request.fd);
}

static void no_memory_for_a_data_file(void **state)
{
	struct data data = { 0 };
	struct pair pair;

	(void)state;
	if (!inject_is_there())
		skip();
	two_adapters("1");
	pair = pair_connected();
	data.fd = app_fd(pair.caller);
	data.call = pair.out;
	assert_in_range(fail_each(data_open_raw, data_close_raw, &data), 2, STEPS_MAX);
	/* The call is as it was. */
	assert_int_equal(call_state(pair.caller, pair.out), LINECALLSTATE_CONNECTED);
	app_close(pair.caller);
	app_close(pair.callee);
}

struct digits {
	struct app *app;
	uint32_t call;
};

static int digits_send_raw(void *argument)
{
	struct digits *digits = argument;
	struct ndproxy_generate_digits request;

	request = digits_prepare(digits->app, digits->call, "12", 1);
	return ioctl(app_fd(digits->app), NDPROXY_GENERATE_DIGITS, &request);
}

static int digits_monitor_raw(void *argument)
{
	struct digits *digits = argument;
	struct ndproxy_monitor_digits monitor = {
		.call = digits->call, .modes = LINEDIGITMODE_DTMF,
	};

	return ioctl(app_fd(digits->app), NDPROXY_MONITOR_DIGITS, &monitor);
}

static void digits_monitor_end(void *argument)
{
	struct digits *digits = argument;
	struct ndproxy_monitor_digits monitor = { .call = digits->call };

	assert_int_equal(ioctl(app_fd(digits->app), NDPROXY_MONITOR_DIGITS, &monitor), 0);
}

static void digits_undo_nothing(void *argument)
{
	(void)argument;
}

static void no_memory_for_digits(void **state)
{
	struct digits digits = { 0 };
	struct pair pair;

	(void)state;
	if (!inject_is_there())
		skip();
	two_adapters("1");
	pair = pair_connected();
	digits.app = pair.caller;
	digits.call = pair.out;
	assert_in_range(fail_each(digits_monitor_raw, digits_monitor_end, &digits), 2, STEPS_MAX);
	assert_in_range(fail_each(digits_send_raw, digits_undo_nothing, &digits), 2, STEPS_MAX);
	/* Each that was taken has its end, once: the fixture looks. */
	hear(pair.caller, "C1 digits DONE");
	hear_all(pair.caller);
	assert_int_equal(heard(pair.caller, "CANCEL"), 0);
	app_close(pair.caller);
	app_close(pair.callee);
}

/* Both ends send for a while, and hear of it: a close ends that, too. */
static void digits_under_way(struct pair *pair)
{
	digits_monitor(pair->caller, pair->out, NDPROXY_DIGIT_MODES);
	digits_monitor(pair->callee, pair->in, NDPROXY_DIGIT_MODES);
	digits_send(pair->caller, pair->out, "0123456789", 1000);
	digits_send(pair->callee, pair->in, "0123456789", 1000);
}

/* With no memory to be had from the slab for the task that closes. */
static int without_memory(int fd, unsigned long command, void *argument)
{
	int result;

	inject_all(true);
	result = ioctl(fd, command, argument);
	inject_all(false);
	return result;
}

static void drop_without_memory(struct app *app, uint32_t call)
{
	struct ndproxy_request request = { .cookie = ++app->cookie, .call = call };

	app->pending[app->cookie % ARRAY_SIZE(app->pending)] = call;
	assert_int_equal(without_memory(app_fd(app), NDPROXY_DROP, &request), 0);
	hear(app, "IDLE");
}

static void drop_needs_no_memory(void **state)
{
	struct pair pair;

	(void)state;
	if (!inject_is_there())
		skip();
	inject_prepare();
	two_adapters("1");
	pair = pair_connected();
	digits_under_way(&pair);
	drop_without_memory(pair.caller, pair.out);
	hear(pair.callee, "DISCONNECTED");
	drop_without_memory(pair.callee, pair.in);
	app_close(pair.caller);
	app_close(pair.callee);
}

static void deallocation_needs_no_memory(void **state)
{
	struct ndproxy_handle handle = { 0 };
	struct pair pair;

	(void)state;
	if (!inject_is_there())
		skip();
	inject_prepare();
	two_adapters("1");
	pair = pair_connected();
	digits_under_way(&pair);
	handle.handle = pair.out;
	assert_int_equal(without_memory(app_fd(pair.caller), NDPROXY_DEALLOCATE_CALL, &handle), 0);
	hear(pair.callee, "DISCONNECTED");
	wait_count(CONDIS_COUNTER_VCS, 0);
	app_close(pair.caller);
	app_close(pair.callee);
}

static void line_close_needs_no_memory(void **state)
{
	struct ndproxy_handle handle = { 0 };
	struct pair pair;

	(void)state;
	if (!inject_is_there())
		skip();
	inject_prepare();
	two_adapters("1");
	pair = pair_connected();
	digits_under_way(&pair);
	handle.handle = pair.callee_line;
	assert_int_equal(without_memory(app_fd(pair.callee), NDPROXY_CLOSE_LINE, &handle), 0);
	hear(pair.caller, "DISCONNECTED");
	wait_count(CONDIS_COUNTER_VCS, 0);
	app_close(pair.caller);
	app_close(pair.callee);
}

static void session_end_needs_no_memory(void **state)
{
	struct pair pair;

	(void)state;
	if (!inject_is_there())
		skip();
	inject_prepare();
	two_adapters("1");
	pair = pair_connected();
	digits_under_way(&pair);
	assert_int_equal(without_memory(app_fd(pair.caller), NDPROXY_SHUTDOWN, NULL), 0);
	hear(pair.callee, "DISCONNECTED");
	app_close(pair.caller);
	/* And by its file. */
	inject_all(true);
	app_close(pair.callee);
	inject_all(false);
	wait_count(CONDIS_COUNTER_VCS, 0);
	wait_sessions(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(no_memory_for_a_session),
		WORLD_TEST(no_memory_for_a_line),
		WORLD_TEST(no_memory_for_a_call),
		WORLD_TEST(no_memory_for_a_data_file),
		WORLD_TEST(no_memory_for_digits),
		WORLD_TEST(drop_needs_no_memory),
		WORLD_TEST(deallocation_needs_no_memory),
		WORLD_TEST(line_close_needs_no_memory),
		WORLD_TEST(session_end_needs_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
