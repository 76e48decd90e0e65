// SPDX-License-Identifier: GPL-2.0
/*
 * The netlink family as a hostile program uses it: every command with every wrong
 * attribute. Each is refused with the errno of <linux/condis.h>, the answer points
 * at the attribute, and nothing has changed.
 */
#include <errno.h>
#include <fcntl.h>
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

static struct talk talk;

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

static void request_of(uint16_t family, uint8_t command, uint16_t flags)
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

static void request(uint8_t command)
{
	request_of(talk.family, command, 0);
}

static int answer(void)
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
	request_of(GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 0);
	talk.header->nlmsg_flags &= (uint16_t)~NLM_F_ACK;
	mnl_attr_put_strz(talk.header, CTRL_ATTR_FAMILY_NAME, CONDIS_GENL_NAME);
	assert_true(mnl_socket_sendto(talk.socket, talk.header, talk.header->nlmsg_len) > 0);
	assert_true(mnl_socket_recvfrom(talk.socket, talk.answer, sizeof(talk.answer)) > 0);
	mnl_attr_parse((void *)talk.answer, sizeof(struct genlmsghdr), take_family, NULL);
	assert_true(talk.family);
}

static int talk_setup(void **state)
{
	world_setup(state);
	talk_open();
	return 0;
}

static int talk_teardown(void **state)
{
	mnl_socket_close(talk.socket);
	return world_teardown(state);
}

#define TALK_TEST(function) \
	cmocka_unit_test_setup_teardown(function, talk_setup, talk_teardown)

/* The next attribute that is put is the wrong one. */
static void wrong(void)
{
	talk.wrong = mnl_nlmsg_get_payload_tail(talk.header);
}

static void check(int error, int missing, const char *file, int line)
{
	int got = answer();
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

/* Sends the request: it is refused with this, and the answer points at wrong(). */
#define refuses(_errno)			check((_errno), NO_ATTR, __FILE__, __LINE__)
#define misses(_attr)			check(EINVAL, (_attr), __FILE__, __LINE__)
#define accepts()			check(0, NO_ATTR, __FILE__, __LINE__)

/* Everything that a refused request leaves alone. */
static void picture(char *text, size_t size)
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

static char before[8192], after[8192];

/* Whole messages */

static void unknown_commands(void **state)
{
	static const uint8_t commands[] = {
		CONDIS_CMD_UNSPEC, CONDIS_CMD_EXCHANGE_EVENT, CONDIS_CMD_ADAPTER_EVENT,
		CONDIS_CMD_SESSION_EVENT, __CONDIS_CMD_MAX, 100, 255,
	};
	static const uint8_t only_do[] = {
		CONDIS_CMD_EXCHANGE_NEW, CONDIS_CMD_EXCHANGE_DEL, CONDIS_CMD_EXCHANGE_SET,
		CONDIS_CMD_ADAPTER_NEW, CONDIS_CMD_ADAPTER_DEL, CONDIS_CMD_ADAPTER_SET,
		CONDIS_CMD_ADAPTER_RESET, CONDIS_CMD_ADAPTER_PAUSE, CONDIS_CMD_ADAPTER_RESTART,
	};
	static const uint8_t only_dump[] = {
		CONDIS_CMD_KIND_GET, CONDIS_CMD_COUNT_GET, CONDIS_CMD_CALL_GET,
		CONDIS_CMD_SESSION_GET,
	};
	size_t i;

	(void)state;
	two_adapters("1");
	picture(before, sizeof(before));
	for (i = 0; i < ARRAY_SIZE(commands); i++) {
		request(commands[i]);
		assert_int_equal(answer(), EOPNOTSUPP);
		request_of(talk.family, commands[i], NLM_F_DUMP);
		assert_int_equal(answer(), EOPNOTSUPP);
	}
	for (i = 0; i < ARRAY_SIZE(only_do); i++) {
		request_of(talk.family, only_do[i], NLM_F_DUMP);
		assert_int_equal(answer(), EOPNOTSUPP);
	}
	for (i = 0; i < ARRAY_SIZE(only_dump); i++) {
		request(only_dump[i]);
		assert_int_equal(answer(), EOPNOTSUPP);
	}
	picture(after, sizeof(after));
	assert_string_equal(before, after);
}

/* Attributes that no command takes, and some that this one does not. */
static void unknown_attributes(void **state)
{
	static const struct {
		uint8_t command;
		uint16_t attr;
	} foreign[] = {
		{ CONDIS_CMD_EXCHANGE_NEW, CONDIS_A_EXCHANGE_ID },
		{ CONDIS_CMD_EXCHANGE_NEW, CONDIS_A_EXCHANGE_ADAPTERS },
		{ CONDIS_CMD_EXCHANGE_NEW, CONDIS_A_EXCHANGE_EVENT },
		{ CONDIS_CMD_EXCHANGE_DEL, CONDIS_A_EXCHANGE_KIND },
		{ CONDIS_CMD_EXCHANGE_SET, CONDIS_A_EXCHANGE_KIND },
		{ CONDIS_CMD_EXCHANGE_GET, CONDIS_A_EXCHANGE_KIND },
		{ CONDIS_CMD_ADAPTER_NEW, CONDIS_A_ADAPTER_ID },
		{ CONDIS_CMD_ADAPTER_NEW, CONDIS_A_ADAPTER_STATE },
		{ CONDIS_CMD_ADAPTER_NEW, CONDIS_A_ADAPTER_AGE },
		{ CONDIS_CMD_ADAPTER_DEL, CONDIS_A_ADAPTER_KIND },
		{ CONDIS_CMD_ADAPTER_DEL, CONDIS_A_ADAPTER_EXCHANGE },
		{ CONDIS_CMD_ADAPTER_SET, CONDIS_A_ADAPTER_KIND },
		{ CONDIS_CMD_ADAPTER_SET, CONDIS_A_ADAPTER_SURPRISE },
		{ CONDIS_CMD_ADAPTER_GET, CONDIS_A_ADAPTER_SURPRISE },
		{ CONDIS_CMD_ADAPTER_RESET, CONDIS_A_ADAPTER_KIND },
		{ CONDIS_CMD_ADAPTER_PAUSE, CONDIS_A_ADAPTER_SURPRISE },
		{ CONDIS_CMD_ADAPTER_RESTART, CONDIS_A_ADAPTER_EVENT },
	};
	size_t i;

	(void)state;
	two_adapters("1");
	picture(before, sizeof(before));
	for (i = 0; i < ARRAY_SIZE(foreign); i++) {
		request(foreign[i].command);
		wrong();
		mnl_attr_put_u32(talk.header, foreign[i].attr, 1);
		refuses(EINVAL);
		request(foreign[i].command);
		wrong();
		mnl_attr_put_u32(talk.header, 200, 1);
		refuses(EINVAL);
		request(foreign[i].command);
		wrong();
		mnl_attr_put_u32(talk.header, 0x3fff, 1);
		refuses(EINVAL);
	}
	/* A dump of all is not one of one. */
	request_of(talk.family, CONDIS_CMD_ADAPTER_GET, NLM_F_DUMP);
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_NAME, "a");
	assert_int_equal(answer(), EINVAL);
	request_of(talk.family, CONDIS_CMD_EXCHANGE_GET, NLM_F_DUMP);
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_NAME, "x");
	assert_int_equal(answer(), EINVAL);
	request_of(talk.family, CONDIS_CMD_COUNT_GET, NLM_F_DUMP);
	mnl_attr_put_u32(talk.header, CONDIS_A_COUNT_VCS, 1);
	assert_int_equal(answer(), EINVAL);
	request_of(talk.family, CONDIS_CMD_CALL_GET, NLM_F_DUMP);
	mnl_attr_put_u32(talk.header, CONDIS_A_CALL_ADAPTER_ID, 0x7fffffff);
	assert_int_equal(answer(), ENODEV);
	picture(after, sizeof(after));
	assert_string_equal(before, after);
}

/* Bytes behind the attributes, and attributes that end behind the message. */
static void torn_messages(void **state)
{
	struct nlattr *attr;

	(void)state;
	two_adapters("1");
	picture(before, sizeof(before));
	request(CONDIS_CMD_ADAPTER_DEL);
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_NAME, "a");
	talk.header->nlmsg_len += 3;
	assert_int_equal(answer(), EINVAL);

	request(CONDIS_CMD_ADAPTER_DEL);
	attr = mnl_nlmsg_get_payload_tail(talk.header);
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_NAME, "a");
	attr->nla_len = 500;
	assert_int_equal(answer(), EINVAL);

	request(CONDIS_CMD_ADAPTER_DEL);
	attr = mnl_nlmsg_get_payload_tail(talk.header);
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_NAME, "a");
	attr->nla_len = 2;
	assert_int_equal(answer(), EINVAL);

	/* Not even a generic header. */
	request(CONDIS_CMD_ADAPTER_DEL);
	talk.header->nlmsg_len = sizeof(struct nlmsghdr) + 1;
	assert_int_equal(answer(), EINVAL);
	picture(after, sizeof(after));
	assert_string_equal(before, after);
}

/* Keys */

static const uint8_t adapter_commands[] = {
	CONDIS_CMD_ADAPTER_DEL, CONDIS_CMD_ADAPTER_GET, CONDIS_CMD_ADAPTER_RESET,
	CONDIS_CMD_ADAPTER_PAUSE, CONDIS_CMD_ADAPTER_RESTART,
};

static const uint8_t exchange_commands[] = {
	CONDIS_CMD_EXCHANGE_DEL, CONDIS_CMD_EXCHANGE_SET, CONDIS_CMD_EXCHANGE_GET,
};

static const char *const bad_names[] = {
	"", " ", "a b", "a/b", "/", "tab\t", "line\n", "\x7f", "\xc3\xa9", "\x01",
	"12345678901234567890123456789012",
};

/* The last answer points at wrong(), with one of these errors. */
static void points(int error, int other_error)
{
	uint32_t offset = (uint32_t)((char *)talk.wrong - talk.request);

	if ((talk.error == error || talk.error == other_error) && talk.offset == offset)
		return;
	fail_msg("answered with %s (%s) of offset %u, not with %s or %s of %u",
		 talk.error ? strerrorname_np(talk.error) : "success", talk.text, talk.offset,
		 strerrorname_np(error), strerrorname_np(other_error), offset);
}

/* What else a command needs. */
static void put_rest(uint8_t command)
{
	struct nlattr *nest;

	if (command == CONDIS_CMD_EXCHANGE_NEW) {
		mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_KIND, CONDIS_VWAN_KIND);
	} else if (command == CONDIS_CMD_ADAPTER_NEW) {
		mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_KIND, CONDIS_VWAN_KIND);
		mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_EXCHANGE, "x");
	} else if (command == CONDIS_CMD_EXCHANGE_SET) {
		nest = mnl_attr_nest_start(talk.header, CONDIS_A_EXCHANGE_DATA);
		mnl_attr_nest_end(talk.header, nest);
	}
}

/*
 * One command with each name that is none, in an attribute of this type. To look for
 * something of an impossible name may find as well that it is not there.
 */
static void names_refused(uint8_t command, uint16_t attr, int not_there)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad_names); i++) {
		request(command);
		wrong();
		mnl_attr_put_strz(talk.header, attr, bad_names[i]);
		put_rest(command);
		answer();
		points(EINVAL, not_there);
	}
	/* No end of the string; nothing at all; a zero in the middle. */
	request(command);
	wrong();
	mnl_attr_put(talk.header, attr, 4, "abcd");
	put_rest(command);
	refuses(EINVAL);
	request(command);
	wrong();
	mnl_attr_put(talk.header, attr, 0, "");
	put_rest(command);
	assert_true(answer() == EINVAL || talk.error == ERANGE);
}

static void bad_keys(void **state)
{
	size_t i;

	(void)state;
	two_adapters("1");
	picture(before, sizeof(before));
	for (i = 0; i < ARRAY_SIZE(adapter_commands); i++) {
		uint8_t command = adapter_commands[i];

		names_refused(command, CONDIS_A_ADAPTER_NAME, ENODEV);
		request(command);
		misses(CONDIS_A_ADAPTER_NAME);
		request(command);
		wrong();
		mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_NAME, "nobody");
		refuses(ENODEV);
		request(command);
		wrong();
		mnl_attr_put_u32(talk.header, CONDIS_A_ADAPTER_ID, 0x7fffffff);
		refuses(ENODEV);
		request(command);
		wrong();
		mnl_attr_put_u32(talk.header, CONDIS_A_ADAPTER_ID, 0);
		refuses(ERANGE);
		request(command);
		wrong();
		mnl_attr_put_u16(talk.header, CONDIS_A_ADAPTER_ID, 1);
		refuses(EINVAL);
		request(command);
		wrong();
		mnl_attr_put_u64(talk.header, CONDIS_A_ADAPTER_ID, 1);
		refuses(EINVAL);
		/* Both, even if they agree. */
		request(command);
		wrong();
		mnl_attr_put_u32(talk.header, CONDIS_A_ADAPTER_ID, adapter_id("a"));
		mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_NAME, "a");
		refuses(EINVAL);
	}
	for (i = 0; i < ARRAY_SIZE(exchange_commands); i++) {
		uint8_t command = exchange_commands[i];

		names_refused(command, CONDIS_A_EXCHANGE_NAME, ENOENT);
		request(command);
		put_rest(command);
		misses(CONDIS_A_EXCHANGE_NAME);
		if (command == CONDIS_CMD_EXCHANGE_SET)
			continue;
		request(command);
		wrong();
		mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_NAME, "nobody");
		refuses(ENOENT);
	}
	picture(after, sizeof(after));
	assert_string_equal(before, after);
}

static void making_exchanges(void **state)
{
	struct nlattr *nest;

	(void)state;
	two_adapters("1");
	picture(before, sizeof(before));
	names_refused(CONDIS_CMD_EXCHANGE_NEW, CONDIS_A_EXCHANGE_NAME, EINVAL);
	request(CONDIS_CMD_EXCHANGE_NEW);
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_KIND, CONDIS_VWAN_KIND);
	misses(CONDIS_A_EXCHANGE_NAME);
	request(CONDIS_CMD_EXCHANGE_NEW);
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_NAME, "new");
	misses(CONDIS_A_EXCHANGE_KIND);
	request(CONDIS_CMD_EXCHANGE_NEW);
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_NAME, "new");
	wrong();
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_KIND, "nothing");
	refuses(ENOENT);
	request(CONDIS_CMD_EXCHANGE_NEW);
	wrong();
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_NAME, "x");
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_KIND, CONDIS_VWAN_KIND);
	refuses(EEXIST);
	/* Adapters are connected to it. */
	request(CONDIS_CMD_EXCHANGE_DEL);
	wrong();
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_NAME, "x");
	refuses(EBUSY);
	/* What can only be read. */
	request(CONDIS_CMD_EXCHANGE_NEW);
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_NAME, "new");
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_KIND, CONDIS_VWAN_KIND);
	nest = mnl_attr_nest_start(talk.header, CONDIS_A_EXCHANGE_DATA);
	wrong();
	mnl_attr_put_u32(talk.header, CONDIS_VWAN_A_EXCHANGE_CALLS, 1);
	mnl_attr_nest_end(talk.header, nest);
	refuses(EINVAL);
	/* Not marked as a nest; marked, and none. */
	request(CONDIS_CMD_EXCHANGE_NEW);
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_NAME, "new");
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_KIND, CONDIS_VWAN_KIND);
	wrong();
	mnl_attr_put(talk.header, CONDIS_A_EXCHANGE_DATA, 0, NULL);
	refuses(EINVAL);
	request(CONDIS_CMD_EXCHANGE_NEW);
	wrong();
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_NAME | NLA_F_NESTED, "new");
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_KIND, CONDIS_VWAN_KIND);
	refuses(EINVAL);
	picture(after, sizeof(after));
	assert_string_equal(before, after);
}

static void limit_of_exchanges(void **state)
{
	struct condis_counts *counts;
	char name[32];
	int i, error;

	(void)state;
	for (i = 1; i < CONDIS_EXCHANGES_MAX; i++) {
		snprintf(name, sizeof(name), "x%d", i);
		assert_int_equal(condis_exchange_add(admin(), name, CONDIS_VWAN_KIND), 0);
	}
	error = condis_exchange_add(admin(), "more", CONDIS_VWAN_KIND);
	assert_int_equal(error, -1);
	assert_int_equal(errno, ENOSPC);
	counts = condis_counts_get(admin());
	assert_int_equal(counts->exchanges, CONDIS_EXCHANGES_MAX);
	condis_counts_free(counts);
	assert_int_equal(condis_exchange_del(admin(), "x7"), 0);
	assert_int_equal(condis_exchange_add(admin(), "more", CONDIS_VWAN_KIND), 0);
}

/* What comes before the data of a new adapter. */
static void adapter_new(void)
{
	request(CONDIS_CMD_ADAPTER_NEW);
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_NAME, "new");
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_KIND, CONDIS_VWAN_KIND);
}

static void making_adapters(void **state)
{
	int fd;

	(void)state;
	two_adapters("1");
	picture(before, sizeof(before));
	names_refused(CONDIS_CMD_ADAPTER_NEW, CONDIS_A_ADAPTER_NAME, EINVAL);
	request(CONDIS_CMD_ADAPTER_NEW);
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_KIND, CONDIS_VWAN_KIND);
	misses(CONDIS_A_ADAPTER_NAME);
	request(CONDIS_CMD_ADAPTER_NEW);
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_NAME, "new");
	misses(CONDIS_A_ADAPTER_KIND);
	request(CONDIS_CMD_ADAPTER_NEW);
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_NAME, "new");
	wrong();
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_KIND, "nothing");
	refuses(ENOENT);
	request(CONDIS_CMD_ADAPTER_NEW);
	wrong();
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_NAME, "a");
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_KIND, CONDIS_VWAN_KIND);
	refuses(EEXIST);
	adapter_new();
	wrong();
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_EXCHANGE, "nowhere");
	refuses(ENOENT);
	/* A namespace without an exchange; a descriptor that is none; a file of another kind. */
	adapter_new();
	wrong();
	mnl_attr_put_u32(talk.header, CONDIS_A_ADAPTER_EXCHANGE_NETNS_FD, 0);
	refuses(EINVAL);
	adapter_new();
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_EXCHANGE, "x");
	wrong();
	mnl_attr_put_u32(talk.header, CONDIS_A_ADAPTER_EXCHANGE_NETNS_FD, 900);
	refuses(EBADF);
	adapter_new();
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_EXCHANGE, "x");
	wrong();
	mnl_attr_put_u32(talk.header, CONDIS_A_ADAPTER_EXCHANGE_NETNS_FD, 0xffffffff);
	refuses(EBADF);
	fd = keep_fd(open("/dev/null", O_RDONLY));
	adapter_new();
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_EXCHANGE, "x");
	wrong();
	mnl_attr_put_u32(talk.header, CONDIS_A_ADAPTER_EXCHANGE_NETNS_FD, (uint32_t)fd);
	refuses(EBADF);
	fd = keep_fd(open("/proc/self/ns/uts", O_RDONLY));
	adapter_new();
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_EXCHANGE, "x");
	wrong();
	mnl_attr_put_u32(talk.header, CONDIS_A_ADAPTER_EXCHANGE_NETNS_FD, (uint32_t)fd);
	refuses(EBADF);
	picture(after, sizeof(after));
	assert_string_equal(before, after);
}

/* Data */

static const struct knob {
	uint16_t attr;
	uint32_t minimum;
	uint32_t maximum;
	bool is_byte;
} knobs[] = {
#define KNOB(_name, ...)	{ CONDIS_VWAN_A_ADAPTER_##_name, __VA_ARGS__ }
	KNOB(LINES, 1, CONDIS_VWAN_LINES_MAX, false),
	KNOB(CALLS, 1, CONDIS_VWAN_CALLS_MAX, false),
	KNOB(IN_SERVICE, 0, 1, true),
	KNOB(PROCEEDING_DELAY, 0, CONDIS_VWAN_TIME_MAX, false),
	KNOB(ALERT_DELAY, 0, CONDIS_VWAN_TIME_MAX, false),
	KNOB(ANSWER_DELAY, 0, CONDIS_VWAN_TIME_MAX, false),
	KNOB(CLEAR_DELAY, 0, CONDIS_VWAN_TIME_MAX, false),
	KNOB(FAULT, 0, CONDIS_VWAN_FAULT_MAX, false),
	KNOB(LATE_BY, 0, CONDIS_VWAN_TIME_MAX, false),
	KNOB(GLARE, 0, 1, true),
	KNOB(RESET_CLEARS, 0, 1, true),
	KNOB(T301, 1, CONDIS_VWAN_TIME_MAX, false),
	KNOB(T303, 1, CONDIS_VWAN_TIME_MAX, false),
	KNOB(T305, 1, CONDIS_VWAN_TIME_MAX, false),
	KNOB(T308, 1, CONDIS_VWAN_TIME_MAX, false),
	KNOB(T310, 1, CONDIS_VWAN_TIME_MAX, false),
	KNOB(T313, 1, CONDIS_VWAN_TIME_MAX, false),
	KNOB(RATE, 0, CONDIS_VWAN_RATE_MAX, false),
	KNOB(LATENCY, 0, CONDIS_VWAN_LATENCY_MAX, false),
	KNOB(LOSS, 0, CONDIS_VWAN_LOSS_MAX, false),
	KNOB(QUEUE, 1, CONDIS_VWAN_QUEUE_MAX, false),
	KNOB(WINDOW, 1, CONDIS_VWAN_WINDOW_MAX, false),
	KNOB(SDU, CONDIS_VWAN_SDU_MIN, CONDIS_VWAN_SDU_MAX, false),
};

/* A request that has DATA, open for one more attribute in it. */
static struct nlattr *data_begin(bool is_new)
{
	struct nlattr *nest;

	if (is_new) {
		adapter_new();
		mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_EXCHANGE, "x");
	} else {
		request(CONDIS_CMD_ADAPTER_SET);
		mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_NAME, "a");
	}
	nest = mnl_attr_nest_start(talk.header, CONDIS_A_ADAPTER_DATA);
	/* Something right before what is wrong. */
	mnl_attr_put_u32(talk.header, CONDIS_VWAN_A_ADAPTER_T301, 77);
	return nest;
}

static void knob_refused(bool is_new, const struct knob *knob, uint32_t value)
{
	struct nlattr *nest = data_begin(is_new);

	wrong();
	if (knob->is_byte)
		mnl_attr_put_u8(talk.header, knob->attr, (uint8_t)value);
	else
		mnl_attr_put_u32(talk.header, knob->attr, value);
	mnl_attr_nest_end(talk.header, nest);
	refuses(ERANGE);
}

static void knobs_out_of_range(void **state)
{
	struct nlattr *nest;
	int is_new;
	size_t i;

	(void)state;
	two_adapters("1");
	picture(before, sizeof(before));
	for (is_new = 0; is_new < 2; is_new++) {
		for (i = 0; i < ARRAY_SIZE(knobs); i++) {
			knob_refused(is_new, &knobs[i], knobs[i].maximum + 1);
			knob_refused(is_new, &knobs[i], 0xffffffff);
			if (knobs[i].minimum)
				knob_refused(is_new, &knobs[i], knobs[i].minimum - 1);
			/* A size that is another one's. */
			nest = data_begin(is_new);
			wrong();
			mnl_attr_put_u16(talk.header, knobs[i].attr, 1);
			mnl_attr_nest_end(talk.header, nest);
			refuses(EINVAL);
			nest = data_begin(is_new);
			wrong();
			mnl_attr_put(talk.header, knobs[i].attr, 0, NULL);
			mnl_attr_nest_end(talk.header, nest);
			refuses(EINVAL);
		}
		/* Too slow a line is none. */
		nest = data_begin(is_new);
		wrong();
		mnl_attr_put_u32(talk.header, CONDIS_VWAN_A_ADAPTER_RATE, CONDIS_VWAN_RATE_MIN - 1);
		mnl_attr_nest_end(talk.header, nest);
		answer();
		points(EINVAL, ERANGE);
		/* Bits that mean nothing. */
		for (i = 0; i < 3; i++) {
			static const uint16_t masks[] = {
				CONDIS_VWAN_A_ADAPTER_LOST, CONDIS_VWAN_A_ADAPTER_DUPLICATED,
				CONDIS_VWAN_A_ADAPTER_LATE,
			};

			nest = data_begin(is_new);
			wrong();
			mnl_attr_put_u32(talk.header, masks[i], 0x100);
			mnl_attr_nest_end(talk.header, nest);
			refuses(EINVAL);
		}
		nest = data_begin(is_new);
		wrong();
		mnl_attr_put_u32(talk.header, CONDIS_VWAN_A_ADAPTER_MEDIA_MODES, 0);
		mnl_attr_nest_end(talk.header, nest);
		assert_true(answer() == EINVAL || talk.error == ERANGE);
		/* Knobs that there are not. */
		nest = data_begin(is_new);
		wrong();
		mnl_attr_put_u32(talk.header, __CONDIS_VWAN_A_ADAPTER_MAX, 1);
		mnl_attr_nest_end(talk.header, nest);
		refuses(EINVAL);
		nest = data_begin(is_new);
		wrong();
		mnl_attr_put_u32(talk.header, 0, 1);
		mnl_attr_nest_end(talk.header, nest);
		assert_int_equal(answer(), EINVAL);
	}
	picture(after, sizeof(after));
	assert_string_equal(before, after);
}

/* One address; NULL: without a number. */
static void put_address(const char *number, uint32_t line)
{
	struct nlattr *nest = mnl_attr_nest_start(talk.header, CONDIS_VWAN_A_ADDRESS);

	if (number)
		mnl_attr_put_strz(talk.header, CONDIS_VWAN_A_ADDRESS_NUMBER, number);
	if (line != UINT32_MAX)
		mnl_attr_put_u32(talk.header, CONDIS_VWAN_A_ADDRESS_LINE, line);
	mnl_attr_nest_end(talk.header, nest);
}

static void bad_addresses(void **state)
{
	static const char *const numbers[] = {
		"", "abc", "12 3", "1-2", "123456789012345678901234567890123", "\xff",
	};
	struct nlattr *data, *nest;
	int is_new;
	size_t i;

	(void)state;
	two_adapters("1");
	picture(before, sizeof(before));
	for (is_new = 0; is_new < 2; is_new++) {
		for (i = 0; i < ARRAY_SIZE(numbers); i++) {
			data = data_begin(is_new);
			nest = mnl_attr_nest_start(talk.header, CONDIS_VWAN_A_ADAPTER_ADDRESSES);
			put_address("777", 0);
			put_address(numbers[i], 0);
			mnl_attr_nest_end(talk.header, nest);
			mnl_attr_nest_end(talk.header, data);
			answer();
			if ((talk.error != EINVAL && talk.error != ERANGE) || !talk.offset)
				fail_msg("number '%s': answered with %s (%s) of offset %u",
					 numbers[i], strerror(talk.error), talk.text, talk.offset);
		}
		/* No number; no such line. */
		data = data_begin(is_new);
		nest = mnl_attr_nest_start(talk.header, CONDIS_VWAN_A_ADAPTER_ADDRESSES);
		put_address(NULL, 0);
		mnl_attr_nest_end(talk.header, nest);
		mnl_attr_nest_end(talk.header, data);
		assert_int_equal(answer(), EINVAL);
		data = data_begin(is_new);
		nest = mnl_attr_nest_start(talk.header, CONDIS_VWAN_A_ADAPTER_ADDRESSES);
		put_address("777", 1);
		mnl_attr_nest_end(talk.header, nest);
		mnl_attr_nest_end(talk.header, data);
		assert_true(answer() == EINVAL || talk.error == ERANGE);
		/* More than a line can have. */
		data = data_begin(is_new);
		nest = mnl_attr_nest_start(talk.header, CONDIS_VWAN_A_ADAPTER_ADDRESSES);
		for (i = 0; i <= CONDIS_VWAN_ADDRESSES_MAX; i++) {
			char number[16];

			snprintf(number, sizeof(number), "9%zu", i);
			put_address(number, 0);
		}
		mnl_attr_nest_end(talk.header, nest);
		mnl_attr_nest_end(talk.header, data);
		assert_int_equal(answer(), EINVAL);
		/* A line that is not there is not out of service either. */
		data = data_begin(is_new);
		nest = mnl_attr_nest_start(talk.header, CONDIS_VWAN_A_ADAPTER_OUT_OF_SERVICE);
		mnl_attr_put_u32(talk.header, CONDIS_VWAN_A_LINE, 1);
		mnl_attr_nest_end(talk.header, nest);
		mnl_attr_nest_end(talk.header, data);
		assert_true(answer() == EINVAL || talk.error == ERANGE);
	}
	picture(after, sizeof(after));
	assert_string_equal(before, after);
}

/* Each knob keeps the least and the most, and says it. */
static void knobs_kept(void **state)
{
	struct condis_adapter_info *info;
	const struct condis_knob *knob;
	char *value;
	unsigned int i;

	(void)state;
	adapter_add("k", "lines", "3", "calls", "7", "address", "1@0,2@1,3@2,4", "media-modes",
		    "datamodem", "in-service", "off", "out-of-service", "1", "proceeding-delay",
		    "11", "alert-delay", "12", "answer-delay", "13", "clear-delay", "14", "fault",
		    "busy", "lost", "setup,sent-release", "duplicated", "alerting", "late",
		    "connect", "late-by", "15", "fault-count", "16", "glare", "on",
		    "reset-clears", "on", "t301", "1", "t303", "3600000", "t305", "17", "t308",
		    "18", "t310", "19", "t313", "20", "rate", "4000000000", "latency", "60000",
		    "loss", "1000000", "queue", "65536", "window", "4096", "sdu", "65535", NULL);
	info = condis_adapter_get(admin(), "k");
	assert_non_null(info);
	for (i = 0; (knob = condis_knob_at(i)); i++) {
		value = condis_adapter_knob(info, knob->name);
		if (!value)
			fail_msg("the adapter does not tell %s", knob->name);
		free(value);
	}
	value = condis_adapter_knob(info, "rate");
	assert_string_equal(value, "4000000000");
	free(value);
	value = condis_adapter_knob(info, "lost");
	assert_string_equal(value, "setup,sent-release");
	free(value);
	condis_adapters_free(info, 1);
}

/* Events */

static void await_notice(struct condis_monitor *monitor, uint32_t command, uint32_t event,
			 const char *name)
{
	struct condis_notice notice;
	long long end = now_ms() + patience();
	int got;

	do {
		got = condis_monitor_next(monitor, &notice);
		if (got < 0 || now_ms() > end)
			fail_msg("no %s of %s", condis_event_name(event), name);
		if (!got)
			wait_fd(condis_monitor_fd(monitor), POLLIN, 200);
		/* States come and go in between. */
	} while (!got || (notice.event == CONDIS_EVENT_STATE && event != CONDIS_EVENT_STATE));
	assert_int_equal(notice.command, command);
	assert_int_equal(notice.event, event);
	if (command == CONDIS_CMD_ADAPTER_EVENT)
		assert_string_equal(notice.adapter.name, name);
	else if (command == CONDIS_CMD_EXCHANGE_EVENT)
		assert_string_equal(notice.exchange.name, name);
}

static void events(void **state)
{
	struct condis_monitor *monitor;
	struct app *app;

	(void)state;
	monitor = condis_monitor_open();
	assert_non_null(monitor);
	assert_true(condis_monitor_sees_sessions(monitor));
	assert_int_equal(condis_exchange_add(admin(), "y", CONDIS_VWAN_KIND), 0);
	await_notice(monitor, CONDIS_CMD_EXCHANGE_EVENT, CONDIS_EVENT_NEW, "y");
	assert_int_equal(condis_exchange_del(admin(), "y"), 0);
	await_notice(monitor, CONDIS_CMD_EXCHANGE_EVENT, CONDIS_EVENT_DEL, "y");
	adapter_add("e", NULL);
	await_notice(monitor, CONDIS_CMD_ADAPTER_EVENT, CONDIS_EVENT_NEW, "e");
	adapter_set("e", "latency", "5", NULL);
	await_notice(monitor, CONDIS_CMD_ADAPTER_EVENT, CONDIS_EVENT_CHANGED, "e");
	assert_int_equal(condis_adapter_pause(admin(), "e"), 0);
	await_notice(monitor, CONDIS_CMD_ADAPTER_EVENT, CONDIS_EVENT_STATE, "e");
	app = app_open("app");
	await_notice(monitor, CONDIS_CMD_SESSION_EVENT, CONDIS_EVENT_NEW, "session");
	app_close(app);
	await_notice(monitor, CONDIS_CMD_SESSION_EVENT, CONDIS_EVENT_DEL, "session");
	await_notice(monitor, CONDIS_CMD_SESSION_EVENT, CONDIS_EVENT_GONE, "session");
	adapter_del("e");
	await_notice(monitor, CONDIS_CMD_ADAPTER_EVENT, CONDIS_EVENT_DEL, "e");
	await_notice(monitor, CONDIS_CMD_ADAPTER_EVENT, CONDIS_EVENT_GONE, "e");
	condis_monitor_close(monitor);
}

/* Any bytes at all. */
static void noise(void **state)
{
	uint32_t seed = 20260202;
	struct nlattr *nest;
	unsigned int round, i, at;

	(void)state;
	two_adapters("1");
	for (round = 0; round < 1000; round++) {
		nest = data_begin(round & 1);
		mnl_attr_put_u32(talk.header, CONDIS_VWAN_A_ADAPTER_CALLS, 4);
		mnl_attr_nest_end(talk.header, nest);
		for (i = 0; i < 1 + round % 5; i++) {
			seed = seed * 1103515245 + 12345;
			at = sizeof(struct nlmsghdr) + (seed >> 16) %
			     (talk.header->nlmsg_len - sizeof(struct nlmsghdr));
			/* It is not to remove what the test stands on. */
			if (at == sizeof(struct nlmsghdr))
				continue;
			talk.request[at] ^= (char)(seed >> 8);
		}
		answer();
	}
	/* Still there. */
	assert_true(adapter_id("b") > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(unknown_commands),
		TALK_TEST(unknown_attributes),
		TALK_TEST(torn_messages),
		TALK_TEST(bad_keys),
		TALK_TEST(making_exchanges),
		TALK_TEST(limit_of_exchanges),
		TALK_TEST(making_adapters),
		TALK_TEST(knobs_out_of_range),
		TALK_TEST(bad_addresses),
		TALK_TEST(knobs_kept),
		TALK_TEST(events),
		TALK_TEST(noise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
