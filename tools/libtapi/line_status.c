// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Lines and their addresses: status, and what of its changes is told.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "calls.h"

/* What is full, or is nothing that can be low. */
#define LEVEL_FULL	0xffff

/* lineGetNumRings() when nobody has a wish. */
#define NUM_RINGS_NONE	0xffffffff

/* Those of TAPI 1.3, and what came with 1.4. */
#define ADDRESS_STATES_1_3	(LINEADDRESSSTATE_OTHER | LINEADDRESSSTATE_DEVSPECIFIC | \
				 LINEADDRESSSTATE_INUSEZERO | LINEADDRESSSTATE_INUSEONE | \
				 LINEADDRESSSTATE_INUSEMANY | LINEADDRESSSTATE_NUMCALLS | \
				 LINEADDRESSSTATE_FORWARD | LINEADDRESSSTATE_TERMINALS)
#define LINE_STATES_1_3		((LINEDEVSTATE_LOCK << 1) - 1)

static LONG line_error(const struct line *line, unsigned long command, void *argument)
{
	return ioctl(line->app->fd, command, argument) ? error_of(OPERATION_LINE, errno) : 0;
}

/* Of a line that is open: what is wrong with asking says that it is not any more. */
static LONG read_caps(const struct line *line, struct ndproxy_line_caps *caps)
{
	memset(caps, 0, sizeof(*caps));
	caps->adapter = line->adapter;
	caps->line = line->number;
	return line_error(line, NDPROXY_GET_LINE_CAPS, caps);
}

static LONG dev_status(HLINE handle, LINEDEVSTATUS *status, bool is_wide)
{
	struct ndproxy_line_status kernel = {};
	struct ndproxy_line_caps caps;
	struct variable variable;
	struct line *line;
	bool is_2_0;
	LONG error;

	line = line_get(handle, &error);
	if (!line)
		return error;
	is_2_0 = line->version >= TAPI_VERSION_2_0;
	kernel.line_handle = line->kernel;
	error = line_error(line, NDPROXY_GET_LINE_STATUS, &kernel);
	if (!error)
		error = variable_begin(&variable, status,
				       is_2_0 ? sizeof(*status) :
						offsetof(LINEDEVSTATUS, dwAvailableMediaModes),
				       is_wide);
	if (!error && is_2_0)
		error = read_caps(line, &caps);
	if (error)
		goto put_line;

	status->dwNumOpens = kernel.num_opens;
	status->dwOpenMediaModes = kernel.open_media_modes;
	status->dwNumActiveCalls = kernel.num_calls;
	status->dwLineFeatures = kernel.line_features;
	status->dwSignalLevel = LEVEL_FULL;
	status->dwBatteryLevel = LEVEL_FULL;
	status->dwRoamMode = LINEROAMMODE_UNAVAIL;
	status->dwDevStatusFlags = kernel.flags;
	/* Which applications have it open is not told: they may be other users'. */
	if (is_2_0 && kernel.line_features & LINEFEATURE_MAKECALL)
		status->dwAvailableMediaModes = caps.media_modes;
	variable_end(&variable);
put_line:
	line_put(line);
	return error;
}

TAPI_EXPORT LONG WINAPI lineGetLineDevStatus(HLINE hLine, LPLINEDEVSTATUS lpLineDevStatus)
{
	return dev_status(hLine, lpLineDevStatus, false);
}

TAPI_EXPORT LONG WINAPI lineGetLineDevStatusA(HLINE hLine, LPLINEDEVSTATUS lpLineDevStatus)
{
	return dev_status(hLine, lpLineDevStatus, false);
}

TAPI_EXPORT LONG WINAPI lineGetLineDevStatusW(HLINE hLine, LPLINEDEVSTATUS lpLineDevStatus)
{
	return dev_status(hLine, lpLineDevStatus, true);
}

static LONG read_address(const struct line *line, DWORD id, struct ndproxy_address_status *status)
{
	memset(status, 0, sizeof(*status));
	status->line_handle = line->kernel;
	status->address = id;
	return line_error(line, NDPROXY_GET_ADDRESS_STATUS, status);
}

static LONG address_status(HLINE handle, DWORD id, LINEADDRESSSTATUS *status, bool is_wide)
{
	struct ndproxy_address_status kernel;
	struct variable variable;
	struct line *line;
	LONG error;

	line = line_get(handle, &error);
	if (!line)
		return error;
	error = read_address(line, id, &kernel);
	if (!error)
		error = variable_begin(&variable, status, sizeof(*status), is_wide);
	if (!error) {
		/* One station: nobody else has the same address. */
		status->dwNumInUse = !!kernel.num_calls;
		status->dwNumActiveCalls = kernel.num_calls;
		status->dwAddressFeatures = kernel.features;
		variable_end(&variable);
	}
	line_put(line);
	return error;
}

TAPI_EXPORT LONG WINAPI lineGetAddressStatus(HLINE hLine, DWORD dwAddressID,
					     LPLINEADDRESSSTATUS lpAddressStatus)
{
	return address_status(hLine, dwAddressID, lpAddressStatus, false);
}

TAPI_EXPORT LONG WINAPI lineGetAddressStatusA(HLINE hLine, DWORD dwAddressID,
					      LPLINEADDRESSSTATUS lpAddressStatus)
{
	return address_status(hLine, dwAddressID, lpAddressStatus, false);
}

TAPI_EXPORT LONG WINAPI lineGetAddressStatusW(HLINE hLine, DWORD dwAddressID,
					      LPLINEADDRESSSTATUS lpAddressStatus)
{
	return address_status(hLine, dwAddressID, lpAddressStatus, true);
}

/* The address of the line with that number. */
static LONG find_address(const struct line *line, const char *text, DWORD *id)
{
	struct ndproxy_address_caps address;
	char digits[NDPROXY_NUMBER_SIZE];
	struct ndproxy_line_caps caps;
	LONG error;
	__u32 i;

	error = read_caps(line, &caps);
	if (!error)
		error = number_parse(text, digits) ? LINEERR_INVALADDRESS : 0;
	for (i = 0; !error && i < caps.num_addresses; i++) {
		memset(&address, 0, sizeof(address));
		address.adapter = line->adapter;
		address.line = line->number;
		address.address = i;
		error = line_error(line, NDPROXY_GET_ADDRESS_CAPS, &address);
		if (!error && !strcmp(address.number, digits)) {
			*id = i;
			return 0;
		}
	}
	return error ? error : LINEERR_INVALADDRESS;
}

static LONG address_id(HLINE handle, DWORD *id, DWORD mode, const void *address, DWORD size,
		       bool is_wide)
{
	struct line *line;
	char *text;
	LONG error;

	line = line_get(handle, &error);
	if (!line)
		return error;
	error = line_refuse(line, 0);
	if (error)
		goto put_line;
	if (!id || !address)
		error = LINEERR_INVALPOINTER;
	else if (mode != LINEADDRESSMODE_DIALABLEADDR)
		error = LINEERR_INVALADDRESSMODE;
	if (error)
		goto put_line;

	text = text_from_bytes(address, size, is_wide);
	if (text)
		error = find_address(line, text, id);
	else
		error = errno == EILSEQ ? LINEERR_INVALADDRESS : LINEERR_NOMEM;
	free(text);
put_line:
	line_put(line);
	return error;
}

TAPI_EXPORT LONG WINAPI lineGetAddressID(HLINE hLine, LPDWORD lpdwAddressID, DWORD dwAddressMode,
					 LPCSTR lpsAddress, DWORD dwSize)
{
	return address_id(hLine, lpdwAddressID, dwAddressMode, lpsAddress, dwSize, false);
}

TAPI_EXPORT LONG WINAPI lineGetAddressIDA(HLINE hLine, LPDWORD lpdwAddressID, DWORD dwAddressMode,
					  LPCSTR lpsAddress, DWORD dwSize)
{
	return address_id(hLine, lpdwAddressID, dwAddressMode, lpsAddress, dwSize, false);
}

TAPI_EXPORT LONG WINAPI lineGetAddressIDW(HLINE hLine, LPDWORD lpdwAddressID, DWORD dwAddressMode,
					  LPCWSTR lpsAddress, DWORD dwSize)
{
	return address_id(hLine, lpdwAddressID, dwAddressMode, lpsAddress, dwSize, true);
}

TAPI_EXPORT LONG WINAPI lineSetStatusMessages(HLINE hLine, DWORD dwLineStates,
					      DWORD dwAddressStates)
{
	struct ndproxy_status_messages messages = { .line_states = dwLineStates };
	DWORD address_states = ADDRESS_STATES_1_3;
	DWORD line_states = LINE_STATES_1_3;
	struct line *line;
	LONG error;

	line = line_get(hLine, &error);
	if (!line)
		return error;
	if (line->version >= TAPI_VERSION_1_4) {
		address_states |= LINEADDRESSSTATE_CAPSCHANGE;
		line_states = NDPROXY_LINE_STATES;
	}
	messages.line_handle = line->kernel;
	if (dwLineStates & ~line_states) {
		error = line_refuse(line, LINEERR_INVALLINESTATE);
	} else if (dwAddressStates & ~address_states) {
		error = line_refuse(line, LINEERR_INVALADDRESSSTATE);
	} else {
		/* What is asked for and what is remembered are the same, whoever else asks now. */
		lock_take(&line->app->lock);
		error = line_error(line, NDPROXY_SET_STATUS_MESSAGES, &messages);
		if (!error) {
			line->line_states = dwLineStates;
			line->address_states = dwAddressStates;
		}
		lock_give(&line->app->lock);
	}
	line_put(line);
	return error;
}

TAPI_EXPORT LONG WINAPI lineGetStatusMessages(HLINE hLine, LPDWORD lpdwLineStates,
					      LPDWORD lpdwAddressStates)
{
	struct line *line;
	LONG error;

	line = line_get(hLine, &error);
	if (!line)
		return error;
	if (!lpdwLineStates || !lpdwAddressStates) {
		error = line_refuse(line, LINEERR_INVALPOINTER);
		goto put;
	}
	error = line_refuse(line, 0);
	if (!error) {
		lock_take(&line->app->lock);
		*lpdwLineStates = line->line_states;
		*lpdwAddressStates = line->address_states;
		lock_give(&line->app->lock);
	}
put:
	line_put(line);
	return error;
}

TAPI_EXPORT LONG WINAPI lineSetNumRings(HLINE hLine, DWORD dwAddressID, DWORD dwNumRings)
{
	struct ndproxy_num_rings rings = { .address = dwAddressID, .num_rings = dwNumRings };
	struct line *line;
	LONG error;

	line = line_get(hLine, &error);
	if (!line)
		return error;
	rings.line_handle = line->kernel;
	error = line_error(line, NDPROXY_SET_NUM_RINGS, &rings);
	line_put(line);
	return error;
}

TAPI_EXPORT LONG WINAPI lineGetNumRings(HLINE hLine, DWORD dwAddressID, LPDWORD lpdwNumRings)
{
	struct ndproxy_address_status status;
	struct line *line;
	LONG error;

	line = line_get(hLine, &error);
	if (!line)
		return error;
	error = read_address(line, dwAddressID, &status);
	if (!error && !lpdwNumRings)
		error = LINEERR_INVALPOINTER;
	if (!error)
		*lpdwNumRings = status.num_rings ? status.num_rings : NUM_RINGS_NONE;
	line_put(line);
	return error;
}
