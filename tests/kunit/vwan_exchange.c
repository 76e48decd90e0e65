// SPDX-License-Identifier: GPL-2.0
/*
 * What waits at an end of the exchange's call: that there is room for all of it, that
 * it is taken in order and in time, and that nothing of it is lost.
 */
#include <linux/jiffies.h>

#include "../../drivers/vwan/exchange.h"
#include "vwan_world.h"

/* Every message that a user can send who is in this state, or comes from there. */
static u32 sent_by_user_from(unsigned int first)
{
	u32 reached = BIT(first), sent = 0, before;
	const struct q931_cell *cell;
	unsigned int state, event;

	do {
		before = reached;
		for (state = 0; state < Q931_NR_USER_STATES; state++) {
			for (event = 0; event < Q931_NR_USER_EVENTS && reached & BIT(state);
			     event++) {
				cell = q931_user(state, event);
				reached |= BIT(cell->next);
				if (cell->send != Q931_NONE)
					sent |= BIT(cell->send);
			}
		}
	} while (reached != before);
	return sent;
}

/* Messages that the network sends by itself, to a user who can send these. */
static u32 sent_by_net_to(u32 from_user, unsigned int opening)
{
	const struct q931_cell *cell;
	unsigned int state, event;
	u32 sent = 0;

	for (state = 0; state < Q931_NR_NET_STATES; state++) {
		for (event = 0; event < Q931_NR_NET_EVENTS; event++) {
			if (event < Q931_NR_MESSAGES && !(from_user & BIT(event)))
				continue;
			/* Who calls is not offered a call. */
			if (event == Q931_NEV_OFFER && event != opening)
				continue;
			cell = q931_net(state, event);
			if (cell->send != Q931_NONE)
				sent |= BIT(cell->send);
			if (cell->todo & Q931_DO_ACK)
				sent |= BIT(Q931_CONNECT_ACK);
			if (cell->todo & Q931_DO_ROUTE)
				sent |= BIT(Q931_CALL_PROCEEDING);
		}
	}
	return sent;
}

/* What the network passes on from a user who can send these. */
static u32 relayed_from(u32 from_user)
{
	unsigned int event;
	u32 relayed = 0;

	for (event = 0; event < Q931_NR_MESSAGES; event++)
		if (from_user & BIT(event) &&
		    q931_net(Q931_N_UP, event)->todo & Q931_DO_RELAY)
			relayed |= BIT(event);
	return relayed;
}

static u32 clearing_messages(void)
{
	unsigned int message;
	u32 clearing = 0;

	for (message = 0; message < Q931_NR_MESSAGES; message++)
		if (q931_is_clearing(message))
			clearing |= BIT(message);
	return clearing;
}

/* SLOT_MAX is what the tables can make. */
static void slots_are_enough(struct kunit *test)
{
	/* Digits have their own room, and are never late from a user. */
	u32 caller = (sent_by_user_from(Q931_U1) | BIT(Q931_SETUP)) & ~BIT(Q931_INFORMATION);
	u32 called = sent_by_user_from(Q931_U6) & ~BIT(Q931_INFORMATION);
	u32 clearing = clearing_messages();
	u32 to_caller, to_called;
	unsigned int state, event;

	KUNIT_EXPECT_LE(test, hweight32(caller), SLOT_KINDS_FROM_USER);
	KUNIT_EXPECT_LE(test, hweight32(called), SLOT_KINDS_FROM_USER);

	to_caller = sent_by_net_to(caller, Q931_SETUP) | relayed_from(called);
	to_called = sent_by_net_to(called, Q931_NEV_OFFER) | relayed_from(caller);
	KUNIT_EXPECT_LE(test, hweight32(to_caller & clearing), SLOT_KINDS_TO_USER);
	KUNIT_EXPECT_LE(test, hweight32(to_called & clearing), SLOT_KINDS_TO_USER);
	/* And what the network keeps for itself: SLOT_FORWARD, SLOT_GIVE_UP, each once. */
	KUNIT_EXPECT_LE(test, SLOT_COPIES * hweight32(to_caller & ~clearing) + 2,
			SLOT_COPIES * SLOT_KINDS_TO_USER);
	KUNIT_EXPECT_LE(test, SLOT_COPIES * hweight32(to_called & ~clearing),
			SLOT_COPIES * SLOT_KINDS_TO_USER);

	/*
	 * The two never wait together: what sets up is sent by, or passed on to, an end
	 * that is up, and what clears leaves an end that is not, for ever.
	 */
	for (state = 0; state < Q931_NR_NET_STATES; state++) {
		for (event = 0; event < Q931_NR_NET_EVENTS; event++) {
			const struct q931_cell *cell = q931_net(state, event);

			if (cell->send != Q931_NONE && BIT(cell->send) & clearing)
				KUNIT_EXPECT_GT(test, cell->next, Q931_N_UP);
			else if (cell->send != Q931_NONE)
				KUNIT_EXPECT_EQ(test, cell->next, Q931_N_UP);
			if (cell->todo & (Q931_DO_ACK | Q931_DO_ROUTE))
				KUNIT_EXPECT_EQ(test, cell->next, Q931_N_UP);
			/* Once in the life of a call. */
			if (cell->todo & Q931_DO_ROUTE)
				KUNIT_EXPECT_EQ(test, state, Q931_N0);
			if (state > Q931_N_UP)
				KUNIT_EXPECT_GT(test, cell->next, Q931_N_UP);
		}
	}
}

/* The fullest end there can be: nothing is lost, and what comes out is in order. */
static void slots_keep_everything(struct kunit *test)
{
	static const u8 kinds[] = {
		SLOT_TO_USER + Q931_DISCONNECT, SLOT_TO_USER + Q931_RELEASE,
		SLOT_TO_USER + Q931_RELEASE_COMPLETE, SLOT_TO_USER + Q931_RESTART,
		SLOT_TO_NETWORK + Q931_SETUP, SLOT_TO_NETWORK + Q931_CONNECT_ACK,
		SLOT_TO_NETWORK + Q931_DISCONNECT, SLOT_TO_NETWORK + Q931_RELEASE,
		SLOT_TO_NETWORK + Q931_RELEASE_COMPLETE,
	};
	struct vwan_call *call = kunit_kzalloc(test, sizeof(*call), GFP_KERNEL);
	struct vwan_wake wake = {};
	struct vwan_slot slot;
	unsigned int i, round;
	unsigned long next;
	struct vwan_end *end;
	bool more;

	KUNIT_ASSERT_NOT_NULL(test, call);
	KUNIT_ASSERT_EQ(test, SLOT_COPIES * ARRAY_SIZE(kinds) + SLOT_DIGITS, SLOT_MAX);
	call->exchange = kunit_kzalloc(test, sizeof(*call->exchange), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, call->exchange);
	spin_lock_init(&call->lock);
	end = &call->end[CALLED];

	spin_lock(&call->lock);
	/* The third is the second. */
	for (round = 0; round <= SLOT_COPIES; round++)
		for (i = 0; i < ARRAY_SIZE(kinds); i++)
			vwan_end_put(call, CALLED, kinds[i], 127 - round - i, 0, round, &wake);
	/* Digits too many are late, and the others keep their order. */
	for (i = 0; i < SLOT_DIGITS + 3; i++)
		vwan_end_put(call, CALLED, SLOT_TO_USER + Q931_INFORMATION, i, 0, true, &wake);
	KUNIT_EXPECT_EQ(test, atomic64_read(&call->exchange->late), 3);
	KUNIT_EXPECT_EQ(test, end->pending, SLOT_MAX);
	for (round = 0; round < SLOT_COPIES; round++) {
		for (i = 0; i < ARRAY_SIZE(kinds); i++) {
			KUNIT_EXPECT_EQ(test, vwan_end_take(call, end, &slot, &next, &more),
					kinds[i]);
			KUNIT_EXPECT_EQ(test, (u32)slot.cause, 127 - round - i);
			KUNIT_EXPECT_EQ(test, (u32)slot.relayed, round);
			KUNIT_EXPECT_FALSE(test, more);
		}
	}
	for (i = 0; i < SLOT_DIGITS; i++) {
		KUNIT_EXPECT_EQ(test, vwan_end_take(call, end, &slot, &next, &more),
				SLOT_TO_USER + Q931_INFORMATION);
		KUNIT_EXPECT_EQ(test, (u32)slot.cause, i);
	}
	KUNIT_EXPECT_EQ(test, vwan_end_take(call, end, &slot, &next, &more), -1);
	KUNIT_EXPECT_FALSE(test, more);
	spin_unlock(&call->lock);
	KUNIT_EXPECT_NULL(test, wake.vc[CALLED]);
}

/* What clears throws away what sets up, and comes after the digits that were sent before it. */
static void slots_clear_after_digits(struct kunit *test)
{
	struct vwan_call *call = kunit_kzalloc(test, sizeof(*call), GFP_KERNEL);
	struct vwan_leg *leg = kunit_kzalloc(test, sizeof(*leg), GFP_KERNEL);
	struct vwan_wake wake = {};
	struct vwan_slot slot;
	unsigned long next;
	struct vwan_end *end;
	unsigned int i;
	bool more;

	KUNIT_ASSERT_NOT_NULL(test, call);
	KUNIT_ASSERT_NOT_NULL(test, leg);
	leg->adapter = kunit_kzalloc(test, sizeof(*leg->adapter), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, leg->adapter);
	spin_lock_init(&call->lock);
	end = &call->end[CALLED];
	end->leg = leg;
	end->last_due = jiffies;
	/* There is no VC to signal: as if it were to be signalled already. */
	wake.vc[CALLED] = ERR_PTR(-ENOENT);

	spin_lock(&call->lock);
	vwan_end_send(call, CALLED, Q931_CONNECT_ACK, 0, 0, false, &wake);
	for (i = 0; i < 3; i++)
		vwan_end_send(call, CALLED, Q931_INFORMATION, i, 60000 * i, true, &wake);
	vwan_end_send(call, CALLED, Q931_DISCONNECT, 16, 0, true, &wake);
	for (i = 0; i < 3; i++) {
		KUNIT_EXPECT_EQ(test, vwan_end_take(call, end, &slot, &next, &more),
				SLOT_TO_USER + Q931_INFORMATION);
		KUNIT_EXPECT_EQ(test, (u32)slot.cause, i);
	}
	KUNIT_EXPECT_EQ(test, vwan_end_take(call, end, &slot, &next, &more),
			SLOT_TO_USER + Q931_DISCONNECT);
	KUNIT_EXPECT_EQ(test, vwan_end_take(call, end, &slot, &next, &more), -1);
	KUNIT_EXPECT_FALSE(test, more);
	spin_unlock(&call->lock);
}

/* What is not due stays and is told of; what is due overtakes it, also past a wrap of jiffies. */
static void slots_wait_their_time(struct kunit *test)
{
	struct vwan_call *call = kunit_kzalloc(test, sizeof(*call), GFP_KERNEL);
	struct vwan_wake wake = {};
	struct vwan_slot slot;
	unsigned long next, before, after;
	struct vwan_end *end;
	bool more;

	KUNIT_ASSERT_NOT_NULL(test, call);
	spin_lock_init(&call->lock);
	end = &call->end[CALLER];

	spin_lock(&call->lock);
	before = jiffies;
	vwan_end_put(call, CALLER, SLOT_GIVE_UP, 0, CONDIS_VWAN_TIME_MAX, false, &wake);
	vwan_end_put(call, CALLER, SLOT_FORWARD, 0, 60000, false, &wake);
	after = jiffies;
	vwan_end_put(call, CALLER, SLOT_TO_USER, 0, 0, false, &wake);

	KUNIT_EXPECT_EQ(test, vwan_end_take(call, end, &slot, &next, &more), SLOT_TO_USER);
	KUNIT_EXPECT_TRUE(test, more);
	KUNIT_EXPECT_EQ(test, vwan_end_take(call, end, &slot, &next, &more), -1);
	KUNIT_EXPECT_TRUE(test, more);
	/* Never early; late by no more than what passed meanwhile. */
	KUNIT_EXPECT_TRUE(test, time_after(next, before + msecs_to_jiffies(60000)));
	KUNIT_EXPECT_TRUE(test, time_before_eq(next, after + msecs_to_jiffies(60000) + 1));
	KUNIT_EXPECT_EQ(test, end->pending, 2);

	/* The last but one of the tick counter's lower half, and of this end's. */
	end->slot[0].due = (u32)jiffies - 1;
	end->slot[1].due = (u32)jiffies - 2;
	KUNIT_EXPECT_EQ(test, vwan_end_take(call, end, &slot, &next, &more), SLOT_GIVE_UP);
	KUNIT_EXPECT_FALSE(test, more);
	KUNIT_EXPECT_EQ(test, vwan_end_take(call, end, &slot, &next, &more), SLOT_FORWARD);
	KUNIT_EXPECT_FALSE(test, more);
	spin_unlock(&call->lock);
}

static struct kunit_case exchange_cases[] = {
	KUNIT_CASE(slots_are_enough),
	KUNIT_CASE(slots_keep_everything),
	KUNIT_CASE(slots_clear_after_digits),
	KUNIT_CASE(slots_wait_their_time),
	{}
};

static struct kunit_suite exchange_suite = {
	.name = "vwan_exchange",
	.test_cases = exchange_cases,
};

kunit_test_suite(exchange_suite);
