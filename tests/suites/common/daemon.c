// SPDX-License-Identifier: GPL-2.0
/*
 * Running the stock pppd, and reading what it says.
 */
#include <poll.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon.h"
#include "program.h"
#include "space.h"

#define FAR_RUN		"/tmp/far-run"
#define PLUGINS		"/usr/lib/pppd/2.4.9"

/*
 * A guest is slow: what is asked again before it could be answered starts the negotiation anew,
 * with other addresses, and pppd's status is that of a hang-up if its last request was not.
 * CCP's time is fixed.  What a script has to say is waited for.
 */
#define OPTIONS		"linkname %s ipparam %s debug logfile /tmp/ppp.%s.log " \
			"lcp-restart 20 ipcp-restart 20 ipv6cp-restart 20 " \
			"chap-restart 20 pap-restart 20 noccp child-timeout 0"

/* Built into the shell: a process takes half a second under KASAN. */
#define SCRIPT										\
	"#!/bin/sh\n"									\
	"exec >>/tmp/ppp.$6.${0##*/}\n"							\
	"export -p\n"									\
	"[ ${0##*/} != ip-up ] || ls -l /proc/self/fd\n"				\
	"echo the end\n"

static const char *const scripts[] = { "ip-up", "ip-down", "ipv6-up", "ipv6-down" };

/**
 * struct start - how a daemon is started
 * @name: its name
 * @by: what runs it
 * @options: its options
 */
struct start {
	const char *name;
	const char *by;
	const char *options;
};

#define NDISWAN		"ndiswan"

struct space far_space;

static char text[OUTPUT_MAX];

static void log_path(const char *name, const char *of, char path[128])
{
	snprintf(path, 128, "/tmp/ppp.%s.%s", name, of);
}

void daemon_file(const char *name, const char *contents)
{
	char path[128];

	snprintf(path, sizeof(path), "/etc/ppp/%s", name);
	put(path, contents);
}

int daemon_setup(void)
{
	char command[512];
	size_t i;

	/* The modules of a stock kernel, parts of the debug kernel. */
	run("modprobe -q ppp_generic");
	if (access("/dev/ppp", F_OK) || unshare(CLONE_NEWNS) ||
	    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("ppp", "/etc/ppp", "tmpfs", 0, NULL) ||
	    mount("ppp", PLUGINS, "tmpfs", 0, NULL))
		return -1;
	mkdir(FAR_RUN, 0755);
	mkdir("/etc/ppp/peers", 0755);
	daemon_file("options", "");
	daemon_file("chap-secrets", "client server secret *\nserver client other *\n");
	daemon_file("pap-secrets", "client * secret *\n");
	for (i = 0; i < ARRAY_SIZE(scripts); i++) {
		daemon_file(scripts[i], SCRIPT);
		snprintf(command, sizeof(command), "/etc/ppp/%s", scripts[i]);
		chmod(command, 0755);
	}
	return run("cp %s/build/tools/condis.so " PLUGINS, getenv("CONDIS_TOP"));
}

static int body(void *argument)
{
	const struct start *start = argument;
	bool is_far = !strncmp(start->name, "far", 3);
	char line[2048];

	if (is_far && (unshare(CLONE_NEWNS) || mount(FAR_RUN, "/run", NULL, MS_BIND, NULL)))
		return 98;
	/* A peers file has what is not here. */
	snprintf(line, sizeof(line),
		 "exec %s /usr/sbin/pppd %s " OPTIONS " %s </dev/null >/tmp/ppp.%s.out 2>&1",
		 start->by,
		 !strncmp(start->options, "call ", 5) ? "" :
		 strstr(start->options, "updetach") ? "plugin condis.so" :
						      "plugin condis.so nodetach",
		 start->name, start->name, start->name, start->options, start->name);
	execl("/bin/sh", "sh", "-c", line, NULL);
	return 97;
}

pid_t daemon_start_by(const char *name, const char *by, const char *options)
{
	struct start start = { name, by, options };
	char path[128];
	size_t i;

	watchdog_alive();
	for (i = 0; i < ARRAY_SIZE(scripts); i++) {
		log_path(name, scripts[i], path);
		unlink(path);
	}
	log_path(name, "log", path);
	unlink(path);
	log_path(name, "out", path);
	unlink(path);
	return child_start(body, &start);
}

pid_t daemon_start(const char *name, const char *options)
{
	return daemon_start_by(name, "", options);
}

void daemon_show(const char *name)
{
	static const char *const files[] = { "log", "out" };
	char path[128];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(files); i++) {
		log_path(name, files[i], path);
		slurp(path, text, sizeof(text));
		if (*text)
			say("%s of %s:\n%.12000s", files[i], name, text);
	}
}

void daemon_ends(const char *name, pid_t pid, int status)
{
	int got = child_wait(pid);

	watchdog_alive();
	if (got == status)
		return;
	daemon_show(name);
	fail_msg("pppd %s ends with %d, not %d", name, got, status);
}

static unsigned int count_in(const char *path, const char *words)
{
	unsigned int found = 0;
	const char *at;

	slurp(path, text, sizeof(text));
	for (at = text; (at = strstr(at, words)); at += strlen(words))
		found++;
	return found;
}

static unsigned int count_of(const char *name, const char *of, const char *words)
{
	char path[128];

	log_path(name, of, path);
	return count_in(path, words);
}

static void fail_for_want(const char *name, const char *words, const char *of)
{
	daemon_show(name);
	fail_msg("\"%s\" is not, or not so often, in the %s of %s", words, of, name);
}

unsigned int daemon_times(const char *name, const char *words)
{
	return count_of(name, "log", words) + count_of(name, "out", words);
}

void daemon_await(const char *name, const char *words, unsigned int times)
{
	long long end = now_ms() + 2 * patience();

	while (daemon_times(name, words) < times)
		if (now_ms() > end || poll(NULL, 0, 20))
			fail_for_want(name, words, "log");
	watchdog_alive();
}

void daemon_said(const char *name, const char *words, unsigned int times)
{
	if (daemon_times(name, words) != times)
		fail_for_want(name, words, "log");
}

const char *daemon_told(const char *name, const char *script, unsigned int n)
{
	long long end_ms = now_ms() + 2 * patience();
	char *record = text, *end;

	while (count_of(name, script, "the end\n") < n)
		if (now_ms() > end_ms || poll(NULL, 0, 20))
			fail_for_want(name, "the end", script);
	watchdog_alive();
	while (--n)
		record = strstr(record, "the end\n") + strlen("the end\n");
	end = strstr(record, "the end\n");
	*end = '\0';
	return record;
}

void daemon_told_value(const char *name, const char *script, unsigned int n, const char *variable,
		       char *value, size_t size)
{
	const char *record = daemon_told(name, script, n);
	char head[64], *at;

	snprintf(head, sizeof(head), "export %s='", variable);
	at = strstr(record, head);
	if (!at)
		fail_msg("%s of %s was not told %s:\n%s", script, name, variable, record);
	at += strlen(head);
	snprintf(value, size, "%.*s", (int)strcspn(at, "'"), at);
}

void daemon_was_told(const char *name, const char *script, unsigned int n, const char *variable,
		     const char *value)
{
	const char *record = daemon_told(name, script, n);
	char wanted[256];

	if (value)
		snprintf(wanted, sizeof(wanted), "export %s='%s'\n", variable, value);
	else
		snprintf(wanted, sizeof(wanted), "export %s=", variable);
	if (!strstr(record, wanted) == !value)
		return;
	say("%s", record);
	daemon_show(name);
	fail_msg("%s of %s was not told %s=%s", script, name, variable, value ? value : "nothing");
}

/*
 * A pppd at each end
 */

int link_setup(void **state)
{
	int error = space_setup(state);

	if (!error && module_load(NDISWAN))
		fail_msg("cannot load %s", NDISWAN);
	return error;
}

int link_teardown(void **state)
{
	/* First: what it has open on the adapters is not to be taken for something left. */
	module_unload(NDISWAN);
	return space_teardown(state);
}

void link_stage(void)
{
	adapter_add("a", "calls", "4", "address", "100@0", NULL);
	far_space = space_new();
	go(&far_space);
	if (adapter_add_abroad("b", "x", space_home(), "200"))
		fail_msg("%s", condis_error());
	adapter_set("b", "calls", "4", NULL);
	go_home();
}

static void await_nothing(void)
{
	long long end = now_ms() + patience();

	while (if_nametoindex("ppp0") || if_nametoindex("ppp1"))
		if (now_ms() > end || poll(NULL, 0, 10))
			fail_msg("an interface of PPP is left");
	wait_sessions(0);
	wait_count(CONDIS_COUNTER_VCS, 0);
}

void link_leave(void)
{
	await_nothing();
	go(&far_space);
	await_nothing();
	adapter_del("b");
	wait_no_adapters();
	go_home();
	space_end(&far_space);
}

pid_t far_waits(const char *name, const char *options)
{
	pid_t pid;

	go(&far_space);
	pid = daemon_start(name, options);
	go_home();
	daemon_await(name, "Waiting for a call on b", 1);
	return pid;
}

struct link link_up(const char *near_options, const char *far_options)
{
	struct link link;
	char options[1024];

	snprintf(options, sizeof(options), ANSWER " %s", far_options);
	link.far = far_waits("far", options);
	snprintf(options, sizeof(options), DIAL " %s", near_options);
	link.near = daemon_start("near", options);
	daemon_told("near", "ip-up", 1);
	daemon_told("far", "ip-up", 1);
	return link;
}

void link_terminate(const struct link *link)
{
	kill(link->near, SIGTERM);
	daemon_ends("near", link->near, PPPD_USER_REQUEST);
	daemon_ends("far", link->far, PPPD_HANGUP);
}
