// SPDX-License-Identifier: GPL-2.0
/*
 * The kind "vwan", and the life of its adapters.
 */
#include <net/netlink.h>

#include "network.h"
#include "vwan.h"

/**
 * vwan_adapter_of() - our adapter
 * @adapter: the core's
 *
 * Context: any
 * Return: the adapter
 */
struct vwan_adapter *vwan_adapter_of(const struct condis_adapter *adapter)
{
	return condis_adapter_priv(adapter);
}

/**
 * vwan_adapter_attach() - let a leg take part
 * @adapter: where
 * @leg: the leg, initialised; its VC is held
 *
 * Context: process
 * Return: 0, or -ESHUTDOWN: the adapter is halted
 */
int vwan_adapter_attach(struct vwan_adapter *adapter, struct vwan_leg *leg)
{
	spin_lock(&adapter->lock);
	if (adapter->halted) {
		spin_unlock(&adapter->lock);
		return -ESHUTDOWN;
	}
	condis_vc_hold(leg->vc);
	leg->attached = true;
	/* A walk that is under way has no business with a new one. */
	leg->walked = adapter->walk;
	list_add_tail(&leg->node, &adapter->legs);
	spin_unlock(&adapter->lock);
	return 0;
}

/**
 * vwan_adapter_detach() - a leg takes part no more
 * @leg: the leg
 *
 * Context: process, with a reference on its VC beside the list's
 * Return: true for the one who has done it, and puts the list's reference on the VC
 */
bool vwan_adapter_detach(struct vwan_leg *leg)
{
	bool attached;

	spin_lock(&leg->adapter->lock);
	attached = leg->attached;
	leg->attached = false;
	list_del_init(&leg->node);
	spin_unlock(&leg->adapter->lock);
	condis_delay_point("wan.leg.detached", condis_vc_id(leg->vc));
	return attached;
}

static struct vwan_leg *walk_next(struct vwan_adapter *adapter)
{
	struct vwan_leg *leg;

	/* What was visited goes to the end, so the first one tells whether any is left. */
	spin_lock(&adapter->lock);
	leg = list_first_entry_or_null(&adapter->legs, struct vwan_leg, node);
	if (leg && leg->walked == adapter->walk)
		leg = NULL;
	if (leg) {
		leg->walked = adapter->walk;
		list_move_tail(&leg->node, &adapter->legs);
		condis_vc_hold(leg->vc);
	}
	spin_unlock(&adapter->lock);
	return leg;
}

/**
 * vwan_adapter_walk() - visit each leg once
 * @adapter: the adapter
 * @visit: called without a spinlock, with the leg's VC held; the leg may be detached meanwhile
 * @arg: passed on
 *
 * Legs that come during the walk are not visited.  The cost is linear.
 *
 * Context: process, not in a handler of a VC
 */
void vwan_adapter_walk(struct vwan_adapter *adapter,
		       void (*visit)(struct vwan_leg *leg, void *arg), void *arg)
{
	struct vwan_leg *leg;

	mutex_lock(&adapter->walking);
	spin_lock(&adapter->lock);
	adapter->walk++;
	spin_unlock(&adapter->lock);
	while ((leg = walk_next(adapter))) {
		struct condis_vc *vc = leg->vc;

		condis_delay_point("wan.walk", condis_vc_id(vc));
		visit(leg, arg);
		condis_vc_put(vc);
		cond_resched();
	}
	mutex_unlock(&adapter->walking);
}

static void visit_flush(struct vwan_leg *leg, void *arg)
{
	vwan_bearer_flush(leg, *(int *)arg);
}

static void visit_restart(struct vwan_leg *leg, void *arg)
{
	leg->adapter->network->restart(leg, *(u32 *)arg);
}

static void visit_drop(struct vwan_leg *leg, void *arg)
{
	vwan_leg_drop(leg);
}

/* MiniportInitializeEx. */
static int adapter_initialize(struct condis_adapter *adapter)
{
	struct vwan_adapter *own = vwan_adapter_of(adapter);
	int err;

	err = condis_mcm_register_address_family(adapter, CONDIS_AF_TAPI_PROXY, &vwan_cm_ops);
	if (err)
		return err;
	spin_lock(&own->lock);
	own->halted = false;
	spin_unlock(&own->lock);
	own->network->join(own);
	return 0;
}

/*
 * MiniportHaltEx.  What a forced end has left is dropped here: the far ends hear
 * that the destination is out of order.
 */
static void adapter_halt(struct condis_adapter *adapter, bool surprise)
{
	struct vwan_adapter *own = vwan_adapter_of(adapter);
	struct vwan_table *table, *staged;

	spin_lock(&own->lock);
	own->halted = true;
	spin_unlock(&own->lock);
	condis_delay_point("wan.halt.begin", condis_adapter_id(adapter));

	own->network->leave(own);
	condis_delay_point("wan.halt.left", condis_adapter_id(adapter));
	vwan_adapter_walk(own, visit_drop, NULL);
	condis_delay_point("wan.halt.dropped", condis_adapter_id(adapter));
	vwan_forget_saps(own);
	vwan_forget_afs(own);
	vwan_pump_stop(own);

	spin_lock(&own->lock);
	table = own->table;
	staged = own->staged;
	own->table = NULL;
	own->staged = NULL;
	spin_unlock(&own->lock);
	vwan_table_put(table);
	vwan_table_put(staged);
}

/* MiniportPause: data stops, calls stay. */
static int adapter_pause(struct condis_adapter *adapter)
{
	struct vwan_adapter *own = vwan_adapter_of(adapter);
	int status = -ENETDOWN;

	/* Who sends sees this under the bearer's lock, or is flushed after. */
	WRITE_ONCE(own->paused, true);
	condis_delay_point("wan.paused", condis_adapter_id(adapter));
	vwan_pump_stop(own);
	vwan_adapter_walk(own, visit_flush, &status);
	return 0;
}

/* MiniportRestart. */
static int adapter_restart(struct condis_adapter *adapter)
{
	struct vwan_adapter *own = vwan_adapter_of(adapter);

	vwan_pump_start(own);
	WRITE_ONCE(own->paused, false);
	return 0;
}

/*
 * MiniportResetEx: queued sends are aborted, calls stay (R15), unless the medium
 * is lost with it: then each call ends as by RESTART.
 */
static int adapter_reset(struct condis_adapter *adapter)
{
	struct vwan_adapter *own = vwan_adapter_of(adapter);
	u32 cause = Q850_TEMPORARY_FAILURE;
	int status = -ECANCELED;

	vwan_adapter_walk(own, visit_flush, &status);
	if (vwan_knob(own, CONDIS_VWAN_A_ADAPTER_RESET_CLEARS))
		vwan_adapter_walk(own, visit_restart, &cause);
	return 0;
}

/* Apply the staged line table.  No address family is open. */
static void adapter_reconfigure(struct condis_adapter *adapter)
{
	struct vwan_adapter *own = vwan_adapter_of(adapter);
	struct vwan_table *old = NULL;

	own->network->leave(own);
	condis_delay_point("wan.reconfigure.left", condis_adapter_id(adapter));
	/* What a forced end has left belongs to the old lines. */
	vwan_adapter_walk(own, visit_drop, NULL);

	spin_lock(&own->lock);
	if (own->staged) {
		old = own->table;
		own->table = own->staged;
		own->staged = NULL;
	}
	spin_unlock(&own->lock);
	vwan_table_put(old);
	own->network->join(own);
}

/* The adapter was pulled out: its calls end at once, and nobody can call it. */
static void adapter_surprise_removal(struct condis_adapter *adapter)
{
	struct vwan_adapter *own = vwan_adapter_of(adapter);
	u32 cause = Q850_DESTINATION_OUT_OF_ORDER;
	int status = -ENODEV;

	own->network->leave(own);
	WRITE_ONCE(own->paused, true);
	vwan_pump_stop(own);
	vwan_adapter_walk(own, visit_flush, &status);
	vwan_adapter_walk(own, visit_restart, &cause);
}

static const struct condis_miniport_ops vwan_miniport_ops = {
	.initialize = adapter_initialize,
	.halt = adapter_halt,
	.pause = adapter_pause,
	.restart = adapter_restart,
	.reset = adapter_reset,
	.reconfigure = adapter_reconfigure,
	.surprise_removal = adapter_surprise_removal,
	.send = vwan_send,
};

/**
 * vwan_adapter_setup() - give an adapter its defaults
 * @adapter: the core's, not registered
 * @exchange: what it is connected to
 *
 * Context: process
 */
void vwan_adapter_setup(struct condis_adapter *adapter, struct vwan_exchange *exchange)
{
	struct vwan_adapter *own = vwan_adapter_of(adapter);

	own->adapter = adapter;
	own->exchange = exchange;
	own->network = &vwan_exchange_ops;
	spin_lock_init(&own->lock);
	mutex_init(&own->walking);
	own->halted = true;
	own->paused = true;
	INIT_LIST_HEAD(&own->legs);
	INIT_LIST_HEAD(&own->saps);
	INIT_LIST_HEAD(&own->afs);
	vwan_pump_init(own);
	vwan_config_defaults(own);
}

static int adapter_new(struct condis_adapter *adapter, struct nlattr **tb,
		       struct netlink_ext_ack *extack)
{
	struct condis_exchange *exchange = condis_adapter_exchange(adapter);

	if (!exchange) {
		NL_SET_ERR_MSG(extack, "A virtual WAN adapter needs an exchange; name one");
		return -EINVAL;
	}
	vwan_adapter_setup(adapter, condis_exchange_priv(exchange));
	return vwan_config_new(vwan_adapter_of(adapter), tb, extack);
}

static int adapter_change(struct condis_adapter *adapter, struct nlattr **tb,
			  struct netlink_ext_ack *extack)
{
	return vwan_config_change(vwan_adapter_of(adapter), tb, extack);
}

static int adapter_fill(struct condis_adapter *adapter, struct sk_buff *skb)
{
	return vwan_config_fill(vwan_adapter_of(adapter), skb);
}

struct condis_kind vwan_kind = {
	.name = CONDIS_VWAN_KIND,
	.miniport = &vwan_miniport_ops,
	.adapter_priv = sizeof(struct vwan_adapter),
	.adapter_maxattr = CONDIS_VWAN_A_ADAPTER_MAX,
	.adapter_policy = vwan_adapter_policy,
	.exchange_maxattr = CONDIS_VWAN_A_EXCHANGE_MAX,
	.exchange_policy = vwan_exchange_policy,
	.adapter_new = adapter_new,
	.adapter_change = adapter_change,
	.adapter_fill = adapter_fill,
	.exchange_new = vwan_exchange_new,
	.exchange_fill = vwan_exchange_fill,
	.exchange_down = vwan_exchange_down,
};
