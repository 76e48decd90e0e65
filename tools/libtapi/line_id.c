// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * lineGetID(): what a line, an address or a call is called by others than TAPI.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "calls.h"

/**
 * struct target - what is asked about
 * @line: the line, with a reference if there is no @call
 * @call: the call, with a reference, or NULL
 */
struct target {
	struct line *line;
	struct call *call;
};

static void target_put(const struct target *target)
{
	if (target->call)
		call_put(target->call);
	else if (target->line)
		line_put(target->line);
}

static LONG check_address(const struct line *line, DWORD address)
{
	struct ndproxy_address_caps caps = {
		.adapter = line->adapter,
		.line = line->number,
		.address = address,
	};

	if (!ioctl(line->app->fd, NDPROXY_GET_ADDRESS_CAPS, &caps))
		return 0;
	return errno == ENXIO ? LINEERR_INVALADDRESSID : error_of(OPERATION_DEVICE, errno);
}

static LONG target_get(HLINE hLine, DWORD address, HCALL hCall, DWORD select,
		       struct target *target)
{
	LONG error;

	switch (select) {
	case LINECALLSELECT_CALL:
		target->call = call_get(hCall, &error);
		if (!target->call)
			return error;
		target->line = target->call->line;
		return call_refuse(target->call, false, 0, 0);
	case LINECALLSELECT_LINE:
	case LINECALLSELECT_ADDRESS:
		target->line = line_get(hLine, &error);
		if (!target->line)
			return error;
		error = line_refuse(target->line, 0);
		if (!error && select == LINECALLSELECT_ADDRESS)
			error = check_address(target->line, address);
		return error;
	default:
		return handles_never_used() ? LINEERR_UNINITIALIZED : LINEERR_INVALCALLSELECT;
	}
}

/* A device of any class but tapi/line: something like a handle, and behind it a name. */
struct device_name {
	HANDLE handle;
	char name[NDPROXY_NAME_SIZE];
};

static DWORD device_name_size(const struct device_name *device)
{
	return offsetof(struct device_name, name) + strlen(device->name) + 1;
}

static LONG name_adapter(const struct line *line, struct device_name *device)
{
	struct ndproxy_adapter adapter = { .adapter = line->adapter };

	if (ioctl(line->app->fd, NDPROXY_GET_ADAPTER_CAPS, &adapter))
		return error_of(OPERATION_DEVICE, errno);
	memcpy(device->name, adapter.name, sizeof(device->name));
	device->name[sizeof(device->name) - 1] = 0;
	return 0;
}

/* "tapi/line": the number of the line device. */
static LONG identify_line(const struct target *target, struct variable *variable, VARSTRING *out)
{
	DWORD device = target->line->device;

	variable_bytes(variable, &device, sizeof(device), &out->dwStringSize,
		       &out->dwStringOffset);
	return 0;
}

/*
 * "ndis": who has it finds the connection by the name of the adapter and the number of its VC, as
 * in `condisctl list` and in traces.  0: there is none, or no call was asked about.
 */
static LONG identify_connection(const struct target *target, struct variable *variable,
				VARSTRING *out)
{
	struct ndproxy_call_info info = {};
	struct device_name device = {};
	LONG error;

	error = name_adapter(target->line, &device);
	if (!error && target->call) {
		info.call = target->call->kernel;
		error = call_error(target->call, NDPROXY_GET_CALL_INFO, &info);
		device.handle = (HANDLE)(uintptr_t)info.call_id;
	}
	if (!error)
		variable_bytes(variable, &device, device_name_size(&device), &out->dwStringSize,
			       &out->dwStringOffset);
	return error;
}

/* A descriptor that is no 0: a HANDLE of 0 is none, to who knows Windows. */
static int above_zero(int fd)
{
	int other;

	if (fd)
		return fd;
	other = fcntl(fd, F_DUPFD_CLOEXEC, 1);
	close(fd);
	return other;
}

static LONG open_data(const struct call *call, HANDLE *handle)
{
	struct ndproxy_open_data data = { .call = call->kernel };
	int number = call_ioctl(call, NDPROXY_OPEN_DATA, &data);

	switch (number) {
	case 0:
		data.fd = above_zero(data.fd);
		if (data.fd < 0)
			return LINEERR_RESOURCEUNAVAIL;
		*handle = TAPI_FD_TO_HANDLE(data.fd);
		return 0;
	case ENOTCONN:
		return LINEERR_INVALCALLSTATE;
	case EBUSY:
		return LINEERR_INUSE;
	case EMFILE:
	case ENFILE:
		return LINEERR_RESOURCEUNAVAIL;
	default:
		return result_of(OPERATION_CALL, number);
	}
}

/*
 * "condis/datafile", and "comm/datamodem" for who has never heard of it: the file of a call's data,
 * which is opened for the asker, an owner of a connected call, and is his to close.  Of a line
 * there is only the name.  It is not opened if there is no room to say so.
 */
static LONG identify_data(const struct target *target, struct variable *variable, VARSTRING *out)
{
	struct device_name device = {};
	LONG error;

	error = name_adapter(target->line, &device);
	if (!error && target->call &&
	    sizeof(*out) + device_name_size(&device) <= variable->total)
		error = open_data(target->call, &device.handle);
	if (!error)
		variable_bytes(variable, &device, device_name_size(&device), &out->dwStringSize,
			       &out->dwStringOffset);
	return error;
}

static const struct {
	const char *name;
	LONG (*identify)(const struct target *target, struct variable *variable, VARSTRING *out);
} classes[] = {
	{ "tapi/line", identify_line },
	{ "ndis", identify_connection },
	{ "condis/datafile", identify_data },
	{ "comm/datamodem", identify_data },
};

static LONG identify(const struct target *target, VARSTRING *out, const char *class)
{
	struct variable variable;
	LONG error;
	size_t i;

	if (!class)
		return LINEERR_INVALPOINTER;
	error = variable_begin(&variable, out, sizeof(*out), false);
	if (error)
		return error;
	for (i = 0; i < ARRAY_SIZE(classes); i++) {
		if (strcasecmp(class, classes[i].name))
			continue;
		out->dwStringFormat = STRINGFORMAT_BINARY;
		error = classes[i].identify(target, &variable, out);
		if (!error)
			variable_end(&variable);
		return error;
	}
	return LINEERR_INVALDEVICECLASS;
}

static LONG get_id(HLINE hLine, DWORD address, HCALL hCall, DWORD select, VARSTRING *out,
		   const char *class)
{
	struct target target = {};
	LONG error;

	error = target_get(hLine, address, hCall, select, &target);
	if (!error)
		error = identify(&target, out, class);
	target_put(&target);
	return error;
}

TAPI_EXPORT LONG WINAPI lineGetID(HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect,
				  LPVARSTRING lpDeviceID, LPCSTR lpszDeviceClass)
{
	return get_id(hLine, dwAddressID, hCall, dwSelect, lpDeviceID, lpszDeviceClass);
}

TAPI_EXPORT LONG WINAPI lineGetIDA(HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect,
				   LPVARSTRING lpDeviceID, LPCSTR lpszDeviceClass)
{
	return get_id(hLine, dwAddressID, hCall, dwSelect, lpDeviceID, lpszDeviceClass);
}

/* The names in the answer are ASCII here too, as published. */
TAPI_EXPORT LONG WINAPI lineGetIDW(HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect,
				   LPVARSTRING lpDeviceID, LPCWSTR lpszDeviceClass)
{
	char *class = lpszDeviceClass ? text_from_wide(lpszDeviceClass) : NULL;
	LONG error;

	/* What is not UTF-16 is no class; what could not be converted may be one. */
	if (lpszDeviceClass && !class && errno != EILSEQ)
		return LINEERR_NOMEM;
	error = get_id(hLine, dwAddressID, hCall, dwSelect, lpDeviceID,
		       lpszDeviceClass && !class ? "" : class);
	free(class);
	return error;
}
