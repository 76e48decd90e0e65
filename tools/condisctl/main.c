// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl: exchanges, adapters, lines, calls and sessions of a virtual WAN.
 */
#include <stdlib.h>
#include <string.h>

#include "ctl.h"

static const struct ctl_command *const tables[] = {
	ctl_exchange_commands, ctl_adapter_commands, ctl_apply_commands, ctl_save_commands,
	ctl_list_commands, ctl_tree_commands, ctl_status_commands, ctl_verifier_commands,
	ctl_dial_commands, ctl_answer_commands, ctl_serve_commands, ctl_drop_commands,
	ctl_monitor_commands, ctl_ladder_commands, ctl_completion_commands,
};

const struct ctl_command *ctl_command_at(size_t index)
{
	const struct ctl_command *command;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(tables); i++)
		for (command = tables[i]; command->name; command++)
			if (!index--)
				return command;
	return NULL;
}

const char *ctl_name_in(const struct ctl_command *command, const char *group)
{
	size_t length = strlen(group);
	const char *name = command->name;

	if (length) {
		if (strncmp(name, group, length) || name[length] != ' ')
			return NULL;
		name += length + 1;
	}
	return strchr(name, ' ') ? NULL : name;
}

static bool is_help(const char *word)
{
	return !strcmp(word, "--help") || !strcmp(word, "-h") || !strcmp(word, "help");
}

static const struct ctl_command *find_in(const char *group, const char *word)
{
	const struct ctl_command *command;
	const char *name;
	size_t i;

	for (i = 0; (command = ctl_command_at(i)); i++) {
		name = ctl_name_in(command, group);
		if (name && !strcmp(name, word))
			return command;
	}
	return NULL;
}

static void list_names(const char *group, char *text, size_t size)
{
	const struct ctl_command *command;
	const char *name;
	size_t i, used = 0;

	for (i = 0; (command = ctl_command_at(i)) && used < size; i++) {
		name = ctl_name_in(command, group);
		if (name)
			used += (size_t)snprintf(text + used, size - used, "%s%s",
						 used ? ", " : "", name);
	}
}

const struct ctl_command *ctl_find(int argc, char **argv, int *used, int *status)
{
	const struct ctl_command *command = NULL, *next;
	const char *group = "";
	char names[256];

	ctl_place.command = NULL;
	for (*used = 0; !command || (!command->run && !command->admin); (*used)++) {
		ctl_place.word = *used;
		list_names(group, names, sizeof(names));
		if (*used == argc) {
			*status = ctl_usage("say what to do: %s", names);
			return NULL;
		}
		/* --json may stand anywhere. */
		if (!strcmp(argv[*used], "--json")) {
			ctl_json = true;
			continue;
		}
		if (is_help(argv[*used])) {
			ctl_help(stdout, group);
			*status = CTL_OK;
			return NULL;
		}
		if (!command && !strcmp(argv[*used], "--version")) {
			printf("condisctl " CONDIS_VERSION "\n");
			*status = CTL_OK;
			return NULL;
		}
		next = find_in(group, argv[*used]);
		if (!next) {
			*status = ctl_usage("no command '%s'; there are: %s", argv[*used], names);
			return NULL;
		}
		command = next;
		group = command->name;
		ctl_place.command = group;
	}
	ctl_place.word = *used;
	return command;
}

/* Parse, open, act, close: what all commands do. */
static int run(int argc, char **argv)
{
	const struct ctl_command *command;
	struct condis_admin *admin;
	void *arguments;
	int used, status;

	command = ctl_find(argc, argv, &used, &status);
	if (!command)
		return status;
	arguments = ctl_parse(command, argc - used, argv + used, &status);
	if (!arguments)
		return status;
	if (command->run) {
		status = command->run(arguments);
	} else {
		admin = condis_admin_open();
		status = admin ? command->admin(admin, arguments) : ctl_library_failure();
		condis_admin_close(admin);
	}
	ctl_forget(command, arguments);
	return status;
}

int main(int argc, char **argv)
{
	int status = run(argc - 1, argv + 1);

	/* A list that could not be written is not a list. */
	if (fflush(stdout) || ferror(stdout))
		return status ? status : ctl_failure("cannot write the output");
	return status;
}
