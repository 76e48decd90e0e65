// SPDX-License-Identifier: GPL-2.0
/*
 * What an application hears and may do by the version of the interface that it speaks: 1.3, 1.4,
 * 2.0, 2.1 and 2.2 side by side.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "tapi/client.h"

static const DWORD versions[] = { V1_3, V1_4, V2_0, V2_1, V2_2 };

/* Each version is offered, and none besides. */
static void negotiation(void **state)
{
	static const struct {
		DWORD low;
		DWORD high;
		DWORD version;
	} ranges[] = {
		{ V1_3, V2_2, V2_2 },
		{ V1_3, V1_3, V1_3 },
		{ V1_3, V1_4, V1_4 },
		{ V1_4, V2_0, V2_0 },
		{ V2_0, V2_1, V2_1 },
		{ V1_3, 0x7fffffff, V2_2 },
		{ V1_3, 0x00010009, V1_4 },
		{ 0, V1_3, V1_3 },
		{ 0x00030000, 0x00030001, 0 },
		{ 0, 0x00010002, 0 },
		{ V2_0, V1_4, 0 },
	};
	LINEEXTENSIONID extension;
	struct client *client;
	DWORD device, version;
	size_t i;

	(void)state;
	two_adapters("1");
	client = client_begun("client", V2_2, "event");
	device = client_device(client, "a", 0);
	for (i = 0; i < ARRAY_SIZE(ranges); i++) {
		memset(&extension, 0xff, sizeof(extension));
		version = 0;
		say("%#x to %#x", ranges[i].low, ranges[i].high);
		fails(lineNegotiateAPIVersion(client->app, device, ranges[i].low, ranges[i].high,
					      &version, &extension),
		      ranges[i].version ? 0 : LINEERR_INCOMPATIBLEAPIVERSION);
		if (!ranges[i].version)
			continue;
		assert_int_equal(version, ranges[i].version);
		/* There are no extensions. */
		assert_int_equal(extension.dwExtensionID0 | extension.dwExtensionID1 |
				 extension.dwExtensionID2 | extension.dwExtensionID3, 0);
	}
	play_end(__FILE__, __LINE__);
}

/* What lineInitializeEx() says the highest version is, is not what the application said. */
static void initialize_says_the_highest(void **state)
{
	LINEINITIALIZEEXPARAMS params = {
		.dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT,
	};
	DWORD version, num_devs;
	HLINEAPP app;
	size_t i;

	(void)state;
	two_adapters("1");
	for (i = 0; i < ARRAY_SIZE(versions); i++) {
		version = versions[i];
		params.dwTotalSize = sizeof(params);
		succeeds(lineInitializeEx(&app, NULL, NULL, "versions", &num_devs, &version,
					  &params));
		assert_in_range(version, V2_2, 0x0003ffff);
		succeeds(lineShutdown(app));
	}
}

/* LINE_APPNEWCALL is 2.0's; before, the first LINE_CALLSTATE brings the handle. */
static void new_call_is_announced(void **state)
{
	static const struct {
		const char *version;
		const char *announcement;
	} announcements[] = {
		/* Modes of OFFERING and CONNECTED are 1.4's. */
		{ "1.3", "new C1 OFFERING owner" },
		{ "1.4", "new C1 OFFERING ACTIVE owner" },
		{ "2.0", "L1 new C1 owner at 0; C1 OFFERING ACTIVE owner" },
		{ "2.1", "L1 new C1 owner at 0; C1 OFFERING ACTIVE owner" },
		{ "2.2", "L1 new C1 owner at 0; C1 OFFERING ACTIVE owner" },
	};
	struct client *callee;
	size_t i;

	(void)state;
	two_adapters("1");
	for (i = 0; i < ARRAY_SIZE(announcements); i++) {
		callee = client_of("callee");
		client_do(callee, "begin %s event", announcements[i].version);
		client_do(callee, "open b owner");
		play_on("caller: open a none",
			"caller: call L1 200",
			"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK");
		client_do(callee, "hears %s", announcements[i].announcement);
		play_on("callee: drop C1",
			"callee: hears-any reply C1 Drop 0; C1 IDLE",
			"caller: hears C1 DISCONNECTED *");
		play_end(__FILE__, __LINE__);
	}
}

/* How a call ends that is refused with a cause of Q.850, as LINE_CALLSTATE has it. */
static DWORD mode_of_cause(struct client *caller, struct app *callee, unsigned int call,
			   uint32_t cause)
{
	char offer[32], offering[32], reply[32], idle[32];
	LINEMESSAGE message;

	client_do(caller, "call L1 200");
	client_do(caller, "hears reply C%u MakeCall 0; C%u PROCEEDING; C%u RINGBACK", call, call,
		  call);
	snprintf(offer, sizeof(offer), "L1 new C%u owner", call);
	snprintf(offering, sizeof(offering), "C%u OFFERING owner", call);
	expect(callee, offer, offering);
	call_drop_cause(callee, call_label(callee, call), cause);
	snprintf(reply, sizeof(reply), "reply C%u DROP 0", call);
	snprintf(idle, sizeof(idle), "C%u IDLE", call);
	expect_in_any_order(callee, reply, idle);
	call_deallocate(callee, call_label(callee, call));

	assert_true(client_receive(caller, &message, patience()));
	assert_int_equal(message.hDevice, client_call(caller, call));
	assert_int_equal(message.dwMessageID, LINE_CALLSTATE);
	assert_int_equal(message.dwParam1, LINECALLSTATE_DISCONNECTED);
	client_do(caller, "drop C%u", call);
	client_do(caller, "hears-any reply C%u Drop 0; C%u IDLE", call, call);
	client_do(caller, "deallocate C%u", call);
	watchdog_alive();
	return (DWORD)message.dwParam2;
}

/*
 * LINEADDRESSCAPS.dwDisconnectModes are those that LINE_CALLSTATE can have, and all of them: every
 * cause of Q.850 is tried.
 */
static void disconnect_modes_by_version(void **state)
{
	static const DWORD asked[] = { V1_3, V2_2 };
	LINEADDRESSCAPS caps;
	struct client *caller;
	struct app *callee;
	unsigned int call;
	uint32_t cause;
	DWORD heard;
	size_t i;

	(void)state;
	two_adapters("1");
	for (i = 0; i < ARRAY_SIZE(asked); i++) {
		heard = 0;
		for (cause = 1; cause <= Q850_CAUSE_MAX; ) {
			callee = app_open("callee");
			line_open(callee, "b", 0, OWNER);
			caller = client_begun("caller", asked[i], "event");
			client_do(caller, "open a none");
			caps.dwTotalSize = sizeof(caps);
			succeeds(lineGetAddressCaps(caller->app, client_device(caller, "a", 0), 0,
						    asked[i], 0, &caps));
			for (call = 1; call <= 32 && cause <= Q850_CAUSE_MAX; call++, cause++)
				heard |= mode_of_cause(caller, callee, call, cause);
			app_close(callee);
			play_end(__FILE__, __LINE__);
		}
		say("version %#x: said %#x, heard %#x", asked[i], caps.dwDisconnectModes, heard);
		assert_int_equal(caps.dwDisconnectModes, heard);
	}
}

/*
 * A.6: what was asked before a deallocation is answered after it as of 2.0, and not before. The
 * call has another owner, so that an application of 1.4 may deallocate it.
 */
static void reply_after_deallocate(const char *version, bool is_answered)
{
	struct client *second = client_of("second");

	play_on("caller: open a none",
		"owner: open b owner");
	client_do(second, "begin %s event", version);
	play_on("second: open b owner",
		"caller: call L1 200",
		"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK",
		"owner: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner",
		"owner: answer C1",
		"owner: hears reply C1 Answer 0; C1 CONNECTED ACTIVE",
		"caller: hears C1 CONNECTED ACTIVE",
		"second: new-calls L1 1",
		"owner: hears C1 info monitors",
		"second: privilege C1 owner",
		"owner: hears C1 info +owner monitors",
		"world: set b clear-delay 300",
		"second: drop C1",
		"second: deallocate C1",
		"owner: hears-any C1 info -owner; C1 IDLE",
		"caller: hears C1 DISCONNECTED NORMAL",
		"world: vcs 0");
	if (is_answered)
		client_do(second, "hears reply C1 Drop 0");
	client_do(second, "hears-nothing");
	adapter_set("b", "clear-delay", "0", NULL);
	play_end(__FILE__, __LINE__);
}

static void replies_after_deallocation(void **state)
{
	(void)state;
	two_adapters("1");
	reply_after_deallocate("1.3", false);
	reply_after_deallocate("1.4", false);
	reply_after_deallocate("2.0", true);
	reply_after_deallocate("2.2", true);
}

/* The sole owner of a live call may leave it as of 2.0; the line's version counts. */
static void sole_owner_deallocates(void **state)
{
	static const char *const names[] = { "1.3", "1.4", "2.0", "2.1", "2.2" };
	struct client *caller;
	size_t i;

	(void)state;
	two_adapters("1");
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		caller = client_of("caller");
		client_do(caller, "begin %s event", names[i]);
		play_on("callee: open b owner",
			"caller: open a none",
			"caller: call L1 200",
			"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK",
			"callee: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner");
		if (versions[i] < V2_0)
			play_on("caller: deallocate C1 = INVALCALLSTATE",
				"caller: drop C1",
				"caller: hears-any reply C1 Drop 0; C1 IDLE");
		play_on("caller: deallocate C1",
			"callee: hears C1 DISCONNECTED *",
			"caller: hears-nothing");
		play_end(__FILE__, __LINE__);
	}
}

/* A.9: an adapter comes: 1.3 knows no LINE_CREATE and gets REINIT for it. */
static void adapter_comes(void **state)
{
	(void)state;
	two_adapters("1");
	play("oldest: begin 1.3 event",
	     "oldest: shows-lines",
	     "older: begin 1.4 event",
	     "older: shows-lines",
	     "new: begin 2.2 event",
	     "new: shows-lines",
	     "world: add c 300@0",
	     "oldest: hears REINIT for 19 2",
	     "older: hears CREATE 2",
	     "new: hears CREATE 2");
}

/*
 * A.9: an adapter goes. As of 2.0: LINE_CLOSE on each line, then LINE_REMOVE to all; before, who
 * has it open gets LINEDEVSTATE_REMOVED and then LINE_CLOSE; 1.3 does not know REMOVED.
 */
static void adapter_goes(void **state)
{
	(void)state;
	two_adapters("1");
	play("oldest: begin 1.3 event",
	     "oldest: open b none",
	     "oldest: messages L1 REMOVED = INVALLINESTATE",
	     "older: begin 1.4 event",
	     "older: open b none",
	     "older: messages L1 REMOVED",
	     "closed: begin 1.4 event",
	     "new: begin 2.0 event",
	     "new: shows-lines",
	     "new: open b none",
	     "newest: begin 2.2 event",
	     "newest: shows-lines",
	     "world: remove b",
	     "newest: hears REMOVE 1",
	     "new: hears L1 CLOSE; REMOVE 1",
	     "older: hears L1 dev REMOVED; L1 CLOSE",
	     "oldest: hears L1 CLOSE",
	     "closed: hears-nothing");
}

/* A mode that the version does not know is NORMAL or UNKNOWN to it. */
static void mode_that_is_too_new(void **state)
{
	struct client *caller;
	size_t i;

	(void)state;
	two_adapters("1");
	for (i = 0; i < ARRAY_SIZE(versions); i++) {
		adapter_set("b", "fault", "none", NULL);
		play_on("callee: open b owner");
		caller = client_begun("caller", versions[i], "event");
		play_on("caller: open a none",
			"caller: call L1 200",
			"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK",
			"callee: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner");
		/* Out of order (Q.850 27), a mode of 2.0. */
		adapter_surprise("b");
		client_do(caller, "hears C1 DISCONNECTED %s",
			  versions[i] < V2_0 ? "UNKNOWN" : "OUTOFORDER");
		client_do(client_of("callee"), "hears-any C1 DISCONNECTED *; C1 IDLE; L1 CLOSE");
		client_do(caller, "drop C1");
		client_do(caller, "hears-any reply C1 Drop 0; C1 IDLE");
		play_end(__FILE__, __LINE__);
		adapter_add("b", "calls", "1", "address", "200@0", NULL);
	}
}

/* LINECALLPARAMS, which the application fills in: what its version does not have is not read. */
static void call_params_of(struct client *caller)
{
	const DWORD size = caller->version < V2_0 ? 112 : 176;
	union {
		LINECALLPARAMS params;
		unsigned char bytes[sizeof(LINECALLPARAMS) + 64];
	} room;
	HLINE line = client_line(caller, 1);
	LONG request;
	HCALL call = 0;

	memset(&room, 0xa5, sizeof(room));
	memset(&room, 0, size);
	room.params.dwMediaMode = LINEMEDIAMODE_DIGITALDATA;
	room.params.dwTotalSize = size - 1;
	fails(lineMakeCall(line, &call, "200", 0, &room.params), LINEERR_STRUCTURETOOSMALL);
	room.params.dwTotalSize = size;
	request = lineMakeCall(line, &caller->calls[client_new_call(caller, 0, 1) - 1], "200", 0,
			       &room.params);
	assert_true(request > 0);
	client_asked(caller, request, 1, "MakeCall");
	assert_int_equal(call, 0);
}

static void call_params_of_each_version(void **state)
{
	struct client *caller;
	size_t i;

	(void)state;
	two_adapters("1");
	for (i = 0; i < ARRAY_SIZE(versions); i++) {
		caller = client_begun("caller", versions[i], "event");
		play_on("callee: open b owner",
			"caller: open a none");
		call_params_of(caller);
		play_on("caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK",
			"callee: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner",
			"caller: drop C1",
			"caller: hears reply C1 Drop 0; C1 IDLE",
			"callee: hears C1 DISCONNECTED *");
		play_end(__FILE__, __LINE__);
	}
}

/* lineInitialize(): callbacks, and 1.4's rules. */
static void old_initialize(void **state)
{
	(void)state;
	two_adapters("1");
	play("caller: begin 1.4 old",
	     "caller: open a none",
	     "callee: begin 1.3 old",
	     "callee: open b owner",
	     "caller: call L1 200",
	     "caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK",
	     "callee: hears new C1 OFFERING owner",
	     "callee: answer C1",
	     "callee: hears reply C1 Answer 0; C1 CONNECTED",
	     "caller: hears C1 CONNECTED ACTIVE",
	     "caller: deallocate C1 = INVALCALLSTATE",
	     "caller: close L1",
	     "callee: hears C1 DISCONNECTED NORMAL",
	     "caller: hears-nothing");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TAPI_TEST(negotiation),
		TAPI_TEST(initialize_says_the_highest),
		TAPI_TEST(new_call_is_announced),
		TAPI_TEST(disconnect_modes_by_version),
		TAPI_TEST(replies_after_deallocation),
		TAPI_TEST(sole_owner_deallocates),
		TAPI_TEST(adapter_comes),
		TAPI_TEST(adapter_goes),
		TAPI_TEST(mode_that_is_too_new),
		TAPI_TEST(call_params_of_each_version),
		TAPI_TEST(old_initialize),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
