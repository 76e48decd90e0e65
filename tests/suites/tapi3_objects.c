// SPDX-License-Identifier: GPL-2.0
/*
 * The objects of TAPI 3: references and interfaces, strings, sinks.
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
 * IUnknown: whichever interface is asked, the answers are the same.
 */

static void one_identity(void *object, const IID *const iids[])
{
	IUnknown *identity, *again;
	IUnknown *from, *to;
	int i, j;

	assert_result(IUnknown_QueryInterface((IUnknown *)object, &IID_IUnknown,
					      (void **)&identity), S_OK);
	for (i = 0; iids[i]; i++) {
		assert_result(IUnknown_QueryInterface(identity, iids[i], (void **)&from), S_OK);
		assert_result(IUnknown_QueryInterface(from, &IID_IUnknown, (void **)&again), S_OK);
		assert_ptr_equal(again, identity);
		IUnknown_Release(again);
		for (j = 0; iids[j]; j++) {
			assert_result(IUnknown_QueryInterface(from, iids[j], (void **)&to), S_OK);
			assert_result(IUnknown_QueryInterface(to, iids[i], (void **)&again), S_OK);
			assert_ptr_equal(again, from);
			IUnknown_Release(again);
			IUnknown_Release(to);
		}
		to = (IUnknown *)object;
		assert_result(IUnknown_QueryInterface(from, &IID_ITTAPIEventNotification,
						      (void **)&to), E_NOINTERFACE);
		assert_null(to);
		assert_result(IUnknown_QueryInterface(from, iids[i], NULL), E_POINTER);
		assert_result(IUnknown_QueryInterface(from, NULL, (void **)&to), E_INVALIDARG);
		IUnknown_Release(from);
	}
	IUnknown_Release(identity);
}

static void interfaces(void **state)
{
	static const IID *const tapi[] = {
		&IID_IUnknown, &IID_IDispatch, &IID_ITTAPI, &IID_IConnectionPointContainer, NULL,
	};
	static const IID *const address[] = {
		&IID_IUnknown, &IID_IDispatch, &IID_ITAddress, &IID_ITAddressCapabilities,
		&IID_ITMediaSupport, NULL,
	};
	static const IID *const call[] = {
		&IID_IUnknown, &IID_IDispatch, &IID_ITCallInfo, &IID_ITBasicCallControl, NULL,
	};
	static const IID *const hub[] = { &IID_IUnknown, &IID_IDispatch, &IID_ITCallHub, NULL };
	static const IID *const request[] = { &IID_IUnknown, &IID_IDispatch, &IID_ITRequest, NULL };
	ITBasicCallControl *control;
	ITRequest *irequest;
	ITCallInfo *info;
	ITCallHub *ihub;

	(void)state;
	world_begin();
	one_identity(world.tapi, tapi);
	one_identity(world.addresses[0], address);
	control = new_call(0, u"200");
	one_identity(control, call);
	assert_result(ITBasicCallControl_QueryInterface(control, &IID_ITCallInfo, (void **)&info),
		      S_OK);
	assert_result(ITCallInfo_get_CallHub(info, &ihub), S_OK);
	one_identity(ihub, hub);
	ITCallHub_Release(ihub);
	ITCallInfo_Release(info);
	ITBasicCallControl_Release(control);
	assert_result(TapiCreateInstance(&CLSID_RequestMakeCall, &IID_ITRequest,
					 (void **)&irequest), S_OK);
	one_identity(irequest, request);
	assert_result(ITRequest_MakeCall(irequest, NULL, NULL, NULL, NULL), E_POINTER);
	ITRequest_Release(irequest);
	world_end();
}

static void creation(void **state)
{
	void *out = &out;

	(void)state;
	assert_result(TapiCreateInstance(&CLSID_TAPI, &IID_ITTAPI, NULL), E_POINTER);
	assert_result(TapiCreateInstance(NULL, &IID_ITTAPI, &out), E_INVALIDARG);
	assert_result(TapiCreateInstance(&CLSID_TAPI, NULL, &out), E_INVALIDARG);
	assert_result(TapiCreateInstance(&IID_ITTAPI, &IID_ITTAPI, &out), REGDB_E_CLASSNOTREG);
	assert_null(out);
	assert_result(TapiCreateInstance(&CLSID_TAPI, &IID_ITCallInfo, &out), E_NOINTERFACE);
	assert_null(out);
}

static void dispatch(void **state)
{
	ITTAPI *tapi = create_tapi();
	ITypeInfo *info = (ITypeInfo *)tapi;
	UINT count = 5;

	(void)state;
	assert_result(ITTAPI_GetTypeInfoCount(tapi, &count), E_NOTIMPL);
	assert_int_equal(count, 0);
	assert_result(ITTAPI_GetTypeInfoCount(tapi, NULL), E_POINTER);
	assert_result(ITTAPI_GetTypeInfo(tapi, 0, 0, &info), E_NOTIMPL);
	assert_null(info);
	assert_result(ITTAPI_GetIDsOfNames(tapi, &IID_IUnknown, NULL, 0, 0, NULL), E_NOTIMPL);
	assert_result(ITTAPI_Invoke(tapi, 0, &IID_IUnknown, 0, 0, NULL, NULL, NULL, NULL),
		      E_NOTIMPL);
	ITTAPI_Release(tapi);
}

static void strings(void **state)
{
	static const WCHAR inside[] = { 'a', 0, 'b' };
	VARIANT variant;
	BSTR text;

	(void)state;
	assert_null(SysAllocString(NULL));
	assert_int_equal(SysStringLen(NULL), 0);
	SysFreeString(NULL);
	assert_null(SysAllocStringLen(NULL, UINT32_MAX));

	text = SysAllocString(u"");
	assert_int_equal(SysStringLen(text), 0);
	assert_int_equal(*text, 0);
	SysFreeString(text);

	text = SysAllocStringLen(inside, 3);
	assert_int_equal(SysStringLen(text), 3);
	assert_memory_equal(text, inside, sizeof(inside));
	assert_int_equal(text[3], 0);
	/* The length is in the 4 bytes before it, in bytes. */
	assert_int_equal(((DWORD *)text)[-1], 6);

	VariantInit(&variant);
	assert_int_equal(variant.vt, VT_EMPTY);
	variant.vt = VT_BSTR;
	variant.bstrVal = text;
	assert_result(VariantClear(&variant), S_OK);
	assert_int_equal(variant.vt, VT_EMPTY);
	variant.vt = VT_ARRAY | VT_DISPATCH;
	assert_result(VariantClear(&variant), E_INVALIDARG);
	assert_result(VariantClear(NULL), E_INVALIDARG);
	VariantInit(&variant);
	variant.vt = VT_DISPATCH;
	variant.pdispVal = (IDispatch *)create_tapi();
	assert_result(VariantClear(&variant), S_OK);
}

/*
 * Sinks.
 */

static HRESULT WINAPI refuse(ITTAPIEventNotification *self, REFIID iid, void **out)
{
	(void)self;
	(void)iid;
	*out = NULL;
	return E_NOINTERFACE;
}

static void connection_points(void **state)
{
	static const ITTAPIEventNotificationVtbl deaf = { .QueryInterface = refuse };
	ITTAPIEventNotification stranger = { &deaf };
	IConnectionPointContainer *container, *same;
	IEnumConnectionPoints *points;
	IEnumConnections *connections;
	DWORD cookies[3], cookie = 9;
	struct sink *a = sink_new(), *b = sink_new();
	IConnectionPoint *point;
	CONNECTDATA data[3];
	ITTAPI *tapi = create_tapi();
	ULONG count;
	IID iid;

	(void)state;
	assert_result(ITTAPI_QueryInterface(tapi, &IID_IConnectionPointContainer,
					    (void **)&container), S_OK);
	assert_result(container->lpVtbl->FindConnectionPoint(container, &IID_ITTAPI, &point),
		      CONNECT_E_NOCONNECTION);
	assert_null(point);
	assert_result(container->lpVtbl->FindConnectionPoint(container, &IID_ITTAPI, NULL),
		      E_POINTER);
	assert_result(container->lpVtbl->EnumConnectionPoints(container, &points), S_OK);
	assert_result(points->lpVtbl->Next(points, 1, &point, NULL), S_OK);
	assert_result(points->lpVtbl->Skip(points, 1), S_FALSE);
	points->lpVtbl->Release(points);

	assert_result(point->lpVtbl->GetConnectionInterface(point, &iid), S_OK);
	assert_memory_equal(&iid, &IID_ITTAPIEventNotification, sizeof(iid));
	assert_result(point->lpVtbl->GetConnectionPointContainer(point, &same), S_OK);
	assert_ptr_equal(same, container);
	same->lpVtbl->Release(same);

	assert_result(point->lpVtbl->Advise(point, (IUnknown *)&stranger, &cookie),
		      CONNECT_E_CANNOTCONNECT);
	assert_int_equal(cookie, 0);
	assert_result(point->lpVtbl->Advise(point, NULL, &cookie), E_POINTER);
	assert_result(point->lpVtbl->Advise(point, (IUnknown *)&a->notify, NULL), E_POINTER);
	assert_result(point->lpVtbl->Unadvise(point, 0), CONNECT_E_NOCONNECTION);

	/* One sink may be there twice. */
	assert_result(point->lpVtbl->Advise(point, (IUnknown *)&a->notify, &cookies[0]), S_OK);
	assert_result(point->lpVtbl->Advise(point, (IUnknown *)&b->notify, &cookies[1]), S_OK);
	assert_result(point->lpVtbl->Advise(point, (IUnknown *)&a->notify, &cookies[2]), S_OK);
	assert_int_equal(atomic_load(&a->refs), 3);
	assert_int_not_equal(cookies[0], cookies[2]);

	assert_result(point->lpVtbl->EnumConnections(point, &connections), S_OK);
	assert_result(connections->lpVtbl->Next(connections, 3, data, NULL), E_POINTER);
	assert_result(connections->lpVtbl->Next(connections, 3, data, &count), S_OK);
	assert_int_equal(data[1].dwCookie, cookies[1]);
	assert_ptr_equal(data[1].pUnk, &b->notify);
	for (count = 0; count < 3; count++)
		IUnknown_Release(data[count].pUnk);
	connections->lpVtbl->Release(connections);

	/* A cookie is good once, and does not come again. */
	assert_result(point->lpVtbl->Unadvise(point, cookies[0]), S_OK);
	assert_result(point->lpVtbl->Unadvise(point, cookies[0]), CONNECT_E_NOCONNECTION);
	assert_int_equal(atomic_load(&a->refs), 2);
	assert_result(point->lpVtbl->Advise(point, (IUnknown *)&a->notify, &cookie), S_OK);
	assert_int_not_equal(cookie, cookies[0]);
	assert_result(point->lpVtbl->Unadvise(point, cookie), S_OK);

	/* The point holds the TAPI object; what is still advised is released with that. */
	container->lpVtbl->Release(container);
	assert_int_not_equal(ITTAPI_Release(tapi), 0);
	assert_int_equal(tapi3_objects(TAPI3_TAPI), 1);
	point->lpVtbl->Release(point);
	assert_int_equal(tapi3_objects(TAPI3_TAPI), 0);
	sink_free(a);
	sink_free(b);
}

static void several_sinks(void **state)
{
	struct sink *other = sink_new();
	struct pair pair;
	DWORD cookie;

	(void)state;
	world_begin();
	cookie = sink_advise(other, world.tapi);
	pair = connect_pair();
	sink_expect(other, "hub new; hub join; state INPROGRESS; hub new; hub join;"
		    "notification owner; state OFFERING; state CONNECTED; state CONNECTED;");
	assert_result(sink_unadvise(world.tapi, cookie), S_OK);
	sink_free(other);
	assert_result(ITBasicCallControl_Disconnect(pair.caller, DC_NORMAL), S_OK);
	sink_await(world.sink, "state DISCONNECTED NORMAL");
	release_pair(&pair);
	world_end();
}

static void unadvise_in_event(struct sink *sink, const char *text, IDispatch *event)
{
	(void)event;
	if (strcmp(text, "hub new"))
		return;
	assert_result(sink_unadvise(world.tapi, world.cookie), S_OK);
	/* It is in an Event(), so it is held as long as that lasts. */
	assert_int_equal(atomic_load(&sink->refs), 2);
}

static void unadvise_inside(void **state)
{
	ITBasicCallControl *call;

	(void)state;
	world_begin();
	world_hook(unadvise_in_event, NULL);
	call = new_call(0, u"ringing");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
	sink_expect(world.sink, "hub new;");
	assert_result(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
	ITBasicCallControl_Release(call);
	sink_expect(world.sink, ";");
	release_addresses();
	sink_free(world.sink);
	assert_result(ITTAPI_Shutdown(world.tapi), S_OK);
	ITTAPI_Release(world.tapi);
}

static void sleep_in_event(struct sink *sink, const char *text, IDispatch *event)
{
	(void)sink;
	(void)event;
	if (!strcmp(text, "hub new"))
		pause_ms(300);
}

/* From another thread it waits for the Event() that is running, and none begins after it. */
static void unadvise_outside(void **state)
{
	ITBasicCallControl *call;

	(void)state;
	world_begin();
	world_hook(sleep_in_event, NULL);
	call = new_call(0, u"ringing");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
	sink_expect(world.sink, "hub new");
	assert_int_equal(atomic_load(&world.sink->running), 1);
	assert_result(sink_unadvise(world.tapi, world.cookie), S_OK);
	assert_int_equal(atomic_load(&world.sink->running), 0);
	assert_int_equal(atomic_load(&world.sink->refs), 1);
	sink_expect(world.sink, ";");
	sink_free(world.sink);
	ITBasicCallControl_Release(call);
	release_addresses();
	assert_result(ITTAPI_Shutdown(world.tapi), S_OK);
	ITTAPI_Release(world.tapi);
}

static void filter(void **state)
{
	struct pair pair;
	LONG mask;

	(void)state;
	world_begin();
	assert_result(ITTAPI_get_EventFilter(world.tapi, NULL), E_POINTER);
	assert_result(ITTAPI_get_EventFilter(world.tapi, &mask), S_OK);
	assert_int_equal(mask, ALL_EVENTS);
	assert_result(ITTAPI_put_EventFilter(world.tapi, TE_CALLNOTIFICATION | TE_CALLSTATE), S_OK);
	pair = connect_pair();
	assert_result(ITTAPI_put_EventFilter(world.tapi, 0), S_OK);
	assert_result(ITBasicCallControl_Disconnect(pair.caller, DC_NORMAL), S_OK);
	sink_expect(world.sink, ";");
	release_pair(&pair);
	world_end();
}

/* Who has not said which events it wants is told of none, whatever happens. */
static void default_filter(void **state)
{
	ITBasicCallControl *call;
	LONG mask = 1;

	(void)state;
	world.tapi = create_tapi();
	assert_result(ITTAPI_Initialize(world.tapi), S_OK);
	get_addresses(world.tapi, world.addresses);
	world.sink = sink_new();
	world.cookie = sink_advise(world.sink, world.tapi);
	assert_result(ITTAPI_get_EventFilter(world.tapi, &mask), S_OK);
	assert_int_equal(mask, 0);
	listen_at(1);
	fake_line_state(1, LINEDEVSTATE_RINGING);
	call = new_call(0, u"busy");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_TRUE), TAPI_E_DESTBUSY);
	ITBasicCallControl_Release(call);
	fake_remove(0);
	fake_create(0);
	sink_expect(world.sink, ";");
	/* It is only the filter. */
	assert_result(ITTAPI_put_EventFilter(world.tapi, TE_ADDRESS), S_OK);
	fake_line_state(1, LINEDEVSTATE_RINGING);
	sink_expect(world.sink, "address 2;");
	world_end();
}

/**
 * struct makers - who makes calls while somebody else lists them
 * @is_done: the last was made
 * @made: by CreateCall()
 */
struct makers {
	atomic_bool is_done;
	ITBasicCallControl *made[300];
};

static void *make_calls(void *data)
{
	struct makers *makers = data;
	int i;

	for (i = 0; i < 300; i++)
		makers->made[i] = new_call(0, u"200");
	atomic_store(&makers->is_done, true);
	return NULL;
}

/* A call is listed when all is known of it that it was made with. */
static void calls_are_whole(void **state)
{
	static struct makers makers;
	IEnumCall *enumerator;
	pthread_t thread;
	ITCallInfo *info;
	bool is_last;
	LONG types;
	BSTR text;
	int i;

	(void)state;
	world_begin();
	pthread_create(&thread, NULL, make_calls, &makers);
	do {
		is_last = atomic_load(&makers.is_done);
		assert_result(ITAddress_EnumerateCalls(world.addresses[0], &enumerator), S_OK);
		/* The newest is the first. */
		if (IEnumCall_Next(enumerator, 1, &info, NULL) == S_OK) {
			assert_result(ITCallInfo_get_CallInfoString(info, CIS_CALLEDIDNUMBER,
								    &text), S_OK);
			assert_memory_equal(text, u"200", 8);
			SysFreeString(text);
			assert_result(ITCallInfo_get_CallInfoLong(info, CIL_MEDIATYPESAVAILABLE,
								  &types), S_OK);
			assert_int_equal(types, LINEMEDIAMODE_DIGITALDATA);
			assert_result(ITCallInfo_get_CallInfoLong(info, CIL_CALLEDIDADDRESSTYPE,
								  &types), S_OK);
			assert_int_equal(types, LINEADDRESSTYPE_PHONENUMBER);
			ITCallInfo_Release(info);
		}
		IEnumCall_Release(enumerator);
	} while (!is_last);
	pthread_join(thread, NULL);
	for (i = 0; i < 300; i++)
		ITBasicCallControl_Release(makers.made[i]);
	world_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(interfaces), WORLD_TEST(creation), WORLD_TEST(dispatch),
		WORLD_TEST(strings), WORLD_TEST(connection_points), WORLD_TEST(several_sinks),
		WORLD_TEST(unadvise_inside), WORLD_TEST(unadvise_outside), WORLD_TEST(filter),
		WORLD_TEST(default_filter), WORLD_TEST(calls_are_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
