// SPDX-License-Identifier: GPL-2.0
/*
 * What can be asked: capabilities, status, call information, identifiers, new calls, privileges.
 * How much of a structure is filled in: tapi_sizes.c.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tapi/getters.h"

static void get_ready(void)
{
	tapi_connected();
	ask_about(client_of("callee"), "b");
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
	asked.app = client->app;
	asked.device = client_device(client, "a", 0);
	asked.version = V2_2;
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
	succeeds(lineGetAddressCaps(client->app, asked.device, 1, V2_2, 0, &room.address_caps));
	assert_string_equal(text_at(&room, room.address_caps.dwAddressSize,
				    room.address_caps.dwAddressOffset), "101");
	assert_int_equal(room.address_caps.dwLineDeviceID, asked.device);
	fails(lineGetAddressCaps(client->app, asked.device, 2, V2_2, 0, &room.address_caps),
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
	assert_int_equal(info->hLine, asked.line);
	assert_int_equal(info->dwLineDeviceID, asked.device);
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

	asked.call = client_call(caller, 1);
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
	fails(lineGetAddressStatus(asked.line, 7, &room.address_status), LINEERR_INVALADDRESSID);

	succeeds(lineGetAddressIDA(asked.line, &id, LINEADDRESSMODE_DIALABLEADDR, "200", 3));
	assert_int_equal(id, 0);
	assert_true(lineGetAddressIDA(asked.line, &id, LINEADDRESSMODE_DIALABLEADDR, "300", 3) < 0);
	/* Default after open: nothing. */
	succeeds(lineGetStatusMessages(asked.line, &lines, &addresses));
	assert_int_equal(lines & (LINEDEVSTATE_OPEN | LINEDEVSTATE_CLOSE), 0);
	assert_int_equal(addresses, 0);
	succeeds(lineSetStatusMessages(asked.line, LINEDEVSTATE_CLOSE, 0));
	succeeds(lineGetStatusMessages(asked.line, &lines, &addresses));
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
	assert_int_equal(device, asked.device);
	/* By line and by address it is the same. */
	succeeds(lineGetIDA(asked.line, 0, 0, LINECALLSELECT_LINE, &room.string, "tapi/line"));
	memcpy(&device, room.bytes + room.string.dwStringOffset, sizeof(device));
	assert_int_equal(device, asked.device);
	succeeds(lineGetIDA(asked.line, 0, 0, LINECALLSELECT_ADDRESS, &room.string, "TAPI/Line"));
	/* "ndis": the connection's number, then the device's name with its end. */
	succeeds(lineGetIDA(asked.line, 0, asked.call, LINECALLSELECT_CALL, &room.string, "ndis"));
	assert_true(room.string.dwStringSize > sizeof(DWORD));
	assert_int_equal(room.bytes[room.string.dwStringOffset + room.string.dwStringSize - 1], 0);
	fails(lineGetIDA(asked.line, 0, asked.call, LINECALLSELECT_CALL, &room.string, "nonsense"),
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
