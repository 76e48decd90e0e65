// SPDX-License-Identifier: GPL-2.0
/*
 * Hostile structures for libtapi: sizes and offsets that lie, strings without an end, flags that
 * nobody knows. The input says which function, which structure, and what is in it.
 *
 * The suite tapi_fuzz makes inputs of its own from a seed, and has an application with a line and a
 * call. tests/check/tapi-fuzz.sh builds it with the library for libFuzzer, which finds its way by
 * what the inputs reach: without /dev/ndproxy that is what needs no application.
 *
 * What must be right for anything to be looked at behind it is right most of the time: else only
 * the first number would be tested.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <tapi.h>

#include "tapi_structures.h"

/* What an input is about; 0 is what names nothing. */
HLINEAPP fuzz_app;
HLINE fuzz_line;
HCALL fuzz_call;

struct fuzz_count fuzz_opened;
struct fuzz_count fuzz_initialized;
struct fuzz_count fuzz_called;
struct fuzz_count fuzz_requested;

#define ARRAY_LENGTH(_array)	(sizeof(_array) / sizeof((_array)[0]))

/* As large as what the library reads of any structure, and no larger than the input. */
#define BLOCK_MAX	4096

/**
 * struct input - what is left of the input
 * @data: it
 * @length: bytes of it
 */
struct input {
	const uint8_t *data;
	size_t length;
};

static uint8_t take_byte(struct input *input)
{
	if (!input->length)
		return 0;
	input->length--;
	return *input->data++;
}

static uint32_t take_word(struct input *input)
{
	uint32_t word = 0;
	int i;

	/* As the structures have theirs, and who makes inputs. */
	for (i = 0; i < 4; i++)
		word |= (uint32_t)take_byte(input) << 8 * i;
	return word;
}

/* One of those that are right, mostly; else anything. */
static uint32_t take_choice(struct input *input, const uint32_t *choices, size_t length)
{
	uint8_t byte = take_byte(input);

	return byte < 0xf0 ? choices[byte % length] : take_word(input);
}

#define TAKE_CHOICE(_input, ...) \
	take_choice((_input), (const uint32_t []) { __VA_ARGS__ }, \
		    sizeof((const uint32_t []) { __VA_ARGS__ }) / sizeof(uint32_t))

static DWORD take_version(struct input *input)
{
	return TAKE_CHOICE(input, 0x00010003, 0x00010004, 0x00020000, 0x00020001, 0x00020002);
}

/*
 * The rest of the input, or a part of it, in memory of exactly that size: a byte read or written
 * beyond is seen. Its dwTotalSize tells the truth, as TAPI asks for; nothing else in it does.
 */
static void *take_block(struct input *input, DWORD *size)
{
	size_t length = input->length < BLOCK_MAX ? input->length : BLOCK_MAX;
	uint32_t total;
	uint8_t *block;

	if (length < sizeof(total))
		length = sizeof(total);
	block = calloc(1, length);
	if (!block)
		abort();
	memcpy(block, input->data, input->length < length ? input->length : length);
	total = (uint32_t)length;
	memcpy(block, &total, sizeof(total));
	*size = total;
	input->data += input->length < length ? input->length : length;
	input->length -= input->length < length ? input->length : length;
	return block;
}

/* A string with its end, which is all that a string promises; or one that is somebody's number. */
static char *take_text(struct input *input, size_t most)
{
	size_t length = take_byte(input), i;
	char *text;

	if (length % 2) {
		text = strdup("200");
		if (!text)
			abort();
		return text;
	}
	if (length > most)
		length = most;
	text = malloc(length + 1);
	if (!text)
		abort();
	for (i = 0; i < length; i++)
		text[i] = (char)take_byte(input);
	text[length] = '\0';
	return text;
}

static WCHAR *take_wide(struct input *input, size_t most)
{
	static const WCHAR number[] = { '2', '0', '0', 0 };
	size_t length = take_byte(input), i;
	WCHAR *text;

	if (length > most && !(length % 2))
		length = most;
	text = calloc(length % 2 ? ARRAY_LENGTH(number) : length + 1, sizeof(*text));
	if (!text)
		abort();
	if (length % 2) {
		memcpy(text, number, sizeof(number));
		return text;
	}
	for (i = 0; i < length; i++)
		text[i] = (WCHAR)(take_byte(input) | take_byte(input) << 8);
	return text;
}

/* What was asked is ended, so that the next input finds the line free. */
static void end_request(HLINE line, LONG id)
{
	LINEMESSAGE message;

	(void)line;
	if (id <= 0)
		return;
	while (!lineGetMessage(fuzz_app, &message, 20000))
		if (message.dwMessageID == LINE_REPLY && (LONG)message.dwParam1 == id)
			return;
}

/*
 * Call parameters: some with numbers that a line can do, so that the sizes and offsets behind them
 * are looked at; some that have nothing there.
 */
static LPLINECALLPARAMS take_params(struct input *input)
{
	unsigned int kind = take_byte(input) % 4;
	LPLINECALLPARAMS params;
	DWORD size;

	params = take_block(input, &size);
	if (!kind || size < sizeof(*params))
		return params;
	if (kind > 1)
		memset(&params->dwOrigAddressSize, 0,
		       sizeof(*params) - offsetof(LINECALLPARAMS, dwOrigAddressSize));
	params->dwBearerMode = 0;
	params->dwMinRate = 0;
	params->dwMaxRate = 0;
	params->dwMediaMode = LINEMEDIAMODE_DIGITALDATA;
	params->dwCallParamFlags = 0;
	params->dwAddressMode = 0;
	return params;
}

static void fuzz_make_call(struct input *input, bool is_wide)
{
	WCHAR *wide = is_wide ? take_wide(input, 100) : NULL;
	char *text = is_wide ? NULL : take_text(input, 100);
	DWORD country = take_byte(input);
	HCALL *call = calloc(1, sizeof(*call));
	LPLINECALLPARAMS params = take_params(input);
	LONG id;

	if (is_wide)
		id = lineMakeCallW(fuzz_line, call, wide, country, params);
	else
		id = lineMakeCallA(fuzz_line, call, text, country, params);
	fuzz_called.tried++;
	/* The line may be full with the call that there is: then it is looked at last. */
	fuzz_called.deep += id > 0 || id == LINEERR_CALLUNAVAIL;
	end_request(fuzz_line, id);
	if (id > 0 && *call)
		lineDeallocateCall(*call);
	free(params);
	free(call);
	free(text);
	free(wide);
}

static void fuzz_open(struct input *input)
{
	DWORD privileges = TAKE_CHOICE(input, LINECALLPRIVILEGE_NONE, LINECALLPRIVILEGE_MONITOR,
				       LINECALLPRIVILEGE_OWNER,
				       LINECALLPRIVILEGE_MONITOR | LINECALLPRIVILEGE_OWNER,
				       LINECALLPRIVILEGE_OWNER | LINEOPENOPTION_SINGLEADDRESS,
				       LINECALLPRIVILEGE_NONE | LINEOPENOPTION_PROXY);
	DWORD media = TAKE_CHOICE(input, LINEMEDIAMODE_DIGITALDATA, LINEMEDIAMODE_DATAMODEM,
				  LINEMEDIAMODE_UNKNOWN, LINEMEDIAMODE_INTERACTIVEVOICE);
	DWORD device = TAKE_CHOICE(input, 0, 1, LINEMAPPER);
	DWORD version = take_version(input);
	bool is_wide = take_byte(input) & 1;
	LPLINECALLPARAMS params = take_params(input);
	HLINE line = 0;
	LONG result;

	if (is_wide)
		result = lineOpenW(fuzz_app, device, &line, version, 0, 0, privileges, media,
				   params);
	else
		result = lineOpenA(fuzz_app, device, &line, version, 0, 0, privileges, media,
				   params);
	fuzz_opened.tried++;
	if (!result) {
		fuzz_opened.deep++;
		lineClose(line);
	}
	free(params);
}

static void hear_nothing(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR first,
			 DWORD_PTR second, DWORD_PTR third)
{
	(void)device;
	(void)message;
	(void)instance;
	(void)first;
	(void)second;
	(void)third;
}

static void fuzz_initialize(struct input *input)
{
	DWORD version = take_version(input), num_devs;
	DWORD options = TAKE_CHOICE(input, LINEINITIALIZEEXOPTION_USEHIDDENWINDOW,
				    LINEINITIALIZEEXOPTION_USEEVENT,
				    LINEINITIALIZEEXOPTION_USECOMPLETIONPORT,
				    LINEINITIALIZEEXOPTION_USEEVENT |
				    LINEINITIALIZEEXOPTION_CALLHUBTRACKING);
	LINECALLBACK callback = take_byte(input) % 8 < 7 ? hear_nothing : NULL;
	bool is_wide = take_byte(input) & 1;
	char *name = is_wide ? NULL : take_text(input, 60);
	WCHAR *wide = is_wide ? take_wide(input, 60) : NULL;
	LINEINITIALIZEEXPARAMS *params;
	HLINEAPP app = 0;
	LONG result;
	DWORD size;

	params = take_block(input, &size);
	/* A descriptor that is none: the library is not to write to one of the test's own. */
	if (size >= sizeof(*params)) {
		params->dwOptions = options;
		params->Handles.hCompletionPort = TAPI_FD_TO_HANDLE(-1 - (int)take_byte(input));
	}
	if (is_wide)
		result = lineInitializeExW(&app, NULL, callback, wide, &num_devs, &version, params);
	else
		result = lineInitializeExA(&app, NULL, callback, name, &num_devs, &version, params);
	fuzz_initialized.tried++;
	if (!result) {
		fuzz_initialized.deep++;
		lineShutdown(app);
	}
	free(params);
	free(name);
	free(wide);
}

/* What a device cannot do, the library refuses: not before it has looked at the structures. */
static void fuzz_supplementary(struct input *input)
{
	bool is_wide = take_byte(input) & 1, is_forward = take_byte(input) & 1;
	LPLINEFORWARDLIST list = NULL;
	DWORD address = take_byte(input) & 1, size;
	HCALL *call = calloc(1, sizeof(*call));
	LPLINECALLPARAMS params;
	struct input half = *input;
	LONG id;

	if (is_forward) {
		half.length /= 2;
		input->data += half.length;
		input->length -= half.length;
		list = take_block(&half, &size);
	}
	params = take_params(input);
	if (is_forward && is_wide)
		id = lineForwardW(fuzz_line, address, address, list, address, call, params);
	else if (is_forward)
		id = lineForwardA(fuzz_line, address, address, list, address, call, params);
	else if (is_wide)
		id = lineSetupTransferW(fuzz_call, call, params);
	else
		id = lineSetupTransferA(fuzz_call, call, params);
	end_request(fuzz_line, id);
	free(list);
	free(params);
	free(call);
}

/* Digits that are gathered into memory of exactly that size, until they are given up. */
static void fuzz_gather(struct input *input)
{
	DWORD modes = TAKE_CHOICE(input, LINEDIGITMODE_DTMF, LINEDIGITMODE_PULSE,
				  LINEDIGITMODE_DTMFEND,
				  LINEDIGITMODE_DTMF | LINEDIGITMODE_DTMFEND);
	DWORD first = TAKE_CHOICE(input, 0, 1, 1000, 30000);
	DWORD between = TAKE_CHOICE(input, 0, 1, 1000, 30000);
	bool is_wide = take_byte(input) & 1;
	DWORD number = take_byte(input);
	void *digits = calloc(number + 1, is_wide ? sizeof(WCHAR) : 1);
	WCHAR *wide = take_wide(input, 20);
	char *text = take_text(input, 20);

	if (is_wide) {
		lineGatherDigitsW(fuzz_call, modes, digits, number, wide, first, between);
		lineGatherDigitsW(fuzz_call, 0, NULL, 0, NULL, 0, 0);
	} else {
		lineGatherDigitsA(fuzz_call, modes, digits, number, text, first, between);
		lineGatherDigitsA(fuzz_call, 0, NULL, 0, NULL, 0, 0);
	}
	free(digits);
	free(wide);
	free(text);
}

/* Asked for by one, and taken by another who may have registered for that. */
static void fuzz_request(struct input *input)
{
	bool is_wide = take_byte(input) & 1, is_taken_wide = take_byte(input) & 1;
	WCHAR *wide[4] = { NULL };
	char *text[4] = { NULL };
	union {
		LINEREQMAKECALL narrow;
		LINEREQMAKECALLW wide;
	} *request = malloc(sizeof(*request));
	LONG result;
	int i;

	for (i = 0; i < 4; i++) {
		if (is_wide)
			wide[i] = take_wide(input, 100);
		else
			text[i] = take_text(input, 100);
	}
	result = is_wide ? tapiRequestMakeCallW(wide[0], wide[1], wide[2], wide[3]) :
		 tapiRequestMakeCallA(text[0], text[1], text[2], text[3]);
	fuzz_requested.tried++;
	if (!result) {
		if (is_taken_wide)
			result = lineGetRequestW(fuzz_app, LINEREQUESTMODE_MAKECALL, request);
		else
			result = lineGetRequestA(fuzz_app, LINEREQUESTMODE_MAKECALL, request);
		fuzz_requested.deep += !result;
	}
	for (i = 0; i < 4; i++) {
		free(wide[i]);
		free(text[i]);
	}
	free(request);
}

/* Structures that are filled in: what is in them before is not to be believed. */
static void fuzz_get(struct input *input)
{
	unsigned int which = take_byte(input) % 17;
	DWORD one = take_byte(input), two = take_word(input), size;
	char *text = take_text(input, 100);
	WCHAR *wide = NULL;
	void *block;

	/* Before the block, which takes the rest. */
	if (which == 16)
		wide = take_wide(input, 100);
	block = take_block(input, &size);
	switch (which) {
	case 0:
		lineGetDevCapsA(fuzz_app, one & 3, 0x00020002, 0, block);
		break;
	case 1:
		lineGetDevCapsW(fuzz_app, one & 3, 0x00010004, 0, block);
		break;
	case 2:
		lineGetAddressCapsA(fuzz_app, one & 3, two & 3, 0x00020002, 0, block);
		break;
	case 3:
		lineGetLineDevStatusA(fuzz_line, block);
		break;
	case 4:
		lineGetAddressStatusA(fuzz_line, one & 1, block);
		break;
	case 5:
		lineGetCallInfoA(fuzz_call, block);
		break;
	case 6:
		lineGetCallInfoW(fuzz_call, block);
		break;
	case 7:
		lineGetCallStatus(fuzz_call, block);
		break;
	case 8:
		lineGetNewCalls(fuzz_line, one & 1, two & 3, block);
		break;
	case 9:
		lineGetIDA(fuzz_line, one & 1, fuzz_call, 1U << (two & 3), block, text);
		break;
	case 10:
		lineGetCountryA(two & 0x3ff, 0x00020002, block);
		break;
	case 11:
		lineGetTranslateCapsA(fuzz_app, 0x00020002, block);
		break;
	case 12:
		lineTranslateAddressA(fuzz_app, one & 3, 0x00020002, text, two & 3, two & 0xf0,
				      block);
		break;
	case 16:
		lineTranslateAddressW(fuzz_app, one & 3, 0x00020002, wide, two & 3, two & 0xf0,
				      block);
		break;
	case 13:
		lineGetConfRelatedCalls(fuzz_call, block);
		break;
	case 14:
		lineGetProviderListA(0x00020002, block);
		break;
	default:
		lineGetDevConfigA(one & 3, block, text);
		break;
	}
	free(block);
	free(wide);
	free(text);
}

/* Strings and numbers alone. */
static void fuzz_text(struct input *input)
{
	unsigned int which = take_byte(input) % 8;
	DWORD value = take_word(input), id;
	char *text = take_text(input, 200);
	WCHAR *wide = take_wide(input, 200);

	switch (which) {
	case 0:
		lineGetAddressIDA(fuzz_line, &id, LINEADDRESSMODE_DIALABLEADDR, text,
				  (DWORD)strlen(text));
		break;
	case 1:
		lineHandoffA(fuzz_call, text, value & 0x1ff);
		break;
	case 2:
		lineGenerateDigitsA(fuzz_call, value & 7, text, value >> 16);
		break;
	case 3:
		lineGenerateDigitsW(fuzz_call, value & 7, wide, value >> 16);
		break;
	case 4:
		lineSetStatusMessages(fuzz_line, value, 0);
		break;
	case 5:
		lineMonitorDigits(fuzz_call, value);
		break;
	case 6:
		tapi_error_name((LONG)value);
		tapi_error_text((LONG)value);
		tapi_message_name(value);
		tapi_call_state_name(value);
		tapi_disconnect_mode_name(value);
		break;
	default:
		lineSetCallPrivilege(fuzz_call, value);
		break;
	}
	free(text);
	free(wide);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { .data = data, .length = size };

	switch (take_byte(&input) % FUZZ_KINDS) {
	case 0:
	case 1:
		fuzz_make_call(&input, false);
		break;
	case 2:
		fuzz_make_call(&input, true);
		break;
	case 3:
		fuzz_open(&input);
		break;
	case 4:
		fuzz_initialize(&input);
		break;
	case 5:
	case 6:
		fuzz_get(&input);
		break;
	case 7:
		fuzz_supplementary(&input);
		break;
	case 8:
		fuzz_gather(&input);
		break;
	case 9:
		fuzz_request(&input);
		break;
	default:
		fuzz_text(&input);
		break;
	}
	return 0;
}
