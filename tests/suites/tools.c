// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl as a person uses it: help, bad input, JSON, calls, counts and ladders.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wordexp.h>

#include "fixture.h"

#define OUTPUT_MAX	262144

static char out[OUTPUT_MAX], err[16384];

static void slurp(const char *path, char *text, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length, used = 0;

	text[0] = '\0';
	if (fd < 0)
		return;
	while ((length = read(fd, text + used, size - 1 - (size_t)used)) > 0)
		used += length;
	text[used] = '\0';
	close(fd);
}

/* Runs a line of shell; its exit status, with what it wrote in out and err. */
__attribute__((format(printf, 1, 2)))
static int run(const char *format, ...)
{
	char command[1024], line[1200];
	va_list arguments;
	int status;

	va_start(arguments, format);
	vsnprintf(command, sizeof(command), format, arguments);
	va_end(arguments);
	snprintf(line, sizeof(line), "( %s ) >/tmp/tools.out 2>/tmp/tools.err </dev/null", command);
	status = system(line);
	slurp("/tmp/tools.out", out, sizeof(out));
	slurp("/tmp/tools.err", err, sizeof(err));
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/* Runs condisctl with these words, without a shell, which takes longer than condisctl. */
static int run_words(const char *words)
{
	char line[1100];
	wordexp_t list;
	int status;
	pid_t pid;

	snprintf(line, sizeof(line), "condisctl %s", words);
	assert_int_equal(wordexp(line, &list, WRDE_NOCMD), 0);
	fflush(stdout);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid) {
		int files[3] = {
			open("/dev/null", O_RDONLY),
			open("/tmp/tools.out", O_WRONLY | O_CREAT | O_TRUNC, 0600),
			open("/tmp/tools.err", O_WRONLY | O_CREAT | O_TRUNC, 0600),
		};

		for (int i = 0; i < 3; i++)
			dup2(files[i], i);
		/* What should be refused and is not must not run for ever. */
		alarm(30);
		execvp("condisctl", list.we_wordv);
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	wordfree(&list);
	slurp("/tmp/tools.out", out, sizeof(out));
	slurp("/tmp/tools.err", err, sizeof(err));
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static void succeed(const char *command)
{
	int status = run("%s", command);

	if (status)
		fail_msg("%s: exit status %d: %s", command, status, err);
}

static unsigned int lines_of(const char *text)
{
	unsigned int lines = 0;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

/*
 * JSON, as far as it has to be right
 */

static const char *json_value(const char *at);

static const char *json_blank(const char *at)
{
	return at + strspn(at, " \t\r\n");
}

static const char *json_string(const char *at)
{
	if (*at++ != '"')
		return NULL;
	for (; *at && *at != '"'; at++) {
		if ((unsigned char)*at < 0x20)
			return NULL;
		if (*at == '\\' && !strchr("\"\\/bfnrtu", *++at))
			return NULL;
	}
	return *at == '"' ? at + 1 : NULL;
}

static const char *json_list(const char *at, char end, bool has_names)
{
	at = json_blank(at + 1);
	if (*at == end)
		return at + 1;
	for (;;) {
		if (has_names) {
			at = json_string(json_blank(at));
			if (!at)
				return NULL;
			at = json_blank(at);
			if (*at++ != ':')
				return NULL;
		}
		at = json_value(at);
		if (!at)
			return NULL;
		at = json_blank(at);
		if (*at == end)
			return at + 1;
		if (*at++ != ',')
			return NULL;
	}
}

static const char *json_value(const char *at)
{
	static const char *const words[] = { "true", "false", "null" };
	char *end;
	size_t i;

	at = json_blank(at);
	if (*at == '{')
		return json_list(at, '}', true);
	if (*at == '[')
		return json_list(at, ']', false);
	if (*at == '"')
		return json_string(at);
	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (!strncmp(at, words[i], strlen(words[i])))
			return at + strlen(words[i]);
	strtod(at, &end);
	return end > at ? end : NULL;
}

/* One document, or one on each line. */
static void is_json(const char *text, const char *command)
{
	const char *at = text;

	if (!*json_blank(at))
		fail_msg("%s says nothing", command);
	while (*json_blank(at)) {
		at = json_value(at);
		if (!at)
			fail_msg("%s: not JSON:\n%s", command, text);
	}
}

static void help(void **state)
{
	static const char *const commands[] = {
		"", "exchange", "exchange add", "adapter", "adapter add", "adapter set", "kinds",
		"line", "call", "call list", "session list", "status", "dial", "answer", "drop",
		"send", "monitor", "ladder", "completion", "verifier",
	};
	char words[64], begin[64];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(commands); i++) {
		int status;

		snprintf(words, sizeof(words), "%s %s", commands[i], i & 1 ? "-h" : "--help");
		status = run_words(words);
		snprintf(begin, sizeof(begin), "Usage: condisctl%s%s", *commands[i] ? " " : "",
			 commands[i]);
		if (status || *err || strncmp(out, begin, strlen(begin)))
			fail_msg("condisctl %s: status %d\n%s%s", words, status, out, err);
		/* It fits a terminal. */
		for (const char *line = out; *line;) {
			size_t length = strcspn(line, "\n");

			if (length > 100)
				fail_msg("a line of %zu characters:\n%s", length, line);
			line += length + (line[length] == '\n');
		}
	}
}

/* One line that says what was wrong, nothing else, exit status 2. */
static void bad_input(void **state)
{
	static const char *const commands[] = {
		"", "nonsense", "adapter", "adapter nonsense", "adapter add",
		"adapter add n exchange", "adapter add n exchange x lines 0",
		"adapter add n exchange x lines many",
		"adapter add n exchange x nonsense 1", "adapter add n exchange x address 12x",
		"adapter add n exchange x fault nonsense", "adapter add n exchange x rate 1",
		"adapter add n exchange x lost nonsense", "adapter add n exchange x glare perhaps",
		"adapter add 'a b' exchange x", "adapter add '' exchange x", "adapter set a",
		"adapter set a lines", "adapter set a --nonsense", "adapter del",
		"exchange add y z",
		"call nonsense", "dial", "dial --nonsense", "dial 200 --line many",
		"dial 200 --media nonsense", "dial 200 300", "dial 'x y'",
		"dial 123456789012345678901234567890123", "answer --count none",
		"answer --count 0", "answer --reject 128", "answer --line", "drop", "drop nonsense",
		"drop all --cause 200", "send", "send nonsense", "status --wait -1",
		"status --nonsense", "monitor --count 0", "monitor --for long",
		"ladder --call nonsense", "ladder --for ever", "verifier nonsense",
	};
	size_t i;

	(void)state;
	two_adapters("1");
	for (i = 0; i < ARRAY_SIZE(commands); i++) {
		int status = run_words(commands[i]);

		if (status != 2 || lines_of(err) != 1 || *out || strncmp(err, "condisctl: ", 11))
			fail_msg("condisctl %s: status %d\n%s%s", commands[i], status, out, err);
	}
}

/* What cannot be done says why, in one line. */
static void failures(void **state)
{
	static const char *const commands[] = {
		"adapter del nobody", "adapter show nobody", "adapter set nobody latency 1",
		"exchange del nobody", "exchange del x", "exchange add x",
		"adapter add a exchange x", "adapter add n exchange nowhere", "adapter restart a",
		"dial 200 --adapter nobody", "dial 200 --adapter a --line 7", "drop 999999",
		"send 999999", "ladder --file /tmp/there/is/none",
	};
	size_t i;

	(void)state;
	two_adapters("1");
	for (i = 0; i < ARRAY_SIZE(commands); i++) {
		int status = run_words(commands[i]);

		if ((status != 1 && status != 2) || lines_of(err) != 1 ||
		    strncmp(err, "condisctl: ", 11))
			fail_msg("condisctl %s: status %d\n%s%s", commands[i], status, out, err);
	}
}

static void json(void **state)
{
	static const char *const commands[] = {
		"exchange list", "adapter list", "adapter show a", "kinds", "line list",
		"call list", "session list", "status", "status --all", "verifier",
	};
	struct pair pair;
	char command[64];
	size_t i;

	(void)state;
	two_adapters("2");
	pair = pair_connected();
	for (i = 0; i < ARRAY_SIZE(commands); i++) {
		int status;

		snprintf(command, sizeof(command), "%s --json", commands[i]);
		status = run_words(command);
		if (status && strncmp(commands[i], "status", 6))
			fail_msg("%s: status %d: %s", command, status, err);
		is_json(out, command);
		/* And for people. */
		run_words(commands[i]);
		assert_true(lines_of(out) > 0);
	}
	call_drop(pair.caller, pair.out);
}

static void administration(void **state)
{
	(void)state;
	succeed("condisctl exchange add y");
	succeed("condisctl adapter add t exchange y lines 2 address 300 address 301@1 latency 5");
	succeed("condisctl adapter show t");
	assert_non_null(strstr(out, "latency"));
	succeed("condisctl adapter set t latency 7 fault busy");
	succeed("condisctl adapter show t --json");
	assert_non_null(strstr(out, "busy"));
	succeed("condisctl adapter pause t");
	succeed("condisctl adapter list");
	assert_non_null(strstr(out, "paused"));
	succeed("condisctl adapter restart t");
	succeed("condisctl adapter reset t");
	succeed("condisctl line list");
	assert_non_null(strstr(out, "301"));
	succeed("condisctl adapter del t");
	succeed("condisctl status --wait 20");
	succeed("condisctl exchange del y");
	succeed("condisctl exchange list");
	assert_null(strstr(out, " y "));
}

/* It is on in every test, and the tree's own drivers break no rule. */
static void verifier(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("2");
	pair = pair_connected();
	call_drop(pair.caller, pair.out);
	succeed("condisctl verifier");
	assert_non_null(strstr(out, "on"));
	succeed("condisctl verifier --json");
	assert_non_null(strstr(out, "\"verifier\": \"on\""));
	assert_non_null(strstr(out, "\"violations\": 0"));
	assert_true(run_words("status") >= 0);
	assert_null(strstr(out, "VIOLATIONS"));
}

/* Waits until somebody listens on "b". */
static void await_listener(void)
{
	wait_count(CONDIS_COUNTER_SAPS, 1);
}

static int answerer(void *argument)
{
	return run("timeout 60 condisctl answer --adapter b --count 1 %s", (const char *)argument);
}

static void dial_and_answer(void **state)
{
	pid_t pid;

	(void)state;
	two_adapters("1");
	pid = child_start(answerer, "--echo --quiet");
	await_listener();
	assert_int_equal(setenv("DIAL", "timeout 60 condisctl dial 200 --adapter a", 1), 0);
	assert_int_equal(run("{ echo over the wire; sleep 1; } | $DIAL --data --quiet"), 0);
	assert_non_null(strstr(out, "over the wire"));
	assert_int_equal(child_wait(pid), 0);
	succeed("condisctl status --wait 20");

	/* Who is busy says so. */
	adapter_set("b", "fault", "busy", NULL);
	assert_int_equal(run("timeout 60 condisctl dial 200 --adapter a"), 1);
	assert_true(strstr(out, "busy") || strstr(err, "busy") || strstr(out, "BUSY"));
	adapter_set("b", "fault", "none", NULL);
	/* Rejected, with a cause. */
	pid = child_start(answerer, "--reject 21");
	await_listener();
	assert_int_equal(run("timeout 60 condisctl dial 200 --adapter a"), 1);
	assert_int_equal(child_wait(pid), 0);
	succeed("condisctl status --wait 20");
}

static void drop_and_send(void **state)
{
	pid_t pid;

	(void)state;
	two_adapters("1");
	pid = child_start(answerer, "--quiet");
	await_listener();
	assert_int_equal(setenv("DIAL", "timeout 60 condisctl dial 200 --adapter a", 1), 0);
	assert_int_equal(run("$DIAL --for 30 >/dev/null 2>&1 & true"), 0);
	wait_count(CONDIS_COUNTER_VCS, 2);
	succeed("condisctl call list");
	assert_non_null(strstr(out, "200"));
	assert_int_equal(run("condisctl status"), 1);
	assert_int_equal(run("condisctl status --wait 0.2"), 1);
	succeed("timeout 60 condisctl drop all");
	wait_count(CONDIS_COUNTER_VCS, 0);
	child_wait(pid);
	succeed("timeout 60 condisctl status --wait 30");
}

static void monitor_events(void **state)
{
	(void)state;
	assert_int_equal(run("timeout 60 condisctl monitor --no-lines --count 1 & pid=$!; sleep 1; "
			     "condisctl exchange add seen; wait $pid"), 0);
	assert_non_null(strstr(out, "seen"));
	assert_int_equal(run("timeout 60 condisctl monitor --no-lines --count 1 --json & pid=$!; "
			     "sleep 1; condisctl exchange del seen; wait $pid"), 0);
	is_json(out, "monitor --json");
}

#define LADDER		"condisctl ladder --file -"
#define MESSAGES	"/sys/kernel/tracing/events/condis/condis_message/enable"

static void put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		fail_msg("cannot write %s: %s", path, strerror(errno));
	close(fd);
}

/* The ladder of a call has every message, in this order. */
static void ladder(void **state)
{
	static const char *const messages[] = {
		"SETUP", "CALL PROCEEDING", "ALERTING", "CONNECT", "DISCONNECT", "RELEASE",
		"RELEASE COMPLETE", "IDLE",
	};
	struct pair pair;
	const char *at;
	size_t i;

	(void)state;
	two_adapters("1");
	put("/sys/kernel/tracing/trace", "");
	put(MESSAGES, "1");
	pair = pair_connected();
	call_drop(pair.caller, pair.out);
	expect_in_any_order(pair.caller, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	wait_count(CONDIS_COUNTER_VCS, 0);
	put(MESSAGES, "0");
	succeed("cat /sys/kernel/tracing/trace >/tmp/tools.trace; "
		"condisctl ladder --file /tmp/tools.trace --adapter a");
	for (i = 0, at = out; i < ARRAY_SIZE(messages); i++) {
		at = strstr(at, messages[i]);
		if (!at)
			fail_msg("no %s in its place in the ladder:\n%s", messages[i], out);
		at++;
	}
	succeed("condisctl ladder --file - </tmp/tools.trace");
	succeed("condisctl ladder --file /tmp/tools.trace --narrow; "
		"condisctl ladder --file /tmp/tools.trace --mixed");
	succeed("condisctl ladder --file /tmp/tools.trace --json");
	is_json(out, "ladder --json");
	put("/sys/kernel/tracing/trace", "");
}

/* A recording that is none, and one that is torn, are no reason to crash. */
static void ladder_of_noise(void **state)
{
	int status;

	(void)state;
	status = run("head -c 20000 /dev/urandom | condisctl ladder --file -");
	assert_in_range(status, 0, 2);
	status = run("printf 'a b c condis_message: vc=\\n condis_message:\\n' | " LADDER);
	assert_in_range(status, 0, 2);
	status = run("condisctl ladder --file /dev/null");
	assert_in_range(status, 0, 2);
}

static void completion(void **state)
{
	(void)state;
	succeed("condisctl completion >/tmp/tools.completion && bash -n /tmp/tools.completion");
	succeed("bash -c '. /tmp/tools.completion && complete -p condisctl'");
}

/* Without the modules: one line, and what to do. */
static void without_modules(void **state)
{
	(void)state;
	assert_int_equal(condis_exchange_del(admin(), "x"), 0);
	assert_int_equal(module_unload(VWAN), 0);
	assert_int_equal(module_unload(NDPROXY), 0);
	assert_int_equal(module_unload(CORE), 0);
	assert_int_equal(run("condisctl adapter list"), 1);
	assert_int_equal(lines_of(err), 1);
	assert_non_null(strstr(err, "modprobe"));
	assert_int_equal(run("condisctl dial 200"), 1);
	assert_int_equal(lines_of(err), 1);
	/* The setup of the next test, and this one's teardown, load them again. */
	admin_reopen();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(help),
		WORLD_TEST(bad_input),
		WORLD_TEST(failures),
		WORLD_TEST(json),
		WORLD_TEST(administration),
		WORLD_TEST(verifier),
		WORLD_TEST(dial_and_answer),
		WORLD_TEST(drop_and_send),
		WORLD_TEST(monitor_events),
		WORLD_TEST(ladder),
		WORLD_TEST(ladder_of_noise),
		WORLD_TEST(completion),
		WORLD_TEST(without_modules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
