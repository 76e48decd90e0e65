// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl apply: make what configurations say, or take it down.
 *
 * A configuration has a command a line, as condisctl has it. All lines of all files are parsed
 * before any has an effect.
 */
#include <errno.h>
#include <glob.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "ctl.h"

#define CONFIGURATIONS "/etc/condis/*.conf"

/* The commands with an apply(). */
#define HAVE_ONE "exchange add, adapter add, adapter set have"

/* Words of a line: more is no configuration. */
#define WORDS_MAX 256

/**
 * struct arguments - what it was given
 * @files: where the configurations are; none: CONFIGURATIONS
 * @is_check: only parse
 * @is_removal: take down what they make
 */
struct arguments {
	struct ctl_words files;
	bool is_check;
	bool is_removal;
};

/**
 * struct item - a line of a configuration
 * @file: where it stands
 * @line: likewise
 * @text: its words
 * @command: which command
 * @arguments: what that was given
 */
struct item {
	const char *file;
	unsigned int line;
	char *text;
	const struct ctl_command *command;
	void *arguments;
};

/**
 * struct plan - all lines
 * @item: each
 * @length: how many
 */
struct plan {
	struct item *item;
	size_t length;
};

/**
 * struct split - a line, taken apart
 * @word: its words
 * @column: of each, from 1, and of its end
 * @length: how many
 */
struct split {
	char *word[WORDS_MAX + 1];
	unsigned int column[WORDS_MAX + 2];
	int length;
};

/* A word, up to a blank outside of quotes; what is behind it, or NULL if a quote does not end. */
static char *take_word(char *at, char *to, bool *is_last)
{
	char quote = 0;

	for (; *at && (quote || !strchr(" \t", *at)); at++) {
		if (!quote && (*at == '"' || *at == '\''))
			quote = *at;
		else if (quote && *at == quote)
			quote = 0;
		else if (*at == '\\' && quote != '\'' && at[1])
			*to++ = *++at;
		else
			*to++ = *at;
	}
	*is_last = !*at;
	*to = '\0';
	if (quote)
		return NULL;
	return *is_last ? at : at + 1;
}

/* Words are written over the line itself: none is longer than what stands there. */
static int split_line(char *line, struct split *split)
{
	char *at = line, *end;
	bool is_last = false;

	for (split->length = 0;; split->length++) {
		if (!is_last)
			at += strspn(at, " \t");
		ctl_place.word = split->length;
		split->column[split->length] = (unsigned int)(at - line) + 1;
		split->word[split->length] = NULL;
		if (is_last || !*at || *at == '#')
			return 0;
		if (split->length == WORDS_MAX)
			return ctl_usage("a line has %d words at most", WORDS_MAX);
		split->word[split->length] = at;
		end = take_word(at, at, &is_last);
		if (!end)
			return ctl_usage("a quote begins here that does not end on its line");
		at = end;
	}
}

/* What is for a person at a terminal; "help" is so where a command stands. */
static bool is_for_people(const char *word, int at)
{
	return !strcmp(word, "--json") || !strcmp(word, "--help") || !strcmp(word, "-h") ||
	       (at < 2 && !strcmp(word, "help")) || (!at && !strcmp(word, "--version"));
}

static int parse_words(struct split *split, struct item *item)
{
	int i, used, status;

	for (i = 0; i < split->length && strcmp(split->word[i], "--"); i++) {
		ctl_place.word = i;
		if (is_for_people(split->word[i], i))
			return ctl_usage("%s has no place in a configuration", split->word[i]);
	}
	item->command = ctl_find(split->length, split->word, &used, &status);
	if (!item->command)
		return status;
	if (!item->command->apply) {
		ctl_place.word = 0;
		ctl_place.command = NULL;
		return ctl_usage("%s has no place in a configuration; " HAVE_ONE,
				 item->command->name);
	}
	item->arguments = ctl_parse(item->command, split->length - used, split->word + used,
				    &status);
	return status;
}

static int parse_line(struct plan *plan, const char *path, unsigned int number, char *line,
		      size_t length)
{
	struct item item = { .file = path, .line = number };
	static struct split split;
	struct item *longer;
	int status;

	ctl_place = (struct ctl_place) {
		.file = path,
		.line = number,
	};
	if (strlen(line) < length)
		return ctl_usage("this line has a character 0: is it a configuration?");
	line[strcspn(line, "\r\n")] = '\0';
	item.text = strdup(line);
	longer = reallocarray(plan->item, plan->length + 1, sizeof(*longer));
	if (longer)
		plan->item = longer;
	if (!longer || !item.text) {
		free(item.text);
		return ctl_failure("no memory");
	}
	ctl_place.columns = split.column;
	status = split_line(item.text, &split);
	if (!status && split.length)
		status = parse_words(&split, &item);
	if (item.arguments)
		plan->item[plan->length++] = item;
	else
		free(item.text);
	return status;
}

static int parse_file(struct plan *plan, const char *path)
{
	bool is_input = !strcmp(path, "-");
	FILE *file = is_input ? stdin : fopen(path, "re");
	unsigned int number = 0;
	int status = CTL_OK;
	char *line = NULL;
	ssize_t length;
	size_t size = 0;

	if (!file)
		return ctl_failure("cannot read %s: %s", path, strerror(errno));
	while (!status && (length = getline(&line, &size, file)) >= 0)
		status = parse_line(plan, is_input ? "input" : path, ++number, line,
				    (size_t)length);
	ctl_place = (struct ctl_place) { 0 };
	if (!status && ferror(file))
		status = ctl_failure("cannot read %s: %s", path, strerror(errno));
	free(line);
	if (!is_input)
		fclose(file);
	return status;
}

/* What a line does when it is its turn; what goes wrong is said with its place. */
static int turn(const struct item *item, struct condis_admin *admin,
		int (*act)(struct condis_admin *admin, void *arguments))
{
	ctl_place = (struct ctl_place) { .file = item->file, .line = item->line };
	return act ? act(admin, item->arguments) : CTL_OK;
}

/* The first that fails ends it: what comes after may need it. */
static int make(const struct plan *plan, struct condis_admin *admin)
{
	int status = CTL_OK;
	size_t i;

	for (i = 0; i < plan->length && !status; i++)
		status = turn(&plan->item[i], admin, plan->item[i].command->apply);
	return status;
}

/*
 * Backwards, all at once, and then wait for each; what fails does not keep the others. Exchanges
 * come first in a configuration, so their turn is behind the end of their adapters.
 */
static int take_down(const struct plan *plan, struct condis_admin *admin)
{
	int status = CTL_OK, err;
	size_t i;

	for (i = plan->length; i--;) {
		err = turn(&plan->item[i], admin, plan->item[i].command->remove);
		status = err ? err : status;
	}
	for (i = plan->length; i--;) {
		err = turn(&plan->item[i], admin, plan->item[i].command->await);
		status = err ? err : status;
	}
	return status;
}

static int act(const struct plan *plan, const struct arguments *arguments)
{
	struct condis_admin *admin;
	int status;

	ctl_place = (struct ctl_place) { 0 };
	if (arguments->is_check)
		return CTL_OK;
	admin = condis_admin_open();
	if (!admin)
		return ctl_library_failure();
	status = arguments->is_removal ? take_down(plan, admin) : make(plan, admin);
	condis_admin_close(admin);
	return status;
}

static void forget(struct plan *plan)
{
	size_t i;

	for (i = 0; i < plan->length; i++) {
		ctl_forget(plan->item[i].command, plan->item[i].arguments);
		free(plan->item[i].text);
	}
	free(plan->item);
}

static int run(void *data)
{
	const struct arguments *arguments = data;
	struct plan plan = { 0 };
	int status = CTL_OK;
	glob_t found = { 0 };
	size_t i;

	for (i = 0; i < arguments->files.length && !status; i++)
		status = parse_file(&plan, arguments->files.word[i]);
	if (!arguments->files.length) {
		if (glob(CONFIGURATIONS, 0, NULL, &found))
			status = ctl_failure("there is no %s", CONFIGURATIONS);
		for (i = 0; i < found.gl_pathc && !status; i++)
			status = parse_file(&plan, found.gl_pathv[i]);
	}
	if (!status)
		status = act(&plan, arguments);
	forget(&plan);
	globfree(&found);
	return status;
}

static int check_options(const void *data)
{
	const struct arguments *arguments = data;

	if (arguments->is_check && arguments->is_removal)
		return ctl_usage("--check and --remove do not go together");
	return 0;
}

#define AT(_member) offsetof(struct arguments, _member)

static const struct ctl_option options[] = {
	{ "check", NULL, "only say what is wrong in them; root is not needed", CTL_FLAG,
	  AT(is_check), 0, 0 },
	{ "remove", NULL, "take down what they make, and wait until nothing is left of it",
	  CTL_FLAG, AT(is_removal), 0, 0 },
	{ 0 },
};

const struct ctl_command ctl_apply_commands[] = {
	{
		.name = "apply",
		.arguments = "[FILE...] [--check|--remove]",
		.help = "Make the exchanges and adapters of configurations, "
			CONFIGURATIONS " if none is named.",
		.details = "A line of one: adapter add wan0 exchange city lines 2\n"
			   "What is there already is left alone, what is otherwise is changed. All\n"
			   "lines are checked before any has an effect. See condis.conf(5).",
		.word = { NULL, "FILE", NULL, CTL_WORDS, AT(files), 0, 0 },
		.options = options,
		.size = sizeof(struct arguments),
		.check = check_options,
		.run = run,
	},
	{ 0 },
};
