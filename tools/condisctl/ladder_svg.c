// SPDX-License-Identifier: GPL-2.0
/*
 * Ladders as SVG, for browsers: one picture of all calls, one below the other.
 *
 * Its height is known at its end only, so it is drawn into memory. Colours are in a style sheet,
 * for light and dark; none of them says what no word says. What goes into it from a recording is
 * escaped: a recording may contain anything.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ladder.h"

/* Pixels. */
#define MARGIN 24
#define TIME_WIDTH 96
#define CALL_WIDTH 56
#define GAP 264
#define ROW 26
#define HEAD 34
#define TITLE 44
#define BREAK 30
/* Right of the last column: half of its title. */
#define SIDE 60
#define ARROW_LENGTH 9
#define ARROW_HALF 4
/* Of a note about a party. */
#define DOT 4
/* Above an arrow, and below a text's middle, to its base line. */
#define LIFT 5
#define DROP 4

#define FIRST_COLUMN (MARGIN + TIME_WIDTH + CALL_WIDTH + 70)
#define WIDTH(_columns) (FIRST_COLUMN + ((_columns) - 1) * GAP + SIDE + MARGIN)

#define PENDING (-EINPROGRESS)

/* A pause of so many seconds is drawn as one. */
#define PAUSE 0.1

static const char style[] =
	"svg { font-family: system-ui, sans-serif; font-size: 13px; max-width: 100%; }\n"
	".paper { fill: #ffffff; }\n"
	"text { fill: #1f2328; }\n"
	".title { font-size: 17px; font-weight: 600; }\n"
	".party { font-weight: 600; text-anchor: middle; }\n"
	".time, .call { font-family: ui-monospace, monospace; font-size: 12px; }\n"
	".time, .call { text-anchor: end; fill: #59636e; }\n"
	".pause { text-anchor: end; font-size: 12px; fill: #59636e; font-style: italic; }\n"
	".life { stroke: #b6bdc5; stroke-width: 1; }\n"
	".label { stroke: #ffffff; stroke-width: 4; stroke-linejoin: round; paint-order: stroke; }\n"
	".middle { text-anchor: middle; }\n"
	".arrow { stroke: #0550ae; stroke-width: 1.5; }\n"
	".head, .dot { fill: #0550ae; }\n"
	".failed .arrow { stroke: #b42318; stroke-dasharray: 6 3; }\n"
	".failed .head { fill: #b42318; }\n"
	".message:hover .arrow { stroke-width: 3; }\n"
	"@media (prefers-color-scheme: dark) {\n"
	"  .paper { fill: #0d1117; }\n"
	"  text { fill: #e6edf3; }\n"
	"  .time, .call, .pause { fill: #9198a1; }\n"
	"  .life { stroke: #4b535d; }\n"
	"  .label { stroke: #0d1117; }\n"
	"  .arrow { stroke: #79c0ff; }\n"
	"  .head, .dot { fill: #79c0ff; }\n"
	"  .failed .arrow { stroke: #ff9b8e; }\n"
	"  .failed .head { fill: #ff9b8e; }\n"
	"}\n"
	"@media print { .paper { fill: none; } }\n";

static const char title[] = "<title id=\"title\">Message ladder</title>\n";
static const char paper[] = "<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n";

/* For who does not see it. */
static const char description[] =
	"Message sequence charts of calls, one below the other. Each has a column for the\n"
	"application, NDPROXY, NDIS, the miniport, the network and the remote end, and one for\n"
	"NDISWAN if that has had the call's data. Time runs down, in seconds on the left; an arrow\n"
	"is a message, its text stands above it.\n";

/**
 * struct part - elements, in memory
 * @file: to write them
 * @text: what was written
 * @size: bytes of it
 */
struct part {
	FILE *file;
	char *text;
	size_t size;
};

/**
 * struct drawing - the picture so far
 * @body: all sections but the last
 * @rows: the last section's messages, which stand in front of the lines of the parties
 * @y: below what was drawn
 * @top: where those lines begin; 0: there is no section
 * @section: the last section
 * @columns: of the widest one
 * @last: time of the message before; negative: there is none
 * @calls: sections
 * @messages: messages
 * @failed: there was no memory for something
 */
static struct drawing {
	struct part body;
	struct part rows;
	int y;
	int top;
	struct ladder_section section;
	int columns;
	double last;
	unsigned int calls;
	unsigned int messages;
	bool failed;
} drawing;

/* Without memory what is written is lost, which is said at the end. */
static void open_part(struct part *part)
{
	*part = (struct part) { 0 };
	part->file = open_memstream(&part->text, &part->size);
	if (part->file)
		return;
	drawing.failed = true;
	part->file = fopen("/dev/null", "we");
	if (!part->file)
		abort();
}

/* Move what is in it to a file. */
static void close_part(struct part *part, FILE *to)
{
	if (fclose(part->file))
		drawing.failed = true;
	else if (part->text)
		fwrite(part->text, part->size, 1, to);
	free(part->text);
}

/* The length of a character of UTF-8 that XML has, or 0. */
static size_t length_of(const unsigned char *at)
{
	size_t length = *at < 0x80 ? 1 : *at >> 5 == 6 ? 2 : *at >> 4 == 14 ? 3 :
			*at >> 3 == 30 ? 4 : 0;
	uint32_t code = *at & (0xff >> (length + 1));
	size_t i;

	if (length == 1)
		return *at >= ' ' && *at != 0x7f;
	for (i = 1; i < length; i++) {
		if (at[i] >> 6 != 2)
			return 0;
		code = code << 6 | (at[i] & 0x3f);
	}
	/* Not longer than needed, no surrogate, no control character, nothing beyond. */
	if (code < (length == 2 ? 0xa0U : length == 3 ? 0x800U : 0x10000U) || code > 0x10ffff ||
	    (code >= 0xd800 && code <= 0xdfff) || (code & 0xfffe) == 0xfffe)
		return 0;
	return length;
}

static void put_escaped(FILE *file, const char *text)
{
	const unsigned char *at = (const unsigned char *)text;

	while (*at) {
		size_t length = length_of(at);

		if (*at == '&')
			fputs("&amp;", file);
		else if (*at == '<')
			fputs("&lt;", file);
		else if (*at == '>')
			fputs("&gt;", file);
		else if (*at == '"')
			fputs("&quot;", file);
		else if (length)
			fwrite(at, length, 1, file);
		else
			fputs("\xef\xbf\xbd", file);
		at += length ? length : 1;
	}
}

static int column_at(const struct ladder_section *section, enum ladder_party party)
{
	return FIRST_COLUMN + ladder_column(section, party) * GAP;
}

static void begin(FILE *file)
{
	(void)file;
	drawing = (struct drawing) { .y = MARGIN };
	open_part(&drawing.body);
}

static void end_section(void)
{
	int i, x;

	if (!drawing.top)
		return;
	for (i = 0; i < ladder_columns(&drawing.section); i++) {
		x = FIRST_COLUMN + i * GAP;
		fprintf(drawing.body.file,
			"<line class=\"life\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", x,
			drawing.top, x, drawing.y);
	}
	close_part(&drawing.rows, drawing.body.file);
	fprintf(drawing.body.file, "</g>\n");
	drawing.y += MARGIN;
	drawing.top = 0;
}

static void begin_section(FILE *to, const struct ladder_section *section)
{
	FILE *file = drawing.body.file;
	int i;

	(void)to;
	end_section();
	drawing.calls++;
	fprintf(file, "<g>\n<text class=\"title\" x=\"%d\" y=\"%d\">", MARGIN, drawing.y + 16);
	if (section->shows_calls) {
		fprintf(file, "All calls");
	} else {
		fprintf(file, "Call %llu on ", (unsigned long long)section->vc);
		put_escaped(file, section->adapter);
		if (section->network_call)
			fprintf(file, ", network&#8217;s call %llu",
				(unsigned long long)section->network_call);
	}
	fprintf(file, "</text>\n");
	drawing.y += TITLE;
	fprintf(file, "<text class=\"time\" x=\"%d\" y=\"%d\">seconds</text>\n",
		MARGIN + TIME_WIDTH, drawing.y + DROP);
	if (section->shows_calls)
		fprintf(file, "<text class=\"call\" x=\"%d\" y=\"%d\">call</text>\n",
			MARGIN + TIME_WIDTH + CALL_WIDTH, drawing.y + DROP);
	for (i = 0; i < LADDER_PARTIES; i++)
		if (ladder_has_column(section, (enum ladder_party)i))
			fprintf(file, "<text class=\"party\" x=\"%d\" y=\"%d\">%s</text>\n",
				column_at(section, (enum ladder_party)i), drawing.y + DROP,
				ladder_titles[i]);
	drawing.section = *section;
	if (drawing.columns < ladder_columns(section))
		drawing.columns = ladder_columns(section);
	drawing.top = drawing.y + HEAD / 2;
	drawing.y += HEAD;
	drawing.last = -1;
	open_part(&drawing.rows);
}

/* From column to column, with its head, and its text above. */
static void draw_arrow(FILE *file, const struct ladder_section *section,
		       const struct ladder_message *message)
{
	int from = column_at(section, message->from), to = column_at(section, message->to);
	int back = from < to ? -ARROW_LENGTH : ARROW_LENGTH;

	fprintf(file, "<line class=\"arrow\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", from,
		drawing.y, to + back, drawing.y);
	fprintf(file, "<path class=\"head\" d=\"M%d %dl%d %dv%dz\"/>\n", to, drawing.y, back,
		-ARROW_HALF, 2 * ARROW_HALF);
	fprintf(file, "<text class=\"label middle\" x=\"%d\" y=\"%d\">", (from + to) / 2,
		drawing.y - LIFT);
}

static void draw_note(FILE *file, const struct ladder_section *section,
		      const struct ladder_message *message)
{
	int at = column_at(section, message->from);

	fprintf(file, "<circle class=\"dot\" cx=\"%d\" cy=\"%d\" r=\"%d\"/>\n", at, drawing.y, DOT);
	fprintf(file, "<text class=\"label\" x=\"%d\" y=\"%d\">", at + 3 * DOT, drawing.y + DROP);
}

static void draw(FILE *to, const struct ladder_section *section,
		 const struct ladder_message *message)
{
	FILE *file = drawing.rows.file;
	char label[LADDER_LABEL_SIZE];

	(void)to;
	if (drawing.last >= 0 && message->time - drawing.last >= PAUSE) {
		fprintf(file, "<text class=\"pause\" x=\"%d\" y=\"%d\">%.1f s later</text>\n",
			MARGIN + TIME_WIDTH, drawing.y + DROP, message->time - drawing.last);
		drawing.y += BREAK;
	}
	drawing.last = message->time;
	drawing.messages++;
	ladder_label(message, true, label);

	/* The title is what a browser shows under the pointer. */
	fprintf(file, "<g class=\"message%s\">\n<title>%.6f s: %s to %s: ",
		message->detail < 0 && message->detail != PENDING ? " failed" : "",
		message->time - section->start, ladder_titles[message->from],
		ladder_titles[message->to]);
	put_escaped(file, label);
	fprintf(file, "</title>\n<text class=\"time\" x=\"%d\" y=\"%d\">%.6f</text>\n",
		MARGIN + TIME_WIDTH, drawing.y + DROP, message->time - section->start);
	if (section->shows_calls)
		fprintf(file, "<text class=\"call\" x=\"%d\" y=\"%d\">%llu</text>\n",
			MARGIN + TIME_WIDTH + CALL_WIDTH, drawing.y + DROP,
			(unsigned long long)message->vc);
	if (message->from == message->to)
		draw_note(file, section, message);
	else
		draw_arrow(file, section, message);
	put_escaped(file, label);
	fprintf(file, "</text>\n</g>\n");
	drawing.y += ROW;
}

static int end(FILE *file)
{
	int width;

	end_section();
	width = WIDTH(drawing.columns);
	fprintf(file, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	fprintf(file, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"\n");
	fprintf(file, " width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\"\n", width, drawing.y,
		width, drawing.y);
	fprintf(file, " aria-labelledby=\"title description\">\n%s", title);
	fprintf(file, "<desc id=\"description\">Calls: %u; messages: %u.\n%s</desc>\n",
		drawing.calls, drawing.messages, description);
	fprintf(file, "<style>\n%s</style>\n%s", style, paper);
	close_part(&drawing.body, file);
	fprintf(file, "</svg>\n");
	if (drawing.failed)
		errno = ENOMEM;
	return drawing.failed || ferror(file) ? -1 : 0;
}

const struct ladder_format ladder_svg = {
	.begin = begin,
	.section = begin_section,
	.message = draw,
	.end = end,
};
