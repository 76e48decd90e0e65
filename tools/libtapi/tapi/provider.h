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

/**
 * lineAddProvider() - install a service provider
 * @lpszProviderFilename: its file
 * @hwndOwner: a window
 * @lpdwPermanentProviderID: would get its number
 *
 * Not to be had: drivers are the kernel's modules, and lines are made by condisctl(8).
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineAddProvider(LPCSTR lpszProviderFilename, HWND hwndOwner,
			    LPDWORD lpdwPermanentProviderID);
LONG WINAPI lineAddProviderA(LPCSTR lpszProviderFilename, HWND hwndOwner,
			     LPDWORD lpdwPermanentProviderID);
LONG WINAPI lineAddProviderW(LPCWSTR lpszProviderFilename, HWND hwndOwner,
			     LPDWORD lpdwPermanentProviderID);

/**
 * lineRemoveProvider() - take a service provider away
 * @dwPermanentProviderID: its number
 * @hwndOwner: a window
 *
 * Not to be had: drivers are the kernel's modules, and lines are made by condisctl(8).
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineRemoveProvider(DWORD dwPermanentProviderID, HWND hwndOwner);

/**
 * lineConfigProvider() - show a window of a service provider's settings
 * @hwndOwner: the window above it
 * @dwPermanentProviderID: its number
 *
 * Not to be had: drivers are the kernel's modules, and lines are made by condisctl(8).
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineConfigProvider(HWND hwndOwner, DWORD dwPermanentProviderID);

/**
 * lineGetProviderList() - the service providers
 * @dwAPIVersion: a version
 * @lpProviderList: gets them
 *
 * There is one, "ndproxy".
 *
 * Return: 0, or an error:
 *
 * Errors:
 * LINEERR_INCOMPATIBLEAPIVERSION: no version of ours
 * LINEERR_INVALPOINTER: a pointer is NULL that must not be
 * LINEERR_STRUCTURETOOSMALL: dwTotalSize has no room for the fixed part
 *
 * Context: needs no application.
 */
LONG WINAPI lineGetProviderList(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList);
LONG WINAPI lineGetProviderListA(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList);
LONG WINAPI lineGetProviderListW(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList);

#ifdef __cplusplus
}
#endif

#endif /* TAPI_PROVIDER_H */
