// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The variable part of the application's structures.
 *
 * What does not fit is left out as a whole, and counts for dwNeededSize all the same.
 */
#include <string.h>

#include "internal.h"

/* Where a field begins: so that also DWORDs can be read in place. */
#define VARIABLE_ALIGN	4

static DWORD aligned(DWORD offset)
{
	return (offset + VARIABLE_ALIGN - 1) / VARIABLE_ALIGN * VARIABLE_ALIGN;
}

LONG variable_begin(struct variable *variable, void *structure, DWORD fixed, bool is_wide)
{
	DWORD total;

	if (!structure)
		return LINEERR_INVALPOINTER;
	memcpy(&total, structure, sizeof(total));
	if (total < fixed)
		return LINEERR_STRUCTURETOOSMALL;

	variable->base = structure;
	variable->total = total;
	variable->needed = fixed;
	variable->used = fixed;
	variable->is_wide = is_wide;
	memset(variable->base + sizeof(total), 0, fixed - sizeof(total));
	return 0;
}

/* Room for @length bytes, or NULL if they do not fit. */
static unsigned char *variable_room(struct variable *variable, DWORD length, DWORD *size,
				    DWORD *offset)
{
	DWORD start = aligned(variable->used);

	variable->needed = aligned(variable->needed) + length;
	if (start > variable->total || length > variable->total - start) {
		*size = 0;
		*offset = 0;
		return NULL;
	}
	variable->used = start + length;
	*size = length;
	*offset = start;
	return variable->base + start;
}

void variable_bytes(struct variable *variable, const void *data, DWORD length, DWORD *size,
		    DWORD *offset)
{
	unsigned char *room;

	*size = 0;
	*offset = 0;
	if (!length)
		return;
	room = variable_room(variable, length, size, offset);
	if (room)
		memcpy(room, data, length);
}

void variable_string(struct variable *variable, const char *text, DWORD *size, DWORD *offset)
{
	unsigned char *room;
	size_t units;

	if (!text || !*text || !variable->is_wide) {
		variable_bytes(variable, text, text && *text ? strlen(text) + 1 : 0, size, offset);
		return;
	}
	units = text_to_wide(text, NULL, 0);
	room = variable_room(variable, units * sizeof(WCHAR), size, offset);
	if (room)
		text_to_wide(text, (WCHAR *)(void *)room, units);
}

void variable_end(struct variable *variable)
{
	memcpy(variable->base + sizeof(DWORD), &variable->needed, sizeof(DWORD));
	memcpy(variable->base + 2 * sizeof(DWORD), &variable->used, sizeof(DWORD));
}
