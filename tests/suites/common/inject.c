// SPDX-License-Identifier: GPL-2.0
/*
 * Allocations that fail, by the kernel's own fault injection.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "inject.h"

#define DEBUGFS	"/sys/kernel/debug"
#define NTH	"/proc/thread-self/fail-nth"
#define ALL	"/proc/thread-self/make-it-fail"

static const char *const capabilities[] = { "failslab", "fail_page_alloc", "fail_usercopy" };

static int write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), error = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, text, strlen(text)) < 0)
		error = -errno;
	close(fd);
	return error;
}

static void set(const char *capability, const char *knob, const char *value)
{
	char path[256];
	int error;

	snprintf(path, sizeof(path), DEBUGFS "/%s/%s", capability, knob);
	error = write_text(path, value);
	if (error)
		fail_msg("%s: %s", path, strerror(-error));
}

bool inject_is_there(void)
{
	return !access(DEBUGFS "/failslab/ignore-gfp-wait", W_OK) && !access(NTH, W_OK);
}

void inject_prepare(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(capabilities); i++)
		set(capabilities[i], "verbose", "0");
	set("failslab", "ignore-gfp-wait", "N");
	set("fail_page_alloc", "ignore-gfp-wait", "N");
	set("fail_page_alloc", "min-order", "0");
}

/*
 * A file of the calling thread's, open for as long as it lives: to open one is itself
 * something that can fail, also when it is to end the failing.
 */
static int held(int *fd, const char *path)
{
	if (*fd < 0)
		*fd = open(path, O_RDWR | O_CLOEXEC);
	if (*fd < 0)
		fail_msg("%s: %s", path, strerror(errno));
	return *fd;
}

static int counter(void)
{
	static _Thread_local int fd = -1;

	return held(&fd, NTH);
}

void inject_nth(unsigned int nth)
{
	int fd = counter();
	char text[16];

	snprintf(text, sizeof(text), "%u", nth);
	if (pwrite(fd, text, strlen(text), 0) < 0)
		fail_msg("%s: %s", NTH, strerror(errno));
}

unsigned int inject_end(void)
{
	unsigned int left = 1;
	int fd = counter();
	char text[16] = "";

	/* To read it is a step too: if it is the one that fails, one was left to go. */
	if (pread(fd, text, sizeof(text) - 1, 0) > 0)
		left = (unsigned int)strtoul(text, NULL, 10);
	else if (errno != EFAULT)
		fail_msg("%s: %s", NTH, strerror(errno));
	/* And so is to write it; the second time there is nothing left that could fail. */
	if (pwrite(fd, "0", 1, 0) < 0 && pwrite(fd, "0", 1, 0) < 0)
		fail_msg("%s: %s", NTH, strerror(errno));
	return left;
}

void inject_all(bool on)
{
	static _Thread_local int fd = -1;

	if (on) {
		set("failslab", "task-filter", "Y");
		set("failslab", "times", "-1");
		set("failslab", "probability", "100");
	}
	if (pwrite(held(&fd, ALL), on ? "1" : "0", 1, 0) < 0)
		fail_msg("%s: %s", ALL, strerror(errno));
	if (!on) {
		set("failslab", "probability", "0");
		set("failslab", "times", "1");
		set("failslab", "task-filter", "N");
	}
}
