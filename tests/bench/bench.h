/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Benchmarks: what an operation costs, in instructions and in elapsed time.
 *
 * They run in a guest whose clock counts instructions (tests/bench/run), on one
 * CPU: what is not idle time is work, to the nanosecond.  Each family is a file of
 * its own with one function; it prints a row for each operation:
 *
 *	row OPERATION WHO COUNT INSTRUCTIONS ELAPSED
 *	row OPERATION WHO COUNT BYTES
 *
 * the figures being those of one operation.
 */
#ifndef _BENCH_H
#define _BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

/* The operations, by the names of the table's rows. */
#define OP_NULL_IOCTL	"null-ioctl"
#define OP_CYCLE	"cycle"
#define OP_PACKET_64	"packet-64"
#define OP_PACKET_1500	"packet-1500"
#define OP_MEMORY	"memory"
#define OP_EXIT		"exit"

/* What all are asked for: connections of a cycle and packets, and those held at once. */
#define CYCLES		2000
#define PACKETS		2000
#define HELD		10000

/**
 * struct sample - what has been used since its beginning
 * @instructions: executed by anything but the idle task
 * @elapsed: nanoseconds
 */
struct sample {
	uint64_t instructions;
	uint64_t elapsed;
};

/* Let what was put off (grace periods, works) happen before the next sample. */
void settle(void);
struct sample sample_begin(void);
struct sample sample_end(struct sample begin);
/* Bytes that are not free, once they have settled. */
uint64_t memory_used(void);

/* Where something counts beside us (tests/bench/profile --count), only from on to off. */
void count_only(bool on);

void row(const char *operation, const char *who, uint64_t count, struct sample sample);
/* Of @count operations, while @at_once were there. */
void row_among(const char *operation, const char *who, uint64_t at_once, uint64_t count,
	       struct sample sample);
void row_bytes(const char *operation, const char *who, uint64_t count, int64_t bytes);

/* End with a message if @good is not so; errno is told. */
void must(bool good, const char *what);

/*
 * Run @hold(count, context) in a child; the row is of the child's exit, until it can be
 * waited for and @await() returns, if there is one.
 */
void measure_exit(const char *operation, const char *who, unsigned int count,
		  void (*hold)(unsigned int count, void *context), void *context,
		  void (*await)(void));

/**
 * struct stream - a kind of connection between two descriptors
 * @name: who, in the table
 * @begin: prepare what all connections need, or NULL; false if the kernel has none of it
 * @connect: make connection @number, both ends
 * @is_silent: it carries no packets
 */
struct stream {
	const char *name;
	bool (*begin)(void);
	void (*connect)(unsigned int number, int ends[2]);
	bool is_silent;
};

/* Cycle, packets, memory and exit of a peer. */
void measure_stream(const struct stream *stream);

void bench_condis(void);
void bench_tapi(void);
void bench_scale(void);
void bench_parallel(void);
void bench_tcp(void);
void bench_unix(void);
void bench_vsock(void);
void bench_pppoe(void);
void bench_l2tp(void);
void bench_pty(void);
void bench_ppp(void);

void profile_cycle(void);
void profile_packet(void);
void profile_close(void);
void profile_udp(void);
void profile_tapi(void);
void profile_halt(unsigned int count);
void profile_exit(unsigned int count);

#endif /* _BENCH_H */
