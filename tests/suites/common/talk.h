/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Requests to the netlink family that the library would not send, and what the kernel
 * says of them: the errno, and the attribute that it points at.
 */
#ifndef SUITES_TALK_H
#define SUITES_TALK_H

#include <libmnl/libmnl.h>

#include "fixture.h"

/* None of the attributes is meant. */
#define NO_ATTR		(-1)

/**
 * struct talk - a socket of our own, for messages that the library would not send
 * @socket: libmnl's
 * @family: number of the family
 * @header: the request
 * @wrong: the attribute that the refusal is to point at, or NULL
 * @error: errno of the answer
 * @offset: of the attribute that was wrong, 0 if none
 * @missing: type of the attribute that was missing, or NO_ATTR
 * @text: what the kernel said
 */
struct talk {
	struct mnl_socket *socket;
	uint16_t family;
	struct nlmsghdr *header;
	struct nlattr *wrong;
	int error;
	uint32_t offset;
	int missing;
	char text[256];
	char request[65536];
	char answer[65536];
};

extern struct talk talk;

/* For cmocka: a world, and the socket. */
int talk_setup(void **state);
int talk_teardown(void **state);
#define TALK_TEST(function) \
	cmocka_unit_test_setup_teardown(function, talk_setup, talk_teardown)

/* Begins a request. */
void talk_request_of(uint16_t family, uint8_t command, uint16_t flags);
void talk_request(uint8_t command);
/* Sends it: the errno of the answer. */
int talk_answer(void);
/* The next attribute that is put is the wrong one. */
void talk_wrong(void);
void talk_check(int error, int missing, const char *file, int line);
/* The last answer points at talk_wrong(), with one of these errors. */
void talk_points(int error, int other_error);

/* Sends the request: it is refused with this, and the answer points at talk_wrong(). */
#define refuses(_errno)			talk_check((_errno), NO_ATTR, __FILE__, __LINE__)
#define misses(_attr)			talk_check(EINVAL, (_attr), __FILE__, __LINE__)
#define accepts()			talk_check(0, NO_ATTR, __FILE__, __LINE__)

/* What comes before the data of a new adapter. */
void talk_adapter_new(void);
/* A request that has DATA, open for one more attribute in it. */
struct nlattr *talk_data_begin(bool is_new);

/* Everything that a refused request leaves alone. */
void talk_picture(char *text, size_t size);

#endif /* SUITES_TALK_H */
