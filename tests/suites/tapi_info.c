// SPDX-License-Identifier: GPL-2.0
/*
 * What can be asked: capabilities, status, call information, identifiers, new calls, privileges,
 * and by what rules the structures are filled in.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tapi/client.h"

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

/* What each function that fills in a structure is asked about. */
static struct {
	HLINEAPP app;
	DWORD device;
	DWORD version;
	HLINE line;
	HCALL call;
} now;

static LONG get_dev_caps(void *structure)
{
	return lineGetDevCapsA(now.app, now.device, now.version, 0, structure);
}

static LONG get_dev_caps_wide(void *structure)
{
	return lineGetDevCapsW(now.app, now.device, now.version, 0, structure);
}

static LONG get_address_caps(void *structure)
{
	return lineGetAddressCapsA(now.app, now.device, 0, now.version, 0, structure);
}

static LONG get_address_caps_wide(void *structure)
{
	return lineGetAddressCapsW(now.app, now.device, 0, now.version, 0, structure);
}

static LONG get_dev_status(void *structure)
{
	return lineGetLineDevStatusA(now.line, structure);
}

static LONG get_dev_status_wide(void *structure)
{
	return lineGetLineDevStatusW(now.line, structure);
}

static LONG get_address_status(void *structure)
{
	return lineGetAddressStatusA(now.line, 0, structure);
}

static LONG get_call_info(void *structure)
{
	return lineGetCallInfoA(now.call, structure);
}

static LONG get_call_info_wide(void *structure)
{
	return lineGetCallInfoW(now.call, structure);
}

static LONG get_call_status(void *structure)
{
	return lineGetCallStatus(now.call, structure);
}

static LONG get_new_calls(void *structure)
{
	return lineGetNewCalls(now.line, 0, LINECALLSELECT_LINE, structure);
}

static LONG get_id(void *structure)
{
	return lineGetIDA(now.line, 0, now.call, LINECALLSELECT_CALL, structure, "tapi/line");
}

static LONG get_connection(void *structure)
{
	return lineGetIDW(now.line, 0, now.call, LINECALLSELECT_CALL, structure,
			  (const WCHAR[]) { 'n', 'd', 'i', 's', 0 });
}

static LONG get_country(void *structure)
{
	return lineGetCountryA(49, now.version, structure);
}

static LONG get_country_wide(void *structure)
{
	return lineGetCountryW(49, now.version, structure);
}

static LONG get_translate_caps(void *structure)
{
	return lineGetTranslateCapsA(now.app, now.version, structure);
}

static LONG get_translate_caps_wide(void *structure)
{
	return lineGetTranslateCapsW(now.app, now.version, structure);
}

static LONG translate_address(void *structure)
{
	return lineTranslateAddressA(now.app, now.device, now.version, "+49 (30) 1234567", 0, 0,
				     structure);
}

/**
 * enum asks - whose version a function goes by
 * @ASKS_LINE: that of the line, which is open
 * @ASKS_DEVICE: the one that it is given, of a line device
 * @ASKS_LISTS: the one that it is given, and of 3.0 and 3.1, too, which no line device speaks
 */
enum asks {
	ASKS_LINE,
	ASKS_DEVICE,
	ASKS_LISTS,
};

/**
 * enum holds - what is behind the fixed part
 * @HOLDS_NOTHING: nothing, of a line and a call as they are here
 * @HOLDS_FIELDS: fields, the first of them always
 * @HOLDS_ENTRIES: besides, strings of the entries in the fields
 */
enum holds {
	HOLDS_NOTHING,
	HOLDS_FIELDS,
	HOLDS_ENTRIES,
};

#define FIELDS_MAX	16

/**
 * struct getter - a function that fills in a structure
 * @name: its name
 * @get: calls it
 * @asks: whose version it goes by
 * @sizes: of the fixed part in 1.3 and 1.4, in 2.0 and 2.1, and as of 2.2. Numbers, as published
 *	programs were compiled with them: a field that moves in our headers is seen
 * @holds: what is behind that
 * @fields: where the size and offset of each field are that it can have, 0 at the end
 */
struct getter {
	const char *name;
	LONG (*get)(void *structure);
	enum asks asks;
	DWORD sizes[3];
	enum holds holds;
	DWORD fields[FIELDS_MAX];
};

#define FIELD(_type, _name)	offsetof(_type, dw ## _name ## Size)
#define ALWAYS(_size)		{ (_size), (_size), (_size) }

#define DEV_CAPS_FIELDS \
	{ FIELD(LINEDEVCAPS, ProviderInfo), FIELD(LINEDEVCAPS, SwitchInfo), \
	  FIELD(LINEDEVCAPS, LineName), FIELD(LINEDEVCAPS, TerminalCaps), \
	  FIELD(LINEDEVCAPS, TerminalText), FIELD(LINEDEVCAPS, DevSpecific), \
	  FIELD(LINEDEVCAPS, DeviceClasses) }

#define ADDRESS_CAPS_FIELDS \
	{ FIELD(LINEADDRESSCAPS, Address), FIELD(LINEADDRESSCAPS, DevSpecific), \
	  FIELD(LINEADDRESSCAPS, CompletionMsgText), FIELD(LINEADDRESSCAPS, DeviceClasses) }

#define DEV_STATUS_FIELDS \
	{ FIELD(LINEDEVSTATUS, TerminalModes), FIELD(LINEDEVSTATUS, DevSpecific), \
	  FIELD(LINEDEVSTATUS, AppInfo) }

#define CALL_INFO_FIELDS \
	{ FIELD(LINECALLINFO, CallerID), FIELD(LINECALLINFO, CallerIDName), \
	  FIELD(LINECALLINFO, CalledID), FIELD(LINECALLINFO, CalledIDName), \
	  FIELD(LINECALLINFO, ConnectedID), FIELD(LINECALLINFO, AppName), \
	  FIELD(LINECALLINFO, DisplayableAddress), FIELD(LINECALLINFO, CalledParty), \
	  FIELD(LINECALLINFO, Comment), FIELD(LINECALLINFO, Display), \
	  FIELD(LINECALLINFO, UserUserInfo), FIELD(LINECALLINFO, TerminalModes), \
	  FIELD(LINECALLINFO, DevSpecific), FIELD(LINECALLINFO, CallData), \
	  FIELD(LINECALLINFO, SendingFlowspec) }

static const struct getter getters[] = {
	{ "lineGetDevCapsA", get_dev_caps, ASKS_DEVICE, { 240, 252, 268 }, HOLDS_FIELDS,
	  DEV_CAPS_FIELDS },
	{ "lineGetDevCapsW", get_dev_caps_wide, ASKS_DEVICE, { 240, 252, 268 }, HOLDS_FIELDS,
	  DEV_CAPS_FIELDS },
	{ "lineGetAddressCapsA", get_address_caps, ASKS_DEVICE, { 180, 228, 228 }, HOLDS_FIELDS,
	  ADDRESS_CAPS_FIELDS },
	{ "lineGetAddressCapsW", get_address_caps_wide, ASKS_DEVICE, { 180, 228, 228 },
	  HOLDS_FIELDS, ADDRESS_CAPS_FIELDS },
	{ "lineGetLineDevStatusA", get_dev_status, ASKS_LINE, { 76, 88, 88 }, HOLDS_NOTHING,
	  DEV_STATUS_FIELDS },
	{ "lineGetLineDevStatusW", get_dev_status_wide, ASKS_LINE, { 76, 88, 88 }, HOLDS_NOTHING,
	  DEV_STATUS_FIELDS },
	{ "lineGetAddressStatusA", get_address_status, ASKS_LINE, ALWAYS(64), HOLDS_NOTHING,
	  { FIELD(LINEADDRESSSTATUS, Forward), FIELD(LINEADDRESSSTATUS, TerminalModes),
	    FIELD(LINEADDRESSSTATUS, DevSpecific) } },
	{ "lineGetCallInfoA", get_call_info, ASKS_LINE, { 296, 324, 324 }, HOLDS_FIELDS,
	  CALL_INFO_FIELDS },
	{ "lineGetCallInfoW", get_call_info_wide, ASKS_LINE, { 296, 324, 324 }, HOLDS_FIELDS,
	  CALL_INFO_FIELDS },
	{ "lineGetCallStatus", get_call_status, ASKS_LINE, { 36, 56, 56 }, HOLDS_NOTHING,
	  { FIELD(LINECALLSTATUS, DevSpecific) } },
	{ "lineGetNewCalls", get_new_calls, ASKS_LINE, ALWAYS(24), HOLDS_NOTHING,
	  { FIELD(LINECALLLIST, Calls) } },
	{ "lineGetIDA", get_id, ASKS_LINE, ALWAYS(24), HOLDS_FIELDS, { FIELD(VARSTRING, String) } },
	{ "lineGetIDW", get_connection, ASKS_LINE, ALWAYS(24), HOLDS_FIELDS,
	  { FIELD(VARSTRING, String) } },
	{ "lineGetCountryA", get_country, ASKS_LISTS, ALWAYS(24), HOLDS_ENTRIES,
	  { FIELD(LINECOUNTRYLIST, CountryList) } },
	{ "lineGetCountryW", get_country_wide, ASKS_LISTS, ALWAYS(24), HOLDS_ENTRIES,
	  { FIELD(LINECOUNTRYLIST, CountryList) } },
	{ "lineGetTranslateCapsA", get_translate_caps, ASKS_LISTS, ALWAYS(44), HOLDS_ENTRIES,
	  { FIELD(LINETRANSLATECAPS, LocationList), FIELD(LINETRANSLATECAPS, CardList) } },
	{ "lineGetTranslateCapsW", get_translate_caps_wide, ASKS_LISTS, ALWAYS(44), HOLDS_ENTRIES,
	  { FIELD(LINETRANSLATECAPS, LocationList), FIELD(LINETRANSLATECAPS, CardList) } },
	{ "lineTranslateAddress", translate_address, ASKS_LISTS, ALWAYS(40), HOLDS_FIELDS,
	  { FIELD(LINETRANSLATEOUTPUT, DialableString),
	    FIELD(LINETRANSLATEOUTPUT, DisplayableString) } },
};

static DWORD fixed_of(const struct getter *getter)
{
	return getter->sizes[now.version < V2_0 ? 0 : now.version < V2_2 ? 1 : 2];
}

static void get_ready(void)
{
	struct client *callee;

	tapi_connected();
	callee = client_of("callee");
	now.app = callee->app;
	now.device = client_device(callee, "b", 0);
	now.version = V2_2;
	now.line = client_line(callee, 1);
	now.call = client_call(callee, 1);
}

/**
 * struct span - a field of a structure
 * @size: of it, 0 if it is left out
 * @offset: where it is
 */
struct span {
	DWORD size;
	DWORD offset;
};

static struct span span_at(const union room *room, DWORD field)
{
	struct span span;

	memcpy(&span, room->bytes + field, sizeof(span));
	return span;
}

/* The fields that this version has, in the order in which they are; how many. */
static size_t spans_sort(const struct getter *getter, const union room *full, DWORD *fields)
{
	DWORD fixed = fixed_of(getter);
	struct span span;
	size_t length = 0, at, i;

	for (i = 0; i < FIELDS_MAX && getter->fields[i]; i++) {
		if (getter->fields[i] >= fixed)
			continue;
		span = span_at(full, getter->fields[i]);
		for (at = length++; at; at--) {
			if (span_at(full, fields[at - 1]).offset <= span.offset)
				break;
			fields[at] = fields[at - 1];
		}
		fields[at] = getter->fields[i];
	}
	return length;
}

static void unwritten(const union room *room, DWORD from)
{
	static unsigned char pattern[ROOM];

	memset(pattern, 0xa5, sizeof(pattern));
	assert_memory_equal(room->bytes + from, pattern, sizeof(*room) - from);
}

/* What is refused has no effect. */
static void get_refused(const struct getter *getter, DWORD total, LONG error)
{
	union room room;

	memset(&room, 0xa5, sizeof(room));
	room.head.total = total;
	fails(getter->get(&room), error);
	assert_int_equal(room.head.total, total);
	unwritten(&room, sizeof(total));
}

/*
 * One size: each field is there as a whole behind those before it, or has neither size nor offset
 * if it does not fit; and nothing is written but what dwUsedSize counts.
 */
static void get_with(const struct getter *getter, DWORD total, const union room *full)
{
	DWORD fields[FIELDS_MAX], used = fixed_of(getter), start;
	size_t length = spans_sort(getter, full, fields), i;
	struct span whole, span;
	union room room;

	memset(&room, 0xa5, sizeof(room));
	room.head.total = total;
	succeeds(getter->get(&room));
	assert_int_equal(room.head.total, total);
	assert_int_equal(room.head.needed, full->head.needed);
	for (i = 0; i < length; i++) {
		whole = span_at(full, fields[i]);
		span = span_at(&room, fields[i]);
		start = (used + 3) / 4 * 4;
		if (!whole.size || whole.size > total || start > total - whole.size) {
			assert_int_equal(span.size | span.offset, 0);
			continue;
		}
		assert_int_equal(span.size, whole.size);
		assert_int_equal(span.offset, start);
		used = start + span.size;
	}
	if (getter->holds == HOLDS_ENTRIES)
		assert_in_range(room.head.used, used,
				total < full->head.needed ? total : full->head.needed);
	else
		assert_int_equal(room.head.used, used);
	assert_int_not_equal(room.bytes[room.head.used - 1], 0xa5);
	unwritten(&room, room.head.used);
}

static void every_size_of(const struct getter *getter)
{
	DWORD fixed = fixed_of(getter), total, needed, step;
	union room full;

	say("%s of %#x", getter->name, now.version);
	fails(getter->get(NULL), LINEERR_INVALPOINTER);
	memset(&full, 0xa5, sizeof(full));
	full.head.total = sizeof(full);
	succeeds(getter->get(&full));
	needed = full.head.needed;
	assert_in_range(needed, fixed, sizeof(full) - 1);
	assert_int_equal(full.head.used, needed);
	if (getter->holds == HOLDS_NOTHING)
		assert_int_equal(needed, fixed);
	else
		assert_int_not_equal(span_at(&full, getter->fields[0]).size, 0);
	get_with(getter, sizeof(full), &full);
	get_refused(getter, 0, LINEERR_STRUCTURETOOSMALL);
	get_refused(getter, 4, LINEERR_STRUCTURETOOSMALL);
	get_refused(getter, fixed - 1, LINEERR_STRUCTURETOOSMALL);
	step = needed - fixed > 100 ? 7 : 1;
	for (total = fixed; total < needed; total += step)
		get_with(getter, total, &full);
	get_with(getter, needed - (needed > fixed), &full);
	get_with(getter, needed, &full);
	get_with(getter, needed + 1, &full);
}

/* A call that is offered to an application of this version. */
static void get_ready_in(DWORD version)
{
	struct client *callee = client_begun("callee", version, "event");

	play_on("callee: open b owner",
		"caller: open a none",
		"caller: call L1 200",
		"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK");
	client_do(callee, "hears %s", version < V1_4 ? "new C1 OFFERING owner" :
		  version < V2_0 ? "new C1 OFFERING ACTIVE owner" :
		  "L1 new C1 owner at 0; C1 OFFERING ACTIVE owner");
	now.app = callee->app;
	now.device = client_device(callee, "b", 0);
	now.version = version;
	now.line = client_line(callee, 1);
	now.call = client_call(callee, 1);
}

/*
 * dwTotalSize, dwNeededSize, dwUsedSize: in every version, every size from nothing to what is
 * needed and more.
 */
static void every_size(void **state)
{
	static const DWORD versions[] = { V1_3, V1_4, V2_0, V2_1, V2_2 };
	size_t i, j;

	(void)state;
	two_adapters("4");
	for (i = 0; i < ARRAY_SIZE(versions); i++) {
		get_ready_in(versions[i]);
		for (j = 0; j < ARRAY_SIZE(getters); j++)
			every_size_of(&getters[j]);
		play_on("callee: drop C1",
			"callee: hears-any reply C1 Drop 0; C1 IDLE",
			"caller: hears C1 DISCONNECTED REJECT");
		play_end(__FILE__, __LINE__);
	}
}

/* 3.0 and 3.1 are spoken by what concerns no line device, and refused by what does. */
static void every_size_of_later_versions(void **state)
{
	static const DWORD versions[] = { 0x00030000, 0x00030001 };
	size_t i, j;

	(void)state;
	get_ready();
	for (i = 0; i < ARRAY_SIZE(versions); i++) {
		now.version = versions[i];
		for (j = 0; j < ARRAY_SIZE(getters); j++) {
			if (getters[j].asks == ASKS_LISTS)
				every_size_of(&getters[j]);
			else if (getters[j].asks == ASKS_DEVICE)
				get_refused(&getters[j], ROOM, LINEERR_INCOMPATIBLEAPIVERSION);
		}
	}
	play_end(__FILE__, __LINE__);
}

/* The text of a field. */
static const char *text_at(const union room *room, DWORD size, DWORD offset)
{
	static char text[256];

	snprintf(text, sizeof(text), "%.*s", (int)size, (const char *)room->bytes + offset);
	return text;
}

/* UTF-16, with its end. */
static const char *wide_at(const union room *room, DWORD size, DWORD offset)
{
	static char text[256];
	WCHAR unit;
	DWORD i;

	assert_int_equal(size % sizeof(WCHAR), 0);
	for (i = 0; i < size / sizeof(WCHAR) && i < sizeof(text); i++) {
		memcpy(&unit, room->bytes + offset + i * sizeof(unit), sizeof(unit));
		assert_in_range(unit, 0, 127);
		text[i] = (char)unit;
	}
	assert_true(i && !text[i - 1]);
	return text;
}

static void capabilities(void **state)
{
	union room room = { .head.total = sizeof(room) };
	struct client *client;

	(void)state;
	adapter_add("a", "lines", "2", "calls", "3", "address", "100@0,101@0,102@1", NULL);
	client = client_begun("client", V2_2, "event");
	assert_int_equal(client->num_devs, 2);
	now.app = client->app;
	now.device = client_device(client, "a", 0);
	now.version = V2_2;
	succeeds(get_dev_caps(&room));
	assert_string_equal(text_at(&room, room.dev_caps.dwLineNameSize,
				    room.dev_caps.dwLineNameOffset), "a line 0");
	assert_int_equal(room.dev_caps.dwStringFormat, STRINGFORMAT_ASCII);
	assert_int_equal(room.dev_caps.dwNumAddresses, 2);
	assert_int_equal(room.dev_caps.dwMaxNumActiveCalls, 3);
	assert_int_equal(room.dev_caps.dwDevCapFlags & LINEDEVCAPFLAGS_CLOSEDROP,
			 LINEDEVCAPFLAGS_CLOSEDROP);
	assert_int_equal(room.dev_caps.dwMediaModes & LINEMEDIAMODE_DIGITALDATA,
			 LINEMEDIAMODE_DIGITALDATA);
	assert_int_equal(room.dev_caps.dwLineFeatures & LINEFEATURE_MAKECALL,
			 LINEFEATURE_MAKECALL);

	memset(&room, 0, sizeof(room));
	room.head.total = sizeof(room);
	succeeds(get_dev_caps_wide(&room));
	assert_string_equal(wide_at(&room, room.dev_caps.dwLineNameSize,
				    room.dev_caps.dwLineNameOffset), "a line 0");
	assert_int_equal(room.dev_caps.dwStringFormat, STRINGFORMAT_UNICODE);

	room.head.total = sizeof(room);
	succeeds(lineGetAddressCaps(client->app, now.device, 1, V2_2, 0, &room.address_caps));
	assert_string_equal(text_at(&room, room.address_caps.dwAddressSize,
				    room.address_caps.dwAddressOffset), "101");
	assert_int_equal(room.address_caps.dwLineDeviceID, now.device);
	fails(lineGetAddressCaps(client->app, now.device, 2, V2_2, 0, &room.address_caps),
	      LINEERR_INVALADDRESSID);
	succeeds(lineGetAddressCaps(client->app, client_device(client, "a", 1), 0, V2_2, 0,
				    &room.address_caps));
	assert_string_equal(text_at(&room, room.address_caps.dwAddressSize,
				    room.address_caps.dwAddressOffset), "102");
	play_end(__FILE__, __LINE__);
}

static void call_information(void **state)
{
	union room room = { .head.total = sizeof(room) };
	struct client *caller;
	LINECALLINFO *info = &room.call_info;
	DWORD id;

	(void)state;
	get_ready();
	caller = client_of("caller");
	succeeds(get_call_info(&room));
	assert_int_equal(info->hLine, now.line);
	assert_int_equal(info->dwLineDeviceID, now.device);
	assert_int_equal(info->dwAddressID, 0);
	assert_int_equal(info->dwOrigin & LINECALLORIGIN_INBOUND, LINECALLORIGIN_INBOUND);
	assert_int_equal(info->dwMediaMode, LINEMEDIAMODE_DIGITALDATA);
	assert_int_equal(info->dwNumOwners, 1);
	assert_int_equal(info->dwNumMonitors, 0);
	assert_string_equal(text_at(&room, info->dwCalledIDSize, info->dwCalledIDOffset), "200");
	id = info->dwCallID;
	memset(&room, 0, sizeof(room));
	room.head.total = sizeof(room);
	succeeds(get_call_info_wide(&room));
	assert_string_equal(wide_at(&room, info->dwCalledIDSize, info->dwCalledIDOffset), "200");
	assert_int_equal(info->dwCallID, id);

	now.call = client_call(caller, 1);
	room.head.total = sizeof(room);
	succeeds(get_call_info(&room));
	assert_int_equal(info->hLine, client_line(caller, 1));
	assert_int_equal(info->dwOrigin, LINECALLORIGIN_OUTBOUND);
	assert_string_equal(text_at(&room, info->dwCalledIDSize, info->dwCalledIDOffset), "200");

	room.head.total = sizeof(room);
	succeeds(get_call_status(&room));
	assert_int_equal(room.call_status.dwCallState, LINECALLSTATE_CONNECTED);
	assert_int_equal(room.call_status.dwCallStateMode, LINECONNECTEDMODE_ACTIVE);
	assert_int_equal(room.call_status.dwCallPrivilege, LINECALLPRIVILEGE_OWNER);
	assert_int_equal(room.call_status.dwCallFeatures & LINECALLFEATURE_DROP,
			 LINECALLFEATURE_DROP);
	assert_int_equal(room.call_status.dwCallFeatures & LINECALLFEATURE_ANSWER, 0);
	/* A.2: in any state, IDLE included, until the handle dies. */
	play_on("caller: drop C1",
		"caller: hears-any reply C1 Drop 0; C1 IDLE",
		"callee: hears C1 DISCONNECTED NORMAL");
	succeeds(get_call_info(&room));
	succeeds(get_call_status(&room));
	assert_int_equal(room.call_status.dwCallState, LINECALLSTATE_IDLE);
	client_do(caller, "deallocate C1");
	fails(get_call_info(&room), LINEERR_INVALCALLHANDLE);
	fails(get_call_status(&room), LINEERR_INVALCALLHANDLE);
	play_end(__FILE__, __LINE__);
}

static void line_status(void **state)
{
	union room room = { .head.total = sizeof(room) };
	DWORD lines, addresses, id;

	(void)state;
	get_ready();
	play_on("other: open b none");
	succeeds(get_dev_status(&room));
	assert_int_equal(room.dev_status.dwNumOpens, 2);
	assert_int_equal(room.dev_status.dwNumActiveCalls, 1);
	assert_int_equal(room.dev_status.dwOpenMediaModes, LINEMEDIAMODE_DIGITALDATA);
	assert_int_equal(room.dev_status.dwDevStatusFlags & LINEDEVSTATUSFLAGS_INSERVICE,
			 LINEDEVSTATUSFLAGS_INSERVICE);
	memset(&room, 0, sizeof(room));
	room.head.total = sizeof(room);
	succeeds(get_address_status(&room));
	assert_int_equal(room.address_status.dwNumActiveCalls, 1);
	fails(lineGetAddressStatus(now.line, 7, &room.address_status), LINEERR_INVALADDRESSID);

	succeeds(lineGetAddressIDA(now.line, &id, LINEADDRESSMODE_DIALABLEADDR, "200", 3));
	assert_int_equal(id, 0);
	assert_true(lineGetAddressIDA(now.line, &id, LINEADDRESSMODE_DIALABLEADDR, "300", 3) < 0);
	/* Default after open: nothing. */
	succeeds(lineGetStatusMessages(now.line, &lines, &addresses));
	assert_int_equal(lines & (LINEDEVSTATE_OPEN | LINEDEVSTATE_CLOSE), 0);
	assert_int_equal(addresses, 0);
	succeeds(lineSetStatusMessages(now.line, LINEDEVSTATE_CLOSE, 0));
	succeeds(lineGetStatusMessages(now.line, &lines, &addresses));
	assert_int_equal(lines & (LINEDEVSTATE_OPEN | LINEDEVSTATE_CLOSE), LINEDEVSTATE_CLOSE);
	play_end(__FILE__, __LINE__);
}

static void identifiers(void **state)
{
	union room room = { .head.total = sizeof(room) };
	DWORD device;

	(void)state;
	get_ready();
	succeeds(get_id(&room));
	assert_int_equal(room.string.dwStringFormat, STRINGFORMAT_BINARY);
	assert_int_equal(room.string.dwStringSize, sizeof(DWORD));
	memcpy(&device, room.bytes + room.string.dwStringOffset, sizeof(device));
	assert_int_equal(device, now.device);
	/* By line and by address it is the same. */
	succeeds(lineGetIDA(now.line, 0, 0, LINECALLSELECT_LINE, &room.string, "tapi/line"));
	memcpy(&device, room.bytes + room.string.dwStringOffset, sizeof(device));
	assert_int_equal(device, now.device);
	succeeds(lineGetIDA(now.line, 0, 0, LINECALLSELECT_ADDRESS, &room.string, "TAPI/Line"));
	/* "ndis": the connection's number, then the device's name with its end. */
	succeeds(lineGetIDA(now.line, 0, now.call, LINECALLSELECT_CALL, &room.string, "ndis"));
	assert_true(room.string.dwStringSize > sizeof(DWORD));
	assert_int_equal(room.bytes[room.string.dwStringOffset + room.string.dwStringSize - 1], 0);
	fails(lineGetIDA(now.line, 0, now.call, LINECALLSELECT_CALL, &room.string, "nonsense"),
	      LINEERR_INVALDEVICECLASS);
	play_end(__FILE__, __LINE__);
}

/* A.12: handles that are asked for are monitors'; each call is given once to each line. */
static void new_calls(void **state)
{
	(void)state;
	tapi_connected();
	play_on("late: open b monitor",
		"late: hears-nothing",
		"late: new-calls L1 1",
		"callee: hears C1 info monitors",
		"late: state C1 CONNECTED",
		"late: counts C1 1+1",
		"late: drop C1 = NOTOWNER",
		"late: answer C1 = NOTOWNER",
		"late: accept C1 = NOTOWNER",
		"late: new-calls L1 0",
		"late: privilege C1 owner",
		"callee: hears C1 info +owner monitors",
		"callee: privilege C1 monitor",
		"late: hears C1 info -owner monitors",
		"callee: drop C1 = NOTOWNER",
		"late: privilege C1 monitor = INVALCALLSTATE",
		"late: drop C1",
		"late: hears-any reply C1 Drop 0; C1 IDLE",
		"callee: hears C1 IDLE",
		"late: privilege C1 monitor",
		"caller: hears C1 DISCONNECTED NORMAL");
	play_end(__FILE__, __LINE__);
}

/* A list with room for fewer calls than there are gives none of the others away. */
static void new_calls_without_room(void **state)
{
	union room room;
	struct client *late;

	(void)state;
	tapi_connected();
	play_on("caller: call L1 200",
		"caller: hears reply C2 MakeCall 0; C2 PROCEEDING; C2 RINGBACK",
		"callee: hears L1 new C2 owner at 0; C2 OFFERING ACTIVE owner",
		"late: open b monitor");
	late = client_of("late");
	room.head.total = sizeof(LINECALLLIST);
	succeeds(lineGetNewCalls(client_line(late, 1), 0, LINECALLSELECT_LINE, &room.call_list));
	assert_int_equal(room.call_list.dwCallsSize, 0);
	assert_int_equal(room.call_list.dwCallsOffset, 0);
	assert_int_equal(room.head.needed, sizeof(LINECALLLIST) + 2 * sizeof(HCALL));
	/* They are still to be had. */
	client_do(late, "new-calls L1 2");
	client_do(client_of("callee"), "hears-any C1 info monitors; C2 info monitors");
	play_end(__FILE__, __LINE__);
}

/* The first that opened its line with OWNER for the medium gets the call. */
static void who_gets_a_call(void **state)
{
	(void)state;
	two_adapters("4");
	play("modem: open b owner modem",
	     "first: open b owner",
	     "second: open b owner",
	     "caller: open a none",
	     "caller: call L1 200",
	     "caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK",
	     "first: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner",
	     "first: close L1",
	     "caller: hears C1 DISCONNECTED *",
	     "caller: call L1 200",
	     "caller: hears reply C2 MakeCall 0; C2 PROCEEDING; C2 RINGBACK",
	     "second: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner",
	     "caller: call L1 200 modem",
	     "caller: hears reply C3 MakeCall 0; C3 PROCEEDING; C3 RINGBACK",
	     "modem: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner",
	     "first: hears-nothing",
	     "second: handoff C1 modem",
	     "modem: hears L1 new C2 owner at 0; C2 OFFERING ACTIVE owner",
	     "second: deallocate C1",
	     "modem: hears C2 info -owner",
	     "modem: answer C2",
	     "modem: hears reply C2 Answer 0; C2 CONNECTED ACTIVE",
	     "caller: hears C2 CONNECTED ACTIVE");
}

/* An application that has a line open several times: each handle is one of its own. */
static void a_line_opened_twice(void **state)
{
	(void)state;
	two_adapters("4");
	play("callee: open b owner",
	     "callee: open b monitor",
	     "caller: open a none",
	     "caller: call L1 200",
	     "caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK",
	     "callee: hears-any L1 new C1 owner at 0; C1 OFFERING ACTIVE owner; "
	     "L2 new C2 monitor at 0; C2 OFFERING ACTIVE monitor*",
	     "callee: close L2",
	     "callee: state C1 OFFERING",
	     "callee: close L1",
	     "caller: hears C1 DISCONNECTED *");
}

/* A call that was made from any address: where it is told and where it is asked it is the same. */
static void made_from_any_address(void **state)
{
	LINECALLINFO info = { .dwTotalSize = sizeof(info) };
	struct client *watcher;
	LINEMESSAGE message;
	struct app *caller;

	(void)state;
	two_adapters("4");
	play_on("watcher: open a monitor",
		"callee: open b owner");
	watcher = client_of("watcher");
	/* The library names an address always, others need not. */
	caller = app_open("caller");
	call_make(caller, line_open(caller, "a", 0, NONE), "200");
	assert_true(client_receive(watcher, &message, patience()));
	assert_string_equal(client_text(watcher, &message), "L1 new C1 monitor at 0");
	succeeds(lineGetCallInfo(client_call(watcher, 1), &info));
	assert_int_equal(info.dwAddressID, 0);
	app_close(caller);
	assert_int_equal(client_shutdown(watcher), 0);
	assert_int_equal(client_shutdown(client_of("callee")), 0);
	play_end(__FILE__, __LINE__);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TAPI_TEST(every_size),
		TAPI_TEST(every_size_of_later_versions),
		TAPI_TEST(capabilities),
		TAPI_TEST(call_information),
		TAPI_TEST(line_status),
		TAPI_TEST(identifiers),
		TAPI_TEST(new_calls),
		TAPI_TEST(new_calls_without_room),
		TAPI_TEST(who_gets_a_call),
		TAPI_TEST(a_line_opened_twice),
		TAPI_TEST(made_from_any_address),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
