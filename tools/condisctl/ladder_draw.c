// SPDX-License-Identifier: GPL-2.0
/*
 * Drawing: columns, and arrows between them.  What does not fit on its arrow
 * stands beside it, where no arrow is.
 *
 *      0.000000       |-- SETUP -->|            |
 *      0.000031       |            |----------->| ProtocolCmMakeCall
 *
 * A narrow ladder has all texts behind the last column:
 *
 *      0.000000  |------>|       |       |  SETUP
 */
#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "ladder.h"

#define GAP_MIN 12
#define GAP_MAX 34
#define WIDTH 100
/* What is drawn around a text on an arrow: lines, blanks, the head. */
#define ARROW_ROOM 5
/* Left of the first column, for half of its title. */
#define INDENT 6
#define NARROW_INDENT 2
/* Time, and call. */
#define MARGIN 14
#define CALL_MARGIN 7
#define LABEL_SIZE (LADDER_MESSAGE_SIZE + 24)
#define ROW_SIZE (INDENT + LADDER_PARTIES * GAP_MAX + LABEL_SIZE)

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

/* What is written on an arrow.  A note about a party has no detail that helps a reader. */
static void make_label(const struct ladder_message *message, char label[LABEL_SIZE])
{
	const char *name = NULL;

	if (message->detail == -EINPROGRESS)
		name = "PENDING";
	else if (message->detail < 0)
		name = strerrorname_np(-message->detail);
	if (!message->detail || message->from == message->to)
		snprintf(label, LABEL_SIZE, "%s", message->text);
	else if (name)
		snprintf(label, LABEL_SIZE, "%s: %s", message->text, name);
	else
		snprintf(label, LABEL_SIZE, "%s (%d)", message->text, message->detail);
}

int ladder_gap(bool shows_calls)
{
	struct winsize size = { 0 };
	int width = WIDTH;
	int gap;

	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_col)
		width = size.ws_col;
	width -= MARGIN + (shows_calls ? CALL_MARGIN : 0) + 2 * INDENT;
	gap = width / (LADDER_PARTIES - 1);
	return gap < GAP_MIN ? GAP_MIN : gap > GAP_MAX ? GAP_MAX : gap;
}

static int column_at(const struct ladder_style *style, enum ladder_party party)
{
	return (is_narrow(style) ? NARROW_INDENT : INDENT) + (int)party * style->gap;
}

static void print_margin(const struct ladder_style *style, const struct ladder_message *message)
{
	char call[24] = "call";

	if (message)
		printf("%12.6f  ", message->time - style->start);
	else
		printf("%12s  ", "seconds");
	if (!style->shows_calls)
		return;
	if (message)
		snprintf(call, sizeof(call), "%llu", (unsigned long long)message->vc);
	printf("%5s  ", call);
}

static void print_row(char *row)
{
	size_t length = strlen(row);

	while (length && row[length - 1] == ' ')
		row[--length] = '\0';
	printf("%s\n", row);
}

static void make_row(const struct ladder_style *style, char row[ROW_SIZE + 1], bool has_columns)
{
	int i;

	memset(row, ' ', ROW_SIZE);
	row[ROW_SIZE] = '\0';
	for (i = 0; has_columns && i < LADDER_PARTIES; i++)
		row[column_at(style, (enum ladder_party)i)] = '|';
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

/* A text over the columns, with a blank on each side. */
static void put_spaced(char *row, int at, const char *text)
{
	if (at > 0)
		put(row, at - 1, " ");
	put(row, at, text);
	put(row, at + (int)strlen(text), " ");
}

void ladder_draw_head(const struct ladder_style *style)
{
	char row[ROW_SIZE + 1];
	int i;

	make_row(style, row, false);
	for (i = 0; i < LADDER_PARTIES; i++) {
		const char *title = is_narrow(style) ? short_titles[i] : titles[i];

		put(row, column_at(style, (enum ladder_party)i) - (int)strlen(title) / 2, title);
	}
	print_margin(style, NULL);
	print_row(row);
}

static void draw_arrow(const struct ladder_style *style, const struct ladder_message *message,
		       const char *label, char *row)
{
	bool is_rightward = message->from < message->to;
	int left = column_at(style, is_rightward ? message->from : message->to);
	int right = column_at(style, is_rightward ? message->to : message->from);
	int length = (int)strlen(label);

	memset(row + left + 1, '-', (size_t)(right - left - 1));
	row[is_rightward ? right - 1 : left + 1] = is_rightward ? '>' : '<';
	if (is_narrow(style))
		put(row, column_at(style, LADDER_REMOTE) + 3, label);
	else if (length + ARROW_ROOM <= right - left - 1)
		/* Not over the head: it has one character of the room. */
		put_spaced(row, left + (right - left - length) / 2 + !is_rightward, label);
	else if (right < column_at(style, LADDER_REMOTE))
		put_spaced(row, right + 2, label);
	else
		put_spaced(row, left - 1 - length, label);
}

void ladder_draw(const struct ladder_style *style, const struct ladder_message *message)
{
	int at = column_at(style, message->from);
	char label[LABEL_SIZE];
	char row[ROW_SIZE + 1];

	make_label(message, label);
	make_row(style, row, true);
	if (message->from == message->to) {
		put(row, at, "*");
		if (is_narrow(style))
			at = column_at(style, LADDER_REMOTE) + 1;
		put_spaced(row, at + 2, label);
	} else {
		draw_arrow(style, message, label, row);
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
