/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The functions that fill in a structure of variable size, all called alike: what they are asked
 * about is said once.
 */
#ifndef SUITES_TAPI_GETTERS_H
#define SUITES_TAPI_GETTERS_H

#include "client.h"

#define ROOM	4096

/**
 * union room - a structure of variable size, with room for all of it
 */
union room {
	struct {
		DWORD total;
		DWORD needed;
		DWORD used;
	} head;
	LINEDEVCAPS dev_caps;
	LINEADDRESSCAPS address_caps;
	LINEDEVSTATUS dev_status;
	LINEADDRESSSTATUS address_status;
	LINECALLINFO call_info;
	LINECALLSTATUS call_status;
	LINECALLLIST call_list;
	VARSTRING string;
	unsigned char bytes[ROOM];
};

/**
 * struct asked - what they are asked about
 * @app: the application
 * @device: a line device
 * @version: of the interface, for those that are told one
 * @line: a line
 * @call: a call on it
 */
struct asked {
	HLINEAPP app;
	DWORD device;
	DWORD version;
	HLINE line;
	HCALL call;
};

extern struct asked asked;

/* From now on about the first line and call of a client, which is on @adapter. */
void ask_about(struct client *client, const char *adapter);

LONG get_dev_caps(void *structure);
LONG get_dev_caps_wide(void *structure);
LONG get_address_caps(void *structure);
LONG get_address_caps_wide(void *structure);
LONG get_dev_status(void *structure);
LONG get_dev_status_wide(void *structure);
LONG get_address_status(void *structure);
LONG get_call_info(void *structure);
LONG get_call_info_wide(void *structure);
LONG get_call_status(void *structure);
LONG get_new_calls(void *structure);
LONG get_id(void *structure);
LONG get_connection(void *structure);
LONG get_country(void *structure);
LONG get_country_wide(void *structure);
LONG get_translate_caps(void *structure);
LONG get_translate_caps_wide(void *structure);
LONG translate_address(void *structure);

#endif /* SUITES_TAPI_GETTERS_H */
