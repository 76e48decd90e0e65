// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Service providers: there is one, the kernel's.
 */
#include "internal.h"

/* As in the permanent numbers of lines, if a device's capabilities name them. */
#define PROVIDER_ID	1
#define PROVIDER_NAME	"ndproxy"

static LONG get_provider_list(DWORD version, LINEPROVIDERLIST *list, bool is_wide)
{
	LINEPROVIDERENTRY entry = { .dwPermanentProviderID = PROVIDER_ID };
	struct variable variable;
	DWORD size, offset;
	LONG error;

	error = version_check(version);
	if (!error)
		error = variable_begin(&variable, list, sizeof(*list), is_wide);
	if (error)
		return error;
	/* The string first, since the entry says where it is. */
	variable_string(&variable, PROVIDER_NAME, &size, &offset);
	entry.dwProviderFilenameSize = size;
	entry.dwProviderFilenameOffset = offset;
	variable_bytes(&variable, &entry, sizeof(entry), &size, &offset);
	list->dwProviderListSize = size;
	list->dwProviderListOffset = offset;
	list->dwNumProviders = size ? 1 : 0;
	variable_end(&variable);
	return 0;
}

TAPI_EXPORT LONG WINAPI lineGetProviderList(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList)
{
	return get_provider_list(dwAPIVersion, lpProviderList, false);
}

TAPI_EXPORT LONG WINAPI lineGetProviderListA(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList)
{
	return get_provider_list(dwAPIVersion, lpProviderList, false);
}

TAPI_EXPORT LONG WINAPI lineGetProviderListW(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList)
{
	return get_provider_list(dwAPIVersion, lpProviderList, true);
}
