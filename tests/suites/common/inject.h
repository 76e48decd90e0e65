/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Allocations that fail, by the kernel's own fault injection.
 */
#ifndef SUITES_INJECT_H
#define SUITES_INJECT_H

#include "fixture.h"

/* Whether the kernel has it. */
bool inject_is_there(void);
/* Once in a test, before the first of them: also what may wait can fail. */
void inject_prepare(void);
/* The calling thread's n-th allocation or user copy from here on fails; 0: none. */
void inject_nth(unsigned int nth);
/* No more; 0 if one has failed, else how many were left to go. */
unsigned int inject_end(void);
/* Every allocation of the calling thread from the slab fails, or no more. */
void inject_all(bool on);

#endif /* SUITES_INJECT_H */
