/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Message ladders: what one is made of, where it comes from, and how it is shown.
 *
 * Lines of a trace, live or recorded, become messages; a walk over them, the only one, tells a
 * format what comes: text, SVG, JSON, or lines of a trace again.
 */
#ifndef LADDER_H
#define LADDER_H

#include "ctl.h"

/* The columns, from left to right. */
enum ladder_party {
	LADDER_APPLICATION,
	LADDER_NDISWAN,
	LADDER_NDPROXY,
	LADDER_NDIS,
	LADDER_MINIPORT,
	LADDER_NETWORK,
	LADDER_REMOTE,
	LADDER_PARTIES
};

extern const char *const ladder_titles[LADDER_PARTIES];

#define LADDER_MESSAGE_SIZE 64

/**
 * struct ladder_message - one arrow
 * @time: seconds of the trace's clock
 * @adapter: where
 * @vc: call
 * @network_call: the network's number of it, or 0
 * @from: column
 * @to: column; the same: something that happened there
 * @text: what was said
 * @detail: a status, cause or number with it, or 0
 */
struct ladder_message {
	double time;
	char adapter[CONDIS_NAME_SIZE];
	uint64_t vc;
	uint64_t network_call;
	enum ladder_party from;
	enum ladder_party to;
	char text[LADDER_MESSAGE_SIZE];
	int detail;
};

/**
 * struct ladder_section - what has a head of its own: one call, or all of them by time
 * @shows_calls: it is all of them
 * @is_first: nothing stands before it
 * @is_narrow: text: short arrows, with their text behind the last column
 * @has_ndiswan: there is a column for NDISWAN, which most calls never meet
 * @vc: the call
 * @network_call: the network's number of it, or 0
 * @adapter: where
 * @start: time that is 0; negative: that of the first message
 */
struct ladder_section {
	bool shows_calls;
	bool is_first;
	bool is_narrow;
	bool has_ndiswan;
	uint64_t vc;
	uint64_t network_call;
	const char *adapter;
	double start;
};

/**
 * struct ladder_format - how ladders are shown
 * @begin: before all sections; may be NULL
 * @section: a section begins; may be NULL
 * @message: a message of it
 * @end: behind all sections: 0 or -1 and errno; may be NULL
 * @is_flat: there are no sections but that of all messages
 * @streams: messages are shown as they come
 */
struct ladder_format {
	void (*begin)(FILE *file);
	void (*section)(FILE *file, const struct ladder_section *section);
	void (*message)(FILE *file, const struct ladder_section *section,
			const struct ladder_message *message);
	int (*end)(FILE *file);
	bool is_flat;
	bool streams;
};

extern const struct ladder_format ladder_text;
extern const struct ladder_format ladder_svg;
extern const struct ladder_format ladder_json;
extern const struct ladder_format ladder_record;

/**
 * struct ladder - the command's arguments, and the messages
 * @from: a recording, "-" for the input; NULL: live
 * @record: write a recording there
 * @svg: draw there; likewise "-" for the output
 * @adapter: only calls of this one
 * @call: only this one
 * @network_call: only those at both ends of this one
 * @for_ms: live: so long; -1: until a signal
 * @is_mixed: all calls in one ladder
 * @is_narrow: see struct ladder_section
 * @format: how it is shown
 * @file: where
 * @section: of a ladder that is shown as it comes
 * @lost: events that the trace has lost
 * @messages: what is kept until the end
 * @length: how many
 * @room: for how many there is room
 */
struct ladder {
	const char *from;
	const char *record;
	const char *svg;
	const char *adapter;
	uint32_t call;
	uint32_t network_call;
	int for_ms;
	bool is_mixed;
	bool is_narrow;

	const struct ladder_format *format;
	FILE *file;
	struct ladder_section section;
	uint64_t lost;
	struct ladder_message *messages;
	size_t length;
	size_t room;
};

/* ladder_parse.c: one line of a trace.  Whether it is a message. */
bool ladder_parse(const char *line, struct ladder_message *message);

/* ladder_read.c: take all lines of the recording, or of the trace as they come. */
int ladder_read(struct ladder *ladder);
int ladder_follow(struct ladder *ladder);

/* ladder_walk.c */

/* A line of the trace: 0 or an exit status. */
int ladder_take(struct ladder *ladder, const char *line);
void ladder_begin(struct ladder *ladder);
/* Show what was kept, and end: 0 or an exit status. */
int ladder_end(struct ladder *ladder);

/* Which parties have a column in a section, how many, and which one, from 0. */
bool ladder_has_column(const struct ladder_section *section, enum ladder_party party);
int ladder_columns(const struct ladder_section *section);
int ladder_column(const struct ladder_section *section, enum ladder_party party);

/* Room for what stands on an arrow. */
#define LADDER_LABEL_SIZE (LADDER_MESSAGE_SIZE + 80)
/* What stands on it: the text, with its status or cause, by name too if it @names_causes. */
void ladder_label(const struct ladder_message *message, bool names_causes,
		  char label[LADDER_LABEL_SIZE]);
/* The cause that comes with a message, or 0. */
uint32_t ladder_cause(const struct ladder_message *message);

#endif /* LADDER_H */
