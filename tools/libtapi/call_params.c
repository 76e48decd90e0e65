// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * LINECALLPARAMS: what an application asks of a call, checked to the last offset.
 *
 * What the device has no way to do is refused if somebody would rely on it (a secure call, a number
 * that is not shown, a flow specification); what is a hint is let be.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"

/* Known, and without a meaning where there are no telephones. */
#define HINTS	(LINECALLPARAMFLAGS_IDLE | LINECALLPARAMFLAGS_ORIGOFFHOOK | \
		 LINECALLPARAMFLAGS_DESTOFFHOOK)

/* Of all calls that are made without a LINECALLPARAMS; nobody writes into it. */
static struct call_params defaults;

void call_params_free(struct call_params *params)
{
	if (!params || params == &defaults)
		return;
	free(params->origin);
	free(params->displayable);
	free(params->called_party);
	free(params->comment);
	free(params);
}

DWORD call_bearer(DWORD bearer, DWORD media_modes)
{
	if (bearer)
		return bearer;
	return media_modes == LINEMEDIAMODE_DIGITALDATA ? LINEBEARERMODE_DATA :
							  LINEBEARERMODE_VOICE;
}

/* Whether a field of variable size is within the structure. */
static bool is_inside(const LINECALLPARAMS *from, DWORD size, DWORD offset)
{
	return !size || (offset <= from->dwTotalSize && size <= from->dwTotalSize - offset);
}

/* A string of the application's: *@text is to be freed, NULL if there is none. */
static LONG take_text(const LINECALLPARAMS *from, DWORD size, DWORD offset, bool is_wide,
		      char **text)
{
	if (!is_inside(from, size, offset))
		return LINEERR_INVALCALLPARAMS;
	if (!size)
		return 0;
	*text = text_from_bytes((const char *)from + offset, size, is_wide);
	if (*text)
		return 0;
	return errno == EILSEQ ? LINEERR_INVALCALLPARAMS : LINEERR_NOMEM;
}

static LONG take_texts(const LINECALLPARAMS *from, bool is_wide, struct call_params *params)
{
	LONG error;

	error = take_text(from, from->dwDisplayableAddressSize, from->dwDisplayableAddressOffset,
			  is_wide, &params->displayable);
	if (!error)
		error = take_text(from, from->dwCalledPartySize, from->dwCalledPartyOffset,
				  is_wide, &params->called_party);
	if (!error)
		error = take_text(from, from->dwCommentSize, from->dwCommentOffset, is_wide,
				  &params->comment);
	return error;
}

static LONG take_address(const LINECALLPARAMS *from, bool is_wide, struct call_params *params)
{
	LONG error;

	params->address_mode = from->dwAddressMode;
	switch (from->dwAddressMode) {
	case 0:
		return 0;
	case LINEADDRESSMODE_ADDRESSID:
		params->address = from->dwAddressID;
		return 0;
	case LINEADDRESSMODE_DIALABLEADDR:
		error = take_text(from, from->dwOrigAddressSize, from->dwOrigAddressOffset,
				  is_wide, &params->origin);
		if (!error && !params->origin)
			error = LINEERR_INVALADDRESS;
		return error;
	default:
		return LINEERR_INVALADDRESSMODE;
	}
}

static LONG take_calling(const LINECALLPARAMS *from, bool is_wide, struct call_params *params)
{
	char *text = NULL;
	LONG error;

	error = take_text(from, from->dwCallingPartyIDSize, from->dwCallingPartyIDOffset, is_wide,
			  &text);
	if (error || !text)
		return error;
	error = number_parse(text, params->calling);
	free(text);
	return error ? LINEERR_INVALCALLPARAMS : 0;
}

static LONG take_mode(const LINECALLPARAMS *from, struct call_params *params)
{
	if (from->dwBearerMode && !is_one_bit(from->dwBearerMode))
		return LINEERR_INVALBEARERMODE;
	if (from->dwBearerMode > LINEBEARERMODE_RESTRICTEDDATA)
		return LINEERR_INVALBEARERMODE;
	if (from->dwBearerMode & ~DEVICE_BEARER_MODES)
		return LINEERR_BEARERMODEUNAVAIL;
	if (from->dwMediaMode && !is_one_bit(from->dwMediaMode))
		return LINEERR_INVALMEDIAMODE;
	if (from->dwMediaMode & ~NDPROXY_MEDIA_MODES)
		return LINEERR_INVALMEDIAMODE;
	if (from->dwMaxRate && from->dwMinRate > from->dwMaxRate)
		return LINEERR_INVALRATE;
	if (from->dwCallParamFlags & ~HINTS)
		return LINEERR_INVALCALLPARAMS;
	params->bearer = from->dwBearerMode;
	params->media_mode = from->dwMediaMode;
	params->min_rate = from->dwMinRate;
	params->max_rate = from->dwMaxRate;
	params->flags = from->dwCallParamFlags;
	return 0;
}

/*
 * What is handed on to nobody: a compatibility or the device's own bytes, as long as they are
 * there.
 */
static LONG check_unused(const LINECALLPARAMS *from)
{
	if (!is_inside(from, from->dwUserUserInfoSize, from->dwUserUserInfoOffset))
		return LINEERR_INVALCALLPARAMS;
	if (from->dwUserUserInfoSize)
		return LINEERR_USERUSERINFOTOOBIG;
	if (!is_inside(from, from->dwHighLevelCompSize, from->dwHighLevelCompOffset) ||
	    !is_inside(from, from->dwLowLevelCompSize, from->dwLowLevelCompOffset) ||
	    !is_inside(from, from->dwDevSpecificSize, from->dwDevSpecificOffset))
		return LINEERR_INVALCALLPARAMS;
	return 0;
}

static LONG check_unused_2_0(const LINECALLPARAMS *from)
{
	if (!is_inside(from, from->dwTargetAddressSize, from->dwTargetAddressOffset) ||
	    !is_inside(from, from->dwDeviceClassSize, from->dwDeviceClassOffset) ||
	    !is_inside(from, from->dwDeviceConfigSize, from->dwDeviceConfigOffset))
		return LINEERR_INVALCALLPARAMS;
	/* The largest sizes, and the longest time, are 0 in the capabilities. */
	if (from->dwSendingFlowspecSize || from->dwReceivingFlowspecSize ||
	    from->dwCallDataSize || from->dwNoAnswerTimeout)
		return LINEERR_INVALCALLPARAMS;
	return 0;
}

LONG call_params_parse(const LINECALLPARAMS *from, DWORD version, bool is_wide,
		       struct call_params **params)
{
	bool is_2_0 = version >= TAPI_VERSION_2_0;
	struct call_params *made;
	LONG error;

	if (!from) {
		*params = &defaults;
		return 0;
	}
	if (from->dwTotalSize < (is_2_0 ? sizeof(*from) :
				 offsetof(LINECALLPARAMS, dwPredictiveAutoTransferStates)))
		return LINEERR_STRUCTURETOOSMALL;
	made = malloc(sizeof(*made));
	if (!made)
		return LINEERR_NOMEM;
	*made = defaults;
	error = take_mode(from, made);
	if (!error)
		error = take_address(from, is_wide, made);
	if (!error)
		error = take_texts(from, is_wide, made);
	if (!error)
		error = check_unused(from);
	if (!error && is_2_0)
		error = check_unused_2_0(from);
	if (!error && is_2_0)
		error = take_calling(from, is_wide, made);
	if (error)
		call_params_free(made);
	else
		*params = made;
	return error;
}
