// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Numbers in words.
 */
#include "calls.h"

struct name {
	DWORD value;
	const char *name;
	const char *text;
};

#define LINEERR(name, text)	{ (DWORD)LINEERR_##name, "LINEERR_" #name, text }
#define TAPIERR(name, text)	{ (DWORD)TAPIERR_##name, "TAPIERR_" #name, text }

static const struct name errors[] = {
	{ 0, "0", "no error" },
	LINEERR(ALLOCATED, "the line is another application's alone"),
	LINEERR(BADDEVICEID, "no line device has this number"),
	LINEERR(BEARERMODEUNAVAIL, "the line has no such bearer"),
	LINEERR(CALLUNAVAIL, "all calls that the line can have are in use"),
	LINEERR(COMPLETIONOVERRUN, "too many call completions wait"),
	LINEERR(CONFERENCEFULL, "the conference is full"),
	LINEERR(DIALBILLING, "the line cannot wait for a billing tone ('$' in the number)"),
	LINEERR(DIALDIALTONE, "the line cannot wait for a dial tone ('W' in the number)"),
	LINEERR(DIALPROMPT, "the number asks for somebody to continue ('?')"),
	LINEERR(DIALQUIET, "the line cannot wait for silence ('@' in the number)"),
	LINEERR(INCOMPATIBLEAPIVERSION, "no such version of the interface"),
	LINEERR(INCOMPATIBLEEXTVERSION, "no such version of the device's extensions"),
	LINEERR(INIFILECORRUPT, "the configuration cannot be read"),
	LINEERR(INUSE, "in use"),
	LINEERR(INVALADDRESS, "not a number that can be dialled"),
	LINEERR(INVALADDRESSID, "the line has no such address"),
	LINEERR(INVALADDRESSMODE, "no such way to name an address"),
	LINEERR(INVALADDRESSSTATE, "no such state of an address"),
	LINEERR(INVALAPPHANDLE, "no such application handle"),
	LINEERR(INVALAPPNAME, "not a name of an application"),
	LINEERR(INVALBEARERMODE, "no such bearer"),
	LINEERR(INVALCALLCOMPLMODE, "no such way to complete a call"),
	LINEERR(INVALCALLHANDLE, "no such call handle"),
	LINEERR(INVALCALLPARAMS, "wrong call parameters"),
	LINEERR(INVALCALLPRIVILEGE, "no such privilege for a call"),
	LINEERR(INVALCALLSELECT, "no such selection of calls"),
	LINEERR(INVALCALLSTATE, "the call's state does not allow it"),
	LINEERR(INVALCALLSTATELIST, "wrong list of call states"),
	LINEERR(INVALCARD, "no such calling card"),
	LINEERR(INVALCOMPLETIONID, "no such call completion"),
	LINEERR(INVALCONFCALLHANDLE, "no such conference"),
	LINEERR(INVALCONSULTCALLHANDLE, "no such consultation call"),
	LINEERR(INVALCOUNTRYCODE, "no such country code"),
	LINEERR(INVALDEVICECLASS, "the line has no device of this class"),
	LINEERR(INVALDEVICEHANDLE, "no such device handle"),
	LINEERR(INVALDIALPARAMS, "wrong dialling parameters"),
	LINEERR(INVALDIGITLIST, "wrong list of digits"),
	LINEERR(INVALDIGITMODE, "no such kind of digits"),
	LINEERR(INVALDIGITS, "wrong digits"),
	LINEERR(INVALEXTVERSION, "wrong version of extensions"),
	LINEERR(INVALGROUPID, "no such group"),
	LINEERR(INVALLINEHANDLE, "no such line handle"),
	LINEERR(INVALLINESTATE, "the line's state does not allow it"),
	LINEERR(INVALLOCATION, "no such location"),
	LINEERR(INVALMEDIALIST, "wrong list of media"),
	LINEERR(INVALMEDIAMODE, "the line has no such media mode"),
	LINEERR(INVALMESSAGEID, "no such message"),
	LINEERR(INVALPARAM, "wrong parameter"),
	LINEERR(INVALPARKID, "no such place to park"),
	LINEERR(INVALPARKMODE, "no such way to park"),
	LINEERR(INVALPOINTER, "a pointer is missing"),
	LINEERR(INVALPRIVSELECT, "no such set of privileges"),
	LINEERR(INVALRATE, "no such range of rates"),
	LINEERR(INVALREQUESTMODE, "no such kind of request"),
	LINEERR(INVALTERMINALID, "no such terminal"),
	LINEERR(INVALTERMINALMODE, "no such use of a terminal"),
	LINEERR(INVALTIMEOUT, "wrong timeout"),
	LINEERR(INVALTONE, "no such tone"),
	LINEERR(INVALTONELIST, "wrong list of tones"),
	LINEERR(INVALTONEMODE, "no such kind of tones"),
	LINEERR(INVALTRANSFERMODE, "no such way to transfer"),
	LINEERR(LINEMAPPERFAILED, "no line can do what was asked for"),
	LINEERR(NOCONFERENCE, "the call is in no conference"),
	LINEERR(NODEVICE, "the line device is gone"),
	LINEERR(NODRIVER, "the driver is missing"),
	LINEERR(NOMEM, "no memory"),
	LINEERR(NOREQUEST, "no request waits"),
	LINEERR(NOTOWNER, "not an owner of the call"),
	LINEERR(NOTREGISTERED, "not registered for such requests"),
	LINEERR(OPERATIONFAILED, "it failed"),
	LINEERR(OPERATIONUNAVAIL, "the line cannot do this"),
	LINEERR(RATEUNAVAIL, "the line is not that fast"),
	LINEERR(RESOURCEUNAVAIL, "a limit is reached"),
	LINEERR(REQUESTOVERRUN, "too many requests wait"),
	LINEERR(STRUCTURETOOSMALL, "dwTotalSize is less than the fixed part of the structure"),
	LINEERR(TARGETNOTFOUND, "nobody there takes the call"),
	LINEERR(TARGETSELF, "the first that takes such calls is this application"),
	LINEERR(UNINITIALIZED, "lineInitializeEx() comes first"),
	LINEERR(USERUSERINFOTOOBIG, "the line carries less user-user information"),
	LINEERR(REINIT, "the lines have changed: shut down, and initialise again"),
	LINEERR(ADDRESSBLOCKED, "the number is barred"),
	LINEERR(BILLINGREJECTED, "the billing was refused"),
	LINEERR(INVALFEATURE, "no such feature"),
	LINEERR(NOMULTIPLEINSTANCE, "it can be there only once"),
	LINEERR(INVALAGENTID, "no such agent"),
	LINEERR(INVALAGENTGROUP, "no such group of agents"),
	LINEERR(INVALPASSWORD, "wrong password"),
	LINEERR(INVALAGENTSTATE, "no such state of an agent"),
	LINEERR(INVALAGENTACTIVITY, "no such activity of an agent"),
	LINEERR(DIALVOICEDETECT, "the line cannot wait for a voice (':' in the number)"),
	LINEERR(USERCANCELLED, "the user gave up"),
	LINEERR(INVALADDRESSTYPE, "no such type of address"),
	LINEERR(INVALAGENTSESSIONSTATE, "no such state of an agent's session"),
	LINEERR(DISCONNECTED, "the connection to the service is lost"),
	LINEERR(SERVICE_NOT_RUNNING, "the service is not running"),
	TAPIERR(DROPPED, "the call was dropped"),
	TAPIERR(NOREQUESTRECIPIENT, "no application takes requests, and none can be started"),
	TAPIERR(REQUESTQUEUEFULL, "too many requests wait"),
	TAPIERR(INVALDESTADDRESS, "not a number that can be requested"),
	TAPIERR(INVALWINDOWHANDLE, "no such window"),
	TAPIERR(INVALDEVICECLASS, "no such class of devices"),
	TAPIERR(INVALDEVICEID, "no such device"),
	TAPIERR(DEVICECLASSUNAVAIL, "no device of this class can be had"),
	TAPIERR(DEVICEIDUNAVAIL, "this device cannot be had"),
	TAPIERR(DEVICEINUSE, "the device is in use"),
	TAPIERR(DESTBUSY, "the far end is busy"),
	TAPIERR(DESTNOANSWER, "the far end does not answer"),
	TAPIERR(DESTUNAVAIL, "no way to the far end"),
	TAPIERR(UNKNOWNWINHANDLE, "no request of this window"),
	TAPIERR(UNKNOWNREQUESTID, "no such request"),
	TAPIERR(REQUESTFAILED, "the request failed"),
	TAPIERR(REQUESTCANCELLED, "the request was cancelled"),
	TAPIERR(INVALPOINTER, "a pointer is missing"),
	TAPIERR(NOTADMIN, "for the administrator only"),
	TAPIERR(MMCWRITELOCKED, "somebody else changes the configuration"),
	TAPIERR(PROVIDERALREADYINSTALLED, "the provider is installed already"),
	TAPIERR(SCP_ALREADY_EXISTS, "the service is published already"),
	TAPIERR(SCP_DOES_NOT_EXIST, "the service is not published"),
};

#define LINE(name)		{ LINE_##name, "LINE_" #name, NULL }
#define PHONE(name)		{ PHONE_##name, "PHONE_" #name, NULL }

static const struct name messages[] = {
	LINE(ADDRESSSTATE), LINE(CALLINFO), LINE(CALLSTATE), LINE(CLOSE), LINE(DEVSPECIFIC),
	LINE(DEVSPECIFICFEATURE), LINE(GATHERDIGITS), LINE(GENERATE), LINE(LINEDEVSTATE),
	LINE(MONITORDIGITS), LINE(MONITORMEDIA), LINE(MONITORTONE), LINE(REPLY), LINE(REQUEST),
	PHONE(BUTTON), PHONE(CLOSE), PHONE(DEVSPECIFIC), PHONE(REPLY), PHONE(STATE),
	LINE(CREATE), PHONE(CREATE), LINE(AGENTSPECIFIC), LINE(AGENTSTATUS), LINE(APPNEWCALL),
	LINE(PROXYREQUEST), LINE(REMOVE), PHONE(REMOVE), LINE(AGENTSESSIONSTATUS),
	LINE(QUEUESTATUS), LINE(AGENTSTATUSEX), LINE(GROUPSTATUS), LINE(PROXYSTATUS),
	LINE(APPNEWCALLHUB), LINE(CALLHUBCLOSE), LINE(DEVSPECIFICEX),
};

#define CALLSTATE(name)		{ LINECALLSTATE_##name, #name, NULL }

static const struct name call_states[] = {
	CALLSTATE(IDLE), CALLSTATE(OFFERING), CALLSTATE(ACCEPTED), CALLSTATE(DIALTONE),
	CALLSTATE(DIALING), CALLSTATE(RINGBACK), CALLSTATE(BUSY), CALLSTATE(SPECIALINFO),
	CALLSTATE(CONNECTED), CALLSTATE(PROCEEDING), CALLSTATE(ONHOLD), CALLSTATE(CONFERENCED),
	CALLSTATE(ONHOLDPENDCONF), CALLSTATE(ONHOLDPENDTRANSFER), CALLSTATE(DISCONNECTED),
	CALLSTATE(UNKNOWN),
};

#define DISCONNECTMODE(name)	{ LINEDISCONNECTMODE_##name, #name, NULL }

static const struct name disconnect_modes[] = {
	DISCONNECTMODE(NORMAL), DISCONNECTMODE(UNKNOWN), DISCONNECTMODE(REJECT),
	DISCONNECTMODE(PICKUP), DISCONNECTMODE(FORWARDED), DISCONNECTMODE(BUSY),
	DISCONNECTMODE(NOANSWER), DISCONNECTMODE(BADADDRESS), DISCONNECTMODE(UNREACHABLE),
	DISCONNECTMODE(CONGESTION), DISCONNECTMODE(INCOMPATIBLE), DISCONNECTMODE(UNAVAIL),
	DISCONNECTMODE(NODIALTONE), DISCONNECTMODE(NUMBERCHANGED), DISCONNECTMODE(OUTOFORDER),
	DISCONNECTMODE(TEMPFAILURE), DISCONNECTMODE(QOSUNAVAIL), DISCONNECTMODE(BLOCKED),
	DISCONNECTMODE(DONOTDISTURB), DISCONNECTMODE(CANCELLED),
};

static const struct name unknown = { 0, "unknown", "unknown error" };
static const struct name request = { 0, "request", "the number of a request" };
/* Who does not know the device takes its own errors for this. */
static const struct name device = { 0, "LINEERR_OPERATIONFAILED", "an error of the device's own" };

static const struct name *find(const struct name *names, size_t count, DWORD value)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (names[i].value == value)
			return &names[i];
	return &unknown;
}

/* Never NULL. */
static const struct name *find_error(LONG error)
{
	const struct name *name = find(errors, ARRAY_SIZE(errors), (DWORD)error);

	if (name != &unknown)
		return name;
	if (error > 0)
		return &request;
	return (DWORD)error >= 0xc0000000 && (DWORD)error < 0xffff0000 ? &device : &unknown;
}

TAPI_EXPORT const char *tapi_error_name(LONG error)
{
	return find_error(error)->name;
}

TAPI_EXPORT const char *tapi_error_text(LONG error)
{
	return find_error(error)->text;
}

TAPI_EXPORT const char *tapi_message_name(DWORD message)
{
	return find(messages, ARRAY_SIZE(messages), message)->name;
}

TAPI_EXPORT const char *tapi_call_state_name(DWORD state)
{
	return find(call_states, ARRAY_SIZE(call_states), state)->name;
}

TAPI_EXPORT const char *tapi_disconnect_mode_name(DWORD mode)
{
	return find(disconnect_modes, ARRAY_SIZE(disconnect_modes), mode)->name;
}
