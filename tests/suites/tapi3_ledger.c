// SPDX-License-Identifier: GPL-2.0
/*
 * The ledger of TAPI 3's objects: the report of what is still referenced.
 *
 * Over functions of tapi.h that need no kernel (tapi3/fake.c), so it runs anywhere.
 */
#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define COBJMACROS
#include "tapi3/world.h"

/* Where a program that is started by a test has the report written to, and reads it itself. */
#define REPORT_FD 9

static void report(char *text, size_t size)
{
	int fds[2];
	ssize_t length;

	assert_int_equal(pipe(fds), 0);
	tapi3_report(fds[1]);
	close(fds[1]);
	length = read(fds[0], text, size - 1);
	assert_true(length >= 0);
	text[length] = 0;
	close(fds[0]);
}

static void ledger(void **state)
{
	char text[4096], entry[64];

	(void)state;
	report(text, sizeof(text));
	assert_string_equal(text, "");
	world_begin();
	assert_int_equal(tapi3_objects(TAPI3_TAPI), 1);
	assert_int_equal(tapi3_objects(TAPI3_ADDRESS), 2);
	assert_int_equal(tapi3_objects(TAPI3_KINDS), 3);
	ITAddress_AddRef(world.addresses[0]);
	report(text, sizeof(text));
	assert_non_null(strstr(text, "3 objects are still referenced"));
	assert_non_null(strstr(text, "tapi3: ITTAPI 0x"));
	/* By kind and address; no stack, since the environment does not ask for it. */
	snprintf(entry, sizeof(entry), ": references: 2\n");
	assert_non_null(strstr(text, entry));
	assert_null(strstr(text, "made by"));
	ITAddress_Release(world.addresses[0]);
	world_end();
}

/*
 * It is written without a lock: while nobody reads it, objects come and go.
 */
static void *report_thread(void *data)
{
	tapi3_report(*(int *)data);
	return NULL;
}

static void slow_reader(void **state)
{
	ITBasicCallControl *call;
	char text[4096];
	ssize_t length;
	pthread_t thread;
	int fds[2], i;

	(void)state;
	world_begin();
	assert_int_equal(pipe2(fds, O_NONBLOCK), 0);
	memset(text, ' ', sizeof(text));
	while (write(fds[1], text, sizeof(text)) > 0)
		;
	assert_int_equal(fcntl(fds[1], F_SETFL, 0), 0);
	pthread_create(&thread, NULL, report_thread, &fds[1]);
	alarm(20);
	for (i = 0; i < 50; i++) {
		call = new_call(0, u"200");
		ITBasicCallControl_Release(call);
		assert_int_equal(tapi3_objects(TAPI3_KINDS), 3);
		pause_ms(1);
	}
	alarm(0);
	assert_int_equal(fcntl(fds[0], F_SETFL, 0), 0);
	for (;;) {
		length = read(fds[0], text, sizeof(text));
		assert_true(length > 0);
		if (memchr(text, '\n', length))
			break;
	}
	pthread_join(thread, NULL);
	close(fds[0]);
	close(fds[1]);
	world_end();
}

/* A sink that does something in the Release() of the last reference but the test's. */
static void (*in_release)(void);
static ULONG (WINAPI *release_sink)(ITTAPIEventNotification *self);

static ULONG WINAPI release_and_more(ITTAPIEventNotification *self)
{
	ULONG left = release_sink(self);

	if (left == 1)
		in_release();
	return left;
}

static void hook_release(struct sink *sink, void (*function)(void))
{
	static ITTAPIEventNotificationVtbl table;

	table = *sink->notify.lpVtbl;
	release_sink = table.Release;
	table.Release = release_and_more;
	in_release = function;
	sink->notify.lpVtbl = &table;
}

static char meanwhile[4096];

static void report_meanwhile(void)
{
	report(meanwhile, sizeof(meanwhile));
}

/* An object whose last reference is gone is not still referenced, though its end is not over. */
static void ending(void **state)
{
	struct sink *sink = sink_new();
	ITTAPI *tapi = create_tapi();

	(void)state;
	hook_release(sink, report_meanwhile);
	sink_advise(sink, tapi);
	snprintf(meanwhile, sizeof(meanwhile), "no report");
	assert_int_equal(ITTAPI_Release(tapi), 0);
	assert_string_equal(meanwhile, "");
	sink_free(sink);
}

/*
 * What a program does that is started by a test, with its name.
 */

/* An address is still held. */
static void leak(void)
{
	world_begin();
	ITAddress_Release(world.addresses[1]);
	ITTAPI_Shutdown(world.tapi);
	ITAddress_Release(world.addresses[0]);
	ITTAPI_Release(world.tapi);
	sink_free(world.sink);
}

static void shut_down(struct sink *sink, const char *text, IDispatch *event)
{
	ITCallInfo *call;

	(void)event;
	if (!strcmp(text, "notification owner")) {
		call = sink_take_call(sink);
		ITCallInfo_Release(call);
	}
	if (!strcmp(text, "state OFFERING"))
		assert_result(ITTAPI_Shutdown(world.tapi), S_OK);
}

/*
 * Shutdown() in an Event(), whose object is no leak, nor is the call that only that holds. The
 * address is one, and there is a report to be waited for.
 */
static void inside(void)
{
	char text[4096] = "";
	size_t length = 0;
	ssize_t got;
	int fds[2];

	assert_int_equal(pipe(fds), 0);
	assert_int_equal(dup2(fds[1], REPORT_FD), REPORT_FD);
	world_begin();
	ITAddress_Release(world.addresses[0]);
	listen_at(1);
	world_hook(shut_down, NULL);
	fake_ring(1);
	sink_await(world.sink, "state OFFERING");
	/* It is written in pieces, of which the head of the only entry is enough. */
	while (!strstr(text, "made by")) {
		got = read(fds[0], text + length, sizeof(text) - 1 - length);
		assert_true(got > 0);
		length += got;
		text[length] = 0;
	}
	assert_int_equal(write(STDOUT_FILENO, text, length), length);
	ITAddress_Release(world.addresses[1]);
	ITTAPI_Release(world.tapi);
	while (tapi3_objects(TAPI3_KINDS))
		pause_ms(1);
	while (atomic_load(&world.sink->refs) != 1)
		pause_ms(1);
	sink_free(world.sink);
}

static IConnectionPoint *find_point(void)
{
	IConnectionPointContainer *container;
	IConnectionPoint *point;

	assert_result(ITTAPI_QueryInterface(world.tapi, &IID_IConnectionPointContainer,
					    (void **)&container), S_OK);
	assert_result(container->lpVtbl->FindConnectionPoint(container,
							     &IID_ITTAPIEventNotification, &point),
		      S_OK);
	container->lpVtbl->Release(container);
	return point;
}

/* A connection point is no session's, but found in one it is to be gone at the end of that. */
static void forgotten_point(void)
{
	IConnectionPoint *point;

	world_begin();
	point = find_point();
	release_addresses();
	ITTAPI_Shutdown(world.tapi);
	point->lpVtbl->Release(point);
	ITTAPI_Release(world.tapi);
	sink_free(world.sink);
}

static IConnectionPoint *new_point;

static void begin_again(void)
{
	assert_result(ITTAPI_Initialize(world.tapi), S_OK);
	get_addresses(world.tapi, world.addresses);
	new_point = find_point();
}

static void end_again(void)
{
	release_addresses();
	new_point->lpVtbl->Release(new_point);
	assert_result(ITTAPI_Shutdown(world.tapi), S_OK);
	assert_int_equal(ITTAPI_Release(world.tapi), 0);
	sink_free(world.sink);
}

static void shut_down_and_begin(struct sink *sink, const char *text, IDispatch *event)
{
	(void)event;
	assert_string_equal(text, "request 7");
	assert_result(ITTAPI_Shutdown(world.tapi), S_OK);
	begin_again();
	atomic_store((atomic_bool *)sink->data, true);
}

static unsigned int num_threads(void)
{
	DIR *directory = opendir("/proc/self/task");
	unsigned int count = 0;

	assert_non_null(directory);
	while (readdir(directory))
		count++;
	closedir(directory);
	return count;
}

/* Another session has begun when the thread of the first reports, and what it has is no leak. */
static void again_inside(void)
{
	atomic_bool has_begun = false;
	unsigned int count;

	world_begin();
	release_addresses();
	count = num_threads();
	world_hook(shut_down_and_begin, &has_begun);
	fake_request(1);
	while (!atomic_load(&has_begun) || num_threads() != count)
		pause_ms(1);
	end_again();
}

/* The same in the middle of a Shutdown(). */
static void again_meanwhile(void)
{
	world_begin();
	release_addresses();
	hook_release(world.sink, begin_again);
	assert_result(ITTAPI_Shutdown(world.tapi), S_OK);
	end_again();
}

/* Two programs in one, and one of them ends. */
static void two(void)
{
	struct other other;

	world_begin();
	other = other_begin(NULL);
	world_end();
	puts("one has ended");
	fflush(stdout);
	other_end(&other);
}

/* The TAPI object goes without Shutdown(), and a call is forgotten, which holds it. */
static void lost(void)
{
	world_begin();
	new_call(0, u"200");
	sink_unadvise(world.tapi, world.cookie);
	sink_free(world.sink);
	release_addresses();
	ITTAPI_Release(world.tapi);
}

/* A child ends, and has released nothing of what is its parent's. */
static void child(void)
{
	int status = 0;
	pid_t pid;

	world_begin();
	fflush(stdout);
	pid = fork();
	if (!pid)
		exit(0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	world_end();
}

static const struct {
	const char *name;
	void (*function)(void);
} programs[] = {
	{ "leak", leak }, { "inside", inside }, { "two", two }, { "lost", lost },
	{ "child", child }, { "point", forgotten_point }, { "again_inside", again_inside },
	{ "again_meanwhile", again_meanwhile },
};

static int run(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(programs) / sizeof(*programs); i++) {
		if (!strcmp(programs[i].name, name)) {
			programs[i].function();
			return 0;
		}
	}
	return 1;
}

/* All that such a program writes, with TAPI3_TRACE_OBJECTS set to @value, or not set. */
static void run_program(const char *name, const char *value, char *text, size_t size)
{
	char command[256], path[128];
	ssize_t length;
	FILE *output;

	length = readlink("/proc/self/exe", path, sizeof(path) - 1);
	assert_true(length > 0);
	path[length] = 0;
	/* What is forgotten on purpose is not to be found by AddressSanitizer as well. */
	snprintf(command, sizeof(command), "%s%s ASAN_OPTIONS=detect_leaks=0 %s %s 2>&1",
		 value ? "TAPI3_TRACE_OBJECTS=" : "", value ? value : "", path, name);
	output = popen(command, "r");
	assert_non_null(output);
	text[fread(text, 1, size - 1, output)] = 0;
	assert_int_equal(pclose(output), 0);
}

/* In the stack that made the object there is this program, and an address in it. */
static void assert_made_by_program(const char *text)
{
	static const char made_by[] = ": references: 1, made by:\n";
	const char *frame = strstr(text, made_by);
	char line[512] = "";
	bool is_there = false;

	assert_non_null(frame);
	for (frame += strlen(made_by); sscanf(frame, "%511[^\n]", line) == 1;
	     frame += strlen(line) + 1) {
		if (strstr(line, "tapi3_ledger") && strstr(line, "[0x"))
			is_there = true;
		if (!frame[strlen(line)])
			break;
	}
	assert_true(is_there);
}

static void report_at_shutdown(void **state)
{
	static const char *const values[] = { "1", "yes", "/dev/stdout" };
	char text[8192];
	size_t i;

	(void)state;
	/* A line for each object, and no stack. */
	run_program("leak", NULL, text, sizeof(text));
	assert_non_null(strstr(text, ": 1 object is still referenced\ntapi3: ITAddress 0x"));
	assert_string_equal(strstr(text, ": references: "), ": references: 1\n");
	for (i = 0; i < sizeof(values) / sizeof(*values); i++) {
		run_program("leak", values[i], text, sizeof(text));
		assert_non_null(strstr(text, ": 1 object is still referenced\n"));
		assert_non_null(strstr(text, "tapi3: ITAddress 0x"));
		assert_made_by_program(text);
		/* The TAPI object that is shut down has a reason to be there. */
		assert_null(strstr(text, "ITTAPI 0x"));
	}
}

static void report_inside_event(void **state)
{
	char text[8192];

	(void)state;
	run_program("inside", "9", text, sizeof(text));
	assert_non_null(strstr(text, ": 1 object is still referenced\n"));
	assert_non_null(strstr(text, "tapi3: ITAddress 0x"));
}

static void report_of_point(void **state)
{
	char text[8192];

	(void)state;
	run_program("point", NULL, text, sizeof(text));
	assert_non_null(strstr(text, ": 1 object is still referenced\ntapi3: IConnectionPoint 0x"));
}

static void no_report_of_next(void **state)
{
	char text[8192];

	(void)state;
	run_program("again_inside", NULL, text, sizeof(text));
	assert_string_equal(text, "");
	run_program("again_meanwhile", NULL, text, sizeof(text));
	assert_string_equal(text, "");
}

/* Who has nobody to read its standard error output is not killed by what it did not ask for. */
static void report_to_nobody(void **state)
{
	static const struct {
		const char *program;
		const char *value;
	} cases[] = { { "leak", NULL }, { "leak", "2" }, { "lost", "2" } };
	int fds[2], status = 0;
	size_t i;
	pid_t pid;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_int_equal(pipe(fds), 0);
		close(fds[0]);
		fflush(NULL);
		pid = fork();
		assert_true(pid >= 0);
		if (!pid) {
			dup2(fds[1], STDERR_FILENO);
			signal(SIGPIPE, SIG_DFL);
			setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
			if (cases[i].value)
				setenv("TAPI3_TRACE_OBJECTS", cases[i].value, 1);
			execl("/proc/self/exe", "tapi3_ledger", cases[i].program, NULL);
			_exit(127);
		}
		close(fds[1]);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_int_equal(status, 0);
	}
}

static void report_of_one(void **state)
{
	char text[8192];

	(void)state;
	run_program("two", "1", text, sizeof(text));
	assert_string_equal(text, "one has ended\n");
}

static void report_at_exit(void **state)
{
	char text[16384];

	(void)state;
	run_program("lost", NULL, text, sizeof(text));
	assert_string_equal(text, "");
	run_program("lost", "1", text, sizeof(text));
	assert_non_null(strstr(text, ": 4 objects are still referenced\n"));
	assert_non_null(strstr(text, "tapi3: call 0x"));
	assert_non_null(strstr(text, "tapi3: ITCallHub 0x"));
	assert_non_null(strstr(text, "tapi3: ITAddress 0x"));
	assert_non_null(strstr(text, "tapi3: ITTAPI 0x"));
}

static void report_of_child(void **state)
{
	char text[8192];

	(void)state;
	run_program("child", "1", text, sizeof(text));
	assert_string_equal(text, "");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(ledger), WORLD_TEST(slow_reader), WORLD_TEST(report_at_shutdown),
		WORLD_TEST(report_inside_event), WORLD_TEST(report_of_one),
		WORLD_TEST(report_at_exit), WORLD_TEST(report_of_child),
		WORLD_TEST(ending), WORLD_TEST(report_of_point), WORLD_TEST(report_to_nobody),
		WORLD_TEST(no_report_of_next),
	};

	if (argc == 2)
		return run(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
