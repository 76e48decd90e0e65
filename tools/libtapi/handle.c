// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Handles: numbers that name applications, lines and calls.
 *
 * One table for the whole process, since a function of the interface is given a line or a call and
 * nothing else.  Numbers are given cyclically: one that has died names nothing until 2^31 others
 * were given.
 */
#include <stdlib.h>

#include "internal.h"

/* The largest handle: a request is a positive LONG, and handles look like requests. */
#define HANDLE_MAX	0x7fffffff

static struct lock lock;
static struct object *objects;
static DWORD last_handle;
static atomic_bool is_used;

/* What the parent had, in a child of fork(): out of use, but not lost to who looks for leaks. */
static struct object *inherited;

void *hash_malloc(size_t size)
{
	return malloc(size);
}

static struct object *find(DWORD handle)
{
	struct object *object;

	HASH_FIND(in_table, objects, &handle, sizeof(handle), object);
	return object;
}

int handle_new(struct object *object, enum object_kind kind,
	       void (*release)(struct object *object))
{
	bool is_added;

	lock_take(&lock);
	do {
		last_handle = last_handle < HANDLE_MAX ? last_handle + 1 : 1;
	} while (find(last_handle));
	object->handle = last_handle;
	object->kind = kind;
	object->free = release;
	atomic_init(&object->refs, 2);
	atomic_init(&object->is_dead, false);
	HASH_ADD(in_table, objects, handle, sizeof(object->handle), object);
	is_added = object->in_table.tbl;
	if (is_added)
		atomic_store(&is_used, true);
	lock_give(&lock);
	return is_added ? 0 : -1;
}

struct object *handle_get(DWORD handle, enum object_kind kind)
{
	struct object *object;

	lock_take(&lock);
	object = find(handle);
	if (object && object->kind == kind)
		object_hold(object);
	else
		object = NULL;
	lock_give(&lock);
	return object;
}

bool handle_take(struct object *object)
{
	bool is_ours;

	lock_take(&lock);
	/* The number may be another one's by now. */
	is_ours = find(object->handle) == object;
	if (is_ours)
		HASH_DELETE(in_table, objects, object);
	lock_give(&lock);
	return is_ours;
}

void object_hold(struct object *object)
{
	atomic_fetch_add_explicit(&object->refs, 1, memory_order_relaxed);
}

void object_put(struct object *object)
{
	/* Who frees it sees all that others have done to it. */
	if (atomic_fetch_sub_explicit(&object->refs, 1, memory_order_acq_rel) == 1)
		object->free(object);
}

bool handles_never_used(void)
{
	return !atomic_load(&is_used);
}

void handles_lock(void)
{
	lock_take(&lock);
}

void handles_unlock(void)
{
	lock_give(&lock);
}

void handles_orphan(void)
{
	struct object *object;

	for (object = objects; object; object = object->in_table.next)
		atomic_store(&object->is_dead, true);
	inherited = objects;
	objects = NULL;
	atomic_store(&is_used, false);
}

struct app *app_get(HLINEAPP handle, LONG *error)
{
	struct object *object = handle_get(handle, OBJECT_APP);

	if (!object) {
		*error = handles_never_used() ? LINEERR_UNINITIALIZED : LINEERR_INVALAPPHANDLE;
		return NULL;
	}
	return (struct app *)object;
}

struct line *line_get(HLINE handle, LONG *error)
{
	struct object *object = handle_get(handle, OBJECT_LINE);
	struct line *line = (struct line *)object;

	/*
	 * lineOpen() writes the handle before the kernel has answered, so that a message of the
	 * line never names an unknown one.  Until the kernel's handle is known there is nothing
	 * that could be done with it.
	 */
	if (line && !atomic_load(&line->kernel)) {
		line_put(line);
		line = NULL;
	}
	if (!line)
		*error = handles_never_used() ? LINEERR_UNINITIALIZED : LINEERR_INVALLINEHANDLE;
	return line;
}

struct call *call_get(HCALL handle, LONG *error)
{
	struct object *object = handle_get(handle, OBJECT_CALL);
	struct call *call = (struct call *)object;

	/* Not the application's before LINE_REPLY has said that it succeeded. */
	if (call && atomic_load(&call->is_tentative)) {
		call_put(call);
		call = NULL;
	}
	if (!call)
		*error = handles_never_used() ? LINEERR_UNINITIALIZED : LINEERR_INVALCALLHANDLE;
	return call;
}
