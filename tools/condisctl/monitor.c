// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl monitor: what happens, as it happens.
 */
#include <poll.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ctl.h"

struct watch {
	uint32_t count;
	uint32_t seen;
	int for_ms;
	bool without_lines;
	struct condis_monitor *monitor;
	struct condis_session *session;
};

static double now(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static void print_notice(const struct condis_notice *notice)
{
	const char *event = condis_event_name(notice->event);
	const char *noun, *name;
	const char *state = "";
	uint32_t id;

	switch (notice->command) {
	case CONDIS_CMD_ADAPTER_EVENT:
		noun = "adapter";
		name = notice->adapter.name;
		state = notice->adapter.state;
		id = notice->adapter.id;
		break;
	case CONDIS_CMD_EXCHANGE_EVENT:
		noun = "exchange";
		name = notice->exchange.name;
		id = notice->exchange.id;
		break;
	default:
		noun = "session";
		name = notice->session.name;
		id = notice->session.id;
		break;
	}
	if (ctl_json) {
		printf("{\"time\":%.6f,\"noun\":\"%s\",", now(), noun);
		printf("\"event\":\"%s\",\"id\":%u,\"name\":\"", event ? event : "", id);
		ctl_print_escaped(name);
		printf("\",\"state\":\"%s\"}\n", state);
	} else {
		printf("%12.6f  %-8s %-8s %u %s%s%s\n", now(), noun, event ? event : "?", id, name,
		       *state ? " " : "", state);
	}
	fflush(stdout);
}

static bool is_enough(const struct watch *watch)
{
	return watch->count && watch->seen >= watch->count;
}

static void take_notices(struct watch *watch)
{
	struct condis_notice notice;
	int got = 0;

	while (!is_enough(watch) && (got = condis_monitor_next(watch->monitor, &notice)) > 0) {
		print_notice(&notice);
		free(notice.adapter.data);
		watch->seen++;
	}
	/* What was lost is said, and the rest is still worth telling. */
	if (got < 0)
		ctl_failure("%s", condis_error());
}

/* New adapters' lines are watched too. */
static void watch_lines(struct condis_session *session, uint32_t number)
{
	struct ndproxy_adapter adapter;
	uint32_t line;

	if (condis_line_adapter(session, number, &adapter))
		return;
	for (line = 0; line < adapter.num_lines; line++) {
		struct ndproxy_open_line open = {
			.adapter = number,
			.line = line,
			.privileges = LINECALLPRIVILEGE_MONITOR,
		};

		if (!condis_line_open(session, &open))
			condis_line_set_status_messages(session, open.line_handle,
							NDPROXY_LINE_STATES);
	}
}

static int begin_session(struct watch *watch)
{
	struct ndproxy_adapter adapter = { 0 };

	watch->session = condis_session_open(NULL);
	if (!watch->session)
		return -1;
	while (condis_line_next_adapter(watch->session, &adapter) > 0)
		if (adapter.flags & NDPROXY_ADAPTER_READY)
			watch_lines(watch->session, adapter.adapter);
	return 0;
}

static int take_events(struct watch *watch)
{
	struct ndproxy_event event;
	bool is_old = false;
	int got = 0;

	while (watch->session && !is_enough(watch) &&
	       (got = condis_session_next(watch->session, &event, 0)) > 0) {
		ctl_print_event(&event);
		watch->seen++;
		if (event.type == LINE_CREATE)
			watch_lines(watch->session, event.adapter);
		/* A call that is over keeps its handle until it is given back. */
		if (event.type == LINE_CALLSTATE && event.call_state.state == LINECALLSTATE_IDLE)
			condis_call_deallocate(watch->session, event.handle);
		if (event.type == LINE_LINEDEVSTATE &&
		    event.line_state.state & LINEDEVSTATE_REINIT)
			is_old = true;
	}
	if (got < 0)
		return ctl_library_failure();
	if (!is_old)
		return CTL_OK;
	/* The line table has changed: only a new session sees the new lines. */
	condis_session_close(watch->session);
	return begin_session(watch) ? ctl_library_failure() : CTL_OK;
}

static int watch_all(struct watch *watch)
{
	long long end = watch->for_ms >= 0 ? ctl_now_ms() + watch->for_ms : -1;
	int status = CTL_OK;

	while (!status && !ctl_stopped && !is_enough(watch)) {
		struct pollfd fds[] = {
			{ .fd = condis_monitor_fd(watch->monitor), .events = POLLIN },
			{ .fd = watch->session ? condis_session_fd(watch->session) : -1,
			  .events = POLLIN },
		};

		if (!ctl_poll(fds, ARRAY_SIZE(fds), end) && end >= 0 && ctl_now_ms() >= end)
			break;
		take_notices(watch);
		status = take_events(watch);
	}
	return status;
}

static int run(void *data)
{
	struct watch *watch = data;
	int status = CTL_OK;

	ctl_catch_signals();
	watch->monitor = condis_monitor_open();
	if (!watch->monitor)
		return ctl_library_failure();
	if (!watch->without_lines && begin_session(watch))
		status = ctl_library_failure();
	if (!status)
		status = watch_all(watch);
	condis_session_close(watch->session);
	condis_monitor_close(watch->monitor);
	return status;
}

static const struct watch defaults = { .for_ms = -1 };

#define AT(_member) offsetof(struct watch, _member)

static const struct ctl_option options[] = {
	{ "count", "N", "end after so many events", CTL_NUMBER, AT(count), 1, UINT32_MAX },
	{ "for", "SECONDS", "end after so long", CTL_SECONDS, AT(for_ms), 0, 0 },
	{ "no-lines", NULL,
	  "no session of one's own: adapters, exchanges and sessions only", CTL_FLAG,
	  AT(without_lines), 0, 0 },
	{ 0 },
};

const struct ctl_command ctl_monitor_commands[] = {
	{
		.name = "monitor",
		.arguments = "[OPTION...]",
		.help = "Show events of adapters, exchanges, sessions, lines and calls.",
		.details = "Lines and calls are watched by a session of its own, which status\n"
			   "counts; with --no-lines there is none.",
		.options = options,
		.size = sizeof(struct watch),
		.defaults = &defaults,
		.run = run,
	},
	{ 0 },
};
