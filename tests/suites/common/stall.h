/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory that is served slowly: a system call that copies from it, or to it, stays in
 * the middle of the copy until the test lets it go on, or makes the copy fault.
 */
#ifndef SUITES_STALL_H
#define SUITES_STALL_H

#include "fixture.h"

/**
 * enum stall_side - which copy stays
 * @STALL_IN: the kernel's copy from the memory
 * @STALL_OUT: its copy to the memory; what it reads from there is there
 */
enum stall_side {
	STALL_IN,
	STALL_OUT,
};

/**
 * enum stall_call - the system call
 * @STALL_IOCTL: ioctl() with a command
 * @STALL_READ: read()
 * @STALL_WRITE: write()
 */
enum stall_call {
	STALL_IOCTL,
	STALL_READ,
	STALL_WRITE,
};

struct stall;

/*
 * Starts a thread that makes the call, and waits until it stays in the copy. @content is
 * what the call finds in the memory; @number is the command, or the bytes to read or write.
 */
struct stall *stall_start(enum stall_call call, enum stall_side side, int fd,
			  unsigned long number, const void *content, size_t size);
/* Whether it is still in there. */
bool stall_is_blocked(struct stall *stall);
/* Lets the copy go on, or fault; the call's result, or its negative errno. */
ssize_t stall_finish(struct stall *stall);
ssize_t stall_fault(struct stall *stall);
/* What is in the memory after stall_finish(). */
const void *stall_content(struct stall *stall);
/* Of all that have ended; the rest is the teardown's. */
void stalls_free(void);

#endif /* SUITES_STALL_H */
