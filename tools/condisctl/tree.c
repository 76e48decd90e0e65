// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl tree: exchanges, what is connected to them, and the calls on it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ctl.h"

/**
 * struct forest - what is drawn
 * @table: the table
 * @adapters: adapters
 * @n_adapters: their number
 * @calls: calls of all of them; NULL if this user may not see them
 * @n_calls: their number
 */
struct forest {
	struct ctl_table *table;
	struct condis_adapter_info *adapters;
	ssize_t n_adapters;
	struct condis_call_info *calls;
	ssize_t n_calls;
};

static void add_call(struct ctl_table *table, void *parent, const struct condis_call_info *call)
{
	ctl_table_line(table, parent);
	ctl_table_text(table, 0, "call %llu", (unsigned long long)call->id);
	ctl_table_text(table, 1, "%s", call->state);
	ctl_table_text(table, 2, "line %u, %s %s", call->line, call->is_incoming ? "from" : "to",
		       call->is_incoming ? call->calling : call->called);
}

static void add_adapter(const struct forest *forest, void *parent,
			const struct condis_adapter_info *adapter)
{
	char *lines = condis_adapter_knob(adapter, "lines");
	char *numbers = condis_adapter_knob(adapter, "address");
	ssize_t i;
	void *line;

	line = ctl_table_line(forest->table, parent);
	ctl_table_text(forest->table, 0, "%s", adapter->name);
	ctl_table_text(forest->table, 1, "%s", adapter->state);
	ctl_table_text(forest->table, 2, "lines %s%s%s", lines ? lines : "0",
		       numbers && *numbers ? ", numbers " : "", numbers ? numbers : "");
	free(lines);
	free(numbers);
	for (i = 0; i < forest->n_calls; i++)
		if (forest->calls[i].adapter_id == adapter->id)
			add_call(forest->table, line, &forest->calls[i]);
}

static void add_exchange(const struct forest *forest, const struct condis_exchange_info *exchange)
{
	void *line = ctl_table_line(forest->table, NULL);
	ssize_t i;

	ctl_table_text(forest->table, 0, "%s", exchange->name);
	ctl_table_text(forest->table, 1, "%s", exchange->kind);
	ctl_table_text(forest->table, 2, "adapters %u, calls %u", exchange->adapters,
		       exchange->calls);
	for (i = 0; i < forest->n_adapters; i++)
		if (!forest->adapters[i].is_foreign &&
		    !strcmp(forest->adapters[i].exchange, exchange->name))
			add_adapter(forest, line, &forest->adapters[i]);
}

/* Those that are connected to another namespace's exchange, or to none. */
static void add_others(const struct forest *forest)
{
	const struct condis_adapter_info *adapter;
	void *line;
	ssize_t i;

	for (i = 0; i < forest->n_adapters; i++) {
		adapter = &forest->adapters[i];
		if (!adapter->is_foreign && adapter->exchange[0])
			continue;
		line = NULL;
		if (adapter->is_foreign) {
			line = ctl_table_line(forest->table, NULL);
			ctl_table_text(forest->table, 0, "%s", adapter->exchange);
			ctl_table_text(forest->table, 1, "%s", adapter->kind);
			ctl_table_text(forest->table, 2, "of another namespace");
		}
		add_adapter(forest, line, adapter);
	}
}

static int show(struct condis_admin *admin, void *data)
{
	static const struct ctl_column columns[] = {
		{ .name = "NAME" },
		{ .name = "STATE" },
		{ .name = "DETAIL" },
	};
	struct condis_exchange_info *exchanges;
	struct forest forest = { 0 };
	ssize_t length, i;

	(void)data;
	length = condis_exchanges(admin, &exchanges);
	if (length < 0)
		return ctl_library_failure();
	forest.n_adapters = condis_adapters(admin, &forest.adapters);
	if (forest.n_adapters >= 0)
		forest.n_calls = condis_calls(admin, 0, &forest.calls);
	if (forest.n_adapters < 0 || (forest.n_calls < 0 && errno != EPERM)) {
		condis_adapters_free(forest.adapters, forest.n_adapters);
		free(exchanges);
		return ctl_library_failure();
	}
	forest.table = ctl_tree_new("tree", columns, ARRAY_SIZE(columns));
	for (i = 0; i < length; i++)
		add_exchange(&forest, &exchanges[i]);
	add_others(&forest);
	free(forest.calls);
	condis_adapters_free(forest.adapters, forest.n_adapters);
	free(exchanges);
	return ctl_table_end(forest.table);
}

const struct ctl_command ctl_tree_commands[] = {
	{
		.name = "tree",
		.arguments = "",
		.help = "Show exchanges, their adapters, and the calls on them, as a tree.",
		.admin = show,
	},
	{ 0 },
};
