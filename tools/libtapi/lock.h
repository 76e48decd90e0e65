/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A lock that costs a message next to nothing.
 *
 * Each message takes two: that of the handles and that of its application, of which nobody else
 * wants one most of the time.  Of pthread's mutexes these would be a quarter of all that the
 * library does for a call; here they are two atomic instructions, in place.  Who has to wait
 * sleeps, as there.
 */
#ifndef LIBTAPI_LOCK_H
#define LIBTAPI_LOCK_H

#include <stdatomic.h>

/**
 * struct lock - a lock; all zero is free
 * @state: LOCK_*
 */
struct lock {
	atomic_uint state;
};

#define LOCK_FREE	0
#define LOCK_HELD	1
/* And somebody may wait for it. */
#define LOCK_WANTED	2

/* lock.c: when it is not free, or somebody may wait. */
void lock_wait(struct lock *lock);
void lock_wake(struct lock *lock);

static inline void lock_take(struct lock *lock)
{
	unsigned int state = LOCK_FREE;

	if (!atomic_compare_exchange_strong_explicit(&lock->state, &state, LOCK_HELD,
						     memory_order_acquire, memory_order_relaxed))
		lock_wait(lock);
}

static inline void lock_give(struct lock *lock)
{
	if (atomic_exchange_explicit(&lock->state, LOCK_FREE, memory_order_release) ==
	    LOCK_WANTED)
		lock_wake(lock);
}

#endif /* LIBTAPI_LOCK_H */
