// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl serve: answer calls, and run a command for each.
 */
#include <poll.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#include "serve.h"

static void take_event(struct serve *serve, struct condis_session *session,
		       const struct ndproxy_event *event)
{
	/* Adapters have come or gone, and it was not said which. */
	if (event->lost)
		serve->must_look = true;
	switch (event->type) {
	case LINE_CALLSTATE:
		serve_call_state(serve, session, event);
		break;
	case LINE_REPLY:
		serve_call_reply(serve, session, event);
		break;
	case LINE_CLOSE:
		serve_line_closed(serve, session, event);
		break;
	case LINE_REMOVE:
		serve_adapter_gone(serve, event->adapter);
		break;
	case LINE_CREATE:
		serve->must_look = true;
		break;
	case LINE_LINEDEVSTATE:
		if (event->line_state.state & LINEDEVSTATE_REINIT)
			serve->must_look = true;
		break;
	default:
		break;
	}
}

static int take_events(struct serve *serve)
{
	struct ndproxy_event event;
	size_t i;
	int got;

	for (i = 0; i < serve->sessions_length; i++) {
		while ((got = condis_session_next(serve->sessions[i], &event, 0)) > 0)
			take_event(serve, serve->sessions[i], &event);
		if (got < 0)
			return ctl_library_failure();
	}
	return CTL_OK;
}

/* The first signal: no call is taken any more, and those that are up have so long. */
static void stop(struct serve *serve, size_t calls)
{
	size_t i;

	serve_log("stopping");
	serve_log_number("calls", calls);
	serve_log_end();
	serve->stop_ms = ctl_now_ms() + serve->grace_ms;
	for (i = 0; i < serve->used; i++)
		if (serve_call_is_used(&serve->calls[i]) && !serve->calls[i].pid)
			serve_call_drop(&serve->calls[i], "stop", Q850_DESTINATION_OUT_OF_ORDER);
}

/* So long has passed. */
static void hang_up(struct serve *serve)
{
	size_t i;

	serve->stop_ms = -1;
	for (i = 0; i < serve->used; i++)
		if (serve_call_is_used(&serve->calls[i]))
			serve_call_hang_up(serve, &serve->calls[i], "stop",
					   Q850_DESTINATION_OUT_OF_ORDER);
}

/* The second signal does not wait for what a command has to say at its end, the third for none. */
static void hasten(struct serve *serve)
{
	size_t i;

	for (i = 0; i < serve->used; i++) {
		if (!serve_call_is_used(&serve->calls[i]))
			continue;
		serve_call_drop(&serve->calls[i], "stop", Q850_DESTINATION_OUT_OF_ORDER);
		if (serve->signals > 2)
			serve->calls[i].kill_ms = ctl_now_ms();
	}
}

static void heed_signals(struct serve *serve, size_t calls)
{
	while (serve->signals < ctl_signals) {
		if (++serve->signals == 1) {
			stop(serve, calls);
			continue;
		}
		hasten(serve);
		hang_up(serve);
	}
	if (serve->stop_ms >= 0 && ctl_now_ms() >= serve->stop_ms)
		hang_up(serve);
}

static long long next_time(const struct serve *serve)
{
	long long times[] = { serve->look_ms, serve->stop_ms };
	long long next = serve_calls_next(serve);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(times); i++)
		if (times[i] >= 0 && (next < 0 || times[i] < next))
			next = times[i];
	return next;
}

/* Wait once and do what has become due: how many calls there are, by @calls. */
static int step(struct serve *serve, size_t *calls)
{
	struct pollfd *fds = calloc(serve->sessions_length, sizeof(*fds));
	int status;
	size_t i;

	if (!fds)
		return ctl_failure("no memory");
	for (i = 0; i < serve->sessions_length; i++)
		fds[i] = (struct pollfd) {
			.fd = condis_session_fd(serve->sessions[i]),
			.events = POLLIN,
		};
	ctl_poll(fds, serve->sessions_length, next_time(serve));
	free(fds);
	serve_reap(serve);
	status = take_events(serve);
	if (status)
		return status;
	heed_signals(serve, *calls);
	*calls = serve_calls_run(serve);
	if (serve->signals)
		return CTL_OK;
	if (serve->must_look || (serve->look_ms >= 0 && ctl_now_ms() >= serve->look_ms))
		return serve_look(serve);
	return CTL_OK;
}

static int serve_calls(struct serve *serve)
{
	size_t calls = 0;
	int status;

	status = serve_begin_lines(serve);
	while (!status && (calls || !serve->signals))
		status = step(serve, &calls);
	if (status)
		serve_kill_all(serve);
	return status;
}

static int run(void *data)
{
	struct serve *serve = data;
	int status;

	serve->calls = calloc(SERVE_CALLS_MAX, sizeof(*serve->calls));
	if (!serve->calls)
		return ctl_failure("no memory");
	ctl_catch_signals();
	ctl_catch_children();
	/* Whoever a command has left behind is seen to end. */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	status = serve_calls(serve);
	serve_end_lines(serve);
	free(serve->calls);
	if (!status) {
		serve_log("stopped");
		serve_log_end();
	}
	return status;
}

static int check(const void *data)
{
	const struct serve *serve = data;

	return serve_check_command(serve->command.word[0]);
}

static const struct serve defaults = {
	.line = SERVE_ALL_LINES,
	.max_calls = SERVE_CALLS_MAX,
	.limit_ms = -1,
	.linger_ms = 1000,
	.kill_ms = 5000,
	.grace_ms = 10000,
	.look_ms = -1,
	.stop_ms = -1,
};

#define AT(_member) offsetof(struct serve, _member)

static const struct ctl_option options[] = {
	{ "adapter", "ADAPTER", "serve this adapter only; all there are if it is not said",
	  CTL_NAME, AT(adapter), 0, 0 },
	{ "line", "N", "serve this line only; all there are if it is not said", CTL_NUMBER,
	  AT(line), 0, SERVE_ALL_LINES - 1 },
	{ "media", "MODE", "take calls of this media mode only", CTL_MEDIA, AT(media_mode), 0, 0 },
	{ "max-calls", "N", "so many calls at a time, 1024 at most; more are refused, as busy",
	  CTL_NUMBER, AT(max_calls), 1, SERVE_CALLS_MAX },
	{ "time-limit", "SECONDS", "hang up a call after so long", CTL_SECONDS, AT(limit_ms), 0,
	  0 },
	{ "linger", "SECONDS",
	  "SIGHUP so long after the far end's hang-up, for what is still to be read (1)",
	  CTL_SECONDS, AT(linger_ms), 0, 0 },
	{ "kill-after", "SECONDS", "SIGKILL so long after SIGHUP (5)", CTL_SECONDS, AT(kill_ms), 0,
	  0 },
	{ "grace", "SECONDS", "when stopped, let calls go on so long (10)", CTL_SECONDS,
	  AT(grace_ms), 0, 0 },
	{ 0 },
};

const struct ctl_command ctl_serve_commands[] = {
	{
		.name = "serve",
		.arguments = "[OPTION...] -- COMMAND [ARG...]",
		.help = "Answer calls and run a command for each, until SIGTERM or SIGINT.",
		.details = "Input and output of the command are the call: its end is the end of\n"
			   "the call, and the other way round. What is known of it is in the\n"
			   "environment: CONDIS_CALL, CONDIS_ADAPTER, CONDIS_LINE, CONDIS_CALLED,\n"
			   "CONDIS_CALLING, CONDIS_DATA_FD and more: condisctl-serve(8).",
		.word = { NULL, "COMMAND", "say which command to run, behind --", CTL_COMMAND,
			  AT(command), 0, 0 },
		.options = options,
		.size = sizeof(struct serve),
		.defaults = &defaults,
		.check = check,
		.run = run,
	},
	{ 0 },
};
