// SPDX-License-Identifier: GPL-2.0
/*
 * A call from its session to its end.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "compat.h"
#include "call.h"
#include "wait.h"

/*
 * How long pppd waits for the network to release a call, and to say why it has ended. It does so
 * at once, unless its messages are lost: then its timers do, and the kernel goes on without us.
 */
#define RELEASE_MS	20000

int call_library_failure(void)
{
	error("%s", condis_error());
	return CALL_FAILED;
}

static const char *cause_name(uint32_t cause)
{
	const char *name = condis_cause_name(cause);

	return name ? name : "unknown cause";
}

static void take_state(struct call *call, const struct ndproxy_event_call_state *event)
{
	struct ndproxy_call_diagnostics why;
	const char *name = condis_call_state_name(event->state);

	call->state = event->state;
	dbglog("%s: %s", call->name, name ? name : "?");
	switch (event->state) {
	case LINECALLSTATE_CONNECTED:
		call->was_connected = true;
		break;
	case LINECALLSTATE_DISCONNECTED:
	case LINECALLSTATE_IDLE:
		if (!call->is_cleared && !condis_call_diagnostics(call->session, call->handle,
								  &why))
			call->is_remote = why.remote;
		if (!call->cause)
			call->cause = event->cause;
		call->is_cleared = true;
		call->is_idle = event->state == LINECALLSTATE_IDLE;
		break;
	default:
		break;
	}
}

static void take_event(struct call *call, const struct ndproxy_event *event)
{
	switch (event->type) {
	case LINE_CLOSE:
		if (event->handle != call->line_handle)
			return;
		call->is_line_closed = true;
		call->is_cleared = true;
		call->is_idle = true;
		return;
	case LINE_REPLY:
		if (event->handle != call->handle || !event->reply.status || call->was_connected)
			return;
		call->failure = -event->reply.status;
		if (!call->cause)
			call->cause = event->reply.cause;
		/* A call that could not be made gets IDLE; one not answered goes on. */
		if (event->reply.command == _IOC_NR(NDPROXY_MAKE_CALL))
			call->is_cleared = true;
		return;
	case LINE_CALLSTATE:
		if (call->handle && event->handle == call->handle)
			take_state(call, &event->call_state);
		return;
	default:
		return;
	}
}

int call_read(struct call *call)
{
	struct ndproxy_event event;
	int got;

	while ((got = condis_session_next(call->session, &event, 0)) > 0)
		take_event(call, &event);
	return got < 0 && errno != EINTR ? call_library_failure() : CALL_OK;
}

int call_wait(struct call *call, long long end_ms)
{
	if (wait_for(condis_session_fd(call->session), end_ms) == WAIT_SIGNAL)
		return CALL_SIGNAL;
	return call_read(call);
}

/* The first adapter has no name that is known before. */
static int find_adapter(struct call *call, const char *name)
{
	char number[16];
	int got;

	if (!name) {
		memset(&call->adapter, 0, sizeof(call->adapter));
		got = condis_line_next_adapter(call->session, &call->adapter);
		if (got < 0)
			return -1;
		if (!got) {
			error("There is no adapter; condisctl adapter add makes one");
			errno = 0;
			return -1;
		}
		snprintf(number, sizeof(number), "%u", call->adapter.adapter);
		name = number;
	}
	return condis_line_find_adapter(call->session, name, 0, &call->adapter);
}

int call_begin(struct call *call, const struct call_wish *wish, long long end_ms)
{
	int got;

	*call = (struct call) { .data = -1 };
	call->session = condis_session_open(NULL);
	if (!call->session)
		return call_library_failure();
	/* One that has just come has its lines in a moment, and an event says so. */
	while (find_adapter(call, wish->adapter)) {
		if (!errno)
			return CALL_FAILED;
		if (errno != EAGAIN || (end_ms >= 0 && wait_now_ms() >= end_ms))
			return call_library_failure();
		got = call_wait(call, end_ms);
		if (got)
			return got;
	}
	return CALL_OK;
}

static int open_data(struct call *call)
{
	/* Its rates are known now. */
	if (condis_call_info(call->session, call->handle, &call->info))
		return call_library_failure();
	call->data = condis_call_open_data(call->session, call->handle, NDPROXY_DATA_NONBLOCK,
					   &call->max_sdu);
	if (call->data >= 0)
		return CALL_OK;
	/* It may have ended in between. */
	if (errno != ENOTCONN || call_read(call) || !call->is_cleared)
		return call_library_failure();
	error("%s failed: %s (%u)", call->name, cause_name(call->cause), call->cause);
	return CALL_FAILED;
}

static int say_failed(const struct call *call)
{
	if (call->is_line_closed)
		error("%s failed: the line was closed, its adapter is gone", call->name);
	else if (call->cause)
		error("%s failed: %s (%u)", call->name, cause_name(call->cause), call->cause);
	else
		error("%s failed: %s", call->name,
		      call->failure ? strerror(call->failure) : "no cause given");
	return CALL_FAILED;
}

int call_await_connected(struct call *call, const struct call_wish *wish, long long end_ms)
{
	const char *name;
	int got;

	while (!call->was_connected) {
		got = call_wait(call, end_ms);
		if (got)
			return got;
		if (call->is_cleared)
			return say_failed(call);
		if (call->was_connected || wait_now_ms() < end_ms)
			continue;
		name = condis_call_state_name(call->state);
		error("%s failed: not connected within %d s, only %s; see condis-time-limit",
		      call->name, wish->limit_s, name ? name : "made");
		return CALL_FAILED;
	}
	/* Connected, and cleared already: then there is no data file to be had. */
	if (call->is_cleared)
		return say_failed(call);
	return open_data(call);
}

static int make_on(struct call *call, const struct call_wish *wish, uint32_t line)
{
	struct ndproxy_open_line open = {
		.adapter = call->adapter.adapter,
		.line = line,
		.privileges = LINECALLPRIVILEGE_NONE,
	};
	struct ndproxy_make_call make = {
		.address = wish->address == CALL_ANY ? NDPROXY_ANY_ADDRESS :
						       (uint32_t)wish->address,
		.media_modes = LINEMEDIAMODE_DIGITALDATA,
	};
	int saved;

	if (condis_line_open(call->session, &open))
		return -1;
	make.line_handle = open.line_handle;
	snprintf(make.called, sizeof(make.called), "%s", wish->number);
	snprintf(make.calling, sizeof(make.calling), "%s", wish->calling ? wish->calling : "");
	if (condis_call_make(call->session, &make)) {
		/* The text of the failure stays: this close cannot fail. */
		saved = errno;
		condis_line_close(call->session, open.line_handle);
		errno = saved;
		return -1;
	}
	call->line_handle = open.line_handle;
	call->handle = make.call;
	return 0;
}

/* On the line that was named, or the first that is free. */
static int make(struct call *call, const struct call_wish *wish)
{
	uint32_t line;

	if (wish->line != CALL_ANY)
		return make_on(call, wish, (uint32_t)wish->line) ? call_library_failure() : CALL_OK;
	for (line = 0; line < call->adapter.num_lines; line++) {
		if (!make_on(call, wish, line))
			return CALL_OK;
		if (errno != EBUSY && errno != ENETDOWN)
			return call_library_failure();
	}
	error("Adapter %s: none of its %u lines is free; see condisctl call list",
	      call->adapter.name, call->adapter.num_lines);
	return CALL_FAILED;
}

int call_dial(struct call *call, const struct call_wish *wish)
{
	long long end_ms = wait_now_ms() + wish->limit_s * 1000LL;
	int got;

	got = call_begin(call, wish, end_ms);
	snprintf(call->name, sizeof(call->name), "Call to %s", wish->number);
	if (!got)
		got = make(call, wish);
	if (!got)
		got = call_await_connected(call, wish, end_ms);
	return got;
}

/* One that never was a call for pppd has failed, and was said to. */
static void say_end(const struct call *call)
{
	if (call->data < 0)
		return;
	if (call->is_line_closed)
		notice("%s ended: the line was closed, its adapter is gone", call->name);
	else if (call->is_remote)
		notice("%s ended by the far end: %s (%u)", call->name, cause_name(call->cause),
		       call->cause);
	else
		notice("%s ended: %s (%u)", call->name, cause_name(call->cause), call->cause);
}

void call_look(struct call *call, bool is_hung_up)
{
	long long end_ms = wait_now_ms() + RELEASE_MS;
	struct pollfd data = { .fd = call->data };

	if (!call->session || call->is_cleared || call_read(call))
		return;
	if (poll(&data, 1, 0) > 0)
		is_hung_up = true;
	/* PPP hears of the end first, and the session a moment later; or its channel went alone. */
	while (is_hung_up && !call->was_awaited && !call->is_cleared && wait_now_ms() < end_ms)
		if (call_wait(call, end_ms))
			break;
	call->was_awaited = is_hung_up;
	if (call->is_cleared)
		say_end(call);
}

void call_drop(struct call *call, uint32_t cause)
{
	/* A failure says that it is over, or that its drop is under way. */
	if (call->handle && !call->is_idle)
		condis_call_drop(call->session, call->handle, cause, 0);
}

static void release(struct call *call)
{
	long long end_ms = wait_now_ms() + RELEASE_MS;
	struct ndproxy_call_status now;

	call_drop(call, Q850_NORMAL_CLEARING);
	while (!call->is_idle && wait_now_ms() < end_ms)
		/* One that is no longer there has no event either. */
		if (condis_call_status(call->session, call->handle, &now) ||
		    call_wait(call, end_ms))
			return;
	if (!call->is_idle)
		warn("%s is not released within %d s; the kernel goes on with it", call->name,
		     RELEASE_MS / 1000);
}

void call_end(struct call *call)
{
	bool was_cleared = call->is_cleared;

	if (!call->session)
		return;
	if (call->handle && !call->is_idle)
		release(call);
	if (!was_cleared && call->is_cleared)
		say_end(call);
	call_forget(call);
}

void call_forget(struct call *call)
{
	if (call->data >= 0)
		close(call->data);
	condis_session_close(call->session);
	call->data = -1;
	call->session = NULL;
}
