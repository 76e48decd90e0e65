// SPDX-License-Identifier: GPL-2.0
/*
 * The same life many times over: begin, open, dial, drop, end. Descriptors, memory and the
 * kernel's memory are then what they were.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tapi/client.h"

/*
 * As many as are asked for where it is quick; on the debug kernel, of which each costs some twenty
 * times as much, so many that a leak of one object each is seen.
 */
static unsigned int cycles(void)
{
	return is_debug_kernel() ? 400 : 10000;
}

/**
 * struct usage - what there is of everything
 * @descriptors: open in this process
 * @threads: of this process
 * @resident: kB of it
 * @slabs: kB of the kernel's that are not to be reclaimed
 * @objects: objects in the caches that are ours
 */
struct usage {
	unsigned int descriptors;
	unsigned int threads;
	long resident;
	long slabs;
	long objects;
};

static long resident_kb(void)
{
	long size, resident;
	FILE *file = fopen("/proc/self/statm", "re");

	assert_non_null(file);
	assert_int_equal(fscanf(file, "%ld %ld", &size, &resident), 2);
	fclose(file);
	return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

static long slabs_kb(void)
{
	FILE *file = fopen("/proc/meminfo", "re");
	char line[128];
	long kb = -1;

	assert_non_null(file);
	while (kb < 0 && fgets(line, sizeof(line), file))
		sscanf(line, "SUnreclaim: %ld kB", &kb);
	fclose(file);
	assert_true(kb >= 0);
	return kb;
}

/* 0 where they share a cache with others: then only the sum above tells. */
static long objects_of_ours(void)
{
	FILE *file = fopen("/proc/slabinfo", "re");
	char line[256], name[64];
	long active, sum = 0;

	if (!file)
		return 0;
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "%63s %ld", name, &active) == 2 &&
		    (!strncmp(name, "ndproxy", 7) || !strncmp(name, "condis", 6)))
			sum += active;
	fclose(file);
	return sum;
}

static struct usage usage_now(void)
{
	return (struct usage) {
		.descriptors = count_descriptors(),
		.threads = count_threads(),
		.resident = resident_kb(),
		.slabs = slabs_kb(),
		.objects = objects_of_ours(),
	};
}

/* What the one who is called is told, until it has told all of this call. */
static void callee_catches_up(HLINEAPP callee)
{
	LINEMESSAGE message;
	HCALL call = 0;

	while (!lineGetMessage(callee, &message, (DWORD)patience())) {
		if (message.dwMessageID != LINE_CALLSTATE)
			continue;
		if (message.dwParam1 == LINECALLSTATE_OFFERING) {
			call = message.hDevice;
		} else if (message.dwParam1 == LINECALLSTATE_DISCONNECTED) {
			assert_int_equal(message.hDevice, call);
			succeeds(lineDeallocateCall(call));
			return;
		}
	}
	fail_msg("the callee hears nothing of the end");
}

static void until(HLINEAPP app, DWORD id, DWORD_PTR first)
{
	LINEMESSAGE message;

	do {
		succeeds(lineGetMessage(app, &message, (DWORD)patience()));
	} while (message.dwMessageID != id || message.dwParam1 != first);
	if (id == LINE_REPLY)
		succeeds(TAPI_RESULT(message.dwParam2));
}

static void life(DWORD device, HLINEAPP callee)
{
	LINEINITIALIZEEXPARAMS params = {
		.dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT,
	};
	LINECALLPARAMS call_params = {
		.dwTotalSize = sizeof(call_params),
		.dwMediaMode = LINEMEDIAMODE_DIGITALDATA,
	};
	DWORD version = V2_2, num_devs;
	HLINEAPP app;
	LONG request;
	HLINE line;
	HCALL call;

	succeeds(lineInitializeEx(&app, NULL, NULL, "soak", &num_devs, &version, &params));
	succeeds(lineOpen(app, device, &line, V2_2, 0, 5, LINECALLPRIVILEGE_NONE, 0,
			  NULL));
	request = lineMakeCall(line, &call, "200", 0, &call_params);
	assert_true(request > 0);
	until(app, LINE_REPLY, (DWORD_PTR)request);
	assert_true(lineDrop(call, NULL, 0) > 0);
	until(app, LINE_CALLSTATE, LINECALLSTATE_IDLE);
	succeeds(lineDeallocateCall(call));
	/* Not closed: the end of the application does it. */
	succeeds(lineShutdown(app));
	callee_catches_up(callee);
}

static void ten_thousand_lives(void **state)
{
	unsigned int total = cycles(), warm = total / 10, i, tries;
	struct usage before, after;
	struct client *callee;
	long long start;
	DWORD device;

	(void)state;
	two_adapters("4");
	callee = client_begun("callee", V2_2, "event");
	client_do(callee, "open b owner");
	device = client_device(callee, "a", 0);
	for (i = 0; i < warm; i++)
		life(device, callee->app);
	before = usage_now();
	start = now_ms();
	for (; i < total; i++) {
		if (!(i % 100))
			watchdog_alive();
		life(device, callee->app);
	}
	say("%u lives, %lld us each", total - warm, (now_ms() - start) * 1000 / (total - warm));
	wait_sessions(1);
	wait_count(CONDIS_COUNTER_VCS, 0);
	/* What is freed after a grace period is freed a little later. */
	for (tries = 0; tries < 100; tries++) {
		after = usage_now();
		if (after.slabs - before.slabs < 2048 && after.objects - before.objects < 64)
			break;
		usleep(100000);
	}
	say("before: %u descriptors, %u threads, %ld kB, %ld kB of slabs, %ld objects",
	    before.descriptors, before.threads, before.resident, before.slabs, before.objects);
	say("after: %u descriptors, %u threads, %ld kB, %ld kB of slabs, %ld objects",
	    after.descriptors, after.threads, after.resident, after.slabs, after.objects);
	assert_int_equal(after.descriptors, before.descriptors);
	assert_int_equal(after.threads, before.threads);
	/* A leak of 64 bytes a life would be 560 kB, one of an object of ours megabytes. */
	assert_in_range(after.resident, 0, before.resident + 256);
	if (!is_debug_kernel())
		assert_in_range(after.slabs, 0, before.slabs + 2048);
	assert_in_range(after.objects, 0, before.objects + 64);
	play_end(__FILE__, __LINE__);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TAPI_TEST(ten_thousand_lives),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
