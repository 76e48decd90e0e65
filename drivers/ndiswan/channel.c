// SPDX-License-Identifier: GPL-2.0
/*
 * The channel: frames as PPP over synchronous HDLC has them, without flags, stuffing
 * and checksum (RFC 1662, 3.1), and what PPP asks of it.
 */
#include <linux/netdevice.h>
#include <linux/ppp-ioctl.h>
#include <linux/ppp_defs.h>
#include <linux/uaccess.h>
#include <net/sock.h>

#include "ndiswan.h"

/* Flags that are the channel's to report, not PPP's to set. */
#define RECEIVE_FLAGS		(SC_RCV_B7_0 | SC_RCV_B7_1 | SC_RCV_EVNP | SC_RCV_ODDP)

/* What PPP puts in front of a packet by itself, for its filters. */
#define INPUT_HEADROOM		NDISWAN_PROTOCOL

/*
 * Whether this host's TCP or UDP has made a packet.  What is forwarded has no socket any more;
 * what comes by a raw socket has the checksum that somebody wanted it to have.
 */
static bool is_of_transport(const struct sock *sk)
{
	return sk && sk_fullsock(sk) && sk->sk_type != SOCK_RAW &&
	       (sk->sk_family == AF_INET || sk->sk_family == AF_INET6);
}

/*
 * Address and control before the protocol, unless they were negotiated away; LCP's own
 * packets have everything always.  False: there is no memory for it.
 */
static bool frame_push(struct ndiswan_link *link, struct sk_buff *skb)
{
	u32 flags = READ_ONCE(link->flags);
	bool lcp;

	if (!pskb_may_pull(skb, NDISWAN_PROTOCOL + 1))
		return false;
	/* A checksum that was made here needs no look if it comes out at a virtual far end. */
	if (skb->ip_summed == CHECKSUM_NONE && is_of_transport(skb->sk))
		skb->ip_summed = CHECKSUM_UNNECESSARY;
	lcp = (skb->data[0] << 8 | skb->data[1]) == PPP_LCP && skb->data[2] >= 1 &&
	      skb->data[2] <= 7;
	if (!skb->data[0] && flags & SC_COMP_PROT && !lcp)
		skb_pull(skb, 1);
	if (flags & SC_COMP_AC && !lcp)
		return true;
	if (skb_cow_head(skb, NDISWAN_HEADER))
		return false;
	skb_push(skb, NDISWAN_HEADER);
	skb->data[0] = PPP_ALLSTATIONS;
	skb->data[1] = PPP_UI;
	return true;
}

/* What frame_push() has done to a packet that was @len bytes long. */
static void frame_undo(struct sk_buff *skb, unsigned int len)
{
	if (skb->len > len)
		skb_pull(skb, NDISWAN_HEADER);
	if (skb->len < len)
		*(u8 *)skb_push(skb, 1) = 0;
}

/*
 * Bottom halves are off and PPP's locks are held: nothing of PPP's may be called
 * back.  1: the packet was taken, 0: it is PPP's still, and ppp_output_wakeup()
 * follows.
 *
 * That it has to wait is noted before the second try: whoever makes room makes it
 * before he looks for the note.
 */
static int channel_start_xmit(struct ppp_channel *channel, struct sk_buff *skb)
{
	struct ndiswan_link *link = channel->private;
	unsigned int len = skb->len;
	enum ndiswan_link_state state;
	bool framed = false;
	bool noted = false;
	int err;

	for (;;) {
		state = READ_ONCE(link->state);
		if (state == NDISWAN_LINK_DOWN)
			goto drop;
		if (state == NDISWAN_LINK_UP) {
			if (!framed && !frame_push(link, skb))
				goto drop;
			framed = true;
			err = condis_co_send(link->vc, skb);
			if (!err)
				return 1;
			/* Hung up, and the upcall is on its way; or it is too long. */
			if (err != -EAGAIN && err != -ENETDOWN)
				goto drop;
		}
		if (noted)
			break;
		noted = true;
		atomic_set(&link->blocked, 1);
		smp_mb();	/* pairs with ndiswan_link_wake() */
	}
	if (framed)
		frame_undo(skb, len);
	return 0;

drop:
	kfree_skb(skb);
	return 1;
}

/* Process context; the channel stays registered, and so the link, until this has returned. */
static int channel_ioctl(struct ppp_channel *channel, unsigned int cmd, unsigned long arg)
{
	struct ndiswan_link *link = channel->private;
	int __user *to = (int __user *)arg;
	u32 value;

	switch (cmd) {
	case PPPIOCGFLAGS:
		return put_user(READ_ONCE(link->flags), to);
	case PPPIOCSFLAGS:
		if (get_user(value, to))
			return -EFAULT;
		WRITE_ONCE(link->flags, value & ~RECEIVE_FLAGS);
		ndiswan_wan_tell(link);
		return 0;
	case PPPIOCGMRU:
		return put_user(READ_ONCE(link->mru), to);
	case PPPIOCSMRU:
		if (get_user(value, to))
			return -EFAULT;
		if (value > U16_MAX)
			return -EINVAL;
		WRITE_ONCE(link->mru, max_t(u32, value, PPP_MRU));
		ndiswan_wan_tell(link);
		return 0;
	default:
		return -ENOTTY;
	}
}

const struct ppp_channel_ops ndiswan_channel_ops = {
	.start_xmit = channel_start_xmit,
	.ioctl = channel_ioctl,
};

/* Take address and control off, and see to it that PPP can work on the rest. */
static bool frame_pull(struct ndiswan_link *link, struct sk_buff *skb)
{
	unsigned int compressed;

	/* Written by whoever has the far end's data file, perhaps. */
	if (!pskb_may_pull(skb, 1))
		return false;
	if (skb->data[0] == PPP_ALLSTATIONS) {
		if (!pskb_may_pull(skb, NDISWAN_HEADER + 1) || skb->data[1] != PPP_UI)
			return false;
		skb_pull(skb, NDISWAN_HEADER);
	}
	compressed = skb->data[0] & 1;
	if (!compressed && !pskb_may_pull(skb, NDISWAN_PROTOCOL))
		return false;
	if (skb->len + compressed > READ_ONCE(link->mru) + NDISWAN_PROTOCOL)
		return false;
	/* PPP makes a compressed protocol a whole one, in place, without a look at the room. */
	return skb_headroom(skb) >= INPUT_HEADROOM + compressed ||
	       !skb_cow_head(skb, INPUT_HEADROOM + compressed);
}

/**
 * ndiswan_channel_input() - give PPP a packet that has come
 * @link: the link
 * @skb: the packet
 *
 * Context: softirq, no lock held
 */
void ndiswan_channel_input(struct ndiswan_link *link, struct sk_buff *skb)
{
	if (frame_pull(link, skb)) {
		ppp_input(&link->channel, skb);
		return;
	}
	kfree_skb(skb);
	ppp_input_error(&link->channel, 0);
}
