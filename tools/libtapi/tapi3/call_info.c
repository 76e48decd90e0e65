// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What is known of a call: ITCallInfo.
 *
 * Before Connect() it is what was put there; afterwards it is what lineGetCallInfo() says.
 */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

#define INFO_SIZE 1024

T3_DISPATCH(info, ITCallInfo, call, info)

static struct call *call_of(ITCallInfo *self)
{
	return t3_container_of(self, struct call, info);
}

static HRESULT may_begin(ITCallInfo *self, const void *out)
{
	if (!out)
		return E_POINTER;
	return t3_session_is_over(call_of(self)->session) ? TAPI_E_NOT_INITIALIZED : S_OK;
}

/* Its handle, or what is left of it, to be freed. */
static HRESULT get_handle(struct call *call, HCALL *handle, LINECALLINFO **left)
{
	HRESULT result = S_OK;

	*left = NULL;
	pthread_mutex_lock(&call->session->lock);
	*handle = call->handle;
	if (call->left) {
		*left = malloc(call->left->dwTotalSize);
		if (*left)
			memcpy(*left, call->left, call->left->dwTotalSize);
		else
			result = E_OUTOFMEMORY;
	} else if (!call->handle) {
		result = TAPI_E_INVALCALLSTATE;
	}
	pthread_mutex_unlock(&call->session->lock);
	return result;
}

HRESULT t3_call_query(struct call *call, LINECALLINFO **out)
{
	HCALL handle, before = 0;
	DWORD size = INFO_SIZE;
	LINECALLINFO *info;
	HRESULT result;
	LONG error;

	for (;;) {
		result = get_handle(call, &handle, out);
		if (FAILED(result) || *out)
			return result;
		info = calloc(1, size);
		if (!info)
			return E_OUTOFMEMORY;
		info->dwTotalSize = size;
		error = lineGetCallInfoW(handle, info);
		if (!error && info->dwNeededSize <= size)
			break;
		size = error ? size : info->dwNeededSize;
		free(info);
		/* It may have become idle just now: then that is left. */
		if (error && (error != LINEERR_INVALCALLHANDLE || handle == before))
			return t3_failure(error);
		before = handle;
	}
	*out = info;
	return S_OK;
}

static HRESULT WINAPI get_address(ITCallInfo *self, ITAddress **out)
{
	struct address *address = call_of(self)->address;
	HRESULT result = may_begin(self, out);

	if (out)
		*out = NULL;
	if (FAILED(result))
		return result;
	t3_hold(&address->object);
	*out = &address->iaddress;
	return S_OK;
}

static HRESULT WINAPI get_state(ITCallInfo *self, CALL_STATE *out)
{
	struct call *call = call_of(self);
	HRESULT result = may_begin(self, out);

	if (FAILED(result))
		return result;
	pthread_mutex_lock(&call->session->lock);
	*out = call->state;
	pthread_mutex_unlock(&call->session->lock);
	return S_OK;
}

static HRESULT WINAPI get_privilege(ITCallInfo *self, CALL_PRIVILEGE *out)
{
	struct call *call = call_of(self);
	HRESULT result = may_begin(self, out);

	if (FAILED(result))
		return result;
	pthread_mutex_lock(&call->session->lock);
	*out = call->privilege;
	pthread_mutex_unlock(&call->session->lock);
	return S_OK;
}

static HRESULT WINAPI get_hub(ITCallInfo *self, ITCallHub **out)
{
	struct hub *hub = call_of(self)->hub;
	HRESULT result = may_begin(self, out);

	if (out)
		*out = NULL;
	if (FAILED(result))
		return result;
	t3_hold(&hub->object);
	*out = &hub->ihub;
	return S_OK;
}

/*
 * Numbers: where they are in the two structures. What is in the parameters can be put before
 * Connect().
 */
struct number {
	CALLINFO_LONG number;
	bool is_in_info;
	size_t info;
	bool is_in_parameters;
	size_t parameters;
};

#define INFO(member)		.is_in_info = true, .info = offsetof(LINECALLINFO, member)
#define PARAMETER(member)	.is_in_parameters = true, \
				.parameters = offsetof(LINECALLPARAMS, member)

static const struct number numbers[] = {
	{ CIL_BEARERMODE, INFO(dwBearerMode), PARAMETER(dwBearerMode) },
	{ CIL_ORIGIN, INFO(dwOrigin) },
	{ CIL_REASON, INFO(dwReason) },
	{ CIL_APPSPECIFIC, INFO(dwAppSpecific) },
	{ CIL_CALLPARAMSFLAGS, INFO(dwCallParamFlags), PARAMETER(dwCallParamFlags) },
	{ CIL_CALLTREATMENT, INFO(dwCallTreatment) },
	{ CIL_MINRATE, INFO(dwRate), PARAMETER(dwMinRate) },
	{ CIL_MAXRATE, INFO(dwRate), PARAMETER(dwMaxRate) },
	{ CIL_CALLID, INFO(dwCallID) },
	{ CIL_RELATEDCALLID, INFO(dwRelatedCallID) },
	{ CIL_COMPLETIONID, INFO(dwCompletionID) },
	{ CIL_NUMBEROFOWNERS, INFO(dwNumOwners) },
	{ CIL_NUMBEROFMONITORS, INFO(dwNumMonitors) },
	{ CIL_TRUNK, INFO(dwTrunk) },
	{ CIL_RATE, INFO(dwRate) },
	{ CIL_GENERATEDIGITDURATION, INFO(DialParams.dwDigitDuration),
	  PARAMETER(DialParams.dwDigitDuration) },
	{ CIL_MONITORDIGITMODES, INFO(dwMonitorDigitModes) },
	{ CIL_MONITORMEDIAMODES, INFO(dwMonitorMediaModes) },
};

static const struct number *number_of(CALLINFO_LONG which)
{
	size_t i;

	for (i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		if (numbers[i].number == which)
			return &numbers[i];
	return NULL;
}

/* Before Connect(); session.lock held. */
static HRESULT get_put_number(const struct call *call, CALLINFO_LONG which, LONG *out)
{
	const struct number *number = number_of(which);

	switch (which) {
	case CIL_MEDIATYPESAVAILABLE:
		*out = t3_media_types(call->media);
		return S_OK;
	case CIL_CALLEDIDADDRESSTYPE:
		*out = LINEADDRESSTYPE_PHONENUMBER;
		return S_OK;
	case CIL_COUNTRYCODE:
		*out = call->country;
		return S_OK;
	default:
		break;
	}
	if (!number || !number->is_in_parameters)
		return TAPI_E_INVALCALLSTATE;
	*out = *(const DWORD *)((const char *)&call->parameters + number->parameters);
	return S_OK;
}

static HRESULT get_told_number(struct call *call, CALLINFO_LONG which, LONG *out)
{
	const struct number *number = number_of(which);
	LINECALLINFO *info;
	HRESULT result;

	result = t3_call_query(call, &info);
	if (FAILED(result))
		return result;
	if (which == CIL_MEDIATYPESAVAILABLE)
		*out = t3_media_types(info->dwMediaMode);
	else if (which == CIL_COUNTRYCODE)
		*out = info->dwCountryCode;
	else if (number && number->is_in_info)
		*out = *(const DWORD *)((const char *)info + number->info);
	else
		*out = LINEADDRESSTYPE_PHONENUMBER;
	free(info);
	return S_OK;
}

static HRESULT WINAPI get_long(ITCallInfo *self, CALLINFO_LONG which, LONG *out)
{
	struct call *call = call_of(self);
	HRESULT result = may_begin(self, out);
	bool is_idle;

	if (FAILED(result))
		return result;
	if ((int)which < CIL_MEDIATYPESAVAILABLE || (int)which > CIL_MONITORMEDIAMODES)
		return E_INVALIDARG;
	pthread_mutex_lock(&call->session->lock);
	is_idle = call->state == CS_IDLE && !call->handle;
	if (is_idle)
		result = get_put_number(call, which, out);
	pthread_mutex_unlock(&call->session->lock);
	return is_idle ? result : get_told_number(call, which, out);
}

/* session.lock held. */
static HRESULT put_long_locked(struct call *call, CALLINFO_LONG which, LONG value)
{
	const struct number *number = number_of(which);
	DWORD modes;

	if (call->session->is_over)
		return TAPI_E_NOT_INITIALIZED;
	if (which == CIL_APPSPECIFIC) {
		if (!call->handle)
			return TAPI_E_INVALCALLSTATE;
		return t3_result(lineSetAppSpecific(call->handle, value));
	}
	if (which != CIL_MEDIATYPESAVAILABLE && which != CIL_COUNTRYCODE &&
	    !(number && number->is_in_parameters))
		return E_INVALIDARG;
	if (call->is_connecting)
		return TAPI_E_INVALCALLSTATE;
	if (which == CIL_COUNTRYCODE) {
		call->country = value;
	} else if (which == CIL_MEDIATYPESAVAILABLE) {
		modes = t3_media_modes(value, call->address->media_modes);
		if (!modes)
			return TAPI_E_INVALIDMEDIATYPE;
		call->media = modes;
	} else if (number) {
		*(DWORD *)((char *)&call->parameters + number->parameters) = value;
	}
	return S_OK;
}

static HRESULT WINAPI put_long(ITCallInfo *self, CALLINFO_LONG which, LONG value)
{
	struct call *call = call_of(self);
	HRESULT result;

	pthread_mutex_lock(&call->session->lock);
	result = put_long_locked(call, which, value);
	pthread_mutex_unlock(&call->session->lock);
	return result;
}

#define TEXT_AT(member) \
	{ offsetof(LINECALLINFO, member##Size), offsetof(LINECALLINFO, member##Offset) }

/* Texts, by CALLINFO_STRING; without a size: lineGetCallInfo() has none such. */
static const struct {
	size_t size;
	size_t offset;
} texts[] = {
	[CIS_CALLERIDNAME] = TEXT_AT(dwCallerIDName),
	[CIS_CALLERIDNUMBER] = TEXT_AT(dwCallerID),
	[CIS_CALLEDIDNAME] = TEXT_AT(dwCalledIDName),
	[CIS_CALLEDIDNUMBER] = TEXT_AT(dwCalledID),
	[CIS_CONNECTEDIDNAME] = TEXT_AT(dwConnectedIDName),
	[CIS_CONNECTEDIDNUMBER] = TEXT_AT(dwConnectedID),
	[CIS_REDIRECTIONIDNAME] = TEXT_AT(dwRedirectionIDName),
	[CIS_REDIRECTIONIDNUMBER] = TEXT_AT(dwRedirectionID),
	[CIS_REDIRECTINGIDNAME] = TEXT_AT(dwRedirectingIDName),
	[CIS_REDIRECTINGIDNUMBER] = TEXT_AT(dwRedirectingID),
	[CIS_CALLEDPARTYFRIENDLYNAME] = TEXT_AT(dwCalledParty),
	[CIS_COMMENT] = TEXT_AT(dwComment),
	[CIS_DISPLAYABLEADDRESS] = TEXT_AT(dwDisplayableAddress),
	[CIS_CALLINGPARTYID] = { 0 },
};

static bool is_text(CALLINFO_STRING which)
{
	return (int)which >= CIS_CALLERIDNAME && (int)which <= CIS_CALLINGPARTYID;
}

/* It can be put before Connect(), and is kept. */
static bool is_put(CALLINFO_STRING which)
{
	return which == CIS_CALLEDPARTYFRIENDLYNAME || which == CIS_COMMENT ||
	       which == CIS_DISPLAYABLEADDRESS || which == CIS_CALLINGPARTYID;
}

static HRESULT get_told_text(struct call *call, CALLINFO_STRING which, BSTR *out)
{
	LINECALLINFO *info;
	HRESULT result;
	DWORD size;

	result = t3_call_query(call, &info);
	if (FAILED(result))
		return result;
	size = texts[which].size ? *(const DWORD *)((const char *)info + texts[which].size) : 0;
	if (size) {
		*out = t3_bstr_of(info,
				  *(const DWORD *)((const char *)info + texts[which].offset), size);
		result = *out ? S_OK : E_OUTOFMEMORY;
	} else {
		result = TAPI_E_NOITEMS;
	}
	free(info);
	return result;
}

static HRESULT WINAPI get_string(ITCallInfo *self, CALLINFO_STRING which, BSTR *out)
{
	struct call *call = call_of(self);
	HRESULT result = may_begin(self, out);
	bool is_idle;
	BSTR text;

	if (out)
		*out = NULL;
	if (FAILED(result))
		return result;
	if (!is_text(which))
		return E_INVALIDARG;
	pthread_mutex_lock(&call->session->lock);
	is_idle = call->state == CS_IDLE && !call->handle;
	text = which == CIS_CALLEDIDNUMBER ? call->destination : call->texts[which];
	/* What was put stays, and lineGetCallInfo() has no calling party's. */
	if (text && (is_idle || which == CIS_CALLINGPARTYID)) {
		*out = SysAllocStringLen(text, SysStringLen(text));
		result = *out ? S_OK : E_OUTOFMEMORY;
	} else {
		text = NULL;
		result = is_put(which) || which == CIS_CALLEDIDNUMBER ? TAPI_E_NOITEMS :
									TAPI_E_INVALCALLSTATE;
	}
	pthread_mutex_unlock(&call->session->lock);
	return is_idle || text ? result : get_told_text(call, which, out);
}

static HRESULT WINAPI put_string(ITCallInfo *self, CALLINFO_STRING which, BSTR text)
{
	struct call *call = call_of(self);
	struct session *session = call->session;
	HRESULT result = S_OK;
	BSTR copy = NULL;

	if (t3_session_is_over(session))
		return TAPI_E_NOT_INITIALIZED;
	if (!is_text(which) || !is_put(which))
		return E_INVALIDARG;
	if (!t3_bstr_copy(text, &copy))
		return E_OUTOFMEMORY;
	pthread_mutex_lock(&session->lock);
	if (call->is_connecting) {
		result = TAPI_E_INVALCALLSTATE;
	} else {
		BSTR before = call->texts[which];

		call->texts[which] = copy;
		copy = before;
	}
	pthread_mutex_unlock(&session->lock);
	SysFreeString(copy);
	return result;
}

/* The calls here carry nothing that would be a buffer: no user-user information, no charges. */
static HRESULT unsupported(ITCallInfo *self)
{
	HRESULT result = may_begin(self, self);

	return FAILED(result) ? result : TAPI_E_NOTSUPPORTED;
}

static HRESULT WINAPI get_buffer_variant(ITCallInfo *self, CALLINFO_BUFFER which, VARIANT *out)
{
	(void)which;
	if (!out)
		return E_POINTER;
	VariantInit(out);
	return unsupported(self);
}

static HRESULT WINAPI put_buffer_variant(ITCallInfo *self, CALLINFO_BUFFER which, VARIANT value)
{
	(void)which;
	(void)value;
	return unsupported(self);
}

static HRESULT WINAPI get_buffer(ITCallInfo *self, CALLINFO_BUFFER which, DWORD *size, BYTE **out)
{
	(void)which;
	if (!size || !out)
		return E_POINTER;
	*size = 0;
	*out = NULL;
	return unsupported(self);
}

static HRESULT WINAPI set_buffer(ITCallInfo *self, CALLINFO_BUFFER which, DWORD size, BYTE *data)
{
	(void)which;
	(void)size;
	return data ? unsupported(self) : E_POINTER;
}

static HRESULT WINAPI release_user_info(ITCallInfo *self)
{
	return unsupported(self);
}

const ITCallInfoVtbl t3_info_table = {
	T3_DISPATCH_TABLE(info),
	.get_Address = get_address,
	.get_CallState = get_state,
	.get_Privilege = get_privilege,
	.get_CallHub = get_hub,
	.get_CallInfoLong = get_long,
	.put_CallInfoLong = put_long,
	.get_CallInfoString = get_string,
	.put_CallInfoString = put_string,
	.get_CallInfoBuffer = get_buffer_variant,
	.put_CallInfoBuffer = put_buffer_variant,
	.GetCallInfoBuffer = get_buffer,
	.SetCallInfoBuffer = set_buffer,
	.ReleaseUserUserInfo = release_user_info,
};
