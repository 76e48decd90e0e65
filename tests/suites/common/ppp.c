// SPDX-License-Identifier: GPL-2.0
/*
 * PPP over calls, with /dev/ppp by hand.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <linux/ppp-ioctl.h>
#include <linux/ppp_defs.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "ppp.h"
#include "program.h"
#include "space.h"

void load_ndiswan(void)
{
	int error = module_load(NDISWAN);

	if (error)
		fail_msg("cannot load %s: %s", NDISWAN, strerror(-error));
}

void unload_ndiswan(void)
{
	int error = module_unload(NDISWAN);

	if (error)
		fail_msg("cannot unload %s: %s", NDISWAN, strerror(-error));
}

/* A module of the stock kernel, a part of the debug kernel. */
int ppp_generic_setup(void **state)
{
	(void)state;
	run("modprobe -q ppp_generic");
	return access("/dev/ppp", F_OK);
}

int ppp_setup(void **state)
{
	int error = space_setup(state);

	if (!error)
		load_ndiswan();
	return error;
}

int ppp_teardown(void **state)
{
	/* First: what it has open on the adapters is not to be taken for something that is left. */
	module_unload(NDISWAN);
	return space_teardown(state);
}

int channel_of(int data)
{
	long long end = now_ms() + patience();
	bool is_late = false;
	int index, error;

	do {
		index = -1;
		error = ioctl(data, PPPIOCGCHAN, &index) ? errno : 0;
		/* On a busy host NDISWAN decides too late: its leg goes before there is another. */
		is_late |= error == ETIMEDOUT;
	} while ((error == EOPNOTSUPP || error == ETIMEDOUT || (is_late && error == EBUSY)) &&
		 now_ms() < end && !poll(NULL, 0, 5));
	if (error)
		fail_msg("PPPIOCGCHAN: %s", strerror(error));
	assert_true(index > 0);
	return index;
}

static int ppp_open(void)
{
	int fd = open("/dev/ppp", O_RDWR | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		fail_msg("/dev/ppp: %s", strerror(errno));
	return keep_fd(fd);
}

struct end end_attach(int data)
{
	struct end end = { .data = data, .unit = -1, .number = -1 };

	end.index = channel_of(data);
	end.channel = ppp_open();
	if (ioctl(end.channel, PPPIOCATTCHAN, &end.index))
		fail_msg("PPPIOCATTCHAN: %s", strerror(errno));
	return end;
}

void end_unit(struct end *end)
{
	struct npioctl np = { .protocol = PPP_IP, .mode = NPMODE_PASS };

	end->unit = ppp_open();
	if (ioctl(end->unit, PPPIOCNEWUNIT, &end->number))
		fail_msg("PPPIOCNEWUNIT: %s", strerror(errno));
	if (ioctl(end->channel, PPPIOCCONNECT, &end->number))
		fail_msg("PPPIOCCONNECT: %s", strerror(errno));
	if (ioctl(end->unit, PPPIOCSNPMODE, &np))
		fail_msg("PPPIOCSNPMODE: %s", strerror(errno));
}

size_t lcp(unsigned char *frame, unsigned char number, size_t data)
{
	size_t length = 4 + data, i;

	frame[0] = 0xc0;
	frame[1] = 0x21;
	frame[2] = 9;		/* echo request */
	frame[3] = number;
	frame[4] = length >> 8;
	frame[5] = length & 0xff;
	for (i = 0; i < data; i++)
		frame[6 + i] = (unsigned char)(number + i);
	return 2 + length;
}

void expect_frame(int fd, const unsigned char *frame, size_t length)
{
	unsigned char got[4096];
	ssize_t size;

	if (!(wait_fd(fd, POLLIN, patience()) & POLLIN))
		fail_msg("no frame comes");
	size = read(fd, got, sizeof(got));
	if (size < 0)
		fail_msg("read: %s", strerror(errno));
	assert_int_equal(size, length);
	assert_memory_equal(got, frame, length);
}

void expect_dead(int channel)
{
	long long end = now_ms() + patience();

	while (!(wait_fd(channel, 0, 100) & POLLHUP))
		if (now_ms() > end)
			fail_msg("the channel is not hung up");
}

struct pair ppp_connected(int *from, int *to)
{
	struct pair pair;

	two_adapters("2");
	pair = pair_connected();
	*from = call_data(pair.caller, pair.out, NDPROXY_DATA_NONBLOCK);
	*to = call_data(pair.callee, pair.in, NDPROXY_DATA_NONBLOCK);
	return pair;
}

struct pair ppp_attached(struct end ends[2])
{
	struct pair pair;
	int from, to;

	pair = ppp_connected(&from, &to);
	ends[0] = end_attach(from);
	ends[1] = end_attach(to);
	return pair;
}

struct pair ppp_linked(struct end ends[2])
{
	struct pair pair = ppp_attached(ends);

	end_unit(&ends[0]);
	end_unit(&ends[1]);
	return pair;
}

void ppp_hang_up(struct pair *pair)
{
	call_drop(pair->caller, pair->out);
	expect_in_any_order(pair->caller, "reply C1 DROP 0", "C1 IDLE");
	expect(pair->callee, "C1 DISCONNECTED NORMAL 16");
	expect_end();
}

struct pair ppp_across(struct space *space, int *from, int *to)
{
	struct pair pair = pair_across(space);

	*from = call_data(pair.caller, pair.out, NDPROXY_DATA_NONBLOCK);
	*to = call_data(pair.callee, pair.in, NDPROXY_DATA_NONBLOCK);
	return pair;
}

static void end_address(const struct end *end, const char *own, const char *peer)
{
	if (run("ip addr add %s peer %s dev ppp%d && ip link set ppp%d up", own, peer,
		end->number, end->number))
		fail_msg("%s", err);
}

struct pair ppp_ip_across(struct space *space, struct end ends[2], const char *near,
			  const char *far)
{
	struct pair pair;
	int from, to;

	pair = ppp_across(space, &from, &to);
	ends[0] = end_attach(from);
	end_unit(&ends[0]);
	end_address(&ends[0], near, far);
	go(space);
	ends[1] = end_attach(to);
	end_unit(&ends[1]);
	end_address(&ends[1], far, near);
	go_home();
	return pair;
}

void ppp_leave(struct space *space, struct pair *pair)
{
	go(space);
	app_close(pair->callee);
	wait_sessions(0);
	adapter_del("a");
	wait_no_adapters();
	go_home();
	space_end(space);
}
