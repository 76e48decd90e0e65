// SPDX-License-Identifier: GPL-2.0
/*
 * The examples of the manual, in a test.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "example.h"

int example_setup(void **state)
{
	int err = world_setup(state);

	if (!err && module_load(MCM))
		fail_msg("cannot load " MCM);
	return err;
}

/* The client first: what it has open is nobody's failure. */
int example_teardown(void **state)
{
	int client = module_unload(CLIENT), err, mcm;

	err = world_teardown(state);
	mcm = module_unload(MCM);
	assert_true(!client || client == -ENOENT);
	assert_int_equal(mcm, 0);
	return err;
}

void example_add(const char *name, const char *lines)
{
	const struct condis_adapter_place place = { .kind = "example" };
	struct condis_config *config = condis_config_new();

	assert_non_null(config);
	if (condis_config_set(config, "lines", lines) ||
	    condis_adapter_add(admin(), name, &place, config))
		fail_msg("%s", condis_error());
	condis_config_free(config);
}

int example_parameter(const char *module, const char *name, const char *value)
{
	char path[128];
	ssize_t length = (ssize_t)strlen(value), written;
	int fd, error;

	snprintf(path, sizeof(path), "/sys/module/%s/parameters/%s", module, name);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	written = write(fd, value, (size_t)length);
	error = written == length ? 0 : -errno;
	close(fd);
	return error;
}

void example_carry(int from, int to, const char *words)
{
	char packet[64] = "";
	ssize_t length = (ssize_t)strlen(words);

	assert_int_equal(write(from, words, (size_t)length), length);
	assert_int_equal(wait_fd(to, POLLIN, patience()) & POLLIN, POLLIN);
	assert_int_equal(read(to, packet, sizeof(packet)), length);
	assert_string_equal(packet, words);
}

void *example_flow(void *data)
{
	char packet[256] = "";

	while (write(*(int *)data, packet, sizeof(packet)) > 0)
		;
	return NULL;
}
