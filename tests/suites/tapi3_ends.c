// SPDX-License-Identifier: GPL-2.0
/*
 * The ends of TAPI 3: Shutdown(), last references, in any thread and in any order.
 *
 * Over functions of tapi.h that need no kernel (tapi3/fake.c), so it runs anywhere.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define COBJMACROS
#include "tapi3/world.h"

/*
 * The end.
 */

static void shut_down_in_event(struct sink *sink, const char *text, IDispatch *event)
{
	(void)event;
	if (strcmp(text, "state OFFERING"))
		return;
	assert_result(ITTAPI_Shutdown(world.tapi), S_OK);
	assert_result(ITTAPI_Shutdown(world.tapi), S_FALSE);
	if (sink->data)
		assert_result(ITTAPI_Initialize(world.tapi), S_OK);
}

static void end_in_event(bool begins_again)
{
	ITBasicCallControl *call;
	ITCallInfo *offered;
	unsigned int count;

	world_begin();
	listen_at(1);
	world_hook(shut_down_in_event, begins_again ? &world : NULL);
	call = new_call(0, u"200");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
	sink_await(world.sink, "state OFFERING");
	while (atomic_load(&world.sink->running))
		pause_ms(1);
	/* It was unadvised with the session, and nothing more was told. */
	count = world.sink->count;
	pause_ms(50);
	assert_int_equal(world.sink->count, count);
	assert_result(ITBasicCallControl_Disconnect(call, DC_NORMAL), TAPI_E_NOT_INITIALIZED);
	assert_int_equal(fake_counts().calls, 0);
	ITBasicCallControl_Release(call);
	release_addresses();
	assert_result(ITTAPI_Shutdown(world.tapi), begins_again ? S_OK : S_FALSE);
	/* It holds the TAPI object. */
	offered = sink_take_call(world.sink);
	ITCallInfo_Release(offered);
	ITTAPI_Release(world.tapi);
	while (atomic_load(&world.sink->refs) != 1)
		pause_ms(1);
	sink_free(world.sink);
}

static void shut_down_inside(void **state)
{
	(void)state;
	end_in_event(false);
}

static void begin_again_inside(void **state)
{
	(void)state;
	end_in_event(true);
}

/* Who waits for a call when the session ends hears that. */
static void shut_down_while_waiting(void **state)
{
	ITBasicCallControl *call;
	pthread_t thread;
	void *result;

	(void)state;
	world_begin();
	fake_hold_idle(true);
	call = new_call(0, u"ringing");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
	sink_await(world.sink, "state INPROGRESS");
	pthread_create(&thread, NULL, disconnect_thread, call);
	pause_ms(100);
	assert_result(ITTAPI_Shutdown(world.tapi), S_OK);
	pthread_join(thread, &result);
	assert_result((intptr_t)result, TAPI_E_NOT_INITIALIZED);
	fake_hold_idle(false);
	ITBasicCallControl_Release(call);
	release_addresses();
	ITTAPI_Release(world.tapi);
	sink_free(world.sink);
}

/* No Event() begins after Shutdown() has returned, however many wait to be told. */
static void shut_down_under_events(void **state)
{
	unsigned int count;
	int round, i;

	(void)state;
	for (round = 0; round < 20; round++) {
		world_begin();
		for (i = 0; i < 50; i++)
			fake_request(2);
		if (round % 2)
			sink_expect(world.sink, "request 7");
		assert_result(ITTAPI_Shutdown(world.tapi), S_OK);
		assert_int_equal(atomic_load(&world.sink->running), 0);
		count = world.sink->count;
		pause_ms(2);
		assert_int_equal(world.sink->count, count);
		assert_int_equal(tapi3_objects(TAPI3_EVENT), 0);
		release_addresses();
		ITTAPI_Release(world.tapi);
		sink_free(world.sink);
	}
}

/* What is held after Shutdown() can be released, and asked for its interfaces, and no more. */
static void objects_after_shutdown(void **state)
{
	ITBasicCallControl *call;
	ITCollection *collection;
	ADDRESS_STATE address_state;
	IEnumAddress *enumerator;
	CALL_STATE call_state;
	ITCallHub *hub;
	ITCallInfo *info;
	ITTAPI *tapi;
	IUnknown *unknown;
	VARIANT variant;
	ULONG count;
	LONG value;
	BSTR text;

	(void)state;
	world_begin();
	call = new_call(0, u"ringing");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
	ITBasicCallControl_QueryInterface(call, &IID_ITCallInfo, (void **)&info);
	assert_result(ITCallInfo_get_CallHub(info, &hub), S_OK);
	assert_result(ITTAPI_EnumerateAddresses(world.tapi, &enumerator), S_OK);
	assert_result(ITTAPI_get_Addresses(world.tapi, &variant), S_OK);
	collection = (ITCollection *)variant.pdispVal;
	assert_result(ITTAPI_Shutdown(world.tapi), S_OK);

	assert_result(ITBasicCallControl_Connect(call, VARIANT_TRUE), TAPI_E_NOT_INITIALIZED);
	assert_result(ITBasicCallControl_Answer(call), TAPI_E_NOT_INITIALIZED);
	assert_result(ITBasicCallControl_Disconnect(call, DC_NORMAL), TAPI_E_NOT_INITIALIZED);
	assert_result(ITBasicCallControl_Hold(call, VARIANT_TRUE), TAPI_E_NOT_INITIALIZED);
	assert_result(ITBasicCallControl_HandoffIndirect(call, LINEMEDIAMODE_DIGITALDATA),
		      TAPI_E_NOT_INITIALIZED);
	assert_result(ITBasicCallControl_Unpark(call), TAPI_E_NOT_INITIALIZED);
	assert_result(ITCallInfo_get_CallState(info, &call_state), TAPI_E_NOT_INITIALIZED);
	assert_result(ITCallInfo_get_CallInfoLong(info, CIL_ORIGIN, &value),
		      TAPI_E_NOT_INITIALIZED);
	assert_result(ITCallInfo_put_CallInfoLong(info, CIL_BEARERMODE, 1), TAPI_E_NOT_INITIALIZED);
	assert_result(ITCallInfo_get_CallInfoString(info, CIS_COMMENT, &text),
		      TAPI_E_NOT_INITIALIZED);
	assert_result(ITCallInfo_put_CallInfoString(info, CIS_COMMENT, NULL),
		      TAPI_E_NOT_INITIALIZED);
	assert_result(ITCallHub_Clear(hub), TAPI_E_NOT_INITIALIZED);
	assert_result(ITCallHub_get_NumCalls(hub, &value), TAPI_E_NOT_INITIALIZED);
	assert_result(ITAddress_get_State(world.addresses[0], &address_state),
		      TAPI_E_NOT_INITIALIZED);
	assert_result(ITAddress_get_AddressName(world.addresses[0], &text), TAPI_E_NOT_INITIALIZED);
	assert_result(ITAddress_get_TAPIObject(world.addresses[0], &tapi), TAPI_E_NOT_INITIALIZED);
	assert_null(tapi);
	assert_result(ITAddress_CreateCall(world.addresses[0], NULL, LINEADDRESSTYPE_PHONENUMBER,
					   LINEMEDIAMODE_DIGITALDATA, &call),
		      TAPI_E_NOT_INITIALIZED);
	assert_result(IEnumAddress_Next(enumerator, 1, world.addresses, &count),
		      TAPI_E_NOT_INITIALIZED);
	assert_result(IEnumAddress_Reset(enumerator), TAPI_E_NOT_INITIALIZED);
	assert_result(ITCollection_get_Count(collection, &value), TAPI_E_NOT_INITIALIZED);

	/* Another session changes nothing of that. */
	assert_result(ITTAPI_Initialize(world.tapi), S_OK);
	assert_result(ITCallInfo_get_CallState(info, &call_state), TAPI_E_NOT_INITIALIZED);
	assert_result(ITCallInfo_QueryInterface(info, &IID_IUnknown, (void **)&unknown), S_OK);
	IUnknown_Release(unknown);
	IEnumAddress_Release(enumerator);
	ITCollection_Release(collection);
	ITCallHub_Release(hub);
	/* The two interfaces of the call: the pointer to the second was lost to CreateCall(). */
	ITCallInfo_QueryInterface(info, &IID_ITBasicCallControl, (void **)&call);
	ITBasicCallControl_Release(call);
	ITBasicCallControl_Release(call);
	ITCallInfo_Release(info);
	release_addresses();
	assert_result(ITTAPI_Shutdown(world.tapi), S_OK);
	ITTAPI_Release(world.tapi);
	sink_free(world.sink);
}

/* Released without anything before it: calls, lines, sinks and session go. */
static void release_without_shutdown(void **state)
{
	struct pair pair;

	(void)state;
	world_begin();
	pair = connect_pair();
	ITBasicCallControl_Release(pair.caller);
	ITBasicCallControl_Release(pair.callee);
	release_addresses();
	ITTAPI_Release(world.tapi);
	assert_int_equal(nothing_is_left(NULL), 0);
	while (atomic_load(&world.sink->refs) != 1)
		pause_ms(1);
	sink_free(world.sink);
}

static void release_in_event(struct sink *sink, const char *text, IDispatch *event)
{
	(void)sink;
	(void)event;
	if (!strcmp(text, "request 7"))
		ITTAPI_Release(world.tapi);
}

/* The last reference, in the callback thread. */
static void release_inside(void **state)
{
	(void)state;
	world_begin();
	release_addresses();
	world_hook(release_in_event, NULL);
	fake_request(2);
	sink_expect(world.sink, "request 7");
	assert_int_equal(nothing_is_left(NULL), 0);
	while (atomic_load(&world.sink->refs) != 1)
		pause_ms(1);
	sink_expect(world.sink, ";");
	sink_free(world.sink);
}

/* A call holds its address, that the TAPI object: the last of them ends the session. */
static void call_is_the_last(void **state)
{
	ITBasicCallControl *call;

	(void)state;
	world_begin();
	call = new_call(0, u"ringing");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
	sink_await(world.sink, "state INPROGRESS");
	assert_result(sink_unadvise(world.tapi, world.cookie), S_OK);
	sink_free(world.sink);
	release_addresses();
	assert_int_not_equal(ITTAPI_Release(world.tapi), 0);
	assert_int_equal(fake_counts().apps, 1);
	assert_result(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
	ITBasicCallControl_Release(call);
}

static void *release_thread(void *data)
{
	ITBasicCallControl_Release((ITBasicCallControl *)data);
	return NULL;
}

/* A message finds the call whose last reference goes in another thread. */
static void last_release_meets_message(void **state)
{
	ITBasicCallControl *call;
	pthread_t thread;
	int round;

	(void)state;
	world_begin();
	for (round = 0; round < 300; round++) {
		call = new_call(0, u"ringing");
		assert_result(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
		if (round % 3)
			sink_await(world.sink, "state INPROGRESS");
		pthread_create(&thread, NULL, release_thread, call);
		fake_hang_up(0);
		pthread_join(thread, NULL);
	}
	world_end();
}

/* An address object goes while another thread asks for it. */
static void *enumerate_thread(void *data)
{
	ITAddress *list[FAKE_DEVICES];
	ITTAPI *tapi = data;
	int i;

	for (i = 0; i < 300; i++) {
		get_addresses(tapi, list);
		ITAddress_Release(list[0]);
		ITAddress_Release(list[1]);
	}
	return NULL;
}

static void last_release_meets_enumerator(void **state)
{
	ITTAPI *tapi = create_tapi();
	pthread_t threads[2];
	int i;

	(void)state;
	assert_result(ITTAPI_Initialize(tapi), S_OK);
	for (i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, enumerate_thread, tapi);
	for (i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(tapi3_objects(TAPI3_ADDRESS), 0);
	assert_result(ITTAPI_Shutdown(tapi), S_OK);
	ITTAPI_Release(tapi);
}

/* Until there is no session any more. */
static void *list_thread(void *data)
{
	IEnumAddress *enumerator;
	HRESULT result = S_OK;
	ITTAPI *tapi = data;

	while (result == S_OK) {
		result = ITTAPI_EnumerateAddresses(tapi, &enumerator);
		if (result == S_OK)
			IEnumAddress_Release(enumerator);
	}
	return (void *)(intptr_t)result;
}

/* It is no want of memory that the session ends while its addresses are listed. */
static void shutdown_meets_enumerator(void **state)
{
	ITTAPI *tapi = create_tapi();
	pthread_t threads[2];
	int round, i;
	void *result;

	(void)state;
	for (round = 0; round < 100; round++) {
		assert_result(ITTAPI_Initialize(tapi), S_OK);
		for (i = 0; i < 2; i++)
			pthread_create(&threads[i], NULL, list_thread, tapi);
		pause_ms(1);
		assert_result(ITTAPI_Shutdown(tapi), S_OK);
		for (i = 0; i < 2; i++) {
			pthread_join(threads[i], &result);
			assert_result((intptr_t)result, E_INVALIDARG);
		}
	}
	ITTAPI_Release(tapi);
}

static void *shut_down_thread(void *data)
{
	return (void *)(intptr_t)ITTAPI_Shutdown((ITTAPI *)data);
}

/* Two Shutdown()s, calls that are made, answered and released, in any order. */
static void ends_meet(void **state)
{
	pthread_t threads[3];
	void *results[2];
	struct pair pair;
	int round;

	(void)state;
	for (round = 0; round < 30; round++) {
		world_begin();
		pair = connect_pair();
		pthread_create(&threads[0], NULL, shut_down_thread, world.tapi);
		pthread_create(&threads[1], NULL, shut_down_thread, world.tapi);
		pthread_create(&threads[2], NULL, disconnect_thread, pair.callee);
		ITBasicCallControl_Release(pair.caller);
		pthread_join(threads[0], &results[0]);
		pthread_join(threads[1], &results[1]);
		pthread_join(threads[2], NULL);
		assert_int_equal((intptr_t)results[0] + (intptr_t)results[1], S_OK + S_FALSE);
		ITBasicCallControl_Release(pair.callee);
		release_addresses();
		ITTAPI_Release(world.tapi);
		while (atomic_load(&world.sink->refs) != 1)
			pause_ms(1);
		sink_free(world.sink);
	}
}

/*
 * Several sessions whose Event()s wait for each other.
 */

#define RING_MAX 3

/**
 * struct member - a TAPI object, and what its Event() does to another one's, when all are in theirs
 * @ring: of which it is one
 * @tapi: it
 * @sink: advised
 * @cookie: of that
 * @target: to whom; NULL: to nobody, and it takes its time
 * @unadvises: Unadvise() of its sink; else Shutdown()
 * @result: what that answered
 * @has_waited: the other one was in no Event() any more then
 */
struct member {
	struct ring *ring;
	ITTAPI *tapi;
	struct sink *sink;
	DWORD cookie;
	struct member *target;
	bool unadvises;
	HRESULT result;
	bool has_waited;
};

struct ring {
	struct member members[RING_MAX];
	int count;
	atomic_int inside;
	atomic_int done;
};

static void end_another(struct sink *sink, const char *text, IDispatch *event)
{
	struct member *member = sink->data, *target = member->target;
	struct ring *ring = member->ring;

	(void)event;
	if (strcmp(text, "request 7"))
		return;
	atomic_fetch_add(&ring->inside, 1);
	while (atomic_load(&ring->inside) < ring->count)
		pause_ms(1);
	if (!target)
		pause_ms(20);
	else if (member->unadvises)
		member->result = sink_unadvise(target->tapi, target->cookie);
	else
		member->result = ITTAPI_Shutdown(target->tapi);
	if (target)
		member->has_waited = !atomic_load(&target->sink->running);
	atomic_fetch_add(&ring->done, 1);
}

/* Each ends the next one, and the last the first. */
static void ring_begin(struct ring *ring, int count)
{
	struct member *member;
	int i;

	memset(ring, 0, sizeof(*ring));
	ring->count = count;
	for (i = 0; i < count; i++) {
		member = &ring->members[i];
		member->ring = ring;
		member->target = &ring->members[(i + 1) % count];
		member->tapi = create_tapi();
		assert_result(ITTAPI_Initialize(member->tapi), S_OK);
		member->sink = sink_new();
		member->sink->hook = end_another;
		member->sink->data = member;
		member->cookie = sink_advise(member->sink, member->tapi);
		assert_result(ITTAPI_put_EventFilter(member->tapi, TE_REQUEST), S_OK);
	}
}

/* All are in an Event() at a time: it is not for ever, and so many have waited. */
static void ring_runs(struct ring *ring, int waited)
{
	struct member *member;
	int i;

	for (i = 0; i < PATIENCE_MS && atomic_load(&ring->done) < ring->count; i++)
		pause_ms(1);
	assert_int_equal(atomic_load(&ring->done), ring->count);
	for (i = 0; i < ring->count; i++) {
		member = &ring->members[i];
		if (!member->target)
			continue;
		assert_result(member->result, S_OK);
		waited -= member->has_waited;
		if (!member->unadvises)
			assert_result(ITTAPI_Shutdown(member->target->tapi), S_FALSE);
	}
	assert_int_equal(waited, 0);
	for (i = 0; i < ring->count; i++) {
		member = &ring->members[i];
		ITTAPI_Shutdown(member->tapi);
		ITTAPI_Release(member->tapi);
		while (atomic_load(&member->sink->refs) != 1)
			pause_ms(1);
	}
	/* An Event() may be about to return. */
	assert_int_equal(nothing_is_left(NULL), 0);
	for (i = 0; i < ring->count; i++) {
		if (ring->members[i].target)
			assert_int_equal(ring->members[i].sink->count, 1);
		sink_free(ring->members[i].sink);
	}
}

/* Whoever is last cannot wait, and all others have; the second request is told to nobody. */
static void ends_in_ring(void **state)
{
	/* Whose threads use it still, if it does not end. */
	static struct ring ring;
	int round, count;

	(void)state;
	for (round = 0; round < 20; round++) {
		for (count = 2; count <= RING_MAX; count++) {
			ring_begin(&ring, count);
			/* Any of them, or all, may wait for a sink instead. */
			ring.members[0].unadvises = round & 1;
			ring.members[1].unadvises = round & 2;
			ring.members[2].unadvises = round & 4;
			fake_request(2);
			ring_runs(&ring, count - 1);
		}
	}
}

/* Who waits for others is waited for, as long as there is no ring. */
static void ends_in_row(void **state)
{
	static struct ring ring;
	int round;

	(void)state;
	for (round = 0; round < 8; round++) {
		ring_begin(&ring, RING_MAX);
		ring.members[0].unadvises = round & 1;
		ring.members[1].unadvises = round & 2;
		ring.members[2].target = NULL;
		fake_request(1);
		ring_runs(&ring, RING_MAX - 1);
	}
}

/**
 * struct chain - a TAPI object with two sinks, and another one that takes the first one away
 * @tapi: the one with two
 * @first: its sink, which @last's Event() takes away meanwhile
 * @cookie: of that
 * @second: its other sink, whose Event() comes next, and ends the other TAPI object
 * @other: that
 * @last: the sink of that
 * @is_first_inside: @first's Event() has begun
 * @is_last_inside: so has @last's, which is about to wait
 * @unadvised: what Unadvise() answered
 * @shut_down: what Shutdown() answered
 * @has_waited: @last was in no Event() any more then
 * @done: Event()s that are over: of three
 */
struct chain {
	ITTAPI *tapi;
	struct sink *first;
	DWORD cookie;
	struct sink *second;
	ITTAPI *other;
	struct sink *last;
	atomic_bool is_first_inside;
	atomic_bool is_last_inside;
	HRESULT unadvised;
	HRESULT shut_down;
	bool has_waited;
	atomic_int done;
};

static void first_returns(struct sink *sink, const char *text, IDispatch *event)
{
	struct chain *chain = sink->data;

	(void)text;
	(void)event;
	atomic_store(&chain->is_first_inside, true);
	while (!atomic_load(&chain->is_last_inside))
		pause_ms(1);
	/* And waits. */
	pause_ms(10);
	atomic_fetch_add(&chain->done, 1);
}

static void last_unadvises_first(struct sink *sink, const char *text, IDispatch *event)
{
	struct chain *chain = sink->data;

	(void)text;
	(void)event;
	while (!atomic_load(&chain->is_first_inside))
		pause_ms(1);
	atomic_store(&chain->is_last_inside, true);
	chain->unadvised = sink_unadvise(chain->tapi, chain->cookie);
	/* It waits for nobody any more. */
	pause_ms(20);
	atomic_fetch_add(&chain->done, 1);
}

static void second_shuts_down(struct sink *sink, const char *text, IDispatch *event)
{
	struct chain *chain = sink->data;

	(void)text;
	(void)event;
	chain->shut_down = ITTAPI_Shutdown(chain->other);
	chain->has_waited = !atomic_load(&chain->last->running);
	atomic_fetch_add(&chain->done, 1);
}

static struct sink *chain_sink(struct chain *chain,
			       void (*hook)(struct sink *sink, const char *text, IDispatch *event))
{
	struct sink *sink = sink_new();

	sink->hook = hook;
	sink->data = chain;
	return sink;
}

static void chain_begin(struct chain *chain)
{
	memset(chain, 0, sizeof(*chain));
	chain->tapi = create_tapi();
	chain->other = create_tapi();
	assert_result(ITTAPI_Initialize(chain->tapi), S_OK);
	assert_result(ITTAPI_Initialize(chain->other), S_OK);
	chain->first = chain_sink(chain, first_returns);
	chain->second = chain_sink(chain, second_shuts_down);
	chain->last = chain_sink(chain, last_unadvises_first);
	chain->cookie = sink_advise(chain->first, chain->tapi);
	sink_advise(chain->second, chain->tapi);
	sink_advise(chain->last, chain->other);
	assert_result(ITTAPI_put_EventFilter(chain->tapi, TE_REQUEST), S_OK);
	assert_result(ITTAPI_put_EventFilter(chain->other, TE_REQUEST), S_OK);
}

/* In the order in which they are told. */
static void chain_end(struct chain *chain)
{
	assert_result(ITTAPI_Shutdown(chain->tapi), S_OK);
	assert_result(ITTAPI_Shutdown(chain->other), S_FALSE);
	assert_int_equal(ITTAPI_Release(chain->tapi), 0);
	assert_int_equal(ITTAPI_Release(chain->other), 0);
	assert_int_equal(chain->first->count, 1);
	assert_int_equal(chain->second->count, 1);
	assert_int_equal(chain->last->count, 1);
	sink_free(chain->first);
	sink_free(chain->second);
	sink_free(chain->last);
}

/*
 * Who waited for an Event() to return waits no more when it has, though he did not have the
 * processor since: what comes behind that Event() in the same thread can wait for him.
 */
static void ends_behind_unadvise(void **state)
{
	/* Whose threads use it still, if it does not end. */
	static struct chain chain;
	int round, i;

	(void)state;
	for (round = 0; round < 20; round++) {
		chain_begin(&chain);
		fake_request(1);
		for (i = 0; i < PATIENCE_MS && atomic_load(&chain.done) < 3; i++)
			pause_ms(1);
		assert_int_equal(atomic_load(&chain.done), 3);
		assert_result(chain.unadvised, S_OK);
		assert_result(chain.shut_down, S_OK);
		assert_true(chain.has_waited);
		chain_end(&chain);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(shut_down_inside), WORLD_TEST(begin_again_inside),
		WORLD_TEST(shut_down_while_waiting), WORLD_TEST(shut_down_under_events),
		WORLD_TEST(objects_after_shutdown), WORLD_TEST(release_without_shutdown),
		WORLD_TEST(release_inside), WORLD_TEST(call_is_the_last),
		WORLD_TEST(last_release_meets_message), WORLD_TEST(last_release_meets_enumerator),
		WORLD_TEST(shutdown_meets_enumerator), WORLD_TEST(ends_meet),
		WORLD_TEST(ends_in_ring), WORLD_TEST(ends_in_row),
		WORLD_TEST(ends_behind_unadvise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
