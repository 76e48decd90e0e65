// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl ladder: the messages of calls as a person would draw them.
 */
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "ladder.h"

static int check(const void *data)
{
	const struct ladder *ladder = data;

	if (!!ladder->record + !!ladder->svg + ctl_json > 1)
		return ctl_usage("choose one of --record, --svg and --json");
	if (ladder->from && ladder->for_ms >= 0)
		return ctl_usage("--for is for what comes, a recording is drawn at once");
	return 0;
}

/* JSON: a message on each line, times as they were. */
static void print_json(FILE *file, const struct ladder_section *section,
		       const struct ladder_message *message)
{
	uint32_t cause = ladder_cause(message);
	const char *name = condis_cause_name(cause);

	(void)file;
	(void)section;
	printf("{\"time\":%.6f,\"adapter\":\"", message->time);
	ctl_print_escaped(message->adapter);
	printf("\",\"vc\":%llu,\"network_call\":%llu,\"from\":\"%s\",\"to\":\"%s\",\"message\":\"",
	       (unsigned long long)message->vc, (unsigned long long)message->network_call,
	       ladder_titles[message->from], ladder_titles[message->to]);
	ctl_print_escaped(message->text);
	printf("\",\"detail\":%d", message->detail);
	if (cause && name)
		printf(",\"cause\":\"%s\"", name);
	printf("}\n");
}

const struct ladder_format ladder_json = {
	.message = print_json,
	.is_flat = true,
	.streams = true,
};

/* The file is opened before anything is traced: it may not be there to be written. */
static int choose_format(struct ladder *ladder)
{
	const char *path = ladder->svg ? ladder->svg : ladder->record;

	ladder->format = ladder->svg ? &ladder_svg : ladder->record ? &ladder_record :
			 ctl_json ? &ladder_json : &ladder_text;
	ladder->file = !path || !strcmp(path, "-") ? stdout : fopen(path, "we");
	if (!ladder->file)
		return ctl_failure("cannot write %s: %s", path, strerror(errno));
	return CTL_OK;
}

static int run(void *data)
{
	struct ladder *ladder = data;
	int status;

	ctl_catch_signals();
	status = choose_format(ladder);
	if (status)
		return status;
	status = ladder->from ? ladder_read(ladder) : ladder_follow(ladder);
	if (!status)
		status = ladder_end(ladder);
	if (ladder->file != stdout && fclose(ladder->file) && !status)
		status = ctl_failure("cannot write the ladder: %s", strerror(errno));
	free(ladder->messages);
	return status;
}

static const struct ladder defaults = { .for_ms = -1 };

#define AT(_member) offsetof(struct ladder, _member)

static const struct ctl_option options[] = {
	{ "from", "FILE", "draw a recording, or a copy of tracefs' trace; - for the input",
	  CTL_TEXT, AT(from), 0, 0 },
	{ "record", "FILE", "write the messages there, to be drawn later and elsewhere", CTL_TEXT,
	  AT(record), 0, 0 },
	{ "svg", "FILE", "draw for a browser; - for the output", CTL_TEXT, AT(svg), 0, 0 },
	{ "call", "CALL", "only this call (condisctl call list)", CTL_NUMBER, AT(call), 1,
	  UINT32_MAX },
	{ "network-call", "N", "only the calls at both ends of this call of the network",
	  CTL_NUMBER, AT(network_call), 1, UINT32_MAX },
	{ "adapter", "ADAPTER", "only calls of this adapter", CTL_TEXT, AT(adapter), 0, 0 },
	{ "narrow", NULL, "short arrows, all texts behind the last column", CTL_FLAG, AT(is_narrow),
	  0, 0 },
	{ "mixed", NULL, "all calls of a recording in one ladder, by time", CTL_FLAG, AT(is_mixed),
	  0, 0 },
	{ "for", "SECONDS", "live: end after so long; else at SIGINT", CTL_SECONDS, AT(for_ms), 0,
	  0 },
	{ 0 },
};

const struct ctl_command ctl_ladder_commands[] = {
	{
		.name = "ladder",
		.arguments = "[--from FILE] [--svg FILE|--record FILE] [OPTION...]",
		.help = "Draw the messages of calls as they come, or each call of a recording.",
		.details = "Example:\n"
			   "  condisctl ladder --record calls.trace --for 10\n"
			   "  condisctl ladder --from calls.trace --svg calls.svg",
		.options = options,
		.size = sizeof(struct ladder),
		.defaults = &defaults,
		.check = check,
		.run = run,
	},
	{ 0 },
};
