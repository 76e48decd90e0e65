// SPDX-License-Identifier: GPL-2.0
/*
 * Bytes through a link of PPP, between two namespaces.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "daemon.h"
#include "program.h"

#define BYTES	(256 * 1024)

static unsigned char byte_at(size_t at)
{
	return (unsigned char)(at * 7 + (at >> 8) * 13 + (at >> 16));
}

static void set_nonblocking(int fd)
{
	assert_int_equal(fcntl(fd, F_SETFL, O_NONBLOCK), 0);
}

/* Why is for a person to see. */
static void show_ends(void)
{
	static const char show[] = "ip -s link; ip address; ip -6 route show table all; "
				   "cat /proc/net/tcp /proc/net/tcp6; condisctl call list; "
				   "condisctl status; dmesg | grep -i ppp | tail -n 40";

	daemon_show("near");
	daemon_show("far");
	run("%s", show);
	say("near:\n%s", out);
	go(&far_space);
	run("%s", show);
	say("far:\n%s", out);
	go_home();
}

/**
 * struct pump - bytes on their way
 * @from: from where
 * @to: to where
 * @sent: so many were written
 * @received: so many have come
 */
struct pump {
	int from;
	int to;
	size_t sent;
	size_t received;
};

static void pump_write(struct pump *pump)
{
	unsigned char buffer[8192];
	ssize_t length;
	size_t i;

	for (i = 0; i < sizeof(buffer); i++)
		buffer[i] = byte_at(pump->sent + i);
	length = write(pump->from, buffer, sizeof(buffer));
	pump->sent += length > 0 ? (size_t)length : 0;
}

static void pump_read(struct pump *pump)
{
	unsigned char buffer[8192];
	ssize_t length, i;

	length = read(pump->to, buffer, sizeof(buffer));
	if (!length)
		fail_msg("the connection has ended after %zu bytes", pump->received);
	for (i = 0; i < length; i++)
		if (buffer[i] != byte_at(pump->received + (size_t)i))
			fail_msg("byte %zu is another one", pump->received + (size_t)i);
	if (length > 0) {
		pump->received += (size_t)length;
		watchdog_alive();
	}
}

/* Until so many have come; who writes is ahead of that. */
static void pump_until(struct pump *pump, size_t bytes)
{
	long long end = now_ms() + 2 * patience();
	size_t before = pump->received;

	set_nonblocking(pump->from);
	set_nonblocking(pump->to);
	while (pump->received < bytes) {
		struct pollfd fds[] = {
			{ .fd = pump->sent < BYTES ? pump->from : -1, .events = POLLOUT },
			{ .fd = pump->to, .events = POLLIN },
		};

		if (now_ms() > end) {
			show_ends();
			fail_msg("%zu of %zu bytes have come", pump->received, bytes);
		}
		poll(fds, 2, 100);
		if (fds[0].revents)
			pump_write(pump);
		if (fds[1].revents)
			pump_read(pump);
		if (pump->received != before)
			end = now_ms() + 2 * patience();
		before = pump->received;
	}
}

void link_pump(int from, int to, void (*then)(void))
{
	struct pump pump = { .from = from, .to = to };

	pump_until(&pump, BYTES / 2);
	if (then)
		then();
	pump_until(&pump, BYTES);
}

void link_pump_half(int from, int to)
{
	struct pump pump = { .from = from, .to = to };

	pump_until(&pump, BYTES / 2);
}

static void link_connect(const struct sockaddr *address, socklen_t length, int *here, int *there)
{
	static const int on = 1;
	int listener, error;

	go(&far_space);
	listener = keep_fd(socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
	/* The connection before may not be forgotten yet. */
	assert_int_equal(setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)), 0);
	if (address->sa_family == AF_INET6) {
		struct sockaddr_in6 any = {
			.sin6_family = AF_INET6,
			.sin6_port = ((const struct sockaddr_in6 *)address)->sin6_port,
		};

		assert_int_equal(bind(listener, (struct sockaddr *)&any, sizeof(any)), 0);
	} else {
		assert_int_equal(bind(listener, address, length), 0);
	}
	assert_int_equal(listen(listener, 1), 0);
	go_home();
	*here = keep_fd(socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
	set_nonblocking(*here);
	/* Its end at the listener says that it is there. */
	if ((connect(*here, address, length) && errno != EINPROGRESS) ||
	    !(wait_fd(listener, POLLIN, patience()) & POLLIN)) {
		error = errno;
		show_ends();
		fail_msg("no connection: %s", strerror(error));
	}
	*there = keep_fd(accept4(listener, NULL, NULL, SOCK_CLOEXEC));
	assert_true(*there >= 0);
	close_fd(listener);
}

static void transfer(int here, int there)
{
	link_pump(here, there, NULL);
	link_pump(there, here, NULL);
	close_fd(here);
	close_fd(there);
}

void link_connect_ip(int *here, int *there)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(5000),
		.sin_addr.s_addr = inet_addr("10.8.0.2"),
	};

	link_connect((struct sockaddr *)&address, sizeof(address), here, there);
}

void link_transfer_ip(void)
{
	int here, there;

	link_connect_ip(&here, &there);
	transfer(here, there);
}

void link_transfer_ipv6(void)
{
	struct sockaddr_in6 address = {
		.sin6_family = AF_INET6,
		.sin6_port = htons(5000),
	};
	char value[64];
	int here, there;

	daemon_told_value("near", "ipv6-up", 1, "LLREMOTE", value, sizeof(value));
	assert_int_equal(inet_pton(AF_INET6, value, &address.sin6_addr), 1);
	daemon_told_value("near", "ipv6-up", 1, "IFNAME", value, sizeof(value));
	address.sin6_scope_id = if_nametoindex(value);
	link_connect((struct sockaddr *)&address, sizeof(address), &here, &there);
	transfer(here, there);
}
