// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl completion: a completion for bash, made from the tables.
 *
 * What the value of an option may be is read from its form in the table, as --help shows it:
 * words in small letters with | between are themselves, a word in capitals is one of a sort, and
 * sorts that are listed below are asked for when the user asks, by condisctl completion --values.
 */
#include <dirent.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "ctl.h"

#define LEG_A 0x801

struct arguments {
	const char *values;
	const char *shell;
};

static int print_adapters(struct condis_admin *admin)
{
	struct condis_adapter_info *list;
	ssize_t length = condis_adapters(admin, &list), i;

	for (i = 0; i < length; i++)
		printf("%s\n", list[i].name);
	condis_adapters_free(list, length);
	return length < 0 ? ctl_library_failure() : CTL_OK;
}

static int print_exchanges(struct condis_admin *admin)
{
	struct condis_exchange_info *list;
	ssize_t length = condis_exchanges(admin, &list), i;

	for (i = 0; i < length; i++)
		printf("%s\n", list[i].name);
	free(list);
	return length < 0 ? ctl_library_failure() : CTL_OK;
}

static int print_kinds(struct condis_admin *admin)
{
	char **names = condis_kinds(admin);
	size_t i;

	for (i = 0; names && names[i]; i++)
		printf("%s\n", names[i]);
	free(names);
	return names ? CTL_OK : ctl_library_failure();
}

static int print_calls(struct condis_admin *admin)
{
	struct condis_call_info *list;
	ssize_t length = condis_calls(admin, 0, &list), i;

	for (i = 0; i < length; i++)
		if (list[i].af_type == LEG_A)
			printf("%llu\n", (unsigned long long)list[i].id);
	free(list);
	return length < 0 ? ctl_library_failure() : CTL_OK;
}

static int print_causes(struct condis_admin *admin)
{
	char word[CTL_CAUSE_SIZE];
	uint32_t cause;

	(void)admin;
	for (cause = 1; cause <= CTL_CAUSE_MAX; cause++)
		if (ctl_cause_word(cause, word))
			printf("%s\n", word);
	return CTL_OK;
}

static int print_modes(struct condis_admin *admin)
{
	uint32_t bit;

	(void)admin;
	for (bit = 1; bit; bit <<= 1)
		if (condis_media_mode_name(bit))
			printf("%s\n", condis_media_mode_name(bit));
	return CTL_OK;
}

static int print_messages(struct condis_admin *admin)
{
	const char *name;
	unsigned int i;

	(void)admin;
	for (i = 0; (name = condis_fault_message_at(i)); i++)
		printf("%s\nsent-%s\n", name, name);
	return CTL_OK;
}

static int print_namespaces(struct condis_admin *admin)
{
	DIR *dir = opendir("/run/netns");
	const struct dirent *entry;

	(void)admin;
	while (dir && (entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			printf("%s\n", entry->d_name);
	if (dir)
		closedir(dir);
	return CTL_OK;
}

/* By the words that stand for them in the tables. */
static const struct sort {
	const char *name;
	bool needs_admin;
	int (*print)(struct condis_admin *admin);
} sorts[] = {
	{ "ADAPTER", true, print_adapters },
	{ "EXCHANGE", true, print_exchanges },
	{ "KIND", true, print_kinds },
	{ "CALL", true, print_calls },
	{ "CAUSE", false, print_causes },
	{ "MODE", false, print_modes },
	{ "MESSAGE", false, print_messages },
	{ "NETNS", false, print_namespaces },
};

#define SORTS "ADAPTER, EXCHANGE, KIND, CALL, CAUSE, MODE, MESSAGE, NETNS"

static int print_values(const char *name)
{
	struct condis_admin *admin = NULL;
	size_t i;
	int status;

	for (i = 0; i < ARRAY_SIZE(sorts); i++)
		if (!strcmp(sorts[i].name, name))
			break;
	if (i == ARRAY_SIZE(sorts))
		return ctl_usage("--values: no '%s'; there are: " SORTS, name);
	if (sorts[i].needs_admin) {
		admin = condis_admin_open();
		if (!admin)
			return ctl_library_failure();
	}
	status = sorts[i].print(admin);
	condis_admin_close(admin);
	return status;
}

/* What can stand behind a command: names of commands, or options. */
static void print_words(const struct ctl_command *command)
{
	const struct ctl_option *option;
	const struct ctl_command *sub;
	const struct condis_knob *knob;
	const char *name;
	size_t i;

	for (i = 0; (sub = ctl_command_at(i)); i++) {
		name = ctl_name_in(sub, command ? command->name : "");
		if (name)
			printf("%s ", name);
	}
	for (option = command ? command->options : NULL; option && option->name; option++)
		printf("--%s ", option->name);
	for (i = 0; command && command->has_knobs && (knob = condis_knob_at((unsigned int)i)); i++)
		printf("--%s ", knob->name);
	printf(command ? "--json --help" : "--json --version --help");
}

static void print_forms(const struct ctl_command *command)
{
	const struct ctl_option *option;
	const struct condis_knob *knob;
	unsigned int i;

	for (option = command->options; option && option->name; option++)
		if (option->value)
			printf("\t'%s --%s') form='%s' ;;\n", command->name, option->name,
			       option->value);
	for (i = 0; command->has_knobs && (knob = condis_knob_at(i)); i++)
		printf("\t'%s --%s'|'%s %s') form='%s' ;;\n", command->name, knob->name,
		       command->name, knob->name, knob->value);
	/* Options of a command with knobs need no dashes either. */
	for (option = command->options; command->has_knobs && option && option->name; option++)
		if (option->value)
			printf("\t'%s %s') form='%s' ;;\n", command->name, option->name,
			       option->value);
}

static void print_tables(void)
{
	const struct ctl_command *command;
	size_t i;

	printf("# The form of the value of an option of a command, in $form; none if it has none.\n"
	       "_condisctl_form()\n{\n\tform=''\n\tcase $1 in\n");
	for (i = 0; (command = ctl_command_at(i)); i++)
		print_forms(command);
	printf("\tesac\n}\n\n"
	       "# What can stand behind a command, in $words; $plain is the form of its word.\n"
	       "_condisctl_words()\n{\n\twords='' plain=''\n\tcase $1 in\n\t'') words='");
	print_words(NULL);
	printf("' ;;\n");
	for (i = 0; (command = ctl_command_at(i)); i++) {
		printf("\t'%s') words='", command->name);
		print_words(command);
		printf("' plain='%s' ;;\n", command->word.value ? command->word.value : "");
	}
	printf("\tesac\n}\n\n");
}

/* What does not come from the tables. Names may be anything, so that nothing expands them. */
static const char script[] =
	"# Those of the lines of the input that begin with what is there already.\n"
	"_condisctl_offer()\n"
	"{\n"
	"	local line begin=$1 before=$2\n"
	"\n"
	"	while IFS= read -r line; do\n"
	"		[[ -n $line && $line == \"$begin\"* ]] || continue\n"
	"		printf -v line %q \"$line\"\n"
	"		COMPREPLY+=(\"$before$line\")\n"
	"	done\n"
	"}\n"
	"\n"
	"# Words of a form: FORM CURRENT.\n"
	"_condisctl_values()\n"
	"{\n"
	"	local one form=${1#[} current=$2 before='' files=()\n"
	"\n"
	"	form=${form%]}\n"
	"	if [[ $form == *,...* && $current == *,* ]]; then\n"
	"		before=${current%,*},\n"
	"		current=${current##*,}\n"
	"	fi\n"
	"	while [[ -n $form ]]; do\n"
	"		one=${form%%|*}\n"
	"		form=${form#\"$one\"}\n"
	"		form=${form#|}\n"
	"		case ${one%,...} in\n"
	"		FILE)\n"
	"			compopt -o filenames 2>/dev/null\n"
	"			mapfile -t files < <(compgen -f -- \"$current\")\n"
	"			COMPREPLY+=(\"${files[@]}\")\n"
	"			;;\n"
	"		COMMAND)\n"
	"			mapfile -t files < <(compgen -c -- \"$current\" | sort -u)\n"
	"			COMPREPLY+=(\"${files[@]}\")\n"
	"			;;\n"
	"		*[!A-Z]*) _condisctl_offer \"$current\" \"$before\" <<<\"$one\" ;;\n"
	"		*) _condisctl_offer \"$current\" \"$before\" < <(condisctl completion --values \"${one%,...}\" 2>/dev/null) ;;\n"
	"		esac\n"
	"	done\n"
	"}\n"
	"\n"
	"_condisctl()\n"
	"{\n"
	"	local current=${COMP_WORDS[COMP_CWORD]} path='' form='' words='' plain='' word given='' i\n"
	"\n"
	"	COMPREPLY=()\n"
	"	_condisctl_words ''\n"
	"	for ((i = 1; i < COMP_CWORD; i++)); do\n"
	"		word=${COMP_WORDS[i]}\n"
	"		[[ $word != = ]] || continue\n"
	"		# A command of the user's, and what stands behind that is its business.\n"
	"		if [[ $word == -- && $plain == COMMAND ]]; then\n"
	"			((i == COMP_CWORD - 1)) || plain=FILE\n"
	"			_condisctl_values \"$plain\" \"$current\"\n"
	"			return 0\n"
	"		fi\n"
	"		if [[ -n $form && ($form != [* || $word != -*) ]]; then\n"
	"			form=''\n"
	"		elif [[ \" $words \" == *\" $word \"* && $word != -* ]]; then\n"
	"			path=${path:+$path }$word\n"
	"			_condisctl_words \"$path\"\n"
	"		else\n"
	"			_condisctl_form \"$path $word\"\n"
	"			[[ -n $given || $word == -* ]] || form=''\n"
	"			[[ -n $form || $word == -* ]] || given=1\n"
	"		fi\n"
	"	done\n"
	"	[[ $current != = ]] || current=''\n"
	"	if [[ -n $form ]]; then\n"
	"		_condisctl_values \"$form\" \"$current\"\n"
	"		[[ $form == [* ]] || return 0\n"
	"	elif [[ -n $plain && $plain != COMMAND && (-z $given || $plain == FILE) ]]; then\n"
	"		_condisctl_values \"$plain\" \"$current\"\n"
	"	fi\n"
	"	_condisctl_offer \"$current\" '' <<<\"${words// /$'\\n'}\"\n"
	"	# Knobs need no dashes behind the name.\n"
	"	if [[ -n $given && -n $current && $current != -* ]]; then\n"
	"		for word in $words; do\n"
	"			_condisctl_form \"$path ${word#--}\"\n"
	"			[[ -z $form ]] || _condisctl_offer \"$current\" '' <<<\"${word#--}\"\n"
	"		done\n"
	"	fi\n"
	"}\n"
	"complete -F _condisctl condisctl\n";

static int run(void *data)
{
	const struct arguments *arguments = data;

	if (arguments->values)
		return print_values(arguments->values);
	if (arguments->shell && strcmp(arguments->shell, "bash"))
		return ctl_usage("no completion for '%s'; there is: bash (zsh: bashcompinit)",
				 arguments->shell);
	printf("# bash completion for condisctl; made by: condisctl completion\n"
	       "# shellcheck shell=bash\n\n");
	print_tables();
	printf("%s", script);
	return CTL_OK;
}

#define AT(_member) offsetof(struct arguments, _member)

static const struct ctl_option options[] = {
	{ "values", "SORT", "print what there is of a sort: ADAPTER, CALL, CAUSE, ...", CTL_TEXT,
	  AT(values), 0, 0 },
	{ 0 },
};

const struct ctl_command ctl_completion_commands[] = {
	{
		.name = "completion",
		.arguments = "[bash]",
		.help = "Print a completion for bash, to be sourced.",
		.word = { NULL, "bash", NULL, CTL_TEXT, AT(shell), 0, 0 },
		.options = options,
		.size = sizeof(struct arguments),
		.run = run,
	},
	{ 0 },
};
