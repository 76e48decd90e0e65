// SPDX-License-Identifier: GPL-2.0
/*
 * PPP over a call: the data file's channel, frames through the kernel's PPP, and what
 * comes down in which order.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <linux/ppp-ioctl.h>
#include <linux/ppp_defs.h>
#include <stdio.h>
#include <stdlib.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "delays.h"
#include "ppp.h"
#include "program.h"
#include "space.h"

/* Without NDISWAN there is no channel, and the data file is what it was. */
static void nobody_is_there(void **state)
{
	unsigned char frame[64], got[64];
	int from, to, index = 7;
	size_t length;

	(void)state;
	unload_ndiswan();
	ppp_connected(&from, &to);
	assert_int_equal(ioctl(from, PPPIOCGCHAN, &index), -1);
	assert_int_equal(errno, EOPNOTSUPP);
	assert_int_equal(index, 7);
	assert_int_equal(ioctl(from, PPPIOCGUNIT, &index), -1);
	assert_int_equal(errno, ENOTTY);
	length = lcp(frame, 1, 10);
	assert_int_equal(write(from, frame, length), length);
	assert_int_equal(wait_fd(to, POLLIN, patience()) & POLLIN, POLLIN);
	assert_int_equal(read(to, got, sizeof(got)), length);

	/* It is there from now on, for calls that are up as well. */
	load_ndiswan();
	channel_of(from);
}

static void one_number(void **state)
{
	int from, to, index, again;
	struct pair pair;
	char byte = 0;

	(void)state;
	pair = ppp_connected(&from, &to);
	index = channel_of(from);
	assert_int_equal(ioctl(from, PPPIOCGCHAN, &again), 0);
	assert_int_equal(again, index);
	assert_int_not_equal(channel_of(to), index);

	assert_int_equal(write(from, &byte, 1), -1);
	assert_int_equal(errno, EBUSY);
	assert_int_equal(read(from, &byte, 1), -1);
	assert_int_equal(errno, EBUSY);
	assert_int_equal(wait_fd(from, POLLIN | POLLOUT, 0), 0);
	assert_int_equal(ioctl(from, PPPIOCGCHAN, (void *)8), -1);
	assert_int_equal(errno, EFAULT);

	ppp_hang_up(&pair);
	assert_int_equal(ioctl(from, PPPIOCGCHAN, &again), -1);
	assert_int_equal(errno, ENOTCONN);
	assert_int_equal(read(from, &byte, 1), 0);
	assert_int_equal(write(from, &byte, 1), -1);
	assert_int_equal(errno, EPIPE);
}

/* What NDISWAN keeps open on an adapter is nobody's use of it. */
static void idle_is_nothing_left(void **state)
{
	struct pair pair;
	int from, to;

	(void)state;
	pair = ppp_connected(&from, &to);
	channel_of(from);
	channel_of(to);
	close_fd(from);
	close_fd(to);
	app_close(pair.caller);
	app_close(pair.callee);
	wait_nothing_left();
	wait_count(CONDIS_COUNTER_AFS, 2);
	wait_count(CONDIS_COUNTER_SAPS, 2);
}

static void frames_both_ways(void **state)
{
	unsigned char frame[2048];
	struct end ends[2];
	struct pair pair;
	int i;
	size_t length;

	(void)state;
	pair = ppp_attached(ends);
	for (i = 0; i < 100; i++) {
		length = lcp(frame, (unsigned char)i, (size_t)i * 14);
		assert_int_equal(write(ends[i & 1].channel, frame, length), length);
		expect_frame(ends[!(i & 1)].channel, frame, length);
	}
	ppp_hang_up(&pair);
	expect_dead(ends[0].channel);
	expect_dead(ends[1].channel);
}

/* What has come before PPP was there is not lost, and comes first. */
static void early_frames(void **state)
{
	unsigned char frame[64];
	struct pair pair;
	int from, to, i;
	struct end end;
	size_t length;

	(void)state;
	pair = ppp_connected(&from, &to);
	for (i = 0; i < 20; i++) {
		length = lcp(frame, (unsigned char)i, 10);
		assert_int_equal(write(from, frame, length), length);
	}
	/* Some of them are queued by now, and some may be on their way. */
	end = end_attach(to);
	for (i = 20; i < 25; i++) {
		length = lcp(frame, (unsigned char)i, 10);
		assert_int_equal(write(from, frame, length), length);
	}
	for (i = 0; i < 25; i++) {
		length = lcp(frame, (unsigned char)i, 10);
		expect_frame(end.channel, frame, length);
	}
	ppp_hang_up(&pair);
	expect_dead(end.channel);
}

/* A frame on the line: address and control, unless they were compressed. */
static void framing(void **state)
{
	unsigned char frame[64], got[64];
	unsigned int flags = SC_COMP_AC | SC_COMP_PROT;
	struct pair pair;
	struct end end;
	int from, to;
	size_t length;

	(void)state;
	pair = ppp_connected(&from, &to);
	end = end_attach(from);
	length = lcp(frame, 1, 4);
	assert_int_equal(write(end.channel, frame, length), length);
	assert_int_equal(wait_fd(to, POLLIN, patience()) & POLLIN, POLLIN);
	assert_int_equal(read(to, got, sizeof(got)), length + 2);
	assert_int_equal(got[0], 0xff);
	assert_int_equal(got[1], 0x03);
	assert_memory_equal(got + 2, frame, length);

	/* LCP's own have them always, others not. */
	assert_int_equal(ioctl(end.channel, PPPIOCSFLAGS, &flags), 0);
	flags = 0;
	assert_int_equal(ioctl(end.channel, PPPIOCGFLAGS, &flags), 0);
	assert_int_equal(flags, SC_COMP_AC | SC_COMP_PROT);
	frame[2] = 1;
	assert_int_equal(write(end.channel, frame, length), length);
	assert_int_equal(wait_fd(to, POLLIN, patience()) & POLLIN, POLLIN);
	assert_int_equal(read(to, got, sizeof(got)), length + 2);
	frame[0] = 0x00;
	frame[1] = 0x57;
	assert_int_equal(write(end.channel, frame, length), length);
	assert_int_equal(wait_fd(to, POLLIN, patience()) & POLLIN, POLLIN);
	assert_int_equal(read(to, got, sizeof(got)), length - 1);
	assert_memory_equal(got, frame + 1, length - 1);
	ppp_hang_up(&pair);
}

/* Reads until it comes: others may be before it. */
static void expect_frame_among_others(int fd, const unsigned char *frame, size_t length)
{
	long long end = now_ms() + patience();
	unsigned char got[4096];
	ssize_t size;

	do {
		if (now_ms() > end || !(wait_fd(fd, POLLIN, patience()) & POLLIN))
			fail_msg("the frame does not come");
		size = read(fd, got, sizeof(got));
	} while (size != (ssize_t)length || memcmp(got, frame, length));
}

/* Whatever the far end's data file writes: it is dropped, or it is a frame; others go on. */
static void hostile_frames(void **state)
{
	static const unsigned char frames[][6] = {
		{ 0xff }, { 0xff, 0x03 }, { 0xff, 0x03, 0x21 }, { 0xff, 0x03, 0x00 }, { 0x21 },
		{ 0x00 }, { 0x00, 0x21 }, { 0xff, 0xff, 0xff }, { 0xc0 }, { 0xc0, 0x21 },
		{ 0xff, 0x03, 0xc0, 0x21 }, { 0x3d }, { 0x00, 0x3d }, { 0x2d }, { 0x2f },
		{ 0x00, 0xfd }, { 0x80, 0xfd }, { 0x80, 0xfd, 1 }, { 0xfd, 0xfd },
	};
	unsigned char frame[2048];
	struct pair pair;
	struct end end;
	size_t i, length;
	int from, to;

	(void)state;
	pair = ppp_connected(&from, &to);
	end = end_attach(to);
	end_unit(&end);
	for (i = 0; i < ARRAY_SIZE(frames); i++)
		for (length = 1; length <= sizeof(frames[i]); length++) {
			if (!(wait_fd(from, POLLOUT, patience()) & POLLOUT))
				fail_msg("no room");
			assert_int_equal(write(from, frames[i], length), length);
		}
	for (i = 0; i < 256; i++) {
		memset(frame, (int)i, sizeof(frame));
		if (!(wait_fd(from, POLLOUT, patience()) & POLLOUT))
			fail_msg("no room");
		length = i & 1 ? sizeof(frame) : 1;
		assert_int_equal(write(from, frame, length), length);
	}
	if (!(wait_fd(from, POLLOUT, patience()) & POLLOUT))
		fail_msg("no room");
	length = lcp(frame, 0x42, 20);
	assert_int_equal(write(from, frame, length), length);
	expect_frame_among_others(end.channel, frame, length);
	ppp_hang_up(&pair);
	expect_dead(end.channel);
}

/* Rmmod of NDISWAN: its channel dies, the call goes on, and its data is the file's again. */
static void without_ndiswan_again(void **state)
{
	unsigned char frame[64], got[64];
	struct pair pair;
	struct end end;
	int from, to;
	size_t length;

	(void)state;
	pair = ppp_connected(&from, &to);
	end = end_attach(from);
	end_unit(&end);
	unload_ndiswan();
	expect_dead(end.channel);
	length = lcp(frame, 1, 10);
	assert_int_equal(write(from, frame, length), length);
	assert_int_equal(wait_fd(to, POLLIN, patience()) & POLLIN, POLLIN);
	assert_int_equal(read(to, got, sizeof(got)), length);
	assert_int_equal(write(to, frame, length), length);
	assert_int_equal(wait_fd(from, POLLIN, patience()) & POLLIN, POLLIN);
	assert_int_equal(read(from, got, sizeof(got)), length);

	load_ndiswan();
	end = end_attach(from);
	ppp_hang_up(&pair);
	expect_dead(end.channel);
}

static void *ask_channel(void *data)
{
	int index;

	return (void *)(intptr_t)(ioctl((int)(intptr_t)data, PPPIOCGCHAN, &index) ? errno : 0);
}

/*
 * Rmmod of NDISWAN while it is asked: who closes its calls has taken this one, and says so only
 * after the offer was answered.
 */
static void without_ndiswan_meanwhile(void **state)
{
	pthread_t thread;
	struct pair pair;
	void *error;
	int from, to;

	(void)state;
	pair = ppp_connected(&from, &to);
	channel_of(to);
	delays("ndiswan.call.made:500,ndiswan.call.down:1000");
	assert_int_equal(pthread_create(&thread, NULL, ask_channel, (void *)(intptr_t)from), 0);
	usleep(200000);
	unload_ndiswan();
	assert_int_equal(pthread_join(thread, &error), 0);
	/* A core without delays has made it before. */
	if (is_debug_kernel())
		assert_int_not_equal((intptr_t)error, 0);
	delays("\n");
	load_ndiswan();
	channel_of(from);
	ppp_hang_up(&pair);
}

/* Rmmod of NDPROXY, which NDISWAN has a family open of (F5, F12), and its return. */
static void call_manager_goes_and_comes(void **state)
{
	struct pair pair;
	struct end end;
	int from, to;

	(void)state;
	two_adapters("2");
	assert_int_equal(module_unload(NDPROXY), 0);
	wait_count(CONDIS_COUNTER_AFS, 0);
	assert_int_equal(module_load(NDPROXY), 0);
	pair = pair_connected();
	from = call_data(pair.caller, pair.out, NDPROXY_DATA_NONBLOCK);
	to = call_data(pair.callee, pair.in, NDPROXY_DATA_NONBLOCK);
	channel_of(to);
	end = end_attach(from);
	ppp_hang_up(&pair);
	expect_dead(end.channel);
}

static void expect_ppp_stays(void)
{
	/* A part of the debug kernel. */
	if (!access("/sys/module/ppp_generic/refcnt", F_OK))
		assert_int_equal(module_unload("ppp_generic"), -EWOULDBLOCK);
}

/* Nobody takes away what a call with PPP stands on: the session and the files hold it. */
static void nobody_can_be_removed(void **state)
{
	unsigned char frame[64];
	struct end ends[2];
	struct pair pair;
	size_t length;

	(void)state;
	pair = ppp_linked(ends);
	assert_int_equal(module_unload(NDPROXY), -EWOULDBLOCK);
	assert_int_equal(module_unload(CORE), -EWOULDBLOCK);
	expect_ppp_stays();
	expect_nothing(pair.caller);
	expect_nothing(pair.callee);
	length = lcp(frame, 1, 10);
	assert_int_equal(write(ends[0].channel, frame, length), length);
	expect_frame(ends[1].channel, frame, length);

	/* NDISWAN itself may go: then it is not what holds the others. */
	unload_ndiswan();
	expect_dead(ends[0].channel);
	expect_dead(ends[1].channel);
	assert_int_equal(module_unload(NDPROXY), -EWOULDBLOCK);
	assert_int_equal(module_unload(CORE), -EWOULDBLOCK);
	expect_ppp_stays();
	load_ndiswan();
	ppp_hang_up(&pair);
}

static void owner_goes_first(void **state)
{
	struct end ends[2];
	struct pair pair;

	(void)state;
	pair = ppp_linked(ends);
	/* The data file keeps no call up and ends none; the session does. */
	close_fd(ends[0].data);
	app_close(pair.caller);
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	expect_dead(ends[0].channel);
	expect_dead(ends[1].channel);
	expect_end();
}

static void unit_goes_first(void **state)
{
	struct end ends[2];
	struct pair pair;

	(void)state;
	pair = ppp_linked(ends);
	close_fd(ends[0].unit);
	close_fd(ends[0].channel);
	close_fd(ends[1].channel);
	close_fd(ends[1].unit);
	ppp_hang_up(&pair);
}

static void adapter_goes_first(bool surprise)
{
	struct end ends[2];
	struct pair pair;

	pair = ppp_linked(ends);
	if (surprise)
		adapter_surprise("a");
	else
		adapter_del("a");
	expect_dead(ends[0].channel);
	expect_dead(ends[1].channel);
	expect_up_to(pair.callee, "C1 DISCONNECTED*");
	app_close(pair.caller);
	app_close(pair.callee);
}

static void halted(void **state)
{
	(void)state;
	adapter_goes_first(false);
}

static void pulled_out(void **state)
{
	(void)state;
	adapter_goes_first(true);
}

static void miniport_goes_first(void **state)
{
	struct end ends[2];
	struct pair pair;

	(void)state;
	pair = ppp_linked(ends);
	assert_int_equal(module_unload(VWAN), 0);
	expect_dead(ends[0].channel);
	expect_dead(ends[1].channel);
	app_close(pair.caller);
	app_close(pair.callee);
}

/* What is sent while the adapter is paused, or reset, waits and comes (F13, F7). */
static void paused_and_reset(void **state)
{
	unsigned char frame[64];
	struct end ends[2];
	struct pair pair;
	int i;
	size_t length;

	(void)state;
	pair = ppp_attached(ends);
	assert_int_equal(condis_adapter_pause(admin(), "a"), 0);
	for (i = 0; i < 5; i++) {
		length = lcp(frame, (unsigned char)i, 10);
		assert_int_equal(write(ends[0].channel, frame, length), length);
	}
	assert_int_equal(wait_fd(ends[1].channel, POLLIN, 50), 0);
	assert_int_equal(condis_adapter_restart(admin(), "a"), 0);
	for (i = 0; i < 5; i++) {
		length = lcp(frame, (unsigned char)i, 10);
		expect_frame(ends[1].channel, frame, length);
	}
	assert_int_equal(condis_adapter_reset(admin(), "a"), 0);
	length = lcp(frame, 9, 10);
	assert_int_equal(write(ends[0].channel, frame, length), length);
	expect_frame(ends[1].channel, frame, length);
	ppp_hang_up(&pair);
	expect_dead(ends[0].channel);
	expect_dead(ends[1].channel);
}

/* More lines: every session is closed from below, leg B first (F8). */
static void other_lines(void **state)
{
	struct end ends[2];
	struct pair pair;

	(void)state;
	pair = ppp_attached(ends);
	adapter_set("a", "lines", "3", NULL);
	expect_dead(ends[0].channel);
	expect_dead(ends[1].channel);
	app_close(pair.caller);
	app_close(pair.callee);
}

/* Both ends at once, and again and again. */
static void many_times(void **state)
{
	struct pair pair;
	int from, to, i;

	(void)state;
	pair = ppp_connected(&from, &to);
	for (i = 0; i < 20; i++) {
		struct end ends[2] = { end_attach(from), end_attach(to) };

		if (i & 1) {
			end_unit(&ends[0]);
			end_unit(&ends[1]);
		}
		call_drop(pair.caller, pair.out);
		if (i & 2)
			call_drop(pair.callee, pair.in);
		expect_dead(ends[0].channel);
		expect_dead(ends[1].channel);
		close_fd(ends[0].channel);
		close_fd(ends[1].channel);
		if (i & 1) {
			close_fd(ends[0].unit);
			close_fd(ends[1].unit);
		}
		close_fd(from);
		close_fd(to);
		app_close(pair.caller);
		app_close(pair.callee);
		wait_sessions(0);
		/* The line has two calls: the legs of this one may outlive who had it. */
		wait_count(CONDIS_COUNTER_VCS, 0);
		pair = pair_connected();
		from = call_data(pair.caller, pair.out, NDPROXY_DATA_NONBLOCK);
		to = call_data(pair.callee, pair.in, NDPROXY_DATA_NONBLOCK);
	}
}

#define UDP_PORT	4000

static int udp_socket(const char *address, bool receives)
{
	const struct timeval limit = { .tv_sec = patience() / 1000 };
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = htons(UDP_PORT) };
	int fd = keep_fd(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));

	inet_pton(AF_INET, address, &in.sin_addr);
	if (receives ? bind(fd, (struct sockaddr *)&in, sizeof(in)) :
		       connect(fd, (struct sockaddr *)&in, sizeof(in)))
		fail_msg("%s: %s", address, strerror(errno));
	assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit)), 0);
	return fd;
}

/* A datagram "bad", with a checksum that is wrong, by a raw socket. */
static void send_bad(const char *from, const char *to)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	struct {
		struct iphdr ip;
		struct udphdr udp;
		char text[4];
	} __attribute__((packed)) packet = {
		.ip = { .version = 4, .ihl = 5, .ttl = 64, .protocol = IPPROTO_UDP },
		.udp = {
			.source = htons(UDP_PORT),
			.dest = htons(UDP_PORT),
			.len = htons(sizeof(struct udphdr) + 4),
			.check = htons(0x1234),
		},
		.text = "bad",
	};
	int fd = keep_fd(socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW));

	inet_pton(AF_INET, from, &packet.ip.saddr);
	inet_pton(AF_INET, to, &in.sin_addr);
	packet.ip.daddr = in.sin_addr.s_addr;
	assert_int_equal(sendto(fd, &packet, sizeof(packet), 0, (struct sockaddr *)&in,
				sizeof(in)), sizeof(packet));
	close_fd(fd);
}

/* What was damaged on its way to the call is not taken for whole because the call does no harm. */
static void expect_bad_is_dropped(const struct space *space)
{
	char text[16] = "";
	int to, from;

	go(space);
	to = udp_socket("10.9.0.2", true);
	go_home();
	from = udp_socket("10.9.0.2", false);
	send_bad("10.9.0.1", "10.9.0.2");
	assert_int_equal(send(from, "good", 5, 0), 5);
	/* They come in order. */
	if (recv(to, text, sizeof(text), 0) < 0)
		fail_msg("no datagram came: %s", strerror(errno));
	assert_string_equal(text, "good");
	close_fd(from);
	close_fd(to);
}

/* Two namespaces, IP between them. */
static void ip_across(void **state)
{
	struct end ends[2];
	struct space space;
	struct pair pair;

	(void)state;
	pair = ppp_ip_across(&space, ends, "10.9.0.1", "10.9.0.2");
	if (run("busybox ping -c 5 -W 10 10.9.0.2"))
		fail_msg("%s%s", out, err);
	if (run("busybox ping -c 20 -A -s 1400 -W 10 10.9.0.2"))
		fail_msg("%s%s", out, err);
	expect_bad_is_dropped(&space);

	call_drop(pair.callee, pair.in);
	expect_in_any_order(pair.callee, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.caller, "C1 DISCONNECTED NORMAL 16");
	expect_dead(ends[0].channel);
	expect_dead(ends[1].channel);
	close_fd(ends[1].channel);
	close_fd(ends[1].unit);
	close_fd(ends[1].data);
	ppp_leave(&space, &pair);
}

/* The stock pppd's status when its line hangs up. */
#define PPPD_HANGUP	16

/**
 * struct daemon - a pppd
 * @data: its data file
 * @addresses: its own and the other one's
 */
struct daemon {
	int data;
	const char *addresses;
};

static int pppd(void *argument)
{
	const struct daemon *daemon = argument;
	char number[16], plugin[4096], log[64];

	snprintf(number, sizeof(number), "%d", daemon->data);
	snprintf(plugin, sizeof(plugin), "%s/build/tools/condis.so", getenv("CONDIS_TOP"));
	snprintf(log, sizeof(log), "/tmp/pppd.%d", daemon->data);
	fcntl(daemon->data, F_SETFD, 0);
	child_ready();
	/*
	 * A guest is slow: what is asked again before it could be answered starts the negotiation
	 * anew, and a script that has not ended in time is an error of its own.
	 */
	execl("/usr/sbin/pppd", "pppd", "file", "/dev/null", "plugin", plugin, "condis-fd", number,
	      "nodetach", "noauth", "noipv6", "noccp", "nodefaultroute", "ip-up-script",
	      "/bin/true", "ip-down-script", "/bin/true", "lcp-restart", "20", "ipcp-restart", "20",
	      "child-timeout", "0", "debug", "logfile", log, daemon->addresses, NULL);
	return 98;
}

static void show_log(const struct daemon *daemon)
{
	char path[64], text[8192];

	snprintf(path, sizeof(path), "/tmp/pppd.%d", daemon->data);
	text[0] = 0;
	slurp(path, text, sizeof(text));
	say("%s", text);
}

/* The two of them negotiate, carry packets, and the end of the call is their end. */
static void stock_pppd(void **state)
{
	struct daemon near, far;
	struct space space;
	struct pair pair;
	pid_t pids[2];
	int from, to, status;
	long long end;

	(void)state;
	pair = ppp_across(&space, &from, &to);
	near = (struct daemon) { from, "10.8.0.1:10.8.0.2" };
	far = (struct daemon) { to, "10.8.0.2:10.8.0.1" };
	pids[0] = child_start_holding(pppd, &near);
	child_await(pids[0]);
	go(&space);
	pids[1] = child_start_holding(pppd, &far);
	child_await(pids[1]);
	go_home();

	end = now_ms() + 2 * patience();
	while (run("busybox ping -c 1 -W 1 10.8.0.2")) {
		if (now_ms() < end)
			continue;
		show_log(&near);
		show_log(&far);
		fail_msg("no packet comes through: %s%s", out, err);
	}
	if (run("busybox ping -c 20 -A -s 1400 -W 10 10.8.0.2"))
		fail_msg("%s%s", out, err);

	call_drop(pair.caller, pair.out);
	expect_in_any_order(pair.caller, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	status = child_wait(pids[0]);
	if (status != PPPD_HANGUP) {
		show_log(&near);
		fail_msg("pppd ends with %d", status);
	}
	status = child_wait(pids[1]);
	if (status != PPPD_HANGUP) {
		show_log(&far);
		fail_msg("the far pppd ends with %d", status);
	}
	if (!run("ip link show type ppp | grep ppp"))
		fail_msg("an interface is left: %s", out);
	close_fd(to);
	ppp_leave(&space, &pair);
}

static int no_delays(void **state)
{
	delays_end();
	return ppp_teardown(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PPP_TEST(nobody_is_there),
		PPP_TEST(one_number),
		PPP_TEST(idle_is_nothing_left),
		PPP_TEST(frames_both_ways),
		PPP_TEST(early_frames),
		PPP_TEST(framing),
		PPP_TEST(hostile_frames),
		PPP_TEST(without_ndiswan_again),
		cmocka_unit_test_setup_teardown(without_ndiswan_meanwhile, ppp_setup, no_delays),
		PPP_TEST(call_manager_goes_and_comes),
		PPP_TEST(nobody_can_be_removed),
		PPP_TEST(owner_goes_first),
		PPP_TEST(unit_goes_first),
		PPP_TEST(halted),
		PPP_TEST(pulled_out),
		PPP_TEST(miniport_goes_first),
		PPP_TEST(paused_and_reset),
		PPP_TEST(other_lines),
		PPP_TEST(many_times),
		PPP_TEST(ip_across),
		PPP_TEST(stock_pppd),
	};

	return cmocka_run_group_tests(tests, ppp_generic_setup, NULL);
}
