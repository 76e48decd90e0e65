// SPDX-License-Identifier: GPL-2.0
/*
 * The user's files in a folder of the suite's own, and structures of every size.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "settings.h"

/* Behind a structure's end, where nothing may be written. */
#define CANARY		0xa5

char home[64];

int settings_clear(void **state)
{
	char command[PATH_MAX + 32];

	(void)state;
	/* Nothing else of this machine's. */
	if (strncmp(home, "/tmp/", strlen("/tmp/")))
		return -1;
	snprintf(command, sizeof(command), "rm -rf '%s'/*", home);
	return system(command);
}

void path_of(const char *name, char path[PATH_MAX])
{
	assert_true(snprintf(path, PATH_MAX, "%s/condis/%s", home, name) < PATH_MAX);
}

void write_bytes(const char *name, const void *bytes, size_t length)
{
	char path[PATH_MAX];
	FILE *file;

	path_of("", path);
	mkdir(path, 0700);
	path_of(name, path);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	fclose(file);
}

void write_text(const char *name, const char *text)
{
	write_bytes(name, text, strlen(text));
}

void file_is(const char *name, const char *expected)
{
	char path[PATH_MAX], text[8192] = "";
	FILE *file;

	path_of(name, path);
	file = fopen(path, "r");
	assert_non_null(file);
	text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
	fclose(file);
	assert_string_equal(text, expected);
}

void locations(const char *text)
{
	write_text("tapi-locations", text);
}

const char *string_at(const void *structure, DWORD size, DWORD offset)
{
	const DWORD *sizes = structure;

	if (!size)
		return "";
	assert_in_range(offset, 3 * sizeof(DWORD), sizes[2]);
	assert_true(size <= sizes[2] - offset);
	assert_int_equal(((const char *)structure)[offset + size - 1], 0);
	return (const char *)structure + offset;
}

void wide_is(const void *structure, DWORD size, DWORD offset, const char *expected)
{
	const WCHAR *text = (const void *)((const char *)structure + offset);
	size_t i;

	if (!*expected) {
		assert_int_equal(size, 0);
		return;
	}
	assert_int_equal(size, (strlen(expected) + 1) * sizeof(WCHAR));
	for (i = 0; i <= strlen(expected); i++)
		assert_int_equal(text[i], expected[i]);
}

void at_each_size(DWORD fixed, DWORD needed, DWORD step,
		  int (*get)(void *structure, void *data),
		  void (*check)(const void *structure), void *data)
{
	unsigned char *room = malloc(needed + 64);
	DWORD size, *sizes = (DWORD *)(void *)room;

	assert_non_null(room);
	for (size = sizeof(DWORD); size <= needed + 32; size += size < fixed ? 1 : step) {
		memset(room, CANARY, needed + 64);
		sizes[0] = size;
		if (size < fixed) {
			assert_int_equal(get(room, data), LINEERR_STRUCTURETOOSMALL);
			continue;
		}
		assert_int_equal(get(room, data), 0);
		assert_int_equal(sizes[0], size);
		assert_int_equal(sizes[1], needed);
		assert_in_range(sizes[2], fixed, size);
		if (size >= needed)
			assert_int_equal(sizes[2], needed);
		assert_int_equal(room[size], CANARY);
		assert_int_equal(room[size + 1], CANARY);
		check(room);
	}
	free(room);
}

int settings_begin(void **state)
{
	(void)state;
	strcpy(home, "/tmp/tapi-numbers.XXXXXX");
	if (!mkdtemp(home))
		return -1;
	setenv("XDG_CONFIG_HOME", home, 1);
	setenv("LC_ALL", "C", 1);
	/* No bus, wherever this runs. */
	setenv("XDG_RUNTIME_DIR", home, 1);
	unsetenv("DBUS_SESSION_BUS_ADDRESS");
	return 0;
}

int settings_end(void **state)
{
	return settings_clear(state) || rmdir(home);
}
