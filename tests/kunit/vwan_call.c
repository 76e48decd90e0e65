// SPDX-License-Identifier: GPL-2.0
/*
 * Calls through the exchange, on the real core: what both clients are told, in
 * which order, and that nothing is left.
 */
#include <linux/delay.h>
#include <linux/module.h>

#include "vwan_world.h"

#define SENT(message)	((message) << CONDIS_VWAN_MSG_SENT)

static void call_answer_and_local_close(struct kunit *test)
{
	struct world *world = test->priv;

	world_build(test, 1);
	world_connect(world);
	world_close(world, LEFT);
	world_expect(world, "L:closed R:hangup(16) R:closed R:deleted");
	world_expect_idle(world);
}

static void call_remote_close(struct kunit *test)
{
	struct world *world = test->priv;

	world_build(test, 1);
	world_connect(world);
	world_close(world, RIGHT);
	world_expect(world, "R:closed R:deleted L:hangup(16) L:closed");
	world_expect_idle(world);
}

static void call_rings_then_answered(struct kunit *test)
{
	struct world *world = test->priv;

	world_build(test, 1);
	world->side[RIGHT].answer = -EINPROGRESS;
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world, "L:proceeding R:offer(200<100@0) L:alerting");
	world_decide(world, RIGHT, 0, 0);
	world_expect(world, "R:connected L:made");
	world_close(world, LEFT);
	world_expect(world, "L:closed R:hangup(16) R:closed R:deleted");
	world_expect_idle(world);
}

static void call_refused_at_once(struct kunit *test)
{
	struct world *world = test->priv;

	world_build(test, 1);
	world->side[RIGHT].answer = -EBUSY;
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world, "L:proceeding R:offer(200<100@0) R:deleted L:failed(21)");
	world_expect_idle(world);
}

static void call_refused_after_ringing(struct kunit *test)
{
	struct world *world = test->priv;

	world_build(test, 1);
	world->side[RIGHT].answer = -EINPROGRESS;
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world, "L:proceeding R:offer(200<100@0) L:alerting");
	world_decide(world, RIGHT, -EBUSY, Q850_USER_BUSY);
	world_expect(world, "R:deleted L:failed(17)");
	world_expect_idle(world);
}

/* R8: the caller gives up, the client acknowledges by a close. */
static void call_given_up_while_ringing(struct kunit *test)
{
	struct world *world = test->priv;

	world_build(test, 1);
	world->side[RIGHT].answer = -EINPROGRESS;
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world, "L:proceeding R:offer(200<100@0) L:alerting");
	world_close(world, LEFT);
	world_expect(world, "L:aborted L:closed R:hangup(16) R:closed R:deleted");
	world_expect_idle(world);
}

/*
 * The caller gives up while the SETUP is still late, and nothing that clears gets
 * through: what the called end was not told of leaves it all the same.
 */
static void call_given_up_before_its_setup(struct kunit *test)
{
	struct world *world = test->priv;
	struct side *right;

	world_build(test, 1);
	right = &world->side[RIGHT];
	KNOB(right, LATE_BY, 60000);
	KNOB(right, LATE, CONDIS_VWAN_MSG_SETUP);
	KNOB(right, LOST, CONDIS_VWAN_MSG_DISCONNECT | CONDIS_VWAN_MSG_RELEASE |
			  CONDIS_VWAN_MSG_RELEASE_COMPLETE);
	/* The caller's end does not wait for these, so they come last, on a busy host too. */
	KNOB(right, T305, 1000);
	KNOB(right, T308, 100);
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world, "L:proceeding");
	world_close(world, LEFT);
	world_expect(world, "L:aborted L:closed R:deleted");
	world_expect_idle(world);
}

/* R8: and by refusing what is gone. */
static void call_given_up_then_refused(struct kunit *test)
{
	struct world *world = test->priv;

	world_build(test, 1);
	world->side[RIGHT].answer = -EINPROGRESS;
	world->side[RIGHT].silent = true;
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world, "L:proceeding R:offer(200<100@0) L:alerting");
	world_close(world, LEFT);
	world_expect(world, "L:aborted L:closed R:hangup(16)");
	world_decide(world, RIGHT, -ECONNABORTED, Q850_CALL_REJECTED);
	world_expect(world, "R:deleted");
	world_expect_idle(world);
}

/* Rule 8: the far end's release does not wait for a client that does not react. */
static void call_silent_client(struct kunit *test)
{
	struct world *world = test->priv;

	world_build(test, 1);
	world->side[RIGHT].silent = true;
	world_connect(world);
	world_close(world, LEFT);
	world_expect(world, "L:closed R:hangup(16)");
	world_close(world, RIGHT);
	world_expect(world, "R:closed R:deleted");
	world_expect_idle(world);
}

static void call_unknown_number(struct kunit *test)
{
	struct world *world = test->priv;

	world_build(test, 1);
	world_dial(world, LEFT, "999");
	world_expect(world, "L:failed(1)");
	world_dial(world, LEFT, "12a");
	world_expect(world, "L:failed(28)");
	world_expect_idle(world);
}

static void call_nobody_listens(struct kunit *test)
{
	struct world *world = test->priv;

	world_build(test, 1);
	/* The left client has no SAP, and the line is in use by the caller itself. */
	world_dial(world, LEFT, LEFT_NUMBER);
	world_expect(world, "L:proceeding L:failed(17)");
	world_dial(world, RIGHT, LEFT_NUMBER);
	world_expect(world, "R:proceeding R:failed(18)");
	world_expect_idle(world);
}

static void call_busy_line(struct kunit *test)
{
	struct world *world = test->priv;
	struct condis_vc *first;

	world_build(test, 1);
	KNOB(&world->side[LEFT], CALLS, 2);
	world_connect(world);
	first = world->side[LEFT].vc;
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world, "L:proceeding L:failed(17)");
	/* The caller's own line is full. */
	KNOB(&world->side[LEFT], CALLS, 1);
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world, "L:failed(34)");
	world->side[LEFT].vc = first;
	world_close(world, LEFT);
	world_expect(world, "L:closed R:hangup(16) R:closed R:deleted");
	world_expect_idle(world);
}

static void call_faults(struct kunit *test)
{
	static const struct {
		u32 fault;
		const char *log;
	} faults[] = {
		{ CONDIS_VWAN_FAULT_BUSY, "L:proceeding L:failed(17)" },
		{ CONDIS_VWAN_FAULT_CONGESTION, "L:proceeding L:failed(42)" },
		{ CONDIS_VWAN_FAULT_UNREACHABLE, "L:proceeding L:failed(27)" },
		{ CONDIS_VWAN_FAULT_UNKNOWN, "L:proceeding L:failed(1)" },
		{ CONDIS_VWAN_FAULT_NO_ANSWER, "L:proceeding L:alerting L:failed(19)" },
	};
	struct world *world = test->priv;
	unsigned int i;

	world_build(test, 1);
	/* Long after the ALERTING before it, on a busy host too. */
	KNOB(&world->side[RIGHT], T301, 1000);
	for (i = 0; i < ARRAY_SIZE(faults); i++) {
		KNOB(&world->side[RIGHT], FAULT, faults[i].fault);
		world_dial(world, LEFT, RIGHT_NUMBER);
		world_expect(world, faults[i].log);
		world_expect_idle(world);
	}
}

static void call_out_of_service(struct kunit *test)
{
	struct world *world = test->priv;

	world_build(test, 2);
	KNOB(&world->side[RIGHT], IN_SERVICE, 0);
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world, "L:proceeding L:failed(27)");
	KNOB(&world->side[RIGHT], IN_SERVICE, 1);
	world->side[RIGHT].own->table->line[0].out_of_service = true;
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world, "L:proceeding R:offer(200<100@1) R:connected L:made");
	world_close(world, LEFT);
	world_expect(world, "L:closed R:hangup(16) R:closed R:deleted");
	KNOB(&world->side[LEFT], IN_SERVICE, 0);
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world, "L:failed(38)");
	world_expect_idle(world);
}

static void call_hunts_cyclically(struct kunit *test)
{
	static const char * const offers[] = { "@0", "@1", "@2", "@0" };
	struct world *world = test->priv;
	struct condis_vc *held;
	char log[128];
	unsigned int i;

	world_build(test, 3);
	for (i = 0; i < ARRAY_SIZE(offers); i++) {
		world_dial(world, LEFT, RIGHT_NUMBER);
		snprintf(log, sizeof(log), "L:proceeding R:offer(200<100%s) R:connected L:made",
			 offers[i]);
		world_expect(world, log);
		if (i == ARRAY_SIZE(offers) - 1)
			break;
		world_close(world, LEFT);
		world_expect(world, "L:closed R:hangup(16) R:closed R:deleted");
	}
	/* Line 0 is in use: the group skips it. */
	held = world->side[LEFT].vc;
	world->side[RIGHT].own->table->line[1].out_of_service = true;
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world, "L:proceeding R:offer(200<100@2) R:connected L:made");
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world, "L:proceeding L:failed(17)");
	world->side[LEFT].vc = held;
}

static void call_delays(struct kunit *test)
{
	struct world *world = test->priv;
	unsigned long start;

	world_build(test, 1);
	world->side[RIGHT].answer = -EINPROGRESS;
	/* What has no delay comes before what has one, also on a busy host. */
	KNOB(&world->side[LEFT], PROCEEDING_DELAY, 600);
	KNOB(&world->side[RIGHT], ALERT_DELAY, 900);
	KNOB(&world->side[RIGHT], ANSWER_DELAY, 800);
	KNOB(&world->side[LEFT], CLEAR_DELAY, 700);

	start = jiffies;
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world, "R:offer(200<100@0) L:proceeding L:alerting");
	KUNIT_EXPECT_GE(test, jiffies_to_msecs(jiffies - start), 900);

	start = jiffies;
	world_decide(world, RIGHT, 0, 0);
	world_expect(world, "R:connected L:made");
	KUNIT_EXPECT_GE(test, jiffies_to_msecs(jiffies - start), 800);

	start = jiffies;
	world_close(world, LEFT);
	world_expect(world, "R:hangup(16) R:closed R:deleted L:closed");
	KUNIT_EXPECT_GE(test, jiffies_to_msecs(jiffies - start), 700);
	world_expect_idle(world);
}

/* A CONNECT does not overtake the ALERTING before it. */
static void call_delays_keep_order(struct kunit *test)
{
	struct world *world = test->priv;

	world_build(test, 1);
	world->side[RIGHT].answer = -EINPROGRESS;
	KNOB(&world->side[RIGHT], ALERT_DELAY, 2000);
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world, "L:proceeding R:offer(200<100@0)");
	world_decide(world, RIGHT, 0, 0);
	world_expect(world, "R:connected L:alerting L:made");
	world_close(world, RIGHT);
	world_expect(world, "R:closed R:deleted L:hangup(16) L:closed");
	world_expect_idle(world);
}

static void short_clearing(struct side *side)
{
	KNOB(side, T305, 30);
	KNOB(side, T308, 30);
}

/* Long enough for a machine that has other things to do. */
static void short_timers(struct side *side)
{
	short_clearing(side);
	KNOB(side, T301, 1500);
	KNOB(side, T303, 500);
	KNOB(side, T310, 1500);
	KNOB(side, T313, 1500);
}

/* T303, twice; T310; T301; T313; each ends the attempt by itself. */
static void call_setup_timers(struct kunit *test)
{
	struct world *world = test->priv;
	struct side *left, *right;

	world_build(test, 1);
	left = &world->side[LEFT];
	right = &world->side[RIGHT];
	short_timers(left);
	short_timers(right);

	KNOB(left, LOST, SENT(CONDIS_VWAN_MSG_SETUP));
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world, "L:failed(102)");
	world_expect_idle(world);

	/* The first SETUP only: the repetition gets through. */
	KNOB(left, FAULT_COUNT, 1);
	KNOB(left, LOST, SENT(CONDIS_VWAN_MSG_SETUP));
	world_connect(world);
	KUNIT_EXPECT_EQ(test, vwan_knob(left->own, CONDIS_VWAN_A_ADAPTER_LOST), 0);
	world_close(world, LEFT);
	world_expect(world, "L:closed R:hangup(16) R:closed R:deleted");
	world_expect_idle(world);

	/* The called end never hears of it. */
	KNOB(right, LOST, CONDIS_VWAN_MSG_SETUP);
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world, "L:proceeding L:failed(102)");
	world_expect_idle(world);

	/* Nobody picks up. */
	KNOB(right, LOST, 0);
	right->answer = -EINPROGRESS;
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world,
		     "L:proceeding R:offer(200<100@0) L:alerting L:failed(19) R:hangup(19) R:closed R:deleted");
	world_expect_idle(world);

	/* The award never comes. */
	right->answer = 0;
	KNOB(right, LOST, CONDIS_VWAN_MSG_CONNECT_ACK);
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world,
		     "L:proceeding R:offer(200<100@0) L:made R:hangup(102) R:closed R:deleted L:hangup(102) L:closed");
	world_expect_idle(world);
}

/*
 * Close an end that was not told of anything.  It may have been, and be coming down at this
 * moment: whoever closes then speaks of what is over, and cannot know.
 */
static void close_unless_gone(struct world *world, unsigned int which)
{
	struct violations *violations = &world->violations;
	struct side *side = &world->side[which];
	struct condis_vc *vc;
	unsigned int before;

	spin_lock_bh(&world->lock);
	vc = side->vc;
	if (vc)
		condis_vc_hold(vc);
	spin_unlock_bh(&world->lock);
	if (!vc)
		return;
	before = violations_seen(violations, CONDIS_VIOLATION_AFTER_END);
	condis_cl_close_call(vc, Q850_NORMAL_CLEARING);
	violations->expected[CONDIS_VIOLATION_AFTER_END] +=
		violations_seen(violations, CONDIS_VIOLATION_AFTER_END) - before;
	condis_vc_put(vc);
}

/* Whatever of the clearing is lost, late or double, in either direction: both ends end. */
static void clear_with_faults(struct kunit *test, enum condis_vwan_a_adapter mask, bool glare)
{
	static const u32 messages[] = {
		CONDIS_VWAN_MSG_DISCONNECT, CONDIS_VWAN_MSG_RELEASE,
		CONDIS_VWAN_MSG_RELEASE_COMPLETE,
	};
	struct world *world = test->priv;
	unsigned int which, bits, i;

	world_build(test, 1);
	for (which = LEFT; which <= RIGHT; which++) {
		short_clearing(&world->side[which]);
		KNOB(&world->side[which], LATE_BY, 20);
		KNOB(&world->side[which], GLARE, glare);
	}
	for (which = LEFT; which <= RIGHT; which++) {
		for (bits = 1; bits < BIT(2 * ARRAY_SIZE(messages)); bits++) {
			u32 faults = 0;

			for (i = 0; i < ARRAY_SIZE(messages); i++) {
				if (bits & BIT(i))
					faults |= messages[i];
				if (bits & BIT(i + ARRAY_SIZE(messages)))
					faults |= SENT(messages[i]);
			}
			world_connect(world);
			WRITE_ONCE(world->side[LEFT].own->knob[mask], faults);
			WRITE_ONCE(world->side[RIGHT].own->knob[mask],
				   bits & 1 ? faults : 0);
			world_close(world, which);
			/* A far end that the network cannot reach at all closes by itself. */
			if (mask == CONDIS_VWAN_A_ADAPTER_LOST) {
				msleep(150);
				WRITE_ONCE(world->side[LEFT].own->knob[mask], 0);
				WRITE_ONCE(world->side[RIGHT].own->knob[mask], 0);
				close_unless_gone(world, !which);
			}
			world_expect_idle(world);
			WRITE_ONCE(world->side[LEFT].own->knob[mask], 0);
			WRITE_ONCE(world->side[RIGHT].own->knob[mask], 0);
			world_forget(world);
		}
	}
}

static void call_clear_lost(struct kunit *test)
{
	clear_with_faults(test, CONDIS_VWAN_A_ADAPTER_LOST, false);
}

static void call_clear_double(struct kunit *test)
{
	clear_with_faults(test, CONDIS_VWAN_A_ADAPTER_DUPLICATED, false);
}

static void call_clear_late(struct kunit *test)
{
	clear_with_faults(test, CONDIS_VWAN_A_ADAPTER_LATE, false);
}

static void call_clear_double_with_glare(struct kunit *test)
{
	clear_with_faults(test, CONDIS_VWAN_A_ADAPTER_DUPLICATED, true);
}

/* Rule 5, to the letter: with RELEASE and RELEASE COMPLETE lost, T305 and twice T308. */
static void call_clear_timers(struct kunit *test)
{
	struct world *world = test->priv;
	unsigned long start, took;

	world_build(test, 1);
	KNOB(&world->side[LEFT], T305, 1000);
	KNOB(&world->side[LEFT], T308, 200);
	world_connect(world);
	KNOB(&world->side[LEFT], LOST,
	     CONDIS_VWAN_MSG_RELEASE | CONDIS_VWAN_MSG_RELEASE_COMPLETE);
	start = jiffies;
	world_close(world, LEFT);
	world_expect(world, "R:hangup(16) R:closed R:deleted L:closed");
	took = jiffies_to_msecs(jiffies - start);
	KUNIT_EXPECT_GE(test, took, 1400);
	/* Less than with a timer that was left as it is. */
	KUNIT_EXPECT_LT(test, took, 8000);
	world_expect_idle(world);
}

static void call_glare(struct kunit *test)
{
	struct world *world = test->priv;

	world_build(test, 1);
	KNOB(&world->side[LEFT], GLARE, 1);
	world_connect(world);
	world_close(world, LEFT);
	/* R1: the DISCONNECT that crosses is not told. */
	world_expect(world, "L:closed R:hangup(16) R:closed R:deleted");
	world_expect_idle(world);
}

/* Two words of the same kind are one to the clients, and a call that came once is one call. */
static void call_everything_double(struct kunit *test)
{
	struct world *world = test->priv;
	unsigned int i;

	world_build(test, 1);
	for (i = LEFT; i <= RIGHT; i++)
		KNOB(&world->side[i], DUPLICATED, CONDIS_VWAN_MSG_ALL);
	world->side[RIGHT].answer = -EINPROGRESS;
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world, "L:proceeding R:offer(200<100@0) L:alerting");
	world_decide(world, RIGHT, 0, 0);
	world_expect(world, "R:connected L:made");
	KUNIT_EXPECT_EQ(test, world_exchange_calls(world->exchange), 1);
	world_close(world, RIGHT);
	world_expect(world, "R:closed R:deleted L:hangup(16) L:closed");
	world_expect_idle(world);
}

/* C4: late words of an old call do not touch the next one on the same line. */
static void call_late_words_of_an_old_call(struct kunit *test)
{
	struct world *world = test->priv;
	struct side *left;

	world_build(test, 1);
	left = &world->side[LEFT];
	/* Later than T305 and twice T308, however late those are on a busy host. */
	KNOB(left, LATE_BY, 3000);
	KNOB(left, T305, 500);
	KNOB(left, T308, 100);
	world_connect(world);
	KNOB(left, LATE, CONDIS_VWAN_MSG_DISCONNECT | CONDIS_VWAN_MSG_RELEASE |
			 CONDIS_VWAN_MSG_RELEASE_COMPLETE);
	world_close(world, LEFT);
	world_expect(world, "R:hangup(16) R:closed R:deleted L:closed");
	KNOB(left, LATE, 0);
	world_connect(world);
	KUNIT_EXPECT_GT(test, world_exchange_late(world->exchange), 0);
	msleep(3200);
	world_expect(world, "");
	world_close(world, LEFT);
	world_expect(world, "L:closed R:hangup(16) R:closed R:deleted");
	world_expect_idle(world);
	KUNIT_EXPECT_EQ(test, world_exchange_made(world->exchange), 2);
}

static void call_halt_of_the_far_end(struct kunit *test)
{
	struct world *world = test->priv;

	world_build(test, 1);
	world_connect(world);
	world_halt(world, RIGHT);
	world_expect(world, "R:closed R:deleted L:hangup(16) L:closed");
	world_expect_idle(world);
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world, "L:failed(1)");
}

static void call_surprise_removal(struct kunit *test)
{
	struct world *world = test->priv;
	struct condis_adapter *adapter;

	world_build(test, 1);
	world_connect(world);
	adapter = world->side[RIGHT].adapter;
	condis_remove_adapter(adapter, true);
	world_halt(world, RIGHT);
	world_expect(world, "L:hangup(27) L:closed R:hangup(27) R:closed R:deleted");
	world_expect_idle(world);
}

static void call_exchange_down(struct kunit *test)
{
	struct world *world = test->priv;

	world_build(test, 1);
	world_connect(world);
	world_exchange_down(world->exchange);
	world_expect(world, "L:hangup(38) L:closed R:hangup(38) R:closed R:deleted");
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world, "L:failed(38)");
	world_expect_idle(world);
}

/* R15: a reset keeps the call, unless the medium is lost with it. */
static void call_reset(struct kunit *test)
{
	struct world *world = test->priv;

	world_build(test, 1);
	world_connect(world);
	KUNIT_EXPECT_EQ(test, condis_adapter_reset(world->side[LEFT].adapter), 0);
	world_expect(world, "");
	KNOB(&world->side[LEFT], RESET_CLEARS, 1);
	KUNIT_EXPECT_EQ(test, condis_adapter_reset(world->side[LEFT].adapter), 0);
	world_expect(world, "L:hangup(41) L:closed R:hangup(41) R:closed R:deleted");
	world_expect_idle(world);
}

/* Calls in every state, and both adapters go. */
static void call_halt_in_every_state(struct kunit *test)
{
	struct world *world = test->priv;

	world_build(test, 4);
	world->side[RIGHT].answer = 0;
	world_dial(world, LEFT, RIGHT_NUMBER);
	world->side[RIGHT].answer = -EINPROGRESS;
	world_dial(world, LEFT, RIGHT_NUMBER);
	KNOB(&world->side[LEFT], LOST, CONDIS_VWAN_MSG_CALL_PROCEEDING);
	KNOB(&world->side[RIGHT], LOST, CONDIS_VWAN_MSG_SETUP);
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_halt(world, LEFT);
	world_halt(world, RIGHT);
	KUNIT_EXPECT_EQ(test, world_exchange_calls(world->exchange), 0);
}

static struct kunit_case call_cases[] = {
	KUNIT_CASE(call_answer_and_local_close),
	KUNIT_CASE(call_remote_close),
	KUNIT_CASE(call_rings_then_answered),
	KUNIT_CASE(call_refused_at_once),
	KUNIT_CASE(call_refused_after_ringing),
	KUNIT_CASE(call_given_up_while_ringing),
	KUNIT_CASE(call_given_up_then_refused),
	KUNIT_CASE(call_given_up_before_its_setup),
	KUNIT_CASE(call_silent_client),
	KUNIT_CASE(call_unknown_number),
	KUNIT_CASE(call_nobody_listens),
	KUNIT_CASE(call_busy_line),
	KUNIT_CASE(call_faults),
	KUNIT_CASE(call_out_of_service),
	KUNIT_CASE(call_hunts_cyclically),
	KUNIT_CASE(call_delays),
	KUNIT_CASE(call_delays_keep_order),
	KUNIT_CASE(call_setup_timers),
	KUNIT_CASE(call_clear_lost),
	KUNIT_CASE(call_clear_double),
	KUNIT_CASE(call_clear_late),
	KUNIT_CASE(call_clear_double_with_glare),
	KUNIT_CASE(call_clear_timers),
	KUNIT_CASE(call_glare),
	KUNIT_CASE(call_everything_double),
	KUNIT_CASE(call_late_words_of_an_old_call),
	KUNIT_CASE(call_halt_of_the_far_end),
	KUNIT_CASE(call_surprise_removal),
	KUNIT_CASE(call_exchange_down),
	KUNIT_CASE(call_reset),
	KUNIT_CASE(call_halt_in_every_state),
	{}
};

static struct kunit_suite call_suite = {
	.name = "vwan_call",
	.init = world_init,
	.exit = world_exit,
	.test_cases = call_cases,
};

kunit_test_suite(call_suite);

MODULE_DESCRIPTION("KUnit suites of the virtual WAN");
MODULE_LICENSE("GPL");
