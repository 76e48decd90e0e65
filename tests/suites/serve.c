// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl serve: a command for each call. What the command gets, how each of the two ends the
 * other, limits, signals, adapters that come and go.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "program.h"

#define LOG "/tmp/serve.log"
#define COMPLAINTS "/tmp/serve.err"

/* What the server has logged. */
static char logged[OUTPUT_MAX];

static int server(void *words)
{
	char line[1200];
	int files[] = {
		open("/dev/null", O_RDONLY),
		open(LOG, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600),
		open(COMPLAINTS, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600),
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(files); i++)
		dup2(files[i], (int)i);
	snprintf(line, sizeof(line), "exec condisctl serve %s", (const char *)words);
	execl("/bin/sh", "sh", "-c", line, NULL);
	return 127;
}

/* Its columns are for people. */
static void read_log(void)
{
	char *from = logged, *to = logged;

	slurp(LOG, logged, sizeof(logged));
	for (; *from; from++)
		if (*from != ' ' || from[1] != ' ')
			*to++ = *from;
	*to = '\0';
}

static unsigned int times(const char *words)
{
	unsigned int found = 0;
	const char *at;

	read_log();
	for (at = logged; (at = strstr(at, words)); at += strlen(words))
		found++;
	return found;
}

/* Until the server has logged it so often. */
static void await_times(const char *words, unsigned int wanted)
{
	long long end = now_ms() + patience();

	while (times(words) < wanted) {
		if (now_ms() > end) {
			slurp(COMPLAINTS, err, sizeof(err));
			fail_msg("no \"%s\" in the log:\n%s%s", words, logged, err);
		}
		poll(NULL, 0, 10);
	}
}

static void await(const char *words)
{
	await_times(words, 1);
}

static pid_t serve(const char *words)
{
	pid_t pid;

	unlink(LOG);
	pid = child_start(server, (void *)words);
	await("serving");
	return pid;
}

/* It ends as one that was told to, and has complained of nothing. */
static void await_stopped(pid_t pid)
{
	int status = child_wait(pid);

	slurp(COMPLAINTS, err, sizeof(err));
	if (status || *err || times("stopped") != 1)
		fail_msg("exit status %d\n%s%s", status, logged, err);
}

static void stop(pid_t pid)
{
	kill(pid, SIGTERM);
	await_stopped(pid);
}

/**
 * struct caller - who calls the server
 * @app: on "a"
 * @line: its line handle
 * @calls: how many it has made
 */
struct caller {
	struct app *app;
	uint32_t line;
	unsigned int calls;
};

static struct caller caller_on(const char *adapter)
{
	struct caller caller = { .app = app_open("caller") };

	caller.line = line_open(caller.app, adapter, 0, NONE);
	return caller;
}

/* Calls a number, and shows another one. */
static uint32_t dial(struct caller *caller, const char *called, const char *calling)
{
	struct ndproxy_make_call request = call_prepare(caller->app, caller->line, called);

	snprintf(request.calling, sizeof(request.calling), "%s", calling);
	if (condis_call_make(caller->app->session, &request))
		fail_msg("%s", condis_error());
	call_made(caller->app, &request);
	caller->calls++;
	return request.call;
}

static void await_connected(struct caller *caller)
{
	char event[32];

	snprintf(event, sizeof(event), "C%u CONNECTED", caller->calls);
	expect_up_to(caller->app, event);
}

static uint32_t connect_to(struct caller *caller, const char *called, const char *calling)
{
	uint32_t call = dial(caller, called, calling);

	await_connected(caller);
	return call;
}

/* A server on "b", and a call to it. */
static pid_t serve_call(const char *words, struct caller *caller, uint32_t *call)
{
	pid_t pid;

	two_adapters("8");
	pid = serve(words);
	*caller = caller_on("a");
	*call = connect_to(caller, "200", "1");
	return pid;
}

/* The cause with which its n-th call ends or fails. */
static unsigned int end_cause(struct caller *caller, unsigned int n)
{
	unsigned int label, cause;
	const char *got;

	for (;;) {
		got = next_event(caller->app, patience());
		if (!*got)
			fail_msg("C%u does not end; the caller has heard:\n%s", n,
				 caller->app->trace);
		if ((sscanf(got, "C%u DISCONNECTED %*s %u", &label, &cause) == 2 ||
		     sscanf(got, "reply C%u MAKE_CALL %*s %u", &label, &cause) == 2) &&
		    label == n)
			return cause;
	}
}

/* It has failed, or ends, with this cause. */
static void expect_cause(struct caller *caller, uint32_t call, unsigned int cause)
{
	unsigned int got = end_cause(caller, caller->calls);

	if (got != cause)
		fail_msg("cause %u, not %u; the server:\n%s", got, cause,
			 (times(""), logged));
	call_deallocate(caller->app, call);
}

static void send_text(int data, const char *text)
{
	assert_int_equal(write(data, text, strlen(text)), strlen(text));
}

/* The next packet is this text. */
static void receive_text(int data, const char *wanted)
{
	char packet[4096];
	ssize_t length;

	if (!(wait_fd(data, POLLIN, patience()) & POLLIN))
		fail_msg("no packet comes, but \"%s\" should", wanted);
	length = read(data, packet, sizeof(packet) - 1);
	assert_true(length >= 0);
	packet[length] = '\0';
	assert_string_equal(packet, wanted);
}

/* The next packet is the number of a process. */
static pid_t receive_pid(int data)
{
	pid_t pid;

	assert_true(wait_fd(data, POLLIN, patience()) & POLLIN);
	assert_true(read(data, out, sizeof(out)) > 0);
	pid = atoi(out);
	assert_true(pid > 1);
	return pid;
}

static void echoes(int data, const char *text)
{
	send_text(data, text);
	receive_text(data, text);
}

/* The command of the n-th call. */
static pid_t started(unsigned int n)
{
	const char *at = logged;
	int pid = 0;

	await_times(" started call", n);
	while (n--)
		at = strstr(at, " started call") + 1;
	if (sscanf(at, "started call %*u pid %d", &pid) != 1)
		fail_msg("no command was started:\n%s", logged);
	return pid;
}

/* No process has this number, but for one that is dead. */
static void await_gone(pid_t pid)
{
	long long end = now_ms() + patience();
	char path[64], state[512], *at;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	for (;;) {
		slurp(path, state, sizeof(state));
		at = strrchr(state, ')');
		if (!at || at[2] == 'Z' || at[2] == 'X')
			return;
		if (now_ms() > end)
			fail_msg("process %d does not end: %s", (int)pid, state);
		poll(NULL, 0, 10);
	}
}

static void data_and_facts(void **state)
{
	struct condis_call_info *list;
	unsigned long long id = 0;
	struct caller caller;
	char facts[512];
	ssize_t length;
	uint32_t call;
	pid_t pid;
	int data, i;

	(void)state;
	two_adapters("8");
	/* Nobody hurries it at its end. */
	pid = serve("--adapter b --linger 600 -- sh -c '\n"
		    "set -- $CONDIS_CALL $CONDIS_ADAPTER $CONDIS_LINE $CONDIS_ADDRESS;"
		    "set -- $* $CONDIS_CALLED $CONDIS_CALLING $CONDIS_MEDIA $CONDIS_MAX_SDU;"
		    "echo $* $CONDIS_TX_RATE $CONDIS_RX_RATE; echo third >&$CONDIS_DATA_FD;"
		    "exec cat'");
	caller = caller_on("a");
	call = connect_to(&caller, "200", "5551234");
	data = call_data(caller.app, call, 0);
	length = condis_calls(admin(), adapter_id("b"), &list);
	assert_int_equal(length, 1);
	id = list[0].id;
	free(list);
	snprintf(facts, sizeof(facts),
		 "%llu b 0 0 200 5551234 digitaldata 2048 125000000 125000000\n", id);
	receive_text(data, facts);
	receive_text(data, "third\n");
	for (i = 0; i < 50; i++)
		echoes(data, "there and back");
	call_drop(caller.app, call);
	/* It reads the end of the file, and ends by itself. */
	await("exited call");
	assert_int_equal(times("status 0"), 1);
	await("by far-end cause normal call clearing (16)");
	assert_int_equal(times(" signal call"), 0);
	wait_count(CONDIS_COUNTER_VCS, 0);
	stop(pid);
}

/* The command's end is the call's, and the cause says how it was. */
static void command_ends(void **state)
{
	static const struct {
		const char *calling;
		unsigned int cause;
	} ends[] = { { "0", 16 }, { "3", 31 }, { "9", 41 } };
	struct caller caller;
	uint32_t call;
	pid_t pid;
	size_t i;
	int data;

	(void)state;
	two_adapters("8");
	pid = serve("--adapter b -- sh -c 'echo last words;"
		    "[ $CONDIS_CALLING != 9 ] || kill -9 $$; exit $CONDIS_CALLING'");
	caller = caller_on("a");
	for (i = 0; i < ARRAY_SIZE(ends); i++) {
		call = connect_to(&caller, "200", ends[i].calling);
		data = call_data(caller.app, call, 0);
		receive_text(data, "last words\n");
		close_fd(data);
		expect_cause(&caller, call, ends[i].cause);
	}
	await_times("by command", 3);
	assert_int_equal(times("signal KILL"), 1);
	stop(pid);
}

/* So many packets have come for the call on "b". */
static void await_received(uint64_t packets)
{
	long long end = now_ms() + patience();
	struct condis_call_info *list;
	uint64_t got = 0;

	while (got < packets) {
		if (now_ms() > end)
			fail_msg("%u packets have come", (unsigned int)got);
		assert_int_equal(condis_calls(admin(), adapter_id("b"), &list), 1);
		got = list[0].rx_packets;
		free(list);
		poll(NULL, 0, 5);
	}
}

/* What has come before the far end hung up is there for the command. */
static void reads_the_rest(void **state)
{
	char wanted[2048] = "", got[2048];
	struct caller caller;
	uint32_t call;
	pid_t pid;
	int data, i;

	(void)state;
	unlink("/tmp/serve.go");
	assert_int_equal(mkfifo("/tmp/serve.go", 0600), 0);
	pid = serve_call("--adapter b --linger 60 -- sh -c '\n"
			 "echo up; read go </tmp/serve.go;"
			 "cat >/tmp/serve.got'", &caller, &call);
	data = call_data(caller.app, call, 0);
	receive_text(data, "up\n");
	for (i = 0; i < 20; i++) {
		char text[16];

		snprintf(text, sizeof(text), "packet %d\n", i);
		strcat(wanted, text);
		send_text(data, text);
	}
	await_received(20);
	call_drop(caller.app, call);
	await("by far-end");
	put("/tmp/serve.go", "go\n");
	await("status 0");
	slurp("/tmp/serve.got", got, sizeof(got));
	assert_string_equal(got, wanted);
	stop(pid);
}

/* The call's end is the command's: SIGHUP for all of its group, and then SIGKILL. */
static void far_end_hangs_up(void **state)
{
	struct caller caller;
	pid_t pid, deaf;
	uint32_t call;

	(void)state;
	pid = serve_call("--adapter b --linger 0 --kill-after 600 -- sh -c '\n"
			 "sleep 1000 & wait; sleep 1000'", &caller, &call);
	call_drop(caller.app, call);
	await("signal HUP\n");
	await_gone(started(1));
	await_times("exited", 1);
	assert_int_equal(times("signal KILL"), 0);
	stop(pid);

	/* One that does not hear SIGHUP, nor does its child. */
	pid = serve("--adapter b --linger 0 --kill-after 0.2 -- sh -c '\n"
		    "trap \"\" HUP; sleep 1000 & echo $!; wait; sleep 1000'");
	call = connect_to(&caller, "200", "2");
	deaf = receive_pid(call_data(caller.app, call, 0));
	call_drop(caller.app, call);
	await_times("exited", 1);
	await("signal KILL");
	await_gone(started(1));
	await_gone(deaf);
	stop(pid);
}

static void what_a_command_leaves_behind(void **state)
{
	struct caller caller;
	uint32_t call;
	pid_t pid, left;

	(void)state;
	pid = serve_call("--adapter b --kill-after 0.2 -- sh -c '\n"
			 "trap \"\" HUP; sleep 1000 & echo $!'", &caller, &call);
	left = receive_pid(call_data(caller.app, call, 0));
	expect_cause(&caller, call, 16);
	await("signal KILL");
	await_gone(left);
	stop(pid);
}

static void too_many_calls(void **state)
{
	uint32_t first, second, third;
	struct caller caller;
	pid_t pid;

	(void)state;
	pid = serve_call("--adapter b --max-calls 1 -- cat", &caller, &first);
	second = dial(&caller, "200", "2");
	expect_cause(&caller, second, 17);
	await("refused");
	assert_int_equal(times("calling 2 media digitaldata cause user busy (17)"), 1);
	assert_int_equal(times("started"), 1);
	call_drop(caller.app, first);
	await("exited");
	/* The slot is free when both have ended. */
	await(" ended call");
	third = connect_to(&caller, "200", "3");
	echoes(call_data(caller.app, third, 0), "third");
	call_drop(caller.app, third);
	await_times("exited", 2);
	stop(pid);
}

static void time_limit(void **state)
{
	struct caller caller;
	uint32_t call;
	pid_t pid;

	(void)state;
	pid = serve_call("--adapter b --time-limit 0.3 -- cat", &caller, &call);
	expect_cause(&caller, call, 16);
	await("by time-limit");
	assert_int_equal(times(" time-limit call"), 1);
	stop(pid);
}

/* The first signal: no more calls, and those that are up may end as they like. */
static void stops_in_order(void **state)
{
	uint32_t call, refused_call;
	struct caller caller;
	pid_t pid;
	int data;

	(void)state;
	pid = serve_call("--adapter b --grace 600 --linger 600 -- cat", &caller, &call);
	data = call_data(caller.app, call, 0);
	echoes(data, "before");
	kill(pid, SIGINT);
	await("stopping calls 1");
	refused_call = dial(&caller, "200", "2");
	expect_cause(&caller, refused_call, 27);
	echoes(data, "after");
	call_drop(caller.app, call);
	await_stopped(pid);
	assert_int_equal(times(" signal call"), 0);
}

/* It waits no longer than it was told; a command may still say good-bye. */
static void grace_is_over(void **state)
{
	struct caller caller;
	uint32_t call;
	pid_t pid;
	int data;

	(void)state;
	pid = serve_call("--adapter b --grace 0.2 --kill-after 600 -- sh -c '\n"
			 "exec 2>/dev/null; trap \"echo good-bye; exit 1\" HUP; echo up;"
			 "sleep 1000 & wait'", &caller, &call);
	data = call_data(caller.app, call, 0);
	receive_text(data, "up\n");
	kill(pid, SIGTERM);
	receive_text(data, "good-bye\n");
	close_fd(data);
	expect_cause(&caller, call, 27);
	await_stopped(pid);
	assert_int_equal(times("by stop"), 1);
}

/* The second signal hangs up, whatever the command does, and the third does not wait for it. */
static void stops_at_once(void **state)
{
	struct caller caller;
	uint32_t call;
	pid_t pid, command;

	(void)state;
	pid = serve_call("--adapter b --grace 600 --kill-after 600 -- sh -c '\n"
			 "trap \"\" HUP; exec sleep 1000'", &caller, &call);
	command = started(1);
	kill(pid, SIGTERM);
	await("stopping calls 1");
	kill(pid, SIGTERM);
	expect_cause(&caller, call, 27);
	await("signal HUP");
	kill(pid, SIGTERM);
	await_stopped(pid);
	await_gone(command);
}

/* That nobody is connected yet does not matter. */
static void stops_without_calls(void **state)
{
	(void)state;
	two_adapters("8");
	stop(serve("-- cat"));
	assert_int_equal(times("stopping calls 0"), 1);
}

static void cannot_be_run(void **state)
{
	struct caller caller;
	uint32_t call;
	pid_t pid;

	(void)state;
	two_adapters("8");
	refuse("serve", 2, "say which command");
	refuse("serve cat", 2, "behind --");
	refuse("serve -- /tmp/serve.none", 2, "'/tmp/serve.none' is no command that can be run");
	refuse("serve -- serve.none -x", 2, "No such file");
	refuse("serve -- /tmp", 2, "Permission denied");
	refuse("serve --max-calls 1025 -- cat", 2, "1 to 1024");
	refuse("serve --adapter nobody -- cat", 1, "no adapter 'nobody'");
	refuse("serve --line 7 -- cat", 1, "no such line");
	/* It was there when the server began. */
	put("/tmp/serve.sh", "#!/bin/sh\nexit 0\n");
	assert_int_equal(chmod("/tmp/serve.sh", 0700), 0);
	pid = serve("--adapter b -- /tmp/serve.sh");
	assert_int_equal(unlink("/tmp/serve.sh"), 0);
	caller = caller_on("a");
	call = connect_to(&caller, "200", "1");
	expect_cause(&caller, call, 41);
	await("error No such file or directory");
	stop(pid);
}

/* Its calls end, its commands end, and when it is back it is served. */
static void adapter_goes(void **state)
{
	struct caller caller;
	unsigned int i;
	uint32_t call;
	pid_t pid;

	(void)state;
	two_adapters("8");
	pid = serve("--adapter b -- cat");
	caller = caller_on("a");
	for (i = 1; i <= 2; i++) {
		call = connect_to(&caller, "200", "1");
		echoes(call_data(caller.app, call, 0), "up");
		if (i == 1)
			adapter_del("b");
		else
			adapter_surprise("b");
		await_times("closed", i);
		await_times(" ended call", i);
		await_times("exited", i);
		end_cause(&caller, caller.calls);
		call_deallocate(caller.app, call);
		adapter_add("b", "address", "200@0", NULL);
		await_times("serving", i + 1);
	}
	call = connect_to(&caller, "200", "1");
	echoes(call_data(caller.app, call, 0), "up");
	call_drop(caller.app, call);
	await_times("exited", 3);
	stop(pid);
}

/* Lines that only another session can open: the calls of the one that is there go on. */
static void lines_change(void **state)
{
	struct caller caller;
	uint32_t call, other;
	int data;
	pid_t pid;

	(void)state;
	adapter_add("a", "calls", "8", "address", "100@0", NULL);
	adapter_add("b", "address", "200@0", NULL);
	adapter_add("c", "address", "300@0", NULL);
	pid = serve("-- cat");
	await_times("serving", 3);
	caller = caller_on("a");
	call = connect_to(&caller, "300", "1");
	data = call_data(caller.app, call, 0);
	echoes(data, "before");
	adapter_set("b", "lines", "2", NULL);
	await("closed adapter b");
	await("serving adapter b lines 2");
	echoes(data, "after");
	other = connect_to(&caller, "200", "1");
	echoes(call_data(caller.app, other, 0), "other");
	/* A new one. */
	adapter_add("d", "address", "400@0", NULL);
	await("serving adapter d lines 1");
	call_drop(caller.app, call);
	call_drop(caller.app, other);
	await_times("exited", 2);
	stop(pid);
}

/* As it can happen at any moment: nothing is left of the calls, and the command hears of it. */
static void killed(void **state)
{
	struct caller caller;
	pid_t pid, command;
	uint32_t call;

	(void)state;
	pid = serve_call("--adapter b -- sleep 1000", &caller, &call);
	command = started(1);
	child_kill(pid);
	end_cause(&caller, 1);
	call_deallocate(caller.app, call);
	await_gone(command);
	wait_count(CONDIS_COUNTER_VCS, 0);
	wait_count(CONDIS_COUNTER_SAPS, 0);
}

static void log_as_json(void **state)
{
	static const char *const events[] = {
		"serving", "answered", "started", "refused", "signal", "exited", "ended",
		"stopping", "closed", "stopped",
	};
	uint32_t call, busy;
	struct caller caller;
	char event[64];
	pid_t pid;
	size_t i;

	(void)state;
	two_adapters("8");
	adapter_add("c", "address", "300@0", NULL);
	pid = serve("--json --max-calls 1 --linger 0 -- sleep 1000");
	await_times("\"serving\"", 3);
	caller = caller_on("a");
	call = connect_to(&caller, "200", "1\"2\\");
	busy = dial(&caller, "200", "2");
	expect_cause(&caller, busy, 17);
	adapter_del("c");
	await("\"closed\"");
	call_drop(caller.app, call);
	await("\"exited\"");
	stop(pid);
	for (i = 0; i < ARRAY_SIZE(events); i++) {
		snprintf(event, sizeof(event), "\"event\":\"%s\"", events[i]);
		if (!times(event))
			fail_msg("no %s in\n%s", event, logged);
	}
	is_json(logged, "serve --json");
	assert_int_equal(times("\"calling\":\"1\\\"2\\\\\""), 1);
	assert_int_equal(times("{\"time\":"), lines_of(logged));
}

/* A line of a manual page, as it is read. */
static void unescape(char *line)
{
	char *at;

	while ((at = strstr(line, "\\-")))
		memmove(at, at + 1, strlen(at));
	while ((at = strstr(line, "\\(aq"))) {
		*at = '\'';
		memmove(at + 1, at + 4, strlen(at + 3));
	}
}

/* As the manual page has it, word for word. */
static void example(void **state)
{
	char path[512], page[16384], *server_line, *caller_line, *end;
	pid_t pid;

	(void)state;
	succeed("condisctl apply $CONDIS_TOP/tools/examples/demo.conf");
	snprintf(path, sizeof(path), "%s/tools/man/condisctl-serve.8", getenv("CONDIS_TOP"));
	slurp(path, page, sizeof(page));
	server_line = strstr(page, ".SH EXAMPLES");
	assert_non_null(server_line);
	server_line = strstr(server_line, "\ncondisctl serve ");
	assert_non_null(server_line);
	caller_line = strstr(++server_line, " &\n");
	assert_non_null(caller_line);
	*caller_line = '\0';
	caller_line += strlen(" &\n");
	end = strchr(caller_line, '\n');
	assert_non_null(end);
	*end = '\0';
	unescape(server_line);
	unescape(caller_line);
	pid = serve(server_line + strlen("condisctl serve "));
	succeed(caller_line);
	assert_string_equal(out, "hello world, this is line 0\n");
	stop(pid);
}

/* What the unit runs, with the example of its configuration. */
static void unit(void **state)
{
	struct caller caller;
	char *words;
	uint32_t call;
	pid_t pid;

	(void)state;
	succeed("condisctl apply $CONDIS_TOP/tools/examples/demo.conf");
	succeed("cd $CONDIS_TOP/tools/systemd;"
		"sed -n 's/^ExecStart=@PREFIX@.sbin.condisctl serve //p' *-serve@.service.in");
	assert_int_equal(lines_of(out), 1);
	*strchr(out, '\n') = '\0';
	assert_true(asprintf(&words, "$(. $CONDIS_TOP/tools/examples/echo.serve; echo \"%s\")",
			     out) > 0);
	pid = serve(words);
	free(words);
	caller = caller_on("wan0");
	call = connect_to(&caller, "200", "1");
	echoes(call_data(caller.app, call, 0), "hello");
	call_drop(caller.app, call);
	await("exited");
	stop(pid);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(data_and_facts),
		WORLD_TEST(command_ends),
		WORLD_TEST(reads_the_rest),
		WORLD_TEST(far_end_hangs_up),
		WORLD_TEST(what_a_command_leaves_behind),
		WORLD_TEST(too_many_calls),
		WORLD_TEST(time_limit),
		WORLD_TEST(stops_in_order),
		WORLD_TEST(grace_is_over),
		WORLD_TEST(stops_at_once),
		WORLD_TEST(stops_without_calls),
		WORLD_TEST(cannot_be_run),
		WORLD_TEST(adapter_goes),
		WORLD_TEST(lines_change),
		WORLD_TEST(killed),
		WORLD_TEST(log_as_json),
		WORLD_TEST(example),
		WORLD_TEST(unit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
