/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Agents of call centres: structures and functions.
 */
#ifndef TAPI_AGENT_H
#define TAPI_AGENT_H

#include "structures.h"

#pragma pack(push, 1)

typedef struct lineagentactivityentry_tag {
	DWORD dwID;
	DWORD dwNameSize;
	DWORD dwNameOffset;
} LINEAGENTACTIVITYENTRY, *LPLINEAGENTACTIVITYENTRY;

typedef struct lineagentactivitylist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumEntries;
	DWORD dwListSize;
	DWORD dwListOffset;
} LINEAGENTACTIVITYLIST, *LPLINEAGENTACTIVITYLIST;

typedef struct lineagentcaps_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwAgentHandlerInfoSize;
	DWORD dwAgentHandlerInfoOffset;
	DWORD dwCapsVersion;
	DWORD dwFeatures;
	DWORD dwStates;
	DWORD dwNextStates;
	DWORD dwMaxNumGroupEntries;
	DWORD dwAgentStatusMessages;
	DWORD dwNumAgentExtensionIDs;
	DWORD dwAgentExtensionIDListSize;
	DWORD dwAgentExtensionIDListOffset;
#if TAPI_CURRENT_VERSION >= 0x00020002
	GUID ProxyGUID;
#endif
} LINEAGENTCAPS, *LPLINEAGENTCAPS;

typedef struct lineagentgroupentry_tag {
	struct {
		DWORD dwGroupID1;
		DWORD dwGroupID2;
		DWORD dwGroupID3;
		DWORD dwGroupID4;
	} GroupID;
	DWORD dwNameSize;
	DWORD dwNameOffset;
} LINEAGENTGROUPENTRY, *LPLINEAGENTGROUPENTRY;

typedef struct lineagentgrouplist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumEntries;
	DWORD dwListSize;
	DWORD dwListOffset;
} LINEAGENTGROUPLIST, *LPLINEAGENTGROUPLIST;

typedef struct lineagentstatus_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumEntries;
	DWORD dwGroupListSize;
	DWORD dwGroupListOffset;
	DWORD dwState;
	DWORD dwNextState;
	DWORD dwActivityID;
	DWORD dwActivitySize;
	DWORD dwActivityOffset;
	DWORD dwAgentFeatures;
	DWORD dwValidStates;
	DWORD dwValidNextStates;
} LINEAGENTSTATUS, *LPLINEAGENTSTATUS;

typedef struct lineagententry_tag {
	HAGENT hAgent;
	DWORD dwNameSize;
	DWORD dwNameOffset;
	DWORD dwIDSize;
	DWORD dwIDOffset;
	DWORD dwPINSize;
	DWORD dwPINOffset;
} LINEAGENTENTRY, *LPLINEAGENTENTRY;

typedef struct lineagentlist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumEntries;
	DWORD dwListSize;
	DWORD dwListOffset;
} LINEAGENTLIST, *LPLINEAGENTLIST;

typedef struct lineagentinfo_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwAgentState;
	DWORD dwNextAgentState;
	DWORD dwMeasurementPeriod;
	CURRENCY cyOverallCallRate;
	DWORD dwNumberOfACDCalls;
	DWORD dwNumberOfIncomingCalls;
	DWORD dwNumberOfOutgoingCalls;
	DWORD dwTotalACDTalkTime;
	DWORD dwTotalACDCallTime;
	DWORD dwTotalACDWrapUpTime;
} LINEAGENTINFO, *LPLINEAGENTINFO;

typedef struct lineagentsession_tag {
	HAGENTSESSION hAgentSession;
	HAGENT hAgent;
	GUID GroupID;
	DWORD dwWorkingAddressID;
} LINEAGENTSESSIONENTRY, *LPLINEAGENTSESSIONENTRY;

typedef struct lineagentsessionlist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumEntries;
	DWORD dwListSize;
	DWORD dwListOffset;
} LINEAGENTSESSIONLIST, *LPLINEAGENTSESSIONLIST;

typedef struct lineagentsessioninfo_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwAgentSessionState;
	DWORD dwNextAgentSessionState;
	DATE dateSessionStartTime;
	DWORD dwSessionDuration;
	DWORD dwNumberOfCalls;
	DWORD dwTotalTalkTime;
	DWORD dwAverageTalkTime;
	DWORD dwTotalCallTime;
	DWORD dwAverageCallTime;
	DWORD dwTotalWrapUpTime;
	DWORD dwAverageWrapUpTime;
	CURRENCY cyACDCallRate;
	DWORD dwLongestTimeToAnswer;
	DWORD dwAverageTimeToAnswer;
} LINEAGENTSESSIONINFO, *LPLINEAGENTSESSIONINFO;

typedef struct linequeueentry_tag {
	DWORD dwQueueID;
	DWORD dwNameSize;
	DWORD dwNameOffset;
} LINEQUEUEENTRY, *LPLINEQUEUEENTRY;

typedef struct linequeuelist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumEntries;
	DWORD dwListSize;
	DWORD dwListOffset;
} LINEQUEUELIST, *LPLINEQUEUELIST;

typedef struct linequeueinfo_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwMeasurementPeriod;
	DWORD dwTotalCallsQueued;
	DWORD dwCurrentCallsQueued;
	DWORD dwTotalCallsAbandoned;
	DWORD dwTotalCallsFlowedIn;
	DWORD dwTotalCallsFlowedOut;
	DWORD dwLongestEverWaitTime;
	DWORD dwCurrentLongestWaitTime;
	DWORD dwAverageWaitTime;
	DWORD dwFinalDisposition;
} LINEQUEUEINFO, *LPLINEQUEUEINFO;

typedef struct lineproxyrequestlist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumEntries;
	DWORD dwListSize;
	DWORD dwListOffset;
} LINEPROXYREQUESTLIST, *LPLINEPROXYREQUESTLIST;

typedef struct lineproxyrequest_tag {
	DWORD dwSize;
	DWORD dwClientMachineNameSize;
	DWORD dwClientMachineNameOffset;
	DWORD dwClientUserNameSize;
	DWORD dwClientUserNameOffset;
	DWORD dwClientAppAPIVersion;
	DWORD dwRequestType;
	__extension__ union {
		struct {
			DWORD dwAddressID;
			LINEAGENTGROUPLIST GroupList;
		} SetAgentGroup;
		struct {
			DWORD dwAddressID;
			DWORD dwAgentState;
			DWORD dwNextAgentState;
		} SetAgentState;
		struct {
			DWORD dwAddressID;
			DWORD dwActivityID;
		} SetAgentActivity;
		struct {
			DWORD dwAddressID;
			LINEAGENTCAPS AgentCaps;
		} GetAgentCaps;
		struct {
			DWORD dwAddressID;
			LINEAGENTSTATUS AgentStatus;
		} GetAgentStatus;
		struct {
			DWORD dwAddressID;
			DWORD dwAgentExtensionIDIndex;
			DWORD dwSize;
			BYTE Params[1];
		} AgentSpecific;
		struct {
			DWORD dwAddressID;
			LINEAGENTACTIVITYLIST ActivityList;
		} GetAgentActivityList;
		struct {
			DWORD dwAddressID;
			LINEAGENTGROUPLIST GroupList;
		} GetAgentGroupList;
#if TAPI_CURRENT_VERSION >= 0x00020002
		struct {
			HAGENT hAgent;
			DWORD dwAgentIDSize;
			DWORD dwAgentIDOffset;
			DWORD dwAgentPINSize;
			DWORD dwAgentPINOffset;
		} CreateAgent;
		struct {
			HAGENT hAgent;
			DWORD dwAgentState;
			DWORD dwNextAgentState;
		} SetAgentStateEx;
		struct {
			HAGENT hAgent;
			DWORD dwMeasurementPeriod;
		} SetAgentMeasurementPeriod;
		struct {
			HAGENT hAgent;
			LINEAGENTINFO AgentInfo;
		} GetAgentInfo;
		struct {
			HAGENTSESSION hAgentSession;
			DWORD dwAgentPINSize;
			DWORD dwAgentPINOffset;
			HAGENT hAgent;
			GUID GroupID;
			DWORD dwWorkingAddressID;
		} CreateAgentSession;
		struct {
			HAGENT hAgent;
			LINEAGENTSESSIONLIST SessionList;
		} GetAgentSessionList;
		struct {
			HAGENTSESSION hAgentSession;
			LINEAGENTSESSIONINFO SessionInfo;
		} GetAgentSessionInfo;
		struct {
			HAGENTSESSION hAgentSession;
			DWORD dwAgentSessionState;
			DWORD dwNextAgentSessionState;
		} SetAgentSessionState;
		struct {
			GUID GroupID;
			LINEQUEUELIST QueueList;
		} GetQueueList;
		struct {
			DWORD dwQueueID;
			DWORD dwMeasurementPeriod;
		} SetQueueMeasurementPeriod;
		struct {
			DWORD dwQueueID;
			LINEQUEUEINFO QueueInfo;
		} GetQueueInfo;
		struct {
			LINEAGENTGROUPLIST GroupList;
		} GetGroupList;
#endif
	};
} LINEPROXYREQUEST, *LPLINEPROXYREQUEST;

#pragma pack(pop)

#ifdef __cplusplus
extern "C" {
#endif

LONG WINAPI lineAgentSpecific(HLINE hLine, DWORD dwAddressID, DWORD dwAgentExtensionIDIndex,
			      LPVOID lpParams, DWORD dwSize);

LONG WINAPI lineCreateAgentA(HLINE hLine, LPSTR lpszAgentID, LPSTR lpszAgentPIN, LPHAGENT lphAgent);
LONG WINAPI lineCreateAgentW(HLINE hLine, LPWSTR lpszAgentID, LPWSTR lpszAgentPIN,
			     LPHAGENT lphAgent);

LONG WINAPI lineCreateAgentSessionA(HLINE hLine, HAGENT hAgent, LPSTR lpszAgentPIN,
				    DWORD dwWorkingAddressID, LPGUID lpGroupID,
				    LPHAGENTSESSION lphAgentSession);
LONG WINAPI lineCreateAgentSessionW(HLINE hLine, HAGENT hAgent, LPWSTR lpszAgentPIN,
				    DWORD dwWorkingAddressID, LPGUID lpGroupID,
				    LPHAGENTSESSION lphAgentSession);

LONG WINAPI lineGetAgentActivityListA(HLINE hLine, DWORD dwAddressID,
				      LPLINEAGENTACTIVITYLIST lpAgentActivityList);
LONG WINAPI lineGetAgentActivityListW(HLINE hLine, DWORD dwAddressID,
				      LPLINEAGENTACTIVITYLIST lpAgentActivityList);

LONG WINAPI lineGetAgentCapsA(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID,
			      DWORD dwAppAPIVersion, LPLINEAGENTCAPS lpAgentCaps);
LONG WINAPI lineGetAgentCapsW(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID,
			      DWORD dwAppAPIVersion, LPLINEAGENTCAPS lpAgentCaps);

LONG WINAPI lineGetAgentGroupListA(HLINE hLine, DWORD dwAddressID,
				   LPLINEAGENTGROUPLIST lpAgentGroupList);
LONG WINAPI lineGetAgentGroupListW(HLINE hLine, DWORD dwAddressID,
				   LPLINEAGENTGROUPLIST lpAgentGroupList);

LONG WINAPI lineGetAgentInfo(HLINE hLine, HAGENT hAgent, LPLINEAGENTINFO lpAgentInfo);

LONG WINAPI lineGetAgentSessionInfo(HLINE hLine, HAGENTSESSION hAgentSession,
				    LPLINEAGENTSESSIONINFO lpAgentSessionInfo);

LONG WINAPI lineGetAgentSessionList(HLINE hLine, HAGENT hAgent,
				    LPLINEAGENTSESSIONLIST lpAgentSessionList);

LONG WINAPI lineGetAgentStatusA(HLINE hLine, DWORD dwAddressID, LPLINEAGENTSTATUS lpAgentStatus);
LONG WINAPI lineGetAgentStatusW(HLINE hLine, DWORD dwAddressID, LPLINEAGENTSTATUS lpAgentStatus);

LONG WINAPI lineGetGroupListA(HLINE hLine, LPLINEAGENTGROUPLIST lpGroupList);
LONG WINAPI lineGetGroupListW(HLINE hLine, LPLINEAGENTGROUPLIST lpGroupList);

LONG WINAPI lineGetProxyStatus(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAppAPIVersion,
			       LPLINEPROXYREQUESTLIST lpLineProxyRequestList);

LONG WINAPI lineGetQueueInfo(HLINE hLine, DWORD dwQueueID, LPLINEQUEUEINFO lpLineQueueInfo);

LONG WINAPI lineGetQueueListA(HLINE hLine, LPGUID lpGroupID, LPLINEQUEUELIST lpQueueList);
LONG WINAPI lineGetQueueListW(HLINE hLine, LPGUID lpGroupID, LPLINEQUEUELIST lpQueueList);

LONG WINAPI lineProxyMessage(HLINE hLine, HCALL hCall, DWORD dwMsg, DWORD dwParam1, DWORD dwParam2,
			     DWORD dwParam3);

LONG WINAPI lineProxyResponse(HLINE hLine, LPLINEPROXYREQUEST lpProxyRequest, DWORD dwResult);

LONG WINAPI lineSetAgentActivity(HLINE hLine, DWORD dwAddressID, DWORD dwActivityID);

LONG WINAPI lineSetAgentGroup(HLINE hLine, DWORD dwAddressID,
			      LPLINEAGENTGROUPLIST lpAgentGroupList);

LONG WINAPI lineSetAgentMeasurementPeriod(HLINE hLine, HAGENT hAgent, DWORD dwMeasurementPeriod);

LONG WINAPI lineSetAgentSessionState(HLINE hLine, HAGENTSESSION hAgentSession,
				     DWORD dwAgentSessionState, DWORD dwNextAgentSessionState);

LONG WINAPI lineSetAgentState(HLINE hLine, DWORD dwAddressID, DWORD dwAgentState,
			      DWORD dwNextAgentState);

LONG WINAPI lineSetAgentStateEx(HLINE hLine, HAGENT hAgent, DWORD dwAgentState,
				DWORD dwNextAgentState);

LONG WINAPI lineSetQueueMeasurementPeriod(HLINE hLine, DWORD dwQueueID, DWORD dwMeasurementPeriod);

#ifdef __cplusplus
}
#endif

#endif /* TAPI_AGENT_H */
