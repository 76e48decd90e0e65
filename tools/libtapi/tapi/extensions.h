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
 * @message: the message; the reader's to give to tapi_free()
 */
struct tapi_completion {
	ULONG_PTR key;
	LINEMESSAGE *message;
};

#ifdef __cplusplus
extern "C" {
#endif

LONG tapi_dispatch(HLINEAPP hLineApp, int timeout_ms);
int tapi_dispatch_fd(HLINEAPP hLineApp);
void tapi_free(void *memory);
const char *tapi_error_name(LONG error);
const char *tapi_error_text(LONG error);
const char *tapi_message_name(DWORD message);
const char *tapi_call_state_name(DWORD state);
const char *tapi_disconnect_mode_name(DWORD mode);

#ifdef __cplusplus
}
#endif

#endif /* TAPI_EXTENSIONS_H */
