// SPDX-License-Identifier: GPL-2.0
/*
 * The functions that fill in a structure of variable size, all called alike.
 */
#include "getters.h"

struct asked asked;

void ask_about(struct client *client, const char *adapter)
{
	asked.app = client->app;
	asked.device = client_device(client, adapter, 0);
	asked.version = client->version;
	asked.line = client_line(client, 1);
	asked.call = client_call(client, 1);
}

LONG get_dev_caps(void *structure)
{
	return lineGetDevCapsA(asked.app, asked.device, asked.version, 0, structure);
}

LONG get_dev_caps_wide(void *structure)
{
	return lineGetDevCapsW(asked.app, asked.device, asked.version, 0, structure);
}

LONG get_address_caps(void *structure)
{
	return lineGetAddressCapsA(asked.app, asked.device, 0, asked.version, 0, structure);
}

LONG get_address_caps_wide(void *structure)
{
	return lineGetAddressCapsW(asked.app, asked.device, 0, asked.version, 0, structure);
}

LONG get_dev_status(void *structure)
{
	return lineGetLineDevStatusA(asked.line, structure);
}

LONG get_dev_status_wide(void *structure)
{
	return lineGetLineDevStatusW(asked.line, structure);
}

LONG get_address_status(void *structure)
{
	return lineGetAddressStatusA(asked.line, 0, structure);
}

LONG get_call_info(void *structure)
{
	return lineGetCallInfoA(asked.call, structure);
}

LONG get_call_info_wide(void *structure)
{
	return lineGetCallInfoW(asked.call, structure);
}

LONG get_call_status(void *structure)
{
	return lineGetCallStatus(asked.call, structure);
}

LONG get_new_calls(void *structure)
{
	return lineGetNewCalls(asked.line, 0, LINECALLSELECT_LINE, structure);
}

LONG get_id(void *structure)
{
	return lineGetIDA(asked.line, 0, asked.call, LINECALLSELECT_CALL, structure, "tapi/line");
}

LONG get_connection(void *structure)
{
	return lineGetIDW(asked.line, 0, asked.call, LINECALLSELECT_CALL, structure,
			  (const WCHAR[]) { 'n', 'd', 'i', 's', 0 });
}

LONG get_country(void *structure)
{
	return lineGetCountryA(49, asked.version, structure);
}

LONG get_country_wide(void *structure)
{
	return lineGetCountryW(49, asked.version, structure);
}

LONG get_translate_caps(void *structure)
{
	return lineGetTranslateCapsA(asked.app, asked.version, structure);
}

LONG get_translate_caps_wide(void *structure)
{
	return lineGetTranslateCapsW(asked.app, asked.version, structure);
}

LONG translate_address(void *structure)
{
	return lineTranslateAddressA(asked.app, asked.device, asked.version, "+49 (30) 1234567", 0,
				     0, structure);
}
