// SPDX-License-Identifier: GPL-2.0
/*
 * Running programs, and reading what they say.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wordexp.h>

#include "program.h"

char out[OUTPUT_MAX], err[ERRORS_MAX];

void slurp(const char *path, char *text, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length, used = 0;

	text[0] = '\0';
	if (fd < 0)
		return;
	while ((length = read(fd, text + used, size - 1 - (size_t)used)) > 0)
		used += length;
	text[used] = '\0';
	close(fd);
}

int run(const char *format, ...)
{
	char command[1024], line[1200];
	va_list arguments;
	int status;

	va_start(arguments, format);
	vsnprintf(command, sizeof(command), format, arguments);
	va_end(arguments);
	snprintf(line, sizeof(line), "( %s ) >/tmp/tools.out 2>/tmp/tools.err </dev/null", command);
	status = system(line);
	slurp("/tmp/tools.out", out, sizeof(out));
	slurp("/tmp/tools.err", err, sizeof(err));
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

int run_words(const char *words)
{
	char line[1100];
	wordexp_t list;
	int status;
	pid_t pid;

	snprintf(line, sizeof(line), "condisctl %s", words);
	assert_int_equal(wordexp(line, &list, WRDE_NOCMD), 0);
	fflush(stdout);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid) {
		int files[3] = {
			open("/dev/null", O_RDONLY),
			open("/tmp/tools.out", O_WRONLY | O_CREAT | O_TRUNC, 0600),
			open("/tmp/tools.err", O_WRONLY | O_CREAT | O_TRUNC, 0600),
		};

		for (int i = 0; i < 3; i++)
			dup2(files[i], i);
		/* What should be refused and is not must not run for ever. */
		alarm(30);
		execvp("condisctl", list.we_wordv);
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	wordfree(&list);
	slurp("/tmp/tools.out", out, sizeof(out));
	slurp("/tmp/tools.err", err, sizeof(err));
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

void succeed(const char *command)
{
	int status = run("%s", command);

	if (status)
		fail_msg("%s: exit status %d: %s", command, status, err);
}

unsigned int lines_of(const char *text)
{
	unsigned int lines = 0;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

/*
 * JSON, as far as it has to be right
 */

static const char *json_value(const char *at);

static const char *json_blank(const char *at)
{
	return at + strspn(at, " \t\r\n");
}

static const char *json_string(const char *at)
{
	if (*at++ != '"')
		return NULL;
	for (; *at && *at != '"'; at++) {
		if ((unsigned char)*at < 0x20)
			return NULL;
		if (*at == '\\' && !strchr("\"\\/bfnrtu", *++at))
			return NULL;
	}
	return *at == '"' ? at + 1 : NULL;
}

static const char *json_list(const char *at, char end, bool has_names)
{
	at = json_blank(at + 1);
	if (*at == end)
		return at + 1;
	for (;;) {
		if (has_names) {
			at = json_string(json_blank(at));
			if (!at)
				return NULL;
			at = json_blank(at);
			if (*at++ != ':')
				return NULL;
		}
		at = json_value(at);
		if (!at)
			return NULL;
		at = json_blank(at);
		if (*at == end)
			return at + 1;
		if (*at++ != ',')
			return NULL;
	}
}

static const char *json_value(const char *at)
{
	static const char *const words[] = { "true", "false", "null" };
	char *end;
	size_t i;

	at = json_blank(at);
	if (*at == '{')
		return json_list(at, '}', true);
	if (*at == '[')
		return json_list(at, ']', false);
	if (*at == '"')
		return json_string(at);
	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (!strncmp(at, words[i], strlen(words[i])))
			return at + strlen(words[i]);
	strtod(at, &end);
	return end > at ? end : NULL;
}

void is_json(const char *text, const char *command)
{
	const char *at = text;

	if (!*json_blank(at))
		fail_msg("%s says nothing", command);
	while (*json_blank(at)) {
		at = json_value(at);
		if (!at)
			fail_msg("%s: not JSON:\n%s", command, text);
	}
}

void put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		fail_msg("cannot write %s: %s", path, strerror(errno));
	close(fd);
}

void refuse(const char *words, int wanted, const char *what)
{
	int status = run_words(words);

	if (status != wanted || lines_of(err) != 1 || *out || strncmp(err, "condisctl: ", 11) ||
	    (what && !strstr(err, what)))
		fail_msg("condisctl %s: status %d\n%s%s", words, status, out, err);
}

void has_in_order(const char *text, const char *const *words)
{
	const char *at = text;

	for (; *words; words++) {
		at = strstr(at, *words);
		if (!at)
			fail_msg("no \"%s\" in its place in:\n%s", *words, text);
		at++;
	}
}
