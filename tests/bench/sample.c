// SPDX-License-Identifier: GPL-2.0
/*
 * Measuring: instructions, elapsed time and memory.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"

/* As long as several grace periods and the idle work of the slab allocator take. */
#define SETTLE_MS	200

static void sleep_ms(unsigned int ms)
{
	struct timespec time = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L };

	nanosleep(&time, NULL);
}

void settle(void)
{
	sleep_ms(SETTLE_MS);
}

void must(bool good, const char *what)
{
	if (good)
		return;
	printf("error: %s: %s\n", what, strerror(errno));
	fflush(stdout);
	_exit(1);
}

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000ULL + now.tv_nsec;
}

/*
 * The run time of all tasks but the idle one.  The kernel adds a task's time when it
 * leaves the CPU, so this one leaves it first.
 */
static uint64_t busy_ns(void)
{
	unsigned long long busy = 0;
	char line[512];
	FILE *file;

	sleep_ms(1);
	file = fopen("/proc/schedstat", "r");
	must(file, "/proc/schedstat");
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "cpu0 %*u %*u %*u %*u %*u %*u %llu", &busy) == 1)
			break;
	fclose(file);
	must(busy, "the run time of CPU 0");
	return busy;
}

struct sample sample_begin(void)
{
	struct sample sample;

	settle();
	sample.instructions = busy_ns();
	sample.elapsed = now_ns();
	return sample;
}

/* What measuring itself costs. */
static uint64_t sample_cost(void)
{
	static uint64_t cost;
	uint64_t begin;

	if (!cost) {
		begin = busy_ns();
		settle();
		cost = busy_ns() - begin;
	}
	return cost;
}

struct sample sample_end(struct sample begin)
{
	struct sample sample;

	sample.elapsed = now_ns() - begin.elapsed;
	/* What was put off is part of the cost. */
	settle();
	sample.instructions = busy_ns() - begin.instructions;
	if (sample.instructions > sample_cost())
		sample.instructions -= sample_cost();
	return sample;
}

static void tell_counter(int control, int ack, const char *word)
{
	char answer[16];

	must(write(control, word, strlen(word)) > 0, "tell the counter");
	must(read(ack, answer, sizeof(answer)) > 0, "the counter's answer");
}

void count_only(bool on)
{
	const char *control_path = getenv("BENCH_CONTROL"), *ack_path = getenv("BENCH_ACK");
	static int control = -1, ack = -1;

	if (!control_path || !ack_path)
		return;
	if (control < 0) {
		control = open(control_path, O_WRONLY | O_CLOEXEC);
		ack = open(ack_path, O_RDONLY | O_CLOEXEC);
		must(control >= 0 && ack >= 0, "the counter");
	}
	tell_counter(control, ack, on ? "enable\n" : "disable\n");
}

/* Pages on the per-CPU free lists: MemFree does not count them. */
static uint64_t pages_on_lists(void)
{
	unsigned long long count, pages = 0;
	char line[256];
	FILE *file = fopen("/proc/zoneinfo", "r");

	must(file, "/proc/zoneinfo");
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, " count: %llu", &count) == 1)
			pages += count;
	fclose(file);
	return pages;
}

uint64_t memory_used(void)
{
	unsigned long long total = 0, free_of_it = 0;
	FILE *file;

	settle();
	settle();
	file = fopen("/proc/meminfo", "r");
	must(file && fscanf(file, "MemTotal: %llu kB MemFree: %llu kB", &total, &free_of_it) == 2,
	     "/proc/meminfo");
	fclose(file);
	return (total - free_of_it) * 1024 - pages_on_lists() * (uint64_t)getpagesize();
}

void row_among(const char *operation, const char *who, uint64_t at_once, uint64_t count,
	       struct sample sample)
{
	printf("row %s %s %llu %.0f %.0f\n", operation, who, (unsigned long long)at_once,
	       (double)sample.instructions / count, (double)sample.elapsed / count);
	fflush(stdout);
}

void row(const char *operation, const char *who, uint64_t count, struct sample sample)
{
	row_among(operation, who, count, count, sample);
}

void row_bytes(const char *operation, const char *who, uint64_t count, int64_t bytes)
{
	printf("row %s %s %llu %.0f\n", operation, who, (unsigned long long)count,
	       (double)bytes / count);
	fflush(stdout);
}

void measure_exit(const char *operation, const char *who, unsigned int count,
		  void (*hold)(unsigned int count, void *context), void *context,
		  void (*await)(void))
{
	struct sample sample;
	int go[2], ready[2];
	char byte = 0;
	pid_t child;
	int status;

	must(!pipe(go) && !pipe(ready), "pipe");
	child = fork();
	must(child >= 0, "fork");
	if (!child) {
		hold(count, context);
		must(write(ready[1], &byte, 1) == 1, "write");
		must(read(go[0], &byte, 1) == 1, "read");
		_exit(0);
	}
	close(ready[1]);
	must(read(ready[0], &byte, 1) == 1, who);
	sample = sample_begin();
	must(write(go[1], &byte, 1) == 1, "write");
	must(waitpid(child, &status, 0) == child && !status, "a child");
	if (await)
		await();
	sample = sample_end(sample);
	row(operation, who, count, sample);
	close(ready[0]);
	close(go[0]);
	close(go[1]);
}
