/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The commands of /dev/ndproxy as one table: every member of every structure, and
 * what may stand in it. What is refused must have had no effect.
 */
#ifndef SUITES_COMMAND_H
#define SUITES_COMMAND_H

#include "fixture.h"

/* Bytes that hold any command's structure. */
#define ARGUMENT_MAX	512

/**
 * enum rule - what a member of a command's structure takes
 * @RULE_OUTPUT: zero; it is only output, or reserved
 * @RULE_ANY: any value
 * @RULE_ADAPTER: the number of an adapter
 * @RULE_HANDLE: the handle of a line or of a call
 * @RULE_LINE: a line of the adapter, from 0
 * @RULE_ADDRESS: an address of the line, from 0
 * @RULE_SESSION: the number of a session
 * @RULE_BITS: nothing but the bits that are known, next to those that command_fill() sets
 * @RULE_NUMBER: a telephone number
 * @RULE_NAME: a name
 */
enum rule {
	RULE_OUTPUT,
	RULE_ANY,
	RULE_ADAPTER,
	RULE_HANDLE,
	RULE_LINE,
	RULE_ADDRESS,
	RULE_SESSION,
	RULE_BITS,
	RULE_NUMBER,
	RULE_NAME,
};

/**
 * struct member - a member of a command's structure
 * @name: its name
 * @offset: its place
 * @size: its bytes
 * @rule: what it takes
 * @known: with RULE_BITS
 */
struct member {
	const char *name;
	size_t offset;
	size_t size;
	enum rule rule;
	uint32_t known;
};

/**
 * struct command - a command
 * @name: its name
 * @number: its whole number
 * @members: all members, ended by one without a name
 */
struct command {
	const char *name;
	unsigned long number;
	struct member members[24];
};

/* All commands that have a structure; NDPROXY_SHUTDOWN has none. */
extern const struct command commands[];
extern const size_t commands_length;

/* The command with this whole number, or NULL. */
const struct command *command_find(unsigned long number);

/* An ioctl of the application's session. */
int command(struct app *app, unsigned long number, void *argument);

/*
 * Fills ARGUMENT_MAX bytes with what the caller of a connected pair can ask: handles of
 * the line and call that it has, and what else makes the command acceptable.
 */
void command_fill(unsigned long number, void *argument, const struct pair *pair);

/**
 * struct effect - what does not change when a command is refused
 * @limits: what the session has
 * @lines: status of its lines
 * @calls: status of its calls
 * @infos: what is known of them
 * @counts: all counts of the core
 */
struct effect {
	struct ndproxy_limits limits;
	struct ndproxy_line_status lines[4];
	struct ndproxy_call_status calls[4];
	struct ndproxy_call_info infos[4];
	char counts[2048];
};

void effect_take(struct app *app, struct effect *effect);
/* Nothing has changed since, and no event has come. */
void effect_none(struct app *app, const struct effect *before);

#endif /* SUITES_COMMAND_H */
