// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What is known of a call: in any state, for owners and monitors.
 */
#include <string.h>
#include <time.h>

#include "calls.h"

#define NSEC_PER_SEC	1000000000ULL

/* Modes that an application of that age has no name for are another one to it. */
DWORD call_mode(DWORD state, DWORD mode, DWORD version)
{
	DWORD known;

	switch (state) {
	case LINECALLSTATE_DISCONNECTED:
		known = (LINEDISCONNECTMODE_UNAVAIL << 1) - 1;
		if (version >= TAPI_VERSION_1_4)
			known |= LINEDISCONNECTMODE_NODIALTONE;
		if (version >= TAPI_VERSION_2_0)
			known = (LINEDISCONNECTMODE_CANCELLED << 1) - 1;
		return mode & known ? mode : LINEDISCONNECTMODE_UNKNOWN;
	case LINECALLSTATE_CONNECTED:
	case LINECALLSTATE_OFFERING:
		return version >= TAPI_VERSION_1_4 ? mode : 0;
	default:
		return mode;
	}
}

/* The kernel counts bytes per second. */
static DWORD bits_per_second(const struct ndproxy_call_info *info)
{
	__u64 bytes = info->tx_rate < info->rx_rate ? info->tx_rate : info->rx_rate;

	return bytes > UINT32_MAX / 8 ? UINT32_MAX : bytes * 8;
}

/* A party's number, if there is one. */
static void write_party(struct variable *variable, const char *number, DWORD *flags, DWORD *size,
			DWORD *offset)
{
	*flags = *number ? LINECALLPARTYID_ADDRESS : LINECALLPARTYID_UNAVAIL;
	if (*number)
		variable_string(variable, number, size, offset);
}

static void write_parties(struct variable *variable, const struct ndproxy_call_info *kernel,
			  LINECALLINFO *info)
{
	/* Nobody forwards: who was called is who is connected, once there is a connection. */
	const char *connected = kernel->max_sdu ? kernel->called : "";

	write_party(variable, kernel->calling, &info->dwCallerIDFlags, &info->dwCallerIDSize,
		    &info->dwCallerIDOffset);
	write_party(variable, kernel->called, &info->dwCalledIDFlags, &info->dwCalledIDSize,
		    &info->dwCalledIDOffset);
	write_party(variable, connected, &info->dwConnectedIDFlags, &info->dwConnectedIDSize,
		    &info->dwConnectedIDOffset);
	info->dwRedirectionIDFlags = LINECALLPARTYID_UNAVAIL;
	info->dwRedirectingIDFlags = LINECALLPARTYID_UNAVAIL;
}

static void write_text(struct variable *variable, const char *text, DWORD *size, DWORD *offset)
{
	if (text)
		variable_string(variable, text, size, offset);
}

/* What lineMakeCall() was told, for the one who told it. */
static void write_params(struct variable *variable, const struct call *call, LINECALLINFO *info)
{
	const struct call_params *params = call->params;

	if (!params)
		return;
	info->dwCallParamFlags = params->flags;
	write_text(variable, call->line->app->name, &info->dwAppNameSize, &info->dwAppNameOffset);
	write_text(variable, params->displayable, &info->dwDisplayableAddressSize,
		   &info->dwDisplayableAddressOffset);
	write_text(variable, params->called_party, &info->dwCalledPartySize,
		   &info->dwCalledPartyOffset);
	write_text(variable, params->comment, &info->dwCommentSize, &info->dwCommentOffset);
}

static void write_info(const struct call *call, const struct ndproxy_call_info *kernel,
		       LINECALLINFO *info)
{
	const struct line *line = call->line;
	bool is_inbound = kernel->origin == LINECALLORIGIN_INBOUND;

	info->hLine = line->object.handle;
	info->dwLineDeviceID = line->device;
	info->dwAddressID = call_address(kernel->address);
	info->dwBearerMode = call_bearer(call->params ? call->params->bearer : 0,
					 kernel->media_modes);
	info->dwRate = bits_per_second(kernel);
	info->dwMediaMode = kernel->media_modes;
	info->dwAppSpecific = kernel->app_specific;
	info->dwCallID = kernel->call_id;
	info->dwCallStates = is_inbound ? CALL_STATES_INBOUND : CALL_STATES_OUTBOUND;
	info->dwMonitorDigitModes = kernel->digit_modes;
	info->dwOrigin = kernel->origin;
	/* 1.3 had none for a call whose other end it knows nothing of. */
	if (is_inbound && line->version < TAPI_VERSION_1_4)
		info->dwOrigin = LINECALLORIGIN_UNKNOWN;
	info->dwReason = LINECALLREASON_DIRECT;
	info->dwNumOwners = kernel->owners;
	info->dwNumMonitors = kernel->monitors;
	/* Not known. */
	info->dwTrunk = 0xffffffff;
}

static LONG get_call_info(HCALL hCall, LINECALLINFO *info, bool is_wide)
{
	struct ndproxy_call_info kernel = {};
	struct variable variable;
	struct call *call;
	LONG error;

	call = call_get(hCall, &error);
	if (!call)
		return error;
	error = variable_begin(&variable, info, call->line->version >= TAPI_VERSION_2_0 ?
			       sizeof(*info) : offsetof(LINECALLINFO, dwCallTreatment), is_wide);
	if (error) {
		error = call_refuse(call, false, 0, error);
	} else {
		kernel.call = call->kernel;
		error = call_error(call, NDPROXY_GET_CALL_INFO, &kernel);
	}
	if (!error) {
		write_info(call, &kernel, info);
		write_parties(&variable, &kernel, info);
		write_params(&variable, call, info);
		variable_end(&variable);
	}
	call_put(call);
	return error;
}

TAPI_EXPORT LONG WINAPI lineGetCallInfo(HCALL hCall, LPLINECALLINFO lpCallInfo)
{
	return get_call_info(hCall, lpCallInfo, false);
}

TAPI_EXPORT LONG WINAPI lineGetCallInfoA(HCALL hCall, LPLINECALLINFO lpCallInfo)
{
	return get_call_info(hCall, lpCallInfo, false);
}

TAPI_EXPORT LONG WINAPI lineGetCallInfoW(HCALL hCall, LPLINECALLINFO lpCallInfo)
{
	return get_call_info(hCall, lpCallInfo, true);
}

static __u64 now(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return time.tv_sec * NSEC_PER_SEC + time.tv_nsec;
}

/* A moment of the monotonic clock as what the wall clock, as it goes now, said then. */
static void write_time(__u64 moment, SYSTEMTIME *out)
{
	__u64 wall = now(CLOCK_REALTIME) - (now(CLOCK_MONOTONIC) - moment);
	time_t seconds = wall / NSEC_PER_SEC;
	struct tm time;

	gmtime_r(&seconds, &time);
	out->wYear = time.tm_year + 1900;
	out->wMonth = time.tm_mon + 1;
	out->wDayOfWeek = time.tm_wday;
	out->wDay = time.tm_mday;
	out->wHour = time.tm_hour;
	out->wMinute = time.tm_min;
	out->wSecond = time.tm_sec;
	out->wMilliseconds = wall % NSEC_PER_SEC / 1000000;
}

TAPI_EXPORT LONG WINAPI lineGetCallStatus(HCALL hCall, LPLINECALLSTATUS lpCallStatus)
{
	struct ndproxy_call_status kernel = {};
	struct variable variable;
	struct call *call;
	DWORD version;
	LONG error;

	call = call_get(hCall, &error);
	if (!call)
		return error;
	version = call->line->version;
	error = variable_begin(&variable, lpCallStatus, version >= TAPI_VERSION_2_0 ?
			       sizeof(*lpCallStatus) :
			       offsetof(LINECALLSTATUS, dwCallFeatures2), false);
	if (error) {
		error = call_refuse(call, false, 0, error);
	} else {
		kernel.call = call->kernel;
		error = call_error(call, NDPROXY_GET_CALL_STATUS, &kernel);
	}
	if (!error) {
		lpCallStatus->dwCallState = kernel.state;
		lpCallStatus->dwCallStateMode = call_mode(kernel.state, kernel.mode, version);
		lpCallStatus->dwCallPrivilege = kernel.privilege;
		lpCallStatus->dwCallFeatures = kernel.features;
		/* Gathered are digits that are told, for owners. */
		if (kernel.features & LINECALLFEATURE_MONITORDIGITS &&
		    kernel.privilege == LINECALLPRIVILEGE_OWNER)
			lpCallStatus->dwCallFeatures |= LINECALLFEATURE_GATHERDIGITS;
		if (version >= TAPI_VERSION_2_0)
			write_time(kernel.entered, &lpCallStatus->tStateEntryTime);
		variable_end(&variable);
	}
	call_put(call);
	return error;
}
