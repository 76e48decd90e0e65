// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Text: the W functions' UTF-16 and the A functions' UTF-8.
 *
 * By hand, and not by iconv(): that one loads its tables from files, which a program in a small
 * root directory does not have, and the C library's own conversions depend on the locale.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

/* What stands for bytes that are no UTF-8. */
#define REPLACEMENT	0xfffd

static bool is_surrogate(unsigned int unit)
{
	return unit >= 0xd800 && unit <= 0xdfff;
}

/* The character at *@text, which is moved behind it; REPLACEMENT for a byte that is none. */
static unsigned int utf8_next(const unsigned char **text)
{
	static const unsigned int smallest[] = { 0, 0x80, 0x800, 0x10000 };
	const unsigned char *at = *text;
	unsigned int character, more, i;

	*text = at + 1;
	if (*at < 0x80)
		return *at;
	if (*at >= 0xc2 && *at <= 0xdf) {
		more = 1;
		character = *at & 0x1f;
	} else if (*at >= 0xe0 && *at <= 0xef) {
		more = 2;
		character = *at & 0x0f;
	} else if (*at >= 0xf0 && *at <= 0xf4) {
		more = 3;
		character = *at & 0x07;
	} else {
		return REPLACEMENT;
	}

	/* The end of the string is no continuation either, so nothing behind it is read. */
	for (i = 1; i <= more; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return REPLACEMENT;
		character = character << 6 | (at[i] & 0x3f);
	}
	if (character < smallest[more] || character > 0x10ffff || is_surrogate(character))
		return REPLACEMENT;
	*text = at + 1 + more;
	return character;
}

static char *utf8_put(char *out, unsigned int character)
{
	if (character < 0x80) {
		*out++ = character;
	} else if (character < 0x800) {
		*out++ = 0xc0 | character >> 6;
		*out++ = 0x80 | (character & 0x3f);
	} else if (character < 0x10000) {
		*out++ = 0xe0 | character >> 12;
		*out++ = 0x80 | (character >> 6 & 0x3f);
		*out++ = 0x80 | (character & 0x3f);
	} else {
		*out++ = 0xf0 | character >> 18;
		*out++ = 0x80 | (character >> 12 & 0x3f);
		*out++ = 0x80 | (character >> 6 & 0x3f);
		*out++ = 0x80 | (character & 0x3f);
	}
	return out;
}

/* It may be at any address: the application's offsets are its own affair. */
static unsigned int unit_at(const unsigned char *bytes, size_t index)
{
	return bytes[2 * index] | bytes[2 * index + 1] << 8;
}

static char *from_units(const unsigned char *bytes, size_t num_units)
{
	/* One unit is three bytes at most, and two that are a pair are four. */
	char *text = malloc(3 * num_units + 1);
	unsigned int unit, second;
	char *out = text;
	size_t i;

	if (!text)
		return NULL;
	for (i = 0; i < num_units; i++) {
		unit = unit_at(bytes, i);
		if (!unit)
			break;
		if (is_surrogate(unit)) {
			second = i + 1 < num_units ? unit_at(bytes, i + 1) : 0;
			if (unit >= 0xdc00 || second < 0xdc00 || second > 0xdfff) {
				free(text);
				errno = EILSEQ;
				return NULL;
			}
			i++;
			unit = 0x10000 + ((unit & 0x3ff) << 10) + (second & 0x3ff);
		}
		out = utf8_put(out, unit);
	}
	*out = '\0';
	return text;
}

char *text_from_wide(LPCWSTR text)
{
	size_t length = 0;

	while (text[length])
		length++;
	return from_units((const unsigned char *)text, length);
}

char *text_from_bytes(const void *bytes, DWORD length, bool is_wide)
{
	return is_wide ? from_units(bytes, length / sizeof(WCHAR)) : strndup(bytes, length);
}

size_t text_to_wide(const char *text, WCHAR *out, size_t room)
{
	const unsigned char *at = (const unsigned char *)text;
	unsigned int units[2], num_units, i;
	unsigned int character;
	size_t length = 0;

	do {
		character = utf8_next(&at);
		num_units = 1;
		units[0] = character;
		if (character >= 0x10000) {
			num_units = 2;
			units[0] = 0xd800 + ((character - 0x10000) >> 10);
			units[1] = 0xdc00 + ((character - 0x10000) & 0x3ff);
		}
		for (i = 0; i < num_units; i++, length++)
			if (length < room)
				out[length] = units[i];
	} while (character);
	return length;
}

bool text_is_displayable(const char *text)
{
	const unsigned char *at = (const unsigned char *)text;
	unsigned int character;

	while ((character = utf8_next(&at))) {
		/* Controls, and what is no UTF-8. */
		if (character < 0x20 || (character >= 0x7f && character < 0xa0) ||
		    character == REPLACEMENT)
			return false;
	}
	return true;
}
