// SPDX-License-Identifier: GPL-2.0
/*
 * Run the families that are named, or all.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "bench.h"

struct family {
	const char *name;
	void (*run)(void);
};

static const struct family families[] = {
	{ "condis", bench_condis },
	{ "tapi", bench_tapi },
	{ "scale", bench_scale },
	{ "unix", bench_unix },
	{ "vsock", bench_vsock },
	{ "tcp", bench_tcp },
	{ "pppoe", bench_pppoe },
	{ "l2tp", bench_l2tp },
	{ "pty", bench_pty },
	{ "ppp", bench_ppp },
};

/* By the clock on the wall, on two CPUs: tests/bench/parallel. */
static const struct family clocked[] = {
	{ "parallel", bench_parallel },
};

/* What tests/bench/profile looks at: one operation, many times. */
static const struct family profiles[] = {
	{ "profile-cycle", profile_cycle },
	{ "profile-packet", profile_packet },
	{ "profile-close", profile_close },
	{ "profile-udp", profile_udp },
	{ "profile-tapi", profile_tapi },
};

/* The same, with so many calls up. */
static const struct {
	const char *name;
	void (*run)(unsigned int calls);
} profiles_of[] = {
	{ "profile-halt", profile_halt },
	{ "profile-exit", profile_exit },
};

static bool is_wanted(const char *name, int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		if (!strcmp(argv[i], name))
			return true;
	return argc < 2;
}

int main(int argc, char **argv)
{
	const struct rlimit files = { 4 * HELD, 4 * HELD };
	size_t i;

	must(!setrlimit(RLIMIT_NOFILE, &files), "the limit of open files");
	for (i = 0; i < ARRAY_SIZE(families); i++) {
		if (!is_wanted(families[i].name, argc, argv))
			continue;
		printf("family %s\n", families[i].name);
		fflush(stdout);
		families[i].run();
	}
	for (i = 0; argc > 1 && i < ARRAY_SIZE(clocked); i++)
		if (is_wanted(clocked[i].name, argc, argv))
			clocked[i].run();
	for (i = 0; argc > 1 && i < ARRAY_SIZE(profiles); i++)
		if (is_wanted(profiles[i].name, argc, argv))
			profiles[i].run();
	for (i = 0; argc > 1 && i < ARRAY_SIZE(profiles_of); i++)
		if (!strcmp(profiles_of[i].name, argv[1]))
			profiles_of[i].run(argc > 2 ? strtoul(argv[2], NULL, 10) : HELD);
	printf("end\n");
	return 0;
}
