// SPDX-License-Identifier: GPL-2.0
/*
 * Calls: one answer to a make-call, who gets an offer and what the caller hears if nobody
 * does, who is told of a call, in which order, and what can be given to whom.
 */
#include "ndproxy_world.h"

#define DIGITAL		LINEMEDIAMODE_DIGITALDATA
#define MODEM		LINEMEDIAMODE_DATAMODEM
#define MONITOR		LINECALLPRIVILEGE_MONITOR
#define OWNER		LINECALLPRIVILEGE_OWNER
#define NONE		LINECALLPRIVILEGE_NONE

/*
 * A make-call has one answer
 */

/* The line is closed from below while the VC is made. */
static void notify(struct world *world)
{
	world_notify(world);
}

/* Likewise, and another thread of the application reads what it hears of that. */
static void notify_and_read(struct world *world)
{
	world_notify(world);
	app_expect(world->in_create, "reply:c=-112 idle close");
}

static void line_goes_and_nobody_reads(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app = app_open(world);
	u32 call;

	KUNIT_ASSERT_EQ(test, app_open_line(app, 0, NONE, 0), 0);
	world->on_create = notify;
	world->create_status = -ENOMEM;
	KUNIT_EXPECT_EQ(test, app_make_call(app, &call), -ENOMEM);
	/* The errno was the answer: neither a reply, nor a word of the call, nor a handle. */
	app_expect(app, "close");
	KUNIT_EXPECT_EQ(test, app_used(app, NDPROXY_LIMIT_REQUESTS), 0U);
	KUNIT_EXPECT_EQ(test, app_used(app, NDPROXY_LIMIT_CALLS), 0U);
	KUNIT_EXPECT_EQ(test, app->session->tombstones, 1U);
}

static void line_goes_and_the_reply_is_read(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app = app_open(world);
	u32 call;

	KUNIT_ASSERT_EQ(test, app_open_line(app, 0, NONE, 0), 0);
	world->on_create = notify_and_read;
	world->in_create = app;
	world->create_status = -ENOMEM;
	KUNIT_EXPECT_EQ(test, app_make_call(app, &call), 0);
	app_expect(app, "");
	KUNIT_EXPECT_EQ(test, app_handle(app, NDPROXY_DEALLOCATE_CALL, call), 0);
	KUNIT_EXPECT_EQ(test, app_used(app, NDPROXY_LIMIT_CALLS), 0U);
}

/* The VC is made, although the line went meanwhile: there is a reply, and no errno. */
static void line_goes_and_the_call_is_made(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app = app_open(world);
	u32 call;

	KUNIT_ASSERT_EQ(test, app_open_line(app, 0, NONE, 0), 0);
	world->on_create = notify;
	KUNIT_EXPECT_EQ(test, app_make_call(app, &call), 0);
	app_expect(app, "reply:c=-112 idle close");
	KUNIT_EXPECT_EQ(test, app_handle(app, NDPROXY_DEALLOCATE_CALL, call), 0);
}

/* The command up to the copy of the handle to the caller, which fails. */
static int make_call_uncopied(struct app *app, bool goes, bool reads)
{
	struct ndproxy_make_call make = {
		.line_handle = app->line,
		.address = NDPROXY_ANY_ADDRESS,
		.media_modes = DIGITAL,
		.called = "100",
	};
	struct ndproxy_command command = {
		.session = app->session,
		.ops = ndproxy_command_find(NDPROXY_MAKE_CALL),
		.arg = &make,
	};
	struct kunit *test = app->world->test;

	KUNIT_ASSERT_EQ(test, command.ops->run(&command, &make), 0);
	if (goes)
		world_notify(app->world);
	if (reads)
		app_expect(app, "reply:c=-112 idle close");
	return command.ops->finish(&command, &make, -EFAULT);
}

static void handle_that_cannot_be_copied(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app = app_open(world);

	KUNIT_ASSERT_EQ(test, app_open_line(app, 0, NONE, 0), 0);
	KUNIT_EXPECT_EQ(test, make_call_uncopied(app, false, false), -EFAULT);
	app_expect(app, "");
	KUNIT_EXPECT_EQ(test, make_call_uncopied(app, true, false), -EFAULT);
	app_expect(app, "close");
	KUNIT_EXPECT_EQ(test, app_used(app, NDPROXY_LIMIT_REQUESTS), 0U);
	KUNIT_EXPECT_EQ(test, app_used(app, NDPROXY_LIMIT_CALLS), 0U);
}

static void reply_that_was_read_before_the_copy_failed(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app = app_open(world);

	KUNIT_ASSERT_EQ(test, app_open_line(app, 0, NONE, 0), 0);
	KUNIT_EXPECT_EQ(test, make_call_uncopied(app, true, true), 0);
	app_expect(app, "");
}

/*
 * Offers that nobody takes
 */

/* An offer that is refused at once: no session hears of it, the network hears why. */
static void refused(struct world *world, u32 address, u32 media_modes, u32 cause)
{
	unsigned int decided = world->decided;

	world_offer(world, 0, address, media_modes);
	KUNIT_EXPECT_EQ(world->test, world->decided, decided + 1);
	KUNIT_EXPECT_NE(world->test, world->status, 0);
	KUNIT_EXPECT_EQ(world->test, world->cause, cause);
}

static void offer_for_another_medium(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app = app_open(world);

	KUNIT_ASSERT_EQ(test, app_open_line(app, 0, OWNER, DIGITAL), 0);
	refused(world, 0, MODEM, Q850_INCOMPATIBLE_DESTINATION);
	app_expect(app, "");
}

static void offer_for_another_address(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app = app_open(world);
	struct ndproxy_open_line open = {
		.adapter = condis_adapter_id(world->adapter),
		.privileges = OWNER,
		.media_modes = DIGITAL,
		.flags = LINEOPENOPTION_SINGLEADDRESS,
		.address = 1,
	};

	KUNIT_ASSERT_EQ(test, app_do(app, NDPROXY_OPEN_LINE, &open), 0);
	refused(world, 0, DIGITAL, Q850_NO_USER_RESPONDING);
	/* Also if a line's other address has somebody for another medium. */
	refused(world, 0, MODEM, Q850_NO_USER_RESPONDING);
	app_expect(app, "");
	world_offer(world, 0, 1, DIGITAL);
	app_expect(app, "new:owner offering");
}

static void offer_to_who_is_full(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app = app_open(world), *other;
	unsigned int filled;

	KUNIT_ASSERT_EQ(test, app_open_line(app, 0, OWNER, DIGITAL), 0);
	filled = app_fill(app, CONDIS_CHARGE_CALL);
	refused(world, 0, DIGITAL, Q850_USER_BUSY);
	/* Of two reasons the one that tells more, in any order of opening. */
	other = app_open(world);
	KUNIT_ASSERT_EQ(test, app_open_line(other, 0, OWNER, MODEM), 0);
	refused(world, 0, DIGITAL, Q850_USER_BUSY);
	app_expect(app, "");
	/* Who is full does not keep it from the others. */
	KUNIT_ASSERT_EQ(test, app_open_line(other, 0, OWNER, DIGITAL), 0);
	world_offer(world, 0, 0, DIGITAL);
	app_expect(other, "new:owner offering");
	app_give_back(app, CONDIS_CHARGE_CALL, filled);
	world_offer(world, 0, 0, DIGITAL);
	app_expect(app, "new:owner offering");
}

static void offer_to_a_line_that_goes(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app = app_open(world);
	struct ndproxy_binding *binding = world_binding(world, app);

	KUNIT_ASSERT_EQ(test, app_open_line(app, 0, OWNER, DIGITAL), 0);
	/* As between the decision to close the family and the end of its SAPs. */
	spin_lock(&binding->lock);
	binding->state = NDPROXY_AF_CLOSING;
	spin_unlock(&binding->lock);
	refused(world, 0, DIGITAL, Q850_DESTINATION_OUT_OF_ORDER);
	spin_lock(&binding->lock);
	binding->state = NDPROXY_AF_OPEN;
	spin_unlock(&binding->lock);
	app_expect(app, "");
	ndproxy_adapter_put(binding);
}

/*
 * Monitors
 */

static u32 missed_calls(struct app *app, u32 line)
{
	struct ndproxy_line_status status = { .line_handle = line };

	KUNIT_EXPECT_EQ(app->world->test, app_do(app, NDPROXY_GET_LINE_STATUS, &status), 0);
	return status.missed_calls;
}

/* A monitor that can be given no handle knows that it has missed a call, and gets it later. */
static void missed_call(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *owner = app_open(world), *monitor = app_open(world);
	struct ndproxy_new_calls calls = { .select = LINECALLSELECT_LINE };
	unsigned int filled;
	u32 line, call;

	KUNIT_ASSERT_EQ(test, app_open_line(owner, 0, OWNER, DIGITAL), 0);
	KUNIT_ASSERT_EQ(test, app_open_line(monitor, 0, MONITOR, 0), 0);
	line = monitor->line;
	filled = app_fill(monitor, CONDIS_CHARGE_CALL);
	/* One that comes in, and one that is made. */
	world_offer(world, 0, 0, DIGITAL);
	app_expect(owner, "new:owner offering");
	app_expect(monitor, "dev:1");
	KUNIT_EXPECT_EQ(test, missed_calls(monitor, line), 1U);
	KUNIT_ASSERT_EQ(test, app_make_call(owner, &call), 0);
	app_expect(owner, "reply:c=0 connected");
	app_expect(monitor, "dev:1");
	KUNIT_EXPECT_EQ(test, missed_calls(monitor, line), 2U);
	app_give_back(monitor, CONDIS_CHARGE_CALL, filled);

	calls.line_handle = line;
	KUNIT_EXPECT_EQ(test, app_do(monitor, NDPROXY_GET_NEW_CALLS, &calls), 0);
	KUNIT_EXPECT_EQ(test, calls.num_calls, 2U);
	app_expect(owner, "info info");
	/* The next is not missed. */
	world_offer(world, 0, 0, DIGITAL);
	app_expect(monitor, "new:monitor offering");
	KUNIT_EXPECT_EQ(test, missed_calls(monitor, line), 2U);
}

/*
 * Hand-over
 */

static int give(struct app *giver, u32 call, struct app *taker)
{
	struct ndproxy_handoff handoff = {
		.call = call,
		.flags = NDPROXY_HANDOFF_SESSION,
		.session = condis_account_id(taker->session->account),
	};

	return app_do(giver, NDPROXY_HANDOFF, &handoff);
}

static u32 offered_call(struct app *app)
{
	world_offer(app->world, 0, 0, DIGITAL);
	app_expect(app, "new:owner offering");
	return app->call;
}

/* One session cannot fill up another. */
static void given_calls_are_bounded(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *giver = app_open(world), *taker = app_open(world);
	struct ndproxy_call_status status = { 0 };
	u32 line, taken, call;
	unsigned int i;

	KUNIT_ASSERT_EQ(test, app_open_line(giver, 0, OWNER, DIGITAL), 0);
	KUNIT_ASSERT_EQ(test, app_open_line(taker, 0, OWNER, DIGITAL), 0);
	line = taker->line;
	for (i = 0; i < NDPROXY_MAX_GIVEN; i++)
		KUNIT_ASSERT_EQ(test, give(giver, offered_call(giver), taker), 0);
	call = offered_call(giver);
	KUNIT_EXPECT_EQ(test, give(giver, call, taker), -EDQUOT);
	KUNIT_EXPECT_EQ(test, app_used(taker, NDPROXY_LIMIT_GIVEN), (u32)NDPROXY_MAX_GIVEN);
	KUNIT_EXPECT_EQ(test, app_used(taker, NDPROXY_LIMIT_CALLS), (u32)NDPROXY_MAX_GIVEN);
	/* The giver caused it, and is not told of what it knows (A.4). */
	app_expect(giver, "");
	/* The rest of its calls is the taker's own. */
	taker->line = line;
	KUNIT_EXPECT_EQ(test, app_make_call(taker, &taken), 0);

	/* What it uses is its own; so is what is raised, which takes no handle. */
	app_read(taker);
	status.call = taker->call;
	KUNIT_EXPECT_EQ(test, app_do(taker, NDPROXY_GET_CALL_STATUS, &status), 0);
	KUNIT_EXPECT_EQ(test, app_used(taker, NDPROXY_LIMIT_GIVEN), NDPROXY_MAX_GIVEN - 1U);
	KUNIT_EXPECT_EQ(test, give(giver, call, taker), 0);
	KUNIT_EXPECT_EQ(test, give(giver, call, taker), 0);
	KUNIT_EXPECT_EQ(test, app_used(taker, NDPROXY_LIMIT_GIVEN), (u32)NDPROXY_MAX_GIVEN);
	/* And what it gives up is nobody's. */
	app_read(taker);
	KUNIT_EXPECT_EQ(test, app_handle(taker, NDPROXY_DEALLOCATE_CALL, taker->call), 0);
	KUNIT_EXPECT_EQ(test, app_used(taker, NDPROXY_LIMIT_GIVEN), NDPROXY_MAX_GIVEN - 1U);
	/* The giver hears of that: it was somebody else's doing. */
	app_expect(giver, "info");
}

/* A monitor that is raised has asked for its handle. */
static void monitor_that_is_given_a_call(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *giver = app_open(world), *taker = app_open(world);

	KUNIT_ASSERT_EQ(test, app_open_line(giver, 0, OWNER, DIGITAL), 0);
	KUNIT_ASSERT_EQ(test, app_open_line(taker, 0, OWNER | MONITOR, DIGITAL), 0);
	world_offer(world, 0, 0, DIGITAL);
	app_expect(giver, "new:owner offering info");
	app_expect(taker, "new:monitor offering");
	KUNIT_EXPECT_EQ(test, give(giver, giver->call, taker), 0);
	KUNIT_EXPECT_EQ(test, app_used(taker, NDPROXY_LIMIT_GIVEN), 0U);
	app_expect(taker, "offering");
	app_expect(giver, "");
}

/*
 * The order of what is read
 */

/* As app_read(), with the number of each call, and looks that numbers and times only grow. */
static const char *read_in_order(struct app *app, char *text, size_t size)
{
	struct kunit *test = app->world->test;
	struct ndproxy_event event;
	u64 seq = 0, time = 0;
	struct iov_iter iter;
	struct kvec vec;
	size_t at = 0;

	text[0] = '\0';
	for (;;) {
		vec.iov_base = &event;
		vec.iov_len = sizeof(event);
		iov_iter_kvec(&iter, ITER_DEST, &vec, 1, sizeof(event));
		if (ndproxy_events_read(app->session, &iter, true) != sizeof(event))
			return text;
		if (seq)
			KUNIT_EXPECT_EQ(test, event.seq, seq + 1);
		KUNIT_EXPECT_GT(test, event.time, time);
		seq = event.seq;
		time = event.time;
		if (event.type == LINE_APPNEWCALL)
			at += scnprintf(text + at, size - at, "n%u ",
					event.new_call.call - app->line);
		else if (event.type == LINE_REPLY)
			at += scnprintf(text + at, size - at, "r%u:%x ",
					event.handle - app->line, event.reply.command);
		else
			at += scnprintf(text + at, size - at, "s%u:%x ",
					event.handle - app->line, event.call_state.state);
	}
}

/* Over all handles and replies, events come in the order in which they happened. */
static void events_of_two_calls(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app = app_open(world);
	char text[256];

	KUNIT_ASSERT_EQ(test, app_open_line(app, 0, OWNER, DIGITAL), 0);
	world_offer(world, 0, 0, DIGITAL);
	world_offer(world, 0, 0, DIGITAL);
	KUNIT_EXPECT_EQ(test, app_handle(app, NDPROXY_ACCEPT, app->line + 2), 0);
	KUNIT_EXPECT_EQ(test, app_handle(app, NDPROXY_ACCEPT, app->line + 1), 0);
	KUNIT_EXPECT_EQ(test, app_handle(app, NDPROXY_DROP, app->line + 2), 0);
	KUNIT_EXPECT_EQ(test, app_handle(app, NDPROXY_DROP, app->line + 1), 0);
	KUNIT_EXPECT_STREQ(test, read_in_order(app, text, sizeof(text)),
			   "n1 s1:2 n2 s2:2 r2:d s2:4 r1:d s1:4 r2:f s2:1 r1:f s1:1 ");
}

/* Who deallocates a call hears no more of it, but its requests are answered. */
static void replies_of_a_call_that_is_given_up(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app = app_open(world);

	KUNIT_ASSERT_EQ(test, app_open_line(app, 0, OWNER, DIGITAL), 0);
	world_offer(world, 0, 0, DIGITAL);
	KUNIT_EXPECT_EQ(test, app_handle(app, NDPROXY_ACCEPT, app->line + 1), 0);
	KUNIT_EXPECT_EQ(test, app_handle(app, NDPROXY_DROP, app->line + 1), 0);
	KUNIT_EXPECT_EQ(test, app_handle(app, NDPROXY_DEALLOCATE_CALL, app->line + 1), 0);
	app_expect(app, "reply:d=0 reply:f=0");
	KUNIT_EXPECT_EQ(test, app_used(app, NDPROXY_LIMIT_REQUESTS), 0U);
	KUNIT_EXPECT_EQ(test, app_used(app, NDPROXY_LIMIT_CALLS), 0U);
}

static struct kunit_case ndproxy_call_cases[] = {
	KUNIT_CASE(line_goes_and_nobody_reads),
	KUNIT_CASE(line_goes_and_the_reply_is_read),
	KUNIT_CASE(line_goes_and_the_call_is_made),
	KUNIT_CASE(handle_that_cannot_be_copied),
	KUNIT_CASE(reply_that_was_read_before_the_copy_failed),
	KUNIT_CASE(offer_for_another_medium),
	KUNIT_CASE(offer_for_another_address),
	KUNIT_CASE(offer_to_who_is_full),
	KUNIT_CASE(offer_to_a_line_that_goes),
	KUNIT_CASE(missed_call),
	KUNIT_CASE(given_calls_are_bounded),
	KUNIT_CASE(monitor_that_is_given_a_call),
	KUNIT_CASE(events_of_two_calls),
	KUNIT_CASE(replies_of_a_call_that_is_given_up),
	{}
};

static struct kunit_suite ndproxy_call_suite = {
	.name = "ndproxy-call",
	.exit = world_exit,
	.test_cases = ndproxy_call_cases,
};

kunit_test_suite(ndproxy_call_suite);
