// SPDX-License-Identifier: GPL-2.0
/*
 * What applications say of a call and of an address, and others hear; what a line and a call are
 * called by others than TAPI; who provides them; and all that once more in UTF-16.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tapi/client.h"

/**
 * union room - a structure of variable size, with room for all of it
 */
union room {
	LINEDEVSTATUS dev_status;
	LINEADDRESSSTATUS address_status;
	LINECALLINFO call_info;
	LINEPROVIDERLIST providers;
	VARSTRING string;
	struct {
		DWORD total;
		DWORD needed;
		DWORD used;
	} head;
	unsigned char bytes[2048];
};

static struct {
	struct client *callee;
	DWORD device;
	HLINE line;
	HCALL call;
	HCALL monitored;
} now;

static void get_ready(void)
{
	tapi_connected();
	play_on("monitor: open b monitor",
		"monitor: new-calls L1 1",
		"callee: hears C1 info monitors");
	now.callee = client_of("callee");
	now.device = client_device(now.callee, "b", 0);
	now.line = client_line(now.callee, 1);
	now.call = client_call(now.callee, 1);
	now.monitored = client_call(client_of("monitor"), 1);
}

static LINECALLINFO call_info(HCALL call)
{
	union room room = { .head.total = sizeof(room) };

	succeeds(lineGetCallInfo(call, &room.call_info));
	return room.call_info;
}

/* The media modes of a live call: an owner says them, and who monitors it hears of it. */
static void media_mode(void **state)
{
	(void)state;
	get_ready();
	fails(lineSetMediaMode(now.monitored, LINEMEDIAMODE_DATAMODEM), LINEERR_NOTOWNER);
	fails(lineSetMediaMode(now.call, 0), LINEERR_INVALMEDIAMODE);
	fails(lineSetMediaMode(now.call, LINEMEDIAMODE_DATAMODEM | LINEMEDIAMODE_DIGITALDATA),
	      LINEERR_INVALMEDIAMODE);
	fails(lineSetMediaMode(now.call, LINEMEDIAMODE_G3FAX), LINEERR_INVALMEDIAMODE);
	fails(lineSetMediaMode(now.line, LINEMEDIAMODE_DATAMODEM), LINEERR_INVALCALLHANDLE);
	client_do(client_of("monitor"), "hears-nothing");
	succeeds(lineSetMediaMode(now.call, LINEMEDIAMODE_DATAMODEM));
	/* LINECALLINFOSTATE_MEDIAMODE; not who has said it, nor the far end. */
	play_on("monitor: hears C1 info 0x10",
		"callee: hears-nothing",
		"caller: hears-nothing");
	assert_int_equal(call_info(now.monitored).dwMediaMode, LINEMEDIAMODE_DATAMODEM);
	assert_int_equal(call_info(now.call).dwMediaMode, LINEMEDIAMODE_DATAMODEM);
	/* The same again is no change. */
	succeeds(lineSetMediaMode(now.call, LINEMEDIAMODE_DATAMODEM));
	client_do(client_of("monitor"), "hears-nothing");
	succeeds(lineSetMediaMode(now.call, LINEMEDIAMODE_UNKNOWN | LINEMEDIAMODE_DATAMODEM));
	client_do(client_of("monitor"), "hears C1 info 0x10");
	play_end(__FILE__, __LINE__);
}

static void app_specific(void **state)
{
	(void)state;
	get_ready();
	assert_int_equal(call_info(now.call).dwAppSpecific, 0);
	fails(lineSetAppSpecific(now.monitored, 5), LINEERR_NOTOWNER);
	fails(lineSetAppSpecific(0, 5), LINEERR_INVALCALLHANDLE);
	client_do(client_of("monitor"), "hears-nothing");
	succeeds(lineSetAppSpecific(now.call, 0xfedcba98));
	/* LINECALLINFOSTATE_APPSPECIFIC. */
	play_on("monitor: hears C1 info 0x20",
		"callee: hears-nothing",
		"caller: hears-nothing");
	assert_int_equal(call_info(now.monitored).dwAppSpecific, 0xfedcba98);
	/* It is of this end of the call. */
	assert_int_equal(call_info(client_call(client_of("caller"), 1)).dwAppSpecific, 0);
	play_end(__FILE__, __LINE__);
}

/* After how many rings: each says what it would like, and the least of them is told. */
static void num_rings(void **state)
{
	HLINE other;
	DWORD rings = 7;

	(void)state;
	get_ready();
	other = client_line(client_of("monitor"), 1);
	succeeds(lineGetNumRings(now.line, 0, &rings));
	assert_int_equal(rings, 0xffffffff);
	succeeds(lineSetNumRings(now.line, 0, 5));
	succeeds(lineSetNumRings(other, 0, 3));
	succeeds(lineGetNumRings(now.line, 0, &rings));
	assert_int_equal(rings, 3);
	succeeds(lineSetNumRings(other, 0, 0));
	succeeds(lineGetNumRings(other, 0, &rings));
	assert_int_equal(rings, 5);
	fails(lineSetNumRings(now.line, 9, 5), LINEERR_INVALADDRESSID);
	fails(lineSetNumRings(now.call, 0, 5), LINEERR_INVALLINEHANDLE);
	fails(lineGetNumRings(now.line, 9, &rings), LINEERR_INVALADDRESSID);
	fails(lineGetNumRings(now.call, 0, &rings), LINEERR_INVALLINEHANDLE);
	fails(lineGetNumRings(now.line, 0, NULL), LINEERR_INVALPOINTER);
	/* With who wished it, the wish goes. */
	client_do(now.callee, "close L1");
	client_do(client_of("monitor"), "hears C1 info -owner; C1 IDLE");
	succeeds(lineGetNumRings(other, 0, &rings));
	assert_int_equal(rings, 0xffffffff);
	client_do(client_of("caller"), "hears C1 DISCONNECTED NORMAL");
	play_end(__FILE__, __LINE__);
}

/* Something like a handle, and behind it the name of the adapter, with its end. */
static HANDLE device_of(const union room *room, const char *name)
{
	const unsigned char *at = room->bytes + room->string.dwStringOffset;
	HANDLE handle;

	assert_int_equal(room->string.dwStringFormat, STRINGFORMAT_BINARY);
	assert_int_equal(room->string.dwStringSize, sizeof(handle) + strlen(name) + 1);
	assert_string_equal((const char *)at + sizeof(handle), name);
	memcpy(&handle, at, sizeof(handle));
	return handle;
}

/* "ndis": the number of the connection, as all who name it have it. */
static void connection(void **state)
{
	union room room = { .head.total = sizeof(room) };
	HANDLE handle;

	(void)state;
	get_ready();
	succeeds(lineGetID(now.line, 0, now.call, LINECALLSELECT_CALL, &room.string, "ndis"));
	handle = device_of(&room, "b");
	assert_int_equal((DWORD_PTR)handle, call_info(now.call).dwCallID);
	assert_true((DWORD_PTR)handle != 0);
	/* The same to a monitor, and in UTF-16. */
	succeeds(lineGetIDW(0, 0, now.monitored, LINECALLSELECT_CALL, &room.string, u"NDIS"));
	assert_ptr_equal(device_of(&room, "b"), handle);
	/* Of a line there is only the name. */
	succeeds(lineGetID(now.line, 0, 0, LINECALLSELECT_LINE, &room.string, "ndis"));
	assert_ptr_equal(device_of(&room, "b"), NULL);
	/* The far end has another one. */
	succeeds(lineGetID(0, 0, client_call(client_of("caller"), 1), LINECALLSELECT_CALL,
			   &room.string, "ndis"));
	assert_ptr_not_equal(device_of(&room, "a"), handle);
	play_end(__FILE__, __LINE__);
}

/* The file of the call's data, by either of its names: what is written here is read there. */
static void data_file(void **state)
{
	union room room = { .head.total = sizeof(room) };
	unsigned int descriptors;
	char text[16] = "";
	int here, there;

	(void)state;
	get_ready();
	descriptors = count_descriptors();
	succeeds(lineGetID(0, 0, now.call, LINECALLSELECT_CALL, &room.string, "condis/datafile"));
	here = TAPI_HANDLE_TO_FD(device_of(&room, "b"));
	succeeds(lineGetIDW(0, 0, client_call(client_of("caller"), 1), LINECALLSELECT_CALL,
			    &room.string, u"comm/datamodem"));
	there = TAPI_HANDLE_TO_FD(device_of(&room, "a"));
	assert_int_equal(count_descriptors(), descriptors + 2);
	assert_int_equal(write(there, "words", 5), 5);
	assert_true(wait_fd(here, POLLIN, patience()) & POLLIN);
	assert_int_equal(read(here, text, sizeof(text)), 5);
	assert_string_equal(text, "words");
	/* One at a time; and never a monitor. */
	fails(lineGetID(0, 0, now.call, LINECALLSELECT_CALL, &room.string, "comm/datamodem"),
	      LINEERR_INUSE);
	fails(lineGetID(0, 0, now.monitored, LINECALLSELECT_CALL, &room.string,
			"condis/datafile"), LINEERR_NOTOWNER);
	close(here);
	close(there);
	/* Without room to say so, it is not opened. */
	room.head.total = sizeof(VARSTRING);
	succeeds(lineGetID(0, 0, now.call, LINECALLSELECT_CALL, &room.string, "condis/datafile"));
	assert_int_equal(room.string.dwStringSize, 0);
	assert_int_equal(room.head.needed, sizeof(VARSTRING) + sizeof(HANDLE) + 2);
	assert_int_equal(count_descriptors(), descriptors);
	room.head.total = sizeof(room);
	succeeds(lineGetID(now.line, 0, 0, LINECALLSELECT_LINE, &room.string, "condis/datafile"));
	assert_ptr_equal(device_of(&room, "b"), NULL);
	play_end(__FILE__, __LINE__);
}

/* There is none before the call is connected. */
static void data_file_of_an_offer(void **state)
{
	union room room = { .head.total = sizeof(room) };
	unsigned int descriptors;

	(void)state;
	tapi_offering();
	descriptors = count_descriptors();
	fails(lineGetID(0, 0, client_call(client_of("callee"), 1), LINECALLSELECT_CALL,
			&room.string, "condis/datafile"), LINEERR_INVALCALLSTATE);
	fails(lineGetID(0, 0, client_call(client_of("caller"), 1), LINECALLSELECT_CALL,
			&room.string, "comm/datamodem"), LINEERR_INVALCALLSTATE);
	assert_int_equal(count_descriptors(), descriptors);
	play_end(__FILE__, __LINE__);
}

/* What has no text of its own is the same in UTF-16; what has is converted. */
static void wide(void **state)
{
	union room narrow = { .head.total = sizeof(narrow) };
	union room wide = { .head.total = sizeof(wide) };
	DWORD id = 7;

	(void)state;
	get_ready();
	succeeds(lineGetLineDevStatus(now.line, &narrow.dev_status));
	succeeds(lineGetLineDevStatusW(now.line, &wide.dev_status));
	assert_memory_equal(&narrow, &wide, sizeof(narrow));
	assert_int_equal(wide.dev_status.dwNumActiveCalls, 1);
	succeeds(lineGetAddressStatus(now.line, 0, &narrow.address_status));
	succeeds(lineGetAddressStatusW(now.line, 0, &wide.address_status));
	assert_memory_equal(&narrow, &wide, sizeof(narrow));
	assert_int_equal(wide.address_status.dwNumActiveCalls, 1);
	fails(lineGetAddressStatusW(now.line, 9, &wide.address_status), LINEERR_INVALADDRESSID);
	succeeds(lineGetAddressIDW(now.line, &id, LINEADDRESSMODE_DIALABLEADDR, u"200",
				   3 * sizeof(WCHAR)));
	assert_int_equal(id, 0);
	fails(lineGetAddressIDW(now.line, &id, LINEADDRESSMODE_DIALABLEADDR, u"300",
				3 * sizeof(WCHAR)), LINEERR_INVALADDRESS);
	fails(lineGetAddressIDW(now.line, &id, LINEADDRESSMODE_ADDRESSID, u"200",
				3 * sizeof(WCHAR)), LINEERR_INVALADDRESSMODE);
	succeeds(lineGetIDW(now.line, 0, 0, LINECALLSELECT_LINE, &wide.string, u"tapi/line"));
	memcpy(&id, wide.bytes + wide.string.dwStringOffset, sizeof(id));
	assert_int_equal(id, now.device);
	fails(lineGetIDW(now.line, 0, 0, LINECALLSELECT_LINE, &wide.string, u"tapi/\xd83d"),
	      LINEERR_INVALDEVICECLASS);
	/* By medium, and to nobody. */
	fails(lineHandoffW(now.call, u"nobody-at-all", 0), LINEERR_TARGETNOTFOUND);
	fails(lineHandoffW(now.monitored, NULL, LINEMEDIAMODE_DATAMODEM), LINEERR_NOTOWNER);
	play_on("modem: open b owner modem");
	succeeds(lineHandoffW(now.call, NULL, LINEMEDIAMODE_DATAMODEM));
	play_on("modem: hears L1 new C1 owner at 0; C1 CONNECTED ACTIVE owner",
		"monitor: hears C1 info +owner",
		"callee: hears-nothing");
	play_end(__FILE__, __LINE__);
}

/* There is one provider, and it has the same name in each version. */
static void providers(void **state)
{
	static const DWORD versions[] = { V1_3, V1_4, V2_0, V2_1, V2_2 };
	LINEPROVIDERENTRY entry;
	union room room;
	WCHAR name[8];
	size_t i;

	(void)state;
	two_adapters("1");
	client_begun("client", V2_2, "event");
	for (i = 0; i < ARRAY_SIZE(versions); i++) {
		memset(&room, 0, sizeof(room));
		room.head.total = sizeof(room);
		if (i % 2)
			succeeds(lineGetProviderList(versions[i], &room.providers));
		else
			succeeds(lineGetProviderListA(versions[i], &room.providers));
		assert_int_equal(room.providers.dwNumProviders, 1);
		assert_int_equal(room.providers.dwProviderListSize, sizeof(entry));
		memcpy(&entry, room.bytes + room.providers.dwProviderListOffset, sizeof(entry));
		assert_int_equal(entry.dwProviderFilenameSize, sizeof("ndproxy"));
		assert_string_equal((char *)room.bytes + entry.dwProviderFilenameOffset,
				    "ndproxy");
	}
	room.head.total = sizeof(room);
	succeeds(lineGetProviderListW(V2_2, &room.providers));
	memcpy(&entry, room.bytes + room.providers.dwProviderListOffset, sizeof(entry));
	assert_int_equal(entry.dwProviderFilenameSize, sizeof(name));
	memcpy(name, room.bytes + entry.dwProviderFilenameOffset, sizeof(name));
	assert_memory_equal(name, u"ndproxy", sizeof(name));
	fails(lineGetProviderList(7, &room.providers), LINEERR_INCOMPATIBLEAPIVERSION);
	fails(lineGetProviderListW(V2_2, NULL), LINEERR_INVALPOINTER);
	room.head.total = sizeof(LINEPROVIDERLIST) - 1;
	fails(lineGetProviderListA(V2_2, &room.providers), LINEERR_STRUCTURETOOSMALL);
	play_end(__FILE__, __LINE__);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TAPI_TEST(media_mode),
		TAPI_TEST(app_specific),
		TAPI_TEST(num_rings),
		TAPI_TEST(connection),
		TAPI_TEST(data_file),
		TAPI_TEST(data_file_of_an_offer),
		TAPI_TEST(wide),
		TAPI_TEST(providers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
