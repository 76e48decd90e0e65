// SPDX-License-Identifier: GPL-2.0
/*
 * The objects of TAPI 3 in a child of fork(): whatever other threads of the parent's were about,
 * the child does not wait for them, and there is no session in it but one of its own.
 *
 * Over functions of tapi.h that need no kernel (tapi3/fake.c), so it runs anywhere.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define COBJMACROS
#include "tapi3/world.h"

#define CHILD_SECONDS 20

/*
 * A sanitizer makes no thread in the child of a program that has some; and AddressSanitizer's own
 * locks are held over a fork() as they come: other threads must be at rest.
 */
#if defined(__SANITIZE_ADDRESS__)
#define CALM_MS 50
#else
#define CALM_MS 0
#define ROUNDS 300
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HAS_THREADS false
#else
#define HAS_THREADS true
#endif

/* In a child there is nobody to fail for: it says where it was, and ends. */
#define check(condition)								\
	do {										\
		if (!(condition)) {							\
			dprintf(STDERR_FILENO, "child: %d: %s\n", __LINE__, #condition);	\
			_exit(1);							\
		}									\
	} while (0)

/**
 * struct held - what a child has of its parent's, besides the world
 * @call: is tried
 * @other: NULL: none
 * @begun: a TAPI object that another thread is beginning with; NULL: none
 * @is_all: no other thread has a reference of anything, so nothing is left in the end
 */
struct held {
	ITBasicCallControl *call;
	ITBasicCallControl *other;
	ITTAPI *begun;
	bool is_all;
};

/* All that a child may do with the parent's objects, and the end of them. */
static void use_and_release(const struct held *held)
{
	ITBasicCallControl *call = held->call;
	IEnumAddress *enumerator;
	ITAddress *address;
	CALL_STATE state;
	ITCallInfo *info;
	ITCallHub *hub;
	BSTR text;
	LONG cookie;
	ULONG left;
	int fd;

	ITTAPI_AddRef(world.tapi);
	ITTAPI_Release(world.tapi);
	check(ITBasicCallControl_QueryInterface(call, &IID_ITCallInfo, (void **)&info) == S_OK);
	check(ITCallInfo_get_CallState(info, &state) == TAPI_E_NOT_INITIALIZED);
	check(ITCallInfo_get_CallHub(info, &hub) == TAPI_E_NOT_INITIALIZED);
	check(ITCallInfo_get_Address(info, &address) == TAPI_E_NOT_INITIALIZED);
	check(ITCallInfo_get_CallInfoString(info, CIS_COMMENT, &text) == TAPI_E_NOT_INITIALIZED);
	check(ITBasicCallControl_Connect(call, VARIANT_TRUE) == TAPI_E_NOT_INITIALIZED);
	check(ITBasicCallControl_Answer(call) == TAPI_E_NOT_INITIALIZED);
	check(ITBasicCallControl_Disconnect(call, DC_NORMAL) == TAPI_E_NOT_INITIALIZED);
	check(ITAddress_get_AddressName(world.addresses[0], &text) == TAPI_E_NOT_INITIALIZED);
	check(ITTAPI_EnumerateAddresses(world.tapi, &enumerator) == E_INVALIDARG);
	check(ITTAPI_RegisterCallNotifications(world.tapi, world.addresses[1], VARIANT_FALSE,
					       VARIANT_TRUE, LINEMEDIAMODE_DIGITALDATA, 0,
					       &cookie) == TAPI_E_NOT_INITIALIZED);
	check(ITTAPI_UnregisterNotifications(world.tapi, 1) == E_INVALIDARG);
	check(ITTAPI_Shutdown(world.tapi) == TAPI_E_NOT_INITIALIZED);
	fd = open("/dev/null", O_WRONLY);
	tapi3_report(fd);
	close(fd);
	ITCallInfo_Release(info);
	ITBasicCallControl_Release(call);
	if (held->other)
		ITBasicCallControl_Release(held->other);
	if (held->begun) {
		check(ITTAPI_Shutdown(held->begun) == TAPI_E_NOT_INITIALIZED);
		check(ITTAPI_Release(held->begun) == 0);
	}
	release_addresses();
	check(sink_unadvise(world.tapi, world.cookie) == S_OK);
	left = ITTAPI_Release(world.tapi);
	check(!held->is_all || left == 0);
	check(!held->is_all || tapi3_objects(TAPI3_KINDS) == 0);
}

/* An object of its own, and a session where a thread can be made. */
static void begin_own(void)
{
	ITTAPI *tapi;

	check(TapiCreateInstance(&CLSID_TAPI, &IID_ITTAPI, (void **)&tapi) == S_OK);
	check(ITTAPI_Shutdown(tapi) == TAPI_E_NOT_INITIALIZED);
	if (HAS_THREADS) {
		check(ITTAPI_Initialize(tapi) == S_OK);
		check(ITTAPI_Initialize(tapi) == S_FALSE);
		check(ITTAPI_Shutdown(tapi) == S_OK);
	}
	check(ITTAPI_Release(tapi) == 0);
}

static void child_lives(const struct held *held)
{
	int status = 0;
	pid_t pid;

	pause_ms(CALM_MS);
	fflush(NULL);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid) {
		alarm(CHILD_SECONDS);
		begin_own();
		use_and_release(held);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

/* One child tries the caller's end of a call, and one the callee's. */
static void children_live(const struct pair *pair, ITTAPI *begun)
{
	const struct held caller = { pair->caller, pair->callee, begun, true };
	const struct held callee = { pair->callee, pair->caller, begun, true };

	child_lives(&caller);
	child_lives(&callee);
}

/* The callback thread has told everything, and let go of it. */
static void wait_told(void)
{
	int i;

	for (i = 0; i < PATIENCE_MS && tapi3_objects(TAPI3_EVENT); i++)
		pause_ms(1);
	assert_int_equal(tapi3_objects(TAPI3_EVENT), 0);
}

static void quiet(void **state)
{
	struct pair pair;

	(void)state;
	world_begin();
	pair = connect_pair();
	wait_told();
	children_live(&pair, NULL);
	/* The parent has noticed nothing of it. */
	assert_result(ITBasicCallControl_Disconnect(pair.caller, DC_NORMAL), S_OK);
	sink_expect(world.sink, "state DISCONNECTED NORMAL; hub leave; hub idle;"
		    "state DISCONNECTED NORMAL; hub leave; hub idle;");
	release_pair(&pair);
	world_end();
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
/* The child begins with the object that its parent has begun with. */
static void begins_again(void **state)
{
	int status = 0;
	pid_t pid;

	(void)state;
	world_begin();
	fflush(NULL);
	pid = fork();
	if (!pid) {
		alarm(CHILD_SECONDS);
		check(ITTAPI_Initialize(world.tapi) == S_OK);
		release_addresses();
		get_addresses(world.tapi, world.addresses);
		fake_request(1);
		sink_expect(world.sink, "request 7;");
		release_addresses();
		check(ITTAPI_Shutdown(world.tapi) == S_OK);
		check(ITTAPI_Shutdown(world.tapi) == S_FALSE);
		check(ITTAPI_Release(world.tapi) == 0);
		sink_free(world.sink);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	sink_expect(world.sink, ";");
	world_end();
}
#endif

/* What the program's own handlers of fork() see of the library: how many objects there are. */
static struct {
	bool is_looking;
	int prepare;
	int parent;
	int child;
} handlers;

static void handler_prepare(void)
{
	if (handlers.is_looking)
		handlers.prepare = (int)tapi3_objects(TAPI3_TAPI);
}

static void handler_parent(void)
{
	if (handlers.is_looking)
		handlers.parent = (int)tapi3_objects(TAPI3_TAPI);
}

static void handler_child(void)
{
	if (handlers.is_looking)
		handlers.child = (int)tapi3_objects(TAPI3_TAPI);
}

/* They were registered before the library was used, which holds no lock that they want. */
static void handlers_use_it(void **state)
{
	int status = 0;
	pid_t pid;

	(void)state;
	world_begin();
	handlers.is_looking = true;
	fflush(NULL);
	alarm(CHILD_SECONDS);
	pid = fork();
	if (!pid)
		_exit(handlers.prepare == 1 && handlers.child == 1 ? 0 : 1);
	handlers.is_looking = false;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	alarm(0);
	assert_int_equal(status, 0);
	assert_int_equal(handlers.prepare, 1);
	assert_int_equal(handlers.parent, 1);
	world_end();
}

static void *initialize_thread(void *data)
{
	return (void *)(intptr_t)ITTAPI_Initialize((ITTAPI *)data);
}

static void wait_held(unsigned int count)
{
	int i;

	for (i = 0; i < PATIENCE_MS && fake_held() != count; i++)
		pause_ms(1);
	assert_int_equal(fake_held(), count);
}

/* Another thread has the session's lock, or is beginning another session. */
static void held(void **state)
{
	ITTAPI *tapi = create_tapi();
	pthread_t threads[2];
	struct pair pair;
	void *result;
	int i;

	(void)state;
	world_begin();
	pair = connect_pair();
	wait_told();
	fake_hold(true);
	pthread_create(&threads[0], NULL, disconnect_thread, pair.caller);
	pthread_create(&threads[1], NULL, initialize_thread, tapi);
	wait_held(2);
	children_live(&pair, tapi);
	fake_hold(false);
	for (i = 0; i < 2; i++) {
		pthread_join(threads[i], &result);
		assert_result((intptr_t)result, S_OK);
	}
	assert_result(ITTAPI_Shutdown(tapi), S_OK);
	ITTAPI_Release(tapi);
	sink_await(world.sink, "hub idle");
	sink_await(world.sink, "hub idle");
	release_pair(&pair);
	world_end();
}

static void fork_in_event(struct sink *sink, const char *text, IDispatch *event)
{
	const struct held held = { .call = sink->data };

	(void)event;
	if (!strcmp(text, "request 7"))
		child_lives(&held);
}

/* In the callback thread, which is the child's only one then. */
static void inside(void **state)
{
	ITBasicCallControl *call;

	(void)state;
	world_begin();
	call = new_call(0, u"200");
	world_hook(fork_in_event, call);
	fake_request(2);
	sink_expect(world.sink, "request 7; request 7;");
	while (atomic_load(&world.sink->running))
		pause_ms(1);
	ITBasicCallControl_Release(call);
	world_end();
}

static void block_in_event(struct sink *sink, const char *text, IDispatch *event)
{
	pthread_mutex_t *mutex = sink->data;

	(void)event;
	(void)text;
	pthread_mutex_lock(mutex);
	pthread_mutex_unlock(mutex);
}

/* The callback thread is in an Event(), and the child has no such thread to wait for. */
static void beside(void **state)
{
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
	struct held held = { 0 };

	(void)state;
	world_begin();
	held.call = new_call(0, u"200");
	world_hook(block_in_event, &mutex);
	pthread_mutex_lock(&mutex);
	fake_request(1);
	sink_expect(world.sink, "request 7");
	child_lives(&held);
	pthread_mutex_unlock(&mutex);
	ITBasicCallControl_Release(held.call);
	sink_expect(world.sink, ";");
	world_end();
}

/* An Event() that forks, and another TAPI object's, which waits for it to return. */
static struct {
	ITTAPI *tapi;
	struct sink *sink;
	atomic_bool is_inside;
	atomic_bool is_asked;
	HRESULT result;
	int status;
	atomic_int done;
} waited;

static pthread_key_t at_end;

/* The thread has come to its end. */
static void end_well(void *data)
{
	(void)data;
	_exit(0);
}

static void fork_while_awaited(struct sink *sink, const char *text, IDispatch *event)
{
	pid_t pid;

	(void)sink;
	(void)text;
	(void)event;
	atomic_store(&waited.is_inside, true);
	while (!atomic_load(&waited.is_asked))
		pause_ms(1);
	/* And waits. */
	pause_ms(CALM_MS + 20);
	fflush(NULL);
	pid = fork();
	if (!pid) {
		alarm(CHILD_SECONDS);
		pthread_setspecific(at_end, &waited);
		return;
	}
	if (pid < 0 || waitpid(pid, &waited.status, 0) != pid)
		waited.status = -1;
	atomic_fetch_add(&waited.done, 1);
}

static void unadvise_in_event(struct sink *sink, const char *text, IDispatch *event)
{
	(void)sink;
	(void)text;
	(void)event;
	while (!atomic_load(&waited.is_inside))
		pause_ms(1);
	atomic_store(&waited.is_asked, true);
	waited.result = sink_unadvise(world.tapi, world.cookie);
	atomic_fetch_add(&waited.done, 1);
}

/* The child returns from an Event() that another thread waits for, which is not in the child. */
static void awaited(void **state)
{
	int i;

	(void)state;
	world_begin();
	world_hook(fork_while_awaited, NULL);
	waited.tapi = create_tapi();
	assert_result(ITTAPI_Initialize(waited.tapi), S_OK);
	waited.sink = sink_new();
	waited.sink->hook = unadvise_in_event;
	sink_advise(waited.sink, waited.tapi);
	assert_result(ITTAPI_put_EventFilter(waited.tapi, TE_REQUEST), S_OK);
	pthread_key_create(&at_end, end_well);
	fake_request(1);
	for (i = 0; i < PATIENCE_MS && atomic_load(&waited.done) < 2; i++)
		pause_ms(1);
	assert_int_equal(atomic_load(&waited.done), 2);
	assert_int_equal(waited.status, 0);
	assert_result(waited.result, S_OK);
	pthread_key_delete(at_end);
	assert_result(ITTAPI_Shutdown(waited.tapi), S_OK);
	assert_int_equal(ITTAPI_Release(waited.tapi), 0);
	sink_free(waited.sink);
	release_addresses();
	assert_result(ITTAPI_Shutdown(world.tapi), S_OK);
	assert_int_equal(ITTAPI_Release(world.tapi), 0);
	sink_free(world.sink);
}

#ifdef ROUNDS
static atomic_bool is_enough;

/* Whatever takes a lock. */
static void *hammer_thread(void *data)
{
	ITAddress *addresses[FAKE_DEVICES];
	ITBasicCallControl *call;
	DWORD cookie;

	(void)data;
	while (!atomic_load(&is_enough)) {
		call = new_call(0, u"ringing");
		assert_result(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
		cookie = sink_advise(world.sink, world.tapi);
		get_addresses(world.tapi, addresses);
		ITAddress_Release(addresses[0]);
		ITAddress_Release(addresses[1]);
		assert_result(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
		assert_result(sink_unadvise(world.tapi, cookie), S_OK);
		ITBasicCallControl_Release(call);
	}
	return NULL;
}

static void *begin_thread(void *data)
{
	ITTAPI *tapi;

	(void)data;
	while (!atomic_load(&is_enough)) {
		tapi = create_tapi();
		assert_result(ITTAPI_Initialize(tapi), S_OK);
		ITTAPI_Release(tapi);
	}
	return NULL;
}

static void hammered(void **state)
{
	struct held held = { 0 };
	pthread_t threads[2];
	int i;

	(void)state;
	world_begin();
	/* The sink is for its references: nothing is told. */
	assert_result(ITTAPI_put_EventFilter(world.tapi, TE_REQUEST), S_OK);
	held.call = new_call(0, u"200");
	atomic_store(&is_enough, false);
	pthread_create(&threads[0], NULL, hammer_thread, NULL);
	pthread_create(&threads[1], NULL, begin_thread, NULL);
	for (i = 0; i < ROUNDS; i++)
		child_lives(&held);
	atomic_store(&is_enough, true);
	for (i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	ITBasicCallControl_Release(held.call);
	world_end();
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(quiet), WORLD_TEST(held), WORLD_TEST(inside),
		WORLD_TEST(beside), WORLD_TEST(awaited), WORLD_TEST(handlers_use_it),
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
		WORLD_TEST(begins_again),
#endif
#ifdef ROUNDS
		WORLD_TEST(hammered),
#endif
	};

	pthread_atfork(handler_prepare, handler_parent, handler_child);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
