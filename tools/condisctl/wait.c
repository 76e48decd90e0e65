// SPDX-License-Identifier: GPL-2.0
/*
 * Waiting, with an ear for signals.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <time.h>

#include "ctl.h"

bool ctl_stopped;

static atomic_bool got_signal;
static sigset_t open_mask;

static void take_signal(int number)
{
	(void)number;
	got_signal = true;
}

void ctl_catch_signals(void)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action = { .sa_handler = take_signal };
	sigset_t blocked;
	size_t i;

	/* Blocked but in ppoll(), so that none is missed between a look and a wait. */
	sigemptyset(&blocked);
	for (i = 0; i < ARRAY_SIZE(numbers); i++) {
		sigaddset(&blocked, numbers[i]);
		sigaction(numbers[i], &action, NULL);
	}
	sigprocmask(SIG_BLOCK, &blocked, &open_mask);
	for (i = 0; i < ARRAY_SIZE(numbers); i++)
		sigdelset(&open_mask, numbers[i]);
	signal(SIGPIPE, SIG_IGN);
}

long long ctl_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

bool ctl_poll(struct pollfd *fds, size_t length, long long end_ms)
{
	struct timespec timeout;
	long long left;
	int ready;

	if (end_ms >= 0) {
		left = end_ms - ctl_now_ms();
		if (left < 0)
			left = 0;
		timeout.tv_sec = left / 1000;
		timeout.tv_nsec = left % 1000 * 1000000;
	}
	ready = ppoll(fds, length, end_ms >= 0 ? &timeout : NULL, &open_mask);
	if (got_signal)
		ctl_stopped = true;
	return ready > 0;
}
