// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Events: what the kernel says, in TAPI's messages.
 *
 * Runs under app.lock, in whichever thread wants a message.  The events of one call are read in
 * their order and turned into messages in their order.  An event of a line or call that the
 * application has given up finds no object and says nothing; so does a reply that was forgotten.
 *
 * What an old application does not know it hears in other words, or not at all: what is on a line
 * by the version that lineOpen() was given, what is on none by the highest that the application
 * knows.
 */
#include <errno.h>
#include <sys/ioctl.h>

#include "calls.h"

/* The line that an event is about, while it is the application's. */
static struct line *event_line(struct app *app, const struct ndproxy_event *event)
{
	struct line *line;

	for (line = app->lines; line; line = line->next) {
		if (line->object.handle != event->cookie)
			continue;
		/* NDPROXY_OPEN_LINE may not have returned: lineOpen()'s thread is late. */
		if (!atomic_load(&line->kernel))
			atomic_store(&line->kernel, event->line_handle);
		return line;
	}
	return NULL;
}

static void tell_line(struct line *line, DWORD id, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3)
{
	struct message *message = message_new(line->app);

	if (!message)
		return;
	*message = (struct message){
		.body = {
			.hDevice = line->object.handle,
			.dwMessageID = id,
			.dwCallbackInstance = line->instance,
			.dwParam1 = p1,
			.dwParam2 = p2,
			.dwParam3 = p3,
		},
		/* The last word on a line is not purged with it. */
		.line = id == LINE_CLOSE ? 0 : line->object.handle,
	};
}

/* The message, for what else is to be known of it; NULL: no memory. */
static struct message *tell_reply(struct line *line, DWORD id, LONG error)
{
	struct message *message = message_new(line->app);

	if (!message)
		return NULL;
	*message = (struct message){
		.body = {
			.dwMessageID = LINE_REPLY,
			.dwCallbackInstance = line->instance,
			.dwParam1 = id,
			/* A LONG in a DWORD_PTR: not extended by its sign. */
			.dwParam2 = (DWORD)error,
		},
	};
	return message;
}

static void tell_call(struct call *call, DWORD id, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3)
{
	struct line *line = call->line;
	struct message *message = message_new(line->app);

	if (!message)
		return;
	*message = (struct message){
		.body = {
			/* Of a new call the line is told. */
			.hDevice = id == LINE_APPNEWCALL ? line->object.handle :
							   call->object.handle,
			.dwMessageID = id,
			.dwCallbackInstance = line->instance,
			.dwParam1 = p1,
			.dwParam2 = p2,
			.dwParam3 = p3,
		},
		.line = line->object.handle,
		.call = call->object.handle,
		.kernel = call->kernel,
	};
}

static void tell_app(struct app *app, DWORD id, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3)
{
	struct message *message = message_new(app);

	if (!message)
		return;
	*message = (struct message){
		.body = {
			.dwMessageID = id,
			.dwParam1 = p1,
			.dwParam2 = p2,
			.dwParam3 = p3,
		},
	};
}

/* Begin anew: because of a message that the application does not know, or (0) really. */
static void tell_reinit(struct app *app, DWORD because, DWORD parameter)
{
	tell_app(app, LINE_LINEDEVSTATE, LINEDEVSTATE_REINIT, because, parameter);
}

void event_device_created(struct app *app, DWORD id)
{
	if (app->version >= TAPI_VERSION_1_4)
		tell_app(app, LINE_CREATE, id, 0, 0);
	else
		tell_reinit(app, LINE_CREATE, id);
}

void event_device_removed(struct app *app, DWORD id)
{
	/* Older ones hear it of the lines that they have open, and by NODEVICE. */
	if (app->version >= TAPI_VERSION_2_0)
		tell_app(app, LINE_REMOVE, id, 0, 0);
}

/*
 * What was asked on a line that is closed from below, and that the kernel has not answered before:
 * who waits for a reply gets one, and what the kernel says later finds no request.
 */
static void answer_left(struct app *app, struct line *line)
{
	struct request *request, *next;

	HASH_ITER(by_id, app->requests, request, next) {
		if (request->line != line)
			continue;
		HASH_DELETE(by_id, app->requests, request);
		tell_reply(line, request->id, LINEERR_OPERATIONFAILED);
		/* Not the last reference on the line: that is the table's. */
		request_free(request);
	}
}

void event_line_closed(struct app *app, struct line *line, bool is_removed)
{
	/* lineOpen() fails, so there was no line whose end could be told. */
	bool is_told = !line->is_opening;
	bool is_state_told = is_told && is_removed && app->version < TAPI_VERSION_2_0 &&
			     line->version >= TAPI_VERSION_1_4 &&
			     line->line_states & LINEDEVSTATE_REMOVED;

	/* The last word is LINE_CLOSE, and replies are not purged with the line. */
	answer_left(app, line);
	if (!line_kill(line))
		return;
	if (is_state_told)
		tell_line(line, LINE_LINEDEVSTATE, LINEDEVSTATE_REMOVED, 0, 0);
	if (is_told)
		tell_line(line, LINE_CLOSE, 0, 0, 0);
	/* The table's, and maybe the last: the application is held by who reads. */
	line_put(line);
}

/*
 * The kernel tells of a removal after the lines' ends; a line of an adapter that is reset ends too.
 */
static bool is_adapter_gone(const struct app *app, __u32 adapter)
{
	struct ndproxy_adapter caps = { .adapter = adapter };

	return ioctl(app->fd, NDPROXY_GET_ADAPTER_CAPS, &caps) && errno == ENODEV;
}

static void line_closed(struct app *app, const struct ndproxy_event *event)
{
	struct line *line = event_line(app, event);

	bool is_removed;

	/* lineClose() was first, or it was told with LINE_REMOVE. */
	if (!line)
		return;
	/* Only who is told in other words needs to know. */
	is_removed = app->version < TAPI_VERSION_2_0 && is_adapter_gone(app, event->adapter);
	event_line_closed(app, line, is_removed);
}

/*
 * One message for each change: programs compare dwParam1 with one state, though several could be in
 * it.
 */
static void line_state(struct app *app, const struct ndproxy_event *event)
{
	DWORD states = event->line_state.state;
	struct line *line;
	DWORD state;

	if (states & LINEDEVSTATE_REINIT) {
		tell_reinit(app, 0, 0);
		return;
	}
	line = event_line(app, event);
	if (!line || line->is_opening)
		return;

	for (state = 1; states; state <<= 1) {
		if (!(states & state))
			continue;
		states &= ~state;
		if (line->version < TAPI_VERSION_1_4) {
			if (state & (LINEDEVSTATE_CAPSCHANGE | LINEDEVSTATE_TRANSLATECHANGE)) {
				tell_reinit(app, LINE_LINEDEVSTATE, state);
				continue;
			}
			if (state > LINEDEVSTATE_LOCK)
				continue;
		}
		/* The only ring mode there is, and each call rings once. */
		tell_line(line, LINE_LINEDEVSTATE, state, state == LINEDEVSTATE_RINGING, 0);
	}
}

/*
 * The handle of a call that was given to the application.  Its first state was queued by the kernel
 * in the same moment: message_take() looks for it, so that it is the next message.
 */
static void new_call(struct app *app, const struct ndproxy_event *event)
{
	struct ndproxy_handle handle = { .handle = event->new_call.call };
	struct line *line = event_line(app, event);
	struct call *call;
	bool is_bound, is_next;

	/* lineClose() was first: the kernel takes its calls with it. */
	if (!line)
		return;
	call = call_new(line);
	if (!call) {
		ioctl(app->fd, NDPROXY_DEALLOCATE_CALL, &handle);
		app->lost++;
		return;
	}
	is_bound = call_bind(call, event->new_call.call);
	call->new_privilege = event->new_call.privilege;
	if (!is_bound) {
		app->lost++;
		if (call_kill(call, true))
			call_end(call);
	} else if (line->version >= TAPI_VERSION_2_0) {
		/* Else it waits behind others (message_pop()). */
		is_next = app->direct;
		tell_call(call, LINE_APPNEWCALL, call_address(event->new_call.address),
			  call->object.handle, call->new_privilege);
		if (is_next)
			app->announced = call->kernel;
	}
	call_put(call);
}

static void call_state(struct app *app, const struct ndproxy_event *event)
{
	struct call *call = call_find(app, event->handle);
	DWORD state = event->call_state.state;
	DWORD privilege = event->call_state.privilege;
	DWORD version;

	if (!call)
		return;
	version = call->line->version;
	if (call->new_privilege) {
		if (!privilege)
			privilege = call->new_privilege;
		/* To older ones a state with a privilege is a new call. */
		call->new_privilege = 0;
	}
	if (state & (LINECALLSTATE_DISCONNECTED | LINECALLSTATE_IDLE))
		gather_end(call, LINEGATHERTERM_CANCEL, event->time / 1000000);
	tell_call(call, LINE_CALLSTATE, state, call_mode(state, event->call_state.mode, version),
		  privilege);
}

static void call_info(struct app *app, const struct ndproxy_event *event)
{
	struct call *call = call_find(app, event->handle);

	/* What is to be known of a new call is so when it is told. */
	if (call && !call->new_privilege)
		tell_call(call, LINE_CALLINFO, event->call_info.changed, 0, 0);
}

static void digit(struct app *app, const struct ndproxy_event *event)
{
	struct call *call = call_find(app, event->handle);

	if (!call)
		return;
	/* Some may be for who gathers them only. */
	if (call->digit_modes & event->digit.mode)
		tell_call(call, LINE_MONITORDIGITS, event->digit.digit, event->digit.mode,
			  call->line->version >= TAPI_VERSION_2_0 ? event->digit.tick : 0);
	gather_digit(call, event->digit.digit, event->digit.mode, event->digit.tick);
}

static void generated(struct app *app, const struct ndproxy_event *event)
{
	struct call *call = call_find(app, event->handle);

	if (call)
		tell_call(call, LINE_GENERATE, event->generate.mode, 0,
			  call->line->version >= TAPI_VERSION_2_0 ? event->generate.tick : 0);
}

static LONG reply_error(const struct ndproxy_event_reply *reply)
{
	if (!reply->status)
		return 0;
	if (reply->command != _IOC_NR(NDPROXY_MAKE_CALL))
		return error_of(OPERATION_CALL, -reply->status);
	return reply->cause ? error_of_cause(reply->cause) :
			      error_of(OPERATION_MAKE_CALL, -reply->status);
}

/*
 * A make-call is answered: its handle is the application's from here on, or it never was one.  The
 * ioctl may not have returned in its thread; so the kernel's handle is first known by the reply, or
 * by it, whichever is sooner.
 */
static LONG call_made(struct call *call, const struct ndproxy_event *event, LONG error)
{
	if (!call_bind(call, event->handle) && !error)
		error = LINEERR_NOMEM;
	if (!error)
		atomic_store(&call->is_tentative, false);
	else if (call_kill(call, true))
		/* Nobody is told that it is IDLE: the kernel discards that with the handle. */
		call_end(call);
	return error;
}

static void reply(struct app *app, const struct ndproxy_event *event)
{
	struct request *request = request_take(app, event->cookie);
	bool is_make_call = event->reply.command == _IOC_NR(NDPROXY_MAKE_CALL);
	LONG error = reply_error(&event->reply);
	struct message *message;
	struct call *call;
	struct line *line;

	/* Forgotten, with its line or its call. */
	if (!request)
		return;
	line = request->line;
	call = request->call;
	if (call && is_make_call)
		error = call_made(call, event, error);
	message = tell_reply(line, request->id, error);
	if (message) {
		message->line = line->object.handle;
		/* Of later versions it is told also if the call is deallocated first. */
		if (call && line->version < TAPI_VERSION_2_0)
			message->call = call->object.handle;
		if (call && is_make_call && !error) {
			message->out = request->out;
			message->made = call->object.handle;
		}
	}
	request_free(request);
}

void event_translate(struct app *app, const struct ndproxy_event *event)
{
	if (event->lost)
		devices_read(app, true);

	switch (event->type) {
	case LINE_REPLY:
		reply(app, event);
		break;
	case LINE_CALLSTATE:
		call_state(app, event);
		break;
	case LINE_APPNEWCALL:
		new_call(app, event);
		break;
	case LINE_CALLINFO:
		call_info(app, event);
		break;
	case LINE_LINEDEVSTATE:
		line_state(app, event);
		break;
	case LINE_CLOSE:
		line_closed(app, event);
		break;
	case LINE_MONITORDIGITS:
		digit(app, event);
		break;
	case LINE_GENERATE:
		generated(app, event);
		break;
	case LINE_CREATE:
		devices_created(app, event);
		break;
	case LINE_REMOVE:
		devices_removed(app, event);
		break;
	}
}
