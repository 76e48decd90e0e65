/* SPDX-License-Identifier: GPL-2.0 */
/*
 * NDISWAN: the data client of calls, a channel of the kernel's own PPP for each.
 *
 * It opens the family TAPI wherever a call manager serves it, listens there for
 * calls of the device class "NDIS", and accepts every one.  It knows neither who the
 * call manager is nor who the miniport.
 *
 * Objects, from the top:
 *
 *   wan     one binding: its family, its SAP; the core's memory (a binding's area)
 *   call    leg B as we have it; the core's memory (a VC's area)
 *   link    a PPP channel, and the VC of leg A that carries its packets; our memory
 *
 * A link:
 *
 *   NEW     the channel is registered and attached to leg A; packets that come wait in
 *           the channel (PPP keeps 32), nothing is sent
 *   UP      the call is connected: packets flow both ways
 *   HELD    as NEW: the adapter is paused, or is being reset
 *   DOWN    nothing is sent, and what comes is lost; the work is on its way
 *
 * A link is its call's as long as the call points to it.  Whoever takes that pointer,
 * once, under wan.lock, takes the link down: link_down(), which never waits.  Packets
 * that are under way find it DOWN.  A grace period later a work of its own unregisters
 * the channel, which may wait for another one, gives up leg A's VC and frees the link;
 * the works of many links run beside each other, and share their grace periods.  The
 * module's exit waits for the last.
 *
 * So at the end of a call: link down, leg B closed, both in the handler that tells of
 * it.  Our packets that the miniport still has come back to leg A's client, who frees
 * them like his own, or gives them up when he closes leg A.
 *
 * References: a link holds the VC of leg A.  The PPP channel holds the network
 * namespace, until it is unregistered.  Nothing holds us: a channel's text is ours, so
 * the exit of the module is the end of the last channel.
 *
 * What the miniport is to know of a link, OID_WAN_CO_*, it is told when the link is made and
 * whenever PPP changes it, by who does that.  What a reset came in the way of a work tells
 * afterwards.  Nobody waits for an answer.
 *
 * Locks, outermost first:
 *
 *   link.telling        one who tells the miniport of a link at a time; a mutex
 *   wan.lock (BH)       the family, calls, and which link is whose
 *   link.lock (BH)      a link's state and what was received; also taken alone
 *   softirq.lock (BH)   links that wait for a CPU's softirq
 *
 * and, around link.lock, PPP's own: channel.upl, ppp.wlock, channel.downl.  None of ours
 * is held over a function of the core's or of PPP's.
 *
 * Context.  Packets come and go where the miniport likes, also inside of the far
 * end's start_xmit(), under its locks: what PPP is to hear of, packets and room to
 * send, it hears from a softirq.  Each link is with one CPU's at a time, so its packets
 * keep their order.
 */
#ifndef _NDISWAN_H
#define _NDISWAN_H

#include <linux/atomic.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/ppp_channel.h>
#include <linux/ppp_defs.h>
#include <linux/skbuff.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>
#include <condis/client.h>
#include <condis/data.h>
#include <condis/delay.h>
#include <condis/oid.h>

struct net;

/* Address and control, and the protocol: what a frame has before its data. */
#define NDISWAN_HEADER		2
#define NDISWAN_PROTOCOL	2
#define NDISWAN_OVERHEAD	(NDISWAN_HEADER + NDISWAN_PROTOCOL)

/* What a frame of ours can be. */
#define NDISWAN_FRAMING_BITS	(CONDIS_WAN_PPP_FRAMING | \
				 CONDIS_WAN_PPP_COMPRESS_ADDRESS_CONTROL | \
				 CONDIS_WAN_PPP_COMPRESS_PROTOCOL_FIELD)

/* Packets that wait for a softirq, of one link. */
#define NDISWAN_QUEUE_MAX	512

/* Receive errors that PPP has not been told of, of one link; it counts them one by one. */
#define NDISWAN_LOST_MAX	65536

/**
 * struct ndiswan_wan - our area of a binding
 * @binding: the binding
 * @lock: protects everything below
 * @af: the family, once it is open and until it is closed
 * @sap: where we listen, once it is registered and until we deregister
 * @calls: calls, from the making of the VC to its deletion
 * @uses: who is asking something of @af; the last one closes it
 * @opening: open_af_complete() is to come
 * @closing: @af is closed, or is going to be after the last use
 * @paused: the adapter is paused: links are held
 * @resetting: it is being reset: likewise
 * @notified: the call manager has asked for the close, and waits for our word
 * @leaving: it is not opened again
 */
struct ndiswan_wan {
	struct condis_binding *binding;
	spinlock_t lock;	/* see above */
	struct condis_af *af;
	struct condis_sap *sap;
	struct list_head calls;
	unsigned int uses;
	bool opening;
	bool closing;
	bool paused;
	bool resetting;
	bool notified;
	bool leaving;
};

struct ndiswan_link;

/**
 * struct ndiswan_call - our area of a VC, all under wan.lock
 * @vc: the VC, leg B
 * @node: in wan.calls
 * @link: its link, as long as that is up
 * @offered: there is a call that can be closed
 * @closing: its close was asked for
 */
struct ndiswan_call {
	struct condis_vc *vc;
	struct list_head node;
	struct ndiswan_link *link;
	bool offered;
	bool closing;
};

/* How far a link is. */
enum ndiswan_link_state {
	NDISWAN_LINK_NEW,
	NDISWAN_LINK_UP,
	NDISWAN_LINK_HELD,
	NDISWAN_LINK_DOWN,
};

/**
 * struct ndiswan_link - a PPP channel over a call
 * @channel: for PPP
 * @data: for leg A
 * @vc: leg A (a reference)
 * @state: enum ndiswan_link_state; written under @lock
 * @blocked: PPP was refused a packet and is to be told when there is room
 * @max_sdu: bytes of the longest frame that the call carries, either way
 * @max_frame: bytes of the longest frame that may be sent
 * @framing_bits: CONDIS_WAN_PPP_* that the miniport has
 * @flags: SC_* that PPP has set
 * @mru: bytes of the longest packet that PPP takes
 * @telling: held by who tells the miniport of them
 * @asked: it was asked what it has, under @telling
 * @untold: there is something that it has not heard
 * @tell: tells it
 * @lock: protects what follows
 * @received: packets for PPP
 * @node: in a CPU's list, or empty
 * @cpu: which one, while it is in that list
 * @listed: a softirq has it, or will: then it is in nobody else's list
 * @wake: PPP is to be told that there is room
 * @lost: packets that were lost on the way here, or for which there was no room, since PPP was
 *	told of them
 * @work: unregisters the channel
 */
struct ndiswan_link {
	struct ppp_channel channel;
	struct condis_data_client data;
	struct condis_vc *vc;
	enum ndiswan_link_state state;
	atomic_t blocked;
	u32 max_sdu;
	u32 max_frame;
	u32 framing_bits;
	u32 flags;
	u32 mru;
	struct mutex telling;	/* see above */
	bool asked;
	bool untold;
	struct work_struct tell;

	spinlock_t lock;	/* see above */
	struct sk_buff_head received;
	struct list_head node;
	unsigned int cpu;
	bool listed;
	bool wake;
	unsigned int lost;
	struct rcu_work work;
};

/* protocol.c */
extern struct condis_protocol ndiswan_protocol;
bool ndiswan_wan_use(struct ndiswan_wan *wan);
void ndiswan_wan_unuse(struct ndiswan_wan *wan);

/* call.c */
int ndiswan_create_vc(struct condis_vc *vc);
void ndiswan_delete_vc(struct condis_vc *vc);
void ndiswan_make_call_complete(struct condis_vc *vc, int status, u32 cause);
int ndiswan_incoming_call(struct condis_vc *vc, struct condis_sap *sap,
			  const struct condis_call_params *params);
void ndiswan_call_connected(struct condis_vc *vc);
void ndiswan_incoming_close_call(struct condis_vc *vc, u32 cause);
void ndiswan_close_call_complete(struct condis_vc *vc);
void ndiswan_calls_close(struct ndiswan_wan *wan);
void ndiswan_calls_forget(struct ndiswan_wan *wan);
void ndiswan_calls_hold(struct ndiswan_wan *wan, bool *why, bool hold);

/* link.c */
int ndiswan_links_init(void);
void ndiswan_links_exit(void);
struct ndiswan_link *ndiswan_link_create(struct condis_vc *data);
void ndiswan_link_up(struct ndiswan_link *link, bool held);
void ndiswan_link_hold(struct ndiswan_link *link, bool hold);
void ndiswan_link_wake(struct ndiswan_link *link);
void ndiswan_link_down(struct ndiswan_link *link);
/*
 * What multilink fills a fragment up to, its header included: what every peer takes, for PPP
 * does not say to a channel what this one does.
 */
static inline void ndiswan_link_set_mtu(struct ndiswan_link *link)
{
	WRITE_ONCE(link->channel.mtu, min_t(u32, link->max_frame - NDISWAN_OVERHEAD, PPP_MRU));
}

void ndiswan_link_tell(struct ndiswan_link *link);
void ndiswan_link_retell(struct ndiswan_link *link);

/* wan.c */
void ndiswan_wan_tell(struct ndiswan_link *link);
void ndiswan_wan_answered(struct ndiswan_link *link, u32 oid, const void *buf, u32 len,
			  int status);

/* channel.c */
extern const struct ppp_channel_ops ndiswan_channel_ops;
void ndiswan_channel_input(struct ndiswan_link *link, struct sk_buff *skb);

/* softirq.c */
int ndiswan_softirq_init(void);
void ndiswan_softirq_exit(void);
void ndiswan_softirq_raise(struct ndiswan_link *link);
void ndiswan_softirq_cancel(struct ndiswan_link *link);

#endif /* _NDISWAN_H */
