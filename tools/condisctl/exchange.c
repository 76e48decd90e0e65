// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl exchange, condisctl kinds.
 */
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "ctl.h"

struct arguments {
	const char *name;
	const char *kind;
};

static const struct arguments defaults = { .kind = CTL_DEFAULT_KIND };

static int add(struct condis_admin *admin, void *data)
{
	const struct arguments *arguments = data;

	if (condis_exchange_add(admin, arguments->name, arguments->kind))
		return ctl_library_failure();
	return CTL_OK;
}

static int del(struct condis_admin *admin, void *data)
{
	const struct arguments *arguments = data;

	return condis_exchange_del(admin, arguments->name) ? ctl_library_failure() : CTL_OK;
}

/* As a line of a configuration: one that is there, of this kind, is as good as a new one. */
static int apply(struct condis_admin *admin, void *data)
{
	const struct arguments *arguments = data;
	struct condis_exchange_info *list;
	ssize_t length, i;
	int status;

	length = condis_exchanges(admin, &list);
	if (length < 0)
		return ctl_library_failure();
	for (i = 0; i < length; i++)
		if (!strcmp(list[i].name, arguments->name))
			break;
	if (i == length)
		status = add(admin, data);
	else if (strcmp(list[i].kind, arguments->kind))
		status = ctl_failure("exchange %s is there already, of kind %s; remove it first",
				     arguments->name, list[i].kind);
	else
		status = CTL_OK;
	free(list);
	return status;
}

/* Behind the end of its adapters; one that is gone is as good as removed. */
static int await(struct condis_admin *admin, void *data)
{
	const struct arguments *arguments = data;

	if (condis_exchange_del(admin, arguments->name) && errno != ENOENT)
		return ctl_library_failure();
	return CTL_OK;
}

static int list_exchanges(struct condis_admin *admin, void *data)
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

	(void)data;
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

static int list_kinds(struct condis_admin *admin, void *data)
{
	static const struct ctl_column columns[] = { { .name = "KIND" } };
	struct ctl_table *table;
	char **names;
	int i;

	(void)data;
	names = condis_kinds(admin);
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
	{ "kind", "KIND", "its kind; vwan if it is not said", CTL_NAME,
	  offsetof(struct arguments, kind), 0, 0 },
	{ 0 },
};

#define NAME(_value) { NULL, _value, "name the exchange", CTL_NAME, \
		       offsetof(struct arguments, name), 0, 0 }

const struct ctl_command ctl_exchange_commands[] = {
	{
		.name = "exchange",
		.arguments = "add|del|list ...",
		.help = "Exchanges: what adapters are connected to.",
	}, {
		.name = "exchange add",
		.arguments = "NAME [OPTION...]",
		.help = "Make an exchange in this network namespace.",
		.word = NAME("NAME"),
		.options = add_options,
		.size = sizeof(struct arguments),
		.defaults = &defaults,
		.admin = add,
		.apply = apply,
		.await = await,
	}, {
		.name = "exchange del",
		.arguments = "NAME",
		.help = "Remove an exchange to which no adapter is connected.",
		.word = NAME("EXCHANGE"),
		.size = sizeof(struct arguments),
		.admin = del,
	}, {
		.name = "exchange list",
		.arguments = "",
		.help = "List exchanges.",
		.admin = list_exchanges,
	}, {
		.name = "kinds",
		.arguments = "",
		.help = "List the kinds of adapter that are registered.",
		.admin = list_kinds,
	},
	{ 0 },
};
