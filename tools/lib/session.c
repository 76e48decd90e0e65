// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Sessions: the file /dev/ndproxy, its commands and its events.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "internal.h"

#define DEVICE "/dev/ndproxy"

static const char *why_not(int error)
{
	switch (error) {
	case ENOENT:
	case ENXIO:
	case ENODEV:
		return "there is none; load it with: modprobe ndproxy";
	case EACCES:
	case EPERM:
		return "not permitted; be in the group dialout, or root";
	default:
		return strerror(error);
	}
}

/* What this was written for, or later: that has the same, and more. */
static int check_version(struct condis_session *session)
{
	struct ndproxy_version version;

	if (condis_session_version(session, &version))
		return -1;
	if (version.abi >= NDPROXY_ABI && version.event_size == sizeof(struct ndproxy_event))
		return 0;
	return condis_fail(EPROTO,
			   "ndproxy is of version %u (events of %u bytes): load that of %u (%zu)",
			   version.abi, version.event_size, NDPROXY_ABI,
			   sizeof(struct ndproxy_event));
}

struct condis_session *condis_session_open(const char *path)
{
	struct condis_session *session = calloc(1, sizeof(*session));

	if (!session) {
		condis_fail(ENOMEM, "no memory");
		return NULL;
	}
	session->fd = open(path ? path : DEVICE, O_RDWR | O_CLOEXEC | O_NONBLOCK);
	if (session->fd < 0) {
		condis_fail(errno, "cannot open %s: %s", path ? path : DEVICE, why_not(errno));
		free(session);
		return NULL;
	}
	if (check_version(session)) {
		int error = errno;

		condis_session_close(session);
		errno = error;
		return NULL;
	}
	return session;
}

void condis_session_close(struct condis_session *session)
{
	if (!session)
		return;
	close(session->fd);
	free(session);
}

int condis_session_fd(const struct condis_session *session)
{
	return session->fd;
}

/* What the documents of the ABI say of an errno, in one line for a person. */
static const char *meaning(int error)
{
	switch (error) {
	case EBADF:
		return "no such handle in this session, or no longer";
	case ENODEV:
		return "the adapter is gone; condisctl adapter list shows those that are there";
	case EAGAIN:
		return "the adapter is not ready yet; try again";
	case ESTALE:
		return "the adapter's lines changed since the session began; begin a new one";
	case ENXIO:
		return "no such line or address; condisctl line list shows them";
	case EPERM:
		return "only an owner of the call may do that";
	case EBADFD:
		return "the call's state does not allow it";
	case EDQUOT:
		return "a limit of the session is reached; close something first";
	case ESHUTDOWN:
		return "the session is shut down";
	case EBUSY:
		return "it is in use";
	case ENETDOWN:
		return "the line is out of service";
	case ENOTCONN:
		return "the call is not connected";
	default:
		return strerror(error);
	}
}

int condis_session_ioctl(struct condis_session *session, unsigned long command, void *argument,
			 const char *doing)
{
	struct ndproxy_extended_error extended = { 0 };
	int error;

	if (ioctl(session->fd, command, argument) >= 0)
		return 0;
	error = errno;
	/* Not if another command has failed since, in another thread. */
	if (!ioctl(session->fd, NDPROXY_GET_EXTENDED_ERROR, &extended) &&
	    extended.command == (uint32_t)command && extended.error == (uint32_t)error &&
	    extended.field[0])
		return condis_fail(error, "%s: %.32s (%llu): %s", doing, extended.field,
				   (unsigned long long)extended.value, meaning(error));
	return condis_fail(error, "%s: %s", doing, meaning(error));
}

int condis_session_version(struct condis_session *session, struct ndproxy_version *version)
{
	memset(version, 0, sizeof(*version));
	return condis_session_ioctl(session, NDPROXY_GET_VERSION, version, "get version");
}

int condis_session_limits(struct condis_session *session, struct ndproxy_limits *limits)
{
	memset(limits, 0, sizeof(*limits));
	return condis_session_ioctl(session, NDPROXY_GET_LIMITS, limits, "get limits");
}

/* A name that is too long has no end in its member, and is refused for it. */
void condis_copy_name(char *to, const char *name)
{
	size_t length = strlen(name);

	memset(to, 0, NDPROXY_APP_NAME_SIZE);
	memcpy(to, name, length < NDPROXY_APP_NAME_SIZE ? length : NDPROXY_APP_NAME_SIZE);
}

int condis_session_set_name(struct condis_session *session, const char *name)
{
	struct ndproxy_name set;

	condis_copy_name(set.name, name);
	return condis_session_ioctl(session, NDPROXY_SET_NAME, &set, "set the session's name");
}

int condis_session_set_priority(struct condis_session *session, const char *name,
				uint32_t media_modes, uint32_t priority)
{
	struct ndproxy_priority set = { .media_modes = media_modes, .priority = priority };

	if (name)
		condis_copy_name(set.name, name);
	return condis_session_ioctl(session, NDPROXY_SET_PRIORITY, &set, "set the priority");
}

int condis_session_shutdown(struct condis_session *session)
{
	return condis_session_ioctl(session, NDPROXY_SHUTDOWN, NULL, "shut down the session");
}

static long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* Read what is there: 1, 0 if nothing is or the session is over, -1. */
static int read_events(struct condis_session *session)
{
	ssize_t length = read(session->fd, session->events, sizeof(session->events));

	if (length < 0 && errno == EAGAIN)
		return 0;
	if (length < 0)
		return condis_fail(errno, "read events: %s", meaning(errno));
	session->next = 0;
	session->length = (size_t)length / sizeof(session->events[0]);
	return session->length > 0;
}

int condis_session_next(struct condis_session *session, struct ndproxy_event *event,
			int timeout_ms)
{
	struct pollfd poll_fd = { .fd = session->fd, .events = POLLIN };
	long long end = now_ms() + timeout_ms;
	long long left = timeout_ms;
	int got;

	while (session->next == session->length) {
		got = read_events(session);
		if (got < 0)
			return -1;
		if (got)
			break;
		if (poll_fd.revents & POLLHUP)
			return 0;
		if (timeout_ms >= 0) {
			left = end - now_ms();
			if (left < 0)
				return 0;
		}
		if (poll(&poll_fd, 1, (int)left) < 0)
			return condis_fail(errno, "wait for events: %s", strerror(errno));
	}
	*event = session->events[session->next++];
	return 1;
}
