/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the commands of condisctl share.
 */
#ifndef CTL_H
#define CTL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "condis.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* Exit statuses. */
enum {
	CTL_OK = 0,
	CTL_FAILURE = 1,
	CTL_USAGE = 2,
};

/**
 * struct ctl_option - an option of a command
 * @name: without dashes
 * @value: form of its value, or NULL if it has none
 * @help: one line
 */
struct ctl_option {
	const char *name;
	const char *value;
	const char *help;
};

/**
 * struct ctl_command - a command or subcommand
 * @name: its name
 * @arguments: for the usage line
 * @help: one line
 * @details: more, for --help; may be NULL
 * @run: does it, with its arguments behind its name; an exit status
 * @options: ends with an entry without a name; may be NULL
 * @has_knobs: the knobs of adapters are options too, also without dashes
 * @subcommands: ends with an entry without a name; then @run is NULL
 *
 * Help and completion are made from this table, so they cannot disagree.
 */
struct ctl_command {
	const char *name;
	const char *arguments;
	const char *help;
	const char *details;
	int (*run)(const struct ctl_command *command, int argc, char **argv);
	const struct ctl_option *options;
	bool has_knobs;
	const struct ctl_command *subcommands;
};

/* main.c */
extern const struct ctl_command ctl_root;

/* One for each file of commands. */
extern const struct ctl_command ctl_exchange;
extern const struct ctl_command ctl_adapter;
extern const struct ctl_command ctl_kind;
extern const struct ctl_command ctl_line;
extern const struct ctl_command ctl_call;
extern const struct ctl_command ctl_session;
extern const struct ctl_command ctl_status;
extern const struct ctl_command ctl_verifier;
extern const struct ctl_command ctl_tree;
extern const struct ctl_command ctl_dial;
extern const struct ctl_command ctl_answer;
extern const struct ctl_command ctl_drop;
extern const struct ctl_command ctl_send;
extern const struct ctl_command ctl_monitor;
extern const struct ctl_command ctl_ladder;
extern const struct ctl_command ctl_completion;

/* options.c */

/* Every command takes --json, --help; this says whether --json was given. */
extern bool ctl_json;

/**
 * struct ctl_args - what a command was given
 * @command: which
 * @word: take an argument that is no option; may be NULL if there are none. 0 or an exit status
 * @option: take an option; may be NULL if there are none. 0 or an exit status
 * @context: theirs
 */
struct ctl_args {
	const struct ctl_command *command;
	int (*word)(void *context, const char *word);
	int (*option)(void *context, const char *name, const char *value);
	void *context;
};

/* 0: all were taken. Else the exit status; it has been said what was wrong, or help given. */
int ctl_parse(const struct ctl_args *args, int argc, char **argv, bool *is_done);

/* A command without arguments of its own: show() what there is, and its exit status. */
int ctl_show(const struct ctl_command *command, int argc, char **argv,
	     int (*show)(struct condis_admin *admin));

/* Say in one line what was wrong with the input, and what would be right: CTL_USAGE. */
int ctl_usage(const char *format, ...) __printf(1, 2);
/* Say what has failed; without arguments of one's own, "%s" of condis_error(): CTL_FAILURE. */
int ctl_failure(const char *format, ...) __printf(1, 2);
int ctl_library_failure(void);

/* A number in a range: 0 or CTL_USAGE. */
int ctl_number(const char *option, const char *text, uint32_t minimum, uint32_t maximum,
	       uint32_t *number);
/* Seconds, "1.5" say, as milliseconds: 0 or CTL_USAGE. */
int ctl_seconds(const char *option, const char *text, int *milliseconds);
/* One media mode by name: 0 or CTL_USAGE. */
int ctl_media(const char *option, const char *text, uint32_t *media_mode);

void ctl_help(FILE *file, const struct ctl_command *command);

/* table.c: tables for people, or JSON. */
struct ctl_table;

/**
 * struct ctl_column - a column of a table
 * @name: its head, and the key in JSON in small letters
 * @is_number: aligned to the right, a number in JSON
 * @is_flag: true or false in JSON
 */
struct ctl_column {
	const char *name;
	bool is_number;
	bool is_flag;
};

struct ctl_table *ctl_table_new(const char *name, const struct ctl_column *columns,
				size_t length);
/* A tree: the lines have parents; the first column draws it. */
struct ctl_table *ctl_tree_new(const char *name, const struct ctl_column *columns, size_t length);
/* A new line, the one that is filled from now on; @parent may be NULL. */
void *ctl_table_line(struct ctl_table *table, void *parent);
void ctl_table_text(struct ctl_table *table, size_t column, const char *format, ...)
	__printf(3, 4);
void ctl_table_number(struct ctl_table *table, size_t column, uint64_t number);
void ctl_table_flag(struct ctl_table *table, size_t column, bool flag);
/* Print and free it; an exit status. */
int ctl_table_end(struct ctl_table *table);

/* Tables between these are members of one JSON object; nothing otherwise. */
void ctl_json_begin(void);
void ctl_json_end(void);

/* "1.5 s", "2 min": an age for people. */
const char *ctl_age(uint64_t milliseconds, char text[32]);

/* wait.c: events of a session, signals and the clock, together. */

struct pollfd;

/* SIGINT, SIGTERM or SIGHUP has come: come to an end, in order. */
extern bool ctl_stopped;

/* The signals above end waits instead of the process. */
void ctl_catch_signals(void);
long long ctl_now_ms(void);
/* Wait until @end_ms, -1 for ever.  Whether one of the descriptors is ready. */
bool ctl_poll(struct pollfd *fds, size_t length, long long end_ms);

/* event.c: one line of an event, for people or as JSON. */
void ctl_print_event(const struct ndproxy_event *event);
/* "user busy (17)" */
const char *ctl_cause(uint32_t cause, char text[64]);

/* line.c: opening lines. */

/* The adapter of this name, or the first that is ready if it is NULL: 0 or an exit status. */
int ctl_find_adapter(struct condis_session *session, const char *name,
		     struct ndproxy_adapter *adapter);

/**
 * struct ctl_call - a call of the core's, of which this process has become an owner
 * @line_handle: handle of its line
 * @call: handle of the call
 */
struct ctl_call {
	uint32_t line_handle;
	uint32_t call;
};

/*
 * Become an owner of the call with this number of the core's: 0 or an exit status.
 * call->call is 0 if it is over, or belongs to nobody who could share it.
 */
int ctl_take_call(struct condis_session *session, const struct condis_call_info *info,
		  struct ctl_call *call);
/* Drop a call and wait for its end, at most so long: 0 or an exit status. */
int ctl_drop_call(struct condis_session *session, uint32_t call, uint32_t cause, int timeout_ms);

/* data.c: packets of a call. */

/* Copy from @input to the call's data, a packet for each line or as much as fits. 0 at its end. */
int ctl_send_input(int input, int data, uint32_t max_sdu);
/* Copy one packet from the call's data to the output. 0 at its end, -1 and an error said. */
int ctl_receive(int data, FILE *output);
/* Send one packet back. 0 at the end, -1 and an error said. */
int ctl_echo(int data);

#endif /* CTL_H */
