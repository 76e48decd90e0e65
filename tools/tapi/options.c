// SPDX-License-Identifier: GPL-2.0
/*
 * The words behind a command: options and their values, as its table says.
 */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

#define SEE_HELP "see tapi %s --help"

bool wants_json;

static const struct {
	const char *name;
	uint32_t mode;
} medias[] = {
	{ "unknown", LINEMEDIAMODE_UNKNOWN },
	{ "interactivevoice", LINEMEDIAMODE_INTERACTIVEVOICE },
	{ "automatedvoice", LINEMEDIAMODE_AUTOMATEDVOICE },
	{ "datamodem", LINEMEDIAMODE_DATAMODEM },
	{ "g3fax", LINEMEDIAMODE_G3FAX },
	{ "digitaldata", LINEMEDIAMODE_DIGITALDATA },
};

#define MODES "unknown, interactivevoice, automatedvoice, datamodem, g3fax, digitaldata"

uint32_t media_mode(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(medias); i++)
		if (!strcmp(medias[i].name, name))
			return medias[i].mode;
	return 0;
}

const char *media_modes(uint32_t modes, char text[256])
{
	size_t i, used = 0;

	text[0] = '\0';
	for (i = 0; i < ARRAY_SIZE(medias); i++)
		if (modes & medias[i].mode)
			used += (size_t)snprintf(text + used, 256 - used, "%s%s", used ? " " : "",
						 medias[i].name);
	return text;
}

/* Why a value is none of its type: STATUS_USAGE. */
static int wrong(const struct option *option, const char *value, const char *wanted)
{
	return usage("--%s: '%s' is not %s", option->name, value, wanted);
}

static int take_number(const struct option *option, const char *value, uint32_t *number)
{
	unsigned long long parsed = 0;
	char *end = NULL;

	errno = 0;
	if (isdigit((unsigned char)*value))
		parsed = strtoull(value, &end, 10);
	if (!end || *end || errno || !parsed || parsed > UINT32_MAX)
		return wrong(option, value, "a number from 1 to 4294967295");
	*number = (uint32_t)parsed;
	return 0;
}

static int take_seconds(const struct option *option, const char *value, int *milliseconds)
{
	char *end = NULL;
	double parsed = -1;

	if (isdigit((unsigned char)*value))
		parsed = strtod(value, &end);
	if (!end || *end || !(parsed >= 0 && parsed <= 1e6))
		return wrong(option, value, "a number of seconds from 0 to 1000000");
	*milliseconds = (int)(parsed * 1000);
	return 0;
}

static int take_value(const struct option *option, const char *value, void *arguments)
{
	void *at = (char *)arguments + option->offset;

	switch (option->type) {
	case OPTION_FLAG:
		break;
	case OPTION_TEXT:
		*(const char **)at = value;
		return 0;
	case OPTION_NUMBER:
		return take_number(option, value, at);
	case OPTION_SECONDS:
		return take_seconds(option, value, at);
	case OPTION_MEDIA:
		*(uint32_t *)at = media_mode(value);
		if (!*(uint32_t *)at)
			return wrong(option, value, "a media mode: " MODES);
		return 0;
	}
	return 0;
}

static const struct option *find(const struct command *command, const char *name, size_t length)
{
	const struct option *option;

	for (option = command->options; option && option->name; option++)
		if (strlen(option->name) == length && !memcmp(option->name, name, length))
			return option;
	return NULL;
}

/* "--name", "--name=value" or "--name value"; *@at is moved on over a value. */
static int take_option(const struct command *command, int argc, char **argv, int *at,
		       void *arguments)
{
	const char *name = argv[*at] + 2, *value;
	size_t length = strcspn(name, "=");
	const struct option *option = find(command, name, length);

	if (!option)
		return usage("no option --%.*s; " SEE_HELP, (int)length, name, command->name);
	value = name[length] ? name + length + 1 : NULL;
	if (!option->value) {
		if (value)
			return usage("--%s takes no value", option->name);
		*(bool *)((char *)arguments + option->offset) = true;
		return 0;
	}
	if (!value) {
		if (*at + 1 >= argc)
			return usage("--%s needs a value; " SEE_HELP, option->name, command->name);
		value = argv[++*at];
	}
	return take_value(option, value, arguments);
}

void words_count(const struct command *command, int *least, int *most)
{
	const char *at = command->words;

	*least = 0;
	*most = 0;
	while (*at) {
		if (*at != '[')
			++*least;
		++*most;
		at += strcspn(at, " ");
		if (at > command->words + 3 && strstr(at - 4, "..."))
			*most = INT_MAX;
		at += strspn(at, " ");
	}
}

static int take_all(const struct command *command, int argc, char **argv, void *arguments)
{
	struct words *words = arguments;
	int i, least, most, status;
	bool is_plain = false;

	words_count(command, &least, &most);
	for (i = 0; i < argc; i++) {
		if (is_plain || strncmp(argv[i], "--", 2)) {
			if (words->length == most)
				return usage("'%s' is too much; " SEE_HELP, argv[i], command->name);
			words->word[words->length++] = argv[i];
		} else if (!argv[i][2]) {
			is_plain = true;
		} else if (!strcmp(argv[i], "--json")) {
			wants_json = true;
		} else {
			status = take_option(command, argc, argv, &i, arguments);
			if (status)
				return status;
		}
	}
	if (words->length < least)
		return usage("it takes %s; " SEE_HELP, command->words, command->name);
	return 0;
}

static bool wants_help(int argc, char **argv)
{
	int i;

	for (i = 0; i < argc && strcmp(argv[i], "--"); i++)
		if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h"))
			return true;
	return false;
}

void *options_parse(const struct command *command, int argc, char **argv, int *status)
{
	/* The words stand behind the arguments: there are not more of them than of argv. */
	size_t room = (command->size + sizeof(char *) - 1) / sizeof(char *) * sizeof(char *);
	struct words *words;
	void *arguments;

	*status = STATUS_OK;
	if (wants_help(argc, argv)) {
		print_help(stdout, command);
		return NULL;
	}
	arguments = calloc(1, room + (size_t)(argc + 1) * sizeof(char *));
	if (!arguments) {
		*status = failure("no memory");
		return NULL;
	}
	if (command->defaults)
		memcpy(arguments, command->defaults, command->size);
	words = arguments;
	words->word = (char **)((char *)arguments + room);
	*status = take_all(command, argc, argv, arguments);
	if (!*status)
		return arguments;
	free(arguments);
	return NULL;
}
