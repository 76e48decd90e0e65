// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl answer: listen on lines and answer calls.
 */
#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ctl.h"

#define END_MS 60000
/* Not "--line". */
#define ALL_LINES UINT32_MAX
/* Calls that are held at a time; more are rejected as busy. */
#define CALLS_MAX 1024

/**
 * struct call - a call that was offered
 * @handle: its handle; 0: the slot is free
 * @data: its data file, or -1
 * @answer_ms: when it will be answered, or -1
 * @end_ms: when it will be dropped, or -1
 */
struct call {
	uint32_t handle;
	int data;
	long long answer_ms;
	long long end_ms;
};

struct answer {
	const char *adapter;
	uint32_t line;
	uint32_t media_mode;
	uint32_t count;
	uint32_t reject;
	int ring_ms;
	int hold_ms;
	bool echoes;
	bool prints_data;
	bool is_quiet;

	struct condis_session *session;
	struct call *calls;
	size_t used;
	uint32_t taken;
	uint32_t ended;
	uint32_t opened;
};

static int open_lines(struct answer *answer, const struct ndproxy_adapter *adapter)
{
	struct ndproxy_line_caps caps;
	uint32_t line;

	for (line = 0; line < adapter->num_lines; line++) {
		struct ndproxy_open_line open = {
			.adapter = adapter->adapter,
			.line = line,
			.privileges = LINECALLPRIVILEGE_OWNER,
			.media_modes = answer->media_mode,
		};

		if (answer->line != ALL_LINES && line != answer->line)
			continue;
		if (!open.media_modes) {
			if (condis_line_caps(answer->session, adapter->adapter, line, &caps))
				return ctl_library_failure();
			open.media_modes = caps.media_modes;
		}
		if (condis_line_open(answer->session, &open))
			return ctl_library_failure();
		answer->opened++;
	}
	return CTL_OK;
}

static int open_adapters(struct answer *answer)
{
	struct ndproxy_adapter adapter = { 0 };
	struct ndproxy_adapter ready;
	char number[16];
	int got, status;

	if (answer->adapter) {
		status = ctl_find_adapter(answer->session, answer->adapter, &adapter);
		if (status)
			return status;
		status = open_lines(answer, &adapter);
	} else {
		status = CTL_OK;
		while (!status && (got = condis_line_next_adapter(answer->session, &adapter))) {
			if (got < 0)
				return ctl_library_failure();
			snprintf(number, sizeof(number), "%u", adapter.adapter);
			status = ctl_find_adapter(answer->session, number, &ready);
			if (!status)
				status = open_lines(answer, &ready);
		}
	}
	if (!status && !answer->opened)
		return ctl_failure("no such line; condisctl line list shows those there are");
	return status;
}

static struct call *find_call(struct answer *answer, uint32_t handle)
{
	size_t i;

	for (i = 0; i < answer->used; i++)
		if (answer->calls[i].handle == handle)
			return &answer->calls[i];
	return NULL;
}

/* A caller who has hung up, or a line that was closed, is not an error; its events say so. */
static bool is_over(int error)
{
	return error == EBADFD || error == ENODEV;
}

static int answer_call(struct answer *answer, struct call *call)
{
	call->answer_ms = -1;
	if (condis_call_answer(answer->session, call->handle, 0) && !is_over(errno))
		return ctl_library_failure();
	return CTL_OK;
}

static int take_offer(struct answer *answer, uint32_t handle)
{
	struct call *call = find_call(answer, handle);

	if (call)
		return CTL_OK;
	call = find_call(answer, 0);
	if (!call && answer->used < CALLS_MAX)
		call = &answer->calls[answer->used++];
	if (!call || answer->reject || (answer->count && answer->taken >= answer->count)) {
		if (answer->reject)
			answer->ended++;
		if (condis_call_drop(answer->session, handle,
				     answer->reject ? answer->reject : Q850_USER_BUSY, 0) &&
		    !is_over(errno))
			return ctl_library_failure();
		return CTL_OK;
	}
	*call = (struct call) { .handle = handle, .data = -1, .answer_ms = -1, .end_ms = -1 };
	answer->taken++;
	if (answer->ring_ms <= 0)
		return answer_call(answer, call);
	call->answer_ms = ctl_now_ms() + answer->ring_ms;
	if (condis_call_accept(answer->session, handle, 0) && !is_over(errno))
		return ctl_library_failure();
	return CTL_OK;
}

static int connected(struct answer *answer, struct call *call)
{
	if (answer->hold_ms >= 0)
		call->end_ms = ctl_now_ms() + answer->hold_ms;
	if (!answer->echoes && !answer->prints_data)
		return CTL_OK;
	call->data = condis_call_open_data(answer->session, call->handle, NDPROXY_DATA_NONBLOCK,
					   NULL);
	if (call->data < 0 && errno != ENOTCONN)
		return ctl_library_failure();
	return CTL_OK;
}

static int drop(struct answer *answer, struct call *call)
{
	call->end_ms = -1;
	if (condis_call_drop(answer->session, call->handle, 0, 0) && !is_over(errno))
		return ctl_library_failure();
	return CTL_OK;
}

static void close_data(struct call *call)
{
	if (call->data >= 0)
		close(call->data);
	call->data = -1;
}

static int take_data(struct answer *answer, struct call *call)
{
	int got = answer->echoes ? ctl_echo(call->data) : ctl_receive(call->data, stdout);

	if (got <= 0)
		close_data(call);
	return got < 0 ? CTL_FAILURE : CTL_OK;
}

static int idle(struct answer *answer, struct call *call, uint32_t handle)
{
	int status = CTL_OK;

	if (call) {
		/* The rest, until its end of file. */
		while (!status && call->data >= 0)
			status = take_data(answer, call);
		call->handle = 0;
		answer->ended++;
	}
	if (condis_call_deallocate(answer->session, handle) && errno != EBADF)
		return ctl_library_failure();
	return status;
}

static int take_state(struct answer *answer, const struct ndproxy_event *event)
{
	struct call *call = find_call(answer, event->handle);

	switch (event->call_state.state) {
	case LINECALLSTATE_OFFERING:
		return take_offer(answer, event->handle);
	case LINECALLSTATE_CONNECTED:
		return call ? connected(answer, call) : CTL_OK;
	case LINECALLSTATE_DISCONNECTED:
		return call ? drop(answer, call) : CTL_OK;
	case LINECALLSTATE_IDLE:
		return idle(answer, call, event->handle);
	default:
		return CTL_OK;
	}
}

static int take_event(struct answer *answer, const struct ndproxy_event *event)
{
	if (!answer->is_quiet)
		ctl_print_event(event);
	if (event->type == LINE_CALLSTATE)
		return take_state(answer, event);
	if (event->type == LINE_CLOSE && !--answer->opened)
		return ctl_failure("the last line was closed: its adapter is gone");
	return CTL_OK;
}

static int take_events(struct answer *answer)
{
	struct ndproxy_event event;
	int got, status = CTL_OK;

	while (!status && (got = condis_session_next(answer->session, &event, 0))) {
		if (got < 0)
			return ctl_library_failure();
		status = take_event(answer, &event);
	}
	return status;
}

static int take_time(struct answer *answer)
{
	long long now = ctl_now_ms();
	int status = CTL_OK;
	size_t i;

	for (i = 0; i < answer->used && !status; i++) {
		struct call *call = &answer->calls[i];

		if (!call->handle)
			continue;
		if (call->answer_ms >= 0 && now >= call->answer_ms)
			status = answer_call(answer, call);
		else if (call->end_ms >= 0 && now >= call->end_ms)
			status = drop(answer, call);
	}
	return status;
}

static long long next_time(const struct answer *answer)
{
	long long next = -1;
	size_t i;

	for (i = 0; i < answer->used; i++) {
		const struct call *call = &answer->calls[i];
		long long times[] = { call->answer_ms, call->end_ms };
		size_t j;

		for (j = 0; call->handle && j < ARRAY_SIZE(times); j++)
			if (times[j] >= 0 && (next < 0 || times[j] < next))
				next = times[j];
	}
	return next;
}

static bool is_enough(const struct answer *answer)
{
	return answer->count && answer->ended >= answer->count;
}

/* Wait once and do what has become due. */
static int step(struct answer *answer, struct pollfd *fds)
{
	int status = CTL_OK;
	size_t i;

	fds[0] = (struct pollfd) {
		.fd = condis_session_fd(answer->session),
		.events = POLLIN,
	};
	for (i = 0; i < answer->used; i++)
		fds[1 + i] = (struct pollfd) {
			.fd = answer->calls[i].handle ? answer->calls[i].data : -1,
			.events = POLLIN,
		};
	ctl_poll(fds, 1 + answer->used, next_time(answer));
	for (i = 0; i < answer->used && !status; i++)
		if (fds[1 + i].fd >= 0 && fds[1 + i].revents)
			status = take_data(answer, &answer->calls[i]);
	if (!status)
		status = take_events(answer);
	return status ? status : take_time(answer);
}

static int serve(struct answer *answer)
{
	struct pollfd *fds = calloc(1 + CALLS_MAX, sizeof(*fds));
	int status = CTL_OK;
	size_t i;

	answer->calls = calloc(CALLS_MAX, sizeof(*answer->calls));
	if (!fds || !answer->calls)
		status = ctl_failure("no memory");
	while (!status && !ctl_stopped && !is_enough(answer))
		status = step(answer, fds);
	/* What is still up is dropped in order, and its end awaited. */
	for (i = 0; i < answer->used; i++) {
		if (!answer->calls[i].handle)
			continue;
		close_data(&answer->calls[i]);
		if (ctl_drop_call(answer->session, answer->calls[i].handle, 0, END_MS))
			status = CTL_FAILURE;
	}
	free(fds);
	free(answer->calls);
	return status;
}

static int run(void *data)
{
	struct answer *answer = data;
	int status;

	answer->session = condis_session_open(NULL);
	if (!answer->session)
		return ctl_library_failure();
	ctl_catch_signals();
	status = open_adapters(answer);
	if (!status) {
		if (!answer->is_quiet && !ctl_json) {
			printf("listening on %u lines\n", answer->opened);
			fflush(stdout);
		}
		status = serve(answer);
	}
	condis_session_close(answer->session);
	return status;
}

static const struct answer defaults = { .line = ALL_LINES, .ring_ms = -1, .hold_ms = -1 };

#define AT(_member) offsetof(struct answer, _member)

static const struct ctl_option options[] = {
	{ "adapter", "ADAPTER", "listen on this adapter only", CTL_NAME, AT(adapter), 0, 0 },
	{ "line", "N", "listen on this line only", CTL_NUMBER, AT(line), 0, ALL_LINES - 1 },
	{ "media", "MODE", "take calls of this media mode only", CTL_MEDIA, AT(media_mode), 0, 0 },
	{ "count", "N", "end after so many calls", CTL_NUMBER, AT(count), 1, UINT32_MAX },
	{ "ring", "SECONDS", "let it ring so long", CTL_SECONDS, AT(ring_ms), 0, 0 },
	{ "for", "SECONDS", "hang up after so long; else the far end does", CTL_SECONDS,
	  AT(hold_ms), 0, 0 },
	{ "reject", "CAUSE", "reject every call with this Q.850 cause: user-busy, or 17", CTL_CAUSE,
	  AT(reject), 0, 0 },
	{ "echo", NULL, "send back what is received", CTL_FLAG, AT(echoes), 0, 0 },
	{ "data", NULL, "write what is received to the output", CTL_FLAG, AT(prints_data), 0, 0 },
	{ "quiet", NULL, "no events on the output", CTL_FLAG, AT(is_quiet), 0, 0 },
	{ 0 },
};

const struct ctl_command ctl_answer_commands[] = {
	{
		.name = "answer",
		.arguments = "[OPTION...]",
		.help = "Listen on lines and answer calls, until SIGINT or so many have ended.",
		.options = options,
		.size = sizeof(struct answer),
		.defaults = &defaults,
		.run = run,
	},
	{ 0 },
};
