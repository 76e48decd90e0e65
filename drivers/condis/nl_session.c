// SPDX-License-Identifier: GPL-2.0
/*
 * Netlink: sessions.
 */
#include <linux/jiffies.h>
#include <linux/pid_namespace.h>
#include <net/net_namespace.h>
#include <net/sock.h>

#include "core.h"
#include "net.h"
#include "netlink.h"

static const u8 charge_attrs[CONDIS_NR_CHARGES] = {
	[CONDIS_CHARGE_LINE] = CONDIS_A_CHARGE_LINES,
	[CONDIS_CHARGE_CALL] = CONDIS_A_CHARGE_CALLS,
	[CONDIS_CHARGE_REQUEST] = CONDIS_A_CHARGE_REQUESTS,
	[CONDIS_CHARGE_EVENT] = CONDIS_A_CHARGE_EVENTS,
	[CONDIS_CHARGE_DATA] = CONDIS_A_CHARGE_DATA,
	[CONDIS_CHARGE_PACKET] = CONDIS_A_CHARGE_PACKETS,
	[CONDIS_CHARGE_GIVEN] = CONDIS_A_CHARGE_GIVEN,
};

static int fill_charges(struct sk_buff *skb, struct condis_account *account)
{
	struct nlattr *nest = nla_nest_start(skb, CONDIS_A_SESSION_CHARGES);
	unsigned int i;

	if (!nest)
		return -EMSGSIZE;
	for (i = 0; i < CONDIS_NR_CHARGES; i++)
		if (nla_put_u32(skb, charge_attrs[i], atomic_read(&account->charges[i])))
			return -EMSGSIZE;
	nla_nest_end(skb, nest);

	nest = nla_nest_start(skb, CONDIS_A_SESSION_LIMITS);
	if (!nest)
		return -EMSGSIZE;
	for (i = 0; i < CONDIS_NR_CHARGES; i++)
		if (nla_put_u32(skb, charge_attrs[i], account->limits[i]))
			return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

/* Numbers of processes and users are as the reader's namespaces have them; @pids may be NULL. */
static int fill_session(struct sk_buff *skb, struct condis_account *account,
			struct user_namespace *users, struct pid_namespace *pids)
{
	u64 age = jiffies_to_msecs(jiffies - account->made);
	char name[CONDIS_SESSION_NAME_SIZE];

	condis_account_name(account, name);
	if (nla_put_u32(skb, CONDIS_A_SESSION_ID, account->id) ||
	    nla_put_u32(skb, CONDIS_A_SESSION_PID, pids ? pid_nr_ns(account->pid, pids) : 0) ||
	    nla_put_string(skb, CONDIS_A_SESSION_COMM, account->comm) ||
	    nla_put_string(skb, CONDIS_A_SESSION_NAME, name) ||
	    nla_put_u32(skb, CONDIS_A_SESSION_UID, from_kuid_munged(users, account->uid)) ||
	    nla_put_u64_64bit(skb, CONDIS_A_SESSION_AGE, age, CONDIS_A_SESSION_PAD) ||
	    (READ_ONCE(account->closing) && nla_put_flag(skb, CONDIS_A_SESSION_CLOSING)) ||
	    fill_charges(skb, account))
		return -EMSGSIZE;
	return 0;
}

static int put_session(struct sk_buff *skb, struct condis_account *account,
		       struct netlink_callback *cb)
{
	void *header = genlmsg_put(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq,
				   &condis_genl_family, NLM_F_MULTI, CONDIS_CMD_SESSION_GET);

	if (!header)
		return -EMSGSIZE;
	genl_dump_check_consistent(cb, header);
	if (fill_session(skb, account, sk_user_ns(NETLINK_CB(cb->skb).sk),
			 task_active_pid_ns(current))) {
		genlmsg_cancel(skb, header);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, header);
	return 0;
}

/**
 * condis_nl_session_dump() - CONDIS_CMD_SESSION_GET
 * @skb: the message to fill
 * @cb: the dump; ctx holds the next id
 *
 * Context: Process context.
 * Return: Bytes filled; 0 at the end.
 */
int condis_nl_session_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct net *net = sock_net(skb->sk);
	struct condis_net *table = condis_net_of(net);
	bool sees_all = netlink_ns_capable(cb->skb, net->user_ns, CAP_NET_ADMIN);
	struct condis_account *account;
	u32 *next = (u32 *)cb->ctx;
	int err = 0;

	cb->seq = READ_ONCE(table->generation);
	while (!err && (account = condis_account_next(table, next))) {
		if (sees_all || uid_eq(account->uid, current_uid()))
			err = put_session(skb, account, cb);
		condis_account_put(account);
		if (!err)
			(*next)++;
	}
	return skb->len;
}

/**
 * condis_netlink_notify_session() - tell readers what happened to a session
 * @account: its account
 * @event: what
 *
 * Context: Process context or softirq.
 */
void condis_netlink_notify_session(struct condis_account *account, enum condis_event event)
{
	struct net *net = condis_net_enter(account->home);
	struct user_namespace *users;
	struct pid_namespace *pids;
	struct sk_buff *skb;
	void *header;

	if (!net)
		return;
	/* One message for all readers: a container's learn nothing of the machine's numbers. */
	users = net->user_ns;
	pids = users == &init_user_ns ? &init_pid_ns : NULL;
	skb = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_ATOMIC | __GFP_NOWARN);
	if (skb) {
		header = genlmsg_put(skb, 0, 0, &condis_genl_family, 0, CONDIS_CMD_SESSION_EVENT);
		if (!header || nla_put_u32(skb, CONDIS_A_SESSION_EVENT, event) ||
		    fill_session(skb, account, users, pids)) {
			WARN_ON_ONCE(1);	/* It has a bounded size. */
			kfree_skb(skb);
			goto leave;
		}
		genlmsg_end(skb, header);
	}
	condis_nl_multicast(account->home, CONDIS_MCGRP_NR_SESSION, skb);
leave:
	condis_net_leave(net);
}
