// SPDX-License-Identifier: GPL-2.0
/*
 * The calls of TAPI 3, inside Event() and while somebody is in one.
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
 * Inside Event(), and while somebody is in one.
 */

static void call_in_event(struct sink *sink, const char *text, IDispatch *event)
{
	ITBasicCallControl **calls = sink->data;

	(void)event;
	if (!strcmp(text, "request 7")) {
		assert_result(ITBasicCallControl_Connect(calls[0], VARIANT_TRUE), S_OK);
		assert_result(ITBasicCallControl_Disconnect(calls[0], DC_NORMAL), S_OK);
		atomic_store((atomic_bool *)&calls[1], true);
	}
}

/* In the other one's callback thread, so that this one's can wait for it in an Event(). */
static void answer_in_event(struct sink *sink, const char *text, IDispatch *event)
{
	ITCallInfo *info;

	(void)event;
	if (strcmp(text, "state OFFERING"))
		return;
	info = sink_take_call(sink);
	if (info)
		sink->data = control_of(info);
	assert_result(ITBasicCallControl_Answer((ITBasicCallControl *)sink->data), S_OK);
}

static void waits_inside(void **state)
{
	struct other answerer;
	ITBasicCallControl *calls[2] = { NULL, NULL };
	int i;

	(void)state;
	world_begin();
	answerer = other_begin(answer_in_event);
	calls[0] = new_call(0, u"200");
	world_hook(call_in_event, calls);
	fake_request(1);
	for (i = 0; i < PATIENCE_MS && !atomic_load((atomic_bool *)&calls[1]); i++)
		pause_ms(1);
	assert_true(atomic_load((atomic_bool *)&calls[1]));
	/* All that happened meanwhile is told afterwards, in order. */
	sink_expect(world.sink, "request 7; hub new; hub join; state INPROGRESS; state CONNECTED;"
		    "state DISCONNECTED NORMAL; hub leave; hub idle;");
	world_hook(NULL, NULL);
	ITBasicCallControl_Release(calls[0]);
	other_end(&answerer);
	world_end();
}

static void block_in_event(struct sink *sink, const char *text, IDispatch *event)
{
	pthread_mutex_t *mutex = sink->data;

	(void)event;
	if (strcmp(text, "request 7"))
		return;
	pthread_mutex_lock(mutex);
	pthread_mutex_unlock(mutex);
}

/* An Event() that waits for a lock of ours holds up nobody's call. */
static void waits_beside(void **state)
{
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
	struct other answerer;
	ITBasicCallControl *call;

	(void)state;
	world_begin();
	answerer = other_begin(answer_in_event);
	world_hook(block_in_event, &mutex);
	pthread_mutex_lock(&mutex);
	fake_request(1);
	sink_expect(world.sink, "request 7");
	call = new_call(0, u"200");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
	assert_result(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
	sink_expect(world.sink, ";");
	pthread_mutex_unlock(&mutex);
	sink_expect(world.sink, "hub new; hub join; state INPROGRESS; state CONNECTED;"
		    "state DISCONNECTED NORMAL; hub leave; hub idle;");
	ITBasicCallControl_Release(call);
	other_end(&answerer);
	world_end();
}

/* Of two who disconnect at a time one has done it. */
static void disconnect_twice(void **state)
{
	void *results[2];
	pthread_t threads[2];
	struct pair pair;
	int i, round;

	(void)state;
	world_begin();
	for (round = 0; round < 20; round++) {
		pair = connect_pair();
		for (i = 0; i < 2; i++)
			pthread_create(&threads[i], NULL, disconnect_thread, pair.caller);
		for (i = 0; i < 2; i++)
			pthread_join(threads[i], &results[i]);
		assert_int_equal((intptr_t)results[0] + (intptr_t)results[1], S_OK + S_FALSE);
		sink_await(world.sink, "hub idle");
		sink_await(world.sink, "hub idle");
		release_pair(&pair);
	}
	world_end();
}

/* The drop of one fails, and the other, who waited for it, asks for another. */
static void drop_fails(void **state)
{
	unsigned int drops = fake_drops();
	HRESULT first, second;
	pthread_t threads[2];
	void *results[2];
	struct pair pair;
	int i;

	(void)state;
	world_begin();
	pair = connect_pair();
	fake_fail_drop(LINEERR_OPERATIONFAILED);
	fake_hold(true);
	for (i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, disconnect_thread, pair.caller);
	for (i = 0; i < PATIENCE_MS && !fake_held(); i++)
		pause_ms(1);
	/* One is in lineDrop(), and the other is at its lock. */
	pause_ms(50);
	fake_hold(false);
	for (i = 0; i < 2; i++)
		pthread_join(threads[i], &results[i]);
	first = (HRESULT)(intptr_t)results[0];
	second = (HRESULT)(intptr_t)results[1];
	assert_result(first == S_OK ? second : first, TAPI_E_OPERATIONFAILED);
	assert_result(first == S_OK ? first : second, S_OK);
	assert_int_equal(fake_drops() - drops, 1);
	sink_expect(world.sink, "state DISCONNECTED NORMAL; hub leave; hub idle;"
		    "state DISCONNECTED NORMAL; hub leave; hub idle;");
	release_pair(&pair);
	world_end();
}

#define FIRST_IS_OVER	"state DISCONNECTED NORMAL; hub leave; hub idle;"
#define SECOND_IS_LOST	"state DISCONNECTED FAILED; hub leave; hub idle; tapi close;"

/* The line closes after the drop was asked for, and before the call is idle: it was dropped. */
static void line_closes_behind_drop(void **state)
{
	unsigned int drops = fake_drops();
	pthread_t thread;
	struct pair pair;
	void *result;
	int i;

	(void)state;
	world_begin();
	pair = connect_pair();
	fake_hold_idle(true);
	pthread_create(&thread, NULL, disconnect_thread, pair.callee);
	for (i = 0; i < PATIENCE_MS && fake_drops() == drops; i++)
		pause_ms(1);
	sink_expect(world.sink, FIRST_IS_OVER);
	fake_close_lines(1);
	pthread_join(thread, &result);
	assert_result((intptr_t)result, S_OK);
	sink_expect(world.sink, SECOND_IS_LOST);
	fake_hold_idle(false);
	assert_result(ITBasicCallControl_Disconnect(pair.callee, DC_NORMAL), S_FALSE);
	assert_int_equal(fake_drops() - drops, 1);
	assert_result(ITBasicCallControl_Disconnect(pair.caller, DC_NORMAL), S_OK);
	sink_expect(world.sink, ";");
	release_pair(&pair);
	world_end();
}

/* It closes before, and lineDrop() finds no call: what is over by itself was not dropped. */
static void line_closes_before_drop(void **state)
{
	unsigned int drops = fake_drops();
	pthread_t thread;
	struct pair pair;
	void *result;
	int i;

	(void)state;
	world_begin();
	pair = connect_pair();
	fake_hold(true);
	pthread_create(&thread, NULL, disconnect_thread, pair.callee);
	for (i = 0; i < PATIENCE_MS && !fake_held(); i++)
		pause_ms(1);
	fake_close_lines(1);
	fake_hold(false);
	pthread_join(thread, &result);
	assert_result((intptr_t)result, S_FALSE);
	assert_int_equal(fake_drops(), drops);
	sink_expect(world.sink, FIRST_IS_OVER SECOND_IS_LOST);
	assert_result(ITBasicCallControl_Disconnect(pair.callee, DC_NORMAL), S_FALSE);
	assert_result(ITBasicCallControl_Disconnect(pair.caller, DC_NORMAL), S_OK);
	sink_expect(world.sink, ";");
	release_pair(&pair);
	world_end();
}

static void *connect_thread(void *data)
{
	return (void *)(intptr_t)ITBasicCallControl_Connect((ITBasicCallControl *)data,
							    VARIANT_TRUE);
}

/* It closes before there is a reply: Connect() hears that, Disconnect() that nothing is left. */
static void line_closes_before_reply(void **state)
{
	pthread_t threads[2];
	ITBasicCallControl *call;
	void *results[2];

	(void)state;
	world_begin();
	call = new_call(0, u"silent");
	pthread_create(&threads[0], NULL, connect_thread, call);
	wait_lines(1);
	while (state_of(call) == CS_IDLE)
		pause_ms(1);
	pthread_create(&threads[1], NULL, disconnect_thread, call);
	pause_ms(50);
	fake_close_lines(0);
	pthread_join(threads[0], &results[0]);
	pthread_join(threads[1], &results[1]);
	assert_result((intptr_t)results[0], TAPI_E_DESTUNAVAIL);
	assert_result((intptr_t)results[1], S_FALSE);
	/* The line was open for the call alone: nothing is told of it. */
	sink_expect(world.sink, "state DISCONNECTED FAILED; hub leave; hub idle;");
	assert_int_equal(fake_counts().lines, 0);
	ITBasicCallControl_Release(call);
	world_end();
}

/*
 * It closes behind a reply that nobody has read yet, and the call is released: lineClose() is too
 * late to take the request back, but not to have its handle written nowhere.
 */
static void line_closes_behind_reply(void **state)
{
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
	ITBasicCallControl *call;

	(void)state;
	world_begin();
	world_hook(block_in_event, &mutex);
	pthread_mutex_lock(&mutex);
	fake_request(1);
	sink_expect(world.sink, "request 7");
	call = new_call(0, u"ringing");
	assert_result(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
	fake_bury_lines(0);
	assert_int_equal(ITBasicCallControl_Release(call), 0);
	pthread_mutex_unlock(&mutex);
	sink_expect(world.sink, ";");
	world_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(waits_inside), WORLD_TEST(waits_beside), WORLD_TEST(disconnect_twice),
		WORLD_TEST(drop_fails), WORLD_TEST(line_closes_behind_drop),
		WORLD_TEST(line_closes_before_drop), WORLD_TEST(line_closes_before_reply),
		WORLD_TEST(line_closes_behind_reply),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
