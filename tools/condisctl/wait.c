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
unsigned int ctl_signals;

static const int stops[] = { SIGINT, SIGTERM, SIGHUP };

static atomic_uint got_signals;
/* As it was at first, and in ppoll(). */
static sigset_t first_mask, open_mask;

static void take_signal(int number)
{
	if (number != SIGCHLD)
		got_signals++;
}

/* Blocked but in ppoll(), so that none is missed between a look and a wait. */
static void catch(int number)
{
	struct sigaction action = { .sa_handler = take_signal };
	sigset_t blocked;

	sigemptyset(&blocked);
	sigaddset(&blocked, number);
	sigprocmask(SIG_BLOCK, &blocked, NULL);
	sigaction(number, &action, NULL);
	sigdelset(&open_mask, number);
}

void ctl_catch_signals(void)
{
	size_t i;

	sigprocmask(SIG_BLOCK, NULL, &first_mask);
	open_mask = first_mask;
	for (i = 0; i < ARRAY_SIZE(stops); i++)
		catch(stops[i]);
	signal(SIGPIPE, SIG_IGN);
}

void ctl_catch_children(void)
{
	catch(SIGCHLD);
}

void ctl_release_signals(void)
{
	size_t i;

	/* Before they are let through: what comes now is the program's, not ours. */
	for (i = 0; i < ARRAY_SIZE(stops); i++)
		signal(stops[i], SIG_DFL);
	signal(SIGCHLD, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	sigprocmask(SIG_SETMASK, &first_mask, NULL);
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
	ctl_signals = got_signals;
	if (ctl_signals)
		ctl_stopped = true;
	return ready > 0;
}
