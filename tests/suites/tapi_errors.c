// SPDX-License-Identifier: GPL-2.0
/*
 * What each function refuses, and with which error; which of two errors comes first; and the
 * widths of TAPI's numbers where long has 64 bits.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "tapi/bus.h"
#include "tapi/error_rows.h"
#include "tapi/names.h"

/*
 * 0.1: a LONG of 64 bits makes a request of every error.
 */
_Static_assert(sizeof(LONG) == 4 && (LONG)(-1) < 0, "LONG");
_Static_assert(sizeof(DWORD) == 4 && (DWORD)(-1) > 0, "DWORD");
_Static_assert(sizeof(DWORD_PTR) == sizeof(void *), "DWORD_PTR");
_Static_assert(sizeof(HLINEAPP) == 4 && sizeof(HLINE) == 4 && sizeof(HCALL) == 4, "handles");
_Static_assert(sizeof(LINEMESSAGE) == 8 + 4 * sizeof(void *), "LINEMESSAGE");
_Static_assert(sizeof(WCHAR) == 2, "WCHAR");
_Static_assert((LONG)LINEERR_ALLOCATED < 0 && (LONG)LINEERR_SERVICE_NOT_RUNNING < 0, "errors");
_Static_assert(sizeof(LINECALLSTATUS) == 56, "no padding");

/* Also where a program keeps the result in a long, as many do. */
static void widths(void **state)
{
	long result = lineDrop(0x7ffffff1, NULL, 0);
	DWORD_PTR parameter = 0x80000048;

	(void)state;
	assert_true(result < 0);
	assert_true(result == LINEERR_UNINITIALIZED || result == LINEERR_INVALCALLHANDLE);
	assert_true(TAPI_RESULT(parameter) < 0);
	assert_true(TAPI_RESULT(parameter) == LINEERR_OPERATIONFAILED);
	assert_int_equal(LINECALLPRIVILEGE_NONE, 1);
	assert_int_equal(LINEMAPPER, 0xffffffff);
	assert_int_equal(LINEINITIALIZEEXOPTION_USECOMPLETIONPORT, 3);
}

/* Names of errors: each of the codes has one of its own, and what has none is said to have none. */
static void names_of_errors(void **state)
{
	const struct word *word;
	char name[64];

	(void)state;
	for (word = error_words; word->name; word++) {
		snprintf(name, sizeof(name), "LINEERR_%s", word->name);
		assert_non_null(tapi_error_name((LONG)word->value));
		assert_string_equal(tapi_error_name((LONG)word->value), name);
		assert_non_null(tapi_error_text((LONG)word->value));
	}
	/* Unassigned. */
	if (tapi_error_name((LONG)0x80000004))
		assert_null(strstr(tapi_error_name((LONG)0x80000004), "LINEERR_"));
}

#define BAD_APP		0x7ffffff1
#define BAD_LINE	0x7ffffff2
#define BAD_CALL	0x7ffffff3

/* Without any application: whatever the handle, and whatever else is wrong. */
static int uninitialized(void *argument)
{
	const LONG error = LINEERR_UNINITIALIZED;
	LINECALLSTATUS status = { .dwTotalSize = 1 };
	LINEMESSAGE message;
	DWORD version;
	HCALL call;
	HLINE line;
	char room[2048];

	(void)argument;
	memset(room, 0, sizeof(room));
	if (lineShutdown(1) != error || lineShutdown(BAD_APP) != error)
		return 1;
	if (lineClose(BAD_LINE) != error || lineDrop(BAD_CALL, NULL, 0) != error)
		return 2;
	if (lineGetMessage(BAD_APP, &message, 0) != error ||
	    lineGetMessage(BAD_APP, NULL, 0) != error)
		return 3;
	if (lineNegotiateAPIVersion(BAD_APP, 0, V1_3, V2_2, &version, NULL) != error)
		return 4;
	if (lineOpen(BAD_APP, 0, &line, V2_2, 0, 0, LINECALLPRIVILEGE_NONE, 0, NULL) != error)
		return 5;
	if (lineMakeCall(BAD_LINE, &call, "200", 0, NULL) != error)
		return 6;
	if (lineGetCallStatus(BAD_CALL, &status) != error ||
	    lineDeallocateCall(BAD_CALL) != error)
		return 7;
	if (lineSetStatusMessages(BAD_LINE, 0xffffffff, 0) != error)
		return 8;
	if (lineTranslateAddressA(BAD_APP, 0, 1, NULL, 0, 0, NULL) != error ||
	    lineTranslateAddressW(BAD_APP, 0, 1, NULL, 0, 0, NULL) != error ||
	    lineSetTollListA(BAD_APP, 0, NULL, 77) != error ||
	    lineSetTollListW(BAD_APP, 0, NULL, 77) != error)
		return 9;
	if (lineAccept(BAD_CALL, "x", 1) != error || lineAnswer(BAD_CALL, "x", 1) != error)
		return 10;
	if (lineGetDevCaps(BAD_APP, 99, 7, 1, NULL) != error)
		return 11;
	if (lineGetCallInfo(BAD_CALL, NULL) != error ||
	    lineGetLineDevStatus(BAD_LINE, NULL) != error)
		return 12;
	if (lineSetCallPrivilege(BAD_CALL, 77) != error)
		return 13;
	if (lineHandoff(BAD_CALL, "x", 77) != error)
		return 14;
	if (lineGetNewCalls(BAD_LINE, 9, 77, NULL) != error)
		return 15;
	if (lineRegisterRequestRecipient(BAD_APP, 0, 0x40000000, TRUE) != error)
		return 16;
	if (lineGetRequest(BAD_APP, 77, room) != error)
		return 17;
	if (lineGetID(BAD_LINE, 0, 0, LINECALLSELECT_LINE, NULL, NULL) != error ||
	    lineGetID(0, 0, BAD_CALL, LINECALLSELECT_CALL, NULL, NULL) != error ||
	    lineGetID(0, 0, 0, 77, NULL, NULL) != error)
		return 18;
	return 0;
}

static void nothing_is_initialized(void **state)
{
	(void)state;
	assert_int_equal(child_wait(child_start(uninitialized, NULL)), 0);
}

static void never_called(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR first,
			 DWORD_PTR second, DWORD_PTR third)
{
	(void)device;
	(void)message;
	(void)instance;
	(void)first;
	(void)second;
	(void)third;
	abort();
}

/* T12, and what else is wrong with a beginning. */
static void initialize(void **state)
{
	static const WCHAR half_a_character[] = { 'x', 0xd83d, 0 };
	struct rlimit limit, none_left;
	LONG result;
	LINEINITIALIZEEXPARAMS params = {
		.dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT,
	};
	DWORD num_devs, version = V2_2;
	unsigned int descriptors;
	HLINEAPP app;

	(void)state;
	two_adapters("1");
	admin();
	descriptors = count_descriptors();
	ROW(lineInitializeEx, "no place for the handle", INVALPOINTER, NULL, NULL, NULL, "x",
	    &num_devs, &version, &params);
	ROW(lineInitializeEx, "no place for the number", INVALPOINTER, &app, NULL, NULL, "x", NULL,
	    &version, &params);
	ROW(lineInitializeEx, "no version", INVALPOINTER, &app, NULL, NULL, "x", &num_devs, NULL,
	    &params);
	params.dwOptions = LINEINITIALIZEEXOPTION_USEHIDDENWINDOW;
	ROW(lineInitializeEx, "a hidden window without a callback", INVALPOINTER, &app, NULL, NULL,
	    "x", &num_devs, &version, &params);
	ROW(lineInitializeEx, "callbacks by default, and none", INVALPOINTER, &app, NULL, NULL,
	    "x", &num_devs, &version, NULL);
	ROW(lineInitialize, "no callback", INVALPOINTER, &app, NULL, NULL, "x", &num_devs);
	ROW(lineInitialize, "no place for the handle", INVALPOINTER, NULL, NULL, NULL, "x",
	    &num_devs);
	params.dwOptions = 7;
	ROW(lineInitializeEx, "an unknown way to be told", INVALPARAM, &app, NULL, NULL, "x",
	    &num_devs, &version, &params);
	params.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
	ROW(lineInitializeEx, "a name that cannot be shown", INVALAPPNAME, &app, NULL, NULL,
	    "two\nlines", &num_devs, &version, &params);
	ROW(lineInitializeEx, "a name that is no UTF-8", INVALAPPNAME, &app, NULL, NULL,
	    "\xff\xfe", &num_devs, &version, &params);
	ROW(lineInitializeExW, "a name that cannot be shown", INVALAPPNAME, &app, NULL, NULL,
	    u"two\x7flines", &num_devs, &version, &params);
	ROW(lineInitializeExW, "a name that is no UTF-16", INVALAPPNAME, &app, NULL, NULL,
	    half_a_character, &num_devs, &version, &params);
	ROW(lineInitialize, "a name that cannot be shown", INVALAPPNAME, &app, NULL, never_called,
	    "two\nlines", &num_devs);
	/* No descriptor is left for it. */
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
	none_left = limit;
	none_left.rlim_cur = 0;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none_left), 0);
	result = lineInitializeEx(&app, NULL, NULL, "x", &num_devs, &version, &params);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
	error_row("lineInitializeEx", "no descriptor", LINEERR_RESOURCEUNAVAIL, result, __FILE__,
		  __LINE__);
	/* Nothing is left of any of them. */
	assert_int_equal(count_descriptors(), descriptors);
	wait_sessions(0);
}

static void devices(void **state)
{
	LINEDEVCAPS caps = { .dwTotalSize = sizeof(caps) };
	LINEEXTENSIONID extension;
	struct client *client;
	DWORD gone, there, version;
	HLINEAPP app;

	(void)state;
	two_adapters("1");
	client = client_begun("client", V2_2, "event");
	app = client->app;
	there = client_device(client, "a", 0);
	gone = client_device(client, "b", 0);
	client->shows_lines = true;
	adapter_del("b");
	client_do(client, "hears REMOVE %u", gone);

	ROW(lineNegotiateAPIVersion, "no such device", BADDEVICEID, app, 99, V1_3, V2_2, &version,
	    &extension);
	ROW(lineNegotiateAPIVersion, "a device that is gone", NODEVICE, app, gone, V1_3, V2_2,
	    &version, &extension);
	ROW(lineNegotiateAPIVersion, "versions to come", INCOMPATIBLEAPIVERSION, app, there,
	    0x00040000, 0x00050000, &version, &extension);
	ROW(lineNegotiateAPIVersion, "no such application", INVALAPPHANDLE, BAD_APP, there, V1_3,
	    V2_2, &version, &extension);
	ROW(lineNegotiateAPIVersion, "no place for the version", INVALPOINTER, app, there, V1_3,
	    V2_2, NULL, &extension);

	ROW(lineGetDevCaps, "no such device", BADDEVICEID, app, 99, V2_2, 0, &caps);
	ROW(lineGetDevCaps, "a device that is gone", NODEVICE, app, gone, V2_2, 0, &caps);
	ROW(lineGetDevCaps, "no such version", INCOMPATIBLEAPIVERSION, app, there, 7, 0, &caps);
	ROW(lineGetDevCaps, "an extension", INCOMPATIBLEEXTVERSION, app, there, V2_2, 1, &caps);
	ROW(lineGetDevCaps, "no such application", INVALAPPHANDLE, BAD_APP, 99, V2_2, 0, &caps);
	ROW(lineGetDevCaps, "no structure", INVALPOINTER, app, there, V2_2, 0, NULL);
	caps.dwTotalSize = 4;
	ROW(lineGetDevCaps, "a structure too small", STRUCTURETOOSMALL, app, there, V2_2, 0, &caps);
	play_end(__FILE__, __LINE__);
}

static void opening(void **state)
{
	LINECALLPARAMS params = { .dwTotalSize = 4 };
	struct client *client;
	DWORD gone, there;
	HLINEAPP app;
	HLINE line;

	(void)state;
	two_adapters("1");
	client = client_begun("client", V2_2, "event");
	app = client->app;
	there = client_device(client, "a", 0);
	gone = client_device(client, "b", 0);
	client->shows_lines = true;
	adapter_del("b");
	client_do(client, "hears REMOVE %u", gone);

	ROW(lineOpen, "no such device", BADDEVICEID, app, 99, &line, V2_2, 0, 0, NONE, 0, NULL);
	ROW(lineOpen, "a device that is gone", NODEVICE, app, gone, &line, V2_2, 0, 0, NONE, 0,
	    NULL);
	ROW(lineOpen, "no such version", INCOMPATIBLEAPIVERSION, app, there, &line, 7, 0, 0, NONE,
	    0, NULL);
	ROW(lineOpen, "an extension", INCOMPATIBLEEXTVERSION, app, there, &line, V2_2, 1, 0, NONE,
	    0, NULL);
	ROW(lineOpen, "no such application", INVALAPPHANDLE, BAD_APP, there, &line, V2_2, 0, 0,
	    NONE, 0, NULL);
	ROW(lineOpen, "no place for the handle", INVALPOINTER, app, there, NULL, V2_2, 0, 0, NONE,
	    0, NULL);
	ROW(lineOpen, "an owner of no medium", INVALMEDIAMODE, app, there, &line, V2_2, 0, 0, OWNER,
	    0, NULL);
	ROW(lineOpen, "an unknown medium", INVALMEDIAMODE, app, there, &line, V2_2, 0, 0, OWNER,
	    0x40000000, NULL);
	ROW(lineOpen, "no privilege at all", INVALPRIVSELECT, app, there, &line, V2_2, 0, 0, 0, 0,
	    NULL);
	ROW(lineOpen, "NONE and OWNER", INVALPRIVSELECT, app, there, &line, V2_2, 0, 0,
	    NONE | OWNER, DIGITAL, NULL);
	ROW(lineOpen, "an unknown privilege", INVALPRIVSELECT, app, there, &line, V2_2, 0, 0, 8, 0,
	    NULL);
	ROW(lineOpen, "any line, by too small a structure", STRUCTURETOOSMALL, app, LINEMAPPER,
	    &line, V2_2, 0, 0, OWNER, DIGITAL, &params);
	ROW(lineOpen, "one address, in too small a structure", INVALADDRESSID, app, there, &line,
	    V2_2, 0, 0, LINEOPENOPTION_SINGLEADDRESS | OWNER, DIGITAL, &params);
	params = (LINECALLPARAMS) {
		.dwTotalSize = sizeof(params),
		.dwAddressMode = LINEADDRESSMODE_ADDRESSID,
		.dwAddressID = 7,
	};
	ROW(lineOpen, "one address that is not there", INVALADDRESSID, app, there, &line, V2_2, 0,
	    0, LINEOPENOPTION_SINGLEADDRESS | OWNER, DIGITAL, &params);
	ROW(lineOpen, "an agent's proxy", OPERATIONUNAVAIL, app, there, &line, V2_2, 0, 0,
	    LINEOPENOPTION_PROXY | OWNER, DIGITAL, &params);
	params = (LINECALLPARAMS) {
		.dwTotalSize = sizeof(params),
		.dwMediaMode = LINEMEDIAMODE_G3FAX,
	};
	ROW(lineOpen, "any line with a medium that none has", LINEMAPPERFAILED, app, LINEMAPPER,
	    &line, V2_2, 0, 0, OWNER, LINEMEDIAMODE_G3FAX, &params);
	/* What there is, is found. */
	params.dwMediaMode = LINEMEDIAMODE_DIGITALDATA;
	succeeds(lineOpen(app, LINEMAPPER, &line, V2_2, 0, 0, OWNER, DIGITAL, &params));
	succeeds(lineClose(line));
	play_end(__FILE__, __LINE__);
}

/* Check 11: who is older than an adapter's lines. */
static void lines_that_have_changed(void **state)
{
	struct client *client;
	DWORD device;
	HLINE line;

	(void)state;
	two_adapters("1");
	client = client_begun("client", V2_2, "event");
	device = client_device(client, "b", 0);
	adapter_set("b", "lines", "2", "address", "200@0,201@1", NULL);
	client_do(client, "hears REINIT");
	ROW(lineOpen, "older than the lines", REINIT, client->app, device, &line, V2_2, 0, 0, NONE,
	    0, NULL);
	play_end(__FILE__, __LINE__);
}

/* lineMakeCall() with these parameters and this number. */
#define CALL_ROW(_how, _error, _number, ...) do { \
	LINECALLPARAMS params_ = { __VA_ARGS__ }; \
	params_.dwTotalSize = params_.dwTotalSize ? params_.dwTotalSize : sizeof(params_); \
	ROW(lineMakeCall, (_how), _error, line, &call, (_number), 0, &params_); \
} while (0)

static void making_calls(void **state)
{
	struct client *caller;
	HCALL call = 0;
	HLINE line;

	(void)state;
	two_adapters("1");
	caller = client_begun("caller", V2_2, "event");
	client_do(caller, "open a none");
	line = client_line(caller, 1);
	ROW(lineMakeCall, "no such line", INVALLINEHANDLE, BAD_LINE, &call, "200", 0, NULL);
	ROW(lineMakeCall, "no place for the handle", INVALPOINTER, line, NULL, "200", 0, NULL);
	ROW(lineMakeCall, "a country of four digits", INVALCOUNTRYCODE, line, &call, "200", 10000,
	    NULL);
	CALL_ROW("too small", STRUCTURETOOSMALL, "200", .dwTotalSize = 4);
	CALL_ROW("an empty number", INVALADDRESS, "", 0);
	CALL_ROW("no number at all", INVALADDRESS, "hello", 0);
	CALL_ROW("wait for a dial tone", DIALDIALTONE, "0W200", 0);
	CALL_ROW("wait for a calling card's tone", DIALBILLING, "200$1", 0);
	CALL_ROW("wait for a quiet answer", DIALQUIET, "200@1", 0);
	CALL_ROW("wait for a person", DIALPROMPT, "200?1", 0);
	CALL_ROW("two bearers", INVALBEARERMODE, "200",
		 .dwBearerMode = LINEBEARERMODE_VOICE | LINEBEARERMODE_DATA);
	CALL_ROW("a bearer that the line has not", BEARERMODEUNAVAIL, "200",
		 .dwBearerMode = LINEBEARERMODE_ALTSPEECHDATA);
	CALL_ROW("rates the wrong way round", INVALRATE, "200", .dwMinRate = 2, .dwMaxRate = 1);
	CALL_ROW("a rate that the line has not", RATEUNAVAIL, "200", .dwMinRate = 0x7fffffff,
		 .dwMaxRate = 0x7fffffff);
	CALL_ROW("two media", INVALMEDIAMODE, "200",
		 .dwMediaMode = LINEMEDIAMODE_DIGITALDATA | LINEMEDIAMODE_DATAMODEM);
	CALL_ROW("a secret call", INVALCALLPARAMS, "200",
		 .dwCallParamFlags = LINECALLPARAMFLAGS_SECURE);
	CALL_ROW("an offset far away", INVALCALLPARAMS, "200", .dwCommentSize = 8,
		 .dwCommentOffset = 0xfffffff0);
	CALL_ROW("a size beyond the end", INVALCALLPARAMS, "200",
		 .dwDisplayableAddressSize = 0xffffffff, .dwDisplayableAddressOffset = 4);
	CALL_ROW("words to the other user", USERUSERINFOTOOBIG, "200", .dwUserUserInfoSize = 4,
		 .dwUserUserInfoOffset = 8);
	CALL_ROW("no such mode of address", INVALADDRESSMODE, "200", .dwAddressMode = 8);
	CALL_ROW("no such address", INVALADDRESSID, "200",
		 .dwMediaMode = LINEMEDIAMODE_DIGITALDATA,
		 .dwAddressMode = LINEADDRESSMODE_ADDRESSID, .dwAddressID = 9);
	/* None of them has made a call, or will be answered. */
	assert_int_equal(call, 0);
	client_do(caller, "hears-nothing");

	play_on("callee: open b owner",
		"caller: call L1 200",
		"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK",
		"callee: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner");
	CALL_ROW("more calls than the line has", CALLUNAVAIL, "200",
		 .dwMediaMode = LINEMEDIAMODE_DIGITALDATA);
	play_on("caller: drop C1",
		"caller: hears-any reply C1 Drop 0; C1 IDLE",
		"callee: hears C1 DISCONNECTED *");
	wait_count(CONDIS_COUNTER_VCS, 0);
	adapter_set("a", "in-service", "off", NULL);
	CALL_ROW("out of service", INVALLINESTATE, "200",
		 .dwMediaMode = LINEMEDIAMODE_DIGITALDATA);
	adapter_set("a", "in-service", "on", NULL);
	play_end(__FILE__, __LINE__);
}

/* Handles first, then privilege, then state, then what is pointed to. */
static void requests(void **state)
{
	HCALL owned, seen_call, made, old;

	(void)state;
	tapi_offering();
	play_on("monitor: open b monitor",
		"monitor: new-calls L1 1",
		"callee: hears C1 info monitors");
	owned = client_call(client_of("callee"), 1);
	made = client_call(client_of("caller"), 1);
	seen_call = client_call(client_of("monitor"), 1);

	ROW(lineAccept, "no such call", INVALCALLHANDLE, BAD_CALL, "x", 0xffffffff);
	ROW(lineAccept, "a monitor, and too much to say", NOTOWNER, seen_call, "x", 1);
	ROW(lineAccept, "an outgoing call, and too much to say", INVALCALLSTATE, made, "x", 1);
	ROW(lineAccept, "words to the other user", USERUSERINFOTOOBIG, owned, "x", 1);
	ROW(lineAnswer, "no such call", INVALCALLHANDLE, BAD_CALL, "x", 1);
	ROW(lineAnswer, "a monitor", NOTOWNER, seen_call, NULL, 0);
	ROW(lineAnswer, "an outgoing call", INVALCALLSTATE, made, NULL, 0);
	ROW(lineAnswer, "words to the other user", USERUSERINFOTOOBIG, owned, "x", 1);
	ROW(lineDrop, "no such call", INVALCALLHANDLE, BAD_CALL, "x", 1);
	ROW(lineDrop, "a monitor", NOTOWNER, seen_call, "x", 1);
	ROW(lineDrop, "words to the other user", USERUSERINFOTOOBIG, owned, "x", 1);
	ROW(lineDeallocateCall, "no such call", INVALCALLHANDLE, BAD_CALL);
	/* A line is no call, nor an application. */
	ROW(lineDrop, "a line", INVALCALLHANDLE, client_line(client_of("callee"), 1), NULL, 0);
	ROW(lineClose, "a call", INVALLINEHANDLE, owned);
	ROW(lineClose, "an application", INVALLINEHANDLE, client_of("callee")->app);
	ROW(lineClose, "nothing", INVALLINEHANDLE, 0);
	ROW(lineShutdown, "a line", INVALAPPHANDLE, client_line(client_of("callee"), 1));
	ROW(lineShutdown, "nothing", INVALAPPHANDLE, 0);

	ROW(lineSetCallPrivilege, "no such call", INVALCALLHANDLE, BAD_CALL, 77);
	ROW(lineSetCallPrivilege, "no such privilege", INVALCALLPRIVILEGE, owned, NONE);
	ROW(lineSetCallPrivilege, "both", INVALCALLPRIVILEGE, owned, MONITOR | OWNER);
	ROW(lineSetCallPrivilege, "the only owner", INVALCALLSTATE, owned, MONITOR);

	ROW(lineHandoff, "no such call", INVALCALLHANDLE, BAD_CALL, NULL, DIGITAL);
	ROW(lineHandoff, "a monitor", NOTOWNER, seen_call, NULL, DIGITAL);
	ROW(lineHandoff, "nobody of that name", TARGETNOTFOUND, owned, "nobody-at-all", 0);
	ROW(lineHandoff, "nobody with that medium", TARGETNOTFOUND, owned, NULL,
	    LINEMEDIAMODE_DATAMODEM);
	ROW(lineHandoff, "itself", TARGETSELF, owned, NULL, DIGITAL);
	ROW(lineHandoff, "two media", INVALMEDIAMODE, owned, NULL,
	    DIGITAL | LINEMEDIAMODE_DATAMODEM);

	/* In 1.4 a live call's only owner cannot leave it. */
	play_on("caller: drop C1",
		"caller: hears-any reply C1 Drop 0; C1 IDLE",
		"callee: hears C1 DISCONNECTED *",
		"old: begin 1.4 event",
		"old: open a none",
		"old: call L1 200",
		"old: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK",
		"callee: hears L1 new C2 owner at 0; C2 OFFERING ACTIVE owner",
		"monitor: hears-any C1 DISCONNECTED *; L1 new C2 monitor at 0; "
		"C2 OFFERING ACTIVE monitor",
		"callee: hears C2 info monitors");
	old = client_call(client_of("old"), 1);
	ROW(lineDeallocateCall, "1.4, the only owner, not IDLE", INVALCALLSTATE, old);
	/* IDLE absorbs. */
	ROW(lineDrop, "IDLE", INVALCALLSTATE, made, NULL, 0);
	ROW(lineDrop, "IDLE, and too much to say", INVALCALLSTATE, made, "x", 1);
	ROW(lineAnswer, "IDLE", INVALCALLSTATE, made, NULL, 0);
	/* A size without a pointer is ignored. */
	assert_true(lineDrop(old, NULL, 0xffffffff) > 0);
	client_do(client_of("callee"), "hears C2 DISCONNECTED *");
	client_shutdown(client_of("callee"));
	client_shutdown(client_of("monitor"));
	client_shutdown(client_of("old"));
	play_on("caller: hears-nothing");
	play_end(__FILE__, __LINE__);
}

static void messages_and_information(void **state)
{
	union {
		LINECALLINFO info;
		LINECALLSTATUS status;
		LINEDEVSTATUS dev_status;
		LINECALLLIST list;
		VARSTRING string;
		char room[2048];
	} u = { .status.dwTotalSize = 2048 };
	struct client *callee;
	LINEMESSAGE message;
	HLINE line;
	HCALL call;

	(void)state;
	tapi_offering();
	callee = client_of("callee");
	line = client_line(callee, 1);
	call = client_call(callee, 1);
	client_do(callee, "hears-nothing");

	ROW(lineGetMessage, "none there", OPERATIONFAILED, callee->app, &message, 0);
	ROW(lineGetMessage, "no such application", INVALAPPHANDLE, BAD_APP, NULL, 0);
	ROW(lineGetMessage, "no place for it", INVALPOINTER, callee->app, NULL, 0);
	ROW(lineSetStatusMessages, "no such line", INVALLINEHANDLE, BAD_LINE, 0xffffffff, 0);
	ROW(lineSetStatusMessages, "no such state", INVALLINESTATE, line, 0x80000000, 0);
	ROW(lineSetStatusMessages, "no such state of an address", INVALADDRESSSTATE, line, 0,
	    0x80000000);

	ROW(lineGetCallInfo, "no such call", INVALCALLHANDLE, BAD_CALL, NULL);
	ROW(lineGetCallInfo, "no structure", INVALPOINTER, call, NULL);
	ROW(lineGetCallStatus, "no such call", INVALCALLHANDLE, BAD_CALL, NULL);
	ROW(lineGetCallStatus, "no structure", INVALPOINTER, call, NULL);
	ROW(lineGetLineDevStatus, "no such line", INVALLINEHANDLE, BAD_LINE, NULL);
	ROW(lineGetLineDevStatus, "no structure", INVALPOINTER, line, NULL);
	ROW(lineGetNewCalls, "no such line", INVALLINEHANDLE, BAD_LINE, 0, 77, NULL);
	ROW(lineGetNewCalls, "no structure", INVALPOINTER, line, 0, LINECALLSELECT_LINE, NULL);
	ROW(lineGetNewCalls, "no such selection", INVALCALLSELECT, line, 0, 77, &u.list);
	ROW(lineGetNewCalls, "no such address", INVALADDRESSID, line, 9, LINECALLSELECT_ADDRESS,
	    &u.list);
	ROW(lineGetID, "no such line", INVALLINEHANDLE, BAD_LINE, 0, 0, LINECALLSELECT_LINE,
	    &u.string, "tapi/line");
	ROW(lineGetID, "no such call", INVALCALLHANDLE, 0, 0, BAD_CALL, LINECALLSELECT_CALL,
	    &u.string, "tapi/line");
	ROW(lineGetID, "no such address", INVALADDRESSID, line, 9, 0, LINECALLSELECT_ADDRESS,
	    &u.string, "tapi/line");
	ROW(lineGetID, "no such selection", INVALCALLSELECT, line, 0, 0, 77, &u.string,
	    "tapi/line");
	ROW(lineGetID, "no such class", INVALDEVICECLASS, line, 0, 0, LINECALLSELECT_LINE,
	    &u.string, "tapi/nonsense");
	ROW(lineGetID, "no structure", INVALPOINTER, line, 0, 0, LINECALLSELECT_LINE, NULL,
	    "tapi/line");
	ROW(lineGetID, "no class", INVALPOINTER, line, 0, 0, LINECALLSELECT_LINE, &u.string, NULL);
	u.status.dwTotalSize = 4;
	ROW(lineGetCallInfo, "too small", STRUCTURETOOSMALL, call, &u.info);
	ROW(lineGetCallStatus, "too small", STRUCTURETOOSMALL, call, &u.status);
	ROW(lineGetLineDevStatus, "too small", STRUCTURETOOSMALL, line, &u.dev_status);
	ROW(lineGetNewCalls, "too small", STRUCTURETOOSMALL, line, 0, LINECALLSELECT_LINE, &u.list);
	ROW(lineGetID, "too small", STRUCTURETOOSMALL, line, 0, 0, LINECALLSELECT_LINE, &u.string,
	    "tapi/line");

	ROW(lineRegisterRequestRecipient, "no such application", INVALAPPHANDLE, BAD_APP, 0, 77, 1);
	ROW(lineRegisterRequestRecipient, "no such mode", INVALREQUESTMODE, callee->app, 0,
	    0x40000000, 1);
	ROW(lineGetRequest, "no such application", INVALAPPHANDLE, BAD_APP, 77, NULL);
	ROW(lineGetRequest, "two modes", INVALREQUESTMODE, callee->app, 5, u.room);
	ROW(lineGetRequest, "not registered", NOTREGISTERED, callee->app, LINEREQUESTMODE_MAKECALL,
	    u.room);
	ROW(lineGetRequest, "no place for it", INVALPOINTER, callee->app, LINEREQUESTMODE_MAKECALL,
	    NULL);
	/* All of that was for nothing: the call is offered still. */
	client_do(callee, "state C1 OFFERING");
	client_do(callee, "hears-nothing");
	play_end(__FILE__, __LINE__);
}

/* Assisted telephony: by who asks, and by who takes. */
static void requests_for_others(void **state)
{
	struct client *client;
	LINEREQMAKECALL taken;
	unsigned int i;
	char text[81];

	(void)state;
	memset(text, '1', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	REQUEST_ROW(tapiRequestMakeCall, "no address", INVALPOINTER, NULL, NULL, NULL, NULL);
	REQUEST_ROW(tapiRequestMakeCall, "an empty address", INVALDESTADDRESS, "", "", "", "");
	REQUEST_ROW(tapiRequestMakeCall, "an address too long", INVALDESTADDRESS, text, NULL, NULL,
		    NULL);
	REQUEST_ROW(tapiRequestMakeCall, "nobody registered", NOREQUESTRECIPIENT, "200", NULL,
		    NULL, NULL);
	REQUEST_ROW(tapiRequestMediaCall, "whatever it is", REQUESTFAILED, NULL, 0, "", "", 0, 0,
		    "200", "", "", "");
	REQUEST_ROW(tapiRequestDrop, "whatever it is", REQUESTFAILED, NULL, 1);

	client = client_begun("client", V2_2, "event");
	succeeds(lineRegisterRequestRecipient(client->app, 7, LINEREQUESTMODE_MAKECALL, TRUE));
	ROW(lineGetRequest, "none waits", NOREQUEST, client->app, LINEREQUESTMODE_MAKECALL,
	    &taken);
	ROW(lineGetRequest, "a mode for which it is not registered", NOTREGISTERED, client->app,
	    LINEREQUESTMODE_DROP, &taken);
	for (i = 0; i < 64; i++)
		assert_int_equal(tapiRequestMakeCall("200", NULL, NULL, NULL), 0);
	REQUEST_ROW(tapiRequestMakeCall, "sixty-four wait", REQUESTQUEUEFULL, "200", NULL, NULL,
		    NULL);
	for (i = 0; i < 64; i++)
		succeeds(lineGetRequest(client->app, LINEREQUESTMODE_MAKECALL, &taken));
	ROW(lineGetRequest, "all are taken", NOREQUEST, client->app, LINEREQUESTMODE_MAKECALL,
	    &taken);
	succeeds(client_shutdown(client));
	/* Without a bus nobody can be found. */
	bus_end();
	client = client_begun("lonely", V2_2, "event");
	ROW(lineRegisterRequestRecipient, "no bus", RESOURCEUNAVAIL, client->app, 7,
	    LINEREQUESTMODE_MAKECALL, TRUE);
	play_end(__FILE__, __LINE__);
}

/* What a virtual line cannot do is refused by name, never by silence; and handles come first. */
static void what_the_line_cannot_do(void **state)
{
	struct client *caller;
	HCALL call, other;
	HLINE line;

	(void)state;
	tapi_connected();
	caller = client_of("caller");
	call = client_call(caller, 1);
	line = client_line(caller, 1);
	ROW(lineHold, "there is no hold", OPERATIONUNAVAIL, call);
	ROW(lineHold, "no such call", INVALCALLHANDLE, BAD_CALL);
	ROW(lineUnhold, "there is no hold", OPERATIONUNAVAIL, call);
	ROW(lineSecureCall, "nothing is secret", OPERATIONUNAVAIL, call);
	ROW(lineSendUserUserInfo, "no such call", INVALCALLHANDLE, BAD_CALL, "x", 1);
	ROW(lineDial, "no such call", INVALCALLHANDLE, BAD_CALL, "1", 0);
	ROW(lineBlindTransfer, "there is no transfer", OPERATIONUNAVAIL, call, "200", 0);
	ROW(lineSetupTransfer, "there is no transfer", OPERATIONUNAVAIL, call, &other, NULL);
	ROW(lineCompleteCall, "no such call", INVALCALLHANDLE, BAD_CALL, NULL, 0, 0);
	ROW(lineForward, "no such line", INVALLINEHANDLE, BAD_LINE, 0, 0, NULL, 0, NULL, NULL);
	ROW(lineForward, "there is no forwarding", OPERATIONUNAVAIL, line, 0, 0, NULL, 0, NULL,
	    NULL);
	ROW(linePickup, "no such line", INVALLINEHANDLE, BAD_LINE, 0, &other, "1", "1");
	ROW(lineUncompleteCall, "no such line", INVALLINEHANDLE, BAD_LINE, 1);
	ROW(lineDevSpecific, "no such line", INVALLINEHANDLE, BAD_LINE, 0, 0, NULL, 0);
	client_do(caller, "state C1 CONNECTED");
	client_do(caller, "hears-nothing");
	play_end(__FILE__, __LINE__);
}

/*
 * What only the user's settings are asked about: the application, its device, what is for
 * programs, and the address comes last.
 */
static void translating(void **state)
{
	static const WCHAR no_text[] = { 0xd800, '1', 0 };
	LINETRANSLATEOUTPUT output = { .dwTotalSize = sizeof(output) };
	HLINEAPP app;

	(void)state;
	two_adapters("1");
	app = client_begun("client", V2_2, "event")->app;
	ROW(lineTranslateAddress, "no such application", INVALAPPHANDLE, BAD_APP, 99, 1, NULL, 0, 0,
	    NULL);
	ROW(lineTranslateAddressA, "no such application", INVALAPPHANDLE, BAD_APP, 99, 1, NULL, 0,
	    0, NULL);
	ROW(lineTranslateAddressW, "no such application", INVALAPPHANDLE, BAD_APP, 99, 1, NULL, 0,
	    0, NULL);
	ROW(lineTranslateAddress, "no such device", BADDEVICEID, app, 99, 1, NULL, 0, 0, NULL);
	ROW(lineTranslateAddress, "no such version", INCOMPATIBLEAPIVERSION, app, 0, 1, NULL, 0, 0,
	    NULL);
	ROW(lineTranslateAddress, "no address", INVALPOINTER, app, 0, V2_2, NULL, 0, 0, &output);
	ROW(lineTranslateAddressW, "no address", INVALPOINTER, app, 0, V2_2, NULL, 0, 0, &output);
	ROW(lineTranslateAddress, "no structure", INVALPOINTER, app, 0, V2_2, "200", 0, 0, NULL);
	ROW(lineTranslateAddressW, "no text", INVALADDRESS, app, 0, V2_2, no_text, 0, 0, &output);
	ROW(lineTranslateAddress, "no application", INVALPOINTER, 0, 99, V2_2, NULL, 0, 0, &output);
	ROW(lineSetTollList, "no such application", INVALAPPHANDLE, BAD_APP, 99, NULL, 77);
	ROW(lineSetTollListA, "no such application", INVALAPPHANDLE, BAD_APP, 99, NULL, 77);
	ROW(lineSetTollListW, "no such application", INVALAPPHANDLE, BAD_APP, 99, NULL, 77);
	ROW(lineSetTollList, "no such device", BADDEVICEID, app, 99, NULL, 77);
	ROW(lineSetTollList, "no address", INVALPOINTER, app, 0, NULL, 77);
	ROW(lineSetTollListW, "no address", INVALPOINTER, app, 0, NULL, 77);
	ROW(lineSetTollListW, "no text", INVALADDRESS, app, 0, no_text, LINETOLLLISTOPTION_ADD);
	ROW(lineSetTollList, "no such option", INVALPARAM, app, 0, "+1 (425) 5551234", 77);
	ROW(lineTranslateDialog, "no such application", INVALAPPHANDLE, BAD_APP, 99, 1, NULL, NULL);
	ROW(lineGetTranslateCaps, "no such application", INVALAPPHANDLE, BAD_APP, 1, NULL);
	play_end(__FILE__, __LINE__);
}

/*
 * A line that was closed from below, and whose LINE_CLOSE was not read: its handle and those of its
 * calls are dead for every function, whatever else is wrong, and also for those that the kernel is
 * not asked for. Its adapter is there: what it says of itself does not matter.
 */
static void closed_and_not_read(void **state)
{
	LINECALLLIST list = { .dwTotalSize = sizeof(list) };
	LINECALLPARAMS params = { .dwTotalSize = 4 };
	VARSTRING string = { .dwTotalSize = sizeof(string) };
	DWORD address, lines, addresses;
	char digits[1];
	struct client *callee;
	HLINE line;
	HCALL call, other = 0;

	(void)state;
	tapi_connected();
	callee = client_of("callee");
	line = client_line(callee, 1);
	call = client_call(callee, 1);
	adapter_set("b", "lines", "2", "address", "200@0,201@1", NULL);

	ROW(lineGetID, "closed", INVALLINEHANDLE, line, 0, 0, LINECALLSELECT_LINE, &string,
	    "tapi/line");
	ROW(lineGetID, "closed", INVALLINEHANDLE, line, 0, 0, LINECALLSELECT_ADDRESS, &string,
	    "tapi/line");
	ROW(lineGetID, "closed", INVALCALLHANDLE, 0, 0, call, LINECALLSELECT_CALL, &string,
	    "tapi/line");
	ROW(lineGetID, "closed, no class", INVALLINEHANDLE, line, 0, 0, LINECALLSELECT_LINE, NULL,
	    NULL);
	ROW(lineMakeCall, "closed", INVALLINEHANDLE, line, &other, "201", 0, NULL);
	ROW(lineMakeCall, "closed, no address", INVALLINEHANDLE, line, &other, NULL, 0, NULL);
	ROW(lineMakeCall, "closed, nowhere", INVALLINEHANDLE, line, NULL, NULL, 0, NULL);
	ROW(lineMakeCall, "closed, too small", INVALLINEHANDLE, line, &other, "201", 0, &params);
	ROW(lineForward, "closed", INVALLINEHANDLE, line, 0, 0, NULL, 0, NULL, NULL);
	ROW(lineUnpark, "closed", INVALLINEHANDLE, line, 0, NULL, NULL);
	ROW(lineDevSpecific, "closed", INVALLINEHANDLE, line, 0, call, NULL, 0);
	ROW(lineSetupConference, "closed", INVALLINEHANDLE, 0, line, NULL, NULL, 0, NULL);
	ROW(lineGetAddressID, "closed", INVALLINEHANDLE, line, &address,
	    LINEADDRESSMODE_DIALABLEADDR, "200", 3);
	ROW(lineGetAddressID, "closed, nowhere", INVALLINEHANDLE, line, NULL, 77, NULL, 0);
	ROW(lineGetLineDevStatus, "closed", INVALLINEHANDLE, line, NULL);
	ROW(lineGetAddressStatus, "closed", INVALLINEHANDLE, line, 9, NULL);
	ROW(lineSetStatusMessages, "closed", INVALLINEHANDLE, line, 0x80000000, 0);
	ROW(lineGetStatusMessages, "closed", INVALLINEHANDLE, line, &lines, &addresses);
	ROW(lineGetStatusMessages, "closed, nowhere", INVALLINEHANDLE, line, NULL, NULL);
	ROW(lineGetNewCalls, "closed", INVALLINEHANDLE, line, 0, LINECALLSELECT_LINE, &list);
	ROW(lineGetNewCalls, "closed, no such selection", INVALLINEHANDLE, line, 0, 77, &list);
	ROW(lineGetNumRings, "closed", INVALLINEHANDLE, line, 0, NULL);
	ROW(lineSetNumRings, "closed", INVALLINEHANDLE, line, 9, 3);
	ROW(lineClose, "closed", INVALLINEHANDLE, line);
	ROW(lineGetCallInfo, "closed", INVALCALLHANDLE, call, NULL);
	ROW(lineGetCallStatus, "closed", INVALCALLHANDLE, call, NULL);
	ROW(lineGetConfRelatedCalls, "closed", INVALCALLHANDLE, call, &list);
	ROW(lineDrop, "closed", INVALCALLHANDLE, call, "x", 1);
	ROW(lineHold, "closed", INVALCALLHANDLE, call);
	ROW(lineHandoff, "closed", INVALCALLHANDLE, call, NULL, 0);
	ROW(lineSetCallPrivilege, "closed", INVALCALLHANDLE, call, 77);
	ROW(lineSetMediaMode, "closed", INVALCALLHANDLE, call, 0);
	ROW(lineMonitorDigits, "closed", INVALCALLHANDLE, call, 77);
	ROW(lineGenerateDigits, "closed", INVALCALLHANDLE, call, 77, "1", 0);
	ROW(lineGatherDigits, "closed", INVALCALLHANDLE, call, 77, digits, 1, NULL, 0, 0);
	/* All of that took no word of it away. */
	play_on("callee: hears-any C1 DISCONNECTED *; C1 IDLE; L1 CLOSE; REINIT",
		"callee: hears-nothing",
		"caller: hears-any C1 DISCONNECTED *; REINIT",
		"caller: drop C1",
		"caller: hears-any reply C1 Drop 0; C1 IDLE");
	play_end(__FILE__, __LINE__);
}

/* The last test: every error of the table was provoked by those before. */
static void every_error_was_provoked(void **state)
{
	(void)state;
	assert_int_equal(error_rows_missing(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TAPI_TEST(widths),
		TAPI_TEST(names_of_errors),
		TAPI_TEST(nothing_is_initialized),
		TAPI_TEST(initialize),
		TAPI_TEST(devices),
		TAPI_TEST(opening),
		TAPI_TEST(lines_that_have_changed),
		TAPI_TEST(making_calls),
		TAPI_TEST(requests),
		TAPI_TEST(messages_and_information),
		TAPI_TEST(what_the_line_cannot_do),
		TAPI_TEST(translating),
		TAPI_TEST(closed_and_not_read),
		BUS_TEST(requests_for_others),
		TAPI_TEST(every_error_was_provoked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
