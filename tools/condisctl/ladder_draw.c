// SPDX-License-Identifier: GPL-2.0
/*
 * Drawing: columns, and arrows between them.
 *
 *      0.000000       |--- MakeCall --->|                 |
 *
 * or, where that is too wide,
 *
 *      0.000000  |------>|       |       |  MakeCall
 */
#include <string.h>

#include "ladder.h"

#define GAP_MIN 16
#define GAP_MAX 34
/* What is drawn around a text: a line, blanks, the arrow's head. */
#define ARROW_ROOM 6
#define ROW_SIZE (LADDER_PARTIES * GAP_MAX + LADDER_MESSAGE_SIZE)
#define LABEL_SIZE (LADDER_MESSAGE_SIZE + 24)

static const char *const titles[LADDER_PARTIES] = {
	[LADDER_APPLICATION] = "application",
	[LADDER_NDPROXY] = "NDPROXY",
	[LADDER_NDIS] = "NDIS",
	[LADDER_MINIPORT] = "miniport",
	[LADDER_NETWORK] = "network",
	[LADDER_REMOTE] = "remote end",
};

static const char *const short_titles[LADDER_PARTIES] = {
	[LADDER_APPLICATION] = "app",
	[LADDER_NDPROXY] = "NDPROXY",
	[LADDER_NDIS] = "NDIS",
	[LADDER_MINIPORT] = "miniport",
	[LADDER_NETWORK] = "network",
	[LADDER_REMOTE] = "remote",
};

static bool is_narrow(const struct ladder_style *style)
{
	return style->gap == LADDER_NARROW;
}

/* What is written on an arrow. */
static void make_label(const struct ladder_message *message, char label[LABEL_SIZE])
{
	const char *name = message->detail < 0 ? strerrorname_np(-message->detail) : NULL;

	if (!message->detail)
		snprintf(label, LABEL_SIZE, "%s", message->text);
	else if (name)
		snprintf(label, LABEL_SIZE, "%s (%s)", message->text, name);
	else
		snprintf(label, LABEL_SIZE, "%s (%d)", message->text, message->detail);
}

static int span_of(const struct ladder_message *message)
{
	int span = (int)message->to - (int)message->from;

	return span < 0 ? -span : span;
}

int ladder_gap(const struct ladder_message *messages, size_t length)
{
	char label[LABEL_SIZE];
	int gap = GAP_MIN;
	size_t i;

	for (i = 0; i < length; i++) {
		int span = span_of(&messages[i]);
		int wanted;

		if (!span)
			continue;
		make_label(&messages[i], label);
		wanted = ((int)strlen(label) + ARROW_ROOM + span - 1) / span;
		if (wanted > gap)
			gap = wanted;
	}
	return gap > GAP_MAX ? GAP_MAX : gap;
}

/* Where a party's column is; before the first there is room for half of its title. */
static int column_at(const struct ladder_style *style, int party)
{
	return (is_narrow(style) ? 2 : 6) + party * style->gap;
}

static void print_margin(const struct ladder_style *style, const struct ladder_message *message)
{
	char call[16] = "";

	if (message)
		printf("%12.6f  ", message->time - style->start);
	else
		printf("%12s  ", "seconds");
	if (!style->shows_calls)
		return;
	if (message)
		snprintf(call, sizeof(call), "%llu", (unsigned long long)message->vc);
	printf("%5s  ", message ? call : "call");
}

static void print_row(char *row)
{
	size_t length = strlen(row);

	while (length && row[length - 1] == ' ')
		row[--length] = '\0';
	printf("%s\n", row);
}

/* Empty columns, with blanks behind for a text that sticks out. */
static void make_row(const struct ladder_style *style, char row[ROW_SIZE + 1])
{
	int i;

	memset(row, ' ', ROW_SIZE);
	row[ROW_SIZE] = '\0';
	for (i = 0; i < LADDER_PARTIES; i++)
		row[column_at(style, i)] = '|';
}

static void put(char *row, int at, const char *text)
{
	size_t length = strlen(text);

	if (at < 0)
		at = 0;
	if ((size_t)at + length > ROW_SIZE)
		length = ROW_SIZE - (size_t)at;
	memcpy(row + at, text, length);
}

void ladder_draw_head(const struct ladder_style *style)
{
	char row[ROW_SIZE + 1];
	int i;

	memset(row, ' ', ROW_SIZE);
	row[ROW_SIZE] = '\0';
	for (i = 0; i < LADDER_PARTIES; i++) {
		const char *title = is_narrow(style) ? short_titles[i] : titles[i];

		put(row, column_at(style, i) - (int)strlen(title) / 2, title);
	}
	print_margin(style, NULL);
	print_row(row);
}

void ladder_draw(const struct ladder_style *style, const struct ladder_message *message)
{
	int from = column_at(style, (int)message->from);
	int to = column_at(style, (int)message->to);
	int left = from < to ? from : to;
	int right = from < to ? to : from;
	int room = right - left - ARROW_ROOM;
	char label[LABEL_SIZE];
	char row[ROW_SIZE + 1];

	make_label(message, label);
	make_row(style, row);
	if (left == right) {
		/* It happened there. */
		put(row, left, "*");
		put(row, is_narrow(style) ? column_at(style, LADDER_PARTIES - 1) + 3 : left + 2,
		    label);
	} else if (is_narrow(style)) {
		memset(row + left + 1, '-', (size_t)(right - left - 1));
		row[from < to ? right - 1 : left + 1] = from < to ? '>' : '<';
		put(row, column_at(style, LADDER_PARTIES - 1) + 3, label);
	} else {
		if ((int)strlen(label) > room)
			label[room > 0 ? room : 0] = '\0';
		memset(row + left + 1, '-', (size_t)(right - left - 1));
		row[from < to ? right - 1 : left + 1] = from < to ? '>' : '<';
		left += (right - left + 1 - (int)strlen(label)) / 2;
		put(row, left - 1, " ");
		put(row, left, label);
		put(row, left + (int)strlen(label), " ");
	}
	print_margin(style, message);
	print_row(row);
}

static void print_escaped(const char *text)
{
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			printf("\\%c", *text);
		else if ((unsigned char)*text < ' ')
			printf("\\u%04x", (unsigned char)*text);
		else
			printf("%c", *text);
	}
}

void ladder_print_json(const struct ladder_message *message)
{
	printf("{\"time\":%.6f,\"adapter\":\"", message->time);
	print_escaped(message->adapter);
	printf("\",\"vc\":%llu,\"network_call\":%llu,\"from\":\"%s\",\"to\":\"%s\",\"message\":\"",
	       (unsigned long long)message->vc, (unsigned long long)message->network_call,
	       titles[message->from], titles[message->to]);
	print_escaped(message->text);
	printf("\",\"detail\":%d}\n", message->detail);
}
