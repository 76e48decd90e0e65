// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What applications say of a call, to each other.
 */
#include <errno.h>

#include "calls.h"

static LONG set_call_info(struct call *call, struct ndproxy_set_call_info *set)
{
	int number;

	set->call = call->kernel;
	number = call_ioctl(call, NDPROXY_SET_CALL_INFO, set);
	return number == EOPNOTSUPP ? LINEERR_INVALMEDIAMODE : result_of(OPERATION_CALL, number);
}

/* One mode that is known, or several that it may be, of which UNKNOWN is one. */
static bool are_media_modes(DWORD modes)
{
	if (modes & ~NDPROXY_MEDIA_MODES)
		return false;
	return is_one_bit(modes) || (modes & LINEMEDIAMODE_UNKNOWN);
}

TAPI_EXPORT LONG WINAPI lineSetMediaMode(HCALL hCall, DWORD dwMediaModes)
{
	struct ndproxy_set_call_info set = {
		.flags = NDPROXY_CALL_INFO_MEDIA_MODES,
		.media_modes = dwMediaModes,
	};
	struct call *call;
	LONG error;

	call = call_get(hCall, &error);
	if (!call)
		return error;
	error = are_media_modes(dwMediaModes) ? set_call_info(call, &set) :
		call_refuse(call, true, 0, LINEERR_INVALMEDIAMODE);
	call_put(call);
	return error;
}

TAPI_EXPORT LONG WINAPI lineSetAppSpecific(HCALL hCall, DWORD dwAppSpecific)
{
	struct ndproxy_set_call_info set = {
		.flags = NDPROXY_CALL_INFO_APP_SPECIFIC,
		.app_specific = dwAppSpecific,
	};
	struct call *call;
	LONG error;

	call = call_get(hCall, &error);
	if (!call)
		return error;
	error = set_call_info(call, &set);
	call_put(call);
	return error;
}
