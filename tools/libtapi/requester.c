// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * tapiRequestMakeCall(): a call for who has no business with telephony otherwise.
 *
 * The request waits in the spool, and the recipient is told by a message that it need not
 * answer: 0 means that it waits, never that anybody has seen it. If there is no recipient, the bus
 * starts the one that is installed for the name (a D-Bus service file); if there is none of those
 * either, nothing waits.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "assisted.h"

/*
 * A recipient that is no program says so at once; one that takes longer than this to register will
 * find the request when it does.
 */
#define START_PATIENCE_US (3 * 1000 * 1000ULL)

/* What a service file is installed for can be started. */
static bool can_be_started(struct bus *bus)
{
	sd_bus_message *reply;
	bool is_found = false;
	const char *name;

	if (bus_call(bus, "ListActivatableNames", &reply, ""))
		return false;
	if (sd_bus_message_enter_container(reply, 'a', "s") >= 0)
		while (!is_found && sd_bus_message_read(reply, "s", &name) > 0)
			is_found = !strcmp(name, BUS_NAME);
	sd_bus_message_unref(reply);
	return is_found;
}

static int tell_recipient(struct bus *bus, const char *request)
{
	sd_bus_message *message = NULL;
	int result;

	result = sd_bus_message_new_method_call(bus->connection, &message, BUS_NAME, BUS_PATH,
						BUS_INTERFACE, "RequestWaits");
	if (result >= 0)
		result = sd_bus_message_append(message, "s", request);
	if (result >= 0)
		result = sd_bus_message_set_expect_reply(message, false);
	/* Who comes later finds the request without being told. */
	if (result >= 0)
		result = sd_bus_message_set_auto_start(message, false);
	if (result >= 0)
		result = sd_bus_send(bus->connection, message, NULL);
	/* A signal handler of the program's is no refusal. */
	if (result >= 0)
		do
			result = sd_bus_flush(bus->connection);
		while (result == -EINTR);
	sd_bus_message_unref(message);
	return result;
}

static LONG request_in(struct bus *bus, int spool, const struct spool_request *request)
{
	char name[SPOOL_NAME_SIZE];
	bool is_started = false;
	int result;

	if (bus_has_owner(bus, BUS_NAME) <= 0) {
		if (!can_be_started(bus))
			return TAPIERR_NOREQUESTRECIPIENT;
		is_started = true;
	}
	/* Before it is started: it may come and go while this one is not looking. */
	if (spool_put(spool, request, name))
		return TAPIERR_REQUESTQUEUEFULL;
	if (is_started) {
		result = bus_call_within(bus, START_PATIENCE_US, "StartServiceByName", NULL, "su",
					 BUS_NAME, 0);
		/* Unless somebody else came, and has it. */
		if (result && result != -ETIMEDOUT && spool_remove(spool, name))
			return TAPIERR_NOREQUESTRECIPIENT;
	}
	/* What nobody is told of would wait for the next request, or in a session that is over. */
	if (tell_recipient(bus, name) < 0 && spool_remove(spool, name))
		return TAPIERR_REQUESTFAILED;
	return 0;
}

static LONG request_call(const struct spool_request *request)
{
	char session[BUS_ID_SIZE];
	struct bus bus;
	LONG result;
	int spool;

	/* No bus, no recipient. */
	if (bus_open(&bus))
		return TAPIERR_NOREQUESTRECIPIENT;
	if (bus_session(&bus, session)) {
		result = TAPIERR_NOREQUESTRECIPIENT;
	} else {
		spool = spool_open(session);
		result = spool < 0 ? TAPIERR_REQUESTQUEUEFULL :
				     request_in(&bus, spool, request);
		if (spool >= 0)
			close(spool);
	}
	bus_close(&bus);
	return result;
}

TAPI_EXPORT LONG tapiRequestMakeCallA(LPCSTR address, LPCSTR application, LPCSTR party,
				      LPCSTR comment)
{
	struct spool_request request;

	if (!address)
		return TAPIERR_INVALPOINTER;
	if (!*address || strlen(address) >= TAPIMAXDESTADDRESSSIZE)
		return TAPIERR_INVALDESTADDRESS;
	text_copy(request.address, address);
	text_truncate(request.application, application ? application : "", TAPIMAXAPPNAMESIZE);
	text_truncate(request.party, party ? party : "", TAPIMAXCALLEDPARTYSIZE);
	text_truncate(request.comment, comment ? comment : "", TAPIMAXCOMMENTSIZE);
	return request_call(&request);
}

/* Up to @units with the end, as UTF-8; nothing of what is no UTF-16. */
static LONG narrow(char *out, size_t room, LPCWSTR text, size_t units)
{
	WCHAR part[TAPIMAXDESTADDRESSSIZE];
	size_t length = 0;
	char *converted;

	*out = '\0';
	for (; text && text[length] && length + 1 < units; length++)
		part[length] = text[length];
	/* Half a pair is no character. */
	if (length && part[length - 1] >= 0xd800 && part[length - 1] < 0xdc00)
		length--;
	part[length] = 0;
	converted = text_from_wide(part);
	if (!converted)
		return errno == EILSEQ ? 0 : TAPIERR_REQUESTFAILED;
	text_truncate(out, converted, room);
	free(converted);
	return 0;
}

TAPI_EXPORT LONG tapiRequestMakeCallW(LPCWSTR address, LPCWSTR application, LPCWSTR party,
				      LPCWSTR comment)
{
	struct spool_request request;
	size_t length = 0;
	LONG result;

	if (!address)
		return TAPIERR_INVALPOINTER;
	while (length < TAPIMAXDESTADDRESSSIZE && address[length])
		length++;
	if (length == TAPIMAXDESTADDRESSSIZE)
		return TAPIERR_INVALDESTADDRESS;
	result = narrow(request.address, sizeof(request.address), address, TAPIMAXDESTADDRESSSIZE);
	if (!result && !request.address[0])
		return TAPIERR_INVALDESTADDRESS;
	if (!result)
		result = narrow(request.application, sizeof(request.application), application,
				TAPIMAXAPPNAMESIZE);
	if (!result)
		result = narrow(request.party, sizeof(request.party), party,
				TAPIMAXCALLEDPARTYSIZE);
	if (!result)
		result = narrow(request.comment, sizeof(request.comment), comment,
				TAPIMAXCOMMENTSIZE);
	return result ? result : request_call(&request);
}

TAPI_EXPORT LONG tapiRequestMakeCall(LPCSTR address, LPCSTR application, LPCSTR party,
				     LPCSTR comment)
{
	return tapiRequestMakeCallA(address, application, party, comment);
}

void recipients_reconsider(void)
{
	struct bus bus;

	/* Who hears nothing of it looks into the file when the name has another owner. */
	if (bus_open(&bus))
		return;
	if (sd_bus_emit_signal(bus.connection, BUS_PATH, BUS_INTERFACE, "PrioritiesChanged",
			       "") >= 0)
		sd_bus_flush(bus.connection);
	bus_close(&bus);
}

/*
 * These two are published as obsolete, and as always failing.
 */

TAPI_EXPORT LONG tapiRequestMediaCallA(HWND window, WPARAM request, LPCSTR device_class,
				       LPCSTR device, DWORD size, DWORD is_secure, LPCSTR address,
				       LPCSTR application, LPCSTR party, LPCSTR comment)
{
	(void)window;
	(void)request;
	(void)device_class;
	(void)device;
	(void)size;
	(void)is_secure;
	(void)address;
	(void)application;
	(void)party;
	(void)comment;
	return TAPIERR_REQUESTFAILED;
}

TAPI_EXPORT LONG tapiRequestMediaCallW(HWND window, WPARAM request, LPCWSTR device_class,
				       LPCWSTR device, DWORD size, DWORD is_secure,
				       LPCWSTR address, LPCWSTR application, LPCWSTR party,
				       LPCWSTR comment)
{
	(void)window;
	(void)request;
	(void)device_class;
	(void)device;
	(void)size;
	(void)is_secure;
	(void)address;
	(void)application;
	(void)party;
	(void)comment;
	return TAPIERR_REQUESTFAILED;
}

TAPI_EXPORT LONG tapiRequestMediaCall(HWND window, WPARAM request, LPCSTR device_class,
				      LPCSTR device, DWORD size, DWORD is_secure, LPCSTR address,
				      LPCSTR application, LPCSTR party, LPCSTR comment)
{
	return tapiRequestMediaCallA(window, request, device_class, device, size, is_secure,
				     address, application, party, comment);
}

TAPI_EXPORT LONG tapiRequestDrop(HWND window, WPARAM request)
{
	(void)window;
	(void)request;
	return TAPIERR_REQUESTFAILED;
}
