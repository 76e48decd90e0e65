// SPDX-License-Identifier: GPL-2.0
/*
 * The functions of tapi.h without a kernel: what says the same at all times.
 */
#include <stdio.h>
#include <string.h>

#define TAPI_PLAIN_NAMES
#include "fake.h"

/* What a media mode may be. */
#define FAKE_MODES_MAX 0xfffe

static char priorities[256];

void fake_take_priorities(char text[256])
{
	memcpy(text, priorities, sizeof(priorities));
	priorities[0] = '\0';
}

LONG WINAPI lineGetDevCapsW(HLINEAPP handle, DWORD device, DWORD version, DWORD extension,
			    LPLINEDEVCAPS caps)
{
	static const WCHAR name[] = u"a line", provider[] = u"nobody";

	(void)handle;
	(void)version;
	(void)extension;
	if (device >= FAKE_DEVICES)
		return LINEERR_BADDEVICEID;
	caps->dwNeededSize = sizeof(*caps) + sizeof(name) + sizeof(provider);
	caps->dwUsedSize = caps->dwNeededSize;
	caps->dwNumAddresses = 1;
	caps->dwMediaModes = FAKE_MEDIA_MODES;
	caps->dwBearerModes = LINEBEARERMODE_VOICE | LINEBEARERMODE_DATA;
	caps->dwLineNameSize = sizeof(name);
	caps->dwLineNameOffset = sizeof(*caps);
	memcpy((char *)caps + sizeof(*caps), name, sizeof(name));
	caps->dwProviderInfoSize = sizeof(provider);
	caps->dwProviderInfoOffset = sizeof(*caps) + sizeof(name);
	memcpy((char *)caps + caps->dwProviderInfoOffset, provider, sizeof(provider));
	return 0;
}

LONG WINAPI lineGetAddressCapsW(HLINEAPP handle, DWORD device, DWORD address, DWORD version,
				DWORD extension, LPLINEADDRESSCAPS caps)
{
	static const WCHAR numbers[FAKE_DEVICES][4] = { u"100", u"200" };

	(void)handle;
	(void)version;
	(void)extension;
	if (device >= FAKE_DEVICES)
		return LINEERR_BADDEVICEID;
	if (address)
		return LINEERR_INVALADDRESSID;
	caps->dwNeededSize = sizeof(*caps) + sizeof(numbers[0]);
	caps->dwUsedSize = caps->dwNeededSize;
	caps->dwMaxNumActiveCalls = 4;
	caps->dwAddressSize = sizeof(numbers[0]);
	caps->dwAddressOffset = sizeof(*caps);
	memcpy((char *)caps + sizeof(*caps), numbers[device], sizeof(numbers[0]));
	return 0;
}

LONG WINAPI lineRegisterRequestRecipient(HLINEAPP handle, DWORD instance, DWORD mode, DWORD enable)
{
	(void)handle;
	(void)instance;
	(void)enable;
	return mode == LINEREQUESTMODE_MAKECALL ? 0 : LINEERR_INVALREQUESTMODE;
}

LONG WINAPI lineSetAppPriorityW(LPCWSTR file, DWORD media, LPLINEEXTENSIONID extension,
				DWORD request, LPCWSTR name, DWORD priority)
{
	size_t length;

	(void)extension;
	(void)name;
	if (media & ~FAKE_MODES_MAX)
		return LINEERR_INVALMEDIAMODE;
	if (!media && request != LINEREQUESTMODE_MAKECALL)
		return LINEERR_INVALREQUESTMODE;
	length = strlen(priorities);
	snprintf(priorities + length, sizeof(priorities) - length, "%c 0x%x %u %u;", (char)*file,
		 media, request, priority);
	return 0;
}

LONG WINAPI tapiRequestMakeCallW(LPCWSTR number, LPCWSTR application, LPCWSTR party,
				 LPCWSTR comment)
{
	(void)application;
	(void)party;
	(void)comment;
	return number ? TAPIERR_NOREQUESTRECIPIENT : TAPIERR_INVALPOINTER;
}
