// SPDX-License-Identifier: GPL-2.0
/*
 * The legs of a call: what is asked of leg A while the adapter is reset.
 */
#include "../../drivers/condis/core.h"
#include "ndproxy_world.h"

#define NONE	LINECALLPRIVILEGE_NONE

/* A connected call of an application's, of which everything was read. */
static struct ndproxy_call *dial(struct world *world, struct app *app)
{
	struct ndproxy_object *handle;
	u32 call;

	KUNIT_ASSERT_EQ(world->test, app_open_line(app, 0, NONE, 0), 0);
	KUNIT_ASSERT_EQ(world->test, app_make_call(app, &call), 0);
	app_expect(app, "reply:c=0 connected");
	handle = xa_load(&app->session->handles, call);
	KUNIT_ASSERT_NOT_NULL(world->test, handle);
	return container_of(handle, struct ndproxy_call_handle, handle)->call;
}

static void hang_up_in_reset(struct world *world)
{
	struct ndproxy_binding *binding = world_binding(world, &world->apps[0]);

	/* As it is for who has looked just before the reset began. */
	WRITE_ONCE(binding->resetting, false);
	KUNIT_EXPECT_EQ(world->test,
			condis_mcm_dispatch_incoming_close_call(world->vc,
								Q850_NORMAL_CLEARING), 0);
	ndproxy_adapter_put(binding);
}

/* Why a call has ended is asked in a reset that nobody could see coming: refused, and no breach. */
static void hang_up_when_a_reset_begins(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app = app_open(world);
	atomic_t *breaches = &world->adapter->violations[CONDIS_VIOLATION_WRONG_REQUEST];

	dial(world, app);
	world->on_reset = hang_up_in_reset;
	KUNIT_EXPECT_EQ(test, condis_adapter_reset(world->adapter), 0);
	app_expect(app, "disconnected");
	KUNIT_EXPECT_EQ(test, atomic_read(breaches), 0);
}

static struct kunit_case ndproxy_leg_cases[] = {
	KUNIT_CASE(hang_up_when_a_reset_begins),
	{}
};

static struct kunit_suite ndproxy_leg_suite = {
	.name = "ndproxy-leg",
	.exit = world_exit,
	.test_cases = ndproxy_leg_cases,
};

kunit_test_suite(ndproxy_leg_suite);
