// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Calls are made, taken and ended.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "calls.h"

/* The code of a country has three digits at most; there is no other use for it here. */
#define COUNTRY_CODE_MAX	999

/*
 * Making a call
 */

/* The media mode of a call that nobody has named one for, as far as the line has it. */
static __u32 default_media_mode(__u32 media_modes)
{
	static const __u32 preferred[] = {
		LINEMEDIAMODE_INTERACTIVEVOICE, LINEMEDIAMODE_DIGITALDATA,
		LINEMEDIAMODE_DATAMODEM, LINEMEDIAMODE_UNKNOWN,
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(preferred); i++)
		if (media_modes & preferred[i])
			return preferred[i];
	return media_modes & -media_modes;
}

/* The address of the line with that number. */
static LONG find_origin(const struct line *line, __u32 num_addresses, const char *origin,
			__u32 *address)
{
	struct ndproxy_address_caps caps;
	char digits[NDPROXY_NUMBER_SIZE];
	__u32 i;

	if (number_parse(origin, digits))
		return LINEERR_INVALADDRESS;
	for (i = 0; i < num_addresses; i++) {
		memset(&caps, 0, sizeof(caps));
		caps.adapter = line->adapter;
		caps.line = line->number;
		caps.address = i;
		if (ioctl(line->app->fd, NDPROXY_GET_ADDRESS_CAPS, &caps))
			return error_of(OPERATION_MAKE_CALL, errno);
		if (!strcmp(caps.number, digits)) {
			*address = i;
			return 0;
		}
	}
	return LINEERR_INVALADDRESS;
}

/*
 * What only the line's capabilities answer; they are asked for only if something depends on them.
 */
static LONG fit_to_line(const struct line *line, const struct call_params *params,
			struct ndproxy_make_call *make)
{
	struct ndproxy_line_caps caps = { .adapter = line->adapter, .line = line->number };

	if (params->media_mode && !params->min_rate && !params->origin)
		return 0;
	if (ioctl(line->app->fd, NDPROXY_GET_LINE_CAPS, &caps))
		return error_of(OPERATION_MAKE_CALL, errno);
	if (!params->media_mode)
		make->media_modes = default_media_mode(caps.media_modes);
	if (params->min_rate > caps.max_rate)
		return LINEERR_RATEUNAVAIL;
	if (params->origin)
		return find_origin(line, caps.num_addresses, params->origin, &make->address);
	return 0;
}

/* All that can be wrong with the arguments: the kernel's command from them. */
static LONG make_call_check(const struct line *line, const char *destination, DWORD country,
			    const struct call_params *params, struct ndproxy_make_call *make)
{
	LONG error;

	if (country > COUNTRY_CODE_MAX)
		return LINEERR_INVALCOUNTRYCODE;
	/* No number at all: there is no dial tone to stop at, for lineDial() to go on from. */
	error = number_parse(destination ?: "", make->called);
	if (error)
		return error;
	make->line_handle = line->kernel;
	make->media_modes = params->media_mode;
	make->address = params->address_mode == LINEADDRESSMODE_ADDRESSID ? params->address :
									    line->address;
	memcpy(make->calling, params->calling, sizeof(make->calling));
	return fit_to_line(line, params, make);
}

/*
 * The reply may be read by another thread before the ioctl has returned here: it knows the call by
 * the request, binds it to the kernel's handle, and it may even be deallocated by then.  Or the
 * line is closed in between, by the application or from below: its calls are killed by the kernel's
 * handle, and this one has none yet.  So it is killed here; the request was forgotten, or answered,
 * with the line.
 */
static LONG make_call_finish(struct call *call, __u32 kernel, LONG id)
{
	struct line *line = call->line;
	struct app *app = line->app;
	bool killed = false, is_lost;

	lock_take(&app->lock);
	is_lost = !call->kernel && atomic_load(&line->object.is_dead);
	if (!is_lost && !call_bind(call, kernel)) {
		id = LINEERR_NOMEM;
		is_lost = true;
	}
	if (is_lost) {
		killed = call_kill(call, true);
		/* For call_end(); a dead call is found by nobody. */
		call->kernel = kernel;
	}
	lock_give(&app->lock);
	if (killed)
		call_end(call);
	return id;
}

/* The kernel has refused: nobody was told of the call, and there is no reply. */
static void make_call_undo(struct call *call)
{
	struct app *app = call->line->app;
	bool killed;

	lock_take(&app->lock);
	killed = call_kill(call, true);
	lock_give(&app->lock);
	if (killed)
		call_end(call);
}

static LONG make_call_start(struct line *line, LPHCALL out, struct ndproxy_make_call *make,
			    struct call_params *params)
{
	struct call *call;
	LONG id;

	call = call_new(line);
	if (!call) {
		call_params_free(params);
		return LINEERR_NOMEM;
	}
	atomic_store(&call->is_tentative, true);
	call->params = params;
	id = request_new(line, call, out);
	if (id > 0) {
		make->cookie = id;
		if (ioctl(line->app->fd, NDPROXY_MAKE_CALL, make)) {
			int number = errno;

			if (request_undo(line->app, id))
				id = error_of(OPERATION_MAKE_CALL, number);
			make_call_undo(call);
		} else {
			id = make_call_finish(call, make->call, id);
		}
	} else {
		make_call_undo(call);
	}
	call_put(call);
	return id;
}

static LONG make_call(HLINE hLine, LPHCALL out, const char *destination, DWORD country,
		      const LINECALLPARAMS *from, bool is_wide)
{
	struct ndproxy_make_call make = {};
	struct call_params *params = NULL;
	struct line *line;
	LONG error;

	line = line_get(hLine, &error);
	if (!line)
		return error;
	error = out ? call_params_parse(from, line->version, is_wide, &params) :
		LINEERR_INVALPOINTER;
	if (!error)
		error = make_call_check(line, destination, country, params, &make);
	if (!error) {
		error = make_call_start(line, out, &make, params);
	} else {
		error = line_refuse(line, error);
		call_params_free(params);
	}
	line_put(line);
	return error;
}

TAPI_EXPORT LONG WINAPI lineMakeCallA(HLINE hLine, LPHCALL lphCall, LPCSTR lpszDestAddress,
				      DWORD dwCountryCode, LPLINECALLPARAMS const lpCallParams)
{
	return make_call(hLine, lphCall, lpszDestAddress, dwCountryCode, lpCallParams, false);
}

TAPI_EXPORT LONG WINAPI lineMakeCall(HLINE hLine, LPHCALL lphCall, LPCSTR lpszDestAddress,
				     DWORD dwCountryCode, LPLINECALLPARAMS const lpCallParams)
{
	return make_call(hLine, lphCall, lpszDestAddress, dwCountryCode, lpCallParams, false);
}

TAPI_EXPORT LONG WINAPI lineMakeCallW(HLINE hLine, LPHCALL lphCall, LPCWSTR lpszDestAddress,
				      DWORD dwCountryCode, LPLINECALLPARAMS const lpCallParams)
{
	char *destination = lpszDestAddress ? text_from_wide(lpszDestAddress) : NULL;
	LONG result;

	if (lpszDestAddress && !destination && errno != EILSEQ)
		return LINEERR_NOMEM;
	/* What is not UTF-16 is no address: as none at all. */
	result = make_call(hLine, lphCall, destination, dwCountryCode, lpCallParams, true);
	free(destination);
	return result;
}

/*
 * Requests about a call
 */

/*
 * The device carries nothing from user to user, so that any is too much.  The bytes are not looked
 * at; the size is, if there is a pointer.
 */
static LONG call_request(HCALL hCall, unsigned long command, DWORD feature, LPCSTR info, DWORD size)
{
	struct ndproxy_request ask = {};
	struct call *call;
	int number;
	LONG id;

	call = call_get(hCall, &id);
	if (!call)
		return id;
	if (info && size)
		id = call_refuse(call, true, feature, LINEERR_USERUSERINFOTOOBIG);
	else
		id = request_new(call->line, call, NULL);
	if (id > 0) {
		ask.cookie = id;
		ask.call = call->kernel;
		number = call_ioctl(call, command, &ask);
		if (number && request_undo(call->line->app, id))
			id = result_of(OPERATION_CALL, number);
	}
	call_put(call);
	return id;
}

TAPI_EXPORT LONG WINAPI lineAccept(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize)
{
	return call_request(hCall, NDPROXY_ACCEPT, LINECALLFEATURE_ACCEPT, lpsUserUserInfo, dwSize);
}

TAPI_EXPORT LONG WINAPI lineAnswer(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize)
{
	return call_request(hCall, NDPROXY_ANSWER, LINECALLFEATURE_ANSWER, lpsUserUserInfo, dwSize);
}

TAPI_EXPORT LONG WINAPI lineDrop(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize)
{
	return call_request(hCall, NDPROXY_DROP, LINECALLFEATURE_DROP, lpsUserUserInfo, dwSize);
}
