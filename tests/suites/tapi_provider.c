// SPDX-License-Identifier: GPL-2.0
/*
 * What comes from below: adapters that come, go and change, lines that are closed by force, and
 * applications that do something at the same moment.
 */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tapi/client.h"

/* Check 12: LINE_CLOSE for who has it open, then LINE_REMOVE for all; then the number is dead. */
static void removed(void **state)
{
	struct client *open, *other;
	LINEEXTENSIONID extension;
	LINEDEVCAPS caps = { .dwTotalSize = sizeof(caps) };
	DWORD version, device;
	HLINE line;

	(void)state;
	two_adapters("1");
	play_on("open: shows-lines",
		"open: open b owner",
		"open: messages L1 OPEN|CLOSE|NUMCALLS|REMOVED",
		"other: shows-lines",
		"other: open a none",
		"open: hears-nothing");
	open = client_of("open");
	other = client_of("other");
	device = client_device(open, "b", 0);
	adapter_del("b");
	play_on("open: hears L1 CLOSE; REMOVE 1",
		"other: hears REMOVE 1",
		"open: hears-nothing",
		"other: hears-nothing",
		"open: close L1 = INVALLINEHANDLE");
	fails(lineNegotiateAPIVersion(open->app, device, V1_3, V2_2, &version, &extension),
	      LINEERR_NODEVICE);
	fails(lineGetDevCaps(open->app, device, V2_2, 0, &caps), LINEERR_NODEVICE);
	fails(lineOpen(open->app, device, &line, V2_2, 0, 0, LINECALLPRIVILEGE_NONE, 0, NULL),
	      LINEERR_NODEVICE);
	fails(lineOpen(other->app, device, &line, V2_2, 0, 0, LINECALLPRIVILEGE_NONE, 0, NULL),
	      LINEERR_NODEVICE);
	/* Never given is another matter. */
	fails(lineGetDevCaps(open->app, device + 1, V2_2, 0, &caps), LINEERR_BADDEVICEID);
	play_end(__FILE__, __LINE__);
}

/* Numbers of devices are not given again while the application lives. */
static void numbers_of_devices(void **state)
{
	(void)state;
	two_adapters("1");
	play("first: begin 2.2 event",
	     "first: shows-lines",
	     "world: add c 300@0",
	     "first: hears CREATE 2",
	     "world: remove b",
	     "first: hears REMOVE 1",
	     "world: add b 200@0",
	     "first: hears CREATE 3",
	     "first: open b owner",
	     "world: pull c",
	     "first: hears REMOVE 2",
	     "world: pull b",
	     "first: hears L1 CLOSE; REMOVE 3",
	     "first: hears-nothing");
	/* A new application numbers anew. */
	play("second: begin 2.2 event",
	     "second: shows-lines",
	     "world: add d 400@0",
	     "second: hears CREATE 1",
	     "world: remove a",
	     "second: hears REMOVE 0");
}

/* An adapter of several lines: a number for each. */
static void several_lines(void **state)
{
	(void)state;
	adapter_add("a", "lines", "3", "address", "100@0,101@1,102@2", NULL);
	play_on("client: shows-lines",
		"client: open a.0 owner",
		"client: open a.2 owner",
		"client: hears-nothing");
	assert_int_equal(client_of("client")->num_devs, 3);
	play("world: remove a",
	     /* Which line is closed first is nobody's to know; its devices go when all are. */
	     "client: hears-any L1 CLOSE; L2 CLOSE",
	     "client: hears REMOVE 0; REMOVE 1; REMOVE 2");
}

/*
 * Removed in each state of a call: everybody hears the call's end before the line's, and that
 * before the device's.
 */
static void after_the_close(const char *why)
{
	play_on("callee: close L1 = INVALLINEHANDLE",
		"callee: drop C1 = INVALCALLHANDLE",
		"callee: state C1 = INVALCALLHANDLE",
		"callee: deallocate C1 = INVALCALLHANDLE",
		"callee: hears-nothing");
	client_do(client_of("caller"), "hears C1 DISCONNECTED %s", why);
	play_on("caller: drop C1",
		"caller: hears-any reply C1 Drop 0; C1 IDLE");
	wait_count(CONDIS_COUNTER_VCS, 0);
	play_end(__FILE__, __LINE__);
}

static void removed_offering(void **state)
{
	(void)state;
	tapi_offering();
	play_on("callee: shows-lines",
		"world: remove b",
		"callee: hears C1 DISCONNECTED OUTOFORDER; C1 IDLE; L1 CLOSE; REMOVE 1");
	/* There was time to clear what is not this side's any more. */
	after_the_close("NORMAL");
}

static void removed_accepted(void **state)
{
	(void)state;
	tapi_offering();
	play_on("callee: shows-lines",
		"callee: accept C1",
		"callee: hears-any reply C1 Accept 0; C1 ACCEPTED",
		"world: pull b",
		"callee: hears C1 DISCONNECTED OUTOFORDER; C1 IDLE; L1 CLOSE; REMOVE 1");
	after_the_close("OUTOFORDER");
}

static void removed_connected(void **state)
{
	(void)state;
	tapi_connected();
	play_on("callee: shows-lines",
		"world: pull b",
		"callee: hears C1 DISCONNECTED OUTOFORDER; C1 IDLE; L1 CLOSE; REMOVE 1");
	after_the_close("OUTOFORDER");
}

static void removed_disconnected(void **state)
{
	(void)state;
	tapi_connected();
	play_on("caller: drop C1",
		"caller: hears-any reply C1 Drop 0; C1 IDLE",
		"callee: shows-lines",
		"callee: hears C1 DISCONNECTED NORMAL",
		"world: remove b",
		"callee: hears C1 IDLE; L1 CLOSE; REMOVE 1",
		"callee: close L1 = INVALLINEHANDLE",
		"callee: deallocate C1 = INVALCALLHANDLE");
	play_end(__FILE__, __LINE__);
}

/* A.3 (6), A.10: a drop that is pending when the line goes is completed before all else. */
static void removed_dropping(void **state)
{
	(void)state;
	tapi_connected();
	adapter_set("b", "clear-delay", "20000", NULL);
	play_on("callee: shows-lines",
		"callee: drop C1",
		"world: pull b",
		"callee: hears reply C1 Drop 0; C1 IDLE; L1 CLOSE; REMOVE 1");
	play_on("caller: hears C1 DISCONNECTED NORMAL",
		"caller: deallocate C1");
	play_end(__FILE__, __LINE__);
}

/* Likewise an answer that the network has not acknowledged: it has failed. */
static void removed_answering(void **state)
{
	(void)state;
	tapi_offering();
	adapter_set("b", "lost", "connect-ack", NULL);
	play_on("callee: shows-lines",
		"callee: answer C1",
		"caller: hears C1 CONNECTED ACTIVE",
		"callee: hears-nothing",
		"world: pull b",
		"callee: hears reply C1 Answer OPERATIONFAILED; C1 DISCONNECTED OUTOFORDER; "
		"C1 IDLE; L1 CLOSE; REMOVE 1");
	after_the_close("OUTOFORDER");
}

/* A make-call that has no answer yet fails, and its handle never was. */
static void removed_dialing(void **state)
{
	struct client *caller;

	(void)state;
	two_adapters("1");
	adapter_set("a", "lost", "call-proceeding,alerting", NULL);
	adapter_set("b", "fault", "no-answer", NULL);
	play_on("callee: open b owner",
		"caller: shows-lines",
		"caller: open a none",
		"caller: hears-nothing",
		"caller: call L1 200",
		"world: pull a");
	caller = client_of("caller");
	client_do(caller, "hears reply C1 MakeCall OPERATIONFAILED; L1 CLOSE; REMOVE 0");
	assert_int_equal(client_call(caller, 1), 0);
	client_do(caller, "hears-nothing");
	play_end(__FILE__, __LINE__);
}

/*
 * Its line is closed from below and by the program, before any of that is told: the reply is, but
 * the program's memory for the call's handle may be gone.
 */
static void removed_and_closed_unread(void **state)
{
	const HCALL untouched = 0x5a5a5a5a;
	LINECALLPARAMS params = {
		.dwTotalSize = sizeof(params),
		.dwMediaMode = LINEMEDIAMODE_DIGITALDATA,
	};
	LINEDEVSTATUS status = { .dwTotalSize = sizeof(status) };
	struct client *caller;
	LINEMESSAGE message;
	long long end;
	HLINE line;
	HCALL call;
	LONG id;

	(void)state;
	two_adapters("1");
	play_on("callee: open b owner",
		"caller: open a none",
		"caller: hears-nothing");
	caller = client_of("caller");
	line = client_line(caller, 1);
	id = lineMakeCall(line, &call, "200", 0, &params);
	assert_true(id > 0);
	/* The reply is there. */
	assert_true(wait_fd(caller->event, POLLIN, patience()) & POLLIN);
	client_do(client_of("callee"), "hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner");
	play_on("world: pull a");
	for (end = now_ms() + patience(); now_ms() < end; usleep(1000))
		if (lineGetLineDevStatus(line, &status) == LINEERR_INVALLINEHANDLE)
			break;
	fails(lineClose(line), LINEERR_INVALLINEHANDLE);
	call = untouched;

	assert_true(client_receive(caller, &message, patience()));
	assert_int_equal(message.dwMessageID, LINE_REPLY);
	assert_int_equal(message.dwParam1, id);
	assert_int_equal(message.dwParam2, 0);
	while (message.dwMessageID != LINE_CLOSE)
		assert_true(client_receive(caller, &message, patience()));
	assert_int_equal(call, untouched);
	play_on("callee: hears C1 DISCONNECTED *",
		"callee: drop C1",
		"callee: hears-any reply C1 Drop 0; C1 IDLE");
	assert_int_equal(client_shutdown(caller), 0);
	play_end(__FILE__, __LINE__);
}

/*
 * Check 11, with the decision that REINIT binds who is older than the new lines: such an
 * application gets REINIT once, its lines and calls of the adapter are gone, and it opens none
 * there until it has ended. A new one works meanwhile.
 */
static void reinit(void **state)
{
	struct client *old;
	DWORD device;
	HLINE line;

	(void)state;
	tapi_connected();
	old = client_of("callee");
	device = client_device(old, "b", 0);
	adapter_set("b", "lines", "2", "address", "200@0,201@1", NULL);
	play_on("callee: hears C1 DISCONNECTED OUTOFORDER; C1 IDLE; L1 CLOSE; REINIT",
		/* Its line's call is cleared by the network, and REINIT is every session's. */
		"caller: hears-any C1 DISCONNECTED NORMAL; REINIT",
		"callee: hears-nothing");
	fails(lineOpen(old->app, device, &line, V2_2, 0, 0, LINECALLPRIVILEGE_OWNER,
		       LINEMEDIAMODE_DIGITALDATA, NULL), LINEERR_REINIT);
	fails(lineOpen(old->app, device, &line, V2_2, 0, 0, LINECALLPRIVILEGE_NONE, 0, NULL),
	      LINEERR_REINIT);
	/* Other adapters' lines it can open, and use. */
	play_on("callee: open a owner",
		"callee: close L2",
		"young: open b.1 owner",
		"young: open b.0 owner",
		"caller: drop C1",
		"caller: hears-any reply C1 Drop 0; C1 IDLE",
		"caller: call L1 201",
		"caller: hears reply C2 MakeCall 0; C2 PROCEEDING; C2 RINGBACK",
		"young: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner",
		"callee: shutdown",
		"young: answer C1",
		"young: hears reply C1 Answer 0; C1 CONNECTED ACTIVE",
		"caller: hears C2 CONNECTED ACTIVE",
		"again: open b owner",
		"again: hears-nothing",
		"young: close L1",
		"caller: hears C2 DISCONNECTED NORMAL");
	play_end(__FILE__, __LINE__);
}

/* The call's end, its line's, and then its device's. */
static void heard_in_order(const struct client *client, const char *removed)
{
	const char *const words[] = { "C1 DISCONNECTED", "C1 IDLE", "L1 CLOSE", removed };
	const char *at = client->trace;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++) {
		at = strstr(at, words[i]);
		assert_non_null(at);
	}
}

/* The module is unloaded and loaded again: everything goes, the applications stay. */
static void module_reloaded(void **state)
{
	(void)state;
	tapi_connected();
	play_on("callee: shows-lines",
		"caller: shows-lines",
		"callee: hears-nothing",
		"caller: hears-nothing");
	assert_int_equal(module_unload(VWAN), 0);
	/* Which adapter goes first is nobody's to know: each one's end has its order. */
	play_on("callee: hears-any C1 DISCONNECTED [NO][OU][RT]*; C1 IDLE; L1 CLOSE; "
		"REMOVE 0; REMOVE 1",
		"caller: hears-any C1 DISCONNECTED [NO][OU][RT]*; C1 IDLE; L1 CLOSE; "
		"REMOVE 0; REMOVE 1");
	heard_in_order(client_of("callee"), "REMOVE 1");
	heard_in_order(client_of("caller"), "REMOVE 0");
	wait_no_adapters();
	assert_int_equal(module_load(VWAN), 0);
	exchange_ensure();
	two_adapters("1");
	play_on("callee: hears CREATE 2; CREATE 3",
		"caller: hears CREATE 2; CREATE 3",
		"callee: open b owner",
		"caller: open a none",
		"caller: call L2 200",
		"caller: hears reply C2 MakeCall 0; C2 PROCEEDING; C2 RINGBACK",
		"callee: hears L2 new C2 owner at 0; C2 OFFERING ACTIVE owner",
		"callee: close L2",
		"caller: hears C2 DISCONNECTED NORMAL");
	play_end(__FILE__, __LINE__);
}

/* Out of service: calls can neither be made nor taken, and lines stay open. */
static void out_of_service(void **state)
{
	(void)state;
	two_adapters("4");
	play("caller: open a none",
	     "caller: messages L1 INSERVICE|OUTOFSERVICE",
	     "caller: hears-nothing",
	     "world: set a in-service off",
	     "caller: hears L1 dev OUTOFSERVICE",
	     "caller: call L1 200 = INVALLINESTATE",
	     "world: set a in-service on",
	     "caller: hears L1 dev INSERVICE",
	     "callee: open b owner",
	     "caller: call L1 200",
	     "caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK",
	     "callee: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner");
}

/**
 * struct opener - a thread that opens a line and closes it, again and again
 * @thread: the thread
 * @app: its application
 * @device: of the line
 * @is_over: it is to stop
 * @holds: it is to leave a line open until this is not set any more
 * @is_held: it does
 * @opened: how often it did
 * @refused: how often it could not
 * @wrong: an answer that it must not get
 */
static struct opener {
	pthread_t thread;
	HLINEAPP app;
	atomic_uint device;
	atomic_bool is_over;
	atomic_bool holds;
	atomic_bool is_held;
	atomic_uint opened;
	atomic_uint refused;
	atomic_int wrong;
} opener;

static void *open_and_close(void *argument)
{
	HLINE line;
	LONG result;

	(void)argument;
	while (!atomic_load(&opener.is_over)) {
		result = lineOpen(opener.app, atomic_load(&opener.device), &line, V2_2, 0, 9,
				  LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_DIGITALDATA, NULL);
		switch (result) {
		case 0:
			atomic_fetch_add(&opener.opened, 1);
			for (; atomic_load(&opener.holds); usleep(1000))
				atomic_store(&opener.is_held, true);
			atomic_store(&opener.is_held, false);
			result = lineClose(line);
			if (result && result != LINEERR_INVALLINEHANDLE)
				atomic_store(&opener.wrong, result);
			break;
		case LINEERR_NODEVICE:
		case LINEERR_RESOURCEUNAVAIL:
		case LINEERR_OPERATIONFAILED:
			atomic_fetch_add(&opener.refused, 1);
			sched_yield();
			break;
		default:
			atomic_store(&opener.wrong, result);
			return NULL;
		}
	}
	return NULL;
}

static void wait_opened(unsigned int more)
{
	unsigned int before = atomic_load(&opener.opened);
	long long end = now_ms() + patience();

	while (atomic_load(&opener.opened) < before + more) {
		if (atomic_load(&opener.wrong))
			fail_msg("%s", tapi_error(atomic_load(&opener.wrong)));
		if (now_ms() > end)
			fail_msg("the line is not opened any more");
		usleep(1000);
	}
}

/* The number of the new b: the old one is there until it is down. Counts LINE_CLOSE. */
static DWORD next_device(struct client *client, DWORD old, unsigned int *closes)
{
	long long end = now_ms() + patience();
	LINEMESSAGE message;
	DWORD device;

	do {
		while (client_receive(client, &message, 20))
			*closes += message.dwMessageID == LINE_CLOSE;
		device = client_device(client, "b", 0);
		if (now_ms() > end)
			fail_msg("the old device does not go");
	} while (device == old);
	return device;
}

/* The line is open, until it is let go. */
static void hold_open(void)
{
	long long end = now_ms() + patience();

	atomic_store(&opener.holds, true);
	while (!atomic_load(&opener.is_held)) {
		if (now_ms() > end)
			fail_msg("the line is not opened any more");
		usleep(1000);
	}
}

/*
 * T7: the line is closed from below while it is opened and closed, or, every other time, while it
 * is open for sure; nothing is left, nobody is confused.
 */
static void closed_while_opened(void **state)
{
	int rounds = is_debug_kernel() ? 5 : 15, i;
	struct client *client;
	LINEMESSAGE message;
	unsigned int closes = 0;
	DWORD device;

	(void)state;
	two_adapters("1");
	client = client_begun("client", V2_2, "event");
	memset(&opener, 0, sizeof(opener));
	opener.app = client->app;
	device = client_device(client, "b", 0);
	atomic_store(&opener.device, device);
	assert_int_equal(pthread_create(&opener.thread, NULL, open_and_close, NULL), 0);
	for (i = 0; i < rounds; i++) {
		wait_opened(3);
		if (i % 2)
			hold_open();
		if (i % 4 < 2)
			adapter_surprise("b");
		else
			adapter_del("b");
		/* The adapter goes in its own time: the line stays open until it is closed. */
		while (i % 2 && client_receive(client, &message, patience())) {
			if (message.dwMessageID != LINE_CLOSE)
				continue;
			closes++;
			break;
		}
		atomic_store(&opener.holds, false);
		adapter_add("b", "address", "200@0", NULL);
		device = next_device(client, device, &closes);
		atomic_store(&opener.device, device);
	}
	wait_opened(1);
	atomic_store(&opener.is_over, true);
	assert_int_equal(pthread_join(opener.thread, NULL), 0);
	if (atomic_load(&opener.wrong))
		fail_msg("%s", tapi_error(atomic_load(&opener.wrong)));
	while (client_receive(client, &message, 0))
		closes += message.dwMessageID == LINE_CLOSE;
	/* One for each line that a removal found open. */
	assert_in_range(closes, rounds / 2, rounds);
	wait_count(CONDIS_COUNTER_SAPS, 0);
	play_end(__FILE__, __LINE__);
}

/* A.10: the application closes what is closed from below at the same time: harmless. */
static void close_meets_close(void **state)
{
	int rounds = is_debug_kernel() ? 5 : 20, i;
	struct client *caller;
	LONG result;

	(void)state;
	for (i = 0; i < rounds; i++) {
		tapi_connected();
		adapter_surprise("b");
		result = lineClose(client_line(client_of("callee"), 1));
		assert_true(!result || result == LINEERR_INVALLINEHANDLE);
		/* What the callee is told depends on who was first. */
		assert_int_equal(client_shutdown(client_of("callee")), 0);
		play_on("caller: hears C1 DISCONNECTED *",
			"caller: drop C1",
			"caller: hears-any reply C1 Drop 0; C1 IDLE");
		/* The same goes for why its call has ended. */
		caller = client_of("caller");
		assert_true(strstr(caller->trace, "DISCONNECTED NORMAL\n") ||
			    strstr(caller->trace, "DISCONNECTED OUTOFORDER\n"));
		play_end(__FILE__, __LINE__);
		adapter_del("a");
		wait_no_adapters();
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TAPI_TEST(removed),
		TAPI_TEST(numbers_of_devices),
		TAPI_TEST(several_lines),
		TAPI_TEST(removed_offering),
		TAPI_TEST(removed_accepted),
		TAPI_TEST(removed_connected),
		TAPI_TEST(removed_disconnected),
		TAPI_TEST(removed_dropping),
		TAPI_TEST(removed_answering),
		TAPI_TEST(removed_dialing),
		TAPI_TEST(removed_and_closed_unread),
		TAPI_TEST(reinit),
		TAPI_TEST(module_reloaded),
		TAPI_TEST(out_of_service),
		TAPI_TEST(closed_while_opened),
		TAPI_TEST(close_meets_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
