/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For suites about what libtapi does without a line: the user's files in a folder of the
 * suite's own, and structures of every size. They also run where there is no module.
 */
#ifndef SUITES_TAPI_SETTINGS_H
#define SUITES_TAPI_SETTINGS_H

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <tapi.h>

#ifndef ARRAY_SIZE
#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))
#endif

#define V1_3	0x00010003
#define V1_4	0x00010004
#define V2_0	0x00020000
#define V2_2	0x00020002

/* $XDG_CONFIG_HOME. */
extern char home[64];

/* For cmocka_run_group_tests(): no files, no bus, no locale. */
int settings_begin(void **state);
int settings_end(void **state);
/* As the last test left it: nothing. */
int settings_clear(void **state);

/* A file of $XDG_CONFIG_HOME/condis. */
void path_of(const char *name, char path[PATH_MAX]);
void write_bytes(const char *name, const void *bytes, size_t length);
void write_text(const char *name, const char *text);
void file_is(const char *name, const char *expected);
/* tapi-locations. */
void locations(const char *text);

/* A string of a structure: all of it lies in what is used. */
const char *string_at(const void *structure, DWORD size, DWORD offset);
void wide_is(const void *structure, DWORD size, DWORD offset, const char *expected);
/*
 * Whatever the room is: nothing is written behind it, what is used is in it, and what is needed
 * is always the same.
 */
void at_each_size(DWORD fixed, DWORD needed, DWORD step,
		  int (*get)(void *structure, void *data),
		  void (*check)(const void *structure), void *data);

#define SETTINGS_TEST(function) cmocka_unit_test_setup(function, settings_clear)

#endif /* SUITES_TAPI_SETTINGS_H */
