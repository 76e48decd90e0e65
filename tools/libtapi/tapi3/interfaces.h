/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Interfaces of TAPI 3: the telephony object, addresses, calls and call hubs.
 */
#ifndef TAPI3_INTERFACES_H
#define TAPI3_INTERFACES_H

#include "com.h"
#include "constants.h"

/* Named by methods that this library answers with E_NOTIMPL, and not declared. */
typedef struct IEnumBstr IEnumBstr;
typedef struct ITForwardInformation ITForwardInformation;
typedef struct ITTerminal ITTerminal;

typedef struct ITTAPI ITTAPI;
typedef struct ITAddress ITAddress;
typedef struct IEnumAddress IEnumAddress;
typedef struct ITAddressCapabilities ITAddressCapabilities;
typedef struct ITMediaSupport ITMediaSupport;
typedef struct ITBasicCallControl ITBasicCallControl;
typedef struct ITCallInfo ITCallInfo;
typedef struct IEnumCall IEnumCall;
typedef struct ITCallHub ITCallHub;
typedef struct IEnumCallHub IEnumCallHub;
typedef struct ITCollection ITCollection;
typedef struct ITRequest ITRequest;

#undef INTERFACE
#define INTERFACE ITTAPI
DECLARE_INTERFACE_(ITTAPI, IDispatch)
{
	TAPI_DISPATCH_METHODS

	STDMETHOD(Initialize)(THIS) PURE;
	STDMETHOD(Shutdown)(THIS) PURE;
	STDMETHOD(get_Addresses)(THIS_ VARIANT *pVariant) PURE;
	STDMETHOD(EnumerateAddresses)(THIS_ IEnumAddress **ppEnumAddress) PURE;
	STDMETHOD(RegisterCallNotifications)(THIS_ ITAddress *pAddress, VARIANT_BOOL fMonitor,
					     VARIANT_BOOL fOwner, LONG lMediaTypes,
					     LONG lCallbackInstance, LONG *plRegister) PURE;
	STDMETHOD(UnregisterNotifications)(THIS_ LONG lRegister) PURE;
	STDMETHOD(get_CallHubs)(THIS_ VARIANT *pVariant) PURE;
	STDMETHOD(EnumerateCallHubs)(THIS_ IEnumCallHub **ppEnumCallHub) PURE;
	STDMETHOD(SetCallHubTracking)(THIS_ VARIANT pAddresses, VARIANT_BOOL bTracking) PURE;
	STDMETHOD(EnumeratePrivateTAPIObjects)(THIS_ IEnumUnknown **ppEnumUnknown) PURE;
	STDMETHOD(get_PrivateTAPIObjects)(THIS_ VARIANT *pVariant) PURE;
	STDMETHOD(RegisterRequestRecipient)(THIS_ LONG lRegistrationInstance, LONG lRequestMode,
					    VARIANT_BOOL fEnable) PURE;
	STDMETHOD(SetAssistedTelephonyPriority)(THIS_ BSTR pAppFilename,
						VARIANT_BOOL fPriority) PURE;
	STDMETHOD(SetApplicationPriority)(THIS_ BSTR pAppFilename, LONG lMediaType,
					  VARIANT_BOOL fPriority) PURE;
	STDMETHOD(put_EventFilter)(THIS_ LONG lFilterMask) PURE;
	STDMETHOD(get_EventFilter)(THIS_ LONG *plFilterMask) PURE;
};

#undef INTERFACE
#define INTERFACE ITAddress
DECLARE_INTERFACE_(ITAddress, IDispatch)
{
	TAPI_DISPATCH_METHODS

	STDMETHOD(get_State)(THIS_ ADDRESS_STATE *pAddressState) PURE;
	STDMETHOD(get_AddressName)(THIS_ BSTR *ppName) PURE;
	STDMETHOD(get_ServiceProviderName)(THIS_ BSTR *ppName) PURE;
	STDMETHOD(get_TAPIObject)(THIS_ ITTAPI **ppTapiObject) PURE;
	STDMETHOD(CreateCall)(THIS_ BSTR pDestAddress, LONG lAddressType, LONG lMediaTypes,
			      ITBasicCallControl **ppCall) PURE;
	STDMETHOD(get_Calls)(THIS_ VARIANT *pVariant) PURE;
	STDMETHOD(EnumerateCalls)(THIS_ IEnumCall **ppCallEnum) PURE;
	STDMETHOD(get_DialableAddress)(THIS_ BSTR *pDialableAddress) PURE;
	STDMETHOD(CreateForwardInfoObject)(THIS_ ITForwardInformation **ppForwardInfo) PURE;
	STDMETHOD(Forward)(THIS_ ITForwardInformation *pForwardInfo,
			   ITBasicCallControl *pCall) PURE;
	STDMETHOD(get_CurrentForwardInfo)(THIS_ ITForwardInformation **ppForwardInfo) PURE;
	STDMETHOD(put_MessageWaiting)(THIS_ VARIANT_BOOL fMessageWaiting) PURE;
	STDMETHOD(get_MessageWaiting)(THIS_ VARIANT_BOOL *pfMessageWaiting) PURE;
	STDMETHOD(put_DoNotDisturb)(THIS_ VARIANT_BOOL fDoNotDisturb) PURE;
	STDMETHOD(get_DoNotDisturb)(THIS_ VARIANT_BOOL *pfDoNotDisturb) PURE;
};

#undef INTERFACE
#define INTERFACE IEnumAddress
DECLARE_INTERFACE_(IEnumAddress, IUnknown)
{
	TAPI_UNKNOWN_METHODS

	STDMETHOD(Next)(THIS_ ULONG celt, ITAddress **ppElements, ULONG *pceltFetched) PURE;
	STDMETHOD(Reset)(THIS) PURE;
	STDMETHOD(Skip)(THIS_ ULONG celt) PURE;
	STDMETHOD(Clone)(THIS_ IEnumAddress **ppEnum) PURE;
};

#undef INTERFACE
#define INTERFACE ITAddressCapabilities
DECLARE_INTERFACE_(ITAddressCapabilities, IDispatch)
{
	TAPI_DISPATCH_METHODS

	STDMETHOD(get_AddressCapability)(THIS_ ADDRESS_CAPABILITY AddressCap,
					 LONG *plCapability) PURE;
	STDMETHOD(get_AddressCapabilityString)(THIS_ ADDRESS_CAPABILITY_STRING AddressCapString,
					       BSTR *ppCapabilityString) PURE;
	STDMETHOD(get_CallTreatments)(THIS_ VARIANT *pVariant) PURE;
	STDMETHOD(EnumerateCallTreatments)(THIS_ IEnumBstr **ppEnumCallTreatment) PURE;
	STDMETHOD(get_CompletionMessages)(THIS_ VARIANT *pVariant) PURE;
	STDMETHOD(EnumerateCompletionMessages)(THIS_ IEnumBstr **ppEnumCompletionMessage) PURE;
	STDMETHOD(get_DeviceClasses)(THIS_ VARIANT *pVariant) PURE;
	STDMETHOD(EnumerateDeviceClasses)(THIS_ IEnumBstr **ppEnumDeviceClass) PURE;
};

#undef INTERFACE
#define INTERFACE ITMediaSupport
DECLARE_INTERFACE_(ITMediaSupport, IDispatch)
{
	TAPI_DISPATCH_METHODS

	STDMETHOD(get_MediaTypes)(THIS_ LONG *plMediaTypes) PURE;
	STDMETHOD(QueryMediaType)(THIS_ LONG lMediaType, VARIANT_BOOL *pfSupport) PURE;
};

#undef INTERFACE
#define INTERFACE ITBasicCallControl
DECLARE_INTERFACE_(ITBasicCallControl, IDispatch)
{
	TAPI_DISPATCH_METHODS

	STDMETHOD(Connect)(THIS_ VARIANT_BOOL fSync) PURE;
	STDMETHOD(Answer)(THIS) PURE;
	STDMETHOD(Disconnect)(THIS_ DISCONNECT_CODE code) PURE;
	STDMETHOD(Hold)(THIS_ VARIANT_BOOL fHold) PURE;
	STDMETHOD(HandoffDirect)(THIS_ BSTR pApplicationName) PURE;
	STDMETHOD(HandoffIndirect)(THIS_ LONG lMediaType) PURE;
	STDMETHOD(Conference)(THIS_ ITBasicCallControl *pCall, VARIANT_BOOL fSync) PURE;
	STDMETHOD(Transfer)(THIS_ ITBasicCallControl *pCall, VARIANT_BOOL fSync) PURE;
	STDMETHOD(BlindTransfer)(THIS_ BSTR pDestAddress) PURE;
	STDMETHOD(SwapHold)(THIS_ ITBasicCallControl *pCall) PURE;
	STDMETHOD(ParkDirect)(THIS_ BSTR pParkAddress) PURE;
	STDMETHOD(ParkIndirect)(THIS_ BSTR *ppNonDirAddress) PURE;
	STDMETHOD(Unpark)(THIS) PURE;
	STDMETHOD(SetQOS)(THIS_ LONG lMediaType, QOS_SERVICE_LEVEL ServiceLevel) PURE;
	STDMETHOD(Pickup)(THIS_ BSTR pGroupID) PURE;
	STDMETHOD(Dial)(THIS_ BSTR pDestAddress) PURE;
	STDMETHOD(Finish)(THIS_ FINISH_MODE finishMode) PURE;
	STDMETHOD(RemoveFromConference)(THIS) PURE;
};

#undef INTERFACE
#define INTERFACE ITCallInfo
DECLARE_INTERFACE_(ITCallInfo, IDispatch)
{
	TAPI_DISPATCH_METHODS

	STDMETHOD(get_Address)(THIS_ ITAddress **ppAddress) PURE;
	STDMETHOD(get_CallState)(THIS_ CALL_STATE *pCallState) PURE;
	STDMETHOD(get_Privilege)(THIS_ CALL_PRIVILEGE *pPrivilege) PURE;
	STDMETHOD(get_CallHub)(THIS_ ITCallHub **ppCallHub) PURE;
	STDMETHOD(get_CallInfoLong)(THIS_ CALLINFO_LONG CallInfoLong, LONG *plCallInfoLongVal) PURE;
	STDMETHOD(put_CallInfoLong)(THIS_ CALLINFO_LONG CallInfoLong, LONG lCallInfoLongVal) PURE;
	STDMETHOD(get_CallInfoString)(THIS_ CALLINFO_STRING CallInfoString,
				      BSTR *ppCallInfoString) PURE;
	STDMETHOD(put_CallInfoString)(THIS_ CALLINFO_STRING CallInfoString,
				      BSTR pCallInfoString) PURE;
	STDMETHOD(get_CallInfoBuffer)(THIS_ CALLINFO_BUFFER CallInfoBuffer,
				      VARIANT *ppCallInfoBuffer) PURE;
	STDMETHOD(put_CallInfoBuffer)(THIS_ CALLINFO_BUFFER CallInfoBuffer,
				      VARIANT pCallInfoBuffer) PURE;
	STDMETHOD(GetCallInfoBuffer)(THIS_ CALLINFO_BUFFER CallInfoBuffer, DWORD *pdwSize,
				     BYTE **ppCallInfoBuffer) PURE;
	STDMETHOD(SetCallInfoBuffer)(THIS_ CALLINFO_BUFFER CallInfoBuffer, DWORD dwSize,
				     BYTE *pCallInfoBuffer) PURE;
	STDMETHOD(ReleaseUserUserInfo)(THIS) PURE;
};

#undef INTERFACE
#define INTERFACE IEnumCall
DECLARE_INTERFACE_(IEnumCall, IUnknown)
{
	TAPI_UNKNOWN_METHODS

	STDMETHOD(Next)(THIS_ ULONG celt, ITCallInfo **ppElements, ULONG *pceltFetched) PURE;
	STDMETHOD(Reset)(THIS) PURE;
	STDMETHOD(Skip)(THIS_ ULONG celt) PURE;
	STDMETHOD(Clone)(THIS_ IEnumCall **ppEnum) PURE;
};

#undef INTERFACE
#define INTERFACE ITCallHub
DECLARE_INTERFACE_(ITCallHub, IDispatch)
{
	TAPI_DISPATCH_METHODS

	STDMETHOD(Clear)(THIS) PURE;
	STDMETHOD(EnumerateCalls)(THIS_ IEnumCall **ppEnumCall) PURE;
	STDMETHOD(get_Calls)(THIS_ VARIANT *pCalls) PURE;
	STDMETHOD(get_NumCalls)(THIS_ LONG *plCalls) PURE;
	STDMETHOD(get_State)(THIS_ CALLHUB_STATE *pState) PURE;
};

#undef INTERFACE
#define INTERFACE IEnumCallHub
DECLARE_INTERFACE_(IEnumCallHub, IUnknown)
{
	TAPI_UNKNOWN_METHODS

	STDMETHOD(Next)(THIS_ ULONG celt, ITCallHub **ppElements, ULONG *pceltFetched) PURE;
	STDMETHOD(Reset)(THIS) PURE;
	STDMETHOD(Skip)(THIS_ ULONG celt) PURE;
	STDMETHOD(Clone)(THIS_ IEnumCallHub **ppEnum) PURE;
};

#undef INTERFACE
#define INTERFACE ITCollection
DECLARE_INTERFACE_(ITCollection, IDispatch)
{
	TAPI_DISPATCH_METHODS

	STDMETHOD(get_Count)(THIS_ LONG *lCount) PURE;
	STDMETHOD(get_Item)(THIS_ LONG Index, VARIANT *pVariant) PURE;
	STDMETHOD(get__NewEnum)(THIS_ IUnknown **ppNewEnum) PURE;
};

#undef INTERFACE
#define INTERFACE ITRequest
DECLARE_INTERFACE_(ITRequest, IDispatch)
{
	TAPI_DISPATCH_METHODS

	STDMETHOD(MakeCall)(THIS_ BSTR pDestAddress, BSTR pAppName, BSTR pCalledParty,
			    BSTR pComment) PURE;
};

#undef INTERFACE

#endif /* TAPI3_INTERFACES_H */
