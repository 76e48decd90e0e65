// SPDX-License-Identifier: GPL-2.0
/*
 * The functions of tapi.h without a kernel.
 */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TAPI_PLAIN_NAMES
#include <privileges.h>
#include "fake_internal.h"

struct message {
	struct message *next;
	LINEMESSAGE body;
	HLINE line;
	HCALL call;
	HCALL *out;
	HCALL made;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static DWORD last_handle = 100;
static LONG last_request = 1000;

struct fake_state fake = {
	.call_error = LINEERR_INVALADDRESS,
	.end_mode = LINEDISCONNECTMODE_NORMAL,
};

static void init_condition(void)
{
	pthread_condattr_t attributes;

	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&changed, &attributes);
	pthread_condattr_destroy(&attributes);
}

/* As the library does: what is the parent's is not there for the child. */
static void fork_prepare(void)
{
	pthread_mutex_lock(&lock);
}

static void fork_parent(void)
{
	pthread_mutex_unlock(&lock);
}

static void fork_child(void)
{
	fake.apps = NULL;
	fake.lines = NULL;
	fake.calls = NULL;
	fake.is_held = false;
	init_condition();
	pthread_mutex_unlock(&lock);
}

static void init(void)
{
	init_condition();
	pthread_atfork(fork_prepare, fork_parent, fork_child);
}

/* Where fake_hold() stops who is asked for something. */
static void pass(void)
{
	fake.num_held++;
	while (fake.is_held)
		pthread_cond_wait(&changed, &lock);
	fake.num_held--;
}

void fake_enter(void)
{
	pthread_once(&once, init);
	pthread_mutex_lock(&lock);
}

void fake_leave(void)
{
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
}

static struct app *find_app(HLINEAPP handle)
{
	struct app *app = fake.apps;

	while (app && (app->handle != handle || app->is_dead))
		app = app->next;
	return app;
}

static struct line *find_line(HLINE handle)
{
	struct line *line = fake.lines;

	while (line && line->handle != handle)
		line = line->next;
	return line;
}

static struct call *find_call(HCALL handle)
{
	struct call *call = fake.calls;

	while (call && (call->handle != handle || call->is_gone))
		call = call->next;
	return call;
}

struct message *fake_post(struct app *app, DWORD id, DWORD device, DWORD_PTR instance,
			  DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3)
{
	struct message *message = calloc(1, sizeof(*message));

	if (!message)
		abort();
	message->body = (LINEMESSAGE) { device, id, instance, p1, p2, p3 };
	if (app->last)
		app->last->next = message;
	else
		app->first = message;
	app->last = message;
	return message;
}

/* What waits of a line, or of one of its calls. */
static void purge(struct app *app, HLINE line, HCALL call)
{
	struct message **place = &app->first, *message;

	app->last = NULL;
	while ((message = *place)) {
		if ((line && message->line == line) || (call && message->call == call)) {
			*place = message->next;
			free(message);
		} else {
			app->last = message;
			place = &message->next;
		}
	}
}

void fake_tell_state(struct call *call, DWORD state, DWORD mode, DWORD privilege)
{
	struct message *message;

	if (call->is_gone || call->state == LINECALLSTATE_IDLE)
		return;
	call->state = state;
	message = fake_post(call->line->app, LINE_CALLSTATE, call->handle, call->line->instance,
			    state, mode, privilege);
	message->line = call->line->handle;
	message->call = call->handle;
}

static struct message *tell_reply(struct line *line, LONG id, LONG result)
{
	struct message *message = fake_post(line->app, LINE_REPLY, 0, line->instance, id,
					    (DWORD)result, 0);

	message->line = line->handle;
	return message;
}

static struct call *new_call(struct line *line, DWORD state, DWORD privilege)
{
	struct call *call = calloc(1, sizeof(*call));

	if (!call)
		abort();
	call->line = line;
	call->handle = ++last_handle;
	call->state = state;
	call->privilege = privilege;
	call->next = fake.calls;
	fake.calls = call;
	return call;
}

/* Its memory stays until the peer's goes as well. */
static void free_call(struct call *call)
{
	struct call **place = &fake.calls;

	call->is_gone = true;
	if (call->peer)
		call->peer->peer = NULL;
	while (*place != call)
		place = &(*place)->next;
	*place = call->next;
	free(call);
}

static void hang_up(struct call *call)
{
	if (call->peer && call->peer->state != LINECALLSTATE_IDLE)
		fake_tell_state(call->peer, LINECALLSTATE_DISCONNECTED, LINEDISCONNECTMODE_NORMAL,
				0);
}

static void end_call(struct call *call, bool is_buried)
{
	if (!is_buried)
		purge(call->line->app, 0, call->handle);
	hang_up(call);
	free_call(call);
}

void fake_end_line(struct line *line, bool is_buried)
{
	struct line **place = &fake.lines;
	struct call *call, *next;

	for (call = fake.calls; call; call = next) {
		next = call->next;
		if (call->line == line)
			end_call(call, is_buried);
	}
	if (!is_buried)
		purge(line->app, line->handle, 0);
	while (*place != line)
		place = &(*place)->next;
	*place = line->next;
	free(line);
}

struct line *fake_owner_of(DWORD device)
{
	struct line *line, *owner = NULL;

	for (line = fake.lines; line; line = line->next)
		if (line->device == device && (line->privileges & LINECALLPRIVILEGE_OWNER))
			owner = line;
	return owner;
}

struct call *fake_announce_call(struct line *line, DWORD privilege)
{
	struct call *call = new_call(line, LINECALLSTATE_UNKNOWN, privilege);
	struct message *message;

	message = fake_post(line->app, LINE_APPNEWCALL, line->handle, line->instance, 0,
			    call->handle, privilege);
	message->line = line->handle;
	message->call = call->handle;
	return call;
}

struct call *fake_offer_call(struct line *line)
{
	struct call *call = fake_announce_call(line, LINECALLPRIVILEGE_OWNER);

	fake_tell_state(call, LINECALLSTATE_OFFERING, 1, LINECALLPRIVILEGE_OWNER);
	return call;
}

static bool is_text(LPCWSTR text, const char *other)
{
	while (*other && *text == (WCHAR)*other) {
		text++;
		other++;
	}
	return !*other && !*text;
}

LONG WINAPI lineInitializeExW(LPHLINEAPP out, HINSTANCE instance, LINECALLBACK callback,
			      LPCWSTR name, LPDWORD num_devices, LPDWORD version,
			      LPLINEINITIALIZEEXPARAMS parameters)
{
	struct app *app;
	LONG error;

	(void)instance;
	(void)callback;
	(void)name;
	(void)version;
	(void)parameters;
	fake_enter();
	pass();
	error = fake.initialize_error;
	fake.initialize_error = 0;
	if (!error) {
		app = calloc(1, sizeof(*app));
		if (!app)
			abort();
		app->handle = ++last_handle;
		app->next = fake.apps;
		fake.apps = app;
		*out = app->handle;
		*num_devices = FAKE_DEVICES;
	}
	fake_leave();
	return error;
}

LONG WINAPI lineShutdown(HLINEAPP handle)
{
	struct line *line, *next;
	struct message *message;
	struct app **place, *app;

	fake_enter();
	app = find_app(handle);
	if (!app) {
		fake_leave();
		return LINEERR_INVALAPPHANDLE;
	}
	app->is_dead = true;
	for (line = fake.lines; line; line = next) {
		next = line->next;
		if (line->app == app)
			fake_end_line(line, false);
	}
	pthread_cond_broadcast(&changed);
	while (app->readers)
		pthread_cond_wait(&changed, &lock);
	while ((message = app->first)) {
		app->first = message->next;
		free(message);
	}
	place = &fake.apps;
	while (*place != app)
		place = &(*place)->next;
	*place = app->next;
	free(app);
	fake_leave();
	return 0;
}

LONG WINAPI lineGetMessage(HLINEAPP handle, LPLINEMESSAGE out, DWORD timeout)
{
	struct timespec deadline;
	struct message *message;
	struct app *app;
	LONG error = 0;
	int err = 0;

	clock_gettime(CLOCK_MONOTONIC, &deadline);
	deadline.tv_sec += timeout / 1000;
	deadline.tv_nsec += timeout % 1000 * 1000000;
	if (deadline.tv_nsec >= 1000000000) {
		deadline.tv_nsec -= 1000000000;
		deadline.tv_sec++;
	}
	fake_enter();
	app = find_app(handle);
	if (!app) {
		fake_leave();
		return LINEERR_INVALAPPHANDLE;
	}
	app->readers++;
	while (!app->first && !app->is_dead && err != ETIMEDOUT)
		err = timeout == INFINITE ? pthread_cond_wait(&changed, &lock) :
					    pthread_cond_timedwait(&changed, &lock, &deadline);
	message = app->is_dead ? NULL : app->first;
	if (message) {
		app->first = message->next;
		if (!app->first)
			app->last = NULL;
		if (message->out)
			*message->out = message->made;
		*out = message->body;
		free(message);
	} else {
		error = app->is_dead ? LINEERR_INVALAPPHANDLE : LINEERR_OPERATIONFAILED;
	}
	app->readers--;
	fake_leave();
	return error;
}

LONG WINAPI lineNegotiateAPIVersion(HLINEAPP handle, DWORD device, DWORD low, DWORD high,
				    LPDWORD version, LPLINEEXTENSIONID extension)
{
	LONG error = 0;

	(void)low;
	memset(extension, 0, sizeof(*extension));
	fake_enter();
	if (!find_app(handle))
		error = LINEERR_INVALAPPHANDLE;
	else if (device >= FAKE_DEVICES)
		error = LINEERR_BADDEVICEID;
	else if (fake.is_removed[device])
		error = LINEERR_NODEVICE;
	fake_leave();
	*version = high;
	return error;
}

LONG WINAPI lineOpenW(HLINEAPP handle, DWORD device, LPHLINE out, DWORD version, DWORD extension,
		      DWORD_PTR instance, DWORD privileges, DWORD media,
		      LPLINECALLPARAMS const parameters)
{
	struct app *app;
	struct line *line;
	LONG error = 0;

	(void)version;
	(void)extension;
	(void)parameters;
	fake_enter();
	app = find_app(handle);
	if (!app)
		error = LINEERR_INVALAPPHANDLE;
	else if (device >= FAKE_DEVICES)
		error = LINEERR_BADDEVICEID;
	else if (fake.is_removed[device])
		error = LINEERR_NODEVICE;
	else if ((privileges & LINECALLPRIVILEGE_OWNER) && (!media || (media & ~FAKE_MEDIA_MODES)))
		error = LINEERR_INVALMEDIAMODE;
	if (!error) {
		line = calloc(1, sizeof(*line));
		if (!line)
			abort();
		line->app = app;
		line->handle = ++last_handle;
		line->device = device;
		line->instance = instance;
		line->privileges = privileges;
		line->media = media;
		line->next = fake.lines;
		fake.lines = line;
		*out = line->handle;
	}
	fake_leave();
	return error;
}

/* As the library does: what was told of a line before it was closed from below has no out. */
static void disown(HLINE handle)
{
	struct message *message;
	struct app *app;

	for (app = fake.apps; app; app = app->next)
		for (message = app->first; message; message = message->next)
			if (message->line == handle)
				message->out = NULL;
}

LONG WINAPI lineClose(HLINE handle)
{
	struct line *line;

	fake_enter();
	line = find_line(handle);
	if (line)
		fake_end_line(line, false);
	else
		disown(handle);
	fake_leave();
	return line ? 0 : LINEERR_INVALLINEHANDLE;
}

LONG line_renounce(HLINE handle)
{
	struct line *line;

	fake_enter();
	line = find_line(handle);
	if (line)
		line->privileges = LINECALLPRIVILEGE_NONE;
	fake_leave();
	return line ? 0 : LINEERR_INVALLINEHANDLE;
}

LONG WINAPI lineSetStatusMessages(HLINE handle, DWORD line_states, DWORD address_states)
{
	LONG error;

	(void)line_states;
	(void)address_states;
	fake_enter();
	error = find_line(handle) ? 0 : LINEERR_INVALLINEHANDLE;
	fake_leave();
	return error;
}

/* The reply, and what follows it, by the number that was dialled. */
static LONG dial(struct line *line, LPHCALL out, LPCWSTR number)
{
	LONG id = ++last_request;
	struct line *owner = NULL;
	struct message *message;
	struct call *call;
	int i = 0;

	if (is_text(number, "silent"))
		return id;
	if (is_text(number, "wrong")) {
		tell_reply(line, id, fake.call_error);
		return id;
	}
	call = new_call(line, LINECALLSTATE_DIALING, LINECALLPRIVILEGE_OWNER);
	while (number[i] && i < 39) {
		call->called[i] = number[i];
		i++;
	}
	message = tell_reply(line, id, 0);
	message->out = out;
	message->made = call->handle;
	fake_tell_state(call, LINECALLSTATE_PROCEEDING, 0, LINECALLPRIVILEGE_OWNER);
	if (is_text(number, "100"))
		owner = fake_owner_of(0);
	else if (is_text(number, "200"))
		owner = fake_owner_of(1);
	if (owner) {
		call->peer = fake_offer_call(owner);
		call->peer->peer = call;
		fake_tell_state(call, LINECALLSTATE_RINGBACK, 0, 0);
	} else if (is_text(number, "ended")) {
		fake_tell_state(call, LINECALLSTATE_DISCONNECTED, fake.end_mode, 0);
	} else if (!is_text(number, "ringing")) {
		fake_tell_state(call, LINECALLSTATE_DISCONNECTED, LINEDISCONNECTMODE_BUSY, 0);
	}
	return id;
}

LONG WINAPI lineMakeCallW(HLINE handle, LPHCALL out, LPCWSTR number, DWORD country,
			  LPLINECALLPARAMS const parameters)
{
	struct line *line;
	LONG id;

	(void)country;
	(void)parameters;
	if (!number || is_text(number, "refused"))
		return LINEERR_CALLUNAVAIL;
	fake_enter();
	line = find_line(handle);
	id = line ? dial(line, out, number) : LINEERR_INVALLINEHANDLE;
	fake_leave();
	return id;
}

LONG WINAPI lineAnswer(HCALL handle, LPCSTR info, DWORD size)
{
	struct call *call;
	LONG id = 0;

	(void)info;
	(void)size;
	fake_enter();
	call = find_call(handle);
	if (!call)
		id = LINEERR_INVALCALLHANDLE;
	else if (call->state != LINECALLSTATE_OFFERING)
		id = LINEERR_INVALCALLSTATE;
	if (!id) {
		id = ++last_request;
		tell_reply(call->line, id, 0);
		fake_tell_state(call, LINECALLSTATE_CONNECTED, 1, 0);
		if (call->peer)
			fake_tell_state(call->peer, LINECALLSTATE_CONNECTED, 1, 0);
	}
	fake_leave();
	return id;
}

LONG WINAPI lineDrop(HCALL handle, LPCSTR info, DWORD size)
{
	struct call *call;
	LONG id = 0;

	(void)info;
	(void)size;
	fake_enter();
	pass();
	call = find_call(handle);
	if (!call)
		id = LINEERR_INVALCALLHANDLE;
	else if (call->state == LINECALLSTATE_IDLE)
		id = LINEERR_INVALCALLSTATE;
	else if (call->privilege != LINECALLPRIVILEGE_OWNER)
		id = LINEERR_NOTOWNER;
	if (!id) {
		id = ++last_request;
		tell_reply(call->line, id, fake.drop_error);
	}
	if (id > 0 && !fake.drop_error) {
		fake.drops++;
		hang_up(call);
		if (!fake.is_idle_held)
			fake_tell_state(call, LINECALLSTATE_IDLE, 0, 0);
	}
	fake.drop_error = 0;
	fake_leave();
	return id;
}

/* The first who opened the line, of those that are meant; not the giver himself. */
static LONG give_call(struct call *call, LPCWSTR file, DWORD media)
{
	struct line *line, *target = NULL;
	LONG error = LINEERR_TARGETNOTFOUND;

	if (call->privilege != LINECALLPRIVILEGE_OWNER)
		return LINEERR_NOTOWNER;
	if (file && !is_text(file, "program"))
		return error;
	for (line = fake.lines; line; line = line->next) {
		if (line->device != call->line->device ||
		    !(line->privileges & LINECALLPRIVILEGE_OWNER) ||
		    (!file && !(line->media & media)))
			continue;
		if (line->app != call->line->app)
			target = line;
		else if (!file)
			error = LINEERR_TARGETSELF;
	}
	if (!target)
		return error;
	fake_tell_state(fake_announce_call(target, LINECALLPRIVILEGE_OWNER), call->state, 1,
			LINECALLPRIVILEGE_OWNER);
	return 0;
}

LONG WINAPI lineHandoffW(HCALL handle, LPCWSTR file, DWORD media)
{
	struct call *call;
	LONG error;

	fake_enter();
	call = find_call(handle);
	if (!call)
		error = LINEERR_INVALCALLHANDLE;
	else
		error = give_call(call, file, media);
	fake_leave();
	return error;
}

LONG WINAPI lineDeallocateCall(HCALL handle)
{
	struct call *call;

	fake_enter();
	call = find_call(handle);
	if (call)
		end_call(call, false);
	fake_leave();
	return call ? 0 : LINEERR_INVALCALLHANDLE;
}

LONG WINAPI lineGetCallInfoW(HCALL handle, LPLINECALLINFO info)
{
	struct call *call;

	fake_enter();
	call = find_call(handle);
	if (call) {
		info->dwNeededSize = sizeof(*info) + sizeof(call->called);
		info->dwMediaMode = LINEMEDIAMODE_DIGITALDATA;
		info->dwAppSpecific = call->app_specific;
		info->dwNumOwners = 1;
		if (info->dwTotalSize >= info->dwNeededSize) {
			info->dwCalledIDSize = sizeof(call->called);
			info->dwCalledIDOffset = sizeof(*info);
			memcpy((char *)info + sizeof(*info), call->called, sizeof(call->called));
		}
	}
	fake_leave();
	return call ? 0 : LINEERR_INVALCALLHANDLE;
}

LONG WINAPI lineGetCallStatus(HCALL handle, LPLINECALLSTATUS status)
{
	struct call *call;

	fake_enter();
	call = find_call(handle);
	if (call)
		status->dwCallState = call->state;
	fake_leave();
	return call ? 0 : LINEERR_INVALCALLHANDLE;
}

LONG WINAPI lineSetAppSpecific(HCALL handle, DWORD value)
{
	struct call *call;

	fake_enter();
	call = find_call(handle);
	if (call)
		call->app_specific = value;
	fake_leave();
	return call ? 0 : LINEERR_INVALCALLHANDLE;
}

LONG WINAPI lineGetRequestW(HLINEAPP handle, DWORD mode, LPVOID buffer)
{
	LINEREQMAKECALLW *request = buffer;
	LONG error = LINEERR_NOREQUEST;
	struct app *app;

	(void)mode;
	fake_enter();
	app = find_app(handle);
	if (fake.request_error) {
		error = fake.request_error;
		fake.request_error = 0;
	} else if (app && app->requests) {
		app->requests--;
		memset(request, 0, sizeof(*request));
		request->szDestAddress[0] = '7';
		error = 0;
	}
	fake_leave();
	return error;
}
