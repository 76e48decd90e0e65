// SPDX-License-Identifier: GPL-2.0
/*
 * Tables by libsmartcols.
 */
#include <libsmartcols.h>
#include <stdarg.h>
#include <stdlib.h>

#include "program.h"

/**
 * struct table - a table that is being filled
 * @table: libsmartcols'
 * @line: the line that is being filled
 * @failed: there was no memory for something; said at the end
 */
struct table {
	struct libscols_table *table;
	struct libscols_line *line;
	bool failed;
};

struct table *table_new(const char *name, const struct column *columns, size_t length)
{
	struct table *table = calloc(1, sizeof(*table));
	struct libscols_column *at;
	size_t i;

	scols_init_debug(0);
	if (table)
		table->table = scols_new_table();
	if (!table || !table->table) {
		free(table);
		return NULL;
	}
	scols_table_set_name(table->table, name);
	scols_table_enable_json(table->table, wants_json);
	for (i = 0; i < length; i++) {
		at = scols_table_new_column(table->table, columns[i].name, 0,
					    columns[i].is_number ? SCOLS_FL_RIGHT : 0);
		if (at)
			scols_column_set_json_type(at, columns[i].is_number ? SCOLS_JSON_NUMBER :
									       SCOLS_JSON_STRING);
		else
			table->failed = true;
	}
	return table;
}

void table_line(struct table *table)
{
	if (!table)
		return;
	table->line = scols_table_new_line(table->table, NULL);
	if (!table->line)
		table->failed = true;
}

void table_text(struct table *table, size_t column, const char *format, ...)
{
	char *text = NULL;
	va_list args;
	int length;

	if (!table || !table->line)
		return;
	va_start(args, format);
	length = vasprintf(&text, format, args);
	va_end(args);
	if (length < 0 || scols_line_refer_data(table->line, column, text))
		table->failed = true;
}

int table_end(struct table *table)
{
	bool failed = !table || table->failed;

	if (!failed)
		failed = scols_print_table(table->table);
	if (table)
		scols_unref_table(table->table);
	free(table);
	return failed ? failure("cannot print the table: no memory") : STATUS_OK;
}

void print_quoted(const char *text)
{
	putchar('"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			printf("\\%c", *text);
		else if ((unsigned char)*text < ' ' || *text == 0x7f)
			printf("\\u%04x", (unsigned char)*text);
		else
			putchar(*text);
	}
	putchar('"');
}
