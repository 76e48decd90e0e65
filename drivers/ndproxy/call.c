// SPDX-License-Identifier: GPL-2.0
/*
 * Calls: what happens to TAPI's side of a call.
 *
 * The table of call_state.c decides; this applies it, tells the handles, answers
 * the requests, and claims the close of leg A for whoever then posts it
 * without the lock.  A close is claimed once (R2, R3, R26).
 */
#include <linux/slab.h>
#include <linux/timekeeping.h>

#include "ndproxy.h"

/* A call and its first handle are of no size that kmalloc() has. */
static struct kmem_cache *call_cache;

/**
 * ndproxy_calls_init() - make room for calls
 *
 * Return: 0 or -ENOMEM
 *
 * Context: module init
 */
int ndproxy_calls_init(void)
{
	call_cache = KMEM_CACHE(ndproxy_call, 0);
	return call_cache ? 0 : -ENOMEM;
}

/**
 * ndproxy_calls_exit() - there are no calls any more
 *
 * Context: module exit; waits for those that handlers in atomic context may have seen
 */
void ndproxy_calls_exit(void)
{
	rcu_barrier();
	kmem_cache_destroy(call_cache);
}

static void call_free(struct rcu_head *rcu)
{
	kmem_cache_free(call_cache, container_of(rcu, struct ndproxy_call, rcu));
}

static void call_release(struct kref *ref)
{
	struct ndproxy_call *call = container_of(ref, struct ndproxy_call, ref);

	WARN_ON(call->vc || !list_empty(&call->handles) || !list_empty(&call->requests));
	ndproxy_data_purge(call);
	kfree(call->digit_report);
	ndproxy_line_put(call->line);
	call_rcu(&call->rcu, call_free);
}

/**
 * ndproxy_call_hold() - take a reference on a call
 * @call: the call
 *
 * Context: any
 */
void ndproxy_call_hold(struct ndproxy_call *call)
{
	kref_get(&call->ref);
}

/**
 * ndproxy_call_put() - drop a reference on a call
 * @call: the call
 *
 * Context: any but interrupts; under the adapter's lock only by who holds the adapter
 */
void ndproxy_call_put(struct ndproxy_call *call)
{
	kref_put(&call->ref, call_release);
}

/**
 * ndproxy_call_alloc() - make a call object, in no list yet
 * @line: its line
 * @gfp: how to allocate
 *
 * Return: the call with a reference, or NULL
 *
 * Context: as @gfp says
 */
struct ndproxy_call *ndproxy_call_alloc(struct ndproxy_line *line, gfp_t gfp)
{
	struct ndproxy_call *call = kmem_cache_zalloc(call_cache, gfp);

	if (!call)
		return NULL;
	kref_init(&call->ref);
	INIT_LIST_HEAD(&call->node);
	INIT_LIST_HEAD(&call->handles);
	INIT_LIST_HEAD(&call->requests);
	INIT_LIST_HEAD(&call->close_node);
	spin_lock_init(&call->data_lock);
	__skb_queue_head_init(&call->packets);
	call->seen = NDPROXY_NR_REPORTS;
	call->entered = ktime_get_ns();
	call->line = line;
	ndproxy_line_hold(line);
	return call;
}

/**
 * ndproxy_call_link() - a call begins: enter it in its line's list
 * @call: the call, with a leg or a handle
 *
 * Context: the adapter's lock held
 */
void ndproxy_call_link(struct ndproxy_call *call)
{
	struct ndproxy_line *line = call->line;

	lockdep_assert_held(&line->adapter->lock);
	list_add_tail(&call->node, &line->calls);
	WRITE_ONCE(line->num_calls, line->num_calls + 1);
}

/**
 * ndproxy_call_check() - forget a call of which nothing is left
 * @call: the call, held by the caller
 *
 * Context: the adapter's lock held
 */
void ndproxy_call_check(struct ndproxy_call *call)
{
	lockdep_assert_held(&call->line->adapter->lock);
	if (call->vc || call->making || !list_empty(&call->handles) || list_empty(&call->node))
		return;
	list_del_init(&call->node);
	ndproxy_line_check(call->line);
}

/**
 * ndproxy_call_mode() - the mode that goes with a state
 * @call: the call
 * @line_state: LINECALLSTATE_*
 *
 * Return: LINEDISCONNECTMODE_*, LINECONNECTEDMODE_*, LINEOFFERINGMODE_* or 0
 *
 * Context: any
 */
u32 ndproxy_call_mode(const struct ndproxy_call *call, u32 line_state)
{
	switch (line_state) {
	case LINECALLSTATE_OFFERING:
		return LINEOFFERINGMODE_ACTIVE;
	case LINECALLSTATE_CONNECTED:
		return LINECONNECTEDMODE_ACTIVE;
	case LINECALLSTATE_DISCONNECTED:
		return ndproxy_disconnect_mode(READ_ONCE(call->cause));
	default:
		return 0;
	}
}

/**
 * ndproxy_call_trace() - an arrow between the application and NDPROXY in the message ladder
 * @call: the call
 * @down: from the application; else to it
 * @message: what is said
 * @detail: a status or a cause
 *
 * The ladder is that of the call's VC, by its number: it goes on when leg A is gone.
 *
 * Context: the adapter's lock held
 */
void ndproxy_call_trace(struct ndproxy_call *call, bool down, const char *message, int detail)
{
	u64 network_call = call->vc ? condis_vc_network_call(call->vc) : call->network_call;

	if (!call->vc_id)
		return;
	condis_trace_call(call->line->adapter->name, call->vc_id, network_call,
			  down ? CONDIS_PARTY_APPLICATION : CONDIS_PARTY_NDPROXY,
			  down ? CONDIS_PARTY_NDPROXY : CONDIS_PARTY_APPLICATION, message, detail);
}

/**
 * ndproxy_call_visible() - whether a session may see a call
 * @call: the call
 * @session: the session
 *
 * Another user's calls need CAP_NET_ADMIN in the network namespace.
 *
 * Return: true if so
 *
 * Context: the adapter's lock held
 */
bool ndproxy_call_visible(const struct ndproxy_call *call, const struct ndproxy_session *session)
{
	return !call->owned || session->admin || uid_eq(call->uid, session->uid);
}

/**
 * ndproxy_call_takes() - whether a line handle is concerned by a call
 * @call: the call
 * @lh: the line handle
 *
 * Return: true if the handle is for the call's address, or for all
 *
 * Context: any
 */
bool ndproxy_call_takes(const struct ndproxy_call *call, const struct ndproxy_line_handle *lh)
{
	return lh->address == NDPROXY_ANY_ADDRESS || lh->address == call->address;
}

/**
 * ndproxy_call_add_monitors() - give a new call to those who monitor its line
 * @call: the call
 * @owner: the line handle of its owner
 *
 * A session that has no room, or a moment without memory (nobody waits for it
 * here), does not get a handle, and is told that it has missed a call.
 *
 * Context: the adapter's lock held
 */
void ndproxy_call_add_monitors(struct ndproxy_call *call, const struct ndproxy_line_handle *owner)
{
	struct ndproxy_call_handle *ch;
	struct ndproxy_line_handle *lh;

	lockdep_assert_held(&call->line->adapter->lock);
	list_for_each_entry(lh, &call->line->handles, node) {
		if (lh == owner || !(lh->privileges & LINECALLPRIVILEGE_MONITOR) ||
		    !ndproxy_call_takes(call, lh) ||
		    !ndproxy_call_visible(call, lh->handle.session))
			continue;
		ch = ndproxy_call_handle_alloc(call, lh, LINECALLPRIVILEGE_MONITOR,
					       GFP_ATOMIC | __GFP_NOWARN);
		if (IS_ERR(ch)) {
			lh->missed_calls++;
			ndproxy_event_line_state(lh, LINEDEVSTATE_OTHER);
			continue;
		}
		if (ndproxy_call_handle_add(ch))
			ndproxy_call_handle_free(ch);
		else
			ndproxy_call_handle_announce(ch, NULL);
	}
}

static void call_report(struct ndproxy_call *call, enum ndproxy_call_report report)
{
	struct ndproxy_call_handle *ch;

	ndproxy_call_trace(call, false, ndproxy_report_name(report), call->cause);
	call->seen = report;
	call->entered = ktime_get_ns();
	list_for_each_entry(ch, &call->handles, call_node)
		ndproxy_event_call_state(ch, report, call->entered);
}

static void call_reply(struct ndproxy_call *call, u8 replies)
{
	if (replies & NDPROXY_REPLY_MAKE_OK)
		ndproxy_requests_finish(call, NDPROXY_MAKE_CALL, 0);
	if (replies & NDPROXY_REPLY_MAKE_FAIL)
		ndproxy_requests_finish(call, NDPROXY_MAKE_CALL, ndproxy_cause_errno(call->cause));
	if (replies & NDPROXY_REPLY_MAKE_CANCEL)
		ndproxy_requests_finish(call, NDPROXY_MAKE_CALL, -ECANCELED);
	if (replies & NDPROXY_REPLY_ANSWER_OK)
		ndproxy_requests_finish(call, NDPROXY_ANSWER, 0);
	if (replies & NDPROXY_REPLY_ANSWER_CANCEL)
		ndproxy_requests_finish(call, NDPROXY_ANSWER, -ECANCELED);
	if (replies & NDPROXY_REPLY_DROP_OK)
		ndproxy_requests_finish(call, NDPROXY_DROP, 0);
}

/**
 * ndproxy_call_event() - apply an event to a call
 * @call: the call
 * @event: the event
 * @cause: Q.850 cause, of an event that ends the call
 *
 * Return: 0; -EBADFD: the state does not allow it, and nothing changed
 *
 * Context: the adapter's lock held
 */
int ndproxy_call_event(struct ndproxy_call *call, enum ndproxy_call_event event, u32 cause)
{
	const struct ndproxy_call_transition *transition;
	struct ndproxy_line *line = call->line;
	enum ndproxy_call_state old = call->state;
	unsigned long reports;
	unsigned int report;

	lockdep_assert_held(&line->adapter->lock);
	transition = ndproxy_call_transition(old, event);
	if (transition->error)
		return transition->error;
	if (transition->next == old && !transition->replies)
		return 0;

	/* The first thing that ended it is why it ended. */
	if (cause && !call->cause)
		WRITE_ONCE(call->cause, cause);
	call->state = transition->next;
	/* What is being sent is over, and is said before the end of the call. */
	if (old == NDPROXY_CALL_CONNECTED)
		ndproxy_requests_finish(call, NDPROXY_GENERATE_DIGITS, -ECANCELED);
	call_reply(call, transition->replies);
	/* Who monitors the line sees the call when it is one. */
	if (transition->replies & NDPROXY_REPLY_MAKE_OK) {
		call->replied = true;
		/* They hear its state with its announcement, not a moment later. */
		call->seen = __ffs(transition->reports);
		ndproxy_call_add_monitors(call, call->first.line_handle);
	}
	reports = transition->reports;
	for_each_set_bit(report, &reports, NDPROXY_NR_REPORTS)
		call_report(call, report);

	if (old != NDPROXY_CALL_IDLE && call->state == NDPROXY_CALL_IDLE) {
		WRITE_ONCE(line->num_calls, line->num_calls - 1);
		ndproxy_line_tell(line, LINEDEVSTATE_NUMCALLS, NULL);
	}
	return 0;
}

/**
 * ndproxy_call_doom() - claim the end of a call's leg A, once
 * @call: the call
 * @cause: Q.850 cause to close or reject with
 * @doomed: gets the call, for ndproxy_calls_close(), if it is the caller's to close
 *
 * Context: the adapter's lock held
 */
void ndproxy_call_doom(struct ndproxy_call *call, u32 cause, struct list_head *doomed)
{
	lockdep_assert_held(&call->line->adapter->lock);
	ndproxy_data_stop(call);
	if (call->close != NDPROXY_CLOSE_NONE)
		return;
	if (call->making) {
		/* Who makes it looks for this when he has. */
		call->close_wanted = true;
		call->close_cause = cause;
		return;
	}
	if (!call->vc)
		return;

	call->close = NDPROXY_CLOSE_CLAIMED;
	call->close_cause = cause;
	call->reject = call->offered;
	call->offered = false;
	ndproxy_call_hold(call);
	list_add_tail(&call->close_node, doomed);
}

/**
 * ndproxy_call_close_leg_a() - post the close, or the rejection, of a call's leg A
 * @call: the call, held by the caller, whose close was claimed; it has no leg B (any more)
 *
 * Context: process context, no lock held; waits for nobody
 */
void ndproxy_call_close_leg_a(struct ndproxy_call *call)
{
	struct ndproxy_binding *adapter = call->line->adapter;
	bool taken, delete = false;
	struct condis_vc *vc;

	spin_lock(&adapter->lock);
	vc = call->vc;
	if (vc)
		condis_vc_hold(vc);
	spin_unlock(&adapter->lock);
	if (!vc)
		return;

	condis_delay_point("call.close.claimed", condis_vc_id(vc));
	if (call->reject) {
		taken = !condis_cl_incoming_call_complete(vc, -ECONNREFUSED, call->close_cause);
	} else {
		/* Nobody waits for packets: what the bearer still has is lost with it. */
		condis_co_cancel_sends(vc);
		taken = condis_cl_close_call(vc, call->close_cause) == -EINPROGRESS;
	}
	condis_delay_point("call.close.posted", condis_vc_id(vc));

	spin_lock(&adapter->lock);
	call->close = taken ? NDPROXY_CLOSE_POSTED : NDPROXY_CLOSE_REFUSED;
	/* The make-call's failure has left the VC to us, and no other completion comes. */
	delete = !taken && call->make_failed;
	spin_unlock(&adapter->lock);
	if (delete)
		ndproxy_leg_delete(call);
	condis_vc_put(vc);
}

/**
 * ndproxy_calls_close() - post the closes that were claimed
 * @doomed: from ndproxy_call_doom()
 *
 * Context: process context, no lock held; waits for nobody
 */
void ndproxy_calls_close(struct list_head *doomed)
{
	struct ndproxy_binding *adapter;
	struct ndproxy_call *call;

	while ((call = list_first_entry_or_null(doomed, struct ndproxy_call, close_node))) {
		adapter = call->line->adapter;
		list_del_init(&call->close_node);
		/* The call may be the last that holds it. */
		kref_get(&adapter->ref);
		/* NDISWAN first (F1, F2): whoever ends leg B goes on with leg A. */
		if (!ndproxy_leg_b_close(call, call->close_cause, true))
			ndproxy_call_close_leg_a(call);
		ndproxy_call_put(call);
		ndproxy_adapter_put(adapter);
	}
}

/**
 * ndproxy_calls_forget() - give up closes that were claimed, of calls that the core has ended
 * @doomed: from ndproxy_call_doom(); nothing can be said of their VCs any more
 *
 * Context: process context, no lock held
 */
void ndproxy_calls_forget(struct list_head *doomed)
{
	struct ndproxy_binding *adapter;
	struct ndproxy_call *call;

	while ((call = list_first_entry_or_null(doomed, struct ndproxy_call, close_node))) {
		adapter = call->line->adapter;
		list_del_init(&call->close_node);
		kref_get(&adapter->ref);
		spin_lock(&adapter->lock);
		call->close = NDPROXY_CLOSE_REFUSED;
		spin_unlock(&adapter->lock);
		ndproxy_call_put(call);
		ndproxy_adapter_put(adapter);
	}
}
