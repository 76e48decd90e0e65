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

/* What can be done about an error, besides what is said of it. */
static const struct {
	LONG error;
	const char *advice;
} advices[] = {
	{ LINEERR_NODRIVER, "load the module ndproxy" },
	{ LINEERR_OPERATIONFAILED,
	  "is the module ndproxy loaded, and are you in the group dialout? see tapi(1)" },
	{ LINEERR_BADDEVICEID, "tapi lines shows the lines" },
	{ LINEERR_NODEVICE, "tapi lines shows the lines" },
	{ LINEERR_REINIT, "the line table has changed: try again" },
	{ LINEERR_RESOURCEUNAVAIL, "try again in a moment" },
	{ LINEERR_CALLUNAVAIL, "wait for a call to end; tapi monitor shows them" },
	{ LINEERR_INUSE, "wait for a call to end; tapi monitor shows them" },
	{ LINEERR_INVALMEDIAMODE, "tapi lines shows the media modes of each line" },
	{ LINEERR_INVALADDRESS, "a number is 1 to 32 of 0-9, A-D, *, # and +" },
	{ LINEERR_NOTREGISTERED, "another recipient has come first" },
	{ LINEERR_INIFILECORRUPT, "look into the files in ~/.config/condis" },
	{ TAPIERR_NOREQUESTRECIPIENT, "start one: tapi recipient --dial LINE" },
	{ TAPIERR_REQUESTQUEUEFULL, "wait until the recipient has taken some" },
	{ TAPIERR_INVALDESTADDRESS, "a number has 1 to 79 characters" },
};

int tapi_failure(LONG error, const char *format, ...)
{
	const char *name = tapi_error_name(error);
	va_list args;
	size_t i;

	va_start(args, format);
	say(format, args);
	va_end(args);
	fprintf(stderr, ": %s", tapi_error_text(error));
	if (name)
		fprintf(stderr, " (%s)", name);
	for (i = 0; i < ARRAY_SIZE(advices); i++)
		if (advices[i].error == error)
			fprintf(stderr, "; %s", advices[i].advice);
	fprintf(stderr, "\n");
	return STATUS_FAILURE;
}
