// SPDX-License-Identifier: GPL-2.0
/*
 * Configuration: what is refused and names its attribute, what changes at once,
 * what stages a new line table; and the OIDs that show it.
 */
#include <linux/slab.h>
#include <net/netlink.h>

#include "vwan_world.h"

#define A(x)	CONDIS_VWAN_A_ADAPTER_##x

/* A message under construction, and what came of it. */
struct message {
	struct sk_buff *skb;
	struct nlattr *nest;
	struct nlattr *tb[CONDIS_VWAN_A_ADAPTER_MAX + 1];
	struct netlink_ext_ack extack;
};

static void message_begin(struct kunit *test, struct message *message)
{
	memset(message, 0, sizeof(*message));
	message->skb = alloc_skb(16384, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, message->skb);
	message->nest = nla_nest_start(message->skb, 1);
}

static int message_parse(struct message *message)
{
	nla_nest_end(message->skb, message->nest);
	return nla_parse_nested(message->tb, CONDIS_VWAN_A_ADAPTER_MAX, message->nest,
				vwan_adapter_policy, &message->extack);
}

static int message_change(struct message *message, struct side *side)
{
	int err = message_parse(message);

	return err ? err : vwan_config_change(side->own, message->tb, &message->extack);
}

static void put_address(struct sk_buff *skb, const char *number, u32 line)
{
	struct nlattr *nest = nla_nest_start(skb, CONDIS_VWAN_A_ADDRESS);

	if (number)
		nla_put_string(skb, CONDIS_VWAN_A_ADDRESS_NUMBER, number);
	if (line != CONDIS_UNSPECIFIED)
		nla_put_u32(skb, CONDIS_VWAN_A_ADDRESS_LINE, line);
	nla_nest_end(skb, nest);
}

/* Which attribute the error names, by its place in the message; 0 for none. */
static u16 bad_type(const struct message *message)
{
	return message->extack.bad_attr ? nla_type(message->extack.bad_attr) : 0;
}

static void config_numbers(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, vwan_number_is_valid("0"));
	KUNIT_EXPECT_TRUE(test, vwan_number_is_valid("+49*30#123456789"));
	KUNIT_EXPECT_TRUE(test, vwan_number_is_valid("01234567890123456789012345678901"));
	KUNIT_EXPECT_FALSE(test, vwan_number_is_valid(""));
	KUNIT_EXPECT_FALSE(test, vwan_number_is_valid("12 3"));
	KUNIT_EXPECT_FALSE(test, vwan_number_is_valid("12a"));
	KUNIT_EXPECT_FALSE(test, vwan_number_is_valid("1\n"));
	KUNIT_EXPECT_FALSE(test, vwan_number_is_valid("-1"));
}

/* Each value at the ends of its range and beyond. */
static void config_ranges(struct kunit *test)
{
	static const struct {
		u16 attr;
		u32 value;
		bool valid;
	} values[] = {
		{ A(CALLS), 0, false }, { A(CALLS), 1, true },
		{ A(CALLS), CONDIS_VWAN_CALLS_MAX, true },
		{ A(CALLS), CONDIS_VWAN_CALLS_MAX + 1, false },
		{ A(MEDIA_MODES), 0, false }, { A(MEDIA_MODES), 0x01000000, false },
		{ A(ALERT_DELAY), 0, true }, { A(ALERT_DELAY), CONDIS_VWAN_TIME_MAX, true },
		{ A(ALERT_DELAY), CONDIS_VWAN_TIME_MAX + 1, false },
		{ A(FAULT), CONDIS_VWAN_FAULT_MAX, true },
		{ A(FAULT), CONDIS_VWAN_FAULT_MAX + 1, false },
		{ A(LOST), CONDIS_VWAN_MSG_ALL, true }, { A(LOST), 0x100, false },
		{ A(LATE), 0x01000000, false }, { A(DUPLICATED), 1U << 31, false },
		{ A(T308), 0, false }, { A(T308), 1, true }, { A(T301), 0xffffffff, false },
		{ A(RATE), 0, true }, { A(RATE), CONDIS_VWAN_RATE_MIN - 1, false },
		{ A(RATE), CONDIS_VWAN_RATE_MIN, true }, { A(RATE), 0xffffffff, false },
		{ A(LATENCY), CONDIS_VWAN_LATENCY_MAX + 1, false },
		{ A(LOSS), CONDIS_VWAN_LOSS_MAX, true },
		{ A(LOSS), CONDIS_VWAN_LOSS_MAX + 1, false },
		{ A(QUEUE), 0, false }, { A(QUEUE), CONDIS_VWAN_QUEUE_MAX + 1, false },
		{ A(WINDOW), 0, false }, { A(WINDOW), CONDIS_VWAN_WINDOW_MAX + 1, false },
		{ A(SDU), CONDIS_VWAN_SDU_MIN - 1, false },
		{ A(SDU), CONDIS_VWAN_SDU_MAX + 1, false },
	};
	struct world *world = test->priv;
	struct vwan_adapter *own;
	struct message message;
	unsigned int i;
	u32 before;
	int err;

	world_build(test, 1);
	own = world->side[LEFT].own;
	for (i = 0; i < ARRAY_SIZE(values); i++) {
		before = vwan_knob(own, values[i].attr);
		message_begin(test, &message);
		/* Something harmless comes first: it must not have an effect either. */
		nla_put_u32(message.skb, A(LATE_BY), 4711 + i);
		nla_put_u32(message.skb, values[i].attr, values[i].value);
		err = message_change(&message, &world->side[LEFT]);
		if (values[i].valid) {
			KUNIT_EXPECT_EQ_MSG(test, err, 0, "value %u", i);
			KUNIT_EXPECT_EQ(test, vwan_knob(own, values[i].attr), values[i].value);
			KUNIT_EXPECT_EQ(test, vwan_knob(own, A(LATE_BY)), 4711 + i);
		} else {
			KUNIT_EXPECT_NE_MSG(test, err, 0, "value %u", i);
			KUNIT_EXPECT_EQ_MSG(test, bad_type(&message), values[i].attr,
					    "value %u", i);
			KUNIT_EXPECT_EQ(test, vwan_knob(own, values[i].attr), before);
			KUNIT_EXPECT_NE(test, vwan_knob(own, A(LATE_BY)), 4711 + i);
		}
		kfree_skb(message.skb);
	}
}

static void config_bad_addresses(struct kunit *test)
{
	static const struct {
		const char *number;
		u32 line;
		int err;
		u16 bad;
	} bad[] = {
		{ "12x", 0, -EINVAL, CONDIS_VWAN_A_ADDRESS_NUMBER },
		{ "", 0, -EINVAL, CONDIS_VWAN_A_ADDRESS_NUMBER },
		{ NULL, 0, -EINVAL, CONDIS_VWAN_A_ADDRESS },
		{ "123", 2, -ERANGE, CONDIS_VWAN_A_ADDRESS_LINE },
		{ "012345678901234567890123456789012", 0, -EINVAL, CONDIS_VWAN_A_ADDRESS_NUMBER },
		{ "777", 1, -EINVAL, A(ADDRESSES) },
	};
	struct world *world = test->priv;
	struct side *side = &world->side[LEFT];
	struct message message;
	struct nlattr *nest;
	unsigned int i;

	world_build(test, 2);
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		message_begin(test, &message);
		nest = nla_nest_start(message.skb, A(ADDRESSES));
		/* The last of the table doubles this one. */
		put_address(message.skb, "777", 1);
		put_address(message.skb, bad[i].number, bad[i].line);
		nla_nest_end(message.skb, nest);
		KUNIT_EXPECT_EQ_MSG(test, message_change(&message, side), bad[i].err,
				    "address %u", i);
		KUNIT_EXPECT_EQ_MSG(test, bad_type(&message), bad[i].bad, "address %u", i);
		KUNIT_EXPECT_NULL(test, side->own->staged);
		kfree_skb(message.skb);
	}
	KUNIT_EXPECT_EQ(test, world_exchange_numbers(world->exchange), 4);
}

/* F8: the sessions end, the new table is applied, the clients come back. */
static void config_reconfigure(struct kunit *test)
{
	struct world *world = test->priv;
	struct side *right = &world->side[RIGHT];
	struct message message;
	struct nlattr *nest;

	world_build(test, 1);
	world_connect(world);
	message_begin(test, &message);
	nla_put_u32(message.skb, A(LINES), 3);
	nest = nla_nest_start(message.skb, A(ADDRESSES));
	put_address(message.skb, "201", CONDIS_UNSPECIFIED);
	put_address(message.skb, "202", 2);
	nla_nest_end(message.skb, nest);
	KUNIT_EXPECT_EQ(test, message_change(&message, right), CONDIS_RECONFIGURE);
	kfree_skb(message.skb);
	KUNIT_EXPECT_EQ(test, right->own->table->lines, 1);
	KUNIT_EXPECT_NOT_NULL(test, right->own->staged);

	KUNIT_EXPECT_EQ(test, condis_m_reconfigure(right->adapter), 0);
	world_expect(world, "R:closed R:deleted L:hangup(16) L:closed");
	KUNIT_EXPECT_EQ(test, right->own->table->lines, 3);
	KUNIT_EXPECT_EQ(test, right->own->table->addresses, 4);
	KUNIT_EXPECT_NULL(test, right->own->staged);
	KUNIT_EXPECT_NOT_NULL(test, right->af);

	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world, "L:failed(1)");
	world_dial(world, LEFT, "202");
	world_expect(world, "L:proceeding R:offer(202<100@2) R:connected L:made");
	world_close(world, RIGHT);
	world_expect_idle(world);
	world_forget(world);

	/* Fewer lines: the addresses of those that vanish go, the others stay. */
	message_begin(test, &message);
	nla_put_u32(message.skb, A(LINES), 2);
	KUNIT_EXPECT_EQ(test, message_change(&message, right), CONDIS_RECONFIGURE);
	kfree_skb(message.skb);
	KUNIT_EXPECT_EQ(test, condis_m_reconfigure(right->adapter), 0);
	world_dial(world, LEFT, "202");
	world_expect(world, "L:failed(1)");
	world_dial(world, LEFT, "201");
	world_expect(world, "L:proceeding R:offer(201<100@0) R:connected L:made");
	world_close(world, LEFT);
	world_expect_idle(world);
}

/* A staged table that nobody applies goes with the adapter. */
static void config_staged_and_halted(struct kunit *test)
{
	struct world *world = test->priv;
	struct message message;
	unsigned int i;

	world_build(test, 1);
	for (i = 2; i < 4; i++) {
		message_begin(test, &message);
		nla_put_u32(message.skb, A(LINES), i);
		KUNIT_EXPECT_EQ(test, message_change(&message, &world->side[LEFT]),
				CONDIS_RECONFIGURE);
		kfree_skb(message.skb);
	}
	KUNIT_EXPECT_EQ(test, world->side[LEFT].own->staged->lines, 3);
}

static void config_service(struct kunit *test)
{
	struct world *world = test->priv;
	struct side *left = &world->side[LEFT];
	struct message message;
	struct nlattr *nest;

	world_build(test, 3);
	message_begin(test, &message);
	nla_put_u8(message.skb, A(IN_SERVICE), 0);
	KUNIT_EXPECT_EQ(test, message_change(&message, left), 0);
	kfree_skb(message.skb);
	KUNIT_EXPECT_EQ(test, left->signalling, OID_CO_SIGNALING_DISABLED);
	KUNIT_EXPECT_EQ(test, left->line_states, 3);

	message_begin(test, &message);
	nla_put_u8(message.skb, A(IN_SERVICE), 1);
	nest = nla_nest_start(message.skb, A(OUT_OF_SERVICE));
	nla_put_u32(message.skb, CONDIS_VWAN_A_LINE, 1);
	nla_nest_end(message.skb, nest);
	KUNIT_EXPECT_EQ(test, message_change(&message, left), 0);
	kfree_skb(message.skb);
	KUNIT_EXPECT_EQ(test, left->signalling, OID_CO_SIGNALING_ENABLED);
	/* Two lines came back, the third stayed out. */
	KUNIT_EXPECT_EQ(test, left->line_states, 5);
	KUNIT_EXPECT_TRUE(test, left->own->table->line[1].out_of_service);

	message_begin(test, &message);
	nest = nla_nest_start(message.skb, A(OUT_OF_SERVICE));
	nla_put_u32(message.skb, CONDIS_VWAN_A_LINE, 3);
	nla_nest_end(message.skb, nest);
	KUNIT_EXPECT_EQ(test, message_change(&message, left), -ERANGE);
	KUNIT_EXPECT_EQ(test, bad_type(&message), CONDIS_VWAN_A_LINE);
	kfree_skb(message.skb);
	KUNIT_EXPECT_TRUE(test, left->own->table->line[1].out_of_service);
}

static void config_rate_is_announced(struct kunit *test)
{
	struct world *world = test->priv;
	struct message message;

	world_build(test, 1);
	world_connect(world);
	message_begin(test, &message);
	nla_put_u32(message.skb, A(RATE), 64000);
	KUNIT_EXPECT_EQ(test, message_change(&message, &world->side[LEFT]), 0);
	kfree_skb(message.skb);
	KUNIT_EXPECT_EQ(test, world->side[LEFT].link_params, 1);
	KUNIT_EXPECT_EQ(test, world->side[RIGHT].link_params, 0);
	world_close(world, LEFT);
	world_expect_idle(world);
}

/* What is shown can be given back. */
static void config_fill(struct kunit *test)
{
	struct world *world = test->priv;
	struct side *left = &world->side[LEFT];
	struct message message;

	world_build(test, 2);
	KNOB(left, T308, 77);
	message_begin(test, &message);
	KUNIT_EXPECT_EQ(test, vwan_config_fill(left->own, message.skb), 0);
	KUNIT_EXPECT_EQ(test, message_parse(&message), 0);
	KUNIT_ASSERT_NOT_NULL(test, message.tb[A(T308)]);
	KUNIT_EXPECT_EQ(test, nla_get_u32(message.tb[A(T308)]), 77);
	KUNIT_ASSERT_NOT_NULL(test, message.tb[A(LINES)]);
	KUNIT_EXPECT_EQ(test, nla_get_u32(message.tb[A(LINES)]), 2);
	KUNIT_EXPECT_EQ(test, vwan_config_change(left->own, message.tb, &message.extack),
			CONDIS_RECONFIGURE);
	KUNIT_ASSERT_NOT_NULL(test, left->own->staged);
	KUNIT_EXPECT_EQ(test, left->own->staged->entries, 1);
	KUNIT_EXPECT_STREQ(test, left->own->staged->entry[0].number, LEFT_NUMBER);
	kfree_skb(message.skb);
}

static int ask(struct side *side, struct condis_vc *vc, u32 oid, void *buf, u32 len, u32 *needed)
{
	struct condis_oid_request request = {
		.oid = oid, .buf = buf, .len = len,
	};
	int err = vwan_oid_request(side->af, vc, &request);

	*needed = request.needed;
	return err;
}

static void config_oids(struct kunit *test)
{
	struct world *world = test->priv;
	struct side *left = &world->side[LEFT];
	struct condis_call_diagnostics diagnostics;
	struct condis_address_caps address = {};
	struct condis_line_caps line = {};
	struct condis_cm_caps cm;
	u32 needed;

	world_build(test, 2);
	KUNIT_EXPECT_EQ(test, ask(left, NULL, OID_CO_TAPI_CM_CAPS, &cm, sizeof(cm) - 1, &needed),
			-EMSGSIZE);
	KUNIT_EXPECT_EQ(test, needed, sizeof(cm));
	KUNIT_EXPECT_EQ(test, ask(left, NULL, OID_CO_TAPI_CM_CAPS, &cm, sizeof(cm), &needed), 0);
	KUNIT_EXPECT_EQ(test, cm.num_lines, 2);
	KUNIT_EXPECT_EQ(test, cm.version, CONDIS_TAPI_VERSION);

	line.line = 1;
	KUNIT_EXPECT_EQ(test, ask(left, NULL, OID_CO_TAPI_LINE_CAPS, &line, 3, &needed),
			-EMSGSIZE);
	KUNIT_EXPECT_EQ(test, needed, sizeof(line));
	KUNIT_EXPECT_EQ(test, ask(left, NULL, OID_CO_TAPI_LINE_CAPS, &line, sizeof(line), &needed),
			0);
	KUNIT_EXPECT_EQ(test, line.line, 1);
	KUNIT_EXPECT_EQ(test, line.num_addresses, 1);
	KUNIT_EXPECT_EQ(test, line.max_calls, 1);
	KUNIT_EXPECT_EQ(test, line.max_rate, 1000000000);
	KUNIT_EXPECT_TRUE(test, line.in_service);
	KUNIT_EXPECT_STREQ(test, line.name, "kunit-left line 1");
	line.line = 2;
	KUNIT_EXPECT_EQ(test, ask(left, NULL, OID_CO_TAPI_LINE_CAPS, &line, sizeof(line), &needed),
			-EINVAL);

	KUNIT_EXPECT_EQ(test, ask(left, NULL, OID_CO_TAPI_ADDRESS_CAPS, &address, sizeof(address),
				  &needed), 0);
	KUNIT_EXPECT_STREQ(test, address.number, LEFT_NUMBER);
	address.address = 1;
	KUNIT_EXPECT_EQ(test, ask(left, NULL, OID_CO_TAPI_ADDRESS_CAPS, &address, sizeof(address),
				  &needed), -EINVAL);
	KUNIT_EXPECT_EQ(test, ask(left, NULL, 0xfe001004, &address, sizeof(address), &needed),
			-EOPNOTSUPP);

	/* Why a call ended is known until its VC is deleted. */
	world->side[RIGHT].silent = true;
	world_connect(world);
	KUNIT_EXPECT_EQ(test, ask(left, NULL, OID_CO_TAPI_GET_CALL_DIAGNOSTICS, &diagnostics,
				  sizeof(diagnostics), &needed), -EINVAL);
	KUNIT_EXPECT_EQ(test, ask(left, left->vc, OID_CO_TAPI_GET_CALL_DIAGNOSTICS, &diagnostics,
				  sizeof(diagnostics), &needed), 0);
	KUNIT_EXPECT_EQ(test, diagnostics.cause, Q850_NONE);
	world_close(world, LEFT);
	KUNIT_EXPECT_EQ(test, ask(&world->side[RIGHT], world->side[RIGHT].vc,
				  OID_CO_TAPI_GET_CALL_DIAGNOSTICS, &diagnostics,
				  sizeof(diagnostics), &needed), 0);
	KUNIT_EXPECT_EQ(test, diagnostics.cause, Q850_NORMAL_CLEARING);
	KUNIT_EXPECT_TRUE(test, diagnostics.remote);
	world_close(world, RIGHT);
	world_expect_idle(world);
}

static void config_saps(struct kunit *test)
{
	struct world *world = test->priv;
	struct side *right = &world->side[RIGHT];
	struct condis_sap_params params = { .line = 2, .address = 0, .media_modes = 0x100 };

	world_build(test, 2);
	condis_cl_register_sap(right->af, &params, NULL);
	world_expect(world, "R:deaf(-22)");
	params.line = 1;
	params.media_modes = 0x20;
	condis_cl_register_sap(right->af, &params, NULL);
	world_expect(world, "R:deaf(-22)");
	params = right->sap_params;
	condis_cl_register_sap(right->af, &params, NULL);
	world_expect(world, "R:deaf(-98)");
}

static struct kunit_case config_cases[] = {
	KUNIT_CASE(config_numbers),
	KUNIT_CASE(config_ranges),
	KUNIT_CASE(config_bad_addresses),
	KUNIT_CASE(config_reconfigure),
	KUNIT_CASE(config_staged_and_halted),
	KUNIT_CASE(config_service),
	KUNIT_CASE(config_rate_is_announced),
	KUNIT_CASE(config_fill),
	KUNIT_CASE(config_oids),
	KUNIT_CASE(config_saps),
	{}
};

static struct kunit_suite config_suite = {
	.name = "vwan_config",
	.init = world_init,
	.exit = world_exit,
	.test_cases = config_cases,
};

kunit_test_suite(config_suite);
