/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the commands of tapi share. Nothing here knows more of lines and calls than tapi.h says.
 */
#ifndef TAPI_PROGRAM_H
#define TAPI_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "tapi.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* Exit statuses. */
enum {
	STATUS_OK = 0,
	STATUS_FAILURE = 1,
	STATUS_USAGE = 2,
};

/**
 * enum option_type - what a value is, and as what it is kept
 * @OPTION_FLAG: bool; there is no value
 * @OPTION_TEXT: const char *
 * @OPTION_NUMBER: uint32_t, from 1
 * @OPTION_SECONDS: int, milliseconds
 * @OPTION_MEDIA: uint32_t: one LINEMEDIAMODE_*, by name
 */
enum option_type {
	OPTION_FLAG,
	OPTION_TEXT,
	OPTION_NUMBER,
	OPTION_SECONDS,
	OPTION_MEDIA,
};

/**
 * struct option - an option of a command
 * @name: without dashes; NULL ends a list
 * @value: form of its value, NULL if it has none. A name in capitals says what it is, to people
 *	and to the completion
 * @help: one line
 * @type: what the value is
 * @offset: where in the command's arguments it is kept
 */
struct option {
	const char *name;
	const char *value;
	const char *help;
	enum option_type type;
	size_t offset;
};

/**
 * struct words - what stands behind a command and is no option; first member of its arguments
 * @word: each
 * @length: how many
 */
struct words {
	char **word;
	int length;
};

/**
 * struct command - a command
 * @name: what it is called
 * @words: forms of its words, blanks between; in brackets may be left out, with dots comes often
 * @help: one line
 * @details: more, for --help; may be NULL
 * @options: ends with an entry without a name; may be NULL
 * @size: bytes of its arguments
 * @defaults: what they are at first; NULL: zero
 * @run: does it; an exit status
 *
 * Parsing, help and completion are made from this table, so they cannot disagree.
 */
struct command {
	const char *name;
	const char *words;
	const char *help;
	const char *details;
	const struct option *options;
	size_t size;
	const void *defaults;
	int (*run)(void *arguments);
};

extern const struct command lines_command;
extern const struct command caps_command;
extern const struct command dial_command;
extern const struct command answer_command;
extern const struct command monitor_command;
extern const struct command request_command;
extern const struct command recipient_command;
extern const struct command translate_command;
extern const struct command completion_command;

/* main.c */

/* The command at this index, from 0; NULL at the end. */
const struct command *command_at(size_t index);

/* options.c */

/* Every command takes --json and --help; this says whether --json was given. */
extern bool wants_json;

/*
 * What a command was given, to be freed, or NULL, and *@status is the exit status: it has been
 * said what was wrong, or help given.
 */
void *options_parse(const struct command *command, int argc, char **argv, int *status);
/* How many words a command has at least, and at most. */
void words_count(const struct command *command, int *least, int *most);
/* A media mode by its name in small letters, or 0. */
uint32_t media_mode(const char *name);
/* The same, the other way round: of a set of them, blanks between. */
const char *media_modes(uint32_t modes, char text[256]);

/* help.c: of a command; of all for NULL. */
void print_help(FILE *file, const struct command *command);

/* complaint.c: what is said when something is wrong. */

/* Whose words were wrong, for what is said; NULL: no command's. */
extern const char *complaint_command;

/* Say in one line what was wrong with the input, and what would be right: STATUS_USAGE. */
int usage(const char *format, ...) __printf(1, 2);
/* Say what has failed: STATUS_FAILURE. */
int failure(const char *format, ...) __printf(1, 2);
/* Say what has failed, and what TAPI says of that: STATUS_FAILURE. */
int tapi_failure(LONG error, const char *format, ...) __printf(2, 3);

/* table.c: tables for people, or JSON. */
struct table;

/**
 * struct column - a column of a table
 * @name: its head, and the key in JSON in small letters
 * @is_number: aligned to the right, a number in JSON
 */
struct column {
	const char *name;
	bool is_number;
};

struct table *table_new(const char *name, const struct column *columns, size_t length);
/* A new line, the one that is filled from now on. */
void table_line(struct table *table);
void table_text(struct table *table, size_t column, const char *format, ...) __printf(3, 4);
/* Print and free it; an exit status. */
int table_end(struct table *table);

/* A text as JSON has it, with its quotes, on the output. */
void print_quoted(const char *text);

/* session.c: an application of TAPI, its messages, signals and the clock. */

/**
 * struct session - an application
 * @app: its handle
 * @event: descriptor that is readable while messages wait
 * @signals: descriptor of SIGINT, SIGTERM and SIGHUP
 * @devices: dwDeviceIDs are 0 to this - 1
 * @version: highest that is asked for
 * @is_stopped: one of the signals has come: come to an end, in order
 * @is_old: LINEDEVSTATE_REINIT has come: shut down as soon as nothing is lost by it
 */
struct session {
	HLINEAPP app;
	int event;
	int signals;
	DWORD devices;
	DWORD version;
	bool is_stopped;
	bool is_old;
};

/* lineInitializeEx() and signals: 0 or an exit status. */
int session_begin(struct session *session);
/* The same application anew, after LINEDEVSTATE_REINIT: 0 or an exit status. */
int session_renew(struct session *session);
/* lineShutdown(): whatever is still open goes with it. */
void session_end(struct session *session);
/*
 * The next message, until @end_ms of now_ms(), -1 for ever; an @end_ms of 0 does not wait. False:
 * the time is over, or a signal has come.
 */
bool session_next(struct session *session, LINEMESSAGE *message, long long end_ms);
/*
 * LINE_CLOSE has come, and no line is left. If the line table is another one, that is told next,
 * and the lines are there again: 0, and @is_old is set, or a signal has come; else their devices
 * are gone: an exit status. Messages that come meanwhile are printed if @is_quiet is not set: what
 * else they say is over with the lines.
 */
int session_await_reinit(struct session *session, bool is_quiet);
/* The end has begun, by a signal or not: another one ends the waits for it. */
void session_finish(struct session *session);
/* The device that a word names, by its number or name: 0 or an exit status. */
int session_device(struct session *session, const char *word, DWORD *device);
/*
 * lineOpen() in the version that was agreed on: 0 or an error. dwCallbackInstance of its messages
 * is the device.
 */
LONG session_open(struct session *session, DWORD device, DWORD privileges, DWORD media,
		  HLINE *line);
/* Of a device, to be freed, or NULL and *@error. */
LINEDEVCAPS *session_caps(struct session *session, DWORD device, LONG *error);
LINEADDRESSCAPS *session_address_caps(struct session *session, DWORD device, DWORD address,
				      LONG *error);
/* A string of a variable structure: "" if there is none. */
const char *text_at(const void *structure, DWORD size, DWORD offset);
long long now_ms(void);

/* call.c: the end of a call, as TAPI wants it. */

/* How long the end of a call is waited for. */
#define END_MS 60000

/* Whether an error says that the call or line is over, which needs no word: its messages say so. */
bool is_over(LONG error);
/*
 * lineDrop(), wait for LINECALLSTATE_IDLE, lineDeallocateCall(): 0 or an exit status. Messages
 * that come meanwhile are printed if @is_quiet is not set. Between session_finish() and
 * session_end().
 */
int call_end(struct session *session, HCALL call, bool is_quiet);

/* message.c: one line of a message, for people or as JSON. */
void print_message(const LINEMESSAGE *message);

#endif /* TAPI_PROGRAM_H */
