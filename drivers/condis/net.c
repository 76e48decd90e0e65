// SPDX-License-Identifier: GPL-2.0
/*
 * Tables of namespaces: adapters by id and name, and the end of a namespace.
 */
#include <linux/build_bug.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <net/net_namespace.h>
#include <net/netns/generic.h>

#include "core.h"
#include "net.h"
#include "netlink.h"

static_assert(sizeof_field(struct condis_adapter, name) == CONDIS_NAME_MAX + 1);

struct condis_pernet {
	struct condis_net *table;
};

static unsigned int condis_pernet_id __read_mostly;

static DEFINE_SPINLOCK(tables_lock);	/* protects tables; a leaf */
static LIST_HEAD(tables);

static void table_release(struct kref *ref)
{
	struct condis_net *table = container_of(ref, struct condis_net, ref);

	spin_lock_bh(&tables_lock);
	list_del(&table->node);
	spin_unlock_bh(&tables_lock);

	WARN_ONCE(!xa_empty(&table->adapters) || !xa_empty(&table->exchanges) ||
		  !xa_empty(&table->accounts),
		  "condis: a namespace's table goes with entries in it\n");
	xa_destroy(&table->adapters);
	xa_destroy(&table->exchanges);
	xa_destroy(&table->accounts);
	kfree(table);
}

/**
 * condis_net_get() - take a reference on a namespace's table
 * @table: the table
 *
 * Context: Any.
 */
void condis_net_get(struct condis_net *table)
{
	kref_get(&table->ref);
}

/**
 * condis_net_put() - drop a reference on a namespace's table
 * @table: the table, or NULL
 *
 * Context: Process context or softirq.
 */
void condis_net_put(struct condis_net *table)
{
	if (table)
		kref_put(&table->ref, table_release);
}

/**
 * condis_net_of() - the table of a namespace
 * @net: the namespace; the caller keeps it alive
 *
 * Context: Any.
 * Return: The table, without a reference: it lives as long as @net.
 */
struct condis_net *condis_net_of(struct net *net)
{
	struct condis_pernet *pernet = net_generic(net, condis_pernet_id);

	return pernet->table;
}

/**
 * condis_net_enter() - hold the namespace of a table for a moment
 * @table: the table
 *
 * Context: Process context or softirq.
 * Return: The namespace, to be given back to condis_net_leave() without
 * delay, or NULL if it goes away: nobody is left there to be told.
 */
struct net *condis_net_enter(struct condis_net *table)
{
	struct net *net;

	/* The namespace's end clears the pointer under the lock, before its memory goes. */
	spin_lock_bh(&table->lock);
	net = table->net ? maybe_get_net(table->net) : NULL;
	spin_unlock_bh(&table->lock);
	return net;
}

/**
 * condis_net_leave() - end what condis_net_enter() began
 * @net: what it answered
 *
 * Context: As condis_net_enter().
 */
void condis_net_leave(struct net *net)
{
	put_net(net);
}

/**
 * condis_net_next_table() - walk all tables
 * @table: the last one with its reference, which is dropped, or NULL to begin
 *
 * Context: Process context, no core lock held.
 * Return: The next table, with a reference, or NULL at the end.
 */
struct condis_net *condis_net_next_table(struct condis_net *table)
{
	struct condis_net *next = NULL;
	struct condis_net *at;

	spin_lock_bh(&tables_lock);
	/* The caller's reference keeps @table in the list. */
	at = list_prepare_entry(table, &tables, node);
	list_for_each_entry_continue(at, &tables, node) {
		if (kref_get_unless_zero(&at->ref)) {
			next = at;
			break;
		}
	}
	spin_unlock_bh(&tables_lock);
	condis_net_put(table);
	return next;
}

/**
 * condis_net_changed() - an entry of a table came or went
 * @table: the table, locked
 *
 * A dump that is on its way over the table will say that it met a change.
 */
void condis_net_changed(struct condis_net *table)
{
	lockdep_assert_held(&table->lock);
	/* Netlink takes 0 for "not known". */
	WRITE_ONCE(table->generation, table->generation + 1 ?: 1);
}

/**
 * condis_net_count_violation() - count a breach of the contract
 * @cookie: the namespace's identity; it may be gone
 * @violation: which
 *
 * Context: Any but hard interrupts.
 */
void condis_net_count_violation(u64 cookie, enum condis_violation violation)
{
	struct condis_net *table;

	spin_lock_bh(&tables_lock);
	list_for_each_entry(table, &tables, node)
		if (table->cookie == cookie)
			atomic_inc(&table->violations[violation]);
	spin_unlock_bh(&tables_lock);
}

static struct condis_adapter *find_name(struct condis_net *table, const char *name)
{
	struct condis_adapter *adapter;
	unsigned long id;

	lockdep_assert_held(&table->lock);
	xa_for_each(&table->adapters, id, adapter)
		if (!adapter->unnamed && !strcmp(adapter->name, name))
			return adapter;
	return NULL;
}

static int insert_adapter(struct condis_net *table, struct condis_adapter *adapter, u32 id)
{
	lockdep_assert_held(&table->lock);

	if (!table->net)
		return -ENODEV;
	if (table->nr_adapters >= CONDIS_ADAPTERS_MAX)
		return -ENOSPC;
	if (find_name(table, adapter->name))
		return -EEXIST;
	/* The slot is reserved: this allocates nothing. */
	xa_store_bh(&table->adapters, id, adapter, GFP_ATOMIC);
	adapter->id = id;
	WRITE_ONCE(adapter->unnamed, false);
	WRITE_ONCE(adapter->forgotten, false);
	if (!adapter->home) {
		condis_net_get(table);
		WRITE_ONCE(adapter->home, table);
	}
	table->nr_adapters++;
	condis_net_changed(table);
	return 0;
}

/**
 * condis_net_add_adapter() - enter an adapter into its namespace's table
 * @adapter: the adapter; its net must be alive
 *
 * Gives the adapter its id. Sends CONDIS_EVENT_NEW; if the adapter does not come
 * up, condis_net_forget_adapter() tells that too. The table takes no reference: who calls this
 * calls condis_net_forget_adapter() before the adapter's memory goes.
 *
 * Context: Process context.
 * Return: 0, -EEXIST if the name is taken, -ENOSPC if CONDIS_ADAPTERS_MAX are
 * there, -ENODEV if the namespace goes away, -ENOMEM.
 */
int condis_net_add_adapter(struct condis_adapter *adapter)
{
	struct condis_net *table = condis_net_of(adapter->net);
	u32 id;
	int err;

	err = xa_alloc_cyclic_bh(&table->adapters, &id, NULL, XA_LIMIT(1, S32_MAX),
				 &table->next_adapter, GFP_KERNEL);
	if (err < 0)
		return err == -EBUSY ? -ENOSPC : err;

	spin_lock_bh(&table->lock);
	err = insert_adapter(table, adapter, id);
	spin_unlock_bh(&table->lock);
	if (err) {
		xa_erase_bh(&table->adapters, id);
		return err;
	}
	condis_delay_point("net.adapter.named", adapter->id);
	condis_netlink_notify_adapter(adapter, CONDIS_EVENT_NEW);
	return 0;
}

/**
 * condis_net_del_adapter() - take an adapter's name away
 * @adapter: the adapter; nothing happens if it has no name any more
 *
 * From here on nobody finds it by id or name, and the name is free; it is
 * still counted until condis_net_forget_adapter(). Sends CONDIS_EVENT_DEL.
 *
 * Context: Process context or softirq.
 */
void condis_net_del_adapter(struct condis_adapter *adapter)
{
	struct condis_net *table = READ_ONCE(adapter->home);
	bool was_named;

	if (!table)
		return;
	spin_lock_bh(&table->lock);
	was_named = !adapter->unnamed;
	WRITE_ONCE(adapter->unnamed, true);
	if (was_named)
		condis_net_changed(table);
	spin_unlock_bh(&table->lock);
	condis_delay_point("net.adapter.unnamed", adapter->id);
	if (was_named)
		condis_netlink_notify_adapter(adapter, CONDIS_EVENT_DEL);
}

/**
 * condis_net_forget_adapter() - nothing of an adapter is left
 * @adapter: the adapter; nothing happens if it is in no table
 *
 * To be called when its halt is over and its counts are zero, and in any case
 * before its memory goes. Sends CONDIS_EVENT_GONE. The table stays until that memory goes: who
 * asks for the adapter's removal a second time still looks at it.
 *
 * Context: Process context or softirq; not concurrently for one adapter.
 */
void condis_net_forget_adapter(struct condis_adapter *adapter)
{
	struct condis_net *table = adapter->home;

	condis_exchange_leave(adapter);
	if (!table || adapter->forgotten)
		return;

	condis_net_del_adapter(adapter);
	condis_netlink_notify_adapter(adapter, CONDIS_EVENT_GONE);
	condis_delay_point("net.adapter.gone", adapter->id);

	spin_lock_bh(&table->lock);
	xa_erase_bh(&table->adapters, adapter->id);
	WRITE_ONCE(adapter->forgotten, true);
	adapter->kind = NULL;
	table->nr_adapters--;
	condis_net_changed(table);
	spin_unlock_bh(&table->lock);
}

/**
 * condis_net_find_adapter() - find an adapter that has its name
 * @net: its namespace; the caller keeps it alive
 * @id: its number, or 0 to go by @name
 * @name: its name; may be NULL if @id is given
 *
 * Context: Process context or softirq.
 * Return: The adapter with a reference for condis_put_adapter(), or NULL.
 */
struct condis_adapter *condis_net_find_adapter(struct net *net, u32 id, const char *name)
{
	struct condis_net *table = condis_net_of(net);
	struct condis_adapter *adapter;

	spin_lock_bh(&table->lock);
	adapter = id ? xa_load(&table->adapters, id) : find_name(table, name);
	if (adapter && (adapter->unnamed || !kref_get_unless_zero(&adapter->ref)))
		adapter = NULL;
	spin_unlock_bh(&table->lock);
	return adapter;
}

/**
 * condis_net_has_adapter() - is a name taken?
 * @table: the namespace's table
 * @name: the name
 *
 * Context: Process context or softirq.
 * Return: Whether an adapter has that name now.
 */
bool condis_net_has_adapter(struct condis_net *table, const char *name)
{
	bool found;

	spin_lock_bh(&table->lock);
	found = find_name(table, name);
	spin_unlock_bh(&table->lock);
	return found;
}

/**
 * condis_net_next_adapter() - walk the adapters of a table by id
 * @table: the table
 * @id: in: the lowest id wanted; out: the id of the adapter found
 *
 * Also finds adapters that come down.
 *
 * Context: Process context or softirq.
 * Return: The adapter with a reference for condis_put_adapter(), or NULL.
 */
struct condis_adapter *condis_net_next_adapter(struct condis_net *table, u32 *id)
{
	struct condis_adapter *adapter;
	unsigned long index = *id;

	spin_lock_bh(&table->lock);
	xa_for_each_start(&table->adapters, index, adapter, *id)
		if (kref_get_unless_zero(&adapter->ref))
			break;
	spin_unlock_bh(&table->lock);
	if (adapter)
		*id = index;
	return adapter;
}

static int net_begins(struct net *net)
{
	struct condis_pernet *pernet = net_generic(net, condis_pernet_id);
	struct condis_net *table = kzalloc(sizeof(*table), GFP_KERNEL_ACCOUNT);

	if (!table)
		return -ENOMEM;
	kref_init(&table->ref);
	mutex_init(&table->config);
	spin_lock_init(&table->lock);
	xa_init_flags(&table->adapters, XA_FLAGS_ALLOC1 | XA_FLAGS_LOCK_BH);
	xa_init_flags(&table->exchanges, XA_FLAGS_ALLOC1 | XA_FLAGS_LOCK_BH);
	xa_init_flags(&table->accounts, XA_FLAGS_ALLOC1 | XA_FLAGS_LOCK_BH);
	table->generation = 1;
	table->net = net;
	table->cookie = net->net_cookie;
	pernet->table = table;

	spin_lock_bh(&tables_lock);
	list_add_tail(&table->node, &tables);
	spin_unlock_bh(&tables_lock);
	return 0;
}

/* Surprise removal of every adapter of a namespace, begun. */
static void remove_adapters(struct condis_net *table)
{
	struct condis_adapter *adapter;
	u32 id = 1;

	/* From here on nobody adds an adapter or an exchange, and nobody is told. */
	spin_lock_bh(&table->lock);
	table->net = NULL;
	spin_unlock_bh(&table->lock);
	condis_delay_point("net.namespace.ends", 0);

	while ((adapter = condis_net_next_adapter(table, &id))) {
		condis_remove_adapter(adapter, true);
		condis_put_adapter(adapter);
		id++;
	}
}

/* Each halt has a deadline of its own, and they all run already. */
static void await_adapters(struct condis_net *table)
{
	struct condis_adapter *adapter;
	u32 id = 1;

	while ((adapter = condis_net_next_adapter(table, &id))) {
		wait_for_completion(&adapter->halted);
		condis_put_adapter(adapter);
		id++;
	}
}

/*
 * The end of namespaces, many at a time: all adapters of all of them come down
 * in parallel, so the wait is as long as the longest.
 */
static void nets_end(struct list_head *nets)
{
	struct net *net;

	list_for_each_entry(net, nets, exit_list)
		remove_adapters(condis_net_of(net));
	list_for_each_entry(net, nets, exit_list)
		await_adapters(condis_net_of(net));
	list_for_each_entry(net, nets, exit_list) {
		condis_exchange_remove_all(condis_net_of(net), NULL);
		condis_net_put(condis_net_of(net));
	}
}

static struct pernet_operations condis_pernet_ops = {
	.init = net_begins,
	.exit_batch = nets_end,
	.id = &condis_pernet_id,
	.size = sizeof(struct condis_pernet),
};

/**
 * condis_net_init() - make the tables of all namespaces
 *
 * Context: Process context.
 * Return: 0 or -ENOMEM.
 */
int condis_net_init(void)
{
	return register_pernet_subsys(&condis_pernet_ops);
}

/**
 * condis_net_exit() - remove the tables of all namespaces
 *
 * No adapter and no exchange is left: the modules of their kinds use this one.
 *
 * Context: Process context.
 */
void condis_net_exit(void)
{
	unregister_pernet_subsys(&condis_pernet_ops);
	WARN_ONCE(!list_empty(&tables), "condis: tables of namespaces are left\n");
}
