// SPDX-License-Identifier: GPL-2.0
/*
 * Where the lines of a trace come from: the kernel, or a recording of its text.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <tracefs.h>
#include <unistd.h>

#include "ladder.h"

/* The first byte of trace-cmd's trace.dat; no text begins with it. */
#define TRACE_DAT 0x17

static int take_lines(struct ladder *ladder, FILE *file)
{
	int status = CTL_OK;
	char *line = NULL;
	size_t size = 0;

	while (!status && getline(&line, &size, file) >= 0)
		status = ladder_take(ladder, line);
	if (!status && ferror(file))
		status = ctl_failure("cannot read %s: %s", ladder->from, strerror(errno));
	free(line);
	return status;
}

int ladder_read(struct ladder *ladder)
{
	bool is_input = !strcmp(ladder->from, "-");
	FILE *file = is_input ? stdin : fopen(ladder->from, "re");
	int status, first;

	if (!file)
		return ctl_failure("cannot read %s: %s; --record FILE makes a recording",
				   ladder->from, strerror(errno));
	ladder_begin(ladder);
	first = getc(file);
	if (first != EOF)
		ungetc(first, file);
	if (first == TRACE_DAT)
		status = ctl_failure("a trace.dat; give --from - what trace-cmd report says of it");
	else
		status = take_lines(ladder, file);
	if (!is_input)
		fclose(file);
	return status;
}

/* The whole lines in a buffer; what is left of the last moves to its begin. */
static int take_buffer(struct ladder *ladder, char *buffer, size_t *length)
{
	char *line = buffer, *end;
	int status = CTL_OK;

	buffer[*length] = '\0';
	while (!status && (end = strchr(line, '\n'))) {
		*end = '\0';
		status = ladder_take(ladder, line);
		line = end + 1;
	}
	fflush(ladder->file);
	*length -= (size_t)(line - buffer);
	memmove(buffer, line, *length);
	return status;
}

static int follow(struct ladder *ladder, int pipe)
{
	long long end = ladder->for_ms >= 0 ? ctl_now_ms() + ladder->for_ms : -1;
	struct pollfd poll_fd = { .fd = pipe, .events = POLLIN };
	static char buffer[65536];
	int status = CTL_OK;
	size_t kept = 0;
	ssize_t got;

	while (!status) {
		got = read(pipe, buffer + kept, sizeof(buffer) - 1 - kept);
		if (got < 0 && errno != EAGAIN && errno != EINTR)
			return ctl_failure("cannot read the trace: %s", strerror(errno));
		if (got > 0) {
			kept += (size_t)got;
			status = take_buffer(ladder, buffer, &kept);
			/* A line longer than the buffer is none of ours. */
			if (kept == sizeof(buffer) - 1)
				kept = 0;
			continue;
		}
		if (ctl_stopped || ferror(ladder->file) || (end >= 0 && ctl_now_ms() >= end))
			break;
		ctl_poll(&poll_fd, 1, end);
	}
	return status;
}

int ladder_follow(struct ladder *ladder)
{
	struct tracefs_instance *instance;
	char name[32];
	int pipe, status;

	/* An instance of one's own disturbs nobody else's tracing. */
	snprintf(name, sizeof(name), "condisctl-%d", (int)getpid());
	instance = tracefs_instance_create(name);
	if (!instance)
		return ctl_failure("cannot trace: %s; be root, or draw a recording with --from",
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
	ladder_begin(ladder);
	status = follow(ladder, pipe);
	close(pipe);
disable:
	tracefs_event_disable(instance, "condis", "condis_message");
destroy:
	tracefs_instance_destroy(instance);
	tracefs_instance_free(instance);
	return status;
}
