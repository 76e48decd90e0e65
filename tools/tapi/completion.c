// SPDX-License-Identifier: GPL-2.0
/*
 * tapi completion: a completion for bash, made from the tables.
 *
 * What a word or the value of an option may be is read from its form in the table, as --help shows
 * it; LINE and MODE are asked for when the user asks, by tapi completion --values.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

struct arguments {
	struct words words;
	const char *values;
};

static int print_lines(void)
{
	struct session session;
	LINEDEVCAPS *caps;
	LONG error;
	DWORD i;
	int status;

	status = session_begin(&session);
	if (status)
		return status;
	for (i = 0; i < session.devices; i++) {
		caps = session_caps(&session, i, &error);
		if (caps)
			printf("%u\n%s\n", i,
			       text_at(caps, caps->dwLineNameSize, caps->dwLineNameOffset));
		free(caps);
	}
	session_end(&session);
	return STATUS_OK;
}

static int print_values(const char *sort)
{
	char text[256], *at;

	if (!strcmp(sort, "LINE"))
		return print_lines();
	if (strcmp(sort, "MODE"))
		return usage("--values: no '%s'; there are: LINE, MODE", sort);
	media_modes(UINT32_MAX, text);
	for (at = text; *at; at++)
		if (*at == ' ')
			*at = '\n';
	printf("%s\n", text);
	return STATUS_OK;
}

static void print_tables(void)
{
	const struct option *option;
	const struct command *command;
	size_t i;

	printf("# The form of the value of an option of a command, in $form; none if it has none.\n"
	       "_tapi_form()\n{\n\tform=''\n\tcase $1 in\n");
	for (i = 0; (command = command_at(i)); i++)
		for (option = command->options; option && option->name; option++)
			if (option->value)
				printf("\t'%s --%s') form='%s' ;;\n", command->name, option->name,
				       option->value);
	printf("\tesac\n}\n\n"
	       "# What can stand behind a command, in $words; $plain are the forms of its words.\n"
	       "_tapi_words()\n{\n\twords='' plain=''\n\tcase $1 in\n\t'') words='");
	for (i = 0; (command = command_at(i)); i++)
		printf("%s ", command->name);
	printf("--json --version --help' ;;\n");
	for (i = 0; (command = command_at(i)); i++) {
		printf("\t'%s') words='", command->name);
		for (option = command->options; option && option->name; option++)
			printf("--%s ", option->name);
		printf("--json --help' plain='%s' ;;\n", command->words);
	}
	printf("\tesac\n}\n\n");
}

/* What does not come from the tables. Names may be anything, so that nothing expands them. */
static const char script[] =
	"# Those of the lines of the input that begin with what is there already.\n"
	"_tapi_offer()\n"
	"{\n"
	"	local line\n"
	"\n"
	"	while IFS= read -r line; do\n"
	"		[[ -n $line && $line == \"$1\"* ]] || continue\n"
	"		printf -v line %q \"$line\"\n"
	"		COMPREPLY+=(\"$line\")\n"
	"	done\n"
	"}\n"
	"\n"
	"# Values of a form: FORM CURRENT.\n"
	"_tapi_values()\n"
	"{\n"
	"	local form=${1#[}\n"
	"\n"
	"	form=${form%]}\n"
	"	form=${form%...}\n"
	"	case $form in\n"
	"	LINE | MODE) _tapi_offer \"$2\" < <(tapi completion --values \"$form\" 2>/dev/null) ;;\n"
	"	*[!A-Z]*) _tapi_offer \"$2\" <<<\"$form\" ;;\n"
	"	esac\n"
	"}\n"
	"\n"
	"_tapi()\n"
	"{\n"
	"	local current=${COMP_WORDS[COMP_CWORD]} command='' form='' words='' plain='' word i\n"
	"\n"
	"	COMPREPLY=()\n"
	"	_tapi_words ''\n"
	"	for ((i = 1; i < COMP_CWORD; i++)); do\n"
	"		word=${COMP_WORDS[i]}\n"
	"		[[ $word != = ]] || continue\n"
	"		if [[ -n $form ]]; then\n"
	"			form=''\n"
	"		elif [[ $word == -* ]]; then\n"
	"			_tapi_form \"$command $word\"\n"
	"		elif [[ -z $command ]]; then\n"
	"			command=$word\n"
	"			_tapi_words \"$command\"\n"
	"		elif [[ $plain != *...* ]]; then\n"
	"			# The next word of the command.\n"
	"			plain=${plain#\"${plain%% *}\"}\n"
	"			plain=${plain# }\n"
	"		fi\n"
	"	done\n"
	"	[[ $current != = ]] || current=''\n"
	"	if [[ -n $form ]]; then\n"
	"		_tapi_values \"$form\" \"$current\"\n"
	"		return 0\n"
	"	fi\n"
	"	[[ -z $plain ]] || _tapi_values \"${plain%% *}\" \"$current\"\n"
	"	_tapi_offer \"$current\" <<<\"${words// /$'\\n'}\"\n"
	"}\n"
	"complete -F _tapi tapi\n";

static int run(void *data)
{
	const struct arguments *arguments = data;

	if (arguments->values)
		return print_values(arguments->values);
	if (arguments->words.length && strcmp(arguments->words.word[0], "bash"))
		return usage("no completion for '%s'; there is: bash (zsh: bashcompinit)",
			     arguments->words.word[0]);
	printf("# bash completion for tapi; made by: tapi completion\n"
	       "# shellcheck shell=bash\n\n");
	print_tables();
	printf("%s", script);
	return STATUS_OK;
}

static const struct option options[] = {
	{ "values", "SORT", "print what there is of a sort: LINE or MODE", OPTION_TEXT,
	  offsetof(struct arguments, values) },
	{ 0 },
};

const struct command completion_command = {
	.name = "completion",
	.words = "[bash]",
	.help = "Print a completion for bash, to be sourced.",
	.options = options,
	.size = sizeof(struct arguments),
	.run = run,
};
