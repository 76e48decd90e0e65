// SPDX-License-Identifier: GPL-2.0
/*
 * Sweeps over the netlink family, from one table of its commands: each command with each
 * attribute that there can be, in each size; lists that are torn; headers that are wrong;
 * and each command and group by those who may not.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wire.h"

/**
 * enum type - what an attribute takes
 * @NOT_TAKEN: nothing
 * @NAME: a string with its end, of at most CONDIS_NAME_MAX characters
 * @U32: four bytes
 * @FLAG: no bytes
 * @NEST: attributes
 */
enum type {
	NOT_TAKEN,
	NAME,
	U32,
	FLAG,
	NEST,
};

#define ATTRIBUTES	(CONDIS_A_ADAPTER_MAX + 1)

/**
 * struct row - a command
 * @command: its number
 * @is_do: it can be asked for
 * @is_dump: it can be asked for as a dump
 * @is_admin: it needs CAP_NET_ADMIN
 * @types: of the attributes that it takes
 */
static const struct row {
	uint8_t command;
	bool is_do;
	bool is_dump;
	bool is_admin;
	enum type types[ATTRIBUTES];
} rows[] = {
	{ CONDIS_CMD_KIND_GET, .is_dump = true },
	{
		CONDIS_CMD_EXCHANGE_NEW, .is_do = true, .is_admin = true,
		.types = {
			[CONDIS_A_EXCHANGE_NAME] = NAME, [CONDIS_A_EXCHANGE_KIND] = NAME,
			[CONDIS_A_EXCHANGE_DATA] = NEST,
		},
	},
	{
		CONDIS_CMD_EXCHANGE_DEL, .is_do = true, .is_admin = true,
		.types = { [CONDIS_A_EXCHANGE_NAME] = NAME },
	},
	{
		CONDIS_CMD_EXCHANGE_SET, .is_do = true, .is_admin = true,
		.types = { [CONDIS_A_EXCHANGE_NAME] = NAME, [CONDIS_A_EXCHANGE_DATA] = NEST },
	},
	{
		CONDIS_CMD_EXCHANGE_GET, .is_do = true, .is_dump = true,
		.types = { [CONDIS_A_EXCHANGE_NAME] = NAME },
	},
	{
		CONDIS_CMD_ADAPTER_NEW, .is_do = true, .is_admin = true,
		.types = {
			[CONDIS_A_ADAPTER_NAME] = NAME, [CONDIS_A_ADAPTER_KIND] = NAME,
			[CONDIS_A_ADAPTER_EXCHANGE] = NAME,
			[CONDIS_A_ADAPTER_EXCHANGE_NETNS_FD] = U32,
			[CONDIS_A_ADAPTER_DATA] = NEST,
		},
	},
	{
		CONDIS_CMD_ADAPTER_DEL, .is_do = true, .is_admin = true,
		.types = {
			[CONDIS_A_ADAPTER_ID] = U32, [CONDIS_A_ADAPTER_NAME] = NAME,
			[CONDIS_A_ADAPTER_SURPRISE] = FLAG,
		},
	},
	{
		CONDIS_CMD_ADAPTER_SET, .is_do = true, .is_admin = true,
		.types = {
			[CONDIS_A_ADAPTER_ID] = U32, [CONDIS_A_ADAPTER_NAME] = NAME,
			[CONDIS_A_ADAPTER_DATA] = NEST,
		},
	},
	{
		CONDIS_CMD_ADAPTER_GET, .is_do = true, .is_dump = true,
		.types = { [CONDIS_A_ADAPTER_ID] = U32, [CONDIS_A_ADAPTER_NAME] = NAME },
	},
	{
		CONDIS_CMD_ADAPTER_RESET, .is_do = true, .is_admin = true,
		.types = { [CONDIS_A_ADAPTER_ID] = U32, [CONDIS_A_ADAPTER_NAME] = NAME },
	},
	{
		CONDIS_CMD_ADAPTER_PAUSE, .is_do = true, .is_admin = true,
		.types = { [CONDIS_A_ADAPTER_ID] = U32, [CONDIS_A_ADAPTER_NAME] = NAME },
	},
	{
		CONDIS_CMD_ADAPTER_RESTART, .is_do = true, .is_admin = true,
		.types = { [CONDIS_A_ADAPTER_ID] = U32, [CONDIS_A_ADAPTER_NAME] = NAME },
	},
	{ CONDIS_CMD_COUNT_GET, .is_dump = true },
	{
		CONDIS_CMD_CALL_GET, .is_dump = true, .is_admin = true,
		.types = { [CONDIS_A_CALL_ADAPTER_ID] = U32 },
	},
	{ CONDIS_CMD_SESSION_GET, .is_dump = true },
	{ CONDIS_CMD_VERIFIER_GET, .is_dump = true },
};

static const struct row *row_of(unsigned int command)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i].command == command)
			return &rows[i];
	return NULL;
}

static uint16_t way_of(const struct row *row)
{
	return row->is_do ? 0 : NLM_F_DUMP;
}

static int wire_setup(void **state)
{
	if (world_setup(state))
		return -1;
	two_adapters("2");
	wire_open();
	return 0;
}

static int wire_teardown(void **state)
{
	wire_close();
	return world_teardown(state);
}

#define WIRE_TEST(function) \
	cmocka_unit_test_setup_teardown(function, wire_setup, wire_teardown)

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
		at += (size_t)snprintf(text + at, size - at, "%s %u %s %s ", list[i].name,
				       list[i].id, list[i].exchange, list[i].state);
		for (j = 0; j < list[i].data_size; j++)
			at += (size_t)snprintf(text + at, size - at, "%02x",
					       ((unsigned char *)list[i].data)[j]);
	}
	condis_adapters_free(list, length);
}

static char before[16384], after[16384];

static void nothing_has_changed(void)
{
	picture(after, sizeof(after));
	assert_string_equal(after, before);
}

/* All numbers: what has no row is no command, neither way. */
static void every_command(void **state)
{
	const struct row *row;
	unsigned int command;

	(void)state;
	picture(before, sizeof(before));
	for (command = 0; command < 256; command++) {
		row = row_of(command);
		if (!row || !row->is_do) {
			begin((uint8_t)command, 0);
			if (ask() != -EOPNOTSUPP)
				fail_msg("command %u can be asked for", command);
		}
		if (!row || !row->is_dump) {
			begin((uint8_t)command, NLM_F_DUMP);
			if (ask() != -EOPNOTSUPP)
				fail_msg("command %u can be dumped", command);
		}
	}
	nothing_has_changed();
}

/* What is refused, with its attribute, and with one of these. */
static void points_at(const struct row *row, uint16_t type, size_t size,
		      const struct nlattr *attr, int error)
{
	uint32_t offset = (uint32_t)((const char *)attr - wire.request);

	/* A string without its end, or of a length that it cannot have. */
	if (error != -EINVAL && error != -ERANGE)
		fail_msg("command %u, attribute %u of %zu bytes: %s (%s)", row->command, type,
			 size, error ? strerrorname_np(-error) : "done", wire.text);
	if (wire.offset != offset)
		fail_msg("command %u, attribute %u of %zu bytes: points at %u, not at %u (%s)",
			 row->command, type, size, wire.offset, offset, wire.text);
}

/* Each command with each attribute that it does not take. */
static void every_attribute_not_taken(void **state)
{
	static const uint16_t more[] = {
		0x7f, 0x80, 0xff, 0x100, 0x1fff, 0x3ffe, 0x3fff,
	};
	struct nlmsghdr *header;
	struct nlattr *attr;
	uint16_t type;
	size_t i, j;

	(void)state;
	picture(before, sizeof(before));
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		for (j = 1; j < 40 + ARRAY_SIZE(more); j++) {
			type = j < 40 ? (uint16_t)j : more[j - 40];
			if (type < ATTRIBUTES && rows[i].types[type] != NOT_TAKEN)
				continue;
			header = begin(rows[i].command, way_of(&rows[i]));
			attr = mnl_nlmsg_get_payload_tail(header);
			mnl_attr_put_u32(header, type, 1);
			points_at(&rows[i], type, 4, attr, ask());
		}
	}
	nothing_has_changed();
}

/* Whether an attribute of so many bytes, none of them zero, may be one of its type. */
static bool is_possible(enum type type, size_t size)
{
	return (type == U32 && size == sizeof(uint32_t)) || (type == FLAG && !size);
}

/* Each attribute that is taken, in each size that it cannot have. */
static void every_size(void **state)
{
	static const size_t sizes[] = {
		0, 1, 2, 3, 4, 5, 7, 8, 9, 30, 31, 32, 33, 64, 4095, 4096, 40000, 65531,
	};
	static char bytes[65536];
	struct nlmsghdr *header;
	struct nlattr *attr;
	uint16_t type, flag;
	size_t i, j;

	(void)state;
	memset(bytes, 'x', sizeof(bytes));
	picture(before, sizeof(before));
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		for (type = 0; type < ATTRIBUTES; type++) {
			if (rows[i].types[type] == NOT_TAKEN)
				continue;
			for (j = 0; j < ARRAY_SIZE(sizes); j++) {
				if (is_possible(rows[i].types[type], sizes[j]))
					continue;
				/* What stands in a nest is not for the policy of the command. */
				flag = rows[i].types[type] == NEST ? 0 : NLA_F_NESTED;
				header = begin(rows[i].command, way_of(&rows[i]));
				attr = mnl_nlmsg_get_payload_tail(header);
				mnl_attr_put(header, type, sizes[j], bytes);
				points_at(&rows[i], type, sizes[j], attr, ask());
				/* Marked as what it is not. */
				header = begin(rows[i].command, way_of(&rows[i]));
				attr = mnl_nlmsg_get_payload_tail(header);
				mnl_attr_put(header, type | flag, sizes[j], bytes);
				points_at(&rows[i], type, sizes[j], attr, ask());
			}
		}
	}
	nothing_has_changed();
}

/* A command with data, of the adapter "a" or a new one; what follows is in the data. */
static struct nlmsghdr *begin_data(bool is_new, struct nlattr **nest)
{
	struct nlmsghdr *header;

	if (is_new) {
		header = begin_adapter("new");
	} else {
		header = begin(CONDIS_CMD_ADAPTER_SET, 0);
		put_name(header, CONDIS_A_ADAPTER_NAME, "a");
	}
	*nest = mnl_attr_nest_start(header, CONDIS_A_ADAPTER_DATA);
	return header;
}

/* Bytes as they are, without a header of their own, and without padding. */
static void put_bytes(struct nlmsghdr *header, const void *bytes, size_t size)
{
	memcpy(mnl_nlmsg_get_payload_tail(header), bytes, size);
	header->nlmsg_len += (uint32_t)size;
}

/*
 * The length of a nest, and of the message behind it, to the byte.
 */
static void nest_end(struct nlmsghdr *header, struct nlattr *nest)
{
	nest->nla_len = (uint16_t)((char *)header + header->nlmsg_len - (char *)nest);
}

/* What may stand in a list, right as it is. */
static void put_entry(struct nlmsghdr *header, uint16_t list)
{
	struct nlattr *address;

	if (list == CONDIS_VWAN_A_ADAPTER_OUT_OF_SERVICE) {
		mnl_attr_put_u32(header, CONDIS_VWAN_A_LINE, 0);
		return;
	}
	address = mnl_attr_nest_start(header, CONDIS_VWAN_A_ADDRESS);
	mnl_attr_put_strz(header, CONDIS_VWAN_A_ADDRESS_NUMBER, "7");
	mnl_attr_nest_end(header, address);
}

/* A list that ends with bytes that are no attribute. */
static void torn_list(uint16_t type, bool is_new, bool has_entry, const void *bytes, size_t size)
{
	struct nlattr *data, *list;
	struct nlmsghdr *header;
	int error;

	header = begin_data(is_new, &data);
	list = mnl_attr_nest_start(header, type);
	if (has_entry)
		put_entry(header, type);
	put_bytes(header, bytes, size);
	nest_end(header, list);
	nest_end(header, data);
	/* Shorter than the header of an attribute is out of range, to the policy of the list. */
	error = !has_entry && size < sizeof(*list) ? -ERANGE : -EINVAL;
	if (ask() != error)
		fail_msg("list %u with %zu bytes too many: %s", type, size, wire.text);
	assert_true(wire.offset > 0);
}

/* Lists that end in the middle of an attribute, behind nothing and behind something right. */
static void torn_lists(void **state)
{
	static const uint16_t lists[] = {
		CONDIS_VWAN_A_ADAPTER_ADDRESSES, CONDIS_VWAN_A_ADAPTER_OUT_OF_SERVICE,
	};
	/* An attribute of 40 bytes, and one of 2. */
	static const unsigned char too_long[8] = { 40, 0, 1 }, too_short[4] = { 2, 0, 1 };
	unsigned int is_new, has_entry;
	size_t i, size;

	(void)state;
	picture(before, sizeof(before));
	for (i = 0; i < ARRAY_SIZE(lists); i++) {
		for (is_new = 0; is_new < 2; is_new++) {
			for (has_entry = 0; has_entry < 2; has_entry++) {
				for (size = 1; size <= sizeof(too_long); size++)
					torn_list(lists[i], is_new, has_entry, too_long, size);
				for (size = 1; size <= sizeof(too_short); size++)
					torn_list(lists[i], is_new, has_entry, too_short, size);
			}
		}
	}
	nothing_has_changed();
}

/* Data of noise: nothing but refusals, and nothing has changed. */
static void noise_as_data(void **state)
{
	unsigned char bytes[256];
	struct nlmsghdr *header;
	struct nlattr *data;
	uint32_t seed = 5;
	unsigned int round, i;
	size_t size;

	(void)state;
	picture(before, sizeof(before));
	for (round = 0; round < 600; round++) {
		header = begin_data(round & 1, &data);
		seed = seed * 1664525 + 1013904223;
		size = 1 + (seed >> 16) % sizeof(bytes);
		for (i = 0; i < size; i++) {
			seed = seed * 1664525 + 1013904223;
			bytes[i] = (unsigned char)(seed >> 24);
		}
		/* The first attribute is of a number that no kind has. */
		if (size > 3)
			bytes[3] |= 0x20;
		put_bytes(header, bytes, size);
		nest_end(header, data);
		assert_int_equal(ask(), size < sizeof(*data) ? -ERANGE : -EINVAL);
	}
	nothing_has_changed();
}

/* Nests in nests in nests: they are not followed. */
static void deep_nests(void **state)
{
	struct nlattr *nests[200], *data;
	struct nlmsghdr *header;
	int depth;

	(void)state;
	picture(before, sizeof(before));
	header = begin_data(false, &data);
	for (depth = 0; depth < 200; depth++)
		nests[depth] = mnl_attr_nest_start(header, CONDIS_VWAN_A_ADAPTER_ADDRESSES);
	while (depth--)
		mnl_attr_nest_end(header, nests[depth]);
	mnl_attr_nest_end(header, data);
	assert_int_equal(ask(), -EINVAL);
	nothing_has_changed();
}

/*
 * Headers
 */

static struct genlmsghdr *generic(struct nlmsghdr *header)
{
	return mnl_nlmsg_get_payload(header);
}

/* Flags that mean nothing here, and what is reserved. The version is not looked at. */
static void headers(void **state)
{
	struct nlmsghdr *header;
	unsigned int bit, version;
	size_t i;

	(void)state;
	picture(before, sizeof(before));
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		for (bit = 4; bit < 16; bit++) {
			uint16_t flags = (uint16_t)(way_of(&rows[i]) | 1U << bit);

			/* Both of NLM_F_ROOT and NLM_F_MATCH, or each for a dump, is a dump. */
			if ((flags & NLM_F_DUMP) == NLM_F_DUMP)
				flags = (uint16_t)(flags & NLM_F_DUMP) | NLM_F_ATOMIC;
			begin(rows[i].command, flags);
			if (ask() != -EINVAL)
				fail_msg("command %u with flags %#x: %s", rows[i].command, flags,
					 wire.text);
		}
		for (bit = 0; bit < 16; bit++) {
			header = begin(rows[i].command, way_of(&rows[i]));
			generic(header)->reserved = (uint16_t)(1U << bit);
			assert_int_equal(ask(), -EINVAL);
		}
	}
	for (version = 0; version < 256; version += 5) {
		header = begin(CONDIS_CMD_ADAPTER_GET, 0);
		generic(header)->version = (uint8_t)version;
		put_name(header, CONDIS_A_ADAPTER_NAME, "a");
		assert_int_equal(ask(), 0);
	}
	/* Not a request: nobody answers, and nothing is done. */
	header = begin(CONDIS_CMD_ADAPTER_DEL, 0);
	header->nlmsg_flags = 0;
	put_name(header, CONDIS_A_ADAPTER_NAME, "a");
	assert_true(mnl_socket_sendto(wire.socket, header, header->nlmsg_len) > 0);
	assert_int_equal(wait_fd(mnl_socket_get_fd(wire.socket), POLLIN, 50), 0);
	nothing_has_changed();
}

/*
 * Who may
 */

static int join_group(uint32_t group)
{
	return setsockopt(mnl_socket_get_fd(wire.socket), SOL_NETLINK, NETLINK_ADD_MEMBERSHIP,
			  &group, sizeof(group)) ? -errno : 0;
}

/* Each command of an admin is refused, right or wrong as it may be; the others are not. */
static void refused_to_others(void)
{
	struct nlmsghdr *header;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		if (!rows[i].is_admin)
			continue;
		/* Before it is looked at. */
		begin(rows[i].command, way_of(&rows[i]));
		in_child(ask() == -EPERM);
		header = begin(rows[i].command, way_of(&rows[i]));
		put_name(header, CONDIS_A_ADAPTER_NAME, "a");
		in_child(ask() == -EPERM);
		header = begin(rows[i].command, way_of(&rows[i]));
		mnl_attr_put_u32(header, 0x3fff, 1);
		in_child(ask() == -EPERM);
	}
	begin_adapter("new");
	in_child(ask() == -EPERM);
	in_child(join_group(wire_group(CONDIS_MCGRP_SESSION)) == -EPERM);
	in_child(!join_group(wire_group(CONDIS_MCGRP_CONFIG)));
	begin(CONDIS_CMD_ADAPTER_GET, NLM_F_DUMP);
	in_child(!ask() && wire.messages == 2);
	/* Sessions of others are not shown. */
	begin(CONDIS_CMD_SESSION_GET, NLM_F_DUMP);
	in_child(!ask() && !wire.messages);
}

static int as_nobody(void *argument)
{
	(void)argument;
	in_child(!setresgid(65534, 65534, 65534) && !setresuid(65534, 65534, 65534));
	wire_open();
	refused_to_others();
	return 0;
}

/* Root of a user namespace of its own, in our network namespace. */
static int as_root_of_nothing(void *argument)
{
	(void)argument;
	in_child(!setresgid(65534, 65534, 65534) && !setresuid(65534, 65534, 65534));
	in_child(!unshare(CLONE_NEWUSER));
	wire_open();
	refused_to_others();
	return 0;
}

static void without_the_capability(void **state)
{
	int status;

	(void)state;
	app_open("app");
	picture(before, sizeof(before));
	status = child_wait(child_start(as_nobody, NULL));
	if (status)
		fail_msg("nobody, line %d", status - 1);
	status = child_wait(child_start(as_root_of_nothing, NULL));
	if (status)
		fail_msg("root of a user namespace, line %d", status - 1);
	nothing_has_changed();
	/* The admin himself. */
	assert_int_equal(join_group(wire_group(CONDIS_MCGRP_SESSION)), 0);
}

/*
 * A socket has the rights of who opened it and of who uses it, whichever are fewer: an
 * admin's in other hands gives none, and neither does a nobody's as the output of an admin
 * who does not address the kernel.
 */
static int uses_the_socket_of_an_admin(void *argument)
{
	(void)argument;
	in_child(!setresgid(65534, 65534, 65534) && !setresuid(65534, 65534, 65534));
	put_name(begin(CONDIS_CMD_ADAPTER_DEL, 0), CONDIS_A_ADAPTER_NAME, "a");
	in_child(ask() == -EPERM);
	begin(CONDIS_CMD_CALL_GET, NLM_F_DUMP);
	in_child(ask() == -EPERM);
	begin(CONDIS_CMD_SESSION_GET, NLM_F_DUMP);
	in_child(!ask() && !wire.messages);
	return 0;
}

static int opened_as_nobody(void *argument)
{
	(void)argument;
	in_child(!seteuid(65534));
	wire_open();
	in_child(!seteuid(0));
	wire.is_written = true;
	put_name(begin(CONDIS_CMD_ADAPTER_DEL, 0), CONDIS_A_ADAPTER_NAME, "a");
	in_child(ask() == -EPERM);
	begin(CONDIS_CMD_CALL_GET, NLM_F_DUMP);
	in_child(ask() == -EPERM);
	return 0;
}

static void socket_in_other_hands(void **state)
{
	int status;

	(void)state;
	app_open("app");
	picture(before, sizeof(before));
	status = child_wait(child_start_holding(uses_the_socket_of_an_admin, NULL));
	if (status)
		fail_msg("an admin's socket, line %d", status - 1);
	status = child_wait(child_start(opened_as_nobody, NULL));
	if (status)
		fail_msg("a nobody's socket, line %d", status - 1);
	nothing_has_changed();
}

/* Root of a user namespace with a network namespace of its own: may there, sees ours not. */
static int as_root_elsewhere(void *argument)
{
	int home = *(int *)argument;
	struct nlmsghdr *header;

	in_child(!setresgid(65534, 65534, 65534) && !setresuid(65534, 65534, 65534));
	in_child(!unshare(CLONE_NEWUSER | CLONE_NEWNET));
	wire_open();
	begin(CONDIS_CMD_ADAPTER_GET, NLM_F_DUMP);
	in_child(!ask() && !wire.messages);
	begin(CONDIS_CMD_EXCHANGE_GET, NLM_F_DUMP);
	in_child(!ask() && !wire.messages);
	begin(CONDIS_CMD_SESSION_GET, NLM_F_DUMP);
	in_child(!ask() && !wire.messages);
	begin(CONDIS_CMD_CALL_GET, NLM_F_DUMP);
	in_child(!ask() && !wire.messages);
	put_name(begin(CONDIS_CMD_ADAPTER_DEL, 0), CONDIS_A_ADAPTER_NAME, "a");
	in_child(ask() == -ENODEV);
	/* Its own exchange it may have; ours it may not join. */
	header = begin(CONDIS_CMD_EXCHANGE_NEW, 0);
	put_name(header, CONDIS_A_EXCHANGE_NAME, "x");
	put_name(header, CONDIS_A_EXCHANGE_KIND, CONDIS_VWAN_KIND);
	in_child(!ask());
	header = begin_adapter("a");
	mnl_attr_put_u32(header, CONDIS_A_ADAPTER_EXCHANGE_NETNS_FD, (uint32_t)home);
	in_child(ask() == -EPERM);
	begin_adapter("a");
	in_child(!ask());
	in_child(!join_group(wire_group(CONDIS_MCGRP_SESSION)));
	return 0;
}

static void root_elsewhere(void **state)
{
	int home = keep_fd(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC)), status;

	(void)state;
	app_open("app");
	picture(before, sizeof(before));
	status = child_wait(child_start_holding(as_root_elsewhere, &home));
	if (status)
		fail_msg("root elsewhere, line %d", status - 1);
	nothing_has_changed();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WIRE_TEST(every_command),
		WIRE_TEST(every_attribute_not_taken),
		WIRE_TEST(every_size),
		WIRE_TEST(torn_lists),
		WIRE_TEST(noise_as_data),
		WIRE_TEST(deep_nests),
		WIRE_TEST(headers),
		WIRE_TEST(without_the_capability),
		WIRE_TEST(socket_in_other_hands),
		WIRE_TEST(root_elsewhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
