// SPDX-License-Identifier: GPL-2.0
/*
 * The generic netlink family: commands, checks that all of them share, events.
 *
 * Each command's attributes are checked by its own strict policy before its
 * function runs; what a policy cannot say is checked by the function before it
 * has any effect.
 */
#include <linux/ctype.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <net/net_namespace.h>

#include "core.h"
#include "net.h"
#include "netlink.h"

/**
 * condis_nl_check_name() - is this a name?
 * @attr: an attribute of type NLA_NUL_STRING, or NULL
 * @extack: for what was wrong
 *
 * Context: Any.
 * Return: 0 or -EINVAL. A missing attribute is the caller's matter: 0.
 */
int condis_nl_check_name(const struct nlattr *attr, struct netlink_ext_ack *extack)
{
	const char *at;

	if (!attr)
		return 0;
	at = nla_data(attr);
	if (!*at) {
		NL_SET_ERR_MSG_ATTR(extack, attr, "A name is 1 to 31 characters, this is empty");
		return -EINVAL;
	}
	for (; *at; at++) {
		if (!isascii(*at) || !isgraph(*at) || *at == '/') {
			NL_SET_ERR_MSG_ATTR(extack, attr,
					    "A name is of printable ASCII characters without space and '/'");
			return -EINVAL;
		}
	}
	return 0;
}

/**
 * condis_nl_parse_data() - parse the attributes of a kind
 * @data: the nested attribute, or NULL for none
 * @maxattr: the kind's highest attribute
 * @policy: the kind's policy
 * @extack: for what was wrong
 *
 * Context: Process context.
 * Return: The table of attributes, to be freed with kfree(), or an error
 * pointer: -EINVAL, -ERANGE (the policy's), -ENOMEM.
 */
struct nlattr **condis_nl_parse_data(const struct nlattr *data, unsigned int maxattr,
				     const struct nla_policy *policy,
				     struct netlink_ext_ack *extack)
{
	struct nlattr **tb;
	int err;

	if (data && !maxattr) {
		NL_SET_ERR_MSG_ATTR(extack, data, "This kind has nothing to configure");
		return ERR_PTR(-EINVAL);
	}
	tb = kcalloc(maxattr + 1, sizeof(*tb), GFP_KERNEL);
	if (!tb)
		return ERR_PTR(-ENOMEM);
	if (!data)
		return tb;
	err = nla_parse_nested(tb, maxattr, data, policy, extack);
	if (err) {
		kfree(tb);
		return ERR_PTR(err);
	}
	return tb;
}

/**
 * condis_nl_multicast() - send an event to the readers in a namespace
 * @table: the namespace's table
 * @group: the group
 * @skb: the message, or NULL if there was no memory for it; consumed
 *
 * Events are news and not worth a wait: where memory is short the readers are
 * told that they missed one.
 *
 * Context: Process context or softirq.
 */
void condis_nl_multicast(struct condis_net *table, enum condis_mcgrp group, struct sk_buff *skb)
{
	struct net *net = condis_net_enter(table);

	if (!net) {
		kfree_skb(skb);
		return;
	}
	if (skb)
		genlmsg_multicast_netns(&condis_genl_family, net, skb, 0, group, GFP_ATOMIC);
	else
		genl_set_err(&condis_genl_family, net, 0, group, -ENOBUFS);
	condis_net_leave(net);
}

/**
 * condis_nl_refuse_keys() - a dump lists everything
 * @cb: the dump, whose command can also be asked for one object
 *
 * Context: Process context.
 * Return: 0, or -EINVAL if the request names an object.
 */
int condis_nl_refuse_keys(struct netlink_callback *cb)
{
	struct nlattr **attrs = condis_genl_dump_attrs(cb);
	unsigned int i;

	/* Both nouns that have keys have them in 1 and 2; see the policies. */
	for (i = 1; i <= 2; i++) {
		if (attrs && attrs[i]) {
			NL_SET_ERR_MSG_ATTR(cb->extack, attrs[i],
					    "A dump lists all; ask for one without NLM_F_DUMP");
			return -EINVAL;
		}
	}
	return 0;
}

/* A command without a policy takes no attributes; netlink refuses them. */
static const struct genl_ops condis_genl_ops[] = {
	{ .cmd = CONDIS_CMD_KIND_GET, .dumpit = condis_nl_kind_dump },
	{
		.cmd = CONDIS_CMD_EXCHANGE_NEW,
		.policy = condis_exchange_new_policy,
		.maxattr = ARRAY_SIZE(condis_exchange_new_policy) - 1,
		.doit = condis_nl_exchange_new,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = CONDIS_CMD_EXCHANGE_DEL,
		.policy = condis_exchange_key_policy,
		.maxattr = ARRAY_SIZE(condis_exchange_key_policy) - 1,
		.doit = condis_nl_exchange_del,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = CONDIS_CMD_EXCHANGE_SET,
		.policy = condis_exchange_set_policy,
		.maxattr = ARRAY_SIZE(condis_exchange_set_policy) - 1,
		.doit = condis_nl_exchange_set,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = CONDIS_CMD_EXCHANGE_GET,
		.policy = condis_exchange_key_policy,
		.maxattr = ARRAY_SIZE(condis_exchange_key_policy) - 1,
		.doit = condis_nl_exchange_get,
		.dumpit = condis_nl_exchange_dump,
	},
	{
		.cmd = CONDIS_CMD_ADAPTER_NEW,
		.policy = condis_adapter_new_policy,
		.maxattr = ARRAY_SIZE(condis_adapter_new_policy) - 1,
		.doit = condis_nl_adapter_new,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = CONDIS_CMD_ADAPTER_DEL,
		.policy = condis_adapter_del_policy,
		.maxattr = ARRAY_SIZE(condis_adapter_del_policy) - 1,
		.doit = condis_nl_adapter_del,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = CONDIS_CMD_ADAPTER_SET,
		.policy = condis_adapter_set_policy,
		.maxattr = ARRAY_SIZE(condis_adapter_set_policy) - 1,
		.doit = condis_nl_adapter_set,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = CONDIS_CMD_ADAPTER_GET,
		.policy = condis_adapter_key_policy,
		.maxattr = ARRAY_SIZE(condis_adapter_key_policy) - 1,
		.doit = condis_nl_adapter_get,
		.dumpit = condis_nl_adapter_dump,
	},
	{
		.cmd = CONDIS_CMD_ADAPTER_RESET,
		.policy = condis_adapter_key_policy,
		.maxattr = ARRAY_SIZE(condis_adapter_key_policy) - 1,
		.doit = condis_nl_adapter_reset,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = CONDIS_CMD_ADAPTER_PAUSE,
		.policy = condis_adapter_key_policy,
		.maxattr = ARRAY_SIZE(condis_adapter_key_policy) - 1,
		.doit = condis_nl_adapter_pause,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = CONDIS_CMD_ADAPTER_RESTART,
		.policy = condis_adapter_key_policy,
		.maxattr = ARRAY_SIZE(condis_adapter_key_policy) - 1,
		.doit = condis_nl_adapter_restart,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{ .cmd = CONDIS_CMD_COUNT_GET, .dumpit = condis_nl_count_dump },
	{
		.cmd = CONDIS_CMD_CALL_GET,
		.policy = condis_call_policy,
		.maxattr = ARRAY_SIZE(condis_call_policy) - 1,
		.dumpit = condis_nl_call_dump,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{ .cmd = CONDIS_CMD_SESSION_GET, .dumpit = condis_nl_session_dump },
	{ .cmd = CONDIS_CMD_VERIFIER_GET, .dumpit = condis_nl_verifier_dump },
};

static const struct genl_multicast_group condis_mcgrps[] = {
	[CONDIS_MCGRP_NR_CONFIG] = { .name = CONDIS_MCGRP_CONFIG },
	/* Sessions tell who uses the machine: not for everybody. */
	[CONDIS_MCGRP_NR_SESSION] = {
		.name = CONDIS_MCGRP_SESSION,
		.flags = GENL_MCAST_CAP_NET_ADMIN,
	},
};

struct genl_family condis_genl_family __ro_after_init = {
	.name = CONDIS_GENL_NAME,
	.version = CONDIS_GENL_VERSION,
	.netnsok = true,
	.parallel_ops = true,
	.module = THIS_MODULE,
	.ops = condis_genl_ops,
	.n_ops = ARRAY_SIZE(condis_genl_ops),
	.mcgrps = condis_mcgrps,
	.n_mcgrps = ARRAY_SIZE(condis_mcgrps),
};

/**
 * condis_netlink_init() - register the family
 *
 * Context: Process context.
 * Return: 0 or what genl_register_family() answers.
 */
int condis_netlink_init(void)
{
	return genl_register_family(&condis_genl_family);
}

/**
 * condis_netlink_exit() - unregister the family
 *
 * Context: Process context. Waits for commands that run.
 */
void condis_netlink_exit(void)
{
	genl_unregister_family(&condis_genl_family);
}
