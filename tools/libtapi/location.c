// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Where the user is: tapi-locations(5). Without the file there is one location, number 0, whose
 * country is that of the user's locale for telephone numbers, or none.
 */
#include <errno.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assisted.h"

#define FILE_NAME "tapi-locations"

/* What a dialable address may have, but for | and ^ and what follows them. */
#define DIALABLE "0123456789ABCD*#,!WwPpTt@$?:"

/* What a section is about, while it is read. */
struct section {
	struct location *location;
	struct card *card;
};

const struct card *card_find(const struct locations *locations, DWORD id)
{
	size_t i;

	for (i = 0; i < locations->num_cards; i++)
		if (locations->cards[i].id == id)
			return &locations->cards[i];
	return NULL;
}

static bool find_location(const struct locations *locations, DWORD id, size_t *index)
{
	for (*index = 0; *index < locations->num_locations; ++*index)
		if (locations->locations[*index].id == id)
			return true;
	return false;
}

static bool parse_id(const char *text, DWORD *id)
{
	unsigned long value;
	char *end;

	if (!*text || text[strspn(text, "0123456789")])
		return false;
	errno = 0;
	value = strtoul(text, &end, 10);
	*id = (DWORD)value;
	return !errno && value <= INT_MAX;
}

static bool parse_bool(const char *text, bool *value)
{
	*value = !strcmp(text, "yes");
	return *value || !strcmp(text, "no");
}

/* @allowed: characters, NULL: a name. */
static bool parse_text(const char *text, char *out, size_t room, const char *allowed)
{
	if (strlen(text) >= room)
		return false;
	if (allowed ? text[strspn(text, allowed)] != '\0' : !*text)
		return false;
	text_copy(out, text);
	return true;
}

/* Digits between single commas. */
static bool parse_prefixes(const char *text, char *out)
{
	const char *at;

	if (!parse_text(text, out, TOLL_PREFIXES_SIZE, "0123456789,"))
		return false;
	for (at = text; *at; at++)
		if (*at == ',' && (at == text || at[1] == ',' || !at[1]))
			return false;
	return true;
}

static bool parse_country(const char *text, const struct country **country)
{
	DWORD id;

	if (!parse_id(text, &id))
		return false;
	*country = country_find(id);
	return *country;
}

static bool location_entry(struct location *location, const char *key, const char *value)
{
	if (!strcmp(key, "name"))
		return parse_text(value, location->name, LOCATION_NAME_SIZE, NULL);
	if (!strcmp(key, "country"))
		return parse_country(value, &location->country);
	if (!strcmp(key, "area"))
		return parse_text(value, location->area, AREA_SIZE, "0123456789");
	if (!strcmp(key, "local-access"))
		return parse_text(value, location->local_access, ACCESS_SIZE, DIALABLE);
	if (!strcmp(key, "long-distance-access"))
		return parse_text(value, location->long_distance_access, ACCESS_SIZE, DIALABLE);
	if (!strcmp(key, "cancel-call-waiting"))
		return parse_text(value, location->cancel_call_waiting, ACCESS_SIZE, DIALABLE);
	if (!strcmp(key, "toll-prefixes"))
		return parse_prefixes(value, location->toll_prefixes);
	if (!strcmp(key, "card"))
		return parse_id(value, &location->card);
	if (!strcmp(key, "pulse"))
		return parse_bool(value, &location->is_pulse);
	return false;
}

static bool card_entry(struct card *card, const char *key, const char *value)
{
	if (!strcmp(key, "name"))
		return parse_text(value, card->name, LOCATION_NAME_SIZE, NULL);
	if (!strcmp(key, "number"))
		return parse_text(value, card->number, CARD_NUMBER_SIZE, "0123456789");
	if (!strcmp(key, "same-area"))
		return parse_text(value, card->rules.same_area, RULE_SIZE, DIALABLE "EFGH");
	if (!strcmp(key, "long-distance"))
		return parse_text(value, card->rules.long_distance, RULE_SIZE, DIALABLE "EFGH");
	if (!strcmp(key, "international"))
		return parse_text(value, card->rules.international, RULE_SIZE, DIALABLE "EFGH");
	if (!strcmp(key, "hidden"))
		return parse_bool(value, &card->is_hidden);
	return false;
}

static bool begin_location(struct locations *locations, DWORD id, struct section *section)
{
	size_t index;

	if (locations->num_locations == LOCATIONS_MAX || find_location(locations, id, &index))
		return false;
	section->location = &locations->locations[locations->num_locations++];
	section->location->id = id;
	snprintf(section->location->name, LOCATION_NAME_SIZE, "Location %u", id);
	return true;
}

static bool begin_card(struct locations *locations, DWORD id, struct section *section)
{
	/* Card 0 is that no card is used. */
	if (!id || locations->num_cards == CARDS_MAX || card_find(locations, id))
		return false;
	section->card = &locations->cards[locations->num_cards++];
	section->card->id = id;
	snprintf(section->card->name, LOCATION_NAME_SIZE, "Card %u", id);
	return true;
}

static bool begin_section(struct locations *locations, const char *name, struct section *section)
{
	DWORD id;

	memset(section, 0, sizeof(*section));
	if (!strncmp(name, "location ", 9) && parse_id(name + 9, &id))
		return begin_location(locations, id, section);
	if (!strncmp(name, "card ", 5) && parse_id(name + 5, &id))
		return begin_card(locations, id, section);
	return false;
}

/* "key = value": the key ends where the string does, the value is returned. */
static char *split_entry(char *text)
{
	char *equals = strchr(text, '='), *value;

	if (!equals)
		return NULL;
	value = equals + 1 + strspn(equals + 1, " \t");
	while (equals > text && (equals[-1] == ' ' || equals[-1] == '\t'))
		equals--;
	*equals = '\0';
	return value;
}

static bool parse_lines(const struct config *config, struct locations *locations,
			DWORD *current, bool *has_current)
{
	struct section section = { NULL, NULL };
	char text[CONFIG_LINE_SIZE], *value;
	size_t i;

	for (i = 0; i < config->count; i++) {
		enum config_kind kind = config_line(config->lines[i], text);
		bool is_good = true;

		if (!text_is_displayable(text))
			return false;
		if (kind == CONFIG_SECTION) {
			is_good = begin_section(locations, text, &section);
		} else if (kind == CONFIG_ENTRY) {
			value = split_entry(text);
			if (!value)
				return false;
			if (section.location) {
				is_good = location_entry(section.location, text, value);
			} else if (section.card) {
				is_good = card_entry(section.card, text, value);
			} else {
				is_good = !*has_current && !strcmp(text, "current") &&
					  parse_id(value, current);
				*has_current = true;
			}
		}
		if (!is_good)
			return false;
	}
	return true;
}

/* The country of the locale: LC_TELEPHONE has its code. */
static const struct country *assumed_country(void)
{
	const struct country *country = NULL;
	locale_t locale;
	DWORD code;

	/* Not the program's locale: it may have none, and it may change it in another thread. */
	locale = newlocale(LC_TELEPHONE_MASK, "", (locale_t)0);
	if (!locale)
		return NULL;
	if (parse_id(nl_langinfo_l(_NL_TELEPHONE_INT_PREFIX, locale), &code))
		country = country_by_code(code);
	freelocale(locale);
	return country;
}

static void assume(struct locations *locations)
{
	text_copy(locations->locations[0].name, "Default location");
	locations->locations[0].country = assumed_country();
	locations->num_locations = 1;
	locations->is_assumed = true;
}

static bool is_complete(struct locations *locations)
{
	size_t i;

	for (i = 0; i < locations->num_locations; i++) {
		DWORD card = locations->locations[i].card;

		if (card && !card_find(locations, card))
			return false;
	}
	return true;
}

static LONG parse(const struct config *config, struct locations **locations)
{
	bool has_current = false, is_good;
	struct locations *made;
	DWORD current = 0;

	made = calloc(1, sizeof(*made));
	if (!made)
		return LINEERR_NOMEM;
	is_good = parse_lines(config, made, &current, &has_current);
	if (is_good && !made->num_locations)
		assume(made);
	if (is_good && has_current)
		is_good = find_location(made, current, &made->current);
	if (is_good && is_complete(made)) {
		*locations = made;
		return 0;
	}
	free(made);
	return LINEERR_INIFILECORRUPT;
}

LONG locations_read(struct locations **locations)
{
	struct config config;
	LONG result;

	*locations = NULL;
	result = config_read(FILE_NAME, &config);
	if (!result)
		result = parse(&config, locations);
	config_free(&config);
	return result;
}

/*
 * An entry of a section (NULL: before the first one) gets a value: in its line, or in a new one at
 * the section's beginning.
 */
LONG locations_set(struct config *config, const char *section, const char *key, const char *value)
{
	char text[CONFIG_LINE_SIZE], line[CONFIG_LINE_SIZE];
	bool is_inside = !section;
	size_t begin = 0, i;

	if (snprintf(line, sizeof(line), "%s =%s%s", key, *value ? " " : "", value) >=
	    (int)sizeof(line))
		return LINEERR_OPERATIONFAILED;
	for (i = 0; i < config->count; i++) {
		enum config_kind kind = config_line(config->lines[i], text);

		if (kind == CONFIG_SECTION) {
			if (is_inside)
				break;
			is_inside = section && !strcmp(text, section);
			if (is_inside)
				begin = i + 1;
		}
		if (is_inside && kind == CONFIG_ENTRY && split_entry(text) && !strcmp(text, key)) {
			config_remove(config, i);
			return config_insert(config, i, line);
		}
	}
	return is_inside ? config_insert(config, begin, line) : LINEERR_OPERATIONFAILED;
}

LONG locations_change(location_change *change, const void *data)
{
	struct locations *locations = NULL;
	struct config config;
	LONG result;
	int lock;

	lock = config_lock(FILE_NAME);
	result = config_read(FILE_NAME, &config);
	if (!result)
		result = parse(&config, &locations);
	if (!result)
		result = change(&config, locations, data);
	if (!result)
		result = lock < 0 ? LINEERR_OPERATIONFAILED : config_write(FILE_NAME, &config);
	free(locations);
	config_free(&config);
	config_unlock(lock);
	return result > 0 ? 0 : result;
}

static LONG change_current(struct config *config, const struct locations *locations,
			   const void *data)
{
	DWORD id = *(const DWORD *)data;
	char value[16];
	size_t index;

	if (!find_location(locations, id, &index))
		return LINEERR_INVALLOCATION;
	if (locations->is_assumed || index == locations->current)
		return CHANGES_NOTHING;
	snprintf(value, sizeof(value), "%u", id);
	return locations_set(config, NULL, "current", value);
}

TAPI_EXPORT LONG lineSetCurrentLocation(HLINEAPP app, DWORD location)
{
	LONG result = application_or_none(app);

	return result ? result : locations_change(change_current, &location);
}

/* The published buffers have eight characters; neither code is longer. */
static LONG location_info(char country[AREA_SIZE], char area[AREA_SIZE])
{
	const struct location *location;
	struct locations *locations;

	if (locations_read(&locations))
		return TAPIERR_REQUESTFAILED;
	location = &locations->locations[locations->current];
	country[0] = '\0';
	if (location->country)
		snprintf(country, AREA_SIZE, "%u", location->country->code);
	text_copy(area, location->area);
	free(locations);
	return 0;
}

TAPI_EXPORT LONG tapiGetLocationInfoA(LPSTR country, LPSTR area)
{
	char country_text[AREA_SIZE], area_text[AREA_SIZE];
	LONG result;

	if (!country || !area)
		return TAPIERR_REQUESTFAILED;
	result = location_info(country_text, area_text);
	if (result)
		return result;
	text_copy(country, country_text);
	text_copy(area, area_text);
	return 0;
}

TAPI_EXPORT LONG tapiGetLocationInfoW(LPWSTR country, LPWSTR area)
{
	char country_text[AREA_SIZE], area_text[AREA_SIZE];
	LONG result;

	if (!country || !area)
		return TAPIERR_REQUESTFAILED;
	result = location_info(country_text, area_text);
	if (result)
		return result;
	text_to_wide(country_text, country, AREA_SIZE);
	text_to_wide(area_text, area, AREA_SIZE);
	return 0;
}

TAPI_EXPORT LONG tapiGetLocationInfo(LPSTR country, LPSTR area)
{
	return tapiGetLocationInfoA(country, area);
}
