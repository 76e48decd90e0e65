// SPDX-License-Identifier: GPL-2.0
/*
 * What sessions are called, who is handed a call by name, and who is asked first.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixture.h"

/* Somebody who is not root. */
#define USER	1000

/* What the core lists as the name of an application's session. */
static void name_is(struct app *app, const char *name)
{
	struct condis_session_info *list;
	ssize_t length = condis_sessions(admin(), &list), i;
	uint32_t id = app_id(app);

	assert_in_range(length, 1, 1000);
	for (i = 0; i < length; i++)
		if (list[i].id == id)
			break;
	assert_int_not_equal(i, length);
	assert_string_equal(list[i].name, name);
	free(list);
}

static struct app *app_called(const char *name)
{
	struct app *app = app_open(name);

	if (condis_session_set_name(app->session, name))
		fail_msg("%s: %s", name, condis_error());
	return app;
}

static void names(void **state)
{
	static const char *const bad[] = {
		"", "\n", "a\tb", "\x1b[2J", "\x7f", "\x80", "\xc0\x80", "\xed\xa0\x80",
		"\xe2\x80\xae", "caf\xc3", "\xff",
		"1234567890123456789012345678901234567890123456789012345678901234",
	};
	struct ndproxy_name name = { .name = "a\0b" };
	struct app *app, *other;
	char comm[32] = "";
	FILE *file;
	size_t i;

	(void)state;
	app = app_open("app");
	other = app_open("other");
	file = fopen("/proc/self/comm", "re");
	assert_non_null(file);
	assert_non_null(fgets(comm, sizeof(comm), file));
	fclose(file);
	comm[strcspn(comm, "\n")] = '\0';
	name_is(app, comm);
	assert_int_equal(condis_session_set_name(app->session, "dialer"), 0);
	name_is(app, "dialer");
	name_is(other, comm);
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		refused(app, condis_session_set_name(app->session, bad[i]), EINVAL, "name");
	refused(app, ioctl(app_fd(app), NDPROXY_SET_NAME, &name), EINVAL, "name");
	name_is(app, "dialer");
	/* Another one, also one that another has, and in any script. */
	assert_int_equal(condis_session_set_name(other->session, "dialer"), 0);
	assert_int_equal(condis_session_set_name(app->session,
						 "T\xc3\xa9l\xc3\xa9phone \xe2\x98\x8e"), 0);
	name_is(app, "T\xc3\xa9l\xc3\xa9phone \xe2\x98\x8e");
	name_is(other, "dialer");
	assert_int_equal(condis_session_shutdown(app->session), 0);
	refused(app, condis_session_set_name(app->session, "late"), ESHUTDOWN, NULL);
}

/* A call between a caller and the first application on the line of "b". */
static uint32_t called(struct app *caller, struct app *owner)
{
	uint32_t call;

	call_make(caller, line_open(caller, "a", 0, NONE), "200");
	expect(owner, "L1 new C1 owner", "C1 OFFERING owner");
	call = call_label(owner, 1);
	call_answer(owner, call);
	expect(owner, "reply C1 ANSWER 0", "C1 CONNECTED");
	return call;
}

static void handoff_by_name(void **state)
{
	struct ndproxy_handoff handoff = { .flags = NDPROXY_HANDOFF_NAME, .name = "fax" };
	struct app *caller, *owner, *fax, *second;
	uint32_t call;

	(void)state;
	two_adapters("4");
	caller = app_open("caller");
	owner = app_called("owner");
	fax = app_called("fax");
	line_open(owner, "b", 0, OWNER);
	call = called(caller, owner);
	/* Nobody is called so; or has the line open, with OWNER. */
	refused(owner, condis_call_handoff_name(owner->session, call, "nobody"), ESRCH, "name");
	refused(owner, condis_call_handoff_name(owner->session, call, "fax"), ESRCH, "name");
	line_open(fax, "b", 0, MONITOR);
	refused(owner, condis_call_handoff_name(owner->session, call, "fax"), ESRCH, "name");
	refused(owner, condis_call_handoff_name(owner->session, call, "owner"), ELOOP, "name");
	refused(owner, condis_call_handoff_name(owner->session, call, ""), EINVAL, "name");
	refused(owner, condis_call_handoff_name(owner->session, call, "\n"), EINVAL, "name");
	handoff.call = call;
	handoff.session = 1;
	refused(owner, ioctl(app_fd(owner), NDPROXY_HANDOFF, &handoff), EINVAL, "session");
	handoff.session = 0;
	handoff.media_mode = DIGITAL;
	refused(owner, ioctl(app_fd(owner), NDPROXY_HANDOFF, &handoff), EINVAL, "media_mode");
	handoff.flags = NDPROXY_HANDOFF_MEDIA_MODE;
	refused(owner, ioctl(app_fd(owner), NDPROXY_HANDOFF, &handoff), EINVAL, "name");
	expect_nothing(fax);

	/* The giver is passed over where others have its name. */
	line_open(fax, "b", 0, OWNER);
	assert_int_equal(condis_session_set_name(owner->session, "fax"), 0);
	second = app_called("fax");
	line_open(second, "b", 0, OWNER);
	assert_int_equal(condis_call_handoff_name(owner->session, call, "fax"), 0);
	expect(fax, "L2 new C1 owner", "C1 CONNECTED owner");
	expect_nothing(second);
	expect_nothing(owner);
	/* It gives on: of the others of that name to the first. */
	assert_int_equal(condis_session_set_name(owner->session, "owner"), 0);
	assert_int_equal(condis_call_handoff_name(fax->session, call_label(fax, 1), "fax"), 0);
	expect(second, "L1 new C1 owner", "C1 CONNECTED owner");
	hear(owner, "C1 info +owner 3+0");
}

static void set_priority(struct app *app, const char *name, uint32_t media, uint32_t priority)
{
	if (condis_session_set_priority(app->session, name, media, priority))
		fail_msg("%s: %s", app->name, condis_error());
}

/* The next call goes to this application; it is over then. */
static void next_goes_to(struct app *caller, uint32_t line, struct app *app)
{
	uint32_t call = call_make(caller, line, "200");
	uint32_t in;
	unsigned int n;

	expect(app, "L* new C* owner", "C* OFFERING owner");
	for (n = 0; n < APP_LABELS && app->calls[n]; n++)
		;
	in = call_label(app, n);
	call_drop(app, in);
	expect_in_any_order(app, "reply C* DROP 0", "C* IDLE");
	call_deallocate(app, in);
	expect_up_to(caller, "C* DISCONNECTED *");
	call_deallocate(caller, call);
}

static void priorities(void **state)
{
	struct app *caller, *first, *second, *third;
	uint32_t line;

	(void)state;
	two_adapters("4");
	caller = app_open("caller");
	first = app_open("first");
	second = app_open("second");
	third = app_open("third");
	line = line_open(caller, "a", 0, NONE);
	line_open(first, "b", 0, OWNER);
	line_open(second, "b", 0, OWNER);
	line_open_media(third, "b", 0, OWNER, DIGITAL | LINEMEDIAMODE_DATAMODEM);
	next_goes_to(caller, line, first);
	set_priority(second, NULL, DIGITAL, 1);
	next_goes_to(caller, line, second);
	/* Equals: the first that has opened the line. */
	set_priority(third, NULL, DIGITAL, 1);
	next_goes_to(caller, line, second);
	set_priority(third, NULL, DIGITAL, 0xffffffff);
	next_goes_to(caller, line, third);
	set_priority(first, NULL, DIGITAL, 0xffffffff);
	next_goes_to(caller, line, first);
	/* Of another media mode. */
	set_priority(first, NULL, DIGITAL, 0);
	set_priority(third, NULL, DIGITAL, 0);
	set_priority(third, NULL, NDPROXY_MEDIA_MODES & ~DIGITAL, 9);
	next_goes_to(caller, line, second);
	expect_nothing(first);
	expect_nothing(third);
	/* Who has it is gone, and the next one gets the call. */
	app_close(second);
	next_goes_to(caller, line, first);
	refused(first, condis_session_set_priority(first->session, NULL, 0, 1), EINVAL,
		"media_modes");
	refused(first, condis_session_set_priority(first->session, NULL, 1, 1), EINVAL,
		"media_modes");
}

static void priority_of_a_name(void **state)
{
	struct app *caller, *first, *one, *two, *setter;
	uint32_t line, call;

	(void)state;
	two_adapters("4");
	caller = app_open("caller");
	setter = app_open("setter");
	first = app_called("first");
	line = line_open(caller, "a", 0, NONE);
	line_open(first, "b", 0, OWNER);
	refused(setter, condis_session_set_priority(setter->session, "fax", DIGITAL, 5), ESRCH,
		"name");
	one = app_called("fax");
	two = app_called("fax");
	line_open(one, "b", 0, OWNER);
	line_open(two, "b", 0, OWNER);
	set_priority(setter, "fax", DIGITAL, 5);
	next_goes_to(caller, line, one);
	line_close(one, one->lines[0]);
	next_goes_to(caller, line, two);
	/* It is the session's, whatever that is called later. */
	assert_int_equal(condis_session_set_name(two->session, "voice"), 0);
	next_goes_to(caller, line, two);
	refused(setter, condis_session_set_priority(setter->session, "\n", DIGITAL, 5), EINVAL,
		"name");

	/* A hand-over goes the same way: by media mode, and by name. */
	set_priority(setter, "voice", DIGITAL, 0);
	call_make(caller, line, "200");
	expect(first, "L1 new C* owner", "C* OFFERING owner");
	call = call_label(first, 1);
	refused(first, condis_call_handoff_media(first->session, call, DIGITAL), ELOOP,
		"media_mode");
	set_priority(two, NULL, DIGITAL, 3);
	assert_int_equal(condis_call_handoff_media(first->session, call, DIGITAL), 0);
	expect(two, "L1 new C* owner", "C* OFFERING owner");
	line_open(one, "b", 0, OWNER);
	assert_int_equal(condis_session_set_name(two->session, "fax"), 0);
	set_priority(one, NULL, DIGITAL, 4);
	assert_int_equal(condis_call_handoff_name(first->session, call, "fax"), 0);
	expect(one, "L2 new C* owner", "C* OFFERING owner");
	expect_nothing(setter);
}

/* An application of another user. */
static struct app *app_of_user(const char *name)
{
	struct app *app;

	assert_int_equal(chmod("/dev/ndproxy", 0666), 0);
	assert_int_equal(seteuid(USER), 0);
	app = app_called(name);
	assert_int_equal(seteuid(0), 0);
	assert_int_equal(chmod("/dev/ndproxy", 0660), 0);
	return app;
}

/* Whoever came to the line first is asked first, and each user's own priorities order his own. */
static void priorities_of_users(void **state)
{
	struct app *caller, *first, *second, *greedy, *other;
	uint32_t line;

	(void)state;
	two_adapters("4");
	caller = app_open("caller");
	first = app_called("first");
	greedy = app_of_user("greedy");
	other = app_of_user("other");
	second = app_called("second");
	line = line_open(caller, "a", 0, NONE);
	line_open(first, "b", 0, OWNER);
	line_open(greedy, "b", 0, OWNER);
	line_open(other, "b", 0, OWNER);
	line_open(second, "b", 0, OWNER);
	set_priority(greedy, NULL, NDPROXY_MEDIA_MODES, 0xffffffff);
	set_priority(other, NULL, DIGITAL, 5);
	next_goes_to(caller, line, first);
	set_priority(second, NULL, DIGITAL, 1);
	next_goes_to(caller, line, second);
	/* He may not set others', of whatever name; an administrator may set his. */
	refused(greedy, condis_session_set_priority(greedy->session, "second", DIGITAL, 0), ESRCH,
		"name");
	set_priority(first, "other", DIGITAL, 0xffffffff);
	next_goes_to(caller, line, second);
	expect_nothing(first);
	expect_nothing(greedy);
	expect_nothing(other);

	/* The place is the user's as long as any of his has the line. */
	line_close(first, first->lines[0]);
	next_goes_to(caller, line, second);
	line_open(first, "b", 0, OWNER);
	line_close(second, second->lines[0]);
	next_goes_to(caller, line, first);
	/* Then he comes after the other, whose equals are in the order of opening. */
	line_close(first, first->lines[1]);
	line_open(first, "b", 0, OWNER);
	set_priority(first, NULL, DIGITAL, 0xffffffff);
	next_goes_to(caller, line, greedy);
	set_priority(greedy, NULL, DIGITAL, 0);
	next_goes_to(caller, line, other);
	expect_nothing(first);
	/* What his sessions do not take goes to the next user. */
	app_close(other);
	line_close(greedy, greedy->lines[0]);
	line_open_media(greedy, "b", 0, OWNER, LINEMEDIAMODE_DATAMODEM);
	next_goes_to(caller, line, first);
	expect_nothing(greedy);
}

/* Names are nobody's: the giver's own user comes first, then whoever came to the line first. */
static void handoff_across_users(void **state)
{
	struct app *caller, *owner, *fax, *greedy, *own;
	uint32_t call;

	(void)state;
	two_adapters("4");
	caller = app_open("caller");
	owner = app_called("owner");
	line_open_media(owner, "b", 0, OWNER, DIGITAL);
	greedy = app_of_user("fax");
	line_open_media(greedy, "b", 0, OWNER, DIGITAL | LINEMEDIAMODE_DATAMODEM);
	set_priority(greedy, NULL, NDPROXY_MEDIA_MODES, 0xffffffff);
	call = called(caller, owner);

	/* Where no own has the name or the media mode it is the other user's, and that works. */
	assert_int_equal(condis_call_handoff_name(owner->session, call, "fax"), 0);
	expect(greedy, "L1 new C1 owner", "C1 CONNECTED owner");
	call_deallocate(greedy, call_label(greedy, 1));
	hear(owner, "C1 info -owner 1+0");
	assert_int_equal(condis_call_handoff_media(owner->session, call, LINEMEDIAMODE_DATAMODEM),
			 0);
	expect(greedy, "L1 new C2 owner", "C2 CONNECTED owner");
	call_deallocate(greedy, call_label(greedy, 2));
	hear(owner, "C1 info -owner 1+0");

	/* The own user's come first, whatever the others' priority. */
	own = app_called("fax");
	line_open_media(own, "b", 0, OWNER, LINEMEDIAMODE_DATAMODEM);
	assert_int_equal(condis_call_handoff_name(owner->session, call, "fax"), 0);
	expect(own, "L1 new C1 owner", "C1 CONNECTED owner");
	call_deallocate(own, call_label(own, 1));
	assert_int_equal(condis_call_handoff_media(owner->session, call, LINEMEDIAMODE_DATAMODEM),
			 0);
	expect(own, "L1 new C2 owner", "C2 CONNECTED owner");
	call_deallocate(own, call_label(own, 2));
	/* Itself is the first of its user that takes these. */
	refused(owner, condis_call_handoff_media(owner->session, call, DIGITAL), ELOOP,
		"media_mode");
	expect_nothing(greedy);

	/* And the other way round: from a user's session to root's. */
	app_close(own);
	fax = app_called("root's");
	line_open_media(fax, "b", 0, OWNER, LINEMEDIAMODE_DATAMODEM);
	assert_int_equal(condis_call_handoff_name(owner->session, call, "fax"), 0);
	expect(greedy, "L1 new C3 owner", "C3 CONNECTED owner");
	assert_int_equal(condis_call_handoff_name(greedy->session, call_label(greedy, 3),
						  "root's"), 0);
	expect(fax, "L1 new C1 owner", "C1 CONNECTED owner");
	expect_nothing(greedy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(names),
		WORLD_TEST(handoff_by_name),
		WORLD_TEST(priorities),
		WORLD_TEST(priority_of_a_name),
		WORLD_TEST(priorities_of_users),
		WORLD_TEST(handoff_across_users),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
