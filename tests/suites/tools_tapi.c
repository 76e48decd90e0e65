// SPDX-License-Identifier: GPL-2.0
/*
 * The program tapi as a person uses it, and the examples of the manual: lists, bad input, calls,
 * signals, what comes from below, requests, completion.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "program.h"

#define ANSWERED	"/tmp/tools_tapi.answered"
#define DIALLED		"/tmp/tools_tapi.dialled"
#define HELLO		"/tmp/tools_tapi.hello"
#define EXAMPLES	"$CONDIS_TOP/build/tools/examples"

/* Shell: an input that neither comes nor ends. */
#define WITHOUT_END	"rm -f /tmp/tools_tapi.fifo; mkfifo /tmp/tools_tapi.fifo && " \
			"exec 3<>/tmp/tools_tapi.fifo; "

/* In this order, in what tapi dial says of a call that it hangs up. */
static const char *const whole_call[] = {
	"LINE_REPLY", "done", "LINE_CALLSTATE", "CONNECTED", "LINE_CALLSTATE", "IDLE", NULL,
};

/* And of one that the far end hangs up. */
static const char *const hung_up[] = { "CONNECTED", "DISCONNECTED", "NORMAL", "IDLE", NULL };

/* A line of shell. */
#define ends_with(_status, ...)								\
	do {										\
		int got_ = run(__VA_ARGS__);						\
											\
		if (got_ != (_status))							\
			fail_msg("status %d\n%s%s", got_, out, err);			\
	} while (0)

/* One line that says what was wrong, and nothing else. */
static void fails(int status, const char *words)
{
	int got = run("timeout 60 tapi %s", words);

	if (got != status || lines_of(err) != 1 || strncmp(err, "tapi: ", 6))
		fail_msg("tapi %s: status %d, not %d\n%s%s", words, got, status, out, err);
}

static void lists(void **state)
{
	static const char *const listed[] = {
		"LINE", "NAME", "0", "a line 0", "100", "1", "b line 0", "200", NULL,
	};

	(void)state;
	two_adapters("2");
	succeed("tapi lines");
	has_in_order(out, listed);
	assert_int_equal(lines_of(out), 3);
	succeed("tapi lines --json");
	is_json(out, "tapi lines");
	succeed("tapi caps 0");
	assert_non_null(strstr(out, "a line 0"));
	succeed("tapi caps 'b line 0' --json");
	is_json(out, "tapi caps");
	assert_non_null(strstr(out, "\"200\""));
	succeed("tapi translate '+49 (30) 1234'");
	succeed("tapi translate --line 1 '+49 (30) 1234' --json");
	is_json(out, "tapi translate");
	/* Nobody has a session any more. */
	wait_sessions(0);
}

static void failures(void **state)
{
	static const char *const bad[] = {
		"", "nonsense", "dial", "dial 0", "dial 0 200 300", "dial 0 200 --nonsense",
		"dial 0 200 --media nonsense", "dial 0 200 --hold long", "dial 0 200 --wait",
		"answer", "answer 0 --count 0", "monitor --count none", "caps", "caps 0 1",
		"request", "lines 0", "completion tcsh",
	};
	static const char *const impossible[] = {
		"dial 7 200", "dial nobody 200", "caps 7", "answer nobody", "monitor 7",
		"dial 0 'x y z' --quiet", "dial 0 200 --media g3fax --quiet",
		"answer 0 --media g3fax",
	};
	size_t i;

	(void)state;
	two_adapters("1");
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		fails(2, bad[i]);
		assert_string_equal(out, "");
	}
	for (i = 0; i < ARRAY_SIZE(impossible); i++)
		fails(1, impossible[i]);
	wait_nothing_left();
}

static int answerer(void *argument)
{
	return run("timeout 150 tapi answer %s >" ANSWERED, (const char *)argument);
}

/* Somebody listens on "b". */
static pid_t answerer_start(const char *words)
{
	pid_t pid = child_start(answerer, (void *)words);

	wait_count(CONDIS_COUNTER_SAPS, 1);
	return pid;
}

static void dial_and_answer(void **state)
{
	static const char *const answered[] = {
		"listening on 1 line", "LINE_APPNEWCALL", "owner", "OFFERING", "CONNECTED",
		"DISCONNECTED", "IDLE", NULL,
	};
	static char said[4096];
	pid_t pid;

	(void)state;
	two_adapters("1");
	pid = answerer_start("1 --count 1");
	succeed("timeout 60 tapi dial 0 200 --hold 0.3 --calling 4711");
	has_in_order(out, whole_call);
	assert_int_equal(child_wait(pid), 0);
	slurp(ANSWERED, said, sizeof(said));
	has_in_order(said, answered);
	wait_nothing_left();

	/* The other end hangs up, and the caller hears why. */
	pid = answerer_start("'b line 0' --count 1 --hold 0.2 --json");
	succeed("timeout 60 tapi dial 'a line 0' 200 --json");
	is_json(out, "tapi dial");
	has_in_order(out, hung_up);
	assert_int_equal(child_wait(pid), 0);
	slurp(ANSWERED, said, sizeof(said));
	is_json(said, "tapi answer");
	wait_nothing_left();

	adapter_set("b", "fault", "busy", NULL);
	fails(1, "dial 0 200 --quiet");
	assert_non_null(strstr(err, "BUSY"));
	adapter_set("b", "fault", "none", NULL);
	fails(1, "dial 0 999 --quiet");
	wait_nothing_left();
}

/* A signal is no failure of a call that was connected, and nothing is left behind. */
static void signals(void **state)
{
	static const char *const names[] = { "INT", "TERM", "HUP" };
	pid_t pid;
	size_t i;

	(void)state;
	two_adapters("3");
	pid = answerer_start("1 --count 3");
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		ends_with(0, "rm -f " DIALLED "; tapi dial 0 200 >" DIALLED " & pid=$!\n"
			  "for i in $(seq 600); do\n"
			  "grep -qs CONNECTED " DIALLED " && break; sleep 0.1; done\n"
			  "kill -%s $pid; wait $pid", names[i]);
		slurp(DIALLED, out, sizeof(out));
		has_in_order(out, whole_call);
	}
	assert_int_equal(child_wait(pid), 0);
	wait_nothing_left();
}

/* A line that is pulled out: the program says so, and closes nothing that is closed. */
static void pulled_out(void **state)
{
	pid_t pid;

	(void)state;
	two_adapters("1");
	ends_with(1, "rm -f " DIALLED "; tapi answer 0 >" DIALLED " & pid=$!\n"
		  "for i in $(seq 600); do\n"
		  "grep -qs listening " DIALLED " && break; sleep 0.1; done\n"
		  "condisctl adapter del a; wait $pid");
	assert_non_null(strstr(err, "its device is gone"));
	assert_int_equal(lines_of(err), 1);
	slurp(DIALLED, out, sizeof(out));
	assert_non_null(strstr(out, "LINE_CLOSE"));
	/* A call is over, whichever of its end and the line's is told first. */
	adapter_add("a", "address", "100@0", NULL);
	pid = answerer_start("'b line 0' --count 1");
	assert_true(run("rm -f " DIALLED "; tapi dial 'a line 0' 200 >" DIALLED " & pid=$!\n"
			"for i in $(seq 600); do\n"
			"grep -qs CONNECTED " DIALLED " && break; sleep 0.1; done\n"
			"condisctl adapter del a --surprise; wait $pid") <= 1);
	assert_int_equal(child_wait(pid), 0);
	wait_nothing_left();
}

/* The line table is another one: who listens begins anew, and is found again. */
static void begins_anew(void **state)
{
	static char said[4096];
	pid_t pid;

	(void)state;
	two_adapters("1");
	pid = answerer_start("'b line 0' --count 1");
	adapter_set("b", "lines", "2", NULL);
	ends_with(0, "for i in $(seq 300); do\n"
		  "test $(grep -c listening " ANSWERED ") = 2 && exit 0; sleep 0.1\n"
		  "done; cat " ANSWERED "; condisctl line list; exit 1");
	succeed("timeout 60 tapi dial 'a line 0' 200 --hold 0.1");
	has_in_order(out, whole_call);
	assert_int_equal(child_wait(pid), 0);
	slurp(ANSWERED, said, sizeof(said));
	assert_non_null(strstr(said, "REINIT"));
	wait_nothing_left();
}

static void watch(void **state)
{
	static const char *const seen[] = { "LINE_APPNEWCALL", "CONNECTED", "IDLE", NULL };
	pid_t pid;

	(void)state;
	two_adapters("1");
	pid = answerer_start("1 --count 1");
	/* Both lines have a monitor before the call is made. */
	ends_with(0, "tapi monitor --json >/tmp/tools_tapi.seen & pid=$!\n"
		  "for i in $(seq 600); do\n"
		  "test $(condisctl session list | grep -c tapi) = 2 && break\n"
		  "sleep 0.1; done; sleep 0.5\n"
		  "timeout 60 tapi dial 0 200 --hold 0.2 --quiet; status=$?\n"
		  "for i in $(seq 600); do\n"
		  "test $(grep -c IDLE /tmp/tools_tapi.seen) -ge 2 && break\n"
		  "sleep 0.1; done; kill -INT $pid; wait $pid && exit $status");
	assert_int_equal(child_wait(pid), 0);
	slurp("/tmp/tools_tapi.seen", out, sizeof(out));
	is_json(out, "tapi monitor");
	has_in_order(out, seen);
	wait_nothing_left();
}

/* Under a bus of its own. */
static void ask(void **state)
{
	static const char *const taken[] = {
		"call 200, the office, asked for by tapi: x", "CONNECTED", "DISCONNECTED", "IDLE",
		NULL,
	};
	pid_t pid;

	(void)state;
	two_adapters("1");
	fails(1, "request 200");
	assert_non_null(strstr(err, "recipient"));
	pid = answerer_start("1 --count 1 --hold 0.2");
	put("/tmp/tools_tapi.requests",
	    "timeout 60 tapi recipient --dial 0 --count 1 >/tmp/tools_tapi.taken & pid=$!\n"
	    "for i in $(seq 300); do\n"
	    "tapi request 200 --party 'the office' --comment x 2>/dev/null && break\n"
	    "sleep 0.1; done; wait $pid\n");
	succeed("XDG_RUNTIME_DIR=/tmp dbus-run-session -- sh /tmp/tools_tapi.requests");
	slurp("/tmp/tools_tapi.taken", out, sizeof(out));
	has_in_order(out, taken);
	assert_int_equal(child_wait(pid), 0);
	wait_nothing_left();
}

#define TAKEN	"/tmp/tools_tapi.taken"

/* Until there is so much of it in what the recipient has said. */
#define UNTIL_TAKEN(_word, _count) \
	"for i in $(seq 300); do\n" \
	"test $(grep -c '" _word "' " TAKEN ") -ge " #_count " && break; sleep 0.1; done\n"

/* As soon as somebody takes it. */
#define REQUEST(_number) \
	"for i in $(seq 300); do\n" \
	"tapi request " #_number " 2>/dev/null && break; sleep 0.1; done\n"

/* The line table is another one: also who takes requests begins anew, with the line as it is. */
static void asks_anew(void **state)
{
	static const char *const taken[] = {
		"call 200", "CONNECTED", "IDLE", "LINE_CLOSE", "REINIT", "call 200", "CONNECTED",
		"IDLE", NULL,
	};
	pid_t pid;

	(void)state;
	two_adapters("1");
	pid = answerer_start("'b line 0' --count 2 --hold 0.2");
	put("/tmp/tools_tapi.requests",
	    "timeout 90 tapi recipient --dial 'a line 0' --count 2 >" TAKEN " & pid=$!\n"
	    REQUEST(200) UNTIL_TAKEN("IDLE", 1)
	    "condisctl adapter set a lines 2 || exit 3\n"
	    UNTIL_TAKEN("REINIT", 1) REQUEST(200) "wait $pid\n");
	succeed("XDG_RUNTIME_DIR=/tmp dbus-run-session -- sh /tmp/tools_tapi.requests");
	slurp(TAKEN, out, sizeof(out));
	has_in_order(out, taken);
	assert_int_equal(child_wait(pid), 0);
	/* Its device is gone: that is the end. */
	put("/tmp/tools_tapi.requests",
	    "timeout 90 tapi recipient --dial 'a line 0' >" TAKEN " & pid=$!\n"
	    REQUEST(999) UNTIL_TAKEN("call 999", 1)
	    "condisctl adapter del a; wait $pid\n");
	ends_with(1, "XDG_RUNTIME_DIR=/tmp dbus-run-session -- sh /tmp/tools_tapi.requests");
	assert_non_null(strstr(err, "its device is gone"));
	wait_nothing_left();
}

/* What the manual prints. */
static void examples(void **state)
{
	static const char *const hello[] = {
		"LINE_REPLY 0x1\n", "LINE_CALLSTATE 0x100\n", "LINE_CALLSTATE 0x4000\n", NULL,
	};
	static const char *const dialler3[] = {
		"in progress", "connected", "disconnected", NULL,
	};
	static const char *const idle[] = { "IDLE", NULL };
	pid_t pid;

	(void)state;
	two_adapters("4");
	pid = answerer_start("1 --count 3 --hold 0.3");
	succeed("timeout 60 " EXAMPLES "/hello");
	has_in_order(out, hello);
	succeed(WITHOUT_END "timeout 60 " EXAMPLES "/dialler 0 200 <&3");
	has_in_order(out, hung_up);
	succeed(WITHOUT_END "timeout 60 " EXAMPLES "/dialler3 0 200 <&3");
	has_in_order(out, dialler3);
	assert_int_equal(child_wait(pid), 0);
	/* And this end hangs up. */
	pid = answerer_start("1 --count 2");
	succeed("sleep 1 | timeout 60 " EXAMPLES "/dialler 0 200");
	has_in_order(out, idle);
	succeed("sleep 1 | timeout 60 " EXAMPLES "/dialler3 0 200");
	assert_int_equal(child_wait(pid), 0);
	assert_int_equal(run("timeout 60 " EXAMPLES "/dialler 0 999 </dev/null"), 1);
	wait_nothing_left();
}

/*
 * The program that the README has, compiled by the command that it has, prints what it has. The
 * library is where it was built, not where the command would have installed it.
 */
static void readme(void **state)
{
	static char command[128], printed[1024];
	pid_t pid;

	(void)state;
	two_adapters("1");
	succeed("sed -n 's/^ *\\$ \\(cc hello.c .*\\)$/\\1/p' $CONDIS_TOP/README");
	assert_int_equal(lines_of(out), 1);
	snprintf(command, sizeof(command), "%.127s", out);
	succeed("sed -n '/^ *\\$ cc hello.c/,/^$/{/\\$ cc /d;/^$/d;s/^ *//p}' $CONDIS_TOP/README");
	assert_in_range(lines_of(out), 1, 16);
	snprintf(printed, sizeof(printed), "%.1023s", out);
	pid = answerer_start("1 --count 1");
	ends_with(0, "set -e; rm -rf " HELLO "; mkdir " HELLO "; cd " HELLO "; "
		  "sed -n '/^ *#include <stdio.h>/,/^      }/s/^ *//p' $CONDIS_TOP/README >hello.c; "
		  "export C_INCLUDE_PATH=$CONDIS_TOP/tools/libtapi; "
		  "export LIBRARY_PATH=$CONDIS_TOP/build/tools; "
		  "export LD_LIBRARY_PATH=$LIBRARY_PATH PKG_CONFIG_PATH=$LIBRARY_PATH; "
		  "%s", command);
	assert_string_equal(out, printed);
	assert_int_equal(child_wait(pid), 0);
	wait_nothing_left();
}

static void offers(const char *words, const char *wanted)
{
	assert_int_equal(run("bash -c '. $CONDIS_TOP/build/tools/tapi.bash; "
			     "COMP_WORDS=(tapi %s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); "
			     "_tapi; printf \"%%s\\n\" \"${COMPREPLY[@]}\"'", words), 0);
	if (strcmp(out, wanted))
		fail_msg("tapi %s<tab> offers:\n%sinstead of:\n%s%s", words, out, wanted, err);
}

static void completion(void **state)
{
	(void)state;
	two_adapters("1");
	offers("di", "dial\n");
	offers("dial 0 200 --h", "--hold\n--help\n");
	offers("dial 0 200 --media d", "datamodem\ndigitaldata\n");
	offers("caps \"\"", "0\na\\ line\\ 0\n1\nb\\ line\\ 0\n--json\n--help\n");
	offers("answer 0 1", "1\n");
	offers("dial 0 2", "\n");
	succeed("bash -c '. $CONDIS_TOP/build/tools/tapi.bash && complete -p tapi'");
}

/* Without the modules: one line, and what to do. */
static void without_modules(void **state)
{
	(void)state;
	assert_int_equal(condis_exchange_del(admin(), "x"), 0);
	assert_int_equal(module_unload(VWAN), 0);
	assert_int_equal(module_unload(NDPROXY), 0);
	assert_int_equal(module_unload(CORE), 0);
	fails(1, "lines");
	assert_non_null(strstr(err, "module ndproxy"));
	/* Where one is does not depend on a device. */
	succeed("tapi translate '+49 (30) 1234'");
	/* The setup of the next test, and this one's teardown, load them again. */
	admin_reopen();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(lists),
		WORLD_TEST(failures),
		WORLD_TEST(dial_and_answer),
		WORLD_TEST(signals),
		WORLD_TEST(pulled_out),
		WORLD_TEST(begins_anew),
		WORLD_TEST(watch),
		WORLD_TEST(ask),
		WORLD_TEST(asks_anew),
		WORLD_TEST(examples),
		WORLD_TEST(readme),
		WORLD_TEST(completion),
		WORLD_TEST(without_modules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
