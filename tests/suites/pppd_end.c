// SPDX-License-Identifier: GPL-2.0
/*
 * The plugin of pppd: how the calls end over which the stock pppd runs, what is said of it, and
 * what pppd does then.
 */
#include <poll.h>
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

static void callee_terminates(void **state)
{
	struct link link;

	(void)state;
	link_stage();
	link = link_up("", "");
	kill(link.far, SIGINT);
	daemon_ends("far", link.far, PPPD_USER_REQUEST);
	daemon_ends("near", link.near, PPPD_HANGUP);
	daemon_await("near", "Modem hangup", 1);
	daemon_was_told("near", "ip-down", 1, "CONDIS_CAUSE", "16");
	daemon_was_told("far", "ip-down", 1, "CONDIS_CAUSE", "16");
	daemon_await("near", "Call to 200 ended by the far end: normal call clearing (16)", 1);
	daemon_await("far", "Call from 5551 ended: normal call clearing (16)", 1);
	link_leave();
}

static void caller_is_killed(void **state)
{
	struct link link;

	(void)state;
	link_stage();
	link = link_up("", "");
	child_kill(link.near);
	daemon_ends("far", link.far, PPPD_HANGUP);
	daemon_was_told("far", "ip-down", 1, "CONDIS_CAUSE", "16");
	link_leave();
}

static void callee_is_killed(void **state)
{
	struct link link;

	(void)state;
	link_stage();
	link = link_up("", "");
	child_kill(link.far);
	daemon_ends("near", link.near, PPPD_HANGUP);
	daemon_was_told("near", "ip-down", 1, "CONDIS_CAUSE", "16");
	link_leave();
}

/* The line is cut without a word of PPP: both scripts hear why, before they run. */
static void cleared_with_a_cause(void **state)
{
	struct link link;

	(void)state;
	link_stage();
	link = link_up("+ipv6", "+ipv6");
	daemon_told("near", "ipv6-up", 1);
	daemon_told("far", "ipv6-up", 1);
	succeed("condisctl drop all --cause temporary-failure");
	daemon_ends("near", link.near, PPPD_HANGUP);
	daemon_ends("far", link.far, PPPD_HANGUP);
	daemon_was_told("far", "ip-down", 1, "CONDIS_CAUSE", "41");
	daemon_was_told("far", "ip-down", 1, "CONDIS_CAUSE_NAME", "temporary failure");
	daemon_was_told("far", "ipv6-down", 1, "CONDIS_CAUSE", "41");
	daemon_was_told("near", "ip-down", 1, "CONDIS_CAUSE", "41");
	daemon_await("far", "Call from 5551 ended by the far end: temporary failure (41)", 1);
	daemon_await("near", "Call to 200 ended: temporary failure (41)", 1);
	link_leave();
}

static void adapter_goes(void **state)
{
	struct link link;
	char name[64];

	(void)state;
	link_stage();
	link = link_up("", "");
	adapter_surprise("a");
	daemon_ends("near", link.near, PPPD_HANGUP);
	daemon_ends("far", link.far, PPPD_HANGUP);
	/* The call's end comes before the line's: pppd looks when it likes. */
	daemon_told_value("near", "ip-down", 1, "CONDIS_CAUSE_NAME", name, sizeof(name));
	if (strcmp(name, "line closed") && strcmp(name, "destination out of order"))
		fail_msg("ip-down was told \"%s\"", name);
	daemon_await("near", "Call to 200 ended: ", 1);
	link_leave();
}

/* Both ways, and more is under way. */
static void load(int *here, int *there)
{
	link_connect_ip(here, there);
	link_pump(*there, *here, NULL);
	link_pump_half(*here, *there);
}

static void caller_is_killed_under_load(void **state)
{
	struct link link;
	int here, there;

	(void)state;
	link_stage();
	link = link_up("", "");
	load(&here, &there);
	child_kill(link.near);
	daemon_ends("far", link.far, PPPD_HANGUP);
	daemon_was_told("far", "ip-down", 1, "CONDIS_CAUSE", "16");
	close_fd(here);
	close_fd(there);
	link_leave();
}

/* In order: the line is closed, then the adapter halts. */
static void adapter_goes_under_load(void **state)
{
	struct link link;
	int here, there;

	(void)state;
	link_stage();
	link = link_up("", "");
	load(&here, &there);
	adapter_del("a");
	daemon_ends("near", link.near, PPPD_HANGUP);
	daemon_ends("far", link.far, PPPD_HANGUP);
	daemon_told("near", "ip-down", 1);
	daemon_await("near", "Call to 200 ended: ", 1);
	close_fd(here);
	close_fd(there);
	link_leave();
}

/* The channel goes alone; pppd's end is the call's. */
static void ndiswan_goes_under_load(void **state)
{
	struct link link;
	int here, there;

	(void)state;
	link_stage();
	link = link_up("", "");
	load(&here, &there);
	assert_int_equal(module_unload("ndiswan"), 0);
	daemon_ends("near", link.near, PPPD_HANGUP);
	daemon_ends("far", link.far, PPPD_HANGUP);
	daemon_was_told("near", "ip-down", 1, "CONDIS_CAUSE", "16");
	daemon_was_told("far", "ip-down", 1, "CONDIS_CAUSE", "16");
	close_fd(here);
	close_fd(there);
	link_leave();
}

/* Until one comes back. */
static void ping(void)
{
	long long end = now_ms() + 2 * patience();

	while (run("busybox ping -c 1 -W 1 10.8.0.2"))
		if (now_ms() > end) {
			daemon_show("near");
			fail_msg("no packet comes through: %s%s", out, err);
		}
}

/* Packets make the call; its end is not the end of pppd. */
static void on_demand(void **state)
{
	pid_t near, far;

	(void)state;
	link_stage();
	far = far_waits("far", ANSWER PERSIST " maxfail 0");
	near = daemon_start("near", DIAL " noipv6 demand holdoff 0 10.8.0.1:10.8.0.2");
	daemon_await("near", "Using interface ppp0", 1);
	ping();
	daemon_said("near", "Starting link", 1);
	succeed("condisctl drop all");
	daemon_told("near", "ip-down", 1);
	daemon_await("far", "Waiting for a call on b", 2);
	ping();
	daemon_said("near", "Starting link", 2);
	kill(near, SIGTERM);
	daemon_ends("near", near, PPPD_USER_REQUEST);
	daemon_await("far", "Waiting for a call on b", 3);
	kill(far, SIGTERM);
	daemon_ends("far", far, PPPD_USER_REQUEST);
	link_leave();
}

/* The far end hangs up, and is called again; what was told of the call before is not told again. */
static void redials(void **state)
{
	struct link link;

	(void)state;
	link_stage();
	/* The far one needs a moment before it listens again. */
	link = link_up(" persist holdoff 1 maxfail 0", PERSIST " maxfail 0");
	go(&far_space);
	succeed("condisctl drop all --cause 31");
	go_home();
	daemon_was_told("near", "ip-down", 1, "CONDIS_CAUSE", "31");
	daemon_was_told("near", "ip-up", 2, "CONDIS_CAUSE", NULL);
	daemon_told("far", "ip-up", 2);
	link_transfer_ip();
	kill(link.near, SIGTERM);
	daemon_ends("near", link.near, PPPD_USER_REQUEST);
	daemon_await("far", "Waiting for a call on b", 3);
	kill(link.far, SIGTERM);
	daemon_ends("far", link.far, PPPD_USER_REQUEST);
	link_leave();
}

/* In the background from the moment that the link is up: the call is the child's. */
static void detaches(void **state)
{
	pid_t far, near, background;
	long long end;
	char text[64];

	(void)state;
	link_stage();
	far = far_waits("far", ANSWER);
	near = daemon_start("near", DIAL " updetach");
	/* First: that the link is up takes longer than an end may. */
	daemon_told("near", "ip-up", 1);
	daemon_told("far", "ip-up", 1);
	daemon_ends("near", near, 0);
	link_transfer_ip();
	slurp("/run/ppp-near.pid", text, sizeof(text));
	background = atoi(text);
	assert_true(background > 1);
	assert_int_equal(kill(background, SIGTERM), 0);
	daemon_ends("far", far, PPPD_HANGUP);
	daemon_await("near", "Call to 200 ended: normal call clearing (16)", 1);
	/* It is nobody's child any more, and its script writes until it ends. */
	daemon_told("near", "ip-down", 1);
	for (end = now_ms() + patience(); !kill(background, 0); poll(NULL, 0, 20))
		if (now_ms() > end)
			fail_msg("pppd %d does not end", (int)background);
	link_leave();
}

/* The other call of "a" than this one; leg B of both is not meant. */
static uint64_t call_beside(uint64_t first)
{
	struct condis_call_info *list;
	uint32_t af_type = 0;
	uint64_t found = 0;
	ssize_t length, i;

	length = condis_calls(admin(), adapter_id("a"), &list);
	for (i = 0; i < length; i++)
		if (list[i].id == first)
			af_type = list[i].af_type;
	for (i = 0; i < length; i++)
		if (list[i].id != first && list[i].af_type == af_type)
			found = list[i].id;
	free(list);
	assert_true(found);
	return found;
}

static uint64_t second_call;

static void drop_second(void)
{
	char command[64];

	snprintf(command, sizeof(command), "condisctl drop %llu", (unsigned long long)second_call);
	succeed(command);
}

/* pppd says that its line has hung up, or that the bundle has no channel any more: 0; or both. */
static void ends_with_bundle(const char *name, pid_t pid)
{
	int status = child_wait(pid);

	if (status && status != PPPD_HANGUP) {
		daemon_show(name);
		fail_msg("%s ends with %d", name, status);
	}
	assert_true(daemon_times(name, "Last channel has disconnected") +
		    daemon_times(name, "Modem hangup") >= 1);
}

/* Two calls in a bundle: one drops under load, and the bundle lives; then it goes. */
static void multilink(void **state)
{
	char first[32];
	pid_t near2, far2;
	struct link link;
	int here, there;

	(void)state;
	link_stage();
	link = link_up("multilink bundle near", "multilink bundle far");
	daemon_await("near", "New bundle ppp0 created", 1);
	daemon_told_value("near", "ip-up", 1, "CONDIS_CALL", first, sizeof(first));
	far2 = far_waits("far2", ANSWER " multilink bundle far");
	near2 = daemon_start("near2", DIAL " multilink bundle near");
	daemon_await("near2", "Link attached to ppp0", 1);
	daemon_await("far2", "Link attached to ppp0", 1);
	second_call = call_beside(strtoull(first, NULL, 10));

	link_connect_ip(&here, &there);
	link_pump(here, there, drop_second);
	daemon_ends("near2", near2, PPPD_HANGUP);
	daemon_ends("far2", far2, PPPD_HANGUP);
	link_pump(there, here, NULL);
	close_fd(here);
	close_fd(there);
	daemon_said("near", "hangup", 0);

	succeed("condisctl drop all --cause 41");
	ends_with_bundle("near", link.near);
	ends_with_bundle("far", link.far);
	daemon_was_told("near", "ip-down", 1, "CONDIS_CAUSE", "41");
	daemon_was_told("far", "ip-down", 1, "CONDIS_CAUSE", "41");
	link_leave();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LINK_TEST(callee_terminates),
		LINK_TEST(caller_is_killed),
		LINK_TEST(callee_is_killed),
		LINK_TEST(cleared_with_a_cause),
		LINK_TEST(adapter_goes),
		LINK_TEST(caller_is_killed_under_load),
		LINK_TEST(adapter_goes_under_load),
		LINK_TEST(ndiswan_goes_under_load),
		LINK_TEST(on_demand),
		LINK_TEST(redials),
		LINK_TEST(detaches),
		LINK_TEST(multilink),
	};

	return cmocka_run_group_tests(tests, suite_setup, NULL);
}
