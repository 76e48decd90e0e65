// SPDX-License-Identifier: GPL-2.0
/*
 * Modules that cannot be loaded: each step of their making fails once.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "inject.h"
#include "ppp.h"

/* More than any load has. */
#define MANY		1000000

#define TRACING		"/sys/kernel/tracing/"

/* The file is read before: it is the module's making that fails, not the reading. */
static void *module_image(const char *name, size_t *size)
{
	char path[4096];
	struct stat status;
	void *image;
	int fd;

	snprintf(path, sizeof(path), "%s/%s.ko", getenv("CONDIS_KO"), name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &status))
		fail_msg("%s: %s", path, strerror(errno));
	*size = (size_t)status.st_size;
	image = malloc(*size);
	assert_non_null(image);
	for (size_t at = 0; at < *size;) {
		ssize_t n = read(fd, (char *)image + at, *size - at);

		if (n <= 0)
			fail_msg("%s: %s", path, n ? strerror(errno) : "too short");
		at += (size_t)n;
	}
	close(fd);
	return image;
}

static bool is_loaded(const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "/sys/module/%s", name);
	return !access(path, F_OK);
}

static void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		fail_msg("%s: %s", path, strerror(errno));
	close(fd);
}

/* Whether a load has come as far as the module's init: the kernel traces that. */
static bool came_to_init(const char *name)
{
	char line[1024], words[64];
	FILE *file = fopen(TRACING "trace", "re");
	bool came = false;

	assert_non_null(file);
	snprintf(words, sizeof(words), "module_load: %s ", name);
	while (fgets(line, sizeof(line), file))
		came |= !!strstr(line, words);
	fclose(file);
	return came;
}

static int load(const char *name, const char *image, size_t size, unsigned int nth,
		unsigned int *left)
{
	const char *arguments = module_arguments(name);
	int error;

	write_file(TRACING "trace", "");
	inject_nth(nth);
	error = syscall(SYS_init_module, image, size, arguments) ? -errno : 0;
	*left = inject_end();
	return error;
}

/*
 * A step is an allocation or a copy from user space; the module's init has the last of a
 * load, so they are tried from the end, until it is the loader's own that fail. A failure
 * that the module can do without does not stop it: then it is there, and is unloaded.
 * After each the next try begins with nothing there.
 */
static void load_with_each_step_failing(const char *name, unsigned int least)
{
	unsigned int nth, left, tried = 0, refused = 0;
	long long start = now_ms();
	size_t size;
	char *image = module_image(name, &size);
	int error;

	inject_prepare();
	write_file(TRACING "events/module/module_load/enable", "1");
	assert_int_equal(load(name, image, size, MANY, &left), 0);
	assert_true(came_to_init(name));
	assert_int_equal(module_unload(name), 0);
	for (nth = MANY - left; nth > 0; nth--) {
		watchdog_alive();
		error = load(name, image, size, nth, &left);
		if (!came_to_init(name))
			break;
		tried++;
		if (!error) {
			assert_int_equal(module_unload(name), 0);
			continue;
		}
		if (left || error != -ENOMEM)
			fail_msg("%s, step %u: %s", name, nth, strerror(-error));
		if (is_loaded(name))
			fail_msg("%s is there after %s in step %u", name, strerror(-error), nth);
		refused++;
	}
	if (is_loaded(name))
		assert_int_equal(module_unload(name), 0);
	write_file(TRACING "events/module/module_load/enable", "0");
	assert_int_equal(load(name, image, size, MANY, &left), 0);
	free(image);
	say("%s: %u steps of its init, %u of them needed, %lld ms", name, tried, refused,
	    now_ms() - start);
	assert_in_range(refused, least, tried);
}

static bool cannot_inject(void)
{
	return !inject_is_there();
}

static void core_init_fails(void **state)
{
	(void)state;
	if (cannot_inject())
		skip();
	assert_int_equal(module_unload(VWAN), 0);
	assert_int_equal(module_unload(NDPROXY), 0);
	assert_int_equal(module_unload(CORE), 0);
	load_with_each_step_failing(CORE, 10);
	admin_reopen();
	assert_int_equal(module_load(NDPROXY), 0);
	assert_int_equal(module_load(VWAN), 0);
	exchange_ensure();
}

static void vwan_init_fails(void **state)
{
	(void)state;
	if (cannot_inject())
		skip();
	assert_int_equal(module_unload(VWAN), 0);
	load_with_each_step_failing(VWAN, 5);
	exchange_ensure();
}

/* With adapters there, to which it binds. */
static void ndproxy_init_fails(void **state)
{
	struct pair pair;

	(void)state;
	if (cannot_inject())
		skip();
	two_adapters("1");
	assert_int_equal(module_unload(NDPROXY), 0);
	assert_int_not_equal(access("/dev/ndproxy", F_OK), 0);
	load_with_each_step_failing(NDPROXY, 5);
	pair = pair_connected();
	app_close(pair.caller);
	app_close(pair.callee);
}

/* With adapters there, to which it binds, and a call, of which it is then asked. */
static void ndiswan_init_fails(void **state)
{
	struct pair pair;
	int from, to;

	(void)state;
	if (cannot_inject())
		skip();
	pair = ppp_connected(&from, &to);
	load_with_each_step_failing(NDISWAN, 3);
	channel_of(from);
	channel_of(to);
	ppp_hang_up(&pair);
	close_fd(from);
	close_fd(to);
	app_close(pair.caller);
	app_close(pair.callee);
	unload_ndiswan();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(core_init_fails),
		WORLD_TEST(vwan_init_fails),
		WORLD_TEST(ndproxy_init_fails),
		WORLD_TEST(ndiswan_init_fails),
	};

	return cmocka_run_group_tests(tests, ppp_generic_setup, NULL);
}
