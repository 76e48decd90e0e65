// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Locks: the part where somebody has to wait, on a futex.
 *
 * LOCK_WANTED is set by each who waits before he sleeps, and he takes the lock as LOCK_WANTED,
 * since he cannot know whether others sleep; so who gives it back wakes one if there may be one,
 * and an unnecessary wake is all that it ever costs.
 */
#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lock.h"

#ifndef LOCK_IS_MUTEX

/* Who takes and gives a lock keeps his errno. */
static void futex(struct lock *lock, int operation, unsigned int value)
{
	int before = errno;

	syscall(SYS_futex, &lock->state, operation, value, NULL);
	errno = before;
}

void lock_wait(struct lock *lock)
{
	/* It sleeps only while somebody has it still: that is what the kernel compares. */
	while (atomic_exchange_explicit(&lock->state, LOCK_WANTED, memory_order_acquire) !=
	       LOCK_FREE)
		futex(lock, FUTEX_WAIT_PRIVATE, LOCK_WANTED);
}

void lock_wake(struct lock *lock)
{
	futex(lock, FUTEX_WAKE_PRIVATE, 1);
}

#endif /* !LOCK_IS_MUTEX */
