// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Addresses taken apart:
 *
 *   +CountryCode SP [(AreaCode) SP] Number [|Subaddress] [^Name] [CR LF another one]
 *
 * What does not begin with a plus sign is dialable as it is; so is a plus sign with digits
 * alone, which is how everybody else writes an international number.
 */
#include <stdlib.h>
#include <string.h>

#include "assisted.h"

#define DIGITS "0123456789"
/* Country codes have up to three digits; nobody's may be longer than this. */
#define CODE_DIGITS_MAX 4

static LONG parse_number(const char *at, struct canonical *canonical)
{
	size_t used = 0;

	/* Exactly one was before it. */
	if (*at == ' ')
		return LINEERR_INVALADDRESS;
	text_copy(canonical->number, at);
	for (; *at; at++) {
		if (strchr("()+", *at))
			return LINEERR_INVALADDRESS;
		if (strchr(DIGITS, *at))
			canonical->digits[used++] = *at;
	}
	canonical->digits[used] = '\0';
	return used ? 0 : LINEERR_INVALADDRESS;
}

/* Behind "+CC ". */
static LONG parse_area(const char *at, struct canonical *canonical)
{
	size_t length;

	if (*at == '(') {
		length = strspn(++at, DIGITS);
		memcpy(canonical->area, at, length);
		canonical->area[length] = '\0';
		at += length;
		if (at[0] != ')' || at[1] != ' ')
			return LINEERR_INVALADDRESS;
		at += 2;
	}
	return parse_number(at, canonical);
}

LONG canonical_parse(const char *address, struct canonical *canonical)
{
	char main_part[ADDRESS_SIZE];
	size_t length, main_length, digits;

	memset(canonical, 0, sizeof(*canonical));
	length = strcspn(address, "\r\n");
	if (length >= ADDRESS_SIZE)
		return LINEERR_INVALADDRESS;
	main_length = strcspn(address, "\r\n|^");
	memcpy(main_part, address, main_length);
	main_part[main_length] = '\0';
	memcpy(canonical->rest, address + main_length, length - main_length);
	if (!text_is_displayable(main_part) || !text_is_displayable(canonical->rest))
		return LINEERR_INVALADDRESS;
	if (!main_length)
		return LINEERR_INVALADDRESS;

	digits = main_part[0] == '+' ? strspn(main_part + 1, DIGITS) : 0;
	if (main_part[0] != '+' || (digits && !main_part[1 + digits])) {
		text_copy(canonical->number, main_part);
		return 0;
	}
	if (!digits || digits > CODE_DIGITS_MAX || main_part[1 + digits] != ' ')
		return LINEERR_INVALADDRESS;
	canonical->is_canonical = true;
	canonical->country = (DWORD)strtoul(main_part + 1, NULL, 10);
	return parse_area(main_part + 1 + digits + 1, canonical);
}
