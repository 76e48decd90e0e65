// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Generic netlink: the socket, requests and their answers, and what the kernel
 * says about a request that it refused.
 */
#include <errno.h>
#include <limits.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "internal.h"

/* How often a dump that met a change is made again before it is taken as it is. */
#define DUMP_TRIES	8

struct nlmsghdr *condis_link_request(struct condis_link *link, uint8_t command, uint16_t flags)
{
	struct nlmsghdr *header = mnl_nlmsg_put_header(link->request);
	struct genlmsghdr *generic;

	header->nlmsg_type = link->family;
	header->nlmsg_flags = NLM_F_REQUEST | flags;
	header->nlmsg_seq = ++link->sequence;
	generic = mnl_nlmsg_put_extra_header(header, sizeof(*generic));
	generic->cmd = command;
	generic->version = CONDIS_GENL_VERSION;
	return header;
}

void condis_copy_string(char *to, size_t size, const struct nlattr *attr)
{
	snprintf(to, size, "%s", mnl_attr_get_str(attr));
}

/**
 * struct refusal - what the kernel said besides the error number
 * @message: its words, or NULL
 * @offset: of the attribute that was wrong, in the request; 0 if it named none
 * @missing: type of the attribute that was missing, or -1
 * @policy: the range of the attribute that was wrong, or NULL
 */
struct refusal {
	const char *message;
	uint32_t offset;
	int missing;
	const struct nlattr *policy;
};

static int take_refusal(const struct nlattr *attr, void *data)
{
	struct refusal *refusal = data;

	switch (mnl_attr_get_type(attr)) {
	case NLMSGERR_ATTR_MSG:
		refusal->message = mnl_attr_get_str(attr);
		break;
	case NLMSGERR_ATTR_OFFS:
		refusal->offset = mnl_attr_get_u32(attr);
		break;
	case NLMSGERR_ATTR_MISS_TYPE:
		refusal->missing = (int)mnl_attr_get_u32(attr);
		break;
	case NLMSGERR_ATTR_POLICY:
		refusal->policy = attr;
		break;
	default:
		break;
	}
	return MNL_CB_OK;
}

static void parse_refusal(const struct nlmsghdr *header, struct refusal *refusal)
{
	const struct nlmsgerr *answer = mnl_nlmsg_get_payload(header);
	size_t at = sizeof(*header) + sizeof(*answer);

	*refusal = (struct refusal) { .missing = -1 };
	if (!(header->nlmsg_flags & NLM_F_ACK_TLVS))
		return;
	/* An error quotes the whole request unless the flag says that it does not. */
	if (!(header->nlmsg_flags & NLM_F_CAPPED))
		at += MNL_ALIGN(answer->msg.nlmsg_len - sizeof(answer->msg));
	if (at < header->nlmsg_len)
		mnl_attr_parse(header, at - sizeof(*header), take_refusal, refusal);
}

/* The errors of a dump come with its end: int error, then the attributes. */
static void parse_refusal_of_dump(const struct nlmsghdr *header, struct refusal *refusal)
{
	*refusal = (struct refusal) { .missing = -1 };
	if (header->nlmsg_flags & NLM_F_ACK_TLVS)
		mnl_attr_parse(header, MNL_ALIGN(sizeof(int)), take_refusal, refusal);
}

/* Name the attribute at an offset of the request: "adapter name", or "lines" in its data. */
static const char *name_at(struct condis_link *link, uint32_t offset)
{
	const struct nlmsghdr *request = (const void *)link->request;
	const struct genlmsghdr *generic = mnl_nlmsg_get_payload(request);
	const struct nlattr *attr, *inner;

	mnl_attr_for_each(attr, request, sizeof(*generic)) {
		uint32_t begin = (uint32_t)((const char *)attr - link->request);

		if (offset == begin)
			return condis_attr_name(generic->cmd, mnl_attr_get_type(attr));
		if (offset < begin || offset >= begin + mnl_attr_get_len(attr))
			continue;
		mnl_attr_for_each_nested(inner, attr) {
			begin = (uint32_t)((const char *)inner - link->request);
			if (offset >= begin && offset < begin + mnl_attr_get_len(inner))
				return condis_knob_of_attr(mnl_attr_get_type(inner));
		}
	}
	return NULL;
}

struct range {
	bool has_minimum;
	bool has_maximum;
	bool has_length;
	uint64_t minimum;
	uint64_t maximum;
};

static int take_range(const struct nlattr *attr, void *data)
{
	struct range *range = data;

	switch (mnl_attr_get_type(attr)) {
	case NL_POLICY_TYPE_ATTR_MIN_VALUE_U:
		range->minimum = mnl_attr_get_u64(attr);
		range->has_minimum = true;
		break;
	case NL_POLICY_TYPE_ATTR_MAX_VALUE_U:
		range->maximum = mnl_attr_get_u64(attr);
		range->has_maximum = true;
		break;
	case NL_POLICY_TYPE_ATTR_MAX_LENGTH:
		range->maximum = mnl_attr_get_u32(attr);
		range->has_length = true;
		break;
	default:
		break;
	}
	return MNL_CB_OK;
}

static void describe_range(const struct nlattr *policy, char *text, size_t size)
{
	struct range range = { 0 };

	text[0] = '\0';
	if (!policy)
		return;
	mnl_attr_parse_nested(policy, take_range, &range);
	if (range.has_length)
		snprintf(text, size, ": it is at most %llu characters",
			 (unsigned long long)range.maximum);
	else if (range.has_minimum && range.has_maximum)
		snprintf(text, size, ": %llu to %llu", (unsigned long long)range.minimum,
			 (unsigned long long)range.maximum);
}

static int say_refusal(struct condis_link *link, const char *doing, int error,
		       const struct refusal *refusal)
{
	const struct genlmsghdr *generic =
		mnl_nlmsg_get_payload((const struct nlmsghdr *)(const void *)link->request);
	const char *name = NULL;
	const char *reason = refusal->message;
	char range[64];

	if (refusal->missing >= 0)
		name = condis_attr_name(generic->cmd, (uint16_t)refusal->missing);
	else if (refusal->offset)
		name = name_at(link, refusal->offset);
	describe_range(refusal->policy, range, sizeof(range));
	if (!reason && error == EPERM)
		reason = "not permitted; run it as root, or with CAP_NET_ADMIN";
	else if (!reason && error == EOPNOTSUPP)
		reason = "the kernel does not know this command; is its module older?";
	else if (!reason)
		reason = strerror(error);
	return condis_fail(error, "%s: %s%s%s%s", doing, name ? name : "", name ? ": " : "", reason,
			   range);
}

/**
 * struct run - a request under way
 * @callback: for the answers
 * @data: its
 * @error: 0, or what the kernel answered
 * @refusal: why
 * @is_interrupted: a dump that met a change
 * @is_over: the last answer has come
 */
struct run {
	mnl_cb_t callback;
	void *data;
	int error;
	struct refusal refusal;
	bool is_interrupted;
	bool is_over;
};

static void take_error(const struct nlmsghdr *header, struct run *run)
{
	const struct nlmsgerr *answer = mnl_nlmsg_get_payload(header);

	run->is_over = true;
	run->error = -answer->error;
	if (run->error)
		parse_refusal(header, &run->refusal);
}

static void take_done(const struct nlmsghdr *header, struct run *run)
{
	const int *error = mnl_nlmsg_get_payload(header);

	run->is_over = true;
	if (mnl_nlmsg_get_payload_len(header) < sizeof(*error) || *error >= 0)
		return;
	run->error = -*error;
	parse_refusal_of_dump(header, &run->refusal);
}

/* One datagram.  -1: the callback has failed. */
static int take_messages(struct condis_link *link, ssize_t length, struct run *run)
{
	const struct nlmsghdr *header = (const void *)link->buffer;
	int left = (int)length;

	for (; mnl_nlmsg_ok(header, left) && !run->is_over;
	     header = mnl_nlmsg_next(header, &left)) {
		if (header->nlmsg_seq != link->sequence)
			continue;
		if (header->nlmsg_flags & NLM_F_DUMP_INTR)
			run->is_interrupted = true;
		if (header->nlmsg_type == NLMSG_ERROR)
			take_error(header, run);
		else if (header->nlmsg_type == NLMSG_DONE)
			take_done(header, run);
		else if (header->nlmsg_type >= NLMSG_MIN_TYPE && run->callback &&
			 run->callback(header, run->data) < 0)
			return -1;
	}
	return 0;
}

static int exchange_messages(struct condis_link *link, const char *doing, struct run *run)
{
	struct nlmsghdr *header = (struct nlmsghdr *)(void *)link->request;
	ssize_t length;

	if (mnl_socket_sendto(link->socket, header, header->nlmsg_len) < 0)
		return condis_fail(errno, "%s: cannot send to the kernel: %s", doing,
				   strerror(errno));
	while (!run->is_over) {
		length = mnl_socket_recvfrom(link->socket, link->buffer, CONDIS_MESSAGE_SIZE);
		if (length < 0 && errno == EINTR)
			continue;
		if (length < 0)
			return condis_fail(errno, "%s: no answer from the kernel: %s", doing,
					   strerror(errno));
		if (take_messages(link, length, run))
			return condis_fail(errno, "%s: %s", doing, strerror(errno));
	}
	/* The refusal points into the buffer, which is still as it came. */
	if (run->error)
		return say_refusal(link, doing, run->error, &run->refusal);
	return 0;
}

int condis_link_run(struct condis_link *link, const char *doing, mnl_cb_t callback, void *data)
{
	struct run run = { .callback = callback, .data = data };
	struct nlmsghdr *header = (struct nlmsghdr *)(void *)link->request;

	if (!(header->nlmsg_flags & NLM_F_DUMP))
		header->nlmsg_flags |= NLM_F_ACK;
	return exchange_messages(link, doing, &run);
}

void *condis_array_add(struct condis_array *array)
{
	size_t room = array->room ? 2 * array->room : 16;
	void *items;

	if (array->length == array->room) {
		items = reallocarray(array->items, room, array->size);
		if (!items)
			return NULL;
		array->items = items;
		array->room = room;
	}
	items = (char *)array->items + array->length * array->size;
	memset(items, 0, array->size);
	array->length++;
	return items;
}

struct dump {
	struct condis_array *array;
	int (*parse)(const struct nlmsghdr *header, void *entry);
};

static int take_entry(const struct nlmsghdr *header, void *data)
{
	struct dump *dump = data;
	void *entry = condis_array_add(dump->array);

	if (!entry)
		return MNL_CB_ERROR;
	return dump->parse(header, entry) ? MNL_CB_ERROR : MNL_CB_OK;
}

static void empty_array(struct condis_array *array, void (*forget)(void *entry))
{
	size_t i;

	for (i = 0; forget && i < array->length; i++)
		forget((char *)array->items + i * array->size);
	array->length = 0;
}

ssize_t condis_link_dump(struct condis_link *link, const char *doing, struct condis_array *array,
			 int (*parse)(const struct nlmsghdr *header, void *entry),
			 void (*forget)(void *entry))
{
	struct dump dump = { .array = array, .parse = parse };
	struct nlmsghdr *header = (struct nlmsghdr *)(void *)link->request;
	struct run run;
	int tries;

	/* So that an empty list is not a NULL pointer, which means failure. */
	array->items = calloc(1, array->size);
	array->room = 1;
	if (!array->items)
		return condis_fail(ENOMEM, "%s: no memory", doing);

	for (tries = 0; tries < DUMP_TRIES; tries++) {
		run = (struct run) { .callback = take_entry, .data = &dump };
		if (exchange_messages(link, doing, &run)) {
			empty_array(array, forget);
			free(array->items);
			array->items = NULL;
			return -1;
		}
		if (!run.is_interrupted || tries == DUMP_TRIES - 1)
			break;
		empty_array(array, forget);
		header->nlmsg_seq = ++link->sequence;
	}
	return (ssize_t)array->length;
}

static int take_group(const struct nlattr *attr, struct condis_link *link)
{
	const struct nlattr *inner;
	const char *name = "";
	uint32_t number = 0;

	mnl_attr_for_each_nested(inner, attr) {
		if (mnl_attr_get_type(inner) == CTRL_ATTR_MCAST_GRP_NAME)
			name = mnl_attr_get_str(inner);
		else if (mnl_attr_get_type(inner) == CTRL_ATTR_MCAST_GRP_ID)
			number = mnl_attr_get_u32(inner);
	}
	if (!strcmp(name, CONDIS_MCGRP_CONFIG))
		link->groups[0] = number;
	else if (!strcmp(name, CONDIS_MCGRP_SESSION))
		link->groups[1] = number;
	return 0;
}

static int take_family(const struct nlmsghdr *header, void *data)
{
	struct condis_link *link = data;
	const struct nlattr *attr, *inner;

	mnl_attr_for_each(attr, header, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID)
			link->family = mnl_attr_get_u16(attr);
		if (mnl_attr_get_type(attr) != CTRL_ATTR_MCAST_GROUPS)
			continue;
		mnl_attr_for_each_nested(inner, attr)
			take_group(inner, link);
	}
	return MNL_CB_OK;
}

static int find_family(struct condis_link *link)
{
	struct nlmsghdr *header;

	link->family = GENL_ID_CTRL;
	header = condis_link_request(link, CTRL_CMD_GETFAMILY, 0);
	mnl_attr_put_strz(header, CTRL_ATTR_FAMILY_NAME, CONDIS_GENL_NAME);
	if (!condis_link_run(link, "look for condis in the kernel", take_family, link))
		return 0;
	if (errno == ENOENT)
		return condis_fail(ENOENT,
				   "condis is not in the kernel; load it with: modprobe condis");
	return -1;
}

int condis_link_open(struct condis_link *link)
{
	int on = 1;

	*link = (struct condis_link) { .sequence = (uint32_t)time(NULL) };
	link->request = malloc(CONDIS_MESSAGE_SIZE);
	link->buffer = malloc(CONDIS_MESSAGE_SIZE);
	if (!link->request || !link->buffer) {
		condis_fail(ENOMEM, "no memory for messages");
		goto fail;
	}
	link->socket = mnl_socket_open(NETLINK_GENERIC);
	if (!link->socket || mnl_socket_bind(link->socket, 0, MNL_SOCKET_AUTOPID)) {
		condis_fail(errno, "cannot open a netlink socket: %s", strerror(errno));
		goto fail;
	}
	link->port = mnl_socket_get_portid(link->socket);
	/* Without them errors are only less clear. */
	mnl_socket_setsockopt(link->socket, NETLINK_EXT_ACK, &on, sizeof(on));
	mnl_socket_setsockopt(link->socket, NETLINK_CAP_ACK, &on, sizeof(on));
	if (find_family(link))
		goto fail;
	return 0;
fail:
	condis_link_close(link);
	return -1;
}

void condis_link_close(struct condis_link *link)
{
	int saved = errno;

	if (link->socket)
		mnl_socket_close(link->socket);
	free(link->request);
	free(link->buffer);
	*link = (struct condis_link) { 0 };
	errno = saved;
}

struct condis_admin *condis_admin_open(void)
{
	struct condis_admin *admin = malloc(sizeof(*admin));

	if (!admin) {
		condis_fail(ENOMEM, "no memory");
		return NULL;
	}
	if (condis_link_open(&admin->link)) {
		free(admin);
		return NULL;
	}
	return admin;
}

void condis_admin_close(struct condis_admin *admin)
{
	if (!admin)
		return;
	condis_link_close(&admin->link);
	free(admin);
}
