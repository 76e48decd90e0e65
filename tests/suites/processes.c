// SPDX-License-Identifier: GPL-2.0
/*
 * Processes that have sessions: killed, forked, passing their files on, ending at the same
 * moment. Each is an orderly end, and what it means for the rest.
 */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fixture.h"

enum stage {
	STAGE_IDLE,
	STAGE_DIALING,
	STAGE_RINGBACK,
	STAGE_CONNECTED_OUT,
	STAGE_DROPPING,
	STAGE_OFFERING,
	STAGE_ACCEPTED,
	STAGE_CONNECTED_IN,
	STAGE_REMOTE_CLOSED,
	STAGES
};

static const char *const stage_names[STAGES] = {
	"idle", "dialing", "ringback", "connected, the caller", "dropping", "offering", "accepted",
	"connected, the callee", "hung up on",
};

/* An application that gets into a stage, and is killed there. */
static int process(void *argument)
{
	enum stage stage = *(enum stage *)argument;
	struct app *app = app_open("process");
	uint32_t line, call;

	if (stage < STAGE_OFFERING) {
		line = line_open(app, "a", 0, NONE);
		if (stage != STAGE_IDLE)
			call = call_make(app, line, "200");
		if (stage == STAGE_RINGBACK || stage > STAGE_DIALING)
			expect(app, "reply C1 MAKE_CALL 0", "C1 PROCEEDING", "C1 RINGBACK");
		if (stage > STAGE_RINGBACK) {
			child_ready();
			expect(app, "C1 CONNECTED");
		}
		if (stage == STAGE_DROPPING)
			call_drop(app, call);
	} else {
		line = line_open(app, "b", 0, OWNER);
		child_ready();
		expect(app, "L1 new C1 owner", "C1 OFFERING owner");
		call = call_label(app, 1);
		if (stage >= STAGE_ACCEPTED) {
			call_accept(app, call);
			expect_in_any_order(app, "reply C1 ACCEPT 0", "C1 ACCEPTED");
		}
		if (stage >= STAGE_CONNECTED_IN) {
			call_answer(app, call);
			expect(app, "reply C1 ANSWER 0", "C1 CONNECTED");
		}
		if (stage == STAGE_REMOTE_CLOSED)
			expect(app, "C1 DISCONNECTED NORMAL 16");
	}
	child_ready();
	while (pause())
		;
	return 0;
}

/* Kills one in each stage: the far end hears one end, and nothing is left. */
static void killed(enum stage stage)
{
	struct app *far = app_open("far");
	bool is_far_caller = stage >= STAGE_OFFERING;
	uint32_t line, call = 0;
	pid_t pid;

	line = line_open(far, is_far_caller ? "a" : "b", 0, is_far_caller ? NONE : OWNER);
	pid = child_start(process, &stage);
	if (is_far_caller) {
		child_await(pid);
		call = call_make(far, line, "200");
		expect(far, "reply C1 MAKE_CALL 0", "C1 PROCEEDING", "C1 RINGBACK");
		if (stage >= STAGE_CONNECTED_IN)
			expect(far, "C1 CONNECTED");
		if (stage == STAGE_REMOTE_CLOSED) {
			call_drop(far, call);
			expect_in_any_order(far, "reply C1 DROP 0", "C1 IDLE");
		}
	} else if (stage >= STAGE_RINGBACK) {
		expect(far, "L1 new C1 owner", "C1 OFFERING owner");
		if (stage > STAGE_RINGBACK) {
			/* Not before the far end knows that it rings. */
			child_await(pid);
			call_answer(far, call_label(far, 1));
			expect(far, "reply C1 ANSWER 0", "C1 CONNECTED");
		}
		if (stage == STAGE_DROPPING)
			expect(far, "C1 DISCONNECTED NORMAL 16");
	}
	child_await(pid);
	child_kill(pid);
	if (stage != STAGE_IDLE && stage != STAGE_DIALING && stage != STAGE_DROPPING &&
	    stage != STAGE_REMOTE_CLOSED)
		expect(far, "C1 DISCONNECTED *");
	wait_count(CONDIS_COUNTER_VCS, 0);
	wait_sessions(1);
	expect_nothing(far);
	app_close(far);
	wait_sessions(0);
}

static void kill_in_each_stage(void **state)
{
	enum stage stage;

	(void)state;
	two_adapters("1");
	for (stage = 0; stage < STAGES; stage++) {
		say("stage: %s", stage_names[stage]);
		adapter_set("a", "lost",
			    stage == STAGE_DIALING ? "call-proceeding,alerting" : "none",
			    "clear-delay", stage == STAGE_DROPPING ? "200" : "0", NULL);
		adapter_set("b", "fault", stage == STAGE_DIALING ? "no-answer" : "none", NULL);
		killed(stage);
	}
}

static int sleeper(void *argument)
{
	(void)argument;
	child_ready();
	while (pause())
		;
	return 0;
}

/* A forked child keeps the session, and its end is the session's end. */
static void fork_holds(void **state)
{
	struct pair pair;
	pid_t pid;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	pid = child_start_holding(sleeper, NULL);
	child_await(pid);
	app_close(pair.caller);
	expect_nothing(pair.callee);
	assert_int_equal(count_sessions(), 2);
	assert_int_equal(call_state(pair.callee, pair.in), LINECALLSTATE_CONNECTED);
	child_kill(pid);
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	wait_sessions(1);
	expect_end();
}

static void send_fd(int socket, int fd)
{
	fds_send(socket, &fd, 1);
}

static int receive_fd(int socket)
{
	int fd;

	assert_int_equal(fds_receive(socket, &fd, 1), 0);
	return fd;
}

/* A session's file and a data file on their way in a socket. */
static void passed_on(void **state)
{
	struct ndproxy_version version = { 0 };
	char packet[8];
	struct pair pair;
	int ends[2], session, data, to;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	data = call_data(pair.caller, pair.out, 0);
	to = call_data(pair.callee, pair.in, 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
	keep_fd(ends[0]);
	keep_fd(ends[1]);
	send_fd(ends[0], app_fd(pair.caller));
	send_fd(ends[0], data);
	app_close(pair.caller);
	close_fd(data);
	expect_nothing(pair.callee);
	session = keep_fd(receive_fd(ends[1]));
	data = keep_fd(receive_fd(ends[1]));
	assert_int_equal(ioctl(session, NDPROXY_GET_VERSION, &version), 0);
	assert_int_equal(write(data, "passed", 6), 6);
	assert_int_equal(wait_fd(to, POLLIN, patience()) & POLLIN, POLLIN);
	assert_int_equal(read(to, packet, sizeof(packet)), 6);

	/* The data file holds no session, and keeps no call up. */
	send_fd(ends[0], session);
	close_fd(session);
	expect_nothing(pair.callee);
	close_fd(ends[0]);
	close_fd(ends[1]);
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	assert_int_equal(write(data, "late", 4), -1);
	assert_int_equal(errno, EPIPE);
	assert_int_equal(read(data, packet, sizeof(packet)), 0);
	close_fd(data);
	wait_sessions(1);
	expect_end();
}

static pthread_barrier_t barrier;

static void *closer(void *argument)
{
	int fd = *(int *)argument;

	pthread_barrier_wait(&barrier);
	close(fd);
	return NULL;
}

/* Both ends close at once, again and again. */
static void both_at_once(void **state)
{
	int rounds = is_debug_kernel() ? 10 : 40, fds[2], i;
	pthread_t threads[2];
	struct pair pair;

	(void)state;
	two_adapters("1");
	assert_int_equal(pthread_barrier_init(&barrier, NULL, 2), 0);
	for (i = 0; i < rounds; i++) {
		pair = pair_connected();
		/* Their numbers are taken again before the libraries close theirs. */
		fds[0] = dup(app_fd(pair.caller));
		fds[1] = dup(app_fd(pair.callee));
		app_close(pair.caller);
		app_close(pair.callee);
		pthread_create(&threads[0], NULL, closer, &fds[0]);
		pthread_create(&threads[1], NULL, closer, &fds[1]);
		pthread_join(threads[0], NULL);
		pthread_join(threads[1], NULL);
		wait_sessions(0);
		wait_count(CONDIS_COUNTER_VCS, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(kill_in_each_stage),
		WORLD_TEST(fork_holds),
		WORLD_TEST(passed_on),
		WORLD_TEST(both_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
