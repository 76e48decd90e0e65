// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl apply and save: configurations, and the unit that applies them at boot.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "program.h"

#define FILE_NAME	"/tmp/apply.conf"
#define APPLY		"condisctl apply " FILE_NAME

static const char city[] =
	"# A city.\n"
	"exchange add city\n"
	"\n"
	"  adapter add one exchange city lines 3 address 100@0 address 101@1,102 # numbers\n"
	"adapter add 'two' --exchange \"city\" --calls=2 out-of-service 0 fault busy\n"
	"adapter set two lost setup,sent-release\n"
	"adapter add three media-modes g3fax,datamodem in-service off glare on exchange city\n"
	"adapter set three latency 7 t305 1 rate 300\n";

#define TWO	"adapter add two --exchange city"
#define THREE	"adapter add three --exchange city --media-modes datamodem,g3fax"

/* What save says of them: sorted by adapter, without what is as it is at first. */
static const char saved[] =
	"# For condisctl apply; see condis.conf(5).\n"
	"exchange add x\n"
	"exchange add city\n"
	"adapter add one --exchange city --lines 3 --address 100@0,101@1,102\n"
	TWO " --calls 2 --out-of-service 0 --fault busy --lost setup,sent-release\n"
	THREE " --in-service off --glare on --t305 1 --rate 300 --latency 7\n";

static void is_saved(const char *what, const char *wanted)
{
	succeed("condisctl save");
	if (strcmp(out, wanted))
		fail_msg("%s:\n%sinstead of:\n%s", what, out, wanted);
}

static void round_trip(void **state)
{
	(void)state;
	put(FILE_NAME, city);
	succeed(APPLY);
	assert_string_equal(out, "");
	is_saved("applied", saved);
	succeed("condisctl save >/tmp/apply.saved");
	succeed("condisctl apply --remove " FILE_NAME);
	wait_no_adapters();
	is_saved("removed", "# For condisctl apply; see condis.conf(5).\nexchange add x\n");
	succeed("condisctl apply /tmp/apply.saved");
	is_saved("applied what was saved", saved);
	/* All knobs, also those that are what they are at first. */
	succeed("condisctl save --all >/tmp/apply.all");
	succeed("condisctl apply --remove /tmp/apply.saved");
	succeed("condisctl apply /tmp/apply.all");
	is_saved("applied all that was saved", saved);
	/* As a person may write it, from the input. */
	succeed("condisctl save | condisctl apply -");
	is_saved("applied to itself", saved);
}

/* Names that would be options, comments or quotes, if nothing was done about it. */
static void names(void **state)
{
	static const char odd[] =
		"# For condisctl apply; see condis.conf(5).\n"
		"exchange add x\n"
		"exchange add \"#\\\"\\\\'\"\n"
		"adapter add help --exchange \"#\\\"\\\\'\"\n"
		"adapter add --exchange \"#\\\"\\\\'\" --lines 2 -- --json\n";

	(void)state;
	put(FILE_NAME, odd);
	succeed(APPLY);
	is_saved("applied", odd);
	succeed("condisctl adapter show -- --json");
	succeed("condisctl exchange list");
	assert_non_null(strstr(out, "\n#\"\\' "));
}

/* Nothing is done, and it is said where it is wrong, by line and column, and what is right. */
static void mistakes(void **state)
{
	static const struct {
		const char *line;
		const char *where;
		const char *what;
	} lines[] = {
		{ "adapter add t exchange y fault bsy", "4:32:", "busy, no-answer" },
		{ "adapter add t exchange y --lines 0", "4:34:", "1 to 1024" },
		{ "adapter add t exchange y lines=1025", "4:26:", "1 to 1024" },
		{ "adapter  add\tt exchange y latency", "4:34:", "needs a value" },
		{ "adapter add t exchange y latncy 1", "4:26:", "no option and no knob" },
		{ "adapter add t exchange y --latncy 1", "4:26:", "no option --latncy" },
		{ "adapter add t exchange y address 12x", "4:34:", "NUMBER@LINE" },
		{ "adapter add", "4:12:", "name the adapter" },
		{ "adapter ad t", "4:9:", "there are: add" },
		{ "adapter", "4:8:", "say what to do" },
		{ "adaptor add t", "4:1:", "there are: exchange" },
		{ "adapter del t", "4:1:", "exchange add, adapter add, adapter set" },
		{ "dial 200", "4:1:", "exchange add, adapter add, adapter set" },
		{ "exchange add y z", "4:16:", "too much" },
		{ "exchange add \"y", "4:14:", "quote" },
		{ "exchange add y --help", "4:16:", "no place" },
		{ "--version", "4:1:", "no place" },
		{ "exchange add a/b", "4:14:", "no blank, no /" },
		{ "adapter set t", "4:14:", "say what to change" },
		{ "adapter add t netns n", "4:22:", "--netns needs" },
	};
	char text[512], place[64];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(lines); i++) {
		snprintf(text, sizeof(text), "exchange add y\nadapter add q exchange y\n\n%s\n"
			 "adapter add u exchange y\n", lines[i].line);
		put(FILE_NAME, text);
		snprintf(place, sizeof(place), "condisctl: " FILE_NAME ":%s ", lines[i].where);
		/* The first few for real: nothing is done before the mistake either. */
		refuse(i < 2 ? "apply " FILE_NAME : "apply --check " FILE_NAME, 2, place);
		if (!strstr(err, lines[i].what))
			fail_msg("%s: no \"%s\" in: %s", lines[i].line, lines[i].what, err);
	}
	is_saved("refused", "# For condisctl apply; see condis.conf(5).\nexchange add x\n");
	refuse("apply /tmp/there/is/none", 1, "/tmp/there/is/none");
	refuse("apply " FILE_NAME " --remove --check", 2, "--remove");
	put(FILE_NAME, city);
	succeed("condisctl apply --check " FILE_NAME);
	is_saved("checked", "# For condisctl apply; see condis.conf(5).\nexchange add x\n");
}

/* What only the kernel knows is said with its place too; what stood before it is done. */
static void refused_by_the_kernel(void **state)
{
	(void)state;
	put(FILE_NAME, "exchange add y\nadapter add t exchange y lines 2 address 1@5\n");
	refuse("apply " FILE_NAME, 2, "condisctl: " FILE_NAME ":2: add adapter t: ");
	put(FILE_NAME, "exchange add y\nadapter add t exchange y lines 2 address 1@1\n");
	succeed(APPLY);
	/* In another place, or of another kind, it is another one. */
	put(FILE_NAME, "adapter add t exchange x\n");
	refuse("apply " FILE_NAME, 1, ":1: adapter t is there already, on exchange y");
	put(FILE_NAME, "adapter add t\n");
	refuse("apply " FILE_NAME, 1, ":1: adapter t is there already, on exchange y");
	put(FILE_NAME, "exchange add y\nadapter add n exchange nowhere\n");
	refuse("apply " FILE_NAME, 1, ":2: add adapter n: ");
	put(FILE_NAME, "adapter set nobody lines 2\n");
	refuse("apply " FILE_NAME, 1, ":1: get adapter nobody: ");
	/* An exchange that somebody else uses stays, and that is said. */
	put(FILE_NAME, "exchange add y\n");
	refuse("apply --remove " FILE_NAME, 1, ":1: delete exchange y: ");
	put(FILE_NAME, "exchange add y\nadapter add t exchange y\nadapter add gone exchange y\n");
	succeed("condisctl apply --remove " FILE_NAME);
	succeed("condisctl apply --remove " FILE_NAME);
}

/* Once more is no change: nobody hears of anything, calls stay, adapters are the same. */
static void again(void **state)
{
	struct pair pair;
	uint32_t id;

	(void)state;
	put(FILE_NAME, "exchange add x\n"
	    "adapter add a exchange x calls 2 address 100@0\n"
	    "adapter add b exchange x calls 2 address 200@0 out-of-service none\n");
	succeed(APPLY);
	id = adapter_id("a");
	pair = pair_connected();
	succeed("(timeout 60 condisctl monitor --no-lines --for 3 >/tmp/apply.heard) & sleep 1; "
		APPLY "; " APPLY "; wait; grep -c adapter /tmp/apply.heard || true");
	assert_string_equal(out, "0\n");
	expect_nothing(pair.caller);
	assert_int_equal(adapter_id("a"), id);

	/* What is otherwise is changed, alone: a change of the line table would end the call. */
	put(FILE_NAME, "exchange add x\n"
	    "adapter add a exchange x calls 2 address 100@0 latency 3\n"
	    "adapter add b exchange x calls 2 address 200@0\nadapter set b fault busy\n");
	succeed(APPLY);
	succeed("condisctl adapter show a");
	expect_nothing(pair.caller);
	assert_int_equal(adapter_id("a"), id);
	succeed("condisctl save");
	assert_non_null(strstr(out, "--address 100@0 --latency 3\n"));
	assert_non_null(strstr(out, "--fault busy\n"));

	/* And down, under the call. */
	succeed("timeout 60 condisctl apply --remove " FILE_NAME);
	expect_up_to(pair.caller, "L1 close");
	wait_count(CONDIS_COUNTER_VCS, 0);
}

/* The library's list of what knobs are at first is the kernel's. */
static void defaults(void **state)
{
	struct condis_adapter_info *adapter;
	const struct condis_knob *knob;
	unsigned int i;
	char *value;

	(void)state;
	adapter_add("a", NULL);
	adapter = condis_adapter_get(admin(), "a");
	assert_non_null(adapter);
	for (i = 0; (knob = condis_knob_at(i)); i++) {
		value = condis_adapter_knob(adapter, knob->name);
		if (strcmp(value && *value ? value : "none", knob->initial))
			fail_msg("%s is %s at first, not %s", knob->name, value, knob->initial);
		free(value);
	}
	assert_int_equal(i, CONDIS_VWAN_A_ADAPTER_MAX);
	condis_adapters_free(adapter, 1);
}

/* The command behind a key of the unit, without its path. */
static void command_of(const char *key, char command[256])
{
	char path[256], *at, *end;

	snprintf(path, sizeof(path), "%s/tools/systemd/condis.service.in", getenv("CONDIS_TOP"));
	slurp(path, out, OUTPUT_MAX);
	at = strstr(out, key);
	if (!at)
		fail_msg("no %s in %s", key, path);
	at = strstr(at, "condisctl");
	end = strchr(at, '\n');
	snprintf(command, 256, "%.*s", (int)(end - at), at);
}

/* As the unit does it: all files of the folder, in the order of their names. */
static void unit(void **state)
{
	char start[256], reload[256], stop[256], script[2048];

	(void)state;
	command_of("\nExecStart=", start);
	command_of("\nExecReload=", reload);
	command_of("\nExecStop=", stop);
	assert_string_equal(start, "condisctl apply");
	put("/tmp/apply.20.conf", "adapter add b exchange y\n");
	put("/tmp/apply.10.conf", "exchange add y\nadapter add a exchange y lines 2\n");
	/* In a script: its commands see their own /etc, which has nothing but this. */
	snprintf(script, sizeof(script), "set -e\nmount -t tmpfs none /etc\nmkdir /etc/condis\n"
		 "! %s\ncp /tmp/apply.20.conf /tmp/apply.10.conf /etc/condis\n"
		 "echo nonsense >/etc/condis/not.read\n%s\ncondisctl adapter list\n%s\n%s\n%s\n",
		 start, start, reload, stop, stop);
	put("/tmp/apply.sh", script);
	assert_int_equal(run("unshare -m sh /tmp/apply.sh"), 0);
	assert_non_null(strstr(err, "there is no /etc/condis/*.conf"));
	assert_int_equal(lines_of(out), 3);
	is_saved("stopped", "# For condisctl apply; see condis.conf(5).\nexchange add x\n");
	assert_int_equal(count(CONDIS_COUNTER_BINDINGS), 0);
}

/* The example that is installed. */
static void example(void **state)
{
	(void)state;
	succeed("condisctl apply $CONDIS_TOP/tools/examples/demo.conf");
	assert_int_equal(setenv("DIAL", "timeout 60 condisctl dial 200 --adapter wan0", 1), 0);
	succeed("(timeout 60 condisctl answer --adapter wan1 --count 1 --quiet &); "
		"for i in $(seq 100); do $DIAL --for 0 --quiet && exit; sleep 0.1; done; exit 1");
	succeed("condisctl status --wait 30 >/dev/null; "
		"condisctl apply --remove $CONDIS_TOP/tools/examples/demo.conf");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(round_trip),
		WORLD_TEST(names),
		WORLD_TEST(mistakes),
		WORLD_TEST(refused_by_the_kernel),
		WORLD_TEST(again),
		WORLD_TEST(defaults),
		WORLD_TEST(unit),
		WORLD_TEST(example),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
