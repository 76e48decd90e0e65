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
		if (message_wait(app, left) && errno != EINTR)
			break;
	}
put_app:
	app_put(app);
	return error;
}

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
		if (!left)
			break;
		if (message_wait(app, left)) {
			if (errno != EINTR)
				count = LINEERR_OPERATIONFAILED;
			break;
		}
	}
	if (!count && atomic_load(&app->object.is_dead))
		count = LINEERR_INVALAPPHANDLE;
	app_put(app);
	return count;
}

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
	fd = app->given;
	app_put(app);
	return fd;
}

TAPI_EXPORT void tapi_free(void *memory)
{
	free(memory);
}
