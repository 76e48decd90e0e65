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

/**
 * struct fuzz_count - how far inputs get
 * @tried: so many were for that function
 * @deep: and so many did what it is for
 */
struct fuzz_count {
	unsigned int tried;
	unsigned int deep;
};

extern struct fuzz_count fuzz_opened;
extern struct fuzz_count fuzz_initialized;
extern struct fuzz_count fuzz_called;
extern struct fuzz_count fuzz_requested;

/* An input's first byte, in turn. */
#define FUZZ_KINDS	11

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif /* FUZZ_TAPI_STRUCTURES_H */
