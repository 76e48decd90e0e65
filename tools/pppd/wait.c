// SPDX-License-Identifier: GPL-2.0
/*
 * Waiting for events of a call.
 *
 * pppd has handlers of its signals that only set a flag, and looks at the flags when it comes to
 * its main loop again. Those that end a wait are blocked from wait_begin() on, but for the time
 * that is spent in ppoll(): none is missed between the look at the flag and the wait.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <time.h>

#include "compat.h"
#include "wait.h"

static atomic_bool signal_came;
static sigset_t mask_before;
static bool is_begun;

/* In pppd's handler. */
static void signalled(void *context, int number)
{
	(void)context;
	(void)number;
	signal_came = true;
}

void wait_init(void)
{
	ppp_add_notify(NF_SIGNALED, signalled, NULL);
}

void wait_begin(void)
{
	sigset_t mask;

	sigemptyset(&mask);
	sigaddset(&mask, SIGHUP);
	sigaddset(&mask, SIGINT);
	sigaddset(&mask, SIGTERM);
	sigprocmask(SIG_BLOCK, &mask, &mask_before);
	is_begun = true;
	/* What pppd has not seen yet is for this wait; the rest it has acted on. */
	signal_came = ppp_signaled(SIGTERM);
}

void wait_end(void)
{
	is_begun = false;
	sigprocmask(SIG_SETMASK, &mask_before, NULL);
}

long long wait_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

enum wait_end wait_for(int fd, long long end_ms)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
	struct timespec left;
	long long left_ms;
	int got;

	for (;;) {
		if (is_begun && signal_came)
			return WAIT_SIGNAL;
		left_ms = end_ms < 0 ? 0 : end_ms - wait_now_ms();
		if (left_ms < 0)
			return WAIT_LATE;
		/* Not less than is left, or it would be tried again and again. */
		left_ms++;
		left = (struct timespec) {
			.tv_sec = left_ms / 1000,
			.tv_nsec = left_ms % 1000 * 1000000,
		};
		got = ppoll(&poll_fd, 1, end_ms < 0 ? NULL : &left,
			    is_begun ? &mask_before : NULL);
		if (got > 0)
			return WAIT_READY;
		/* Another signal, SIGCHLD of a script say, is none of ours. */
		if (got < 0 && errno != EINTR)
			return WAIT_LATE;
	}
}
