// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl dial: make a call and hold it.
 */
#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "ctl.h"

#define END_MS 60000
/* Not "--line": the first that is free. */
#define NO_LINE UINT32_MAX

struct dial {
	const char *number;
	const char *adapter;
	const char *calling;
	uint32_t media_mode;
	uint32_t line;
	bool carries_data;
	bool is_quiet;
	int hold_ms;
	int timeout_ms;

	struct condis_session *session;
	uint32_t line_handle;
	uint32_t call;
	uint32_t cause;
	uint32_t max_sdu;
	int input;
	int data;
	bool was_connected;
	bool is_over;
	long long end_ms;
};

static int make_call_on(struct dial *dial, uint32_t adapter, uint32_t line)
{
	struct ndproxy_open_line open = {
		.adapter = adapter,
		.line = line,
		.privileges = LINECALLPRIVILEGE_NONE,
	};
	struct ndproxy_make_call call = {
		.address = NDPROXY_ANY_ADDRESS,
		.media_modes = dial->media_mode,
	};
	int saved;

	if (condis_line_open(dial->session, &open))
		return -1;
	call.line_handle = open.line_handle;
	snprintf(call.called, sizeof(call.called), "%s", dial->number);
	snprintf(call.calling, sizeof(call.calling), "%s", dial->calling);
	if (condis_call_make(dial->session, &call)) {
		/* The text of the failure stays: this close cannot fail. */
		saved = errno;
		condis_line_close(dial->session, open.line_handle);
		errno = saved;
		return -1;
	}
	dial->line_handle = open.line_handle;
	dial->call = call.call;
	return 0;
}

/* On the line that was named, or the first that is free. */
static int make_call(struct dial *dial)
{
	struct ndproxy_adapter adapter;
	uint32_t line;
	int status;

	status = ctl_find_adapter(dial->session, dial->adapter, &adapter);
	if (status)
		return status;
	if (dial->line != NO_LINE)
		return make_call_on(dial, adapter.adapter, dial->line) ? ctl_library_failure() :
									 CTL_OK;
	for (line = 0; line < adapter.num_lines; line++) {
		if (!make_call_on(dial, adapter.adapter, line))
			return CTL_OK;
		if (errno != EBUSY && errno != ENETDOWN)
			return ctl_library_failure();
	}
	return ctl_failure("adapter %s: none of its %u lines is free; see condisctl call list",
			   adapter.name, adapter.num_lines);
}

static int connected(struct dial *dial)
{
	dial->was_connected = true;
	dial->end_ms = dial->hold_ms >= 0 ? ctl_now_ms() + dial->hold_ms : -1;
	/* With --for the input's end does not end the call; with --data it is what is sent. */
	if (dial->hold_ms < 0 || dial->carries_data)
		dial->input = STDIN_FILENO;
	if (!dial->carries_data)
		return CTL_OK;
	dial->data = condis_call_open_data(dial->session, dial->call, NDPROXY_DATA_NONBLOCK,
					   &dial->max_sdu);
	return dial->data < 0 ? ctl_library_failure() : CTL_OK;
}

static int take_event(struct dial *dial, const struct ndproxy_event *event)
{
	if (!dial->is_quiet)
		ctl_print_event(event);
	if (event->type == LINE_CLOSE) {
		dial->is_over = true;
		return ctl_failure("the line was closed: its adapter is gone");
	}
	if (event->handle != dial->call)
		return CTL_OK;
	if (event->type == LINE_REPLY && event->reply.status) {
		dial->cause = event->reply.cause;
		dial->is_over = true;
	}
	if (event->type != LINE_CALLSTATE)
		return CTL_OK;
	if (event->call_state.cause)
		dial->cause = event->call_state.cause;
	switch (event->call_state.state) {
	case LINECALLSTATE_CONNECTED:
		return connected(dial);
	case LINECALLSTATE_DISCONNECTED:
	case LINECALLSTATE_IDLE:
		dial->is_over = true;
		break;
	default:
		break;
	}
	return CTL_OK;
}

static int take_input(struct dial *dial)
{
	char discarded[4096];
	int got;

	if (dial->data >= 0)
		got = ctl_send_input(dial->input, dial->data, dial->max_sdu);
	else
		got = (int)read(dial->input, discarded, sizeof(discarded));
	if (got > 0)
		return CTL_OK;
	/* With --for the call is held until then, and may still receive. */
	dial->input = -1;
	if (dial->hold_ms < 0)
		dial->is_over = true;
	return got ? CTL_FAILURE : CTL_OK;
}

static int take_data(struct dial *dial)
{
	int got = ctl_receive(dial->data, stdout);

	if (!got) {
		close(dial->data);
		dial->data = -1;
	}
	return got < 0 ? CTL_FAILURE : CTL_OK;
}

static int hold(struct dial *dial)
{
	struct ndproxy_event event;
	int got, status = CTL_OK;

	while (!dial->is_over && !ctl_stopped && !status) {
		struct pollfd fds[] = {
			{ .fd = condis_session_fd(dial->session), .events = POLLIN },
			{ .fd = dial->input, .events = POLLIN },
			{ .fd = dial->data, .events = POLLIN },
		};

		if (dial->end_ms >= 0 && ctl_now_ms() >= dial->end_ms)
			break;
		ctl_poll(fds, ARRAY_SIZE(fds), dial->end_ms);
		/* Data first: what came before the end is written before it is said. */
		if (fds[2].revents)
			status = take_data(dial);
		if (!status && fds[1].revents)
			status = take_input(dial);
		while (!status && !dial->is_over &&
		       (got = condis_session_next(dial->session, &event, 0))) {
			if (got < 0)
				return ctl_library_failure();
			status = take_event(dial, &event);
		}
	}
	while (!status && dial->data >= 0 && dial->is_over) {
		struct pollfd rest = { .fd = dial->data, .events = POLLIN };

		/* What is still queued, if the far end has cleared. */
		if (!ctl_poll(&rest, 1, 0))
			break;
		status = take_data(dial);
	}
	return status;
}

static int finish(struct dial *dial, int status)
{
	char cause[64];
	int err;

	if (dial->data >= 0)
		close(dial->data);
	err = ctl_drop_call(dial->session, dial->call, 0, END_MS);
	if (err || status)
		return err ? err : status;
	if (!dial->was_connected && dial->cause)
		return ctl_failure("no connection to %s: %s", dial->number,
				   ctl_cause(dial->cause, cause));
	if (!dial->was_connected)
		return ctl_failure("no connection to %s: given up", dial->number);
	return CTL_OK;
}

static int run(void *data)
{
	struct dial *dial = data;
	int status;

	dial->session = condis_session_open(NULL);
	if (!dial->session)
		return ctl_library_failure();
	ctl_catch_signals();
	if (dial->timeout_ms >= 0)
		dial->end_ms = ctl_now_ms() + dial->timeout_ms;
	status = make_call(dial);
	if (!status) {
		status = hold(dial);
		status = finish(dial, status);
	}
	condis_session_close(dial->session);
	return status;
}

static const struct dial defaults = {
	.calling = "",
	.media_mode = LINEMEDIAMODE_DIGITALDATA,
	.line = NO_LINE,
	.hold_ms = -1,
	.timeout_ms = -1,
	.input = -1,
	.data = -1,
	.end_ms = -1,
};

#define AT(_member) offsetof(struct dial, _member)

static const struct ctl_option options[] = {
	{ "adapter", "ADAPTER", "call from this adapter; the first one if it is not said", CTL_NAME,
	  AT(adapter), 0, 0 },
	{ "line", "N", "from this line; the first one that is free if it is not said", CTL_NUMBER,
	  AT(line), 0, NO_LINE - 1 },
	{ "calling", "NUMBER", "show this number to the far end", CTL_DIALLED, AT(calling), 0, 0 },
	{ "media", "MODE", "media mode; digitaldata if it is not said", CTL_MEDIA, AT(media_mode),
	  0, 0 },
	{ "for", "SECONDS", "hold the call so long; else until the input ends or SIGINT",
	  CTL_SECONDS, AT(hold_ms), 0, 0 },
	{ "timeout", "SECONDS", "give up if it is not connected by then", CTL_SECONDS,
	  AT(timeout_ms), 0, 0 },
	{ "data", NULL, "send the input, and write what is received to the output", CTL_FLAG,
	  AT(carries_data), 0, 0 },
	{ "quiet", NULL, "no events on the output", CTL_FLAG, AT(is_quiet), 0, 0 },
	{ 0 },
};

const struct ctl_command ctl_dial_commands[] = {
	{
		.name = "dial",
		.arguments = "NUMBER [OPTION...]",
		.help = "Make a call and hold it until the input or the far end ends it.",
		.details = "Exit status: 0 if it was connected, 1 if not.",
		.word = { NULL, "NUMBER", "say which number to call", CTL_DIALLED, AT(number), 0,
			  0 },
		.options = options,
		.size = sizeof(struct dial),
		.defaults = &defaults,
		.run = run,
	},
	{ 0 },
};
