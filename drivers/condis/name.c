// SPDX-License-Identifier: GPL-2.0
/*
 * Names that people read: printable UTF-8.
 *
 * A session says itself what it is called, and others see it in a terminal.  So nothing
 * that moves the cursor, ends a line, or turns the direction of writing is in a name.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "core.h"

/* What is no character of a name, though it has a number; in order. */
static const struct {
	u32 first;
	u32 last;
} unprintable[] = {
	{ 0x0000, 0x001f },		/* controls */
	{ 0x007f, 0x009f },		/* delete, more controls */
	{ 0x061c, 0x061c },		/* direction of writing */
	{ 0x200e, 0x200f },		/* likewise */
	{ 0x2028, 0x202e },		/* ends of lines and paragraphs; likewise */
	{ 0x2066, 0x2069 },		/* likewise */
	{ 0xd800, 0xdfff },		/* surrogates */
	{ 0xfdd0, 0xfdef },		/* no characters, for ever */
	{ 0xfeff, 0xfeff },		/* byte order */
};

static bool is_printable(u32 number)
{
	size_t i;

	/* The last two of each plane are no characters either. */
	if (number > 0x10ffff || (number & 0xfffe) == 0xfffe)
		return false;
	for (i = 0; i < ARRAY_SIZE(unprintable); i++)
		if (number >= unprintable[i].first && number <= unprintable[i].last)
			return false;
	return true;
}

/* Bytes of the printable character that begins at @text, which has an end; 0: it is none. */
static size_t character_size(const char *text)
{
	static const u32 least[] = { 0, 0x80, 0x800, 0x10000 };
	const u8 *byte = (const u8 *)text;
	size_t more, i;
	u32 number;

	if (byte[0] < 0x80) {
		more = 0;
		number = byte[0];
	} else if (byte[0] >= 0xc0 && byte[0] < 0xf8) {
		more = byte[0] < 0xe0 ? 1 : byte[0] < 0xf0 ? 2 : 3;
		number = byte[0] & (0x3f >> more);
	} else {
		return 0;
	}
	/* The end of the string is none of these, so nothing is read behind it. */
	for (i = 1; i <= more; i++) {
		if ((byte[i] & 0xc0) != 0x80)
			return 0;
		number = number << 6 | (byte[i] & 0x3f);
	}
	/* Not what has a shorter form. */
	return number >= least[more] && is_printable(number) ? more + 1 : 0;
}

/**
 * condis_session_name_is_valid() - whether a session may be called so
 * @name: %CONDIS_SESSION_NAME_SIZE bytes
 *
 * Return: true if it is printable UTF-8, not empty, has an end, and nothing but zero behind it
 *
 * Context: any
 */
bool condis_session_name_is_valid(const char *name)
{
	size_t length = strnlen(name, CONDIS_SESSION_NAME_SIZE), at = 0, size;

	if (!length || length == CONDIS_SESSION_NAME_SIZE)
		return false;
	while (at < length) {
		size = character_size(name + at);
		if (!size)
			return false;
		at += size;
	}
	return !memchr_inv(name + length, 0, CONDIS_SESSION_NAME_SIZE - length);
}
EXPORT_SYMBOL_GPL(condis_session_name_is_valid);

/**
 * condis_session_name_of() - make a name of what may be none
 * @name: %CONDIS_SESSION_NAME_SIZE bytes, zeroed: the name
 * @text: what it is made of, with an end; what is no printable character becomes a '?'
 *
 * Context: any
 */
void condis_session_name_of(char *name, const char *text)
{
	size_t at = 0, size;

	while (*text && at < CONDIS_SESSION_NAME_SIZE - 1) {
		size = character_size(text);
		if (!size) {
			name[at++] = '?';
			text++;
			continue;
		}
		if (at + size > CONDIS_SESSION_NAME_SIZE - 1)
			break;
		memcpy(name + at, text, size);
		at += size;
		text += size;
	}
	if (!at)
		name[0] = '?';
}
EXPORT_SYMBOL_GPL(condis_session_name_of);
