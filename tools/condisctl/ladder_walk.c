// SPDX-License-Identifier: GPL-2.0
/*
 * From messages to ladders: which are wanted, which belong together, in which order.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ladder.h"

/* Less than the trace's clock can tell, in seconds. */
#define TICK 0.000000001

const char *const ladder_titles[LADDER_PARTIES] = {
	[LADDER_APPLICATION] = "application",
	[LADDER_NDISWAN] = "NDISWAN",
	[LADDER_NDPROXY] = "NDPROXY",
	[LADDER_NDIS] = "NDIS",
	[LADDER_MINIPORT] = "miniport",
	[LADDER_NETWORK] = "network",
	[LADDER_REMOTE] = "remote end",
};

bool ladder_has_column(const struct ladder_section *section, enum ladder_party party)
{
	return party != LADDER_NDISWAN || section->has_ndiswan;
}

int ladder_columns(const struct ladder_section *section)
{
	return LADDER_PARTIES - !section->has_ndiswan;
}

int ladder_column(const struct ladder_section *section, enum ladder_party party)
{
	return (int)party - (party > LADDER_NDISWAN && !section->has_ndiswan);
}

/* NDISWAN says it, or hears it. */
static bool is_ndiswans(const struct ladder_message *message)
{
	return message->from == LADDER_NDISWAN || message->to == LADDER_NDISWAN;
}

/* A digit, with its mode above the character. */
static bool is_digit(const struct ladder_message *message)
{
	return message->detail > 0 &&
	       (!strcmp(message->text, "INFORMATION") || !strcmp(message->text, "digit"));
}

/* The number with a note about a party is its event's, with a new call its handle. */
uint32_t ladder_cause(const struct ladder_message *message)
{
	if (is_digit(message))
		return 0;
	if (message->from == message->to || message->detail <= 0 ||
	    message->detail > CTL_CAUSE_MAX || !strcmp(message->text, "LINE_APPNEWCALL"))
		return 0;
	return (uint32_t)message->detail;
}

void ladder_label(const struct ladder_message *message, bool names_causes,
		  char label[LADDER_LABEL_SIZE])
{
	uint32_t cause = ladder_cause(message);
	const char *name = NULL;

	if (message->detail == -EINPROGRESS)
		name = "PENDING";
	else if (message->detail < 0)
		name = strerrorname_np(-message->detail);
	if (is_digit(message))
		snprintf(label, LADDER_LABEL_SIZE, "%s %c%s", message->text,
			 message->detail & 0x7f,
			 message->detail >> 8 == LINEDIGITMODE_DTMFEND ? " ends" :
			 message->detail >> 8 == LINEDIGITMODE_PULSE ? " by pulses" : "");
	else if (!message->detail || message->from == message->to)
		snprintf(label, LADDER_LABEL_SIZE, "%s", message->text);
	else if (name)
		snprintf(label, LADDER_LABEL_SIZE, "%s: %s", message->text, name);
	else if (names_causes && cause && condis_cause_name(cause))
		snprintf(label, LADDER_LABEL_SIZE, "%s (%u, %s)", message->text, cause,
			 condis_cause_name(cause));
	else
		snprintf(label, LADDER_LABEL_SIZE, "%s (%d)", message->text, message->detail);
}

static bool is_wanted(const struct ladder *ladder, const struct ladder_message *message)
{
	if (ladder->call && message->vc != ladder->call)
		return false;
	return !ladder->adapter || !strcmp(ladder->adapter, message->adapter);
}

static int keep(struct ladder *ladder, const struct ladder_message *message)
{
	size_t room = ladder->room ? 2 * ladder->room : 256;
	void *longer;

	if (ladder->length == ladder->room) {
		longer = reallocarray(ladder->messages, room, sizeof(*message));
		if (!longer)
			return ctl_failure("no memory for %zu messages", room);
		ladder->messages = longer;
		ladder->room = room;
	}
	ladder->messages[ladder->length++] = *message;
	return CTL_OK;
}

/* Live, and by a format that can show it now. */
static bool is_streamed(const struct ladder *ladder)
{
	return !ladder->from && ladder->format->streams;
}

static void count_lost(struct ladder *ladder, const char *line)
{
	const char *at = strstr(line, "[LOST ");

	if (at)
		ladder->lost += strtoull(at + strlen("[LOST "), NULL, 10);
}

int ladder_take(struct ladder *ladder, const char *line)
{
	struct ladder_message message;

	if (!ladder_parse(line, &message)) {
		count_lost(ladder, line);
		return CTL_OK;
	}
	if (!is_wanted(ladder, &message))
		return CTL_OK;
	if (!is_streamed(ladder))
		return keep(ladder, &message);
	if (ladder->network_call && message.network_call != ladder->network_call)
		return CTL_OK;
	if (ladder->section.start < 0)
		ladder->section.start = message.time;
	/* Its column comes with its first message, under a head of its own. */
	if (is_ndiswans(&message) && !ladder->section.has_ndiswan) {
		ladder->section.has_ndiswan = true;
		ladder->section.is_first = false;
		if (ladder->format->section)
			ladder->format->section(ladder->file, &ladder->section);
	}
	ladder->format->message(ladder->file, &ladder->section, &message);
	return CTL_OK;
}

void ladder_begin(struct ladder *ladder)
{
	if (ladder->format->begin)
		ladder->format->begin(ladder->file);
	if (!is_streamed(ladder))
		return;
	ladder->section = (struct ladder_section) {
		.shows_calls = true,
		.is_first = true,
		.is_narrow = ladder->is_narrow,
		.start = -1,
	};
	if (ladder->format->section)
		ladder->format->section(ladder->file, &ladder->section);
	fflush(ladder->file);
}

/* A call has its number of the network only from some message on: keep all of such a call. */
static bool has_network_call(const struct ladder *ladder, uint64_t vc)
{
	size_t i;

	for (i = 0; i < ladder->length; i++)
		if (ladder->messages[i].vc == vc &&
		    ladder->messages[i].network_call == ladder->network_call)
			return true;
	return false;
}

static void keep_network_call(struct ladder *ladder)
{
	size_t i, kept = 0;
	bool *is_kept = calloc(ladder->length + 1, sizeof(*is_kept));

	if (!is_kept)
		return;
	for (i = 0; i < ladder->length; i++)
		is_kept[i] = has_network_call(ladder, ladder->messages[i].vc);
	for (i = 0; i < ladder->length; i++)
		if (is_kept[i])
			ladder->messages[kept++] = ladder->messages[i];
	ladder->length = kept;
	free(is_kept);
}

static int by_call_and_time(const void *a, const void *b)
{
	const struct ladder_message *first = a, *second = b;

	if (first->vc != second->vc)
		return first->vc < second->vc ? -1 : 1;
	return first->time < second->time ? -1 : first->time > second->time;
}

/* qsort() may not keep the order of equals, so they are made to differ first. */
static void sort_by_call(struct ladder *ladder)
{
	size_t i;

	for (i = 1; i < ladder->length; i++)
		if (ladder->messages[i].time <= ladder->messages[i - 1].time)
			ladder->messages[i].time = ladder->messages[i - 1].time + TICK;
	qsort(ladder->messages, ladder->length, sizeof(*ladder->messages), by_call_and_time);
}

static uint64_t network_call_of(const struct ladder_message *messages, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++)
		if (messages[i].network_call)
			return messages[i].network_call;
	return 0;
}

static void walk(const struct ladder *ladder, bool is_mixed)
{
	size_t begin, end, i;

	for (begin = 0; begin < ladder->length; begin = end) {
		const struct ladder_message *first = &ladder->messages[begin];
		struct ladder_section section = {
			.shows_calls = is_mixed,
			.is_first = !begin,
			.is_narrow = ladder->is_narrow,
			.vc = first->vc,
			.adapter = first->adapter,
			.start = first->time,
		};

		for (end = begin + 1; end < ladder->length; end++)
			if (!is_mixed && ladder->messages[end].vc != first->vc)
				break;
		section.network_call = network_call_of(first, end - begin);
		for (i = begin; i < end; i++)
			section.has_ndiswan |= is_ndiswans(&ladder->messages[i]);
		if (ladder->format->section)
			ladder->format->section(ladder->file, &section);
		for (i = begin; i < end; i++)
			ladder->format->message(ladder->file, &section, &ladder->messages[i]);
	}
}

int ladder_end(struct ladder *ladder)
{
	bool is_mixed = ladder->is_mixed || ladder->format->is_flat;

	if (!is_streamed(ladder)) {
		if (ladder->network_call)
			keep_network_call(ladder);
		if (!ladder->length)
			return ctl_failure("%s has no messages of such a call; was the event on?",
					   !ladder->from ? "the trace" :
					   strcmp(ladder->from, "-") ? ladder->from : "the input");
		if (!is_mixed)
			sort_by_call(ladder);
		walk(ladder, is_mixed);
	}
	if (ladder->lost)
		ctl_failure("%llu events of the trace are missing: more came than was read in time",
			    (unsigned long long)ladder->lost);
	if ((ladder->format->end && ladder->format->end(ladder->file)) || fflush(ladder->file) ||
	    ferror(ladder->file))
		return ctl_failure("cannot write the ladder: %s", strerror(errno));
	return CTL_OK;
}
