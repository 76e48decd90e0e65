// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The names of interfaces and classes: here they are defined, for all who link with the library.
 */
#define INITGUID
#include "internal.h"
