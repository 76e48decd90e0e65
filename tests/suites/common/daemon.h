/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The stock pppd with the plugin condis.so: its log, and what its scripts were told.
 *
 * A daemon has a name, which is its linkname and its ipparam as well. Those whose name begins with
 * "far" have another /run than the others, as they have on another machine: two daemons that know
 * of each other through the files there are on the same side.
 */
#ifndef SUITES_DAEMON_H
#define SUITES_DAEMON_H

#include "fixture.h"
#include "space.h"

/* pppd's exit status. */
#define PPPD_OPTIONS			2
#define PPPD_USER_REQUEST		5
#define PPPD_CONNECT_FAILED		8
#define PPPD_PEER_NOT_AUTHENTICATED	11
#define PPPD_HANGUP			16
#define PPPD_NOT_AUTHENTICATED		19

/* Once for a suite: pppd's folders are the suite's own. 0, or another value. */
int daemon_setup(void);
/* A file below /etc/ppp. */
void daemon_file(const char *name, const char *text);

/*
 * Runs it in the present network namespace, in the foreground unless @options have updetach, and
 * with the plugin unless they begin with "call".
 */
pid_t daemon_start(const char *name, const char *options);
/* In front of pppd's name: what runs it. */
pid_t daemon_start_by(const char *name, const char *by, const char *options);
/* It ends with this status; its log is shown if not. */
void daemon_ends(const char *name, pid_t pid, int status);

/* How often something is in its log and its output; until it is there so often; it has to be. */
unsigned int daemon_times(const char *name, const char *words);
void daemon_await(const char *name, const char *words, unsigned int times);
void daemon_said(const char *name, const char *words, unsigned int times);

/*
 * What the script @script ("ip-up") was told when it ran for the n-th time, from 1: waits for it.
 * The text has a line NAME='VALUE' for each variable, and for ip-up the files that were open.
 */
const char *daemon_told(const char *name, const char *script, unsigned int n);
/* One of the variables. */
void daemon_told_value(const char *name, const char *script, unsigned int n, const char *variable,
		       char *value, size_t size);
/* One of them has this value; NULL: it is not set. */
void daemon_was_told(const char *name, const char *script, unsigned int n, const char *variable,
		     const char *value);

/* The log of a daemon to the suite's output. */
void daemon_show(const char *name);

/*
 * The near end is at home and has the adapter "a", number 100; the far one is abroad and has "b",
 * number 200; four calls each.
 */
#define DIAL	"condis-adapter a condis-number 200 condis-calling 5551 noauth noipdefault "	\
		"ipcp-accept-local ipcp-accept-remote nodefaultroute"
#define ANSWER	"condis-adapter b condis-answer noauth 10.8.0.2:10.8.0.1 nodefaultroute"
#define PERSIST	" persist holdoff 0"

/**
 * struct link - a pppd at each end, and PPP between them
 * @near: the one that has dialled
 * @far: the one that has answered
 */
struct link {
	pid_t near;
	pid_t far;
};

/* Where the far end is. */
extern struct space far_space;

/* For cmocka, as those of the world. */
int link_setup(void **state);
int link_teardown(void **state);
#define LINK_TEST(function) \
	cmocka_unit_test_setup_teardown(function, link_setup, link_teardown)

/* The two adapters; and that nothing is left at either end, and the far one goes. */
void link_stage(void);
void link_leave(void);

/* A far pppd, which listens. */
pid_t far_waits(const char *name, const char *options);
/* "near" has dialled, "far" has answered, and IPCP is up. */
struct link link_up(const char *near_options, const char *far_options);
/* The near one gets SIGTERM: both end as they should. */
void link_terminate(const struct link *link);

/*
 * Bytes through the link, each as it was sent
 */

/* A TCP connection from home to the far address of ANSWER. */
void link_connect_ip(int *here, int *there);
/* From one end to the other; in the middle of it @then is called, unless it is NULL. */
void link_pump(int from, int to, void (*then)(void));
/* The first half, while more is under way. */
void link_pump_half(int from, int to);
/* Both ways, over the addresses of ANSWER; or from the near ipv6-up. */
void link_transfer_ip(void);
void link_transfer_ipv6(void);

#endif /* SUITES_DAEMON_H */
