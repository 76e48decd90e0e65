// SPDX-License-Identifier: GPL-2.0
/*
 * The same life many times over: begin, open, dial, drop, end. Descriptors, memory and the
 * kernel's memory are then what they were.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tapi/client.h"

/*
 * After a while to warm up, two stretches of the same length: what is lost with every life grows in
 * both, what the rest of the machine takes for once in one of them.
 */
static unsigned int stretch(void)
{
	return 4500;
}

/* Of a cache, in a stretch: an object with every eighth life. */
static long slack(void)
{
	return stretch() / 8;
}

#define CACHES_MAX	512

/**
 * struct cache - a cache of the kernel's
 * @name: as in /proc/slabinfo
 * @objects: that are not free
 */
struct cache {
	char name[64];
	long objects;
};

/**
 * struct usage - what there is of everything
 * @descriptors: open in this process
 * @threads: of this process
 * @resident: kB of it
 * @caches: of the kernel's, of which each object counts
 * @num_caches: how many
 */
struct usage {
	unsigned int descriptors;
	unsigned int threads;
	long resident;
	struct cache caches[CACHES_MAX];
	unsigned int num_caches;
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

/*
 * What is free but kept for a CPU counts as used, and so does what KASAN keeps in its quarantine:
 * a cache that shrinks gives both back, and then the numbers are exact.
 */
static void shrink_caches(void)
{
	DIR *folder = opendir("/sys/kernel/slab");
	const struct dirent *entry;
	unsigned int shrunk = 0;
	char path[512];
	int fd;

	assert_non_null(folder);
	while ((entry = readdir(folder))) {
		if (*entry->d_name == '.')
			continue;
		snprintf(path, sizeof(path), "/sys/kernel/slab/%s/shrink", entry->d_name);
		fd = open(path, O_WRONLY | O_CLOEXEC);
		if (fd < 0)
			continue;
		shrunk += write(fd, "1", 1) == 1;
		close(fd);
	}
	closedir(folder);
	assert_in_range(shrunk, 20, 10000);
}

static void usage_now(struct usage *usage)
{
	struct cache *cache = usage->caches;
	char line[512];
	FILE *file;

	usage->descriptors = count_descriptors();
	usage->threads = count_threads();
	usage->resident = resident_kb();
	/* What is freed after a grace period is freed a little later. */
	usleep(300000);
	shrink_caches();
	file = fopen("/proc/slabinfo", "re");
	assert_non_null(file);
	while (fgets(line, sizeof(line), file)) {
		if (sscanf(line, "%63s %ld", cache->name, &cache->objects) != 2)
			continue;
		cache++;
		assert_true(cache < usage->caches + CACHES_MAX);
	}
	fclose(file);
	usage->num_caches = cache - usage->caches;
	assert_in_range(usage->num_caches, 20, CACHES_MAX);
}

static long objects_in(const struct usage *usage, const char *name)
{
	unsigned int i;

	for (i = 0; i < usage->num_caches; i++)
		if (!strcmp(usage->caches[i].name, name))
			return usage->caches[i].objects;
	return 0;
}

/*
 * What a detector of the debug kernel remembers things by, and gives back in its own time; the
 * things themselves are in other caches.
 */
static bool is_of_a_detector(const struct cache *cache)
{
	return !strcmp(cache->name, "debug_objects_cache") ||
	       !strcmp(cache->name, "kmemleak_object");
}

/* How many caches have grown in both stretches by more than what is allowed. */
static unsigned int growing(const struct usage *start, const struct usage *middle,
			    const struct usage *end)
{
	const struct cache *cache;
	unsigned int found = 0;
	long first, second;

	for (cache = end->caches; cache < end->caches + end->num_caches; cache++) {
		first = objects_in(middle, cache->name) - objects_in(start, cache->name);
		second = cache->objects - objects_in(middle, cache->name);
		if (first <= slack() || second <= slack() || is_of_a_detector(cache))
			continue;
		say("%s: %ld objects more, and %ld again", cache->name, first, second);
		found++;
	}
	return found;
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

static void live(unsigned int lives, DWORD device, HLINEAPP callee)
{
	long long start = now_ms();
	unsigned int i;

	for (i = 0; i < lives; i++) {
		if (!(i % 100))
			watchdog_alive();
		life(device, callee);
	}
	say("%u lives, %lld us each", lives, (now_ms() - start) * 1000 / lives);
	wait_sessions(1);
	wait_count(CONDIS_COUNTER_VCS, 0);
}

static void ten_thousand_lives(void **state)
{
	static struct usage start, middle, end;
	unsigned int found, tries;
	struct client *callee;
	DWORD device;

	(void)state;
	two_adapters("4");
	callee = client_begun("callee", V2_2, "event");
	client_do(callee, "open b owner");
	device = client_device(callee, "a", 0);
	live(stretch() / 4, device, callee->app);
	usage_now(&start);
	live(stretch(), device, callee->app);
	usage_now(&middle);
	live(stretch(), device, callee->app);
	for (tries = 0, found = 1; found && tries < 5; tries++) {
		usage_now(&end);
		found = growing(&start, &middle, &end);
	}
	say("%u, then %u descriptors; %u, then %u threads; %ld, %ld, %ld kB; %u caches",
	    start.descriptors, end.descriptors, start.threads, end.threads, start.resident,
	    middle.resident, end.resident, end.num_caches);
	assert_int_equal(end.descriptors, start.descriptors);
	assert_int_equal(end.threads, start.threads);
	assert_int_equal(found, 0);
	/* Of this process: pages only are counted, and 64 bytes a life would be more of them. */
	assert_true(middle.resident - start.resident <= 16 + (long)stretch() / 64 ||
		    end.resident - middle.resident <= 16 + (long)stretch() / 64);
	play_end(__FILE__, __LINE__);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TAPI_TEST(ten_thousand_lives),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
