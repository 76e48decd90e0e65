// SPDX-License-Identifier: GPL-2.0
/*
 * The protocol "ndproxy": what the core says of a binding as a whole.
 */
#include <linux/module.h>
#include <linux/slab.h>

#include "ndproxy.h"

static struct ndproxy_binding *binding_adapter(struct condis_binding *binding)
{
	return *(struct ndproxy_binding **)condis_binding_priv(binding);
}

/* ProtocolBindAdapterEx. */
static int protocol_bind_adapter(struct condis_binding *binding)
{
	struct condis_adapter *condis_adapter = condis_binding_adapter(binding);
	struct ndproxy_binding *adapter;
	int err;

	adapter = kzalloc(sizeof(*adapter), GFP_KERNEL);
	if (!adapter)
		return -ENOMEM;
	kref_init(&adapter->ref);
	spin_lock_init(&adapter->lock);
	INIT_LIST_HEAD(&adapter->lines);
	ndproxy_family_init(&adapter->family);
	adapter->binding = binding;
	adapter->id = condis_adapter_id(condis_adapter);
	strscpy(adapter->name, condis_adapter_name(condis_adapter), sizeof(adapter->name));

	adapter->net = ndproxy_net_get(condis_adapter_net_cookie(condis_adapter));
	if (!adapter->net) {
		err = -ENOMEM;
		goto free_adapter;
	}
	*(struct ndproxy_binding **)condis_binding_priv(binding) = adapter;
	err = ndproxy_net_add_adapter(adapter->net, adapter);
	if (err)
		goto put_net;
	/*
	 * At last: whoever listens may open the family at once.  Where somebody else takes the
	 * data of calls there is no leg B of ours.
	 */
	err = ndproxy_family_register(binding);
	if (err && err != -EEXIST)
		goto remove_adapter;
	return 0;

remove_adapter:
	ndproxy_net_remove_adapter(adapter->net, adapter);
	/* A session may have found it. */
	spin_lock(&adapter->lock);
	adapter->dead = true;
	adapter->binding = NULL;
	spin_unlock(&adapter->lock);
	ndproxy_adapter_put(adapter);
	return err;

put_net:
	ndproxy_net_put(adapter->net);
free_adapter:
	kfree(adapter);
	return err;
}

/*
 * ProtocolCoAfRegisterNotify.  The second time for an adapter the line table is
 * another one: it binds the sessions that knew the old one (F8, A.9).
 */
static void protocol_af_register_notify(struct condis_binding *binding, enum condis_af_type type)
{
	struct ndproxy_binding *adapter = binding_adapter(binding);
	bool reinit;
	u64 serial;

	if (type != CONDIS_AF_TAPI_PROXY)
		return;

	spin_lock(&adapter->lock);
	reinit = adapter->known;
	if (reinit)
		adapter->serial = ndproxy_next_serial();
	serial = adapter->serial;
	adapter->known = true;
	adapter->served = true;
	adapter->refused = false;
	spin_unlock(&adapter->lock);

	if (reinit)
		ndproxy_net_tell_reinit(adapter->net, adapter, serial);
	ndproxy_adapter_update(adapter);
}

/* ProtocolUnbindAdapterEx: closes are posted, and the core waits for them (F6, F12, F14). */
static void protocol_unbind_adapter(struct condis_binding *binding)
{
	struct ndproxy_binding *adapter = binding_adapter(binding);
	u32 num_lines = 0;
	LIST_HEAD(doomed);

	/* Nobody finds it any more. */
	ndproxy_net_remove_adapter(adapter->net, adapter);
	condis_delay_point("proxy.unbind.unlisted", adapter->id);

	/* LINE_CLOSE to who has a line open, then LINE_REMOVE to all (A.9). */
	spin_lock(&adapter->lock);
	adapter->dead = true;
	ndproxy_lines_force(adapter, &doomed);
	if (adapter->table)
		num_lines = adapter->table->cm.num_lines;
	spin_unlock(&adapter->lock);
	condis_delay_point("proxy.unbind.forced", adapter->id);
	if (num_lines)
		ndproxy_net_tell_lines(adapter->net, LINE_REMOVE, adapter, num_lines, 0);

	ndproxy_calls_close(&doomed);
	ndproxy_family_leave(adapter);
	ndproxy_adapter_update(adapter);
}

/*
 * The binding is gone.  If the core had to take us off the adapter, because a
 * command held up our own close for longer than the deadline, then this is the
 * only word of it: the family and all that was on it said none.
 */
static void protocol_close_adapter_complete(struct condis_binding *binding)
{
	struct ndproxy_binding *adapter = binding_adapter(binding);
	bool owed;

	spin_lock(&adapter->lock);
	adapter->dead = true;
	adapter->adapter_closed = true;
	adapter->binding = NULL;
	owed = adapter->state != NDPROXY_AF_NONE;
	spin_unlock(&adapter->lock);

	ndproxy_family_gone(adapter);
	if (owed) {
		ndproxy_adapter_af_closed(adapter);
		ndproxy_adapter_put(adapter);
	}
	ndproxy_adapter_put(adapter);
}

static void adapter_wake_data(struct ndproxy_binding *adapter)
{
	struct ndproxy_line *line;
	struct ndproxy_call *call;

	spin_lock(&adapter->lock);
	list_for_each_entry(line, &adapter->lines, node)
		list_for_each_entry(call, &line->calls, node)
			ndproxy_data_wake(call);
	spin_unlock(&adapter->lock);
}

/* Writers that were refused while it was paused look again (F13). */
static void protocol_restart(struct condis_binding *binding)
{
	adapter_wake_data(binding_adapter(binding));
}

static void adapter_line_service(struct ndproxy_binding *adapter, u32 number, bool in_service)
{
	struct ndproxy_line *line;

	spin_lock(&adapter->lock);
	if (adapter->table && ndproxy_table_set_service(adapter->table, number, in_service))
		list_for_each_entry(line, &adapter->lines, node)
			if (line->number == number)
				ndproxy_line_tell(line, in_service ? LINEDEVSTATE_INSERVICE :
								     LINEDEVSTATE_OUTOFSERVICE,
						  NULL);
	spin_unlock(&adapter->lock);
}

/* ProtocolCoStatusEx for the adapter. */
static void protocol_status(struct condis_binding *binding, const struct condis_status *status)
{
	struct ndproxy_binding *adapter = binding_adapter(binding);

	switch (status->code) {
	case CONDIS_STATUS_LINE_STATE:
		adapter_line_service(adapter, status->line, status->in_service);
		break;
	case CONDIS_STATUS_RESET_START:
		WRITE_ONCE(adapter->resetting, true);
		break;
	case CONDIS_STATUS_RESET_END:
		WRITE_ONCE(adapter->resetting, false);
		/* What was refused during the reset is tried again. */
		spin_lock(&adapter->lock);
		adapter->refused = false;
		adapter->resets++;
		spin_unlock(&adapter->lock);
		ndproxy_adapter_update(adapter);
		adapter_wake_data(adapter);
		ndproxy_digits_reset(adapter);
		break;
	default:
		break;
	}
}

struct condis_protocol ndproxy_protocol = {
	.name = "ndproxy",
	.owner = THIS_MODULE,
	.binding_priv = sizeof(struct ndproxy_binding *),
	.bind_adapter = protocol_bind_adapter,
	.unbind_adapter = protocol_unbind_adapter,
	.close_adapter_complete = protocol_close_adapter_complete,
	.af_register_notify = protocol_af_register_notify,
	.status = protocol_status,
	.restart = protocol_restart,
};
