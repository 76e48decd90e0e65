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

/**
 * lineTranslateAddress() - what is dialled for an address from here
 * @hLineApp: the application; 0: none, then the device is not looked at
 * @dwDeviceID: the device
 * @dwAPIVersion: a version; 0x00030000 and 0x00030001 too
 * @lpszAddressIn: the address: canonical, as "+49 (30) 1234567", or as it is dialled
 * @dwCard: with LINETRANSLATEOPTION_CARDOVERRIDE: the calling card
 * @dwTranslateOptions: LINETRANSLATEOPTION_*
 * @lpTranslateOutput: gets what is dialled, what is shown, and what sort of call it is
 *
 * Where "here" is says the current location in the user's file condis/tapi-locations below
 * $XDG_CONFIG_HOME. Without one nothing is known of codes, and what is dialled is the whole number.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALAPPHANDLE: no such application, or it has ended
 * LINEERR_BADDEVICEID: there never was such a device
 * LINEERR_NODEVICE: the device was removed
 * LINEERR_INCOMPATIBLEAPIVERSION: no version of ours
 * LINEERR_INVALADDRESS: not an address, or too long
 * LINEERR_INVALCARD: no such card
 * LINEERR_INVALPARAM: no such option, or two that exclude each other
 * LINEERR_INIFILECORRUPT: the file of locations cannot be understood
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 * LINEERR_STRUCTURETOOSMALL: dwTotalSize has no room for the fixed part
 * LINEERR_NOMEM: no memory
 *
 * Context: needs no line.
 */
LONG WINAPI lineTranslateAddress(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
				 LPCSTR lpszAddressIn, DWORD dwCard, DWORD dwTranslateOptions,
				 LPLINETRANSLATEOUTPUT lpTranslateOutput);
LONG WINAPI lineTranslateAddressA(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
				  LPCSTR lpszAddressIn, DWORD dwCard, DWORD dwTranslateOptions,
				  LPLINETRANSLATEOUTPUT lpTranslateOutput);
LONG WINAPI lineTranslateAddressW(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
				  LPCWSTR lpszAddressIn, DWORD dwCard, DWORD dwTranslateOptions,
				  LPLINETRANSLATEOUTPUT lpTranslateOutput);

/**
 * lineGetTranslateCaps() - all locations and calling cards
 * @hLineApp: the application, or 0
 * @dwAPIVersion: a version; 0x00030000 and 0x00030001 too
 * @lpTranslateCaps: gets them
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALAPPHANDLE: no such application, or it has ended
 * LINEERR_INCOMPATIBLEAPIVERSION: no version of ours
 * LINEERR_INIFILECORRUPT: the file of locations cannot be understood
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 * LINEERR_STRUCTURETOOSMALL: dwTotalSize has no room for the fixed part
 * LINEERR_NOMEM: no memory
 */
LONG WINAPI lineGetTranslateCaps(HLINEAPP hLineApp, DWORD dwAPIVersion,
				 LPLINETRANSLATECAPS lpTranslateCaps);
LONG WINAPI lineGetTranslateCapsA(HLINEAPP hLineApp, DWORD dwAPIVersion,
				  LPLINETRANSLATECAPS lpTranslateCaps);
LONG WINAPI lineGetTranslateCapsW(HLINEAPP hLineApp, DWORD dwAPIVersion,
				  LPLINETRANSLATECAPS lpTranslateCaps);

/**
 * lineSetCurrentLocation() - say where one is
 * @hLineApp: the application, or 0
 * @dwLocation: number of the location, by lineGetTranslateCaps()
 *
 * It is written to the user's file, and so holds for all of the user's programs.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALAPPHANDLE: no such application, or it has ended
 * LINEERR_INVALLOCATION: no such location
 * LINEERR_INIFILECORRUPT: the file of locations cannot be understood
 * LINEERR_NOMEM: no memory
 * LINEERR_OPERATIONFAILED: the file cannot be written
 */
LONG WINAPI lineSetCurrentLocation(HLINEAPP hLineApp, DWORD dwLocation);

/**
 * lineSetTollList() - say whether a prefix in one's own area has to be dialled as another's
 * @hLineApp: the application, or 0
 * @dwDeviceID: the device
 * @lpszAddressIn: a canonical address with that prefix
 * @dwTollListOption: LINETOLLLISTOPTION_ADD or LINETOLLLISTOPTION_REMOVE
 *
 * Only where there are such prefixes: in countries of code 1.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALAPPHANDLE: no such application, or it has ended
 * LINEERR_BADDEVICEID: there never was such a device
 * LINEERR_NODEVICE: the device was removed
 * LINEERR_INVALADDRESS: not a canonical address, or its prefix can be in no such list
 * LINEERR_INVALLOCATION: no location is set up
 * LINEERR_INVALPARAM: neither of the two
 * LINEERR_INIFILECORRUPT: the file of locations cannot be understood
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 * LINEERR_RESOURCEUNAVAIL: the list is full
 * LINEERR_NOMEM: no memory
 * LINEERR_OPERATIONFAILED: the file cannot be written
 */
LONG WINAPI lineSetTollList(HLINEAPP hLineApp, DWORD dwDeviceID, LPCSTR lpszAddressIn,
			    DWORD dwTollListOption);
LONG WINAPI lineSetTollListA(HLINEAPP hLineApp, DWORD dwDeviceID, LPCSTR lpszAddressIn,
			     DWORD dwTollListOption);
LONG WINAPI lineSetTollListW(HLINEAPP hLineApp, DWORD dwDeviceID, LPCWSTR lpszAddressIn,
			     DWORD dwTollListOption);

/**
 * lineTranslateDialog() - show a window of locations and cards
 * @hLineApp: the application, or 0
 * @dwDeviceID: the device
 * @dwAPIVersion: a version
 * @hwndOwner: the window above it
 * @lpszAddressIn: an address to be shown
 *
 * Not to be had: a library shows no windows; the file of locations can be edited.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALAPPHANDLE: no such application, or it has ended
 * LINEERR_BADDEVICEID: there never was such a device
 * LINEERR_NODEVICE: the device was removed
 * LINEERR_INCOMPATIBLEAPIVERSION: no version of ours
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineTranslateDialog(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
				HWND hwndOwner, LPCSTR lpszAddressIn);
LONG WINAPI lineTranslateDialogA(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
				 HWND hwndOwner, LPCSTR lpszAddressIn);
LONG WINAPI lineTranslateDialogW(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
				 HWND hwndOwner, LPCWSTR lpszAddressIn);

/**
 * lineGetCountry() - countries, and how one dials there
 * @dwCountryID: number of the country: its code, if no other has it; 0: all
 * @dwAPIVersion: a version; 0x00030000 and 0x00030001 too
 * @lpLineCountryList: gets them
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_INCOMPATIBLEAPIVERSION: no version of ours
 * LINEERR_INVALCOUNTRYCODE: no such country
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 * LINEERR_STRUCTURETOOSMALL: dwTotalSize has no room for the fixed part
 * LINEERR_NOMEM: no memory
 *
 * Context: needs no application.
 */
LONG WINAPI lineGetCountry(DWORD dwCountryID, DWORD dwAPIVersion,
			   LPLINECOUNTRYLIST lpLineCountryList);
LONG WINAPI lineGetCountryA(DWORD dwCountryID, DWORD dwAPIVersion,
			    LPLINECOUNTRYLIST lpLineCountryList);
LONG WINAPI lineGetCountryW(DWORD dwCountryID, DWORD dwAPIVersion,
			    LPLINECOUNTRYLIST lpLineCountryList);

/**
 * tapiGetLocationInfo() - codes of the country and area one is in
 * @lpszCountryCode: gets the country's, at most 8 characters with the end
 * @lpszCityCode: gets the area's, likewise
 *
 * Each is empty if it is not known.
 *
 * Return: 0, or an error:
 *
 * Errors:
 * TAPIERR_REQUESTFAILED: a pointer is NULL, or the file of locations cannot be understood
 *
 * Context: needs no application.
 */
LONG WINAPI tapiGetLocationInfo(LPSTR lpszCountryCode, LPSTR lpszCityCode);
LONG WINAPI tapiGetLocationInfoA(LPSTR lpszCountryCode, LPSTR lpszCityCode);
LONG WINAPI tapiGetLocationInfoW(LPWSTR lpszCountryCode, LPWSTR lpszCityCode);

#ifdef __cplusplus
}
#endif

#endif /* TAPI_TRANSLATION_H */
