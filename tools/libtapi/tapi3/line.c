// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Lines: what RegisterCallNotifications() opens, and what each outgoing call is made on.
 *
 * An outgoing call has a line of its own, without privileges: lines are cheap, and closing it takes
 * back whatever was asked for the call.
 */
#include <stdlib.h>

#include "../privileges.h"
#include "internal.h"

/* What a registered line is to say of itself. */
#define LINE_STATES (LINEDEVSTATE_INSERVICE | LINEDEVSTATE_OUTOFSERVICE | LINEDEVSTATE_RINGING | \
		     LINEDEVSTATE_CAPSCHANGE | LINEDEVSTATE_CONFIGCHANGE | \
		     LINEDEVSTATE_MSGWAITON | LINEDEVSTATE_MSGWAITOFF)

/* Numbers of lines, also the cookies of registrations: none comes again soon. */
static atomic_uint last_number;

static LONG new_number(void)
{
	LONG number;

	do {
		number = (atomic_fetch_add(&last_number, 1) + 1) & INT32_MAX;
	} while (!number);
	return number;
}

struct line *t3_line_find(struct session *session, LONG number)
{
	struct line *line = session->lines;

	while (line && line->number != number)
		line = line->next;
	return line;
}

static void link_line(struct session *session, struct line *line)
{
	line->next = session->lines;
	if (line->next)
		line->next->previous = line;
	session->lines = line;
}

void t3_line_put(struct session *session, struct line *line)
{
	HLINE handle = 0;
	bool is_last;

	pthread_mutex_lock(&session->lock);
	is_last = !--line->refs;
	if (is_last && !session->is_orphan) {
		if (line->next)
			line->next->previous = line->previous;
		if (line->previous)
			line->previous->next = line->next;
		else
			session->lines = line->next;
		if (!session->is_over)
			handle = line->handle;
	}
	pthread_mutex_unlock(&session->lock);
	if (!is_last)
		return;
	if (handle)
		lineClose(handle);
	free(line);
}

HRESULT t3_line_open(struct address *address, DWORD privileges, DWORD media, LONG instance,
		     struct line **out)
{
	struct session *session = address->session;
	LINECALLPARAMS parameters = {
		.dwTotalSize = sizeof(parameters),
		.dwAddressMode = LINEADDRESSMODE_ADDRESSID,
		.dwAddressID = address->number,
	};
	bool is_single = privileges != LINECALLPRIVILEGE_NONE && address->num_addresses > 1;
	struct line *line = calloc(1, sizeof(*line));
	LONG error;

	if (!line)
		return E_OUTOFMEMORY;
	line->number = new_number();
	line->refs = 1;
	line->instance = instance;
	line->device = address->device;
	line->address = address->number;
	line->is_registered = privileges != LINECALLPRIVILEGE_NONE;
	/* Linked first: its messages may come before lineOpen() has returned. */
	pthread_mutex_lock(&session->lock);
	link_line(session, line);
	pthread_mutex_unlock(&session->lock);
	error = lineOpenW(session->app, address->device, &line->opened, address->version, 0,
			  line->number,
			  is_single ? privileges | LINEOPENOPTION_SINGLEADDRESS : privileges, media,
			  is_single ? &parameters : NULL);
	if (error) {
		t3_line_put(session, line);
		return t3_failure(error);
	}
	pthread_mutex_lock(&session->lock);
	if (!line->is_closed)
		line->handle = line->opened;
	pthread_mutex_unlock(&session->lock);
	*out = line;
	return S_OK;
}

HRESULT t3_register(struct session *session, struct address *address, DWORD privileges,
		    DWORD media, LONG instance, LONG *cookie)
{
	struct line *line;
	HRESULT result;
	LONG number;
	HLINE handle;

	result = t3_line_open(address, privileges, media, instance, &line);
	if (FAILED(result))
		return result;
	pthread_mutex_lock(&session->lock);
	handle = line->handle;
	number = line->number;
	pthread_mutex_unlock(&session->lock);
	/* Nice to know, and nothing that a registration is refused for. */
	if (handle)
		lineSetStatusMessages(handle, LINE_STATES, 0);
	*cookie = number;
	return S_OK;
}

/*
 * No new call comes from now on. Those that came have the line, and it is closed with the last of
 * them: closing it now would cut them off. While it is open it must not be given calls that would
 * have gone to another program.
 */
HRESULT t3_unregister(struct session *session, LONG cookie)
{
	struct line *line;
	HLINE handle = 0;

	pthread_mutex_lock(&session->lock);
	line = t3_line_find(session, cookie);
	if (line && line->is_registered)
		line->is_registered = false;
	else
		line = NULL;
	if (line && line->refs > 1)
		handle = line->handle;
	pthread_mutex_unlock(&session->lock);
	if (!line)
		return E_INVALIDARG;
	/* If it cannot be done the registration is gone all the same, and what comes dropped. */
	if (handle) {
		(void)line_renounce(handle);
		lineSetStatusMessages(handle, 0, 0);
	}
	t3_line_put(session, line);
	return S_OK;
}
