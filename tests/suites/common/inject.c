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

void inject_nth(unsigned int nth)
{
	char text[16];
	int error;

	snprintf(text, sizeof(text), "%u", nth);
	error = write_text(NTH, text);
	if (error)
		fail_msg("%s: %s", NTH, strerror(-error));
}

unsigned int inject_end(void)
{
	char text[16] = "";
	int fd = open(NTH, O_RDONLY | O_CLOEXEC);

	assert_true(fd >= 0);
	assert_true(read(fd, text, sizeof(text) - 1) > 0);
	close(fd);
	inject_nth(0);
	return (unsigned int)atoi(text);
}

void inject_all(bool on)
{
	if (on) {
		set("failslab", "task-filter", "Y");
		set("failslab", "times", "-1");
		set("failslab", "probability", "100");
	}
	assert_int_equal(write_text("/proc/thread-self/make-it-fail", on ? "1" : "0"), 0);
	if (!on) {
		set("failslab", "probability", "0");
		set("failslab", "times", "1");
		set("failslab", "task-filter", "N");
	}
}
