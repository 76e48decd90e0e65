// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl verifier: how often drivers have broken the contract.
 */
#include "ctl.h"

static int print_summary(const struct condis_verdict *verdict)
{
	static const struct ctl_column columns[] = {
		{ .name = "VERIFIER" },
		{ .name = "VIOLATIONS", .is_number = true },
		{ .name = "KEPT", .is_number = true },
	};
	struct ctl_table *table = ctl_table_new("verifier", columns, ARRAY_SIZE(columns));

	ctl_table_line(table, NULL);
	ctl_table_text(table, 0, "%s", verdict->is_on ? "on" : "off");
	ctl_table_number(table, 1, condis_verdict_sum(&verdict->total));
	ctl_table_number(table, 2, verdict->kept);
	return ctl_table_end(table);
}

static void print_kinds(struct ctl_table *table, const struct condis_violations *violations)
{
	size_t i;

	for (i = 0; i < CONDIS_NR_VIOLATIONS; i++) {
		if (!violations->count[i])
			continue;
		ctl_table_line(table, NULL);
		ctl_table_text(table, 0, "%s", violations->id ? violations->name : "all");
		if (violations->id)
			ctl_table_number(table, 1, violations->id);
		ctl_table_text(table, 2, "%s", condis_violation_name((enum condis_violation)i));
		ctl_table_number(table, 3, violations->count[i]);
	}
}

static int print_violations(const struct condis_verdict *verdict)
{
	static const struct ctl_column columns[] = {
		{ .name = "ADAPTER" },
		{ .name = "ID", .is_number = true },
		{ .name = "VIOLATION" },
		{ .name = "COUNT", .is_number = true },
	};
	struct ctl_table *table = ctl_table_new("violations", columns, ARRAY_SIZE(columns));
	size_t i;

	print_kinds(table, &verdict->total);
	for (i = 0; i < verdict->length; i++)
		print_kinds(table, &verdict->by_adapter[i]);
	return ctl_table_end(table);
}

static int show(struct condis_admin *admin, void *data)
{
	struct condis_verdict *verdict = condis_verdict_get(admin);
	uint64_t sum;
	int status;

	(void)data;
	if (!verdict)
		return ctl_library_failure();
	sum = condis_verdict_sum(&verdict->total);
	ctl_json_begin();
	status = print_summary(verdict);
	if (!status && (sum || ctl_json)) {
		if (!ctl_json)
			printf("\n");
		status = print_violations(verdict);
	}
	ctl_json_end();
	condis_verdict_free(verdict);
	return status ? status : sum ? CTL_FAILURE : CTL_OK;
}

const struct ctl_command ctl_verifier_commands[] = {
	{
		.name = "verifier",
		.arguments = "",
		.help = "Count how often drivers have broken the contract of the core.",
		.details = "\"all\" are those of the namespace, also on adapters that are gone;\n"
			   "then those of each adapter that is there. The kernel's log says who it\n"
			   "was, and where. The parameter verifier of the module condis switches it\n"
			   "on. Exit status: 0 if there were none, else 1.",
		.admin = show,
	},
	{ 0 },
};
