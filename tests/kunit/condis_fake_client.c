// SPDX-License-Identifier: GPL-2.0
/*
 * The fake client.
 */
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/slab.h>

#include "condis_fake.h"

#define CL_MAGIC	0x636c6d67

/* The client's area of a VC: nobody else writes there. */
struct cl_vc {
	u32 magic;
};

static struct fake *fake_of_af(struct condis_af *af)
{
	return fake_of(condis_af_adapter(af));
}

static struct fake *fake_of_vc(struct condis_vc *vc)
{
	return fake_of(condis_vc_adapter(vc));
}

static void check_area(struct fake *f, struct condis_vc *vc)
{
	struct cl_vc *area = condis_vc_client(vc);

	if (area->magic != CL_MAGIC)
		fake_say(f, "!cl-area");
}

static void delete_mine(struct fake *f, struct condis_vc *vc)
{
	int index = fake_vc_index(f, vc);
	int err;

	if (f->keep || f->vcs[index].manager)
		return;
	f->vcs[index].alive = false;
	err = condis_co_delete_vc(vc);
	fake_check(f, "delete", err);
}

static void cl_open_af_complete(struct condis_af *af, int status)
{
	struct fake *f = fake_of_af(af);

	if (status)
		f->af = NULL;
	fake_log(f, CL_OPENED, NULL, status);
	fake_run_hook(f, CL_OPENED, af);
}

static void cl_close_af_complete(struct condis_af *af)
{
	struct fake *f = fake_of_af(af);

	/* Before the word: whoever waits for that may go on at once. */
	if (f->af == af)
		f->af = NULL;
	fake_log(f, CL_CLOSED_AF, NULL, 0);
	/* R12: who pended the notification completes it now. */
	if (f->notified) {
		f->notified = false;
		fake_check(f, "notify-complete",
			   condis_cl_notify_close_address_family_complete(af, 0));
	}
	fake_run_hook(f, CL_CLOSED_AF, af);
}

/* Close everything that is open, and wait for none of it (C7). */
void fake_close_all(struct fake *f)
{
	struct condis_sap *sap = f->sap;
	struct condis_vc *vc;
	unsigned int i;
	int err;

	f->sap = NULL;
	if (sap)
		fake_check(f, "deregister", condis_cl_deregister_sap(sap));
	for (i = 0; i < f->nr_vcs; i++) {
		vc = f->vcs[i].vc;
		if (!f->vcs[i].alive || f->vcs[i].closing)
			continue;
		f->vcs[i].closing = true;
		condis_co_cancel_sends(vc);
		err = condis_cl_close_call(vc, Q850_NORMAL_CLEARING);
		/* It may be over, and what the client hears of that on its way. */
		if (err == -ENOTCONN)
			delete_mine(f, vc);
		else if (err != -EALREADY)
			fake_check(f, "close", err);
	}
	if (f->af)
		fake_check(f, "close-af", condis_cl_close_address_family(f->af));
}

static void close_all_later(struct fake *f, void *object)
{
	fake_close_all(f);
}

static void notify_done(struct fake *f, void *object)
{
	fake_close_all(f);
	fake_check(f, "notify-complete",
		   condis_cl_notify_close_address_family_complete(object, 0));
}

/*
 * RETURN: close all and say no more. INLINE: close all, complete inside. WORK:
 * close all from a work, complete in close_af_complete(). PEND: nothing, ever.
 */
static int cl_notify_close_af(struct condis_af *af)
{
	struct fake *f = fake_of_af(af);
	struct fake_step *step = &f->step[CL_NOTIFY];

	fake_log(f, CL_NOTIFY, NULL, 0);
	fake_run_hook(f, CL_NOTIFY, af);
	switch (step->how) {
	case FAKE_RETURN:
		if (!step->status)
			fake_close_all(f);
		return step->status;
	case FAKE_INLINE:
		notify_done(f, af);
		break;
	case FAKE_WORK:
		f->notified = true;
		fake_later(f, close_all_later, NULL);
		break;
	case FAKE_PEND:
		break;
	}
	return -EINPROGRESS;
}

static void cl_register_sap_complete(struct condis_sap *sap, int status)
{
	struct fake *f = fake_of_af(condis_sap_af(sap));

	if (status)
		f->sap = NULL;
	fake_log(f, CL_REGISTERED, NULL, status);
	fake_run_hook(f, CL_REGISTERED, sap);
}

static void cl_deregister_sap_complete(struct condis_sap *sap)
{
	struct fake *f = fake_of_af(condis_sap_af(sap));

	fake_log(f, CL_DEREGISTERED, NULL, 0);
	fake_run_hook(f, CL_DEREGISTERED, sap);
}

static int cl_create_vc(struct condis_vc *vc)
{
	struct fake *f = fake_of_vc(vc);
	struct cl_vc *area = condis_vc_client(vc);
	int status = f->step[CL_CREATE].status;

	if (!status) {
		fake_vc_new(f, vc, true);
		area->magic = CL_MAGIC;
	}
	fake_log(f, CL_CREATE, vc, 0);
	fake_run_hook(f, CL_CREATE, vc);
	return status;
}

static void cl_delete_vc(struct condis_vc *vc)
{
	struct fake *f = fake_of_vc(vc);

	check_area(f, vc);
	fake_log(f, CL_DELETE, vc, 0);
	fake_vc_dead(f, vc);
	fake_run_hook(f, CL_DELETE, vc);
}

static void cl_make_call_complete(struct condis_vc *vc, int status, u32 cause)
{
	struct fake *f = fake_of_vc(vc);

	check_area(f, vc);
	fake_log(f, CL_MADE, vc, status);
	f->cause = cause;
	fake_run_hook(f, CL_MADE, vc);
	/*
	 * R4: with a close on its way, the delete has to wait for that; one that came
	 * too late was not taken, and has not changed the status.
	 */
	if (status && !(status == -ECANCELED && f->vcs[fake_vc_index(f, vc)].closing))
		delete_mine(f, vc);
}

static void cl_call_progress(struct condis_vc *vc, bool alerting)
{
	struct fake *f = fake_of_vc(vc);

	fake_log(f, CL_PROGRESS, vc, alerting);
	fake_run_hook(f, CL_PROGRESS, vc);
}

static void decide(struct fake *f, void *object)
{
	int status = f->step[CL_OFFER].status;

	fake_check(f, "decide",
		   condis_cl_incoming_call_complete(object, status,
						    status ? Q850_CALL_REJECTED : Q850_NONE));
}

static int cl_incoming_call(struct condis_vc *vc, struct condis_sap *sap,
			    const struct condis_call_params *params)
{
	struct fake *f = fake_of_vc(vc);
	struct fake_step *step = &f->step[CL_OFFER];

	check_area(f, vc);
	if (strcmp(params->calling, "200") || condis_sap_context(sap) != f)
		fake_say(f, "!params");
	fake_log(f, CL_OFFER, vc, 0);
	fake_run_hook(f, CL_OFFER, vc);
	switch (step->how) {
	case FAKE_RETURN:
		return step->status;
	case FAKE_INLINE:
		decide(f, vc);
		break;
	case FAKE_WORK:
		fake_later(f, decide, vc);
		break;
	case FAKE_PEND:
		break;
	}
	return -EINPROGRESS;
}

static void cl_call_connected(struct condis_vc *vc)
{
	struct fake *f = fake_of_vc(vc);

	fake_log(f, CL_CONNECTED, vc, 0);
	fake_run_hook(f, CL_CONNECTED, vc);
}

int fake_close(struct fake *f, struct condis_vc *vc)
{
	f->vcs[fake_vc_index(f, vc)].closing = true;
	condis_co_cancel_sends(vc);
	return condis_cl_close_call(vc, Q850_NORMAL_CLEARING);
}

static void acknowledge(struct fake *f, void *object)
{
	fake_check(f, "close", fake_close(f, object));
}

static void cl_incoming_close_call(struct condis_vc *vc, u32 cause)
{
	struct fake *f = fake_of_vc(vc);

	check_area(f, vc);
	fake_log(f, CL_HANGUP, vc, 0);
	f->cause = cause;
	fake_run_hook(f, CL_HANGUP, vc);
	switch (f->step[CL_HANGUP].how) {
	case FAKE_WORK:
		fake_later(f, acknowledge, vc);
		break;
	case FAKE_PEND:
		break;
	default:
		acknowledge(f, vc);
	}
}

static void cl_close_call_complete(struct condis_vc *vc)
{
	struct fake *f = fake_of_vc(vc);

	check_area(f, vc);
	fake_log(f, CL_CLOSED, vc, 0);
	if (condis_vc_is_active(vc))
		fake_say(f, "!active");
	fake_run_hook(f, CL_CLOSED, vc);
	delete_mine(f, vc);
}

static void cl_receive(struct condis_vc *vc, struct sk_buff *skb)
{
	struct fake *f = fake_of_vc(vc);

	fake_log(f, CL_RECEIVE, vc, 0);
	fake_run_hook(f, CL_RECEIVE, vc);
	dev_kfree_skb_any(skb);
}

static void cl_send_complete(struct condis_vc *vc, struct sk_buff *skb, int status)
{
	struct fake *f = fake_of_vc(vc);

	fake_log(f, CL_SENT, vc, status);
	fake_run_hook(f, CL_SENT, vc);
	dev_kfree_skb_any(skb);
}

static void cl_vc_status(struct condis_vc *vc, const struct condis_status *status)
{
	fake_log(fake_of_vc(vc), CL_VC_STATUS, vc, status->code);
}

static int cl_oid_request(struct condis_af *af, struct condis_oid_request *req)
{
	fake_log(fake_of_af(af), CL_OID, NULL, 0);
	return fake_of_af(af)->step[CL_OID].status;
}

const struct condis_client_ops fake_client_ops = {
	.af_priv = 16,
	.sap_priv = 16,
	.vc_priv = sizeof(struct cl_vc),
	.open_af_complete = cl_open_af_complete,
	.close_af_complete = cl_close_af_complete,
	.notify_close_af = cl_notify_close_af,
	.register_sap_complete = cl_register_sap_complete,
	.deregister_sap_complete = cl_deregister_sap_complete,
	.create_vc = cl_create_vc,
	.delete_vc = cl_delete_vc,
	.make_call_complete = cl_make_call_complete,
	.call_progress = cl_call_progress,
	.incoming_call = cl_incoming_call,
	.call_connected = cl_call_connected,
	.incoming_close_call = cl_incoming_close_call,
	.close_call_complete = cl_close_call_complete,
	.receive = cl_receive,
	.send_complete = cl_send_complete,
	.status = cl_vc_status,
	.oid_request = cl_oid_request,
};

/* The client's protocol. */

static bool is_fake(struct condis_adapter *adapter)
{
	return adapter->ops == &fake_miniport_ops;
}

static int client_bind(struct condis_binding *binding)
{
	struct condis_adapter *adapter = condis_binding_adapter(binding);
	struct fake *f;

	if (!is_fake(adapter))
		return -ENODEV;
	f = fake_of(adapter);
	f->binding = binding;
	fake_log(f, CL_BIND, NULL, 0);
	fake_run_hook(f, CL_BIND, binding);
	return f->step[CL_BIND].status;
}

static void client_unbind(struct condis_binding *binding)
{
	struct fake *f = fake_of(condis_binding_adapter(binding));

	fake_log(f, CL_UNBIND, NULL, 0);
	fake_run_hook(f, CL_UNBIND, binding);
	if (f->step[CL_UNBIND].how == FAKE_PEND)
		return;
	fake_close_all(f);
	fake_check(f, "close-adapter", condis_close_adapter(binding));
}

static void client_unbound(struct condis_binding *binding)
{
	struct fake *f = fake_of(condis_binding_adapter(binding));

	f->binding = NULL;
	fake_log(f, CL_UNBOUND, NULL, 0);
}

static void client_family(struct condis_binding *binding, enum condis_af_type type)
{
	struct fake *f = fake_of(condis_binding_adapter(binding));

	fake_log(f, CL_FAMILY, NULL, 0);
	fake_run_hook(f, CL_FAMILY, binding);
}

static void client_status(struct condis_binding *binding, const struct condis_status *status)
{
	struct fake *f = fake_of(condis_binding_adapter(binding));

	fake_log(f, CL_STATUS, NULL, status->code);
	fake_run_hook(f, CL_STATUS, binding);
}

static void client_pause(struct condis_binding *binding)
{
	fake_log(fake_of(condis_binding_adapter(binding)), CL_PAUSE, NULL, 0);
}

static void client_restart(struct condis_binding *binding)
{
	fake_log(fake_of(condis_binding_adapter(binding)), CL_RESTART, NULL, 0);
}

void fake_init_client(struct condis_protocol *protocol)
{
	protocol->name = "fake_client";
	protocol->owner = THIS_MODULE;
	protocol->bind_adapter = client_bind;
	protocol->unbind_adapter = client_unbind;
	protocol->close_adapter_complete = client_unbound;
	protocol->af_register_notify = client_family;
	protocol->status = client_status;
	protocol->pause = client_pause;
	protocol->restart = client_restart;
}

/* Open the family that is served, and wait unless it pends. */
void fake_open(struct fake *f)
{
	enum condis_af_type type = f->standalone ? CONDIS_AF_TAPI : CONDIS_AF_TAPI_PROXY;
	struct condis_af *af;

	KUNIT_ASSERT_NOT_NULL(f->test, f->binding);
	af = condis_cl_open_address_family(f->binding, type, &fake_client_ops, f);
	KUNIT_ASSERT_FALSE(f->test, IS_ERR(af));
	if (f->step[CM_OPEN].status)
		return;
	f->af = af;
	if (f->step[CM_OPEN].how != FAKE_PEND)
		fake_wait(f, "cl.opened");
}

void fake_listen(struct fake *f)
{
	static const struct condis_sap_params everywhere = {
		.line = CONDIS_UNSPECIFIED,
		.address = CONDIS_UNSPECIFIED,
		.media_modes = 1,
	};
	struct condis_sap *sap;

	sap = condis_cl_register_sap(f->af, &everywhere, f);
	KUNIT_ASSERT_FALSE(f->test, IS_ERR(sap));
	if (f->step[CM_REGISTER].status)
		return;
	f->sap = sap;
	if (f->step[CM_REGISTER].how != FAKE_PEND)
		fake_wait(f, "cl.registered");
}

struct condis_vc *fake_create(struct fake *f)
{
	struct condis_vc *vc = condis_co_create_vc(f->af, f);
	struct cl_vc *area;

	KUNIT_ASSERT_FALSE(f->test, IS_ERR(vc));
	area = condis_vc_client(vc);
	area->magic = CL_MAGIC;
	return vc;
}

/* Make a call; what comes of it is the call manager's switch. */
struct condis_vc *fake_dial(struct fake *f)
{
	struct condis_vc *vc = fake_create(f);
	struct condis_call_params params;

	fake_call_params(f, &params);
	KUNIT_ASSERT_EQ(f->test, condis_cl_make_call(vc, &params), -EINPROGRESS);
	return vc;
}

struct sk_buff *fake_skb(struct fake *f, unsigned int len)
{
	struct sk_buff *skb = alloc_skb(len, GFP_ATOMIC);

	KUNIT_ASSERT_NOT_NULL(f->test, skb);
	skb_put_zero(skb, len);
	return skb;
}

int fake_send(struct fake *f, struct condis_vc *vc)
{
	struct sk_buff *skb = fake_skb(f, 100);
	int err = condis_co_send(vc, skb);

	if (err)
		kfree_skb(skb);
	return err;
}
