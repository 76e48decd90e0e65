// SPDX-License-Identifier: GPL-2.0
/*
 * The rundown: how an adapter, a binding or an address family comes down when
 * somebody does not play along.
 *
 * In an orderly halt the protocols are asked to unbind, and everything on the
 * adapter closes as if its users had closed it, through the call manager, under
 * one deadline.  Then, or at once if the adapter was pulled out, the call
 * manager is cut off: its window is closed, what it owes is answered for it,
 * and the clients hear that their calls are gone.  A client that does not react
 * within another deadline is cut off, too.  So the time is bounded whoever
 * misbehaves, and the cost is linear in the number of objects.
 *
 * Each list is walked by marking what was seen and moving it to the end: the
 * lock is dropped for every object, so that what is to be seen is in front unless
 * two walks of the same list meet.
 */
#include <linux/module.h>
#include <linux/moduleparam.h>

#include "core.h"
#include "visible.h"

unsigned int condis_halt_timeout_ms = 5000;
EXPORT_SYMBOL_IF_KUNIT(condis_halt_timeout_ms);
module_param_named(halt_timeout_ms, condis_halt_timeout_ms, uint, 0644);
MODULE_PARM_DESC(halt_timeout_ms,
		 "milliseconds that everything on an adapter has to come down in order (5000)");

/* Longer than a network's own way out: T305 and twice T308 of Q.931 are 38 s. */
unsigned int condis_close_timeout_ms = 45000;
EXPORT_SYMBOL_IF_KUNIT(condis_close_timeout_ms);
module_param_named(close_timeout_ms, condis_close_timeout_ms, uint, 0644);
MODULE_PARM_DESC(close_timeout_ms,
		 "milliseconds to complete a close, a SAP or an open, or to acknowledge a hang-up (45000)");

unsigned int condis_make_call_timeout_ms = 240000;
EXPORT_SYMBOL_IF_KUNIT(condis_make_call_timeout_ms);
module_param_named(make_call_timeout_ms, condis_make_call_timeout_ms, uint, 0644);
MODULE_PARM_DESC(make_call_timeout_ms,
		 "milliseconds to complete a make-call, or to connect an accepted call (240000)");

/**
 * condis_orphan_add() - keep the memory of an object that a driver may still speak of
 * @upcalls: of a VC, a SAP or an address family
 * @whose: CONDIS_ORPHAN_*: that driver, without whose last word the object ends
 *
 * Context: any but hard interrupts; the object's upcalls.lock may be held
 */
void condis_orphan_add(struct condis_upcalls *upcalls, u8 whose)
{
	struct condis_adapter *adapter = upcalls->ops->af(upcalls)->family->adapter;

	spin_lock_bh(&adapter->lock);
	if (list_empty(&upcalls->orphan)) {
		condis_upcalls_hold(upcalls);
		list_add(&upcalls->orphan, &adapter->orphans);
	}
	upcalls->orphaned |= whose;
	spin_unlock_bh(&adapter->lock);
	condis_delay_point("orphan.added", adapter->id);
}

/**
 * condis_orphans_free() - a driver cannot speak of what it had any more
 * @adapter: the adapter
 * @binding: the driver's binding, which is gone; NULL: the adapter was halted
 *
 * Context: process context, no spinlock held
 */
void condis_orphans_free(struct condis_adapter *adapter, struct condis_binding *binding)
{
	struct condis_upcalls *upcalls, *next;
	struct condis_af *af;
	LIST_HEAD(orphans);

	spin_lock_bh(&adapter->lock);
	list_for_each_entry_safe(upcalls, next, &adapter->orphans, orphan) {
		af = upcalls->ops->af(upcalls);
		if (!binding || af->binding == binding)
			upcalls->orphaned &= ~CONDIS_ORPHAN_CLIENT;
		if (!binding || af->family->binding == binding)
			upcalls->orphaned &= ~CONDIS_ORPHAN_CM;
		if (!upcalls->orphaned)
			list_move(&upcalls->orphan, &orphans);
	}
	while ((upcalls = list_first_entry_or_null(&orphans, struct condis_upcalls, orphan))) {
		list_del_init(&upcalls->orphan);
		spin_unlock_bh(&adapter->lock);
		condis_delay_point("orphan.freed", adapter->id);
		condis_upcalls_put(upcalls);
		spin_lock_bh(&adapter->lock);
	}
	spin_unlock_bh(&adapter->lock);
}

static void vc_cut_cm(struct condis_vc *vc)
{
	condis_delay_point("rundown.vc_without_cm", vc->id);
	spin_lock_bh(&vc->upcalls.lock);
	/* Pulled out, it has had no time to answer. */
	if (!READ_ONCE(vc->af->family->adapter->removed))
		condis_vc_no_answer(vc);
	if (!READ_ONCE(vc->af->family->adapter->removed) && vc->creator == CONDIS_SIDE_CM &&
	    vc->call == CONDIS_CALL_CLOSED && !vc->upcalls.queued && !vc->delete_wanted)
		condis_breach(&vc->upcalls, LEFT_BEHIND, CONDIS_BY_CM, 0,
			      "a VC of its own was deleted for it");
	condis_watch_excuse(&vc->upcalls.watch, CONDIS_BY_CM);
	WRITE_ONCE(vc->cm_gone, true);
	/* A hang-up may just be told. */
	WRITE_ONCE(vc->remote_cause, Q850_DESTINATION_OUT_OF_ORDER);
	if (vc->call == CONDIS_CALL_OUT_PENDING) {
		vc->make_status = -ENODEV;
		vc->make_cause = Q850_DESTINATION_OUT_OF_ORDER;
	}
	condis_vc_force_inactive(vc);
	condis_call_apply(vc, CONDIS_CALL_EV_CM_GONE);
	condis_upcall_unlock_and_run(&vc->upcalls);
}

/* Whether it is the client's turn: not while it waits for what it has asked for. */
static bool vc_client_owes(const struct condis_vc *vc)
{
	switch (vc->call) {
	case CONDIS_CALL_OUT_ABORTING:
	case CONDIS_CALL_CLOSING:
	case CONDIS_CALL_COMPLETING:
	case CONDIS_CALL_DELETED:
		return false;
	case CONDIS_CALL_CLOSED:
		return vc->creator == CONDIS_SIDE_CLIENT && READ_ONCE(vc->client_told);
	default:
		return true;
	}
}

static void vc_cut_client(struct condis_vc *vc)
{
	condis_delay_point("rundown.vc_without_client", vc->id);
	spin_lock_bh(&vc->upcalls.lock);
	WRITE_ONCE(vc->client_late, true);
	/* Pairs with client_was_told(): the word may be in its handler just now. */
	smp_mb();
	if (!vc_client_owes(vc)) {
		/* It has closed its call: it hears the end of that, and then the core deletes. */
		condis_watch_excuse(&vc->upcalls.watch, CONDIS_BY_CLIENT);
		condis_upcall_unlock_and_run(&vc->upcalls);
		return;
	}
	condis_breach(&vc->upcalls, LEFT_BEHIND, CONDIS_BY_CLIENT, 0,
		      "a call, or its VC, was closed for it");
	condis_vc_close_for_client(vc);
	condis_upcall_unlock_and_run(&vc->upcalls);
}

static struct condis_vc *next_vc(struct condis_af *af, u8 whose)
{
	struct condis_vc *vc, *found = NULL;

	spin_lock_bh(&af->lock);
	list_for_each_entry(vc, &af->vcs, node) {
		if (!(vc->forced & whose)) {
			vc->forced |= whose;
			list_move_tail(&vc->node, &af->vcs);
			condis_vc_hold(vc);
			found = vc;
			break;
		}
	}
	spin_unlock_bh(&af->lock);
	return found;
}

static struct condis_sap *next_sap(struct condis_af *af, u8 whose)
{
	struct condis_sap *sap, *found = NULL;

	spin_lock_bh(&af->lock);
	list_for_each_entry(sap, &af->saps, node) {
		if (!(sap->forced & whose)) {
			sap->forced |= whose;
			list_move_tail(&sap->node, &af->saps);
			condis_sap_hold(sap);
			found = sap;
			break;
		}
	}
	spin_unlock_bh(&af->lock);
	return found;
}

/* Tell on a call manager that is going to be answered for. */
static void af_cm_no_answer(struct condis_af *af)
{
	const struct condis_cm_ops *ops = af->family->ops;

	if (af->state == CONDIS_AF_OPENING || af->state == CONDIS_AF_ABORTING)
		condis_breach(&af->upcalls, NO_ANSWER, CONDIS_BY_CM, ops->open_af,
			      "ProtocolCmOpenAf was never completed");
	else if (af->state == CONDIS_AF_CLOSING)
		condis_breach(&af->upcalls, NO_ANSWER, CONDIS_BY_CM, ops->close_af,
			      "ProtocolCmCloseAf was never completed");
}

/* What the call manager owes on one AF is answered for it. */
static void af_cut_cm(struct condis_af *af)
{
	struct condis_sap *sap;
	struct condis_vc *vc;

	while ((sap = next_sap(af, CONDIS_FORCED_CM))) {
		spin_lock_bh(&sap->upcalls.lock);
		if (!READ_ONCE(af->family->adapter->removed))
			condis_sap_no_answer(sap);
		condis_watch_excuse(&sap->upcalls.watch, CONDIS_BY_CM);
		if (sap->state == CONDIS_SAP_REGISTERING)
			sap->status = -ENODEV;
		condis_sap_apply(sap, CONDIS_SAP_EV_CM_GONE);
		condis_upcall_unlock_and_run(&sap->upcalls);
		condis_sap_put(sap);
	}
	while ((vc = next_vc(af, CONDIS_FORCED_CM))) {
		vc_cut_cm(vc);
		condis_vc_put(vc);
	}
	condis_requests_abort(af);
	condis_delay_point("rundown.af_without_cm", af->id);

	spin_lock_bh(&af->upcalls.lock);
	if (!READ_ONCE(af->family->adapter->removed))
		af_cm_no_answer(af);
	condis_watch_excuse(&af->upcalls.watch, CONDIS_BY_CM);
	if (af->state == CONDIS_AF_OPENING)
		af->status = -ENODEV;
	condis_af_apply(af, CONDIS_AF_EV_CM_GONE);
	condis_upcall_unlock_and_run(&af->upcalls);
}

/* The client was answered for: its words may come too late. */
static void excuse_client(struct condis_upcalls *upcalls)
{
	spin_lock_bh(&upcalls->lock);
	condis_watch_excuse(&upcalls->watch, CONDIS_BY_CLIENT);
	spin_unlock_bh(&upcalls->lock);
}

/* What the client should have closed on one AF is closed for it. */
static void af_cut_client(struct condis_af *af)
{
	struct condis_sap *sap;
	struct condis_vc *vc;

	while ((sap = next_sap(af, CONDIS_FORCED_CLIENT))) {
		if (!condis_sap_stop(sap)) {
			condis_breach(&sap->upcalls, LEFT_BEHIND, CONDIS_BY_CLIENT, 0,
				      "a SAP was deregistered for it");
			excuse_client(&sap->upcalls);
		}
		condis_sap_put(sap);
	}
	while ((vc = next_vc(af, CONDIS_FORCED_CLIENT))) {
		vc_cut_client(vc);
		condis_vc_put(vc);
	}
	condis_delay_point("rundown.af_without_client", af->id);

	spin_lock_bh(&af->upcalls.lock);
	if (af->state == CONDIS_AF_OPENING) {
		/* The client has not closed it and must not hear that it is closed. */
		af->status = -ECANCELED;
		af_cm_no_answer(af);
		condis_watch_excuse(&af->upcalls.watch, CONDIS_BY_CM);
		condis_af_apply(af, CONDIS_AF_EV_CM_GONE);
	} else if (!condis_af_apply(af, CONDIS_AF_EV_CLOSE)) {
		condis_breach(&af->upcalls, NO_ANSWER, CONDIS_BY_CLIENT, af->ops->notify_close_af,
			      "asked to close its address family, it did not");
		condis_watch_excuse(&af->upcalls.watch, CONDIS_BY_CLIENT);
	}
	condis_upcall_unlock_and_run(&af->upcalls);
}

/**
 * condis_rundown_af() - force the end of an address family
 * @af: the family
 * @whose: CONDIS_FORCED_CLIENT: close what the client left open; with CONDIS_FORCED_CM: also answer
 *	what the call manager owes
 *
 * The family itself still tells its client that it is closed.
 *
 * Context: process context, no lock held; also in the family's own runner
 */
void condis_rundown_af(struct condis_af *af, u8 whose)
{
	spin_lock_bh(&af->lock);
	WRITE_ONCE(af->forced, af->forced | whose);
	spin_unlock_bh(&af->lock);
	condis_delay_point("rundown.af_forced", af->id);

	af_cut_client(af);
	if (!(whose & CONDIS_FORCED_CM))
		return;
	af_cut_cm(af);
	/* A notification that the client never completes is completed for it (R12). */
	if (READ_ONCE(af->notified) &&
	    !condis_af_notify_complete(af, -ETIMEDOUT, CONDIS_BY_NOBODY, 0)) {
		condis_breach(&af->upcalls, NO_ANSWER, CONDIS_BY_CLIENT, af->ops->notify_close_af,
			      "ProtocolClNotifyCloseAf was never completed");
		excuse_client(&af->upcalls);
	}
}

/* The AFs of an adapter one after the other; each is there only once. */
static struct condis_af *next_af(struct condis_adapter *adapter, struct condis_af *af)
{
	struct condis_af *next = NULL;

	spin_lock_bh(&adapter->lock);
	if (!af || list_empty(&af->node))
		next = list_first_entry_or_null(&adapter->afs, struct condis_af, node);
	else if (!list_is_last(&af->node, &adapter->afs))
		next = list_next_entry(af, node);
	if (next)
		condis_af_hold(next);
	spin_unlock_bh(&adapter->lock);
	if (af)
		condis_af_put(af);
	return next;
}

/* Close the windows of a stand-alone call manager's families, or of all on an adapter. */
static void close_windows(struct condis_adapter *adapter, struct condis_binding *binding)
{
	struct condis_family *family, *open;

	do {
		open = NULL;
		spin_lock_bh(&adapter->lock);
		list_for_each_entry(family, &adapter->families, node) {
			if (!family->gone && (!binding || family->binding == binding)) {
				kref_get(&family->ref);
				open = family;
				break;
			}
		}
		spin_unlock_bh(&adapter->lock);
		if (open) {
			condis_family_close(open);
			condis_family_put(open);
		}
	} while (open);
}

static void adapter_cut_cm(struct condis_adapter *adapter)
{
	struct condis_af *af = NULL;

	/* First every window, so that the walk finds nobody inside. */
	close_windows(adapter, NULL);
	condis_delay_point("rundown.windows_closed", adapter->id);
	while ((af = next_af(adapter, af)))
		af_cut_cm(af);
}

/* A stand-alone call manager does not leave: it is cut off, and its clients asked to close. */
static void binding_cut_cm(struct condis_binding *binding)
{
	struct condis_adapter *adapter = binding->adapter;
	struct condis_af *af = NULL;

	close_windows(adapter, binding);
	while ((af = next_af(adapter, af))) {
		if (af->family->binding != binding)
			continue;
		condis_mcm_notify_close_address_family(af);
		af_cut_cm(af);
	}
}

/* A client that has closed its family waits for nothing but the end, and hears of it. */
static void af_cut_off_client(struct condis_af *af)
{
	spin_lock_bh(&af->upcalls.lock);
	if (af->state == CONDIS_AF_OPENING || af->state == CONDIS_AF_OPEN)
		WRITE_ONCE(af->client_gone, true);
	spin_unlock_bh(&af->upcalls.lock);
}

/*
 * Force the AFs of a binding, or of the whole adapter.  With CONDIS_FORCED_CM
 * also those that others have opened on the binding's families.
 */
static void adapter_cut_clients(struct condis_adapter *adapter, struct condis_binding *binding,
				u8 whose)
{
	struct condis_af *af = NULL;

	while ((af = next_af(adapter, af))) {
		if (!binding || af->binding == binding)
			af_cut_off_client(af);
		else if (af->family->binding != binding || !(whose & CONDIS_FORCED_CM))
			continue;
		condis_rundown_af(af, whose);
	}
}

static bool adapter_has(struct condis_adapter *adapter, struct list_head *list)
{
	bool has;

	spin_lock_bh(&adapter->lock);
	has = !list_empty(list);
	spin_unlock_bh(&adapter->lock);
	return has;
}

static bool wait_bindings(struct condis_adapter *adapter, unsigned int ms)
{
	return wait_event_timeout(adapter->idle, !adapter_has(adapter, &adapter->bindings),
				  msecs_to_jiffies(ms));
}

/**
 * condis_rundown_stuck() - something waits for handlers on an adapter
 * @adapter: the adapter
 *
 * The verifier tells which of them take too long.
 *
 * Context: process context, no spinlock held
 */
void condis_rundown_stuck(struct condis_adapter *adapter)
{
	struct condis_af *af = NULL;
	struct condis_sap *sap;
	struct condis_vc *vc;

	if (!condis_verifier_on())
		return;
	while ((af = next_af(adapter, af))) {
		condis_verifier_stuck(&af->upcalls);
		spin_lock_bh(&af->lock);
		list_for_each_entry(sap, &af->saps, node)
			condis_verifier_stuck(&sap->upcalls);
		list_for_each_entry(vc, &af->vcs, node)
			condis_verifier_stuck(&vc->upcalls);
		spin_unlock_bh(&af->lock);
	}
}

static void report_left(struct condis_adapter *adapter, const char *whom)
{
	condis_rundown_stuck(adapter);
	pr_warn("condis: %s: %s does not come down: %d AFs, %d SAPs, %d VCs, %d requests left\n",
		adapter->name, whom,
		atomic_read(&adapter->counts[CONDIS_COUNT_AF]),
		atomic_read(&adapter->counts[CONDIS_COUNT_SAP]),
		atomic_read(&adapter->counts[CONDIS_COUNT_VC]),
		atomic_read(&adapter->counts[CONDIS_COUNT_REQUEST]));
}

/* Close a binding for a protocol that was asked to, and did not. */
static void close_binding(struct condis_binding *binding)
{
	if (condis_binding_close(binding, CONDIS_BY_NOBODY, 0) != -EINPROGRESS)
		return;
	condis_breach(&binding->upcalls, NO_ANSWER, CONDIS_BY_CLIENT,
		      binding->protocol->unbind_adapter, "asked to leave the adapter, it did not");
	excuse_client(&binding->upcalls);
}

static void close_bindings(struct condis_adapter *adapter)
{
	struct condis_binding *binding = NULL;

	while ((binding = condis_binding_next(adapter, binding)))
		close_binding(binding);
}

/**
 * condis_rundown_adapter() - bring everything on an adapter down
 * @adapter: the adapter, halting: nothing new can be made, no data is sent
 * @surprise: it was pulled out: no graceful phase
 *
 * On return no protocol is bound, no handler of the call manager runs, and none
 * will.
 *
 * Context: process context, adapter.control held; waits, at most two deadlines as long as handlers
 * return
 */
void condis_rundown_adapter(struct condis_adapter *adapter, bool surprise)
{
	struct condis_binding *binding = NULL;

	lockdep_assert_held(&adapter->control);

	if (surprise)
		adapter_cut_cm(adapter);

	condis_delay_point("rundown.ask", adapter->id);
	while ((binding = condis_binding_next(adapter, binding)))
		condis_binding_ask(binding);
	condis_delay_point("rundown.asked", adapter->id);
	if (wait_bindings(adapter, condis_halt_timeout_ms))
		goto down;

	report_left(adapter, "its call manager");
	condis_delay_point("rundown.deadline", adapter->id);
	adapter_cut_cm(adapter);
	if (wait_bindings(adapter, condis_halt_timeout_ms))
		goto down;

	/* Nothing can refuse from here on; only handlers that run are waited for. */
	report_left(adapter, "a client");
	adapter_cut_clients(adapter, NULL, CONDIS_FORCED_CLIENT | CONDIS_FORCED_CM);
	close_bindings(adapter);
	while (!wait_bindings(adapter, 10000))
		report_left(adapter, "a handler that runs");
down:
	condis_delay_point("rundown.down", adapter->id);
	adapter_cut_cm(adapter);
}

/**
 * condis_rundown_binding() - bring everything of one protocol on an adapter down
 * @binding: the binding, held
 *
 * Context: process context, adapter.control held; waits as condis_rundown_adapter()
 */
void condis_rundown_binding(struct condis_binding *binding)
{
	struct condis_adapter *adapter = binding->adapter;
	unsigned long timeout = msecs_to_jiffies(condis_halt_timeout_ms);

	condis_binding_ask(binding);
	if (wait_for_completion_timeout(&binding->gone, timeout))
		return;

	/* As a client it is closed for; the call managers, who are well, get their time. */
	report_left(adapter, binding->protocol->name);
	binding_cut_cm(binding);
	adapter_cut_clients(adapter, binding, CONDIS_FORCED_CLIENT);
	close_binding(binding);
	if (wait_for_completion_timeout(&binding->gone, timeout))
		return;

	report_left(adapter, "its call manager");
	adapter_cut_clients(adapter, binding, CONDIS_FORCED_CLIENT | CONDIS_FORCED_CM);
	while (!wait_for_completion_timeout(&binding->gone, 10 * HZ))
		report_left(adapter, "a handler that runs");
}

/**
 * condis_rundown_afs() - close every address family, and keep the bindings
 * @adapter: the adapter, frozen
 *
 * For a change of the line table (F8): the clients are notified (F5), and open
 * anew when it is over.  One that does not react is closed for.
 *
 * Context: process context, adapter.control held; waits as condis_rundown_adapter()
 */
void condis_rundown_afs(struct condis_adapter *adapter)
{
	unsigned long timeout = msecs_to_jiffies(condis_halt_timeout_ms);
	struct condis_af *af = NULL;
	u8 whose = CONDIS_FORCED_CLIENT;

	lockdep_assert_held(&adapter->control);

	while ((af = next_af(adapter, af)))
		condis_mcm_notify_close_address_family(af);
	condis_delay_point("rundown.notified", adapter->id);

	while (!wait_event_timeout(adapter->idle, !adapter_has(adapter, &adapter->afs), timeout)) {
		report_left(adapter, whose & CONDIS_FORCED_CM ? "its call manager" : "a client");
		af = NULL;
		while ((af = next_af(adapter, af)))
			condis_rundown_af(af, whose);
		whose |= CONDIS_FORCED_CM;
	}
}
