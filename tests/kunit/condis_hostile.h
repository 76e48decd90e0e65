/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the suites of hostile drivers share: short deadlines, and what was counted.
 */
#ifndef _CONDIS_HOSTILE_H
#define _CONDIS_HOSTILE_H

#include "condis_fake.h"

/*
 * A deadline that a case waits for and does nothing else, in milliseconds: set right before
 * what it is for, and longer than a CPU is usually taken away from a guest.
 */
#define SHORT_MS	1000
/* One that comes when a case has done what it has to do, also on a busy host. */
#define SOON_MS		3000
/* One that does not come in a test. */
#define NEVER_MS	600000

/* Of a suite that says who is to blame. */
int hostile_suite_init(struct kunit_suite *suite);
void hostile_suite_exit(struct kunit_suite *suite);

/* init and exit of a suite whose cases wait for no deadline, unless they set one. */
int hostile_init(struct kunit *test);
void hostile_exit(struct kunit *test);

/*
 * The verifier has reported these since the case began, or since the last time: words as
 * "COMPLETION_TWICE:cm*2" or "NO_ANSWER:cl:cl_notify_close_af", in one or more pieces.
 */
#define hostile_blame(_f, ...)						\
	do {								\
		struct fake *__f = (_f);				\
									\
		hostile_blamed(__f, fake_join(__f, __VA_ARGS__, NULL));	\
	} while (0)
void hostile_blamed(struct fake *f, const char *words);
int hostile_late(struct fake *f, enum condis_late late);
void hostile_halt(struct fake *f, bool surprise);
void hostile_halt_within(struct fake *f, unsigned int deadlines);
void hostile_forget_all(struct fake *f);

#endif /* _CONDIS_HOSTILE_H */
