// SPDX-License-Identifier: GPL-2.0
/*
 * dwTotalSize, dwNeededSize, dwUsedSize: what is filled in of a structure that is too small, large
 * enough for some, or for all, in each version of the interface.
 */
#include <string.h>

#include "tapi/getters.h"

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
	typeof(get_dev_caps) *get;
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
	return getter->sizes[asked.version < V2_0 ? 0 : asked.version < V2_2 ? 1 : 2];
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

/* Where a field fits just not, and just. */
static void edges_of(const struct getter *getter, const union room *full)
{
	DWORD fields[FIELDS_MAX];
	size_t length = spans_sort(getter, full, fields), i;
	struct span span;

	for (i = 0; i < length; i++) {
		span = span_at(full, fields[i]);
		if (!span.size)
			continue;
		get_with(getter, span.offset + span.size - 1, full);
		get_with(getter, span.offset + span.size, full);
	}
}

static void every_size_of(const struct getter *getter)
{
	DWORD fixed = fixed_of(getter), total, needed, step;
	union room full;

	say("%s of %#x", getter->name, asked.version);
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
	edges_of(getter, &full);
	/* The guest is slow: each of the others, or many of them, in one version. */
	step = asked.version != V2_2 ? 29 : needed - fixed > 100 ? 7 : 1;
	for (total = fixed; total < needed; total += step)
		get_with(getter, total, &full);
	if (needed > fixed)
		get_with(getter, needed - 1, &full);
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
	ask_about(callee, "b");
}

/*
 * dwTotalSize, dwNeededSize, dwUsedSize: in every version, sizes from nothing to what is needed and
 * more.
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
	tapi_connected();
	ask_about(client_of("callee"), "b");
	for (i = 0; i < ARRAY_SIZE(versions); i++) {
		asked.version = versions[i];
		for (j = 0; j < ARRAY_SIZE(getters); j++) {
			if (getters[j].asks == ASKS_LISTS)
				every_size_of(&getters[j]);
			else if (getters[j].asks == ASKS_DEVICE)
				get_refused(&getters[j], ROOM, LINEERR_INCOMPATIBLEAPIVERSION);
		}
	}
	play_end(__FILE__, __LINE__);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TAPI_TEST(every_size),
		TAPI_TEST(every_size_of_later_versions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
