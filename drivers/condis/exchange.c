// SPDX-License-Identifier: GPL-2.0
/*
 * Exchanges: what adapters connect to.
 *
 * An exchange in a table has a kind that is there: it leaves the table, and
 * exchange_down() runs, under condis_exchange_mutex, which
 * condis_unregister_kind() takes before the kind's module may go.  Whoever takes
 * an exchange out of the table, once, calls exchange_down().
 */
#include <linux/export.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <net/net_namespace.h>

#include "core.h"
#include "net.h"
#include "netlink.h"

DEFINE_MUTEX(condis_exchange_mutex);	/* an exchange leaves its table and goes down */

static void exchange_release(struct kref *ref)
{
	struct condis_exchange *exchange = container_of(ref, struct condis_exchange, ref);

	condis_net_put(exchange->home);
	kvfree(exchange);
}

/**
 * condis_exchange_put() - drop a reference on an exchange
 * @exchange: the exchange
 *
 * Context: Process context or softirq.
 */
void condis_exchange_put(struct condis_exchange *exchange)
{
	kref_put(&exchange->ref, exchange_release);
}

static struct condis_exchange *find_name(struct condis_net *table, const char *name)
{
	struct condis_exchange *exchange;
	unsigned long id;

	lockdep_assert_held(&table->lock);
	xa_for_each(&table->exchanges, id, exchange)
		if (!strcmp(exchange->name, name))
			return exchange;
	return NULL;
}

/**
 * condis_exchange_find() - find an exchange by name
 * @table: the table of its namespace
 * @name: its name
 *
 * Context: Process context or softirq.
 * Return: The exchange with a reference for condis_exchange_put(), or NULL.
 */
struct condis_exchange *condis_exchange_find(struct condis_net *table, const char *name)
{
	struct condis_exchange *exchange;

	spin_lock_bh(&table->lock);
	exchange = find_name(table, name);
	if (exchange)
		kref_get(&exchange->ref);
	spin_unlock_bh(&table->lock);
	return exchange;
}

/**
 * condis_exchange_next() - walk the exchanges of a table by id
 * @table: the table
 * @id: in: the lowest id wanted; out: the id of the exchange found
 *
 * Context: Process context or softirq.
 * Return: The exchange with a reference for condis_exchange_put(), or NULL.
 */
struct condis_exchange *condis_exchange_next(struct condis_net *table, u32 *id)
{
	struct condis_exchange *exchange;
	unsigned long index = *id;

	spin_lock_bh(&table->lock);
	exchange = xa_find(&table->exchanges, &index, ULONG_MAX, XA_PRESENT);
	if (exchange) {
		kref_get(&exchange->ref);
		*id = index;
	}
	spin_unlock_bh(&table->lock);
	return exchange;
}

static int insert_exchange(struct condis_net *table, struct condis_exchange *exchange)
{
	lockdep_assert_held(&table->lock);

	if (!table->net)
		return -ENODEV;
	if (find_name(table, exchange->name))
		return -EEXIST;
	/* The slot is reserved: this allocates nothing. */
	xa_store_bh(&table->exchanges, exchange->id, exchange, GFP_ATOMIC);
	condis_net_changed(table);
	return 0;
}

/* Take a place in the table, so that what is made is never more than may be there. */
static int reserve_place(struct condis_net *table, const char *name, u32 *id,
			 struct netlink_ext_ack *extack)
{
	int err = 0;

	spin_lock_bh(&table->lock);
	if (find_name(table, name))
		err = -EEXIST;
	else if (table->nr_exchanges >= CONDIS_EXCHANGES_MAX)
		err = -ENOSPC;
	else
		table->nr_exchanges++;
	spin_unlock_bh(&table->lock);
	if (err == -EEXIST) {
		NL_SET_ERR_MSG(extack, "An exchange of this name exists; choose another name");
		return err;
	}
	if (err) {
		NL_SET_ERR_MSG(extack, "The namespace has as many exchanges as may be; remove one");
		return err;
	}

	err = xa_alloc_cyclic_bh(&table->exchanges, id, NULL, XA_LIMIT(1, S32_MAX),
				 &table->next_exchange, GFP_KERNEL);
	if (err >= 0)
		return 0;
	spin_lock_bh(&table->lock);
	table->nr_exchanges--;
	spin_unlock_bh(&table->lock);
	return err;
}

static void release_place(struct condis_net *table, u32 id)
{
	xa_erase_bh(&table->exchanges, id);
	spin_lock_bh(&table->lock);
	table->nr_exchanges--;
	spin_unlock_bh(&table->lock);
}

/**
 * condis_exchange_create() - make an exchange
 * @table: the table of its namespace; the caller keeps that alive
 * @kind: its kind, entered by the caller; has exchanges
 * @name: its name, checked
 * @tb: the kind's attributes, parsed by its policy
 * @extack: for what was wrong
 *
 * Context: Process context.
 * Return: 0, -EEXIST, -ENOSPC, -ENOMEM, -ENODEV (the namespace goes away), or
 * what the kind's exchange_new() answers.
 */
int condis_exchange_create(struct condis_net *table, struct condis_kind *kind,
			   const char *name, struct nlattr **tb,
			   struct netlink_ext_ack *extack)
{
	struct condis_exchange *exchange;
	u32 id;
	int err;

	err = reserve_place(table, name, &id, extack);
	if (err)
		return err;

	exchange = kvzalloc(sizeof(*exchange) + kind->exchange_priv, GFP_KERNEL_ACCOUNT);
	if (!exchange) {
		release_place(table, id);
		return -ENOMEM;
	}
	kref_init(&exchange->ref);
	exchange->id = id;
	exchange->kind = kind;
	condis_net_get(table);
	exchange->home = table;
	strscpy(exchange->name, name, sizeof(exchange->name));

	err = kind->exchange_new(exchange, tb, extack);
	if (err)
		goto undo;

	/* Nobody joins before the exchange is in the table. */
	spin_lock_bh(&table->lock);
	err = insert_exchange(table, exchange);
	if (!err)
		kref_get(&exchange->ref);
	spin_unlock_bh(&table->lock);
	if (err) {
		if (err == -EEXIST)
			NL_SET_ERR_MSG(extack,
				       "An exchange of this name exists; choose another name");
		kind->exchange_down(exchange);
		goto undo;
	}
	condis_netlink_notify_exchange(exchange, CONDIS_EVENT_NEW);
	condis_exchange_put(exchange);
	return 0;

undo:
	exchange->kind = NULL;
	release_place(table, id);
	condis_exchange_put(exchange);
	return err;
}

/* Out of the table and down.  Drops the table's reference. */
static void take_down(struct condis_exchange *exchange)
{
	struct condis_net *table = exchange->home;
	struct condis_kind *kind;

	lockdep_assert_held(&condis_exchange_mutex);

	spin_lock_bh(&table->lock);
	exchange->down = true;
	kind = exchange->kind;
	WRITE_ONCE(exchange->kind, NULL);
	xa_erase_bh(&table->exchanges, exchange->id);
	table->nr_exchanges--;
	condis_net_changed(table);
	spin_unlock_bh(&table->lock);
	condis_delay_point("exchange.unnamed", exchange->id);

	kind->exchange_down(exchange);
	condis_netlink_notify_exchange(exchange, CONDIS_EVENT_DEL);
	condis_exchange_put(exchange);
}

/**
 * condis_exchange_remove() - remove an exchange
 * @table: the table of its namespace
 * @name: its name
 * @extack: for what was wrong
 *
 * Context: Process context, no core lock held.
 * Return: 0, -ENOENT, or -EBUSY if adapters are connected to it.
 */
int condis_exchange_remove(struct condis_net *table, const char *name,
			   struct netlink_ext_ack *extack)
{
	struct condis_exchange *exchange;
	int err = 0;

	mutex_lock(&condis_exchange_mutex);
	spin_lock_bh(&table->lock);
	exchange = find_name(table, name);
	if (!exchange)
		err = -ENOENT;
	else if (exchange->adapters)
		err = -EBUSY;
	else
		exchange->down = true;	/* Nobody joins between here and take_down(). */
	spin_unlock_bh(&table->lock);
	if (!err)
		take_down(exchange);
	mutex_unlock(&condis_exchange_mutex);

	if (err == -ENOENT)
		NL_SET_ERR_MSG(extack, "No exchange of this name; list them to see which");
	else if (err == -EBUSY)
		NL_SET_ERR_MSG(extack, "Adapters are connected; remove them and wait");
	return err;
}

/**
 * condis_exchange_remove_all() - take exchanges of a table down
 * @table: the table
 * @kind: those of this kind, or NULL for all
 *
 * Context: Process context, no core lock held.
 */
void condis_exchange_remove_all(struct condis_net *table, struct condis_kind *kind)
{
	struct condis_exchange *exchange;
	u32 id = 1;

	mutex_lock(&condis_exchange_mutex);
	while ((exchange = condis_exchange_next(table, &id))) {
		/* The kind changes only in take_down(), under the mutex. */
		if (!kind || exchange->kind == kind)
			take_down(exchange);
		condis_exchange_put(exchange);
		id++;
	}
	mutex_unlock(&condis_exchange_mutex);
}

/**
 * condis_exchange_join() - connect an adapter that is being made
 * @exchange: the exchange; the adapter gets a reference of its own
 * @adapter: the adapter, not registered yet
 *
 * Context: Process context or softirq.
 * Return: 0, or -ENOENT if the exchange has gone down.
 */
int condis_exchange_join(struct condis_exchange *exchange, struct condis_adapter *adapter)
{
	int err = 0;

	spin_lock_bh(&exchange->home->lock);
	if (exchange->down) {
		err = -ENOENT;
	} else {
		exchange->adapters++;
		kref_get(&exchange->ref);
		adapter->exchange = exchange;
	}
	spin_unlock_bh(&exchange->home->lock);
	condis_delay_point("exchange.joined", exchange->id);
	return err;
}

/* A dump may look at the adapter's exchange for as long as the adapter is in a table. */
static struct condis_exchange *detach(struct condis_adapter *adapter)
{
	struct condis_net *table = adapter->home;
	struct condis_exchange *exchange;

	if (!table)
		return xchg(&adapter->exchange, NULL);

	spin_lock_bh(&table->lock);
	exchange = adapter->exchange;
	adapter->exchange = NULL;
	spin_unlock_bh(&table->lock);
	return exchange;
}

/**
 * condis_exchange_leave() - disconnect an adapter
 * @adapter: the adapter, of which no handler runs; nothing happens if it is not connected
 *
 * Context: Process context or softirq.
 */
void condis_exchange_leave(struct condis_adapter *adapter)
{
	struct condis_exchange *exchange = detach(adapter);

	if (!exchange)
		return;
	condis_delay_point("exchange.leave", exchange->id);
	spin_lock_bh(&exchange->home->lock);
	exchange->adapters--;
	spin_unlock_bh(&exchange->home->lock);
	condis_exchange_put(exchange);
}

/**
 * condis_adapter_exchange() - what an adapter is connected to
 * @adapter: the adapter
 *
 * Context: Any, from a handler of the adapter's kind or miniport.
 * Return: The exchange, valid until the adapter's halt has returned, or NULL.
 */
struct condis_exchange *condis_adapter_exchange(const struct condis_adapter *adapter)
{
	return adapter->exchange;
}
EXPORT_SYMBOL_GPL(condis_adapter_exchange);

/**
 * condis_exchange_priv() - the private area of an exchange
 * @exchange: the exchange
 *
 * Context: Any.
 * Return: The kind's area, as long as the exchange is.
 */
void *condis_exchange_priv(const struct condis_exchange *exchange)
{
	return (void *)exchange->priv;
}
EXPORT_SYMBOL_GPL(condis_exchange_priv);

/**
 * condis_exchange_name() - the name of an exchange
 * @exchange: the exchange
 *
 * Context: Any.
 * Return: Its name, as long as the exchange is.
 */
const char *condis_exchange_name(const struct condis_exchange *exchange)
{
	return exchange->name;
}
EXPORT_SYMBOL_GPL(condis_exchange_name);
