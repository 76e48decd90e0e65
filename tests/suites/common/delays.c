// SPDX-License-Identifier: GPL-2.0
/*
 * The core's parameter "delays".
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "delays.h"
#include "fixture.h"

int delays_write(const char *text)
{
	int fd = open(DELAYS, O_WRONLY | O_CLOEXEC), err = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, text, strlen(text)) < 0)
		err = -errno;
	close(fd);
	return err;
}

void delays(const char *text)
{
	int err = delays_write(text);

	if (err && (err != -ENOENT || is_debug_kernel()))
		fail_msg("delays \"%s\": %s", text, strerror(-err));
}

void delays_end(void)
{
	delays_write("\n");
}
