// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What there was at one moment: the content of enumerators and collections.
 */
#include <stdlib.h>

#include "internal.h"

#define ROOM_MIN 8

struct snapshot *t3_snapshot_new(struct session *session, unsigned int family)
{
	struct snapshot *snapshot = calloc(1, sizeof(*snapshot));

	if (!snapshot)
		return NULL;
	atomic_init(&snapshot->refs, 1);
	snapshot->family = family;
	if (session)
		snapshot->session = t3_session_hold(session);
	return snapshot;
}

bool t3_snapshot_is_over(const struct snapshot *snapshot)
{
	return snapshot->session && t3_session_is_over(snapshot->session);
}

void t3_item_hold(const struct item *item)
{
	IUnknown *unknown = item->face;

	if (item->object)
		t3_hold(item->object);
	else
		unknown->lpVtbl->AddRef(unknown);
}

void t3_item_put(const struct item *item)
{
	IUnknown *unknown = item->face;

	if (item->object)
		t3_put(item->object);
	else
		unknown->lpVtbl->Release(unknown);
}

bool t3_snapshot_add(struct snapshot *snapshot, void *face, struct object *object, DWORD cookie)
{
	struct item *items;
	size_t room;

	if (snapshot->count == snapshot->room) {
		room = snapshot->room ? 2 * snapshot->room : ROOM_MIN;
		items = reallocarray(snapshot->items, room, sizeof(*items));
		if (!items)
			return false;
		snapshot->items = items;
		snapshot->room = room;
	}
	snapshot->items[snapshot->count++] = (struct item) { face, object, cookie };
	return true;
}

void t3_snapshot_put(struct snapshot *snapshot)
{
	size_t i;

	if (atomic_fetch_sub_explicit(&snapshot->refs, 1, memory_order_acq_rel) != 1)
		return;
	for (i = 0; i < snapshot->count; i++)
		t3_item_put(&snapshot->items[i]);
	if (snapshot->session)
		t3_session_put(snapshot->session);
	free(snapshot->items);
	free(snapshot);
}
