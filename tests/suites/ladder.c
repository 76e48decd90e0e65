// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl ladder: what a call looks like, live and recorded, as text, SVG and JSON.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "program.h"

#define INSTANCES	"/sys/kernel/tracing/instances/condisctl-*"
#define TRACE		"/tmp/ladder.trace"
#define SVG		"/tmp/ladder.svg"

/* What the kernel's trace looks like, with everything that a message can be. */
#define LINE(_time, _adapter, _vc, _network, _from, _to, _text, _detail)			\
	"  app-12 [000] .....    " _time ": condis_message: adapter=" _adapter " vc=" _vc	\
	" network_call=" _network " from=" _from " to=" _to " message=\"" _text "\" detail="	\
	_detail "\n"

static const char recording[] =
	"# tracer: nop\n"
	LINE("54.500000", "wan0", "3", "0", "application", "NDPROXY", "lineDrop", "16")
	LINE("54.500111", "wan0", "3", "2", "NDPROXY", "NDIS", "NdisClCloseCall", "-115")
	"  app-12 [001] .....    54.500222: condis_call_state: vc=3 connected + close -> closing\n"
	LINE("54.500222", "wan0", "3", "2", "miniport", "miniport", "disconnect request", "7")
	LINE("54.900222", "wan1", "4", "2", "remote", "network", "DISCONNECT", "16")
	LINE("54.900333", "wan1", "4", "2", "NDPROXY", "application", "LINE_REPLY", "-16")
	LINE("54.900444", "wan1", "4", "2", "NDPROXY", "application", "LINE_APPNEWCALL", "17");

static const char narrow[] =
	"Call 3 on wan0, network's call 2\n"
	"     seconds   app   NDPROXY  NDIS  miniport network remote\n"
	"    0.000000    |------>|       |       |       |       |  lineDrop (16)\n"
	"    0.000111    |       |------>|       |       |       |  NdisClCloseCall: PENDING\n"
	"    0.000222    |       |       |       *       |       |  disconnect request\n"
	"\n"
	"Call 4 on wan1, network's call 2\n"
	"     seconds   app   NDPROXY  NDIS  miniport network remote\n"
	"    0.000000    |       |       |       |       |<------|  DISCONNECT (16)\n"
	"    0.000111    |<------|       |       |       |       |  LINE_REPLY: EBUSY\n"
	"    0.000222    |<------|       |       |       |       |  LINE_APPNEWCALL (17)\n";

#define OBJECT(_time, _network, _from, _to, _text, _rest)					\
	"{\"time\":" _time ",\"adapter\":\"wan0\",\"vc\":3,\"network_call\":" _network		\
	",\"from\":\"" _from "\",\"to\":\"" _to "\",\"message\":\"" _text "\",\"detail\":"	\
	_rest "}\n"

static const char json[] =
	OBJECT("54.500000", "0", "application", "NDPROXY", "lineDrop",
	       "16,\"cause\":\"normal call clearing\"")
	OBJECT("54.500111", "2", "NDPROXY", "NDIS", "NdisClCloseCall", "-115")
	OBJECT("54.500222", "2", "miniport", "miniport", "disconnect request", "7");

static void is(const char *what, const char *wanted)
{
	if (strcmp(out, wanted))
		fail_msg("%s:\n%sinstead of:\n%s", what, out, wanted);
}

static unsigned int times(const char *text, const char *word)
{
	unsigned int n = 0;

	for (; (text = strstr(text, word)); text++)
		n++;
	return n;
}

static void text_of_a_recording(void **state)
{
	(void)state;
	put(TRACE, recording);
	succeed("condisctl ladder --narrow --from " TRACE);
	is("the ladder", narrow);
	succeed("condisctl ladder --narrow --from - <" TRACE);
	is("the ladder of the input", narrow);
	succeed("condisctl ladder --from " TRACE " --json --adapter wan0");
	is("JSON", json);
	/* A call has its number of the network only from its second message on. */
	succeed("condisctl ladder --from " TRACE " --network-call 2 --narrow");
	is("the ladder of a call of the network", narrow);
	assert_int_equal(run("condisctl ladder --from " TRACE " --network-call 3"), 1);
	succeed("condisctl ladder --from " TRACE " --call 3 --json");
	is("JSON of a call", json);
	assert_int_equal(run("condisctl ladder --from " TRACE " --call 5"), 1);
	assert_non_null(strstr(err, "no messages of such a call"));
}

/* NDISWAN has a column where it says something: in a ladder of its own, and from there on. */
static void column_of_ndiswan(void **state)
{
	static const char messages[] =
		LINE("54.500000", "wan0", "3", "2", "application", "NDPROXY", "lineMakeCall", "0")
		LINE("54.500111", "wan0", "4", "2", "NDIS", "NDISWAN", "offered", "0");

	(void)state;
	put(TRACE, messages);
	succeed("condisctl ladder --narrow --from " TRACE);
	is("the ladder",
	   "Call 3 on wan0, network's call 2\n"
	   "     seconds   app   NDPROXY  NDIS  miniport network remote\n"
	   "    0.000000    |------>|       |       |       |       |  lineMakeCall\n"
	   "\n"
	   "Call 4 on wan0, network's call 2\n"
	   "     seconds   app   NDISWAN NDPROXY  NDIS  miniport network remote\n"
	   "    0.000000    |       |<--------------|       |       |       |  offered\n");
	succeed("condisctl ladder --from " TRACE " --svg " SVG " && xmllint --noout " SVG);
	succeed("cat " SVG);
	assert_int_equal(times(out, ">NDISWAN<"), 1);
	/* Six columns, and seven. */
	assert_int_equal(times(out, "class=\"life\""), 13);
}

/* A digit is a digit, not a cause. */
static void digits_of_a_recording(void **state)
{
	static const char messages[] =
		LINE("54.500000", "wan0", "3", "2", "miniport", "network", "INFORMATION", "565")
		LINE("54.500111", "wan0", "3", "2", "miniport", "network", "INFORMATION", "1077")
		LINE("54.500222", "wan0", "3", "2", "network", "miniport", "INFORMATION", "304")
		LINE("54.500333", "wan0", "3", "2", "miniport", "NDPROXY", "digit", "304");

	(void)state;
	put(TRACE, messages);
	succeed("condisctl ladder --narrow --from " TRACE);
	is("the ladder",
	   "Call 3 on wan0, network's call 2\n"
	   "     seconds   app   NDPROXY  NDIS  miniport network remote\n"
	   "    0.000000    |       |       |       |------>|       |  INFORMATION 5\n"
	   "    0.000111    |       |       |       |------>|       |  INFORMATION 5 ends\n"
	   "    0.000222    |       |       |       |<------|       |  INFORMATION 0 by pulses\n"
	   "    0.000333    |       |<--------------|       |       |  digit 0 by pulses\n");
}

/* A recording of a recording is the same, whatever else stood in it. */
static void recording_again(void **state)
{
	(void)state;
	put(TRACE, recording);
	succeed("condisctl ladder --from " TRACE " --record /tmp/ladder.again");
	succeed("condisctl ladder --narrow --from /tmp/ladder.again");
	is("the ladder of its recording", narrow);
	succeed("condisctl ladder --from /tmp/ladder.again --record /tmp/ladder.1 --adapter wan1");
	succeed("condisctl ladder --from /tmp/ladder.1 --mixed");
	assert_int_equal(lines_of(out), 4);
	put(TRACE, "CPU:1 [LOST 41 EVENTS]\nCPU:0 [LOST 1 EVENTS]\n");
	succeed("cat " TRACE " /tmp/ladder.again | condisctl ladder --narrow --from -");
	is("a ladder with events lost", narrow);
	assert_non_null(strstr(err, "42 events"));
}

static void svg_of_a_recording(void **state)
{
	static const char *const words[] = {
		"<title id=\"title\">", "<desc id=\"description\">", "prefers-color-scheme: dark",
		"Call 3 on wan0", ">application<", ">remote end<",
		"0.000000 s: application to NDPROXY: lineDrop",
		">lineDrop (16, normal call clearing)<", ">0.000111<", ">NdisClCloseCall: PENDING<",
		"<circle", ">disconnect request<", "Call 4 on wan1", ">application<",
		">DISCONNECT (16, normal call clearing)<", "class=\"message failed\"",
		">LINE_REPLY: EBUSY<", ">LINE_APPNEWCALL (17)<", "</svg>", NULL,
	};

	(void)state;
	put(TRACE, recording);
	succeed("condisctl ladder --from " TRACE " --svg " SVG " && xmllint --noout " SVG);
	slurp(SVG, out, OUTPUT_MAX);
	has_in_order(out, words);
	assert_int_equal(times(out, "<g class=\"message"), 6);
	/* PENDING is no failure. */
	assert_int_equal(times(out, "<g class=\"message failed\""), 1);
	assert_int_equal(times(out, "class=\"head\""), 5);
	assert_int_equal(times(out, "class=\"life\""), 12);
	/* Nothing that a browser would fetch or run. */
	assert_null(strstr(out, "<script"));
	assert_int_equal(times(out, "http"), 1);
	/* All in one: one head, and a pause of 0.4 s. */
	succeed("condisctl ladder --from " TRACE " --mixed --svg - | tee " SVG);
	succeed("xmllint --noout " SVG " && cat " SVG);
	assert_int_equal(times(out, "class=\"life\""), 6);
	assert_non_null(strstr(out, ">0.4 s later<"));
}

#define EVIL_TEXT	"</text><script>alert(1)</script>&amp;"
#define EVIL_BYTES	"\xc3\x28 \xed\xa0\x80 \xf8\x88 \x1b[0m \xc3\xa4 ]]> \xef\xbf\xbf"

/* What a recording says is only text: not markup, not control characters, not half of UTF-8. */
static void svg_of_evil(void **state)
{
	(void)state;
	put(TRACE,
	    LINE("1.0", "<a&\"'>", "1", "1", "NDIS", "network", EVIL_TEXT, "16")
	    LINE("2.0", "\xff\x01\x7f", "2", "1", "NDIS", "NDIS", EVIL_BYTES, "0"));
	succeed("condisctl ladder --from " TRACE " --svg " SVG " && xmllint --noout " SVG);
	slurp(SVG, out, OUTPUT_MAX);
	assert_null(strstr(out, "<script"));
	assert_non_null(strstr(out, "&lt;script&gt;alert(1)"));
	assert_non_null(strstr(out, "\xc3\xa4"));
	assert_int_equal(times(out, "<g class=\"message"), 2);
}

/* A recording that is none, and one that is torn, are no reason to crash. */
static void noise(void **state)
{
	static const char *const inputs[] = {
		"head -c 20000 /dev/urandom", "cat /dev/null",
		"printf 'a b c condis_message: vc=\\n condis_message:\\n'",
		"printf ' 1: condis_message: adapter=a vc=1 network_call=0 from=NDIS to=NDIS'",
		"printf '\\027\\010\\104tracing'",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(inputs); i++) {
		assert_int_equal(run("%s | condisctl ladder --from -", inputs[i]), 1);
		assert_int_equal(lines_of(err), 1);
	}
	put(TRACE, recording);
	assert_int_equal(run("condisctl ladder --from " TRACE " --svg /nowhere/x"), 1);
	assert_int_equal(run("condisctl ladder --from " TRACE " --svg /dev/full"), 1);
	assert_int_equal(lines_of(err), 1);
	refuse("ladder --from x --svg y --json", 2, "--svg");
	refuse("ladder --from x --for 1", 2, "--for");
}

static const char *const messages[] = {
	"SETUP", "CALL PROCEEDING", "ALERTING", "CONNECT", "DISCONNECT", "RELEASE",
	"RELEASE COMPLETE", "IDLE", NULL,
};

/* A call, and nothing of it is left, nor of its applications. */
static void one_call(void)
{
	struct pair pair = pair_connected();

	call_drop(pair.caller, pair.out);
	expect_in_any_order(pair.caller, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	wait_count(CONDIS_COUNTER_VCS, 0);
	app_close(pair.caller);
	app_close(pair.callee);
	wait_sessions(0);
}

/* The ladder of a call has every message, in this order. */
static void ladder_of_a_call(void **state)
{
	(void)state;
	two_adapters("1");
	put("/sys/kernel/tracing/trace", "");
	put(MESSAGES, "1");
	one_call();
	put(MESSAGES, "0");
	succeed("cat /sys/kernel/tracing/trace >" TRACE);
	put("/sys/kernel/tracing/trace", "");
	succeed("condisctl ladder --from " TRACE " --adapter a");
	has_in_order(out, messages);
	succeed("condisctl ladder --from " TRACE " --adapter a --svg -");
	has_in_order(out, messages);
	succeed("condisctl ladder --from " TRACE " --json");
	is_json(out, "ladder --json");
}

/* Until it is told to end; a test that fails before that does not leave it there for ever. */
static int recorder(void *argument)
{
	(void)argument;
	return run("timeout 120 condisctl ladder --record /tmp/ladder.live");
}

/* Recorded live, and drawn when no module is loaded, as on another machine. */
static void live(void **state)
{
	pid_t pid;

	(void)state;
	two_adapters("1");
	/* By itself it ends when its time is over. */
	succeed("timeout 60 condisctl ladder --record /tmp/ladder.live --for 0.1");
	pid = child_start(recorder, NULL);
	/* Until the event is on in its instance of tracing. */
	put("/tmp/ladder.sh", "until grep -q 1 " INSTANCES MESSAGE_EVENT "; do sleep 0.05; done");
	succeed("timeout 60 sh /tmp/ladder.sh 2>/dev/null");
	one_call();
	/* The instance has the number of its process, which reads all there is before it ends. */
	succeed("kill $(ls -d " INSTANCES " | sed 's/.*-//')");
	assert_int_equal(child_wait(pid), 0);
	assert_int_equal(run("ls -d " INSTANCES), 2);
	adapter_del("a");
	adapter_del("b");
	wait_no_adapters();
	assert_int_equal(condis_exchange_del(admin(), "x"), 0);
	assert_int_equal(module_unload(VWAN), 0);
	assert_int_equal(module_unload(NDPROXY), 0);
	assert_int_equal(module_unload(CORE), 0);
	succeed("condisctl ladder --from /tmp/ladder.live --adapter a");
	has_in_order(out, messages);
	/* The setup of the next test, and this one's teardown, load them again. */
	admin_reopen();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(text_of_a_recording),
		WORLD_TEST(column_of_ndiswan),
		WORLD_TEST(digits_of_a_recording),
		WORLD_TEST(recording_again),
		WORLD_TEST(svg_of_a_recording),
		WORLD_TEST(svg_of_evil),
		WORLD_TEST(noise),
		WORLD_TEST(ladder_of_a_call),
		WORLD_TEST(live),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
