// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Lines: opening and closing them.
 *
 * The kernel's cookie of a line is its HLINE.  So the line has its handle, and is in its
 * application's list, before NDPROXY_OPEN_LINE is asked for: an event of the line may be read by
 * another thread before that has returned, which may take as long as a call manager takes to
 * listen.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "calls.h"

/* All of TAPI 2.2. */
#define PRIVILEGES	(LINECALLPRIVILEGE_NONE | LINECALLPRIVILEGE_MONITOR | \
			 LINECALLPRIVILEGE_OWNER)
#define OPEN_OPTIONS	(LINEOPENOPTION_SINGLEADDRESS | LINEOPENOPTION_PROXY)

/**
 * struct opening - what lineOpen() was told, checked
 * @app: where
 * @version: of the interface
 * @instance: dwCallbackInstance
 * @privileges: LINECALLPRIVILEGE_*
 * @media_modes: with OWNER, else 0
 * @flags: LINEOPENOPTION_SINGLEADDRESS, or 0
 * @address: with it
 */
struct opening {
	struct app *app;
	DWORD version;
	DWORD_PTR instance;
	DWORD privileges;
	DWORD media_modes;
	DWORD flags;
	DWORD address;
};

static void line_free(struct object *object)
{
	struct line *line = (struct line *)object;

	app_put(line->app);
	free(line);
}

static void line_link(struct line *line)
{
	struct app *app = line->app;

	line->next = app->lines;
	if (line->next)
		line->next->previous = line;
	app->lines = line;
}

static void line_unlink(struct line *line)
{
	if (line->next)
		line->next->previous = line->previous;
	if (line->previous)
		line->previous->next = line->next;
	else
		line->app->lines = line->next;
}

bool line_kill(struct line *line)
{
	struct app *app = line->app;
	struct call *call, *next;

	if (!handle_take(&line->object))
		return false;
	atomic_store(&line->object.is_dead, true);
	line_unlink(line);
	HASH_ITER(by_kernel, app->calls, call, next) {
		if (call->line != line || !call_kill(call, true))
			continue;
		/* The table's. The kernel ends its handle with the line's. */
		call_put(call);
	}
	requests_forget(app, line, NULL);
	messages_purge(app, line->object.handle, 0);
	return true;
}

LONG line_refuse(const struct line *line, LONG error)
{
	struct ndproxy_line_status status = { .line_handle = line->kernel };

	return ioctl(line->app->fd, NDPROXY_GET_LINE_STATUS, &status) ?
	       error_of(OPERATION_LINE, errno) : error;
}

/* A line that the application does not know of yet; the caller has a reference. */
static struct line *line_new(const struct opening *opening, DWORD id, const struct device *device)
{
	struct line *line = calloc(1, sizeof(*line));

	if (!line)
		return NULL;
	object_hold(&opening->app->object);
	line->app = opening->app;
	line->device = id;
	line->adapter = device->adapter;
	line->number = device->line;
	line->address = opening->address;
	line->version = opening->version;
	line->instance = opening->instance;
	line->privileges = opening->privileges;
	line->media_modes = opening->media_modes;
	line->is_opening = true;
	if (!handle_new(&line->object, OBJECT_LINE, line_free))
		return line;
	line_free(&line->object);
	return NULL;
}

static LONG open_error(const struct opening *opening, int number)
{
	if (number == ENXIO && opening->flags & LINEOPENOPTION_SINGLEADDRESS)
		return LINEERR_INVALADDRESSID;
	return error_of(OPERATION_OPEN, number);
}

/* Ask the kernel, as often as a signal interrupts it: the interface knows none. */
static LONG open_kernel(const struct opening *opening, const struct line *line, __u32 *handle)
{
	struct ndproxy_open_line open;
	int err;

	do {
		memset(&open, 0, sizeof(open));
		open.cookie = line->object.handle;
		open.adapter = line->adapter;
		open.line = line->number;
		open.privileges = opening->privileges;
		open.media_modes = opening->media_modes;
		open.flags = opening->flags;
		open.address = opening->flags ? opening->address : 0;
		err = ioctl(opening->app->fd, NDPROXY_OPEN_LINE, &open) ? errno : 0;
	} while (err == EINTR && !atomic_load(&line->object.is_dead));
	*handle = open.line_handle;
	return err ? open_error(opening, err) : 0;
}

/* Why a line died while it was being opened. */
static LONG died_opening(const struct line *line)
{
	struct device device;
	LONG error;

	if (atomic_load(&line->app->object.is_dead))
		return LINEERR_INVALAPPHANDLE;
	error = device_find(line->app, line->device, &device);
	/* It was reset, say, or closed by who has seen its handle in a message. */
	return error ? error : LINEERR_RESOURCEUNAVAIL;
}

/*
 * The handle is written before the kernel is asked, so that who reads a message of the line finds
 * it at *@out; if there will be no line, what was there is put back.
 *
 * A line that is closed from below in this time was never open: LINE_CLOSE is not told, and the
 * error is.  From the moment is_opening is false, under app.lock, it is the other way round.
 */
static LONG open_device(const struct opening *opening, DWORD id, const struct device *device,
			HLINE *out)
{
	struct app *app = opening->app;
	HLINE before = *out;
	struct line *line;
	bool is_killed;
	__u32 handle;
	LONG error;

	line = line_new(opening, id, device);
	if (!line)
		return LINEERR_NOMEM;
	lock_take(&app->lock);
	if (atomic_load(&app->object.is_dead)) {
		lock_give(&app->lock);
		if (handle_take(&line->object))
			line_put(line);
		line_put(line);
		return LINEERR_INVALAPPHANDLE;
	}
	*out = line->object.handle;
	line_link(line);
	lock_give(&app->lock);

	error = open_kernel(opening, line, &handle);

	lock_take(&app->lock);
	is_killed = atomic_load(&line->object.is_dead);
	if (!is_killed && !error) {
		atomic_store(&line->kernel, handle);
		line->is_opening = false;
	} else if (!is_killed && line_kill(line)) {
		/* The table's. */
		line_put(line);
	}
	lock_give(&app->lock);

	if (is_killed)
		error = died_opening(line);
	if (error)
		*out = before;
	line_put(line);
	return error;
}

static LONG take_privileges(struct opening *opening, DWORD privileges, DWORD media_modes)
{
	DWORD options = privileges & OPEN_OPTIONS;

	privileges &= ~OPEN_OPTIONS;
	if (!privileges || privileges & ~PRIVILEGES ||
	    (privileges & LINECALLPRIVILEGE_NONE && privileges != LINECALLPRIVILEGE_NONE) ||
	    (options && opening->version < TAPI_VERSION_2_0))
		return LINEERR_INVALPRIVSELECT;
	/* There are no agents here whose requests could be handled. */
	if (options & LINEOPENOPTION_PROXY)
		return LINEERR_OPERATIONUNAVAIL;
	if (privileges & LINECALLPRIVILEGE_OWNER) {
		if (!media_modes || media_modes & ~NDPROXY_MEDIA_MODES)
			return LINEERR_INVALMEDIAMODE;
		opening->media_modes = media_modes;
	}
	opening->privileges = privileges;
	opening->flags = options;
	return 0;
}

/* LINEOPENOPTION_SINGLEADDRESS: whatever is wrong with the address has one name. */
static LONG take_single_address(struct opening *opening, const LINECALLPARAMS *params)
{
	if (!params || params->dwTotalSize < offsetof(LINECALLPARAMS, DialParams) ||
	    params->dwAddressMode != LINEADDRESSMODE_ADDRESSID)
		return LINEERR_INVALADDRESSID;
	opening->address = params->dwAddressID;
	return 0;
}

static bool has_address(const struct app *app, const struct ndproxy_line_caps *line,
			const char *origin)
{
	struct ndproxy_address_caps address;
	char digits[NDPROXY_NUMBER_SIZE];
	__u32 i;

	if (number_parse(origin, digits))
		return false;
	for (i = 0; i < line->num_addresses; i++) {
		memset(&address, 0, sizeof(address));
		address.adapter = line->adapter;
		address.line = line->line;
		address.address = i;
		if (!ioctl(app->fd, NDPROXY_GET_ADDRESS_CAPS, &address) &&
		    !strcmp(address.number, digits))
			return true;
	}
	return false;
}

/* Whether a device can do what LINEMAPPER is to find. */
static bool is_fit(const struct opening *opening, const struct device *device,
		   const struct call_params *params)
{
	struct ndproxy_line_caps line = { .adapter = device->adapter, .line = device->line };

	if (ioctl(opening->app->fd, NDPROXY_GET_LINE_CAPS, &line))
		return false;
	if ((opening->media_modes | params->media_mode) & ~line.media_modes)
		return false;
	if (params->min_rate > line.max_rate)
		return false;
	return !params->origin || has_address(opening->app, &line, params->origin);
}

/* LINEMAPPER: the first that can do it, and can be opened. */
static LONG open_any(const struct opening *opening, const struct call_params *params, HLINE *out)
{
	struct device device;
	LONG error;
	DWORD id;

	for (id = 0; ; id++) {
		error = device_find(opening->app, id, &device);
		if (error == LINEERR_BADDEVICEID)
			return LINEERR_LINEMAPPERFAILED;
		if (error || !is_fit(opening, &device, params))
			continue;
		error = open_device(opening, id, &device, out);
		switch (error) {
		case 0:
		case LINEERR_INVALAPPHANDLE:
		case LINEERR_REINIT:
		case LINEERR_NOMEM:
			return error;
		}
	}
}

static LONG line_open(HLINEAPP handle, DWORD id, HLINE *out, DWORD version, DWORD extension,
		      DWORD_PTR instance, DWORD privileges, DWORD media_modes,
		      const LINECALLPARAMS *params, bool is_wide)
{
	struct opening opening = { .version = version, .instance = instance };
	struct call_params *wanted = NULL;
	struct device device;
	LONG error;

	opening.app = app_get(handle, &error);
	if (!opening.app)
		return error;
	error = out ? 0 : LINEERR_INVALPOINTER;
	if (!error && id != LINEMAPPER)
		error = device_find(opening.app, id, &device);
	if (!error)
		error = version_check(version);
	if (!error && extension)
		error = LINEERR_INCOMPATIBLEEXTVERSION;
	if (!error)
		error = take_privileges(&opening, privileges, media_modes);
	if (!error && opening.flags)
		error = take_single_address(&opening, params);
	if (!error && id == LINEMAPPER)
		error = params ? call_params_parse(params, version, is_wide, &wanted) :
				 LINEERR_INVALPOINTER;
	if (!error)
		error = id == LINEMAPPER ? open_any(&opening, wanted, out) :
					   open_device(&opening, id, &device, out);
	call_params_free(wanted);
	app_put(opening.app);
	return error;
}

TAPI_EXPORT LONG WINAPI lineOpen(HLINEAPP hLineApp, DWORD dwDeviceID, LPHLINE lphLine,
				 DWORD dwAPIVersion, DWORD dwExtVersion,
				 DWORD_PTR dwCallbackInstance, DWORD dwPrivileges,
				 DWORD dwMediaModes, LPLINECALLPARAMS const lpCallParams)
{
	return line_open(hLineApp, dwDeviceID, lphLine, dwAPIVersion, dwExtVersion,
			 dwCallbackInstance, dwPrivileges, dwMediaModes, lpCallParams, false);
}

TAPI_EXPORT LONG WINAPI lineOpenA(HLINEAPP hLineApp, DWORD dwDeviceID, LPHLINE lphLine,
				  DWORD dwAPIVersion, DWORD dwExtVersion,
				  DWORD_PTR dwCallbackInstance, DWORD dwPrivileges,
				  DWORD dwMediaModes, LPLINECALLPARAMS const lpCallParams)
{
	return line_open(hLineApp, dwDeviceID, lphLine, dwAPIVersion, dwExtVersion,
			 dwCallbackInstance, dwPrivileges, dwMediaModes, lpCallParams, false);
}

TAPI_EXPORT LONG WINAPI lineOpenW(HLINEAPP hLineApp, DWORD dwDeviceID, LPHLINE lphLine,
				  DWORD dwAPIVersion, DWORD dwExtVersion,
				  DWORD_PTR dwCallbackInstance, DWORD dwPrivileges,
				  DWORD dwMediaModes, LPLINECALLPARAMS const lpCallParams)
{
	return line_open(hLineApp, dwDeviceID, lphLine, dwAPIVersion, dwExtVersion,
			 dwCallbackInstance, dwPrivileges, dwMediaModes, lpCallParams, true);
}

TAPI_EXPORT LONG WINAPI lineClose(HLINE hLine)
{
	struct ndproxy_handle handle = {};
	struct line *line;
	LONG error = 0;
	bool is_ours;

	line = line_get(hLine, &error);
	if (!line)
		return error;

	/*
	 * Closed from below: its LINE_CLOSE is in the kernel's queue, and to be told.  If that
	 * happens between here and the close, the close was first.
	 */
	if (line_refuse(line, 0)) {
		requests_disown(line);
		error = LINEERR_INVALLINEHANDLE;
		goto put_line;
	}

	/*
	 * Here first, so that what is still told of the line or its calls finds nothing (a new
	 * call whose first state is read later, say); then in the kernel, which drops its calls.
	 */
	lock_take(&line->app->lock);
	is_ours = line_kill(line);
	lock_give(&line->app->lock);
	if (is_ours) {
		handle.handle = line->kernel;
		ioctl(line->app->fd, NDPROXY_CLOSE_LINE, &handle);
		/* The table's. */
		line_put(line);
	} else {
		error = LINEERR_INVALLINEHANDLE;
	}
put_line:
	line_put(line);
	return error;
}
