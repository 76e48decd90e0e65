// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl ladder: the messages of calls as a person would draw them.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <tracefs.h>
#include <unistd.h>

#include "ladder.h"

/* Less than the trace's clock can tell, in seconds. */
#define TICK 0.000000001

struct ladder {
	const char *file;
	const char *adapter;
	uint32_t call;
	uint32_t network_call;
	int for_ms;
	bool is_mixed;
	bool is_narrow;

	struct ladder_message *messages;
	size_t length;
	size_t room;
};

static int take_option(void *context, const char *name, const char *value)
{
	struct ladder *ladder = context;

	if (!strcmp(name, "file"))
		ladder->file = value;
	else if (!strcmp(name, "adapter"))
		ladder->adapter = value;
	else if (!strcmp(name, "call"))
		return ctl_number("ladder: --call", value, 1, UINT32_MAX, &ladder->call);
	else if (!strcmp(name, "network-call"))
		return ctl_number("ladder: --network-call", value, 1, UINT32_MAX,
				  &ladder->network_call);
	else if (!strcmp(name, "for"))
		return ctl_seconds("ladder: --for", value, &ladder->for_ms);
	else if (!strcmp(name, "narrow"))
		ladder->is_narrow = true;
	else
		ladder->is_mixed = true;
	return 0;
}

static bool is_wanted(const struct ladder *ladder, const struct ladder_message *message)
{
	if (ladder->call && message->vc != ladder->call)
		return false;
	return !ladder->adapter || !strcmp(ladder->adapter, message->adapter);
}

static int keep(struct ladder *ladder, const struct ladder_message *message)
{
	size_t room = ladder->room ? 2 * ladder->room : 256;
	void *longer;

	if (ladder->length == ladder->room) {
		longer = reallocarray(ladder->messages, room, sizeof(*message));
		if (!longer)
			return ctl_failure("no memory for %zu messages", room);
		ladder->messages = longer;
		ladder->room = room;
	}
	ladder->messages[ladder->length++] = *message;
	return CTL_OK;
}

static int read_recording(struct ladder *ladder)
{
	bool is_input = !strcmp(ladder->file, "-");
	FILE *file = is_input ? stdin : fopen(ladder->file, "re");
	struct ladder_message message;
	int status = CTL_OK;
	char *line = NULL;
	size_t size = 0;

	if (!file)
		return ctl_failure("cannot read %s: %s; it is to be a copy of tracefs' trace",
				   ladder->file, strerror(errno));
	while (!status && getline(&line, &size, file) >= 0)
		if (ladder_parse(line, &message) && is_wanted(ladder, &message))
			status = keep(ladder, &message);
	if (!status && ferror(file))
		status = ctl_failure("cannot read %s: %s", ladder->file, strerror(errno));
	free(line);
	if (!is_input)
		fclose(file);
	return status;
}

/* A call has its number of the network only from some message on: keep all of such a call. */
static bool has_network_call(const struct ladder *ladder, uint64_t vc)
{
	size_t i;

	for (i = 0; i < ladder->length; i++)
		if (ladder->messages[i].vc == vc &&
		    ladder->messages[i].network_call == ladder->network_call)
			return true;
	return false;
}

static void keep_network_call(struct ladder *ladder)
{
	size_t i, kept = 0;
	bool *is_kept = calloc(ladder->length + 1, sizeof(*is_kept));

	if (!is_kept)
		return;
	for (i = 0; i < ladder->length; i++)
		is_kept[i] = has_network_call(ladder, ladder->messages[i].vc);
	for (i = 0; i < ladder->length; i++)
		if (is_kept[i])
			ladder->messages[kept++] = ladder->messages[i];
	ladder->length = kept;
	free(is_kept);
}

static int by_call_and_time(const void *a, const void *b)
{
	const struct ladder_message *first = a, *second = b;

	if (first->vc != second->vc)
		return first->vc < second->vc ? -1 : 1;
	return first->time < second->time ? -1 : first->time > second->time;
}

/* qsort() may not keep the order of equals, so they are made to differ first. */
static void sort_by_call(struct ladder *ladder)
{
	size_t i;

	for (i = 1; i < ladder->length; i++)
		if (ladder->messages[i].time <= ladder->messages[i - 1].time)
			ladder->messages[i].time = ladder->messages[i - 1].time + TICK;
	qsort(ladder->messages, ladder->length, sizeof(*ladder->messages), by_call_and_time);
}

static uint64_t network_call_of(const struct ladder_message *messages, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++)
		if (messages[i].network_call)
			return messages[i].network_call;
	return 0;
}

static int gap_of(const struct ladder *ladder, bool shows_calls)
{
	return ladder->is_narrow ? LADDER_NARROW : ladder_gap(shows_calls);
}

/* The messages of one call. */
static void draw_call(const struct ladder *ladder, const struct ladder_message *messages,
		      size_t length)
{
	struct ladder_style style = { .gap = gap_of(ladder, false), .start = messages[0].time };
	uint64_t network_call = network_call_of(messages, length);
	size_t i;

	printf("%sCall %llu on %s", messages == ladder->messages ? "" : "\n",
	       (unsigned long long)messages[0].vc, messages[0].adapter);
	if (network_call)
		printf(", network's call %llu", (unsigned long long)network_call);
	printf("\n");
	ladder_draw_head(&style);
	for (i = 0; i < length; i++)
		ladder_draw(&style, &messages[i]);
}

static void draw_each(struct ladder *ladder)
{
	size_t begin, end;

	sort_by_call(ladder);
	for (begin = 0; begin < ladder->length; begin = end) {
		for (end = begin + 1; end < ladder->length; end++)
			if (ladder->messages[end].vc != ladder->messages[begin].vc)
				break;
		draw_call(ladder, &ladder->messages[begin], end - begin);
	}
}

static void draw_mixed(const struct ladder *ladder)
{
	struct ladder_style style = {
		.gap = gap_of(ladder, true),
		.shows_calls = true,
		.start = ladder->messages[0].time,
	};
	size_t i;

	ladder_draw_head(&style);
	for (i = 0; i < ladder->length; i++)
		ladder_draw(&style, &ladder->messages[i]);
}

static int draw_recording(struct ladder *ladder)
{
	size_t i;

	if (ladder->network_call)
		keep_network_call(ladder);
	if (!ladder->length)
		return ctl_failure("%s has no messages of such a call; was the event on?",
				   ladder->file);
	if (ctl_json) {
		for (i = 0; i < ladder->length; i++)
			ladder_print_json(&ladder->messages[i]);
	} else if (ladder->is_mixed) {
		draw_mixed(ladder);
	} else {
		draw_each(ladder);
	}
	return CTL_OK;
}

/* The messages in a buffer's whole lines; what is left of the last moves to its begin. */
static size_t take_lines(const struct ladder *ladder, struct ladder_style *style, char *buffer,
			 size_t length)
{
	struct ladder_message message;
	char *line = buffer, *end;

	buffer[length] = '\0';
	while ((end = strchr(line, '\n'))) {
		*end = '\0';
		if (ladder_parse(line, &message) && is_wanted(ladder, &message) &&
		    (!ladder->network_call || message.network_call == ladder->network_call)) {
			if (style->start < 0)
				style->start = message.time;
			if (ctl_json)
				ladder_print_json(&message);
			else
				ladder_draw(style, &message);
		}
		line = end + 1;
	}
	fflush(stdout);
	length -= (size_t)(line - buffer);
	memmove(buffer, line, length);
	return length;
}

static int follow(const struct ladder *ladder, int pipe)
{
	struct ladder_style style = {
		.gap = gap_of(ladder, true),
		.shows_calls = true,
		.start = -1,
	};
	long long end = ladder->for_ms >= 0 ? ctl_now_ms() + ladder->for_ms : -1;
	struct pollfd poll_fd = { .fd = pipe, .events = POLLIN };
	static char buffer[65536];
	size_t kept = 0;
	ssize_t got;

	if (!ctl_json)
		ladder_draw_head(&style);
	fflush(stdout);
	for (;;) {
		got = read(pipe, buffer + kept, sizeof(buffer) - 1 - kept);
		if (got < 0 && errno != EAGAIN && errno != EINTR)
			return ctl_failure("cannot read the trace: %s", strerror(errno));
		if (got > 0) {
			kept = take_lines(ladder, &style, buffer, kept + (size_t)got);
			/* A line longer than the buffer is none of ours. */
			if (kept == sizeof(buffer) - 1)
				kept = 0;
			continue;
		}
		if (ctl_stopped || (end >= 0 && ctl_now_ms() >= end))
			return CTL_OK;
		ctl_poll(&poll_fd, 1, end);
	}
}

static int trace_live(const struct ladder *ladder)
{
	struct tracefs_instance *instance;
	char name[32];
	int pipe, status;

	/* An instance of one's own disturbs nobody else's tracing. */
	snprintf(name, sizeof(name), "condisctl-%d", (int)getpid());
	instance = tracefs_instance_create(name);
	if (!instance)
		return ctl_failure("cannot trace: %s; be root, or draw a recording with --file",
				   strerror(errno));
	if (tracefs_event_enable(instance, "condis", "condis_message")) {
		status = ctl_failure("there is no event condis:condis_message; modprobe condis");
		goto destroy;
	}
	pipe = tracefs_instance_file_open(instance, "trace_pipe", O_RDONLY | O_NONBLOCK);
	if (pipe < 0) {
		status = ctl_failure("cannot read the trace: %s", strerror(errno));
		goto disable;
	}
	status = follow(ladder, pipe);
	close(pipe);
disable:
	tracefs_event_disable(instance, "condis", "condis_message");
destroy:
	tracefs_instance_destroy(instance);
	tracefs_instance_free(instance);
	return status;
}

static int run(const struct ctl_command *command, int argc, char **argv)
{
	struct ladder ladder = { .for_ms = -1 };
	struct ctl_args args = {
		.command = command,
		.option = take_option,
		.context = &ladder,
	};
	bool is_done;
	int status;

	status = ctl_parse(&args, argc, argv, &is_done);
	if (status || is_done)
		return status;
	ctl_catch_signals();
	if (!ladder.file)
		return trace_live(&ladder);
	status = read_recording(&ladder);
	if (!status)
		status = draw_recording(&ladder);
	free(ladder.messages);
	return status;
}

static const struct ctl_option options[] = {
	{ "file", "FILE", "draw a recording, a copy of tracefs' file trace; - for the input" },
	{ "call", "ID", "only this call (condisctl call list)" },
	{ "network-call", "ID", "only the calls at both ends of this call of the network" },
	{ "adapter", "NAME", "only calls of this adapter" },
	{ "narrow", NULL, "short arrows, all texts behind the last column" },
	{ "mixed", NULL, "all calls of a recording in one ladder, by time" },
	{ "for", "SECONDS", "live: end after so long" },
	{ 0 },
};

const struct ctl_command ctl_ladder = {
	.name = "ladder",
	.arguments = "[--file FILE] [OPTION...]",
	.help = "Draw the messages of calls as they come, or each call of a recording.",
	.details = "Record with: echo 1 > /sys/kernel/tracing/events/condis/condis_message/enable\n"
		   "and draw with: condisctl ladder --file /sys/kernel/tracing/trace",
	.run = run,
	.options = options,
};
