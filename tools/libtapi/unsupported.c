// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What a line without an exchange, a telephone and a call centre behind it cannot do.
 *
 * Every function says so by LINEERR_OPERATIONUNAVAIL, at once, those that would be a request as
 * well; but what is wrong with the handles, and that somebody else owns the call, comes first. One
 * line is one function.
 */
#include "calls.h"

/* Nobody looks at them. */
#pragma GCC diagnostic ignored "-Wunused-parameter"

static LONG refuse_call(HCALL hCall, bool is_owner)
{
	struct call *call;
	LONG error;

	call = call_get(hCall, &error);
	if (!call)
		return error;
	error = call_refuse(call, is_owner, 0, LINEERR_OPERATIONUNAVAIL);
	call_put(call);
	return error;
}

static LONG refuse_line(HLINE hLine)
{
	struct line *line;
	LONG error;

	line = line_get(hLine, &error);
	if (!line)
		return error;
	line_put(line);
	return LINEERR_OPERATIONUNAVAIL;
}

static LONG refuse_device(HLINEAPP hLineApp, DWORD id)
{
	struct device device;
	struct app *app;
	LONG error;

	app = app_get(hLineApp, &error);
	if (!app)
		return error;
	error = device_find(app, id, &device);
	app_put(app);
	return error ?: LINEERR_OPERATIONUNAVAIL;
}

/* A call that has another part in a conference or a transfer than the first. */
static LONG refuse_other_call(HCALL hCall, LONG invalid)
{
	LONG error = refuse_call(hCall, true);

	return error == LINEERR_INVALCALLHANDLE ? invalid : error;
}

static LONG refuse_calls(HCALL hCall, HCALL other, LONG invalid)
{
	LONG error = refuse_call(hCall, true);

	return error == LINEERR_OPERATIONUNAVAIL ? refuse_other_call(other, invalid) : error;
}

static LONG refuse_added(HCALL hConfCall, HCALL hConsultCall)
{
	LONG error = refuse_other_call(hConfCall, LINEERR_INVALCONFCALLHANDLE);

	return error == LINEERR_OPERATIONUNAVAIL ?
	       refuse_other_call(hConsultCall, LINEERR_INVALCONSULTCALLHANDLE) : error;
}

static LONG refuse_call_or_line(HCALL hCall, HLINE hLine)
{
	return hCall ? refuse_call(hCall, true) : refuse_line(hLine);
}

/* A line, and a call on it, or 0. */
static LONG refuse_line_call(HLINE hLine, HCALL hCall)
{
	LONG error = refuse_line(hLine);

	return error == LINEERR_OPERATIONUNAVAIL && hCall ? refuse_call(hCall, false) : error;
}

static LONG refuse_selected(HLINE hLine, HCALL hCall, DWORD select)
{
	switch (select) {
	case LINECALLSELECT_LINE:
	case LINECALLSELECT_ADDRESS:
		return refuse_line(hLine);
	case LINECALLSELECT_CALL:
		return refuse_call(hCall, false);
	default:
		return handles_never_used() ? LINEERR_UNINITIALIZED : LINEERR_INVALCALLSELECT;
	}
}

static LONG refuse_nothing(void)
{
	return handles_never_used() ? LINEERR_UNINITIALIZED : LINEERR_OPERATIONUNAVAIL;
}

#define UNAVAILABLE(name, refusal, ...) \
	TAPI_EXPORT LONG WINAPI name(__VA_ARGS__) \
	{ \
		return refuse_##refusal; \
	}

/* Of an owner's call; of anybody's; of a line; of none of them. */
#define OWN_CALL(name, ...)	UNAVAILABLE(name, call(hCall, true), HCALL hCall, ##__VA_ARGS__)
#define ANY_CALL(name, ...)	UNAVAILABLE(name, call(hCall, false), HCALL hCall, ##__VA_ARGS__)
#define LINE(name, ...)		UNAVAILABLE(name, line(hLine), HLINE hLine, ##__VA_ARGS__)
#define NOTHING(name, ...)	UNAVAILABLE(name, nothing(), __VA_ARGS__)

/* The call's own affairs. */
OWN_CALL(lineSecureCall)
OWN_CALL(lineSendUserUserInfo, LPCSTR info, DWORD size)
OWN_CALL(lineReleaseUserUserInfo)
OWN_CALL(lineSetCallParams, DWORD bearer, DWORD min, DWORD max, LPLINEDIALPARAMS const dial)
OWN_CALL(lineSetCallData, LPVOID data, DWORD size)
OWN_CALL(lineSetCallTreatment, DWORD treatment)
OWN_CALL(lineSetCallQualityOfService, LPVOID out, DWORD out_size, LPVOID in, DWORD in_size)
OWN_CALL(lineDial, LPCSTR destination, DWORD country)
OWN_CALL(lineDialA, LPCSTR destination, DWORD country)
OWN_CALL(lineDialW, LPCWSTR destination, DWORD country)

/* Tones and media. Digits are not gathered: that would want a clock where nobody waits. */
OWN_CALL(lineGatherDigits, DWORD modes, LPSTR digits, DWORD count, LPCSTR end, DWORD first,
	 DWORD next)
OWN_CALL(lineGatherDigitsA, DWORD modes, LPSTR digits, DWORD count, LPCSTR end, DWORD first,
	 DWORD next)
OWN_CALL(lineGatherDigitsW, DWORD modes, LPWSTR digits, DWORD count, LPCWSTR end, DWORD first,
	 DWORD next)
OWN_CALL(lineGenerateTone, DWORD mode, DWORD duration, DWORD count, LPLINEGENERATETONE const tones)
ANY_CALL(lineMonitorTones, LPLINEMONITORTONE const tones, DWORD count)
ANY_CALL(lineMonitorMedia, DWORD modes)
UNAVAILABLE(lineSetMediaControl, selected(hLine, hCall, select),
	    HLINE hLine, DWORD address, HCALL hCall, DWORD select,
	    LPLINEMEDIACONTROLDIGIT const digits, DWORD num_digits,
	    LPLINEMEDIACONTROLMEDIA const media, DWORD num_media,
	    LPLINEMEDIACONTROLTONE const tones, DWORD num_tones,
	    LPLINEMEDIACONTROLCALLSTATE const states, DWORD num_states)

/* What an exchange does. */
OWN_CALL(lineHold)
OWN_CALL(lineUnhold)
UNAVAILABLE(lineSwapHold, calls(hActiveCall, hHeldCall, LINEERR_INVALCALLHANDLE),
	    HCALL hActiveCall, HCALL hHeldCall)
OWN_CALL(lineSetupTransfer, LPHCALL consult, LPLINECALLPARAMS const params)
OWN_CALL(lineSetupTransferA, LPHCALL consult, LPLINECALLPARAMS const params)
OWN_CALL(lineSetupTransferW, LPHCALL consult, LPLINECALLPARAMS const params)
UNAVAILABLE(lineCompleteTransfer,
	    calls(hCall, hConsultCall, LINEERR_INVALCONSULTCALLHANDLE),
	    HCALL hCall, HCALL hConsultCall, LPHCALL conference, DWORD mode)
OWN_CALL(lineBlindTransfer, LPCSTR destination, DWORD country)
OWN_CALL(lineBlindTransferA, LPCSTR destination, DWORD country)
OWN_CALL(lineBlindTransferW, LPCWSTR destination, DWORD country)
OWN_CALL(lineRedirect, LPCSTR destination, DWORD country)
OWN_CALL(lineRedirectA, LPCSTR destination, DWORD country)
OWN_CALL(lineRedirectW, LPCWSTR destination, DWORD country)
OWN_CALL(linePark, DWORD mode, LPCSTR to, LPVARSTRING at)
OWN_CALL(lineParkA, DWORD mode, LPCSTR to, LPVARSTRING at)
OWN_CALL(lineParkW, DWORD mode, LPCWSTR to, LPVARSTRING at)
OWN_CALL(lineCompleteCall, LPDWORD completion, DWORD mode, DWORD message)
LINE(lineUncompleteCall, DWORD completion)
LINE(lineUnpark, DWORD address, LPHCALL call, LPCSTR from)
LINE(lineUnparkA, DWORD address, LPHCALL call, LPCSTR from)
LINE(lineUnparkW, DWORD address, LPHCALL call, LPCWSTR from)
LINE(linePickup, DWORD address, LPHCALL call, LPCSTR from, LPCSTR group)
LINE(linePickupA, DWORD address, LPHCALL call, LPCSTR from, LPCSTR group)
LINE(linePickupW, DWORD address, LPHCALL call, LPCWSTR from, LPCWSTR group)

#define FORWARD(name) \
	LINE(name, DWORD all, DWORD address, LPLINEFORWARDLIST const to, DWORD rings, \
	     LPHCALL consult, LPLINECALLPARAMS const params)
FORWARD(lineForward)
FORWARD(lineForwardA)
FORWARD(lineForwardW)

/* A conference begins with a call, or with none on a line. */
#define SETUP_CONFERENCE(name) \
	UNAVAILABLE(name, call_or_line(hCall, hLine), \
		    HCALL hCall, HLINE hLine, LPHCALL conference, LPHCALL consult, \
		    DWORD parties, LPLINECALLPARAMS const params)
SETUP_CONFERENCE(lineSetupConference)
SETUP_CONFERENCE(lineSetupConferenceA)
SETUP_CONFERENCE(lineSetupConferenceW)

#define PREPARE_ADD(name) \
	UNAVAILABLE(name, other_call(hConfCall, LINEERR_INVALCONFCALLHANDLE), \
		    HCALL hConfCall, LPHCALL consult, LPLINECALLPARAMS const params)
PREPARE_ADD(linePrepareAddToConference)
PREPARE_ADD(linePrepareAddToConferenceA)
PREPARE_ADD(linePrepareAddToConferenceW)
UNAVAILABLE(lineAddToConference, added(hConfCall, hConsultCall),
	    HCALL hConfCall, HCALL hConsultCall)
OWN_CALL(lineRemoveFromConference)

/* The line as a device: there is nothing to configure of it, and nothing of its own. */
LINE(lineSetLineDevStatus, DWORD change, DWORD status)
LINE(lineDevSpecificFeature, DWORD feature, LPVOID params, DWORD size)
UNAVAILABLE(lineDevSpecific, line_call(hLine, hCall),
	    HLINE hLine, DWORD address, HCALL hCall, LPVOID params, DWORD size)
UNAVAILABLE(lineSetTerminal, selected(hLine, hCall, select),
	    HLINE hLine, DWORD address, HCALL hCall, DWORD select, DWORD modes, DWORD terminal,
	    DWORD is_enabled)
NOTHING(lineConfigDialog, DWORD device, HWND owner, LPCSTR class)
NOTHING(lineConfigDialogA, DWORD device, HWND owner, LPCSTR class)
NOTHING(lineConfigDialogW, DWORD device, HWND owner, LPCWSTR class)
NOTHING(lineConfigDialogEdit, DWORD device, HWND owner, LPCSTR class, LPVOID const in, DWORD size,
	LPVARSTRING out)
NOTHING(lineConfigDialogEditA, DWORD device, HWND owner, LPCSTR class, LPVOID const in, DWORD size,
	LPVARSTRING out)
NOTHING(lineConfigDialogEditW, DWORD device, HWND owner, LPCWSTR class, LPVOID const in, DWORD size,
	LPVARSTRING out)
NOTHING(lineGetDevConfig, DWORD device, LPVARSTRING config, LPCSTR class)
NOTHING(lineGetDevConfigA, DWORD device, LPVARSTRING config, LPCSTR class)
NOTHING(lineGetDevConfigW, DWORD device, LPVARSTRING config, LPCWSTR class)
NOTHING(lineSetDevConfig, DWORD device, LPVOID const config, DWORD size, LPCSTR class)
NOTHING(lineSetDevConfigA, DWORD device, LPVOID const config, DWORD size, LPCSTR class)
NOTHING(lineSetDevConfigW, DWORD device, LPVOID const config, DWORD size, LPCWSTR class)
NOTHING(lineGetIcon, DWORD device, LPCSTR class, LPHICON icon)
NOTHING(lineGetIconA, DWORD device, LPCSTR class, LPHICON icon)
NOTHING(lineGetIconW, DWORD device, LPCWSTR class, LPHICON icon)

/* Agents, and applications that serve them. */
#define DEVICE(name, ...) \
	UNAVAILABLE(name, device(hLineApp, id), HLINEAPP hLineApp, DWORD id, __VA_ARGS__)
DEVICE(lineGetAgentCapsA, DWORD address, DWORD version, LPLINEAGENTCAPS caps)
DEVICE(lineGetAgentCapsW, DWORD address, DWORD version, LPLINEAGENTCAPS caps)
DEVICE(lineGetProxyStatus, DWORD version, LPLINEPROXYREQUESTLIST list)
LINE(lineAgentSpecific, DWORD address, DWORD extension, LPVOID params, DWORD size)
LINE(lineCreateAgentA, LPSTR id, LPSTR pin, LPHAGENT agent)
LINE(lineCreateAgentW, LPWSTR id, LPWSTR pin, LPHAGENT agent)
LINE(lineCreateAgentSessionA, HAGENT agent, LPSTR pin, DWORD address, LPGUID group,
	LPHAGENTSESSION session)
LINE(lineCreateAgentSessionW, HAGENT agent, LPWSTR pin, DWORD address, LPGUID group,
	LPHAGENTSESSION session)
LINE(lineGetAgentActivityListA, DWORD address, LPLINEAGENTACTIVITYLIST list)
LINE(lineGetAgentActivityListW, DWORD address, LPLINEAGENTACTIVITYLIST list)
LINE(lineGetAgentGroupListA, DWORD address, LPLINEAGENTGROUPLIST list)
LINE(lineGetAgentGroupListW, DWORD address, LPLINEAGENTGROUPLIST list)
LINE(lineGetAgentInfo, HAGENT agent, LPLINEAGENTINFO info)
LINE(lineGetAgentSessionInfo, HAGENTSESSION session, LPLINEAGENTSESSIONINFO info)
LINE(lineGetAgentSessionList, HAGENT agent, LPLINEAGENTSESSIONLIST list)
LINE(lineGetAgentStatusA, DWORD address, LPLINEAGENTSTATUS status)
LINE(lineGetAgentStatusW, DWORD address, LPLINEAGENTSTATUS status)
LINE(lineGetGroupListA, LPLINEAGENTGROUPLIST list)
LINE(lineGetGroupListW, LPLINEAGENTGROUPLIST list)
LINE(lineGetQueueInfo, DWORD queue, LPLINEQUEUEINFO info)
LINE(lineGetQueueListA, LPGUID group, LPLINEQUEUELIST list)
LINE(lineGetQueueListW, LPGUID group, LPLINEQUEUELIST list)
LINE(lineSetAgentActivity, DWORD address, DWORD activity)
LINE(lineSetAgentGroup, DWORD address, LPLINEAGENTGROUPLIST list)
LINE(lineSetAgentMeasurementPeriod, HAGENT agent, DWORD period)
LINE(lineSetAgentSessionState, HAGENTSESSION session, DWORD state, DWORD next)
LINE(lineSetAgentState, DWORD address, DWORD state, DWORD next)
LINE(lineSetAgentStateEx, HAGENT agent, DWORD state, DWORD next)
LINE(lineSetQueueMeasurementPeriod, DWORD queue, DWORD period)
LINE(lineProxyResponse, LPLINEPROXYREQUEST request, DWORD result)
UNAVAILABLE(lineProxyMessage, line_call(hLine, hCall),
	    HLINE hLine, HCALL hCall, DWORD message, DWORD param1, DWORD param2, DWORD param3)

/* Drivers are loaded by the system, and adapters made by its administrator. */
NOTHING(lineAddProvider, LPCSTR file, HWND owner, LPDWORD id)
NOTHING(lineAddProviderA, LPCSTR file, HWND owner, LPDWORD id)
NOTHING(lineAddProviderW, LPCWSTR file, HWND owner, LPDWORD id)
NOTHING(lineRemoveProvider, DWORD id, HWND owner)
NOTHING(lineConfigProvider, HWND owner, DWORD id)
