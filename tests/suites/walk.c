// SPDX-License-Identifier: GPL-2.0
/*
 * Random walks: anything happens to anybody at any time, and what witnesses hear holds
 * together (common/witness.h); then all ends, in bounded time, nothing is left, and the
 * next call is connected.
 *
 * A walk follows from its seed, as far as the kernel's own threads let it. Each is a
 * test of the name walk_SEED, and a failure prints its steps. CONDIS_WALK_SEED=SEED
 * walks that one again, CONDIS_WALK_COUNT says how many follow it.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#include "chance.h"
#include "common/internal.h"
#include "delays.h"
#include "space.h"
#include "witness.h"

#define WALKS		100
#define STEPS_MIN	30
#define STEPS_MAX	60
#define STEP_SIZE	96

/* Longest of the random delays of a debug kernel, in microseconds. */
#define DELAY_MAX_US	2000

#define WITNESSES	6
#define ADAPTERS	3
#define DATA_FILES	8
#define KEPT_FILES	8

/* The adapters of a walk, and one more in another namespace. */
static const char *const names[ADAPTERS] = { "a", "b", "c" };
static const char *const addresses[ADAPTERS] = { "100@0,101", "200@0,201", "300@0,201" };
static const char *const numbers[] = { "100", "101", "200", "201", "300", "400", "999" };

/**
 * struct walk - where a walk is
 * @seed: what it follows from
 * @witnesses: applications; those without a session are free
 * @data: data files, -1 for none
 * @kept: files of sessions that are kept beside, -1 for none
 * @has_adapter: by adapter: it is there
 * @has_space: there is another namespace, with the adapter "far"
 * @space: that
 * @holder: a process that has all files, or 0
 * @reloads: how often the module was loaded anew
 * @steps: what was done
 * @num_steps: how many of them
 */
struct walk {
	uint64_t seed;
	struct witness witnesses[WITNESSES];
	int data[DATA_FILES];
	int kept[KEPT_FILES];
	bool has_adapter[ADAPTERS];
	bool has_space;
	struct space space;
	pid_t holder;
	unsigned int reloads;
	char steps[STEPS_MAX + 16][STEP_SIZE];
	unsigned int num_steps;
};

static struct walk walk;
static bool is_passed;

static void __attribute__((format(printf, 1, 2))) step(const char *format, ...)
{
	va_list arguments;

	if (walk.num_steps == ARRAY_SIZE(walk.steps))
		return;
	va_start(arguments, format);
	vsnprintf(walk.steps[walk.num_steps++], STEP_SIZE, format, arguments);
	va_end(arguments);
}

/* What a command may answer when anything may have happened before it; ended by 0. */
static int allowed(int result, const int *errors)
{
	char *text = walk.steps[walk.num_steps - 1];
	size_t length = strlen(text);

	snprintf(text + length, STEP_SIZE - length, ": %s",
		 result < 0 ? strerrorname_np(-result) : "done");
	if (result >= 0)
		return result;
	while (*errors && result != -*errors)
		errors++;
	if (!*errors)
		fail_msg("this is not what may happen: %s", text);
	return result;
}

#define ALLOWED(_result, ...)	allowed((_result), (const int []) { __VA_ARGS__, 0 })

/*
 * Whom it happens to
 */

static struct witness *some_witness(void)
{
	struct witness *witness = &walk.witnesses[below(WITNESSES)];

	return witness->session ? witness : NULL;
}

static int witness_number(const struct witness *witness)
{
	return (int)(witness - walk.witnesses);
}

/* A call of a witness, the last ones rather than those before. */
static unsigned int some_call(const struct witness *witness)
{
	unsigned int number = witness->num_calls, back = below(3);

	return number - 1 - (back < number ? back : 0);
}

static const char *some_adapter(void)
{
	unsigned int i = below(ADAPTERS);

	return walk.has_adapter[i] ? names[i] : NULL;
}

/*
 * Steps
 */

static void open_session(void)
{
	struct witness *witness = &walk.witnesses[below(WITNESSES)];
	bool is_far = walk.has_space && !below(3);

	if (witness->session)
		return;
	step("open session %d%s", witness_number(witness), is_far ? " abroad" : "");
	if (is_far)
		go(&walk.space);
	witness_open(witness);
	if (is_far)
		go_home();
}

static void open_line(void)
{
	static const uint32_t privileges[] = { NONE, OWNER, OWNER, MONITOR, OWNER | MONITOR };
	struct witness *witness = some_witness();
	struct ndproxy_adapter adapter = { 0 };
	unsigned int skip = below(ADAPTERS), line = below(4) / 3, privilege;

	if (!witness || witness->is_shut_down)
		return;
	/* Whichever it sees. */
	do {
		if (condis_line_next_adapter(witness->session, &adapter) != 1)
			return;
	} while (skip--);
	privilege = privileges[below(ARRAY_SIZE(privileges))];
	step("session %d opens line %u of adapter %u with %u", witness_number(witness), line,
	     adapter.adapter, privilege);
	ALLOWED(witness_open_line(witness, adapter.adapter, line, privilege), EAGAIN, ENODEV,
		ENXIO, ESTALE, ENETDOWN, ENOSPC);
}

static void make_call(void)
{
	struct witness *witness = some_witness();
	const char *number = numbers[below(ARRAY_SIZE(numbers))];
	unsigned int line;

	if (!witness || !witness->num_lines)
		return;
	line = below(witness->num_lines);
	step("session %d calls %s", witness_number(witness), number);
	ALLOWED(witness_make_call(witness, line, number), EAGAIN, EBADF, ENODEV, EBUSY, ENETDOWN,
		ESHUTDOWN, ENOSPC);
}

/* A session, and a call of which it does something. */
static struct witness *call_step(const char *verb, unsigned int *call)
{
	struct witness *witness = some_witness();

	if (!witness || !witness->num_calls)
		return NULL;
	*call = some_call(witness);
	step("session %d %s call %u", witness_number(witness), verb,
	     witness->calls[*call].handle);
	return witness;
}

static void answer(void)
{
	unsigned int call;
	struct witness *witness = call_step("answers", &call);

	if (witness)
		ALLOWED(witness_answer(witness, call), EBADF, ENODEV, EPERM, EBADFD, ESHUTDOWN);
}

static void accept_call(void)
{
	unsigned int call;
	struct witness *witness = call_step("accepts", &call);

	if (witness)
		ALLOWED(witness_accept(witness, call), EBADF, ENODEV, EPERM, EBADFD, ESHUTDOWN);
}

static void drop(void)
{
	unsigned int call;
	struct witness *witness = call_step("drops", &call);

	if (witness)
		ALLOWED(witness_drop(witness, call, below(2) ? 0 : Q850_USER_BUSY), EBADF, ENODEV,
			EPERM, EBADFD, ESHUTDOWN);
}

static void deallocate(void)
{
	unsigned int call;
	struct witness *witness = call_step("deallocates", &call);

	if (witness)
		ALLOWED(witness_deallocate(witness, call), EBADF, ESHUTDOWN);
}

static void close_line(void)
{
	struct witness *witness = some_witness();
	unsigned int line;

	if (!witness || !witness->num_lines)
		return;
	line = below(witness->num_lines);
	step("session %d closes line %u", witness_number(witness), witness->lines[line].handle);
	ALLOWED(witness_close_line(witness, line), EBADF, ESHUTDOWN);
}

static void shut_down(void)
{
	struct witness *witness = some_witness();

	if (!witness)
		return;
	step("session %d shuts down", witness_number(witness));
	ALLOWED(witness_shut_down(witness), ESHUTDOWN);
}

static void close_session(void)
{
	struct witness *witness = some_witness();

	if (!witness)
		return;
	step("close session %d", witness_number(witness));
	witness_close(witness);
}

static int hold(void *argument)
{
	(void)argument;
	child_ready();
	while (poll(NULL, 0, -1) < 0)
		;
	return 0;
}

/* A process dies that has its file; the other files in it have others who hold them. */
static void kill_session(void)
{
	struct witness *witness = some_witness();
	pid_t pid;

	if (!witness)
		return;
	step("kill session %d", witness_number(witness));
	pid = child_start_holding(hold, NULL);
	child_await(pid);
	witness_close(witness);
	child_kill(pid);
}

static int *free_file(int *files, unsigned int length)
{
	unsigned int i;

	for (i = 0; i < length; i++)
		if (files[i] < 0)
			return &files[i];
	return NULL;
}

static void keep_twice(void)
{
	int *file = free_file(walk.kept, KEPT_FILES);
	struct witness *witness = some_witness();

	if (!witness || !file)
		return;
	step("session %d has its file twice", witness_number(witness));
	*file = keep_fd(dup(condis_session_fd(witness->session)));
}

/* On its way through a socket, which nobody reads. */
static void pass_on(void)
{
	int *file = free_file(walk.kept, KEPT_FILES), ends[2], fd;
	struct witness *witness = some_witness();

	if (!witness || !file)
		return;
	step("the file of session %d is passed on", witness_number(witness));
	fd = condis_session_fd(witness->session);
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
	fds_send(ends[0], &fd, 1);
	close(ends[0]);
	*file = keep_fd(ends[1]);
}

static void fork_process(void)
{
	if (walk.holder)
		return;
	step("a process has all files");
	walk.holder = child_start_holding(hold, NULL);
	child_await(walk.holder);
}

static void let_go(void)
{
	unsigned int i = below(KEPT_FILES + 1);

	if (i == KEPT_FILES && walk.holder) {
		step("the other process ends");
		child_kill(walk.holder);
		walk.holder = 0;
	} else if (i < KEPT_FILES && walk.kept[i] >= 0) {
		step("the second file of a session is closed");
		close_fd(walk.kept[i]);
		walk.kept[i] = -1;
	}
}

static void open_data(void)
{
	int *file = free_file(walk.data, DATA_FILES), fd;
	struct witness *witness;
	unsigned int call;

	if (!file)
		return;
	witness = call_step("opens the data file of", &call);
	if (!witness)
		return;
	fd = ALLOWED(witness_open_data(witness, call), EBADF, ENODEV, EPERM, ENOTCONN, EBUSY,
		     ESHUTDOWN);
	if (fd >= 0)
		*file = keep_fd(fd);
}

static void write_data(void)
{
	int fd = walk.data[below(DATA_FILES)];
	unsigned int packets = 1 + below(20);
	char packet[200] = "";
	ssize_t length = 1;

	if (fd < 0)
		return;
	step("write %u packets to %d", packets, fd);
	while (packets-- && length > 0)
		length = write(fd, packet, 1 + below(sizeof(packet)));
	ALLOWED(length < 0 ? -errno : 0, EAGAIN, EPIPE, ENETDOWN, ENOBUFS);
}

static void read_data(void)
{
	int fd = walk.data[below(DATA_FILES)];
	unsigned int packets = 1 + below(20);
	ssize_t length = 1;
	char packet[200];

	if (fd < 0)
		return;
	step("read %u packets from %d", packets, fd);
	while (packets-- && length > 0)
		length = read(fd, packet, sizeof(packet));
	ALLOWED(length < 0 ? -errno : 0, EAGAIN);
}

static void close_data(void)
{
	int *fd = &walk.data[below(DATA_FILES)];

	if (*fd < 0)
		return;
	step("close the data file %d", *fd);
	close_fd(*fd);
	*fd = -1;
}

/*
 * Steps from below
 */

/* Everything that the network does not answer is over soon. */
static void add_adapter(unsigned int i)
{
	adapter_add(names[i], "lines", "2", "calls", "2", "address", addresses[i], "t301", "400",
		    "t303", "60", "t305", "60", "t308", "30", "t310", "200", "t313", "60",
		    "late-by", "10", NULL);
	walk.has_adapter[i] = true;
}

static void remove_or_add_adapter(void)
{
	bool is_surprise = below(2), is_replaced = below(2);
	unsigned int i = below(ADAPTERS);

	if (!walk.has_adapter[i]) {
		step("add adapter %s", names[i]);
		add_adapter(i);
		return;
	}
	step("%s adapter %s%s", is_surprise ? "pull out" : "remove", names[i],
	     is_replaced ? ", and add it" : "");
	if (is_surprise)
		adapter_surprise(names[i]);
	else
		adapter_del(names[i]);
	walk.has_adapter[i] = false;
	if (is_replaced)
		add_adapter(i);
}

static int adapter_change(const char *name, const char *knob, const char *value)
{
	struct condis_config *config = condis_config_new();
	int result;

	assert_non_null(config);
	assert_int_equal(condis_config_set(config, knob, value), 0);
	result = condis_adapter_set(admin(), name, config) ? -errno : 0;
	condis_config_free(config);
	return result;
}

static void change_lines(void)
{
	static const char *const counts[] = { "1", "2", "3" };
	const char *lines = counts[below(ARRAY_SIZE(counts))];
	const char *name = some_adapter();

	if (!name)
		return;
	step("adapter %s has %s lines", name, lines);
	ALLOWED(adapter_change(name, "lines", lines), EAGAIN);
}

static void turn_knob(void)
{
	static const char *const knobs[][2] = {
		{ "lost", "none" }, { "lost", "release" }, { "lost", "disconnect,sent-release" },
		{ "lost", "call-proceeding,alerting" }, { "lost", "sent-connect" },
		{ "lost", "connect-ack" }, { "duplicated", "none" },
		{ "duplicated", "connect,disconnect,release,sent-setup,sent-release" },
		{ "late", "none" }, { "late", "alerting,connect,disconnect,release" },
		{ "fault", "none" }, { "fault", "none" }, { "fault", "no-answer" },
		{ "fault", "busy" }, { "glare", "on" }, { "glare", "off" },
		{ "reset-clears", "on" }, { "reset-clears", "off" }, { "clear-delay", "15" },
		{ "clear-delay", "0" }, { "answer-delay", "5" }, { "answer-delay", "0" },
		{ "proceeding-delay", "5" }, { "proceeding-delay", "0" }, { "in-service", "off" },
		{ "in-service", "on" }, { "latency", "5" }, { "latency", "0" },
		{ "rate", "1000000" }, { "rate", "0" }, { "loss", "300000" }, { "loss", "0" },
	};
	unsigned int knob = below(ARRAY_SIZE(knobs));
	const char *name = some_adapter();

	if (!name)
		return;
	step("adapter %s: %s %s", name, knobs[knob][0], knobs[knob][1]);
	ALLOWED(adapter_change(name, knobs[knob][0], knobs[knob][1]), EAGAIN);
}

static void reset_adapter(void)
{
	const char *name = some_adapter();

	if (!name)
		return;
	step("reset adapter %s", name);
	ALLOWED(condis_adapter_reset(admin(), name) ? -errno : 0, EAGAIN);
}

static void pause_or_restart(void)
{
	bool is_paused = below(2);
	int (*change)(struct condis_admin *admin, const char *name) =
		is_paused ? condis_adapter_pause : condis_adapter_restart;
	const char *name = some_adapter();

	if (!name)
		return;
	step("%s adapter %s", is_paused ? "pause" : "restart", name);
	ALLOWED(change(admin(), name) ? -errno : 0, EALREADY, EAGAIN);
}

static void reload(void)
{
	if (walk.reloads++)
		return;
	step("rmmod and insmod of condis_vwan");
	assert_int_equal(module_unload(VWAN), 0);
	assert_int_equal(module_load(VWAN), 0);
	exchange_ensure();
	memset(walk.has_adapter, 0, sizeof(walk.has_adapter));
}

static void end_space(void)
{
	if (!walk.has_space)
		return;
	step("the other namespace ends");
	walk.has_space = false;
	space_end(&walk.space);
}

static void read_events(void)
{
	struct witness *witness = some_witness();

	if (witness)
		witness_read(witness, 1 + below(30));
}

static void rest(void)
{
	poll(NULL, 0, (int)below(4));
}

/* Of 2000. */
static const struct {
	unsigned int weight;
	void (*act)(void);
} actions[] = {
	{ 120, open_session }, { 220, open_line }, { 340, make_call }, { 240, answer },
	{ 40, accept_call }, { 120, drop }, { 60, deallocate }, { 50, close_line },
	{ 20, shut_down }, { 50, close_session }, { 12, kill_session }, { 20, keep_twice },
	{ 20, pass_on }, { 8, fork_process }, { 40, let_go }, { 80, open_data },
	{ 80, write_data }, { 40, read_data }, { 20, close_data }, { 40, remove_or_add_adapter },
	{ 20, change_lines }, { 80, turn_knob }, { 20, reset_adapter }, { 20, pause_or_restart },
	{ 4, reload }, { 10, end_space }, { 186, read_events }, { 40, rest },
};

static void act(void)
{
	unsigned int at = below(2000), i;

	for (i = 0; at >= actions[i].weight; i++)
		at -= actions[i].weight;
	actions[i].act();
}

/*
 * A walk
 */

static void begin(uint64_t seed)
{
	char text[64];
	unsigned int i;

	memset(&walk, 0, sizeof(walk));
	walk.seed = seed;
	chance_begin(seed);
	memset(walk.data, -1, sizeof(walk.data));
	memset(walk.kept, -1, sizeof(walk.kept));
	for (i = 0; i < 2; i++)
		add_adapter(i);
	if (!below(6)) {
		step("another namespace");
		walk.has_space = true;
		walk.space = space_new();
		go(&walk.space);
		if (adapter_add_abroad("far", "x", space_home(), "400"))
			fail_msg("%s", condis_error());
		go_home();
	}
	for (i = 0; i < 3; i++)
		witness_open(&walk.witnesses[i]);
	snprintf(text, sizeof(text), "random:%llu:%u", (unsigned long long)seed, DELAY_MAX_US);
	delays(text);
}

/* All together: what one monitors ends when another, who owns it, drops it. */
static void end_calls(void)
{
	long long limit = now_ms() + patience();
	bool is_left;
	unsigned int i;

	do {
		is_left = false;
		for (i = 0; i < WITNESSES; i++) {
			if (!walk.witnesses[i].session)
				continue;
			witness_read(&walk.witnesses[i], 1000);
			witness_end_calls(&walk.witnesses[i]);
			is_left |= !witness_is_at_end(&walk.witnesses[i]);
		}
		if (is_left)
			poll(NULL, 0, 2);
	} while (is_left && now_ms() < limit);
}

/* Whoever is not a witness any more goes first. */
static void end(void)
{
	unsigned int i;

	for (i = 0; i < KEPT_FILES; i++)
		if (walk.kept[i] >= 0)
			close_fd(walk.kept[i]);
	if (walk.holder)
		child_kill(walk.holder);
	end_calls();
	for (i = 0; i < WITNESSES; i++)
		if (walk.witnesses[i].session)
			witness_check_end(&walk.witnesses[i]);
	delays("\n");
	for (i = 0; i < WITNESSES; i++)
		if (walk.witnesses[i].session)
			witness_close(&walk.witnesses[i]);
	for (i = 0; i < DATA_FILES; i++)
		if (walk.data[i] >= 0)
			close_fd(walk.data[i]);
	if (walk.has_space)
		space_end(&walk.space);
	wait_nothing_left();
}

static void dial(void)
{
	struct pair pair;
	unsigned int i;

	for (i = 0; i < 2; i++) {
		if (!walk.has_adapter[i])
			add_adapter(i);
		adapter_set(names[i], "lost", "none", "duplicated", "none", "late", "none", "fault",
			    "none", "glare", "off", "clear-delay", "0", "answer-delay", "0",
			    "proceeding-delay", "0", "in-service", "on", "t301", "180000",
			    "t303", "4000", "t310", "30000", "t313", "4000", NULL);
	}
	pair = pair_connected();
	call_drop(pair.caller, pair.out);
	expect_in_any_order(pair.caller, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	app_close(pair.caller);
	app_close(pair.callee);
	wait_nothing_left();
}

static void walk_test(void **state)
{
	const uint64_t *seed = *state;
	unsigned int steps;

	begin(*seed);
	for (steps = STEPS_MIN + below(STEPS_MAX - STEPS_MIN + 1); steps; steps--)
		act();
	end();
	dial();
	is_passed = true;
}

static bool is_world_up;

static int walk_setup(void **state)
{
	void *ignored = NULL;

	(void)state;
	is_passed = false;
	if (is_world_up) {
		watchdog_start();
		violations_begin();
	} else {
		space_setup(&ignored);
	}
	is_world_up = true;
	return 0;
}

static int walk_teardown(void **state)
{
	void *ignored = NULL;
	unsigned int i;

	(void)state;
	if (is_passed) {
		is_world_up = false;
		assert_int_equal(count(CONDIS_COUNTER_FORCED), 0);
		violations_end();
		for (i = 0; i < ADAPTERS; i++)
			if (walk.has_adapter[i])
				adapter_del(names[i]);
		wait_no_adapters();
		watchdog_stop();
		is_world_up = true;
		return 0;
	}
	say("SEED=%llu, after these steps:", (unsigned long long)walk.seed);
	for (i = 0; i < walk.num_steps; i++)
		say("%3u %s", i + 1, walk.steps[i]);
	delays_end();
	for (i = 0; i < WITNESSES; i++)
		if (walk.witnesses[i].session)
			witness_close(&walk.witnesses[i]);
	is_world_up = false;
	return space_teardown(&ignored);
}

static int walks_teardown(void **state)
{
	return is_world_up ? space_teardown(state) : 0;
}

static uint64_t number_of(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text && *text ? strtoull(text, NULL, 10) : otherwise;
}

int main(void)
{
	static struct CMUnitTest tests[WALKS];
	static uint64_t seeds[WALKS];
	static char texts[WALKS][32];
	uint64_t seed = number_of("CONDIS_WALK_SEED", 0), i;
	uint64_t length = number_of("CONDIS_WALK_COUNT", seed ? 1 : WALKS);
	uint32_t chosen;

	if (!seed) {
		if (getrandom(&chosen, sizeof(chosen), 0) != sizeof(chosen))
			return 1;
		seed = 1 + chosen % 1000000000;
	}
	if (length > WALKS)
		length = WALKS;
	for (i = 0; i < length; i++) {
		seeds[i] = seed + i;
		snprintf(texts[i], sizeof(texts[i]), "walk_%llu", (unsigned long long)seeds[i]);
		tests[i] = (struct CMUnitTest) {
			.name = texts[i],
			.test_func = walk_test,
			.setup_func = walk_setup,
			.teardown_func = walk_teardown,
			.initial_state = &seeds[i],
		};
	}
	return _cmocka_run_group_tests("walk", tests, length, NULL, walks_teardown);
}
