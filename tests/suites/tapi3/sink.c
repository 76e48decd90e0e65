// SPDX-License-Identifier: GPL-2.0
/*
 * A sink that writes down what it is told.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "sink.h"

#define PATIENCE_SECONDS	30
#define QUIET_MS		100

static const char *const states[] = {
	"IDLE", "INPROGRESS", "CONNECTED", "DISCONNECTED", "OFFERING", "HOLD", "QUEUED",
};

static const char *const causes[] = {
	"NONE", "NORMAL", "BUSY", "BADADDRESS", "NOANSWER", "CANCELLED", "REJECTED", "FAILED",
	"BLOCKED",
};

static const char *const hubs[] = { "join", "leave", "new", "idle" };
static const char *const tapis[] = { "create", "remove", "reinit", "translate", "close" };

static struct sink *sink_of(ITTAPIEventNotification *self)
{
	return (struct sink *)((char *)self - offsetof(struct sink, notify));
}

static HRESULT WINAPI query(ITTAPIEventNotification *self, REFIID iid, void **out)
{
	*out = NULL;
	if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_ITTAPIEventNotification))
		return E_NOINTERFACE;
	self->lpVtbl->AddRef(self);
	*out = self;
	return S_OK;
}

static ULONG WINAPI add_ref(ITTAPIEventNotification *self)
{
	return atomic_fetch_add(&sink_of(self)->refs, 1) + 1;
}

static ULONG WINAPI release(ITTAPIEventNotification *self)
{
	return atomic_fetch_sub(&sink_of(self)->refs, 1) - 1;
}

static void describe_state(ITCallStateEvent *event, char *text)
{
	CALL_STATE_EVENT_CAUSE cause = CEC_NONE;
	CALL_STATE state = CS_IDLE;

	event->lpVtbl->get_State(event, &state);
	event->lpVtbl->get_Cause(event, &cause);
	if (state == CS_DISCONNECTED)
		snprintf(text, SINK_TEXT, "state %s %s", states[state], causes[cause]);
	else
		snprintf(text, SINK_TEXT, "state %s", states[state]);
}

static void describe_request(ITRequestEvent *event, char *text)
{
	BSTR number = NULL;

	event->lpVtbl->get_DestAddress(event, &number);
	snprintf(text, SINK_TEXT, "request %c", number ? (char)*number : '?');
	SysFreeString(number);
}

/* What it is, and the call of a notification. */
static void describe(TAPI_EVENT type, IDispatch *event, char *text, ITCallInfo **call)
{
	ITCallNotificationEvent *notification = (ITCallNotificationEvent *)event;
	CALL_NOTIFICATION_EVENT privilege = CNE_OWNER;
	TAPIOBJECT_EVENT tapi = TE_ADDRESSCREATE;
	CALLINFOCHANGE_CAUSE info = CIC_OTHER;
	ADDRESS_EVENT address = AE_STATE;
	CALLHUB_EVENT hub = CHE_CALLJOIN;

	switch (type) {
	case TE_CALLNOTIFICATION:
		notification->lpVtbl->get_Event(notification, &privilege);
		notification->lpVtbl->get_Call(notification, call);
		snprintf(text, SINK_TEXT, "notification %s",
			 privilege == CNE_OWNER ? "owner" : "monitor");
		break;
	case TE_CALLSTATE:
		describe_state((ITCallStateEvent *)event, text);
		break;
	case TE_CALLINFOCHANGE:
		((ITCallInfoChangeEvent *)event)->lpVtbl->get_Cause((ITCallInfoChangeEvent *)event,
								    &info);
		snprintf(text, SINK_TEXT, "info %d", info);
		break;
	case TE_CALLHUB:
		((ITCallHubEvent *)event)->lpVtbl->get_Event((ITCallHubEvent *)event, &hub);
		snprintf(text, SINK_TEXT, "hub %s", hubs[hub]);
		break;
	case TE_TAPIOBJECT:
		((ITTAPIObjectEvent *)event)->lpVtbl->get_Event((ITTAPIObjectEvent *)event, &tapi);
		snprintf(text, SINK_TEXT, "tapi %s", tapis[tapi]);
		break;
	case TE_ADDRESS:
		((ITAddressEvent *)event)->lpVtbl->get_Event((ITAddressEvent *)event, &address);
		snprintf(text, SINK_TEXT, "address %d", address);
		break;
	case TE_REQUEST:
		describe_request((ITRequestEvent *)event, text);
		break;
	default:
		snprintf(text, SINK_TEXT, "unknown 0x%x", type);
		break;
	}
}

static HRESULT WINAPI event(ITTAPIEventNotification *self, TAPI_EVENT type, IDispatch *what)
{
	struct sink *sink = sink_of(self);
	ITCallInfo *call = NULL, *before = NULL;
	void (*hook)(struct sink *sink, const char *text, IDispatch *event);
	char text[SINK_TEXT];

	atomic_fetch_add(&sink->running, 1);
	describe(type, what, text, &call);
	pthread_mutex_lock(&sink->lock);
	if (call) {
		before = sink->call;
		sink->call = call;
	}
	if (sink->count < SINK_LINES)
		strcpy(sink->lines[sink->count++], text);
	hook = sink->hook;
	pthread_cond_broadcast(&sink->told);
	pthread_mutex_unlock(&sink->lock);
	if (before)
		before->lpVtbl->Release(before);
	if (hook)
		hook(sink, text, what);
	atomic_fetch_sub(&sink->running, 1);
	return S_OK;
}

static const ITTAPIEventNotificationVtbl table = {
	.QueryInterface = query,
	.AddRef = add_ref,
	.Release = release,
	.Event = event,
};

struct sink *sink_new(void)
{
	struct sink *sink = calloc(1, sizeof(*sink));
	pthread_condattr_t attributes;

	assert_non_null(sink);
	sink->notify.lpVtbl = &table;
	atomic_init(&sink->refs, 1);
	pthread_mutex_init(&sink->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&sink->told, &attributes);
	pthread_condattr_destroy(&attributes);
	return sink;
}

void sink_free(struct sink *sink)
{
	ITCallInfo *call = sink_take_call(sink);

	if (call)
		call->lpVtbl->Release(call);
	assert_int_equal(atomic_load(&sink->refs), 1);
	assert_int_equal(atomic_load(&sink->running), 0);
	pthread_cond_destroy(&sink->told);
	pthread_mutex_destroy(&sink->lock);
	free(sink);
}

static struct timespec in(long milliseconds)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	time.tv_sec += milliseconds / 1000;
	time.tv_nsec += milliseconds % 1000 * 1000000;
	if (time.tv_nsec >= 1000000000) {
		time.tv_nsec -= 1000000000;
		time.tv_sec++;
	}
	return time;
}

/* The next line, or false after so long. */
static bool next_line(struct sink *sink, char *text, long milliseconds)
{
	struct timespec deadline = in(milliseconds);
	bool is_there;
	int err = 0;

	pthread_mutex_lock(&sink->lock);
	while (sink->next == sink->count && err != ETIMEDOUT)
		err = pthread_cond_timedwait(&sink->told, &sink->lock, &deadline);
	is_there = sink->next < sink->count;
	if (is_there)
		strcpy(text, sink->lines[sink->next++]);
	pthread_mutex_unlock(&sink->lock);
	return is_there;
}

void sink_expect(struct sink *sink, const char *texts)
{
	char copy[1024], got[SINK_TEXT], *place = NULL, *wanted;

	snprintf(copy, sizeof(copy), "%s", texts);
	for (wanted = strtok_r(copy, ";", &place); wanted; wanted = strtok_r(NULL, ";", &place)) {
		wanted += strspn(wanted, " ");
		if (!next_line(sink, got, PATIENCE_SECONDS * 1000))
			fail_msg("waited for '%s', and nothing came", wanted);
		assert_string_equal(got, wanted);
	}
	if (*texts && texts[strlen(texts) - 1] == ';' && next_line(sink, got, QUIET_MS))
		fail_msg("'%s' came after '%s'", got, texts);
}

void sink_await(struct sink *sink, const char *text)
{
	char got[SINK_TEXT];

	do {
		if (!next_line(sink, got, PATIENCE_SECONDS * 1000))
			fail_msg("waited for '%s', and nothing came", text);
	} while (strcmp(got, text));
}

ITCallInfo *sink_take_call(struct sink *sink)
{
	ITCallInfo *call;

	pthread_mutex_lock(&sink->lock);
	call = sink->call;
	sink->call = NULL;
	pthread_mutex_unlock(&sink->lock);
	return call;
}

static IConnectionPoint *point_of(ITTAPI *tapi)
{
	IConnectionPointContainer *container;
	IConnectionPoint *point;

	assert_result(tapi->lpVtbl->QueryInterface(tapi, &IID_IConnectionPointContainer,
						   (void **)&container), S_OK);
	assert_result(container->lpVtbl->FindConnectionPoint(container,
							     &IID_ITTAPIEventNotification, &point),
		      S_OK);
	container->lpVtbl->Release(container);
	return point;
}

DWORD sink_advise(struct sink *sink, ITTAPI *tapi)
{
	IConnectionPoint *point = point_of(tapi);
	DWORD cookie = 0;

	assert_result(point->lpVtbl->Advise(point, (IUnknown *)&sink->notify, &cookie), S_OK);
	point->lpVtbl->Release(point);
	return cookie;
}

HRESULT sink_unadvise(ITTAPI *tapi, DWORD cookie)
{
	IConnectionPoint *point = point_of(tapi);
	HRESULT result = point->lpVtbl->Unadvise(point, cookie);

	point->lpVtbl->Release(point);
	return result;
}
