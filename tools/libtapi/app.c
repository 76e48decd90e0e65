// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Applications: how they begin and end.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "internal.h"

#define DEVICE_PATH	"/dev/ndproxy"

/* Low bits of LINEINITIALIZEEXPARAMS.dwOptions: one of LINEINITIALIZEEXOPTION_USE*. */
#define OPTION_USE	0x0000000f

/* How long an application's beginning waits for adapters that are just coming. */
#define ADAPTERS_MS	1000

/* The abilities that all of this is written for came with the kernel's second version. */
#define ABI_MIN		2

/**
 * struct beginning - what an application is begun with
 * @callback: where its messages go, or NULL
 * @name: UTF-8, or NULL; to be freed
 * @version: highest that it knows
 * @option: LINEINITIALIZEEXOPTION_USE*
 * @port: USECOMPLETIONPORT: descriptor
 * @key: likewise
 */
struct beginning {
	LINECALLBACK callback;
	char *name;
	DWORD version;
	DWORD option;
	int port;
	ULONG_PTR key;
};

/*
 * The tables of requests and calls have an element that is none (its number is 0, and its line
 * NULL): an empty table is freed, and it would be made anew for each request.
 */
static bool tables_begin(struct app *app)
{
	struct request *request = calloc(1, sizeof(*request));
	struct call *call = calloc(1, sizeof(*call));

	if (request) {
		HASH_ADD(by_id, app->requests, id, sizeof(request->id), request);
		if (!app->requests)
			free(request);
	}
	if (call) {
		HASH_ADD(by_kernel, app->calls, kernel, sizeof(call->kernel), call);
		if (!app->calls)
			free(call);
	}
	return app->requests && app->calls;
}

static void tables_end(struct app *app)
{
	struct request *request = app->requests;
	struct call *call = app->calls;

	/* Of the lines nothing is left: their end took all that was theirs. */
	if (request) {
		HASH_DELETE(by_id, app->requests, request);
		free(request);
	}
	if (call) {
		HASH_DELETE(by_kernel, app->calls, call);
		free(call);
	}
}

static void app_free(struct object *object)
{
	struct app *app = (struct app *)object;

	/* While there is the eventfd that tells it from others. */
	descriptor_take(app->given, app->wake);
	descriptor_close(app->event);
	descriptor_close(app->timer);
	descriptor_close(app->wake);
	descriptor_close(app->fd);
	tables_end(app);
	free(app->devices);
	free(app->module);
	free(app->name);
	free(app);
}

/* The program's file name: the whole of it is what others hand calls over to. */
static char *program_name(void)
{
	char path[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);
	const char *name = program_invocation_short_name;

	if (length > 0) {
		path[length] = '\0';
		name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	}
	return strdup(name);
}

/* As much of it as the kernel takes, which ends with a whole character. */
static void set_name(const struct app *app)
{
	struct ndproxy_name name = {};
	size_t length = strlen(app->module);

	if (length >= sizeof(name.name)) {
		length = sizeof(name.name) - 1;
		while (length && ((unsigned char)app->module[length] & 0xc0) == 0x80)
			length--;
	}
	memcpy(name.name, app->module, length);
	/*
	 * A name that the kernel does not take (an escape in a file's name) is no reason not to
	 * begin: calls are handed over to it by the name that it has without.
	 */
	ioctl(app->fd, NDPROXY_SET_NAME, &name);
}

static int watch(int epoll, int fd)
{
	struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };

	return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

/*
 * Readable for ever: what an application's event is when it has ended.  Who polls the event at
 * that moment looks at it when the application's own descriptors may be closed already, and would
 * find nothing there, and sleep on.  One for the process; a child of fork() shares it, unharmed.
 */
static int ended = -1;

/* The descriptors. Errors are in errno; app_free() closes what is there. */
static int app_open(struct app *app)
{
	struct ndproxy_version version;

	descriptors_lock();
	if (ended < 0)
		ended = eventfd(1, EFD_CLOEXEC);
	app->fd = descriptor_add(open(DEVICE_PATH, O_RDWR | O_NONBLOCK | O_CLOEXEC));
	if (app->fd >= 0)
		app->wake = descriptor_add(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
	if (app->wake >= 0)
		app->event = descriptor_add(epoll_create1(EPOLL_CLOEXEC));
	if (app->event >= 0 && !watch(app->event, app->fd) && !watch(app->event, app->wake))
		app->given = descriptor_give(app->event, app->wake);
	descriptors_unlock();
	if (app->given < 0 || ended < 0)
		return -1;

	memset(&version, 0, sizeof(version));
	if (ioctl(app->fd, NDPROXY_GET_VERSION, &version))
		return -1;
	if (version.abi < ABI_MIN || version.event_size != sizeof(struct ndproxy_event)) {
		errno = EPROTO;
		return -1;
	}
	return 0;
}

static struct app *app_new(const struct beginning *beginning)
{
	struct app *app = calloc(1, sizeof(*app));

	if (!app)
		return NULL;
	app->fd = -1;
	app->wake = -1;
	app->timer = -1;
	app->event = -1;
	app->given = -1;
	app->option = beginning->option;
	app->version = beginning->version;
	app->callback = beginning->callback;
	app->module = program_name();
	app->name = strdup(beginning->name ? beginning->name : app->module ? app->module : "");
	if (app->module && app->name && tables_begin(app))
		return app;
	app_free(&app->object);
	return NULL;
}

/*
 * The adapters that somebody has waited for in vain, up to this number: one whose call manager
 * never serves us costs a process one wait, and not one for each application.
 */
static atomic_uint waited_for;

/* The last adapter that is neither usable nor of another age than the session; 0: there is none. */
static __u32 coming_adapter(const struct app *app)
{
	struct ndproxy_adapter caps;
	__u32 last, coming = 0;

	for (last = 0; ; last = caps.adapter) {
		memset(&caps, 0, sizeof(caps));
		caps.adapter = last;
		if (ioctl(app->fd, NDPROXY_ENUM_ADAPTER, &caps))
			return coming > atomic_load(&waited_for) ? coming : 0;
		if (!caps.flags)
			coming = caps.adapter;
	}
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/*
 * The first session of all makes ndproxy open each adapter's address family, and an adapter may
 * have been added just now: its lines are there in a moment, and an application that asks how many
 * there are wants to have them counted.  What is read here is only that something came or went,
 * which is seen by enumerating, and REINIT.
 */
static void wait_for_adapters(struct app *app)
{
	struct pollfd polled = { .fd = app->fd, .events = POLLIN };
	const int64_t end = now_ms() + ADAPTERS_MS;
	struct ndproxy_event event;
	__u32 coming;
	int64_t left;

	while ((coming = coming_adapter(app))) {
		left = end - now_ms();
		if (left <= 0) {
			atomic_store(&waited_for, coming);
			return;
		}
		if (poll(&polled, 1, left) <= 0)
			continue;
		if (read(app->fd, &event, sizeof(event)) == sizeof(event) &&
		    event.type == LINE_LINEDEVSTATE)
			event_translate(app, &event);
	}
}

/* Everything but the handle and the port. NULL: *@error tells. */
static struct app *app_make(const struct beginning *beginning, LONG *error)
{
	struct app *app = app_new(beginning);

	*error = LINEERR_NOMEM;
	if (!app)
		return NULL;
	if (app_open(app)) {
		*error = error_of(OPERATION_SESSION, errno);
		goto free_app;
	}
	set_name(app);
	priorities_apply(app);
	wait_for_adapters(app);
	*error = devices_read(app, false);
	if (*error)
		goto free_app;
	return app;

free_app:
	app_free(&app->object);
	return NULL;
}

bool app_shutdown(struct app *app)
{
	struct recipient *recipient;
	struct port *port;
	struct line *line;

	if (!handle_take(&app->object))
		return false;

	/*
	 * First that it is dead: whoever waits for messages, or comes for one, is turned away, and
	 * no line is opened any more.  lineOpen() may wait in the kernel: the session's end ends
	 * that.
	 */
	lock_take(&app->lock);
	messages_end(app);
	/* Without memory for it, whoever polls is woken by the eventfd, if he is quick. */
	watch(app->event, ended);
	recipient = app->recipient;
	app->recipient = NULL;
	port = app->port;
	while ((line = app->lines)) {
		line_kill(line);
		/* The table's. The application is held by the caller. */
		line_put(line);
	}
	lock_give(&app->lock);

	/* The calls first. */
	ioctl(app->fd, NDPROXY_SHUTDOWN);
	if (recipient)
		recipient_end(recipient);
	if (port)
		port_stop(port);
	/* The table's. */
	app_put(app);
	return true;
}

/* Somebody who has seen the handle may end the application before its port has begun. */
static LONG app_begin_port(struct app *app, const struct beginning *beginning)
{
	LONG error = 0;

	lock_take(&app->lock);
	if (atomic_load(&app->object.is_dead)) {
		error = LINEERR_OPERATIONFAILED;
	} else {
		app->port = port_start(app, beginning->port, beginning->key);
		if (!app->port)
			error = errno == EBADF || errno == EINVAL ?
				LINEERR_INVALPARAM : error_of(OPERATION_SESSION, errno);
	}
	lock_give(&app->lock);
	return error;
}

/* What all ways to begin have in common. @event may be NULL. */
static LONG app_begin(const struct beginning *beginning, HLINEAPP *handle, DWORD *count,
		      HANDLE *event)
{
	struct app *app;
	LONG error;

	app = app_make(beginning, &error);
	if (!app)
		return error;
	if (handle_new(&app->object, OBJECT_APP, app_free)) {
		app_free(&app->object);
		return LINEERR_NOMEM;
	}
	/* Before a message can come to the port's reader. */
	*handle = app->object.handle;
	*count = app->num_devices;
	if (event)
		*event = TAPI_FD_TO_HANDLE(app->given);
	if (beginning->option == LINEINITIALIZEEXOPTION_USECOMPLETIONPORT)
		error = app_begin_port(app, beginning);
	if (error)
		app_shutdown(app);
	app_put(app);
	return error;
}

static LONG take_name(const char *text, char **name)
{
	if (!text)
		return 0;
	if (!text_is_displayable(text))
		return LINEERR_INVALAPPNAME;
	*name = strdup(text);
	return *name ? 0 : LINEERR_NOMEM;
}

TAPI_EXPORT LONG WINAPI lineInitialize(LPHLINEAPP lphLineApp, HINSTANCE hInstance,
				       LINECALLBACK lpfnCallback, LPCSTR lpszAppName,
				       LPDWORD lpdwNumDevs)
{
	struct beginning beginning = {
		.callback = lpfnCallback,
		.version = TAPI_VERSION_1_3,
		.option = LINEINITIALIZEEXOPTION_USEHIDDENWINDOW,
	};
	LONG error;

	(void)hInstance;
	if (!lphLineApp || !lpfnCallback || !lpdwNumDevs)
		return LINEERR_INVALPOINTER;
	error = take_name(lpszAppName, &beginning.name);
	if (!error)
		error = app_begin(&beginning, lphLineApp, lpdwNumDevs, NULL);
	free(beginning.name);
	return error;
}

static LONG take_params(const LINEINITIALIZEEXPARAMS *params, LINECALLBACK callback,
			struct beginning *beginning)
{
	/* Without a structure it is as it was before there was one. */
	beginning->option = LINEINITIALIZEEXOPTION_USEHIDDENWINDOW;
	if (params) {
		if (params->dwTotalSize < sizeof(*params))
			return LINEERR_STRUCTURETOOSMALL;
		if (params->dwOptions & ~(OPTION_USE | LINEINITIALIZEEXOPTION_CALLHUBTRACKING))
			return LINEERR_INVALPARAM;
		beginning->option = params->dwOptions & OPTION_USE;
	}

	switch (beginning->option) {
	case LINEINITIALIZEEXOPTION_USEHIDDENWINDOW:
		beginning->callback = callback;
		return callback ? 0 : LINEERR_INVALPOINTER;
	case LINEINITIALIZEEXOPTION_USEEVENT:
		return 0;
	case LINEINITIALIZEEXOPTION_USECOMPLETIONPORT:
		beginning->port = TAPI_HANDLE_TO_FD(params->Handles.hCompletionPort);
		beginning->key = params->dwCompletionKey;
		return 0;
	default:
		return LINEERR_INVALPARAM;
	}
}

/* Without the name, which is the caller's. */
static LONG initialize(HLINEAPP *handle, LINECALLBACK callback, char *name, DWORD *count,
		       DWORD *version, LINEINITIALIZEEXPARAMS *params)
{
	struct beginning beginning = { .name = name, .version = *version };
	HANDLE event = NULL;
	LONG error;

	if (*version < TAPI_VERSION_1_3)
		return LINEERR_INCOMPATIBLEAPIVERSION;
	error = take_params(params, callback, &beginning);
	if (!error)
		error = app_begin(&beginning, handle, count, &event);
	if (error)
		return error;
	*version = TAPI_VERSION_2_2;
	if (params) {
		params->dwNeededSize = sizeof(*params);
		params->dwUsedSize = sizeof(*params);
		if (beginning.option == LINEINITIALIZEEXOPTION_USEEVENT)
			params->Handles.hEvent = event;
	}
	return 0;
}

TAPI_EXPORT LONG WINAPI lineInitializeExA(LPHLINEAPP lphLineApp, HINSTANCE hInstance,
					  LINECALLBACK lpfnCallback, LPCSTR lpszFriendlyAppName,
					  LPDWORD lpdwNumDevs, LPDWORD lpdwAPIVersion,
					  LPLINEINITIALIZEEXPARAMS lpLineInitializeExParams)
{
	char *name = NULL;
	LONG error;

	(void)hInstance;
	if (!lphLineApp || !lpdwNumDevs || !lpdwAPIVersion)
		return LINEERR_INVALPOINTER;
	error = take_name(lpszFriendlyAppName, &name);
	if (!error)
		error = initialize(lphLineApp, lpfnCallback, name, lpdwNumDevs, lpdwAPIVersion,
				   lpLineInitializeExParams);
	free(name);
	return error;
}

TAPI_EXPORT LONG WINAPI lineInitializeExW(LPHLINEAPP lphLineApp, HINSTANCE hInstance,
					  LINECALLBACK lpfnCallback, LPCWSTR lpszFriendlyAppName,
					  LPDWORD lpdwNumDevs, LPDWORD lpdwAPIVersion,
					  LPLINEINITIALIZEEXPARAMS lpLineInitializeExParams)
{
	char *name = NULL;
	LONG error = 0;

	(void)hInstance;
	if (!lphLineApp || !lpdwNumDevs || !lpdwAPIVersion)
		return LINEERR_INVALPOINTER;
	if (lpszFriendlyAppName) {
		name = text_from_wide(lpszFriendlyAppName);
		if (!name)
			error = errno == EILSEQ ? LINEERR_INVALAPPNAME : LINEERR_NOMEM;
		else if (!text_is_displayable(name))
			error = LINEERR_INVALAPPNAME;
	}
	if (!error)
		error = initialize(lphLineApp, lpfnCallback, name, lpdwNumDevs, lpdwAPIVersion,
				   lpLineInitializeExParams);
	free(name);
	return error;
}

TAPI_EXPORT LONG WINAPI lineShutdown(HLINEAPP hLineApp)
{
	struct app *app;
	LONG error = 0;

	app = app_get(hLineApp, &error);
	if (!app)
		return error;
	if (!app_shutdown(app))
		error = LINEERR_INVALAPPHANDLE;
	app_put(app);
	return error;
}
