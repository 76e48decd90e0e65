// SPDX-License-Identifier: GPL-2.0
/*
 * Peer: pairs of pseudo terminals, raw, which is what simulators of modems use.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "bench.h"

/* The slave is opened through its master: no path is walked. */
static void pty_connect(unsigned int number, int ends[2])
{
	struct termios raw;
	int unlock = 0;

	(void)number;
	ends[0] = open("/dev/ptmx", O_RDWR | O_NOCTTY);
	must(ends[0] >= 0, "/dev/ptmx");
	must(!ioctl(ends[0], TIOCSPTLCK, &unlock), "unlock");
	ends[1] = ioctl(ends[0], TIOCGPTPEER, O_RDWR | O_NOCTTY);
	must(ends[1] >= 0, "the slave");
	must(!tcgetattr(ends[1], &raw), "tcgetattr");
	cfmakeraw(&raw);
	must(!tcsetattr(ends[1], TCSANOW, &raw), "tcsetattr");
}

static bool pty_begin(void)
{
	FILE *file = fopen("/proc/sys/kernel/pty/max", "w");

	if (!file)
		return false;
	fprintf(file, "%u\n", 2 * HELD);
	return !fclose(file);
}

void bench_pty(void)
{
	static const struct stream stream = {
		.name = "pty", .begin = pty_begin, .connect = pty_connect,
	};

	measure_stream(&stream);
}
