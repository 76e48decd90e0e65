/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Races: two tasks, on two CPUs, that do two things to one object.
 *
 * A race is run one side after the other, in both orders; then with each side
 * stopped at each of its delay points while the other one does all of its part;
 * and a number of times with both let loose at once.  Whatever happened must be one
 * of a few sequences, and each of those must have happened.
 */
#ifndef _CONDIS_RACE_H
#define _CONDIS_RACE_H

#include "condis_fake.h"

#define RACE_STOPS	12
#define RACE_ALLOWED	10
#define RACE_NAME_SIZE	48

typedef int (*race_side)(struct fake *f, void *object);

/**
 * struct race - two sides, and what may come of it
 * @set: switches of the fakes, once
 * @prepare: makes what is raced for, before each run: a VC, or NULL if it is the AF;
 *	the log is empty after it
 * @side: the two sides; what they return is part of the sequence
 * @finish: completes what is left to complete after both; or NULL
 * @stops: delay points of each side, in any order; each is reached when that side
 *	is alone so far
 * @allowed: "A B: words", with what the sides returned; one that begins with a '?'
 *	need not happen in each run of the test
 * @streams: words that begin with one of these are a sequence of their own, before a
 *	'|', for they are about another object; separated by blanks; or NULL
 * @halts: the adapter is gone after it: each run has its own
 * @breaks: CONDIS_VIOLATION_* as bits: rules that a side breaks, or not, as the race decides
 * @until: of a side that has to wait for the other one, if that one is stopped: the point
 *	up to which it comes by itself
 */
struct race {
	const char *stops[2][RACE_STOPS];
	const char *allowed[RACE_ALLOWED];
	const char *streams;
	bool halts;
	u32 breaks;
	const char *until[2];
	void (*set)(struct fake *f);
	struct condis_vc *(*prepare)(struct fake *f);
	race_side side[2];
	void (*finish)(struct fake *f, void *object, const int *result);
};

void race_run(struct kunit *test, const struct race *race);
void race_exit(struct kunit *test);

/* Sides and worlds that more than one race has. */
struct condis_vc *race_connected(struct fake *f);
struct condis_vc *race_incoming(struct fake *f);
struct condis_vc *race_offered(struct fake *f);
struct condis_vc *race_family(struct fake *f);
int race_close(struct fake *f, void *object);
int race_hang_up(struct fake *f, void *object);
int race_halt(struct fake *f, void *object);

#endif /* _CONDIS_RACE_H */
