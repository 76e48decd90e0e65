// SPDX-License-Identifier: GPL-2.0
/*
 * The legs of a call: what is asked of an adapter, and of leg A, while it is reset, and a leg B
 * whose client does not decide, or whose adapter is pulled out.
 */
#include <linux/rcupdate.h>
#include <linux/workqueue.h>
#include <condis/client.h>
#include <condis/delay.h>

#include "../../drivers/condis/core.h"
#include "ndproxy_world.h"

#define NONE	LINECALLPRIVILEGE_NONE

/**
 * struct wan - a client of the family TAPI, as NDISWAN is one
 * @up: it is registered
 * @binding: on the world's adapter
 * @af: its family
 * @sap: where it listens
 * @listening: it does
 * @answer: to an offer
 * @vc: of the last offer
 * @hung_up: the cause of the last hang-up
 * @closed: how many of its calls are closed
 * @deleted: how many VCs of its calls are deleted
 */
static struct wan {
	bool up;
	struct condis_binding *binding;
	struct condis_af *af;
	struct condis_sap *sap;
	struct completion listening;
	int answer;
	struct condis_vc *vc;
	u32 hung_up;
	unsigned int closed;
	unsigned int deleted;
} wan;

static void wan_open_af_complete(struct condis_af *af, int status)
{
	const struct condis_sap_params params = {
		.line = CONDIS_UNSPECIFIED,
		.address = CONDIS_UNSPECIFIED,
		.media_modes = LINEMEDIAMODE_DIGITALDATA,
		.device_class = CONDIS_DEVICE_CLASS_NDIS,
	};

	if (!status)
		condis_cl_register_sap(af, &params, NULL);
}

static void wan_close_af_complete(struct condis_af *af)
{
}

static void wan_close(void)
{
	if (wan.sap)
		condis_cl_deregister_sap(wan.sap);
	wan.sap = NULL;
	if (wan.af)
		condis_cl_close_address_family(wan.af);
	wan.af = NULL;
}

static int wan_notify_close_af(struct condis_af *af)
{
	wan_close();
	return 0;
}

static void wan_register_sap_complete(struct condis_sap *sap, int status)
{
	if (!status)
		wan.sap = sap;
	complete(&wan.listening);
}

static void wan_deregister_sap_complete(struct condis_sap *sap)
{
}

static int wan_create_vc(struct condis_vc *vc)
{
	return 0;
}

static void wan_delete_vc(struct condis_vc *vc)
{
	wan.deleted++;
}

static void wan_make_call_complete(struct condis_vc *vc, int status, u32 cause)
{
}

static int wan_incoming_call(struct condis_vc *vc, struct condis_sap *sap,
			     const struct condis_call_params *params)
{
	wan.vc = vc;
	return wan.answer;
}

static void wan_call_connected(struct condis_vc *vc)
{
}

static void wan_incoming_close_call(struct condis_vc *vc, u32 cause)
{
	wan.hung_up = cause;
}

static void wan_close_call_complete(struct condis_vc *vc)
{
	wan.closed++;
}

static const struct condis_client_ops wan_ops = {
	.open_af_complete = wan_open_af_complete,
	.close_af_complete = wan_close_af_complete,
	.notify_close_af = wan_notify_close_af,
	.register_sap_complete = wan_register_sap_complete,
	.deregister_sap_complete = wan_deregister_sap_complete,
	.create_vc = wan_create_vc,
	.delete_vc = wan_delete_vc,
	.make_call_complete = wan_make_call_complete,
	.incoming_call = wan_incoming_call,
	.call_connected = wan_call_connected,
	.incoming_close_call = wan_incoming_close_call,
	.close_call_complete = wan_close_call_complete,
};

static int wan_bind_adapter(struct condis_binding *binding)
{
	wan.binding = binding;
	return 0;
}

static void wan_unbind_adapter(struct condis_binding *binding)
{
	wan_close();
	condis_close_adapter(binding);
}

static void wan_close_adapter_complete(struct condis_binding *binding)
{
	wan.binding = NULL;
}

static void wan_af_register_notify(struct condis_binding *binding, enum condis_af_type type)
{
	struct condis_af *af;

	if (type != CONDIS_AF_TAPI || wan.af)
		return;
	af = condis_cl_open_address_family(binding, type, &wan_ops, NULL);
	wan.af = IS_ERR(af) ? NULL : af;
}

static void wan_status(struct condis_binding *binding, const struct condis_status *status)
{
}

static struct condis_protocol wan_protocol = {
	.name = "wan",
	.owner = THIS_MODULE,
	.bind_adapter = wan_bind_adapter,
	.unbind_adapter = wan_unbind_adapter,
	.close_adapter_complete = wan_close_adapter_complete,
	.af_register_notify = wan_af_register_notify,
	.status = wan_status,
};

/* A client that does not decide yet. */
static void wan_new(struct kunit *test)
{
	memset(&wan, 0, sizeof(wan));
	init_completion(&wan.listening);
	wan.answer = -EINPROGRESS;
	KUNIT_ASSERT_EQ(test, condis_register_protocol(&wan_protocol), 0);
	wan.up = true;
	KUNIT_ASSERT_NE(test, wait_for_completion_timeout(&wan.listening, 20 * HZ), 0UL);
	KUNIT_ASSERT_NOT_NULL(test, wan.sap);
}

static void leg_exit(struct kunit *test)
{
	condis_delay_release_all();
	if (wan.up)
		condis_unregister_protocol(&wan_protocol);
	wan.up = false;
	world_exit(test);
}

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

static struct {
	struct work_struct work;
	struct world *world;
	struct condis_delay_stop *stop;
	struct completion begun;
	int result;
} reset;

/* The reset lasts until it has refused the question, and no longer. */
static void refuse_the_question(struct world *world)
{
	complete(&reset.begun);
	KUNIT_EXPECT_TRUE(world->test, condis_delay_wait(reset.stop));
}

static void reset_run(struct work_struct *work)
{
	reset.result = condis_adapter_reset(reset.world->adapter);
	KUNIT_EXPECT_TRUE(reset.world->test, condis_delay_release(reset.stop));
}

/* What a reset has refused is asked again, also if the reset is over before that is known. */
static void reset_ends_before_its_refusal_is_taken(struct kunit *test)
{
	struct world *world = world_new(test);
	atomic_t *breaches = &world->adapter->violations[CONDIS_VIOLATION_WRONG_REQUEST];
	struct app *app;

	reset.world = world;
	reset.stop = condis_delay_stop("proxy.answered", 0);
	KUNIT_ASSERT_NOT_NULL(test, reset.stop);
	init_completion(&reset.begun);
	world->on_reset = refuse_the_question;
	INIT_WORK(&reset.work, reset_run);
	queue_work(system_unbound_wq, &reset.work);
	KUNIT_EXPECT_NE(test, wait_for_completion_timeout(&reset.begun, 20 * HZ), 0UL);

	/* The first session: its task opens the family, and asks for the line table. */
	app = app_open(world);
	flush_work(&reset.work);
	KUNIT_EXPECT_EQ(test, reset.result, 0);
	KUNIT_EXPECT_EQ(test, app_open_line(app, 0, NONE, 0), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(breaches), 0);
}

/* Who asks for the channel does not wait for ever, and what is decided after that is in order. */
static void client_decides_too_late(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app = app_open(world);
	struct ndproxy_call *call = dial(world, app);

	wan_new(test);
	KUNIT_EXPECT_EQ(test, ndproxy_leg_b_open(call), -ETIMEDOUT);
	KUNIT_ASSERT_NOT_NULL(test, wan.vc);
	KUNIT_EXPECT_EQ(test, wan.hung_up, (u32)Q850_RECOVERY_ON_TIMER_EXPIRY);
	/* It is there until the client lets go. */
	KUNIT_EXPECT_EQ(test, ndproxy_leg_b_open(call), -EBUSY);
	KUNIT_EXPECT_NOT_NULL(test, call->leg_b);

	KUNIT_EXPECT_EQ(test, condis_cl_incoming_call_complete(wan.vc, 0, Q850_NONE), -ESHUTDOWN);
	KUNIT_EXPECT_EQ(test, wan.deleted, 0U);
	KUNIT_EXPECT_EQ(test, condis_cl_close_call(wan.vc, Q850_NORMAL_CLEARING), -EINPROGRESS);
	KUNIT_EXPECT_EQ(test, wan.closed, 1U);
	KUNIT_EXPECT_EQ(test, wan.deleted, 1U);
	KUNIT_EXPECT_NULL(test, call->leg_b);

	/* The call itself goes on, and can be asked again. */
	app_expect(app, "");
	wan.answer = -EACCES;
	KUNIT_EXPECT_EQ(test, ndproxy_leg_b_open(call), -EACCES);
	KUNIT_EXPECT_EQ(test, wan.deleted, 2U);
	KUNIT_EXPECT_NULL(test, call->leg_b);
	app_expect(app, "");
}

struct asking {
	struct work_struct work;
	struct ndproxy_call *call;
	int result;
};

static void ask(struct work_struct *work)
{
	struct asking *asking = container_of(work, struct asking, work);

	asking->result = ndproxy_leg_b_open(asking->call);
}

/* Leg B's VC is deleted, and nobody else has it any more, before who makes it goes on. */
static void pulled_out_while_leg_b_is_made(struct kunit *test)
{
	struct world *world = world_new(test);
	struct app *app = app_open(world);
	struct condis_delay_stop *stop;
	struct asking asking;

	asking.call = dial(world, app);
	wan_new(test);
	stop = condis_delay_stop("vc.mcm_create.linked", 0);
	KUNIT_ASSERT_NOT_NULL(test, stop);
	INIT_WORK_ONSTACK(&asking.work, ask);
	queue_work(system_unbound_wq, &asking.work);
	KUNIT_EXPECT_TRUE(test, condis_delay_wait(stop));

	condis_remove_adapter(world->adapter, true);
	world_down(world);
	condis_quarantine_flush();
	rcu_barrier();
	KUNIT_EXPECT_EQ(test, wan.deleted, 1U);

	KUNIT_EXPECT_TRUE(test, condis_delay_release(stop));
	flush_work(&asking.work);
	destroy_work_on_stack(&asking.work);
	KUNIT_EXPECT_EQ(test, asking.result, -ENOTCONN);
	KUNIT_EXPECT_NULL(test, wan.vc);
	app_expect(app, "disconnected idle close remove");
}

static struct kunit_case ndproxy_leg_cases[] = {
	KUNIT_CASE(hang_up_when_a_reset_begins),
	KUNIT_CASE(reset_ends_before_its_refusal_is_taken),
	KUNIT_CASE_SLOW(client_decides_too_late),
	KUNIT_CASE(pulled_out_while_leg_b_is_made),
	{}
};

static struct kunit_suite ndproxy_leg_suite = {
	.name = "ndproxy-leg",
	.exit = leg_exit,
	.test_cases = ndproxy_leg_cases,
};

kunit_test_suite(ndproxy_leg_suite);
