// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The requests that wait: files in a folder that only the user can enter, named by the time they
 * were asked at.
 *
 * A request is there whole or not at all (it is written under a name that is none of these, and
 * renamed), and is had by whoever removes its name. So it survives its recipient, waits for the
 * next one, and is given to one only; and no process can hold a lock over the others.
 *
 *   <time>-<process>-<number>	a request: four strings, each with its end
 *   .<the same>		one that is being written
 *   recipient<unique name>	a link to the file name of the program that has this connection
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "assisted.h"

#define RECIPIENT "recipient"
/* A unique name of the bus, ":1.42", with the end. */
#define UNIQUE_SIZE 64

/* Strings of a request, each with its end. */
#define RECORD_SIZE sizeof(struct spool_request)

/* Nobody but the user may have made it, or look into it. */
static bool is_private(int folder)
{
	struct stat status;

	if (!fstat(folder, &status) && status.st_uid == geteuid() && !(status.st_mode & 077))
		return true;
	errno = EPERM;
	return false;
}

static int open_in(const char *base, const char *name)
{
	int parent, folder;

	parent = open(base, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (parent < 0)
		return -1;
	if (mkdirat(parent, name, 0700) && errno != EEXIST) {
		close(parent);
		return -1;
	}
	folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	close(parent);
	if (folder >= 0 && !is_private(folder)) {
		close(folder);
		return -1;
	}
	return folder;
}

int spool_open(const char *bus_id)
{
	const char *runtime = secure_getenv("XDG_RUNTIME_DIR");
	char base[32], name[80];
	int folder;

	snprintf(name, sizeof(name), "condis-tapi-%s", bus_id);
	if (runtime && runtime[0] == '/')
		return open_in(runtime, name);
	/* A session without the variable may be somebody's in a terminal of the same bus. */
	snprintf(base, sizeof(base), "/run/user/%u", geteuid());
	folder = open_in(base, name);
	if (folder >= 0)
		return folder;
	snprintf(name, sizeof(name), "condis-tapi-%u-%s", geteuid(), bus_id);
	return open_in("/tmp", name);
}

/* The four strings, one behind the other. */
static size_t record_pack(char *record, const struct spool_request *request)
{
	const char *const texts[] = {
		request->address, request->application, request->party, request->comment,
	};
	size_t used = 0, i;

	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		text_copy(record + used, texts[i]);
		used += strlen(texts[i]) + 1;
	}
	return used;
}

/* False if somebody else than this library wrote it. */
static bool record_unpack(const char *record, size_t length, struct spool_request *request)
{
	const struct {
		char *out;
		size_t room;
	} texts[] = {
		{ request->address, sizeof(request->address) },
		{ request->application, sizeof(request->application) },
		{ request->party, sizeof(request->party) },
		{ request->comment, sizeof(request->comment) },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		const char *end = memchr(record, '\0', length);

		if (!end || (size_t)(end - record) >= texts[i].room)
			return false;
		text_copy(texts[i].out, record);
		length -= (size_t)(end - record) + 1;
		record = end + 1;
	}
	return !length && request->address[0];
}

/* <time>-<process>-<number>, nothing else. */
static bool is_request(const char *name)
{
	return strlen(name) < SPOOL_NAME_SIZE && strspn(name, "0123456789") == 20 &&
	       name[20] == '-' && !name[strspn(name, "0123456789-")];
}

static int by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* Each name of the folder, until one is enough. -1: errno. */
static int walk(int spool, bool (*visit)(const char *name, void *data), void *data)
{
	struct dirent *entry;
	DIR *folder;
	int copy;

	/* Another open file: the place in a folder is one of the file, not of the descriptor. */
	copy = openat(spool, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	folder = copy < 0 ? NULL : fdopendir(copy);
	if (!folder) {
		if (copy >= 0)
			close(copy);
		return -1;
	}
	while ((entry = readdir(folder)) && visit(entry->d_name, data))
		;
	closedir(folder);
	return 0;
}

struct list {
	char (*names)[SPOOL_NAME_SIZE];
	unsigned int count;
};

/* Of more than there should be, the first ones: the last in the list makes room. */
static bool visit_request(const char *name, void *data)
{
	struct list *list = data;
	unsigned int i, last = 0;

	if (!is_request(name))
		return true;
	if (list->count < SPOOL_MAX) {
		text_copy(list->names[list->count++], name);
		return true;
	}
	for (i = 1; i < SPOOL_MAX; i++)
		if (strcmp(list->names[i], list->names[last]) > 0)
			last = i;
	if (strcmp(name, list->names[last]) < 0)
		text_copy(list->names[last], name);
	return true;
}

int spool_list(int spool, char names[SPOOL_MAX][SPOOL_NAME_SIZE])
{
	struct list list = { names, 0 };

	if (walk(spool, visit_request, &list))
		return -1;
	qsort(names, list.count, SPOOL_NAME_SIZE, by_name);
	return (int)list.count;
}

static void make_name(char name[SPOOL_NAME_SIZE])
{
	static atomic_uint number;
	struct timespec now;

	/* One clock for all processes, that is not set back. */
	clock_gettime(CLOCK_BOOTTIME, &now);
	snprintf(name, SPOOL_NAME_SIZE, "%020llu-%010d-%010u",
		 (unsigned long long)now.tv_sec * 1000000000ULL + (unsigned long long)now.tv_nsec,
		 getpid(), atomic_fetch_add(&number, 1));
}

static int write_record(int spool, const char *name, const struct spool_request *request)
{
	char record[RECORD_SIZE];
	size_t length = record_pack(record, request);
	ssize_t written;
	int file;

	file = openat(spool, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (file < 0)
		return -1;
	written = write(file, record, length);
	close(file);
	if (written == (ssize_t)length)
		return 0;
	if (written >= 0)
		errno = ENOSPC;
	return -1;
}

int spool_put(int spool, const struct spool_request *request, char name[SPOOL_NAME_SIZE])
{
	char names[SPOOL_MAX][SPOOL_NAME_SIZE], hidden[SPOOL_NAME_SIZE + 1];
	int count = spool_list(spool, names);

	if (count < 0)
		return -1;
	/* Of several who ask at once one may be too many: the limit is against a flood. */
	if (count == SPOOL_MAX) {
		errno = EDQUOT;
		return -1;
	}
	make_name(name);
	snprintf(hidden, sizeof(hidden), ".%s", name);
	if (!write_record(spool, hidden, request) && !renameat(spool, hidden, spool, name))
		return 0;
	unlinkat(spool, hidden, 0);
	return -1;
}

/* What there is too little of now: another time it succeeds. */
static bool is_want(int error)
{
	return error == EMFILE || error == ENFILE || error == ENOMEM;
}

/* What that name has; 0: nothing that could be a request. -1: errno, nothing is known of it yet. */
static ssize_t read_record(int spool, const char *name, char record[RECORD_SIZE + 1])
{
	struct stat status;
	ssize_t length = 0;
	int file;

	file = openat(spool, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	if (file < 0)
		return is_want(errno) ? -1 : 0;
	if (!fstat(file, &status) && S_ISREG(status.st_mode))
		length = read(file, record, RECORD_SIZE + 1);
	close(file);
	if (length < 0)
		return is_want(errno) ? -1 : 0;
	return length > (ssize_t)RECORD_SIZE ? 0 : length;
}

int spool_take(int spool, struct spool_request *request)
{
	char names[SPOOL_MAX][SPOOL_NAME_SIZE], record[RECORD_SIZE + 1];
	int count = spool_list(spool, names), i;

	if (count < 0)
		return -1;
	for (i = 0; i < count; i++) {
		ssize_t length = read_record(spool, names[i], record);

		/* It stays, and those behind it wait until it can be read. */
		if (length < 0)
			return -1;
		/* Whoever removes it has it; what is no request is removed all the same. */
		if (spool_remove(spool, names[i]) && record_unpack(record, (size_t)length, request))
			return 0;
	}
	errno = ENOENT;
	return -1;
}

bool spool_remove(int spool, const char *name)
{
	return !unlinkat(spool, name, 0);
}

static void recipient_name(char name[UNIQUE_SIZE + sizeof(RECIPIENT)], const char *unique_name)
{
	snprintf(name, UNIQUE_SIZE + sizeof(RECIPIENT), RECIPIENT "%s", unique_name);
}

void spool_register(int spool, const char *unique_name, const char *module)
{
	char name[UNIQUE_SIZE + sizeof(RECIPIENT)];

	recipient_name(name, unique_name);
	unlinkat(spool, name, 0);
	/* A link is made with what it says in one step. Without it the module is in no list. */
	if (module && symlinkat(module, spool, name))
		return;
}

bool spool_registered(int spool, const char *unique_name, char module[NAME_MAX + 1])
{
	char name[UNIQUE_SIZE + sizeof(RECIPIENT)];
	ssize_t length;

	recipient_name(name, unique_name);
	length = readlinkat(spool, name, module, NAME_MAX);
	if (length < 0)
		return false;
	module[length] = '\0';
	return true;
}

struct cleaning {
	int spool;
	bool (*is_there)(const char *unique_name, void *data);
	void *data;
};

static bool visit_recipient(const char *name, void *data)
{
	const struct cleaning *cleaning = data;

	if (!strncmp(name, RECIPIENT, strlen(RECIPIENT)) &&
	    !cleaning->is_there(name + strlen(RECIPIENT), cleaning->data))
		unlinkat(cleaning->spool, name, 0);
	return true;
}

void spool_forget_gone(int spool, bool (*is_there)(const char *unique_name, void *data),
		       void *data)
{
	struct cleaning cleaning = { spool, is_there, data };

	walk(spool, visit_recipient, &cleaning);
}
