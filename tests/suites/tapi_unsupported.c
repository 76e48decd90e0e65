// SPDX-License-Identifier: GPL-2.0
/*
 * What a line without an exchange, a telephone and a call centre cannot do: every function of this
 * kind, with handles that are good, with such as are nobody's, and as a monitor. None of them may
 * answer 0 or a request, which a program would wait for; and none may change anything.
 */
#include <stdio.h>

#include "tapi/client.h"

#define BAD_APP		0x7ffffff1
#define BAD_LINE	0x7ffffff2
#define BAD_CALL	0x7ffffff3

/* What the functions are asked about. */
static struct {
	HLINEAPP app;
	DWORD device;
	HLINE line;
	HCALL owned;
	HCALL monitored;
} now;

/* The owner's alone: a monitor is told so first. */
#define OWN_CALL(_function, ...) do { \
	fails(_function(now.owned, ##__VA_ARGS__), LINEERR_OPERATIONUNAVAIL); \
	fails(_function(now.monitored, ##__VA_ARGS__), LINEERR_NOTOWNER); \
	fails(_function(BAD_CALL, ##__VA_ARGS__), LINEERR_INVALCALLHANDLE); \
	fails(_function(now.line, ##__VA_ARGS__), LINEERR_INVALCALLHANDLE); \
} while (0)

#define ANY_CALL(_function, ...) do { \
	fails(_function(now.owned, ##__VA_ARGS__), LINEERR_OPERATIONUNAVAIL); \
	fails(_function(now.monitored, ##__VA_ARGS__), LINEERR_OPERATIONUNAVAIL); \
	fails(_function(BAD_CALL, ##__VA_ARGS__), LINEERR_INVALCALLHANDLE); \
} while (0)

#define OF_LINE(_function, ...) do { \
	fails(_function(now.line, ##__VA_ARGS__), LINEERR_OPERATIONUNAVAIL); \
	fails(_function(BAD_LINE, ##__VA_ARGS__), LINEERR_INVALLINEHANDLE); \
	fails(_function(now.owned, ##__VA_ARGS__), LINEERR_INVALLINEHANDLE); \
} while (0)

#define OF_DEVICE(_function, ...) do { \
	fails(_function(now.app, now.device, ##__VA_ARGS__), LINEERR_OPERATIONUNAVAIL); \
	fails(_function(now.app, 99, ##__VA_ARGS__), LINEERR_BADDEVICEID); \
	fails(_function(BAD_APP, now.device, ##__VA_ARGS__), LINEERR_INVALAPPHANDLE); \
} while (0)

/* There is no handle to be wrong. */
#define NOTHING(_function, ...) \
	fails(_function(__VA_ARGS__), LINEERR_OPERATIONUNAVAIL)

static void get_ready(void)
{
	tapi_connected();
	play_on("monitor: open b monitor",
		"monitor: new-calls L1 1",
		"callee: hears C1 info monitors");
	now.app = client_of("callee")->app;
	now.device = client_device(client_of("callee"), "b", 0);
	now.line = client_line(client_of("callee"), 1);
	now.owned = client_call(client_of("callee"), 1);
	now.monitored = client_call(client_of("monitor"), 1);
}

/* All was for nothing: the call is as it was, nobody has heard anything, and it can be dropped. */
static void is_unchanged(void)
{
	play_on("callee: state C1 CONNECTED",
		"callee: counts C1 1+1",
		"callee: hears-nothing",
		"caller: hears-nothing",
		"monitor: hears-nothing",
		"callee: drop C1",
		"callee: hears-any reply C1 Drop 0; C1 IDLE",
		"monitor: hears C1 IDLE",
		"caller: hears C1 DISCONNECTED NORMAL");
	play_end(__FILE__, __LINE__);
}

static void of_a_call(void **state)
{
	(void)state;
	get_ready();
	OWN_CALL(lineSecureCall);
	OWN_CALL(lineSendUserUserInfo, "x", 1);
	OWN_CALL(lineReleaseUserUserInfo);
	OWN_CALL(lineSetCallParams, LINEBEARERMODE_VOICE, 0, 0, NULL);
	OWN_CALL(lineSetCallData, NULL, 0);
	OWN_CALL(lineSetCallTreatment, 1);
	OWN_CALL(lineSetCallQualityOfService, NULL, 0, NULL, 0);
	OWN_CALL(lineDial, "1", 0);
	OWN_CALL(lineDialA, "1", 0);
	OWN_CALL(lineDialW, u"1", 0);
	OWN_CALL(lineGenerateTone, LINETONEMODE_BEEP, 10, 0, NULL);
	ANY_CALL(lineMonitorTones, NULL, 0);
	ANY_CALL(lineMonitorMedia, LINEMEDIAMODE_DIGITALDATA);
	is_unchanged();
}

static void with_an_exchange(void **state)
{
	HCALL other = 7;

	(void)state;
	get_ready();
	OWN_CALL(lineHold);
	OWN_CALL(lineUnhold);
	OWN_CALL(lineSetupTransfer, &other, NULL);
	OWN_CALL(lineSetupTransferA, &other, NULL);
	OWN_CALL(lineSetupTransferW, &other, NULL);
	OWN_CALL(lineBlindTransfer, "100", 0);
	OWN_CALL(lineBlindTransferA, "100", 0);
	OWN_CALL(lineBlindTransferW, u"100", 0);
	OWN_CALL(lineRedirect, "100", 0);
	OWN_CALL(lineRedirectA, "100", 0);
	OWN_CALL(lineRedirectW, u"100", 0);
	OWN_CALL(linePark, LINEPARKMODE_DIRECTED, "100", NULL);
	OWN_CALL(lineParkA, LINEPARKMODE_DIRECTED, "100", NULL);
	OWN_CALL(lineParkW, LINEPARKMODE_DIRECTED, u"100", NULL);
	OWN_CALL(lineCompleteCall, NULL, LINECALLCOMPLMODE_CALLBACK, 0);
	OWN_CALL(lineRemoveFromConference);
	OF_LINE(lineUncompleteCall, 1);
	OF_LINE(lineUnpark, 0, &other, "100");
	OF_LINE(lineUnparkA, 0, &other, "100");
	OF_LINE(lineUnparkW, 0, &other, u"100");
	OF_LINE(linePickup, 0, &other, "100", "1");
	OF_LINE(linePickupA, 0, &other, "100", "1");
	OF_LINE(linePickupW, 0, &other, u"100", u"1");
	OF_LINE(lineForward, TRUE, 0, NULL, 0, &other, NULL);
	OF_LINE(lineForwardA, TRUE, 0, NULL, 0, &other, NULL);
	OF_LINE(lineForwardW, TRUE, 0, NULL, 0, &other, NULL);
	/* No tentative handle was given for any of them. */
	assert_int_equal(other, 7);
	is_unchanged();
}

/* Two calls: each has its own way to be said to be none. */
static void with_two_calls(void **state)
{
	HCALL other = 7, first = 7;

	(void)state;
	get_ready();
	fails(lineSwapHold(now.owned, now.owned), LINEERR_OPERATIONUNAVAIL);
	fails(lineSwapHold(BAD_CALL, now.owned), LINEERR_INVALCALLHANDLE);
	fails(lineSwapHold(now.owned, BAD_CALL), LINEERR_INVALCALLHANDLE);
	fails(lineSwapHold(now.owned, now.monitored), LINEERR_NOTOWNER);
	fails(lineCompleteTransfer(now.owned, now.owned, &other, LINETRANSFERMODE_TRANSFER),
	      LINEERR_OPERATIONUNAVAIL);
	fails(lineCompleteTransfer(BAD_CALL, now.owned, &other, LINETRANSFERMODE_TRANSFER),
	      LINEERR_INVALCALLHANDLE);
	fails(lineCompleteTransfer(now.owned, BAD_CALL, &other, LINETRANSFERMODE_TRANSFER),
	      LINEERR_INVALCONSULTCALLHANDLE);
	fails(lineAddToConference(now.owned, now.owned), LINEERR_OPERATIONUNAVAIL);
	fails(lineAddToConference(BAD_CALL, now.owned), LINEERR_INVALCONFCALLHANDLE);
	fails(lineAddToConference(now.owned, BAD_CALL), LINEERR_INVALCONSULTCALLHANDLE);
#define SETUP(_function) do { \
	OWN_CALL(_function, 0, &first, &other, 3, NULL); \
	fails(_function(0, now.line, &first, &other, 3, NULL), LINEERR_OPERATIONUNAVAIL); \
	fails(_function(0, BAD_LINE, &first, &other, 3, NULL), LINEERR_INVALLINEHANDLE); \
} while (0)
	SETUP(lineSetupConference);
	SETUP(lineSetupConferenceA);
	SETUP(lineSetupConferenceW);
#define PREPARE(_function) do { \
	fails(_function(now.owned, &other, NULL), LINEERR_OPERATIONUNAVAIL); \
	fails(_function(now.monitored, &other, NULL), LINEERR_NOTOWNER); \
	fails(_function(BAD_CALL, &other, NULL), LINEERR_INVALCONFCALLHANDLE); \
} while (0)
	PREPARE(linePrepareAddToConference);
	PREPARE(linePrepareAddToConferenceA);
	PREPARE(linePrepareAddToConferenceW);
	assert_int_equal(first, 7);
	assert_int_equal(other, 7);
	is_unchanged();
}

/* A line, an address or a call, as the selection says. */
static void of_a_selection(void **state)
{
	(void)state;
	get_ready();
#define SELECTED(_function, ...) do { \
	fails(_function(now.line, 0, 0, LINECALLSELECT_LINE, ##__VA_ARGS__), \
	      LINEERR_OPERATIONUNAVAIL); \
	fails(_function(now.line, 0, 0, LINECALLSELECT_ADDRESS, ##__VA_ARGS__), \
	      LINEERR_OPERATIONUNAVAIL); \
	fails(_function(0, 0, now.owned, LINECALLSELECT_CALL, ##__VA_ARGS__), \
	      LINEERR_OPERATIONUNAVAIL); \
	fails(_function(BAD_LINE, 0, now.owned, LINECALLSELECT_LINE, ##__VA_ARGS__), \
	      LINEERR_INVALLINEHANDLE); \
	fails(_function(now.line, 0, BAD_CALL, LINECALLSELECT_CALL, ##__VA_ARGS__), \
	      LINEERR_INVALCALLHANDLE); \
	fails(_function(now.line, 0, now.owned, 77, ##__VA_ARGS__), LINEERR_INVALCALLSELECT); \
} while (0)
	SELECTED(lineSetMediaControl, NULL, 0, NULL, 0, NULL, 0, NULL, 0);
	SELECTED(lineSetTerminal, LINETERMMODE_BUTTONS, 0, TRUE);
	is_unchanged();
}

static void of_a_line(void **state)
{
	(void)state;
	get_ready();
	OF_LINE(lineSetLineDevStatus, LINEDEVSTATUSFLAGS_LOCKED, TRUE);
	OF_LINE(lineDevSpecificFeature, 1, NULL, 0);
	OF_LINE(lineDevSpecific, 0, 0, NULL, 0);
	fails(lineDevSpecific(now.line, 0, now.owned, NULL, 0), LINEERR_OPERATIONUNAVAIL);
	fails(lineDevSpecific(now.line, 0, BAD_CALL, NULL, 0), LINEERR_INVALCALLHANDLE);
	is_unchanged();
}

/* Agents, queues and who serves them. */
static void with_a_call_centre(void **state)
{
	(void)state;
	get_ready();
	OF_DEVICE(lineGetAgentCapsA, 0, V2_2, NULL);
	OF_DEVICE(lineGetAgentCapsW, 0, V2_2, NULL);
	OF_DEVICE(lineGetProxyStatus, V2_2, NULL);
	OF_LINE(lineAgentSpecific, 0, 0, NULL, 0);
	OF_LINE(lineCreateAgentA, NULL, NULL, NULL);
	OF_LINE(lineCreateAgentW, NULL, NULL, NULL);
	OF_LINE(lineCreateAgentSessionA, 0, NULL, 0, NULL, NULL);
	OF_LINE(lineCreateAgentSessionW, 0, NULL, 0, NULL, NULL);
	OF_LINE(lineGetAgentActivityListA, 0, NULL);
	OF_LINE(lineGetAgentActivityListW, 0, NULL);
	OF_LINE(lineGetAgentGroupListA, 0, NULL);
	OF_LINE(lineGetAgentGroupListW, 0, NULL);
	OF_LINE(lineGetAgentInfo, 0, NULL);
	OF_LINE(lineGetAgentSessionInfo, 0, NULL);
	OF_LINE(lineGetAgentSessionList, 0, NULL);
	OF_LINE(lineGetAgentStatusA, 0, NULL);
	OF_LINE(lineGetAgentStatusW, 0, NULL);
	OF_LINE(lineGetGroupListA, NULL);
	OF_LINE(lineGetGroupListW, NULL);
	OF_LINE(lineGetQueueInfo, 0, NULL);
	OF_LINE(lineGetQueueListA, NULL, NULL);
	OF_LINE(lineGetQueueListW, NULL, NULL);
	OF_LINE(lineSetAgentActivity, 0, 0);
	OF_LINE(lineSetAgentGroup, 0, NULL);
	OF_LINE(lineSetAgentMeasurementPeriod, 0, 0);
	OF_LINE(lineSetAgentSessionState, 0, 0, 0);
	OF_LINE(lineSetAgentState, 0, 0, 0);
	OF_LINE(lineSetAgentStateEx, 0, 0, 0);
	OF_LINE(lineSetQueueMeasurementPeriod, 0, 0);
	OF_LINE(lineProxyResponse, NULL, 0);
	OF_LINE(lineProxyMessage, 0, 1, 0, 0, 0);
	is_unchanged();
}

/* Windows to configure a line in, its symbol, and drivers to be added: for no handle at all. */
static void of_nothing_at_all(void **state)
{
	(void)state;
	get_ready();
	NOTHING(lineConfigDialog, now.device, NULL, "tapi/line");
	NOTHING(lineConfigDialogA, now.device, NULL, "tapi/line");
	NOTHING(lineConfigDialogW, now.device, NULL, u"tapi/line");
	NOTHING(lineConfigDialogEdit, now.device, NULL, "tapi/line", NULL, 0, NULL);
	NOTHING(lineConfigDialogEditA, now.device, NULL, "tapi/line", NULL, 0, NULL);
	NOTHING(lineConfigDialogEditW, now.device, NULL, u"tapi/line", NULL, 0, NULL);
	NOTHING(lineGetDevConfig, now.device, NULL, "tapi/line");
	NOTHING(lineGetDevConfigA, now.device, NULL, "tapi/line");
	NOTHING(lineGetDevConfigW, now.device, NULL, u"tapi/line");
	NOTHING(lineSetDevConfig, now.device, NULL, 0, "tapi/line");
	NOTHING(lineSetDevConfigA, now.device, NULL, 0, "tapi/line");
	NOTHING(lineSetDevConfigW, now.device, NULL, 0, u"tapi/line");
	NOTHING(lineGetIcon, now.device, "tapi/line", NULL);
	NOTHING(lineGetIconA, now.device, "tapi/line", NULL);
	NOTHING(lineGetIconW, now.device, u"tapi/line", NULL);
	NOTHING(lineAddProvider, "x.tsp", NULL, NULL);
	NOTHING(lineAddProviderA, "x.tsp", NULL, NULL);
	NOTHING(lineAddProviderW, u"x.tsp", NULL, NULL);
	NOTHING(lineRemoveProvider, 1, NULL);
	NOTHING(lineConfigProvider, NULL, 1);
	is_unchanged();
}

/* No extension has a version, and no call another one in its conference. */
static void what_there_is_none_of(void **state)
{
	LINECALLLIST list = { .dwTotalSize = sizeof(list) };
	DWORD version = 7;

	(void)state;
	get_ready();
	OF_DEVICE(lineNegotiateExtVersion, V2_2, 0, 1, &version);
	fails(lineNegotiateExtVersion(now.app, now.device, 7, 0, 1, &version),
	      LINEERR_INCOMPATIBLEAPIVERSION);
	fails(lineNegotiateExtVersion(now.app, now.device, V2_2, 0, 1, NULL),
	      LINEERR_INVALPOINTER);
	assert_int_equal(version, 7);
	fails(lineGetConfRelatedCalls(now.owned, &list), LINEERR_NOCONFERENCE);
	fails(lineGetConfRelatedCalls(now.monitored, &list), LINEERR_NOCONFERENCE);
	fails(lineGetConfRelatedCalls(BAD_CALL, &list), LINEERR_INVALCALLHANDLE);
	fails(lineGetConfRelatedCalls(now.owned, NULL), LINEERR_INVALPOINTER);
	list.dwTotalSize--;
	fails(lineGetConfRelatedCalls(now.owned, &list), LINEERR_STRUCTURETOOSMALL);
	is_unchanged();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TAPI_TEST(of_a_call),
		TAPI_TEST(with_an_exchange),
		TAPI_TEST(with_two_calls),
		TAPI_TEST(of_a_selection),
		TAPI_TEST(of_a_line),
		TAPI_TEST(with_a_call_centre),
		TAPI_TEST(of_nothing_at_all),
		TAPI_TEST(what_there_is_none_of),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
