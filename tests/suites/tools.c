// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl as a person uses it: help, bad input, JSON, calls, counts, completion.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "program.h"

static void help(void **state)
{
	static const char *const commands[] = {
		"", "exchange", "exchange add", "adapter", "adapter add", "adapter set", "kinds",
		"line", "call", "call list", "session list", "status", "dial", "answer", "serve",
		"drop", "send", "monitor", "ladder", "completion", "apply", "save",
		"verifier",
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

static void version(void **state)
{
	(void)state;
	assert_int_equal(run_words("--version"), 0);
	assert_string_equal(err, "");
	assert_int_equal(strncmp(out, "condisctl ", 10), 0);
	assert_int_equal(lines_of(out), 1);
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
		"send 999999", "ladder --from /tmp/there/is/none",
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
	return run("timeout 150 condisctl answer --adapter b --count 1 %s", (const char *)argument);
}

static void dial_and_answer(void **state)
{
	pid_t pid;

	(void)state;
	two_adapters("1");
	pid = child_start(answerer, "--echo --quiet");
	await_listener();
	assert_int_equal(setenv("DIAL", "timeout 60 condisctl dial 200 --adapter a", 1), 0);
	/* It hangs up at the end of its input, which is there until the echo is. */
	assert_int_equal(run("{ echo over the wire; for i in $(seq 500); do\n"
			     "grep -q wire /tmp/tools.out && break; sleep 0.1; done; } |\n"
			     "$DIAL --data --quiet"), 0);
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
	/* The call is up until it is dropped, however long that takes. */
	assert_int_equal(setenv("DIAL", "timeout 150 condisctl dial 200 --adapter a", 1), 0);
	assert_int_equal(run("$DIAL --for 150 >/dev/null 2>&1 & true"), 0);
	wait_count(CONDIS_COUNTER_VCS, 2);
	/* Who answers waits for the end of a call that he has answered. */
	succeed("for i in $(seq 300); do condisctl call list >/tmp/tools.calls; "
		"test $(grep -c connected /tmp/tools.calls) = 2 && break; sleep 0.1; done; "
		"cat /tmp/tools.calls; test $(grep -c connected /tmp/tools.calls) = 2");
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
	/* Again and again: it hears of one when it listens. */
	assert_int_equal(run("timeout 60 condisctl monitor --no-lines --count 1 & pid=$!; "
			     "while sleep 0.3; kill -0 $pid 2>/dev/null; do\n"
			     "condisctl exchange add seen; condisctl exchange del seen; done; "
			     "wait $pid"), 0);
	assert_non_null(strstr(out, "seen"));
	assert_int_equal(run("timeout 60 condisctl monitor --no-lines --count 1 --json & pid=$!; "
			     "while sleep 0.3; kill -0 $pid 2>/dev/null; do\n"
			     "condisctl exchange add seen; condisctl exchange del seen; done; "
			     "wait $pid"), 0);
	is_json(out, "monitor --json");
}

/* What bash offers behind these words, the last of which is being typed; one each line. */
static void offers(const char *words, const char *wanted)
{
	assert_int_equal(run("bash -c '. $CONDIS_TOP/build/tools/condisctl.bash; "
			     "COMP_WORDS=(condisctl %s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); "
			     "_condisctl; printf \"%%s\\n\" \"${COMPREPLY[@]}\"'", words), 0);
	if (strcmp(out, wanted))
		fail_msg("condisctl %s<tab> offers:\n%sinstead of:\n%s%s", words, out, wanted, err);
}

static void completion(void **state)
{
	struct pair pair;
	char call[64];

	(void)state;
	adapter_add("a", "address", "100@0", NULL);
	adapter_add("b", "address", "200@0", NULL);
	/* Commands, options, knobs with and without dashes. */
	offers("ad", "adapter\n");
	offers("adapter re", "reset\nrestart\n");
	offers("dial 200 --ti", "--timeout\n");
	offers("adapter set a --lat", "--late\n--late-by\n--latency\n");
	offers("adapter set a lat", "late\nlate-by\nlatency\n");
	/* Values: words of the form, and lists of them. */
	offers("adapter set a fault b", "busy\n");
	offers("adapter set a --fault = un", "unreachable\nunknown\n");
	offers("adapter set a lost setup,sent-con",
	       "setup,sent-connect\nsetup,sent-connect-ack\n");
	offers("answer --media d", "datamodem\ndigitaldata\n");
	offers("answer --reject user", "user-busy\n");
	/* The command's own words are no options of ours. */
	offers("serve --max", "--max-calls\n");
	offers("serve --line 1 -- mkfif", "mkfifo\n");
	offers("serve -- cat /etc/hostna", "/etc/hostname\n");
	/* What there is now. */
	offers("adapter del \"\" ", "a\nb\n--surprise\n--wait\n--json\n--help\n");
	offers("dial 1 --adapter \"\"", "a\nb\n");
	offers("adapter add c exchange \"\"", "x\n");
	offers("adapter add c --kind v", "vwan\n");
	pair = pair_connected();
	succeed("condisctl completion --values CALL");
	assert_int_equal(lines_of(out), 2);
	snprintf(call, sizeof(call), "%.20sall\n", out);
	offers("drop \"\"", strcat(call, "--cause\n--json\n--help\n"));
	call_drop(pair.caller, pair.out);
	/* A name is a name, whatever a shell would make of it. */
	succeed("condisctl adapter add '$(id>&2)' exchange x");
	offers("adapter show \"\\$\"", "\\$\\(id\\>\\&2\\)\n");
	assert_string_equal(err, "");
	succeed("bash -c '. $CONDIS_TOP/build/tools/condisctl.bash && complete -p condisctl'");
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
		WORLD_TEST(version),
		WORLD_TEST(bad_input),
		WORLD_TEST(failures),
		WORLD_TEST(json),
		WORLD_TEST(administration),
		WORLD_TEST(verifier),
		WORLD_TEST(dial_and_answer),
		WORLD_TEST(drop_and_send),
		WORLD_TEST(monitor_events),
		WORLD_TEST(completion),
		WORLD_TEST(without_modules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
