// SPDX-License-Identifier: GPL-2.0
/*
 * Lines and their handles.
 *
 * A line is there for all sessions of the namespace: it listens (has a SAP)
 * while a handle with OWNER is open, and comes down after its last handle.
 */
#include <linux/slab.h>

#include "ndproxy.h"

static void line_release(struct kref *ref)
{
	struct ndproxy_line *line = container_of(ref, struct ndproxy_line, ref);
	struct ndproxy_binding *adapter = line->adapter;

	WARN_ON(!list_empty(&line->handles) || !list_empty(&line->calls));
	kfree(line);
	ndproxy_adapter_put(adapter);
}

/**
 * ndproxy_line_hold() - take a reference on a line
 * @line: the line
 *
 * Context: any
 */
void ndproxy_line_hold(struct ndproxy_line *line)
{
	kref_get(&line->ref);
}

/**
 * ndproxy_line_put() - drop a reference on a line
 * @line: the line
 *
 * Context: any but interrupts; under the adapter's lock only by who holds the adapter
 */
void ndproxy_line_put(struct ndproxy_line *line)
{
	kref_put(&line->ref, line_release);
}

static struct ndproxy_line *line_alloc(struct ndproxy_binding *adapter, u32 number)
{
	struct ndproxy_line *line = kzalloc(sizeof(*line), GFP_KERNEL);

	if (!line)
		return NULL;
	kref_init(&line->ref);
	INIT_LIST_HEAD(&line->node);
	INIT_LIST_HEAD(&line->handles);
	INIT_LIST_HEAD(&line->calls);
	init_waitqueue_head(&line->settled);
	line->number = number;
	line->adapter = adapter;
	kref_get(&adapter->ref);
	return line;
}

/**
 * ndproxy_line_wants_sap() - whether a line should listen
 * @line: the line
 *
 * Return: true if so
 *
 * Context: the adapter's lock held
 */
bool ndproxy_line_wants_sap(const struct ndproxy_line *line)
{
	return line->listeners && !line->gone && !line->sap_error &&
	       line->adapter->state == NDPROXY_AF_OPEN;
}

/**
 * ndproxy_line_check() - forget a line of which nothing is left
 * @line: the line, held by the caller
 *
 * Context: the adapter's lock held
 */
void ndproxy_line_check(struct ndproxy_line *line)
{
	lockdep_assert_held(&line->adapter->lock);
	if (list_empty(&line->node) || !list_empty(&line->handles) || !list_empty(&line->calls) ||
	    line->sap_state != NDPROXY_SAP_NONE)
		return;
	list_del_init(&line->node);
	ndproxy_line_put(line);
}

/**
 * ndproxy_line_tell() - tell the handles of a line that something of it changed
 * @line: the line
 * @changed: LINEDEVSTATE_*
 * @except: a session that did it and is not told, or NULL
 *
 * Context: the adapter's lock held
 */
void ndproxy_line_tell(struct ndproxy_line *line, u32 changed,
		       const struct ndproxy_session *except)
{
	struct ndproxy_line_handle *lh;

	lockdep_assert_held(&line->adapter->lock);
	list_for_each_entry(lh, &line->handles, node)
		if (lh->mask & changed && lh->handle.session != except)
			ndproxy_event_line_state(lh, lh->mask & changed);
}

/**
 * ndproxy_line_settle() - who waits for a line's SAP looks again
 * @line: the line
 *
 * Context: the adapter's lock held
 */
void ndproxy_line_settle(struct ndproxy_line *line)
{
	lockdep_assert_held(&line->adapter->lock);
	wake_up_all(&line->settled);
}

/**
 * ndproxy_sap_gone() - a line's SAP is gone, or was not to be had; harmless the second time
 * @line: the line, held by the caller; the SAP's reference is given up
 * @status: 0, or why it could not be registered
 *
 * Context: process context
 */
void ndproxy_sap_gone(struct ndproxy_line *line, int status)
{
	struct ndproxy_binding *adapter = line->adapter;

	kref_get(&adapter->ref);
	spin_lock(&adapter->lock);
	if (line->sap_state == NDPROXY_SAP_NONE) {
		/* The core had taken us off the adapter, and the sweep was here first. */
		spin_unlock(&adapter->lock);
		ndproxy_adapter_put(adapter);
		return;
	}
	line->sap = NULL;
	line->sap_state = NDPROXY_SAP_NONE;
	if (status)
		line->sap_error = status;
	ndproxy_line_settle(line);
	ndproxy_line_check(line);
	spin_unlock(&adapter->lock);
	condis_delay_point("line.sap.gone", adapter->id);

	if (status)
		pr_notice_ratelimited("ndproxy: adapter %s: line %u cannot listen: error %d\n",
				      adapter->name, line->number, status);
	ndproxy_line_put(line);
	ndproxy_adapter_update(adapter);
	ndproxy_adapter_put(adapter);
}

/**
 * ndproxy_register_sap_complete() - ProtocolClRegisterSapComplete
 * @sap: the SAP
 * @status: 0, or why not
 *
 * Context: process context
 */
void ndproxy_register_sap_complete(struct condis_sap *sap, int status)
{
	struct ndproxy_line *line = condis_sap_context(sap);
	struct ndproxy_binding *adapter = line->adapter;

	if (status == -ECANCELED) {
		/* The core deregisters it at the family's deadline: that completion follows. */
		spin_lock(&adapter->lock);
		line->sap_state = NDPROXY_SAP_DEREGISTERING;
		spin_unlock(&adapter->lock);
		return;
	}
	if (status) {
		ndproxy_sap_gone(line, status);
		return;
	}

	spin_lock(&adapter->lock);
	line->sap = sap;
	line->sap_state = NDPROXY_SAP_REGISTERED;
	ndproxy_line_settle(line);
	spin_unlock(&adapter->lock);
	/* The last listener may have gone meanwhile. */
	ndproxy_adapter_update(adapter);
}

/**
 * ndproxy_deregister_sap_complete() - ProtocolClDeregisterSapComplete
 * @sap: the SAP, gone on return
 *
 * Context: process context
 */
void ndproxy_deregister_sap_complete(struct condis_sap *sap)
{
	ndproxy_sap_gone(condis_sap_context(sap), 0);
}

static struct ndproxy_line *line_find(struct ndproxy_binding *adapter, u32 number)
{
	struct ndproxy_line *line;

	list_for_each_entry(line, &adapter->lines, node)
		if (line->number == number && !line->gone)
			return line;
	return NULL;
}

static int open_line_check(struct ndproxy_command *cmd, const struct ndproxy_open_line *open)
{
	if (!ndproxy_line_privileges_are_valid(open->privileges))
		return ndproxy_bad(cmd, &open->privileges, -EINVAL);
	if (open->media_modes & ~NDPROXY_MEDIA_MODES ||
	    !open->media_modes != !(open->privileges & LINECALLPRIVILEGE_OWNER))
		return ndproxy_bad(cmd, &open->media_modes, -EINVAL);
	if (open->flags & ~LINEOPENOPTION_SINGLEADDRESS)
		return ndproxy_bad(cmd, &open->flags, -EINVAL);
	if (open->address && !(open->flags & LINEOPENOPTION_SINGLEADDRESS))
		return ndproxy_bad(cmd, &open->address, -EINVAL);
	return 0;
}

/* What only the adapter knows, under its lock. */
static int open_line_check_adapter(struct ndproxy_command *cmd,
				   const struct ndproxy_open_line *open,
				   struct ndproxy_binding *adapter)
{
	struct ndproxy_line_table_entry *entry;
	int err;

	if (!adapter->dead && cmd->session->serial < adapter->serial)
		return ndproxy_bad(cmd, &open->adapter, -ESTALE);
	err = ndproxy_adapter_ready(adapter);
	if (err)
		return ndproxy_bad(cmd, &open->adapter, err);
	if (open->line >= adapter->table->cm.num_lines)
		return ndproxy_bad(cmd, &open->line, -ENXIO);
	entry = ndproxy_table_line(adapter->table, open->line);
	if (open->flags & LINEOPENOPTION_SINGLEADDRESS &&
	    open->address >= entry->caps.num_addresses)
		return ndproxy_bad(cmd, &open->address, -ENXIO);
	if (open->media_modes & ~entry->caps.media_modes)
		return ndproxy_bad(cmd, &open->media_modes, -EOPNOTSUPP);
	return 0;
}

static struct ndproxy_line_handle *line_handle_alloc(struct ndproxy_session *session,
						     const struct ndproxy_open_line *open)
{
	struct ndproxy_line_handle *lh;
	int err;

	err = ndproxy_session_charge(session, CONDIS_CHARGE_LINE);
	if (err)
		return ERR_PTR(err);
	err = -ENOMEM;
	lh = kzalloc(sizeof(*lh), GFP_KERNEL_ACCOUNT);
	if (!lh)
		goto uncharge;
	err = ndproxy_handle_init(&lh->handle, session, false, GFP_KERNEL_ACCOUNT);
	if (err)
		goto free;

	INIT_LIST_HEAD(&lh->node);
	INIT_LIST_HEAD(&lh->calls);
	INIT_LIST_HEAD(&lh->replies);
	lh->cookie = open->cookie;
	lh->privileges = open->privileges;
	lh->media_modes = open->media_modes;
	lh->address = open->flags & LINEOPENOPTION_SINGLEADDRESS ? open->address :
								   NDPROXY_ANY_ADDRESS;
	return lh;

free:
	kfree(lh);
uncharge:
	ndproxy_session_uncharge(session, CONDIS_CHARGE_LINE);
	return ERR_PTR(err);
}

/* It was never published: only its memory goes, and the charge with it. */
static void line_handle_abandon(struct ndproxy_line_handle *lh)
{
	ndproxy_handle_abandon(&lh->handle);
	ndproxy_handle_put(&lh->handle);
}

/* Behind the last one of its user: who is asked for a call is asked user by user. */
static void line_handle_add(struct ndproxy_line_handle *lh)
{
	struct ndproxy_line_handle *other;

	list_for_each_entry_reverse(other, &lh->line->handles, node) {
		if (uid_eq(other->handle.session->uid, lh->handle.session->uid)) {
			list_add(&lh->node, &other->node);
			return;
		}
	}
	list_add_tail(&lh->node, &lh->line->handles);
}

static void line_handle_link(struct ndproxy_line_handle *lh)
{
	struct ndproxy_line *line = lh->line;

	ndproxy_line_tell(line, LINEDEVSTATE_OPEN, lh->handle.session);
	line_handle_add(lh);
	WRITE_ONCE(line->num_opens, line->num_opens + 1);
	if (lh->privileges & LINECALLPRIVILEGE_OWNER) {
		line->listeners++;
		/* A registration that was refused is tried again with each who would listen. */
		line->sap_error = 0;
	}
}

static void line_handle_unlink(struct ndproxy_line_handle *lh)
{
	struct ndproxy_line *line = lh->line;

	lh->handle.dead = true;
	ndproxy_line_settle(line);
	list_del_init(&lh->node);
	WRITE_ONCE(line->num_opens, line->num_opens - 1);
	if (lh->privileges & LINECALLPRIVILEGE_OWNER)
		line->listeners--;
}

/*
 * How the wait for a line's SAP has ended: 0, or why the line does not listen;
 * -EINPROGRESS: it has not.
 */
static int line_handle_listens(const struct ndproxy_line_handle *lh)
{
	const struct ndproxy_line *line = lh->line;
	struct ndproxy_binding *adapter = line->adapter;
	int err = -EINPROGRESS;

	spin_lock(&adapter->lock);
	if (lh->handle.dead) {
		/* Closed from below: a LINE_CLOSE tells; or by another thread, which knows. */
		err = READ_ONCE(lh->handle.session->ended) ? -ESHUTDOWN : 0;
	} else if (!(lh->privileges & LINECALLPRIVILEGE_OWNER)) {
		/* Another thread, which has guessed the number, would not have it listen. */
		err = 0;
	} else if (line->sap_state == NDPROXY_SAP_REGISTERED) {
		err = 0;
	} else if (line->sap_state == NDPROXY_SAP_NONE && line->sap_error) {
		err = line->sap_error;
	}
	spin_unlock(&adapter->lock);
	return err;
}

/* Why a line does not listen, in the words of the interface. */
static int listen_refused(struct ndproxy_command *cmd, const struct ndproxy_open_line *open,
			  int err)
{
	switch (err) {
	case -ERESTARTSYS:
		return err;
	case -ESHUTDOWN:
		if (READ_ONCE(cmd->session->ended))
			return err;
		fallthrough;
	case -ENODEV:
	case -ECANCELED:
		/* The core's words for an adapter that comes down or is being reconfigured. */
		return ndproxy_bad(cmd, &open->adapter, -ENETDOWN);
	default:
		return ndproxy_bad(cmd, &open->line, err);
	}
}

/*
 * Whoever dials the line when OPEN_LINE has returned finds somebody who listens.
 * The SAP may be another task's to register, which does so for all who want it,
 * or wait for the end of the one before.  The core bounds each of these.
 */
static int line_handle_wait(struct ndproxy_line_handle *lh)
{
	int status, err;

	err = wait_event_interruptible(lh->line->settled,
				       (status = line_handle_listens(lh)) != -EINPROGRESS);
	return err ?: status;
}

/* The handle was published, and the caller is not to have it. */
static void open_line_undo(struct ndproxy_line_handle *lh)
{
	struct ndproxy_object *handle;
	int err;

	handle = ndproxy_handle_take(lh->handle.session, lh->handle.id, false, &err);
	ndproxy_line_handle_close(lh);
	if (handle)
		ndproxy_handle_put(handle);
}

/**
 * ndproxy_open_line() - NDPROXY_OPEN_LINE
 * @cmd: the command
 * @arg: struct ndproxy_open_line
 *
 * Return: 0; -EINVAL, -ENODEV, -EAGAIN, -ESTALE, -ENXIO, -EOPNOTSUPP, -EDQUOT, -ENOMEM,
 * -ESHUTDOWN; with OWNER also -ENETDOWN, -ETIMEDOUT, -ERESTARTSYS, or what the call manager refuses
 * the SAP with
 *
 * Context: process context; with OWNER it waits until the line listens
 */
int ndproxy_open_line(struct ndproxy_command *cmd, void *arg)
{
	struct ndproxy_open_line *open = arg;
	struct ndproxy_line *fresh, *line;
	struct ndproxy_binding *adapter;
	struct ndproxy_line_handle *lh;
	int err;

	err = open_line_check(cmd, open);
	if (err)
		return err;
	adapter = ndproxy_net_adapter(cmd->session->net, open->adapter);
	if (!adapter)
		return ndproxy_bad(cmd, &open->adapter, -ENODEV);

	fresh = line_alloc(adapter, open->line);
	if (!fresh) {
		err = -ENOMEM;
		goto put_adapter;
	}
	lh = line_handle_alloc(cmd->session, open);
	if (IS_ERR(lh)) {
		err = PTR_ERR(lh);
		goto put_fresh;
	}

	spin_lock(&adapter->lock);
	err = open_line_check_adapter(cmd, open, adapter);
	line = err ? fresh : line_find(adapter, open->line) ?: fresh;
	lh->line = line;
	ndproxy_line_hold(line);
	if (!err)
		err = ndproxy_handle_publish(&lh->handle);
	if (!err) {
		if (line == fresh) {
			ndproxy_line_hold(line);
			list_add_tail(&line->node, &adapter->lines);
		}
		line_handle_link(lh);
		open->line_handle = lh->handle.id;
		/* For the wait: another thread may close it. */
		kref_get(&lh->handle.ref);
	}
	spin_unlock(&adapter->lock);
	condis_delay_point("line.open.linked", adapter->id);

	if (err) {
		line_handle_abandon(lh);
		goto put_fresh;
	}
	ndproxy_adapter_update(adapter);
	if (open->privileges & LINECALLPRIVILEGE_OWNER)
		err = line_handle_wait(lh);
	if (err) {
		open_line_undo(lh);
		open->line_handle = 0;
		err = listen_refused(cmd, open, err);
	}
	ndproxy_handle_put(&lh->handle);
put_fresh:
	ndproxy_line_put(fresh);
put_adapter:
	ndproxy_adapter_put(adapter);
	return err;
}

/* What became of a handle that is not its session's any more: the rest of the line. */
static void line_handle_let_go(struct ndproxy_line_handle *lh, bool bury, struct list_head *doomed)
{
	struct ndproxy_line *line = lh->line;
	struct ndproxy_call_handle *ch, *next;

	lockdep_assert_held(&line->adapter->lock);
	list_for_each_entry_safe(ch, next, &lh->calls, line_node)
		ndproxy_call_handle_remove(ch, bury, doomed);
	line_handle_unlink(lh);
}

/**
 * ndproxy_line_handle_close() - close a line handle (A.7, F3)
 * @lh: the handle, out of its session's table, held by the caller
 *
 * Its calls' handles die, calls without another owner are dropped, nothing of it
 * is told any more.
 *
 * Context: process context; waits for nobody
 */
void ndproxy_line_handle_close(struct ndproxy_line_handle *lh)
{
	struct ndproxy_session *session = lh->handle.session;
	struct ndproxy_line *line = lh->line;
	struct ndproxy_binding *adapter = line->adapter;
	LIST_HEAD(doomed);
	bool dead;

	/* First, so that nothing that follows from the close is told here. */
	ndproxy_events_discard(&lh->handle);
	ndproxy_requests_suppress(lh);
	condis_delay_point("line.close.silent", adapter->id);

	spin_lock(&adapter->lock);
	dead = lh->handle.dead;
	if (!dead) {
		line_handle_let_go(lh, false, &doomed);
		ndproxy_line_tell(line, LINEDEVSTATE_CLOSE, session);
		ndproxy_line_check(line);
	}
	spin_unlock(&adapter->lock);
	/* LINE_CLOSE came first. */
	if (dead)
		return;

	condis_delay_point("line.close.unlinked", adapter->id);
	/* The SAP first, so that no new call is offered; then its calls (F3). */
	ndproxy_adapter_update(adapter);
	condis_delay_point("line.close.updated", adapter->id);
	ndproxy_calls_close(&doomed);
}

/**
 * ndproxy_lines_force() - close all lines from below (A.10, F5, F6)
 * @adapter: the adapter
 * @doomed: gets the calls to close
 *
 * Each call is told DISCONNECTED and IDLE, each handle LINE_CLOSE, and the
 * handles are dead from here on; nobody waits for the network.
 *
 * Context: the adapter's lock held
 */
void ndproxy_lines_force(struct ndproxy_binding *adapter, struct list_head *doomed)
{
	struct ndproxy_line *line, *next_line;
	struct ndproxy_line_handle *lh, *next;
	struct ndproxy_call *call, *next_call;

	lockdep_assert_held(&adapter->lock);
	list_for_each_entry_safe(line, next_line, &adapter->lines, node) {
		ndproxy_line_hold(line);
		line->gone = true;
		list_for_each_entry_safe(call, next_call, &line->calls, node) {
			ndproxy_call_event(call, NDPROXY_CALL_EV_FORCE,
					   Q850_DESTINATION_OUT_OF_ORDER);
			ndproxy_call_doom(call, Q850_NORMAL_CLEARING, doomed);
		}
		list_for_each_entry_safe(lh, next, &line->handles, node) {
			line_handle_let_go(lh, true, doomed);
			ndproxy_event_line_close(lh);
			if (ndproxy_handle_untable(&lh->handle, true))
				ndproxy_handle_put(&lh->handle);
		}
		ndproxy_line_check(line);
		ndproxy_line_put(line);
	}
}

/**
 * ndproxy_lines_swept() - an address family is closed: no leg and no SAP can be left
 * @adapter: the adapter
 *
 * What the core had to take down by force told us no word of it.
 *
 * Context: process context
 */
void ndproxy_lines_swept(struct ndproxy_binding *adapter)
{
	struct ndproxy_call *call, *up;
	struct ndproxy_line *line, *listening;

	do {
		up = NULL;
		spin_lock(&adapter->lock);
		list_for_each_entry(line, &adapter->lines, node) {
			list_for_each_entry(call, &line->calls, node) {
				if (call->vc) {
					up = call;
					break;
				}
			}
			if (up)
				break;
		}
		if (up)
			ndproxy_call_hold(up);
		spin_unlock(&adapter->lock);
		if (up) {
			ndproxy_leg_end(up);
			ndproxy_call_put(up);
		}
	} while (up);

	do {
		listening = NULL;
		spin_lock(&adapter->lock);
		list_for_each_entry(line, &adapter->lines, node) {
			if (line->sap_state != NDPROXY_SAP_NONE) {
				ndproxy_line_hold(line);
				listening = line;
				break;
			}
		}
		spin_unlock(&adapter->lock);
		if (listening) {
			ndproxy_sap_gone(listening, 0);
			ndproxy_line_put(listening);
		}
	} while (listening);
}

/**
 * ndproxy_open_line_finish() - close the line again if the caller cannot be told the handle
 * @cmd: the command
 * @arg: struct ndproxy_open_line
 * @err: -EFAULT if so
 *
 * Return: @err
 *
 * Context: process context
 */
int ndproxy_open_line_finish(struct ndproxy_command *cmd, void *arg, int err)
{
	const struct ndproxy_open_line *open = arg;
	struct ndproxy_object *handle;
	int gone;

	if (!err)
		return 0;
	handle = ndproxy_handle_take(cmd->session, open->line_handle, false, &gone);
	if (handle) {
		ndproxy_line_handle_close(container_of(handle, struct ndproxy_line_handle,
						       handle));
		ndproxy_handle_put(handle);
	}
	return err;
}

/**
 * ndproxy_close_line() - NDPROXY_CLOSE_LINE
 * @cmd: the command
 * @arg: struct ndproxy_handle
 *
 * Return: 0; -EBADF
 *
 * Context: process context; waits for nobody
 */
int ndproxy_close_line(struct ndproxy_command *cmd, void *arg)
{
	const struct ndproxy_handle *close = arg;
	struct ndproxy_object *handle;
	int err;

	handle = ndproxy_handle_take(cmd->session, close->handle, false, &err);
	if (err)
		return ndproxy_bad(cmd, &close->handle, err);
	if (handle) {
		ndproxy_line_handle_close(container_of(handle, struct ndproxy_line_handle,
						       handle));
		ndproxy_handle_put(handle);
	}
	return 0;
}

/**
 * ndproxy_line_handle_get() - find a line handle
 * @session: whose it is
 * @id: number, any
 * @lh: the handle, with a reference
 *
 * Whether it is alive is seen under the adapter's lock, by
 * ndproxy_line_handle_alive().
 *
 * Return: 0; -EBADF; -ENODEV: closed from below
 *
 * Context: process context
 */
int ndproxy_line_handle_get(struct ndproxy_session *session, u32 id,
			    struct ndproxy_line_handle **lh)
{
	struct ndproxy_object *handle;
	int err;

	err = ndproxy_handle_find(session, id, false, &handle);
	if (!err)
		*lh = container_of(handle, struct ndproxy_line_handle, handle);
	return err;
}

/**
 * ndproxy_line_handle_alive() - whether a line handle can still be used
 * @lh: the handle
 *
 * Return: 0; -EBADF: closed meanwhile; -ENODEV: closed from below
 *
 * Context: the adapter's lock held
 */
int ndproxy_line_handle_alive(const struct ndproxy_line_handle *lh)
{
	lockdep_assert_held(&lh->line->adapter->lock);
	if (!lh->handle.dead)
		return 0;
	return lh->line->gone ? -ENODEV : -EBADF;
}
