// SPDX-License-Identifier: GPL-2.0
/*
 * Netlink: what the verifier has counted.
 */
#include <net/net_namespace.h>
#include <net/sock.h>

#include "core.h"
#include "net.h"
#include "netlink.h"
#include "quarantine.h"

static int fill_violations(struct sk_buff *skb, const atomic_t *violations)
{
	struct nlattr *nest = nla_nest_start(skb, CONDIS_A_VERIFIER_VIOLATIONS);
	unsigned int i;
	int n;

	if (!nest)
		return -EMSGSIZE;
	for (i = CONDIS_VIOLATION_NONE + 1; i < CONDIS_NR_VIOLATIONS; i++) {
		n = atomic_read(&violations[i]);
		if (n && nla_put_u32(skb, i, n))
			return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static int fill_net(struct sk_buff *skb, struct condis_net *table)
{
	if ((condis_verifier_on() && nla_put_flag(skb, CONDIS_A_VERIFIER_ON)) ||
	    nla_put_u32(skb, CONDIS_A_VERIFIER_KEPT, condis_quarantine_length()))
		return -EMSGSIZE;
	return fill_violations(skb, table->violations);
}

static int fill_adapter(struct sk_buff *skb, struct condis_adapter *adapter)
{
	if (nla_put_u32(skb, CONDIS_A_VERIFIER_ADAPTER_ID, adapter->id) ||
	    nla_put_string(skb, CONDIS_A_VERIFIER_ADAPTER_NAME, adapter->name))
		return -EMSGSIZE;
	return fill_violations(skb, adapter->violations);
}

/* One message: of an adapter, or of the namespace if that is NULL. */
static int put(struct sk_buff *skb, struct condis_net *table, struct condis_adapter *adapter,
	       struct netlink_callback *cb)
{
	void *header = genlmsg_put(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq,
				   &condis_genl_family, NLM_F_MULTI, CONDIS_CMD_VERIFIER_GET);
	int err;

	if (!header)
		return -EMSGSIZE;
	genl_dump_check_consistent(cb, header);
	err = adapter ? fill_adapter(skb, adapter) : fill_net(skb, table);
	if (err)
		genlmsg_cancel(skb, header);
	else
		genlmsg_end(skb, header);
	return err;
}

/**
 * condis_nl_verifier_dump() - CONDIS_CMD_VERIFIER_GET
 * @skb: the message to fill
 * @cb: the dump; ctx holds the next adapter's id, 0 before the namespace
 *
 * Context: Process context.
 * Return: Bytes filled; 0 at the end.
 */
int condis_nl_verifier_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct condis_net *table = condis_net_of(sock_net(skb->sk));
	u32 *next = (u32 *)cb->ctx;
	struct condis_adapter *adapter;
	int err = 0;

	cb->seq = READ_ONCE(table->generation);
	if (!*next) {
		err = put(skb, table, NULL, cb);
		if (!err)
			*next = 1;
	}
	while (!err && (adapter = condis_net_next_adapter(table, next))) {
		err = put(skb, table, adapter, cb);
		condis_put_adapter(adapter);
		if (!err)
			(*next)++;
	}
	return skb->len;
}
