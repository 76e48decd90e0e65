// SPDX-License-Identifier: GPL-2.0
/*
 * The table of commands: every number, size and direction there can be, and
 * every byte of every structure.
 */
#include <kunit/test.h>
#include <linux/string.h>
#include <uapi/linux/ndproxy.h>

#include "../../drivers/ndproxy/commands.h"

static const unsigned int commands[] = {
	NDPROXY_GET_VERSION, NDPROXY_GET_LIMITS, NDPROXY_GET_EXTENDED_ERROR,
	NDPROXY_ENUM_ADAPTER, NDPROXY_GET_ADAPTER_CAPS, NDPROXY_GET_LINE_CAPS,
	NDPROXY_GET_ADDRESS_CAPS, NDPROXY_OPEN_LINE, NDPROXY_CLOSE_LINE,
	NDPROXY_GET_LINE_STATUS, NDPROXY_SET_STATUS_MESSAGES, NDPROXY_GET_NEW_CALLS,
	NDPROXY_MAKE_CALL, NDPROXY_ACCEPT, NDPROXY_ANSWER, NDPROXY_DROP,
	NDPROXY_DEALLOCATE_CALL, NDPROXY_GET_CALL_INFO, NDPROXY_GET_CALL_STATUS,
	NDPROXY_GET_CALL_DIAGNOSTICS, NDPROXY_SET_CALL_PRIVILEGE, NDPROXY_HANDOFF,
	NDPROXY_OPEN_DATA, NDPROXY_SHUTDOWN, NDPROXY_SET_NAME,
	NDPROXY_SET_PRIORITY, NDPROXY_SET_CALL_INFO, NDPROXY_GET_ADDRESS_STATUS,
	NDPROXY_SET_NUM_RINGS, NDPROXY_MONITOR_DIGITS, NDPROXY_GENERATE_DIGITS,
	NDPROXY_SET_LINE_PRIVILEGES,
};

static bool known(unsigned int cmd)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(commands); i++)
		if (commands[i] == cmd)
			return true;
	return false;
}

static void every_command_is_found(struct kunit *test)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(commands); i++) {
		const struct ndproxy_command_ops *ops = ndproxy_command_find(commands[i]);

		KUNIT_ASSERT_NOT_NULL_MSG(test, ops, "command %#x", commands[i]);
		KUNIT_EXPECT_EQ(test, ops->cmd, commands[i]);
		KUNIT_EXPECT_NOT_NULL(test, ops->run);
		KUNIT_EXPECT_LE(test, _IOC_SIZE(ops->cmd), (unsigned int)NDPROXY_ARG_MAX);
	}
}

/* All 256 numbers, in each direction, with each size up to the largest and some above. */
static void nothing_else_is_found(struct kunit *test)
{
	unsigned int nr, dir, size, found = 0;

	for (nr = 0; nr < 256; nr++) {
		for (dir = 0; dir < 4; dir++) {
			for (size = 0; size < 2 * NDPROXY_ARG_MAX; size++) {
				unsigned int cmd = _IOC(dir, NDPROXY_IOC_MAGIC, nr, size);
				bool is = ndproxy_command_find(cmd);

				if (is != known(cmd))
					KUNIT_FAIL(test, "command %#x", cmd);
				found += is;
			}
			KUNIT_EXPECT_NULL(test, ndproxy_command_find(_IOC(dir, NDPROXY_IOC_MAGIC,
									  nr, 0x3fff)));
		}
	}
	KUNIT_EXPECT_EQ(test, found, (unsigned int)ARRAY_SIZE(commands));
}

/* The command's own number with every other size there can be. */
static void no_other_size_is_found(struct kunit *test)
{
	unsigned int dir, size, cmd;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(commands); i++) {
		for (dir = 0; dir < 4; dir++) {
			for (size = 0; size <= _IOC_SIZEMASK; size++) {
				cmd = _IOC(dir, NDPROXY_IOC_MAGIC, _IOC_NR(commands[i]), size);
				if (cmd != commands[i] && ndproxy_command_find(cmd))
					KUNIT_FAIL(test, "command %#x", cmd);
			}
		}
	}
}

/* Numbers that are an index of the table, of what is behind it, and of nothing. */
static void the_table_has_an_end(struct kunit *test)
{
	static const unsigned int behind[] = {
		ARRAY_SIZE(commands), ARRAY_SIZE(commands) + 1, 0x3f, 0x40, 0x7f, 0x80, 0xff,
	};
	unsigned int dir, size;
	size_t i;

	/* Dense: each number below the first of those is a command's. */
	for (i = 0; i < ARRAY_SIZE(commands); i++)
		KUNIT_EXPECT_EQ(test, (size_t)_IOC_NR(commands[i]), i);
	for (i = 0; i < ARRAY_SIZE(behind); i++)
		for (dir = 0; dir < 4; dir++)
			for (size = 0; size <= _IOC_SIZEMASK; size += 4)
				KUNIT_EXPECT_NULL(test,
						  ndproxy_command_find(_IOC(dir, NDPROXY_IOC_MAGIC,
									    behind[i], size)));
	KUNIT_EXPECT_NULL(test, ndproxy_command_find(0));
	KUNIT_EXPECT_NULL(test, ndproxy_command_find(UINT_MAX));
}

static void other_letters_are_not_ours(struct kunit *test)
{
	unsigned int letter;
	size_t i;

	for (letter = 0; letter < 256; letter++) {
		if (letter == NDPROXY_IOC_MAGIC)
			continue;
		for (i = 0; i < ARRAY_SIZE(commands); i++)
			KUNIT_EXPECT_NULL(test, ndproxy_command_find(_IOC(_IOC_DIR(commands[i]),
									  letter,
									  _IOC_NR(commands[i]),
									  _IOC_SIZE(commands[i]))));
	}
}

/* The members of each structure are all of it, in order, without a hole. */
static void every_byte_is_a_member(struct kunit *test)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(commands); i++) {
		const struct ndproxy_command_ops *ops = ndproxy_command_find(commands[i]);
		unsigned int field, end = 0;

		KUNIT_ASSERT_NOT_NULL(test, ops);
		for (field = 0; field < ops->num_fields; field++) {
			KUNIT_EXPECT_EQ_MSG(test, (unsigned int)ops->fields[field].offset, end,
					    "command %zu, %s", i, ops->fields[field].name);
			end = ops->fields[field].offset + ops->fields[field].size;
		}
		KUNIT_EXPECT_EQ_MSG(test, end, (unsigned int)_IOC_SIZE(commands[i]),
				    "command %zu", i);
	}
}

/* Each byte that is not input must be zero, and is named if it is not. */
static void what_is_not_input_is_zero(struct kunit *test)
{
	u8 arg[NDPROXY_ARG_MAX];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(commands); i++) {
		const struct ndproxy_command_ops *ops = ndproxy_command_find(commands[i]);
		unsigned int field, byte;

		KUNIT_ASSERT_NOT_NULL(test, ops);
		for (field = 0; field < ops->num_fields; field++) {
			const struct ndproxy_field *at = &ops->fields[field];

			for (byte = at->offset; byte < at->offset + at->size; byte++) {
				memset(arg, 0, sizeof(arg));
				arg[byte] = 0x80;
				KUNIT_EXPECT_PTR_EQ_MSG(test, ndproxy_command_check(ops, arg),
							at->input ? NULL : at,
							"command %zu, %s", i, at->name);
			}
		}
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(every_command_is_found),
	KUNIT_CASE_SLOW(nothing_else_is_found),
	KUNIT_CASE_SLOW(no_other_size_is_found),
	KUNIT_CASE(the_table_has_an_end),
	KUNIT_CASE(other_letters_are_not_ours),
	KUNIT_CASE(every_byte_is_a_member),
	KUNIT_CASE(what_is_not_input_is_zero),
	{}
};

static struct kunit_suite suite = {
	.name = "ndproxy-commands",
	.test_cases = cases,
};

kunit_test_suite(suite);
