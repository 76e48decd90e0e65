// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What an exchange does for a call. There is none.
 */
#include "unsupported.h"

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

/**
 * lineHold() - put a call on hold
 *
 * The line has no exchange behind it that could. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCALLHANDLE, LINEERR_NOTOWNER,
 * LINEERR_UNINITIALIZED
 */
OWN_CALL(lineHold)

/**
 * lineUnhold() - take a call from hold
 *
 * The line has no exchange behind it that could. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCALLHANDLE, LINEERR_NOTOWNER,
 * LINEERR_UNINITIALIZED
 */
OWN_CALL(lineUnhold)

/**
 * lineSwapHold() - swap the active call for the one on hold
 *
 * The line has no exchange behind it that could. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCALLHANDLE, LINEERR_NOTOWNER,
 * LINEERR_UNINITIALIZED
 */
UNAVAILABLE(lineSwapHold, calls(hActiveCall, hHeldCall, LINEERR_INVALCALLHANDLE),
	    HCALL hActiveCall, HCALL hHeldCall)

/**
 * lineSetupTransfer() - begin to transfer a call, with a consultation call
 *
 * The line has no exchange behind it that could. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCALLHANDLE, LINEERR_NOTOWNER,
 * LINEERR_UNINITIALIZED
 */
OWN_CALL(lineSetupTransfer, LPHCALL consult, LPLINECALLPARAMS const params)
OWN_CALL(lineSetupTransferA, LPHCALL consult, LPLINECALLPARAMS const params)
OWN_CALL(lineSetupTransferW, LPHCALL consult, LPLINECALLPARAMS const params)

/**
 * lineCompleteTransfer() - end a transfer that was begun
 *
 * The line has no exchange behind it that could. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCALLHANDLE, LINEERR_NOTOWNER,
 * LINEERR_INVALCONSULTCALLHANDLE, LINEERR_UNINITIALIZED
 */
UNAVAILABLE(lineCompleteTransfer,
	    calls(hCall, hConsultCall, LINEERR_INVALCONSULTCALLHANDLE),
	    HCALL hCall, HCALL hConsultCall, LPHCALL conference, DWORD mode)

/**
 * lineBlindTransfer() - transfer a call without asking
 *
 * The line has no exchange behind it that could. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCALLHANDLE, LINEERR_NOTOWNER,
 * LINEERR_UNINITIALIZED
 */
OWN_CALL(lineBlindTransfer, LPCSTR destination, DWORD country)
OWN_CALL(lineBlindTransferA, LPCSTR destination, DWORD country)
OWN_CALL(lineBlindTransferW, LPCWSTR destination, DWORD country)

/**
 * lineRedirect() - send an offered call elsewhere
 *
 * lineHandoff() gives it to another application. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCALLHANDLE, LINEERR_NOTOWNER,
 * LINEERR_UNINITIALIZED
 */
OWN_CALL(lineRedirect, LPCSTR destination, DWORD country)
OWN_CALL(lineRedirectA, LPCSTR destination, DWORD country)
OWN_CALL(lineRedirectW, LPCWSTR destination, DWORD country)

/**
 * linePark() - park a call
 *
 * The line has no exchange behind it that could. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCALLHANDLE, LINEERR_NOTOWNER,
 * LINEERR_UNINITIALIZED
 */
OWN_CALL(linePark, DWORD mode, LPCSTR to, LPVARSTRING at)
OWN_CALL(lineParkA, DWORD mode, LPCSTR to, LPVARSTRING at)
OWN_CALL(lineParkW, DWORD mode, LPCWSTR to, LPVARSTRING at)

/**
 * lineCompleteCall() - ask for a call to be completed later
 *
 * The line has no exchange behind it that could. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCALLHANDLE, LINEERR_NOTOWNER,
 * LINEERR_UNINITIALIZED
 */
OWN_CALL(lineCompleteCall, LPDWORD completion, DWORD mode, DWORD message)

/**
 * lineUncompleteCall() - give up a call completion
 *
 * The line has no exchange behind it that could. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
OF_LINE(lineUncompleteCall, DWORD completion)

/**
 * lineUnpark() - take up a parked call
 *
 * The line has no exchange behind it that could. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
OF_LINE(lineUnpark, DWORD address, LPHCALL call, LPCSTR from)
OF_LINE(lineUnparkA, DWORD address, LPHCALL call, LPCSTR from)
OF_LINE(lineUnparkW, DWORD address, LPHCALL call, LPCWSTR from)

/**
 * linePickup() - pick up a call that rings elsewhere
 *
 * The line has no exchange behind it that could. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
OF_LINE(linePickup, DWORD address, LPHCALL call, LPCSTR from, LPCSTR group)
OF_LINE(linePickupA, DWORD address, LPHCALL call, LPCSTR from, LPCSTR group)
OF_LINE(linePickupW, DWORD address, LPHCALL call, LPCWSTR from, LPCWSTR group)

#define FORWARD(name) \
	OF_LINE(name, DWORD all, DWORD address, LPLINEFORWARDLIST const to, DWORD rings, \
		LPHCALL consult, LPLINECALLPARAMS const params)

/**
 * lineForward() - forward the calls of an address
 *
 * The line has no exchange behind it that could. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
FORWARD(lineForward)
FORWARD(lineForwardA)
FORWARD(lineForwardW)

/* A conference begins with a call, or with none on a line. */
#define SETUP_CONFERENCE(name) \
	UNAVAILABLE(name, call_or_line(hCall, hLine), \
		    HCALL hCall, HLINE hLine, LPHCALL conference, LPHCALL consult, \
		    DWORD parties, LPLINECALLPARAMS const params)

/**
 * lineSetupConference() - begin a conference
 *
 * The line has no exchange behind it that could. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCALLHANDLE, LINEERR_NOTOWNER,
 * LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
SETUP_CONFERENCE(lineSetupConference)
SETUP_CONFERENCE(lineSetupConferenceA)
SETUP_CONFERENCE(lineSetupConferenceW)

#define PREPARE_ADD(name) \
	UNAVAILABLE(name, other_call(hConfCall, LINEERR_INVALCONFCALLHANDLE), \
		    HCALL hConfCall, LPHCALL consult, LPLINECALLPARAMS const params)

/**
 * linePrepareAddToConference() - begin a call that is to join a conference
 *
 * The line has no exchange behind it that could. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCONFCALLHANDLE, LINEERR_NOTOWNER,
 * LINEERR_UNINITIALIZED
 */
PREPARE_ADD(linePrepareAddToConference)
PREPARE_ADD(linePrepareAddToConferenceA)
PREPARE_ADD(linePrepareAddToConferenceW)

/**
 * lineAddToConference() - let a call join a conference
 *
 * The line has no exchange behind it that could. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCONFCALLHANDLE, LINEERR_INVALCONSULTCALLHANDLE,
 * LINEERR_NOTOWNER, LINEERR_UNINITIALIZED
 */
UNAVAILABLE(lineAddToConference, added(hConfCall, hConsultCall),
	    HCALL hConfCall, HCALL hConsultCall)

/**
 * lineRemoveFromConference() - take a call out of a conference
 *
 * The line has no exchange behind it that could. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALCALLHANDLE, LINEERR_NOTOWNER,
 * LINEERR_UNINITIALIZED
 */
OWN_CALL(lineRemoveFromConference)
