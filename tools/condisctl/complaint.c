// SPDX-License-Identifier: GPL-2.0
/*
 * What is said when something is wrong: where, what, and what would be right; in one line.
 */
#include <errno.h>
#include <stdarg.h>

#include "ctl.h"

struct ctl_place ctl_place;

static void say(const char *format, va_list args)
{
	fflush(stdout);
	fprintf(stderr, "condisctl: ");
	if (ctl_place.file) {
		fprintf(stderr, "%s:%u:", ctl_place.file, ctl_place.line);
		if (ctl_place.columns)
			fprintf(stderr, "%u:", ctl_place.columns[ctl_place.word]);
		fprintf(stderr, " ");
	}
	vfprintf(stderr, format, args);
	fprintf(stderr, "\n");
}

int ctl_usage(const char *format, ...)
{
	char named[512];
	va_list args;

	/* The command's name in front, unless it is not known yet. */
	snprintf(named, sizeof(named), "%s%s%s", ctl_place.command ? ctl_place.command : "",
		 ctl_place.command ? ": " : "", format);
	va_start(args, format);
	say(named, args);
	va_end(args);
	return CTL_USAGE;
}

int ctl_failure(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(format, args);
	va_end(args);
	return CTL_FAILURE;
}

int ctl_library_failure(void)
{
	int error = errno;

	ctl_failure("%s", condis_error());
	/* What the kernel calls an invalid argument came from the command line. */
	return error == EINVAL || error == ERANGE || error == E2BIG ? CTL_USAGE : CTL_FAILURE;
}
