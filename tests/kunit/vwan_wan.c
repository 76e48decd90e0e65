// SPDX-License-Identifier: GPL-2.0
/*
 * OID_WAN_CO_*: what the line says of frames and is told of them, and that its counters are
 * exact.
 */
#include <condis/data.h>

#include "vwan_world.h"

#define BYTES	100

#define ALL_BITS	(CONDIS_WAN_PPP_FRAMING | CONDIS_WAN_PPP_COMPRESS_ADDRESS_CONTROL | \
			 CONDIS_WAN_PPP_COMPRESS_PROTOCOL_FIELD)

/* The line answers at once: nobody here expects -EINPROGRESS. */
static void never(struct condis_oid_request *request, int status)
{
}

/* Ask as the client of @which; how many bytes are wanted, if there are too few. */
static int ask(struct world *world, unsigned int which, struct condis_vc *vc, u32 oid, void *buf,
	       u32 len, u32 *needed)
{
	struct condis_oid_request request = {
		.oid = oid,
		.buf = buf,
		.len = len,
		.complete = never,
	};
	int err = condis_co_oid_request(world->side[which].af, vc, &request);

	if (needed)
		*needed = request.needed;
	return err;
}

static int ask_link(struct world *world, unsigned int which, u32 oid,
		    struct condis_wan_link_info *info)
{
	return ask(world, which, world->side[which].vc, oid, info, sizeof(*info), NULL);
}

static void set_link(struct world *world, unsigned int which)
{
	struct condis_wan_link_info info = {
		.max_send_frame = 1504,
		.max_recv_frame = 1504,
		.send_framing_bits = CONDIS_WAN_PPP_FRAMING,
		.recv_framing_bits = ALL_BITS,
	};

	KUNIT_EXPECT_EQ(world->test, ask_link(world, which, OID_WAN_CO_SET_LINK_INFO, &info), 0);
}

static void expect_stats(struct world *world, unsigned int which, u64 sent, u64 received,
			 u64 lost)
{
	struct condis_wan_stats stats;

	memset(&stats, 0xff, sizeof(stats));
	KUNIT_EXPECT_EQ(world->test, ask(world, which, world->side[which].vc,
					 OID_WAN_CO_GET_STATS_INFO, &stats, sizeof(stats), NULL),
			0);
	KUNIT_EXPECT_EQ(world->test, stats.frames_sent, sent);
	KUNIT_EXPECT_EQ(world->test, stats.bytes_sent, sent * BYTES);
	KUNIT_EXPECT_EQ(world->test, stats.frames_received, received);
	KUNIT_EXPECT_EQ(world->test, stats.bytes_received, received * BYTES);
	KUNIT_EXPECT_EQ(world->test, stats.lost, lost);
}

static void send_some(struct world *world, unsigned int from, u32 packets)
{
	u32 i;

	for (i = 0; i < packets; i++)
		KUNIT_EXPECT_TRUE(world->test, world_send(world, from, i, BYTES));
}

/* Of the adapter: with a call or without. */
static void wan_info(struct kunit *test)
{
	struct world *world = test->priv;
	struct condis_wan_info info;
	u32 needed;

	world_build(test, 1);
	memset(&info, 0xff, sizeof(info));
	KUNIT_EXPECT_EQ(test, ask(world, LEFT, NULL, OID_WAN_CO_GET_INFO, &info, sizeof(info),
				  NULL), 0);
	KUNIT_EXPECT_EQ(test, info.max_frame, 2048 - 4);
	KUNIT_EXPECT_EQ(test, info.max_send_window, 64);
	KUNIT_EXPECT_EQ(test, info.framing_bits, ALL_BITS);
	KUNIT_EXPECT_EQ(test, info.desired_accm, 0);
	KUNIT_EXPECT_EQ(test, ask(world, LEFT, NULL, OID_WAN_CO_GET_INFO, &info,
				  sizeof(info) - 1, &needed), -EMSGSIZE);
	KUNIT_EXPECT_EQ(test, needed, sizeof(info));

	KNOB(&world->side[LEFT], SDU, CONDIS_VWAN_SDU_MIN);
	KNOB(&world->side[LEFT], WINDOW, 1);
	world_connect(world);
	KUNIT_EXPECT_EQ(test, ask(world, LEFT, world->side[LEFT].vc, OID_WAN_CO_GET_INFO, &info,
				  sizeof(info), NULL), 0);
	KUNIT_EXPECT_EQ(test, info.max_frame, CONDIS_VWAN_SDU_MIN - 4);
	KUNIT_EXPECT_EQ(test, info.max_send_window, 1);
	world_close(world, LEFT);
	world_expect_idle(world);
}

static void wan_link_info(struct kunit *test)
{
	struct world *world = test->priv;
	struct condis_wan_link_info set = {
		.max_send_frame = 1504,
		.max_recv_frame = 2048,
		.send_framing_bits = CONDIS_WAN_PPP_FRAMING,
		.recv_framing_bits = ALL_BITS,
		.send_accm = 1,
		.recv_accm = 2,
	};
	struct condis_wan_link_info got;

	world_build(test, 1);
	world_connect(world);
	memset(&got, 0xff, sizeof(got));
	KUNIT_EXPECT_EQ(test, ask_link(world, LEFT, OID_WAN_CO_GET_LINK_INFO, &got), 0);
	KUNIT_EXPECT_EQ(test, got.max_send_frame, 2048);
	KUNIT_EXPECT_EQ(test, got.max_recv_frame, 2048);
	KUNIT_EXPECT_EQ(test, got.send_framing_bits, CONDIS_WAN_PPP_FRAMING);
	KUNIT_EXPECT_EQ(test, got.recv_framing_bits, CONDIS_WAN_PPP_FRAMING);
	KUNIT_EXPECT_EQ(test, got.send_accm, 0);

	KUNIT_EXPECT_EQ(test, ask_link(world, LEFT, OID_WAN_CO_SET_LINK_INFO, &set), 0);
	KUNIT_EXPECT_EQ(test, ask_link(world, LEFT, OID_WAN_CO_GET_LINK_INFO, &got), 0);
	KUNIT_EXPECT_MEMEQ(test, &got, &set, sizeof(set));
	/* Again, and more than before; the far end is asked about its own. */
	set.max_send_frame = 2048;
	set.send_framing_bits = ALL_BITS;
	KUNIT_EXPECT_EQ(test, ask_link(world, LEFT, OID_WAN_CO_SET_LINK_INFO, &set), 0);
	KUNIT_EXPECT_EQ(test, ask_link(world, LEFT, OID_WAN_CO_GET_LINK_INFO, &got), 0);
	KUNIT_EXPECT_MEMEQ(test, &got, &set, sizeof(set));
	KUNIT_EXPECT_EQ(test, ask_link(world, RIGHT, OID_WAN_CO_GET_LINK_INFO, &got), 0);
	KUNIT_EXPECT_EQ(test, got.recv_framing_bits, CONDIS_WAN_PPP_FRAMING);
	world_close(world, LEFT);
	world_expect_idle(world);
}

/* What the line cannot carry is refused, and changes nothing. */
static void wan_link_refused(struct kunit *test)
{
	static const struct condis_wan_link_info bad[] = {
		{ 0, 1504, CONDIS_WAN_PPP_FRAMING, CONDIS_WAN_PPP_FRAMING },
		{ 1504, 0, CONDIS_WAN_PPP_FRAMING, CONDIS_WAN_PPP_FRAMING },
		{ 2049, 1504, CONDIS_WAN_PPP_FRAMING, CONDIS_WAN_PPP_FRAMING },
		{ 1504, 2049, CONDIS_WAN_PPP_FRAMING, CONDIS_WAN_PPP_FRAMING },
		{ 1504, 1504, CONDIS_WAN_PPP_FRAMING, 0 },
		{ 1504, 1504, 0, CONDIS_WAN_PPP_FRAMING },
		{ 1504, 1504, CONDIS_WAN_PPP_FRAMING | 1, CONDIS_WAN_PPP_FRAMING },
		{ 1504, 1504, CONDIS_WAN_PPP_FRAMING, CONDIS_WAN_PPP_FRAMING | 0x800 },
	};
	struct world *world = test->priv;
	struct condis_wan_link_info info;
	struct condis_wan_stats stats;
	unsigned int i;

	world_build(test, 1);
	world_connect(world);
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		info = bad[i];
		KUNIT_EXPECT_EQ_MSG(test, ask_link(world, LEFT, OID_WAN_CO_SET_LINK_INFO, &info),
				    -EINVAL, "%u", i);
	}
	KUNIT_EXPECT_EQ(test, ask_link(world, LEFT, OID_WAN_CO_GET_LINK_INFO, &info), 0);
	KUNIT_EXPECT_EQ(test, info.max_send_frame, 2048);
	KUNIT_EXPECT_EQ(test, ask(world, LEFT, world->side[LEFT].vc, OID_WAN_CO_GET_STATS_INFO,
				  &stats, sizeof(stats), NULL), -ENODATA);
	world_close(world, LEFT);
	world_expect_idle(world);
}

/* What is asked about a call wants one that is up, and enough room. */
static void wan_wants_a_call(struct kunit *test)
{
	static const struct {
		u32 oid;
		u32 size;
	} oids[] = {
		{ OID_WAN_CO_SET_LINK_INFO, sizeof(struct condis_wan_link_info) },
		{ OID_WAN_CO_GET_LINK_INFO, sizeof(struct condis_wan_link_info) },
		{ OID_WAN_CO_GET_STATS_INFO, sizeof(struct condis_wan_stats) },
	};
	struct world *world = test->priv;
	u8 buf[64] __aligned(8) = {};
	unsigned int i;
	u32 needed;

	world_build(test, 1);
	world->side[RIGHT].answer = -EINPROGRESS;
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world, "L:proceeding R:offer(200<100@0) L:alerting");
	for (i = 0; i < ARRAY_SIZE(oids); i++) {
		KUNIT_EXPECT_EQ(test, ask(world, LEFT, NULL, oids[i].oid, buf, oids[i].size,
					  NULL), -EINVAL);
		KUNIT_EXPECT_EQ(test, ask(world, LEFT, world->side[LEFT].vc, oids[i].oid, buf,
					  oids[i].size - 1, &needed), -EMSGSIZE);
		KUNIT_EXPECT_EQ(test, needed, oids[i].size);
		KUNIT_EXPECT_EQ(test, ask(world, LEFT, world->side[LEFT].vc, oids[i].oid, buf,
					  sizeof(buf), NULL), -ENOTCONN);
		KUNIT_EXPECT_EQ(test, ask(world, RIGHT, world->side[RIGHT].vc, oids[i].oid, buf,
					  sizeof(buf), NULL), -ENOTCONN);
	}
	/* Next to them there is nothing. */
	KUNIT_EXPECT_EQ(test, ask(world, LEFT, world->side[LEFT].vc, 0x04010280, buf, sizeof(buf),
				  NULL), -EOPNOTSUPP);
	world_decide(world, RIGHT, 0, 0);
	world_expect(world, "R:connected L:made");
	world_close(world, LEFT);
	world_expect_idle(world);
}

static void wan_counters(struct kunit *test)
{
	struct world *world = test->priv;

	world_build(test, 1);
	world_connect(world);
	/* Nothing is counted before somebody wants it, and then at that end alone. */
	send_some(world, LEFT, 3);
	KUNIT_EXPECT_TRUE(test, world_wait_received(world, RIGHT, 3));
	set_link(world, LEFT);
	expect_stats(world, LEFT, 0, 0, 0);
	send_some(world, LEFT, 10);
	send_some(world, RIGHT, 7);
	KUNIT_EXPECT_TRUE(test, world_wait_received(world, LEFT, 7));
	KUNIT_EXPECT_TRUE(test, world_wait_received(world, RIGHT, 13));
	expect_stats(world, LEFT, 10, 7, 0);
	set_link(world, RIGHT);
	expect_stats(world, RIGHT, 0, 0, 0);
	/* To set it again begins nothing anew. */
	set_link(world, LEFT);
	expect_stats(world, LEFT, 10, 7, 0);

	/* By the pump. */
	KNOB(&world->side[LEFT], LATENCY, 5);
	send_some(world, LEFT, 20);
	KUNIT_EXPECT_TRUE(test, world_wait_received(world, RIGHT, 33));
	expect_stats(world, LEFT, 30, 7, 0);
	expect_stats(world, RIGHT, 0, 20, 0);

	/* Lost ones have left, and have not come. */
	KNOB(&world->side[LEFT], LATENCY, 0);
	KNOB(&world->side[LEFT], LOSS, CONDIS_VWAN_LOSS_MAX);
	send_some(world, LEFT, 5);
	KUNIT_EXPECT_TRUE(test, world_wait_sent(world, LEFT, 38));
	expect_stats(world, LEFT, 35, 7, 0);
	expect_stats(world, RIGHT, 0, 20, 5);
	KUNIT_EXPECT_EQ(test, world->side[RIGHT].errors, 5);

	/* What a reset gives back has not left. */
	KNOB(&world->side[LEFT], LOSS, 0);
	KNOB(&world->side[LEFT], RATE, CONDIS_VWAN_RATE_MIN);
	send_some(world, LEFT, 4);
	KUNIT_EXPECT_EQ(test, condis_adapter_reset(world->side[LEFT].adapter), 0);
	expect_stats(world, LEFT, 35, 7, 0);
	world_close(world, LEFT);
	world_expect_idle(world);
}

/* The counters outlive the far end's hang-up, and nothing of the call its close (R23). */
static void wan_after_the_close(struct kunit *test)
{
	struct world *world = test->priv;
	struct condis_wan_link_info info = {};
	struct condis_wan_stats stats;
	struct condis_vc *vc;

	world_build(test, 1);
	world->side[RIGHT].silent = true;
	world_connect(world);
	set_link(world, LEFT);
	set_link(world, RIGHT);
	send_some(world, LEFT, 2);
	KUNIT_EXPECT_TRUE(test, world_wait_received(world, RIGHT, 2));

	/* The network does not hear of it yet: the call closes until the timer runs out. */
	KNOB(&world->side[LEFT], T305, 10000);
	KNOB(&world->side[LEFT], LOST, CONDIS_VWAN_MSG_DISCONNECT << CONDIS_VWAN_MSG_SENT);
	vc = world->side[LEFT].vc;
	condis_vc_hold(vc);
	world_close(world, LEFT);
	KUNIT_EXPECT_EQ(test, ask(world, LEFT, vc, OID_WAN_CO_GET_STATS_INFO, &stats,
				  sizeof(stats), NULL), -ESHUTDOWN);
	KUNIT_EXPECT_EQ(test, condis_co_data_oid_request(vc, NULL, OID_WAN_CO_SET_LINK_INFO, &info,
							 sizeof(info)), -ESHUTDOWN);
	world_expect(world, "L:closed R:hangup(16)");
	expect_stats(world, RIGHT, 0, 2, 0);
	KUNIT_EXPECT_EQ(test, condis_co_data_oid_request(vc, NULL, OID_WAN_CO_GET_STATS_INFO,
							 &stats, sizeof(stats)), -ENODEV);
	KUNIT_EXPECT_EQ(test, condis_co_data_oid_request(vc, NULL, OID_WAN_CO_GET_INFO, &info,
							 sizeof(info)), -ENODEV);
	condis_vc_put(vc);
	world_close(world, RIGHT);
	world_expect_idle(world);
}

/* Whoever sets it while the call goes leaves nothing behind, and breaks nothing. */
static void wan_set_while_closing(struct kunit *test)
{
	struct world *world = test->priv;
	struct condis_wan_link_info info = {
		.max_send_frame = 64,
		.max_recv_frame = 64,
	};
	struct condis_vc *vc;
	unsigned int round;
	int err;

	world_build(test, 1);
	for (round = 0; round < 20; round++) {
		world_connect(world);
		vc = world->side[round % 2].vc;
		condis_vc_hold(vc);
		world_close(world, round % 2);
		err = condis_co_data_oid_request(vc, NULL, OID_WAN_CO_SET_LINK_INFO, &info,
						 sizeof(info));
		KUNIT_EXPECT_TRUE(test, err == -ESHUTDOWN || err == -ENODEV);
		condis_vc_put(vc);
		world_expect_idle(world);
		world_forget(world);
	}
}

static struct kunit_case wan_cases[] = {
	KUNIT_CASE(wan_info),
	KUNIT_CASE(wan_link_info),
	KUNIT_CASE(wan_link_refused),
	KUNIT_CASE(wan_wants_a_call),
	KUNIT_CASE(wan_counters),
	KUNIT_CASE(wan_after_the_close),
	KUNIT_CASE(wan_set_while_closing),
	{}
};

static struct kunit_suite wan_suite = {
	.name = "vwan_wan",
	.init = world_init,
	.exit = world_exit,
	.test_cases = wan_cases,
};

kunit_test_suite(wan_suite);
