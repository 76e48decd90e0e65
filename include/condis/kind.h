/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Kinds of adapter and exchange, as kinds of link are registered with
 * rtnetlink: what user space makes, changes and removes by the core's generic
 * netlink family.  Whatever user space can hold belongs to the core; a kind
 * supplies functions, and condis_unregister_kind() waits for those that run.
 */
#ifndef _CONDIS_KIND_H
#define _CONDIS_KIND_H

#include <linux/list.h>
#include <linux/refcount.h>
#include <linux/completion.h>
#include <net/netlink.h>
#include <condis/types.h>
#include <condis/miniport.h>

struct condis_exchange;

/**
 * struct condis_kind - a kind of adapter, and of the exchange it connects to
 * @name: as user space names it
 * @miniport: handlers of its adapters
 * @adapter_priv: bytes of private area of an adapter
 * @exchange_priv: bytes of private area of an exchange
 * @adapter_maxattr: highest attribute in an adapter's CONDIS_A_ADAPTER_DATA
 * @adapter_policy: their policy
 * @exchange_maxattr: highest attribute in an exchange's CONDIS_A_EXCHANGE_DATA
 * @exchange_policy: their policy
 * @adapter_new: take the configuration of an adapter that is not registered yet; its exchange,
 *	if one was named, is condis_adapter_exchange(). What it takes is undone by the
 *	miniport's halt(), which runs also if the registration fails
 * @adapter_change: change a live adapter; validates everything before any effect. 0: done.
 *	CONDIS_RECONFIGURE: the line table was staged, the core runs condis_m_reconfigure()
 * @adapter_fill: put the adapter's attributes into a message; -EMSGSIZE if they do not fit
 * @exchange_new: initialise the private area of an exchange
 * @exchange_change: as @adapter_change
 * @exchange_fill: as @adapter_fill
 * @exchange_down: the exchange is gone for user space, or the kind is: clear its calls. The memory
 *	stays as long as adapters are connected
 *
 * All run in process context with the kind held, and may sleep but not wait for calls.
 */
struct condis_kind {
	const char *name;
	const struct condis_miniport_ops *miniport;
	size_t adapter_priv;
	size_t exchange_priv;
	unsigned int adapter_maxattr;
	const struct nla_policy *adapter_policy;
	unsigned int exchange_maxattr;
	const struct nla_policy *exchange_policy;

	int (*adapter_new)(struct condis_adapter *adapter, struct nlattr **tb,
			   struct netlink_ext_ack *extack);
	int (*adapter_change)(struct condis_adapter *adapter, struct nlattr **tb,
			      struct netlink_ext_ack *extack);
	int (*adapter_fill)(struct condis_adapter *adapter, struct sk_buff *skb);
	int (*exchange_new)(struct condis_exchange *exchange, struct nlattr **tb,
			    struct netlink_ext_ack *extack);
	int (*exchange_change)(struct condis_exchange *exchange, struct nlattr **tb,
			       struct netlink_ext_ack *extack);
	int (*exchange_fill)(struct condis_exchange *exchange, struct sk_buff *skb);
	void (*exchange_down)(struct condis_exchange *exchange);

	/* private: the core's; one reference for being registered, one for each that runs */
	struct list_head node;
	refcount_t active;
	struct completion drained;
};

/* adapter_change(): staged, needs the address families closed and opened anew. */
#define CONDIS_RECONFIGURE	1

int condis_register_kind(struct condis_kind *kind);
void condis_unregister_kind(struct condis_kind *kind);

struct condis_exchange *condis_adapter_exchange(const struct condis_adapter *adapter);
void *condis_exchange_priv(const struct condis_exchange *exchange);
const char *condis_exchange_name(const struct condis_exchange *exchange);

#endif /* _CONDIS_KIND_H */
