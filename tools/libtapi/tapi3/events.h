/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Interfaces of TAPI 3: what an application is told, and by whom.
 */
#ifndef TAPI3_EVENTS_H
#define TAPI3_EVENTS_H

#include "interfaces.h"

typedef struct ITTAPIEventNotification ITTAPIEventNotification;
typedef struct ITTAPIObjectEvent ITTAPIObjectEvent;
typedef struct ITAddressEvent ITAddressEvent;
typedef struct ITCallNotificationEvent ITCallNotificationEvent;
typedef struct ITCallStateEvent ITCallStateEvent;
typedef struct ITCallInfoChangeEvent ITCallInfoChangeEvent;
typedef struct ITCallHubEvent ITCallHubEvent;
typedef struct ITRequestEvent ITRequestEvent;

#undef INTERFACE
#define INTERFACE ITTAPIEventNotification
DECLARE_INTERFACE_(ITTAPIEventNotification, IUnknown)
{
	TAPI_UNKNOWN_METHODS

	STDMETHOD(Event)(THIS_ TAPI_EVENT TapiEvent, IDispatch *pEvent) PURE;
};

#undef INTERFACE
#define INTERFACE ITTAPIObjectEvent
DECLARE_INTERFACE_(ITTAPIObjectEvent, IDispatch)
{
	TAPI_DISPATCH_METHODS

	STDMETHOD(get_TAPIObject)(THIS_ ITTAPI **ppTAPIObject) PURE;
	STDMETHOD(get_Event)(THIS_ TAPIOBJECT_EVENT *pEvent) PURE;
	STDMETHOD(get_Address)(THIS_ ITAddress **ppAddress) PURE;
	STDMETHOD(get_CallbackInstance)(THIS_ LONG *plCallbackInstance) PURE;
};

#undef INTERFACE
#define INTERFACE ITAddressEvent
DECLARE_INTERFACE_(ITAddressEvent, IDispatch)
{
	TAPI_DISPATCH_METHODS

	STDMETHOD(get_Address)(THIS_ ITAddress **ppAddress) PURE;
	STDMETHOD(get_Event)(THIS_ ADDRESS_EVENT *pEvent) PURE;
	STDMETHOD(get_Terminal)(THIS_ ITTerminal **ppTerminal) PURE;
};

#undef INTERFACE
#define INTERFACE ITCallNotificationEvent
DECLARE_INTERFACE_(ITCallNotificationEvent, IDispatch)
{
	TAPI_DISPATCH_METHODS

	STDMETHOD(get_Call)(THIS_ ITCallInfo **ppCall) PURE;
	STDMETHOD(get_Event)(THIS_ CALL_NOTIFICATION_EVENT *pCallNotificationEvent) PURE;
	STDMETHOD(get_CallbackInstance)(THIS_ LONG *plCallbackInstance) PURE;
};

#undef INTERFACE
#define INTERFACE ITCallStateEvent
DECLARE_INTERFACE_(ITCallStateEvent, IDispatch)
{
	TAPI_DISPATCH_METHODS

	STDMETHOD(get_Call)(THIS_ ITCallInfo **ppCallInfo) PURE;
	STDMETHOD(get_State)(THIS_ CALL_STATE *pCallState) PURE;
	STDMETHOD(get_Cause)(THIS_ CALL_STATE_EVENT_CAUSE *pCEC) PURE;
	STDMETHOD(get_CallbackInstance)(THIS_ LONG *plCallbackInstance) PURE;
};

#undef INTERFACE
#define INTERFACE ITCallInfoChangeEvent
DECLARE_INTERFACE_(ITCallInfoChangeEvent, IDispatch)
{
	TAPI_DISPATCH_METHODS

	STDMETHOD(get_Call)(THIS_ ITCallInfo **ppCall) PURE;
	STDMETHOD(get_Cause)(THIS_ CALLINFOCHANGE_CAUSE *pCIC) PURE;
	STDMETHOD(get_CallbackInstance)(THIS_ LONG *plCallbackInstance) PURE;
};

#undef INTERFACE
#define INTERFACE ITCallHubEvent
DECLARE_INTERFACE_(ITCallHubEvent, IDispatch)
{
	TAPI_DISPATCH_METHODS

	STDMETHOD(get_Event)(THIS_ CALLHUB_EVENT *pEvent) PURE;
	STDMETHOD(get_CallHub)(THIS_ ITCallHub **ppCallHub) PURE;
	STDMETHOD(get_Call)(THIS_ ITCallInfo **ppCall) PURE;
};

#undef INTERFACE
#define INTERFACE ITRequestEvent
DECLARE_INTERFACE_(ITRequestEvent, IDispatch)
{
	TAPI_DISPATCH_METHODS

	STDMETHOD(get_RegistrationInstance)(THIS_ LONG *plRegistrationInstance) PURE;
	STDMETHOD(get_RequestMode)(THIS_ LONG *plRequestMode) PURE;
	STDMETHOD(get_DestAddress)(THIS_ BSTR *ppDestAddress) PURE;
	STDMETHOD(get_AppName)(THIS_ BSTR *ppAppName) PURE;
	STDMETHOD(get_CalledParty)(THIS_ BSTR *ppCalledParty) PURE;
	STDMETHOD(get_Comment)(THIS_ BSTR *ppComment) PURE;
};

#undef INTERFACE

#endif /* TAPI3_EVENTS_H */
