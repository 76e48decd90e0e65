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

/**
 * condis_nl_verifier_dump() - CONDIS_CMD_VERIFIER_GET
 * @skb: the message to fill
 * @cb: the dump; see condis_nl_view_dump()
 *
 * Context: Process context.
 * Return: Bytes filled; 0 at the end.
 */
int condis_nl_verifier_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	static const struct condis_nl_view view = {
		.cmd = CONDIS_CMD_VERIFIER_GET,
		.fill_net = fill_net,
		.fill_adapter = fill_adapter,
	};

	return condis_nl_view_dump(skb, cb, &view);
}
