// SPDX-License-Identifier: GPL-2.0
/*
 * The data file of a call that condisctl serve, or somebody else, has answered.
 *
 * condisctl serve makes it the command's input and output as well. pppd says what it does on its
 * output, beginning with the name of each plugin that it has loaded: that must not be sent to the
 * far end, so it is seen to when this plugin is loaded, before pppd can say so.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "descriptor.h"

#define STANDARD_FILES	3

/* What the standard descriptors were, elsewhere; -1: no data file. */
static int moved[STANDARD_FILES] = { -1, -1, -1 };

static bool is_data_file(int fd)
{
	static const char name[] = "anon_inode:[ndproxy-data]";
	char path[32], target[sizeof(name)];
	ssize_t length;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	length = readlink(path, target, sizeof(target));
	return length == sizeof(name) - 1 && !memcmp(target, name, sizeof(name) - 1);
}

__attribute__((constructor)) static void keep_output_out_of_the_call(void)
{
	int fd, null;

	for (fd = 0; fd < STANDARD_FILES; fd++) {
		if (!is_data_file(fd))
			continue;
		moved[fd] = fcntl(fd, F_DUPFD_CLOEXEC, STANDARD_FILES);
		null = open("/dev/null", O_RDWR | O_CLOEXEC);
		if (null >= 0)
			dup2(null, fd);
		close(null >= 0 ? null : fd);
	}
}

int descriptor_from_environment(void)
{
	const char *value = getenv(DESCRIPTOR_VARIABLE);
	char *end;
	long fd;

	if (!value || !*value)
		return -1;
	errno = 0;
	fd = strtol(value, &end, 10);
	return errno || *end || fd < 0 || fd > 0xffff ? -2 : (int)fd;
}

int descriptor_take(int fd)
{
	if (fd < STANDARD_FILES && moved[fd] >= 0)
		return moved[fd];
	if (!is_data_file(fd) || fcntl(fd, F_SETFD, FD_CLOEXEC))
		return -1;
	return fd;
}

bool descriptor_is_over(int fd)
{
	struct pollfd poll_fd = { .fd = fd };

	return poll(&poll_fd, 1, 0) > 0;
}

unsigned int descriptor_max_sdu(void)
{
	const char *value = getenv("CONDIS_MAX_SDU");

	return value ? (unsigned int)strtoul(value, NULL, 10) : 0;
}
