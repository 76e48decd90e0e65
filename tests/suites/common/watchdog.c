// SPDX-License-Identifier: GPL-2.0
/*
 * A test that hangs is stopped, and says in which call into the kernel it was.
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "internal.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_t thread;
/* When the test hangs, if nothing is heard of it. */
static struct timespec limit;
static int watched;
static bool is_running;

static void say_file(const char *name)
{
	char path[64], text[4096];
	ssize_t length;
	int fd;

	snprintf(path, sizeof(path), "/proc/self/task/%d/%s", watched, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	length = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (length <= 0)
		return;
	text[length] = '\0';
	say("%s: %s", name, text);
}

void watchdog_alive(void)
{
	pthread_mutex_lock(&lock);
	clock_gettime(CLOCK_REALTIME, &limit);
	limit.tv_sec += 4L * patience() / 1000;
	pthread_mutex_unlock(&lock);
}

static bool is_over(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec >= limit.tv_sec;
}

static void *watch(void *argument)
{
	struct timespec end;

	(void)argument;
	pthread_mutex_lock(&lock);
	while (is_running && !is_over()) {
		end = limit;
		pthread_cond_timedwait(&changed, &lock, &end);
	}
	if (is_running) {
		say("the test hangs");
		say_file("syscall");
		say_file("stack");
		printf("not ok - hangs\n");
		fflush(stdout);
		_exit(99);
	}
	pthread_mutex_unlock(&lock);
	return NULL;
}

void watchdog_start(void)
{
	if (is_running)
		return;
	watched = gettid();
	watchdog_alive();
	is_running = true;
	if (pthread_create(&thread, NULL, watch, NULL))
		fail_msg("no watchdog");
}

void watchdog_stop(void)
{
	if (!is_running)
		return;
	pthread_mutex_lock(&lock);
	is_running = false;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&lock);
	pthread_join(thread, NULL);
}
