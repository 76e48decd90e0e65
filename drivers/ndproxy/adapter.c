// SPDX-License-Identifier: GPL-2.0
/*
 * Adapters: the protocol's bindings, and the address family of each.
 *
 * What an adapter should be doing follows from a few facts: the call manager
 * serves our family, there are sessions, nobody asked us to close or to unbind.
 * Whoever changes a fact calls ndproxy_adapter_update(), which takes one step
 * after the other towards where it should be.  One task at a time does so; others
 * leave their change to it.  So opening and closing the family, and registering
 * and deregistering SAPs, never meet each other, and a completion that comes
 * inside of one of those calls nests no deeper than itself.
 *
 *   NONE -> OPENING -> QUERYING -> OPEN -> CLOSING -> NONE
 *
 * OPENING and a SAP's registration are not broken off: the core bounds them.
 *
 * The core may also take everything down without us: a family whose deadline is
 * over it closes by itself, and from an adapter we do not leave in time it cuts us
 * off, with no word but that the binding is gone.  So whoever calls down holds the
 * family or the binding that he calls for; and the reference that a family or a
 * SAP has on our side goes with its state: it is taken with the state that
 * asks for it, and dropped by whoever brings the state back to NONE, once.
 */
#include <linux/module.h>
#include <linux/slab.h>

#include "ndproxy.h"
#include "../condis/visible.h"

/* What ndproxy_adapter_update() does next. */
enum adapter_step {
	STEP_NONE,
	STEP_OPEN_AF,
	STEP_ASK,
	STEP_TAKE,
	STEP_FORCE,
	STEP_REGISTER_SAP,
	STEP_DEREGISTER_SAP,
	STEP_CLOSE_AF,
	STEP_CLOSE_ADAPTER,
};

static void adapter_release(struct kref *ref)
{
	struct ndproxy_binding *adapter = container_of(ref, struct ndproxy_binding, ref);

	WARN_ON(!list_empty(&adapter->lines) || adapter->state != NDPROXY_AF_NONE);
	ndproxy_table_free(adapter->table);
	ndproxy_table_free(adapter->query.table);
	ndproxy_net_put(adapter->net);
	kfree(adapter);
}

/**
 * ndproxy_adapter_put() - drop a reference on an adapter
 * @adapter: the adapter
 *
 * Context: any but interrupts; not under its lock
 */
void ndproxy_adapter_put(struct ndproxy_binding *adapter)
{
	kref_put(&adapter->ref, adapter_release);
}
EXPORT_SYMBOL_IF_KUNIT(ndproxy_adapter_put);

/**
 * ndproxy_adapter_ready() - whether lines can be opened and calls made
 * @adapter: the adapter
 *
 * Return: 0; -ENODEV: it is going; -EAGAIN: not yet
 *
 * Context: the adapter's lock held
 */
int ndproxy_adapter_ready(const struct ndproxy_binding *adapter)
{
	lockdep_assert_held(&adapter->lock);
	if (adapter->dead)
		return -ENODEV;
	return adapter->state == NDPROXY_AF_OPEN ? 0 : -EAGAIN;
}

static bool adapter_wanted(const struct ndproxy_binding *adapter)
{
	return adapter->served && !adapter->dead && !adapter->notified &&
	       READ_ONCE(adapter->net->live);
}

/* A line whose SAP is not as it should be; with a reference. */
static struct ndproxy_line *adapter_find_sap(struct ndproxy_binding *adapter,
					     enum ndproxy_sap_state state, bool wanted)
{
	struct ndproxy_line *line;

	list_for_each_entry(line, &adapter->lines, node) {
		if (line->sap_state == state && ndproxy_line_wants_sap(line) == wanted) {
			ndproxy_line_hold(line);
			return line;
		}
	}
	return NULL;
}

/* The next step, and the state that goes with it; under the adapter's lock. */
static enum adapter_step adapter_next(struct ndproxy_binding *adapter, struct ndproxy_line **line)
{
	bool wanted = adapter_wanted(adapter);

	switch (adapter->state) {
	case NDPROXY_AF_NONE:
		if (wanted && !adapter->refused) {
			adapter->state = NDPROXY_AF_OPENING;
			/* For the family, until its last completion. */
			kref_get(&adapter->ref);
			return STEP_OPEN_AF;
		}
		break;
	case NDPROXY_AF_OPENING:
		break;
	case NDPROXY_AF_QUERYING:
		if (adapter->query.state == NDPROXY_QUERY_ANSWERED)
			return STEP_TAKE;
		if (!wanted || adapter->refused) {
			adapter->state = NDPROXY_AF_CLOSING;
			return STEP_FORCE;
		}
		if (adapter->query.state == NDPROXY_QUERY_ASK) {
			adapter->query.state = NDPROXY_QUERY_PENDING;
			adapter->query.resets = adapter->resets;
			return STEP_ASK;
		}
		break;
	case NDPROXY_AF_OPEN:
		if (!wanted) {
			/* The gate: no line is opened and no call made from here on. */
			adapter->state = NDPROXY_AF_CLOSING;
			return STEP_FORCE;
		}
		/* F3: who does not listen any more lets go first. */
		*line = adapter_find_sap(adapter, NDPROXY_SAP_REGISTERED, false);
		if (*line) {
			(*line)->sap_state = NDPROXY_SAP_DEREGISTERING;
			return STEP_DEREGISTER_SAP;
		}
		*line = adapter_find_sap(adapter, NDPROXY_SAP_NONE, true);
		if (*line) {
			(*line)->sap_state = NDPROXY_SAP_REGISTERING;
			/* For the SAP, until its last completion. */
			ndproxy_line_hold(*line);
			return STEP_REGISTER_SAP;
		}
		break;
	case NDPROXY_AF_CLOSING:
		*line = adapter_find_sap(adapter, NDPROXY_SAP_REGISTERED, false);
		if (*line) {
			(*line)->sap_state = NDPROXY_SAP_DEREGISTERING;
			return STEP_DEREGISTER_SAP;
		}
		/* A command that makes a VC at this moment comes first. */
		if (!adapter->af_close_posted && !adapter->af_users) {
			adapter->af_close_posted = true;
			return STEP_CLOSE_AF;
		}
		break;
	}

	/* It waits for the family without us; the binding is the core's from here on. */
	if (adapter->dead && !adapter->adapter_closed &&
	    (adapter->state == NDPROXY_AF_NONE || adapter->af_close_posted)) {
		adapter->adapter_closed = true;
		return STEP_CLOSE_ADAPTER;
	}
	return STEP_NONE;
}

/* The binding with a reference; NULL: the core has taken us off the adapter. */
static struct condis_binding *adapter_hold_binding(struct ndproxy_binding *adapter)
{
	struct condis_binding *binding;

	spin_lock(&adapter->lock);
	binding = adapter->binding;
	if (binding)
		condis_binding_hold(binding);
	spin_unlock(&adapter->lock);
	return binding;
}

/**
 * ndproxy_adapter_hold_af() - the adapter's address family, for a call down
 * @adapter: the adapter
 *
 * Return: the family with a reference, for condis_af_put(); NULL: it is closed
 *
 * Context: process context, no lock held
 */
struct condis_af *ndproxy_adapter_hold_af(struct ndproxy_binding *adapter)
{
	struct condis_af *af;

	spin_lock(&adapter->lock);
	af = adapter->af;
	if (af)
		condis_af_hold(af);
	spin_unlock(&adapter->lock);
	return af;
}

static void adapter_open_af(struct ndproxy_binding *adapter)
{
	struct condis_binding *binding = adapter_hold_binding(adapter);
	struct condis_af *af = ERR_PTR(-ESHUTDOWN);
	struct ndproxy_line_table *table;
	bool ours;

	/* Of the family before, if that was taken from us while we took an answer. */
	spin_lock(&adapter->lock);
	table = adapter->query.table;
	adapter->query.table = NULL;
	spin_unlock(&adapter->lock);
	ndproxy_table_free(table);

	if (binding) {
		af = condis_cl_open_address_family(binding, CONDIS_AF_TAPI_PROXY,
						   &ndproxy_client_ops, adapter);
		condis_binding_put(binding);
	}
	if (!IS_ERR(af))
		return;

	spin_lock(&adapter->lock);
	ours = adapter->state == NDPROXY_AF_OPENING;
	if (ours) {
		adapter->state = NDPROXY_AF_NONE;
		adapter->refused = true;
	}
	spin_unlock(&adapter->lock);
	if (ours)
		ndproxy_adapter_put(adapter);
}

static void adapter_close_af(struct ndproxy_binding *adapter)
{
	struct condis_af *af = ndproxy_adapter_hold_af(adapter);

	if (!af)
		return;
	/* Refused only if the core closes it already: one completion comes for both. */
	condis_cl_close_address_family(af);
	condis_af_put(af);
}

static void adapter_close_binding(struct ndproxy_binding *adapter)
{
	struct condis_binding *binding = adapter_hold_binding(adapter);

	if (!binding)
		return;
	condis_close_adapter(binding);
	condis_binding_put(binding);
}

/* The line table is complete: the adapter can be used. */
static void adapter_open(struct ndproxy_binding *adapter)
{
	struct ndproxy_line_table *old;

	spin_lock(&adapter->lock);
	if (adapter->state != NDPROXY_AF_QUERYING) {
		/* The core took the family from us; the table goes with the next one. */
		spin_unlock(&adapter->lock);
		return;
	}
	old = adapter->table;
	adapter->table = adapter->query.table;
	adapter->query.table = NULL;
	adapter->signaling = true;
	adapter->state = NDPROXY_AF_OPEN;
	/* With the state, so that LINE_REMOVE comes after it, or it does not come. */
	if (!adapter->dead)
		ndproxy_net_tell_lines(adapter->net, LINE_CREATE, adapter,
				       adapter->table->cm.num_lines, adapter->serial);
	spin_unlock(&adapter->lock);

	ndproxy_table_free(old);
}

static void adapter_take_answer(struct ndproxy_binding *adapter)
{
	struct ndproxy_line_table *table = NULL;
	bool done;
	int err;

	err = ndproxy_query_take(adapter, &done);
	if (!err && done) {
		adapter_open(adapter);
		return;
	}

	spin_lock(&adapter->lock);
	adapter->query.state = NDPROXY_QUERY_ASK;
	/* The end of the reset that has refused it was told already: it is asked again. */
	if (err == -EAGAIN && adapter->query.resets != adapter->resets)
		err = 0;
	if (err) {
		adapter->refused = true;
		table = adapter->query.table;
		adapter->query.table = NULL;
	}
	spin_unlock(&adapter->lock);
	if (err) {
		ndproxy_table_free(table);
		pr_notice_ratelimited("ndproxy: adapter %s: capabilities: error %d\n",
				      adapter->name, err);
	}
}

/* Before the family is closed: what is open on it comes down (F4, F5, F12). */
static void adapter_force(struct ndproxy_binding *adapter)
{
	struct ndproxy_line_table *table;
	LIST_HEAD(doomed);

	spin_lock(&adapter->lock);
	ndproxy_lines_force(adapter, &doomed);
	table = adapter->query.table;
	adapter->query.table = NULL;
	spin_unlock(&adapter->lock);
	condis_delay_point("proxy.forced", adapter->id);

	ndproxy_calls_close(&doomed);
	ndproxy_table_free(table);
}

static void adapter_register_sap(struct ndproxy_line *line)
{
	struct ndproxy_binding *adapter = line->adapter;
	struct condis_sap_params params = {
		.line = line->number,
		.address = CONDIS_UNSPECIFIED,
	};
	struct condis_sap *sap = ERR_PTR(-ESHUTDOWN);
	struct condis_af *af;

	spin_lock(&adapter->lock);
	params.media_modes = ndproxy_table_line(adapter->table, line->number)->caps.media_modes;
	spin_unlock(&adapter->lock);

	af = ndproxy_adapter_hold_af(adapter);
	if (af) {
		sap = condis_cl_register_sap(af, &params, line);
		condis_af_put(af);
	}
	if (IS_ERR(sap))
		ndproxy_sap_gone(line, PTR_ERR(sap));
}

static void adapter_deregister_sap(struct ndproxy_line *line)
{
	struct ndproxy_binding *adapter = line->adapter;
	struct condis_sap *sap;

	/* The core may be taking it down by itself: its completion clears the pointer here. */
	spin_lock(&adapter->lock);
	sap = line->sap;
	if (sap)
		condis_sap_hold(sap);
	spin_unlock(&adapter->lock);
	condis_delay_point("proxy.sap.deregister", adapter->id);
	if (!sap)
		return;

	/* Refused only if it is asked for already: one completion comes for both. */
	condis_cl_deregister_sap(sap);
	condis_sap_put(sap);
}

/**
 * ndproxy_adapter_update() - bring an adapter to where it should be
 * @adapter: the adapter
 *
 * Context: process context, may sleep; waits for nobody
 */
void ndproxy_adapter_update(struct ndproxy_binding *adapter)
{
	struct ndproxy_line *line = NULL;
	enum adapter_step step;

	spin_lock(&adapter->lock);
	if (adapter->updating) {
		adapter->again = true;
		spin_unlock(&adapter->lock);
		return;
	}
	adapter->updating = true;
	kref_get(&adapter->ref);
	do {
		adapter->again = false;
		step = adapter_next(adapter, &line);
		if (step == STEP_NONE)
			continue;
		spin_unlock(&adapter->lock);
		condis_delay_point("proxy.step", adapter->id);

		switch (step) {
		case STEP_NONE:
			break;
		case STEP_OPEN_AF:
			adapter_open_af(adapter);
			break;
		case STEP_ASK:
			ndproxy_query_ask(adapter);
			break;
		case STEP_TAKE:
			adapter_take_answer(adapter);
			break;
		case STEP_FORCE:
			adapter_force(adapter);
			break;
		case STEP_REGISTER_SAP:
			adapter_register_sap(line);
			ndproxy_line_put(line);
			break;
		case STEP_DEREGISTER_SAP:
			adapter_deregister_sap(line);
			ndproxy_line_put(line);
			break;
		case STEP_CLOSE_AF:
			adapter_close_af(adapter);
			break;
		case STEP_CLOSE_ADAPTER:
			adapter_close_binding(adapter);
			break;
		}
		spin_lock(&adapter->lock);
	} while (step != STEP_NONE || adapter->again);
	adapter->updating = false;
	spin_unlock(&adapter->lock);
	ndproxy_adapter_put(adapter);
}

/**
 * ndproxy_adapter_retry() - a session begins: what was refused is tried again
 * @adapter: the adapter
 *
 * Context: process context, may sleep; waits for nobody
 */
void ndproxy_adapter_retry(struct ndproxy_binding *adapter)
{
	spin_lock(&adapter->lock);
	if (adapter->state == NDPROXY_AF_NONE)
		adapter->refused = false;
	spin_unlock(&adapter->lock);
	ndproxy_adapter_update(adapter);
}

/**
 * ndproxy_adapter_unuse() - a command has finished with the address family
 * @adapter: the adapter, whose @af_users it had raised
 *
 * Context: process context
 */
void ndproxy_adapter_unuse(struct ndproxy_binding *adapter)
{
	bool update;

	spin_lock(&adapter->lock);
	adapter->af_users--;
	update = !adapter->af_users && adapter->state == NDPROXY_AF_CLOSING;
	spin_unlock(&adapter->lock);
	if (update)
		ndproxy_adapter_update(adapter);
}
EXPORT_SYMBOL_IF_KUNIT(ndproxy_adapter_unuse);

/**
 * ndproxy_open_af_complete() - ProtocolClOpenAfCompleteEx
 * @af: the family
 * @status: 0 or why it was not opened
 *
 * Context: process context
 */
void ndproxy_open_af_complete(struct condis_af *af, int status)
{
	struct ndproxy_binding *adapter = condis_af_context(af);
	bool notified = false;

	spin_lock(&adapter->lock);
	if (status) {
		adapter->state = NDPROXY_AF_NONE;
		adapter->refused = true;
		/* No close will follow that could complete it. */
		notified = adapter->notified;
		adapter->notified = false;
		if (notified)
			adapter->served = false;
	} else {
		condis_af_hold(af);
		adapter->af = af;
		adapter->af_close_posted = false;
		adapter->state = NDPROXY_AF_QUERYING;
		ndproxy_query_start(&adapter->query);
	}
	spin_unlock(&adapter->lock);

	if (notified)
		condis_cl_notify_close_address_family_complete(af, 0);
	ndproxy_adapter_update(adapter);
	if (status)
		ndproxy_adapter_put(adapter);
}

/**
 * ndproxy_adapter_af_closed() - the adapter's address family is closed
 * @adapter: the adapter; the family's reference on it is the caller's to drop
 *
 * Return: whether its call manager had asked for that
 *
 * Context: process context, no lock held
 */
bool ndproxy_adapter_af_closed(struct ndproxy_binding *adapter)
{
	struct condis_af *af;
	LIST_HEAD(doomed);
	bool notified;

	/*
	 * Every VC and SAP is gone.  What the core took down by force said no word
	 * of its own, and we may not even have begun to close.
	 */
	spin_lock(&adapter->lock);
	adapter->state = NDPROXY_AF_CLOSING;
	adapter->af_close_posted = true;
	ndproxy_lines_force(adapter, &doomed);
	spin_unlock(&adapter->lock);
	ndproxy_calls_forget(&doomed);
	ndproxy_lines_swept(adapter);
	condis_delay_point("proxy.af.swept", adapter->id);

	spin_lock(&adapter->lock);
	af = adapter->af;
	adapter->af = NULL;
	adapter->af_close_posted = false;
	adapter->state = NDPROXY_AF_NONE;
	notified = adapter->notified;
	/* Until the call manager registers its family again there is nothing to open. */
	if (notified)
		adapter->served = false;
	adapter->notified = false;
	spin_unlock(&adapter->lock);

	if (af)
		condis_af_put(af);
	condis_delay_point("proxy.af.closed", adapter->id);
	return notified;
}

/**
 * ndproxy_close_af_complete() - ProtocolClCloseAfComplete
 * @af: the family, gone on return
 *
 * Context: process context
 */
void ndproxy_close_af_complete(struct condis_af *af)
{
	struct ndproxy_binding *adapter = condis_af_context(af);

	/* The last use of the family, which this one word may follow (2.12). */
	if (ndproxy_adapter_af_closed(adapter))
		condis_cl_notify_close_address_family_complete(af, 0);
	ndproxy_adapter_update(adapter);
	ndproxy_adapter_put(adapter);
}

/**
 * ndproxy_notify_close_af() - ProtocolClNotifyCloseAf: the call manager asks us to close (F5)
 * @af: the family
 *
 * Return: -EINPROGRESS: completed when the family is closed, also if it was closing already (R12)
 *
 * Context: process context
 */
int ndproxy_notify_close_af(struct condis_af *af)
{
	struct ndproxy_binding *adapter = condis_af_context(af);

	spin_lock(&adapter->lock);
	adapter->notified = true;
	spin_unlock(&adapter->lock);
	condis_delay_point("proxy.af.notified", adapter->id);
	ndproxy_adapter_update(adapter);
	return -EINPROGRESS;
}

/**
 * ndproxy_af_oid_request() - ProtocolCoOidRequest: the call manager's network came or went
 * @af: the family
 * @req: OID_CO_SIGNALING_ENABLED, OID_CO_SIGNALING_DISABLED
 *
 * Return: 0; -EOPNOTSUPP: another one
 *
 * Context: process context
 */
int ndproxy_af_oid_request(struct condis_af *af, struct condis_oid_request *req)
{
	struct ndproxy_binding *adapter = condis_af_context(af);
	struct ndproxy_line *line;
	bool enabled;

	switch (req->oid) {
	case OID_CO_SIGNALING_ENABLED:
		enabled = true;
		break;
	case OID_CO_SIGNALING_DISABLED:
		enabled = false;
		break;
	default:
		return -EOPNOTSUPP;
	}

	spin_lock(&adapter->lock);
	if (adapter->signaling != enabled) {
		adapter->signaling = enabled;
		list_for_each_entry(line, &adapter->lines, node)
			ndproxy_line_tell(line, enabled ? LINEDEVSTATE_INSERVICE :
							  LINEDEVSTATE_OUTOFSERVICE, NULL);
	}
	spin_unlock(&adapter->lock);
	return 0;
}
