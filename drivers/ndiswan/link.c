// SPDX-License-Identifier: GPL-2.0
/*
 * Links: their making, what they are told of leg A, and their end.
 */
#include <linux/err.h>
#include <linux/minmax.h>
#include <linux/netdevice.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include <net/net_namespace.h>

#include "ndiswan.h"

/* Of its own: its works wait for grace periods.  A close needs it, so it has a rescuer. */
static struct workqueue_struct *link_wq;

static atomic_t links;			/* registered channels */
static DECLARE_WAIT_QUEUE_HEAD(no_links);

static struct ndiswan_link *data_link(struct condis_data_client *client)
{
	return container_of(client, struct ndiswan_link, data);
}

/* ProtocolCoReceiveNetBufferLists; atomic context, perhaps inside of the far end's send. */
static void link_receive(struct condis_data_client *client, struct sk_buff *skb)
{
	struct ndiswan_link *link = data_link(client);
	bool taken;

	spin_lock_bh(&link->lock);
	taken = link->state != NDISWAN_LINK_DOWN &&
		skb_queue_len(&link->received) < NDISWAN_QUEUE_MAX;
	if (taken) {
		__skb_queue_tail(&link->received, skb);
		ndiswan_softirq_raise(link);
	} else if (link->lost < NDISWAN_LOST_MAX) {
		link->lost++;
	}
	spin_unlock_bh(&link->lock);
	if (!taken)
		dev_kfree_skb_any(skb);
}

/**
 * ndiswan_link_wake() - there may be room to send
 * @link: the link
 *
 * PPP is told by a softirq: it may be just sending, here.
 *
 * Context: any but hard interrupts
 */
void ndiswan_link_wake(struct ndiswan_link *link)
{
	/* Pairs with the one between the note and the second look, in start_xmit(). */
	smp_mb();
	if (!atomic_read(&link->blocked))
		return;
	spin_lock_bh(&link->lock);
	if (link->state != NDISWAN_LINK_DOWN && atomic_xchg(&link->blocked, 0)) {
		link->wake = true;
		ndiswan_softirq_raise(link);
	}
	spin_unlock_bh(&link->lock);
}

/* ProtocolCoSendNetBufferListsComplete; atomic context, perhaps inside of our own send. */
static void link_send_complete(struct condis_data_client *client, struct sk_buff *skb, int status)
{
	struct ndiswan_link *link = data_link(client);

	/* Most are not to be freed, for the far end has them. */
	if (skb && status)
		dev_kfree_skb_any(skb);
	else if (skb)
		dev_consume_skb_any(skb);
	ndiswan_link_wake(link);
}

/* What the miniport has not got for us: receive errors of the unit, if there is one. */
static void link_lose(struct ndiswan_link *link, u32 packets)
{
	spin_lock_bh(&link->lock);
	if (link->state != NDISWAN_LINK_DOWN) {
		link->lost += min(packets, NDISWAN_LOST_MAX - link->lost);
		if (link->lost)
			ndiswan_softirq_raise(link);
	}
	spin_unlock_bh(&link->lock);
}

/* ProtocolCoStatusEx of leg A; atomic context. */
static void link_status(struct condis_data_client *client, const struct condis_status *status)
{
	struct ndiswan_link *link = data_link(client);

	switch (status->code) {
	case CONDIS_STATUS_LINK_PARAMS:
		WRITE_ONCE(link->channel.speed, status->tx_rate);
		ndiswan_link_wake(link);
		break;
	case CONDIS_STATUS_FRAGMENT:
		link_lose(link, status->errors);
		break;
	default:
		break;
	}
}

/* A request was answered later; also in process context, under rcu_read_lock(). */
static void link_oid_complete(struct condis_data_client *client, u32 oid, const void *buf, u32 len,
			      int status)
{
	ndiswan_wan_answered(data_link(client), oid, buf, len, status);
}

static const struct condis_data_ops link_data_ops = {
	.receive = link_receive,
	.send_complete = link_send_complete,
	.status = link_status,
	.oid_complete = link_oid_complete,
};

/*
 * Nothing of ours is going on any more but PPP's own calls of the channel, which it
 * ends here; it waits for a grace period if the channel is in a unit.
 */
static void link_work(struct work_struct *work)
{
	struct ndiswan_link *link = container_of(to_rcu_work(work), struct ndiswan_link, work);

	condis_delay_point("ndiswan.link.unregister", condis_vc_id(link->vc));
	ppp_unregister_channel(&link->channel);
	/* Queued by nobody any more. */
	cancel_work_sync(&link->tell);
	condis_vc_put(link->vc);
	/* PPP may still look at the channel where it sends fragments, or asks for a path. */
	kfree_rcu(link, work.rcu);
	if (atomic_dec_and_test(&links))
		wake_up_all(&no_links);
}

static void link_tell_work(struct work_struct *work)
{
	struct ndiswan_link *link = container_of(work, struct ndiswan_link, tell);

	ndiswan_wan_tell(link);
}

/**
 * ndiswan_link_tell() - tell the miniport how the link's frames are
 * @link: the link
 *
 * By a work: the link may be taken down as soon as nothing keeps it here.
 *
 * Context: any but hard interrupts; wan.lock held, or under rcu_read_lock()
 */
void ndiswan_link_tell(struct ndiswan_link *link)
{
	spin_lock_bh(&link->lock);
	if (link->state != NDISWAN_LINK_DOWN)
		queue_work(link_wq, &link->tell);
	spin_unlock_bh(&link->lock);
}

/**
 * ndiswan_link_retell() - if there is something that the miniport has not heard, tell it
 * @link: the link
 *
 * Context: as ndiswan_link_tell()
 */
void ndiswan_link_retell(struct ndiswan_link *link)
{
	/* Of a reset's end and this; pairs with the one in ndiswan_wan_tell(). */
	smp_mb();
	if (READ_ONCE(link->untold))
		ndiswan_link_tell(link);
}

/**
 * ndiswan_link_create() - register a channel, and attach it to the VC that carries its packets
 * @data: leg A
 *
 * Return: the link, NEW; or an ERR_PTR(): -ESHUTDOWN (the namespace goes), -ENOMEM, -ENOTCONN (leg
 * A is closed), -EBUSY (it has a data client), -EOPNOTSUPP (it carries no data)
 *
 * Context: process context, may sleep
 */
struct ndiswan_link *ndiswan_link_create(struct condis_vc *data)
{
	const struct condis_call_params *params = condis_vc_params(data);
	struct ndiswan_link *link;
	struct net *net;
	int err;

	link = kzalloc(sizeof(*link), GFP_KERNEL_ACCOUNT);
	if (!link)
		return ERR_PTR(-ENOMEM);
	spin_lock_init(&link->lock);
	__skb_queue_head_init(&link->received);
	INIT_LIST_HEAD(&link->node);
	INIT_RCU_WORK(&link->work, link_work);
	INIT_WORK(&link->tell, link_tell_work);
	mutex_init(&link->telling);
	link->data.ops = &link_data_ops;
	/* A frame holds at least a protocol and a byte of it. */
	link->max_sdu = max_t(u32, params->max_sdu, NDISWAN_OVERHEAD + 1);
	link->max_frame = link->max_sdu;
	link->framing_bits = NDISWAN_FRAMING_BITS;
	link->mru = link->max_frame - NDISWAN_OVERHEAD;
	link->channel.private = link;
	link->channel.ops = &ndiswan_channel_ops;
	ndiswan_link_set_mtu(link);
	link->channel.hdrlen = NDISWAN_HEADER;
	link->channel.speed = params->tx_rate;
	link->vc = data;

	err = -ESHUTDOWN;
	net = condis_adapter_get_net(condis_vc_adapter(data));
	if (!net)
		goto free;
	err = ppp_register_net_channel(net, &link->channel);
	/* The channel has its own reference. */
	put_net(net);
	if (err)
		goto free;
	/* From here on the work undoes it: also PPP may have seen the channel. */
	condis_vc_hold(data);
	atomic_inc(&links);
	condis_delay_point("ndiswan.link.registered", condis_vc_id(data));

	err = condis_co_attach_data(data, &link->data);
	if (err) {
		ndiswan_link_down(link);
		return ERR_PTR(err);
	}
	ndiswan_wan_tell(link);
	return link;

free:
	kfree(link);
	return ERR_PTR(err);
}

/**
 * ndiswan_link_up() - the call is connected: packets may be sent
 * @link: the link, NEW
 * @held: not yet: the adapter is paused, or is being reset
 *
 * Context: wan.lock held
 */
void ndiswan_link_up(struct ndiswan_link *link, bool held)
{
	spin_lock_bh(&link->lock);
	if (link->state == NDISWAN_LINK_NEW)
		WRITE_ONCE(link->state, held ? NDISWAN_LINK_HELD : NDISWAN_LINK_UP);
	spin_unlock_bh(&link->lock);
	ndiswan_link_wake(link);
	/* The reset may have ended while the link was made, and was nobody's yet. */
	ndiswan_link_retell(link);
}

/**
 * ndiswan_link_hold() - nothing is to be sent for a while, or it goes on
 * @link: the link
 * @hold: which
 *
 * Context: wan.lock held
 */
void ndiswan_link_hold(struct ndiswan_link *link, bool hold)
{
	spin_lock_bh(&link->lock);
	if (link->state == (hold ? NDISWAN_LINK_UP : NDISWAN_LINK_HELD))
		WRITE_ONCE(link->state, hold ? NDISWAN_LINK_HELD : NDISWAN_LINK_UP);
	spin_unlock_bh(&link->lock);
	if (!hold)
		ndiswan_link_wake(link);
	ndiswan_link_retell(link);
}

/**
 * ndiswan_link_down() - a link's call is over
 * @link: the link, the caller's alone; not valid any more on return
 *
 * Context: process context, no lock held; waits for nobody
 */
void ndiswan_link_down(struct ndiswan_link *link)
{
	struct sk_buff_head unread;

	__skb_queue_head_init(&unread);
	spin_lock_bh(&link->lock);
	WRITE_ONCE(link->state, NDISWAN_LINK_DOWN);
	skb_queue_splice_init(&link->received, &unread);
	ndiswan_softirq_cancel(link);
	spin_unlock_bh(&link->lock);
	__skb_queue_purge(&unread);

	condis_co_detach_data(link->vc, &link->data);
	/*
	 * Handlers of leg A, and the softirq, may have the link for a grace period;
	 * after it they call nothing of PPP's for it.
	 */
	queue_rcu_work(link_wq, &link->work);
}

/**
 * ndiswan_links_init() - make the work queue
 *
 * Return: 0; -ENOMEM
 *
 * Context: module init
 */
int ndiswan_links_init(void)
{
	link_wq = alloc_workqueue("ndiswan", WQ_UNBOUND | WQ_MEM_RECLAIM, WQ_MAX_ACTIVE);
	return link_wq ? 0 : -ENOMEM;
}

/**
 * ndiswan_links_exit() - wait for the end of the last channel
 *
 * Context: module exit; no protocol is registered, so every link is down
 */
void ndiswan_links_exit(void)
{
	wait_event(no_links, !atomic_read(&links));
	destroy_workqueue(link_wq);
}
