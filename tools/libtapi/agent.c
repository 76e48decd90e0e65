// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Agents of call centres, and applications that serve them. There are none.
 */
#include "unsupported.h"

#define DEVICE(name, ...) \
	UNAVAILABLE(name, device(hLineApp, id), HLINEAPP hLineApp, DWORD id, __VA_ARGS__)

/**
 * lineGetAgentCaps() - what agents can do on an address
 *
 * There are no agents. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALAPPHANDLE, LINEERR_BADDEVICEID, LINEERR_NODEVICE,
 * LINEERR_UNINITIALIZED
 */
DEVICE(lineGetAgentCapsA, DWORD address, DWORD version, LPLINEAGENTCAPS caps)
DEVICE(lineGetAgentCapsW, DWORD address, DWORD version, LPLINEAGENTCAPS caps)

/**
 * lineGetProxyStatus() - which functions for agents are served for a line
 *
 * There are no agents. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALAPPHANDLE, LINEERR_BADDEVICEID, LINEERR_NODEVICE,
 * LINEERR_UNINITIALIZED
 */
DEVICE(lineGetProxyStatus, DWORD version, LPLINEPROXYREQUESTLIST list)

/**
 * lineAgentSpecific() - ask for something of an agent handler's own
 *
 * There are no agents. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
OF_LINE(lineAgentSpecific, DWORD address, DWORD extension, LPVOID params, DWORD size)

/**
 * lineCreateAgent() - make an agent
 *
 * There are no agents. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
OF_LINE(lineCreateAgentA, LPSTR id, LPSTR pin, LPHAGENT agent)
OF_LINE(lineCreateAgentW, LPWSTR id, LPWSTR pin, LPHAGENT agent)

/**
 * lineCreateAgentSession() - begin an agent's session
 *
 * There are no agents. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
OF_LINE(lineCreateAgentSessionA, HAGENT agent, LPSTR pin, DWORD address, LPGUID group,
	LPHAGENTSESSION session)
OF_LINE(lineCreateAgentSessionW, HAGENT agent, LPWSTR pin, DWORD address, LPGUID group,
	LPHAGENTSESSION session)

/**
 * lineGetAgentActivityList() - what agents can be busy with
 *
 * There are no agents. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
OF_LINE(lineGetAgentActivityListA, DWORD address, LPLINEAGENTACTIVITYLIST list)
OF_LINE(lineGetAgentActivityListW, DWORD address, LPLINEAGENTACTIVITYLIST list)

/**
 * lineGetAgentGroupList() - which groups of agents there are for an address
 *
 * There are no agents. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
OF_LINE(lineGetAgentGroupListA, DWORD address, LPLINEAGENTGROUPLIST list)
OF_LINE(lineGetAgentGroupListW, DWORD address, LPLINEAGENTGROUPLIST list)

/**
 * lineGetAgentInfo() - what is known of an agent
 *
 * There are no agents. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
OF_LINE(lineGetAgentInfo, HAGENT agent, LPLINEAGENTINFO info)

/**
 * lineGetAgentSessionInfo() - what is known of an agent's session
 *
 * There are no agents. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
OF_LINE(lineGetAgentSessionInfo, HAGENTSESSION session, LPLINEAGENTSESSIONINFO info)

/**
 * lineGetAgentSessionList() - an agent's sessions
 *
 * There are no agents. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
OF_LINE(lineGetAgentSessionList, HAGENT agent, LPLINEAGENTSESSIONLIST list)

/**
 * lineGetAgentStatus() - the status of an agent
 *
 * There are no agents. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
OF_LINE(lineGetAgentStatusA, DWORD address, LPLINEAGENTSTATUS status)
OF_LINE(lineGetAgentStatusW, DWORD address, LPLINEAGENTSTATUS status)

/**
 * lineGetGroupList() - which groups of agents there are
 *
 * There are no agents. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
OF_LINE(lineGetGroupListA, LPLINEAGENTGROUPLIST list)
OF_LINE(lineGetGroupListW, LPLINEAGENTGROUPLIST list)

/**
 * lineGetQueueInfo() - what is known of a queue
 *
 * There are no agents. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
OF_LINE(lineGetQueueInfo, DWORD queue, LPLINEQUEUEINFO info)

/**
 * lineGetQueueList() - the queues of a group
 *
 * There are no agents. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
OF_LINE(lineGetQueueListA, LPGUID group, LPLINEQUEUELIST list)
OF_LINE(lineGetQueueListW, LPGUID group, LPLINEQUEUELIST list)

/**
 * lineSetAgentActivity() - say what an agent is busy with
 *
 * There are no agents. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
OF_LINE(lineSetAgentActivity, DWORD address, DWORD activity)

/**
 * lineSetAgentGroup() - say which groups an agent is in
 *
 * There are no agents. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
OF_LINE(lineSetAgentGroup, DWORD address, LPLINEAGENTGROUPLIST list)

/**
 * lineSetAgentMeasurementPeriod() - say over which time an agent's numbers are counted
 *
 * There are no agents. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
OF_LINE(lineSetAgentMeasurementPeriod, HAGENT agent, DWORD period)

/**
 * lineSetAgentSessionState() - set the state of an agent's session
 *
 * There are no agents. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
OF_LINE(lineSetAgentSessionState, HAGENTSESSION session, DWORD state, DWORD next)

/**
 * lineSetAgentState() - set the state of an agent on an address
 *
 * There are no agents. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
OF_LINE(lineSetAgentState, DWORD address, DWORD state, DWORD next)

/**
 * lineSetAgentStateEx() - set the state of an agent
 *
 * There are no agents. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
OF_LINE(lineSetAgentStateEx, HAGENT agent, DWORD state, DWORD next)

/**
 * lineSetQueueMeasurementPeriod() - say over which time a queue's numbers are counted
 *
 * There are no agents. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
OF_LINE(lineSetQueueMeasurementPeriod, DWORD queue, DWORD period)

/**
 * lineProxyResponse() - answer a LINE_PROXYREQUEST
 *
 * There are no agents. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_UNINITIALIZED
 */
OF_LINE(lineProxyResponse, LPLINEPROXYREQUEST request, DWORD result)

/**
 * lineProxyMessage() - tell the applications of a line of agents
 *
 * There are no agents. Nothing but the handles is looked at.
 *
 * Return: LINEERR_OPERATIONUNAVAIL; LINEERR_INVALLINEHANDLE, LINEERR_INVALCALLHANDLE,
 * LINEERR_UNINITIALIZED
 */
UNAVAILABLE(lineProxyMessage, line_call(hLine, hCall),
	    HLINE hLine, HCALL hCall, DWORD message, DWORD param1, DWORD param2, DWORD param3)
