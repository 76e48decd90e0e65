// SPDX-License-Identifier: GPL-2.0
/*
 * Bearers: order, rate, latency, loss, limits, and who gets which packet back.
 */
#include <linux/delay.h>
#include <linux/unaligned.h>

#include "vwan_world.h"

#define BYTES	100

/* What arrived is what was sent, in order, from number @first. */
static void expect_in_order(struct world *world, unsigned int which, u32 first)
{
	struct sk_buff *skb;

	while ((skb = skb_dequeue(&world->side[which].received))) {
		KUNIT_EXPECT_EQ(world->test, skb->len, BYTES);
		KUNIT_EXPECT_EQ(world->test, get_unaligned_be32(skb->data), first);
		KUNIT_EXPECT_NULL(world->test, skb->sk);
		first++;
		kfree_skb(skb);
	}
}

static void send_some(struct world *world, unsigned int from, u32 first, u32 packets)
{
	u32 i;

	for (i = 0; i < packets; i++)
		KUNIT_EXPECT_TRUE(world->test, world_send(world, from, first + i, BYTES));
}

static void data_both_ways(struct kunit *test)
{
	struct world *world = test->priv;
	u32 i;

	world_build(test, 1);
	world_connect(world);
	for (i = 0; i < 20; i++) {
		send_some(world, LEFT, 32 * i, 32);
		send_some(world, RIGHT, 32 * i, 32);
		KUNIT_EXPECT_TRUE(test, world_wait_sent(world, LEFT, 32 * (i + 1)));
		KUNIT_EXPECT_TRUE(test, world_wait_sent(world, RIGHT, 32 * (i + 1)));
	}
	KUNIT_EXPECT_TRUE(test, world_wait_received(world, LEFT, 640));
	KUNIT_EXPECT_TRUE(test, world_wait_received(world, RIGHT, 640));
	KUNIT_EXPECT_EQ(test, atomic_read(&world->side[LEFT].sent), 640);
	expect_in_order(world, LEFT, 0);
	expect_in_order(world, RIGHT, 0);
	world_close(world, LEFT);
	world_expect_idle(world);
}

/* The called end may send as soon as it is connected: nothing is lost before the caller is. */
static void data_before_the_caller_knows(struct kunit *test)
{
	struct world *world = test->priv;

	world_build(test, 1);
	KNOB(&world->side[RIGHT], ANSWER_DELAY, 2000);
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world, "L:proceeding R:offer(200<100@0) R:connected");
	send_some(world, RIGHT, 0, 8);
	KUNIT_EXPECT_EQ(test, atomic_read(&world->side[RIGHT].sent), 0);
	world_expect(world, "L:made");
	KUNIT_EXPECT_TRUE(test, world_wait_received(world, LEFT, 8));
	expect_in_order(world, LEFT, 0);
	world_close(world, LEFT);
	world_expect_idle(world);
}

/* What nothing delays is there, and back, when it was sent; it overtakes nothing. */
static void data_straight(struct kunit *test)
{
	struct world *world = test->priv;
	u32 i;

	world_build(test, 1);
	world_connect(world);
	for (i = 0; i < 10; i++) {
		send_some(world, LEFT, i, 1);
		KUNIT_EXPECT_EQ(test, skb_queue_len_lockless(&world->side[RIGHT].received), i + 1);
		KUNIT_EXPECT_EQ(test, atomic_read(&world->side[LEFT].sent), i + 1);
	}
	/* Longer than what follows takes, on a busy host too. */
	KNOB(&world->side[LEFT], LATENCY, 5000);
	send_some(world, LEFT, 10, 1);
	/* The pump has looked at the latency: it is on its way. */
	KUNIT_EXPECT_TRUE(test, world_wait_sent(world, LEFT, 11));
	/* Nor does the next wait for the arrival of one that is on the wire. */
	send_some(world, LEFT, 11, 1);
	KUNIT_EXPECT_TRUE(test, world_wait_sent(world, LEFT, 12));
	KNOB(&world->side[LEFT], LATENCY, 0);
	send_some(world, LEFT, 12, 2);
	KUNIT_EXPECT_EQ(test, skb_queue_len_lockless(&world->side[RIGHT].received), 10);
	KUNIT_EXPECT_TRUE(test, world_wait_received(world, RIGHT, 14));
	expect_in_order(world, RIGHT, 0);

	/* And nobody's adapter has to be on the way of the other's. */
	KUNIT_EXPECT_EQ(test, condis_adapter_pause(world->side[RIGHT].adapter), 0);
	send_some(world, LEFT, 0, 4);
	KUNIT_EXPECT_TRUE(test, world_wait_sent(world, LEFT, 18));
	KUNIT_EXPECT_TRUE(test, skb_queue_empty(&world->side[RIGHT].received));
	KUNIT_EXPECT_EQ(test, condis_adapter_restart(world->side[RIGHT].adapter), 0);
	world_close(world, RIGHT);
	world_expect_idle(world);
}

/* A packet that is answered by a packet, and that by one: nobody is inside himself. */
static void data_answers(struct kunit *test)
{
	struct world *world = test->priv;
	const u32 answers = 300;

	world_build(test, 1);
	world_connect(world);
	world->side[LEFT].answers = answers;
	world->side[RIGHT].answers = answers;
	send_some(world, LEFT, 0, 1);
	KUNIT_EXPECT_TRUE(test, world_wait_received(world, RIGHT, answers + 1));
	KUNIT_EXPECT_TRUE(test, world_wait_received(world, LEFT, answers));
	/* At most the pump's delivery, and inside it a sender's own. */
	KUNIT_EXPECT_LE(test, world->side[LEFT].deepest, 2);
	KUNIT_EXPECT_LE(test, world->side[RIGHT].deepest, 2);
	expect_in_order(world, LEFT, 0);
	expect_in_order(world, RIGHT, 0);
	world_close(world, LEFT);
	world_expect_idle(world);
}

static void data_rate(struct kunit *test)
{
	struct world *world = test->priv;
	unsigned long start, took;

	KUNIT_EXPECT_EQ(test, vwan_tx_time(0, BYTES), 0);
	KUNIT_EXPECT_EQ(test, vwan_tx_time(64000, 8000), NSEC_PER_SEC);
	KUNIT_EXPECT_EQ(test, vwan_tx_time(300, 65535),
			div_u64(65535ULL * 8 * NSEC_PER_SEC, 300));
	KUNIT_EXPECT_EQ(test, vwan_byte_rate(64000), 8000);
	KUNIT_EXPECT_EQ(test, vwan_byte_rate(0), 125000000);

	world_build(test, 1);
	/* 100 bytes take 10 ms. */
	KNOB(&world->side[LEFT], RATE, 80000);
	world_connect(world);
	start = jiffies;
	send_some(world, LEFT, 0, 30);
	KUNIT_EXPECT_TRUE(test, world_wait_received(world, RIGHT, 30));
	took = jiffies_to_msecs(jiffies - start);
	KUNIT_EXPECT_GE(test, took, 300 - jiffies_to_msecs(1));
	KUNIT_EXPECT_LT(test, took, 15000);
	/* The other direction is not slowed down. */
	start = jiffies;
	send_some(world, RIGHT, 0, 30);
	KUNIT_EXPECT_TRUE(test, world_wait_received(world, LEFT, 30));
	expect_in_order(world, RIGHT, 0);
	world_close(world, LEFT);
	world_expect_idle(world);
}

static void data_latency(struct kunit *test)
{
	struct world *world = test->priv;
	ktime_t start;

	world_build(test, 1);
	KNOB(&world->side[LEFT], LATENCY, 150);
	world_connect(world);
	/* The line's own clock: jiffies may lag when a processor has been away. */
	start = ktime_get();
	send_some(world, LEFT, 0, 10);
	/* The line has sent them, so they come back before they arrive. */
	KUNIT_EXPECT_TRUE(test, world_wait_sent(world, LEFT, 10));
	KUNIT_EXPECT_TRUE(test, world_wait_received(world, RIGHT, 10));
	KUNIT_EXPECT_GE(test, ktime_ms_delta(ktime_get(), start), 150);
	/* A shorter latency does not let the next overtake. */
	send_some(world, LEFT, 10, 4);
	KNOB(&world->side[LEFT], LATENCY, 0);
	send_some(world, LEFT, 14, 4);
	KUNIT_EXPECT_TRUE(test, world_wait_received(world, RIGHT, 18));
	expect_in_order(world, RIGHT, 0);
	world_close(world, RIGHT);
	world_expect_idle(world);
}

static void data_loss(struct kunit *test)
{
	struct world *world = test->priv;
	unsigned int i, arrived;

	world_build(test, 1);
	KNOB(&world->side[LEFT], LOSS, CONDIS_VWAN_LOSS_MAX);
	world_connect(world);
	send_some(world, LEFT, 0, 20);
	KUNIT_EXPECT_TRUE(test, world_wait_sent(world, LEFT, 20));
	KUNIT_EXPECT_EQ(test, atomic_read(&world->side[LEFT].sent), 20);
	KUNIT_EXPECT_TRUE(test, world_wait_received(world, RIGHT, 0));
	KUNIT_EXPECT_EQ(test, world->side[RIGHT].errors, 20);

	KNOB(&world->side[LEFT], LOSS, CONDIS_VWAN_LOSS_MAX / 2);
	for (i = 0; i < 20; i++) {
		send_some(world, LEFT, 0, 50);
		world_wait_sent(world, LEFT, 20 + 50 * (i + 1));
	}
	arrived = skb_queue_len_lockless(&world->side[RIGHT].received);
	/* Six standard deviations around one half. */
	KUNIT_EXPECT_GT(test, arrived, 500 - 95);
	KUNIT_EXPECT_LT(test, arrived, 500 + 95);
	world_close(world, LEFT);
	world_expect_idle(world);
}

/* The window stops the client before the queue does; a queue that is shorter refuses. */
static void data_limits(struct kunit *test)
{
	struct world *world = test->priv;
	struct side *left;
	u32 i;

	world_build(test, 1);
	left = &world->side[LEFT];
	KNOB(left, RATE, CONDIS_VWAN_RATE_MIN);
	KNOB(left, WINDOW, 8);
	KNOB(left, QUEUE, 4);
	KNOB(left, SDU, BYTES);
	world_connect(world);
	for (i = 0; i < 4; i++)
		KUNIT_EXPECT_TRUE(test, world_send(world, LEFT, i, BYTES));
	KUNIT_EXPECT_TRUE(test, world_send(world, LEFT, 4, BYTES));
	KUNIT_EXPECT_EQ(test, atomic_read(&left->unsent), 1);
	KUNIT_EXPECT_EQ(test, left->unsent_status, -ENOBUFS);
	KUNIT_EXPECT_FALSE(test, world_send(world, LEFT, 5, BYTES + 1));
	KNOB(left, QUEUE, 64);
	for (i = 4; i < 8; i++)
		KUNIT_EXPECT_TRUE(test, world_send(world, LEFT, i, BYTES));
	KUNIT_EXPECT_FALSE(test, world_send(world, LEFT, 8, BYTES));
	/* All come back with the close, which does not wait for a slow line. */
	world_close(world, LEFT);
	world_expect_idle(world);
	KUNIT_EXPECT_EQ(test, atomic_read(&left->unsent), 9);
	KUNIT_EXPECT_EQ(test, left->unsent_status, -ECANCELED);
}

/* F2: a hang-up brings the packets home first. */
static void data_remote_close_flushes(struct kunit *test)
{
	struct world *world = test->priv;
	struct side *left;

	world_build(test, 1);
	left = &world->side[LEFT];
	KNOB(left, RATE, CONDIS_VWAN_RATE_MIN);
	world_connect(world);
	send_some(world, LEFT, 0, 5);
	world_close(world, RIGHT);
	KUNIT_EXPECT_EQ(test, atomic_read(&left->unsent), 5);
	world_expect(world, "R:closed R:deleted L:hangup(16) L:closed");
	world_expect_idle(world);
}

static void data_pause_and_reset(struct kunit *test)
{
	struct world *world = test->priv;
	struct side *left;

	world_build(test, 1);
	left = &world->side[LEFT];
	KNOB(left, RATE, CONDIS_VWAN_RATE_MIN);
	world_connect(world);

	send_some(world, LEFT, 0, 5);
	KUNIT_EXPECT_EQ(test, condis_adapter_reset(left->adapter), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&left->unsent), 5);
	KUNIT_EXPECT_EQ(test, left->unsent_status, -ECANCELED);

	send_some(world, LEFT, 0, 5);
	KUNIT_EXPECT_EQ(test, condis_adapter_pause(left->adapter), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&left->unsent), 10);
	KUNIT_EXPECT_EQ(test, left->unsent_status, -ENETDOWN);
	KUNIT_EXPECT_FALSE(test, world_send(world, LEFT, 0, BYTES));
	/* F13: the call stays, and data flows again afterwards. */
	KUNIT_EXPECT_EQ(test, condis_adapter_restart(left->adapter), 0);
	KNOB(left, RATE, 0);
	send_some(world, LEFT, 0, 5);
	KUNIT_EXPECT_TRUE(test, world_wait_received(world, RIGHT, 5));
	expect_in_order(world, RIGHT, 0);
	world_expect(world, "");
	world_close(world, LEFT);
	world_expect_idle(world);
}

/* Packets under way while either end goes, again and again. */
static void data_close_under_load(struct kunit *test)
{
	struct world *world = test->priv;
	u32 round, i;

	world_build(test, 1);
	KNOB(&world->side[LEFT], LATENCY, 1);
	for (round = 0; round < 50; round++) {
		world_connect(world);
		for (i = 0; i < 40; i++) {
			world_send(world, LEFT, i, BYTES);
			world_send(world, RIGHT, i, BYTES);
		}
		if (round % 3)
			usleep_range(100, 3000);
		world_close(world, round % 2);
		world_expect_idle(world);
		world_forget(world);
	}
}

static struct kunit_case data_cases[] = {
	KUNIT_CASE(data_both_ways),
	KUNIT_CASE(data_before_the_caller_knows),
	KUNIT_CASE(data_straight),
	KUNIT_CASE(data_answers),
	KUNIT_CASE(data_rate),
	KUNIT_CASE(data_latency),
	KUNIT_CASE(data_loss),
	KUNIT_CASE(data_limits),
	KUNIT_CASE(data_remote_close_flushes),
	KUNIT_CASE(data_pause_and_reset),
	KUNIT_CASE(data_close_under_load),
	{}
};

static struct kunit_suite data_suite = {
	.name = "vwan_data",
	.init = world_init,
	.exit = world_exit,
	.test_cases = data_cases,
};

kunit_test_suite(data_suite);
