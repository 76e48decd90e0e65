/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the core knows of each network namespace: its adapters and exchanges,
 * by id and by name.
 *
 * The table of a namespace (struct condis_net) has a reference from the
 * namespace and from each adapter, exchange and account, so it outlives the
 * namespace as long as something of it comes down.  Nothing here holds the
 * namespace itself; condis_net.net is followed only between
 * condis_net_enter() and condis_net_leave(), for one message.
 *
 * Locks, outermost first:
 *
 *   condis_net.config       changes that user space asks for in a namespace
 *   condis_exchange_mutex   an exchange leaves its table and goes down
 *   condis_kind_mutex       the list of kinds
 *   condis_net.lock         a namespace's tables, adapter.kind, adapter.exchange,
 *                           exchange.down, exchange.adapters
 *
 * condis_net.lock is a spinlock and a leaf.  condis_kind_mutex is a leaf but for
 * it.  Neither is held over a function of a kind; the first two are, and
 * condis_net.config is taken before registry.lock and adapter.control.
 */
#ifndef _CONDIS_NET_H
#define _CONDIS_NET_H

#include <linux/cred.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/xarray.h>
#include <condis/account.h>
#include <uapi/linux/condis.h>

struct condis_adapter;
struct condis_exchange;
struct condis_kind;
struct net;
struct netlink_ext_ack;

/**
 * struct condis_net - the table of one network namespace
 * @ref: the namespace, each adapter, exchange and account, walks
 * @node: in the list of all tables
 * @config: serialises requests of user space that make and change
 * @lock: protects everything down to @net
 * @adapters: by id: those that are there and those that still come down
 * @exchanges: by id
 * @next_adapter: for xa_alloc_cyclic()
 * @next_exchange: for xa_alloc_cyclic()
 * @nr_adapters: entries of @adapters
 * @nr_exchanges: entries of @exchanges
 * @accounts: of sessions, by id
 * @next_account: for xa_alloc_cyclic()
 * @nr_accounts: entries of @accounts
 * @generation: changes with each entry that comes or goes; never 0
 * @net: the namespace, NULL once it goes away
 * @cookie: its identity, also then
 * @violations: breaches of the contract on its adapters, also on those that are gone
 */
struct condis_net {
	struct kref ref;
	struct list_head node;
	struct mutex config;	/* outermost */

	spinlock_t lock;	/* innermost */
	struct xarray adapters;
	struct xarray exchanges;
	u32 next_adapter;
	u32 next_exchange;
	unsigned int nr_adapters;
	unsigned int nr_exchanges;
	struct xarray accounts;
	u32 next_account;
	unsigned int nr_accounts;
	unsigned int generation;
	struct net *net;
	u64 cookie;
	atomic_t violations[CONDIS_NR_VIOLATIONS];
};

/**
 * struct condis_account - what a session of user space has
 * @ref: the session, and who looks at it
 * @home: its namespace's table (a reference)
 * @id: number in the table, never used twice in a row
 * @pid: the process that made it
 * @comm: its name
 * @name: what the session says it is called, under @lock
 * @lock: innermost, bottom halves off
 * @uid: its user
 * @made: jiffies of its making
 * @closing: the session's file is closed
 * @charges: what it has, by enum condis_charge
 * @limits: what it may have
 */
struct condis_account {
	struct kref ref;
	struct condis_net *home;
	u32 id;
	struct pid *pid;
	char comm[TASK_COMM_LEN];
	char name[CONDIS_SESSION_NAME_SIZE];
	spinlock_t lock;	/* name */
	kuid_t uid;
	unsigned long made;
	bool closing;
	atomic_t charges[CONDIS_NR_CHARGES];
	u32 limits[CONDIS_NR_CHARGES];
};

int condis_net_init(void);
void condis_net_exit(void);

struct condis_net *condis_net_of(struct net *net);
void condis_net_get(struct condis_net *table);
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
void condis_net_changed(struct condis_net *table);
void condis_net_count_violation(u64 cookie, enum condis_violation violation);

/* kind.c */
struct condis_kind *condis_kind_find(const char *name);
bool condis_kind_tryget(struct condis_kind *kind);
void condis_kind_put(struct condis_kind *kind);
struct condis_kind *condis_adapter_kind_get(struct condis_adapter *adapter);
struct condis_kind *condis_exchange_kind_get(struct condis_exchange *exchange);
const char *condis_kind_name_at(unsigned int index, char *name);

/* account.c */
struct condis_account *condis_account_next(struct condis_net *table, u32 *id);
void condis_account_put(struct condis_account *account);
void condis_account_name(struct condis_account *account, char *name);
unsigned int condis_account_count(struct condis_net *table);

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
