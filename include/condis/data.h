/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Data clients: who takes a VC's packets in its client's place.
 *
 * Packets flow on leg A alone, whose client is NDPROXY.  NDISWAN, the client of
 * leg B, is given the VC of leg A with its offer (condis_vc_data()), and becomes its
 * data client.  A VC has one at a time:
 *
 *   none -> attached -> flowing -> none
 *
 *   attached  by condis_co_attach_data(): the VC is taken; packets still go to its
 *             client, who has some that came before
 *   flowing   by the client's condis_co_hand_over_data(): what had come first, then
 *             every packet, completion and status of the VC goes to the data client
 *   none      by condis_co_detach_data(), in any state, also of the VC's call: the
 *             VC's client gets what comes from here on
 *
 * A data client is to the miniport what a CoNDIS WAN protocol is: what it asks about the
 * link, OID_WAN_CO_*, it asks the miniport directly, about the VC that carries the data,
 * and not its own call manager: condis_co_data_oid_request().
 *
 * The data client's memory is its own.  The core reads it under RCU: who has
 * detached keeps it, and the handlers, for one grace period.
 */
#ifndef _CONDIS_DATA_H
#define _CONDIS_DATA_H

#include <condis/types.h>

struct condis_data_client;
struct sk_buff_head;

/**
 * struct condis_data_ops - the handlers of a data client
 * @receive: a packet has come, and is the data client's
 * @send_complete: a packet has come back with 0 or an error, and must be freed; NULL with 0: the
 *	miniport had a use for it. Also one that somebody else had sent; and one that the data
 *	client has sent goes to the VC's client if it comes back after the data client has detached
 * @status: of the VC
 * @oid_complete: the miniport has answered a request after all, with 0 or an error; what it says
 *	is valid until this returns; may be NULL. Also in process context
 *
 * All run in atomic context, under rcu_read_lock(), without a lock of the core's; @send_complete
 * also inside of condis_co_send(), and @receive inside of the far end's.
 */
struct condis_data_ops {
	void (*receive)(struct condis_data_client *client, struct sk_buff *skb);
	void (*send_complete)(struct condis_data_client *client, struct sk_buff *skb, int status);
	void (*status)(struct condis_data_client *client, const struct condis_status *status);
	void (*oid_complete)(struct condis_data_client *client, u32 oid, const void *buf, u32 len,
			     int status);
};

/**
 * struct condis_data_client - a data client, part of a larger structure of its own
 * @ops: its handlers
 * @flowing: the core's: packets go to it
 */
struct condis_data_client {
	const struct condis_data_ops *ops;
	bool flowing;
};

/* The data client's side. */
int condis_co_attach_data(struct condis_vc *vc, struct condis_data_client *client);
bool condis_co_detach_data(struct condis_vc *vc, struct condis_data_client *client);
int condis_co_set_tapi_call_id(struct condis_vc *vc, u32 id);
int condis_co_data_oid_request(struct condis_vc *vc, struct condis_data_client *client, u32 oid,
			       void *buf, u32 len);

/* The side of the VC's client. */
int condis_co_hand_over_data(struct condis_vc *vc, struct sk_buff_head *packets);
bool condis_co_pass_data(struct condis_vc *vc, struct sk_buff *skb);

#endif /* _CONDIS_DATA_H */
