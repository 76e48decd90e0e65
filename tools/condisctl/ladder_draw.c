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
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "ladder.h"

/* Narrow: characters from one column to the next. */
#define GAP_NARROW 8
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
#define ROW_SIZE (INDENT + LADDER_PARTIES * GAP_MAX + LADDER_LABEL_SIZE)

static const char *const short_titles[LADDER_PARTIES] = {
	[LADDER_APPLICATION] = "app",
	[LADDER_NDISWAN] = "NDISWAN",
	[LADDER_NDPROXY] = "NDPROXY",
	[LADDER_NDIS] = "NDIS",
	[LADDER_MINIPORT] = "miniport",
	[LADDER_NETWORK] = "network",
	[LADDER_REMOTE] = "remote",
};

/* From one column to the next, as it fits the terminal, or 100 characters. */
static int gap_of(const struct ladder_section *section)
{
	static int terminal;
	struct winsize size = { 0 };
	int width, gap;

	if (section->is_narrow)
		return GAP_NARROW;
	/* Once: a ladder has one shape. */
	if (!terminal)
		terminal = !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_col ? size.ws_col :
										    WIDTH;
	width = terminal - (MARGIN + (section->shows_calls ? CALL_MARGIN : 0) + 2 * INDENT);
	gap = width / (ladder_columns(section) - 1);
	return gap < GAP_MIN ? GAP_MIN : gap > GAP_MAX ? GAP_MAX : gap;
}

static int column_at(const struct ladder_section *section, enum ladder_party party)
{
	return (section->is_narrow ? NARROW_INDENT : INDENT) +
	       ladder_column(section, party) * gap_of(section);
}

static void print_margin(const struct ladder_section *section, const struct ladder_message *message)
{
	char call[24] = "call";

	if (message)
		printf("%12.6f  ", message->time - section->start);
	else
		printf("%12s  ", "seconds");
	if (!section->shows_calls)
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

static void make_row(const struct ladder_section *section, char row[ROW_SIZE + 1], bool has_columns)
{
	int i;

	memset(row, ' ', ROW_SIZE);
	row[ROW_SIZE] = '\0';
	for (i = 0; has_columns && i < LADDER_PARTIES; i++)
		if (ladder_has_column(section, (enum ladder_party)i))
			row[column_at(section, (enum ladder_party)i)] = '|';
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

static void draw_head(FILE *file, const struct ladder_section *section)
{
	char row[ROW_SIZE + 1];
	int i;

	(void)file;
	if (!section->shows_calls) {
		printf("%sCall %llu on %s", section->is_first ? "" : "\n",
		       (unsigned long long)section->vc, section->adapter);
		if (section->network_call)
			printf(", network's call %llu", (unsigned long long)section->network_call);
		printf("\n");
	}
	make_row(section, row, false);
	for (i = 0; i < LADDER_PARTIES; i++) {
		const char *title = section->is_narrow ? short_titles[i] : ladder_titles[i];

		if (!ladder_has_column(section, (enum ladder_party)i))
			continue;
		put(row, column_at(section, (enum ladder_party)i) - (int)strlen(title) / 2, title);
	}
	print_margin(section, NULL);
	print_row(row);
}

static void draw_arrow(const struct ladder_section *section, const struct ladder_message *message,
		       const char *label, char *row)
{
	bool is_rightward = message->from < message->to;
	int left = column_at(section, is_rightward ? message->from : message->to);
	int right = column_at(section, is_rightward ? message->to : message->from);
	int length = (int)strlen(label);

	memset(row + left + 1, '-', (size_t)(right - left - 1));
	row[is_rightward ? right - 1 : left + 1] = is_rightward ? '>' : '<';
	if (section->is_narrow)
		put(row, column_at(section, LADDER_REMOTE) + 3, label);
	else if (length + ARROW_ROOM <= right - left - 1)
		/* Not over the head: it has one character of the room. */
		put_spaced(row, left + (right - left - length) / 2 + !is_rightward, label);
	else if (right < column_at(section, LADDER_REMOTE))
		put_spaced(row, right + 2, label);
	else
		put_spaced(row, left - 1 - length, label);
}

static void draw(FILE *file, const struct ladder_section *section,
		 const struct ladder_message *message)
{
	int at = column_at(section, message->from);
	char label[LADDER_LABEL_SIZE];
	char row[ROW_SIZE + 1];

	(void)file;
	ladder_label(message, false, label);
	make_row(section, row, true);
	if (message->from == message->to) {
		put(row, at, "*");
		if (section->is_narrow)
			at = column_at(section, LADDER_REMOTE) + 1;
		put_spaced(row, at + 2, label);
	} else {
		draw_arrow(section, message, label, row);
	}
	print_margin(section, message);
	print_row(row);
}

const struct ladder_format ladder_text = {
	.section = draw_head,
	.message = draw,
	.streams = true,
};
