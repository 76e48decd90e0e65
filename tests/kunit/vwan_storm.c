// SPDX-License-Identifier: GPL-2.0
/*
 * Many calls at once, closed from either end at any moment, while faults come and
 * go and the adapters are reset, paused, reconfigured and halted.  What is
 * asserted is the end: everything comes down, and nothing is left.
 */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/random.h>

#include "vwan_world.h"

#define CALLERS	3
#define CALLS	60

struct caller {
	struct world *world;
	unsigned int from;
	struct task_struct *task;
	unsigned int calls;
	struct completion done;
};

static u32 below(u32 ceiling)
{
	return get_random_u32_below(ceiling);
}

static int caller_run(void *data)
{
	struct caller *caller = data;
	struct world *world = caller->world;
	const char *number = caller->from == LEFT ? RIGHT_NUMBER : LEFT_NUMBER;
	unsigned int i, packets;
	struct completion gone;
	struct condis_vc *vc;

	for (i = 0; i < caller->calls; i++) {
		init_completion(&gone);
		vc = world_dial_and_tell(world, caller->from, number, &gone);
		packets = below(8);
		while (packets--) {
			struct sk_buff *skb = alloc_skb(64, GFP_KERNEL);

			skb_put_zero(skb, 64);
			if (condis_co_send(vc, skb))
				kfree_skb(skb);
		}
		if (below(2))
			usleep_range(1, 1 + below(5000));
		condis_co_cancel_sends(vc);
		condis_cl_close_call(vc, Q850_NORMAL_CLEARING);
		/* Its own timers, the core's deadlines: far less than this. */
		if (!wait_for_completion_timeout(&gone, 60 * HZ)) {
			KUNIT_FAIL(world->test, "call %u of a caller does not end", i);
			break;
		}
		condis_vc_put(vc);
	}
	complete(&caller->done);
	while (!kthread_should_stop())
		usleep_range(1000, 2000);
	return 0;
}

static void timers_of(struct side *side)
{
	KNOB(side, CALLS, 2);
	KNOB(side, T301, 60);
	KNOB(side, T303, 20);
	KNOB(side, T305, 20);
	KNOB(side, T308, 20);
	KNOB(side, T310, 60);
	KNOB(side, T313, 20);
	KNOB(side, LATE_BY, 10);
}

/* Callers close, and send, whether their call is still there or not. */
static void callers_are_careless(struct world *world)
{
	world->violations.free[CONDIS_VIOLATION_AFTER_END] = true;
	world->violations.free[CONDIS_VIOLATION_SEND_AFTER_CLOSE] = true;
}

static void start_callers(struct world *world, struct caller *callers, unsigned int count,
			  unsigned int calls, bool both)
{
	unsigned int i;

	callers_are_careless(world);
	for (i = 0; i < count; i++) {
		callers[i].world = world;
		callers[i].from = both ? i % 2 : LEFT;
		callers[i].calls = calls;
		init_completion(&callers[i].done);
		callers[i].task = kthread_run(caller_run, &callers[i], "vwan_storm/%u", i);
		KUNIT_ASSERT_FALSE(world->test, IS_ERR(callers[i].task));
	}
}

static bool callers_done(struct caller *callers, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		if (!completion_done(&callers[i].done))
			return false;
	return true;
}

static void stop_callers(struct caller *callers, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		wait_for_completion(&callers[i].done);
		kthread_stop(callers[i].task);
	}
}

/* One message in four, of those that there are. */
static u32 some_messages(void)
{
	u32 half = get_random_u32();

	return half & get_random_u32() & CONDIS_VWAN_MSG_ALL;
}

/* Both ends dial each other, and any message of any kind may be lost, late or double. */
static void storm_of_faults(struct kunit *test)
{
	struct world *world = test->priv;
	struct caller callers[CALLERS];
	unsigned int i;

	world->side[LEFT].listen = true;
	world_build(test, 2);
	for (i = LEFT; i <= RIGHT; i++)
		timers_of(&world->side[i]);
	start_callers(world, callers, CALLERS, CALLS, true);
	while (!callers_done(callers, CALLERS)) {
		struct side *side = &world->side[below(2)];

		KNOB(side, LOST, some_messages());
		KNOB(side, DUPLICATED, some_messages());
		KNOB(side, LATE, some_messages());
		KNOB(side, GLARE, below(2));
		side->answer = below(2) ? 0 : -EINPROGRESS;
		usleep_range(1000, 10000);
	}
	stop_callers(callers, CALLERS);
	/* An end that the network could not reach is closed by its client. */
	for (i = LEFT; i <= RIGHT; i++) {
		KNOB(&world->side[i], LOST, 0);
		KNOB(&world->side[i], LATE, 0);
		world_close_all(world, i);
	}
	world_expect_idle(world);
}

/* The called adapter is reset, paused and reconfigured under the calls. */
static void storm_of_administration(struct kunit *test)
{
	struct world *world = test->priv;
	struct caller callers[CALLERS];
	struct side *right = &world->side[RIGHT];
	unsigned int i;

	world_build(test, 4);
	for (i = LEFT; i <= RIGHT; i++)
		timers_of(&world->side[i]);
	KNOB(right, RESET_CLEARS, 1);
	start_callers(world, callers, CALLERS, CALLS, false);
	while (!callers_done(callers, CALLERS)) {
		switch (below(4)) {
		case 0:
			KUNIT_EXPECT_EQ(test, condis_adapter_reset(right->adapter), 0);
			break;
		case 1:
			KUNIT_EXPECT_EQ(test, condis_adapter_pause(right->adapter), 0);
			usleep_range(100, 1000);
			KUNIT_EXPECT_EQ(test, condis_adapter_restart(right->adapter), 0);
			break;
		case 2:
			KUNIT_EXPECT_EQ(test, condis_m_reconfigure(right->adapter), 0);
			break;
		default:
			right->answer = below(2) ? 0 : -EINPROGRESS;
		}
		usleep_range(1000, 20000);
	}
	stop_callers(callers, CALLERS);
	world_close_all(world, RIGHT);
	world_expect_idle(world);
}

/* The called adapter goes while it is being dialled, in order or pulled out. */
static void storm_of_halts(struct kunit *test)
{
	struct world *world = test->priv;
	struct caller callers[CALLERS];
	unsigned int round;

	world_build(test, 4);
	timers_of(&world->side[LEFT]);
	for (round = 0; round < 6; round++) {
		timers_of(&world->side[RIGHT]);
		start_callers(world, callers, CALLERS, 15, false);
		usleep_range(500, 1000 + below(20000));
		if (round % 2)
			condis_remove_adapter(world->side[RIGHT].adapter, true);
		world_halt(world, RIGHT);
		stop_callers(callers, CALLERS);
		world_expect_idle(world);
		world_rebuild(world, RIGHT, 4);
	}
}

static struct kunit_case storm_cases[] = {
	KUNIT_CASE_SLOW(storm_of_faults),
	KUNIT_CASE_SLOW(storm_of_administration),
	KUNIT_CASE_SLOW(storm_of_halts),
	{}
};

static struct kunit_suite storm_suite = {
	.name = "vwan_storm",
	.init = world_init,
	.exit = world_exit,
	.test_cases = storm_cases,
};

kunit_test_suite(storm_suite);
