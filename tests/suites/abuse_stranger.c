// SPDX-License-Identifier: GPL-2.0
/*
 * Those who may not: processes without the group, without the capability, in another
 * network namespace, in another user namespace. Each is refused as the manual says, and
 * neither sees nor touches what is another's.
 */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "command.h"

#define USER	1000
#define DIALOUT	20

/* In a child, whose exit status is the line in which it went wrong. */
#define fine(_condition)	check((_condition), __LINE__)

static void check(bool is_fine, int line)
{
	if (is_fine)
		return;
	say("line %d: %s", line, strerror(errno));
	_exit(1);
}

/* Another user, of the group that may dial. */
static void become_user(void)
{
	gid_t group = DIALOUT;

	fine(!setgroups(1, &group) && !setgid(USER) && !setuid(USER));
}

static struct condis_session *session_open(void)
{
	struct condis_session *session = condis_session_open(NULL);

	fine(session);
	return session;
}

static int stranger_setup(void **state)
{
	if (world_setup(state))
		return -1;
	return chown("/dev/ndproxy", 0, DIALOUT);
}

#define STRANGER_TEST(function) \
	cmocka_unit_test_setup_teardown(function, stranger_setup, world_teardown)

/**
 * struct victim - what a stranger might know of others
 * @adapter: number of the adapter "b"
 * @session: number of a session
 * @line: handle of a line there
 * @call: and of a call
 * @fd: descriptor of its file, or of something else that he was given
 */
struct victim {
	uint32_t adapter;
	uint32_t session;
	uint32_t line;
	uint32_t call;
	int fd;
};

static struct victim victim_of(const struct pair *pair)
{
	return (struct victim) {
		.adapter = adapter_id("b"),
		.session = app_id(pair->callee),
		.line = pair->callee_line,
		.call = pair->in,
		.fd = -1,
	};
}

/*
 * Access to the node
 */

static int without_the_group(void *argument)
{
	(void)argument;
	fine(!setgroups(0, NULL) && !setgid(USER) && !setuid(USER));
	fine(open("/dev/ndproxy", O_RDWR) < 0 && errno == EACCES);
	fine(open("/dev/ndproxy", O_RDONLY) < 0 && errno == EACCES);
	fine(open("/dev/ndproxy", O_WRONLY) < 0 && errno == EACCES);
	/* A path alone, which everybody may have, is no session. */
	fine(ioctl(open("/dev/ndproxy", O_PATH), NDPROXY_SHUTDOWN) < 0 && errno == EBADF);
	return 0;
}

/* Root of a user namespace is not the machine's, whatever it may there. */
static int root_of_a_namespace(void *argument)
{
	struct stat node;

	(void)argument;
	fine(!stat("/dev/ndproxy", &node));
	fine(!setgroups(0, NULL) && !setgid(USER) && !setuid(USER));
	fine(!unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS));
	fine(open("/dev/ndproxy", O_RDWR) < 0 && errno == EACCES);
	/* A node of its own it cannot make. */
	fine(mknod("/tmp/ndproxy", S_IFCHR | 0666, node.st_rdev) < 0 && errno == EPERM);
	return 0;
}

static void no_access(void **state)
{
	struct effect before;
	struct pair pair;

	(void)state;
	two_adapters("2");
	pair = pair_connected();
	effect_take(pair.caller, &before);
	assert_int_equal(child_wait(child_start(without_the_group, NULL)), 0);
	assert_int_equal(child_wait(child_start(root_of_a_namespace, NULL)), 0);
	effect_none(pair.caller, &before);
}

/*
 * Another user
 */

/* All that can be tried with the numbers of another user's handles. */
static void try_handles(int fd, const struct victim *victim)
{
	unsigned char argument[ARGUMENT_MAX];
	struct pair theirs = { .caller_line = victim->line, .out = victim->call };
	const struct member *member;
	size_t i;

	for (i = 0; i < commands_length; i++) {
		for (member = commands[i].members; member->name; member++)
			if (member->rule == RULE_HANDLE)
				break;
		if (!member->name)
			continue;
		command_fill(commands[i].number, argument, &theirs);
		fine(ioctl(fd, commands[i].number, argument) < 0 && errno == EBADF);
	}
}

static int another_user(void *argument)
{
	struct victim *victim = argument;
	struct ndproxy_open_line open_line = {
		.adapter = victim->adapter, .privileges = MONITOR,
	};
	struct ndproxy_new_calls calls = { .select = LINECALLSELECT_LINE };
	struct condis_session *session;
	struct ndproxy_event event;

	become_user();
	session = session_open();
	try_handles(condis_session_fd(session), victim);
	fine(!condis_line_open(session, &open_line));
	calls.line_handle = open_line.line_handle;
	fine(!condis_line_new_calls(session, &calls) && !calls.num_calls && !calls.more);
	child_ready();
	/* While calls of others come and go on the line, not a word; a busy host takes its time. */
	while (condis_session_next(session, &event, 5000) == 1)
		fine(event.type == LINE_CREATE || event.type == LINE_REMOVE);
	return 0;
}

static void another_user_sees_nothing(void **state)
{
	struct victim victim;
	struct effect before;
	struct pair pair;
	pid_t pid;

	(void)state;
	two_adapters("4");
	pair = pair_connected();
	victim = victim_of(&pair);
	effect_take(pair.callee, &before);
	pid = child_start(another_user, &victim);
	child_await(pid);
	/* Offered to us, answered by us: at no time his. */
	pair_call(&pair);
	call_drop(pair.callee, pair.in);
	hear(pair.callee, "C2 IDLE");
	assert_int_equal(child_wait(pid), 0);
	hear_all(pair.caller);
	hear_all(pair.callee);
	assert_int_equal(call_state(pair.callee, victim.call), LINECALLSTATE_CONNECTED);
}

/*
 * What a file may is what he who opened it might: passed on it gives no less, and used by
 * an admin no more.
 */
static int uses_what_he_was_given(void *argument)
{
	struct victim *victim = argument;
	struct ndproxy_call_status status = { .call = victim->call };
	struct ndproxy_new_calls calls = { .select = LINECALLSELECT_LINE };
	struct ndproxy_open_line open_line = {
		.adapter = victim->adapter, .privileges = MONITOR,
	};

	become_user();
	fine(!ioctl(victim->fd, NDPROXY_OPEN_LINE, &open_line));
	calls.line_handle = open_line.line_handle;
	fine(!ioctl(victim->fd, NDPROXY_GET_NEW_CALLS, &calls) && calls.num_calls == 1);
	status.call = calls.calls[0];
	fine(!ioctl(victim->fd, NDPROXY_GET_CALL_STATUS, &status));
	fine(status.privilege == MONITOR);
	return 0;
}

static int opened_by_another_user(void *argument)
{
	struct victim *victim = argument;
	struct ndproxy_new_calls calls = { .select = LINECALLSELECT_LINE };
	struct ndproxy_open_line open_line = {
		.adapter = victim->adapter, .privileges = MONITOR,
	};
	gid_t group = DIALOUT;
	int fd;

	fine(!setgroups(1, &group) && !seteuid(USER));
	fd = open("/dev/ndproxy", O_RDWR | O_CLOEXEC);
	fine(fd >= 0);
	fine(!seteuid(0));
	fine(!ioctl(fd, NDPROXY_OPEN_LINE, &open_line));
	calls.line_handle = open_line.line_handle;
	fine(!ioctl(fd, NDPROXY_GET_NEW_CALLS, &calls) && !calls.num_calls);
	return 0;
}

static void rights_are_the_openers(void **state)
{
	struct victim victim;
	struct app *app;
	struct pair pair;

	(void)state;
	two_adapters("4");
	pair = pair_connected();
	victim = victim_of(&pair);
	app = app_open("given away");
	victim.fd = app_fd(app);
	assert_int_equal(child_wait(child_start_holding(uses_what_he_was_given, &victim)), 0);
	assert_int_equal(child_wait(child_start(opened_by_another_user, &victim)), 0);
	hear_all(pair.callee);
}

/* A monitor's handle that an admin gave away makes no owner of another user. */
static int raises_himself(void *argument)
{
	struct victim *victim = argument;
	struct ndproxy_open_line open_line = {
		.adapter = victim->adapter, .privileges = OWNER, .media_modes = DIGITAL,
	};
	struct condis_session *session;
	struct ndproxy_event event;
	uint32_t call = 0;
	long long end;

	become_user();
	session = session_open();
	fine(!condis_line_open(session, &open_line));
	child_ready();
	/* He is handed a call, gives up what he has of it, and wants it back. */
	for (end = now_ms() + patience(); now_ms() < end && !call; )
		if (condis_session_next(session, &event, 1000) == 1 &&
		    event.type == LINE_APPNEWCALL)
			call = event.new_call.call;
	fine(call);
	fine(!condis_call_set_privilege(session, call, MONITOR));
	fine(condis_call_set_privilege(session, call, OWNER) && errno == EACCES);
	fine(condis_call_drop(session, call, 0, 1) && errno == EPERM);
	fine(condis_call_handoff_session(session, call, victim->session) && errno == EPERM);
	fine(condis_call_open_data(session, call, 0, NULL) < 0 && errno == EPERM);
	return 0;
}

static void monitor_of_another_user(void **state)
{
	struct condis_session_info *sessions;
	uint32_t target = 0;
	struct victim victim;
	struct pair pair;
	ssize_t length;
	pid_t pid;

	(void)state;
	two_adapters("4");
	pair = pair_connected();
	victim = victim_of(&pair);
	pid = child_start(raises_himself, &victim);
	child_await(pid);
	length = condis_sessions(admin(), &sessions);
	assert_int_equal(length, 3);
	while (length--)
		if (sessions[length].uid == USER)
			target = sessions[length].id;
	free(sessions);
	assert_int_equal(condis_call_handoff_session(pair.callee->session, pair.in, target), 0);
	assert_int_equal(child_wait(pid), 0);
	assert_int_equal(call_state(pair.callee, pair.in), LINECALLSTATE_CONNECTED);
	hear_all(pair.callee);
}

/*
 * Other namespaces
 */

/* Root of the machine, in another network namespace: nothing of ours is there. */
static int elsewhere(void *argument)
{
	struct victim *victim = argument;
	struct ndproxy_adapter adapter = { 0 };
	struct ndproxy_line_caps caps;
	struct condis_session *session;
	uint32_t i;

	fine(!unshare(CLONE_NEWNET));
	session = session_open();
	fine(!condis_line_next_adapter(session, &adapter));
	for (i = 0; i < 200; i++)
		fine(condis_line_adapter(session, i, &adapter) && errno == ENODEV);
	fine(condis_line_caps(session, victim->adapter, 0, &caps) && errno == ENODEV);
	try_handles(condis_session_fd(session), victim);
	return 0;
}

/* A session stays in the namespace in which it began, wherever it is used. */
static int takes_it_elsewhere(void *argument)
{
	struct victim *victim = argument;
	struct ndproxy_adapter adapter = { .adapter = victim->adapter };

	fine(!unshare(CLONE_NEWNET));
	fine(!ioctl(victim->fd, NDPROXY_GET_ADAPTER_CAPS, &adapter));
	fine(!strcmp(adapter.name, "b"));
	return 0;
}

/* Of the group, root of a user namespace, in our network namespace: a user like others. */
static int root_of_nothing(void *argument)
{
	struct victim *victim = argument;
	struct ndproxy_open_line open_line = {
		.adapter = victim->adapter, .privileges = MONITOR,
	};
	struct ndproxy_new_calls calls = { .select = LINECALLSELECT_LINE };
	struct condis_session *session;

	become_user();
	fine(!unshare(CLONE_NEWUSER));
	session = session_open();
	try_handles(condis_session_fd(session), victim);
	fine(!condis_line_open(session, &open_line));
	calls.line_handle = open_line.line_handle;
	fine(!condis_line_new_calls(session, &calls) && !calls.num_calls);
	return 0;
}

static void other_namespaces(void **state)
{
	struct victim victim;
	struct effect before;
	struct pair pair;

	(void)state;
	two_adapters("4");
	pair = pair_connected();
	victim = victim_of(&pair);
	effect_take(pair.callee, &before);
	assert_int_equal(child_wait(child_start(elsewhere, &victim)), 0);
	victim.fd = app_fd(pair.callee);
	assert_int_equal(child_wait(child_start_holding(takes_it_elsewhere, &victim)), 0);
	assert_int_equal(child_wait(child_start(root_of_nothing, &victim)), 0);
	wait_sessions(2);
	effect_none(pair.callee, &before);
}

/* The number of a session of another namespace hands over nothing. */
static int waits_elsewhere(void *argument)
{
	(void)argument;
	fine(!unshare(CLONE_NEWNET));
	session_open();
	child_ready();
	pause();
	return 0;
}

static void no_handoff_abroad(void **state)
{
	struct effect before;
	struct pair pair;
	uint32_t session;
	pid_t pid;

	(void)state;
	two_adapters("4");
	pair = pair_connected();
	pid = child_start(waits_elsewhere, NULL);
	child_await(pid);
	effect_take(pair.callee, &before);
	/* Whatever its number is there. */
	for (session = 0; session < 300; session++) {
		if (session == app_id(pair.callee))
			continue;
		refused(pair.callee, condis_call_handoff_session(pair.callee->session, pair.in,
								 session), ESRCH, "session");
	}
	effect_none(pair.callee, &before);
	child_kill(pid);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STRANGER_TEST(no_access),
		STRANGER_TEST(another_user_sees_nothing),
		STRANGER_TEST(rights_are_the_openers),
		STRANGER_TEST(monitor_of_another_user),
		STRANGER_TEST(other_namespaces),
		STRANGER_TEST(no_handoff_abroad),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
