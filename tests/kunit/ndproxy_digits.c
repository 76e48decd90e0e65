// SPDX-License-Identifier: GPL-2.0
/*
 * Digits with a call manager that takes its time: what it answers when nobody waits for it
 * any more, and what it is asked while it still thinks.
 */
#include <linux/delay.h>
#include <linux/workqueue.h>

#include "../../drivers/condis/core.h"
#include "ndproxy_world.h"

#define NONE	LINECALLPRIVILEGE_NONE
#define TONE	LINEDIGITMODE_DTMF
#define TONEEND	LINEDIGITMODE_DTMFEND

/* An application with a call that is connected. */
static struct app *with_call(struct world *world, u32 *call)
{
	struct app *app = app_open(world);

	KUNIT_ASSERT_EQ(world->test, app_open_line(app, 0, NONE, 0), 0);
	KUNIT_ASSERT_EQ(world->test, app_make_call(app, call), 0);
	app_expect(app, "reply:c=0 connected");
	return app;
}

static int generate(struct app *app, u32 call, const char *digits)
{
	struct ndproxy_generate_digits arg = {
		.cookie = 1, .call = call, .mode = *digits ? TONE : 0,
	};

	strscpy(arg.digits, digits, sizeof(arg.digits));
	return app_do(app, NDPROXY_GENERATE_DIGITS, &arg);
}

/* The same, and digits that the call manager has not answered yet. */
static struct app *with_digits(struct world *world, u32 *call)
{
	struct app *app = with_call(world, call);

	world->digits_pend = true;
	KUNIT_EXPECT_EQ(world->test, generate(app, *call, "12"), 0);
	return app;
}

static int monitor(struct app *app, u32 call, u32 modes)
{
	struct ndproxy_monitor_digits arg = { .call = call, .modes = modes };

	return app_do(app, NDPROXY_MONITOR_DIGITS, &arg);
}

static void hang_up(struct world *world)
{
	condis_mcm_dispatch_incoming_close_call(world->vc, Q850_NORMAL_CLEARING);
}

static void digit_comes(struct world *world, char digit, u32 mode)
{
	struct condis_status status = {
		.code = CONDIS_STATUS_DIGIT, .digit = digit, .digit_mode = mode,
	};

	condis_m_indicate_status(world->adapter, world->vc, &status);
}

static void nothing_is_charged(struct app *app)
{
	KUNIT_EXPECT_EQ(app->world->test, app_used(app, NDPROXY_LIMIT_REQUESTS), 0U);
}

static void answered_at_once(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app;
	u32 call;

	app = with_call(world, &call);
	KUNIT_EXPECT_EQ(test, generate(app, call, "12"), 0);
	KUNIT_EXPECT_EQ(test, app_used(app, NDPROXY_LIMIT_REQUESTS), 1U);
	app_expect(app, "digits:1");
	nothing_is_charged(app);
	KUNIT_EXPECT_EQ(test, generate(app, call, ""), 0);
	app_expect(app, "");
	KUNIT_EXPECT_EQ(test, world->digits_asked, 2U);
}

/* What is refused leaves nothing, and is heard of by the command alone. */
static void refused(struct kunit *test)
{
	static const struct {
		int status;
		int err;
	} answers[] = {
		{ -EAGAIN, -EAGAIN }, { -ENOMEM, -ENOMEM }, { -EBADFD, -EBADFD },
		{ -ENODEV, -EBADFD }, { -EOPNOTSUPP, -EOPNOTSUPP }, { -EINVAL, -EOPNOTSUPP },
	};
	struct world *world = world_new(test);
	struct app *app;
	size_t i;
	u32 call;

	app = with_call(world, &call);
	for (i = 0; i < ARRAY_SIZE(answers); i++) {
		world->digits_status = answers[i].status;
		KUNIT_EXPECT_EQ(test, generate(app, call, "12"), answers[i].err);
		KUNIT_EXPECT_EQ(test, generate(app, call, ""), answers[i].err);
		nothing_is_charged(app);
	}
	app_expect(app, "");
}

static void answered_later(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app;
	u32 call;

	app = with_digits(world, &call);
	app_expect(app, "");
	world_digits(world, 0);
	app_expect(app, "digits:1");
	KUNIT_EXPECT_EQ(test, generate(app, call, "12"), 0);
	world_digits(world, -ECANCELED);
	app_expect(app, "digits:2");
	nothing_is_charged(app);
}

/* The call ends first: that is said before its end, and the answer finds nobody. */
static void call_ends(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app;
	u32 call;

	app = with_digits(world, &call);
	hang_up(world);
	app_expect(app, "digits:2 disconnected");
	nothing_is_charged(app);
	world_digits(world, 0);
	KUNIT_EXPECT_EQ(test, app_handle(app, NDPROXY_DROP, call), 0);
	app_expect(app, "reply:f=0 idle");
	KUNIT_EXPECT_EQ(test, generate(app, call, "1"), -EBADFD);
	KUNIT_EXPECT_EQ(test, monitor(app, call, TONE), -EBADFD);
}

/* It is said before the end also if nobody has read it by then; and also of a cancellation. */
static void call_ends_unread(struct kunit *test)
{
	struct condis_oid_request *first;
	struct world *world = world_new(test);
	struct app *app;
	u32 call;

	app = with_digits(world, &call);
	first = world->digits;
	KUNIT_EXPECT_EQ(test, generate(app, call, ""), 0);
	hang_up(world);
	world_digits(world, 0);
	world->digits = first;
	world_digits(world, -ECANCELED);
	app_expect(app, "digits:2 disconnected");
	nothing_is_charged(app);
}

static void handle_ends(struct kunit *test)
{
	struct condis_oid_request *first;
	struct world *world = world_new(test);
	struct app *app;
	u32 call;

	app = with_digits(world, &call);
	first = world->digits;
	KUNIT_EXPECT_EQ(test, generate(app, call, "34"), 0);
	world_digits(world, 0);
	/* One that is over and was not read, one that is not over: nothing of either. */
	KUNIT_EXPECT_EQ(test, app_handle(app, NDPROXY_DEALLOCATE_CALL, call), 0);
	app_expect(app, "");
	nothing_is_charged(app);
	world->digits = first;
	world_digits(world, 0);
	app_expect(app, "");
}

static void line_ends(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app;
	u32 call;

	app = with_digits(world, &call);
	KUNIT_EXPECT_EQ(test, app_handle(app, NDPROXY_CLOSE_LINE, app->line), 0);
	nothing_is_charged(app);
	world_digits(world, 0);
	app_expect(app, "");
}

static void session_ends(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app, *keeper;
	u32 call;

	/* The family stays, so that the answer can come. */
	keeper = app_open(world);
	app = with_digits(world, &call);
	app_close(app);
	world_digits(world, 0);
	app_expect(keeper, "");
}

/* Nobody ever answers: the core does, when the family ends. */
static void never_answered(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app;
	u32 call;

	condis_close_timeout_ms = 200;
	condis_halt_timeout_ms = 500;
	app = with_digits(world, &call);
	world_down(world);
	app_expect(app, "digits:2 disconnected idle close remove");
	nothing_is_charged(app);
}

/* One question at a time, and again if something else is wanted by then. */
static void questions(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app;
	u32 call;

	app = with_call(world, &call);
	world->digits_pend = true;
	KUNIT_EXPECT_EQ(test, monitor(app, call, LINEDIGITMODE_PULSE), -EOPNOTSUPP);
	KUNIT_EXPECT_EQ(test, monitor(app, call, TONE), 0);
	KUNIT_EXPECT_EQ(test, world->digits_asked, 1U);
	KUNIT_EXPECT_EQ(test, world->report_modes, TONE);
	KUNIT_EXPECT_EQ(test, monitor(app, call, TONE | TONEEND), 0);
	KUNIT_EXPECT_EQ(test, monitor(app, call, TONEEND), 0);
	KUNIT_EXPECT_EQ(test, world->digits_asked, 1U);
	world_digits(world, 0);
	KUNIT_EXPECT_EQ(test, world->digits_asked, 2U);
	KUNIT_EXPECT_EQ(test, world->report_modes, TONEEND);
	/* The same again is no question. */
	KUNIT_EXPECT_EQ(test, monitor(app, call, 0), 0);
	KUNIT_EXPECT_EQ(test, monitor(app, call, TONEEND), 0);
	world_digits(world, 0);
	KUNIT_EXPECT_EQ(test, world->digits_asked, 2U);
	KUNIT_EXPECT_EQ(test, monitor(app, call, 0), 0);
	KUNIT_EXPECT_EQ(test, world->digits_asked, 3U);
	KUNIT_EXPECT_EQ(test, world->report_modes, 0U);
	hang_up(world);
	world_digits(world, -ESHUTDOWN);
	KUNIT_EXPECT_EQ(test, world->digits_asked, 3U);
	app_expect(app, "disconnected");
}

/* The answer comes while it is asked: nothing nests, and what was changed meanwhile is asked. */
static void answered_inline(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app;
	u32 call;

	app = with_call(world, &call);
	world->digits_inline = true;
	KUNIT_EXPECT_EQ(test, generate(app, call, "12"), 0);
	app_expect(app, "digits:1");
	KUNIT_EXPECT_EQ(test, generate(app, call, ""), 0);
	world->digits_status = -ECANCELED;
	KUNIT_EXPECT_EQ(test, generate(app, call, "12"), 0);
	/* Who has taken it can only have cancelled it, whatever it says. */
	world->digits_status = -EAGAIN;
	KUNIT_EXPECT_EQ(test, generate(app, call, "12"), 0);
	app_expect(app, "digits:2 digits:2");
	nothing_is_charged(app);

	world->digits_status = 0;
	world->digits_asked = 0;
	KUNIT_EXPECT_EQ(test, monitor(app, call, TONE), 0);
	KUNIT_EXPECT_EQ(test, world->report_modes, TONE);
	KUNIT_EXPECT_EQ(test, monitor(app, call, TONE | TONEEND), 0);
	KUNIT_EXPECT_EQ(test, world->report_modes, TONE | TONEEND);
	KUNIT_EXPECT_EQ(test, monitor(app, call, 0), 0);
	KUNIT_EXPECT_EQ(test, world->report_modes, 0U);
	KUNIT_EXPECT_EQ(test, world->digits_asked, 3U);
	/* Refused for good: asked once, and again when something else is wanted. */
	world->digits_status = -EINVAL;
	KUNIT_EXPECT_EQ(test, monitor(app, call, TONE), 0);
	KUNIT_EXPECT_EQ(test, monitor(app, call, TONE), 0);
	KUNIT_EXPECT_EQ(test, world->digits_asked, 4U);
	world->digits_status = 0;
	KUNIT_EXPECT_EQ(test, monitor(app, call, TONEEND), 0);
	KUNIT_EXPECT_EQ(test, world->digits_asked, 5U);
	KUNIT_EXPECT_EQ(test, world->report_modes, TONEEND);
	app_expect(app, "");
}

/* Not now, says the call manager, at once or inside: it is asked once after each reset. */
static void asked_after_a_reset(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app;
	u32 call;
	int i;

	app = with_call(world, &call);
	for (i = 0; i < 2; i++) {
		world->digits_asked = 0;
		world->digits_inline = i;
		world->digits_status = -EAGAIN;
		KUNIT_EXPECT_EQ(test, monitor(app, call, TONE), 0);
		KUNIT_EXPECT_EQ(test, monitor(app, call, TONE | TONEEND), 0);
		KUNIT_EXPECT_EQ(test, world->digits_asked, 1U);
		KUNIT_EXPECT_EQ(test, condis_adapter_reset(world->adapter), 0);
		KUNIT_EXPECT_EQ(test, world->digits_asked, 2U);
		world->digits_status = 0;
		KUNIT_EXPECT_EQ(test, condis_adapter_reset(world->adapter), 0);
		KUNIT_EXPECT_EQ(test, world->digits_asked, 3U);
		KUNIT_EXPECT_EQ(test, world->report_modes, TONE | TONEEND);
		/* It knows now. */
		KUNIT_EXPECT_EQ(test, condis_adapter_reset(world->adapter), 0);
		KUNIT_EXPECT_EQ(test, world->digits_asked, 3U);
		KUNIT_EXPECT_EQ(test, monitor(app, call, 0), 0);
		KUNIT_EXPECT_EQ(test, world->digits_asked, 4U);
	}
	app_expect(app, "");
}

/* Nobody has the family any more, and its digits are not answered: the core does, and it ends. */
static void family_ends_unanswered(struct kunit *test)
{
	struct world *world = world_new(test);
	unsigned int tries;
	struct app *app;
	u32 call;

	condis_close_timeout_ms = 200;
	app = with_digits(world, &call);
	KUNIT_EXPECT_EQ(test, monitor(app, call, TONE), 0);
	KUNIT_EXPECT_EQ(test, world->digits_asked, 2U);
	app_close(app);
	for (tries = 0; tries < 500 && READ_ONCE(world->af); tries++)
		msleep(20);
	KUNIT_EXPECT_NULL(test, world->af);
	KUNIT_EXPECT_EQ(test, atomic_read(&world->adapter->counts[CONDIS_COUNT_REQUEST]), 0);
}

/**
 * struct asker - digits that are sent by another task
 * @work: the task
 * @app: whose
 * @call: of which call
 * @err: what the command said
 */
struct asker {
	struct work_struct work;
	struct app *app;
	u32 call;
	int err;
};

static void asker_run(struct work_struct *work)
{
	struct asker *asker = container_of(work, struct asker, work);

	asker->err = generate(asker->app, asker->call, "12");
}

/**
 * struct opening - a gate that opens later
 * @work: does it
 * @gate: the gate
 */
struct opening {
	struct delayed_work work;
	struct completion gate;
};

static void opening_run(struct work_struct *work)
{
	complete_all(&container_of(work, struct opening, work.work)->gate);
}

/*
 * The deadline comes while the call manager is still in its handler: it is answered for, that is
 * told once, and what it looks at stays until it has returned.
 */
static void deadline_in_the_handler(struct kunit *test)
{
	struct world *world = world_new(test);
	struct opening opening;
	struct asker asker = {};

	condis_close_timeout_ms = 200;
	condis_halt_timeout_ms = 500;
	asker.app = with_call(world, &asker.call);
	init_completion(&opening.gate);
	INIT_DELAYED_WORK_ONSTACK(&opening.work, opening_run);
	INIT_WORK_ONSTACK(&asker.work, asker_run);
	world->digits_gate = &opening.gate;
	queue_work(system_unbound_wq, &asker.work);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&world->asked, 20 * HZ));
	queue_delayed_work(system_unbound_wq, &opening.work, msecs_to_jiffies(2000));
	world_down(world);
	flush_delayed_work(&opening.work);
	flush_work(&asker.work);
	destroy_work_on_stack(&asker.work);
	destroy_delayed_work_on_stack(&opening.work);
	KUNIT_EXPECT_EQ(test, asker.err, 0);
	app_expect(asker.app, "digits:2 disconnected idle close remove");
	nothing_is_charged(asker.app);
}

/* So many wait, in order with what else is said of the call; the lost ones are counted. */
static void ring(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app;
	char text[512] = "";
	size_t at = 0;
	unsigned int i;
	u32 call;

	app = with_call(world, &call);
	digit_comes(world, '0', TONE);
	KUNIT_EXPECT_EQ(test, monitor(app, call, TONE), 0);
	digit_comes(world, '1', TONEEND);
	app_expect(app, "");
	for (i = 0; i < NDPROXY_DIGITS_UNREAD + 5; i++) {
		digit_comes(world, 'A' + i % 4, TONE);
		if (i < NDPROXY_DIGITS_UNREAD)
			at += scnprintf(text + at, sizeof(text) - at, "%sdigit:%c", i ? " " : "",
					'A' + i % 4);
	}
	app_expect(app, text);
	digit_comes(world, '5', TONE);
	KUNIT_EXPECT_EQ(test, generate(app, call, "1"), 0);
	digit_comes(world, '6', TONE);
	hang_up(world);
	app_expect(app, "digit:5-5 digits:1 digit:6 disconnected");
	KUNIT_EXPECT_EQ(test, monitor(app, call, 0), 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(answered_at_once),
	KUNIT_CASE(refused),
	KUNIT_CASE(answered_later),
	KUNIT_CASE(call_ends),
	KUNIT_CASE(call_ends_unread),
	KUNIT_CASE(handle_ends),
	KUNIT_CASE(line_ends),
	KUNIT_CASE(session_ends),
	KUNIT_CASE(never_answered),
	KUNIT_CASE(questions),
	KUNIT_CASE(answered_inline),
	KUNIT_CASE(asked_after_a_reset),
	KUNIT_CASE(family_ends_unanswered),
	KUNIT_CASE(deadline_in_the_handler),
	KUNIT_CASE(ring),
	{}
};

static struct kunit_suite suite = {
	.name = "ndproxy-digits",
	.exit = world_exit,
	.test_cases = cases,
};

kunit_test_suite(suite);
