// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * lineGetTranslateCaps(): the locations and calling cards that there are.
 *
 * Programs of 1.3 walk an array of shorter entries.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "assisted.h"

/* Entries of one kind, while their strings get their places. */
struct table {
	unsigned char *entries;
	size_t size;
	size_t count;
};

static LONG table_init(struct table *table, size_t size, size_t count)
{
	table->size = size;
	table->count = count;
	table->entries = calloc(count, size);
	return table->entries ? 0 : LINEERR_NOMEM;
}

/* Its place; the entries are written when they are complete. */
static void table_place(struct table *table, struct variable *variable, DWORD *size, DWORD *offset)
{
	variable_bytes(variable, table->entries, (DWORD)(table->count * table->size), size,
		       offset);
}

static void put_location(struct variable *variable, const struct location *location,
			 LINELOCATIONENTRY *entry, size_t size)
{
	entry->dwPermanentLocationID = location->id;
	entry->dwCountryCode = location->country ? location->country->code : 0;
	entry->dwPreferredCardID = location->card;
	variable_string(variable, location->name, &entry->dwLocationNameSize,
			&entry->dwLocationNameOffset);
	variable_string(variable, location->area, &entry->dwCityCodeSize,
			&entry->dwCityCodeOffset);
	variable_string(variable, location->local_access, &entry->dwLocalAccessCodeSize,
			&entry->dwLocalAccessCodeOffset);
	variable_string(variable, location->long_distance_access,
			&entry->dwLongDistanceAccessCodeSize,
			&entry->dwLongDistanceAccessCodeOffset);
	variable_string(variable, location->toll_prefixes, &entry->dwTollPrefixListSize,
			&entry->dwTollPrefixListOffset);
	if (size < sizeof(*entry))
		return;
	entry->dwCountryID = location->country ? location->country->id : 0;
	entry->dwOptions = location->is_pulse ? LINELOCATIONOPTION_PULSEDIAL : 0;
	variable_string(variable, location->cancel_call_waiting, &entry->dwCancelCallWaitingSize,
			&entry->dwCancelCallWaitingOffset);
}

static void put_card(struct variable *variable, const struct card *card, LINECARDENTRY *entry,
		     size_t size)
{
	entry->dwPermanentCardID = card->id;
	variable_string(variable, card->name, &entry->dwCardNameSize, &entry->dwCardNameOffset);
	if (size < sizeof(*entry))
		return;
	/* How many digits, not which. */
	entry->dwCardNumberDigits = (DWORD)strlen(card->number);
	entry->dwOptions = card->id ? 0 : LINECARDOPTION_PREDEFINED;
	variable_string(variable, card->rules.same_area, &entry->dwSameAreaRuleSize,
			&entry->dwSameAreaRuleOffset);
	variable_string(variable, card->rules.long_distance, &entry->dwLongDistanceRuleSize,
			&entry->dwLongDistanceRuleOffset);
	variable_string(variable, card->rules.international, &entry->dwInternationalRuleSize,
			&entry->dwInternationalRuleOffset);
}

/* What follows has its strings in the structure, or (its entries are not there) is only counted. */
static DWORD limit(struct variable *variable, DWORD is_placed)
{
	DWORD total = variable->total;

	if (!is_placed)
		variable->total = variable->used;
	return total;
}

static void put_locations(struct variable *variable, const struct locations *locations,
			  struct table *table, LINETRANSLATECAPS *caps)
{
	DWORD total = limit(variable, caps->dwLocationListSize);
	size_t i;

	for (i = 0; i < table->count; i++) {
		LINELOCATIONENTRY entry = { 0 };

		put_location(variable, &locations->locations[i], &entry, table->size);
		memcpy(table->entries + i * table->size, &entry, table->size);
	}
	variable->total = total;
	caps->dwCurrentLocationID = locations->locations[locations->current].id;
	caps->dwCurrentPreferredCardID = locations->locations[locations->current].card;
	if (!caps->dwLocationListSize)
		return;
	caps->dwNumLocations = (DWORD)table->count;
	memcpy((char *)caps + caps->dwLocationListOffset, table->entries,
	       table->count * table->size);
}

static void put_cards(struct variable *variable, const struct card *const *cards,
		      struct table *table, LINETRANSLATECAPS *caps)
{
	DWORD total = limit(variable, caps->dwCardListSize);
	size_t i;

	for (i = 0; i < table->count; i++) {
		LINECARDENTRY entry = { 0 };

		put_card(variable, cards[i], &entry, table->size);
		memcpy(table->entries + i * table->size, &entry, table->size);
	}
	variable->total = total;
	if (!caps->dwCardListSize)
		return;
	caps->dwNumCards = (DWORD)table->count;
	memcpy((char *)caps + caps->dwCardListOffset, table->entries, table->count * table->size);
}

static LONG put_caps(const struct locations *locations, DWORD version, LINETRANSLATECAPS *caps,
		     bool is_wide)
{
	static const struct card no_card = { .name = "None (direct dial)" };
	const struct card *cards[CARDS_MAX + 1] = { &no_card };
	struct table location_table = { .entries = NULL }, card_table = { .entries = NULL };
	size_t num_cards = 1, i;
	struct variable variable;
	LONG result;

	for (i = 0; i < locations->num_cards; i++)
		if (!locations->cards[i].is_hidden)
			cards[num_cards++] = &locations->cards[i];
	result = variable_begin(&variable, caps, sizeof(*caps), is_wide);
	if (!result)
		result = table_init(&location_table, version < TAPI_VERSION_1_4 ?
				    offsetof(LINELOCATIONENTRY, dwCountryID) :
				    sizeof(LINELOCATIONENTRY), locations->num_locations);
	if (!result)
		result = table_init(&card_table, version < TAPI_VERSION_1_4 ?
				    offsetof(LINECARDENTRY, dwCardNumberDigits) :
				    sizeof(LINECARDENTRY), num_cards);
	if (!result) {
		table_place(&location_table, &variable, &caps->dwLocationListSize,
			    &caps->dwLocationListOffset);
		table_place(&card_table, &variable, &caps->dwCardListSize,
			    &caps->dwCardListOffset);
		put_locations(&variable, locations, &location_table, caps);
		put_cards(&variable, cards, &card_table, caps);
		variable_end(&variable);
	}
	free(location_table.entries);
	free(card_table.entries);
	return result;
}

static LONG get_caps(HLINEAPP app, DWORD version, LINETRANSLATECAPS *caps, bool is_wide)
{
	struct locations *locations;
	LONG result;

	result = application_or_none(app);
	if (!result)
		result = translation_version(version);
	if (!result)
		result = locations_read(&locations);
	if (result)
		return result;
	result = put_caps(locations, version, caps, is_wide);
	free(locations);
	return result;
}

TAPI_EXPORT LONG lineGetTranslateCapsA(HLINEAPP app, DWORD version, LPLINETRANSLATECAPS caps)
{
	return get_caps(app, version, caps, false);
}

TAPI_EXPORT LONG lineGetTranslateCapsW(HLINEAPP app, DWORD version, LPLINETRANSLATECAPS caps)
{
	return get_caps(app, version, caps, true);
}

TAPI_EXPORT LONG lineGetTranslateCaps(HLINEAPP app, DWORD version, LPLINETRANSLATECAPS caps)
{
	return lineGetTranslateCapsA(app, version, caps);
}
