// SPDX-License-Identifier: GPL-2.0
/*
 * Modules that come and go: with many calls up, and again and again.
 */
#include "fixture.h"

/* Many calls of many sessions, all halted at once: one deadline, not one for each. */
static void many_calls_halted(void **state)
{
	enum { CALLERS = 8, CALLS = 8 };
	struct app *callers[CALLERS], *callee;
	long long start;
	uint32_t line;
	int i, j;

	(void)state;
	adapter_add("a", "calls", "64", "address", "100@0", "clear-delay", "3600000", NULL);
	adapter_add("b", "calls", "64", "address", "200@0", "clear-delay", "3600000", NULL);
	callee = app_open("callee");
	line_open(callee, "b", 0, OWNER);
	for (i = 0; i < CALLERS; i++) {
		callers[i] = app_open("caller");
		line = line_open(callers[i], "a", 0, NONE);
		for (j = 0; j < CALLS; j++)
			call_make(callers[i], line, "200");
	}
	wait_count(CONDIS_COUNTER_VCS, 2 * CALLERS * CALLS);
	/* Half of them are closing, in a network that never answers. */
	for (i = 0; i < CALLERS; i += 2)
		app_close(callers[i]);
	start = now_ms();
	assert_int_equal(module_unload(VWAN), 0);
	say("rmmod with %d calls: %lld ms", CALLERS * CALLS, now_ms() - start);
	assert_in_range(now_ms() - start, 0, promptness());
	wait_no_adapters();
	wait_sessions(1 + CALLERS / 2);
	for (i = 1; i < CALLERS; i += 2) {
		hear(callers[i], "close");
		hear_all(callers[i]);
		assert_int_equal(heard(callers[i], "IDLE"), CALLS);
		assert_int_equal(heard(callers[i], "close"), 1);
	}
	hear(callee, "close");
	allow_forced();
}

/* Load, dial, unload, again and again. */
static void load_and_unload(void **state)
{
	int rounds = is_debug_kernel() ? 15 : 50, i;
	struct pair pair;

	(void)state;
	for (i = 0; i < rounds; i++) {
		exchange_ensure();
		two_adapters("1");
		pair = pair_connected();
		/* Some with sessions that live on, some without. */
		if (i % 3 == 1)
			app_close(pair.caller);
		assert_int_equal(module_unload(VWAN), 0);
		if (i % 3 == 2)
			assert_int_equal(module_load(VWAN), 0);
		if (pair.caller->session)
			app_close(pair.caller);
		app_close(pair.callee);
		if (i % 3 != 2)
			assert_int_equal(module_load(VWAN), 0);
		wait_no_adapters();
		wait_sessions(0);
	}
}

/* All three, from nothing to nothing. */
static void reload_everything(void **state)
{
	int rounds = is_debug_kernel() ? 3 : 8, i;
	struct pair pair;

	(void)state;
	for (i = 0; i < rounds; i++) {
		exchange_ensure();
		two_adapters("1");
		pair = pair_connected();
		app_close(pair.callee);
		app_close(pair.caller);
		assert_int_equal(module_unload(VWAN), 0);
		assert_int_equal(module_unload(NDPROXY), 0);
		/* No socket of ours is in the way of the core. */
		assert_int_equal(module_unload(CORE), 0);
		assert_int_equal(module_load(CORE), 0);
		admin_reopen();
		assert_int_equal(module_load(NDPROXY), 0);
		assert_int_equal(module_load(VWAN), 0);
	}
	exchange_ensure();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(many_calls_halted),
		WORLD_TEST(load_and_unload),
		WORLD_TEST(reload_everything),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
