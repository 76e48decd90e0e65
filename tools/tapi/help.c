// SPDX-License-Identifier: GPL-2.0
/*
 * Help, made from the tables.
 */
#include <string.h>

#include "program.h"

/* Where a help text begins behind an option, and behind a command. */
#define OPTION_COLUMN 26
#define COMMAND_COLUMN 14
#define LINE_WIDTH 100

/* Text that begins at this column; its further lines too. */
static void print_wrapped(FILE *file, int column, const char *text)
{
	size_t width = LINE_WIDTH - column, length;

	while (strlen(text) > width) {
		for (length = width; length && text[length] != ' '; length--)
			;
		if (!length)
			break;
		fprintf(file, "%.*s\n%*s", (int)length, text, column, "");
		text += length + 1;
	}
	fprintf(file, "%s\n", text);
}

static void print_option(FILE *file, const char *name, const char *value, const char *help)
{
	int length = fprintf(file, "  --%s%s%s", name, value ? " " : "", value ? value : "");

	if (length >= OPTION_COLUMN - 1)
		fprintf(file, "\n%*s", OPTION_COLUMN, "");
	else
		fprintf(file, "%*s", OPTION_COLUMN - length, "");
	print_wrapped(file, OPTION_COLUMN, help);
}

static void print_commands(FILE *file)
{
	const struct command *command;
	size_t i;

	fprintf(file, "Usage: tapi COMMAND ...\n\n"
		"Telephone lines by the interface of TAPI: see them, make and take calls, ask for calls.\n"
		"Each command has a --help. Lists come as tables, with --json as JSON. A LINE is the\n"
		"number or the name that 'tapi lines' shows.\n"
		"Exit status: 0 success, 1 failure, 2 bad input. Manual: tapi(1), tapi(3).\n"
		"\nCommands:\n");
	for (i = 0; (command = command_at(i)); i++) {
		fprintf(file, "  %-*s", COMMAND_COLUMN - 2, command->name);
		print_wrapped(file, COMMAND_COLUMN, command->help);
	}
	fprintf(file, "\nOptions:\n");
	print_option(file, "json", NULL, "output as JSON");
	print_option(file, "version", NULL, "which version this is");
	print_option(file, "help", NULL, "this text");
}

void print_help(FILE *file, const struct command *command)
{
	const struct option *option;

	if (!command) {
		print_commands(file);
		return;
	}
	fprintf(file, "Usage: tapi %s %s%s[OPTION...]\n\n", command->name, command->words,
		*command->words ? " " : "");
	print_wrapped(file, 0, command->help);
	if (command->details)
		fprintf(file, "%s\n", command->details);
	fprintf(file, "\nOptions:\n");
	for (option = command->options; option && option->name; option++)
		print_option(file, option->name, option->value, option->help);
	print_option(file, "json", NULL, "output as JSON");
	print_option(file, "help", NULL, "this text");
}
