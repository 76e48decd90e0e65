// SPDX-License-Identifier: GPL-2.0
/*
 * The objects of TAPI 3, over functions of tapi.h that need no kernel (tapi3/fake.c): references
 * and interfaces, sinks, who reads while who waits, and all the ends. It runs anywhere.
 *
 * After each test no object lives, and no application, line or call is open.
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
#include "tapi3/fake.h"
#include "tapi3/sink.h"

#define ALL_EVENTS 0x3ffffff
#define PATIENCE_MS 20000

/* A TAPI object and what most tests want of it. */
struct world {
	ITTAPI *tapi;
	ITAddress *addresses[FAKE_DEVICES];
	struct sink *sink;
	DWORD cookie;
};

static struct world world;

static void pause_ms(long milliseconds)
{
	const struct timespec time = { milliseconds / 1000, milliseconds % 1000 * 1000000 };

	nanosleep(&time, NULL);
}

static ITTAPI *create(void)
{
	ITTAPI *tapi;

	assert_result(TapiCreateInstance(&CLSID_TAPI, &IID_ITTAPI, (void **)&tapi), S_OK);
	return tapi;
}

static void get_addresses(ITTAPI *tapi, ITAddress *addresses[FAKE_DEVICES])
{
	IEnumAddress *enumerator;
	ULONG count;

	assert_result(ITTAPI_EnumerateAddresses(tapi, &enumerator), S_OK);
	assert_result(IEnumAddress_Next(enumerator, FAKE_DEVICES, addresses, &count), S_OK);
	assert_int_equal(count, FAKE_DEVICES);
	IEnumAddress_Release(enumerator);
}

static void begin(void)
{
	world.tapi = create();
	assert_result(ITTAPI_Initialize(world.tapi), S_OK);
	get_addresses(world.tapi, world.addresses);
	world.sink = sink_new();
	world.cookie = sink_advise(world.sink, world.tapi);
	assert_result(ITTAPI_put_EventFilter(world.tapi, ALL_EVENTS), S_OK);
}

static void hook(void (*function)(struct sink *sink, const char *text, IDispatch *event),
		 void *data)
{
	pthread_mutex_lock(&world.sink->lock);
	world.sink->hook = function;
	world.sink->data = data;
	pthread_mutex_unlock(&world.sink->lock);
}

static void release_addresses(void)
{
	ITAddress_Release(world.addresses[0]);
	ITAddress_Release(world.addresses[1]);
}

/* In order: all of it. */
static void end(void)
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
static int nothing_is_left(void **state)
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

static ITBasicCallControl *new_call(int from, const WCHAR *number)
{
	BSTR text = SysAllocString(number);
	ITBasicCallControl *call;

	assert_result(ITAddress_CreateCall(world.addresses[from], text, LINEADDRESSTYPE_PHONENUMBER,
					   LINEMEDIAMODE_DIGITALDATA, &call), S_OK);
	SysFreeString(text);
	return call;
}

static LONG listen_at(int device)
{
	LONG cookie;

	assert_result(ITTAPI_RegisterCallNotifications(world.tapi, world.addresses[device],
						       VARIANT_FALSE, VARIANT_TRUE,
						       LINEMEDIAMODE_DIGITALDATA, 7, &cookie), S_OK);
	return cookie;
}

static CALL_STATE state_of(void *unknown)
{
	CALL_STATE state;
	ITCallInfo *info;

	assert_result(IUnknown_QueryInterface((IUnknown *)unknown, &IID_ITCallInfo,
					      (void **)&info), S_OK);
	assert_result(ITCallInfo_get_CallState(info, &state), S_OK);
	ITCallInfo_Release(info);
	return state;
}

static ITBasicCallControl *control_of(ITCallInfo *info)
{
	ITBasicCallControl *control;

	assert_result(ITCallInfo_QueryInterface(info, &IID_ITBasicCallControl, (void **)&control),
		      S_OK);
	ITCallInfo_Release(info);
	return control;
}

/* Device 0 calls device 1, which answers. */
struct pair {
	ITBasicCallControl *caller;
	ITBasicCallControl *callee;
	LONG cookie;
};

static struct pair connect_pair(void)
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

static void release_pair(struct pair *pair)
{
	ITBasicCallControl_Release(pair->caller);
	ITBasicCallControl_Release(pair->callee);
	assert_result(ITTAPI_UnregisterNotifications(world.tapi, pair->cookie), S_OK);
}

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
	begin();
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
	end();
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
	ITTAPI *tapi = create();
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
	variant.pdispVal = (IDispatch *)create();
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
	ITTAPI *tapi = create();
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
	begin();
	cookie = sink_advise(other, world.tapi);
	pair = connect_pair();
	sink_expect(other, "hub new; hub join; state INPROGRESS; hub new; hub join;"
		    "notification owner; state OFFERING; state CONNECTED; state CONNECTED;");
	assert_result(sink_unadvise(world.tapi, cookie), S_OK);
	sink_free(other);
	assert_result(ITBasicCallControl_Disconnect(pair.caller, DC_NORMAL), S_OK);
	sink_await(world.sink, "state DISCONNECTED NORMAL");
	release_pair(&pair);
	end();
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
	begin();
	hook(unadvise_in_event, NULL);
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
	begin();
	hook(sleep_in_event, NULL);
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
	begin();
	assert_result(ITTAPI_get_EventFilter(world.tapi, NULL), E_POINTER);
	assert_result(ITTAPI_get_EventFilter(world.tapi, &mask), S_OK);
	assert_int_equal(mask, ALL_EVENTS);
	assert_result(ITTAPI_put_EventFilter(world.tapi, TE_CALLNOTIFICATION | TE_CALLSTATE), S_OK);
	pair = connect_pair();
	assert_result(ITTAPI_put_EventFilter(world.tapi, 0), S_OK);
	assert_result(ITBasicCallControl_Disconnect(pair.caller, DC_NORMAL), S_OK);
	sink_expect(world.sink, ";");
	release_pair(&pair);
	end();
}

/*
 * ITTAPI, in each of its states.
 */

static void not_initialised(ITTAPI *tapi, ITAddress *address, HRESULT shutdown)
{
	VARIANT variant, empty = { 0 };
	IEnumUnknown *unknowns;
	IEnumCallHub *hubs;
	IEnumAddress *addresses;
	BSTR file = SysAllocString(u"program");
	LONG mask, cookie = 1;

	assert_result(ITTAPI_Shutdown(tapi), shutdown);
	assert_result(ITTAPI_get_Addresses(tapi, &variant), E_INVALIDARG);
	assert_int_equal(variant.vt, VT_EMPTY);
	assert_result(ITTAPI_get_Addresses(tapi, NULL), E_POINTER);
	assert_result(ITTAPI_EnumerateAddresses(tapi, &addresses), E_INVALIDARG);
	assert_null(addresses);
	assert_result(ITTAPI_EnumerateAddresses(tapi, NULL), E_POINTER);
	assert_result(ITTAPI_RegisterCallNotifications(tapi, address, VARIANT_TRUE, VARIANT_TRUE,
						       LINEMEDIAMODE_DIGITALDATA, 0, &cookie),
		      TAPI_E_NOT_INITIALIZED);
	assert_int_equal(cookie, 0);
	assert_result(ITTAPI_RegisterCallNotifications(tapi, address, VARIANT_TRUE, VARIANT_TRUE,
						       LINEMEDIAMODE_DIGITALDATA, 0, NULL),
		      E_POINTER);
	assert_result(ITTAPI_UnregisterNotifications(tapi, 1), E_INVALIDARG);
	assert_result(ITTAPI_get_CallHubs(tapi, &variant), E_INVALIDARG);
	assert_result(ITTAPI_get_CallHubs(tapi, NULL), E_POINTER);
	assert_result(ITTAPI_EnumerateCallHubs(tapi, &hubs), E_INVALIDARG);
	assert_result(ITTAPI_EnumerateCallHubs(tapi, NULL), E_POINTER);
	assert_result(ITTAPI_SetCallHubTracking(tapi, empty, VARIANT_TRUE), E_INVALIDARG);
	assert_result(ITTAPI_EnumeratePrivateTAPIObjects(tapi, &unknowns), E_NOTIMPL);
	assert_result(ITTAPI_get_PrivateTAPIObjects(tapi, &variant), E_NOTIMPL);
	assert_result(ITTAPI_RegisterRequestRecipient(tapi, 0, LINEREQUESTMODE_MAKECALL,
						      VARIANT_TRUE), E_INVALIDARG);
	assert_result(ITTAPI_SetAssistedTelephonyPriority(tapi, file, VARIANT_TRUE), S_OK);
	assert_result(ITTAPI_SetApplicationPriority(tapi, file, LINEMEDIAMODE_DIGITALDATA,
						    VARIANT_TRUE), S_OK);
	assert_result(ITTAPI_put_EventFilter(tapi, ALL_EVENTS), S_OK);
	assert_result(ITTAPI_get_EventFilter(tapi, &mask), S_OK);
	SysFreeString(file);
}

static void initialised(ITTAPI *tapi)
{
	ITAddress *addresses[FAKE_DEVICES];
	VARIANT variant, empty = { 0 };
	IEnumUnknown *unknowns;
	ITCollection *collection;
	IEnumCallHub *hubs;
	LONG cookie, count;
	BSTR file = SysAllocString(u"program");

	assert_result(ITTAPI_Initialize(tapi), S_FALSE);
	get_addresses(tapi, addresses);
	assert_result(ITTAPI_get_Addresses(tapi, &variant), S_OK);
	assert_int_equal(variant.vt, VT_DISPATCH);
	collection = (ITCollection *)variant.pdispVal;
	assert_result(ITCollection_get_Count(collection, &count), S_OK);
	assert_int_equal(count, FAKE_DEVICES);
	VariantClear(&variant);
	assert_result(ITTAPI_RegisterCallNotifications(tapi, NULL, VARIANT_TRUE, VARIANT_TRUE,
						       LINEMEDIAMODE_DIGITALDATA, 0, &cookie),
		      E_POINTER);
	assert_result(ITTAPI_RegisterCallNotifications(tapi, addresses[0], VARIANT_FALSE,
						       VARIANT_FALSE, LINEMEDIAMODE_DIGITALDATA, 0,
						       &cookie), E_INVALIDARG);
	assert_result(ITTAPI_RegisterCallNotifications(tapi, addresses[0], VARIANT_FALSE,
						       VARIANT_TRUE, TAPIMEDIATYPE_AUDIO, 0,
						       &cookie), TAPI_E_INVALIDMEDIATYPE);
	assert_result(ITTAPI_RegisterCallNotifications(tapi, addresses[0], VARIANT_TRUE,
						       VARIANT_FALSE, 0, 0, &cookie), S_OK);
	assert_int_equal(fake_counts().lines, 1);
	assert_result(ITTAPI_UnregisterNotifications(tapi, cookie + 1), E_INVALIDARG);
	assert_result(ITTAPI_UnregisterNotifications(tapi, cookie), S_OK);
	assert_int_equal(fake_counts().lines, 0);
	assert_result(ITTAPI_UnregisterNotifications(tapi, cookie), E_INVALIDARG);
	assert_result(ITTAPI_get_CallHubs(tapi, &variant), S_OK);
	VariantClear(&variant);
	assert_result(ITTAPI_EnumerateCallHubs(tapi, &hubs), S_OK);
	IEnumCallHub_Release(hubs);
	assert_result(ITTAPI_SetCallHubTracking(tapi, empty, VARIANT_TRUE), S_OK);
	variant.vt = VT_ARRAY | VT_DISPATCH;
	assert_result(ITTAPI_SetCallHubTracking(tapi, variant, VARIANT_TRUE), E_INVALIDARG);
	assert_result(ITTAPI_EnumeratePrivateTAPIObjects(tapi, &unknowns), E_NOTIMPL);
	assert_result(ITTAPI_get_PrivateTAPIObjects(tapi, &variant), E_NOTIMPL);
	assert_result(ITTAPI_RegisterRequestRecipient(tapi, 3, LINEREQUESTMODE_MAKECALL,
						      VARIANT_TRUE), S_OK);
	assert_result(ITTAPI_RegisterRequestRecipient(tapi, 3, 64, VARIANT_TRUE), E_INVALIDARG);
	assert_result(ITTAPI_RegisterRequestRecipient(tapi, 3, LINEREQUESTMODE_MAKECALL,
						      VARIANT_FALSE), S_OK);
	assert_result(ITTAPI_SetAssistedTelephonyPriority(tapi, NULL, VARIANT_TRUE), E_POINTER);
	assert_result(ITTAPI_SetApplicationPriority(tapi, NULL, 0, VARIANT_TRUE), E_POINTER);
	assert_result(ITTAPI_SetApplicationPriority(tapi, file, 0, VARIANT_TRUE), E_INVALIDARG);
	SysFreeString(file);
	ITAddress_Release(addresses[0]);
	ITAddress_Release(addresses[1]);
}

static void results(void **state)
{
	ITAddress *addresses[FAKE_DEVICES];
	ITTAPI *tapi = create();
	LONG cookie;

	(void)state;
	not_initialised(tapi, NULL, TAPI_E_NOT_INITIALIZED);
	fake_fail_initialize(LINEERR_REINIT);
	assert_result(ITTAPI_Initialize(tapi), TAPI_E_REINIT);
	fake_fail_initialize(LINEERR_NOMEM);
	assert_result(ITTAPI_Initialize(tapi), E_OUTOFMEMORY);
	not_initialised(tapi, NULL, TAPI_E_NOT_INITIALIZED);
	assert_result(ITTAPI_Initialize(tapi), S_OK);
	initialised(tapi);
	get_addresses(tapi, addresses);
	assert_result(ITTAPI_Shutdown(tapi), S_OK);
	not_initialised(tapi, addresses[0], S_FALSE);
	assert_result(ITTAPI_Initialize(tapi), S_OK);
	initialised(tapi);
	/* An address of before is none of this session's. */
	assert_result(ITTAPI_RegisterCallNotifications(tapi, addresses[0], VARIANT_TRUE,
						       VARIANT_FALSE, 0, 0, &cookie), E_INVALIDARG);
	ITAddress_Release(addresses[0]);
	ITAddress_Release(addresses[1]);
	assert_result(ITTAPI_Shutdown(tapi), S_OK);
	assert_result(ITTAPI_Shutdown(tapi), S_FALSE);
	assert_int_equal(ITTAPI_Release(tapi), 0);
}

static void addresses(void **state)
{
	IEnumAddress *enumerator, *copy;
	ITAddressCapabilities *capabilities;
	ITAddress *again[FAKE_DEVICES];
	ADDRESS_STATE address_state;
	ITBasicCallControl *call;
	ITMediaSupport *media;
	ULONG count = 7;
	LONG value;
	ITTAPI *tapi;
	BSTR text;

	(void)state;
	begin();
	/* The same object, as long as anybody has it. */
	get_addresses(world.tapi, again);
	assert_ptr_equal(again[0], world.addresses[0]);
	ITAddress_Release(again[0]);
	ITAddress_Release(again[1]);
	assert_int_equal(tapi3_objects(TAPI3_ADDRESS), 2);

	assert_result(ITTAPI_EnumerateAddresses(world.tapi, &enumerator), S_OK);
	assert_result(IEnumAddress_Next(enumerator, 2, again, NULL), E_POINTER);
	assert_result(IEnumAddress_Next(enumerator, 1, again, NULL), S_OK);
	ITAddress_Release(again[0]);
	assert_result(IEnumAddress_Clone(enumerator, &copy), S_OK);
	assert_result(IEnumAddress_Next(enumerator, 2, again, &count), S_FALSE);
	assert_int_equal(count, 1);
	assert_ptr_equal(again[0], world.addresses[1]);
	ITAddress_Release(again[0]);
	assert_result(IEnumAddress_Skip(enumerator, 1), S_FALSE);
	assert_result(IEnumAddress_Reset(enumerator), S_OK);
	assert_result(IEnumAddress_Skip(enumerator, 2), S_OK);
	assert_result(IEnumAddress_Skip(copy, 1), S_OK);
	IEnumAddress_Release(copy);
	IEnumAddress_Release(enumerator);

	assert_result(ITAddress_get_State(world.addresses[0], &address_state), S_OK);
	assert_int_equal(address_state, AS_INSERVICE);
	assert_result(ITAddress_get_AddressName(world.addresses[0], &text), S_OK);
	assert_int_equal(SysStringLen(text), 6);
	SysFreeString(text);
	assert_result(ITAddress_get_DialableAddress(world.addresses[1], &text), S_OK);
	assert_memory_equal(text, u"200", 8);
	SysFreeString(text);
	assert_result(ITAddress_get_TAPIObject(world.addresses[0], &tapi), S_OK);
	assert_ptr_equal(tapi, world.tapi);
	ITTAPI_Release(tapi);
	assert_result(ITAddress_QueryInterface(world.addresses[1], &IID_ITMediaSupport,
					       (void **)&media), S_OK);
	assert_result(ITMediaSupport_get_MediaTypes(media, &value), S_OK);
	assert_int_equal(value, 0x112);
	ITMediaSupport_Release(media);
	assert_result(ITAddress_QueryInterface(world.addresses[1], &IID_ITAddressCapabilities,
					       (void **)&capabilities), S_OK);
	assert_result(ITAddressCapabilities_get_AddressCapability(capabilities, AC_MAXACTIVECALLS,
								  &value), S_OK);
	assert_int_equal(value, 4);
	assert_result(ITAddressCapabilities_get_AddressCapability(capabilities, 99, &value),
		      E_INVALIDARG);
	ITAddressCapabilities_Release(capabilities);

	assert_result(ITAddress_CreateCall(world.addresses[0], NULL, LINEADDRESSTYPE_SDP,
					   LINEMEDIAMODE_DIGITALDATA, &call), E_INVALIDARG);
	assert_null(call);
	assert_result(ITAddress_CreateCall(world.addresses[0], NULL, LINEADDRESSTYPE_PHONENUMBER,
					   TAPIMEDIATYPE_VIDEO, &call), TAPI_E_INVALIDMEDIATYPE);
	assert_result(ITAddress_CreateCall(world.addresses[0], NULL, LINEADDRESSTYPE_PHONENUMBER,
					   LINEMEDIAMODE_DIGITALDATA, NULL), E_POINTER);
	end();
}

/*
 * Calls.
 */

static void call_life(void **state)
{
	struct pair pair;
	unsigned int before = fake_drops();

	(void)state;
	begin();
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
	end();
}

static void disconnect_matrix(void **state)
{
	ITBasicCallControl *call;
	unsigned int before;

	(void)state;
	begin();
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
	end();
}

/* Two minutes, which are two seconds here. */
static void timeouts(void **state)
{
	ITBasicCallControl *call;

	(void)state;
	begin();
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
	end();
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
	begin();
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
	end();
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
	begin();
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
	end();
}

/* Nobody asks for it, so nobody keeps it: the caller is told. */
static void unwanted_call(void **state)
{
	ITBasicCallControl *call;
	LONG cookie;

	(void)state;
	begin();
	cookie = listen_at(1);
	assert_result(ITTAPI_put_EventFilter(world.tapi, 0), S_OK);
	call = new_call(0, u"200");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_TRUE), TAPI_E_DROPPED);
	assert_int_equal(state_of(call), CS_DISCONNECTED);
	ITBasicCallControl_Release(call);
	assert_result(ITTAPI_UnregisterNotifications(world.tapi, cookie), S_OK);
	end();
}

/* Its calls live on; no new one comes; the line is closed with the last of them. */
static void unregister_keeps_calls(void **state)
{
	ITBasicCallControl *other;
	struct pair pair;

	(void)state;
	begin();
	pair = connect_pair();
	assert_result(ITTAPI_UnregisterNotifications(world.tapi, pair.cookie), S_OK);
	assert_result(ITTAPI_UnregisterNotifications(world.tapi, pair.cookie), E_INVALIDARG);
	assert_int_equal(state_of(pair.callee), CS_CONNECTED);
	other = new_call(0, u"200");
	assert_result(ITBasicCallControl_Connect(other, VARIANT_TRUE), TAPI_E_DROPPED);
	ITBasicCallControl_Release(other);
	assert_result(ITBasicCallControl_Disconnect(pair.callee, DC_NORMAL), S_OK);
	ITBasicCallControl_Release(pair.caller);
	assert_int_equal(fake_counts().lines, 1);
	ITBasicCallControl_Release(pair.callee);
	assert_int_equal(fake_counts().lines, 0);
	end();
}

/* Released without Disconnect(): the call goes. */
static void release_is_enough(void **state)
{
	struct pair pair;

	(void)state;
	begin();
	pair = connect_pair();
	assert_int_equal(ITBasicCallControl_Release(pair.caller), 0);
	sink_expect(world.sink, "state DISCONNECTED NORMAL; hub leave; hub idle;");
	assert_int_equal(ITBasicCallControl_Release(pair.callee), 0);
	assert_int_equal(fake_counts().calls, 0);
	assert_result(ITTAPI_UnregisterNotifications(world.tapi, pair.cookie), S_OK);
	end();
}

static void requests(void **state)
{
	(void)state;
	begin();
	assert_result(ITTAPI_RegisterRequestRecipient(world.tapi, 3, LINEREQUESTMODE_MAKECALL,
						      VARIANT_TRUE), S_OK);
	fake_request(3);
	sink_expect(world.sink, "request 7; request 7; request 7;");
	end();
}

/*
 * What comes from below.
 */

static void line_closes(void **state)
{
	struct pair pair;

	(void)state;
	begin();
	pair = connect_pair();
	fake_close_lines(1);
	sink_await(world.sink, "tapi close");
	assert_int_equal(state_of(pair.callee), CS_DISCONNECTED);
	assert_result(ITBasicCallControl_Disconnect(pair.callee, DC_NORMAL), S_FALSE);
	assert_result(ITBasicCallControl_Disconnect(pair.caller, DC_NORMAL), S_OK);
	/* The cookie is good for one UnregisterNotifications() all the same. */
	release_pair(&pair);
	assert_result(ITTAPI_UnregisterNotifications(world.tapi, pair.cookie), E_INVALIDARG);
	end();
}

static void devices_come_and_go(void **state)
{
	ADDRESS_STATE address_state;
	IEnumAddress *enumerator;

	(void)state;
	begin();
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
	end();
}

/*
 * Inside Event(), and while somebody is in one.
 */

static void call_in_event(struct sink *sink, const char *text, IDispatch *event)
{
	ITBasicCallControl **calls = sink->data;

	(void)event;
	if (!strcmp(text, "request 7")) {
		assert_result(ITBasicCallControl_Connect(calls[0], VARIANT_TRUE), S_OK);
		assert_result(ITBasicCallControl_Disconnect(calls[0], DC_NORMAL), S_OK);
		atomic_store((atomic_bool *)&calls[1], true);
	}
}

/*
 * A second TAPI object answers, in its own callback thread, so that the first one's can wait for
 * the connection in an Event().
 */
struct answerer {
	struct sink *sink;
	ITTAPI *tapi;
	ITAddress *addresses[FAKE_DEVICES];
	LONG cookie;
};

static void answer_in_event(struct sink *sink, const char *text, IDispatch *event)
{
	ITCallInfo *info;

	(void)event;
	if (strcmp(text, "state OFFERING"))
		return;
	info = sink_take_call(sink);
	if (info)
		sink->data = control_of(info);
	assert_result(ITBasicCallControl_Answer((ITBasicCallControl *)sink->data), S_OK);
}

static struct answerer answerer_begin(void)
{
	struct answerer answerer;

	answerer.tapi = create();
	assert_result(ITTAPI_Initialize(answerer.tapi), S_OK);
	get_addresses(answerer.tapi, answerer.addresses);
	answerer.sink = sink_new();
	answerer.sink->hook = answer_in_event;
	sink_advise(answerer.sink, answerer.tapi);
	assert_result(ITTAPI_put_EventFilter(answerer.tapi, ALL_EVENTS), S_OK);
	assert_result(ITTAPI_RegisterCallNotifications(answerer.tapi, answerer.addresses[1],
						       VARIANT_FALSE, VARIANT_TRUE,
						       LINEMEDIAMODE_DIGITALDATA, 0,
						       &answerer.cookie), S_OK);
	return answerer;
}

static void answerer_end(struct answerer *answerer)
{
	ITAddress_Release(answerer->addresses[0]);
	ITAddress_Release(answerer->addresses[1]);
	assert_result(ITTAPI_Shutdown(answerer->tapi), S_OK);
	if (answerer->sink->data)
		ITBasicCallControl_Release((ITBasicCallControl *)answerer->sink->data);
	ITTAPI_Release(answerer->tapi);
	sink_free(answerer->sink);
}

static void waits_inside(void **state)
{
	struct answerer answerer;
	ITBasicCallControl *calls[2] = { NULL, NULL };
	int i;

	(void)state;
	begin();
	answerer = answerer_begin();
	calls[0] = new_call(0, u"200");
	hook(call_in_event, calls);
	fake_request(1);
	for (i = 0; i < PATIENCE_MS && !atomic_load((atomic_bool *)&calls[1]); i++)
		pause_ms(1);
	assert_true(atomic_load((atomic_bool *)&calls[1]));
	/* All that happened meanwhile is told afterwards, in order. */
	sink_expect(world.sink, "request 7; hub new; hub join; state INPROGRESS; state CONNECTED;"
		    "state DISCONNECTED NORMAL; hub leave; hub idle;");
	hook(NULL, NULL);
	ITBasicCallControl_Release(calls[0]);
	answerer_end(&answerer);
	end();
}

static void block_in_event(struct sink *sink, const char *text, IDispatch *event)
{
	pthread_mutex_t *mutex = sink->data;

	(void)event;
	if (strcmp(text, "request 7"))
		return;
	pthread_mutex_lock(mutex);
	pthread_mutex_unlock(mutex);
}

/* An Event() that waits for a lock of ours holds up nobody's call. */
static void waits_beside(void **state)
{
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
	struct answerer answerer;
	ITBasicCallControl *call;

	(void)state;
	begin();
	answerer = answerer_begin();
	hook(block_in_event, &mutex);
	pthread_mutex_lock(&mutex);
	fake_request(1);
	sink_expect(world.sink, "request 7");
	call = new_call(0, u"200");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
	assert_result(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
	sink_expect(world.sink, ";");
	pthread_mutex_unlock(&mutex);
	sink_expect(world.sink, "hub new; hub join; state INPROGRESS; state CONNECTED;"
		    "state DISCONNECTED NORMAL; hub leave; hub idle;");
	ITBasicCallControl_Release(call);
	answerer_end(&answerer);
	end();
}

static void *disconnect_thread(void *data)
{
	return (void *)(intptr_t)ITBasicCallControl_Disconnect((ITBasicCallControl *)data,
							       DC_NORMAL);
}

/* Of two who disconnect at a time one has done it. */
static void disconnect_twice(void **state)
{
	void *results[2];
	pthread_t threads[2];
	struct pair pair;
	int i, round;

	(void)state;
	begin();
	for (round = 0; round < 20; round++) {
		pair = connect_pair();
		for (i = 0; i < 2; i++)
			pthread_create(&threads[i], NULL, disconnect_thread, pair.caller);
		for (i = 0; i < 2; i++)
			pthread_join(threads[i], &results[i]);
		assert_int_equal((intptr_t)results[0] + (intptr_t)results[1], S_OK + S_FALSE);
		sink_await(world.sink, "hub idle");
		sink_await(world.sink, "hub idle");
		release_pair(&pair);
	}
	end();
}

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
	unsigned int count;

	begin();
	listen_at(1);
	hook(shut_down_in_event, begins_again ? &world : NULL);
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
	ITCallInfo_Release(sink_take_call(world.sink));
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
	begin();
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
		begin();
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
	begin();
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
	begin();
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
	begin();
	release_addresses();
	hook(release_in_event, NULL);
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
	begin();
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
	begin();
	for (round = 0; round < 300; round++) {
		call = new_call(0, u"ringing");
		assert_result(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
		if (round % 3)
			sink_await(world.sink, "state INPROGRESS");
		pthread_create(&thread, NULL, release_thread, call);
		fake_hang_up(0);
		pthread_join(thread, NULL);
	}
	end();
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
	ITTAPI *tapi = create();
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
		begin();
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

/*
 * The ledger.
 */

static void report(char *text, size_t size)
{
	int fds[2];
	ssize_t length;

	assert_int_equal(pipe(fds), 0);
	tapi3_report(fds[1]);
	close(fds[1]);
	length = read(fds[0], text, size - 1);
	assert_true(length >= 0);
	text[length] = 0;
	close(fds[0]);
}

static void ledger(void **state)
{
	char text[4096], entry[64];

	(void)state;
	report(text, sizeof(text));
	assert_string_equal(text, "");
	begin();
	assert_int_equal(tapi3_objects(TAPI3_TAPI), 1);
	assert_int_equal(tapi3_objects(TAPI3_ADDRESS), 2);
	assert_int_equal(tapi3_objects(TAPI3_KINDS), 3);
	ITAddress_AddRef(world.addresses[0]);
	report(text, sizeof(text));
	assert_non_null(strstr(text, "3 objects are still referenced"));
	assert_non_null(strstr(text, "tapi3: ITTAPI 0x"));
	/* By kind and address; no stack, since the environment does not ask for it. */
	snprintf(entry, sizeof(entry), ": references: 2\n");
	assert_non_null(strstr(text, entry));
	assert_null(strstr(text, "made by"));
	ITAddress_Release(world.addresses[0]);
	end();
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, nothing_is_left)
	const struct CMUnitTest tests[] = {
		TEST(interfaces), TEST(creation), TEST(dispatch), TEST(strings),
		TEST(connection_points), TEST(several_sinks), TEST(unadvise_inside),
		TEST(unadvise_outside), TEST(filter), TEST(results), TEST(addresses),
		TEST(call_life), TEST(disconnect_matrix), TEST(timeouts), TEST(call_info),
		TEST(hubs), TEST(unwanted_call), TEST(unregister_keeps_calls),
		TEST(release_is_enough), TEST(requests), TEST(line_closes),
		TEST(devices_come_and_go), TEST(waits_inside), TEST(waits_beside),
		TEST(disconnect_twice), TEST(shut_down_inside), TEST(begin_again_inside),
		TEST(shut_down_while_waiting), TEST(shut_down_under_events),
		TEST(objects_after_shutdown), TEST(release_without_shutdown), TEST(release_inside),
		TEST(call_is_the_last), TEST(last_release_meets_message),
		TEST(last_release_meets_enumerator), TEST(ends_meet), TEST(ledger),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
