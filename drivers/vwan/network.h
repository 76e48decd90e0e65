/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The network control device, as the user's side of a call sees it.
 *
 * The built-in exchange (exchange.c) is the first implementation.  One that
 * carries calls between hosts supplies the same functions and calls
 *
 *   vwan_leg_make_incoming()  to bring an incoming call to a SAP; the SETUP itself
 *                             follows as a message
 *   vwan_leg_receive()        from run(), for each message to the user
 *   vwan_bearer_through()     when the far end can take data; if that is a leg of this
 *                             machine, packets that meet no delay arrive there without
 *                             carry()
 *   vwan_bearer_cut()         before such a leg takes no data any more, and before
 *                             drop() returns: of both legs
 *   vwan_bearer_arrive()      from carry(), at the far end
 *
 * All functions but carry() run in the serialised context of the leg's VC, or,
 * for drop(), after its last handler.  A network that has something to say to a
 * leg calls condis_mcm_post_signal() on its VC and says it in run().
 */
#ifndef _VWAN_NETWORK_H
#define _VWAN_NETWORK_H

#include "vwan.h"

/**
 * struct vwan_network_ops - a network
 * @name: its name
 * @join: the adapter's numbers can be dialled from now on
 * @leave: they cannot, and no call finds the adapter any more; calls that it has are dropped one
 *	by one afterwards. Idempotent
 * @start: make a call for a leg that is about to send its SETUP: everything that its end will need
 *	is reserved here. -ENOMEM
 * @transmit: take a message of the user. Cannot fail; what cannot be carried is lost
 * @run: give the leg what is due for it and do what the network has to do for it. Puts the time,
 *	in jiffies, at which there will be more to do into @next; false: nothing is to be expected
 * @through: the user has switched its end of the bearer through
 * @carry: take packets to the far end; @lost more did not survive. Any context
 * @restart: the adapter has lost its medium: the call ends for the leg by RESTART. Any process
 *	context
 * @drop: the leg is gone. What is still to come for it is late; the far end is cleared with @cause.
 *	Idempotent
 */
struct vwan_network_ops {
	const char *name;
	void (*join)(struct vwan_adapter *adapter);
	void (*leave)(struct vwan_adapter *adapter);
	int (*start)(struct vwan_leg *leg);
	void (*transmit)(struct vwan_leg *leg, enum q931_message message, u32 cause);
	bool (*run)(struct vwan_leg *leg, unsigned long *next);
	void (*through)(struct vwan_leg *leg);
	void (*carry)(struct vwan_leg *leg, struct sk_buff_head *packets, u32 lost);
	void (*restart)(struct vwan_leg *leg, u32 cause);
	void (*drop)(struct vwan_leg *leg, u32 cause);
};

#endif /* _VWAN_NETWORK_H */
