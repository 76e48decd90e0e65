// SPDX-License-Identifier: GPL-2.0
/*
 * Talking to the netlink family with messages of our own.
 */
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <stdio.h>
#include <string.h>

#include "talk.h"

struct talk talk;

static int take_ack(const struct nlattr *attr, void *data)
{
	(void)data;
	switch (mnl_attr_get_type(attr)) {
	case NLMSGERR_ATTR_MSG:
		snprintf(talk.text, sizeof(talk.text), "%s", mnl_attr_get_str(attr));
		break;
	case NLMSGERR_ATTR_OFFS:
		talk.offset = mnl_attr_get_u32(attr);
		break;
	case NLMSGERR_ATTR_MISS_TYPE:
		talk.missing = (int)mnl_attr_get_u32(attr);
		break;
	}
	return MNL_CB_OK;
}

/* The answer to the request: its errno, with what the kernel said. */
static void receive(void)
{
	const struct nlmsghdr *header;
	const struct nlmsgerr *error;
	ssize_t length;
	int left;

	for (;;) {
		length = mnl_socket_recvfrom(talk.socket, talk.answer, sizeof(talk.answer));
		if (length < 0)
			fail_msg("no answer: %s", strerror(errno));
		left = (int)length;
		header = (const void *)talk.answer;
		for (; mnl_nlmsg_ok(header, left); header = mnl_nlmsg_next(header, &left)) {
			if (header->nlmsg_seq != talk.header->nlmsg_seq)
				continue;
			if (header->nlmsg_type == NLMSG_DONE) {
				talk.error = -*(int *)mnl_nlmsg_get_payload(header);
				if (header->nlmsg_flags & NLM_F_ACK_TLVS)
					mnl_attr_parse(header, sizeof(int), take_ack, NULL);
				return;
			}
			if (header->nlmsg_type != NLMSG_ERROR)
				continue;
			error = mnl_nlmsg_get_payload(header);
			talk.error = -error->error;
			if (header->nlmsg_flags & NLM_F_ACK_TLVS)
				mnl_attr_parse(header, sizeof(*error), take_ack, NULL);
			return;
		}
	}
}

void talk_request_of(uint16_t family, uint8_t command, uint16_t flags)
{
	static uint32_t sequence;
	struct genlmsghdr *generic;

	memset(talk.request, 0, 512);
	talk.header = mnl_nlmsg_put_header(talk.request);
	talk.header->nlmsg_type = family;
	talk.header->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags;
	talk.header->nlmsg_seq = ++sequence;
	generic = mnl_nlmsg_put_extra_header(talk.header, sizeof(*generic));
	generic->cmd = command;
	generic->version = CONDIS_GENL_VERSION;
	talk.wrong = NULL;
}

void talk_request(uint8_t command)
{
	talk_request_of(talk.family, command, 0);
}

int talk_answer(void)
{
	talk.error = 0;
	talk.offset = 0;
	talk.missing = NO_ATTR;
	talk.text[0] = '\0';
	if (mnl_socket_sendto(talk.socket, talk.header, talk.header->nlmsg_len) < 0)
		return errno;
	receive();
	return talk.error;
}

static int take_family(const struct nlattr *attr, void *data)
{
	(void)data;
	if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID)
		talk.family = mnl_attr_get_u16(attr);
	return MNL_CB_OK;
}

static void talk_open(void)
{
	int on = 1;

	talk.socket = mnl_socket_open2(NETLINK_GENERIC, SOCK_CLOEXEC);
	assert_non_null(talk.socket);
	assert_int_equal(mnl_socket_bind(talk.socket, 0, MNL_SOCKET_AUTOPID), 0);
	assert_int_equal(mnl_socket_setsockopt(talk.socket, NETLINK_EXT_ACK, &on, sizeof(on)), 0);
	assert_int_equal(mnl_socket_setsockopt(talk.socket, NETLINK_CAP_ACK, &on, sizeof(on)), 0);
	talk_request_of(GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 0);
	talk.header->nlmsg_flags &= (uint16_t)~NLM_F_ACK;
	mnl_attr_put_strz(talk.header, CTRL_ATTR_FAMILY_NAME, CONDIS_GENL_NAME);
	assert_true(mnl_socket_sendto(talk.socket, talk.header, talk.header->nlmsg_len) > 0);
	assert_true(mnl_socket_recvfrom(talk.socket, talk.answer, sizeof(talk.answer)) > 0);
	mnl_attr_parse((void *)talk.answer, sizeof(struct genlmsghdr), take_family, NULL);
	assert_true(talk.family);
}

int talk_setup(void **state)
{
	world_setup(state);
	talk_open();
	return 0;
}

int talk_teardown(void **state)
{
	mnl_socket_close(talk.socket);
	return world_teardown(state);
}

/* The next attribute that is put is the wrong one. */
void talk_wrong(void)
{
	talk.wrong = mnl_nlmsg_get_payload_tail(talk.header);
}

void talk_check(int error, int missing, const char *file, int line)
{
	int got = talk_answer();
	uint32_t offset = talk.wrong ? (uint32_t)((char *)talk.wrong - talk.request) : 0;

	if (got != error) {
		say("answered with %s (%s), not with %s", got ? strerrorname_np(got) : "success",
		    talk.text, error ? strerrorname_np(error) : "success");
		_fail(file, line);
	}
	if (talk.offset != offset) {
		say("the answer (%s) points at offset %u, not at %u", talk.text, talk.offset,
		    offset);
		_fail(file, line);
	}
	if (talk.missing != missing) {
		say("the answer (%s) misses attribute %d, not %d", talk.text, talk.missing,
		    missing);
		_fail(file, line);
	}
}

/* Everything that a refused request leaves alone. */
void talk_picture(char *text, size_t size)
{
	struct condis_adapter_info *list;
	ssize_t length, i;
	size_t at, j;

	counts_text(text, size);
	at = strlen(text);
	length = condis_adapters(admin(), &list);
	for (i = 0; i < length; i++) {
		uint32_t hash = 2166136261;

		for (j = 0; j < list[i].data_size; j++)
			hash = (hash ^ ((unsigned char *)list[i].data)[j]) * 16777619;
		at += (size_t)snprintf(text + at, size - at, "%s %u %s %s %08x\n", list[i].name,
				       list[i].id, list[i].exchange, list[i].state, hash);
	}
	condis_adapters_free(list, length);
}

/* What comes before the data of a new adapter. */
void talk_adapter_new(void)
{
	talk_request(CONDIS_CMD_ADAPTER_NEW);
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_NAME, "new");
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_KIND, CONDIS_VWAN_KIND);
}

/* A request that has DATA, open for one more attribute in it. */
struct nlattr *talk_data_begin(bool is_new)
{
	struct nlattr *nest;

	if (is_new) {
		talk_adapter_new();
		mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_EXCHANGE, "x");
	} else {
		talk_request(CONDIS_CMD_ADAPTER_SET);
		mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_NAME, "a");
	}
	nest = mnl_attr_nest_start(talk.header, CONDIS_A_ADAPTER_DATA);
	/* Something right before what is wrong. */
	mnl_attr_put_u32(talk.header, CONDIS_VWAN_A_ADAPTER_T301, 77);
	return nest;
}

void talk_points(int error, int other_error)
{
	uint32_t offset = (uint32_t)((char *)talk.wrong - talk.request);

	if ((talk.error == error || talk.error == other_error) && talk.offset == offset)
		return;
	fail_msg("answered with %s (%s) of offset %u, not with %s or %s of %u",
		 talk.error ? strerrorname_np(talk.error) : "success", talk.text, talk.offset,
		 strerrorname_np(error), strerrorname_np(other_error), offset);
}
