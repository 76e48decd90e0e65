// SPDX-License-Identifier: GPL-2.0
/*
 * Commands on calls: make, accept, answer, drop, deallocate, hand over.
 *
 * A command does under the adapter's lock what can be done there, and makes its
 * call down after it.
 */
#include <linux/slab.h>

#include "ndproxy.h"

/* A number as it can be dialled: printable characters, no blanks, with an end. */
static bool number_valid(const char *number, size_t min)
{
	size_t len = strnlen(number, NDPROXY_NUMBER_SIZE), i;

	if (len < min || len > NDPROXY_NUMBER_MAX)
		return false;
	for (i = 0; i < len; i++)
		if (number[i] <= ' ' || number[i] > '~')
			return false;
	return !memchr_inv(number + len, 0, NDPROXY_NUMBER_SIZE - len);
}

static int make_call_check(struct ndproxy_command *cmd, const struct ndproxy_make_call *make)
{
	if (make->flags & ~NDPROXY_CALL_MULTIPOINT)
		return ndproxy_bad(cmd, &make->flags, -EINVAL);
	if (make->flags & NDPROXY_CALL_MULTIPOINT)
		return ndproxy_bad(cmd, &make->flags, -EOPNOTSUPP);
	if (hweight32(make->media_modes) != 1 || make->media_modes & ~NDPROXY_MEDIA_MODES)
		return ndproxy_bad(cmd, &make->media_modes, -EINVAL);
	if (!number_valid(make->called, 1))
		return ndproxy_bad(cmd, &make->called, -EINVAL);
	if (!number_valid(make->calling, 0))
		return ndproxy_bad(cmd, &make->calling, -EINVAL);
	return 0;
}

/* What only the adapter knows, under its lock. */
static int make_call_check_line(struct ndproxy_command *cmd, const struct ndproxy_make_call *make,
				const struct ndproxy_line_handle *lh)
{
	const struct ndproxy_line *line = lh->line;
	struct ndproxy_binding *adapter = line->adapter;
	const struct condis_line_caps *caps;
	int err;

	err = ndproxy_line_handle_alive(lh) ?: ndproxy_adapter_ready(adapter);
	if (err)
		return ndproxy_bad(cmd, &make->line_handle, err);
	caps = &ndproxy_table_line(adapter->table, line->number)->caps;
	if (make->address != NDPROXY_ANY_ADDRESS && make->address >= caps->num_addresses)
		return ndproxy_bad(cmd, &make->address, -ENXIO);
	if (make->media_modes & ~caps->media_modes)
		return ndproxy_bad(cmd, &make->media_modes, -EOPNOTSUPP);
	if (!adapter->signaling || !caps->in_service)
		return ndproxy_bad(cmd, &make->line_handle, -ENETDOWN);
	if (line->legs >= caps->max_calls)
		return ndproxy_bad(cmd, &make->line_handle, -EBUSY);
	return 0;
}

/* The call begins for the application: object, handle and request; no VC yet. */
static int make_call_begin(struct ndproxy_command *cmd, struct ndproxy_make_call *make,
			   struct ndproxy_pending *request, struct ndproxy_call_handle **made)
{
	struct ndproxy_line_handle *lh;
	struct ndproxy_call_handle *ch;
	struct ndproxy_call *call;
	struct ndproxy_line *line;
	int err;

	err = ndproxy_line_handle_get(cmd->session, make->line_handle, &lh);
	if (err)
		return ndproxy_bad(cmd, &make->line_handle, err);
	line = lh->line;
	/* Nothing is allocated under the lock; the handle's reference keeps line and adapter. */
	spin_lock(&line->adapter->lock);
	err = make_call_check_line(cmd, make, lh);
	spin_unlock(&line->adapter->lock);
	if (err)
		goto put_handle;

	err = -ENOMEM;
	call = ndproxy_call_alloc(line, GFP_KERNEL_ACCOUNT);
	if (!call)
		goto put_handle;
	call->state = NDPROXY_CALL_DIALING;
	call->outgoing = true;
	call->making = true;
	call->address = make->address == NDPROXY_ANY_ADDRESS ? CONDIS_UNSPECIFIED : make->address;
	call->media_modes = make->media_modes;
	strscpy(call->called, make->called, sizeof(call->called));
	strscpy(call->calling, make->calling, sizeof(call->calling));

	ch = ndproxy_call_handle_alloc(call, lh, LINECALLPRIVILEGE_OWNER, GFP_KERNEL_ACCOUNT);
	if (IS_ERR(ch)) {
		err = PTR_ERR(ch);
		goto put_call;
	}

	/* It may all have changed meanwhile. */
	spin_lock(&line->adapter->lock);
	err = make_call_check_line(cmd, make, lh);
	if (!err)
		err = ndproxy_call_handle_add(ch);
	if (!err) {
		kref_get(&ch->handle.ref);
		ndproxy_call_link(call);
		/* The family does not close before the VC is made. */
		line->adapter->af_users++;
		ndproxy_request_start(request, ch, NDPROXY_MAKE_CALL, make->cookie);
		ndproxy_line_tell(line, LINEDEVSTATE_NUMCALLS, cmd->session);
	}
	spin_unlock(&line->adapter->lock);
	if (err)
		ndproxy_call_handle_free(ch);
	else
		*made = ch;

put_call:
	ndproxy_call_put(call);
put_handle:
	ndproxy_handle_put(&lh->handle);
	return err;
}

/* The request of a make-call that nothing has answered yet, out of the call's list; or NULL. */
static struct ndproxy_pending *make_call_request(struct ndproxy_call *call)
{
	struct ndproxy_pending *request;

	list_for_each_entry(request, &call->requests, node) {
		if (request->command != _IOC_NR(NDPROXY_MAKE_CALL))
			continue;
		list_del_init(&request->node);
		return request;
	}
	return NULL;
}

/* A reply that is not pending and not queued was read, unless nobody is told of the line. */
static bool make_call_told(struct ndproxy_call_handle *ch)
{
	struct ndproxy_session *session = ch->handle.session;
	bool told;

	spin_lock(&session->lock);
	told = !ch->line_handle->handle.given_up && !session->ended;
	spin_unlock(&session->lock);
	return told;
}

/*
 * It could not even be asked for, or the caller cannot be told of it.  Ends its
 * making.  A make-call has one answer: the command's errno, unless somebody ended
 * the call meanwhile (its line was closed from below, say) and the application
 * has read the reply already.  Returns the command's answer.
 */
static int make_call_abort(struct ndproxy_command *cmd, int err)
{
	struct ndproxy_call_handle *ch = cmd->made;
	struct ndproxy_call *call = ch->call;
	struct ndproxy_binding *adapter = call->line->adapter;
	struct ndproxy_pending *request, *next;
	LIST_HEAD(doomed);
	int gone;

	spin_lock(&adapter->lock);
	call->making = false;
	/* There is nothing to close. */
	call->close = NDPROXY_CLOSE_REFUSED;
	request = make_call_request(call) ?:
		  ndproxy_request_take_reply(ch, NDPROXY_MAKE_CALL);
	if (request)
		ndproxy_request_free(request);
	else if (make_call_told(ch))
		err = 0;

	/* Another thread of the application may have dropped it by its number. */
	list_for_each_entry_safe(request, next, &call->requests, node)
		ndproxy_request_finish(request, -ECANCELED);
	ndproxy_call_event(call, NDPROXY_CALL_EV_FORCE, Q850_TEMPORARY_FAILURE);
	if (err) {
		/* The application never had a call: what came with a LINE_CLOSE is not told. */
		if (!ch->handle.dead)
			ndproxy_call_handle_remove(ch, false, &doomed);
		else
			ndproxy_events_discard(&ch->handle);
	}
	ndproxy_call_check(call);
	spin_unlock(&adapter->lock);
	ndproxy_calls_close(&doomed);
	/* Nor is it remembered for a deallocation: nobody was told the number. */
	if (err)
		ndproxy_handle_take(cmd->session, ch->handle.id, true, &gone);

	ndproxy_leg_delete(call);
	return err;
}

/* The core's word for an adapter that is going down or being reconfigured is another one here. */
static int make_call_refused(struct ndproxy_command *cmd, const struct ndproxy_make_call *make,
			     int err)
{
	return err == -ESHUTDOWN ? ndproxy_bad(cmd, &make->line_handle, -ENETDOWN) : err;
}

/**
 * ndproxy_make_call() - NDPROXY_MAKE_CALL: all that can fail
 * @cmd: the command
 * @arg: struct ndproxy_make_call
 *
 * Return: 0: ndproxy_make_call_finish() must follow; -EINVAL, -EBADF, -ENODEV, -EAGAIN,
 * -EOPNOTSUPP, -ENXIO, -EBUSY, -ENETDOWN, -EDQUOT, -ENOMEM, -ESHUTDOWN
 *
 * Context: process context; waits for nobody
 */
int ndproxy_make_call(struct ndproxy_command *cmd, void *arg)
{
	struct ndproxy_make_call *make = arg;
	struct ndproxy_pending *request;
	struct ndproxy_binding *adapter;
	struct ndproxy_call *call;
	struct condis_af *af;
	struct condis_vc *vc;
	LIST_HEAD(doomed);
	int err;

	err = make_call_check(cmd, make);
	if (err)
		return err;
	request = ndproxy_request_alloc(cmd->session);
	if (IS_ERR(request))
		return PTR_ERR(request);
	err = make_call_begin(cmd, make, request, &cmd->made);
	if (err) {
		ndproxy_request_abandon(cmd->session, request);
		return err;
	}
	call = cmd->made->call;
	adapter = call->line->adapter;
	make->call = cmd->made->handle.id;

	condis_delay_point("call.make.begun", adapter->id);
	af = ndproxy_adapter_hold_af(adapter);
	vc = af ? condis_co_create_vc(af, NULL) : ERR_PTR(-ESHUTDOWN);

	/*
	 * The copy to the caller comes next, and takes as long as his memory
	 * likes: nothing that comes down waits for it.  Until
	 * ndproxy_make_call_finish() whoever closes the call deletes its VC.
	 */
	spin_lock(&adapter->lock);
	if (!IS_ERR(vc) && !adapter->binding)
		/* The core has taken us off the adapter, and has deleted it. */
		vc = ERR_PTR(-ESHUTDOWN);
	if (!IS_ERR(vc)) {
		ndproxy_leg_begin(call, vc);
		call->making = false;
		call->make_failed = true;
		if (call->close_wanted)
			ndproxy_call_doom(call, call->close_cause, &doomed);
	}
	spin_unlock(&adapter->lock);
	condis_delay_point("call.make.vc", call->vc_id);
	ndproxy_calls_close(&doomed);
	ndproxy_adapter_unuse(adapter);
	if (af)
		condis_af_put(af);
	if (!IS_ERR(vc))
		return 0;

	err = make_call_abort(cmd, PTR_ERR(vc));
	/* If a reply was read, it is the answer: there is a handle, and nothing to make. */
	if (!err)
		return 0;
	ndproxy_handle_put(&cmd->made->handle);
	return make_call_refused(cmd, make, err);
}

/* What the network is asked for. */
static int make_call_post(struct condis_vc *vc, const struct ndproxy_call *call)
{
	struct condis_call_params params = {
		.line = call->line->number,
		.address = call->address,
		/* An application that has guessed the handle may set others. */
		.media_modes = READ_ONCE(call->media_modes),
	};

	strscpy(params.called, call->called, sizeof(params.called));
	strscpy(params.calling, call->calling, sizeof(params.calling));
	return condis_cl_make_call(vc, &params);
}

/**
 * ndproxy_make_call_finish() - NDPROXY_MAKE_CALL: the caller knows the handle: make the call
 * @cmd: the command
 * @arg: struct ndproxy_make_call
 * @err: -EFAULT if he does not, and there is no call
 *
 * Return: @err; 0 also if it was ended meanwhile: the reply tells; -ENETDOWN: the adapter is going
 * down or being reconfigured
 *
 * Context: process context; waits for nobody
 */
int ndproxy_make_call_finish(struct ndproxy_command *cmd, void *arg, int err)
{
	struct ndproxy_call *call = cmd->made->call;
	struct ndproxy_binding *adapter = call->line->adapter;
	struct condis_vc *vc = NULL;
	LIST_HEAD(doomed);

	spin_lock(&adapter->lock);
	if (!err && call->vc && call->close == NDPROXY_CLOSE_NONE) {
		/* Who wants to close it leaves that to us, until it is made. */
		call->making = true;
		call->make_failed = false;
		vc = call->vc;
		condis_vc_hold(vc);
		ndproxy_call_trace(call, true, "lineMakeCall", 0);
	}
	spin_unlock(&adapter->lock);
	if (!err && !vc) {
		/* Closed meanwhile: the end of its leg is the reply. */
		ndproxy_handle_put(&cmd->made->handle);
		return 0;
	}
	if (vc) {
		condis_delay_point("call.make.making", condis_vc_id(vc));
		err = make_call_post(vc, call);
		condis_delay_point("call.make.made", condis_vc_id(vc));
		condis_vc_put(vc);
	}
	if (err != -EINPROGRESS) {
		err = make_call_abort(cmd, err);
		ndproxy_handle_put(&cmd->made->handle);
		return err ? make_call_refused(cmd, arg, err) : 0;
	}

	/* Whoever wanted to close it while it was being made has left it to us. */
	spin_lock(&adapter->lock);
	call->making = false;
	if (call->close_wanted)
		ndproxy_call_doom(call, call->close_cause, &doomed);
	ndproxy_call_check(call);
	spin_unlock(&adapter->lock);
	ndproxy_calls_close(&doomed);
	ndproxy_handle_put(&cmd->made->handle);
	return 0;
}

/**
 * ndproxy_deallocate_call() - NDPROXY_DEALLOCATE_CALL
 * @cmd: the command
 * @arg: struct ndproxy_handle
 *
 * Return: 0; -EBADF
 *
 * Context: process context; waits for nobody
 */
int ndproxy_deallocate_call(struct ndproxy_command *cmd, void *arg)
{
	const struct ndproxy_handle *deallocate = arg;
	struct ndproxy_object *handle;
	int err;

	handle = ndproxy_handle_take(cmd->session, deallocate->handle, true, &err);
	if (err)
		return ndproxy_bad(cmd, &deallocate->handle, err);
	if (handle)
		ndproxy_call_handle_close(handle);
	return 0;
}

/* Whether the caller may decide on the call, and its state allows it; adapter's lock held. */
static int decide(struct ndproxy_command *cmd, const struct ndproxy_request *req,
		  struct ndproxy_call_handle *ch, enum ndproxy_call_event event)
{
	int err = ndproxy_call_handle_use(ch);

	if (err)
		return ndproxy_bad(cmd, &req->call, err);
	if (ch->privilege != LINECALLPRIVILEGE_OWNER)
		return ndproxy_bad(cmd, &req->call, -EPERM);
	if (ndproxy_call_transition(ch->call->state, event)->error)
		return ndproxy_bad(cmd, &req->call, -EBADFD);
	return 0;
}

/* What accept and answer need before they take the lock. */
static int decide_begin(struct ndproxy_command *cmd, const struct ndproxy_request *req,
			struct ndproxy_call_handle **ch, struct ndproxy_pending **request)
{
	int err;

	if (req->cause)
		return ndproxy_bad(cmd, &req->cause, -EINVAL);
	err = ndproxy_call_handle_get(cmd->session, req->call, ch);
	if (err)
		return ndproxy_bad(cmd, &req->call, err);
	*request = ndproxy_request_alloc(cmd->session);
	if (!IS_ERR(*request))
		return 0;
	ndproxy_handle_put(&(*ch)->handle);
	return PTR_ERR(*request);
}

/**
 * ndproxy_accept() - NDPROXY_ACCEPT
 * @cmd: the command
 * @arg: struct ndproxy_request
 *
 * The network is not told: it heard ALERTING when the call was offered.
 *
 * Return: 0; -EINVAL, -EBADF, -ENODEV, -EPERM, -EBADFD, -EDQUOT, -ENOMEM
 *
 * Context: process context
 */
int ndproxy_accept(struct ndproxy_command *cmd, void *arg)
{
	const struct ndproxy_request *req = arg;
	struct ndproxy_pending *request;
	struct ndproxy_call_handle *ch;
	int err;

	err = decide_begin(cmd, req, &ch, &request);
	if (err)
		return err;

	spin_lock(ndproxy_call_lock(ch));
	err = decide(cmd, req, ch, NDPROXY_CALL_EV_ACCEPT);
	if (!err) {
		ndproxy_call_trace(ch->call, true, "lineAccept", 0);
		ndproxy_request_start(request, ch, NDPROXY_ACCEPT, req->cookie);
		ndproxy_requests_finish(ch->call, NDPROXY_ACCEPT, 0);
		ndproxy_call_event(ch->call, NDPROXY_CALL_EV_ACCEPT, 0);
	}
	spin_unlock(ndproxy_call_lock(ch));
	if (err)
		ndproxy_request_abandon(cmd->session, request);
	ndproxy_handle_put(&ch->handle);
	return err;
}

/**
 * ndproxy_answer() - NDPROXY_ANSWER
 * @cmd: the command
 * @arg: struct ndproxy_request
 *
 * Return: 0; -EINVAL, -EBADF, -ENODEV, -EPERM, -EBADFD, -EDQUOT, -ENOMEM
 *
 * Context: process context; waits for nobody
 */
int ndproxy_answer(struct ndproxy_command *cmd, void *arg)
{
	const struct ndproxy_request *req = arg;
	struct ndproxy_pending *request;
	struct ndproxy_call_handle *ch;
	struct ndproxy_call *call;
	struct condis_vc *vc = NULL;
	int err;

	err = decide_begin(cmd, req, &ch, &request);
	if (err)
		return err;

	call = ch->call;
	spin_lock(ndproxy_call_lock(ch));
	err = decide(cmd, req, ch, NDPROXY_CALL_EV_ANSWER);
	if (!err) {
		ndproxy_call_trace(call, true, "lineAnswer", 0);
		ndproxy_request_start(request, ch, NDPROXY_ANSWER, req->cookie);
		ndproxy_call_event(call, NDPROXY_CALL_EV_ANSWER, 0);
		/* Whoever clears it decides: a hang-up or a drop closes what we have accepted. */
		if (call->offered && call->vc) {
			call->offered = false;
			vc = call->vc;
			condis_vc_hold(vc);
		}
	}
	spin_unlock(ndproxy_call_lock(ch));
	if (err)
		ndproxy_request_abandon(cmd->session, request);

	/* If the far end has given up, its incoming close ends the call and the request (R9). */
	if (vc) {
		condis_delay_point("call.answer.decided", condis_vc_id(vc));
		condis_cl_incoming_call_complete(vc, 0, Q850_NONE);
		condis_vc_put(vc);
	}
	ndproxy_handle_put(&ch->handle);
	return err;
}

/**
 * ndproxy_drop() - NDPROXY_DROP
 * @cmd: the command
 * @arg: struct ndproxy_request
 *
 * The first drop of a handle needs no memory.
 *
 * Return: 0; -EINVAL, -EBADF, -ENODEV, -EPERM, -EBADFD; a second one while the
 * first is pending also -EDQUOT, -ENOMEM
 *
 * Context: process context; waits for nobody
 */
int ndproxy_drop(struct ndproxy_command *cmd, void *arg)
{
	const struct ndproxy_request *req = arg;
	struct ndproxy_pending *request;
	struct ndproxy_call_handle *ch;
	struct ndproxy_call *call;
	LIST_HEAD(doomed);
	u64 vc_id;
	u32 cause;
	int err;

	if (req->cause > Q850_CAUSE_MAX)
		return ndproxy_bad(cmd, &req->cause, -EINVAL);
	err = ndproxy_call_handle_get(cmd->session, req->call, &ch);
	if (err)
		return ndproxy_bad(cmd, &req->call, err);
	request = ndproxy_request_reserved(ch) ?: ndproxy_request_alloc(cmd->session);
	if (IS_ERR(request)) {
		err = PTR_ERR(request);
		goto put_handle;
	}

	call = ch->call;
	spin_lock(ndproxy_call_lock(ch));
	err = decide(cmd, req, ch, NDPROXY_CALL_EV_DROP);
	if (!err) {
		cause = req->cause;
		if (!cause)
			cause = call->offered ? Q850_CALL_REJECTED : Q850_NORMAL_CLEARING;
		ndproxy_call_trace(call, true, "lineDrop", cause);
		ndproxy_request_start(request, ch, NDPROXY_DROP, req->cookie);
		ndproxy_call_event(call, NDPROXY_CALL_EV_DROP, cause);
		ndproxy_call_doom(call, cause, &doomed);
	}
	vc_id = call->vc_id;
	spin_unlock(ndproxy_call_lock(ch));
	condis_delay_point("call.drop.claimed", vc_id);
	if (err)
		ndproxy_request_abandon(cmd->session, request);
	ndproxy_calls_close(&doomed);
put_handle:
	ndproxy_handle_put(&ch->handle);
	return err;
}
