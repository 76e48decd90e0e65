// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Toll lists: in North America a number of one's own area may have to be dialled like one of
 * another area, which its first three digits tell.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assisted.h"

/* Digits of a prefix that lineSetTollList() takes of an address. */
#define PREFIX_LENGTH 3

struct toll_change {
	const char *address;
	DWORD option;
};

bool country_has_toll_lists(const struct country *country)
{
	return country && country->code == 1;
}

bool toll_list_has(const char *prefixes, const char *digits)
{
	while (*prefixes) {
		size_t length = strcspn(prefixes, ",");

		if (length && !strncmp(prefixes, digits, length))
			return true;
		prefixes += length;
		prefixes += *prefixes == ',';
	}
	return false;
}

/* The list without one prefix. */
static void copy_without(char *out, const char *prefixes, const char *prefix)
{
	char *at = out;

	*out = '\0';
	while (*prefixes) {
		size_t length = strcspn(prefixes, ",");

		if (length != strlen(prefix) || strncmp(prefixes, prefix, length))
			at += sprintf(at, "%s%.*s", at == out ? "" : ",", (int)length, prefixes);
		prefixes += length;
		prefixes += *prefixes == ',';
	}
}

static LONG change_toll_list(struct config *config, const struct locations *locations,
			     const void *data)
{
	const struct location *location = &locations->locations[locations->current];
	char prefix[PREFIX_LENGTH + 1], list[TOLL_PREFIXES_SIZE], section[32];
	const struct toll_change *change = data;
	struct canonical canonical;

	if (canonical_parse(change->address, &canonical) || !canonical.is_canonical)
		return LINEERR_INVALADDRESS;
	if (locations->is_assumed)
		return LINEERR_INVALLOCATION;
	/* Which prefixes are whose business elsewhere, nobody here knows. */
	if (!country_has_toll_lists(location->country) || canonical.country != 1 ||
	    strcmp(canonical.area, location->area) || strlen(canonical.digits) <= PREFIX_LENGTH)
		return LINEERR_INVALADDRESS;
	memcpy(prefix, canonical.digits, PREFIX_LENGTH);
	prefix[PREFIX_LENGTH] = '\0';
	copy_without(list, location->toll_prefixes, prefix);
	if (change->option == LINETOLLLISTOPTION_ADD) {
		size_t length = strlen(list);

		if (length + 1 + PREFIX_LENGTH >= sizeof(list))
			return LINEERR_RESOURCEUNAVAIL;
		sprintf(list + length, "%s%s", length ? "," : "", prefix);
	}
	if (!strcmp(list, location->toll_prefixes))
		return CHANGES_NOTHING;
	snprintf(section, sizeof(section), "location %u", location->id);
	return locations_set(config, section, "toll-prefixes", list);
}

static LONG set_toll_list(HLINEAPP app, DWORD device, const char *address, DWORD option)
{
	struct toll_change change = { address, option };
	LONG result;

	result = application_and_device(app, device);
	if (result)
		return result;
	if (!address)
		return LINEERR_INVALPOINTER;
	if (option != LINETOLLLISTOPTION_ADD && option != LINETOLLLISTOPTION_REMOVE)
		return LINEERR_INVALPARAM;
	return locations_change(change_toll_list, &change);
}

TAPI_EXPORT LONG lineSetTollListA(HLINEAPP app, DWORD device, LPCSTR address, DWORD option)
{
	return set_toll_list(app, device, address, option);
}

TAPI_EXPORT LONG lineSetTollListW(HLINEAPP app, DWORD device, LPCWSTR address, DWORD option)
{
	char *text = address ? text_from_wide(address) : NULL;
	LONG result;

	if (address && !text && errno != EILSEQ)
		return LINEERR_NOMEM;
	/* What is not UTF-16 is no address: as an empty one. */
	result = set_toll_list(app, device, address && !text ? "" : text, option);
	free(text);
	return result;
}

TAPI_EXPORT LONG lineSetTollList(HLINEAPP app, DWORD device, LPCSTR address, DWORD option)
{
	return lineSetTollListA(app, device, address, option);
}
