// SPDX-License-Identifier: GPL-2.0
/*
 * Protocols: drivers that bind to every adapter there is.
 */
#include <linux/export.h>
#include <linux/rcupdate.h>

#include "core.h"

LIST_HEAD(condis_protocols);
DECLARE_WAIT_QUEUE_HEAD(condis_protocol_idle);

/**
 * condis_register_protocol() - NdisRegisterProtocolDriver
 * @protocol: the protocol; the caller's until condis_unregister_protocol()
 *
 * It is bound to every adapter that is there before this returns, and to each
 * that comes later.
 *
 * Return: 0; -EINVAL (a handler that must be there is not)
 *
 * Context: process context, may sleep; not in a handler
 */
int condis_register_protocol(struct condis_protocol *protocol)
{
	struct condis_adapter *adapter;

	if (!protocol || !protocol->name || !protocol->bind_adapter ||
	    !protocol->unbind_adapter || !protocol->close_adapter_complete)
		return -EINVAL;

	atomic_set(&protocol->bindings, 0);
	mutex_lock(&condis_registry);
	list_add_tail(&protocol->node, &condis_protocols);
	list_for_each_entry(adapter, &condis_adapters, node)
		condis_adapter_bind(adapter, protocol);
	mutex_unlock(&condis_registry);
	return 0;
}
EXPORT_SYMBOL_GPL(condis_register_protocol);

/* One binding of a protocol on an adapter, with a reference, or NULL. */
static struct condis_binding *find_binding(struct condis_adapter *adapter,
					   struct condis_protocol *protocol)
{
	struct condis_binding *binding = NULL;

	while ((binding = condis_binding_next(adapter, binding)))
		if (binding->protocol == protocol)
			return binding;
	return NULL;
}

static void unbind(struct condis_adapter *adapter, struct condis_protocol *protocol)
{
	struct condis_binding *binding;

	mutex_lock(&adapter->control);
	binding = find_binding(adapter, protocol);
	if (binding) {
		condis_rundown_binding(binding);
		condis_binding_put(binding);
	}
	mutex_unlock(&adapter->control);
}

/**
 * condis_unregister_protocol() - NdisDeregisterProtocolDriver
 * @protocol: the protocol
 *
 * It is unbound from every adapter (F12), which it cannot refuse: what it does
 * not close in time is closed for it. On return none of its handlers runs, and
 * none will.
 *
 * Context: process context, not in a handler; waits, for each adapter as the rundown does
 */
void condis_unregister_protocol(struct condis_protocol *protocol)
{
	struct condis_adapter *adapter, *bound;

	mutex_lock(&condis_registry);
	list_del(&protocol->node);
	/*
	 * An adapter that is being halted is not in the list; its halt unbinds
	 * the protocol, and is waited for below.
	 */
	do {
		bound = NULL;
		list_for_each_entry(adapter, &condis_adapters, node) {
			struct condis_binding *binding = find_binding(adapter, protocol);

			if (!binding)
				continue;
			condis_binding_put(binding);
			condis_hold_adapter(adapter);
			bound = adapter;
			break;
		}
		if (bound) {
			mutex_unlock(&condis_registry);
			condis_delay_point("protocol.unbind", bound->id);
			unbind(bound, protocol);
			condis_put_adapter(bound);
			mutex_lock(&condis_registry);
		}
	} while (bound);
	mutex_unlock(&condis_registry);

	wait_event(condis_protocol_idle, !atomic_read(&protocol->bindings));
	/* A packet's or a status's handler of a client that was cut off may still run. */
	synchronize_rcu();
}
EXPORT_SYMBOL_GPL(condis_unregister_protocol);

/**
 * condis_protocol_count() - how many protocols are registered
 *
 * Return: the number
 *
 * Context: process context
 */
unsigned int condis_protocol_count(void)
{
	struct condis_protocol *protocol;
	unsigned int n = 0;

	mutex_lock(&condis_registry);
	list_for_each_entry(protocol, &condis_protocols, node)
		n++;
	mutex_unlock(&condis_registry);
	return n;
}
