// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Completion ports: a thread that writes each message to a descriptor of the application's.
 *
 * The descriptor is a pipe or a socket, which others may write to as well.  It is duplicated, so
 * that an application that closes it too early meets an error of its own making only.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"

/**
 * struct port - an application's completion port
 * @app: whose it is; it ends the thread before it goes
 * @thread: that writes
 * @descriptor: where to, for us alone
 * @stop: eventfd: leave
 * @is_socket: it is written by send()
 * @is_shared: its flags are the application's as well: a write may wait
 * @key: dwCompletionKey
 */
struct port {
	struct app *app;
	pthread_t thread;
	int descriptor;
	int stop;
	bool is_socket;
	bool is_shared;
	ULONG_PTR key;
};

/*
 * A pipe is opened once more, so that our writes do not wait and the application's own do as it
 * likes; a socket cannot be, and need not: send() is told each time.
 */
static int port_open(struct port *port, int descriptor)
{
	int flags = fcntl(descriptor, F_GETFL);
	struct stat stat;
	char path[32];
	int fd = -1;

	if (flags < 0 || fstat(descriptor, &stat))
		return -1;
	port->is_socket = S_ISSOCK(stat.st_mode);
	if ((flags & O_ACCMODE) == O_RDONLY || (!port->is_socket && !S_ISFIFO(stat.st_mode))) {
		errno = EINVAL;
		return -1;
	}

	descriptors_lock();
	if (!port->is_socket) {
		snprintf(path, sizeof(path), "/proc/self/fd/%d", descriptor);
		fd = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
	}
	/* No /proc, or a pipe that somebody else made. */
	port->is_shared = fd < 0 && !port->is_socket && !(flags & O_NONBLOCK);
	if (fd < 0)
		fd = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
	fd = descriptor_add(fd);
	descriptors_unlock();
	return fd;
}

static ssize_t port_try(struct port *port, const void *data, size_t length)
{
	if (port->is_socket)
		return send(port->descriptor, data, length, MSG_DONTWAIT | MSG_NOSIGNAL);
	return write(port->descriptor, data, length);
}

/* Wait for room. False: the application ends. */
static bool port_wait(struct port *port)
{
	struct pollfd polled[] = {
		{ .fd = port->descriptor, .events = POLLOUT },
		{ .fd = port->stop, .events = POLLIN },
	};

	while (poll(polled, 2, -1) < 0 && errno == EINTR)
		;
	return !(polled[1].revents & POLLIN);
}

/* Whole, or not at all: false if nobody reads there, or the application ends. */
static bool port_write(struct port *port, const void *data, size_t length)
{
	const char *at = data;
	ssize_t written;

	while (length) {
		if (port->is_shared && !port_wait(port))
			return false;
		written = port_try(port, at, length);
		if (written > 0) {
			at += written;
			length -= written;
		} else if (written < 0 && errno == EINTR) {
			continue;
		} else if (written < 0 && errno == EAGAIN) {
			if (!port_wait(port))
				return false;
		} else {
			return false;
		}
	}
	return true;
}

static void port_post(struct port *port, const LINEMESSAGE *body)
{
	struct tapi_completion completion = { .key = port->key };

	completion.message = malloc(sizeof(*completion.message));
	if (!completion.message) {
		lock_take(&port->app->lock);
		port->app->lost++;
		lock_give(&port->app->lock);
		return;
	}
	*completion.message = *body;
	if (!port_write(port, &completion, sizeof(completion)))
		free(completion.message);
}

static void *port_run(void *argument)
{
	struct port *port = argument;
	struct app *app = port->app;
	struct message message;

	while (!atomic_load(&app->object.is_dead)) {
		if (message_next(app, &message))
			port_post(port, &message.body);
		else if (message_wait(app, -1) && errno != EINTR)
			break;
	}
	return NULL;
}

struct port *port_start(struct app *app, int descriptor, ULONG_PTR key)
{
	struct port *port = malloc(sizeof(*port));
	sigset_t all, before;
	int err;

	if (!port)
		return NULL;
	port->app = app;
	port->key = key;
	port->descriptor = port_open(port, descriptor);
	if (port->descriptor < 0)
		goto free_port;
	descriptors_lock();
	port->stop = descriptor_add(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
	descriptors_unlock();
	if (port->stop < 0)
		goto close_descriptor;

	/* The application's signals are its own threads', and SIGPIPE nobody's. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	err = pthread_create(&port->thread, NULL, port_run, port);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (!err)
		return port;

	errno = err;
	descriptor_close(port->stop);
close_descriptor:
	descriptor_close(port->descriptor);
free_port:
	free(port);
	return NULL;
}

void port_stop(struct port *port)
{
	const uint64_t one = 1;

	/* It may wait for a reader that never comes. */
	if (write(port->stop, &one, sizeof(one)) == sizeof(one))
		pthread_join(port->thread, NULL);
	descriptor_close(port->stop);
	descriptor_close(port->descriptor);
	free(port);
}
