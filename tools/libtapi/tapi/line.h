/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Lines: what there are, opening, closing, status.
 */
#ifndef TAPI_LINE_H
#define TAPI_LINE_H

#include "structures.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * lineGetDevCaps() - what a line device is able to do
 * @hLineApp: the application
 * @dwDeviceID: the device
 * @dwAPIVersion: the version that was agreed on: how much of the structure there is
 * @dwExtVersion: 0
 * @lpLineDevCaps: the structure, of dwTotalSize bytes
 *
 * The line's name is the kernel's; the name of the switch is that of the adapter. dwPermanentLineID
 * and PermanentLineGuid come from both, and are the same after the next start.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALAPPHANDLE: no such application, or it has ended
 * LINEERR_BADDEVICEID: there never was such a device
 * LINEERR_NODEVICE: the device was removed
 * LINEERR_INCOMPATIBLEAPIVERSION: no version of ours
 * LINEERR_INCOMPATIBLEEXTVERSION: it is not 0: no device has extensions
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 * LINEERR_STRUCTURETOOSMALL: dwTotalSize has no room for the fixed part
 * LINEERR_RESOURCEUNAVAIL: the adapter is being reset, or a limit of the session is reached
 */
LONG WINAPI lineGetDevCaps(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
			   DWORD dwExtVersion, LPLINEDEVCAPS lpLineDevCaps);
LONG WINAPI lineGetDevCapsA(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
			    DWORD dwExtVersion, LPLINEDEVCAPS lpLineDevCaps);
LONG WINAPI lineGetDevCapsW(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
			    DWORD dwExtVersion, LPLINEDEVCAPS lpLineDevCaps);

/**
 * lineGetAddressCaps() - what an address of a line device is able to do
 * @hLineApp: the application
 * @dwDeviceID: the device
 * @dwAddressID: the address, from 0
 * @dwAPIVersion: the version that was agreed on: how much of the structure there is
 * @dwExtVersion: 0
 * @lpAddressCaps: the structure, of dwTotalSize bytes
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALAPPHANDLE: no such application, or it has ended
 * LINEERR_BADDEVICEID: there never was such a device
 * LINEERR_NODEVICE: the device was removed
 * LINEERR_INVALADDRESSID: the line has no such address
 * LINEERR_INCOMPATIBLEAPIVERSION: no version of ours
 * LINEERR_INCOMPATIBLEEXTVERSION: it is not 0: no device has extensions
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 * LINEERR_STRUCTURETOOSMALL: dwTotalSize has no room for the fixed part
 * LINEERR_RESOURCEUNAVAIL: the adapter is being reset, or a limit of the session is reached
 */
LONG WINAPI lineGetAddressCaps(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID,
			       DWORD dwAPIVersion, DWORD dwExtVersion,
			       LPLINEADDRESSCAPS lpAddressCaps);
LONG WINAPI lineGetAddressCapsA(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID,
				DWORD dwAPIVersion, DWORD dwExtVersion,
				LPLINEADDRESSCAPS lpAddressCaps);
LONG WINAPI lineGetAddressCapsW(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID,
				DWORD dwAPIVersion, DWORD dwExtVersion,
				LPLINEADDRESSCAPS lpAddressCaps);

/**
 * lineOpen() - open a line device
 * @hLineApp: the application
 * @dwDeviceID: the device, or LINEMAPPER: the first that can do what lpCallParams asks for
 * @lphLine: gets the line's handle
 * @dwAPIVersion: the version that was agreed on: how the line's messages are told
 * @dwExtVersion: 0
 * @dwCallbackInstance: comes with each message of the line and its calls
 * @dwPrivileges: LINECALLPRIVILEGE_NONE: it has its own calls only; MONITOR, OWNER or both:
 *	it is told of others, and is offered those that come. LINEOPENOPTION_SINGLEADDRESS with
 *	them: of one address
 * @dwMediaModes: with OWNER: which calls it is offered
 * @lpCallParams: with LINEMAPPER: what the line must be able to do; with SINGLEADDRESS: the
 *	address, as dwAddressID; else not read
 *
 * A device can be opened many times, by one application too; each handle is independent, and each
 * may make calls. Calls that are up already are not announced: lineGetNewCalls() gives them. No
 * message of LINE_LINEDEVSTATE is told until lineSetStatusMessages() asks for some.
 *
 * When this returns, a line with OWNER listens: whoever calls it finds this handle.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALAPPHANDLE: no such application, or it has ended
 * LINEERR_BADDEVICEID: there never was such a device
 * LINEERR_NODEVICE: the device was removed
 * LINEERR_LINEMAPPERFAILED: no line can do what was asked
 * LINEERR_INCOMPATIBLEAPIVERSION: no version of ours
 * LINEERR_INCOMPATIBLEEXTVERSION: it is not 0: no device has extensions
 * LINEERR_INVALPRIVSELECT: no such privileges, or none
 * LINEERR_INVALMEDIAMODE: no such media mode, or the line has not all of them
 * LINEERR_INVALADDRESSID: the line has no such address
 * LINEERR_OPERATIONUNAVAIL: LINEOPENOPTION_PROXY
 * LINEERR_REINIT: the lines have changed since the application began: end it and begin anew
 * LINEERR_ALLOCATED: somebody else listens on that line
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 * LINEERR_STRUCTURETOOSMALL: dwTotalSize has no room for the fixed part
 * LINEERR_RESOURCEUNAVAIL: the adapter is being reset, or a limit of the session is reached
 * LINEERR_NOMEM: no memory
 * LINEERR_OPERATIONFAILED: the line did not begin to listen in time
 *
 * Context: may wait for the network, with OWNER; lineShutdown() ends that.
 */
LONG WINAPI lineOpen(HLINEAPP hLineApp, DWORD dwDeviceID, LPHLINE lphLine, DWORD dwAPIVersion,
		     DWORD dwExtVersion, DWORD_PTR dwCallbackInstance, DWORD dwPrivileges,
		     DWORD dwMediaModes, LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineOpenA(HLINEAPP hLineApp, DWORD dwDeviceID, LPHLINE lphLine, DWORD dwAPIVersion,
		      DWORD dwExtVersion, DWORD_PTR dwCallbackInstance, DWORD dwPrivileges,
		      DWORD dwMediaModes, LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineOpenW(HLINEAPP hLineApp, DWORD dwDeviceID, LPHLINE lphLine, DWORD dwAPIVersion,
		      DWORD dwExtVersion, DWORD_PTR dwCallbackInstance, DWORD dwPrivileges,
		      DWORD dwMediaModes, LPLINECALLPARAMS const lpCallParams);

/**
 * lineClose() - close a line
 * @hLine: the line
 *
 * Its calls' handles die with it, and what was queued for them and the line. A call that nobody
 * else owns is dropped, and that is not waited for. What was asked on the line and not answered
 * stays without an answer; nobody gets a LINE_CLOSE, which is for lines that others have closed.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line; or it was closed from below meanwhile, and its LINE_CLOSE
 *   is on its way
 *
 * Context: any thread, also in the callback. No message of the line is told after it has returned,
 * but for one that another thread had taken already.
 */
LONG WINAPI lineClose(HLINE hLine);

/**
 * lineGetLineDevStatus() - the state of a line
 * @hLine: the line
 * @lpLineDevStatus: the structure, of dwTotalSize bytes
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 * LINEERR_STRUCTURETOOSMALL: dwTotalSize has no room for the fixed part
 * LINEERR_RESOURCEUNAVAIL: the adapter is being reset, or a limit of the session is reached
 */
LONG WINAPI lineGetLineDevStatus(HLINE hLine, LPLINEDEVSTATUS lpLineDevStatus);
LONG WINAPI lineGetLineDevStatusA(HLINE hLine, LPLINEDEVSTATUS lpLineDevStatus);
LONG WINAPI lineGetLineDevStatusW(HLINE hLine, LPLINEDEVSTATUS lpLineDevStatus);

/**
 * lineGetAddressStatus() - the state of an address of a line
 * @hLine: the line
 * @dwAddressID: the address, from 0
 * @lpAddressStatus: the structure, of dwTotalSize bytes
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_INVALADDRESSID: the line has no such address
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 * LINEERR_STRUCTURETOOSMALL: dwTotalSize has no room for the fixed part
 * LINEERR_RESOURCEUNAVAIL: the adapter is being reset, or a limit of the session is reached
 */
LONG WINAPI lineGetAddressStatus(HLINE hLine, DWORD dwAddressID,
				 LPLINEADDRESSSTATUS lpAddressStatus);
LONG WINAPI lineGetAddressStatusA(HLINE hLine, DWORD dwAddressID,
				  LPLINEADDRESSSTATUS lpAddressStatus);
LONG WINAPI lineGetAddressStatusW(HLINE hLine, DWORD dwAddressID,
				  LPLINEADDRESSSTATUS lpAddressStatus);

/**
 * lineGetAddressID() - which address of a line has a number
 * @hLine: the line
 * @lpdwAddressID: gets the address, from 0
 * @dwAddressMode: LINEADDRESSMODE_DIALABLEADDR
 * @lpsAddress: the number, as it is dialled
 * @dwSize: its bytes, with the end if it has one
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_INVALADDRESSMODE: not by its number
 * LINEERR_INVALADDRESS: no address of the line has that number
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 * LINEERR_NOMEM: no memory
 */
LONG WINAPI lineGetAddressID(HLINE hLine, LPDWORD lpdwAddressID, DWORD dwAddressMode,
			     LPCSTR lpsAddress, DWORD dwSize);
LONG WINAPI lineGetAddressIDA(HLINE hLine, LPDWORD lpdwAddressID, DWORD dwAddressMode,
			      LPCSTR lpsAddress, DWORD dwSize);
LONG WINAPI lineGetAddressIDW(HLINE hLine, LPDWORD lpdwAddressID, DWORD dwAddressMode,
			      LPCWSTR lpsAddress, DWORD dwSize);

/**
 * lineSetStatusMessages() - which LINE_LINEDEVSTATE and LINE_ADDRESSSTATE to be told of
 * @hLine: the line
 * @dwLineStates: LINEDEVSTATE_*; OTHER and REINIT come always
 * @dwAddressStates: LINEADDRESSSTATE_*
 *
 * After lineOpen() it is none of them. The mask is this handle's alone. LINE_ADDRESSSTATE is never
 * told by the lines there are.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_INVALLINESTATE, LINEERR_INVALADDRESSSTATE: the version of the line knows no such state
 */
LONG WINAPI lineSetStatusMessages(HLINE hLine, DWORD dwLineStates, DWORD dwAddressStates);

/**
 * lineGetStatusMessages() - which LINE_LINEDEVSTATE and LINE_ADDRESSSTATE are told
 * @hLine: the line
 * @lpdwLineStates: gets LINEDEVSTATE_*
 * @lpdwAddressStates: gets LINEADDRESSSTATE_*
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 */
LONG WINAPI lineGetStatusMessages(HLINE hLine, LPDWORD lpdwLineStates, LPDWORD lpdwAddressStates);

/**
 * lineGetNewCalls() - handles of calls of which the application has none yet
 * @hLine: the line
 * @dwAddressID: with LINECALLSELECT_ADDRESS: the address
 * @dwSelect: LINECALLSELECT_LINE or LINECALLSELECT_ADDRESS
 * @lpCallList: gets them
 *
 * All are a monitor's; lineSetCallPrivilege() makes an owner of one. If not all of them fit, none
 * is given, and dwNeededSize says what is needed. Each has to be deallocated.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_INVALCALLSELECT: neither of the two
 * LINEERR_INVALADDRESSID: the line has no such address
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 * LINEERR_STRUCTURETOOSMALL: dwTotalSize has no room for the fixed part
 * LINEERR_NOMEM: no memory
 * LINEERR_RESOURCEUNAVAIL: the adapter is being reset, or a limit of the session is reached
 */
LONG WINAPI lineGetNewCalls(HLINE hLine, DWORD dwAddressID, DWORD dwSelect,
			    LPLINECALLLIST lpCallList);

/**
 * lineGetID() - what a line, an address or a call is called outside of TAPI
 * @hLine: the line, unless a call is asked about
 * @dwAddressID: with LINECALLSELECT_ADDRESS: the address
 * @hCall: with LINECALLSELECT_CALL: the call
 * @dwSelect: LINECALLSELECT_LINE, LINECALLSELECT_ADDRESS or LINECALLSELECT_CALL
 * @lpDeviceID: gets it
 * @lpszDeviceClass: what is asked for
 *
 * The classes, in letters of either size:
 *
 * - "tapi/line": a DWORD, the number of the line device
 * - "ndis": a HANDLE, the number of the call's connection, or 0, and behind it the adapter's name
 * - "condis/datafile", or "comm/datamodem" for programs that have never heard of it: a HANDLE, and
 *   behind it the adapter's name. Of a call, which has to be connected and the application's own,
 *   it is a new descriptor, by TAPI_HANDLE_TO_FD(), of the call's data, where read() and write()
 *   are of one packet each. The application closes it. There is one at a time, and it is not opened
 *   if lpDeviceID has no room. Of a line or an address it is 0
 *
 * Names have their end, and are ASCII also if the function is that of W; dwStringFormat becomes
 * STRINGFORMAT_BINARY.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died
 * LINEERR_INVALCALLSELECT: none of the three
 * LINEERR_INVALADDRESSID: the line has no such address
 * LINEERR_INVALDEVICECLASS: no such class
 * LINEERR_NOTOWNER: data of a call that is another's
 * LINEERR_INVALCALLSTATE: data of a call that is not connected
 * LINEERR_INUSE: the data is somebody's already
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 * LINEERR_STRUCTURETOOSMALL: dwTotalSize has no room for the fixed part
 * LINEERR_RESOURCEUNAVAIL: the adapter is being reset, or a limit of the session is reached
 * LINEERR_NOMEM: no memory
 */
LONG WINAPI lineGetID(HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect,
		      LPVARSTRING lpDeviceID, LPCSTR lpszDeviceClass);
LONG WINAPI lineGetIDA(HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect,
		       LPVARSTRING lpDeviceID, LPCSTR lpszDeviceClass);
LONG WINAPI lineGetIDW(HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect,
		       LPVARSTRING lpDeviceID, LPCWSTR lpszDeviceClass);

/**
 * lineGetNumRings() - after how many rings a call would be answered
 * @hLine: the line
 * @dwAddressID: the address, from 0
 * @lpdwNumRings: gets the number
 *
 * The smallest number that an application has asked for; 0xffffffff: none has.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_INVALADDRESSID: the line has no such address
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 */
LONG WINAPI lineGetNumRings(HLINE hLine, DWORD dwAddressID, LPDWORD lpdwNumRings);

/**
 * lineSetNumRings() - ask that calls are let ring so often before they are answered
 * @hLine: the line
 * @dwAddressID: the address, from 0
 * @dwNumRings: how often; 0: no wish
 *
 * It is kept until the line is closed, for who asks by lineGetNumRings(), and nothing else is done
 * about it.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_INVALADDRESSID: no such address, or not the one that the line was opened for
 * LINEERR_NOMEM: no memory
 */
LONG WINAPI lineSetNumRings(HLINE hLine, DWORD dwAddressID, DWORD dwNumRings);

/**
 * lineSetLineDevStatus() - set lights and the like of a line device
 * @hLine: the line
 * @dwStatusToChange: LINEDEVSTATUSFLAGS_*
 * @fStatus: on, or off (0)
 *
 * Not to be had: a line has nothing of its own to be set.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineSetLineDevStatus(HLINE hLine, DWORD dwStatusToChange, DWORD fStatus);

/**
 * lineSetTerminal() - say where a telephone's parts are
 * @hLine: the line
 * @dwAddressID: the address, from 0
 * @hCall: the call
 * @dwSelect: LINECALLSELECT_*
 * @dwTerminalModes: LINETERMMODE_*
 * @dwTerminalID: the terminal
 * @bEnable: on, or off (0)
 *
 * Not to be had: there are no terminals.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_INVALCALLSELECT: no such selection
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineSetTerminal(HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect,
			    DWORD dwTerminalModes, DWORD dwTerminalID, DWORD bEnable);

/**
 * lineConfigDialog() - show a window of a device's settings
 * @dwDeviceID: the device
 * @hwndOwner: the window above it
 * @lpszDeviceClass: what is to be set
 *
 * Not to be had: a library shows no windows.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineConfigDialog(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass);
LONG WINAPI lineConfigDialogA(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass);
LONG WINAPI lineConfigDialogW(DWORD dwDeviceID, HWND hwndOwner, LPCWSTR lpszDeviceClass);

/**
 * lineConfigDialogEdit() - show a window of settings that are to be changed
 * @dwDeviceID: the device
 * @hwndOwner: the window above it
 * @lpszDeviceClass: what is to be set
 * @lpDeviceConfigIn: the settings
 * @dwSize: their bytes
 * @lpDeviceConfigOut: would get them
 *
 * Not to be had: a library shows no windows.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineConfigDialogEdit(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass,
				 LPVOID const lpDeviceConfigIn, DWORD dwSize,
				 LPVARSTRING lpDeviceConfigOut);
LONG WINAPI lineConfigDialogEditA(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass,
				  LPVOID const lpDeviceConfigIn, DWORD dwSize,
				  LPVARSTRING lpDeviceConfigOut);
LONG WINAPI lineConfigDialogEditW(DWORD dwDeviceID, HWND hwndOwner, LPCWSTR lpszDeviceClass,
				  LPVOID const lpDeviceConfigIn, DWORD dwSize,
				  LPVARSTRING lpDeviceConfigOut);

/**
 * lineGetDevConfig() - a device's settings
 * @dwDeviceID: the device
 * @lpDeviceConfig: would get them
 * @lpszDeviceClass: what is set
 *
 * Not to be had: devices have no settings here; adapters have, and condisctl(8).
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineGetDevConfig(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig, LPCSTR lpszDeviceClass);
LONG WINAPI lineGetDevConfigA(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig, LPCSTR lpszDeviceClass);
LONG WINAPI lineGetDevConfigW(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig,
			      LPCWSTR lpszDeviceClass);

/**
 * lineSetDevConfig() - change a device's settings
 * @dwDeviceID: the device
 * @lpDeviceConfig: the settings
 * @dwSize: their bytes
 * @lpszDeviceClass: what is set
 *
 * Not to be had: devices have no settings here; adapters have, and condisctl(8).
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineSetDevConfig(DWORD dwDeviceID, LPVOID const lpDeviceConfig, DWORD dwSize,
			     LPCSTR lpszDeviceClass);
LONG WINAPI lineSetDevConfigA(DWORD dwDeviceID, LPVOID const lpDeviceConfig, DWORD dwSize,
			      LPCSTR lpszDeviceClass);
LONG WINAPI lineSetDevConfigW(DWORD dwDeviceID, LPVOID const lpDeviceConfig, DWORD dwSize,
			      LPCWSTR lpszDeviceClass);

/**
 * lineGetIcon() - a picture of a device
 * @dwDeviceID: the device
 * @lpszDeviceClass: what is shown
 * @lphIcon: would get it
 *
 * Not to be had: a library has no pictures.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineGetIcon(DWORD dwDeviceID, LPCSTR lpszDeviceClass, LPHICON lphIcon);
LONG WINAPI lineGetIconA(DWORD dwDeviceID, LPCSTR lpszDeviceClass, LPHICON lphIcon);
LONG WINAPI lineGetIconW(DWORD dwDeviceID, LPCWSTR lpszDeviceClass, LPHICON lphIcon);

/**
 * lineDevSpecific() - something of the device's own
 * @hLine: the line
 * @dwAddressID: the address, from 0
 * @hCall: a call of the line, or 0
 * @lpParams: the device's
 * @dwSize: bytes of it
 *
 * Not to be had: no device has anything that is not in TAPI.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineDevSpecific(HLINE hLine, DWORD dwAddressID, HCALL hCall, LPVOID lpParams,
			    DWORD dwSize);

/**
 * lineDevSpecificFeature() - a key of the device's own
 * @hLine: the line
 * @dwFeature: PHONEBUTTONFUNCTION_*
 * @lpParams: the device's
 * @dwSize: bytes of it
 *
 * Not to be had: no device has anything that is not in TAPI.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineDevSpecificFeature(HLINE hLine, DWORD dwFeature, LPVOID lpParams, DWORD dwSize);

#ifdef __cplusplus
}
#endif

#endif /* TAPI_LINE_H */
