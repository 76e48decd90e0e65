/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The lines without a kernel, as the functions of tapi.h over them (fake.c) and what a test does to
 * them (fake_controls.c) share them.
 */
#ifndef SUITES_TAPI3_FAKE_INTERNAL_H
#define SUITES_TAPI3_FAKE_INTERNAL_H

#include "fake.h"

struct app {
	struct app *next;
	HLINEAPP handle;
	struct message *first;
	struct message *last;
	unsigned int requests;
	unsigned int readers;
	bool is_dead;
};

struct line {
	struct line *next;
	struct app *app;
	HLINE handle;
	DWORD device;
	DWORD_PTR instance;
	DWORD privileges;
	DWORD media;
};

struct call {
	struct call *next;
	struct line *line;
	HCALL handle;
	struct call *peer;
	DWORD state;
	DWORD privilege;
	DWORD app_specific;
	WCHAR called[40];
	bool is_gone;
};

/**
 * struct fake_state - what there is, and how the functions are to go on
 * @apps: newest first, as are the others
 * @lines: that are open
 * @calls: one for each handle
 * @is_removed: devices that fake_remove() took
 * @is_idle_held: no call becomes IDLE
 * @is_held: who begins, or drops a call, waits
 * @num_held: how many wait so
 * @drops: calls of lineDrop() that dropped something
 * @initialize_error: of the next beginning
 * @drop_error: of the next drop
 * @request_error: of the next lineGetRequest()
 * @call_error: the reply to "wrong"
 * @end_mode: how "ended" ends
 */
struct fake_state {
	struct app *apps;
	struct line *lines;
	struct call *calls;
	bool is_removed[FAKE_DEVICES];
	bool is_idle_held;
	bool is_held;
	unsigned int num_held;
	unsigned int drops;
	LONG initialize_error;
	LONG drop_error;
	LONG request_error;
	LONG call_error;
	DWORD end_mode;
};

/* Used between these two only, as are the functions; the second wakes who waits for a change. */
extern struct fake_state fake;
void fake_enter(void);
void fake_leave(void);

/* Behind all messages that an application has. */
struct message *fake_post(struct app *app, DWORD id, DWORD device, DWORD_PTR instance,
			  DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3);
/* IDLE is the last state of a call: none is told after it. */
void fake_tell_state(struct call *call, DWORD state, DWORD mode, DWORD privilege);
/* The line that calls to a device are offered to, or NULL. */
struct line *fake_owner_of(DWORD device);
/* A new call, whose state is to be told yet; and one that is offered. */
struct call *fake_announce_call(struct line *line, DWORD privilege);
struct call *fake_offer_call(struct line *line);
/* Its calls go with it, and its messages, unless it is buried. */
void fake_end_line(struct line *line, bool is_buried);

#endif /* SUITES_TAPI3_FAKE_INTERNAL_H */
