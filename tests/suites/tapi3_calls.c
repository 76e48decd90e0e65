// SPDX-License-Identifier: GPL-2.0
/*
 * The calls of TAPI 3: states, Connect() and Disconnect(), hubs, and what comes from below.
 *
 * Over functions of tapi.h that need no kernel (tapi3/fake.c), so it runs anywhere.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define COBJMACROS
#include "tapi3/world.h"

/*
 * Calls.
 */

static void call_life(void **state)
{
	struct pair pair;
	unsigned int before = fake_drops();

	(void)state;
	world_begin();
	pair = connect_pair();
	assert_int_equal(state_of(pair.caller), CS_CONNECTED);
	assert_int_equal(state_of(pair.callee), CS_CONNECTED);
	assert_result(ITBasicCallControl_Connect(pair.caller, VARIANT_TRUE), TAPI_E_INVALCALLSTATE);
	assert_result(ITBasicCallControl_Answer(pair.callee), E_UNEXPECTED);
	assert_result(ITBasicCallControl_Disconnect(pair.caller, 7), E_INVALIDARG);

	/* Near: once, and S_FALSE the second time. */
	assert_result(ITBasicCallControl_Disconnect(pair.caller, DC_NORMAL), S_OK);
	assert_int_equal(state_of(pair.caller), CS_DISCONNECTED);
	assert_result(ITBasicCallControl_Disconnect(pair.caller, DC_NORMAL), S_FALSE);
	/* Far: told once, though two states of TAPI 2 come; it is dropped all the same, once. */
	sink_expect(world.sink, "state DISCONNECTED NORMAL; hub leave; hub idle;"
		    "state DISCONNECTED NORMAL; hub leave; hub idle");
	assert_result(ITBasicCallControl_Disconnect(pair.callee, DC_NORMAL), S_OK);
	assert_result(ITBasicCallControl_Disconnect(pair.callee, DC_NORMAL), S_FALSE);
	assert_int_equal(fake_drops() - before, 2);
	sink_expect(world.sink, ";");
	release_pair(&pair);
	world_end();
}

static void disconnect_matrix(void **state)
{
	ITBasicCallControl *call;
	unsigned int before;

	(void)state;
	world_begin();
	call = new_call(0, u"refused");
	assert_int_equal(state_of(call), CS_IDLE);
	assert_result(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_FALSE);
	assert_result(ITBasicCallControl_Answer(call), E_UNEXPECTED);
	assert_result(ITBasicCallControl_Hold(call, VARIANT_TRUE), TAPI_E_INVALCALLSTATE);
	/* It was refused at once: nothing has begun, and it may be tried again. */
	assert_result(ITBasicCallControl_Connect(call, VARIANT_FALSE), TAPI_E_CALLUNAVAIL);
	assert_int_equal(state_of(call), CS_IDLE);
	assert_result(ITBasicCallControl_Connect(call, VARIANT_TRUE), TAPI_E_CALLUNAVAIL);
	assert_int_equal(fake_counts().lines, 0);
	ITBasicCallControl_Release(call);

	/* An error as the reply: there never was a handle. */
	call = new_call(0, u"wrong");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_TRUE), TAPI_E_INVALADDRESS);
	sink_expect(world.sink, "state DISCONNECTED BADADDRESS; hub leave; hub idle;");
	assert_int_equal(state_of(call), CS_DISCONNECTED);
	assert_result(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_FALSE);
	assert_result(ITBasicCallControl_Connect(call, VARIANT_TRUE), TAPI_E_INVALCALLSTATE);
	ITBasicCallControl_Release(call);

	/* The network says no: then there is something to drop. */
	before = fake_drops();
	call = new_call(0, u"busy");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_TRUE), TAPI_E_DESTBUSY);
	sink_expect(world.sink, "hub new; hub join; state INPROGRESS; state DISCONNECTED BUSY;"
		    "hub leave; hub idle;");
	assert_result(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
	assert_result(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_FALSE);
	assert_int_equal(fake_drops() - before, 1);
	sink_expect(world.sink, ";");
	ITBasicCallControl_Release(call);

	/* It rings, and is given up. */
	call = new_call(0, u"ringing");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
	assert_result(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
	assert_result(ITBasicCallControl_Hold(call, VARIANT_TRUE), TAPI_E_INVALCALLSTATE);
	ITBasicCallControl_Release(call);
	world_end();
}

/* Two minutes, which are two seconds here. */
static void timeouts(void **state)
{
	ITBasicCallControl *call;

	(void)state;
	world_begin();
	call = new_call(0, u"ringing");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_TRUE), TAPI_E_TIMEOUT);
	assert_int_equal(state_of(call), CS_INPROGRESS);
	fake_hold_idle(true);
	assert_result(ITBasicCallControl_Disconnect(call, DC_NORMAL), TAPI_E_TIMEOUT);
	assert_int_equal(state_of(call), CS_INPROGRESS);
	fake_hold_idle(false);
	ITBasicCallControl_Release(call);

	/* No reply: it is never known what to drop; the line's close takes it back. */
	call = new_call(0, u"silent");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_TRUE), TAPI_E_TIMEOUT);
	assert_result(ITBasicCallControl_Disconnect(call, DC_NORMAL), TAPI_E_TIMEOUT);
	assert_int_equal(ITBasicCallControl_Release(call), 0);
	assert_int_equal(fake_counts().lines, 0);
	world_end();
}

static void call_info(void **state)
{
	ITBasicCallControl *call = NULL;
	CALL_PRIVILEGE privilege;
	ITAddress *address;
	ITCallInfo *info;
	LONG value;
	BSTR text;

	(void)state;
	world_begin();
	call = new_call(0, u"ringing");
	ITBasicCallControl_QueryInterface(call, &IID_ITCallInfo, (void **)&info);
	assert_result(ITCallInfo_get_Address(info, &address), S_OK);
	assert_ptr_equal(address, world.addresses[0]);
	ITAddress_Release(address);
	assert_result(ITCallInfo_get_Privilege(info, &privilege), S_OK);
	assert_int_equal(privilege, CP_OWNER);
	assert_result(ITCallInfo_get_CallInfoLong(info, CIL_ORIGIN, &value), TAPI_E_INVALCALLSTATE);
	assert_result(ITCallInfo_get_CallInfoLong(info, 99, &value), E_INVALIDARG);
	assert_result(ITCallInfo_get_CallInfoLong(info, CIL_ORIGIN, NULL), E_POINTER);
	assert_result(ITCallInfo_put_CallInfoLong(info, CIL_BEARERMODE, LINEBEARERMODE_DATA), S_OK);
	assert_result(ITCallInfo_get_CallInfoLong(info, CIL_BEARERMODE, &value), S_OK);
	assert_int_equal(value, LINEBEARERMODE_DATA);
	assert_result(ITCallInfo_put_CallInfoLong(info, CIL_ORIGIN, 1), E_INVALIDARG);
	assert_result(ITCallInfo_get_CallInfoString(info, CIS_COMMENT, &text), TAPI_E_NOITEMS);
	text = SysAllocString(u"why");
	assert_result(ITCallInfo_put_CallInfoString(info, CIS_COMMENT, text), S_OK);
	assert_result(ITCallInfo_put_CallInfoString(info, CIS_CALLERIDNAME, text), E_INVALIDARG);
	SysFreeString(text);
	assert_result(ITCallInfo_get_CallInfoString(info, CIS_COMMENT, &text), S_OK);
	assert_int_equal(SysStringLen(text), 3);
	SysFreeString(text);
	assert_result(ITCallInfo_get_CallInfoString(info, CIS_CALLEDIDNUMBER, &text), S_OK);
	assert_int_equal(SysStringLen(text), 7);
	SysFreeString(text);

	assert_result(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
	sink_await(world.sink, "state INPROGRESS");
	assert_result(ITCallInfo_put_CallInfoLong(info, CIL_BEARERMODE, 1), TAPI_E_INVALCALLSTATE);
	assert_result(ITCallInfo_put_CallInfoLong(info, CIL_APPSPECIFIC, 77), S_OK);
	assert_result(ITCallInfo_get_CallInfoLong(info, CIL_APPSPECIFIC, &value), S_OK);
	assert_int_equal(value, 77);
	assert_result(ITCallInfo_get_CallInfoString(info, CIS_CALLEDIDNUMBER, &text), S_OK);
	assert_memory_equal(text, u"ringing", 16);
	SysFreeString(text);
	assert_result(ITCallInfo_get_CallInfoString(info, CIS_CALLERIDNAME, &text), TAPI_E_NOITEMS);
	assert_null(text);
	assert_result(ITBasicCallControl_Hold(call, VARIANT_TRUE), TAPI_E_NOTSUPPORTED);
	ITCallInfo_Release(info);
	ITBasicCallControl_Release(call);
	world_end();
}

static void hubs(void **state)
{
	IEnumCallHub *enumerator;
	CALLHUB_STATE hub_state;
	VARIANT which = { 0 };
	struct pair pair;
	ITCallInfo *info;
	ITCallHub *hub;
	LONG count;

	(void)state;
	world_begin();
	/* Those of the second address are not told of. */
	which.vt = VT_DISPATCH;
	which.pdispVal = (IDispatch *)world.addresses[1];
	assert_result(ITTAPI_SetCallHubTracking(world.tapi, which, VARIANT_FALSE), S_OK);
	pair = connect_pair();
	assert_result(ITTAPI_EnumerateCallHubs(world.tapi, &enumerator), S_OK);
	assert_result(IEnumCallHub_Skip(enumerator, 2), S_OK);
	assert_result(IEnumCallHub_Skip(enumerator, 1), S_FALSE);
	IEnumCallHub_Release(enumerator);
	ITBasicCallControl_QueryInterface(pair.caller, &IID_ITCallInfo, (void **)&info);
	assert_result(ITCallInfo_get_CallHub(info, &hub), S_OK);
	ITCallInfo_Release(info);
	assert_result(ITCallHub_get_NumCalls(hub, &count), S_OK);
	assert_int_equal(count, 1);
	assert_result(ITCallHub_get_State(hub, &hub_state), S_OK);
	assert_int_equal(hub_state, CHS_ACTIVE);
	assert_result(ITCallHub_Clear(hub), S_OK);
	assert_int_equal(state_of(pair.caller), CS_DISCONNECTED);
	assert_result(ITCallHub_get_State(hub, &hub_state), S_OK);
	assert_int_equal(hub_state, CHS_IDLE);
	assert_result(ITCallHub_Clear(hub), S_OK);
	sink_expect(world.sink, "state DISCONNECTED NORMAL; state DISCONNECTED NORMAL; hub leave;"
		    "hub idle;");
	release_pair(&pair);
	/* It outlives its call, and holds the TAPI object. */
	assert_result(ITCallHub_get_NumCalls(hub, &count), S_OK);
	assert_int_equal(count, 0);
	ITCallHub_Release(hub);
	world_end();
}

static ITCallHub *hub_of(ITCallInfo *info)
{
	ITCallHub *hub;

	assert_result(ITCallInfo_get_CallHub(info, &hub), S_OK);
	return hub;
}

/* What a hub lists, both ways: this call, or none. */
static void assert_lists(ITCallHub *hub, ITCallInfo *info)
{
	VARIANT calls = { 0 }, item = { 0 };
	ITCollection *collection;
	ITCallInfo *found = NULL;
	IEnumCall *enumerator;
	ULONG fetched = 9;
	void *same = NULL;
	LONG count;

	assert_result(ITCallHub_EnumerateCalls(hub, &enumerator), S_OK);
	if (info) {
		assert_result(IEnumCall_Next(enumerator, 1, &found, &fetched), S_OK);
		assert_int_equal(fetched, 1);
		assert_ptr_equal(found, info);
		ITCallInfo_Release(found);
	}
	assert_result(IEnumCall_Next(enumerator, 1, &found, &fetched), S_FALSE);
	assert_int_equal(fetched, 0);
	IEnumCall_Release(enumerator);

	assert_result(ITCallHub_get_Calls(hub, &calls), S_OK);
	assert_int_equal(calls.vt, VT_DISPATCH);
	collection = (ITCollection *)calls.pdispVal;
	assert_result(ITCollection_get_Count(collection, &count), S_OK);
	assert_int_equal(count, info ? 1 : 0);
	if (info) {
		assert_result(ITCollection_get_Item(collection, 1, &item), S_OK);
		assert_int_equal(item.vt, VT_DISPATCH);
		IDispatch_QueryInterface(item.pdispVal, &IID_ITCallInfo, &same);
		assert_ptr_equal(same, info);
		ITCallInfo_Release((ITCallInfo *)same);
		VariantClear(&item);
	}
	VariantClear(&calls);
}

static void hub_lists_its_call(void **state)
{
	struct pair pair;
	ITCallInfo *info;
	ITCallHub *hub;

	(void)state;
	world_begin();
	pair = connect_pair();
	ITBasicCallControl_QueryInterface(pair.caller, &IID_ITCallInfo, (void **)&info);
	hub = hub_of(info);
	assert_result(ITCallHub_EnumerateCalls(hub, NULL), E_POINTER);
	assert_result(ITCallHub_get_Calls(hub, NULL), E_POINTER);
	assert_lists(hub, info);
	/* Over is not in it any more, whoever holds it. */
	assert_result(ITBasicCallControl_Disconnect(pair.caller, DC_NORMAL), S_OK);
	assert_lists(hub, NULL);
	ITCallHub_Release(hub);
	ITCallInfo_Release(info);
	release_pair(&pair);
	world_end();
}

/* Who may only look on cannot end the call: Clear() leaves it, and that is no failure. */
static void clear_without_privilege(void **state)
{
	unsigned int before = fake_drops();
	CALL_PRIVILEGE privilege;
	ITCallInfo *info;
	ITCallHub *hub;
	LONG cookie;

	(void)state;
	world_begin();
	assert_result(ITTAPI_RegisterCallNotifications(world.tapi, world.addresses[1],
						       VARIANT_TRUE, VARIANT_FALSE,
						       LINEMEDIAMODE_DIGITALDATA, 7, &cookie),
		      S_OK);
	fake_show(1);
	sink_expect(world.sink, "hub new; hub join; notification monitor; state CONNECTED;");
	info = sink_take_call(world.sink);
	assert_result(ITCallInfo_get_Privilege(info, &privilege), S_OK);
	assert_int_equal(privilege, CP_MONITOR);
	hub = hub_of(info);
	assert_result(ITCallHub_Clear(hub), S_OK);
	assert_int_equal(fake_drops(), before);
	assert_int_equal(state_of(info), CS_CONNECTED);
	sink_expect(world.sink, ";");
	assert_lists(hub, info);
	ITCallHub_Release(hub);
	ITCallInfo_Release(info);
	assert_result(ITTAPI_UnregisterNotifications(world.tapi, cookie), S_OK);
	world_end();
}

/* Why a call is over: TAPI 2's words for it, and TAPI 3's. */
static void causes(void **state)
{
	static const struct {
		DWORD mode;
		const char *cause;
		HRESULT result;
	} modes[] = {
		{ LINEDISCONNECTMODE_NORMAL, "NORMAL", TAPI_E_DROPPED },
		{ LINEDISCONNECTMODE_UNKNOWN, "NORMAL", TAPI_E_DROPPED },
		{ LINEDISCONNECTMODE_REJECT, "REJECTED", TAPI_E_DROPPED },
		{ LINEDISCONNECTMODE_BUSY, "BUSY", TAPI_E_DESTBUSY },
		{ LINEDISCONNECTMODE_NOANSWER, "NOANSWER", TAPI_E_DESTNOANSWER },
		{ LINEDISCONNECTMODE_BADADDRESS, "BADADDRESS", TAPI_E_INVALADDRESS },
		{ LINEDISCONNECTMODE_UNREACHABLE, "FAILED", TAPI_E_DESTUNAVAIL },
		{ LINEDISCONNECTMODE_CONGESTION, "FAILED", TAPI_E_DESTUNAVAIL },
		{ LINEDISCONNECTMODE_INCOMPATIBLE, "FAILED", TAPI_E_DESTUNAVAIL },
		{ LINEDISCONNECTMODE_UNAVAIL, "FAILED", TAPI_E_DESTUNAVAIL },
		{ LINEDISCONNECTMODE_NODIALTONE, "FAILED", TAPI_E_DESTUNAVAIL },
		{ LINEDISCONNECTMODE_NUMBERCHANGED, "BADADDRESS", TAPI_E_INVALADDRESS },
		{ LINEDISCONNECTMODE_OUTOFORDER, "FAILED", TAPI_E_DESTUNAVAIL },
		{ LINEDISCONNECTMODE_TEMPFAILURE, "FAILED", TAPI_E_DESTUNAVAIL },
		{ LINEDISCONNECTMODE_QOSUNAVAIL, "FAILED", TAPI_E_DESTUNAVAIL },
		{ LINEDISCONNECTMODE_BLOCKED, "BLOCKED", TAPI_E_ADDRESSBLOCKED },
		{ LINEDISCONNECTMODE_DONOTDISTURB, "REJECTED", TAPI_E_DROPPED },
		{ LINEDISCONNECTMODE_CANCELLED, "CANCELLED", TAPI_E_DROPPED },
	};
	static const struct {
		LONG error;
		const char *cause;
	} errors[] = {
		{ LINEERR_ADDRESSBLOCKED, "BLOCKED" },
		{ LINEERR_INUSE, "BUSY" },
		{ LINEERR_CALLUNAVAIL, "BUSY" },
		{ LINEERR_DISCONNECTED, "CANCELLED" },
		{ LINEERR_OPERATIONFAILED, "FAILED" },
		{ LINEERR_INVALADDRESS, "BADADDRESS" },
	};
	ITBasicCallControl *call;
	char expected[128];
	size_t i;

	(void)state;
	world_begin();
	for (i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
		fake_end_calls(modes[i].mode);
		call = new_call(0, u"ended");
		assert_result(ITBasicCallControl_Connect(call, VARIANT_TRUE), modes[i].result);
		snprintf(expected, sizeof(expected), "hub new; hub join; state INPROGRESS; "
			 "state DISCONNECTED %s; hub leave; hub idle", modes[i].cause);
		sink_expect(world.sink, expected);
		ITBasicCallControl_Release(call);
	}
	for (i = 0; i < sizeof(errors) / sizeof(*errors); i++) {
		fake_fail_calls(errors[i].error);
		call = new_call(0, u"wrong");
		assert_true(FAILED(ITBasicCallControl_Connect(call, VARIANT_TRUE)));
		snprintf(expected, sizeof(expected),
			 "state DISCONNECTED %s; hub leave; hub idle", errors[i].cause);
		sink_expect(world.sink, expected);
		ITBasicCallControl_Release(call);
	}
	sink_expect(world.sink, ";");
	world_end();
}

static HRESULT give_by_name(ITBasicCallControl *call, const WCHAR *name)
{
	BSTR text = SysAllocString(name);
	HRESULT result = ITBasicCallControl_HandoffDirect(call, text);

	SysFreeString(text);
	return result;
}

/* It has the call as if it had come by itself, and owns it; who gave it is told of nothing. */
static void assert_given(struct other *other)
{
	CALL_PRIVILEGE privilege;
	ITCallInfo *info;

	sink_expect(other->sink, "hub new; hub join; notification owner; state CONNECTED;");
	info = sink_take_call(other->sink);
	assert_result(ITCallInfo_get_Privilege(info, &privilege), S_OK);
	assert_int_equal(privilege, CP_OWNER);
	assert_int_equal(state_of(info), CS_CONNECTED);
	ITCallInfo_Release(info);
	sink_expect(world.sink, ";");
}

static void handed_over(void **state)
{
	struct other other, third;
	struct pair pair;
	LONG cookie;

	(void)state;
	world_begin();
	pair = connect_pair();
	assert_result(ITBasicCallControl_HandoffDirect(pair.callee, NULL), E_POINTER);
	assert_result(give_by_name(pair.callee, u"program"), TAPI_E_TARGETNOTFOUND);
	assert_result(ITBasicCallControl_HandoffIndirect(pair.callee, LINEMEDIAMODE_DIGITALDATA),
		      TAPI_E_TARGETSELF);
	other = other_begin(NULL);
	third = other_begin(NULL);
	assert_result(ITTAPI_UnregisterNotifications(third.tapi, third.cookie), S_OK);
	assert_result(ITTAPI_RegisterCallNotifications(third.tapi, third.addresses[1],
						       VARIANT_FALSE, VARIANT_TRUE,
						       TAPIMEDIATYPE_AUDIO, 0, &cookie), S_OK);
	assert_result(give_by_name(pair.callee, u"nobody"), TAPI_E_TARGETNOTFOUND);
	assert_result(give_by_name(pair.callee, u"program"), S_OK);
	assert_given(&other);
	assert_result(ITBasicCallControl_HandoffIndirect(pair.callee, LINEMEDIAMODE_DIGITALDATA),
		      S_OK);
	assert_given(&other);
	/* Either kind of voice will do. */
	assert_result(ITBasicCallControl_HandoffIndirect(pair.callee, TAPIMEDIATYPE_AUDIO), S_OK);
	assert_given(&third);
	assert_result(ITBasicCallControl_HandoffIndirect(pair.callee, TAPIMEDIATYPE_DATAMODEM),
		      TAPI_E_TARGETNOTFOUND);
	assert_result(ITBasicCallControl_HandoffIndirect(pair.callee, TAPIMEDIATYPE_VIDEO),
		      TAPI_E_INVALIDMEDIATYPE);
	sink_expect(other.sink, ";");
	sink_expect(third.sink, ";");

	/* It is the giver's as well, until he has released it. */
	assert_int_equal(state_of(pair.callee), CS_CONNECTED);
	assert_result(ITBasicCallControl_Disconnect(pair.callee, DC_NORMAL), S_OK);
	assert_result(give_by_name(pair.callee, u"program"), TAPI_E_INVALCALLSTATE);
	other_end(&third);
	other_end(&other);
	release_pair(&pair);
	world_end();
}

/* Who may only look on cannot give it away. */
static void handed_over_by_monitor(void **state)
{
	ITBasicCallControl *call;
	LONG cookie;

	(void)state;
	world_begin();
	assert_result(ITTAPI_RegisterCallNotifications(world.tapi, world.addresses[1],
						       VARIANT_TRUE, VARIANT_FALSE,
						       LINEMEDIAMODE_DIGITALDATA, 7, &cookie),
		      S_OK);
	fake_show(1);
	sink_await(world.sink, "state CONNECTED");
	call = control_of(sink_take_call(world.sink));
	assert_result(give_by_name(call, u"program"), TAPI_E_NOTOWNER);
	ITBasicCallControl_Release(call);
	assert_result(ITTAPI_UnregisterNotifications(world.tapi, cookie), S_OK);
	world_end();
}

/* Nobody asks for it, so nobody keeps it: the caller is told. */
static void unwanted_call(void **state)
{
	ITBasicCallControl *call;
	LONG cookie;

	(void)state;
	world_begin();
	cookie = listen_at(1);
	assert_result(ITTAPI_put_EventFilter(world.tapi, 0), S_OK);
	call = new_call(0, u"200");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_TRUE), TAPI_E_DROPPED);
	assert_int_equal(state_of(call), CS_DISCONNECTED);
	ITBasicCallControl_Release(call);
	assert_result(ITTAPI_UnregisterNotifications(world.tapi, cookie), S_OK);
	world_end();
}

/*
 * Its calls live on; a new one goes to who else is there; the line is closed when the last of them
 * is over, whoever still holds it.
 */
static void unregister_keeps_calls(void **state)
{
	ITBasicCallControl *call, *offered;
	struct other other;
	struct pair pair;

	(void)state;
	world_begin();
	pair = connect_pair();
	other = other_begin(NULL);
	fake_line_state(1, LINEDEVSTATE_RINGING);
	sink_expect(world.sink, "address 2;");
	sink_expect(other.sink, "address 2;");
	assert_result(ITTAPI_UnregisterNotifications(world.tapi, pair.cookie), S_OK);
	assert_result(ITTAPI_UnregisterNotifications(world.tapi, pair.cookie), E_INVALIDARG);
	assert_int_equal(state_of(pair.callee), CS_CONNECTED);
	fake_line_state(1, LINEDEVSTATE_RINGING);
	sink_expect(world.sink, ";");
	sink_expect(other.sink, "address 2;");

	call = new_call(0, u"200");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
	sink_expect(other.sink, "hub new; hub join; notification owner; state OFFERING;");
	sink_expect(world.sink, "hub new; hub join; state INPROGRESS;");
	offered = control_of(sink_take_call(other.sink));
	ITBasicCallControl_Release(offered);
	sink_expect(world.sink, "state DISCONNECTED NORMAL; hub leave; hub idle;");
	ITBasicCallControl_Release(call);

	assert_int_equal(state_of(pair.callee), CS_CONNECTED);
	assert_int_equal(state_of(pair.caller), CS_CONNECTED);
	wait_lines(3);
	assert_result(ITBasicCallControl_Disconnect(pair.callee, DC_NORMAL), S_OK);
	sink_expect(world.sink, "state DISCONNECTED NORMAL; hub leave; hub idle;"
		    "state DISCONNECTED NORMAL; hub leave; hub idle;");
	wait_lines(2);
	ITBasicCallControl_Release(pair.caller);
	ITBasicCallControl_Release(pair.callee);
	wait_lines(1);
	other_end(&other);
	world_end();
}

/* What happens to a call is told after that, too: what its owner does, what the far end does. */
static void unregister_keeps_events(void **state)
{
	ITBasicCallControl *caller, *callee;
	LONG cookie;

	(void)state;
	world_begin();
	cookie = listen_at(1);
	caller = new_call(0, u"200");
	assert_result(ITBasicCallControl_Connect(caller, VARIANT_FALSE), S_OK);
	sink_await(world.sink, "state OFFERING");
	callee = control_of(sink_take_call(world.sink));
	assert_result(ITTAPI_UnregisterNotifications(world.tapi, cookie), S_OK);
	assert_result(ITBasicCallControl_Answer(callee), S_OK);
	sink_expect(world.sink, "state CONNECTED; state CONNECTED;");
	fake_hang_up(1);
	sink_expect(world.sink, "state DISCONNECTED NORMAL; hub leave; hub idle;");
	assert_int_equal(state_of(callee), CS_DISCONNECTED);
	assert_result(ITBasicCallControl_Disconnect(caller, DC_NORMAL), S_OK);
	sink_expect(world.sink, "state DISCONNECTED NORMAL; hub leave; hub idle;");
	ITBasicCallControl_Release(caller);
	ITBasicCallControl_Release(callee);
	world_end();
}

/* Nobody else is there: the caller hears that, and not that somebody rejected it. */
static void unregistered_is_nobody(void **state)
{
	ITBasicCallControl *call;
	struct pair pair;

	(void)state;
	world_begin();
	pair = connect_pair();
	assert_result(ITTAPI_UnregisterNotifications(world.tapi, pair.cookie), S_OK);
	call = new_call(0, u"200");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_TRUE), TAPI_E_DESTBUSY);
	ITBasicCallControl_Release(call);
	ITBasicCallControl_Release(pair.caller);
	ITBasicCallControl_Release(pair.callee);
	world_end();
}

/* An object that is still held keeps no line open, and knows what it knew. */
static void idle_is_enough(void **state)
{
	struct pair pair;
	ITCallInfo *info;
	HRESULT result;
	LONG value;
	BSTR text;
	int i;

	(void)state;
	world_begin();
	pair = connect_pair();
	ITBasicCallControl_QueryInterface(pair.caller, &IID_ITCallInfo, (void **)&info);
	assert_result(ITCallInfo_put_CallInfoLong(info, CIL_APPSPECIFIC, 77), S_OK);
	assert_result(ITBasicCallControl_Disconnect(pair.caller, DC_NORMAL), S_OK);
	assert_result(ITBasicCallControl_Disconnect(pair.callee, DC_NORMAL), S_OK);
	wait_lines(1);
	/* Who reads gives the handle back behind the word that the call is idle. */
	for (i = 0; i < PATIENCE_MS && fake_counts().calls; i++)
		pause_ms(1);
	assert_int_equal(fake_counts().calls, 0);
	assert_result(ITCallInfo_get_CallInfoLong(info, CIL_APPSPECIFIC, &value), S_OK);
	assert_int_equal(value, 77);
	assert_result(ITCallInfo_get_CallInfoString(info, CIS_CALLEDIDNUMBER, &text), S_OK);
	assert_int_equal(SysStringLen(text), 3);
	assert_memory_equal(text, u"200", 8);
	SysFreeString(text);
	result = ITCallInfo_put_CallInfoLong(info, CIL_APPSPECIFIC, 78);
	assert_result(result, TAPI_E_INVALCALLSTATE);
	result = ITBasicCallControl_HandoffIndirect(pair.callee, LINEMEDIAMODE_DIGITALDATA);
	assert_result(result, TAPI_E_INVALCALLSTATE);
	ITCallInfo_Release(info);
	release_pair(&pair);
	world_end();
}

/* Released without Disconnect(): the call goes. */
static void release_is_enough(void **state)
{
	struct pair pair;

	(void)state;
	world_begin();
	pair = connect_pair();
	ITBasicCallControl_Release(pair.caller);
	sink_expect(world.sink, "state DISCONNECTED NORMAL; hub leave; hub idle;");
	ITBasicCallControl_Release(pair.callee);
	wait_lines(1);
	assert_int_equal(fake_counts().calls, 0);
	assert_result(ITTAPI_UnregisterNotifications(world.tapi, pair.cookie), S_OK);
	world_end();
}

static void requests(void **state)
{
	(void)state;
	world_begin();
	assert_result(ITTAPI_RegisterRequestRecipient(world.tapi, 3, LINEREQUESTMODE_MAKECALL,
						      VARIANT_TRUE), S_OK);
	fake_request(3);
	sink_expect(world.sink, "request 7; request 7; request 7;");
	world_end();
}

/* Longer than the library waits to ask for requests again. */
#define ASKED_AGAIN_MS 700

/* They are announced once: what cannot be taken then is taken when it can, by itself. */
static void requests_wait(void **state)
{
	(void)state;
	world_begin();
	fake_fail_request(LINEERR_RESOURCEUNAVAIL);
	fake_request(2);
	sink_expect(world.sink, "request 7; request 7;");
	/* Before what comes next, which it does not wait for. */
	fake_fail_request(LINEERR_NOMEM);
	fake_request(1);
	fake_reinit();
	sink_expect(world.sink, "request 7; tapi reinit;");
	/* There are none any more: nobody asks, neither after a while nor when something comes. */
	fake_fail_request(LINEERR_NOREQUEST);
	fake_request(1);
	pause_ms(ASKED_AGAIN_MS);
	fake_reinit();
	sink_expect(world.sink, "tapi reinit;");
	world_end();
}

/*
 * What comes from below.
 */

static void line_closes(void **state)
{
	struct pair pair;

	(void)state;
	world_begin();
	pair = connect_pair();
	fake_close_lines(1);
	sink_await(world.sink, "tapi close");
	assert_int_equal(state_of(pair.callee), CS_DISCONNECTED);
	assert_result(ITBasicCallControl_Disconnect(pair.callee, DC_NORMAL), S_FALSE);
	assert_result(ITBasicCallControl_Disconnect(pair.caller, DC_NORMAL), S_OK);
	/* The cookie is good for one UnregisterNotifications() all the same. */
	release_pair(&pair);
	assert_result(ITTAPI_UnregisterNotifications(world.tapi, pair.cookie), E_INVALIDARG);
	world_end();
}

/* It was announced, and its line goes before its first state has come: nobody holds it. */
static void line_closes_early(void **state)
{
	ITCallInfo *call;
	LONG cookie;

	(void)state;
	world_begin();
	cookie = listen_at(1);
	fake_announce(1);
	sink_expect(world.sink, "hub new; hub join; notification owner");
	call = sink_take_call(world.sink);
	ITCallInfo_Release(call);
	assert_int_equal(tapi3_objects(TAPI3_CALL), 1);
	fake_close_lines(1);
	sink_expect(world.sink, "state DISCONNECTED FAILED; hub leave; hub idle; tapi close;");
	assert_int_equal(tapi3_objects(TAPI3_CALL), 0);
	assert_result(ITTAPI_UnregisterNotifications(world.tapi, cookie), S_OK);
	world_end();
}

static void devices_come_and_go(void **state)
{
	ADDRESS_STATE address_state;
	IEnumAddress *enumerator;

	(void)state;
	world_begin();
	fake_remove(1);
	sink_expect(world.sink, "tapi remove;");
	assert_result(ITAddress_get_State(world.addresses[1], &address_state), S_OK);
	assert_int_equal(address_state, AS_OUTOFSERVICE);
	assert_result(ITTAPI_EnumerateAddresses(world.tapi, &enumerator), S_OK);
	assert_result(IEnumAddress_Skip(enumerator, 2), S_FALSE);
	IEnumAddress_Release(enumerator);
	fake_create(1);
	sink_expect(world.sink, "tapi create;");
	fake_reinit();
	sink_expect(world.sink, "tapi reinit;");
	world_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(call_life), WORLD_TEST(disconnect_matrix), WORLD_TEST(timeouts),
		WORLD_TEST(call_info), WORLD_TEST(hubs), WORLD_TEST(hub_lists_its_call),
		WORLD_TEST(clear_without_privilege), WORLD_TEST(causes), WORLD_TEST(handed_over),
		WORLD_TEST(handed_over_by_monitor), WORLD_TEST(unwanted_call),
		WORLD_TEST(unregister_keeps_calls), WORLD_TEST(unregister_keeps_events),
		WORLD_TEST(unregistered_is_nobody),
		WORLD_TEST(idle_is_enough), WORLD_TEST(release_is_enough), WORLD_TEST(requests),
		WORLD_TEST(requests_wait),
		WORLD_TEST(line_closes), WORLD_TEST(line_closes_early),
		WORLD_TEST(devices_come_and_go),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
