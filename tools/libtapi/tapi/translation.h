/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Numbers as people write them, and as a line dials them.
 */
#ifndef TAPI_TRANSLATION_H
#define TAPI_TRANSLATION_H

#include "structures.h"

#ifdef __cplusplus
extern "C" {
#endif

LONG WINAPI lineTranslateAddress(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
				 LPCSTR lpszAddressIn, DWORD dwCard, DWORD dwTranslateOptions,
				 LPLINETRANSLATEOUTPUT lpTranslateOutput);
LONG WINAPI lineTranslateAddressA(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
				  LPCSTR lpszAddressIn, DWORD dwCard, DWORD dwTranslateOptions,
				  LPLINETRANSLATEOUTPUT lpTranslateOutput);
LONG WINAPI lineTranslateAddressW(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
				  LPCWSTR lpszAddressIn, DWORD dwCard, DWORD dwTranslateOptions,
				  LPLINETRANSLATEOUTPUT lpTranslateOutput);

LONG WINAPI lineGetTranslateCaps(HLINEAPP hLineApp, DWORD dwAPIVersion,
				 LPLINETRANSLATECAPS lpTranslateCaps);
LONG WINAPI lineGetTranslateCapsA(HLINEAPP hLineApp, DWORD dwAPIVersion,
				  LPLINETRANSLATECAPS lpTranslateCaps);
LONG WINAPI lineGetTranslateCapsW(HLINEAPP hLineApp, DWORD dwAPIVersion,
				  LPLINETRANSLATECAPS lpTranslateCaps);

LONG WINAPI lineSetCurrentLocation(HLINEAPP hLineApp, DWORD dwLocation);

LONG WINAPI lineSetTollList(HLINEAPP hLineApp, DWORD dwDeviceID, LPCSTR lpszAddressIn,
			    DWORD dwTollListOption);
LONG WINAPI lineSetTollListA(HLINEAPP hLineApp, DWORD dwDeviceID, LPCSTR lpszAddressIn,
			     DWORD dwTollListOption);
LONG WINAPI lineSetTollListW(HLINEAPP hLineApp, DWORD dwDeviceID, LPCWSTR lpszAddressIn,
			     DWORD dwTollListOption);

LONG WINAPI lineTranslateDialog(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
				HWND hwndOwner, LPCSTR lpszAddressIn);
LONG WINAPI lineTranslateDialogA(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
				 HWND hwndOwner, LPCSTR lpszAddressIn);
LONG WINAPI lineTranslateDialogW(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
				 HWND hwndOwner, LPCWSTR lpszAddressIn);

LONG WINAPI lineGetCountry(DWORD dwCountryID, DWORD dwAPIVersion,
			   LPLINECOUNTRYLIST lpLineCountryList);
LONG WINAPI lineGetCountryA(DWORD dwCountryID, DWORD dwAPIVersion,
			    LPLINECOUNTRYLIST lpLineCountryList);
LONG WINAPI lineGetCountryW(DWORD dwCountryID, DWORD dwAPIVersion,
			    LPLINECOUNTRYLIST lpLineCountryList);

LONG WINAPI tapiGetLocationInfo(LPSTR lpszCountryCode, LPSTR lpszCityCode);
LONG WINAPI tapiGetLocationInfoA(LPSTR lpszCountryCode, LPSTR lpszCityCode);
LONG WINAPI tapiGetLocationInfoW(LPWSTR lpszCountryCode, LPWSTR lpszCityCode);

#ifdef __cplusplus
}
#endif

#endif /* TAPI_TRANSLATION_H */
