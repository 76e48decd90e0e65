// SPDX-License-Identifier: GPL-2.0
/*
 * Capabilities: asked for once, when the address family has been opened, so
 * that no command ever waits for a miniport.
 *
 * One question at a time: first the call manager, then each line, and after a
 * line its addresses; lines and addresses that do not differ are asked for once.
 */
#include <linux/slab.h>

#include "ndproxy.h"

static u32 table_lines(const struct condis_cm_caps *cm)
{
	if (!cm->num_lines)
		return 0;
	return cm->flags & CONDIS_TAPI_PER_LINE_CAPS ? cm->num_lines : 1;
}

static u32 table_addresses(const struct condis_line_caps *caps)
{
	if (!caps->num_addresses)
		return 0;
	return caps->flags & CONDIS_TAPI_PER_ADDRESS_CAPS ? caps->num_addresses : 1;
}

/**
 * ndproxy_table_free() - free a line table
 * @table: the table, or NULL
 *
 * Context: process context
 */
void ndproxy_table_free(struct ndproxy_line_table *table)
{
	u32 i;

	if (!table)
		return;
	if (table->lines)
		for (i = 0; i < table_lines(&table->cm); i++)
			kvfree(table->lines[i].addresses);
	kvfree(table->lines);
	kfree(table);
}

/**
 * ndproxy_table_line() - look up a line
 * @table: the table
 * @line: number of a line that there is
 *
 * Return: what is known of it
 *
 * Context: the adapter's lock held
 */
struct ndproxy_line_table_entry *ndproxy_table_line(struct ndproxy_line_table *table, u32 line)
{
	if (!(table->cm.flags & CONDIS_TAPI_PER_LINE_CAPS))
		line = 0;
	return &table->lines[array_index_nospec(line, table_lines(&table->cm))];
}

/**
 * ndproxy_table_address() - look up an address
 * @table: the table
 * @line: number of a line that there is
 * @address: number of an address that the line has
 *
 * Return: what is known of it
 *
 * Context: the adapter's lock held
 */
struct condis_address_caps *ndproxy_table_address(struct ndproxy_line_table *table, u32 line,
						  u32 address)
{
	struct ndproxy_line_table_entry *entry = ndproxy_table_line(table, line);

	if (!(entry->caps.flags & CONDIS_TAPI_PER_ADDRESS_CAPS))
		address = 0;
	return &entry->addresses[array_index_nospec(address, table_addresses(&entry->caps))];
}

/**
 * ndproxy_table_set_service() - a line went out of or came into service
 * @table: the table
 * @line: any number
 * @in_service: which of the two
 *
 * Return: whether there is such a line
 *
 * Context: the adapter's lock held
 */
bool ndproxy_table_set_service(struct ndproxy_line_table *table, u32 line, bool in_service)
{
	if (line >= table->cm.num_lines)
		return false;
	ndproxy_table_line(table, line)->caps.in_service = in_service;
	return true;
}

/**
 * ndproxy_query_start() - begin to ask
 * @query: the query
 *
 * Context: the adapter's lock held, no question pending
 */
void ndproxy_query_start(struct ndproxy_query *query)
{
	query->state = NDPROXY_QUERY_ASK;
	query->line = CONDIS_UNSPECIFIED;
	query->address = CONDIS_UNSPECIFIED;
	query->table = NULL;
}

static void query_complete(struct condis_oid_request *request, int status)
{
	struct ndproxy_binding *adapter = request->context;

	spin_lock(&adapter->lock);
	adapter->query.status = status;
	adapter->query.state = NDPROXY_QUERY_ANSWERED;
	spin_unlock(&adapter->lock);
	condis_delay_point("proxy.answered", adapter->id);

	ndproxy_adapter_update(adapter);
	ndproxy_adapter_put(adapter);
}

/**
 * ndproxy_query_ask() - ask the next question
 * @adapter: the adapter, in query state PENDING
 *
 * The answer may be there before this returns.
 *
 * Context: the adapter's updater, no lock held
 */
void ndproxy_query_ask(struct ndproxy_binding *adapter)
{
	struct ndproxy_query *query = &adapter->query;
	struct condis_oid_request *request = &query->request;
	int status = -ESHUTDOWN;
	struct condis_af *af;

	memset(request, 0, sizeof(*request));
	request->complete = query_complete;
	request->context = adapter;
	/* We ask when an answer comes, and a reset at any moment: so nobody looks for one here. */
	request->unaware = true;
	if (query->line == CONDIS_UNSPECIFIED) {
		memset(&query->cm, 0, sizeof(query->cm));
		request->oid = OID_CO_TAPI_CM_CAPS;
		request->buf = &query->cm;
		request->len = sizeof(query->cm);
	} else if (query->address == CONDIS_UNSPECIFIED) {
		memset(&query->line_caps, 0, sizeof(query->line_caps));
		query->line_caps.line = query->line;
		request->oid = OID_CO_TAPI_LINE_CAPS;
		request->buf = &query->line_caps;
		request->len = sizeof(query->line_caps);
	} else {
		memset(&query->address_caps, 0, sizeof(query->address_caps));
		query->address_caps.line = query->line;
		query->address_caps.address = query->address;
		request->oid = OID_CO_TAPI_ADDRESS_CAPS;
		request->buf = &query->address_caps;
		request->len = sizeof(query->address_caps);
	}

	kref_get(&adapter->ref);
	af = ndproxy_adapter_hold_af(adapter);
	if (af) {
		status = condis_co_oid_request(af, NULL, request);
		condis_af_put(af);
	}
	if (status != -EINPROGRESS)
		query_complete(request, status);
}

static int query_take_cm(struct ndproxy_query *query)
{
	struct ndproxy_line_table *table;

	if (query->cm.num_lines > NDPROXY_LINES_MAX)
		return -EPROTO;
	table = kzalloc(sizeof(*table), GFP_KERNEL);
	if (!table)
		return -ENOMEM;
	query->table = table;
	table->cm = query->cm;
	if (!table_lines(&table->cm))
		return 0;
	table->lines = kvcalloc(table_lines(&table->cm), sizeof(*table->lines), GFP_KERNEL);
	return table->lines ? 0 : -ENOMEM;
}

static int query_take_line(struct ndproxy_query *query)
{
	struct ndproxy_line_table_entry *entry = &query->table->lines[query->line];

	if (query->line_caps.num_addresses > NDPROXY_ADDRESSES_MAX)
		return -EPROTO;
	entry->caps = query->line_caps;
	entry->caps.name[sizeof(entry->caps.name) - 1] = '\0';
	if (!table_addresses(&entry->caps))
		return 0;
	entry->addresses = kvcalloc(table_addresses(&entry->caps), sizeof(*entry->addresses),
				    GFP_KERNEL);
	return entry->addresses ? 0 : -ENOMEM;
}

/**
 * ndproxy_query_take() - take an answer, and see what to ask next
 * @adapter: the adapter, in query state ANSWERED
 * @done: nothing is left to ask: the line table is complete
 *
 * Return: 0; what the call manager refused the question with; -EPROTO: its table is too large to be
 * true; -ENOMEM
 *
 * Context: the adapter's updater, no lock held; may sleep
 */
int ndproxy_query_take(struct ndproxy_binding *adapter, bool *done)
{
	struct ndproxy_query *query = &adapter->query;
	struct condis_address_caps *address;
	u32 addresses;
	int err;

	*done = false;
	if (query->status)
		return query->status;

	if (query->line == CONDIS_UNSPECIFIED) {
		err = query_take_cm(query);
		query->line = 0;
	} else if (query->address == CONDIS_UNSPECIFIED) {
		err = query_take_line(query);
		query->address = 0;
	} else {
		address = &query->table->lines[query->line].addresses[query->address];
		*address = query->address_caps;
		address->number[sizeof(address->number) - 1] = '\0';
		query->address++;
		err = 0;
	}
	if (err)
		return err;

	/* After a line's last address the next line. */
	if (query->address != CONDIS_UNSPECIFIED) {
		addresses = table_addresses(&query->table->lines[query->line].caps);
		if (query->address >= addresses) {
			query->line++;
			query->address = CONDIS_UNSPECIFIED;
		}
	}
	*done = query->line >= table_lines(&query->table->cm);
	return 0;
}

static void copy_name(char *to, size_t size, const char *from)
{
	/* The rest stays zero: nothing of the kernel's stack goes out. */
	strscpy(to, from, size);
}

static void adapter_fill(struct ndproxy_command *cmd, struct ndproxy_binding *adapter,
			 struct ndproxy_adapter *caps)
{
	caps->adapter = adapter->id;
	copy_name(caps->name, sizeof(caps->name), adapter->name);

	spin_lock(&adapter->lock);
	if (cmd->session->serial < adapter->serial) {
		caps->flags = NDPROXY_ADAPTER_REINIT;
	} else if (!ndproxy_adapter_ready(adapter)) {
		caps->flags = NDPROXY_ADAPTER_READY;
		caps->num_lines = adapter->table->cm.num_lines;
		caps->version = adapter->table->cm.version;
	}
	spin_unlock(&adapter->lock);
}

/**
 * ndproxy_enum_adapter() - NDPROXY_ENUM_ADAPTER
 * @cmd: the command
 * @arg: struct ndproxy_adapter
 *
 * Return: 0; -ENOENT
 *
 * Context: process context
 */
int ndproxy_enum_adapter(struct ndproxy_command *cmd, void *arg)
{
	struct ndproxy_adapter *caps = arg;
	struct ndproxy_binding *adapter;

	adapter = ndproxy_net_next_adapter(cmd->session->net, caps->adapter);
	if (!adapter)
		return -ENOENT;
	adapter_fill(cmd, adapter, caps);
	ndproxy_adapter_put(adapter);
	return 0;
}

/**
 * ndproxy_get_adapter_caps() - NDPROXY_GET_ADAPTER_CAPS
 * @cmd: the command
 * @arg: struct ndproxy_adapter
 *
 * Return: 0; -ENODEV
 *
 * Context: process context
 */
int ndproxy_get_adapter_caps(struct ndproxy_command *cmd, void *arg)
{
	struct ndproxy_adapter *caps = arg;
	struct ndproxy_binding *adapter;

	adapter = ndproxy_net_adapter(cmd->session->net, caps->adapter);
	if (!adapter)
		return ndproxy_bad(cmd, &caps->adapter, -ENODEV);
	adapter_fill(cmd, adapter, caps);
	ndproxy_adapter_put(adapter);
	return 0;
}

/**
 * ndproxy_get_line_caps() - NDPROXY_GET_LINE_CAPS
 * @cmd: the command
 * @arg: struct ndproxy_line_caps
 *
 * Return: 0; -ENODEV, -EAGAIN, -ENXIO
 *
 * Context: process context
 */
int ndproxy_get_line_caps(struct ndproxy_command *cmd, void *arg)
{
	struct ndproxy_line_caps *caps = arg;
	struct ndproxy_binding *adapter;
	const struct condis_line_caps *line;
	int err;

	adapter = ndproxy_net_adapter(cmd->session->net, caps->adapter);
	if (!adapter)
		return ndproxy_bad(cmd, &caps->adapter, -ENODEV);

	spin_lock(&adapter->lock);
	err = ndproxy_adapter_ready(adapter);
	if (err) {
		err = ndproxy_bad(cmd, &caps->adapter, err);
		goto unlock;
	}
	if (caps->line >= adapter->table->cm.num_lines) {
		err = ndproxy_bad(cmd, &caps->line, -ENXIO);
		goto unlock;
	}

	line = &ndproxy_table_line(adapter->table, caps->line)->caps;
	caps->num_addresses = line->num_addresses;
	caps->max_calls = line->max_calls;
	caps->media_modes = line->media_modes;
	caps->max_rate = line->max_rate;
	caps->max_sdu = line->max_sdu;
	caps->generate_digit_modes = line->generate_digits;
	caps->monitor_digit_modes = line->report_digits;
	caps->dev_cap_flags = LINEDEVCAPFLAGS_CLOSEDROP;
	copy_name(caps->name, sizeof(caps->name), line->name);
unlock:
	spin_unlock(&adapter->lock);
	ndproxy_adapter_put(adapter);
	return err;
}

/**
 * ndproxy_get_address_caps() - NDPROXY_GET_ADDRESS_CAPS
 * @cmd: the command
 * @arg: struct ndproxy_address_caps
 *
 * Return: 0; -ENODEV, -EAGAIN, -ENXIO
 *
 * Context: process context
 */
int ndproxy_get_address_caps(struct ndproxy_command *cmd, void *arg)
{
	struct ndproxy_address_caps *caps = arg;
	const struct condis_address_caps *address;
	struct ndproxy_binding *adapter;
	int err;

	adapter = ndproxy_net_adapter(cmd->session->net, caps->adapter);
	if (!adapter)
		return ndproxy_bad(cmd, &caps->adapter, -ENODEV);

	spin_lock(&adapter->lock);
	err = ndproxy_adapter_ready(adapter);
	if (err) {
		err = ndproxy_bad(cmd, &caps->adapter, err);
		goto unlock;
	}
	if (caps->line >= adapter->table->cm.num_lines) {
		err = ndproxy_bad(cmd, &caps->line, -ENXIO);
		goto unlock;
	}
	if (caps->address >= ndproxy_table_line(adapter->table, caps->line)->caps.num_addresses) {
		err = ndproxy_bad(cmd, &caps->address, -ENXIO);
		goto unlock;
	}

	address = ndproxy_table_address(adapter->table, caps->line, caps->address);
	caps->max_calls = address->max_calls;
	caps->media_modes = address->media_modes;
	copy_name(caps->number, sizeof(caps->number), address->number);
unlock:
	spin_unlock(&adapter->lock);
	ndproxy_adapter_put(adapter);
	return err;
}
