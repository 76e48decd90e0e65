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

#include <pthread.h>
#include <stdatomic.h>

#ifdef __SANITIZE_THREAD__
#define LOCK_IS_MUTEX
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define LOCK_IS_MUTEX
#endif
#endif

#ifdef LOCK_IS_MUTEX

/* ThreadSanitizer knows pthread's, and who has which lock: it finds their order, too. */
struct lock {
	pthread_mutex_t mutex;
};

static inline void lock_take(struct lock *lock)
{
	pthread_mutex_lock(&lock->mutex);
}

static inline void lock_give(struct lock *lock)
{
	pthread_mutex_unlock(&lock->mutex);
}

#else /* !LOCK_IS_MUTEX */

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

#endif /* LOCK_IS_MUTEX */

#endif /* LIBTAPI_LOCK_H */
