/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the core knows of each network namespace: its adapters and exchanges,
 * by id and by name.
 *
 * The table of a namespace (struct condis_net) has a reference from the
 * namespace, from each adapter and from each exchange, so it outlives the
 * namespace as long as something of it comes down.  Nothing here holds the
 * namespace itself; condis_net.net is followed only between
 * condis_net_enter() and condis_net_leave(), for one message.
 *
 * Locks, outermost first:
 *
 *   condis_exchange_mutex   an exchange leaves its table and goes down
 *   condis_kind_mutex       the list of kinds
 *   condis_net.lock         a namespace's tables, adapter.kind, adapter.exchange,
 *                           exchange.down, exchange.adapters
 *
 * The last two are leaves: nothing of the core's, and no function of a kind, is
 * called under them.  They may be taken under registry.lock and adapter.control.
 */
#ifndef _CONDIS_NET_H
#define _CONDIS_NET_H

#include <linux/kref.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/xarray.h>

struct condis_account;
struct condis_adapter;
struct condis_exchange;
struct condis_kind;
struct net;
struct netlink_ext_ack;

/**
 * struct condis_net - the table of one network namespace
 * @ref: the namespace, each adapter, each exchange
 * @node: in the list of all tables, until the namespace is gone
 * @lock: protects everything down to @generation
 * @adapters: by id: those that are there and those that still come down
 * @exchanges: by id
 * @next_adapter: for xa_alloc_cyclic()
 * @next_exchange: for xa_alloc_cyclic()
 * @nr_adapters: entries of @adapters
 * @nr_exchanges: entries of @exchanges
 * @generation: changes with each entry that comes or goes; never 0
 * @net_lock: protects @net
 * @net: the namespace, NULL once it goes away
 * @cookie: its identity, for as long as anything remembers it
 */
struct condis_net {
	struct kref ref;
	struct list_head node;

	struct mutex lock;
	struct xarray adapters;
	struct xarray exchanges;
	u32 next_adapter;
	u32 next_exchange;
	unsigned int nr_adapters;
	unsigned int nr_exchanges;
	unsigned int generation;

	spinlock_t net_lock;
	struct net *net;
	u64 cookie;
};

int condis_net_init(void);
void condis_net_exit(void);

struct condis_net *condis_net_of(struct net *net);
void condis_net_put(struct condis_net *table);
struct net *condis_net_enter(struct condis_net *table);
void condis_net_leave(struct net *net);
struct condis_net *condis_net_next_table(struct condis_net *table);

/* For the core: the life of an adapter in the table. */
int condis_net_add_adapter(struct condis_adapter *adapter);
void condis_net_del_adapter(struct condis_adapter *adapter);
void condis_net_forget_adapter(struct condis_adapter *adapter);

struct condis_adapter *condis_net_find_adapter(struct net *net, u32 id, const char *name);
struct condis_adapter *condis_net_next_adapter(struct condis_net *table, u32 *id);
bool condis_net_has_adapter(struct condis_net *table, const char *name);

/* kind.c */
struct condis_kind *condis_kind_find(const char *name);
bool condis_kind_tryget(struct condis_kind *kind);
void condis_kind_put(struct condis_kind *kind);
struct condis_kind *condis_adapter_kind_get(struct condis_adapter *adapter);
struct condis_kind *condis_exchange_kind_get(struct condis_exchange *exchange);
const char *condis_kind_name_at(unsigned int index, char *name);

/* exchange.c */
extern struct mutex condis_exchange_mutex;

int condis_exchange_create(struct condis_net *table, struct condis_kind *kind,
			   const char *name, struct nlattr **tb,
			   struct netlink_ext_ack *extack);
int condis_exchange_remove(struct condis_net *table, const char *name,
			   struct netlink_ext_ack *extack);
void condis_exchange_remove_all(struct condis_net *table, struct condis_kind *kind);
struct condis_exchange *condis_exchange_find(struct condis_net *table, const char *name);
struct condis_exchange *condis_exchange_next(struct condis_net *table, u32 *id);
void condis_exchange_put(struct condis_exchange *exchange);
int condis_exchange_join(struct condis_exchange *exchange, struct condis_adapter *adapter);

/* For the core: the halt of an adapter is over, it calls on the exchange no more. */
void condis_exchange_leave(struct condis_adapter *adapter);

#endif /* _CONDIS_NET_H */
