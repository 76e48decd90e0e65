// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Enumerators: all the IEnum* interfaces, over one kind of snapshot.
 *
 * One object may be used by several threads: each thing is given to one of them.
 */
#include <stdlib.h>

#include "internal.h"

/**
 * struct enumerator - an enumerator
 * @object: TAPI3_ENUMERATOR
 * @face: its one interface
 * @snapshot: what it goes through, with a reference
 * @position: what comes next
 */
struct enumerator {
	struct object object;
	union {
		IEnumAddress address;
		IEnumCall call;
		IEnumCallHub hub;
		IEnumUnknown unknown;
		IEnumConnectionPoints point;
		IEnumConnections connection;
	} face;
	struct snapshot *snapshot;
	atomic_size_t position;
};

static void enumerator_end(struct object *object)
{
	struct enumerator *enumerator = (struct enumerator *)object;

	t3_snapshot_put(enumerator->snapshot);
	t3_free(object);
}

/* Pass by at most @wanted things; returns how many, the first of them is *@from. */
static size_t pass(struct enumerator *enumerator, size_t wanted, size_t *from)
{
	size_t position = atomic_load(&enumerator->position);
	size_t count;

	do {
		count = enumerator->snapshot->count - position;
		if (count > wanted)
			count = wanted;
	} while (!atomic_compare_exchange_weak(&enumerator->position, &position,
					       position + count));
	*from = position;
	return count;
}

static HRESULT may_begin(struct enumerator *enumerator, ULONG wanted, const void *out,
			 const ULONG *fetched)
{
	if (t3_snapshot_is_over(enumerator->snapshot))
		return TAPI_E_NOT_INITIALIZED;
	/* Who does not hear how many there were must have asked for one. */
	if (!out || (!fetched && wanted != 1))
		return E_POINTER;
	return S_OK;
}

static HRESULT skip(struct enumerator *enumerator, ULONG count)
{
	size_t from;

	if (t3_snapshot_is_over(enumerator->snapshot))
		return TAPI_E_NOT_INITIALIZED;
	return pass(enumerator, count, &from) == count ? S_OK : S_FALSE;
}

static HRESULT reset(struct enumerator *enumerator)
{
	if (t3_snapshot_is_over(enumerator->snapshot))
		return TAPI_E_NOT_INITIALIZED;
	atomic_store(&enumerator->position, 0);
	return S_OK;
}

static struct enumerator *enumerator_new(const struct object_class *class, const void *table,
					 struct snapshot *snapshot, size_t position)
{
	struct enumerator *enumerator = t3_new(class, sizeof(*enumerator), snapshot->family);

	if (!enumerator) {
		t3_snapshot_put(snapshot);
		return NULL;
	}
	/* The first member of each interface, and of each in the same place. */
	enumerator->face.unknown.lpVtbl = table;
	enumerator->snapshot = snapshot;
	atomic_init(&enumerator->position, position);
	return enumerator;
}

static HRESULT copy_of(struct enumerator *enumerator, void **out)
{
	struct enumerator *copy;

	if (!out)
		return E_POINTER;
	*out = NULL;
	if (t3_snapshot_is_over(enumerator->snapshot))
		return TAPI_E_NOT_INITIALIZED;
	atomic_fetch_add_explicit(&enumerator->snapshot->refs, 1, memory_order_relaxed);
	copy = enumerator_new(enumerator->object.class, enumerator->face.unknown.lpVtbl,
			      enumerator->snapshot, atomic_load(&enumerator->position));
	if (!copy)
		return E_OUTOFMEMORY;
	*out = &copy->face;
	return S_OK;
}

#define FACE_OF(item)		((item)->face)
#define CONNECTION_OF(item)	((CONNECTDATA) { (item)->face, (item)->cookie })

/* One interface: @value is what an item is as an @element. */
#define T3_ENUMERATOR(tag, type, element, value)						\
T3_UNKNOWN(tag, type, enumerator, face.tag)							\
												\
static HRESULT WINAPI tag##_next(type *self, ULONG count, element *out, ULONG *fetched)		\
{												\
	struct enumerator *enumerator = t3_container_of(self, struct enumerator, face.tag);	\
	HRESULT result = may_begin(enumerator, count, out, fetched);				\
	const struct item *item;								\
	size_t from, given, i;									\
												\
	if (FAILED(result))									\
		return result;									\
	given = pass(enumerator, count, &from);							\
	for (i = 0; i < given; i++) {								\
		item = &enumerator->snapshot->items[from + i];					\
		t3_item_hold(item);								\
		out[i] = value(item);								\
	}											\
	if (fetched)										\
		*fetched = given;								\
	return given == count ? S_OK : S_FALSE;							\
}												\
												\
static HRESULT WINAPI tag##_skip(type *self, ULONG count)					\
{												\
	return skip(t3_container_of(self, struct enumerator, face.tag), count);			\
}												\
												\
static HRESULT WINAPI tag##_reset(type *self)							\
{												\
	return reset(t3_container_of(self, struct enumerator, face.tag));			\
}												\
												\
static HRESULT WINAPI tag##_clone(type *self, type **out)					\
{												\
	void *copy = NULL;									\
	HRESULT result = copy_of(t3_container_of(self, struct enumerator, face.tag),		\
			       out ? &copy : NULL);						\
												\
	if (out)										\
		*out = copy;									\
	return result;										\
}												\
												\
static const type##Vtbl tag##_table = {								\
	T3_UNKNOWN_TABLE(tag),									\
	.Next = tag##_next,									\
	.Skip = tag##_skip,									\
	.Reset = tag##_reset,									\
	.Clone = tag##_clone,									\
};												\
												\
static const struct interface tag##_interfaces[] = {						\
	{ &IID_##type, offsetof(struct enumerator, face) },					\
	{ 0 }											\
};												\
												\
static const struct object_class tag##_class = {						\
	.kind = TAPI3_ENUMERATOR,								\
	.name = #type,										\
	.interfaces = tag##_interfaces,								\
	.end = enumerator_end,									\
}

T3_ENUMERATOR(address, IEnumAddress, ITAddress *, FACE_OF);
T3_ENUMERATOR(call, IEnumCall, ITCallInfo *, FACE_OF);
T3_ENUMERATOR(hub, IEnumCallHub, ITCallHub *, FACE_OF);
T3_ENUMERATOR(unknown, IEnumUnknown, IUnknown *, FACE_OF);
T3_ENUMERATOR(point, IEnumConnectionPoints, IConnectionPoint *, FACE_OF);
T3_ENUMERATOR(connection, IEnumConnections, CONNECTDATA, CONNECTION_OF);

static const struct {
	const struct object_class *class;
	const void *table;
} kinds[] = {
	{ &address_class, &address_table },
	{ &call_class, &call_table },
	{ &hub_class, &hub_table },
	{ &unknown_class, &unknown_table },
	{ &point_class, &point_table },
	{ &connection_class, &connection_table },
};

HRESULT t3_enumerate(struct snapshot *snapshot, REFIID iid, void **out)
{
	struct enumerator *enumerator;
	size_t i = 0;

	*out = NULL;
	if (!snapshot)
		return E_OUTOFMEMORY;
	while (!IsEqualIID(iid, kinds[i].class->interfaces->iid))
		i++;
	enumerator = enumerator_new(kinds[i].class, kinds[i].table, snapshot, 0);
	if (!enumerator)
		return E_OUTOFMEMORY;
	*out = &enumerator->face;
	return S_OK;
}
