// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl: exchanges, adapters, lines, calls and sessions of a virtual WAN.
 */
#include <stdlib.h>
#include <string.h>

#include "ctl.h"

static const struct ctl_command *const commands[] = {
	&ctl_exchange, &ctl_adapter, &ctl_kind, &ctl_line, &ctl_call, &ctl_session, &ctl_tree,
	&ctl_status, &ctl_verifier,
	&ctl_dial, &ctl_answer, &ctl_drop, &ctl_send, &ctl_monitor, &ctl_ladder, &ctl_completion,
};

static struct ctl_command table[ARRAY_SIZE(commands) + 1];

const struct ctl_command ctl_root = {
	.name = "condisctl",
	.arguments = "COMMAND ...",
	.help = "Administer a virtual WAN, make and take calls, and see what is left.",
	.details = "Each command has a --help. Lists come as tables, with --json as JSON.\n"
		   "Exit status: 0 success, 1 failure, 2 bad input.",
	.subcommands = table,
};

static bool is_help(const char *word)
{
	return !strcmp(word, "--help") || !strcmp(word, "-h") || !strcmp(word, "help");
}

static const struct ctl_command *find(const struct ctl_command *group, const char *name)
{
	const struct ctl_command *command;

	for (command = group->subcommands; command->name; command++)
		if (!strcmp(command->name, name))
			return command;
	return NULL;
}

static void list_names(const struct ctl_command *group, char *text, size_t size)
{
	const struct ctl_command *command;
	size_t used = 0;
	int length;

	text[0] = '\0';
	for (command = group->subcommands; command->name && used < size; command++) {
		length = snprintf(text + used, size - used, "%s%s", used ? ", " : "",
				  command->name);
		used += (size_t)length;
	}
}

/* Walk the words down the tree of commands; run what stands there. */
static int run(const struct ctl_command *command, int argc, char **argv)
{
	char names[256];

	while (command->subcommands) {
		/* --json may stand anywhere. */
		if (argc && !strcmp(argv[0], "--json")) {
			ctl_json = true;
			argc--;
			argv++;
			continue;
		}
		list_names(command, names, sizeof(names));
		if (!argc)
			return ctl_usage("%s: say what to do: %s", command->name, names);
		if (is_help(argv[0])) {
			ctl_help(stdout, command);
			return CTL_OK;
		}
		if (!find(command, argv[0]))
			return ctl_usage("%s: no command '%s'; there are: %s", command->name,
					 argv[0], names);
		command = find(command, argv[0]);
		argc--;
		argv++;
	}
	return command->run(command, argc, argv);
}

int main(int argc, char **argv)
{
	size_t i;
	int status;

	for (i = 0; i < ARRAY_SIZE(commands); i++)
		table[i] = *commands[i];
	status = run(&ctl_root, argc - 1, argv + 1);
	/* A list that could not be written is not a list. */
	if (fflush(stdout) || ferror(stdout))
		return status ? status : ctl_failure("cannot write the output");
	return status;
}
