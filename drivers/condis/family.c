// SPDX-License-Identifier: GPL-2.0
/*
 * Address families that call managers serve, and the window into their code.
 */
#include <linux/slab.h>

#include "core.h"

static void family_release(struct kref *ref)
{
	struct condis_family *family = container_of(ref, struct condis_family, ref);

	condis_bury(&family->grave, family, NULL);
}

/**
 * condis_family_put() - drop a reference on a family
 * @family: the family
 *
 * Context: any
 */
void condis_family_put(struct condis_family *family)
{
	kref_put(&family->ref, family_release);
}

/**
 * condis_family_enter() - enter the call manager's code
 * @family: the family
 *
 * Nobody sleeps for a user's, a peer's or the network's time inside: the end of
 * an adapter waits for whoever is inside.
 *
 * Return: true: condis_family_leave() must follow; false: the call manager is gone, the core
 * answers for it
 *
 * Context: any
 */
bool condis_family_enter(struct condis_family *family)
{
	bool entered;

	condis_delay_point("family.enter", family->adapter->id);
	entered = refcount_inc_not_zero(&family->active);
	condis_delay_point("family.entered", family->adapter->id);
	return entered;
}

/**
 * condis_family_leave() - leave the call manager's code
 * @family: the family
 *
 * Context: any
 */
void condis_family_leave(struct condis_family *family)
{
	condis_delay_point("family.leave", family->adapter->id);
	if (refcount_dec_and_test(&family->active))
		complete(&family->drained);
}

/**
 * condis_family_close() - nobody enters the call manager any more, nobody is inside
 * @family: the family
 *
 * Context: process context, waits for handlers that run; idempotent, by one task at a time
 */
void condis_family_close(struct condis_family *family)
{
	spin_lock_bh(&family->adapter->lock);
	if (family->gone) {
		spin_unlock_bh(&family->adapter->lock);
		return;
	}
	/* Also read without the lock. */
	WRITE_ONCE(family->gone, true);
	spin_unlock_bh(&family->adapter->lock);
	condis_delay_point("family.gone", family->adapter->id);

	condis_family_leave(family);
	while (!wait_for_completion_timeout(&family->drained, 10 * HZ)) {
		pr_warn("condis: %s: a handler of its call manager does not return\n",
			family->adapter->name);
		condis_rundown_stuck(family->adapter);
	}
	condis_delay_point("family.drained", family->adapter->id);
}

/**
 * condis_family_find() - find what serves an address family on an adapter
 * @adapter: the adapter
 * @type: the family
 *
 * Return: the family with a reference, or NULL
 *
 * Context: any but hard interrupts
 */
struct condis_family *condis_family_find(struct condis_adapter *adapter,
					 enum condis_af_type type)
{
	struct condis_family *family, *found = NULL;

	spin_lock_bh(&adapter->lock);
	list_for_each_entry(family, &adapter->families, node) {
		if (family->type == type && !family->closing && !family->gone) {
			kref_get(&family->ref);
			found = family;
			break;
		}
	}
	spin_unlock_bh(&adapter->lock);
	return found;
}

/**
 * condis_families_remove() - take families off an adapter
 * @adapter: the adapter
 * @binding: those of this stand-alone call manager, or NULL for the adapter's own
 *
 * Nothing is open on them any more.
 *
 * Context: process context, waits for handlers that run
 */
void condis_families_remove(struct condis_adapter *adapter, struct condis_binding *binding)
{
	struct condis_family *family, *next;
	LIST_HEAD(families);

	spin_lock_bh(&adapter->lock);
	list_for_each_entry_safe(family, next, &adapter->families, node)
		if (family->binding == binding)
			list_move(&family->node, &families);
	spin_unlock_bh(&adapter->lock);

	list_for_each_entry_safe(family, next, &families, node) {
		list_del(&family->node);
		condis_family_close(family);
		condis_family_put(family);
	}
}

static int family_register(struct condis_adapter *adapter, struct condis_binding *binding,
			   enum condis_af_type type, const struct condis_cm_ops *ops)
{
	struct condis_family *family, *other;

	if (!type || !ops || !ops->open_af || !ops->close_af || !ops->register_sap ||
	    !ops->deregister_sap || !ops->create_vc || !ops->delete_vc || !ops->make_call ||
	    !ops->incoming_call_complete || !ops->close_call) {
		condis_adapter_breach(adapter, BAD_ARGUMENT, CONDIS_BY_CM, adapter->driver,
				      "a handler of the call manager's is missing");
		return -EINVAL;
	}

	family = kzalloc(sizeof(*family), GFP_KERNEL);
	if (!family)
		return -ENOMEM;
	kref_init(&family->ref);
	family->type = type;
	family->ops = ops;
	family->adapter = adapter;
	family->binding = binding;
	if (binding)
		strscpy(family->manager, binding->name, sizeof(family->manager));
	family->announce = true;
	refcount_set(&family->active, 1);
	init_completion(&family->drained);

	spin_lock_bh(&adapter->lock);
	list_for_each_entry(other, &adapter->families, node) {
		if (other->type == type) {
			spin_unlock_bh(&adapter->lock);
			kfree(family);
			return -EEXIST;
		}
	}
	family->number = ++adapter->nr_families;
	list_add_tail(&family->node, &adapter->families);
	spin_unlock_bh(&adapter->lock);
	return 0;
}

/**
 * condis_mcm_register_address_family() - NdisMCmRegisterAddressFamilyEx
 * @adapter: the adapter, in its initialize()
 * @type: the family
 * @ops: the call manager's handlers
 *
 * Clients are told when the adapter is initialised and they are bound.  There
 * is no way back: the registration ends with the adapter.
 *
 * Return: 0; -EINVAL (a handler that must be there is not, or no family is named); -EEXIST (the
 * family is served already); -ENOMEM
 *
 * Context: process context, may sleep; in initialize() only
 */
int condis_mcm_register_address_family(struct condis_adapter *adapter,
				       enum condis_af_type type,
				       const struct condis_cm_ops *ops)
{
	return family_register(adapter, NULL, type, ops);
}
EXPORT_SYMBOL_GPL(condis_mcm_register_address_family);

/**
 * condis_cm_register_address_family() - NdisCmRegisterAddressFamilyEx
 * @binding: the stand-alone call manager's binding, open
 * @type: the family
 * @ops: the call manager's handlers
 *
 * The other protocols on the adapter are told soon.  There is no way back: the
 * registration ends with the binding.
 *
 * Return: 0; -EINVAL (a handler that must be there is not, or no family is named); -EEXIST (the
 * family is served already); -ENOMEM
 *
 * Context: process context, may sleep; also in handlers
 */
int condis_cm_register_address_family(struct condis_binding *binding,
				      enum condis_af_type type,
				      const struct condis_cm_ops *ops)
{
	int err = family_register(binding->adapter, binding, type, ops);

	if (!err)
		condis_adapter_schedule(binding->adapter, CONDIS_ADAPTER_WORK_ANNOUNCE);
	return err;
}
EXPORT_SYMBOL_GPL(condis_cm_register_address_family);

/* The families that an announcement is about; those that come later have one of their own. */
static void announce_begin(struct condis_adapter *adapter)
{
	struct condis_family *family;

	spin_lock_bh(&adapter->lock);
	list_for_each_entry(family, &adapter->families, node) {
		family->announced = !family->closing && !family->gone;
		family->fresh = family->announced && family->announce;
		if (family->announced)
			family->announce = false;
	}
	spin_unlock_bh(&adapter->lock);
}

/*
 * The type of the next family of the announcement that a binding is to hear of, 0
 * if there is none: the first after number *@after.  By numbers, as families leave the
 * list while it is walked.
 */
static u32 announce_next(struct condis_adapter *adapter, const struct condis_binding *binding,
			 bool only_fresh, u64 *after)
{
	struct condis_family *family;
	u32 type = 0;

	spin_lock_bh(&adapter->lock);
	list_for_each_entry(family, &adapter->families, node) {
		/* A stand-alone call manager is not told of what it serves itself. */
		if (family->number <= *after || !family->announced ||
		    family->binding == binding || (only_fresh && !family->fresh))
			continue;
		*after = family->number;
		type = family->type;
		break;
	}
	spin_unlock_bh(&adapter->lock);
	return type;
}

/**
 * condis_adapter_announce() - tell protocols which address families are served
 * @adapter: the adapter
 * @newcomer: tell this binding of all that were announced before; NULL: tell everybody of all
 *
 * Context: @adapter->control held
 */
void condis_adapter_announce(struct condis_adapter *adapter, struct condis_binding *newcomer)
{
	struct condis_binding *binding = NULL;
	bool only_fresh;
	u64 after;
	u32 type;

	lockdep_assert_held(&adapter->control);
	announce_begin(adapter);
	adapter->announcement++;
	condis_delay_point("adapter.announce", adapter->id);

	while ((binding = condis_binding_next(adapter, binding))) {
		/* The walk may begin anew; a family that is told of twice is a new line table. */
		if (binding->announcement == adapter->announcement)
			continue;
		binding->announcement = adapter->announcement;
		/* First: without a use the protocol may be gone with its module. */
		if (!condis_binding_use(binding))
			continue;
		only_fresh = newcomer && binding != newcomer;
		after = 0;
		while (binding->protocol->af_register_notify &&
		       (type = announce_next(adapter, binding, only_fresh, &after)))
			binding->protocol->af_register_notify(binding, type);
		condis_binding_unuse(binding);
	}
}
