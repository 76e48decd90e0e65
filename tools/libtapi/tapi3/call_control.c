// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What is done with a call: ITBasicCallControl.
 *
 * Connect(), Answer() and Disconnect() wait, two minutes at most, and may be called in any thread,
 * inside an Event() too: who waits reads the messages himself, if nobody else does.
 */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

T3_DISPATCH(control, ITBasicCallControl, call, control)

static struct call *call_of(ITBasicCallControl *self)
{
	return t3_container_of(self, struct call, control);
}

static bool is_settled(const void *data)
{
	const struct call *call = data;

	return call->was_connected || call->state == CS_DISCONNECTED;
}

static bool is_made(const void *data)
{
	const struct call *call = data;

	return call->handle || call->is_over;
}

struct wait {
	const struct call *call;
	const struct answer *answer;
};

static bool is_answered(const void *data)
{
	const struct wait *wait = data;

	return wait->call->is_over || wait->answer->is_there;
}

/* A reply that it will be dropped is none that it was; one that it will not is for all who wait. */
static bool is_dropped(const void *data)
{
	const struct wait *wait = data;

	return wait->call->is_over || wait->call->drop == DROP_NONE || wait->answer->result;
}

/* Of several, the one that the line is most likely meant for. */
static DWORD one_mode(DWORD modes)
{
	static const DWORD order[] = {
		LINEMEDIAMODE_INTERACTIVEVOICE, LINEMEDIAMODE_AUTOMATEDVOICE,
		LINEMEDIAMODE_DATAMODEM, LINEMEDIAMODE_DIGITALDATA, LINEMEDIAMODE_G3FAX,
	};
	size_t i;

	for (i = 0; i < sizeof(order) / sizeof(*order); i++)
		if (modes & order[i])
			return order[i];
	return modes & -modes;
}

/* Where put_CallInfoString()'s texts go in the parameters. */
static const struct {
	CALLINFO_STRING text;
	size_t size;
	size_t offset;
} places[] = {
	{ CIS_CALLEDPARTYFRIENDLYNAME, offsetof(LINECALLPARAMS, dwCalledPartySize),
	  offsetof(LINECALLPARAMS, dwCalledPartyOffset) },
	{ CIS_COMMENT, offsetof(LINECALLPARAMS, dwCommentSize),
	  offsetof(LINECALLPARAMS, dwCommentOffset) },
	{ CIS_DISPLAYABLEADDRESS, offsetof(LINECALLPARAMS, dwDisplayableAddressSize),
	  offsetof(LINECALLPARAMS, dwDisplayableAddressOffset) },
	{ CIS_CALLINGPARTYID, offsetof(LINECALLPARAMS, dwCallingPartyIDSize),
	  offsetof(LINECALLPARAMS, dwCallingPartyIDOffset) },
};

#define NUM_PLACES (sizeof(places) / sizeof(*places))

/* The parameters of its lineMakeCall(), to be freed; session.lock held. */
static LINECALLPARAMS *make_parameters(const struct call *call)
{
	size_t total = sizeof(LINECALLPARAMS), at = total, size, i;
	LINECALLPARAMS *parameters;
	char *base;

	for (i = 0; i < NUM_PLACES; i++)
		total += (SysStringLen(call->texts[places[i].text]) + 1) * sizeof(WCHAR);
	parameters = malloc(total);
	if (!parameters)
		return NULL;
	base = (char *)parameters;
	*parameters = call->parameters;
	parameters->dwTotalSize = total;
	parameters->dwMediaMode = one_mode(call->media);
	if (!parameters->dwBearerMode)
		parameters->dwBearerMode = parameters->dwMediaMode == LINEMEDIAMODE_DIGITALDATA ?
					   LINEBEARERMODE_DATA : LINEBEARERMODE_VOICE;
	parameters->dwAddressMode = LINEADDRESSMODE_ADDRESSID;
	parameters->dwAddressID = call->address->number;
	for (i = 0; i < NUM_PLACES; i++) {
		BSTR text = call->texts[places[i].text];

		if (!text)
			continue;
		size = (SysStringLen(text) + 1) * sizeof(WCHAR);
		memcpy(base + at, text, size);
		*(DWORD *)(base + places[i].size) = size;
		*(DWORD *)(base + places[i].offset) = at;
		at += size;
	}
	return parameters;
}

/* Ask for the call, on its line; session.lock held. */
static HRESULT make_call(struct call *call, DWORD country)
{
	struct session *session = call->session;
	LINECALLPARAMS *parameters = make_parameters(call);
	struct pending *pending;
	LONG id;

	pending = parameters ? t3_pending_new(session, call) : NULL;
	if (!pending) {
		free(parameters);
		return E_OUTOFMEMORY;
	}
	pending->is_make_call = true;
	id = lineMakeCallW(call->line->handle, &pending->made, call->destination, country,
			   parameters);
	free(parameters);
	if (id <= 0) {
		t3_pending_undo(session, pending);
		return t3_failure(id);
	}
	t3_pending_asked(pending, id, NULL);
	/* It is told with the reply: who reads tells. */
	call->state = CS_INPROGRESS;
	return S_OK;
}

static HRESULT WINAPI connect_call(ITBasicCallControl *self, VARIANT_BOOL is_synchronous)
{
	struct timespec deadline = t3_deadline();
	struct call *call = call_of(self);
	struct session *session = call->session;
	struct line *line = NULL;
	HRESULT result = S_OK;

	pthread_mutex_lock(&session->lock);
	if (session->is_over)
		result = TAPI_E_NOT_INITIALIZED;
	else if (call->is_connecting)
		result = TAPI_E_INVALCALLSTATE;
	else
		call->is_connecting = true;
	pthread_mutex_unlock(&session->lock);
	if (FAILED(result))
		return result;

	result = t3_line_open(call->address, LINECALLPRIVILEGE_NONE, 0, 0, &line);
	pthread_mutex_lock(&session->lock);
	if (SUCCEEDED(result) && session->is_over)
		result = TAPI_E_NOT_INITIALIZED;
	if (SUCCEEDED(result)) {
		call->line = line;
		result = make_call(call, call->country);
	}
	if (FAILED(result)) {
		/* As if it had not been tried: it may be tried again. */
		call->line = NULL;
		call->is_connecting = false;
	} else if (is_synchronous) {
		line = NULL;
		result = t3_session_wait(session, is_settled, call, &deadline);
		if (SUCCEEDED(result) && !call->was_connected)
			result = t3_result_of_cause(call->cause);
	} else {
		line = NULL;
	}
	pthread_mutex_unlock(&session->lock);
	if (line)
		t3_line_put(session, line);
	return result;
}

static HRESULT WINAPI answer_call(ITBasicCallControl *self)
{
	struct timespec deadline = t3_deadline();
	struct call *call = call_of(self);
	struct session *session = call->session;
	struct answer answer = { 0 };
	const struct wait wait = { call, &answer };
	struct pending *pending = NULL;
	HRESULT result = S_OK;
	LONG id;

	pthread_mutex_lock(&session->lock);
	if (session->is_over)
		result = TAPI_E_NOT_INITIALIZED;
	else if (call->state != CS_OFFERING)
		result = E_UNEXPECTED;
	else
		pending = t3_pending_new(session, call);
	if (pending) {
		id = lineAnswer(call->handle, NULL, 0);
		if (id > 0) {
			t3_pending_asked(pending, id, &answer);
			result = t3_session_wait(session, is_answered, &wait, &deadline);
			t3_pending_ignore(session, &answer);
			if (SUCCEEDED(result))
				result = answer.is_there ? t3_result(answer.result) :
							   TAPI_E_DROPPED;
		} else {
			t3_pending_undo(session, pending);
			result = t3_failure(id);
		}
	} else if (SUCCEEDED(result)) {
		result = E_OUTOFMEMORY;
	}
	pthread_mutex_unlock(&session->lock);
	return result;
}

/* Ask for the drop; session.lock held. */
static HRESULT ask_drop(struct call *call, struct answer *answer)
{
	struct session *session = call->session;
	struct pending *pending = t3_pending_new(session, call);
	LONG id;

	if (!pending)
		return E_OUTOFMEMORY;
	pending->is_drop = true;
	id = lineDrop(call->handle, NULL, 0);
	if (id > 0) {
		t3_pending_asked(pending, id, answer);
		call->drop = DROP_ASKED;
		return S_OK;
	}
	t3_pending_undo(session, pending);
	/* It became idle by itself, which will be told, or the line was closed, likewise. */
	if (id == LINEERR_INVALCALLSTATE || id == LINEERR_INVALCALLHANDLE) {
		call->drop = DROP_NEEDLESS;
		return S_OK;
	}
	return t3_failure(id);
}

/* session.lock held. */
static HRESULT disconnect(struct call *call)
{
	struct timespec deadline = t3_deadline();
	struct session *session = call->session;
	struct answer answer = { 0 };
	const struct wait wait = { call, &answer };
	HRESULT result;

	if (session->is_over)
		return TAPI_E_NOT_INITIALIZED;
	if (call->state == CS_IDLE)
		return S_FALSE;
	/* Without a reply to its make-call it has no handle yet. */
	result = t3_session_wait(session, is_made, call, &deadline);
	if (FAILED(result))
		return result;
	do {
		if (!call->handle || call->is_over || call->drop == DROP_DONE)
			return S_FALSE;
		if (call->drop == DROP_NONE)
			result = ask_drop(call, &answer);
		if (FAILED(result))
			return result;
		result = t3_session_wait(session, is_dropped, &wait, &deadline);
		t3_pending_ignore(session, &answer);
		if (FAILED(result))
			return result;
		if (answer.result)
			return t3_failure(answer.result);
		/* If it was another one's drop that failed, this one's has not been tried. */
	} while (!call->is_over);
	/* Of several who wait for the same drop one has done it. */
	if (call->drop != DROP_ASKED)
		return S_FALSE;
	call->drop = DROP_DONE;
	return S_OK;
}

HRESULT t3_call_disconnect(struct call *call)
{
	HRESULT result;

	pthread_mutex_lock(&call->session->lock);
	result = disconnect(call);
	pthread_mutex_unlock(&call->session->lock);
	return result;
}

static HRESULT WINAPI disconnect_call(ITBasicCallControl *self, DISCONNECT_CODE code)
{
	struct call *call = call_of(self);

	if (t3_session_is_over(call->session))
		return TAPI_E_NOT_INITIALIZED;
	if ((int)code < DC_NORMAL || (int)code > DC_REJECTED)
		return E_INVALIDARG;
	return t3_call_disconnect(call);
}

/* Its handle, if there is a call. */
static HRESULT get_handle(struct call *call, HCALL *out)
{
	HRESULT result = S_OK;

	pthread_mutex_lock(&call->session->lock);
	if (call->session->is_over)
		result = TAPI_E_NOT_INITIALIZED;
	else if (!call->handle || call->is_over)
		result = TAPI_E_INVALCALLSTATE;
	*out = call->handle;
	pthread_mutex_unlock(&call->session->lock);
	return result;
}

static HRESULT hand_over(ITBasicCallControl *self, BSTR application, DWORD media)
{
	HRESULT result;
	HCALL handle;

	result = get_handle(call_of(self), &handle);
	return FAILED(result) ? result : t3_result(lineHandoffW(handle, application, media));
}

static HRESULT WINAPI hand_over_direct(ITBasicCallControl *self, BSTR application)
{
	return application ? hand_over(self, application, 0) : E_POINTER;
}

static HRESULT WINAPI hand_over_indirect(ITBasicCallControl *self, LONG media)
{
	DWORD modes = t3_media_modes(media, call_of(self)->address->media_modes);

	if (t3_session_is_over(call_of(self)->session))
		return TAPI_E_NOT_INITIALIZED;
	return modes ? hand_over(self, NULL, one_mode(modes)) : TAPI_E_INVALIDMEDIATYPE;
}

/* What the lines here cannot do. */
static HRESULT unsupported(ITBasicCallControl *self)
{
	HRESULT result;
	HCALL handle;

	result = get_handle(call_of(self), &handle);
	return FAILED(result) ? result : TAPI_E_NOTSUPPORTED;
}

static HRESULT WINAPI no_hold(ITBasicCallControl *self, VARIANT_BOOL flag)
{
	(void)flag;
	return unsupported(self);
}

static HRESULT WINAPI no_other(ITBasicCallControl *self, ITBasicCallControl *other,
			       VARIANT_BOOL flag)
{
	(void)flag;
	return other ? unsupported(self) : E_POINTER;
}

static HRESULT WINAPI no_text(ITBasicCallControl *self, BSTR text)
{
	(void)text;
	return unsupported(self);
}

static HRESULT WINAPI no_swap(ITBasicCallControl *self, ITBasicCallControl *other)
{
	return other ? unsupported(self) : E_POINTER;
}

static HRESULT WINAPI no_park(ITBasicCallControl *self, BSTR *out)
{
	if (!out)
		return E_POINTER;
	*out = NULL;
	return unsupported(self);
}

/* These two begin a call, so they need none. */
static HRESULT no_beginning(ITBasicCallControl *self)
{
	return t3_session_is_over(call_of(self)->session) ? TAPI_E_NOT_INITIALIZED :
							    TAPI_E_NOTSUPPORTED;
}

static HRESULT WINAPI no_unpark(ITBasicCallControl *self)
{
	return no_beginning(self);
}

static HRESULT WINAPI no_pickup(ITBasicCallControl *self, BSTR group)
{
	(void)group;
	return no_beginning(self);
}

static HRESULT WINAPI no_quality(ITBasicCallControl *self, LONG media, QOS_SERVICE_LEVEL level)
{
	(void)media;
	(void)level;
	return unsupported(self);
}

static HRESULT WINAPI no_finish(ITBasicCallControl *self, FINISH_MODE mode)
{
	(void)mode;
	return unsupported(self);
}

static HRESULT WINAPI no_removal(ITBasicCallControl *self)
{
	return unsupported(self);
}

const ITBasicCallControlVtbl t3_control_table = {
	T3_DISPATCH_TABLE(control),
	.Connect = connect_call,
	.Answer = answer_call,
	.Disconnect = disconnect_call,
	.Hold = no_hold,
	.HandoffDirect = hand_over_direct,
	.HandoffIndirect = hand_over_indirect,
	.Conference = no_other,
	.Transfer = no_other,
	.BlindTransfer = no_text,
	.SwapHold = no_swap,
	.ParkDirect = no_text,
	.ParkIndirect = no_park,
	.Unpark = no_unpark,
	.SetQOS = no_quality,
	.Pickup = no_pickup,
	.Dial = no_text,
	.Finish = no_finish,
	.RemoveFromConference = no_removal,
};
