/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a telephone exchange does for a call: hold, transfer, conference, forward, park.
 *
 * A line here ends at the number that is called: there is no exchange behind it that would do these
 * things. Each says so at once, with LINEERR_OPERATIONUNAVAIL instead of a request, after what is
 * wrong with its handles.
 */
#ifndef TAPI_SUPPLEMENTARY_H
#define TAPI_SUPPLEMENTARY_H

#include "structures.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * lineHold() - put a call on hold
 * @hCall: the call, of an owner
 *
 * Not to be had: a line has no exchange behind it that could.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineHold(HCALL hCall);

/**
 * lineUnhold() - take a call that is on hold again
 * @hCall: the call, of an owner
 *
 * Not to be had: a line has no exchange behind it that could.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineUnhold(HCALL hCall);

/**
 * lineSwapHold() - take the call that is on hold for the one that is not
 * @hActiveCall: the one
 * @hHeldCall: the other
 *
 * Not to be had: a line has no exchange behind it that could.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineSwapHold(HCALL hActiveCall, HCALL hHeldCall);

/**
 * lineSetupTransfer() - begin to transfer a call
 * @hCall: the call, of an owner
 * @lphConsultCall: would get a call to ask back in
 * @lpCallParams: what sort of call
 *
 * Not to be had: a line has no exchange behind it that could.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineSetupTransfer(HCALL hCall, LPHCALL lphConsultCall,
			      LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineSetupTransferA(HCALL hCall, LPHCALL lphConsultCall,
			       LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineSetupTransferW(HCALL hCall, LPHCALL lphConsultCall,
			       LPLINECALLPARAMS const lpCallParams);

/**
 * lineCompleteTransfer() - transfer a call
 * @hCall: the call, of an owner
 * @hConsultCall: whom to
 * @lphConfCall: would get a conference
 * @dwTransferMode: LINETRANSFERMODE_*
 *
 * Not to be had: a line has no exchange behind it that could.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_INVALCONSULTCALLHANDLE: no such call beside the first
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineCompleteTransfer(HCALL hCall, HCALL hConsultCall, LPHCALL lphConfCall,
				 DWORD dwTransferMode);

/**
 * lineBlindTransfer() - transfer a call without asking
 * @hCall: the call, of an owner
 * @lpszDestAddress: a number
 * @dwCountryCode: its country
 *
 * Not to be had: a line has no exchange behind it that could.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineBlindTransfer(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
LONG WINAPI lineBlindTransferA(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
LONG WINAPI lineBlindTransferW(HCALL hCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode);

/**
 * lineSetupConference() - begin a conference
 * @hCall: a call, of an owner, or 0
 * @hLine: with hCall 0: the line
 * @lphConfCall: would get the conference
 * @lphConsultCall: would get a call to ask back in
 * @dwNumParties: how many
 * @lpCallParams: what sort of call
 *
 * Not to be had: a line has no exchange behind it that could.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineSetupConference(HCALL hCall, HLINE hLine, LPHCALL lphConfCall,
				LPHCALL lphConsultCall, DWORD dwNumParties,
				LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineSetupConferenceA(HCALL hCall, HLINE hLine, LPHCALL lphConfCall,
				 LPHCALL lphConsultCall, DWORD dwNumParties,
				 LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineSetupConferenceW(HCALL hCall, HLINE hLine, LPHCALL lphConfCall,
				 LPHCALL lphConsultCall, DWORD dwNumParties,
				 LPLINECALLPARAMS const lpCallParams);

/**
 * linePrepareAddToConference() - begin to add somebody to a conference
 * @hConfCall: the conference
 * @lphConsultCall: would get a call to ask back in
 * @lpCallParams: what sort of call
 *
 * Not to be had: a line has no exchange behind it that could.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCONFCALLHANDLE: no such call for the conference
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI linePrepareAddToConference(HCALL hConfCall, LPHCALL lphConsultCall,
				       LPLINECALLPARAMS const lpCallParams);
LONG WINAPI linePrepareAddToConferenceA(HCALL hConfCall, LPHCALL lphConsultCall,
					LPLINECALLPARAMS const lpCallParams);
LONG WINAPI linePrepareAddToConferenceW(HCALL hConfCall, LPHCALL lphConsultCall,
					LPLINECALLPARAMS const lpCallParams);

/**
 * lineAddToConference() - add a call to a conference
 * @hConfCall: the conference
 * @hConsultCall: the call
 *
 * Not to be had: a line has no exchange behind it that could.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCONFCALLHANDLE: no such call for the conference
 * LINEERR_INVALCONSULTCALLHANDLE: no such call beside the first
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineAddToConference(HCALL hConfCall, HCALL hConsultCall);

/**
 * lineRemoveFromConference() - take a call out of a conference
 * @hCall: the call, of an owner
 *
 * Not to be had: a line has no exchange behind it that could.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineRemoveFromConference(HCALL hCall);

/**
 * lineForward() - forward calls
 * @hLine: the line
 * @bAllAddresses: of all addresses, or (0) of one
 * @dwAddressID: the address, from 0
 * @lpForwardList: which, and where to
 * @dwNumRingsNoAnswer: after how many rings
 * @lphConsultCall: would get a call to ask back in
 * @lpCallParams: what sort of call
 *
 * Not to be had: a line has no exchange behind it that could.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineForward(HLINE hLine, DWORD bAllAddresses, DWORD dwAddressID,
			LPLINEFORWARDLIST const lpForwardList, DWORD dwNumRingsNoAnswer,
			LPHCALL lphConsultCall, LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineForwardA(HLINE hLine, DWORD bAllAddresses, DWORD dwAddressID,
			 LPLINEFORWARDLIST const lpForwardList, DWORD dwNumRingsNoAnswer,
			 LPHCALL lphConsultCall, LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineForwardW(HLINE hLine, DWORD bAllAddresses, DWORD dwAddressID,
			 LPLINEFORWARDLIST const lpForwardList, DWORD dwNumRingsNoAnswer,
			 LPHCALL lphConsultCall, LPLINECALLPARAMS const lpCallParams);

/**
 * linePark() - park a call
 * @hCall: the call, of an owner
 * @dwParkMode: LINEPARKMODE_*
 * @lpszDirAddress: where
 * @lpNonDirAddress: would get where
 *
 * Not to be had: a line has no exchange behind it that could.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI linePark(HCALL hCall, DWORD dwParkMode, LPCSTR lpszDirAddress,
		     LPVARSTRING lpNonDirAddress);
LONG WINAPI lineParkA(HCALL hCall, DWORD dwParkMode, LPCSTR lpszDirAddress,
		      LPVARSTRING lpNonDirAddress);
LONG WINAPI lineParkW(HCALL hCall, DWORD dwParkMode, LPCWSTR lpszDirAddress,
		      LPVARSTRING lpNonDirAddress);

/**
 * lineUnpark() - take a call that is parked
 * @hLine: the line
 * @dwAddressID: the address, from 0
 * @lphCall: would get it
 * @lpszDestAddress: where it is
 *
 * Not to be had: a line has no exchange behind it that could.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineUnpark(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCSTR lpszDestAddress);
LONG WINAPI lineUnparkA(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCSTR lpszDestAddress);
LONG WINAPI lineUnparkW(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCWSTR lpszDestAddress);

/**
 * linePickup() - take a call that rings elsewhere
 * @hLine: the line
 * @dwAddressID: the address, from 0
 * @lphCall: would get it
 * @lpszDestAddress: where
 * @lpszGroupID: of which group
 *
 * Not to be had: a line has no exchange behind it that could.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI linePickup(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCSTR lpszDestAddress,
		       LPCSTR lpszGroupID);
LONG WINAPI linePickupA(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCSTR lpszDestAddress,
			LPCSTR lpszGroupID);
LONG WINAPI linePickupW(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCWSTR lpszDestAddress,
			LPCWSTR lpszGroupID);

/**
 * lineRedirect() - send a call that is offered elsewhere
 * @hCall: the call, of an owner
 * @lpszDestAddress: a number
 * @dwCountryCode: its country
 *
 * Not to be had: a line has no exchange behind it that could; lineDrop() rejects it.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineRedirect(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
LONG WINAPI lineRedirectA(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
LONG WINAPI lineRedirectW(HCALL hCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode);

/**
 * lineCompleteCall() - have a call that failed made later
 * @hCall: the call, of an owner
 * @lpdwCompletionID: would get a number of it
 * @dwCompletionMode: LINECALLCOMPLMODE_*
 * @dwMessageID: which message
 *
 * Not to be had: a line has no exchange behind it that could.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineCompleteCall(HCALL hCall, LPDWORD lpdwCompletionID, DWORD dwCompletionMode,
			     DWORD dwMessageID);

/**
 * lineUncompleteCall() - not have it made later
 * @hLine: the line
 * @dwCompletionID: its number
 *
 * Not to be had: a line has no exchange behind it that could.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineUncompleteCall(HLINE hLine, DWORD dwCompletionID);

#ifdef __cplusplus
}
#endif

#endif /* TAPI_SUPPLEMENTARY_H */
