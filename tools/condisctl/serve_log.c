// SPDX-License-Identifier: GPL-2.0
/*
 * What condisctl serve has to say: words for people, or one object of JSON a line.
 */
#include <time.h>

#include "serve.h"

void serve_log(const char *event)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (ctl_json)
		printf("{\"time\":%lld.%06ld,\"event\":\"%s\"", (long long)now.tv_sec,
		       now.tv_nsec / 1000, event);
	else
		printf("%5lld.%06ld  %-10s", (long long)now.tv_sec, now.tv_nsec / 1000, event);
}

/* Numbers that are dialled, and names: printable, but anything. */
void serve_log_text(const char *name, const char *text)
{
	if (!ctl_json) {
		printf(" %s %s", name, *text ? text : "-");
		return;
	}
	printf(",\"%s\":\"", name);
	ctl_print_escaped(text);
	printf("\"");
}

void serve_log_number(const char *name, uint64_t number)
{
	printf(ctl_json ? ",\"%s\":%llu" : " %s %llu", name, (unsigned long long)number);
}

void serve_log_seconds(const char *name, long long ms)
{
	printf(ctl_json ? ",\"%s\":%lld.%03lld" : " %s %lld.%03lld", name, ms / 1000, ms % 1000);
}

void serve_log_cause(uint32_t cause)
{
	char text[64];

	if (ctl_json)
		serve_log_number("cause", cause);
	else
		printf(" cause %s", ctl_cause(cause, text));
}

void serve_log_end(void)
{
	printf(ctl_json ? "}\n" : "\n");
	fflush(stdout);
}

void serve_log_call(const char *event, const struct serve_call *call)
{
	serve_log(event);
	serve_log_number("call", call->info.call_id);
	serve_log_end();
}
