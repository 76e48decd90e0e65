// SPDX-License-Identifier: GPL-2.0
/*
 * Accounts of sessions: what each has, and may have at most (design rule 9).
 */
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/pid.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "core.h"
#include "net.h"
#include "netlink.h"

static const char *const charge_names[CONDIS_NR_CHARGES] = {
	[CONDIS_CHARGE_LINE] = "open lines",
	[CONDIS_CHARGE_CALL] = "call handles",
	[CONDIS_CHARGE_REQUEST] = "requests",
	[CONDIS_CHARGE_EVENT] = "events",
	[CONDIS_CHARGE_DATA] = "data files",
	[CONDIS_CHARGE_PACKET] = "packets",
	[CONDIS_CHARGE_GIVEN] = "call handles that were handed over",
};

static void account_release(struct kref *ref)
{
	struct condis_account *account = container_of(ref, struct condis_account, ref);

	condis_net_put(account->home);
	put_pid(account->pid);
	kfree(account);
}

/**
 * condis_account_put() - drop a reference on an account
 * @account: the account
 *
 * Context: Process context or softirq.
 */
void condis_account_put(struct condis_account *account)
{
	kref_put(&account->ref, account_release);
}

/**
 * condis_account_create() - open the account of a session
 * @net: the session's namespace; the caller keeps it alive
 * @limits: what the session may have of each, by enum condis_charge
 *
 * The account remembers the current process as the one that made it.
 *
 * Context: Process context.
 * Return: The account, for condis_account_destroy(), or an error pointer:
 * -ENOMEM, or -ENOSPC if all numbers are used up.
 */
struct condis_account *condis_account_create(struct net *net,
					     const u32 limits[CONDIS_NR_CHARGES])
{
	struct condis_net *table = condis_net_of(net);
	struct condis_account *account;
	int err;

	account = kzalloc(sizeof(*account), GFP_KERNEL_ACCOUNT);
	if (!account)
		return ERR_PTR(-ENOMEM);
	kref_init(&account->ref);
	memcpy(account->limits, limits, sizeof(account->limits));
	account->pid = get_pid(task_tgid(current));
	get_task_comm(account->comm, current);
	spin_lock_init(&account->lock);
	condis_session_name_of(account->name, account->comm);
	account->uid = current_uid();
	account->made = jiffies;
	condis_net_get(table);
	account->home = table;

	/* A place without an entry first: a dump must not meet one without its number. */
	err = xa_alloc_cyclic_bh(&table->accounts, &account->id, NULL, XA_LIMIT(1, S32_MAX),
				 &table->next_account, GFP_KERNEL);
	if (err < 0) {
		condis_account_put(account);
		return ERR_PTR(err == -EBUSY ? -ENOSPC : err);
	}
	spin_lock_bh(&table->lock);
	xa_store_bh(&table->accounts, account->id, account, GFP_ATOMIC);
	table->nr_accounts++;
	condis_net_changed(table);
	spin_unlock_bh(&table->lock);

	condis_netlink_notify_session(account, CONDIS_EVENT_NEW);
	return account;
}
EXPORT_SYMBOL_GPL(condis_account_create);

/**
 * condis_account_close() - the session's file is closed, it comes down
 * @account: the account
 *
 * Context: Process context or softirq.
 */
void condis_account_close(struct condis_account *account)
{
	WRITE_ONCE(account->closing, true);
	condis_netlink_notify_session(account, CONDIS_EVENT_DEL);
}
EXPORT_SYMBOL_GPL(condis_account_close);

/**
 * condis_account_destroy() - nothing of the session is left
 * @account: the account; not to be used any more
 *
 * What is still charged is a leak, and is reported.
 *
 * Context: Process context or softirq.
 */
void condis_account_destroy(struct condis_account *account)
{
	struct condis_net *table = account->home;
	unsigned int i;
	int left;

	for (i = 0; i < CONDIS_NR_CHARGES; i++) {
		left = atomic_read(&account->charges[i]);
		WARN(left, "condis: session %u of %s, %lus old, goes with %d %s\n", account->id,
		     account->comm, (jiffies - account->made) / HZ, left, charge_names[i]);
	}
	condis_netlink_notify_session(account, CONDIS_EVENT_GONE);

	spin_lock_bh(&table->lock);
	xa_erase_bh(&table->accounts, account->id);
	table->nr_accounts--;
	condis_net_changed(table);
	spin_unlock_bh(&table->lock);
	condis_account_put(account);
}
EXPORT_SYMBOL_GPL(condis_account_destroy);

/**
 * condis_account_charge() - charge a session with one object
 * @account: the account
 * @charge: what it is
 *
 * Context: Any.
 * Return: 0, or -EDQUOT if the session has as many as it may have.
 */
int condis_account_charge(struct condis_account *account, enum condis_charge charge)
{
	int has = atomic_read(&account->charges[charge]);

	do {
		if (has >= account->limits[charge])
			return -EDQUOT;
	} while (!atomic_try_cmpxchg(&account->charges[charge], &has, has + 1));
	return 0;
}
EXPORT_SYMBOL_GPL(condis_account_charge);

/**
 * condis_account_uncharge() - the session gives one object back
 * @account: the account
 * @charge: what it is
 *
 * Context: Any.
 */
void condis_account_uncharge(struct condis_account *account, enum condis_charge charge)
{
	WARN(atomic_dec_return(&account->charges[charge]) < 0,
	     "condis: session %u of %s gives back more %s than it had\n", account->id,
	     account->comm, charge_names[charge]);
}
EXPORT_SYMBOL_GPL(condis_account_uncharge);

/**
 * condis_account_id() - the number of a session
 * @account: the account
 *
 * Context: Any.
 * Return: Its number, as CONDIS_A_SESSION_ID shows it.
 */
u32 condis_account_id(const struct condis_account *account)
{
	return account->id;
}
EXPORT_SYMBOL_GPL(condis_account_id);

/**
 * condis_account_set_name() - what a session is called from now on
 * @account: its account
 * @name: %CONDIS_SESSION_NAME_SIZE bytes
 *
 * Context: Process context.
 * Return: 0; -EINVAL: it is no name (condis_session_name_is_valid()).
 */
int condis_account_set_name(struct condis_account *account, const char *name)
{
	bool changed;

	if (!condis_session_name_is_valid(name))
		return -EINVAL;
	spin_lock_bh(&account->lock);
	changed = strcmp(account->name, name);
	memcpy(account->name, name, sizeof(account->name));
	spin_unlock_bh(&account->lock);
	if (changed)
		condis_netlink_notify_session(account, CONDIS_EVENT_CHANGED);
	return 0;
}
EXPORT_SYMBOL_GPL(condis_account_set_name);

/**
 * condis_account_name() - what a session is called
 * @account: its account
 * @name: gets %CONDIS_SESSION_NAME_SIZE bytes
 *
 * Context: Any but hard interrupts.
 */
void condis_account_name(struct condis_account *account, char *name)
{
	spin_lock_bh(&account->lock);
	memcpy(name, account->name, sizeof(account->name));
	spin_unlock_bh(&account->lock);
}

/**
 * condis_account_is_called() - whether a session has a name
 * @account: its account
 * @name: the name
 *
 * Context: Any but hard interrupts.
 * Return: true if it is called so now.
 */
bool condis_account_is_called(struct condis_account *account, const char *name)
{
	bool is;

	spin_lock_bh(&account->lock);
	is = !strcmp(account->name, name);
	spin_unlock_bh(&account->lock);
	return is;
}
EXPORT_SYMBOL_GPL(condis_account_is_called);

/**
 * condis_account_next() - walk the accounts of a table by id
 * @table: the table
 * @id: in: the lowest id wanted; out: the id of the account found
 *
 * Context: Process context or softirq.
 * Return: The account with a reference for condis_account_put(), or NULL.
 */
struct condis_account *condis_account_next(struct condis_net *table, u32 *id)
{
	struct condis_account *account;
	unsigned long index = *id;

	spin_lock_bh(&table->lock);
	account = xa_find(&table->accounts, &index, ULONG_MAX, XA_PRESENT);
	if (account) {
		/* It leaves the table before its last reference goes. */
		kref_get(&account->ref);
		*id = index;
	}
	spin_unlock_bh(&table->lock);
	return account;
}

/**
 * condis_account_count() - how many sessions there are in a namespace
 * @table: the table
 *
 * Context: Process context or softirq.
 * Return: The number.
 */
unsigned int condis_account_count(struct condis_net *table)
{
	unsigned int count;

	spin_lock_bh(&table->lock);
	count = table->nr_accounts;
	spin_unlock_bh(&table->lock);
	return count;
}
