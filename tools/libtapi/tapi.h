/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * TAPI 2.2 in C, over /dev/ndproxy.
 *
 * A program that was written to the published tapi.h compiles with this one, with and without
 * UNICODE, for any TAPI_CURRENT_VERSION from 0x00010003 (0x00020002 if it says none), in C and
 * C++; no windows.h is needed, and a porting shim's is used if it was included before.
 * tests/check/tapi-header.sh holds it against the published one.
 *
 * Of all functions, where nothing else is said with one:
 *
 * It can be called in any thread, also in the callback, also while another thread ends the same
 * object, and does not wait.
 *
 * It returns 0: done; a positive number: that of a request, whose result a LINE_REPLY tells once;
 * or LINEERR_*. What is wrong is found in this order: the handles, whether the application owns the
 * call, the call's state, pointers and sizes, and what only the line knows.
 *
 * An end of something is the end of what is below it: lineShutdown() closes all lines, and
 * lineClose() takes all handles of calls away. Of what has ended nothing is told any more.
 *
 * Strings are UTF-8, and UTF-16 of the functions of W. A structure with dwTotalSize is filled as
 * far as that goes: tapi/structures.h.
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
