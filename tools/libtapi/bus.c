// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The session's bus, as far as the bus itself answers: nobody waits for another program here.
 *
 * A connection belongs to one object, under that one's lock. A child of fork() closes its copy,
 * or a name would be owned by who knows nothing of it.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "assisted.h"

static uint64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

/* One step towards an answer: 0, or -errno. A signal handler of the program's changes nothing. */
static int bus_step(sd_bus *bus, uint64_t deadline)
{
	uint64_t now;
	int result;

	result = sd_bus_process(bus, NULL);
	if (result < 0 && result != -EINTR)
		return result;
	/* Also who is told without end waits no longer than he wants to. */
	now = now_us();
	if (now >= deadline)
		return -ETIMEDOUT;
	if (result)
		return 0;
	result = sd_bus_wait(bus, deadline - now);
	return result < 0 && result != -EINTR ? result : 0;
}

void bus_be_patient(struct bus *bus)
{
	bus->deadline = now_us() + BUS_PATIENCE_US;
}

int bus_wait(struct bus *bus)
{
	return bus_step(bus->connection, bus->deadline);
}

static int bus_connect(struct bus *bus)
{
	const char *address = secure_getenv("DBUS_SESSION_BUS_ADDRESS");
	int result;

	/* It would fork(), which waits for the lock below. */
	if (address && strstr(address, "unixexec:"))
		return -EOPNOTSUPP;
	descriptors_lock();
	result = sd_bus_open_user(&bus->connection);
	if (result >= 0) {
		bus->fd = sd_bus_get_fd(bus->connection);
		if (bus->fd < 0)
			result = bus->fd;
		else
			result = descriptor_keep(bus->fd) ? 0 : -ENOMEM;
		if (result)
			bus->connection = sd_bus_close_unref(bus->connection);
	}
	descriptors_unlock();
	return result;
}

int bus_open(struct bus *bus)
{
	int result;

	bus->connection = NULL;
	bus_be_patient(bus);
	result = bus_connect(bus);
	while (!result) {
		result = sd_bus_is_ready(bus->connection);
		if (result > 0)
			return 0;
		if (!result)
			result = bus_wait(bus);
	}
	bus_close(bus);
	return result;
}

void bus_close(struct bus *bus)
{
	if (!bus->connection)
		return;
	descriptors_lock();
	/* The number that it had: a connection that broke has closed it. */
	descriptor_forget(bus->fd);
	bus->connection = sd_bus_close_unref(bus->connection);
	descriptors_unlock();
}

static int on_reply(sd_bus_message *message, void *data, sd_bus_error *error)
{
	sd_bus_message **reply = data;

	(void)error;
	*reply = sd_bus_message_ref(message);
	return 1;
}

static int bus_send(struct bus *bus, sd_bus_slot **slot, sd_bus_message_handler_t handler,
		    void *data, const char *member, const char *types, va_list arguments)
{
	sd_bus_message *message = NULL;
	int result;

	result = sd_bus_message_new_method_call(bus->connection, &message, "org.freedesktop.DBus",
						"/org/freedesktop/DBus", "org.freedesktop.DBus",
						member);
	if (result >= 0 && *types)
		result = sd_bus_message_appendv(message, types, arguments);
	if (result >= 0)
		result = sd_bus_call_async(bus->connection, slot, message, handler, data,
					   UINT64_MAX);
	sd_bus_message_unref(message);
	return result < 0 ? result : 0;
}

int bus_ask(struct bus *bus, sd_bus_slot **slot, sd_bus_message_handler_t handler, void *data,
	    const char *member, const char *types, ...)
{
	va_list arguments;
	int result;

	va_start(arguments, types);
	result = bus_send(bus, slot, handler, data, member, types, arguments);
	va_end(arguments);
	return result;
}

int bus_call_within(struct bus *bus, uint64_t patience_us, const char *member,
		    sd_bus_message **reply, const char *types, ...)
{
	uint64_t deadline = now_us() + patience_us;
	sd_bus_message *answer = NULL;
	sd_bus_slot *slot = NULL;
	va_list arguments;
	int result;

	if (deadline > bus->deadline)
		deadline = bus->deadline;
	va_start(arguments, types);
	result = bus_send(bus, &slot, on_reply, &answer, member, types, arguments);
	va_end(arguments);
	while (result >= 0 && !answer)
		result = bus_step(bus->connection, deadline);
	if (result >= 0 && sd_bus_message_is_method_error(answer, NULL))
		result = -sd_bus_message_get_errno(answer);
	sd_bus_slot_unref(slot);
	if (result >= 0 && reply)
		*reply = answer;
	else
		sd_bus_message_unref(answer);
	return result < 0 ? result : 0;
}

int bus_session(struct bus *bus, char id[BUS_ID_SIZE])
{
	sd_bus_message *reply;
	const char *text;
	int result;

	result = bus_call(bus, "GetId", &reply, "");
	if (result)
		return result;
	result = sd_bus_message_read(reply, "s", &text);
	/* It becomes part of a path. */
	if (result >= 0 && (strlen(text) != BUS_ID_SIZE - 1 ||
			    text[strspn(text, "0123456789abcdefABCDEF")]))
		result = -EPROTO;
	if (result >= 0)
		text_copy(id, text);
	sd_bus_message_unref(reply);
	return result < 0 ? result : 0;
}

int bus_has_owner(struct bus *bus, const char *name)
{
	sd_bus_message *reply;
	int has_owner = 0, result;

	result = bus_call(bus, "NameHasOwner", &reply, "s", name);
	if (result)
		return result;
	result = sd_bus_message_read(reply, "b", &has_owner);
	sd_bus_message_unref(reply);
	return result < 0 ? result : has_owner != 0;
}
