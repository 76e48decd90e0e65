/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Waiting, with pppd's signals in mind: while a call is made or waited for, one of them ends the
 * wait at once; while a call comes down, none does.
 */
#ifndef PPPD_WAIT_H
#define PPPD_WAIT_H

#include <stdbool.h>

/**
 * enum wait_end - why a wait is over
 * @WAIT_READY: something can be read
 * @WAIT_LATE: the time is over
 * @WAIT_SIGNAL: SIGHUP, SIGINT or SIGTERM has come
 */
enum wait_end {
	WAIT_READY,
	WAIT_LATE,
	WAIT_SIGNAL,
};

/* Once, before any other. */
void wait_init(void);
/* Between these two a signal ends a wait. */
void wait_begin(void);
void wait_end(void);

/* Milliseconds of CLOCK_MONOTONIC. */
long long wait_now_ms(void);
/* Until @fd can be read, or the time @end_ms; -1: without an end. */
enum wait_end wait_for(int fd, long long end_ms);

#endif /* PPPD_WAIT_H */
