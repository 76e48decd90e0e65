// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Events of adapters, exchanges and sessions.
 */
#include <errno.h>
#include <linux/genetlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "internal.h"

/**
 * struct condis_monitor - a socket in the multicast groups
 * @link: the socket, and its buffer
 * @sees_sessions: it is in the sessions' group too
 * @at: the message to be told next, in the buffer
 * @left: bytes from there
 */
struct condis_monitor {
	struct condis_link link;
	bool sees_sessions;
	const struct nlmsghdr *at;
	int left;
};

static int join(struct condis_link *link, uint32_t group)
{
	return mnl_socket_setsockopt(link->socket, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group));
}

struct condis_monitor *condis_monitor_open(void)
{
	struct condis_monitor *monitor = calloc(1, sizeof(*monitor));

	if (!monitor) {
		condis_fail(ENOMEM, "no memory");
		return NULL;
	}
	if (condis_link_open(&monitor->link)) {
		free(monitor);
		return NULL;
	}
	if (join(&monitor->link, monitor->link.groups[0])) {
		condis_fail(errno, "cannot listen to condis: %s", strerror(errno));
		condis_monitor_close(monitor);
		return NULL;
	}
	monitor->sees_sessions = !join(&monitor->link, monitor->link.groups[1]);
	return monitor;
}

void condis_monitor_close(struct condis_monitor *monitor)
{
	if (!monitor)
		return;
	condis_link_close(&monitor->link);
	free(monitor);
}

int condis_monitor_fd(const struct condis_monitor *monitor)
{
	return mnl_socket_get_fd(monitor->link.socket);
}

bool condis_monitor_sees_sessions(const struct condis_monitor *monitor)
{
	return monitor->sees_sessions;
}

static uint32_t event_of(const struct nlmsghdr *header, uint16_t type)
{
	const struct nlattr *attr;

	mnl_attr_for_each(attr, header, sizeof(struct genlmsghdr))
		if (mnl_attr_get_type(attr) == type)
			return mnl_attr_get_u32(attr);
	return CONDIS_EVENT_UNSPEC;
}

static bool parse_notice(const struct nlmsghdr *header, struct condis_notice *notice)
{
	const struct genlmsghdr *generic = mnl_nlmsg_get_payload(header);

	*notice = (struct condis_notice) { .command = generic->cmd };
	switch (generic->cmd) {
	case CONDIS_CMD_ADAPTER_EVENT:
		notice->event = event_of(header, CONDIS_A_ADAPTER_EVENT);
		return !condis_parse_adapter(header, &notice->adapter);
	case CONDIS_CMD_EXCHANGE_EVENT:
		notice->event = event_of(header, CONDIS_A_EXCHANGE_EVENT);
		return !condis_parse_exchange(header, &notice->exchange);
	case CONDIS_CMD_SESSION_EVENT:
		notice->event = event_of(header, CONDIS_A_SESSION_EVENT);
		return !condis_parse_session(header, &notice->session);
	default:
		return false;
	}
}

static int receive(struct condis_monitor *monitor)
{
	ssize_t length = recv(condis_monitor_fd(monitor), monitor->link.buffer,
			      CONDIS_MESSAGE_SIZE, MSG_DONTWAIT);

	if (length < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (length < 0)
		return condis_fail(errno, "%s",
				   errno == ENOBUFS ? "events were lost, they came too fast" :
						      strerror(errno));
	monitor->at = (const void *)monitor->link.buffer;
	monitor->left = (int)length;
	return 1;
}

int condis_monitor_next(struct condis_monitor *monitor, struct condis_notice *notice)
{
	const struct nlmsghdr *header;
	int got;

	for (;;) {
		while (monitor->at && mnl_nlmsg_ok(monitor->at, monitor->left)) {
			header = monitor->at;
			monitor->at = mnl_nlmsg_next(header, &monitor->left);
			if (header->nlmsg_type == monitor->link.family &&
			    parse_notice(header, notice))
				return 1;
		}
		monitor->at = NULL;
		got = receive(monitor);
		if (got <= 0)
			return got;
	}
}
