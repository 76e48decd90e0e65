// SPDX-License-Identifier: GPL-2.0
/*
 * Numbers: countries, and what is dialled for an address from where the user is. None of it
 * needs a line: this suite also runs where there is no module.
 */
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tapi/settings.h"

/* Without lineInitializeEx() no device has a number. */
#define ANY_DEVICE	0

#define RESULT(name) LINETRANSLATERESULT_##name
#define OPTION(name) LINETRANSLATEOPTION_##name

/*
 * Countries
 */

static LONG get_country(void *list, void *id)
{
	return lineGetCountry(*(DWORD *)id, V2_2, list);
}

static LONG get_country_wide(void *list, void *id)
{
	return lineGetCountryW(*(DWORD *)id, V2_2, list);
}

static LINECOUNTRYLIST *country_list(DWORD id)
{
	LINECOUNTRYLIST small = { .dwTotalSize = sizeof(small) }, *list;

	assert_int_equal(lineGetCountry(id, V2_2, &small), 0);
	assert_int_equal(small.dwNumCountries, 0);
	assert_int_equal(small.dwCountryListSize, 0);
	list = malloc(small.dwNeededSize);
	assert_non_null(list);
	list->dwTotalSize = small.dwNeededSize;
	assert_int_equal(lineGetCountry(id, V2_2, list), 0);
	assert_int_equal(list->dwUsedSize, small.dwNeededSize);
	return list;
}

static const LINECOUNTRYENTRY *country_entries(const LINECOUNTRYLIST *list)
{
	assert_int_equal(list->dwCountryListSize, list->dwNumCountries * sizeof(LINECOUNTRYENTRY));
	assert_true(!list->dwNumCountries || list->dwCountryListOffset >= sizeof(*list));
	return (const void *)((const char *)list + list->dwCountryListOffset);
}

/* What is there is right; nothing else is. */
static void country_strings(const void *structure)
{
	const LINECOUNTRYLIST *list = structure;
	const LINECOUNTRYENTRY *entries = country_entries(list);
	DWORD i;

	for (i = 0; i < list->dwNumCountries; i++) {
		string_at(list, entries[i].dwCountryNameSize, entries[i].dwCountryNameOffset);
		string_at(list, entries[i].dwSameAreaRuleSize, entries[i].dwSameAreaRuleOffset);
		string_at(list, entries[i].dwLongDistanceRuleSize,
			  entries[i].dwLongDistanceRuleOffset);
		string_at(list, entries[i].dwInternationalRuleSize,
			  entries[i].dwInternationalRuleOffset);
	}
}

static void country_nothing(const void *structure)
{
	(void)structure;
}

/* All at once, and one by one along the links, is the same. */
static void countries_linked(void **state)
{
	LINECOUNTRYLIST *all = country_list(0), *one;
	const LINECOUNTRYENTRY *entries = country_entries(all), *entry;
	DWORD id = 1, i, j;

	(void)state;
	assert_true(all->dwNumCountries > 220);
	for (i = 0; i < all->dwNumCountries; i++) {
		one = country_list(id);
		assert_int_equal(one->dwNumCountries, 1);
		entry = country_entries(one);
		assert_int_equal(entry->dwCountryID, entries[i].dwCountryID);
		assert_int_equal(entry->dwCountryCode, entries[i].dwCountryCode);
		assert_int_equal(entry->dwNextCountryID, entries[i].dwNextCountryID);
		assert_string_equal(string_at(one, entry->dwCountryNameSize,
					      entry->dwCountryNameOffset),
				    string_at(all, entries[i].dwCountryNameSize,
					      entries[i].dwCountryNameOffset));
		for (j = 0; j < i; j++)
			assert_int_not_equal(entries[j].dwCountryID, entries[i].dwCountryID);
		assert_in_range(entry->dwCountryCode, 1, 999);
		id = entry->dwNextCountryID;
		free(one);
	}
	assert_int_equal(id, 0);
	free(all);
}

static void countries_known(void **state)
{
	static const struct {
		DWORD id;
		DWORD code;
		const char *name;
		const char *same_area;
		const char *long_distance;
		const char *international;
	} known[] = {
		{ 1, 1, "United States", "G", "1FG", "011EFG" },
		{ 107, 1, "Canada", "G", "1FG", "011EFG" },
		{ 112, 1, "Jamaica", "G", "1FG", "011EFG" },
		{ 7, 7, "Russia", "G", "8FG", "8W10EFG" },
		{ 705, 7, "Kazakhstan", "G", "8FG", "8W10EFG" },
		{ 33, 33, "France", "0FG", "0FG", "00EFG" },
		{ 34, 34, "Spain", "FG", "FG", "00EFG" },
		{ 36, 36, "Hungary", "G", "06FG", "00EFG" },
		{ 39, 39, "Italy", "FG", "FG", "00EFG" },
		{ 379, 39, "Vatican City", "FG", "FG", "00EFG" },
		{ 44, 44, "United Kingdom", "G", "0FG", "00EFG" },
		{ 49, 49, "Germany", "G", "0FG", "00EFG" },
		{ 61, 61, "Australia", "G", "0FG", "0011EFG" },
		{ 81, 81, "Japan", "G", "0FG", "010EFG" },
		{ 354, 354, "Iceland", "G", "FG", "00EFG" },
		{ 800, 800, "International Freephone", "+EFG", "+EFG", "+EFG" },
	};
	const LINECOUNTRYENTRY *entry;
	LINECOUNTRYLIST *list;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(known); i++) {
		list = country_list(known[i].id);
		entry = country_entries(list);
		assert_int_equal(entry->dwCountryID, known[i].id);
		assert_int_equal(entry->dwCountryCode, known[i].code);
		assert_string_equal(string_at(list, entry->dwCountryNameSize,
					      entry->dwCountryNameOffset), known[i].name);
		assert_string_equal(string_at(list, entry->dwSameAreaRuleSize,
					      entry->dwSameAreaRuleOffset), known[i].same_area);
		assert_string_equal(string_at(list, entry->dwLongDistanceRuleSize,
					      entry->dwLongDistanceRuleOffset),
				    known[i].long_distance);
		assert_string_equal(string_at(list, entry->dwInternationalRuleSize,
					      entry->dwInternationalRuleOffset),
				    known[i].international);
		free(list);
	}
}

static void countries_sizes(void **state)
{
	LINECOUNTRYLIST *list;
	DWORD id = 49;

	(void)state;
	list = country_list(id);
	at_each_size(sizeof(*list), list->dwNeededSize, 1, get_country, country_strings, &id);
	free(list);
	id = 0;
	list = country_list(id);
	at_each_size(sizeof(*list), list->dwNeededSize, 373, get_country, country_strings, &id);
	free(list);
}

static void countries_wide(void **state)
{
	LINECOUNTRYLIST small = { .dwTotalSize = sizeof(small) };
	unsigned char room[512];
	LINECOUNTRYLIST *list = (void *)room;
	const LINECOUNTRYENTRY *entry;
	DWORD id = 44;

	(void)state;
	assert_int_equal(lineGetCountryW(id, V2_2, &small), 0);
	at_each_size(sizeof(small), small.dwNeededSize, 1, get_country_wide, country_nothing, &id);
	list->dwTotalSize = sizeof(room);
	assert_int_equal(lineGetCountryW(id, V2_2, list), 0);
	entry = country_entries(list);
	wide_is(list, entry->dwCountryNameSize, entry->dwCountryNameOffset, "United Kingdom");
	wide_is(list, entry->dwInternationalRuleSize, entry->dwInternationalRuleOffset, "00EFG");
}

static void countries_refused(void **state)
{
	static const DWORD unknown[] = { 2, 999, 1000, 65536 + 49, 0xffffffff };
	LINECOUNTRYLIST list = { .dwTotalSize = sizeof(list) };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(unknown); i++)
		assert_int_equal(lineGetCountry(unknown[i], V2_2, &list),
				 LINEERR_INVALCOUNTRYCODE);
	assert_int_equal(lineGetCountry(1, V2_2, NULL), LINEERR_INVALPOINTER);
	assert_int_equal(lineGetCountryW(1, V2_2, NULL), LINEERR_INVALPOINTER);
	assert_int_equal(lineGetCountry(1, 0x00010002, &list), LINEERR_INCOMPATIBLEAPIVERSION);
	assert_int_equal(lineGetCountry(1, 0x00090000, &list), LINEERR_INCOMPATIBLEAPIVERSION);
	assert_int_equal(lineGetCountry(1, 0x00030001, &list), 0);
}

/*
 * Translation
 */

static LONG translate_with(const char *address, DWORD card, DWORD options,
			   LINETRANSLATEOUTPUT *output, size_t room)
{
	memset(output, 0, room);
	output->dwTotalSize = (DWORD)room;
	return lineTranslateAddress(0, ANY_DEVICE, V2_2, address, card, options, output);
}

static void translates_with(const char *address, DWORD card, DWORD options, const char *dialable,
			    const char *displayable, DWORD results)
{
	union {
		LINETRANSLATEOUTPUT output;
		char room[2048];
	} u;

	print_message("%s\n", address);
	assert_int_equal(translate_with(address, card, options, &u.output, sizeof(u)), 0);
	assert_string_equal(string_at(&u, u.output.dwDialableStringSize,
				      u.output.dwDialableStringOffset), dialable);
	assert_string_equal(string_at(&u, u.output.dwDisplayableStringSize,
				      u.output.dwDisplayableStringOffset), displayable);
	assert_int_equal(u.output.dwTranslateResults, results);
}

static void translates(const char *address, const char *dialable, const char *displayable,
		       DWORD results)
{
	translates_with(address, 0, 0, dialable, displayable, results);
}

static void refuses(const char *address, LONG error)
{
	union {
		LINETRANSLATEOUTPUT output;
		char room[2048];
	} u;

	assert_int_equal(translate_with(address, 0, 0, &u.output, sizeof(u)), error);
}

/* In Berlin, directly at the telephone company's line. */
static void translate_at_home(void **state)
{
	(void)state;
	locations("[location 1]\nname = Home\ncountry = 49\narea = 30\n");
	translates("+49 (30) 123-45 67", "T1234567", "123-45 67",
		   RESULT(CANONICAL) | RESULT(LOCAL));
	translates("+49 (89) 1234567", "T0891234567", "0 89 1234567",
		   RESULT(CANONICAL) | RESULT(LONGDISTANCE));
	translates("+1 (425) 882-8080", "T0014258828080", "00 1 425 882-8080",
		   RESULT(CANONICAL) | RESULT(INTERNATIONAL));
	translates("+45 33.12.34.56", "T004533123456", "00 45 33.12.34.56",
		   RESULT(CANONICAL) | RESULT(INTERNATIONAL));
	translates("+49 15112345678", "T015112345678", "0 15112345678",
		   RESULT(CANONICAL) | RESULT(LONGDISTANCE));
	translates("+49 () 110", "T0110", "0 110", RESULT(CANONICAL) | RESULT(LONGDISTANCE));
	/* An ISDN subaddress and a name go along, and are not shown; of several, the first. */
	translates("+49 (30) 1234|42^Otto", "T1234|42^Otto", "1234",
		   RESULT(CANONICAL) | RESULT(LOCAL));
	translates("+49 (30) 1234\r\n+49 (30) 5678", "T1234", "1234",
		   RESULT(CANONICAL) | RESULT(LOCAL));
	/* All that is no digit of a number is left out of what is dialled. */
	translates("+49 (30) 12,W34#", "T1234", "12,W34#", RESULT(CANONICAL) | RESULT(LOCAL));
}

/* What is not canonical is dialable as it is. */
static void translate_dialable(void **state)
{
	(void)state;
	locations("[location 1]\ncountry = 49\narea = 30\n");
	translates("1234", "1234", "1234", 0);
	translates("0,1234W56@7?8$9:", "0,1234W56@7?8$9:", "0,1234W56@7?8$9:",
		   RESULT(DIALDIALTONE) | RESULT(DIALQUIET) | RESULT(DIALPROMPT) |
		   RESULT(DIALBILLING) | RESULT(VOICEDETECT));
	translates("1234|W^$", "1234|W^$", "1234", 0);
	translates("+491234", "+491234", "+491234", 0);
	translates("192.0.2.1", "192.0.2.1", "192.0.2.1", 0);
}

static void translate_countries(void **state)
{
	union {
		LINETRANSLATEOUTPUT output;
		char room[512];
	} u;

	(void)state;
	locations("[location 1]\ncountry = 107\narea = 416\n");
	assert_int_equal(translate_with("+44 (20) 1", 0, 0, &u.output, sizeof(u)), 0);
	assert_int_equal(u.output.dwCurrentCountry, 1);
	assert_int_equal(u.output.dwDestCountry, 44);
	assert_int_equal(translate_with("12", 0, 0, &u.output, sizeof(u)), 0);
	assert_int_equal(u.output.dwCurrentCountry, 1);
	assert_int_equal(u.output.dwDestCountry, 0);
	/* Within what has one code a call to another country is none to abroad. */
	translates("+1 (212) 555-1234", "T12125551234", "1 212 555-1234",
		   RESULT(CANONICAL) | RESULT(LONGDISTANCE));
	locations("[location 1]\ncountry = 33\narea = 1\n");
	translates("+33 (1) 42 34 56 78", "T0142345678", "0 1 42 34 56 78",
		   RESULT(CANONICAL) | RESULT(LOCAL));
	locations("[location 1]\ncountry = 7\narea = 495\n");
	translates("+49 (30) 1", "T8W1049301", "8W10 49 30 1",
		   RESULT(CANONICAL) | RESULT(INTERNATIONAL) | RESULT(DIALDIALTONE));
}

/* Behind a switch, with pulses. */
static void translate_access(void **state)
{
	(void)state;
	locations("current = 7\n[location 1]\ncountry = 1\n"
		  "[location 7]\ncountry = 49\narea = 30\nlocal-access = 0,\n"
		  "long-distance-access = 9W\ncancel-call-waiting = *70,\npulse = yes\n");
	translates("+49 (30) 1234", "P0,1234", "0, 1234",
		   RESULT(CANONICAL) | RESULT(LOCAL));
	translates("+49 (89) 1234", "P9W0891234", "9W 0 89 1234",
		   RESULT(CANONICAL) | RESULT(LONGDISTANCE) | RESULT(DIALDIALTONE));
	translates_with("+49 (30) 1234", 0, OPTION(CANCELCALLWAITING), "P*70,0,1234",
			"*70, 0, 1234", RESULT(CANONICAL) | RESULT(LOCAL));
	translates_with("+49 (89) 1234", 0, OPTION(FORCELOCAL), "P0,1234", "0, 1234",
			RESULT(CANONICAL) | RESULT(LOCAL));
	translates_with("+49 (30) 1234", 0, OPTION(FORCELD), "P9W0301234", "9W 0 30 1234",
			RESULT(CANONICAL) | RESULT(LONGDISTANCE) | RESULT(DIALDIALTONE));
	/* Abroad is abroad. */
	translates_with("+1 (212) 1234", 0, OPTION(FORCELOCAL), "P9W0012121234",
			"9W 00 1 212 1234",
			RESULT(CANONICAL) | RESULT(INTERNATIONAL) | RESULT(DIALDIALTONE));
}

/* Nobody knows where the user is. */
static void translate_nowhere(void **state)
{
	char country[8] = "x", area[8] = "x";

	(void)state;
	translates("+49 (30) 123-4", "+49301234", "+49 30 123-4",
		   RESULT(CANONICAL) | RESULT(INTERNATIONAL));
	assert_int_equal(tapiGetLocationInfo(country, area), 0);
	assert_string_equal(country, "");
	assert_string_equal(area, "");
	locations("[location 3]\nname = Somewhere\nlong-distance-access = 0\n");
	translates("+49 (30) 1234", "0+49301234", "0 +49 30 1234",
		   RESULT(CANONICAL) | RESULT(INTERNATIONAL));
}

/* A locale that has nothing but what LC_TELEPHONE needs, in a file as the C library has it. */
static void make_locale(const char *prefix)
{
	/* Five strings: three formats, the prefix, the character set. */
	enum { STRINGS = 5, MAGIC = 0x20031115 };
	uint32_t head[2 + STRINGS] = { MAGIC ^ LC_TELEPHONE, STRINGS };
	const char *const texts[STRINGS] = { "", "", "", prefix, "UTF-8" };
	char data[64], path[PATH_MAX];
	size_t used = 0;
	FILE *file;
	int i;

	for (i = 0; i < STRINGS; i++) {
		head[2 + i] = (uint32_t)(sizeof(head) + used);
		used += (size_t)sprintf(data + used, "%s", texts[i]) + 1;
	}
	snprintf(path, sizeof(path), "%s/xx_XX", home);
	assert_int_equal(mkdir(path, 0700), 0);
	strcat(path, "/LC_TELEPHONE");
	file = fopen(path, "w");
	assert_non_null(file);
	fwrite(head, 1, sizeof(head), file);
	fwrite(data, 1, used, file);
	fclose(file);
}

static int with_locale(void)
{
	char country[8], area[8];

	if (tapiGetLocationInfo(country, area) || strcmp(country, "49"))
		return 1;
	/* What the user says counts more. */
	locations("[location 1]\ncountry = 1\n");
	return tapiGetLocationInfo(country, area) || strcmp(country, "1") ? 2 : 0;
}

/*
 * The locale says which country it is for telephone numbers. In a process of its own: the C
 * library does not free the list of folders that LOCPATH has.
 */
static void translate_by_locale(void **state)
{
	pid_t child;
	int status;

	(void)state;
	make_locale("49");
	child = fork();
	if (!child) {
		setenv("LOCPATH", home, 1);
		setenv("LC_ALL", "xx_XX", 1);
		_exit(with_locale());
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void translate_cards(void **state)
{
	union {
		LINETRANSLATEOUTPUT output;
		char room[512];
	} u;

	(void)state;
	locations("[card 2]\nname = Blue\nnumber = 987654\n"
		  "long-distance = 0800123$H,0FG\ninternational = 0800123$HEFG#\n"
		  "[card 9]\nname = Other\nnumber = 5\nsame-area = 1HG\n"
		  "[location 1]\ncountry = 49\narea = 30\ncard = 2\n");
	/* It has no rule for calls nearby. */
	translates("+49 (30) 1234", "T1234", "1234", RESULT(CANONICAL) | RESULT(LOCAL));
	translates("+49 (89) 1234", "T0800123$987654,0891234", "0800123$ [Blue] ,0 89 1234",
		   RESULT(CANONICAL) | RESULT(LONGDISTANCE) | RESULT(DIALBILLING));
	translates("+1 (212) 1234", "T0800123$98765412121234#", "0800123$ [Blue] 1 212 1234 #",
		   RESULT(CANONICAL) | RESULT(INTERNATIONAL) | RESULT(DIALBILLING));
	translates_with("+49 (89) 1234", 0, OPTION(CARDOVERRIDE), "T0891234", "0 89 1234",
			RESULT(CANONICAL) | RESULT(LONGDISTANCE));
	translates_with("+49 (30) 1234", 9, OPTION(CARDOVERRIDE), "T151234", "1 [Other] 1234",
			RESULT(CANONICAL) | RESULT(LOCAL));
	assert_int_equal(translate_with("+49 (30) 1234", 3, OPTION(CARDOVERRIDE), &u.output,
					sizeof(u)), LINEERR_INVALCARD);
	/* It counts with the option only. */
	translates_with("+49 (30) 1234", 3, 0, "T1234", "1234", RESULT(CANONICAL) | RESULT(LOCAL));
}

static void translate_refused(void **state)
{
	static const char *const bad[] = {
		"", "+", "+ 1", "+49", "+49 ", "+49  30", "+49 (30)1234", "+49 (30 1234",
		"+49 30) 1234", "+49 (3a) 1234", "+49 (30) ", "+49 (30) -", "+12345 1234",
		"+49(30) 1234", "+49-30-1234", "+49 (30) 12+34", "+a 1234", "\r\n", "|1", "^x",
		"+49 (30) 12\t34", "12\x01", "+49 (30) 12\xff", "+49 (30) 12|\x80",
	};
	char longest[300] = "+49 (30) ", room[512];
	LINETRANSLATEOUTPUT *output = (void *)room;
	size_t i;

	(void)state;
	locations("[location 1]\ncountry = 49\narea = 30\n");
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		/* A plus sign with digits alone is how everybody else writes it. */
		if (strcmp(bad[i], "+49"))
			refuses(bad[i], LINEERR_INVALADDRESS);
	}
	memset(longest + 9, '1', 290);
	refuses(longest, LINEERR_INVALADDRESS);
	longest[255] = '\0';
	assert_int_equal(translate_with(longest, 0, 0, output, sizeof(room)), 0);

	memset(room, 0, sizeof(room));
	output->dwTotalSize = sizeof(room);
	assert_int_equal(lineTranslateAddress(0, 0, V2_2, NULL, 0, 0, output),
			 LINEERR_INVALPOINTER);
	assert_int_equal(lineTranslateAddress(0, 0, V2_2, "1", 0, 0, NULL), LINEERR_INVALPOINTER);
	assert_int_equal(lineTranslateAddress(0, 0, 0x00010002, "1", 0, 0, output),
			 LINEERR_INCOMPATIBLEAPIVERSION);
	assert_int_equal(lineTranslateAddress(0, 0, V2_2, "1", 0, 0x10, output),
			 LINEERR_INVALPARAM);
	assert_int_equal(lineTranslateAddress(0, 0, V2_2, "1", 0,
					      OPTION(FORCELOCAL) | OPTION(FORCELD), output),
			 LINEERR_INVALPARAM);
	output->dwTotalSize = sizeof(*output) - 1;
	assert_int_equal(lineTranslateAddress(0, 0, V2_2, "1", 0, 0, output),
			 LINEERR_STRUCTURETOOSMALL);
	/* No colon for programs of 1.x. */
	output->dwTotalSize = sizeof(room);
	assert_int_equal(lineTranslateAddress(0, 0, V1_4, "1:2", 0, 0, output), 0);
	assert_int_equal(output->dwTranslateResults, 0);
	assert_true(lineTranslateDialog(0, 0, V2_2, NULL, "1") == LINEERR_OPERATIONUNAVAIL);
}

static LONG get_translation(void *output, void *address)
{
	return lineTranslateAddress(0, 0, V2_2, address, 0, 0, output);
}

static void translation_strings(const void *structure)
{
	const LINETRANSLATEOUTPUT *output = structure;

	string_at(output, output->dwDialableStringSize, output->dwDialableStringOffset);
	string_at(output, output->dwDisplayableStringSize, output->dwDisplayableStringOffset);
	assert_int_equal(output->dwDestCountry, 49);
}

static void translate_sizes(void **state)
{
	union {
		LINETRANSLATEOUTPUT output;
		char room[512];
	} u;
	/* Half a pair. */
	static const WCHAR half[] = { 0xd800, 0 };
	char address[] = "+49 (30) 1234";

	(void)state;
	locations("[location 1]\ncountry = 49\narea = 31\n");
	assert_int_equal(translate_with(address, 0, 0, &u.output, sizeof(u)), 0);
	at_each_size(sizeof(u.output), u.output.dwNeededSize, 1, get_translation,
		     translation_strings, address);
	u.output.dwTotalSize = sizeof(u);
	assert_int_equal(lineTranslateAddressW(0, 0, V2_2, u"+49 (30) 1234|5", 0, 0, &u.output),
			 0);
	wide_is(&u, u.output.dwDialableStringSize, u.output.dwDialableStringOffset,
		"T0301234|5");
	wide_is(&u, u.output.dwDisplayableStringSize, u.output.dwDisplayableStringOffset,
		"0 30 1234");
	assert_int_equal(lineTranslateAddressW(0, 0, V2_2, half, 0, 0, &u.output),
			 LINEERR_INVALADDRESS);
}

/*
 * Toll lists
 */

static void toll_lists(void **state)
{
	(void)state;
	locations("# mine\n[location 1]\ncountry = 1\n# here\narea = 425\n"
		  "[location 2]\ncountry = 1\narea = 425\n");
	translates("+1 (425) 882-8080", "T8828080", "882-8080",
		   RESULT(CANONICAL) | RESULT(LOCAL) | RESULT(NOTINTOLLLIST));
	assert_int_equal(lineSetTollList(0, 0, "+1 (425) 882-8080", LINETOLLLISTOPTION_ADD), 0);
	assert_int_equal(lineSetTollListW(0, 0, u"+1 (425) 555-0000", LINETOLLLISTOPTION_ADD), 0);
	/* It is there. */
	assert_int_equal(lineSetTollList(0, 0, "+1 (425) 882-1", LINETOLLLISTOPTION_ADD), 0);
	file_is("tapi-locations",
		"# mine\n[location 1]\ntoll-prefixes = 555,882\ncountry = 1\n# here\narea = 425\n"
		"[location 2]\ncountry = 1\narea = 425\n");
	translates("+1 (425) 882-8080", "T14258828080", "1 425 882-8080",
		   RESULT(CANONICAL) | RESULT(LONGDISTANCE) | RESULT(INTOLLLIST));
	translates("+1 (425) 888-8080", "T8888080", "888-8080",
		   RESULT(CANONICAL) | RESULT(LOCAL) | RESULT(NOTINTOLLLIST));
	assert_int_equal(lineSetTollList(0, 0, "+1 (425) 555-2222", LINETOLLLISTOPTION_REMOVE), 0);
	assert_int_equal(lineSetTollList(0, 0, "+1 (425) 882-2222", LINETOLLLISTOPTION_REMOVE), 0);
	/* It is not there. */
	assert_int_equal(lineSetTollList(0, 0, "+1 (425) 882-2222", LINETOLLLISTOPTION_REMOVE), 0);
	translates("+1 (425) 882-8080", "T8828080", "882-8080",
		   RESULT(CANONICAL) | RESULT(LOCAL) | RESULT(NOTINTOLLLIST));
	file_is("tapi-locations",
		"# mine\n[location 1]\ntoll-prefixes =\ncountry = 1\n# here\narea = 425\n"
		"[location 2]\ncountry = 1\narea = 425\n");
}

static void toll_lists_full(void **state)
{
	char address[32];
	LONG result = 0;
	int i;

	(void)state;
	locations("[location 1]\ncountry = 1\narea = 425\n");
	for (i = 0; i < 200 && !result; i++) {
		snprintf(address, sizeof(address), "+1 (425) %03d-0000", i);
		result = lineSetTollList(0, 0, address, LINETOLLLISTOPTION_ADD);
	}
	assert_int_equal(result, LINEERR_RESOURCEUNAVAIL);
	/* All that went in can be read. */
	translates("+1 (425) 050-8080", "T14250508080", "1 425 050-8080",
		   RESULT(CANONICAL) | RESULT(LONGDISTANCE) | RESULT(INTOLLLIST));
}

static void toll_lists_refused(void **state)
{
	static const char *const bad[] = {
		"", "882-8080", "+1 425 8828080", "+1 (206) 882-8080", "+44 (425) 882-8080",
		"+1 (425) 882", "+1 (425 8", "+14258828080",
	};
	size_t i;

	(void)state;
	assert_int_equal(lineSetTollList(0, 0, "+1 (425) 882-8080", LINETOLLLISTOPTION_ADD),
			 LINEERR_INVALLOCATION);
	locations("[location 1]\ncountry = 1\narea = 425\n");
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		assert_int_equal(lineSetTollList(0, 0, bad[i], LINETOLLLISTOPTION_ADD),
				 LINEERR_INVALADDRESS);
	assert_int_equal(lineSetTollList(0, 0, NULL, LINETOLLLISTOPTION_ADD),
			 LINEERR_INVALPOINTER);
	assert_int_equal(lineSetTollList(0, 0, "+1 (425) 882-8080", 0), LINEERR_INVALPARAM);
	assert_int_equal(lineSetTollList(0, 0, "+1 (425) 882-8080", 3), LINEERR_INVALPARAM);
	file_is("tapi-locations", "[location 1]\ncountry = 1\narea = 425\n");
	locations("[location 1]\ncountry = 49\narea = 30\n");
	assert_int_equal(lineSetTollList(0, 0, "+49 (30) 8828080", LINETOLLLISTOPTION_ADD),
			 LINEERR_INVALADDRESS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SETTINGS_TEST(countries_linked),
		SETTINGS_TEST(countries_known),
		SETTINGS_TEST(countries_sizes),
		SETTINGS_TEST(countries_wide),
		SETTINGS_TEST(countries_refused),
		SETTINGS_TEST(translate_at_home),
		SETTINGS_TEST(translate_dialable),
		SETTINGS_TEST(translate_countries),
		SETTINGS_TEST(translate_access),
		SETTINGS_TEST(translate_nowhere),
		SETTINGS_TEST(translate_by_locale),
		SETTINGS_TEST(translate_cards),
		SETTINGS_TEST(translate_refused),
		SETTINGS_TEST(translate_sizes),
		SETTINGS_TEST(toll_lists),
		SETTINGS_TEST(toll_lists_full),
		SETTINGS_TEST(toll_lists_refused),
	};

	return cmocka_run_group_tests(tests, settings_begin, settings_end);
}
