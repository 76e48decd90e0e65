// SPDX-License-Identifier: GPL-2.0
/*
 * Bearers: the data of the calls, with line rate, latency and loss.
 *
 * A packet that is sent waits for the line, leaves when the line has sent it,
 * and comes back to its sender then; a copy of it travels for the latency.  The
 * copy is a clone: it shares the data with the packet, whose sender may only free
 * it, and it has no socket, so what is on its way is charged to nobody but is
 * bounded by the queue's limit.
 *
 * A wire without rate, latency and loss has nothing to wait for: a packet that meets
 * no other on it arrives in its sender's context, and is back with its sender when
 * send() returns.  The core counts it like any other: at either end a deactivation
 * waits for it.  What a client sends while such a packet arrives waits, and so does
 * all else, for one work per adapter, the pump, which goes round the bearers that
 * have something to do.  So a packet that is answered by a packet never recurses.
 */
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/random.h>
#include <linux/sched.h>

#include "network.h"
#include "vwan.h"

/* Packets of one bearer before the next one's turn. */
#define BEARER_BATCH	64

/* What a line without a limit is said to have, bit/s. */
#define RATE_UNLIMITED	1000000000U

/* In a clone that travels: when it arrives, nanoseconds of ktime_get(). */
struct flight_cb {
	u64 due;
};

#define FLIGHT_CB(skb)	((struct flight_cb *)(skb)->cb)

/* A packet arrives on this CPU in its sender's context; bottom halves are off. */
static DEFINE_PER_CPU(bool, bearer_arriving);

/**
 * vwan_tx_time() - how long a line is busy with a packet
 * @rate: line rate in bit/s, 0 for no limit
 * @bytes: length of the packet
 *
 * Context: any
 * Return: nanoseconds
 */
u64 vwan_tx_time(u32 rate, unsigned int bytes)
{
	return rate ? div_u64((u64)bytes * BITS_PER_BYTE * NSEC_PER_SEC, rate) : 0;
}

/**
 * vwan_byte_rate() - a line rate as call parameters have it
 * @rate: line rate in bit/s, 0 for no limit
 *
 * Context: any
 * Return: bytes per second, at least 1
 */
u32 vwan_byte_rate(u32 rate)
{
	return max((rate ?: RATE_UNLIMITED) / BITS_PER_BYTE, 1U);
}

/*
 * Let the pump look at a bearer, now: also at one that it has, for it may sleep until what is on
 * the wire arrives, or be about to.
 */
static void bearer_list(struct vwan_leg *leg)
{
	struct vwan_pump *pump = &leg->adapter->pump;
	struct vwan_bearer *bearer = &leg->bearer;

	lockdep_assert_held(&bearer->lock);

	spin_lock(&pump->lock);
	if (!pump->stopped) {
		if (!bearer->listed) {
			bearer->listed = true;
			condis_vc_hold(leg->vc);
			list_add_tail(&bearer->node, &pump->busy);
		}
		mod_delayed_work(vwan_wq, &pump->work, 0);
	}
	spin_unlock(&pump->lock);
}

/**
 * vwan_bearer_init() - prepare the bearer of a new leg
 * @leg: the leg
 *
 * Context: any
 */
void vwan_bearer_init(struct vwan_leg *leg)
{
	struct vwan_bearer *bearer = &leg->bearer;

	spin_lock_init(&bearer->lock);
	INIT_LIST_HEAD(&bearer->node);
	__skb_queue_head_init(&bearer->queue);
	__skb_queue_head_init(&bearer->flight);
}

/**
 * vwan_bearer_open() - take packets from now on
 * @leg: of which call
 *
 * They wait until both ends are switched through.
 *
 * Context: the leg's
 */
void vwan_bearer_open(struct vwan_leg *leg)
{
	struct vwan_bearer *bearer = &leg->bearer;

	spin_lock_bh(&bearer->lock);
	bearer->open = true;
	spin_unlock_bh(&bearer->lock);
}

/**
 * vwan_bearer_through() - the far end takes packets from now on
 * @leg: of which call
 * @far: the leg at which they arrive, or NULL: where they do is known to the network's carry()
 *
 * Context: any but hard interrupts; who calls sees to it that vwan_bearer_cut() comes after this
 */
void vwan_bearer_through(struct vwan_leg *leg, struct vwan_leg *far)
{
	struct vwan_bearer *bearer = &leg->bearer;

	spin_lock_bh(&bearer->lock);
	bearer->through = true;
	bearer->far = far;
	bearer->line_free = ktime_get_ns();
	if (!skb_queue_empty(&bearer->queue))
		bearer_list(leg);
	spin_unlock_bh(&bearer->lock);
}

/**
 * vwan_bearer_cut() - no packet goes straight to the far end any more
 * @leg: of which call; idempotent
 *
 * One that is just arriving has the far end's VC held.
 *
 * Context: any but hard interrupts
 */
void vwan_bearer_cut(struct vwan_leg *leg)
{
	struct vwan_bearer *bearer = &leg->bearer;

	spin_lock_bh(&bearer->lock);
	bearer->far = NULL;
	spin_unlock_bh(&bearer->lock);
}

/* Nothing is in our hands any more; whether somebody waits for that. */
static bool bearer_let_go(struct vwan_bearer *bearer)
{
	bool awaited;

	lockdep_assert_held(&bearer->lock);

	/* A pause may flush beside the pump's turn, and beside a close. */
	if (--bearer->in_hand)
		return false;
	awaited = bearer->awaited;
	bearer->awaited = false;
	return awaited;
}

/**
 * vwan_bearer_flush() - give back what waits for the line, lose what is on its way
 * @leg: of which call
 * @status: errno with which the packets come back
 *
 * What the pump has in its hands comes back by itself.
 *
 * Context: any
 */
void vwan_bearer_flush(struct vwan_leg *leg, int status)
{
	struct vwan_bearer *bearer = &leg->bearer;
	struct sk_buff_head queue, flight;
	struct sk_buff *skb;
	bool awaited;

	__skb_queue_head_init(&queue);
	__skb_queue_head_init(&flight);

	spin_lock_bh(&bearer->lock);
	skb_queue_splice_init(&bearer->queue, &queue);
	skb_queue_splice_init(&bearer->flight, &flight);
	bearer->in_hand++;
	spin_unlock_bh(&bearer->lock);

	while ((skb = __skb_dequeue(&queue)))
		condis_m_send_complete(leg->vc, skb, status);
	__skb_queue_purge(&flight);

	spin_lock_bh(&bearer->lock);
	awaited = bearer_let_go(bearer);
	spin_unlock_bh(&bearer->lock);
	/* Who flushes holds the VC, or runs it. */
	if (awaited)
		condis_mcm_schedule_signal(leg->vc);
}

/**
 * vwan_bearer_close() - take no packets any more, and give back what is there
 * @leg: of which call; idempotent
 *
 * Context: any
 */
void vwan_bearer_close(struct vwan_leg *leg)
{
	struct vwan_pump *pump = &leg->adapter->pump;
	struct vwan_bearer *bearer = &leg->bearer;

	spin_lock_bh(&bearer->lock);
	bearer->open = false;
	spin_unlock_bh(&bearer->lock);
	vwan_bearer_flush(leg, -ECANCELED);

	/* The pump lets go of the VC now, not when the packets would have arrived. */
	spin_lock_bh(&bearer->lock);
	if (bearer->listed) {
		spin_lock(&pump->lock);
		if (!pump->stopped)
			mod_delayed_work(vwan_wq, &pump->work, 0);
		spin_unlock(&pump->lock);
	}
	spin_unlock_bh(&bearer->lock);
}

/**
 * vwan_bearer_await() - have whoever has packets of a bearer's in his hands let go of them
 * @leg: of which call, closed
 *
 * Return: whether it has any: then the VC's signal follows when it has given them back
 *
 * Context: the leg's
 */
bool vwan_bearer_await(struct vwan_leg *leg)
{
	struct vwan_bearer *bearer = &leg->bearer;
	bool awaited;

	spin_lock_bh(&bearer->lock);
	awaited = bearer->in_hand;
	bearer->awaited = awaited;
	spin_unlock_bh(&bearer->lock);
	return awaited;
}

/* A packet is at the far end, whose VC is held.  Bottom halves are off. */
static void bearer_arrive(struct vwan_leg *leg, struct sk_buff *skb)
{
	/* A paused adapter receives nothing, as if the packet had met no listener. */
	if (READ_ONCE(leg->adapter->paused)) {
		kfree_skb(skb);
		return;
	}
	/*
	 * The far end may be in another network namespace; the sender's socket is out of it, and
	 * its interface may go before the packet does.
	 */
	skb_orphan(skb);
	skb->dev = NULL;
	skb_scrub_packet(skb, true);
	vwan_wan_received(leg, skb->len);
	condis_m_indicate_receive(leg->vc, skb);
}

/* Tell the far end, whose VC is held, how many packets did not survive the way. */
static void bearer_miss(struct vwan_leg *leg, u32 lost)
{
	struct condis_status status = {
		.code = CONDIS_STATUS_FRAGMENT,
		.errors = lost,
	};

	if (READ_ONCE(leg->adapter->paused))
		return;
	vwan_wan_add_lost(leg, lost);
	condis_m_indicate_status(leg->adapter->adapter, leg->vc, &status);
}

/**
 * vwan_bearer_arrive() - packets are at the far end
 * @leg: there; its VC is held
 * @packets: they; the list is empty afterwards
 * @lost: how many more did not survive the way
 *
 * Context: any but hard interrupts
 */
void vwan_bearer_arrive(struct vwan_leg *leg, struct sk_buff_head *packets, u32 lost)
{
	struct sk_buff *skb;

	condis_delay_point("wan.carry", condis_vc_id(leg->vc));
	/* As where they come straight; and what they raise is done once for all. */
	local_bh_disable();
	while ((skb = __skb_dequeue(packets)))
		bearer_arrive(leg, skb);
	local_bh_enable();
	if (lost)
		bearer_miss(leg, lost);
}

/*
 * The far end, if there is nothing on the wire, and nothing that makes a packet wait or
 * be lost.  What is listed may be in the pump's hands: nothing overtakes that.
 */
static struct vwan_leg *bearer_straight(struct vwan_leg *leg)
{
	const struct vwan_adapter *adapter = leg->adapter;
	struct vwan_bearer *bearer = &leg->bearer;

	lockdep_assert_held(&bearer->lock);

	if (!bearer->far || bearer->listed || !skb_queue_empty(&bearer->queue) ||
	    !skb_queue_empty(&bearer->flight) || __this_cpu_read(bearer_arriving) ||
	    vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_RATE) ||
	    vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_LATENCY) ||
	    vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_LOSS))
		return NULL;
	return bearer->far;
}

/*
 * Take a packet to the far end, which is held, and tell its sender.  After that the
 * sender's leg may be gone: nothing here looks at it.  Bottom halves are off.
 */
static void bearer_deliver(struct condis_vc *vc, struct vwan_leg *far, struct sk_buff *skb)
{
	condis_delay_point("wan.straight", condis_vc_id(far->vc));
	/* As long as the packet is not back, its leg is there. */
	vwan_wan_sent(vwan_leg_of(vc), skb->len);
	__this_cpu_write(bearer_arriving, true);
	bearer_arrive(far, skb);
	condis_m_send_complete(vc, NULL, 0);
	__this_cpu_write(bearer_arriving, false);
}

/* Have a packet wait for the line: 0, or -ENOBUFS. */
static int bearer_queue(struct vwan_leg *leg, struct sk_buff *skb)
{
	struct vwan_bearer *bearer = &leg->bearer;
	bool first = skb_queue_empty(&bearer->queue);

	lockdep_assert_held(&bearer->lock);
	if (skb_queue_len(&bearer->queue) >= vwan_knob(leg->adapter, CONDIS_VWAN_A_ADAPTER_QUEUE))
		return -ENOBUFS;

	/* A line that was idle starts now, not when it became so. */
	if (first && vwan_knob(leg->adapter, CONDIS_VWAN_A_ADAPTER_RATE))
		bearer->line_free = max(bearer->line_free, ktime_get_ns());
	__skb_queue_tail(&bearer->queue, skb);
	/* For those behind it the pump knows when to look. */
	if (bearer->through && (first || !bearer->listed))
		bearer_list(leg);
	return 0;
}

/**
 * vwan_send() - MiniportCoSendNetBufferLists
 * @vc: on which VC
 * @skb: the packet; it ends in condis_m_send_complete() with 0, or -ENOTCONN (no call), -ENETDOWN
 *	(paused), -ENOBUFS (the queue is full), -ECANCELED (the call ended, or a reset)
 *
 * Context: any but hard interrupt
 */
void vwan_send(struct condis_vc *vc, struct sk_buff *skb)
{
	struct vwan_leg *leg = vwan_leg_of(vc);
	struct vwan_adapter *adapter = leg->adapter;
	struct vwan_bearer *bearer = &leg->bearer;
	struct vwan_leg *far = NULL;
	struct condis_vc *there;
	int err = 0;

	spin_lock_bh(&bearer->lock);
	if (!bearer->open)
		err = -ENOTCONN;
	else if (READ_ONCE(adapter->paused))
		err = -ENETDOWN;
	else
		far = bearer_straight(leg);
	if (far)
		condis_vc_hold(far->vc);
	else if (!err)
		err = bearer_queue(leg, skb);
	/* Clients are called without a lock, but on this CPU. */
	spin_unlock(&bearer->lock);
	if (far) {
		there = far->vc;
		bearer_deliver(vc, far, skb);
		condis_vc_put(there);
	} else if (err) {
		condis_m_send_complete(vc, skb, err);
	}
	local_bh_enable();
}

static bool bearer_loses(u32 loss)
{
	return loss && (u32)(((u64)get_random_u32() * CONDIS_VWAN_LOSS_MAX) >> 32) < loss;
}

/* Put a copy of a packet on its way; false if it does not survive. */
static bool bearer_depart(struct vwan_leg *leg, struct sk_buff *skb, u64 when)
{
	struct vwan_bearer *bearer = &leg->bearer;
	u32 latency = vwan_knob(leg->adapter, CONDIS_VWAN_A_ADAPTER_LATENCY);
	struct sk_buff *copy;

	if (bearer_loses(vwan_knob(leg->adapter, CONDIS_VWAN_A_ADAPTER_LOSS)))
		return false;
	copy = skb_clone(skb, GFP_ATOMIC);
	if (!copy)
		return false;
	/* Packets do not overtake each other, also not when the latency was shortened. */
	bearer->last_due = max(bearer->last_due, when + (u64)latency * NSEC_PER_MSEC);
	FLIGHT_CB(copy)->due = bearer->last_due;
	__skb_queue_tail(&bearer->flight, copy);
	return true;
}

/*
 * One turn of a bearer.  True if it has more to do, at *next; otherwise it is no
 * longer listed, and who gives it something new lists it again.
 */
static bool bearer_turn(struct vwan_leg *leg, u64 *next)
{
	struct vwan_adapter *adapter = leg->adapter;
	struct vwan_bearer *bearer = &leg->bearer;
	u32 limit = vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_QUEUE);
	u32 rate = vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_RATE);
	struct sk_buff_head arrived, sent;
	unsigned int budget = BEARER_BATCH;
	u64 when, now = ktime_get_ns();
	struct sk_buff *skb;
	bool more, awaited;
	u32 lost = 0;

	__skb_queue_head_init(&arrived);
	__skb_queue_head_init(&sent);
	*next = U64_MAX;

	spin_lock_bh(&bearer->lock);
	while (bearer->through && budget && (skb = skb_peek(&bearer->queue))) {
		when = now;
		if (rate) {
			when = bearer->line_free + vwan_tx_time(rate, skb->len);
			if (when > now) {
				*next = when;
				break;
			}
			bearer->line_free = when;
		}
		/* No more may be on their way than could wait: the oldest goes first. */
		if (skb_queue_len(&bearer->flight) >= limit &&
		    FLIGHT_CB(skb_peek(&bearer->flight))->due > now)
			break;
		__skb_unlink(skb, &bearer->queue);
		if (!bearer_depart(leg, skb, when))
			lost++;
		vwan_wan_sent(leg, skb->len);
		__skb_queue_tail(&sent, skb);
		budget--;
	}
	while ((skb = skb_peek(&bearer->flight)) && FLIGHT_CB(skb)->due <= now) {
		__skb_unlink(skb, &bearer->flight);
		__skb_queue_tail(&arrived, skb);
	}
	if (skb)
		*next = min(*next, FLIGHT_CB(skb)->due);
	if (!budget && !skb_queue_empty(&bearer->queue))
		*next = now;
	bearer->in_hand++;
	spin_unlock_bh(&bearer->lock);

	if (lost || !skb_queue_empty(&arrived))
		adapter->network->carry(leg, &arrived, lost);
	while ((skb = __skb_dequeue(&sent)))
		condis_m_send_complete(leg->vc, skb, 0);

	/* Only now: nobody else may take a turn while packets are in our hands. */
	spin_lock_bh(&bearer->lock);
	awaited = bearer_let_go(bearer);
	more = !skb_queue_empty(&bearer->flight) ||
	       (bearer->through && !skb_queue_empty(&bearer->queue));
	if (!more)
		bearer->listed = false;
	spin_unlock_bh(&bearer->lock);
	/* The VC is held by whoever took this turn. */
	if (awaited)
		condis_mcm_post_signal(leg->vc);
	return more;
}

static void pump_work(struct work_struct *work)
{
	struct vwan_pump *pump = container_of(to_delayed_work(work), struct vwan_pump, work);
	u64 due, now, next = U64_MAX;
	struct vwan_leg *leg;
	unsigned long delay;
	LIST_HEAD(todo);
	LIST_HEAD(later);

	spin_lock_bh(&pump->lock);
	list_splice_init(&pump->busy, &todo);
	spin_unlock_bh(&pump->lock);
	condis_delay_point("wan.pump", 0);

	while ((leg = list_first_entry_or_null(&todo, struct vwan_leg, bearer.node))) {
		struct condis_vc *vc = leg->vc;

		/* Listed bearers are nobody's but ours until they are unlisted. */
		list_del_init(&leg->bearer.node);
		if (bearer_turn(leg, &due)) {
			list_add_tail(&leg->bearer.node, &later);
			next = min(next, due);
		} else {
			condis_vc_put(vc);
		}
		cond_resched();
	}

	spin_lock_bh(&pump->lock);
	list_splice_tail(&later, &pump->busy);
	if (!pump->stopped && next != U64_MAX) {
		now = ktime_get_ns();
		/* Never early; a bearer that was listed meanwhile has queued the work for now. */
		delay = next > now ? nsecs_to_jiffies(next - now) + 1 : 0;
		queue_delayed_work(vwan_wq, &pump->work, delay);
	}
	spin_unlock_bh(&pump->lock);
}

/**
 * vwan_pump_init() - prepare an adapter's pump, stopped
 * @adapter: the adapter
 *
 * Context: process
 */
void vwan_pump_init(struct vwan_adapter *adapter)
{
	spin_lock_init(&adapter->pump.lock);
	adapter->pump.stopped = true;
	INIT_LIST_HEAD(&adapter->pump.busy);
	INIT_DELAYED_WORK(&adapter->pump.work, pump_work);
}

/**
 * vwan_pump_start() - let data flow
 * @adapter: the adapter
 *
 * Context: process
 */
void vwan_pump_start(struct vwan_adapter *adapter)
{
	spin_lock_bh(&adapter->pump.lock);
	adapter->pump.stopped = false;
	spin_unlock_bh(&adapter->pump.lock);
}

/**
 * vwan_pump_kick() - look at all bearers again: their speed has changed
 * @adapter: the adapter
 *
 * Context: any
 */
void vwan_pump_kick(struct vwan_adapter *adapter)
{
	spin_lock_bh(&adapter->pump.lock);
	if (!adapter->pump.stopped && !list_empty(&adapter->pump.busy))
		mod_delayed_work(vwan_wq, &adapter->pump.work, 0);
	spin_unlock_bh(&adapter->pump.lock);
}

/**
 * vwan_pump_stop() - data stops; on return the pump has nothing in its hands
 * @adapter: the adapter; idempotent
 *
 * Context: process, may sleep
 */
void vwan_pump_stop(struct vwan_adapter *adapter)
{
	struct vwan_pump *pump = &adapter->pump;
	struct vwan_leg *leg;
	LIST_HEAD(busy);

	/* The gate first: a work that was cancelled is not queued again. */
	spin_lock_bh(&pump->lock);
	pump->stopped = true;
	spin_unlock_bh(&pump->lock);
	cancel_delayed_work_sync(&pump->work);

	spin_lock_bh(&pump->lock);
	list_splice_init(&pump->busy, &busy);
	spin_unlock_bh(&pump->lock);
	while ((leg = list_first_entry_or_null(&busy, struct vwan_leg, bearer.node))) {
		struct condis_vc *vc = leg->vc;

		list_del_init(&leg->bearer.node);
		spin_lock_bh(&leg->bearer.lock);
		leg->bearer.listed = false;
		spin_unlock_bh(&leg->bearer.lock);
		condis_vc_put(vc);
	}
}
