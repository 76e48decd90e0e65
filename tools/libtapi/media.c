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

/**
 * lineSetMediaMode() - say what media a call has
 * @hCall: call, of an owner, in any state
 * @dwMediaModes: one LINEMEDIAMODE_*, or LINEMEDIAMODE_UNKNOWN and those that it may be
 *
 * The other applications that have the call hear LINE_CALLINFO; the network does not.
 *
 * Return: 0; LINEERR_INVALCALLHANDLE, LINEERR_NOTOWNER, LINEERR_INVALMEDIAMODE,
 * LINEERR_UNINITIALIZED
 */
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

/**
 * lineSetAppSpecific() - attach a number to a call
 * @hCall: call, of an owner, in any state
 * @dwAppSpecific: what the applications have agreed on
 *
 * All applications that have the call see it by lineGetCallInfo(), and the others hear
 * LINE_CALLINFO.
 *
 * Return: 0; LINEERR_INVALCALLHANDLE, LINEERR_NOTOWNER, LINEERR_UNINITIALIZED
 */
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
