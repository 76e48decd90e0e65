// SPDX-License-Identifier: GPL-2.0
/*
 * Sweeps over what a program can ask of the two kinds of file: each number, size and
 * direction, by the 64 and by the 32 bit system call; each bit that means nothing;
 * each index at its end and behind it; handles by guessing. (What CVE-2013-5065 was:
 * a number of user space's as an index.)
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "command.h"

/* Larger than any structure, so that a command that has no row is met by its right size. */
#define SIZES	200

/* Every answer to a command that is none, given without an argument. */
static void sweep(int fd, bool is_session)
{
	static const unsigned int more[] = { 256, 1024, 4096, 0x3ffe, 0x3fff };
	unsigned int nr, dir, size, met = 0, i;

	for (nr = 0; nr < 256; nr++) {
		for (dir = 0; dir < 4; dir++) {
			for (i = 0; i < SIZES + ARRAY_SIZE(more); i++) {
				unsigned long number;
				int error;

				size = i < SIZES ? i : more[i - SIZES];
				number = _IOC(dir, NDPROXY_IOC_MAGIC, nr, size);
				if (is_session && number == NDPROXY_SHUTDOWN)
					continue;
				error = ioctl(fd, number, NULL) ? errno : 0;
				if (is_session && command_find(number)) {
					met++;
					if (error == EFAULT)
						continue;
				} else if (error == ENOTTY) {
					continue;
				}
				fail_msg("command %#lx (%u, direction %u, size %u): %s", number,
					 nr, dir, size, error ? strerrorname_np(error) : "done");
			}
		}
	}
	assert_int_equal(met, is_session ? commands_length : 0);
}

/* Also: a command without a row in the table would answer EFAULT here. */
static void every_number_of_a_session(void **state)
{
	struct effect before;
	struct pair pair;

	(void)state;
	two_adapters("4");
	pair = pair_connected();
	effect_take(pair.caller, &before);
	sweep(app_fd(pair.caller), true);
	effect_none(pair.caller, &before);
	expect_nothing(pair.callee);
}

/* The data file has no command at all, also none of a session's. */
static void every_number_of_a_data_file(void **state)
{
	unsigned char argument[ARGUMENT_MAX];
	struct effect before;
	struct pair pair;
	size_t i;
	int fd;

	(void)state;
	two_adapters("4");
	pair = pair_connected();
	fd = call_data(pair.caller, pair.out, NDPROXY_DATA_NONBLOCK);
	effect_take(pair.caller, &before);
	sweep(fd, false);
	for (i = 0; i < commands_length; i++) {
		command_fill(commands[i].number, argument, &pair);
		assert_int_equal(ioctl(fd, commands[i].number, argument), -1);
		assert_int_equal(errno, ENOTTY);
	}
	effect_none(pair.caller, &before);
	expect_nothing(pair.callee);
}

/* Our numbers under every other letter. */
static void every_letter(void **state)
{
	unsigned char argument[ARGUMENT_MAX];
	struct effect before;
	unsigned int letter;
	struct pair pair;
	size_t i;

	(void)state;
	two_adapters("4");
	pair = pair_connected();
	effect_take(pair.caller, &before);
	for (letter = 0; letter < 256; letter++) {
		if (letter == NDPROXY_IOC_MAGIC)
			continue;
		for (i = 0; i < commands_length; i++) {
			unsigned long number = commands[i].number;

			command_fill(number, argument, &pair);
			number = _IOC(_IOC_DIR(number), letter, _IOC_NR(number),
				      _IOC_SIZE(number));
			if (!command(pair.caller, number, argument) || errno != ENOTTY)
				fail_msg("%s under the letter %#x", commands[i].name, letter);
		}
	}
	effect_none(pair.caller, &before);
	expect_nothing(pair.callee);
}

/*
 * 32 bit system calls: the interface is the same
 */

#define CALL32_READ	3
#define CALL32_IOCTL	54

static char *low;

/* As a 32 bit program makes it; @argument lies below 4 GiB. */
static int call32(long number, int fd, unsigned long second, unsigned long third)
{
	long result;

	__asm__ volatile("int $0x80"
			 : "=a" (result)
			 : "0" (number), "b" ((long)fd), "c" (second), "d" (third)
			 : "memory", "r8", "r9", "r10", "r11");
	return (int)result;
}

static int command32(struct app *app, unsigned long number, const void *argument)
{
	memcpy(low, argument, ARGUMENT_MAX);
	return call32(CALL32_IOCTL, app_fd(app), number, (unsigned long)low);
}

static void low_map(void)
{
	low = mmap(NULL, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT,
		   -1, 0);
	assert_ptr_not_equal(low, MAP_FAILED);
}

/* What begins or ends something, and so is not done twice alike: done in a_call_of_32_bit(). */
static bool is_done_once(unsigned long number)
{
	switch (number) {
	case NDPROXY_OPEN_LINE:
	case NDPROXY_MAKE_CALL:
	case NDPROXY_OPEN_DATA:
	case NDPROXY_DROP:
	case NDPROXY_DEALLOCATE_CALL:
	case NDPROXY_CLOSE_LINE:
		return true;
	default:
		return false;
	}
}

/* Every other command there is answers both alike, to the last byte, or is refused alike. */
static void same_answers_for_32_bit(void **state)
{
	unsigned char argument[ARGUMENT_MAX], answer[ARGUMENT_MAX];
	struct ndproxy_extended_error refusals[2], *error;
	struct effect before;
	struct pair pair;
	int by_64, by_32;
	size_t i;

	(void)state;
	low_map();
	two_adapters("4");
	pair = pair_connected();
	effect_take(pair.caller, &before);
	for (i = 0; i < commands_length; i++) {
		if (is_done_once(commands[i].number))
			continue;
		say("%s", commands[i].name);
		command_fill(commands[i].number, argument, &pair);
		memcpy(answer, argument, sizeof(answer));
		by_64 = command(pair.caller, commands[i].number, answer) ? -errno : 0;
		assert_int_equal(command(pair.caller, NDPROXY_GET_EXTENDED_ERROR, &refusals[0]), 0);
		by_32 = command32(pair.caller, commands[i].number, argument);
		assert_int_equal(command(pair.caller, NDPROXY_GET_EXTENDED_ERROR, &refusals[1]), 0);
		assert_int_equal(by_32, by_64);
		assert_memory_equal(low, answer, sizeof(answer));
		assert_memory_equal(&refusals[1], &refusals[0], sizeof(refusals[0]));
	}
	effect_none(pair.caller, &before);
	expect_nothing(pair.callee);
	/* What is refused is refused alike: the connected call has nothing to accept. */
	command_fill(NDPROXY_ACCEPT, argument, &pair);
	assert_int_equal(command32(pair.caller, NDPROXY_ACCEPT, argument), -EBADFD);
	memset(argument, 0, sizeof(argument));
	assert_int_equal(command32(pair.caller, NDPROXY_GET_EXTENDED_ERROR, argument), 0);
	error = (void *)low;
	assert_int_equal(error->command, NDPROXY_ACCEPT);
	assert_int_equal(error->error, EBADFD);
	assert_string_equal(error->field, "call");
	munmap(low, 65536);
}

/* A whole call by 32 bit system calls; its events are those of 64 bit. */
static void a_call_of_32_bit(void **state)
{
	struct ndproxy_event *events;
	unsigned char argument[ARGUMENT_MAX];
	struct pair pair;
	int length, fd;

	(void)state;
	low_map();
	two_adapters("4");
	pair = pair_idle();
	expect_nothing(pair.caller);
	command_fill(NDPROXY_OPEN_LINE, argument, &pair);
	assert_int_equal(command32(pair.caller, NDPROXY_OPEN_LINE, argument), 0);
	pair.caller_line = ((struct ndproxy_open_line *)low)->line_handle;
	command_fill(NDPROXY_MAKE_CALL, argument, &pair);
	((struct ndproxy_make_call *)argument)->cookie = 0x123456789abcdef0ULL;
	assert_int_equal(command32(pair.caller, NDPROXY_MAKE_CALL, argument), 0);
	pair.out = ((struct ndproxy_make_call *)low)->call;
	expect(pair.callee, "L1 new C1 owner", "C1 OFFERING owner");
	call_answer(pair.callee, call_label(pair.callee, 1));
	expect(pair.callee, "reply C1 ANSWER 0", "C1 CONNECTED");
	while (call_state(pair.caller, pair.out) != LINECALLSTATE_CONNECTED)
		usleep(1000);

	/* Reply, PROCEEDING, RINGBACK, CONNECTED. */
	length = call32(CALL32_READ, app_fd(pair.caller), (unsigned long)low, 8 * sizeof(*events));
	assert_int_equal(length, 4 * sizeof(*events));
	events = (void *)low;
	assert_int_equal(events[0].type, LINE_REPLY);
	assert_int_equal(events[0].cookie, 0x123456789abcdef0ULL);
	assert_int_equal(events[0].handle, pair.out);
	assert_int_equal(events[3].call_state.state, LINECALLSTATE_CONNECTED);

	command_fill(NDPROXY_OPEN_DATA, argument, &pair);
	assert_int_equal(command32(pair.caller, NDPROXY_OPEN_DATA, argument), 0);
	fd = ((struct ndproxy_open_data *)low)->fd;
	assert_int_equal(write(fd, "32", 2), 2);
	assert_int_equal(call32(CALL32_IOCTL, fd, NDPROXY_GET_VERSION, (unsigned long)low),
			 -ENOTTY);
	close(fd);
	command_fill(NDPROXY_DROP, argument, &pair);
	assert_int_equal(command32(pair.caller, NDPROXY_DROP, argument), 0);
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	command_fill(NDPROXY_DEALLOCATE_CALL, argument, &pair);
	assert_int_equal(command32(pair.caller, NDPROXY_DEALLOCATE_CALL, argument), 0);
	command_fill(NDPROXY_CLOSE_LINE, argument, &pair);
	assert_int_equal(command32(pair.caller, NDPROXY_CLOSE_LINE, argument), 0);
	assert_int_equal(command32(pair.caller, NDPROXY_CLOSE_LINE, argument), -EBADF);
	assert_int_equal(call32(CALL32_IOCTL, app_fd(pair.caller), NDPROXY_SHUTDOWN, 0), 0);
	assert_int_equal(call32(CALL32_READ, app_fd(pair.caller), (unsigned long)low, 4096), 0);
	munmap(low, 65536);
}

/* Numbers, directions and pointers that are none, by 32 bit system calls. */
static void every_number_of_32_bit(void **state)
{
	unsigned int nr, dir, size;
	struct effect before;
	struct pair pair;

	(void)state;
	low_map();
	two_adapters("4");
	pair = pair_connected();
	effect_take(pair.caller, &before);
	for (nr = 0; nr < 256; nr++) {
		for (dir = 0; dir < 4; dir++) {
			for (size = 0; size < SIZES; size += 4) {
				unsigned long number = _IOC(dir, NDPROXY_IOC_MAGIC, nr, size);
				int error;

				if (number == NDPROXY_SHUTDOWN)
					continue;
				/* The last page below 4 GiB is nobody's. */
				error = call32(CALL32_IOCTL, app_fd(pair.caller), number,
					       0xfffff000);
				if (error != (command_find(number) ? -EFAULT : -ENOTTY))
					fail_msg("command %#lx: %d", number, error);
			}
		}
	}
	effect_none(pair.caller, &before);
	munmap(low, 65536);
}

/*
 * Values
 */

/* Each bit that means nothing, alone, next to values that are right. */
static void every_bit(void **state)
{
	unsigned char argument[ARGUMENT_MAX];
	const struct member *member;
	struct effect before;
	struct pair pair;
	unsigned int bit;
	uint32_t value;
	size_t i;

	(void)state;
	two_adapters("4");
	pair = pair_connected();
	effect_take(pair.caller, &before);
	for (i = 0; i < commands_length; i++) {
		for (member = commands[i].members; member->name; member++) {
			if (member->rule != RULE_BITS)
				continue;
			assert_int_equal(member->size, sizeof(value));
			for (bit = 0; bit < 32; bit++) {
				if (member->known & 1U << bit)
					continue;
				command_fill(commands[i].number, argument, &pair);
				memcpy(&value, argument + member->offset, sizeof(value));
				value |= 1U << bit;
				memcpy(argument + member->offset, &value, sizeof(value));
				refused(pair.caller,
					command(pair.caller, commands[i].number, argument), EINVAL,
					member->name);
			}
		}
	}
	effect_none(pair.caller, &before);
	expect_nothing(pair.callee);
}

#define LINES		3
#define ADDRESSES	2

static const uint32_t behind_lines[] = {
	LINES, LINES + 1, 0xff, 0x100, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe,
	0xffffffff,
};

static const uint32_t behind_addresses[] = {
	ADDRESSES, ADDRESSES + 1, LINES * ADDRESSES, 0x7fffffff, 0x80000000, 0xfffffffe,
	0xffffffff,
};

/* The command with one index, which is the last that there is, is done; and undone. */
static void index_is_fine(struct pair *pair, const struct command *what, void *argument,
			  uint32_t value)
{
	int error = command(pair->caller, what->number, argument);

	if (error)
		fail_msg("%s does not know index %u: %s", what->name, value, strerror(errno));
	if (what->number == NDPROXY_OPEN_LINE) {
		line_close(pair->caller, ((struct ndproxy_open_line *)argument)->line_handle);
	} else if (what->number == NDPROXY_MAKE_CALL) {
		call_deallocate(pair->caller, ((struct ndproxy_make_call *)argument)->call);
		wait_count(CONDIS_COUNTER_VCS, 2);
		hear_all(pair->callee);
		while (read(app_fd(pair->caller), argument, sizeof(struct ndproxy_event)) > 0)
			;
	}
}

/* Lines and addresses: the last one is there, the next one is not. */
static void every_index(void **state)
{
	unsigned char argument[ARGUMENT_MAX];
	const struct member *member;
	struct effect before;
	struct pair pair;
	unsigned int met = 0;
	uint32_t value;
	size_t i, j, length;

	(void)state;
	adapter_add("a", "lines", "3", "calls", "4", "address",
		    "100@0,101@0,110@1,111@1,120@2,121@2", NULL);
	adapter_add("b", "calls", "4", "address", "200@0", NULL);
	pair = pair_connected();
	effect_take(pair.caller, &before);
	for (i = 0; i < commands_length; i++) {
		for (member = commands[i].members; member->name; member++) {
			const uint32_t *behind = behind_lines;

			length = ARRAY_SIZE(behind_lines);
			value = LINES - 1;
			if (member->rule == RULE_ADDRESS) {
				behind = behind_addresses;
				length = ARRAY_SIZE(behind_addresses);
				value = ADDRESSES - 1;
				/* The last means any, to who calls. */
				length -= commands[i].number == NDPROXY_MAKE_CALL;
			} else if (member->rule != RULE_LINE) {
				continue;
			}
			met++;
			for (j = 0; j < length; j++) {
				command_fill(commands[i].number, argument, &pair);
				memcpy(argument + member->offset, &behind[j], sizeof(value));
				refused(pair.caller,
					command(pair.caller, commands[i].number, argument), ENXIO,
					member->name);
			}
			command_fill(commands[i].number, argument, &pair);
			memcpy(argument + member->offset, &value, sizeof(value));
			index_is_fine(&pair, &commands[i], argument, value);
		}
	}
	/*
	 * GET_LINE_CAPS, GET_ADDRESS_CAPS (both), OPEN_LINE, MAKE_CALL, GET_ADDRESS_STATUS,
	 * SET_NUM_RINGS.
	 */
	assert_int_equal(met, 7);
	wait_count(CONDIS_COUNTER_VCS, 2);
	effect_none(pair.caller, &before);
}

/* An index that was right until the adapter got fewer lines. */
static void index_of_a_table_that_shrank(void **state)
{
	struct ndproxy_line_caps caps;
	struct ndproxy_open_line open = { .privileges = NONE, .line = LINES - 1 };
	struct app *app;
	uint32_t id;

	(void)state;
	adapter_add("a", "lines", "3", NULL);
	app = app_open("app");
	id = app_adapter(app, "a");
	assert_int_equal(condis_line_caps(app->session, id, LINES - 1, &caps), 0);
	adapter_set("a", "lines", "1", NULL);
	/* To this session the table is another's: it must begin anew. */
	open.adapter = id;
	while (condis_line_open(app->session, &open) && errno == EAGAIN)
		usleep(1000);
	refused(app, condis_line_open(app->session, &open), ESTALE, "adapter");
	app_close(app);
	app = app_open("app");
	app_adapter(app, "a");
	refused(app, condis_line_open(app->session, &open), ENXIO, "line");
	refused(app, condis_line_caps(app->session, id, LINES - 1, &caps), ENXIO, "line");
	refused(app, condis_line_caps(app->session, id, 1, &caps), ENXIO, "line");
	assert_int_equal(condis_line_caps(app->session, id, 0, &caps), 0);
}

/*
 * Handles
 */

#define GUESSES	10000

/* Of a session that has none, while others have many. */
static void guessing(void **state)
{
	struct ndproxy_line_status line;
	struct ndproxy_call_status call;
	struct effect before;
	struct pair pair;
	struct app *guesser;
	uint32_t seed = 20131127, guess;
	unsigned int i;

	(void)state;
	two_adapters("8");
	pair = pair_connected();
	for (i = 0; i < 40; i++)
		line_open(pair.caller, "a", 0, NONE);
	guesser = app_open("guesser");
	effect_take(guesser, &before);
	for (i = 0; i < GUESSES; i++) {
		/* All of the small ones, and of the rest some. */
		seed = seed * 1664525 + 1013904223;
		guess = i & 1 ? i / 2 : seed;
		memset(&line, 0, sizeof(line));
		memset(&call, 0, sizeof(call));
		line.line_handle = guess;
		call.call = guess;
		if (!command(guesser, NDPROXY_GET_LINE_STATUS, &line) || errno != EBADF ||
		    !command(guesser, NDPROXY_GET_CALL_STATUS, &call) || errno != EBADF)
			fail_msg("handle %#x is somebody's: %s", guess, strerror(errno));
	}
	effect_none(guesser, &before);
	expect_nothing(pair.caller);
	expect_nothing(pair.callee);
	assert_int_equal(call_state(pair.caller, pair.out), LINECALLSTATE_CONNECTED);
}

/* The session's own numbers are those that it was given, each of one kind, and no others. */
static void own_handles(void **state)
{
	struct ndproxy_line_status line;
	struct ndproxy_call_status call;
	unsigned int lines = 0, calls = 0, i;
	struct pair pair;

	(void)state;
	two_adapters("8");
	pair = pair_connected();
	for (i = 0; i < 20; i++)
		line_open(pair.caller, "a", 0, NONE);
	for (i = 1; i <= 2; i++)
		call_make(pair.caller, pair.caller_line, "200");
	for (i = 0; i < 10; i++)
		line_close(pair.caller, pair.caller->lines[2 * i + 1]);
	for (i = 0; i < GUESSES / 4; i++) {
		bool is_line, is_call;

		memset(&line, 0, sizeof(line));
		memset(&call, 0, sizeof(call));
		line.line_handle = i;
		call.call = i;
		is_line = !command(pair.caller, NDPROXY_GET_LINE_STATUS, &line);
		if (!is_line)
			assert_int_equal(errno, EBADF);
		is_call = !command(pair.caller, NDPROXY_GET_CALL_STATUS, &call);
		if (!is_call)
			assert_int_equal(errno, EBADF);
		assert_false(is_line && is_call);
		lines += is_line;
		calls += is_call;
	}
	assert_int_equal(lines, 1 + 20 - 10);
	assert_int_equal(calls, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(every_number_of_a_session),
		WORLD_TEST(every_number_of_a_data_file),
		WORLD_TEST(every_letter),
		WORLD_TEST(same_answers_for_32_bit),
		WORLD_TEST(a_call_of_32_bit),
		WORLD_TEST(every_number_of_32_bit),
		WORLD_TEST(every_bit),
		WORLD_TEST(every_index),
		WORLD_TEST(index_of_a_table_that_shrank),
		WORLD_TEST(guessing),
		WORLD_TEST(own_handles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
