// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl save: what there is, as a configuration for condisctl apply.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "ctl.h"

struct arguments {
	bool all;
};

/* A word as apply reads it back. */
static void print_word(const char *word)
{
	bool is_quoted = word[strcspn(word, "#\"'\\")];

	printf("%s", is_quoted ? "\"" : "");
	for (; *word; word++)
		printf("%s%c", is_quoted && strchr("\"\\", *word) ? "\\" : "", *word);
	printf("%s", is_quoted ? "\"" : "");
}

/* The name comes first, as a person would write it, unless it looks like an option. */
static void print_begin(const char *noun, const char *name)
{
	printf("%s add", noun);
	if (*name != '-') {
		printf(" ");
		print_word(name);
	}
}

static void print_option(const char *option, const char *value)
{
	printf(" --%s ", option);
	print_word(value);
}

static void print_end(const char *name)
{
	if (*name == '-') {
		printf(" -- ");
		print_word(name);
	}
	printf("\n");
}

static void print_exchange(const struct condis_exchange_info *exchange)
{
	print_begin("exchange", exchange->name);
	if (strcmp(exchange->kind, CTL_DEFAULT_KIND))
		print_option("kind", exchange->kind);
	print_end(exchange->name);
}

static void print_adapter(const struct condis_adapter_info *adapter, bool all)
{
	const struct condis_knob *knob;
	unsigned int i;
	char *value;

	print_begin("adapter", adapter->name);
	if (strcmp(adapter->kind, CTL_DEFAULT_KIND))
		print_option("kind", adapter->kind);
	if (adapter->exchange[0])
		print_option("exchange", adapter->exchange);
	for (i = 0; (knob = condis_knob_at(i)); i++) {
		value = condis_adapter_knob(adapter, knob->name);
		if (value && *value && (all || strcmp(value, knob->initial)))
			print_option(knob->name, value);
		free(value);
	}
	print_end(adapter->name);
}

static int save(struct condis_admin *admin, void *data)
{
	const struct arguments *arguments = data;
	struct condis_adapter_info *adapters;
	struct condis_exchange_info *exchanges;
	ssize_t length, i;
	int status = CTL_OK;

	length = condis_exchanges(admin, &exchanges);
	if (length < 0)
		return ctl_library_failure();
	printf("# For condisctl apply; see condis.conf(5).\n");
	for (i = 0; i < length; i++)
		print_exchange(&exchanges[i]);
	free(exchanges);
	length = condis_adapters(admin, &adapters);
	if (length < 0)
		return ctl_library_failure();
	for (i = 0; i < length; i++) {
		/* Of other kinds the library knows no knobs, of another namespace no name. */
		if (!adapters[i].kind[0] || adapters[i].is_foreign)
			printf("# ");
		print_adapter(&adapters[i], arguments->all);
		if (adapters[i].is_foreign)
			status = ctl_failure("adapter %s: add the --netns of its exchange",
					     adapters[i].name);
	}
	condis_adapters_free(adapters, length);
	return status;
}

static const struct ctl_option options[] = {
	{ "all", NULL, "also the knobs that are what they are at first", CTL_FLAG,
	  offsetof(struct arguments, all), 0, 0 },
	{ 0 },
};

const struct ctl_command ctl_save_commands[] = {
	{
		.name = "save",
		.arguments = "[--all]",
		.help = "Print the exchanges and adapters as a configuration, for apply.",
		.details = "Example:\n  condisctl save >/etc/condis/demo.conf",
		.options = options,
		.size = sizeof(struct arguments),
		.admin = save,
	},
	{ 0 },
};
