// SPDX-License-Identifier: GPL-2.0
/*
 * Virtual circuits: making, activation, deletion.
 */
#include <linux/log2.h>
#include <linux/slab.h>

#include <trace/events/condis.h>

#include "core.h"

static atomic64_t vc_ids;

/*
 * There are many VCs and few sizes of them: those that kmalloc() would round up
 * by much come from caches of their own, in steps of half a cache line.
 */
#define VC_STEP		32
#define VC_CACHES	(PAGE_SIZE / 2 / VC_STEP)

static struct kmem_cache *vc_caches[VC_CACHES];
static DEFINE_MUTEX(vc_caches_lock);	/* protects vc_caches */

static size_t vc_size(const struct condis_client_ops *client, const struct condis_cm_ops *cm)
{
	return struct_size_t(struct condis_vc, priv, ALIGN(client->vc_priv, 8) + cm->vc_priv);
}

/**
 * condis_vc_cache() - where the VCs of a client and a call manager come from
 * @client: the client's handlers
 * @cm: the call manager's
 *
 * Return: a cache, until condis_vc_exit(); or NULL: kmalloc() does as well, or memory is short
 *
 * Context: process context, may sleep
 */
struct kmem_cache *condis_vc_cache(const struct condis_client_ops *client,
				   const struct condis_cm_ops *cm)
{
	unsigned int step = DIV_ROUND_UP(vc_size(client, cm), VC_STEP);
	struct kmem_cache *cache;
	char name[32];

	if (step >= VC_CACHES || is_power_of_2(step))
		return NULL;
	mutex_lock(&vc_caches_lock);
	cache = vc_caches[step];
	if (!cache) {
		scnprintf(name, sizeof(name), "condis_vc-%u", step * VC_STEP);
		cache = kmem_cache_create(name, step * VC_STEP, 0, 0, NULL);
		vc_caches[step] = cache;
	}
	mutex_unlock(&vc_caches_lock);
	return cache;
}

/**
 * condis_vc_exit() - give the caches back
 *
 * Context: module exit; no VC is left, and every grace period is over
 */
void condis_vc_exit(void)
{
	unsigned int i;

	for (i = 0; i < VC_CACHES; i++)
		kmem_cache_destroy(vc_caches[i]);
}

static struct condis_vc *vc_alloc(struct condis_af *af, enum condis_side creator)
{
	size_t client = ALIGN(af->ops->vc_priv, 8);
	struct condis_vc *vc;

	if (af->vc_cache)
		vc = kmem_cache_zalloc(af->vc_cache, GFP_KERNEL_ACCOUNT);
	else
		vc = kzalloc(vc_size(af->ops, af->family->ops), GFP_KERNEL_ACCOUNT);
	if (!vc)
		return NULL;

	condis_upcalls_init(&vc->upcalls, &condis_vc_upcall_ops);
	vc->upcalls.watch.history = condis_history_new();
	vc->id = atomic64_inc_return(&vc_ids);
	condis_upcalls_name(&vc->upcalls, CONDIS_DELAY_VC, vc->id);
	vc->creator = creator;
	vc->af = af;
	vc->cm_offset = client;
	vc->made = jiffies;
	INIT_LIST_HEAD(&vc->node);
	condis_flow_init(&vc->flow);
	condis_vc_init_timer(vc);
	condis_af_hold(af);
	condis_adapter_count(af->family->adapter, CONDIS_COUNT_VC, 1);
	return vc;
}

static void vc_release(struct condis_upcalls *upcalls)
{
	struct condis_vc *vc = container_of(upcalls, struct condis_vc, upcalls);
	struct condis_af *af = vc->af;

	WRITE_ONCE(vc->upcalls.watch.ended, true);
	trace_condis_free("vc", vc->id);
	if (vc->sap)
		condis_sap_put(vc->sap);
	if (vc->data_vc)
		condis_vc_put(vc->data_vc);
	condis_adapter_count(af->family->adapter, CONDIS_COUNT_VC, -1);
	condis_bury(&vc->upcalls.grave, vc, vc->upcalls.watch.history);
	condis_af_put(af);
}

static struct condis_af *vc_af_of(struct condis_upcalls *upcalls)
{
	return container_of(upcalls, struct condis_vc, upcalls)->af;
}

const struct condis_upcall_ops condis_vc_upcall_ops = {
	.deliver = condis_vc_deliver,
	.release = vc_release,
	.af = vc_af_of,
	.object = CONDIS_OBJECT_VC,
};

/**
 * condis_vc_hold() - keep a VC's memory
 * @vc: a VC that is valid for the caller
 *
 * For a driver that has packets or messages of the VC under way.  It keeps the
 * memory and the private areas, not the call.
 *
 * Context: any
 */
void condis_vc_hold(struct condis_vc *vc)
{
	if (condis_use(&vc->upcalls, CONDIS_BY_NOBODY))
		condis_upcalls_hold(&vc->upcalls);
}
EXPORT_SYMBOL_GPL(condis_vc_hold);

/**
 * condis_vc_put() - give up condis_vc_hold()
 * @vc: the VC
 *
 * Context: any but hard interrupts
 */
void condis_vc_put(struct condis_vc *vc)
{
	if (condis_use(&vc->upcalls, CONDIS_BY_NOBODY))
		condis_upcalls_put(&vc->upcalls);
}
EXPORT_SYMBOL_GPL(condis_vc_put);

/*
 * Enter a VC in its AF's list, where a forced end finds it.  Refused when the
 * call manager is already cut off: the force has been through the list.
 *
 * From here on the VC can be deleted by force, and freed when its creator cannot speak of it any
 * more: without a reference it is not looked at after this.
 */
static bool vc_link(struct condis_vc *vc)
{
	struct condis_af *af = vc->af;
	bool linked;

	trace_condis_new("vc", vc->id, af->id);
	spin_lock_bh(&af->lock);
	linked = !READ_ONCE(af->family->gone) && !af->forced;
	if (linked)
		list_add(&vc->node, &af->vcs);
	spin_unlock_bh(&af->lock);
	return linked;
}

/*
 * A VC that one side refused.  Its create_vc() may have armed the timer or
 * posted a signal, for which there is nobody any more.
 */
static void vc_discard(struct condis_vc *vc)
{
	spin_lock_bh(&vc->upcalls.lock);
	WRITE_ONCE(vc->call, CONDIS_CALL_DELETED);
	spin_unlock_bh(&vc->upcalls.lock);
	condis_vc_end(vc);
}

/* What a create_vc() has answered: there is no later for it (7.1, 1). */
static int vc_created(struct condis_vc *vc, u8 by, int err, unsigned long handler)
{
	if (err != -EINPROGRESS)
		return condis_answer(&vc->upcalls, by, err, handler);
	condis_breach(&vc->upcalls, HANDLER_PENDED, by, handler, NULL);
	return -EIO;
}

/**
 * condis_co_create_vc() - NdisCoCreateVc: make a VC for an outgoing call
 * @af: an open address family
 * @context: kept for the client, see condis_vc_context()
 *
 * The call manager's create_vc() runs inside.  The VC is the caller's until its
 * condis_co_delete_vc(), or until the core has taken him off the adapter: who is not in a
 * handler of his looks whether close_adapter_complete() was here, and holds the VC, under the
 * lock that it takes, before he uses it.
 *
 * Return: the VC, or an ERR_PTR(): -EINVAL (no @af), -ESHUTDOWN (the family or the adapter is
 * going down), -ENOMEM, -EWOULDBLOCK (atomic context), -EIO (the call manager's answer was no
 * answer), or what the call manager refused it with
 *
 * Context: process context, may sleep; also in handlers
 */
struct condis_vc *condis_co_create_vc(struct condis_af *af, void *context)
{
	struct condis_vc *vc;
	int err;

	if (IS_ERR_OR_NULL(af))
		return ERR_PTR(condis_bad_argument(CONDIS_BY_CLIENT));
	if (!condis_control(&af->upcalls, CONDIS_BY_CLIENT))
		return ERR_PTR(-ESHUTDOWN);
	if (condis_is_atomic())
		return ERR_PTR(-EWOULDBLOCK);
	might_sleep();
	if (!condis_af_add_child(af, CONDIS_BY_CLIENT, _RET_IP_))
		return ERR_PTR(-ESHUTDOWN);
	condis_delay_point("vc.create.counted", af->id);

	err = -ENOMEM;
	vc = vc_alloc(af, CONDIS_SIDE_CLIENT);
	if (!vc) {
		condis_af_remove_child(af);
		return ERR_PTR(err);
	}
	vc->context = context;

	/* Linked inside the window: who closes it finds the VC in the list afterwards. */
	err = -ESHUTDOWN;
	if (!condis_family_enter(af->family))
		goto put_vc;
	condis_delay_point("vc.create.entered", af->id);
	err = vc_created(vc, CONDIS_BY_CM, af->family->ops->create_vc(vc),
			 (unsigned long)af->family->ops->create_vc);
	condis_delay_point("vc.create.made", af->id);
	if (!err && !vc_link(vc)) {
		af->family->ops->delete_vc(vc);
		err = -ESHUTDOWN;
	}
	condis_delay_point("vc.create.linked", af->id);
	condis_family_leave(af->family);
	if (err)
		goto put_vc;
	return vc;

put_vc:
	vc_discard(vc);
	return ERR_PTR(err);
}
EXPORT_SYMBOL_GPL(condis_co_create_vc);

static struct condis_vc *make_for_cm(struct condis_af *af, bool held, unsigned long caller)
{
	struct condis_vc *vc;
	int err;

	if (IS_ERR_OR_NULL(af))
		return ERR_PTR(condis_bad_argument(CONDIS_BY_CM));
	if (!condis_control(&af->upcalls, CONDIS_BY_CM))
		return ERR_PTR(-ESHUTDOWN);
	if (condis_is_atomic())
		return ERR_PTR(-EWOULDBLOCK);
	might_sleep();
	if (!condis_af_add_child(af, CONDIS_BY_CM, caller))
		return ERR_PTR(-ESHUTDOWN);
	condis_delay_point("vc.mcm_create.counted", af->id);

	err = -ENOMEM;
	vc = vc_alloc(af, CONDIS_SIDE_CM);
	if (!vc) {
		condis_af_remove_child(af);
		return ERR_PTR(err);
	}

	err = -EOPNOTSUPP;
	if (af->ops->create_vc)
		err = vc_created(vc, CONDIS_BY_CLIENT, af->ops->create_vc(vc),
				 (unsigned long)af->ops->create_vc);
	condis_delay_point("vc.mcm_create.made", af->id);
	if (!err && held)
		condis_upcalls_hold(&vc->upcalls);
	if (!err && !vc_link(vc)) {
		af->ops->delete_vc(vc);
		if (held)
			condis_upcalls_put(&vc->upcalls);
		err = -ESHUTDOWN;
	}
	condis_delay_point("vc.mcm_create.linked", af->id);
	if (err)
		goto put_vc;
	return vc;

put_vc:
	vc_discard(vc);
	return ERR_PTR(err);
}

/**
 * condis_mcm_create_vc() - NdisMCmCreateVc: make a VC for an incoming call
 * @af: the address family of the client that will get the offer
 *
 * The client's create_vc() runs inside.  The VC is the call manager's until its
 * condis_mcm_delete_vc(), if it is in a handler of its own on that adapter, or halt() waits for
 * it.  From anywhere else it calls condis_mcm_create_vc_held().
 *
 * Return: the VC, or an ERR_PTR(): -EINVAL (no @af), -ESHUTDOWN (the family or the adapter is
 * going down), -ENOMEM, -EWOULDBLOCK (atomic context), -EIO (the client's answer was no answer),
 * or what the client refused it with
 *
 * Context: process context, may sleep; also in handlers
 */
struct condis_vc *condis_mcm_create_vc(struct condis_af *af)
{
	return make_for_cm(af, false, _RET_IP_);
}
EXPORT_SYMBOL_GPL(condis_mcm_create_vc);

/**
 * condis_mcm_create_vc_held() - make a VC for an incoming call, with a reference
 * @af: the address family of the client that will get the offer, held by the caller
 *
 * As condis_mcm_create_vc(), and condis_vc_hold() before anybody else can find the VC: when this
 * returns the adapter may have been pulled out, and what was made on it be gone.
 *
 * Return: as condis_mcm_create_vc(); the VC is for condis_vc_put(), too
 *
 * Context: process context, may sleep; also in handlers
 */
struct condis_vc *condis_mcm_create_vc_held(struct condis_af *af)
{
	return make_for_cm(af, true, _RET_IP_);
}
EXPORT_SYMBOL_GPL(condis_mcm_create_vc_held);

/* Whether a VC whose call is over may go; the call's table does the rest. */
static int vc_may_delete(const struct condis_vc *vc)
{
	if (vc->call != CONDIS_CALL_IDLE && vc->call != CONDIS_CALL_CLOSED)
		return 0;
	/* NOT_ACCEPTED while active, CLOSING while it is deactivated. */
	if (vc->active != CONDIS_VC_INACTIVE)
		return vc->active == CONDIS_VC_ACTIVE ? -EBUSY : -ESHUTDOWN;
	/* Who deletes hears no more; a word of its make-call or of its close (R4) is to come. */
	if (vc->creator == CONDIS_SIDE_CLIENT &&
	    vc->upcalls.queued & (BIT(CONDIS_VC_CL_MAKE_COMPLETE) |
				  BIT(CONDIS_VC_CL_CLOSE_COMPLETE)))
		return -EBUSY;
	return 0;
}

static int vc_delete(struct condis_vc *vc, enum condis_side side, unsigned long caller)
{
	u8 by = side == CONDIS_SIDE_CLIENT ? CONDIS_BY_CLIENT : CONDIS_BY_CM;
	enum condis_call_event event;
	int err;

	/* Only the creator deletes (7.1, 10). */
	if (vc->creator != side) {
		condis_breach(&vc->upcalls, WRONG_SIDE, by, caller, "deletes a VC it has not made");
		return -EPERM;
	}

	condis_upcall_lock(&vc->upcalls, by, caller);
	err = vc_may_delete(vc);
	if (err) {
		condis_verifier_refused(&vc->upcalls, CONDIS_VIOLATION_OUT_OF_ORDER);
		condis_upcall_unlock(&vc->upcalls);
		return err;
	}
	event = side == CONDIS_SIDE_CLIENT ? CONDIS_CALL_EV_DELETE_CLIENT :
					     CONDIS_CALL_EV_DELETE_CM;
	err = condis_call_apply(vc, event);
	if (!err) {
		condis_watch_dead(&vc->upcalls.watch, by);
		if (vc->call == CONDIS_CALL_COMPLETING)
			vc->delete_wanted = true;
	}
	condis_upcall_unlock_and_run(&vc->upcalls);
	return err;
}

/**
 * condis_co_delete_vc() - NdisCoDeleteVc: delete a VC that the client made
 * @vc: the VC; dead for the caller when this returns 0
 *
 * Return: 0; -EINVAL (no @vc); -EPERM (the call manager made it); -EBUSY (a call is on it, it is
 * active, or the completion of its make-call or close is still to come);
 * -ESHUTDOWN (it is being deactivated); -EALREADY (deleted, also by the core for a
 * client that was cut off)
 *
 * Context: process context; also in handlers, make_call_complete() and
 * close_call_complete() being the usual places (C5, R19)
 */
int condis_co_delete_vc(struct condis_vc *vc)
{
	if (IS_ERR_OR_NULL(vc))
		return condis_bad_argument(CONDIS_BY_CLIENT);
	if (!condis_control(&vc->upcalls, CONDIS_BY_CLIENT))
		return -EALREADY;
	return vc_delete(vc, CONDIS_SIDE_CLIENT, _RET_IP_);
}
EXPORT_SYMBOL_GPL(condis_co_delete_vc);

/**
 * condis_mcm_delete_vc() - NdisMCmDeleteVc: delete a VC that the call manager made
 * @vc: the VC; dead for the caller when this returns 0
 *
 * May follow condis_mcm_close_call_complete() at once, also while the VC is
 * still being deactivated: the core does it when that is over (C5).
 *
 * Return: 0; -EINVAL (no @vc); -EPERM (the client made it); -EBUSY (a call is on it, or it is
 * active); -EALREADY (deleted)
 *
 * Context: process context; also in handlers
 */
int condis_mcm_delete_vc(struct condis_vc *vc)
{
	if (IS_ERR_OR_NULL(vc))
		return condis_bad_argument(CONDIS_BY_CM);
	if (!condis_control(&vc->upcalls, CONDIS_BY_CM))
		return -EALREADY;
	return vc_delete(vc, CONDIS_SIDE_CM, _RET_IP_);
}
EXPORT_SYMBOL_GPL(condis_mcm_delete_vc);

/**
 * condis_vc_end() - both sides have heard of the deletion: give back the VC's life
 * @vc: the VC
 *
 * The timer ends first.  It is shut down, so that a driver's late arming does
 * nothing; its function takes only the VC's lock, so this is short.
 *
 * Context: the VC's runner, no lock held
 */
void condis_vc_end(struct condis_vc *vc)
{
	struct condis_af *af = vc->af;

	condis_delay_point("vc.end.begin", vc->id);
	timer_shutdown_sync(&vc->timer);
	condis_delay_point("vc.end.timers", vc->id);

	spin_lock_bh(&af->lock);
	list_del_init(&vc->node);
	spin_unlock_bh(&af->lock);
	condis_delay_point("vc.end.unlisted", vc->id);

	condis_af_remove_child(af);
	condis_delay_point("vc.end.childless", vc->id);
	condis_vc_put(vc);
}

/**
 * condis_vc_apply() - apply an event to the data path
 * @vc: the VC
 * @event: the event
 *
 * Return: 0, or why the table refuses it
 *
 * Context: @vc->upcalls.lock held
 */
int condis_vc_apply(struct condis_vc *vc, enum condis_vc_event event)
{
	const struct condis_transition *transition;

	lockdep_assert_held(&vc->upcalls.lock);
	transition = condis_vc_transition(vc->active, event);
	trace_condis_vc_state(vc->id, vc->active, event, transition->next, transition->error);
	condis_history_event(&vc->upcalls, CONDIS_HISTORY_VC, vc->active, event, transition);
	if (transition->error) {
		if (condis_verifier_on())
			condis_verifier_refused(&vc->upcalls, transition->violation);
		return transition->error;
	}

	WRITE_ONCE(vc->active, transition->next);
	if (transition->upcalls & BIT(CONDIS_VC_CM_DEACTIVATED) && vc->deactivation_owed) {
		vc->deactivation_owed = false;
		condis_upcall_queue(&vc->upcalls, CONDIS_VC_CM_DEACTIVATED);
	}
	return 0;
}

/* Call states in which the data path may still be opened. */
static bool vc_may_activate(const struct condis_vc *vc)
{
	switch (vc->call) {
	case CONDIS_CALL_IDLE:
	case CONDIS_CALL_OUT_PENDING:
	case CONDIS_CALL_OUT_ABORTING:
	case CONDIS_CALL_OFFERED:
	case CONDIS_CALL_ACCEPTED:
	case CONDIS_CALL_CONNECTED:
		return true;
	default:
		return false;
	}
}

/**
 * condis_mcm_activate_vc() - NdisMCmActivateVc: open the data path
 * @vc: the VC
 * @params: rates, largest packet and send window of the call
 *
 * Synchronous.  May be repeated to change the parameters.  Data flows once the
 * call is connected, too.
 *
 * Return: 0; -EINVAL (no @vc, no @params, a send window of 0); -ESHUTDOWN (the call is closing, or
 * the VC is being deactivated)
 *
 * Context: process context; also in handlers
 */
int condis_mcm_activate_vc(struct condis_vc *vc, const struct condis_call_params *params)
{
	int err = -ESHUTDOWN;

	if (IS_ERR_OR_NULL(vc))
		return condis_bad_argument(CONDIS_BY_CM);
	if (!condis_control(&vc->upcalls, CONDIS_BY_CM))
		return -ESHUTDOWN;
	if (!params || !params->send_window)
		return condis_bad_argument_of(&vc->upcalls, CONDIS_BY_CM);

	condis_upcall_lock(&vc->upcalls, CONDIS_BY_CM, _RET_IP_);
	if (vc_may_activate(vc))
		err = condis_vc_apply(vc, CONDIS_VC_EV_ACTIVATE);
	if (!err) {
		vc->params.tx_rate = params->tx_rate;
		vc->params.rx_rate = params->rx_rate;
		WRITE_ONCE(vc->params.max_sdu, params->max_sdu);
		vc->params.send_window = params->send_window;
		WRITE_ONCE(vc->flow.window, params->send_window);
	}
	condis_upcall_unlock(&vc->upcalls);
	condis_delay_point("vc.activate.done", vc->id);
	condis_trace_cm(vc, "NdisCmActivateVc", "NdisMCmActivateVc", err);
	return err;
}
EXPORT_SYMBOL_GPL(condis_mcm_activate_vc);

/**
 * condis_vc_deactivate_locked() - close the data path
 * @vc: the VC
 *
 * Return: 0, -EINPROGRESS (packets are in flight), or why the table refuses it
 *
 * Context: @vc->upcalls.lock held
 */
int condis_vc_deactivate_locked(struct condis_vc *vc)
{
	int err;

	lockdep_assert_held(&vc->upcalls.lock);
	condis_flow_close(vc);
	if (condis_flow_idle(vc))
		return condis_vc_apply(vc, CONDIS_VC_EV_DEACTIVATE);
	err = condis_vc_apply(vc, CONDIS_VC_EV_DEACTIVATE_BUSY);
	return err ? err : -EINPROGRESS;
}

/* Call states in which it is the client's to close before anything is released (7.1, 5). */
static bool vc_is_clients(const struct condis_vc *vc)
{
	return vc->call == CONDIS_CALL_OFFERED || vc->call == CONDIS_CALL_ACCEPTED ||
	       vc->call == CONDIS_CALL_CONNECTED || vc->call == CONDIS_CALL_OFFER_CLOSED ||
	       vc->call == CONDIS_CALL_REMOTE_CLOSED;
}

/**
 * condis_mcm_deactivate_vc() - NdisMCmDeactivateVc: close the data path
 * @vc: the VC
 *
 * Return: 0: inactive; -EINPROGRESS: packets are in flight, deactivate_vc_complete() follows when
 * the last has come back; -EINVAL (no @vc); -EBUSY (not active); -EALREADY (being deactivated)
 *
 * Context: process context; also in handlers
 */
int condis_mcm_deactivate_vc(struct condis_vc *vc)
{
	int err;

	if (IS_ERR_OR_NULL(vc))
		return condis_bad_argument(CONDIS_BY_CM);
	if (!condis_control(&vc->upcalls, CONDIS_BY_CM))
		return -EBUSY;

	condis_upcall_lock(&vc->upcalls, CONDIS_BY_CM, _RET_IP_);
	if (vc_is_clients(vc) && vc->active == CONDIS_VC_ACTIVE)
		condis_verifier_refused(&vc->upcalls, CONDIS_VIOLATION_EARLY_RELEASE);
	/* Those that the core has counted but not handed over yet it cannot know. */
	else if (condis_flow_held(vc) && vc->active == CONDIS_VC_ACTIVE)
		condis_verifier_refused(&vc->upcalls, CONDIS_VIOLATION_DEACTIVATE_BUSY);
	err = condis_vc_deactivate_locked(vc);
	if (err == -EINPROGRESS)
		vc->deactivation_owed = true;
	condis_upcall_unlock(&vc->upcalls);
	condis_delay_point("vc.deactivate.done", vc->id);
	condis_trace_cm(vc, "NdisCmDeactivateVc", "NdisMCmDeactivateVc", err);
	return err;
}
EXPORT_SYMBOL_GPL(condis_mcm_deactivate_vc);

/**
 * condis_vc_drained() - the last packet in flight has come back
 * @vc: the VC
 *
 * Also called where nobody waits for it; the tables decide.
 *
 * Context: any but hard interrupts, no lock of the VC's held
 */
void condis_vc_drained(struct condis_vc *vc)
{
	condis_delay_point("vc.drained", vc->id);
	spin_lock_bh(&vc->upcalls.lock);
	if (vc->active == CONDIS_VC_DEACTIVATING && condis_flow_idle(vc)) {
		condis_vc_apply(vc, CONDIS_VC_EV_DRAINED);
		condis_call_apply(vc, CONDIS_CALL_EV_INACTIVE);
	}
	condis_upcall_unlock_and_schedule(&vc->upcalls);
}

/**
 * condis_vc_force_inactive() - close the data path without waiting for packets
 * @vc: the VC
 *
 * What is in flight is written off; if something was, the memory stays until
 * the miniport cannot return it any more (C14).
 *
 * Context: @vc->upcalls.lock held
 */
void condis_vc_force_inactive(struct condis_vc *vc)
{
	lockdep_assert_held(&vc->upcalls.lock);
	condis_flow_close(vc);
	if (condis_flow_write_off(vc))
		condis_orphan_add(&vc->upcalls, CONDIS_ORPHAN_CM);
	if (vc->active == CONDIS_VC_ACTIVE)
		condis_vc_apply(vc, CONDIS_VC_EV_DEACTIVATE);
	else if (vc->active == CONDIS_VC_DEACTIVATING)
		condis_vc_apply(vc, CONDIS_VC_EV_DRAINED);
}

/**
 * condis_mcm_post_signal() - have the call manager's signal() run for a VC
 * @vc: the VC
 *
 * It runs in order with the VC's other handlers.  Posts that come before it
 * runs are one; what is to be said, the call manager keeps in its private area.
 * From inside another VC's handler it runs when that handler has returned, in
 * the same task: this is how two ends of a call signal without recursion.
 *
 * Context: process context; also in handlers
 */
void condis_mcm_post_signal(struct condis_vc *vc)
{
	/* Who holds it may say this also of a VC that is deleted meanwhile. */
	if (!condis_control(&vc->upcalls, CONDIS_BY_NOBODY))
		return;
	condis_upcall_lock(&vc->upcalls, CONDIS_BY_CM, _RET_IP_);
	if (vc->call != CONDIS_CALL_DELETED)
		condis_upcall_queue(&vc->upcalls, CONDIS_VC_CM_SIGNAL);
	condis_upcall_unlock_and_run(&vc->upcalls);
}
EXPORT_SYMBOL_GPL(condis_mcm_post_signal);

/**
 * condis_mcm_schedule_signal() - have the call manager's signal() run for a VC, soon
 * @vc: the VC
 *
 * As condis_mcm_post_signal(), for a tasklet, a timer or whoever holds a lock: a
 * work runs it, unless the VC's handlers are running already.
 *
 * Context: any but hard interrupts
 */
void condis_mcm_schedule_signal(struct condis_vc *vc)
{
	if (!condis_use(&vc->upcalls, CONDIS_BY_CM))
		return;
	condis_upcall_lock(&vc->upcalls, CONDIS_BY_CM, _RET_IP_);
	if (vc->call != CONDIS_CALL_DELETED)
		condis_upcall_queue(&vc->upcalls, CONDIS_VC_CM_SIGNAL);
	condis_upcall_unlock_and_schedule(&vc->upcalls);
}
EXPORT_SYMBOL_GPL(condis_mcm_schedule_signal);

/**
 * condis_mcm_set_network_call() - name the network's call, for traces
 * @vc: the VC
 * @network_call: a number that both ends of the call have in common
 *
 * Context: any
 */
void condis_mcm_set_network_call(struct condis_vc *vc, u64 network_call)
{
	WRITE_ONCE(vc->network_call, network_call);
}
EXPORT_SYMBOL_GPL(condis_mcm_set_network_call);

/**
 * condis_vc_network_call() - the network's number of the call
 * @vc: the VC
 *
 * Return: the number, 0 if the call manager has given none
 *
 * Context: any
 */
u64 condis_vc_network_call(const struct condis_vc *vc)
{
	return READ_ONCE(vc->network_call);
}
EXPORT_SYMBOL_GPL(condis_vc_network_call);
