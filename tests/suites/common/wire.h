/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A netlink socket of our own, for messages that the library would not send.
 */
#ifndef SUITES_WIRE_H
#define SUITES_WIRE_H

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>

#include "fixture.h"

#define MESSAGE_SIZE	(96 * 1024)

/**
 * struct wire - the socket, and the request and answer that are under way
 * @socket: libmnl's
 * @family: number of the family
 * @group: number of the multicast group that was asked for last
 * @is_written: requests go by write(), as somebody would send them who does not know what he has
 * @sequence: of the last request
 * @request: what is built
 * @answer: what came last
 * @messages: that the last answer had, without its end
 * @offset: of the attribute that the last refusal points at, 0 if it points at none
 * @text: what the last refusal says
 */
struct wire {
	struct mnl_socket *socket;
	uint16_t family;
	uint32_t group;
	bool is_written;
	uint32_t sequence;
	char request[MESSAGE_SIZE];
	char answer[MESSAGE_SIZE];
	unsigned int messages;
	uint32_t offset;
	char text[256];
};

extern struct wire wire;

void wire_open(void);
void wire_close(void);
/* The number of a multicast group of the family. */
uint32_t wire_group(const char *name);

/* Begin a request: of the family, or of another. */
struct nlmsghdr *begin(uint8_t command, uint16_t flags);
struct nlmsghdr *begin_of(uint16_t family, uint8_t command, uint16_t flags);
/* The same for a new adapter of the exchange "x", with what it needs but data. */
struct nlmsghdr *begin_adapter(const char *name);
void put_name(struct nlmsghdr *header, uint16_t attr, const char *name);

/* Send what was built; 0 or a negative errno.  @each sees the messages of the answer. */
int ask(void);
int ask_each(void (*each)(const struct nlmsghdr *header, void *data), void *data);

/* In a child, whose exit status is the line in which it went wrong. */
#define in_child(_condition)	check_in_child((_condition), __LINE__)
void check_in_child(bool is_fine, int line);

#endif /* SUITES_WIRE_H */
