// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The ledger: all objects that live, and the report of those that were not released.
 *
 * Each Shutdown() reports what was made in that session and is still referenced, on the standard
 * error output. TAPI3_TRACE_OBJECTS in the environment asks for more: the call stack that made each
 * object, which is not kept otherwise, and a report of all when the program ends. Its value says
 * where to: a number is a descriptor, what has a slash in it a file that is added to, anything else
 * the standard error output.
 */
#include <ctype.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
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

static struct session *first_session;

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

static void fork_prepare(void)
{
	pthread_mutex_lock(&lock);
}

static void fork_parent(void)
{
	pthread_mutex_unlock(&lock);
}

static void fork_child(void)
{
	struct session *session;
	struct object *object;

	for (session = first_session; session; session = session->next)
		t3_session_orphan(session);
	for (object = first; object; object = object->next) {
		object->is_inherited = true;
		if (object->class->kind == TAPI3_TAPI)
			t3_tapi_orphan(object);
	}
	pthread_mutex_unlock(&lock);
}

/*
 * Before the program can fork(), and not at the first use, as in ../fork.c. Nobody who has one of
 * the two locks takes the other, so which is registered first is no matter.
 */
static void __attribute__((constructor(101))) fork_handle(void)
{
	pthread_atfork(fork_prepare, fork_parent, fork_child);
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

void t3_ledger_add_session(struct session *session)
{
	pthread_mutex_lock(&lock);
	session->next = first_session;
	if (first_session)
		first_session->previous = session;
	first_session = session;
	pthread_mutex_unlock(&lock);
}

void t3_ledger_remove_session(struct session *session)
{
	pthread_mutex_lock(&lock);
	if (session->next)
		session->next->previous = session->previous;
	if (session->previous)
		session->previous->next = session->next;
	else
		first_session = session->next;
	pthread_mutex_unlock(&lock);
}

/**
 * struct entry - an object in a report
 * @name: of its class
 * @address: where it is, or was
 * @refs: references
 * @creator: who made it
 * @depth: of that
 */
struct entry {
	const char *name;
	const void *address;
	unsigned int refs;
	void *creator[STACK_DEPTH];
	int depth;
};

/* ALL: whoever has them. EXIT: of this process. Else, what is left of a family. */
#define FAMILY_ALL	0
#define FAMILY_EXIT	UINT_MAX

static bool is_reported(const struct object *object, unsigned int family)
{
	if (family == FAMILY_ALL)
		return true;
	if (object->is_inherited)
		return false;
	return family == FAMILY_EXIT || object->family == family;
}

/*
 * Those that are reported, to be freed, and how many there are. NULL: none, or no memory. One whose
 * last reference is gone waits for its end, perhaps for the lock that is held here.
 */
static struct entry *find(unsigned int family, unsigned int *left)
{
	const struct object *object;
	struct entry *entries, *entry;
	unsigned int refs;

	*left = 0;
	pthread_mutex_lock(&lock);
	for (object = first; object; object = object->next)
		*left += is_reported(object, family) &&
			 atomic_load_explicit(&object->refs, memory_order_relaxed);
	entries = *left ? calloc(*left, sizeof(*entries)) : NULL;
	entry = entries;
	for (object = first; entries && object; object = object->next) {
		refs = atomic_load_explicit(&object->refs, memory_order_relaxed);
		if (!refs || !is_reported(object, family))
			continue;
		entry->name = object->class->name;
		entry->address = object;
		entry->refs = refs;
		entry->depth = object->depth;
		if (object->depth)
			memcpy(entry->creator, object->creator,
			       object->depth * sizeof(*object->creator));
		entry++;
	}
	pthread_mutex_unlock(&lock);
	/* References go without the lock, and so there may be fewer than were counted. */
	if (entries)
		*left = entry - entries;
	return entries;
}

/* Written without the lock: who reads it may be slow, or want an object for it. */
static void report(int fd, unsigned int family)
{
	struct entry *entries, *entry;
	unsigned int left;

	entries = find(family, &left);
	if (left)
		dprintf(fd, "tapi3: process %d: %u object%s still referenced\n", getpid(), left,
			left == 1 ? " is" : "s are");
	for (entry = entries; entries && entry < entries + left; entry++) {
		dprintf(fd, "tapi3: %s %p: references: %u%s\n", entry->name, entry->address,
			entry->refs, entry->depth ? ", made by:" : "");
		/* The first two are this library's own: this file and t3_new(). */
		if (entry->depth > 2)
			backtrace_symbols_fd(entry->creator + 2, entry->depth - 2, fd);
	}
	free(entries);
}

/* Where the environment says. */
static void report_there(unsigned int family)
{
	int fd;

	if (strchr(where, '/')) {
		fd = open(where, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
		if (fd < 0) {
			dprintf(STDERR_FILENO, "tapi3: cannot write " VARIABLE "'s file %s: %m\n",
				where);
			return;
		}
		report(fd, family);
		close(fd);
		return;
	}
	fd = isdigit((unsigned char)*where) ? atoi(where) : STDERR_FILENO;
	report(fd, family);
}

/*
 * The program did not ask for it: it must not die of a reader that is gone. The signal of a write()
 * is for the thread that writes, so it can be taken back here.
 */
static void report_unasked(unsigned int family)
{
	const struct timespec now = { 0 };
	sigset_t pipe, before, pending;

	sigemptyset(&pipe);
	sigaddset(&pipe, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &pipe, &before);
	sigpending(&pending);
	if (is_wanted())
		report_there(family);
	else
		report(STDERR_FILENO, family);
	/* One that was there is the program's. */
	if (!sigismember(&pending, SIGPIPE))
		while (sigtimedwait(&pipe, NULL, &now) < 0 && errno == EINTR)
			;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void t3_ledger_shutdown(unsigned int family)
{
	report_unasked(family);
}

/*
 * Who releases the TAPI object without Shutdown() while something else holds it hears of that only
 * now: it lives, and nobody can say whether it was meant to.
 */
__attribute__((destructor)) static void report_at_exit(void)
{
	if (is_wanted())
		report_unasked(FAMILY_EXIT);
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
	report(fd, FAMILY_ALL);
}
