// SPDX-License-Identifier: GPL-2.0
/*
 * tapi: lines, calls and requests of the telephony interface.
 */
#include <stdlib.h>
#include <string.h>

#include "program.h"

static const struct command *const commands[] = {
	&lines_command, &caps_command, &dial_command, &answer_command, &monitor_command,
	&request_command, &recipient_command, &translate_command, &completion_command,
};

const struct command *command_at(size_t index)
{
	return index < ARRAY_SIZE(commands) ? commands[index] : NULL;
}

static bool is_help(const char *word)
{
	return !strcmp(word, "--help") || !strcmp(word, "-h") || !strcmp(word, "help");
}

static void list_names(char *text, size_t size)
{
	size_t i, used = 0;

	for (i = 0; i < ARRAY_SIZE(commands) && used < size; i++)
		used += (size_t)snprintf(text + used, size - used, "%s%s", i ? ", " : "",
					 commands[i]->name);
}

/* What the first word asks for: NULL, and *@status is the exit status. */
static const struct command *find(const char *word, int *status)
{
	char names[256];
	size_t i;

	for (i = 0; word && i < ARRAY_SIZE(commands); i++)
		if (!strcmp(commands[i]->name, word))
			return commands[i];
	list_names(names, sizeof(names));
	if (!word)
		*status = usage("say what to do: %s", names);
	else
		*status = usage("no command '%s'; there are: %s", word, names);
	return NULL;
}

static int run(int argc, char **argv)
{
	const struct command *command;
	void *arguments;
	int status;

	/* --json may stand anywhere. */
	for (; argc && !strcmp(*argv, "--json"); argc--, argv++)
		wants_json = true;
	if (argc && is_help(*argv)) {
		print_help(stdout, NULL);
		return STATUS_OK;
	}
	if (argc && !strcmp(*argv, "--version")) {
		printf("tapi " CONDIS_VERSION "\n");
		return STATUS_OK;
	}
	command = find(argc ? *argv : NULL, &status);
	if (!command)
		return status;
	complaint_command = command->name;
	arguments = options_parse(command, argc - 1, argv + 1, &status);
	if (!arguments)
		return status;
	status = command->run(arguments);
	free(arguments);
	return status;
}

int main(int argc, char **argv)
{
	int status = run(argc - 1, argv + 1);

	/* A list that could not be written is not a list. */
	if (fflush(stdout) || ferror(stdout))
		return status ? status : failure("cannot write the output");
	return status;
}
