// SPDX-License-Identifier: GPL-2.0
/*
 * What each method of the TAPI object and of addresses answers, in each of its states; and what
 * becomes of a request that there is no memory for.
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

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
/* A sanitizer has its own. */
#define HAS_OWN_MALLOC

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);

/* So many allocations of other threads than the test's are left, the last of which is refused. */
static atomic_int left;
static _Thread_local bool is_test;

static bool is_refused(void)
{
	int before = is_test ? 0 : atomic_load(&left);

	while (before && !atomic_compare_exchange_weak(&left, &before, before - 1))
		;
	return before == 1;
}

void *malloc(size_t size)
{
	return is_refused() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return is_refused() ? NULL : __libc_calloc(count, size);
}

static void allocations_until_refusal(int granted)
{
	is_test = true;
	atomic_store(&left, granted + 1);
}

static int allocations_left(void)
{
	return atomic_load(&left);
}
#endif

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
						       VARIANT_TRUE, TAPIMEDIATYPE_VIDEO, 0,
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
	ITTAPI *tapi = create_tapi();
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

static HRESULT set_priority(ITTAPI *tapi, LONG media, VARIANT_BOOL is_first)
{
	BSTR file = SysAllocString(u"program");
	HRESULT result = ITTAPI_SetApplicationPriority(tapi, file, media, is_first);

	SysFreeString(file);
	return result;
}

/* Of all the media types at once, or of none: half of it would be what nobody asked for. */
static void priorities(void **state)
{
	ITTAPI *tapi = create_tapi();
	char asked[256];
	BSTR file;

	(void)state;
	fake_take_priorities(asked);
	assert_result(set_priority(tapi, TAPIMEDIATYPE_DATAMODEM, VARIANT_TRUE), S_OK);
	assert_result(set_priority(tapi, TAPIMEDIATYPE_DATAMODEM, VARIANT_FALSE), S_OK);
	assert_result(set_priority(tapi, TAPIMEDIATYPE_AUDIO | LINEMEDIAMODE_DIGITALDATA,
				   VARIANT_TRUE), S_OK);
	fake_take_priorities(asked);
	assert_string_equal(asked, "p 0x10 0 1;p 0x10 0 0;p 0x10c 0 1;");
	assert_result(set_priority(tapi, TAPIMEDIATYPE_DATAMODEM | 0x10000, VARIANT_TRUE),
		      TAPI_E_INVALIDMEDIATYPE);
	fake_take_priorities(asked);
	assert_string_equal(asked, "");
	file = SysAllocString(u"program");
	assert_result(ITTAPI_SetAssistedTelephonyPriority(tapi, file, VARIANT_TRUE), S_OK);
	assert_result(ITTAPI_SetAssistedTelephonyPriority(tapi, file, VARIANT_FALSE), S_OK);
	SysFreeString(file);
	fake_take_priorities(asked);
	assert_string_equal(asked, "p 0x0 1 1;p 0x0 1 0;");
	ITTAPI_Release(tapi);
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
	world_begin();
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
	assert_memory_equal(text, u"a line", 14);
	SysFreeString(text);
	assert_result(ITAddress_get_ServiceProviderName(world.addresses[0], &text), S_OK);
	assert_int_equal(SysStringLen(text), 6);
	assert_memory_equal(text, u"nobody", 14);
	SysFreeString(text);
	assert_result(ITAddress_get_ServiceProviderName(world.addresses[0], NULL), E_POINTER);
	assert_result(ITAddress_get_DialableAddress(world.addresses[1], &text), S_OK);
	assert_memory_equal(text, u"200", 8);
	SysFreeString(text);
	assert_result(ITAddress_get_TAPIObject(world.addresses[0], &tapi), S_OK);
	assert_ptr_equal(tapi, world.tapi);
	ITTAPI_Release(tapi);
	assert_result(ITAddress_QueryInterface(world.addresses[1], &IID_ITMediaSupport,
					       (void **)&media), S_OK);
	assert_result(ITMediaSupport_get_MediaTypes(media, &value), S_OK);
	/* Voice of either kind is audio. */
	assert_int_equal(value, LINEMEDIAMODE_UNKNOWN | TAPIMEDIATYPE_AUDIO |
			 TAPIMEDIATYPE_DATAMODEM | LINEMEDIAMODE_DIGITALDATA);
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
	world_end();
}

#ifdef HAS_OWN_MALLOC
/* Nothing is taken before there is all memory to tell it. */
static void requests_wait_for_memory(void **state)
{
	int granted;

	(void)state;
	world_begin();
	/* For the event, and for what it says. */
	for (granted = 0; granted < 2; granted++) {
		allocations_until_refusal(granted);
		fake_request(1);
		sink_expect(world.sink, "request 7");
		assert_int_equal(allocations_left(), 0);
	}
	world_end();
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(results), WORLD_TEST(priorities), WORLD_TEST(addresses),
#ifdef HAS_OWN_MALLOC
		WORLD_TEST(requests_wait_for_memory),
#endif
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
