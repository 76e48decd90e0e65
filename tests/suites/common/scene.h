/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Scenes: two applications with a call between them in a given state, what threads
 * and other processes do with their files meanwhile, and what can happen then.
 *
 * The near application is the one to which it happens; the far one is at the other
 * end of the call. In some states the near one is the caller, in others the callee.
 */
#ifndef SUITES_SCENE_H
#define SUITES_SCENE_H

#include "fixture.h"
#include "space.h"

#include <pthread.h>
#include <stdatomic.h>

/**
 * enum column - in which state something happens
 * @IN_IDLE: a line is open, there is no call
 * @IN_OFFERING: a call is offered, and nobody has decided
 * @IN_DIALING: a call is made, and the network has said nothing yet
 * @IN_RINGING: it rings at the far end
 * @IN_ANSWERING: the call is answered, and the network has not confirmed it
 * @IN_CONNECTED: the call is up
 * @IN_FLOWING: packets flow both ways, by threads
 * @IN_DISCONNECTING: the far end has hung up, and the owner has not dropped the call
 * @IN_CLOSING: the call is dropped, and RELEASE is lost: a timer will end it
 * @IN_IOCTL: a thread is in the middle of NDPROXY_MAKE_CALL, and cannot go on
 * @IN_READ: a thread is blocked in a read of the session's file
 * @IN_DATA_READ: a thread is blocked in a read of the data file
 * @IN_POLL: a thread waits by epoll for both files, and the session's sends signals
 * @IN_PASSED: another process got both files through a socket
 * @IN_FORKED: a forked process has all files
 * @COLUMNS: how many there are
 */
enum column {
	IN_IDLE,
	IN_OFFERING,
	IN_DIALING,
	IN_RINGING,
	IN_ANSWERING,
	IN_CONNECTED,
	IN_FLOWING,
	IN_DISCONNECTING,
	IN_CLOSING,
	IN_IOCTL,
	IN_READ,
	IN_DATA_READ,
	IN_POLL,
	IN_PASSED,
	IN_FORKED,
	COLUMNS
};

extern const char *const column_names[COLUMNS];

/**
 * struct flow - packets that a thread writes or reads until the call is over
 * @thread: the thread
 * @fd: data file
 * @is_running: it was started
 * @packets: how many so far
 * @result: what the last read or write gave: 0 or a negative errno
 */
struct flow {
	pthread_t thread;
	int fd;
	bool is_running;
	atomic_int packets;
	int result;
};

/**
 * struct watch - a thread in epoll_wait()
 * @thread: the thread
 * @epoll: what it waits with
 * @stop: an eventfd that ends it
 * @is_running: it was started
 * @is_ready: it waits, and gets the signals
 * @session: events of the session's file so far
 * @data: events of the data file so far
 */
struct watch {
	pthread_t thread;
	int epoll;
	int stop;
	bool is_running;
	atomic_bool is_ready;
	atomic_uint session;
	atomic_uint data;
};

/**
 * struct scene - a call in a state, and who is concerned
 * @column: the state
 * @is_abroad: the near application and its adapter are in @space
 * @space: another network namespace
 * @near: the application to which something happens
 * @far: the other one
 * @adapter: adapter of the near one
 * @far_adapter: adapter of the far one
 * @line: line handle of the near one
 * @far_line: line handle of the far one
 * @call: call handle of the near one, 0 if there is none
 * @far_call: call handle of the far one, 0 if there is none
 * @state: the near one's call state, LINECALLSTATE_*
 * @data: data file of the near one, -1 if there is none
 * @far_data: data file of the far one
 * @near_heard: bytes of the near one's trace when it began
 * @far_heard: bytes of the far one's
 * @socket: through which they are passed on to it
 * @holder: another process that has the near one's files, or 0
 * @process: the process in which the near one is, if it is not this one
 * @flows: writer and reader of the near end, and of the far end
 * @watch: with IN_POLL
 * @stall: the near one's make-call that is in its copy, with IN_IOCTL, or NULL
 * @reader: with IN_READ and IN_DATA_READ; NULL when it came back
 */
struct scene {
	enum column column;
	bool is_abroad;
	struct space space;
	struct app *near;
	struct app *far;
	const char *adapter;
	const char *far_adapter;
	uint32_t line;
	uint32_t far_line;
	uint32_t call;
	uint32_t far_call;
	uint32_t state;
	int data;
	int far_data;
	size_t near_heard;
	size_t far_heard;
	int socket;
	pid_t holder;
	pid_t process;
	struct flow flows[4];
	struct watch watch;
	struct stall *stall;
	struct reader *reader;
};

/* Signals that the session's file has sent, with IN_POLL. */
extern atomic_int scene_signals;

/* Adapters "a" and "b" as a scene needs them, and as they were before it. */
void scene_adapters(void);
void scene_adapters_plain(void);

/* The call and its files; no threads yet. */
void scene_begin(struct scene *scene, enum column column, bool is_abroad);
/* What the near end does with its files meanwhile, in the process that has them. */
void scene_near_start(struct scene *scene);
void scene_far_start(struct scene *scene);
/* The near application moves to a process of its own. */
void scene_move(struct scene *scene);
/* Whether somebody else keeps the near application's file open. */
bool scene_is_held(const struct scene *scene);
/* Whoever holds or waits lets go. */
void scene_let_go(struct scene *scene);
/* A thread that came back from its read or its command has what the near one hears. */
void scene_collect(struct scene *scene, bool is_told);
/* After a failure: nobody who is in the way of the files' end stays so. */
void scene_abort(struct scene *scene);
/* Ends threads and processes, and closes all files. */
void scene_end(struct scene *scene);

/**
 * enum row - what happens
 * @FILE_CLOSED: the near application closes its file
 * @DROPPED: it drops the call
 * @DEALLOCATED: it deallocates the call
 * @LINE_CLOSED: it closes the line
 * @SHUT_DOWN: it shuts its session down
 * @KILLED: its process is killed
 * @UNBOUND: rmmod ndproxy, which is refused
 * @SURPRISED: its adapter is pulled out
 * @REMOVED: its adapter is removed (halt)
 * @UNLOADED: rmmod condis_vwan
 * @NETNS_ENDED: its network namespace ends, with its adapter
 * @OUT_OF_SERVICE: its adapter loses the network
 * @HUNG_UP: the far end hangs up
 * @RESET: its adapter is reset, and the medium survives
 * @RESET_CLEARS: its adapter is reset, and the medium does not
 * @LINES_CHANGED: its adapter gets another number of lines
 * @ROWS: how many there are
 */
enum row {
	FILE_CLOSED,
	DROPPED,
	DEALLOCATED,
	LINE_CLOSED,
	SHUT_DOWN,
	KILLED,
	UNBOUND,
	SURPRISED,
	REMOVED,
	UNLOADED,
	NETNS_ENDED,
	OUT_OF_SERVICE,
	HUNG_UP,
	RESET,
	RESET_CLEARS,
	LINES_CHANGED,
	ROWS
};

extern const char *const row_names[ROWS];

void scene_happen(struct scene *scene, enum row row);

#endif /* SUITES_SCENE_H */
