/* SPDX-License-Identifier: GPL-2.0 */
/*
 * io_uring, by hand. One is open at a time.
 */
#ifndef SUITES_RING_H
#define SUITES_RING_H

#include <linux/io_uring.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * struct ring - an io_uring
 * @fd: its descriptor
 * @sq: the ring of submissions and completions
 * @sq_size: bytes of it
 * @sqes: submissions
 * @params: what the kernel said of it
 */
struct ring {
	int fd;
	char *sq;
	size_t sq_size;
	struct io_uring_sqe *sqes;
	struct io_uring_params params;
};

void ring_open(struct ring *ring);
void ring_close(struct ring *ring);
/* For a teardown, also if none is open: mapped, it holds what is under way. */
void ring_unmap(void);

/* Submits one request; @user comes back with what completes it. */
void ring_submit(struct ring *ring, const struct io_uring_sqe *request, uint64_t user);
void ring_poll(struct ring *ring, int fd, uint32_t events, bool is_multishot, uint64_t user);
void ring_io(struct ring *ring, uint8_t opcode, int fd, void *buffer, uint32_t length,
	     uint64_t user);

/* The next completion, within @timeout_ms; false if there is none. */
bool ring_next(struct ring *ring, struct io_uring_cqe *completion, int timeout_ms);
/* It is this request's. */
void ring_expect(struct ring *ring, struct io_uring_cqe *completion, uint64_t user);
void ring_expect_nothing(struct ring *ring);

#endif /* SUITES_RING_H */
