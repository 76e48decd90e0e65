// SPDX-License-Identifier: GPL-2.0
/*
 * Sessions: one open file of /dev/ndproxy, its handles and its limits.
 *
 * A session ends once, by NDPROXY_SHUTDOWN or by the last reference to its file
 * (A.8: a process that dies shuts down in order).  The end posts every close
 * and waits for none.
 */
#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/nsproxy.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <net/net_namespace.h>

#include "ndproxy.h"
#include "../condis/visible.h"

const u32 ndproxy_limits[CONDIS_NR_CHARGES] = {
	[CONDIS_CHARGE_LINE] = NDPROXY_MAX_LINES,
	[CONDIS_CHARGE_CALL] = NDPROXY_MAX_CALLS,
	[CONDIS_CHARGE_REQUEST] = NDPROXY_MAX_REQUESTS,
	[CONDIS_CHARGE_EVENT] = NDPROXY_MAX_EVENTS,
	[CONDIS_CHARGE_DATA] = NDPROXY_MAX_DATA_FILES,
	[CONDIS_CHARGE_PACKET] = NDPROXY_MAX_PACKETS,
	[CONDIS_CHARGE_GIVEN] = NDPROXY_MAX_GIVEN,
};

/**
 * ndproxy_session_charge() - charge a session with one object
 * @session: the session
 * @charge: what it is
 *
 * Return: 0 or -EDQUOT
 *
 * Context: any
 */
int ndproxy_session_charge(struct ndproxy_session *session, enum condis_charge charge)
{
	int err = condis_account_charge(session->account, charge);

	if (!err)
		atomic_inc(&session->used[charge]);
	return err;
}

/**
 * ndproxy_session_uncharge() - a session gives one object back
 * @session: the session
 * @charge: what it is
 *
 * Context: any
 */
void ndproxy_session_uncharge(struct ndproxy_session *session, enum condis_charge charge)
{
	atomic_dec(&session->used[charge]);
	condis_account_uncharge(session->account, charge);
}

/**
 * ndproxy_session_has_room() - whether a session could be charged with one more object
 * @session: the session
 * @charge: what it is
 *
 * Return: true if so; others may be faster
 *
 * Context: any
 */
bool ndproxy_session_has_room(const struct ndproxy_session *session, enum condis_charge charge)
{
	return atomic_read(&session->used[charge]) < ndproxy_limits[charge];
}

static void session_release(struct kref *ref)
{
	struct ndproxy_session *session = container_of(ref, struct ndproxy_session, ref);

	WARN_ON(!RB_EMPTY_ROOT(&session->events.rb_root));
	xa_destroy(&session->handles);
	condis_account_destroy(session->account);
	ndproxy_net_put(session->net);
	ndproxy_user_uncharge(session->user);
	kfree(session);
}

/**
 * ndproxy_session_put() - drop a reference on a session
 * @session: the session
 *
 * Context: any but interrupts; not under its lock
 */
void ndproxy_session_put(struct ndproxy_session *session)
{
	kref_put(&session->ref, session_release);
}
EXPORT_SYMBOL_IF_KUNIT(ndproxy_session_put);

/* The adapters come up with the first session and go down with the last one. */
static void session_update_adapters(struct ndproxy_net *net, bool begins)
{
	struct ndproxy_binding *adapter;
	u32 id = 0;

	while ((adapter = ndproxy_net_next_adapter(net, id))) {
		id = adapter->id;
		if (begins)
			ndproxy_adapter_retry(adapter);
		else
			ndproxy_adapter_update(adapter);
		ndproxy_adapter_put(adapter);
	}
}

/**
 * ndproxy_session_open() - begin a session
 * @file: the file that is being opened
 *
 * The session belongs to the caller's network namespace.  Address families that
 * have to be opened are asked for; nobody waits for them.
 *
 * Return: the session with a reference, or an ERR_PTR(): -ENOMEM, -ENOSPC, -EDQUOT (his user
 * has too many)
 *
 * Context: process context
 */
struct ndproxy_session *ndproxy_session_open(struct file *file)
{
	struct net *net = current->nsproxy->net_ns;
	struct ndproxy_session *session;
	int err;

	session = kzalloc(sizeof(*session), GFP_KERNEL_ACCOUNT);
	if (!session)
		return ERR_PTR(-ENOMEM);

	kref_init(&session->ref);
	spin_lock_init(&session->lock);
	xa_init_flags(&session->handles, XA_FLAGS_ALLOC1);
	session->next_handle = 1;
	session->error.offset = NDPROXY_NO_FIELD;
	session->uid = file->f_cred->euid;
	session->admin = file_ns_capable(file, net->user_ns, CAP_NET_ADMIN);
	session->serial = ndproxy_next_serial();
	ndproxy_events_init(session);

	session->user = ndproxy_user_charge(session->uid);
	if (IS_ERR(session->user)) {
		err = PTR_ERR(session->user);
		goto free_session;
	}
	session->account = condis_account_create(net, ndproxy_limits);
	if (IS_ERR(session->account)) {
		err = PTR_ERR(session->account);
		goto uncharge_user;
	}
	session->net = ndproxy_net_get(net->net_cookie);
	if (!session->net) {
		err = -ENOMEM;
		goto destroy_account;
	}

	ndproxy_net_add_session(session->net, session);
	session_update_adapters(session->net, true);

	/* The adapters that are ready by now are seen by enumerating; of others it will hear. */
	spin_lock(&session->lock);
	session->listening = true;
	spin_unlock(&session->lock);
	return session;

destroy_account:
	condis_account_destroy(session->account);
uncharge_user:
	ndproxy_user_uncharge(session->user);
free_session:
	kfree(session);
	return ERR_PTR(err);
}
EXPORT_SYMBOL_IF_KUNIT(ndproxy_session_open);

/* The next line handle from number *@id on, out of the table.  Calls go with their lines. */
static struct ndproxy_object *session_take_line(struct ndproxy_session *session,
						unsigned long *id)
{
	struct ndproxy_object *handle;

	spin_lock(&session->lock);
	handle = xa_find(&session->handles, id, ULONG_MAX, XA_PRESENT);
	while (handle && (xa_is_value(handle) || handle->source.type == NDPROXY_SOURCE_CALL))
		handle = xa_find_after(&session->handles, id, ULONG_MAX, XA_PRESENT);
	if (handle)
		xa_erase(&session->handles, *id);
	spin_unlock(&session->lock);
	return handle;
}

/**
 * ndproxy_session_end() - end a session, once
 * @session: the session
 *
 * Every line is closed as by NDPROXY_CLOSE_LINE; nothing more is told; the last
 * session of the namespace closes the address families (F4).
 *
 * Context: process context; waits for nobody
 */
void ndproxy_session_end(struct ndproxy_session *session)
{
	struct ndproxy_line_handle *lh;
	struct ndproxy_object *handle;
	unsigned long id = 0;
	bool ended;

	spin_lock(&session->lock);
	ended = session->ended;
	WRITE_ONCE(session->ended, true);
	spin_unlock(&session->lock);
	if (ended)
		return;
	condis_delay_point("session.ended", condis_account_id(session->account));

	condis_account_close(session->account);
	ndproxy_events_end(session);

	/* Nothing is published any more. */
	while ((handle = session_take_line(session, &id))) {
		condis_delay_point("session.line.taken", handle->id);
		lh = container_of(handle, struct ndproxy_line_handle, handle);
		ndproxy_line_handle_close(lh);
		ndproxy_handle_put(handle);
	}

	ndproxy_net_remove_session(session->net, session);
	condis_delay_point("session.removed", condis_account_id(session->account));
	session_update_adapters(session->net, false);
}
EXPORT_SYMBOL_IF_KUNIT(ndproxy_session_end);

/**
 * ndproxy_handle_init() - give a handle its number; nobody finds it yet
 * @handle: the handle, zeroed
 * @session: whose it is
 * @is_call: which kind
 * @gfp: how to allocate
 *
 * The handle has one reference, the one of the session's table.
 *
 * Return: 0; -ENOMEM, also if there are no numbers
 *
 * Context: as @gfp says
 */
int ndproxy_handle_init(struct ndproxy_object *handle, struct ndproxy_session *session,
			bool is_call, gfp_t gfp)
{
	int err;

	err = xa_alloc_cyclic(&session->handles, &handle->id, NULL,
			      XA_LIMIT(1, NDPROXY_HANDLE_MAX), &session->next_handle, gfp);
	if (err < 0)
		return -ENOMEM;

	kref_init(&handle->ref);
	handle->source.type = is_call ? NDPROXY_SOURCE_CALL : NDPROXY_SOURCE_LINE;
	handle->session = session;
	kref_get(&session->ref);
	return 0;
}

/**
 * ndproxy_handle_publish() - let the application use a handle
 * @handle: the handle
 *
 * Return: 0; -ESHUTDOWN: the session has ended
 *
 * Context: any but interrupts
 */
int ndproxy_handle_publish(struct ndproxy_object *handle)
{
	struct ndproxy_session *session = handle->session;
	int err = 0;

	spin_lock(&session->lock);
	if (session->ended) {
		err = -ESHUTDOWN;
		goto unlock;
	}
	/* Its place is reserved: this needs no memory. */
	xa_store(&session->handles, handle->id, handle, GFP_ATOMIC);
	if (session->last_forgotten)
		xa_erase(&session->handles, session->last_handle);
	session->last_forgotten = false;
	session->last_handle = handle->id;
unlock:
	spin_unlock(&session->lock);
	return err;
}

/**
 * ndproxy_handle_abandon() - give back the number of a handle that was not published
 * @handle: the handle
 *
 * Context: any but interrupts
 */
void ndproxy_handle_abandon(struct ndproxy_object *handle)
{
	struct ndproxy_session *session = handle->session;

	spin_lock(&session->lock);
	xa_erase(&session->handles, handle->id);
	spin_unlock(&session->lock);
}

static bool handle_is_call(const struct ndproxy_object *handle)
{
	return handle->source.type == NDPROXY_SOURCE_CALL;
}

static void handle_release(struct kref *ref)
{
	struct ndproxy_object *handle = container_of(ref, struct ndproxy_object, ref);
	struct ndproxy_session *session = handle->session;
	bool is_call = handle_is_call(handle);
	struct ndproxy_line_handle *lh;

	if (is_call) {
		ndproxy_call_handle_release(container_of(handle, struct ndproxy_call_handle,
							 handle));
	} else {
		lh = container_of(handle, struct ndproxy_line_handle, handle);
		ndproxy_line_put(lh->line);
		kfree(lh->rings);
		kfree(lh);
	}
	/* Not before: a LINE_CLOSE, or a reply, that nobody reads keeps it. */
	ndproxy_session_uncharge(session, is_call ? CONDIS_CHARGE_CALL : CONDIS_CHARGE_LINE);
	ndproxy_session_put(session);
}

/**
 * ndproxy_handle_put() - drop a reference on a handle
 * @handle: the handle
 *
 * Context: any but interrupts; not under its session's lock
 */
void ndproxy_handle_put(struct ndproxy_object *handle)
{
	kref_put(&handle->ref, handle_release);
}

/*
 * A number names nothing any more.  The last that was given keeps its place in the table,
 * without an entry, until the next is given: so the calls of a session that come one
 * after the other do not each make and free the nodes of the table.
 */
static void handle_forget(struct ndproxy_session *session, u32 id)
{
	lockdep_assert_held(&session->lock);
	if (id != session->last_handle) {
		xa_erase(&session->handles, id);
		return;
	}
	/* Replaces an entry: this needs no memory. */
	xa_store(&session->handles, id, NULL, GFP_ATOMIC);
	session->last_forgotten = true;
}

/* What a table entry is, if it is of the kind that is wanted. */
static int handle_check(void *entry, bool is_call)
{
	struct ndproxy_object *handle = entry;

	if (!entry)
		return -EBADF;
	if (xa_is_value(entry))
		return xa_to_value(entry) == (is_call ? NDPROXY_DEAD_CALL : NDPROXY_DEAD_LINE) ?
		       -ENODEV : -EBADF;
	return handle_is_call(handle) == is_call ? 0 : -EBADF;
}

/**
 * ndproxy_handle_find() - find a handle by its number
 * @session: whose it is
 * @id: number, any
 * @is_call: which kind
 * @handle: the handle with a reference
 *
 * Return: 0; -EBADF: there is none of that kind; -ENODEV: it died with a LINE_CLOSE
 *
 * Context: any but interrupts
 */
int ndproxy_handle_find(struct ndproxy_session *session, u32 id, bool is_call,
			struct ndproxy_object **handle)
{
	void *entry;
	int err;

	spin_lock(&session->lock);
	entry = xa_load(&session->handles, id);
	err = handle_check(entry, is_call);
	if (!err) {
		*handle = entry;
		kref_get(&(*handle)->ref);
	}
	spin_unlock(&session->lock);
	condis_delay_point("handle.found", id);
	return err;
}

/**
 * ndproxy_handle_take() - take a handle out of its session's table, to close it
 * @session: whose it is
 * @id: number, any
 * @is_call: which kind
 * @err: 0; -EBADF: there is none of that kind
 *
 * Return: the handle, with the table's reference; NULL with 0: it had died below, and is forgotten
 * now; NULL with an error
 *
 * Context: any but interrupts
 */
struct ndproxy_object *ndproxy_handle_take(struct ndproxy_session *session, u32 id, bool is_call,
					   int *err)
{
	void *entry;

	spin_lock(&session->lock);
	entry = xa_load(&session->handles, id);
	*err = handle_check(entry, is_call);
	if (!*err || *err == -ENODEV)
		handle_forget(session, id);
	if (*err == -ENODEV) {
		session->tombstones--;
		*err = 0;
		entry = NULL;
	} else if (*err) {
		entry = NULL;
	}
	spin_unlock(&session->lock);
	condis_delay_point("handle.taken", id);
	return entry;
}

/**
 * ndproxy_handle_untable() - take a known handle out of its session's table
 * @handle: the handle
 * @bury: remember it as dead, so that its close still succeeds (A.10)
 *
 * Return: true if the table's reference is the caller's now, false if somebody else has it
 *
 * Context: any but interrupts
 */
bool ndproxy_handle_untable(struct ndproxy_object *handle, bool bury)
{
	struct ndproxy_session *session = handle->session;
	bool mine;

	spin_lock(&session->lock);
	mine = xa_load(&session->handles, handle->id) == handle;
	if (mine && bury && session->tombstones < NDPROXY_TOMBSTONES_MAX) {
		/* Replaces an entry: this needs no memory. */
		xa_store(&session->handles, handle->id,
			 xa_mk_value(handle_is_call(handle) ? NDPROXY_DEAD_CALL :
							      NDPROXY_DEAD_LINE),
			 GFP_ATOMIC);
		session->tombstones++;
	} else if (mine) {
		handle_forget(session, handle->id);
	}
	spin_unlock(&session->lock);
	return mine;
}

/**
 * ndproxy_get_version() - NDPROXY_GET_VERSION
 * @cmd: the command
 * @arg: struct ndproxy_version
 *
 * Return: 0
 *
 * Context: process context
 */
int ndproxy_get_version(struct ndproxy_command *cmd, void *arg)
{
	struct ndproxy_version *version = arg;

	version->abi = NDPROXY_ABI;
	version->event_size = sizeof(struct ndproxy_event);
	version->session = condis_account_id(cmd->session->account);
	return 0;
}

/**
 * ndproxy_get_limits() - NDPROXY_GET_LIMITS
 * @cmd: the command
 * @arg: struct ndproxy_limits
 *
 * Return: 0
 *
 * Context: process context
 */
int ndproxy_get_limits(struct ndproxy_command *cmd, void *arg)
{
	static const enum condis_charge charges[NDPROXY_LIMITS] = {
		[NDPROXY_LIMIT_LINES] = CONDIS_CHARGE_LINE,
		[NDPROXY_LIMIT_CALLS] = CONDIS_CHARGE_CALL,
		[NDPROXY_LIMIT_REQUESTS] = CONDIS_CHARGE_REQUEST,
		[NDPROXY_LIMIT_EVENTS] = CONDIS_CHARGE_EVENT,
		[NDPROXY_LIMIT_DATA_FILES] = CONDIS_CHARGE_DATA,
		[NDPROXY_LIMIT_PACKETS] = CONDIS_CHARGE_PACKET,
		[NDPROXY_LIMIT_GIVEN] = CONDIS_CHARGE_GIVEN,
	};
	struct ndproxy_limits *limits = arg;
	unsigned int i;

	for (i = 0; i < NDPROXY_LIMITS; i++) {
		limits->limit[i] = ndproxy_limits[charges[i]];
		limits->used[i] = atomic_read(&cmd->session->used[charges[i]]);
	}
	return 0;
}

/**
 * ndproxy_shutdown() - NDPROXY_SHUTDOWN
 * @cmd: the command
 * @arg: nothing
 *
 * Return: 0
 *
 * Context: process context; waits for nobody
 */
int ndproxy_shutdown(struct ndproxy_command *cmd, void *arg)
{
	ndproxy_session_end(cmd->session);
	return 0;
}
