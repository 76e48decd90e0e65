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

#define DIGITS		"0123456789*#ABCD"

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
	if (character >= 'a' && character <= 'd')
		character -= 'a' - 'A';
	return character && strchr(DIGITS, character) ? character : 0;
}

struct number number_parse(const char *text)
{
	struct number number = {};
	size_t count = 0;
	char digit;

	for (; *text && !number.error; text++) {
		/*
		 * A name follows, and after it perhaps another address, which would be another
		 * call.
		 */
		if (*text == '^') {
			if (strpbrk(text, "\r\n"))
				number.error = LINEERR_INVALADDRESS;
			break;
		}
		if (strchr(FORMATTING, *text))
			continue;
		digit = digit_of(*text);
		if (*text == '+' && !count)
			digit = '+';
		if (!digit)
			number.error = unable(*text);
		else if (count == NDPROXY_NUMBER_MAX)
			number.error = LINEERR_INVALADDRESS;
		else
			number.digits[count++] = digit;
	}
	if (!number.error && (!count || (count == 1 && number.digits[0] == '+')))
		number.error = LINEERR_INVALADDRESS;
	return number;
}
