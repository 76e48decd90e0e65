// SPDX-License-Identifier: GPL-2.0
/*
 * Memory of a hostile program: it is not there, it may not be written, it ends in the
 * middle, it changes under the copy. What could not be told was not done; what was not
 * told is not lost.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "command.h"

#define PAGE	4096

/*
 * Two pages of the same memory twice: one view to fill it, and one whose second page is
 * not there, or may not be written.
 */
static char *fill_view;
static char *test_view;

static void views_map(int second_page)
{
	int fd = open("/dev/shm", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	assert_return_code(fd, errno);
	assert_return_code(ftruncate(fd, 2 * PAGE), errno);
	fill_view = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	test_view = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	assert_ptr_not_equal(fill_view, MAP_FAILED);
	assert_ptr_not_equal(test_view, MAP_FAILED);
	assert_return_code(mprotect(test_view + PAGE, PAGE, second_page), errno);
	close(fd);
}

static void views_unmap(void)
{
	munmap(fill_view, 2 * PAGE);
	munmap(test_view, 2 * PAGE);
}

/* Where @here bytes of something lie before the end of the first page. */
static char *astride(size_t here, const void *content, size_t size)
{
	memcpy(fill_view + PAGE - here, content, size);
	return test_view + PAGE - here;
}

/* Each structure with each of its bytes as the first one that is not there. */
static void each_boundary(void **state)
{
	unsigned char argument[ARGUMENT_MAX];
	struct effect before;
	struct pair pair;
	size_t i, here;

	(void)state;
	two_adapters("4");
	pair = pair_connected();
	views_map(PROT_NONE);
	effect_take(pair.caller, &before);
	for (i = 0; i < commands_length; i++) {
		size_t size = _IOC_SIZE(commands[i].number);

		command_fill(commands[i].number, argument, &pair);
		for (here = 0; here < size; here++)
			refused(pair.caller,
				command(pair.caller, commands[i].number,
					astride(here, argument, size)), EFAULT, NULL);
	}
	effect_none(pair.caller, &before);
	expect_nothing(pair.callee);
	views_unmap();
}

/* Each answer with several of its bytes as the first one that cannot be written: it is undone. */
static void each_boundary_of_answers(void **state)
{
	unsigned char argument[ARGUMENT_MAX];
	struct effect before;
	struct pair pair;
	int lowest;
	size_t i, j;

	(void)state;
	two_adapters("4");
	pair = pair_connected();
	views_map(PROT_READ);
	effect_take(pair.caller, &before);
	lowest = dup(0);
	close(lowest);
	for (i = 0; i < commands_length; i++) {
		size_t size = _IOC_SIZE(commands[i].number);
		const size_t here[] = { 0, 1, size / 2, size - 4, size - 1 };

		if (!(_IOC_DIR(commands[i].number) & _IOC_READ))
			continue;
		command_fill(commands[i].number, argument, &pair);
		for (j = 0; j < ARRAY_SIZE(here); j++)
			refused(pair.caller,
				command(pair.caller, commands[i].number,
					astride(here[j], argument, size)), EFAULT, NULL);
		/* No descriptor is left of what could not be told. */
		assert_int_equal(dup(0), lowest);
		close(lowest);
	}
	/* Calls that were made and could not be told were never asked for. */
	wait_count(CONDIS_COUNTER_VCS, 2);
	effect_none(pair.caller, &before);
	expect_nothing(pair.callee);
	views_unmap();
}

/* Events into a buffer that ends too early: whole ones, in order, none lost. */
static void each_boundary_of_events(void **state)
{
	struct ndproxy_event zero[4] = { 0 }, *event;
	uint64_t seq = 0;
	struct pair pair;
	size_t here;
	char *buffer;

	(void)state;
	two_adapters("4");
	pair = pair_idle();
	expect_nothing(pair.caller);
	views_map(PROT_NONE);
	call_make(pair.caller, pair.caller_line, "200");
	expect(pair.callee, "L1 new C1 owner", "C1 OFFERING owner");
	while (call_state(pair.caller, pair.caller->calls[0]) != LINECALLSTATE_RINGBACK)
		usleep(1000);
	/* Reply, PROCEEDING, RINGBACK. */
	for (here = 0; here < sizeof(*event); here++) {
		buffer = astride(here, zero, sizeof(zero));
		assert_int_equal(read(app_fd(pair.caller), buffer, sizeof(zero)), -1);
		assert_int_equal(errno, EFAULT);
	}
	for (here = sizeof(*event); here < 4 * sizeof(*event); here += sizeof(*event)) {
		/* Room for one event, and a part of the next: the part is not used. */
		buffer = astride(sizeof(*event) + here / 4, zero, sizeof(zero));
		assert_int_equal(read(app_fd(pair.caller), buffer, sizeof(zero)), sizeof(*event));
		event = (void *)buffer;
		if (seq)
			assert_int_equal(event->seq, seq + 1);
		else
			assert_int_equal(event->type, LINE_REPLY);
		seq = event->seq;
	}
	assert_int_equal(event->call_state.state, LINECALLSTATE_RINGBACK);
	assert_int_equal(read(app_fd(pair.caller), zero, sizeof(zero)), -1);
	assert_int_equal(errno, EAGAIN);
	views_unmap();
}

/* Packets likewise: one that could not be told stays, one that could not be read is not sent. */
static void each_boundary_of_packets(void **state)
{
	char packet[100], zero[200] = "";
	struct pair pair;
	size_t here;
	int from, to;

	(void)state;
	two_adapters("4");
	pair = pair_connected();
	from = call_data(pair.caller, pair.out, NDPROXY_DATA_NONBLOCK);
	to = call_data(pair.callee, pair.in, NDPROXY_DATA_NONBLOCK);
	memset(packet, 'p', sizeof(packet));
	views_map(PROT_NONE);
	for (here = 0; here < sizeof(packet); here++) {
		assert_int_equal(write(from, astride(here, packet, sizeof(packet)),
				       sizeof(packet)), -1);
		assert_int_equal(errno, EFAULT);
	}
	assert_int_equal(write(from, packet, sizeof(packet)), sizeof(packet));
	assert_int_equal(wait_fd(to, POLLIN, patience()) & POLLIN, POLLIN);
	for (here = 0; here < sizeof(packet); here++) {
		assert_int_equal(read(to, astride(here, zero, sizeof(packet)), sizeof(zero)), -1);
		assert_int_equal(errno, EFAULT);
	}
	assert_int_equal(read(to, zero, sizeof(zero)), sizeof(packet));
	assert_memory_equal(zero, packet, sizeof(packet));
	/* It was sent once, and the others never. */
	assert_int_equal(read(to, zero, sizeof(zero)), -1);
	assert_int_equal(errno, EAGAIN);
	views_unmap();
}

/*
 * Memory that changes under the copy
 */

/**
 * struct flipper - a thread that changes some bytes to and fro
 * @thread: the thread
 * @at: the bytes
 * @one: what they are
 * @other: what they also are
 * @size: how many
 * @is_over: it is to end
 */
struct flipper {
	pthread_t thread;
	volatile unsigned char *at;
	unsigned char one[NDPROXY_NUMBER_SIZE];
	unsigned char other[NDPROXY_NUMBER_SIZE];
	size_t size;
	atomic_bool is_over;
};

static void *flip(void *argument)
{
	struct flipper *flipper = argument;
	unsigned int round;
	size_t i;

	for (round = 0; !atomic_load(&flipper->is_over); round++)
		for (i = 0; i < flipper->size; i++)
			flipper->at[i] = round & 1 ? flipper->one[i] : flipper->other[i];
	return NULL;
}

static void flip_start(struct flipper *flipper, void *at, const void *one, const void *other,
		       size_t size)
{
	memset(flipper, 0, sizeof(*flipper));
	flipper->at = at;
	flipper->size = size;
	memcpy(flipper->one, one, size);
	memcpy(flipper->other, other, size);
	assert_int_equal(pthread_create(&flipper->thread, NULL, flip, flipper), 0);
}

static void flip_stop(struct flipper *flipper)
{
	atomic_store(&flipper->is_over, true);
	pthread_join(flipper->thread, NULL);
}

#define FLIP_MS		1500

/* The line that was checked is the line that is opened. */
static void flipping_index(void **state)
{
	static const uint32_t wild = 0xffffffff, right;
	unsigned int opened = 0, refusals = 0;
	struct ndproxy_open_line open;
	struct ndproxy_limits limits;
	struct flipper flipper;
	struct app *app;
	long long end;
	uint32_t id;

	(void)state;
	two_adapters("4");
	app = app_open("app");
	id = app_adapter(app, "a");
	flip_start(&flipper, &open.line, &right, &wild, sizeof(open.line));
	end = now_ms() + FLIP_MS;
	do {
		open.cookie = 0;
		open.adapter = id;
		open.privileges = NONE;
		open.media_modes = 0;
		open.flags = 0;
		open.address = 0;
		open.line_handle = 0;
		memset(open.reserved, 0, sizeof(open.reserved));
		if (command(app, NDPROXY_OPEN_LINE, &open)) {
			/* Bytes of either: any of the lines that there are not. */
			assert_int_equal(errno, ENXIO);
			refusals++;
		} else {
			opened++;
		}
	} while (now_ms() < end && opened < 1000);
	flip_stop(&flipper);
	if (!opened || !refusals)
		say("%u opened, %u refused: the processors did not meet", opened, refusals);
	assert_true(opened || refusals);
	assert_int_equal(condis_session_limits(app->session, &limits), 0);
	assert_int_equal(limits.used[NDPROXY_LIMIT_LINES], opened);
}

/* The number that was checked is the number that is dialled. */
static void flipping_number(void **state)
{
	unsigned char right[NDPROXY_NUMBER_SIZE] = "200", wild[NDPROXY_NUMBER_SIZE];
	struct ndproxy_call_info info;
	struct ndproxy_make_call call;
	unsigned int made = 0;
	struct flipper flipper;
	struct app *app;
	long long end;
	uint32_t line;
	size_t length;

	(void)state;
	two_adapters("1000");
	adapter_set("b", "fault", "busy", NULL);
	app = app_open("app");
	line = line_open(app, "a", 0, NONE);
	memset(wild, 0xee, sizeof(wild));
	flip_start(&flipper, call.called, right, wild, sizeof(right));
	for (end = now_ms() + FLIP_MS; now_ms() < end && made < 200; ) {
		call.cookie = 0;
		call.line_handle = line;
		call.address = NDPROXY_ANY_ADDRESS;
		call.media_modes = DIGITAL;
		call.flags = 0;
		memset(call.calling, 0, sizeof(call.calling));
		call.call = 0;
		memset(call.reserved, 0, sizeof(call.reserved));
		if (command(app, NDPROXY_MAKE_CALL, &call)) {
			assert_int_equal(errno, EINVAL);
			continue;
		}
		made++;
		assert_int_equal(condis_call_info(app->session, call.call, &info), 0);
		length = strnlen(info.called, sizeof(info.called));
		assert_in_range(length, 1, 3);
		assert_memory_equal(info.called, "200", length);
	}
	flip_stop(&flipper);
	assert_int_equal(condis_session_shutdown(app->session), 0);
}

/* The handle that was found is the one that is closed. */
static void flipping_handle(void **state)
{
	static const uint32_t wild = 0x7fffffff;
	struct ndproxy_open_line open = { .privileges = NONE };
	struct ndproxy_handle handle = { 0 };
	struct ndproxy_limits limits;
	unsigned int closed = 0;
	struct flipper flipper;
	struct app *app;
	long long end;

	(void)state;
	two_adapters("4");
	app = app_open("app");
	open.adapter = app_adapter(app, "a");
	end = now_ms() + FLIP_MS;
	do {
		open.line_handle = 0;
		assert_int_equal(command(app, NDPROXY_OPEN_LINE, &open), 0);
		flip_start(&flipper, &handle.handle, &open.line_handle, &wild, sizeof(wild));
		while (command(app, NDPROXY_CLOSE_LINE, &handle))
			assert_int_equal(errno, EBADF);
		flip_stop(&flipper);
		closed++;
		assert_int_equal(condis_session_limits(app->session, &limits), 0);
		assert_int_equal(limits.used[NDPROXY_LIMIT_LINES], 0);
	} while (now_ms() < end && closed < 300);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(each_boundary),
		WORLD_TEST(each_boundary_of_answers),
		WORLD_TEST(each_boundary_of_events),
		WORLD_TEST(each_boundary_of_packets),
		WORLD_TEST(flipping_index),
		WORLD_TEST(flipping_number),
		WORLD_TEST(flipping_handle),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
