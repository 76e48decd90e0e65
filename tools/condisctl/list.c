// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl line list, call list, session list.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "ctl.h"

/* A line that was not named. */
#define UNSPECIFIED UINT32_MAX

struct arguments {
	const char *adapter;
};

#define AT(_member) offsetof(struct arguments, _member)

static const struct ctl_option options[] = {
	{ "adapter", "ADAPTER", "only those of this adapter", CTL_NAME, AT(adapter), 0, 0 },
	{ 0 },
};

static void print_media(struct ctl_table *table, size_t column, uint32_t modes)
{
	char text[128] = "";
	uint32_t bit;

	for (bit = 1; bit; bit <<= 1) {
		const char *name = modes & bit ? condis_media_mode_name(bit) : NULL;

		if (name && strlen(text) + strlen(name) + 2 < sizeof(text)) {
			if (*text)
				strcat(text, ",");
			strcat(text, name);
		}
	}
	ctl_table_text(table, column, "%s", text);
}

/* The numbers of a line, with commas. */
static int print_numbers(struct condis_session *session, struct ctl_table *table, size_t column,
			 const struct ndproxy_line_caps *caps)
{
	struct ndproxy_address_caps address;
	char text[512] = "";
	uint32_t i;

	for (i = 0; i < caps->num_addresses; i++) {
		if (condis_line_address_caps(session, caps->adapter, caps->line, i, &address))
			return -1;
		if (strlen(text) + strlen(address.number) + 2 < sizeof(text)) {
			if (*text)
				strcat(text, ",");
			strcat(text, address.number);
		}
	}
	ctl_table_text(table, column, "%s", text);
	return 0;
}

static int print_lines(struct condis_session *session, struct ctl_table *table,
		       const struct ndproxy_adapter *adapter)
{
	struct ndproxy_line_caps caps;
	uint32_t line;

	for (line = 0; line < adapter->num_lines; line++) {
		if (condis_line_caps(session, adapter->adapter, line, &caps))
			return -1;
		ctl_table_line(table, NULL);
		ctl_table_text(table, 0, "%s", adapter->name);
		ctl_table_number(table, 1, line);
		ctl_table_text(table, 2, "%s", caps.name);
		if (print_numbers(session, table, 3, &caps))
			return -1;
		ctl_table_number(table, 4, caps.max_calls);
		print_media(table, 5, caps.media_modes);
		ctl_table_number(table, 6, caps.max_rate);
		ctl_table_number(table, 7, caps.max_sdu);
	}
	return 0;
}

static int print_adapters(struct condis_session *session, struct ctl_table *table)
{
	struct ndproxy_adapter adapter = { 0 };
	struct ndproxy_adapter ready;
	char number[16];
	int got;

	while ((got = condis_line_next_adapter(session, &adapter)) > 0) {
		snprintf(number, sizeof(number), "%u", adapter.adapter);
		/* One that is going, or does not come up, has no lines to list. */
		if (condis_line_find_adapter(session, number, 2000, &ready))
			continue;
		if (print_lines(session, table, &ready))
			return -1;
	}
	return got;
}

static int print_line_table(struct condis_session *session, const char *adapter)
{
	static const struct ctl_column columns[] = {
		{ .name = "ADAPTER" },
		{ .name = "LINE", .is_number = true },
		{ .name = "NAME" },
		{ .name = "NUMBERS" },
		{ .name = "CALLS", .is_number = true },
		{ .name = "MEDIA" },
		{ .name = "RATE", .is_number = true },
		{ .name = "SDU", .is_number = true },
	};
	struct ctl_table *table = ctl_table_new("lines", columns, ARRAY_SIZE(columns));
	struct ndproxy_adapter caps;
	int err;

	if (adapter) {
		err = condis_line_find_adapter(session, adapter, 2000, &caps);
		if (!err)
			err = print_lines(session, table, &caps);
	} else {
		err = print_adapters(session, table);
	}
	if (err) {
		/* Not half a table. */
		ctl_library_failure();
		return CTL_FAILURE;
	}
	return ctl_table_end(table);
}

static int list_lines(void *data)
{
	const struct arguments *arguments = data;
	struct condis_session *session = condis_session_open(NULL);
	int status;

	if (!session)
		return ctl_library_failure();
	status = print_line_table(session, arguments->adapter);
	condis_session_close(session);
	return status;
}

static void print_call(struct ctl_table *table, const struct condis_call_info *call)
{
	char age[32];

	ctl_table_line(table, NULL);
	ctl_table_number(table, 0, call->id);
	ctl_table_text(table, 1, "%s", call->adapter);
	if (call->line != UNSPECIFIED)
		ctl_table_number(table, 2, call->line);
	ctl_table_text(table, 3, "%s", call->af_type == 0x801 ? "A" : "B");
	ctl_table_text(table, 4, "%s", call->is_incoming ? "in" : "out");
	ctl_table_text(table, 5, "%s", call->state);
	ctl_table_text(table, 6, "%s", call->activation);
	ctl_table_text(table, 7, "%s", call->called);
	ctl_table_text(table, 8, "%s", call->calling);
	if (ctl_json)
		ctl_table_number(table, 9, call->age_ms);
	else
		ctl_table_text(table, 9, "%s", ctl_age(call->age_ms, age));
	ctl_table_number(table, 10, call->tx_packets);
	ctl_table_number(table, 11, call->rx_packets);
	ctl_table_number(table, 12, call->tx);
	ctl_table_number(table, 13, call->rx);
	ctl_table_number(table, 14, call->network_call);
}

static int list_calls(struct condis_admin *admin, void *data)
{
	static const struct ctl_column columns[] = {
		{ .name = "ID", .is_number = true },
		{ .name = "ADAPTER" },
		{ .name = "LINE", .is_number = true },
		{ .name = "LEG" },
		{ .name = "DIR" },
		{ .name = "STATE" },
		{ .name = "VC" },
		{ .name = "CALLED" },
		{ .name = "CALLING" },
		{ .name = "AGE", .is_number = true },
		{ .name = "SENT", .is_number = true },
		{ .name = "RECEIVED", .is_number = true },
		{ .name = "TX", .is_number = true },
		{ .name = "RX", .is_number = true },
		{ .name = "NETWORK", .is_number = true },
	};
	const struct arguments *arguments = data;
	struct condis_adapter_info *only = NULL;
	struct condis_call_info *list;
	struct ctl_table *table;
	ssize_t length, i;

	if (arguments->adapter) {
		only = condis_adapter_get(admin, arguments->adapter);
		if (!only)
			return ctl_library_failure();
	}
	length = condis_calls(admin, only ? only->id : 0, &list);
	condis_adapters_free(only, 1);
	if (length < 0)
		return ctl_library_failure();
	table = ctl_table_new("calls", columns, ARRAY_SIZE(columns));
	for (i = 0; i < length; i++)
		print_call(table, &list[i]);
	free(list);
	return ctl_table_end(table);
}

static void print_charges(struct ctl_table *table, const struct condis_session_info *session)
{
	size_t i;

	for (i = 0; i < NDPROXY_LIMITS; i++) {
		if (ctl_json)
			ctl_table_number(table, 7 + i, session->charges[i]);
		else
			ctl_table_text(table, 7 + i, "%u/%u", session->charges[i],
				       session->limits[i]);
	}
}

static int list_sessions(struct condis_admin *admin, void *data)
{
	static const struct ctl_column columns[] = {
		{ .name = "ID", .is_number = true },
		{ .name = "NAME" },
		{ .name = "PROCESS" },
		{ .name = "PID", .is_number = true },
		{ .name = "UID", .is_number = true },
		{ .name = "AGE", .is_number = true },
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
	char age[32];

	(void)data;
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
		ctl_table_number(table, 4, list[i].uid);
		if (ctl_json)
			ctl_table_number(table, 5, list[i].age_ms);
		else
			ctl_table_text(table, 5, "%s", ctl_age(list[i].age_ms, age));
		ctl_table_text(table, 6, "%s", list[i].is_closing ? "closing" : "open");
		print_charges(table, &list[i]);
	}
	free(list);
	return ctl_table_end(table);
}

const struct ctl_command ctl_list_commands[] = {
	{
		.name = "line",
		.arguments = "list ...",
		.help = "Lines of adapters.",
	}, {
		.name = "line list",
		.arguments = "[--adapter ADAPTER]",
		.help = "List lines, their numbers and what they can do.",
		.options = options,
		.size = sizeof(struct arguments),
		.run = list_lines,
	}, {
		.name = "call",
		.arguments = "list ...",
		.help = "Calls, as the core sees them.",
	}, {
		.name = "call list",
		.arguments = "[--adapter ADAPTER]",
		.help = "List VCs and their calls, of all processes.",
		.details =
			"LEG A is between adapter and NDPROXY, B between NDPROXY and PPP.\n"
			"TX and RX are packets in flight. NETWORK is the network's call.",
		.options = options,
		.size = sizeof(struct arguments),
		.admin = list_calls,
	}, {
		.name = "session",
		.arguments = "list",
		.help = "Sessions: open files of /dev/ndproxy.",
	}, {
		.name = "session list",
		.arguments = "",
		.help = "List sessions, and what they have of their limits.",
		.admin = list_sessions,
	},
	{ 0 },
};
