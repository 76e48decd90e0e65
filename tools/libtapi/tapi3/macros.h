/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Methods as macros, for C: with COBJMACROS, ITTAPI_Initialize(tapi) is
 * tapi->lpVtbl->Initialize(tapi).
 */
#ifndef TAPI3_MACROS_H
#define TAPI3_MACROS_H

#include "events.h"

#if defined(COBJMACROS) && (!defined(__cplusplus) || defined(CINTERFACE))

#ifndef TAPI_SHIM_COM
#define IUnknown_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define IUnknown_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IUnknown_Release(This) ((This)->lpVtbl->Release(This))

#define IDispatch_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define IDispatch_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IDispatch_Release(This) ((This)->lpVtbl->Release(This))
#define IDispatch_GetTypeInfoCount(This, pctinfo) ((This)->lpVtbl->GetTypeInfoCount(This, pctinfo))
#define IDispatch_GetTypeInfo(This, iTInfo, lcid, ppTInfo) \
	((This)->lpVtbl->GetTypeInfo(This, iTInfo, lcid, ppTInfo))
#define IDispatch_GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId) \
	((This)->lpVtbl->GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId))
#define IDispatch_Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, pVarResult, \
		pExcepInfo, puArgErr) \
	((This)->lpVtbl->Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr))

#define IConnectionPointContainer_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define IConnectionPointContainer_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IConnectionPointContainer_Release(This) ((This)->lpVtbl->Release(This))
#define IConnectionPointContainer_EnumConnectionPoints(This, ppEnum) \
	((This)->lpVtbl->EnumConnectionPoints(This, ppEnum))
#define IConnectionPointContainer_FindConnectionPoint(This, riid, ppCP) \
	((This)->lpVtbl->FindConnectionPoint(This, riid, ppCP))

#define IConnectionPoint_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define IConnectionPoint_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IConnectionPoint_Release(This) ((This)->lpVtbl->Release(This))
#define IConnectionPoint_GetConnectionInterface(This, pIID) \
	((This)->lpVtbl->GetConnectionInterface(This, pIID))
#define IConnectionPoint_GetConnectionPointContainer(This, ppCPC) \
	((This)->lpVtbl->GetConnectionPointContainer(This, ppCPC))
#define IConnectionPoint_Advise(This, pUnkSink, pdwCookie) \
	((This)->lpVtbl->Advise(This, pUnkSink, pdwCookie))
#define IConnectionPoint_Unadvise(This, dwCookie) ((This)->lpVtbl->Unadvise(This, dwCookie))
#define IConnectionPoint_EnumConnections(This, ppEnum) \
	((This)->lpVtbl->EnumConnections(This, ppEnum))

#define IEnumConnectionPoints_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define IEnumConnectionPoints_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IEnumConnectionPoints_Release(This) ((This)->lpVtbl->Release(This))
#define IEnumConnectionPoints_Next(This, cConnections, ppCP, pcFetched) \
	((This)->lpVtbl->Next(This, cConnections, ppCP, pcFetched))
#define IEnumConnectionPoints_Skip(This, cConnections) ((This)->lpVtbl->Skip(This, cConnections))
#define IEnumConnectionPoints_Reset(This) ((This)->lpVtbl->Reset(This))
#define IEnumConnectionPoints_Clone(This, ppEnum) ((This)->lpVtbl->Clone(This, ppEnum))

#define IEnumConnections_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define IEnumConnections_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IEnumConnections_Release(This) ((This)->lpVtbl->Release(This))
#define IEnumConnections_Next(This, cConnections, rgcd, pcFetched) \
	((This)->lpVtbl->Next(This, cConnections, rgcd, pcFetched))
#define IEnumConnections_Skip(This, cConnections) ((This)->lpVtbl->Skip(This, cConnections))
#define IEnumConnections_Reset(This) ((This)->lpVtbl->Reset(This))
#define IEnumConnections_Clone(This, ppEnum) ((This)->lpVtbl->Clone(This, ppEnum))

#define IEnumUnknown_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define IEnumUnknown_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IEnumUnknown_Release(This) ((This)->lpVtbl->Release(This))
#define IEnumUnknown_Next(This, celt, rgelt, pceltFetched) \
	((This)->lpVtbl->Next(This, celt, rgelt, pceltFetched))
#define IEnumUnknown_Skip(This, celt) ((This)->lpVtbl->Skip(This, celt))
#define IEnumUnknown_Reset(This) ((This)->lpVtbl->Reset(This))
#define IEnumUnknown_Clone(This, ppenum) ((This)->lpVtbl->Clone(This, ppenum))
#endif /* TAPI_SHIM_COM */

#define ITTAPI_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define ITTAPI_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define ITTAPI_Release(This) ((This)->lpVtbl->Release(This))
#define ITTAPI_GetTypeInfoCount(This, pctinfo) ((This)->lpVtbl->GetTypeInfoCount(This, pctinfo))
#define ITTAPI_GetTypeInfo(This, iTInfo, lcid, ppTInfo) \
	((This)->lpVtbl->GetTypeInfo(This, iTInfo, lcid, ppTInfo))
#define ITTAPI_GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId) \
	((This)->lpVtbl->GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId))
#define ITTAPI_Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, pVarResult, \
		pExcepInfo, puArgErr) \
	((This)->lpVtbl->Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr))
#define ITTAPI_Initialize(This) ((This)->lpVtbl->Initialize(This))
#define ITTAPI_Shutdown(This) ((This)->lpVtbl->Shutdown(This))
#define ITTAPI_get_Addresses(This, pVariant) ((This)->lpVtbl->get_Addresses(This, pVariant))
#define ITTAPI_EnumerateAddresses(This, ppEnumAddress) \
	((This)->lpVtbl->EnumerateAddresses(This, ppEnumAddress))
#define ITTAPI_RegisterCallNotifications(This, pAddress, fMonitor, fOwner, lMediaTypes, \
		lCallbackInstance, plRegister) \
	((This)->lpVtbl->RegisterCallNotifications(This, pAddress, fMonitor, fOwner, \
		lMediaTypes, lCallbackInstance, plRegister))
#define ITTAPI_UnregisterNotifications(This, lRegister) \
	((This)->lpVtbl->UnregisterNotifications(This, lRegister))
#define ITTAPI_get_CallHubs(This, pVariant) ((This)->lpVtbl->get_CallHubs(This, pVariant))
#define ITTAPI_EnumerateCallHubs(This, ppEnumCallHub) \
	((This)->lpVtbl->EnumerateCallHubs(This, ppEnumCallHub))
#define ITTAPI_SetCallHubTracking(This, pAddresses, bTracking) \
	((This)->lpVtbl->SetCallHubTracking(This, pAddresses, bTracking))
#define ITTAPI_EnumeratePrivateTAPIObjects(This, ppEnumUnknown) \
	((This)->lpVtbl->EnumeratePrivateTAPIObjects(This, ppEnumUnknown))
#define ITTAPI_get_PrivateTAPIObjects(This, pVariant) \
	((This)->lpVtbl->get_PrivateTAPIObjects(This, pVariant))
#define ITTAPI_RegisterRequestRecipient(This, lRegistrationInstance, lRequestMode, fEnable) \
	((This)->lpVtbl->RegisterRequestRecipient(This, lRegistrationInstance, \
		lRequestMode, fEnable))
#define ITTAPI_SetAssistedTelephonyPriority(This, pAppFilename, fPriority) \
	((This)->lpVtbl->SetAssistedTelephonyPriority(This, pAppFilename, fPriority))
#define ITTAPI_SetApplicationPriority(This, pAppFilename, lMediaType, fPriority) \
	((This)->lpVtbl->SetApplicationPriority(This, pAppFilename, lMediaType, fPriority))
#define ITTAPI_put_EventFilter(This, lFilterMask) \
	((This)->lpVtbl->put_EventFilter(This, lFilterMask))
#define ITTAPI_get_EventFilter(This, plFilterMask) \
	((This)->lpVtbl->get_EventFilter(This, plFilterMask))

#define ITAddress_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define ITAddress_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define ITAddress_Release(This) ((This)->lpVtbl->Release(This))
#define ITAddress_GetTypeInfoCount(This, pctinfo) ((This)->lpVtbl->GetTypeInfoCount(This, pctinfo))
#define ITAddress_GetTypeInfo(This, iTInfo, lcid, ppTInfo) \
	((This)->lpVtbl->GetTypeInfo(This, iTInfo, lcid, ppTInfo))
#define ITAddress_GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId) \
	((This)->lpVtbl->GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId))
#define ITAddress_Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, pVarResult, \
		pExcepInfo, puArgErr) \
	((This)->lpVtbl->Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr))
#define ITAddress_get_State(This, pAddressState) ((This)->lpVtbl->get_State(This, pAddressState))
#define ITAddress_get_AddressName(This, ppName) ((This)->lpVtbl->get_AddressName(This, ppName))
#define ITAddress_get_ServiceProviderName(This, ppName) \
	((This)->lpVtbl->get_ServiceProviderName(This, ppName))
#define ITAddress_get_TAPIObject(This, ppTapiObject) \
	((This)->lpVtbl->get_TAPIObject(This, ppTapiObject))
#define ITAddress_CreateCall(This, pDestAddress, lAddressType, lMediaTypes, ppCall) \
	((This)->lpVtbl->CreateCall(This, pDestAddress, lAddressType, lMediaTypes, ppCall))
#define ITAddress_get_Calls(This, pVariant) ((This)->lpVtbl->get_Calls(This, pVariant))
#define ITAddress_EnumerateCalls(This, ppCallEnum) \
	((This)->lpVtbl->EnumerateCalls(This, ppCallEnum))
#define ITAddress_get_DialableAddress(This, pDialableAddress) \
	((This)->lpVtbl->get_DialableAddress(This, pDialableAddress))
#define ITAddress_CreateForwardInfoObject(This, ppForwardInfo) \
	((This)->lpVtbl->CreateForwardInfoObject(This, ppForwardInfo))
#define ITAddress_Forward(This, pForwardInfo, pCall) \
	((This)->lpVtbl->Forward(This, pForwardInfo, pCall))
#define ITAddress_get_CurrentForwardInfo(This, ppForwardInfo) \
	((This)->lpVtbl->get_CurrentForwardInfo(This, ppForwardInfo))
#define ITAddress_put_MessageWaiting(This, fMessageWaiting) \
	((This)->lpVtbl->put_MessageWaiting(This, fMessageWaiting))
#define ITAddress_get_MessageWaiting(This, pfMessageWaiting) \
	((This)->lpVtbl->get_MessageWaiting(This, pfMessageWaiting))
#define ITAddress_put_DoNotDisturb(This, fDoNotDisturb) \
	((This)->lpVtbl->put_DoNotDisturb(This, fDoNotDisturb))
#define ITAddress_get_DoNotDisturb(This, pfDoNotDisturb) \
	((This)->lpVtbl->get_DoNotDisturb(This, pfDoNotDisturb))

#define IEnumAddress_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define IEnumAddress_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IEnumAddress_Release(This) ((This)->lpVtbl->Release(This))
#define IEnumAddress_Next(This, celt, ppElements, pceltFetched) \
	((This)->lpVtbl->Next(This, celt, ppElements, pceltFetched))
#define IEnumAddress_Reset(This) ((This)->lpVtbl->Reset(This))
#define IEnumAddress_Skip(This, celt) ((This)->lpVtbl->Skip(This, celt))
#define IEnumAddress_Clone(This, ppEnum) ((This)->lpVtbl->Clone(This, ppEnum))

#define ITAddressCapabilities_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define ITAddressCapabilities_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define ITAddressCapabilities_Release(This) ((This)->lpVtbl->Release(This))
#define ITAddressCapabilities_GetTypeInfoCount(This, pctinfo) \
	((This)->lpVtbl->GetTypeInfoCount(This, pctinfo))
#define ITAddressCapabilities_GetTypeInfo(This, iTInfo, lcid, ppTInfo) \
	((This)->lpVtbl->GetTypeInfo(This, iTInfo, lcid, ppTInfo))
#define ITAddressCapabilities_GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId) \
	((This)->lpVtbl->GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId))
#define ITAddressCapabilities_Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr) \
	((This)->lpVtbl->Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr))
#define ITAddressCapabilities_get_AddressCapability(This, AddressCap, plCapability) \
	((This)->lpVtbl->get_AddressCapability(This, AddressCap, plCapability))
#define ITAddressCapabilities_get_AddressCapabilityString(This, AddressCapString, \
		ppCapabilityString) \
	((This)->lpVtbl->get_AddressCapabilityString(This, AddressCapString, ppCapabilityString))
#define ITAddressCapabilities_get_CallTreatments(This, pVariant) \
	((This)->lpVtbl->get_CallTreatments(This, pVariant))
#define ITAddressCapabilities_EnumerateCallTreatments(This, ppEnumCallTreatment) \
	((This)->lpVtbl->EnumerateCallTreatments(This, ppEnumCallTreatment))
#define ITAddressCapabilities_get_CompletionMessages(This, pVariant) \
	((This)->lpVtbl->get_CompletionMessages(This, pVariant))
#define ITAddressCapabilities_EnumerateCompletionMessages(This, ppEnumCompletionMessage) \
	((This)->lpVtbl->EnumerateCompletionMessages(This, ppEnumCompletionMessage))
#define ITAddressCapabilities_get_DeviceClasses(This, pVariant) \
	((This)->lpVtbl->get_DeviceClasses(This, pVariant))
#define ITAddressCapabilities_EnumerateDeviceClasses(This, ppEnumDeviceClass) \
	((This)->lpVtbl->EnumerateDeviceClasses(This, ppEnumDeviceClass))

#define ITMediaSupport_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define ITMediaSupport_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define ITMediaSupport_Release(This) ((This)->lpVtbl->Release(This))
#define ITMediaSupport_GetTypeInfoCount(This, pctinfo) \
	((This)->lpVtbl->GetTypeInfoCount(This, pctinfo))
#define ITMediaSupport_GetTypeInfo(This, iTInfo, lcid, ppTInfo) \
	((This)->lpVtbl->GetTypeInfo(This, iTInfo, lcid, ppTInfo))
#define ITMediaSupport_GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId) \
	((This)->lpVtbl->GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId))
#define ITMediaSupport_Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr) \
	((This)->lpVtbl->Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr))
#define ITMediaSupport_get_MediaTypes(This, plMediaTypes) \
	((This)->lpVtbl->get_MediaTypes(This, plMediaTypes))
#define ITMediaSupport_QueryMediaType(This, lMediaType, pfSupport) \
	((This)->lpVtbl->QueryMediaType(This, lMediaType, pfSupport))

#define ITBasicCallControl_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define ITBasicCallControl_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define ITBasicCallControl_Release(This) ((This)->lpVtbl->Release(This))
#define ITBasicCallControl_GetTypeInfoCount(This, pctinfo) \
	((This)->lpVtbl->GetTypeInfoCount(This, pctinfo))
#define ITBasicCallControl_GetTypeInfo(This, iTInfo, lcid, ppTInfo) \
	((This)->lpVtbl->GetTypeInfo(This, iTInfo, lcid, ppTInfo))
#define ITBasicCallControl_GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId) \
	((This)->lpVtbl->GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId))
#define ITBasicCallControl_Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr) \
	((This)->lpVtbl->Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr))
#define ITBasicCallControl_Connect(This, fSync) ((This)->lpVtbl->Connect(This, fSync))
#define ITBasicCallControl_Answer(This) ((This)->lpVtbl->Answer(This))
#define ITBasicCallControl_Disconnect(This, code) ((This)->lpVtbl->Disconnect(This, code))
#define ITBasicCallControl_Hold(This, fHold) ((This)->lpVtbl->Hold(This, fHold))
#define ITBasicCallControl_HandoffDirect(This, pApplicationName) \
	((This)->lpVtbl->HandoffDirect(This, pApplicationName))
#define ITBasicCallControl_HandoffIndirect(This, lMediaType) \
	((This)->lpVtbl->HandoffIndirect(This, lMediaType))
#define ITBasicCallControl_Conference(This, pCall, fSync) \
	((This)->lpVtbl->Conference(This, pCall, fSync))
#define ITBasicCallControl_Transfer(This, pCall, fSync) \
	((This)->lpVtbl->Transfer(This, pCall, fSync))
#define ITBasicCallControl_BlindTransfer(This, pDestAddress) \
	((This)->lpVtbl->BlindTransfer(This, pDestAddress))
#define ITBasicCallControl_SwapHold(This, pCall) ((This)->lpVtbl->SwapHold(This, pCall))
#define ITBasicCallControl_ParkDirect(This, pParkAddress) \
	((This)->lpVtbl->ParkDirect(This, pParkAddress))
#define ITBasicCallControl_ParkIndirect(This, ppNonDirAddress) \
	((This)->lpVtbl->ParkIndirect(This, ppNonDirAddress))
#define ITBasicCallControl_Unpark(This) ((This)->lpVtbl->Unpark(This))
#define ITBasicCallControl_SetQOS(This, lMediaType, ServiceLevel) \
	((This)->lpVtbl->SetQOS(This, lMediaType, ServiceLevel))
#define ITBasicCallControl_Pickup(This, pGroupID) ((This)->lpVtbl->Pickup(This, pGroupID))
#define ITBasicCallControl_Dial(This, pDestAddress) ((This)->lpVtbl->Dial(This, pDestAddress))
#define ITBasicCallControl_Finish(This, finishMode) ((This)->lpVtbl->Finish(This, finishMode))
#define ITBasicCallControl_RemoveFromConference(This) ((This)->lpVtbl->RemoveFromConference(This))

#define ITCallInfo_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define ITCallInfo_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define ITCallInfo_Release(This) ((This)->lpVtbl->Release(This))
#define ITCallInfo_GetTypeInfoCount(This, pctinfo) ((This)->lpVtbl->GetTypeInfoCount(This, pctinfo))
#define ITCallInfo_GetTypeInfo(This, iTInfo, lcid, ppTInfo) \
	((This)->lpVtbl->GetTypeInfo(This, iTInfo, lcid, ppTInfo))
#define ITCallInfo_GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId) \
	((This)->lpVtbl->GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId))
#define ITCallInfo_Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr) \
	((This)->lpVtbl->Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr))
#define ITCallInfo_get_Address(This, ppAddress) ((This)->lpVtbl->get_Address(This, ppAddress))
#define ITCallInfo_get_CallState(This, pCallState) ((This)->lpVtbl->get_CallState(This, pCallState))
#define ITCallInfo_get_Privilege(This, pPrivilege) ((This)->lpVtbl->get_Privilege(This, pPrivilege))
#define ITCallInfo_get_CallHub(This, ppCallHub) ((This)->lpVtbl->get_CallHub(This, ppCallHub))
#define ITCallInfo_get_CallInfoLong(This, CallInfoLong, plCallInfoLongVal) \
	((This)->lpVtbl->get_CallInfoLong(This, CallInfoLong, plCallInfoLongVal))
#define ITCallInfo_put_CallInfoLong(This, CallInfoLong, lCallInfoLongVal) \
	((This)->lpVtbl->put_CallInfoLong(This, CallInfoLong, lCallInfoLongVal))
#define ITCallInfo_get_CallInfoString(This, CallInfoString, ppCallInfoString) \
	((This)->lpVtbl->get_CallInfoString(This, CallInfoString, ppCallInfoString))
#define ITCallInfo_put_CallInfoString(This, CallInfoString, pCallInfoString) \
	((This)->lpVtbl->put_CallInfoString(This, CallInfoString, pCallInfoString))
#define ITCallInfo_get_CallInfoBuffer(This, CallInfoBuffer, ppCallInfoBuffer) \
	((This)->lpVtbl->get_CallInfoBuffer(This, CallInfoBuffer, ppCallInfoBuffer))
#define ITCallInfo_put_CallInfoBuffer(This, CallInfoBuffer, pCallInfoBuffer) \
	((This)->lpVtbl->put_CallInfoBuffer(This, CallInfoBuffer, pCallInfoBuffer))
#define ITCallInfo_GetCallInfoBuffer(This, CallInfoBuffer, pdwSize, ppCallInfoBuffer) \
	((This)->lpVtbl->GetCallInfoBuffer(This, CallInfoBuffer, pdwSize, ppCallInfoBuffer))
#define ITCallInfo_SetCallInfoBuffer(This, CallInfoBuffer, dwSize, pCallInfoBuffer) \
	((This)->lpVtbl->SetCallInfoBuffer(This, CallInfoBuffer, dwSize, pCallInfoBuffer))
#define ITCallInfo_ReleaseUserUserInfo(This) ((This)->lpVtbl->ReleaseUserUserInfo(This))

#define IEnumCall_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define IEnumCall_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IEnumCall_Release(This) ((This)->lpVtbl->Release(This))
#define IEnumCall_Next(This, celt, ppElements, pceltFetched) \
	((This)->lpVtbl->Next(This, celt, ppElements, pceltFetched))
#define IEnumCall_Reset(This) ((This)->lpVtbl->Reset(This))
#define IEnumCall_Skip(This, celt) ((This)->lpVtbl->Skip(This, celt))
#define IEnumCall_Clone(This, ppEnum) ((This)->lpVtbl->Clone(This, ppEnum))

#define ITCallHub_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define ITCallHub_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define ITCallHub_Release(This) ((This)->lpVtbl->Release(This))
#define ITCallHub_GetTypeInfoCount(This, pctinfo) ((This)->lpVtbl->GetTypeInfoCount(This, pctinfo))
#define ITCallHub_GetTypeInfo(This, iTInfo, lcid, ppTInfo) \
	((This)->lpVtbl->GetTypeInfo(This, iTInfo, lcid, ppTInfo))
#define ITCallHub_GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId) \
	((This)->lpVtbl->GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId))
#define ITCallHub_Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, pVarResult, \
		pExcepInfo, puArgErr) \
	((This)->lpVtbl->Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr))
#define ITCallHub_Clear(This) ((This)->lpVtbl->Clear(This))
#define ITCallHub_EnumerateCalls(This, ppEnumCall) \
	((This)->lpVtbl->EnumerateCalls(This, ppEnumCall))
#define ITCallHub_get_Calls(This, pCalls) ((This)->lpVtbl->get_Calls(This, pCalls))
#define ITCallHub_get_NumCalls(This, plCalls) ((This)->lpVtbl->get_NumCalls(This, plCalls))
#define ITCallHub_get_State(This, pState) ((This)->lpVtbl->get_State(This, pState))

#define IEnumCallHub_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define IEnumCallHub_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IEnumCallHub_Release(This) ((This)->lpVtbl->Release(This))
#define IEnumCallHub_Next(This, celt, ppElements, pceltFetched) \
	((This)->lpVtbl->Next(This, celt, ppElements, pceltFetched))
#define IEnumCallHub_Reset(This) ((This)->lpVtbl->Reset(This))
#define IEnumCallHub_Skip(This, celt) ((This)->lpVtbl->Skip(This, celt))
#define IEnumCallHub_Clone(This, ppEnum) ((This)->lpVtbl->Clone(This, ppEnum))

#define ITCollection_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define ITCollection_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define ITCollection_Release(This) ((This)->lpVtbl->Release(This))
#define ITCollection_GetTypeInfoCount(This, pctinfo) \
	((This)->lpVtbl->GetTypeInfoCount(This, pctinfo))
#define ITCollection_GetTypeInfo(This, iTInfo, lcid, ppTInfo) \
	((This)->lpVtbl->GetTypeInfo(This, iTInfo, lcid, ppTInfo))
#define ITCollection_GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId) \
	((This)->lpVtbl->GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId))
#define ITCollection_Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr) \
	((This)->lpVtbl->Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr))
#define ITCollection_get_Count(This, lCount) ((This)->lpVtbl->get_Count(This, lCount))
#define ITCollection_get_Item(This, Index, pVariant) \
	((This)->lpVtbl->get_Item(This, Index, pVariant))
#define ITCollection_get__NewEnum(This, ppNewEnum) ((This)->lpVtbl->get__NewEnum(This, ppNewEnum))

#define ITRequest_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define ITRequest_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define ITRequest_Release(This) ((This)->lpVtbl->Release(This))
#define ITRequest_GetTypeInfoCount(This, pctinfo) ((This)->lpVtbl->GetTypeInfoCount(This, pctinfo))
#define ITRequest_GetTypeInfo(This, iTInfo, lcid, ppTInfo) \
	((This)->lpVtbl->GetTypeInfo(This, iTInfo, lcid, ppTInfo))
#define ITRequest_GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId) \
	((This)->lpVtbl->GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId))
#define ITRequest_Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, pVarResult, \
		pExcepInfo, puArgErr) \
	((This)->lpVtbl->Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr))
#define ITRequest_MakeCall(This, pDestAddress, pAppName, pCalledParty, pComment) \
	((This)->lpVtbl->MakeCall(This, pDestAddress, pAppName, pCalledParty, pComment))

#define ITTAPIEventNotification_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define ITTAPIEventNotification_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define ITTAPIEventNotification_Release(This) ((This)->lpVtbl->Release(This))
#define ITTAPIEventNotification_Event(This, TapiEvent, pEvent) \
	((This)->lpVtbl->Event(This, TapiEvent, pEvent))

#define ITTAPIObjectEvent_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define ITTAPIObjectEvent_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define ITTAPIObjectEvent_Release(This) ((This)->lpVtbl->Release(This))
#define ITTAPIObjectEvent_GetTypeInfoCount(This, pctinfo) \
	((This)->lpVtbl->GetTypeInfoCount(This, pctinfo))
#define ITTAPIObjectEvent_GetTypeInfo(This, iTInfo, lcid, ppTInfo) \
	((This)->lpVtbl->GetTypeInfo(This, iTInfo, lcid, ppTInfo))
#define ITTAPIObjectEvent_GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId) \
	((This)->lpVtbl->GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId))
#define ITTAPIObjectEvent_Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr) \
	((This)->lpVtbl->Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr))
#define ITTAPIObjectEvent_get_TAPIObject(This, ppTAPIObject) \
	((This)->lpVtbl->get_TAPIObject(This, ppTAPIObject))
#define ITTAPIObjectEvent_get_Event(This, pEvent) ((This)->lpVtbl->get_Event(This, pEvent))
#define ITTAPIObjectEvent_get_Address(This, ppAddress) \
	((This)->lpVtbl->get_Address(This, ppAddress))
#define ITTAPIObjectEvent_get_CallbackInstance(This, plCallbackInstance) \
	((This)->lpVtbl->get_CallbackInstance(This, plCallbackInstance))

#define ITAddressEvent_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define ITAddressEvent_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define ITAddressEvent_Release(This) ((This)->lpVtbl->Release(This))
#define ITAddressEvent_GetTypeInfoCount(This, pctinfo) \
	((This)->lpVtbl->GetTypeInfoCount(This, pctinfo))
#define ITAddressEvent_GetTypeInfo(This, iTInfo, lcid, ppTInfo) \
	((This)->lpVtbl->GetTypeInfo(This, iTInfo, lcid, ppTInfo))
#define ITAddressEvent_GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId) \
	((This)->lpVtbl->GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId))
#define ITAddressEvent_Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr) \
	((This)->lpVtbl->Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr))
#define ITAddressEvent_get_Address(This, ppAddress) ((This)->lpVtbl->get_Address(This, ppAddress))
#define ITAddressEvent_get_Event(This, pEvent) ((This)->lpVtbl->get_Event(This, pEvent))
#define ITAddressEvent_get_Terminal(This, ppTerminal) \
	((This)->lpVtbl->get_Terminal(This, ppTerminal))

#define ITCallNotificationEvent_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define ITCallNotificationEvent_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define ITCallNotificationEvent_Release(This) ((This)->lpVtbl->Release(This))
#define ITCallNotificationEvent_GetTypeInfoCount(This, pctinfo) \
	((This)->lpVtbl->GetTypeInfoCount(This, pctinfo))
#define ITCallNotificationEvent_GetTypeInfo(This, iTInfo, lcid, ppTInfo) \
	((This)->lpVtbl->GetTypeInfo(This, iTInfo, lcid, ppTInfo))
#define ITCallNotificationEvent_GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId) \
	((This)->lpVtbl->GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId))
#define ITCallNotificationEvent_Invoke(This, dispIdMember, riid, lcid, wFlags, \
		pDispParams, pVarResult, pExcepInfo, puArgErr) \
	((This)->lpVtbl->Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr))
#define ITCallNotificationEvent_get_Call(This, ppCall) ((This)->lpVtbl->get_Call(This, ppCall))
#define ITCallNotificationEvent_get_Event(This, pCallNotificationEvent) \
	((This)->lpVtbl->get_Event(This, pCallNotificationEvent))
#define ITCallNotificationEvent_get_CallbackInstance(This, plCallbackInstance) \
	((This)->lpVtbl->get_CallbackInstance(This, plCallbackInstance))

#define ITCallStateEvent_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define ITCallStateEvent_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define ITCallStateEvent_Release(This) ((This)->lpVtbl->Release(This))
#define ITCallStateEvent_GetTypeInfoCount(This, pctinfo) \
	((This)->lpVtbl->GetTypeInfoCount(This, pctinfo))
#define ITCallStateEvent_GetTypeInfo(This, iTInfo, lcid, ppTInfo) \
	((This)->lpVtbl->GetTypeInfo(This, iTInfo, lcid, ppTInfo))
#define ITCallStateEvent_GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId) \
	((This)->lpVtbl->GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId))
#define ITCallStateEvent_Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr) \
	((This)->lpVtbl->Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr))
#define ITCallStateEvent_get_Call(This, ppCallInfo) ((This)->lpVtbl->get_Call(This, ppCallInfo))
#define ITCallStateEvent_get_State(This, pCallState) ((This)->lpVtbl->get_State(This, pCallState))
#define ITCallStateEvent_get_Cause(This, pCEC) ((This)->lpVtbl->get_Cause(This, pCEC))
#define ITCallStateEvent_get_CallbackInstance(This, plCallbackInstance) \
	((This)->lpVtbl->get_CallbackInstance(This, plCallbackInstance))

#define ITCallInfoChangeEvent_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define ITCallInfoChangeEvent_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define ITCallInfoChangeEvent_Release(This) ((This)->lpVtbl->Release(This))
#define ITCallInfoChangeEvent_GetTypeInfoCount(This, pctinfo) \
	((This)->lpVtbl->GetTypeInfoCount(This, pctinfo))
#define ITCallInfoChangeEvent_GetTypeInfo(This, iTInfo, lcid, ppTInfo) \
	((This)->lpVtbl->GetTypeInfo(This, iTInfo, lcid, ppTInfo))
#define ITCallInfoChangeEvent_GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId) \
	((This)->lpVtbl->GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId))
#define ITCallInfoChangeEvent_Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr) \
	((This)->lpVtbl->Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr))
#define ITCallInfoChangeEvent_get_Call(This, ppCall) ((This)->lpVtbl->get_Call(This, ppCall))
#define ITCallInfoChangeEvent_get_Cause(This, pCIC) ((This)->lpVtbl->get_Cause(This, pCIC))
#define ITCallInfoChangeEvent_get_CallbackInstance(This, plCallbackInstance) \
	((This)->lpVtbl->get_CallbackInstance(This, plCallbackInstance))

#define ITCallHubEvent_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define ITCallHubEvent_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define ITCallHubEvent_Release(This) ((This)->lpVtbl->Release(This))
#define ITCallHubEvent_GetTypeInfoCount(This, pctinfo) \
	((This)->lpVtbl->GetTypeInfoCount(This, pctinfo))
#define ITCallHubEvent_GetTypeInfo(This, iTInfo, lcid, ppTInfo) \
	((This)->lpVtbl->GetTypeInfo(This, iTInfo, lcid, ppTInfo))
#define ITCallHubEvent_GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId) \
	((This)->lpVtbl->GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId))
#define ITCallHubEvent_Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr) \
	((This)->lpVtbl->Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr))
#define ITCallHubEvent_get_Event(This, pEvent) ((This)->lpVtbl->get_Event(This, pEvent))
#define ITCallHubEvent_get_CallHub(This, ppCallHub) ((This)->lpVtbl->get_CallHub(This, ppCallHub))
#define ITCallHubEvent_get_Call(This, ppCall) ((This)->lpVtbl->get_Call(This, ppCall))

#define ITRequestEvent_QueryInterface(This, riid, ppvObject) \
	((This)->lpVtbl->QueryInterface(This, riid, ppvObject))
#define ITRequestEvent_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define ITRequestEvent_Release(This) ((This)->lpVtbl->Release(This))
#define ITRequestEvent_GetTypeInfoCount(This, pctinfo) \
	((This)->lpVtbl->GetTypeInfoCount(This, pctinfo))
#define ITRequestEvent_GetTypeInfo(This, iTInfo, lcid, ppTInfo) \
	((This)->lpVtbl->GetTypeInfo(This, iTInfo, lcid, ppTInfo))
#define ITRequestEvent_GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId) \
	((This)->lpVtbl->GetIDsOfNames(This, riid, rgszNames, cNames, lcid, rgDispId))
#define ITRequestEvent_Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr) \
	((This)->lpVtbl->Invoke(This, dispIdMember, riid, lcid, wFlags, pDispParams, \
		pVarResult, pExcepInfo, puArgErr))
#define ITRequestEvent_get_RegistrationInstance(This, plRegistrationInstance) \
	((This)->lpVtbl->get_RegistrationInstance(This, plRegistrationInstance))
#define ITRequestEvent_get_RequestMode(This, plRequestMode) \
	((This)->lpVtbl->get_RequestMode(This, plRequestMode))
#define ITRequestEvent_get_DestAddress(This, ppDestAddress) \
	((This)->lpVtbl->get_DestAddress(This, ppDestAddress))
#define ITRequestEvent_get_AppName(This, ppAppName) ((This)->lpVtbl->get_AppName(This, ppAppName))
#define ITRequestEvent_get_CalledParty(This, ppCalledParty) \
	((This)->lpVtbl->get_CalledParty(This, ppCalledParty))
#define ITRequestEvent_get_Comment(This, ppComment) ((This)->lpVtbl->get_Comment(This, ppComment))

#endif /* COBJMACROS */

#endif /* TAPI3_MACROS_H */
