/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Calls: making, taking, ending, and what is known of them.
 */
#ifndef TAPI_CALL_H
#define TAPI_CALL_H

#include "structures.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * lineMakeCall() - call a number
 * @hLine: the line, opened with any privilege
 * @lphCall: gets the call's handle when the LINE_REPLY of success is told; it has to stay
 *	until then. lineClose() and lineShutdown() forget it
 * @lpszDestAddress: the number, as it is dialled: 0 to 9, A to D, * and #, and a + before
 *	them. Blanks, brackets, dashes, dots, slashes, commas, T and P are passed over; a name
 *	can follow a ^
 * @dwCountryCode: country code of the number, or 0; nothing depends on it
 * @lpCallParams: what sort of call, or NULL
 *
 * The reply comes when the network has begun to work on the call, or has refused it, and before any
 * other message of it. If it is an error, there is no call. Else LINE_CALLSTATE says how it goes
 * on: DIALING, PROCEEDING, RINGBACK and CONNECTED, as far as the network tells, or DISCONNECTED
 * with the mode that says why. The application is its only owner.
 *
 * A media mode that is not named is LINEMEDIAMODE_INTERACTIVEVOICE if the line has it, else the
 * first that it has of DIGITALDATA, DATAMODEM and UNKNOWN. An address that is not named is the one
 * that the line was opened for, or the first. A calling party's number (dwCallingPartyIDOffset) is
 * shown instead of the address's own.
 *
 * Return: the number of the request, which is positive; its result comes by LINE_REPLY. Or an
 * error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_INVALPOINTER: lphCall is NULL
 * LINEERR_STRUCTURETOOSMALL: dwTotalSize has no room for the fixed part of the line's version
 * LINEERR_INVALCALLPARAMS: an offset or size reaches out of the structure, or it asks for what the
 *   line has no way to do: a secure call, a number that is not shown, call data, a flow
 *   specification, a time to give up after
 * LINEERR_INVALADDRESS: nothing that can be dialled, or no address of the line has the number to
 *   call from
 * LINEERR_INVALADDRESSID, LINEERR_INVALADDRESSMODE: the line has no such address
 * LINEERR_DIALBILLING, LINEERR_DIALDIALTONE, LINEERR_DIALPROMPT: the number has a $, W or ?, and
 *   the line cannot wait
 * LINEERR_DIALQUIET, LINEERR_DIALVOICEDETECT: likewise an @ or a colon
 * LINEERR_INVALBEARERMODE, LINEERR_BEARERMODEUNAVAIL: bearers are VOICE and DATA
 * LINEERR_INVALMEDIAMODE: not one mode that the line has
 * LINEERR_INVALRATE, LINEERR_RATEUNAVAIL: no such range, or the line is not that fast
 * LINEERR_INVALCOUNTRYCODE: more than three digits
 * LINEERR_USERUSERINFOTOOBIG: there are bytes to be sent with it: the device carries none
 * LINEERR_CALLUNAVAIL: the line has its largest number of calls
 * LINEERR_INVALLINESTATE: the line is out of service
 * LINEERR_RESOURCEUNAVAIL: the adapter is being reset, or a limit of the session is reached
 * LINEERR_NOMEM: no memory
 *
 * Context: does not wait. Another thread may be told the reply before this has returned.
 */
LONG WINAPI lineMakeCall(HLINE hLine, LPHCALL lphCall, LPCSTR lpszDestAddress, DWORD dwCountryCode,
			 LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineMakeCallA(HLINE hLine, LPHCALL lphCall, LPCSTR lpszDestAddress, DWORD dwCountryCode,
			  LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineMakeCallW(HLINE hLine, LPHCALL lphCall, LPCWSTR lpszDestAddress,
			  DWORD dwCountryCode, LPLINECALLPARAMS const lpCallParams);

/**
 * lineAccept() - say that one will decide on a call that is offered
 * @hCall: the call, of an owner
 * @lpsUserUserInfo: NULL: nothing can be sent with it
 * @dwSize: bytes of it
 *
 * The call becomes LINECALLSTATE_ACCEPTED, and the caller hears that it rings.
 *
 * Return: the number of the request, which is positive; its result comes by LINE_REPLY. Or an
 * error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_INVALCALLSTATE: it is not LINECALLSTATE_OFFERING
 * LINEERR_USERUSERINFOTOOBIG: there are bytes to be sent with it: the device carries none
 * LINEERR_RESOURCEUNAVAIL: the adapter is being reset, or a limit of the session is reached
 * LINEERR_NOMEM: no memory
 */
LONG WINAPI lineAccept(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

/**
 * lineAnswer() - answer a call
 * @hCall: the call, of an owner
 * @lpsUserUserInfo: NULL: nothing can be sent with it
 * @dwSize: bytes of it
 *
 * LINE_REPLY, and then LINECALLSTATE_CONNECTED. If the caller hangs up meanwhile the reply is
 * LINEERR_OPERATIONFAILED.
 *
 * Return: the number of the request, which is positive; its result comes by LINE_REPLY. Or an
 * error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_INVALCALLSTATE: it is neither LINECALLSTATE_OFFERING nor LINECALLSTATE_ACCEPTED
 * LINEERR_USERUSERINFOTOOBIG: there are bytes to be sent with it: the device carries none
 * LINEERR_RESOURCEUNAVAIL: the adapter is being reset, or a limit of the session is reached
 * LINEERR_NOMEM: no memory
 */
LONG WINAPI lineAnswer(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

/**
 * lineDrop() - end a call, or reject one that is offered
 * @hCall: the call, of an owner
 * @lpsUserUserInfo: NULL: nothing can be sent with it
 * @dwSize: bytes of it
 *
 * LINE_REPLY and LINECALLSTATE_IDLE follow, in either order. The handle stays for queries until
 * lineDeallocateCall().
 *
 * A call that the other side has ended is LINECALLSTATE_DISCONNECTED, not IDLE: it takes up its
 * place on the line until an owner drops it.
 *
 * Return: the number of the request, which is positive; its result comes by LINE_REPLY. Or an
 * error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_INVALCALLSTATE: it is LINECALLSTATE_IDLE already
 * LINEERR_USERUSERINFOTOOBIG: there are bytes to be sent with it: the device carries none
 * LINEERR_RESOURCEUNAVAIL: the adapter is being reset, or a limit of the session is reached
 * LINEERR_NOMEM: no memory
 */
LONG WINAPI lineDrop(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

/**
 * lineDeallocateCall() - give a call's handle back
 * @hCall: the call
 *
 * Messages of the call that were not read are not told any more. On a line of 2.0 and above the
 * replies of what was asked still come; before, they do not.
 *
 * A monitor may do so at any time, and so may an owner; if nobody owns the call any more, it is
 * dropped. Only on a line of 1.x the only owner of a call that is not LINECALLSTATE_IDLE may not.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_INVALCALLSTATE: the only owner of a call that is not idle, before 2.0: lineDrop() comes
 *   first
 */
LONG WINAPI lineDeallocateCall(HCALL hCall);

/**
 * lineGetCallInfo() - what a call is, and who has it
 * @hCall: the call, of an owner or a monitor, in any state
 * @lpCallInfo: the structure, of dwTotalSize bytes
 *
 * Besides what the network knows: the number of lineSetAppSpecific(), how many own and monitor the
 * call; and, of the handle that lineMakeCall() gave, what that was told for people: the displayable
 * address, the name of the called party and the comment. dwCallID is the number of the call's
 * connection in the lists and traces of condis.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 * LINEERR_STRUCTURETOOSMALL: dwTotalSize has no room for the fixed part
 */
LONG WINAPI lineGetCallInfo(HCALL hCall, LPLINECALLINFO lpCallInfo);
LONG WINAPI lineGetCallInfoA(HCALL hCall, LPLINECALLINFO lpCallInfo);
LONG WINAPI lineGetCallInfoW(HCALL hCall, LPLINECALLINFO lpCallInfo);

/**
 * lineGetCallStatus() - the state of a call, and what can be done with it now
 * @hCall: the call, of an owner or a monitor, in any state
 * @lpCallStatus: the structure, of dwTotalSize bytes
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 * LINEERR_STRUCTURETOOSMALL: dwTotalSize has no room for the fixed part
 */
LONG WINAPI lineGetCallStatus(HCALL hCall, LPLINECALLSTATUS lpCallStatus);

/**
 * lineSetCallPrivilege() - become an owner of a call, or a monitor
 * @hCall: the call
 * @dwCallPrivilege: LINECALLPRIVILEGE_OWNER or LINECALLPRIVILEGE_MONITOR
 *
 * Others that have the call are told by LINE_CALLINFO.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_INVALCALLPRIVILEGE: neither of the two, or another user's call
 * LINEERR_INVALCALLSTATE: the only owner of a call that is not idle has to stay it: nobody else
 *   could end it
 */
LONG WINAPI lineSetCallPrivilege(HCALL hCall, DWORD dwCallPrivilege);

/**
 * lineHandoff() - give a call to another application
 * @hCall: the call, of an owner
 * @lpszFileName: file name of the program, with or without its folder; NULL: the first that
 *	takes such calls
 * @dwMediaMode: with lpszFileName NULL: one LINEMEDIAMODE_*; else not read
 *
 * The other one has to have the line open with LINECALLPRIVILEGE_OWNER. It is told by
 * LINE_APPNEWCALL, if it has no handle of the call yet, and LINE_CALLSTATE with its privilege in
 * dwParam3. The giver is still an owner: it deallocates the call, or makes itself a monitor.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_TARGETNOTFOUND: there is no such application
 * LINEERR_TARGETSELF: the first that takes such calls is this one
 * LINEERR_INVALMEDIAMODE: none, or several
 * LINEERR_RESOURCEUNAVAIL: the adapter is being reset, or a limit of the session is reached
 * LINEERR_NOMEM: no memory
 */
LONG WINAPI lineHandoff(HCALL hCall, LPCSTR lpszFileName, DWORD dwMediaMode);
LONG WINAPI lineHandoffA(HCALL hCall, LPCSTR lpszFileName, DWORD dwMediaMode);
LONG WINAPI lineHandoffW(HCALL hCall, LPCWSTR lpszFileName, DWORD dwMediaMode);

/**
 * lineGetConfRelatedCalls() - the calls of a conference
 * @hCall: the call
 * @lpCallList: would get them
 *
 * There are no conferences.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 * LINEERR_STRUCTURETOOSMALL: dwTotalSize has no room for the fixed part
 * LINEERR_NOCONFERENCE: the call is in none
 */
LONG WINAPI lineGetConfRelatedCalls(HCALL hCall, LPLINECALLLIST lpCallList);

/**
 * lineSetAppSpecific() - attach a number to a call
 * @hCall: the call, of an owner, in any state
 * @dwAppSpecific: what the applications have agreed on
 *
 * All that have the call see it by lineGetCallInfo(), and the others are told by LINE_CALLINFO.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 */
LONG WINAPI lineSetAppSpecific(HCALL hCall, DWORD dwAppSpecific);

/**
 * lineSetMediaMode() - say what media a call has
 * @hCall: the call, of an owner, in any state
 * @dwMediaModes: one LINEMEDIAMODE_*, or LINEMEDIAMODE_UNKNOWN and those that it may be
 *
 * The others that have the call are told by LINE_CALLINFO; the network is not.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_INVALMEDIAMODE: not such a set
 */
LONG WINAPI lineSetMediaMode(HCALL hCall, DWORD dwMediaModes);

/**
 * lineSendUserUserInfo() - send a few bytes to the other side of a call
 * @hCall: the call, of an owner
 * @lpsUserUserInfo: the bytes
 * @dwSize: how many
 *
 * Not to be had: the device carries none; a connected call has its data, by lineGetID().
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineSendUserUserInfo(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

/**
 * lineReleaseUserUserInfo() - ask for the next bytes from the other side of a call
 * @hCall: the call, of an owner
 *
 * Not to be had: the device carries none.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineReleaseUserUserInfo(HCALL hCall);

/**
 * lineSecureCall() - let a call not be disturbed
 * @hCall: the call, of an owner
 *
 * Not to be had: nothing disturbs a call here.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineSecureCall(HCALL hCall);

/**
 * lineDial() - dial more of a number
 * @hCall: the call, of an owner
 * @lpszDestAddress: the rest of the number
 * @dwCountryCode: its country
 *
 * Not to be had: lineMakeCall() is given the whole number.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineDial(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
LONG WINAPI lineDialA(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
LONG WINAPI lineDialW(HCALL hCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode);

/**
 * lineSetCallParams() - change a call's bearer and rates
 * @hCall: the call, of an owner
 * @dwBearerMode: LINEBEARERMODE_*
 * @dwMinRate: bits per second
 * @dwMaxRate: bits per second
 * @lpDialParams: how digits are dialled
 *
 * Not to be had: they are agreed on when the call is made.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineSetCallParams(HCALL hCall, DWORD dwBearerMode, DWORD dwMinRate, DWORD dwMaxRate,
			      LPLINEDIALPARAMS const lpDialParams);

/**
 * lineSetCallData() - attach bytes to a call
 * @hCall: the call, of an owner
 * @lpCallData: the bytes
 * @dwSize: how many
 *
 * Not to be had: lineSetAppSpecific() is.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineSetCallData(HCALL hCall, LPVOID lpCallData, DWORD dwSize);

/**
 * lineSetCallTreatment() - say what a waiting caller hears
 * @hCall: the call, of an owner
 * @dwTreatment: LINECALLTREATMENT_*
 *
 * Not to be had: calls do not wait.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineSetCallTreatment(HCALL hCall, DWORD dwTreatment);

/**
 * lineSetCallQualityOfService() - ask for another quality of service
 * @hCall: the call, of an owner
 * @lpSendingFlowspec: of what is sent
 * @dwSendingFlowspecSize: bytes of it
 * @lpReceivingFlowspec: of what is received
 * @dwReceivingFlowspecSize: bytes of it
 *
 * Not to be had: it is agreed on when the call is made.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineSetCallQualityOfService(HCALL hCall, LPVOID lpSendingFlowspec,
					DWORD dwSendingFlowspecSize, LPVOID lpReceivingFlowspec,
					DWORD dwReceivingFlowspecSize);

#ifdef __cplusplus
}
#endif

#endif /* TAPI_CALL_H */
