// SPDX-License-Identifier: GPL-2.0
/*
 * A netlink socket of our own.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "wire.h"

struct wire wire;

struct nlmsghdr *begin_of(uint16_t family, uint8_t command, uint16_t flags)
{
	struct nlmsghdr *header = mnl_nlmsg_put_header(wire.request);
	struct genlmsghdr *generic;

	header->nlmsg_type = family;
	header->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags;
	header->nlmsg_seq = ++wire.sequence;
	generic = mnl_nlmsg_put_extra_header(header, sizeof(*generic));
	generic->cmd = command;
	generic->version = CONDIS_GENL_VERSION;
	return header;
}

struct nlmsghdr *begin(uint8_t command, uint16_t flags)
{
	return begin_of(wire.family, command, flags);
}

static int take_extended(const struct nlattr *attr, void *data)
{
	(void)data;
	switch (mnl_attr_get_type(attr)) {
	case NLMSGERR_ATTR_MSG:
		snprintf(wire.text, sizeof(wire.text), "%s", mnl_attr_get_str(attr));
		break;
	case NLMSGERR_ATTR_OFFS:
		wire.offset = mnl_attr_get_u32(attr);
		break;
	}
	return MNL_CB_OK;
}

/* 1: the last message; *@error is its negative errno. */
static int take_end(const struct nlmsghdr *header, int *error)
{
	unsigned int size;

	if (header->nlmsg_type == NLMSG_ERROR) {
		*error = ((const struct nlmsgerr *)mnl_nlmsg_get_payload(header))->error;
		size = sizeof(struct nlmsgerr);
	} else if (header->nlmsg_type == NLMSG_DONE) {
		*error = *(const int *)mnl_nlmsg_get_payload(header);
		size = sizeof(int);
	} else {
		wire.messages++;
		return 0;
	}
	if (header->nlmsg_flags & NLM_F_ACK_TLVS)
		mnl_attr_parse(header, size, take_extended, NULL);
	return 1;
}

int ask_each(void (*each)(const struct nlmsghdr *header, void *data), void *data)
{
	const struct nlmsghdr *header = (void *)wire.request;
	int error = 0, left;
	ssize_t length;

	if (wire.is_written)
		length = write(mnl_socket_get_fd(wire.socket), header, header->nlmsg_len);
	else
		length = mnl_socket_sendto(wire.socket, header, header->nlmsg_len);
	if (length < 0)
		return -errno;
	wire.messages = 0;
	wire.offset = 0;
	wire.text[0] = '\0';
	for (;;) {
		length = mnl_socket_recvfrom(wire.socket, wire.answer, sizeof(wire.answer));
		assert_return_code(length, errno);
		left = (int)length;
		for (header = (void *)wire.answer; mnl_nlmsg_ok(header, left);
		     header = mnl_nlmsg_next(header, &left)) {
			if (header->nlmsg_seq != wire.sequence)
				continue;
			if (take_end(header, &error))
				return error;
			if (each)
				each(header, data);
		}
	}
}

int ask(void)
{
	return ask_each(NULL, NULL);
}

static void take_group(const struct nlattr *group, const char *wanted)
{
	const struct nlattr *attr;
	const char *name = "";
	uint32_t id = 0;

	mnl_attr_for_each_nested(attr, group) {
		if (mnl_attr_get_type(attr) == CTRL_ATTR_MCAST_GRP_NAME)
			name = mnl_attr_get_str(attr);
		else if (mnl_attr_get_type(attr) == CTRL_ATTR_MCAST_GRP_ID)
			id = mnl_attr_get_u32(attr);
	}
	if (!strcmp(name, wanted))
		wire.group = id;
}

/* @data: name of the multicast group that is wanted, or NULL. */
static void take_family(const struct nlmsghdr *header, void *data)
{
	const struct nlattr *attr, *group;

	mnl_attr_for_each(attr, header, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID)
			wire.family = mnl_attr_get_u16(attr);
		else if (data && mnl_attr_get_type(attr) == CTRL_ATTR_MCAST_GROUPS)
			mnl_attr_for_each_nested(group, attr)
				take_group(group, data);
	}
}

static void ask_family(char *group)
{
	wire.group = 0;
	mnl_attr_put_strz(begin_of(GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 0), CTRL_ATTR_FAMILY_NAME,
			  CONDIS_GENL_NAME);
	assert_int_equal(ask_each(take_family, group), 0);
	assert_int_not_equal(wire.family, GENL_ID_CTRL);
}

uint32_t wire_group(const char *name)
{
	char wanted[GENL_NAMSIZ];

	snprintf(wanted, sizeof(wanted), "%s", name);
	ask_family(wanted);
	assert_int_not_equal(wire.group, 0);
	return wire.group;
}

void wire_open(void)
{
	int on = 1;

	wire.socket = mnl_socket_open2(NETLINK_GENERIC, SOCK_CLOEXEC);
	assert_non_null(wire.socket);
	assert_return_code(mnl_socket_bind(wire.socket, 0, MNL_SOCKET_AUTOPID), errno);
	assert_return_code(mnl_socket_setsockopt(wire.socket, NETLINK_EXT_ACK, &on, sizeof(on)),
			   errno);
	assert_return_code(mnl_socket_setsockopt(wire.socket, NETLINK_CAP_ACK, &on, sizeof(on)),
			   errno);
	ask_family(NULL);
}

void wire_close(void)
{
	if (wire.socket)
		mnl_socket_close(wire.socket);
	wire.socket = NULL;
}

void put_name(struct nlmsghdr *header, uint16_t attr, const char *name)
{
	mnl_attr_put_strz(header, attr, name);
}

struct nlmsghdr *begin_adapter(const char *name)
{
	struct nlmsghdr *header = begin(CONDIS_CMD_ADAPTER_NEW, 0);

	put_name(header, CONDIS_A_ADAPTER_NAME, name);
	put_name(header, CONDIS_A_ADAPTER_KIND, CONDIS_VWAN_KIND);
	put_name(header, CONDIS_A_ADAPTER_EXCHANGE, "x");
	return header;
}

void check_in_child(bool is_fine, int line)
{
	if (!is_fine)
		_exit(line % 255 + 1);
}
