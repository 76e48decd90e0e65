// SPDX-License-Identifier: GPL-2.0
/*
 * Service access points: where a client listens.
 */
#include <linux/slab.h>

#include <trace/events/condis.h>

#include "core.h"

static atomic_t sap_ids;

static struct condis_af *sap_af_of(struct condis_upcalls *upcalls)
{
	return container_of(upcalls, struct condis_sap, upcalls)->af;
}

static void sap_release(struct condis_upcalls *upcalls)
{
	struct condis_sap *sap = container_of(upcalls, struct condis_sap, upcalls);
	struct condis_af *af = sap->af;

	WRITE_ONCE(sap->upcalls.watch.ended, true);
	trace_condis_free("sap", sap->id);
	condis_family_count(af->family, CONDIS_COUNT_SAP, -1);
	condis_bury(&sap->upcalls.grave, sap, sap->upcalls.watch.history);
	condis_af_put(af);
}

/**
 * condis_sap_hold() - keep a SAP's memory
 * @sap: a SAP that is valid for the caller
 *
 * For a call manager between choosing a SAP under its own lock and
 * condis_mcm_dispatch_incoming_call().
 *
 * Context: any
 */
void condis_sap_hold(struct condis_sap *sap)
{
	if (condis_use(&sap->upcalls, CONDIS_BY_NOBODY))
		condis_upcalls_hold(&sap->upcalls);
}
EXPORT_SYMBOL_GPL(condis_sap_hold);

/**
 * condis_sap_put() - give up condis_sap_hold()
 * @sap: the SAP
 *
 * Context: any but hard interrupts
 */
void condis_sap_put(struct condis_sap *sap)
{
	if (condis_use(&sap->upcalls, CONDIS_BY_NOBODY))
		condis_upcalls_put(&sap->upcalls);
}
EXPORT_SYMBOL_GPL(condis_sap_put);

/* Both sides have heard their last word: give back its life. */
static void sap_end(struct condis_sap *sap)
{
	struct condis_af *af = sap->af;

	condis_delay_point("sap.end.begin", sap->id);
	timer_shutdown_sync(&sap->watchdog);
	spin_lock_bh(&af->lock);
	list_del_init(&sap->node);
	spin_unlock_bh(&af->lock);
	condis_delay_point("sap.end.unlisted", sap->id);
	condis_af_remove_child(af);
	condis_sap_put(sap);
}

/**
 * condis_sap_apply() - apply an event to a SAP
 * @sap: the SAP
 * @event: the event
 *
 * Return: 0, or why the table refuses it
 *
 * Context: @sap->upcalls.lock held
 */
int condis_sap_apply(struct condis_sap *sap, enum condis_sap_event event)
{
	const struct condis_transition *transition;
	unsigned long upcalls;
	unsigned int upcall;

	lockdep_assert_held(&sap->upcalls.lock);
	transition = condis_sap_transition(sap->state, event);
	trace_condis_sap_state(sap->id, sap->state, event, transition->next, transition->error);
	condis_history_event(&sap->upcalls, CONDIS_HISTORY_SAP, sap->state, event, transition);
	if (transition->error) {
		if (condis_verifier_on())
			condis_verifier_refused(&sap->upcalls, transition->violation);
		if (transition->error == -ENOENT)
			condis_adapter_late(sap->af->family->adapter, CONDIS_LATE_COMPLETION);
		return transition->error;
	}

	if (sap->state == CONDIS_SAP_ABORTING && transition->upcalls)
		sap->status = -ECANCELED;
	if (transition->next != sap->state) {
		/* Without its completion the call manager still has the pointer. */
		if (event == CONDIS_SAP_EV_CM_GONE)
			condis_orphan_add(&sap->upcalls, CONDIS_ORPHAN_CM);
		WRITE_ONCE(sap->state, transition->next);
		if (sap->state == CONDIS_SAP_DEREGISTERING)
			mod_timer(&sap->watchdog,
				  jiffies + msecs_to_jiffies(condis_close_timeout_ms));
		else if (sap->state != CONDIS_SAP_ABORTING)
			timer_delete(&sap->watchdog);
	}
	upcalls = transition->upcalls;
	for_each_set_bit(upcall, &upcalls, CONDIS_UPCALLS_MAX)
		condis_upcall_queue(&sap->upcalls, upcall);
	return 0;
}

static int sap_post(struct condis_sap *sap, enum condis_sap_event event, u8 by,
		    unsigned long caller)
{
	int err;

	condis_upcall_lock(&sap->upcalls, by, caller);
	err = condis_sap_apply(sap, event);
	condis_upcall_unlock_and_run(&sap->upcalls);
	return err;
}

/**
 * condis_sap_no_answer() - a call manager has not answered, and is going to be answered for
 * @sap: the SAP
 *
 * Context: @sap->upcalls.lock held
 */
void condis_sap_no_answer(struct condis_sap *sap)
{
	const struct condis_cm_ops *ops = sap->af->family->ops;

	lockdep_assert_held(&sap->upcalls.lock);
	if (sap->state == CONDIS_SAP_REGISTERING || sap->state == CONDIS_SAP_ABORTING)
		condis_breach(&sap->upcalls, NO_ANSWER, CONDIS_BY_CM, ops->register_sap,
			      "ProtocolCmRegisterSap was never completed");
	else if (sap->state == CONDIS_SAP_DEREGISTERING)
		condis_breach(&sap->upcalls, NO_ANSWER, CONDIS_BY_CM, ops->deregister_sap,
			      "ProtocolCmDeregisterSap was never completed");
}

/* The call manager owes an answer: it is given for it. */
static void sap_watchdog(struct timer_list *timer)
{
	struct condis_sap *sap = from_timer(sap, timer, watchdog);

	condis_delay_point("sap.watchdog.expired", sap->id);
	spin_lock_bh(&sap->upcalls.lock);
	/*
	 * The answer came, or another wait began, while this waited for the lock.  That one may be
	 * just over: then it waits for the lock in its turn.
	 */
	if (data_race(timer_pending(timer)) ||
	    (sap->state != CONDIS_SAP_REGISTERING && sap->state != CONDIS_SAP_ABORTING &&
	     sap->state != CONDIS_SAP_DEREGISTERING)) {
		spin_unlock_bh(&sap->upcalls.lock);
		return;
	}
	condis_sap_no_answer(sap);
	condis_watch_excuse(&sap->upcalls.watch, CONDIS_BY_CM);
	if (condis_verifier_on())
		condis_verifier_stuck(&sap->upcalls);
	if (sap->state == CONDIS_SAP_REGISTERING)
		sap->status = -ETIMEDOUT;
	condis_adapter_late(sap->af->family->adapter, CONDIS_LATE_FORCED);
	condis_sap_apply(sap, CONDIS_SAP_EV_CM_GONE);
	condis_upcall_unlock_and_schedule(&sap->upcalls);
}

static int sap_registered_locked(struct condis_sap *sap, int status)
{
	lockdep_assert_held(&sap->upcalls.lock);
	if (sap->state == CONDIS_SAP_REGISTERING)
		sap->status = status;
	return condis_sap_apply(sap, status ? CONDIS_SAP_EV_REFUSED : CONDIS_SAP_EV_REGISTERED);
}

static int sap_released(struct condis_sap *sap, u8 by, unsigned long caller)
{
	int err;

	condis_upcall_lock(&sap->upcalls, by, caller);
	err = condis_sap_apply(sap, sap->dispatching ? CONDIS_SAP_EV_RELEASED_BUSY :
						       CONDIS_SAP_EV_RELEASED);
	condis_upcall_unlock_and_run(&sap->upcalls);
	return err;
}

static void deliver_cm_register(struct condis_sap *sap)
{
	struct condis_family *family = sap->af->family;
	unsigned long handler = 0;
	int status = -ENODEV;

	if (condis_family_enter(family)) {
		handler = (unsigned long)family->ops->register_sap;
		status = condis_answer(&sap->upcalls, CONDIS_BY_CM,
				       family->ops->register_sap(sap), handler);
		condis_family_leave(family);
	}
	if (status == -EINPROGRESS)
		return;
	condis_upcall_lock(&sap->upcalls, handler ? CONDIS_BY_CM : CONDIS_BY_NOBODY, handler);
	sap_registered_locked(sap, status);
	condis_upcall_unlock_and_run(&sap->upcalls);
}

static void deliver_cm_deregister(struct condis_sap *sap)
{
	struct condis_family *family = sap->af->family;
	unsigned long handler = 0;
	int status = 0;

	if (condis_family_enter(family)) {
		handler = (unsigned long)family->ops->deregister_sap;
		status = condis_answer(&sap->upcalls, CONDIS_BY_CM,
				       family->ops->deregister_sap(sap), handler);
		condis_family_leave(family);
	} else {
		condis_orphan_add(&sap->upcalls, CONDIS_ORPHAN_CM);
	}
	/* It has nothing to refuse: an error ends it like success. */
	if (status && status != -EINPROGRESS) {
		condis_adapter_late(sap->af->family->adapter, CONDIS_LATE_FORCED);
		condis_breach(&sap->upcalls, NO_ANSWER, CONDIS_BY_CM, handler,
			      "ProtocolCmDeregisterSap was refused");
	}
	if (status != -EINPROGRESS)
		sap_released(sap, handler ? CONDIS_BY_CM : CONDIS_BY_NOBODY, handler);
}

static void deliver_cl_register_complete(struct condis_sap *sap)
{
	struct condis_af *af = sap->af;
	bool last;

	if (!READ_ONCE(af->client_gone))
		af->ops->register_sap_complete(sap, sap->status);
	else
		condis_orphan_add(&sap->upcalls, CONDIS_ORPHAN_CLIENT);

	/* Gone, and no deregistration was asked for: this was the last word. */
	spin_lock_bh(&sap->upcalls.lock);
	last = sap->state == CONDIS_SAP_GONE &&
	       !(sap->upcalls.queued & BIT(CONDIS_SAP_CL_DEREGISTER_COMPLETE));
	if (last)
		condis_watch_dead(&sap->upcalls.watch, CONDIS_BY_CLIENT);
	spin_unlock_bh(&sap->upcalls.lock);
	if (last)
		sap_end(sap);
}

static void deliver_cl_deregister_complete(struct condis_sap *sap)
{
	struct condis_af *af = sap->af;

	if (!READ_ONCE(af->client_gone))
		af->ops->deregister_sap_complete(sap);
	else
		condis_orphan_add(&sap->upcalls, CONDIS_ORPHAN_CLIENT);
	condis_verifier_dead(&sap->upcalls, CONDIS_BY_CLIENT);
	sap_end(sap);
}

static void sap_deliver(struct condis_upcalls *upcalls, u8 code)
{
	struct condis_sap *sap = container_of(upcalls, struct condis_sap, upcalls);

	switch ((enum condis_sap_upcall)code) {
	case CONDIS_SAP_CM_REGISTER:
		deliver_cm_register(sap);
		break;
	case CONDIS_SAP_CL_REGISTER_COMPLETE:
		deliver_cl_register_complete(sap);
		break;
	case CONDIS_SAP_CM_DEREGISTER:
		deliver_cm_deregister(sap);
		break;
	case CONDIS_SAP_CL_DEREGISTER_COMPLETE:
		deliver_cl_deregister_complete(sap);
		break;
	}
}

static const struct condis_upcall_ops sap_upcall_ops = {
	.deliver = sap_deliver,
	.release = sap_release,
	.af = sap_af_of,
	.object = CONDIS_OBJECT_SAP,
};

/**
 * condis_cl_register_sap() - NdisClRegisterSap: listen for calls
 * @af: an open address family
 * @params: line, address and media modes; copied
 * @context: kept for the client, see condis_sap_context()
 *
 * Offers may come before register_sap_complete() (2.3).
 *
 * Return: the SAP: register_sap_complete() follows, or has run, and if that had an error the SAP
 * may be gone; or an ERR_PTR(): -EINVAL (an argument is missing, no media mode, a device class
 * without an end), -ESHUTDOWN (the family or the adapter is going down), -ENOMEM, -EWOULDBLOCK
 * (atomic context)
 *
 * Context: process context, may sleep; also in handlers
 */
struct condis_sap *condis_cl_register_sap(struct condis_af *af,
					  const struct condis_sap_params *params,
					  void *context)
{
	struct condis_sap *sap;
	bool linked;
	size_t client;

	if (IS_ERR_OR_NULL(af))
		return ERR_PTR(condis_bad_argument(CONDIS_BY_CLIENT));
	if (!condis_control(&af->upcalls, CONDIS_BY_CLIENT))
		return ERR_PTR(-ESHUTDOWN);
	if (!params || !params->media_modes ||
	    strnlen(params->device_class, CONDIS_DEVICE_CLASS_SIZE) == CONDIS_DEVICE_CLASS_SIZE)
		return ERR_PTR(condis_bad_argument_of(&af->upcalls, CONDIS_BY_CLIENT));
	if (condis_is_atomic())
		return ERR_PTR(-EWOULDBLOCK);
	might_sleep();
	if (!condis_af_add_child(af, CONDIS_BY_CLIENT, _RET_IP_))
		return ERR_PTR(-ESHUTDOWN);
	condis_delay_point("sap.register.counted", af->id);

	client = ALIGN(af->ops->sap_priv, 8);
	sap = kzalloc(struct_size(sap, priv, client + af->family->ops->sap_priv), GFP_KERNEL);
	if (!sap) {
		condis_af_remove_child(af);
		return ERR_PTR(-ENOMEM);
	}
	/* One for its life, one for the call below: the completion may be the last word. */
	condis_upcalls_init(&sap->upcalls, &sap_upcall_ops);
	condis_sap_hold(sap);
	sap->upcalls.watch.history = condis_history_new();
	sap->id = atomic_inc_return(&sap_ids);
	condis_upcalls_name(&sap->upcalls, CONDIS_DELAY_SAP, sap->id);
	sap->af = af;
	sap->params = *params;
	sap->context = context;
	sap->client = sap->priv;
	sap->cm = sap->priv + client;
	sap->made = jiffies;
	INIT_LIST_HEAD(&sap->node);
	timer_setup(&sap->watchdog, sap_watchdog, 0);
	condis_af_hold(af);
	condis_family_count(af->family, CONDIS_COUNT_SAP, 1);
	trace_condis_new("sap", sap->id, af->id);

	spin_lock_bh(&af->lock);
	linked = !READ_ONCE(af->family->gone) && !af->forced;
	if (linked)
		list_add(&sap->node, &af->saps);
	spin_unlock_bh(&af->lock);
	condis_delay_point("sap.register.linked", af->id);
	if (!linked) {
		condis_af_remove_child(af);
		condis_sap_put(sap);
		condis_sap_put(sap);
		return ERR_PTR(-ESHUTDOWN);
	}

	spin_lock_bh(&sap->upcalls.lock);
	/* Who was answered for before he was asked must not hear of it any more. */
	if (sap->state != CONDIS_SAP_GONE) {
		mod_timer(&sap->watchdog, jiffies + msecs_to_jiffies(condis_close_timeout_ms));
		condis_upcall_queue(&sap->upcalls, CONDIS_SAP_CM_REGISTER);
	}
	condis_upcall_unlock_and_run(&sap->upcalls);
	condis_sap_put(sap);
	return sap;
}
EXPORT_SYMBOL_GPL(condis_cl_register_sap);

/**
 * condis_cl_deregister_sap() - NdisClDeregisterSap: stop listening
 * @sap: the SAP; dead for the caller but for its completion
 *
 * No offer starts after this.  Calls that came in by it stay (R17).
 *
 * Return: -EINPROGRESS: deregister_sap_complete() follows; -EINVAL (no @sap); -EALREADY (asked for
 * before: no second completion comes)
 *
 * Context: process context; also in handlers
 */
int condis_cl_deregister_sap(struct condis_sap *sap)
{
	int err;

	if (IS_ERR_OR_NULL(sap))
		return condis_bad_argument(CONDIS_BY_CLIENT);
	if (!condis_control(&sap->upcalls, CONDIS_BY_CLIENT))
		return -EALREADY;
	err = sap_post(sap, CONDIS_SAP_EV_DEREGISTER, CONDIS_BY_CLIENT, _RET_IP_);
	return err ? err : -EINPROGRESS;
}
EXPORT_SYMBOL_GPL(condis_cl_deregister_sap);

/**
 * condis_sap_stop() - deregister a SAP that its client has left
 * @sap: the SAP, held
 *
 * Return: 0; -EALREADY (the client has)
 *
 * Context: process context, no lock held
 */
int condis_sap_stop(struct condis_sap *sap)
{
	return sap_post(sap, CONDIS_SAP_EV_DEREGISTER, CONDIS_BY_NOBODY, 0);
}

/**
 * condis_mcm_register_sap_complete() - NdisMCmRegisterSapComplete
 * @sap: the SAP
 * @status: 0, -EINVAL (bad SAP), -EADDRINUSE, -ENOMEM; not -EINPROGRESS
 *
 * Return: 0; -EINVAL (no @sap, @status is -EINPROGRESS or positive); -ENOENT (nothing is pending)
 *
 * Context: process context; also in handlers
 */
int condis_mcm_register_sap_complete(struct condis_sap *sap, int status)
{
	int err;

	if (IS_ERR_OR_NULL(sap))
		return condis_bad_argument(CONDIS_BY_CM);
	if (!condis_control(&sap->upcalls, CONDIS_BY_CM))
		return -ENOENT;
	if (condis_bad_status(&sap->upcalls, CONDIS_BY_CM, status))
		return -EINVAL;
	condis_upcall_lock(&sap->upcalls, CONDIS_BY_CM, _RET_IP_);
	err = sap_registered_locked(sap, status);
	condis_upcall_unlock_and_run(&sap->upcalls);
	return err;
}
EXPORT_SYMBOL_GPL(condis_mcm_register_sap_complete);

/**
 * condis_mcm_deregister_sap_complete() - NdisMCmDeregisterSapComplete
 * @sap: the SAP; dead for the caller on return
 *
 * Return: 0; -EINVAL (no @sap); -ENOENT (nothing is pending)
 *
 * Context: process context; also in handlers
 */
int condis_mcm_deregister_sap_complete(struct condis_sap *sap)
{
	if (IS_ERR_OR_NULL(sap))
		return condis_bad_argument(CONDIS_BY_CM);
	if (!condis_control(&sap->upcalls, CONDIS_BY_CM))
		return -ENOENT;
	return sap_released(sap, CONDIS_BY_CM, _RET_IP_);
}
EXPORT_SYMBOL_GPL(condis_mcm_deregister_sap_complete);

/**
 * condis_sap_start_dispatch() - an offer is going to be delivered
 * @sap: the SAP, held
 *
 * Return: 0: condis_sap_end_dispatch() must follow; -ESHUTDOWN: it is not registered (R18)
 *
 * Context: no lock held
 */
int condis_sap_start_dispatch(struct condis_sap *sap)
{
	int err = -ESHUTDOWN;

	spin_lock_bh(&sap->upcalls.lock);
	/* Also while its registration's completion is still to be delivered. */
	if (sap->state == CONDIS_SAP_REGISTERED) {
		sap->dispatching++;
		condis_sap_hold(sap);
		err = 0;
	}
	spin_unlock_bh(&sap->upcalls.lock);
	condis_delay_point("sap.dispatch.started", sap->id);
	return err;
}

/**
 * condis_sap_end_dispatch() - the offer was delivered
 * @sap: the SAP
 *
 * Context: process context, no lock held
 */
void condis_sap_end_dispatch(struct condis_sap *sap)
{
	condis_delay_point("sap.dispatch.end", sap->id);
	spin_lock_bh(&sap->upcalls.lock);
	if (!--sap->dispatching)
		condis_sap_apply(sap, CONDIS_SAP_EV_IDLE);
	condis_upcall_unlock_and_run(&sap->upcalls);
	condis_sap_put(sap);
}

/**
 * condis_sap_client() - the client's private area
 * @sap: the SAP
 *
 * Return: the area, zeroed when the SAP was made
 */
void *condis_sap_client(const struct condis_sap *sap)
{
	return sap->client;
}
EXPORT_SYMBOL_GPL(condis_sap_client);

/**
 * condis_sap_context() - what the client gave to condis_cl_register_sap()
 * @sap: the SAP
 *
 * Return: the context
 */
void *condis_sap_context(const struct condis_sap *sap)
{
	return sap->context;
}
EXPORT_SYMBOL_GPL(condis_sap_context);

/**
 * condis_sap_cm() - the call manager's private area
 * @sap: the SAP
 *
 * Return: the area, zeroed when the SAP was made
 */
void *condis_sap_cm(const struct condis_sap *sap)
{
	return sap->cm;
}
EXPORT_SYMBOL_GPL(condis_sap_cm);

/**
 * condis_sap_af() - a SAP's address family
 * @sap: the SAP
 *
 * Return: the family, valid as long as the SAP
 */
struct condis_af *condis_sap_af(const struct condis_sap *sap)
{
	return sap->af;
}
EXPORT_SYMBOL_GPL(condis_sap_af);

/**
 * condis_sap_params() - where a SAP listens
 * @sap: the SAP
 *
 * Return: line, address and media modes
 */
const struct condis_sap_params *condis_sap_params(const struct condis_sap *sap)
{
	return &sap->params;
}
EXPORT_SYMBOL_GPL(condis_sap_params);
