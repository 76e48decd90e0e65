// SPDX-License-Identifier: GPL-2.0
/*
 * Netlink: adapters.
 */
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/slab.h>
#include <net/net_namespace.h>
#include <net/sock.h>

#include "core.h"
#include "net.h"
#include "netlink.h"

#define NAME_POLICY { .type = NLA_NUL_STRING, .len = CONDIS_NAME_MAX }

const struct nla_policy condis_adapter_new_policy[CONDIS_A_ADAPTER_DATA + 1] = {
	[CONDIS_A_ADAPTER_NAME] = NAME_POLICY,
	[CONDIS_A_ADAPTER_KIND] = NAME_POLICY,
	[CONDIS_A_ADAPTER_EXCHANGE] = NAME_POLICY,
	[CONDIS_A_ADAPTER_EXCHANGE_NETNS_FD] = { .type = NLA_U32 },
	[CONDIS_A_ADAPTER_DATA] = { .type = NLA_NESTED },
};

const struct nla_policy condis_adapter_set_policy[CONDIS_A_ADAPTER_DATA + 1] = {
	[CONDIS_A_ADAPTER_ID] = NLA_POLICY_MIN(NLA_U32, 1),
	[CONDIS_A_ADAPTER_NAME] = NAME_POLICY,
	[CONDIS_A_ADAPTER_DATA] = { .type = NLA_NESTED },
};

const struct nla_policy condis_adapter_del_policy[CONDIS_A_ADAPTER_SURPRISE + 1] = {
	[CONDIS_A_ADAPTER_ID] = NLA_POLICY_MIN(NLA_U32, 1),
	[CONDIS_A_ADAPTER_NAME] = NAME_POLICY,
	[CONDIS_A_ADAPTER_SURPRISE] = { .type = NLA_FLAG },
};

const struct nla_policy condis_adapter_key_policy[CONDIS_A_ADAPTER_NAME + 1] = {
	[CONDIS_A_ADAPTER_ID] = NLA_POLICY_MIN(NLA_U32, 1),
	[CONDIS_A_ADAPTER_NAME] = NAME_POLICY,
};

/*
 * The adapter that a request names, with a reference, or an error pointer.
 * Under config, so that none is found that is still being made, or unmade.
 */
static struct condis_adapter *find_named(struct genl_info *info)
{
	struct condis_net *table = condis_net_of(genl_info_net(info));
	struct nlattr *id = info->attrs[CONDIS_A_ADAPTER_ID];
	struct nlattr *name = info->attrs[CONDIS_A_ADAPTER_NAME];
	struct condis_adapter *adapter;

	if (!id && GENL_REQ_ATTR_CHECK(info, CONDIS_A_ADAPTER_NAME)) {
		GENL_SET_ERR_MSG(info, "Say which adapter, by name or id");
		return ERR_PTR(-EINVAL);
	}
	if (id && name) {
		NL_SET_ERR_MSG_ATTR(info->extack, id, "Say the name or the id, not both");
		return ERR_PTR(-EINVAL);
	}
	mutex_lock(&table->config);
	adapter = condis_net_find_adapter(genl_info_net(info), id ? nla_get_u32(id) : 0,
					  name ? nla_data(name) : NULL);
	mutex_unlock(&table->config);
	if (!adapter) {
		NL_SET_ERR_MSG_ATTR(info->extack, id ?: name,
				    "No such adapter; list them to see which there are");
		return ERR_PTR(-ENODEV);
	}
	return adapter;
}

static int fill_data(struct sk_buff *skb, struct condis_adapter *adapter)
{
	struct condis_kind *kind = condis_adapter_kind_get(adapter);
	struct nlattr *nest;
	int err = 0;

	if (!kind)
		return 0;
	if (kind->adapter_fill) {
		nest = nla_nest_start(skb, CONDIS_A_ADAPTER_DATA);
		err = nest ? kind->adapter_fill(adapter, skb) : -EMSGSIZE;
		/* The length of an attribute has 16 bits. */
		if (!err && skb_tail_pointer(skb) - (unsigned char *)nest > U16_MAX)
			err = -EMSGSIZE;
		if (!err)
			nla_nest_end(skb, nest);
		else if (nest)
			nla_nest_cancel(skb, nest);
	}
	condis_kind_put(kind);
	return err;
}

/* What is the same in answers and events: all but the kind's data. */
static int fill_adapter(struct sk_buff *skb, struct condis_net *table,
			struct condis_adapter *adapter)
{
	u64 age = jiffies_to_msecs(jiffies - adapter->made);
	char exchange[CONDIS_NAME_SIZE] = "";
	char kind[CONDIS_NAME_SIZE] = "";
	bool is_foreign = false;

	spin_lock_bh(&table->lock);
	if (adapter->kind)
		strscpy(kind, adapter->kind->name, sizeof(kind));
	if (adapter->exchange) {
		strscpy(exchange, adapter->exchange->name, sizeof(exchange));
		is_foreign = adapter->exchange->home != table;
	}
	spin_unlock_bh(&table->lock);

	if (nla_put_u32(skb, CONDIS_A_ADAPTER_ID, adapter->id) ||
	    nla_put_string(skb, CONDIS_A_ADAPTER_NAME, adapter->name) ||
	    (kind[0] && nla_put_string(skb, CONDIS_A_ADAPTER_KIND, kind)) ||
	    (exchange[0] && nla_put_string(skb, CONDIS_A_ADAPTER_EXCHANGE, exchange)) ||
	    (is_foreign && nla_put_flag(skb, CONDIS_A_ADAPTER_FOREIGN)) ||
	    nla_put_string(skb, CONDIS_A_ADAPTER_STATE,
			   condis_adapter_state_name(READ_ONCE(adapter->state))) ||
	    nla_put_u64_64bit(skb, CONDIS_A_ADAPTER_AGE, age, CONDIS_A_ADAPTER_PAD))
		return -EMSGSIZE;
	return 0;
}

static int put_adapter(struct sk_buff *skb, struct condis_net *table,
		       struct condis_adapter *adapter, bool with_data, u32 portid, u32 seq,
		       int flags, struct netlink_callback *cb)
{
	void *header = genlmsg_put(skb, portid, seq, &condis_genl_family, flags,
				   CONDIS_CMD_ADAPTER_GET);

	if (!header)
		return -EMSGSIZE;
	if (cb)
		genl_dump_check_consistent(cb, header);
	if (fill_adapter(skb, table, adapter) || (with_data && fill_data(skb, adapter))) {
		genlmsg_cancel(skb, header);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, header);
	return 0;
}

/**
 * condis_netlink_notify_adapter() - tell readers what happened to an adapter
 * @adapter: the adapter; nothing happens if it is in no table, or in none any more
 * @event: what
 *
 * Context: Process context or softirq.
 */
void condis_netlink_notify_adapter(struct condis_adapter *adapter, enum condis_event event)
{
	struct condis_net *table = READ_ONCE(adapter->home);
	struct sk_buff *skb;
	void *header;

	if (!table || READ_ONCE(adapter->forgotten))
		return;
	skb = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_ATOMIC | __GFP_NOWARN);
	if (skb) {
		header = genlmsg_put(skb, 0, 0, &condis_genl_family, 0, CONDIS_CMD_ADAPTER_EVENT);
		if (!header || nla_put_u32(skb, CONDIS_A_ADAPTER_EVENT, event) ||
		    fill_adapter(skb, table, adapter)) {
			WARN_ON_ONCE(1);	/* It has a bounded size. */
			kfree_skb(skb);
			return;
		}
		genlmsg_end(skb, header);
	}
	condis_nl_multicast(table, CONDIS_MCGRP_NR_CONFIG, skb);
}

/*
 * The exchange that a new adapter is to join, with a reference; NULL for none,
 * or an error pointer.  The namespace of its name is held for the look-up only.
 */
static struct condis_exchange *find_exchange(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *name = info->attrs[CONDIS_A_ADAPTER_EXCHANGE];
	struct nlattr *fd = info->attrs[CONDIS_A_ADAPTER_EXCHANGE_NETNS_FD];
	struct condis_exchange *exchange;
	struct net *net;

	if (!name) {
		if (!fd)
			return NULL;
		NL_SET_ERR_MSG_ATTR(info->extack, fd,
				    "A namespace of the exchange needs the exchange's name");
		return ERR_PTR(-EINVAL);
	}
	/* A number that is no file's, also one above INT_MAX, answers -EBADF. */
	net = fd ? get_net_ns_by_fd(nla_get_u32(fd)) : get_net(genl_info_net(info));
	if (IS_ERR(net)) {
		NL_SET_ERR_MSG_ATTR(info->extack, fd,
				    "Not an open file of a network namespace; open /run/netns/NAME");
		/* A file of another kind answers -EINVAL. */
		return ERR_PTR(-EBADF);
	}
	if (fd && !netlink_ns_capable(skb, net->user_ns, CAP_NET_ADMIN)) {
		NL_SET_ERR_MSG_ATTR(info->extack, fd,
				    "CAP_NET_ADMIN is needed in the exchange's namespace too");
		exchange = ERR_PTR(-EPERM);
		goto put_net;
	}
	exchange = condis_exchange_find(condis_net_of(net), nla_data(name));
	if (!exchange) {
		NL_SET_ERR_MSG_ATTR(info->extack, name,
				    "No exchange of this name in that namespace; make it first");
		exchange = ERR_PTR(-ENOENT);
	}
put_net:
	put_net(net);
	return exchange;
}

/*
 * Make, connect, configure, activate.  What fails is undone by the one way in
 * which adapters go: the last reference.
 */
static int make_adapter(struct genl_info *info, struct condis_kind *kind,
			struct condis_exchange *exchange, struct nlattr **tb)
{
	struct nlattr *name = info->attrs[CONDIS_A_ADAPTER_NAME];
	struct net *net = genl_info_net(info);
	struct condis_adapter *adapter;
	int err;

	if (condis_net_has_adapter(condis_net_of(net), nla_data(name))) {
		err = -EEXIST;
		goto say_why;
	}
	adapter = condis_alloc_adapter(net, nla_data(name), kind->miniport, kind->adapter_priv);
	if (!adapter)
		return -ENOMEM;
	if (exchange) {
		err = condis_exchange_join(exchange, adapter);
		if (err) {
			NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[CONDIS_A_ADAPTER_EXCHANGE],
					    "The exchange is being removed");
			goto put_adapter;
		}
	}
	adapter->kind = kind;

	err = kind->adapter_new(adapter, tb, info->extack);
	if (err)
		goto leave;
	condis_delay_point("netlink.adapter.made", 0);
	err = condis_register_adapter(adapter);
	if (!err) {
		condis_put_adapter(adapter);
		return 0;
	}
leave:
	condis_exchange_leave(adapter);
put_adapter:
	/* The kind may go after this; one that was in a table knows it already. */
	if (!adapter->home)
		adapter->kind = NULL;
	condis_put_adapter(adapter);
say_why:
	if (err == -EEXIST)
		NL_SET_ERR_MSG_ATTR(info->extack, name,
				    "An adapter of this name exists; choose another name");
	else if (err == -ENOSPC)
		NL_SET_ERR_MSG_ATTR(info->extack, name,
				    "The namespace has as many adapters as it may have; remove one");
	return err;
}

static int new_of_kind(struct sk_buff *skb, struct genl_info *info, struct condis_kind *kind)
{
	struct condis_net *table = condis_net_of(genl_info_net(info));
	struct condis_exchange *exchange = find_exchange(skb, info);
	struct nlattr **tb;
	int err;

	if (IS_ERR(exchange))
		return PTR_ERR(exchange);
	/* Only compared: an exchange that is down has none. */
	if (exchange && READ_ONCE(exchange->kind) != kind) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[CONDIS_A_ADAPTER_EXCHANGE],
				    "The exchange is of another kind than the adapter");
		err = -EINVAL;
		goto put_exchange;
	}
	tb = condis_nl_parse_data(info->attrs[CONDIS_A_ADAPTER_DATA], kind->adapter_maxattr,
				  kind->adapter_policy, info->extack);
	if (IS_ERR(tb)) {
		err = PTR_ERR(tb);
		goto put_exchange;
	}
	mutex_lock(&table->config);
	err = make_adapter(info, kind, exchange, tb);
	mutex_unlock(&table->config);
	kfree(tb);
put_exchange:
	if (exchange)
		condis_exchange_put(exchange);
	return err;
}

/**
 * condis_nl_adapter_new() - CONDIS_CMD_ADAPTER_NEW
 * @skb: the request
 * @info: what netlink made of it
 *
 * Context: Process context.
 * Return: 0 or the errors of include/uapi/linux/condis.h.
 */
int condis_nl_adapter_new(struct sk_buff *skb, struct genl_info *info)
{
	struct condis_kind *kind;
	struct nlattr *kind_name;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, CONDIS_A_ADAPTER_NAME)) {
		GENL_SET_ERR_MSG(info, "Name the adapter");
		return -EINVAL;
	}
	if (GENL_REQ_ATTR_CHECK(info, CONDIS_A_ADAPTER_KIND)) {
		GENL_SET_ERR_MSG(info, "Name the kind of the adapter");
		return -EINVAL;
	}
	err = condis_nl_check_name(info->attrs[CONDIS_A_ADAPTER_NAME], info->extack);
	if (err)
		return err;

	kind_name = info->attrs[CONDIS_A_ADAPTER_KIND];
	kind = condis_kind_find(nla_data(kind_name));
	if (!kind) {
		NL_SET_ERR_MSG_ATTR(info->extack, kind_name,
				    "No kind of this name is registered; load its module first");
		return -ENOENT;
	}
	err = new_of_kind(skb, info, kind);
	condis_kind_put(kind);
	return err;
}

static int change_adapter(struct condis_adapter *adapter, struct condis_kind *kind,
			  struct genl_info *info)
{
	struct nlattr **tb;
	int err;

	if (!kind->adapter_change) {
		GENL_SET_ERR_MSG(info, "Adapters of this kind cannot be changed");
		return -EOPNOTSUPP;
	}
	tb = condis_nl_parse_data(info->attrs[CONDIS_A_ADAPTER_DATA], kind->adapter_maxattr,
				  kind->adapter_policy, info->extack);
	if (IS_ERR(tb))
		return PTR_ERR(tb);
	err = kind->adapter_change(adapter, tb, info->extack);
	kfree(tb);
	return err;
}

/**
 * condis_nl_adapter_set() - CONDIS_CMD_ADAPTER_SET
 * @skb: the request
 * @info: what netlink made of it
 *
 * Context: Process context.
 * Return: 0 or the errors of include/uapi/linux/condis.h.
 */
int condis_nl_adapter_set(struct sk_buff *skb, struct genl_info *info)
{
	struct condis_net *table = condis_net_of(genl_info_net(info));
	struct condis_adapter *adapter;
	struct condis_kind *kind;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, CONDIS_A_ADAPTER_DATA)) {
		GENL_SET_ERR_MSG(info, "Say what to change");
		return -EINVAL;
	}
	adapter = find_named(info);
	if (IS_ERR(adapter))
		return PTR_ERR(adapter);

	mutex_lock(&table->config);
	kind = condis_adapter_kind_get(adapter);
	if (kind) {
		err = change_adapter(adapter, kind, info);
		/* The kind may go meanwhile: its adapters then refuse to be reconfigured. */
		condis_kind_put(kind);
	} else {
		GENL_SET_ERR_MSG(info, "The adapter is being removed, or was not made here");
		err = -ENODEV;
	}
	mutex_unlock(&table->config);
	condis_delay_point("netlink.adapter.changed", adapter->id);

	/* Waits for closes: nobody else who administers should wait for that. */
	if (err == CONDIS_RECONFIGURE)
		err = condis_m_reconfigure(adapter);
	if (err == -ESHUTDOWN)
		GENL_SET_ERR_MSG(info, "The adapter is being removed");
	if (!err)
		condis_netlink_notify_adapter(adapter, CONDIS_EVENT_CHANGED);
	condis_put_adapter(adapter);
	return err;
}

/**
 * condis_nl_adapter_del() - CONDIS_CMD_ADAPTER_DEL
 * @skb: the request
 * @info: what netlink made of it
 *
 * Context: Process context.
 * Return: 0 or the errors of include/uapi/linux/condis.h.
 */
int condis_nl_adapter_del(struct sk_buff *skb, struct genl_info *info)
{
	struct condis_adapter *adapter = find_named(info);

	if (IS_ERR(adapter))
		return PTR_ERR(adapter);
	condis_delay_point("netlink.adapter.found", adapter->id);
	/* Of two that remove it at a time both have it removed. */
	condis_remove_adapter(adapter, nla_get_flag(info->attrs[CONDIS_A_ADAPTER_SURPRISE]));
	condis_put_adapter(adapter);
	return 0;
}

static int act_on_adapter(struct genl_info *info, int (*act)(struct condis_adapter *adapter))
{
	struct condis_adapter *adapter = find_named(info);
	int err;

	if (IS_ERR(adapter))
		return PTR_ERR(adapter);
	err = act(adapter);
	if (err == -EOPNOTSUPP)
		GENL_SET_ERR_MSG(info, "Adapters of this kind have no such operation");
	else if (err == -EALREADY)
		GENL_SET_ERR_MSG(info, "The adapter is in that state already");
	else if (err == -EAGAIN)
		GENL_SET_ERR_MSG(info, "The adapter is being reset already");
	else if (err == -ETIMEDOUT)
		GENL_SET_ERR_MSG(info, "The adapter did not answer in time");
	else if (err == -ENODEV || err == -ESHUTDOWN)
		GENL_SET_ERR_MSG(info, "The adapter is being removed");
	condis_put_adapter(adapter);
	return err;
}

/**
 * condis_nl_adapter_reset() - CONDIS_CMD_ADAPTER_RESET
 * @skb: the request
 * @info: what netlink made of it
 *
 * Context: Process context.
 * Return: 0 or the errors of include/uapi/linux/condis.h.
 */
int condis_nl_adapter_reset(struct sk_buff *skb, struct genl_info *info)
{
	return act_on_adapter(info, condis_adapter_reset);
}

/**
 * condis_nl_adapter_pause() - CONDIS_CMD_ADAPTER_PAUSE
 * @skb: the request
 * @info: what netlink made of it
 *
 * Context: Process context.
 * Return: 0 or the errors of include/uapi/linux/condis.h.
 */
int condis_nl_adapter_pause(struct sk_buff *skb, struct genl_info *info)
{
	return act_on_adapter(info, condis_adapter_pause);
}

/**
 * condis_nl_adapter_restart() - CONDIS_CMD_ADAPTER_RESTART
 * @skb: the request
 * @info: what netlink made of it
 *
 * Context: Process context.
 * Return: 0 or the errors of include/uapi/linux/condis.h.
 */
int condis_nl_adapter_restart(struct sk_buff *skb, struct genl_info *info)
{
	return act_on_adapter(info, condis_adapter_restart);
}

/* One adapter may need more room than a message usually has: many lines. */
static struct sk_buff *answer_with(struct condis_adapter *adapter, struct genl_info *info)
{
	struct condis_net *table = condis_net_of(genl_info_net(info));
	size_t sizes[] = { GENLMSG_DEFAULT_SIZE, SZ_16K, SZ_64K + SZ_1K };
	struct sk_buff *answer;
	unsigned int i;
	int err;

	for (i = 0; i <= ARRAY_SIZE(sizes); i++) {
		bool is_last = i == ARRAY_SIZE(sizes);

		/* So much in one piece may not be there; then without the configuration. */
		answer = genlmsg_new(sizes[is_last ? 0 : i], GFP_KERNEL | __GFP_NOWARN);
		if (!answer)
			continue;
		err = put_adapter(answer, table, adapter, !is_last, info->snd_portid,
				  info->snd_seq, 0, NULL);
		if (!err)
			return answer;
		nlmsg_free(answer);
	}
	return NULL;
}

/**
 * condis_nl_adapter_get() - CONDIS_CMD_ADAPTER_GET for one
 * @skb: the request
 * @info: what netlink made of it
 *
 * Context: Process context.
 * Return: 0 or the errors of include/uapi/linux/condis.h.
 */
int condis_nl_adapter_get(struct sk_buff *skb, struct genl_info *info)
{
	struct condis_adapter *adapter = find_named(info);
	struct sk_buff *answer;

	if (IS_ERR(adapter))
		return PTR_ERR(adapter);
	answer = answer_with(adapter, info);
	condis_put_adapter(adapter);
	return answer ? genlmsg_reply(answer, info) : -ENOMEM;
}

/**
 * condis_nl_adapter_dump() - CONDIS_CMD_ADAPTER_GET for all
 * @skb: the message to fill
 * @cb: the dump; ctx holds the next id
 *
 * Context: Process context.
 * Return: Bytes filled; 0 at the end; -EINVAL.
 */
int condis_nl_adapter_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct condis_net *table = condis_net_of(sock_net(skb->sk));
	u32 portid = NETLINK_CB(cb->skb).portid;
	u32 *next = (u32 *)cb->ctx;
	struct condis_adapter *adapter;
	int err;

	err = condis_nl_refuse_keys(cb);
	if (err)
		return err;

	cb->seq = READ_ONCE(table->generation);
	while (!err && (adapter = condis_net_next_adapter(table, next))) {
		/* What comes down is counted, but has no name to be shown by. */
		if (!READ_ONCE(adapter->unnamed))
			err = put_adapter(skb, table, adapter, true, portid, cb->nlh->nlmsg_seq,
					  NLM_F_MULTI, cb);
		/* Where nothing else is in the message, more room will not come. */
		if (err && !skb->len)
			err = put_adapter(skb, table, adapter, false, portid, cb->nlh->nlmsg_seq,
					  NLM_F_MULTI, cb);
		condis_put_adapter(adapter);
		if (!err)
			(*next)++;
	}
	return skb->len;
}
