// SPDX-License-Identifier: GPL-2.0
/*
 * The netlink family as a hostile program uses it: every command with every wrong
 * attribute. Each is refused with the errno of <linux/condis.h>, the answer points
 * at the attribute, and nothing has changed.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "talk.h"

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
	talk_picture(before, sizeof(before));
	for (i = 0; i < ARRAY_SIZE(commands); i++) {
		talk_request(commands[i]);
		assert_int_equal(talk_answer(), EOPNOTSUPP);
		talk_request_of(talk.family, commands[i], NLM_F_DUMP);
		assert_int_equal(talk_answer(), EOPNOTSUPP);
	}
	for (i = 0; i < ARRAY_SIZE(only_do); i++) {
		talk_request_of(talk.family, only_do[i], NLM_F_DUMP);
		assert_int_equal(talk_answer(), EOPNOTSUPP);
	}
	for (i = 0; i < ARRAY_SIZE(only_dump); i++) {
		talk_request(only_dump[i]);
		assert_int_equal(talk_answer(), EOPNOTSUPP);
	}
	talk_picture(after, sizeof(after));
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
	talk_picture(before, sizeof(before));
	for (i = 0; i < ARRAY_SIZE(foreign); i++) {
		talk_request(foreign[i].command);
		talk_wrong();
		mnl_attr_put_u32(talk.header, foreign[i].attr, 1);
		refuses(EINVAL);
		talk_request(foreign[i].command);
		talk_wrong();
		mnl_attr_put_u32(talk.header, 200, 1);
		refuses(EINVAL);
		talk_request(foreign[i].command);
		talk_wrong();
		mnl_attr_put_u32(talk.header, 0x3fff, 1);
		refuses(EINVAL);
	}
	/* A dump of all is not one of one. */
	talk_request_of(talk.family, CONDIS_CMD_ADAPTER_GET, NLM_F_DUMP);
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_NAME, "a");
	assert_int_equal(talk_answer(), EINVAL);
	talk_request_of(talk.family, CONDIS_CMD_EXCHANGE_GET, NLM_F_DUMP);
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_NAME, "x");
	assert_int_equal(talk_answer(), EINVAL);
	talk_request_of(talk.family, CONDIS_CMD_COUNT_GET, NLM_F_DUMP);
	mnl_attr_put_u32(talk.header, CONDIS_A_COUNT_VCS, 1);
	assert_int_equal(talk_answer(), EINVAL);
	talk_request_of(talk.family, CONDIS_CMD_CALL_GET, NLM_F_DUMP);
	mnl_attr_put_u32(talk.header, CONDIS_A_CALL_ADAPTER_ID, 0x7fffffff);
	assert_int_equal(talk_answer(), ENODEV);
	talk_picture(after, sizeof(after));
	assert_string_equal(before, after);
}

/* Bytes behind the attributes, and attributes that end behind the message. */
static void torn_messages(void **state)
{
	struct nlattr *attr;

	(void)state;
	two_adapters("1");
	talk_picture(before, sizeof(before));
	talk_request(CONDIS_CMD_ADAPTER_DEL);
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_NAME, "a");
	talk.header->nlmsg_len += 3;
	assert_int_equal(talk_answer(), EINVAL);

	talk_request(CONDIS_CMD_ADAPTER_DEL);
	attr = mnl_nlmsg_get_payload_tail(talk.header);
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_NAME, "a");
	attr->nla_len = 500;
	assert_int_equal(talk_answer(), EINVAL);

	talk_request(CONDIS_CMD_ADAPTER_DEL);
	attr = mnl_nlmsg_get_payload_tail(talk.header);
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_NAME, "a");
	attr->nla_len = 2;
	assert_int_equal(talk_answer(), EINVAL);

	/* Not even a generic header. */
	talk_request(CONDIS_CMD_ADAPTER_DEL);
	talk.header->nlmsg_len = sizeof(struct nlmsghdr) + 1;
	assert_int_equal(talk_answer(), EINVAL);
	talk_picture(after, sizeof(after));
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
		talk_request(command);
		talk_wrong();
		mnl_attr_put_strz(talk.header, attr, bad_names[i]);
		put_rest(command);
		talk_answer();
		talk_points(EINVAL, not_there);
	}
	/* No end of the string; nothing at all; a zero in the middle. */
	talk_request(command);
	talk_wrong();
	mnl_attr_put(talk.header, attr, 4, "abcd");
	put_rest(command);
	refuses(EINVAL);
	talk_request(command);
	talk_wrong();
	mnl_attr_put(talk.header, attr, 0, "");
	put_rest(command);
	assert_true(talk_answer() == EINVAL || talk.error == ERANGE);
}

static void bad_keys(void **state)
{
	size_t i;

	(void)state;
	two_adapters("1");
	talk_picture(before, sizeof(before));
	for (i = 0; i < ARRAY_SIZE(adapter_commands); i++) {
		uint8_t command = adapter_commands[i];

		names_refused(command, CONDIS_A_ADAPTER_NAME, ENODEV);
		talk_request(command);
		misses(CONDIS_A_ADAPTER_NAME);
		talk_request(command);
		talk_wrong();
		mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_NAME, "nobody");
		refuses(ENODEV);
		talk_request(command);
		talk_wrong();
		mnl_attr_put_u32(talk.header, CONDIS_A_ADAPTER_ID, 0x7fffffff);
		refuses(ENODEV);
		talk_request(command);
		talk_wrong();
		mnl_attr_put_u32(talk.header, CONDIS_A_ADAPTER_ID, 0);
		refuses(ERANGE);
		talk_request(command);
		talk_wrong();
		mnl_attr_put_u16(talk.header, CONDIS_A_ADAPTER_ID, 1);
		refuses(EINVAL);
		talk_request(command);
		talk_wrong();
		mnl_attr_put_u64(talk.header, CONDIS_A_ADAPTER_ID, 1);
		refuses(EINVAL);
		/* Both, even if they agree. */
		talk_request(command);
		talk_wrong();
		mnl_attr_put_u32(talk.header, CONDIS_A_ADAPTER_ID, adapter_id("a"));
		mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_NAME, "a");
		refuses(EINVAL);
	}
	for (i = 0; i < ARRAY_SIZE(exchange_commands); i++) {
		uint8_t command = exchange_commands[i];

		names_refused(command, CONDIS_A_EXCHANGE_NAME, ENOENT);
		talk_request(command);
		put_rest(command);
		misses(CONDIS_A_EXCHANGE_NAME);
		if (command == CONDIS_CMD_EXCHANGE_SET)
			continue;
		talk_request(command);
		talk_wrong();
		mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_NAME, "nobody");
		refuses(ENOENT);
	}
	talk_picture(after, sizeof(after));
	assert_string_equal(before, after);
}

static void making_exchanges(void **state)
{
	struct nlattr *nest;

	(void)state;
	two_adapters("1");
	talk_picture(before, sizeof(before));
	names_refused(CONDIS_CMD_EXCHANGE_NEW, CONDIS_A_EXCHANGE_NAME, EINVAL);
	talk_request(CONDIS_CMD_EXCHANGE_NEW);
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_KIND, CONDIS_VWAN_KIND);
	misses(CONDIS_A_EXCHANGE_NAME);
	talk_request(CONDIS_CMD_EXCHANGE_NEW);
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_NAME, "new");
	misses(CONDIS_A_EXCHANGE_KIND);
	talk_request(CONDIS_CMD_EXCHANGE_NEW);
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_NAME, "new");
	talk_wrong();
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_KIND, "nothing");
	refuses(ENOENT);
	talk_request(CONDIS_CMD_EXCHANGE_NEW);
	talk_wrong();
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_NAME, "x");
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_KIND, CONDIS_VWAN_KIND);
	refuses(EEXIST);
	/* Adapters are connected to it. */
	talk_request(CONDIS_CMD_EXCHANGE_DEL);
	talk_wrong();
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_NAME, "x");
	refuses(EBUSY);
	/* What can only be read. */
	talk_request(CONDIS_CMD_EXCHANGE_NEW);
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_NAME, "new");
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_KIND, CONDIS_VWAN_KIND);
	nest = mnl_attr_nest_start(talk.header, CONDIS_A_EXCHANGE_DATA);
	talk_wrong();
	mnl_attr_put_u32(talk.header, CONDIS_VWAN_A_EXCHANGE_CALLS, 1);
	mnl_attr_nest_end(talk.header, nest);
	refuses(EINVAL);
	/* Not marked as a nest; marked, and none. */
	talk_request(CONDIS_CMD_EXCHANGE_NEW);
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_NAME, "new");
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_KIND, CONDIS_VWAN_KIND);
	talk_wrong();
	mnl_attr_put(talk.header, CONDIS_A_EXCHANGE_DATA, 0, NULL);
	refuses(EINVAL);
	talk_request(CONDIS_CMD_EXCHANGE_NEW);
	talk_wrong();
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_NAME | NLA_F_NESTED, "new");
	mnl_attr_put_strz(talk.header, CONDIS_A_EXCHANGE_KIND, CONDIS_VWAN_KIND);
	refuses(EINVAL);
	talk_picture(after, sizeof(after));
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

static void making_adapters(void **state)
{
	int fd;

	(void)state;
	two_adapters("1");
	talk_picture(before, sizeof(before));
	names_refused(CONDIS_CMD_ADAPTER_NEW, CONDIS_A_ADAPTER_NAME, EINVAL);
	talk_request(CONDIS_CMD_ADAPTER_NEW);
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_KIND, CONDIS_VWAN_KIND);
	misses(CONDIS_A_ADAPTER_NAME);
	talk_request(CONDIS_CMD_ADAPTER_NEW);
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_NAME, "new");
	misses(CONDIS_A_ADAPTER_KIND);
	talk_request(CONDIS_CMD_ADAPTER_NEW);
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_NAME, "new");
	talk_wrong();
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_KIND, "nothing");
	refuses(ENOENT);
	talk_request(CONDIS_CMD_ADAPTER_NEW);
	talk_wrong();
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_NAME, "a");
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_KIND, CONDIS_VWAN_KIND);
	refuses(EEXIST);
	talk_adapter_new();
	talk_wrong();
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_EXCHANGE, "nowhere");
	refuses(ENOENT);
	/* A namespace without an exchange; a descriptor that is none; a file of another kind. */
	talk_adapter_new();
	talk_wrong();
	mnl_attr_put_u32(talk.header, CONDIS_A_ADAPTER_EXCHANGE_NETNS_FD, 0);
	refuses(EINVAL);
	talk_adapter_new();
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_EXCHANGE, "x");
	talk_wrong();
	mnl_attr_put_u32(talk.header, CONDIS_A_ADAPTER_EXCHANGE_NETNS_FD, 900);
	refuses(EBADF);
	talk_adapter_new();
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_EXCHANGE, "x");
	talk_wrong();
	mnl_attr_put_u32(talk.header, CONDIS_A_ADAPTER_EXCHANGE_NETNS_FD, 0xffffffff);
	refuses(EBADF);
	fd = keep_fd(open("/dev/null", O_RDONLY));
	talk_adapter_new();
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_EXCHANGE, "x");
	talk_wrong();
	mnl_attr_put_u32(talk.header, CONDIS_A_ADAPTER_EXCHANGE_NETNS_FD, (uint32_t)fd);
	refuses(EBADF);
	fd = keep_fd(open("/proc/self/ns/uts", O_RDONLY));
	talk_adapter_new();
	mnl_attr_put_strz(talk.header, CONDIS_A_ADAPTER_EXCHANGE, "x");
	talk_wrong();
	mnl_attr_put_u32(talk.header, CONDIS_A_ADAPTER_EXCHANGE_NETNS_FD, (uint32_t)fd);
	refuses(EBADF);
	talk_picture(after, sizeof(after));
	assert_string_equal(before, after);
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
		nest = talk_data_begin(round & 1);
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
		talk_answer();
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
		TALK_TEST(events),
		TALK_TEST(noise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
