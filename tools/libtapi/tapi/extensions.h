/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the published interface does not have: what stands for a window's messages and a
 * completion port here, and words for numbers.
 */
#ifndef TAPI_EXTENSIONS_H
#define TAPI_EXTENSIONS_H

#include "structures.h"
#include "errors.h"

/**
 * struct tapi_completion - what is written to a completion port for each message
 * @key: dwCompletionKey of the LINEINITIALIZEEXPARAMS
 * @message: the message; the reader's, who gives it to tapi_free()
 */
struct tapi_completion {
	ULONG_PTR key;
	LINEMESSAGE *message;
};

#ifdef __cplusplus
extern "C" {
#endif

/**
 * tapi_dispatch() - call back for the messages that wait
 * @hLineApp: an application that has a callback
 * @timeout_ms: milliseconds to wait for the first message; 0: not at all; -1: for ever
 *
 * This is what a window's message loop is elsewhere: the callback runs in the thread that calls
 * this, and only there. It may call any function, lineShutdown() and tapi_dispatch() too.
 *
 * Return: how many messages the callback was given: 0 if none came in time, or a signal came. Or an
 * error:
 *
 * Errors:
 * LINEERR_UNINITIALIZED: no application was begun in this process, or it was before a fork()
 * LINEERR_INVALAPPHANDLE: no such application, or it has ended
 * LINEERR_OPERATIONFAILED: the application has no callback, or has closed descriptors of the
 *	library's
 *
 * Context: no lock of the library's is held while the callback runs. lineShutdown() ends the wait.
 */
LONG tapi_dispatch(HLINEAPP hLineApp, int timeout_ms);

/**
 * tapi_dispatch_fd() - what to poll to know when tapi_dispatch() has something to do
 * @hLineApp: the application
 *
 * The descriptor polls readable while messages may wait, and is the library's: it is closed by
 * lineShutdown(), and nothing else may be done with it. If the application has closed it,
 * tapi_dispatch() works on, and lineShutdown() leaves the number alone.
 *
 * Return: the descriptor; -1 with errno EBADF: no such application.
 */
int tapi_dispatch_fd(HLINEAPP hLineApp);

/**
 * tapi_free() - free what the library has allocated for the application
 * @memory: the message of a struct tapi_completion, or NULL
 */
void tapi_free(void *memory);

/**
 * tapi_error_name() - what an error is called
 * @error: what a function returned, or TAPI_RESULT() of a LINE_REPLY's dwParam2
 *
 * Return: "LINEERR_INUSE", "TAPIERR_DROPPED"; "0"; "request" for a positive number; "unknown".
 * Never NULL, and not to be freed.
 */
const char *tapi_error_name(LONG error);

/**
 * tapi_error_text() - what an error means, for people
 * @error: what a function returned, or TAPI_RESULT() of a LINE_REPLY's dwParam2
 *
 * Return: a few words of English, with the way out if there is one. Never NULL, and not to be
 * freed.
 */
const char *tapi_error_text(LONG error);

/**
 * tapi_message_name() - what a message is called
 * @message: LINEMESSAGE.dwMessageID, or the second argument of a LINECALLBACK
 *
 * Return: "LINE_REPLY", or "unknown". Never NULL, and not to be freed.
 */
const char *tapi_message_name(DWORD message);

/**
 * tapi_call_state_name() - what a state of a call is called
 * @state: one LINECALLSTATE_*
 *
 * Return: "CONNECTED", or "unknown". Never NULL, and not to be freed.
 */
const char *tapi_call_state_name(DWORD state);

/**
 * tapi_disconnect_mode_name() - what a reason for the end of a call is called
 * @mode: one LINEDISCONNECTMODE_*
 *
 * Return: "BUSY", or "unknown". Never NULL, and not to be freed.
 */
const char *tapi_disconnect_mode_name(DWORD mode);

#ifdef __cplusplus
}
#endif

#endif /* TAPI_EXTENSIONS_H */
