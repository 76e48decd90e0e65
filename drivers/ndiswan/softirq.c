// SPDX-License-Identifier: GPL-2.0
/*
 * The hop from leg A to PPP: a NAPI instance for each CPU, on a device that is none.
 *
 * A link with packets for PPP, or with room that PPP waits for, is in the list of one
 * CPU, the one where that came up, until all of it is done.  So what a link receives
 * is given to PPP by one CPU at a time, in order.
 */
#include <linux/interrupt.h>
#include <linux/minmax.h>
#include <linux/netdevice.h>
#include <linux/percpu.h>

#include "ndiswan.h"

/**
 * struct softirq - one CPU's
 * @napi: runs it
 * @lock: protects @links, also against the CPU that takes over when this one goes
 * @links: links that have something to do
 */
struct softirq {
	struct napi_struct napi;
	spinlock_t lock;	/* see above */
	struct list_head links;
};

static struct softirq __percpu *softirqs;
static struct net_device *device;

/* The link that waits longest, not in the list any more; it is ours until it is unlisted. */
static struct ndiswan_link *softirq_next(struct softirq *softirq)
{
	struct ndiswan_link *link;

	/* Who adds one from now on raises the softirq again. */
	if (list_empty(&softirq->links))
		return NULL;
	spin_lock(&softirq->lock);
	link = list_first_entry_or_null(&softirq->links, struct ndiswan_link, node);
	if (link)
		list_del_init(&link->node);
	spin_unlock(&softirq->lock);
	return link;
}

static void softirq_add(struct softirq *softirq, struct ndiswan_link *link)
{
	spin_lock(&softirq->lock);
	list_add_tail(&link->node, &softirq->links);
	spin_unlock(&softirq->lock);
}

/* One turn of a link: at most @budget packets and errors; how many there were. */
static int softirq_turn(struct softirq *softirq, struct ndiswan_link *link, int budget)
{
	struct sk_buff_head packets;
	unsigned int lost;
	struct sk_buff *skb;
	bool wake;
	int done;

	__skb_queue_head_init(&packets);
	spin_lock(&link->lock);
	done = skb_queue_len(&link->received);
	if (done <= budget) {
		skb_queue_splice_init(&link->received, &packets);
	} else {
		for (done = 0; done < budget; done++)
			__skb_queue_tail(&packets, __skb_dequeue(&link->received));
	}
	lost = min_t(unsigned int, link->lost, budget - done);
	link->lost -= lost;
	done += lost;
	wake = link->wake;
	link->wake = false;
	spin_unlock(&link->lock);

	while ((skb = __skb_dequeue(&packets)))
		ndiswan_channel_input(link, skb);
	/* Each is a receive error of the unit. */
	while (lost--)
		ppp_input_error(&link->channel, 0);
	if (wake)
		ppp_output_wakeup(&link->channel);

	spin_lock(&link->lock);
	if (link->state != NDISWAN_LINK_DOWN &&
	    (link->wake || link->lost || !skb_queue_empty(&link->received)))
		softirq_add(softirq, link);
	else
		link->listed = false;
	spin_unlock(&link->lock);
	return done + wake;
}

static int softirq_poll(struct napi_struct *napi, int budget)
{
	struct softirq *softirq = container_of(napi, struct softirq, napi);
	struct ndiswan_link *link;
	int done = 0;

	/* A link that was taken down is freed a grace period later: not before this has ended. */
	rcu_read_lock();
	while (done < budget && (link = softirq_next(softirq)))
		done += softirq_turn(softirq, link, budget - done);
	rcu_read_unlock();
	done = min(done, budget);
	if (done == budget)
		return budget;

	napi_complete_done(napi, done);
	/* One that was added by another CPU, which had taken over, has its own napi_schedule(). */
	return done;
}

/**
 * ndiswan_softirq_raise() - PPP is to hear of a link, soon
 * @link: the link, not DOWN
 *
 * Context: link.lock held
 */
void ndiswan_softirq_raise(struct ndiswan_link *link)
{
	struct softirq *softirq;

	lockdep_assert_held(&link->lock);
	if (link->listed)
		return;
	link->listed = true;
	link->cpu = smp_processor_id();
	softirq = this_cpu_ptr(softirqs);
	softirq_add(softirq, link);
	napi_schedule(&softirq->napi);
}

/**
 * ndiswan_softirq_cancel() - take a link out of a CPU's list
 * @link: the link, DOWN
 *
 * If its turn is just on, that one goes on, and ends within a grace period.
 *
 * Context: link.lock held
 */
void ndiswan_softirq_cancel(struct ndiswan_link *link)
{
	struct softirq *softirq;

	lockdep_assert_held(&link->lock);
	if (!link->listed)
		return;
	softirq = per_cpu_ptr(softirqs, link->cpu);
	spin_lock(&softirq->lock);
	list_del_init(&link->node);
	spin_unlock(&softirq->lock);
}

/**
 * ndiswan_softirq_init() - make the instances
 *
 * Return: 0; -ENOMEM
 *
 * Context: module init
 */
int ndiswan_softirq_init(void)
{
	struct softirq *softirq;
	int cpu;

	device = kzalloc(sizeof(*device), GFP_KERNEL);
	if (!device)
		return -ENOMEM;
	softirqs = alloc_percpu(struct softirq);
	if (!softirqs) {
		kfree(device);
		return -ENOMEM;
	}
	init_dummy_netdev(device);
	for_each_possible_cpu(cpu) {
		softirq = per_cpu_ptr(softirqs, cpu);
		spin_lock_init(&softirq->lock);
		INIT_LIST_HEAD(&softirq->links);
		netif_napi_add(device, &softirq->napi, softirq_poll);
		napi_enable(&softirq->napi);
	}
	return 0;
}

/**
 * ndiswan_softirq_exit() - undo it
 *
 * Context: module exit; there is no link
 */
void ndiswan_softirq_exit(void)
{
	struct softirq *softirq;
	int cpu;

	for_each_possible_cpu(cpu) {
		softirq = per_cpu_ptr(softirqs, cpu);
		napi_disable(&softirq->napi);
		__netif_napi_del(&softirq->napi);
		WARN_ON(!list_empty(&softirq->links));
	}
	/* What looks an instance up by its number does so under RCU. */
	synchronize_net();
	free_percpu(softirqs);
	kfree(device);
}
