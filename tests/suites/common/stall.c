// SPDX-License-Identifier: GPL-2.0
/*
 * Memory that is served slowly, by userfaultfd(2).
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "stall.h"

#define STALLS_MAX	64
#define PAGE		4096

/**
 * struct stall - one call in the middle of its copy
 * @thread: makes the call
 * @call: which
 * @side: which copy stays
 * @fd: on what
 * @number: command, or bytes
 * @page: the memory
 * @content: what is to be found there
 * @is_back: the call has returned
 * @has_ended: the thread was joined
 * @result: of the call, or its negative errno
 */
struct stall {
	pthread_t thread;
	enum stall_call call;
	enum stall_side side;
	int fd;
	unsigned long number;
	char *page;
	char content[PAGE];
	atomic_bool is_back;
	bool has_ended;
	ssize_t result;
};

static struct stall stalls[STALLS_MAX];
static int server = -1;

static void server_open(void)
{
	struct uffdio_api api = {
		.api = UFFD_API,
		.features = UFFD_FEATURE_PAGEFAULT_FLAG_WP,
	};

	if (server >= 0)
		return;
	server = (int)syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);
	if (server < 0)
		fail_msg("no userfaultfd: %s", strerror(errno));
	assert_return_code(ioctl(server, UFFDIO_API, &api), errno);
}

/* The page is not there yet, or is there and cannot be written to. */
static void page_prepare(struct stall *stall)
{
	struct uffdio_register reg = { 0 };
	struct uffdio_writeprotect protect = { .mode = UFFDIO_WRITEPROTECT_MODE_WP };

	stall->page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(stall->page, MAP_FAILED);
	reg.range.start = (unsigned long)stall->page;
	reg.range.len = PAGE;
	reg.mode = UFFDIO_REGISTER_MODE_MISSING;
	if (stall->side == STALL_OUT) {
		memcpy(stall->page, stall->content, PAGE);
		reg.mode = UFFDIO_REGISTER_MODE_WP;
	}
	assert_return_code(ioctl(server, UFFDIO_REGISTER, &reg), errno);
	if (stall->side == STALL_OUT) {
		protect.range = reg.range;
		assert_return_code(ioctl(server, UFFDIO_WRITEPROTECT, &protect), errno);
	}
}

static void *body(void *argument)
{
	struct stall *stall = argument;
	ssize_t result = -1;

	switch (stall->call) {
	case STALL_IOCTL:
		result = ioctl(stall->fd, stall->number, stall->page);
		break;
	case STALL_READ:
		result = read(stall->fd, stall->page, stall->number);
		break;
	case STALL_WRITE:
		result = write(stall->fd, stall->page, stall->number);
		break;
	}
	stall->result = result < 0 ? -errno : result;
	atomic_store(&stall->is_back, true);
	return NULL;
}

/* Waits until it is this page that somebody waits for. */
static void await_fault(struct stall *stall)
{
	struct uffd_msg message;

	if (!(wait_fd(server, POLLIN, patience()) & POLLIN))
		fail_msg("the call does not get to its copy; it %s %zd",
			 atomic_load(&stall->is_back) ? "gave" : "has not given",
			 stall->result);
	assert_int_equal(read(server, &message, sizeof(message)), sizeof(message));
	assert_int_equal(message.event, UFFD_EVENT_PAGEFAULT);
	assert_int_equal(message.arg.pagefault.address & ~(PAGE - 1UL),
			 (unsigned long)stall->page);
}

struct stall *stall_start(enum stall_call call, enum stall_side side, int fd,
			  unsigned long number, const void *content, size_t size)
{
	struct stall *stall;
	size_t i;

	server_open();
	for (i = 0; i < STALLS_MAX && stalls[i].page; i++)
		;
	assert_true(i < STALLS_MAX && size <= PAGE);
	stall = &stalls[i];
	memset(stall, 0, sizeof(*stall));
	stall->call = call;
	stall->side = side;
	stall->fd = fd;
	stall->number = number;
	if (content)
		memcpy(stall->content, content, size);
	page_prepare(stall);
	assert_int_equal(pthread_create(&stall->thread, NULL, body, stall), 0);
	await_fault(stall);
	return stall;
}

bool stall_is_blocked(struct stall *stall)
{
	return !atomic_load(&stall->is_back);
}

static ssize_t join(struct stall *stall)
{
	struct timespec end;

	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += patience() / 1000;
	if (pthread_timedjoin_np(stall->thread, NULL, &end))
		fail_msg("a call does not come back from its copy");
	stall->has_ended = true;
	return stall->result;
}

ssize_t stall_finish(struct stall *stall)
{
	struct uffdio_range range = { .start = (unsigned long)stall->page, .len = PAGE };
	struct uffdio_writeprotect protect = { .range = range };
	struct uffdio_copy copy = {
		.dst = (unsigned long)stall->page,
		.src = (unsigned long)stall->content,
		.len = PAGE,
	};

	if (stall->side == STALL_OUT)
		assert_return_code(ioctl(server, UFFDIO_WRITEPROTECT, &protect), errno);
	else
		assert_return_code(ioctl(server, UFFDIO_COPY, &copy), errno);
	return join(stall);
}

ssize_t stall_fault(struct stall *stall)
{
	struct uffdio_range range = { .start = (unsigned long)stall->page, .len = PAGE };

	assert_return_code(mprotect(stall->page, PAGE, PROT_NONE), errno);
	assert_return_code(ioctl(server, UFFDIO_WAKE, &range), errno);
	return join(stall);
}

const void *stall_content(struct stall *stall)
{
	return stall->page;
}

void stalls_free(void)
{
	size_t i;

	for (i = 0; i < STALLS_MAX; i++) {
		if (!stalls[i].page)
			continue;
		if (!stalls[i].has_ended)
			stall_fault(&stalls[i]);
		munmap(stalls[i].page, PAGE);
		stalls[i].page = NULL;
	}
	if (server >= 0)
		close(server);
	server = -1;
}
