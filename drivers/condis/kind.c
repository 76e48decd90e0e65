// SPDX-License-Identifier: GPL-2.0
/*
 * Kinds of adapter: their registration, and the window into their module.
 *
 * A function of a kind runs only while condis_kind.active is held by
 * condis_kind_tryget(), or under condis_exchange_mutex (exchange_down()).
 * condis_unregister_kind() closes both before it returns, and takes the kind
 * out of every adapter and exchange that outlives it.
 */
#include <linux/export.h>
#include <linux/string.h>

#include "core.h"
#include "net.h"
#include "netlink.h"

static DEFINE_MUTEX(condis_kind_mutex);	/* protects kinds */
static LIST_HEAD(kinds);

static struct condis_kind *find_kind(const char *name)
{
	struct condis_kind *kind;

	lockdep_assert_held(&condis_kind_mutex);
	list_for_each_entry(kind, &kinds, node)
		if (!strcmp(kind->name, name))
			return kind;
	return NULL;
}

/**
 * condis_kind_tryget() - enter the window into a kind
 * @kind: the kind; its memory is there: it is listed, or some object has it
 *
 * Context: Any.
 * Return: true, and condis_kind_put() follows soon; false if the kind is
 * being removed.
 */
bool condis_kind_tryget(struct condis_kind *kind)
{
	return refcount_inc_not_zero(&kind->active);
}

/**
 * condis_kind_put() - leave the window into a kind
 * @kind: the kind; not to be looked at afterwards
 *
 * Context: Any.
 */
void condis_kind_put(struct condis_kind *kind)
{
	if (refcount_dec_and_test(&kind->active))
		complete(&kind->drained);
}

/**
 * condis_kind_find() - find a kind and enter its window
 * @name: its name
 *
 * Context: Process context.
 * Return: The kind, for condis_kind_put(), or NULL.
 */
struct condis_kind *condis_kind_find(const char *name)
{
	struct condis_kind *kind;

	mutex_lock(&condis_kind_mutex);
	kind = find_kind(name);
	if (kind && !condis_kind_tryget(kind))
		kind = NULL;
	mutex_unlock(&condis_kind_mutex);
	return kind;
}

/**
 * condis_kind_name_at() - walk the names of kinds
 * @index: position in the list, from 0
 * @name: out: CONDIS_NAME_SIZE bytes
 *
 * Context: Process context.
 * Return: @name, or NULL at the end.
 */
const char *condis_kind_name_at(unsigned int index, char *name)
{
	struct condis_kind *kind;
	const char *found = NULL;

	mutex_lock(&condis_kind_mutex);
	list_for_each_entry(kind, &kinds, node) {
		if (!index--) {
			strscpy(name, kind->name, CONDIS_NAME_SIZE);
			found = name;
			break;
		}
	}
	mutex_unlock(&condis_kind_mutex);
	return found;
}

/**
 * condis_adapter_kind_get() - enter the window into the kind of an adapter
 * @adapter: the adapter
 *
 * Context: Process context or softirq.
 * Return: The kind, for condis_kind_put(), or NULL if the adapter was not made
 * of one, comes down, or its kind is being removed.
 */
struct condis_kind *condis_adapter_kind_get(struct condis_adapter *adapter)
{
	struct condis_net *table = READ_ONCE(adapter->home);
	struct condis_kind *kind;

	if (!table)
		return NULL;
	spin_lock_bh(&table->lock);
	kind = adapter->unnamed ? NULL : adapter->kind;
	if (kind && !condis_kind_tryget(kind))
		kind = NULL;
	spin_unlock_bh(&table->lock);
	return kind;
}

/**
 * condis_exchange_kind_get() - enter the window into the kind of an exchange
 * @exchange: the exchange
 *
 * Context: Process context or softirq.
 * Return: The kind, for condis_kind_put(), or NULL if the exchange is down or
 * its kind is being removed.
 */
struct condis_kind *condis_exchange_kind_get(struct condis_exchange *exchange)
{
	struct condis_kind *kind;

	spin_lock_bh(&exchange->home->lock);
	kind = exchange->kind;
	if (kind && !condis_kind_tryget(kind))
		kind = NULL;
	spin_unlock_bh(&exchange->home->lock);
	return kind;
}

/**
 * condis_register_kind() - offer a kind of adapter to user space
 * @kind: the kind: all of it is set but the core's own members; stays as it is until
 *	condis_unregister_kind() has returned
 *
 * Context: Process context.
 * Return: 0, -EEXIST if a kind of this name is registered, -EINVAL if the name
 * is empty or longer than CONDIS_NAME_MAX, or if handlers are missing that
 * every kind has.
 */
int condis_register_kind(struct condis_kind *kind)
{
	size_t length = strnlen(kind->name, CONDIS_NAME_SIZE);
	int err = 0;

	if (!length || length > CONDIS_NAME_MAX || !kind->miniport || !kind->adapter_new)
		return -EINVAL;
	if (!kind->exchange_new != !kind->exchange_down)
		return -EINVAL;

	refcount_set(&kind->active, 1);
	init_completion(&kind->drained);

	mutex_lock(&condis_kind_mutex);
	if (find_kind(kind->name))
		err = -EEXIST;
	else
		list_add_tail(&kind->node, &kinds);
	mutex_unlock(&condis_kind_mutex);
	return err;
}
EXPORT_SYMBOL_GPL(condis_register_kind);

/*
 * Find the next adapter that is of a kind.  Its kind, not its name, says that
 * it has to go: one that was unnamed may still be in its halt.
 */
static struct condis_adapter *next_of_kind(struct condis_net *table, struct condis_kind *kind,
					   u32 *id)
{
	struct condis_adapter *adapter;
	bool is_of_kind;

	for (;; (*id)++) {
		adapter = condis_net_next_adapter(table, id);
		if (!adapter)
			return NULL;
		spin_lock_bh(&table->lock);
		is_of_kind = adapter->kind == kind;
		spin_unlock_bh(&table->lock);
		if (is_of_kind)
			return adapter;
		condis_put_adapter(adapter);
	}
}

/* Begin the halt of every adapter of a kind; each has its work and its deadline. */
static void begin_halts(struct condis_kind *kind)
{
	struct condis_net *table = NULL;
	struct condis_adapter *adapter;
	u32 id;

	while ((table = condis_net_next_table(table))) {
		id = 1;
		while ((adapter = next_of_kind(table, kind, &id))) {
			condis_remove_adapter(adapter, false);
			condis_put_adapter(adapter);
			id++;
		}
	}
}

/* Wait for what begin_halts() began, and take the kind out of what is left. */
static void await_halts(struct condis_kind *kind)
{
	struct condis_net *table = NULL;
	struct condis_adapter *adapter;
	u32 id;

	while ((table = condis_net_next_table(table))) {
		id = 1;
		while ((adapter = next_of_kind(table, kind, &id))) {
			wait_for_completion(&adapter->halted);
			spin_lock_bh(&table->lock);
			adapter->kind = NULL;
			spin_unlock_bh(&table->lock);
			condis_put_adapter(adapter);
			id++;
		}
	}
}

/**
 * condis_unregister_kind() - withdraw a kind of adapter
 * @kind: the kind
 *
 * Halts all its adapters, in parallel, and takes its exchanges down. On return
 * no function of the kind and of its miniport runs, and none will.
 *
 * Context: Process context, no core lock held. Waits for the halts, which have
 * a deadline.
 */
void condis_unregister_kind(struct condis_kind *kind)
{
	struct condis_net *table = NULL;

	mutex_lock(&condis_kind_mutex);
	list_del(&kind->node);
	mutex_unlock(&condis_kind_mutex);

	/*
	 * First the window: whoever is in it may still be making an adapter or
	 * an exchange, which the walks below would miss.
	 */
	condis_kind_put(kind);
	wait_for_completion(&kind->drained);
	condis_delay_point("kind.drained", 0);

	begin_halts(kind);
	condis_delay_point("kind.halting", 0);
	await_halts(kind);

	while ((table = condis_net_next_table(table)))
		condis_exchange_remove_all(table, kind);
	/* An end of a namespace may be in exchange_down() for one that it took out. */
	mutex_lock(&condis_exchange_mutex);
	mutex_unlock(&condis_exchange_mutex);
}
EXPORT_SYMBOL_GPL(condis_unregister_kind);
