// SPDX-License-Identifier: GPL-2.0
/*
 * Help, made from the tables.
 */
#include <string.h>

#include "ctl.h"

/* Where a help text begins behind an option, and behind a command. */
#define OPTION_COLUMN 30
#define COMMAND_COLUMN 14
#define LINE_WIDTH 100

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

	if (length >= OPTION_COLUMN - 1)
		fprintf(file, "\n%*s", OPTION_COLUMN, "");
	else
		fprintf(file, "%*s", OPTION_COLUMN - length, "");
	print_wrapped(file, OPTION_COLUMN, help);
}

static void print_options(FILE *file, const struct ctl_command *command)
{
	const struct ctl_option *option;
	const struct condis_knob *knob;
	unsigned int i;
	char help[512];

	fprintf(file, "\nOptions:\n");
	for (option = command->options; option && option->name; option++)
		print_option(file, option->name, option->value, option->help);
	print_option(file, "json", NULL, "output as JSON");
	print_option(file, "help", NULL, "this text");
	if (!command->has_knobs)
		return;
	fprintf(file, "\nKnobs, and what they are at first; the dashes may be left out:\n");
	for (i = 0; (knob = condis_knob_at(i)); i++) {
		snprintf(help, sizeof(help), "%s (%s)", knob->help, knob->initial);
		print_option(file, knob->name, knob->value, help);
	}
}

static void print_commands(FILE *file, const char *group)
{
	const struct ctl_command *command;
	const char *name;
	size_t i;

	fprintf(file, "\nCommands:\n");
	for (i = 0; (command = ctl_command_at(i)); i++) {
		name = ctl_name_in(command, group);
		if (!name)
			continue;
		fprintf(file, "  %-*s", COMMAND_COLUMN - 2, name);
		print_wrapped(file, COMMAND_COLUMN, command->help);
	}
}

void ctl_help(FILE *file, const char *name)
{
	const struct ctl_command *command;
	size_t i;

	for (i = 0; (command = ctl_command_at(i)); i++)
		if (!strcmp(command->name, name))
			break;
	if (!command) {
		fprintf(file, "Usage: condisctl COMMAND ...\n\n"
			"Administer a virtual WAN, make and take calls, and see what is left.\n"
			"Each command has a --help. Lists come as tables, with --json as JSON.\n"
			"Exit status: 0 success, 1 failure, 2 bad input. Manual: condisctl(8).\n");
		print_commands(file, "");
		fprintf(file, "\nOptions:\n");
		print_option(file, "json", NULL, "output as JSON");
		print_option(file, "version", NULL, "which version this is");
		print_option(file, "help", NULL, "this text");
		return;
	}
	fprintf(file, "Usage: condisctl %s%s%s\n\n", name, *command->arguments ? " " : "",
		command->arguments);
	print_wrapped(file, 0, command->help);
	if (command->details)
		fprintf(file, "%s\n", command->details);
	if (command->run || command->admin)
		print_options(file, command);
	else
		print_commands(file, name);
}
