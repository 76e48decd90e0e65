// SPDX-License-Identifier: GPL-2.0
/*
 * What the miniport says of a link, and is told of it: OID_WAN_CO_*, about leg A.
 *
 * No miniport has to know them.  One that does not carries what the call's parameters
 * say, and nothing here fails because of it.
 */
#include <linux/minmax.h>
#include <linux/ppp-ioctl.h>

#include "ndiswan.h"

/* The largest packet is the smaller one of the call's and the miniport's. */
static void wan_take_info(struct ndiswan_link *link, const struct condis_wan_info *info)
{
	/* No packet at all is what nobody can mean. */
	if (info->max_frame)
		WRITE_ONCE(link->max_frame, min(link->max_frame - NDISWAN_OVERHEAD,
						info->max_frame) + NDISWAN_OVERHEAD);
	ndiswan_link_set_mtu(link);
	WRITE_ONCE(link->framing_bits, info->framing_bits & NDISWAN_FRAMING_BITS);
}

/* Whether the miniport has heard a request, whatever it thinks of it. */
static bool wan_heard(int err)
{
	return err != -EAGAIN && err != -ENOTCONN && err != -ENOMEM;
}

/* OID_WAN_CO_GET_INFO, until it was heard; a later answer is ndiswan_wan_answered()'s. */
static void wan_ask(struct ndiswan_link *link)
{
	struct condis_wan_info info = {};
	int err;

	if (link->asked)
		return;
	err = condis_co_data_oid_request(link->vc, &link->data, OID_WAN_CO_GET_INFO, &info,
					 sizeof(info));
	if (!err)
		wan_take_info(link, &info);
	link->asked = wan_heard(err);
}

/**
 * ndiswan_wan_answered() - a miniport has answered after all
 * @link: the link
 * @oid: what
 * @buf: its answer
 * @len: bytes at @buf
 * @status: 0 or an error
 *
 * Context: any but hard interrupts, under rcu_read_lock()
 */
void ndiswan_wan_answered(struct ndiswan_link *link, u32 oid, const void *buf, u32 len,
			  int status)
{
	/* That it does not like what it was told changes nothing. */
	if (oid != OID_WAN_CO_GET_INFO || status || len < sizeof(struct condis_wan_info))
		return;
	wan_take_info(link, buf);
	/* It was told, or is just told, what was thought to be so without this. */
	ndiswan_link_tell(link);
}

/**
 * ndiswan_wan_tell() - OID_WAN_CO_SET_LINK_INFO: how the link's frames are from now on
 * @link: the link, attached once; the caller sees to it that it stays
 *
 * The first time the miniport is asked before what it has, OID_WAN_CO_GET_INFO.
 *
 * Context: process context, no spinlock held
 */
void ndiswan_wan_tell(struct ndiswan_link *link)
{
	struct condis_wan_link_info info = {};
	u32 flags, bits;

	/* So that what is said last is what is so. */
	mutex_lock(&link->telling);
	/* First: who ends the reset that refuses this looks for it after that. */
	WRITE_ONCE(link->untold, true);
	smp_mb();	/* pairs with ndiswan_link_retell() */
	wan_ask(link);
	flags = READ_ONCE(link->flags);
	bits = READ_ONCE(link->framing_bits);
	info.max_send_frame = READ_ONCE(link->max_frame);
	info.max_recv_frame = min(READ_ONCE(link->mru) + NDISWAN_OVERHEAD, link->max_sdu);
	info.send_framing_bits = CONDIS_WAN_PPP_FRAMING;
	if (flags & SC_COMP_AC)
		info.send_framing_bits |= CONDIS_WAN_PPP_COMPRESS_ADDRESS_CONTROL;
	if (flags & SC_COMP_PROT)
		info.send_framing_bits |= CONDIS_WAN_PPP_COMPRESS_PROTOCOL_FIELD;
	info.send_framing_bits &= bits;
	/* What comes is understood either way. */
	info.recv_framing_bits = bits;
	condis_delay_point("ndiswan.link.tell", condis_vc_id(link->vc));
	if (wan_heard(condis_co_data_oid_request(link->vc, &link->data, OID_WAN_CO_SET_LINK_INFO,
						 &info, sizeof(info))))
		WRITE_ONCE(link->untold, false);
	mutex_unlock(&link->telling);
}
