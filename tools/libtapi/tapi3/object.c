// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What all objects have in common: their references, and the way from one of their interfaces to
 * the others.
 */
#include <stdlib.h>

#include "internal.h"

/* Families. */
static atomic_uint last_family;

unsigned int t3_family_new(void)
{
	return atomic_fetch_add(&last_family, 1) + 1;
}

void *t3_new(const struct object_class *class, size_t size, unsigned int family)
{
	struct object *object = calloc(1, size);

	if (!object)
		return NULL;
	object->class = class;
	object->family = family ? family : t3_family_new();
	atomic_init(&object->refs, 1);
	t3_ledger_add(object);
	return object;
}

void t3_free(struct object *object)
{
	t3_ledger_remove(object);
	free(object->creator);
	free(object);
}

ULONG t3_hold(struct object *object)
{
	return atomic_fetch_add_explicit(&object->refs, 1, memory_order_relaxed) + 1;
}

/*
 * What others wrote before they put theirs is seen by the one who puts the last, and ends the
 * object: hence release and acquire.
 */
ULONG t3_put(struct object *object)
{
	ULONG left = atomic_fetch_sub_explicit(&object->refs, 1, memory_order_acq_rel) - 1;

	if (!left)
		object->class->end(object);
	return left;
}

/*
 * For who found it in a list, whose lock it holds: there the memory still is, but perhaps no
 * reference any more, and its end waits for that lock. An object never comes back from none.
 */
bool t3_try_hold(struct object *object)
{
	unsigned int refs = atomic_load_explicit(&object->refs, memory_order_relaxed);

	while (refs)
		if (atomic_compare_exchange_weak_explicit(&object->refs, &refs, refs + 1,
							  memory_order_acquire,
							  memory_order_relaxed))
			return true;
	return false;
}

HRESULT t3_query(struct object *object, REFIID iid, void **out)
{
	const struct interface *interface = object->class->interfaces;

	if (!out)
		return E_POINTER;
	*out = NULL;
	if (!iid)
		return E_INVALIDARG;
	if (!IsEqualIID(iid, &IID_IUnknown)) {
		while (interface->iid && !IsEqualIID(iid, interface->iid))
			interface++;
		if (!interface->iid)
			return E_NOINTERFACE;
	}
	t3_hold(object);
	*out = (char *)object + interface->offset;
	return S_OK;
}
