// SPDX-License-Identifier: GPL-2.0
/*
 * What is said when something is wrong: what, and what would be right; in one line.
 */
#include <stdarg.h>

#include "program.h"

const char *complaint_command;

static void say(const char *format, va_list args)
{
	fflush(stdout);
	fprintf(stderr, "tapi: ");
	vfprintf(stderr, format, args);
}

int usage(const char *format, ...)
{
	char named[512];
	va_list args;

	/* The command's name in front, unless it is not known yet. */
	snprintf(named, sizeof(named), "%s%s%s\n", complaint_command ? complaint_command : "",
		 complaint_command ? ": " : "", format);
	va_start(args, format);
	say(named, args);
	va_end(args);
	return STATUS_USAGE;
}

int failure(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(format, args);
	va_end(args);
	fprintf(stderr, "\n");
	return STATUS_FAILURE;
}

int tapi_failure(LONG error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(format, args);
	va_end(args);
	fprintf(stderr, ": %s\n", tapi_error_text(error));
	return STATUS_FAILURE;
}
