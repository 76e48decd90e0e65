// SPDX-License-Identifier: GPL-2.0
/*
 * The end of a call, in the order that TAPI wants: drop, wait for IDLE, deallocate.
 */
#include "program.h"

bool is_over(LONG error)
{
	return error == LINEERR_INVALCALLSTATE || error == LINEERR_INVALCALLHANDLE ||
	       error == LINEERR_INVALLINEHANDLE || error == LINEERR_NODEVICE;
}

static bool is_idle(HCALL call)
{
	LINECALLSTATUS status = { .dwTotalSize = sizeof(status) };

	/* No such call any more: nothing to wait for. */
	return lineGetCallStatus(call, &status) || status.dwCallState == LINECALLSTATE_IDLE;
}

int call_end(struct session *session, HCALL call, bool is_quiet)
{
	long long end = now_ms() + END_MS;
	int status = STATUS_OK;
	LINEMESSAGE message;
	LONG error;

	error = lineDrop(call, NULL, 0);
	if (error < 0 && !is_over(error))
		status = tapi_failure(error, "cannot drop the call");
	/*
	 * Bounded by the clock, and by a signal. What the drop itself is answered, and whether that
	 * comes before IDLE or after it, does not matter: the call's state says it.
	 */
	while (!status && !is_idle(call)) {
		if (session_next(session, &message, end)) {
			if (!is_quiet)
				print_message(&message);
		} else if (session->is_stopped) {
			status = failure("stopped before the call's end; lineShutdown ends it");
		} else {
			status = failure("the call did not end within %d s", END_MS / 1000);
		}
	}
	/* What is still queued of the call is told too: its IDLE, for example. */
	while (!is_quiet && session_next(session, &message, 0))
		print_message(&message);
	error = lineDeallocateCall(call);
	if (error && !is_over(error) && !status)
		status = tapi_failure(error, "cannot deallocate the call");
	return status;
}
