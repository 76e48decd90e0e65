// SPDX-License-Identifier: GPL-2.0
/*
 * Data clients: a VC whose packets are not its client's, and the other VC of the
 * same call, by which the data client hears of that.
 */
#include <linux/netdevice.h>
#include <linux/rcupdate.h>
#include <linux/skbuff.h>
#include <condis/data.h>

#include "core.h"

/**
 * condis_co_attach_data() - take a VC's packets, as soon as its client hands them over
 * @vc: the VC, of somebody else's connected call; held by the caller
 * @client: the data client; its handlers may run until a grace period after
 *	condis_co_detach_data()
 *
 * Return: 0; -EINVAL (an argument is missing); -EOPNOTSUPP (the call manager is a stand-alone one:
 * its calls carry no data); -ENOTCONN (the call is not connected, or not any more); -EBUSY (there
 * is a data client)
 *
 * Context: any but hard interrupts
 */
int condis_co_attach_data(struct condis_vc *vc, struct condis_data_client *client)
{
	int err = 0;

	if (IS_ERR_OR_NULL(vc) || !client || !client->ops || !client->ops->receive ||
	    !client->ops->send_complete)
		return -EINVAL;
	if (!condis_use(&vc->upcalls, CONDIS_BY_NOBODY))
		return -ENOTCONN;
	if (vc->af->family->binding)
		return -EOPNOTSUPP;

	WRITE_ONCE(client->flowing, false);
	spin_lock_bh(&vc->upcalls.lock);
	if (vc->call != CONDIS_CALL_CONNECTED)
		err = -ENOTCONN;
	else if (rcu_access_pointer(vc->data_client))
		err = -EBUSY;
	else
		rcu_assign_pointer(vc->data_client, client);
	spin_unlock_bh(&vc->upcalls.lock);
	condis_delay_point("data.attached", vc->id);
	return err;
}
EXPORT_SYMBOL_GPL(condis_co_attach_data);

/**
 * condis_co_detach_data() - give a VC's packets back to its client
 * @vc: the VC, held by the caller; it may be deleted
 * @client: who had them
 *
 * Handlers that run go on: what they use is to stay for a grace period.  Nothing
 * that was sent is given up: it comes back to the VC's client.
 *
 * Return: whether @client was the VC's data client
 *
 * Context: any but hard interrupts; waits for nobody
 */
bool condis_co_detach_data(struct condis_vc *vc, struct condis_data_client *client)
{
	bool detached;

	if (!condis_use(&vc->upcalls, CONDIS_BY_NOBODY))
		return false;
	spin_lock_bh(&vc->upcalls.lock);
	detached = rcu_access_pointer(vc->data_client) == client;
	if (detached)
		RCU_INIT_POINTER(vc->data_client, NULL);
	spin_unlock_bh(&vc->upcalls.lock);
	condis_delay_point("data.detached", vc->id);
	return detached;
}
EXPORT_SYMBOL_GPL(condis_co_detach_data);

/**
 * condis_co_hand_over_data() - let packets flow to a VC's data client
 * @vc: the caller's VC, as its client
 * @packets: what has come before, oldest first; given to the data client before anything that
 *	comes from here on, and empty then
 *
 * A receive() of the client's may be running: what it has in its hands it passes on
 * by condis_co_pass_data().  It must know by a lock, held here, which of the two it is.
 *
 * Return: 0; -ENOTCONN (there is no data client, and nothing was handed over); -EALREADY (they
 * flow)
 *
 * Context: any but hard interrupts; the data client's receive() runs inside
 */
int condis_co_hand_over_data(struct condis_vc *vc, struct sk_buff_head *packets)
{
	struct condis_data_client *client;
	struct sk_buff *skb;
	int err = 0;

	if (!condis_use(&vc->upcalls, CONDIS_BY_CLIENT))
		return -ENOTCONN;
	rcu_read_lock();
	client = rcu_dereference(vc->data_client);
	if (!client) {
		err = -ENOTCONN;
	} else if (READ_ONCE(client->flowing)) {
		err = -EALREADY;
	} else {
		while ((skb = __skb_dequeue(packets)))
			client->ops->receive(client, skb);
		/* Who sees it comes after those. */
		smp_store_release(&client->flowing, true);
	}
	rcu_read_unlock();
	return err;
}
EXPORT_SYMBOL_GPL(condis_co_hand_over_data);

/**
 * condis_co_pass_data() - a packet has come to a VC's client that is its data client's
 * @vc: the caller's VC, as its client
 * @skb: the packet; with true it is not the caller's any more
 *
 * Return: whether packets flow to a data client
 *
 * Context: any but hard interrupts; the data client's receive() runs inside
 */
bool condis_co_pass_data(struct condis_vc *vc, struct sk_buff *skb)
{
	struct condis_data_client *client;

	rcu_read_lock();
	client = condis_data_client(vc);
	if (client)
		client->ops->receive(client, skb);
	rcu_read_unlock();
	return client;
}
EXPORT_SYMBOL_GPL(condis_co_pass_data);

/**
 * condis_cm_set_data_vc() - say which VC carries the data of a call that is going to be offered
 * @vc: a VC of a stand-alone call manager's making, before its offer
 * @data: that VC, of which the caller is the client; held as long as @vc is there
 *
 * Context: any
 */
void condis_cm_set_data_vc(struct condis_vc *vc, struct condis_vc *data)
{
	if (WARN_ON_ONCE(vc->data_vc || vc == data))
		return;
	condis_vc_hold(data);
	WRITE_ONCE(vc->data_vc, data);
}
EXPORT_SYMBOL_GPL(condis_cm_set_data_vc);

/**
 * condis_vc_data() - which VC carries a call's data
 * @vc: a VC of the family TAPI
 *
 * Return: that VC with a reference, for condis_vc_put(); NULL if the call manager has named none
 *
 * Context: any, once the call is offered
 */
struct condis_vc *condis_vc_data(struct condis_vc *vc)
{
	struct condis_vc *data = vc->data_vc;

	if (data)
		condis_vc_hold(data);
	return data;
}
EXPORT_SYMBOL_GPL(condis_vc_data);

/**
 * condis_co_set_tapi_call_id() - say by which number a call's data client is known
 * @vc: the VC on which the call is offered
 * @id: the number, not 0: a channel of the kernel's PPP
 *
 * Given before the call is accepted.
 *
 * Return: 0; -EINVAL (no @vc, or 0)
 *
 * Context: any
 */
int condis_co_set_tapi_call_id(struct condis_vc *vc, u32 id)
{
	if (IS_ERR_OR_NULL(vc) || !id)
		return -EINVAL;
	WRITE_ONCE(vc->tapi_call_id, id);
	return 0;
}
EXPORT_SYMBOL_GPL(condis_co_set_tapi_call_id);

/**
 * condis_co_get_tapi_call_id() - NdisCoGetTapiCallId: what an application is told
 * @vc: the VC, of an accepted call
 *
 * Return: the number; -ENOENT: the client has given none
 *
 * Context: any
 */
int condis_co_get_tapi_call_id(const struct condis_vc *vc)
{
	u32 id = READ_ONCE(vc->tapi_call_id);

	return id && id <= INT_MAX ? id : -ENOENT;
}
EXPORT_SYMBOL_GPL(condis_co_get_tapi_call_id);

/**
 * condis_cm_binding() - whose an opened address family is
 * @af: the family
 *
 * Return: the stand-alone call manager's binding, valid as long as the family is open; NULL: it is
 * the adapter's own
 *
 * Context: any
 */
struct condis_binding *condis_cm_binding(const struct condis_af *af)
{
	return af->family->binding;
}
EXPORT_SYMBOL_GPL(condis_cm_binding);

/**
 * condis_cm_is_cut_off() - whether a call manager hears of a VC no more
 * @vc: the VC, held by the caller
 *
 * The rundown does so with everybody's call managers at once, a stand-alone one's
 * among them, whose protocol is asked to unbind after that.
 *
 * Return: true: what it waits for will not come, and what it owed was answered for it
 *
 * Context: any; false may be old
 */
bool condis_cm_is_cut_off(const struct condis_vc *vc)
{
	return READ_ONCE(vc->af->family->gone) || READ_ONCE(vc->cm_gone);
}
EXPORT_SYMBOL_GPL(condis_cm_is_cut_off);

/**
 * condis_adapter_get_net() - an adapter's network namespace
 * @adapter: the adapter
 *
 * Return: the namespace, for put_net(); NULL if it goes away
 *
 * Context: process context or softirq
 */
struct net *condis_adapter_get_net(struct condis_adapter *adapter)
{
	return adapter->home ? condis_net_enter(adapter->home) : NULL;
}
EXPORT_SYMBOL_GPL(condis_adapter_get_net);
