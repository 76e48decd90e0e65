/* SPDX-License-Identifier: GPL-2.0 */
/* A fuzzer of libtapi: one input, and what it is tried with. */
#ifndef FUZZ_TAPI_STRUCTURES_H
#define FUZZ_TAPI_STRUCTURES_H

#include <stddef.h>
#include <stdint.h>

#include <tapi.h>

/* An application with an event, a line and a call of it; each may be 0. */
extern HLINEAPP fuzz_app;
extern HLINE fuzz_line;
extern HCALL fuzz_call;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif /* FUZZ_TAPI_STRUCTURES_H */
