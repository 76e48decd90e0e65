// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Messages: from the kernel, one at a time, and from the application's own queue.
 *
 * The kernel's queue is the queue: an event is read when somebody wants a message, and its first
 * message goes to him without being stored.  Only what else an event makes, and what the library
 * says by itself, waits in a queue here, which has an eventfd to be waited on.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "calls.h"

/* How many other messages may come before a new call's state: more are not looked through. */
#define ANNOUNCED_OTHERS	64

/* The eventfd is readable while messages wait, or when the application is dead. */
static void wake_set(struct app *app)
{
	const uint64_t one = 1;

	/* It cannot fail: the counter is 0, or 1 when the application dies. */
	if (write(app->wake, &one, sizeof(one)) < 0)
		return;
}

static void wake_clear(struct app *app)
{
	uint64_t count;

	if (read(app->wake, &count, sizeof(count)) < 0)
		return;
}

struct message *message_new(struct app *app)
{
	struct message *message = app->direct;

	if (message) {
		app->direct = NULL;
		return message;
	}

	message = malloc(sizeof(*message));
	if (!message) {
		app->lost++;
		return NULL;
	}
	message->next = NULL;
	if (app->first) {
		app->last->next = message;
	} else {
		app->first = message;
		wake_set(app);
	}
	app->last = message;
	return message;
}

bool message_queue(struct app *app, const struct message *message)
{
	struct message *copy = message_new(app);

	if (copy)
		*copy = *message;
	return copy;
}

void messages_purge(struct app *app, DWORD line, DWORD call)
{
	struct message *message, *kept = NULL, **at = &app->first;

	if (!app->first)
		return;
	while ((message = *at)) {
		if (message->line == line && (!call || message->call == call)) {
			*at = message->next;
			free(message);
		} else {
			kept = message;
			at = &message->next;
		}
	}
	app->last = kept;
	if (!app->first)
		wake_clear(app);
}

void messages_end(struct app *app)
{
	struct message *message;

	while ((message = app->first)) {
		app->first = message->next;
		free(message);
	}
	app->last = NULL;
	atomic_store(&app->object.is_dead, true);
	wake_set(app);
}

/* Take what stands at @at, behind @before, out of the queue. */
static void message_unqueue(struct app *app, struct message **at, struct message *before,
			    struct message *message)
{
	struct message *taken = *at;

	*at = taken->next;
	if (app->last == taken)
		app->last = before;
	if (!app->first)
		wake_clear(app);
	*message = *taken;
	free(taken);
}

static bool message_pop(struct app *app, struct message *message)
{
	if (!app->first)
		return false;
	message_unqueue(app, &app->first, NULL, message);
	if (message->body.dwMessageID == LINE_APPNEWCALL)
		app->announced = message->kernel;
	return true;
}

/* Read until an event says something, or there is none. */
static bool message_read(struct app *app, struct message *message)
{
	struct ndproxy_event event;
	ssize_t length;

	for (;;) {
		length = read(app->fd, &event, sizeof(event));
		if (!length) {
			/* The session has ended: nobody is told anything any more. */
			messages_end(app);
			return false;
		}
		if (length != sizeof(event))
			return false;
		app->direct = message;
		event_translate(app, &event);
		if (!app->direct)
			return true;
		app->direct = NULL;
	}
}

/* The state of a new call, if it was read on the way to another one's. */
static bool message_state_of(struct app *app, DWORD call, struct message *message)
{
	struct message *before = NULL, **at;

	for (at = &app->first; *at; before = *at, at = &before->next) {
		if ((*at)->body.dwMessageID != LINE_CALLSTATE || (*at)->call != call)
			continue;
		message_unqueue(app, at, before, message);
		return true;
	}
	return false;
}

/*
 * LINE_APPNEWCALL was the last message: the call's state, which is in the kernel's queue, comes
 * before all others, also if another thread was told.  What was read on the way to it waits,
 * another new call among it: its state is looked for when it has been told, and no sooner.
 */
static bool message_announced(struct app *app, struct message *message)
{
	struct call *call = call_find(app, app->announced);
	__u32 announced = app->announced;
	struct ndproxy_event event;
	unsigned int others;

	app->announced = 0;
	/* It was given up with its line, and nothing is said of it any more. */
	if (!call)
		return false;
	if (message_state_of(app, call->object.handle, message))
		return true;
	for (others = 0; others < ANNOUNCED_OTHERS; others++) {
		if (read(app->fd, &event, sizeof(event)) != sizeof(event))
			break;
		if (event.type == LINE_CALLSTATE && event.handle == announced) {
			/* What was lost before it is made good before it, and waits. */
			if (event.lost) {
				devices_read(app, true);
				event.lost = 0;
			}
			app->direct = message;
			event_translate(app, &event);
			if (!app->direct)
				return true;
			app->direct = NULL;
			break;
		}
		event_translate(app, &event);
	}
	return false;
}

/* From the queue first: what is there was said before. */
static bool message_take(struct app *app, struct message *message)
{
	if (atomic_load(&app->object.is_dead))
		return false;
	if (app->num_gathers)
		gathers_expire(app);
	if (!(app->announced && message_announced(app, message)) && !message_pop(app, message) &&
	    !message_read(app, message))
		return false;
	if (message->out)
		*message->out = message->made;
	return true;
}

bool message_next(struct app *app, struct message *message)
{
	struct recipient *recipient;
	bool is_there;

	lock_take(&app->lock);
	is_there = message_take(app, message);
	recipient = app->recipient;
	lock_give(&app->lock);
	if (is_there || !recipient)
		return is_there;

	recipient_process(app);
	lock_take(&app->lock);
	is_there = message_take(app, message);
	lock_give(&app->lock);
	return is_there;
}

int message_wait(struct app *app, int timeout_ms)
{
	struct epoll_event event;
	int count = epoll_wait(app->event, &event, 1, timeout_ms);

	return count < 0 ? -1 : 0;
}
