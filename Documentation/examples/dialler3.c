// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * dialler3 ADDRESS NUMBER: the same as dialler.c, with the objects of TAPI 3. It calls a number,
 * waits until one of the two ends hangs up (this end does on Return or Control-D), and comes down
 * in order.
 *
 *     cc dialler3.c $(pkg-config --cflags --libs tapi)
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define COBJMACROS
#include <tapi3.h>

/* From the callback's thread to main(): what has become of the call. */
struct news {
	CALL_STATE state;
	CALL_STATE_EVENT_CAUSE cause;
};

static int news_pipe[2];

/*
 * The sink runs in a thread of the library's. It takes what it needs out of the event and goes: who
 * works here, or waits for the end of something, holds up all events.
 */
static HRESULT sink_event(ITTAPIEventNotification *sink, TAPI_EVENT type, IDispatch *event)
{
	ITCallStateEvent *state_event;
	struct news news;

	(void)sink;
	if (type != TE_CALLSTATE ||
	    FAILED(IDispatch_QueryInterface(event, &IID_ITCallStateEvent, (void **)&state_event)))
		return S_OK;
	if (SUCCEEDED(ITCallStateEvent_get_State(state_event, &news.state)) &&
	    SUCCEEDED(ITCallStateEvent_get_Cause(state_event, &news.cause)) &&
	    write(news_pipe[1], &news, sizeof(news)) < 0)
		perror("dialler3");
	ITCallStateEvent_Release(state_event);
	return S_OK;
}

static HRESULT sink_query(ITTAPIEventNotification *sink, REFIID iid, void **out)
{
	if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_ITTAPIEventNotification)) {
		*out = NULL;
		return E_NOINTERFACE;
	}
	*out = sink;
	return S_OK;
}

/* It is there as long as the program: references need not be counted. */
static ULONG sink_count(ITTAPIEventNotification *sink)
{
	(void)sink;
	return 1;
}

static const ITTAPIEventNotificationVtbl sink_methods = {
	.QueryInterface = sink_query,
	.AddRef = sink_count,
	.Release = sink_count,
	.Event = sink_event,
};

static ITTAPIEventNotification sink = { &sink_methods };

static int fail(const char *what, HRESULT result)
{
	fprintf(stderr, "dialler3: %s: error %#x\n", what, (unsigned int)result);
	return 1;
}

static HRESULT advise(ITTAPI *tapi, IConnectionPoint **point, DWORD *cookie)
{
	IConnectionPointContainer *container;
	HRESULT result;

	result = ITTAPI_QueryInterface(tapi, &IID_IConnectionPointContainer, (void **)&container);
	if (FAILED(result))
		return result;
	result = IConnectionPointContainer_FindConnectionPoint(container,
							       &IID_ITTAPIEventNotification,
							       point);
	IConnectionPointContainer_Release(container);
	if (FAILED(result))
		return result;
	result = IConnectionPoint_Advise(*point, (IUnknown *)&sink, cookie);
	if (FAILED(result)) {
		IConnectionPoint_Release(*point);
		*point = NULL;
	}
	return result;
}

/* The call, not connected yet, of the address with this number in the list. */
static HRESULT create_call(ITTAPI *tapi, ULONG number, const char *text, ITBasicCallControl **call)
{
	IEnumAddress *list;
	ITAddress *address;
	HRESULT result;
	WCHAR wide[80];
	BSTR dialled;
	UINT i;

	result = ITTAPI_EnumerateAddresses(tapi, &list);
	if (FAILED(result))
		return result;
	IEnumAddress_Skip(list, number);
	result = IEnumAddress_Next(list, 1, &address, NULL);
	IEnumAddress_Release(list);
	if (result != S_OK)
		return TAPI_E_NOITEMS;
	for (i = 0; text[i] && i < 80; i++)
		wide[i] = (unsigned char)text[i];
	dialled = SysAllocStringLen(wide, i);
	result = dialled ? ITAddress_CreateCall(address, dialled, LINEADDRESSTYPE_PHONENUMBER,
						TAPIMEDIATYPE_DATAMODEM, call) :
			   E_OUTOFMEMORY;
	SysFreeString(dialled);
	/* The call has a reference of its own. */
	ITAddress_Release(address);
	return result;
}

/* Until the far end hangs up, or somebody presses a key. */
static void talk(void)
{
	static const char *const states[] = { "idle", "in progress", "connected", "disconnected" };
	struct pollfd fds[] = { { news_pipe[0], POLLIN, 0 }, { STDIN_FILENO, POLLIN, 0 } };
	struct news news;

	while (poll(fds, 2, -1) >= 0 && !fds[1].revents) {
		if (read(news_pipe[0], &news, sizeof(news)) != sizeof(news))
			break;
		printf("%s\n", news.state < 4 ? states[news.state] : "?");
		if (news.state != CS_DISCONNECTED)
			continue;
		printf("because of %d\n", news.cause);
		break;
	}
}

int main(int argc, char **argv)
{
	ITBasicCallControl *call = NULL;
	IConnectionPoint *point = NULL;
	ITTAPI *tapi = NULL;
	HRESULT result;
	DWORD cookie;

	if (argc != 3)
		return fprintf(stderr, "usage: dialler3 ADDRESS NUMBER\n"), 2;
	if (pipe(news_pipe))
		return perror("dialler3"), 1;
	result = TapiCreateInstance(&CLSID_TAPI, &IID_ITTAPI, (void **)&tapi);
	if (SUCCEEDED(result))
		result = ITTAPI_Initialize(tapi);
	/* Nothing is told before there is a filter. */
	if (SUCCEEDED(result))
		result = ITTAPI_put_EventFilter(tapi, TE_CALLSTATE);
	if (SUCCEEDED(result))
		result = advise(tapi, &point, &cookie);
	if (SUCCEEDED(result))
		result = create_call(tapi, strtoul(argv[1], NULL, 10), argv[2], &call);
	if (SUCCEEDED(result))
		result = ITBasicCallControl_Connect(call, VARIANT_FALSE);
	if (SUCCEEDED(result))
		talk();
	else
		fail("no call", result);
	/*
	 * The order of coming down: the call is disconnected, which waits for its end, also where
	 * the far end was first; objects are released; no events any more; Shutdown(); the last
	 * reference.
	 */
	if (call) {
		ITBasicCallControl_Disconnect(call, DC_NORMAL);
		ITBasicCallControl_Release(call);
	}
	if (point) {
		ITTAPI_put_EventFilter(tapi, 0);
		IConnectionPoint_Unadvise(point, cookie);
		IConnectionPoint_Release(point);
	}
	if (tapi) {
		ITTAPI_Shutdown(tapi);
		ITTAPI_Release(tapi);
	}
	return FAILED(result);
}
