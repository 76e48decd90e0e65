// SPDX-License-Identifier: GPL-2.0
/*
 * What is measured of every peer: set-up and tear-down, packets, memory, exit.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"

static int held_ends[HELD][2];

static void close_both(const int ends[2])
{
	close(ends[0]);
	close(ends[1]);
}

static void measure_cycle(const struct stream *stream)
{
	struct sample sample;
	unsigned int i;
	int ends[2];

	/* The first ones fill caches. */
	for (i = 0; i < 100; i++) {
		stream->connect(i, ends);
		close_both(ends);
	}
	sample = sample_begin();
	for (i = 0; i < CYCLES; i++) {
		stream->connect(i, ends);
		close_both(ends);
	}
	row(OP_CYCLE, stream->name, CYCLES, sample_end(sample));
}

static void measure_packets(const struct stream *stream, const char *operation, size_t size)
{
	static char packet[2048];
	struct sample sample;
	ssize_t got, left;
	unsigned int i;
	int ends[2];

	stream->connect(0, ends);
	for (i = 0; i < 100 + PACKETS; i++) {
		if (i == 100)
			sample = sample_begin();
		must(write(ends[0], packet, size) == (ssize_t)size, stream->name);
		/* Streams may give it in pieces. */
		for (left = size; left; left -= got) {
			got = read(ends[1], packet, left);
			must(got > 0, stream->name);
		}
	}
	row(operation, stream->name, PACKETS, sample_end(sample));
	close_both(ends);
}

static void hold(unsigned int count, void *context)
{
	const struct stream *stream = context;
	unsigned int i;

	for (i = 0; i < count; i++)
		stream->connect(i, held_ends[i]);
}

static void measure_memory(const struct stream *stream)
{
	uint64_t before;
	unsigned int i;

	/* The table itself is not part of it. */
	memset(held_ends, 1, sizeof(held_ends));
	before = memory_used();
	hold(HELD, (void *)stream);
	row_bytes(OP_MEMORY, stream->name, HELD, (int64_t)(memory_used() - before));
	for (i = 0; i < HELD; i++)
		close_both(held_ends[i]);
	settle();
}

void measure_stream(const struct stream *stream)
{
	if (stream->begin && !stream->begin()) {
		printf("absent %s: %s\n", stream->name, strerror(errno));
		fflush(stdout);
		return;
	}
	measure_cycle(stream);
	if (!stream->is_silent) {
		measure_packets(stream, OP_PACKET_64, 64);
		measure_packets(stream, OP_PACKET_1500, 1500);
	}
	measure_memory(stream);
	measure_exit(OP_EXIT, stream->name, HELD, hold, (void *)stream, NULL);
}
