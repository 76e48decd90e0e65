// SPDX-License-Identifier: GPL-2.0
/*
 * Threads that are blocked in a read.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "internal.h"

struct reader {
	pthread_t thread;
	int fd;
	int flags;
	atomic_int tid;
	atomic_bool is_back;
	ssize_t result;
	char buffer[4096];
};

static void *reader_body(void *argument)
{
	struct reader *reader = argument;
	ssize_t result;

	atomic_store(&reader->tid, gettid());
	result = read(reader->fd, reader->buffer, sizeof(reader->buffer));
	reader->result = result < 0 ? -errno : result;
	atomic_store(&reader->is_back, true);
	return NULL;
}

char thread_state(int tid)
{
	char path[64], text[512];
	ssize_t length;
	int fd, i;

	snprintf(path, sizeof(path), "/proc/self/task/%d/stat", tid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	length = read(fd, text, sizeof(text) - 1);
	close(fd);
	for (i = 0; i < length && text[i] != ')'; i++)
		;
	return i + 2 < length ? text[i + 2] : 0;
}

bool thread_sleeps(int tid)
{
	return thread_state(tid) == 'S';
}

void await_sleep(int tid)
{
	long long end = now_ms() + patience();

	while (!thread_sleeps(tid)) {
		if (now_ms() > end)
			fail_msg("thread %d does not get to sleep", tid);
		sched_yield();
	}
}

struct reader *reader_start(int fd)
{
	struct reader *reader = calloc(1, sizeof(*reader));
	long long end = now_ms() + patience();
	int flags = fcntl(fd, F_GETFL);

	assert_non_null(reader);
	assert_int_equal(fcntl(fd, F_SETFL, flags & ~O_NONBLOCK), 0);
	reader->fd = fd;
	reader->flags = flags;
	assert_int_equal(pthread_create(&reader->thread, NULL, reader_body, reader), 0);
	while (!atomic_load(&reader->is_back) &&
	       (!atomic_load(&reader->tid) || !thread_sleeps(atomic_load(&reader->tid)))) {
		if (now_ms() > end)
			fail_msg("a reader does not get into its read");
		sched_yield();
	}
	return reader;
}

bool reader_is_blocked(struct reader *reader)
{
	return !atomic_load(&reader->is_back);
}

static void interrupted(int number)
{
	(void)number;
}

ssize_t reader_take(struct reader *reader, void *buffer, size_t size)
{
	struct sigaction action = { .sa_handler = interrupted };
	long long end = now_ms() + patience();

	assert_int_equal(sigaction(SIGUSR1, &action, NULL), 0);
	while (!atomic_load(&reader->is_back)) {
		pthread_kill(reader->thread, SIGUSR1);
		if (now_ms() > end)
			fail_msg("a reader cannot be interrupted");
		usleep(1000);
	}
	assert_true(size >= sizeof(reader->buffer));
	memcpy(buffer, reader->buffer, sizeof(reader->buffer));
	return reader_join(reader);
}

void reader_abort(struct reader *reader)
{
	struct sigaction action = { .sa_handler = interrupted };

	sigaction(SIGUSR1, &action, NULL);
	if (!atomic_load(&reader->is_back))
		pthread_kill(reader->thread, SIGUSR1);
}

ssize_t reader_join(struct reader *reader)
{
	struct timespec end;
	ssize_t result;

	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += patience() / 1000;
	if (pthread_timedjoin_np(reader->thread, NULL, &end))
		fail_msg("a reader is still blocked");
	result = reader->result;
	/* The file may be gone by now. */
	fcntl(reader->fd, F_SETFL, reader->flags);
	free(reader);
	return result;
}
