/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Tracepoints of the core.  All of them belong to it, also those that say what
 * a miniport or NDPROXY does: whoever holds one pins its module, and nobody may
 * pin the miniport.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM condis

#if !defined(_TRACE_CONDIS_H) || defined(TRACE_HEADER_MULTI_READ)
#define _TRACE_CONDIS_H

#include <linux/tracepoint.h>

#define CONDIS_TRACE_KIND	8
#define CONDIS_TRACE_NAME	32
#define CONDIS_TRACE_MESSAGE	48
#define CONDIS_TRACE_OBJECT	96

TRACE_EVENT(condis_new,
	TP_PROTO(const char *kind, u64 id, u64 parent),
	TP_ARGS(kind, id, parent),
	TP_STRUCT__entry(
		__array(char, kind, CONDIS_TRACE_KIND)
		__field(u64, id)
		__field(u64, parent)
	),
	TP_fast_assign(
		strscpy(__entry->kind, kind, CONDIS_TRACE_KIND);
		__entry->id = id;
		__entry->parent = parent;
	),
	TP_printk("%s=%llu parent=%llu", __entry->kind, __entry->id, __entry->parent)
);

TRACE_EVENT(condis_free,
	TP_PROTO(const char *kind, u64 id),
	TP_ARGS(kind, id),
	TP_STRUCT__entry(
		__array(char, kind, CONDIS_TRACE_KIND)
		__field(u64, id)
	),
	TP_fast_assign(
		strscpy(__entry->kind, kind, CONDIS_TRACE_KIND);
		__entry->id = id;
	),
	TP_printk("%s=%llu", __entry->kind, __entry->id)
);

#define condis_show_call(state)						\
	__print_symbolic(state,						\
		{ 0, "idle" }, { 1, "out-pending" }, { 2, "out-aborting" },	\
		{ 3, "offered" }, { 4, "accepted" }, { 5, "connected" },	\
		{ 6, "offer-closed" }, { 7, "remote-closed" },		\
		{ 8, "closing" }, { 9, "completing" }, { 10, "closed" },	\
		{ 11, "deleted" })

#define condis_show_call_event(event)					\
	__print_symbolic(event,						\
		{ 0, "make" }, { 1, "accept" }, { 2, "reject" },		\
		{ 3, "close" }, { 4, "made" }, { 5, "failed" },		\
		{ 6, "proceeding" }, { 7, "alerting" }, { 8, "offer" },	\
		{ 9, "connect" }, { 10, "hangup" }, { 11, "released" },	\
		{ 12, "released-busy" }, { 13, "inactive" },		\
		{ 14, "delete-client" }, { 15, "delete-cm" },		\
		{ 16, "cm-gone" }, { 17, "client-gone" })

/* Printed for calls; the events of other objects bring their own names. */
DECLARE_EVENT_CLASS(condis_state,
	TP_PROTO(u64 id, u8 old, u8 event, u8 next, int error),
	TP_ARGS(id, old, event, next, error),
	TP_STRUCT__entry(
		__field(u64, id)
		__field(u8, old)
		__field(u8, event)
		__field(u8, next)
		__field(int, error)
	),
	TP_fast_assign(
		__entry->id = id;
		__entry->old = old;
		__entry->event = event;
		__entry->next = next;
		__entry->error = error;
	),
	TP_printk("vc=%llu %s + %s -> %s error=%d", __entry->id,
		  condis_show_call(__entry->old), condis_show_call_event(__entry->event),
		  condis_show_call(__entry->next), __entry->error)
);

DEFINE_EVENT(condis_state, condis_call_state,
	TP_PROTO(u64 id, u8 old, u8 event, u8 next, int error),
	TP_ARGS(id, old, event, next, error)
);

DEFINE_EVENT_PRINT(condis_state, condis_vc_state,
	TP_PROTO(u64 id, u8 old, u8 event, u8 next, int error),
	TP_ARGS(id, old, event, next, error),
	TP_printk("vc=%llu %s + %s -> %s error=%d", __entry->id,
		  __print_symbolic(__entry->old, { 0, "inactive" }, { 1, "active" },
				   { 2, "deactivating" }),
		  __print_symbolic(__entry->event, { 0, "activate" }, { 1, "deactivate" },
				   { 2, "deactivate-busy" }, { 3, "drained" }),
		  __print_symbolic(__entry->next, { 0, "inactive" }, { 1, "active" },
				   { 2, "deactivating" }),
		  __entry->error)
);

#define condis_show_af(state)						\
	__print_symbolic(state,						\
		{ 0, "opening" }, { 1, "aborting" }, { 2, "open" },	\
		{ 3, "draining" }, { 4, "closing" }, { 5, "closed" })

DEFINE_EVENT_PRINT(condis_state, condis_af_state,
	TP_PROTO(u64 id, u8 old, u8 event, u8 next, int error),
	TP_ARGS(id, old, event, next, error),
	TP_printk("af=%llu %s + %s -> %s error=%d", __entry->id,
		  condis_show_af(__entry->old),
		  __print_symbolic(__entry->event, { 0, "opened" }, { 1, "refused" },
				   { 2, "close" }, { 3, "empty" }, { 4, "cm-closed" },
				   { 5, "cm-gone" }),
		  condis_show_af(__entry->next), __entry->error)
);

#define condis_show_sap(state)						\
	__print_symbolic(state,						\
		{ 0, "registering" }, { 1, "aborting" }, { 2, "registered" },	\
		{ 3, "deregistering" }, { 4, "draining" }, { 5, "gone" })

DEFINE_EVENT_PRINT(condis_state, condis_sap_state,
	TP_PROTO(u64 id, u8 old, u8 event, u8 next, int error),
	TP_ARGS(id, old, event, next, error),
	TP_printk("sap=%llu %s + %s -> %s error=%d", __entry->id,
		  condis_show_sap(__entry->old),
		  __print_symbolic(__entry->event, { 0, "registered" }, { 1, "refused" },
				   { 2, "deregister" }, { 3, "released" },
				   { 4, "released-busy" }, { 5, "idle" }, { 6, "cm-gone" }),
		  condis_show_sap(__entry->next), __entry->error)
);

#define condis_show_adapter(state)					\
	__print_symbolic(state,						\
		{ 0, "halted" }, { 1, "paused" }, { 2, "running" },	\
		{ 3, "pausing" }, { 4, "halting" })

DEFINE_EVENT_PRINT(condis_state, condis_adapter_state,
	TP_PROTO(u64 id, u8 old, u8 event, u8 next, int error),
	TP_ARGS(id, old, event, next, error),
	TP_printk("adapter=%llu %s + %s -> %s error=%d", __entry->id,
		  condis_show_adapter(__entry->old),
		  __print_symbolic(__entry->event, { 0, "initialize" }, { 1, "restart" },
				   { 2, "pause" }, { 3, "paused" }, { 4, "halt" },
				   { 5, "halted" }),
		  condis_show_adapter(__entry->next), __entry->error)
);

#define condis_show_party(party)					\
	__print_symbolic(party,						\
		{ 0, "application" }, { 1, "NDISWAN" }, { 2, "NDPROXY" },	\
		{ 3, "NDIS" }, { 4, "miniport" }, { 5, "network" }, { 6, "remote" })

/* One arrow of a message ladder. */
TRACE_EVENT(condis_message,
	TP_PROTO(const char *adapter, u64 vc, u64 network_call, u8 from, u8 to,
		 const char *message, int detail),
	TP_ARGS(adapter, vc, network_call, from, to, message, detail),
	TP_STRUCT__entry(
		__array(char, adapter, CONDIS_TRACE_NAME)
		__field(u64, vc)
		__field(u64, network_call)
		__field(u8, from)
		__field(u8, to)
		__array(char, message, CONDIS_TRACE_MESSAGE)
		__field(int, detail)
	),
	TP_fast_assign(
		strscpy(__entry->adapter, adapter, CONDIS_TRACE_NAME);
		__entry->vc = vc;
		__entry->network_call = network_call;
		__entry->from = from;
		__entry->to = to;
		strscpy(__entry->message, message, CONDIS_TRACE_MESSAGE);
		__entry->detail = detail;
	),
	TP_printk("adapter=%s vc=%llu network_call=%llu from=%s to=%s message=\"%s\" detail=%d",
		  __entry->adapter, __entry->vc, __entry->network_call,
		  condis_show_party(__entry->from), condis_show_party(__entry->to),
		  __entry->message, __entry->detail)
);

/* A driver has broken the contract: drivers/condis/verifier.c. */
TRACE_EVENT(condis_violation,
	TP_PROTO(const char *adapter, const char *violation, u8 by, const char *object,
		 unsigned long caller),
	TP_ARGS(adapter, violation, by, object, caller),
	TP_STRUCT__entry(
		__array(char, adapter, CONDIS_TRACE_NAME)
		__array(char, violation, CONDIS_TRACE_NAME)
		__field(u8, by)
		__array(char, object, CONDIS_TRACE_OBJECT)
		__field(unsigned long, caller)
	),
	TP_fast_assign(
		strscpy(__entry->adapter, adapter, CONDIS_TRACE_NAME);
		strscpy(__entry->violation, violation, CONDIS_TRACE_NAME);
		__entry->by = by;
		strscpy(__entry->object, object, CONDIS_TRACE_OBJECT);
		__entry->caller = caller;
	),
	TP_printk("adapter=%s violation=%s by=%s object=\"%s\" caller=%pS", __entry->adapter,
		  __entry->violation,
		  __print_symbolic(__entry->by, { 0, "nobody" }, { 1, "client" },
				   { 2, "call-manager" }),
		  __entry->object, (void *)__entry->caller)
);

#endif /* _TRACE_CONDIS_H */

#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE condis
#include <trace/define_trace.h>
