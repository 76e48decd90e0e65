// SPDX-License-Identifier: GPL-2.0
/*
 * Lines: when one that was opened listens, and what is left of those that the core takes
 * from under us.
 */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/sched/signal.h>

#include "../../drivers/condis/core.h"
#include "ndproxy_world.h"

#define DIGITAL		LINEMEDIAMODE_DIGITALDATA
#define OWNER		LINECALLPRIVILEGE_OWNER

/**
 * struct opener - OPEN_LINE in another task
 * @work: the task
 * @app: whose
 * @line: which
 * @err: what it said
 * @listens: the line listened when it returned
 * @done: it has returned
 */
struct opener {
	struct work_struct work;
	struct app *app;
	u32 line;
	int err;
	bool listens;
	struct completion done;
};

static void opener_run(struct work_struct *work)
{
	struct opener *opener = container_of(work, struct opener, work);

	opener->err = app_open_line(opener->app, opener->line, OWNER, DIGITAL);
	opener->listens = READ_ONCE(opener->app->world->listens[opener->line]);
	complete(&opener->done);
}

static void opener_start(struct opener *opener, struct app *app, u32 line)
{
	opener->app = app;
	opener->line = line;
	init_completion(&opener->done);
	INIT_WORK_ONSTACK(&opener->work, opener_run);
	queue_work(system_unbound_wq, &opener->work);
}

static void opener_join(struct opener *opener)
{
	KUNIT_EXPECT_TRUE(opener->app->world->test,
			  wait_for_completion_timeout(&opener->done, 20 * HZ));
	flush_work(&opener->work);
	destroy_work_on_stack(&opener->work);
}

static void await_asked(struct world *world)
{
	KUNIT_ASSERT_TRUE(world->test, wait_for_completion_timeout(&world->asked, 20 * HZ));
}

/* It is still waiting, and not only slow. */
static void opener_waits(struct opener *opener)
{
	msleep(50);
	KUNIT_EXPECT_FALSE(opener->app->world->test, completion_done(&opener->done));
}

/* With a call manager that registers later. */
static void open_waits_for_the_call_manager(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app = app_open(world);
	struct opener opener;

	world->register_pends = true;
	opener_start(&opener, app, 0);
	await_asked(world);
	opener_waits(&opener);
	world_registered(world, 0);
	opener_join(&opener);
	KUNIT_EXPECT_EQ(test, opener.err, 0);
	KUNIT_EXPECT_TRUE(test, opener.listens);
	app_expect(app, "");
	KUNIT_EXPECT_EQ(test, app_handle(app, NDPROXY_CLOSE_LINE, app->line), 0);
}

/* While another task is at the adapter, which will register this line, too. */
static void open_waits_for_another_task(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(gate);
	struct world *world = world_new(test);
	struct app *first = app_open(world), *second = app_open(world);
	struct opener one, two;

	world->register_gate = &gate;
	opener_start(&one, first, 0);
	await_asked(world);
	opener_start(&two, second, 1);
	opener_waits(&two);
	KUNIT_EXPECT_FALSE(test, world->listens[1]);
	complete_all(&gate);
	opener_join(&two);
	opener_join(&one);
	KUNIT_EXPECT_EQ(test, one.err, 0);
	KUNIT_EXPECT_TRUE(test, one.listens);
	KUNIT_EXPECT_EQ(test, two.err, 0);
	KUNIT_EXPECT_TRUE(test, two.listens);
	world->register_gate = NULL;
}

/* Another task takes OWNER off a handle that is being opened: nothing is to be waited for. */
static void open_ends_without_owner(struct kunit *test)
{
	struct ndproxy_line_privileges none = { .privileges = LINECALLPRIVILEGE_NONE };
	struct world *world = world_new(test);
	struct app *app = app_open(world);
	struct opener opener;

	KUNIT_ASSERT_EQ(test, app_open_line(app, 0, LINECALLPRIVILEGE_NONE, 0), 0);
	KUNIT_ASSERT_EQ(test, app_handle(app, NDPROXY_CLOSE_LINE, app->line), 0);
	/* The number after the one before. */
	none.line_handle = app->line + 1;
	world->register_pends = true;
	world->deregister_pends = true;
	opener_start(&opener, app, 0);
	await_asked(world);
	opener_waits(&opener);
	KUNIT_EXPECT_EQ(test, app_do(app, NDPROXY_SET_LINE_PRIVILEGES, &none), 0);
	opener_join(&opener);
	KUNIT_EXPECT_EQ(test, opener.err, 0);
	KUNIT_EXPECT_EQ(test, app->line, none.line_handle);
	/* Nobody wants what is registered now. */
	world_registered(world, 0);
	await_asked(world);
	world->deregister_pends = false;
	world_deregistered(world);
	KUNIT_EXPECT_FALSE(test, world->listens[0]);
	app_expect(app, "");
}

/* A line that is opened again before the end of the last registration. */
static void open_waits_for_the_end_of_the_last(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app = app_open(world);
	struct opener opener;

	world->deregister_pends = true;
	KUNIT_ASSERT_EQ(test, app_open_line(app, 0, OWNER, DIGITAL), 0);
	KUNIT_ASSERT_EQ(test, app_handle(app, NDPROXY_CLOSE_LINE, app->line), 0);
	await_asked(world);
	world->deregister_pends = false;
	opener_start(&opener, app, 0);
	opener_waits(&opener);
	world_deregistered(world);
	opener_join(&opener);
	KUNIT_EXPECT_EQ(test, opener.err, 0);
	KUNIT_EXPECT_TRUE(test, opener.listens);
}

/* Who does not listen does not wait. */
static void only_who_listens_waits(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app = app_open(world);
	struct opener opener;

	world->register_pends = true;
	opener_start(&opener, app, 0);
	await_asked(world);
	KUNIT_EXPECT_EQ(test, app_open_line(app, 0, LINECALLPRIVILEGE_NONE, 0), 0);
	KUNIT_EXPECT_EQ(test, app_open_line(app, 0, LINECALLPRIVILEGE_MONITOR, 0), 0);
	opener_waits(&opener);
	world_registered(world, 0);
	opener_join(&opener);
	KUNIT_EXPECT_EQ(test, opener.err, 0);
}

/* A line that cannot listen is not open, and the next attempt is a new one. */
static void refused_registration(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app = app_open(world);

	world->register_status = -EADDRINUSE;
	KUNIT_EXPECT_EQ(test, app_open_line(app, 0, OWNER, DIGITAL), -EADDRINUSE);
	KUNIT_EXPECT_EQ(test, app_used(app, NDPROXY_LIMIT_LINES), 0U);
	app_expect(app, "");
	world->register_status = 0;
	KUNIT_EXPECT_EQ(test, app_open_line(app, 0, OWNER, DIGITAL), 0);
	KUNIT_EXPECT_TRUE(test, world->listens[0]);
}

/* A call manager that never answers: the core does. */
static void registration_without_an_answer(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app = app_open(world);

	condis_close_timeout_ms = 100;
	world->register_pends = true;
	KUNIT_EXPECT_EQ(test, app_open_line(app, 0, OWNER, DIGITAL), -ETIMEDOUT);
	KUNIT_EXPECT_EQ(test, app_used(app, NDPROXY_LIMIT_LINES), 0U);
	app_expect(app, "");
}

/* The adapter goes while somebody waits: he has a line, and hears that it was closed. */
static void adapter_goes_while_a_line_opens(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app = app_open(world);
	struct opener opener;

	condis_halt_timeout_ms = 100;
	world->register_pends = true;
	opener_start(&opener, app, 0);
	await_asked(world);
	world_down(world);
	opener_join(&opener);
	KUNIT_EXPECT_EQ(test, opener.err, 0);
	app_expect(app, "close remove");
	KUNIT_EXPECT_EQ(test, app_handle(app, NDPROXY_CLOSE_LINE, app->line), 0);
	KUNIT_EXPECT_EQ(test, app_handle(app, NDPROXY_CLOSE_LINE, app->line), -EBADF);
}

/* The session ends while a thread of it waits. */
static void session_ends_while_a_line_opens(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app = app_open(world);
	struct opener opener;

	world->register_pends = true;
	opener_start(&opener, app, 0);
	await_asked(world);
	ndproxy_session_end(app->session);
	opener_join(&opener);
	KUNIT_EXPECT_EQ(test, opener.err, -ESHUTDOWN);
	world_registered(world, 0);
}

static int open_until_signalled(void *data)
{
	struct opener *opener = data;

	allow_signal(SIGUSR1);
	opener->err = app_open_line(opener->app, opener->line, OWNER, DIGITAL);
	complete(&opener->done);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

/* A signal ends the wait, and nothing was opened. */
static void signal_while_a_line_opens(struct kunit *test)
{
	struct world *world = world_new(test);
	struct opener opener = { .app = app_open(world) };
	struct task_struct *task;

	init_completion(&opener.done);
	world->register_pends = true;
	task = kthread_run(open_until_signalled, &opener, "opener");
	KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	await_asked(world);
	opener_waits(&opener);
	send_sig(SIGUSR1, task, 1);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&opener.done, 20 * HZ));
	kthread_stop(task);
	KUNIT_EXPECT_EQ(test, opener.err, -ERESTARTSYS);
	app_expect(opener.app, "");
	world_registered(world, 0);
	KUNIT_EXPECT_EQ(test, app_used(opener.app, NDPROXY_LIMIT_LINES), 0U);
	KUNIT_EXPECT_FALSE(test, world->listens[0]);
}

/*
 * The end that the core forces on us
 */

/*
 * A command holds the family for longer than both deadlines of a halt: the core cuts
 * us off, and says nothing but that the binding is gone.
 */
static void cut_off(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app = app_open(world);
	struct ndproxy_binding *binding = world_binding(world, app);
	u32 call;

	KUNIT_ASSERT_EQ(test, app_open_line(app, 0, OWNER, DIGITAL), 0);
	KUNIT_ASSERT_EQ(test, app_make_call(app, &call), 0);
	world_offer(world, 0, 0, DIGITAL);
	app_expect(app, "reply:c=0 connected new:owner offering");

	spin_lock(&binding->lock);
	binding->af_users++;
	spin_unlock(&binding->lock);
	condis_halt_timeout_ms = 100;
	world_down(world);

	KUNIT_EXPECT_EQ(test, binding->state, NDPROXY_AF_NONE);
	KUNIT_EXPECT_NULL(test, binding->binding);
	KUNIT_EXPECT_NULL(test, binding->af);
	KUNIT_EXPECT_TRUE(test, list_empty(&binding->lines));
	app_expect(app, "disconnected idle disconnected idle close remove");
	/* The command goes on, and lets go of what is not there any more. */
	ndproxy_adapter_unuse(binding);
	KUNIT_EXPECT_EQ(test, kref_read(&binding->ref), 1U);
	ndproxy_adapter_put(binding);
}

/* Likewise, and the SAP is not registered yet. */
static void cut_off_while_a_line_opens(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app = app_open(world);
	struct ndproxy_binding *binding = world_binding(world, app);
	struct opener opener;

	world->register_pends = true;
	opener_start(&opener, app, 0);
	await_asked(world);
	spin_lock(&binding->lock);
	binding->af_users++;
	spin_unlock(&binding->lock);
	condis_halt_timeout_ms = 100;
	world_down(world);
	opener_join(&opener);
	KUNIT_EXPECT_EQ(test, opener.err, 0);
	app_expect(app, "close remove");
	ndproxy_adapter_unuse(binding);
	KUNIT_EXPECT_TRUE(test, list_empty(&binding->lines));
	KUNIT_EXPECT_EQ(test, kref_read(&binding->ref), 1U);
	ndproxy_adapter_put(binding);
}

static bool has_family(struct ndproxy_binding *binding)
{
	bool has;

	spin_lock(&binding->lock);
	has = binding->state != NDPROXY_AF_NONE;
	spin_unlock(&binding->lock);
	return has;
}

/* The call manager's word to close is not followed in time: the core closes the family. */
static void family_is_closed_for_us(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app = app_open(world);
	struct ndproxy_binding *binding = world_binding(world, app);
	unsigned int tries;

	KUNIT_ASSERT_EQ(test, app_open_line(app, 0, OWNER, DIGITAL), 0);
	spin_lock(&binding->lock);
	binding->af_users++;
	spin_unlock(&binding->lock);
	condis_close_timeout_ms = 100;
	world_notify(world);
	for (tries = 0; tries < 1000 && has_family(binding); tries++)
		msleep(20);
	KUNIT_EXPECT_FALSE(test, has_family(binding));
	KUNIT_EXPECT_NULL(test, binding->af);
	app_expect(app, "close");
	ndproxy_adapter_unuse(binding);
	world_down(world);
	app_expect(app, "remove");
	KUNIT_EXPECT_EQ(test, kref_read(&binding->ref), 1U);
	ndproxy_adapter_put(binding);
}

/* The charge of a line goes with its handle, which a LINE_CLOSE that nobody reads keeps. */
static void unread_close_is_charged(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app = app_open(world);

	KUNIT_ASSERT_EQ(test, app_open_line(app, 0, OWNER, DIGITAL), 0);
	KUNIT_EXPECT_EQ(test, app_used(app, NDPROXY_LIMIT_LINES), 1U);
	world_notify(world);
	KUNIT_EXPECT_EQ(test, app_used(app, NDPROXY_LIMIT_LINES), 1U);
	app_expect(app, "close");
	KUNIT_EXPECT_EQ(test, app_used(app, NDPROXY_LIMIT_LINES), 0U);
}

static struct kunit_case ndproxy_line_cases[] = {
	KUNIT_CASE(open_waits_for_the_call_manager),
	KUNIT_CASE(open_waits_for_another_task),
	KUNIT_CASE(open_ends_without_owner),
	KUNIT_CASE(open_waits_for_the_end_of_the_last),
	KUNIT_CASE(only_who_listens_waits),
	KUNIT_CASE(refused_registration),
	KUNIT_CASE(registration_without_an_answer),
	KUNIT_CASE(adapter_goes_while_a_line_opens),
	KUNIT_CASE(session_ends_while_a_line_opens),
	KUNIT_CASE(signal_while_a_line_opens),
	KUNIT_CASE(cut_off),
	KUNIT_CASE(cut_off_while_a_line_opens),
	KUNIT_CASE(family_is_closed_for_us),
	KUNIT_CASE(unread_close_is_charged),
	{}
};

static struct kunit_suite ndproxy_line_suite = {
	.name = "ndproxy-line",
	.exit = world_exit,
	.test_cases = ndproxy_line_cases,
};

kunit_test_suite(ndproxy_line_suite);
