// SPDX-License-Identifier: GPL-2.0
/*
 * A TAPI object over the fake lines, and what most tests want of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define COBJMACROS
#include "world.h"

struct world world;

void pause_ms(long milliseconds)
{
	const struct timespec time = { milliseconds / 1000, milliseconds % 1000 * 1000000 };

	nanosleep(&time, NULL);
}

ITTAPI *create_tapi(void)
{
	ITTAPI *tapi;

	assert_result(TapiCreateInstance(&CLSID_TAPI, &IID_ITTAPI, (void **)&tapi), S_OK);
	return tapi;
}

void get_addresses(ITTAPI *tapi, ITAddress *addresses[FAKE_DEVICES])
{
	IEnumAddress *enumerator;
	ULONG count;

	assert_result(ITTAPI_EnumerateAddresses(tapi, &enumerator), S_OK);
	assert_result(IEnumAddress_Next(enumerator, FAKE_DEVICES, addresses, &count), S_OK);
	assert_int_equal(count, FAKE_DEVICES);
	IEnumAddress_Release(enumerator);
}

void world_begin(void)
{
	world.tapi = create_tapi();
	assert_result(ITTAPI_Initialize(world.tapi), S_OK);
	get_addresses(world.tapi, world.addresses);
	world.sink = sink_new();
	world.cookie = sink_advise(world.sink, world.tapi);
	assert_result(ITTAPI_put_EventFilter(world.tapi, ALL_EVENTS), S_OK);
}

void world_hook(void (*function)(struct sink *sink, const char *text, IDispatch *event),
		void *data)
{
	pthread_mutex_lock(&world.sink->lock);
	world.sink->hook = function;
	world.sink->data = data;
	pthread_mutex_unlock(&world.sink->lock);
}

void release_addresses(void)
{
	ITAddress_Release(world.addresses[0]);
	ITAddress_Release(world.addresses[1]);
}

/* In order: all of it. */
void world_end(void)
{
	release_addresses();
	assert_result(sink_unadvise(world.tapi, world.cookie), S_OK);
	sink_free(world.sink);
	assert_result(ITTAPI_Shutdown(world.tapi), S_OK);
	assert_int_equal(ITTAPI_Release(world.tapi), 0);
}

static bool is_empty(void)
{
	struct fake_counts counts = fake_counts();

	return !counts.apps && !counts.lines && !counts.calls && !tapi3_objects(TAPI3_KINDS);
}

/* An end in the callback thread may be a moment behind. */
int nothing_is_left(void **state)
{
	struct fake_counts counts;
	int i;

	(void)state;
	for (i = 0; i < PATIENCE_MS && !is_empty(); i++)
		pause_ms(1);
	if (is_empty())
		return 0;
	counts = fake_counts();
	tapi3_report(STDOUT_FILENO);
	print_error("left: %u apps, %u lines, %u calls\n", counts.apps, counts.lines, counts.calls);
	return -1;
}

/* Events that wait to be told hold calls, and those their lines. */
void wait_lines(unsigned int count)
{
	int i;

	for (i = 0; i < PATIENCE_MS && fake_counts().lines != count; i++)
		pause_ms(1);
	assert_int_equal(fake_counts().lines, count);
}

ITBasicCallControl *new_call(int from, const WCHAR *number)
{
	BSTR text = SysAllocString(number);
	ITBasicCallControl *call;

	assert_result(ITAddress_CreateCall(world.addresses[from], text, LINEADDRESSTYPE_PHONENUMBER,
					   LINEMEDIAMODE_DIGITALDATA, &call), S_OK);
	SysFreeString(text);
	return call;
}

LONG listen_at(int device)
{
	LONG cookie;

	assert_result(ITTAPI_RegisterCallNotifications(world.tapi, world.addresses[device],
						       VARIANT_FALSE, VARIANT_TRUE,
						       LINEMEDIAMODE_DIGITALDATA, 7, &cookie),
		      S_OK);
	return cookie;
}

CALL_STATE state_of(void *unknown)
{
	CALL_STATE state;
	ITCallInfo *info;

	assert_result(IUnknown_QueryInterface((IUnknown *)unknown, &IID_ITCallInfo,
					      (void **)&info), S_OK);
	assert_result(ITCallInfo_get_CallState(info, &state), S_OK);
	ITCallInfo_Release(info);
	return state;
}

ITBasicCallControl *control_of(ITCallInfo *info)
{
	ITBasicCallControl *control;

	assert_result(ITCallInfo_QueryInterface(info, &IID_ITBasicCallControl, (void **)&control),
		      S_OK);
	ITCallInfo_Release(info);
	return control;
}

struct pair connect_pair(void)
{
	struct pair pair;

	pair.cookie = listen_at(1);
	pair.caller = new_call(0, u"200");
	assert_result(ITBasicCallControl_Connect(pair.caller, VARIANT_FALSE), S_OK);
	sink_await(world.sink, "state OFFERING");
	pair.callee = control_of(sink_take_call(world.sink));
	assert_result(ITBasicCallControl_Answer(pair.callee), S_OK);
	sink_expect(world.sink, "state CONNECTED; state CONNECTED");
	return pair;
}

void release_pair(struct pair *pair)
{
	ITBasicCallControl_Release(pair->caller);
	ITBasicCallControl_Release(pair->callee);
	assert_result(ITTAPI_UnregisterNotifications(world.tapi, pair->cookie), S_OK);
}

void *disconnect_thread(void *data)
{
	return (void *)(intptr_t)ITBasicCallControl_Disconnect((ITBasicCallControl *)data,
							       DC_NORMAL);
}

struct other other_begin(void (*hook)(struct sink *sink, const char *text, IDispatch *event))
{
	struct other other;

	other.tapi = create_tapi();
	assert_result(ITTAPI_Initialize(other.tapi), S_OK);
	get_addresses(other.tapi, other.addresses);
	other.sink = sink_new();
	other.sink->hook = hook;
	sink_advise(other.sink, other.tapi);
	assert_result(ITTAPI_put_EventFilter(other.tapi, ALL_EVENTS), S_OK);
	assert_result(ITTAPI_RegisterCallNotifications(other.tapi, other.addresses[1],
						       VARIANT_FALSE, VARIANT_TRUE,
						       LINEMEDIAMODE_DIGITALDATA, 0,
						       &other.cookie), S_OK);
	return other;
}

void other_end(struct other *other)
{
	ITAddress_Release(other->addresses[0]);
	ITAddress_Release(other->addresses[1]);
	assert_result(ITTAPI_Shutdown(other->tapi), S_OK);
	if (other->sink->data)
		ITBasicCallControl_Release((ITBasicCallControl *)other->sink->data);
	ITTAPI_Release(other->tapi);
	sink_free(other->sink);
}
