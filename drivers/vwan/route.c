// SPDX-License-Identifier: GPL-2.0
/*
 * Numbers: who can be dialled, and where a call goes.
 */
#include <linux/string.h>
#include <linux/stringhash.h>

#include "exchange.h"

static struct list_head *exchange_bucket(struct vwan_exchange *exchange, const char *number)
{
	u32 hash = full_name_hash(NULL, number, strlen(number));

	return &exchange->numbers[hash & ((1 << EXCHANGE_BITS) - 1)];
}

/**
 * vwan_route_lookup() - whether a number can be dialled at all
 * @exchange: the exchange
 * @number: the number
 *
 * Context: any
 * Return: 0 or the Q.850 cause why not
 */
u32 vwan_route_lookup(struct vwan_exchange *exchange, const char *number)
{
	u32 cause = Q850_UNALLOCATED_NUMBER;
	struct vwan_address *address;

	spin_lock(&exchange->lock);
	if (exchange->down) {
		cause = Q850_NETWORK_OUT_OF_ORDER;
	} else {
		list_for_each_entry(address, exchange_bucket(exchange, number), node) {
			if (!strcmp(address->number, number)) {
				cause = 0;
				break;
			}
		}
	}
	spin_unlock(&exchange->lock);
	return cause;
}

/* Of several reasons why a hunt group cannot be reached, the one that tells most. */
static unsigned int cause_rank(u32 cause)
{
	static const u8 order[] = {
		Q850_UNALLOCATED_NUMBER, Q850_DESTINATION_OUT_OF_ORDER, Q850_NO_USER_RESPONDING,
		Q850_INCOMPATIBLE_DESTINATION, Q850_SWITCHING_CONGESTION, Q850_USER_BUSY,
		Q850_NO_ANSWER,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(order); i++)
		if (order[i] == cause)
			return i + 1;
	return 0;
}

/* What a call to this address meets: 0 and a SAP with a reference, or a cause. */
static u32 address_try(const struct vwan_address *address, u32 media_modes,
		       struct condis_sap **sap)
{
	switch (vwan_knob(address->adapter, CONDIS_VWAN_A_ADAPTER_FAULT)) {
	case CONDIS_VWAN_FAULT_BUSY:
		return Q850_USER_BUSY;
	case CONDIS_VWAN_FAULT_NO_ANSWER:
		return Q850_NO_ANSWER;
	case CONDIS_VWAN_FAULT_CONGESTION:
		return Q850_SWITCHING_CONGESTION;
	case CONDIS_VWAN_FAULT_UNREACHABLE:
		return Q850_DESTINATION_OUT_OF_ORDER;
	case CONDIS_VWAN_FAULT_UNKNOWN:
		return Q850_UNALLOCATED_NUMBER;
	default:
		return vwan_line_offer(address, media_modes, sap);
	}
}

/**
 * vwan_route_find() - hunt: the next address of a number that can take a call
 * @exchange: the exchange
 * @params: the call
 * @route: zeroed; out: where it goes
 *
 * The address goes to the end of the row, so that the next call begins behind it.
 *
 * Context: any
 * Return: 0 and a SAP with a reference, or the Q.850 cause that tells most
 */
u32 vwan_route_find(struct vwan_exchange *exchange, const struct condis_call_params *params,
		    struct vwan_route *route)
{
	struct list_head *bucket = exchange_bucket(exchange, params->called);
	u32 cause, worst = Q850_UNALLOCATED_NUMBER;
	struct vwan_address *address;

	spin_lock(&exchange->lock);
	list_for_each_entry(address, bucket, node) {
		if (strcmp(address->number, params->called))
			continue;
		cause = address_try(address, params->media_modes, &route->sap);
		if (!cause) {
			worst = 0;
			route->address = *address;
			list_move_tail(&address->node, bucket);
			break;
		}
		if (cause == Q850_NO_ANSWER) {
			route->no_answer_alert = vwan_knob(address->adapter,
							   CONDIS_VWAN_A_ADAPTER_ALERT_DELAY);
			route->no_answer_time = vwan_knob(address->adapter,
							  CONDIS_VWAN_A_ADAPTER_T301);
		}
		if (cause_rank(cause) > cause_rank(worst))
			worst = cause;
	}
	if (exchange->down)
		worst = Q850_NETWORK_OUT_OF_ORDER;
	spin_unlock(&exchange->lock);

	if (worst && route->sap) {
		condis_sap_put(route->sap);
		route->sap = NULL;
	}
	return worst;
}

/**
 * vwan_route_join() - an adapter's numbers can be dialled from now on
 * @adapter: the adapter
 *
 * Context: process
 */
void vwan_route_join(struct vwan_adapter *adapter)
{
	struct vwan_exchange *exchange = adapter->exchange;
	struct vwan_table *table = adapter->table;
	struct vwan_address *address;
	u32 i;

	spin_lock(&exchange->lock);
	for (i = 0; i < table->addresses; i++) {
		address = &table->address[i];
		if (!address->number[0])
			continue;
		list_add_tail(&address->node, exchange_bucket(exchange, address->number));
		exchange->nr_numbers++;
	}
	spin_unlock(&exchange->lock);
}

/**
 * vwan_route_leave() - an adapter's numbers cannot be dialled any more; idempotent
 * @adapter: the adapter
 *
 * Context: process
 */
void vwan_route_leave(struct vwan_adapter *adapter)
{
	struct vwan_exchange *exchange = adapter->exchange;
	struct vwan_table *table = adapter->table;
	u32 i;

	if (!exchange || !table)
		return;
	spin_lock(&exchange->lock);
	for (i = 0; i < table->addresses; i++) {
		if (list_empty(&table->address[i].node))
			continue;
		list_del_init(&table->address[i].node);
		exchange->nr_numbers--;
	}
	spin_unlock(&exchange->lock);
}
