/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Assisted telephony: one program asks, another makes the call.
 */
#ifndef TAPI_REQUEST_H
#define TAPI_REQUEST_H

#include "structures.h"

#ifdef __cplusplus
extern "C" {
#endif

LONG WINAPI tapiRequestMakeCall(LPCSTR lpszDestAddress, LPCSTR lpszAppName, LPCSTR lpszCalledParty,
				LPCSTR lpszComment);
LONG WINAPI tapiRequestMakeCallA(LPCSTR lpszDestAddress, LPCSTR lpszAppName, LPCSTR lpszCalledParty,
				 LPCSTR lpszComment);
LONG WINAPI tapiRequestMakeCallW(LPCWSTR lpszDestAddress, LPCWSTR lpszAppName,
				 LPCWSTR lpszCalledParty, LPCWSTR lpszComment);

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

LONG WINAPI tapiRequestDrop(HWND hwnd, WPARAM wRequestID);

LONG WINAPI lineRegisterRequestRecipient(HLINEAPP hLineApp, DWORD dwRegistrationInstance,
					 DWORD dwRequestMode, DWORD bEnable);

LONG WINAPI lineGetRequest(HLINEAPP hLineApp, DWORD dwRequestMode, LPVOID lpRequestBuffer);
LONG WINAPI lineGetRequestA(HLINEAPP hLineApp, DWORD dwRequestMode, LPVOID lpRequestBuffer);
LONG WINAPI lineGetRequestW(HLINEAPP hLineApp, DWORD dwRequestMode, LPVOID lpRequestBuffer);

#ifdef __cplusplus
}
#endif

#endif /* TAPI_REQUEST_H */
