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

HRESULT TapiCreateInstance(REFCLSID rclsid, REFIID riid, void **ppv);

#ifdef __cplusplus
}
#endif

#endif /* TAPI3_H */
