/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What every suite stands on: a world of one exchange and its adapters, which
 * each test finds empty and leaves empty; applications, which are sessions whose
 * events are compared as text; processes, modules and counts.
 *
 * Whatever a test makes through this file is taken away by world_teardown(),
 * also after a failure, and what is left then is a failure of its own.
 */
#ifndef SUITES_FIXTURE_H
#define SUITES_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <condis.h>
#include <linux/condis_vwan.h>
#include <sys/types.h>

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

/* Modules of ours that a world has; a test can unload the first two alone. */
#define VWAN	"condis_vwan"
#define NDPROXY	"ndproxy"
#define CORE	"condis"

/* Privileges of a line, in short. */
#define NONE	LINECALLPRIVILEGE_NONE
#define MONITOR	LINECALLPRIVILEGE_MONITOR
#define OWNER	LINECALLPRIVILEGE_OWNER

/* The one medium that most tests use. */
#define DIGITAL	LINEMEDIAMODE_DIGITALDATA

#define APP_LABELS	64

/**
 * struct app - an application: a session of /dev/ndproxy and what it has heard
 * @name: for failures
 * @session: its session, NULL when it was closed
 * @shows_lines: LINE_CREATE and LINE_REMOVE are events like others; else they are skipped
 * @lines: line handles, by label: lines[0] is L1
 * @calls: call handles, by label: calls[0] is C1
 * @is_made: by label of the call: the application made it, and knows its privilege
 * @is_over: by label of the call: IDLE was seen
 * @is_closed: by label of the line: LINE_CLOSE was seen
 * @seq: of the last event
 * @cookie: of the last request
 * @pending: requests without a reply, by cookie % 256: handle, or 0
 * @trace: all events so far, one a line
 */
struct app {
	const char *name;
	struct condis_session *session;
	bool shows_lines;
	uint32_t lines[APP_LABELS];
	uint32_t calls[APP_LABELS];
	bool is_made[APP_LABELS];
	bool is_over[APP_LABELS];
	bool is_closed[APP_LABELS];
	uint64_t seq;
	uint64_t cookie;
	uint32_t pending[256];
	char trace[16384];
};

/*
 * Failures, with words that end up beside the test's name
 */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));
void fail_with(const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 3, 4), noreturn));
#undef fail_msg
#define fail_msg(...)	fail_with(__FILE__, __LINE__, __VA_ARGS__)

/*
 * World
 */

/* For cmocka: an empty world with the exchange "x", and its end. */
int world_setup(void **state);
int world_teardown(void **state);
#define WORLD_TEST(function) \
	cmocka_unit_test_setup_teardown(function, world_setup, world_teardown)

/* The admin of the namespace of the test. */
struct condis_admin *admin(void);
/* Another one from now on, of another namespace say; the one until now. */
struct condis_admin *admin_swap(struct condis_admin *other);
/* After the core was loaded anew: its netlink family is another. */
void admin_reopen(void);

/* Longest wait for something that must happen, in milliseconds. */
int patience(void);
/*
 * Longest that something may take which waits for nobody and no timer: on a busy host it
 * takes its time, but less than T305 of a network that does not answer.
 */
int promptness(void);
bool is_debug_kernel(void);
/* Of a test with many steps: it does not hang, for it has come to the next one. */
void watchdog_alive(void);
/*
 * Milliseconds of CLOCK_MONOTONIC_COARSE. It is moved where the kernel's clock of timers is: with
 * a virtual machine both stand still, and leap then, however long it was.
 */
long long now_ms(void);
/* So long ago, at least. Some slack: a tick, and what the clock is corrected by meanwhile. */
#define assert_elapsed(_start, _ms) \
	assert_true(now_ms() - (_start) >= (_ms) - (_ms) / 4 - 10)

/* The exchange "x", unless it is there. */
void exchange_ensure(void);
/* An adapter of the exchange "x": knobs and values in pairs, NULL at the end. */
void adapter_add(const char *name, ...) __attribute__((sentinel));
void adapter_set(const char *name, ...) __attribute__((sentinel));
void adapter_del(const char *name);
void adapter_surprise(const char *name);
uint32_t adapter_id(const char *name);
/* "a" with number 100 and "b" with number 200, one line each, @calls calls on it. */
void two_adapters(const char *calls);

/* The teardown is not to complain of ends that the core forced on somebody. */
void allow_forced(void);
/* Nor of so many breaches of this kind, exactly. */
void expect_violation(enum condis_violation violation, uint32_t number);

/* The sum of a counter over all adapters. */
uint32_t count(enum condis_counter counter);
/* Sessions of the namespace. */
uint32_t count_sessions(void);
/* Wait until a counter has come to a value. */
void wait_count(enum condis_counter counter, uint32_t value);
void wait_sessions(uint32_t value);
/* Wait until no adapter is there, also none that comes down. */
void wait_no_adapters(void);
/* Wait until nothing is left of anybody's use of the adapters, which stay. */
void wait_nothing_left(void);
/* All counts that an operation without an effect leaves alone, as text. */
void counts_text(char *text, size_t size);

/*
 * Applications
 */

struct app *app_open(const char *name);
/* As a process dies: closes the file. */
void app_close(struct app *app);
uint32_t app_id(struct app *app);
int app_fd(struct app *app);
/* Wait until the adapter's lines can be used; its number. */
uint32_t app_adapter(struct app *app, const char *adapter);

uint32_t line_open(struct app *app, const char *adapter, uint32_t line, uint32_t privileges);
uint32_t line_open_media(struct app *app, const char *adapter, uint32_t line,
			 uint32_t privileges, uint32_t media_modes);
void line_close(struct app *app, uint32_t line);
uint32_t call_make(struct app *app, uint32_t line, const char *number);
/* For who makes the ioctl by itself: its argument, and what it has given. */
struct ndproxy_make_call call_prepare(struct app *app, uint32_t line, const char *number);
void call_made(struct app *app, const struct ndproxy_make_call *request);
/* The handle labelled C<n>. */
uint32_t call_label(struct app *app, unsigned int n);
void call_accept(struct app *app, uint32_t call);
void call_answer(struct app *app, uint32_t call);
void call_drop(struct app *app, uint32_t call);
void call_drop_cause(struct app *app, uint32_t call, uint32_t cause);
void call_deallocate(struct app *app, uint32_t call);
/* Digits by tones, of @duration ms each; none: those that are being sent are cancelled. */
void digits_send(struct app *app, uint32_t call, const char *digits, uint32_t duration);
struct ndproxy_generate_digits digits_prepare(struct app *app, uint32_t call, const char *digits,
					      uint32_t duration);
void digits_monitor(struct app *app, uint32_t call, uint32_t modes);
uint32_t call_state(struct app *app, uint32_t call);
/* Its data file; @flags NDPROXY_DATA_*. Closed by the teardown if the test does not. */
int call_data(struct app *app, uint32_t call, uint32_t flags);

/* The next event as text; "" if there is none now. */
const char *next_event(struct app *app, int timeout_ms);

/* An event that was read elsewhere, as text; "" if it is skipped. */
const char *take_event(struct app *app, const struct ndproxy_event *event);

/*
 * The events that come next are these, and in this order, or in any. An entry may have
 * the wildcards of fnmatch(3). Waits for each.
 */
#define expect(_app, ...) \
	expect_events((_app), true, (const char *[]) { __VA_ARGS__, NULL }, __FILE__, __LINE__)
#define expect_in_any_order(_app, ...) \
	expect_events((_app), false, (const char *[]) { __VA_ARGS__, NULL }, __FILE__, __LINE__)
void expect_events(struct app *app, bool is_ordered, const char *const *events,
		   const char *file, int line);
/*
 * The n-th call of an application fails: at once, with this reply and IDLE; or, if the
 * network's first word came before its last, after progress with this DISCONNECTED.
 */
void expect_failure(struct app *app, unsigned int n, const char *reply, const char *end);
/* The next events, up to this one. */
void expect_up_to(struct app *app, const char *event);
/* Reads on until it has heard of something. */
void hear(struct app *app, const char *words);
/* Reads what there is now; nothing if its session was closed. */
void hear_all(struct app *app);
/* How often something is in what it has heard. */
unsigned int heard(const struct app *app, const char *words);
/* No event is there now. */
#define expect_nothing(_app)	expect_no_event((_app), __FILE__, __LINE__)
void expect_no_event(struct app *app, const char *file, int line);
/* Nothing is left of any call below, and no application has an event that it has not read. */
#define expect_end()	expect_end_of_calls(__FILE__, __LINE__)
void expect_end_of_calls(const char *file, int line);

/* A command is refused: with this errno, and the extended error names this field. */
#define refused(_app, _result, _errno, _field) \
	assert_refused((_app), (_result), (_errno), (_field), #_result, __FILE__, __LINE__)
void assert_refused(struct app *app, int result, int error, const char *field, const char *what,
		    const char *file, int line);

/*
 * Whole calls, for tests that are about what comes after
 */

/**
 * struct pair - two applications on the lines of "a" and "b", and a call between them
 * @caller: on "a"
 * @callee: on "b", an owner
 * @caller_line: its line handle
 * @callee_line: likewise
 * @out: the caller's call handle
 * @in: the callee's
 */
struct pair {
	struct app *caller;
	struct app *callee;
	uint32_t caller_line;
	uint32_t callee_line;
	uint32_t out;
	uint32_t in;
};

struct pair pair_idle(void);
/* Up to the state in which the callee is offered the call; all events so far are read. */
struct pair pair_offering(void);
struct pair pair_connected(void);
/* One more call between the two of them, up to the offer. */
void pair_offer(struct pair *pair);
/* One more call between the two of them, connected. */
void pair_call(struct pair *pair);

/*
 * Processes and modules
 */

/*
 * Forks a child that runs @body and exits with what it says; killed by the teardown.
 * It has no file of its parent's; child_start_holding() leaves it all of them.
 */
pid_t child_start(int (*body)(void *argument), void *argument);
pid_t child_start_holding(int (*body)(void *argument), void *argument);
/* In the child: the parent goes on from child_await(). */
void child_ready(void);
void child_await(pid_t pid);
/* Ends it by SIGKILL and waits for it. */
void child_kill(pid_t pid);
/* Waits for its end; its exit status. */
int child_wait(pid_t pid);
/* Closed by the teardown. */
int keep_fd(int fd);
void close_fd(int fd);
/* Through a socket; the second returns 0, or -1 if not all have come. */
void fds_send(int socket, const int *fds, size_t length);
int fds_receive(int socket, int *fds, size_t length);

/* 0 or a negative errno. */
int module_unload(const char *name);
int module_load(const char *name);
/* What it is loaded with, as where it was loaded first. */
const char *module_arguments(const char *name);

/*
 * A thread that is blocked in a read.
 */

struct reader;

/* On a blocking descriptor; a session's is made one. */
struct reader *reader_start(int fd);
/* What its read gave: bytes or a negative errno. Fails if it does not come back. */
ssize_t reader_join(struct reader *reader);
/* The same, with what it has read; interrupts it if it is still blocked (-EINTR). */
ssize_t reader_take(struct reader *reader, void *buffer, size_t size);
/* Interrupts it, and forgets about it. */
void reader_abort(struct reader *reader);
/* Waits until a thread of this process sleeps. */
void await_sleep(int tid);
/* Whether it is still blocked. */
bool reader_is_blocked(struct reader *reader);

/* The state of a thread of this process, as in proc(5); 0 if there is no such thread. */
char thread_state(int tid);
/* A thread of this process sleeps: it is in its call, if it does nothing else that sleeps. */
bool thread_sleeps(int tid);

/* Waits for @events on @fd; what came, 0 if nothing did. */
short wait_fd(int fd, short events, int timeout_ms);

#endif /* SUITES_FIXTURE_H */
