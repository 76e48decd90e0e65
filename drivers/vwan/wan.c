// SPDX-License-Identifier: GPL-2.0
/*
 * What a CoNDIS WAN protocol asks about a leg that carries its frames: OID_WAN_CO_*.
 *
 * The line carries what it is given and looks at no frame, so it takes any framing
 * and only remembers which one was agreed.  Memory for that, and for counting, is
 * had by a leg whose protocol has set the link's parameters: most calls have no
 * PPP.  It is set once, under adapter.lock, and read under RCU, because packets
 * arrive at a leg beside everything that happens to it.
 */
#include <linux/atomic.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "vwan.h"

/* What PPP puts around a packet: address and control, and the protocol. */
#define WAN_FRAMING_BYTES	4

#define WAN_FRAMING_BITS	(CONDIS_WAN_PPP_FRAMING | \
				 CONDIS_WAN_PPP_COMPRESS_ADDRESS_CONTROL | \
				 CONDIS_WAN_PPP_COMPRESS_PROTOCOL_FIELD)

/* Room for the answer, and a call that was connected? */
static int wan_leg_fits(struct condis_vc *vc, struct condis_oid_request *request, u32 size)
{
	int err = vwan_answer_fits(request, size);

	if (err)
		return err;
	if (!vc)
		return -EINVAL;
	return condis_vc_is_active(vc) ? 0 : -ENOTCONN;
}

static int wan_get_info(struct vwan_adapter *adapter, struct condis_oid_request *request)
{
	struct condis_wan_info *info = request->buf;
	int err = vwan_answer_fits(request, sizeof(*info));

	if (err)
		return err;
	memset(info, 0, sizeof(*info));
	info->max_frame = vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_SDU) - WAN_FRAMING_BYTES;
	info->max_send_window = vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_WINDOW);
	info->framing_bits = WAN_FRAMING_BITS;
	return 0;
}

static struct vwan_wan *wan_of(struct vwan_leg *leg)
{
	return rcu_dereference_protected(leg->wan, lockdep_is_held(&leg->adapter->lock));
}

static int wan_get_link_info(struct condis_vc *vc, struct condis_oid_request *request)
{
	struct condis_wan_link_info *info = request->buf;
	int err = wan_leg_fits(vc, request, sizeof(*info));
	struct vwan_leg *leg;
	struct vwan_wan *wan;

	if (err)
		return err;
	leg = vwan_leg_of(vc);
	memset(info, 0, sizeof(*info));
	info->max_send_frame = condis_vc_params(vc)->max_sdu;
	info->max_recv_frame = condis_vc_params(vc)->max_sdu;
	info->send_framing_bits = CONDIS_WAN_PPP_FRAMING;
	info->recv_framing_bits = CONDIS_WAN_PPP_FRAMING;
	spin_lock(&leg->adapter->lock);
	wan = wan_of(leg);
	if (wan)
		*info = wan->info;
	spin_unlock(&leg->adapter->lock);
	return 0;
}

/* Whether the line can carry such frames: each way PPP or each way not, and not too long. */
static bool wan_can(const struct condis_vc *vc, const struct condis_wan_link_info *info)
{
	u32 max_sdu = condis_vc_params(vc)->max_sdu;

	return info->max_send_frame && info->max_send_frame <= max_sdu &&
	       info->max_recv_frame && info->max_recv_frame <= max_sdu &&
	       !((info->send_framing_bits | info->recv_framing_bits) & ~WAN_FRAMING_BITS) &&
	       !((info->send_framing_bits ^ info->recv_framing_bits) & CONDIS_WAN_PPP_FRAMING);
}

static int wan_set_link_info(struct condis_vc *vc, struct condis_oid_request *request)
{
	const struct condis_wan_link_info *info = request->buf;
	int err = wan_leg_fits(vc, request, sizeof(*info));
	struct vwan_wan *wan, *fresh = NULL;
	struct vwan_leg *leg;

	if (err)
		return err;
	if (!wan_can(vc, info))
		return -EINVAL;
	leg = vwan_leg_of(vc);
	if (!rcu_access_pointer(leg->wan)) {
		fresh = kzalloc(sizeof(*fresh), GFP_KERNEL_ACCOUNT);
		if (!fresh)
			return -ENOMEM;
	}

	/* Requests come beside everything else: also beside the end of the leg. */
	spin_lock(&leg->adapter->lock);
	wan = wan_of(leg);
	if (!leg->attached || (!wan && !fresh)) {
		err = -ESHUTDOWN;
	} else if (wan) {
		wan->info = *info;
	} else {
		fresh->info = *info;
		rcu_assign_pointer(leg->wan, fresh);
		fresh = NULL;
	}
	spin_unlock(&leg->adapter->lock);
	kfree(fresh);
	return err;
}

static int wan_get_stats(struct condis_vc *vc, struct condis_oid_request *request)
{
	struct condis_wan_stats *stats = request->buf;
	int err = wan_leg_fits(vc, request, sizeof(*stats));
	struct vwan_wan *wan;

	if (err)
		return err;
	rcu_read_lock();
	wan = rcu_dereference(vwan_leg_of(vc)->wan);
	if (wan) {
		stats->bytes_sent = atomic64_read(&wan->bytes_sent);
		stats->bytes_received = atomic64_read(&wan->bytes_received);
		stats->frames_sent = atomic64_read(&wan->frames_sent);
		stats->frames_received = atomic64_read(&wan->frames_received);
		stats->lost = atomic64_read(&wan->lost);
	} else {
		err = -ENODATA;
	}
	rcu_read_unlock();
	return err;
}

/**
 * vwan_wan_request() - OID_WAN_CO_*
 * @adapter: who is asked
 * @vc: about which call, or NULL
 * @request: the request; answered at once
 *
 * Context: process; beside whatever else happens to the call, which the caller holds
 * Return: 0; -EMSGSIZE: @request->needed bytes are wanted; -EINVAL: a call is wanted, or the line
 * cannot carry such frames; -ENOTCONN: the call is not connected; -ENODATA: nothing is counted
 * before OID_WAN_CO_SET_LINK_INFO; -ESHUTDOWN: the call goes; -ENOMEM; -EOPNOTSUPP: none of these
 */
int vwan_wan_request(struct vwan_adapter *adapter, struct condis_vc *vc,
		     struct condis_oid_request *request)
{
	switch (request->oid) {
	case OID_WAN_CO_GET_INFO:
		return wan_get_info(adapter, request);
	case OID_WAN_CO_GET_LINK_INFO:
		return wan_get_link_info(vc, request);
	case OID_WAN_CO_SET_LINK_INFO:
		return wan_set_link_info(vc, request);
	case OID_WAN_CO_GET_STATS_INFO:
		return wan_get_stats(vc, request);
	default:
		return -EOPNOTSUPP;
	}
}

/**
 * vwan_wan_drop() - a leg is over
 * @leg: the leg, detached; idempotent
 *
 * Context: process
 */
void vwan_wan_drop(struct vwan_leg *leg)
{
	struct vwan_wan *wan;

	spin_lock(&leg->adapter->lock);
	wan = wan_of(leg);
	RCU_INIT_POINTER(leg->wan, NULL);
	spin_unlock(&leg->adapter->lock);
	if (wan)
		kfree_rcu(wan, rcu);
}

/**
 * vwan_wan_add_lost() - frames did not come to a leg
 * @leg: the leg
 * @frames: how many
 *
 * Context: any
 */
void vwan_wan_add_lost(const struct vwan_leg *leg, u32 frames)
{
	struct vwan_wan *wan;

	rcu_read_lock();
	wan = rcu_dereference(leg->wan);
	if (wan)
		atomic64_add(frames, &wan->lost);
	rcu_read_unlock();
}
