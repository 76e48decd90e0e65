// SPDX-License-Identifier: GPL-2.0
/*
 * Coming down in the middle of it: whatever happens while packets or digits are on their way is
 * over in a bounded time, ends each call once for whoever still listens, leaves nothing, and the
 * same names and numbers can be used again at once. What is at rest when it happens, and more that
 * can happen, is teardown.c's; this one is also run where data races are looked for.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "fixture.h"

enum stage {
	STAGE_FLOWING,
	STAGE_DIGITS,
	STAGES
};

static const char *const stage_names[STAGES] = { "data flows", "digits both ways" };

/**
 * struct scene - a call in a stage, and who is concerned
 * @stage: the stage
 * @pair: the two applications; it happens to the caller
 * @from: in STAGE_FLOWING: the caller's data file
 * @to: the callee's
 * @writer: keeps data flowing
 * @written: packets so far
 */
struct scene {
	enum stage stage;
	struct pair pair;
	int from;
	int to;
	pthread_t writer;
	atomic_int written;
};

static void *flow(void *argument)
{
	struct scene *scene = argument;
	char packet[256] = "";

	/* Whoever reads at the far end is slower than this: most are lost, none is stuck. */
	while (write(scene->from, packet, sizeof(packet)) > 0)
		atomic_fetch_add(&scene->written, 1);
	return NULL;
}

#define SIXTY_DIGITS	"012345678901234567890123456789012345678901234567890123456789"

static void scene_begin(struct scene *scene, enum stage stage)
{
	struct pair *pair = &scene->pair;

	memset(scene, 0, sizeof(*scene));
	scene->stage = stage;
	two_adapters("1");
	*pair = pair_connected();
	if (stage == STAGE_FLOWING) {
		scene->from = call_data(pair->caller, pair->out, 0);
		scene->to = call_data(pair->callee, pair->in, 0);
		assert_int_equal(pthread_create(&scene->writer, NULL, flow, scene), 0);
		while (atomic_load(&scene->written) < 10)
			usleep(1000);
		return;
	}
	/* For a while: 60 digits, each with a silence after it. */
	digits_monitor(pair->caller, pair->out, NDPROXY_DIGIT_MODES);
	digits_monitor(pair->callee, pair->in, NDPROXY_DIGIT_MODES);
	digits_send(pair->caller, pair->out, SIXTY_DIGITS, 2000);
	digits_send(pair->callee, pair->in, SIXTY_DIGITS, 2000);
	expect(pair->callee, "C1 digit 0");
	expect(pair->caller, "C1 digit 0");
}

static void flow_ends(struct scene *scene)
{
	struct timespec end;

	if (scene->stage != STAGE_FLOWING)
		return;
	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += patience() / 1000;
	if (pthread_timedjoin_np(scene->writer, NULL, &end))
		fail_msg("the writer is still blocked");
	close_fd(scene->from);
	close_fd(scene->to);
}

/* The caller hears no more of what it closed itself; what it dropped, or lost, has one end. */
static void scene_end(struct scene *scene, bool is_told)
{
	struct app *caller = scene->pair.caller, *callee = scene->pair.callee;

	flow_ends(scene);
	hear(callee, "DISCONNECTED");
	if (is_told)
		hear(caller, "IDLE");
	wait_count(CONDIS_COUNTER_VCS, 0);
	hear_all(caller);
	hear_all(callee);
	/* The fixture has seen to it that nothing comes after an IDLE or a LINE_CLOSE. */
	assert_int_equal(heard(callee, "DISCONNECTED"), 1);
	/* Who still has its call hears that its digits are over, once, and before the end. */
	if (scene->stage == STAGE_DIGITS) {
		assert_int_equal(heard(callee, "digits CANCEL"), 1);
		assert_int_equal(heard(caller, "digits CANCEL"), is_told);
		assert_true(strstr(callee->trace, "digits CANCEL") <
			    strstr(callee->trace, "DISCONNECTED"));
	}
	assert_int_equal(heard(caller, "IDLE"), is_told);
	assert_in_range(heard(caller, "DISCONNECTED"), 0, 1);
}

/* The same names, numbers and lines, at once. */
static void scene_again(struct scene *scene)
{
	struct pair pair;

	if (scene->pair.caller->session)
		app_close(scene->pair.caller);
	app_close(scene->pair.callee);
	wait_sessions(0);
	pair = pair_connected();
	call_drop(pair.callee, pair.in);
	expect_in_any_order(pair.callee, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.caller, "C1 DISCONNECTED NORMAL 16");
	app_close(pair.caller);
	app_close(pair.callee);
	wait_sessions(0);
	wait_count(CONDIS_COUNTER_VCS, 0);
}

static void adapters_gone(void)
{
	adapter_del("a");
	adapter_del("b");
	wait_no_adapters();
}

/* Something happens in each stage. */
static void row(void (*happens)(struct scene *scene), bool is_told)
{
	struct scene scene;
	enum stage stage;
	long long start;

	for (stage = 0; stage < STAGES; stage++) {
		say("stage: %s", stage_names[stage]);
		scene_begin(&scene, stage);
		start = now_ms();
		happens(&scene);
		scene_end(&scene, is_told);
		assert_in_range(now_ms() - start, 0, promptness());
		scene_again(&scene);
		adapters_gone();
	}
}

static void close_file(struct scene *scene)
{
	app_close(scene->pair.caller);
}

static void the_file_is_closed(void **state)
{
	(void)state;
	row(close_file, false);
}

static void drop_call(struct scene *scene)
{
	call_drop(scene->pair.caller, scene->pair.out);
}

static void the_call_is_dropped(void **state)
{
	(void)state;
	row(drop_call, true);
}

static void deallocate_call(struct scene *scene)
{
	call_deallocate(scene->pair.caller, scene->pair.out);
}

static void the_call_is_deallocated(void **state)
{
	(void)state;
	row(deallocate_call, false);
}

static void close_line(struct scene *scene)
{
	line_close(scene->pair.caller, scene->pair.caller_line);
}

static void the_line_is_closed(void **state)
{
	(void)state;
	row(close_line, false);
}

static void remove_adapter(struct scene *scene)
{
	(void)scene;
	adapter_del("a");
	/* Its name and its number are free already. */
	adapter_add("a", "address", "100@0", NULL);
}

static void the_adapter_is_removed(void **state)
{
	(void)state;
	row(remove_adapter, true);
}

static void pull_adapter(struct scene *scene)
{
	(void)scene;
	adapter_surprise("a");
	adapter_add("a", "address", "100@0", NULL);
}

static void the_adapter_is_pulled_out(void **state)
{
	(void)state;
	row(pull_adapter, true);
}

static void change_lines(struct scene *scene)
{
	(void)scene;
	adapter_set("a", "lines", "2", "address", "100@0", NULL);
}

static void the_lines_change(void **state)
{
	(void)state;
	row(change_lines, true);
}

/* Both ends lose their adapter: each hears of the end of its own, once. */
static void the_module_is_removed(void **state)
{
	struct app *caller, *callee;
	struct scene scene;
	enum stage stage;
	long long start;

	(void)state;
	for (stage = 0; stage < STAGES; stage++) {
		say("stage: %s", stage_names[stage]);
		scene_begin(&scene, stage);
		caller = scene.pair.caller;
		callee = scene.pair.callee;
		start = now_ms();
		assert_int_equal(module_unload(VWAN), 0);
		assert_int_equal(module_load(VWAN), 0);
		exchange_ensure();
		two_adapters("1");
		flow_ends(&scene);
		hear(caller, "L1 close");
		hear(callee, "L1 close");
		wait_count(CONDIS_COUNTER_VCS, 0);
		hear_all(caller);
		hear_all(callee);
		assert_in_range(now_ms() - start, 0, promptness());
		assert_int_equal(heard(caller, "L1 close"), 1);
		assert_int_equal(heard(callee, "L1 close"), 1);
		assert_int_equal(heard(caller, "IDLE"), 1);
		assert_int_equal(heard(callee, "IDLE"), 1);
		scene_again(&scene);
		adapters_gone();
	}
}

/*
 * Processes that die while data flows
 */

static int flowing_process(void *argument)
{
	struct app *app = app_open("process");
	uint32_t line = line_open(app, "a", 0, NONE);
	uint32_t call = call_make(app, line, "200");
	char packet[200] = "";
	int fd;

	(void)argument;
	expect(app, "reply C1 MAKE_CALL 0", "C1 PROCEEDING", "C1 RINGBACK");
	child_ready();
	expect(app, "C1 CONNECTED");
	fd = call_data(app, call, 0);
	if (write(fd, packet, sizeof(packet)) != sizeof(packet))
		return 1;
	child_ready();
	while (write(fd, packet, sizeof(packet)) > 0)
		;
	return 2;
}

static void killed_while_data_flows(void **state)
{
	int rounds = is_debug_kernel() ? 3 : 8, i, fd;
	struct app *callee;
	char packet[256];
	ssize_t length;
	pid_t pid;

	(void)state;
	two_adapters("1");
	for (i = 0; i < rounds; i++) {
		callee = app_open("callee");
		line_open(callee, "b", 0, OWNER);
		pid = child_start(flowing_process, NULL);
		expect(callee, "L1 new C1 owner", "C1 OFFERING owner");
		child_await(pid);
		call_answer(callee, call_label(callee, 1));
		expect(callee, "reply C1 ANSWER 0", "C1 CONNECTED");
		fd = call_data(callee, call_label(callee, 1), 0);
		child_await(pid);
		assert_int_equal(read(fd, packet, sizeof(packet)), 200);
		child_kill(pid);
		do {
			length = read(fd, packet, sizeof(packet));
		} while (length > 0);
		assert_int_equal(length, 0);
		expect(callee, "C1 DISCONNECTED NORMAL 16");
		close_fd(fd);
		app_close(callee);
		wait_sessions(0);
		wait_count(CONDIS_COUNTER_VCS, 0);
		wait_count(CONDIS_COUNTER_TX, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(the_file_is_closed),
		WORLD_TEST(the_call_is_dropped),
		WORLD_TEST(the_call_is_deallocated),
		WORLD_TEST(the_line_is_closed),
		WORLD_TEST(the_adapter_is_removed),
		WORLD_TEST(the_adapter_is_pulled_out),
		WORLD_TEST(the_lines_change),
		WORLD_TEST(the_module_is_removed),
		WORLD_TEST(killed_while_data_flows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
