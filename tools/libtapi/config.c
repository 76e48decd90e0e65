// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A settings file of the user's. It is edited by the user and by several programs: who writes
 * holds a lock beside it and replaces it in one step, so who reads needs none; and lines that
 * nobody changes, comments among them, stay as they are.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "assisted.h"

/* Whoever has the lock rewrites a small file: a second is long. */
#define LOCK_TRIES	100
#define LOCK_PAUSE_NS	(10 * 1000 * 1000)

void text_truncate(char *out, const char *text, size_t room)
{
	size_t length = strlen(text);

	if (length >= room) {
		length = room - 1;
		/* The bytes that continue a character go with it. */
		while (length && ((unsigned char)text[length] & 0xc0) == 0x80)
			length--;
	}
	memcpy(out, text, length);
	out[length] = '\0';
}

void wide_truncate(WCHAR *out, const char *text, size_t room)
{
	if (text_to_wide(text, out, room) <= room)
		return;
	/* Half a pair is no character. */
	if (room > 1 && out[room - 2] >= 0xd800 && out[room - 2] < 0xdc00)
		out[room - 2] = 0;
	out[room - 1] = 0;
}

/* Of a setuid program's the environment is not its user's. */
static char *config_path(const char *name)
{
	const char *base = secure_getenv("XDG_CONFIG_HOME");
	const char *below = "";
	char *path;

	if (!base || base[0] != '/') {
		base = secure_getenv("HOME");
		below = "/.config";
	}
	if (!base || base[0] != '/') {
		errno = ENOENT;
		return NULL;
	}
	if (asprintf(&path, "%s%s/condis/%s", base, below, name) < 0)
		return NULL;
	return path;
}

/* Its folders, as far as there are none. */
static void make_folders(char *path)
{
	char *slash = path;

	while ((slash = strchr(slash + 1, '/'))) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
}

static LONG add_line(struct config *config, const char *from, size_t length)
{
	char **lines;

	if (length >= CONFIG_LINE_SIZE)
		return LINEERR_INIFILECORRUPT;
	lines = reallocarray(config->lines, config->count + 1, sizeof(*lines));
	if (!lines)
		return LINEERR_NOMEM;
	config->lines = lines;
	lines[config->count] = strndup(from, length);
	if (!lines[config->count])
		return LINEERR_NOMEM;
	config->count++;
	return 0;
}

static LONG split(struct config *config, const char *content, size_t length)
{
	const char *at = content, *end = content + length;
	LONG result = 0;

	if (memchr(content, '\0', length))
		return LINEERR_INIFILECORRUPT;
	while (!result && at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));

		if (!stop)
			stop = end;
		result = add_line(config, at, (size_t)(stop - at));
		at = stop + 1;
	}
	return result;
}

static LONG read_file(int file, struct config *config)
{
	char *content;
	size_t length = 0;
	LONG result = 0;

	content = malloc(CONFIG_FILE_MAX + 1);
	if (!content)
		return LINEERR_NOMEM;
	for (;;) {
		ssize_t got = read(file, content + length, CONFIG_FILE_MAX + 1 - length);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			result = LINEERR_OPERATIONFAILED;
		if (got <= 0)
			break;
		length += (size_t)got;
		if (length > CONFIG_FILE_MAX) {
			result = LINEERR_INIFILECORRUPT;
			break;
		}
	}
	if (!result)
		result = split(config, content, length);
	free(content);
	return result;
}

LONG config_read(const char *name, struct config *config)
{
	struct stat status;
	char *path;
	LONG result;
	int file;

	memset(config, 0, sizeof(*config));
	path = config_path(name);
	if (!path)
		return errno == ENOMEM ? LINEERR_NOMEM : 0;
	/* A FIFO of that name would have the open wait for somebody. */
	file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	free(path);
	if (file < 0)
		return errno == ENOENT || errno == ENOTDIR ? 0 : LINEERR_OPERATIONFAILED;
	if (fstat(file, &status) || !S_ISREG(status.st_mode))
		result = LINEERR_INIFILECORRUPT;
	else
		result = read_file(file, config);
	close(file);
	return result;
}

static bool write_lines(FILE *out, const struct config *config)
{
	size_t i;

	for (i = 0; i < config->count; i++)
		if (fprintf(out, "%s\n", config->lines[i]) < 0)
			return false;
	/* What was renamed into its place must not be found empty after a power failure. */
	return fflush(out) == 0 && fsync(fileno(out)) == 0;
}

LONG config_write(const char *name, const struct config *config)
{
	char *path, *target, *temporary = NULL;
	LONG result = LINEERR_OPERATIONFAILED;
	FILE *out = NULL;
	int file;

	path = config_path(name);
	if (!path)
		return result;
	make_folders(path);
	/* It may be a link to where the user keeps such files: that is what is replaced. */
	target = realpath(path, NULL);
	if (asprintf(&temporary, "%s.XXXXXX", target ? target : path) < 0) {
		temporary = NULL;
		goto out;
	}
	file = mkostemp(temporary, O_CLOEXEC);
	if (file < 0)
		goto out;
	out = fdopen(file, "w");
	if (!out)
		close(file);
	if (out && write_lines(out, config) && !rename(temporary, target ? target : path))
		result = 0;
	else
		unlink(temporary);
	if (out)
		fclose(out);
out:
	free(temporary);
	free(target);
	free(path);
	return result;
}

int config_lock(const char *name)
{
	struct timespec pause = { .tv_nsec = LOCK_PAUSE_NS };
	char *path, *lock;
	int file = -1, tries;

	path = config_path(name);
	if (!path)
		return -1;
	make_folders(path);
	if (asprintf(&lock, "%s.lock", path) >= 0) {
		file = open(lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0600);
		free(lock);
	}
	free(path);
	for (tries = 0; file >= 0 && flock(file, LOCK_EX | LOCK_NB); tries++) {
		if (tries == LOCK_TRIES || (errno != EWOULDBLOCK && errno != EINTR)) {
			close(file);
			return -1;
		}
		nanosleep(&pause, NULL);
	}
	return file;
}

void config_unlock(int lock)
{
	if (lock < 0)
		return;
	/* Not by closing alone: a child of a fork() meanwhile has the file open as well. */
	flock(lock, LOCK_UN);
	close(lock);
}

LONG config_insert(struct config *config, size_t index, const char *line)
{
	LONG result = add_line(config, line, strlen(line));
	char *added;

	if (result)
		return result;
	added = config->lines[config->count - 1];
	memmove(config->lines + index + 1, config->lines + index,
		(config->count - 1 - index) * sizeof(*config->lines));
	config->lines[index] = added;
	return 0;
}

void config_remove(struct config *config, size_t index)
{
	free(config->lines[index]);
	config->count--;
	memmove(config->lines + index, config->lines + index + 1,
		(config->count - index) * sizeof(*config->lines));
}

void config_free(struct config *config)
{
	while (config->count)
		free(config->lines[--config->count]);
	free(config->lines);
	config->lines = NULL;
}

static bool is_space(char character)
{
	return character == ' ' || character == '\t' || character == '\r';
}

enum config_kind config_line(const char *line, char text[CONFIG_LINE_SIZE])
{
	size_t length;

	while (is_space(*line))
		line++;
	length = strlen(line);
	while (length && is_space(line[length - 1]))
		length--;
	text[0] = '\0';
	if (!length || *line == '#')
		return CONFIG_NOTHING;
	if (*line == '[' && line[length - 1] == ']') {
		memcpy(text, line + 1, length - 2);
		text[length - 2] = '\0';
		return CONFIG_SECTION;
	}
	memcpy(text, line, length);
	text[length] = '\0';
	return CONFIG_ENTRY;
}
