// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl as people and scripts use it: what is said of bad input and of
 * failures, exit statuses, JSON, ladders, and calls from end to end.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fixture.h"

#define OUTPUT_SIZE	32768

/**
 * struct run - one run of the tool
 * @folder: for its files
 * @status: its exit status, -1 if it died
 * @out: its output
 * @err: its errors
 */
struct run {
	char folder[32];
	int status;
	char out[OUTPUT_SIZE];
	char err[OUTPUT_SIZE];
};

static struct run run;

static void read_file(const char *name, char text[OUTPUT_SIZE])
{
	char path[64];
	size_t length;
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", run.folder, name);
	file = fopen(path, "re");
	if (!file)
		fail_msg("cannot read %s: %s", path, strerror(errno));
	length = fread(text, 1, OUTPUT_SIZE - 1, file);
	text[length] = '\0';
	fclose(file);
}

static void write_file(const char *name, const char *text)
{
	char path[64];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", run.folder, name);
	file = fopen(path, "we");
	if (!file || fputs(text, file) < 0 || fclose(file))
		fail_msg("cannot write %s: %s", path, strerror(errno));
}

/* Run the tool with these arguments, as a shell takes them; its output is in run. */
static void tool(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void tool(const char *format, ...)
{
	char arguments[512], command[768];
	va_list list;
	int status;

	va_start(list, format);
	vsnprintf(arguments, sizeof(arguments), format, list);
	va_end(list);
	snprintf(command, sizeof(command), "cd %s && timeout 100 condisctl %s >out 2>err",
		 run.folder, arguments);
	status = system(command);
	run.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	read_file("out", run.out);
	read_file("err", run.err);
}

static void expect_status(int status)
{
	if (run.status != status)
		fail_msg("exit status %d, not %d; it said: %s%s", run.status, status, run.err,
			 run.out);
}

/* One line that begins with the tool's name, and nothing on the output. */
static void expect_one_line(const char *arguments, int status)
{
	const char *end = strchr(run.err, '\n');

	if (run.status != status || strncmp(run.err, "condisctl: ", 11) || !end || end[1] ||
	    run.out[0])
		fail_msg("condisctl %s: exit status %d, errors:\n%soutput:\n%s", arguments,
			 run.status, run.err, run.out);
}

static int tool_setup(void **state)
{
	if (world_setup(state))
		return -1;
	strcpy(run.folder, "/tmp/tool.XXXXXX");
	return mkdtemp(run.folder) ? 0 : -1;
}

static int tool_teardown(void **state)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -rf %s", run.folder);
	if (system(command))
		return -1;
	return world_teardown(state);
}

#define TOOL_TEST(function) \
	cmocka_unit_test_setup_teardown(function, tool_setup, tool_teardown)

static void bad_input(void **state)
{
	static const char *const arguments[] = {
		"", "nothing", "exchange", "exchange nothing", "exchange add", "exchange add a b",
		"exchange add y --kind", "exchange add y --nothing", "exchange add a/b",
		"exchange add ''", "exchange add nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn",
		"adapter", "adapter add", "adapter add y --lines", "adapter add y --lines 0",
		"adapter add y --exchange x --lines 0", "adapter add y --exchange x --lines many",
		"adapter add y --exchange x --lines 4294967296", "adapter add y --lines -1",
		"adapter add y --exchange x --address 1x", "adapter add y --exchange x --address ''",
		"adapter add y --exchange x --address 1@9", "adapter add y --exchange x lost sent",
		"adapter add y --exchange x --fault sometimes", "adapter add y --nothing 1",
		"adapter add y --exchange x --in-service maybe", "adapter add y --netns z",
		"adapter add y", "adapter set a", "adapter set a --t303 0", "adapter set a nothing 1",
		"adapter set a --sdu 1", "adapter del", "adapter del a --surprise=1",
		"adapter list a", "line list --nothing", "call list --adapter", "status nothing",
		"status --wait never", "dial", "dial 1 2", "dial ''", "dial 1 --line x",
		"dial 123456789012345678901234567890123", "dial 1 --for never", "dial 1 --media all",
		"answer 1", "answer --count 0", "answer --reject 200", "drop", "drop x", "drop 0",
		"drop 1 --cause 0", "send", "send all", "monitor x", "ladder x", "ladder --call x",
		"completion x", "tree x", "kinds --nothing",
	};
	size_t i;

	(void)state;
	adapter_add("a", NULL);
	for (i = 0; i < ARRAY_SIZE(arguments); i++) {
		tool("%s", arguments[i]);
		expect_one_line(arguments[i], 2);
	}
}

static void failures(void **state)
{
	static const char *const arguments[] = {
		"exchange add x", "exchange del y", "exchange del x", "exchange add y --kind nokind",
		"adapter add a --exchange x", "adapter add y --exchange y", "adapter set y lines 2",
		"adapter add y --exchange x --netns nowhere", "adapter del y", "adapter show y",
		"adapter reset y", "adapter restart a", "call list --adapter y",
		"line list --adapter y", "dial 1 --adapter y", "dial 1 --adapter a --line 7",
		"drop 4000000000", "send 4000000000", "ladder --file /nowhere",
		"ladder --file /dev/null",
	};
	size_t i;

	(void)state;
	adapter_add("a", NULL);
	for (i = 0; i < ARRAY_SIZE(arguments); i++) {
		tool("%s", arguments[i]);
		expect_one_line(arguments[i], 1);
	}
}

static void help(void **state)
{
	static const char *const commands[] = {
		"", "exchange", "exchange add", "exchange del", "exchange list", "kinds", "adapter",
		"adapter add", "adapter del", "adapter set", "adapter list", "adapter show",
		"adapter reset", "adapter pause", "adapter restart", "line", "line list", "call",
		"call list", "session", "session list", "tree", "status", "dial", "answer", "drop",
		"send", "monitor", "ladder", "completion",
	};
	char usage[64];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(commands); i++) {
		tool("%s --help", commands[i]);
		expect_status(0);
		snprintf(usage, sizeof(usage), "Usage: condisctl %s", commands[i]);
		if (strncmp(run.out, usage, strlen(usage)) || run.err[0])
			fail_msg("condisctl %s --help:\n%s%s", commands[i], run.err, run.out);
	}
}

/* One JSON value at @text: where it ends, or NULL. */
static const char *json_value(const char *text);

static const char *json_space(const char *text)
{
	return text + strspn(text, " \t\r\n");
}

static const char *json_string(const char *text)
{
	if (*text++ != '"')
		return NULL;
	for (; *text && *text != '"'; text++) {
		if ((unsigned char)*text < ' ')
			return NULL;
		if (*text == '\\' && !*++text)
			return NULL;
	}
	return *text ? text + 1 : NULL;
}

/* The members of an object or array, behind its bracket. */
static const char *json_members(const char *text, char end)
{
	text = json_space(text);
	if (*text == end)
		return text + 1;
	for (;;) {
		if (end == '}') {
			text = json_string(json_space(text));
			if (!text || *(text = json_space(text)) != ':')
				return NULL;
			text++;
		}
		text = json_value(text);
		if (!text)
			return NULL;
		text = json_space(text);
		if (*text == end)
			return text + 1;
		if (*text++ != ',')
			return NULL;
	}
}

static const char *json_value(const char *text)
{
	static const char *const words[] = { "true", "false", "null" };
	char *end;
	size_t i;

	text = json_space(text);
	if (*text == '{')
		return json_members(text + 1, '}');
	if (*text == '[')
		return json_members(text + 1, ']');
	if (*text == '"')
		return json_string(text);
	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (!strncmp(text, words[i], strlen(words[i])))
			return text + strlen(words[i]);
	strtod(text, &end);
	return end > text ? end : NULL;
}

static void json(void **state)
{
	static const char *const commands[] = {
		"exchange list", "kinds", "adapter list", "adapter show a", "line list", "call list",
		"session list", "tree", "status", "status --all",
	};
	const char *end;
	size_t i, j;

	(void)state;
	/* Without anything, and with a call. */
	for (j = 0; j < 2; j++) {
		for (i = 0; i < ARRAY_SIZE(commands); i++) {
			if (!j && strstr(commands[i], "show"))
				continue;
			tool("%s --json", commands[i]);
			if (run.status && strncmp(commands[i], "status", 6))
				expect_status(0);
			end = json_value(run.out);
			if (!end || *json_space(end))
				fail_msg("condisctl %s --json, not JSON at '%s':\n%s", commands[i],
					 end ? end : "?", run.out);
		}
		if (j)
			break;
		two_adapters("1");
		pair_connected();
	}
}

static void ladder(void **state)
{
	static const char recording[] =
		"# tracer: nop\n"
		"  app-7  [000] ..... 5.000100: condis_message: adapter=a vc=3 network_call=0 "
		"from=application to=NDPROXY message=\"lineMakeCall\" detail=0\n"
		"  app-7  [000] ..... 5.000200: condis_free: vc=2\n"
		"  app-7  [000] ..... 5.000200: condis_message: adapter=a vc=3 network_call=9 "
		"from=miniport to=network message=\"SETUP\" detail=0\n"
		"  app-7  [001] ..... 5.000300: condis_message: adapter=b vc=4 network_call=9 "
		"from=network to=miniport message=\"SETUP\" detail=0\n"
		"  app-7  [000] ..... 5.000400: condis_message: adapter=a vc=3 network_call=9 "
		"from=miniport to=NDIS message=\"NdisMCmMakeCallComplete\" detail=-110\n"
		"  torn condis_message: adapter=a vc=3 network_call=9 from=nobody to=network\n";
	static const char one[] =
		"Call 3 on a, network's call 9\n"
		"     seconds   application     NDPROXY        NDIS        miniport       network"
		"     remote end\n"
		"    0.000000        |------------>| lineMakeCall              |             |"
		"             |\n"
		"    0.000100        |             |             |             |-- SETUP --->|"
		"             |\n"
		"    0.000300        |             |             |<------------| "
		"NdisMCmMakeCallComplete: ETIMEDOUT\n";

	(void)state;
	write_file("trace", recording);
	tool("ladder --file trace --call 3");
	expect_status(0);
	assert_string_equal(run.out, one);
	tool("ladder --file - --network-call 9 <trace");
	expect_status(0);
	assert_non_null(strstr(run.out, "Call 3 on a, network's call 9\n"));
	assert_non_null(strstr(run.out, "\nCall 4 on b, network's call 9\n"));
	tool("ladder --file trace --adapter b --json");
	expect_status(0);
	assert_string_equal(run.out,
			    "{\"time\":5.000300,\"adapter\":\"b\",\"vc\":4,\"network_call\":9,"
			    "\"from\":\"network\",\"to\":\"miniport\",\"message\":\"SETUP\","
			    "\"detail\":0}\n");
	tool("ladder --file trace --call 5");
	expect_one_line("ladder --file trace --call 5", 1);
}

static int answer(void *argument)
{
	execlp("condisctl", "condisctl", "answer", "--adapter", "b", "--quiet", argument, NULL);
	return 1;
}

static void calls(void **state)
{
	pid_t child;

	(void)state;
	two_adapters("1");
	tool("dial 999 --adapter a --quiet </dev/null");
	expect_one_line("dial 999", 1);
	assert_non_null(strstr(run.err, "unallocated number (1)"));

	child = child_start(answer, "--echo");
	wait_count(CONDIS_COUNTER_SAPS, 1);
	tool("status");
	expect_status(1);
	write_file("input", "here and back");
	tool("dial 200 --adapter a --data --quiet --for 1 <input");
	expect_status(0);
	assert_string_equal(run.out, "here and back");
	kill(child, SIGINT);
	assert_int_equal(child_wait(child), 0);
	tool("status --wait 10 --quiet");
	expect_status(0);
	assert_int_equal(strlen(run.out), 0);
}

static void drop_and_send(void **state)
{
	struct condis_call_info *list;
	struct pair pair;
	char packet[16];
	uint32_t id;
	int data;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	assert_int_equal(condis_calls(admin(), adapter_id("a"), &list), 1);
	id = (uint32_t)list[0].id;
	free(list);
	data = call_data(pair.callee, pair.in, 0);
	write_file("input", "packet\n");
	tool("send %u <input", id);
	expect_status(0);
	assert_int_equal(read(data, packet, sizeof(packet)), 7);
	assert_memory_equal(packet, "packet\n", 7);
	tool("drop %u", id);
	expect_status(0);
	tool("drop %u", id);
	expect_one_line("drop of what is over", 1);
	tool("drop all");
	expect_status(0);
	wait_count(CONDIS_COUNTER_VCS, 0);
}

static void removal(void **state)
{
	(void)state;
	two_adapters("1");
	tool("adapter del a --wait");
	expect_status(0);
	tool("adapter del b --surprise --wait");
	expect_status(0);
	tool("exchange del x");
	expect_status(0);
	tool("status --all");
	expect_status(0);
	tool("exchange add x");
	expect_status(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOOL_TEST(bad_input),
		TOOL_TEST(failures),
		TOOL_TEST(help),
		TOOL_TEST(json),
		TOOL_TEST(ladder),
		TOOL_TEST(calls),
		TOOL_TEST(drop_and_send),
		TOOL_TEST(removal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
