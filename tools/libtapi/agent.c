// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Agents of call centres, and applications that serve them. There are none.
 */
#include "unsupported.h"

#define DEVICE(name, ...) \
	UNAVAILABLE(name, device(hLineApp, id), HLINEAPP hLineApp, DWORD id, __VA_ARGS__)
DEVICE(lineGetAgentCapsA, DWORD address, DWORD version, LPLINEAGENTCAPS caps)
DEVICE(lineGetAgentCapsW, DWORD address, DWORD version, LPLINEAGENTCAPS caps)
DEVICE(lineGetProxyStatus, DWORD version, LPLINEPROXYREQUESTLIST list)
OF_LINE(lineAgentSpecific, DWORD address, DWORD extension, LPVOID params, DWORD size)
OF_LINE(lineCreateAgentA, LPSTR id, LPSTR pin, LPHAGENT agent)
OF_LINE(lineCreateAgentW, LPWSTR id, LPWSTR pin, LPHAGENT agent)
OF_LINE(lineCreateAgentSessionA, HAGENT agent, LPSTR pin, DWORD address, LPGUID group,
	LPHAGENTSESSION session)
OF_LINE(lineCreateAgentSessionW, HAGENT agent, LPWSTR pin, DWORD address, LPGUID group,
	LPHAGENTSESSION session)
OF_LINE(lineGetAgentActivityListA, DWORD address, LPLINEAGENTACTIVITYLIST list)
OF_LINE(lineGetAgentActivityListW, DWORD address, LPLINEAGENTACTIVITYLIST list)
OF_LINE(lineGetAgentGroupListA, DWORD address, LPLINEAGENTGROUPLIST list)
OF_LINE(lineGetAgentGroupListW, DWORD address, LPLINEAGENTGROUPLIST list)
OF_LINE(lineGetAgentInfo, HAGENT agent, LPLINEAGENTINFO info)
OF_LINE(lineGetAgentSessionInfo, HAGENTSESSION session, LPLINEAGENTSESSIONINFO info)
OF_LINE(lineGetAgentSessionList, HAGENT agent, LPLINEAGENTSESSIONLIST list)
OF_LINE(lineGetAgentStatusA, DWORD address, LPLINEAGENTSTATUS status)
OF_LINE(lineGetAgentStatusW, DWORD address, LPLINEAGENTSTATUS status)
OF_LINE(lineGetGroupListA, LPLINEAGENTGROUPLIST list)
OF_LINE(lineGetGroupListW, LPLINEAGENTGROUPLIST list)
OF_LINE(lineGetQueueInfo, DWORD queue, LPLINEQUEUEINFO info)
OF_LINE(lineGetQueueListA, LPGUID group, LPLINEQUEUELIST list)
OF_LINE(lineGetQueueListW, LPGUID group, LPLINEQUEUELIST list)
OF_LINE(lineSetAgentActivity, DWORD address, DWORD activity)
OF_LINE(lineSetAgentGroup, DWORD address, LPLINEAGENTGROUPLIST list)
OF_LINE(lineSetAgentMeasurementPeriod, HAGENT agent, DWORD period)
OF_LINE(lineSetAgentSessionState, HAGENTSESSION session, DWORD state, DWORD next)
OF_LINE(lineSetAgentState, DWORD address, DWORD state, DWORD next)
OF_LINE(lineSetAgentStateEx, HAGENT agent, DWORD state, DWORD next)
OF_LINE(lineSetQueueMeasurementPeriod, DWORD queue, DWORD period)
OF_LINE(lineProxyResponse, LPLINEPROXYREQUEST request, DWORD result)
UNAVAILABLE(lineProxyMessage, line_call(hLine, hCall),
	    HLINE hLine, HCALL hCall, DWORD message, DWORD param1, DWORD param2, DWORD param3)
