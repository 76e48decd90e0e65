// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Digits during a call.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"

TAPI_EXPORT LONG WINAPI lineMonitorDigits(HCALL hCall, DWORD dwDigitModes)
{
	struct call *call;
	DWORD before;
	LONG error;

	call = call_get(hCall, &error);
	if (!call)
		return error;
	if (dwDigitModes & ~NDPROXY_DIGIT_MODES) {
		error = call_refuse(call, false, LINECALLFEATURE_MONITORDIGITS,
				    LINEERR_INVALDIGITMODE);
	} else {
		/* Those that are gathered are wanted as well. */
		lock_take(&call->line->app->lock);
		before = call->digit_modes;
		call->digit_modes = dwDigitModes;
		error = result_of(OPERATION_CALL, digits_apply(call));
		if (error)
			call->digit_modes = before;
		lock_give(&call->line->app->lock);
	}
	call_put(call);
	return error;
}

/*
 * What can be sent of them. Others are passed over, as published; more than the kernel takes at a
 * time cannot be sent as one, and not in pieces either: there is one LINE_GENERATE at the end of
 * all.
 */
static LONG take_digits(const char *digits, DWORD mode, char *out)
{
	const char *valid = mode == LINEDIGITMODE_PULSE ? "0123456789," : "0123456789ABCD*#,";
	size_t count = 0;
	char digit;

	for (; *digits; digits++) {
		digit = *digits;
		if (digit >= 'a' && digit <= 'd')
			digit -= 'a' - 'A';
		if (!strchr(valid, digit))
			continue;
		if (count == NDPROXY_DIGITS_SIZE - 1)
			return LINEERR_RESOURCEUNAVAIL;
		out[count++] = digit;
	}
	return 0;
}

static LONG generate_prepare(const struct call *call, DWORD mode, const char *digits,
			     DWORD duration, struct ndproxy_generate_digits *generate)
{
	generate->cookie = call->object.handle;
	generate->call = call->kernel;
	/* Cancel. */
	if (!digits)
		return 0;
	if (mode != LINEDIGITMODE_PULSE && mode != LINEDIGITMODE_DTMF)
		return LINEERR_INVALDIGITMODE;
	generate->mode = mode;
	generate->duration = duration > NDPROXY_DIGIT_MS_MAX ? NDPROXY_DIGIT_MS_MAX : duration;
	return take_digits(digits, mode, generate->digits);
}

static LONG generate_digits(HCALL hCall, DWORD mode, const char *digits, DWORD duration)
{
	struct ndproxy_generate_digits generate = {};
	struct call *call;
	LONG error;

	call = call_get(hCall, &error);
	if (!call)
		return error;
	error = generate_prepare(call, mode, digits, duration, &generate);
	/* Nothing that could be sent: it is sent already, and that is told as ever. */
	if (!error && digits && !generate.digits[0])
		generate.digits[0] = ',';
	if (error)
		error = call_refuse(call, true, LINECALLFEATURE_GENERATEDIGITS, error);
	else
		error = call_error(call, NDPROXY_GENERATE_DIGITS, &generate);
	call_put(call);
	return error;
}

TAPI_EXPORT LONG WINAPI lineGenerateDigits(HCALL hCall, DWORD dwDigitMode, LPCSTR lpszDigits,
					   DWORD dwDuration)
{
	return generate_digits(hCall, dwDigitMode, lpszDigits, dwDuration);
}

TAPI_EXPORT LONG WINAPI lineGenerateDigitsA(HCALL hCall, DWORD dwDigitMode, LPCSTR lpszDigits,
					    DWORD dwDuration)
{
	return generate_digits(hCall, dwDigitMode, lpszDigits, dwDuration);
}

TAPI_EXPORT LONG WINAPI lineGenerateDigitsW(HCALL hCall, DWORD dwDigitMode, LPCWSTR lpszDigits,
					    DWORD dwDuration)
{
	char *digits = lpszDigits ? text_from_wide(lpszDigits) : NULL;
	LONG error;

	if (lpszDigits && !digits && errno != EILSEQ)
		return LINEERR_NOMEM;
	/* What is not UTF-16 has no digits. */
	error = generate_digits(hCall, dwDigitMode, lpszDigits && !digits ? "" : digits,
				dwDuration);
	free(digits);
	return error;
}
