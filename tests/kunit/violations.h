/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the verifier has to say of a case: nothing but what the case expects.
 *
 * The counters are those of the whole machine; KUnit runs one case at a time.
 */
#ifndef _CONDIS_VIOLATIONS_H
#define _CONDIS_VIOLATIONS_H

#include <kunit/test.h>

#include "../../drivers/condis/verifier.h"

/**
 * struct violations - the counters of a case
 * @before: when it began
 * @expected: how many of each it expects
 * @free: of these any number is as good as another: a race of the case decides it
 * @blocked_ms: how long a handler may take outside of the case
 */
struct violations {
	unsigned int before[CONDIS_NR_VIOLATIONS];
	unsigned int expected[CONDIS_NR_VIOLATIONS];
	bool free[CONDIS_NR_VIOLATIONS];
	unsigned int blocked_ms;
};

/* On a machine whose CPUs are taken away for seconds, a handler that took those is no offender. */
#define VIOLATIONS_BLOCKED_MS	60000

/* The verifier is on, and the case begins. */
static inline void violations_begin(struct violations *v)
{
	unsigned int i;

	condis_verifier_switch(true);
	*v = (struct violations) { .blocked_ms = condis_verifier_blocked_ms };
	condis_verifier_blocked_ms = VIOLATIONS_BLOCKED_MS;
	for (i = 0; i < CONDIS_NR_VIOLATIONS; i++)
		v->before[i] = condis_verifier_total(i);
}

/* How many there were since the case began. */
static inline unsigned int violations_seen(const struct violations *v,
					   enum condis_violation violation)
{
	return condis_verifier_total(violation) - v->before[violation];
}

/* The case is over: exactly what it has expected. */
static inline void violations_end(struct kunit *test, const struct violations *v)
{
	unsigned int i;

	condis_verifier_blocked_ms = v->blocked_ms;
	for (i = 0; i < CONDIS_NR_VIOLATIONS; i++)
		if (!v->free[i])
			KUNIT_EXPECT_EQ_MSG(test, violations_seen(v, i), v->expected[i],
					    "violations %s", condis_verifier_name(i));
}

#endif /* _CONDIS_VIOLATIONS_H */
