// SPDX-License-Identifier: GPL-2.0
/*
 * io_uring, by hand.
 */
#include <errno.h>
#include <linux/io_uring.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "fixture.h"
#include "ring.h"

#define RING_ENTRIES	16

/* The one that is open: as long as it is mapped, it holds what is under way. */
static struct ring mapped;

void ring_unmap(void)
{
	if (mapped.sqes)
		munmap(mapped.sqes, RING_ENTRIES * sizeof(*mapped.sqes));
	if (mapped.sq)
		munmap(mapped.sq, mapped.sq_size);
	memset(&mapped, 0, sizeof(mapped));
}

void ring_open(struct ring *ring)
{
	memset(ring, 0, sizeof(*ring));
	ring->fd = (int)syscall(SYS_io_uring_setup, RING_ENTRIES, &ring->params);
	if (ring->fd < 0)
		fail_msg("no io_uring: %s", strerror(errno));
	keep_fd(ring->fd);
	assert_true(ring->params.features & IORING_FEAT_SINGLE_MMAP);
	assert_true(ring->params.features & IORING_FEAT_EXT_ARG);
	ring->sq_size = ring->params.cq_off.cqes +
			ring->params.cq_entries * sizeof(struct io_uring_cqe);
	ring->sq = mmap(NULL, ring->sq_size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE,
			ring->fd, IORING_OFF_SQ_RING);
	assert_ptr_not_equal(ring->sq, MAP_FAILED);
	ring->sqes = mmap(NULL, RING_ENTRIES * sizeof(*ring->sqes), PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_POPULATE, ring->fd, IORING_OFF_SQES);
	assert_ptr_not_equal(ring->sqes, MAP_FAILED);
	mapped = *ring;
}

void ring_close(struct ring *ring)
{
	ring_unmap();
	close_fd(ring->fd);
}

static unsigned int *ring_word(struct ring *ring, uint32_t offset)
{
	return (unsigned int *)(ring->sq + offset);
}

void ring_submit(struct ring *ring, const struct io_uring_sqe *request, uint64_t user)
{
	unsigned int *tail = ring_word(ring, ring->params.sq_off.tail);
	unsigned int *array = ring_word(ring, ring->params.sq_off.array);
	unsigned int index = *tail & *ring_word(ring, ring->params.sq_off.ring_mask);

	ring->sqes[index] = *request;
	ring->sqes[index].user_data = user;
	array[index] = index;
	__atomic_store_n(tail, *tail + 1, __ATOMIC_RELEASE);
	assert_int_equal(syscall(SYS_io_uring_enter, ring->fd, 1, 0, 0, NULL, 0), 1);
}

bool ring_next(struct ring *ring, struct io_uring_cqe *completion, int timeout_ms)
{
	struct __kernel_timespec wait = {
		.tv_sec = timeout_ms / 1000, .tv_nsec = timeout_ms % 1000 * 1000000LL,
	};
	struct io_uring_getevents_arg argument = { .ts = (uint64_t)(uintptr_t)&wait };
	unsigned int *head = ring_word(ring, ring->params.cq_off.head);
	unsigned int *tail = ring_word(ring, ring->params.cq_off.tail);
	struct io_uring_cqe *cqes = (void *)(ring->sq + ring->params.cq_off.cqes);

	if (*head == __atomic_load_n(tail, __ATOMIC_ACQUIRE))
		syscall(SYS_io_uring_enter, ring->fd, 0, 1,
			IORING_ENTER_GETEVENTS | IORING_ENTER_EXT_ARG, &argument,
			sizeof(argument));
	if (*head == __atomic_load_n(tail, __ATOMIC_ACQUIRE))
		return false;
	*completion = cqes[*head & *ring_word(ring, ring->params.cq_off.ring_mask)];
	__atomic_store_n(head, *head + 1, __ATOMIC_RELEASE);
	return true;
}

void ring_expect(struct ring *ring, struct io_uring_cqe *completion, uint64_t user)
{
	if (!ring_next(ring, completion, patience()))
		fail_msg("request %d does not complete", (int)user);
	if (completion->user_data != user)
		fail_msg("request %d completes with %d, not request %d",
			 (int)completion->user_data, completion->res, (int)user);
}

void ring_expect_nothing(struct ring *ring)
{
	struct io_uring_cqe completion;

	if (ring_next(ring, &completion, 50))
		fail_msg("request %d completes with %d", (int)completion.user_data,
			 completion.res);
}

void ring_poll(struct ring *ring, int fd, uint32_t events, bool is_multishot, uint64_t user)
{
	struct io_uring_sqe request = {
		.opcode = IORING_OP_POLL_ADD,
		.fd = fd,
		.poll32_events = events,
		.len = is_multishot ? IORING_POLL_ADD_MULTI : 0,
	};

	ring_submit(ring, &request, user);
}

void ring_io(struct ring *ring, uint8_t opcode, int fd, void *buffer, uint32_t length,
	     uint64_t user)
{
	struct io_uring_sqe request = {
		.opcode = opcode,
		.fd = fd,
		.addr = (uint64_t)(uintptr_t)buffer,
		.len = length,
		.off = (uint64_t)-1,
	};

	ring_submit(ring, &request, user);
}
