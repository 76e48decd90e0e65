// SPDX-License-Identifier: GPL-2.0
/*
 * Bindings: a protocol on an adapter.
 */
#include <linux/slab.h>

#include "core.h"

static void binding_release(struct condis_upcalls *upcalls)
{
	struct condis_binding *binding = container_of(upcalls, struct condis_binding, upcalls);
	struct condis_adapter *adapter = binding->adapter;

	WRITE_ONCE(binding->upcalls.watch.ended, true);
	condis_adapter_count(adapter, CONDIS_COUNT_BINDING, -1);
	condis_bury(&binding->upcalls.grave, binding, binding->upcalls.watch.history);
	condis_put_adapter(adapter);
}

/**
 * condis_binding_hold() - keep a binding's memory
 * @binding: a binding that is valid for the caller
 *
 * For a protocol that may be taken off its adapter while it calls down.
 *
 * Context: any
 */
void condis_binding_hold(struct condis_binding *binding)
{
	condis_upcalls_hold(&binding->upcalls);
}
EXPORT_SYMBOL_GPL(condis_binding_hold);

/**
 * condis_binding_put() - give up condis_binding_hold()
 * @binding: the binding
 *
 * Context: any but hard interrupts
 */
void condis_binding_put(struct condis_binding *binding)
{
	condis_upcalls_put(&binding->upcalls);
}
EXPORT_SYMBOL_GPL(condis_binding_put);

static int binding_apply(struct condis_binding *binding, enum condis_binding_event event)
{
	const struct condis_transition *transition;
	unsigned long upcalls;
	unsigned int upcall;

	lockdep_assert_held(&binding->upcalls.lock);
	transition = condis_binding_transition(binding->state, event);
	condis_history_event(&binding->upcalls, CONDIS_HISTORY_BINDING, binding->state, event,
			     transition);
	if (transition->error) {
		if (condis_verifier_on())
			condis_verifier_refused(&binding->upcalls, transition->violation);
		return transition->error;
	}
	WRITE_ONCE(binding->state, transition->next);
	upcalls = transition->upcalls;
	for_each_set_bit(upcall, &upcalls, CONDIS_UPCALLS_MAX)
		condis_upcall_queue(&binding->upcalls, upcall);
	return 0;
}

static void deliver_empty(struct condis_binding *binding)
{
	spin_lock_bh(&binding->upcalls.lock);
	if (binding->state == CONDIS_BINDING_CLOSING && !atomic_read(&binding->users))
		binding_apply(binding, CONDIS_BINDING_EV_EMPTY);
	condis_upcall_unlock_and_run(&binding->upcalls);
}

static void deliver_close_complete(struct condis_binding *binding)
{
	struct condis_protocol *protocol = binding->protocol;
	struct condis_adapter *adapter = binding->adapter;

	/* Nothing is open on what it served, so nobody is inside: this does not wait. */
	condis_families_remove(adapter, binding);
	protocol->close_adapter_complete(binding);
	condis_verifier_dead(&binding->upcalls, CONDIS_BY_CLIENT | CONDIS_BY_CM);
	condis_delay_point("binding.close.told", adapter->id);
	condis_orphans_free(adapter, binding);

	spin_lock_bh(&adapter->lock);
	list_del_init(&binding->node);
	spin_unlock_bh(&adapter->lock);
	condis_delay_point("binding.close.unlisted", adapter->id);
	complete_all(&binding->gone);
	wake_up_all(&adapter->idle);
	condis_delay_point("binding.close.gone", adapter->id);
	/* Whoever unregisters the protocol may free it once this is zero. */
	if (atomic_dec_and_test(&protocol->bindings))
		wake_up_all(&condis_protocol_idle);
	condis_binding_put(binding);
}

static void binding_deliver(struct condis_upcalls *upcalls, u8 code)
{
	struct condis_binding *binding = container_of(upcalls, struct condis_binding, upcalls);

	switch ((enum condis_binding_upcall)code) {
	case CONDIS_BINDING_EMPTY:
		deliver_empty(binding);
		break;
	case CONDIS_BINDING_CLOSE_COMPLETE:
		deliver_close_complete(binding);
		break;
	}
}

static const struct condis_upcall_ops binding_upcall_ops = {
	.deliver = binding_deliver,
	.release = binding_release,
	.object = CONDIS_OBJECT_BINDING,
};

/**
 * condis_binding_create() - bind a protocol to an adapter
 * @adapter: the adapter
 * @protocol: the protocol
 *
 * Return: 0, -ENOMEM, or what the protocol refused it with
 *
 * Context: @adapter->control held
 */
int condis_binding_create(struct condis_adapter *adapter, struct condis_protocol *protocol)
{
	struct condis_binding *binding;
	int err;

	lockdep_assert_held(&adapter->control);
	binding = kzalloc(struct_size(binding, priv, protocol->binding_priv), GFP_KERNEL);
	if (!binding)
		return -ENOMEM;
	condis_upcalls_init(&binding->upcalls, &binding_upcall_ops);
	condis_upcalls_name(&binding->upcalls, CONDIS_DELAY_BINDING, adapter->id);
	binding->upcalls.watch.history = condis_history_new();
	strscpy(binding->name, protocol->name, sizeof(binding->name));
	init_completion(&binding->gone);
	binding->adapter = adapter;
	binding->protocol = protocol;
	condis_hold_adapter(adapter);
	condis_adapter_count(adapter, CONDIS_COUNT_BINDING, 1);

	/* In the list before the protocol hears of it: it may close it again at once. */
	spin_lock_bh(&adapter->lock);
	list_add_tail(&binding->node, &adapter->bindings);
	spin_unlock_bh(&adapter->lock);
	condis_delay_point("binding.create.listed", adapter->id);

	/* It may be gone when the handler has returned. */
	condis_upcalls_hold(&binding->upcalls);
	atomic_inc(&protocol->bindings);
	err = condis_answer(&binding->upcalls, CONDIS_BY_CLIENT, protocol->bind_adapter(binding),
			    protocol->bind_adapter);
	spin_lock_bh(&binding->upcalls.lock);
	/* Who has left already needs not be refused: its end is on its way, or was. */
	if (err && binding->state != CONDIS_BINDING_OPEN)
		err = 0;
	spin_unlock_bh(&binding->upcalls.lock);
	if (err) {
		atomic_dec(&protocol->bindings);
		spin_lock_bh(&adapter->lock);
		list_del_init(&binding->node);
		spin_unlock_bh(&adapter->lock);
		condis_families_remove(adapter, binding);
		condis_binding_put(binding);
	}
	condis_binding_put(binding);
	return err;
}

/**
 * condis_binding_use() - keep a binding from closing
 * @binding: the binding
 *
 * For an address family that is opened by it or on a family it serves, and for
 * every handler of its protocol: close_adapter_complete() comes after them all.
 *
 * Return: true: condis_binding_unuse() must follow; false: it is closing
 *
 * Context: no lock held
 */
bool condis_binding_use(struct condis_binding *binding)
{
	bool open;

	spin_lock_bh(&binding->upcalls.lock);
	open = binding->state == CONDIS_BINDING_OPEN;
	if (open) {
		atomic_inc(&binding->users);
		condis_upcalls_hold(&binding->upcalls);
	}
	spin_unlock_bh(&binding->upcalls.lock);
	condis_delay_point("binding.use", binding->adapter->id);
	return open;
}

static void binding_is_empty(struct condis_binding *binding)
{
	condis_delay_point("binding.unused", binding->adapter->id);
	spin_lock_bh(&binding->upcalls.lock);
	if (binding->state == CONDIS_BINDING_CLOSING)
		condis_upcall_queue(&binding->upcalls, CONDIS_BINDING_EMPTY);
	condis_upcall_unlock_and_run(&binding->upcalls);
}

/**
 * condis_binding_unuse() - give up condis_binding_use()
 * @binding: the binding
 *
 * The last one lets a close of the adapter go on (C7).
 *
 * Context: process context, no lock held
 */
void condis_binding_unuse(struct condis_binding *binding)
{
	condis_delay_point("binding.unuse", binding->adapter->id);
	if (atomic_dec_and_test(&binding->users))
		binding_is_empty(binding);
	condis_binding_put(binding);
}

/**
 * condis_binding_ask() - ask a protocol to leave an adapter, once
 * @binding: the binding
 *
 * Context: adapter.control held
 */
void condis_binding_ask(struct condis_binding *binding)
{
	lockdep_assert_held(&binding->adapter->control);
	if (binding->asked || !condis_binding_use(binding))
		return;
	binding->asked = true;
	condis_delay_point("binding.ask", binding->adapter->id);
	binding->protocol->unbind_adapter(binding);
	condis_delay_point("binding.asked", binding->adapter->id);
	condis_binding_unuse(binding);
}

/**
 * condis_binding_next() - walk the bindings of an adapter
 * @adapter: the adapter
 * @binding: the one before, whose reference is dropped, or NULL for the first
 *
 * Return: the next one with a reference, or NULL. If the one before left the list meanwhile,
 * the walk starts anew: what is done to each must bear to be done twice
 *
 * Context: any but hard interrupts
 */
struct condis_binding *condis_binding_next(struct condis_adapter *adapter,
					   struct condis_binding *binding)
{
	struct condis_binding *next;

	spin_lock_bh(&adapter->lock);
	if (binding && !list_empty(&binding->node))
		next = list_next_entry(binding, node);
	else
		next = list_first_entry(&adapter->bindings, struct condis_binding, node);
	if (list_entry_is_head(next, &adapter->bindings, node))
		next = NULL;
	else
		condis_upcalls_hold(&next->upcalls);
	spin_unlock_bh(&adapter->lock);
	if (binding)
		condis_binding_put(binding);
	return next;
}

/**
 * condis_close_adapter() - NdisCloseAdapterEx: leave an adapter
 * @binding: the binding; dead for the caller but for its completion
 *
 * Address families may still be open or closing: it waits for them without
 * anybody sleeping (C7).
 *
 * Return: -EINPROGRESS: close_adapter_complete() follows; -EINVAL (no @binding); -EALREADY
 * (closing or closed: no second completion comes (C9))
 *
 * Context: process context; also in handlers
 */
int condis_close_adapter(struct condis_binding *binding)
{
	if (IS_ERR_OR_NULL(binding))
		return condis_bad_argument(CONDIS_BY_CLIENT);
	if (!condis_control(&binding->upcalls, CONDIS_BY_CLIENT))
		return -EALREADY;
	return condis_binding_close(binding, CONDIS_BY_CLIENT, _RET_IP_);
}
EXPORT_SYMBOL_GPL(condis_close_adapter);

/**
 * condis_binding_close() - a binding is closed, by its protocol or for it
 * @binding: the binding
 * @by: CONDIS_BY_*: who
 * @caller: where
 *
 * Return: as condis_close_adapter()
 *
 * Context: process context, no lock held
 */
int condis_binding_close(struct condis_binding *binding, u8 by, unsigned long caller)
{
	struct condis_adapter *adapter = binding->adapter;
	struct condis_family *family;
	int err;

	condis_upcall_lock(&binding->upcalls, by, caller);
	err = binding_apply(binding, CONDIS_BINDING_EV_CLOSE);
	if (!err) {
		/* As a call manager it takes no new clients. */
		spin_lock(&adapter->lock);
		list_for_each_entry(family, &adapter->families, node)
			if (family->binding == binding)
				family->closing = true;
		spin_unlock(&adapter->lock);
	}
	condis_upcall_unlock_and_run(&binding->upcalls);
	return err ? err : -EINPROGRESS;
}

/**
 * condis_binding_priv() - the protocol's private area
 * @binding: the binding
 *
 * Return: the area, zeroed when it was bound
 */
void *condis_binding_priv(const struct condis_binding *binding)
{
	return (void *)binding->priv;
}
EXPORT_SYMBOL_GPL(condis_binding_priv);

/**
 * condis_binding_adapter() - a binding's adapter
 * @binding: the binding
 *
 * Return: the adapter, valid as long as the binding
 */
struct condis_adapter *condis_binding_adapter(const struct condis_binding *binding)
{
	return binding->adapter;
}
EXPORT_SYMBOL_GPL(condis_binding_adapter);
