// SPDX-License-Identifier: GPL-2.0
/*
 * The errors that functions were seen to answer, held against the table of those that they have.
 */
#include <string.h>

#include "error_rows.h"

#define SEEN_MAX	400

static struct {
	const char *function;
	LONG error;
} seen[SEEN_MAX];
static unsigned int num_seen;

void error_row(const char *function, const char *how, LONG wanted, LONG result, const char *file,
	       int line)
{
	if (result != wanted)
		fail_with(file, line, "%s, %s: %s, not %s", function, how, tapi_error(result),
			  tapi_error(wanted));
	assert_in_range(num_seen, 0, SEEN_MAX - 1);
	seen[num_seen].function = function;
	seen[num_seen++].error = wanted;
}

/*
 * The table: the errors that each function has, and that can be provoked. What cannot:
 *
 *   INIFILECORRUPT of lineInitializeEx	it begins also with settings that are broken; tapi_settings
 *				has it for the functions that need them
 *   NODRIVER			there are no drivers to be broken
 *   INUSE, ALLOCATED		no line is exclusive
 *   ADDRESSBLOCKED		no network says so
 *   REINIT of lineInitializeEx	it binds older applications only
 *   INVALPARAM for hInstance	which means nothing here
 *   NOTREGISTERED of lineOpen	nobody can be a proxy: OPERATIONUNAVAIL comes first
 *   INVALPOINTER of lineAccept, lineAnswer, lineDrop	what is said to the other user is refused
 *				whatever it is, and without it there is no pointer
 *   OPERATIONUNAVAIL of lineDrop, lineClose	every line can
 *   NODEVICE of lineGetID	whose line is gone has no handle any more: INVALLINEHANDLE
 *
 * NOMEM is in tapi_memory.c, of those that begin and of calls.
 */
static const struct {
	const char *function;
	const char *errors[24];
} table[] = {
	{ "lineInitializeEx", {
		"INVALAPPNAME", "INVALPOINTER", "INVALPARAM", "RESOURCEUNAVAIL",
	} },
	{ "lineNegotiateAPIVersion", {
		"BADDEVICEID", "NODEVICE", "INCOMPATIBLEAPIVERSION", "INVALAPPHANDLE",
		"INVALPOINTER",
	} },
	{ "lineGetDevCaps", {
		"BADDEVICEID", "NODEVICE", "INCOMPATIBLEAPIVERSION", "INCOMPATIBLEEXTVERSION",
		"INVALAPPHANDLE", "INVALPOINTER", "STRUCTURETOOSMALL",
	} },
	{ "lineOpen", {
		"LINEMAPPERFAILED", "BADDEVICEID", "NODEVICE", "INCOMPATIBLEAPIVERSION",
		"INCOMPATIBLEEXTVERSION", "INVALAPPHANDLE", "INVALMEDIAMODE", "INVALPOINTER",
		"STRUCTURETOOSMALL", "INVALPRIVSELECT", "INVALADDRESSID", "OPERATIONUNAVAIL",
		"REINIT",
	} },
	{ "lineMakeCall", {
		"INVALLINEHANDLE", "INVALLINESTATE", "CALLUNAVAIL", "INVALADDRESS",
		"INVALADDRESSID", "INVALADDRESSMODE", "DIALBILLING", "DIALQUIET",
		"DIALDIALTONE", "DIALPROMPT", "BEARERMODEUNAVAIL", "INVALBEARERMODE",
		"RATEUNAVAIL", "INVALRATE", "INVALMEDIAMODE", "INVALCALLPARAMS",
		"INVALCOUNTRYCODE", "INVALPOINTER", "STRUCTURETOOSMALL", "USERUSERINFOTOOBIG",
	} },
	{ "lineAccept", {
		"NOTOWNER", "INVALCALLSTATE", "INVALCALLHANDLE", "USERUSERINFOTOOBIG",
	} },
	{ "lineAnswer", {
		"NOTOWNER", "INVALCALLSTATE", "INVALCALLHANDLE", "USERUSERINFOTOOBIG",
	} },
	{ "lineDrop", {
		"NOTOWNER", "INVALCALLSTATE", "INVALCALLHANDLE", "USERUSERINFOTOOBIG",
	} },
	{ "lineDeallocateCall", {
		"INVALCALLHANDLE", "INVALCALLSTATE",
	} },
	{ "lineClose", {
		"INVALLINEHANDLE",
	} },
	{ "lineShutdown", {
		"INVALAPPHANDLE",
	} },
	{ "lineGetMessage", {
		"OPERATIONFAILED", "INVALAPPHANDLE", "INVALPOINTER",
	} },
	{ "lineSetStatusMessages", {
		"INVALLINEHANDLE", "INVALLINESTATE", "INVALADDRESSSTATE",
	} },
	{ "lineGetCallInfo", {
		"INVALCALLHANDLE", "INVALPOINTER", "STRUCTURETOOSMALL",
	} },
	{ "lineGetCallStatus", {
		"INVALCALLHANDLE", "INVALPOINTER", "STRUCTURETOOSMALL",
	} },
	{ "lineGetLineDevStatus", {
		"INVALLINEHANDLE", "INVALPOINTER", "STRUCTURETOOSMALL",
	} },
	{ "lineSetCallPrivilege", {
		"INVALCALLHANDLE", "INVALCALLPRIVILEGE", "INVALCALLSTATE",
	} },
	{ "lineHandoff", {
		"INVALCALLHANDLE", "NOTOWNER", "TARGETNOTFOUND", "TARGETSELF", "INVALMEDIAMODE",
	} },
	{ "lineGetNewCalls", {
		"INVALLINEHANDLE", "INVALADDRESSID", "INVALCALLSELECT", "INVALPOINTER",
		"STRUCTURETOOSMALL",
	} },
	{ "lineRegisterRequestRecipient", {
		"INVALAPPHANDLE", "INVALREQUESTMODE", "RESOURCEUNAVAIL",
	} },
	{ "lineGetRequest", {
		"INVALAPPHANDLE", "INVALREQUESTMODE", "NOTREGISTERED", "INVALPOINTER",
		"NOREQUEST",
	} },
	{ "lineGetID", {
		"INVALLINEHANDLE", "INVALADDRESSID", "INVALCALLHANDLE", "INVALCALLSELECT",
		"INVALDEVICECLASS", "INVALPOINTER", "STRUCTURETOOSMALL",
	} },
};

/*
 * Those of assisted telephony. The others are of media calls, which are refused as a whole
 * (REQUESTFAILED), and of calls that are waited for, which none is: 0 means that it is queued.
 */
static const struct {
	const char *function;
	LONG error;
} request_table[] = {
	{ "tapiRequestMakeCall", TAPIERR_INVALPOINTER },
	{ "tapiRequestMakeCall", TAPIERR_INVALDESTADDRESS },
	{ "tapiRequestMakeCall", TAPIERR_NOREQUESTRECIPIENT },
	{ "tapiRequestMakeCall", TAPIERR_REQUESTQUEUEFULL },
	{ "tapiRequestMediaCall", TAPIERR_REQUESTFAILED },
	{ "tapiRequestDrop", TAPIERR_REQUESTFAILED },
};

static bool was_seen(const char *function, LONG error)
{
	size_t length = strlen(function);
	unsigned int i;

	/* A and W are the same function. */
	for (i = 0; i < num_seen; i++)
		if (seen[i].error == error && !strncmp(seen[i].function, function, length) &&
		    strlen(seen[i].function) <= length + 1)
			return true;
	return false;
}

unsigned int error_rows_missing(void)
{
	unsigned int missing = 0;
	const char *error;
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		for (j = 0; j < ARRAY_SIZE(table[i].errors) && table[i].errors[j]; j++) {
			error = table[i].errors[j];
			if (was_seen(table[i].function, tapi_error_of(error)))
				continue;
			say("%s: %s was not provoked", table[i].function, error);
			missing++;
		}
	}
	for (i = 0; i < ARRAY_SIZE(request_table); i++) {
		if (was_seen(request_table[i].function, request_table[i].error))
			continue;
		say("%s: %d was not provoked", request_table[i].function, request_table[i].error);
		missing++;
	}
	return missing;
}
