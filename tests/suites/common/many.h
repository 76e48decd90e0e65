/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Many calls at once between two network namespaces, with PPP and traffic on all of them.
 */
#ifndef SUITES_MANY_H
#define SUITES_MANY_H

#include <linux/ppp_defs.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>

#include "ppp.h"
#include "space.h"

/* As many as a test has at most. */
#define CALLS	200
#define UNITS	20

/* Bytes of a datagram. */
#define DATAGRAM	1000

/**
 * struct tie - one end of one of many calls
 * @call: its handle
 * @end: as PPP has it
 * @number: by which both ends know the call
 * @socket: UDP to the far end's interface, or -1
 * @credit: frames that may be sent before one comes
 * @last: when the last was sent or has come
 * @frames: that have come
 * @datagrams: likewise
 */
struct tie {
	uint32_t call;
	struct end end;
	unsigned int number;
	int socket;
	unsigned int credit;
	long long last;
	atomic_uint frames;
	atomic_uint datagrams;
};

/**
 * struct side - one end of all calls
 * @app: its application
 * @line: its line
 * @is_far: it is abroad, and answers
 * @length: how many calls have come
 * @ties: they
 * @thread: sends and receives on all of them
 * @is_running: there is that thread
 * @is_over: it is to end
 * @bad: frames that have come and were never sent
 */
struct side {
	struct app *app;
	uint32_t line;
	bool is_far;
	unsigned int length;
	struct tie ties[CALLS];
	pthread_t thread;
	bool is_running;
	atomic_bool is_over;
	atomic_uint bad;
};

/**
 * struct tally - events, by what they say
 * @replies: to requests, all of them 0
 * @connected: CONNECTED
 * @disconnected: DISCONNECTED
 * @idle: IDLE
 * @closes: LINE_CLOSE
 */
struct tally {
	unsigned int replies;
	unsigned int connected;
	unsigned int disconnected;
	unsigned int idle;
	unsigned int closes;
};

/* At home, and abroad. */
extern struct side near, far;
extern struct space space;
/* How many there are, and how many of them are interfaces. */
extern unsigned int calls, units;

/* For cmocka; the teardown also looks at the kernel's log. */
int many_group_setup(void **state);
int many_setup(void **state);
int many_teardown(void **state);
#define MANY_TEST(function) \
	cmocka_unit_test_setup_teardown(function, many_setup, many_teardown)

/* Whoever holds an interface or a namespace for long is told of in the log. */
void check_log(void);
/* As many ppp interfaces as there are in the namespace. */
unsigned int interfaces(void);

/*
 * Making calls: both sides at once, or one after the other
 */

/* Adapters at home and abroad, and the namespace. */
void two_spaces(unsigned int number_of_calls, unsigned int number_of_units);
/* All calls are up, with their data files, and nothing else. */
void many_connected(void);
/* And they are PPP's, with traffic on all of them. */
void many_flow(unsigned int number_of_calls, unsigned int number_of_units);
/* The session and the line of a side, in its namespace. */
void side_open(struct side *side);
void near_dials(void);
/* A side's calls are PPP's; the far side learns there which call is which. */
void near_attach(void);
void far_attach(void);
/* Its data file, and no channel. */
void tie_init(struct side *side, struct tie *tie);
/* The address of a call's interface, and what that has counted. */
struct sockaddr_in address(unsigned int number, bool is_far);
struct pppstat tie_stats(const struct tie *tie);

/*
 * Traffic
 */

/* A thread that does this until it is stopped; or whoever calls it. */
void *side_traffic(void *argument);
void side_start(struct side *side);
void side_stop(struct side *side);
/* Every call carries more than it had, and every interface, if they are to. */
void side_flows(struct side *side, bool with_units);

/*
 * Events
 */

/* Hears until one of the tally's numbers is what it is to be. */
void side_hear(struct side *side, struct tally *tally, const unsigned int *number,
	       unsigned int wanted);
/* Counts what there is now. */
void side_nothing(struct side *side, struct tally *tally);

/*
 * Ends
 */

/* Every channel hangs up. */
void side_dead(struct side *side);
void side_close_units(struct side *side);
/* The near end drops every call, and exactly that is heard, by everybody. */
void near_drops(void);
/* As a process that dies: nothing of it is left, no interface among it. */
void side_leave(struct side *side);
/* Gives the namespace up, and waits for its end; so many adapters are left at home. */
void space_gone(uint32_t at_home);
/* Both sides leave, and nothing is left. */
void all_leave(uint32_t at_home);

#endif /* SUITES_MANY_H */
