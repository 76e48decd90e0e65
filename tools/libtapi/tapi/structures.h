/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * TAPI's structures: names, order and packing are the published ones, for programs of
 * TAPI_CURRENT_VERSION; the members of later versions are not in them, so that sizeof is what an
 * application of that age passes. A DWORD is 32 bits and a handle of a line or call is a DWORD,
 * whatever a pointer is.
 *
 * Who asks fills in dwTotalSize, the bytes that it has. Of those dwUsedSize were used, and
 * dwNeededSize would have held everything. A ...Size and ...Offset name bytes behind the fixed
 * part, from the structure's start: both are 0 if there is nothing, or if it did not fit, as a
 * whole. Strings have their end (counted in the size), and are UTF-8 or UTF-16 as the function was
 * that of A or W.
 */
#ifndef TAPI_STRUCTURES_H
#define TAPI_STRUCTURES_H

#include "types.h"
#include "constants.h"

/* Numbers, not pointers: a handle that died names nothing for a long time. */
#define DECLARE_OPAQUE32(name) typedef DWORD name

DECLARE_OPAQUE32(HCALL);
DECLARE_OPAQUE32(HCALLHUB);
DECLARE_OPAQUE32(HLINE);
DECLARE_OPAQUE32(HPHONE);
DECLARE_OPAQUE32(HLINEAPP);
DECLARE_OPAQUE32(HPHONEAPP);
DECLARE_OPAQUE32(HAGENTSESSION);
DECLARE_OPAQUE32(HAGENT);
DECLARE_OPAQUE32(HPRIVATECHANNEL);

typedef HCALL *LPHCALL;
typedef HCALLHUB *LPHCALLHUB;
typedef HLINE *LPHLINE;
typedef HPHONE *LPHPHONE;
typedef HLINEAPP *LPHLINEAPP;
typedef HPHONEAPP *LPHPHONEAPP;
typedef HAGENTSESSION *LPHAGENTSESSION;
typedef HAGENT *LPHAGENT;
typedef HPRIVATECHANNEL *LPHPRIVATECHANNEL;
typedef HICON *LPHICON;

typedef void (CALLBACK *LINECALLBACK)(DWORD hDevice, DWORD dwMessage, DWORD_PTR dwInstance,
				      DWORD_PTR dwParam1, DWORD_PTR dwParam2, DWORD_PTR dwParam3);

#pragma pack(push, 1)

typedef struct lineaddresscaps_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwLineDeviceID;
	DWORD dwAddressSize;
	DWORD dwAddressOffset;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
	DWORD dwAddressSharing;
	DWORD dwAddressStates;
	DWORD dwCallInfoStates;
	DWORD dwCallerIDFlags;
	DWORD dwCalledIDFlags;
	DWORD dwConnectedIDFlags;
	DWORD dwRedirectionIDFlags;
	DWORD dwRedirectingIDFlags;
	DWORD dwCallStates;
	DWORD dwDialToneModes;
	DWORD dwBusyModes;
	DWORD dwSpecialInfo;
	DWORD dwDisconnectModes;
	DWORD dwMaxNumActiveCalls;
	DWORD dwMaxNumOnHoldCalls;
	DWORD dwMaxNumOnHoldPendingCalls;
	DWORD dwMaxNumConference;
	DWORD dwMaxNumTransConf;
	DWORD dwAddrCapFlags;
	DWORD dwCallFeatures;
	DWORD dwRemoveFromConfCaps;
	DWORD dwRemoveFromConfState;
	DWORD dwTransferModes;
	DWORD dwParkModes;
	DWORD dwForwardModes;
	DWORD dwMaxForwardEntries;
	DWORD dwMaxSpecificEntries;
	DWORD dwMinFwdNumRings;
	DWORD dwMaxFwdNumRings;
	DWORD dwMaxCallCompletions;
	DWORD dwCallCompletionConds;
	DWORD dwCallCompletionModes;
	DWORD dwNumCompletionMessages;
	DWORD dwCompletionMsgTextEntrySize;
	DWORD dwCompletionMsgTextSize;
	DWORD dwCompletionMsgTextOffset;
	DWORD dwAddressFeatures;
#if TAPI_CURRENT_VERSION >= 0x00020000
	DWORD dwPredictiveAutoTransferStates;
	DWORD dwNumCallTreatments;
	DWORD dwCallTreatmentListSize;
	DWORD dwCallTreatmentListOffset;
	DWORD dwDeviceClassesSize;
	DWORD dwDeviceClassesOffset;
	DWORD dwMaxCallDataSize;
	DWORD dwCallFeatures2;
	DWORD dwMaxNoAnswerTimeout;
	DWORD dwConnectedModes;
	DWORD dwOfferingModes;
	DWORD dwAvailableMediaModes;
#endif
} LINEADDRESSCAPS, *LPLINEADDRESSCAPS;

typedef struct lineaddressstatus_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumInUse;
	DWORD dwNumActiveCalls;
	DWORD dwNumOnHoldCalls;
	DWORD dwNumOnHoldPendCalls;
	DWORD dwAddressFeatures;
	DWORD dwNumRingsNoAnswer;
	DWORD dwForwardNumEntries;
	DWORD dwForwardSize;
	DWORD dwForwardOffset;
	DWORD dwTerminalModesSize;
	DWORD dwTerminalModesOffset;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
} LINEADDRESSSTATUS, *LPLINEADDRESSSTATUS;

typedef struct lineappinfo_tag {
	DWORD dwMachineNameSize;
	DWORD dwMachineNameOffset;
	DWORD dwUserNameSize;
	DWORD dwUserNameOffset;
	DWORD dwModuleFilenameSize;
	DWORD dwModuleFilenameOffset;
	DWORD dwFriendlyNameSize;
	DWORD dwFriendlyNameOffset;
	DWORD dwMediaModes;
	DWORD dwAddressID;
} LINEAPPINFO, *LPLINEAPPINFO;

typedef struct linecallhubtrackinginfo_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwAvailableTracking;
	DWORD dwCurrentTracking;
} LINECALLHUBTRACKINGINFO, *LPLINECALLHUBTRACKINGINFO;

typedef struct linedialparams_tag {
	DWORD dwDialPause;
	DWORD dwDialSpeed;
	DWORD dwDigitDuration;
	DWORD dwWaitForDialtone;
} LINEDIALPARAMS, *LPLINEDIALPARAMS;

typedef struct linecallinfo_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	HLINE hLine;
	DWORD dwLineDeviceID;
	DWORD dwAddressID;
	DWORD dwBearerMode;
	DWORD dwRate;
	DWORD dwMediaMode;
	DWORD dwAppSpecific;
	DWORD dwCallID;
	DWORD dwRelatedCallID;
	DWORD dwCallParamFlags;
	DWORD dwCallStates;
	DWORD dwMonitorDigitModes;
	DWORD dwMonitorMediaModes;
	LINEDIALPARAMS DialParams;
	DWORD dwOrigin;
	DWORD dwReason;
	DWORD dwCompletionID;
	DWORD dwNumOwners;
	DWORD dwNumMonitors;
	DWORD dwCountryCode;
	DWORD dwTrunk;
	DWORD dwCallerIDFlags;
	DWORD dwCallerIDSize;
	DWORD dwCallerIDOffset;
	DWORD dwCallerIDNameSize;
	DWORD dwCallerIDNameOffset;
	DWORD dwCalledIDFlags;
	DWORD dwCalledIDSize;
	DWORD dwCalledIDOffset;
	DWORD dwCalledIDNameSize;
	DWORD dwCalledIDNameOffset;
	DWORD dwConnectedIDFlags;
	DWORD dwConnectedIDSize;
	DWORD dwConnectedIDOffset;
	DWORD dwConnectedIDNameSize;
	DWORD dwConnectedIDNameOffset;
	DWORD dwRedirectionIDFlags;
	DWORD dwRedirectionIDSize;
	DWORD dwRedirectionIDOffset;
	DWORD dwRedirectionIDNameSize;
	DWORD dwRedirectionIDNameOffset;
	DWORD dwRedirectingIDFlags;
	DWORD dwRedirectingIDSize;
	DWORD dwRedirectingIDOffset;
	DWORD dwRedirectingIDNameSize;
	DWORD dwRedirectingIDNameOffset;
	DWORD dwAppNameSize;
	DWORD dwAppNameOffset;
	DWORD dwDisplayableAddressSize;
	DWORD dwDisplayableAddressOffset;
	DWORD dwCalledPartySize;
	DWORD dwCalledPartyOffset;
	DWORD dwCommentSize;
	DWORD dwCommentOffset;
	DWORD dwDisplaySize;
	DWORD dwDisplayOffset;
	DWORD dwUserUserInfoSize;
	DWORD dwUserUserInfoOffset;
	DWORD dwHighLevelCompSize;
	DWORD dwHighLevelCompOffset;
	DWORD dwLowLevelCompSize;
	DWORD dwLowLevelCompOffset;
	DWORD dwChargingInfoSize;
	DWORD dwChargingInfoOffset;
	DWORD dwTerminalModesSize;
	DWORD dwTerminalModesOffset;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
#if TAPI_CURRENT_VERSION >= 0x00020000
	DWORD dwCallTreatment;
	DWORD dwCallDataSize;
	DWORD dwCallDataOffset;
	DWORD dwSendingFlowspecSize;
	DWORD dwSendingFlowspecOffset;
	DWORD dwReceivingFlowspecSize;
	DWORD dwReceivingFlowspecOffset;
#endif
#if TAPI_CURRENT_VERSION >= 0x00030000
	DWORD dwCallerIDAddressType;
	DWORD dwCalledIDAddressType;
	DWORD dwConnectedIDAddressType;
	DWORD dwRedirectionIDAddressType;
	DWORD dwRedirectingIDAddressType;
#endif
} LINECALLINFO, *LPLINECALLINFO;

typedef struct linecalllist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwCallsNumEntries;
	DWORD dwCallsSize;
	DWORD dwCallsOffset;
} LINECALLLIST, *LPLINECALLLIST;

typedef struct linecallparams_tag {
	DWORD dwTotalSize;
	DWORD dwBearerMode;
	DWORD dwMinRate;
	DWORD dwMaxRate;
	DWORD dwMediaMode;
	DWORD dwCallParamFlags;
	DWORD dwAddressMode;
	DWORD dwAddressID;
	LINEDIALPARAMS DialParams;
	DWORD dwOrigAddressSize;
	DWORD dwOrigAddressOffset;
	DWORD dwDisplayableAddressSize;
	DWORD dwDisplayableAddressOffset;
	DWORD dwCalledPartySize;
	DWORD dwCalledPartyOffset;
	DWORD dwCommentSize;
	DWORD dwCommentOffset;
	DWORD dwUserUserInfoSize;
	DWORD dwUserUserInfoOffset;
	DWORD dwHighLevelCompSize;
	DWORD dwHighLevelCompOffset;
	DWORD dwLowLevelCompSize;
	DWORD dwLowLevelCompOffset;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
#if TAPI_CURRENT_VERSION >= 0x00020000
	DWORD dwPredictiveAutoTransferStates;
	DWORD dwTargetAddressSize;
	DWORD dwTargetAddressOffset;
	DWORD dwSendingFlowspecSize;
	DWORD dwSendingFlowspecOffset;
	DWORD dwReceivingFlowspecSize;
	DWORD dwReceivingFlowspecOffset;
	DWORD dwDeviceClassSize;
	DWORD dwDeviceClassOffset;
	DWORD dwDeviceConfigSize;
	DWORD dwDeviceConfigOffset;
	DWORD dwCallDataSize;
	DWORD dwCallDataOffset;
	DWORD dwNoAnswerTimeout;
	DWORD dwCallingPartyIDSize;
	DWORD dwCallingPartyIDOffset;
#endif
#if TAPI_CURRENT_VERSION >= 0x00030000
	DWORD dwAddressType;
#endif
} LINECALLPARAMS, *LPLINECALLPARAMS;

typedef struct linecallstatus_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwCallState;
	DWORD dwCallStateMode;
	DWORD dwCallPrivilege;
	DWORD dwCallFeatures;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
#if TAPI_CURRENT_VERSION >= 0x00020000
	DWORD dwCallFeatures2;
	SYSTEMTIME tStateEntryTime;
#endif
} LINECALLSTATUS, *LPLINECALLSTATUS;

typedef struct linecalltreatmententry_tag {
	DWORD dwCallTreatmentID;
	DWORD dwCallTreatmentNameSize;
	DWORD dwCallTreatmentNameOffset;
} LINECALLTREATMENTENTRY, *LPLINECALLTREATMENTENTRY;

typedef struct linecardentry_tag {
	DWORD dwPermanentCardID;
	DWORD dwCardNameSize;
	DWORD dwCardNameOffset;
	DWORD dwCardNumberDigits;
	DWORD dwSameAreaRuleSize;
	DWORD dwSameAreaRuleOffset;
	DWORD dwLongDistanceRuleSize;
	DWORD dwLongDistanceRuleOffset;
	DWORD dwInternationalRuleSize;
	DWORD dwInternationalRuleOffset;
	DWORD dwOptions;
} LINECARDENTRY, *LPLINECARDENTRY;

typedef struct linecountryentry_tag {
	DWORD dwCountryID;
	DWORD dwCountryCode;
	DWORD dwNextCountryID;
	DWORD dwCountryNameSize;
	DWORD dwCountryNameOffset;
	DWORD dwSameAreaRuleSize;
	DWORD dwSameAreaRuleOffset;
	DWORD dwLongDistanceRuleSize;
	DWORD dwLongDistanceRuleOffset;
	DWORD dwInternationalRuleSize;
	DWORD dwInternationalRuleOffset;
} LINECOUNTRYENTRY, *LPLINECOUNTRYENTRY;

typedef struct linecountrylist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumCountries;
	DWORD dwCountryListSize;
	DWORD dwCountryListOffset;
} LINECOUNTRYLIST, *LPLINECOUNTRYLIST;

typedef struct linedevcaps_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwProviderInfoSize;
	DWORD dwProviderInfoOffset;
	DWORD dwSwitchInfoSize;
	DWORD dwSwitchInfoOffset;
	DWORD dwPermanentLineID;
	DWORD dwLineNameSize;
	DWORD dwLineNameOffset;
	DWORD dwStringFormat;
	DWORD dwAddressModes;
	DWORD dwNumAddresses;
	DWORD dwBearerModes;
	DWORD dwMaxRate;
	DWORD dwMediaModes;
	DWORD dwGenerateToneModes;
	DWORD dwGenerateToneMaxNumFreq;
	DWORD dwGenerateDigitModes;
	DWORD dwMonitorToneMaxNumFreq;
	DWORD dwMonitorToneMaxNumEntries;
	DWORD dwMonitorDigitModes;
	DWORD dwGatherDigitsMinTimeout;
	DWORD dwGatherDigitsMaxTimeout;
	DWORD dwMedCtlDigitMaxListSize;
	DWORD dwMedCtlMediaMaxListSize;
	DWORD dwMedCtlToneMaxListSize;
	DWORD dwMedCtlCallStateMaxListSize;
	DWORD dwDevCapFlags;
	DWORD dwMaxNumActiveCalls;
	DWORD dwAnswerMode;
	DWORD dwRingModes;
	DWORD dwLineStates;
	DWORD dwUUIAcceptSize;
	DWORD dwUUIAnswerSize;
	DWORD dwUUIMakeCallSize;
	DWORD dwUUIDropSize;
	DWORD dwUUISendUserUserInfoSize;
	DWORD dwUUICallInfoSize;
	LINEDIALPARAMS MinDialParams;
	LINEDIALPARAMS MaxDialParams;
	LINEDIALPARAMS DefaultDialParams;
	DWORD dwNumTerminals;
	DWORD dwTerminalCapsSize;
	DWORD dwTerminalCapsOffset;
	DWORD dwTerminalTextEntrySize;
	DWORD dwTerminalTextSize;
	DWORD dwTerminalTextOffset;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
	DWORD dwLineFeatures;
#if TAPI_CURRENT_VERSION >= 0x00020000
	DWORD dwSettableDevStatus;
	DWORD dwDeviceClassesSize;
	DWORD dwDeviceClassesOffset;
#endif
#if TAPI_CURRENT_VERSION >= 0x00020002
	GUID PermanentLineGuid;
#endif
#if TAPI_CURRENT_VERSION >= 0x00030000
	DWORD dwAddressTypes;
	GUID ProtocolGuid;
	DWORD dwAvailableTracking;
#endif
} LINEDEVCAPS, *LPLINEDEVCAPS;

typedef struct linedevstatus_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumOpens;
	DWORD dwOpenMediaModes;
	DWORD dwNumActiveCalls;
	DWORD dwNumOnHoldCalls;
	DWORD dwNumOnHoldPendCalls;
	DWORD dwLineFeatures;
	DWORD dwNumCallCompletions;
	DWORD dwRingMode;
	DWORD dwSignalLevel;
	DWORD dwBatteryLevel;
	DWORD dwRoamMode;
	DWORD dwDevStatusFlags;
	DWORD dwTerminalModesSize;
	DWORD dwTerminalModesOffset;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
#if TAPI_CURRENT_VERSION >= 0x00020000
	DWORD dwAvailableMediaModes;
	DWORD dwAppInfoSize;
	DWORD dwAppInfoOffset;
#endif
} LINEDEVSTATUS, *LPLINEDEVSTATUS;

typedef struct lineextensionid_tag {
	DWORD dwExtensionID0;
	DWORD dwExtensionID1;
	DWORD dwExtensionID2;
	DWORD dwExtensionID3;
} LINEEXTENSIONID, *LPLINEEXTENSIONID;

typedef struct lineforward_tag {
	DWORD dwForwardMode;
	DWORD dwCallerAddressSize;
	DWORD dwCallerAddressOffset;
	DWORD dwDestCountryCode;
	DWORD dwDestAddressSize;
	DWORD dwDestAddressOffset;
#if TAPI_CURRENT_VERSION >= 0x00030000
	DWORD dwCallerAddressType;
	DWORD dwDestAddressType;
#endif
} LINEFORWARD, *LPLINEFORWARD;

typedef struct lineforwardlist_tag {
	DWORD dwTotalSize;
	DWORD dwNumEntries;
	LINEFORWARD ForwardList[1];
} LINEFORWARDLIST, *LPLINEFORWARDLIST;

typedef struct linegeneratetone_tag {
	DWORD dwFrequency;
	DWORD dwCadenceOn;
	DWORD dwCadenceOff;
	DWORD dwVolume;
} LINEGENERATETONE, *LPLINEGENERATETONE;

typedef struct lineinitializeexparams_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwOptions;
	union {
		HANDLE hEvent;
		HANDLE hCompletionPort;
	} Handles;
	DWORD dwCompletionKey;
} LINEINITIALIZEEXPARAMS, *LPLINEINITIALIZEEXPARAMS;

typedef struct linelocationentry_tag {
	DWORD dwPermanentLocationID;
	DWORD dwLocationNameSize;
	DWORD dwLocationNameOffset;
	DWORD dwCountryCode;
	DWORD dwCityCodeSize;
	DWORD dwCityCodeOffset;
	DWORD dwPreferredCardID;
	DWORD dwLocalAccessCodeSize;
	DWORD dwLocalAccessCodeOffset;
	DWORD dwLongDistanceAccessCodeSize;
	DWORD dwLongDistanceAccessCodeOffset;
	DWORD dwTollPrefixListSize;
	DWORD dwTollPrefixListOffset;
	DWORD dwCountryID;
	DWORD dwOptions;
	DWORD dwCancelCallWaitingSize;
	DWORD dwCancelCallWaitingOffset;
} LINELOCATIONENTRY, *LPLINELOCATIONENTRY;

typedef struct linemediacontrolcallstate_tag {
	DWORD dwCallStates;
	DWORD dwMediaControl;
} LINEMEDIACONTROLCALLSTATE, *LPLINEMEDIACONTROLCALLSTATE;

typedef struct linemediacontroldigit_tag {
	DWORD dwDigit;
	DWORD dwDigitModes;
	DWORD dwMediaControl;
} LINEMEDIACONTROLDIGIT, *LPLINEMEDIACONTROLDIGIT;

typedef struct linemediacontrolmedia_tag {
	DWORD dwMediaModes;
	DWORD dwDuration;
	DWORD dwMediaControl;
} LINEMEDIACONTROLMEDIA, *LPLINEMEDIACONTROLMEDIA;

typedef struct linemediacontroltone_tag {
	DWORD dwAppSpecific;
	DWORD dwDuration;
	DWORD dwFrequency1;
	DWORD dwFrequency2;
	DWORD dwFrequency3;
	DWORD dwMediaControl;
} LINEMEDIACONTROLTONE, *LPLINEMEDIACONTROLTONE;

typedef struct linemessage_tag {
	DWORD hDevice;
	DWORD dwMessageID;
	DWORD_PTR dwCallbackInstance;
	DWORD_PTR dwParam1;
	DWORD_PTR dwParam2;
	DWORD_PTR dwParam3;
} LINEMESSAGE, *LPLINEMESSAGE;

typedef struct linemonitortone_tag {
	DWORD dwAppSpecific;
	DWORD dwDuration;
	DWORD dwFrequency1;
	DWORD dwFrequency2;
	DWORD dwFrequency3;
} LINEMONITORTONE, *LPLINEMONITORTONE;

typedef struct lineproviderentry_tag {
	DWORD dwPermanentProviderID;
	DWORD dwProviderFilenameSize;
	DWORD dwProviderFilenameOffset;
} LINEPROVIDERENTRY, *LPLINEPROVIDERENTRY;

typedef struct lineproviderlist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumProviders;
	DWORD dwProviderListSize;
	DWORD dwProviderListOffset;
} LINEPROVIDERLIST, *LPLINEPROVIDERLIST;

typedef struct linereqmakecall_tag {
	char szDestAddress[TAPIMAXDESTADDRESSSIZE];
	char szAppName[TAPIMAXAPPNAMESIZE];
	char szCalledParty[TAPIMAXCALLEDPARTYSIZE];
	char szComment[TAPIMAXCOMMENTSIZE];
} LINEREQMAKECALL, *LPLINEREQMAKECALL;

typedef struct linereqmakecallW_tag {
	WCHAR szDestAddress[TAPIMAXDESTADDRESSSIZE];
	WCHAR szAppName[TAPIMAXAPPNAMESIZE];
	WCHAR szCalledParty[TAPIMAXCALLEDPARTYSIZE];
	WCHAR szComment[TAPIMAXCOMMENTSIZE];
} LINEREQMAKECALLW, *LPLINEREQMAKECALLW;

#ifdef UNICODE
#define LINEREQMAKECALL LINEREQMAKECALLW
#endif

typedef struct linereqmediacall_tag {
	HWND hWnd;
	WPARAM wRequestID;
	char szDeviceClass[TAPIMAXDEVICECLASSSIZE];
	unsigned char ucDeviceID[TAPIMAXDEVICEIDSIZE];
	DWORD dwSize;
	DWORD dwSecure;
	char szDestAddress[TAPIMAXDESTADDRESSSIZE];
	char szAppName[TAPIMAXAPPNAMESIZE];
	char szCalledParty[TAPIMAXCALLEDPARTYSIZE];
	char szComment[TAPIMAXCOMMENTSIZE];
} LINEREQMEDIACALL, *LPLINEREQMEDIACALL;

typedef struct linereqmediacallW_tag {
	HWND hWnd;
	WPARAM wRequestID;
	WCHAR szDeviceClass[TAPIMAXDEVICECLASSSIZE];
	unsigned char ucDeviceID[TAPIMAXDEVICEIDSIZE];
	DWORD dwSize;
	DWORD dwSecure;
	WCHAR szDestAddress[TAPIMAXDESTADDRESSSIZE];
	WCHAR szAppName[TAPIMAXAPPNAMESIZE];
	WCHAR szCalledParty[TAPIMAXCALLEDPARTYSIZE];
	WCHAR szComment[TAPIMAXCOMMENTSIZE];
} LINEREQMEDIACALLW, *LPLINEREQMEDIACALLW;

#ifdef UNICODE
#define LINEREQMEDIACALL LINEREQMEDIACALLW
#endif

typedef struct linetermcaps_tag {
	DWORD dwTermDev;
	DWORD dwTermModes;
	DWORD dwTermSharing;
} LINETERMCAPS, *LPLINETERMCAPS;

typedef struct linetranslatecaps_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumLocations;
	DWORD dwLocationListSize;
	DWORD dwLocationListOffset;
	DWORD dwCurrentLocationID;
	DWORD dwNumCards;
	DWORD dwCardListSize;
	DWORD dwCardListOffset;
	DWORD dwCurrentPreferredCardID;
} LINETRANSLATECAPS, *LPLINETRANSLATECAPS;

typedef struct linetranslateoutput_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwDialableStringSize;
	DWORD dwDialableStringOffset;
	DWORD dwDisplayableStringSize;
	DWORD dwDisplayableStringOffset;
	DWORD dwCurrentCountry;
	DWORD dwDestCountry;
	DWORD dwTranslateResults;
} LINETRANSLATEOUTPUT, *LPLINETRANSLATEOUTPUT;

typedef struct varstring_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwStringFormat;
	DWORD dwStringSize;
	DWORD dwStringOffset;
} VARSTRING, *LPVARSTRING;

#pragma pack(pop)

#endif /* TAPI_STRUCTURES_H */
