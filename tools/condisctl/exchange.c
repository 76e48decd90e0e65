// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl exchange, condisctl kind.
 */
#include <stdlib.h>
#include <string.h>

#include "ctl.h"

#define DEFAULT_KIND "vwan"

struct arguments {
	const char *name;
	const char *kind;
};

static int take_word(void *context, const char *word)
{
	struct arguments *arguments = context;

	if (arguments->name)
		return ctl_usage("exchange: '%s' is too much; one name is enough", word);
	arguments->name = word;
	return 0;
}

static int take_option(void *context, const char *name, const char *value)
{
	struct arguments *arguments = context;

	(void)name;
	arguments->kind = value;
	return 0;
}

/* Parse, and open the administration; *@status is the exit status if there is none. */
static struct condis_admin *begin(const struct ctl_command *command, int argc, char **argv,
				  struct arguments *arguments, int *status)
{
	struct ctl_args args = {
		.command = command,
		.word = take_word,
		.option = take_option,
		.context = arguments,
	};
	struct condis_admin *admin;
	bool is_done;

	*status = ctl_parse(&args, argc, argv, &is_done);
	if (*status || is_done)
		return NULL;
	if (!arguments->name) {
		*status = ctl_usage("exchange %s: name the exchange", command->name);
		return NULL;
	}
	admin = condis_admin_open();
	if (!admin)
		*status = ctl_library_failure();
	return admin;
}

static int run_add(const struct ctl_command *command, int argc, char **argv)
{
	struct arguments arguments = { .kind = DEFAULT_KIND };
	struct condis_admin *admin;
	int status;

	admin = begin(command, argc, argv, &arguments, &status);
	if (!admin)
		return status;
	if (condis_exchange_add(admin, arguments.name, arguments.kind))
		status = ctl_library_failure();
	condis_admin_close(admin);
	return status;
}

static int run_del(const struct ctl_command *command, int argc, char **argv)
{
	struct arguments arguments = { 0 };
	struct condis_admin *admin;
	int status;

	admin = begin(command, argc, argv, &arguments, &status);
	if (!admin)
		return status;
	if (condis_exchange_del(admin, arguments.name))
		status = ctl_library_failure();
	condis_admin_close(admin);
	return status;
}

static int print_exchanges(struct condis_admin *admin)
{
	static const struct ctl_column columns[] = {
		{ .name = "NAME" },
		{ .name = "KIND" },
		{ .name = "ADAPTERS", .is_number = true },
		{ .name = "NUMBERS", .is_number = true },
		{ .name = "CALLS", .is_number = true },
		{ .name = "MADE", .is_number = true },
		{ .name = "LATE", .is_number = true },
	};
	struct condis_exchange_info *list;
	struct ctl_table *table;
	ssize_t length, i;

	length = condis_exchanges(admin, &list);
	if (length < 0)
		return ctl_library_failure();
	table = ctl_table_new("exchanges", columns, ARRAY_SIZE(columns));
	for (i = 0; i < length; i++) {
		ctl_table_line(table, NULL);
		ctl_table_text(table, 0, "%s", list[i].name);
		ctl_table_text(table, 1, "%s", list[i].kind);
		ctl_table_number(table, 2, list[i].adapters);
		ctl_table_number(table, 3, list[i].numbers);
		ctl_table_number(table, 4, list[i].calls);
		ctl_table_number(table, 5, list[i].calls_made);
		ctl_table_number(table, 6, list[i].late);
	}
	free(list);
	return ctl_table_end(table);
}

static int run_list(const struct ctl_command *command, int argc, char **argv)
{
	return ctl_show(command, argc, argv, print_exchanges);
}

static int run_kinds(const struct ctl_command *command, int argc, char **argv)
{
	static const struct ctl_column columns[] = { { .name = "KIND" } };
	struct ctl_args args = { .command = command };
	struct condis_admin *admin;
	struct ctl_table *table;
	bool is_done;
	char **names;
	int status, i;

	status = ctl_parse(&args, argc, argv, &is_done);
	if (status || is_done)
		return status;
	admin = condis_admin_open();
	if (!admin)
		return ctl_library_failure();
	names = condis_kinds(admin);
	condis_admin_close(admin);
	if (!names)
		return ctl_library_failure();
	table = ctl_table_new("kinds", columns, ARRAY_SIZE(columns));
	for (i = 0; names[i]; i++) {
		ctl_table_line(table, NULL);
		ctl_table_text(table, 0, "%s", names[i]);
	}
	free(names);
	return ctl_table_end(table);
}

static const struct ctl_option add_options[] = {
	{ "kind", "KIND", "its kind; vwan if it is not said" },
	{ 0 },
};

static const struct ctl_command subcommands[] = {
	{
		.name = "add",
		.arguments = "NAME [OPTION...]",
		.help = "Make an exchange in this network namespace.",
		.run = run_add,
		.options = add_options,
	},
	{
		.name = "del",
		.arguments = "NAME",
		.help = "Remove an exchange to which no adapter is connected.",
		.run = run_del,
	},
	{
		.name = "list",
		.arguments = "",
		.help = "List exchanges.",
		.run = run_list,
	},
	{ 0 },
};

const struct ctl_command ctl_exchange = {
	.name = "exchange",
	.arguments = "add|del|list ...",
	.help = "Exchanges: what adapters are connected to.",
	.subcommands = subcommands,
};

const struct ctl_command ctl_kind = {
	.name = "kinds",
	.arguments = "",
	.help = "List the kinds of adapter that are registered.",
	.run = run_kinds,
};
