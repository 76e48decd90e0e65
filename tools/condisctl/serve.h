/* SPDX-License-Identifier: GPL-2.0 */
/*
 * condisctl serve: lines, the calls that come on them, and a command for each call.
 *
 * A call and its command are two things of one slot, and each brings about the end of the other:
 * the slot is free when both have ended.
 */
#ifndef SERVE_H
#define SERVE_H

#include <sys/types.h>

#include "ctl.h"

/* Slots there are; also the data files that one session can have. */
#define SERVE_CALLS_MAX 1024
/* Not "--line". */
#define SERVE_ALL_LINES UINT32_MAX

/**
 * struct serve_line - a line that is to be served
 * @session: the one that has it open
 * @handle: its handle there; 0: it could not be opened
 * @adapter: its adapter's number
 * @line: line
 * @name: its adapter's name
 * @error: why it could not be opened; it has been said
 */
struct serve_line {
	struct condis_session *session;
	uint32_t handle;
	uint32_t adapter;
	uint32_t line;
	char name[NDPROXY_NAME_SIZE];
	int error;
};

/**
 * struct serve_call - a call and its command
 * @session: whose call it is; NULL: the call is over
 * @handle: its handle there
 * @line_handle: that of its line
 * @info: its facts
 * @adapter: its adapter's name
 * @begin_ms: when it was taken
 * @by: who ended it, a word for the log; NULL: it has not ended
 * @cause: with which it is dropped at the command's end; 0: as that end says
 * @pid: the command, which leads a process group; 0: none was started
 * @is_running: it has not ended
 * @has_group: somebody of its process group may be there
 * @is_hung: SIGHUP was sent
 * @limit_ms: when its time is up, or -1; so are the others
 * @hup_ms: when SIGHUP is to be sent
 * @kill_ms: when SIGKILL is
 */
struct serve_call {
	struct condis_session *session;
	uint32_t handle;
	uint32_t line_handle;
	struct ndproxy_call_info info;
	char adapter[NDPROXY_NAME_SIZE];
	long long begin_ms;
	const char *by;
	uint32_t cause;
	pid_t pid;
	bool is_running;
	bool has_group;
	bool is_hung;
	long long limit_ms;
	long long hup_ms;
	long long kill_ms;
};

/* A slot is taken until its call and its command have both ended. */
static inline bool serve_call_is_used(const struct serve_call *call)
{
	return call->session || call->is_running || call->has_group;
}

/**
 * struct serve - all of it
 * @adapter: only this one, or NULL
 * @line: only this one, or SERVE_ALL_LINES
 * @media_mode: of the calls to take, or 0
 * @max_calls: so many at a time
 * @limit_ms: how long one may last, or -1
 * @linger_ms: from a call's end to SIGHUP
 * @kill_ms: from SIGHUP to SIGKILL
 * @grace_ms: from the first signal to the hang-up
 * @command: what is run
 * @sessions: the last one opens lines, those before it have some
 * @sessions_length: how many
 * @lines: those of all sessions
 * @lines_length: how many
 * @lines_room: how many there is room for
 * @must_look: adapters have come, or lines were closed
 * @look_ms: when to try again what could not be opened, or -1
 * @calls: SERVE_CALLS_MAX slots
 * @used: those before it may be used
 * @signals: how many were heeded: the first stops, the second hangs up, the third kills
 * @stop_ms: when what still runs is hung up, or -1
 */
struct serve {
	const char *adapter;
	uint32_t line;
	uint32_t media_mode;
	uint32_t max_calls;
	int limit_ms;
	int linger_ms;
	int kill_ms;
	int grace_ms;
	struct ctl_words command;

	struct condis_session **sessions;
	size_t sessions_length;
	struct serve_line *lines;
	size_t lines_length;
	size_t lines_room;
	bool must_look;
	long long look_ms;
	struct serve_call *calls;
	size_t used;
	unsigned int signals;
	long long stop_ms;
};

/* serve_line.c */

/* Open what is to be served: 0 or an exit status, if there is nothing. */
int serve_begin_lines(struct serve *serve);
/* What has come since, or was closed, or can be opened by another session only. */
int serve_look(struct serve *serve);
/* LINE_CLOSE; its calls are over. */
void serve_line_closed(struct serve *serve, struct condis_session *session,
		       const struct ndproxy_event *event);
/* LINE_REMOVE. */
void serve_adapter_gone(struct serve *serve, uint32_t adapter);
void serve_end_lines(struct serve *serve);

/* serve_call.c */

void serve_call_state(struct serve *serve, struct condis_session *session,
		      const struct ndproxy_event *event);
/* LINE_REPLY. */
void serve_call_reply(struct serve *serve, struct condis_session *session,
		      const struct ndproxy_event *event);
/* The calls of a line that was closed. */
void serve_calls_gone(struct serve *serve, struct condis_session *session, uint32_t line_handle);
/* The command has ended, with this Q.850 cause if nobody else has ended the call. */
void serve_call_finish(const struct serve *serve, struct serve_call *call, uint32_t cause);
/* SIGHUP, and the call is dropped when the command ends; at once if there is none. */
void serve_call_hang_up(const struct serve *serve, struct serve_call *call, const char *by,
			uint32_t cause);
/* The call first. */
void serve_call_drop(struct serve_call *call, const char *by, uint32_t cause);
/* Do what has become due, free what is over: how many slots are used. */
size_t serve_calls_run(struct serve *serve);
/* When something will be due, or -1. */
long long serve_calls_next(const struct serve *serve);

/* serve_process.c */

/* Whether it can be run: 0 or CTL_USAGE. */
int serve_check_command(const char *name);
/* Run the command of a call; with @data as its input and output: 0 or an errno. */
int serve_start(const struct serve *serve, struct serve_call *call, int data, uint32_t max_sdu);
/* To the command and its process group. */
void serve_signal(const struct serve_call *call, int number);
/* Which commands have ended. */
void serve_reap(struct serve *serve);
/* Without mercy. */
void serve_kill_all(struct serve *serve);

/* serve_log.c: one line for each thing that happens; members in between. */

void serve_log(const char *event);
void serve_log_text(const char *name, const char *text);
void serve_log_number(const char *name, uint64_t number);
void serve_log_seconds(const char *name, long long ms);
void serve_log_cause(uint32_t cause);
void serve_log_end(void);
/* About this call, and no more. */
void serve_log_call(const char *event, const struct serve_call *call);

#endif /* SERVE_H */
