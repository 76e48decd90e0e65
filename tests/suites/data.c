// SPDX-License-Identifier: GPL-2.0
/*
 * The data file of a call: packets, their order and sizes, waiting, flow control,
 * the end, and the bearer that carries them.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "fixture.h"

/**
 * struct wire - a connected call with a data file at each end
 * @pair: the call
 * @from: the caller's data file
 * @to: the callee's
 */
struct wire {
	struct pair pair;
	int from;
	int to;
};

static struct wire wire_open(uint32_t flags)
{
	struct wire wire = { .pair = pair_connected() };

	wire.from = call_data(wire.pair.caller, wire.pair.out, flags);
	wire.to = call_data(wire.pair.callee, wire.pair.in, flags);
	return wire;
}

/* Waits for a packet. */
static ssize_t receive(int fd, void *packet, size_t size)
{
	if (!(wait_fd(fd, POLLIN, patience()) & POLLIN))
		fail_msg("no packet comes");
	return read(fd, packet, size);
}

/* Until the call is over for the descriptor. */
static void await_hangup(int fd)
{
	long long end = now_ms() + patience();

	while (!(wait_fd(fd, 0, 1000) & POLLHUP))
		if (now_ms() > end)
			fail_msg("no hang-up comes");
}

static void both_ways(void **state)
{
	uint32_t got, i;
	struct wire wire;

	(void)state;
	two_adapters("1");
	wire = wire_open(NDPROXY_DATA_NONBLOCK);
	for (i = 0; i < 500; i++) {
		uint32_t back = ~i;

		assert_int_equal(write(wire.from, &i, sizeof(i)), sizeof(i));
		assert_int_equal(write(wire.to, &back, sizeof(back)), sizeof(back));
		/* In bursts, so that packets queue up. */
		if (i % 20 != 19)
			continue;
		for (uint32_t j = i - 19; j <= i; j++) {
			assert_int_equal(receive(wire.to, &got, sizeof(got)), sizeof(got));
			assert_int_equal(got, j);
			assert_int_equal(receive(wire.from, &got, sizeof(got)), sizeof(got));
			assert_int_equal(got, ~j);
		}
	}
	assert_int_equal(read(wire.to, &got, sizeof(got)), -1);
	assert_int_equal(errno, EAGAIN);
	wait_count(CONDIS_COUNTER_TX, 0);
	wait_count(CONDIS_COUNTER_RX, 0);
}

static void sizes(void **state)
{
	static unsigned char packet[70000], got[70000];
	struct ndproxy_call_info info;
	void *volatile nowhere = (void *)8;
	size_t list[8], i, j;
	struct wire wire;

	(void)state;
	two_adapters("1");
	adapter_set("a", "sdu", "1500", NULL);
	adapter_set("b", "sdu", "1500", NULL);
	wire = wire_open(NDPROXY_DATA_NONBLOCK);
	assert_int_equal(condis_call_info(wire.pair.caller->session, wire.pair.out, &info), 0);
	assert_int_equal(info.max_sdu, 1500);
	for (i = 0; i < sizeof(packet); i++)
		packet[i] = (unsigned char)(i * 7 + (i >> 8));
	list[0] = 1;
	list[1] = 2;
	list[2] = 63;
	list[3] = 256;
	list[4] = info.max_sdu - 1;
	list[5] = info.max_sdu;
	for (i = 0; i < 6; i++) {
		assert_int_equal(write(wire.from, packet, list[i]), list[i]);
		memset(got, 0, sizeof(got));
		assert_int_equal(receive(wire.to, got, sizeof(got)), list[i]);
		assert_memory_equal(got, packet, list[i]);
	}
	for (j = 0; j < 3; j++) {
		static const size_t more[] = { 1, 1000, 60000 };

		assert_int_equal(write(wire.from, packet, info.max_sdu + more[j]), -1);
		assert_int_equal(errno, EMSGSIZE);
	}
	assert_int_equal(write(wire.from, packet, 0), -1);
	assert_int_equal(errno, EMSGSIZE);
	assert_int_equal(write(wire.from, nowhere, 8), -1);
	assert_int_equal(errno, EFAULT);

	/* A buffer that is too small leaves the packet where it is. */
	assert_int_equal(write(wire.from, packet, 100), 100);
	assert_int_equal(wait_fd(wire.to, POLLIN, patience()) & POLLIN, POLLIN);
	assert_int_equal(read(wire.to, got, 99), -1);
	assert_int_equal(errno, EMSGSIZE);
	assert_int_equal(read(wire.to, got, 0), -1);
	assert_int_equal(errno, EMSGSIZE);
	assert_int_equal(read(wire.to, got, 100), 100);
	assert_memory_equal(got, packet, 100);
}

static void opening(void **state)
{
	struct ndproxy_open_data request = { 0 };
	struct pair pair;
	int fd;

	(void)state;
	two_adapters("2");
	pair = pair_offering();
	refused(pair.caller, condis_call_open_data(pair.caller->session, pair.out, 0, NULL),
		ENOTCONN, NULL);
	refused(pair.callee, condis_call_open_data(pair.callee->session, pair.in, 0, NULL),
		ENOTCONN, NULL);
	call_answer(pair.callee, pair.in);
	expect(pair.callee, "reply C1 ANSWER 0", "C1 CONNECTED");
	expect(pair.caller, "C1 CONNECTED");

	request.call = pair.out;
	assert_int_equal(ioctl(app_fd(pair.caller), NDPROXY_OPEN_DATA, &request), 0);
	fd = keep_fd(request.fd);
	assert_int_equal(request.max_sdu, 2048);
	assert_int_equal(fcntl(fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	assert_int_equal(fcntl(fd, F_GETFL) & O_NONBLOCK, 0);
	refused(pair.caller, condis_call_open_data(pair.caller->session, pair.out, 0, NULL), EBUSY,
		NULL);
	/* Closing it drops nothing, and there can be another one. */
	close_fd(fd);
	expect_nothing(pair.caller);
	expect_nothing(pair.callee);
	fd = call_data(pair.caller, pair.out, NDPROXY_DATA_NONBLOCK);
	assert_int_equal(fcntl(fd, F_GETFL) & O_NONBLOCK, O_NONBLOCK);
	assert_int_equal(lseek(fd, 0, SEEK_SET), -1);
	assert_int_equal(errno, ESPIPE);
	assert_int_equal(ioctl(fd, NDPROXY_GET_VERSION, &request), -1);
	assert_int_equal(errno, ENOTTY);
	assert_int_equal(ioctl(fd, 0xffffffff, &request), -1);
	assert_int_equal(errno, ENOTTY);

	call_drop(pair.caller, pair.out);
	expect_in_any_order(pair.caller, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	refused(pair.caller, condis_call_open_data(pair.caller->session, pair.out, 0, NULL),
		ENOTCONN, NULL);
	expect_end();
}

static void polling(void **state)
{
	struct epoll_event event = { .events = EPOLLIN | EPOLLOUT | EPOLLET };
	char packet[8];
	struct wire wire;
	int epoll;

	(void)state;
	two_adapters("1");
	wire = wire_open(NDPROXY_DATA_NONBLOCK);
	assert_int_equal(wait_fd(wire.from, POLLIN | POLLOUT, 0), POLLOUT);
	assert_int_equal(wait_fd(wire.to, POLLIN, 0), 0);
	epoll = keep_fd(epoll_create1(EPOLL_CLOEXEC));
	assert_int_equal(epoll_ctl(epoll, EPOLL_CTL_ADD, wire.to, &event), 0);
	assert_int_equal(epoll_wait(epoll, &event, 1, 0), 1);
	assert_int_equal(event.events, EPOLLOUT);
	assert_int_equal(epoll_wait(epoll, &event, 1, 0), 0);

	/* An edge for each packet. */
	assert_int_equal(write(wire.from, "1", 1), 1);
	assert_int_equal(epoll_wait(epoll, &event, 1, patience()), 1);
	assert_int_equal(event.events & EPOLLIN, EPOLLIN);
	assert_int_equal(write(wire.from, "2", 1), 1);
	assert_int_equal(epoll_wait(epoll, &event, 1, patience()), 1);
	assert_int_equal(read(wire.to, packet, sizeof(packet)), 1);
	assert_int_equal(read(wire.to, packet, sizeof(packet)), 1);
	assert_int_equal(packet[0], '2');
	assert_int_equal(epoll_wait(epoll, &event, 1, 0), 0);

	/* And for the end. */
	call_drop(wire.pair.caller, wire.pair.out);
	do {
		assert_int_equal(epoll_wait(epoll, &event, 1, patience()), 1);
	} while (!(event.events & EPOLLHUP));
	assert_int_equal(read(wire.to, packet, sizeof(packet)), 0);
}

/* As many packets as the window has, then room again when the line is faster. */
static void window(void **state)
{
	/* On the slowest line such a packet takes most of a minute. */
	static char packet[2000], got[2000];
	struct wire wire;
	int sent = 0, i;

	(void)state;
	two_adapters("1");
	adapter_set("a", "window", "4", "rate", "300", NULL);
	wire = wire_open(NDPROXY_DATA_NONBLOCK);
	while (sent < 10 && write(wire.from, packet, sizeof(packet)) == sizeof(packet))
		sent++;
	assert_int_equal(sent, 4);
	assert_int_equal(errno, EAGAIN);
	assert_int_equal(wait_fd(wire.from, POLLOUT, 0), 0);
	assert_in_range(count(CONDIS_COUNTER_TX), 1, 4);
	/* Nothing is lost, and nothing overtakes. */
	adapter_set("a", "rate", "0", NULL);
	for (i = 4; i < 50; i++) {
		assert_int_equal(wait_fd(wire.from, POLLOUT, patience()) & POLLOUT, POLLOUT);
		packet[0] = (char)i;
		assert_int_equal(write(wire.from, packet, sizeof(packet)), sizeof(packet));
	}
	for (i = 0; i < 50; i++) {
		assert_int_equal(receive(wire.to, got, sizeof(got)), sizeof(got));
		assert_int_equal(got[0], i < 4 ? 0 : i);
	}
	wait_count(CONDIS_COUNTER_TX, 0);
}

struct writer {
	pthread_t thread;
	int fd;
	ssize_t result;
	int error;
	int sent;
};

static void *writer_body(void *argument)
{
	struct writer *writer = argument;
	char packet[100] = "";

	do {
		writer->result = write(writer->fd, packet, sizeof(packet));
		writer->error = errno;
		if (writer->result > 0)
			writer->sent++;
	} while (writer->result > 0);
	return NULL;
}

static void writer_join(struct writer *writer)
{
	struct timespec end;

	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += patience() / 1000;
	if (pthread_timedjoin_np(writer->thread, NULL, &end))
		fail_msg("a writer is still blocked");
}

/* A writer that waits for the window hears of the end. */
static void blocked_writer(void **state)
{
	struct writer writer = { 0 };
	struct wire wire;

	(void)state;
	two_adapters("1");
	adapter_set("a", "window", "2", "rate", "300", NULL);
	wire = wire_open(0);
	writer.fd = wire.from;
	assert_int_equal(pthread_create(&writer.thread, NULL, writer_body, &writer), 0);
	wait_count(CONDIS_COUNTER_TX, 2);
	call_drop(wire.pair.callee, wire.pair.in);
	writer_join(&writer);
	assert_int_equal(writer.result, -1);
	assert_int_equal(writer.error, EPIPE);
	expect(wire.pair.caller, "C1 DISCONNECTED NORMAL 16");
	/* What was on the line is back. */
	wait_count(CONDIS_COUNTER_TX, 0);
	wait_count(CONDIS_COUNTER_VCS, 0);
}

/* What nobody reads is bounded, and holds nobody up. */
static void nobody_reads(void **state)
{
	uint32_t i, got, expected;
	struct pair pair;
	int from, to;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	from = call_data(pair.caller, pair.out, 0);
	/* No file yet: the first few are kept. */
	for (i = 0; i < 100; i++)
		assert_int_equal(write(from, &i, sizeof(i)), sizeof(i));
	wait_count(CONDIS_COUNTER_TX, 0);
	to = call_data(pair.callee, pair.in, NDPROXY_DATA_NONBLOCK);
	for (expected = 0; read(to, &got, sizeof(got)) == sizeof(got); expected++)
		assert_int_equal(got, expected);
	assert_in_range(expected, 1, 99);
	/* A file that is not read. */
	for (i = 0; i < 1000; i++)
		assert_int_equal(write(from, &i, sizeof(i)), sizeof(i));
	wait_count(CONDIS_COUNTER_TX, 0);
	for (expected = 0; read(to, &got, sizeof(got)) == sizeof(got); expected++)
		assert_int_equal(got, expected);
	assert_in_range(expected, 2, 999);
	/* And then it goes on. */
	assert_int_equal(write(from, &i, sizeof(i)), sizeof(i));
	assert_int_equal(receive(to, &got, sizeof(got)), sizeof(got));
	assert_int_equal(got, i);
	call_drop(pair.callee, pair.in);
	expect_in_any_order(pair.callee, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.caller, "C1 DISCONNECTED NORMAL 16");
}

/* After the end: what was queued, then end of file, EPIPE for writes. */
static void after_the_end(void **state)
{
	char packet[8];
	struct wire wire;
	int i;

	(void)state;
	two_adapters("1");
	wire = wire_open(0);
	for (i = 0; i < 3; i++)
		assert_int_equal(write(wire.from, &"abc"[i], 1), 1);
	assert_int_equal(wait_fd(wire.to, POLLIN, patience()) & POLLIN, POLLIN);
	wait_count(CONDIS_COUNTER_TX, 0);
	call_drop(wire.pair.caller, wire.pair.out);
	expect_in_any_order(wire.pair.caller, "reply C1 DROP 0", "C1 IDLE");
	expect(wire.pair.callee, "C1 DISCONNECTED NORMAL 16");
	await_hangup(wire.to);
	await_hangup(wire.from);
	wait_count(CONDIS_COUNTER_VCS, 0);
	/* The call object may go before its data file, and the line, and the session. */
	call_deallocate(wire.pair.callee, wire.pair.in);
	line_close(wire.pair.callee, wire.pair.callee_line);
	app_close(wire.pair.callee);
	for (i = 0; i < 3; i++) {
		assert_int_equal(wait_fd(wire.to, POLLIN, 0) & POLLIN, POLLIN);
		assert_int_equal(read(wire.to, packet, sizeof(packet)), 1);
		assert_int_equal(packet[0], "abc"[i]);
	}
	for (i = 0; i < 2; i++) {
		assert_int_equal(read(wire.to, packet, sizeof(packet)), 0);
		assert_int_equal(write(wire.to, "x", 1), -1);
		assert_int_equal(errno, EPIPE);
		assert_int_equal(read(wire.from, packet, sizeof(packet)), 0);
		assert_int_equal(write(wire.from, "x", 1), -1);
		assert_int_equal(errno, EPIPE);
	}
}

/* A file that is made after the end, to read what came before it. */
static void opened_after_the_end(void **state)
{
	char packet[8];
	struct pair pair;
	int from, to;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	from = call_data(pair.caller, pair.out, 0);
	assert_int_equal(write(from, "last", 4), 4);
	wait_count(CONDIS_COUNTER_TX, 0);
	call_drop(pair.caller, pair.out);
	expect_in_any_order(pair.caller, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	wait_count(CONDIS_COUNTER_VCS, 0);
	to = call_data(pair.callee, pair.in, 0);
	assert_int_equal(read(to, packet, sizeof(packet)), 4);
	assert_memory_equal(packet, "last", 4);
	assert_int_equal(read(to, packet, sizeof(packet)), 0);
	assert_int_equal(write(to, "more", 4), -1);
	assert_int_equal(errno, EPIPE);
	expect_end();
}

/* Ends of a call that wake its blocked reader. */
static void end_by_far_drop(struct wire *wire)
{
	call_drop(wire->pair.callee, wire->pair.in);
}

static void end_by_own_drop(struct wire *wire)
{
	call_drop(wire->pair.caller, wire->pair.out);
}

static void end_by_deallocation(struct wire *wire)
{
	call_deallocate(wire->pair.caller, wire->pair.out);
}

static void end_by_line_close(struct wire *wire)
{
	line_close(wire->pair.caller, wire->pair.caller_line);
}

static void end_by_shutdown(struct wire *wire)
{
	assert_int_equal(condis_session_shutdown(wire->pair.caller->session), 0);
}

static void end_by_session_close(struct wire *wire)
{
	app_close(wire->pair.caller);
}

static void end_by_far_session_close(struct wire *wire)
{
	app_close(wire->pair.callee);
}

static void end_by_removal(struct wire *wire)
{
	(void)wire;
	adapter_del("a");
}

static void end_by_surprise(struct wire *wire)
{
	(void)wire;
	adapter_surprise("a");
}

static void end_by_rmmod(struct wire *wire)
{
	(void)wire;
	assert_int_equal(module_unload(VWAN), 0);
}

static void blocked_reader(void **state)
{
	static void (*const ends[])(struct wire *wire) = {
		end_by_far_drop, end_by_own_drop, end_by_deallocation, end_by_line_close,
		end_by_shutdown, end_by_session_close, end_by_far_session_close, end_by_removal,
		end_by_surprise, end_by_rmmod,
	};
	struct reader *reader;
	struct wire wire;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(ends); i++) {
		say("end %zu", i);
		two_adapters("1");
		wire = wire_open(0);
		reader = reader_start(wire.from);
		assert_true(reader_is_blocked(reader));
		ends[i](&wire);
		assert_int_equal(reader_join(reader), 0);
		await_hangup(wire.from);
		close_fd(wire.from);
		close_fd(wire.to);
		if (wire.pair.caller->session)
			app_close(wire.pair.caller);
		if (wire.pair.callee->session)
			app_close(wire.pair.callee);
		if (ends[i] == end_by_rmmod)
			assert_int_equal(module_load(VWAN), 0);
		else if (ends[i] == end_by_removal || ends[i] == end_by_surprise)
			adapter_del("b");
		else
			adapter_del("a"), adapter_del("b");
		wait_no_adapters();
		wait_sessions(0);
		exchange_ensure();
	}
}

/*
 * The bearer
 */

static void latency(void **state)
{
	long long start;
	char packet[8];
	struct wire wire;

	(void)state;
	two_adapters("1");
	adapter_set("a", "latency", "200", NULL);
	wire = wire_open(0);
	start = now_ms();
	assert_int_equal(write(wire.from, "slow", 4), 4);
	assert_int_equal(receive(wire.to, packet, sizeof(packet)), 4);
	assert_elapsed(start, 200);
	/* The other direction is the other adapter's. */
	start = now_ms();
	assert_int_equal(write(wire.to, "fast", 4), 4);
	assert_int_equal(receive(wire.from, packet, sizeof(packet)), 4);
	/* Changed while the call is up. */
	adapter_set("a", "latency", "0", NULL);
	assert_int_equal(write(wire.from, "now", 3), 3);
	assert_int_equal(receive(wire.to, packet, sizeof(packet)), 3);
}

/* Packets on their way when the call ends are gone, and accounted for. */
static void on_its_way(void **state)
{
	struct wire wire;
	char packet[8];
	int i;

	(void)state;
	two_adapters("1");
	adapter_set("a", "latency", "60000", "rate", "1000000", NULL);
	wire = wire_open(0);
	for (i = 0; i < 20; i++)
		assert_int_equal(write(wire.from, "lost", 4), 4);
	call_drop(wire.pair.caller, wire.pair.out);
	expect_in_any_order(wire.pair.caller, "reply C1 DROP 0", "C1 IDLE");
	expect(wire.pair.callee, "C1 DISCONNECTED NORMAL 16");
	assert_int_equal(read(wire.to, packet, sizeof(packet)), 0);
	wait_count(CONDIS_COUNTER_VCS, 0);
	assert_int_equal(count(CONDIS_COUNTER_TX), 0);
}

static void rate(void **state)
{
	long long start;
	char packet[100] = "";
	struct wire wire;
	int i;

	(void)state;
	two_adapters("1");
	/* 20 packets of 800 bits: 200 ms. */
	adapter_set("a", "rate", "80000", NULL);
	wire = wire_open(0);
	start = now_ms();
	for (i = 0; i < 20; i++)
		assert_int_equal(write(wire.from, packet, sizeof(packet)), sizeof(packet));
	for (i = 0; i < 20; i++)
		assert_int_equal(receive(wire.to, packet, sizeof(packet)), sizeof(packet));
	assert_elapsed(start, 190);
}

static void loss(void **state)
{
	uint32_t i, got, last = 0, come = 0;
	struct wire wire;

	(void)state;
	two_adapters("1");
	adapter_set("a", "loss", "500000", NULL);
	wire = wire_open(0);
	assert_int_equal(fcntl(wire.to, F_SETFL, O_NONBLOCK), 0);
	for (i = 1; i <= 200; i++) {
		assert_int_equal(write(wire.from, &i, sizeof(i)), sizeof(i));
		while (read(wire.to, &got, sizeof(got)) == sizeof(got)) {
			assert_true(got > last);
			last = got;
			come++;
		}
	}
	/* What is lost, is lost when it is sent. */
	wait_count(CONDIS_COUNTER_TX, 0);
	adapter_set("a", "loss", "0", NULL);
	i = 1000;
	assert_int_equal(write(wire.from, &i, sizeof(i)), sizeof(i));
	do {
		assert_int_equal(receive(wire.to, &got, sizeof(got)), sizeof(got));
		if (got != 1000)
			come++;
	} while (got != 1000);
	/* Half of 200: less than 1 in 10^9 lies outside. */
	assert_in_range(come, 55, 145);

	adapter_set("a", "loss", "1000000", NULL);
	for (i = 0; i < 50; i++)
		assert_int_equal(write(wire.from, &i, sizeof(i)), sizeof(i));
	wait_count(CONDIS_COUNTER_TX, 0);
	assert_int_equal(wait_fd(wire.to, POLLIN, 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(both_ways),
		WORLD_TEST(sizes),
		WORLD_TEST(opening),
		WORLD_TEST(polling),
		WORLD_TEST(window),
		WORLD_TEST(blocked_writer),
		WORLD_TEST(nobody_reads),
		WORLD_TEST(after_the_end),
		WORLD_TEST(opened_after_the_end),
		WORLD_TEST(blocked_reader),
		WORLD_TEST(latency),
		WORLD_TEST(on_its_way),
		WORLD_TEST(rate),
		WORLD_TEST(loss),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
