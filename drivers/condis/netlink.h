/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The generic netlink family: what its files share, and the events that the
 * rest of the core sends by it.
 */
#ifndef _CONDIS_NETLINK_H
#define _CONDIS_NETLINK_H

#include <net/genetlink.h>
#include <uapi/linux/condis.h>

struct condis_account;
struct condis_adapter;
struct condis_exchange;
struct condis_net;

int condis_netlink_init(void);
void condis_netlink_exit(void);

/*
 * For the core.  Process context, also with adapter.control and registry.lock
 * held; they neither wait for memory nor fail: a reader who missed one is told
 * that (ENOBUFS on its socket).
 */
void condis_netlink_notify_adapter(struct condis_adapter *adapter, enum condis_event event);
void condis_netlink_notify_exchange(struct condis_exchange *exchange, enum condis_event event);
void condis_netlink_notify_session(struct condis_account *account, enum condis_event event);

/* netlink.c, for the files of each noun. */
extern struct genl_family condis_genl_family;

enum condis_mcgrp {
	CONDIS_MCGRP_NR_CONFIG,
	CONDIS_MCGRP_NR_SESSION,
};

int condis_nl_check_name(const struct nlattr *attr, struct netlink_ext_ack *extack);
struct nlattr **condis_nl_parse_data(const struct nlattr *data, unsigned int maxattr,
				     const struct nla_policy *policy,
				     struct netlink_ext_ack *extack);
int condis_nl_refuse_keys(struct netlink_callback *cb);
void condis_nl_multicast(struct condis_net *table, enum condis_mcgrp group, struct sk_buff *skb);

/* nl_exchange.c */
extern const struct nla_policy condis_exchange_new_policy[CONDIS_A_EXCHANGE_DATA + 1];
extern const struct nla_policy condis_exchange_set_policy[CONDIS_A_EXCHANGE_DATA + 1];
extern const struct nla_policy condis_exchange_key_policy[CONDIS_A_EXCHANGE_NAME + 1];

int condis_nl_exchange_new(struct sk_buff *skb, struct genl_info *info);
int condis_nl_exchange_set(struct sk_buff *skb, struct genl_info *info);
int condis_nl_exchange_del(struct sk_buff *skb, struct genl_info *info);
int condis_nl_exchange_get(struct sk_buff *skb, struct genl_info *info);
int condis_nl_exchange_dump(struct sk_buff *skb, struct netlink_callback *cb);

/* nl_adapter.c */
extern const struct nla_policy condis_adapter_new_policy[CONDIS_A_ADAPTER_DATA + 1];
extern const struct nla_policy condis_adapter_set_policy[CONDIS_A_ADAPTER_DATA + 1];
extern const struct nla_policy condis_adapter_del_policy[CONDIS_A_ADAPTER_SURPRISE + 1];
extern const struct nla_policy condis_adapter_key_policy[CONDIS_A_ADAPTER_NAME + 1];

int condis_nl_adapter_new(struct sk_buff *skb, struct genl_info *info);
int condis_nl_adapter_set(struct sk_buff *skb, struct genl_info *info);
int condis_nl_adapter_del(struct sk_buff *skb, struct genl_info *info);
int condis_nl_adapter_get(struct sk_buff *skb, struct genl_info *info);
int condis_nl_adapter_reset(struct sk_buff *skb, struct genl_info *info);
int condis_nl_adapter_pause(struct sk_buff *skb, struct genl_info *info);
int condis_nl_adapter_restart(struct sk_buff *skb, struct genl_info *info);
int condis_nl_adapter_dump(struct sk_buff *skb, struct netlink_callback *cb);

/* nl_view.c */
extern const struct nla_policy condis_call_policy[CONDIS_A_CALL_ADAPTER_ID + 1];

/**
 * struct condis_nl_view - what is told of the namespace and of each adapter
 * @cmd: of its messages
 * @fill_net: fill in what is told of the namespace; -EMSGSIZE
 * @fill_adapter: fill in what is told of an adapter; -EMSGSIZE
 */
struct condis_nl_view {
	u8 cmd;
	int (*fill_net)(struct sk_buff *skb, struct condis_net *table);
	int (*fill_adapter)(struct sk_buff *skb, struct condis_adapter *adapter);
};

int condis_nl_view_dump(struct sk_buff *skb, struct netlink_callback *cb,
			const struct condis_nl_view *view);
int condis_nl_kind_dump(struct sk_buff *skb, struct netlink_callback *cb);
int condis_nl_count_dump(struct sk_buff *skb, struct netlink_callback *cb);
int condis_nl_call_dump(struct sk_buff *skb, struct netlink_callback *cb);

/* nl_session.c */
int condis_nl_session_dump(struct sk_buff *skb, struct netlink_callback *cb);

/* nl_verifier.c */
int condis_nl_verifier_dump(struct sk_buff *skb, struct netlink_callback *cb);

#endif /* _CONDIS_NETLINK_H */
