// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The ledger: all objects that live, and the report of those that were not released.
 *
 * TAPI3_TRACE_OBJECTS in the environment asks for the report at each Shutdown(), and for the call
 * stack that made each object in it. Its value says where to: a number is a descriptor, what has a
 * slash in it a file that is added to, anything else the standard error output. Without it nothing
 * is written, and no stack is kept.
 */
#include <ctype.h>
#include <execinfo.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "internal.h"

#define VARIABLE	"TAPI3_TRACE_OBJECTS"
#define STACK_DEPTH	32

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct object *first;
static unsigned int counts[TAPI3_KINDS];

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char *where;

/*
 * Once: others may write the environment when they know that they are alone, and that is early. A
 * program that runs with rights of others' must not write where its caller likes.
 */
static void look(void)
{
	const char *value = secure_getenv(VARIABLE);

	if (value)
		where = strdup(value);
}

static bool is_wanted(void)
{
	pthread_once(&once, look);
	return where;
}

static void keep_stack(struct object *object)
{
	void *stack[STACK_DEPTH];
	int depth = backtrace(stack, STACK_DEPTH);

	/* Without memory there is no stack in the report: no reason to have no object. */
	object->creator = malloc(depth * sizeof(*stack));
	if (!object->creator)
		return;
	memcpy(object->creator, stack, depth * sizeof(*stack));
	object->depth = depth;
}

void t3_ledger_add(struct object *object)
{
	if (is_wanted())
		keep_stack(object);
	pthread_mutex_lock(&lock);
	object->previous = NULL;
	object->next = first;
	if (first)
		first->previous = object;
	first = object;
	counts[object->class->kind]++;
	pthread_mutex_unlock(&lock);
}

void t3_ledger_remove(struct object *object)
{
	pthread_mutex_lock(&lock);
	if (object->next)
		object->next->previous = object->previous;
	if (object->previous)
		object->previous->next = object->next;
	else
		first = object->next;
	counts[object->class->kind]--;
	pthread_mutex_unlock(&lock);
}

/* All but @except, which has another reason to be there. */
static void report(int fd, const struct object *except)
{
	const struct object *object;
	unsigned int left = 0;

	pthread_mutex_lock(&lock);
	for (object = first; object; object = object->next)
		left += object != except;
	if (left)
		dprintf(fd, "tapi3: process %d: %u object%s still referenced\n", getpid(), left,
			left == 1 ? " is" : "s are");
	for (object = first; object; object = object->next) {
		if (object == except)
			continue;
		dprintf(fd, "tapi3: %s %p: references: %u%s\n", object->class->name,
			(const void *)object,
			atomic_load_explicit(&object->refs, memory_order_relaxed),
			object->depth ? ", made by:" : "");
		/* The first two are this library's own: this file and t3_new(). */
		if (object->depth > 2)
			backtrace_symbols_fd(object->creator + 2, object->depth - 2, fd);
	}
	pthread_mutex_unlock(&lock);
}

void t3_ledger_shutdown(const struct object *tapi)
{
	int fd;

	if (!is_wanted())
		return;
	if (strchr(where, '/')) {
		fd = open(where, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
		if (fd < 0) {
			dprintf(STDERR_FILENO, "tapi3: cannot write " VARIABLE "'s file %s: %m\n",
				where);
			return;
		}
		report(fd, tapi);
		close(fd);
		return;
	}
	fd = isdigit((unsigned char)*where) ? atoi(where) : STDERR_FILENO;
	report(fd, tapi);
}

TAPI3_EXPORT unsigned int tapi3_objects(enum tapi3_kind kind)
{
	unsigned int count = 0;
	int i;

	pthread_mutex_lock(&lock);
	for (i = 0; i < TAPI3_KINDS; i++)
		if (kind == TAPI3_KINDS || kind == (enum tapi3_kind)i)
			count += counts[i];
	pthread_mutex_unlock(&lock);
	return count;
}

TAPI3_EXPORT void tapi3_report(int fd)
{
	report(fd, NULL);
}
