// SPDX-License-Identifier: GPL-2.0
/*
 * tapi lines, tapi caps: what there is, and what it can do.
 */
#include <stdlib.h>

#include "program.h"

struct arguments {
	struct words words;
};

/* The addresses of a line, blanks between. */
static void addresses(struct session *session, DWORD device, DWORD count, char *text, size_t size)
{
	LINEADDRESSCAPS *caps;
	size_t used = 0;
	LONG error;
	DWORD i;

	*text = '\0';
	for (i = 0; i < count && used < size; i++) {
		caps = session_address_caps(session, device, i, &error);
		if (caps && caps->dwAddressSize)
			used += (size_t)snprintf(text + used, size - used, "%s%s", used ? " " : "",
						 text_at(caps, caps->dwAddressSize,
							 caps->dwAddressOffset));
		free(caps);
	}
}

static int list(void *arguments)
{
	static const struct column columns[] = {
		{ "LINE", true }, { "NAME", false }, { "ADDRESSES", false }, { "CALLS", true },
		{ "MEDIA", false },
	};
	struct session session;
	struct table *table;
	LINEDEVCAPS *caps;
	char text[1024];
	int status;
	LONG error;
	DWORD i;

	(void)arguments;
	status = session_begin(&session);
	if (status)
		return status;
	table = table_new("lines", columns, ARRAY_SIZE(columns));
	for (i = 0; i < session.devices; i++) {
		caps = session_caps(&session, i, &error);
		/* It has gone since lineInitializeEx(): no line any more. */
		if (!caps && error == LINEERR_NODEVICE)
			continue;
		if (!caps) {
			status = tapi_failure(error, "line %u", i);
			break;
		}
		table_line(table);
		table_text(table, 0, "%u", i);
		table_text(table, 1, "%s",
			   text_at(caps, caps->dwLineNameSize, caps->dwLineNameOffset));
		addresses(&session, i, caps->dwNumAddresses, text, sizeof(text));
		table_text(table, 2, "%s", text);
		table_text(table, 3, "%u", caps->dwMaxNumActiveCalls);
		table_text(table, 4, "%s", media_modes(caps->dwMediaModes, text));
		free(caps);
	}
	session_end(&session);
	/* Also of what was found before it failed. */
	return table_end(table) ? STATUS_FAILURE : status;
}

struct pair {
	const char *name;
	DWORD value;
};

static void print_pair(struct table *table, const char *name, const char *value)
{
	table_line(table);
	table_text(table, 0, "%s", name);
	table_text(table, 1, "%s", value);
}

static void print_device(struct table *table, const LINEDEVCAPS *caps)
{
	const struct pair pairs[] = {
		{ "permanent line ID", caps->dwPermanentLineID },
		{ "addresses", caps->dwNumAddresses },
		{ "active calls", caps->dwMaxNumActiveCalls },
		{ "bits per second", caps->dwMaxRate },
		{ "bearer modes", caps->dwBearerModes },
		{ "address modes", caps->dwAddressModes },
		{ "digit modes to generate", caps->dwGenerateDigitModes },
		{ "digit modes to monitor", caps->dwMonitorDigitModes },
		{ "line states", caps->dwLineStates },
		{ "line features", caps->dwLineFeatures },
		{ "capability flags", caps->dwDevCapFlags },
	};
	char text[256];
	size_t i;

	print_pair(table, "name", text_at(caps, caps->dwLineNameSize, caps->dwLineNameOffset));
	print_pair(table, "provider",
		   text_at(caps, caps->dwProviderInfoSize, caps->dwProviderInfoOffset));
	print_pair(table, "switch",
		   text_at(caps, caps->dwSwitchInfoSize, caps->dwSwitchInfoOffset));
	print_pair(table, "media modes", media_modes(caps->dwMediaModes, text));
	for (i = 0; i < ARRAY_SIZE(pairs); i++) {
		/* Counts as they are, sets of bits as in the header. */
		snprintf(text, sizeof(text), i < 4 ? "%u" : "0x%08x", pairs[i].value);
		print_pair(table, pairs[i].name, text);
	}
	print_pair(table, "close drops calls",
		   caps->dwDevCapFlags & LINEDEVCAPFLAGS_CLOSEDROP ? "yes" : "no");
}

static void print_address(struct table *table, const LINEADDRESSCAPS *caps, DWORD address)
{
	char name[64], text[32];

	snprintf(name, sizeof(name), "address %u", address);
	print_pair(table, name, text_at(caps, caps->dwAddressSize, caps->dwAddressOffset));
	snprintf(name, sizeof(name), "address %u call features", address);
	snprintf(text, sizeof(text), "0x%08x", caps->dwCallFeatures);
	print_pair(table, name, text);
	snprintf(name, sizeof(name), "address %u call states", address);
	snprintf(text, sizeof(text), "0x%08x", caps->dwCallStates);
	print_pair(table, name, text);
}

static int show(struct session *session, const char *word)
{
	static const struct column columns[] = { { "CAPABILITY", false }, { "VALUE", false } };
	LINEADDRESSCAPS *address;
	struct table *table;
	DWORD device, count, i;
	LINEDEVCAPS *caps;
	int status;
	LONG error;

	status = session_device(session, word, &device);
	if (status)
		return status;
	caps = session_caps(session, device, &error);
	if (!caps)
		return tapi_failure(error, "line %s", word);
	table = table_new("caps", columns, ARRAY_SIZE(columns));
	print_device(table, caps);
	count = caps->dwNumAddresses;
	free(caps);
	for (i = 0; i < count; i++) {
		address = session_address_caps(session, device, i, &error);
		if (address)
			print_address(table, address, i);
		else
			status = tapi_failure(error, "address %u of line %s", i, word);
		free(address);
	}
	return table_end(table) ? STATUS_FAILURE : status;
}

static int caps(void *data)
{
	struct arguments *arguments = data;
	struct session session;
	int status;

	status = session_begin(&session);
	if (status)
		return status;
	status = show(&session, arguments->words.word[0]);
	session_end(&session);
	return status;
}

const struct command lines_command = {
	.name = "lines",
	.words = "",
	.help = "List the lines, with their addresses and what they carry.",
	.size = sizeof(struct arguments),
	.run = list,
};

const struct command caps_command = {
	.name = "caps",
	.words = "LINE",
	.help = "Show what a line and its addresses can do.",
	.size = sizeof(struct arguments),
	.run = caps,
};
