// SPDX-License-Identifier: GPL-2.0
/*
 * Example call manager: packets, the adapter, and how adapters are made.
 */
#include <linux/condis_vwan.h>
#include <net/netlink.h>

#include "mcm.h"

/* condisctl knows the knobs of the kind "vwan": the first of them is ours, too. */
#define ATTR_LINES	CONDIS_VWAN_A_ADAPTER_LINES

void mcm_carry(struct mcm_adapter *own)
{
	queue_work(mcm_wq, &own->carry);
}

/*
 * 10. Packets.
 *
 * send() may be called in any context and takes the packet, whatever happens: it
 * ends in condis_m_send_complete(), once, which gives it back.  The far end's
 * client may send from inside of its receive(), so packets are carried by a work,
 * not from here: two clients that echo would never end otherwise.
 */
static void mp_send(struct condis_vc *vc, struct sk_buff *skb)
{
	struct mcm_call *call = mcm_call_of(vc);
	struct mcm_adapter *own = call->own;
	bool taken;

	spin_lock_bh(&own->lock);
	taken = call->open && !own->removed;
	if (taken)
		__skb_queue_tail(&call->queue, skb);
	spin_unlock_bh(&own->lock);
	if (taken)
		mcm_carry(own);
	else
		condis_m_send_complete(vc, skb, -ENOTCONN);
}

/* The next packet of a line, with both VCs held: they may end while it is in our hands. */
static struct sk_buff *packet_take(struct mcm_adapter *own, u32 line, struct condis_vc **from,
				   struct condis_vc **to)
{
	struct sk_buff *skb = NULL;
	struct mcm_call *call;

	spin_lock_bh(&own->lock);
	call = own->line[line];
	if (call && call->through && call->peer)
		skb = __skb_dequeue(&call->queue);
	if (skb) {
		call->in_hand = true;
		*from = call->vc;
		*to = call->peer->vc;
		condis_vc_hold(*from);
		condis_vc_hold(*to);
	}
	spin_unlock_bh(&own->lock);
	return skb;
}

/* It has gone home.  Who closes meanwhile has to wait for that, and is told. */
static void packet_done(struct mcm_adapter *own, struct condis_vc *from, struct condis_vc *to)
{
	struct mcm_call *call = mcm_call_of(from);
	bool closing;

	spin_lock_bh(&own->lock);
	call->in_hand = false;
	closing = !call->open;
	spin_unlock_bh(&own->lock);
	if (closing)
		condis_mcm_post_signal(from);
	condis_vc_put(from);
	condis_vc_put(to);
}

/*
 * A packet that is indicated is the receiving client's for good, so it gets a
 * clone; the sender's own comes home.  The core drops what comes for a call that
 * is not up any more.
 */
static void carry_work(struct work_struct *work)
{
	struct mcm_adapter *own = container_of(work, struct mcm_adapter, carry);
	struct condis_vc *from, *to;
	struct sk_buff *skb, *copy;
	u32 line, budget;

	for (line = 0; line < MCM_LINES_MAX; line++) {
		for (budget = MCM_WINDOW; budget; budget--) {
			skb = packet_take(own, line, &from, &to);
			if (!skb)
				break;
			/* A close may wait for this packet, so this does not wait for memory. */
			copy = skb_clone(skb, GFP_ATOMIC | __GFP_NOWARN);
			if (copy)
				condis_m_indicate_receive(to, copy);
			condis_m_send_complete(from, skb, copy ? 0 : -ENOMEM);
			packet_done(own, from, to);
		}
		/* One busy line does not keep the others waiting. */
		if (!budget)
			mcm_carry(own);
		cond_resched();
	}
}

/*
 * 11. The adapter.
 *
 * Whatever happens to it, the packets must come back, those in the work's hands
 * included.
 */
static void adapter_flush(struct mcm_adapter *own, int status)
{
	struct condis_vc *vc = NULL;
	struct sk_buff *skb;
	u32 line = 0;

	cancel_work_sync(&own->carry);
	while (line < MCM_LINES_MAX) {
		spin_lock_bh(&own->lock);
		skb = own->line[line] ? __skb_dequeue(&own->line[line]->queue) : NULL;
		if (skb) {
			vc = own->line[line]->vc;
			condis_vc_hold(vc);
		}
		spin_unlock_bh(&own->lock);
		if (skb) {
			condis_m_send_complete(vc, skb, status);
			condis_vc_put(vc);
		} else {
			line++;
		}
	}
}

/* What a forced end has left here, of which nobody will speak to us any more. */
static void adapter_forget(struct mcm_adapter *own)
{
	u32 line;

	for (line = 0; line < MCM_LINES_MAX; line++)
		if (own->line[line])
			mcm_call_let_go(own->line[line]);
	INIT_LIST_HEAD(&own->saps);
}

/* Take what the device needs, and say what is served.  Clients are told afterwards. */
static int mp_initialize(struct condis_adapter *adapter)
{
	return condis_mcm_register_address_family(adapter, CONDIS_AF_TAPI_PROXY, &mcm_ops);
}

/*
 * No handler runs, and none will; every call, SAP and family is gone for us, or
 * was taken from us.  When this returns nothing of ours may run: no work, no
 * timer, no interrupt.  It also undoes an initialize() that failed, or never ran.
 */
static void mp_halt(struct condis_adapter *adapter, bool surprise)
{
	struct mcm_adapter *own = mcm_adapter_of(adapter);

	adapter_flush(own, -ENODEV);
	adapter_forget(own);
}

/* Data stops and calls stay; no send comes until the restart.  It cannot fail. */
static int mp_pause(struct condis_adapter *adapter)
{
	adapter_flush(mcm_adapter_of(adapter), -ENETDOWN);
	return 0;
}

/* Packets on their way are lost, calls stay.  The core tells the clients, not we. */
static int mp_reset(struct condis_adapter *adapter)
{
	adapter_flush(mcm_adapter_of(adapter), -ECANCELED);
	return 0;
}

/* It was pulled out.  The core ends the calls without us; the packets are still ours. */
static void mp_surprise_removal(struct condis_adapter *adapter)
{
	struct mcm_adapter *own = mcm_adapter_of(adapter);

	/* Sends are not stopped yet. */
	spin_lock_bh(&own->lock);
	own->removed = true;
	spin_unlock_bh(&own->lock);
	adapter_flush(own, -ENODEV);
}

/*
 * The number of lines changes (adapter_change()): every client was asked to close
 * its family, by notify_close_af(), and opens it anew when this has returned.
 */
static void mp_reconfigure(struct condis_adapter *adapter)
{
	struct mcm_adapter *own = mcm_adapter_of(adapter);

	adapter_forget(own);
	spin_lock_bh(&own->lock);
	WRITE_ONCE(own->lines, own->staged_lines);
	spin_unlock_bh(&own->lock);
}

static const struct condis_miniport_ops mp_ops = {
	.initialize = mp_initialize,
	.halt = mp_halt,
	.pause = mp_pause,
	.reset = mp_reset,
	.reconfigure = mp_reconfigure,
	.surprise_removal = mp_surprise_removal,
	.send = mp_send,
};

/*
 * 12. The kind: how user space makes adapters.
 *
 * A driver of hardware has none: it calls condis_alloc_adapter() and
 * condis_register_adapter() in its probe(), condis_unregister_adapter() and
 * condis_put_adapter() in its remove().
 */
static const struct nla_policy adapter_policy[ATTR_LINES + 1] = {
	[ATTR_LINES] = NLA_POLICY_RANGE(NLA_U32, 1, MCM_LINES_MAX),
};

/* Everything that halt() undoes is set up here: it runs also without initialize(). */
static int adapter_new(struct condis_adapter *adapter, struct nlattr **tb,
		       struct netlink_ext_ack *extack)
{
	struct mcm_adapter *own = mcm_adapter_of(adapter);

	spin_lock_init(&own->lock);
	INIT_LIST_HEAD(&own->saps);
	INIT_WORK(&own->carry, carry_work);
	own->lines = tb[ATTR_LINES] ? nla_get_u32(tb[ATTR_LINES]) : 2;
	own->staged_lines = own->lines;
	return 0;
}

/* Nothing changes yet: the sessions of the old lines end first. */
static int adapter_change(struct condis_adapter *adapter, struct nlattr **tb,
			  struct netlink_ext_ack *extack)
{
	struct mcm_adapter *own = mcm_adapter_of(adapter);

	if (!tb[ATTR_LINES])
		return 0;
	spin_lock_bh(&own->lock);
	own->staged_lines = nla_get_u32(tb[ATTR_LINES]);
	spin_unlock_bh(&own->lock);
	return CONDIS_RECONFIGURE;
}

static int adapter_fill(struct condis_adapter *adapter, struct sk_buff *skb)
{
	return nla_put_u32(skb, ATTR_LINES, READ_ONCE(mcm_adapter_of(adapter)->lines));
}

struct condis_kind mcm_kind = {
	.name = "example",
	.miniport = &mp_ops,
	.adapter_priv = sizeof(struct mcm_adapter),
	.adapter_maxattr = ATTR_LINES,
	.adapter_policy = adapter_policy,
	.adapter_new = adapter_new,
	.adapter_change = adapter_change,
	.adapter_fill = adapter_fill,
};
