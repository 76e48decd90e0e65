// SPDX-License-Identifier: GPL-2.0
/*
 * Whole calls between "a" and "b".
 */
#include "internal.h"

struct pair pair_idle(void)
{
	struct pair pair = { .caller = app_open("caller"), .callee = app_open("callee") };

	pair.caller_line = line_open(pair.caller, "a", 0, NONE);
	pair.callee_line = line_open(pair.callee, "b", 0, OWNER);
	return pair;
}

struct pair pair_offering(void)
{
	struct pair pair = pair_idle();

	pair.out = call_make(pair.caller, pair.caller_line, "200");
	expect(pair.caller, "reply C1 MAKE_CALL 0", "C1 PROCEEDING", "C1 RINGBACK");
	expect(pair.callee, "L1 new C1 owner", "C1 OFFERING owner");
	pair.in = call_label(pair.callee, 1);
	return pair;
}

struct pair pair_connected(void)
{
	struct pair pair = pair_offering();

	call_answer(pair.callee, pair.in);
	expect(pair.callee, "reply C1 ANSWER 0", "C1 CONNECTED");
	expect(pair.caller, "C1 CONNECTED");
	return pair;
}

void pair_call(struct pair *pair)
{
	unsigned int label;

	pair->out = call_make(pair->caller, pair->caller_line, "200");
	expect_up_to(pair->callee, "C* OFFERING owner");
	for (label = 1; label < APP_LABELS && pair->callee->calls[label]; label++)
		;
	pair->in = call_label(pair->callee, label);
	call_answer(pair->callee, pair->in);
	expect_up_to(pair->callee, "C* CONNECTED");
	expect_up_to(pair->caller, "C* CONNECTED");
}
