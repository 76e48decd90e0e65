// SPDX-License-Identifier: GPL-2.0
/*
 * Whole calls between "a" and "b".
 */
#include <stdio.h>

#include "internal.h"

struct pair pair_idle(void)
{
	struct pair pair = { .caller = app_open("caller"), .callee = app_open("callee") };

	pair.caller_line = line_open(pair.caller, "a", 0, NONE);
	pair.callee_line = line_open(pair.callee, "b", 0, OWNER);
	return pair;
}

/* The label that the next new handle gets. */
static unsigned int next_label(const uint32_t *handles)
{
	unsigned int label;

	for (label = 1; label < APP_LABELS && handles[label - 1]; label++)
		;
	return label;
}

/* The next events of an application are these, of the call with this label. */
static void expect_of_call(struct app *app, unsigned int label, const char *const *formats)
{
	char text[4][64];
	const char *events[ARRAY_SIZE(text) + 1] = { NULL };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(text) && formats[i]; i++) {
		snprintf(text[i], sizeof(text[i]), formats[i], label);
		events[i] = text[i];
	}
	expect_events(app, true, events, __FILE__, __LINE__);
}

void pair_offer(struct pair *pair)
{
	unsigned int out = next_label(pair->caller->calls), in = next_label(pair->callee->calls);

	pair->out = call_make(pair->caller, pair->caller_line, "200");
	expect_of_call(pair->caller, out, (const char *const[]) {
		"reply C%u MAKE_CALL 0", "C%u PROCEEDING", "C%u RINGBACK", NULL,
	});
	expect_of_call(pair->callee, in, (const char *const[]) {
		"L1 new C%u owner", "C%u OFFERING owner", NULL,
	});
	pair->in = call_label(pair->callee, in);
}

struct pair pair_offering(void)
{
	struct pair pair = pair_idle();

	pair_offer(&pair);
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
