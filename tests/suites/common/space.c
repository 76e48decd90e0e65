// SPDX-License-Identifier: GPL-2.0
/*
 * Other network namespaces: the test goes there and comes back.
 */
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <unistd.h>

#include "space.h"

static int home = -1;
/* Sockets in other namespaces, which hold them. */
static struct condis_admin *abroad_admins[64];
static struct condis_admin *home_admin;

static void enter(int fd)
{
	assert_int_equal(setns(fd, CLONE_NEWNET), 0);
}

int space_home(void)
{
	if (home < 0)
		home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	assert_true(home >= 0);
	return home;
}

struct space space_new(void)
{
	struct space space;
	size_t i;

	space_home();
	home_admin = admin();
	assert_int_equal(unshare(CLONE_NEWNET), 0);
	space.fd = keep_fd(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
	space.admin = condis_admin_open();
	assert_non_null(space.admin);
	enter(home);
	for (i = 0; i < ARRAY_SIZE(abroad_admins) && abroad_admins[i]; i++)
		;
	assert_true(i < ARRAY_SIZE(abroad_admins));
	abroad_admins[i] = space.admin;
	return space;
}

void go(const struct space *space)
{
	enter(space->fd);
	home_admin = admin_swap(space->admin);
}

void go_home(void)
{
	enter(home);
	admin_swap(home_admin);
}

void space_end(struct space *space)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(abroad_admins); i++)
		if (abroad_admins[i] == space->admin)
			abroad_admins[i] = NULL;
	condis_admin_close(space->admin);
	close_fd(space->fd);
}

int adapter_add_abroad(const char *name, const char *exchange, int fd, const char *number)
{
	struct condis_config *config = condis_config_new();
	struct condis_adapter_place place = { .kind = CONDIS_VWAN_KIND, .exchange = exchange };
	char path[64], address[64];
	int error;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	snprintf(address, sizeof(address), "%s@0", number);
	place.netns = path;
	assert_int_equal(condis_config_set(config, "address", address), 0);
	error = condis_adapter_add(admin(), name, &place, config);
	condis_config_free(config);
	return error;
}

static bool is_abroad(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(abroad_admins); i++)
		if (abroad_admins[i] && abroad_admins[i] == admin())
			return true;
	return false;
}

struct pair pair_across(struct space *space)
{
	struct pair pair;

	adapter_add("a", "address", "100@0", NULL);
	pair.caller = app_open("caller");
	pair.caller_line = line_open(pair.caller, "a", 0, NONE);
	*space = space_new();
	go(space);
	if (adapter_add_abroad("a", "x", space_home(), "200"))
		fail_msg("%s", condis_error());
	pair.callee = app_open("callee");
	pair.callee_line = line_open(pair.callee, "a", 0, OWNER);
	go_home();
	pair_offer(&pair);
	pair.in = call_label(pair.callee, 1);
	call_answer(pair.callee, pair.in);
	expect(pair.callee, "reply C1 ANSWER 0", "C1 CONNECTED");
	expect(pair.caller, "C1 CONNECTED");
	return pair;
}

static void come_home(void)
{
	if (home >= 0)
		enter(home);
	if (is_abroad())
		admin_swap(home_admin);
}

int space_setup(void **state)
{
	come_home();
	return world_setup(state);
}

int space_teardown(void **state)
{
	size_t i;

	come_home();
	for (i = 0; i < ARRAY_SIZE(abroad_admins); i++) {
		condis_admin_close(abroad_admins[i]);
		abroad_admins[i] = NULL;
	}
	return world_teardown(state);
}
