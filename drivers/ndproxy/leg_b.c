// SPDX-License-Identifier: GPL-2.0
/*
 * Leg B: what NDISWAN says of a call's second VC, and what it is told.
 */
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/wait.h>
#include <condis/cm.h>
#include <condis/data.h>

#include "ndproxy.h"
#include "../condis/visible.h"

/* How long an application waits for NDISWAN to decide. */
#define LEG_B_TIMEOUT	(10 * HZ)

enum leg_b_state {
	LEG_B_MAKING,
	LEG_B_OFFERED,
	LEG_B_CONNECTING,
	LEG_B_UP,
	LEG_B_CLOSING,
	LEG_B_GONE,
};

/* What the call manager owes the core of a VC. */
enum leg_b_owed {
	LEG_B_OWES_NOTHING,
	LEG_B_OWES_DELETE,
	LEG_B_OWES_RELEASE,
};

/**
 * struct ndproxy_leg_b - leg B of a call
 * @ref: the call's until the leg is gone; who works with it
 * @node: in the adapter's list
 * @call: the call (a reference)
 * @vc: its VC (a reference), once it is made
 * @state: how far it is
 * @owed: by whoever speaks last
 * @speaking: who is on his way to the core with a word about the VC
 * @close_wanted: it is to be closed
 * @close_a: leg A is to be closed when it is gone
 * @cause: Q.850 cause to close it with
 * @status: of the request: -EINPROGRESS; the channel's number; or an error
 * @decided: who waits for that
 */
struct ndproxy_leg_b {
	struct kref ref;
	struct list_head node;
	struct ndproxy_call *call;
	struct condis_vc *vc;
	enum leg_b_state state;
	enum leg_b_owed owed;
	unsigned int speaking;
	bool close_wanted;
	bool close_a;
	u32 cause;
	int status;
	wait_queue_head_t decided;
};

/* Our areas of an opened family and of a VC. */
struct leg_b_af {
	struct list_head node;
	struct condis_af *af;
	bool notified;
};

struct leg_b_vc {
	struct ndproxy_leg_b *leg;
};

static void leg_b_release(struct kref *ref)
{
	struct ndproxy_leg_b *leg = container_of(ref, struct ndproxy_leg_b, ref);

	if (leg->vc)
		condis_vc_put(leg->vc);
	ndproxy_call_put(leg->call);
	kfree(leg);
}

static void leg_b_put(struct ndproxy_leg_b *leg)
{
	kref_put(&leg->ref, leg_b_release);
}

/* The request has come to something; under adapter.lock. */
static void leg_b_decide(struct ndproxy_leg_b *leg, int status)
{
	WRITE_ONCE(leg->status, status);
	wake_up_all(&leg->decided);
}

/* What the request has come to; -EINPROGRESS: to nothing yet. */
static int leg_b_status(struct ndproxy_leg_b *leg)
{
	return READ_ONCE(leg->status);
}

/* Whose family it is; there as long as something is open on it. */
static struct ndproxy_binding *af_adapter(const struct condis_af *af)
{
	return *(struct ndproxy_binding **)condis_binding_priv(condis_cm_binding(af));
}

static struct ndproxy_binding *leg_b_adapter(const struct ndproxy_leg_b *leg)
{
	return leg->call->line->adapter;
}

/* The leg of a VC with a reference; NULL: it is gone. */
static struct ndproxy_leg_b *leg_b_get(struct condis_vc *vc)
{
	struct ndproxy_binding *adapter = af_adapter(condis_vc_af(vc));
	struct leg_b_vc *area = condis_vc_cm(vc);
	struct ndproxy_leg_b *leg;

	spin_lock(&adapter->lock);
	leg = area->leg;
	if (leg)
		kref_get(&leg->ref);
	spin_unlock(&adapter->lock);
	return leg;
}

/*
 * The leg is gone, however that came; harmless the second time.  @status is for
 * who still waits to hear of it.  The caller has a reference.
 */
static void leg_b_end(struct ndproxy_leg_b *leg, int status)
{
	struct ndproxy_binding *adapter = leg_b_adapter(leg);
	struct leg_b_vc *area;
	bool close_a;

	spin_lock(&adapter->lock);
	if (leg->state == LEG_B_GONE) {
		spin_unlock(&adapter->lock);
		return;
	}
	leg->state = LEG_B_GONE;
	leg_b_decide(leg, status);
	list_del_init(&leg->node);
	WRITE_ONCE(leg->call->leg_b, NULL);
	if (leg->vc) {
		area = condis_vc_cm(leg->vc);
		area->leg = NULL;
	}
	close_a = leg->close_a;
	spin_unlock(&adapter->lock);
	condis_delay_point("leg_b.gone", leg->call->vc_id);

	/* Leg A may go on without it: its packets are for the data file again. */
	ndproxy_data_take_back(leg->call);
	if (close_a)
		ndproxy_call_close_leg_a(leg->call);
	leg_b_put(leg);
}

/* The client has closed, or has not accepted: the VC ends. */
static void leg_b_release_vc(struct ndproxy_leg_b *leg, enum leg_b_owed owed, int status)
{
	struct condis_vc *vc = leg->vc;

	if (owed == LEG_B_OWES_RELEASE) {
		if (condis_vc_is_active(vc))
			condis_mcm_deactivate_vc(vc);
		condis_mcm_close_call_complete(vc);
	}
	condis_mcm_delete_vc(vc);
	leg_b_end(leg, status);
}

/* The same in the VC's runner, unless somebody is saying something: then he does it. */
static void leg_b_owe(struct ndproxy_leg_b *leg, enum leg_b_owed owed, int status)
{
	struct ndproxy_binding *adapter = leg_b_adapter(leg);
	bool now;

	spin_lock(&adapter->lock);
	if (leg->state != LEG_B_GONE)
		leg->state = LEG_B_CLOSING;
	leg_b_decide(leg, status);
	now = !leg->speaking;
	if (!now)
		leg->owed = owed;
	spin_unlock(&adapter->lock);
	if (now)
		leg_b_release_vc(leg, owed, status);
}

static void leg_b_spoken(struct ndproxy_leg_b *leg)
{
	struct ndproxy_binding *adapter = leg_b_adapter(leg);
	enum leg_b_owed owed = LEG_B_OWES_NOTHING;

	spin_lock(&adapter->lock);
	if (!--leg->speaking)
		swap(owed, leg->owed);
	spin_unlock(&adapter->lock);
	if (owed)
		leg_b_release_vc(leg, owed, leg_b_status(leg));
	/* No close will come of it, nor anything else. */
	else if (condis_cm_is_cut_off(leg->vc))
		leg_b_end(leg, -ENODEV);
}

/* Whether the caller is to say the close: condis_mcm_dispatch_incoming_close_call(). */
static bool leg_b_may_close(struct ndproxy_leg_b *leg)
{
	if (!leg->close_wanted || (leg->state != LEG_B_OFFERED && leg->state != LEG_B_UP))
		return false;
	leg->state = LEG_B_CLOSING;
	return true;
}

/* Whoever has spoken settles in what state the leg is, and closes it if that was asked for. */
static void leg_b_settle(struct ndproxy_leg_b *leg, enum leg_b_state from, enum leg_b_state to)
{
	struct ndproxy_binding *adapter = leg_b_adapter(leg);
	bool close;

	spin_lock(&adapter->lock);
	if (leg->state == from)
		leg->state = to;
	close = leg_b_may_close(leg);
	leg->speaking++;
	spin_unlock(&adapter->lock);
	condis_delay_point("leg_b.settled", leg->call->vc_id);
	if (close)
		condis_mcm_dispatch_incoming_close_call(leg->vc, leg->cause);
	leg_b_spoken(leg);
}

/**
 * ndproxy_leg_b_close() - a call's leg B is to be closed
 * @call: the call, held by the caller
 * @cause: Q.850 cause, unless the call has one
 * @close_a: whoever ends leg B closes leg A then: ndproxy_call_close_leg_a()
 *
 * Return: true if there is a leg B, which whoever ends it goes on from
 *
 * Context: process context, no lock held; waits for nobody
 */
bool ndproxy_leg_b_close(struct ndproxy_call *call, u32 cause, bool close_a)
{
	struct ndproxy_binding *adapter = call->line->adapter;
	struct ndproxy_leg_b *leg;
	bool close, speaks;

	/* Who ends a call has seen to it that it gets none any more: leg_b_allowed(). */
	if (!READ_ONCE(call->leg_b))
		return false;
	spin_lock(&adapter->lock);
	leg = call->leg_b;
	if (!leg) {
		spin_unlock(&adapter->lock);
		return false;
	}
	if (!leg->close_wanted) {
		leg->close_wanted = true;
		/* What the far end has said is better than our own answer to it. */
		leg->cause = call->cause ?: cause;
	}
	/* There is no VC yet, and leg A does not wait for the memory of one. */
	if (leg->state == LEG_B_MAKING && !leg->vc) {
		spin_unlock(&adapter->lock);
		return false;
	}
	kref_get(&leg->ref);
	leg->close_a |= close_a;
	close = leg_b_may_close(leg);
	/* In the other states somebody speaks, or the close is on its way; or was cut off. */
	speaks = close || leg->state == LEG_B_CLOSING;
	if (speaks)
		leg->speaking++;
	spin_unlock(&adapter->lock);
	condis_delay_point("leg_b.close", call->vc_id);

	if (close)
		condis_mcm_dispatch_incoming_close_call(leg->vc, leg->cause);
	if (speaks)
		leg_b_spoken(leg);
	leg_b_put(leg);
	return true;
}

/* ProtocolCmIncomingCallComplete. */
static void leg_b_incoming_call_complete(struct condis_vc *vc, int status, u32 cause)
{
	struct ndproxy_leg_b *leg = leg_b_get(vc);
	struct ndproxy_binding *adapter;
	bool connect;
	int index;

	if (!leg)
		return;
	if (status) {
		leg_b_owe(leg, LEG_B_OWES_DELETE, status);
		goto put_leg;
	}

	adapter = leg_b_adapter(leg);
	index = condis_co_get_tapi_call_id(vc);
	spin_lock(&adapter->lock);
	/* Meanwhile the close may be told: instead of the connection (R9). */
	connect = leg->state == LEG_B_MAKING || leg->state == LEG_B_OFFERED;
	if (connect)
		leg->state = LEG_B_CONNECTING;
	if (index < 0)
		leg->close_wanted = true;
	connect &= !leg->close_wanted;
	spin_unlock(&adapter->lock);
	condis_delay_point("leg_b.accepted", leg->call->vc_id);

	if (connect) {
		struct condis_vc *data = condis_vc_data(vc);

		index = ndproxy_data_hand_over(leg->call) ?: index;
		condis_mcm_activate_vc(vc, condis_vc_params(data));
		condis_vc_put(data);
		condis_mcm_dispatch_call_connected(vc);
		spin_lock(&adapter->lock);
		leg->close_wanted |= index < 0;
		if (leg->state == LEG_B_CONNECTING)
			leg_b_decide(leg, index);
		spin_unlock(&adapter->lock);
	}
	leg_b_settle(leg, LEG_B_CONNECTING, LEG_B_UP);
put_leg:
	leg_b_put(leg);
}

/* ProtocolCmCloseCall: there is nothing to release, so it is complete as soon as it may be. */
static int leg_b_close_call(struct condis_vc *vc, u32 cause)
{
	struct ndproxy_leg_b *leg = leg_b_get(vc);

	/* Only of a VC that was taken from us: the core ends it. */
	if (!leg)
		return 0;
	leg_b_owe(leg, LEG_B_OWES_RELEASE, -ECONNRESET);
	leg_b_put(leg);
	return -EINPROGRESS;
}

/* ProtocolCmOpenAf. */
static int family_open_af(struct condis_af *af)
{
	struct ndproxy_binding *adapter = af_adapter(af);
	struct leg_b_af *area = condis_af_cm(af);
	int err = 0;

	area->af = af;
	spin_lock(&adapter->lock);
	if (adapter->dead)
		err = -ESHUTDOWN;
	else
		list_add_tail(&area->node, &adapter->family.afs);
	spin_unlock(&adapter->lock);
	return err;
}

/* ProtocolCmCloseAf. */
static int family_close_af(struct condis_af *af)
{
	struct ndproxy_binding *adapter = af_adapter(af);
	struct leg_b_af *area = condis_af_cm(af);

	spin_lock(&adapter->lock);
	list_del_init(&area->node);
	spin_unlock(&adapter->lock);
	return 0;
}

/* ProtocolCmRegisterSap. */
static int family_register_sap(struct condis_sap *sap)
{
	struct ndproxy_binding *adapter = af_adapter(condis_sap_af(sap));
	int err = 0;

	if (strcmp(condis_sap_params(sap)->device_class, CONDIS_DEVICE_CLASS_NDIS))
		return -EINVAL;
	spin_lock(&adapter->lock);
	if (adapter->family.sap)
		err = -EADDRINUSE;
	else
		adapter->family.sap = sap;
	spin_unlock(&adapter->lock);
	return err;
}

/* ProtocolCmDeregisterSap. */
static int family_deregister_sap(struct condis_sap *sap)
{
	struct ndproxy_binding *adapter = af_adapter(condis_sap_af(sap));

	spin_lock(&adapter->lock);
	if (adapter->family.sap == sap)
		adapter->family.sap = NULL;
	spin_unlock(&adapter->lock);
	return 0;
}

/* ProtocolCoCreateVc: a data client makes no calls. */
static int family_create_vc(struct condis_vc *vc)
{
	return -EOPNOTSUPP;
}

static void family_delete_vc(struct condis_vc *vc)
{
}

static int family_make_call(struct condis_vc *vc, const struct condis_call_params *params)
{
	return -EOPNOTSUPP;
}

static const struct condis_cm_ops family_ops = {
	.af_priv = sizeof(struct leg_b_af),
	.vc_priv = sizeof(struct leg_b_vc),
	.open_af = family_open_af,
	.close_af = family_close_af,
	.register_sap = family_register_sap,
	.deregister_sap = family_deregister_sap,
	.create_vc = family_create_vc,
	.delete_vc = family_delete_vc,
	.make_call = family_make_call,
	.incoming_call_complete = leg_b_incoming_call_complete,
	.close_call = leg_b_close_call,
};

/**
 * ndproxy_family_init() - nothing is open on the family yet
 * @family: of a new binding
 */
void ndproxy_family_init(struct ndproxy_family *family)
{
	INIT_LIST_HEAD(&family->afs);
	INIT_LIST_HEAD(&family->legs);
}

/**
 * ndproxy_family_register() - serve the family TAPI on a binding
 * @binding: the binding, whose private area is filled
 *
 * Return: 0; -EEXIST: somebody else does; -ENOMEM
 *
 * Context: process context, may sleep
 */
int ndproxy_family_register(struct condis_binding *binding)
{
	return condis_cm_register_address_family(binding, CONDIS_AF_TAPI, &family_ops);
}

/* End the legs of which nothing will be heard; @all: the family is gone. */
static void family_sweep(struct ndproxy_binding *adapter, bool all)
{
	struct ndproxy_leg_b *leg, *found;

	do {
		found = NULL;
		spin_lock(&adapter->lock);
		list_for_each_entry(leg, &adapter->family.legs, node) {
			/* Who makes it finds out by himself. */
			if (leg->state == LEG_B_MAKING ||
			    (!all && !condis_cm_is_cut_off(leg->vc)))
				continue;
			kref_get(&leg->ref);
			found = leg;
			break;
		}
		spin_unlock(&adapter->lock);
		if (found) {
			leg_b_end(found, -ENODEV);
			leg_b_put(found);
		}
	} while (found);
}

/**
 * ndproxy_family_leave() - the binding is going to be closed: its clients are to leave
 * @adapter: the adapter, dead
 *
 * Context: process context, no lock held; waits for nobody
 */
void ndproxy_family_leave(struct ndproxy_binding *adapter)
{
	struct leg_b_af *area;
	struct condis_af *af;

	family_sweep(adapter, false);
	do {
		af = NULL;
		spin_lock(&adapter->lock);
		list_for_each_entry(area, &adapter->family.afs, node) {
			if (!area->notified) {
				area->notified = true;
				af = area->af;
				condis_af_hold(af);
				break;
			}
		}
		spin_unlock(&adapter->lock);
		if (af) {
			/* Refused if it closes already. */
			condis_mcm_notify_close_address_family(af);
			condis_af_put(af);
		}
	} while (af);
}

/**
 * ndproxy_family_gone() - the binding is closed, and with it the family
 * @adapter: the adapter
 *
 * Context: process context, no lock held
 */
void ndproxy_family_gone(struct ndproxy_binding *adapter)
{
	family_sweep(adapter, true);
	spin_lock(&adapter->lock);
	/* Their memory is the core's, and goes now; nobody had told us that they closed. */
	adapter->family.sap = NULL;
	INIT_LIST_HEAD(&adapter->family.afs);
	spin_unlock(&adapter->lock);
}

/* Make the VC and offer the call; however it ends, the leg says so. */
static void leg_b_make(struct ndproxy_leg_b *leg, struct condis_sap *sap, struct condis_vc *data)
{
	struct ndproxy_binding *adapter = leg_b_adapter(leg);
	struct leg_b_vc *area;
	struct condis_vc *vc;
	bool wanted;
	int err;

	/* An adapter that is pulled out meanwhile does not wait for us. */
	vc = condis_mcm_create_vc_held(condis_sap_af(sap));
	if (IS_ERR(vc)) {
		leg_b_end(leg, PTR_ERR(vc));
		return;
	}
	condis_cm_set_data_vc(vc, data);

	spin_lock(&adapter->lock);
	leg->vc = vc;
	area = condis_vc_cm(vc);
	area->leg = leg;
	wanted = !leg->close_wanted;
	spin_unlock(&adapter->lock);
	condis_delay_point("leg_b.made", leg->call->vc_id);

	err = wanted ? condis_mcm_dispatch_incoming_call(sap, vc, condis_vc_params(data)) :
		       -ENOTCONN;
	if (err != -EINPROGRESS) {
		condis_mcm_delete_vc(vc);
		leg_b_end(leg, err);
		return;
	}
	leg_b_settle(leg, LEG_B_MAKING, LEG_B_OFFERED);
}

static int leg_b_wait(struct ndproxy_leg_b *leg)
{
	long left;

	left = wait_event_killable_timeout(leg->decided, leg_b_status(leg) != -EINPROGRESS,
					   LEG_B_TIMEOUT);
	if (left < 0)
		return left;
	if (!left) {
		ndproxy_leg_b_close(leg->call, Q850_RECOVERY_ON_TIMER_EXPIRY, false);
		return -ETIMEDOUT;
	}
	return leg_b_status(leg);
}

/* Whether a call can have a leg B now. */
static int leg_b_allowed(const struct ndproxy_call *call)
{
	const struct ndproxy_binding *adapter = call->line->adapter;
	const struct ndproxy_leg_b *leg = call->leg_b;

	lockdep_assert_held(&adapter->lock);
	if (call->state != NDPROXY_CALL_CONNECTED || call->close != NDPROXY_CLOSE_NONE ||
	    call->close_wanted || !call->vc)
		return -ENOTCONN;
	if (adapter->dead)
		return -ENODEV;
	if (leg)
		return leg->close_wanted || leg->state == LEG_B_CLOSING ? -EBUSY : 0;
	return adapter->family.sap ? 0 : -EOPNOTSUPP;
}

/**
 * ndproxy_leg_b_open() - the number of a call's PPP channel; makes leg B the first time
 * @call: the call, held by the caller
 *
 * Return: the number; -ENOTCONN (the call is not CONNECTED); -ENODEV (its adapter goes);
 * -EOPNOTSUPP (there is no NDISWAN); -EBUSY (NDISWAN is just leaving the call); -ENOMEM;
 * -ETIMEDOUT (NDISWAN does not decide); -ERESTARTSYS (killed); -ECONNRESET (closed meanwhile);
 * -ESHUTDOWN, -ENETDOWN (NDISWAN or the adapter comes down); or what NDISWAN refuses it with
 *
 * Context: process context, waits for NDISWAN's decision, killably and not for ever
 */
int ndproxy_leg_b_open(struct ndproxy_call *call)
{
	struct ndproxy_binding *adapter = call->line->adapter;
	struct ndproxy_leg_b *leg, *fresh;
	struct condis_sap *sap = NULL;
	struct condis_vc *data = NULL;
	int err;

	fresh = kzalloc(sizeof(*fresh), GFP_KERNEL_ACCOUNT);
	if (!fresh)
		return -ENOMEM;
	kref_init(&fresh->ref);
	init_waitqueue_head(&fresh->decided);
	fresh->status = -EINPROGRESS;
	fresh->call = call;

	spin_lock(&adapter->lock);
	err = leg_b_allowed(call);
	leg = call->leg_b;
	if (!err && !leg) {
		leg = fresh;
		WRITE_ONCE(call->leg_b, leg);
		ndproxy_call_hold(call);
		list_add_tail(&leg->node, &adapter->family.legs);
		sap = adapter->family.sap;
		condis_sap_hold(sap);
		data = call->vc;
		condis_vc_hold(data);
		ndproxy_call_trace(call, true, "PPPIOCGCHAN", 0);
	}
	if (!err)
		kref_get(&leg->ref);
	spin_unlock(&adapter->lock);
	if (err || leg != fresh)
		kfree(fresh);
	if (err)
		return err;

	if (sap) {
		leg_b_make(leg, sap, data);
		condis_sap_put(sap);
		condis_vc_put(data);
	}
	err = leg_b_wait(leg);
	leg_b_put(leg);
	return err;
}
EXPORT_SYMBOL_IF_KUNIT(ndproxy_leg_b_open);
