// SPDX-License-Identifier: GPL-2.0
/*
 * The user's files of locations and priorities: what the functions make of them and write to them,
 * also of content that nobody should write; and requests that are none. None of it needs a
 * line: this suite also runs where there is no module.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define COBJMACROS
#include "tapi/settings.h"
#include <tapi3.h>

/*
 * Locations
 */

static const char full_file[] =
	"# two places\n"
	"current = 2\n"
	"\n"
	"[location 1]\n"
	"name = Zuhause\n"
	"country = 49\n"
	"area = 30\n"
	"[location 2]\n"
	"  name = B\xc3\xbcro\t\n"
	"country=1\n"
	"area = 425\n"
	"local-access = 9,\n"
	"long-distance-access = 8\n"
	"cancel-call-waiting = *70\n"
	"toll-prefixes = 555,882\n"
	"pulse = yes\n"
	"card = 3\n"
	"[card 3]\n"
	"name = Blue\n"
	"number = 123456\n"
	"same-area = HG\n"
	"long-distance = HFG\n"
	"international = HEFG\n"
	"[card 4]\n"
	"name = Secret\n"
	"hidden = yes\n";

static LONG get_caps(void *caps, void *version)
{
	return lineGetTranslateCaps(0, *(DWORD *)version, caps);
}

static LINETRANSLATECAPS *translate_caps(DWORD version)
{
	LINETRANSLATECAPS small = { .dwTotalSize = sizeof(small) }, *caps;

	assert_int_equal(lineGetTranslateCaps(0, version, &small), 0);
	assert_int_equal(small.dwNumLocations | small.dwNumCards, 0);
	caps = malloc(small.dwNeededSize);
	assert_non_null(caps);
	caps->dwTotalSize = small.dwNeededSize;
	assert_int_equal(lineGetTranslateCaps(0, version, caps), 0);
	assert_int_equal(caps->dwUsedSize, caps->dwNeededSize);
	return caps;
}

static void caps_strings(const void *structure)
{
	const LINETRANSLATECAPS *caps = structure;
	const LINELOCATIONENTRY *location = (const void *)((const char *)structure +
							   caps->dwLocationListOffset);
	const LINECARDENTRY *card = (const void *)((const char *)structure +
						   caps->dwCardListOffset);
	DWORD i;

	assert_int_equal(caps->dwLocationListSize, caps->dwNumLocations * sizeof(*location));
	assert_int_equal(caps->dwCardListSize, caps->dwNumCards * sizeof(*card));
	for (i = 0; i < caps->dwNumLocations; i++) {
		string_at(caps, location[i].dwLocationNameSize, location[i].dwLocationNameOffset);
		string_at(caps, location[i].dwCityCodeSize, location[i].dwCityCodeOffset);
		string_at(caps, location[i].dwTollPrefixListSize,
			  location[i].dwTollPrefixListOffset);
		string_at(caps, location[i].dwCancelCallWaitingSize,
			  location[i].dwCancelCallWaitingOffset);
	}
	for (i = 0; i < caps->dwNumCards; i++) {
		string_at(caps, card[i].dwCardNameSize, card[i].dwCardNameOffset);
		string_at(caps, card[i].dwInternationalRuleSize,
			  card[i].dwInternationalRuleOffset);
	}
}

static void caps_full(void **state)
{
	const LINELOCATIONENTRY *location;
	const LINECARDENTRY *card;
	LINETRANSLATECAPS *caps;
	DWORD version = V2_2;

	(void)state;
	locations(full_file);
	caps = translate_caps(version);
	caps_strings(caps);
	assert_int_equal(caps->dwNumLocations, 2);
	assert_int_equal(caps->dwCurrentLocationID, 2);
	assert_int_equal(caps->dwCurrentPreferredCardID, 3);
	location = (const void *)((char *)caps + caps->dwLocationListOffset);
	assert_int_equal(location[0].dwPermanentLocationID, 1);
	assert_int_equal(location[0].dwCountryCode, 49);
	assert_int_equal(location[0].dwOptions, 0);
	assert_int_equal(location[1].dwPermanentLocationID, 2);
	assert_string_equal(string_at(caps, location[1].dwLocationNameSize,
				      location[1].dwLocationNameOffset), "B\xc3\xbcro");
	assert_string_equal(string_at(caps, location[1].dwCityCodeSize,
				      location[1].dwCityCodeOffset), "425");
	assert_string_equal(string_at(caps, location[1].dwLocalAccessCodeSize,
				      location[1].dwLocalAccessCodeOffset), "9,");
	assert_string_equal(string_at(caps, location[1].dwLongDistanceAccessCodeSize,
				      location[1].dwLongDistanceAccessCodeOffset), "8");
	assert_string_equal(string_at(caps, location[1].dwTollPrefixListSize,
				      location[1].dwTollPrefixListOffset), "555,882");
	assert_string_equal(string_at(caps, location[1].dwCancelCallWaitingSize,
				      location[1].dwCancelCallWaitingOffset), "*70");
	assert_int_equal(location[1].dwCountryID, 1);
	assert_int_equal(location[1].dwPreferredCardID, 3);
	assert_int_equal(location[1].dwOptions, LINELOCATIONOPTION_PULSEDIAL);
	/* The hidden one is not there, and no card's number. */
	assert_int_equal(caps->dwNumCards, 2);
	card = (const void *)((char *)caps + caps->dwCardListOffset);
	assert_int_equal(card[0].dwPermanentCardID, 0);
	assert_int_equal(card[0].dwOptions, LINECARDOPTION_PREDEFINED);
	assert_int_equal(card[1].dwPermanentCardID, 3);
	assert_int_equal(card[1].dwCardNumberDigits, 6);
	assert_string_equal(string_at(caps, card[1].dwLongDistanceRuleSize,
				      card[1].dwLongDistanceRuleOffset), "HFG");
	assert_null(memmem(caps, caps->dwUsedSize, "123456", 6));
	at_each_size(sizeof(*caps), caps->dwNeededSize, 1, get_caps, caps_strings, &version);
	free(caps);
}

/* Programs of 1.3 have shorter entries. */
static void caps_old(void **state)
{
	const size_t location_size = offsetof(LINELOCATIONENTRY, dwCountryID);
	const size_t card_size = offsetof(LINECARDENTRY, dwCardNumberDigits);
	LINETRANSLATECAPS *caps;
	const DWORD *second;

	(void)state;
	locations(full_file);
	caps = translate_caps(V1_3);
	assert_int_equal(caps->dwNumLocations, 2);
	assert_int_equal(caps->dwLocationListSize, 2 * location_size);
	assert_int_equal(caps->dwCardListSize, 2 * card_size);
	second = (const void *)((char *)caps + caps->dwLocationListOffset + location_size);
	assert_int_equal(second[0], 2);
	assert_string_equal(string_at(caps, second[1], second[2]), "B\xc3\xbcro");
	second = (const void *)((char *)caps + caps->dwCardListOffset + card_size);
	assert_int_equal(second[0], 3);
	assert_string_equal(string_at(caps, second[1], second[2]), "Blue");
	free(caps);
	caps = translate_caps(V1_4);
	assert_int_equal(caps->dwLocationListSize, 2 * sizeof(LINELOCATIONENTRY));
	free(caps);
}

static void caps_none(void **state)
{
	LINETRANSLATECAPS *caps = translate_caps(V2_0);
	const LINELOCATIONENTRY *location;

	(void)state;
	assert_int_equal(caps->dwNumLocations, 1);
	assert_int_equal(caps->dwNumCards, 1);
	assert_int_equal(caps->dwCurrentLocationID, 0);
	location = (const void *)((char *)caps + caps->dwLocationListOffset);
	assert_int_equal(location->dwPermanentLocationID, 0);
	assert_int_equal(location->dwCountryCode, 0);
	free(caps);
	assert_int_equal(lineGetTranslateCaps(0, V2_2, NULL), LINEERR_INVALPOINTER);
	assert_int_equal(lineGetTranslateCapsW(0, 0, NULL), LINEERR_INCOMPATIBLEAPIVERSION);
}

static void current_location(void **state)
{
	WCHAR wide_country[8], wide_area[8];
	char country[8], area[8];

	(void)state;
	/* The one that is assumed. */
	assert_int_equal(lineSetCurrentLocation(0, 0), 0);
	assert_int_equal(lineSetCurrentLocation(0, 1), LINEERR_INVALLOCATION);
	locations("# nothing\n[location 1]\ncountry = 49\narea = 30\n\n"
		  "[location 5]\ncountry = 44\narea = 20\n");
	assert_int_equal(tapiGetLocationInfo(country, area), 0);
	assert_string_equal(country, "49");
	assert_string_equal(area, "30");
	assert_int_equal(lineSetCurrentLocation(0, 5), 0);
	assert_int_equal(tapiGetLocationInfo(country, area), 0);
	assert_string_equal(country, "44");
	assert_string_equal(area, "20");
	assert_int_equal(tapiGetLocationInfoW(wide_country, wide_area), 0);
	assert_memory_equal(wide_country, u"44", 6);
	assert_memory_equal(wide_area, u"20", 6);
	assert_int_equal(lineSetCurrentLocation(0, 2), LINEERR_INVALLOCATION);
	assert_int_equal(lineSetCurrentLocation(0, 1), 0);
	file_is("tapi-locations", "current = 1\n# nothing\n[location 1]\ncountry = 49\narea = 30\n"
		"\n[location 5]\ncountry = 44\narea = 20\n");
	assert_int_equal(tapiGetLocationInfo(NULL, area), TAPIERR_REQUESTFAILED);
	assert_int_equal(tapiGetLocationInfoW(wide_country, NULL), TAPIERR_REQUESTFAILED);
}

static void locations_are(bool good)
{
	union {
		LINETRANSLATEOUTPUT output;
		char room[4096];
	} u;
	char country[8], area[8];
	LONG expected = good ? 0 : LINEERR_INIFILECORRUPT;

	u.output.dwTotalSize = sizeof(u);
	assert_int_equal(lineTranslateAddress(0, 0, V2_2, "+1 (2) 3", 0, 0, &u.output), expected);
	u.output.dwTotalSize = sizeof(u);
	assert_int_equal(lineGetTranslateCaps(0, V2_2, (void *)&u), expected);
	assert_int_equal(tapiGetLocationInfo(country, area), good ? 0 : TAPIERR_REQUESTFAILED);
	if (!good) {
		assert_int_equal(lineSetCurrentLocation(0, 1), expected);
		assert_int_equal(lineSetTollList(0, 0, "+1 (425) 5551234",
						 LINETOLLLISTOPTION_ADD), expected);
	}
}

static void locations_hostile(void **state)
{
	static const char *const good[] = {
		"", "\n\n", "# nothing", "\t[location 1]\r\n", "[location 2147483647]\n",
		"current=0\n[location 0]\n", "[location 1]\narea =\n", "[card 1]\n",
		"[location 1]\ntoll-prefixes =\n",
	};
	static const char *const bad[] = {
		"nonsense\n", "current = 1\n", "name = here\n", "[location]\n", "[location x]\n",
		"[location -1]\n", "[location 1 ]\n", "[location 2147483648]\n",
		"[location 99999999999999999999]\n", "[location 1]\n[location 1]\n",
		"[location 01]\n[location 1]\n", "[locations 1]\n", "[]\n", "[location 1]\nx = 1\n",
		"[location 1]\nname\n", "[location 1]\nname =\n", "[location 1]\ncountry = 2\n",
		"[location 1]\ncountry =\n", "[location 1]\narea = 12345678\n",
		"[location 1]\narea = 1a\n", "[location 1]\npulse = maybe\n",
		"[location 1]\ncard = 1\n", "[location 1]\ntoll-prefixes = ,\n",
		"[location 1]\ntoll-prefixes = 1,,2\n", "[location 1]\ntoll-prefixes = 1,\n",
		"[location 1]\nlocal-access = ;\n", "[location 1]\nlocal-access = 1|2\n",
		"[location 1]\nlocal-access = 123456789012345678901234567890123\n",
		"[card 0]\n", "[card 1]\nnumber = x\n", "[card 1]\nsame-area = Z\n",
		"[card 1]\n[card 1]\n", "current = 1\ncurrent = 1\n[location 1]\n",
		"current = x\n[location 1]\n", "[location 1]\nname = \x01\n",
		"[location 1]\nname = \xff\n", "[location 1]\nname = \xc0\xaf\n",
		"[location 1\n", "= 1\n", "=\n",
	};
	char path[PATH_MAX], line[1024];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(good); i++) {
		locations(good[i]);
		locations_are(true);
	}
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		locations(bad[i]);
		locations_are(false);
		/* What is wrong is not made worse. */
		file_is("tapi-locations", bad[i]);
	}
	write_bytes("tapi-locations", "[location 1]\n\0", 14);
	locations_are(false);
	memset(line, '#', sizeof(line));
	write_bytes("tapi-locations", line, sizeof(line));
	locations_are(false);

	/* What is no file, or too much of one. */
	path_of("tapi-locations", path);
	unlink(path);
	assert_int_equal(mkfifo(path, 0600), 0);
	locations_are(false);
	unlink(path);
	assert_int_equal(symlink("/dev/zero", path), 0);
	locations_are(false);
	unlink(path);
	assert_int_equal(mkdir(path, 0700), 0);
	locations_are(false);
	rmdir(path);
	locations("");
	assert_int_equal(truncate(path, 1 << 30), 0);
	locations_are(false);
}

/* More sections than there is room for. */
static void locations_many(void **state)
{
	char text[8192] = "";
	size_t used = 0;
	int i;

	(void)state;
	for (i = 1; i <= 64; i++)
		used += (size_t)sprintf(text + used, "[location %d]\n[card %d]\n", i, i);
	locations(text);
	locations_are(true);
	sprintf(text + used, "[location 65]\n");
	locations(text);
	locations_are(false);
	sprintf(text + used, "[card 65]\n");
	locations(text);
	locations_are(false);
}

/* A small generator of one's own: the same bytes everywhere. */
static unsigned int some(unsigned int *seed, unsigned int below)
{
	*seed = *seed * 1103515245 + 12345;
	return (*seed >> 16) % below;
}

/* Whatever a file has: it is taken, or called corrupt. */
static void files_mutated(void **state)
{
	char text[sizeof(full_file) + 64];
	unsigned int seed = 1, round, change;
	union {
		LINETRANSLATEOUTPUT output;
		char room[65536];
	} u;

	(void)state;
	for (round = 0; round < 3000; round++) {
		size_t length = sizeof(full_file) - 1;
		DWORD priority;
		LONG result;

		memcpy(text, full_file, length);
		for (change = 0; change <= some(&seed, 4); change++) {
			size_t at = some(&seed, (unsigned int)length);

			if (some(&seed, 2))
				text[at] = (char)some(&seed, 256);
			else
				length = at + 1;
		}
		write_bytes("tapi-locations", text, length);
		u.output.dwTotalSize = sizeof(u);
		result = lineTranslateAddress(0, 0, V2_2, "+1 (425) 8828080", 0, 0, &u.output);
		assert_true(!result || result == LINEERR_INIFILECORRUPT);
		u.output.dwTotalSize = (DWORD)(40 + some(&seed, 600));
		result = lineGetTranslateCaps(0, V2_2, (void *)&u);
		assert_true(!result || result == LINEERR_INIFILECORRUPT ||
			    result == LINEERR_STRUCTURETOOSMALL);
		write_bytes("tapi-priorities", text, length);
		result = lineGetAppPriority("x", 0, NULL, LINEREQUESTMODE_MAKECALL, NULL,
					    &priority);
		assert_true(!result || result == LINEERR_INIFILECORRUPT);
	}
}

/*
 * Priorities
 */

static LONG set_priority(const char *module, DWORD media_modes, DWORD priority)
{
	return lineSetAppPriority(module, media_modes, NULL, LINEREQUESTMODE_MAKECALL, NULL,
				  priority);
}

static void priority_is(const char *module, DWORD media_mode, DWORD expected)
{
	DWORD priority = 77;

	assert_int_equal(lineGetAppPriority(module, media_mode, NULL, LINEREQUESTMODE_MAKECALL,
					    NULL, &priority), 0);
	assert_int_equal(priority, expected);
}

static void priorities(void **state)
{
	DWORD priority;

	(void)state;
	priority_is("dialer", 0, 0);
	assert_int_equal(set_priority("dialer", 0, 1), 0);
	assert_int_equal(set_priority("soft phone", 0, 1), 0);
	priority_is("soft phone", 0, 1);
	priority_is("dialer", 0, 2);
	assert_int_equal(set_priority("dialer", 0, 1), 0);
	file_is("tapi-priorities", "[makecall]\ndialer\nsoft phone\n");
	/* What is not there need not be removed. */
	assert_int_equal(set_priority("other", 0, 0), 0);
	assert_int_equal(set_priority("dialer", 0, 0), 0);
	priority_is("dialer", 0, 0);
	priority_is("soft phone", 0, 1);
	priority_is("dialer", LINEMEDIAMODE_DATAMODEM, 0);

	/* Several media modes at once. */
	assert_int_equal(set_priority("pppd", LINEMEDIAMODE_DATAMODEM | LINEMEDIAMODE_DIGITALDATA,
				      1), 0);
	assert_int_equal(lineSetAppPriorityW(u"faxd", LINEMEDIAMODE_DATAMODEM, NULL, 0, NULL, 1),
			 0);
	priority_is("pppd", LINEMEDIAMODE_DATAMODEM, 2);
	priority_is("pppd", LINEMEDIAMODE_DIGITALDATA, 1);
	priority_is("faxd", LINEMEDIAMODE_DIGITALDATA, 0);
	assert_int_equal(lineGetAppPriorityW(u"faxd", LINEMEDIAMODE_DATAMODEM, NULL, 0, NULL,
					     &priority), 0);
	assert_int_equal(priority, 1);
	file_is("tapi-priorities", "[makecall]\nsoft phone\n[datamodem]\nfaxd\npppd\n"
		"[digitaldata]\npppd\n");
}

static HRESULT set_by_object(ITTAPI *tapi, const WCHAR *name, LONG media, VARIANT_BOOL is_first)
{
	BSTR file = SysAllocString(name);
	HRESULT result;

	if (media)
		result = ITTAPI_SetApplicationPriority(tapi, file, media, is_first);
	else
		result = ITTAPI_SetAssistedTelephonyPriority(tapi, file, is_first);
	SysFreeString(file);
	return result;
}

/* The same lists, by TAPI 3: put first, or taken away; audio is voice of either kind. */
static void priorities_by_object(void **state)
{
	ITTAPI *tapi;

	(void)state;
	assert_int_equal(TapiCreateInstance(&CLSID_TAPI, &IID_ITTAPI, (void **)&tapi), S_OK);
	assert_int_equal(set_by_object(tapi, u"pppd", TAPIMEDIATYPE_DATAMODEM, VARIANT_TRUE), S_OK);
	assert_int_equal(set_by_object(tapi, u"faxd", TAPIMEDIATYPE_DATAMODEM |
				       TAPIMEDIATYPE_AUDIO, VARIANT_TRUE), S_OK);
	priority_is("faxd", LINEMEDIAMODE_DATAMODEM, 1);
	priority_is("pppd", LINEMEDIAMODE_DATAMODEM, 2);
	assert_int_equal(set_by_object(tapi, u"pppd", TAPIMEDIATYPE_DATAMODEM, VARIANT_TRUE), S_OK);
	file_is("tapi-priorities", "[datamodem]\npppd\nfaxd\n[interactivevoice]\nfaxd\n"
		"[automatedvoice]\nfaxd\n");
	/* What is not there need not be removed; what is no media type changes nothing. */
	assert_int_equal(set_by_object(tapi, u"pppd", TAPIMEDIATYPE_DATAMODEM | TAPIMEDIATYPE_AUDIO,
				       VARIANT_FALSE), S_OK);
	assert_int_equal(set_by_object(tapi, u"pppd", TAPIMEDIATYPE_DATAMODEM | 0x10000,
				       VARIANT_TRUE), TAPI_E_INVALIDMEDIATYPE);
	assert_int_equal(set_by_object(tapi, u"dialer", 0, VARIANT_TRUE), S_OK);
	assert_int_equal(set_by_object(tapi, u"phone", 0, VARIANT_TRUE), S_OK);
	assert_int_equal(set_by_object(tapi, u"dialer", 0, VARIANT_FALSE), S_OK);
	file_is("tapi-priorities", "[datamodem]\nfaxd\n[interactivevoice]\nfaxd\n"
		"[automatedvoice]\nfaxd\n[makecall]\nphone\n");
	ITTAPI_Release(tapi);
}

/* What the user wrote beside stays; a link stays a link. */
static void priorities_edited(void **state)
{
	char path[PATH_MAX], elsewhere[PATH_MAX + 8];
	struct stat status;

	(void)state;
	write_text("tapi-priorities", "# mine\n\n[makecall]\n# the best\na\n  b\n[video]\nc\n");
	path_of("tapi-priorities", path);
	snprintf(elsewhere, sizeof(elsewhere), "%s.real", path);
	assert_int_equal(rename(path, elsewhere), 0);
	assert_int_equal(symlink(elsewhere, path), 0);
	assert_int_equal(set_priority("b", 0, 1), 0);
	assert_int_equal(set_priority("d", 0, 1), 0);
	assert_int_equal(set_priority("c", LINEMEDIAMODE_VIDEO, 0), 0);
	file_is("tapi-priorities", "# mine\n\n[makecall]\nd\nb\n# the best\na\n[video]\n");
	assert_int_equal(lstat(path, &status), 0);
	assert_true(S_ISLNK(status.st_mode));
}

static void priorities_refused(void **state)
{
	static const char *const names[] = {
		"", "/usr/bin/dialer", "a/b", "#x", "[x]", " x", "x ", "x\ny", "x\x7f", "\xff",
	};
	static const char *const bad[] = {
		"dialer\n", "[fax]\n", "[]\n", "[makecall]\n/bin/sh\n", "[makecall]\n\x01\n",
		"[MAKECALL]\n",
	};
	/* Half a pair. */
	static const WCHAR half[] = { 'x', 0xdc00, 0 };
	char longest[NAME_MAX + 2];
	DWORD priority;
	size_t i;

	(void)state;
	memset(longest, 'x', sizeof(longest) - 1);
	longest[NAME_MAX + 1] = '\0';
	assert_int_equal(set_priority(longest, 0, 1), LINEERR_INVALAPPNAME);
	assert_int_equal(set_priority(longest + 1, 0, 1), 0);
	priority_is(longest + 1, 0, 1);
	assert_int_equal(set_priority(longest + 1, 0, 0), 0);
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		assert_int_equal(set_priority(names[i], 0, 1), LINEERR_INVALAPPNAME);
		assert_int_equal(lineGetAppPriority(names[i], 2, NULL, 0, NULL, &priority),
				 LINEERR_INVALAPPNAME);
	}
	assert_int_equal(lineSetAppPriorityW(half, 2, NULL, 0, NULL, 1), LINEERR_INVALAPPNAME);
	assert_int_equal(set_priority(NULL, 0, 1), LINEERR_INVALPOINTER);
	assert_int_equal(set_priority("x", 0, 2), LINEERR_INVALPARAM);
	assert_int_equal(set_priority("x", 1, 1), LINEERR_INVALMEDIAMODE);
	assert_int_equal(set_priority("x", 0x10000, 1), LINEERR_INVALMEDIAMODE);
	assert_int_equal(lineSetAppPriority("x", 0, NULL, LINEREQUESTMODE_DROP, NULL, 1),
			 LINEERR_INVALREQUESTMODE);
	assert_int_equal(lineGetAppPriority("x", 6, NULL, 0, NULL, &priority),
			 LINEERR_INVALMEDIAMODE);
	assert_int_equal(lineGetAppPriority("x", 0, NULL, 3, NULL, &priority),
			 LINEERR_INVALREQUESTMODE);
	assert_int_equal(lineGetAppPriority("x", 2, NULL, 0, NULL, NULL), LINEERR_INVALPOINTER);
	assert_int_equal(lineGetAppPriority(NULL, 2, NULL, 0, NULL, &priority),
			 LINEERR_INVALPOINTER);
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		write_text("tapi-priorities", bad[i]);
		assert_int_equal(set_priority("x", 0, 1), LINEERR_INIFILECORRUPT);
		assert_int_equal(lineGetAppPriority("x", 2, NULL, 0, NULL, &priority),
				 LINEERR_INIFILECORRUPT);
		file_is("tapi-priorities", bad[i]);
	}
}

/* Where nothing can be written the user hears of it. */
static void nowhere_to_write(void **state)
{
	(void)state;
	setenv("XDG_CONFIG_HOME", "/proc/nowhere", 1);
	assert_int_equal(set_priority("x", 0, 1), LINEERR_OPERATIONFAILED);
	setenv("XDG_CONFIG_HOME", home, 1);
}

/* Several programs at once: none loses what another one wrote. */
static void priorities_together(void **state)
{
	enum { PROCESSES = 4, ROUNDS = 10 };
	pid_t children[PROCESSES];
	char name[32];
	int i, round, status;

	(void)state;
	for (i = 0; i < PROCESSES; i++) {
		children[i] = fork();
		assert_true(children[i] >= 0);
		if (children[i])
			continue;
		snprintf(name, sizeof(name), "program%d", i);
		for (round = 0; round < ROUNDS; round++)
			if (set_priority(name, 0, 1))
				_exit(1);
		_exit(0);
	}
	for (i = 0; i < PROCESSES; i++) {
		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		assert_int_equal(status, 0);
	}
	for (i = 0; i < PROCESSES; i++) {
		DWORD priority;

		snprintf(name, sizeof(name), "program%d", i);
		assert_int_equal(lineGetAppPriority(name, 0, NULL, LINEREQUESTMODE_MAKECALL, NULL,
						    &priority), 0);
		assert_in_range(priority, 1, PROCESSES);
	}
}

/* Requests that are none; and no bus, on which a recipient could be. */
static void requests_refused(void **state)
{
	WCHAR wide[81];
	char text[81];
	int i;

	(void)state;
	memset(text, '1', sizeof(text));
	for (i = 0; i < 81; i++)
		wide[i] = '1';
	text[80] = '\0';
	wide[80] = 0;
	assert_int_equal(tapiRequestMakeCall(NULL, NULL, NULL, NULL), TAPIERR_INVALPOINTER);
	assert_int_equal(tapiRequestMakeCallW(NULL, NULL, NULL, NULL), TAPIERR_INVALPOINTER);
	assert_int_equal(tapiRequestMakeCall("", NULL, NULL, NULL), TAPIERR_INVALDESTADDRESS);
	assert_int_equal(tapiRequestMakeCallW(u"", NULL, NULL, NULL), TAPIERR_INVALDESTADDRESS);
	assert_int_equal(tapiRequestMakeCall(text, NULL, NULL, NULL), TAPIERR_INVALDESTADDRESS);
	assert_int_equal(tapiRequestMakeCallW(wide, NULL, NULL, NULL), TAPIERR_INVALDESTADDRESS);
	text[79] = '\0';
	wide[79] = 0;
	assert_int_equal(tapiRequestMakeCall(text, NULL, NULL, NULL), TAPIERR_NOREQUESTRECIPIENT);
	assert_int_equal(tapiRequestMakeCallW(wide, wide, wide, wide),
			 TAPIERR_NOREQUESTRECIPIENT);
	assert_int_equal(tapiRequestDrop(NULL, 1), TAPIERR_REQUESTFAILED);
	assert_int_equal(tapiRequestMediaCall(NULL, 0, "", "", 0, 0, "1", "", "", ""),
			 TAPIERR_REQUESTFAILED);
	assert_int_equal(tapiRequestMediaCallW(NULL, 0, u"", u"", 0, 0, u"1", u"", u"", u""),
			 TAPIERR_REQUESTFAILED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SETTINGS_TEST(caps_full),
		SETTINGS_TEST(caps_old),
		SETTINGS_TEST(caps_none),
		SETTINGS_TEST(current_location),
		SETTINGS_TEST(locations_hostile),
		SETTINGS_TEST(locations_many),
		SETTINGS_TEST(files_mutated),
		SETTINGS_TEST(priorities),
		SETTINGS_TEST(priorities_by_object),
		SETTINGS_TEST(priorities_edited),
		SETTINGS_TEST(priorities_refused),
		SETTINGS_TEST(nowhere_to_write),
		SETTINGS_TEST(priorities_together),
		SETTINGS_TEST(requests_refused),
	};

	return cmocka_run_group_tests(tests, settings_begin, settings_end);
}
