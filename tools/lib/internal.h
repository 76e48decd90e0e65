/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the files of libcondis share.
 */
#ifndef LIBCONDIS_INTERNAL_H
#define LIBCONDIS_INTERNAL_H

#include <libmnl/libmnl.h>

#include "condis.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* error.c: set errno and condis_error(); always -1. */
int condis_fail(int error, const char *format, ...) __printf(2, 3);

/* netlink.c */

/* Room for the largest attribute and what stands around it. */
#define CONDIS_MESSAGE_SIZE	(96 * 1024)

/**
 * struct condis_link - a generic netlink socket
 * @socket: libmnl's
 * @port: its number
 * @sequence: of the last request
 * @family: number of the family "condis"
 * @groups: numbers of its multicast groups, config and session
 * @request: the message that is built or was sent last
 * @buffer: for what comes
 */
struct condis_link {
	struct mnl_socket *socket;
	unsigned int port;
	uint32_t sequence;
	uint16_t family;
	uint32_t groups[2];
	char *request;
	char *buffer;
};

struct condis_admin {
	struct condis_link link;
};

int condis_link_open(struct condis_link *link);
void condis_link_close(struct condis_link *link);
struct nlmsghdr *condis_link_request(struct condis_link *link, uint8_t command, uint16_t flags);

/* Send the request and take the answers; @doing names it in an error. */
int condis_link_run(struct condis_link *link, const char *doing, mnl_cb_t callback, void *data);

/**
 * struct condis_array - a list that a dump fills
 * @items: its entries
 * @size: bytes of one
 * @length: how many
 * @room: how many there is room for
 */
struct condis_array {
	void *items;
	size_t size;
	size_t length;
	size_t room;
};

/* A new zeroed entry, or NULL with errno. */
void *condis_array_add(struct condis_array *array);
/*
 * Run a dump into an array, again if it met a change.  @parse fills one entry
 * from the attributes of one message, or says -1.
 */
ssize_t condis_link_dump(struct condis_link *link, const char *doing, struct condis_array *array,
			 int (*parse)(const struct nlmsghdr *header, void *entry),
			 void (*forget)(void *entry));

void condis_copy_string(char *to, size_t size, const struct nlattr *attr);

/* Names of attributes, for errors: of a command's top level, and in its DATA. */
const char *condis_attr_name(uint8_t command, uint16_t attr);

/* knobs.c */
void condis_config_put(struct nlmsghdr *header, uint16_t data, const struct condis_config *config);
const char *condis_knob_of_attr(uint16_t attr);

/* exchange.c, adapter.c, account.c: one message into one structure. */
int condis_parse_exchange(const struct nlmsghdr *header, void *entry);
int condis_parse_adapter(const struct nlmsghdr *header, void *entry);
int condis_parse_session(const struct nlmsghdr *header, void *entry);
void condis_forget_adapter(void *entry);

/* session.c: one ioctl; says what failed, with the extended error. */
struct condis_session {
	int fd;
	size_t next;
	size_t length;
	struct ndproxy_event events[32];
};

void condis_copy_name(char *to, const char *name);
int condis_session_ioctl(struct condis_session *session, unsigned long command, void *argument,
			 const char *doing);

#endif /* LIBCONDIS_INTERNAL_H */
