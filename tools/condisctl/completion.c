// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl completion: a completion for bash, made from the tables.
 */
#include <string.h>

#include "ctl.h"

static void print_words(const struct ctl_command *command)
{
	const struct ctl_option *option;
	const struct ctl_command *sub;
	const struct condis_knob *knob;
	unsigned int i;

	for (sub = command->subcommands; sub && sub->name; sub++)
		printf("%s ", sub->name);
	for (option = command->options; option && option->name; option++)
		printf("--%s ", option->name);
	for (i = 0; command->has_knobs && (knob = condis_knob_at(i)); i++)
		printf("--%s ", knob->name);
	printf("--json --help");
}

static void print_case(const char *path, const struct ctl_command *command)
{
	printf("\t'%s') words='", path);
	print_words(command);
	printf("' ;;\n");
}

/* Options whose value is one of a few words, or a name that a list gives. */
static void print_values(void)
{
	printf("\tcase $previous in\n"
	       "\t--adapter) words=$(condisctl adapter list 2>/dev/null | awk 'NR > 1 { print $2 }') ;;\n"
	       "\t--exchange) words=$(condisctl exchange list 2>/dev/null | awk 'NR > 1 { print $1 }') ;;\n"
	       "\t--kind) words=$(condisctl kinds 2>/dev/null | awk 'NR > 1 { print $1 }') ;;\n"
	       "\t--fault) words='none busy no-answer congestion unreachable unknown' ;;\n"
	       "\t--in-service|--glare|--reset-clears) words='on off' ;;\n"
	       "\t--lost|--late|--duplicated) words='none setup call-proceeding alerting connect connect-ack disconnect release release-complete' ;;\n"
	       "\t--media|--media-modes) words='unknown interactivevoice automatedvoice datamodem g3fax digitaldata' ;;\n"
	       "\tesac\n");
}

static int run(const struct ctl_command *command, int argc, char **argv)
{
	struct ctl_args args = { .command = command };
	const struct ctl_command *group, *sub;
	char path[64];
	bool is_done;
	int status;

	status = ctl_parse(&args, argc, argv, &is_done);
	if (status || is_done)
		return status;

	printf("# bash completion for condisctl; made by: condisctl completion\n"
	       "_condisctl()\n{\n"
	       "\tlocal current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}\n"
	       "\tlocal path='' word words=''\n"
	       "\tfor word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
	       "\t\tcase $word in\n\t\t-*) continue ;;\n\t\tesac\n"
	       "\t\tcase ${path:+$path }$word in\n");
	for (group = ctl_root.subcommands; group->name; group++) {
		printf("\t\t'%s'", group->name);
		for (sub = group->subcommands; sub && sub->name; sub++)
			printf("|'%s %s'", group->name, sub->name);
		printf(") path=${path:+$path }$word ;;\n");
	}
	printf("\t\tesac\n\tdone\n\tcase $path in\n");
	print_case("", &ctl_root);
	for (group = ctl_root.subcommands; group->name; group++) {
		print_case(group->name, group);
		for (sub = group->subcommands; sub && sub->name; sub++) {
			snprintf(path, sizeof(path), "%s %s", group->name, sub->name);
			print_case(path, sub);
		}
	}
	printf("\tesac\n");
	print_values();
	printf("\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n}\n"
	       "complete -F _condisctl condisctl\n");
	return CTL_OK;
}

const struct ctl_command ctl_completion = {
	.name = "completion",
	.arguments = "",
	.help = "Print a completion for bash, to be sourced.",
	.run = run,
};
