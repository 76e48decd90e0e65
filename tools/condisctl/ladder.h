/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Message ladders: what one is made of.
 */
#ifndef LADDER_H
#define LADDER_H

#include "ctl.h"

/* The columns, from left to right. */
enum ladder_party {
	LADDER_APPLICATION,
	LADDER_NDPROXY,
	LADDER_NDIS,
	LADDER_MINIPORT,
	LADDER_NETWORK,
	LADDER_REMOTE,
	LADDER_PARTIES
};

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

/* ladder_parse.c: one line of a trace.  Whether it is a message. */
bool ladder_parse(const char *line, struct ladder_message *message);

/* ladder_draw.c */

#define LADDER_NARROW 8

/**
 * struct ladder_style - how a ladder is drawn
 * @gap: characters from one column to the next; LADDER_NARROW: short arrows, with their text
 *	behind the last column
 * @shows_calls: each line says which call it is of
 * @start: time that is 0
 */
struct ladder_style {
	int gap;
	bool shows_calls;
	double start;
};

/* The gap that fits the terminal, or 100 characters; not LADDER_NARROW. */
int ladder_gap(bool shows_calls);
void ladder_draw_head(const struct ladder_style *style);
void ladder_draw(const struct ladder_style *style, const struct ladder_message *message);
void ladder_print_json(const struct ladder_message *message);

#endif /* LADDER_H */
