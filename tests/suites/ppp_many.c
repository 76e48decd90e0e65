// SPDX-License-Identifier: GPL-2.0
/*
 * PPP over many calls at once between two network namespaces, and what ends them all in
 * the middle of their traffic; and a peer that does not read, or writes what is no frame.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "chance.h"
#include "many.h"

/*
 * The whole suite is to take two minutes on the debug kernel, which takes ten times as long
 * for everything: there the cases that need not have all of them have half.
 */
static unsigned int fewer(void)
{
	return is_debug_kernel() ? CALLS / 2 : CALLS;
}

static void all_hung_up(void **state)
{
	(void)state;
	many_flow(CALLS, UNITS);
	near_drops();
	all_leave(1);
}

/* The line goes away below everybody: every call is IDLE, then the line is closed. */
static void side_loses_line(struct side *side)
{
	struct tally tally = { 0 };

	side_hear(side, &tally, &tally.closes, 1);
	side_nothing(side, &tally);
	assert_int_equal(tally.idle, calls);
	assert_int_equal(tally.closes, 1);
	assert_int_equal(tally.replies, 0);
}

static void miniport_unloaded(void **state)
{
	long long start;

	(void)state;
	many_flow(CALLS, UNITS);
	start = now_ms();
	assert_int_equal(module_unload(VWAN), 0);
	say("rmmod %s: %lld ms", VWAN, now_ms() - start);
	side_dead(&near);
	side_dead(&far);
	side_loses_line(&near);
	side_loses_line(&far);
	/* The adapters of the next world, among them one by which the namespace's end is seen. */
	assert_int_equal(module_load(VWAN), 0);
	exchange_ensure();
	go(&space);
	if (adapter_add_abroad("b", "x", space_home(), "300"))
		fail_msg("%s", condis_error());
	go_home();
	all_leave(0);
}

/* The calls go on, and their data is the files' again. */
static void ndiswan_unloaded(void **state)
{
	unsigned char frame[64], got[2048];
	struct tally out = { 0 }, in = { 0 };
	unsigned int number;
	long long start;
	size_t length;
	ssize_t size;

	(void)state;
	many_flow(fewer(), UNITS);
	start = now_ms();
	unload_ndiswan();
	say("rmmod %s: %lld ms", NDISWAN, now_ms() - start);
	/* No channel is left behind when it returns. */
	for (number = 0; number < calls; number++) {
		assert_true(wait_fd(near.ties[number].end.channel, 0, 0) & POLLHUP);
		assert_true(wait_fd(far.ties[number].end.channel, 0, 0) & POLLHUP);
	}
	side_stop(&near);
	side_stop(&far);
	side_nothing(&near, &out);
	side_nothing(&far, &in);
	assert_int_equal(out.idle + out.disconnected + out.closes, 0);
	assert_int_equal(in.idle + in.disconnected + in.closes, 0);

	for (number = 0; number < calls; number++) {
		struct tie *to = &far.ties[number];
		int from = near.ties[to->number].end.data;

		/* What PPP has sent before comes before ours, and may fill the window for now. */
		assert_true(wait_fd(from, POLLOUT, patience()) & POLLOUT);
		length = lcp(frame, 0x77, 20);
		assert_int_equal(write(from, frame, length), length);
		do {
			if (!(wait_fd(to->end.data, POLLIN, patience()) & POLLIN))
				fail_msg("call %u does not go on", number);
			size = read(to->end.data, got, sizeof(got));
			assert_true(size > 0);
		} while ((size_t)size != length || memcmp(got, frame, length));
	}
	near_drops();
	load_ndiswan();
	all_leave(1);
}

/* All of the far side, by a process that is killed in the end; says when it has all channels. */
static int far_process(void *argument)
{
	const int *attached = argument;
	struct tally in = { 0 };

	if (setns(space.fd, CLONE_NEWNET))
		return 1;
	side_open(&far);
	child_ready();
	side_hear(&far, &in, &in.connected, calls);
	far_attach();
	if (interfaces() != units)
		return 2;
	if (write(*attached, "a", 1) != 1)
		return 3;
	side_traffic(&far);
	return 0;
}

/* All of its channels and interfaces take longer than child_await() waits, on a busy host. */
static void await_attached(pid_t pid, int attached)
{
	short events = 0;
	unsigned int i;

	for (i = 0; i < 4 && !events; i++) {
		watchdog_alive();
		events = wait_fd(attached, POLLIN, patience());
	}
	if (!events)
		fail_msg("the far process does not attach itself");
	if (!(events & POLLIN))
		fail_msg("the far process has ended early, with status %d", child_wait(pid));
}

/* Its processes are killed, and the namespace is deleted. */
static void namespace_killed(void **state)
{
	struct tally out = { 0 };
	long long start;
	int attached[2];
	pid_t pid;

	(void)state;
	two_spaces(CALLS, UNITS);
	assert_int_equal(pipe2(attached, O_CLOEXEC), 0);
	keep_fd(attached[0]);
	pid = child_start_holding(far_process, &attached[1]);
	/* Its end is the pipe's. */
	close(attached[1]);
	child_await(pid);
	side_open(&near);
	near_dials();
	side_hear(&near, &out, &out.connected, calls);
	near_attach();
	/* It attaches itself meanwhile, and has a long way to go. */
	await_attached(pid, attached[0]);
	close_fd(attached[0]);
	side_start(&near);
	side_flows(&near, true);

	start = now_ms();
	child_kill(pid);
	space_gone(1);
	say("the namespace has gone after %lld ms", now_ms() - start);
	side_hear(&near, &out, &out.disconnected, calls);
	side_dead(&near);
	side_nothing(&near, &out);
	assert_int_equal(out.idle + out.closes, 0);
	side_leave(&near);
	wait_count(CONDIS_COUNTER_VCS, 0);
}

/* PPP goes first: its channels and the calls go on without interfaces. */
static void units_closed(void **state)
{
	(void)state;
	many_flow(fewer(), UNITS);
	side_close_units(&far);
	assert_int_equal(interfaces(), units);
	side_close_units(&near);
	assert_int_equal(interfaces(), 0);
	go(&space);
	assert_int_equal(interfaces(), 0);
	go_home();
	check_log();
	side_flows(&near, false);
	side_flows(&far, false);
	near_drops();
	all_leave(1);
}

static void adapter_pulled_out(void **state)
{
	struct tally in = { 0 };
	long long start;

	(void)state;
	many_flow(fewer(), UNITS);
	start = now_ms();
	adapter_surprise("a");
	say("pulled out: %lld ms", now_ms() - start);
	side_dead(&near);
	side_dead(&far);
	side_loses_line(&near);
	side_hear(&far, &in, &in.disconnected, calls);
	side_nothing(&far, &in);
	assert_int_equal(in.idle + in.closes, 0);
	all_leave(0);
}

/*
 * Lines that are slow
 */

/* Line and copies of it: what it takes much longer to send than anybody waits here. */
static void line_knobs(const char *rate, const char *latency, const char *loss)
{
	adapter_set("a", "rate", rate, "latency", latency, "loss", loss, NULL);
	go(&space);
	adapter_set("a", "rate", rate, "latency", latency, "loss", loss, NULL);
	go_home();
}

static void side_fill(struct side *side, unsigned int frames)
{
	unsigned char frame[2048];
	size_t length = lcp(frame, 1, DATAGRAM);
	struct tie *tie;
	unsigned int i, j;

	for (i = 0; i < calls; i++) {
		tie = &side->ties[i];
		for (j = 0; j < frames; j++) {
			assert_int_equal(write(tie->end.channel, frame, length), length);
			if (tie->socket >= 0)
				send(tie->socket, frame, DATAGRAM, MSG_DONTWAIT);
		}
	}
}

/* What the end of the calls may take: less than who waits for such a line would take. */
#define BOUND	(2 * patience())

/* Lost and late, with full queues at both ends: nobody waits for what they hold. */
static void hung_up_on_poor_lines(void **state)
{
	enum { POOR = 20, FRAMES = 100 };
	long long start;

	(void)state;
	many_flow(POOR, POOR / 2);
	/* Eight seconds for a frame, so minutes for a window of them. */
	line_knobs("1000", "500", "300000");
	side_stop(&near);
	side_stop(&far);
	side_fill(&near, FRAMES);
	side_fill(&far, FRAMES);
	start = now_ms();
	near_drops();
	assert_in_range(now_ms() - start, 0, BOUND);
	all_leave(1);
}

/* Whole frames that wait for the reader of a data file, and those for which there was no room. */
static void queued(int data, unsigned long long *packets, unsigned long long *lost)
{
	char path[64], text[1024], *at;
	ssize_t length;
	int fd;

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", data);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	length = read(fd, text, sizeof(text) - 1);
	close(fd);
	assert_true(length > 0);
	text[length] = '\0';
	at = strstr(text, "packets:");
	assert_non_null(at);
	*packets = strtoull(at + 8, NULL, 10);
	at = strstr(text, "lost:");
	assert_non_null(at);
	*lost = strtoull(at + 5, NULL, 10);
}

/* PPP at the near end, with an interface or not, and a data file that is just a file at the far. */
static void against_a_file(unsigned int number_of_units)
{
	two_spaces(1, number_of_units);
	many_connected();
	near_attach();
	tie_init(&far, &far.ties[0]);
}

/* Packets that a data file keeps for who does not read, and those that the line takes at once. */
#define QUEUE	256
#define WINDOW	64

static void peer_that_never_reads(void **state)
{
	enum { FRAMES = 3000 };
	unsigned long long packets, lost, sent;
	unsigned char frame[2048];
	unsigned int i;
	long long end;
	int to;

	(void)state;
	against_a_file(1);
	to = far.ties[0].end.data;
	side_fill(&near, FRAMES);
	/* What PPP has given to the line has come: it is there, or it is counted. */
	end = now_ms() + patience();
	do {
		sent = FRAMES + 1 + tie_stats(&near.ties[0]).ppp_opackets;
		queued(to, &packets, &lost);
		assert_true(packets <= QUEUE);
		if (now_ms() > end)
			fail_msg("%llu sent, %llu there, %llu lost", sent, packets, lost);
	} while (packets + lost != sent && !poll(NULL, 0, 2));
	/* The interface has sent as well: as much as the line has taken meanwhile. */
	assert_true(sent > FRAMES + 1);
	assert_int_equal(packets, QUEUE);

	near_drops();
	/* The call is over, and what has come can still be read, and that is all. */
	for (i = 0; i < QUEUE; i++)
		assert_true(read(to, frame, sizeof(frame)) > 0);
	assert_int_equal(read(to, frame, sizeof(frame)), 0);
	assert_int_equal(write(to, frame, 10), -1);
	assert_int_equal(errno, EPIPE);
	all_leave(1);
}

/* A frame for each time that there is no room: the oldest, in order; the newest are lost. */
static void peer_that_reads_slowly(void **state)
{
	enum { FRAMES = 2 * QUEUE, ROUNDS = 50 };
	unsigned long long packets, lost, lost_before = 0;
	unsigned int next = 0, got, last = 0, i, round;
	unsigned char frame[2048];
	size_t length;
	long long end;
	int to;

	(void)state;
	against_a_file(0);
	to = far.ties[0].end.data;
	/* The first says who it is; this end may hear of the call before the line is through. */
	assert_true(wait_fd(to, POLLIN, patience()) & POLLIN);
	assert_int_equal(read(to, frame, sizeof(frame)), 2 + 14);
	for (round = 0; round < ROUNDS; round++) {
		for (i = 0; i < (round ? 5 : FRAMES); i++) {
			length = lcp(frame, 1, DATAGRAM);
			next++;
			memcpy(frame + 6, &next, sizeof(next));
			assert_int_equal(write(near.ties[0].end.channel, frame, length), length);
		}
		watchdog_alive();
		end = now_ms() + patience();
		do {
			queued(to, &packets, &lost);
			assert_true(packets <= QUEUE);
			if (now_ms() > end)
				fail_msg("round %u: %u written, %llu there, %llu lost", round, next,
					 packets, lost);
		} while (packets + lost + round != next && !poll(NULL, 0, 2));
		assert_int_equal(packets, QUEUE);
		assert_true(lost > lost_before);
		lost_before = lost;
		assert_int_equal(read(to, frame, sizeof(frame)), 2 + length);
		memcpy(&got, frame + 2 + 6, sizeof(got));
		assert_true(got > last);
		if (round < QUEUE)
			assert_int_equal(got, round + 1);
		last = got;
	}
	near_drops();
	all_leave(1);
}

/* A line that takes next to nothing: it has its window, and PPP keeps the rest away. */
static void line_that_is_full(void **state)
{
	unsigned long long packets, lost, sent;
	unsigned char data[DATAGRAM] = { 0 };
	unsigned int i;

	(void)state;
	against_a_file(1);
	line_knobs("1000", "0", "0");
	for (i = 0; i < 3000; i++) {
		send(near.ties[0].socket, data, sizeof(data), MSG_DONTWAIT);
		if (i % 500 == 0)
			assert_in_range(count(CONDIS_COUNTER_TX), 0, WINDOW);
	}
	wait_count(CONDIS_COUNTER_TX, WINDOW);
	/* PPP has one in its hands, and has counted it; the first frame was not the unit's. */
	sent = 1 + tie_stats(&near.ties[0]).ppp_opackets;
	queued(far.ties[0].end.data, &packets, &lost);
	assert_in_range(sent, WINDOW, WINDOW + 2 + packets + lost);
	near_drops();
	all_leave(1);
}

/*
 * Frames that are none
 */

/**
 * struct strange - a frame that somebody writes
 * @bytes: how it begins; zeroes follow
 * @length: its length
 * @is_error: it is a receive error of the interface; else it is somebody's packet, or nobody's
 */
struct strange {
	unsigned char bytes[6];
	size_t length;
	bool is_error;
};

/* Both ends of what a frame may be: a call takes 2048 bytes, with address and control. */
static const struct strange strange[] = {
	{ { 0xff }, 1, true },
	{ { 0xff, 0x03 }, 2, true },
	{ { 0xff, 0x03, 0x00 }, 3, true },
	{ { 0xff, 0x03, 0x21 }, 3, false },
	{ { 0xff, 0x04, 0x00, 0x21 }, 40, true },
	{ { 0xff, 0xff, 0xff, 0xff }, 4, true },
	{ { 0xff, 0xff, 0xff, 0xff }, 2048, true },
	{ { 0x00 }, 1, true },
	{ { 0x21 }, 1, false },
	{ { 0x00, 0x21 }, 2, false },
	{ { 0x00, 0x21 }, 3, false },
	/* No multilink, no compressed headers were negotiated. */
	{ { 0x00, 0x3d }, 2, true },
	{ { 0x00, 0x3d, 0xc0 }, 100, true },
	{ { 0x3d }, 1, true },
	{ { 0x00, 0x2d, 0x01 }, 3, true },
	{ { 0x2f }, 1, true },
	/* For whoever has the unit. */
	{ { 0x80, 0xfd, 0x01 }, 3, false },
	{ { 0x80, 0x21 }, 2048 - 2, false },
	/* Maximum, and one more. */
	{ { 0xff, 0x03, 0x00, 0x21 }, 2048, false },
	{ { 0x00, 0x21 }, 2048 - 2, false },
	{ { 0x00, 0x21 }, 2048 - 1, true },
	{ { 0x00, 0x21 }, 2048, true },
	{ { 0x21 }, 2048 - 3, false },
	{ { 0x21 }, 2048 - 2, true },
	{ { 0x21 }, 2048, true },
};

static void far_writes(const unsigned char *frame, size_t length)
{
	if (!(wait_fd(far.ties[0].end.data, POLLOUT, patience()) & POLLOUT))
		fail_msg("no room");
	assert_int_equal(write(far.ties[0].end.data, frame, length), length);
}

/*
 * What was written has all come by when this does. It may be lost itself, behind a flood
 * for which there was no room: then it is written again.
 */
static void far_has_come(void)
{
	static unsigned int number;
	unsigned char frame[64], got[2048];
	long long end = now_ms() + patience();
	size_t length;

	number++;
	length = lcp(frame, 0x42, 20);
	memcpy(frame + 6, &number, sizeof(number));
	while (now_ms() < end) {
		far_writes(frame, length);
		while (wait_fd(near.ties[0].end.channel, POLLIN, 1000) & POLLIN)
			if (read(near.ties[0].end.channel, got, sizeof(got)) == (ssize_t)length &&
			    !memcmp(got, frame, length))
				return;
	}
	fail_msg("no frame comes through");
}

static uint16_t checksum(const unsigned char *data, size_t length)
{
	uint32_t sum = 0;
	size_t i;

	for (i = 0; i < length; i += 2)
		sum += (uint32_t)data[i] << 8 | data[i + 1];
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return htons((uint16_t)~sum);
}

/* The interface does its work, both ways. */
static void interface_works(void)
{
	const struct sockaddr_in from = address(0, true), to = address(0, false);
	unsigned char packet[2 + 20 + 8 + 4] = { 0x00, 0x21, 0x45, 0, 0, 32, [10] = 64, [11] = 17 };
	unsigned char got[2048];
	long long end;
	uint16_t sum;
	ssize_t size;

	memcpy(packet + 14, &from.sin_addr, 4);
	memcpy(packet + 18, &to.sin_addr, 4);
	sum = checksum(packet + 2, 20);
	memcpy(packet + 12, &sum, 2);
	memcpy(packet + 22, &from.sin_port, 2);
	memcpy(packet + 24, &to.sin_port, 2);
	packet[27] = 12;
	memcpy(packet + 30, "good", 4);
	far_writes(packet, sizeof(packet));
	if (!(wait_fd(near.ties[0].socket, POLLIN, patience()) & POLLIN))
		fail_msg("no datagram comes");
	assert_int_equal(recv(near.ties[0].socket, got, sizeof(got), 0), 4);
	assert_memory_equal(got, "good", 4);

	assert_int_equal(send(near.ties[0].socket, "back", 4, 0), 4);
	end = now_ms() + patience();
	do {
		/* Others than ours may be there: the frame that says who it is, IPv6. */
		if (now_ms() > end ||
		    !(wait_fd(far.ties[0].end.data, POLLIN, patience()) & POLLIN))
			fail_msg("no datagram goes");
		size = read(far.ties[0].end.data, got, sizeof(got));
	} while (size != 2 + 2 + 20 + 8 + 4 || memcmp(got, "\xff\x03\x00\x21\x45", 5));
	assert_memory_equal(got + size - 4, "back", 4);
}

static void strange_frames(void **state)
{
	struct tally out = { 0 }, in = { 0 };
	unsigned char frame[2049] = { 0 };
	unsigned int errors, rounds = is_debug_kernel() ? 20 : 100, i, j;
	int to;

	(void)state;
	against_a_file(1);
	to = far.ties[0].end.data;
	interface_works();
	assert_int_equal(write(to, frame, 0), -1);
	assert_int_equal(errno, EMSGSIZE);
	assert_int_equal(write(to, frame, sizeof(frame)), -1);
	assert_int_equal(errno, EMSGSIZE);
	errors = tie_stats(&near.ties[0]).ppp_ierrors;
	assert_int_equal(errors, 0);
	for (i = 0; i < rounds; i++) {
		for (j = 0; j < ARRAY_SIZE(strange); j++) {
			memset(frame, 0, sizeof(frame));
			memcpy(frame, strange[j].bytes, sizeof(strange[j].bytes));
			far_writes(frame, strange[j].length);
			errors += strange[j].is_error;
			if (i)
				continue;
			/* Each for itself, the first time. */
			far_has_come();
			if (tie_stats(&near.ties[0]).ppp_ierrors != errors)
				fail_msg("frame %u of the table: %u errors, not %u", j,
					 tie_stats(&near.ties[0]).ppp_ierrors, errors);
		}
		/* Fewer than there is room for: none is lost on the way. */
		far_has_come();
		assert_int_equal(tie_stats(&near.ties[0]).ppp_ierrors, errors);
		watchdog_alive();
	}
	interface_works();

	/* And a flood of anything, as fast as it goes. */
	chance_begin(5);
	for (i = 0; i < 50 * rounds; i++) {
		size_t length = 1 + below(2048);

		for (j = 0; j < 8; j++)
			frame[j] = (unsigned char)chance_next();
		far_writes(frame, length);
	}
	far_has_come();
	assert_in_range(tie_stats(&near.ties[0]).ppp_ierrors, errors + 1, errors + 51 * rounds);
	interface_works();
	side_nothing(&near, &out);
	side_nothing(&far, &in);
	assert_int_equal(out.disconnected + out.idle + out.closes, 0);
	assert_int_equal(in.disconnected + in.idle + in.closes, 0);
	near_drops();
	all_leave(1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		MANY_TEST(all_hung_up),
		MANY_TEST(miniport_unloaded),
		MANY_TEST(ndiswan_unloaded),
		MANY_TEST(namespace_killed),
		MANY_TEST(units_closed),
		MANY_TEST(adapter_pulled_out),
		MANY_TEST(hung_up_on_poor_lines),
		MANY_TEST(peer_that_never_reads),
		MANY_TEST(peer_that_reads_slowly),
		MANY_TEST(line_that_is_full),
		MANY_TEST(strange_frames),
	};

	return cmocka_run_group_tests(tests, many_group_setup, NULL);
}
