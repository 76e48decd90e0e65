/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Agents of call centres: structures and functions.
 *
 * There is nobody here who serves agents, which is an application's business
 * (LINEOPENOPTION_PROXY), not a device's: each function answers LINEERR_OPERATIONUNAVAIL, after
 * what is wrong with its handles.
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

/**
 * lineAgentSpecific() - something of an agent handler's own
 * @hLine: the line
 * @dwAddressID: the address, from 0
 * @dwAgentExtensionIDIndex: which
 * @lpParams: its own
 * @dwSize: bytes of it
 *
 * Not to be had: nobody runs a call centre here.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineAgentSpecific(HLINE hLine, DWORD dwAddressID, DWORD dwAgentExtensionIDIndex,
			      LPVOID lpParams, DWORD dwSize);

/**
 * lineCreateAgentA() - make an agent
 * @hLine: the line
 * @lpszAgentID: who
 * @lpszAgentPIN: secret
 * @lphAgent: would get it
 *
 * Not to be had: nobody runs a call centre here.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineCreateAgentA(HLINE hLine, LPSTR lpszAgentID, LPSTR lpszAgentPIN, LPHAGENT lphAgent);
LONG WINAPI lineCreateAgentW(HLINE hLine, LPWSTR lpszAgentID, LPWSTR lpszAgentPIN,
			     LPHAGENT lphAgent);

/**
 * lineCreateAgentSessionA() - make an agent's session
 * @hLine: the line
 * @hAgent: the agent
 * @lpszAgentPIN: secret
 * @dwWorkingAddressID: address
 * @lpGroupID: group
 * @lphAgentSession: would get it
 *
 * Not to be had: nobody runs a call centre here.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineCreateAgentSessionA(HLINE hLine, HAGENT hAgent, LPSTR lpszAgentPIN,
				    DWORD dwWorkingAddressID, LPGUID lpGroupID,
				    LPHAGENTSESSION lphAgentSession);
LONG WINAPI lineCreateAgentSessionW(HLINE hLine, HAGENT hAgent, LPWSTR lpszAgentPIN,
				    DWORD dwWorkingAddressID, LPGUID lpGroupID,
				    LPHAGENTSESSION lphAgentSession);

/**
 * lineGetAgentActivityListA() - what agents can be busy with
 * @hLine: the line
 * @dwAddressID: the address, from 0
 * @lpAgentActivityList: would get it
 *
 * Not to be had: nobody runs a call centre here.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineGetAgentActivityListA(HLINE hLine, DWORD dwAddressID,
				      LPLINEAGENTACTIVITYLIST lpAgentActivityList);
LONG WINAPI lineGetAgentActivityListW(HLINE hLine, DWORD dwAddressID,
				      LPLINEAGENTACTIVITYLIST lpAgentActivityList);

/**
 * lineGetAgentCapsA() - what agents are able to do
 * @hLineApp: the application
 * @dwDeviceID: the device
 * @dwAddressID: the address, from 0
 * @dwAppAPIVersion: a version
 * @lpAgentCaps: would get it
 *
 * Not to be had: nobody runs a call centre here.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALAPPHANDLE: no such application, or it has ended
 * LINEERR_BADDEVICEID: there never was such a device
 * LINEERR_NODEVICE: the device was removed
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineGetAgentCapsA(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID,
			      DWORD dwAppAPIVersion, LPLINEAGENTCAPS lpAgentCaps);
LONG WINAPI lineGetAgentCapsW(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID,
			      DWORD dwAppAPIVersion, LPLINEAGENTCAPS lpAgentCaps);

/**
 * lineGetAgentGroupListA() - groups of agents
 * @hLine: the line
 * @dwAddressID: the address, from 0
 * @lpAgentGroupList: would get them
 *
 * Not to be had: nobody runs a call centre here.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineGetAgentGroupListA(HLINE hLine, DWORD dwAddressID,
				   LPLINEAGENTGROUPLIST lpAgentGroupList);
LONG WINAPI lineGetAgentGroupListW(HLINE hLine, DWORD dwAddressID,
				   LPLINEAGENTGROUPLIST lpAgentGroupList);

/**
 * lineGetAgentInfo() - what an agent has done
 * @hLine: the line
 * @hAgent: the agent
 * @lpAgentInfo: would get it
 *
 * Not to be had: nobody runs a call centre here.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineGetAgentInfo(HLINE hLine, HAGENT hAgent, LPLINEAGENTINFO lpAgentInfo);

/**
 * lineGetAgentSessionInfo() - what was done in an agent's session
 * @hLine: the line
 * @hAgentSession: the session
 * @lpAgentSessionInfo: would get it
 *
 * Not to be had: nobody runs a call centre here.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineGetAgentSessionInfo(HLINE hLine, HAGENTSESSION hAgentSession,
				    LPLINEAGENTSESSIONINFO lpAgentSessionInfo);

/**
 * lineGetAgentSessionList() - an agent's sessions
 * @hLine: the line
 * @hAgent: the agent
 * @lpAgentSessionList: would get them
 *
 * Not to be had: nobody runs a call centre here.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineGetAgentSessionList(HLINE hLine, HAGENT hAgent,
				    LPLINEAGENTSESSIONLIST lpAgentSessionList);

/**
 * lineGetAgentStatusA() - the state of an agent
 * @hLine: the line
 * @dwAddressID: the address, from 0
 * @lpAgentStatus: would get it
 *
 * Not to be had: nobody runs a call centre here.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineGetAgentStatusA(HLINE hLine, DWORD dwAddressID, LPLINEAGENTSTATUS lpAgentStatus);
LONG WINAPI lineGetAgentStatusW(HLINE hLine, DWORD dwAddressID, LPLINEAGENTSTATUS lpAgentStatus);

/**
 * lineGetGroupListA() - groups of agents
 * @hLine: the line
 * @lpGroupList: would get them
 *
 * Not to be had: nobody runs a call centre here.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineGetGroupListA(HLINE hLine, LPLINEAGENTGROUPLIST lpGroupList);
LONG WINAPI lineGetGroupListW(HLINE hLine, LPLINEAGENTGROUPLIST lpGroupList);

/**
 * lineGetProxyStatus() - which requests of agents are served
 * @hLineApp: the application
 * @dwDeviceID: the device
 * @dwAppAPIVersion: a version
 * @lpLineProxyReqestList: would get them
 *
 * Not to be had: nobody runs a call centre here.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALAPPHANDLE: no such application, or it has ended
 * LINEERR_BADDEVICEID: there never was such a device
 * LINEERR_NODEVICE: the device was removed
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineGetProxyStatus(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAppAPIVersion,
			       LPLINEPROXYREQUESTLIST lpLineProxyReqestList);

/**
 * lineGetQueueInfo() - what has happened in a queue
 * @hLine: the line
 * @dwQueueID: the queue
 * @lpLineQueueInfo: would get it
 *
 * Not to be had: nobody runs a call centre here.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineGetQueueInfo(HLINE hLine, DWORD dwQueueID, LPLINEQUEUEINFO lpLineQueueInfo);

/**
 * lineGetQueueListA() - a group's queues
 * @hLine: the line
 * @lpGroupID: the group
 * @lpQueueList: would get them
 *
 * Not to be had: nobody runs a call centre here.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineGetQueueListA(HLINE hLine, LPGUID lpGroupID, LPLINEQUEUELIST lpQueueList);
LONG WINAPI lineGetQueueListW(HLINE hLine, LPGUID lpGroupID, LPLINEQUEUELIST lpQueueList);

/**
 * lineProxyMessage() - tell applications of agents
 * @hLine: the line
 * @hCall: a call of the line, or 0
 * @dwMsg: LINE_AGENT*
 * @dwParam1: of the message
 * @dwParam2: of the message
 * @dwParam3: of the message
 *
 * Not to be had: nobody runs a call centre here.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_INVALCALLHANDLE: no such call, or its handle has died, by itself or with its line
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineProxyMessage(HLINE hLine, HCALL hCall, DWORD dwMsg, DWORD dwParam1, DWORD dwParam2,
			     DWORD dwParam3);

/**
 * lineProxyResponse() - answer a request of an agent
 * @hLine: the line
 * @lpProxyRequest: the request
 * @dwResult: the answer
 *
 * Not to be had: nobody runs a call centre here.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineProxyResponse(HLINE hLine, LPLINEPROXYREQUEST lpProxyRequest, DWORD dwResult);

/**
 * lineSetAgentActivity() - say what an agent is busy with
 * @hLine: the line
 * @dwAddressID: the address, from 0
 * @dwActivityID: the activity
 *
 * Not to be had: nobody runs a call centre here.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineSetAgentActivity(HLINE hLine, DWORD dwAddressID, DWORD dwActivityID);

/**
 * lineSetAgentGroup() - say which groups an agent is in
 * @hLine: the line
 * @dwAddressID: the address, from 0
 * @lpAgentGroupList: the groups
 *
 * Not to be had: nobody runs a call centre here.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineSetAgentGroup(HLINE hLine, DWORD dwAddressID,
			      LPLINEAGENTGROUPLIST lpAgentGroupList);

/**
 * lineSetAgentMeasurementPeriod() - say how long what an agent does is counted
 * @hLine: the line
 * @hAgent: the agent
 * @dwMeasurementPeriod: seconds
 *
 * Not to be had: nobody runs a call centre here.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineSetAgentMeasurementPeriod(HLINE hLine, HAGENT hAgent, DWORD dwMeasurementPeriod);

/**
 * lineSetAgentSessionState() - change the state of an agent's session
 * @hLine: the line
 * @hAgentSession: the session
 * @dwAgentSessionState: the state
 * @dwNextAgentSessionState: and the next one
 *
 * Not to be had: nobody runs a call centre here.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineSetAgentSessionState(HLINE hLine, HAGENTSESSION hAgentSession,
				     DWORD dwAgentSessionState, DWORD dwNextAgentSessionState);

/**
 * lineSetAgentState() - change the state of an agent at an address
 * @hLine: the line
 * @dwAddressID: the address, from 0
 * @dwAgentState: the state
 * @dwNextAgentState: and the next one
 *
 * Not to be had: nobody runs a call centre here.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineSetAgentState(HLINE hLine, DWORD dwAddressID, DWORD dwAgentState,
			      DWORD dwNextAgentState);

/**
 * lineSetAgentStateEx() - change the state of an agent
 * @hLine: the line
 * @hAgent: the agent
 * @dwAgentState: the state
 * @dwNextAgentState: and the next one
 *
 * Not to be had: nobody runs a call centre here.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineSetAgentStateEx(HLINE hLine, HAGENT hAgent, DWORD dwAgentState,
				DWORD dwNextAgentState);

/**
 * lineSetQueueMeasurementPeriod() - say how long what happens in a queue is counted
 * @hLine: the line
 * @dwQueueID: the queue
 * @dwMeasurementPeriod: seconds
 *
 * Not to be had: nobody runs a call centre here.
 *
 * Return: an error, always:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALLINEHANDLE: no such line, or it was closed, also from below
 * LINEERR_OPERATIONUNAVAIL: it is not to be had here
 */
LONG WINAPI lineSetQueueMeasurementPeriod(HLINE hLine, DWORD dwQueueID, DWORD dwMeasurementPeriod);

#ifdef __cplusplus
}
#endif

#endif /* TAPI_AGENT_H */
