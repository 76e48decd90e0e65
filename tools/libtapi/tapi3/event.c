// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Event objects: what a sink is given, and may keep for as long as it likes.
 */
#include <stdlib.h>

#include "internal.h"

#define EVENT_OF(self, member) t3_container_of(self, struct event, face.member)

/* A number of an event's. */
static HRESULT give_number(struct event *event, LONG value, LONG *out)
{
	if (!out)
		return E_POINTER;
	if (t3_session_is_over(event->session))
		return TAPI_E_NOT_INITIALIZED;
	*out = value;
	return S_OK;
}

/* An object of an event's, by one of its interfaces, with a reference. */
static HRESULT give_object(struct event *event, struct object *object, void *face, void **out)
{
	if (!out)
		return E_POINTER;
	*out = NULL;
	if (t3_session_is_over(event->session))
		return TAPI_E_NOT_INITIALIZED;
	if (!object)
		return TAPI_E_WRONGEVENT;
	t3_hold(object);
	*out = face;
	return S_OK;
}

static HRESULT give_call(struct event *event, ITCallInfo **out)
{
	return give_object(event, event->call ? &event->call->object : NULL,
			   event->call ? &event->call->info : NULL, (void **)out);
}

static HRESULT give_address(struct event *event, ITAddress **out)
{
	return give_object(event, event->address ? &event->address->object : NULL,
			   event->address ? &event->address->iaddress : NULL, (void **)out);
}

static HRESULT give_text(struct event *event, const WCHAR *text, BSTR *out)
{
	if (!out)
		return E_POINTER;
	*out = NULL;
	if (t3_session_is_over(event->session))
		return TAPI_E_NOT_INITIALIZED;
	*out = SysAllocString(text);
	return *out ? S_OK : E_OUTOFMEMORY;
}

/* The enumerations of the interfaces have the size of a LONG. */
#define T3_NUMBER(name, interface, member, type, value)			\
static HRESULT WINAPI name(interface *self, type *out)			\
{									\
	struct event *event = EVENT_OF(self, member);			\
	LONG number = 0;						\
	HRESULT result;							\
									\
	result = give_number(event, event->value, out ? &number : NULL);	\
	if (SUCCEEDED(result))						\
		*out = number;						\
	return result;							\
}

#define T3_CALL(name, interface, member)				\
static HRESULT WINAPI name(interface *self, ITCallInfo **out)		\
{									\
	return give_call(EVENT_OF(self, member), out);			\
}

#define T3_ADDRESS(name, interface, member)				\
static HRESULT WINAPI name(interface *self, ITAddress **out)		\
{									\
	return give_address(EVENT_OF(self, member), out);		\
}

#define T3_TEXT(name, text)						\
static HRESULT WINAPI name(ITRequestEvent *self, BSTR *out)		\
{									\
	struct event *event = EVENT_OF(self, request);			\
									\
	return give_text(event, event->asked->text, out);		\
}

T3_DISPATCH(notification, ITCallNotificationEvent, event, face.notification)
T3_CALL(notification_call, ITCallNotificationEvent, notification)
T3_NUMBER(notification_event, ITCallNotificationEvent, notification, CALL_NOTIFICATION_EVENT, code)
T3_NUMBER(notification_instance, ITCallNotificationEvent, notification, LONG, instance)

static const ITCallNotificationEventVtbl notification_table = {
	T3_DISPATCH_TABLE(notification),
	.get_Call = notification_call,
	.get_Event = notification_event,
	.get_CallbackInstance = notification_instance,
};

T3_DISPATCH(state, ITCallStateEvent, event, face.state)
T3_CALL(state_call, ITCallStateEvent, state)
T3_NUMBER(state_state, ITCallStateEvent, state, CALL_STATE, code)
T3_NUMBER(state_cause, ITCallStateEvent, state, CALL_STATE_EVENT_CAUSE, cause)
T3_NUMBER(state_instance, ITCallStateEvent, state, LONG, instance)

static const ITCallStateEventVtbl state_table = {
	T3_DISPATCH_TABLE(state),
	.get_Call = state_call,
	.get_State = state_state,
	.get_Cause = state_cause,
	.get_CallbackInstance = state_instance,
};

T3_DISPATCH(info, ITCallInfoChangeEvent, event, face.info)
T3_CALL(info_call, ITCallInfoChangeEvent, info)
T3_NUMBER(info_cause, ITCallInfoChangeEvent, info, CALLINFOCHANGE_CAUSE, cause)
T3_NUMBER(info_instance, ITCallInfoChangeEvent, info, LONG, instance)

static const ITCallInfoChangeEventVtbl info_table = {
	T3_DISPATCH_TABLE(info),
	.get_Call = info_call,
	.get_Cause = info_cause,
	.get_CallbackInstance = info_instance,
};

T3_DISPATCH(hub, ITCallHubEvent, event, face.hub)
T3_CALL(hub_call, ITCallHubEvent, hub)
T3_NUMBER(hub_event, ITCallHubEvent, hub, CALLHUB_EVENT, code)

static HRESULT WINAPI hub_hub(ITCallHubEvent *self, ITCallHub **out)
{
	struct event *event = EVENT_OF(self, hub);

	return give_object(event, &event->hub->object, &event->hub->ihub, (void **)out);
}

static const ITCallHubEventVtbl hub_table = {
	T3_DISPATCH_TABLE(hub),
	.get_Event = hub_event,
	.get_CallHub = hub_hub,
	.get_Call = hub_call,
};

T3_DISPATCH(tapi, ITTAPIObjectEvent, event, face.tapi)
T3_ADDRESS(tapi_address, ITTAPIObjectEvent, tapi)
T3_NUMBER(tapi_event, ITTAPIObjectEvent, tapi, TAPIOBJECT_EVENT, code)
T3_NUMBER(tapi_instance, ITTAPIObjectEvent, tapi, LONG, instance)

static HRESULT WINAPI tapi_tapi(ITTAPIObjectEvent *self, ITTAPI **out)
{
	struct event *event = EVENT_OF(self, tapi);

	return give_object(event, &event->tapi->object, &event->tapi->itapi, (void **)out);
}

static const ITTAPIObjectEventVtbl tapi_table = {
	T3_DISPATCH_TABLE(tapi),
	.get_TAPIObject = tapi_tapi,
	.get_Event = tapi_event,
	.get_Address = tapi_address,
	.get_CallbackInstance = tapi_instance,
};

T3_DISPATCH(address, ITAddressEvent, event, face.address)
T3_ADDRESS(address_address, ITAddressEvent, address)
T3_NUMBER(address_event, ITAddressEvent, address, ADDRESS_EVENT, code)

/* No event here is of a terminal. */
static HRESULT WINAPI address_terminal(ITAddressEvent *self, ITTerminal **out)
{
	return give_object(EVENT_OF(self, address), NULL, NULL, (void **)out);
}

static const ITAddressEventVtbl address_table = {
	T3_DISPATCH_TABLE(address),
	.get_Address = address_address,
	.get_Event = address_event,
	.get_Terminal = address_terminal,
};

T3_DISPATCH(request, ITRequestEvent, event, face.request)
T3_NUMBER(request_instance, ITRequestEvent, request, LONG, instance)
T3_NUMBER(request_mode, ITRequestEvent, request, LONG, code)
T3_TEXT(request_address, szDestAddress)
T3_TEXT(request_application, szAppName)
T3_TEXT(request_party, szCalledParty)
T3_TEXT(request_comment, szComment)

static const ITRequestEventVtbl request_table = {
	T3_DISPATCH_TABLE(request),
	.get_RegistrationInstance = request_instance,
	.get_RequestMode = request_mode,
	.get_DestAddress = request_address,
	.get_AppName = request_application,
	.get_CalledParty = request_party,
	.get_Comment = request_comment,
};

static void event_end(struct object *object)
{
	struct event *event = (struct event *)object;
	struct session *session = event->session;
	struct address *address = event->address;
	struct tapi *tapi = event->tapi;
	struct call *call = event->call;
	struct hub *hub = event->hub;

	free(event->asked);
	t3_free(object);
	if (hub)
		t3_put(&hub->object);
	if (call)
		t3_put(&call->object);
	if (address)
		t3_put(&address->object);
	if (tapi)
		t3_put(&tapi->object);
	t3_session_put(session);
}

#define T3_EVENT_CLASS(tag, type)					\
static const struct interface tag##_interfaces[] = {			\
	{ &IID_IDispatch, offsetof(struct event, face) },		\
	{ &IID_##type, offsetof(struct event, face) },			\
	{ 0 }								\
};									\
									\
static const struct object_class tag##_class = {			\
	.kind = TAPI3_EVENT,						\
	.name = #type,							\
	.interfaces = tag##_interfaces,					\
	.end = event_end,						\
}

T3_EVENT_CLASS(notification, ITCallNotificationEvent);
T3_EVENT_CLASS(state, ITCallStateEvent);
T3_EVENT_CLASS(info, ITCallInfoChangeEvent);
T3_EVENT_CLASS(hub, ITCallHubEvent);
T3_EVENT_CLASS(tapi, ITTAPIObjectEvent);
T3_EVENT_CLASS(address, ITAddressEvent);
T3_EVENT_CLASS(request, ITRequestEvent);

static struct event *event_new(TAPI_EVENT type, unsigned int family)
{
	const struct object_class *class;
	const void *table;
	struct event *event;

	switch (type) {
	case TE_CALLNOTIFICATION:
		class = &notification_class;
		table = &notification_table;
		break;
	case TE_CALLSTATE:
		class = &state_class;
		table = &state_table;
		break;
	case TE_CALLINFOCHANGE:
		class = &info_class;
		table = &info_table;
		break;
	case TE_CALLHUB:
		class = &hub_class;
		table = &hub_table;
		break;
	case TE_TAPIOBJECT:
		class = &tapi_class;
		table = &tapi_table;
		break;
	case TE_ADDRESS:
		class = &address_class;
		table = &address_table;
		break;
	default:
		class = &request_class;
		table = &request_table;
		break;
	}
	event = t3_new(class, sizeof(*event), family);
	/* The first member of each interface, and of each in the same place. */
	if (event)
		event->face.state.lpVtbl = table;
	return event;
}

struct event *t3_event_new(struct session *session, TAPI_EVENT type, LONG code, LONG cause,
			   LONG instance)
{
	struct event *event = event_new(type, session->family);

	if (!event)
		return NULL;
	event->session = t3_session_hold(session);
	event->type = type;
	event->code = code;
	event->cause = cause;
	event->instance = instance;
	return event;
}

bool t3_event_queue(struct session *session, struct event *event)
{
	if (session->is_over)
		return false;
	if (session->last)
		session->last->next = event;
	else
		session->first = event;
	session->last = event;
	return true;
}

/*
 * Without memory an event is lost; the state that it tells of is the call's all the same, and can
 * be asked for.
 */
void t3_event_of_call(struct session *session, TAPI_EVENT type, struct call *call, LONG code,
		      LONG cause)
{
	struct event *event;

	if (session->is_over)
		return;
	event = t3_event_new(session, type, code, cause, call->instance);
	if (!event)
		return;
	t3_hold(&call->object);
	event->call = call;
	if (type == TE_CALLHUB) {
		t3_hold(&call->hub->object);
		event->hub = call->hub;
	}
	t3_event_queue(session, event);
}
