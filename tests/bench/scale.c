// SPDX-License-Identifier: GPL-2.0
/*
 * Scale: the same operation among more and more calls, on one pair of adapters and
 * on a hundred; and on two CPUs at once.
 */
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <linux/ndproxy.h>

#include "bench.h"
#include "call.h"

#define WHO	"condis"

static struct call *calls;

/* A row of an operation among so many calls, on so many pairs of adapters. */
static void scale_row(const char *operation, unsigned int adapters, unsigned int up,
		      unsigned int count, struct sample sample)
{
	char name[48];

	if (adapters == 1)
		snprintf(name, sizeof(name), "%s", operation);
	else
		snprintf(name, sizeof(name), "%s-%u-adapters", operation, adapters);
	row_among(name, WHO, up, count, sample);
}

static void measure_up(unsigned int adapters, unsigned int up)
{
	struct sample sample = sample_begin();
	unsigned int i;

	for (i = 0; i < up; i++)
		call_make(&calls[i], i);
	scale_row("up", adapters, up, up, sample_end(sample));
}

/* Not in the order of their making; 7919 is prime, and divides none of the sizes. */
static struct call *some_call(unsigned int i, unsigned int up)
{
	return &calls[(unsigned long)i * 7919 % up];
}

static void measure_lookup(unsigned int adapters, unsigned int up)
{
	struct ndproxy_call_status status;
	struct sample sample = sample_begin();
	struct call *call;
	unsigned int i;

	for (i = 0; i < CYCLES; i++) {
		call = some_call(i, up);
		memset(&status, 0, sizeof(status));
		status.call = call->out;
		must(!ioctl(call->caller->fd, NDPROXY_GET_CALL_STATUS, &status), "call status");
	}
	scale_row("lookup", adapters, up, CYCLES, sample_end(sample));
}

static void measure_poll(unsigned int adapters, unsigned int up)
{
	struct sample sample = sample_begin();
	struct pollfd fd = { .events = POLLIN };
	unsigned int i;

	for (i = 0; i < CYCLES; i++) {
		fd.fd = some_call(i, up)->callee->fd;
		must(!poll(&fd, 1, 0), "poll without an event");
	}
	scale_row("poll", adapters, up, CYCLES, sample_end(sample));
}

/* By its number, beside those that are up. */
static void measure_one_more(unsigned int adapters, unsigned int up)
{
	struct sample sample = sample_begin();
	struct call call;
	unsigned int i;

	for (i = 0; i < CYCLES; i++) {
		call_make(&call, i);
		call_drop(&call, call.caller);
		call_finish(&call, call.callee);
	}
	scale_row("one-more", adapters, up, CYCLES, sample_end(sample));
}

/*
 * Of so many calls as a benchmark has cycles the callees hear at once that they are
 * disconnected, and read it, many events at a time.
 */
static void measure_events(unsigned int adapters, unsigned int up)
{
	unsigned int i, n = up < CYCLES ? up : CYCLES;
	struct sample sample;
	uint64_t read;

	for (i = 0; i < n; i++)
		call_drop(&calls[i], calls[i].caller);
	sample = sample_begin();
	read = callees_read();
	sample = sample_end(sample);
	must(read >= n, "an event of each call");
	scale_row("events", adapters, up, read, sample);
	for (i = 0; i < n; i++) {
		call_finish(&calls[i], calls[i].callee);
		call_make(&calls[i], i);
	}
}

/* Both lines of each call, with the calls up. */
static void measure_line_close(unsigned int adapters, unsigned int up)
{
	struct sample sample = sample_begin();

	lines_close();
	scale_row("line-close", adapters, up, up, sample_end(sample));
}

static void measure_rmmod(unsigned int adapters, unsigned int up)
{
	struct sample sample = sample_begin();

	must(!syscall(SYS_delete_module, "condis_vwan", 0), "rmmod condis_vwan");
	scale_row("rmmod", adapters, up, up, sample_end(sample));
}

static void measure_among(unsigned int adapters, unsigned int up)
{
	unsigned int i;

	adapters_add(adapters, up + 1);
	ends_open(adapters, up + 1);
	measure_up(adapters, up);
	measure_lookup(adapters, up);
	measure_poll(adapters, up);
	measure_one_more(adapters, up);
	measure_events(adapters, up);
	measure_line_close(adapters, up);
	ends_close();
	calls_await_none();

	ends_open(adapters, up + 1);
	for (i = 0; i < up; i++)
		call_make(&calls[i], i);
	measure_rmmod(adapters, up);
	ends_close();
	calls_await_none();
	must(!system("modprobe condis_vwan"), "modprobe condis_vwan");
	calls_begin();
}

void bench_scale(void)
{
	static const unsigned int sizes[] = { 100, 1000, 10000, 100000 };
	size_t i;

	calls = calloc(sizes[ARRAY_SIZE(sizes) - 1], sizeof(*calls));
	must(calls, "memory");
	calls_begin();
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		measure_among(1, sizes[i]);
		measure_among(100, sizes[i]);
	}
	calls_end();
	free(calls);
}

/* One process, on a CPU and a pair of adapters of its own; nanoseconds of a call. */
static uint64_t cycles_on(unsigned int cpu, unsigned int pair)
{
	const unsigned int cycles = 4 * CYCLES;
	struct timespec begin, end;
	struct call call;
	unsigned int i;
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	must(!sched_setaffinity(0, sizeof(set), &set), "a CPU of its own");
	clock_gettime(CLOCK_MONOTONIC, &begin);
	for (i = 0; i < cycles; i++) {
		call_make(&call, pair);
		call_drop(&call, call.caller);
		call_finish(&call, call.callee);
	}
	clock_gettime(CLOCK_MONOTONIC, &end);
	return ((end.tv_sec - begin.tv_sec) * 1000000000ULL + end.tv_nsec - begin.tv_nsec) / cycles;
}

/* The mean of @processes at the same time. */
static uint64_t cycles_beside(unsigned int processes)
{
	uint64_t sum = 0, one;
	int answers[2], go[2];
	unsigned int i;
	char byte;

	must(!pipe(answers) && !pipe(go), "pipe");
	for (i = 0; i < processes; i++) {
		if (fork())
			continue;
		close(go[1]);
		/* All begin when the last copy of the other end is closed. */
		must(!read(go[0], &byte, 1), "the start");
		one = cycles_on(i, i);
		must(write(answers[1], &one, sizeof(one)) == sizeof(one), "the answer");
		_exit(0);
	}
	close(go[0]);
	close(go[1]);
	for (i = 0; i < processes; i++) {
		must(read(answers[0], &one, sizeof(one)) == sizeof(one), "an answer");
		sum += one;
	}
	while (wait(NULL) > 0)
		;
	close(answers[0]);
	close(answers[1]);
	return sum / processes;
}

static int compare_ratios(const void *a, const void *b)
{
	double one = *(const double *)a, other = *(const double *)b;

	return (one > other) - (one < other);
}

void bench_parallel(void)
{
	double ratios[5];
	uint64_t alone, beside;
	unsigned int i;

	calls_begin();
	adapters_add(2, 2);
	ends_open(2, 2);
	for (i = 0; i < ARRAY_SIZE(ratios); i++) {
		alone = cycles_beside(1);
		beside = cycles_beside(2);
		ratios[i] = (double)beside / alone;
		printf("parallel: %llu ns a call alone, %llu ns beside another CPU's\n",
		       (unsigned long long)alone, (unsigned long long)beside);
		fflush(stdout);
	}
	qsort(ratios, ARRAY_SIZE(ratios), sizeof(ratios[0]), compare_ratios);
	printf("parallel: a call takes %.2f times as long while another CPU makes calls too\n",
	       ratios[ARRAY_SIZE(ratios) / 2]);
}
