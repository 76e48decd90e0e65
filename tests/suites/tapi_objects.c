// SPDX-License-Identifier: GPL-2.0
/*
 * TAPI 3 over real lines: what is told of calls and lines, how each side ends, and that nothing is
 * left of it, here or in the kernel.
 */
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COBJMACROS
#include "tapi/client.h"
#include "tapi3/sink.h"

#define ALL_EVENTS 0x3ffffff
#define ROUNDS 40

/**
 * struct phone - a TAPI object with its addresses and its sink
 * @tapi: it
 * @addresses: by the last digit of "100", "200": [0] is "a"'s, [1] is "b"'s
 * @sink: advised, of all events
 * @cookie: of its Advise()
 * @registration: of RegisterCallNotifications(), or 0
 */
struct phone {
	ITTAPI *tapi;
	ITAddress *addresses[2];
	struct sink *sink;
	DWORD cookie;
	LONG registration;
};

static int setup(void **state)
{
	if (tapi_setup(state))
		return -1;
	two_adapters("4");
	return 0;
}

static int teardown(void **state)
{
	if (tapi3_objects(TAPI3_KINDS)) {
		tapi3_report(STDOUT_FILENO);
		print_error("objects of TAPI 3 are left\n");
		tapi_teardown(state);
		return -1;
	}
	return tapi_teardown(state);
}

/* The address with that number, of all. */
static ITAddress *find_address(ITTAPI *tapi, const WCHAR *number)
{
	ITAddress *address = NULL, *found = NULL;
	IEnumAddress *enumerator;
	BSTR text;

	assert_result(ITTAPI_EnumerateAddresses(tapi, &enumerator), S_OK);
	while (IEnumAddress_Next(enumerator, 1, &address, NULL) == S_OK) {
		assert_result(ITAddress_get_DialableAddress(address, &text), S_OK);
		if (!found && SysStringLen(text) == 3 && !memcmp(text, number, 6))
			found = address;
		else
			ITAddress_Release(address);
		SysFreeString(text);
	}
	IEnumAddress_Release(enumerator);
	assert_non_null(found);
	return found;
}

static struct phone phone_begin(void)
{
	struct phone phone = { 0 };

	assert_result(TapiCreateInstance(&CLSID_TAPI, &IID_ITTAPI, (void **)&phone.tapi), S_OK);
	assert_result(ITTAPI_Initialize(phone.tapi), S_OK);
	phone.addresses[0] = find_address(phone.tapi, u"100");
	phone.addresses[1] = find_address(phone.tapi, u"200");
	phone.sink = sink_new();
	phone.cookie = sink_advise(phone.sink, phone.tapi);
	assert_result(ITTAPI_put_EventFilter(phone.tapi, ALL_EVENTS), S_OK);
	return phone;
}

static void phone_listen(struct phone *phone, int address)
{
	assert_result(ITTAPI_RegisterCallNotifications(phone->tapi, phone->addresses[address],
						       VARIANT_FALSE, VARIANT_TRUE,
						       LINEMEDIAMODE_DIGITALDATA, 0,
						       &phone->registration), S_OK);
}

static void phone_release(struct phone *phone)
{
	ITAddress_Release(phone->addresses[0]);
	ITAddress_Release(phone->addresses[1]);
	ITTAPI_Release(phone->tapi);
	sink_free(phone->sink);
}

/* In order: registrations, sinks, Shutdown(), references. */
static void phone_end(struct phone *phone)
{
	if (phone->registration)
		assert_result(ITTAPI_UnregisterNotifications(phone->tapi, phone->registration),
			      S_OK);
	assert_result(sink_unadvise(phone->tapi, phone->cookie), S_OK);
	assert_result(ITTAPI_Shutdown(phone->tapi), S_OK);
	phone_release(phone);
	wait_nothing_left();
}

static ITBasicCallControl *new_call(struct phone *phone, int from, const WCHAR *number)
{
	BSTR text = SysAllocString(number);
	ITBasicCallControl *call;

	assert_result(ITAddress_CreateCall(phone->addresses[from], text,
					   LINEADDRESSTYPE_PHONENUMBER, LINEMEDIAMODE_DIGITALDATA,
					   &call), S_OK);
	SysFreeString(text);
	return call;
}

static ITBasicCallControl *offered_call(struct phone *phone)
{
	ITBasicCallControl *control;
	ITCallInfo *info;

	sink_await(phone->sink, "state OFFERING");
	info = sink_take_call(phone->sink);
	assert_non_null(info);
	assert_result(ITCallInfo_QueryInterface(info, &IID_ITBasicCallControl, (void **)&control),
		      S_OK);
	ITCallInfo_Release(info);
	return control;
}

static CALL_STATE state_of(ITBasicCallControl *control)
{
	CALL_STATE state = CS_IDLE;
	ITCallInfo *info;

	assert_result(ITBasicCallControl_QueryInterface(control, &IID_ITCallInfo, (void **)&info),
		      S_OK);
	assert_result(ITCallInfo_get_CallState(info, &state), S_OK);
	ITCallInfo_Release(info);
	return state;
}

/* Somebody at "b" who knows TAPI 2. */
static struct client *old_callee(void)
{
	struct client *callee = client_begun("callee", V2_2, "event");

	client_do(callee, "open b owner digital");
	return callee;
}

/* One TAPI object for both ends, each telling the other. */
static void both_ends(void **state)
{
	ITBasicCallControl *caller, *callee;
	struct phone phone = phone_begin();

	(void)state;
	phone_listen(&phone, 1);
	caller = new_call(&phone, 0, u"200");
	assert_int_equal(state_of(caller), CS_IDLE);
	assert_result(ITBasicCallControl_Disconnect(caller, DC_NORMAL), S_FALSE);
	assert_result(ITBasicCallControl_Connect(caller, VARIANT_FALSE), S_OK);
	callee = offered_call(&phone);
	assert_result(ITBasicCallControl_Answer(callee), S_OK);
	sink_await(phone.sink, "state CONNECTED");
	sink_await(phone.sink, "state CONNECTED");
	assert_result(ITBasicCallControl_Disconnect(callee, DC_NORMAL), S_OK);
	assert_int_equal(state_of(callee), CS_DISCONNECTED);
	sink_await(phone.sink, "state DISCONNECTED NORMAL");
	sink_await(phone.sink, "state DISCONNECTED NORMAL");
	/* The far end's hang-up leaves something to clear, once. */
	assert_int_equal(state_of(caller), CS_DISCONNECTED);
	assert_result(ITBasicCallControl_Disconnect(caller, DC_NORMAL), S_OK);
	assert_result(ITBasicCallControl_Disconnect(caller, DC_NORMAL), S_FALSE);
	assert_result(ITBasicCallControl_Disconnect(callee, DC_NORMAL), S_FALSE);
	ITBasicCallControl_Release(caller);
	ITBasicCallControl_Release(callee);
	phone_end(&phone);
}

static void outgoing(void **state)
{
	struct phone phone = phone_begin();
	struct client *callee = old_callee();
	ITBasicCallControl *call;

	(void)state;
	call = new_call(&phone, 0, u"200");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
	sink_expect(phone.sink, "hub new; hub join; state INPROGRESS");
	client_do(callee, "hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner");
	client_do(callee, "answer C1");
	sink_expect(phone.sink, "state CONNECTED");
	client_do(callee, "hears reply C1 Answer 0; C1 CONNECTED ACTIVE");
	client_do(callee, "drop C1");
	sink_expect(phone.sink, "state DISCONNECTED NORMAL; hub leave; hub idle;");
	client_do(callee, "hears-any reply C1 Drop 0; C1 IDLE");
	assert_result(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
	/* It is not told a second time. */
	sink_expect(phone.sink, ";");
	ITBasicCallControl_Release(call);
	client_do(callee, "deallocate C1");
	client_shutdown(callee);
	phone_end(&phone);
}

/* What a Connect() that waited answers when it comes to nothing. */
static void outgoing_failures(void **state)
{
	static const struct {
		const char *fault;
		HRESULT result;
	} faults[] = {
		{ "busy", TAPI_E_DESTBUSY },
		{ "congestion", TAPI_E_DESTUNAVAIL },
	};
	struct phone phone = phone_begin();
	struct client *callee = old_callee();
	ITBasicCallControl *call;
	size_t i;

	(void)state;
	call = new_call(&phone, 0, u"999");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_TRUE), TAPI_E_INVALADDRESS);
	ITBasicCallControl_Release(call);
	/* The reply is of the first progress then, and the failure has a cause of its own. */
	adapter_set("a", "late", "disconnect", "late-by", "50", NULL);
	for (i = 0; i < ARRAY_SIZE(faults); i++) {
		adapter_set("b", "fault", faults[i].fault, NULL);
		call = new_call(&phone, 0, u"200");
		assert_result(ITBasicCallControl_Connect(call, VARIANT_TRUE), faults[i].result);
		assert_int_equal(state_of(call), CS_DISCONNECTED);
		ITBasicCallControl_Release(call);
	}
	client_shutdown(callee);
	phone_end(&phone);
}

/* Disconnect() returns when the call is cleared, and not before. */
static void disconnect_waits(void **state)
{
	struct phone phone = phone_begin();
	struct client *callee = old_callee();
	ITBasicCallControl *call;
	long long start;

	(void)state;
	adapter_set("a", "clear-delay", "400", NULL);
	call = new_call(&phone, 0, u"200");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
	sink_await(phone.sink, "state INPROGRESS");
	start = now_ms();
	assert_result(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
	assert_elapsed(start, 400);
	assert_int_equal(state_of(call), CS_DISCONNECTED);
	ITBasicCallControl_Release(call);
	client_shutdown(callee);
	phone_end(&phone);
}

/* Shutdown() with a call up: the other side is told, nothing is left, and the object is dead. */
static void shutdown_drops(void **state)
{
	struct phone phone = phone_begin();
	struct client *callee = old_callee();
	CALL_STATE call_state;
	ITBasicCallControl *call;
	ITCallInfo *info;

	(void)state;
	call = new_call(&phone, 0, u"200");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
	client_do(callee, "hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner");
	client_do(callee, "answer C1");
	sink_await(phone.sink, "state CONNECTED");
	assert_result(ITTAPI_Shutdown(phone.tapi), S_OK);
	assert_result(ITTAPI_Shutdown(phone.tapi), S_FALSE);
	client_do(callee, "hears reply C1 Answer 0; C1 CONNECTED ACTIVE; C1 DISCONNECTED NORMAL");
	assert_result(ITBasicCallControl_QueryInterface(call, &IID_ITCallInfo, (void **)&info),
		      S_OK);
	assert_result(ITCallInfo_get_CallState(info, &call_state), TAPI_E_NOT_INITIALIZED);
	assert_result(ITBasicCallControl_Disconnect(call, DC_NORMAL), TAPI_E_NOT_INITIALIZED);
	sink_expect(phone.sink, ";");
	client_shutdown(callee);
	wait_nothing_left();
	ITCallInfo_Release(info);
	ITBasicCallControl_Release(call);
	phone_release(&phone);
}

static void shut_down(struct sink *sink, const char *text, IDispatch *event)
{
	ITTAPI *tapi = sink->data;

	(void)event;
	if (!strcmp(text, "state OFFERING"))
		assert_result(ITTAPI_Shutdown(tapi), S_OK);
}

static void shutdown_inside(void **state)
{
	struct client *caller = client_begun("caller", V2_2, "event");
	struct phone phone = phone_begin();
	unsigned int told;

	(void)state;
	phone.sink->data = phone.tapi;
	phone.sink->hook = shut_down;
	phone_listen(&phone, 1);
	client_do(caller, "open a none");
	client_do(caller, "call L1 200 digital");
	sink_await(phone.sink, "state OFFERING");
	while (atomic_load(&phone.sink->running))
		usleep(1000);
	told = phone.sink->count;
	client_shutdown(caller);
	wait_nothing_left();
	assert_int_equal(phone.sink->count, told);
	assert_result(ITTAPI_Shutdown(phone.tapi), S_FALSE);
	/* Its thread is on its way out, or gone. */
	while (atomic_load(&phone.sink->refs) != 1)
		usleep(1000);
	ITCallInfo_Release(phone.sink->call);
	phone.sink->call = NULL;
	phone_release(&phone);
	while (tapi3_objects(TAPI3_KINDS))
		usleep(1000);
}

/* No Disconnect(), no Unregister, no Unadvise, no Shutdown(). */
static void release_alone(void **state)
{
	struct phone phone = phone_begin();
	ITBasicCallControl *caller, *callee;

	(void)state;
	phone_listen(&phone, 1);
	caller = new_call(&phone, 0, u"200");
	assert_result(ITBasicCallControl_Connect(caller, VARIANT_FALSE), S_OK);
	callee = offered_call(&phone);
	assert_result(ITBasicCallControl_Answer(callee), S_OK);
	ITBasicCallControl_Release(caller);
	ITBasicCallControl_Release(callee);
	ITAddress_Release(phone.addresses[0]);
	ITAddress_Release(phone.addresses[1]);
	ITTAPI_Release(phone.tapi);
	wait_nothing_left();
	/* The callback thread may have had the last reference. */
	while (atomic_load(&phone.sink->refs) != 1 || tapi3_objects(TAPI3_KINDS))
		usleep(1000);
	sink_free(phone.sink);
}

/*
 * The call lives on, and the next one is for another program. Held beyond its end it keeps no line
 * open, and knows what it knew.
 */
static void unregister_keeps_calls(void **state)
{
	struct client *caller = client_begun("caller", V2_2, "event");
	struct phone phone = phone_begin();
	struct client *other;
	ITBasicCallControl *call;
	ITCallInfo *info;
	BSTR text;

	(void)state;
	phone_listen(&phone, 1);
	other = old_callee();
	client_do(caller, "open a none");
	client_do(caller, "call L1 200 digital");
	call = offered_call(&phone);
	assert_result(ITBasicCallControl_Answer(call), S_OK);
	/* The answer has been answered; CONNECTED comes behind. */
	sink_await(phone.sink, "state CONNECTED");
	client_do(caller, "hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK");
	client_do(caller, "hears C1 CONNECTED ACTIVE");
	assert_result(ITTAPI_UnregisterNotifications(phone.tapi, phone.registration), S_OK);
	assert_result(ITTAPI_UnregisterNotifications(phone.tapi, phone.registration), E_INVALIDARG);
	phone.registration = 0;
	assert_int_equal(state_of(call), CS_CONNECTED);

	client_do(caller, "call L1 200 digital");
	client_do(other, "hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner");
	client_do(other, "answer C1");
	client_do(other, "hears reply C1 Answer 0; C1 CONNECTED ACTIVE");
	client_shutdown(other);
	sink_expect(phone.sink, ";");

	assert_int_equal(state_of(call), CS_CONNECTED);
	assert_result(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
	sink_expect(phone.sink, "state DISCONNECTED NORMAL; hub leave; hub idle;");
	client_shutdown(caller);
	assert_result(ITBasicCallControl_QueryInterface(call, &IID_ITCallInfo, (void **)&info),
		      S_OK);
	assert_result(ITCallInfo_get_CallInfoString(info, CIS_CALLERIDNUMBER, &text), S_OK);
	assert_int_equal(SysStringLen(text), 3);
	assert_memory_equal(text, u"100", 8);
	SysFreeString(text);
	ITCallInfo_Release(info);
	ITBasicCallControl_Release(call);
	phone_end(&phone);
}

/* Read until a call has come to nothing: by its reply, or after the first progress by its state. */
static void await_failure(struct client *client)
{
	LINEMESSAGE message;

	do {
		assert_true(client_receive(client, &message, patience()));
	} while (!(message.dwMessageID == LINE_REPLY && message.dwParam2) &&
		 !(message.dwMessageID == LINE_CALLSTATE &&
		   message.dwParam1 == LINECALLSTATE_DISCONNECTED));
}

/* A call that nobody takes from its events is rejected; the caller is told. */
static void nobody_takes_it(void **state)
{
	struct client *caller = client_begun("caller", V2_2, "event");
	struct phone phone = phone_begin();

	(void)state;
	phone_listen(&phone, 1);
	assert_result(ITTAPI_put_EventFilter(phone.tapi, 0), S_OK);
	client_do(caller, "open a none");
	client_do(caller, "call L1 200 digital");
	await_failure(caller);
	client_shutdown(caller);
	phone_end(&phone);
}

/* An application that knows neither, by a name of its own, on the line of "b". */
static struct app *app_at_b(const char *name, uint32_t media)
{
	struct app *app = app_open(name);

	assert_int_equal(condis_session_set_name(app->session, name), 0);
	line_open_media(app, "b", 0, OWNER, media);
	return app;
}

static BSTR text_of(const char *name)
{
	BSTR text = SysAllocStringLen(NULL, strlen(name));
	size_t i;

	for (i = 0; name[i]; i++)
		text[i] = name[i];
	return text;
}

static HRESULT give_by_name(ITBasicCallControl *call, const char *name)
{
	BSTR text = text_of(name);
	HRESULT result = ITBasicCallControl_HandoffDirect(call, text);

	SysFreeString(text);
	return result;
}

/* To others, by name and by medium; and one of them gives it back. */
static void handed_over(void **state)
{
	struct client *caller = client_begun("caller", V2_2, "event");
	struct phone phone = phone_begin();
	struct app *fax, *modem;
	CALL_PRIVILEGE privilege;
	ITBasicCallControl *call;
	ITCallInfo *info;

	(void)state;
	phone_listen(&phone, 1);
	fax = app_at_b("fax", DIGITAL);
	modem = app_at_b("modem", LINEMEDIAMODE_DATAMODEM);
	client_do(caller, "open a none");
	client_do(caller, "call L1 200 digital");
	call = offered_call(&phone);
	assert_result(ITBasicCallControl_Answer(call), S_OK);
	sink_expect(phone.sink, "state CONNECTED;");
	assert_result(give_by_name(call, "nobody-at-all"), TAPI_E_TARGETNOTFOUND);
	/* It came first, and would be the one. */
	assert_result(ITBasicCallControl_HandoffIndirect(call, DIGITAL), TAPI_E_TARGETSELF);
	expect_nothing(fax);
	assert_result(give_by_name(call, "fax"), S_OK);
	expect(fax, "L1 new C1 owner", "C1 CONNECTED owner");
	assert_result(ITBasicCallControl_HandoffIndirect(call, TAPIMEDIATYPE_DATAMODEM), S_OK);
	expect(modem, "L1 new C1 owner", "C1 CONNECTED owner");
	/* It is the giver's as well, and the others' when he has released it. */
	sink_expect(phone.sink, ";");
	assert_int_equal(state_of(call), CS_CONNECTED);
	ITBasicCallControl_Release(call);
	client_do(caller, "hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK;"
		  "C1 CONNECTED ACTIVE");
	client_do(caller, "state C1 CONNECTED");

	assert_int_equal(condis_call_handoff_name(fax->session, call_label(fax, 1),
						  program_invocation_short_name), 0);
	sink_expect(phone.sink, "hub new; hub join; notification owner; state CONNECTED;");
	info = sink_take_call(phone.sink);
	assert_result(ITCallInfo_get_Privilege(info, &privilege), S_OK);
	assert_int_equal(privilege, CP_OWNER);
	ITCallInfo_QueryInterface(info, &IID_ITBasicCallControl, (void **)&call);
	ITCallInfo_Release(info);
	assert_result(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
	sink_expect(phone.sink, "state DISCONNECTED NORMAL; hub leave; hub idle;");
	hear(fax, "C1 IDLE");
	hear(modem, "C1 IDLE");
	client_do(caller, "hears C1 DISCONNECTED NORMAL");
	ITBasicCallControl_Release(call);
	app_close(fax);
	app_close(modem);
	client_shutdown(caller);
	phone_end(&phone);
}

/* The next call is this one's (NULL: the phone's), who does not want it. */
static void next_goes_to(struct app *caller, struct app *app, struct phone *phone)
{
	uint32_t call = call_make(caller, caller->lines[0], "200");
	ITBasicCallControl *offered;
	unsigned int n = 0;

	if (app) {
		expect(app, "L1 new C* owner", "C* OFFERING owner");
		while (n + 1 < APP_LABELS && app->calls[n + 1])
			n++;
		call_drop(app, app->calls[n]);
		expect_in_any_order(app, "reply C* DROP 0", "C* IDLE");
		call_deallocate(app, app->calls[n]);
	} else {
		offered = offered_call(phone);
		assert_result(ITBasicCallControl_Disconnect(offered, DC_REJECTED), S_OK);
		ITBasicCallControl_Release(offered);
	}
	expect_up_to(caller, "C* DISCONNECTED *");
	call_deallocate(caller, call);
}

static void set_priority(struct phone *phone, const char *name, VARIANT_BOOL is_first)
{
	BSTR text = text_of(name);

	assert_result(ITTAPI_SetApplicationPriority(phone->tapi, text, DIGITAL, is_first), S_OK);
	SysFreeString(text);
}

/* Of programs that run: who was put first last is asked, and else who came first. */
static void priorities(void **state)
{
	const char *own = program_invocation_short_name;
	char folder[] = "/tmp/tapi_objects.XXXXXX";
	struct app *caller, *fax;
	struct phone phone;

	(void)state;
	assert_non_null(mkdtemp(folder));
	setenv("XDG_CONFIG_HOME", folder, 1);
	caller = app_open("caller");
	line_open(caller, "a", 0, NONE);
	fax = app_at_b("fax", DIGITAL);
	phone = phone_begin();
	phone_listen(&phone, 1);
	next_goes_to(caller, fax, NULL);
	set_priority(&phone, own, VARIANT_TRUE);
	next_goes_to(caller, NULL, &phone);
	set_priority(&phone, "fax", VARIANT_TRUE);
	next_goes_to(caller, fax, NULL);
	set_priority(&phone, "fax", VARIANT_FALSE);
	next_goes_to(caller, NULL, &phone);
	set_priority(&phone, own, VARIANT_FALSE);
	next_goes_to(caller, fax, NULL);
	unsetenv("XDG_CONFIG_HOME");
	app_close(caller);
	app_close(fax);
	phone_end(&phone);
}

/* The adapter goes with a call on it: the address closes, and goes; then another comes. */
static void adapter_goes(void **state)
{
	struct phone phone = phone_begin();
	ITBasicCallControl *caller, *callee;
	ADDRESS_STATE address_state;

	(void)state;
	phone_listen(&phone, 1);
	caller = new_call(&phone, 0, u"200");
	assert_result(ITBasicCallControl_Connect(caller, VARIANT_FALSE), S_OK);
	callee = offered_call(&phone);
	assert_result(ITBasicCallControl_Answer(callee), S_OK);
	sink_await(phone.sink, "state CONNECTED");
	adapter_del("b");
	sink_await(phone.sink, "tapi close");
	sink_await(phone.sink, "tapi remove");
	assert_int_equal(state_of(callee), CS_DISCONNECTED);
	assert_result(ITBasicCallControl_Disconnect(callee, DC_NORMAL), S_FALSE);
	assert_result(ITAddress_get_State(phone.addresses[1], &address_state), S_OK);
	assert_int_equal(address_state, AS_OUTOFSERVICE);
	ITBasicCallControl_Release(caller);
	ITBasicCallControl_Release(callee);
	adapter_add("b", "address", "200@0", NULL);
	sink_await(phone.sink, "tapi create");
	phone_end(&phone);
}

/* Many lives: descriptors, threads and objects are as many as before. */
static void many_lives(void **state)
{
	unsigned int threads = count_threads(), descriptors = 0, tries, i;
	ITBasicCallControl *caller, *callee;
	struct phone phone;

	(void)state;
	for (i = 0; i < ROUNDS; i++) {
		phone = phone_begin();
		phone_listen(&phone, 1);
		caller = new_call(&phone, 0, u"200");
		assert_result(ITBasicCallControl_Connect(caller, VARIANT_FALSE), S_OK);
		callee = offered_call(&phone);
		assert_result(ITBasicCallControl_Answer(callee), S_OK);
		if (i % 2)
			assert_result(ITBasicCallControl_Disconnect(caller, DC_NORMAL), S_OK);
		ITBasicCallControl_Release(caller);
		ITBasicCallControl_Release(callee);
		phone_end(&phone);
		assert_int_equal(tapi3_objects(TAPI3_KINDS), 0);
		/* A thread that was joined has its entry in /proc a moment longer. */
		for (tries = 0; tries < 1000 && count_threads() != threads; tries++)
			usleep(1000);
		assert_int_equal(count_threads(), threads);
		if (!i)
			descriptors = count_descriptors();
		assert_int_equal(count_descriptors(), descriptors);
		watchdog_alive();
	}
}

int main(void)
{
#define PHONE_TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
	const struct CMUnitTest tests[] = {
		PHONE_TEST(both_ends), PHONE_TEST(outgoing), PHONE_TEST(outgoing_failures),
		PHONE_TEST(disconnect_waits), PHONE_TEST(shutdown_drops),
		PHONE_TEST(shutdown_inside), PHONE_TEST(release_alone),
		PHONE_TEST(unregister_keeps_calls), PHONE_TEST(nobody_takes_it),
		PHONE_TEST(handed_over), PHONE_TEST(priorities), PHONE_TEST(adapter_goes),
		PHONE_TEST(many_lives),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
