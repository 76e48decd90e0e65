/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Applications: beginning, ending, versions and messages.
 */
#ifndef TAPI_APPLICATION_H
#define TAPI_APPLICATION_H

#include "structures.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * lineInitialize() - begin an application of TAPI 1.x
 * @lphLineApp: gets its handle
 * @hInstance: not used; may be NULL
 * @lpfnCallback: gets its messages, while tapi_dispatch() runs
 * @lpszAppName: its name for people, in UTF-8; NULL: the program's file name
 * @lpdwNumDevs: gets the number of line devices, which are counted from 0
 *
 * As lineInitializeEx() with LINEINITIALIZEEXOPTION_USEHIDDENWINDOW. The application is taken for
 * one of 1.3 until lineNegotiateAPIVersion() gave it a later version.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 * LINEERR_INVALAPPNAME: the name is not text
 * LINEERR_NOMEM: no memory
 * LINEERR_RESOURCEUNAVAIL: no more descriptors
 * LINEERR_OPERATIONFAILED: there is no /dev/ndproxy, or it may not be opened
 */
LONG WINAPI lineInitialize(LPHLINEAPP lphLineApp, HINSTANCE hInstance, LINECALLBACK lpfnCallback,
			   LPCSTR lpszAppName, LPDWORD lpdwNumDevs);

/**
 * lineInitializeExA() - begin an application
 * @lphLineApp: gets its handle
 * @hInstance: not used; may be NULL
 * @lpfnCallback: gets its messages, with LINEINITIALIZEEXOPTION_USEHIDDENWINDOW; else
 *	ignored
 * @lpszFriendlyAppName: its name for people; NULL: the program's file name
 * @lpdwNumDevs: gets the number of line devices, which are counted from 0
 * @lpdwAPIVersion: in: the highest version that it knows; out: the highest that the library
 *	knows
 * @lpLineInitializeExParams: how it hears of events; NULL: by callback
 *
 * A program may begin several. Adapters that are just coming are waited for, for a second at most.
 *
 * With LINEINITIALIZEEXOPTION_USEHIDDENWINDOW the callback runs in the thread that calls
 * tapi_dispatch(), where a Windows program would dispatch its windows' messages. tapi_dispatch_fd()
 * can be polled.
 *
 * With LINEINITIALIZEEXOPTION_USEEVENT hEvent is a descriptor, by TAPI_HANDLE_TO_FD(), that polls
 * readable while messages may wait for lineGetMessage(). It is the library's, which closes it in
 * lineShutdown(); the application polls it, and does nothing else with it. One that has closed it
 * cannot poll any more, but gets its messages; if it did so before lineShutdown(), that leaves
 * the number alone, whatever it has become.
 *
 * With LINEINITIALIZEEXOPTION_USECOMPLETIONPORT hCompletionPort is the writing end of a pipe or a
 * socket, by TAPI_FD_TO_HANDLE(), and gets a struct tapi_completion for each message. It is the
 * application's, which closes it after lineShutdown(). A thread of the library's writes there.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 * LINEERR_INVALAPPNAME: the name is not text
 * LINEERR_INVALPARAM: no such option, or no such completion port
 * LINEERR_STRUCTURETOOSMALL: dwTotalSize has no room for the fixed part
 * LINEERR_INCOMPATIBLEAPIVERSION: older than 1.3
 * LINEERR_NOMEM: no memory
 * LINEERR_RESOURCEUNAVAIL: no more descriptors or threads
 * LINEERR_OPERATIONFAILED: there is no /dev/ndproxy, or it may not be opened
 */
LONG WINAPI lineInitializeExA(LPHLINEAPP lphLineApp, HINSTANCE hInstance, LINECALLBACK lpfnCallback,
			      LPCSTR lpszFriendlyAppName, LPDWORD lpdwNumDevs,
			      LPDWORD lpdwAPIVersion,
			      LPLINEINITIALIZEEXPARAMS lpLineInitializeExParams);
LONG WINAPI lineInitializeExW(LPHLINEAPP lphLineApp, HINSTANCE hInstance, LINECALLBACK lpfnCallback,
			      LPCWSTR lpszFriendlyAppName, LPDWORD lpdwNumDevs,
			      LPDWORD lpdwAPIVersion,
			      LPLINEINITIALIZEEXPARAMS lpLineInitializeExParams);

/**
 * lineShutdown() - end an application
 * @hLineApp: the application
 *
 * Each of its lines is closed as by lineClose(), so that calls which nobody else owns are dropped;
 * its registration as a recipient of requests ends; what it asked for and was not answered is
 * forgotten. Nothing is told of all that: no LINE_CLOSE, no LINE_REPLY. The network's answers are
 * not waited for.
 *
 * Who waits in lineGetMessage(), lineOpen() or tapi_dispatch() is told at once that the application
 * is no more. The event descriptor polls readable until the last of them has left, and is closed
 * then.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALAPPHANDLE: no such application, or somebody else has ended it: a second call says
 *   this
 *
 * Context: any thread, also in the callback, which then returns to a tapi_dispatch() that does not
 * call it again. With a completion port, the thread of the library's has ended when this returns.
 */
LONG WINAPI lineShutdown(HLINEAPP hLineApp);

/**
 * lineGetMessage() - the next message of an application that waits for an event
 * @hLineApp: the application, begun with LINEINITIALIZEEXOPTION_USEEVENT
 * @lpMessage: gets it
 * @dwTimeout: milliseconds to wait for one; 0: not at all; INFINITE: for ever
 *
 * Each message is given once, in the order of what happened; of several threads that wait, to one
 * of them.
 *
 * What is in a message, by dwMessageID; hDevice is the handle of the call or line that it is about,
 * or 0, and dwCallbackInstance is that of lineOpen():
 *
 * - LINE_CALLSTATE: dwParam1 LINECALLSTATE_*; dwParam2 the mode of CONNECTED, OFFERING and
 *   DISCONNECTED; dwParam3 LINECALLPRIVILEGE_* if that is new, else 0
 * - LINE_APPNEWCALL (2.0): of a line; dwParam1 the address; dwParam2 the new call; dwParam3 its
 *   LINECALLPRIVILEGE_*. Its LINE_CALLSTATE is the next message of that call
 * - LINE_CALLINFO: dwParam1 LINECALLINFOSTATE_*
 * - LINE_REPLY: dwParam1 the number of the request; dwParam2 its result, as TAPI_RESULT(dwParam2)
 * - LINE_CLOSE: of a line that was closed from below; it and its calls had no handles any more when
 *   this was queued
 * - LINE_LINEDEVSTATE: dwParam1 LINEDEVSTATE_*, as lineSetStatusMessages() has it. REINIT is of no
 *   line, comes always, and means: end, and begin anew; with an application older than the message,
 *   dwParam2 is the message that was meant and dwParam3 its first parameter
 * - LINE_CREATE (1.4), LINE_REMOVE (2.0): of no line; a device came or went. dwParam1 its number
 * - LINE_MONITORDIGITS: dwParam1 the digit; dwParam2 its LINEDIGITMODE_*
 * - LINE_GENERATE: dwParam1 LINEGENERATETERM_*
 * - LINE_REQUEST: of no line; dwParam1 LINEREQUESTMODE_*: lineGetRequest() until there is none
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALAPPHANDLE: no such application, or it has ended
 * LINEERR_OPERATIONFAILED: none came in time, or the application hears of events in another way, or
 *	has closed descriptors of the library's
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 *
 * Context: waits, but for dwTimeout 0. lineShutdown() ends the wait with LINEERR_INVALAPPHANDLE.
 */
LONG WINAPI lineGetMessage(HLINEAPP hLineApp, LPLINEMESSAGE lpMessage, DWORD dwTimeout);

/**
 * lineNegotiateAPIVersion() - agree on a version of the interface for a device
 * @hLineApp: the application
 * @dwDeviceID: the device
 * @dwAPILowVersion: the lowest version that the application knows
 * @dwAPIHighVersion: the highest
 * @lpdwAPIVersion: gets the highest that both know
 * @lpExtensionID: gets zeros: no device has extensions
 *
 * The version is what lineOpen() and the functions of capabilities are then given; there are
 * 0x00010003, 0x00010004, 0x00020000, 0x00020001 and 0x00020002.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALAPPHANDLE: no such application, or it has ended
 * LINEERR_BADDEVICEID: there never was such a device
 * LINEERR_NODEVICE: the device was removed
 * LINEERR_INCOMPATIBLEAPIVERSION: there is none that both know
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 */
LONG WINAPI lineNegotiateAPIVersion(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPILowVersion,
				    DWORD dwAPIHighVersion, LPDWORD lpdwAPIVersion,
				    LPLINEEXTENSIONID lpExtensionID);

/**
 * lineNegotiateExtVersion() - agree on a version of a device's extensions
 * @hLineApp: the application
 * @dwDeviceID: the device
 * @dwAPIVersion: the version that was agreed on
 * @dwExtLowVersion: the lowest version that the application knows
 * @dwExtHighVersion: the highest
 * @lpdwExtVersion: would get the version
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALAPPHANDLE: no such application, or it has ended
 * LINEERR_BADDEVICEID: there never was such a device
 * LINEERR_NODEVICE: the device was removed
 * LINEERR_INCOMPATIBLEAPIVERSION: no version of ours
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 * LINEERR_OPERATIONUNAVAIL: no device has extensions
 */
LONG WINAPI lineNegotiateExtVersion(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
				    DWORD dwExtLowVersion, DWORD dwExtHighVersion,
				    LPDWORD lpdwExtVersion);

/**
 * lineSetAppPriority() - say which program is asked first
 * @lpszAppFilename: the program's file name, without its folder
 * @dwMediaMode: LINEMEDIAMODE_* of the calls that it is about; 0: requests
 * @lpExtensionID: not used
 * @dwRequestMode: with dwMediaMode 0: LINEREQUESTMODE_MAKECALL
 * @lpszExtensionName: not used
 * @dwPriority: 1: first; 0: not in the list
 *
 * An incoming call is offered to the program that is first in the list of its media mode and has
 * the line open for such calls; those that are in no list come after them, in the order of their
 * lineOpen(). The lists are the user's file condis/tapi-priorities below $XDG_CONFIG_HOME, and hold
 * for programs that run already as well.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 * LINEERR_INVALAPPNAME: not a file's name
 * LINEERR_INVALMEDIAMODE: no such media mode
 * LINEERR_INVALREQUESTMODE: not LINEREQUESTMODE_MAKECALL
 * LINEERR_INVALPARAM: dwPriority is neither 0 nor 1
 * LINEERR_INIFILECORRUPT: the file cannot be understood
 * LINEERR_NOMEM: no memory
 * LINEERR_OPERATIONFAILED: it cannot be written
 *
 * Context: needs no application. With dwMediaMode 0 waits for the session bus, five seconds at
 *	most.
 */
LONG WINAPI lineSetAppPriority(LPCSTR lpszAppFilename, DWORD dwMediaMode,
			       LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode,
			       LPCSTR lpszExtensionName, DWORD dwPriority);
LONG WINAPI lineSetAppPriorityA(LPCSTR lpszAppFilename, DWORD dwMediaMode,
				LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode,
				LPCSTR lpszExtensionName, DWORD dwPriority);
LONG WINAPI lineSetAppPriorityW(LPCWSTR lpszAppFilename, DWORD dwMediaMode,
				LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode,
				LPCWSTR lpszExtensionName, DWORD dwPriority);

/**
 * lineGetAppPriority() - which place a program has in the list of who is asked
 * @lpszAppFilename: the program's file name, without its folder
 * @dwMediaMode: one LINEMEDIAMODE_*; 0: requests
 * @lpExtensionID: not used
 * @dwRequestMode: with dwMediaMode 0: LINEREQUESTMODE_MAKECALL
 * @lpExtensionName: not used
 * @lpdwPriority: gets the place: 1 is the first, 0 is none
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 * LINEERR_INVALAPPNAME: not a file's name
 * LINEERR_INVALMEDIAMODE: none, or several
 * LINEERR_INVALREQUESTMODE: not LINEREQUESTMODE_MAKECALL
 * LINEERR_INIFILECORRUPT: the file cannot be understood
 * LINEERR_NOMEM: no memory
 *
 * Context: needs no application.
 */
LONG WINAPI lineGetAppPriority(LPCSTR lpszAppFilename, DWORD dwMediaMode,
			       LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode,
			       LPVARSTRING lpExtensionName, LPDWORD lpdwPriority);
LONG WINAPI lineGetAppPriorityA(LPCSTR lpszAppFilename, DWORD dwMediaMode,
				LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode,
				LPVARSTRING lpExtensionName, LPDWORD lpdwPriority);
LONG WINAPI lineGetAppPriorityW(LPCWSTR lpszAppFilename, DWORD dwMediaMode,
				LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode,
				LPVARSTRING lpExtensionName, LPDWORD lpdwPriority);

#ifdef __cplusplus
}
#endif

#endif /* TAPI_APPLICATION_H */
