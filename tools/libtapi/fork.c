// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * fork(): the child has no applications, and keeps none of the parent's alive.
 *
 * A session of the kernel's lives as long as anybody has its file open, so the child closes its
 * copies; and its calls on the parent's handles find none (LINEERR_UNINITIALIZED), until it begins
 * an application of its own.  exec() closes everything (O_CLOEXEC).
 *
 * The locks that are held over a fork() are this file's and that of the handles, in this order:
 * both are free in the child.  Those of the applications are not: what they guard is not used any
 * more there.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "internal.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/**
 * struct descriptor - one of the library's
 * @fd: number
 * @witness: -1; or the program was given it, and may have closed it: it is still ours as long as it
 *	is an epoll descriptor that watches this eventfd of ours
 */
struct descriptor {
	int fd;
	int witness;
};

static struct descriptor *descriptors;
static unsigned int num_descriptors;
static unsigned int room;

static void fork_prepare(void)
{
	pthread_mutex_lock(&lock);
	handles_lock();
}

static void fork_parent(void)
{
	handles_unlock();
	pthread_mutex_unlock(&lock);
}

/*
 * A number that the program has closed may be any other file of its own by now.  Only our epoll set
 * watches the eventfd, so a change of that which changes nothing succeeds there only.
 */
static bool is_given(const struct descriptor *descriptor)
{
	struct epoll_event event = { .events = EPOLLIN, .data.fd = descriptor->witness };

	return descriptor->witness >= 0 &&
	       !epoll_ctl(descriptor->fd, EPOLL_CTL_MOD, descriptor->witness, &event);
}

static void fork_child(void)
{
	unsigned int i;

	/* First those that need their witness. */
	for (i = 0; i < num_descriptors; i++)
		if (is_given(&descriptors[i]))
			close(descriptors[i].fd);
	for (i = 0; i < num_descriptors; i++)
		if (descriptors[i].witness < 0)
			close(descriptors[i].fd);
	num_descriptors = 0;
	handles_orphan();
	handles_unlock();
	pthread_mutex_unlock(&lock);
}

/*
 * Not at the first use: what pthread_once() begins, a child that is forked in the middle of it does
 * again, and would take the lock twice at its own fork(). And what a program registers comes after
 * this, in its own constructors, too, which are behind 101, so that its handlers find no lock held,
 * and may use the library; but not those of a program that had some before its dlopen().
 */
static void __attribute__((constructor(101))) fork_handle(void)
{
	pthread_atfork(fork_prepare, fork_parent, fork_child);
}

void descriptors_lock(void)
{
	pthread_mutex_lock(&lock);
}

void descriptors_unlock(void)
{
	pthread_mutex_unlock(&lock);
}

static bool keep(int fd, int witness)
{
	unsigned int wanted = room ? 2 * room : 16;
	struct descriptor *more;

	if (num_descriptors == room) {
		more = realloc(descriptors, wanted * sizeof(*more));
		if (!more)
			return false;
		descriptors = more;
		room = wanted;
	}
	descriptors[num_descriptors].fd = fd;
	descriptors[num_descriptors].witness = witness;
	num_descriptors++;
	return true;
}

bool descriptor_keep(int fd)
{
	return keep(fd, -1);
}

int descriptor_add(int fd)
{
	int other;

	if (fd < 0)
		return -1;
	if (!fd) {
		/* As a HANDLE it would be none. */
		other = fcntl(fd, F_DUPFD_CLOEXEC, 1);
		close(fd);
		if (other < 0)
			return -1;
		fd = other;
	}
	if (!descriptor_keep(fd)) {
		close(fd);
		errno = ENOMEM;
		return -1;
	}
	return fd;
}

int descriptor_give(int epoll, int witness)
{
	/* Not 0: as a HANDLE it would be none. */
	int fd = fcntl(epoll, F_DUPFD_CLOEXEC, 1);

	if (fd >= 0 && !keep(fd, witness)) {
		close(fd);
		errno = ENOMEM;
		return -1;
	}
	return fd;
}

/* Of a number there may be two: one that the program has closed, and what came after it. */
static bool forget(int fd, int witness)
{
	unsigned int i;

	for (i = 0; i < num_descriptors; i++) {
		if (descriptors[i].fd == fd && descriptors[i].witness == witness) {
			descriptors[i] = descriptors[--num_descriptors];
			return true;
		}
	}
	return false;
}

bool descriptor_forget(int fd)
{
	return forget(fd, -1);
}

void descriptor_close(int fd)
{
	pthread_mutex_lock(&lock);
	/* Under the lock: the number must not be another one's when it goes. */
	if (descriptor_forget(fd))
		close(fd);
	pthread_mutex_unlock(&lock);
}

void descriptor_take(int fd, int witness)
{
	const struct descriptor given = { .fd = fd, .witness = witness };

	pthread_mutex_lock(&lock);
	if (forget(fd, witness) && is_given(&given))
		close(fd);
	pthread_mutex_unlock(&lock);
}
