/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The miniport's side: adapters, their life, and their data (NdisM*, Miniport*).
 *
 * Life of an adapter (condis.md 3.4):
 *
 *   condis_alloc_adapter()      Halted
 *   condis_register_adapter()   initialize() -> Paused -> restart() -> Running; protocols are bound
 *   condis_adapter_pause() ...  Running <-> Paused; calls stay
 *   condis_unregister_adapter() pause, unbind, halt(); nothing calls the driver afterwards
 *   condis_put_adapter()        the memory, with the private area, goes with the last reference
 */
#ifndef _CONDIS_MINIPORT_H
#define _CONDIS_MINIPORT_H

#include <condis/types.h>
#include <condis/oid.h>

/**
 * struct condis_miniport_ops - the handlers of a miniport
 * @initialize: MiniportInitializeEx: take resources, register address families
 * @halt: MiniportHaltEx: undo @initialize, also one that failed halfway; cancel timers and work
 *	synchronously. Every call, SAP and address family is already gone for the driver; no handler
 *	runs and none will. May sleep
 * @pause: MiniportPause: complete the sends it holds, take no new ones. 0, or -EINPROGRESS and
 *	condis_m_pause_complete(); cannot fail. May be NULL
 * @restart: MiniportRestart: 0, or an error that leaves the adapter paused. May be NULL
 * @reset: MiniportResetEx: 0, or -EINPROGRESS and condis_m_reset_complete(). NULL: -EOPNOTSUPP
 * @reconfigure: apply a change of the line table that was staged before condis_m_reconfigure(); no
 *	address family is open while it runs. May be NULL
 * @surprise_removal: the adapter is gone: answer nothing more from the device. Sends are not
 *	stopped yet, and the call manager's handlers may run. May be NULL
 * @send: MiniportCoSendNetBufferLists: take the packet; it ends in condis_m_send_complete().
 *	Atomic context, under rcu_read_lock(). NULL for a miniport without data
 * @oid_request: MiniportCoOidRequest (no address family given); may be NULL
 *
 * All but @send run in process context and are serialised by the adapter's control lock.
 */
struct condis_miniport_ops {
	int (*initialize)(struct condis_adapter *adapter);
	void (*halt)(struct condis_adapter *adapter, bool surprise);
	int (*pause)(struct condis_adapter *adapter);
	int (*restart)(struct condis_adapter *adapter);
	int (*reset)(struct condis_adapter *adapter);
	void (*reconfigure)(struct condis_adapter *adapter);
	void (*surprise_removal)(struct condis_adapter *adapter);
	void (*send)(struct condis_vc *vc, struct sk_buff *skb);
	int (*oid_request)(struct condis_adapter *adapter, struct condis_oid_request *req);
};

struct condis_adapter *condis_alloc_adapter(struct net *net, const char *name,
					    const struct condis_miniport_ops *ops,
					    size_t priv_size);
int condis_register_adapter(struct condis_adapter *adapter);
void condis_unregister_adapter(struct condis_adapter *adapter);
void condis_remove_adapter(struct condis_adapter *adapter, bool surprise);
void condis_hold_adapter(struct condis_adapter *adapter);
void condis_put_adapter(struct condis_adapter *adapter);

void *condis_adapter_priv(const struct condis_adapter *adapter);

int condis_adapter_pause(struct condis_adapter *adapter);
int condis_adapter_restart(struct condis_adapter *adapter);
int condis_adapter_reset(struct condis_adapter *adapter);
int condis_m_reconfigure(struct condis_adapter *adapter);

void condis_m_pause_complete(struct condis_adapter *adapter);
void condis_m_reset_complete(struct condis_adapter *adapter, int status);

void condis_m_indicate_status(struct condis_adapter *adapter, struct condis_vc *vc,
			      const struct condis_status *status);
int condis_m_indicate_receive(struct condis_vc *vc, struct sk_buff *skb);
void condis_m_send_complete(struct condis_vc *vc, struct sk_buff *skb, int status);

#endif /* _CONDIS_MINIPORT_H */
