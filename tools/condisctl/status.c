// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl status: what is left.
 */
#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ctl.h"

/* Characters of a column's head, with its end. */
#define HEAD_SIZE 32

/* Not "--wait": do not. */
#define NO_WAIT (-2)

/**
 * struct arguments - what it was given
 * @wait_ms: wait so long until nothing is left; -1: for ever; NO_WAIT
 * @all: adapters and exchanges are left too
 * @is_quiet: say nothing
 */
struct arguments {
	int wait_ms;
	bool all;
	bool is_quiet;
};

static const struct arguments defaults = { .wait_ms = NO_WAIT };

/* Counts of what came too late are rare: for people they have a column only if there are any. */
static bool is_shown(const struct condis_counts *counts, size_t counter)
{
	size_t i;

	if (ctl_json || counter < CONDIS_COUNTERS_OF_OBJECTS)
		return true;
	for (i = 0; i < counts->length; i++)
		if (counts->by_adapter[i].count[counter])
			return true;
	return false;
}

static void make_head(enum condis_counter counter, char head[HEAD_SIZE])
{
	size_t i;

	snprintf(head, HEAD_SIZE, "%s", condis_counter_name(counter));
	for (i = 0; head[i]; i++)
		head[i] = (char)toupper((unsigned char)head[i]);
}

static int print_adapters(const struct condis_counts *counts)
{
	char heads[CONDIS_COUNTERS][HEAD_SIZE];
	struct ctl_column columns[3 + CONDIS_COUNTERS] = {
		{ .name = "ADAPTER" },
		{ .name = "ID", .is_number = true },
		{ .name = "STATE" },
	};
	size_t i, j, at, length = 3;
	struct ctl_table *table;

	for (j = 0; j < CONDIS_COUNTERS; j++) {
		if (!is_shown(counts, j))
			continue;
		make_head((enum condis_counter)j, heads[j]);
		columns[length++] = (struct ctl_column) { .name = heads[j], .is_number = true };
	}
	table = ctl_table_new("adapters", columns, length);
	for (i = 0; i < counts->length; i++) {
		ctl_table_line(table, NULL);
		ctl_table_text(table, 0, "%s", counts->by_adapter[i].name);
		ctl_table_number(table, 1, counts->by_adapter[i].id);
		ctl_table_text(table, 2, "%s", counts->by_adapter[i].state);
		for (j = 0, at = 3; j < CONDIS_COUNTERS; j++)
			if (is_shown(counts, j))
				ctl_table_number(table, at++, counts->by_adapter[i].count[j]);
	}
	return ctl_table_end(table);
}

static int print_sessions(struct condis_admin *admin)
{
	static const struct ctl_column columns[] = {
		{ .name = "SESSION", .is_number = true },
		{ .name = "NAME" },
		{ .name = "PROCESS" },
		{ .name = "PID", .is_number = true },
		{ .name = "STATE" },
		{ .name = "LINES", .is_number = true },
		{ .name = "CALLS", .is_number = true },
		{ .name = "REQUESTS", .is_number = true },
		{ .name = "EVENTS", .is_number = true },
		{ .name = "DATA", .is_number = true },
		{ .name = "PACKETS", .is_number = true },
		{ .name = "GIVEN", .is_number = true },
	};
	struct condis_session_info *list;
	struct ctl_table *table;
	ssize_t length, i;
	size_t j;

	length = condis_sessions(admin, &list);
	if (length < 0)
		return ctl_library_failure();
	table = ctl_table_new("sessions", columns, ARRAY_SIZE(columns));
	for (i = 0; i < length; i++) {
		ctl_table_line(table, NULL);
		ctl_table_number(table, 0, list[i].id);
		ctl_table_text(table, 1, "%s", list[i].name);
		ctl_table_text(table, 2, "%s", list[i].comm);
		ctl_table_number(table, 3, list[i].pid);
		ctl_table_text(table, 4, "%s", list[i].is_closing ? "closing" : "open");
		for (j = 0; j < NDPROXY_LIMITS; j++)
			ctl_table_number(table, 5 + j, list[i].charges[j]);
	}
	free(list);
	return ctl_table_end(table);
}

static int print_totals(const struct condis_counts *counts, uint64_t left)
{
	static const struct ctl_column columns[] = {
		{ .name = "ADAPTERS", .is_number = true },
		{ .name = "EXCHANGES", .is_number = true },
		{ .name = "PROTOCOLS", .is_number = true },
		{ .name = "SESSIONS", .is_number = true },
		{ .name = "LEFT", .is_number = true },
	};
	struct ctl_table *table = ctl_table_new("totals", columns, ARRAY_SIZE(columns));

	ctl_table_line(table, NULL);
	ctl_table_number(table, 0, counts->adapters);
	ctl_table_number(table, 1, counts->exchanges);
	ctl_table_number(table, 2, counts->protocols);
	ctl_table_number(table, 3, counts->sessions);
	ctl_table_number(table, 4, left);
	return ctl_table_end(table);
}

/* Nothing, unless drivers have broken rules. */
static int print_violations(struct condis_admin *admin)
{
	static const struct ctl_column columns[] = {
		{ .name = "VIOLATIONS", .is_number = true },
		{ .name = "SEE" },
	};
	struct condis_verdict *verdict = condis_verdict_get(admin);
	struct ctl_table *table;
	uint64_t sum;

	if (!verdict)
		return ctl_library_failure();
	sum = condis_verdict_sum(&verdict->total);
	condis_verdict_free(verdict);
	if (!sum)
		return CTL_OK;
	if (!ctl_json)
		printf("\n");
	table = ctl_table_new("verifier", columns, ARRAY_SIZE(columns));
	ctl_table_line(table, NULL);
	ctl_table_number(table, 0, sum);
	ctl_table_text(table, 1, "condisctl verifier");
	return ctl_table_end(table);
}

static int print_all(struct condis_admin *admin, const struct condis_counts *counts, uint64_t left)
{
	int status;

	ctl_json_begin();
	status = print_totals(counts, left);
	if (!status && (counts->length || ctl_json)) {
		if (!ctl_json)
			printf("\n");
		status = print_adapters(counts);
	}
	if (!status && (counts->sessions || ctl_json)) {
		if (!ctl_json)
			printf("\n");
		status = print_sessions(admin);
	}
	if (!status)
		status = print_violations(admin);
	ctl_json_end();
	return status;
}

/* Between two looks; counting is cheap, and no event tells the end of a packet. */
static void nap(void)
{
	const struct timespec pause = { .tv_nsec = 50 * 1000 * 1000 };

	nanosleep(&pause, NULL);
}

/* Count until nothing is left or the time is over. */
static struct condis_counts *count(struct condis_admin *admin, const struct arguments *arguments,
				   uint64_t *left)
{
	long long end = ctl_now_ms() + arguments->wait_ms;
	struct condis_counts *counts;

	for (;;) {
		counts = condis_counts_get(admin);
		if (!counts)
			return NULL;
		*left = condis_counts_left(counts, arguments->all);
		if (!*left || arguments->wait_ms == NO_WAIT)
			return counts;
		if (arguments->wait_ms >= 0 && ctl_now_ms() >= end)
			return counts;
		condis_counts_free(counts);
		nap();
	}
}

static bool is_counted(const struct condis_counts *counts, uint32_t id)
{
	size_t i;

	for (i = 0; i < counts->length; i++)
		if (counts->by_adapter[i].id == id)
			return true;
	return false;
}

int ctl_await_gone(struct condis_admin *admin, const char *name, uint32_t id)
{
	struct condis_counts *counts;
	bool is_there = true;

	while (is_there) {
		counts = condis_counts_get(admin);
		if (!counts)
			return ctl_failure("adapter %s is removed, but %s; see condisctl status",
					   name, condis_error());
		is_there = is_counted(counts, id);
		condis_counts_free(counts);
		if (is_there)
			nap();
	}
	return CTL_OK;
}

static int show(struct condis_admin *admin, void *data)
{
	const struct arguments *arguments = data;
	struct condis_counts *counts;
	uint64_t left = 0;
	int status = CTL_OK;

	counts = count(admin, arguments, &left);
	if (!counts)
		status = ctl_library_failure();
	else if (!arguments->is_quiet)
		status = print_all(admin, counts, left);
	condis_counts_free(counts);
	return status ? status : left ? CTL_FAILURE : CTL_OK;
}

#define AT(_member) offsetof(struct arguments, _member)

static const struct ctl_option options[] = {
	{ "wait", "[SECONDS]", "until nothing is left, for ever or so long", CTL_SECONDS,
	  AT(wait_ms), 0, 0 },
	{ "all", NULL, "adapters that are up, their bindings and exchanges are left too", CTL_FLAG,
	  AT(all), 0, 0 },
	{ "quiet", NULL, "say it by the exit status only", CTL_FLAG, AT(is_quiet), 0, 0 },
	{ 0 },
};

const struct ctl_command ctl_status_commands[] = {
	{
		.name = "status",
		.arguments = "[--wait [SECONDS]] [OPTION...]",
		.help = "Count every object, by adapter and by session: what is left.",
		.details = "Left is what use of the adapters has made: address families, SAPs,\n"
			   "VCs, requests, packets, sessions, and adapters that come down.\n"
			   "Exit status: 0 if nothing is left, else 1.",
		.options = options,
		.size = sizeof(struct arguments),
		.defaults = &defaults,
		.admin = show,
	},
	{ 0 },
};
