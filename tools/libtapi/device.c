// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Line devices: which there are, and under which number an application knows them.
 *
 * A number stands for one line of one adapter as long as the application lives.  An adapter that is
 * reset or paused keeps its numbers; one that is removed leaves them behind (LINEERR_NODEVICE), and
 * what comes gets new ones.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "internal.h"

LONG device_find(struct app *app, DWORD id, struct device *device)
{
	LONG error = 0;

	lock_take(&app->lock);
	if (id >= app->num_devices)
		error = LINEERR_BADDEVICEID;
	else if (app->devices[id].is_gone)
		error = LINEERR_NODEVICE;
	else
		*device = app->devices[id];
	lock_give(&app->lock);
	return error;
}

int64_t device_id(const struct app *app, __u32 adapter, __u32 line)
{
	DWORD id;

	for (id = 0; id < app->num_devices; id++)
		if (app->devices[id].adapter == adapter && app->devices[id].line == line &&
		    !app->devices[id].is_gone)
			return id;
	return -1;
}

/* Whether there is memory for so many more. */
static bool devices_reserve(struct app *app, DWORD more)
{
	DWORD room = app->room_for_devices;
	struct device *devices;

	if (more <= room - app->num_devices)
		return true;
	while (more > room - app->num_devices) {
		if (room > UINT32_MAX / sizeof(*devices) / 2)
			return false;
		room = room ? 2 * room : 16;
	}
	devices = realloc(app->devices, room * sizeof(*devices));
	if (!devices)
		return false;
	app->devices = devices;
	app->room_for_devices = room;
	return true;
}

/* The lines of an adapter: those that are known stay what they are. */
static LONG adapter_lines(struct app *app, __u32 adapter, __u32 num_lines, bool tell)
{
	__u32 line;
	DWORD id;

	for (line = 0; line < num_lines; line++) {
		if (device_id(app, adapter, line) >= 0)
			continue;
		if (!devices_reserve(app, 1))
			return LINEERR_NOMEM;
		id = app->num_devices++;
		app->devices[id] = (struct device){ .adapter = adapter, .line = line };
		if (tell)
			event_device_created(app, id);
	}
	return 0;
}

/*
 * An adapter is gone: first the end of each line that is open on it (A program that hears
 * LINE_REMOVE has nothing of the device any more), then the devices.  The kernel tells of the lines
 * as well, at the same time or later; what comes later finds no line.
 */
static void adapter_gone(struct app *app, __u32 adapter)
{
	struct line *line, *next;
	DWORD id;

	for (line = app->lines; line; line = next) {
		next = line->next;
		if (line->adapter == adapter)
			event_line_closed(app, line, true);
	}
	for (id = 0; id < app->num_devices; id++) {
		if (app->devices[id].adapter != adapter || app->devices[id].is_gone)
			continue;
		app->devices[id].is_gone = true;
		event_device_removed(app, id);
	}
}

void devices_created(struct app *app, const struct ndproxy_event *event)
{
	/* What was seen by enumerating is told all the same: it is known by now. */
	if (adapter_lines(app, event->adapter, event->lines.num_lines, true))
		app->lost++;
}

void devices_removed(struct app *app, const struct ndproxy_event *event)
{
	adapter_gone(app, event->adapter);
}

/* The adapter of a device that is not gone, but is no adapter any more; false: there is none. */
static bool find_stale(struct app *app, __u32 *adapter)
{
	struct ndproxy_adapter caps = {};
	DWORD id;

	for (id = 0; id < app->num_devices; id++) {
		if (app->devices[id].is_gone || app->devices[id].adapter == caps.adapter)
			continue;
		memset(&caps, 0, sizeof(caps));
		caps.adapter = app->devices[id].adapter;
		*adapter = caps.adapter;
		if (ioctl(app->fd, NDPROXY_GET_ADAPTER_CAPS, &caps) && errno == ENODEV)
			return true;
	}
	return false;
}

LONG devices_read(struct app *app, bool tell)
{
	struct ndproxy_adapter caps = {};
	__u32 last = 0;
	LONG error;

	if (tell)
		while (find_stale(app, &last))
			adapter_gone(app, last);

	for (last = 0; ; last = caps.adapter) {
		memset(&caps, 0, sizeof(caps));
		caps.adapter = last;
		if (ioctl(app->fd, NDPROXY_ENUM_ADAPTER, &caps))
			return errno == ENOENT ? 0 : error_of(OPERATION_SESSION, errno);
		if (!(caps.flags & NDPROXY_ADAPTER_READY))
			continue;
		error = adapter_lines(app, caps.adapter, caps.num_lines, tell);
		if (error)
			return error;
	}
}

LONG version_check(DWORD version)
{
	switch (version) {
	case TAPI_VERSION_1_3:
	case TAPI_VERSION_1_4:
	case TAPI_VERSION_2_0:
	case TAPI_VERSION_2_1:
	case TAPI_VERSION_2_2:
		return 0;
	default:
		return LINEERR_INCOMPATIBLEAPIVERSION;
	}
}

/* The highest of ours in a range, 0: none. */
static DWORD version_in(DWORD low, DWORD high)
{
	static const DWORD versions[] = {
		TAPI_VERSION_2_2, TAPI_VERSION_2_1, TAPI_VERSION_2_0, TAPI_VERSION_1_4,
		TAPI_VERSION_1_3,
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(versions); i++)
		if (versions[i] >= low && versions[i] <= high)
			return versions[i];
	return 0;
}

TAPI_EXPORT LONG WINAPI lineNegotiateAPIVersion(HLINEAPP hLineApp, DWORD dwDeviceID,
						DWORD dwAPILowVersion, DWORD dwAPIHighVersion,
						LPDWORD lpdwAPIVersion,
						LPLINEEXTENSIONID lpExtensionID)
{
	struct device device;
	struct app *app;
	DWORD version;
	LONG error;

	app = app_get(hLineApp, &error);
	if (!app)
		return error;
	if (!lpdwAPIVersion || !lpExtensionID) {
		error = LINEERR_INVALPOINTER;
		goto put_app;
	}
	error = device_find(app, dwDeviceID, &device);
	if (error)
		goto put_app;
	version = version_in(dwAPILowVersion, dwAPIHighVersion);
	if (!version) {
		error = LINEERR_INCOMPATIBLEAPIVERSION;
		goto put_app;
	}

	/* Who began with lineInitialize() says only here what it knows. */
	lock_take(&app->lock);
	if (app->version < version)
		app->version = version;
	lock_give(&app->lock);
	*lpdwAPIVersion = version;
	memset(lpExtensionID, 0, sizeof(*lpExtensionID));
put_app:
	app_put(app);
	return error;
}

TAPI_EXPORT LONG WINAPI lineNegotiateExtVersion(HLINEAPP hLineApp, DWORD dwDeviceID,
						DWORD dwAPIVersion, DWORD dwExtLowVersion,
						DWORD dwExtHighVersion, LPDWORD lpdwExtVersion)
{
	struct device device;
	struct app *app;
	LONG error;

	(void)dwExtLowVersion;
	(void)dwExtHighVersion;
	app = app_get(hLineApp, &error);
	if (!app)
		return error;
	error = lpdwExtVersion ? device_find(app, dwDeviceID, &device) : LINEERR_INVALPOINTER;
	if (!error)
		error = version_check(dwAPIVersion);
	app_put(app);
	return error ? error : LINEERR_OPERATIONUNAVAIL;
}
