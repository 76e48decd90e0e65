// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Dialable addresses: what of them is dialled.
 *
 *   digits and modifiers [ '|' subaddress ] [ '^' name ] [ CR LF another address ]
 *
 * The device dials a whole number at once, and out of band.  So tone or pulse is no matter to it, a
 * pause neither, and it cannot wait for a tone in the middle.  It has neither subaddresses nor more
 * than one address a call; a name is only for people.
 */
#include <string.h>

#include "internal.h"

/* Written for people, or of no meaning to a number that is not dialled in tones. */
#define FORMATTING	" ()-./,TtPp"

#define DIGITS		"*#ABCD"

/* What a character asks for that the device cannot do. */
static LONG unable(char character)
{
	switch (character) {
	case 'W':
	case 'w':
		return LINEERR_DIALDIALTONE;
	case '$':
		return LINEERR_DIALBILLING;
	case '@':
		return LINEERR_DIALQUIET;
	case '?':
		return LINEERR_DIALPROMPT;
	case ':':
		return LINEERR_DIALVOICEDETECT;
	default:
		/*
		 * A flash of the hook ('!'), the end of what is only a beginning (';'), a
		 * subaddress, and what is no part of an address.
		 */
		return LINEERR_INVALADDRESS;
	}
}

static char digit_of(char character)
{
	/* Most of them. */
	if (character >= '0' && character <= '9')
		return character;
	if (character >= 'a' && character <= 'd')
		character -= 'a' - 'A';
	return character && strchr(DIGITS, character) ? character : 0;
}

LONG number_parse(const char *text, char digits[NDPROXY_NUMBER_SIZE])
{
	size_t count = 0;
	char digit;

	memset(digits, 0, NDPROXY_NUMBER_SIZE);
	for (; *text; text++) {
		/*
		 * A name follows, and after it perhaps another address, which would be another
		 * call.
		 */
		if (*text == '^') {
			if (strpbrk(text, "\r\n"))
				return LINEERR_INVALADDRESS;
			break;
		}
		digit = digit_of(*text);
		if (*text == '+' && !count)
			digit = '+';
		if (!digit && strchr(FORMATTING, *text))
			continue;
		if (!digit)
			return unable(*text);
		if (count == NDPROXY_NUMBER_MAX)
			return LINEERR_INVALADDRESS;
		digits[count++] = digit;
	}
	return !count || (count == 1 && digits[0] == '+') ? LINEERR_INVALADDRESS : 0;
}
