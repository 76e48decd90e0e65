// SPDX-License-Identifier: GPL-2.0
/*
 * Ours: an ioctl, a call, its close, its packets, its memory, its end by halt and
 * by the exit of its process.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <linux/ndproxy.h>

#include "bench.h"
#include "call.h"

#define WHO	"condis"

static struct call *calls;

static void measure_null_ioctl(void)
{
	struct ndproxy_version version;
	struct sample sample;
	struct call call;
	unsigned int i;

	call_make(&call, 0);
	sample = sample_begin();
	for (i = 0; i < CYCLES; i++) {
		memset(&version, 0, sizeof(version));
		must(!ioctl(call.caller->fd, NDPROXY_GET_VERSION, &version), "get version");
	}
	row(OP_NULL_IOCTL, WHO, CYCLES, sample_end(sample));
	call_drop(&call, call.caller);
	call_finish(&call, call.callee);
}

static void cycle(void)
{
	struct call call;

	call_make(&call, 0);
	call_drop(&call, call.caller);
	call_finish(&call, call.callee);
}

static void measure_cycle(void)
{
	struct sample sample;
	unsigned int i;

	for (i = 0; i < 100; i++)
		cycle();
	sample = sample_begin();
	for (i = 0; i < CYCLES; i++)
		cycle();
	row(OP_CYCLE, WHO, CYCLES, sample_end(sample));
}

/* Only the drop, from the ioctl to its return: the call is then over at both ends. */
static void measure_close(const char *operation, bool local)
{
	struct sample sample;
	unsigned int i;

	for (i = 0; i < CYCLES; i++)
		call_make(&calls[i], i);
	sample = sample_begin();
	for (i = 0; i < CYCLES; i++)
		call_drop(&calls[i], local ? calls[i].caller : calls[i].callee);
	row(operation, WHO, CYCLES, sample_end(sample));
	for (i = 0; i < CYCLES; i++)
		call_finish(&calls[i], local ? calls[i].callee : calls[i].caller);
}

static void measure_packets(const char *operation, size_t size)
{
	static char packet[2048];
	struct sample sample;
	struct call call;
	int out, in;
	unsigned int i;

	call_make(&call, 0);
	out = call_open_data(call.caller, call.out);
	in = call_open_data(call.callee, call.in);
	for (i = 0; i < 100 + PACKETS; i++) {
		if (i == 100)
			sample = sample_begin();
		must(write(out, packet, size) == (ssize_t)size, "write a packet");
		must(read(in, packet, sizeof(packet)) == (ssize_t)size, "read a packet");
	}
	row(operation, WHO, PACKETS, sample_end(sample));
	close(out);
	close(in);
	call_drop(&call, call.caller);
	call_finish(&call, call.callee);
}

static void measure_memory(void)
{
	static int files[2000][2];
	uint64_t before;
	unsigned int i;

	memset(calls, 1, HELD * sizeof(*calls));
	memset(files, 1, sizeof(files));
	before = memory_used();
	for (i = 0; i < HELD; i++)
		call_make(&calls[i], i);
	row_bytes(OP_MEMORY, WHO, HELD, (int64_t)(memory_used() - before));

	/* The files are added to calls that are there. */
	before = memory_used();
	for (i = 0; i < ARRAY_SIZE(files); i++) {
		files[i][0] = call_open_data(calls[i].caller, calls[i].out);
		files[i][1] = call_open_data(calls[i].callee, calls[i].in);
	}
	row_bytes("memory-files", WHO, ARRAY_SIZE(files), (int64_t)(memory_used() - before));
	for (i = 0; i < ARRAY_SIZE(files); i++) {
		close(files[i][0]);
		close(files[i][1]);
	}
	for (i = 0; i < HELD; i++) {
		call_drop(&calls[i], calls[i].caller);
		call_finish(&calls[i], calls[i].callee);
	}
}

static void hold(unsigned int count, void *context)
{
	unsigned int i;

	ends_open(*(unsigned int *)context, count);
	for (i = 0; i < count; i++)
		call_make(&calls[i], i);
}

/* The exit of a process is over when its sessions are. */
static void measure_session_exit(unsigned int adapters, unsigned int count)
{
	char operation[32];

	if (adapters == 1)
		snprintf(operation, sizeof(operation), OP_EXIT);
	else
		snprintf(operation, sizeof(operation), "exit-%u-adapters", adapters);
	adapters_add(adapters, count);
	measure_exit(operation, WHO, count, hold, &adapters, calls_await_none);
	adapters_remove(adapters);
}

static void measure_halt(unsigned int adapters, unsigned int count)
{
	struct sample sample;
	char operation[32];

	if (adapters == 1)
		snprintf(operation, sizeof(operation), "halt");
	else
		snprintf(operation, sizeof(operation), "halt-%u-adapters", adapters);
	adapters_add(adapters, count);
	hold(count, &adapters);
	sample = sample_begin();
	adapters_remove(adapters);
	row(operation, WHO, count, sample_end(sample));
	ends_close();
	calls_await_none();
}

void bench_condis(void)
{
	static const unsigned int sizes[] = { 100, 1000, 10000, 100000 };
	size_t i;

	calls = calloc(sizes[ARRAY_SIZE(sizes) - 1], sizeof(*calls));
	must(calls, "memory");
	calls_begin();
	adapters_add(1, HELD);
	ends_open(1, HELD);
	measure_null_ioctl();
	measure_cycle();
	measure_close("close-local", true);
	measure_close("close-remote", false);
	measure_packets(OP_PACKET_64, 64);
	measure_packets(OP_PACKET_1500, 1500);
	measure_memory();
	ends_close();
	calls_await_none();
	adapters_remove(1);

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		measure_halt(1, sizes[i]);
		measure_session_exit(1, sizes[i]);
		measure_halt(100, sizes[i]);
		measure_session_exit(100, sizes[i]);
	}
	calls_end();
	free(calls);
}

/* @times is what a count of all is divided by. */
static void profile_begin(unsigned int count, unsigned int times)
{
	printf("operations %u\n", times);
	calls = calloc(count, sizeof(*calls));
	must(calls, "memory");
	calls_begin();
	adapters_add(1, count);
	ends_open(1, count);
}

void profile_cycle(void)
{
	unsigned int i;

	profile_begin(1, 10 * CYCLES);
	count_only(true);
	for (i = 0; i < 10 * CYCLES; i++)
		cycle();
	count_only(false);
}

void profile_close(void)
{
	unsigned int i, k;

	profile_begin(CYCLES, 10 * CYCLES);
	for (k = 0; k < 10; k++) {
		for (i = 0; i < CYCLES; i++)
			call_make(&calls[i], i);
		count_only(true);
		for (i = 0; i < CYCLES; i++)
			call_drop(&calls[i], calls[i].caller);
		count_only(false);
		for (i = 0; i < CYCLES; i++)
			call_finish(&calls[i], calls[i].callee);
	}
}

void profile_packet(void)
{
	unsigned int i;

	profile_begin(1, 20 * (100 + PACKETS));
	count_only(true);
	for (i = 0; i < 20; i++)
		measure_packets(OP_PACKET_64, 64);
	count_only(false);
}

/* As often as makes 40000 calls. */
static void profile_end(unsigned int count, bool by_halt)
{
	unsigned int i, done;

	profile_begin(count, 4 * HELD);
	for (done = 0; done < 4 * HELD; done += count) {
		for (i = 0; i < count; i++)
			call_make(&calls[i], i);
		count_only(true);
		if (by_halt) {
			adapters_remove(1);
			count_only(false);
		}
		ends_close();
		calls_await_none();
		count_only(false);
		if (by_halt)
			adapters_add(1, count);
		ends_open(1, count);
	}
}

void profile_halt(unsigned int count)
{
	profile_end(count, true);
}

void profile_exit(unsigned int count)
{
	profile_end(count, false);
}
