// SPDX-License-Identifier: GPL-2.0
/*
 * What can be asked of an open line, and what of its handle can be changed: which states
 * are told, and which calls it is still to get.
 */
#include "ndproxy.h"

/**
 * ndproxy_get_line_status() - NDPROXY_GET_LINE_STATUS
 * @cmd: the command
 * @arg: struct ndproxy_line_status
 *
 * Return: 0; -EBADF, -ENODEV
 *
 * Context: process context
 */
int ndproxy_get_line_status(struct ndproxy_command *cmd, void *arg)
{
	struct ndproxy_line_status *status = arg;
	struct ndproxy_line_handle *lh, *other;
	const struct condis_line_caps *caps;
	struct ndproxy_line *line;
	int err;

	err = ndproxy_line_handle_get(cmd->session, status->line_handle, &lh);
	if (err)
		return ndproxy_bad(cmd, &status->line_handle, err);

	line = lh->line;
	spin_lock(&line->adapter->lock);
	err = ndproxy_line_handle_alive(lh);
	if (err) {
		err = ndproxy_bad(cmd, &status->line_handle, err);
		goto unlock;
	}
	caps = &ndproxy_table_line(line->adapter->table, line->number)->caps;
	status->num_opens = line->num_opens;
	list_for_each_entry(other, &line->handles, node)
		status->open_media_modes |= other->media_modes;
	status->num_calls = line->num_calls;
	status->privileges = lh->privileges;
	status->missed_calls = lh->missed_calls;
	if (line->adapter->signaling)
		status->flags |= LINEDEVSTATUSFLAGS_CONNECTED;
	if (line->adapter->signaling && caps->in_service) {
		status->flags |= LINEDEVSTATUSFLAGS_INSERVICE;
		if (line->legs < caps->max_calls)
			status->line_features = LINEFEATURE_MAKECALL;
	}
unlock:
	spin_unlock(&line->adapter->lock);
	ndproxy_handle_put(&lh->handle);
	return err;
}

/**
 * ndproxy_set_status_messages() - NDPROXY_SET_STATUS_MESSAGES
 * @cmd: the command
 * @arg: struct ndproxy_status_messages
 *
 * Return: 0; -EINVAL, -EBADF, -ENODEV
 *
 * Context: process context
 */
int ndproxy_set_status_messages(struct ndproxy_command *cmd, void *arg)
{
	const struct ndproxy_status_messages *messages = arg;
	struct ndproxy_line_handle *lh;
	int err;

	if (messages->line_states & ~NDPROXY_LINE_STATES)
		return ndproxy_bad(cmd, &messages->line_states, -EINVAL);
	err = ndproxy_line_handle_get(cmd->session, messages->line_handle, &lh);
	if (err)
		return ndproxy_bad(cmd, &messages->line_handle, err);

	spin_lock(&lh->line->adapter->lock);
	err = ndproxy_line_handle_alive(lh);
	if (err)
		err = ndproxy_bad(cmd, &messages->line_handle, err);
	else
		lh->mask = messages->line_states;
	spin_unlock(&lh->line->adapter->lock);
	ndproxy_handle_put(&lh->handle);
	return err;
}

/**
 * ndproxy_line_privileges_are_valid() - whether a line handle can have these privileges
 * @privileges: LINECALLPRIVILEGE_*
 *
 * Return: true if it is NONE, or any of the others
 *
 * Context: any
 */
bool ndproxy_line_privileges_are_valid(u32 privileges)
{
	const u32 owner_monitor = LINECALLPRIVILEGE_OWNER | LINECALLPRIVILEGE_MONITOR;

	return privileges == LINECALLPRIVILEGE_NONE ||
	       (privileges && !(privileges & ~owner_monitor));
}

static int set_line_privileges(struct ndproxy_command *cmd, struct ndproxy_line_handle *lh,
			       const struct ndproxy_line_privileges *set)
{
	u32 gained = set->privileges & ~lh->privileges & ~LINECALLPRIVILEGE_NONE;
	u32 lost = lh->privileges & ~set->privileges;
	int err;

	err = ndproxy_line_handle_alive(lh);
	if (err)
		return ndproxy_bad(cmd, &set->line_handle, err);
	if (gained)
		return ndproxy_bad(cmd, &set->privileges, -EACCES);

	lh->privileges = set->privileges;
	if (lost & LINECALLPRIVILEGE_OWNER) {
		/* It takes no calls, so it takes none of these modes, as others see it. */
		lh->media_modes = 0;
		lh->line->listeners--;
		/* Who has not returned from opening it need not wait for the SAP any more. */
		ndproxy_line_settle(lh->line);
	}
	return 0;
}

/**
 * ndproxy_set_line_privileges() - NDPROXY_SET_LINE_PRIVILEGES
 * @cmd: the command
 * @arg: struct ndproxy_line_privileges
 *
 * Who gets a call is decided under the adapter's lock, so an offer comes before this, and the
 * handle has the call and keeps it, or after it, and goes to the next.  A close by
 * another thread, or from below, comes before it and is told, or after it and finds
 * what is left: line_handle_unlink() counts by the privileges that the handle has then.
 *
 * Return: 0; -EINVAL, -EBADF, -ENODEV, -EACCES
 *
 * Context: process context; waits for nobody
 */
int ndproxy_set_line_privileges(struct ndproxy_command *cmd, void *arg)
{
	const struct ndproxy_line_privileges *set = arg;
	struct ndproxy_binding *adapter;
	struct ndproxy_line_handle *lh;
	int err;

	if (!ndproxy_line_privileges_are_valid(set->privileges))
		return ndproxy_bad(cmd, &set->privileges, -EINVAL);
	err = ndproxy_line_handle_get(cmd->session, set->line_handle, &lh);
	if (err)
		return ndproxy_bad(cmd, &set->line_handle, err);

	adapter = lh->line->adapter;
	spin_lock(&adapter->lock);
	err = set_line_privileges(cmd, lh, set);
	spin_unlock(&adapter->lock);
	condis_delay_point("line.privileges.set", adapter->id);
	/*
	 * Without a listener the SAP goes, as with the last close; an offer that is on its way
	 * finds nobody (18).  A registration under way looks again when it has ended.
	 */
	if (!err)
		ndproxy_adapter_update(adapter);
	ndproxy_handle_put(&lh->handle);
	return err;
}
