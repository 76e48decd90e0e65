/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * TAPI 2.2 in C, over /dev/ndproxy.
 *
 * A program that was written to the published tapi.h compiles with this one, with and without
 * UNICODE, for any TAPI_CURRENT_VERSION from 0x00010003 (0x00020002 if it says none), in C and
 * C++; no windows.h is needed, and a porting shim's is used if it was included before.
 */
#ifndef TAPI_H
#define TAPI_H

#include "tapi/types.h"
#include "tapi/constants.h"
#include "tapi/errors.h"
#include "tapi/structures.h"

#include "tapi/application.h"
#include "tapi/line.h"
#include "tapi/call.h"
#include "tapi/media.h"
#include "tapi/supplementary.h"
#include "tapi/translation.h"
#include "tapi/request.h"
#include "tapi/agent.h"
#include "tapi/provider.h"
#include "tapi/names.h"

/* Not of the published interface. */
#include "tapi/extensions.h"

#endif /* TAPI_H */
