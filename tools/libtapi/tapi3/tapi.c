// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The TAPI object: ITTAPI.
 *
 * What its methods answer before Initialize() and after Shutdown() differs from one to the other;
 * that is how they are documented.
 */
#include <stdlib.h>

#include "internal.h"

T3_DISPATCH(tapi, ITTAPI, tapi, itapi)

static struct tapi *tapi_of(ITTAPI *self)
{
	return t3_container_of(self, struct tapi, itapi);
}

struct session *t3_tapi_session(struct tapi *tapi)
{
	struct session *session;

	pthread_mutex_lock(&tapi->life);
	session = tapi->session ? t3_session_hold(tapi->session) : NULL;
	pthread_mutex_unlock(&tapi->life);
	return session;
}

unsigned int t3_tapi_family(struct tapi *tapi)
{
	unsigned int family;

	pthread_mutex_lock(&tapi->life);
	family = tapi->session ? tapi->session->family : tapi->object.family;
	pthread_mutex_unlock(&tapi->life);
	return family;
}

static HRESULT WINAPI initialize(ITTAPI *self)
{
	struct tapi *tapi = tapi_of(self);
	HRESULT result = S_FALSE;

	pthread_mutex_lock(&tapi->life);
	if (!tapi->session)
		result = t3_session_begin(tapi, &tapi->session);
	if (result == S_OK)
		tapi->was_initialised = true;
	pthread_mutex_unlock(&tapi->life);
	return result;
}

/*
 * The session, and the sinks, which end with it: a sink that holds the TAPI object would keep it
 * for ever otherwise, if nobody unadvises it. It is over first: a sink that is advised afterwards
 * is for another session. NULL: there is no session, and no sink was taken.
 */
static struct session *take_session(struct tapi *tapi, struct sink **sinks)
{
	struct session *session;

	pthread_mutex_lock(&tapi->life);
	session = tapi->session;
	tapi->session = NULL;
	if (session)
		t3_session_over(session);
	*sinks = session ? t3_sinks_take(&tapi->sinks) : NULL;
	pthread_mutex_unlock(&tapi->life);
	return session;
}

static void end_session(struct tapi *tapi, struct session *session, struct sink *sinks)
{
	unsigned int family = session->family;
	bool is_report_due = t3_session_end(session);

	t3_sinks_end(&tapi->sinks, sinks);
	if (is_report_due)
		t3_ledger_shutdown(family);
}

static HRESULT WINAPI shut_down(ITTAPI *self)
{
	struct tapi *tapi = tapi_of(self);
	struct session *session;
	struct sink *sinks;
	bool was_initialised;

	session = take_session(tapi, &sinks);
	if (!session) {
		pthread_mutex_lock(&tapi->life);
		was_initialised = tapi->was_initialised;
		pthread_mutex_unlock(&tapi->life);
		return was_initialised ? S_FALSE : TAPI_E_NOT_INITIALIZED;
	}
	end_session(tapi, session, sinks);
	return S_OK;
}

/* A list of the session's, as a collection. */
static HRESULT collect(ITTAPI *self, struct snapshot *(*list)(struct session *), VARIANT *out)
{
	struct session *session;
	HRESULT result;

	if (!out)
		return E_POINTER;
	VariantInit(out);
	session = t3_tapi_session(tapi_of(self));
	if (!session)
		return E_INVALIDARG;
	result = t3_collect(list(session), out);
	t3_session_put(session);
	return result;
}

/* Likewise, as an enumerator; NULL for none. */
static HRESULT enumerate(ITTAPI *self, struct snapshot *(*list)(struct session *), REFIID iid,
			 void **out)
{
	struct session *session = t3_tapi_session(tapi_of(self));
	HRESULT result;

	*out = NULL;
	if (!session)
		return E_INVALIDARG;
	result = t3_enumerate(list(session), iid, out);
	t3_session_put(session);
	return result;
}

static HRESULT WINAPI get_addresses(ITTAPI *self, VARIANT *out)
{
	return collect(self, t3_addresses, out);
}

static HRESULT WINAPI enumerate_addresses(ITTAPI *self, IEnumAddress **out)
{
	void *enumerator;
	HRESULT result;

	if (!out)
		return E_POINTER;
	result = enumerate(self, t3_addresses, &IID_IEnumAddress, &enumerator);
	*out = enumerator;
	return result;
}

static HRESULT WINAPI register_calls(ITTAPI *self, ITAddress *iaddress, VARIANT_BOOL is_monitor,
				     VARIANT_BOOL is_owner, LONG media, LONG instance, LONG *cookie)
{
	DWORD privileges = (is_monitor ? LINECALLPRIVILEGE_MONITOR : 0) |
			   (is_owner ? LINECALLPRIVILEGE_OWNER : 0);
	struct address *address = t3_address_of(iaddress);
	struct session *session;
	DWORD modes = 0;
	HRESULT result;

	if (!cookie)
		return E_POINTER;
	*cookie = 0;
	session = t3_tapi_session(tapi_of(self));
	if (!session)
		return TAPI_E_NOT_INITIALIZED;
	if (address && is_owner)
		modes = t3_media_modes(media, address->media_modes);
	if (!iaddress)
		result = E_POINTER;
	else if (!address || address->session != session || !privileges)
		result = E_INVALIDARG;
	else if (is_owner && !modes)
		result = TAPI_E_INVALIDMEDIATYPE;
	else
		result = t3_register(session, address, privileges, modes, instance, cookie);
	t3_session_put(session);
	return result;
}

static HRESULT WINAPI unregister(ITTAPI *self, LONG cookie)
{
	struct session *session = t3_tapi_session(tapi_of(self));
	HRESULT result;

	if (!session)
		return E_INVALIDARG;
	result = t3_unregister(session, cookie);
	t3_session_put(session);
	return result;
}

static HRESULT WINAPI get_hubs(ITTAPI *self, VARIANT *out)
{
	return collect(self, t3_hubs, out);
}

static HRESULT WINAPI enumerate_hubs(ITTAPI *self, IEnumCallHub **out)
{
	void *enumerator;
	HRESULT result;

	if (!out)
		return E_POINTER;
	result = enumerate(self, t3_hubs, &IID_IEnumCallHub, &enumerator);
	*out = enumerator;
	return result;
}

/* An interface of an application's variant: an address, or a collection of them. */
static HRESULT track(struct session *session, IUnknown *unknown, bool is_tracked);

static HRESULT track_each(struct session *session, ITCollection *collection, bool is_tracked)
{
	LONG count = 0, i;
	HRESULT result;

	result = collection->lpVtbl->get_Count(collection, &count);
	for (i = 1; i <= count && SUCCEEDED(result); i++) {
		VARIANT item;

		result = collection->lpVtbl->get_Item(collection, i, &item);
		if (FAILED(result))
			break;
		result = item.vt == VT_DISPATCH ? track(session, item.punkVal, is_tracked) :
						  E_INVALIDARG;
		VariantClear(&item);
	}
	return result;
}

static HRESULT track(struct session *session, IUnknown *unknown, bool is_tracked)
{
	struct address *address;
	void *out = NULL;
	HRESULT result = E_INVALIDARG;

	if (!unknown)
		return E_INVALIDARG;
	if (SUCCEEDED(unknown->lpVtbl->QueryInterface(unknown, &IID_ITAddress, &out))) {
		ITAddress *iaddress = out;

		address = t3_address_of(iaddress);
		if (address && address->session == session)
			result = t3_track(address, is_tracked);
		iaddress->lpVtbl->Release(iaddress);
	} else if (SUCCEEDED(unknown->lpVtbl->QueryInterface(unknown, &IID_ITCollection, &out))) {
		ITCollection *collection = out;

		result = track_each(session, collection, is_tracked);
		collection->lpVtbl->Release(collection);
	}
	return result;
}

/*
 * The hubs of the calls that this application takes part in are always there, and told of from the
 * beginning; this is which addresses' are. Arrays there are none here: it takes an address, a
 * collection of them, or an empty variant for all.
 */
static HRESULT WINAPI set_tracking(ITTAPI *self, VARIANT addresses, VARIANT_BOOL is_tracked)
{
	struct session *session = t3_tapi_session(tapi_of(self));
	HRESULT result = E_INVALIDARG;
	VARIANT all;

	if (!session)
		return E_INVALIDARG;
	switch (addresses.vt) {
	case VT_EMPTY:
	case VT_NULL:
		result = t3_collect(t3_addresses(session), &all);
		if (SUCCEEDED(result))
			result = track(session, all.punkVal, is_tracked);
		VariantClear(&all);
		break;
	case VT_DISPATCH:
	case VT_UNKNOWN:
		result = track(session, addresses.punkVal, is_tracked);
		break;
	default:
		break;
	}
	t3_session_put(session);
	return result;
}

static HRESULT WINAPI enumerate_private(ITTAPI *self, IEnumUnknown **out)
{
	(void)self;
	if (!out)
		return E_POINTER;
	*out = NULL;
	return E_NOTIMPL;
}

static HRESULT WINAPI get_private(ITTAPI *self, VARIANT *out)
{
	(void)self;
	if (!out)
		return E_POINTER;
	VariantInit(out);
	return E_NOTIMPL;
}

static HRESULT WINAPI register_recipient(ITTAPI *self, LONG instance, LONG mode,
					 VARIANT_BOOL is_enabled)
{
	struct session *session = t3_tapi_session(tapi_of(self));
	HRESULT result;

	if (!session)
		return E_INVALIDARG;
	if (is_enabled) {
		pthread_mutex_lock(&session->lock);
		session->request_instance = instance;
		pthread_mutex_unlock(&session->lock);
	}
	result = t3_result(lineRegisterRequestRecipient(session->app, instance, mode,
							is_enabled ? 1 : 0));
	t3_session_put(session);
	return result;
}

static HRESULT WINAPI set_assisted_priority(ITTAPI *self, BSTR file, VARIANT_BOOL is_first)
{
	(void)self;
	if (!file)
		return E_POINTER;
	return t3_result(lineSetAppPriorityW(file, 0, NULL, LINEREQUESTMODE_MAKECALL, NULL,
					     is_first ? 1 : 0));
}

/* All at once, which the library can: what is refused has changed nothing. */
static HRESULT WINAPI set_priority(ITTAPI *self, BSTR file, LONG media, VARIANT_BOOL is_first)
{
	DWORD modes = t3_media_modes(media, UINT32_MAX);

	(void)self;
	if (!file)
		return E_POINTER;
	if (!modes)
		return E_INVALIDARG;
	return t3_result(lineSetAppPriorityW(file, modes, NULL, 0, NULL, is_first ? 1 : 0));
}

static HRESULT WINAPI put_filter(ITTAPI *self, LONG filter)
{
	atomic_store(&tapi_of(self)->filter, filter);
	return S_OK;
}

static HRESULT WINAPI get_filter(ITTAPI *self, LONG *out)
{
	if (!out)
		return E_POINTER;
	*out = atomic_load(&tapi_of(self)->filter);
	return S_OK;
}

static const ITTAPIVtbl tapi_table = {
	T3_DISPATCH_TABLE(tapi),
	.Initialize = initialize,
	.Shutdown = shut_down,
	.get_Addresses = get_addresses,
	.EnumerateAddresses = enumerate_addresses,
	.RegisterCallNotifications = register_calls,
	.UnregisterNotifications = unregister,
	.get_CallHubs = get_hubs,
	.EnumerateCallHubs = enumerate_hubs,
	.SetCallHubTracking = set_tracking,
	.EnumeratePrivateTAPIObjects = enumerate_private,
	.get_PrivateTAPIObjects = get_private,
	.RegisterRequestRecipient = register_recipient,
	.SetAssistedTelephonyPriority = set_assisted_priority,
	.SetApplicationPriority = set_priority,
	.put_EventFilter = put_filter,
	.get_EventFilter = get_filter,
};

/* Released without Shutdown(): the same end, perhaps in the callback thread. */
static void tapi_end(struct object *object)
{
	struct tapi *tapi = (struct tapi *)object;
	struct session *session;
	struct sink *sinks;

	session = take_session(tapi, &sinks);
	if (session)
		end_session(tapi, session, sinks);
	t3_sinks_end(&tapi->sinks, t3_sinks_take(&tapi->sinks));
	t3_sinks_destroy(&tapi->sinks);
	pthread_mutex_destroy(&tapi->life);
	t3_free(object);
}

static const struct interface tapi_interfaces[] = {
	{ &IID_IDispatch, offsetof(struct tapi, itapi) },
	{ &IID_ITTAPI, offsetof(struct tapi, itapi) },
	{ &IID_IConnectionPointContainer, offsetof(struct tapi, container) },
	{ 0 }
};

static const struct object_class tapi_class = {
	.kind = TAPI3_TAPI,
	.name = "ITTAPI",
	.interfaces = tapi_interfaces,
	.end = tapi_end,
};

void t3_tapi_orphan(struct object *object)
{
	struct tapi *tapi = (struct tapi *)object;

	pthread_mutex_init(&tapi->life, NULL);
	t3_sinks_orphan(&tapi->sinks);
	/* The reference of it is never put: nothing of it would be found in order. */
	tapi->session = NULL;
	tapi->was_initialised = false;
}

static struct object *tapi_new(void)
{
	struct tapi *tapi = t3_new(&tapi_class, sizeof(*tapi), 0);

	if (!tapi)
		return NULL;
	tapi->itapi.lpVtbl = &tapi_table;
	tapi->container.lpVtbl = &t3_container_table;
	pthread_mutex_init(&tapi->life, NULL);
	t3_sinks_init(&tapi->sinks);
	return &tapi->object;
}

TAPI3_EXPORT HRESULT TapiCreateInstance(REFCLSID rclsid, REFIID riid, void **ppv)
{
	struct object *object;
	HRESULT result;

	if (!ppv)
		return E_POINTER;
	*ppv = NULL;
	if (!rclsid || !riid)
		return E_INVALIDARG;
	if (IsEqualCLSID(rclsid, &CLSID_TAPI))
		object = tapi_new();
	else if (IsEqualCLSID(rclsid, &CLSID_RequestMakeCall))
		object = t3_request_new();
	else
		return REGDB_E_CLASSNOTREG;
	if (!object)
		return E_OUTOFMEMORY;
	result = t3_query(object, riid, ppv);
	t3_put(object);
	return result;
}
