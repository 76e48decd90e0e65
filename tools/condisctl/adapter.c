// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl adapter.
 */
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "ctl.h"

#define DEFAULT_KIND "vwan"

struct arguments {
	const struct ctl_command *command;
	const char *name;
	struct condis_adapter_place place;
	struct condis_config *config;
	char *numbers;
	bool is_surprise;
	bool is_awaited;
	int wait_ms;
};

static int take_word(void *context, const char *word)
{
	struct arguments *arguments = context;

	if (arguments->name)
		return ctl_usage("adapter %s: '%s' is too much; its --help lists knobs",
				 arguments->command->name, word);
	arguments->name = word;
	return 0;
}

/* Numbers may be given one by one; the knob takes them all. */
static int add_numbers(struct arguments *arguments, const char *value)
{
	char *longer = NULL;

	if (asprintf(&longer, "%s%s%s", arguments->numbers ? arguments->numbers : "",
		     arguments->numbers ? "," : "", value) < 0)
		return ctl_failure("no memory");
	free(arguments->numbers);
	arguments->numbers = longer;
	return 0;
}

static int take_option(void *context, const char *name, const char *value)
{
	struct arguments *arguments = context;

	if (!strcmp(name, "kind"))
		arguments->place.kind = value;
	else if (!strcmp(name, "exchange"))
		arguments->place.exchange = value;
	else if (!strcmp(name, "netns"))
		arguments->place.netns = value;
	else if (!strcmp(name, "surprise"))
		arguments->is_surprise = true;
	else if (!strcmp(name, "wait"))
		arguments->is_awaited = true;
	else if (!strcmp(name, "address"))
		return add_numbers(arguments, value);
	else if (condis_config_set(arguments->config, name, value))
		return ctl_usage("%s", condis_error());
	return 0;
}

static int check_arguments(struct arguments *arguments)
{
	if (!arguments->name)
		return ctl_usage("adapter %s: name the adapter", arguments->command->name);
	if (arguments->place.netns && !arguments->place.exchange)
		return ctl_usage("adapter add: --netns needs --exchange NAME, an exchange there");
	if (arguments->numbers &&
	    condis_config_set(arguments->config, "address", arguments->numbers))
		return ctl_usage("%s", condis_error());
	return 0;
}

/* Parse, open, act, close: what all commands on one adapter do. */
static int with_adapter(const struct ctl_command *command, int argc, char **argv,
			int (*act)(struct condis_admin *admin, struct arguments *arguments))
{
	struct arguments arguments = {
		.command = command,
		.place.kind = DEFAULT_KIND,
		.config = condis_config_new(),
	};
	struct ctl_args args = {
		.command = command,
		.word = take_word,
		.option = take_option,
		.context = &arguments,
	};
	struct condis_admin *admin = NULL;
	bool is_done = false;
	int status;

	if (!arguments.config)
		return ctl_library_failure();
	status = ctl_parse(&args, argc, argv, &is_done);
	if (!status && !is_done)
		status = check_arguments(&arguments);
	if (!status && !is_done) {
		admin = condis_admin_open();
		status = admin ? act(admin, &arguments) : ctl_library_failure();
	}
	condis_admin_close(admin);
	condis_config_free(arguments.config);
	free(arguments.numbers);
	return status;
}

static int add(struct condis_admin *admin, struct arguments *arguments)
{
	if (condis_adapter_add(admin, arguments->name, &arguments->place, arguments->config))
		return ctl_library_failure();
	return CTL_OK;
}

/* Until nothing of one adapter is left. */
static int wait_for_end(struct condis_monitor *monitor, const char *name, uint32_t id)
{
	struct pollfd poll_fd = { .fd = condis_monitor_fd(monitor), .events = POLLIN };
	struct condis_notice notice;
	bool is_gone;
	int got;

	for (;;) {
		while ((got = condis_monitor_next(monitor, &notice)) > 0) {
			is_gone = notice.command == CONDIS_CMD_ADAPTER_EVENT &&
				  notice.event == CONDIS_EVENT_GONE && notice.adapter.id == id;
			free(notice.adapter.data);
			if (is_gone)
				return CTL_OK;
		}
		if (got < 0)
			return ctl_failure("adapter %s is removed, but %s; see condisctl status",
					   name, condis_error());
		if (poll(&poll_fd, 1, -1) < 0)
			return ctl_failure("adapter %s is removed; interrupted while it comes down",
					   name);
	}
}

static int del(struct condis_admin *admin, struct arguments *arguments)
{
	struct condis_adapter_info *adapter = NULL;
	struct condis_monitor *monitor = NULL;
	int status = CTL_OK;

	if (arguments->is_awaited) {
		/* Listen first, so that its end is not missed. */
		monitor = condis_monitor_open();
		adapter = monitor ? condis_adapter_get(admin, arguments->name) : NULL;
		if (!adapter)
			status = ctl_library_failure();
	}
	if (!status && condis_adapter_del(admin, arguments->name, arguments->is_surprise))
		status = ctl_library_failure();
	if (!status && adapter)
		status = wait_for_end(monitor, arguments->name, adapter->id);
	condis_adapters_free(adapter, 1);
	condis_monitor_close(monitor);
	return status;
}

static int set(struct condis_admin *admin, struct arguments *arguments)
{
	if (condis_config_is_empty(arguments->config))
		return ctl_usage("adapter %s: say what to change; its --help lists knobs",
				 arguments->command->name);
	if (condis_adapter_set(admin, arguments->name, arguments->config))
		return ctl_library_failure();
	return CTL_OK;
}

static int reset(struct condis_admin *admin, struct arguments *arguments)
{
	return condis_adapter_reset(admin, arguments->name) ? ctl_library_failure() : CTL_OK;
}

static int pause_it(struct condis_admin *admin, struct arguments *arguments)
{
	return condis_adapter_pause(admin, arguments->name) ? ctl_library_failure() : CTL_OK;
}

static int restart(struct condis_admin *admin, struct arguments *arguments)
{
	return condis_adapter_restart(admin, arguments->name) ? ctl_library_failure() : CTL_OK;
}

/* All knobs of one adapter. */
static int show(struct condis_admin *admin, struct arguments *arguments)
{
	static const struct ctl_column columns[] = {
		{ .name = "KNOB" },
		{ .name = "VALUE" },
	};
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

static int run_list(const struct ctl_command *command, int argc, char **argv)
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
	struct ctl_args args = { .command = command };
	struct condis_adapter_info *list;
	struct condis_admin *admin;
	struct ctl_table *table;
	ssize_t length, i;
	bool is_done;
	int status;

	status = ctl_parse(&args, argc, argv, &is_done);
	if (status || is_done)
		return status;
	admin = condis_admin_open();
	if (!admin)
		return ctl_library_failure();
	length = condis_adapters(admin, &list);
	condis_admin_close(admin);
	if (length < 0)
		return ctl_library_failure();
	table = ctl_table_new("adapters", columns, ARRAY_SIZE(columns));
	for (i = 0; i < length; i++)
		print_adapter(table, &list[i]);
	condis_adapters_free(list, length);
	return ctl_table_end(table);
}

static int run_add(const struct ctl_command *command, int argc, char **argv)
{
	return with_adapter(command, argc, argv, add);
}

static int run_del(const struct ctl_command *command, int argc, char **argv)
{
	return with_adapter(command, argc, argv, del);
}

static int run_set(const struct ctl_command *command, int argc, char **argv)
{
	return with_adapter(command, argc, argv, set);
}

static int run_show(const struct ctl_command *command, int argc, char **argv)
{
	return with_adapter(command, argc, argv, show);
}

static int run_reset(const struct ctl_command *command, int argc, char **argv)
{
	return with_adapter(command, argc, argv, reset);
}

static int run_pause(const struct ctl_command *command, int argc, char **argv)
{
	return with_adapter(command, argc, argv, pause_it);
}

static int run_restart(const struct ctl_command *command, int argc, char **argv)
{
	return with_adapter(command, argc, argv, restart);
}

static const struct ctl_option add_options[] = {
	{ "exchange", "NAME", "connect it to this exchange" },
	{ "netns", "NAME|PATH", "the exchange is in this network namespace" },
	{ "kind", "KIND", "its kind; vwan if it is not said" },
	{ 0 },
};

static const struct ctl_option del_options[] = {
	{ "surprise", NULL, "as if it was pulled out: calls are not cleared first" },
	{ "wait", NULL, "until nothing is left of it" },
	{ 0 },
};

static const struct ctl_command subcommands[] = {
	{
		.name = "add",
		.arguments = "NAME [--exchange NAME] [--KNOB VALUE]...",
		.help = "Make and activate an adapter in this network namespace.",
		.details = "Example:\n"
			   "  condisctl adapter add wan0 --exchange city --lines 2 --address 100@0,101@1",
		.run = run_add,
		.options = add_options,
		.has_knobs = true,
	},
	{
		.name = "del",
		.arguments = "NAME [OPTION...]",
		.help = "Remove an adapter. It comes down by itself; its name is free at once.",
		.run = run_del,
		.options = del_options,
	},
	{
		.name = "set",
		.arguments = "NAME --KNOB VALUE...",
		.help = "Change an adapter while it runs: delays, faults, lines, bearers.",
		.details = "Example:\n"
			   "  condisctl adapter set wan0 --fault busy --alert-delay 500",
		.run = run_set,
		.has_knobs = true,
	},
	{
		.name = "list",
		.arguments = "",
		.help = "List adapters.",
		.run = run_list,
	},
	{
		.name = "show",
		.arguments = "NAME",
		.help = "Show the knobs of an adapter.",
		.run = run_show,
	},
	{
		.name = "reset",
		.arguments = "NAME",
		.help = "Reset an adapter.",
		.run = run_reset,
	},
	{
		.name = "pause",
		.arguments = "NAME",
		.help = "Stop the data of an adapter; calls stay.",
		.run = run_pause,
	},
	{
		.name = "restart",
		.arguments = "NAME",
		.help = "Let a paused adapter go on.",
		.run = run_restart,
	},
	{ 0 },
};

const struct ctl_command ctl_adapter = {
	.name = "adapter",
	.arguments = "add|del|set|list|show|reset|pause|restart ...",
	.help = "Adapters, their lines, and their faults.",
	.subcommands = subcommands,
};
