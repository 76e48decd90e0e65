/* SPDX-License-Identifier: GPL-2.0 */
/* The call that a link runs over. */
#ifndef PPPD_CALL_H
#define PPPD_CALL_H

#include <stdbool.h>
#include <condis.h>

/* The first line that is free, or all of them to listen on; any address. */
#define CALL_ANY	(-1)

/**
 * struct call_wish - which call is wanted
 * @adapter: name or number of the adapter; NULL: the first one
 * @line: line of it, from 0, or CALL_ANY
 * @address: address of the line, from 0, or CALL_ANY
 * @number: number to call; NULL: wait for a call and answer it
 * @calling: number to show, or NULL
 * @limit_s: seconds until it has to be connected, from the offer on if it is answered
 */
struct call_wish {
	const char *adapter;
	int line;
	int address;
	const char *number;
	const char *calling;
	int limit_s;
};

/**
 * struct call - a call, or none
 * @session: the session that owns it; NULL: there is none
 * @adapter: its adapter
 * @line_handle: its line
 * @handle: its handle, 0: there is none yet
 * @data: its data file, or -1
 * @max_sdu: bytes of the largest packet
 * @info: what is known of it
 * @name: what it is called in the log: "Call to 200"
 * @state: LINECALLSTATE_* that was heard of last
 * @was_connected: it was CONNECTED
 * @is_cleared: it has ended: the far end or the network has cleared, or we have
 * @is_idle: and nothing comes any more
 * @was_awaited: its end was waited for, because PPP had heard of it
 * @is_line_closed: its line went, with its adapter
 * @is_remote: it was the far end, or the network, that has cleared
 * @cause: Q.850 cause, 0 if there is none
 * @failure: errno with which it could not be made, or 0
 */
struct call {
	struct condis_session *session;
	struct ndproxy_adapter adapter;
	uint32_t line_handle;
	uint32_t handle;
	int data;
	uint32_t max_sdu;
	struct ndproxy_call_info info;
	char name[NDPROXY_NUMBER_SIZE + 32];
	uint32_t state;
	bool was_connected;
	bool is_cleared;
	bool is_idle;
	bool was_awaited;
	bool is_line_closed;
	bool is_remote;
	uint32_t cause;
	int failure;
};

#define CALL_OK		0
#define CALL_FAILED	(-1)
#define CALL_SIGNAL	(-2)

/*
 * Make the call, or wait for one and answer it, until it is connected and its data file is open:
 * CALL_OK; or CALL_FAILED, and the log says why; or CALL_SIGNAL. What is left is for call_end().
 */
int call_dial(struct call *call, const struct call_wish *wish);
int call_answer(struct call *call, const struct call_wish *wish);

/* Reads the events there are; if @is_hung_up, waits a while for those of the call's end. */
void call_look(struct call *call, bool is_hung_up);
/* Drops it, waits a while until it is IDLE, and closes all. Nothing if there is none. */
void call_end(struct call *call);
/* In a child: it has no part in it. */
void call_forget(struct call *call);

/*
 * For those who make and take calls
 */

/* A session, and the adapter that is wanted with its lines ready. */
int call_begin(struct call *call, const struct call_wish *wish, long long end_ms);
/* The events that are there: 0, or CALL_FAILED if they cannot be read. */
int call_read(struct call *call);
/* Waits for events and reads them: CALL_OK also at the time @end_ms. */
int call_wait(struct call *call, long long end_ms);
/* Until it is connected; CALL_FAILED if it is not, and the log says why. */
int call_await_connected(struct call *call, const struct call_wish *wish, long long end_ms);
/* Drops it with a cause, without a word in the log. */
void call_drop(struct call *call, uint32_t cause);
/* The library's last error to the log. */
int call_library_failure(void);

#endif /* PPPD_CALL_H */
