// SPDX-License-Identifier: GPL-2.0
/*
 * How a call gets into a state, and what threads and processes do meanwhile.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "scene.h"
#include "stall.h"

const char *const column_names[COLUMNS] = {
	[IN_IDLE] = "idle",
	[IN_OFFERING] = "offering",
	[IN_DIALING] = "dialing",
	[IN_RINGING] = "ringing",
	[IN_ANSWERING] = "answering",
	[IN_CONNECTED] = "connected",
	[IN_FLOWING] = "data_flow",
	[IN_DISCONNECTING] = "disconnecting",
	[IN_CLOSING] = "close_pending",
	[IN_IOCTL] = "ioctl",
	[IN_READ] = "read",
	[IN_DATA_READ] = "data_read",
	[IN_POLL] = "poll",
	[IN_PASSED] = "passed_on",
	[IN_FORKED] = "fork",
};

/* The number of an adapter that is in another namespace. */
#define NUMBER_ABROAD	"300"
/* A number that nobody has. */
#define NUMBER_OF_NOBODY	"999"

atomic_int scene_signals;

static bool near_is_callee(enum column column)
{
	return column == IN_OFFERING || column == IN_ANSWERING;
}

static bool has_data(enum column column)
{
	return column >= IN_CONNECTED;
}

/* What follows happens where the near application is. */
static void to_near(const struct scene *scene)
{
	if (scene->is_abroad)
		go(&scene->space);
}

static void from_near(const struct scene *scene)
{
	if (scene->is_abroad)
		go_home();
}

/*
 * The world
 */

void scene_adapters(void)
{
	two_adapters("2");
}

void scene_adapters_plain(void)
{
	static const char *const names[] = { "a", "b" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		adapter_set(names[i], "lost", "none", "fault", "none", "t303", "4000", "t305",
			    "30000", "t308", "4000", "t313", "4000", "reset-clears", "off",
			    "in-service", "on", NULL);
}

static void space_begin(struct scene *scene)
{
	scene->space = space_new();
	go(&scene->space);
	if (adapter_add_abroad(scene->adapter, "x", space_home(), NUMBER_ABROAD))
		fail_msg("%s", condis_error());
	adapter_set(scene->adapter, "calls", "2", NULL);
	go_home();
}

/*
 * States
 */

static void begin_dialing(struct scene *scene, struct app *caller, uint32_t line)
{
	adapter_set(scene->far_adapter, "fault", "no-answer", NULL);
	to_near(scene);
	adapter_set(scene->adapter, "lost", "call-proceeding,alerting", "t303", "60000", NULL);
	from_near(scene);
	scene->call = call_make(caller, line, "200");
	assert_int_equal(call_state(caller, scene->call), LINECALLSTATE_DIALING);
}

static void begin_call(struct scene *scene, bool is_callee)
{
	struct app *caller = is_callee ? scene->far : scene->near;
	struct app *callee = is_callee ? scene->near : scene->far;
	uint32_t line = is_callee ? scene->far_line : scene->line, out, in;
	bool is_callee_abroad = is_callee && scene->is_abroad;

	out = call_make(caller, line, is_callee_abroad ? NUMBER_ABROAD : "200");
	expect_up_to(caller, "reply C1 MAKE_CALL 0");
	expect_up_to(caller, "C1 RINGBACK");
	expect_up_to(callee, "C1 OFFERING owner");
	in = call_label(callee, 1);
	scene->call = is_callee ? in : out;
	scene->far_call = is_callee ? out : in;
}

static void begin_answering(struct scene *scene)
{
	to_near(scene);
	adapter_set(scene->adapter, "lost", "sent-connect", "t313", "60000", NULL);
	from_near(scene);
	call_answer(scene->near, scene->call);
	/* It says what was last reported. */
	assert_int_equal(call_state(scene->near, scene->call), LINECALLSTATE_OFFERING);
}

static void begin_connected(struct scene *scene)
{
	uint32_t flags = scene->column == IN_FLOWING ? 0 : NDPROXY_DATA_NONBLOCK;

	call_answer(scene->far, scene->far_call);
	expect_up_to(scene->far, "reply C1 ANSWER 0");
	expect_up_to(scene->far, "C1 CONNECTED");
	expect_up_to(scene->near, "C1 CONNECTED");
	scene->data = call_data(scene->near, scene->call, flags);
	scene->far_data = call_data(scene->far, scene->far_call, flags);
}

static void begin_disconnecting(struct scene *scene)
{
	call_drop(scene->far, scene->far_call);
	expect_up_to(scene->far, "C1 IDLE");
	expect_up_to(scene->near, "C1 DISCONNECTED NORMAL 16");
}

static void begin_closing(struct scene *scene)
{
	to_near(scene);
	/* What happens then happens before the timer has run out; else see scene_begin(). */
	adapter_set(scene->adapter, "lost", "release,release-complete", "t305", "2000", "t308",
		    "50", NULL);
	from_near(scene);
	call_drop(scene->near, scene->call);
	expect_up_to(scene->far, "C1 DISCONNECTED NORMAL 16");
}

/* A process that holds files does not hold the namespace that they are of. */
static void leave_space(struct scene *scene)
{
	if (scene->is_abroad)
		space_end(&scene->space);
	scene->is_abroad = false;
}

static int hold(void *argument)
{
	struct scene *scene = argument;

	leave_space(scene);
	child_ready();
	while (pause())
		;
	return 0;
}

/* Gets the session's file and the data file, and holds them. */
static int receive_and_hold(void *argument)
{
	struct scene *scene = argument;
	int fds[2];

	/* Before their numbers are given to others. */
	leave_space(scene);
	if (fds_receive(scene->socket, fds, 2))
		return 1;
	return hold(scene);
}

static void pass_on(struct scene *scene)
{
	int fds[2] = { app_fd(scene->near), scene->data }, ends[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
	scene->socket = ends[1];
	scene->holder = child_start(receive_and_hold, scene);
	fds_send(ends[0], fds, 2);
	child_await(scene->holder);
	close(ends[0]);
	close(ends[1]);
}

static void begin_apps(struct scene *scene)
{
	bool is_callee = near_is_callee(scene->column);
	uint32_t privileges = is_callee ? OWNER : NONE;

	to_near(scene);
	scene->near = app_open("near");
	scene->near->shows_lines = true;
	scene->line = line_open(scene->near, scene->adapter, 0, privileges);
	from_near(scene);
	scene->far = app_open("far");
	scene->far->shows_lines = true;
	scene->far_line = line_open(scene->far, scene->far_adapter, 0, is_callee ? NONE : OWNER);
}

/* Two applications, and their call in its state. */
static void begin_state(struct scene *scene)
{
	enum column column = scene->column;
	bool is_callee = near_is_callee(column);

	begin_apps(scene);
	if (column == IN_DIALING)
		begin_dialing(scene, scene->near, scene->line);
	else if (column != IN_IDLE)
		begin_call(scene, is_callee);
	if (column == IN_ANSWERING)
		begin_answering(scene);
	if (has_data(column))
		begin_connected(scene);
	if (column == IN_DISCONNECTING)
		begin_disconnecting(scene);
	if (column == IN_CLOSING)
		begin_closing(scene);
	if (column == IN_PASSED)
		pass_on(scene);
	hear_all(scene->near);
	hear_all(scene->far);
	scene->near_heard = strlen(scene->near->trace);
	scene->far_heard = strlen(scene->far->trace);
	if (scene->call)
		scene->state = call_state(scene->near, scene->call);
}

/* The applications go, and the near one's adapter drops calls as others do. */
static void undo_closing(struct scene *scene)
{
	app_close(scene->near);
	app_close(scene->far);
	close_fd(scene->data);
	close_fd(scene->far_data);
	wait_nothing_left();
	to_near(scene);
	wait_nothing_left();
	adapter_set(scene->adapter, "lost", "none", "t305", "30000", "t308", "4000", NULL);
	from_near(scene);
}

void scene_begin(struct scene *scene, enum column column, bool is_abroad)
{
	bool is_callee = near_is_callee(column);

	memset(scene, 0, sizeof(*scene));
	scene->column = column;
	scene->is_abroad = is_abroad;
	scene->adapter = is_callee ? "b" : "a";
	scene->far_adapter = is_callee ? "a" : "b";
	scene->data = -1;
	scene->far_data = -1;
	scene->watch.stop = -1;
	if (is_abroad)
		space_begin(scene);
	begin_state(scene);
	/* The processor was taken away for so long that T305 has ended it: once more. */
	while (column == IN_CLOSING && scene->state == LINECALLSTATE_IDLE) {
		undo_closing(scene);
		begin_state(scene);
	}
	if (column == IN_FORKED) {
		scene->holder = child_start_holding(hold, scene);
		child_await(scene->holder);
	}
}

/*
 * Packets
 */

static void flow_rest(void)
{
	const struct timespec rest = { .tv_nsec = 500000 };

	nanosleep(&rest, NULL);
}

static void *flow_out(void *argument)
{
	struct flow *flow = argument;
	char packet[128] = "";

	for (;;) {
		if (write(flow->fd, packet, sizeof(packet)) > 0)
			atomic_fetch_add(&flow->packets, 1);
		/* A reset, or a queue that is full: it comes and goes. */
		else if (errno != EINTR && errno != ENETDOWN && errno != ENOBUFS)
			break;
		flow_rest();
	}
	flow->result = -errno;
	return NULL;
}

static void *flow_in(void *argument)
{
	struct flow *flow = argument;
	ssize_t length;
	char packet[128];

	for (;;) {
		length = read(flow->fd, packet, sizeof(packet));
		if (length > 0)
			atomic_fetch_add(&flow->packets, 1);
		else if (!length || errno != EINTR)
			break;
	}
	flow->result = length ? -errno : 0;
	return NULL;
}

static void flow_start(struct flow *flow, int fd, void *(*body)(void *argument))
{
	flow->fd = fd;
	flow->is_running = true;
	assert_int_equal(pthread_create(&flow->thread, NULL, body, flow), 0);
}

static void join(pthread_t thread, const char *what)
{
	struct timespec end;

	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += patience() / 1000;
	if (pthread_timedjoin_np(thread, NULL, &end))
		fail_msg("%s does not end", what);
}

/*
 * Who waits by epoll
 */

enum {
	WATCH_STOP,
	WATCH_SESSION,
	WATCH_DATA,
};

static void signalled(int number)
{
	(void)number;
	atomic_fetch_add(&scene_signals, 1);
}

static void *watch_body(void *argument)
{
	struct scene *scene = argument;
	struct f_owner_ex owner = { .type = F_OWNER_TID, .pid = gettid() };
	struct watch *watch = &scene->watch;
	int fd = app_fd(scene->near);
	struct epoll_event event;

	/* The signals are this thread's: no other's system call is interrupted. */
	fcntl(fd, F_SETOWN_EX, &owner);
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_ASYNC);
	atomic_store(&watch->is_ready, true);
	for (;;) {
		if (epoll_wait(watch->epoll, &event, 1, -1) != 1)
			continue;
		switch (event.data.u32) {
		case WATCH_SESSION:
			atomic_fetch_or(&watch->session, event.events);
			break;
		case WATCH_DATA:
			atomic_fetch_or(&watch->data, event.events);
			break;
		default:
			return NULL;
		}
	}
}

static void watch_add(struct watch *watch, int fd, uint32_t mark)
{
	struct epoll_event event = { .events = EPOLLIN | EPOLLET, .data.u32 = mark };

	assert_int_equal(epoll_ctl(watch->epoll, EPOLL_CTL_ADD, fd, &event), 0);
}

static void watch_start(struct scene *scene)
{
	struct sigaction action = { .sa_handler = signalled };
	struct watch *watch = &scene->watch;

	assert_int_equal(sigaction(SIGIO, &action, NULL), 0);
	atomic_store(&scene_signals, 0);
	watch->epoll = keep_fd(epoll_create1(EPOLL_CLOEXEC));
	watch->stop = keep_fd(eventfd(0, EFD_CLOEXEC));
	watch_add(watch, app_fd(scene->near), WATCH_SESSION);
	watch_add(watch, scene->data, WATCH_DATA);
	watch_add(watch, watch->stop, WATCH_STOP);
	watch->is_running = true;
	assert_int_equal(pthread_create(&watch->thread, NULL, watch_body, scene), 0);
	while (!atomic_load(&watch->is_ready))
		sched_yield();
}

static void watch_stop(struct watch *watch)
{
	uint64_t one = 1;

	if (!watch->is_running)
		return;
	assert_int_equal(write(watch->stop, &one, sizeof(one)), sizeof(one));
	join(watch->thread, "who waits by epoll");
	close_fd(watch->epoll);
	close_fd(watch->stop);
	watch->is_running = false;
}

/*
 * Who is in the middle of a command
 */

/* The call is made, and its number cannot be written: the memory waits for us. */
static void stall_begin(struct scene *scene)
{
	struct ndproxy_make_call request;

	request = call_prepare(scene->near, scene->line, NUMBER_OF_NOBODY);
	scene->stall = stall_start(STALL_IOCTL, STALL_OUT, app_fd(scene->near),
				   NDPROXY_MAKE_CALL, &request, sizeof(request));
}

static void stall_end(struct scene *scene)
{
	if (!scene->stall)
		return;
	if (!stall_finish(scene->stall))
		call_made(scene->near, stall_content(scene->stall));
	scene->stall = NULL;
	stalls_free();
}

/*
 * Both ends
 */

static void reader_begin(struct scene *scene)
{
	char buffer[4096];

	/* Its events of adapters may still come. */
	for (;;) {
		scene->reader = reader_start(app_fd(scene->near));
		if (reader_is_blocked(scene->reader))
			return;
		reader_take(scene->reader, buffer, sizeof(buffer));
	}
}

void scene_near_start(struct scene *scene)
{
	switch (scene->column) {
	case IN_FLOWING:
		flow_start(&scene->flows[0], scene->data, flow_out);
		flow_start(&scene->flows[1], scene->data, flow_in);
		while (atomic_load(&scene->flows[0].packets) < 3)
			flow_rest();
		break;
	case IN_IOCTL:
		stall_begin(scene);
		break;
	case IN_READ:
		reader_begin(scene);
		break;
	case IN_DATA_READ:
		scene->reader = reader_start(scene->data);
		assert_true(reader_is_blocked(scene->reader));
		break;
	case IN_POLL:
		watch_start(scene);
		break;
	default:
		break;
	}
}

void scene_far_start(struct scene *scene)
{
	if (scene->column != IN_FLOWING)
		return;
	flow_start(&scene->flows[2], scene->far_data, flow_out);
	flow_start(&scene->flows[3], scene->far_data, flow_in);
	while (atomic_load(&scene->flows[2].packets) < 3 ||
	       atomic_load(&scene->flows[3].packets) < 3)
		flow_rest();
}

static int near_process(void *argument)
{
	scene_near_start(argument);
	return hold(argument);
}

void scene_move(struct scene *scene)
{
	scene->process = child_start_holding(near_process, scene);
	child_await(scene->process);
	app_close(scene->near);
	if (scene->data >= 0)
		close_fd(scene->data);
	scene->data = -1;
}

bool scene_is_held(const struct scene *scene)
{
	return scene->holder || scene->stall ||
	       (scene->reader && scene->column == IN_READ);
}

void scene_collect(struct scene *scene, bool is_told)
{
	struct ndproxy_event events[4096 / sizeof(struct ndproxy_event) + 1];
	struct reader *reader = scene->reader;
	ssize_t length, i;

	stall_end(scene);
	if (!reader || scene->column != IN_READ)
		return;
	scene->reader = NULL;
	/* Whoever is told something comes back by itself. */
	for (i = 0; is_told && reader_is_blocked(reader) && i < patience(); i++)
		poll(NULL, 0, 1);
	if (is_told && reader_is_blocked(reader))
		fail_msg("a reader of events is still blocked");
	length = reader_take(reader, events, sizeof(events));
	if (length < 0)
		assert_int_equal(length, -EINTR);
	for (i = 0; i < length / (ssize_t)sizeof(*events); i++)
		take_event(scene->near, &events[i]);
}

void scene_let_go(struct scene *scene)
{
	scene_collect(scene, false);
	if (scene->holder)
		child_kill(scene->holder);
	scene->holder = 0;
}

void scene_abort(struct scene *scene)
{
	stalls_free();
	scene->stall = NULL;
	if (scene->reader && scene->column == IN_READ)
		reader_abort(scene->reader);
	scene->reader = NULL;
}

static void flow_end(struct flow *flow, bool is_out)
{
	if (!flow->is_running)
		return;
	join(flow->thread, is_out ? "a writer" : "a reader");
	flow->is_running = false;
	assert_int_equal(flow->result, is_out ? -EPIPE : 0);
}

void scene_end(struct scene *scene)
{
	size_t i;

	scene_let_go(scene);
	if (scene->near->session)
		app_close(scene->near);
	if (scene->far->session)
		app_close(scene->far);
	for (i = 0; i < ARRAY_SIZE(scene->flows); i++)
		flow_end(&scene->flows[i], !(i & 1));
	if (scene->reader)
		assert_int_equal(reader_join(scene->reader), 0);
	watch_stop(&scene->watch);
	if (scene->data >= 0)
		close_fd(scene->data);
	if (scene->far_data >= 0)
		close_fd(scene->far_data);
}
