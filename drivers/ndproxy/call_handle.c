// SPDX-License-Identifier: GPL-2.0
/*
 * Call handles: who has a call, as its owner or its monitor, and hears of it.
 *
 * The first handle of a call is a part of it.  A handle dies with its line handle, or
 * when its session deallocates it; the call is dropped with its last owner.
 */
#include <linux/slab.h>
#include <linux/timekeeping.h>

#include "ndproxy.h"

/**
 * ndproxy_call_tell_info() - LINE_CALLINFO to who has a call; never after IDLE
 * @call: the call
 * @changed: LINECALLINFOSTATE_*
 * @who: whom it concerns, who is not told
 * @by: who caused it, likewise, or NULL
 *
 * Context: the adapter's lock held
 */
void ndproxy_call_tell_info(struct ndproxy_call *call, u32 changed,
			    const struct ndproxy_session *who, const struct ndproxy_session *by)
{
	struct ndproxy_call_handle *ch;

	lockdep_assert_held(&call->line->adapter->lock);
	if (call->state == NDPROXY_CALL_IDLE)
		return;
	list_for_each_entry(ch, &call->handles, call_node)
		if (ch->handle.session != who && ch->handle.session != by)
			ndproxy_event_call_info(ch, changed);
}

/**
 * ndproxy_call_handle_get() - find a call handle
 * @session: whose it is
 * @id: number, any
 * @ch: the handle, with a reference
 *
 * Whether it is alive is seen under the adapter's lock, by
 * ndproxy_call_handle_use().
 *
 * Return: 0; -EBADF; -ENODEV: its line was closed from below
 *
 * Context: process context
 */
int ndproxy_call_handle_get(struct ndproxy_session *session, u32 id,
			    struct ndproxy_call_handle **ch)
{
	struct ndproxy_object *handle;
	int err;

	err = ndproxy_handle_find(session, id, true, &handle);
	if (!err)
		*ch = container_of(handle, struct ndproxy_call_handle, handle);
	return err;
}

/* A handle that was handed over is its session's own from here on, or is gone. */
static void call_handle_taken(struct ndproxy_call_handle *ch)
{
	if (!ch->given)
		return;
	ch->given = false;
	ndproxy_session_uncharge(ch->handle.session, CONDIS_CHARGE_GIVEN);
}

/**
 * ndproxy_call_handle_give() - a call handle is handed over to its session
 * @ch: the handle, nobody has it yet
 *
 * The session has not asked for it, so it takes of the session's calls only a
 * part that is kept for such, until the session uses it.
 *
 * Return: 0; -EDQUOT: the session has as many that it has not used
 *
 * Context: the adapter's lock held
 */
int ndproxy_call_handle_give(struct ndproxy_call_handle *ch)
{
	int err = ndproxy_session_charge(ch->handle.session, CONDIS_CHARGE_GIVEN);

	ch->given = !err;
	return err;
}

/**
 * ndproxy_call_handle_use() - a command uses a call handle
 * @ch: the handle
 *
 * Return: 0; -EBADF: deallocated meanwhile; -ENODEV: its line was closed from below
 *
 * Context: the adapter's lock held
 */
int ndproxy_call_handle_use(struct ndproxy_call_handle *ch)
{
	lockdep_assert_held(&ch->call->line->adapter->lock);
	if (ch->handle.dead)
		return ch->call->line->gone ? -ENODEV : -EBADF;
	call_handle_taken(ch);
	return 0;
}

/**
 * ndproxy_call_command() - run a command on a call handle, under its adapter's lock
 * @cmd: the command
 * @id: the handle's number, the member of the command's structure
 * @arg: for @run
 * @run: does it
 *
 * Return: what @run says; -EBADF, -ENODEV: there is no such handle, as noted in @cmd
 *
 * Context: process context
 */
int ndproxy_call_command(struct ndproxy_command *cmd, const u32 *id, void *arg,
			 int (*run)(struct ndproxy_command *cmd, struct ndproxy_call_handle *ch,
				    void *arg))
{
	struct ndproxy_call_handle *ch;
	int err;

	err = ndproxy_call_handle_get(cmd->session, *id, &ch);
	if (err)
		return ndproxy_bad(cmd, id, err);

	spin_lock(ndproxy_call_lock(ch));
	err = ndproxy_call_handle_use(ch);
	if (err)
		err = ndproxy_bad(cmd, id, err);
	else
		err = run(cmd, ch, arg);
	spin_unlock(ndproxy_call_lock(ch));
	ndproxy_handle_put(&ch->handle);
	return err;
}

/**
 * ndproxy_call_lock() - the lock of a call handle's call
 * @ch: the handle
 *
 * Return: its adapter's lock
 *
 * Context: any
 */
spinlock_t *ndproxy_call_lock(const struct ndproxy_call_handle *ch)
{
	return &ch->call->line->adapter->lock;
}

/**
 * ndproxy_call_handle_alloc() - make a call handle; nobody finds it yet
 * @call: the call
 * @lh: the line handle it is for
 * @privilege: LINECALLPRIVILEGE_OWNER or LINECALLPRIVILEGE_MONITOR
 * @gfp: how to allocate
 *
 * Return: the handle, for ndproxy_call_handle_add() or ndproxy_call_handle_free(); an ERR_PTR():
 * -EDQUOT, -ENOMEM
 *
 * Context: as @gfp says
 */
struct ndproxy_call_handle *ndproxy_call_handle_alloc(struct ndproxy_call *call,
						      struct ndproxy_line_handle *lh,
						      u32 privilege, gfp_t gfp)
{
	struct ndproxy_session *session = lh->handle.session;
	struct ndproxy_call_handle *ch;
	int err;

	err = ndproxy_session_charge(session, CONDIS_CHARGE_CALL);
	if (err)
		return ERR_PTR(err);
	err = -ENOMEM;
	if (call->first_used) {
		ch = kzalloc(sizeof(*ch), gfp);
		if (!ch)
			goto uncharge;
	} else {
		ch = &call->first;
	}
	err = ndproxy_handle_init(&ch->handle, session, true, gfp);
	if (err)
		goto free;

	INIT_LIST_HEAD(&ch->call_node);
	INIT_LIST_HEAD(&ch->line_node);
	ch->privilege = privilege;
	ch->privilege_in = NDPROXY_NR_REPORTS;
	ch->call = call;
	ndproxy_call_hold(call);
	ch->line_handle = lh;
	kref_get(&lh->handle.ref);
	if (ch == &call->first)
		call->first_used = true;
	return ch;

free:
	if (ch != &call->first)
		kfree(ch);
uncharge:
	ndproxy_session_uncharge(session, CONDIS_CHARGE_CALL);
	return ERR_PTR(err);
}

/**
 * ndproxy_call_handle_release() - nobody has a call handle any more: its memory
 * @ch: the handle
 *
 * Context: any but interrupts
 */
void ndproxy_call_handle_release(struct ndproxy_call_handle *ch)
{
	struct ndproxy_line_handle *lh = ch->line_handle;
	struct ndproxy_call *call = ch->call;

	kfree(ch->digits);
	if (ch != &call->first)
		kfree(ch);
	ndproxy_handle_put(&lh->handle);
	/* Last: the first handle is a part of it. */
	ndproxy_call_put(call);
}

/**
 * ndproxy_call_handle_free() - give back a call handle that was not added
 * @ch: the handle; its call is held by the caller
 *
 * Context: any but interrupts
 */
void ndproxy_call_handle_free(struct ndproxy_call_handle *ch)
{
	struct ndproxy_call *call = ch->call;
	bool is_first = ch == &call->first;

	call_handle_taken(ch);
	ndproxy_handle_abandon(&ch->handle);
	ndproxy_handle_put(&ch->handle);
	/* The next who is asked gets it: nobody has the call yet but who looks for its owner. */
	if (is_first) {
		memset(&call->first, 0, sizeof(call->first));
		call->first_used = false;
	}
}

/**
 * ndproxy_call_handle_add() - let a session have its call handle
 * @ch: the handle; its line handle is alive
 *
 * Return: 0; -ESHUTDOWN: the session has ended
 *
 * Context: the adapter's lock held
 */
int ndproxy_call_handle_add(struct ndproxy_call_handle *ch)
{
	struct ndproxy_call *call = ch->call;
	int err;

	lockdep_assert_held(&call->line->adapter->lock);
	err = ndproxy_handle_publish(&ch->handle);
	if (err)
		return err;

	list_add_tail(&ch->call_node, &call->handles);
	list_add_tail(&ch->line_node, &ch->line_handle->calls);
	if (ch->privilege == LINECALLPRIVILEGE_OWNER) {
		WRITE_ONCE(call->owners, call->owners + 1);
		if (!call->owned) {
			call->owned = true;
			call->uid = ch->handle.session->uid;
		}
	} else {
		WRITE_ONCE(call->monitors, call->monitors + 1);
	}
	return 0;
}

/**
 * ndproxy_call_handle_remove() - a call handle dies
 * @ch: the handle, held by the caller
 * @bury: it dies with a LINE_CLOSE: what was told stays; else everything not read is discarded
 * @doomed: gets the call if nobody owns it any more
 *
 * Context: the adapter's lock held
 */
void ndproxy_call_handle_remove(struct ndproxy_call_handle *ch, bool bury,
				struct list_head *doomed)
{
	struct ndproxy_session *session = ch->handle.session;
	struct ndproxy_call *call = ch->call;
	u32 changed;

	lockdep_assert_held(&call->line->adapter->lock);
	ndproxy_call_hold(call);
	ch->handle.dead = true;
	call_handle_taken(ch);
	list_del_init(&ch->call_node);
	list_del_init(&ch->line_node);
	if (ch->privilege == LINECALLPRIVILEGE_OWNER) {
		WRITE_ONCE(call->owners, call->owners - 1);
		changed = LINECALLINFOSTATE_NUMOWNERDECR;
	} else {
		WRITE_ONCE(call->monitors, call->monitors - 1);
		changed = LINECALLINFOSTATE_NUMMONITORS;
	}
	ndproxy_call_tell_info(call, changed, session, NULL);
	if (ch->digits)
		ndproxy_digits_changed(call, session);
	if (ch->generates && !bury)
		ndproxy_requests_forget_digits(ch);

	/* Nobody could end it any more (A.6): LINEDEVCAPFLAGS_CLOSEDROP. */
	if (!call->owners) {
		ndproxy_call_event(call, NDPROXY_CALL_EV_DROP, Q850_NORMAL_CLEARING);
		ndproxy_call_doom(call, Q850_NORMAL_CLEARING, doomed);
	}
	ndproxy_call_check(call);

	if (bury) {
		spin_lock(&session->lock);
		ch->handle.silent = true;
		spin_unlock(&session->lock);
	} else {
		ndproxy_events_discard(&ch->handle);
	}
	if (ndproxy_handle_untable(&ch->handle, bury))
		ndproxy_handle_put(&ch->handle);
	ndproxy_call_put(call);
}

/**
 * ndproxy_call_handle_raise() - a monitor becomes an owner
 * @ch: its handle
 * @by: who did it; neither is told
 *
 * Context: the adapter's lock held
 */
void ndproxy_call_handle_raise(struct ndproxy_call_handle *ch, const struct ndproxy_session *by)
{
	struct ndproxy_call *call = ch->call;

	lockdep_assert_held(&call->line->adapter->lock);
	if (ch->privilege == LINECALLPRIVILEGE_OWNER)
		return;
	WRITE_ONCE(ch->privilege, LINECALLPRIVILEGE_OWNER);
	WRITE_ONCE(call->monitors, call->monitors - 1);
	WRITE_ONCE(call->owners, call->owners + 1);
	ndproxy_call_tell_info(call,
			       LINECALLINFOSTATE_NUMOWNERINCR | LINECALLINFOSTATE_NUMMONITORS,
			       ch->handle.session, by);
}

/**
 * ndproxy_call_handle_lower() - an owner becomes a monitor
 * @ch: its handle; there are other owners, or the call is IDLE
 *
 * Context: the adapter's lock held
 */
void ndproxy_call_handle_lower(struct ndproxy_call_handle *ch)
{
	struct ndproxy_call *call = ch->call;

	lockdep_assert_held(&call->line->adapter->lock);
	if (ch->privilege == LINECALLPRIVILEGE_MONITOR)
		return;
	WRITE_ONCE(ch->privilege, LINECALLPRIVILEGE_MONITOR);
	WRITE_ONCE(call->owners, call->owners - 1);
	WRITE_ONCE(call->monitors, call->monitors + 1);
	ndproxy_call_tell_info(call,
			       LINECALLINFOSTATE_NUMOWNERDECR | LINECALLINFOSTATE_NUMMONITORS,
			       ch->handle.session, NULL);
}

/**
 * ndproxy_call_handle_announce() - tell a session of its new call handle (A.4)
 * @ch: the handle
 * @by: who gave it the call, or NULL
 *
 * Context: the adapter's lock held
 */
void ndproxy_call_handle_announce(struct ndproxy_call_handle *ch,
				  const struct ndproxy_session *by)
{
	struct ndproxy_call *call = ch->call;

	ndproxy_call_trace(call, false, "LINE_APPNEWCALL", ch->handle.id);
	ndproxy_event_new_call(ch, call->seen);
	ndproxy_call_tell_info(call, ch->privilege == LINECALLPRIVILEGE_OWNER ?
				     LINECALLINFOSTATE_NUMOWNERINCR : LINECALLINFOSTATE_NUMMONITORS,
			       ch->handle.session, by);
}

/**
 * ndproxy_call_handle_seen() - a session was given a call handle in so many words
 * @ch: the handle
 *
 * The call's present state counts as reported.
 *
 * Context: the adapter's lock held
 */
void ndproxy_call_handle_seen(struct ndproxy_call_handle *ch)
{
	struct ndproxy_call *call = ch->call;

	spin_lock(&ch->handle.session->lock);
	ch->reported |= BIT(call->seen);
	spin_unlock(&ch->handle.session->lock);
	ndproxy_call_tell_info(call, LINECALLINFOSTATE_NUMMONITORS, ch->handle.session, NULL);
}

/**
 * ndproxy_call_handle_close() - a session gives up a call handle (A.6)
 * @handle: the handle, out of the session's table, whose reference is given up
 *
 * Context: process context; waits for nobody
 */
void ndproxy_call_handle_close(struct ndproxy_object *handle)
{
	struct ndproxy_call_handle *ch = container_of(handle, struct ndproxy_call_handle, handle);
	struct ndproxy_binding *adapter = ch->call->line->adapter;
	LIST_HEAD(doomed);

	spin_lock(&adapter->lock);
	if (!handle->dead) {
		ndproxy_call_trace(ch->call, true, "lineDeallocateCall", 0);
		ndproxy_call_handle_remove(ch, false, &doomed);
	}
	spin_unlock(&adapter->lock);
	ndproxy_calls_close(&doomed);
	ndproxy_handle_put(handle);
}
