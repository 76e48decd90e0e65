// SPDX-License-Identifier: GPL-2.0
/*
 * The lines without a kernel: what a test has them do, and what it asks of them.
 */
#include "fake_internal.h"

struct fake_counts fake_counts(void)
{
	struct fake_counts counts = { 0 };
	struct app *app;
	struct line *line;
	struct call *call;

	fake_enter();
	for (app = fake.apps; app; app = app->next)
		counts.apps++;
	for (line = fake.lines; line; line = line->next)
		counts.lines++;
	for (call = fake.calls; call; call = call->next)
		counts.calls++;
	fake_leave();
	return counts;
}

void fake_hold_idle(bool is_held)
{
	fake_enter();
	fake.is_idle_held = is_held;
	fake_leave();
}

void fake_hold(bool is_wanted)
{
	fake_enter();
	fake.is_held = is_wanted;
	fake_leave();
}

unsigned int fake_held(void)
{
	unsigned int count;

	fake_enter();
	count = fake.num_held;
	fake_leave();
	return count;
}

void fake_fail_initialize(LONG error)
{
	fake_enter();
	fake.initialize_error = error;
	fake_leave();
}

void fake_fail_drop(LONG error)
{
	fake_enter();
	fake.drop_error = error;
	fake_leave();
}

unsigned int fake_drops(void)
{
	unsigned int count;

	fake_enter();
	count = fake.drops;
	fake_leave();
	return count;
}

static void close_lines(DWORD device, bool is_buried)
{
	struct line *line, *next;

	fake_enter();
	for (line = fake.lines; line; line = next) {
		struct app *app = line->app;
		HLINE handle = line->handle;
		DWORD_PTR instance = line->instance;

		next = line->next;
		if (line->device != device)
			continue;
		fake_end_line(line, is_buried);
		fake_post(app, LINE_CLOSE, handle, instance, 0, 0, 0);
	}
	fake_leave();
}

void fake_close_lines(DWORD device)
{
	close_lines(device, false);
}

void fake_bury_lines(DWORD device)
{
	close_lines(device, true);
}

/* To all that have begun. */
static void tell_all(DWORD id, DWORD_PTR p1)
{
	struct app *app;

	for (app = fake.apps; app; app = app->next)
		fake_post(app, id, 0, 0, p1, 0, 0);
}

void fake_line_state(DWORD device, DWORD state)
{
	struct line *line;

	fake_enter();
	for (line = fake.lines; line; line = line->next)
		if (line->device == device)
			fake_post(line->app, LINE_LINEDEVSTATE, line->handle, line->instance,
				  state, 0, 0);
	fake_leave();
}

void fake_remove(DWORD device)
{
	fake_close_lines(device);
	fake_enter();
	fake.is_removed[device] = true;
	tell_all(LINE_REMOVE, device);
	fake_leave();
}

void fake_create(DWORD device)
{
	fake_enter();
	fake.is_removed[device] = false;
	tell_all(LINE_CREATE, device);
	fake_leave();
}

void fake_reinit(void)
{
	fake_enter();
	tell_all(LINE_LINEDEVSTATE, LINEDEVSTATE_REINIT);
	fake_leave();
}

void fake_request(unsigned int count)
{
	struct app *app;

	fake_enter();
	for (app = fake.apps; app; app = app->next)
		app->requests = count;
	tell_all(LINE_REQUEST, LINEREQUESTMODE_MAKECALL);
	fake_leave();
}

void fake_fail_request(LONG error)
{
	fake_enter();
	fake.request_error = error;
	fake_leave();
}

void fake_ring(DWORD device)
{
	struct line *owner;

	fake_enter();
	owner = fake_owner_of(device);
	if (owner)
		fake_offer_call(owner);
	fake_leave();
}

void fake_announce(DWORD device)
{
	struct line *owner;

	fake_enter();
	owner = fake_owner_of(device);
	if (owner)
		fake_announce_call(owner, LINECALLPRIVILEGE_OWNER);
	fake_leave();
}

void fake_show(DWORD device)
{
	struct line *line;

	fake_enter();
	line = fake.lines;
	while (line && (line->device != device || !(line->privileges & LINECALLPRIVILEGE_MONITOR)))
		line = line->next;
	if (line)
		fake_tell_state(fake_announce_call(line, LINECALLPRIVILEGE_MONITOR),
				LINECALLSTATE_CONNECTED, 1, LINECALLPRIVILEGE_MONITOR);
	fake_leave();
}

void fake_end_calls(DWORD mode)
{
	fake_enter();
	fake.end_mode = mode;
	fake_leave();
}

void fake_fail_calls(LONG error)
{
	fake_enter();
	fake.call_error = error;
	fake_leave();
}

void fake_hang_up(DWORD device)
{
	struct call *call;

	fake_enter();
	call = fake.calls;
	while (call && call->line->device != device)
		call = call->next;
	if (call)
		fake_tell_state(call, LINECALLSTATE_DISCONNECTED, LINEDISCONNECTMODE_NORMAL, 0);
	fake_leave();
}
