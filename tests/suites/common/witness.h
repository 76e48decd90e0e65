/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Witnesses: applications that do anything in any order, and swear to what they heard.
 *
 * Whatever a witness hears must fit what it knows of its handles and requests: numbers
 * without a gap, one reply for each request and before anything else of a call that was
 * made, one IDLE for each call and nothing after it, and that before the LINE_CLOSE of
 * its line, after which nothing comes either.
 */
#ifndef SUITES_WITNESS_H
#define SUITES_WITNESS_H

#include "fixture.h"

#define WITNESS_HANDLES	96

/**
 * struct witness_line - a line handle
 * @handle: its number
 * @is_closed: the application closed it
 * @is_dead: LINE_CLOSE came
 * @is_late: something came after the application had given it up: it must have been dead
 *	before, and its LINE_CLOSE is still to be read
 */
struct witness_line {
	uint32_t handle;
	bool is_closed;
	bool is_dead;
	bool is_late;
};

/**
 * struct witness_call - a call handle
 * @handle: its number
 * @line: index of its line
 * @is_made: the application made it
 * @is_replied: and has the reply to that
 * @is_dropped: the application dropped it in the end
 * @is_idle: IDLE came
 * @is_given_up: the application deallocated it, or closed its line
 * @is_deallocated: the former
 */
struct witness_call {
	uint32_t handle;
	unsigned int line;
	bool is_made;
	bool is_replied;
	bool is_dropped;
	bool is_idle;
	bool is_given_up;
	bool is_deallocated;
};

/**
 * struct witness_request - a request that was accepted
 * @cookie: its number
 * @call: its call handle
 * @line: index of its line
 * @is_over: it has its reply
 * @is_suppressed: it gets none, unless its line was dead before that was closed
 */
struct witness_request {
	uint64_t cookie;
	uint32_t call;
	unsigned int line;
	bool is_over;
	bool is_suppressed;
};

/**
 * struct witness - an application
 * @session: its session, NULL: it is closed
 * @is_shut_down: NDPROXY_SHUTDOWN was done
 * @has_given_up: events were discarded, and the queue was not empty since
 * @may_jump: events were discarded before the one that comes next
 * @seq: number of the last event
 * @cookie: of the last request
 * @lines: line handles
 * @calls: call handles
 * @requests: requests
 * @num_lines: how many
 * @num_calls: how many
 * @num_requests: how many
 */
struct witness {
	struct condis_session *session;
	bool is_shut_down;
	bool has_given_up;
	bool may_jump;
	uint64_t seq;
	uint64_t cookie;
	struct witness_line lines[WITNESS_HANDLES];
	struct witness_call calls[WITNESS_HANDLES];
	struct witness_request requests[2 * WITNESS_HANDLES];
	unsigned int num_lines;
	unsigned int num_calls;
	unsigned int num_requests;
};

void witness_open(struct witness *witness);
/* Closes its file; others may have it, too. */
void witness_close(struct witness *witness);

/*
 * Commands: 0 or a negative errno. Those that take an index take one of a handle that
 * may be dead.
 */
int witness_open_line(struct witness *witness, uint32_t adapter, uint32_t line,
		      uint32_t privileges);
int witness_close_line(struct witness *witness, unsigned int line);
int witness_make_call(struct witness *witness, unsigned int line, const char *number);
int witness_accept(struct witness *witness, unsigned int call);
int witness_answer(struct witness *witness, unsigned int call);
int witness_drop(struct witness *witness, unsigned int call, uint32_t cause);
int witness_deallocate(struct witness *witness, unsigned int call);
int witness_shut_down(struct witness *witness);
/* A descriptor, or a negative errno. */
int witness_open_data(struct witness *witness, unsigned int call);

/* Reads at most so many events, of those that are there now. */
void witness_read(struct witness *witness, unsigned int most);
/* No call is up, and no request without a reply. */
bool witness_is_at_end(const struct witness *witness);
/* All its calls have ended, and all its requests: waits for that. */
/* Drop what calls it knows. */
void witness_end_calls(struct witness *witness);
void witness_check_end(struct witness *witness);

#endif /* SUITES_WITNESS_H */
