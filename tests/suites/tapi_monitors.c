// SPDX-License-Identifier: GPL-2.0
/*
 * The flows of an end with everybody there at once: at each line an owner, a second owner and a
 * monitor. What each of the six hears of each step, to the message and its parameters and in its
 * order; with all of them in this process, and with each in a process of its own.
 */
#include "tapi/client.h"

#define ADAPTERS \
	"world: add a 100@0", \
	"world: add b 200@0"

#define LINES \
	"owner: open b owner", \
	"second: open b owner", \
	"monitor: open b monitor", \
	"caller: open a none", \
	"partner: open a owner", \
	"watcher: open a monitor"

/* The monitors are given the call; who wants to own it, too, asks for it. */
#define CALL \
	"caller: call L1 200", \
	"caller: hears reply C1 MakeCall 0; C1 info monitors; C1 PROCEEDING; C1 RINGBACK", \
	"watcher: hears L1 new C1 monitor at 0; C1 PROCEEDING monitor; C1 RINGBACK", \
	"owner: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner; C1 info monitors", \
	"monitor: hears L1 new C1 monitor at 0; C1 OFFERING ACTIVE monitor", \
	"second: new-calls L1 1", \
	"owner: hears C1 info monitors", \
	"monitor: hears C1 info monitors", \
	"second: privilege C1 owner", \
	"owner: hears C1 info +owner monitors", \
	"monitor: hears C1 info +owner monitors", \
	"second: counts C1 2+1", \
	"partner: new-calls L1 1", \
	"caller: hears C1 info monitors", \
	"watcher: hears C1 info monitors", \
	"partner: privilege C1 owner", \
	"caller: hears C1 info +owner monitors", \
	"watcher: hears C1 info +owner monitors", \
	"partner: counts C1 2+1"

#define OFFERING \
	"world: add a 100@0", \
	"world: add b 200@0", \
	LINES, \
	CALL

#define CONNECTED \
	OFFERING, \
	"owner: answer C1", \
	"owner: hears reply C1 Answer 0; C1 CONNECTED ACTIVE", \
	"second: hears C1 CONNECTED ACTIVE", \
	"monitor: hears C1 CONNECTED ACTIVE", \
	"caller: hears C1 CONNECTED ACTIVE", \
	"partner: hears C1 CONNECTED ACTIVE", \
	"watcher: hears C1 CONNECTED ACTIVE"

/* Nobody at this end has heard of anything. */
#define CALLING_END_HEARS_NOTHING \
	"caller: hears-nothing", \
	"partner: hears-nothing", \
	"watcher: hears-nothing"

#define CALLED_END_HEARS_NOTHING \
	"owner: hears-nothing", \
	"second: hears-nothing", \
	"monitor: hears-nothing"

/* The far end of what one of the others has ended. */
#define CALLING_END_HEARS(_message) \
	"caller: hears " _message, \
	"partner: hears " _message, \
	"watcher: hears " _message

#define CALLED_END_HEARS(_message) \
	"owner: hears " _message, \
	"second: hears " _message, \
	"monitor: hears " _message

/* One drops it, and the two others at the end see its end. */
#define DROPS(_who, _other, _third) \
	_who ": drop C1", \
	_who ": hears reply C1 Drop 0; C1 IDLE", \
	_other ": hears C1 IDLE", \
	_third ": hears C1 IDLE"

static const char *const script_happy[] = {
	CONNECTED,
	DROPS("caller", "partner", "watcher"),
	CALLED_END_HEARS("C1 DISCONNECTED NORMAL"),
	DROPS("owner", "second", "monitor"),
	"world: vcs 0",
	/* IDLE is the last word: who has the handle still is not told of who has left. */
	"owner: deallocate C1",
	"monitor: deallocate C1",
	CALLED_END_HEARS_NOTHING,
	"second: counts C1 1+0",
	"second: deallocate C1",
	"partner: deallocate C1",
	"caller: deallocate C1",
	CALLING_END_HEARS_NOTHING,
	"watcher: state C1 IDLE",
	"watcher: counts C1 0+1",
	"watcher: deallocate C1",
	CALLED_END_HEARS_NOTHING,
	CALLING_END_HEARS_NOTHING,
	NULL,
};

/* Check 2: ended by the second owner there, and here by the one that did not dial. */
static const char *const script_remote_hangup[] = {
	CONNECTED,
	DROPS("second", "owner", "monitor"),
	CALLING_END_HEARS("C1 DISCONNECTED NORMAL"),
	"world: vcs 0",
	"watcher: drop C1 = NOTOWNER",
	"caller: state C1 DISCONNECTED",
	"watcher: state C1 DISCONNECTED",
	CALLING_END_HEARS_NOTHING,
	DROPS("partner", "caller", "watcher"),
	"caller: drop C1 = INVALCALLSTATE",
	"partner: drop C1 = INVALCALLSTATE",
	NULL,
};

static const char *const script_offer_is_rejected[] = {
	OFFERING,
	"monitor: accept C1 = NOTOWNER",
	"second: accept C1",
	"second: hears reply C1 Accept 0; C1 ACCEPTED",
	"owner: hears C1 ACCEPTED",
	"monitor: hears C1 ACCEPTED",
	CALLING_END_HEARS_NOTHING,
	DROPS("owner", "second", "monitor"),
	CALLING_END_HEARS("C1 DISCONNECTED REJECT"),
	"second: answer C1 = INVALCALLSTATE",
	NULL,
};

static const char *const script_caller_gives_up[] = {
	OFFERING,
	DROPS("caller", "partner", "watcher"),
	CALLED_END_HEARS("C1 DISCONNECTED NORMAL"),
	"owner: answer C1 = INVALCALLSTATE",
	"monitor: answer C1 = NOTOWNER",
	DROPS("second", "owner", "monitor"),
	NULL,
};

/* A.5, the network's first word is lost: the call never was, and nobody but who dialled knows. */
static const char *const script_busy[] = {
	ADAPTERS,
	LINES,
	"world: set a lost call-proceeding",
	"world: set b fault busy",
	"caller: call L1 200",
	"caller: hears reply C1 MakeCall OPERATIONFAILED",
	CALLING_END_HEARS_NOTHING,
	CALLED_END_HEARS_NOTHING,
	"world: vcs 0",
	/* The line is free for the next. */
	"world: set a lost none",
	"world: set b fault none",
	"caller: call L1 200",
	"caller: hears reply C2 MakeCall 0; C2 info monitors; C2 PROCEEDING; C2 RINGBACK",
	"watcher: hears L1 new C1 monitor at 0; C1 PROCEEDING monitor; C1 RINGBACK",
	"owner: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner; C1 info monitors",
	"monitor: hears L1 new C1 monitor at 0; C1 OFFERING ACTIVE monitor",
	"owner: deallocate C1",
	"monitor: hears C1 info -owner; C1 IDLE",
	"caller: hears C2 DISCONNECTED *",
	"watcher: hears C1 DISCONNECTED *",
	NULL,
};

/* Checks 3 and 4: the first owner's close leaves the call up, the last one's ends it. */
static const char *const script_close_line[] = {
	CONNECTED,
	"owner: close L1",
	"second: hears C1 info -owner",
	"monitor: hears C1 info -owner",
	"second: counts C1 1+1",
	CALLING_END_HEARS_NOTHING,
	"second: state C1 CONNECTED",
	"second: close L1",
	"monitor: hears C1 info -owner; C1 IDLE",
	"monitor: counts C1 0+1",
	"monitor: drop C1 = NOTOWNER",
	CALLING_END_HEARS("C1 DISCONNECTED NORMAL"),
	"owner: hears-nothing",
	"second: hears-nothing",
	"owner: drop C1 = INVALCALLHANDLE",
	"second: drop C1 = INVALCALLHANDLE",
	"world: vcs 0",
	NULL,
};

/* The same where the call was made. */
static const char *const script_close_caller[] = {
	CONNECTED,
	"caller: close L1",
	"partner: hears C1 info -owner",
	"watcher: hears C1 info -owner",
	CALLED_END_HEARS_NOTHING,
	"partner: state C1 CONNECTED",
	"partner: close L1",
	"watcher: hears C1 info -owner; C1 IDLE",
	CALLED_END_HEARS("C1 DISCONNECTED NORMAL"),
	"caller: hears-nothing",
	"partner: hears-nothing",
	"world: vcs 0",
	NULL,
};

static const char *const script_close_monitor[] = {
	CONNECTED,
	"monitor: close L1",
	"owner: hears C1 info monitors",
	"second: hears C1 info monitors",
	"watcher: close L1",
	"caller: hears C1 info monitors",
	"partner: hears C1 info monitors",
	CALLED_END_HEARS_NOTHING,
	CALLING_END_HEARS_NOTHING,
	"owner: state C1 CONNECTED",
	"owner: counts C1 2+0",
	"monitor: state C1 = INVALCALLHANDLE",
	NULL,
};

static const char *const script_deallocate[] = {
	CONNECTED,
	"second: deallocate C1",
	"owner: hears C1 info -owner",
	"monitor: hears C1 info -owner",
	CALLING_END_HEARS_NOTHING,
	"owner: state C1 CONNECTED",
	"owner: deallocate C1",
	"monitor: hears C1 info -owner; C1 IDLE",
	CALLING_END_HEARS("C1 DISCONNECTED NORMAL"),
	"watcher: deallocate C1",
	"caller: hears C1 info monitors",
	"partner: hears C1 info monitors",
	"partner: deallocate C1",
	"caller: hears C1 info -owner",
	"monitor: state C1 IDLE",
	"monitor: deallocate C1",
	"world: vcs 0",
	NULL,
};

static const char *const script_shut_down[] = {
	CONNECTED,
	"owner: shutdown",
	"second: hears C1 info -owner",
	"monitor: hears C1 info -owner",
	CALLING_END_HEARS_NOTHING,
	"partner: shutdown",
	"caller: hears C1 info -owner",
	"watcher: hears C1 info -owner",
	"second: hears-nothing",
	"second: shutdown",
	"monitor: hears C1 info -owner; C1 IDLE",
	"caller: hears C1 DISCONNECTED NORMAL",
	"watcher: hears C1 DISCONNECTED NORMAL",
	"world: vcs 0",
	"world: sessions 3",
	"caller: shutdown",
	"watcher: hears C1 info -owner; C1 IDLE",
	"monitor: hears-nothing",
	NULL,
};

/* D.16: a third owner by the first one's hand; whoever is left ends it. */
static const char *const script_handoff[] = {
	CONNECTED,
	"third: open b owner modem",
	"monitor: handoff C1 modem = NOTOWNER",
	"owner: handoff C1 modem",
	"third: hears L1 new C1 owner at 0; C1 CONNECTED ACTIVE owner",
	"second: hears C1 info +owner",
	"monitor: hears C1 info +owner",
	"owner: hears-nothing",
	"third: counts C1 3+1",
	"owner: shutdown",
	"third: hears C1 info -owner",
	"second: hears C1 info -owner",
	"monitor: hears C1 info -owner",
	"second: deallocate C1",
	"third: hears C1 info -owner",
	"monitor: hears C1 info -owner",
	CALLING_END_HEARS_NOTHING,
	"third: drop C1",
	"third: hears reply C1 Drop 0; C1 IDLE",
	"monitor: hears C1 IDLE",
	CALLING_END_HEARS("C1 DISCONNECTED NORMAL"),
	NULL,
};

/* An end by force: the end of the call before that of the line, and that before the device's. */
static const char *const script_adapter_goes[] = {
	ADAPTERS,
	"owner: shows-lines",
	"second: shows-lines",
	"monitor: shows-lines",
	"watcher: shows-lines",
	LINES,
	CALL,
	"world: pull b",
	CALLED_END_HEARS("C1 DISCONNECTED OUTOFORDER; C1 IDLE; L1 CLOSE; REMOVE 1"),
	"caller: hears C1 DISCONNECTED *",
	"partner: hears C1 DISCONNECTED *",
	"watcher: hears C1 DISCONNECTED *; REMOVE 1",
	"owner: close L1 = INVALLINEHANDLE",
	"second: drop C1 = INVALCALLHANDLE",
	"monitor: state C1 = INVALCALLHANDLE",
	"monitor: deallocate C1 = INVALCALLHANDLE",
	CALLED_END_HEARS_NOTHING,
	DROPS("partner", "caller", "watcher"),
	"world: vcs 0",
	NULL,
};

/* Check 11: whoever is older than the lines hears it, and has none there any more. */
static const char *const script_reinit[] = {
	CONNECTED,
	"world: set b lines 2 address 200@0,201@1",
	CALLED_END_HEARS("C1 DISCONNECTED OUTOFORDER; C1 IDLE; L1 CLOSE; REINIT"),
	CALLING_END_HEARS("C1 DISCONNECTED *; REINIT"),
	DROPS("partner", "caller", "watcher"),
	"young: open b.1 owner",
	"caller: call L1 201",
	"caller: hears reply C2 MakeCall 0; C2 info monitors; C2 PROCEEDING; C2 RINGBACK",
	"watcher: hears L1 new C2 monitor at 0; C2 PROCEEDING monitor; C2 RINGBACK",
	"young: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner",
	CALLED_END_HEARS_NOTHING,
	"young: close L1",
	"caller: hears C2 DISCONNECTED *",
	"watcher: hears C2 DISCONNECTED *",
	NULL,
};

/* Check 5: an end with lines, calls, and a drop outstanding of each call of one line. */
static const char *const script_shutdown_with_requests[] = {
	"world: add a 100@0,101@1 2",
	"world: add b 200@0,201@1 2",
	"owner: open b.0 owner",
	"owner: open b.1 owner",
	"monitor: open b.0 monitor",
	"caller: open a.0 none",
	"caller: open a.1 none",
	"watcher: open a.0 monitor",
	"partner: open a.0 owner",
	"caller: call L1 200",
	"caller: hears reply C1 MakeCall 0; C1 info monitors; C1 PROCEEDING; C1 RINGBACK",
	"watcher: hears L1 new C1 monitor at 0; C1 PROCEEDING monitor; C1 RINGBACK",
	"owner: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner; C1 info monitors",
	"monitor: hears L1 new C1 monitor at 0; C1 OFFERING ACTIVE monitor",
	"caller: call L1 200",
	"caller: hears reply C2 MakeCall 0; C2 info monitors; C2 PROCEEDING; C2 RINGBACK",
	"watcher: hears L1 new C2 monitor at 0; C2 PROCEEDING monitor; C2 RINGBACK",
	"owner: hears L1 new C2 owner at 0; C2 OFFERING ACTIVE owner; C2 info monitors",
	"monitor: hears L1 new C2 monitor at 0; C2 OFFERING ACTIVE monitor",
	"caller: call L2 201",
	"caller: hears reply C3 MakeCall 0; C3 PROCEEDING; C3 RINGBACK",
	"owner: hears L2 new C3 owner at 0; C3 OFFERING ACTIVE owner",
	"caller: call L2 201",
	"caller: hears reply C4 MakeCall 0; C4 PROCEEDING; C4 RINGBACK",
	"owner: hears L2 new C4 owner at 0; C4 OFFERING ACTIVE owner",
	"partner: new-calls L1 2",
	"caller: hears C1 info monitors; C2 info monitors",
	"watcher: hears C1 info monitors; C2 info monitors",
	"partner: privilege C2 owner",
	"caller: hears C2 info +owner monitors",
	"watcher: hears C2 info +owner monitors",
	"world: set a clear-delay 1000",
	"caller: drop C1",
	"caller: drop C3",
	"caller: drop C4",
	"caller: shutdown",
	/* The one call that has another owner goes on. */
	"owner: hears-any C1 DISCONNECTED NORMAL; C3 DISCONNECTED NORMAL; C4 DISCONNECTED NORMAL",
	"monitor: hears C1 DISCONNECTED NORMAL",
	"partner: hears-any C1 info -owner; C1 IDLE; C2 info -owner",
	"watcher: hears-any C1 info -owner; C1 IDLE; C2 info -owner",
	"world: vcs 2",
	"partner: state C2 RINGBACK",
	"owner: hears-nothing",
	"monitor: hears-nothing",
	"partner: drop C2",
	"partner: hears reply C2 Drop 0; C2 IDLE",
	"watcher: hears C2 IDLE",
	"owner: hears C2 DISCONNECTED NORMAL",
	"monitor: hears C2 DISCONNECTED NORMAL",
	"world: vcs 0",
	NULL,
};

/* Each script in one process, and in as many as there are applications. */
#define SCRIPT(_name) \
static void _name(void **state) \
{ \
	(void)state; \
	play_script(false, script_ ## _name, __FILE__, __LINE__); \
} \
\
static void _name ## _apart(void **state) \
{ \
	(void)state; \
	play_script(true, script_ ## _name, __FILE__, __LINE__); \
}

SCRIPT(happy)
SCRIPT(remote_hangup)
SCRIPT(offer_is_rejected)
SCRIPT(caller_gives_up)
SCRIPT(busy)
SCRIPT(close_line)
SCRIPT(close_caller)
SCRIPT(close_monitor)
SCRIPT(deallocate)
SCRIPT(shut_down)
SCRIPT(handoff)
SCRIPT(adapter_goes)
SCRIPT(reinit)
SCRIPT(shutdown_with_requests)

/* Check 6 in company: the death of one of two owners, and then of the other. */
static void killed_owners(void **state)
{
	(void)state;
	play_apart(CONNECTED,
		   "owner: kill",
		   "second: hears C1 info -owner",
		   "monitor: hears C1 info -owner",
		   CALLING_END_HEARS_NOTHING,
		   "second: state C1 CONNECTED",
		   "second: kill",
		   "monitor: hears C1 info -owner; C1 IDLE",
		   CALLING_END_HEARS("C1 DISCONNECTED NORMAL"),
		   "world: sessions 4",
		   "world: vcs 0");
}

static void killed_callers(void **state)
{
	(void)state;
	play_apart(CONNECTED,
		   "partner: kill",
		   "caller: hears C1 info -owner",
		   "watcher: hears C1 info -owner",
		   CALLED_END_HEARS_NOTHING,
		   "caller: kill",
		   "watcher: hears C1 info -owner; C1 IDLE",
		   CALLED_END_HEARS("C1 DISCONNECTED NORMAL"),
		   "world: sessions 4",
		   "world: vcs 0");
}

static void killed_monitors(void **state)
{
	(void)state;
	play_apart(CONNECTED,
		   "monitor: kill",
		   "owner: hears C1 info monitors",
		   "second: hears C1 info monitors",
		   "watcher: kill",
		   "caller: hears C1 info monitors",
		   "partner: hears C1 info monitors",
		   "owner: state C1 CONNECTED",
		   "world: sessions 4",
		   "owner: drop C1",
		   "owner: hears reply C1 Drop 0; C1 IDLE",
		   "second: hears C1 IDLE",
		   "caller: hears C1 DISCONNECTED NORMAL",
		   "partner: hears C1 DISCONNECTED NORMAL");
}

/* Undecided: the offer is the second owner's then. */
static void killed_offering(void **state)
{
	(void)state;
	play_apart(OFFERING,
		   "owner: kill",
		   "second: hears C1 info -owner",
		   "monitor: hears C1 info -owner",
		   CALLING_END_HEARS_NOTHING,
		   "second: answer C1",
		   "second: hears reply C1 Answer 0; C1 CONNECTED ACTIVE",
		   "monitor: hears C1 CONNECTED ACTIVE",
		   CALLING_END_HEARS("C1 CONNECTED ACTIVE"),
		   "second: kill",
		   "monitor: hears C1 info -owner; C1 IDLE",
		   CALLING_END_HEARS("C1 DISCONNECTED NORMAL"),
		   "world: vcs 0");
}

/* Ended already: others have it still, and see only that one is gone. */
static void killed_disconnected(void **state)
{
	(void)state;
	play_apart(CONNECTED,
		   DROPS("caller", "partner", "watcher"),
		   CALLED_END_HEARS("C1 DISCONNECTED NORMAL"),
		   "owner: kill",
		   "second: hears C1 info -owner",
		   "monitor: hears C1 info -owner",
		   "second: state C1 DISCONNECTED",
		   "second: kill",
		   "monitor: hears C1 info -owner; C1 IDLE",
		   /* To its own end it is IDLE. */
		   "caller: kill",
		   "world: sessions 3",
		   "partner: hears-nothing",
		   "watcher: hears-nothing",
		   "world: vcs 0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TAPI_TEST(happy),
		TAPI_TEST(happy_apart),
		TAPI_TEST(remote_hangup),
		TAPI_TEST(remote_hangup_apart),
		TAPI_TEST(offer_is_rejected),
		TAPI_TEST(offer_is_rejected_apart),
		TAPI_TEST(caller_gives_up),
		TAPI_TEST(caller_gives_up_apart),
		TAPI_TEST(busy),
		TAPI_TEST(busy_apart),
		TAPI_TEST(close_line),
		TAPI_TEST(close_line_apart),
		TAPI_TEST(close_caller),
		TAPI_TEST(close_caller_apart),
		TAPI_TEST(close_monitor),
		TAPI_TEST(close_monitor_apart),
		TAPI_TEST(deallocate),
		TAPI_TEST(deallocate_apart),
		TAPI_TEST(shut_down),
		TAPI_TEST(shut_down_apart),
		TAPI_TEST(handoff),
		TAPI_TEST(handoff_apart),
		TAPI_TEST(adapter_goes),
		TAPI_TEST(adapter_goes_apart),
		TAPI_TEST(reinit),
		TAPI_TEST(reinit_apart),
		TAPI_TEST(shutdown_with_requests),
		TAPI_TEST(shutdown_with_requests_apart),
		TAPI_TEST(killed_owners),
		TAPI_TEST(killed_callers),
		TAPI_TEST(killed_monitors),
		TAPI_TEST(killed_offering),
		TAPI_TEST(killed_disconnected),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
