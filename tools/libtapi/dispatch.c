// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * How an application gets its messages: it asks for them, or pumps its callback.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <time.h>

#include "internal.h"

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/**
 * struct patience - how long somebody waits
 * @is_endless: for ever
 * @end: else until then, ms of CLOCK_MONOTONIC; 0: not looked at the clock yet
 * @timeout: ms
 */
struct patience {
	bool is_endless;
	int64_t end;
	int64_t timeout;
};

/* How long to wait now; 0: no longer. The clock is asked only by who has to wait. */
static int patience_left(struct patience *patience)
{
	int64_t now, left;

	if (patience->is_endless)
		return -1;
	if (!patience->timeout)
		return 0;
	now = now_ms();
	if (!patience->end)
		patience->end = now + patience->timeout;
	left = patience->end - now;
	if (left <= 0)
		return 0;
	return left < INT_MAX ? left : INT_MAX;
}

/**
 * lineGetMessage() - the next message of an application that waits on an event handle
 * @hLineApp: the application, begun with LINEINITIALIZEEXOPTION_USEEVENT
 * @lpMessage: gets it
 * @dwTimeout: milliseconds to wait for one; 0: not at all; INFINITE: for ever
 *
 * Any number of threads may wait at a time; each message is given once.
 *
 * Return: 0; LINEERR_OPERATIONFAILED: none came in time, or the application chose another way to
 * hear of events; LINEERR_INVALAPPHANDLE: no such application, or lineShutdown() was called
 * meanwhile; LINEERR_INVALPOINTER; LINEERR_UNINITIALIZED
 */
TAPI_EXPORT LONG WINAPI lineGetMessage(HLINEAPP hLineApp, LPLINEMESSAGE lpMessage, DWORD dwTimeout)
{
	struct patience patience = {
		.is_endless = dwTimeout == INFINITE,
		.timeout = dwTimeout,
	};
	struct message message;
	struct app *app;
	LONG error;
	int left;

	app = app_get(hLineApp, &error);
	if (!app)
		return error;
	if (!lpMessage) {
		error = LINEERR_INVALPOINTER;
		goto put_app;
	}
	error = LINEERR_OPERATIONFAILED;
	if (app->option != LINEINITIALIZEEXOPTION_USEEVENT)
		goto put_app;

	for (;;) {
		if (message_next(app, &message)) {
			*lpMessage = message.body;
			error = 0;
			break;
		}
		if (atomic_load(&app->object.is_dead)) {
			error = LINEERR_INVALAPPHANDLE;
			break;
		}
		left = patience_left(&patience);
		if (!left)
			break;
		/* A signal is nothing that the interface knows: the rest of the time is waited. */
		message_wait(app, left);
	}
put_app:
	app_put(app);
	return error;
}

/**
 * tapi_dispatch() - call back for the messages that wait
 * @hLineApp: an application that has a callback
 * @timeout_ms: milliseconds to wait for the first message; 0: not at all; -1: for ever
 *
 * This is what a window's message loop is elsewhere: the callback runs in the thread that calls
 * this, and only there.  It may call any function, lineShutdown() and tapi_dispatch() too.
 *
 * Return: how many messages the callback was given: 0 if none came in time, or a signal came;
 * LINEERR_OPERATIONFAILED: the application has no callback; LINEERR_INVALAPPHANDLE,
 * LINEERR_UNINITIALIZED
 */
TAPI_EXPORT LONG tapi_dispatch(HLINEAPP hLineApp, int timeout_ms)
{
	struct patience patience = {
		.is_endless = timeout_ms < 0,
		.timeout = timeout_ms,
	};
	struct message message;
	struct app *app;
	LONG count = 0;
	LONG error;
	int left;

	app = app_get(hLineApp, &error);
	if (!app)
		return error;
	if (!app->callback) {
		app_put(app);
		return LINEERR_OPERATIONFAILED;
	}

	/*
	 * What the callback does to the application, or fork()s, is seen by is_dead, which no lock
	 * guards.
	 */
	while (!atomic_load(&app->object.is_dead)) {
		if (message_next(app, &message)) {
			app->callback(message.body.hDevice, message.body.dwMessageID,
				      message.body.dwCallbackInstance, message.body.dwParam1,
				      message.body.dwParam2, message.body.dwParam3);
			count++;
			continue;
		}
		if (count)
			break;
		left = patience_left(&patience);
		if (!left || (message_wait(app, left) < 0 && errno == EINTR))
			break;
	}
	if (!count && atomic_load(&app->object.is_dead))
		count = LINEERR_INVALAPPHANDLE;
	app_put(app);
	return count;
}

/**
 * tapi_dispatch_fd() - what to poll to know when tapi_dispatch() has something to do
 * @hLineApp: the application
 *
 * The descriptor polls readable while messages may wait, and is the library's: it is closed by
 * lineShutdown(), and nothing else may be done with it.
 *
 * Return: the descriptor; -1 with errno EBADF: no such application
 */
TAPI_EXPORT int tapi_dispatch_fd(HLINEAPP hLineApp)
{
	struct app *app;
	LONG error;
	int fd;

	app = app_get(hLineApp, &error);
	if (!app) {
		errno = EBADF;
		return -1;
	}
	fd = app->event;
	app_put(app);
	return fd;
}

/**
 * tapi_free() - free what the library has allocated for the application
 * @memory: the message of a struct tapi_completion, or NULL
 */
TAPI_EXPORT void tapi_free(void *memory)
{
	free(memory);
}
