// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl adapter.
 */
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "ctl.h"

/**
 * struct arguments - what a command on an adapter was given
 * @name: its name
 * @place: where it is
 * @knobs: its knobs
 * @is_surprise: it is pulled out
 * @is_awaited: its end is
 * @id: of the one that is removed; 0: none is
 */
struct arguments {
	const char *name;
	struct condis_adapter_place place;
	struct ctl_knobs knobs;
	bool is_surprise;
	bool is_awaited;
	uint32_t id;
};

static const struct arguments defaults = { .place.kind = CTL_DEFAULT_KIND };

static int check_place(const void *data)
{
	const struct arguments *arguments = data;

	if (arguments->place.netns && !arguments->place.exchange)
		return ctl_usage("--netns needs --exchange NAME, an exchange there");
	return 0;
}

static int check_change(const void *data)
{
	const struct arguments *arguments = data;

	if (!arguments->knobs.config)
		return ctl_usage("say what to change; its --help lists knobs");
	return 0;
}

static int add(struct condis_admin *admin, void *data)
{
	const struct arguments *arguments = data;

	if (condis_adapter_add(admin, arguments->name, &arguments->place,
			       arguments->knobs.config))
		return ctl_library_failure();
	return CTL_OK;
}

static int set(struct condis_admin *admin, void *data)
{
	const struct arguments *arguments = data;

	if (condis_adapter_set(admin, arguments->name, arguments->knobs.config))
		return ctl_library_failure();
	return CTL_OK;
}

/*
 * As a line of a configuration: only what is otherwise is set, so that nothing is disturbed
 * that is right already.
 */
static int set_different(struct condis_admin *admin, const struct arguments *arguments,
			 const struct condis_adapter_info *adapter)
{
	struct condis_config *config = condis_config_new();
	const struct condis_knob *knob;
	char *wanted, *is;
	unsigned int i;
	int err = config ? 0 : -1;

	for (i = 0; !err && (knob = condis_knob_at(i)); i++) {
		wanted = condis_config_knob(arguments->knobs.config, knob->name);
		is = condis_adapter_knob(adapter, knob->name);
		if (wanted && (!is || strcmp(wanted, is)))
			err = condis_config_set(config, knob->name, *wanted ? wanted : "none");
		free(wanted);
		free(is);
	}
	if (!err && !condis_config_is_empty(config))
		err = condis_adapter_set(admin, arguments->name, config);
	condis_config_free(config);
	return err ? ctl_library_failure() : CTL_OK;
}

static int apply_set(struct condis_admin *admin, void *data)
{
	const struct arguments *arguments = data;
	struct condis_adapter_info *adapter = condis_adapter_get(admin, arguments->name);
	int status;

	if (!adapter)
		return ctl_library_failure();
	status = set_different(admin, arguments, adapter);
	condis_adapters_free(adapter, 1);
	return status;
}

/* One that is there, in its place, is as good as a new one. */
static int apply_add(struct condis_admin *admin, void *data)
{
	const struct arguments *arguments = data;
	const char *exchange = arguments->place.exchange ? arguments->place.exchange : "";
	struct condis_adapter_info *adapter = condis_adapter_get(admin, arguments->name);
	int status;

	if (!adapter)
		return errno == ENOENT || errno == ENODEV ? add(admin, data) :
							    ctl_library_failure();
	if (strcmp(adapter->kind, arguments->place.kind))
		status = ctl_failure("adapter %s is there already, of kind %s; remove it first",
				     arguments->name, adapter->kind);
	else if (strcmp(adapter->exchange, exchange) ||
		 adapter->is_foreign != !!arguments->place.netns)
		status = ctl_failure("adapter %s is there already, on %s%s%s; remove it first",
				     arguments->name,
				     adapter->exchange[0] ? "exchange " : "no exchange",
				     adapter->exchange,
				     adapter->is_foreign ? " of another namespace" : "");
	else if (arguments->knobs.config)
		status = set_different(admin, arguments, adapter);
	else
		status = CTL_OK;
	condis_adapters_free(adapter, 1);
	return status;
}

/* Of a configuration: one that is gone is as good as removed. */
static int remove_it(struct condis_admin *admin, void *data)
{
	struct arguments *arguments = data;
	struct condis_adapter_info *adapter = condis_adapter_get(admin, arguments->name);

	if (!adapter)
		return errno == ENOENT || errno == ENODEV ? CTL_OK : ctl_library_failure();
	arguments->id = adapter->id;
	condis_adapters_free(adapter, 1);
	if (condis_adapter_del(admin, arguments->name, arguments->is_surprise))
		return ctl_library_failure();
	return CTL_OK;
}

static int await(struct condis_admin *admin, void *data)
{
	const struct arguments *arguments = data;

	return arguments->id ? ctl_await_gone(admin, arguments->name, arguments->id) : CTL_OK;
}

static int del(struct condis_admin *admin, void *data)
{
	struct arguments *arguments = data;
	int status;

	if (arguments->is_awaited) {
		status = remove_it(admin, arguments);
		if (status)
			return status;
		if (arguments->id)
			return await(admin, arguments);
	}
	/* Also if it was not there: whoever deletes one by hand hears of it. */
	if (condis_adapter_del(admin, arguments->name, arguments->is_surprise))
		return ctl_library_failure();
	return CTL_OK;
}

static int reset(struct condis_admin *admin, void *data)
{
	const struct arguments *arguments = data;

	return condis_adapter_reset(admin, arguments->name) ? ctl_library_failure() : CTL_OK;
}

static int pause_it(struct condis_admin *admin, void *data)
{
	const struct arguments *arguments = data;

	return condis_adapter_pause(admin, arguments->name) ? ctl_library_failure() : CTL_OK;
}

static int restart(struct condis_admin *admin, void *data)
{
	const struct arguments *arguments = data;

	return condis_adapter_restart(admin, arguments->name) ? ctl_library_failure() : CTL_OK;
}

/* All knobs of one adapter. */
static int show(struct condis_admin *admin, void *data)
{
	static const struct ctl_column columns[] = {
		{ .name = "KNOB" },
		{ .name = "VALUE" },
	};
	const struct arguments *arguments = data;
	struct condis_adapter_info *adapter;
	const struct condis_knob *knob;
	struct ctl_table *table;
	unsigned int i;
	char *value;

	adapter = condis_adapter_get(admin, arguments->name);
	if (!adapter)
		return ctl_library_failure();
	table = ctl_table_new("knobs", columns, ARRAY_SIZE(columns));
	for (i = 0; (knob = condis_knob_at(i)); i++) {
		value = condis_adapter_knob(adapter, knob->name);
		if (!value)
			continue;
		ctl_table_line(table, NULL);
		ctl_table_text(table, 0, "%s", knob->name);
		ctl_table_text(table, 1, "%s", value);
		free(value);
	}
	condis_adapters_free(adapter, 1);
	return ctl_table_end(table);
}

static void print_adapter(struct ctl_table *table, const struct condis_adapter_info *adapter)
{
	char *lines = condis_adapter_knob(adapter, "lines");
	char *calls = condis_adapter_knob(adapter, "calls");
	char *numbers = condis_adapter_knob(adapter, "address");
	char *fault = condis_adapter_knob(adapter, "fault");
	char age[32];

	ctl_table_line(table, NULL);
	ctl_table_number(table, 0, adapter->id);
	ctl_table_text(table, 1, "%s", adapter->name);
	ctl_table_text(table, 2, "%s", adapter->kind);
	ctl_table_text(table, 3, "%s%s", adapter->exchange,
		       adapter->is_foreign && !ctl_json ? " (foreign)" : "");
	ctl_table_text(table, 4, "%s", adapter->state);
	if (ctl_json)
		ctl_table_number(table, 5, adapter->age_ms);
	else
		ctl_table_text(table, 5, "%s", ctl_age(adapter->age_ms, age));
	ctl_table_text(table, 6, "%s", lines ? lines : "0");
	ctl_table_text(table, 7, "%s", calls ? calls : "0");
	ctl_table_text(table, 8, "%s", numbers ? numbers : "");
	ctl_table_text(table, 9, "%s", fault ? fault : "");
	free(lines);
	free(calls);
	free(numbers);
	free(fault);
}

static int list(struct condis_admin *admin, void *data)
{
	static const struct ctl_column columns[] = {
		{ .name = "ID", .is_number = true },
		{ .name = "NAME" },
		{ .name = "KIND" },
		{ .name = "EXCHANGE" },
		{ .name = "STATE" },
		{ .name = "AGE", .is_number = true },
		{ .name = "LINES", .is_number = true },
		{ .name = "CALLS", .is_number = true },
		{ .name = "NUMBERS" },
		{ .name = "FAULT" },
	};
	struct condis_adapter_info *adapters;
	struct ctl_table *table;
	ssize_t length, i;

	(void)data;
	length = condis_adapters(admin, &adapters);
	if (length < 0)
		return ctl_library_failure();
	table = ctl_table_new("adapters", columns, ARRAY_SIZE(columns));
	for (i = 0; i < length; i++)
		print_adapter(table, &adapters[i]);
	condis_adapters_free(adapters, length);
	return ctl_table_end(table);
}

#define AT(_member) offsetof(struct arguments, _member)

static const struct ctl_option add_options[] = {
	{ "exchange", "EXCHANGE", "connect it to this exchange", CTL_NAME, AT(place.exchange), 0,
	  0 },
	{ "netns", "NETNS", "the exchange is in this network namespace, a name or a path", CTL_TEXT,
	  AT(place.netns), 0, 0 },
	{ "kind", "KIND", "its kind; vwan if it is not said", CTL_NAME, AT(place.kind), 0, 0 },
	{ 0 },
};

static const struct ctl_option del_options[] = {
	{ "surprise", NULL, "as if it was pulled out: calls are not cleared first", CTL_FLAG,
	  AT(is_surprise), 0, 0 },
	{ "wait", NULL, "until nothing is left of it", CTL_FLAG, AT(is_awaited), 0, 0 },
	{ 0 },
};

/* What all but list have. */
#define ADAPTER(_name, _value, _run)						\
	.name = "adapter " _name,						\
	.word = { NULL, _value, "name the adapter", CTL_NAME, AT(name), 0, 0 },	\
	.size = sizeof(struct arguments),					\
	.admin = _run

const struct ctl_command ctl_adapter_commands[] = {
	{
		.name = "adapter",
		.arguments = "add|del|set|list|show|reset|pause|restart ...",
		.help = "Adapters, their lines, and their faults.",
	}, {
		ADAPTER("add", "NAME", add),
		.arguments = "NAME [--exchange EXCHANGE] [--KNOB VALUE]...",
		.help = "Make and activate an adapter in this network namespace.",
		.details = "Example:\n"
			   "  condisctl adapter add wan0 --exchange city --lines 2 --address 100@0,101@1",
		.defaults = &defaults,
		.options = add_options,
		.has_knobs = true,
		.knobs = AT(knobs),
		.check = check_place,
		.apply = apply_add,
		.remove = remove_it,
		.await = await,
	}, {
		ADAPTER("set", "ADAPTER", set),
		.arguments = "ADAPTER --KNOB VALUE...",
		.help = "Change an adapter while it runs: delays, faults, lines, bearers.",
		.details = "Example:\n"
			   "  condisctl adapter set wan0 --fault busy --alert-delay 500",
		.has_knobs = true,
		.knobs = AT(knobs),
		.check = check_change,
		.apply = apply_set,
	}, {
		ADAPTER("del", "ADAPTER", del),
		.arguments = "ADAPTER [OPTION...]",
		.help = "Remove an adapter. It comes down by itself; its name is free at once.",
		.options = del_options,
	}, {
		.name = "adapter list",
		.arguments = "",
		.help = "List adapters.",
		.admin = list,
	}, {
		ADAPTER("show", "ADAPTER", show),
		.arguments = "ADAPTER",
		.help = "Show the knobs of an adapter.",
	}, {
		ADAPTER("reset", "ADAPTER", reset),
		.arguments = "ADAPTER",
		.help = "Reset an adapter.",
	}, {
		ADAPTER("pause", "ADAPTER", pause_it),
		.arguments = "ADAPTER",
		.help = "Stop the data of an adapter; calls stay.",
	}, {
		ADAPTER("restart", "ADAPTER", restart),
		.arguments = "ADAPTER",
		.help = "Let a paused adapter go on.",
	},
	{ 0 },
};
