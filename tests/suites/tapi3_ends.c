// SPDX-License-Identifier: GPL-2.0
/*
 * The ends of TAPI 3: Shutdown(), last references, in any thread and in any order.
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
 * The end.
 */

static void shut_down_in_event(struct sink *sink, const char *text, IDispatch *event)
{
	(void)event;
	if (strcmp(text, "state OFFERING"))
		return;
	assert_result(ITTAPI_Shutdown(world.tapi), S_OK);
	assert_result(ITTAPI_Shutdown(world.tapi), S_FALSE);
	if (sink->data)
		assert_result(ITTAPI_Initialize(world.tapi), S_OK);
}

static void end_in_event(bool begins_again)
{
	ITBasicCallControl *call;
	ITCallInfo *offered;
	unsigned int count;

	world_begin();
	listen_at(1);
	world_hook(shut_down_in_event, begins_again ? &world : NULL);
	call = new_call(0, u"200");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
	sink_await(world.sink, "state OFFERING");
	while (atomic_load(&world.sink->running))
		pause_ms(1);
	/* It was unadvised with the session, and nothing more was told. */
	count = world.sink->count;
	pause_ms(50);
	assert_int_equal(world.sink->count, count);
	assert_result(ITBasicCallControl_Disconnect(call, DC_NORMAL), TAPI_E_NOT_INITIALIZED);
	assert_int_equal(fake_counts().calls, 0);
	ITBasicCallControl_Release(call);
	release_addresses();
	assert_result(ITTAPI_Shutdown(world.tapi), begins_again ? S_OK : S_FALSE);
	/* It holds the TAPI object. */
	offered = sink_take_call(world.sink);
	ITCallInfo_Release(offered);
	ITTAPI_Release(world.tapi);
	while (atomic_load(&world.sink->refs) != 1)
		pause_ms(1);
	sink_free(world.sink);
}

static void shut_down_inside(void **state)
{
	(void)state;
	end_in_event(false);
}

static void begin_again_inside(void **state)
{
	(void)state;
	end_in_event(true);
}

/* Who waits for a call when the session ends hears that. */
static void shut_down_while_waiting(void **state)
{
	ITBasicCallControl *call;
	pthread_t thread;
	void *result;

	(void)state;
	world_begin();
	fake_hold_idle(true);
	call = new_call(0, u"ringing");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
	sink_await(world.sink, "state INPROGRESS");
	pthread_create(&thread, NULL, disconnect_thread, call);
	pause_ms(100);
	assert_result(ITTAPI_Shutdown(world.tapi), S_OK);
	pthread_join(thread, &result);
	assert_result((intptr_t)result, TAPI_E_NOT_INITIALIZED);
	fake_hold_idle(false);
	ITBasicCallControl_Release(call);
	release_addresses();
	ITTAPI_Release(world.tapi);
	sink_free(world.sink);
}

/* No Event() begins after Shutdown() has returned, however many wait to be told. */
static void shut_down_under_events(void **state)
{
	unsigned int count;
	int round, i;

	(void)state;
	for (round = 0; round < 20; round++) {
		world_begin();
		for (i = 0; i < 50; i++)
			fake_request(2);
		if (round % 2)
			sink_expect(world.sink, "request 7");
		assert_result(ITTAPI_Shutdown(world.tapi), S_OK);
		assert_int_equal(atomic_load(&world.sink->running), 0);
		count = world.sink->count;
		pause_ms(2);
		assert_int_equal(world.sink->count, count);
		assert_int_equal(tapi3_objects(TAPI3_EVENT), 0);
		release_addresses();
		ITTAPI_Release(world.tapi);
		sink_free(world.sink);
	}
}

/* What is held after Shutdown() can be released, and asked for its interfaces, and no more. */
static void objects_after_shutdown(void **state)
{
	ITBasicCallControl *call;
	ITCollection *collection;
	ADDRESS_STATE address_state;
	IEnumAddress *enumerator;
	CALL_STATE call_state;
	ITCallHub *hub;
	ITCallInfo *info;
	ITTAPI *tapi;
	IUnknown *unknown;
	VARIANT variant;
	ULONG count;
	LONG value;
	BSTR text;

	(void)state;
	world_begin();
	call = new_call(0, u"ringing");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
	ITBasicCallControl_QueryInterface(call, &IID_ITCallInfo, (void **)&info);
	assert_result(ITCallInfo_get_CallHub(info, &hub), S_OK);
	assert_result(ITTAPI_EnumerateAddresses(world.tapi, &enumerator), S_OK);
	assert_result(ITTAPI_get_Addresses(world.tapi, &variant), S_OK);
	collection = (ITCollection *)variant.pdispVal;
	assert_result(ITTAPI_Shutdown(world.tapi), S_OK);

	assert_result(ITBasicCallControl_Connect(call, VARIANT_TRUE), TAPI_E_NOT_INITIALIZED);
	assert_result(ITBasicCallControl_Answer(call), TAPI_E_NOT_INITIALIZED);
	assert_result(ITBasicCallControl_Disconnect(call, DC_NORMAL), TAPI_E_NOT_INITIALIZED);
	assert_result(ITBasicCallControl_Hold(call, VARIANT_TRUE), TAPI_E_NOT_INITIALIZED);
	assert_result(ITBasicCallControl_HandoffIndirect(call, LINEMEDIAMODE_DIGITALDATA),
		      TAPI_E_NOT_INITIALIZED);
	assert_result(ITBasicCallControl_Unpark(call), TAPI_E_NOT_INITIALIZED);
	assert_result(ITCallInfo_get_CallState(info, &call_state), TAPI_E_NOT_INITIALIZED);
	assert_result(ITCallInfo_get_CallInfoLong(info, CIL_ORIGIN, &value),
		      TAPI_E_NOT_INITIALIZED);
	assert_result(ITCallInfo_put_CallInfoLong(info, CIL_BEARERMODE, 1), TAPI_E_NOT_INITIALIZED);
	assert_result(ITCallInfo_get_CallInfoString(info, CIS_COMMENT, &text),
		      TAPI_E_NOT_INITIALIZED);
	assert_result(ITCallInfo_put_CallInfoString(info, CIS_COMMENT, NULL),
		      TAPI_E_NOT_INITIALIZED);
	assert_result(ITCallHub_Clear(hub), TAPI_E_NOT_INITIALIZED);
	assert_result(ITCallHub_get_NumCalls(hub, &value), TAPI_E_NOT_INITIALIZED);
	assert_result(ITAddress_get_State(world.addresses[0], &address_state),
		      TAPI_E_NOT_INITIALIZED);
	assert_result(ITAddress_get_AddressName(world.addresses[0], &text), TAPI_E_NOT_INITIALIZED);
	assert_result(ITAddress_get_TAPIObject(world.addresses[0], &tapi), TAPI_E_NOT_INITIALIZED);
	assert_null(tapi);
	assert_result(ITAddress_CreateCall(world.addresses[0], NULL, LINEADDRESSTYPE_PHONENUMBER,
					   LINEMEDIAMODE_DIGITALDATA, &call),
		      TAPI_E_NOT_INITIALIZED);
	assert_result(IEnumAddress_Next(enumerator, 1, world.addresses, &count),
		      TAPI_E_NOT_INITIALIZED);
	assert_result(IEnumAddress_Reset(enumerator), TAPI_E_NOT_INITIALIZED);
	assert_result(ITCollection_get_Count(collection, &value), TAPI_E_NOT_INITIALIZED);

	/* Another session changes nothing of that. */
	assert_result(ITTAPI_Initialize(world.tapi), S_OK);
	assert_result(ITCallInfo_get_CallState(info, &call_state), TAPI_E_NOT_INITIALIZED);
	assert_result(ITCallInfo_QueryInterface(info, &IID_IUnknown, (void **)&unknown), S_OK);
	IUnknown_Release(unknown);
	IEnumAddress_Release(enumerator);
	ITCollection_Release(collection);
	ITCallHub_Release(hub);
	/* The two interfaces of the call: the pointer to the second was lost to CreateCall(). */
	ITCallInfo_QueryInterface(info, &IID_ITBasicCallControl, (void **)&call);
	ITBasicCallControl_Release(call);
	ITBasicCallControl_Release(call);
	ITCallInfo_Release(info);
	release_addresses();
	assert_result(ITTAPI_Shutdown(world.tapi), S_OK);
	ITTAPI_Release(world.tapi);
	sink_free(world.sink);
}

/* Released without anything before it: calls, lines, sinks and session go. */
static void release_without_shutdown(void **state)
{
	struct pair pair;

	(void)state;
	world_begin();
	pair = connect_pair();
	ITBasicCallControl_Release(pair.caller);
	ITBasicCallControl_Release(pair.callee);
	release_addresses();
	ITTAPI_Release(world.tapi);
	assert_int_equal(nothing_is_left(NULL), 0);
	while (atomic_load(&world.sink->refs) != 1)
		pause_ms(1);
	sink_free(world.sink);
}

static void release_in_event(struct sink *sink, const char *text, IDispatch *event)
{
	(void)sink;
	(void)event;
	if (!strcmp(text, "request 7"))
		ITTAPI_Release(world.tapi);
}

/* The last reference, in the callback thread. */
static void release_inside(void **state)
{
	(void)state;
	world_begin();
	release_addresses();
	world_hook(release_in_event, NULL);
	fake_request(2);
	sink_expect(world.sink, "request 7");
	assert_int_equal(nothing_is_left(NULL), 0);
	while (atomic_load(&world.sink->refs) != 1)
		pause_ms(1);
	sink_expect(world.sink, ";");
	sink_free(world.sink);
}

/* A call holds its address, that the TAPI object: the last of them ends the session. */
static void call_is_the_last(void **state)
{
	ITBasicCallControl *call;

	(void)state;
	world_begin();
	call = new_call(0, u"ringing");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
	sink_await(world.sink, "state INPROGRESS");
	assert_result(sink_unadvise(world.tapi, world.cookie), S_OK);
	sink_free(world.sink);
	release_addresses();
	assert_int_not_equal(ITTAPI_Release(world.tapi), 0);
	assert_int_equal(fake_counts().apps, 1);
	assert_result(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
	ITBasicCallControl_Release(call);
}

static void *release_thread(void *data)
{
	ITBasicCallControl_Release((ITBasicCallControl *)data);
	return NULL;
}

/* A message finds the call whose last reference goes in another thread. */
static void last_release_meets_message(void **state)
{
	ITBasicCallControl *call;
	pthread_t thread;
	int round;

	(void)state;
	world_begin();
	for (round = 0; round < 300; round++) {
		call = new_call(0, u"ringing");
		assert_result(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
		if (round % 3)
			sink_await(world.sink, "state INPROGRESS");
		pthread_create(&thread, NULL, release_thread, call);
		fake_hang_up(0);
		pthread_join(thread, NULL);
	}
	world_end();
}

/* An address object goes while another thread asks for it. */
static void *enumerate_thread(void *data)
{
	ITAddress *list[FAKE_DEVICES];
	ITTAPI *tapi = data;
	int i;

	for (i = 0; i < 300; i++) {
		get_addresses(tapi, list);
		ITAddress_Release(list[0]);
		ITAddress_Release(list[1]);
	}
	return NULL;
}

static void last_release_meets_enumerator(void **state)
{
	ITTAPI *tapi = create_tapi();
	pthread_t threads[2];
	int i;

	(void)state;
	assert_result(ITTAPI_Initialize(tapi), S_OK);
	for (i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, enumerate_thread, tapi);
	for (i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(tapi3_objects(TAPI3_ADDRESS), 0);
	assert_result(ITTAPI_Shutdown(tapi), S_OK);
	ITTAPI_Release(tapi);
}

static void *shut_down_thread(void *data)
{
	return (void *)(intptr_t)ITTAPI_Shutdown((ITTAPI *)data);
}

/* Two Shutdown()s, calls that are made, answered and released, in any order. */
static void ends_meet(void **state)
{
	pthread_t threads[3];
	void *results[2];
	struct pair pair;
	int round;

	(void)state;
	for (round = 0; round < 30; round++) {
		world_begin();
		pair = connect_pair();
		pthread_create(&threads[0], NULL, shut_down_thread, world.tapi);
		pthread_create(&threads[1], NULL, shut_down_thread, world.tapi);
		pthread_create(&threads[2], NULL, disconnect_thread, pair.callee);
		ITBasicCallControl_Release(pair.caller);
		pthread_join(threads[0], &results[0]);
		pthread_join(threads[1], &results[1]);
		pthread_join(threads[2], NULL);
		assert_int_equal((intptr_t)results[0] + (intptr_t)results[1], S_OK + S_FALSE);
		ITBasicCallControl_Release(pair.callee);
		release_addresses();
		ITTAPI_Release(world.tapi);
		while (atomic_load(&world.sink->refs) != 1)
			pause_ms(1);
		sink_free(world.sink);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(shut_down_inside), WORLD_TEST(begin_again_inside),
		WORLD_TEST(shut_down_while_waiting), WORLD_TEST(shut_down_under_events),
		WORLD_TEST(objects_after_shutdown), WORLD_TEST(release_without_shutdown),
		WORLD_TEST(release_inside), WORLD_TEST(call_is_the_last),
		WORLD_TEST(last_release_meets_message), WORLD_TEST(last_release_meets_enumerator),
		WORLD_TEST(ends_meet),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
