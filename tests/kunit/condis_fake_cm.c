// SPDX-License-Identifier: GPL-2.0
/*
 * The fake miniport and call manager.
 */
#include <linux/skbuff.h>
#include <linux/slab.h>

#include "condis_fake.h"

#define CM_MAGIC	0x636d6d67

/* The call manager's area of a VC: nobody else writes there. */
struct cm_vc {
	u32 magic;
	bool releasing;		/* waits for its packets before it completes the close */
	bool making;		/* has not completed the make-call */
	bool deleting;		/* deletes when its close_call() has returned */
};

static struct fake *fake_of_af(struct condis_af *af)
{
	return fake_of(condis_af_adapter(af));
}

static struct fake *fake_of_vc(struct condis_vc *vc)
{
	return fake_of(condis_vc_adapter(vc));
}

/* Answer as the switch says. */
static int answer(struct fake *f, enum fake_event event, void *object,
		  void (*complete)(struct fake *f, void *object))
{
	struct fake_step *step = &f->step[event];

	fake_run_hook(f, event, object);
	switch (step->how) {
	case FAKE_RETURN:
		return step->status;
	case FAKE_INLINE:
		complete(f, object);
		break;
	case FAKE_WORK:
		fake_later(f, complete, object);
		break;
	case FAKE_PEND:
		break;
	}
	return -EINPROGRESS;
}

static void complete_open(struct fake *f, void *object)
{
	fake_check(f, "open-complete",
		   condis_mcm_open_address_family_complete(object, f->step[CM_OPEN].status));
}

static int cm_open_af(struct condis_af *af)
{
	struct fake *f = fake_of_af(af);

	fake_log(f, CM_OPEN, NULL, 0);
	return answer(f, CM_OPEN, af, complete_open);
}

static void complete_close_af(struct fake *f, void *object)
{
	fake_check(f, "close-af-complete", condis_mcm_close_address_family_complete(object));
}

static int cm_close_af(struct condis_af *af)
{
	struct fake *f = fake_of_af(af);

	fake_log(f, CM_CLOSE_AF, NULL, 0);
	return answer(f, CM_CLOSE_AF, af, complete_close_af);
}

static void cm_notify_close_af_complete(struct condis_af *af, int status)
{
	fake_log(fake_of_af(af), CM_NOTIFIED, NULL, status);
	fake_run_hook(fake_of_af(af), CM_NOTIFIED, af);
}

static void complete_register(struct fake *f, void *object)
{
	fake_check(f, "register-complete",
		   condis_mcm_register_sap_complete(object, f->step[CM_REGISTER].status));
}

static int cm_register_sap(struct condis_sap *sap)
{
	struct fake *f = fake_of_af(condis_sap_af(sap));

	fake_log(f, CM_REGISTER, NULL, 0);
	return answer(f, CM_REGISTER, sap, complete_register);
}

static void complete_deregister(struct fake *f, void *object)
{
	fake_check(f, "deregister-complete", condis_mcm_deregister_sap_complete(object));
}

static int cm_deregister_sap(struct condis_sap *sap)
{
	struct fake *f = fake_of_af(condis_sap_af(sap));

	fake_log(f, CM_DEREGISTER, NULL, 0);
	return answer(f, CM_DEREGISTER, sap, complete_deregister);
}

static int cm_create_vc(struct condis_vc *vc)
{
	struct fake *f = fake_of_vc(vc);
	struct cm_vc *area = condis_vc_cm(vc);

	fake_vc_new(f, vc, false);
	area->magic = CM_MAGIC;
	fake_log(f, CM_CREATE, vc, 0);
	fake_run_hook(f, CM_CREATE, vc);
	return f->step[CM_CREATE].status;
}

static void check_area(struct fake *f, struct condis_vc *vc)
{
	struct cm_vc *area = condis_vc_cm(vc);

	if (area->magic != CM_MAGIC)
		fake_say(f, "!cm-area");
}

static void cm_delete_vc(struct condis_vc *vc)
{
	struct fake *f = fake_of_vc(vc);

	check_area(f, vc);
	fake_log(f, CM_DELETE, vc, 0);
	fake_run_hook(f, CM_DELETE, vc);
}

/* Activate, then complete: a success without the first is none. */
void fake_made(struct fake *f, struct condis_vc *vc, int status)
{
	struct condis_call_params params;
	struct cm_vc *area = condis_vc_cm(vc);

	area->making = false;
	if (!status) {
		fake_call_params(f, &params);
		fake_check(f, "activate", condis_mcm_activate_vc(vc, &params));
	}
	fake_check(f, "make-complete",
		   condis_mcm_make_call_complete(vc, status,
						 status ? Q850_USER_BUSY : Q850_NONE));
}

static void complete_make(struct fake *f, void *object)
{
	fake_made(f, object, f->step[CM_MAKE].status);
}

static int cm_make_call(struct condis_vc *vc, const struct condis_call_params *params)
{
	struct fake *f = fake_of_vc(vc);
	struct condis_call_params mine;

	fake_log(f, CM_MAKE, vc, 0);
	((struct cm_vc *)condis_vc_cm(vc))->making = f->step[CM_MAKE].how != FAKE_RETURN;
	if (strcmp(params->called, "100"))
		fake_say(f, "!params");
	if (f->step[CM_MAKE].how == FAKE_RETURN && !f->step[CM_MAKE].status) {
		fake_call_params(f, &mine);
		fake_check(f, "activate", condis_mcm_activate_vc(vc, &mine));
	}
	return answer(f, CM_MAKE, vc, complete_make);
}

static void cm_incoming_call_pending(struct condis_vc *vc)
{
	struct fake *f = fake_of_vc(vc);

	fake_log(f, CM_PENDING, vc, 0);
	fake_run_hook(f, CM_PENDING, vc);
}

static void delete_mine(struct fake *f, struct condis_vc *vc)
{
	if (f->vcs[fake_vc_index(f, vc)].manager)
		fake_check(f, "mcm-delete", condis_mcm_delete_vc(vc));
}

static void cm_incoming_call_complete(struct condis_vc *vc, int status, u32 cause)
{
	struct fake *f = fake_of_vc(vc);
	struct condis_call_params params;

	fake_log(f, CM_DECIDED, vc, status);
	f->cause = cause;
	fake_run_hook(f, CM_DECIDED, vc);
	if (f->step[CM_DECIDED].how == FAKE_PEND)
		return;
	if (status) {
		if (condis_vc_is_active(vc))
			fake_check(f, "deactivate", condis_mcm_deactivate_vc(vc));
		delete_mine(f, vc);
		return;
	}
	fake_call_params(f, &params);
	fake_check(f, "activate", condis_mcm_activate_vc(vc, &params));
	fake_check(f, "connect", condis_mcm_dispatch_call_connected(vc));
}

static void release_done(struct fake *f, struct condis_vc *vc)
{
	/* Its own VC it deletes at once, whatever the client does in between (C5). */
	condis_vc_hold(vc);
	fake_check(f, "close-complete", condis_mcm_close_call_complete(vc));
	delete_mine(f, vc);
	condis_vc_put(vc);
}

/* Deactivate, wait for the packets, complete, delete. */
void fake_released(struct fake *f, struct condis_vc *vc)
{
	struct cm_vc *area = condis_vc_cm(vc);
	int err = 0;

	/* R4: first the make-call, then the close. */
	if (area->making && !f->skips_made)
		fake_made(f, vc, -ECANCELED);
	if (condis_vc_is_active(vc)) {
		area->releasing = true;
		err = condis_mcm_deactivate_vc(vc);
		if (err == -EINPROGRESS)
			return;
		area->releasing = false;
		fake_check(f, "deactivate", err);
	}
	release_done(f, vc);
}

static void complete_close(struct fake *f, void *object)
{
	fake_released(f, object);
}

static int cm_close_call(struct condis_vc *vc, u32 cause)
{
	struct fake *f = fake_of_vc(vc);

	check_area(f, vc);
	fake_log(f, CM_CLOSE, vc, 0);
	f->cause = cause;
	if (f->step[CM_CLOSE].how == FAKE_RETURN) {
		if (condis_vc_is_active(vc))
			fake_check(f, "deactivate", condis_mcm_deactivate_vc(vc));
		if (f->vcs[fake_vc_index(f, vc)].manager) {
			/* The signal comes after this handler's answer was taken. */
			((struct cm_vc *)condis_vc_cm(vc))->deleting = true;
			condis_mcm_post_signal(vc);
		}
	}
	return answer(f, CM_CLOSE, vc, complete_close);
}

static void cm_deactivate_vc_complete(struct condis_vc *vc)
{
	struct fake *f = fake_of_vc(vc);
	struct cm_vc *area = condis_vc_cm(vc);

	fake_log(f, CM_INACTIVE, vc, 0);
	if (area->releasing) {
		area->releasing = false;
		release_done(f, vc);
	}
}

static void cm_signal(struct condis_vc *vc)
{
	struct fake *f = fake_of_vc(vc);
	struct cm_vc *area = condis_vc_cm(vc);

	fake_log(f, CM_SIGNAL, vc, 0);
	fake_run_hook(f, CM_SIGNAL, vc);
	if (area->deleting) {
		area->deleting = false;
		delete_mine(f, vc);
	}
}

static void cm_timer(struct condis_vc *vc)
{
	struct fake *f = fake_of_vc(vc);

	fake_log(f, CM_TIMER, vc, 0);
	fake_run_hook(f, CM_TIMER, vc);
}

static void complete_oid(struct fake *f, void *object)
{
	fake_check(f, "oid-complete",
		   condis_mcm_oid_request_complete(f->request_af, object,
						   f->step[CM_OID].status));
}

static int cm_oid_request(struct condis_af *af, struct condis_vc *vc,
			  struct condis_oid_request *req)
{
	struct fake *f = fake_of_af(af);

	fake_log(f, CM_OID, vc, 0);
	f->request = req;
	f->request_af = af;
	return answer(f, CM_OID, req, complete_oid);
}

const struct condis_cm_ops fake_cm_ops = {
	.af_priv = 16,
	.sap_priv = 16,
	.vc_priv = sizeof(struct cm_vc),
	.open_af = cm_open_af,
	.close_af = cm_close_af,
	.notify_close_af_complete = cm_notify_close_af_complete,
	.register_sap = cm_register_sap,
	.deregister_sap = cm_deregister_sap,
	.create_vc = cm_create_vc,
	.delete_vc = cm_delete_vc,
	.make_call = cm_make_call,
	.incoming_call_pending = cm_incoming_call_pending,
	.incoming_call_complete = cm_incoming_call_complete,
	.close_call = cm_close_call,
	.deactivate_vc_complete = cm_deactivate_vc_complete,
	.signal = cm_signal,
	.timer = cm_timer,
	.oid_request = cm_oid_request,
};

/* A VC of the call manager's, or NULL. */
struct condis_vc *fake_mcm_create(struct fake *f)
{
	struct condis_vc *vc = condis_mcm_create_vc(f->af);
	struct cm_vc *area;

	if (IS_ERR(vc)) {
		fake_check(f, "mcm-create", PTR_ERR(vc));
		return NULL;
	}
	area = condis_vc_cm(vc);
	area->magic = CM_MAGIC;
	return vc;
}

/* A VC of the call manager's with an offer on it, or NULL. */
struct condis_vc *fake_offer(struct fake *f)
{
	struct condis_vc *vc = fake_mcm_create(f);
	struct condis_call_params params;
	int err;

	if (!vc)
		return NULL;
	fake_call_params(f, &params);
	err = condis_mcm_dispatch_incoming_call(f->sap, vc, &params);
	if (err == -EINPROGRESS)
		return vc;
	fake_check(f, "offer", err);
	fake_check(f, "mcm-delete", condis_mcm_delete_vc(vc));
	return NULL;
}

/* A connected call of the call manager's making, and an empty log. */
struct condis_vc *fake_incoming(struct fake *f)
{
	struct condis_vc *vc = fake_offer(f);
	char word[24] = "cl.connected";
	int index;

	KUNIT_ASSERT_NOT_NULL(f->test, vc);
	index = fake_vc_index(f, vc);
	if (index)
		snprintf(word, sizeof(word), "cl.connected:%d", index);
	fake_wait(f, word);
	fake_clear(f);
	return vc;
}

static int mp_initialize(struct condis_adapter *adapter)
{
	struct fake *f = fake_of(adapter);
	int err;

	fake_log(f, MP_INIT, NULL, 0);
	fake_run_hook(f, MP_INIT, adapter);
	if (f->step[MP_INIT].status || f->standalone)
		return f->step[MP_INIT].status;
	err = condis_mcm_register_address_family(adapter, CONDIS_AF_TAPI_PROXY, &fake_cm_ops);
	fake_check(f, "register-af", err);
	return err;
}

static void mp_halt(struct condis_adapter *adapter, bool surprise)
{
	struct fake *f = fake_of(adapter);

	fake_log(f, MP_HALT, NULL, surprise);
	fake_run_hook(f, MP_HALT, adapter);
	fake_return_sends(f);
}

static void complete_pause(struct fake *f, void *object)
{
	condis_m_pause_complete(object);
}

static int mp_pause(struct condis_adapter *adapter)
{
	struct fake *f = fake_of(adapter);

	fake_log(f, MP_PAUSE, NULL, 0);
	if (f->step[MP_PAUSE].how != FAKE_PEND)
		fake_return_sends(f);
	return answer(f, MP_PAUSE, adapter, complete_pause);
}

static int mp_restart(struct condis_adapter *adapter)
{
	struct fake *f = fake_of(adapter);

	fake_log(f, MP_RESTART, NULL, 0);
	return f->step[MP_RESTART].status;
}

static void complete_reset(struct fake *f, void *object)
{
	condis_m_reset_complete(object, f->step[MP_RESET].status);
}

static int mp_reset(struct condis_adapter *adapter)
{
	struct fake *f = fake_of(adapter);

	fake_log(f, MP_RESET, NULL, 0);
	fake_return_sends(f);
	return answer(f, MP_RESET, adapter, complete_reset);
}

static void mp_reconfigure(struct condis_adapter *adapter)
{
	fake_log(fake_of(adapter), MP_RECONFIGURE, NULL, 0);
}

static void mp_surprise_removal(struct condis_adapter *adapter)
{
	fake_log(fake_of(adapter), MP_REMOVAL, NULL, 0);
}

static void mp_send(struct condis_vc *vc, struct sk_buff *skb)
{
	struct fake *f = fake_of_vc(vc);
	unsigned long flags;
	bool kept = false;

	fake_log(f, MP_SEND, vc, 0);
	spin_lock_irqsave(&f->lock, flags);
	if (f->holds && f->nr_sends < FAKE_SENDS) {
		f->sends[f->nr_sends].vc = vc;
		f->sends[f->nr_sends].skb = skb;
		f->nr_sends++;
		kept = true;
	}
	spin_unlock_irqrestore(&f->lock, flags);
	if (!kept)
		condis_m_send_complete(vc, skb, 0);
}

/* Give back the packets that the miniport has kept. */
void fake_return_sends(struct fake *f)
{
	struct condis_vc *vc;
	struct sk_buff *skb;
	unsigned long flags;

	for (;;) {
		spin_lock_irqsave(&f->lock, flags);
		if (!f->nr_sends) {
			spin_unlock_irqrestore(&f->lock, flags);
			return;
		}
		f->nr_sends--;
		vc = f->sends[f->nr_sends].vc;
		skb = f->sends[f->nr_sends].skb;
		spin_unlock_irqrestore(&f->lock, flags);
		condis_m_send_complete(vc, skb, -ECANCELED);
	}
}

int fake_receive(struct fake *f, struct condis_vc *vc)
{
	return condis_m_indicate_receive(vc, fake_skb(f, 100));
}

const struct condis_miniport_ops fake_miniport_ops = {
	.initialize = mp_initialize,
	.halt = mp_halt,
	.pause = mp_pause,
	.restart = mp_restart,
	.reset = mp_reset,
	.reconfigure = mp_reconfigure,
	.surprise_removal = mp_surprise_removal,
	.send = mp_send,
};

/* The stand-alone call manager's protocol. */

static bool is_fake(struct condis_adapter *adapter)
{
	return adapter->ops == &fake_miniport_ops;
}

static int manager_bind(struct condis_binding *binding)
{
	struct condis_adapter *adapter = condis_binding_adapter(binding);
	struct fake *f;
	int err;

	if (!is_fake(adapter))
		return -ENODEV;
	f = fake_of(adapter);
	fake_log(f, CM_BIND, NULL, 0);
	err = condis_cm_register_address_family(binding, CONDIS_AF_TAPI, &fake_cm_ops);
	fake_check(f, "register-af", err);
	if (!err)
		f->cm_binding = binding;
	return err;
}

/* It asks its client to close, and leaves when that is done. */
static void manager_unbind(struct condis_binding *binding)
{
	struct fake *f = fake_of(condis_binding_adapter(binding));

	fake_log(f, CM_UNBIND, NULL, 0);
	if (f->step[CM_UNBIND].how == FAKE_PEND)
		return;
	if (f->af)
		fake_check(f, "notify", condis_mcm_notify_close_address_family(f->af));
	fake_check(f, "close-adapter", condis_close_adapter(binding));
}

static void manager_unbound(struct condis_binding *binding)
{
	struct fake *f = fake_of(condis_binding_adapter(binding));

	f->cm_binding = NULL;
	fake_log(f, CM_UNBOUND, NULL, 0);
}

void fake_init_manager(struct condis_protocol *protocol)
{
	protocol->name = "fake_manager";
	protocol->owner = THIS_MODULE;
	protocol->bind_adapter = manager_bind;
	protocol->unbind_adapter = manager_unbind;
	protocol->close_adapter_complete = manager_unbound;
}
