// SPDX-License-Identifier: GPL-2.0
/*
 * The want of memory, allocation by allocation: malloc(), calloc() and realloc() of this program
 * are its own, and so are those of the library and of all that the library calls. Each function is
 * called with its first allocation refused, then its second, and so on until it gets all it asks
 * for: it says NOMEM each time before, nothing of what it has begun is left, and then it works.
 *
 * With a sanitizer it would not be built: those have a malloc() of their own.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tapi/names.h"

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

/* Of this thread: so many are granted before those that are refused. Negative: all are. */
static _Thread_local int granted = -1;
/* How many are refused then; and how many were. */
static _Thread_local int to_refuse;
static _Thread_local int refused;

static bool is_refused(void)
{
	if (granted < 0)
		return false;
	if (granted) {
		granted--;
		return false;
	}
	if (!to_refuse) {
		granted = -1;
		return false;
	}
	to_refuse--;
	refused++;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t size)
{
	return is_refused() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return is_refused() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
	return is_refused() ? NULL : __libc_realloc(old, size);
}

static void refuse(int after, int count)
{
	granted = after;
	to_refuse = count;
	refused = 0;
}

static void refuse_no_more(void)
{
	granted = -1;
}

/* What the functions are asked about. */
static struct {
	HLINEAPP app;
	DWORD device;
	HLINE line;
	HCALL call;
	HLINEAPP new_app;
	HLINE new_line;
	HCALL new_call;
} now;

static LONG initialize(void)
{
	LINEINITIALIZEEXPARAMS params = {
		.dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT,
	};
	DWORD version = V2_2, num_devs;

	return lineInitializeEx(&now.new_app, NULL, NULL, "memory", &num_devs, &version, &params);
}

static LONG initialize_wide(void)
{
	LINEINITIALIZEEXPARAMS params = {
		.dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT,
	};
	DWORD version = V2_2, num_devs;

	return lineInitializeExW(&now.new_app, NULL, NULL, u"memory", &num_devs, &version,
				 &params);
}

static LONG open_line(void)
{
	return lineOpen(now.app, now.device, &now.new_line, V2_2, 0, client_instance(1),
			LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_DIGITALDATA, NULL);
}

static LONG make_call(void)
{
	LINECALLPARAMS params = {
		.dwTotalSize = sizeof(params),
		.dwMediaMode = LINEMEDIAMODE_DIGITALDATA,
	};

	return lineMakeCall(now.line, &now.new_call, "200", 0, &params);
}

static LONG make_call_wide(void)
{
	return lineMakeCallW(now.line, &now.new_call, u"200", 0, NULL);
}

static LONG accept_call(void)
{
	return lineAccept(now.call, NULL, 0);
}

static LONG answer_call(void)
{
	return lineAnswer(now.call, NULL, 0);
}

static LONG drop_call(void)
{
	return lineDrop(now.call, NULL, 0);
}

static LONG get_new_calls(void)
{
	union {
		LINECALLLIST list;
		char room[256];
	} u = { .list.dwTotalSize = sizeof(u) };
	LONG result = lineGetNewCalls(now.line, 0, LINECALLSELECT_LINE, &u.list);

	if (!result) {
		assert_int_equal(u.list.dwCallsNumEntries, 1);
		memcpy(&now.new_call, u.room + u.list.dwCallsOffset, sizeof(now.new_call));
	}
	return result;
}

/* Returns what came in the end; before that, NOMEM at least once, and nothing else. */
static LONG with_less_and_less(const char *name, LONG (*function)(void))
{
	int after, wants = 0;
	LONG result;

	for (after = 0; after < 1000; after++) {
		refuse(after, 1);
		result = function();
		refuse_no_more();
		if (result >= 0)
			break;
		if (result != LINEERR_NOMEM || !refused)
			fail_msg("%s, with %d allocations: %s", name, after, tapi_error(result));
		wants++;
	}
	say("%s: %d allocations", name, wants);
	assert_in_range(wants, 1, 999);
	return result;
}

#define SPARE(_function)	with_less_and_less(#_function, _function)

static void beginning(void **state)
{
	unsigned int descriptors;

	(void)state;
	two_adapters("1");
	admin();
	/* What the library and libc allocate once is allocated. */
	succeeds(initialize());
	succeeds(lineShutdown(now.new_app));
	descriptors = count_descriptors();
	succeeds(SPARE(initialize));
	succeeds(lineShutdown(now.new_app));
	succeeds(SPARE(initialize_wide));
	succeeds(lineShutdown(now.new_app));
	assert_int_equal(count_descriptors(), descriptors);
	wait_sessions(0);
}

static void opening(void **state)
{
	struct client *client;

	(void)state;
	two_adapters("1");
	client = client_begun("client", V2_2, "event");
	now.app = client->app;
	now.device = client_device(client, "a", 0);
	succeeds(SPARE(open_line));
	wait_count(CONDIS_COUNTER_SAPS, 1);
	succeeds(lineClose(now.new_line));
	/* Those that failed have left nothing open. */
	wait_count(CONDIS_COUNTER_SAPS, 0);
	play_end(__FILE__, __LINE__);
}

static void calling(void **state)
{
	struct client *caller, *callee;
	LONG request;

	(void)state;
	two_adapters("4");
	play_on("callee: open b owner",
		"caller: open a none");
	caller = client_of("caller");
	callee = client_of("callee");
	now.line = client_line(caller, 1);
	request = SPARE(make_call);
	client_asked(caller, request, client_new_call(caller, 0, 1), "MakeCall");
	/* Nobody has been called before. */
	client_do(callee, "hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner");
	client_do(callee, "hears-nothing");
	wait_count(CONDIS_COUNTER_VCS, 2);

	now.call = client_call(callee, 1);
	client_asked(callee, SPARE(accept_call), 1, "Accept");
	client_do(callee, "hears reply C1 Accept 0; C1 ACCEPTED");
	client_asked(callee, SPARE(answer_call), 1, "Answer");
	client_do(callee, "hears reply C1 Answer 0; C1 CONNECTED ACTIVE");
	client_asked(callee, SPARE(drop_call), 1, "Drop");
	client_do(callee, "hears reply C1 Drop 0; C1 IDLE");
	client_do(callee, "hears-nothing");
	client_shutdown(caller);
	play_end(__FILE__, __LINE__);
}

static void calling_wide(void **state)
{
	struct client *callee;

	(void)state;
	two_adapters("4");
	play_on("callee: open b owner voice",
		"caller: open a none");
	callee = client_of("callee");
	now.line = client_line(client_of("caller"), 1);
	assert_true(SPARE(make_call_wide) > 0);
	client_do(callee, "hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner");
	client_shutdown(client_of("caller"));
	client_do(callee, "hears C1 DISCONNECTED *");
	play_end(__FILE__, __LINE__);
}

/* A list that could not be given has given none of its calls away. */
static void new_calls(void **state)
{
	struct client *late;

	(void)state;
	tapi_connected();
	play_on("late: open b monitor");
	late = client_of("late");
	now.line = client_line(late, 1);
	succeeds(SPARE(get_new_calls));
	client_new_call(late, now.new_call, 1);
	client_do(late, "state C1 CONNECTED");
	client_do(client_of("callee"), "hears C1 info monitors");
	client_do(client_of("callee"), "counts C1 1+1");
	client_shutdown(client_of("callee"));
	play_on("caller: hears C1 DISCONNECTED NORMAL",
		"late: hears C1 info -owner; C1 IDLE");
	play_end(__FILE__, __LINE__);
}

/* What is told of a call that is there needs no memory: no reply and no state is ever lost. */
static void messages(void **state)
{
	struct client *caller, *callee;

	(void)state;
	two_adapters("1");
	play_on("callee: open b owner",
		"caller: open a none",
		"caller: call L1 200");
	caller = client_of("caller");
	callee = client_of("callee");
	refuse(0, 1000000);
	client_do(caller, "hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK");
	refuse_no_more();
	play_on("callee: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner",
		"callee: answer C1");
	refuse(0, 1000000);
	client_do(callee, "hears reply C1 Answer 0; C1 CONNECTED ACTIVE");
	client_do(caller, "hears C1 CONNECTED ACTIVE");
	refuse_no_more();
	client_do(caller, "drop C1");
	refuse(0, 1000000);
	client_do(caller, "hears reply C1 Drop 0; C1 IDLE");
	client_do(callee, "hears C1 DISCONNECTED NORMAL");
	client_do(callee, "deallocate C1");
	client_do(caller, "deallocate C1");
	refuse_no_more();
	play_end(__FILE__, __LINE__);
}

/* A call for which there is no memory is not taken: who calls hears its end, and nobody waits. */
static void incoming_call(void **state)
{
	LINEMESSAGE message;
	struct client *callee;
	LONG result;

	(void)state;
	two_adapters("1");
	play_on("callee: open b owner",
		"callee: hears-nothing",
		"caller: open a none",
		"caller: call L1 200",
		"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK");
	callee = client_of("callee");
	refuse(0, 1000000);
	result = lineGetMessage(callee->app, &message, 500);
	refuse_no_more();
	assert_true(refused > 0);
	fails(result, LINEERR_OPERATIONFAILED);
	play_on("caller: hears C1 DISCONNECTED *",
		"caller: deallocate C1",
		"callee: hears-nothing",
		"world: vcs 0",
		"caller: call L1 200",
		"caller: hears reply C2 MakeCall 0; C2 PROCEEDING; C2 RINGBACK",
		"callee: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner",
		"callee: drop C1",
		"callee: hears reply C1 Drop 0; C1 IDLE",
		"caller: hears C2 DISCONNECTED *");
	play_end(__FILE__, __LINE__);
}

/* Texts in UTF-16 are converted: that one could not be is not that it is wrong. */
static void wide_texts(void **state)
{
	union {
		VARSTRING string;
		char room[256];
	} u = { .string.dwTotalSize = sizeof(u) };
	LONG result;

	(void)state;
	tapi_connected();
	now.call = client_call(client_of("callee"), 1);
	refuse(0, 1);
	result = lineGetIDW(0, 0, now.call, LINECALLSELECT_CALL, &u.string, u"tapi/line");
	refuse_no_more();
	fails(result, LINEERR_NOMEM);
	refuse(0, 1);
	result = lineHandoffW(now.call, u"nobody", 0);
	refuse_no_more();
	fails(result, LINEERR_NOMEM);
	fails(lineHandoffW(now.call, u"nobody", 0), LINEERR_TARGETNOTFOUND);
	succeeds(lineGetIDW(0, 0, now.call, LINECALLSELECT_CALL, &u.string, u"tapi/line"));
	play_end(__FILE__, __LINE__);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TAPI_TEST(beginning),
		TAPI_TEST(opening),
		TAPI_TEST(calling),
		TAPI_TEST(calling_wide),
		TAPI_TEST(new_calls),
		TAPI_TEST(messages),
		TAPI_TEST(incoming_call),
		TAPI_TEST(wide_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
