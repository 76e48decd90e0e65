// SPDX-License-Identifier: GPL-2.0
/*
 * NDISWAN comes and goes under a call, and the call itself, while both of its ends attach and
 * detach PPP as fast as they can.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/ppp-ioctl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "chance.h"
#include "delays.h"
#include "many.h"

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
		ENOTCONN, ENODEV, EOPNOTSUPP, EBUSY, ECONNRESET, ESHUTDOWN, ENETDOWN, ETIMEDOUT,
		ECANCELED, 0,
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
		if (attacher->chance >> 29 == 7)
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

/* Something happens, while both ends come and go; whether the call has ended. */
static bool storm_round(struct pair *pair)
{
	unsigned int what = below(8);

	usleep(below(3000));
	/* Nothing but drops in most rounds: a module's coming and going takes most of the time. */
	if (what == 7)
		unload_ndiswan();
	if (what < 5 || what == 7) {
		call_drop(what & 1 ? pair->callee : pair->caller, what & 1 ? pair->in : pair->out);
		if (what == 4)
			reload_ndiswan();
		hear(what & 1 ? pair->callee : pair->caller, "C1 IDLE");
		hear(what & 1 ? pair->caller : pair->callee, "C1 DISCONNECTED");
	}
	if (what == 7)
		load_ndiswan();
	if (what != 5 && what != 6)
		return true;

	reload_ndiswan();
	assert_int_equal(call_state(pair->caller, pair->out), LINECALLSTATE_CONNECTED);
	assert_int_equal(call_state(pair->callee, pair->in), LINECALLSTATE_CONNECTED);
	return false;
}

static void storm(void **state)
{
	/* The debug kernel takes ten times as long for a module's coming and going. */
	const unsigned int rounds = is_debug_kernel() ? 40 : 200;
	const char *seed = getenv("CONDIS_WALK_SEED");
	struct attacher attachers[2] = { 0 };
	unsigned int round, attached = 0, i;
	pthread_t threads[2];
	bool is_over = true;
	struct pair pair;
	char text[32];
	int data[2];

	(void)state;
	two_adapters("2");
	chance_begin(seed && *seed ? strtoull(seed, NULL, 10) : 12345);
	for (round = 0; round < rounds; round++) {
		watchdog_alive();
		if (is_over) {
			/* In half of them a debug kernel holds up whoever comes to some point. */
			snprintf(text, sizeof(text), "random:%u:2000", below(UINT16_MAX) + 1);
			delays(round & 1 ? text : "\n");
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
		/* The line has two calls: the legs of this one may outlive who had it. */
		wait_count(CONDIS_COUNTER_VCS, 0);
	}
	delays("\n");
	say("%u rounds, attached %u times", rounds, attached);
	assert_true(attached > rounds);
	assert_int_equal(interfaces(), 0);
}

static int no_delays(void **state)
{
	delays_end();
	return many_teardown(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(storm, many_setup, no_delays),
	};

	return cmocka_run_group_tests(tests, many_group_setup, NULL);
}
