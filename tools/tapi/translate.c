// SPDX-License-Identifier: GPL-2.0
/*
 * tapi translate: what a number is dialled as from here.
 */
#include <stddef.h>
#include <stdlib.h>

#include "program.h"

struct translate {
	struct words words;
	const char *line;
};

static const struct {
	DWORD result;
	const char *name;
} results[] = {
	{ LINETRANSLATERESULT_CANONICAL, "canonical" },
	{ LINETRANSLATERESULT_INTERNATIONAL, "international" },
	{ LINETRANSLATERESULT_LONGDISTANCE, "long-distance" },
	{ LINETRANSLATERESULT_LOCAL, "local" },
	{ LINETRANSLATERESULT_INTOLLLIST, "in-toll-list" },
	{ LINETRANSLATERESULT_NOTINTOLLLIST, "not-in-toll-list" },
	{ LINETRANSLATERESULT_DIALBILLING, "waits-for-billing" },
	{ LINETRANSLATERESULT_DIALQUIET, "waits-for-quiet" },
	{ LINETRANSLATERESULT_DIALDIALTONE, "waits-for-dialtone" },
	{ LINETRANSLATERESULT_DIALPROMPT, "waits-for-prompt" },
	{ LINETRANSLATERESULT_NOTRANSLATION, "not-translated" },
};

static const char *names(DWORD set, char text[256])
{
	size_t i, used = 0;

	*text = '\0';
	for (i = 0; i < ARRAY_SIZE(results); i++)
		if (set & results[i].result)
			used += (size_t)snprintf(text + used, 256 - used, "%s%s", used ? " " : "",
						 results[i].name);
	return text;
}

static int print(const LINETRANSLATEOUTPUT *output, const char *number)
{
	static const struct column columns[] = {
		{ "NUMBER", false },	  { "DIALABLE", false }, { "DISPLAYABLE", false },
		{ "FROM-COUNTRY", true }, { "COUNTRY", true },	 { "RESULTS", false },
	};
	struct table *table = table_new("translation", columns, ARRAY_SIZE(columns));
	char text[256];

	table_line(table);
	table_text(table, 0, "%s", number);
	table_text(table, 1, "%s",
		   text_at(output, output->dwDialableStringSize, output->dwDialableStringOffset));
	table_text(table, 2, "%s", text_at(output, output->dwDisplayableStringSize,
					   output->dwDisplayableStringOffset));
	table_text(table, 3, "%u", output->dwCurrentCountry);
	table_text(table, 4, "%u", output->dwDestCountry);
	table_text(table, 5, "%s", names(output->dwTranslateResults, text));
	return table_end(table);
}

static int show(HLINEAPP app, DWORD device, const char *number)
{
	struct {
		LINETRANSLATEOUTPUT output;
		char room[1024];
	} out = { .output.dwTotalSize = sizeof(out) };
	LONG error;

	error = lineTranslateAddress(app, device, TAPI_CURRENT_VERSION, number, 0, 0, &out.output);
	if (error)
		return tapi_failure(error, "cannot translate '%s'", number);
	return print(&out.output, number);
}

static int run(void *data)
{
	const struct translate *translate = data;
	const char *number = translate->words.word[0];
	struct session session;
	DWORD device;
	int status;

	/* Where the user is does not depend on a line: then there need not be one. */
	if (!translate->line)
		return show(0, 0, number);
	status = session_begin(&session);
	if (status)
		return status;
	status = session_device(&session, translate->line, &device);
	if (!status)
		status = show(session.app, device, number);
	session_end(&session);
	return status;
}

static const struct option options[] = {
	{ "line", "LINE", "as this line dials it; any, if it is not said", OPTION_TEXT,
	  offsetof(struct translate, line) },
	{ 0 },
};

const struct command translate_command = {
	.name = "translate",
	.words = "NUMBER",
	.help = "Show what a number, such as '+49 (30) 1234', is dialled as from here.",
	.options = options,
	.size = sizeof(struct translate),
	.run = run,
};
