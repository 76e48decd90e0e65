// SPDX-License-Identifier: GPL-2.0
/*
 * The tracepoints themselves.
 */
#define CREATE_TRACE_POINTS
#include <trace/events/condis.h>

#include "core.h"

/* A test driver may listen to what the verifier says. */
EXPORT_TRACEPOINT_SYMBOL_GPL(condis_violation);
/* For condis_trace_message(), in the drivers: whether anybody listens. */
EXPORT_TRACEPOINT_SYMBOL_GPL(condis_message);

/*
 * Who is meant by the client and the call manager of a VC: of leg A they are NDPROXY and
 * the miniport, of leg B NDISWAN and NDPROXY.
 */
static enum condis_party party_of(const struct condis_vc *vc, enum condis_party party)
{
	if (vc->af->family->type != CONDIS_AF_TAPI)
		return party;
	switch (party) {
	case CONDIS_PARTY_NDPROXY:
		return CONDIS_PARTY_NDISWAN;
	case CONDIS_PARTY_MINIPORT:
		return CONDIS_PARTY_NDPROXY;
	default:
		return party;
	}
}

/**
 * condis_trace_message_listened() - condis_trace_message(), while somebody listens
 * @vc: the call's VC
 * @from: who says it
 * @to: to whom
 * @message: what, for people
 * @detail: a status or a cause, 0 if there is none
 *
 * Context: any
 */
void condis_trace_message_listened(struct condis_vc *vc, enum condis_party from,
				   enum condis_party to, const char *message, int detail)
{
	/* What is said of leg B stands in the ladder of the call, which is leg A's. */
	const struct condis_vc *call = READ_ONCE(vc->data_vc) ?: vc;

	trace_condis_message(vc->af->family->adapter->name, call->id,
			     READ_ONCE(call->network_call), party_of(vc, from), party_of(vc, to),
			     message, detail);
}
EXPORT_SYMBOL_GPL(condis_trace_message_listened);

/**
 * condis_trace_call() - trace one arrow of the ladder of a call whose VC may be gone
 * @adapter: its adapter's name
 * @vc: number that its VC has, or had
 * @network_call: the network's number of it, 0 if it has none
 * @from: who says it
 * @to: to whom
 * @message: what, for people
 * @detail: a status or a cause, 0 if there is none
 *
 * A call of an application's outlives its VC, and so does what is said of it.
 *
 * Context: any
 */
void condis_trace_call(const char *adapter, u64 vc, u64 network_call, enum condis_party from,
		       enum condis_party to, const char *message, int detail)
{
	trace_condis_message(adapter, vc, network_call, from, to, message, detail);
}
EXPORT_SYMBOL_GPL(condis_trace_call);
