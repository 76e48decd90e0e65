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

LONG WINAPI lineInitialize(LPHLINEAPP lphLineApp, HINSTANCE hInstance, LINECALLBACK lpfnCallback,
			   LPCSTR lpszAppName, LPDWORD lpdwNumDevs);

LONG WINAPI lineInitializeExA(LPHLINEAPP lphLineApp, HINSTANCE hInstance, LINECALLBACK lpfnCallback,
			      LPCSTR lpszFriendlyAppName, LPDWORD lpdwNumDevs,
			      LPDWORD lpdwAPIVersion,
			      LPLINEINITIALIZEEXPARAMS lpLineInitializeExParams);
LONG WINAPI lineInitializeExW(LPHLINEAPP lphLineApp, HINSTANCE hInstance, LINECALLBACK lpfnCallback,
			      LPCWSTR lpszFriendlyAppName, LPDWORD lpdwNumDevs,
			      LPDWORD lpdwAPIVersion,
			      LPLINEINITIALIZEEXPARAMS lpLineInitializeExParams);

LONG WINAPI lineShutdown(HLINEAPP hLineApp);

LONG WINAPI lineGetMessage(HLINEAPP hLineApp, LPLINEMESSAGE lpMessage, DWORD dwTimeout);

LONG WINAPI lineNegotiateAPIVersion(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPILowVersion,
				    DWORD dwAPIHighVersion, LPDWORD lpdwAPIVersion,
				    LPLINEEXTENSIONID lpExtensionID);

LONG WINAPI lineNegotiateExtVersion(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
				    DWORD dwExtLowVersion, DWORD dwExtHighVersion,
				    LPDWORD lpdwExtVersion);

LONG WINAPI lineSetAppPriority(LPCSTR lpszAppFilename, DWORD dwMediaMode,
			       LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode,
			       LPCSTR lpszExtensionName, DWORD dwPriority);
LONG WINAPI lineSetAppPriorityA(LPCSTR lpszAppFilename, DWORD dwMediaMode,
				LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode,
				LPCSTR lpszExtensionName, DWORD dwPriority);
LONG WINAPI lineSetAppPriorityW(LPCWSTR lpszAppFilename, DWORD dwMediaMode,
				LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode,
				LPCWSTR lpszExtensionName, DWORD dwPriority);

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
