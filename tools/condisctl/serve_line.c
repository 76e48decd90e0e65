// SPDX-License-Identifier: GPL-2.0
/*
 * The lines of condisctl serve, which come and go with their adapters.
 *
 * A session cannot open the lines of an adapter whose line table has changed since it began, and
 * not more than so many lines. Then another session begins, and the one before stays for the lines
 * that it has: their calls are up.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "serve.h"

/* Until what could not be opened is tried again. */
#define RETRY_MS 1000

static struct condis_session *newest(const struct serve *serve)
{
	return serve->sessions[serve->sessions_length - 1];
}

static int begin_session(struct serve *serve)
{
	struct condis_session **longer;
	struct condis_session *session;

	longer = reallocarray(serve->sessions, serve->sessions_length + 1, sizeof(*longer));
	if (!longer)
		return ctl_failure("no memory");
	serve->sessions = longer;
	session = condis_session_open(NULL);
	if (!session)
		return ctl_library_failure();
	serve->sessions[serve->sessions_length++] = session;
	return CTL_OK;
}

static size_t count_lines(const struct serve *serve, const struct condis_session *session)
{
	size_t i, lines = 0;

	for (i = 0; i < serve->lines_length; i++)
		lines += serve->lines[i].handle && serve->lines[i].session == session;
	return lines;
}

/* Those that have no line any more, but for the one that opens lines. */
static void end_sessions(struct serve *serve)
{
	size_t i, kept = 0;

	for (i = 0; i < serve->sessions_length; i++) {
		if (i + 1 < serve->sessions_length && !count_lines(serve, serve->sessions[i]))
			condis_session_close(serve->sessions[i]);
		else
			serve->sessions[kept++] = serve->sessions[i];
	}
	serve->sessions_length = kept;
}

static struct serve_line *find_line(struct serve *serve, const struct ndproxy_adapter *adapter,
				    uint32_t number)
{
	struct serve_line *longer, *line;
	size_t i;

	for (i = 0; i < serve->lines_length; i++)
		if (serve->lines[i].adapter == adapter->adapter && serve->lines[i].line == number)
			return &serve->lines[i];
	if (serve->lines_length == serve->lines_room) {
		longer = reallocarray(serve->lines, serve->lines_room * 2 + 16, sizeof(*longer));
		if (!longer)
			return NULL;
		serve->lines = longer;
		serve->lines_room = serve->lines_room * 2 + 16;
	}
	line = &serve->lines[serve->lines_length++];
	*line = (struct serve_line) { .adapter = adapter->adapter, .line = number };
	memcpy(line->name, adapter->name, sizeof(line->name));
	return line;
}

/* It comes down, or up: an event says when, and to be sure it is tried again. */
static bool is_passing(int error)
{
	return error == ENODEV || error == EAGAIN || error == ENETDOWN || error == ESTALE;
}

/* Tries another session if this one is full. -1 with errno if it cannot be opened. */
static int open_line(struct serve *serve, struct serve_line *line)
{
	struct ndproxy_open_line open = {
		.adapter = line->adapter,
		.line = line->line,
		.privileges = LINECALLPRIVILEGE_OWNER,
		.media_modes = serve->media_mode,
	};
	struct ndproxy_line_caps caps;

	if (!open.media_modes) {
		if (condis_line_caps(newest(serve), line->adapter, line->line, &caps))
			return -1;
		open.media_modes = caps.media_modes;
	}
	if (condis_line_open(newest(serve), &open)) {
		if (errno != EDQUOT || !count_lines(serve, newest(serve)))
			return -1;
		if (begin_session(serve) || condis_line_open(newest(serve), &open))
			return -1;
	}
	line->session = newest(serve);
	line->handle = open.line_handle;
	line->error = 0;
	return 0;
}

/* How many were opened; -1: one could not be, and @is_first: that is the end. */
static int open_lines(struct serve *serve, const struct ndproxy_adapter *adapter, bool is_first)
{
	struct serve_line *line;
	uint32_t number;
	int opened = 0;

	for (number = 0; number < adapter->num_lines; number++) {
		if (serve->line != SERVE_ALL_LINES && serve->line != number)
			continue;
		line = find_line(serve, adapter, number);
		if (!line) {
			ctl_failure("no memory");
			return -1;
		}
		if (line->handle)
			continue;
		if (!open_line(serve, line)) {
			opened++;
			continue;
		}
		serve->look_ms = ctl_now_ms() + RETRY_MS;
		if (is_passing(errno))
			continue;
		if (is_first) {
			ctl_library_failure();
			return -1;
		}
		if (line->error == errno)
			continue;
		line->error = errno;
		serve_log("failed");
		serve_log_text("adapter", adapter->name);
		serve_log_number("line", number);
		serve_log_text("error", condis_error());
		serve_log_end();
	}
	return opened;
}

static bool is_wanted(const struct serve *serve, const struct ndproxy_adapter *adapter)
{
	char number[16];

	snprintf(number, sizeof(number), "%u", adapter->adapter);
	return !serve->adapter || !strcmp(serve->adapter, number) ||
	       !strncmp(serve->adapter, adapter->name, sizeof(adapter->name));
}

static void say_serving(const struct ndproxy_adapter *adapter, int opened)
{
	if (!opened)
		return;
	serve_log("serving");
	serve_log_text("adapter", adapter->name);
	serve_log_number("lines", (uint64_t)opened);
	serve_log_end();
}

/**
 * struct look - what a look at the adapters has found
 * @is_first: what cannot be opened is the end
 * @adapters: those that are wanted
 * @waiting: of them, those whose lines cannot be used yet
 * @is_old: the session cannot open the lines of one of them
 */
struct look {
	bool is_first;
	unsigned int adapters;
	unsigned int waiting;
	bool is_old;
};

static int look_once(struct serve *serve, struct look *look)
{
	struct ndproxy_adapter adapter = { 0 };
	int got, opened;

	look->adapters = 0;
	look->waiting = 0;
	look->is_old = false;
	while ((got = condis_line_next_adapter(newest(serve), &adapter))) {
		if (got < 0)
			return ctl_library_failure();
		if (!is_wanted(serve, &adapter))
			continue;
		look->adapters++;
		if (adapter.flags & NDPROXY_ADAPTER_REINIT) {
			look->is_old = true;
			break;
		}
		if (!(adapter.flags & NDPROXY_ADAPTER_READY)) {
			/* Its LINE_CREATE will come. */
			look->waiting++;
			continue;
		}
		opened = open_lines(serve, &adapter, look->is_first);
		if (opened < 0)
			return CTL_FAILURE;
		say_serving(&adapter, opened);
	}
	return CTL_OK;
}

static int look_around(struct serve *serve, struct look *look)
{
	int status;

	serve->must_look = false;
	serve->look_ms = -1;
	do {
		status = look_once(serve, look);
		if (!status && look->is_old)
			status = begin_session(serve);
	} while (!status && look->is_old);
	end_sessions(serve);
	return status;
}

int serve_look(struct serve *serve)
{
	struct look look = { 0 };

	return look_around(serve, &look);
}

int serve_begin_lines(struct serve *serve)
{
	struct look look = { .is_first = true };
	int status = begin_session(serve);

	if (!status)
		status = look_around(serve, &look);
	if (status)
		return status;
	if (!look.adapters && serve->adapter)
		return ctl_failure("no adapter '%s'; condisctl adapter list shows them",
				   serve->adapter);
	if (!look.adapters)
		return ctl_failure("there is no adapter; condisctl adapter add makes one");
	if (!serve->lines_length && !look.waiting)
		return ctl_failure("no such line; condisctl line list shows those there are");
	return CTL_OK;
}

static void forget_line(struct serve *serve, size_t index)
{
	serve->lines[index] = serve->lines[--serve->lines_length];
}

static bool has_open_line(const struct serve *serve, uint32_t adapter)
{
	size_t i;

	for (i = 0; i < serve->lines_length; i++)
		if (serve->lines[i].handle && serve->lines[i].adapter == adapter)
			return true;
	return false;
}

void serve_line_closed(struct serve *serve, struct condis_session *session,
		       const struct ndproxy_event *event)
{
	struct serve_line line;
	size_t i;

	serve_calls_gone(serve, session, event->handle);
	serve->must_look = true;
	for (i = 0; i < serve->lines_length; i++)
		if (serve->lines[i].session == session && serve->lines[i].handle == event->handle)
			break;
	if (i == serve->lines_length)
		return;
	line = serve->lines[i];
	forget_line(serve, i);
	if (has_open_line(serve, line.adapter))
		return;
	/* The last one of its adapter. */
	serve_log("closed");
	serve_log_text("adapter", line.name);
	serve_log_end();
}

void serve_adapter_gone(struct serve *serve, uint32_t adapter)
{
	size_t i = 0;

	/* Those that were open have had their LINE_CLOSE, or will. */
	while (i < serve->lines_length) {
		if (serve->lines[i].adapter == adapter && !serve->lines[i].handle)
			forget_line(serve, i);
		else
			i++;
	}
}

void serve_end_lines(struct serve *serve)
{
	size_t i;

	for (i = 0; i < serve->sessions_length; i++)
		condis_session_close(serve->sessions[i]);
	free(serve->sessions);
	free(serve->lines);
}
