// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * lineGetCountry(): what is known of dialling in each country.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assisted.h"

const struct country *country_find(DWORD id)
{
	size_t i;

	for (i = 0; i < num_countries; i++)
		if (countries[i].id == id)
			return &countries[i];
	return NULL;
}

const struct country *country_by_code(DWORD code)
{
	const struct country *country = country_find(code);

	return country && country->code == code && country->international ? country : NULL;
}

void country_rules(const struct country *country, struct rules *rules)
{
	const char *national = country && country->national ? country->national : "";

	/* Nobody dials from a service of satellites or a freephone number: there are no rules. */
	if (!country || !country->international) {
		text_copy(rules->same_area, "+EFG");
		text_copy(rules->long_distance, "+EFG");
		text_copy(rules->international, "+EFG");
		return;
	}
	if (country->is_closed)
		snprintf(rules->same_area, RULE_SIZE, "%sFG", national);
	else
		text_copy(rules->same_area, "G");
	snprintf(rules->long_distance, RULE_SIZE, "%sFG", national);
	snprintf(rules->international, RULE_SIZE, "%sEFG", country->international);
}

static void put_country(struct variable *list, const struct country *country,
			LINECOUNTRYENTRY *entry)
{
	const struct country *next = country + 1;
	struct rules rules;

	country_rules(country, &rules);
	entry->dwCountryID = country->id;
	entry->dwCountryCode = country->code;
	entry->dwNextCountryID = next < countries + num_countries ? next->id : 0;
	variable_string(list, country->name, &entry->dwCountryNameSize,
			&entry->dwCountryNameOffset);
	variable_string(list, rules.same_area, &entry->dwSameAreaRuleSize,
			&entry->dwSameAreaRuleOffset);
	variable_string(list, rules.long_distance, &entry->dwLongDistanceRuleSize,
			&entry->dwLongDistanceRuleOffset);
	variable_string(list, rules.international, &entry->dwInternationalRuleSize,
			&entry->dwInternationalRuleOffset);
}

static LONG get_country(DWORD id, DWORD version, LINECOUNTRYLIST *list, bool is_wide)
{
	const struct country *first = id ? country_find(id) : countries;
	size_t count = id ? 1 : num_countries, i;
	LINECOUNTRYENTRY *entries;
	struct variable variable;
	LONG result;

	result = translation_version(version);
	if (result)
		return result;
	if (!first)
		return LINEERR_INVALCOUNTRYCODE;
	result = variable_begin(&variable, list, sizeof(*list), is_wide);
	if (result)
		return result;
	entries = calloc(count, sizeof(*entries));
	if (!entries)
		return LINEERR_NOMEM;
	/* The array has its place first, and is filled when its strings have theirs. */
	variable_bytes(&variable, entries, (DWORD)(count * sizeof(*entries)),
		       &list->dwCountryListSize, &list->dwCountryListOffset);
	/* Strings of entries that are not there would only be in the way: count them. */
	if (!list->dwCountryListSize)
		variable.total = variable.used;
	for (i = 0; i < count; i++)
		put_country(&variable, first + i, &entries[i]);
	if (list->dwCountryListSize) {
		list->dwNumCountries = (DWORD)count;
		memcpy((char *)list + list->dwCountryListOffset, entries,
		       count * sizeof(*entries));
	}
	free(entries);
	variable_end(&variable);
	return 0;
}

TAPI_EXPORT LONG lineGetCountryA(DWORD country, DWORD version, LPLINECOUNTRYLIST list)
{
	return get_country(country, version, list, false);
}

TAPI_EXPORT LONG lineGetCountryW(DWORD country, DWORD version, LPLINECOUNTRYLIST list)
{
	return get_country(country, version, list, true);
}

TAPI_EXPORT LONG lineGetCountry(DWORD country, DWORD version, LPLINECOUNTRYLIST list)
{
	return lineGetCountryA(country, version, list);
}
