// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Requests: what was asked and not answered yet.
 *
 * A request is in its application's table before the kernel hears of it, since the reply may be
 * read by another thread before the ioctl has returned.  Whoever takes it out of the table has it;
 * so it is answered once, or forgotten, and what the kernel says later finds none.
 */
#include <stdlib.h>

#include "internal.h"

static atomic_uint last_id;

static struct request *find(struct app *app, DWORD id)
{
	struct request *request;

	HASH_FIND(by_id, app->requests, &id, sizeof(id), request);
	return request;
}

/* A number for a request of the application's: positive, and none that waits; app.lock held. */
static DWORD new_id(struct app *app)
{
	DWORD id;

	do {
		id = atomic_fetch_add_explicit(&last_id, 1, memory_order_relaxed) + 1;
		id &= 0x7fffffff;
	} while (!id || find(app, id));
	return id;
}

LONG request_new(struct line *line, struct call *call, LPHCALL out)
{
	struct request *request = malloc(sizeof(*request));
	struct app *app = line->app;
	LONG result;

	if (!request)
		return LINEERR_NOMEM;
	request->line = line;
	request->call = call;
	request->out = out;

	lock_take(&app->lock);
	/* Whoever ends a line or a call has forgotten its requests already. */
	if (atomic_load(&line->object.is_dead)) {
		result = LINEERR_INVALLINEHANDLE;
		goto unlock;
	}
	if (call && atomic_load(&call->object.is_dead)) {
		result = LINEERR_INVALCALLHANDLE;
		goto unlock;
	}
	request->id = new_id(app);
	HASH_ADD(by_id, app->requests, id, sizeof(request->id), request);
	if (!request->by_id.tbl) {
		result = LINEERR_NOMEM;
		goto unlock;
	}
	object_hold(&line->object);
	if (call)
		object_hold(&call->object);
	/* Another thread may answer it from here on. */
	result = request->id;
	request = NULL;
unlock:
	lock_give(&app->lock);
	free(request);
	return result;
}

struct request *request_take(struct app *app, DWORD id)
{
	struct request *request = find(app, id);

	if (request)
		HASH_DELETE(by_id, app->requests, request);
	return request;
}

void request_free(struct request *request)
{
	if (request->call)
		call_put(request->call);
	line_put(request->line);
	free(request);
}

bool request_undo(struct app *app, DWORD id)
{
	struct request *request;

	lock_take(&app->lock);
	request = request_take(app, id);
	lock_give(&app->lock);
	if (request)
		request_free(request);
	return request;
}

void requests_forget(struct app *app, struct line *line, struct call *call)
{
	struct request *request, *next, *forgotten = NULL;

	HASH_ITER(by_id, app->requests, request, next) {
		if (request->line != line || (call && request->call != call))
			continue;
		HASH_DELETE(by_id, app->requests, request);
		request->next = forgotten;
		forgotten = request;
	}
	while ((request = forgotten)) {
		forgotten = request->next;
		/* The caller has references on line and call: these are not the last ones. */
		request_free(request);
	}
}

void requests_disown(struct line *line)
{
	struct app *app = line->app;
	struct request *request, *next;
	struct message *message;

	lock_take(&app->lock);
	HASH_ITER(by_id, app->requests, request, next)
		if (request->line == line)
			request->out = NULL;
	for (message = app->first; message; message = message->next)
		if (message->line == line->object.handle)
			message->out = NULL;
	lock_give(&app->lock);
}

LONG request_answered(struct line *line, struct call *call, LONG result)
{
	struct app *app = line->app;
	struct message message = {
		.body = {
			.dwMessageID = LINE_REPLY,
			.dwCallbackInstance = line->instance,
			.dwParam2 = (DWORD)result,
		},
		.line = line->object.handle,
	};
	LONG id;

	if (call && line->version < TAPI_VERSION_2_0)
		message.call = call->object.handle;

	lock_take(&app->lock);
	if (atomic_load(&line->object.is_dead)) {
		id = LINEERR_INVALLINEHANDLE;
	} else {
		id = new_id(app);
		message.body.dwParam1 = id;
		if (!message_queue(app, &message))
			id = LINEERR_NOMEM;
	}
	lock_give(&app->lock);
	return id;
}
