// SPDX-License-Identifier: GPL-2.0
/*
 * Netlink: what there is.  Kinds, counts, calls.
 *
 * Nothing here holds an object longer than one message takes to fill.
 */
#include <linux/jiffies.h>
#include <net/net_namespace.h>
#include <net/sock.h>

#include "core.h"
#include "net.h"
#include "netlink.h"

const struct nla_policy condis_call_policy[CONDIS_A_CALL_ADAPTER_ID + 1] = {
	[CONDIS_A_CALL_ADAPTER_ID] = NLA_POLICY_MIN(NLA_U32, 1),
};

static void *begin(struct sk_buff *skb, struct netlink_callback *cb, u8 cmd)
{
	return genlmsg_put(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq,
			   &condis_genl_family, NLM_F_MULTI, cmd);
}

/**
 * condis_nl_kind_dump() - CONDIS_CMD_KIND_GET
 * @skb: the message to fill
 * @cb: the dump; ctx holds the next index
 *
 * Context: Process context.
 * Return: Bytes filled; 0 at the end.
 */
int condis_nl_kind_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	u32 *next = (u32 *)cb->ctx;
	char name[CONDIS_NAME_SIZE];
	void *header;

	while (condis_kind_name_at(*next, name)) {
		header = begin(skb, cb, CONDIS_CMD_KIND_GET);
		if (!header)
			break;
		if (nla_put_string(skb, CONDIS_A_KIND_NAME, name)) {
			genlmsg_cancel(skb, header);
			break;
		}
		genlmsg_end(skb, header);
		(*next)++;
	}
	return skb->len;
}

static u32 in_flight(const atomic_t *flow)
{
	return atomic_read(flow) & ~CONDIS_FLOW_CLOSED;
}

/* Packets in flight on all VCs of an adapter; while they fly a sum may be off by some. */
static void sum_packets(const struct condis_adapter *adapter, u32 *tx, u32 *rx)
{
	int sent = 0, received = 0;
	unsigned int i;

	for (i = 0; i < CONDIS_FLIGHTS; i++) {
		sent += atomic_read(&adapter->flights[i].tx);
		received += atomic_read(&adapter->flights[i].rx);
	}
	*tx = max(sent, 0);
	*rx = max(received, 0);
}

static int fill_adapter_counts(struct sk_buff *skb, struct condis_adapter *adapter)
{
	static const u8 counts[CONDIS_NR_COUNTS] = {
		[CONDIS_COUNT_BINDING] = CONDIS_A_COUNT_BINDINGS,
		[CONDIS_COUNT_AF] = CONDIS_A_COUNT_AFS,
		[CONDIS_COUNT_SAP] = CONDIS_A_COUNT_SAPS,
		[CONDIS_COUNT_VC] = CONDIS_A_COUNT_VCS,
		[CONDIS_COUNT_REQUEST] = CONDIS_A_COUNT_REQUESTS,
		[CONDIS_COUNT_STANDING] = CONDIS_A_COUNT_STANDING,
	};
	static const u8 lates[CONDIS_NR_LATES] = {
		[CONDIS_LATE_COMPLETION] = CONDIS_A_COUNT_LATE_COMPLETIONS,
		[CONDIS_LATE_DISPATCH] = CONDIS_A_COUNT_LATE_DISPATCHES,
		[CONDIS_LATE_SEND] = CONDIS_A_COUNT_LATE_SENDS,
		[CONDIS_LATE_RECEIVE] = CONDIS_A_COUNT_LATE_RECEIVES,
		[CONDIS_LATE_FORCED] = CONDIS_A_COUNT_FORCED,
	};
	unsigned int i;
	u32 tx, rx;

	sum_packets(adapter, &tx, &rx);
	if (nla_put_u32(skb, CONDIS_A_COUNT_ADAPTER_ID, adapter->id) ||
	    nla_put_string(skb, CONDIS_A_COUNT_ADAPTER_NAME, adapter->name) ||
	    nla_put_string(skb, CONDIS_A_COUNT_ADAPTER_STATE,
			   condis_adapter_state_name(READ_ONCE(adapter->state))) ||
	    nla_put_u32(skb, CONDIS_A_COUNT_TX, tx) ||
	    nla_put_u32(skb, CONDIS_A_COUNT_RX, rx))
		return -EMSGSIZE;
	for (i = 0; i < CONDIS_NR_COUNTS; i++)
		if (nla_put_u32(skb, counts[i], atomic_read(&adapter->counts[i])))
			return -EMSGSIZE;
	for (i = 0; i < CONDIS_NR_LATES; i++)
		if (nla_put_u32(skb, lates[i], atomic_read(&adapter->lates[i])))
			return -EMSGSIZE;
	return 0;
}

static int fill_net_counts(struct sk_buff *skb, struct condis_net *table)
{
	unsigned int adapters, exchanges;

	spin_lock_bh(&table->lock);
	adapters = table->nr_adapters;
	exchanges = table->nr_exchanges;
	spin_unlock_bh(&table->lock);

	if (nla_put_u32(skb, CONDIS_A_COUNT_ADAPTERS, adapters) ||
	    nla_put_u32(skb, CONDIS_A_COUNT_EXCHANGES, exchanges) ||
	    nla_put_u32(skb, CONDIS_A_COUNT_PROTOCOLS, condis_protocol_count()) ||
	    nla_put_u32(skb, CONDIS_A_COUNT_SESSIONS, condis_account_count(table)))
		return -EMSGSIZE;
	return 0;
}

/* One message: of an adapter, or of the namespace if that is NULL. */
static int put_view(struct sk_buff *skb, struct condis_net *table,
		    struct condis_adapter *adapter, struct netlink_callback *cb,
		    const struct condis_nl_view *view)
{
	void *header = begin(skb, cb, view->cmd);
	int err;

	if (!header)
		return -EMSGSIZE;
	genl_dump_check_consistent(cb, header);
	err = adapter ? view->fill_adapter(skb, adapter) : view->fill_net(skb, table);
	if (err)
		genlmsg_cancel(skb, header);
	else
		genlmsg_end(skb, header);
	return err;
}

/**
 * condis_nl_view_dump() - dump a view: the namespace, and each adapter
 * @skb: the message to fill
 * @cb: the dump; ctx holds the next adapter's id, 0 before the namespace
 * @view: what is told of them
 *
 * Context: Process context.
 * Return: Bytes filled; 0 at the end.
 */
int condis_nl_view_dump(struct sk_buff *skb, struct netlink_callback *cb,
			const struct condis_nl_view *view)
{
	struct condis_net *table = condis_net_of(sock_net(skb->sk));
	u32 *next = (u32 *)cb->ctx;
	struct condis_adapter *adapter;
	int err = 0;

	cb->seq = READ_ONCE(table->generation);
	if (!*next) {
		err = put_view(skb, table, NULL, cb, view);
		if (!err)
			*next = 1;
	}
	while (!err && (adapter = condis_net_next_adapter(table, next))) {
		err = put_view(skb, table, adapter, cb, view);
		condis_put_adapter(adapter);
		if (!err)
			(*next)++;
	}
	return skb->len;
}

/**
 * condis_nl_count_dump() - CONDIS_CMD_COUNT_GET
 * @skb: the message to fill
 * @cb: the dump; see condis_nl_view_dump()
 *
 * Context: Process context.
 * Return: Bytes filled; 0 at the end.
 */
int condis_nl_count_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	static const struct condis_nl_view view = {
		.cmd = CONDIS_CMD_COUNT_GET,
		.fill_net = fill_net_counts,
		.fill_adapter = fill_adapter_counts,
	};

	return condis_nl_view_dump(skb, cb, &view);
}

/**
 * struct call_cursor - where a dump of calls stands, in cb->ctx
 * @adapter: id of the adapter
 * @af: id of the address family; 0 to begin
 * @vc: id of the last VC that was told
 */
struct call_cursor {
	u32 adapter;
	u32 af;
	u64 vc;
};

/* VCs that are looked up at a time: the list is walked once for so many. */
#define CALL_BATCH	32

/* The address family with the lowest id from @id on, with a reference, or NULL. */
static struct condis_af *next_af(struct condis_adapter *adapter, u32 id)
{
	struct condis_af *af, *found = NULL;

	spin_lock_bh(&adapter->lock);
	list_for_each_entry(af, &adapter->afs, node)
		if (af->id >= id && (!found || af->id < found->id))
			found = af;
	if (found && !kref_get_unless_zero(&found->upcalls.ref))
		found = NULL;
	spin_unlock_bh(&adapter->lock);
	return found;
}

/* The VCs with the lowest ids above @id, in order, with references. */
static unsigned int next_vcs(struct condis_af *af, u64 id, struct condis_vc *batch[CALL_BATCH])
{
	unsigned int length = 0, kept = 0, at;
	struct condis_vc *vc;

	spin_lock_bh(&af->lock);
	list_for_each_entry(vc, &af->vcs, node) {
		if (vc->id <= id)
			continue;
		/* The list is nearly in order, so this is mostly an append or nothing. */
		for (at = length; at && batch[at - 1]->id > vc->id; at--)
			if (at < CALL_BATCH)
				batch[at] = batch[at - 1];
		if (at < CALL_BATCH) {
			batch[at] = vc;
			length = min_t(unsigned int, length + 1, CALL_BATCH);
		}
	}
	for (at = 0; at < length; at++)
		if (kref_get_unless_zero(&batch[at]->upcalls.ref))
			batch[kept++] = batch[at];
	spin_unlock_bh(&af->lock);
	return kept;
}

static int fill_call(struct sk_buff *skb, struct condis_vc *vc)
{
	struct condis_adapter *adapter = vc->af->family->adapter;
	u64 age = jiffies_to_msecs(jiffies - vc->made);
	struct condis_call_params params;
	const char *state, *activation;
	u64 network_call;

	spin_lock_bh(&vc->upcalls.lock);
	state = condis_call_state_name(vc->call);
	activation = condis_vc_state_name(vc->active);
	params = vc->params;
	network_call = READ_ONCE(vc->network_call);
	spin_unlock_bh(&vc->upcalls.lock);

	if (nla_put_u64_64bit(skb, CONDIS_A_CALL_ID, vc->id, CONDIS_A_CALL_PAD) ||
	    nla_put_u32(skb, CONDIS_A_CALL_ADAPTER_ID, adapter->id) ||
	    nla_put_string(skb, CONDIS_A_CALL_ADAPTER_NAME, adapter->name) ||
	    nla_put_u32(skb, CONDIS_A_CALL_AF_TYPE, vc->af->family->type) ||
	    nla_put_u32(skb, CONDIS_A_CALL_AF_ID, vc->af->id) ||
	    (vc->creator == CONDIS_SIDE_CM && nla_put_flag(skb, CONDIS_A_CALL_INCOMING)) ||
	    nla_put_string(skb, CONDIS_A_CALL_STATE, state) ||
	    nla_put_string(skb, CONDIS_A_CALL_ACTIVATION, activation) ||
	    nla_put_u32(skb, CONDIS_A_CALL_LINE, params.line) ||
	    nla_put_u32(skb, CONDIS_A_CALL_ADDRESS, params.address) ||
	    nla_put_u32(skb, CONDIS_A_CALL_MEDIA_MODES, params.media_modes) ||
	    nla_put_string(skb, CONDIS_A_CALL_CALLED, params.called) ||
	    nla_put_string(skb, CONDIS_A_CALL_CALLING, params.calling) ||
	    nla_put_u64_64bit(skb, CONDIS_A_CALL_AGE, age, CONDIS_A_CALL_PAD) ||
	    nla_put_u32(skb, CONDIS_A_CALL_TX, in_flight(&vc->flow.tx)) ||
	    nla_put_u32(skb, CONDIS_A_CALL_RX, in_flight(&vc->flow.rx)) ||
	    nla_put_u64_64bit(skb, CONDIS_A_CALL_TX_PACKETS,
			      (u32)atomic_read(&vc->flow.tx_packets), CONDIS_A_CALL_PAD) ||
	    nla_put_u64_64bit(skb, CONDIS_A_CALL_RX_PACKETS,
			      (u32)atomic_read(&vc->flow.rx_packets), CONDIS_A_CALL_PAD) ||
	    nla_put_u64_64bit(skb, CONDIS_A_CALL_NETWORK_CALL, network_call, CONDIS_A_CALL_PAD))
		return -EMSGSIZE;
	return 0;
}

/* Calls of one address family; moves the cursor.  -EMSGSIZE when the message is full. */
static int put_calls(struct sk_buff *skb, struct condis_af *af, struct call_cursor *cursor,
		     struct netlink_callback *cb)
{
	struct condis_vc *batch[CALL_BATCH];
	unsigned int length, i;
	void *header;
	int err = 0;

	while (!err && (length = next_vcs(af, cursor->vc, batch))) {
		for (i = 0; i < length; i++) {
			header = err ? NULL : begin(skb, cb, CONDIS_CMD_CALL_GET);
			if (!header) {
				err = -EMSGSIZE;
			} else if (fill_call(skb, batch[i])) {
				err = -EMSGSIZE;
				genlmsg_cancel(skb, header);
			} else {
				genlmsg_end(skb, header);
				cursor->vc = batch[i]->id;
			}
			condis_vc_put(batch[i]);
		}
	}
	return err;
}

static int put_adapter_calls(struct sk_buff *skb, struct condis_adapter *adapter,
			     struct call_cursor *cursor, struct netlink_callback *cb)
{
	struct condis_af *af;
	int err = 0;

	while (!err && (af = next_af(adapter, cursor->af))) {
		if (af->id != cursor->af) {
			cursor->af = af->id;
			cursor->vc = 0;
		}
		err = put_calls(skb, af, cursor, cb);
		condis_af_put(af);
		if (!err) {
			cursor->af++;
			cursor->vc = 0;
		}
	}
	return err;
}

/**
 * condis_nl_call_dump() - CONDIS_CMD_CALL_GET
 * @skb: the message to fill
 * @cb: the dump; ctx holds a struct call_cursor
 *
 * Context: Process context.
 * Return: Bytes filled; 0 at the end; -ENODEV if the adapter asked for is not there.
 */
int condis_nl_call_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct condis_net *table = condis_net_of(sock_net(skb->sk));
	struct nlattr **attrs = condis_genl_dump_attrs(cb);
	struct nlattr *only = attrs ? attrs[CONDIS_A_CALL_ADAPTER_ID] : NULL;
	struct call_cursor *cursor = (struct call_cursor *)cb->ctx;
	struct condis_adapter *adapter;
	int err = 0;

	BUILD_BUG_ON(sizeof(*cursor) > sizeof(cb->ctx));

	if (only && !cursor->adapter) {
		cursor->adapter = nla_get_u32(only);
		adapter = condis_net_next_adapter(table, &cursor->adapter);
		if (adapter)
			condis_put_adapter(adapter);
		if (!adapter || cursor->adapter != nla_get_u32(only)) {
			NL_SET_ERR_MSG_ATTR(cb->extack, only,
					    "No such adapter; list them to see which there are");
			return -ENODEV;
		}
	}
	while (!err && (adapter = condis_net_next_adapter(table, &cursor->adapter))) {
		if (only && cursor->adapter != nla_get_u32(only)) {
			condis_put_adapter(adapter);
			break;
		}
		err = put_adapter_calls(skb, adapter, cursor, cb);
		condis_put_adapter(adapter);
		if (!err) {
			cursor->adapter++;
			cursor->af = 0;
			cursor->vc = 0;
		}
	}
	return skb->len;
}
