/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Leg B of a call: NDPROXY as the stand-alone call manager of whoever takes the
 * call's data, which is NDISWAN.
 *
 * The family TAPI is served on every binding.  Its client listens by a SAP of the
 * device class "NDIS"; there is one.  Whoever asks the data file of a connected call
 * for its PPP channel makes leg B: a VC that says which VC carries the data (leg A),
 * offered to that client for outgoing and incoming calls alike.
 *
 *   MAKING      the VC is made and offered by whoever asked
 *   OFFERED     the client thinks about it
 *   CONNECTING  the client has accepted, and has attached itself to leg A's data; what
 *               has come so far is handed to it, and it is told
 *   UP          the channel's number is known
 *   CLOSING     the client was told to close, or closes
 *   GONE        nothing will be said or heard of the VC
 *
 * In MAKING and CONNECTING somebody speaks for the call manager, and looks when he has
 * finished whether the leg is to be closed; in OFFERED and UP whoever closes it says so
 * himself.  A word to the core may be on its way when the client's close comes
 * (@speaking): then who says it completes that close, so nothing is said of a VC that
 * was deleted.
 *
 * The end: leg A is closed when leg B is gone, so that NDISWAN has stopped by then.
 * Each way of ending leg B comes to leg_b_end(), once: the client's close or its
 * rejection, an offer that cannot be made, and, where the rundown has cut us off so that
 * no word comes, whoever finds that out: he who closes, or the unbind.  Nothing is waited
 * for and nothing allocated.  A client that does not close is closed for by the core.
 *
 * References: call.leg_b and the VC's area share one, given up by leg_b_end(); who works
 * with it has one of his own.  It holds the call and the VC.  Everything is under
 * adapter.lock.
 *
 * A leg without anybody's last word is in its adapter's list, and ends with the binding
 * at the latest.
 */
#ifndef _NDPROXY_LEG_B_H
#define _NDPROXY_LEG_B_H

#include <linux/list.h>
#include <linux/types.h>

struct condis_binding;
struct condis_sap;
struct ndproxy_binding;
struct ndproxy_call;

/**
 * struct ndproxy_family - what a binding has of the family TAPI, which it serves
 * @sap: where the client of the class "NDIS" listens, or NULL
 * @afs: opened families
 * @legs: legs B
 *
 * All under adapter.lock.
 */
struct ndproxy_family {
	struct condis_sap *sap;
	struct list_head afs;
	struct list_head legs;
};

void ndproxy_family_init(struct ndproxy_family *family);
int ndproxy_family_register(struct condis_binding *binding);
void ndproxy_family_leave(struct ndproxy_binding *adapter);
void ndproxy_family_gone(struct ndproxy_binding *adapter);

int ndproxy_leg_b_open(struct ndproxy_call *call);
bool ndproxy_leg_b_close(struct ndproxy_call *call, u32 cause, bool close_a);

#endif /* _NDPROXY_LEG_B_H */
