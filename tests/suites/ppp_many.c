// SPDX-License-Identifier: GPL-2.0
/*
 * PPP over many calls at once between two network namespaces, and what ends them all in
 * the middle of their traffic; a peer that does not read, or writes what is no frame; and
 * NDISWAN coming and going under a call.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/ppp-ioctl.h>
#include <linux/ppp_defs.h>
#include <net/if.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "chance.h"
#include "ppp.h"
#include "space.h"

#define CALLS	200
#define UNITS	20

/* Frames of a call's that are on their way at most, from each end: fewer than PPP keeps. */
#define CREDIT	8

/* Bytes of LCP's data, and of a datagram. */
#define FRAME_DATA	60
#define DATAGRAM	1000

/**
 * struct tie - one end of one of many calls
 * @call: its handle
 * @end: as PPP has it
 * @number: by which both ends know the call
 * @socket: UDP to the far end's interface, or -1
 * @credit: frames that may be sent before one comes
 * @frames: that have come
 * @datagrams: likewise
 */
struct tie {
	uint32_t call;
	struct end end;
	unsigned int number;
	int socket;
	unsigned int credit;
	atomic_uint frames;
	atomic_uint datagrams;
};

/**
 * struct side - one end of all calls
 * @app: its application
 * @line: its line
 * @is_far: it is abroad, and answers
 * @length: how many calls have come
 * @ties: they
 * @thread: sends and receives on all of them
 * @is_running: there is that thread
 * @is_over: it is to end
 * @bad: frames that have come and were never sent
 */
struct side {
	struct app *app;
	uint32_t line;
	bool is_far;
	unsigned int length;
	struct tie ties[CALLS];
	pthread_t thread;
	bool is_running;
	atomic_bool is_over;
	atomic_uint bad;
};

/**
 * struct tally - events, by what they say
 * @replies: to requests, all of them 0
 * @connected: CONNECTED
 * @disconnected: DISCONNECTED
 * @idle: IDLE
 * @closes: LINE_CLOSE
 */
struct tally {
	unsigned int replies;
	unsigned int connected;
	unsigned int disconnected;
	unsigned int idle;
	unsigned int closes;
};

static struct side near, far;
static struct space space;
static unsigned int calls, units;
static int kernel_log = -1;

/*
 * Setup and teardown
 */

static int many_group_setup(void **state)
{
	struct rlimit files = { 4096, 4096 };

	setrlimit(RLIMIT_NOFILE, &files);
	return ppp_generic_setup(state);
}

static int many_setup(void **state)
{
	memset(&near, 0, sizeof(near));
	memset(&far, 0, sizeof(far));
	far.is_far = true;
	calls = 0;
	if (kernel_log < 0)
		kernel_log = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (kernel_log < 0 || lseek(kernel_log, 0, SEEK_END) < 0)
		return -1;
	return ppp_setup(state);
}

static void side_stop(struct side *side)
{
	if (!side->is_running)
		return;
	atomic_store(&side->is_over, true);
	pthread_join(side->thread, NULL);
	side->is_running = false;
}

/* Whoever holds an interface or a namespace for long is told of in the log. */
static void check_log(void)
{
	char record[8192];
	ssize_t length;

	while ((length = read(kernel_log, record, sizeof(record) - 1)) > 0 ||
	       (length < 0 && errno == EPIPE)) {
		if (length < 0)
			continue;
		record[length] = '\0';
		if (strstr(record, "unregister_netdevice: waiting"))
			fail_msg("%s", record);
	}
}

static int many_teardown(void **state)
{
	int error;

	side_stop(&near);
	side_stop(&far);
	error = ppp_teardown(state);
	if (!error)
		check_log();
	return error;
}

#define MANY_TEST(function) \
	cmocka_unit_test_setup_teardown(function, many_setup, many_teardown)

/*
 * Events
 */

/* An event as it is, for handles that have no label; the fixture has looked at it. */
static bool side_event(struct side *side, struct ndproxy_event *event, int timeout_ms)
{
	wait_fd(app_fd(side->app), POLLIN, timeout_ms);
	if (read(app_fd(side->app), event, sizeof(*event)) != sizeof(*event))
		return false;
	take_event(side->app, event);
	watchdog_alive();
	return true;
}

static void side_count(struct side *side, const struct ndproxy_event *event, struct tally *tally)
{
	switch (event->type) {
	case LINE_REPLY:
		assert_int_equal(event->reply.status, 0);
		tally->replies++;
		break;
	case LINE_APPNEWCALL:
		assert_true(side->length < calls);
		side->ties[side->length++].call = event->new_call.call;
		break;
	case LINE_CALLSTATE:
		if (event->call_state.state == LINECALLSTATE_OFFERING)
			call_answer(side->app, event->handle);
		tally->connected += event->call_state.state == LINECALLSTATE_CONNECTED;
		tally->disconnected += event->call_state.state == LINECALLSTATE_DISCONNECTED;
		tally->idle += event->call_state.state == LINECALLSTATE_IDLE;
		break;
	case LINE_CLOSE:
		tally->closes++;
		break;
	default:
		break;
	}
}

/* Hears until one of the tally's numbers is what it is to be. */
static void side_hear(struct side *side, struct tally *tally, const unsigned int *number,
		      unsigned int wanted)
{
	struct ndproxy_event event;

	while (*number < wanted) {
		if (!side_event(side, &event, patience()))
			fail_msg("%s waits for %u, and has %u: %u replies, %u connected, "
				 "%u disconnected, %u idle, %u closes", side->app->name, wanted,
				 *number, tally->replies, tally->connected, tally->disconnected,
				 tally->idle, tally->closes);
		side_count(side, &event, tally);
	}
}

/* That is all there is. */
static void side_nothing(struct side *side, struct tally *tally)
{
	struct ndproxy_event event;

	while (side_event(side, &event, 0))
		side_count(side, &event, tally);
}

/*
 * Interfaces
 */

/* As many ppp interfaces as there are in the namespace. */
static unsigned int interfaces(void)
{
	struct if_nameindex *list = if_nameindex(), *entry;
	unsigned int number = 0;

	assert_non_null(list);
	for (entry = list; entry->if_name; entry++)
		number += !strncmp(entry->if_name, "ppp", 3);
	if_freenameindex(list);
	return number;
}

static struct sockaddr_in address(unsigned int number, bool is_far)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(9000),
		.sin_addr.s_addr = htonl(0x0a090000 | number << 8 | (is_far ? 2 : 1)),
	};

	return address;
}

static void configure(int fd, unsigned long request, struct ifreq *ifr)
{
	if (ioctl(fd, request, ifr))
		fail_msg("%s: %#lx: %s", ifr->ifr_name, request, strerror(errno));
}

/* An interface with addresses, and a socket between them. */
static void tie_unit(struct tie *tie, bool is_far)
{
	struct sockaddr_in own = address(tie->number, is_far);
	struct sockaddr_in peer = address(tie->number, !is_far);
	struct ifreq ifr = { 0 };

	end_unit(&tie->end);
	tie->socket = keep_fd(socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
	assert_true(tie->socket >= 0);
	snprintf(ifr.ifr_name, sizeof(ifr.ifr_name), "ppp%d", tie->end.number);
	memcpy(&ifr.ifr_addr, &own, sizeof(own));
	configure(tie->socket, SIOCSIFADDR, &ifr);
	memcpy(&ifr.ifr_dstaddr, &peer, sizeof(peer));
	configure(tie->socket, SIOCSIFDSTADDR, &ifr);
	configure(tie->socket, SIOCGIFFLAGS, &ifr);
	ifr.ifr_flags |= IFF_UP;
	configure(tie->socket, SIOCSIFFLAGS, &ifr);
	assert_int_equal(bind(tie->socket, (struct sockaddr *)&own, sizeof(own)), 0);
	assert_int_equal(connect(tie->socket, (struct sockaddr *)&peer, sizeof(peer)), 0);
}

/* What the interface has counted. */
static struct pppstat tie_stats(const struct tie *tie)
{
	struct ppp_stats stats = { 0 };
	struct ifreq ifr = { .ifr_data = (void *)&stats };

	snprintf(ifr.ifr_name, sizeof(ifr.ifr_name), "ppp%d", tie->end.number);
	configure(tie->socket, SIOCGPPPSTATS, &ifr);
	return stats.p;
}

/*
 * Calls
 */

static void side_open(struct side *side)
{
	side->app = app_open(side->is_far ? "far" : "near");
	side->line = line_open(side->app, "a", 0, side->is_far ? OWNER : NONE);
}

static void tie_init(struct side *side, struct tie *tie)
{
	tie->end.data = call_data(side->app, tie->call, NDPROXY_DATA_NONBLOCK);
	tie->end.channel = -1;
	tie->end.unit = -1;
	tie->socket = -1;
	tie->credit = CREDIT;
}

static void near_attach(void)
{
	unsigned char frame[64];
	struct tie *tie;
	unsigned int i;
	size_t length;

	for (i = 0; i < calls; i++) {
		tie = &near.ties[i];
		tie_init(&near, tie);
		tie->end = end_attach(tie->end.data);
		tie->number = i;
		/* Which of the far end's calls this one is, is for it to read. */
		length = lcp(frame, 0, 8);
		frame[6] = (unsigned char)i;
		assert_int_equal(write(tie->end.channel, frame, length), length);
		if (i < units)
			tie_unit(tie, false);
		watchdog_alive();
	}
}

static void far_attach(void)
{
	unsigned char frame[64];
	struct tie *tie;
	unsigned int i;

	for (i = 0; i < calls; i++) {
		tie = &far.ties[i];
		tie_init(&far, tie);
		tie->end = end_attach(tie->end.data);
		if (!(wait_fd(tie->end.channel, POLLIN, patience()) & POLLIN))
			fail_msg("no first frame on call %u", i);
		assert_int_equal(read(tie->end.channel, frame, sizeof(frame)), 14);
		tie->number = frame[6];
		if (tie->number < units)
			tie_unit(tie, true);
		watchdog_alive();
	}
}

static bool is_lcp(const unsigned char *frame, size_t length)
{
	return length >= 6 && frame[0] == 0xc0 && frame[1] == 0x21;
}

/* One turn of a call: frames and datagrams, as far as there are any and may be any. */
static void tie_turn(struct side *side, struct tie *tie)
{
	unsigned char frame[2048], wanted[128];
	size_t length;
	ssize_t size;

	while ((size = read(tie->end.channel, frame, sizeof(frame))) > 0) {
		/* Of an interface that has come up before the far end has one. */
		if (!is_lcp(frame, (size_t)size))
			continue;
		length = lcp(wanted, frame[3], FRAME_DATA);
		if ((size_t)size != length || memcmp(frame, wanted, length)) {
			atomic_fetch_add(&side->bad, 1);
			continue;
		}
		atomic_fetch_add(&tie->frames, 1);
		if (tie->credit < CREDIT)
			tie->credit++;
	}
	if (tie->credit) {
		length = lcp(frame, (unsigned char)tie->credit, FRAME_DATA);
		if (write(tie->end.channel, frame, length) == (ssize_t)length)
			tie->credit--;
	}
	if (tie->socket < 0)
		return;
	/* What cannot be sent, because the interface has gone or is full, is no matter. */
	memset(frame, 0x55, DATAGRAM);
	send(tie->socket, frame, DATAGRAM, MSG_DONTWAIT);
	while (recv(tie->socket, frame, sizeof(frame), MSG_DONTWAIT) == DATAGRAM)
		atomic_fetch_add(&tie->datagrams, 1);
}

static void *side_traffic(void *argument)
{
	struct side *side = argument;
	unsigned int i;

	while (!atomic_load(&side->is_over)) {
		for (i = 0; i < calls && !atomic_load(&side->is_over); i++)
			tie_turn(side, &side->ties[i]);
		sched_yield();
	}
	return NULL;
}

static void side_start(struct side *side)
{
	assert_int_equal(pthread_create(&side->thread, NULL, side_traffic, side), 0);
	side->is_running = true;
}

/* Every call has carried more than it had, and every interface, if they are to. */
static void side_flows(struct side *side, bool with_units)
{
	unsigned int frames[CALLS], datagrams[CALLS], i;
	long long end = now_ms() + patience();
	struct tie *tie;

	/* All at once: the threads go round all of them while this waits for the first. */
	for (i = 0; i < calls; i++) {
		frames[i] = atomic_load(&side->ties[i].frames);
		datagrams[i] = atomic_load(&side->ties[i].datagrams);
	}
	for (i = 0; i < calls; i++) {
		tie = &side->ties[i];
		while (atomic_load(&tie->frames) == frames[i] ||
		       (with_units && tie->socket >= 0 &&
			atomic_load(&tie->datagrams) == datagrams[i])) {
			if (now_ms() > end)
				fail_msg("%s: call %u: %u frames and %u datagrams more, %u bad",
					 side->app->name, tie->number,
					 atomic_load(&tie->frames) - frames[i],
					 atomic_load(&tie->datagrams) - datagrams[i],
					 atomic_load(&side->bad));
			poll(NULL, 0, 2);
		}
	}
	watchdog_alive();
	assert_int_equal(atomic_load(&side->bad), 0);
}

/* Adapters at home and abroad, and the namespace. */
static void two_spaces(unsigned int number_of_calls, unsigned int number_of_units)
{
	char text[16];

	calls = number_of_calls;
	units = number_of_units;
	snprintf(text, sizeof(text), "%u", calls);
	adapter_add("a", "calls", text, "address", "100@0", NULL);
	space = space_new();
	go(&space);
	if (adapter_add_abroad("a", "x", space_home(), "200"))
		fail_msg("%s", condis_error());
	adapter_set("a", "calls", text, NULL);
	go_home();
}

static void near_dials(void)
{
	unsigned int i;

	for (i = 0; i < calls; i++)
		near.ties[i].call = call_make(near.app, near.line, "200");
	near.length = calls;
}

/* All calls are up, with their data files, and nothing else. */
static void many_connected(void)
{
	struct tally out = { 0 }, in = { 0 };

	go(&space);
	side_open(&far);
	go_home();
	side_open(&near);
	near_dials();
	side_hear(&far, &in, &in.connected, calls);
	side_hear(&near, &out, &out.connected, calls);
	assert_int_equal(far.length, calls);
}

/* And they are PPP's, with traffic on all of them. */
static void many_flow(unsigned int number_of_calls, unsigned int number_of_units)
{
	long long start = now_ms();

	two_spaces(number_of_calls, number_of_units);
	many_connected();
	near_attach();
	go(&space);
	far_attach();
	assert_int_equal(interfaces(), units);
	go_home();
	assert_int_equal(interfaces(), units);
	say("%u calls and %u units: %lld ms", calls, units, now_ms() - start);
	side_start(&near);
	side_start(&far);
	side_flows(&near, true);
	side_flows(&far, true);
}

/*
 * Ends
 */

/* Every channel hangs up. */
static void side_dead(struct side *side)
{
	unsigned int i;

	for (i = 0; i < calls; i++) {
		if (side->ties[i].end.channel >= 0)
			expect_dead(side->ties[i].end.channel);
		watchdog_alive();
	}
}

static void close_one(int *fd)
{
	if (*fd >= 0)
		close_fd(*fd);
	*fd = -1;
}

static void side_close_units(struct side *side)
{
	unsigned int i;

	for (i = 0; i < calls; i++)
		close_one(&side->ties[i].end.unit);
}

/* As a process that dies: nothing of it is left, no interface among it. */
static void side_leave(struct side *side)
{
	unsigned int i;

	side_stop(side);
	side_close_units(side);
	assert_int_equal(interfaces(), 0);
	for (i = 0; i < calls; i++) {
		close_one(&side->ties[i].socket);
		close_one(&side->ties[i].end.channel);
		close_one(&side->ties[i].end.data);
	}
	app_close(side->app);
	wait_sessions(0);
}

static uint32_t exchange_adapters(void)
{
	struct condis_exchange_info *list = NULL;
	ssize_t length = condis_exchanges(admin(), &list);
	uint32_t adapters;

	assert_int_equal(length, 1);
	adapters = list[0].adapters;
	free(list);
	return adapters;
}

/*
 * Nobody of ours holds the namespace any more. That it goes, which no channel and no
 * interface may keep it from, is seen by its adapter, which goes with it.
 */
static void space_gone(uint32_t at_home)
{
	long long end = now_ms() + patience();

	space_end(&space);
	while (exchange_adapters() != at_home) {
		if (now_ms() > end)
			fail_msg("somebody holds the namespace");
		poll(NULL, 0, 5);
	}
	check_log();
}

/* Both sides leave, and nothing is left. */
static void all_leave(uint32_t at_home)
{
	long long start = now_ms();

	go(&space);
	side_leave(&far);
	wait_count(CONDIS_COUNTER_VCS, 0);
	go_home();
	side_leave(&near);
	wait_count(CONDIS_COUNTER_VCS, 0);
	space_gone(at_home);
	say("all has gone after %lld ms", now_ms() - start);
}

/* The near end drops every call; exactly this is heard. */
static void near_drops(void)
{
	struct tally out = { 0 }, in = { 0 };
	long long start = now_ms();
	unsigned int i;

	for (i = 0; i < calls; i++)
		call_drop(near.app, near.ties[i].call);
	side_hear(&near, &out, &out.idle, calls);
	side_hear(&near, &out, &out.replies, calls);
	side_hear(&far, &in, &in.disconnected, calls);
	side_dead(&near);
	side_dead(&far);
	say("hung up after %lld ms", now_ms() - start);
	assert_in_range(now_ms() - start, 0, promptness());
	side_nothing(&near, &out);
	side_nothing(&far, &in);
	assert_int_equal(out.replies, calls);
	assert_int_equal(out.idle, calls);
	assert_int_equal(out.disconnected, 0);
	assert_int_equal(in.disconnected, calls);
	assert_int_equal(in.idle, 0);
	assert_int_equal(out.closes + in.closes, 0);
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
	assert_in_range(now_ms() - start, 0, promptness());
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
	many_flow(CALLS, UNITS);
	start = now_ms();
	unload_ndiswan();
	say("rmmod %s: %lld ms", NDISWAN, now_ms() - start);
	assert_in_range(now_ms() - start, 0, promptness());
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

		/* Frames of PPP's that were on their way come before ours. */
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

/* All of the far side, by a process that is killed in the end. */
static int far_process(void *argument)
{
	struct tally in = { 0 };

	(void)argument;
	if (setns(space.fd, CLONE_NEWNET))
		return 1;
	side_open(&far);
	child_ready();
	side_hear(&far, &in, &in.connected, calls);
	far_attach();
	if (interfaces() != units)
		return 2;
	child_ready();
	side_traffic(&far);
	return 0;
}

/* Its processes are killed, and the namespace is deleted. */
static void namespace_killed(void **state)
{
	struct tally out = { 0 };
	long long start;
	pid_t pid;

	(void)state;
	two_spaces(CALLS, UNITS);
	pid = child_start_holding(far_process, NULL);
	child_await(pid);
	side_open(&near);
	near_dials();
	side_hear(&near, &out, &out.connected, calls);
	near_attach();
	/* It attaches itself meanwhile, and has a long way to go. */
	child_await(pid);
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
	many_flow(CALLS, UNITS);
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
	many_flow(CALLS, UNITS);
	start = now_ms();
	adapter_surprise("a");
	say("pulled out: %lld ms", now_ms() - start);
	assert_in_range(now_ms() - start, 0, promptness());
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

/* Lost and late, with full queues at both ends: nobody waits for what they hold. */
static void hung_up_on_poor_lines(void **state)
{
	enum { POOR = 20, FRAMES = 100 };

	(void)state;
	many_flow(POOR, POOR / 2);
	/* A second for a frame, so more than a minute for a window of them. */
	line_knobs("8000", "500", "300000");
	side_stop(&near);
	side_stop(&far);
	side_fill(&near, FRAMES);
	side_fill(&far, FRAMES);
	near_drops();
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
	long long end = now_ms() + patience();
	unsigned char frame[2048];
	unsigned int i;
	int to;

	(void)state;
	against_a_file(1);
	to = far.ties[0].end.data;
	side_fill(&near, FRAMES);
	/* What PPP has given to the line has come: it is there, or it is counted. */
	do {
		sent = FRAMES + 1 + tie_stats(&near.ties[0]).ppp_opackets;
		queued(to, &packets, &lost);
		assert_true(packets <= QUEUE);
		if (now_ms() > end)
			fail_msg("%llu sent, %llu there, %llu lost", sent, packets, lost);
	} while (packets + lost != sent);
	assert_true(sent > FRAMES + FRAMES / 2);
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
	int to;

	(void)state;
	against_a_file(0);
	to = far.ties[0].end.data;
	/* The first says who it is. */
	assert_int_equal(read(to, frame, sizeof(frame)), 2 + 14);
	for (round = 0; round < ROUNDS; round++) {
		for (i = 0; i < (round ? 5 : FRAMES); i++) {
			length = lcp(frame, 1, DATAGRAM);
			next++;
			memcpy(frame + 6, &next, sizeof(next));
			assert_int_equal(write(near.ties[0].end.channel, frame, length), length);
		}
		do {
			queued(to, &packets, &lost);
			assert_true(packets <= QUEUE);
			watchdog_alive();
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
	line_knobs("8000", "0", "0");
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
	long long end = now_ms() + patience();
	unsigned char got[2048];
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

/*
 * A storm
 */

/**
 * struct attacher - attaches and detaches as fast as it can
 * @data: the data file
 * @chance: what it follows from
 * @is_over: it is to end
 * @attached: how often it had the channel
 * @what: what has failed as it must not, or NULL
 * @error: with this errno
 */
struct attacher {
	int data;
	uint32_t chance;
	atomic_bool is_over;
	unsigned int attached;
	const char *what;
	int error;
};

static bool is_one_of(int error, const int *errors)
{
	for (; *errors; errors++)
		if (*errors == error)
			return true;
	return false;
}

/* It was refused: as it may be while the call or NDISWAN ends, or not. */
static void attacher_refused(struct attacher *attacher, const char *what, const int *errors)
{
	if (attacher->what || is_one_of(errno, errors))
		return;
	attacher->what = what;
	attacher->error = errno;
}

static void attacher_unit(struct attacher *attacher, int channel)
{
	static const int may_connect[] = { ENXIO, ENOTCONN, EINVAL, 0 };
	int unit = open("/dev/ppp", O_RDWR | O_NONBLOCK | O_CLOEXEC), number = -1;

	if (ioctl(unit, PPPIOCNEWUNIT, &number))
		attacher_refused(attacher, "PPPIOCNEWUNIT", (const int[]) { 0 });
	else if (ioctl(channel, PPPIOCCONNECT, &number))
		attacher_refused(attacher, "PPPIOCCONNECT", may_connect);
	close(unit);
}

static void attacher_turn(struct attacher *attacher)
{
	static const int may_be[] = {
		ENOTCONN, ENODEV, EOPNOTSUPP, EBUSY, ECONNRESET, ESHUTDOWN, ENETDOWN, 0,
	};
	static const int may_attach[] = { ENXIO, 0 };
	unsigned char frame[128];
	int channel, index;
	size_t length;

	attacher->chance = attacher->chance * 1664525 + 1013904223;
	if (ioctl(attacher->data, PPPIOCGCHAN, &index)) {
		attacher_refused(attacher, "PPPIOCGCHAN", may_be);
		/* Nobody reads or writes beside a channel: without one it is the file's. */
		length = lcp(frame, 7, 20);
		if (write(attacher->data, frame, length) < 0)
			attacher_refused(attacher, "write",
					 (const int[]) { EBUSY, EPIPE, EAGAIN, ENETDOWN, 0 });
		return;
	}
	channel = open("/dev/ppp", O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (ioctl(channel, PPPIOCATTCHAN, &index)) {
		attacher_refused(attacher, "PPPIOCATTCHAN", may_attach);
	} else {
		attacher->attached++;
		length = lcp(frame, 7, 20);
		if (write(channel, frame, length) < 0)
			attacher_refused(attacher, "write to the channel", may_attach);
		if (attacher->chance >> 31)
			attacher_unit(attacher, channel);
		if (read(channel, frame, sizeof(frame)) < 0)
			attacher_refused(attacher, "read of the channel",
					 (const int[]) { EAGAIN, 0 });
	}
	close(channel);
}

static void *attacher_run(void *argument)
{
	struct attacher *attacher = argument;

	while (!atomic_load(&attacher->is_over))
		attacher_turn(attacher);
	return NULL;
}

static void reload_ndiswan(void)
{
	unload_ndiswan();
	load_ndiswan();
}

/* A round of the storm: something happens, while both ends come and go; the call's end? */
static bool storm_round(struct pair *pair)
{
	bool is_over = true;

	usleep(below(3000));
	switch (below(6)) {
	case 0:
		call_drop(pair->caller, pair->out);
		hear(pair->caller, "C1 IDLE");
		hear(pair->callee, "C1 DISCONNECTED");
		break;
	case 1:
		call_drop(pair->callee, pair->in);
		reload_ndiswan();
		hear(pair->callee, "C1 IDLE");
		hear(pair->caller, "C1 DISCONNECTED");
		break;
	case 2:
		unload_ndiswan();
		call_drop(pair->caller, pair->out);
		load_ndiswan();
		hear(pair->caller, "C1 IDLE");
		hear(pair->callee, "C1 DISCONNECTED");
		break;
	default:
		reload_ndiswan();
		assert_int_equal(call_state(pair->caller, pair->out), LINECALLSTATE_CONNECTED);
		assert_int_equal(call_state(pair->callee, pair->in), LINECALLSTATE_CONNECTED);
		is_over = false;
		break;
	}
	return is_over;
}

static void storm(void **state)
{
	/* The verifier and KASAN make a module's loading ten times as long. */
	const unsigned int rounds = is_debug_kernel() ? 60 : 200;
	const char *seed = getenv("CONDIS_WALK_SEED");
	struct attacher attachers[2] = { 0 };
	unsigned int round, attached = 0, i;
	pthread_t threads[2];
	bool is_over = true;
	struct pair pair;
	int data[2];

	(void)state;
	two_adapters("2");
	chance_begin(seed ? strtoull(seed, NULL, 10) : 12345);
	for (round = 0; round < rounds; round++) {
		watchdog_alive();
		if (is_over) {
			pair = pair_connected();
			data[0] = call_data(pair.caller, pair.out, NDPROXY_DATA_NONBLOCK);
			data[1] = call_data(pair.callee, pair.in, NDPROXY_DATA_NONBLOCK);
		}
		for (i = 0; i < 2; i++) {
			attachers[i] = (struct attacher) {
				.data = data[i], .chance = (uint32_t)chance_next(),
			};
			assert_int_equal(pthread_create(&threads[i], NULL, attacher_run,
							&attachers[i]), 0);
		}
		is_over = storm_round(&pair);
		for (i = 0; i < 2; i++) {
			atomic_store(&attachers[i].is_over, true);
			pthread_join(threads[i], NULL);
			if (attachers[i].what)
				fail_msg("round %u, end %u: %s: %s", round, i, attachers[i].what,
					 strerror(attachers[i].error));
			attached += attachers[i].attached;
		}
		if (!is_over)
			continue;
		close_fd(data[0]);
		close_fd(data[1]);
		app_close(pair.caller);
		app_close(pair.callee);
		wait_sessions(0);
	}
	say("%u rounds, attached %u times", rounds, attached);
	assert_true(attached > rounds);
	assert_int_equal(interfaces(), 0);
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
		MANY_TEST(storm),
	};

	return cmocka_run_group_tests(tests, many_group_setup, NULL);
}
