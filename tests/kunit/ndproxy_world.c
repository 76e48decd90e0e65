// SPDX-License-Identifier: GPL-2.0
/*
 * The fakes around NDPROXY.
 */
#include <linux/cred.h>
#include <linux/delay.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uio.h>
#include <net/net_namespace.h>

#include "../../drivers/condis/core.h"
#include "ndproxy_world.h"

static struct world *world_of(const struct condis_adapter *adapter)
{
	return *(struct world **)condis_adapter_priv(adapter);
}

static struct world *world_of_vc(const struct condis_vc *vc)
{
	return world_of(condis_vc_adapter(vc));
}

static int cm_open_af(struct condis_af *af)
{
	world_of(condis_af_adapter(af))->af = af;
	return 0;
}

static int cm_close_af(struct condis_af *af)
{
	world_of(condis_af_adapter(af))->af = NULL;
	return 0;
}

static int cm_register_sap(struct condis_sap *sap)
{
	struct world *world = world_of(condis_af_adapter(condis_sap_af(sap)));
	u32 line = condis_sap_params(sap)->line;

	if (world->register_gate && !line) {
		complete(&world->asked);
		wait_for_completion(world->register_gate);
	}
	if (world->register_pends) {
		world->pending = sap;
		complete(&world->asked);
		return -EINPROGRESS;
	}
	world->saps[line] = sap;
	world->listens[line] = !world->register_status;
	return world->register_status;
}

void world_registered(struct world *world, int status)
{
	struct condis_sap *sap = world->pending;
	u32 line = condis_sap_params(sap)->line;

	world->pending = NULL;
	world->saps[line] = sap;
	world->listens[line] = !status;
	KUNIT_EXPECT_EQ(world->test, condis_mcm_register_sap_complete(sap, status), 0);
}

static int cm_deregister_sap(struct condis_sap *sap)
{
	struct world *world = world_of(condis_af_adapter(condis_sap_af(sap)));

	world->listens[condis_sap_params(sap)->line] = false;
	if (!world->deregister_pends)
		return 0;
	world->pending = sap;
	complete(&world->asked);
	return -EINPROGRESS;
}

void world_deregistered(struct world *world)
{
	struct condis_sap *sap = world->pending;

	world->pending = NULL;
	KUNIT_EXPECT_EQ(world->test, condis_mcm_deregister_sap_complete(sap), 0);
}

static int cm_create_vc(struct condis_vc *vc)
{
	struct world *world = world_of_vc(vc);

	world->vc = vc;
	if (world->on_create)
		world->on_create(world);
	return world->create_status;
}

static void cm_delete_vc(struct condis_vc *vc)
{
}

static void activate(struct world *world, struct condis_vc *vc)
{
	struct condis_call_params params = {
		.tx_rate = 8000, .rx_rate = 8000, .max_sdu = 1500, .send_window = 4,
	};

	KUNIT_EXPECT_EQ(world->test, condis_mcm_activate_vc(vc, &params), 0);
}

static int cm_make_call(struct condis_vc *vc, const struct condis_call_params *params)
{
	struct world *world = world_of_vc(vc);

	if (world->make_pends)
		return -EINPROGRESS;
	activate(world, vc);
	return 0;
}

static void cm_incoming_call_complete(struct condis_vc *vc, int status, u32 cause)
{
	struct world *world = world_of_vc(vc);

	world->status = status;
	world->cause = cause;
	world->decided++;
	if (status) {
		condis_mcm_delete_vc(vc);
		return;
	}
	activate(world, vc);
	condis_mcm_dispatch_call_connected(vc);
}

static int cm_close_call(struct condis_vc *vc, u32 cause)
{
	bool offered = condis_vc_cm(vc) && *(bool *)condis_vc_cm(vc);

	if (condis_vc_is_active(vc))
		condis_mcm_deactivate_vc(vc);
	condis_vc_hold(vc);
	condis_mcm_close_call_complete(vc);
	if (offered)
		condis_mcm_delete_vc(vc);
	condis_vc_put(vc);
	return -EINPROGRESS;
}

static int cm_digits(struct world *world, struct condis_oid_request *req)
{
	const struct condis_digit_report *report = req->buf;

	world->digits_asked++;
	if (req->oid == OID_CO_TAPI_REPORT_DIGITS)
		world->report_modes = report->modes;
	else if (req->oid == OID_CO_TAPI_DONT_REPORT_DIGITS)
		world->report_modes = 0;
	if (world->digits_gate) {
		complete(&world->asked);
		wait_for_completion(world->digits_gate);
	}
	if (world->digits_inline) {
		KUNIT_EXPECT_EQ(world->test,
				condis_mcm_oid_request_complete(world->af, req,
								world->digits_status), 0);
		return -EINPROGRESS;
	}
	if (!world->digits_pend)
		return world->digits_status;
	world->digits = req;
	return -EINPROGRESS;
}

void world_digits(struct world *world, int status)
{
	KUNIT_EXPECT_EQ(world->test,
			condis_mcm_oid_request_complete(world->af, world->digits, status), 0);
}

static int cm_oid_request(struct condis_af *af, struct condis_vc *vc,
			  struct condis_oid_request *req)
{
	struct condis_call_diagnostics *diagnostics = req->buf;
	struct condis_address_caps *address = req->buf;
	struct condis_line_caps *line = req->buf;
	struct condis_cm_caps *cm = req->buf;

	switch (req->oid) {
	case OID_CO_TAPI_CM_CAPS:
		cm->version = CONDIS_TAPI_VERSION;
		cm->num_lines = WORLD_LINES;
		return 0;
	case OID_CO_TAPI_LINE_CAPS:
		line->num_addresses = 2;
		line->max_calls = WORLD_CALLS;
		line->media_modes = WORLD_MEDIA;
		line->max_rate = 64000;
		line->max_sdu = 1500;
		line->in_service = true;
		line->generate_digits = LINEDIGITMODE_DTMF;
		line->report_digits = LINEDIGITMODE_DTMF | LINEDIGITMODE_DTMFEND;
		return 0;
	case OID_CO_TAPI_ADDRESS_CAPS:
		address->max_calls = WORLD_CALLS;
		address->media_modes = WORLD_MEDIA;
		return 0;
	case OID_CO_TAPI_REPORT_DIGITS:
	case OID_CO_TAPI_DONT_REPORT_DIGITS:
	case OID_CONDIS_GENERATE_DIGITS:
		return cm_digits(world_of(condis_af_adapter(af)), req);
	case OID_CO_TAPI_GET_CALL_DIAGNOSTICS:
		diagnostics->cause = Q850_NORMAL_CLEARING;
		return 0;
	default:
		return -EOPNOTSUPP;
	}
}

static const struct condis_cm_ops cm_ops = {
	.vc_priv = sizeof(bool),
	.open_af = cm_open_af,
	.close_af = cm_close_af,
	.register_sap = cm_register_sap,
	.deregister_sap = cm_deregister_sap,
	.create_vc = cm_create_vc,
	.delete_vc = cm_delete_vc,
	.make_call = cm_make_call,
	.incoming_call_complete = cm_incoming_call_complete,
	.close_call = cm_close_call,
	.oid_request = cm_oid_request,
};

static int mp_initialize(struct condis_adapter *adapter)
{
	return condis_mcm_register_address_family(adapter, CONDIS_AF_TAPI_PROXY, &cm_ops);
}

static void mp_halt(struct condis_adapter *adapter, bool surprise)
{
}

static int mp_reset(struct condis_adapter *adapter)
{
	struct world *world = world_of(adapter);

	if (world->on_reset)
		world->on_reset(world);
	return 0;
}

static void mp_send(struct condis_vc *vc, struct sk_buff *skb)
{
	condis_m_send_complete(vc, skb, 0);
}

static const struct condis_miniport_ops miniport_ops = {
	.initialize = mp_initialize,
	.halt = mp_halt,
	.reset = mp_reset,
	.send = mp_send,
};

void world_offer(struct world *world, u32 line, u32 address, u32 media_modes)
{
	struct condis_call_params params = {
		.line = line, .address = address, .media_modes = media_modes,
		.called = "200", .calling = "100",
	};
	struct condis_vc *vc = condis_mcm_create_vc(world->af);

	KUNIT_ASSERT_FALSE(world->test, IS_ERR(vc));
	*(bool *)condis_vc_cm(vc) = true;
	world->vc = vc;
	world->cause = 0;
	world->status = 0;
	KUNIT_EXPECT_EQ(world->test,
			condis_mcm_dispatch_incoming_call(world->saps[line], vc, &params),
			-EINPROGRESS);
}

void world_notify(struct world *world)
{
	KUNIT_EXPECT_EQ(world->test, condis_mcm_notify_close_address_family(world->af),
			-EINPROGRESS);
}

struct ndproxy_binding *world_binding(struct world *world, struct app *app)
{
	struct ndproxy_binding *binding;

	binding = ndproxy_net_adapter(app->session->net, condis_adapter_id(world->adapter));
	KUNIT_ASSERT_NOT_NULL(world->test, binding);
	return binding;
}

struct world *world_new(struct kunit *test)
{
	struct world *world = kzalloc(sizeof(*world), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, world);
	world->test = test;
	init_completion(&world->asked);
	/* What a case waits for in vain must not take long. */
	world->timeouts[0] = condis_halt_timeout_ms;
	world->timeouts[1] = condis_close_timeout_ms;
	test->priv = world;
	world->adapter = condis_alloc_adapter(&init_net, "world", &miniport_ops,
					      sizeof(struct world *));
	KUNIT_ASSERT_NOT_NULL(test, world->adapter);
	*(struct world **)condis_adapter_priv(world->adapter) = world;
	KUNIT_ASSERT_EQ(test, condis_register_adapter(world->adapter), 0);
	world->is_up = true;
	return world;
}

void world_down(struct world *world)
{
	if (world->is_up)
		condis_unregister_adapter(world->adapter);
	world->is_up = false;
}

void world_exit(struct kunit *test)
{
	struct world *world = test->priv;
	unsigned int i, tries;

	if (!world)
		return;
	for (i = 0; i < world->nr_apps; i++)
		app_close(&world->apps[i]);
	world_down(world);
	condis_halt_timeout_ms = world->timeouts[0];
	condis_close_timeout_ms = world->timeouts[1];
	/* NDPROXY has kept nothing: the adapter is ours alone. */
	for (tries = 0; tries < 1000 && kref_read(&world->adapter->ref) > 1; tries++)
		msleep(20);
	KUNIT_EXPECT_EQ(test, kref_read(&world->adapter->ref), 1U);
	for (i = 0; i < CONDIS_NR_COUNTS; i++)
		KUNIT_EXPECT_EQ(test, atomic_read(&world->adapter->counts[i]), 0);
	condis_put_adapter(world->adapter);
	test->priv = NULL;
	kfree(world);
}

struct app *app_open(struct world *world)
{
	struct app *app = &world->apps[world->nr_apps++];
	struct file *file;

	/* A session only looks at who opens its file. */
	file = kzalloc(sizeof(*file), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(world->test, file);
	file->f_cred = current_cred();
	app->world = world;
	app->session = ndproxy_session_open(file);
	kfree(file);
	KUNIT_ASSERT_FALSE(world->test, IS_ERR(app->session));
	return app;
}

void app_close(struct app *app)
{
	if (!app->session)
		return;
	ndproxy_session_end(app->session);
	ndproxy_session_put(app->session);
	app->session = NULL;
}

int app_do_copy(struct app *app, unsigned int cmd, void *arg, int copy)
{
	struct ndproxy_command command = {
		.session = app->session,
		.ops = ndproxy_command_find(cmd),
		.arg = arg,
		.error = { .offset = NDPROXY_NO_FIELD },
	};
	int err;

	if (!command.ops)
		return -ENOTTY;
	err = command.ops->run(&command, arg);
	if (err)
		return err;
	return command.ops->finish ? command.ops->finish(&command, arg, copy) : copy;
}

int app_do(struct app *app, unsigned int cmd, void *arg)
{
	return app_do_copy(app, cmd, arg, 0);
}

int app_open_line(struct app *app, u32 line, u32 privileges, u32 media_modes)
{
	struct ndproxy_open_line open = {
		.adapter = condis_adapter_id(app->world->adapter),
		.line = line,
		.privileges = privileges,
		.media_modes = media_modes,
	};
	int err = app_do(app, NDPROXY_OPEN_LINE, &open);

	app->line = open.line_handle;
	return err;
}

int app_make_call(struct app *app, u32 *call)
{
	struct ndproxy_make_call make = {
		.line_handle = app->line,
		.address = NDPROXY_ANY_ADDRESS,
		.media_modes = LINEMEDIAMODE_DIGITALDATA,
		.called = "100",
	};
	int err = app_do(app, NDPROXY_MAKE_CALL, &make);

	*call = make.call;
	return err;
}

int app_handle(struct app *app, unsigned int cmd, u32 handle)
{
	struct ndproxy_request request = { .call = handle };
	struct ndproxy_handle close = { .handle = handle };

	if (cmd == NDPROXY_CLOSE_LINE || cmd == NDPROXY_DEALLOCATE_CALL)
		return app_do(app, cmd, &close);
	return app_do(app, cmd, &request);
}

u32 app_used(struct app *app, enum ndproxy_limit limit)
{
	struct ndproxy_limits limits = { 0 };

	KUNIT_EXPECT_EQ(app->world->test, app_do(app, NDPROXY_GET_LIMITS, &limits), 0);
	return limits.used[limit];
}

unsigned int app_fill(struct app *app, enum condis_charge charge)
{
	unsigned int n = 0;

	while (!condis_account_charge(app->session->account, charge))
		n++;
	return n;
}

void app_give_back(struct app *app, enum condis_charge charge, unsigned int n)
{
	while (n--)
		condis_account_uncharge(app->session->account, charge);
}

static const char *state_name(u32 state)
{
	switch (state) {
	case LINECALLSTATE_IDLE:
		return "idle";
	case LINECALLSTATE_OFFERING:
		return "offering";
	case LINECALLSTATE_ACCEPTED:
		return "accepted";
	case LINECALLSTATE_CONNECTED:
		return "connected";
	case LINECALLSTATE_DISCONNECTED:
		return "disconnected";
	default:
		return "other-state";
	}
}

static void app_put_event(struct app *app, size_t *at, const struct ndproxy_event *event)
{
	char *to = app->text + *at;
	size_t size = sizeof(app->text) - *at;
	const char *gap = *at ? " " : "";

	switch (event->type) {
	case LINE_REPLY:
		*at += scnprintf(to, size, "%sreply:%x=%d", gap, event->reply.command,
				 event->reply.status);
		break;
	case LINE_CALLSTATE:
		*at += scnprintf(to, size, "%s%s", gap, state_name(event->call_state.state));
		break;
	case LINE_APPNEWCALL:
		app->call = event->new_call.call;
		*at += scnprintf(to, size, "%snew:%s", gap,
				 event->new_call.privilege == LINECALLPRIVILEGE_OWNER ?
				 "owner" : "monitor");
		break;
	case LINE_CALLINFO:
		*at += scnprintf(to, size, "%sinfo", gap);
		break;
	case LINE_GENERATE:
		*at += scnprintf(to, size, "%sdigits:%u", gap, event->generate.mode);
		break;
	case LINE_MONITORDIGITS:
		*at += scnprintf(to, size, "%sdigit:%c", gap, event->digit.digit);
		if (event->digit.lost)
			*at += scnprintf(app->text + *at, sizeof(app->text) - *at, "-%u",
					 event->digit.lost);
		break;
	case LINE_LINEDEVSTATE:
		*at += scnprintf(to, size, "%sdev:%x", gap, event->line_state.state);
		break;
	case LINE_CLOSE:
		*at += scnprintf(to, size, "%sclose", gap);
		break;
	case LINE_CREATE:
		*at += scnprintf(to, size, "%screate", gap);
		break;
	case LINE_REMOVE:
		*at += scnprintf(to, size, "%sremove", gap);
		break;
	}
}

const char *app_read(struct app *app)
{
	struct ndproxy_event event;
	struct iov_iter iter;
	struct kvec vec;
	size_t at = 0;

	app->text[0] = '\0';
	for (;;) {
		vec.iov_base = &event;
		vec.iov_len = sizeof(event);
		iov_iter_kvec(&iter, ITER_DEST, &vec, 1, sizeof(event));
		if (ndproxy_events_read(app->session, &iter, true) != sizeof(event))
			return app->text;
		app_put_event(app, &at, &event);
	}
}
