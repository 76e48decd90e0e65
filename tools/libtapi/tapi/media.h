/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a call carries: digits, tones, media.
 */
#ifndef TAPI_MEDIA_H
#define TAPI_MEDIA_H

#include "structures.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * lineMonitorDigits() - be told of the digits that come
 * @hCall: the call, of an owner or a monitor
 * @dwDigitModes: LINEDIGITMODE_* to be told of by LINE_MONITORDIGITS; 0: of none any more
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_INVALCALLSTATE: the call is over
 * LINEERR_INVALDIGITMODE: no such mode
 * LINEERR_OPERATIONUNAVAIL: the line cannot tell these digits
 * LINEERR_NOMEM: no memory
 */
LONG WINAPI lineMonitorDigits(HCALL hCall, DWORD dwDigitModes);

/**
 * lineGenerateDigits() - send digits to the other side of a call
 * @hCall: the call, of an owner
 * @dwDigitMode: LINEDIGITMODE_PULSE or LINEDIGITMODE_DTMF
 * @lpszDigits: 0 to 9, with DTMF A to D, * and # too; a comma is a pause; NULL: no more of
 *	those that are being sent
 * @dwDuration: milliseconds of each; 0: the usual
 *
 * Returns when it has begun. LINE_GENERATE tells the end; what was being sent before ends with
 * this, and is told as cancelled. Characters that are no digits are passed over.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_INVALCALLSTATE: the call is not connected
 * LINEERR_INVALDIGITMODE: neither of the two
 * LINEERR_OPERATIONUNAVAIL: the line cannot send such digits
 * LINEERR_RESOURCEUNAVAIL: more than 63 digits, or a limit of the session is reached
 * LINEERR_NOMEM: no memory
 */
LONG WINAPI lineGenerateDigits(HCALL hCall, DWORD dwDigitMode, LPCSTR lpszDigits, DWORD dwDuration);
LONG WINAPI lineGenerateDigitsA(HCALL hCall, DWORD dwDigitMode, LPCSTR lpszDigits,
				DWORD dwDuration);
LONG WINAPI lineGenerateDigitsW(HCALL hCall, DWORD dwDigitMode, LPCWSTR lpszDigits,
				DWORD dwDuration);

/**
 * lineGatherDigits() - collect digits that come
 * @hCall: the call, of an owner, in any state before its end
 * @dwDigitModes: LINEDIGITMODE_PULSE, LINEDIGITMODE_DTMF or both
 * @lpsDigits: gets them; it has to stay until LINE_GATHERDIGITS is told, or the call's handle
 *	or its line has died. NULL: end what is being collected
 * @dwNumDigits: how many, for which there is room
 * @lpszTerminationDigits: digits that end it, and are the last then; or NULL
 * @dwFirstDigitTimeout: milliseconds to wait for the first one; 0: for ever
 * @dwInterDigitTimeout: milliseconds to wait for each other one; 0: for ever
 *
 * Returns when it has begun. LINE_GATHERDIGITS tells the end, with a LINEGATHERTERM_* that says
 * why; if there is room for more digits then, a zero is behind the last. One is at work at a
 * time on a handle: what was being collected before is over, and told as cancelled, and so
 * it is when the call ends. lineMonitorDigits() is apart from it, and can be used as well.
 *
 * Whether a time has run out is seen when a message is asked for; hEvent, or whatever else tells of
 * messages, does then.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_INVALCALLSTATE: the call is over
 * LINEERR_INVALDIGITMODE: none, or LINEDIGITMODE_DTMFEND
 * LINEERR_INVALPARAM: dwNumDigits is 0
 * LINEERR_INVALDIGITS: a digit that is to end it is none of these modes
 * LINEERR_INVALTIMEOUT: more than an hour
 * LINEERR_OPERATIONUNAVAIL: the line cannot tell these digits
 * LINEERR_RESOURCEUNAVAIL: no descriptor for a timer
 * LINEERR_NOMEM: no memory
 */
LONG WINAPI lineGatherDigits(HCALL hCall, DWORD dwDigitModes, LPSTR lpsDigits, DWORD dwNumDigits,
			     LPCSTR lpszTerminationDigits, DWORD dwFirstDigitTimeout,
			     DWORD dwInterDigitTimeout);
LONG WINAPI lineGatherDigitsA(HCALL hCall, DWORD dwDigitModes, LPSTR lpsDigits, DWORD dwNumDigits,
			      LPCSTR lpszTerminationDigits, DWORD dwFirstDigitTimeout,
			      DWORD dwInterDigitTimeout);
LONG WINAPI lineGatherDigitsW(HCALL hCall, DWORD dwDigitModes, LPWSTR lpsDigits, DWORD dwNumDigits,
			      LPCWSTR lpszTerminationDigits, DWORD dwFirstDigitTimeout,
			      DWORD dwInterDigitTimeout);

/**
 * lineGenerateTone() - send a tone
 * @hCall: the call, of an owner
 * @dwToneMode: LINETONEMODE_*
 * @dwDuration: milliseconds
 * @dwNumTones: how many of lpTones
 * @lpTones: what it is made of
 *
 * Not to be had: there is no sound but a call's own data.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_NOTOWNER: the application is a monitor of the call
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineGenerateTone(HCALL hCall, DWORD dwToneMode, DWORD dwDuration, DWORD dwNumTones,
			     LPLINEGENERATETONE const lpTones);

/**
 * lineMonitorTones() - be told of tones that come
 * @hCall: the call
 * @lpToneList: which
 * @dwNumEntries: how many
 *
 * Not to be had: there is no sound but a call's own data.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineMonitorTones(HCALL hCall, LPLINEMONITORTONE const lpToneList, DWORD dwNumEntries);

/**
 * lineMonitorMedia() - be told when a call's media change
 * @hCall: the call
 * @dwMediaModes: LINEMEDIAMODE_*
 *
 * Not to be had: nobody listens to a call's data.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineMonitorMedia(HCALL hCall, DWORD dwMediaModes);

/**
 * lineSetMediaControl() - let what comes on a line control its media
 * @hLine: the line
 * @dwAddressID: the address, from 0
 * @hCall: the call
 * @dwSelect: LINECALLSELECT_*
 * @lpDigitList: digits
 * @dwDigitNumEntries: how many
 * @lpMediaList: media
 * @dwMediaNumEntries: how many
 * @lpToneList: tones
 * @dwToneNumEntries: how many
 * @lpCallStateList: states of calls
 * @dwCallStateNumEntries: how many
 *
 * Not to be had: there are no media to be controlled.
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
LONG WINAPI lineSetMediaControl(HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect,
				LPLINEMEDIACONTROLDIGIT const lpDigitList, DWORD dwDigitNumEntries,
				LPLINEMEDIACONTROLMEDIA const lpMediaList, DWORD dwMediaNumEntries,
				LPLINEMEDIACONTROLTONE const lpToneList, DWORD dwToneNumEntries,
				LPLINEMEDIACONTROLCALLSTATE const lpCallStateList,
				DWORD dwCallStateNumEntries);

#ifdef __cplusplus
}
#endif

#endif /* TAPI_MEDIA_H */
