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
 * enum ctl_type - what a value is, and as what it is kept
 * @CTL_FLAG: bool; there is no value
 * @CTL_TEXT: const char *
 * @CTL_NAME: const char *: of an exchange, an adapter or a kind
 * @CTL_DIALLED: const char *: a number to dial
 * @CTL_NUMBER: uint32_t, from the option's minimum to its maximum
 * @CTL_SECONDS: int, milliseconds
 * @CTL_MEDIA: uint32_t: one LINEMEDIAMODE_*, by name
 * @CTL_CAUSE: uint32_t: a cause of Q.850, by number or name
 * @CTL_CALL: uint64_t: a call's number
 * @CTL_CALL_OR_ALL: uint64_t: likewise, 0 for "all"
 * @CTL_WORDS: struct ctl_words: as many as there are
 * @CTL_COMMAND: struct ctl_words: a command and its arguments, which stand behind "--"
 */
enum ctl_type {
	CTL_FLAG,
	CTL_TEXT,
	CTL_NAME,
	CTL_DIALLED,
	CTL_NUMBER,
	CTL_SECONDS,
	CTL_MEDIA,
	CTL_CAUSE,
	CTL_CALL,
	CTL_CALL_OR_ALL,
	CTL_WORDS,
	CTL_COMMAND,
};

/**
 * struct ctl_words - words, as they were given
 * @word: they are not copied; NULL behind the last one, if there is one
 * @length: how many
 */
struct ctl_words {
	const char **word;
	size_t length;
};

/**
 * struct ctl_option - an option of a command, or its word
 * @name: without dashes; NULL: it is a word
 * @value: form of its value, NULL if it has none. A name in capitals says what it is, to people
 *	and to the completion, see completion.c; "a|b" are words to choose from; in brackets it may
 *	be left out
 * @help: one line; of a word, what to do if it is missing, NULL if it may
 * @type: what the value is
 * @offset: where in the command's arguments it is kept
 * @minimum: CTL_NUMBER: the smallest
 * @maximum: CTL_NUMBER: the largest
 */
struct ctl_option {
	const char *name;
	const char *value;
	const char *help;
	enum ctl_type type;
	size_t offset;
	uint32_t minimum;
	uint32_t maximum;
};

/**
 * struct ctl_knobs - knobs of an adapter as they were given
 * @config: NULL: none was
 * @addresses: of the knob "address", which may be given several times
 */
struct ctl_knobs {
	struct condis_config *config;
	char *addresses;
};

/**
 * struct ctl_command - a command, or a group of them
 * @name: the words that lead to it, "adapter add"
 * @arguments: for the usage line
 * @help: one line
 * @details: more, for --help; may be NULL
 * @word: what it takes that is no option; without @value: nothing
 * @options: ends with an entry without a name; may be NULL
 * @has_knobs: the knobs of adapters are options too, also without dashes
 * @knobs: offset of the struct ctl_knobs in its arguments, if @has_knobs
 * @size: bytes of its arguments
 * @defaults: what they are at first; NULL: zero
 * @check: whether its arguments go together: 0 or CTL_USAGE; may be NULL
 * @run: does it; an exit status
 * @admin: does it, with the administration opened; an exit status. One of the two, or it is a group
 * @apply: does it unless it is done, as a line of a configuration; NULL if it cannot stand there
 * @remove: takes away what @apply has made, and need not wait; NULL: there is nothing
 * @await: waits for the end of @remove; NULL: there is nothing to wait for
 *
 * Parsing, help and completion are made from this table, so they cannot disagree.
 */
struct ctl_command {
	const char *name;
	const char *arguments;
	const char *help;
	const char *details;
	struct ctl_option word;
	const struct ctl_option *options;
	bool has_knobs;
	size_t knobs;
	size_t size;
	const void *defaults;
	int (*check)(const void *arguments);
	int (*run)(void *arguments);
	int (*admin)(struct condis_admin *admin, void *arguments);
	int (*apply)(struct condis_admin *admin, void *arguments);
	int (*remove)(struct condis_admin *admin, void *arguments);
	int (*await)(struct condis_admin *admin, void *arguments);
};

/* One table for each file of commands; each ends with an entry without a name. */
extern const struct ctl_command ctl_exchange_commands[];
extern const struct ctl_command ctl_adapter_commands[];
extern const struct ctl_command ctl_list_commands[];
extern const struct ctl_command ctl_tree_commands[];
extern const struct ctl_command ctl_status_commands[];
extern const struct ctl_command ctl_verifier_commands[];
extern const struct ctl_command ctl_dial_commands[];
extern const struct ctl_command ctl_answer_commands[];
extern const struct ctl_command ctl_serve_commands[];
extern const struct ctl_command ctl_drop_commands[];
extern const struct ctl_command ctl_monitor_commands[];
extern const struct ctl_command ctl_ladder_commands[];
extern const struct ctl_command ctl_apply_commands[];
extern const struct ctl_command ctl_save_commands[];
extern const struct ctl_command ctl_completion_commands[];

/* Of exchanges and adapters, if it is not said. */
#define CTL_DEFAULT_KIND "vwan"

/* main.c */

/* The command at this index, from 0, of all tables; NULL at the end. */
const struct ctl_command *ctl_command_at(size_t index);
/* Whether it stands directly in a group, "" being that of all: its last word, or NULL. */
const char *ctl_name_in(const struct ctl_command *command, const char *group);
/*
 * Walk these words down the tree of commands: the command, NULL if there is none, and *@status is
 * the exit status: it has been said what was wrong, or help given. *@used is the number of words.
 */
const struct ctl_command *ctl_find(int argc, char **argv, int *used, int *status);

/* options.c */

/* Every command takes --json, --help; this says whether --json was given. */
extern bool ctl_json;

/*
 * What a command was given, to be freed with ctl_forget(), or NULL, and *@status is the exit
 * status: it has been said what was wrong, or help given.
 */
void *ctl_parse(const struct ctl_command *command, int argc, char **argv, int *status);
void ctl_forget(const struct ctl_command *command, void *arguments);

/* help.c */
void ctl_help(FILE *file, const char *name);

/* complaint.c: what is said when something is wrong. */

/**
 * struct ctl_place - what is being worked on, for what is said
 * @command: its name, or NULL
 * @file: where it is written, or NULL: on the command line
 * @line: of @file
 * @columns: of each word of the line and of its end; NULL: it is about the whole line
 * @word: which word
 */
struct ctl_place {
	const char *command;
	const char *file;
	unsigned int line;
	const unsigned int *columns;
	int word;
};

extern struct ctl_place ctl_place;

/* Say in one line what was wrong with the input, and what would be right: CTL_USAGE. */
int ctl_usage(const char *format, ...) __printf(1, 2);
/* Say what has failed: CTL_FAILURE. */
int ctl_failure(const char *format, ...) __printf(1, 2);
/* Say what the library says: CTL_FAILURE, or CTL_USAGE if the kernel has found the input wrong. */
int ctl_library_failure(void);

/* table.c: tables for people, or JSON. */
struct ctl_table;

/**
 * struct ctl_column - a column of a table
 * @name: its head, and the key in JSON in small letters
 * @is_number: aligned to the right, a number in JSON
 */
struct ctl_column {
	const char *name;
	bool is_number;
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
/* How many of them have come. */
extern unsigned int ctl_signals;

/* The signals above end waits instead of the process. */
void ctl_catch_signals(void);
/* The end of a child ends waits too. */
void ctl_catch_children(void);
/* In a child that will be another program: signals as that one expects them. */
void ctl_release_signals(void);
long long ctl_now_ms(void);
/* Wait until @end_ms, -1 for ever.  Whether one of the descriptors is ready. */
bool ctl_poll(struct pollfd *fds, size_t length, long long end_ms);

/* event.c: one line of an event, for people or as JSON. */
void ctl_print_event(const struct ndproxy_event *event);
/* "user busy (17)" */
const char *ctl_cause(uint32_t cause, char text[64]);

#define CTL_CAUSE_MAX 127
#define CTL_CAUSE_SIZE 64
/* The name of a cause as one word, "user-busy": whether it has one. */
bool ctl_cause_word(uint32_t cause, char word[CTL_CAUSE_SIZE]);
/* A text as JSON has it between quotes, on the output. */
void ctl_print_escaped(const char *text);

/* status.c: wait until nothing is left of the adapter with this number: an exit status. */
int ctl_await_gone(struct condis_admin *admin, const char *name, uint32_t id);

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
