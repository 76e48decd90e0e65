// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Addresses: ITAddress, and which address objects there are.
 *
 * There is one object of an address as long as anybody holds it; when it is asked for again later,
 * it is made again.
 */
#include <stdlib.h>

#include "internal.h"

/* How much room the first try gives to what a device says of itself. */
#define CAPS_SIZE 2048

HRESULT t3_device_caps(struct session *session, DWORD device, DWORD version, LINEDEVCAPS **out)
{
	DWORD size = CAPS_SIZE;
	LINEDEVCAPS *caps;
	LONG error;

	for (;;) {
		caps = calloc(1, size);
		if (!caps)
			return E_OUTOFMEMORY;
		caps->dwTotalSize = size;
		error = lineGetDevCapsW(session->app, device, version, 0, caps);
		if (!error && caps->dwNeededSize <= size)
			break;
		size = caps->dwNeededSize;
		free(caps);
		if (error)
			return t3_failure(error);
	}
	*out = caps;
	return S_OK;
}

HRESULT t3_address_caps(struct session *session, DWORD device, DWORD number, DWORD version,
			LINEADDRESSCAPS **out)
{
	DWORD size = CAPS_SIZE;
	LINEADDRESSCAPS *caps;
	LONG error;

	for (;;) {
		caps = calloc(1, size);
		if (!caps)
			return E_OUTOFMEMORY;
		caps->dwTotalSize = size;
		error = lineGetAddressCapsW(session->app, device, number, version, 0, caps);
		if (!error && caps->dwNeededSize <= size)
			break;
		size = caps->dwNeededSize;
		free(caps);
		if (error)
			return t3_failure(error);
	}
	*out = caps;
	return S_OK;
}

T3_DISPATCH(address, ITAddress, address, iaddress)

static struct address *address_of(ITAddress *self)
{
	return t3_container_of(self, struct address, iaddress);
}

/* How each method begins: something to write to, and a session that lives. */
static HRESULT may_begin(ITAddress *self, const void *out)
{
	if (!out)
		return E_POINTER;
	return t3_session_is_over(address_of(self)->session) ? TAPI_E_NOT_INITIALIZED : S_OK;
}

static HRESULT WINAPI get_state(ITAddress *self, ADDRESS_STATE *out)
{
	struct address *address = address_of(self);
	HRESULT result = may_begin(self, out);
	DWORD version;
	LONG error;

	if (FAILED(result))
		return result;
	error = lineNegotiateAPIVersion(address->session->app, address->device, T3_VERSION_LOW,
					T3_VERSION_HIGH, &version, &(LINEEXTENSIONID) { 0 });
	pthread_mutex_lock(&address->session->lock);
	*out = error || address->is_out_of_service ? AS_OUTOFSERVICE : AS_INSERVICE;
	pthread_mutex_unlock(&address->session->lock);
	return S_OK;
}

/* A text of the line's, by where its size and its offset are. */
static HRESULT get_text(ITAddress *self, size_t size, size_t offset, BSTR *out)
{
	struct address *address = address_of(self);
	HRESULT result = may_begin(self, out);
	const char *base;
	LINEDEVCAPS *caps;

	if (out)
		*out = NULL;
	if (SUCCEEDED(result))
		result = t3_device_caps(address->session, address->device, address->version, &caps);
	if (FAILED(result))
		return result;
	base = (const char *)caps;
	*out = t3_bstr_of(caps, *(const DWORD *)(base + offset), *(const DWORD *)(base + size));
	free(caps);
	return *out ? S_OK : E_OUTOFMEMORY;
}

/* The line's name: an address has none of its own. */
static HRESULT WINAPI get_name(ITAddress *self, BSTR *out)
{
	return get_text(self, offsetof(LINEDEVCAPS, dwLineNameSize),
			offsetof(LINEDEVCAPS, dwLineNameOffset), out);
}

static HRESULT WINAPI get_provider_name(ITAddress *self, BSTR *out)
{
	return get_text(self, offsetof(LINEDEVCAPS, dwProviderInfoSize),
			offsetof(LINEDEVCAPS, dwProviderInfoOffset), out);
}

static HRESULT WINAPI get_dialable(ITAddress *self, BSTR *out)
{
	struct address *address = address_of(self);
	HRESULT result = may_begin(self, out);
	LINEADDRESSCAPS *caps;

	if (out)
		*out = NULL;
	if (SUCCEEDED(result))
		result = t3_address_caps(address->session, address->device, address->number,
					 address->version, &caps);
	if (FAILED(result))
		return result;
	*out = t3_bstr_of(caps, caps->dwAddressOffset, caps->dwAddressSize);
	free(caps);
	return *out ? S_OK : E_OUTOFMEMORY;
}

static HRESULT WINAPI get_tapi(ITAddress *self, ITTAPI **out)
{
	struct tapi *tapi = address_of(self)->tapi;
	HRESULT result = may_begin(self, out);

	if (out)
		*out = NULL;
	if (FAILED(result))
		return result;
	t3_hold(&tapi->object);
	*out = &tapi->itapi;
	return S_OK;
}

/* Nothing is dialled yet: that is Connect()'s. */
static HRESULT WINAPI create_call(ITAddress *self, BSTR destination, LONG type, LONG media,
				  ITBasicCallControl **out)
{
	struct address *address = address_of(self);
	HRESULT result = may_begin(self, out);
	struct call *call;
	DWORD modes;

	if (out)
		*out = NULL;
	if (FAILED(result))
		return result;
	if (type != LINEADDRESSTYPE_PHONENUMBER)
		return E_INVALIDARG;
	modes = t3_media_modes(media, address->media_modes);
	if (!modes)
		return TAPI_E_INVALIDMEDIATYPE;
	result = t3_call_new(address, destination, modes, &call);
	if (SUCCEEDED(result))
		*out = &call->control;
	return result;
}

static HRESULT WINAPI get_calls(ITAddress *self, VARIANT *out)
{
	struct address *address = address_of(self);
	HRESULT result = may_begin(self, out);

	return FAILED(result) ? result : t3_collect(t3_calls(address->session, address), out);
}

static HRESULT WINAPI enumerate_calls(ITAddress *self, IEnumCall **out)
{
	struct address *address = address_of(self);
	HRESULT result = may_begin(self, out);
	void *enumerator = NULL;

	if (SUCCEEDED(result))
		result = t3_enumerate(t3_calls(address->session, address), &IID_IEnumCall,
				      &enumerator);
	if (out)
		*out = enumerator;
	return result;
}

static HRESULT unsupported(ITAddress *self, HRESULT answer)
{
	HRESULT result = may_begin(self, self);

	return FAILED(result) ? result : answer;
}

static HRESULT WINAPI create_forward(ITAddress *self, ITForwardInformation **out)
{
	if (out)
		*out = NULL;
	return unsupported(self, E_NOTIMPL);
}

static HRESULT WINAPI forward(ITAddress *self, ITForwardInformation *information,
			      ITBasicCallControl *call)
{
	(void)information;
	(void)call;
	return unsupported(self, E_NOTIMPL);
}

static HRESULT WINAPI put_flag(ITAddress *self, VARIANT_BOOL flag)
{
	(void)flag;
	return unsupported(self, TAPI_E_NOTSUPPORTED);
}

/* A line that has no such thing has no message waiting, and takes calls. */
static HRESULT WINAPI get_flag(ITAddress *self, VARIANT_BOOL *out)
{
	HRESULT result = may_begin(self, out);

	if (SUCCEEDED(result))
		*out = VARIANT_FALSE;
	return result;
}

static const ITAddressVtbl address_table = {
	T3_DISPATCH_TABLE(address),
	.get_State = get_state,
	.get_AddressName = get_name,
	.get_ServiceProviderName = get_provider_name,
	.get_TAPIObject = get_tapi,
	.CreateCall = create_call,
	.get_Calls = get_calls,
	.EnumerateCalls = enumerate_calls,
	.get_DialableAddress = get_dialable,
	.CreateForwardInfoObject = create_forward,
	.Forward = forward,
	.get_CurrentForwardInfo = create_forward,
	.put_MessageWaiting = put_flag,
	.get_MessageWaiting = get_flag,
	.put_DoNotDisturb = put_flag,
	.get_DoNotDisturb = get_flag,
};

static void address_end(struct object *object)
{
	struct address *address = (struct address *)object;
	struct session *session = address->session;
	struct tapi *tapi = address->tapi;

	pthread_mutex_lock(&session->lock);
	if (address->is_listed && !session->is_orphan) {
		if (address->next)
			address->next->previous = address->previous;
		if (address->previous)
			address->previous->next = address->next;
		else
			session->addresses = address->next;
	}
	pthread_mutex_unlock(&session->lock);
	t3_free(object);
	t3_put(&tapi->object);
	t3_session_put(session);
}

static const struct interface address_interfaces[] = {
	{ &IID_IDispatch, offsetof(struct address, iaddress) },
	{ &IID_ITAddress, offsetof(struct address, iaddress) },
	{ &IID_ITAddressCapabilities, offsetof(struct address, capabilities) },
	{ &IID_ITMediaSupport, offsetof(struct address, media) },
	{ 0 }
};

static const struct object_class address_class = {
	.kind = TAPI3_ADDRESS,
	.name = "ITAddress",
	.interfaces = address_interfaces,
	.end = address_end,
};

struct address *t3_address_of(ITAddress *iaddress)
{
	return iaddress && iaddress->lpVtbl == &address_table ? address_of(iaddress) : NULL;
}

/* The living object of these numbers, with a reference, or NULL; session.lock held. */
static struct address *find(struct session *session, DWORD device, DWORD number)
{
	struct address *address;

	for (address = session->addresses; address; address = address->next)
		if (address->device == device && address->number == number &&
		    t3_try_hold(&address->object))
			return address;
	return NULL;
}

/* What is needed to make one; nothing if the device is gone. */
struct about {
	DWORD version;
	DWORD num_addresses;
	DWORD media_modes;
};

static HRESULT ask(struct session *session, DWORD device, struct about *about)
{
	LINEEXTENSIONID extension = { 0 };
	LINEDEVCAPS *caps;
	HRESULT result;
	LONG error;

	error = lineNegotiateAPIVersion(session->app, device, T3_VERSION_LOW, T3_VERSION_HIGH,
					&about->version, &extension);
	if (error)
		return t3_failure(error);
	result = t3_device_caps(session, device, about->version, &caps);
	if (FAILED(result))
		return result;
	about->num_addresses = caps->dwNumAddresses;
	about->media_modes = caps->dwMediaModes;
	free(caps);
	return S_OK;
}

/* The object of these numbers, found, or made of @about. */
static HRESULT get(struct session *session, DWORD device, DWORD number, const struct about *about,
		   struct address **out)
{
	struct address *address, *found;
	struct tapi *tapi;

	tapi = t3_session_tapi(session);
	if (!tapi)
		return TAPI_E_NOT_INITIALIZED;
	address = t3_new(&address_class, sizeof(*address), session->family);
	if (!address) {
		t3_put(&tapi->object);
		return E_OUTOFMEMORY;
	}
	address->iaddress.lpVtbl = &address_table;
	address->capabilities.lpVtbl = &t3_capabilities_table;
	address->media.lpVtbl = &t3_media_table;
	address->session = t3_session_hold(session);
	address->tapi = tapi;
	address->device = device;
	address->number = number;
	address->version = about->version;
	address->num_addresses = about->num_addresses;
	address->media_modes = about->media_modes;

	/* Somebody may have made it since: then that one it is, and this one only goes again. */
	pthread_mutex_lock(&session->lock);
	found = find(session, device, number);
	if (!found) {
		address->is_listed = true;
		address->next = session->addresses;
		if (address->next)
			address->next->previous = address;
		session->addresses = address;
	}
	pthread_mutex_unlock(&session->lock);
	if (found)
		t3_put(&address->object);
	*out = found ? found : address;
	return S_OK;
}

static struct address *find_locked(struct session *session, DWORD device, DWORD number)
{
	struct address *address;

	pthread_mutex_lock(&session->lock);
	address = find(session, device, number);
	pthread_mutex_unlock(&session->lock);
	return address;
}

HRESULT t3_address_get(struct session *session, DWORD device, DWORD number, struct address **out)
{
	struct about about = { 0 };
	HRESULT result;

	*out = find_locked(session, device, number);
	if (*out)
		return S_OK;
	result = ask(session, device, &about);
	if (SUCCEEDED(result) && number >= about.num_addresses)
		result = TAPI_E_INVALADDRESS;
	return FAILED(result) ? result : get(session, device, number, &about, out);
}

HRESULT t3_address_left(struct session *session, DWORD device, DWORD number, struct address **out)
{
	struct about about = { .version = T3_VERSION_HIGH, .num_addresses = 1 };

	*out = find_locked(session, device, number);
	if (*out)
		return S_OK;
	if (FAILED(ask(session, device, &about)))
		about = (struct about) { .version = T3_VERSION_HIGH, .num_addresses = 1 };
	return get(session, device, number, &about, out);
}

static bool add(struct snapshot *snapshot, struct address *address)
{
	if (t3_snapshot_add(snapshot, &address->iaddress, &address->object, 0))
		return true;
	t3_put(&address->object);
	return false;
}

/* A device that does not answer has no addresses. */
bool t3_addresses_of(struct session *session, DWORD device, struct snapshot *snapshot)
{
	struct about about = { 0 };
	struct address *address;
	HRESULT result;
	DWORD i;

	result = ask(session, device, &about);
	if (FAILED(result))
		return result != E_OUTOFMEMORY;
	for (i = 0; i < about.num_addresses; i++) {
		address = find_locked(session, device, i);
		result = address ? S_OK : get(session, device, i, &about, &address);
		/* The session is over: it has no addresses any more. */
		if (FAILED(result))
			return result != E_OUTOFMEMORY;
		if (!add(snapshot, address))
			return false;
	}
	return true;
}

bool t3_addresses_left(struct session *session, DWORD device, struct snapshot *snapshot)
{
	struct address *address;
	DWORD number = 0;

	/* By their numbers: none is met twice, whatever happens to the list meanwhile. */
	for (;;) {
		struct address *each, *next = NULL;

		pthread_mutex_lock(&session->lock);
		for (each = session->addresses; each; each = each->next)
			if (each->device == device && each->number >= number &&
			    (!next || each->number < next->number))
				next = each;
		address = next && t3_try_hold(&next->object) ? next : NULL;
		if (next)
			number = next->number + 1;
		pthread_mutex_unlock(&session->lock);
		if (!next)
			break;
		if (address && !add(snapshot, address))
			return false;
	}
	if (snapshot->count)
		return true;
	return SUCCEEDED(t3_address_left(session, device, 0, &address)) && add(snapshot, address);
}

struct snapshot *t3_addresses(struct session *session)
{
	struct snapshot *snapshot = t3_snapshot_new(session, session->family);
	DWORD count, i;

	if (!snapshot)
		return NULL;
	pthread_mutex_lock(&session->lock);
	count = session->num_devices;
	pthread_mutex_unlock(&session->lock);
	for (i = 0; i < count; i++) {
		if (!t3_addresses_of(session, i, snapshot)) {
			t3_snapshot_put(snapshot);
			return NULL;
		}
	}
	return snapshot;
}
