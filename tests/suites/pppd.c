// SPDX-License-Identifier: GPL-2.0
/*
 * The plugin of pppd: the stock pppd dials and answers over the virtual WAN, between two
 * namespaces; calls that fail; what it refuses. How calls end is in another suite.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon.h"
#include "program.h"

static int suite_setup(void **state)
{
	(void)state;
	return daemon_setup();
}

static void facts_are_told(void)
{
	const char *files;
	char call[32], far_call[32];

	daemon_was_told("near", "ip-up", 1, "CONDIS_ADAPTER", "a");
	daemon_was_told("near", "ip-up", 1, "CONDIS_LINE", "0");
	daemon_was_told("near", "ip-up", 1, "CONDIS_CALLED", "200");
	daemon_was_told("near", "ip-up", 1, "CONDIS_CALLING", "5551");
	daemon_was_told("near", "ip-up", 1, "CONDIS_MEDIA", "digitaldata");
	daemon_was_told("near", "ip-up", 1, "CONDIS_MAX_SDU", "2048");
	daemon_was_told("near", "ip-up", 1, "CONDIS_TX_RATE", "125000000");
	daemon_was_told("near", "ip-up", 1, "CONDIS_RX_RATE", "125000000");
	daemon_was_told("near", "ip-up", 1, "CONDIS_CAUSE", NULL);
	daemon_was_told("far", "ip-up", 1, "CONDIS_ADAPTER", "b");
	daemon_was_told("far", "ip-up", 1, "CONDIS_CALLED", "200");
	daemon_was_told("far", "ip-up", 1, "CONDIS_CALLING", "5551");
	daemon_told_value("near", "ip-up", 1, "CONDIS_CALL", call, sizeof(call));
	daemon_told_value("far", "ip-up", 1, "CONDIS_CALL", far_call, sizeof(far_call));
	assert_string_not_equal(call, far_call);
	daemon_said("near", "Connect: ppp0 <--> a:0", 1);
	daemon_said("far", "peer from calling number 5551 authorized", 1);
	/* Neither the session nor the data file is the script's. */
	files = daemon_told("near", "ip-up", 1);
	assert_non_null(strstr(files, "/dev/null"));
	assert_null(strstr(files, "ndproxy"));
	assert_null(strstr(daemon_told("far", "ip-up", 1), "ndproxy"));
}

/* CHAP, IPCP and IPv6CP; bytes both ways; the caller hangs up. */
static void dial_and_answer(void **state)
{
	struct link link;

	(void)state;
	link_stage();
	link = link_up("user client password secret ipv6 ::1,::2",
		       "auth require-chap name server ipv6 ::2,::1");
	daemon_await("near", "CHAP authentication succeeded", 1);
	daemon_told("near", "ipv6-up", 1);
	daemon_told("far", "ipv6-up", 1);
	facts_are_told();
	link_transfer_ip();
	link_transfer_ipv6();

	link_terminate(&link);
	daemon_was_told("near", "ip-down", 1, "CONDIS_CAUSE", "16");
	daemon_was_told("near", "ip-down", 1, "CONDIS_CAUSE_NAME", "normal call clearing");
	daemon_was_told("far", "ip-down", 1, "CONDIS_CAUSE", "16");
	daemon_was_told("far", "ipv6-down", 1, "CONDIS_CAUSE", "16");
	daemon_await("near", "Call to 200 ended: normal call clearing (16)", 1);
	daemon_await("far", "Call from 5551 ended by the far end: normal call clearing (16)", 1);
	link_leave();
}

static void by_pap(void **state)
{
	struct link link;

	(void)state;
	link_stage();
	link = link_up("user client password secret", "auth require-pap name server");
	daemon_await("near", "PAP authentication succeeded", 1);
	daemon_await("far", "PAP peer authentication succeeded for client", 1);
	link_terminate(&link);
	link_leave();
}

/* Each wants to know who the other one is. */
static void by_chap_both_ways(void **state)
{
	struct link link;

	(void)state;
	link_stage();
	link = link_up("name client remotename server auth require-chap",
		       "name server auth require-chap");
	daemon_await("near", "CHAP authentication succeeded", 1);
	daemon_await("far", "CHAP authentication succeeded", 1);
	link_terminate(&link);
	link_leave();
}

/* Both say so, by their status as well, and the call is over. */
static void with_a_wrong_secret(void **state)
{
	pid_t near, far;

	(void)state;
	link_stage();
	far = far_waits("far", ANSWER " auth require-chap name server");
	near = daemon_start("near", DIAL " user client password wrong");
	daemon_ends("near", near, PPPD_NOT_AUTHENTICATED);
	daemon_ends("far", far, PPPD_PEER_NOT_AUTHENTICATED);
	daemon_said("near", "CHAP authentication failed: Access denied", 1);
	daemon_said("far", "Peer client failed CHAP authentication", 1);
	daemon_said("near", "local  IP address", 0);
	daemon_await("near", "normal call clearing (16)", 1);
	link_leave();
}

/* A call with little room: what is negotiated, and what the interfaces have, is not more. */
static void on_a_narrow_call(void **state)
{
	struct link link;

	(void)state;
	link_stage();
	adapter_set("a", "sdu", "600", NULL);
	go(&far_space);
	adapter_set("b", "sdu", "600", NULL);
	go_home();
	link = link_up("", "");
	succeed("ip link show ppp0");
	if (!strstr(out, " mtu 596 "))
		fail_msg("%s", out);
	daemon_was_told("near", "ip-up", 1, "CONDIS_MAX_SDU", "600");
	link_transfer_ip();
	link_terminate(&link);
	link_leave();
}

static void fails(const char *options, int status, const char *words, unsigned int times)
{
	daemon_ends("tried", daemon_start("tried", options), status);
	daemon_said("tried", words, times);
}

/* A call that fails is told with its cause, and tried again as pppd is told to. */
static void calls_that_fail(void **state)
{
	static const struct {
		const char *fault;
		const char *said;
	} faults[] = {
		{ "busy", "Call to 200 failed: user busy (17)" },
		{ "no-answer", "Call to 200 failed: no answer from user (19)" },
		{ "congestion", "Call to 200 failed: switching equipment congestion (42)" },
	};
	size_t i;

	(void)state;
	adapter_add("a", "calls", "4", "address", "100@0", NULL);
	adapter_add("b", "address", "200@0", "t301", "100", NULL);
	fails("noauth condis-adapter a condis-number 999 persist holdoff 1 maxfail 3",
	      PPPD_CONNECT_FAILED, "Call to 999 failed: unallocated number (1)", 3);
	for (i = 0; i < ARRAY_SIZE(faults); i++) {
		adapter_set("b", "fault", faults[i].fault, NULL);
		fails(DIAL PERSIST " maxfail 2", PPPD_CONNECT_FAILED, faults[i].said, 2);
	}
	adapter_set("b", "fault", "none", NULL);
	fails(DIAL, PPPD_CONNECT_FAILED, "Call to 200 failed: no user responding (18)", 1);
	fails(DIAL " condis-line 5", PPPD_CONNECT_FAILED, "no such line", 1);
	fails("noauth condis-adapter c condis-number 200", PPPD_CONNECT_FAILED, "no adapter 'c'",
	      1);
}

/* It rings, and nobody answers: so long, and no longer. */
static void not_in_time(void **state)
{
	struct app *app;

	(void)state;
	two_adapters("4");
	app = app_open("callee");
	line_open(app, "b", 0, OWNER);
	fails(DIAL " condis-time-limit 10", PPPD_CONNECT_FAILED,
	      "Call to 200 failed: not connected within 10 s, only ringback", 1);
	expect_up_to(app, "C1 DISCONNECTED*");
	call_deallocate(app, call_label(app, 1));
}

/* A signal ends a wait at once: for an answer, for a call, and with persist, for good or not. */
static void signals_while_waiting(void **state)
{
	struct app *app;
	pid_t pid;

	(void)state;
	two_adapters("4");
	app = app_open("callee");
	line_open(app, "b", 0, OWNER);
	pid = daemon_start("near", DIAL PERSIST " condis-time-limit 3600");
	daemon_await("near", "Call to 200: ringback", 1);
	/* It hangs up and calls again. */
	kill(pid, SIGHUP);
	daemon_await("near", "Call to 200: ringback", 2);
	kill(pid, SIGTERM);
	daemon_ends("near", pid, PPPD_USER_REQUEST);
	daemon_said("near", "Call to 200 given up because of a signal", 2);
	hear(app, "C2 DISCONNECTED");
	app_close(app);
	wait_sessions(0);

	pid = daemon_start("near", "condis-adapter a condis-answer noauth");
	daemon_await("near", "Waiting for a call on a", 1);
	kill(pid, SIGINT);
	daemon_ends("near", pid, PPPD_USER_REQUEST);
	wait_sessions(0);
}

/* A caller who gives up before he is answered, and the next one, who is answered. */
static void waits_on(void **state)
{
	struct link link;
	struct app *app;
	uint32_t call;

	(void)state;
	link_stage();
	link.far = far_waits("far", ANSWER);
	/* It hears of the offer when that is over. */
	kill(link.far, SIGSTOP);
	app = app_open("caller");
	call = call_make(app, line_open(app, "a", 0, NONE), "200");
	hear(app, "C1 RINGBACK");
	call_drop(app, call);
	hear(app, "C1 IDLE");
	app_close(app);
	kill(link.far, SIGCONT);
	daemon_await("far", "was given up before it was answered", 1);
	daemon_await("far", "Waiting for a call on b", 2);
	link.near = daemon_start("near", DIAL);
	daemon_told("near", "ip-up", 1);
	daemon_told("far", "ip-up", 1);
	kill(link.far, SIGTERM);
	daemon_ends("far", link.far, PPPD_USER_REQUEST);
	daemon_ends("near", link.near, PPPD_HANGUP);
	link_leave();
}

/* Who has a call listens no longer: the next caller gets the next pppd. */
static void two_answer_on_a_line(void **state)
{
	struct link link;
	pid_t near, far;

	(void)state;
	link_stage();
	link.far = far_waits("far", ANSWER);
	far = far_waits("far2", "condis-adapter b condis-answer noauth 10.7.0.2:10.7.0.1");
	link.near = daemon_start("near", DIAL);
	daemon_told("near", "ip-up", 1);
	near = daemon_start("near2", DIAL);
	daemon_told("near2", "ip-up", 1);
	daemon_told("far2", "ip-up", 1);
	/* Nobody listens any more. */
	fails(DIAL, PPPD_CONNECT_FAILED, "no user responding (18)", 1);
	kill(link.near, SIGTERM);
	kill(far, SIGTERM);
	child_wait(link.near);
	child_wait(link.far);
	child_wait(near);
	child_wait(far);
	link_leave();
}

/* A slow pppd is not hurried to its end. */
#define SERVE	"condisctl serve --adapter b --linger 30 --kill-after 30 --"

/* A server in one line: pppd's output is the call, and nothing of what it says is sent. */
static void served(void **state)
{
	pid_t near, far;

	(void)state;
	link_stage();
	/* This call is the only one that pppd has. */
	go(&far_space);
	far = daemon_start_by("far", SERVE, "noauth persist");
	go_home();
	daemon_await("far", "serving", 1);
	near = daemon_start("near", DIAL);
	daemon_await("far", "persist and demand need condis-number or condis-answer", 1);
	/* How far it has come by then is not said. */
	child_wait(near);
	daemon_said("near", "normal, unspecified (31)", 1);
	kill(far, SIGTERM);
	daemon_ends("far", far, 0);

	go(&far_space);
	far = daemon_start_by("far", SERVE, "noauth 10.8.0.2:10.8.0.1 nodefaultroute");
	go_home();
	daemon_await("far", "serving", 1);
	near = daemon_start("near", DIAL);
	daemon_told("near", "ip-up", 1);
	daemon_was_told("far", "ip-up", 1, "CONDIS_CALLING", "5551");
	daemon_was_told("far", "ip-up", 1, "CONDIS_ADAPTER", "b");
	daemon_was_told("far", "ip-up", 1, "CONDIS_DATA_FD", NULL);
	assert_null(strstr(daemon_told("far", "ip-up", 1), "ndproxy"));
	daemon_said("near", "rcvd [proto=", 0);
	daemon_said("far", "Connect: ppp0 <--> b:0", 1);
	link_transfer_ip();
	kill(near, SIGTERM);
	daemon_ends("near", near, PPPD_USER_REQUEST);
	daemon_await("far", "status 16", 1);

	/* The other way round: the server is told to stop, and pppd ends as one whose line does. */
	near = daemon_start("near", DIAL);
	daemon_told("near", "ip-up", 1);
	succeed("condisctl drop all --cause 41");
	daemon_ends("near", near, PPPD_HANGUP);
	daemon_await("far", "status 16", 2);
	kill(far, SIGTERM);
	daemon_ends("far", far, 0);
	link_leave();
}

/* As printed: on one machine, with the adapters of demo.conf. */
static void examples(void **state)
{
	pid_t near, far;

	(void)state;
	adapter_add("wan0", "lines", "2", "address", "100@0,101@1", NULL);
	adapter_add("wan1", "lines", "2", "address", "200@0,201@1", NULL);
	if (run("cp %s/tools/examples/peers/* /etc/ppp/peers", getenv("CONDIS_TOP")))
		fail_msg("%s", err);
	far = daemon_start("far", "call condis-server");
	daemon_await("far", "Waiting for a call on wan1", 1);
	near = daemon_start("near", "call condis-client");
	daemon_was_told("near", "ip-up", 1, "IPLOCAL", "10.9.0.2");
	daemon_was_told("far", "ip-up", 1, "CONDIS_CALLING", "100");
	kill(near, SIGTERM);
	daemon_ends("near", near, PPPD_USER_REQUEST);
	daemon_await("far", "Waiting for a call on wan1", 2);
	kill(far, SIGTERM);
	daemon_ends("far", far, PPPD_USER_REQUEST);
}

/* What cannot be meant is refused, with what would be right; and what is meant is printed. */
static void options(void **state)
{
	static const struct {
		const char *given;
		const char *said;
	} refused[] = {
		{ "", "no call: give condis-number, condis-answer or condis-fd" },
		{ "condis-number 200 condis-answer", "give only one of condis-number," },
		{ "condis-answer condis-fd 3", "give only one of condis-number," },
		{ "condis-number '2 00'", "condis-number '2 00' is no number to dial" },
		{ "condis-number ''", "condis-number '' is no number to dial" },
		{ "condis-number 123456789012345678901234567890123", "1 to 32 characters" },
		{ "condis-number 200 condis-calling 'a b'", "condis-calling 'a b' is no number" },
		{ "condis-answer condis-calling 100", "condis-calling goes with condis-number" },
		{ "condis-number 200 condis-line -1", "condis-line value must be >= 0" },
		{ "condis-number 200 condis-line one", "invalid numeric parameter 'one'" },
		{ "condis-number 200 condis-address -1", "condis-address value must be >= 0" },
		{ "condis-number 200 condis-time-limit 0", "must be between 1 and 86400" },
		{ "condis-number 200 condis-adapter ''", "condis-adapter '' is no name" },
		{ "condis-fd 0", "descriptor 0 is no data file of a call" },
		{ "condis-fd 77", "condis-fd: descriptor 77 is no data file of a call" },
		{ "condis-fd 3 condis-adapter a", "condis-adapter goes with condis-number and" },
		{ "condis-fd 3 condis-line 0", "condis-line goes with condis-number and" },
		{ "condis-fd 3 condis-time-limit 5", "condis-time-limit goes with" },
	};
	/* Of a process that is as slow as under KASAN some are enough; the others are the same. */
	size_t step = is_debug_kernel() ? 4 : 1;
	char options[256];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(refused); i += step) {
		snprintf(options, sizeof(options), "noauth %s", refused[i].given);
		fails(options, PPPD_OPTIONS, refused[i].said, 1);
	}
	daemon_ends("tried", daemon_start_by("tried", "env CONDIS_DATA_FD=x", "noauth"),
		    PPPD_OPTIONS);
	daemon_said("tried", "the environment's CONDIS_DATA_FD 'x' is no number", 1);
	daemon_ends("tried", daemon_start_by("tried", "env CONDIS_DATA_FD=3", "noauth updetach"),
		    PPPD_OPTIONS);
	daemon_said("tried", "ends when pppd detaches: add nodetach", 1);

	fails(DIAL " condis-line 3 condis-time-limit 7 dryrun", 0, "condis-line 3", 1);
	daemon_said("tried", "condis-number 200", 1);
	daemon_said("tried", "condis-calling 5551", 1);
	daemon_said("tried", "condis-time-limit 7", 1);
	fails("condis-answer noauth dryrun", 0, "condis-answer", 1);

	assert_int_equal(module_unload("ndiswan"), 0);
	fails(DIAL, 4, "the module ndiswan is not loaded; load it with: modprobe ndiswan", 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LINK_TEST(dial_and_answer),
		LINK_TEST(by_pap),
		LINK_TEST(by_chap_both_ways),
		LINK_TEST(with_a_wrong_secret),
		LINK_TEST(on_a_narrow_call),
		LINK_TEST(calls_that_fail),
		LINK_TEST(not_in_time),
		LINK_TEST(signals_while_waiting),
		LINK_TEST(waits_on),
		LINK_TEST(two_answer_on_a_line),
		LINK_TEST(served),
		LINK_TEST(examples),
		LINK_TEST(options),
	};

	return cmocka_run_group_tests(tests, suite_setup, NULL);
}
