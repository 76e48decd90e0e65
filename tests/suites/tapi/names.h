/* SPDX-License-Identifier: GPL-2.0 */
/* Words for TAPI's numbers, as the suites write them; not the library's, which are tested. */
#ifndef SUITES_TAPI_NAMES_H
#define SUITES_TAPI_NAMES_H

#include "client.h"

/**
 * struct word - a number and its name
 * @value: the number
 * @name: its name, without the prefix
 */
struct word {
	DWORD value;
	const char *name;
};

extern const struct word call_states[];
extern const struct word disconnect_modes[];
extern const struct word line_states[];
extern const struct word media_words[];
extern const struct word privilege_words[];
extern const struct word error_words[];

/* The name, or the number as text in a buffer that the next ones overwrite. */
const char *word_of(const struct word *words, DWORD value);
/* Several bits: "OPEN|CLOSE". */
const char *words_of(const struct word *words, DWORD bits);
/* The number; 0 if there is no such name. */
DWORD value_of(const struct word *words, const char *name);
/* "OPEN|CLOSE" as bits. */
DWORD values_of(const struct word *words, const char *names);

#endif /* SUITES_TAPI_NAMES_H */
