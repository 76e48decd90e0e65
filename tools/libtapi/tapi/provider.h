/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Service providers: what is installed of them.
 */
#ifndef TAPI_PROVIDER_H
#define TAPI_PROVIDER_H

#include "structures.h"

#ifdef __cplusplus
extern "C" {
#endif

LONG WINAPI lineAddProvider(LPCSTR lpszProviderFilename, HWND hwndOwner,
			    LPDWORD lpdwPermanentProviderID);
LONG WINAPI lineAddProviderA(LPCSTR lpszProviderFilename, HWND hwndOwner,
			     LPDWORD lpdwPermanentProviderID);
LONG WINAPI lineAddProviderW(LPCWSTR lpszProviderFilename, HWND hwndOwner,
			     LPDWORD lpdwPermanentProviderID);

LONG WINAPI lineRemoveProvider(DWORD dwPermanentProviderID, HWND hwndOwner);

LONG WINAPI lineConfigProvider(HWND hwndOwner, DWORD dwPermanentProviderID);

LONG WINAPI lineGetProviderList(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList);
LONG WINAPI lineGetProviderListA(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList);
LONG WINAPI lineGetProviderListW(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList);

#ifdef __cplusplus
}
#endif

#endif /* TAPI_PROVIDER_H */
