// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Asking another program for a call: ITRequest.
 */
#include "internal.h"

/**
 * struct requester - a request object; it has no state
 * @object: TAPI3_REQUEST
 * @irequest: its method
 */
struct requester {
	struct object object;
	ITRequest irequest;
};

T3_DISPATCH(request, ITRequest, requester, irequest)

/* S_OK: it was queued for the recipient, no more. */
static HRESULT WINAPI make_call(ITRequest *self, BSTR destination, BSTR application, BSTR party,
				BSTR comment)
{
	(void)self;
	switch (tapiRequestMakeCallW(destination, application, party, comment)) {
	case 0:
		return S_OK;
	case TAPIERR_NOREQUESTRECIPIENT:
		return TAPI_E_NOREQUESTRECIPIENT;
	case TAPIERR_REQUESTQUEUEFULL:
		return TAPI_E_REQUESTQUEUEFULL;
	case TAPIERR_INVALDESTADDRESS:
		return TAPI_E_INVALADDRESS;
	case TAPIERR_INVALPOINTER:
		return E_POINTER;
	default:
		return TAPI_E_REQUESTFAILED;
	}
}

static const ITRequestVtbl request_table = {
	T3_DISPATCH_TABLE(request),
	.MakeCall = make_call,
};

static const struct interface request_interfaces[] = {
	{ &IID_IDispatch, offsetof(struct requester, irequest) },
	{ &IID_ITRequest, offsetof(struct requester, irequest) },
	{ 0 }
};

static const struct object_class request_class = {
	.kind = TAPI3_REQUEST,
	.name = "ITRequest",
	.interfaces = request_interfaces,
	.end = t3_free,
};

struct object *t3_request_new(void)
{
	struct requester *requester = t3_new(&request_class, sizeof(*requester), 0);

	if (!requester)
		return NULL;
	requester->irequest.lpVtbl = &request_table;
	return &requester->object;
}
