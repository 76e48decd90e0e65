// SPDX-License-Identifier: GPL-2.0
/*
 * Options, help, and what is said when something is wrong.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "ctl.h"

bool ctl_json;

/* Where a help text begins behind an option. */
#define HELP_COLUMN 30
#define LINE_WIDTH 100

static void say(const char *format, va_list args)
{
	fflush(stdout);
	fprintf(stderr, "condisctl: ");
	vfprintf(stderr, format, args);
	fprintf(stderr, "\n");
}

int ctl_usage(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(format, args);
	va_end(args);
	return CTL_USAGE;
}

int ctl_failure(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(format, args);
	va_end(args);
	return CTL_FAILURE;
}

int ctl_library_failure(void)
{
	int error = errno;

	ctl_failure("%s", condis_error());
	/* What the kernel calls an invalid argument came from the command line. */
	return error == EINVAL || error == ERANGE || error == E2BIG ? CTL_USAGE : CTL_FAILURE;
}

int ctl_number(const char *option, const char *text, uint32_t minimum, uint32_t maximum,
	       uint32_t *number)
{
	unsigned long long value = 0;
	char *end = NULL;

	errno = 0;
	if (*text >= '0' && *text <= '9')
		value = strtoull(text, &end, 10);
	if (!end || *end || errno || value < minimum || value > maximum)
		return ctl_usage("%s: '%s' is not a number from %u to %u", option, text, minimum,
				 maximum);
	*number = (uint32_t)value;
	return 0;
}

int ctl_seconds(const char *option, const char *text, int *milliseconds)
{
	char *end = NULL;
	double value = -1;

	if (*text >= '0' && *text <= '9')
		value = strtod(text, &end);
	if (!end || *end || !(value >= 0 && value <= 1e6))
		return ctl_usage("%s: '%s' is not a number of seconds from 0 to 1000000", option,
				 text);
	*milliseconds = (int)(value * 1000);
	return 0;
}

int ctl_media(const char *option, const char *text, uint32_t *media_mode)
{
	*media_mode = condis_media_mode(text);
	if (!*media_mode)
		return ctl_usage("%s: no media mode '%s'; there are: %s", option, text,
				 "unknown, interactivevoice, automatedvoice, datamodem, g3fax, digitaldata");
	return 0;
}

/* The words that lead to a command: "adapter add". */
static void path_of(const struct ctl_command *wanted, char *path, size_t size)
{
	const struct ctl_command *command, *sub;

	*path = '\0';
	for (command = ctl_root.subcommands; wanted != &ctl_root && command->name; command++) {
		if (!strcmp(command->name, wanted->name) && command->run == wanted->run)
			snprintf(path, size, "%s", wanted->name);
		for (sub = command->subcommands; sub && sub->name; sub++)
			if (sub == wanted)
				snprintf(path, size, "%s %s", command->name, wanted->name);
	}
}

static bool has_option(const struct ctl_command *command, const char *name, size_t length,
		       bool *takes_value)
{
	const struct ctl_option *option;
	const struct condis_knob *knob;
	unsigned int i;

	for (option = command->options; option && option->name; option++) {
		if (strlen(option->name) == length && !strncmp(option->name, name, length)) {
			*takes_value = option->value;
			return true;
		}
	}
	for (i = 0; command->has_knobs && (knob = condis_knob_at(i)); i++) {
		if (strlen(knob->name) == length && !strncmp(knob->name, name, length)) {
			*takes_value = true;
			return true;
		}
	}
	return false;
}

/**
 * struct word - an argument taken apart
 * @name: of the option, or NULL if it is none
 * @length: of @name
 * @value: behind '=', or NULL
 */
struct word {
	const char *name;
	size_t length;
	const char *value;
};

static void take_apart(const struct ctl_command *command, const char *text, bool is_first,
		       struct word *word)
{
	bool has_dashes = !strncmp(text, "--", 2);
	const char *name = has_dashes ? text + 2 : text;
	const char *equals = strchr(name, '=');
	size_t length = equals ? (size_t)(equals - name) : strlen(name);
	bool takes_value;

	*word = (struct word) { 0 };
	/* "lines 2" is as good as "--lines 2", but behind the name only. */
	if (!has_dashes && (is_first || !command->has_knobs ||
			    !has_option(command, name, length, &takes_value)))
		return;
	word->name = name;
	word->length = length;
	word->value = equals ? equals + 1 : NULL;
}

int ctl_parse(const struct ctl_args *args, int argc, char **argv, bool *is_done)
{
	bool only_words = false, has_words = false, takes_value;
	struct word word;
	char name[64], path[64];
	int i, status;

	*is_done = false;
	path_of(args->command, path, sizeof(path));
	for (i = 0; i < argc; i++) {
		take_apart(args->command, argv[i], !has_words, &word);
		if (!only_words && !strcmp(argv[i], "--")) {
			only_words = true;
			continue;
		}
		if (only_words || !word.name) {
			if (!only_words && !strcmp(argv[i], "-h")) {
				ctl_help(stdout, args->command);
				*is_done = true;
				return 0;
			}
			if (!args->word)
				return ctl_usage("%s: '%s' is too much; see condisctl %s --help",
						 path, argv[i], path);
			has_words = true;
			status = args->word(args->context, argv[i]);
			if (status)
				return status;
			continue;
		}
		snprintf(name, sizeof(name), "%.*s", (int)word.length, word.name);
		if (!strcmp(name, "help")) {
			ctl_help(stdout, args->command);
			*is_done = true;
			return 0;
		}
		if (!strcmp(name, "json")) {
			ctl_json = true;
			continue;
		}
		if (!has_option(args->command, word.name, word.length, &takes_value))
			return ctl_usage("%s: no option --%s; see condisctl %s --help", path, name,
					 path);
		if (takes_value && !word.value) {
			if (i + 1 == argc)
				return ctl_usage("%s: --%s needs a value; see condisctl %s --help",
						 path, name, path);
			word.value = argv[++i];
		} else if (!takes_value && word.value) {
			return ctl_usage("%s: --%s takes no value", path, name);
		}
		status = args->option(args->context, name, word.value);
		if (status)
			return status;
	}
	return 0;
}

/* A text in a column of its own, broken between words. */
static void print_wrapped(FILE *file, int column, const char *text)
{
	int width = LINE_WIDTH - column;

	while ((int)strlen(text) > width) {
		int at = width;

		while (at && text[at] != ' ')
			at--;
		if (!at)
			break;
		fprintf(file, "%.*s\n%*s", at, text, column, "");
		text += at + 1;
	}
	fprintf(file, "%s\n", text);
}

static void print_option(FILE *file, const char *name, const char *value, const char *help)
{
	int length = fprintf(file, "  --%s%s%s", name, value ? " " : "", value ? value : "");

	if (length >= HELP_COLUMN - 1)
		fprintf(file, "\n%*s", HELP_COLUMN, "");
	else
		fprintf(file, "%*s", HELP_COLUMN - length, "");
	print_wrapped(file, HELP_COLUMN, help);
}

static void print_options(FILE *file, const struct ctl_command *command)
{
	const struct ctl_option *option;
	const struct condis_knob *knob;
	unsigned int i;

	fprintf(file, "\nOptions:\n");
	for (option = command->options; option && option->name; option++)
		print_option(file, option->name, option->value, option->help);
	print_option(file, "json", NULL, "output as JSON");
	print_option(file, "help", NULL, "this text");
	if (!command->has_knobs)
		return;
	fprintf(file, "\nKnobs (the dashes may be left out; defaults are in condisctl(8)):\n");
	for (i = 0; (knob = condis_knob_at(i)); i++)
		print_option(file, knob->name, knob->value, knob->help);
}

void ctl_help(FILE *file, const struct ctl_command *command)
{
	const struct ctl_command *sub;

	char path[64];

	path_of(command, path, sizeof(path));
	fprintf(file, "Usage: condisctl%s%s %s\n\n", *path ? " " : "", path, command->arguments);
	print_wrapped(file, 0, command->help);
	if (command->details)
		fprintf(file, "%s\n", command->details);
	if (!command->subcommands) {
		print_options(file, command);
		return;
	}
	fprintf(file, "\nCommands:\n");
	for (sub = command->subcommands; sub->name; sub++) {
		int length = fprintf(file, "  %s", sub->name);

		fprintf(file, "%*s", 14 - length, "");
		print_wrapped(file, 14, sub->help);
	}
}

int ctl_show(const struct ctl_command *command, int argc, char **argv,
	     int (*show)(struct condis_admin *admin))
{
	struct ctl_args args = { .command = command };
	struct condis_admin *admin;
	bool is_done;
	int status;

	status = ctl_parse(&args, argc, argv, &is_done);
	if (status || is_done)
		return status;
	admin = condis_admin_open();
	if (!admin)
		return ctl_library_failure();
	status = show(admin);
	condis_admin_close(admin);
	return status;
}
