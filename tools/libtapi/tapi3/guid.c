// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The names of interfaces and classes: here they are defined, for all who link with the library.
 */
#define INITGUID

/* Objects of data, which programs have the names of: not hidden, as all else is. */
#pragma GCC visibility push(default)
#include "../tapi3.h"
#pragma GCC visibility pop
