// SPDX-License-Identifier: GPL-2.0
/*
 * Packets of a call, to and from files.
 */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "ctl.h"

#define PACKET_SIZE 65536

/* Until there is room in the send window; the call's end makes it writable too. */
static int write_packet(int data, const char *packet, size_t length)
{
	struct pollfd poll_fd = { .fd = data, .events = POLLOUT };

	while (write(data, packet, length) < 0) {
		if (errno == EAGAIN) {
			ctl_poll(&poll_fd, 1, -1);
			if (ctl_stopped)
				return 0;
			continue;
		}
		if (errno == EPIPE)
			return 0;
		ctl_failure("cannot send a packet: %s", strerror(errno));
		return -1;
	}
	return 1;
}

int ctl_send_input(int input, int data, uint32_t max_sdu)
{
	static char packet[PACKET_SIZE];
	size_t size = max_sdu < sizeof(packet) ? max_sdu : sizeof(packet);
	ssize_t length = read(input, packet, size);

	if (length < 0) {
		ctl_failure("cannot read the input: %s", strerror(errno));
		return -1;
	}
	return length ? write_packet(data, packet, (size_t)length) : 0;
}

int ctl_receive(int data, FILE *output)
{
	static char packet[PACKET_SIZE];
	ssize_t length = read(data, packet, sizeof(packet));

	if (length < 0 && errno == EAGAIN)
		return 1;
	if (length < 0) {
		ctl_failure("cannot receive a packet: %s", strerror(errno));
		return -1;
	}
	if (length && (fwrite(packet, (size_t)length, 1, output) != 1 || fflush(output))) {
		ctl_failure("cannot write the output: %s", strerror(errno));
		return -1;
	}
	return length > 0;
}

int ctl_echo(int data)
{
	static char packet[PACKET_SIZE];
	ssize_t length = read(data, packet, sizeof(packet));

	if (length < 0 && errno == EAGAIN)
		return 1;
	if (length < 0) {
		ctl_failure("cannot receive a packet: %s", strerror(errno));
		return -1;
	}
	return length ? write_packet(data, packet, (size_t)length) : 0;
}
