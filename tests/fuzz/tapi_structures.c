// SPDX-License-Identifier: GPL-2.0
/*
 * Hostile structures for libtapi: sizes and offsets that lie, strings without an end, flags that
 * nobody knows. The input says which function, which structure, and what is in it.
 *
 * For libFuzzer, with the library built by clang -fsanitize=fuzzer-no-link,address:
 *
 *   clang -fsanitize=fuzzer,address -I... tapi_structures.c libtapi.a libcondis.a ...
 *
 * and in the suite tapi_fuzz, which makes inputs of its own from a seed. It needs an application
 * with a line and perhaps a call; without /dev/ndproxy it still tries all that needs neither.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <tapi.h>

#include "tapi_structures.h"

/* What an input is about; 0 is what names nothing. */
HLINEAPP fuzz_app;
HLINE fuzz_line;
HCALL fuzz_call;

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

	for (i = 0; i < 4; i++)
		word = word << 8 | take_byte(input);
	return word;
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

/* A string with its end, which is all that a string promises. */
static char *take_text(struct input *input, size_t most)
{
	size_t length = take_byte(input), i;
	char *text;

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
	size_t length = take_byte(input), i;
	WCHAR *text;

	if (length > most)
		length = most;
	text = calloc(length + 1, sizeof(*text));
	if (!text)
		abort();
	for (i = 0; i < length; i++)
		text[i] = (WCHAR)(take_byte(input) << 8 | take_byte(input));
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

static void fuzz_make_call(struct input *input, bool is_wide)
{
	WCHAR *wide = is_wide ? take_wide(input, 100) : NULL;
	char *text = is_wide ? NULL : take_text(input, 100);
	DWORD country = take_byte(input);
	HCALL *call = calloc(1, sizeof(*call));
	DWORD size;
	void *params = take_block(input, &size);
	LONG id;

	if (is_wide)
		id = lineMakeCallW(fuzz_line, call, wide, country, params);
	else
		id = lineMakeCallA(fuzz_line, call, text, country, params);
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
	DWORD privileges = take_word(input), media = take_word(input);
	DWORD device = take_byte(input) & 1 ? LINEMAPPER : take_byte(input) & 3;
	HLINE line = 0;
	DWORD size;
	void *params = take_block(input, &size);

	if (!lineOpen(fuzz_app, device, &line, take_byte(input) & 1 ? 0x00010004 : 0x00020002, 0, 0,
		      privileges, media, params))
		lineClose(line);
	free(params);
}

static void fuzz_initialize(struct input *input)
{
	DWORD version = take_word(input), num_devs;
	LINEINITIALIZEEXPARAMS *params;
	char *name = take_text(input, 60);
	HLINEAPP app = 0;
	DWORD size;

	params = take_block(input, &size);
	/* A descriptor that is none: the library is not to write to one of the test's own. */
	if (size >= sizeof(*params))
		params->Handles.hCompletionPort = TAPI_FD_TO_HANDLE(-1 - (int)take_byte(input));
	if (!lineInitializeExA(&app, NULL, NULL, name, &num_devs, &version, params))
		lineShutdown(app);
	free(params);
	free(name);
}

/* Structures that are filled in: what is in them before is not to be believed. */
static void fuzz_get(struct input *input)
{
	unsigned int which = take_byte(input) % 16;
	DWORD one = take_byte(input), two = take_word(input), size;
	char *text = take_text(input, 100);
	void *block = take_block(input, &size);

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

	switch (take_byte(&input) % 8) {
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
	default:
		fuzz_text(&input);
		break;
	}
	return 0;
}
