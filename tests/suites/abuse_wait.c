// SPDX-License-Identifier: GPL-2.0
/*
 * Everybody who can wait for a file, by every way there is, when what he waits for goes:
 * poll, select, the kinds of epoll, aio and io_uring, on a session's file and on a data
 * file. All of them hear of it, in bounded time.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <linux/io_uring.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "fixture.h"
#include "ring.h"

/*
 * Threads that wait
 */

/**
 * enum way - a way to wait for a hang-up
 * @WAY_POLL: poll
 * @WAY_SELECT: select
 * @WAY_EPOLL: epoll
 * @WAY_EDGE: epoll, edge-triggered
 * @WAY_ONCE: epoll, one shot
 * @WAY_EXCLUSIVE: epoll, exclusive
 * @WAY_NESTED: an epoll of an epoll
 * @WAYS: how many there are
 */
enum way {
	WAY_POLL,
	WAY_SELECT,
	WAY_EPOLL,
	WAY_EDGE,
	WAY_ONCE,
	WAY_EXCLUSIVE,
	WAY_NESTED,
	WAYS,
};

static const char *const way_names[] = {
	"poll", "select", "epoll", "edge", "oneshot", "exclusive", "nested",
};

/**
 * struct waiter - a thread that waits
 * @thread: the thread
 * @way: how
 * @fd: for what
 * @tid: its number
 * @is_back: it heard
 * @events: of this; 0: it did not
 */
struct waiter {
	pthread_t thread;
	enum way way;
	int fd;
	atomic_int tid;
	atomic_bool is_back;
	uint32_t events;
};

static uint32_t by_poll(int fd)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

	return poll(&poll_fd, 1, patience()) == 1 ? (uint32_t)poll_fd.revents : 0;
}

static uint32_t by_select(int fd)
{
	struct timeval timeout = { .tv_sec = patience() / 1000 };
	fd_set set;

	FD_ZERO(&set);
	FD_SET(fd, &set);
	/* It cannot tell more than that a read would not wait. */
	return select(fd + 1, &set, NULL, NULL, &timeout) == 1 ? by_poll(fd) : 0;
}

static uint32_t by_epoll(int fd, uint32_t events, bool is_nested)
{
	struct epoll_event interest = { .events = events }, event = { 0 };
	int inner = epoll_create1(EPOLL_CLOEXEC), outer = -1, got;

	if (epoll_ctl(inner, EPOLL_CTL_ADD, fd, &interest))
		return 0;
	if (is_nested) {
		outer = epoll_create1(EPOLL_CLOEXEC);
		interest.events = EPOLLIN;
		if (epoll_ctl(outer, EPOLL_CTL_ADD, inner, &interest) ||
		    epoll_wait(outer, &event, 1, patience()) != 1)
			return 0;
		close(outer);
	}
	got = epoll_wait(inner, &event, 1, patience());
	close(inner);
	return got == 1 ? event.events : 0;
}

static void *waiter_body(void *argument)
{
	struct waiter *waiter = argument;

	atomic_store(&waiter->tid, gettid());
	switch (waiter->way) {
	case WAY_POLL:
		waiter->events = by_poll(waiter->fd);
		break;
	case WAY_SELECT:
		waiter->events = by_select(waiter->fd);
		break;
	case WAY_EPOLL:
	case WAY_NESTED:
		waiter->events = by_epoll(waiter->fd, EPOLLIN, waiter->way == WAY_NESTED);
		break;
	case WAY_EDGE:
		waiter->events = by_epoll(waiter->fd, EPOLLIN | EPOLLET, false);
		break;
	case WAY_ONCE:
		waiter->events = by_epoll(waiter->fd, EPOLLIN | EPOLLONESHOT, false);
		break;
	default:
		waiter->events = by_epoll(waiter->fd, EPOLLIN | EPOLLEXCLUSIVE, false);
		break;
	}
	atomic_store(&waiter->is_back, true);
	return NULL;
}

/* Two of each way, all of them asleep. */
#define WAITERS	(2 * WAYS)

static struct waiter waiters[WAITERS];

static void waiters_start(int fd)
{
	long long end = now_ms() + patience();
	size_t i;

	memset(waiters, 0, sizeof(waiters));
	for (i = 0; i < WAITERS; i++) {
		waiters[i].way = i % WAYS;
		waiters[i].fd = fd;
		assert_int_equal(pthread_create(&waiters[i].thread, NULL, waiter_body,
						&waiters[i]), 0);
	}
	for (i = 0; i < WAITERS; i++) {
		while (!atomic_load(&waiters[i].tid) ||
		       !thread_sleeps(atomic_load(&waiters[i].tid))) {
			if (atomic_load(&waiters[i].is_back) || now_ms() > end)
				fail_msg("%s does not wait", way_names[waiters[i].way]);
			usleep(1000);
		}
	}
	/* They sleep in their last call, not on the way there. */
	usleep(20000);
	for (i = 0; i < WAITERS; i++)
		assert_false(atomic_load(&waiters[i].is_back));
}

/* It is back, and has heard of this, and of nothing else of the two. */
static void waiter_heard(struct waiter *waiter, uint32_t events)
{
	pthread_join(waiter->thread, NULL);
	if ((waiter->events & (EPOLLIN | EPOLLHUP)) != events)
		fail_msg("%s has heard of %#x", way_names[waiter->way], waiter->events);
}

/* All of them have heard of the end, and in no longer than half of what they would wait. */
static void waiters_end(long long since)
{
	size_t i;

	for (i = 0; i < WAITERS; i++)
		waiter_heard(&waiters[i], EPOLLIN | EPOLLHUP);
	assert_true(now_ms() - since < patience() / 2);
}

/*
 * What happens
 */

static void call_drops(struct pair *pair)
{
	call_drop(pair->callee, pair->in);
}

static void line_closes(struct pair *pair)
{
	line_close(pair->caller, pair->caller_line);
}

static void session_ends(struct pair *pair)
{
	assert_int_equal(condis_session_shutdown(pair->caller->session), 0);
}

static void far_session_closes(struct pair *pair)
{
	app_close(pair->callee);
}

static void adapter_goes(struct pair *pair)
{
	(void)pair;
	adapter_del("a");
}

static void adapter_is_pulled(struct pair *pair)
{
	(void)pair;
	adapter_surprise("a");
}

static void module_goes(struct pair *pair)
{
	(void)pair;
	assert_int_equal(module_unload(VWAN), 0);
}

static void (*const data_ends[])(struct pair *pair) = {
	call_drops, line_closes, session_ends, far_session_closes, adapter_goes,
	adapter_is_pulled, module_goes,
};

/* Another call for the next round, in a world that may have lost all it had. */
static struct pair again(struct pair *pair, bool is_first)
{
	if (!is_first) {
		app_close(pair->caller);
		if (pair->callee->session)
			app_close(pair->callee);
		wait_sessions(0);
		module_load(VWAN);
		exchange_ensure();
		condis_adapter_del(admin(), "a", true);
		condis_adapter_del(admin(), "b", true);
		wait_no_adapters();
	}
	two_adapters("2");
	return pair_connected();
}

static void data_file_ends(void **state)
{
	struct pair pair;
	long long start;
	char byte;
	size_t i;
	int fd;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(data_ends); i++) {
		pair = again(&pair, !i);
		fd = call_data(pair.caller, pair.out, 0);
		waiters_start(fd);
		start = now_ms();
		data_ends[i](&pair);
		waiters_end(start);
		assert_int_equal(read(fd, &byte, 1), 0);
		assert_int_equal(write(fd, &byte, 1), -1);
		assert_int_equal(errno, EPIPE);
		close_fd(fd);
	}
}

/* The session's file itself ends by SHUTDOWN only, by whichever descriptor. */
static void session_file_ends(void **state)
{
	struct pair pair;
	long long start;
	int fd;

	(void)state;
	two_adapters("2");
	pair = pair_connected();
	fd = keep_fd(dup(app_fd(pair.caller)));
	waiters_start(app_fd(pair.caller));
	start = now_ms();
	assert_int_equal(ioctl(fd, NDPROXY_SHUTDOWN), 0);
	waiters_end(start);
	hear_all(pair.callee);
	close_fd(fd);
}

/* An adapter that goes is news on the session's file, and no end of it. */
static void session_file_outlives(void **state)
{
	static void (*const happens[])(struct pair *) = {
		adapter_goes, adapter_is_pulled, module_goes,
	};
	struct pair pair;
	size_t i, j;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(happens); i++) {
		pair = again(&pair, !i);
		hear_all(pair.caller);
		waiters_start(app_fd(pair.caller));
		happens[i](&pair);
		for (j = 0; j < WAITERS; j++) {
			/* Of those only as many hear of it as there are events. */
			if (waiters[j].way != WAY_EXCLUSIVE)
				waiter_heard(&waiters[j], EPOLLIN);
		}
		hear(pair.caller, "L1 close");
		assert_int_equal(condis_session_shutdown(pair.caller->session), 0);
		for (j = 0; j < WAITERS; j++) {
			if (waiters[j].way != WAY_EXCLUSIVE)
				continue;
			pthread_join(waiters[j].thread, NULL);
			assert_true(waiters[j].events & EPOLLIN);
		}
		hear_all(pair.callee);
	}
}

/* One epoll holds a file whose last descriptor is closed: it forgets it, and ends it. */
static void closed_in_epoll(void **state)
{
	struct epoll_event interest = { .events = EPOLLIN | EPOLLET }, event;
	int epoll = keep_fd(epoll_create1(EPOLL_CLOEXEC));
	struct pair pair;
	int data;

	(void)state;
	two_adapters("2");
	pair = pair_connected();
	data = call_data(pair.caller, pair.out, 0);
	assert_int_equal(epoll_ctl(epoll, EPOLL_CTL_ADD, app_fd(pair.caller), &interest), 0);
	assert_int_equal(epoll_ctl(epoll, EPOLL_CTL_ADD, data, &interest), 0);
	app_close(pair.caller);
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	assert_int_equal(epoll_wait(epoll, &event, 1, patience()), 1);
	assert_int_equal(event.events & (EPOLLIN | EPOLLHUP), EPOLLIN | EPOLLHUP);
	close_fd(data);
	assert_int_equal(epoll_wait(epoll, &event, 1, 0), 0);
	wait_sessions(1);
}

/* Edges: one for each time something comes, also if not all of it was read. */
static void edges(void **state)
{
	struct epoll_event interest = { .events = EPOLLIN | EPOLLET }, event;
	int epoll = keep_fd(epoll_create1(EPOLL_CLOEXEC));
	char packet[16];
	struct pair pair;
	int from, to, i;

	(void)state;
	two_adapters("2");
	pair = pair_connected();
	from = call_data(pair.caller, pair.out, NDPROXY_DATA_NONBLOCK);
	to = call_data(pair.callee, pair.in, NDPROXY_DATA_NONBLOCK);
	assert_int_equal(epoll_ctl(epoll, EPOLL_CTL_ADD, to, &interest), 0);
	assert_int_equal(epoll_wait(epoll, &event, 1, 0), 0);
	for (i = 0; i < 5; i++) {
		assert_int_equal(write(from, "edge", 4), 4);
		assert_int_equal(epoll_wait(epoll, &event, 1, patience()), 1);
		assert_int_equal(event.events, EPOLLIN);
		assert_int_equal(epoll_wait(epoll, &event, 1, 0), 0);
	}
	for (i = 0; i < 5; i++)
		assert_int_equal(read(to, packet, sizeof(packet)), 4);
	assert_int_equal(read(to, packet, sizeof(packet)), -1);
	assert_int_equal(errno, EAGAIN);
}

/*
 * aio
 */

static void aio_poll(void **state)
{
	struct iocb requests[2] = { { 0 }, { 0 } }, *list[2] = { &requests[0], &requests[1] };
	struct io_event done[2];
	struct timespec wait = { .tv_sec = patience() / 1000 };
	aio_context_t context = 0;
	struct pair pair;
	int data;

	(void)state;
	two_adapters("2");
	pair = pair_connected();
	data = call_data(pair.caller, pair.out, 0);
	assert_return_code(syscall(SYS_io_setup, 8, &context), errno);
	requests[0].aio_lio_opcode = IOCB_CMD_POLL;
	requests[0].aio_fildes = (uint32_t)app_fd(pair.caller);
	requests[0].aio_buf = POLLIN;
	requests[0].aio_data = 1;
	requests[1] = requests[0];
	requests[1].aio_fildes = (uint32_t)data;
	requests[1].aio_data = 2;
	assert_int_equal(syscall(SYS_io_submit, context, 2, list), 2);
	adapter_surprise("a");
	assert_int_equal(syscall(SYS_io_getevents, context, 2, 2, done, &wait), 2);
	assert_true(done[0].res & POLLIN && done[1].res & POLLIN);
	assert_true((done[0].data == 2 ? done[0].res : done[1].res) & POLLHUP);
	/* Of a request that is under way when its context goes nothing is left. */
	hear(pair.caller, "L1 close");
	hear_all(pair.caller);
	assert_int_equal(syscall(SYS_io_submit, context, 1, list), 1);
	assert_int_equal(syscall(SYS_io_destroy, context), 0);
	hear_all(pair.callee);
}

/*
 * io_uring
 */

/* Polls, reads and a write that wait when the data file ends, in each way it can. */
static void uring_data(void **state)
{
	char buffers[2][64], block[2048] = "";
	struct io_uring_cqe completion;
	struct ring ring;
	struct pair pair;
	unsigned int seen;
	size_t i;
	int fd, user;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(data_ends); i++) {
		pair = again(&pair, !i);
		adapter_set("a", "rate", "300", NULL);
		ring_open(&ring);
		fd = call_data(pair.caller, pair.out, NDPROXY_DATA_NONBLOCK);
		/* Fill the window, and wait for more. */
		while (write(fd, block, sizeof(block)) > 0)
			;
		assert_int_equal(errno, EAGAIN);
		assert_int_equal(fcntl(fd, F_SETFL, O_RDWR), 0);
		ring_poll(&ring, fd, POLLIN, false, 1);
		ring_poll(&ring, fd, POLLIN, true, 2);
		ring_poll(&ring, fd, POLLIN | EPOLLEXCLUSIVE, false, 3);
		ring_poll(&ring, fd, POLLIN | EPOLLEXCLUSIVE, false, 4);
		ring_io(&ring, IORING_OP_READ, fd, buffers[0], 64, 5);
		ring_io(&ring, IORING_OP_READ, fd, buffers[1], 64, 6);
		ring_io(&ring, IORING_OP_WRITE, fd, block, 200, 7);
		ring_expect_nothing(&ring);
		data_ends[i](&pair);
		for (seen = 0; seen != 0xfe; seen |= 1U << user) {
			if (!ring_next(&ring, &completion, patience()))
				fail_msg("end %zu: of %#x only %#x have completed", i, 0xfe, seen);
			user = (int)completion.user_data;
			switch (user) {
			case 5:
			case 6:
				assert_int_equal(completion.res, 0);
				break;
			case 7:
				/*
				 * What was before it may have been given back first, and an
				 * adapter that goes in order is paused first.
				 */
				assert_true(completion.res == -EPIPE || completion.res == 200 ||
					    completion.res == -ENETDOWN);
				break;
			default:
				assert_int_equal(completion.res & (POLLIN | POLLHUP),
						 POLLIN | POLLHUP);
				break;
			}
		}
		ring_close(&ring);
		close_fd(fd);
	}
}

/* A poll that stays: each event once, in its time; and the end. */
static void uring_session(void **state)
{
	struct ndproxy_event event;
	struct io_uring_cqe completion;
	struct ring ring;
	struct pair pair;
	int fd;

	(void)state;
	two_adapters("2");
	pair = pair_connected();
	fd = app_fd(pair.caller);
	ring_open(&ring);
	ring_poll(&ring, fd, POLLIN, true, 1);
	ring_expect_nothing(&ring);
	call_drop(pair.callee, pair.in);
	do {
		ring_expect(&ring, &completion, 1);
		assert_int_equal(completion.res, POLLIN);
		assert_true(completion.flags & IORING_CQE_F_MORE);
	} while (!*next_event(pair.caller, 0));
	assert_int_equal(heard(pair.caller, "C1 DISCONNECTED NORMAL 16"), 1);
	/* A read that waits for the next event is done by it. */
	assert_int_equal(fcntl(fd, F_SETFL, O_RDWR), 0);
	ring_io(&ring, IORING_OP_READ, fd, &event, sizeof(event), 2);
	ring_expect_nothing(&ring);
	call_drop(pair.caller, pair.out);
	do {
		assert_true(ring_next(&ring, &completion, patience()));
	} while (completion.user_data != 2);
	assert_int_equal(completion.res, sizeof(event));
	assert_true(event.type == LINE_REPLY || event.type == LINE_CALLSTATE);
	/* The other one of the two, which may take its time. */
	assert_int_equal(read(fd, &event, sizeof(event)), sizeof(event));
	assert_true(event.type == LINE_REPLY || event.type == LINE_CALLSTATE);
	/* And two that wait for nothing any more by the end. */
	ring_io(&ring, IORING_OP_READ, fd, &event, sizeof(event), 2);
	ring_io(&ring, IORING_OP_READ, fd, &event, sizeof(event), 3);
	assert_int_equal(condis_session_shutdown(pair.caller->session), 0);
	do {
		if (!ring_next(&ring, &completion, patience()))
			fail_msg("the last requests do not complete");
		if (completion.user_data != 1)
			assert_int_equal(completion.res, 0);
	} while (completion.user_data != 3);
	ring_close(&ring);
	hear_all(pair.callee);
}

/* A read that is under way is taken back. */
static void uring_cancel(void **state)
{
	struct io_uring_sqe cancel = { .opcode = IORING_OP_ASYNC_CANCEL };
	struct io_uring_cqe completion;
	char buffer[512];
	struct ring ring;
	struct pair pair;
	int data, i;

	(void)state;
	two_adapters("2");
	pair = pair_connected();
	data = call_data(pair.caller, pair.out, 0);
	assert_int_equal(fcntl(app_fd(pair.caller), F_SETFL, O_RDWR), 0);
	ring_open(&ring);
	for (i = 0; i < 2; i++) {
		ring_io(&ring, IORING_OP_READ, i ? data : app_fd(pair.caller), buffer,
			sizeof(buffer), 5);
		usleep(20000);
		cancel.addr = 5;
		ring_submit(&ring, &cancel, 6);
		do {
			assert_true(ring_next(&ring, &completion, patience()));
			if (completion.user_data == 6)
				assert_true(!completion.res || completion.res == -EALREADY);
		} while (completion.user_data != 5);
		assert_true(completion.res == -ECANCELED || completion.res == -EINTR);
		/* Its cancellation may have been told first, or comes now. */
		ring_next(&ring, &completion, 50);
	}
	ring_close(&ring);
	/* The files are as before. */
	assert_int_equal(fcntl(app_fd(pair.caller), F_SETFL, O_RDWR | O_NONBLOCK), 0);
	expect_nothing(pair.caller);
	assert_int_equal(write(data, "still", 5), 5);
}

/* A process that is killed with reads and polls under way on files that only rings hold. */
static int dies_with_ring(void *argument)
{
	static char buffer[4096];
	struct ring ring;
	struct pair *pair = argument;
	int fds[2];

	ring_open(&ring);
	fds[0] = app_fd(pair->caller);
	fds[1] = call_data(pair->caller, pair->out, 0);
	fcntl(fds[0], F_SETFL, O_RDWR);
	if (syscall(SYS_io_uring_register, ring.fd, IORING_REGISTER_FILES, fds, 2))
		return 1;
	ring_io(&ring, IORING_OP_READ, fds[0], buffer, sizeof(buffer), 1);
	ring_io(&ring, IORING_OP_READ, fds[1], buffer, sizeof(buffer), 2);
	ring_poll(&ring, fds[0], POLLIN, true, 3);
	ring_poll(&ring, fds[1], POLLIN, true, 4);
	close(fds[0]);
	close(fds[1]);
	child_ready();
	for (;;)
		pause();
}

/* How often the module is used, by the files of it that are open. */
static int uses(void)
{
	FILE *file = fopen("/sys/module/" NDPROXY "/refcnt", "re");
	int number;

	assert_non_null(file);
	assert_int_equal(fscanf(file, "%d", &number), 1);
	fclose(file);
	return number;
}

static void killed_with_ring(void **state)
{
	struct pair pair;
	long long end;
	pid_t pid;

	(void)state;
	two_adapters("2");
	pair = pair_connected();
	pid = child_start_holding(dies_with_ring, &pair);
	child_await(pid);
	app_close(pair.caller);
	expect_nothing(pair.callee);
	child_kill(pid);
	/* A ring ends on a work queue of the system, one file after the other. */
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	wait_sessions(1);
	app_close(pair.callee);
	/* The module is not to be in use when the suite is over. */
	for (end = now_ms() + patience(); uses(); poll(NULL, 0, 5))
		if (now_ms() > end)
			fail_msg("a file of a process that was killed is still open");
}

static int ring_teardown(void **state)
{
	ring_unmap();
	return world_teardown(state);
}

#define RING_TEST(function) \
	cmocka_unit_test_setup_teardown(function, world_setup, ring_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(data_file_ends),
		WORLD_TEST(session_file_ends),
		WORLD_TEST(session_file_outlives),
		WORLD_TEST(closed_in_epoll),
		WORLD_TEST(edges),
		WORLD_TEST(aio_poll),
		RING_TEST(uring_data),
		RING_TEST(uring_session),
		RING_TEST(uring_cancel),
		RING_TEST(killed_with_ring),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
