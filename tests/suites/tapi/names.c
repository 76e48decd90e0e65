// SPDX-License-Identifier: GPL-2.0
/*
 * TAPI's numbers and their names.
 */
#include <stdio.h>
#include <string.h>

#include "names.h"

const struct word call_states[] = {
	{ 0x00000001, "IDLE" },
	{ 0x00000002, "OFFERING" },
	{ 0x00000004, "ACCEPTED" },
	{ 0x00000008, "DIALTONE" },
	{ 0x00000010, "DIALING" },
	{ 0x00000020, "RINGBACK" },
	{ 0x00000040, "BUSY" },
	{ 0x00000080, "SPECIALINFO" },
	{ 0x00000100, "CONNECTED" },
	{ 0x00000200, "PROCEEDING" },
	{ 0x00000400, "ONHOLD" },
	{ 0x00000800, "CONFERENCED" },
	{ 0x00001000, "ONHOLDPENDCONF" },
	{ 0x00002000, "ONHOLDPENDTRANSFER" },
	{ 0x00004000, "DISCONNECTED" },
	{ 0x00008000, "UNKNOWN" },
	{ 0, NULL },
};

const struct word disconnect_modes[] = {
	{ 0x00000001, "NORMAL" },
	{ 0x00000002, "UNKNOWN" },
	{ 0x00000004, "REJECT" },
	{ 0x00000008, "PICKUP" },
	{ 0x00000010, "FORWARDED" },
	{ 0x00000020, "BUSY" },
	{ 0x00000040, "NOANSWER" },
	{ 0x00000080, "BADADDRESS" },
	{ 0x00000100, "UNREACHABLE" },
	{ 0x00000200, "CONGESTION" },
	{ 0x00000400, "INCOMPATIBLE" },
	{ 0x00000800, "UNAVAIL" },
	{ 0x00001000, "NODIALTONE" },
	{ 0x00002000, "NUMBERCHANGED" },
	{ 0x00004000, "OUTOFORDER" },
	{ 0x00008000, "TEMPFAILURE" },
	{ 0x00010000, "QOSUNAVAIL" },
	{ 0x00020000, "BLOCKED" },
	{ 0x00040000, "DONOTDISTURB" },
	{ 0x00080000, "CANCELLED" },
	{ 0, NULL },
};

const struct word line_states[] = {
	{ 0x00000001, "OTHER" },
	{ 0x00000002, "RINGING" },
	{ 0x00000004, "CONNECTED" },
	{ 0x00000008, "DISCONNECTED" },
	{ 0x00000010, "MSGWAITON" },
	{ 0x00000020, "MSGWAITOFF" },
	{ 0x00000040, "INSERVICE" },
	{ 0x00000080, "OUTOFSERVICE" },
	{ 0x00000100, "MAINTENANCE" },
	{ 0x00000200, "OPEN" },
	{ 0x00000400, "CLOSE" },
	{ 0x00000800, "NUMCALLS" },
	{ 0x00001000, "NUMCOMPLETIONS" },
	{ 0x00002000, "TERMINALS" },
	{ 0x00004000, "ROAMMODE" },
	{ 0x00008000, "BATTERY" },
	{ 0x00010000, "SIGNAL" },
	{ 0x00020000, "DEVSPECIFIC" },
	{ 0x00040000, "REINIT" },
	{ 0x00080000, "LOCK" },
	{ 0x00100000, "CAPSCHANGE" },
	{ 0x00200000, "CONFIGCHANGE" },
	{ 0x00400000, "TRANSLATECHANGE" },
	{ 0x00800000, "COMPLCANCEL" },
	{ 0x01000000, "REMOVED" },
	{ 0, NULL },
};

const struct word media_words[] = {
	{ LINEMEDIAMODE_UNKNOWN, "unknown" },
	{ LINEMEDIAMODE_INTERACTIVEVOICE, "voice" },
	{ LINEMEDIAMODE_AUTOMATEDVOICE, "machine" },
	{ LINEMEDIAMODE_DATAMODEM, "modem" },
	{ LINEMEDIAMODE_G3FAX, "fax" },
	{ LINEMEDIAMODE_DIGITALDATA, "digital" },
	{ 0, NULL },
};

const struct word privilege_words[] = {
	{ LINECALLPRIVILEGE_NONE, "none" },
	{ LINECALLPRIVILEGE_MONITOR, "monitor" },
	{ LINECALLPRIVILEGE_OWNER, "owner" },
	{ 0, NULL },
};

/* All of them, but for those of phones. */
const struct word error_words[] = {
	{ 0x80000001, "ALLOCATED" },
	{ 0x80000002, "BADDEVICEID" },
	{ 0x80000003, "BEARERMODEUNAVAIL" },
	{ 0x80000005, "CALLUNAVAIL" },
	{ 0x80000006, "COMPLETIONOVERRUN" },
	{ 0x80000007, "CONFERENCEFULL" },
	{ 0x80000008, "DIALBILLING" },
	{ 0x80000009, "DIALDIALTONE" },
	{ 0x8000000a, "DIALPROMPT" },
	{ 0x8000000b, "DIALQUIET" },
	{ 0x8000000c, "INCOMPATIBLEAPIVERSION" },
	{ 0x8000000d, "INCOMPATIBLEEXTVERSION" },
	{ 0x8000000e, "INIFILECORRUPT" },
	{ 0x8000000f, "INUSE" },
	{ 0x80000010, "INVALADDRESS" },
	{ 0x80000011, "INVALADDRESSID" },
	{ 0x80000012, "INVALADDRESSMODE" },
	{ 0x80000013, "INVALADDRESSSTATE" },
	{ 0x80000014, "INVALAPPHANDLE" },
	{ 0x80000015, "INVALAPPNAME" },
	{ 0x80000016, "INVALBEARERMODE" },
	{ 0x80000017, "INVALCALLCOMPLMODE" },
	{ 0x80000018, "INVALCALLHANDLE" },
	{ 0x80000019, "INVALCALLPARAMS" },
	{ 0x8000001a, "INVALCALLPRIVILEGE" },
	{ 0x8000001b, "INVALCALLSELECT" },
	{ 0x8000001c, "INVALCALLSTATE" },
	{ 0x8000001d, "INVALCALLSTATELIST" },
	{ 0x8000001e, "INVALCARD" },
	{ 0x8000001f, "INVALCOMPLETIONID" },
	{ 0x80000020, "INVALCONFCALLHANDLE" },
	{ 0x80000021, "INVALCONSULTCALLHANDLE" },
	{ 0x80000022, "INVALCOUNTRYCODE" },
	{ 0x80000023, "INVALDEVICECLASS" },
	{ 0x80000024, "INVALDEVICEHANDLE" },
	{ 0x80000025, "INVALDIALPARAMS" },
	{ 0x80000026, "INVALDIGITLIST" },
	{ 0x80000027, "INVALDIGITMODE" },
	{ 0x80000028, "INVALDIGITS" },
	{ 0x80000029, "INVALEXTVERSION" },
	{ 0x8000002a, "INVALGROUPID" },
	{ 0x8000002b, "INVALLINEHANDLE" },
	{ 0x8000002c, "INVALLINESTATE" },
	{ 0x8000002d, "INVALLOCATION" },
	{ 0x8000002e, "INVALMEDIALIST" },
	{ 0x8000002f, "INVALMEDIAMODE" },
	{ 0x80000030, "INVALMESSAGEID" },
	{ 0x80000032, "INVALPARAM" },
	{ 0x80000033, "INVALPARKID" },
	{ 0x80000034, "INVALPARKMODE" },
	{ 0x80000035, "INVALPOINTER" },
	{ 0x80000036, "INVALPRIVSELECT" },
	{ 0x80000037, "INVALRATE" },
	{ 0x80000038, "INVALREQUESTMODE" },
	{ 0x80000039, "INVALTERMINALID" },
	{ 0x8000003a, "INVALTERMINALMODE" },
	{ 0x8000003b, "INVALTIMEOUT" },
	{ 0x8000003c, "INVALTONE" },
	{ 0x8000003d, "INVALTONELIST" },
	{ 0x8000003e, "INVALTONEMODE" },
	{ 0x8000003f, "INVALTRANSFERMODE" },
	{ 0x80000040, "LINEMAPPERFAILED" },
	{ 0x80000041, "NOCONFERENCE" },
	{ 0x80000042, "NODEVICE" },
	{ 0x80000043, "NODRIVER" },
	{ 0x80000044, "NOMEM" },
	{ 0x80000045, "NOREQUEST" },
	{ 0x80000046, "NOTOWNER" },
	{ 0x80000047, "NOTREGISTERED" },
	{ 0x80000048, "OPERATIONFAILED" },
	{ 0x80000049, "OPERATIONUNAVAIL" },
	{ 0x8000004a, "RATEUNAVAIL" },
	{ 0x8000004b, "RESOURCEUNAVAIL" },
	{ 0x8000004c, "REQUESTOVERRUN" },
	{ 0x8000004d, "STRUCTURETOOSMALL" },
	{ 0x8000004e, "TARGETNOTFOUND" },
	{ 0x8000004f, "TARGETSELF" },
	{ 0x80000050, "UNINITIALIZED" },
	{ 0x80000051, "USERUSERINFOTOOBIG" },
	{ 0x80000052, "REINIT" },
	{ 0x80000053, "ADDRESSBLOCKED" },
	{ 0x80000054, "BILLINGREJECTED" },
	{ 0x80000055, "INVALFEATURE" },
	{ 0x80000056, "NOMULTIPLEINSTANCE" },
	{ 0x80000057, "INVALAGENTID" },
	{ 0x80000058, "INVALAGENTGROUP" },
	{ 0x80000059, "INVALPASSWORD" },
	{ 0x8000005a, "INVALAGENTSTATE" },
	{ 0x8000005b, "INVALAGENTACTIVITY" },
	{ 0x8000005c, "DIALVOICEDETECT" },
	{ 0x8000005d, "USERCANCELLED" },
	{ 0x8000005e, "INVALADDRESSTYPE" },
	{ 0x8000005f, "INVALAGENTSESSIONSTATE" },
	{ 0x80000061, "SERVICE_NOT_RUNNING" },
	{ 0, NULL },
};

static char *buffer(void)
{
	static _Thread_local char texts[4][96];
	static _Thread_local unsigned int next;

	return texts[next++ % ARRAY_SIZE(texts)];
}

const char *word_of(const struct word *words, DWORD value)
{
	char *text;

	for (; words->name; words++)
		if (words->value == value)
			return words->name;
	text = buffer();
	snprintf(text, 96, "%#x", value);
	return text;
}

const char *words_of(const struct word *words, DWORD bits)
{
	char *text = buffer();
	size_t at = 0;

	text[0] = '\0';
	for (; words->name; words++) {
		if (!(bits & words->value) || at >= 90)
			continue;
		at += (size_t)snprintf(text + at, 96 - at, "%s%s", at ? "|" : "", words->name);
		bits &= ~words->value;
	}
	if (bits)
		snprintf(text + at, 96 - at, "%s%#x", at ? "|" : "", bits);
	return text;
}

DWORD value_of(const struct word *words, const char *name)
{
	for (; words->name; words++)
		if (!strcmp(words->name, name))
			return words->value;
	return 0;
}

DWORD values_of(const struct word *words, const char *names)
{
	char text[256], *rest, *name;
	DWORD bits = 0;

	snprintf(text, sizeof(text), "%s", names);
	for (name = strtok_r(text, "|", &rest); name; name = strtok_r(NULL, "|", &rest))
		bits |= value_of(words, name);
	return bits;
}

const char *tapi_error(LONG error)
{
	return error ? word_of(error_words, (DWORD)error) : "0";
}

LONG tapi_error_of(const char *name)
{
	DWORD value = value_of(error_words, name);

	return value ? (LONG)value : 1;
}
