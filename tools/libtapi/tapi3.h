/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * TAPI 3 in C and C++, over the same devices as tapi.h.
 *
 * Interfaces, methods, their order and all numbers are the published ones. There is no registry and
 * nothing to initialise: TapiCreateInstance() is what CoCreateInstance() is there, for the two
 * classes that TAPI has.
 */
#ifndef TAPI3_H
#define TAPI3_H

#include "tapi.h"

#include "tapi3/com.h"
#include "tapi3/errors.h"
#include "tapi3/constants.h"
#include "tapi3/guids.h"
#include "tapi3/interfaces.h"
#include "tapi3/events.h"
#include "tapi3/macros.h"

/* Not of the published interface. */
#include "tapi3/objects.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * TapiCreateInstance() - make an object of TAPI 3
 * @rclsid: CLSID_TAPI: the telephony object, of IID_ITTAPI; CLSID_RequestMakeCall: who asks others
 *	to make calls, of IID_ITRequest
 * @riid: the interface that is wanted of it
 * @ppv: gets it, with a reference
 *
 * Stands for CoCreateInstance(rclsid, NULL, CLSCTX_INPROC_SERVER, riid, ppv). Each telephony
 * object is new, and is of no use before ITTAPI::Initialize.
 *
 * Return: S_OK, or an error:
 *
 * Errors:
 * E_POINTER: ppv is NULL
 * E_INVALIDARG: another argument is
 * REGDB_E_CLASSNOTREG: no such class
 * E_NOINTERFACE: it has no such interface
 * E_OUTOFMEMORY: no memory
 */
HRESULT TapiCreateInstance(REFCLSID rclsid, REFIID riid, void **ppv);

#ifdef __cplusplus
}
#endif

#endif /* TAPI3_H */
