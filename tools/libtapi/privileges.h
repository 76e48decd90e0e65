/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What TAPI 3 has and TAPI 2 has no function for: UnregisterNotifications() ends new calls, and
 * leaves those that there are; lineClose() would end both.
 */
#ifndef LIBTAPI_PRIVILEGES_H
#define LIBTAPI_PRIVILEGES_H

#include "tapi.h"

/*
 * From now on the line is as if it had been opened with LINECALLPRIVILEGE_NONE: a new call is for
 * whoever else is there. The calls on it stay as they are. 0, or what lineClose() would answer;
 * LINEERR_OPERATIONUNAVAIL: the kernel's module is older than this library.
 */
LONG line_renounce(HLINE handle);

#endif /* LIBTAPI_PRIVILEGES_H */
