// SPDX-License-Identifier: GPL-2.0
/*
 * Tables and trees by libsmartcols.
 */
#include <ctype.h>
#include <libsmartcols.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "ctl.h"

/**
 * struct ctl_table - a table that is being filled
 * @table: libsmartcols'
 * @line: the line that is being filled
 * @failed: there was no memory for something; said at the end
 */
struct ctl_table {
	struct libscols_table *table;
	struct libscols_line *line;
	bool failed;
};

static void set_type(struct libscols_column *at, const struct ctl_column *column)
{
	if (column->is_number)
		scols_column_set_json_type(at, SCOLS_JSON_NUMBER);
	else
		scols_column_set_json_type(at, SCOLS_JSON_STRING);
}

static struct ctl_table *make(const char *name, const struct ctl_column *columns, size_t length,
			      bool is_tree)
{
	struct ctl_table *table = calloc(1, sizeof(*table));
	struct libscols_column *at;
	size_t i;
	int flags;

	scols_init_debug(0);
	if (table)
		table->table = scols_new_table();
	if (!table || !table->table) {
		free(table);
		return NULL;
	}
	scols_table_set_name(table->table, name);
	scols_table_enable_json(table->table, ctl_json);
	for (i = 0; i < length; i++) {
		flags = columns[i].is_number ? SCOLS_FL_RIGHT : 0;
		if (is_tree && !i)
			flags |= SCOLS_FL_TREE;
		at = scols_table_new_column(table->table, columns[i].name, 0, flags);
		if (at)
			set_type(at, &columns[i]);
		else
			table->failed = true;
	}
	return table;
}

struct ctl_table *ctl_table_new(const char *name, const struct ctl_column *columns, size_t length)
{
	return make(name, columns, length, false);
}

struct ctl_table *ctl_tree_new(const char *name, const struct ctl_column *columns, size_t length)
{
	return make(name, columns, length, true);
}

void *ctl_table_line(struct ctl_table *table, void *parent)
{
	if (!table)
		return NULL;
	table->line = scols_table_new_line(table->table, parent);
	if (!table->line)
		table->failed = true;
	return table->line;
}

void ctl_table_text(struct ctl_table *table, size_t column, const char *format, ...)
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

void ctl_table_number(struct ctl_table *table, size_t column, uint64_t number)
{
	ctl_table_text(table, column, "%llu", (unsigned long long)number);
}

/* Whether tables are parts of one JSON object, and how many have been printed. */
static bool is_joined;
static unsigned int joined;

void ctl_json_begin(void)
{
	is_joined = ctl_json;
	joined = 0;
	if (is_joined)
		printf("{");
}

void ctl_json_end(void)
{
	if (is_joined)
		printf("\n}\n");
	is_joined = false;
}

/* A table as JSON is an object with one member: print that alone. */
static int print_member(struct ctl_table *table)
{
	char *text = NULL, *begin, *end;

	if (scols_print_table_to_string(table->table, &text) || !text)
		return -1;
	begin = strchr(text, '{');
	end = strrchr(text, '}');
	if (begin && end) {
		while (end > begin + 1 && isspace((unsigned char)end[-1]))
			end--;
		printf("%s%.*s", joined++ ? "," : "", (int)(end - begin - 1), begin + 1);
	}
	free(text);
	return 0;
}

int ctl_table_end(struct ctl_table *table)
{
	bool failed = !table || table->failed;

	if (!failed)
		failed = is_joined ? print_member(table) : scols_print_table(table->table);
	if (table)
		scols_unref_table(table->table);
	free(table);
	return failed ? ctl_failure("cannot print the table: no memory") : CTL_OK;
}

const char *ctl_age(uint64_t milliseconds, char text[32])
{
	double seconds = (double)milliseconds / 1000;

	if (seconds < 120)
		snprintf(text, 32, "%.1f s", seconds);
	else if (seconds < 7200)
		snprintf(text, 32, "%.0f min", seconds / 60);
	else
		snprintf(text, 32, "%.0f h", seconds / 3600);
	return text;
}
