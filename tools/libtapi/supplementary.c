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
OF_LINE(lineUncompleteCall, DWORD completion)
OF_LINE(lineUnpark, DWORD address, LPHCALL call, LPCSTR from)
OF_LINE(lineUnparkA, DWORD address, LPHCALL call, LPCSTR from)
OF_LINE(lineUnparkW, DWORD address, LPHCALL call, LPCWSTR from)
OF_LINE(linePickup, DWORD address, LPHCALL call, LPCSTR from, LPCSTR group)
OF_LINE(linePickupA, DWORD address, LPHCALL call, LPCSTR from, LPCSTR group)
OF_LINE(linePickupW, DWORD address, LPHCALL call, LPCWSTR from, LPCWSTR group)

#define FORWARD(name) \
	OF_LINE(name, DWORD all, DWORD address, LPLINEFORWARDLIST const to, DWORD rings, \
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
