// SPDX-License-Identifier: GPL-2.0
/*
 * Netlink: exchanges.
 */
#include <linux/slab.h>
#include <net/net_namespace.h>
#include <net/sock.h>

#include "core.h"
#include "net.h"
#include "netlink.h"

const struct nla_policy condis_exchange_new_policy[CONDIS_A_EXCHANGE_DATA + 1] = {
	[CONDIS_A_EXCHANGE_NAME] = { .type = NLA_NUL_STRING, .len = CONDIS_NAME_MAX },
	[CONDIS_A_EXCHANGE_KIND] = { .type = NLA_NUL_STRING, .len = CONDIS_NAME_MAX },
	[CONDIS_A_EXCHANGE_DATA] = { .type = NLA_NESTED },
};

const struct nla_policy condis_exchange_set_policy[CONDIS_A_EXCHANGE_DATA + 1] = {
	[CONDIS_A_EXCHANGE_NAME] = { .type = NLA_NUL_STRING, .len = CONDIS_NAME_MAX },
	[CONDIS_A_EXCHANGE_DATA] = { .type = NLA_NESTED },
};

const struct nla_policy condis_exchange_key_policy[CONDIS_A_EXCHANGE_NAME + 1] = {
	[CONDIS_A_EXCHANGE_NAME] = { .type = NLA_NUL_STRING, .len = CONDIS_NAME_MAX },
};

static struct condis_net *table_of(struct genl_info *info)
{
	return condis_net_of(genl_info_net(info));
}

/* The exchange that a request names, with a reference, or an error pointer. */
static struct condis_exchange *find_named(struct genl_info *info)
{
	struct condis_exchange *exchange;
	struct nlattr *name;

	if (GENL_REQ_ATTR_CHECK(info, CONDIS_A_EXCHANGE_NAME)) {
		GENL_SET_ERR_MSG(info, "Name the exchange");
		return ERR_PTR(-EINVAL);
	}
	name = info->attrs[CONDIS_A_EXCHANGE_NAME];
	exchange = condis_exchange_find(table_of(info), nla_data(name));
	if (!exchange) {
		NL_SET_ERR_MSG_ATTR(info->extack, name,
				    "No exchange of this name; list them to see which there are");
		return ERR_PTR(-ENOENT);
	}
	return exchange;
}

static int fill_data(struct sk_buff *skb, struct condis_exchange *exchange)
{
	struct condis_kind *kind = condis_exchange_kind_get(exchange);
	struct nlattr *nest;
	int err = 0;

	if (!kind)
		return 0;
	if (kind->exchange_fill) {
		nest = nla_nest_start(skb, CONDIS_A_EXCHANGE_DATA);
		err = nest ? kind->exchange_fill(exchange, skb) : -EMSGSIZE;
		if (!err)
			nla_nest_end(skb, nest);
	}
	condis_kind_put(kind);
	return err;
}

/* What is the same in answers and events: all but the kind's data. */
static int fill_exchange(struct sk_buff *skb, struct condis_exchange *exchange)
{
	char kind[CONDIS_NAME_SIZE] = "";
	unsigned int adapters;

	spin_lock_bh(&exchange->home->lock);
	adapters = exchange->adapters;
	if (exchange->kind)
		strscpy(kind, exchange->kind->name, sizeof(kind));
	spin_unlock_bh(&exchange->home->lock);

	if (nla_put_u32(skb, CONDIS_A_EXCHANGE_ID, exchange->id) ||
	    nla_put_string(skb, CONDIS_A_EXCHANGE_NAME, exchange->name) ||
	    (kind[0] && nla_put_string(skb, CONDIS_A_EXCHANGE_KIND, kind)) ||
	    nla_put_u32(skb, CONDIS_A_EXCHANGE_ADAPTERS, adapters))
		return -EMSGSIZE;
	return 0;
}

static int put_exchange(struct sk_buff *skb, struct condis_exchange *exchange, u32 portid,
			u32 seq, int flags, struct netlink_callback *cb)
{
	void *header = genlmsg_put(skb, portid, seq, &condis_genl_family, flags,
				   CONDIS_CMD_EXCHANGE_GET);

	if (!header)
		return -EMSGSIZE;
	if (cb)
		genl_dump_check_consistent(cb, header);
	if (fill_exchange(skb, exchange) || fill_data(skb, exchange)) {
		genlmsg_cancel(skb, header);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, header);
	return 0;
}

/**
 * condis_netlink_notify_exchange() - tell readers what happened to an exchange
 * @exchange: the exchange
 * @event: what
 *
 * Context: Process context or softirq.
 */
void condis_netlink_notify_exchange(struct condis_exchange *exchange, enum condis_event event)
{
	struct sk_buff *skb = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_ATOMIC | __GFP_NOWARN);
	void *header;

	if (skb) {
		header = genlmsg_put(skb, 0, 0, &condis_genl_family, 0, CONDIS_CMD_EXCHANGE_EVENT);
		if (!header || nla_put_u32(skb, CONDIS_A_EXCHANGE_EVENT, event) ||
		    fill_exchange(skb, exchange)) {
			WARN_ON_ONCE(1);	/* It has a bounded size. */
			kfree_skb(skb);
			return;
		}
		genlmsg_end(skb, header);
	}
	condis_nl_multicast(exchange->home, CONDIS_MCGRP_NR_CONFIG, skb);
}

/**
 * condis_nl_exchange_new() - CONDIS_CMD_EXCHANGE_NEW
 * @skb: the request
 * @info: what netlink made of it
 *
 * Context: Process context.
 * Return: 0 or the errors of include/uapi/linux/condis.h.
 */
int condis_nl_exchange_new(struct sk_buff *skb, struct genl_info *info)
{
	struct condis_net *table = table_of(info);
	struct nlattr *name, *kind_name, **tb;
	struct condis_kind *kind;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, CONDIS_A_EXCHANGE_NAME)) {
		GENL_SET_ERR_MSG(info, "Name the exchange");
		return -EINVAL;
	}
	if (GENL_REQ_ATTR_CHECK(info, CONDIS_A_EXCHANGE_KIND)) {
		GENL_SET_ERR_MSG(info, "Name the kind of the exchange");
		return -EINVAL;
	}
	name = info->attrs[CONDIS_A_EXCHANGE_NAME];
	kind_name = info->attrs[CONDIS_A_EXCHANGE_KIND];
	err = condis_nl_check_name(name, info->extack);
	if (err)
		return err;

	kind = condis_kind_find(nla_data(kind_name));
	if (!kind) {
		NL_SET_ERR_MSG_ATTR(info->extack, kind_name,
				    "No kind of this name is registered; load its module first");
		return -ENOENT;
	}
	if (!kind->exchange_new) {
		NL_SET_ERR_MSG_ATTR(info->extack, kind_name, "This kind has no exchanges");
		err = -EOPNOTSUPP;
		goto put_kind;
	}
	tb = condis_nl_parse_data(info->attrs[CONDIS_A_EXCHANGE_DATA], kind->exchange_maxattr,
				  kind->exchange_policy, info->extack);
	if (IS_ERR(tb)) {
		err = PTR_ERR(tb);
		goto put_kind;
	}

	mutex_lock(&table->config);
	err = condis_exchange_create(table, kind, nla_data(name), tb, info->extack);
	mutex_unlock(&table->config);
	if (err == -EEXIST)
		NL_SET_BAD_ATTR(info->extack, name);
	kfree(tb);
put_kind:
	condis_kind_put(kind);
	return err;
}

static int change_exchange(struct condis_exchange *exchange, struct condis_kind *kind,
			   struct genl_info *info)
{
	struct nlattr **tb;
	int err;

	if (!kind->exchange_change) {
		GENL_SET_ERR_MSG(info, "Exchanges of this kind cannot be changed");
		return -EOPNOTSUPP;
	}
	tb = condis_nl_parse_data(info->attrs[CONDIS_A_EXCHANGE_DATA], kind->exchange_maxattr,
				  kind->exchange_policy, info->extack);
	if (IS_ERR(tb))
		return PTR_ERR(tb);

	mutex_lock(&exchange->home->config);
	err = kind->exchange_change(exchange, tb, info->extack);
	mutex_unlock(&exchange->home->config);
	kfree(tb);
	if (!err)
		condis_netlink_notify_exchange(exchange, CONDIS_EVENT_CHANGED);
	return err;
}

/**
 * condis_nl_exchange_set() - CONDIS_CMD_EXCHANGE_SET
 * @skb: the request
 * @info: what netlink made of it
 *
 * Context: Process context.
 * Return: 0 or the errors of include/uapi/linux/condis.h.
 */
int condis_nl_exchange_set(struct sk_buff *skb, struct genl_info *info)
{
	struct condis_exchange *exchange;
	struct condis_kind *kind;
	int err = -ENODEV;

	if (GENL_REQ_ATTR_CHECK(info, CONDIS_A_EXCHANGE_DATA)) {
		GENL_SET_ERR_MSG(info, "Say what to change");
		return -EINVAL;
	}
	exchange = find_named(info);
	if (IS_ERR(exchange))
		return PTR_ERR(exchange);

	kind = condis_exchange_kind_get(exchange);
	if (kind) {
		err = change_exchange(exchange, kind, info);
		condis_kind_put(kind);
	} else {
		GENL_SET_ERR_MSG(info, "The exchange is being removed");
	}
	condis_exchange_put(exchange);
	return err;
}

/**
 * condis_nl_exchange_del() - CONDIS_CMD_EXCHANGE_DEL
 * @skb: the request
 * @info: what netlink made of it
 *
 * Context: Process context.
 * Return: 0 or the errors of include/uapi/linux/condis.h.
 */
int condis_nl_exchange_del(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *name;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, CONDIS_A_EXCHANGE_NAME)) {
		GENL_SET_ERR_MSG(info, "Name the exchange");
		return -EINVAL;
	}
	name = info->attrs[CONDIS_A_EXCHANGE_NAME];
	err = condis_exchange_remove(table_of(info), nla_data(name), info->extack);
	if (err)
		NL_SET_BAD_ATTR(info->extack, name);
	return err;
}

/**
 * condis_nl_exchange_get() - CONDIS_CMD_EXCHANGE_GET for one
 * @skb: the request
 * @info: what netlink made of it
 *
 * Context: Process context.
 * Return: 0 or the errors of include/uapi/linux/condis.h.
 */
int condis_nl_exchange_get(struct sk_buff *skb, struct genl_info *info)
{
	struct condis_exchange *exchange = find_named(info);
	struct sk_buff *answer;
	int err;

	if (IS_ERR(exchange))
		return PTR_ERR(exchange);
	answer = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	err = answer ? put_exchange(answer, exchange, info->snd_portid, info->snd_seq, 0, NULL) :
		       -ENOMEM;
	condis_exchange_put(exchange);
	if (err) {
		nlmsg_free(answer);
		return err;
	}
	return genlmsg_reply(answer, info);
}

/**
 * condis_nl_exchange_dump() - CONDIS_CMD_EXCHANGE_GET for all
 * @skb: the message to fill
 * @cb: the dump; ctx holds the next id
 *
 * Context: Process context.
 * Return: Bytes filled; 0 at the end; -EINVAL.
 */
int condis_nl_exchange_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct condis_net *table = condis_net_of(sock_net(skb->sk));
	u32 *next = (u32 *)cb->ctx;
	struct condis_exchange *exchange;
	int err;

	err = condis_nl_refuse_keys(cb);
	if (err)
		return err;

	cb->seq = READ_ONCE(table->generation);
	while (!err && (exchange = condis_exchange_next(table, next))) {
		err = put_exchange(skb, exchange, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq,
				   NLM_F_MULTI, cb);
		condis_exchange_put(exchange);
		if (!err)
			(*next)++;
	}
	return skb->len;
}
