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
	line_put(line);
	return LINEERR_OPERATIONUNAVAIL;
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

/**
 * lineSecureCall() - keep other calls from interrupting this one
 *
 * Nothing interrupts a call here, and there is nothing to be done for it. Nothing but the handles
 * is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCALLHANDLE, LINEERR_NOTOWNER,
 * LINEERR_UNINITIALIZED
 */
OWN_CALL(lineSecureCall)

/**
 * lineSendUserUserInfo() - send bytes along with the signalling of a call
 *
 * The network carries none. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCALLHANDLE, LINEERR_NOTOWNER,
 * LINEERR_UNINITIALIZED
 */
OWN_CALL(lineSendUserUserInfo, LPCSTR info, DWORD size)

/**
 * lineReleaseUserUserInfo() - ask for the next bytes that came along with the signalling
 *
 * The network carries none. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCALLHANDLE, LINEERR_NOTOWNER,
 * LINEERR_UNINITIALIZED
 */
OWN_CALL(lineReleaseUserUserInfo)

/**
 * lineSetCallParams() - change the bearer and rate of a call
 *
 * They are what they were when it was connected. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCALLHANDLE, LINEERR_NOTOWNER,
 * LINEERR_UNINITIALIZED
 */
OWN_CALL(lineSetCallParams, DWORD bearer, DWORD min, DWORD max, LPLINEDIALPARAMS const dial)

/**
 * lineSetCallData() - attach bytes to a call that go with it when it is handed over
 *
 * The network carries none; lineSetAppSpecific() attaches a number for the applications of this
 * machine. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCALLHANDLE, LINEERR_NOTOWNER,
 * LINEERR_UNINITIALIZED
 */
OWN_CALL(lineSetCallData, LPVOID data, DWORD size)

/**
 * lineSetCallTreatment() - say what a waiting caller hears
 *
 * There is no exchange that would play it. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCALLHANDLE, LINEERR_NOTOWNER,
 * LINEERR_UNINITIALIZED
 */
OWN_CALL(lineSetCallTreatment, DWORD treatment)

/**
 * lineSetCallQualityOfService() - ask for a flow specification
 *
 * The bearer is what it is. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCALLHANDLE, LINEERR_NOTOWNER,
 * LINEERR_UNINITIALIZED
 */
OWN_CALL(lineSetCallQualityOfService, LPVOID out, DWORD out_size, LPVOID in, DWORD in_size)

/**
 * lineDial() - dial more digits of a call that is being made
 *
 * A number is dialled at once, by lineMakeCall(). Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCALLHANDLE, LINEERR_NOTOWNER,
 * LINEERR_UNINITIALIZED
 */
OWN_CALL(lineDial, LPCSTR destination, DWORD country)
OWN_CALL(lineDialA, LPCSTR destination, DWORD country)
OWN_CALL(lineDialW, LPCWSTR destination, DWORD country)

/* Tones and media. Digits are not gathered: that would want a clock where nobody waits. */

/**
 * lineGatherDigits() - collect digits into a buffer
 *
 * lineMonitorDigits() tells each digit as it comes. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCALLHANDLE, LINEERR_NOTOWNER,
 * LINEERR_UNINITIALIZED
 */
OWN_CALL(lineGatherDigits, DWORD modes, LPSTR digits, DWORD count, LPCSTR end, DWORD first,
	 DWORD next)
OWN_CALL(lineGatherDigitsA, DWORD modes, LPSTR digits, DWORD count, LPCSTR end, DWORD first,
	 DWORD next)
OWN_CALL(lineGatherDigitsW, DWORD modes, LPWSTR digits, DWORD count, LPCWSTR end, DWORD first,
	 DWORD next)

/**
 * lineGenerateTone() - play a tone
 *
 * A call here carries packets, and digits. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCALLHANDLE, LINEERR_NOTOWNER,
 * LINEERR_UNINITIALIZED
 */
OWN_CALL(lineGenerateTone, DWORD mode, DWORD duration, DWORD count, LPLINEGENERATETONE const tones)

/**
 * lineMonitorTones() - hear of tones
 *
 * A call here carries packets, and digits. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCALLHANDLE, LINEERR_UNINITIALIZED
 */
ANY_CALL(lineMonitorTones, LPLINEMONITORTONE const tones, DWORD count)

/**
 * lineMonitorMedia() - hear of changes of the media
 *
 * Nobody listens into a call to find out. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCALLHANDLE, LINEERR_UNINITIALIZED
 */
ANY_CALL(lineMonitorMedia, DWORD modes)

/**
 * lineSetMediaControl() - act on media when digits, tones or states come
 *
 * There are no media that could be controlled. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCALLSELECT, LINEERR_INVALLINEHANDLE,
 * LINEERR_INVALCALLHANDLE, LINEERR_UNINITIALIZED
 */
UNAVAILABLE(lineSetMediaControl, selected(hLine, hCall, select),
	    HLINE hLine, DWORD address, HCALL hCall, DWORD select,
	    LPLINEMEDIACONTROLDIGIT const digits, DWORD num_digits,
	    LPLINEMEDIACONTROLMEDIA const media, DWORD num_media,
	    LPLINEMEDIACONTROLTONE const tones, DWORD num_tones,
	    LPLINEMEDIACONTROLCALLSTATE const states, DWORD num_states)

/* The line as a device: there is nothing to configure of it, and nothing of its own. */

/**
 * lineSetLineDevStatus() - change a line's status
 *
 * Its adapter is its administrator's. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
OF_LINE(lineSetLineDevStatus, DWORD change, DWORD status)

/**
 * lineDevSpecificFeature() - ask for something of the device's own
 *
 * It has nothing. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
OF_LINE(lineDevSpecificFeature, DWORD feature, LPVOID params, DWORD size)

/**
 * lineDevSpecific() - ask for something of the device's own, of a line, an address or a call
 *
 * It has nothing. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_INVALCALLHANDLE,
 * LINEERR_UNINITIALIZED
 */
UNAVAILABLE(lineDevSpecific, line_call(hLine, hCall),
	    HLINE hLine, DWORD address, HCALL hCall, LPVOID params, DWORD size)

/**
 * lineSetTerminal() - choose where a call is heard
 *
 * There are no terminals. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCALLSELECT, LINEERR_INVALLINEHANDLE,
 * LINEERR_INVALCALLHANDLE, LINEERR_UNINITIALIZED
 */
UNAVAILABLE(lineSetTerminal, selected(hLine, hCall, select),
	    HLINE hLine, DWORD address, HCALL hCall, DWORD select, DWORD modes, DWORD terminal,
	    DWORD is_enabled)

/**
 * lineConfigDialog() - let the user configure a device
 *
 * There is nothing to configure of it, and no window to do it in.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_UNINITIALIZED
 */
NOTHING(lineConfigDialog, DWORD device, HWND owner, LPCSTR class)
NOTHING(lineConfigDialogA, DWORD device, HWND owner, LPCSTR class)
NOTHING(lineConfigDialogW, DWORD device, HWND owner, LPCWSTR class)

/**
 * lineConfigDialogEdit() - let the user edit a configuration
 *
 * There is none, and no window to do it in.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_UNINITIALIZED
 */
NOTHING(lineConfigDialogEdit, DWORD device, HWND owner, LPCSTR class, LPVOID const in, DWORD size,
	LPVARSTRING out)
NOTHING(lineConfigDialogEditA, DWORD device, HWND owner, LPCSTR class, LPVOID const in, DWORD size,
	LPVARSTRING out)
NOTHING(lineConfigDialogEditW, DWORD device, HWND owner, LPCWSTR class, LPVOID const in, DWORD size,
	LPVARSTRING out)

/**
 * lineGetDevConfig() - get a device's configuration
 *
 * It has none.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_UNINITIALIZED
 */
NOTHING(lineGetDevConfig, DWORD device, LPVARSTRING config, LPCSTR class)
NOTHING(lineGetDevConfigA, DWORD device, LPVARSTRING config, LPCSTR class)
NOTHING(lineGetDevConfigW, DWORD device, LPVARSTRING config, LPCWSTR class)

/**
 * lineSetDevConfig() - set a device's configuration
 *
 * It has none.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_UNINITIALIZED
 */
NOTHING(lineSetDevConfig, DWORD device, LPVOID const config, DWORD size, LPCSTR class)
NOTHING(lineSetDevConfigA, DWORD device, LPVOID const config, DWORD size, LPCSTR class)
NOTHING(lineSetDevConfigW, DWORD device, LPVOID const config, DWORD size, LPCWSTR class)

/**
 * lineGetIcon() - get a picture of a device
 *
 * There is none.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_UNINITIALIZED
 */
NOTHING(lineGetIcon, DWORD device, LPCSTR class, LPHICON icon)
NOTHING(lineGetIconA, DWORD device, LPCSTR class, LPHICON icon)
NOTHING(lineGetIconW, DWORD device, LPCWSTR class, LPHICON icon)

/* Drivers are loaded by the system, and adapters made by its administrator. */

/**
 * lineAddProvider() - install a service provider
 *
 * Drivers are loaded by the system.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_UNINITIALIZED
 */
NOTHING(lineAddProvider, LPCSTR file, HWND owner, LPDWORD id)
NOTHING(lineAddProviderA, LPCSTR file, HWND owner, LPDWORD id)
NOTHING(lineAddProviderW, LPCWSTR file, HWND owner, LPDWORD id)

/**
 * lineRemoveProvider() - remove a service provider
 *
 * Drivers are unloaded by the system.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_UNINITIALIZED
 */
NOTHING(lineRemoveProvider, DWORD id, HWND owner)

/**
 * lineConfigProvider() - let the user configure a service provider
 *
 * Adapters are made by the administrator, by condisctl(8).
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_UNINITIALIZED
 */
NOTHING(lineConfigProvider, HWND owner, DWORD id)
