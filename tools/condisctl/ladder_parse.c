// SPDX-License-Identifier: GPL-2.0
/*
 * Lines of a trace, as tracefs and trace-cmd print them, and a recording has them.
 */
#include <stdlib.h>
#include <string.h>

#include "ladder.h"

#define EVENT "condis_message:"

static const char *const parties[LADDER_PARTIES] = {
	[LADDER_APPLICATION] = "application",
	[LADDER_NDISWAN] = "NDISWAN",
	[LADDER_NDPROXY] = "NDPROXY",
	[LADDER_NDIS] = "NDIS",
	[LADDER_MINIPORT] = "miniport",
	[LADDER_NETWORK] = "network",
	[LADDER_REMOTE] = "remote",
};

/* The value behind "key=" up to the next blank. */
static bool find_word(const char *line, const char *key, char *word, size_t size)
{
	const char *at = strstr(line, key);
	size_t length;

	if (!at)
		return false;
	at += strlen(key);
	length = strcspn(at, "\n ");
	if (length >= size)
		return false;
	memcpy(word, at, length);
	word[length] = '\0';
	return true;
}

static bool find_number(const char *line, const char *key, uint64_t *number)
{
	char word[32], *end;

	if (!find_word(line, key, word, sizeof(word)))
		return false;
	*number = strtoull(word, &end, 10);
	return *word && !*end;
}

static bool find_party(const char *line, const char *key, enum ladder_party *party)
{
	char word[32];
	int i;

	if (!find_word(line, key, word, sizeof(word)))
		return false;
	for (i = 0; i < LADDER_PARTIES; i++) {
		if (!strcmp(word, parties[i])) {
			*party = (enum ladder_party)i;
			return true;
		}
	}
	return false;
}

/* "... 123.456789: condis_message: ...": the number before the event's name. */
static bool find_time(const char *line, const char *event, double *time)
{
	const char *at = event;
	char *end;

	while (at > line && (at[-1] == ' ' || at[-1] == ':'))
		at--;
	while (at > line && at[-1] != ' ')
		at--;
	*time = strtod(at, &end);
	return end > at && *end == ':';
}

/* What stands in quotes may contain anything, so it is found from both ends. */
static bool find_text(const char *line, struct ladder_message *message)
{
	const char *begin = strstr(line, " message=\"");
	const char *end = NULL, *at;
	size_t length;

	if (!begin)
		return false;
	begin += strlen(" message=\"");
	for (at = begin; (at = strstr(at, "\" detail=")); at++)
		end = at;
	if (!end)
		return false;
	length = (size_t)(end - begin);
	if (length >= sizeof(message->text))
		return false;
	memcpy(message->text, begin, length);
	message->text[length] = '\0';
	message->detail = atoi(end + strlen("\" detail="));
	return true;
}

bool ladder_parse(const char *line, struct ladder_message *message)
{
	const char *event = strstr(line, EVENT);

	*message = (struct ladder_message) { 0 };
	return event && find_time(line, event, &message->time) &&
	       find_word(event, "adapter=", message->adapter, sizeof(message->adapter)) &&
	       find_number(event, " vc=", &message->vc) &&
	       find_number(event, " network_call=", &message->network_call) &&
	       find_party(event, " from=", &message->from) &&
	       find_party(event, " to=", &message->to) && find_text(event, message);
}

static void write_head(FILE *file)
{
	fprintf(file, "# Messages of calls; to be drawn by: condisctl ladder --from FILE\n");
}

static void write_line(FILE *file, const struct ladder_section *section,
		       const struct ladder_message *message)
{
	(void)section;
	fprintf(file, "%14.6f: " EVENT " adapter=%s vc=%llu network_call=%llu", message->time,
		message->adapter, (unsigned long long)message->vc,
		(unsigned long long)message->network_call);
	fprintf(file, " from=%s to=%s message=\"%s\" detail=%d\n", parties[message->from],
		parties[message->to], message->text, message->detail);
}

const struct ladder_format ladder_record = {
	.begin = write_head,
	.message = write_line,
	.is_flat = true,
	.streams = true,
};
