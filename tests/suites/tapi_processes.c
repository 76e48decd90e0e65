// SPDX-License-Identifier: GPL-2.0
/*
 * The flows of tapi_shutdown.c with each application in a process of its own; and what the
 * end, the fork and the exec of a process mean for its calls.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tapi/client.h"
#include "tapi/scripts.h"

/*
 * Check 6: killed in each state, alone; in company in tapi_monitors.c. What the far end hears, and
 * that nothing is left of the killed one, which the end of a script looks at.
 */
#define ADAPTERS \
	"world: add a 100@0", \
	"world: add b 200@0"

#define RINGING \
	ADAPTERS, \
	"callee: open b owner", \
	"caller: open a none", \
	"caller: call L1 200", \
	"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK", \
	"callee: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner"

#define CONNECTED \
	RINGING, \
	"callee: answer C1", \
	"callee: hears reply C1 Answer 0; C1 CONNECTED ACTIVE", \
	"caller: hears C1 CONNECTED ACTIVE"

static void killed_with_a_line(void **state)
{
	(void)state;
	play_apart(ADAPTERS,
		   "callee: open b owner",
		   "world: saps 1",
		   "callee: kill",
		   "world: saps 0",
		   "world: sessions 0");
}

/* The network has said nothing yet: who is called does not answer at all. */
static void killed_dialing(void **state)
{
	(void)state;
	play_apart(ADAPTERS,
		   "world: set a lost call-proceeding,alerting",
		   "world: set b fault no-answer",
		   "callee: open b owner",
		   "caller: open a none",
		   "caller: call L1 200",
		   "caller: kill",
		   "world: sessions 1",
		   "world: vcs 0");
}

static void killed_ringback(void **state)
{
	(void)state;
	play_apart(RINGING,
		   "caller: kill",
		   "callee: hears C1 DISCONNECTED *",
		   "world: sessions 1",
		   "world: vcs 0");
}

/* The network works on it, and has no word of the far end's yet, which is called all the same. */
static void killed_proceeding(void **state)
{
	(void)state;
	play_apart(ADAPTERS,
		   "world: set a lost alerting",
		   "callee: open b owner",
		   "caller: open a none",
		   "caller: call L1 200",
		   "caller: hears reply C1 MakeCall 0; C1 PROCEEDING",
		   "callee: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner",
		   "caller: state C1 PROCEEDING",
		   "caller: kill",
		   "callee: hears C1 DISCONNECTED NORMAL",
		   "world: sessions 1",
		   "world: vcs 0");
}

static void killed_offering(void **state)
{
	(void)state;
	play_apart(RINGING,
		   "callee: kill",
		   "caller: hears C1 DISCONNECTED *",
		   "world: sessions 1",
		   "world: vcs 0");
}

static void killed_accepted(void **state)
{
	(void)state;
	play_apart(RINGING,
		   "callee: accept C1",
		   "callee: hears-any reply C1 Accept 0; C1 ACCEPTED",
		   "callee: kill",
		   "caller: hears C1 DISCONNECTED *",
		   "world: sessions 1",
		   "world: vcs 0");
}

/* The network has not confirmed the answer, so that there is no reply to it yet. */
static void killed_answering(void **state)
{
	(void)state;
	play_apart(RINGING,
		   "world: set b lost connect-ack t313 60000",
		   "callee: answer C1",
		   "caller: hears C1 CONNECTED ACTIVE",
		   "callee: hears-nothing",
		   "callee: state C1 OFFERING",
		   "callee: kill",
		   "caller: hears C1 DISCONNECTED NORMAL",
		   "world: sessions 1",
		   "world: vcs 0");
}

static void killed_connected(void **state)
{
	(void)state;
	play_apart(CONNECTED,
		   "caller: kill",
		   "callee: hears C1 DISCONNECTED NORMAL",
		   "world: sessions 1",
		   "world: vcs 0");
}

static void killed_connected_callee(void **state)
{
	(void)state;
	play_apart(CONNECTED,
		   "callee: kill",
		   "caller: hears C1 DISCONNECTED NORMAL",
		   "world: sessions 1",
		   "world: vcs 0");
}

static void killed_dropping(void **state)
{
	(void)state;
	play_apart(CONNECTED,
		   "world: set a clear-delay 300",
		   "caller: drop C1",
		   "caller: kill",
		   "callee: hears C1 DISCONNECTED NORMAL",
		   "world: sessions 1",
		   "world: vcs 0");
}

static void killed_disconnected(void **state)
{
	(void)state;
	play_apart(CONNECTED,
		   "caller: drop C1",
		   "caller: hears-any reply C1 Drop 0; C1 IDLE",
		   "callee: hears C1 DISCONNECTED NORMAL",
		   "callee: kill",
		   "world: sessions 1",
		   "world: vcs 0",
		   "caller: deallocate C1");
}

/* The far end has hung up, and this end of the network takes its time. */
static void killed_clearing(void **state)
{
	(void)state;
	play_apart(CONNECTED,
		   "world: set b clear-delay 1000",
		   "caller: drop C1",
		   "callee: hears C1 DISCONNECTED NORMAL",
		   "callee: state C1 DISCONNECTED",
		   "callee: kill",
		   "world: sessions 1",
		   "caller: hears-any reply C1 Drop 0; C1 IDLE",
		   "world: vcs 0");
}

static void killed_idle(void **state)
{
	(void)state;
	play_apart(CONNECTED,
		   "caller: drop C1",
		   "caller: hears-any reply C1 Drop 0; C1 IDLE",
		   "caller: kill",
		   "callee: hears C1 DISCONNECTED NORMAL",
		   "world: sessions 1");
}

/* Another owner, in another process: the call goes on. */
static void killed_one_of_two_owners(void **state)
{
	(void)state;
	play_apart(CONNECTED,
		   "second: open b owner",
		   "second: new-calls L1 1",
		   "second: privilege C1 owner",
		   "callee: kill",
		   "second: hears C1 info -owner",
		   "second: state C1 CONNECTED",
		   "caller: hears-nothing",
		   "second: drop C1",
		   "second: hears-any reply C1 Drop 0; C1 IDLE",
		   "caller: hears C1 DISCONNECTED NORMAL");
}

/**
 * struct forked - what a forked child has of its parent's
 * @app: application
 * @line: line
 * @call: call
 */
struct forked {
	HLINEAPP app;
	HLINE line;
	HCALL call;
	sem_t *rings;
};

/* In the child the parent's handles are nobody's, as if it had never had any. */
static int forked_child(void *argument)
{
	struct forked *forked = argument;
	LINECALLSTATUS status = { .dwTotalSize = sizeof(status) };
	LINEMESSAGE message;
	HCALL call;

	if (lineDrop(forked->call, NULL, 0) != LINEERR_UNINITIALIZED)
		return 1;
	if (lineDeallocateCall(forked->call) != LINEERR_UNINITIALIZED)
		return 2;
	if (lineClose(forked->line) != LINEERR_UNINITIALIZED)
		return 3;
	if (lineGetMessage(forked->app, &message, 0) != LINEERR_UNINITIALIZED)
		return 4;
	if (lineGetCallStatus(forked->call, &status) != LINEERR_UNINITIALIZED)
		return 5;
	if (lineMakeCall(forked->line, &call, "200", 0, NULL) != LINEERR_UNINITIALIZED)
		return 6;
	if (lineShutdown(forked->app) != LINEERR_UNINITIALIZED)
		return 7;
	return 0;
}

/* Check 7: a child that was forked ends nothing of its parent's, whatever it calls. */
static void forked_child_ends_nothing(void **state)
{
	struct forked forked;
	struct client *caller;

	(void)state;
	tapi_connected();
	caller = client_of("caller");
	forked = (struct forked) {
		.app = caller->app,
		.line = client_line(caller, 1),
		.call = client_call(caller, 1),
	};
	assert_int_equal(child_wait(child_start(forked_child, &forked)), 0);
	play_on("caller: state C1 CONNECTED",
		"caller: hears-nothing",
		"callee: hears-nothing",
		"caller: drop C1",
		"caller: hears-any reply C1 Drop 0; C1 IDLE",
		"callee: hears C1 DISCONNECTED NORMAL");
	play_end(__FILE__, __LINE__);
}

/*
 * What the program's own handlers of fork() are answered about an application. They were
 * registered before the library was used, which holds no lock that they want.
 */
static struct {
	HLINEAPP app;
	LONG prepare;
	LONG parent;
	LONG child;
} handlers;

static LONG look(void)
{
	LINEMESSAGE message;

	return handlers.app ? lineGetMessage(handlers.app, &message, 0) : 0;
}

static void handler_prepare(void)
{
	handlers.prepare = look();
}

static void handler_parent(void)
{
	handlers.parent = look();
}

static void handler_child(void)
{
	handlers.child = look();
}

static int handled_child(void *argument)
{
	(void)argument;
	if (handlers.prepare != LINEERR_OPERATIONFAILED)
		return 1;
	return handlers.child == LINEERR_UNINITIALIZED ? 0 : 2;
}

static void handlers_use_the_library(void **state)
{
	pid_t pid;

	(void)state;
	handlers.app = client_begun("client", V2_2, "event")->app;
	pid = child_start(handled_child, NULL);
	handlers.app = 0;
	assert_int_equal(child_wait(pid), 0);
	assert_int_equal(handlers.prepare, LINEERR_OPERATIONFAILED);
	assert_int_equal(handlers.parent, LINEERR_OPERATIONFAILED);
	play_end(__FILE__, __LINE__);
}

/* It can have applications of its own. */
static int forked_child_begins(void *argument)
{
	struct forked *forked = argument;
	struct client *client;
	int failed = forked_child(forked);

	if (failed)
		return failed;
	client = client_of("child");
	if (client_begin(client, V2_2, "event"))
		return 11;
	/* Now there is one, and its parent's handles are still nobody's. */
	if (lineShutdown(forked->app) != LINEERR_INVALAPPHANDLE)
		return 12;
	if (client_try(client, "open b owner"))
		return 13;
	child_ready();
	if (client_try(client, "hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner"))
		return 14;
	/* Who rejects at once can be sooner than the ringing. */
	if (sem_wait(forked->rings) || client_try(client, "drop C1"))
		return 15;
	if (client_try(client, "hears-any reply C1 Drop 0; C1 IDLE"))
		return 16;
	if (client_try(client, "shutdown"))
		return 17;
	return 0;
}

static void forked_child_has_its_own(void **state)
{
	struct forked forked = { 0 };
	struct client *caller;
	pid_t pid;

	(void)state;
	two_adapters("4");
	play_on("caller: open a none");
	caller = client_of("caller");
	forked.app = caller->app;
	forked.line = client_line(caller, 1);
	forked.call = 1;
	forked.rings = mmap(NULL, sizeof(sem_t), PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(forked.rings, MAP_FAILED);
	assert_int_equal(sem_init(forked.rings, 1, 0), 0);
	pid = child_start(forked_child_begins, &forked);
	child_await(pid);
	play_on("caller: call L1 200",
		"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK");
	assert_int_equal(sem_post(forked.rings), 0);
	play_on("caller: hears C1 DISCONNECTED REJECT");
	assert_int_equal(child_wait(pid), 0);
	play_end(__FILE__, __LINE__);
	munmap(forked.rings, sizeof(sem_t));
}

static int sleeper(void *argument)
{
	(void)argument;
	child_ready();
	while (pause())
		;
	return 0;
}

/*
 * Check 7: a child has the files, too, but lineShutdown() is the session's end whoever else has
 * them.
 */
static void shutdown_with_a_forked_child(void **state)
{
	struct client *caller;
	pid_t pid;

	(void)state;
	tapi_connected();
	caller = client_of("caller");
	pid = child_start_holding(sleeper, NULL);
	child_await(pid);
	assert_int_equal(client_shutdown(caller), 0);
	client_do(client_of("callee"), "hears C1 DISCONNECTED NORMAL");
	wait_count(CONDIS_COUNTER_VCS, 0);
	child_kill(pid);
	play_end(__FILE__, __LINE__);
}

static int says_descriptors(void *argument)
{
	int *output = argument;

	dup2(*output, STDOUT_FILENO);
	execl("/bin/sh", "sh", "-c", "ls -l /proc/self/fd", (char *)NULL);
	return 127;
}

/* Check 7: exec leaves nothing open: neither the session, nor its events, nor what wakes it. */
static void exec_has_no_descriptor(void **state)
{
	char text[4096], *path = NULL;
	ssize_t length;
	int output;
	pid_t pid;

	(void)state;
	tapi_connected();
	assert_true(asprintf(&path, "/tmp/descriptors.%d", getpid()) > 0);
	output = keep_fd(open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
	assert_true(output >= 0);
	pid = child_start_holding(says_descriptors, &output);
	assert_int_equal(child_wait(pid), 0);
	length = pread(output, text, sizeof(text) - 1, 0);
	assert_true(length > 0);
	text[length] = '\0';
	assert_non_null(strstr(text, " 1 -> "));
	assert_null(strstr(text, "ndproxy"));
	assert_null(strstr(text, "eventfd"));
	assert_null(strstr(text, "eventpoll"));
	close_fd(output);
	unlink(path);
	free(path);
	play_on("caller: state C1 CONNECTED",
		"caller: drop C1",
		"caller: hears-any reply C1 Drop 0; C1 IDLE",
		"callee: hears C1 DISCONNECTED NORMAL");
	play_end(__FILE__, __LINE__);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		APART_TEST(happy),
		APART_TEST(remote_hangup),
		APART_TEST(offer_is_rejected),
		APART_TEST(caller_gives_up),
		APART_TEST(busy),
		APART_TEST(close_sole_owner),
		APART_TEST(close_caller),
		APART_TEST(close_one_of_two_owners),
		APART_TEST(close_monitor),
		APART_TEST(close_is_told),
		APART_TEST(deallocate_sole_owner),
		APART_TEST(deallocate_one_of_two_owners),
		APART_TEST(deallocate_monitor),
		APART_TEST(deallocate_live_old),
		APART_TEST(deallocate_live_new),
		APART_TEST(shutdown_sole_owner),
		APART_TEST(shutdown_with_requests),
		APART_TEST(shutdown_one_of_two_owners),
		APART_TEST(shutdown_monitor),
		APART_TEST(handoff),
		TAPI_TEST(killed_with_a_line),
		TAPI_TEST(killed_dialing),
		TAPI_TEST(killed_ringback),
		TAPI_TEST(killed_proceeding),
		TAPI_TEST(killed_offering),
		TAPI_TEST(killed_accepted),
		TAPI_TEST(killed_answering),
		TAPI_TEST(killed_connected),
		TAPI_TEST(killed_connected_callee),
		TAPI_TEST(killed_dropping),
		TAPI_TEST(killed_disconnected),
		TAPI_TEST(killed_clearing),
		TAPI_TEST(killed_idle),
		TAPI_TEST(killed_one_of_two_owners),
		TAPI_TEST(forked_child_ends_nothing),
		TAPI_TEST(forked_child_has_its_own),
		TAPI_TEST(handlers_use_the_library),
		TAPI_TEST(shutdown_with_a_forked_child),
		TAPI_TEST(exec_has_no_descriptor),
	};

	pthread_atfork(handler_prepare, handler_parent, handler_child);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
