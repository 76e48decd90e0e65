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

LONG WINAPI lineMonitorDigits(HCALL hCall, DWORD dwDigitModes);

LONG WINAPI lineGenerateDigits(HCALL hCall, DWORD dwDigitMode, LPCSTR lpszDigits, DWORD dwDuration);
LONG WINAPI lineGenerateDigitsA(HCALL hCall, DWORD dwDigitMode, LPCSTR lpszDigits,
				DWORD dwDuration);
LONG WINAPI lineGenerateDigitsW(HCALL hCall, DWORD dwDigitMode, LPCWSTR lpszDigits,
				DWORD dwDuration);

LONG WINAPI lineGatherDigits(HCALL hCall, DWORD dwDigitModes, LPSTR lpsDigits, DWORD dwNumDigits,
			     LPCSTR lpszTerminationDigits, DWORD dwFirstDigitTimeout,
			     DWORD dwInterDigitTimeout);
LONG WINAPI lineGatherDigitsA(HCALL hCall, DWORD dwDigitModes, LPSTR lpsDigits, DWORD dwNumDigits,
			      LPCSTR lpszTerminationDigits, DWORD dwFirstDigitTimeout,
			      DWORD dwInterDigitTimeout);
LONG WINAPI lineGatherDigitsW(HCALL hCall, DWORD dwDigitModes, LPWSTR lpsDigits, DWORD dwNumDigits,
			      LPCWSTR lpszTerminationDigits, DWORD dwFirstDigitTimeout,
			      DWORD dwInterDigitTimeout);

LONG WINAPI lineGenerateTone(HCALL hCall, DWORD dwToneMode, DWORD dwDuration, DWORD dwNumTones,
			     LPLINEGENERATETONE const lpTones);

LONG WINAPI lineMonitorTones(HCALL hCall, LPLINEMONITORTONE const lpToneList, DWORD dwNumEntries);

LONG WINAPI lineMonitorMedia(HCALL hCall, DWORD dwMediaModes);

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
