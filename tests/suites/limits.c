// SPDX-License-Identifier: GPL-2.0
/*
 * What one session may have, and who may do what: a limit that is reached is a
 * clear error, of that session alone, and never in the way of a close.
 */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixture.h"

static void limit_of_lines(void **state)
{
	struct ndproxy_limits limits;
	struct ndproxy_open_line open;
	struct app *app, *other;
	uint32_t i, last = 0;

	(void)state;
	two_adapters("1");
	app = app_open("app");
	other = app_open("other");
	assert_int_equal(condis_session_limits(app->session, &limits), 0);
	assert_in_range(limits.limit[NDPROXY_LIMIT_LINES], 1, 100000);
	app_adapter(app, "a");
	for (i = 0; i <= limits.limit[NDPROXY_LIMIT_LINES]; i++) {
		open = (struct ndproxy_open_line) {
			.adapter = adapter_id("a"), .privileges = NONE,
		};
		if (i == limits.limit[NDPROXY_LIMIT_LINES]) {
			refused(app, condis_line_open(app->session, &open), EDQUOT, NULL);
			break;
		}
		assert_int_equal(condis_line_open(app->session, &open), 0);
		last = open.line_handle;
	}
	assert_int_equal(condis_session_limits(app->session, &limits), 0);
	assert_int_equal(limits.used[NDPROXY_LIMIT_LINES], limits.limit[NDPROXY_LIMIT_LINES]);
	/* It is this session's limit, and one that is closed makes room. */
	line_open(other, "a", 0, NONE);
	line_close(app, last);
	assert_int_equal(condis_line_open(app->session, &open), 0);
}

static void limit_of_requests(void **state)
{
	struct ndproxy_limits limits;
	struct pair pair;
	uint32_t i;

	(void)state;
	two_adapters("1");
	pair = pair_connected();
	adapter_set("a", "clear-delay", "3600000", "t305", "3600000", NULL);
	assert_int_equal(condis_session_limits(pair.caller->session, &limits), 0);
	assert_int_equal(limits.used[NDPROXY_LIMIT_REQUESTS], 0);
	/* The first drop has its place in the handle, and can never be refused. */
	assert_int_equal(condis_call_drop(pair.caller->session, pair.out, 0, 1), 0);
	for (i = 0; i < limits.limit[NDPROXY_LIMIT_REQUESTS]; i++)
		assert_int_equal(condis_call_drop(pair.caller->session, pair.out, 0, 2), 0);
	refused(pair.caller, condis_call_drop(pair.caller->session, pair.out, 0, 3), EDQUOT, NULL);
	assert_int_equal(condis_session_limits(pair.caller->session, &limits), 0);
	assert_int_equal(limits.used[NDPROXY_LIMIT_REQUESTS],
			 limits.limit[NDPROXY_LIMIT_REQUESTS]);
	/* The close takes none of them to come down. */
	adapter_set("a", "clear-delay", "0", "t305", "1", NULL);
	line_close(pair.caller, pair.caller_line);
	assert_int_equal(condis_session_limits(pair.caller->session, &limits), 0);
	adapter_surprise("a");
	wait_count(CONDIS_COUNTER_VCS, 0);
	assert_int_equal(condis_session_limits(pair.caller->session, &limits), 0);
	assert_int_equal(limits.used[NDPROXY_LIMIT_REQUESTS], 0);
}

static void limit_of_calls(void **state)
{
	struct ndproxy_make_call call = { .address = NDPROXY_ANY_ADDRESS, .media_modes = DIGITAL };
	struct ndproxy_limits limits;
	struct app *monitor, *caller;
	uint32_t line, i, lines;

	(void)state;
	two_adapters("16");
	adapter_set("b", "fault", "no-answer", NULL);
	caller = app_open("caller");
	monitor = app_open("monitor");
	line = line_open(caller, "a", 0, NONE);
	assert_int_equal(condis_session_limits(monitor->session, &limits), 0);
	lines = limits.limit[NDPROXY_LIMIT_LINES];
	for (i = 0; i < lines; i++)
		line_open(monitor, "a", 0, MONITOR);
	/* Each call gives a handle to each of these, as long as there is room. */
	for (i = 0; i <= limits.limit[NDPROXY_LIMIT_CALLS] / lines; i++)
		call_make(caller, line, "200");
	assert_int_equal(condis_session_limits(monitor->session, &limits), 0);
	assert_int_equal(limits.used[NDPROXY_LIMIT_CALLS], limits.limit[NDPROXY_LIMIT_CALLS]);
	call.line_handle = monitor->lines[0];
	strcpy(call.called, "200");
	refused(monitor, condis_call_make(monitor->session, &call), EDQUOT, NULL);
	/* The caller is not held up by a monitor that is full. */
	call_make(caller, line, "200");
	assert_int_equal(condis_session_shutdown(monitor->session), 0);
}

/* Events of adapters are bounded; what is lost is counted. */
static void limit_of_events(void **state)
{
	struct ndproxy_event event;
	struct ndproxy_limits limits;
	unsigned int seen = 0, lost = 0;
	struct app *app;
	uint32_t i;

	(void)state;
	app = app_open("app");
	assert_int_equal(condis_session_limits(app->session, &limits), 0);
	for (i = 0; i < limits.limit[NDPROXY_LIMIT_EVENTS] / 2 + 4; i++) {
		adapter_add("a", NULL);
		app_adapter(app, "a");
		adapter_del("a");
	}
	wait_no_adapters();
	adapter_add("last", NULL);
	app_adapter(app, "last");
	while (read(app_fd(app), &event, sizeof(event)) == sizeof(event)) {
		assert_true(event.type == LINE_CREATE || event.type == LINE_REMOVE);
		seen++;
		lost += event.lost;
	}
	assert_int_equal(seen, limits.limit[NDPROXY_LIMIT_EVENTS]);
	/* Those that were lost are told with the next that is not. */
	adapter_del("last");
	wait_no_adapters();
	assert_int_equal(read(app_fd(app), &event, sizeof(event)), sizeof(event));
	assert_int_equal(event.type, LINE_REMOVE);
	assert_true(lost + event.lost > 0);
}

/*
 * Permissions
 */

static int as_nobody(void *argument)
{
	int fd;

	(void)argument;
	if (setgroups(0, NULL) || setgid(65534) || setuid(65534))
		return 90;
	fd = open("/dev/ndproxy", O_RDWR);
	if (fd >= 0 || errno != EACCES)
		return 1;
	return 0;
}

static int as_dialout(void *argument)
{
	struct ndproxy_new_calls calls = { .select = LINECALLSELECT_LINE };
	struct condis_session_info *sessions;
	struct condis_adapter_info *adapters;
	struct condis_call_info *list;
	struct ndproxy_open_line open = { .privileges = MONITOR };
	struct condis_session *session;
	struct condis_admin *mine;
	gid_t dialout = 20;

	open.adapter = *(uint32_t *)argument;
	if (setgroups(1, &dialout) || setgid(65534) || setuid(65534))
		return 90;
	session = condis_session_open(NULL);
	if (!session)
		return 1;
	/* Another user's calls are not to be seen. */
	if (condis_line_open(session, &open))
		return 2;
	calls.line_handle = open.line_handle;
	if (condis_line_new_calls(session, &calls) || calls.num_calls)
		return 3;
	/* Everybody may look at what there is, and nobody but an admin may change it. */
	mine = condis_admin_open();
	if (!mine)
		return 4;
	if (condis_adapters(mine, &adapters) < 2)
		return 5;
	if (!condis_exchange_add(mine, "mine", CONDIS_VWAN_KIND) || errno != EPERM)
		return 6;
	if (!condis_adapter_del(mine, "a", false) || errno != EPERM)
		return 7;
	if (!condis_adapter_reset(mine, "a") || errno != EPERM)
		return 8;
	if (condis_calls(mine, 0, &list) >= 0 || errno != EPERM)
		return 9;
	if (condis_sessions(mine, &sessions) != 1)
		return 10;
	return 0;
}

static void permissions(void **state)
{
	struct pair pair;
	struct stat node;
	uint32_t id;

	(void)state;
	two_adapters("2");
	pair = pair_connected();
	id = adapter_id("a");
	assert_int_equal(stat("/dev/ndproxy", &node), 0);
	assert_int_equal(node.st_mode & 0777, 0660);
	assert_int_equal(chown("/dev/ndproxy", 0, 20), 0);
	assert_int_equal(child_wait(child_start(as_nobody, NULL)), 0);
	assert_int_equal(child_wait(child_start(as_dialout, &id)), 0);
	expect_nothing(pair.caller);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(limit_of_lines),
		WORLD_TEST(limit_of_requests),
		WORLD_TEST(limit_of_calls),
		WORLD_TEST(limit_of_events),
		WORLD_TEST(permissions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
