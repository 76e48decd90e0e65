/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For the suites about TAPI 3: a sink that writes down what it is told, one line of text for each
 * event, and can be made to do something in it.
 *
 *	notification owner|monitor	TE_CALLNOTIFICATION
 *	state NAME			TE_CALLSTATE; "state DISCONNECTED NORMAL", with the cause
 *	info NUMBER			TE_CALLINFOCHANGE, with the cause
 *	hub new|join|leave|idle		TE_CALLHUB
 *	tapi create|remove|close|reinit|translate	TE_TAPIOBJECT
 *	address NUMBER			TE_ADDRESS
 *	request NUMBER			TE_REQUEST, with the number to dial
 */
#ifndef SUITES_TAPI3_SINK_H
#define SUITES_TAPI3_SINK_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <tapi3.h>

#define SINK_LINES 4096
#define SINK_TEXT 48

/**
 * struct sink - a sink
 * @notify: what is advised
 * @refs: references
 * @lock: all that follows
 * @told: a line was written
 * @lines: what was told
 * @count: lines so far
 * @next: of them, to be looked at by sink_expect()
 * @running: Event() calls that have begun and not ended
 * @call: of the last TE_CALLNOTIFICATION, with a reference, unless it was taken
 * @hook: called in each Event(), without the lock, after the line was written
 * @data: the hook's
 */
struct sink {
	ITTAPIEventNotification notify;
	atomic_uint refs;
	pthread_mutex_t lock;
	pthread_cond_t told;
	char lines[SINK_LINES][SINK_TEXT];
	unsigned int count;
	unsigned int next;
	atomic_int running;
	ITCallInfo *call;
	void (*hook)(struct sink *sink, const char *text, IDispatch *event);
	void *data;
};

/* One with one reference, which is the test's; sink_free() when nobody else has one. */
struct sink *sink_new(void);
void sink_free(struct sink *sink);
/* These come next, "A; B; C"; and nothing more with a ';' at the end, after a while. */
void sink_expect(struct sink *sink, const char *texts);
/* Wait for a line that comes some time, and go on behind it. */
void sink_await(struct sink *sink, const char *text);
/* The call of the last notification, whose reference is the caller's now. */
ITCallInfo *sink_take_call(struct sink *sink);
/* Advise it at the TAPI object, and the other way. */
DWORD sink_advise(struct sink *sink, ITTAPI *tapi);
HRESULT sink_unadvise(ITTAPI *tapi, DWORD cookie);

#define assert_result(result, expected) \
	assert_int_equal((DWORD)(result), (DWORD)(expected))

#endif /* SUITES_TAPI3_SINK_H */
