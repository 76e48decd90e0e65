/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Assisted telephony: one program asks, another makes the call.
 *
 * All of it is within one user's session, over its message bus.
 */
#ifndef TAPI_REQUEST_H
#define TAPI_REQUEST_H

#include "structures.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * tapiRequestMakeCall() - ask that somebody calls a number
 * @lpszDestAddress: the number: at most TAPIMAXDESTADDRESSSIZE characters with the end
 * @lpszAppName: name of the program that asks, for people; may be NULL
 * @lpszCalledParty: whom the call is for; may be NULL
 * @lpszComment: what it is about; may be NULL
 *
 * The request goes to the recipient that is first in the list of lineSetAppPriority(), of those
 * that run in this user's session; it waits there until it is taken. If none runs, one that is
 * installed for it is started. What is longer than its size is cut off, but for the number.
 *
 * Return: 0: it waits for a recipient, and nobody has called yet. Or an error:
 *
 * Errors:
 * TAPIERR_NOREQUESTRECIPIENT: nobody takes requests, and nobody is installed for it
 * TAPIERR_INVALDESTADDRESS: no number, or it is too long
 * TAPIERR_REQUESTQUEUEFULL: too many wait
 * TAPIERR_INVALPOINTER: lpszDestAddress is NULL
 * TAPIERR_REQUESTFAILED: no memory, or the session bus is gone
 *
 * Context: needs no application. Waits for the session bus, and may wait for a program that is
 *	started: five seconds at most in all.
 */
LONG WINAPI tapiRequestMakeCall(LPCSTR lpszDestAddress, LPCSTR lpszAppName, LPCSTR lpszCalledParty,
				LPCSTR lpszComment);
LONG WINAPI tapiRequestMakeCallA(LPCSTR lpszDestAddress, LPCSTR lpszAppName, LPCSTR lpszCalledParty,
				 LPCSTR lpszComment);
LONG WINAPI tapiRequestMakeCallW(LPCWSTR lpszDestAddress, LPCWSTR lpszAppName,
				 LPCWSTR lpszCalledParty, LPCWSTR lpszComment);

/**
 * tapiRequestMediaCall() - ask that somebody makes a call for one's own data
 * @hwnd: a window
 * @wRequestID: number of the request
 * @lpszDeviceClass: class of the device
 * @lpDeviceID: the device
 * @dwSize: bytes of it
 * @dwSecure: undisturbed
 * @lpszDestAddress: a number
 * @lpszAppName: name of the program that asks
 * @lpszCalledParty: whom the call is for
 * @lpszComment: what it is about
 *
 * Obsolete.
 *
 * Return: an error, always:
 *
 * Errors:
 * TAPIERR_REQUESTFAILED: nobody takes such requests
 */
LONG WINAPI tapiRequestMediaCall(HWND hwnd, WPARAM wRequestID, LPCSTR lpszDeviceClass,
				 LPCSTR lpDeviceID, DWORD dwSize, DWORD dwSecure,
				 LPCSTR lpszDestAddress, LPCSTR lpszAppName, LPCSTR lpszCalledParty,
				 LPCSTR lpszComment);
LONG WINAPI tapiRequestMediaCallA(HWND hwnd, WPARAM wRequestID, LPCSTR lpszDeviceClass,
				  LPCSTR lpDeviceID, DWORD dwSize, DWORD dwSecure,
				  LPCSTR lpszDestAddress, LPCSTR lpszAppName,
				  LPCSTR lpszCalledParty, LPCSTR lpszComment);
LONG WINAPI tapiRequestMediaCallW(HWND hwnd, WPARAM wRequestID, LPCWSTR lpszDeviceClass,
				  LPCWSTR lpDeviceID, DWORD dwSize, DWORD dwSecure,
				  LPCWSTR lpszDestAddress, LPCWSTR lpszAppName,
				  LPCWSTR lpszCalledParty, LPCWSTR lpszComment);

/**
 * tapiRequestDrop() - ask that a call for one's own data ends
 * @hwnd: a window
 * @wRequestID: number of the request
 *
 * Obsolete.
 *
 * Return: an error, always:
 *
 * Errors:
 * TAPIERR_REQUESTFAILED: there are no such calls
 */
LONG WINAPI tapiRequestDrop(HWND hwnd, WPARAM wRequestID);

/**
 * lineRegisterRequestRecipient() - take requests, or no more
 * @hLineApp: the application
 * @dwRegistrationInstance: comes as dwCallbackInstance with LINE_REQUEST; not read with
 *	bEnable 0
 * @dwRequestMode: LINEREQUESTMODE_MAKECALL; MEDIACALL and DROP, which are obsolete, are
 *	taken, and nothing comes of them
 * @bEnable: 0: no more
 *
 * Requests that waited for a recipient are told of at once. LINE_REQUEST says that there are some,
 * is told once, and lineGetRequest() takes them until there are none.
 *
 * What was not taken when it ends, here or by lineShutdown(), waits for the next recipient.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALAPPHANDLE: no such application, or it has ended
 * LINEERR_INVALREQUESTMODE: no such mode
 * LINEERR_NOMEM: no memory
 * LINEERR_RESOURCEUNAVAIL: there is no session bus, or it does not answer
 *
 * Context: with bEnable waits for the session bus, five seconds at most.
 */
LONG WINAPI lineRegisterRequestRecipient(HLINEAPP hLineApp, DWORD dwRegistrationInstance,
					 DWORD dwRequestMode, DWORD bEnable);

/**
 * lineGetRequest() - take a request
 * @hLineApp: the application
 * @dwRequestMode: LINEREQUESTMODE_MAKECALL
 * @lpRequestBuffer: gets it: a LINEREQMAKECALL, of W a LINEREQMAKECALLW
 *
 * Each request is taken by one recipient.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALAPPHANDLE: no such application, or it has ended
 * LINEERR_NOTREGISTERED: the application is no recipient
 * LINEERR_NOREQUEST: none waits, or another recipient comes first now
 * LINEERR_INVALREQUESTMODE: none, or several
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 * LINEERR_RESOURCEUNAVAIL: no descriptor is left to look with; what waits can be taken later
 * LINEERR_NOMEM: no memory, likewise
 * LINEERR_OPERATIONFAILED: the user's folder of requests cannot be opened
 */
LONG WINAPI lineGetRequest(HLINEAPP hLineApp, DWORD dwRequestMode, LPVOID lpRequestBuffer);
LONG WINAPI lineGetRequestA(HLINEAPP hLineApp, DWORD dwRequestMode, LPVOID lpRequestBuffer);
LONG WINAPI lineGetRequestW(HLINEAPP hLineApp, DWORD dwRequestMode, LPVOID lpRequestBuffer);

#ifdef __cplusplus
}
#endif

#endif /* TAPI_REQUEST_H */
