/* SPDX-License-Identifier: GPL-2.0 */
/* What the files of the fixture share. */
#ifndef SUITES_INTERNAL_H
#define SUITES_INTERNAL_H

#include "fixture.h"

void apps_close(void);

/* What the verifier counts in between is what the test expects. */
void violations_begin(void);
void violations_end(void);

void watchdog_start(void);
void watchdog_stop(void);

#endif /* SUITES_INTERNAL_H */
