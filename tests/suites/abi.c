// SPDX-License-Identifier: GPL-2.0
/*
 * /dev/ndproxy as a hostile program uses it: every command with every wrong
 * number, size, direction, pointer, member and handle. Each is refused with the
 * errno of <linux/ndproxy.h>, names the member, and has no effect.
 */
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "command.h"

static void unknown_numbers(void **state)
{
	char argument[16384] = "";
	struct effect before;
	struct app *app;
	unsigned int nr, dir;
	size_t known = commands_length + 1;

	(void)state;
	app = app_open("app");
	effect_take(app, &before);
	for (dir = 0; dir < 4; dir++) {
		for (nr = known; nr < 256; nr++)
			refused(app, command(app, _IOC(dir, NDPROXY_IOC_MAGIC, nr, 16), argument),
				ENOTTY, NULL);
		for (nr = 0; nr < 256; nr += 5)
			refused(app, command(app, _IOC(dir, 0xdb, nr, 16), argument), ENOTTY, NULL);
	}
	refused(app, command(app, 0, NULL), ENOTTY, NULL);
	refused(app, command(app, 0xffffffff, argument), ENOTTY, NULL);
	effect_none(app, &before);
}

/* What was released stays: number, size and direction of each command, as they were then. */
static void numbers(void **state)
{
	static const struct {
		unsigned long number;
		unsigned long released;
	} released[] = {
		{ NDPROXY_GET_VERSION, 0x8020da00 },
		{ NDPROXY_GET_LIMITS, 0x8040da01 },
		{ NDPROXY_GET_EXTENDED_ERROR, 0x8048da02 },
		{ NDPROXY_ENUM_ADAPTER, 0xc040da03 },
		{ NDPROXY_GET_ADAPTER_CAPS, 0xc040da04 },
		{ NDPROXY_GET_LINE_CAPS, 0xc050da05 },
		{ NDPROXY_GET_ADDRESS_CAPS, 0xc050da06 },
		{ NDPROXY_OPEN_LINE, 0xc030da07 },
		{ NDPROXY_CLOSE_LINE, 0x4008da08 },
		{ NDPROXY_GET_LINE_STATUS, 0xc030da09 },
		{ NDPROXY_SET_STATUS_MESSAGES, 0x4008da0a },
		{ NDPROXY_GET_NEW_CALLS, 0xc098da0b },
		{ NDPROXY_MAKE_CALL, 0xc078da0c },
		{ NDPROXY_ACCEPT, 0x4010da0d },
		{ NDPROXY_ANSWER, 0x4010da0e },
		{ NDPROXY_DROP, 0x4010da0f },
		{ NDPROXY_DEALLOCATE_CALL, 0x4008da10 },
		{ NDPROXY_GET_CALL_INFO, 0xc098da11 },
		{ NDPROXY_GET_CALL_STATUS, 0xc030da12 },
		{ NDPROXY_GET_CALL_DIAGNOSTICS, 0xc020da13 },
		{ NDPROXY_SET_CALL_PRIVILEGE, 0x4008da14 },
		{ NDPROXY_HANDOFF, 0x4050da15 },
		{ NDPROXY_OPEN_DATA, 0xc010da16 },
		{ NDPROXY_SHUTDOWN, 0x0000da17 },
		{ NDPROXY_SET_NAME, 0x4040da18 },
		{ NDPROXY_SET_PRIORITY, 0x4048da19 },
		{ NDPROXY_SET_CALL_INFO, 0x4010da1a },
		{ NDPROXY_GET_ADDRESS_STATUS, 0xc030da1b },
		{ NDPROXY_SET_NUM_RINGS, 0x4010da1c },
		{ NDPROXY_MONITOR_DIGITS, 0x4008da1d },
		{ NDPROXY_GENERATE_DIGITS, 0x4058da1e },
		{ NDPROXY_SET_LINE_PRIVILEGES, 0x4008da1f },
	};
	unsigned char argument[256] = "";
	struct ndproxy_version version;
	struct app *app;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(released); i++) {
		assert_int_equal(released[i].number, released[i].released);
		assert_int_equal(_IOC_NR(released[i].number), i);
	}
	/* SHUTDOWN is not in the table of structures. */
	assert_int_equal(ARRAY_SIZE(released), commands_length + 1);

	/* The version as a program of any time asks for it, and says what it is. */
	app = app_open("app");
	assert_int_equal(command(app, 0x8020da00, argument), 0);
	assert_int_equal(*(uint32_t *)argument, 2);
	assert_int_equal(condis_session_version(app->session, &version), 0);
	assert_memory_equal(&version, argument, sizeof(version));
	assert_int_equal(sizeof(version), 32);
	/* The hand-over of the version that was never released: without a name. */
	refused(app, command(app, _IOC(_IOC_WRITE, NDPROXY_IOC_MAGIC, 0x15, 16), argument), ENOTTY,
		NULL);
}

/* What a kernel's side of another time says of itself; 0: what this one says. */
static uint32_t another_abi, another_size;

/* The library's come by here, too. */
int ioctl(int fd, unsigned long number, ...)
{
	struct ndproxy_version *version;
	va_list arguments;
	void *argument;
	int result;

	va_start(arguments, number);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	result = (int)syscall(SYS_ioctl, fd, number, argument);
	if (!result && number == NDPROXY_GET_VERSION && (another_abi || another_size)) {
		version = argument;
		version->abi = another_abi ? another_abi : version->abi;
		version->event_size = another_size ? another_size : version->event_size;
	}
	return result;
}

/* Version and size of an event: no session is begun, or one that says what it is. */
static void session_of(const char *path, uint32_t abi, uint32_t event_size, int error)
{
	struct ndproxy_version version;
	struct condis_session *session;

	another_abi = abi;
	another_size = event_size;
	errno = 0;
	session = condis_session_open(path);
	if (error) {
		assert_null(session);
		assert_int_equal(errno, error);
	} else {
		assert_non_null(session);
		assert_int_equal(condis_session_version(session, &version), 0);
		assert_int_equal(version.abi, abi);
		condis_session_close(session);
	}
	another_abi = 0;
	another_size = 0;
	wait_sessions(0);
}

/* The library compares the version, for all who use it. */
static void versions(void **state)
{
	char words[128];

	(void)state;
	session_of(NULL, NDPROXY_ABI, 0, 0);
	session_of(NULL, NDPROXY_ABI + 1, 0, 0);
	session_of(NULL, NDPROXY_ABI - 1, 0, EPROTO);
	snprintf(words, sizeof(words), "version %u (events of %zu bytes): load that of %u (%zu)",
		 NDPROXY_ABI - 1, sizeof(struct ndproxy_event), NDPROXY_ABI,
		 sizeof(struct ndproxy_event));
	assert_non_null(strstr(condis_error(), words));
	session_of(NULL, NDPROXY_ABI, sizeof(struct ndproxy_event) - 8, EPROTO);
	snprintf(words, sizeof(words), "(events of %zu bytes)", sizeof(struct ndproxy_event) - 8);
	assert_non_null(strstr(condis_error(), words));
	/* No session at all. */
	session_of("/dev/null", 0, 0, ENOTTY);
}

static void wrong_sizes_and_directions(void **state)
{
	char argument[16384] = "";
	struct effect before;
	struct app *app;
	unsigned int dir, size, nr;
	size_t i;

	(void)state;
	app = app_open("app");
	effect_take(app, &before);
	for (i = 0; i < commands_length; i++) {
		static const int off[] = { -8, -4, -1, 1, 4, 8 };
		size_t j;

		nr = _IOC_NR(commands[i].number);
		size = _IOC_SIZE(commands[i].number);
		dir = _IOC_DIR(commands[i].number);
		for (j = 0; j < ARRAY_SIZE(off); j++)
			refused(app, command(app, _IOC(dir, NDPROXY_IOC_MAGIC, nr,
						       (size + (unsigned int)off[j]) & 0x3fff),
					     argument), ENOTTY, NULL);
		refused(app, command(app, _IOC(dir, NDPROXY_IOC_MAGIC, nr, 0), argument), ENOTTY,
			NULL);
		refused(app, command(app, _IOC(dir, NDPROXY_IOC_MAGIC, nr, 0x3fff), argument),
			ENOTTY, NULL);
		for (j = 0; j < 4; j++)
			if (j != dir)
				refused(app, command(app, _IOC(j, NDPROXY_IOC_MAGIC, nr, size),
						     argument), ENOTTY, NULL);
	}
	refused(app, command(app, _IOR(NDPROXY_IOC_MAGIC, 0x17, int), argument), ENOTTY, NULL);
	effect_none(app, &before);
}

/* The members of the table are those of the structures, without a hole. */
static void every_byte_is_a_member(void **state)
{
	const struct member *member;
	size_t i, at;

	(void)state;
	for (i = 0; i < commands_length; i++) {
		at = 0;
		for (member = commands[i].members; member->name; member++) {
			assert_int_equal(member->offset, at);
			at += member->size;
		}
		assert_int_equal(at, _IOC_SIZE(commands[i].number));
	}
}

static void bad_pointers(void **state)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), size, i;
	char *pages, *straddling, *read_only;
	char argument[ARGUMENT_MAX];
	struct effect before;
	struct pair pair;

	(void)state;
	two_adapters("4");
	pair = pair_connected();
	pages = mmap(NULL, 3 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(pages, MAP_FAILED);
	assert_int_equal(mprotect(pages + page, page, PROT_NONE), 0);
	read_only = pages + 2 * page;

	effect_take(pair.caller, &before);
	for (i = 0; i < commands_length; i++) {
		unsigned long number = commands[i].number;

		size = _IOC_SIZE(number);
		refused(pair.caller, command(pair.caller, number, NULL), EFAULT, NULL);
		refused(pair.caller, command(pair.caller, number, (void *)8), EFAULT, NULL);
		refused(pair.caller, command(pair.caller, number, (void *)-4096L), EFAULT, NULL);
		refused(pair.caller, command(pair.caller, number, (void *)0xffff888000000000),
			EFAULT, NULL);
		straddling = pages + page - size + 4;
		memset(straddling, 0, size - 4);
		refused(pair.caller, command(pair.caller, number, straddling), EFAULT, NULL);
	}
	effect_none(pair.caller, &before);

	/* What cannot be told is undone. */
	for (i = 0; i < commands_length; i++) {
		unsigned long number = commands[i].number;

		if (!(_IOC_DIR(number) & _IOC_READ))
			continue;
		command_fill(number, argument, &pair);
		assert_int_equal(mprotect(read_only, page, PROT_READ | PROT_WRITE), 0);
		memcpy(read_only, argument, _IOC_SIZE(number));
		assert_int_equal(mprotect(read_only, page, PROT_READ), 0);
		refused(pair.caller, command(pair.caller, number, read_only), EFAULT, NULL);
		/* The call that was made and could not be told is cleared by now, or soon. */
		wait_count(CONDIS_COUNTER_VCS, 2);
	}
	while (*next_event(pair.callee, 0))
		;
	effect_none(pair.caller, &before);
	munmap(pages, 3 * page);
}

/* Each byte that is not input, set for itself. */
static void what_must_be_zero(void **state)
{
	unsigned char argument[ARGUMENT_MAX];
	const struct member *member;
	struct effect before;
	struct pair pair;
	size_t i, byte;

	(void)state;
	two_adapters("4");
	pair = pair_connected();
	effect_take(pair.caller, &before);
	for (i = 0; i < commands_length; i++) {
		/* Of what is only output nothing is copied in. */
		if (!(_IOC_DIR(commands[i].number) & _IOC_WRITE))
			continue;
		for (member = commands[i].members; member->name; member++) {
			if (member->rule != RULE_OUTPUT)
				continue;
			for (byte = 0; byte < member->size; byte++) {
				command_fill(commands[i].number, argument, &pair);
				argument[member->offset + byte] = 0x80;
				refused(pair.caller,
					command(pair.caller, commands[i].number, argument),
					EINVAL, member->name);
			}
		}
	}
	effect_none(pair.caller, &before);
}

/* The handles that mean nothing in this session. */
static void bad_handles(void **state)
{
	static const struct {
		unsigned long number;
		size_t offset;
		const char *name;
		bool is_call;
	} uses[] = {
		{ NDPROXY_CLOSE_LINE, 0, "handle", false },
		{ NDPROXY_GET_LINE_STATUS, 0, "line_handle", false },
		{ NDPROXY_SET_STATUS_MESSAGES, 0, "line_handle", false },
		{ NDPROXY_GET_NEW_CALLS, 0, "line_handle", false },
		{ NDPROXY_MAKE_CALL, offsetof(struct ndproxy_make_call, line_handle),
		  "line_handle", false },
		{ NDPROXY_ACCEPT, offsetof(struct ndproxy_request, call), "call", true },
		{ NDPROXY_ANSWER, offsetof(struct ndproxy_request, call), "call", true },
		{ NDPROXY_DROP, offsetof(struct ndproxy_request, call), "call", true },
		{ NDPROXY_DEALLOCATE_CALL, 0, "handle", true },
		{ NDPROXY_GET_CALL_INFO, 0, "call", true },
		{ NDPROXY_GET_CALL_STATUS, 0, "call", true },
		{ NDPROXY_GET_CALL_DIAGNOSTICS, 0, "call", true },
		{ NDPROXY_SET_CALL_PRIVILEGE, 0, "call", true },
		{ NDPROXY_HANDOFF, 0, "call", true },
		{ NDPROXY_OPEN_DATA, 0, "call", true },
		{ NDPROXY_SET_CALL_INFO, 0, "call", true },
		{ NDPROXY_MONITOR_DIGITS, 0, "call", true },
		{ NDPROXY_GENERATE_DIGITS, offsetof(struct ndproxy_generate_digits, call), "call",
		  true },
		{ NDPROXY_GET_ADDRESS_STATUS, 0, "line_handle", false },
		{ NDPROXY_SET_NUM_RINGS, 0, "line_handle", false },
		{ NDPROXY_SET_LINE_PRIVILEGES, 0, "line_handle", false },
	};
	unsigned char argument[ARGUMENT_MAX];
	uint32_t handles[16], closed_line;
	struct effect before;
	struct pair pair;
	struct app *other;
	size_t i, j, length;

	(void)state;
	two_adapters("4");
	pair = pair_connected();
	other = app_open("other");
	closed_line = line_open(pair.caller, "a", 0, NONE);
	line_close(pair.caller, closed_line);
	/* Handles of another session: numbers that this one has never been given. */
	for (i = 0; i < 8; i++)
		line_close(other, line_open(other, "a", 0, NONE));

	effect_take(pair.caller, &before);
	for (i = 0; i < ARRAY_SIZE(uses); i++) {
		length = 0;
		handles[length++] = 0;
		handles[length++] = 0xffffffff;
		handles[length++] = 0x80000000;
		handles[length++] = NDPROXY_HANDLE_MAX;
		handles[length++] = 0x80000000 | pair.out;
		handles[length++] = 12345;
		handles[length++] = closed_line;
		handles[length++] = line_open(other, "b", 0, NONE);
		/* Of the other kind. */
		handles[length++] = uses[i].is_call ? pair.caller_line : pair.out;
		for (j = 0; j < length; j++) {
			command_fill(uses[i].number, argument, &pair);
			memcpy(argument + uses[i].offset, &handles[j], sizeof(handles[j]));
			refused(pair.caller, command(pair.caller, uses[i].number, argument), EBADF,
				uses[i].name);
		}
	}
	effect_none(pair.caller, &before);
	expect_nothing(pair.callee);
}

/* One wrong value of one member, in a command that is right otherwise. */
#define wrong(_pair, _command, _type, _member, _value, _errno) do {			\
	struct ndproxy_##_type argument_;						\
	unsigned char room_[ARGUMENT_MAX];						\
											\
	command_fill(NDPROXY_##_command, room_, (_pair));				\
	memcpy(&argument_, room_, sizeof(argument_));					\
	argument_._member = (_value);							\
	refused((_pair)->caller, command((_pair)->caller, NDPROXY_##_command, &argument_), \
		(_errno), #_member);							\
} while (0)

static void wrong_values(void **state)
{
	struct effect before;
	struct pair pair;

	(void)state;
	two_adapters("4");
	pair = pair_connected();
	effect_take(pair.caller, &before);

	wrong(&pair, GET_ADAPTER_CAPS, adapter, adapter, 0, ENODEV);
	wrong(&pair, GET_ADAPTER_CAPS, adapter, adapter, 0x7fffffff, ENODEV);
	wrong(&pair, GET_ADAPTER_CAPS, adapter, adapter, 0xffffffff, ENODEV);
	wrong(&pair, GET_LINE_CAPS, line_caps, adapter, 0xffffffff, ENODEV);
	wrong(&pair, GET_LINE_CAPS, line_caps, line, 1, ENXIO);
	wrong(&pair, GET_LINE_CAPS, line_caps, line, 0xffffffff, ENXIO);
	wrong(&pair, GET_ADDRESS_CAPS, address_caps, adapter, 0, ENODEV);
	wrong(&pair, GET_ADDRESS_CAPS, address_caps, line, 0x80000000, ENXIO);
	wrong(&pair, GET_ADDRESS_CAPS, address_caps, address, 1, ENXIO);
	wrong(&pair, GET_ADDRESS_CAPS, address_caps, address, 0xffffffff, ENXIO);

	wrong(&pair, OPEN_LINE, open_line, adapter, 0, ENODEV);
	wrong(&pair, OPEN_LINE, open_line, adapter, 0xffffffff, ENODEV);
	wrong(&pair, OPEN_LINE, open_line, line, 1, ENXIO);
	wrong(&pair, OPEN_LINE, open_line, line, 0xffffffff, ENXIO);
	wrong(&pair, OPEN_LINE, open_line, privileges, 0, EINVAL);
	wrong(&pair, OPEN_LINE, open_line, privileges, NONE | MONITOR, EINVAL);
	wrong(&pair, OPEN_LINE, open_line, privileges, NONE | OWNER, EINVAL);
	wrong(&pair, OPEN_LINE, open_line, privileges, 8, EINVAL);
	wrong(&pair, OPEN_LINE, open_line, privileges, 0x80000000 | MONITOR, EINVAL);
	wrong(&pair, OPEN_LINE, open_line, media_modes, DIGITAL, EINVAL);
	wrong(&pair, OPEN_LINE, open_line, flags, 1, EINVAL);
	wrong(&pair, OPEN_LINE, open_line, flags, 0xffffffff, EINVAL);
	wrong(&pair, OPEN_LINE, open_line, address, 1, EINVAL);

	wrong(&pair, SET_STATUS_MESSAGES, status_messages, line_states, 0x02000000, EINVAL);
	wrong(&pair, SET_STATUS_MESSAGES, status_messages, line_states, 0xffffffff, EINVAL);

	wrong(&pair, GET_NEW_CALLS, new_calls, select, 0, EINVAL);
	wrong(&pair, GET_NEW_CALLS, new_calls, select, 3, EINVAL);
	wrong(&pair, GET_NEW_CALLS, new_calls, select, 4, EINVAL);
	wrong(&pair, GET_NEW_CALLS, new_calls, address, 1, EINVAL);

	wrong(&pair, MAKE_CALL, make_call, address, 1, ENXIO);
	wrong(&pair, MAKE_CALL, make_call, address, 0x7fffffff, ENXIO);
	wrong(&pair, MAKE_CALL, make_call, media_modes, 0, EINVAL);
	wrong(&pair, MAKE_CALL, make_call, media_modes, 1, EINVAL);
	wrong(&pair, MAKE_CALL, make_call, media_modes, DIGITAL | LINEMEDIAMODE_DATAMODEM, EINVAL);
	wrong(&pair, MAKE_CALL, make_call, media_modes, 0x80000000, EINVAL);
	wrong(&pair, MAKE_CALL, make_call, media_modes, LINEMEDIAMODE_G3FAX, EOPNOTSUPP);
	wrong(&pair, MAKE_CALL, make_call, flags, NDPROXY_CALL_MULTIPOINT, EOPNOTSUPP);
	wrong(&pair, MAKE_CALL, make_call, flags, 2, EINVAL);
	wrong(&pair, MAKE_CALL, make_call, flags, 0x80000000, EINVAL);

	wrong(&pair, ACCEPT, request, cause, 16, EINVAL);
	wrong(&pair, ANSWER, request, cause, 16, EINVAL);
	wrong(&pair, DROP, request, cause, 128, EINVAL);
	wrong(&pair, DROP, request, cause, 0xffffffff, EINVAL);

	wrong(&pair, SET_CALL_PRIVILEGE, privilege, privilege, 0, EINVAL);
	wrong(&pair, SET_CALL_PRIVILEGE, privilege, privilege, NONE, EINVAL);
	wrong(&pair, SET_CALL_PRIVILEGE, privilege, privilege, MONITOR | OWNER, EINVAL);
	wrong(&pair, SET_CALL_PRIVILEGE, privilege, privilege, 0xffffffff, EINVAL);

	wrong(&pair, HANDOFF, handoff, flags, 0, EINVAL);
	wrong(&pair, HANDOFF, handoff, flags, 3, EINVAL);
	wrong(&pair, HANDOFF, handoff, flags, 8, EINVAL);
	wrong(&pair, HANDOFF, handoff, media_mode, DIGITAL, EINVAL);
	wrong(&pair, HANDOFF, handoff, session, 0x7ffffffe, ESRCH);

	wrong(&pair, SET_PRIORITY, priority, media_modes, 0, EINVAL);
	wrong(&pair, SET_PRIORITY, priority, media_modes, 1, EINVAL);
	wrong(&pair, SET_PRIORITY, priority, media_modes, 0x80000000 | DIGITAL, EINVAL);

	wrong(&pair, SET_CALL_INFO, set_call_info, flags, 0, EINVAL);
	wrong(&pair, SET_CALL_INFO, set_call_info, flags, 4, EINVAL);
	wrong(&pair, SET_CALL_INFO, set_call_info, flags, 0x80000002, EINVAL);
	wrong(&pair, SET_CALL_INFO, set_call_info, media_modes, DIGITAL, EINVAL);

	wrong(&pair, MONITOR_DIGITS, monitor_digits, modes, 8, EINVAL);
	wrong(&pair, MONITOR_DIGITS, monitor_digits, modes, 0xffffffff, EINVAL);
	wrong(&pair, GENERATE_DIGITS, generate_digits, mode, LINEDIGITMODE_DTMF, EINVAL);
	wrong(&pair, GENERATE_DIGITS, generate_digits, duration, 1, EINVAL);

	wrong(&pair, OPEN_DATA, open_data, flags, 2, EINVAL);
	wrong(&pair, OPEN_DATA, open_data, flags, 0xffffffff, EINVAL);

	effect_none(pair.caller, &before);
	expect_nothing(pair.callee);
}

static void wrong_combinations(void **state)
{
	struct ndproxy_open_line open = { 0 };
	struct ndproxy_handoff handoff = { 0 };
	struct effect before;
	struct pair pair;

	(void)state;
	two_adapters("4");
	pair = pair_connected();
	effect_take(pair.caller, &before);

	open.adapter = adapter_id("a");
	open.privileges = OWNER;
	refused(pair.caller, condis_line_open(pair.caller->session, &open), EINVAL, "media_modes");
	open.media_modes = 0x80000000;
	refused(pair.caller, condis_line_open(pair.caller->session, &open), EINVAL, "media_modes");
	open.media_modes = 1;
	refused(pair.caller, condis_line_open(pair.caller->session, &open), EINVAL, "media_modes");
	open.media_modes = DIGITAL | LINEMEDIAMODE_G3FAX;
	refused(pair.caller, condis_line_open(pair.caller->session, &open), EOPNOTSUPP,
		"media_modes");
	open.media_modes = DIGITAL;
	open.flags = LINEOPENOPTION_SINGLEADDRESS;
	open.address = 1;
	refused(pair.caller, condis_line_open(pair.caller->session, &open), ENXIO, "address");
	open.address = NDPROXY_ANY_ADDRESS;
	refused(pair.caller, condis_line_open(pair.caller->session, &open), ENXIO, "address");

	handoff.call = pair.out;
	handoff.flags = NDPROXY_HANDOFF_MEDIA_MODE;
	refused(pair.caller, command(pair.caller, NDPROXY_HANDOFF, &handoff), EINVAL, "media_mode");
	handoff.media_mode = DIGITAL | LINEMEDIAMODE_DATAMODEM;
	refused(pair.caller, command(pair.caller, NDPROXY_HANDOFF, &handoff), EINVAL, "media_mode");
	handoff.media_mode = DIGITAL;
	handoff.session = 1;
	refused(pair.caller, command(pair.caller, NDPROXY_HANDOFF, &handoff), EINVAL, "session");
	handoff.session = 0;
	refused(pair.caller, command(pair.caller, NDPROXY_HANDOFF, &handoff), ESRCH, NULL);

	effect_none(pair.caller, &before);
}

static void strings(void **state)
{
	static const char *const bad[] = {
		"", " ", "1 2", "12\t3", "1\n", "\x7f", "1\x80", "\xff"
	};
	struct ndproxy_make_call call;
	unsigned char room[ARGUMENT_MAX];
	struct effect before;
	struct pair pair;
	size_t i;

	(void)state;
	two_adapters("4");
	pair = pair_connected();
	effect_take(pair.caller, &before);
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		command_fill(NDPROXY_MAKE_CALL, room, &pair);
		memcpy(&call, room, sizeof(call));
		memset(call.called, 0, sizeof(call.called));
		strcpy(call.called, bad[i]);
		refused(pair.caller, condis_call_make(pair.caller->session, &call), EINVAL,
			"called");
		/* An empty calling number means none. */
		if (!*bad[i])
			continue;
		command_fill(NDPROXY_MAKE_CALL, room, &pair);
		memcpy(&call, room, sizeof(call));
		strcpy(call.calling, bad[i]);
		refused(pair.caller, condis_call_make(pair.caller->session, &call), EINVAL,
			"calling");
	}
	/* One digit too many, and no end at all. */
	for (i = NDPROXY_NUMBER_MAX + 1; i <= NDPROXY_NUMBER_SIZE; i++) {
		command_fill(NDPROXY_MAKE_CALL, room, &pair);
		memcpy(&call, room, sizeof(call));
		memset(call.called, 0, sizeof(call.called));
		memset(call.called, '1', i);
		refused(pair.caller, condis_call_make(pair.caller->session, &call), EINVAL,
			"called");
		command_fill(NDPROXY_MAKE_CALL, room, &pair);
		memcpy(&call, room, sizeof(call));
		memset(call.calling, '1', i);
		refused(pair.caller, condis_call_make(pair.caller->session, &call), EINVAL,
			"calling");
	}
	effect_none(pair.caller, &before);

	/* The longest number is fine, though nobody has it. */
	command_fill(NDPROXY_MAKE_CALL, room, &pair);
	memcpy(&call, room, sizeof(call));
	memset(call.called, 0, sizeof(call.called));
	memset(call.called, '1', NDPROXY_NUMBER_MAX);
	assert_int_equal(condis_call_make(pair.caller->session, &call), 0);
}

/* The extended error is that of the command that failed last, whatever succeeded since. */
static void extended_error(void **state)
{
	struct ndproxy_extended_error error = { 0 };
	struct ndproxy_version version = { 0 };
	struct ndproxy_handle handle = { .handle = 77 };
	struct app *app;

	(void)state;
	app = app_open("app");
	assert_int_equal(command(app, NDPROXY_GET_EXTENDED_ERROR, &error), 0);
	assert_int_equal(error.command, 0);
	assert_int_equal(error.offset, 0xffffffff);
	refused(app, command(app, NDPROXY_CLOSE_LINE, &handle), EBADF, "handle");
	assert_int_equal(command(app, NDPROXY_GET_VERSION, &version), 0);
	assert_int_equal(version.abi, NDPROXY_ABI);
	assert_int_equal(version.event_size, sizeof(struct ndproxy_event));
	memset(&error, 0, sizeof(error));
	assert_int_equal(command(app, NDPROXY_GET_EXTENDED_ERROR, &error), 0);
	assert_int_equal(error.command, NDPROXY_CLOSE_LINE);
	assert_int_equal(error.error, EBADF);
	assert_int_equal(error.value, 77);
	assert_int_equal(error.offset, offsetof(struct ndproxy_handle, handle));
	assert_string_equal(error.field, "handle");
}

static void stale_handles(void **state)
{
	struct ndproxy_line_status status;
	uint32_t first, line = 0;
	struct app *app;
	int i;

	(void)state;
	two_adapters("1");
	app = app_open("app");
	first = line_open(app, "a", 0, NONE);
	line_close(app, first);
	for (i = 0; i < 1000; i++) {
		struct ndproxy_open_line open = {
			.adapter = adapter_id("a"),
			.privileges = NONE,
		};

		assert_int_equal(condis_line_open(app->session, &open), 0);
		assert_in_range(open.line_handle, 1, NDPROXY_HANDLE_MAX);
		assert_int_not_equal(open.line_handle, first);
		assert_int_not_equal(open.line_handle, line);
		line = open.line_handle;
		line_close(app, line);
		refused(app, condis_line_status(app->session, first, &status), EBADF, NULL);
	}
	refused(app, condis_line_status(app->session, line, &status), EBADF, "line_handle");
}

static void read_sizes(void **state)
{
	struct ndproxy_event events[8];
	char small[sizeof(struct ndproxy_event) - 1];
	void *volatile nowhere = (void *)8;
	struct pair pair;
	ssize_t length;

	(void)state;
	two_adapters("1");
	pair = pair_idle();
	expect_nothing(pair.caller);
	assert_int_equal(read(app_fd(pair.caller), events, sizeof(events)), -1);
	assert_int_equal(errno, EAGAIN);
	assert_int_equal(read(app_fd(pair.caller), small, sizeof(small)), -1);
	assert_int_equal(errno, EINVAL);
	assert_int_equal(read(app_fd(pair.caller), small, 0), -1);
	assert_int_equal(errno, EINVAL);
	assert_int_equal(write(app_fd(pair.caller), events, 8), -1);
	pair.out = call_make(pair.caller, pair.caller_line, "200");
	assert_int_equal(wait_fd(app_fd(pair.caller), POLLIN, patience()) & POLLIN, POLLIN);
	while (call_state(pair.caller, pair.out) != LINECALLSTATE_RINGBACK)
		usleep(1000);
	/* A bad buffer loses nothing. */
	assert_int_equal(read(app_fd(pair.caller), nowhere, sizeof(events)), -1);
	assert_int_equal(errno, EFAULT);
	/* Three events; into room for two and a half of them go two. */
	length = read(app_fd(pair.caller), events, 5 * sizeof(events[0]) / 2);
	assert_int_equal(length, 2 * sizeof(events[0]));
	assert_int_equal(events[0].type, LINE_REPLY);
	assert_int_equal(events[1].call_state.state, LINECALLSTATE_PROCEEDING);
	assert_true(events[0].seq < events[1].seq);
	assert_true(events[0].time <= events[1].time);
	expect(pair.caller, "C1 RINGBACK");
}

/* Any bytes at all: nothing but an errno comes of it. */
static void noise(void **state)
{
	unsigned char argument[ARGUMENT_MAX];
	struct pair pair;
	uint32_t seed = 20260101;
	int round;
	size_t i, j;

	(void)state;
	two_adapters("4");
	pair = pair_connected();
	for (round = 0; round < 200; round++) {
		for (i = 0; i < commands_length; i++) {
			command_fill(commands[i].number, argument, &pair);
			for (j = 0; j < 1 + (size_t)round % 4; j++) {
				seed = seed * 1103515245 + 12345;
				argument[(seed >> 16) % _IOC_SIZE(commands[i].number)] ^=
					(unsigned char)(seed >> 8);
			}
			if (commands[i].number == NDPROXY_OPEN_DATA) {
				if (!command(pair.caller, commands[i].number, argument))
					close(((struct ndproxy_open_data *)argument)->fd);
				continue;
			}
			command(pair.caller, commands[i].number, argument);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(numbers),
		WORLD_TEST(versions),
		WORLD_TEST(unknown_numbers),
		WORLD_TEST(wrong_sizes_and_directions),
		WORLD_TEST(every_byte_is_a_member),
		WORLD_TEST(bad_pointers),
		WORLD_TEST(what_must_be_zero),
		WORLD_TEST(bad_handles),
		WORLD_TEST(wrong_values),
		WORLD_TEST(wrong_combinations),
		WORLD_TEST(strings),
		WORLD_TEST(extended_error),
		WORLD_TEST(stale_handles),
		WORLD_TEST(read_sizes),
		WORLD_TEST(noise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
