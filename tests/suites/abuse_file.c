// SPDX-License-Identifier: GPL-2.0
/*
 * The two kinds of file in hostile hands: closed, replaced, forked, sent through sockets
 * and lost in a cycle of them while others sleep in them; interrupted; and asked for
 * everything that other files can do and these cannot.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "command.h"

#define THREADS	4

/* Closing a descriptor ends no read on it: the file is there until they are back. */
static void closed_under_readers(void **state)
{
	struct reader *reader[THREADS];
	struct pair pair;
	int spare;
	size_t i;

	(void)state;
	two_adapters("2");
	pair = pair_connected();
	for (i = 0; i < THREADS; i++)
		reader[i] = reader_start(app_fd(pair.caller));
	spare = keep_fd(dup(app_fd(pair.caller)));
	app_close(pair.caller);
	expect_nothing(pair.callee);
	for (i = 0; i < THREADS; i++)
		assert_true(reader_is_blocked(reader[i]));
	/* By the other descriptor the session can be ended, and all of them are back. */
	assert_int_equal(ioctl(spare, NDPROXY_SHUTDOWN), 0);
	for (i = 0; i < THREADS; i++)
		assert_int_equal(reader_join(reader[i]), 0);
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	close_fd(spare);
	wait_sessions(1);
}

static void on_nothing(int signal)
{
	(void)signal;
}

/**
 * struct sleeper - a thread in one call that sleeps
 * @thread: the thread
 * @tid: its number
 * @fd: on what
 * @is_write: it writes, until that sleeps; else it reads
 * @is_back: it has come back
 * @result: with this
 */
struct sleeper {
	pthread_t thread;
	atomic_int tid;
	int fd;
	bool is_write;
	atomic_bool is_back;
	ssize_t result;
};

static void *sleeper_body(void *argument)
{
	struct sleeper *sleeper = argument;
	char buffer[2048] = "";
	ssize_t result;

	atomic_store(&sleeper->tid, gettid());
	do {
		if (sleeper->is_write)
			/* Most of a minute for a slow line: it does not go on by itself. */
			result = write(sleeper->fd, buffer, 2000);
		else
			result = read(sleeper->fd, buffer, sizeof(buffer));
	} while (sleeper->is_write && result > 0);
	sleeper->result = result < 0 ? -errno : result;
	atomic_store(&sleeper->is_back, true);
	return NULL;
}

static void sleeper_start(struct sleeper *sleeper, int fd, bool is_write)
{
	long long end = now_ms() + patience();
	unsigned int quiet = 0;

	memset(sleeper, 0, sizeof(*sleeper));
	sleeper->fd = fd;
	sleeper->is_write = is_write;
	assert_int_equal(pthread_create(&sleeper->thread, NULL, sleeper_body, sleeper), 0);
	/* A writer may sleep for a moment and go on: it has to sleep for a while. */
	while (!atomic_load(&sleeper->is_back) && quiet < 5) {
		assert_true(now_ms() < end);
		usleep(2000);
		quiet = atomic_load(&sleeper->tid) && thread_sleeps(atomic_load(&sleeper->tid)) ?
			quiet + 1 : 0;
	}
}

static ssize_t sleeper_join(struct sleeper *sleeper)
{
	struct timespec end;

	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += patience() / 1000;
	if (pthread_timedjoin_np(sleeper->thread, NULL, &end))
		fail_msg("a thread still sleeps");
	return sleeper->result;
}

static void handle(int number, int flags)
{
	struct sigaction action = { .sa_handler = on_nothing, .sa_flags = flags };

	assert_int_equal(sigaction(number, &action, NULL), 0);
}

static void blocking(int fd)
{
	assert_int_equal(fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK), 0);
}

/* EINTR; with SA_RESTART the call sleeps on, and is done in the end. */
static void interrupted(int fd, bool is_write, ssize_t (*end)(struct pair *pair),
			struct pair *pair)
{
	struct sleeper sleeper;
	ssize_t result;
	int i;

	blocking(fd);
	handle(SIGUSR1, 0);
	sleeper_start(&sleeper, fd, is_write);
	assert_false(atomic_load(&sleeper.is_back));
	pthread_kill(sleeper.thread, SIGUSR1);
	assert_int_equal(sleeper_join(&sleeper), -EINTR);

	handle(SIGUSR1, SA_RESTART);
	sleeper_start(&sleeper, fd, is_write);
	for (i = 0; i < 5; i++) {
		pthread_kill(sleeper.thread, SIGUSR1);
		usleep(5000);
	}
	assert_false(atomic_load(&sleeper.is_back));
	result = end(pair);
	assert_int_equal(sleeper_join(&sleeper), result);
}

static ssize_t end_by_event(struct pair *pair)
{
	call_drop(pair->callee, pair->in);
	return sizeof(struct ndproxy_event);
}

static void interrupted_read_of_events(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("2");
	pair = pair_connected();
	interrupted(app_fd(pair.caller), false, end_by_event, &pair);
	hear_all(pair.callee);
}

static ssize_t end_by_packet(struct pair *pair)
{
	int fd = call_data(pair->callee, pair->in, 0);

	assert_int_equal(write(fd, "packet", 6), 6);
	return 6;
}

static void interrupted_read_of_packets(void **state)
{
	struct pair pair;

	(void)state;
	two_adapters("2");
	pair = pair_connected();
	interrupted(call_data(pair.caller, pair.out, 0), false, end_by_packet, &pair);
}

static ssize_t end_by_hangup(struct pair *pair)
{
	call_drop(pair->callee, pair->in);
	return -EPIPE;
}

static void interrupted_write(void **state)
{
	struct pair pair;

	(void)state;
	/* A slow line, so that the window fills. */
	adapter_add("a", "address", "100@0", "rate", "300", "window", "4", NULL);
	adapter_add("b", "address", "200@0", NULL);
	pair = pair_connected();
	interrupted(call_data(pair.caller, pair.out, 0), true, end_by_hangup, &pair);
	hear_all(pair.callee);
}

/* A process that dies in a read that nobody else can end. */
static int dies_reading(void *argument)
{
	char buffer[4096];

	struct app *app = app_open("dying");

	(void)argument;
	blocking(app_fd(app));
	child_ready();
	return (int)read(app_fd(app), buffer, sizeof(buffer));
}

static void killed_in_a_read(void **state)
{
	pid_t pid;

	(void)state;
	two_adapters("1");
	pid = child_start(dies_reading, NULL);
	child_await(pid);
	child_kill(pid);
	wait_sessions(0);
}

/*
 * Descriptors that mean something else from one moment to the next
 */

/**
 * struct swap - a descriptor that is replaced all the time
 * @fd: the descriptor
 * @session: one of what it is
 * @null: the other
 * @is_over: end
 */
struct swap {
	int fd;
	int session;
	int null;
	atomic_bool is_over;
};

static void *swapper(void *argument)
{
	struct swap *swap = argument;
	unsigned int round;

	for (round = 0; !atomic_load(&swap->is_over); round++)
		dup3(round & 1 ? swap->session : swap->null, swap->fd, O_CLOEXEC);
	return NULL;
}

static void replaced_descriptor(void **state)
{
	struct ndproxy_version version;
	unsigned int ours = 0, others = 0;
	pthread_t thread;
	struct swap swap;
	struct app *app;
	long long end;
	uint32_t id;

	(void)state;
	app = app_open("app");
	id = app_id(app);
	memset(&swap, 0, sizeof(swap));
	swap.session = app_fd(app);
	swap.null = keep_fd(open("/dev/null", O_RDWR | O_CLOEXEC));
	swap.fd = keep_fd(dup(swap.session));
	assert_int_equal(pthread_create(&thread, NULL, swapper, &swap), 0);
	end = now_ms() + 1500;
	do {
		memset(&version, 0, sizeof(version));
		if (!ioctl(swap.fd, NDPROXY_GET_VERSION, &version)) {
			assert_int_equal(version.session, id);
			ours++;
		} else {
			assert_int_equal(errno, ENOTTY);
			others++;
		}
	} while (now_ms() < end);
	atomic_store(&swap.is_over, true);
	pthread_join(thread, NULL);
	assert_true(ours + others > 0);
	assert_int_equal(count_sessions(), 1);
}

#define STORM_FDS	8

/**
 * struct storm - threads that do everything to a few descriptors
 * @fds: descriptors of sessions
 * @adapter: of the lines that they open
 * @end: when
 */
struct storm {
	int fds[STORM_FDS];
	uint32_t adapter;
	long long end;
};

static struct storm storm;

static void *stormer(void *argument)
{
	uint32_t seed = (uint32_t)(uintptr_t)argument * 2654435761U;
	struct ndproxy_event events[4];
	struct pollfd poll_fd;
	int fd, epoll;

	while (now_ms() < storm.end) {
		struct ndproxy_open_line request = {
			.adapter = storm.adapter, .privileges = MONITOR,
		};
		struct ndproxy_handle line = { 0 };

		seed = seed * 1664525 + 1013904223;
		fd = storm.fds[(seed >> 8) % STORM_FDS];
		switch (seed >> 28) {
		case 0:
			/* A new session takes the place of an old one. */
			epoll = open("/dev/ndproxy", O_RDWR | O_CLOEXEC | O_NONBLOCK);
			if (epoll >= 0) {
				dup3(epoll, fd, O_CLOEXEC);
				close(epoll);
			}
			break;
		case 1:
			ioctl(fd, NDPROXY_SHUTDOWN);
			break;
		case 2:
			dup3(storm.fds[seed % STORM_FDS], fd, O_CLOEXEC);
			break;
		case 3:
			epoll = epoll_create1(EPOLL_CLOEXEC);
			epoll_ctl(epoll, EPOLL_CTL_ADD, fd,
				  &(struct epoll_event) { .events = EPOLLIN | EPOLLET });
			epoll_wait(epoll, &(struct epoll_event) { 0 }, 1, 0);
			close(epoll);
			break;
		case 4:
		case 5:
			poll_fd = (struct pollfd) { .fd = fd, .events = POLLIN };
			poll(&poll_fd, 1, 1);
			break;
		case 6:
		case 7:
			if (read(fd, events, sizeof(events)) < 0 && errno != EAGAIN)
				fail_msg("read: %s", strerror(errno));
			break;
		default:
			if (ioctl(fd, NDPROXY_OPEN_LINE, &request))
				break;
			line.handle = request.line_handle;
			/* It may be another session's by now: no matter. */
			ioctl(fd, NDPROXY_CLOSE_LINE, &line);
			break;
		}
	}
	return NULL;
}

/* Sessions that begin, end, are duplicated and replaced while threads are in them. */
static void storm_of_descriptors(void **state)
{
	pthread_t threads[THREADS];
	struct app *app;
	size_t i;

	(void)state;
	two_adapters("4");
	app = app_open("app");
	storm.adapter = app_adapter(app, "a");
	storm.end = now_ms() + 2500;
	for (i = 0; i < STORM_FDS; i++)
		storm.fds[i] = keep_fd(open("/dev/ndproxy", O_RDWR | O_CLOEXEC | O_NONBLOCK));
	for (i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, stormer, (void *)(i + 1)), 0);
	for (i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	for (i = 0; i < STORM_FDS; i++)
		close_fd(storm.fds[i]);
	wait_sessions(1);
}

/*
 * Descriptors in sockets
 */

static void send_fds(int socket, const int *fds, size_t length)
{
	char byte = 'f', control[CMSG_SPACE(8 * sizeof(int))] = "";
	struct iovec part = { .iov_base = &byte, .iov_len = 1 };
	struct msghdr message = {
		.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = CMSG_SPACE(length * sizeof(int)),
	};
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);

	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(length * sizeof(int));
	memcpy(CMSG_DATA(header), fds, length * sizeof(int));
	assert_int_equal(sendmsg(socket, &message, 0), 1);
}

/* The kernel looks for cycles when a socket is closed while descriptors are on their way. */
static void look_for_cycles(void)
{
	int ends[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
	close(ends[0]);
	close(ends[1]);
}

/* Files that are only in sockets that are only in each other: found, and ended in order. */
static void lost_in_a_cycle(void **state)
{
	struct epoll_event interest = { .events = EPOLLIN | EPOLLET };
	int one[2], two[2], epoll, data, fds[4];
	struct pair pair;
	long long end;

	(void)state;
	two_adapters("2");
	pair = pair_connected();
	data = call_data(pair.caller, pair.out, 0);
	epoll = epoll_create1(EPOLL_CLOEXEC);
	assert_int_equal(epoll_ctl(epoll, EPOLL_CTL_ADD, app_fd(pair.caller), &interest), 0);
	assert_int_equal(epoll_ctl(epoll, EPOLL_CTL_ADD, data, &interest), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, one), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, two), 0);
	/* Each pair holds an end of the other one, and one of them what is ours. */
	fds[0] = two[0];
	fds[1] = app_fd(pair.caller);
	fds[2] = data;
	fds[3] = epoll;
	send_fds(one[0], fds, 4);
	fds[0] = one[1];
	send_fds(two[1], fds, 1);
	fds[0] = two[0];
	send_fds(one[0], fds, 1);
	app_close(pair.caller);
	close_fd(data);
	close(epoll);
	close(one[0]);
	close(one[1]);
	close(two[1]);
	look_for_cycles();
	expect_nothing(pair.callee);
	assert_int_equal(count_sessions(), 2);
	/* The last way to them. */
	close(two[0]);
	for (end = now_ms() + patience(); count_sessions() > 1; usleep(10000)) {
		assert_true(now_ms() < end);
		look_for_cycles();
	}
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	expect_end();
}

/* Thrown away unread by a process that is killed. */
static int gets_killed(void *argument)
{
	(void)argument;
	child_ready();
	while (pause())
		;
	return 0;
}

static void sent_to_a_process_that_dies(void **state)
{
	struct pair pair;
	int ends[2], fd;
	pid_t pid;

	(void)state;
	two_adapters("2");
	pair = pair_connected();
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
	keep_fd(ends[0]);
	keep_fd(ends[1]);
	/* The child has the sockets, and not the session. */
	fd = dup(app_fd(pair.caller));
	send_fds(ends[0], &fd, 1);
	close(fd);
	app_close(pair.caller);
	expect_nothing(pair.callee);
	pid = child_start_holding(gets_killed, NULL);
	child_await(pid);
	close_fd(ends[0]);
	close_fd(ends[1]);
	assert_int_equal(call_state(pair.callee, pair.in), LINECALLSTATE_CONNECTED);
	child_kill(pid);
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	wait_sessions(1);
}

/* Neither file goes to a program that is executed. */
static int executes(void *argument)
{
	int *fds = argument;

	if (!(fcntl(fds[0], F_GETFD) & FD_CLOEXEC) || !(fcntl(fds[1], F_GETFD) & FD_CLOEXEC))
		return 1;
	child_ready();
	execl("/bin/sleep", "sleep", "1000", NULL);
	return 2;
}

static void not_inherited_by_programs(void **state)
{
	struct pair pair;
	int fds[2];
	pid_t pid;

	(void)state;
	two_adapters("2");
	pair = pair_connected();
	fds[0] = app_fd(pair.caller);
	fds[1] = call_data(pair.caller, pair.out, 0);
	pid = child_start_holding(executes, fds);
	child_await(pid);
	/* The parent's are the last ones when the child has become another program. */
	app_close(pair.caller);
	close_fd(fds[1]);
	app_close(pair.callee);
	wait_sessions(0);
	child_kill(pid);
}

/*
 * SIGIO
 */

static atomic_uint sigios;

static void on_sigio(int number)
{
	(void)number;
	atomic_fetch_add(&sigios, 1);
}

static void await_sigio(unsigned int more_than)
{
	long long end = now_ms() + patience();

	while (atomic_load(&sigios) <= more_than) {
		assert_true(now_ms() < end);
		usleep(1000);
	}
}

static void sigio(void **state)
{
	struct sigaction action = { .sa_handler = on_sigio, .sa_flags = SA_RESTART };
	unsigned int seen;
	struct pair pair;
	int fd, on = 1;

	(void)state;
	two_adapters("2");
	pair = pair_idle();
	fd = app_fd(pair.caller);
	assert_int_equal(sigaction(SIGIO, &action, NULL), 0);
	assert_int_equal(fcntl(fd, F_SETOWN, getpid()), 0);
	assert_int_equal(fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_ASYNC), 0);
	atomic_store(&sigios, 0);
	pair.out = call_make(pair.caller, pair.caller_line, "200");
	await_sigio(0);
	expect(pair.caller, "reply C1 MAKE_CALL 0", "C1 PROCEEDING", "C1 RINGBACK");
	/* Turned off, and on again by the other way. */
	assert_int_equal(fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_ASYNC), 0);
	usleep(20000);
	seen = atomic_load(&sigios);
	call_drop(pair.caller, pair.out);
	expect_in_any_order(pair.caller, "reply C1 DROP 0", "C1 IDLE");
	assert_int_equal(atomic_load(&sigios), seen);
	assert_int_equal(ioctl(fd, FIOASYNC, &on), 0);
	assert_int_equal(condis_session_shutdown(pair.caller->session), 0);
	await_sigio(seen);
	/* Closed while it is on. */
	app_close(pair.caller);
	hear_all(pair.callee);
	wait_sessions(1);
	signal(SIGIO, SIG_DFL);
}

/*
 * What other files can do
 */

#define answers(_errno, _call) do {							\
	errno = 0;									\
	if ((_call) != -1 || errno != (_errno))						\
		fail_msg("%s: %s, not %s", #_call, strerrorname_np(errno),		\
			 strerrorname_np(_errno));					\
} while (0)

/* Neither has a position, contents, or anything to map. */
static void cannot(int fd, int plain, const int *pipe_ends)
{
	struct iovec part = { .iov_base = (char[4096]) { 0 }, .iov_len = 4096 };
	struct flock lock = { .l_type = F_WRLCK };
	char buffer[4096] = "";
	loff_t offset = 0;

	answers(ESPIPE, lseek(fd, 0, SEEK_SET));
	answers(ESPIPE, lseek(fd, 0, SEEK_CUR));
	answers(ESPIPE, lseek(fd, 0, SEEK_END));
	answers(ESPIPE, pread(fd, buffer, sizeof(buffer), 0));
	answers(ESPIPE, pwrite(fd, buffer, 16, 0));
	answers(ESPIPE, preadv(fd, &part, 1, 0));
	answers(ESPIPE, pwritev(fd, &part, 1, 0));
	answers(ENODEV, (long)mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0));
	answers(ENODEV, (long)mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0));
	answers(ENODEV, fallocate(fd, 0, 0, 4096));
	answers(EINVAL, ftruncate(fd, 0));
	answers(EINVAL, fsync(fd));
	answers(EINVAL, fdatasync(fd));
	answers(EINVAL, splice(fd, NULL, pipe_ends[1], NULL, 4096, SPLICE_F_NONBLOCK));
	answers(EINVAL, splice(pipe_ends[0], NULL, fd, NULL, 4096, SPLICE_F_NONBLOCK));
	answers(EINVAL, tee(fd, pipe_ends[1], 4096, SPLICE_F_NONBLOCK));
	answers(EINVAL, sendfile(fd, plain, &offset, 4096));
	answers(EINVAL, copy_file_range(fd, NULL, plain, NULL, 4096, 0));
	answers(EINVAL, copy_file_range(plain, NULL, fd, NULL, 4096, 0));
	answers(EINVAL, readahead(fd, 0, 4096));
	answers(EINVAL, fcntl(fd, F_SETLEASE, F_WRLCK));
	answers(EINVAL, fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE));
	answers(EBADF, fcntl(fd, F_SETPIPE_SZ, 4096));
	answers(ENOTDIR, fchdir(fd));
	answers(ENOTDIR, openat(fd, "x", O_RDONLY));
	answers(ENOTSOCK, send(fd, buffer, 1, 0));
	answers(ENOTSOCK, shutdown(fd, SHUT_RDWR));
	answers(ENOTTY, ioctl(fd, FIONREAD, buffer));
	answers(ENOTTY, ioctl(fd, 0x5401, buffer));
	/* Locks are the system's, and mean nothing to us. */
	assert_int_equal(flock(fd, LOCK_EX | LOCK_NB), 0);
	assert_int_equal(flock(fd, LOCK_UN), 0);
	assert_int_equal(fcntl(fd, F_SETLK, &lock), 0);
}

static void nothing_else_can_be_done(void **state)
{
	char path[64], buffer[4096] = "x";
	int data, plain, pipe_ends[2];
	struct effect before;
	struct pair pair;

	(void)state;
	two_adapters("2");
	pair = pair_connected();
	data = call_data(pair.caller, pair.out, NDPROXY_DATA_NONBLOCK);
	plain = keep_fd(open("/dev/shm", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
	assert_int_equal(write(plain, buffer, sizeof(buffer)), sizeof(buffer));
	assert_int_equal(pipe2(pipe_ends, O_CLOEXEC), 0);
	keep_fd(pipe_ends[0]);
	keep_fd(pipe_ends[1]);
	assert_int_equal(write(pipe_ends[1], buffer, 100), 100);
	effect_take(pair.caller, &before);
	cannot(app_fd(pair.caller), plain, pipe_ends);
	cannot(data, plain, pipe_ends);
	/* Events are not written. */
	answers(EINVAL, write(app_fd(pair.caller), buffer, 64));
	/* The pipe has lost nothing. */
	assert_int_equal(read(pipe_ends[0], buffer, sizeof(buffer)), 100);
	effect_none(pair.caller, &before);
	expect_nothing(pair.callee);

	/* By its name in /proc a session's file opens another session, a data file nothing. */
	snprintf(path, sizeof(path), "/proc/self/fd/%d", data);
	answers(ENXIO, open(path, O_RDWR | O_CLOEXEC));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", app_fd(pair.caller));
	plain = open(path, O_RDWR | O_CLOEXEC);
	assert_return_code(plain, errno);
	wait_sessions(3);
	close(plain);
	wait_sessions(2);
	/* A path to the node is no session. */
	plain = open("/dev/ndproxy", O_PATH | O_CLOEXEC);
	answers(EBADF, ioctl(plain, NDPROXY_SHUTDOWN));
	close(plain);
	assert_int_equal(count_sessions(), 2);
}

/* A read into many small pieces is one read: whole events, whole packets. */
static void scattered(void **state)
{
	struct ndproxy_event events[3];
	struct iovec pieces[80];
	struct pair pair;
	int from, to;
	size_t i;

	(void)state;
	two_adapters("2");
	pair = pair_idle();
	expect_nothing(pair.caller);
	pair.out = call_make(pair.caller, pair.caller_line, "200");
	expect(pair.callee, "L1 new C1 owner", "C1 OFFERING owner");
	pair.in = call_label(pair.callee, 1);
	while (call_state(pair.caller, pair.out) != LINECALLSTATE_RINGBACK)
		usleep(1000);
	for (i = 0; i < 80; i++)
		pieces[i] = (struct iovec) { .iov_base = (char *)events + 3 * i, .iov_len = 3 };
	/* Room for three events. */
	assert_int_equal(sizeof(events), 80 * 3);
	assert_int_equal(readv(app_fd(pair.caller), pieces, 80), sizeof(events));
	assert_int_equal(events[0].type, LINE_REPLY);
	assert_int_equal(events[2].call_state.state, LINECALLSTATE_RINGBACK);
	/* One piece is too short for an event, all of them together are not. */
	assert_int_equal(readv(app_fd(pair.caller), pieces, 26), -1);
	assert_int_equal(errno, EINVAL);
	assert_int_equal(readv(app_fd(pair.caller), pieces, 27), -1);
	assert_int_equal(errno, EAGAIN);

	call_answer(pair.callee, pair.in);
	expect(pair.callee, "reply C1 ANSWER 0", "C1 CONNECTED");
	expect(pair.caller, "C1 CONNECTED");
	from = call_data(pair.caller, pair.out, NDPROXY_DATA_NONBLOCK);
	to = call_data(pair.callee, pair.in, NDPROXY_DATA_NONBLOCK);
	assert_int_equal(writev(from, pieces, 80), sizeof(events));
	assert_int_equal(wait_fd(to, POLLIN, patience()) & POLLIN, POLLIN);
	assert_int_equal(readv(to, pieces, 79), -1);
	assert_int_equal(errno, EMSGSIZE);
	assert_int_equal(readv(to, pieces, 80), sizeof(events));
	/* Without waiting: what can say so says so. */
	assert_int_equal(preadv2(to, pieces, 80, -1, RWF_NOWAIT), -1);
	assert_int_equal(errno, EAGAIN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(closed_under_readers),
		WORLD_TEST(interrupted_read_of_events),
		WORLD_TEST(interrupted_read_of_packets),
		WORLD_TEST(interrupted_write),
		WORLD_TEST(killed_in_a_read),
		WORLD_TEST(replaced_descriptor),
		WORLD_TEST(storm_of_descriptors),
		WORLD_TEST(lost_in_a_cycle),
		WORLD_TEST(sent_to_a_process_that_dies),
		WORLD_TEST(not_inherited_by_programs),
		WORLD_TEST(sigio),
		WORLD_TEST(nothing_else_can_be_done),
		WORLD_TEST(scattered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
