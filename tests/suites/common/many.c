// SPDX-License-Identifier: GPL-2.0
/*
 * Many calls at once: dialling them, PPP and traffic on them, and their end.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/ppp-ioctl.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "many.h"

/* Frames of a call's that are on their way at most, from each end: fewer than PPP keeps. */
#define CREDIT	8

/* Bytes of its LCP's data. */
#define FRAME_DATA	60

struct side near, far;
struct space space;
unsigned int calls, units;
static int kernel_log = -1;

/*
 * Setup and teardown
 */

int many_group_setup(void **state)
{
	struct rlimit files = { 4096, 4096 };

	setrlimit(RLIMIT_NOFILE, &files);
	return ppp_generic_setup(state);
}

int many_setup(void **state)
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

void side_stop(struct side *side)
{
	if (!side->is_running)
		return;
	atomic_store(&side->is_over, true);
	pthread_join(side->thread, NULL);
	side->is_running = false;
}

void check_log(void)
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

int many_teardown(void **state)
{
	int error;

	side_stop(&near);
	side_stop(&far);
	error = ppp_teardown(state);
	if (!error)
		check_log();
	return error;
}

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

void side_hear(struct side *side, struct tally *tally, const unsigned int *number,
	       unsigned int wanted)
{
	struct ndproxy_event event;

	while (*number < wanted) {
		if (!side_event(side, &event, patience()))
			fail_msg("%s waits for %u, has %u: %u %u %u %u %u of struct tally",
				 side->app->name, wanted, *number, tally->replies,
				 tally->connected, tally->disconnected, tally->idle,
				 tally->closes);
		side_count(side, &event, tally);
	}
}

void side_nothing(struct side *side, struct tally *tally)
{
	struct ndproxy_event event;

	while (side_event(side, &event, 0))
		side_count(side, &event, tally);
}

/*
 * Interfaces
 */

unsigned int interfaces(void)
{
	struct if_nameindex *list = if_nameindex(), *entry;
	unsigned int number = 0;

	assert_non_null(list);
	for (entry = list; entry->if_name; entry++)
		number += !strncmp(entry->if_name, "ppp", 3);
	if_freenameindex(list);
	return number;
}

struct sockaddr_in address(unsigned int number, bool is_far)
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

struct pppstat tie_stats(const struct tie *tie)
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

void side_open(struct side *side)
{
	side->app = app_open(side->is_far ? "far" : "near");
	side->line = line_open(side->app, "a", 0, side->is_far ? OWNER : NONE);
}

void tie_init(struct side *side, struct tie *tie)
{
	tie->end.data = call_data(side->app, tie->call, NDPROXY_DATA_NONBLOCK);
	tie->end.channel = -1;
	tie->end.unit = -1;
	tie->socket = -1;
	tie->credit = CREDIT;
	tie->last = now_ms();
}

void near_attach(void)
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

void far_attach(void)
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
		tie->last = now_ms();
		if (tie->credit < CREDIT)
			tie->credit++;
	}
	/*
	 * While one end has an interface and the other has none, its packets are in the other's
	 * queue, where the newest push the oldest out: all of a call's frames, perhaps, and then
	 * each end would wait for the other.
	 */
	if (!tie->credit && now_ms() - tie->last > 1000)
		tie->credit = 1;
	if (tie->credit) {
		length = lcp(frame, (unsigned char)tie->credit, FRAME_DATA);
		if (write(tie->end.channel, frame, length) == (ssize_t)length) {
			tie->credit--;
			tie->last = now_ms();
		}
	}
	if (tie->socket < 0)
		return;
	/* What cannot be sent, because the interface has gone or is full, is no matter. */
	memset(frame, 0x55, DATAGRAM);
	send(tie->socket, frame, DATAGRAM, MSG_DONTWAIT);
	while (recv(tie->socket, frame, sizeof(frame), MSG_DONTWAIT) == DATAGRAM)
		atomic_fetch_add(&tie->datagrams, 1);
}

void *side_traffic(void *argument)
{
	struct side *side = argument;
	unsigned int i;

	while (!atomic_load(&side->is_over)) {
		for (i = 0; i < calls && !atomic_load(&side->is_over); i++)
			tie_turn(side, &side->ties[i]);
		/* There are two of these threads, and perhaps no more than two CPUs. */
		poll(NULL, 0, 1);
	}
	return NULL;
}

void side_start(struct side *side)
{
	assert_int_equal(pthread_create(&side->thread, NULL, side_traffic, side), 0);
	side->is_running = true;
}

void side_flows(struct side *side, bool with_units)
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

void two_spaces(unsigned int number_of_calls, unsigned int number_of_units)
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

void near_dials(void)
{
	unsigned int i;

	for (i = 0; i < calls; i++)
		near.ties[i].call = call_make(near.app, near.line, "200");
	near.length = calls;
}

void many_connected(void)
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

void many_flow(unsigned int number_of_calls, unsigned int number_of_units)
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

void side_dead(struct side *side)
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

void side_close_units(struct side *side)
{
	unsigned int i;

	for (i = 0; i < calls; i++)
		close_one(&side->ties[i].end.unit);
}

void side_leave(struct side *side)
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
void space_gone(uint32_t at_home)
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

void all_leave(uint32_t at_home)
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

void near_drops(void)
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
	side_nothing(&near, &out);
	side_nothing(&far, &in);
	assert_int_equal(out.replies, calls);
	assert_int_equal(out.idle, calls);
	assert_int_equal(out.disconnected, 0);
	assert_int_equal(in.disconnected, calls);
	assert_int_equal(in.idle, 0);
	assert_int_equal(out.closes + in.closes, 0);
}
