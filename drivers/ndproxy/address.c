// SPDX-License-Identifier: GPL-2.0
/*
 * Addresses of a line: how they are used, and after how many rings applications would
 * have their calls answered.
 */
#include <linux/slab.h>

#include "ndproxy.h"

/* The line's capabilities, if it has the address; the line handle is alive. */
static const struct condis_line_caps *address_caps(const struct ndproxy_line *line, u32 address)
{
	const struct condis_line_caps *caps;

	caps = &ndproxy_table_line(line->adapter->table, line->number)->caps;
	return address < caps->num_addresses ? caps : NULL;
}

static bool takes_address(const struct ndproxy_line_handle *lh, u32 address)
{
	return lh->address == NDPROXY_ANY_ADDRESS || lh->address == address;
}

static int address_status(struct ndproxy_command *cmd, const struct ndproxy_line_handle *lh,
			  struct ndproxy_address_status *status)
{
	const struct ndproxy_line *line = lh->line;
	const struct ndproxy_line_handle *other;
	const struct condis_line_caps *caps;
	const struct ndproxy_call *call;
	u32 rings, address = status->address;
	int err;

	err = ndproxy_line_handle_alive(lh);
	if (err)
		return ndproxy_bad(cmd, &status->line_handle, err);
	caps = address_caps(line, address);
	if (!caps)
		return ndproxy_bad(cmd, &status->address, -ENXIO);

	list_for_each_entry(other, &line->handles, node) {
		if (!takes_address(other, address))
			continue;
		status->num_opens++;
		status->open_media_modes |= other->media_modes;
		rings = other->rings ? other->rings[address] : 0;
		if (rings && (!status->num_rings || rings < status->num_rings))
			status->num_rings = rings;
	}
	list_for_each_entry(call, &line->calls, node)
		if (call->address == address && call->state != NDPROXY_CALL_IDLE)
			status->num_calls++;
	if (line->adapter->signaling && caps->in_service && line->legs < caps->max_calls)
		status->features = LINEADDRFEATURE_MAKECALL;
	return 0;
}

/**
 * ndproxy_get_address_status() - NDPROXY_GET_ADDRESS_STATUS
 * @cmd: the command
 * @arg: struct ndproxy_address_status
 *
 * Return: 0; -EBADF, -ENODEV, -ENXIO
 *
 * Context: process context
 */
int ndproxy_get_address_status(struct ndproxy_command *cmd, void *arg)
{
	struct ndproxy_address_status *status = arg;
	struct ndproxy_line_handle *lh;
	int err;

	err = ndproxy_line_handle_get(cmd->session, status->line_handle, &lh);
	if (err)
		return ndproxy_bad(cmd, &status->line_handle, err);
	spin_lock(&lh->line->adapter->lock);
	err = address_status(cmd, lh, status);
	spin_unlock(&lh->line->adapter->lock);
	ndproxy_handle_put(&lh->handle);
	return err;
}

/* Whether the wish can be kept: 0, and how many addresses the line has. */
static int num_rings_check(struct ndproxy_command *cmd, const struct ndproxy_line_handle *lh,
			   const struct ndproxy_num_rings *set, u32 *addresses)
{
	const struct condis_line_caps *caps;
	int err;

	err = ndproxy_line_handle_alive(lh);
	if (err)
		return ndproxy_bad(cmd, &set->line_handle, err);
	caps = address_caps(lh->line, set->address);
	if (!caps || !takes_address(lh, set->address))
		return ndproxy_bad(cmd, &set->address, -ENXIO);
	*addresses = caps->num_addresses;
	return 0;
}

static int set_num_rings(struct ndproxy_command *cmd, struct ndproxy_line_handle *lh,
			 const struct ndproxy_num_rings *set)
{
	spinlock_t *lock = &lh->line->adapter->lock;
	u32 addresses, *rings = NULL;
	int err;

	spin_lock(lock);
	err = num_rings_check(cmd, lh, set, &addresses);
	if (!err && set->num_rings && !lh->rings) {
		/* A line has as many addresses as long as a handle of it is alive. */
		spin_unlock(lock);
		rings = kcalloc(addresses, sizeof(*rings), GFP_KERNEL_ACCOUNT);
		if (!rings)
			return -ENOMEM;
		spin_lock(lock);
		err = num_rings_check(cmd, lh, set, &addresses);
		/* Another thread may have been faster. */
		if (!err && !lh->rings)
			swap(lh->rings, rings);
	}
	if (!err && lh->rings)
		lh->rings[set->address] = set->num_rings;
	spin_unlock(lock);
	kfree(rings);
	return err;
}

/**
 * ndproxy_set_num_rings() - NDPROXY_SET_NUM_RINGS
 * @cmd: the command
 * @arg: struct ndproxy_num_rings
 *
 * Return: 0; -EBADF, -ENODEV, -ENXIO, -ENOMEM
 *
 * Context: process context, may sleep
 */
int ndproxy_set_num_rings(struct ndproxy_command *cmd, void *arg)
{
	const struct ndproxy_num_rings *set = arg;
	struct ndproxy_line_handle *lh;
	int err;

	err = ndproxy_line_handle_get(cmd->session, set->line_handle, &lh);
	if (err)
		return ndproxy_bad(cmd, &set->line_handle, err);
	err = set_num_rings(cmd, lh, set);
	ndproxy_handle_put(&lh->handle);
	return err;
}
