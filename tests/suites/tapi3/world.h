/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For the suites about the objects of TAPI 3 without a kernel: a TAPI object over the fake lines,
 * and what most tests want of it.
 */
#ifndef SUITES_TAPI3_WORLD_H
#define SUITES_TAPI3_WORLD_H

#include "fake.h"
#include "sink.h"

#define ALL_EVENTS 0x3ffffff
#define PATIENCE_MS 20000

/**
 * struct world - what a test has
 * @tapi: the TAPI object
 * @addresses: both
 * @sink: advised, of all events
 * @cookie: its
 */
struct world {
	ITTAPI *tapi;
	ITAddress *addresses[FAKE_DEVICES];
	struct sink *sink;
	DWORD cookie;
};

extern struct world world;

/**
 * struct pair - a call that is up
 * @caller: on the first address
 * @callee: on the second
 * @cookie: of the registration there
 */
struct pair {
	ITBasicCallControl *caller;
	ITBasicCallControl *callee;
	LONG cookie;
};

void pause_ms(long milliseconds);
ITTAPI *create_tapi(void);
void get_addresses(ITTAPI *tapi, ITAddress *addresses[FAKE_DEVICES]);
void world_begin(void);
/* In order: all of it. */
void world_end(void);
/* What the sink does in each Event(). */
void world_hook(void (*function)(struct sink *sink, const char *text, IDispatch *event),
		void *data);
void release_addresses(void);
/* The teardown of each test: no object lives, and no application, line or call is open. */
int nothing_is_left(void **state);
/* Wait until so many lines are open. */
void wait_lines(unsigned int count);
ITBasicCallControl *new_call(int from, const WCHAR *number);
/* Register for calls to a device as an owner; the cookie. */
LONG listen_at(int device);
CALL_STATE state_of(void *unknown);
/* Takes the reference of the other interface. */
ITBasicCallControl *control_of(ITCallInfo *info);
/* Device 0 calls device 1, which answers; all events of that are looked at. */
struct pair connect_pair(void);
void release_pair(struct pair *pair);
/* A thread that disconnects an ITBasicCallControl, and what that answered. */
void *disconnect_thread(void *data);

/**
 * struct other - a second program, as far as lines know: another TAPI object
 * @sink: advised, of all events; what its hook leaves in its data is a call, released at the end
 * @tapi: the TAPI object
 * @addresses: both
 * @cookie: of its registration as an owner of the second
 */
struct other {
	struct sink *sink;
	ITTAPI *tapi;
	ITAddress *addresses[FAKE_DEVICES];
	LONG cookie;
};

struct other other_begin(void (*hook)(struct sink *sink, const char *text, IDispatch *event));
void other_end(struct other *other);

#define WORLD_TEST(name) cmocka_unit_test_teardown(name, nothing_is_left)

#endif /* SUITES_TAPI3_WORLD_H */
