// SPDX-License-Identifier: GPL-2.0
/*
 * Adapters: their life, and what is done to all of one at once.
 */
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <net/net_namespace.h>

#include <trace/events/condis.h>

#include "core.h"
#include "net.h"
#include "netlink.h"

/*
 * Who binds to whom: adapters that are initialised, and protocols.  A halt
 * takes it only to leave the list, never while it waits.
 */
DEFINE_MUTEX(condis_registry);
LIST_HEAD(condis_adapters);

/*
 * Halts and reconfigurations that were asked for where nobody may wait.  Not
 * condis_wq: these sleep for seconds.
 */
static struct workqueue_struct *control_wq;

static void adapter_release(struct kref *ref)
{
	struct condis_adapter *adapter = container_of(ref, struct condis_adapter, ref);
	unsigned int i;

	for (i = 0; i < CONDIS_NR_COUNTS; i++)
		WARN(atomic_read(&adapter->counts[i]),
		     "condis: adapter %s is freed with %d objects of kind %u left\n",
		     adapter->name, atomic_read(&adapter->counts[i]), i);
	trace_condis_free("adapter", adapter->id);
	condis_net_forget_adapter(adapter);
	condis_net_put(adapter->home);
	condis_bury(&adapter->grave, adapter, NULL);
}

/**
 * condis_hold_adapter() - keep an adapter's memory
 * @adapter: the adapter
 *
 * Context: any
 */
void condis_hold_adapter(struct condis_adapter *adapter)
{
	kref_get(&adapter->ref);
}
EXPORT_SYMBOL_GPL(condis_hold_adapter);

/**
 * condis_put_adapter() - give up a reference on an adapter
 * @adapter: the adapter
 *
 * Context: any but hard interrupts
 */
void condis_put_adapter(struct condis_adapter *adapter)
{
	kref_put(&adapter->ref, adapter_release);
}
EXPORT_SYMBOL_GPL(condis_put_adapter);

/**
 * condis_adapter_count() - count an object
 * @adapter: where it is
 * @count: its kind
 * @by: 1 or -1
 *
 * Context: any
 */
void condis_adapter_count(struct condis_adapter *adapter, enum condis_count count, int by)
{
	atomic_add(by, &adapter->counts[count]);
}

/**
 * condis_family_count() - count an AF or a SAP
 * @family: of which family
 * @count: CONDIS_COUNT_AF or CONDIS_COUNT_SAP
 * @by: 1 or -1
 *
 * Context: any
 */
void condis_family_count(const struct condis_family *family, enum condis_count count, int by)
{
	condis_adapter_count(family->adapter, count, by);
	if (family->binding)
		condis_adapter_count(family->adapter, CONDIS_COUNT_STANDING, by);
}

/**
 * condis_adapter_late() - count a word that came too late, or was forced
 * @adapter: where
 * @late: which
 *
 * Context: any
 */
void condis_adapter_late(struct condis_adapter *adapter, enum condis_late late)
{
	atomic_inc(&adapter->lates[late]);
}

static int adapter_apply(struct condis_adapter *adapter, enum condis_adapter_event event)
{
	const struct condis_transition *transition;

	lockdep_assert_held(&adapter->control);
	transition = condis_adapter_transition(adapter->state, event);
	trace_condis_adapter_state(adapter->id, adapter->state, event, transition->next,
				   transition->error);
	if (transition->error)
		return transition->error;
	if (adapter->state != transition->next) {
		WRITE_ONCE(adapter->state, transition->next);
		condis_netlink_notify_adapter(adapter, CONDIS_EVENT_STATE);
	}
	return 0;
}

/* No new sends; when this returns, none is inside the miniport (one grace period). */
static void adapter_stop_data(struct condis_adapter *adapter)
{
	if (adapter->data_stopped)
		return;
	WRITE_ONCE(adapter->data_stopped, true);
	condis_delay_point("adapter.data.stopped", adapter->id);
	synchronize_rcu();
}

/*
 * Wait for a pause or a reset that the miniport said it would complete.  The
 * one who clears op_pending decides, so a completion that comes after the
 * deadline is late and changes nothing.
 */
static int adapter_wait_op(struct condis_adapter *adapter, enum condis_adapter_op which,
			   int (*op)(struct condis_adapter *adapter))
{
	unsigned long timeout = msecs_to_jiffies(condis_halt_timeout_ms);

	if (wait_for_completion_timeout(&adapter->op_done, timeout))
		return adapter->op_status;
	if (atomic_cmpxchg(&adapter->op_pending, which, CONDIS_ADAPTER_OP_NONE) == which) {
		pr_warn("condis: %s: the miniport did not complete a pause or reset in %u ms\n",
			adapter->name, condis_halt_timeout_ms);
		condis_adapter_late(adapter, CONDIS_LATE_FORCED);
		WRITE_ONCE(adapter->op_excused, which);
		condis_adapter_breach(adapter, NO_ANSWER, CONDIS_BY_CM, op, "never completed");
		return -ETIMEDOUT;
	}
	wait_for_completion(&adapter->op_done);
	return adapter->op_status;
}

static void adapter_start_op(struct condis_adapter *adapter, enum condis_adapter_op which)
{
	reinit_completion(&adapter->op_done);
	adapter->op_status = 0;
	atomic_set(&adapter->op_pending, which);
}

static void adapter_complete_op(struct condis_adapter *adapter, enum condis_adapter_op which,
				int status, unsigned long caller)
{
	if (status > 0 || status == -EINPROGRESS) {
		condis_adapter_breach(adapter, COMPLETION_STATUS, CONDIS_BY_CM, caller, NULL);
		status = -EIO;
	}
	if (condis_is_atomic() && !in_serving_softirq() && which == CONDIS_ADAPTER_OP_RESET)
		condis_adapter_breach(adapter, CONTEXT, CONDIS_BY_CM, caller,
				      "a spinlock is held over a reset's completion");
	if (atomic_cmpxchg(&adapter->op_pending, which, CONDIS_ADAPTER_OP_NONE) != which) {
		condis_adapter_late(adapter, CONDIS_LATE_COMPLETION);
		/* Once, for the one that was given up. */
		if (cmpxchg(&adapter->op_excused, which, CONDIS_ADAPTER_OP_NONE) != which)
			condis_adapter_breach(adapter, COMPLETION_TWICE, CONDIS_BY_CM, caller,
					      "no pause or reset is pending");
		return;
	}
	condis_delay_point("adapter.op.claimed", adapter->id);
	adapter->op_status = status;
	complete(&adapter->op_done);
}

/* Run a handler that answers now or by condis_m_*_complete(). */
static int adapter_run_op(struct condis_adapter *adapter, enum condis_adapter_op which,
			  int (*op)(struct condis_adapter *adapter))
{
	int err;

	adapter_start_op(adapter, which);
	err = op(adapter);
	if (err == -EINPROGRESS)
		return adapter_wait_op(adapter, which, op);
	if (err > 0) {
		condis_adapter_breach(adapter, COMPLETION_STATUS, CONDIS_BY_CM, op, NULL);
		err = -EIO;
	}
	if (atomic_xchg(&adapter->op_pending, CONDIS_ADAPTER_OP_NONE) != which)
		condis_adapter_breach(adapter, COMPLETION_TWICE, CONDIS_BY_CM, op,
				      "completes a pause or reset inside, and by its return");
	return err;
}

/**
 * condis_m_pause_complete() - NdisMPauseComplete
 * @adapter: the adapter whose pause() said -EINPROGRESS
 *
 * Context: any but hard interrupts
 */
void condis_m_pause_complete(struct condis_adapter *adapter)
{
	adapter_complete_op(adapter, CONDIS_ADAPTER_OP_PAUSE, 0, _RET_IP_);
}
EXPORT_SYMBOL_GPL(condis_m_pause_complete);

/**
 * condis_m_reset_complete() - NdisMResetComplete
 * @adapter: the adapter whose reset() said -EINPROGRESS
 * @status: 0, or what is wrong with the device
 *
 * Context: any but hard interrupts, no lock held
 */
void condis_m_reset_complete(struct condis_adapter *adapter, int status)
{
	adapter_complete_op(adapter, CONDIS_ADAPTER_OP_RESET, status, _RET_IP_);
}
EXPORT_SYMBOL_GPL(condis_m_reset_complete);

static int adapter_pause_locked(struct condis_adapter *adapter)
{
	struct condis_binding *binding = NULL;
	int err;

	err = adapter_apply(adapter, CONDIS_ADAPTER_EV_PAUSE);
	if (err)
		return err;
	while ((binding = condis_binding_next(adapter, binding))) {
		/* First: without a use the protocol may be gone with its module. */
		if (!condis_binding_use(binding))
			continue;
		if (binding->protocol->pause)
			binding->protocol->pause(binding);
		condis_binding_unuse(binding);
	}
	condis_delay_point("adapter.pause.told", adapter->id);
	adapter_stop_data(adapter);
	/* A pause cannot fail (7.1, 14); one that is never completed is over at the deadline. */
	if (adapter->ops->pause)
		adapter_run_op(adapter, CONDIS_ADAPTER_OP_PAUSE, adapter->ops->pause);
	condis_delay_point("adapter.pause.done", adapter->id);
	return adapter_apply(adapter, CONDIS_ADAPTER_EV_PAUSED);
}

static int adapter_restart_locked(struct condis_adapter *adapter)
{
	struct condis_binding *binding = NULL;
	int err;

	if (adapter->state != CONDIS_ADAPTER_PAUSED)
		return condis_adapter_transition(adapter->state, CONDIS_ADAPTER_EV_RESTART)->error;
	err = adapter->ops->restart ? adapter->ops->restart(adapter) : 0;
	if (err)
		return err;
	WRITE_ONCE(adapter->data_stopped, false);
	condis_delay_point("adapter.restart.data", adapter->id);
	err = adapter_apply(adapter, CONDIS_ADAPTER_EV_RESTART);
	while ((binding = condis_binding_next(adapter, binding))) {
		if (!condis_binding_use(binding))
			continue;
		if (binding->protocol->restart)
			binding->protocol->restart(binding);
		condis_binding_unuse(binding);
	}
	return err;
}

/**
 * condis_adapter_pause() - pause an adapter: data stops, calls stay (F13, R25)
 * @adapter: the adapter
 *
 * Return: 0; -EALREADY (paused); -ESHUTDOWN (halting); -ENODEV (gone)
 *
 * Context: process context, waits for the miniport's sends, at most the halt deadline
 */
int condis_adapter_pause(struct condis_adapter *adapter)
{
	int err;

	mutex_lock(&adapter->control);
	err = adapter_pause_locked(adapter);
	mutex_unlock(&adapter->control);
	return err;
}
EXPORT_SYMBOL_GPL(condis_adapter_pause);

/**
 * condis_adapter_restart() - let a paused adapter go on
 * @adapter: the adapter
 *
 * Return: 0; -EALREADY (running); -ESHUTDOWN (halting); -ENODEV (gone); or the miniport's
 * error, and it stays paused
 *
 * Context: process context
 */
int condis_adapter_restart(struct condis_adapter *adapter)
{
	int err;

	mutex_lock(&adapter->control);
	err = adapter_restart_locked(adapter);
	mutex_unlock(&adapter->control);
	return err;
}
EXPORT_SYMBOL_GPL(condis_adapter_restart);

static void adapter_tell_status(struct condis_adapter *adapter,
				const struct condis_status *status)
{
	struct condis_binding *binding = NULL;

	while ((binding = condis_binding_next(adapter, binding))) {
		if (!condis_binding_use(binding))
			continue;
		if (binding->protocol->status)
			binding->protocol->status(binding, status);
		condis_binding_unuse(binding);
	}
}

/**
 * condis_adapter_reset() - reset an adapter (F7, R15, R16)
 * @adapter: the adapter
 *
 * AFs, SAPs and VCs keep their handles. Sends and CO requests are refused
 * between RESET_START and RESET_END.
 *
 * Return: 0; -EAGAIN (it is being reset); -EOPNOTSUPP (the miniport cannot); -ESHUTDOWN (halting);
 * -ENODEV (gone); -ETIMEDOUT (not completed at the deadline); or the miniport's error
 *
 * Context: process context, waits for the miniport, at most the halt deadline
 */
int condis_adapter_reset(struct condis_adapter *adapter)
{
	struct condis_status status = { .code = CONDIS_STATUS_RESET_START };
	bool stopped;
	int err;

	if (READ_ONCE(adapter->resetting))
		return -EAGAIN;

	mutex_lock(&adapter->control);
	if (adapter->state != CONDIS_ADAPTER_RUNNING && adapter->state != CONDIS_ADAPTER_PAUSED) {
		err = adapter->state == CONDIS_ADAPTER_HALTED ? -ENODEV : -ESHUTDOWN;
		goto unlock;
	}
	/* Only now: the handlers of an adapter that was halted may be gone with their module. */
	err = -EOPNOTSUPP;
	if (!adapter->ops->reset)
		goto unlock;
	WRITE_ONCE(adapter->resetting, true);
	condis_delay_point("adapter.reset.begin", adapter->id);
	adapter_tell_status(adapter, &status);
	stopped = adapter->data_stopped;
	adapter_stop_data(adapter);
	/* Paused, nothing waited for who has looked before he was told, and is going to send. */
	if (stopped)
		synchronize_rcu();
	/* From here on nobody can say that he did not know. */
	WRITE_ONCE(adapter->reset_told, true);

	condis_delay_point("adapter.reset.stopped", adapter->id);
	err = adapter_run_op(adapter, CONDIS_ADAPTER_OP_RESET, adapter->ops->reset);
	condis_delay_point("adapter.reset.done", adapter->id);

	WRITE_ONCE(adapter->reset_told, false);
	WRITE_ONCE(adapter->data_stopped, stopped);
	WRITE_ONCE(adapter->resetting, false);
	status.code = CONDIS_STATUS_RESET_END;
	adapter_tell_status(adapter, &status);
unlock:
	mutex_unlock(&adapter->control);
	return err;
}
EXPORT_SYMBOL_GPL(condis_adapter_reset);

/**
 * condis_m_reconfigure() - apply a change of the line table (F8)
 * @adapter: the adapter
 *
 * Every address family is closed, its clients being notified, reconfigure()
 * runs, and the clients are told to open anew. One that does not react is
 * closed for.
 *
 * Return: 0; -ESHUTDOWN (halting); -ENODEV (gone)
 *
 * Context: process context, not in a handler; waits for the closes, at most two halt deadlines as
 * long as handlers return
 */
int condis_m_reconfigure(struct condis_adapter *adapter)
{
	int err = 0;

	mutex_lock(&adapter->control);
	if (adapter->state != CONDIS_ADAPTER_RUNNING && adapter->state != CONDIS_ADAPTER_PAUSED) {
		err = adapter->state == CONDIS_ADAPTER_HALTED ? -ENODEV : -ESHUTDOWN;
		goto unlock;
	}
	spin_lock_bh(&adapter->lock);
	WRITE_ONCE(adapter->frozen, true);
	spin_unlock_bh(&adapter->lock);
	condis_delay_point("adapter.reconfigure.frozen", adapter->id);

	condis_rundown_afs(adapter);
	condis_delay_point("adapter.reconfigure.down", adapter->id);
	if (adapter->ops->reconfigure)
		adapter->ops->reconfigure(adapter);

	/* A halt that was asked for meanwhile stays asked for. */
	spin_lock_bh(&adapter->lock);
	if (test_bit(CONDIS_ADAPTER_WORK_HALT, &adapter->work_flags))
		err = -ESHUTDOWN;
	else
		WRITE_ONCE(adapter->frozen, false);
	spin_unlock_bh(&adapter->lock);
	condis_delay_point("adapter.reconfigure.done", adapter->id);
	if (!err)
		condis_adapter_announce(adapter, NULL);
unlock:
	mutex_unlock(&adapter->control);
	return err;
}
EXPORT_SYMBOL_GPL(condis_m_reconfigure);

/**
 * condis_m_indicate_status() - NdisMCoIndicateStatusEx
 * @adapter: the adapter
 * @vc: the VC it is about, or NULL
 * @status: the indication; RESET_START and RESET_END are not the miniport's to give
 *
 * LINK_PARAMS also changes the VC's send window; 0 stops the sender.  A DIGIT is for the
 * VC's client, whoever has its data.
 *
 * Context: for a VC, any but hard interrupts; else, and for a DIGIT, process context
 */
void condis_m_indicate_status(struct condis_adapter *adapter, struct condis_vc *vc,
			      const struct condis_status *status)
{
	bool digit = status->code == CONDIS_STATUS_DIGIT;
	struct condis_data_client *client;

	/* Those are NDIS's to give (7.1, 15). */
	if (status->code == CONDIS_STATUS_RESET_START || status->code == CONDIS_STATUS_RESET_END) {
		condis_adapter_breach(adapter, WRONG_REQUEST, CONDIS_BY_CM, _RET_IP_,
				      "indicates a reset itself");
		return;
	}
	if (vc && !condis_use(&vc->upcalls, CONDIS_BY_NOBODY))
		return;
	if (digit && (!vc || condis_is_atomic())) {
		condis_adapter_breach(adapter, WRONG_REQUEST, CONDIS_BY_CM, _RET_IP_,
				      vc ? "indicates a digit in atomic context" :
					   "indicates a digit of no call");
		return;
	}
	condis_delay_point("adapter.status.indicate", adapter->id);
	if (!vc) {
		adapter_tell_status(adapter, status);
		return;
	}
	if (status->code == CONDIS_STATUS_LINK_PARAMS)
		WRITE_ONCE(vc->flow.window, status->send_window);
	/*
	 * The miniport holds the memory, not the client: its handlers are there
	 * until a grace period after the VC was deleted, or the client cut off.
	 */
	rcu_read_lock();
	condis_delay_point("vc.status.indicate", vc->id);
	client = digit ? NULL : condis_data_client(vc);
	if (client && client->ops->status)
		client->ops->status(client, status);
	else if (READ_ONCE(vc->call) != CONDIS_CALL_DELETED && !READ_ONCE(vc->client_gone) &&
		 vc->af->ops->status)
		vc->af->ops->status(vc, status);
	rcu_read_unlock();
}
EXPORT_SYMBOL_GPL(condis_m_indicate_status);

/**
 * condis_adapter_bind() - bind a protocol to an adapter and tell it what is served
 * @adapter: the adapter
 * @protocol: the protocol
 *
 * Context: condis_registry held
 */
void condis_adapter_bind(struct condis_adapter *adapter, struct condis_protocol *protocol)
{
	struct condis_binding *binding = NULL;

	lockdep_assert_held(&condis_registry);
	mutex_lock(&adapter->control);
	if (adapter->state != CONDIS_ADAPTER_RUNNING && adapter->state != CONDIS_ADAPTER_PAUSED)
		goto unlock;
	if (condis_binding_create(adapter, protocol))
		goto unlock;
	while ((binding = condis_binding_next(adapter, binding))) {
		if (binding->protocol == protocol) {
			condis_adapter_announce(adapter, binding);
			condis_binding_put(binding);
			break;
		}
	}
unlock:
	mutex_unlock(&adapter->control);
}

/* Families that were registered where the control lock could not be taken. */
static void adapter_announce_fresh(struct condis_adapter *adapter)
{
	struct condis_family *family;
	bool fresh = false;

	mutex_lock(&adapter->control);
	spin_lock_bh(&adapter->lock);
	list_for_each_entry(family, &adapter->families, node)
		fresh |= family->announce;
	spin_unlock_bh(&adapter->lock);
	/* A newcomer that is nobody: only what is fresh is told, to everybody. */
	if (fresh && adapter->state != CONDIS_ADAPTER_HALTED &&
	    adapter->state != CONDIS_ADAPTER_HALTING)
		condis_adapter_announce(adapter, ERR_PTR(-ENOENT));
	mutex_unlock(&adapter->control);
}

/*
 * MiniportHaltEx and everything before it, once.  On return nothing calls the
 * driver and nothing will.
 */
static void adapter_halt(struct condis_adapter *adapter)
{
	bool surprise = READ_ONCE(adapter->removed);

	condis_delay_point("halt.begin", adapter->id);
	mutex_lock(&adapter->control);
	if (surprise) {
		if (adapter->ops->surprise_removal)
			adapter->ops->surprise_removal(adapter);
	} else {
		adapter_pause_locked(adapter);
	}
	condis_delay_point("halt.paused", adapter->id);
	adapter_stop_data(adapter);
	adapter_apply(adapter, CONDIS_ADAPTER_EV_HALT);
	condis_delay_point("halt.halting", adapter->id);

	condis_rundown_adapter(adapter, surprise);
	condis_delay_point("halt.down", adapter->id);
	condis_families_remove(adapter, NULL);
	condis_delay_point("halt.families", adapter->id);
	adapter->ops->halt(adapter, surprise);
	/* What was written off has had its last chance to come back (7.1, 17). */
	if (atomic_read(&adapter->owed) > 0)
		condis_adapter_breach(adapter, LEFT_BEHIND, CONDIS_BY_CM, adapter->ops->halt,
				      "packets did not come back from the halt");
	condis_delay_point("halt.miniport", adapter->id);
	condis_orphans_free(adapter, NULL);
	adapter_apply(adapter, CONDIS_ADAPTER_EV_HALTED);
	mutex_unlock(&adapter->control);
	condis_delay_point("halt.halted", adapter->id);
}

/* Leave the registry: no protocol is bound from here on.  True once. */
static bool adapter_leave(struct condis_adapter *adapter)
{
	bool registered;

	mutex_lock(&condis_registry);
	registered = adapter->registered;
	adapter->registered = false;
	if (registered)
		list_del_init(&adapter->node);
	mutex_unlock(&condis_registry);
	condis_delay_point("halt.unregistered", adapter->id);
	return registered;
}

static void adapter_work(struct work_struct *work)
{
	struct condis_adapter *adapter = container_of(work, struct condis_adapter, work);

	if (test_and_clear_bit(CONDIS_ADAPTER_WORK_ANNOUNCE, &adapter->work_flags))
		adapter_announce_fresh(adapter);
	/* Never cleared: an adapter is halted once. */
	if (test_bit(CONDIS_ADAPTER_WORK_HALT, &adapter->work_flags) && adapter_leave(adapter)) {
		adapter_halt(adapter);
		condis_net_forget_adapter(adapter);
		condis_delay_point("halt.forgotten", adapter->id);
		complete_all(&adapter->halted);
		/* The registry's reference. */
		condis_put_adapter(adapter);
	}
	/* The work's own. */
	condis_put_adapter(adapter);
}

/**
 * condis_adapter_schedule() - have something done to an adapter where waiting is allowed
 * @adapter: the adapter
 * @flag: CONDIS_ADAPTER_WORK_*
 *
 * Context: any
 */
void condis_adapter_schedule(struct condis_adapter *adapter, unsigned int flag)
{
	set_bit(flag, &adapter->work_flags);
	condis_hold_adapter(adapter);
	if (!queue_work(control_wq, &adapter->work))
		condis_put_adapter(adapter);
}

/**
 * condis_alloc_adapter() - make an adapter
 * @net: its network namespace; not held
 * @name: its name, shorter than CONDIS_NAME_SIZE
 * @ops: the miniport's handlers
 * @priv_size: bytes of private area
 *
 * Return: the adapter, halted, for condis_put_adapter(); or NULL
 *
 * Context: process context, may sleep
 */
struct condis_adapter *condis_alloc_adapter(struct net *net, const char *name,
					    const struct condis_miniport_ops *ops,
					    size_t priv_size)
{
	struct condis_adapter *adapter;

	adapter = kzalloc(struct_size(adapter, priv, priv_size), GFP_KERNEL_ACCOUNT);
	if (!adapter)
		return NULL;
	kref_init(&adapter->ref);
	strscpy(adapter->name, name, sizeof(adapter->name));
	adapter->net = net;
	adapter->net_cookie = net->net_cookie;
	adapter->ops = ops;
	adapter->driver = (unsigned long)ops->initialize;
	adapter->data_stopped = true;
	adapter->made = jiffies;
	mutex_init(&adapter->control);
	spin_lock_init(&adapter->lock);
	INIT_LIST_HEAD(&adapter->node);
	INIT_LIST_HEAD(&adapter->bindings);
	INIT_LIST_HEAD(&adapter->families);
	INIT_LIST_HEAD(&adapter->afs);
	INIT_LIST_HEAD(&adapter->orphans);
	init_waitqueue_head(&adapter->idle);
	init_completion(&adapter->op_done);
	init_completion(&adapter->halted);
	INIT_WORK(&adapter->work, adapter_work);
	return adapter;
}
EXPORT_SYMBOL_GPL(condis_alloc_adapter);

/**
 * condis_register_adapter() - bring an adapter up
 * @adapter: the adapter; a reference of the registry's is taken
 *
 * initialize(), restart(), then every protocol is bound and told which address
 * families are served. After an error halt() has run, which undoes also an
 * initialize() that failed halfway (C10).
 *
 * Return: 0; -EINVAL (a handler that must be there is not); -EEXIST (the name is taken); -ENOSPC,
 * -ENODEV (the namespace takes no more, or goes away); -ENOMEM; or the miniport's error
 *
 * Context: process context, may sleep
 */
int condis_register_adapter(struct condis_adapter *adapter)
{
	struct condis_protocol *protocol;
	int err;

	if (!adapter->ops->initialize || !adapter->ops->halt)
		return -EINVAL;

	mutex_lock(&condis_registry);
	err = condis_net_add_adapter(adapter);
	if (err) {
		/* Not initialised, but what its kind has configured is the driver's to undo. */
		adapter->ops->halt(adapter, false);
		goto unlock;
	}
	trace_condis_new("adapter", adapter->id, 0);

	mutex_lock(&adapter->control);
	err = adapter->ops->initialize(adapter);
	if (!err)
		err = adapter_apply(adapter, CONDIS_ADAPTER_EV_INITIALIZE);
	if (!err)
		err = adapter_restart_locked(adapter);
	if (err) {
		condis_families_remove(adapter, NULL);
		adapter_apply(adapter, CONDIS_ADAPTER_EV_HALT);
		adapter->ops->halt(adapter, false);
		adapter_apply(adapter, CONDIS_ADAPTER_EV_HALTED);
		mutex_unlock(&adapter->control);
		condis_net_forget_adapter(adapter);
		/* Somebody may have found it by its name and wait for its end. */
		complete_all(&adapter->halted);
		goto unlock;
	}
	mutex_unlock(&adapter->control);
	condis_delay_point("adapter.register.up", adapter->id);

	condis_hold_adapter(adapter);
	adapter->registered = true;
	list_add_tail(&adapter->node, &condis_adapters);
	list_for_each_entry(protocol, &condis_protocols, node)
		condis_adapter_bind(adapter, protocol);
unlock:
	mutex_unlock(&condis_registry);
	return err;
}
EXPORT_SYMBOL_GPL(condis_register_adapter);

/**
 * condis_remove_adapter() - halt an adapter, and do not wait for it
 * @adapter: the adapter, registered
 * @surprise: it was pulled out: no graceful phase (F14)
 *
 * Its name is free at once. May be asked any number of times; the halt runs
 * once.
 *
 * Context: process context
 */
void condis_remove_adapter(struct condis_adapter *adapter, bool surprise)
{
	spin_lock_bh(&adapter->lock);
	set_bit(CONDIS_ADAPTER_WORK_HALT, &adapter->work_flags);
	WRITE_ONCE(adapter->frozen, true);
	if (surprise)
		WRITE_ONCE(adapter->removed, true);
	spin_unlock_bh(&adapter->lock);
	condis_delay_point("adapter.remove.frozen", adapter->id);
	condis_net_del_adapter(adapter);
	condis_delay_point("adapter.remove.unnamed", adapter->id);
	condis_adapter_schedule(adapter, CONDIS_ADAPTER_WORK_HALT);
}
EXPORT_SYMBOL_GPL(condis_remove_adapter);

/**
 * condis_unregister_adapter() - halt an adapter
 * @adapter: the adapter, registered; the caller's reference stays
 *
 * On return no handler of the miniport or its call manager runs, and none will.
 *
 * Context: process context, not in a handler; waits, bounded as the rundown is
 */
void condis_unregister_adapter(struct condis_adapter *adapter)
{
	condis_remove_adapter(adapter, false);
	wait_for_completion(&adapter->halted);
}
EXPORT_SYMBOL_GPL(condis_unregister_adapter);

/**
 * condis_adapter_init() - make the control work queue
 *
 * Return: 0, or -ENOMEM
 *
 * Context: module init
 */
int condis_adapter_init(void)
{
	control_wq = alloc_workqueue("condis_control", WQ_UNBOUND | WQ_MEM_RECLAIM, 0);
	return control_wq ? 0 : -ENOMEM;
}

/**
 * condis_adapter_exit() - wait for the last halt and drop the queue
 *
 * Context: module exit
 */
void condis_adapter_exit(void)
{
	destroy_workqueue(control_wq);
	WARN(!list_empty(&condis_adapters), "condis: adapters are left at exit\n");
	WARN(!list_empty(&condis_protocols), "condis: protocols are left at exit\n");
}
