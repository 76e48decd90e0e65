// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Names of numbers, for people and scripts.
 */
#include <string.h>

#include "internal.h"

struct name {
	uint32_t number;
	const char *name;
};

static const char *find_name(const struct name *names, size_t length, uint32_t number)
{
	size_t i;

	for (i = 0; i < length; i++)
		if (names[i].number == number)
			return names[i].name;
	return NULL;
}

const char *condis_cause_name(uint32_t cause)
{
	static const struct name names[] = {
		{ Q850_NONE, "none" },
		{ Q850_UNALLOCATED_NUMBER, "unallocated number" },
		{ Q850_NO_ROUTE_TO_DESTINATION, "no route to destination" },
		{ Q850_NORMAL_CLEARING, "normal call clearing" },
		{ Q850_USER_BUSY, "user busy" },
		{ Q850_NO_USER_RESPONDING, "no user responding" },
		{ Q850_NO_ANSWER, "no answer from user" },
		{ Q850_CALL_REJECTED, "call rejected" },
		{ Q850_NUMBER_CHANGED, "number changed" },
		{ Q850_DESTINATION_OUT_OF_ORDER, "destination out of order" },
		{ Q850_INVALID_NUMBER_FORMAT, "invalid number format" },
		{ Q850_NORMAL_UNSPECIFIED, "normal, unspecified" },
		{ Q850_NO_CIRCUIT_AVAILABLE, "no circuit available" },
		{ Q850_NETWORK_OUT_OF_ORDER, "network out of order" },
		{ Q850_TEMPORARY_FAILURE, "temporary failure" },
		{ Q850_SWITCHING_CONGESTION, "switching equipment congestion" },
		{ Q850_RESOURCE_UNAVAILABLE, "resource unavailable" },
		{ Q850_BEARER_NOT_AVAILABLE, "bearer capability not available" },
		{ Q850_SERVICE_UNAVAILABLE, "service not available" },
		{ Q850_BEARER_NOT_IMPLEMENTED, "bearer capability not implemented" },
		{ Q850_INVALID_CALL_REFERENCE, "invalid call reference" },
		{ Q850_INCOMPATIBLE_DESTINATION, "incompatible destination" },
		{ Q850_RECOVERY_ON_TIMER_EXPIRY, "recovery on timer expiry" },
		{ Q850_PROTOCOL_ERROR, "protocol error" },
		{ Q850_INTERWORKING, "interworking" },
	};

	return find_name(names, ARRAY_SIZE(names), cause);
}

const char *condis_call_state_name(uint32_t state)
{
	static const struct name names[] = {
		{ LINECALLSTATE_IDLE, "idle" },
		{ LINECALLSTATE_OFFERING, "offering" },
		{ LINECALLSTATE_ACCEPTED, "accepted" },
		{ LINECALLSTATE_DIALTONE, "dialtone" },
		{ LINECALLSTATE_DIALING, "dialing" },
		{ LINECALLSTATE_RINGBACK, "ringback" },
		{ LINECALLSTATE_BUSY, "busy" },
		{ LINECALLSTATE_SPECIALINFO, "specialinfo" },
		{ LINECALLSTATE_CONNECTED, "connected" },
		{ LINECALLSTATE_PROCEEDING, "proceeding" },
		{ LINECALLSTATE_ONHOLD, "onhold" },
		{ LINECALLSTATE_DISCONNECTED, "disconnected" },
		{ LINECALLSTATE_UNKNOWN, "unknown" },
	};

	return find_name(names, ARRAY_SIZE(names), state);
}

const char *condis_disconnect_mode_name(uint32_t mode)
{
	static const struct name names[] = {
		{ LINEDISCONNECTMODE_NORMAL, "normal" },
		{ LINEDISCONNECTMODE_UNKNOWN, "unknown" },
		{ LINEDISCONNECTMODE_REJECT, "reject" },
		{ LINEDISCONNECTMODE_PICKUP, "pickup" },
		{ LINEDISCONNECTMODE_FORWARDED, "forwarded" },
		{ LINEDISCONNECTMODE_BUSY, "busy" },
		{ LINEDISCONNECTMODE_NOANSWER, "noanswer" },
		{ LINEDISCONNECTMODE_BADADDRESS, "badaddress" },
		{ LINEDISCONNECTMODE_UNREACHABLE, "unreachable" },
		{ LINEDISCONNECTMODE_CONGESTION, "congestion" },
		{ LINEDISCONNECTMODE_INCOMPATIBLE, "incompatible" },
		{ LINEDISCONNECTMODE_UNAVAIL, "unavail" },
		{ LINEDISCONNECTMODE_NODIALTONE, "nodialtone" },
		{ LINEDISCONNECTMODE_NUMBERCHANGED, "numberchanged" },
		{ LINEDISCONNECTMODE_OUTOFORDER, "outoforder" },
		{ LINEDISCONNECTMODE_TEMPFAILURE, "tempfailure" },
		{ LINEDISCONNECTMODE_QOSUNAVAIL, "qosunavail" },
		{ LINEDISCONNECTMODE_BLOCKED, "blocked" },
		{ LINEDISCONNECTMODE_DONOTDISTURB, "donotdisturb" },
		{ LINEDISCONNECTMODE_CANCELLED, "cancelled" },
	};

	return find_name(names, ARRAY_SIZE(names), mode);
}

const char *condis_line_state_name(uint32_t state)
{
	static const struct name names[] = {
		{ LINEDEVSTATE_OTHER, "other" },
		{ LINEDEVSTATE_RINGING, "ringing" },
		{ LINEDEVSTATE_CONNECTED, "connected" },
		{ LINEDEVSTATE_DISCONNECTED, "disconnected" },
		{ LINEDEVSTATE_INSERVICE, "inservice" },
		{ LINEDEVSTATE_OUTOFSERVICE, "outofservice" },
		{ LINEDEVSTATE_MAINTENANCE, "maintenance" },
		{ LINEDEVSTATE_OPEN, "open" },
		{ LINEDEVSTATE_CLOSE, "close" },
		{ LINEDEVSTATE_NUMCALLS, "numcalls" },
		{ LINEDEVSTATE_REINIT, "reinit" },
		{ LINEDEVSTATE_CAPSCHANGE, "capschange" },
		{ LINEDEVSTATE_CONFIGCHANGE, "configchange" },
		{ LINEDEVSTATE_REMOVED, "removed" },
	};

	return find_name(names, ARRAY_SIZE(names), state);
}

const char *condis_message_name(uint32_t type)
{
	static const struct name names[] = {
		{ LINE_CALLINFO, "LINE_CALLINFO" },
		{ LINE_CALLSTATE, "LINE_CALLSTATE" },
		{ LINE_CLOSE, "LINE_CLOSE" },
		{ LINE_GENERATE, "LINE_GENERATE" },
		{ LINE_LINEDEVSTATE, "LINE_LINEDEVSTATE" },
		{ LINE_MONITORDIGITS, "LINE_MONITORDIGITS" },
		{ LINE_REPLY, "LINE_REPLY" },
		{ LINE_CREATE, "LINE_CREATE" },
		{ LINE_APPNEWCALL, "LINE_APPNEWCALL" },
		{ LINE_REMOVE, "LINE_REMOVE" },
	};

	return find_name(names, ARRAY_SIZE(names), type);
}

const char *condis_event_name(uint32_t event)
{
	static const struct name names[] = {
		{ CONDIS_EVENT_NEW, "new" },
		{ CONDIS_EVENT_CHANGED, "changed" },
		{ CONDIS_EVENT_STATE, "state" },
		{ CONDIS_EVENT_DEL, "del" },
		{ CONDIS_EVENT_GONE, "gone" },
	};

	return find_name(names, ARRAY_SIZE(names), event);
}

static const struct name media_modes[] = {
	{ LINEMEDIAMODE_UNKNOWN, "unknown" },
	{ LINEMEDIAMODE_INTERACTIVEVOICE, "interactivevoice" },
	{ LINEMEDIAMODE_AUTOMATEDVOICE, "automatedvoice" },
	{ LINEMEDIAMODE_DATAMODEM, "datamodem" },
	{ LINEMEDIAMODE_G3FAX, "g3fax" },
	{ LINEMEDIAMODE_DIGITALDATA, "digitaldata" },
};

const char *condis_media_mode_name(uint32_t mode)
{
	return find_name(media_modes, ARRAY_SIZE(media_modes), mode);
}

uint32_t condis_media_mode(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(media_modes); i++)
		if (!strcmp(media_modes[i].name, name))
			return media_modes[i].number;
	return 0;
}

const char *condis_counter_name(enum condis_counter counter)
{
	static const char *const names[CONDIS_COUNTERS] = {
		[CONDIS_COUNTER_BINDINGS] = "bindings",
		[CONDIS_COUNTER_AFS] = "afs",
		[CONDIS_COUNTER_SAPS] = "saps",
		[CONDIS_COUNTER_VCS] = "vcs",
		[CONDIS_COUNTER_REQUESTS] = "requests",
		[CONDIS_COUNTER_TX] = "tx",
		[CONDIS_COUNTER_RX] = "rx",
		[CONDIS_COUNTER_LATE_COMPLETIONS] = "late_completions",
		[CONDIS_COUNTER_LATE_DISPATCHES] = "late_dispatches",
		[CONDIS_COUNTER_LATE_SENDS] = "late_sends",
		[CONDIS_COUNTER_LATE_RECEIVES] = "late_receives",
		[CONDIS_COUNTER_FORCED] = "forced",
	};

	return (unsigned int)counter < CONDIS_COUNTERS ? names[counter] : NULL;
}

const char *condis_attr_name(uint8_t command, uint16_t attr)
{
	static const struct name exchange[] = {
		{ CONDIS_A_EXCHANGE_NAME, "exchange name" },
		{ CONDIS_A_EXCHANGE_KIND, "kind" },
		{ CONDIS_A_EXCHANGE_DATA, "configuration" },
	};
	static const struct name adapter[] = {
		{ CONDIS_A_ADAPTER_ID, "adapter id" },
		{ CONDIS_A_ADAPTER_NAME, "adapter name" },
		{ CONDIS_A_ADAPTER_KIND, "kind" },
		{ CONDIS_A_ADAPTER_EXCHANGE, "exchange" },
		{ CONDIS_A_ADAPTER_EXCHANGE_NETNS_FD, "netns" },
		{ CONDIS_A_ADAPTER_DATA, "configuration" },
		{ CONDIS_A_ADAPTER_SURPRISE, "surprise" },
	};
	static const struct name call[] = {
		{ CONDIS_A_CALL_ADAPTER_ID, "adapter id" },
	};

	switch (command) {
	case CONDIS_CMD_EXCHANGE_NEW ... CONDIS_CMD_EXCHANGE_GET:
		return find_name(exchange, ARRAY_SIZE(exchange), attr);
	case CONDIS_CMD_ADAPTER_NEW ... CONDIS_CMD_ADAPTER_RESTART:
		return find_name(adapter, ARRAY_SIZE(adapter), attr);
	case CONDIS_CMD_CALL_GET:
		return find_name(call, ARRAY_SIZE(call), attr);
	default:
		return NULL;
	}
}
