/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Tracing inside the core.
 */
#ifndef _CONDIS_TRACE_H
#define _CONDIS_TRACE_H

#include <trace/events/condis.h>

#include "core.h"

/* One arrow of a VC's message ladder; costs nothing while nobody listens. */
static inline void condis_trace_status(struct condis_vc *vc, enum condis_party from,
				       enum condis_party to, const char *message, int detail)
{
	trace_condis_message(vc->af->family->adapter->name, vc->id,
			     READ_ONCE(vc->network_call), from, to, message, detail);
}

#endif /* _CONDIS_TRACE_H */
