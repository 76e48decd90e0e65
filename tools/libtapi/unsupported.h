/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a line without an exchange, a telephone and a call centre behind it cannot do.
 *
 * Every function of this kind says so by LINEERR_OPERATIONUNAVAIL, at once, also if it would have
 * been a request. But what is wrong with the handles, and that somebody else owns the call, comes
 * first. One line of a table is one function.
 */
#ifndef LIBTAPI_UNSUPPORTED_H
#define LIBTAPI_UNSUPPORTED_H

#include "calls.h"

/* Nobody looks at them. */
#pragma GCC diagnostic ignored "-Wunused-parameter"

LONG refuse_call(HCALL hCall, bool is_owner);
LONG refuse_line(HLINE hLine);
/* Of an application. */
LONG refuse_device(HLINEAPP hLineApp, DWORD id);
/* A call that has another part in a conference or a transfer than the first. */
LONG refuse_other_call(HCALL hCall, LONG invalid);
LONG refuse_calls(HCALL hCall, HCALL other, LONG invalid);
/* A line, and a call, or 0. */
LONG refuse_line_call(HLINE hLine, HCALL hCall);
/* By one of LINECALLSELECT_*. */
LONG refuse_selected(HLINE hLine, HCALL hCall, DWORD select);
LONG refuse_nothing(void);

#define UNAVAILABLE(name, refusal, ...) \
	TAPI_EXPORT LONG WINAPI name(__VA_ARGS__) \
	{ \
		return refuse_##refusal; \
	}

/* Of an owner's call; of anybody's; of a line; of none of them. */
#define OWN_CALL(name, ...)	UNAVAILABLE(name, call(hCall, true), HCALL hCall, ##__VA_ARGS__)
#define ANY_CALL(name, ...)	UNAVAILABLE(name, call(hCall, false), HCALL hCall, ##__VA_ARGS__)
#define OF_LINE(name, ...)	UNAVAILABLE(name, line(hLine), HLINE hLine, ##__VA_ARGS__)
#define NOTHING(name, ...)	UNAVAILABLE(name, nothing(), __VA_ARGS__)

#endif /* LIBTAPI_UNSUPPORTED_H */
