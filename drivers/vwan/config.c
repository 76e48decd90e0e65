// SPDX-License-Identifier: GPL-2.0
/*
 * Configuration by netlink: everything in a message is checked, then it is done.
 */
#include <linux/nospec.h>
#include <linux/slab.h>
#include <net/netlink.h>

#include "vwan.h"

#define A(x)	CONDIS_VWAN_A_ADAPTER_##x

/* Not constant: 6.1 has no const in struct nla_policy. */
static struct netlink_range_validation lines_range = { 1, CONDIS_VWAN_LINES_MAX };
static struct netlink_range_validation calls_range = { 1, CONDIS_VWAN_CALLS_MAX };
static struct netlink_range_validation media_range = { 1, 0x00ffffff };
static struct netlink_range_validation delay_range = { 0, CONDIS_VWAN_TIME_MAX };
static struct netlink_range_validation timer_range = { 1, CONDIS_VWAN_TIME_MAX };
static struct netlink_range_validation fault_range = { 0, CONDIS_VWAN_FAULT_MAX };
static struct netlink_range_validation rate_range = { 0, CONDIS_VWAN_RATE_MAX };
static struct netlink_range_validation latency_range = { 0, CONDIS_VWAN_LATENCY_MAX };
static struct netlink_range_validation loss_range = { 0, CONDIS_VWAN_LOSS_MAX };
static struct netlink_range_validation queue_range = { 1, CONDIS_VWAN_QUEUE_MAX };
static struct netlink_range_validation window_range = { 1, CONDIS_VWAN_WINDOW_MAX };
static struct netlink_range_validation sdu_range = { CONDIS_VWAN_SDU_MIN, CONDIS_VWAN_SDU_MAX };

#define DELAY	NLA_POLICY_FULL_RANGE(NLA_U32, &delay_range)
#define TIMER	NLA_POLICY_FULL_RANGE(NLA_U32, &timer_range)
#define MESSAGES NLA_POLICY_MASK(NLA_U32, CONDIS_VWAN_MSG_ALL)
#define FLAG	NLA_POLICY_MAX(NLA_U8, 1)

/* Attributes of an adapter. */
const struct nla_policy vwan_adapter_policy[CONDIS_VWAN_A_ADAPTER_MAX + 1] = {
	[A(LINES)]		= NLA_POLICY_FULL_RANGE(NLA_U32, &lines_range),
	[A(ADDRESSES)]		= { .type = NLA_NESTED },
	[A(CALLS)]		= NLA_POLICY_FULL_RANGE(NLA_U32, &calls_range),
	[A(MEDIA_MODES)]	= NLA_POLICY_FULL_RANGE(NLA_U32, &media_range),
	[A(IN_SERVICE)]		= FLAG,
	[A(OUT_OF_SERVICE)]	= { .type = NLA_NESTED },
	[A(PROCEEDING_DELAY)]	= DELAY,
	[A(ALERT_DELAY)]	= DELAY,
	[A(ANSWER_DELAY)]	= DELAY,
	[A(CLEAR_DELAY)]	= DELAY,
	[A(FAULT)]		= NLA_POLICY_FULL_RANGE(NLA_U32, &fault_range),
	[A(LOST)]		= MESSAGES,
	[A(DUPLICATED)]		= MESSAGES,
	[A(LATE)]		= MESSAGES,
	[A(LATE_BY)]		= DELAY,
	[A(FAULT_COUNT)]	= { .type = NLA_U32 },
	[A(GLARE)]		= FLAG,
	[A(RESET_CLEARS)]	= FLAG,
	[A(T301)]		= TIMER,
	[A(T303)]		= TIMER,
	[A(T305)]		= TIMER,
	[A(T308)]		= TIMER,
	[A(T310)]		= TIMER,
	[A(T313)]		= TIMER,
	[A(RATE)]		= NLA_POLICY_FULL_RANGE(NLA_U32, &rate_range),
	[A(LATENCY)]		= NLA_POLICY_FULL_RANGE(NLA_U32, &latency_range),
	[A(LOSS)]		= NLA_POLICY_FULL_RANGE(NLA_U32, &loss_range),
	[A(QUEUE)]		= NLA_POLICY_FULL_RANGE(NLA_U32, &queue_range),
	[A(WINDOW)]		= NLA_POLICY_FULL_RANGE(NLA_U32, &window_range),
	[A(SDU)]		= NLA_POLICY_FULL_RANGE(NLA_U32, &sdu_range),
};

/* Attributes of an exchange: nothing of it can be set. */
const struct nla_policy vwan_exchange_policy[CONDIS_VWAN_A_EXCHANGE_MAX + 1] = {
	[CONDIS_VWAN_A_EXCHANGE_PAD]		= { .type = NLA_REJECT },
	[CONDIS_VWAN_A_EXCHANGE_NUMBERS]	= { .type = NLA_REJECT },
	[CONDIS_VWAN_A_EXCHANGE_CALLS]		= { .type = NLA_REJECT },
	[CONDIS_VWAN_A_EXCHANGE_CALLS_MADE]	= { .type = NLA_REJECT },
	[CONDIS_VWAN_A_EXCHANGE_LATE]		= { .type = NLA_REJECT },
};

static const struct nla_policy addresses_policy[CONDIS_VWAN_A_ADDRESS_MAX + 1] = {
	[CONDIS_VWAN_A_ADDRESS_NUMBER]	= { .type = NLA_NUL_STRING,
					    .len = CONDIS_VWAN_NUMBER_MAX },
	[CONDIS_VWAN_A_ADDRESS_LINE]	= { .type = NLA_U32 },
};

/* Attributes that are one value, and what it is at first. */
static const struct {
	u8 attr;
	bool flag;
	u32 value;
} knobs[] = {
	{ A(CALLS),		false, 1 },
	{ A(MEDIA_MODES),	false, 0x11e },
	{ A(IN_SERVICE),	true,  1 },
	{ A(PROCEEDING_DELAY),	false, 0 },
	{ A(ALERT_DELAY),	false, 0 },
	{ A(ANSWER_DELAY),	false, 0 },
	{ A(CLEAR_DELAY),	false, 0 },
	{ A(FAULT),		false, CONDIS_VWAN_FAULT_NONE },
	{ A(LOST),		false, 0 },
	{ A(DUPLICATED),	false, 0 },
	{ A(LATE),		false, 0 },
	{ A(LATE_BY),		false, 1000 },
	{ A(FAULT_COUNT),	false, 0 },
	{ A(GLARE),		true,  0 },
	{ A(RESET_CLEARS),	true,  0 },
	{ A(T301),		false, 180000 },
	{ A(T303),		false, 4000 },
	{ A(T305),		false, 30000 },
	{ A(T308),		false, 4000 },
	{ A(T310),		false, 30000 },
	{ A(T313),		false, 4000 },
	{ A(RATE),		false, 0 },
	{ A(LATENCY),		false, 0 },
	{ A(LOSS),		false, 0 },
	{ A(QUEUE),		false, 256 },
	{ A(WINDOW),		false, 64 },
	{ A(SDU),		false, 2048 },
};

/**
 * struct parsed - a message that was checked
 * @lines: number of lines
 * @entry: addresses, NULL if there are none
 * @entries: how many
 * @out_of_service: a bit for each line, NULL if the message does not say
 */
struct parsed {
	u32 lines;
	struct vwan_entry *entry;
	u32 entries;
	unsigned long *out_of_service;
};

/**
 * vwan_config_defaults() - give every value its default
 * @adapter: a new adapter
 *
 * Context: process
 */
void vwan_config_defaults(struct vwan_adapter *adapter)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(knobs); i++)
		adapter->knob[knobs[i].attr] = knobs[i].value;
}

static int parse_rate(struct nlattr **tb, struct netlink_ext_ack *extack)
{
	u32 rate = tb[A(RATE)] ? nla_get_u32(tb[A(RATE)]) : 0;

	if (rate && rate < CONDIS_VWAN_RATE_MIN) {
		NL_SET_ERR_MSG_ATTR(extack, tb[A(RATE)],
				    "A line rate is 0, for no limit, or at least 300 bit/s");
		return -ERANGE;
	}
	return 0;
}

static int parse_address(const struct nlattr *attr, u32 lines, struct vwan_entry *entry,
			 struct netlink_ext_ack *extack)
{
	struct nlattr *tb[CONDIS_VWAN_A_ADDRESS_MAX + 1];
	int err;

	if (nla_type(attr) != CONDIS_VWAN_A_ADDRESS) {
		NL_SET_ERR_MSG_ATTR(extack, attr, "Not an address");
		return -EINVAL;
	}
	err = nla_parse_nested(tb, CONDIS_VWAN_A_ADDRESS_MAX, attr, addresses_policy, extack);
	if (err)
		return err;
	if (!tb[CONDIS_VWAN_A_ADDRESS_NUMBER]) {
		NL_SET_ERR_MSG_ATTR(extack, attr, "An address needs a number");
		return -EINVAL;
	}
	strscpy(entry->number, nla_data(tb[CONDIS_VWAN_A_ADDRESS_NUMBER]), sizeof(entry->number));
	if (!vwan_number_is_valid(entry->number)) {
		NL_SET_ERR_MSG_ATTR(extack, tb[CONDIS_VWAN_A_ADDRESS_NUMBER],
				    "A number is 1 to 32 of 0-9, *, # and +");
		return -EINVAL;
	}
	entry->line = CONDIS_UNSPECIFIED;
	if (tb[CONDIS_VWAN_A_ADDRESS_LINE]) {
		entry->line = nla_get_u32(tb[CONDIS_VWAN_A_ADDRESS_LINE]);
		if (entry->line >= lines) {
			NL_SET_ERR_MSG_ATTR(extack, tb[CONDIS_VWAN_A_ADDRESS_LINE],
					    "There is no such line; lines count from 0");
			return -ERANGE;
		}
	}
	return 0;
}

/* A list is attributes to its end; bytes that are none are no shorter list. */
static int check_rest(const struct nlattr *nest, int rest, struct netlink_ext_ack *extack)
{
	if (rest <= 0)
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, nest, "Bytes are left behind the last of the list");
	return -EINVAL;
}

static int parse_addresses(const struct nlattr *nest, struct parsed *parsed,
			   struct netlink_ext_ack *extack)
{
	const struct nlattr *attr;
	u32 count = 0;
	int err, rest;

	nla_for_each_nested(attr, nest, rest)
		count++;
	err = check_rest(nest, rest, extack);
	if (err)
		return err;
	if (count > CONDIS_VWAN_ENTRIES_MAX) {
		NL_SET_ERR_MSG_ATTR(extack, nest, "At most 256 addresses can be configured");
		return -E2BIG;
	}
	if (!count)
		return 0;
	parsed->entry = kvcalloc(count, sizeof(*parsed->entry), GFP_KERNEL);
	if (!parsed->entry)
		return -ENOMEM;
	nla_for_each_nested(attr, nest, rest) {
		err = parse_address(attr, parsed->lines, &parsed->entry[parsed->entries], extack);
		if (err)
			return err;
		parsed->entries++;
	}
	return 0;
}

static int parse_out_of_service(const struct nlattr *nest, struct parsed *parsed,
				struct netlink_ext_ack *extack)
{
	const struct nlattr *attr;
	int rest;
	u32 line;

	parsed->out_of_service = bitmap_zalloc(parsed->lines, GFP_KERNEL);
	if (!parsed->out_of_service)
		return -ENOMEM;
	nla_for_each_nested(attr, nest, rest) {
		if (nla_type(attr) != CONDIS_VWAN_A_LINE || nla_len(attr) != sizeof(u32)) {
			NL_SET_ERR_MSG_ATTR(extack, attr, "Not a line");
			return -EINVAL;
		}
		line = nla_get_u32(attr);
		if (line >= parsed->lines) {
			NL_SET_ERR_MSG_ATTR(extack, attr,
					    "There is no such line; lines count from 0");
			return -ERANGE;
		}
		__set_bit(array_index_nospec(line, parsed->lines), parsed->out_of_service);
	}
	return check_rest(nest, rest, extack);
}

static void parsed_free(struct parsed *parsed)
{
	kvfree(parsed->entry);
	bitmap_free(parsed->out_of_service);
}

/* The configured addresses of those lines that stay. */
static int parse_keep(const struct vwan_table *old, struct parsed *parsed)
{
	u32 i;

	if (!old->entries)
		return 0;
	parsed->entry = kvcalloc(old->entries, sizeof(*parsed->entry), GFP_KERNEL);
	if (!parsed->entry)
		return -ENOMEM;
	for (i = 0; i < old->entries; i++)
		if (old->entry[i].line == CONDIS_UNSPECIFIED ||
		    old->entry[i].line < parsed->lines)
			parsed->entry[parsed->entries++] = old->entry[i];
	return 0;
}

/* Check a message against what there is: @old is NULL for a new adapter. */
static int parse(struct nlattr **tb, const struct vwan_table *old, struct parsed *parsed,
		 struct netlink_ext_ack *extack)
{
	int err = parse_rate(tb, extack);

	if (err)
		return err;
	parsed->lines = tb[A(LINES)] ? nla_get_u32(tb[A(LINES)]) : old ? old->lines : 1;
	if (tb[A(ADDRESSES)])
		err = parse_addresses(tb[A(ADDRESSES)], parsed, extack);
	else if (old)
		err = parse_keep(old, parsed);
	if (!err && tb[A(OUT_OF_SERVICE)])
		err = parse_out_of_service(tb[A(OUT_OF_SERVICE)], parsed, extack);
	return err;
}

static struct vwan_table *make_table(struct vwan_adapter *adapter, const struct vwan_table *old,
				     const struct parsed *parsed, struct nlattr **tb,
				     struct netlink_ext_ack *extack)
{
	struct vwan_table *table;
	u32 line;

	table = vwan_table_make(adapter, parsed->lines, parsed->entry, parsed->entries);
	if (table == ERR_PTR(-EINVAL))
		NL_SET_ERR_MSG_ATTR(extack, tb[A(ADDRESSES)] ?: tb[A(LINES)],
				    "A line has a number twice, or more than 16 numbers");
	if (IS_ERR(table))
		return table;
	for (line = 0; line < table->lines; line++)
		table->line[line].out_of_service = parsed->out_of_service ?
			test_bit(line, parsed->out_of_service) :
			old && line < old->lines && READ_ONCE(old->line[line].out_of_service);
	return table;
}

static void set_knobs(struct vwan_adapter *adapter, struct nlattr **tb)
{
	const struct nlattr *attr;
	unsigned int i;

	/* A countdown of faults that is under way must not mix with a new one. */
	spin_lock(&adapter->lock);
	for (i = 0; i < ARRAY_SIZE(knobs); i++) {
		attr = tb[knobs[i].attr];
		if (attr)
			WRITE_ONCE(adapter->knob[knobs[i].attr],
				   knobs[i].flag ? nla_get_u8(attr) : nla_get_u32(attr));
	}
	spin_unlock(&adapter->lock);
}

/**
 * vwan_config_new() - configure a new adapter
 * @adapter: the adapter, with defaults
 * @tb: attributes, within their policy
 * @extack: what was wrong
 *
 * Context: process
 * Return: 0; -EINVAL, -ERANGE, -E2BIG: an attribute that @extack names; -ENOMEM
 */
int vwan_config_new(struct vwan_adapter *adapter, struct nlattr **tb,
		    struct netlink_ext_ack *extack)
{
	struct parsed parsed = {};
	struct vwan_table *table;
	int err;

	err = parse(tb, NULL, &parsed, extack);
	if (!err) {
		table = make_table(adapter, NULL, &parsed, tb, extack);
		err = PTR_ERR_OR_ZERO(table);
	}
	if (!err) {
		adapter->table = table;
		set_knobs(adapter, tb);
	}
	parsed_free(&parsed);
	return err;
}

static void visit_link_params(struct vwan_leg *leg, void *arg)
{
	const struct condis_status *status = arg;
	struct condis_status own = *status;

	if (!condis_vc_is_active(leg->vc))
		return;
	own.send_window = READ_ONCE(leg->window);
	condis_m_indicate_status(leg->adapter->adapter, leg->vc, &own);
}

/* Tell the clients what has changed under them. */
static void announce_rate(struct vwan_adapter *adapter)
{
	struct condis_status status = {
		.code = CONDIS_STATUS_LINK_PARAMS,
	};

	status.tx_rate = vwan_byte_rate(vwan_knob(adapter, A(RATE)));
	status.rx_rate = status.tx_rate;
	vwan_adapter_walk(adapter, visit_link_params, &status);
}

static void announce_line(struct vwan_adapter *adapter, u32 line, bool in_service)
{
	struct condis_status status = {
		.code = CONDIS_STATUS_LINE_STATE,
	};

	status.line = line;
	status.in_service = in_service;
	condis_m_indicate_status(adapter->adapter, NULL, &status);
}

/* Apply a change of the service of trunk and lines, telling what came out of it. */
static void change_service(struct vwan_adapter *adapter, struct vwan_table *table,
			   const unsigned long *before, const unsigned long *out_of_service)
{
	bool in_service;
	u32 line;

	for (line = 0; line < table->lines; line++) {
		if (out_of_service)
			WRITE_ONCE(table->line[line].out_of_service,
				   test_bit(line, out_of_service));
		in_service = vwan_line_in_service(adapter, &table->line[line]);
		if (in_service != test_bit(line, before))
			announce_line(adapter, line, in_service);
	}
	vwan_service_changed(adapter);
}

/**
 * vwan_config_change() - change a live adapter
 * @adapter: the adapter
 * @tb: attributes, within their policy
 * @extack: what was wrong
 *
 * Context: process
 * Return: 0; CONDIS_RECONFIGURE: a new line table waits for reconfigure(); -EINVAL, -ERANGE,
 * -E2BIG: an attribute that @extack names, nothing has changed; -ENODEV: halted; -ENOMEM
 */
int vwan_config_change(struct vwan_adapter *adapter, struct nlattr **tb,
		       struct netlink_ext_ack *extack)
{
	struct vwan_table *table = NULL, *old = vwan_table_get(adapter);
	bool restage = tb[A(LINES)] || tb[A(ADDRESSES)];
	struct parsed parsed = {};
	unsigned long *before;
	u32 line, rate;
	int err;

	if (!old)
		return -ENODEV;
	before = bitmap_zalloc(old->lines, GFP_KERNEL);
	err = before ? parse(tb, old, &parsed, extack) : -ENOMEM;
	if (!err && restage) {
		table = make_table(adapter, old, &parsed, tb, extack);
		err = PTR_ERR_OR_ZERO(table);
	}
	if (err)
		goto out;

	/* Nothing fails from here on. */
	for (line = 0; line < old->lines; line++)
		if (vwan_line_in_service(adapter, &old->line[line]))
			__set_bit(line, before);
	rate = vwan_knob(adapter, A(RATE));
	set_knobs(adapter, tb);
	if (rate != vwan_knob(adapter, A(RATE))) {
		vwan_pump_kick(adapter);
		announce_rate(adapter);
	} else if (tb[A(LATENCY)]) {
		vwan_pump_kick(adapter);
	}
	if (tb[A(IN_SERVICE)] || tb[A(OUT_OF_SERVICE)])
		change_service(adapter, old, before, restage ? NULL : parsed.out_of_service);
	if (restage) {
		spin_lock(&adapter->lock);
		/* After a halt nobody would take it from there. */
		if (!adapter->halted)
			swap(table, adapter->staged);
		spin_unlock(&adapter->lock);
		vwan_table_put(table);
		err = CONDIS_RECONFIGURE;
	}
out:
	parsed_free(&parsed);
	bitmap_free(before);
	vwan_table_put(old);
	return err;
}

static int fill_table(struct sk_buff *skb, const struct vwan_table *table)
{
	struct nlattr *nest, *address;
	u32 i;

	if (nla_put_u32(skb, A(LINES), table->lines))
		return -EMSGSIZE;

	nest = nla_nest_start(skb, A(ADDRESSES));
	if (!nest)
		return -EMSGSIZE;
	for (i = 0; i < table->entries; i++) {
		address = nla_nest_start(skb, CONDIS_VWAN_A_ADDRESS);
		if (!address ||
		    nla_put_string(skb, CONDIS_VWAN_A_ADDRESS_NUMBER, table->entry[i].number) ||
		    (table->entry[i].line != CONDIS_UNSPECIFIED &&
		     nla_put_u32(skb, CONDIS_VWAN_A_ADDRESS_LINE, table->entry[i].line)))
			return -EMSGSIZE;
		nla_nest_end(skb, address);
	}
	nla_nest_end(skb, nest);

	nest = nla_nest_start(skb, A(OUT_OF_SERVICE));
	if (!nest)
		return -EMSGSIZE;
	for (i = 0; i < table->lines; i++)
		if (READ_ONCE(table->line[i].out_of_service) &&
		    nla_put_u32(skb, CONDIS_VWAN_A_LINE, i))
			return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

/**
 * vwan_config_fill() - describe an adapter
 * @adapter: the adapter
 * @skb: where to
 *
 * Context: process
 * Return: 0, or -EMSGSIZE; nothing if it is halted
 */
int vwan_config_fill(struct vwan_adapter *adapter, struct sk_buff *skb)
{
	struct vwan_table *table = vwan_table_get(adapter);
	unsigned int i;
	u32 value;
	int err;

	if (!table)
		return 0;
	err = fill_table(skb, table);
	vwan_table_put(table);
	for (i = 0; !err && i < ARRAY_SIZE(knobs); i++) {
		value = vwan_knob(adapter, knobs[i].attr);
		err = knobs[i].flag ? nla_put_u8(skb, knobs[i].attr, value) :
				      nla_put_u32(skb, knobs[i].attr, value);
	}
	return err;
}
