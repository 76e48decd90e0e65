/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Calls for the benchmarks: both applications in one process, on the bare ioctls.
 */
#ifndef _BENCH_CALL_H
#define _BENCH_CALL_H

#include <stdint.h>

/* What a session may have, and so a line gets: two applications share a pair of lines. */
#define CALLS_OF_LINE	4000

/**
 * struct end - one application of a pair
 * @fd: its session
 * @line: its line handle
 * @number: what its line is called by, or empty
 * @events: read from it
 */
struct end {
	int fd;
	uint32_t line;
	char number[16];
	uint64_t events;
};

/**
 * struct call - a call, by the handles of both applications
 * @caller: the caller's session
 * @callee: the callee's
 * @out: the caller's handle
 * @in: the callee's
 */
struct call {
	struct end *caller;
	struct end *callee;
	uint32_t out;
	uint32_t in;
};

/* Make the exchange. */
void calls_begin(void);
void calls_end(void);
/* Make @adapters pairs of adapters, on which @calls can be up. */
void adapters_add(unsigned int adapters, unsigned int calls);
/* Take them away; with calls up this is a halt. */
void adapters_remove(unsigned int adapters);
/* Open the sessions and lines for @calls over @adapters pairs. */
void ends_open(unsigned int adapters, unsigned int calls);
void ends_close(void);
/* Close all lines; the sessions stay. */
void lines_close(void);
/* Read what all callees have to hear; how many events that was. */
uint64_t callees_read(void);
/* Wait until the kernel has nothing left of what sessions had. */
void calls_await_none(void);

void call_make(struct call *call, unsigned int number);
void call_drop(const struct call *call, struct end *by);
void call_finish(const struct call *call, struct end *far);
/* Read all events of an application; the handle of the last new call. */
uint32_t end_read(struct end *end);
int call_open_data(const struct end *end, uint32_t handle);

#endif /* _BENCH_CALL_H */
