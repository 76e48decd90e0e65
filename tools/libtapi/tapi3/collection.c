// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Collections: ITCollection, which is what an enumerator is for programs that cannot have pointers
 * to pointers.
 */
#include <stdlib.h>

#include "internal.h"

/**
 * struct collection - a collection
 * @object: TAPI3_COLLECTION
 * @icollection: its methods
 * @snapshot: what is in it, with a reference
 */
struct collection {
	struct object object;
	ITCollection icollection;
	struct snapshot *snapshot;
};

T3_DISPATCH(collection, ITCollection, collection, icollection)

static struct snapshot *snapshot_of(ITCollection *self)
{
	return t3_container_of(self, struct collection, icollection)->snapshot;
}

static HRESULT WINAPI get_count(ITCollection *self, LONG *count)
{
	if (!count)
		return E_POINTER;
	if (t3_snapshot_is_over(snapshot_of(self)))
		return TAPI_E_NOT_INITIALIZED;
	*count = snapshot_of(self)->count;
	return S_OK;
}

/* They are counted from 1. */
static HRESULT WINAPI get_item(ITCollection *self, LONG index, VARIANT *out)
{
	const struct snapshot *snapshot = snapshot_of(self);
	const struct item *item;

	if (!out)
		return E_POINTER;
	VariantInit(out);
	if (t3_snapshot_is_over(snapshot))
		return TAPI_E_NOT_INITIALIZED;
	if (index < 1 || (size_t)index > snapshot->count)
		return E_INVALIDARG;
	item = &snapshot->items[index - 1];
	t3_item_hold(item);
	out->vt = VT_DISPATCH;
	out->pdispVal = item->face;
	return S_OK;
}

static HRESULT WINAPI get_new_enum(ITCollection *self, IUnknown **out)
{
	struct snapshot *snapshot = snapshot_of(self);
	void *enumerator = NULL;
	HRESULT result;

	if (!out)
		return E_POINTER;
	*out = NULL;
	if (t3_snapshot_is_over(snapshot))
		return TAPI_E_NOT_INITIALIZED;
	atomic_fetch_add_explicit(&snapshot->refs, 1, memory_order_relaxed);
	result = t3_enumerate(snapshot, &IID_IEnumUnknown, &enumerator);
	*out = enumerator;
	return result;
}

static const ITCollectionVtbl collection_table = {
	T3_DISPATCH_TABLE(collection),
	.get_Count = get_count,
	.get_Item = get_item,
	.get__NewEnum = get_new_enum,
};

static void collection_end(struct object *object)
{
	t3_snapshot_put(((struct collection *)object)->snapshot);
	t3_free(object);
}

static const struct interface collection_interfaces[] = {
	{ &IID_IDispatch, offsetof(struct collection, icollection) },
	{ &IID_ITCollection, offsetof(struct collection, icollection) },
	{ 0 }
};

static const struct object_class collection_class = {
	.kind = TAPI3_COLLECTION,
	.name = "ITCollection",
	.interfaces = collection_interfaces,
	.end = collection_end,
};

HRESULT t3_collect(struct snapshot *snapshot, VARIANT *out)
{
	struct collection *collection;

	VariantInit(out);
	if (!snapshot)
		return E_OUTOFMEMORY;
	collection = t3_new(&collection_class, sizeof(*collection), snapshot->family);
	if (!collection) {
		t3_snapshot_put(snapshot);
		return E_OUTOFMEMORY;
	}
	collection->icollection.lpVtbl = &collection_table;
	collection->snapshot = snapshot;
	out->vt = VT_DISPATCH;
	out->pdispVal = (IDispatch *)&collection->icollection;
	return S_OK;
}
