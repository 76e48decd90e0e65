// SPDX-License-Identifier: GPL-2.0
/*
 * The matrix of coming down: whatever happens, in whatever state, is over in a
 * bounded time, ends each call once for whoever still listens, leaves nothing, and
 * the same names and numbers can be used again at once.
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
	STAGE_IDLE,
	STAGE_DIALING,
	STAGE_RINGBACK,
	STAGE_OFFERING,
	STAGE_CONNECTED,
	STAGE_FLOWING,
	STAGE_DIGITS,
	STAGE_CLOSING,
	STAGES
};

static const char *const stage_names[STAGES] = {
	"idle", "dialing", "ringback", "offering", "connected", "data flows",
	"digits both ways", "closing",
};

/**
 * struct scene - a call in a stage, and who is concerned
 * @stage: the stage
 * @pair: the two applications
 * @subject: the one to which something happens
 * @far: the other one
 * @adapter: the subject's
 * @line: the subject's line handle
 * @call: the subject's call handle, 0 if it has none
 * @from: the subject's data file, or -1
 * @to: the other one's
 * @writer: keeps data flowing
 * @is_flowing: it was started
 * @written: packets so far
 */
struct scene {
	enum stage stage;
	struct pair pair;
	struct app *subject;
	struct app *far;
	const char *adapter;
	uint32_t line;
	uint32_t call;
	int from;
	int to;
	pthread_t writer;
	bool is_flowing;
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
	scene->from = -1;
	scene->to = -1;
	two_adapters("1");
	if (stage == STAGE_DIALING) {
		adapter_set("b", "fault", "no-answer", NULL);
		adapter_set("a", "lost", "call-proceeding,alerting", "t303", "60000", NULL);
	}
	if (stage == STAGE_IDLE || stage == STAGE_DIALING)
		*pair = pair_idle();
	else if (stage == STAGE_RINGBACK || stage == STAGE_OFFERING)
		*pair = pair_offering();
	else
		*pair = pair_connected();
	if (stage == STAGE_DIALING)
		pair->out = call_make(pair->caller, pair->caller_line, "200");
	if (stage == STAGE_FLOWING) {
		scene->from = call_data(pair->caller, pair->out, 0);
		scene->to = call_data(pair->callee, pair->in, 0);
		scene->is_flowing = true;
		assert_int_equal(pthread_create(&scene->writer, NULL, flow, scene), 0);
		while (atomic_load(&scene->written) < 10)
			usleep(1000);
	}
	if (stage == STAGE_DIGITS) {
		/* For a while: 60 digits, each with a silence after it. */
		digits_monitor(pair->caller, pair->out, NDPROXY_DIGIT_MODES);
		digits_monitor(pair->callee, pair->in, NDPROXY_DIGIT_MODES);
		digits_send(pair->caller, pair->out, SIXTY_DIGITS, 2000);
		digits_send(pair->callee, pair->in, SIXTY_DIGITS, 2000);
		expect(pair->callee, "C1 digit 0");
		expect(pair->caller, "C1 digit 0");
	}
	if (stage == STAGE_CLOSING) {
		/* A network that does not answer, not before anything has happened at least. */
		adapter_set("a", "clear-delay", "3600000", "t305", "4000", "t308", "100", NULL);
		call_drop(pair->caller, pair->out);
		expect(pair->callee, "C1 DISCONNECTED NORMAL 16");
	}
	scene->subject = stage == STAGE_OFFERING ? pair->callee : pair->caller;
	scene->far = stage == STAGE_OFFERING ? pair->caller : pair->callee;
	scene->adapter = stage == STAGE_OFFERING ? "b" : "a";
	scene->line = stage == STAGE_OFFERING ? pair->callee_line : pair->caller_line;
	scene->call = stage == STAGE_OFFERING ? pair->in : pair->out;
}

/* The subject hears no more of what it closed itself; what it dropped, or lost, has one end. */
static void scene_end(struct scene *scene, bool is_told)
{
	struct app *far = scene->far;
	bool is_known_to_far = scene->stage != STAGE_IDLE && scene->stage != STAGE_DIALING;

	if (scene->is_flowing) {
		struct timespec end;

		clock_gettime(CLOCK_REALTIME, &end);
		end.tv_sec += patience() / 1000;
		if (pthread_timedjoin_np(scene->writer, NULL, &end))
			fail_msg("the writer is still blocked");
		close_fd(scene->from);
		close_fd(scene->to);
	}
	if (is_known_to_far)
		hear(far, "DISCONNECTED");
	if (is_told && scene->call)
		hear(scene->subject, "IDLE");
	wait_count(CONDIS_COUNTER_VCS, 0);
	hear_all(scene->subject);
	hear_all(far);
	/* The fixture has seen to it that nothing comes after an IDLE or a LINE_CLOSE. */
	if (is_known_to_far)
		assert_int_equal(heard(far, "DISCONNECTED"), 1);
	else
		assert_int_equal(heard(far, "C1"), 0);
	/* Who still has its call hears that its digits are over, once, and before the end. */
	if (scene->stage == STAGE_DIGITS) {
		assert_int_equal(heard(far, "digits CANCEL"), 1);
		assert_int_equal(heard(scene->subject, "digits CANCEL"), is_told);
		assert_true(strstr(far->trace, "digits CANCEL") <
			    strstr(far->trace, "DISCONNECTED"));
	}
	assert_in_range(heard(scene->subject, "IDLE"), 0, 1);
	assert_in_range(heard(scene->subject, "DISCONNECTED"), 0, 1);
}

/* The same names, numbers and lines, at once. */
static void scene_again(struct scene *scene)
{
	struct pair pair;

	if (scene->subject->session)
		app_close(scene->subject);
	if (scene->far->session)
		app_close(scene->far);
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

static void adapters_plain(void)
{
	adapter_set("a", "lost", "none", "clear-delay", "0", "t303", "4000", "t305", "30000",
		    "t308", "4000", NULL);
	adapter_set("b", "fault", "none", NULL);
}

static void adapters_gone(void)
{
	adapter_del("a");
	adapter_del("b");
	wait_no_adapters();
}

/* One row of the matrix: something happens in each stage. */
static void row(void (*happens)(struct scene *scene), bool is_told, bool is_new_adapter)
{
	struct scene scene;
	enum stage stage;
	long long start;

	for (stage = 0; stage < STAGES; stage++) {
		say("stage: %s", stage_names[stage]);
		scene_begin(&scene, stage);
		start = now_ms();
		happens(&scene);
		/* With all timers in between: no wait for anybody's progress. */
		scene_end(&scene, is_told);
		assert_in_range(now_ms() - start, 0, promptness());
		if (!is_new_adapter)
			adapters_plain();
		scene_again(&scene);
		adapters_gone();
	}
}

static void close_file(struct scene *scene)
{
	app_close(scene->subject);
}

static void the_file_is_closed(void **state)
{
	(void)state;
	row(close_file, false, false);
}

static void drop_call(struct scene *scene)
{
	if (scene->call)
		call_drop(scene->subject, scene->call);
}

static void the_call_is_dropped(void **state)
{
	(void)state;
	row(drop_call, true, false);
}

static void deallocate_call(struct scene *scene)
{
	if (scene->call)
		call_deallocate(scene->subject, scene->call);
}

static void the_call_is_deallocated(void **state)
{
	(void)state;
	row(deallocate_call, false, false);
}

static void close_line(struct scene *scene)
{
	line_close(scene->subject, scene->line);
}

static void the_line_is_closed(void **state)
{
	(void)state;
	row(close_line, false, false);
}

static void replace_adapter(struct scene *scene, bool is_surprise)
{
	bool is_a = !strcmp(scene->adapter, "a");

	if (is_surprise)
		adapter_surprise(scene->adapter);
	else
		adapter_del(scene->adapter);
	/* Its name and its number are free already. */
	adapter_add(scene->adapter, "address", is_a ? "100@0" : "200@0", NULL);
	if (is_a)
		adapter_set("b", "fault", "none", NULL);
	else
		adapter_set("a", "lost", "none", NULL);
}

static void remove_adapter(struct scene *scene)
{
	replace_adapter(scene, false);
}

static void the_adapter_is_removed(void **state)
{
	(void)state;
	row(remove_adapter, true, true);
}

static void pull_adapter(struct scene *scene)
{
	replace_adapter(scene, true);
}

static void the_adapter_is_pulled_out(void **state)
{
	(void)state;
	row(pull_adapter, true, true);
}

static void change_lines(struct scene *scene)
{
	bool is_a = !strcmp(scene->adapter, "a");

	adapter_set(scene->adapter, "lines", "2", "address", is_a ? "100@0" : "200@0", NULL);
}

static void the_lines_change(void **state)
{
	(void)state;
	row(change_lines, true, false);
}

static void unload(struct scene *scene)
{
	(void)scene;
	assert_int_equal(module_unload(VWAN), 0);
	assert_int_equal(module_load(VWAN), 0);
	exchange_ensure();
	two_adapters("1");
}

/* Both ends lose their adapter: each hears of the end of its own, once. */
static void the_module_is_removed(void **state)
{
	struct scene scene;
	enum stage stage;
	long long start;

	(void)state;
	for (stage = 0; stage < STAGES; stage++) {
		say("stage: %s", stage_names[stage]);
		scene_begin(&scene, stage);
		start = now_ms();
		unload(&scene);
		if (scene.is_flowing) {
			pthread_join(scene.writer, NULL);
			close_fd(scene.from);
			close_fd(scene.to);
		}
		hear(scene.subject, "L1 close");
		hear(scene.far, "L1 close");
		wait_count(CONDIS_COUNTER_VCS, 0);
		hear_all(scene.subject);
		hear_all(scene.far);
		assert_in_range(now_ms() - start, 0, promptness());
		assert_int_equal(heard(scene.subject, "L1 close"), 1);
		assert_int_equal(heard(scene.far, "L1 close"), 1);
		if (scene.call)
			assert_int_equal(heard(scene.subject, "IDLE"), 1);
		if (scene.far->calls[0])
			assert_int_equal(heard(scene.far, "IDLE"), 1);
		scene_again(&scene);
		adapters_gone();
		exchange_ensure();
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
