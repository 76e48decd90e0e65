// SPDX-License-Identifier: GPL-2.0
/*
 * The world of a test: exchange, adapters, counts, processes and modules.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "internal.h"

#define KEPT_MAX	2048

static struct condis_admin *world_admin;
static struct condis_monitor *world_monitor;
static bool forced_is_fine;

/* What the verifier had counted when the test began, and what the test adds. */
static uint32_t violations_before[CONDIS_NR_VIOLATIONS];
static uint32_t violations_expected[CONDIS_NR_VIOLATIONS];

static int kept[KEPT_MAX];
static unsigned int kept_length;

/**
 * struct child - a process of the test
 * @pid: its number, 0 for a free entry
 * @ready: the end of a pipe from which child_await() reads
 */
struct child {
	pid_t pid;
	int ready;
};

static struct child children[64];
static int child_ready_fd = -1;

static void say_lines(const char *format, va_list arguments)
{
	char text[20000], *line, *end;

	vsnprintf(text, sizeof(text), format, arguments);
	for (line = text; *line; line = end) {
		end = strchr(line, '\n');
		if (end)
			*end++ = '\0';
		else
			end = line + strlen(line);
		printf("# %s\n", line);
	}
	fflush(stdout);
}

void say(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	say_lines(format, arguments);
	va_end(arguments);
}

void fail_with(const char *file, int line, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	say_lines(format, arguments);
	va_end(arguments);
	_fail(file, line);
	abort();
}

bool is_debug_kernel(void)
{
	const char *kernel = getenv("CONDIS_KERNEL");

	return kernel && strcmp(kernel, "6.1");
}

/* On every kernel the same: guests share one host, and that is what is slow. */
int patience(void)
{
	return 40000;
}

int promptness(void)
{
	return 25000;
}

long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

struct condis_admin *admin(void)
{
	if (!world_admin)
		world_admin = condis_admin_open();
	if (!world_admin)
		fail_msg("%s", condis_error());
	return world_admin;
}

struct condis_admin *admin_swap(struct condis_admin *other)
{
	struct condis_admin *before = admin();

	world_admin = other;
	return before;
}

void admin_reopen(void)
{
	condis_admin_close(world_admin);
	world_admin = NULL;
	condis_monitor_close(world_monitor);
	world_monitor = NULL;
}

/* Sleep until something changes, or a short while: not everything that counts is told. */
static void world_pause(void)
{
	struct condis_notice notice;
	struct pollfd poll_fd;

	if (!world_monitor)
		world_monitor = condis_monitor_open();
	if (!world_monitor)
		fail_msg("%s", condis_error());
	poll_fd = (struct pollfd) { .fd = condis_monitor_fd(world_monitor), .events = POLLIN };
	poll(&poll_fd, 1, 20);
	while (condis_monitor_next(world_monitor, &notice) == 1)
		;
}

void allow_forced(void)
{
	forced_is_fine = true;
}

void expect_violation(enum condis_violation violation, uint32_t number)
{
	violations_expected[violation] += number;
}

/* Of the namespace in which the test is administrator, also on adapters that are gone. */
static void violations_now(uint32_t *violations)
{
	struct condis_verdict *verdict = condis_verdict_get(admin());

	if (!verdict)
		fail_msg("%s", condis_error());
	memcpy(violations, verdict->total.count, sizeof(verdict->total.count));
	condis_verdict_free(verdict);
}

static void parameter_set(const char *name, const char *value)
{
	char path[128];
	int fd;

	snprintf(path, sizeof(path), "/sys/module/condis/parameters/%s", name);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, value, strlen(value)) < 0)
		fail_msg("%s: %s", path, strerror(errno));
	close(fd);
}

/* The verifier watches every test, also where it is off by itself. */
static void verifier_begin(void)
{
	char blocked_ms[16];

	parameter_set("verifier", "1");
	/* A handler whose processor was taken away for a while has not blocked. */
	snprintf(blocked_ms, sizeof(blocked_ms), "%d", promptness());
	parameter_set("verifier_blocked_ms", blocked_ms);
}

void violations_begin(void)
{
	verifier_begin();
	violations_now(violations_before);
	memset(violations_expected, 0, sizeof(violations_expected));
}

/* No driver has broken a rule but as the test expects; its own drivers are ours. */
void violations_end(void)
{
	uint32_t now[CONDIS_NR_VIOLATIONS];
	size_t i;

	violations_now(now);
	for (i = 0; i < CONDIS_NR_VIOLATIONS; i++) {
		/* The core was loaded anew. */
		if (now[i] < violations_before[i])
			violations_before[i] = 0;
		now[i] -= violations_before[i];
		if (forced_is_fine && (i == CONDIS_VIOLATION_NO_ANSWER ||
				       i == CONDIS_VIOLATION_LEFT_BEHIND))
			continue;
		if (now[i] != violations_expected[i])
			fail_msg("%u times %s, not %u; see the kernel's log", now[i],
				 condis_violation_name((enum condis_violation)i),
				 violations_expected[i]);
	}
}

/*
 * Adapters
 */

void exchange_ensure(void)
{
	if (condis_exchange_add(admin(), "x", CONDIS_VWAN_KIND) && errno != EEXIST)
		fail_msg("%s", condis_error());
}

static struct condis_config *config_of(va_list arguments)
{
	struct condis_config *config = condis_config_new();
	const char *knob, *value;

	assert_non_null(config);
	while ((knob = va_arg(arguments, const char *))) {
		value = va_arg(arguments, const char *);
		if (condis_config_set(config, knob, value))
			fail_msg("%s", condis_error());
	}
	return config;
}

void adapter_add(const char *name, ...)
{
	const struct condis_adapter_place place = { .kind = CONDIS_VWAN_KIND, .exchange = "x" };
	struct condis_config *config;
	va_list arguments;

	va_start(arguments, name);
	config = config_of(arguments);
	va_end(arguments);
	if (condis_adapter_add(admin(), name, &place, config))
		fail_msg("%s", condis_error());
	condis_config_free(config);
}

void adapter_set(const char *name, ...)
{
	struct condis_config *config;
	va_list arguments;

	va_start(arguments, name);
	config = config_of(arguments);
	va_end(arguments);
	if (condis_adapter_set(admin(), name, config))
		fail_msg("%s", condis_error());
	condis_config_free(config);
}

void adapter_del(const char *name)
{
	if (condis_adapter_del(admin(), name, false))
		fail_msg("%s", condis_error());
}

void adapter_surprise(const char *name)
{
	if (condis_adapter_del(admin(), name, true))
		fail_msg("%s", condis_error());
}

uint32_t adapter_id(const char *name)
{
	struct condis_adapter_info *info = condis_adapter_get(admin(), name);
	uint32_t id;

	if (!info)
		fail_msg("%s", condis_error());
	id = info->id;
	condis_adapters_free(info, 1);
	return id;
}

void two_adapters(const char *calls)
{
	adapter_add("a", "calls", calls, "address", "100@0", NULL);
	adapter_add("b", "calls", calls, "address", "200@0", NULL);
}

/*
 * Counts
 */

static struct condis_counts *counts_get(void)
{
	struct condis_counts *counts = condis_counts_get(admin());

	if (!counts)
		fail_msg("%s", condis_error());
	return counts;
}

uint32_t count(enum condis_counter counter)
{
	struct condis_counts *counts = counts_get();
	uint32_t sum = 0;
	size_t i;

	for (i = 0; i < counts->length; i++)
		sum += counts->by_adapter[i].count[counter];
	condis_counts_free(counts);
	return sum;
}

uint32_t count_sessions(void)
{
	struct condis_counts *counts = counts_get();
	uint32_t sessions = counts->sessions;

	condis_counts_free(counts);
	return sessions;
}

static void counts_fail(const char *wanted)
{
	char text[2048];

	counts_text(text, sizeof(text));
	fail_msg("no end of the wait for %s; there are:\n%s", wanted, text);
}

void wait_count(enum condis_counter counter, uint32_t value)
{
	long long end = now_ms() + patience();
	char wanted[64];

	while (count(counter) != value) {
		if (now_ms() > end) {
			snprintf(wanted, sizeof(wanted), "%u %s", value,
				 condis_counter_name(counter));
			counts_fail(wanted);
		}
		world_pause();
	}
}

void wait_sessions(uint32_t value)
{
	long long end = now_ms() + patience();
	char wanted[64];

	while (count_sessions() != value) {
		if (now_ms() > end) {
			snprintf(wanted, sizeof(wanted), "%u sessions", value);
			counts_fail(wanted);
		}
		world_pause();
	}
}

void wait_no_adapters(void)
{
	long long end = now_ms() + patience();
	struct condis_counts *counts;
	bool is_empty;

	for (;;) {
		counts = counts_get();
		is_empty = !counts->adapters && !counts->length;
		condis_counts_free(counts);
		if (is_empty)
			return;
		if (now_ms() > end)
			counts_fail("the end of all adapters");
		world_pause();
	}
}

void wait_nothing_left(void)
{
	long long end = now_ms() + patience();
	struct condis_counts *counts;
	uint64_t left;

	for (;;) {
		counts = counts_get();
		left = condis_counts_left(counts, false);
		condis_counts_free(counts);
		if (!left)
			return;
		if (now_ms() > end)
			counts_fail("nothing that somebody's use has made");
		poll(NULL, 0, 2);
	}
}

void counts_text(char *text, size_t size)
{
	struct condis_counts *counts = counts_get();
	size_t at = 0, i;
	int counter;

	at += (size_t)snprintf(text, size, "%u adapters, %u exchanges, %u sessions\n",
			       counts->adapters, counts->exchanges, counts->sessions);
	for (i = 0; i < counts->length && at < size; i++) {
		at += (size_t)snprintf(text + at, size - at, "%s %s:", counts->by_adapter[i].name,
				       counts->by_adapter[i].state);
		for (counter = 0; counter < CONDIS_COUNTERS && at < size; counter++)
			at += (size_t)snprintf(text + at, size - at, " %s %u",
					       condis_counter_name(counter),
					       counts->by_adapter[i].count[counter]);
		if (at < size)
			at += (size_t)snprintf(text + at, size - at, "\n");
	}
	condis_counts_free(counts);
}

/*
 * Descriptors and processes
 */

int keep_fd(int fd)
{
	unsigned int i;

	if (fd < 0)
		return fd;
	for (i = 0; i < kept_length; i++)
		if (kept[i] < 0)
			break;
	assert_true(i < KEPT_MAX);
	kept[i] = fd;
	if (i == kept_length)
		kept_length++;
	return fd;
}

void close_fd(int fd)
{
	unsigned int i;

	for (i = 0; i < kept_length; i++)
		if (kept[i] == fd)
			kept[i] = -1;
	close(fd);
}

static struct child *child_find(pid_t pid)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(children); i++)
		if (children[i].pid == pid)
			return &children[i];
	fail_msg("no child %d", (int)pid);
}

/* What a child must not share with its parent, and a failure that must not run its tests. */
static void child_begin(int ready, bool is_holding)
{
	unsigned int i;

	setenv("CMOCKA_TEST_ABORT", "1", 1);
	child_ready_fd = ready;
	for (i = 0; i < ARRAY_SIZE(children); i++)
		if (children[i].pid)
			close(children[i].ready);
	memset(children, 0, sizeof(children));
	admin_reopen();
	if (is_holding)
		return;
	apps_close();
	for (i = 0; i < kept_length; i++)
		if (kept[i] >= 0)
			close(kept[i]);
	kept_length = 0;
}

static pid_t child_fork(int (*body)(void *argument), void *argument, bool is_holding)
{
	struct child *child = child_find(0);
	int ends[2];
	pid_t pid;

	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	fflush(stdout);
	fflush(stderr);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid) {
		close(ends[0]);
		child_begin(ends[1], is_holding);
		_exit(body(argument));
	}
	close(ends[1]);
	child->pid = pid;
	child->ready = ends[0];
	return pid;
}

pid_t child_start(int (*body)(void *argument), void *argument)
{
	return child_fork(body, argument, false);
}

pid_t child_start_holding(int (*body)(void *argument), void *argument)
{
	return child_fork(body, argument, true);
}

void child_ready(void)
{
	if (write(child_ready_fd, "r", 1) != 1)
		_exit(99);
}

void child_await(pid_t pid)
{
	struct child *child = child_find(pid);
	char byte;

	if (!(wait_fd(child->ready, POLLIN, patience()) & (POLLIN | POLLHUP)))
		fail_msg("child %d says nothing", (int)pid);
	if (read(child->ready, &byte, 1) != 1)
		fail_msg("child %d has ended early, with status %d", (int)pid, child_wait(pid));
}

int child_wait(pid_t pid)
{
	struct child *child = child_find(pid);
	long long end = now_ms() + patience();
	struct pollfd poll_fd;
	int status, fd;

	fd = (int)syscall(SYS_pidfd_open, pid, 0);
	assert_true(fd >= 0);
	poll_fd = (struct pollfd) { .fd = fd, .events = POLLIN };
	while (!poll(&poll_fd, 1, 100) && now_ms() < end)
		;
	close(fd);
	if (waitpid(pid, &status, WNOHANG) != pid)
		fail_msg("child %d does not end", (int)pid);
	close(child->ready);
	child->pid = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void child_kill(pid_t pid)
{
	kill(pid, SIGKILL);
	child_wait(pid);
}

short wait_fd(int fd, short events, int timeout_ms)
{
	struct pollfd poll_fd = { .fd = fd, .events = events };

	if (poll(&poll_fd, 1, timeout_ms) <= 0)
		return 0;
	return poll_fd.revents;
}

/*
 * Modules
 */

int module_unload(const char *name)
{
	return syscall(SYS_delete_module, name, O_NONBLOCK) ? -errno : 0;
}

const char *module_arguments(const char *name)
{
	const char *arguments = getenv("CONDIS_ARGUMENTS");

	return arguments && !strcmp(name, CORE) ? arguments : "";
}

int module_load(const char *name)
{
	const char *folder = getenv("CONDIS_KO");
	char path[4096];
	int fd, error;

	if (!folder)
		return -ENOENT;
	snprintf(path, sizeof(path), "%s/%s.ko", folder, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	error = syscall(SYS_finit_module, fd, module_arguments(name), 0) ? -errno : 0;
	close(fd);
	/* It is a new one, with the limits of a real machine. */
	if (!error && !strcmp(name, CORE))
		verifier_begin();
	return error;
}

static void module_ensure(const char *name)
{
	int error = module_load(name);

	if (error && error != -EEXIST)
		fail_msg("cannot load %s: %s", name, strerror(-error));
	if (!error && !strcmp(name, CORE))
		admin_reopen();
}

/*
 * Setup and teardown
 */

static void remove_adapters(void)
{
	struct condis_adapter_info *list = NULL;
	ssize_t length = condis_adapters(admin(), &list), i;

	if (length < 0)
		fail_msg("%s", condis_error());
	for (i = 0; i < length; i++)
		if (condis_adapter_del(admin(), list[i].name, false) && errno != ENODEV)
			fail_msg("%s", condis_error());
	condis_adapters_free(list, length);
}

static void remove_exchanges(void)
{
	struct condis_exchange_info *list = NULL;
	ssize_t length = condis_exchanges(admin(), &list), i;
	long long end = now_ms() + patience();

	if (length < 0)
		fail_msg("%s", condis_error());
	for (i = 0; i < length; i++) {
		/* Adapters of another namespace, which is ending, may still be connected. */
		while (condis_exchange_del(admin(), list[i].name)) {
			if (errno != EBUSY || now_ms() > end)
				fail_msg("%s", condis_error());
			world_pause();
		}
	}
	free(list);
}

int world_setup(void **state)
{
	(void)state;
	watchdog_start();
	/* A hang-up of a peer is a result here, not a reason to die. */
	signal(SIGPIPE, SIG_IGN);
	forced_is_fine = false;
	module_ensure(CORE);
	module_ensure(NDPROXY);
	module_ensure(VWAN);
	/* What a test before this one has left was that one's failure. */
	remove_adapters();
	wait_no_adapters();
	remove_exchanges();
	exchange_ensure();
	violations_begin();
	return 0;
}

int world_teardown(void **state)
{
	struct condis_counts *counts;
	uint32_t forced;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(children); i++)
		if (children[i].pid)
			child_kill(children[i].pid);
	for (i = 0; i < kept_length; i++)
		if (kept[i] >= 0)
			close(kept[i]);
	kept_length = 0;
	apps_close();

	module_ensure(CORE);
	module_ensure(NDPROXY);
	module_ensure(VWAN);
	wait_sessions(0);
	wait_count(CONDIS_COUNTER_VCS, 0);
	wait_count(CONDIS_COUNTER_SAPS, 0);
	wait_count(CONDIS_COUNTER_AFS, 0);
	wait_count(CONDIS_COUNTER_REQUESTS, 0);
	wait_count(CONDIS_COUNTER_TX, 0);
	wait_count(CONDIS_COUNTER_RX, 0);
	forced = count(CONDIS_COUNTER_FORCED);
	remove_adapters();
	wait_no_adapters();
	remove_exchanges();
	counts = counts_get();
	if (condis_counts_left(counts, true))
		counts_fail("nothing at all");
	condis_counts_free(counts);
	watchdog_stop();
	if (forced && !forced_is_fine)
		fail_msg("%u ends were forced on somebody who did not answer", forced);
	violations_end();
	return 0;
}
