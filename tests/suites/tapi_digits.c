// SPDX-License-Identifier: GPL-2.0
/*
 * Digits of a call: generated at one end, monitored at the other.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "tapi/client.h"

static HCALL from, to;

static void get_ready(void)
{
	tapi_connected();
	from = client_call(client_of("caller"), 1);
	to = client_call(client_of("callee"), 1);
}

/* What is sent is heard, digit by digit, and the sender hears of the end. */
static void digits(void **state)
{
	(void)state;
	get_ready();
	succeeds(lineMonitorDigits(to, LINEDIGITMODE_DTMF));
	succeeds(lineGenerateDigitsA(from, LINEDIGITMODE_DTMF, "12A#*", 50));
	play_on("callee: hears C1 digit 1 mode 2; C1 digit 2 mode 2; C1 digit A mode 2; "
		"C1 digit # mode 2; C1 digit \\* mode 2",
		"caller: hears C1 generate 1",
		"callee: hears-nothing");
	/* Both ways. */
	succeeds(lineMonitorDigits(from, LINEDIGITMODE_DTMF));
	succeeds(lineGenerateDigitsW(to, LINEDIGITMODE_DTMF, TAPI_WIDE("7"), 0));
	play_on("caller: hears C1 digit 7 mode 2",
		"callee: hears C1 generate 1");
	play_end(__FILE__, __LINE__);
}

/* Nobody is told who has not asked, or does not want it any more. */
static void only_who_asked(void **state)
{
	(void)state;
	get_ready();
	succeeds(lineGenerateDigitsA(from, LINEDIGITMODE_DTMF, "1", 50));
	play_on("caller: hears C1 generate 1",
		"callee: hears-nothing");
	succeeds(lineMonitorDigits(to, LINEDIGITMODE_DTMF));
	succeeds(lineMonitorDigits(to, 0));
	succeeds(lineGenerateDigitsA(from, LINEDIGITMODE_DTMF, "2", 50));
	play_on("caller: hears C1 generate 1",
		"callee: hears-nothing");
	play_end(__FILE__, __LINE__);
}

/* The end of a tone can be told as well as its beginning; pulses are another thing. */
static void modes(void **state)
{
	(void)state;
	get_ready();
	succeeds(lineMonitorDigits(to, LINEDIGITMODE_DTMF | LINEDIGITMODE_DTMFEND));
	succeeds(lineGenerateDigitsA(from, LINEDIGITMODE_DTMF, "5", 50));
	play_on("callee: hears C1 digit 5 mode 2; C1 digit 5 mode 4",
		"caller: hears C1 generate 1");
	succeeds(lineMonitorDigits(to, LINEDIGITMODE_PULSE));
	succeeds(lineGenerateDigitsA(from, LINEDIGITMODE_PULSE, "6", 50));
	play_on("callee: hears C1 digit 6 mode 1",
		"caller: hears C1 generate 1");
	play_end(__FILE__, __LINE__);
}

/* New digits, none at all, or the call's end cancel those under way; that is told, too. */
static void cancelled(void **state)
{
	(void)state;
	get_ready();
	succeeds(lineGenerateDigitsA(from, LINEDIGITMODE_DTMF, "1,,,,,,,,,,,,,,,,,,,,,,,2", 50));
	succeeds(lineGenerateDigitsA(from, LINEDIGITMODE_DTMF, NULL, 0));
	play_on("caller: hears C1 generate 2",
		"caller: hears-nothing");
	succeeds(lineGenerateDigitsA(from, LINEDIGITMODE_DTMF, "1,,,,,,,,,,,,,,,,,,,,,,,2", 50));
	play_on("callee: drop C1",
		"callee: hears-any reply C1 Drop 0; C1 IDLE",
		"caller: hears-any C1 generate 2; C1 DISCONNECTED NORMAL",
		"caller: hears-nothing");
	play_end(__FILE__, __LINE__);
}

static void refused_digits(void **state)
{
	HCALL seen;

	(void)state;
	tapi_offering();
	from = client_call(client_of("caller"), 1);
	to = client_call(client_of("callee"), 1);
	fails(lineGenerateDigitsA(to, LINEDIGITMODE_DTMF, "1", 0), LINEERR_INVALCALLSTATE);
	play_on("callee: answer C1",
		"callee: hears reply C1 Answer 0; C1 CONNECTED ACTIVE",
		"caller: hears C1 CONNECTED ACTIVE",
		"monitor: open b monitor",
		"monitor: new-calls L1 1",
		"callee: hears C1 info monitors");
	seen = client_call(client_of("monitor"), 1);
	fails(lineGenerateDigitsA(seen, LINEDIGITMODE_DTMF, "1", 0), LINEERR_NOTOWNER);
	fails(lineGenerateDigitsA(from, LINEDIGITMODE_DTMFEND, "1", 0), LINEERR_INVALDIGITMODE);
	fails(lineGenerateDigitsA(from, 0, "1", 0), LINEERR_INVALDIGITMODE);
	fails(lineMonitorDigits(to, 0x80), LINEERR_INVALDIGITMODE);
	/* A monitor may hear them. */
	succeeds(lineMonitorDigits(seen, LINEDIGITMODE_DTMF));
	succeeds(lineGenerateDigitsA(from, LINEDIGITMODE_DTMF, "9", 50));
	play_on("monitor: hears C1 digit 9 mode 2",
		"caller: hears C1 generate 1");
	client_shutdown(client_of("monitor"));
	client_do(client_of("callee"), "hears C1 info*");
	client_shutdown(client_of("callee"));
	client_do(client_of("caller"), "hears C1 DISCONNECTED NORMAL");
	fails(lineGenerateDigitsA(from, LINEDIGITMODE_DTMF, "1", 0), LINEERR_INVALCALLSTATE);
	play_end(__FILE__, __LINE__);
}

/* The line is closed with digits under way, and digits unread: nothing comes of either. */
static void closed_with_digits(void **state)
{
	(void)state;
	get_ready();
	succeeds(lineMonitorDigits(to, LINEDIGITMODE_DTMF));
	succeeds(lineGenerateDigitsA(from, LINEDIGITMODE_DTMF, "123456789", 50));
	client_do(client_of("callee"), "hears C1 digit 1 mode 2");
	play_on("callee: close L1",
		"callee: hears-nothing",
		"caller: hears-any C1 generate 2; C1 DISCONNECTED NORMAL");
	play_end(__FILE__, __LINE__);
}

/* Digits are gathered until there are enough, one ends them, or none comes. */
static void gathered(void **state)
{
	char digits[8];
	WCHAR wide[8];

	(void)state;
	get_ready();
	memset(digits, 'x', sizeof(digits));
	succeeds(lineGatherDigitsA(to, LINEDIGITMODE_DTMF, digits, 3, NULL, 0, 0));
	succeeds(lineGenerateDigitsA(from, LINEDIGITMODE_DTMF, "1234", 50));
	play_on("callee: hears C1 gather 1",
		"caller: hears C1 generate 1",
		"callee: hears-nothing");
	assert_memory_equal(digits, "123x", 4);

	memset(digits, 'x', sizeof(digits));
	succeeds(lineGatherDigitsA(to, LINEDIGITMODE_DTMF, digits, 8, "#*", 0, 0));
	succeeds(lineGenerateDigitsA(from, LINEDIGITMODE_DTMF, "55#6", 50));
	play_on("callee: hears C1 gather 2",
		"caller: hears C1 generate 1");
	assert_string_equal(digits, "55#");

	/* Nothing comes; then one comes, and no second. */
	succeeds(lineGatherDigitsA(to, LINEDIGITMODE_DTMF, digits, 8, NULL, 300, 300));
	client_do(client_of("callee"), "hears C1 gather 4");
	assert_string_equal(digits, "");
	succeeds(lineGatherDigitsW(to, LINEDIGITMODE_DTMF, wide, 8, NULL, 0, 300));
	succeeds(lineGenerateDigitsA(from, LINEDIGITMODE_DTMF, "7", 50));
	play_on("callee: hears C1 gather 8",
		"caller: hears C1 generate 1");
	assert_int_equal(wide[0], '7');
	assert_int_equal(wide[1], 0);

	/* Cancelled by another one, or by none. */
	succeeds(lineGatherDigitsA(to, LINEDIGITMODE_DTMF, digits, 8, NULL, 0, 0));
	succeeds(lineGatherDigitsA(to, LINEDIGITMODE_DTMF, digits, 2, NULL, 0, 0));
	client_do(client_of("callee"), "hears C1 gather 16");
	succeeds(lineGatherDigitsA(to, 0, NULL, 0, NULL, 0, 0));
	play_on("callee: hears C1 gather 16",
		"callee: hears-nothing");
	fails(lineGatherDigitsA(to, 0, digits, 8, NULL, 0, 0), LINEERR_INVALDIGITMODE);
	fails(lineGatherDigitsA(to, LINEDIGITMODE_DTMF, digits, 0, NULL, 0, 0),
	      LINEERR_INVALPARAM);
	fails(lineGatherDigitsA(to, LINEDIGITMODE_DTMF, digits, 8, "x", 0, 0),
	      LINEERR_INVALDIGITS);
	play_end(__FILE__, __LINE__);
}

/* The buffer is the application's again when the line is closed, whatever comes. */
static void gathered_no_more(void **state)
{
	char digits[8];

	(void)state;
	get_ready();
	memset(digits, 'x', sizeof(digits));
	succeeds(lineGatherDigitsA(to, LINEDIGITMODE_DTMF, digits, 8, NULL, 20000, 20000));
	succeeds(lineGenerateDigitsA(from, LINEDIGITMODE_DTMF, "123456", 50));
	play_on("callee: close L1",
		"callee: hears-nothing",
		"caller: hears-any C1 generate 2; C1 DISCONNECTED NORMAL");
	assert_memory_equal(digits, "xxxxxxxx", 8);
	play_end(__FILE__, __LINE__);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TAPI_TEST(digits),
		TAPI_TEST(only_who_asked),
		TAPI_TEST(modes),
		TAPI_TEST(cancelled),
		TAPI_TEST(refused_digits),
		TAPI_TEST(closed_with_digits),
		TAPI_TEST(gathered),
		TAPI_TEST(gathered_no_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
