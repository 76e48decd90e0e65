// SPDX-License-Identifier: GPL-2.0
/*
 * The table of TAPI calls: every cell is written, and the rules hold in each
 * (tapi-mapi A.3, A.5, A.6; F1, F2, F9, F10; R4, R26; T10).
 */
#include <kunit/test.h>
#include <linux/module.h>
#include <uapi/linux/ndproxy.h>
#include <uapi/linux/q850.h>

#include "../../drivers/ndproxy/call_state.h"

#define CELL(_state, _event)	\
	ndproxy_call_transition(NDPROXY_CALL_##_state, NDPROXY_CALL_EV_##_event)
#define REPORT(_report)		BIT(NDPROXY_REPORT_##_report)

static void check_written(struct kunit *test, enum ndproxy_call_state state,
			  enum ndproxy_call_event event,
			  const struct ndproxy_call_transition *cell)
{
	KUNIT_EXPECT_TRUE_MSG(test, cell->set, "state %d, event %d", state, event);
	KUNIT_EXPECT_LT_MSG(test, cell->next, (u8)NDPROXY_NR_CALL_STATES, "state %d, event %d",
			    state, event);
}

static void every_cell_is_written(struct kunit *test)
{
	int state, event;

	for (state = 0; state < NDPROXY_NR_CALL_STATES; state++)
		for (event = 0; event < NDPROXY_NR_CALL_EVENTS; event++)
			check_written(test, state, event, ndproxy_call_transition(state, event));
}

static void check_refusal(struct kunit *test, enum ndproxy_call_state state,
			  enum ndproxy_call_event event,
			  const struct ndproxy_call_transition *cell)
{
	if (!cell->error)
		return;
	KUNIT_EXPECT_EQ_MSG(test, cell->error, (s16)-EBADFD, "state %d, event %d", state, event);
	KUNIT_EXPECT_EQ_MSG(test, cell->next, (u8)state, "state %d, event %d", state, event);
	KUNIT_EXPECT_EQ_MSG(test, cell->replies, (u8)0, "state %d, event %d", state, event);
	KUNIT_EXPECT_EQ_MSG(test, cell->reports, (u8)0, "state %d, event %d", state, event);
	/* What the network says is never refused. */
	KUNIT_EXPECT_TRUE_MSG(test, event == NDPROXY_CALL_EV_ACCEPT ||
			      event == NDPROXY_CALL_EV_ANSWER || event == NDPROXY_CALL_EV_DROP,
			      "state %d, event %d", state, event);
}

static void refusals_change_nothing(struct kunit *test)
{
	int state, event;

	for (state = 0; state < NDPROXY_NR_CALL_STATES; state++)
		for (event = 0; event < NDPROXY_NR_CALL_EVENTS; event++)
			check_refusal(test, state, event, ndproxy_call_transition(state, event));
}

static void check_idle(struct kunit *test, enum ndproxy_call_state state,
		       enum ndproxy_call_event event, const struct ndproxy_call_transition *cell)
{
	bool enters = state != NDPROXY_CALL_IDLE && cell->next == NDPROXY_CALL_IDLE;

	/* Reported when it is entered and never else; nothing leaves it. */
	KUNIT_EXPECT_EQ_MSG(test, !!(cell->reports & REPORT(IDLE)), enters,
			    "state %d, event %d", state, event);
	if (state == NDPROXY_CALL_IDLE) {
		KUNIT_EXPECT_EQ_MSG(test, cell->next, (u8)state, "event %d", event);
		KUNIT_EXPECT_EQ_MSG(test, cell->reports, (u8)0, "event %d", event);
		KUNIT_EXPECT_EQ_MSG(test, cell->replies, (u8)0, "event %d", event);
	}
}

static void idle_absorbs_and_is_reported_once(struct kunit *test)
{
	int state, event;

	for (state = 0; state < NDPROXY_NR_CALL_STATES; state++)
		for (event = 0; event < NDPROXY_NR_CALL_EVENTS; event++)
			check_idle(test, state, event, ndproxy_call_transition(state, event));
}

static bool seen_by_application(enum ndproxy_call_state state)
{
	return state != NDPROXY_CALL_DIALING;
}

static void check_reply(struct kunit *test, enum ndproxy_call_state state,
			enum ndproxy_call_event event, const struct ndproxy_call_transition *cell)
{
	const u8 make = NDPROXY_REPLY_MAKE_OK | NDPROXY_REPLY_MAKE_FAIL |
			NDPROXY_REPLY_MAKE_CANCEL;

	/* No event of a call before the reply to its make-call (A.3, 3). */
	if (!seen_by_application(state) && cell->reports)
		KUNIT_EXPECT_TRUE_MSG(test, cell->replies & make, "event %d", event);
	/* Its reply is given in DIALING, or after a drop in it. */
	if (cell->replies & make)
		KUNIT_EXPECT_TRUE_MSG(test, state == NDPROXY_CALL_DIALING ||
				      state == NDPROXY_CALL_DROPPING, "state %d, event %d",
				      state, event);
	/* A call that is connected says so to who answered. */
	if (state == NDPROXY_CALL_ANSWERED && cell->next == NDPROXY_CALL_CONNECTED)
		KUNIT_EXPECT_TRUE(test, cell->replies & NDPROXY_REPLY_ANSWER_OK);
	/* Nobody is left waiting for an answer that cannot come. */
	if (state == NDPROXY_CALL_ANSWERED && cell->next != NDPROXY_CALL_ANSWERED &&
	    cell->next != NDPROXY_CALL_CONNECTED)
		KUNIT_EXPECT_TRUE_MSG(test, cell->replies & NDPROXY_REPLY_ANSWER_CANCEL,
				      "event %d", event);
	/* The drop's end is the end of the call. */
	if (state == NDPROXY_CALL_DROPPING && cell->next == NDPROXY_CALL_IDLE)
		KUNIT_EXPECT_TRUE_MSG(test, cell->replies & NDPROXY_REPLY_DROP_OK, "event %d",
				      event);
}

static void replies_are_given_in_time(struct kunit *test)
{
	int state, event;

	for (state = 0; state < NDPROXY_NR_CALL_STATES; state++)
		for (event = 0; event < NDPROXY_NR_CALL_EVENTS; event++)
			check_reply(test, state, event, ndproxy_call_transition(state, event));
}

/* From every state but IDLE the table gets to IDLE by a drop and the leg's end. */
static void every_call_can_be_ended(struct kunit *test)
{
	const struct ndproxy_call_transition *cell;
	int state;

	for (state = 0; state < NDPROXY_NR_CALL_STATES; state++) {
		cell = ndproxy_call_transition(state, NDPROXY_CALL_EV_DROP);
		if (state == NDPROXY_CALL_IDLE) {
			KUNIT_EXPECT_EQ(test, cell->error, (s16)-EBADFD);
			continue;
		}
		KUNIT_EXPECT_EQ_MSG(test, cell->error, (s16)0, "state %d", state);
		cell = ndproxy_call_transition(cell->next, NDPROXY_CALL_EV_RELEASED);
		KUNIT_EXPECT_EQ_MSG(test, cell->next, (u8)NDPROXY_CALL_IDLE, "state %d", state);

		cell = ndproxy_call_transition(state, NDPROXY_CALL_EV_FORCE);
		KUNIT_EXPECT_EQ_MSG(test, cell->next, (u8)NDPROXY_CALL_IDLE, "state %d", state);
	}
}

/* A local drop: no DISCONNECTED; a remote hang-up: DISCONNECTED, and IDLE by an owner. */
static void local_and_remote_ends_differ(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, CELL(CONNECTED, DROP)->reports, (u8)0);
	KUNIT_EXPECT_EQ(test, CELL(CONNECTED, DROP)->next, (u8)NDPROXY_CALL_DROPPING);
	KUNIT_EXPECT_EQ(test, CELL(DROPPING, HANGUP)->next, (u8)NDPROXY_CALL_DROPPING);
	KUNIT_EXPECT_EQ(test, CELL(DROPPING, HANGUP)->reports, (u8)0);
	KUNIT_EXPECT_EQ(test, CELL(DROPPING, RELEASED)->reports, (u8)REPORT(IDLE));

	KUNIT_EXPECT_EQ(test, CELL(CONNECTED, HANGUP)->reports, (u8)REPORT(DISCONNECTED));
	KUNIT_EXPECT_EQ(test, CELL(DISCONNECTED, RELEASED)->reports, (u8)0);
	KUNIT_EXPECT_EQ(test, CELL(CLEARED, DROP)->reports, (u8)REPORT(IDLE));
	KUNIT_EXPECT_EQ(test, CELL(DISCONNECTED, DROP)->reports, (u8)0);
}

/* T10: the make-call fails after a drop was taken: both replies, one IDLE. */
static void a_failure_after_a_drop(struct kunit *test)
{
	const struct ndproxy_call_transition *cell;

	cell = CELL(DIALING, DROP);
	KUNIT_EXPECT_EQ(test, cell->next, (u8)NDPROXY_CALL_DROPPING);
	KUNIT_EXPECT_EQ(test, cell->replies, (u8)0);
	cell = CELL(DROPPING, FAILED);
	KUNIT_EXPECT_EQ(test, cell->next, (u8)NDPROXY_CALL_DROPPING);
	KUNIT_EXPECT_EQ(test, cell->replies, (u8)NDPROXY_REPLY_MAKE_CANCEL);
	KUNIT_EXPECT_EQ(test, cell->reports, (u8)0);
	cell = CELL(DROPPING, RELEASED);
	KUNIT_EXPECT_EQ(test, cell->next, (u8)NDPROXY_CALL_IDLE);
	KUNIT_EXPECT_TRUE(test, cell->replies & NDPROXY_REPLY_DROP_OK);
	KUNIT_EXPECT_EQ(test, cell->reports, (u8)REPORT(IDLE));
}

static void causes_have_words(struct kunit *test)
{
	u32 cause;

	KUNIT_EXPECT_EQ(test, ndproxy_disconnect_mode(Q850_NORMAL_CLEARING),
			(u32)LINEDISCONNECTMODE_NORMAL);
	KUNIT_EXPECT_EQ(test, ndproxy_disconnect_mode(Q850_USER_BUSY),
			(u32)LINEDISCONNECTMODE_BUSY);
	KUNIT_EXPECT_EQ(test, ndproxy_disconnect_mode(Q850_NO_ANSWER),
			(u32)LINEDISCONNECTMODE_NOANSWER);
	KUNIT_EXPECT_EQ(test, ndproxy_disconnect_mode(Q850_CALL_REJECTED),
			(u32)LINEDISCONNECTMODE_REJECT);
	KUNIT_EXPECT_EQ(test, ndproxy_cause_errno(Q850_USER_BUSY), -EBUSY);
	KUNIT_EXPECT_EQ(test, ndproxy_cause_errno(Q850_UNALLOCATED_NUMBER), -EADDRNOTAVAIL);

	/* Any number has a mode of one bit and a negative errno. */
	for (cause = 0; cause <= Q850_CAUSE_MAX + 2; cause++) {
		KUNIT_EXPECT_EQ_MSG(test, hweight32(ndproxy_disconnect_mode(cause)), 1u,
				    "cause %u", cause);
		KUNIT_EXPECT_LT_MSG(test, ndproxy_cause_errno(cause), 0, "cause %u", cause);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(every_cell_is_written),
	KUNIT_CASE(refusals_change_nothing),
	KUNIT_CASE(idle_absorbs_and_is_reported_once),
	KUNIT_CASE(replies_are_given_in_time),
	KUNIT_CASE(every_call_can_be_ended),
	KUNIT_CASE(local_and_remote_ends_differ),
	KUNIT_CASE(a_failure_after_a_drop),
	KUNIT_CASE(causes_have_words),
	{}
};

static struct kunit_suite suite = {
	.name = "ndproxy-call-state",
	.test_cases = cases,
};

kunit_test_suite(suite);

MODULE_DESCRIPTION("Tests of ndproxy's tables");
MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(EXPORTED_FOR_KUNIT_TESTING);
