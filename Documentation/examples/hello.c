// SPDX-License-Identifier: LGPL-2.1-or-later
#include <stdio.h>
#include <tapi.h>

int main(void)
{
	LINEINITIALIZEEXPARAMS how = { .dwTotalSize = sizeof(how) };
	DWORD lines, version = 0x00020002;
	LINEMESSAGE m;
	HLINEAPP app;
	HLINE line;
	HCALL call;

	how.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
	lineInitializeEx(&app, NULL, NULL, "hello", &lines, &version, &how);
	lineOpen(app, 0, &line, version, 0, 0, LINECALLPRIVILEGE_NONE, 0, NULL);
	lineMakeCall(line, &call, "200", 0, NULL);
	while (!lineGetMessage(app, &m, 3000))
		printf("%s %#x\n", tapi_message_name(m.dwMessageID), (DWORD)m.dwParam1);
	return lineShutdown(app);
}
