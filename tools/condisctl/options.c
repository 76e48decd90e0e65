// SPDX-License-Identifier: GPL-2.0
/*
 * The words behind a command: options and their values, as its table says.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ctl.h"

bool ctl_json;

#define MODES "unknown, interactivevoice, automatedvoice, datamodem, g3fax, digitaldata"
#define SEE_HELP "see condisctl %s --help"

/* Why a value is none of its type: CTL_USAGE. The option's name stands before. */
static int wrong(const struct ctl_option *option, const char *value, const char *wanted)
{
	return ctl_usage("%s%s%s'%s' is not %s", option->name ? "--" : "",
			 option->name ? option->name : "", option->name ? ": " : "", value, wanted);
}

static int take_name(const struct ctl_option *option, const char *value)
{
	const char *at;

	for (at = value; *at; at++)
		if (!isascii(*at) || !isgraph(*at) || *at == '/')
			break;
	if (*at || at == value || at - value > CONDIS_NAME_MAX)
		return wrong(option, value, "a name: 1 to 31 of ASCII, no blank, no /");
	return 0;
}

/* What a number is made of is the network's to say. */
static int take_dialled(const struct ctl_option *option, const char *value)
{
	const char *at;

	for (at = value; *at; at++)
		if (!isascii(*at) || !isgraph(*at))
			break;
	if (*at || at == value || at - value > NDPROXY_NUMBER_MAX)
		return wrong(option, value, "a number to dial: 1 to 32 characters, no blank");
	return 0;
}

static int take_number(const struct ctl_option *option, const char *value, uint32_t *number)
{
	unsigned long long parsed = 0;
	char *end = NULL;
	char wanted[64];

	errno = 0;
	if (isdigit((unsigned char)*value))
		parsed = strtoull(value, &end, 10);
	snprintf(wanted, sizeof(wanted), "a number from %u to %u", option->minimum,
		 option->maximum);
	if (!end || *end || errno || parsed < option->minimum || parsed > option->maximum)
		return wrong(option, value, wanted);
	*number = (uint32_t)parsed;
	return 0;
}

static int take_seconds(const struct ctl_option *option, const char *value, int *milliseconds)
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

static int take_media(const struct ctl_option *option, const char *value, uint32_t *media_mode)
{
	*media_mode = condis_media_mode(value);
	if (!*media_mode)
		return wrong(option, value, "a media mode: " MODES);
	return 0;
}

static int take_cause(const struct ctl_option *option, const char *value, uint32_t *cause)
{
	char name[CTL_CAUSE_SIZE];
	uint32_t i;

	for (i = 1; i <= CTL_CAUSE_MAX; i++) {
		if (ctl_cause_word(i, name) && !strcmp(name, value)) {
			*cause = i;
			return 0;
		}
	}
	if (isdigit((unsigned char)*value)) {
		struct ctl_option number = *option;

		number.minimum = 1;
		number.maximum = CTL_CAUSE_MAX;
		return take_number(&number, value, cause);
	}
	return wrong(option, value, "a cause of Q.850: 1 to 127, or a name such as user-busy");
}

static int take_call(const struct ctl_option *option, const char *value, uint64_t *id)
{
	char *end = NULL;

	*id = 0;
	if (option->type == CTL_CALL_OR_ALL && !strcmp(value, "all"))
		return 0;
	errno = 0;
	if (isdigit((unsigned char)*value))
		*id = strtoull(value, &end, 10);
	if (!end || *end || errno || !*id)
		return wrong(option, value, "a call's number; condisctl call list shows them");
	return 0;
}

static int take_word(struct ctl_words *words, const char *value)
{
	const char **longer = reallocarray(words->word, words->length + 2, sizeof(*longer));

	if (!longer)
		return ctl_failure("no memory");
	words->word = longer;
	words->word[words->length++] = value;
	words->word[words->length] = NULL;
	return 0;
}

static int take_value(const struct ctl_option *option, const char *value, void *arguments)
{
	void *at = (char *)arguments + option->offset;
	int status = 0;

	switch (option->type) {
	case CTL_FLAG:
		*(bool *)at = true;
		return 0;
	case CTL_NAME:
		status = take_name(option, value);
		break;
	case CTL_DIALLED:
		status = take_dialled(option, value);
		break;
	case CTL_TEXT:
		break;
	case CTL_NUMBER:
		return take_number(option, value, at);
	case CTL_SECONDS:
		return take_seconds(option, value, at);
	case CTL_MEDIA:
		return take_media(option, value, at);
	case CTL_CAUSE:
		return take_cause(option, value, at);
	case CTL_CALL:
	case CTL_CALL_OR_ALL:
		return take_call(option, value, at);
	case CTL_WORDS:
	case CTL_COMMAND:
		return take_word(at, value);
	}
	*(const char **)at = value;
	return status;
}

/* Addresses may be given one by one; the knob takes them all, so far. */
static int take_knob(const struct condis_knob *knob, const char *value, struct ctl_knobs *knobs)
{
	struct ctl_option number = { .minimum = knob->minimum, .maximum = knob->maximum };
	char *longer = NULL;
	uint32_t ignored;

	if (!knobs->config)
		knobs->config = condis_config_new();
	if (!knobs->config)
		return ctl_library_failure();
	number.name = knob->name;
	if (!strcmp(knob->name, "address")) {
		/* The kernel checks all this too, but later than a configuration is checked. */
		if (value[strspn(value, "0123456789*#+,@")] && strcmp(value, "none"))
			return wrong(&number, value, "NUMBER or NUMBER@LINE, of 0 to 9, *, #, +");
		if (asprintf(&longer, "%s%s%s", knobs->addresses ? knobs->addresses : "",
			     knobs->addresses ? "," : "", value) < 0)
			return ctl_failure("no memory");
		free(knobs->addresses);
		knobs->addresses = longer;
		value = longer;
	}
	if (condis_config_set(knobs->config, knob->name, value))
		return ctl_usage("%s", condis_error());
	if (!knob->maximum || !strcmp(value, knob->initial))
		return 0;
	return take_number(&number, value, &ignored);
}

static const struct ctl_option *find_option(const struct ctl_command *command, const char *name)
{
	const struct ctl_option *option;

	for (option = command->options; option && option->name; option++)
		if (!strcmp(option->name, name))
			return option;
	return NULL;
}

static const struct condis_knob *find_knob(const struct ctl_command *command, const char *name)
{
	const struct condis_knob *knob;
	unsigned int i;

	for (i = 0; command->has_knobs && (knob = condis_knob_at(i)); i++)
		if (!strcmp(knob->name, name))
			return knob;
	return NULL;
}

/**
 * struct words - the words behind a command
 * @command: which
 * @arguments: what they make
 * @argv: the words
 * @argc: how many
 * @at: the one that is looked at
 * @has_word: the command's word was given
 * @is_plain: "--" was: no options come any more
 * @wants_help: --help was
 */
struct words {
	const struct ctl_command *command;
	void *arguments;
	char **argv;
	int argc;
	int at;
	bool has_word;
	bool is_plain;
	bool wants_help;
};

static const char *next_word(struct words *words)
{
	ctl_place.word++;
	return words->argv[++words->at];
}

/* "--wait 5" and "--wait --all": a value that may be left out does not begin with dashes. */
static bool has_next(const struct words *words, const struct ctl_option *option)
{
	const char *next = words->at + 1 < words->argc ? words->argv[words->at + 1] : NULL;

	if (!next || !option || *option->value != '[')
		return next;
	return strncmp(next, "--", 2) && strcmp(next, "-h");
}

static int take_option(struct words *words, const char *name, const char *value)
{
	const struct ctl_option *option = find_option(words->command, name);
	const struct condis_knob *knob = find_knob(words->command, name);

	if (!option && !knob)
		return ctl_usage("no option --%s; " SEE_HELP, name, words->command->name);
	if (option && !option->value && value)
		return ctl_usage("--%s takes no value", name);
	if ((knob || option->value) && !value) {
		if (has_next(words, option)) {
			value = next_word(words);
		} else if (knob || *option->value != '[') {
			ctl_place.word++;
			return ctl_usage("--%s needs a value; " SEE_HELP, name,
					 words->command->name);
		} else {
			/* For ever. */
			*(int *)((char *)words->arguments + option->offset) = -1;
			return 0;
		}
	}
	if (option)
		return take_value(option, value, words->arguments);
	return take_knob(knob, value,
			 (void *)((char *)words->arguments + words->command->knobs));
}

static bool has_many(const struct ctl_command *command)
{
	return command->word.type == CTL_WORDS || command->word.type == CTL_COMMAND;
}

static int take_plain(struct words *words, const char *text)
{
	const struct ctl_command *command = words->command;

	if (command->word.type == CTL_COMMAND && !words->is_plain)
		return ctl_usage("'%s' is too much; a command to run stands behind --", text);
	if (command->has_knobs && words->has_word)
		return ctl_usage("'%s' is no option and no knob; " SEE_HELP, text, command->name);
	if (!command->word.value || (words->has_word && !has_many(command)))
		return ctl_usage("'%s' is too much; " SEE_HELP, text, command->name);
	words->has_word = true;
	return take_value(&command->word, text, words->arguments);
}

/* One word, and its value if it is an option that has one. */
static int take(struct words *words)
{
	const char *text = words->argv[words->at];
	bool has_dashes = !strncmp(text, "--", 2);
	const char *begin = has_dashes ? text + 2 : text;
	char name[64];

	snprintf(name, sizeof(name), "%.*s", (int)strcspn(begin, "="), begin);
	/* "lines 2" is as good as "--lines 2", but behind the name only. */
	if (!has_dashes && words->has_word && words->command->has_knobs && !words->is_plain &&
	    (find_option(words->command, name) || find_knob(words->command, name)))
		has_dashes = true;
	if (!words->is_plain && (!strcmp(text, "-h") || !strcmp(text, "--help"))) {
		words->wants_help = true;
		return 0;
	}
	if (words->is_plain || !has_dashes)
		return take_plain(words, text);
	if (!strcmp(text, "--")) {
		words->is_plain = true;
		return 0;
	}
	if (!strcmp(text, "--json")) {
		ctl_json = true;
		return 0;
	}
	return take_option(words, name, begin[strlen(name)] ? begin + strlen(name) + 1 : NULL);
}

static int take_all(struct words *words)
{
	const struct ctl_command *command = words->command;
	int status = 0;

	for (; words->at < words->argc && !status && !words->wants_help; words->at++) {
		status = take(words);
		if (!status)
			ctl_place.word++;
	}
	if (status || words->wants_help)
		return status;
	if (command->word.value && command->word.help && !words->has_word)
		return ctl_usage("%s; " SEE_HELP, command->word.help, command->name);
	return command->check ? command->check(words->arguments) : 0;
}

void *ctl_parse(const struct ctl_command *command, int argc, char **argv, int *status)
{
	struct words words = { .command = command, .argv = argv, .argc = argc };

	words.arguments = calloc(1, command->size + 1);
	if (!words.arguments) {
		*status = ctl_failure("no memory");
		return NULL;
	}
	if (command->defaults)
		memcpy(words.arguments, command->defaults, command->size);
	ctl_place.command = command->name;
	*status = take_all(&words);
	if (!*status && words.wants_help)
		ctl_help(stdout, command->name);
	if (!*status && !words.wants_help)
		return words.arguments;
	ctl_forget(command, words.arguments);
	return NULL;
}

void ctl_forget(const struct ctl_command *command, void *arguments)
{
	struct ctl_knobs *knobs = (void *)((char *)arguments + command->knobs);
	struct ctl_words *words = (void *)((char *)arguments + command->word.offset);

	if (command->has_knobs) {
		condis_config_free(knobs->config);
		free(knobs->addresses);
	}
	if (command->word.value && has_many(command))
		free(words->word);
	free(arguments);
}
