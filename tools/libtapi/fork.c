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
#include <unistd.h>

#include "internal.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int *descriptors;
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

static void fork_child(void)
{
	unsigned int i;

	for (i = 0; i < num_descriptors; i++)
		close(descriptors[i]);
	num_descriptors = 0;
	handles_orphan();
	handles_unlock();
	pthread_mutex_unlock(&lock);
}

static void fork_handle(void)
{
	pthread_atfork(fork_prepare, fork_parent, fork_child);
}

void descriptors_lock(void)
{
	pthread_once(&once, fork_handle);
	pthread_mutex_lock(&lock);
}

void descriptors_unlock(void)
{
	pthread_mutex_unlock(&lock);
}

bool descriptor_keep(int fd)
{
	unsigned int wanted = room ? 2 * room : 16;
	int *more;

	if (num_descriptors == room) {
		more = realloc(descriptors, wanted * sizeof(*more));
		if (!more)
			return false;
		descriptors = more;
		room = wanted;
	}
	descriptors[num_descriptors++] = fd;
	return true;
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

bool descriptor_forget(int fd)
{
	unsigned int i;

	for (i = 0; i < num_descriptors; i++) {
		if (descriptors[i] == fd) {
			descriptors[i] = descriptors[--num_descriptors];
			return true;
		}
	}
	return false;
}

void descriptor_close(int fd)
{
	pthread_mutex_lock(&lock);
	/* Under the lock: the number must not be another one's when it goes. */
	if (descriptor_forget(fd))
		close(fd);
	pthread_mutex_unlock(&lock);
}
