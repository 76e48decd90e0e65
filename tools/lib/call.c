// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * VCs and their calls, as the core sees them.
 */
#include <linux/genetlink.h>

#include "internal.h"

static int parse_call(const struct nlmsghdr *header, void *entry)
{
	struct condis_call_info *call = entry;
	const struct nlattr *attr;

	mnl_attr_for_each(attr, header, sizeof(struct genlmsghdr)) {
		switch (mnl_attr_get_type(attr)) {
		case CONDIS_A_CALL_ID:
			call->id = mnl_attr_get_u64(attr);
			break;
		case CONDIS_A_CALL_ADAPTER_ID:
			call->adapter_id = mnl_attr_get_u32(attr);
			break;
		case CONDIS_A_CALL_ADAPTER_NAME:
			condis_copy_string(call->adapter, sizeof(call->adapter), attr);
			break;
		case CONDIS_A_CALL_AF_TYPE:
			call->af_type = mnl_attr_get_u32(attr);
			break;
		case CONDIS_A_CALL_AF_ID:
			call->af_id = mnl_attr_get_u32(attr);
			break;
		case CONDIS_A_CALL_INCOMING:
			call->is_incoming = true;
			break;
		case CONDIS_A_CALL_STATE:
			condis_copy_string(call->state, sizeof(call->state), attr);
			break;
		case CONDIS_A_CALL_ACTIVATION:
			condis_copy_string(call->activation, sizeof(call->activation), attr);
			break;
		case CONDIS_A_CALL_LINE:
			call->line = mnl_attr_get_u32(attr);
			break;
		case CONDIS_A_CALL_ADDRESS:
			call->address = mnl_attr_get_u32(attr);
			break;
		case CONDIS_A_CALL_MEDIA_MODES:
			call->media_modes = mnl_attr_get_u32(attr);
			break;
		case CONDIS_A_CALL_CALLED:
			condis_copy_string(call->called, sizeof(call->called), attr);
			break;
		case CONDIS_A_CALL_CALLING:
			condis_copy_string(call->calling, sizeof(call->calling), attr);
			break;
		case CONDIS_A_CALL_AGE:
			call->age_ms = mnl_attr_get_u64(attr);
			break;
		case CONDIS_A_CALL_TX:
			call->tx = mnl_attr_get_u32(attr);
			break;
		case CONDIS_A_CALL_RX:
			call->rx = mnl_attr_get_u32(attr);
			break;
		case CONDIS_A_CALL_TX_PACKETS:
			call->tx_packets = mnl_attr_get_u64(attr);
			break;
		case CONDIS_A_CALL_RX_PACKETS:
			call->rx_packets = mnl_attr_get_u64(attr);
			break;
		case CONDIS_A_CALL_NETWORK_CALL:
			call->network_call = mnl_attr_get_u64(attr);
			break;
		default:
			break;
		}
	}
	return 0;
}

ssize_t condis_calls(struct condis_admin *admin, uint32_t adapter_id,
		     struct condis_call_info **list)
{
	struct condis_array array = { .size = sizeof(**list) };
	struct nlmsghdr *header;
	ssize_t length;

	header = condis_link_request(&admin->link, CONDIS_CMD_CALL_GET, NLM_F_DUMP);
	if (adapter_id)
		mnl_attr_put_u32(header, CONDIS_A_CALL_ADAPTER_ID, adapter_id);
	length = condis_link_dump(&admin->link, "list calls", &array, parse_call, NULL);
	*list = array.items;
	return length;
}
