// SPDX-License-Identifier: GPL-2.0
/*
 * Some rounds of the fuzzer of tests/fuzz/ in the guest, with a line and a call: inputs by chance,
 * from a seed that is said, and inputs that are nearly right. With ASan a byte too far is seen.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chance.h"
#include "tapi/bus.h"
#include "../fuzz/tapi_structures.h"

#define INPUT_MAX	1024

static unsigned int rounds(void)
{
	return is_debug_kernel() ? 500 : 4000;
}

/* A size or offset that somebody may have got wrong: around 0, the sizes of structures, the end. */
static uint32_t hostile_number(void)
{
	static const uint32_t numbers[] = {
		0, 1, 2, 3, 4, 8, 24, 36, 56, 96, 100, 164, 168, 172, 176, 240, 256, 300, 512,
		INPUT_MAX, 0x7fffffff, 0x80000000, 0xfffffff0, 0xfffffffc, 0xffffffff,
	};
	uint32_t number = numbers[below(ARRAY_SIZE(numbers))];

	return below(3) ? number : number + below(9) - 4;
}

static size_t input_make(uint8_t *input)
{
	size_t length = below(INPUT_MAX), i;
	uint32_t number;

	switch (below(3)) {
	case 0:
		for (i = 0; i < length; i++)
			input[i] = (uint8_t)chance_next();
		break;
	case 1:
		memset(input, 0, length);
		break;
	default:
		for (i = 0; i < length; i++)
			input[i] = (uint8_t)(below(8) ? 0 : chance_next());
		break;
	}
	/* Numbers where the structures have theirs. */
	for (i = below(12); i && length > 8; i--) {
		number = hostile_number();
		memcpy(input + below((unsigned int)length - 4), &number, sizeof(number));
	}
	if (length)
		input[0] = (uint8_t)below(FUZZ_KINDS);
	return length;
}

/* Enough of them came through to the end: else a fuzzer tests what is refused first. */
static void assert_deep(const char *what, const struct fuzz_count *count, unsigned int percent)
{
	say("%s: %u of %u", what, count->deep, count->tried);
	assert_true(count->deep * 100 > count->tried * percent);
}

static void hostile_structures(void **state)
{
	unsigned int total = rounds(), i;
	struct client *caller, *callee;
	uint8_t input[INPUT_MAX];
	size_t length;
	uint64_t seed;

	(void)state;
	tapi_connected();
	caller = client_of("caller");
	callee = client_of("callee");
	seed = getenv("CONDIS_WALK_SEED") && *getenv("CONDIS_WALK_SEED") ?
		strtoull(getenv("CONDIS_WALK_SEED"), NULL, 10) : 20261122;
	say("seed %llu", (unsigned long long)seed);
	chance_begin(seed);
	succeeds(lineRegisterRequestRecipient(caller->app, 7, LINEREQUESTMODE_MAKECALL, TRUE));
	fuzz_app = caller->app;
	fuzz_line = client_line(caller, 1);
	fuzz_call = client_call(caller, 1);
	for (i = 0; i < total; i++) {
		if (!(i % 100))
			watchdog_alive();
		length = input_make(input);
		LLVMFuzzerTestOneInput(input, length);
	}
	assert_deep("lineOpen", &fuzz_opened, 30);
	assert_deep("lineInitializeEx", &fuzz_initialized, 40);
	/* Its parameters have many ways to be wrong, all of which are wanted. */
	assert_deep("lineMakeCall", &fuzz_called, 4);
	assert_deep("tapiRequestMakeCall", &fuzz_requested, 20);
	/* All of that was refused or harmless: the call is up, and ends as any does. */
	client_do(caller, "state C1 CONNECTED");
	client_do(callee, "state C1 CONNECTED");
	assert_int_equal(client_shutdown(caller), 0);
	assert_int_equal(client_shutdown(callee), 0);
	play_end(__FILE__, __LINE__);
}

/* Without any handle that names something: nothing is looked at. */
static void hostile_structures_of_nobody(void **state)
{
	uint8_t input[INPUT_MAX];
	unsigned int i;
	size_t length;

	(void)state;
	two_adapters("1");
	fuzz_app = 0;
	fuzz_line = 0;
	fuzz_call = 0;
	chance_begin(2);
	for (i = 0; i < rounds(); i++) {
		length = input_make(input);
		LLVMFuzzerTestOneInput(input, length);
	}
	wait_sessions(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BUS_TEST(hostile_structures),
		TAPI_TEST(hostile_structures_of_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
