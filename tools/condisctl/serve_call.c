// SPDX-License-Identifier: GPL-2.0
/*
 * The calls of condisctl serve, from their offer to the end of the call and of its command.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "serve.h"

static struct serve_call *find_call(struct serve *serve, const struct condis_session *session,
				    uint32_t handle)
{
	size_t i;

	for (i = 0; i < serve->used; i++)
		if (serve->calls[i].session == session &&
		    serve->calls[i].handle == handle)
			return &serve->calls[i];
	return NULL;
}

static size_t count_calls(const struct serve *serve)
{
	size_t i, calls = 0;

	for (i = 0; i < serve->used; i++)
		calls += serve_call_is_used(&serve->calls[i]);
	return calls;
}

static struct serve_call *free_slot(struct serve *serve)
{
	size_t i;

	for (i = 0; i < serve->used; i++)
		if (!serve_call_is_used(&serve->calls[i]))
			return &serve->calls[i];
	return serve->used < SERVE_CALLS_MAX ? &serve->calls[serve->used++] : NULL;
}

/* A call that is over, whose line was closed, or that is another's by now: its events say so. */
static bool is_over(int error)
{
	return error == EBADF || error == EBADFD || error == ENODEV || error == EPERM ||
	       error == ENOTCONN;
}

static void say_failed(const struct serve_call *call, const char *error)
{
	serve_log("failed");
	serve_log_number("call", call->info.call_id);
	serve_log_text("error", error);
	serve_log_end();
}

/* Who calls whom. */
static void log_facts(const struct serve_call *call)
{
	const char *media = condis_media_mode_name(call->info.media_modes);

	serve_log_number("call", call->info.call_id);
	serve_log_text("adapter", call->adapter);
	serve_log_number("line", call->info.line);
	serve_log_text("called", call->info.called);
	serve_log_text("calling", call->info.calling);
	serve_log_text("media", media ? media : "");
}

static void refuse(struct serve_call *call, uint32_t cause)
{
	serve_log("refused");
	log_facts(call);
	serve_log_cause(cause);
	serve_log_end();
	if (condis_call_drop(call->session, call->handle, cause, 0) && !is_over(errno))
		say_failed(call, condis_error());
}

/* What is known of a new call. */
static struct serve_call look_at(struct condis_session *session,
				 const struct ndproxy_event *event)
{
	struct serve_call call = {
		.session = session,
		.handle = event->handle,
		.line_handle = event->line_handle,
		.begin_ms = ctl_now_ms(),
		.limit_ms = -1,
		.hup_ms = -1,
		.kill_ms = -1,
	};
	struct ndproxy_adapter adapter;

	/* Nothing of it, if it is gone already. */
	condis_call_info(session, event->handle, &call.info);
	if (!condis_line_adapter(session, event->adapter, &adapter))
		memcpy(call.adapter, adapter.name, sizeof(call.adapter));
	return call;
}

/* A call that is offered, or that another application has handed over. */
static struct serve_call *take_call(struct serve *serve, struct condis_session *session,
				    const struct ndproxy_event *event)
{
	struct serve_call call = look_at(session, event);
	struct serve_call *slot = NULL;

	if (!serve->signals && count_calls(serve) < serve->max_calls)
		slot = free_slot(serve);
	if (!slot) {
		refuse(&call, serve->signals ? Q850_DESTINATION_OUT_OF_ORDER : Q850_USER_BUSY);
		return NULL;
	}
	*slot = call;
	serve_log("answered");
	log_facts(slot);
	serve_log_end();
	return slot;
}

static void take_offer(struct serve *serve, struct condis_session *session,
		       const struct ndproxy_event *event)
{
	struct serve_call *call;

	if (find_call(serve, session, event->handle))
		return;
	call = take_call(serve, session, event);
	if (call && condis_call_answer(session, call->handle, 0) && !is_over(errno)) {
		say_failed(call, condis_error());
		serve_call_drop(call, "error", Q850_TEMPORARY_FAILURE);
	}
}

static void take_connected(struct serve *serve, struct condis_session *session,
			   const struct ndproxy_event *event)
{
	struct serve_call *call = find_call(serve, session, event->handle);
	uint32_t max_sdu = 0;
	int data, error;

	if (!call)
		call = take_call(serve, session, event);
	if (!call || call->pid || call->by)
		return;
	/* Its rates are known now. */
	condis_call_info(session, call->handle, &call->info);
	data = condis_call_open_data(session, call->handle, 0, &max_sdu);
	if (data < 0) {
		/* Over already: that is said next. */
		if (is_over(errno))
			return;
		say_failed(call, condis_error());
		serve_call_drop(call, "error", Q850_TEMPORARY_FAILURE);
		return;
	}
	error = serve_start(serve, call, data, max_sdu);
	close(data);
	if (error) {
		say_failed(call, strerror(error));
		serve_call_drop(call, "error", Q850_TEMPORARY_FAILURE);
		return;
	}
	serve_log("started");
	serve_log_number("call", call->info.call_id);
	serve_log_number("pid", (uint64_t)call->pid);
	serve_log_end();
	if (serve->limit_ms >= 0)
		call->limit_ms = ctl_now_ms() + serve->limit_ms;
}

/* The command reads what still comes, then the end of the file; if it does not end then: SIGHUP. */
static void set_hup(const struct serve *serve, struct serve_call *call)
{
	call->limit_ms = -1;
	if (call->is_running && !call->is_hung && call->hup_ms < 0)
		call->hup_ms = ctl_now_ms() + serve->linger_ms;
}

static void call_over(const struct serve *serve, struct serve_call *call, uint32_t cause)
{
	serve_log("ended");
	serve_log_number("call", call->info.call_id);
	serve_log_text("by", call->by);
	serve_log_cause(cause);
	serve_log_seconds("seconds", ctl_now_ms() - call->begin_ms);
	serve_log_end();
	call->session = NULL;
	set_hup(serve, call);
}

static void take_idle(struct serve *serve, struct condis_session *session,
		      const struct ndproxy_event *event)
{
	struct serve_call *call = find_call(serve, session, event->handle);
	struct ndproxy_call_diagnostics why;

	if (call) {
		/* Nobody has dropped it here, but who shares it may have. */
		if (!call->by && !condis_call_diagnostics(session, call->handle, &why))
			call->by = why.remote ? "far-end" : "other-owner";
		if (!call->by)
			call->by = "far-end";
		call_over(serve, call, event->call_state.cause);
	}
	condis_call_deallocate(session, event->handle);
}

static void take_disconnected(struct serve *serve, struct condis_session *session,
			      const struct ndproxy_event *event)
{
	struct serve_call *call = find_call(serve, session, event->handle);

	if (!call) {
		condis_call_drop(session, event->handle, 0, 0);
		return;
	}
	/* The line is free for the next one, however long the command still takes. */
	serve_call_drop(call, "far-end", 0);
	set_hup(serve, call);
}

void serve_call_state(struct serve *serve, struct condis_session *session,
		      const struct ndproxy_event *event)
{
	switch (event->call_state.state) {
	case LINECALLSTATE_OFFERING:
	case LINECALLSTATE_ACCEPTED:
		take_offer(serve, session, event);
		break;
	case LINECALLSTATE_CONNECTED:
		take_connected(serve, session, event);
		break;
	case LINECALLSTATE_DISCONNECTED:
		take_disconnected(serve, session, event);
		break;
	case LINECALLSTATE_IDLE:
		take_idle(serve, session, event);
		break;
	default:
		break;
	}
}

/* An answer that was not done; it says nothing new of a call that is over. */
void serve_call_reply(struct serve *serve, struct condis_session *session,
		      const struct ndproxy_event *event)
{
	struct serve_call *call = find_call(serve, session, event->handle);

	if (call && event->reply.status && event->reply.command == _IOC_NR(NDPROXY_ANSWER))
		serve_call_drop(call, event->reply.status == -ECANCELED ? "far-end" : "error",
				Q850_TEMPORARY_FAILURE);
}

void serve_calls_gone(struct serve *serve, struct condis_session *session, uint32_t line_handle)
{
	size_t i;

	for (i = 0; i < serve->used; i++) {
		struct serve_call *call = &serve->calls[i];

		if (call->session != session || call->line_handle != line_handle)
			continue;
		if (!call->by)
			call->by = "line";
		call_over(serve, call, 0);
	}
}

void serve_call_drop(struct serve_call *call, const char *by, uint32_t cause)
{
	if (!call->by)
		call->by = by;
	if (call->session && condis_call_drop(call->session, call->handle, cause, 0) &&
	    !is_over(errno) && errno != EDQUOT && errno != ENOMEM)
		say_failed(call, condis_error());
}

static void hang_up_command(const struct serve *serve, struct serve_call *call)
{
	call->hup_ms = -1;
	if (!call->has_group || call->is_hung)
		return;
	call->is_hung = true;
	serve_signal(call, SIGHUP);
	call->kill_ms = ctl_now_ms() + serve->kill_ms;
}

void serve_call_hang_up(const struct serve *serve, struct serve_call *call, const char *by,
			uint32_t cause)
{
	call->limit_ms = -1;
	if (!call->by)
		call->cause = cause;
	if (!call->is_running)
		serve_call_drop(call, by, cause);
	else if (!call->by)
		call->by = by;
	hang_up_command(serve, call);
}

void serve_call_finish(const struct serve *serve, struct serve_call *call, uint32_t cause)
{
	serve_call_drop(call, "command", call->cause ? call->cause : cause);
	call->limit_ms = -1;
	call->hup_ms = -1;
	/* Whom it has left behind had SIGHUP, too. */
	if (call->has_group && call->kill_ms < 0)
		call->kill_ms = ctl_now_ms() + serve->kill_ms;
	if (!call->has_group)
		call->kill_ms = -1;
}

static void kill_command(struct serve_call *call)
{
	call->kill_ms = -1;
	if (!call->has_group)
		return;
	serve_signal(call, SIGKILL);
	/* That nobody of the others is seen to end does not matter any more. */
	if (!call->is_running)
		call->has_group = false;
	serve_call_drop(call, "command", call->cause);
}

static bool is_due(long long time, long long now)
{
	return time >= 0 && now >= time;
}

size_t serve_calls_run(struct serve *serve)
{
	long long now = ctl_now_ms();
	size_t i;

	for (i = 0; i < serve->used; i++) {
		struct serve_call *call = &serve->calls[i];

		if (!serve_call_is_used(call))
			continue;
		if (is_due(call->limit_ms, now)) {
			serve_log_call("time-limit", call);
			serve_call_hang_up(serve, call, "time-limit", Q850_NORMAL_CLEARING);
		}
		if (is_due(call->hup_ms, now))
			hang_up_command(serve, call);
		if (is_due(call->kill_ms, now))
			kill_command(call);
	}
	while (serve->used && !serve_call_is_used(&serve->calls[serve->used - 1]))
		serve->used--;
	return count_calls(serve);
}

long long serve_calls_next(const struct serve *serve)
{
	long long next = -1;
	size_t i, j;

	for (i = 0; i < serve->used; i++) {
		const struct serve_call *call = &serve->calls[i];
		long long times[] = { call->limit_ms, call->hup_ms, call->kill_ms };

		for (j = 0; serve_call_is_used(call) && j < ARRAY_SIZE(times); j++)
			if (times[j] >= 0 && (next < 0 || times[j] < next))
				next = times[j];
	}
	return next;
}
