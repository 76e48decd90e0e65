// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * lineTranslateAddress(): what is dialled for an address, here.
 *
 * [T|P] [cancel call waiting] [access code] rule [|subaddress] [^name]
 *
 * where the rule is that of the card, else of the country, for a call of its kind. A user whose
 * country nobody knows dials +CC AREA NUMBER, which needs no rule.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assisted.h"

#define OPTIONS (LINETRANSLATEOPTION_CARDOVERRIDE | LINETRANSLATEOPTION_CANCELCALLWAITING | \
		 LINETRANSLATEOPTION_FORCELOCAL | LINETRANSLATEOPTION_FORCELD)

/* Text in the making, dialled and shown. */
struct outcome {
	char *out;
	size_t used;
	bool is_full;
};

LONG translation_version(DWORD version)
{
	if (version == 0x00030000 || version == 0x00030001)
		return 0;
	return version_check(version);
}

LONG application_and_device(HLINEAPP handle, DWORD id)
{
	struct device device;
	struct app *app;
	LONG result;

	/* A program that has not initialised anything may ask, but then no device has a number. */
	if (!handle)
		return 0;
	app = app_get(handle, &result);
	if (!app)
		return result;
	result = device_find(app, id, &device);
	app_put(app);
	return result;
}

LONG application_or_none(HLINEAPP handle)
{
	struct app *app;
	LONG result = 0;

	app = handle ? app_get(handle, &result) : NULL;
	if (app)
		app_put(app);
	return handle && !app ? result : 0;
}

static void put(struct outcome *outcome, const char *text)
{
	size_t length = strlen(text);

	if (outcome->used + length >= DIALABLE_SIZE) {
		outcome->is_full = true;
		return;
	}
	memcpy(outcome->out + outcome->used, text, length + 1);
	outcome->used += length;
}

/* Groups of digits are apart for who reads them. */
static void put_group(struct outcome *outcome, const char *text)
{
	if (*text && outcome->used && outcome->out[outcome->used - 1] != ' ' &&
	    outcome->out[outcome->used - 1] != '+')
		put(outcome, " ");
	put(outcome, text);
}

static void put_rule(const char *rule, const struct canonical *canonical, const struct card *card,
		     struct outcome *dialable, struct outcome *displayable)
{
	bool is_apart = false;
	char code[16], one[2] = "";

	snprintf(code, sizeof(code), "%u", canonical->country);
	for (; *rule; rule++) {
		one[0] = *rule;
		if (!strchr("EFGH", *rule)) {
			put(dialable, one);
			if (is_apart)
				put_group(displayable, one);
			else
				put(displayable, one);
			is_apart = false;
			continue;
		}
		is_apart = true;
		switch (*rule) {
		case 'E':
			put(dialable, code);
			put_group(displayable, code);
			break;
		case 'F':
			put(dialable, canonical->area);
			put_group(displayable, canonical->area);
			break;
		case 'G':
			put(dialable, canonical->digits);
			put_group(displayable, canonical->number);
			break;
		case 'H':
			/* Not for the eyes of those who stand behind the user. */
			put(dialable, card ? card->number : "");
			put_group(displayable, "[");
			put(displayable, card ? card->name : "");
			put(displayable, "]");
			break;
		}
	}
}

static DWORD kind_of(const struct location *location, const struct canonical *canonical,
		     DWORD options)
{
	if (!location->country || canonical->country != location->country->code)
		return LINETRANSLATERESULT_INTERNATIONAL;
	if (options & LINETRANSLATEOPTION_FORCELOCAL)
		return LINETRANSLATERESULT_LOCAL;
	if (options & LINETRANSLATEOPTION_FORCELD)
		return LINETRANSLATERESULT_LONGDISTANCE;
	if (strcmp(canonical->area, location->area))
		return LINETRANSLATERESULT_LONGDISTANCE;
	if (!country_has_toll_lists(location->country))
		return LINETRANSLATERESULT_LOCAL;
	if (toll_list_has(location->toll_prefixes, canonical->digits))
		return LINETRANSLATERESULT_LONGDISTANCE | LINETRANSLATERESULT_INTOLLLIST;
	return LINETRANSLATERESULT_LOCAL | LINETRANSLATERESULT_NOTINTOLLLIST;
}

static const char *rule_for(DWORD kind, const struct rules *rules)
{
	if (kind & LINETRANSLATERESULT_INTERNATIONAL)
		return rules->international;
	return kind & LINETRANSLATERESULT_LOCAL ? rules->same_area : rules->long_distance;
}

/* What a device may not be able to wait for. */
static DWORD results_of_text(const char *text)
{
	static const struct {
		char character;
		DWORD result;
	} results[] = {
		{ '$', LINETRANSLATERESULT_DIALBILLING },
		{ '@', LINETRANSLATERESULT_DIALQUIET },
		{ 'W', LINETRANSLATERESULT_DIALDIALTONE },
		{ 'w', LINETRANSLATERESULT_DIALDIALTONE },
		{ '?', LINETRANSLATERESULT_DIALPROMPT },
		{ ':', LINETRANSLATERESULT_VOICEDETECT },
	};
	size_t length = strcspn(text, "|^"), i;
	DWORD found = 0;

	for (i = 0; i < ARRAY_SIZE(results); i++)
		if (memchr(text, results[i].character, length))
			found |= results[i].result;
	return found;
}

static LONG dial(const struct location *location, const struct card *card,
		 const struct canonical *canonical, DWORD options, struct translation *translation)
{
	struct outcome dialable = { translation->dialable, 0, false };
	struct outcome displayable = { translation->displayable, 0, false };
	const char *rule, *access;
	struct rules rules;
	DWORD kind;

	country_rules(location->country, &rules);
	kind = kind_of(location, canonical, options);
	rule = card ? rule_for(kind, &card->rules) : "";
	if (!*rule)
		rule = rule_for(kind, &rules);

	/* A number that begins with a plus sign says by itself how it is dialled. */
	if (*rule != '+')
		put(&dialable, location->is_pulse ? "P" : "T");
	if (options & LINETRANSLATEOPTION_CANCELCALLWAITING) {
		put(&dialable, location->cancel_call_waiting);
		put_group(&displayable, location->cancel_call_waiting);
	}
	access = kind & LINETRANSLATERESULT_LOCAL ? location->local_access :
						    location->long_distance_access;
	put(&dialable, access);
	put_group(&displayable, access);
	if (displayable.used)
		put(&displayable, " ");
	put_rule(rule, canonical, card, &dialable, &displayable);
	put(&dialable, canonical->rest);
	translation->results = kind | LINETRANSLATERESULT_CANONICAL;
	return dialable.is_full || displayable.is_full ? LINEERR_INVALADDRESS : 0;
}

LONG translate(const struct locations *locations, const char *address, DWORD card, DWORD options,
	       struct translation *translation)
{
	const struct location *location = &locations->locations[locations->current];
	struct canonical canonical;
	const struct card *used;
	LONG result;

	memset(translation, 0, sizeof(*translation));
	if (options & ~(DWORD)OPTIONS)
		return LINEERR_INVALPARAM;
	if ((options & LINETRANSLATEOPTION_FORCELOCAL) && (options & LINETRANSLATEOPTION_FORCELD))
		return LINEERR_INVALPARAM;
	if (!(options & LINETRANSLATEOPTION_CARDOVERRIDE))
		card = location->card;
	used = card_find(locations, card);
	if (card && !used)
		return LINEERR_INVALCARD;
	result = canonical_parse(address, &canonical);
	if (result)
		return result;
	translation->current_country = location->country ? location->country->code : 0;
	translation->destination_country = canonical.country;
	if (canonical.is_canonical) {
		result = dial(location, used, &canonical, options, translation);
	} else {
		text_copy(translation->dialable, canonical.number);
		text_copy(translation->dialable + strlen(canonical.number), canonical.rest);
		text_copy(translation->displayable, canonical.number);
	}
	translation->results |= results_of_text(translation->dialable);
	return result;
}

static LONG translate_address(HLINEAPP app, DWORD device, DWORD version, const char *address,
			      DWORD card, DWORD options, LINETRANSLATEOUTPUT *output, bool is_wide)
{
	struct translation translation;
	struct locations *locations;
	struct variable variable;
	LONG result;

	result = application_and_device(app, device);
	if (!result)
		result = translation_version(version);
	if (!result && (!address || !output))
		result = LINEERR_INVALPOINTER;
	if (!result)
		result = locations_read(&locations);
	if (result)
		return result;
	result = translate(locations, address, card, options, &translation);
	free(locations);
	if (!result)
		result = variable_begin(&variable, output, sizeof(*output), is_wide);
	if (result)
		return result;
	/* Programs of 1.x know no colon. */
	if (version < TAPI_VERSION_2_0)
		translation.results &= ~(DWORD)LINETRANSLATERESULT_VOICEDETECT;
	variable_string(&variable, translation.dialable, &output->dwDialableStringSize,
			&output->dwDialableStringOffset);
	variable_string(&variable, translation.displayable, &output->dwDisplayableStringSize,
			&output->dwDisplayableStringOffset);
	output->dwCurrentCountry = translation.current_country;
	output->dwDestCountry = translation.destination_country;
	output->dwTranslateResults = translation.results;
	variable_end(&variable);
	return 0;
}

TAPI_EXPORT LONG lineTranslateAddressA(HLINEAPP app, DWORD device, DWORD version, LPCSTR address,
				       DWORD card, DWORD options, LPLINETRANSLATEOUTPUT output)
{
	return translate_address(app, device, version, address, card, options, output, false);
}

TAPI_EXPORT LONG lineTranslateAddressW(HLINEAPP app, DWORD device, DWORD version, LPCWSTR address,
				       DWORD card, DWORD options, LPLINETRANSLATEOUTPUT output)
{
	char *text = address ? text_from_wide(address) : NULL;
	LONG result;

	if (address && !text && errno != EILSEQ)
		return LINEERR_NOMEM;
	/* What is not UTF-16 is no address: as an empty one. */
	result = translate_address(app, device, version, address && !text ? "" : text, card,
				   options, output, true);
	free(text);
	return result;
}

TAPI_EXPORT LONG lineTranslateAddress(HLINEAPP app, DWORD device, DWORD version, LPCSTR address,
				      DWORD card, DWORD options, LPLINETRANSLATEOUTPUT output)
{
	return lineTranslateAddressA(app, device, version, address, card, options, output);
}

/* A library shows no windows. */
static LONG translate_dialog(HLINEAPP app, DWORD device, DWORD version)
{
	LONG result = application_and_device(app, device);

	if (!result)
		result = translation_version(version);
	return result ? result : LINEERR_OPERATIONUNAVAIL;
}

TAPI_EXPORT LONG lineTranslateDialogA(HLINEAPP app, DWORD device, DWORD version, HWND owner,
				      LPCSTR address)
{
	(void)owner;
	(void)address;
	return translate_dialog(app, device, version);
}

TAPI_EXPORT LONG lineTranslateDialogW(HLINEAPP app, DWORD device, DWORD version, HWND owner,
				      LPCWSTR address)
{
	(void)owner;
	(void)address;
	return translate_dialog(app, device, version);
}

TAPI_EXPORT LONG lineTranslateDialog(HLINEAPP app, DWORD device, DWORD version, HWND owner,
				     LPCSTR address)
{
	return lineTranslateDialogA(app, device, version, owner, address);
}
