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

LONG WINAPI lineMakeCall(HLINE hLine, LPHCALL lphCall, LPCSTR lpszDestAddress, DWORD dwCountryCode,
			 LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineMakeCallA(HLINE hLine, LPHCALL lphCall, LPCSTR lpszDestAddress, DWORD dwCountryCode,
			  LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineMakeCallW(HLINE hLine, LPHCALL lphCall, LPCWSTR lpszDestAddress,
			  DWORD dwCountryCode, LPLINECALLPARAMS const lpCallParams);

LONG WINAPI lineAccept(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

LONG WINAPI lineAnswer(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

LONG WINAPI lineDrop(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

LONG WINAPI lineDeallocateCall(HCALL hCall);

LONG WINAPI lineGetCallInfo(HCALL hCall, LPLINECALLINFO lpCallInfo);
LONG WINAPI lineGetCallInfoA(HCALL hCall, LPLINECALLINFO lpCallInfo);
LONG WINAPI lineGetCallInfoW(HCALL hCall, LPLINECALLINFO lpCallInfo);

LONG WINAPI lineGetCallStatus(HCALL hCall, LPLINECALLSTATUS lpCallStatus);

LONG WINAPI lineSetCallPrivilege(HCALL hCall, DWORD dwCallPrivilege);

LONG WINAPI lineHandoff(HCALL hCall, LPCSTR lpszFileName, DWORD dwMediaMode);
LONG WINAPI lineHandoffA(HCALL hCall, LPCSTR lpszFileName, DWORD dwMediaMode);
LONG WINAPI lineHandoffW(HCALL hCall, LPCWSTR lpszFileName, DWORD dwMediaMode);

LONG WINAPI lineGetConfRelatedCalls(HCALL hCall, LPLINECALLLIST lpCallList);

LONG WINAPI lineSetAppSpecific(HCALL hCall, DWORD dwAppSpecific);

LONG WINAPI lineSetMediaMode(HCALL hCall, DWORD dwMediaModes);

LONG WINAPI lineSendUserUserInfo(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

LONG WINAPI lineReleaseUserUserInfo(HCALL hCall);

LONG WINAPI lineSecureCall(HCALL hCall);

LONG WINAPI lineDial(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
LONG WINAPI lineDialA(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
LONG WINAPI lineDialW(HCALL hCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode);

LONG WINAPI lineSetCallParams(HCALL hCall, DWORD dwBearerMode, DWORD dwMinRate, DWORD dwMaxRate,
			      LPLINEDIALPARAMS const lpDialParams);

LONG WINAPI lineSetCallData(HCALL hCall, LPVOID lpCallData, DWORD dwSize);

LONG WINAPI lineSetCallTreatment(HCALL hCall, DWORD dwTreatment);

LONG WINAPI lineSetCallQualityOfService(HCALL hCall, LPVOID lpSendingFlowspec,
					DWORD dwSendingFlowspecSize, LPVOID lpReceivingFlowspec,
					DWORD dwReceivingFlowspecSize);

#ifdef __cplusplus
}
#endif

#endif /* TAPI_CALL_H */
