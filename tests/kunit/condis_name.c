// SPDX-License-Identifier: GPL-2.0
/*
 * Names of sessions: what is printable UTF-8, and what is made of what is not.
 */
#include <kunit/test.h>
#include <linux/string.h>
#include <condis/account.h>

static bool valid(const char *text)
{
	char name[CONDIS_SESSION_NAME_SIZE] = "";

	strscpy(name, text, sizeof(name));
	return condis_session_name_is_valid(name);
}

static void good_names(struct kunit *test)
{
	static const char * const good[] = {
		"a", "dialer.exe", "two words", "~", "\xc2\xa0", "\xc3\xa9t\xc3\xa9",
		"\xe2\x82\xac", "\xe4\xb8\xad\xe6\x96\x87", "\xef\xbf\xbd", "\xf0\x9f\x93\x9e",
		"\xed\x9f\xbf", "\xee\x80\x80", "\xf4\x8f\xbf\xbd",
		"123456789012345678901234567890123456789012345678901234567890123",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(good); i++)
		KUNIT_EXPECT_TRUE_MSG(test, valid(good[i]), "%zu: %s", i, good[i]);
}

static void bad_names(struct kunit *test)
{
	static const char * const bad[] = {
		"", "\n", "a\tb", "\x1b[2J", "\x7f", "\x80", "\xbf", "\xc2", "\xc2z", "\xff",
		"\xfe", "\xf8\x88\x80\x80\x80",
		/* Longer forms than need be. */
		"\xc0\x80", "\xc1\xa1", "\xe0\x80\xaf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf",
		/* C1, surrogates, beyond the last, no characters. */
		"\xc2\x85", "\xc2\x9f", "\xed\xa0\x80", "\xed\xbf\xbf", "\xf4\x90\x80\x80",
		"\xf7\xbf\xbf\xbf", "\xef\xb7\x90", "\xef\xbf\xbe", "\xef\xbf\xbf",
		"\xf0\x9f\xbf\xbe",
		/* Ends of lines, directions of writing, the byte order. */
		"\xe2\x80\xa8", "\xe2\x80\xae", "\xe2\x81\xa6", "\xe2\x80\x8f", "\xef\xbb\xbf",
		/* Cut off. */
		"\xe2\x82", "a\xf0\x9f\x93", "\xe2\x82z",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad); i++)
		KUNIT_EXPECT_FALSE_MSG(test, valid(bad[i]), "%zu", i);
}

static void names_have_an_end(struct kunit *test)
{
	char name[CONDIS_SESSION_NAME_SIZE];

	memset(name, 'a', sizeof(name));
	KUNIT_EXPECT_FALSE(test, condis_session_name_is_valid(name));
	name[sizeof(name) - 1] = '\0';
	KUNIT_EXPECT_TRUE(test, condis_session_name_is_valid(name));
	name[3] = '\0';
	KUNIT_EXPECT_FALSE(test, condis_session_name_is_valid(name));
	memset(name + 3, 0, sizeof(name) - 3);
	KUNIT_EXPECT_TRUE(test, condis_session_name_is_valid(name));
}

static void names_of_anything(struct kunit *test)
{
	static const struct {
		const char *text;
		const char *name;
	} of[] = {
		{ "bash", "bash" }, { "", "?" }, { "a\nb", "a?b" }, { "\xff\xfe", "??" },
		{ "\xc3\xa9", "\xc3\xa9" }, { "caf\xc3", "caf?" }, { "\x1b[0m", "?[0m" },
	};
	char name[CONDIS_SESSION_NAME_SIZE], text[100] = "";
	size_t i;

	for (i = 0; i < ARRAY_SIZE(of); i++) {
		memset(name, 0, sizeof(name));
		condis_session_name_of(name, of[i].text);
		KUNIT_EXPECT_STREQ(test, name, of[i].name);
		KUNIT_EXPECT_TRUE(test, condis_session_name_is_valid(name));
	}
	/* No half of a character at the end. */
	memset(text, 'a', CONDIS_SESSION_NAME_SIZE - 2);
	strcat(text, "\xc3\xa9");
	memset(name, 0, sizeof(name));
	condis_session_name_of(name, text);
	KUNIT_EXPECT_EQ(test, strlen(name), (size_t)CONDIS_SESSION_NAME_SIZE - 2);
	KUNIT_EXPECT_TRUE(test, condis_session_name_is_valid(name));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(good_names),
	KUNIT_CASE(bad_names),
	KUNIT_CASE(names_have_an_end),
	KUNIT_CASE(names_of_anything),
	{}
};

static struct kunit_suite suite = {
	.name = "condis-name",
	.test_cases = cases,
};

kunit_test_suite(suite);
