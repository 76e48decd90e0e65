// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The text of the last error, by thread.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "internal.h"

static __thread char last_error[512];

const char *condis_error(void)
{
	return last_error;
}

int condis_fail(int error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(last_error, sizeof(last_error), format, args);
	va_end(args);
	errno = error;
	return -1;
}
