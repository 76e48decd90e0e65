// SPDX-License-Identifier: GPL-2.0
/*
 * The flows of an end, to each message and its parameters: a caller on a, and on b an owner,
 * a second owner and a monitor, each at its own part of it.
 */
#include "scripts.h"

#define ADAPTERS \
	"world: add a 100@0", \
	"world: add b 200@0"

#define OFFERING \
	ADAPTERS, \
	"owner: open b owner", \
	"caller: open a none", \
	"caller: call L1 200", \
	"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK", \
	"owner: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner"

#define CONNECTED \
	OFFERING, \
	"owner: answer C1", \
	"owner: hears reply C1 Answer 0; C1 CONNECTED ACTIVE", \
	"caller: hears C1 CONNECTED ACTIVE"

/* Opened when the call is there: nothing announces it, who asks for it monitors it. */
#define MONITORED \
	CONNECTED, \
	"monitor: open b monitor", \
	"monitor: hears-nothing", \
	"monitor: new-calls L1 1", \
	"owner: hears C1 info monitors"

#define OWNED_TWICE \
	CONNECTED, \
	"second: open b owner", \
	"second: new-calls L1 1", \
	"owner: hears C1 info monitors", \
	"second: privilege C1 owner", \
	"owner: hears C1 info +owner monitors", \
	"second: hears-nothing"

/* Whoever is left ends it. */
#define SECOND_ENDS_IT \
	"second: counts C1 1+0", \
	"caller: hears-nothing", \
	"second: state C1 CONNECTED", \
	"second: drop C1", \
	"second: hears-any reply C1 Drop 0; C1 IDLE", \
	"caller: hears C1 DISCONNECTED NORMAL"

/* Check 1. */
const char *const script_happy[] = {
	CONNECTED,
	"caller: drop C1",
	"caller: hears-any reply C1 Drop 0; C1 IDLE",
	"owner: hears C1 DISCONNECTED NORMAL",
	"owner: drop C1",
	"owner: hears-any reply C1 Drop 0; C1 IDLE",
	"owner: deallocate C1",
	"caller: deallocate C1",
	"world: vcs 0",
	"owner: close L1",
	"caller: close L1",
	"world: saps 0",
	"owner: hears-nothing",
	"caller: hears-nothing",
	"owner: shutdown",
	"caller: shutdown",
	"world: sessions 0",
	NULL,
};

/* Check 2: the call is not free until its owner says so, and then IDLE absorbs. */
const char *const script_remote_hangup[] = {
	CONNECTED,
	"owner: drop C1",
	"owner: hears-any reply C1 Drop 0; C1 IDLE",
	"caller: hears C1 DISCONNECTED NORMAL",
	"world: vcs 0",
	"caller: hears-nothing",
	"caller: state C1 DISCONNECTED",
	"caller: counts C1 1+0",
	"caller: drop C1",
	"caller: hears-any reply C1 Drop 0; C1 IDLE",
	"caller: state C1 IDLE",
	"caller: counts C1 1+0",
	"caller: drop C1 = INVALCALLSTATE",
	"caller: hears-nothing",
	"caller: deallocate C1",
	"caller: state C1 = INVALCALLHANDLE",
	"caller: deallocate C1 = INVALCALLHANDLE",
	"owner: deallocate C1",
	NULL,
};

const char *const script_offer_is_rejected[] = {
	OFFERING,
	"owner: accept C1",
	"owner: hears-any reply C1 Accept 0; C1 ACCEPTED",
	"caller: hears-nothing",
	"owner: drop C1",
	"owner: hears-any reply C1 Drop 0; C1 IDLE",
	"caller: hears C1 DISCONNECTED REJECT",
	"caller: deallocate C1",
	"owner: answer C1 = INVALCALLSTATE",
	"owner: deallocate C1",
	NULL,
};

const char *const script_caller_gives_up[] = {
	OFFERING,
	"caller: drop C1",
	"caller: hears-any reply C1 Drop 0; C1 IDLE",
	"owner: hears C1 DISCONNECTED NORMAL",
	"owner: answer C1 = INVALCALLSTATE",
	"owner: deallocate C1",
	"owner: hears-nothing",
	NULL,
};

/*
 * A.5: a setup that fails when there was progress: the call was made, and is over. The network's
 * last word comes a while after its first.
 */
const char *const script_busy[] = {
	ADAPTERS,
	"world: set b fault busy",
	"world: set a late-by 300",
	"world: set a late disconnect",
	"caller: open a none",
	"caller: call L1 200",
	"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 DISCONNECTED BUSY",
	"caller: hears-nothing",
	"caller: state C1 DISCONNECTED",
	"caller: drop C1",
	"caller: hears-any reply C1 Drop 0; C1 IDLE",
	"world: vcs 0",
	/* The line is free for the next; and who leaves an offer alone does not refuse it. */
	"world: set b fault none",
	"world: set a late none",
	"owner: open b owner",
	"caller: call L1 200",
	"caller: hears reply C2 MakeCall 0; C2 PROCEEDING; C2 RINGBACK",
	"owner: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner",
	"owner: deallocate C1",
	"caller: hears C2 DISCONNECTED NORMAL",
	NULL,
};

/* Check 3: dropped without waiting, no reply; who monitors it sees its end. */
const char *const script_close_sole_owner[] = {
	MONITORED,
	"owner: close L1",
	"owner: hears-nothing",
	"caller: hears C1 DISCONNECTED NORMAL",
	"monitor: hears C1 info -owner; C1 IDLE",
	"monitor: drop C1 = NOTOWNER",
	"owner: state C1 = INVALCALLHANDLE",
	"owner: drop C1 = INVALCALLHANDLE",
	"owner: close L1 = INVALLINEHANDLE",
	"world: vcs 0",
	"monitor: deallocate C1",
	"caller: deallocate C1",
	"owner: hears-nothing",
	NULL,
};

/* The same with a request that is outstanding: no reply comes of it. */
const char *const script_close_caller[] = {
	CONNECTED,
	"world: set a clear-delay 300",
	"caller: drop C1",
	"caller: close L1",
	"owner: hears C1 DISCONNECTED NORMAL",
	"owner: drop C1",
	"owner: hears-any reply C1 Drop 0; C1 IDLE",
	"world: vcs 0",
	"caller: hears-nothing",
	NULL,
};

/* Check 4. */
const char *const script_close_one_of_two_owners[] = {
	OWNED_TWICE,
	"owner: close L1",
	"second: hears C1 info -owner",
	SECOND_ENDS_IT,
	"owner: hears-nothing",
	NULL,
};

const char *const script_close_monitor[] = {
	MONITORED,
	"monitor: close L1",
	"owner: hears C1 info monitors",
	"owner: counts C1 1+0",
	"caller: hears-nothing",
	"owner: state C1 CONNECTED",
	"monitor: state C1 = INVALCALLHANDLE",
	NULL,
};

/* A.7 (5): others that want to know hear of it, the closer does not. */
const char *const script_close_is_told[] = {
	CONNECTED,
	"watcher: open b none",
	"watcher: messages L1 CLOSE|NUMCALLS",
	"watcher: hears-nothing",
	"owner: open b none",
	"owner: messages L2 CLOSE|OPEN|NUMCALLS",
	"owner: close L2",
	"watcher: hears L1 dev CLOSE",
	"owner: hears-nothing",
	"owner: drop C1",
	"owner: hears-any reply C1 Drop 0; C1 IDLE",
	"watcher: hears L1 dev NUMCALLS",
	"caller: hears C1 DISCONNECTED NORMAL",
	"watcher: messages L1 0",
	"owner: close L1",
	"watcher: hears-nothing",
	NULL,
};

const char *const script_deallocate_sole_owner[] = {
	MONITORED,
	"owner: deallocate C1",
	"caller: hears C1 DISCONNECTED NORMAL",
	"monitor: hears C1 info -owner; C1 IDLE",
	"owner: hears-nothing",
	"monitor: state C1 IDLE",
	"monitor: deallocate C1",
	NULL,
};

const char *const script_deallocate_one_of_two_owners[] = {
	OWNED_TWICE,
	"owner: deallocate C1",
	"second: hears C1 info -owner",
	SECOND_ENDS_IT,
	"owner: hears-nothing",
	NULL,
};

const char *const script_deallocate_monitor[] = {
	MONITORED,
	"monitor: deallocate C1",
	"owner: hears C1 info monitors",
	"owner: state C1 CONNECTED",
	"caller: hears-nothing",
	"monitor: hears-nothing",
	NULL,
};

/* Check 13: an application of 1.4 cannot leave a live call alone, and still has it. */
const char *const script_deallocate_live_old[] = {
	ADAPTERS,
	"owner: open b owner",
	"caller: begin 1.4 event",
	"caller: open a none",
	"caller: call L1 200",
	"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK",
	"owner: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner",
	"caller: deallocate C1 = INVALCALLSTATE",
	"owner: answer C1",
	"owner: hears reply C1 Answer 0; C1 CONNECTED ACTIVE",
	"caller: hears C1 CONNECTED ACTIVE",
	"caller: deallocate C1 = INVALCALLSTATE",
	"caller: state C1 CONNECTED",
	"owner: hears-nothing",
	"owner: drop C1",
	"owner: hears-any reply C1 Drop 0; C1 IDLE",
	"caller: hears C1 DISCONNECTED NORMAL",
	"caller: deallocate C1 = INVALCALLSTATE",
	"caller: drop C1",
	"caller: hears-any reply C1 Drop 0; C1 IDLE",
	"caller: deallocate C1",
	NULL,
};

/* And one of 2.0 can: the call has no owner any more, and is dropped. */
const char *const script_deallocate_live_new[] = {
	ADAPTERS,
	"owner: open b owner",
	"caller: begin 2.0 event",
	"caller: open a none",
	"caller: call L1 200",
	"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK",
	"owner: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner",
	"owner: answer C1",
	"owner: hears reply C1 Answer 0; C1 CONNECTED ACTIVE",
	"caller: hears C1 CONNECTED ACTIVE",
	"caller: deallocate C1",
	"owner: hears C1 DISCONNECTED NORMAL",
	"caller: hears-nothing",
	"owner: deallocate C1",
	"world: vcs 0",
	NULL,
};

const char *const script_shutdown_sole_owner[] = {
	MONITORED,
	"watcher: open b none",
	"watcher: messages L1 CLOSE",
	"owner: shutdown",
	"caller: hears C1 DISCONNECTED NORMAL",
	"monitor: hears C1 info -owner; C1 IDLE",
	"watcher: hears L1 dev CLOSE",
	"world: vcs 0",
	"world: sessions 3",
	NULL,
};

/* The next call of a line, from one end to the other. */
#define RINGS(_line, _call) \
	"caller: call L" _line " 20" _line, \
	"caller: hears reply C" _call " MakeCall 0; C" _call " PROCEEDING; C" _call " RINGBACK", \
	"owner: hears L" _line " new C" _call " owner at 0; C" _call " OFFERING ACTIVE owner"

/* Dropped, and its network takes its time, so that there is no reply yet. */
#define DROPS(_call) \
	"caller: drop C" _call, \
	"owner: hears C" _call " DISCONNECTED NORMAL"

/* Check 5: three lines with four calls each, and eight requests that are never answered. */
const char *const script_shutdown_with_requests[] = {
	"world: add a 101@0,102@1,103@2 3",
	"world: add b 201@0,202@1,203@2 3",
	"owner: open b.0 owner",
	"owner: open b.1 owner",
	"owner: open b.2 owner",
	"caller: open a.0 none",
	"caller: open a.1 none",
	"caller: open a.2 none",
	"watcher: open a.0 none",
	"watcher: open a.1 none",
	"watcher: open a.2 none",
	"watcher: messages L1 CLOSE",
	"watcher: messages L2 CLOSE",
	"watcher: messages L3 CLOSE",
	RINGS("1", "1"), RINGS("1", "2"), RINGS("1", "3"), RINGS("1", "4"),
	RINGS("2", "5"), RINGS("2", "6"), RINGS("2", "7"), RINGS("2", "8"),
	RINGS("3", "9"), RINGS("3", "10"), RINGS("3", "11"), RINGS("3", "12"),
	"world: vcs 24",
	"world: set a clear-delay 10000",
	DROPS("1"), DROPS("2"), DROPS("3"), DROPS("5"),
	DROPS("6"), DROPS("9"), DROPS("10"), DROPS("12"),
	"caller: hears-nothing",
	"caller: requests 8",
	"owner: hears-nothing",
	"caller: shutdown",
	"owner: hears-any C4 DISCONNECTED NORMAL; C7 DISCONNECTED NORMAL; "
	"C8 DISCONNECTED NORMAL; C11 DISCONNECTED NORMAL",
	"watcher: hears-any L1 dev CLOSE; L2 dev CLOSE; L3 dev CLOSE",
	"world: sessions 2",
	"owner: hears-nothing",
	/* The owner does not drop what is over: its end is enough. */
	"owner: shutdown",
	"world: vcs 0",
	"world: sessions 1",
	NULL,
};

const char *const script_shutdown_one_of_two_owners[] = {
	OWNED_TWICE,
	"owner: shutdown",
	"second: hears C1 info -owner",
	SECOND_ENDS_IT,
	NULL,
};

const char *const script_shutdown_monitor[] = {
	MONITORED,
	"monitor: shutdown",
	"owner: hears C1 info monitors",
	"owner: state C1 CONNECTED",
	"caller: hears-nothing",
	NULL,
};

/*
 * A.12, D.16: the target gets the call with its new privilege; the giver stays an owner, and so its
 * end is not the call's.
 */
const char *const script_handoff[] = {
	CONNECTED,
	"second: open b owner modem",
	"owner: handoff C1 fax = TARGETNOTFOUND",
	"owner: handoff C1 digital = TARGETSELF",
	"owner: handoff C1 modem",
	"second: hears L1 new C1 owner at 0; C1 CONNECTED ACTIVE owner",
	"owner: hears-nothing",
	"second: counts C1 2+0",
	"owner: shutdown",
	"second: hears C1 info -owner",
	SECOND_ENDS_IT,
	NULL,
};

void script_play(void **state)
{
	play_script(false, *state, __FILE__, __LINE__);
}

void script_play_apart(void **state)
{
	play_script(true, *state, __FILE__, __LINE__);
}
