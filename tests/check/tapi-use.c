// SPDX-License-Identifier: GPL-2.0
/*
 * tapi-use.c: what programs do with tapi.h and tapi3.h, for tapi-header.sh to compile as C and as
 * C++, of each age. Nothing of it is run.
 */
#include "tapi.h"
#ifdef WITH_TAPI3
#include "tapi3.h"
#endif

#define TRUE_OF(name, condition) typedef char name[(condition) ? 1 : -1]

/* Where long has 64 bits an error is still negative, and what a message carries is that error. */
TRUE_OF(error_is_negative, LINEERR_INUSE < 0);
TRUE_OF(error_has_32_bits, sizeof(LINEERR_INUSE) == 4);
TRUE_OF(error_of_a_reply, TAPI_RESULT((DWORD_PTR)0x8000000FU) == LINEERR_INUSE);
TRUE_OF(busy_of_a_request, TAPIERR_DESTBUSY == -11);
TRUE_OF(mapper_is_a_device, LINEMAPPER == (DWORD)-1);
TRUE_OF(last_bit_is_no_sign, LINEINITIALIZEEXOPTION_CALLHUBTRACKING > 0);
TRUE_OF(handles_have_32_bits, sizeof(HCALL) == 4 && sizeof(HLINEAPP) == 4);

#ifdef __cplusplus
extern "C" {
#endif
void CALLBACK tapi_use_callback(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR param1,
				DWORD_PTR param2, DWORD_PTR param3);
LONG tapi_use(const char *name, int *wait_for);
const char *tapi_use_word(LONG result);
#ifdef WITH_TAPI3
HRESULT tapi_use_3(ITTAPI *tapi);
#endif
#ifdef __cplusplus
}
#endif

const char *tapi_use_word(LONG result)
{
	switch (result) {
	case 0:
		return "done";
	case LINEERR_INUSE:
		return "in use";
	case LINEERR_CALLUNAVAIL:
		return "too many calls";
	case TAPIERR_NOREQUESTRECIPIENT:
		return "nobody dials";
	}
	return result < 0 ? tapi_error_text(result) : "a request";
}

void CALLBACK tapi_use_callback(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR param1,
				DWORD_PTR param2, DWORD_PTR param3)
{
	HCALL call = device;

	(void)instance;
	(void)param3;
	switch (message) {
	case LINE_CALLSTATE:
		if (param1 == LINECALLSTATE_DISCONNECTED)
			lineDrop(call, NULL, 0);
		else if (param1 & LINECALLSTATE_IDLE)
			lineDeallocateCall(call);
		break;
	case LINE_REPLY:
		if ((LONG)param2 < 0 && TAPI_RESULT(param2) != LINEERR_OPERATIONFAILED)
			tapi_use_word((LONG)param2);
		break;
	}
}

LONG tapi_use(const char *name, int *wait_for)
{
	LINEINITIALIZEEXPARAMS params = { sizeof(params), 0, 0, LINEINITIALIZEEXOPTION_USEEVENT,
					  { NULL }, 0 };
	DWORD version = TAPI_CURRENT_VERSION, devices = 0;
	LINECALLPARAMS call_params;
	LINEEXTENSIONID extension;
	LINEMESSAGE message;
	HLINEAPP app = 0;
	HLINE line = 0;
	HCALL call = 0;
	LONG result;

	call_params.dwTotalSize = sizeof(call_params);
	result = lineInitializeExA(&app, NULL, tapi_use_callback, name, &devices, &version,
				   &params);
	if (result)
		return result;
	*wait_for = TAPI_HANDLE_TO_FD(params.Handles.hEvent);
	result = lineNegotiateAPIVersion(app, 0, 0x00010003, TAPI_CURRENT_VERSION, &version,
					 &extension);
	if (!result)
		result = lineOpen(app, LINEMAPPER, &line, version, 0, (DWORD_PTR)wait_for,
				  LINECALLPRIVILEGE_OWNER | LINECALLPRIVILEGE_MONITOR,
				  LINEMEDIAMODE_DIGITALDATA, NULL);
	if (!result)
		result = lineMakeCallA(line, &call, "5551234", 0, &call_params);
	if (result > 0)
		result = lineGetMessage(app, &message, INFINITE);
	lineShutdown(app);
	return result;
}

#ifdef WITH_TAPI3

#if defined(__cplusplus) && !defined(CINTERFACE)

struct tapi_use_sink : public ITTAPIEventNotification {
	HRESULT STDMETHODCALLTYPE QueryInterface(REFIID riid, void **object)
	{
		*object = NULL;
		return IsEqualIID(riid, IID_IUnknown) ? S_OK : E_NOINTERFACE;
	}
	ULONG STDMETHODCALLTYPE AddRef()
	{
		return 1;
	}
	ULONG STDMETHODCALLTYPE Release()
	{
		return 1;
	}
	HRESULT STDMETHODCALLTYPE Event(TAPI_EVENT event, IDispatch *object)
	{
		return event == TE_CALLSTATE && object ? S_OK : E_INVALIDARG;
	}
};

HRESULT tapi_use_3(ITTAPI *tapi)
{
	IConnectionPoint *point = NULL;
	tapi_use_sink sink;
	DWORD cookie;

	if (FAILED(TapiCreateInstance(CLSID_TAPI, IID_ITTAPI, (void **)&tapi)))
		return E_FAIL;
	point->Advise(&sink, &cookie);
	return tapi->Shutdown();
}

#else

#ifdef __cplusplus
#define ID(name) name
#else
#define ID(name) (&(name))
#endif

HRESULT tapi_use_3(ITTAPI *tapi)
{
	BSTR name = SysAllocString(NULL);
	IEnumAddress *addresses;
	ITAddress *address;
	VARIANT value;
	LONG cookie;
	ULONG got;

	VariantInit(&value);
	V_VT(&value) = VT_BSTR;
	V_BSTR(&value) = name;
	VariantClear(&value);
	if (FAILED(TapiCreateInstance(ID(CLSID_TAPI), ID(IID_ITTAPI), (void **)&tapi)))
		return TAPI_E_NODRIVER;
	ITTAPI_Initialize(tapi);
	tapi->lpVtbl->EnumerateAddresses(tapi, &addresses);
	while (IEnumAddress_Next(addresses, 1, &address, &got) == S_OK) {
		ITTAPI_RegisterCallNotifications(tapi, address, VARIANT_TRUE, VARIANT_TRUE,
						 TAPIMEDIATYPE_DATAMODEM, 0, &cookie);
		ITAddress_Release(address);
	}
	return ITTAPI_Shutdown(tapi);
}

#endif

#endif /* WITH_TAPI3 */
