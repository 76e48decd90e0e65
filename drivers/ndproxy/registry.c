// SPDX-License-Identifier: GPL-2.0
/*
 * The registry: which sessions and which adapters each network namespace has.
 * A namespace is known by its cookie and never held.
 */
#include <linux/slab.h>

#include "ndproxy.h"
#include "../condis/visible.h"

static DEFINE_SPINLOCK(registry_lock);
static LIST_HEAD(registry_nets);
static atomic64_t registry_serial;

/**
 * ndproxy_next_serial() - the next number in the order of sessions and line tables
 *
 * Return: a number larger than every one before
 *
 * Context: any
 */
u64 ndproxy_next_serial(void)
{
	return atomic64_inc_return(&registry_serial);
}

static struct ndproxy_net *net_find(u64 cookie)
{
	struct ndproxy_net *net;

	list_for_each_entry(net, &registry_nets, node)
		if (net->cookie == cookie)
			return net;
	return NULL;
}

/**
 * ndproxy_net_get() - get what we have of a namespace, or begin it
 * @cookie: the namespace's
 *
 * Return: with a use of it, for ndproxy_net_put(); NULL without memory
 *
 * Context: process context, may sleep
 */
struct ndproxy_net *ndproxy_net_get(u64 cookie)
{
	struct ndproxy_net *fresh, *net;

	fresh = kzalloc(sizeof(*fresh), GFP_KERNEL);
	if (!fresh)
		return NULL;
	fresh->cookie = cookie;
	xa_init(&fresh->adapters);
	INIT_LIST_HEAD(&fresh->sessions);

	spin_lock(&registry_lock);
	net = net_find(cookie);
	if (!net) {
		list_add(&fresh->node, &registry_nets);
		net = fresh;
		fresh = NULL;
	}
	net->users++;
	spin_unlock(&registry_lock);

	kfree(fresh);
	return net;
}

/**
 * ndproxy_net_put() - give up a use of what we have of a namespace
 * @net: it
 *
 * Context: any but interrupts
 */
void ndproxy_net_put(struct ndproxy_net *net)
{
	spin_lock(&registry_lock);
	if (--net->users)
		net = NULL;
	else
		list_del(&net->node);
	spin_unlock(&registry_lock);

	if (net) {
		WARN_ON(!xa_empty(&net->adapters) || !list_empty(&net->sessions));
		kfree(net);
	}
}

/**
 * ndproxy_net_add_session() - a session begins
 * @net: its namespace
 * @session: the session
 *
 * Context: process context
 */
void ndproxy_net_add_session(struct ndproxy_net *net, struct ndproxy_session *session)
{
	spin_lock(&registry_lock);
	list_add_tail(&session->node, &net->sessions);
	WRITE_ONCE(net->live, net->live + 1);
	spin_unlock(&registry_lock);
}

/**
 * ndproxy_net_remove_session() - a session has ended
 * @net: its namespace
 * @session: the session
 *
 * Context: process context
 */
void ndproxy_net_remove_session(struct ndproxy_net *net, struct ndproxy_session *session)
{
	spin_lock(&registry_lock);
	list_del_init(&session->node);
	WRITE_ONCE(net->live, net->live - 1);
	spin_unlock(&registry_lock);
}

/**
 * ndproxy_net_add_adapter() - an adapter is bound
 * @net: its namespace
 * @adapter: the adapter
 *
 * Return: 0; -ENOMEM; -EBUSY: its number is taken
 *
 * Context: process context, may sleep
 */
int ndproxy_net_add_adapter(struct ndproxy_net *net, struct ndproxy_binding *adapter)
{
	return xa_insert(&net->adapters, adapter->id, adapter, GFP_KERNEL);
}

/**
 * ndproxy_net_remove_adapter() - an adapter is being unbound: nobody finds it any more
 * @net: its namespace
 * @adapter: the adapter
 *
 * Context: process context
 */
void ndproxy_net_remove_adapter(struct ndproxy_net *net, struct ndproxy_binding *adapter)
{
	spin_lock(&registry_lock);
	xa_erase(&net->adapters, adapter->id);
	spin_unlock(&registry_lock);
}

/**
 * ndproxy_net_adapter() - find an adapter
 * @net: the namespace
 * @id: the adapter's number
 *
 * Return: the adapter with a reference, or NULL
 *
 * Context: process context
 */
struct ndproxy_binding *ndproxy_net_adapter(struct ndproxy_net *net, u32 id)
{
	struct ndproxy_binding *adapter;

	spin_lock(&registry_lock);
	adapter = xa_load(&net->adapters, id);
	/* It leaves the table before its last reference is dropped. */
	if (adapter)
		kref_get(&adapter->ref);
	spin_unlock(&registry_lock);
	return adapter;
}
EXPORT_SYMBOL_IF_KUNIT(ndproxy_net_adapter);

/**
 * ndproxy_net_next_adapter() - walk the adapters
 * @net: the namespace
 * @after: the number of the one before, 0 to begin
 *
 * Return: the adapter with the next number, with a reference, or NULL
 *
 * Context: process context
 */
struct ndproxy_binding *ndproxy_net_next_adapter(struct ndproxy_net *net, u32 after)
{
	struct ndproxy_binding *adapter;
	unsigned long id = after;

	spin_lock(&registry_lock);
	adapter = xa_find_after(&net->adapters, &id, U32_MAX, XA_PRESENT);
	if (adapter)
		kref_get(&adapter->ref);
	spin_unlock(&registry_lock);
	return adapter;
}

/**
 * ndproxy_net_tell_lines() - tell the sessions of lines that come or go
 * @net: the namespace
 * @type: LINE_CREATE or LINE_REMOVE
 * @adapter: the adapter
 * @num_lines: how many lines it has
 * @serial: only sessions that are not older than this
 *
 * Context: process context
 */
void ndproxy_net_tell_lines(struct ndproxy_net *net, u32 type, struct ndproxy_binding *adapter,
			    u32 num_lines, u64 serial)
{
	struct ndproxy_session *session;

	spin_lock(&registry_lock);
	list_for_each_entry(session, &net->sessions, node)
		if (session->serial >= serial)
			ndproxy_event_lines(session, type, adapter->id, num_lines);
	spin_unlock(&registry_lock);
}

/**
 * ndproxy_net_tell_reinit() - tell the sessions that the line table changed
 * @net: the namespace
 * @adapter: the adapter
 * @serial: age of the line table: sessions that are older
 *
 * Context: process context
 */
void ndproxy_net_tell_reinit(struct ndproxy_net *net, struct ndproxy_binding *adapter, u64 serial)
{
	struct ndproxy_session *session;

	spin_lock(&registry_lock);
	list_for_each_entry(session, &net->sessions, node)
		if (session->serial < serial)
			ndproxy_event_reinit(session, adapter->id);
	spin_unlock(&registry_lock);
}

/**
 * ndproxy_net_set_priority() - how soon the sessions of a name are asked for calls
 * @by: who wishes it: of its namespace, and of its user unless it may see others'
 * @priority: which sessions, for what, how soon
 *
 * Return: true if there was any
 *
 * Context: process context
 */
bool ndproxy_net_set_priority(const struct ndproxy_session *by,
			      const struct ndproxy_priority *priority)
{
	struct ndproxy_session *session;
	bool any = false;

	spin_lock(&registry_lock);
	list_for_each_entry(session, &by->net->sessions, node) {
		if ((!by->admin && !uid_eq(by->uid, session->uid)) ||
		    !condis_account_is_called(session->account, priority->name))
			continue;
		ndproxy_session_set_priority(session, priority->media_modes, priority->priority);
		any = true;
	}
	spin_unlock(&registry_lock);
	return any;
}

/**
 * ndproxy_registry_exit() - look that nothing is left
 *
 * Context: module exit
 */
void ndproxy_registry_exit(void)
{
	struct ndproxy_net *net;

	spin_lock(&registry_lock);
	list_for_each_entry(net, &registry_nets, node)
		WARN(1, "ndproxy: namespace %llu is left with %u sessions and adapters\n",
		     net->cookie, net->users);
	spin_unlock(&registry_lock);
}
