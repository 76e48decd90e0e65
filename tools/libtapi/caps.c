// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Capabilities: what a line device and its addresses are able to do.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

#include "calls.h"

/*
 * What lineGetID() knows of a line, and of a call on it: strings, each with its end, and an empty
 * one.
 */
#define DEVICE_CLASSES	"tapi/line\0ndis\0condis/datafile\0comm/datamodem\0"

/* What LINE_LINEDEVSTATE is told for. */
#define LINE_STATES	(LINEDEVSTATE_OTHER | LINEDEVSTATE_RINGING | LINEDEVSTATE_INSERVICE | \
			 LINEDEVSTATE_OUTOFSERVICE | LINEDEVSTATE_OPEN | LINEDEVSTATE_CLOSE | \
			 LINEDEVSTATE_NUMCALLS | LINEDEVSTATE_REINIT)

#define CALL_INFO_STATES (LINECALLINFOSTATE_MEDIAMODE | LINECALLINFOSTATE_APPSPECIFIC | \
			  LINECALLINFOSTATE_NUMOWNERINCR | LINECALLINFOSTATE_NUMOWNERDECR | \
			  LINECALLINFOSTATE_NUMMONITORS | LINECALLINFOSTATE_MONITORMODES)

/* The kernel's modes of LINECALLSTATE_DISCONNECTED: what it makes of the causes of Q.850. */
#define DISCONNECT_MODES (LINEDISCONNECTMODE_NORMAL | LINEDISCONNECTMODE_UNKNOWN | \
			  LINEDISCONNECTMODE_REJECT | LINEDISCONNECTMODE_BUSY | \
			  LINEDISCONNECTMODE_NOANSWER | LINEDISCONNECTMODE_BADADDRESS | \
			  LINEDISCONNECTMODE_UNREACHABLE | LINEDISCONNECTMODE_CONGESTION | \
			  LINEDISCONNECTMODE_INCOMPATIBLE | LINEDISCONNECTMODE_UNAVAIL)
#define DISCONNECT_MODES_2_0 (LINEDISCONNECTMODE_NUMBERCHANGED | LINEDISCONNECTMODE_OUTOFORDER | \
			      LINEDISCONNECTMODE_TEMPFAILURE | LINEDISCONNECTMODE_QOSUNAVAIL)

/* A number for a name that is the same each time: FNV-1a. */
static uint64_t hash(const char *text)
{
	uint64_t sum = 0xcbf29ce484222325;

	for (; *text; text++)
		sum = (sum ^ (unsigned char)*text) * 0x100000001b3;
	return sum;
}

/* The same words in the application's characters: they are ASCII, with ends between them. */
static void write_classes(struct variable *variable, DWORD *size, DWORD *offset)
{
	static const char classes[] = DEVICE_CLASSES;
	WCHAR wide[sizeof(classes)];
	size_t i;

	if (!variable->is_wide) {
		variable_bytes(variable, classes, sizeof(classes), size, offset);
		return;
	}
	for (i = 0; i < sizeof(classes); i++)
		wide[i] = classes[i];
	variable_bytes(variable, wide, sizeof(wide), size, offset);
}

static LONG read_device(struct app *app, const struct device *device,
			struct ndproxy_adapter *adapter, struct ndproxy_line_caps *line)
{
	memset(adapter, 0, sizeof(*adapter));
	memset(line, 0, sizeof(*line));
	adapter->adapter = device->adapter;
	line->adapter = device->adapter;
	line->line = device->line;
	if (ioctl(app->fd, NDPROXY_GET_ADAPTER_CAPS, adapter) ||
	    ioctl(app->fd, NDPROXY_GET_LINE_CAPS, line))
		return error_of(OPERATION_DEVICE, errno);
	return 0;
}

/*
 * Who asks, and about which device and version: the checks of both functions, in the order in which
 * they are told. The application is to be put, if 0 is returned.
 */
static LONG begin(HLINEAPP handle, DWORD id, DWORD version, DWORD extension, const void *structure,
		  struct app **app, struct device *device)
{
	LONG error;

	*app = app_get(handle, &error);
	if (!*app)
		return error;
	error = device_find(*app, id, device);
	if (!error)
		error = version_check(version);
	if (!error && extension)
		error = LINEERR_INCOMPATIBLEEXTVERSION;
	if (!error && !structure)
		error = LINEERR_INVALPOINTER;
	if (error)
		app_put(*app);
	return error;
}

static DWORD dev_caps_size(DWORD version)
{
	if (version < TAPI_VERSION_2_0)
		return offsetof(LINEDEVCAPS, dwSettableDevStatus);
	if (version < TAPI_VERSION_2_2)
		return offsetof(LINEDEVCAPS, PermanentLineGuid);
	return sizeof(LINEDEVCAPS);
}

static void fill_digits(LINEDEVCAPS *caps, const struct ndproxy_line_caps *line)
{
	caps->dwGenerateDigitModes = line->generate_digit_modes;
	caps->dwMonitorDigitModes = line->monitor_digit_modes;
	if (line->monitor_digit_modes) {
		caps->dwGatherDigitsMinTimeout = 1;
		caps->dwGatherDigitsMaxTimeout = GATHER_MS_MAX;
	}
	if (!line->generate_digit_modes)
		return;
	caps->MinDialParams.dwDialPause = NDPROXY_DIGIT_PAUSE_MS;
	caps->MaxDialParams.dwDialPause = NDPROXY_DIGIT_PAUSE_MS;
	caps->DefaultDialParams.dwDialPause = NDPROXY_DIGIT_PAUSE_MS;
	caps->MinDialParams.dwDigitDuration = 1;
	caps->MaxDialParams.dwDigitDuration = NDPROXY_DIGIT_MS_MAX;
	caps->DefaultDialParams.dwDigitDuration = NDPROXY_DIGIT_MS;
}

/* A number and a GUID that the line has as long as the adapter has its name. */
static void fill_permanent(LINEDEVCAPS *caps, DWORD version, const struct ndproxy_adapter *adapter,
			   const struct ndproxy_line_caps *line)
{
	char name[NDPROXY_NAME_SIZE + 16];
	uint64_t sum;

	snprintf(name, sizeof(name), "%.*s/%u", NDPROXY_NAME_SIZE, adapter->name, line->line);
	sum = hash(name);
	caps->dwPermanentLineID = (sum ^ sum >> 32) & 0x7fffffff;
	if (version >= TAPI_VERSION_2_2) {
		/* Of our own making, as RFC 9562 has it: version 8, variant 10. */
		caps->PermanentLineGuid.Data1 = sum >> 32;
		caps->PermanentLineGuid.Data2 = sum >> 16;
		caps->PermanentLineGuid.Data3 = 0x8000 | (sum & 0x0fff);
		strcat(name, "#");
		sum = hash(name);
		memcpy(caps->PermanentLineGuid.Data4, &sum,
		       sizeof(caps->PermanentLineGuid.Data4));
		caps->PermanentLineGuid.Data4[0] = 0x80 | (caps->PermanentLineGuid.Data4[0] & 0x3f);
	}
}

static LONG dev_caps(HLINEAPP handle, DWORD id, DWORD version, DWORD extension, LINEDEVCAPS *caps,
		     bool is_wide)
{
	struct ndproxy_adapter adapter;
	struct ndproxy_line_caps line;
	struct variable variable;
	struct device device = {};
	struct app *app;
	LONG error;

	error = begin(handle, id, version, extension, caps, &app, &device);
	if (error)
		return error;
	error = variable_begin(&variable, caps, dev_caps_size(version), is_wide);
	if (!error)
		error = read_device(app, &device, &adapter, &line);
	app_put(app);
	if (error)
		return error;

	caps->dwStringFormat = is_wide ? STRINGFORMAT_UNICODE : STRINGFORMAT_ASCII;
	caps->dwAddressModes = LINEADDRESSMODE_ADDRESSID | LINEADDRESSMODE_DIALABLEADDR;
	caps->dwNumAddresses = line.num_addresses;
	caps->dwBearerModes = DEVICE_BEARER_MODES;
	caps->dwMaxRate = line.max_rate;
	caps->dwMediaModes = line.media_modes;
	caps->dwDevCapFlags = line.dev_cap_flags;
	caps->dwMaxNumActiveCalls = line.max_calls;
	/* Answering one call leaves the others as they are. */
	caps->dwAnswerMode = LINEANSWERMODE_NONE;
	caps->dwRingModes = 1;
	caps->dwLineStates = LINE_STATES;
	if (version == TAPI_VERSION_1_4)
		caps->dwLineStates |= LINEDEVSTATE_REMOVED;
	caps->dwLineFeatures = LINEFEATURE_MAKECALL;
	fill_digits(caps, &line);
	fill_permanent(caps, version, &adapter, &line);
	variable_string(&variable, line.name, &caps->dwLineNameSize, &caps->dwLineNameOffset);
	variable_string(&variable, "CoNDIS", &caps->dwProviderInfoSize,
			&caps->dwProviderInfoOffset);
	variable_string(&variable, adapter.name, &caps->dwSwitchInfoSize,
			&caps->dwSwitchInfoOffset);
	if (version >= TAPI_VERSION_2_0)
		write_classes(&variable, &caps->dwDeviceClassesSize, &caps->dwDeviceClassesOffset);
	variable_end(&variable);
	return 0;
}

TAPI_EXPORT LONG WINAPI lineGetDevCaps(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
				       DWORD dwExtVersion, LPLINEDEVCAPS lpLineDevCaps)
{
	return dev_caps(hLineApp, dwDeviceID, dwAPIVersion, dwExtVersion, lpLineDevCaps, false);
}

TAPI_EXPORT LONG WINAPI lineGetDevCapsA(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
					DWORD dwExtVersion, LPLINEDEVCAPS lpLineDevCaps)
{
	return dev_caps(hLineApp, dwDeviceID, dwAPIVersion, dwExtVersion, lpLineDevCaps, false);
}

TAPI_EXPORT LONG WINAPI lineGetDevCapsW(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
					DWORD dwExtVersion, LPLINEDEVCAPS lpLineDevCaps)
{
	return dev_caps(hLineApp, dwDeviceID, dwAPIVersion, dwExtVersion, lpLineDevCaps, true);
}

/* What both ends of a call can do with it, and what the line adds. */
static DWORD call_features(const struct ndproxy_line_caps *line)
{
	DWORD features = LINECALLFEATURE_ACCEPT | LINECALLFEATURE_ANSWER | LINECALLFEATURE_DROP;

	if (line->generate_digit_modes)
		features |= LINECALLFEATURE_GENERATEDIGITS;
	if (line->monitor_digit_modes)
		features |= LINECALLFEATURE_MONITORDIGITS | LINECALLFEATURE_GATHERDIGITS;
	return features;
}

static void fill_address(LINEADDRESSCAPS *caps, DWORD version, const struct ndproxy_line_caps *line,
			 const struct ndproxy_address_caps *address)
{
	caps->dwAddressSharing = LINEADDRESSSHARING_PRIVATE;
	caps->dwCallInfoStates = CALL_INFO_STATES;
	caps->dwCallerIDFlags = LINECALLPARTYID_ADDRESS | LINECALLPARTYID_UNAVAIL;
	caps->dwCalledIDFlags = LINECALLPARTYID_ADDRESS | LINECALLPARTYID_UNAVAIL;
	caps->dwConnectedIDFlags = LINECALLPARTYID_ADDRESS | LINECALLPARTYID_UNAVAIL;
	caps->dwRedirectionIDFlags = LINECALLPARTYID_UNAVAIL;
	caps->dwRedirectingIDFlags = LINECALLPARTYID_UNAVAIL;
	caps->dwCallStates = CALL_STATES_OUTBOUND | CALL_STATES_INBOUND;
	caps->dwDisconnectModes = DISCONNECT_MODES;
	caps->dwMaxNumActiveCalls = address->max_calls;
	caps->dwAddrCapFlags = LINEADDRCAPFLAGS_DIALED;
	caps->dwCallFeatures = call_features(line);
	caps->dwAddressFeatures = LINEADDRFEATURE_MAKECALL;
	if (version < TAPI_VERSION_2_0)
		return;
	caps->dwAddrCapFlags |= LINEADDRCAPFLAGS_SETCALLINGID;
	caps->dwDisconnectModes |= DISCONNECT_MODES_2_0;
	caps->dwConnectedModes = LINECONNECTEDMODE_ACTIVE;
	caps->dwOfferingModes = LINEOFFERINGMODE_ACTIVE;
	caps->dwAvailableMediaModes = address->media_modes;
}

static LONG read_address(struct app *app, const struct device *device, DWORD id,
			 struct ndproxy_address_caps *address)
{
	memset(address, 0, sizeof(*address));
	address->adapter = device->adapter;
	address->line = device->line;
	address->address = id;
	if (!ioctl(app->fd, NDPROXY_GET_ADDRESS_CAPS, address))
		return 0;
	/* The line is there: it was asked first. */
	return errno == ENXIO ? LINEERR_INVALADDRESSID : error_of(OPERATION_DEVICE, errno);
}

static LONG address_caps(HLINEAPP handle, DWORD id, DWORD address_id, DWORD version,
			 DWORD extension, LINEADDRESSCAPS *caps, bool is_wide)
{
	struct ndproxy_address_caps address;
	struct ndproxy_adapter adapter;
	struct ndproxy_line_caps line;
	struct variable variable;
	struct device device = {};
	struct app *app;
	LONG error;

	error = begin(handle, id, version, extension, caps, &app, &device);
	if (error)
		return error;
	error = variable_begin(&variable, caps,
			       version < TAPI_VERSION_2_0 ?
				       offsetof(LINEADDRESSCAPS, dwPredictiveAutoTransferStates) :
				       sizeof(*caps), is_wide);
	if (!error)
		error = read_device(app, &device, &adapter, &line);
	if (!error)
		error = read_address(app, &device, address_id, &address);
	app_put(app);
	if (error)
		return error;

	caps->dwLineDeviceID = id;
	fill_address(caps, version, &line, &address);
	variable_string(&variable, address.number, &caps->dwAddressSize, &caps->dwAddressOffset);
	if (version >= TAPI_VERSION_2_0)
		write_classes(&variable, &caps->dwDeviceClassesSize, &caps->dwDeviceClassesOffset);
	variable_end(&variable);
	return 0;
}

TAPI_EXPORT LONG WINAPI lineGetAddressCaps(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID,
					   DWORD dwAPIVersion, DWORD dwExtVersion,
					   LPLINEADDRESSCAPS lpAddressCaps)
{
	return address_caps(hLineApp, dwDeviceID, dwAddressID, dwAPIVersion, dwExtVersion,
			    lpAddressCaps, false);
}

TAPI_EXPORT LONG WINAPI lineGetAddressCapsA(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID,
					    DWORD dwAPIVersion, DWORD dwExtVersion,
					    LPLINEADDRESSCAPS lpAddressCaps)
{
	return address_caps(hLineApp, dwDeviceID, dwAddressID, dwAPIVersion, dwExtVersion,
			    lpAddressCaps, false);
}

TAPI_EXPORT LONG WINAPI lineGetAddressCapsW(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID,
					    DWORD dwAPIVersion, DWORD dwExtVersion,
					    LPLINEADDRESSCAPS lpAddressCaps)
{
	return address_caps(hLineApp, dwDeviceID, dwAddressID, dwAPIVersion, dwExtVersion,
			    lpAddressCaps, true);
}
