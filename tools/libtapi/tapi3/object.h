/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What all objects of TAPI 3 have in common.
 */
#ifndef TAPI3_OBJECT_H
#define TAPI3_OBJECT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../tapi3.h"

#define t3_container_of(pointer, type, member) \
	((type *)((char *)(pointer) - offsetof(type, member)))

struct object;

/**
 * struct interface - an interface that a class has
 * @iid: its name
 * @offset: of the pointer to its functions, in the object
 */
struct interface {
	const IID *iid;
	size_t offset;
};

/**
 * struct object_class - what the objects of one kind have in common
 * @kind: for the counts
 * @name: for the report
 * @interfaces: the first is the object's identity, and IDispatch if it has that; ends with a NULL
 * @end: the last reference is gone: puts what the object held, then t3_free()
 */
struct object_class {
	enum tapi3_kind kind;
	const char *name;
	const struct interface *interfaces;
	void (*end)(struct object *object);
};

/**
 * struct object - the beginning of each object
 * @class: its class
 * @refs: references
 * @family: the number of the session that it was made in; an own one of what is made in none
 * @is_inherited: this process has it of its parent; under the ledger's lock
 * @next: in the ledger
 * @previous: in the ledger
 * @creator: who made it, return addresses, if that is asked for
 * @depth: of them
 */
struct object {
	const struct object_class *class;
	atomic_uint refs;
	unsigned int family;
	bool is_inherited;
	struct object *next;
	struct object *previous;
	void **creator;
	int depth;
};

/*
 * An object of @size bytes, all zero behind its beginning, with one reference, of a family; 0: it
 * begins one. NULL: no memory.
 */
void *t3_new(const struct object_class *class, size_t size, unsigned int family);
/* The number of another family. */
unsigned int t3_family_new(void);
/* Its memory; the last step of an end. */
void t3_free(struct object *object);
ULONG t3_hold(struct object *object);
ULONG t3_put(struct object *object);
/* A reference, unless there is none any more. */
bool t3_try_hold(struct object *object);
HRESULT t3_query(struct object *object, REFIID iid, void **out);

/* The ledger (ledger.c). */
void t3_ledger_add(struct object *object);
void t3_ledger_remove(struct object *object);
/*
 * The report of what is left of a family, a session's that has ended: on the standard error output,
 * or where the environment says.
 */
void t3_ledger_shutdown(unsigned int family);
/* Sessions, which are no objects, but have something to do in a child of fork(). */
struct session;
void t3_ledger_add_session(struct session *session);
void t3_ledger_remove_session(struct session *session);

/*
 * The functions that all interfaces have, for one: @interface is embedded in a struct @type as
 * @member, and the struct begins with the object. Their names begin with @name.
 */
#define T3_UNKNOWN(name, interface, type, member)						\
static HRESULT WINAPI name##_query(interface *self, REFIID iid, void **out)			\
{												\
	return t3_query(&t3_container_of(self, struct type, member)->object, iid, out);		\
}												\
												\
static ULONG WINAPI name##_add_ref(interface *self)						\
{												\
	return t3_hold(&t3_container_of(self, struct type, member)->object);			\
}												\
												\
static ULONG WINAPI name##_release(interface *self)						\
{												\
	return t3_put(&t3_container_of(self, struct type, member)->object);			\
}

/* And those of IDispatch: nobody calls by name here, so none of them is implemented. */
#define T3_DISPATCH(name, interface, type, member)						\
T3_UNKNOWN(name, interface, type, member)							\
												\
static HRESULT WINAPI name##_get_type_info_count(interface *self, UINT *count)			\
{												\
	(void)self;										\
	if (!count)										\
		return E_POINTER;								\
	*count = 0;										\
	return E_NOTIMPL;									\
}												\
												\
static HRESULT WINAPI name##_get_type_info(interface *self, UINT index, LCID locale,		\
					   ITypeInfo **out)					\
{												\
	(void)self;										\
	(void)index;										\
	(void)locale;										\
	if (!out)										\
		return E_POINTER;								\
	*out = NULL;										\
	return E_NOTIMPL;									\
}												\
												\
static HRESULT WINAPI name##_get_ids(interface *self, REFIID iid, LPOLESTR *names, UINT count,	\
				     LCID locale, DISPID *out)					\
{												\
	(void)self;										\
	(void)iid;										\
	(void)names;										\
	(void)count;										\
	(void)locale;										\
	(void)out;										\
	return E_NOTIMPL;									\
}												\
												\
static HRESULT WINAPI name##_invoke(interface *self, DISPID member_id, REFIID iid, LCID locale,	\
				    WORD flags, DISPPARAMS *parameters, VARIANT *result,	\
				    EXCEPINFO *exception, UINT *argument)			\
{												\
	(void)self;										\
	(void)member_id;									\
	(void)iid;										\
	(void)locale;										\
	(void)flags;										\
	(void)parameters;									\
	(void)result;										\
	(void)exception;									\
	(void)argument;										\
	return E_NOTIMPL;									\
}

#define T3_UNKNOWN_TABLE(name)			\
	.QueryInterface = name##_query,		\
	.AddRef = name##_add_ref,		\
	.Release = name##_release

#define T3_DISPATCH_TABLE(name)					\
	T3_UNKNOWN_TABLE(name),					\
	.GetTypeInfoCount = name##_get_type_info_count,		\
	.GetTypeInfo = name##_get_type_info,			\
	.GetIDsOfNames = name##_get_ids,			\
	.Invoke = name##_invoke

#endif /* TAPI3_OBJECT_H */
