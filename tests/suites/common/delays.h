/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where a debug core holds up whoever passes; a stock kernel's does not, and what comes of it
 * must be the same.
 */
#ifndef SUITES_DELAYS_H
#define SUITES_DELAYS_H

#define DELAYS	"/sys/module/condis/parameters/delays"

/* 0 or a negative errno; -ENOENT: a stock kernel's core has none. */
int delays_write(const char *text);
/* "POINT:MILLISECONDS" or "random:SEED:MICROSECONDS", as the core's parameter takes it. */
void delays(const char *text);
/* The same, for a teardown: it does not fail. */
void delays_end(void);

#endif /* SUITES_DELAYS_H */
