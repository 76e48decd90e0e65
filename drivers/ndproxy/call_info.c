// SPDX-License-Identifier: GPL-2.0
/*
 * Commands that ask about calls, and those that share them (A.5, A.12).
 */
#include <linux/string.h>

#include "ndproxy.h"

static int get_call_info(struct ndproxy_command *cmd, struct ndproxy_call_handle *ch, void *arg)
{
	struct ndproxy_call_info *info = arg;
	const struct ndproxy_call *call = ch->call;

	info->line_handle = ch->line_handle->handle.id;
	info->call_id = call->vc_id;
	info->adapter = call->line->adapter->id;
	info->line = call->line->number;
	info->address = call->address;
	info->origin = call->outgoing ? LINECALLORIGIN_OUTBOUND : LINECALLORIGIN_INBOUND;
	info->media_modes = call->media_modes;
	info->owners = call->owners;
	info->monitors = call->monitors;
	info->tx_rate = call->tx_rate;
	info->rx_rate = call->rx_rate;
	info->max_sdu = call->max_sdu;
	strscpy(info->called, call->called, sizeof(info->called));
	strscpy(info->calling, call->calling, sizeof(info->calling));
	info->app_specific = call->app_specific;
	info->digit_modes = call->digit_modes;
	return 0;
}

/**
 * ndproxy_get_call_info() - NDPROXY_GET_CALL_INFO
 * @cmd: the command
 * @arg: struct ndproxy_call_info
 *
 * Return: 0; -EBADF, -ENODEV
 *
 * Context: process context
 */
int ndproxy_get_call_info(struct ndproxy_command *cmd, void *arg)
{
	const struct ndproxy_call_info *info = arg;

	return ndproxy_call_command(cmd, &info->call, arg, get_call_info);
}

static int set_call_info(struct ndproxy_command *cmd, struct ndproxy_call_handle *ch, void *arg)
{
	const struct ndproxy_set_call_info *set = arg;
	struct ndproxy_call *call = ch->call;
	const struct ndproxy_line *line = call->line;
	const struct condis_line_caps *caps;
	u32 changed = 0;

	if (ch->privilege != LINECALLPRIVILEGE_OWNER)
		return ndproxy_bad(cmd, &set->call, -EPERM);
	caps = &ndproxy_table_line(line->adapter->table, line->number)->caps;
	if (set->media_modes & ~caps->media_modes)
		return ndproxy_bad(cmd, &set->media_modes, -EOPNOTSUPP);

	if (set->flags & NDPROXY_CALL_INFO_MEDIA_MODES && call->media_modes != set->media_modes) {
		WRITE_ONCE(call->media_modes, set->media_modes);
		changed |= LINECALLINFOSTATE_MEDIAMODE;
	}
	if (set->flags & NDPROXY_CALL_INFO_APP_SPECIFIC &&
	    call->app_specific != set->app_specific) {
		call->app_specific = set->app_specific;
		changed |= LINECALLINFOSTATE_APPSPECIFIC;
	}
	if (changed)
		ndproxy_call_tell_info(call, changed, cmd->session, NULL);
	return 0;
}

/**
 * ndproxy_set_call_info() - NDPROXY_SET_CALL_INFO
 * @cmd: the command
 * @arg: struct ndproxy_set_call_info
 *
 * Return: 0; -EINVAL, -EBADF, -ENODEV, -EPERM, -EOPNOTSUPP
 *
 * Context: process context
 */
int ndproxy_set_call_info(struct ndproxy_command *cmd, void *arg)
{
	const u32 known = NDPROXY_CALL_INFO_MEDIA_MODES | NDPROXY_CALL_INFO_APP_SPECIFIC;
	const struct ndproxy_set_call_info *set = arg;

	if (!set->flags || set->flags & ~known)
		return ndproxy_bad(cmd, &set->flags, -EINVAL);
	if (set->media_modes & ~NDPROXY_MEDIA_MODES ||
	    !set->media_modes != !(set->flags & NDPROXY_CALL_INFO_MEDIA_MODES))
		return ndproxy_bad(cmd, &set->media_modes, -EINVAL);
	if (set->app_specific && !(set->flags & NDPROXY_CALL_INFO_APP_SPECIFIC))
		return ndproxy_bad(cmd, &set->app_specific, -EINVAL);
	return ndproxy_call_command(cmd, &set->call, arg, set_call_info);
}

/* What an owner may do now. */
static u32 call_features(const struct ndproxy_call_handle *ch)
{
	static const struct {
		enum ndproxy_call_event event;
		u32 feature;
	} features[] = {
		{ NDPROXY_CALL_EV_ACCEPT, LINECALLFEATURE_ACCEPT },
		{ NDPROXY_CALL_EV_ANSWER, LINECALLFEATURE_ANSWER },
		{ NDPROXY_CALL_EV_DROP, LINECALLFEATURE_DROP },
	};
	u32 can = 0;
	size_t i;

	if (ch->privilege != LINECALLPRIVILEGE_OWNER)
		return 0;
	for (i = 0; i < ARRAY_SIZE(features); i++)
		if (!ndproxy_call_transition(ch->call->state, features[i].event)->error)
			can |= features[i].feature;
	return can;
}

static int get_call_status(struct ndproxy_command *cmd, struct ndproxy_call_handle *ch, void *arg)
{
	struct ndproxy_call_status *status = arg;

	status->state = ndproxy_report_line_state(ch->call->seen);
	status->mode = ndproxy_call_mode(ch->call, status->state);
	status->privilege = ch->privilege;
	status->features = call_features(ch) | ndproxy_digit_features(ch);
	if (status->state == LINECALLSTATE_DISCONNECTED || status->state == LINECALLSTATE_IDLE)
		status->cause = ch->call->cause;
	status->entered = ch->call->entered;
	return 0;
}

/**
 * ndproxy_get_call_status() - NDPROXY_GET_CALL_STATUS
 * @cmd: the command
 * @arg: struct ndproxy_call_status
 *
 * Return: 0; -EBADF, -ENODEV
 *
 * Context: process context
 */
int ndproxy_get_call_status(struct ndproxy_command *cmd, void *arg)
{
	const struct ndproxy_call_status *status = arg;

	return ndproxy_call_command(cmd, &status->call, arg, get_call_status);
}

static int get_call_diagnostics(struct ndproxy_command *cmd, struct ndproxy_call_handle *ch,
				void *arg)
{
	struct ndproxy_call_diagnostics *diagnostics = arg;
	const struct ndproxy_call *call = ch->call;

	if (call->diagnosed && call->diagnostics.cause) {
		diagnostics->cause = call->diagnostics.cause;
		diagnostics->location = call->diagnostics.location;
		diagnostics->remote = call->diagnostics.remote;
	} else {
		/* Closed from this side: the call manager was not asked. */
		diagnostics->cause = call->cause;
	}
	return 0;
}

/**
 * ndproxy_get_call_diagnostics() - NDPROXY_GET_CALL_DIAGNOSTICS
 * @cmd: the command
 * @arg: struct ndproxy_call_diagnostics
 *
 * Return: 0; -EBADF, -ENODEV
 *
 * Context: process context
 */
int ndproxy_get_call_diagnostics(struct ndproxy_command *cmd, void *arg)
{
	const struct ndproxy_call_diagnostics *diagnostics = arg;

	return ndproxy_call_command(cmd, &diagnostics->call, arg, get_call_diagnostics);
}

static int set_call_privilege(struct ndproxy_command *cmd, struct ndproxy_call_handle *ch,
			      void *arg)
{
	const struct ndproxy_privilege *set = arg;
	const struct ndproxy_call *call = ch->call;

	if (set->privilege == LINECALLPRIVILEGE_OWNER) {
		if (!ndproxy_call_visible(call, cmd->session))
			return ndproxy_bad(cmd, &set->call, -EACCES);
		ndproxy_call_handle_raise(ch, cmd->session);
		return 0;
	}
	/* Somebody must be able to end it. */
	if (ch->privilege == LINECALLPRIVILEGE_OWNER && call->owners == 1 &&
	    call->state != NDPROXY_CALL_IDLE)
		return ndproxy_bad(cmd, &set->privilege, -EBADFD);
	ndproxy_call_handle_lower(ch);
	return 0;
}

/**
 * ndproxy_set_call_privilege() - NDPROXY_SET_CALL_PRIVILEGE
 * @cmd: the command
 * @arg: struct ndproxy_privilege
 *
 * Return: 0; -EINVAL, -EBADF, -ENODEV, -EBADFD, -EACCES
 *
 * Context: process context
 */
int ndproxy_set_call_privilege(struct ndproxy_command *cmd, void *arg)
{
	const struct ndproxy_privilege *set = arg;

	if (set->privilege != LINECALLPRIVILEGE_MONITOR &&
	    set->privilege != LINECALLPRIVILEGE_OWNER)
		return ndproxy_bad(cmd, &set->privilege, -EINVAL);
	return ndproxy_call_command(cmd, &set->call, arg, set_call_privilege);
}

#define NDPROXY_HANDOFFS	(NDPROXY_HANDOFF_SESSION | NDPROXY_HANDOFF_MEDIA_MODE | \
				 NDPROXY_HANDOFF_NAME)

static bool handoff_target(const struct ndproxy_handoff *handoff,
			   const struct ndproxy_line_handle *lh)
{
	struct condis_account *account = lh->handle.session->account;

	if (!(lh->privileges & LINECALLPRIVILEGE_OWNER))
		return false;
	switch (handoff->flags) {
	case NDPROXY_HANDOFF_SESSION:
		return condis_account_id(account) == handoff->session;
	case NDPROXY_HANDOFF_NAME:
		return condis_account_is_called(account, handoff->name);
	default:
		return lh->media_modes & handoff->media_mode;
	}
}

/* The member that names the target. */
static const void *handoff_by(const struct ndproxy_handoff *handoff)
{
	switch (handoff->flags) {
	case NDPROXY_HANDOFF_SESSION:
		return &handoff->session;
	case NDPROXY_HANDOFF_NAME:
		return &handoff->name;
	default:
		return &handoff->media_mode;
	}
}

static int handoff_to(struct ndproxy_call *call, struct ndproxy_line_handle *lh,
		      const struct ndproxy_session *by)
{
	struct ndproxy_call_handle *ch;
	int err;

	list_for_each_entry(ch, &call->handles, call_node) {
		if (ch->handle.session != lh->handle.session)
			continue;
		ndproxy_call_handle_raise(ch, by);
		ndproxy_event_privilege(ch, call->seen);
		return 0;
	}

	ch = ndproxy_call_handle_alloc(call, lh, LINECALLPRIVILEGE_OWNER,
				       GFP_ATOMIC | __GFP_NOWARN);
	if (IS_ERR(ch))
		return PTR_ERR(ch);
	err = ndproxy_call_handle_give(ch);
	/* The target may end at this moment. */
	if (!err && ndproxy_call_handle_add(ch))
		err = -ESRCH;
	if (err) {
		ndproxy_call_handle_free(ch);
		return err;
	}
	ndproxy_call_handle_announce(ch, by);
	return 0;
}

static int handoff_check(struct ndproxy_command *cmd, const struct ndproxy_handoff *handoff)
{
	u32 flags = handoff->flags;

	if (hweight32(flags) != 1 || flags & ~NDPROXY_HANDOFFS)
		return ndproxy_bad(cmd, &handoff->flags, -EINVAL);
	if (flags != NDPROXY_HANDOFF_SESSION && handoff->session)
		return ndproxy_bad(cmd, &handoff->session, -EINVAL);
	if (flags == NDPROXY_HANDOFF_MEDIA_MODE ?
	    hweight32(handoff->media_mode) != 1 || handoff->media_mode & ~NDPROXY_MEDIA_MODES :
	    handoff->media_mode)
		return ndproxy_bad(cmd, &handoff->media_mode, -EINVAL);
	if (flags == NDPROXY_HANDOFF_NAME ? !condis_session_name_is_valid(handoff->name) :
	    !!memchr_inv(handoff->name, 0, sizeof(handoff->name)))
		return ndproxy_bad(cmd, &handoff->name, -EINVAL);
	return 0;
}

static int handoff(struct ndproxy_command *cmd, struct ndproxy_call_handle *ch, void *arg)
{
	const struct ndproxy_handoff *handoff = arg;
	struct ndproxy_line_handle *lh, *best = NULL;
	struct ndproxy_call *call = ch->call;
	const struct ndproxy_session *session;
	u32 priority, highest = 0;
	bool is_own = false;

	if (ch->privilege != LINECALLPRIVILEGE_OWNER)
		return ndproxy_bad(cmd, &handoff->call, -EPERM);
	if (!call->replied)
		return ndproxy_bad(cmd, &handoff->call, -EBADFD);
	list_for_each_entry(lh, &call->line->handles, node) {
		if (!handoff_target(handoff, lh))
			continue;
		session = lh->handle.session;
		/* Others may be called so, too. */
		if (handoff->flags == NDPROXY_HANDOFF_NAME && session == cmd->session) {
			is_own = true;
			continue;
		}
		priority = ndproxy_session_priority(session,
						    handoff->media_mode ?: call->media_modes);
		/*
		 * Anybody can take a name, and any priority: another user's only if there is
		 * none of the giver's own, and then of the one who came first.
		 */
		if (best && (uid_eq(session->uid, best->handle.session->uid) ?
			     priority <= highest : !uid_eq(session->uid, cmd->session->uid)))
			continue;
		best = lh;
		highest = priority;
	}
	if (best && best->handle.session != cmd->session)
		return handoff_to(call, best, cmd->session);
	return ndproxy_bad(cmd, handoff_by(handoff), best || is_own ? -ELOOP : -ESRCH);
}

/**
 * ndproxy_handoff() - NDPROXY_HANDOFF
 * @cmd: the command
 * @arg: struct ndproxy_handoff
 *
 * Return: 0; -EINVAL, -EBADF, -ENODEV, -EPERM, -EBADFD (no reply to its make-call yet), -ESRCH,
 * -ELOOP, -EDQUOT, -ENOMEM
 *
 * Context: process context
 */
int ndproxy_handoff(struct ndproxy_command *cmd, void *arg)
{
	const struct ndproxy_handoff *to = arg;
	int err;

	err = handoff_check(cmd, to);
	if (err)
		return err;
	return ndproxy_call_command(cmd, &to->call, arg, handoff);
}

static bool session_has_call(const struct ndproxy_session *session,
			     const struct ndproxy_call *call)
{
	const struct ndproxy_call_handle *ch;

	list_for_each_entry(ch, &call->handles, call_node)
		if (ch->handle.session == session)
			return true;
	return false;
}

static void new_calls_remove(struct ndproxy_command *cmd, struct ndproxy_new_calls *new)
{
	struct ndproxy_object *handle;
	u32 i;
	int err;

	for (i = 0; i < new->num_calls; i++) {
		handle = ndproxy_handle_take(cmd->session, new->calls[i], true, &err);
		if (handle)
			ndproxy_call_handle_close(handle);
	}
	new->num_calls = 0;
}

static int new_calls_check(struct ndproxy_command *cmd, const struct ndproxy_new_calls *new,
			   const struct ndproxy_line *line)
{
	const struct condis_line_caps *caps;

	caps = &ndproxy_table_line(line->adapter->table, line->number)->caps;
	if (new->select == LINECALLSELECT_ADDRESS && new->address >= caps->num_addresses)
		return ndproxy_bad(cmd, &new->address, -ENXIO);
	return 0;
}

static int new_calls_add(struct ndproxy_new_calls *new, struct ndproxy_call *call,
			 struct ndproxy_line_handle *lh)
{
	struct ndproxy_call_handle *ch;
	int err;

	ch = ndproxy_call_handle_alloc(call, lh, LINECALLPRIVILEGE_MONITOR,
				       GFP_ATOMIC | __GFP_NOWARN);
	if (IS_ERR(ch))
		return PTR_ERR(ch);
	err = ndproxy_call_handle_add(ch);
	if (err) {
		ndproxy_call_handle_free(ch);
		return err;
	}
	ndproxy_call_handle_seen(ch);
	new->calls[new->num_calls++] = ch->handle.id;
	return 0;
}

/**
 * ndproxy_get_new_calls() - NDPROXY_GET_NEW_CALLS
 * @cmd: the command
 * @arg: struct ndproxy_new_calls
 *
 * Return: 0; -EINVAL, -EBADF, -ENODEV, -ENXIO, -EDQUOT, -ENOMEM, -ESHUTDOWN
 *
 * Context: process context
 */
int ndproxy_get_new_calls(struct ndproxy_command *cmd, void *arg)
{
	struct ndproxy_new_calls *new = arg;
	struct ndproxy_line_handle *lh;
	struct ndproxy_call *call;
	int err;

	if (new->select != LINECALLSELECT_LINE && new->select != LINECALLSELECT_ADDRESS)
		return ndproxy_bad(cmd, &new->select, -EINVAL);
	if (new->select == LINECALLSELECT_LINE && new->address)
		return ndproxy_bad(cmd, &new->address, -EINVAL);
	err = ndproxy_line_handle_get(cmd->session, new->line_handle, &lh);
	if (err)
		return ndproxy_bad(cmd, &new->line_handle, err);

	spin_lock(&lh->line->adapter->lock);
	err = ndproxy_line_handle_alive(lh);
	if (err)
		err = ndproxy_bad(cmd, &new->line_handle, err);
	else
		err = new_calls_check(cmd, new, lh->line);
	if (err)
		goto unlock;
	list_for_each_entry(call, &lh->line->calls, node) {
		if (call->state == NDPROXY_CALL_IDLE || !call->replied ||
		    (new->select == LINECALLSELECT_ADDRESS &&
		     new->address != call->address) ||
		    !ndproxy_call_visible(call, cmd->session) ||
		    session_has_call(cmd->session, call))
			continue;
		if (new->num_calls == NDPROXY_NEW_CALLS_MAX) {
			new->more = 1;
			break;
		}
		err = new_calls_add(new, call, lh);
		if (err)
			break;
	}
unlock:
	spin_unlock(&lh->line->adapter->lock);
	ndproxy_handle_put(&lh->handle);
	/* All or nothing. */
	if (err)
		new_calls_remove(cmd, new);
	return err;
}

/**
 * ndproxy_get_new_calls_finish() - take the handles back if the caller cannot be told them
 * @cmd: the command
 * @arg: struct ndproxy_new_calls
 * @err: -EFAULT if so
 *
 * Return: @err
 *
 * Context: process context
 */
int ndproxy_get_new_calls_finish(struct ndproxy_command *cmd, void *arg, int err)
{
	if (err)
		new_calls_remove(cmd, arg);
	return err;
}
