// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What a call, a line and a provider have no way to do, and how that is said.
 */
#include "unsupported.h"

LONG refuse_call(HCALL hCall, bool is_owner)
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

LONG refuse_line(HLINE hLine)
{
	struct line *line;
	LONG error;

	line = line_get(hLine, &error);
	if (!line)
		return error;
	error = line_refuse(line, LINEERR_OPERATIONUNAVAIL);
	line_put(line);
	return error;
}

LONG refuse_device(HLINEAPP hLineApp, DWORD id)
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

LONG refuse_other_call(HCALL hCall, LONG invalid)
{
	LONG error = refuse_call(hCall, true);

	return error == LINEERR_INVALCALLHANDLE ? invalid : error;
}

LONG refuse_calls(HCALL hCall, HCALL other, LONG invalid)
{
	LONG error = refuse_call(hCall, true);

	return error == LINEERR_OPERATIONUNAVAIL ? refuse_other_call(other, invalid) : error;
}

LONG refuse_line_call(HLINE hLine, HCALL hCall)
{
	LONG error = refuse_line(hLine);

	return error == LINEERR_OPERATIONUNAVAIL && hCall ? refuse_call(hCall, false) : error;
}

LONG refuse_selected(HLINE hLine, HCALL hCall, DWORD select)
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

LONG refuse_nothing(void)
{
	return handles_never_used() ? LINEERR_UNINITIALIZED : LINEERR_OPERATIONUNAVAIL;
}

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

/* Tones and media. */
OWN_CALL(lineGenerateTone, DWORD mode, DWORD duration, DWORD count, LPLINEGENERATETONE const tones)
ANY_CALL(lineMonitorTones, LPLINEMONITORTONE const tones, DWORD count)
ANY_CALL(lineMonitorMedia, DWORD modes)
UNAVAILABLE(lineSetMediaControl, selected(hLine, hCall, select),
	    HLINE hLine, DWORD address, HCALL hCall, DWORD select,
	    LPLINEMEDIACONTROLDIGIT const digits, DWORD num_digits,
	    LPLINEMEDIACONTROLMEDIA const media, DWORD num_media,
	    LPLINEMEDIACONTROLTONE const tones, DWORD num_tones,
	    LPLINEMEDIACONTROLCALLSTATE const states, DWORD num_states)

/* The line as a device: there is nothing to configure of it, and nothing of its own. */
OF_LINE(lineSetLineDevStatus, DWORD change, DWORD status)
OF_LINE(lineDevSpecificFeature, DWORD feature, LPVOID params, DWORD size)
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

/* Drivers are loaded by the system, and adapters made by its administrator. */
NOTHING(lineAddProvider, LPCSTR file, HWND owner, LPDWORD id)
NOTHING(lineAddProviderA, LPCSTR file, HWND owner, LPDWORD id)
NOTHING(lineAddProviderW, LPCWSTR file, HWND owner, LPDWORD id)
NOTHING(lineRemoveProvider, DWORD id, HWND owner)
NOTHING(lineConfigProvider, HWND owner, DWORD id)
