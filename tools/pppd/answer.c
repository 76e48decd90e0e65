// SPDX-License-Identifier: GPL-2.0
/*
 * Waiting for a call, and answering it.
 *
 * Who listens on a line is offered its calls, and pppd does not read events while a link is up.
 * So the session that listens is another one than the call's: when a call is offered, a second
 * session that does not listen becomes its owner, and the first one is closed. The next call then
 * finds the next one who listens, or nobody.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "compat.h"
#include "call.h"
#include "wait.h"

/* What carries packets. */
#define MEDIA_MODES	(LINEMEDIAMODE_DIGITALDATA | LINEMEDIAMODE_DATAMODEM)

/**
 * struct offer - a call that is offered to the session that listens
 * @call: its handle there
 * @adapter: adapter
 * @line: line
 */
struct offer {
	uint32_t call;
	uint32_t adapter;
	uint32_t line;
};

static int listen_on(struct call *listener, const struct call_wish *wish, uint32_t line)
{
	struct ndproxy_open_line open = {
		.adapter = listener->adapter.adapter,
		.line = line,
		.privileges = LINECALLPRIVILEGE_OWNER,
	};
	struct ndproxy_line_caps caps;

	if (condis_line_caps(listener->session, open.adapter, line, &caps))
		return call_library_failure();
	open.media_modes = caps.media_modes & MEDIA_MODES;
	if (!open.media_modes) {
		error("Adapter %s: line %u has no calls that carry packets",
		      listener->adapter.name, line);
		return CALL_FAILED;
	}
	if (wish->address != CALL_ANY) {
		open.flags = LINEOPENOPTION_SINGLEADDRESS;
		open.address = (uint32_t)wish->address;
	}
	return condis_line_open(listener->session, &open) ? call_library_failure() : CALL_OK;
}

static int begin_listening(struct call *listener, const struct call_wish *wish)
{
	uint32_t line;
	int got;

	got = call_begin(listener, wish, -1);
	if (got)
		return got;
	if (wish->line != CALL_ANY)
		got = listen_on(listener, wish, (uint32_t)wish->line);
	else
		for (line = 0; line < listener->adapter.num_lines && !got; line++)
			got = listen_on(listener, wish, line);
	if (!got)
		info("Waiting for a call on %s", listener->adapter.name);
	return got;
}

/* The next offer: CALL_OK. */
static int await_offer(struct call *listener, struct offer *offer)
{
	struct ndproxy_event event;
	int got;

	for (;;) {
		while ((got = condis_session_next(listener->session, &event, 0)) > 0) {
			if (event.type == LINE_CLOSE) {
				error("The line of %s was closed, its adapter is gone",
				      listener->adapter.name);
				return CALL_FAILED;
			}
			if (event.type != LINE_CALLSTATE ||
			    event.call_state.state != LINECALLSTATE_OFFERING)
				continue;
			*offer = (struct offer) { event.handle, event.adapter, event.line };
			return CALL_OK;
		}
		if (got < 0 && errno != EINTR)
			return call_library_failure();
		if (wait_for(condis_session_fd(listener->session), -1) == WAIT_SIGNAL)
			return CALL_SIGNAL;
	}
}

/* The handle, in the call's own session, of the one that has this number in the core; 0: gone. */
static int find_call(struct call *call, uint64_t id)
{
	struct ndproxy_new_calls calls;
	uint32_t i;

	do {
		calls = (struct ndproxy_new_calls) {
			.line_handle = call->line_handle,
			.select = LINECALLSELECT_LINE,
		};
		if (condis_line_new_calls(call->session, &calls))
			return -1;
		for (i = 0; i < calls.num_calls; i++) {
			if (!call->handle &&
			    !condis_call_info(call->session, calls.calls[i], &call->info) &&
			    call->info.call_id == id)
				call->handle = calls.calls[i];
			else
				condis_call_deallocate(call->session, calls.calls[i]);
		}
	} while (calls.more && !call->handle);
	return 0;
}

static void name_call(struct call *call)
{
	if (*call->info.calling)
		snprintf(call->name, sizeof(call->name), "Call from %s", call->info.calling);
	else
		snprintf(call->name, sizeof(call->name), "Call from an unknown number");
}

/* It is ours, and who has listened does so no longer: CALL_OK, also if it has ended by now. */
static int take_offer(struct call *call, struct call *listener, const struct offer *offer)
{
	struct ndproxy_open_line open = {
		.adapter = offer->adapter,
		.line = offer->line,
		.privileges = LINECALLPRIVILEGE_NONE,
	};
	struct ndproxy_call_info offered;
	struct ndproxy_call_status now;

	*call = (struct call) { .data = -1, .adapter = listener->adapter };
	call->session = condis_session_open(NULL);
	if (!call->session || condis_line_open(call->session, &open))
		return call_library_failure();
	call->line_handle = open.line_handle;
	if (condis_call_info(listener->session, offer->call, &offered) ||
	    find_call(call, offered.call_id))
		return call_library_failure();
	call->info = offered;
	name_call(call);
	if (!call->handle || condis_call_set_privilege(call->session, call->handle,
						       LINECALLPRIVILEGE_OWNER)) {
		call->handle = 0;
		call->is_cleared = true;
		return CALL_OK;
	}
	call_end(listener);
	/* Its events come from now on; what was before they do not say. */
	if (condis_call_status(call->session, call->handle, &now))
		return call_library_failure();
	call->state = now.state;
	call->is_cleared = now.state != LINECALLSTATE_OFFERING;
	return CALL_OK;
}

static bool is_over(int code)
{
	return code == EBADFD || code == ENODEV || code == EPERM;
}

/* Another caller may come: CALL_OK, but @call is not connected. */
static int answer_one(struct call *call, const struct call_wish *wish)
{
	struct call listener;
	struct offer offer = { 0 };
	long long end_ms;
	int got;

	*call = (struct call) { .data = -1 };
	got = begin_listening(&listener, wish);
	if (!got)
		got = await_offer(&listener, &offer);
	end_ms = wait_now_ms() + wish->limit_s * 1000LL;
	if (!got)
		got = take_offer(call, &listener, &offer);
	call_end(&listener);
	if (got)
		return got;
	if (!call->is_cleared && condis_call_answer(call->session, call->handle, 0)) {
		if (!is_over(errno))
			return call_library_failure();
		call->is_cleared = true;
	}
	while (!call->is_cleared && !call->was_connected) {
		got = call_wait(call, end_ms);
		if (got)
			return got;
		if (wait_now_ms() >= end_ms)
			break;
	}
	if (!call->is_cleared || call->is_line_closed)
		return call_await_connected(call, wish, end_ms);
	notice("%s to %s was given up before it was answered", call->name, call->info.called);
	return CALL_OK;
}

int call_answer(struct call *call, const struct call_wish *wish)
{
	int got;

	for (;;) {
		got = answer_one(call, wish);
		if (got || call->data >= 0)
			return got;
		call_end(call);
	}
}
