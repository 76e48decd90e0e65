// SPDX-License-Identifier: GPL-2.0
/*
 * The last transitions and deliveries of an object, for the verifier's reports.
 *
 * Allocated with the object while the verifier is on; where it is missing,
 * because memory was short or the verifier was off, a report is shorter.
 */
#include <linux/ktime.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "core.h"

static const char * const call_events[CONDIS_NR_CALL_EVENTS] = {
	[CONDIS_CALL_EV_MAKE]	       = "make",
	[CONDIS_CALL_EV_ACCEPT]	       = "accept",
	[CONDIS_CALL_EV_REJECT]	       = "reject",
	[CONDIS_CALL_EV_CLOSE]	       = "close",
	[CONDIS_CALL_EV_MADE]	       = "made",
	[CONDIS_CALL_EV_FAILED]	       = "failed",
	[CONDIS_CALL_EV_PROCEEDING]    = "proceeding",
	[CONDIS_CALL_EV_ALERTING]      = "alerting",
	[CONDIS_CALL_EV_OFFER]	       = "offer",
	[CONDIS_CALL_EV_CONNECT]       = "connect",
	[CONDIS_CALL_EV_HANGUP]	       = "hangup",
	[CONDIS_CALL_EV_RELEASED]      = "released",
	[CONDIS_CALL_EV_RELEASED_BUSY] = "released-busy",
	[CONDIS_CALL_EV_INACTIVE]      = "inactive",
	[CONDIS_CALL_EV_DELETE_CLIENT] = "delete-client",
	[CONDIS_CALL_EV_DELETE_CM]     = "delete-cm",
	[CONDIS_CALL_EV_CM_GONE]       = "cm-gone",
	[CONDIS_CALL_EV_CLIENT_GONE]   = "client-gone",
};

static const char * const vc_events[CONDIS_NR_VC_EVENTS] = {
	[CONDIS_VC_EV_ACTIVATE]	       = "activate",
	[CONDIS_VC_EV_DEACTIVATE]      = "deactivate",
	[CONDIS_VC_EV_DEACTIVATE_BUSY] = "deactivate-busy",
	[CONDIS_VC_EV_DRAINED]	       = "drained",
};

static const char * const af_events[CONDIS_NR_AF_EVENTS] = {
	[CONDIS_AF_EV_OPENED]	 = "opened",
	[CONDIS_AF_EV_REFUSED]	 = "refused",
	[CONDIS_AF_EV_CLOSE]	 = "close",
	[CONDIS_AF_EV_EMPTY]	 = "empty",
	[CONDIS_AF_EV_CM_CLOSED] = "cm-closed",
	[CONDIS_AF_EV_CM_GONE]	 = "cm-gone",
};

static const char * const sap_events[CONDIS_NR_SAP_EVENTS] = {
	[CONDIS_SAP_EV_REGISTERED]    = "registered",
	[CONDIS_SAP_EV_REFUSED]	      = "refused",
	[CONDIS_SAP_EV_DEREGISTER]    = "deregister",
	[CONDIS_SAP_EV_RELEASED]      = "released",
	[CONDIS_SAP_EV_RELEASED_BUSY] = "released-busy",
	[CONDIS_SAP_EV_IDLE]	      = "idle",
	[CONDIS_SAP_EV_CM_GONE]	      = "cm-gone",
};

static const char * const binding_events[CONDIS_NR_BINDING_EVENTS] = {
	[CONDIS_BINDING_EV_CLOSE] = "close",
	[CONDIS_BINDING_EV_EMPTY] = "empty",
};

static const char * const vc_upcalls[] = {
	[CONDIS_VC_CM_MAKE_CALL]	 = "ProtocolCmMakeCall",
	[CONDIS_VC_CM_INCOMING_PENDING]	 = "the call manager's incoming_call_pending",
	[CONDIS_VC_CM_INCOMING_COMPLETE] = "ProtocolCmIncomingCallComplete",
	[CONDIS_VC_CM_CLOSE_CALL]	 = "ProtocolCmCloseCall",
	[CONDIS_VC_CM_DEACTIVATED]	 = "ProtocolCmDeactivateVcComplete",
	[CONDIS_VC_CM_SIGNAL]		 = "the call manager's signal",
	[CONDIS_VC_CM_TIMER]		 = "the call manager's timer",
	[CONDIS_VC_CL_PROCEEDING]	 = "the client's call_progress",
	[CONDIS_VC_CL_ALERTING]		 = "the client's call_progress",
	[CONDIS_VC_CL_INCOMING_CALL]	 = "ProtocolClIncomingCall",
	[CONDIS_VC_CL_MAKE_COMPLETE]	 = "ProtocolClMakeCallComplete",
	[CONDIS_VC_CL_CONNECTED]	 = "ProtocolClCallConnected",
	[CONDIS_VC_CL_INCOMING_CLOSE]	 = "ProtocolClIncomingCloseCall",
	[CONDIS_VC_CL_CLOSE_COMPLETE]	 = "ProtocolClCloseCallComplete",
	[CONDIS_VC_CM_DELETE]		 = "the call manager's ProtocolCoDeleteVc",
	[CONDIS_VC_CL_DELETE]		 = "the client's ProtocolCoDeleteVc",
};

static const char * const af_upcalls[] = {
	[CONDIS_AF_CM_OPEN]	       = "ProtocolCmOpenAf",
	[CONDIS_AF_CL_OPEN_COMPLETE]   = "ProtocolClOpenAfCompleteEx",
	[CONDIS_AF_CL_NOTIFY]	       = "ProtocolClNotifyCloseAf",
	[CONDIS_AF_FORCE]	       = "the deadline",
	[CONDIS_AF_EMPTY]	       = "a look whether it is empty",
	[CONDIS_AF_CM_CLOSE]	       = "ProtocolCmCloseAf",
	[CONDIS_AF_CL_CLOSE_COMPLETE]  = "ProtocolClCloseAfComplete",
	[CONDIS_AF_CM_NOTIFY_COMPLETE] = "ProtocolCmNotifyCloseAfComplete",
};

static const char * const sap_upcalls[] = {
	[CONDIS_SAP_CM_REGISTER]	    = "ProtocolCmRegisterSap",
	[CONDIS_SAP_CL_REGISTER_COMPLETE]   = "ProtocolClRegisterSapComplete",
	[CONDIS_SAP_CM_DEREGISTER]	    = "ProtocolCmDeregisterSap",
	[CONDIS_SAP_CL_DEREGISTER_COMPLETE] = "ProtocolClDeregisterSapComplete",
};

static const char * const binding_upcalls[] = {
	[CONDIS_BINDING_EMPTY]		= "a look whether it is empty",
	[CONDIS_BINDING_CLOSE_COMPLETE] = "ProtocolCloseAdapterCompleteEx",
};

/**
 * condis_upcall_name() - an upcall for people
 * @object: the kind of object
 * @code: the upcall
 *
 * Return: its name in the field's words
 */
const char *condis_upcall_name(enum condis_object object, u8 code)
{
	switch (object) {
	case CONDIS_OBJECT_VC:
		return code < ARRAY_SIZE(vc_upcalls) ? vc_upcalls[code] : "?";
	case CONDIS_OBJECT_AF:
		return code < ARRAY_SIZE(af_upcalls) ? af_upcalls[code] : "?";
	case CONDIS_OBJECT_SAP:
		return code < ARRAY_SIZE(sap_upcalls) ? sap_upcalls[code] : "?";
	case CONDIS_OBJECT_BINDING:
		return code < ARRAY_SIZE(binding_upcalls) ? binding_upcalls[code] : "?";
	default:
		return "?";
	}
}

static unsigned long vc_handler(const struct condis_vc *vc, const struct condis_cm_ops *cm,
				u8 code, u8 *by)
{
	const struct condis_client_ops *client = vc->af->ops;

	*by = CONDIS_BY_CM;
	switch (cm ? code : CONDIS_UPCALLS_MAX) {
	case CONDIS_VC_CM_MAKE_CALL:
		return (unsigned long)cm->make_call;
	case CONDIS_VC_CM_INCOMING_PENDING:
		return (unsigned long)cm->incoming_call_pending;
	case CONDIS_VC_CM_INCOMING_COMPLETE:
		return (unsigned long)cm->incoming_call_complete;
	case CONDIS_VC_CM_CLOSE_CALL:
		return (unsigned long)cm->close_call;
	case CONDIS_VC_CM_DEACTIVATED:
		return (unsigned long)cm->deactivate_vc_complete;
	case CONDIS_VC_CM_SIGNAL:
		return (unsigned long)cm->signal;
	case CONDIS_VC_CM_TIMER:
		return (unsigned long)cm->timer;
	case CONDIS_VC_CM_DELETE:
		return (unsigned long)cm->delete_vc;
	default:
		break;
	}
	*by = CONDIS_BY_CLIENT;
	switch ((enum condis_vc_upcall)code) {
	case CONDIS_VC_CL_PROCEEDING:
	case CONDIS_VC_CL_ALERTING:
		return (unsigned long)client->call_progress;
	case CONDIS_VC_CL_INCOMING_CALL:
		return (unsigned long)client->incoming_call;
	case CONDIS_VC_CL_MAKE_COMPLETE:
		return (unsigned long)client->make_call_complete;
	case CONDIS_VC_CL_CONNECTED:
		return (unsigned long)client->call_connected;
	case CONDIS_VC_CL_INCOMING_CLOSE:
		return (unsigned long)client->incoming_close_call;
	case CONDIS_VC_CL_CLOSE_COMPLETE:
		return (unsigned long)client->close_call_complete;
	case CONDIS_VC_CL_DELETE:
		return (unsigned long)client->delete_vc;
	default:
		*by = CONDIS_BY_NOBODY;
		return 0;
	}
}

static unsigned long af_handler(const struct condis_af *af, const struct condis_cm_ops *cm,
				u8 code, u8 *by)
{
	*by = CONDIS_BY_CM;
	switch (cm ? code : CONDIS_UPCALLS_MAX) {
	case CONDIS_AF_CM_OPEN:
		return (unsigned long)cm->open_af;
	case CONDIS_AF_CM_CLOSE:
		return (unsigned long)cm->close_af;
	case CONDIS_AF_CM_NOTIFY_COMPLETE:
		return (unsigned long)cm->notify_close_af_complete;
	default:
		break;
	}
	*by = CONDIS_BY_CLIENT;
	switch ((enum condis_af_upcall)code) {
	case CONDIS_AF_CL_OPEN_COMPLETE:
		return (unsigned long)af->ops->open_af_complete;
	case CONDIS_AF_CL_NOTIFY:
		return (unsigned long)af->ops->notify_close_af;
	case CONDIS_AF_CL_CLOSE_COMPLETE:
		return (unsigned long)af->ops->close_af_complete;
	default:
		*by = CONDIS_BY_NOBODY;
		return 0;
	}
}

static unsigned long sap_handler(const struct condis_sap *sap, const struct condis_cm_ops *cm,
				 u8 code, u8 *by)
{
	switch ((enum condis_sap_upcall)code) {
	case CONDIS_SAP_CM_REGISTER:
		*by = cm ? CONDIS_BY_CM : CONDIS_BY_NOBODY;
		return cm ? (unsigned long)cm->register_sap : 0;
	case CONDIS_SAP_CM_DEREGISTER:
		*by = cm ? CONDIS_BY_CM : CONDIS_BY_NOBODY;
		return cm ? (unsigned long)cm->deregister_sap : 0;
	case CONDIS_SAP_CL_REGISTER_COMPLETE:
		*by = CONDIS_BY_CLIENT;
		return (unsigned long)sap->af->ops->register_sap_complete;
	case CONDIS_SAP_CL_DEREGISTER_COMPLETE:
		*by = CONDIS_BY_CLIENT;
		return (unsigned long)sap->af->ops->deregister_sap_complete;
	}
	*by = CONDIS_BY_NOBODY;
	return 0;
}

static struct condis_family *upcall_family(const struct condis_upcalls *upcalls)
{
	switch (upcalls->ops->object) {
	case CONDIS_OBJECT_VC:
		return container_of(upcalls, struct condis_vc, upcalls)->af->family;
	case CONDIS_OBJECT_AF:
		return container_of(upcalls, struct condis_af, upcalls)->family;
	case CONDIS_OBJECT_SAP:
		return container_of(upcalls, struct condis_sap, upcalls)->af->family;
	default:
		return NULL;
	}
}

static unsigned long upcall_handler(const struct condis_upcalls *upcalls,
				    const struct condis_cm_ops *cm, u8 code, u8 *by)
{
	switch (upcalls->ops->object) {
	case CONDIS_OBJECT_VC:
		return vc_handler(container_of(upcalls, struct condis_vc, upcalls), cm, code, by);
	case CONDIS_OBJECT_AF:
		return af_handler(container_of(upcalls, struct condis_af, upcalls), cm, code, by);
	case CONDIS_OBJECT_SAP:
		return sap_handler(container_of(upcalls, struct condis_sap, upcalls), cm, code, by);
	case CONDIS_OBJECT_BINDING:
		if (code != CONDIS_BINDING_CLOSE_COMPLETE)
			return 0;
		*by = CONDIS_BY_CLIENT;
		return (unsigned long)container_of(upcalls, struct condis_binding, upcalls)
			->protocol->close_adapter_complete;
	default:
		return 0;
	}
}

/**
 * condis_upcall_handler() - whose function an upcall calls
 * @upcalls: of the object, which is alive
 * @code: the upcall
 * @by: out: CONDIS_BY_*; nobody for the core's own
 *
 * Return: the function's address, or 0; also for a call manager that was cut off, whose module may
 * be gone
 */
unsigned long condis_upcall_handler(const struct condis_upcalls *upcalls, u8 code, u8 *by)
{
	struct condis_family *family = upcall_family(upcalls);
	bool entered = family && condis_family_enter(family);
	unsigned long handler;

	*by = CONDIS_BY_NOBODY;
	handler = upcall_handler(upcalls, entered ? family->ops : NULL, code, by);
	if (entered)
		condis_family_leave(family);
	return handler;
}

/**
 * condis_history_new() - a history for a new object
 *
 * Return: it, or NULL: the verifier is off, or memory is short
 *
 * Context: process context
 */
struct condis_history *condis_history_new(void)
{
	if (!condis_verifier_on())
		return NULL;
	return kzalloc(sizeof(struct condis_history), GFP_KERNEL | __GFP_NOWARN);
}

/**
 * condis_history_free() - the object is freed
 * @history: of the object, or NULL
 */
void condis_history_free(struct condis_history *history)
{
	kfree(history);
}

/**
 * condis_history_add() - something happened to an object
 * @upcalls: of the object, with a history
 * @table: what kind of thing
 * @old: state before
 * @event: the event, or the upcall
 * @next: state after
 * @error: why it was refused, or 0
 *
 * Context: the object's lock held
 */
void condis_history_add(struct condis_upcalls *upcalls, enum condis_history_table table, u8 old,
			u8 event, u8 next, int error)
{
	struct condis_history *history = upcalls->watch.history;
	struct condis_moment *moment;

	lockdep_assert_held(&upcalls->lock);
	moment = &history->moments[history->n % CONDIS_HISTORY_LENGTH];
	WRITE_ONCE(history->n, history->n + 1);
	moment->when = ktime_get_ns();
	moment->caller = upcalls->watch.by ? history->caller : 0;
	moment->pid = task_pid_nr(current);
	strscpy(moment->comm, current->comm, sizeof(moment->comm));
	moment->table = table;
	moment->old = old;
	moment->event = event;
	moment->next = next;
	moment->error = error;
}

/* "make: idle -> out-pending"; of a moment that may be torn, so each index is made one. */
static void moment_text(enum condis_object object, const struct condis_moment *moment, char *text,
			size_t size)
{
	const char *event = "?", *old = "?", *next = "?";

	switch ((enum condis_history_table)moment->table) {
	case CONDIS_HISTORY_CALL:
		event = call_events[moment->event % CONDIS_NR_CALL_EVENTS];
		old = condis_call_state_name(moment->old % CONDIS_NR_CALL_STATES);
		next = condis_call_state_name(moment->next % CONDIS_NR_CALL_STATES);
		break;
	case CONDIS_HISTORY_VC:
		event = vc_events[moment->event % CONDIS_NR_VC_EVENTS];
		old = condis_vc_state_name(moment->old % CONDIS_NR_VC_STATES);
		next = condis_vc_state_name(moment->next % CONDIS_NR_VC_STATES);
		break;
	case CONDIS_HISTORY_AF:
		event = af_events[moment->event % CONDIS_NR_AF_EVENTS];
		old = condis_af_state_name(moment->old % CONDIS_NR_AF_STATES);
		next = condis_af_state_name(moment->next % CONDIS_NR_AF_STATES);
		break;
	case CONDIS_HISTORY_SAP:
		event = sap_events[moment->event % CONDIS_NR_SAP_EVENTS];
		old = condis_sap_state_name(moment->old % CONDIS_NR_SAP_STATES);
		next = condis_sap_state_name(moment->next % CONDIS_NR_SAP_STATES);
		break;
	case CONDIS_HISTORY_BINDING:
		event = binding_events[moment->event % CONDIS_NR_BINDING_EVENTS];
		old = condis_binding_state_name(moment->old % CONDIS_NR_BINDING_STATES);
		next = condis_binding_state_name(moment->next % CONDIS_NR_BINDING_STATES);
		break;
	case CONDIS_HISTORY_UPCALL:
		scnprintf(text, size, "tells %s", condis_upcall_name(object, moment->event));
		return;
	}
	if (moment->error)
		scnprintf(text, size, "%s in %s: refused (%d)", event, old, moment->error);
	else
		scnprintf(text, size, "%s: %s -> %s", event, old, next);
}

/**
 * condis_history_print() - the last moments of an object, for a report
 * @upcalls: of the object; also of one that has ended
 *
 * Context: any
 */
void condis_history_print(const struct condis_upcalls *upcalls)
{
	const struct condis_history *history = upcalls->watch.history;
	u64 now = ktime_get_ns(), ago;
	struct condis_moment moment;
	unsigned int i, n;
	char text[80];

	if (!history)
		return;
	n = READ_ONCE(history->n);
	for (i = n > CONDIS_HISTORY_LENGTH ? n - CONDIS_HISTORY_LENGTH : 0; i < n; i++) {
		/* Not always under the object's lock: a moment may be half another's, no more. */
		data_race(moment = history->moments[i % CONDIS_HISTORY_LENGTH]);
		moment_text(upcalls->ops->object, &moment, text, sizeof(text));
		ago = (now - moment.when) / NSEC_PER_USEC;
		if (moment.caller)
			pr_err("condis: verifier:   -%llu.%06llu s  %s (%.*s/%d, %pS)\n",
			       ago / USEC_PER_SEC, ago % USEC_PER_SEC, text, TASK_COMM_LEN,
			       moment.comm, moment.pid, (void *)moment.caller);
		else
			pr_err("condis: verifier:   -%llu.%06llu s  %s (%.*s/%d)\n",
			       ago / USEC_PER_SEC, ago % USEC_PER_SEC, text, TASK_COMM_LEN,
			       moment.comm, moment.pid);
	}
}
