// SPDX-License-Identifier: GPL-2.0
/*
 * Lines, their addresses, and the SAPs on which clients listen.
 */
#include <linux/ctype.h>
#include <linux/mm.h>
#include <linux/nospec.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "vwan.h"

/**
 * vwan_number_is_valid() - whether a string can be dialled
 * @number: the string
 *
 * Context: any
 * Return: true for 1 to CONDIS_NUMBER_MAX of 0-9 * # +
 */
bool vwan_number_is_valid(const char *number)
{
	size_t length = strnlen(number, CONDIS_NUMBER_SIZE);

	BUILD_BUG_ON(CONDIS_NUMBER_MAX != CONDIS_VWAN_NUMBER_MAX);

	return length && length < CONDIS_NUMBER_SIZE &&
	       strspn(number, "0123456789*#+") == length;
}

/**
 * vwan_table_make() - make a line table
 * @adapter: whose
 * @lines: number of lines
 * @entry: addresses as configured, each line in range, numbers valid
 * @entries: how many
 *
 * A line without a number gets one address that cannot be dialled: an address
 * 0 is what clients call from.
 *
 * Context: process
 * Return: the table with one reference, or an ERR_PTR(): -ENOMEM; -EINVAL: a number twice on a
 * line, or more than CONDIS_VWAN_ADDRESSES_MAX numbers on one
 */
struct vwan_table *vwan_table_make(struct vwan_adapter *adapter, u32 lines,
				   const struct vwan_entry *entry, u32 entries)
{
	struct vwan_address *address;
	struct vwan_table *table;
	u32 i, j, line, total = 0;
	int err = -ENOMEM;

	table = kzalloc(sizeof(*table), GFP_KERNEL_ACCOUNT);
	if (!table)
		return ERR_PTR(-ENOMEM);
	refcount_set(&table->ref, 1);
	table->lines = lines;

	table->line = kvcalloc(lines, sizeof(*table->line), GFP_KERNEL_ACCOUNT);
	if (!table->line)
		goto err_put;
	if (entries) {
		table->entry = kvcalloc(entries, sizeof(*entry), GFP_KERNEL_ACCOUNT);
		if (!table->entry)
			goto err_put;
		memcpy(table->entry, entry, entries * sizeof(*entry));
		table->entries = entries;
	}

	for (i = 0; i < entries; i++) {
		if (entry[i].line != CONDIS_UNSPECIFIED) {
			vwan_table_line(table, entry[i].line)->addresses++;
			continue;
		}
		for (line = 0; line < lines; line++)
			table->line[line].addresses++;
	}
	for (line = 0; line < lines; line++) {
		if (table->line[line].addresses > CONDIS_VWAN_ADDRESSES_MAX) {
			err = -EINVAL;
			goto err_put;
		}
		table->line[line].addresses = max(table->line[line].addresses, 1U);
		table->line[line].first = total;
		total += table->line[line].addresses;
	}

	table->address = kvcalloc(total, sizeof(*address), GFP_KERNEL_ACCOUNT);
	if (!table->address)
		goto err_put;
	table->addresses = total;

	for (line = 0; line < lines; line++) {
		u32 count = 0;

		for (i = 0; i < table->line[line].addresses; i++) {
			address = &table->address[table->line[line].first + i];
			INIT_LIST_HEAD(&address->node);
			address->adapter = adapter;
			address->line = line;
			address->address = i;
		}
		address = &table->address[table->line[line].first];
		for (i = 0; i < entries; i++) {
			if (entry[i].line != line && entry[i].line != CONDIS_UNSPECIFIED)
				continue;
			for (j = 0; j < count; j++) {
				if (!strcmp(address[j].number, entry[i].number)) {
					err = -EINVAL;
					goto err_put;
				}
			}
			strscpy(address[count++].number, entry[i].number, CONDIS_NUMBER_SIZE);
		}
	}
	return table;

err_put:
	vwan_table_put(table);
	return ERR_PTR(err);
}

/**
 * vwan_table_get() - the line table as it is now
 * @adapter: whose
 *
 * Context: any
 * Return: the table with a reference, or NULL after halt
 */
struct vwan_table *vwan_table_get(struct vwan_adapter *adapter)
{
	struct vwan_table *table;

	spin_lock(&adapter->lock);
	table = adapter->table;
	if (table)
		refcount_inc(&table->ref);
	spin_unlock(&adapter->lock);
	return table;
}

/**
 * vwan_table_put() - drop a reference on a line table
 * @table: the table, or NULL
 *
 * Context: process; its addresses are in no exchange any more when it is the last
 */
void vwan_table_put(struct vwan_table *table)
{
	if (!table || !refcount_dec_and_test(&table->ref))
		return;
	kvfree(table->address);
	kvfree(table->entry);
	kvfree(table->line);
	kfree(table);
}

/**
 * vwan_line_in_service() - whether calls can be made on a line
 * @adapter: the adapter
 * @line: a line of it
 *
 * Context: any
 * Return: true if the trunk and the line are in service
 */
bool vwan_line_in_service(struct vwan_adapter *adapter, const struct vwan_line *line)
{
	return vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_IN_SERVICE) &&
	       !READ_ONCE(line->out_of_service);
}

/**
 * vwan_table_line() - look up a line
 * @table: the table
 * @line: its number, any
 *
 * All numbers from outside come through here and vwan_table_address().
 *
 * Context: any
 * Return: the line; NULL if there is none
 */
struct vwan_line *vwan_table_line(const struct vwan_table *table, u32 line)
{
	if (line >= table->lines)
		return NULL;
	return &table->line[array_index_nospec(line, table->lines)];
}

/**
 * vwan_table_address() - look up an address of a line
 * @table: the table
 * @line: number of the line, any
 * @address: the address' number, any
 *
 * Context: any
 * Return: the address; NULL if there is none
 */
struct vwan_address *vwan_table_address(const struct vwan_table *table, u32 line, u32 address)
{
	const struct vwan_line *at = vwan_table_line(table, line);

	if (!at || address >= at->addresses)
		return NULL;
	return &table->address[at->first + array_index_nospec(address, at->addresses)];
}

/* Whether a line can take one more call: 0 or the cause why not. */
static u32 line_state(struct vwan_adapter *adapter, const struct vwan_line *line)
{
	lockdep_assert_held(&adapter->lock);

	if (!vwan_line_in_service(adapter, line))
		return Q850_DESTINATION_OUT_OF_ORDER;
	if (line->calls >= vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_CALLS))
		return Q850_USER_BUSY;
	return 0;
}

/**
 * vwan_line_take() - occupy a channel of a line
 * @leg: for which call
 * @line: line, from 0, or CONDIS_UNSPECIFIED: the first that is free
 *
 * Context: the leg's; undone by vwan_line_release()
 * Return: 0, or a Q.850 cause: user busy: all channels are in use; destination out of order: the
 * line is out of service; no route: there is no such line
 */
u32 vwan_line_take(struct vwan_leg *leg, u32 line)
{
	struct vwan_adapter *adapter = leg->adapter;
	u32 cause = Q850_NO_ROUTE_TO_DESTINATION;
	struct vwan_table *table;
	u32 i;

	spin_lock(&adapter->lock);
	table = adapter->table;
	if (!table || adapter->halted) {
		cause = Q850_DESTINATION_OUT_OF_ORDER;
		goto out;
	}
	for (i = 0; i < table->lines; i++) {
		if (line != CONDIS_UNSPECIFIED && line != i)
			continue;
		cause = line_state(adapter, &table->line[i]);
		if (cause)
			continue;
		table->line[i].calls++;
		refcount_inc(&table->ref);
		leg->table = table;
		leg->line = i;
		break;
	}
out:
	spin_unlock(&adapter->lock);
	return cause;
}

/**
 * vwan_line_release() - give the channel back
 * @leg: of which call; idempotent
 *
 * Context: the leg's, or halt
 */
void vwan_line_release(struct vwan_leg *leg)
{
	/* A halt may meet whoever is just making the leg. */
	struct vwan_table *table = xchg(&leg->table, NULL);

	if (!table)
		return;
	spin_lock(&leg->adapter->lock);
	table->line[leg->line].calls--;
	spin_unlock(&leg->adapter->lock);
	vwan_table_put(table);
}

/* Whether a client listens here for such calls.  Media 0 is any. */
static bool sap_matches(const struct condis_sap_params *sap,
			const struct vwan_address *address, u32 media_modes)
{
	if (sap->line != CONDIS_UNSPECIFIED && sap->line != address->line)
		return false;
	if (sap->address != CONDIS_UNSPECIFIED && sap->address != address->address)
		return false;
	return !media_modes || (sap->media_modes & media_modes);
}

/**
 * vwan_line_offer() - find out who would take a call to an address
 * @address: the address
 * @media_modes: of the call
 * @sap: out: who listens, with a reference; the channel is not occupied yet
 *
 * Context: any; the caller holds the lock that keeps @address where it is
 * Return: 0, or a Q.850 cause why nobody does
 */
u32 vwan_line_offer(const struct vwan_address *address, u32 media_modes,
		    struct condis_sap **sap)
{
	struct vwan_adapter *adapter = address->adapter;
	struct vwan_sap *found;
	u32 cause;

	spin_lock(&adapter->lock);
	if (!adapter->table || adapter->halted) {
		cause = Q850_DESTINATION_OUT_OF_ORDER;
		goto out;
	}
	cause = line_state(adapter, &adapter->table->line[address->line]);
	if (cause)
		goto out;
	if (media_modes &&
	    !(media_modes & vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_MEDIA_MODES))) {
		cause = Q850_INCOMPATIBLE_DESTINATION;
		goto out;
	}
	cause = Q850_NO_USER_RESPONDING;
	list_for_each_entry(found, &adapter->saps, node) {
		if (!sap_matches(condis_sap_params(found->sap), address, media_modes))
			continue;
		condis_sap_hold(found->sap);
		*sap = found->sap;
		cause = 0;
		break;
	}
out:
	spin_unlock(&adapter->lock);
	return cause;
}

/**
 * vwan_register_sap() - ProtocolCmRegisterSap
 * @sap: where a client wants to listen
 *
 * Context: process
 * Return: 0; -EINVAL: no such line or address, or no media mode that the lines have; -EADDRINUSE:
 * the same client listens there already
 */
int vwan_register_sap(struct condis_sap *sap)
{
	struct vwan_adapter *adapter = vwan_adapter_of(condis_af_adapter(condis_sap_af(sap)));
	const struct condis_sap_params *params = condis_sap_params(sap);
	struct vwan_sap *own = condis_sap_cm(sap);
	struct vwan_sap *other;
	int err = -EINVAL;

	INIT_LIST_HEAD(&own->node);
	own->sap = sap;

	spin_lock(&adapter->lock);
	if (!adapter->table)
		goto out;
	if (!(params->media_modes & vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_MEDIA_MODES)))
		goto out;
	if (params->line != CONDIS_UNSPECIFIED) {
		if (!vwan_table_line(adapter->table, params->line))
			goto out;
		if (params->address != CONDIS_UNSPECIFIED &&
		    !vwan_table_address(adapter->table, params->line, params->address))
			goto out;
	}
	list_for_each_entry(other, &adapter->saps, node) {
		if (condis_sap_af(other->sap) == condis_sap_af(sap) &&
		    !memcmp(condis_sap_params(other->sap), params, sizeof(*params))) {
			err = -EADDRINUSE;
			goto out;
		}
	}
	/* A forced end takes it from the client without a word to us. */
	condis_sap_hold(sap);
	list_add_tail(&own->node, &adapter->saps);
	err = 0;
out:
	spin_unlock(&adapter->lock);
	return err;
}

/**
 * vwan_deregister_sap() - ProtocolCmDeregisterSap
 * @sap: the SAP
 *
 * No offer is begun on it afterwards.  One that has begun goes its way (C13):
 * the core answers it for the client.
 *
 * Context: process
 * Return: 0
 */
int vwan_deregister_sap(struct condis_sap *sap)
{
	struct vwan_adapter *adapter = vwan_adapter_of(condis_af_adapter(condis_sap_af(sap)));
	struct vwan_sap *own = condis_sap_cm(sap);
	bool listed;

	spin_lock(&adapter->lock);
	listed = !list_empty(&own->node);
	list_del_init(&own->node);
	spin_unlock(&adapter->lock);
	if (listed)
		condis_sap_put(sap);
	return 0;
}

/**
 * vwan_forget_saps() - forget SAPs that were taken from their clients by force
 * @adapter: whose
 *
 * Context: halt
 */
void vwan_forget_saps(struct vwan_adapter *adapter)
{
	struct vwan_sap *own;

	for (;;) {
		spin_lock(&adapter->lock);
		own = list_first_entry_or_null(&adapter->saps, struct vwan_sap, node);
		if (own)
			list_del_init(&own->node);
		spin_unlock(&adapter->lock);
		if (!own)
			break;
		condis_sap_put(own->sap);
	}
}
