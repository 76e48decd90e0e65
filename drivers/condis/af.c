// SPDX-License-Identifier: GPL-2.0
/*
 * Address families: opening, closing, and the word to close.
 */
#include <linux/slab.h>

#include <trace/events/condis.h>

#include "core.h"

static atomic_t af_ids;

static struct condis_af *af_af_of(struct condis_upcalls *upcalls)
{
	return container_of(upcalls, struct condis_af, upcalls);
}

static void af_release(struct condis_upcalls *upcalls)
{
	struct condis_af *af = container_of(upcalls, struct condis_af, upcalls);
	struct condis_binding *binding = af->binding;
	struct condis_family *family = af->family;

	WRITE_ONCE(af->upcalls.watch.ended, true);
	trace_condis_free("af", af->id);
	condis_family_count(family, CONDIS_COUNT_AF, -1);
	/* Before what it points to: that is the order in which the quarantine lets go. */
	condis_bury(&af->upcalls.grave, af, af->upcalls.watch.history);
	condis_family_put(family);
	/* Last: it holds the adapter. */
	condis_binding_put(binding);
}

/**
 * condis_af_hold() - keep an address family's memory
 * @af: the family
 *
 * Context: any
 */
void condis_af_hold(struct condis_af *af)
{
	if (condis_use(&af->upcalls, CONDIS_BY_NOBODY))
		condis_upcalls_hold(&af->upcalls);
}
EXPORT_SYMBOL_GPL(condis_af_hold);

/**
 * condis_af_put() - give up condis_af_hold()
 * @af: the family
 *
 * Context: any but hard interrupts
 */
void condis_af_put(struct condis_af *af)
{
	if (condis_use(&af->upcalls, CONDIS_BY_NOBODY))
		condis_upcalls_put(&af->upcalls);
}
EXPORT_SYMBOL_GPL(condis_af_put);

/**
 * condis_af_add_child() - count a VC, SAP or request that is going to be made
 * @af: the family
 * @by: CONDIS_BY_*: whose
 * @caller: where
 *
 * Return: true: condis_af_remove_child() must follow; false: it is not open, or the adapter takes
 * nothing new
 *
 * Context: no lock held
 */
bool condis_af_add_child(struct condis_af *af, u8 by, unsigned long caller)
{
	bool open;

	condis_upcall_lock(&af->upcalls, by, caller);
	open = af->state == CONDIS_AF_OPEN && !READ_ONCE(af->family->adapter->frozen);
	if (open)
		atomic_inc(&af->children);
	else
		condis_af_refuse(af);
	condis_upcall_unlock(&af->upcalls);
	condis_delay_point("af.add_child", af->id);
	return open;
}

/**
 * condis_af_refuse() - something new was asked for on a family that is not open
 * @af: the family
 *
 * The client knows when it is open, and when it has closed it; the call manager
 * may have lost a race (R18).
 *
 * Context: @af->upcalls.lock held, by condis_upcall_lock()
 */
void condis_af_refuse(struct condis_af *af)
{
	if (af->upcalls.watch.by != CONDIS_BY_CLIENT)
		return;
	if (af->state == CONDIS_AF_OPENING)
		condis_verifier_refused(&af->upcalls, CONDIS_VIOLATION_OUT_OF_ORDER);
	else if (af->state != CONDIS_AF_OPEN && af->closed_by_client)
		condis_verifier_refused(&af->upcalls, CONDIS_VIOLATION_AFTER_END);
}

static void af_is_empty(struct condis_af *af)
{
	condis_delay_point("af.last_child", af->id);
	spin_lock_bh(&af->upcalls.lock);
	if (af->state == CONDIS_AF_DRAINING)
		condis_upcall_queue(&af->upcalls, CONDIS_AF_EMPTY);
	condis_upcall_unlock_and_run(&af->upcalls);
}

/**
 * condis_af_remove_child() - a VC, SAP or request is gone
 * @af: the family
 *
 * The last one lets a close go on (C6, I7).
 *
 * Context: process context, no lock held
 */
void condis_af_remove_child(struct condis_af *af)
{
	/* Once it was the last, whoever runs the family may end it beside us. */
	condis_af_hold(af);
	condis_delay_point("af.remove_child", af->id);
	if (atomic_dec_and_test(&af->children))
		af_is_empty(af);
	condis_af_put(af);
}

/* Both sides have heard their last word: give back the family's life. */
static void af_try_end(struct condis_af *af)
{
	struct condis_adapter *adapter = af->family->adapter;
	struct condis_binding *cm_binding = af->family->binding;
	struct condis_binding *binding = af->binding;

	spin_lock_bh(&af->upcalls.lock);
	if (af->ended || af->state != CONDIS_AF_CLOSED || !af->client_done || af->notified) {
		spin_unlock_bh(&af->upcalls.lock);
		return;
	}
	af->ended = true;
	spin_unlock_bh(&af->upcalls.lock);
	condis_delay_point("af.end.begin", af->id);

	timer_shutdown_sync(&af->deadline);
	spin_lock_bh(&adapter->lock);
	list_del_init(&af->node);
	spin_unlock_bh(&adapter->lock);
	wake_up_all(&adapter->idle);
	condis_delay_point("af.end.unlisted", af->id);

	if (cm_binding)
		condis_binding_unuse(cm_binding);
	condis_binding_unuse(binding);
	condis_af_put(af);
}

/**
 * condis_af_apply() - apply an event to an address family
 * @af: the family
 * @event: the event
 *
 * Return: 0, or why the table refuses it
 *
 * Context: @af->upcalls.lock held
 */
int condis_af_apply(struct condis_af *af, enum condis_af_event event)
{
	const struct condis_transition *transition;
	unsigned long upcalls;
	unsigned int upcall;

	lockdep_assert_held(&af->upcalls.lock);
	transition = condis_af_transition(af->state, event);
	trace_condis_af_state(af->id, af->state, event, transition->next, transition->error);
	condis_history_event(&af->upcalls, CONDIS_HISTORY_AF, af->state, event, transition);
	if (transition->error) {
		if (condis_verifier_on())
			condis_verifier_refused(&af->upcalls, transition->violation);
		if (transition->error == -ENOENT)
			condis_adapter_late(af->family->adapter, CONDIS_LATE_COMPLETION);
		return transition->error;
	}

	if (af->state == CONDIS_AF_ABORTING && transition->upcalls)
		af->status = -ECANCELED;
	if (transition->next != af->state) {
		/* Without its completion the call manager still has the pointer. */
		if (event == CONDIS_AF_EV_CM_GONE)
			condis_orphan_add(&af->upcalls, CONDIS_ORPHAN_CM);
		WRITE_ONCE(af->state, transition->next);
		if (af->state == CONDIS_AF_OPEN && !af->notified)
			timer_delete(&af->deadline);
		else if (af->state == CONDIS_AF_DRAINING)
			mod_timer(&af->deadline,
				  jiffies + msecs_to_jiffies(condis_close_timeout_ms));
	}
	upcalls = transition->upcalls;
	for_each_set_bit(upcall, &upcalls, CONDIS_UPCALLS_MAX)
		condis_upcall_queue(&af->upcalls, upcall);
	return 0;
}

static int af_post(struct condis_af *af, enum condis_af_event event, u8 by, unsigned long caller)
{
	int err;

	condis_upcall_lock(&af->upcalls, by, caller);
	err = condis_af_apply(af, event);
	if (!err && event == CONDIS_AF_EV_CLOSE)
		af->closed_by_client = true;
	condis_upcall_unlock_and_run(&af->upcalls);
	return err;
}

/*
 * An open or a close takes too long.  What it waits for is forced in two steps:
 * first the client's part (calls it forgot, C8), then the call manager's.
 */
static void af_deadline(struct timer_list *timer)
{
	struct condis_af *af = from_timer(af, timer, deadline);

	condis_delay_point("af.deadline.expired", af->id);
	spin_lock_bh(&af->upcalls.lock);
	if (condis_verifier_on())
		condis_verifier_stuck(&af->upcalls);
	if (!af->ended) {
		mod_timer(&af->deadline, jiffies + msecs_to_jiffies(condis_close_timeout_ms));
		condis_upcall_queue(&af->upcalls, CONDIS_AF_FORCE);
	}
	condis_upcall_unlock_and_schedule(&af->upcalls);
}

static int af_opened_locked(struct condis_af *af, int status)
{
	lockdep_assert_held(&af->upcalls.lock);
	if (af->state == CONDIS_AF_OPENING)
		af->status = status;
	return condis_af_apply(af, status ? CONDIS_AF_EV_REFUSED : CONDIS_AF_EV_OPENED);
}

static void deliver_cm_open(struct condis_af *af)
{
	unsigned long handler = 0;
	int status = -ENODEV;

	if (condis_family_enter(af->family)) {
		handler = (unsigned long)af->family->ops->open_af;
		status = condis_answer(&af->upcalls, CONDIS_BY_CM, af->family->ops->open_af(af),
				       handler);
		condis_family_leave(af->family);
	}
	if (status == -EINPROGRESS)
		return;
	condis_upcall_lock(&af->upcalls, handler ? CONDIS_BY_CM : CONDIS_BY_NOBODY, handler);
	af_opened_locked(af, status);
	condis_upcall_unlock_and_run(&af->upcalls);
}

static void deliver_cl_open_complete(struct condis_af *af)
{
	if (!READ_ONCE(af->client_gone))
		af->ops->open_af_complete(af, af->status);
	else
		condis_orphan_add(&af->upcalls, CONDIS_ORPHAN_CLIENT);

	/* Never opened and not being closed: this was the client's last word. */
	spin_lock_bh(&af->upcalls.lock);
	if (af->state == CONDIS_AF_CLOSED &&
	    !(af->upcalls.queued & BIT(CONDIS_AF_CL_CLOSE_COMPLETE))) {
		WRITE_ONCE(af->client_done, true);
		condis_watch_dead(&af->upcalls.watch, CONDIS_BY_CLIENT);
	}
	spin_unlock_bh(&af->upcalls.lock);
	af_try_end(af);
}

static void deliver_cl_notify(struct condis_af *af)
{
	unsigned long handler = 0;
	int status = -ENODEV;

	if (!READ_ONCE(af->client_gone) && !READ_ONCE(af->client_done)) {
		handler = (unsigned long)af->ops->notify_close_af;
		status = handler ? condis_answer(&af->upcalls, CONDIS_BY_CLIENT,
						 af->ops->notify_close_af(af), handler) :
				   -EOPNOTSUPP;
	}
	if (status == -EINPROGRESS)
		return;

	/* A refusal is not an option (2.12): the core closes on the client's behalf. */
	if (status && !READ_ONCE(af->client_done))
		condis_rundown_af(af, CONDIS_FORCED_CLIENT);
	condis_af_notify_complete(af, status, handler ? CONDIS_BY_CLIENT : CONDIS_BY_NOBODY,
				  handler);
}

static void deliver_force(struct condis_af *af)
{
	u8 whose = CONDIS_FORCED_CLIENT;

	/* Opened after all, just in time. */
	if (READ_ONCE(af->state) == CONDIS_AF_OPEN && !READ_ONCE(af->notified))
		return;
	if (READ_ONCE(af->forced) & CONDIS_FORCED_CLIENT)
		whose |= CONDIS_FORCED_CM;
	condis_adapter_late(af->family->adapter, CONDIS_LATE_FORCED);
	condis_rundown_af(af, whose);
}

static void deliver_empty(struct condis_af *af)
{
	spin_lock_bh(&af->upcalls.lock);
	if (af->state == CONDIS_AF_DRAINING && !atomic_read(&af->children))
		condis_af_apply(af, CONDIS_AF_EV_EMPTY);
	condis_upcall_unlock_and_run(&af->upcalls);
}

static void deliver_cm_close(struct condis_af *af)
{
	unsigned long handler = 0;
	int status = 0;

	if (condis_family_enter(af->family)) {
		handler = (unsigned long)af->family->ops->close_af;
		status = condis_answer(&af->upcalls, CONDIS_BY_CM, af->family->ops->close_af(af),
				       handler);
		condis_family_leave(af->family);
	} else {
		condis_orphan_add(&af->upcalls, CONDIS_ORPHAN_CM);
	}
	/* Nothing is left that it could wait for: an error ends it like success. */
	if (status && status != -EINPROGRESS) {
		condis_adapter_late(af->family->adapter, CONDIS_LATE_FORCED);
		condis_breach(&af->upcalls, NO_ANSWER, CONDIS_BY_CM, handler,
			      "ProtocolCmCloseAf was refused");
	}
	if (status != -EINPROGRESS)
		af_post(af, CONDIS_AF_EV_CM_CLOSED, handler ? CONDIS_BY_CM : CONDIS_BY_NOBODY,
			handler);
}

static void deliver_cl_close_complete(struct condis_af *af)
{
	if (!READ_ONCE(af->client_gone))
		af->ops->close_af_complete(af);
	else
		condis_orphan_add(&af->upcalls, CONDIS_ORPHAN_CLIENT);

	spin_lock_bh(&af->upcalls.lock);
	WRITE_ONCE(af->client_done, true);
	condis_watch_dead(&af->upcalls.watch, CONDIS_BY_CLIENT);
	spin_unlock_bh(&af->upcalls.lock);
	af_try_end(af);
}

static void deliver_cm_notify_complete(struct condis_af *af)
{
	if (condis_family_enter(af->family)) {
		if (af->family->ops->notify_close_af_complete)
			af->family->ops->notify_close_af_complete(af, af->notify_status);
		condis_family_leave(af->family);
	} else {
		condis_orphan_add(&af->upcalls, CONDIS_ORPHAN_CM);
	}

	/* Only now may the call manager's area go (I8). */
	spin_lock_bh(&af->upcalls.lock);
	af->notify_answered = false;
	WRITE_ONCE(af->notified, false);
	spin_unlock_bh(&af->upcalls.lock);
	af_try_end(af);
}

static void af_deliver(struct condis_upcalls *upcalls, u8 code)
{
	struct condis_af *af = container_of(upcalls, struct condis_af, upcalls);

	switch ((enum condis_af_upcall)code) {
	case CONDIS_AF_CM_OPEN:
		deliver_cm_open(af);
		break;
	case CONDIS_AF_CL_OPEN_COMPLETE:
		deliver_cl_open_complete(af);
		break;
	case CONDIS_AF_CL_NOTIFY:
		deliver_cl_notify(af);
		break;
	case CONDIS_AF_FORCE:
		deliver_force(af);
		break;
	case CONDIS_AF_EMPTY:
		deliver_empty(af);
		break;
	case CONDIS_AF_CM_CLOSE:
		deliver_cm_close(af);
		break;
	case CONDIS_AF_CL_CLOSE_COMPLETE:
		deliver_cl_close_complete(af);
		break;
	case CONDIS_AF_CM_NOTIFY_COMPLETE:
		deliver_cm_notify_complete(af);
		break;
	}
}

static const struct condis_upcall_ops af_upcall_ops = {
	.deliver = af_deliver,
	.release = af_release,
	.af = af_af_of,
	.object = CONDIS_OBJECT_AF,
};

static struct condis_af *af_alloc(struct condis_binding *binding, struct condis_family *family,
				  const struct condis_client_ops *ops, void *context)
{
	size_t client = ALIGN(ops->af_priv, 8);
	struct condis_af *af;

	af = kzalloc(struct_size(af, priv, client + family->ops->af_priv), GFP_KERNEL);
	if (!af)
		return NULL;
	af->id = atomic_inc_return(&af_ids);
	condis_upcalls_init(&af->upcalls, &af_upcall_ops);
	condis_upcalls_name(&af->upcalls, CONDIS_DELAY_AF, af->id);
	af->upcalls.watch.history = condis_history_new();
	spin_lock_init(&af->lock);
	INIT_LIST_HEAD(&af->node);
	INIT_LIST_HEAD(&af->vcs);
	INIT_LIST_HEAD(&af->saps);
	INIT_LIST_HEAD(&af->requests);
	timer_setup(&af->deadline, af_deadline, 0);
	af->family = family;
	af->binding = binding;
	af->ops = ops;
	af->context = context;
	af->client = af->priv;
	af->cm = af->priv + client;
	af->vc_cache = condis_vc_cache(ops, family->ops);
	af->made = jiffies;
	condis_upcalls_hold(&binding->upcalls);
	condis_family_count(family, CONDIS_COUNT_AF, 1);
	trace_condis_new("af", af->id, family->adapter->id);
	return af;
}

/*
 * Enter an AF in the adapter's list, where the rundown finds it, unless it is too late.
 *
 * From here on it can be answered for, and freed with its adapter: who goes on has a reference.
 */
static bool af_link(struct condis_af *af)
{
	struct condis_adapter *adapter = af->family->adapter;
	bool linked;

	spin_lock_bh(&adapter->lock);
	linked = !adapter->frozen && !af->family->closing && !af->family->gone;
	if (linked)
		list_add_tail(&af->node, &adapter->afs);
	spin_unlock_bh(&adapter->lock);
	return linked;
}

/**
 * condis_cl_open_address_family() - NdisClOpenAddressFamilyEx
 * @binding: the client's binding, open
 * @type: the family
 * @ops: the client's handlers for it
 * @context: kept for the client, see condis_af_context()
 *
 * Return: the family: open_af_complete() follows, or has run, and if that had an error the family
 * may be gone; or an ERR_PTR(): -EINVAL (an argument or a handler is missing), -ENOENT (nobody
 * serves this family here), -ESHUTDOWN (the binding, the call manager or the adapter is going
 * down), -ENOMEM, -EWOULDBLOCK (atomic context)
 *
 * Context: process context, may sleep; also in handlers
 */
struct condis_af *condis_cl_open_address_family(struct condis_binding *binding,
						enum condis_af_type type,
						const struct condis_client_ops *ops,
						void *context)
{
	struct condis_family *family;
	struct condis_af *af;
	int err;

	if (IS_ERR_OR_NULL(binding))
		return ERR_PTR(condis_bad_argument(CONDIS_BY_CLIENT));
	if (!condis_control(&binding->upcalls, CONDIS_BY_CLIENT))
		return ERR_PTR(-ESHUTDOWN);
	if (!ops || !ops->open_af_complete || !ops->close_af_complete ||
	    !ops->register_sap_complete || !ops->deregister_sap_complete ||
	    !ops->make_call_complete || !ops->incoming_close_call || !ops->close_call_complete ||
	    !ops->create_vc != !ops->delete_vc)
		return ERR_PTR(condis_bad_argument_of(&binding->upcalls, CONDIS_BY_CLIENT));
	if (condis_is_atomic())
		return ERR_PTR(-EWOULDBLOCK);
	might_sleep();

	family = condis_family_find(binding->adapter, type);
	if (!family)
		return ERR_PTR(-ENOENT);

	condis_delay_point("af.open.found", binding->adapter->id);
	err = -ESHUTDOWN;
	if (!condis_binding_use(binding))
		goto put_family;
	if (family->binding && !condis_binding_use(family->binding))
		goto unuse_binding;
	err = -ENOMEM;
	af = af_alloc(binding, family, ops, context);
	if (!af)
		goto unuse_cm;
	condis_delay_point("af.open.made", binding->adapter->id);
	/* The completion may be the client's last word, and this call still has the pointer. */
	condis_af_hold(af);
	err = -ESHUTDOWN;
	if (!af_link(af))
		goto put_af;
	condis_delay_point("af.open.linked", binding->adapter->id);

	spin_lock_bh(&af->upcalls.lock);
	/* Who was answered for before he was asked must not hear of it any more. */
	if (af->state != CONDIS_AF_CLOSED) {
		mod_timer(&af->deadline, jiffies + msecs_to_jiffies(condis_close_timeout_ms));
		condis_upcall_queue(&af->upcalls, CONDIS_AF_CM_OPEN);
	}
	condis_upcall_unlock_and_run(&af->upcalls);
	condis_af_put(af);
	return af;

put_af:
	if (family->binding)
		condis_binding_unuse(family->binding);
	condis_af_put(af);
	/* Takes the family's reference with it. */
	condis_af_put(af);
	condis_binding_unuse(binding);
	return ERR_PTR(err);
unuse_cm:
	if (family->binding)
		condis_binding_unuse(family->binding);
unuse_binding:
	condis_binding_unuse(binding);
put_family:
	condis_family_put(family);
	return ERR_PTR(err);
}
EXPORT_SYMBOL_GPL(condis_cl_open_address_family);

/**
 * condis_cl_close_address_family() - NdisClCloseAddressFamily
 * @af: the family; dead for the caller but for its completions
 *
 * Calls and SAPs may still be open or closing: the call manager hears of the
 * close when they are gone (C6, C7, R10), and what the client never closes is
 * closed for it at a deadline (C8).  Nothing new can be made from here on.
 *
 * Return: -EINPROGRESS: close_af_complete() follows; -EINVAL (no @af); -EALREADY (closing or
 * closed: no second completion comes)
 *
 * Context: process context; also in handlers, notify_close_af() above all. Do not wait for the
 * completion in one
 */
int condis_cl_close_address_family(struct condis_af *af)
{
	int err;

	if (IS_ERR_OR_NULL(af))
		return condis_bad_argument(CONDIS_BY_CLIENT);
	if (!condis_control(&af->upcalls, CONDIS_BY_CLIENT))
		return -EALREADY;
	err = af_post(af, CONDIS_AF_EV_CLOSE, CONDIS_BY_CLIENT, _RET_IP_);
	return err ? err : -EINPROGRESS;
}
EXPORT_SYMBOL_GPL(condis_cl_close_address_family);

/**
 * condis_af_notify_complete() - a notification is answered
 * @af: the family
 * @status: with what
 * @by: CONDIS_BY_*: the client, or nobody: the core answers for it
 * @caller: where
 *
 * Return: 0, or -ENOENT (none is pending)
 *
 * Context: process context, no lock held
 */
int condis_af_notify_complete(struct condis_af *af, int status, u8 by, unsigned long caller)
{
	int err = 0;

	condis_upcall_lock(&af->upcalls, by, caller);
	if (af->notified && !af->notify_answered) {
		af->notify_answered = true;
		af->notify_status = status;
		condis_upcall_queue(&af->upcalls, CONDIS_AF_CM_NOTIFY_COMPLETE);
	} else {
		/* The one word that is legal after the end, once: not the handle is wrong. */
		if (by && !(af->upcalls.watch.excused & by))
			condis_breach(&af->upcalls, COMPLETION_TWICE, by, caller, NULL);
		condis_adapter_late(af->family->adapter, CONDIS_LATE_COMPLETION);
		err = -ENOENT;
	}
	condis_upcall_unlock_and_run(&af->upcalls);
	return err;
}

/**
 * condis_cl_notify_close_address_family_complete() - NdisClNotifyCloseAddressFamilyComplete
 * @af: the family; the one call that takes it also after it was closed (R12)
 * @status: 0
 *
 * Return: 0; -EINVAL (no @af, @status is -EINPROGRESS or positive); -ENOENT (no notification is
 * pending)
 *
 * Context: process context; also in handlers
 */
int condis_cl_notify_close_address_family_complete(struct condis_af *af, int status)
{
	if (IS_ERR_OR_NULL(af))
		return condis_bad_argument(CONDIS_BY_CLIENT);
	if (!condis_control(&af->upcalls, CONDIS_BY_NOBODY))
		return -ENOENT;
	if (condis_bad_status(&af->upcalls, CONDIS_BY_CLIENT, status))
		return -EINVAL;
	return condis_af_notify_complete(af, status, CONDIS_BY_CLIENT, _RET_IP_);
}
EXPORT_SYMBOL_GPL(condis_cl_notify_close_address_family_complete);

/**
 * condis_mcm_open_address_family_complete() - NdisMCmOpenAddressFamilyComplete
 * @af: the family; with an error dead for the caller on return
 * @status: 0 or an error; not -EINPROGRESS
 *
 * Return: 0; -EINVAL (no @af, @status is -EINPROGRESS or positive); -ENOENT (nothing is pending)
 *
 * Context: process context; also in handlers
 */
int condis_mcm_open_address_family_complete(struct condis_af *af, int status)
{
	int err;

	if (IS_ERR_OR_NULL(af))
		return condis_bad_argument(CONDIS_BY_CM);
	if (!condis_control(&af->upcalls, CONDIS_BY_CM))
		return -ENOENT;
	if (condis_bad_status(&af->upcalls, CONDIS_BY_CM, status))
		return -EINVAL;
	condis_upcall_lock(&af->upcalls, CONDIS_BY_CM, _RET_IP_);
	err = af_opened_locked(af, status);
	condis_upcall_unlock_and_run(&af->upcalls);
	return err;
}
EXPORT_SYMBOL_GPL(condis_mcm_open_address_family_complete);

/**
 * condis_mcm_close_address_family_complete() - NdisMCmCloseAddressFamilyComplete
 * @af: the family; dead for the caller on return
 *
 * Return: 0; -EINVAL (no @af); -ENOENT (nothing is pending)
 *
 * Context: process context; also in handlers
 */
int condis_mcm_close_address_family_complete(struct condis_af *af)
{
	if (IS_ERR_OR_NULL(af))
		return condis_bad_argument(CONDIS_BY_CM);
	if (!condis_control(&af->upcalls, CONDIS_BY_CM))
		return -ENOENT;
	return af_post(af, CONDIS_AF_EV_CM_CLOSED, CONDIS_BY_CM, _RET_IP_);
}
EXPORT_SYMBOL_GPL(condis_mcm_close_address_family_complete);

/**
 * condis_mcm_notify_close_address_family() - NdisMCmNotifyCloseAddressFamily
 * @af: the family
 *
 * Asks the client to close everything and then the family.
 *
 * Return: -EINPROGRESS: notify_close_af_complete() follows; -EINVAL (no @af); -EALREADY (asked for
 * before, or closed)
 *
 * Context: process context; also in handlers
 */
int condis_mcm_notify_close_address_family(struct condis_af *af)
{
	int err = -EINPROGRESS;

	if (IS_ERR_OR_NULL(af))
		return condis_bad_argument(CONDIS_BY_CM);
	if (!condis_control(&af->upcalls, CONDIS_BY_CM))
		return -EALREADY;
	condis_upcall_lock(&af->upcalls, CONDIS_BY_CM, _RET_IP_);
	if (af->notified || af->ended || af->state == CONDIS_AF_CLOSED) {
		err = -EALREADY;
	} else {
		WRITE_ONCE(af->notified, true);
		mod_timer(&af->deadline, jiffies + msecs_to_jiffies(condis_close_timeout_ms));
		condis_upcall_queue(&af->upcalls, CONDIS_AF_CL_NOTIFY);
	}
	condis_upcall_unlock_and_run(&af->upcalls);
	return err;
}
EXPORT_SYMBOL_GPL(condis_mcm_notify_close_address_family);

/**
 * condis_af_client() - the client's private area
 * @af: the family
 *
 * Return: the area, zeroed when the family was opened
 */
void *condis_af_client(const struct condis_af *af)
{
	return af->client;
}
EXPORT_SYMBOL_GPL(condis_af_client);

/**
 * condis_af_context() - what the client gave to condis_cl_open_address_family()
 * @af: the family
 *
 * Return: the context
 */
void *condis_af_context(const struct condis_af *af)
{
	return af->context;
}
EXPORT_SYMBOL_GPL(condis_af_context);

/**
 * condis_af_cm() - the call manager's private area
 * @af: the family
 *
 * Return: the area, zeroed when the family was opened
 */
void *condis_af_cm(const struct condis_af *af)
{
	return af->cm;
}
EXPORT_SYMBOL_GPL(condis_af_cm);

/**
 * condis_af_id() - an address family's number
 * @af: the family
 *
 * Return: the number
 */
u32 condis_af_id(const struct condis_af *af)
{
	return af->id;
}
EXPORT_SYMBOL_GPL(condis_af_id);

/**
 * condis_af_adapter() - an address family's adapter
 * @af: the family
 *
 * Return: the adapter, valid as long as the family
 */
struct condis_adapter *condis_af_adapter(const struct condis_af *af)
{
	return af->family->adapter;
}
EXPORT_SYMBOL_GPL(condis_af_adapter);
