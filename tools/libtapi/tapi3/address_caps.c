// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What an address can do: ITAddressCapabilities and ITMediaSupport.
 */
#include <stdlib.h>

#include "internal.h"

T3_DISPATCH(capabilities, ITAddressCapabilities, address, capabilities)
T3_DISPATCH(media, ITMediaSupport, address, media)

/* Where a number is, in the structures of TAPI 2. */
enum place {
	IN_DEVICE,
	IN_ADDRESS,
};

struct capability {
	ADDRESS_CAPABILITY capability;
	enum place place;
	size_t offset;
};

#define DEVICE(name, member)	{ name, IN_DEVICE, offsetof(LINEDEVCAPS, member) }
#define ADDRESS(name, member)	{ name, IN_ADDRESS, offsetof(LINEADDRESSCAPS, member) }

static const struct capability table[] = {
	DEVICE(AC_BEARERMODES, dwBearerModes),
	ADDRESS(AC_MAXACTIVECALLS, dwMaxNumActiveCalls),
	ADDRESS(AC_MAXONHOLDCALLS, dwMaxNumOnHoldCalls),
	ADDRESS(AC_MAXONHOLDPENDINGCALLS, dwMaxNumOnHoldPendingCalls),
	ADDRESS(AC_MAXNUMCONFERENCE, dwMaxNumConference),
	ADDRESS(AC_MAXNUMTRANSCONF, dwMaxNumTransConf),
	DEVICE(AC_MONITORDIGITSUPPORT, dwMonitorDigitModes),
	DEVICE(AC_GENERATEDIGITSUPPORT, dwGenerateDigitModes),
	DEVICE(AC_GENERATETONEMODES, dwGenerateToneModes),
	DEVICE(AC_GENERATETONEMAXNUMFREQ, dwGenerateToneMaxNumFreq),
	DEVICE(AC_MONITORTONEMAXNUMFREQ, dwMonitorToneMaxNumFreq),
	DEVICE(AC_MONITORTONEMAXNUMENTRIES, dwMonitorToneMaxNumEntries),
	DEVICE(AC_DEVCAPFLAGS, dwDevCapFlags),
	DEVICE(AC_ANSWERMODES, dwAnswerMode),
	DEVICE(AC_LINEFEATURES, dwLineFeatures),
	DEVICE(AC_SETTABLEDEVSTATUS, dwSettableDevStatus),
	ADDRESS(AC_PARKSUPPORT, dwParkModes),
	ADDRESS(AC_CALLERIDSUPPORT, dwCallerIDFlags),
	ADDRESS(AC_CALLEDIDSUPPORT, dwCalledIDFlags),
	ADDRESS(AC_CONNECTEDIDSUPPORT, dwConnectedIDFlags),
	ADDRESS(AC_REDIRECTIONIDSUPPORT, dwRedirectionIDFlags),
	ADDRESS(AC_REDIRECTINGIDSUPPORT, dwRedirectingIDFlags),
	ADDRESS(AC_ADDRESSCAPFLAGS, dwAddrCapFlags),
	ADDRESS(AC_CALLFEATURES1, dwCallFeatures),
	ADDRESS(AC_CALLFEATURES2, dwCallFeatures2),
	ADDRESS(AC_REMOVEFROMCONFCAPS, dwRemoveFromConfCaps),
	ADDRESS(AC_REMOVEFROMCONFSTATE, dwRemoveFromConfState),
	ADDRESS(AC_TRANSFERMODES, dwTransferModes),
	ADDRESS(AC_ADDRESSFEATURES, dwAddressFeatures),
	ADDRESS(AC_PREDICTIVEAUTOTRANSFERSTATES, dwPredictiveAutoTransferStates),
	ADDRESS(AC_MAXCALLDATASIZE, dwMaxCallDataSize),
	ADDRESS(AC_FORWARDMODES, dwForwardModes),
	ADDRESS(AC_MAXFORWARDENTRIES, dwMaxForwardEntries),
	ADDRESS(AC_MAXSPECIFICENTRIES, dwMaxSpecificEntries),
	ADDRESS(AC_MINFWDNUMRINGS, dwMinFwdNumRings),
	ADDRESS(AC_MAXFWDNUMRINGS, dwMaxFwdNumRings),
	ADDRESS(AC_MAXCALLCOMPLETIONS, dwMaxCallCompletions),
	ADDRESS(AC_CALLCOMPLETIONCONDITIONS, dwCallCompletionConds),
	ADDRESS(AC_CALLCOMPLETIONMODES, dwCallCompletionModes),
	DEVICE(AC_PERMANENTDEVICEID, dwPermanentLineID),
	DEVICE(AC_GATHERDIGITSMINTIMEOUT, dwGatherDigitsMinTimeout),
	DEVICE(AC_GATHERDIGITSMAXTIMEOUT, dwGatherDigitsMaxTimeout),
	DEVICE(AC_GENERATEDIGITMINDURATION, MinDialParams.dwDigitDuration),
	DEVICE(AC_GENERATEDIGITMAXDURATION, MaxDialParams.dwDigitDuration),
	DEVICE(AC_GENERATEDIGITDEFAULTDURATION, DefaultDialParams.dwDigitDuration),
};

static struct address *address_of(ITAddressCapabilities *self)
{
	return t3_container_of(self, struct address, capabilities);
}

/* The number at an offset in a structure, which is freed. */
static LONG take_number(void *structure, size_t offset)
{
	LONG number = *(const LONG *)((const char *)structure + offset);

	free(structure);
	return number;
}

static HRESULT look_up(struct address *address, const struct capability *capability, LONG *out)
{
	LINEADDRESSCAPS *address_caps;
	LINEDEVCAPS *device_caps;
	HRESULT result;

	if (capability->place == IN_DEVICE) {
		result = t3_device_caps(address->session, address->device, address->version,
					&device_caps);
		if (SUCCEEDED(result))
			*out = take_number(device_caps, capability->offset);
	} else {
		result = t3_address_caps(address->session, address->device, address->number,
					 address->version, &address_caps);
		if (SUCCEEDED(result))
			*out = take_number(address_caps, capability->offset);
	}
	return result;
}

static HRESULT WINAPI get_capability(ITAddressCapabilities *self, ADDRESS_CAPABILITY capability,
				     LONG *out)
{
	struct address *address = address_of(self);
	size_t i;

	if (!out)
		return E_POINTER;
	if (t3_session_is_over(address->session))
		return TAPI_E_NOT_INITIALIZED;
	switch (capability) {
	case AC_ADDRESSTYPES:
		*out = LINEADDRESSTYPE_PHONENUMBER;
		return S_OK;
	case AC_LINEID:
		*out = address->device;
		return S_OK;
	case AC_ADDRESSID:
		*out = address->number;
		return S_OK;
	default:
		break;
	}
	for (i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (table[i].capability == capability)
			return look_up(address, &table[i], out);
	return E_INVALIDARG;
}

/* The name of the telephone network's protocol, and of which switch it is. */
static HRESULT WINAPI get_capability_string(ITAddressCapabilities *self,
					    ADDRESS_CAPABILITY_STRING capability, BSTR *out)
{
	struct address *address = address_of(self);
	LINEDEVCAPS *caps;
	HRESULT result;

	if (!out)
		return E_POINTER;
	*out = NULL;
	if (t3_session_is_over(address->session))
		return TAPI_E_NOT_INITIALIZED;
	switch (capability) {
	case ACS_PROTOCOL:
		*out = SysAllocString(u"{831CE2D6-83B5-11D1-BB5C-00C04FB6809F}");
		return *out ? S_OK : E_OUTOFMEMORY;
	case ACS_PROVIDERSPECIFIC:
	case ACS_SWITCHSPECIFIC:
		break;
	case ACS_ADDRESSDEVICESPECIFIC:
	case ACS_LINEDEVICESPECIFIC:
	case ACS_PERMANENTDEVICEGUID:
		return TAPI_E_NOTSUPPORTED;
	default:
		return E_INVALIDARG;
	}
	result = t3_device_caps(address->session, address->device, address->version, &caps);
	if (FAILED(result))
		return result;
	if (capability == ACS_PROVIDERSPECIFIC)
		*out = t3_bstr_of(caps, caps->dwProviderInfoOffset, caps->dwProviderInfoSize);
	else
		*out = t3_bstr_of(caps, caps->dwSwitchInfoOffset, caps->dwSwitchInfoSize);
	free(caps);
	return *out ? S_OK : E_OUTOFMEMORY;
}

static HRESULT WINAPI no_strings(ITAddressCapabilities *self, VARIANT *out)
{
	if (!out)
		return E_POINTER;
	VariantInit(out);
	return t3_session_is_over(address_of(self)->session) ? TAPI_E_NOT_INITIALIZED : E_NOTIMPL;
}

static HRESULT WINAPI no_enumeration(ITAddressCapabilities *self, IEnumBstr **out)
{
	if (!out)
		return E_POINTER;
	*out = NULL;
	return t3_session_is_over(address_of(self)->session) ? TAPI_E_NOT_INITIALIZED : E_NOTIMPL;
}

const ITAddressCapabilitiesVtbl t3_capabilities_table = {
	T3_DISPATCH_TABLE(capabilities),
	.get_AddressCapability = get_capability,
	.get_AddressCapabilityString = get_capability_string,
	.get_CallTreatments = no_strings,
	.EnumerateCallTreatments = no_enumeration,
	.get_CompletionMessages = no_strings,
	.EnumerateCompletionMessages = no_enumeration,
	.get_DeviceClasses = no_strings,
	.EnumerateDeviceClasses = no_enumeration,
};

static HRESULT WINAPI get_types(ITMediaSupport *self, LONG *out)
{
	struct address *address = t3_container_of(self, struct address, media);

	if (!out)
		return E_POINTER;
	if (t3_session_is_over(address->session))
		return TAPI_E_NOT_INITIALIZED;
	*out = t3_media_types(address->media_modes);
	return S_OK;
}

static HRESULT WINAPI query_type(ITMediaSupport *self, LONG type, VARIANT_BOOL *out)
{
	struct address *address = t3_container_of(self, struct address, media);

	if (!out)
		return E_POINTER;
	if (t3_session_is_over(address->session))
		return TAPI_E_NOT_INITIALIZED;
	*out = t3_media_modes(type, address->media_modes) ? VARIANT_TRUE : VARIANT_FALSE;
	return S_OK;
}

const ITMediaSupportVtbl t3_media_table = {
	T3_DISPATCH_TABLE(media),
	.get_MediaTypes = get_types,
	.QueryMediaType = query_type,
};
