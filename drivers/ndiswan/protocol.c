// SPDX-License-Identifier: GPL-2.0
/*
 * The protocol "ndiswan": bindings, and the family of each.
 *
 * Nothing may be asked of a family after its close: whoever asks has a use of it,
 * and the last use closes it.
 */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/ndproxy.h>

#include "ndiswan.h"

static struct ndiswan_wan *af_wan(const struct condis_af *af)
{
	return condis_af_context(af);
}

/**
 * ndiswan_wan_use() - something is going to be asked of the family
 * @wan: the binding
 *
 * Return: true: ndiswan_wan_unuse() must follow; false: it is not open, or closes
 *
 * Context: process context, no lock held
 */
bool ndiswan_wan_use(struct ndiswan_wan *wan)
{
	bool usable;

	spin_lock_bh(&wan->lock);
	usable = wan->af && !wan->closing;
	if (usable)
		wan->uses++;
	spin_unlock_bh(&wan->lock);
	return usable;
}

/**
 * ndiswan_wan_unuse() - it was asked; the last one closes the family, if that is wanted
 * @wan: the binding
 *
 * Context: process context, no lock held
 */
void ndiswan_wan_unuse(struct ndiswan_wan *wan)
{
	struct condis_af *af = NULL;

	spin_lock_bh(&wan->lock);
	if (!--wan->uses && wan->closing) {
		/* Forced at a deadline it may be gone as soon as the lock is. */
		af = wan->af;
		condis_af_hold(af);
	}
	spin_unlock_bh(&wan->lock);
	if (!af)
		return;
	condis_cl_close_address_family(af);
	condis_af_put(af);
}

/* First what brings new calls, then the calls, then the family; nothing is waited for. */
static void wan_close(struct ndiswan_wan *wan)
{
	struct condis_sap *sap;
	bool used;

	spin_lock_bh(&wan->lock);
	used = wan->af && !wan->closing;
	if (used)
		wan->uses++;
	/* One that is being opened is closed by open_af_complete(). */
	if (wan->af || wan->opening)
		wan->closing = true;
	sap = used ? wan->sap : NULL;
	if (sap)
		condis_sap_hold(sap);
	wan->sap = NULL;
	spin_unlock_bh(&wan->lock);
	condis_delay_point("ndiswan.closing", 0);
	if (!used)
		return;

	if (sap) {
		condis_cl_deregister_sap(sap);
		condis_sap_put(sap);
	}
	ndiswan_calls_close(wan);
	ndiswan_wan_unuse(wan);
}

/* ProtocolClOpenAfCompleteEx. */
static void wan_open_af_complete(struct condis_af *af, int status)
{
	const struct condis_sap_params params = {
		.line = CONDIS_UNSPECIFIED,
		.address = CONDIS_UNSPECIFIED,
		.media_modes = LINEMEDIAMODE_DIGITALDATA,
		.device_class = CONDIS_DEVICE_CLASS_NDIS,
	};
	struct ndiswan_wan *wan = af_wan(af);
	bool closing, notified = false;

	spin_lock_bh(&wan->lock);
	wan->opening = false;
	closing = wan->closing;
	if (!status) {
		wan->af = af;
		/* Ours, until register_sap_complete(). */
		wan->uses++;
	} else {
		/* There is no family, and so no close that could answer this. */
		wan->closing = false;
		notified = wan->notified;
		wan->notified = false;
	}
	spin_unlock_bh(&wan->lock);

	if (notified)
		condis_cl_notify_close_address_family_complete(af, 0);
	if (status)
		return;
	if (closing || IS_ERR(condis_cl_register_sap(af, &params, NULL)))
		ndiswan_wan_unuse(wan);
}

/* ProtocolClRegisterSapComplete: without it the family stays open and brings nothing. */
static void wan_register_sap_complete(struct condis_sap *sap, int status)
{
	struct ndiswan_wan *wan = af_wan(condis_sap_af(sap));
	bool closing;

	if (status)
		pr_notice("ndiswan: %s: cannot listen: error %d\n",
			  condis_adapter_name(condis_binding_adapter(wan->binding)), status);
	spin_lock_bh(&wan->lock);
	closing = wan->closing;
	if (!closing && !status)
		wan->sap = sap;
	spin_unlock_bh(&wan->lock);
	if (closing && !status)
		condis_cl_deregister_sap(sap);
	ndiswan_wan_unuse(wan);
}

static void wan_deregister_sap_complete(struct condis_sap *sap)
{
}

/* ProtocolClNotifyCloseAf: our word comes when the family is closed. */
static int wan_notify_close_af(struct condis_af *af)
{
	struct ndiswan_wan *wan = af_wan(af);

	spin_lock_bh(&wan->lock);
	wan->notified = true;
	spin_unlock_bh(&wan->lock);
	wan_close(wan);
	return -EINPROGRESS;
}

/* ProtocolClCloseAfComplete: also if the core has closed it for us, without a word before. */
static void wan_close_af_complete(struct condis_af *af)
{
	struct ndiswan_wan *wan = af_wan(af);
	bool notified;

	ndiswan_calls_forget(wan);
	spin_lock_bh(&wan->lock);
	wan->af = NULL;
	wan->sap = NULL;
	wan->closing = false;
	notified = wan->notified;
	wan->notified = false;
	spin_unlock_bh(&wan->lock);
	/* The one word that may be said after the close. */
	if (notified)
		condis_cl_notify_close_address_family_complete(af, 0);
}

static const struct condis_client_ops wan_ops = {
	.vc_priv = sizeof(struct ndiswan_call),
	.open_af_complete = wan_open_af_complete,
	.close_af_complete = wan_close_af_complete,
	.notify_close_af = wan_notify_close_af,
	.register_sap_complete = wan_register_sap_complete,
	.deregister_sap_complete = wan_deregister_sap_complete,
	.create_vc = ndiswan_create_vc,
	.delete_vc = ndiswan_delete_vc,
	.make_call_complete = ndiswan_make_call_complete,
	.incoming_call = ndiswan_incoming_call,
	.call_connected = ndiswan_call_connected,
	.incoming_close_call = ndiswan_incoming_close_call,
	.close_call_complete = ndiswan_close_call_complete,
};

/* ProtocolBindAdapterEx. */
static int protocol_bind_adapter(struct condis_binding *binding)
{
	struct ndiswan_wan *wan = condis_binding_priv(binding);

	wan->binding = binding;
	spin_lock_init(&wan->lock);
	INIT_LIST_HEAD(&wan->calls);
	return 0;
}

/* ProtocolCoAfRegisterNotify; also later, and again when the family was closed from below. */
static void protocol_af_register_notify(struct condis_binding *binding, enum condis_af_type type)
{
	struct ndiswan_wan *wan = condis_binding_priv(binding);
	struct condis_af *af;
	bool open;

	if (type != CONDIS_AF_TAPI)
		return;
	spin_lock_bh(&wan->lock);
	open = !wan->af && !wan->opening && !wan->leaving;
	if (open)
		wan->opening = true;
	spin_unlock_bh(&wan->lock);
	if (!open)
		return;

	/* With an error there is no completion. */
	af = condis_cl_open_address_family(binding, type, &wan_ops, wan);
	if (!IS_ERR(af))
		return;
	spin_lock_bh(&wan->lock);
	wan->opening = false;
	wan->closing = false;
	spin_unlock_bh(&wan->lock);
}

/* ProtocolUnbindAdapterEx: everything is asked for at once; the core does it in order. */
static void protocol_unbind_adapter(struct condis_binding *binding)
{
	struct ndiswan_wan *wan = condis_binding_priv(binding);

	spin_lock_bh(&wan->lock);
	wan->leaving = true;
	spin_unlock_bh(&wan->lock);
	wan_close(wan);
	condis_close_adapter(binding);
}

/* The last word, and the only one if the core had to take us off the adapter. */
static void protocol_close_adapter_complete(struct condis_binding *binding)
{
	ndiswan_calls_forget(condis_binding_priv(binding));
}

/* ProtocolCoStatusEx for the adapter: calls stay, and nothing is sent during a reset (F7). */
static void protocol_status(struct condis_binding *binding, const struct condis_status *status)
{
	struct ndiswan_wan *wan = condis_binding_priv(binding);

	if (status->code == CONDIS_STATUS_RESET_START)
		ndiswan_calls_hold(wan, &wan->resetting, true);
	else if (status->code == CONDIS_STATUS_RESET_END)
		ndiswan_calls_hold(wan, &wan->resetting, false);
}

/* NetEventPause and NetEventRestart: likewise (F13). */
static void protocol_pause(struct condis_binding *binding)
{
	struct ndiswan_wan *wan = condis_binding_priv(binding);

	ndiswan_calls_hold(wan, &wan->paused, true);
}

static void protocol_restart(struct condis_binding *binding)
{
	struct ndiswan_wan *wan = condis_binding_priv(binding);

	ndiswan_calls_hold(wan, &wan->paused, false);
}

struct condis_protocol ndiswan_protocol = {
	.name = "ndiswan",
	.owner = THIS_MODULE,
	.binding_priv = sizeof(struct ndiswan_wan),
	.bind_adapter = protocol_bind_adapter,
	.unbind_adapter = protocol_unbind_adapter,
	.close_adapter_complete = protocol_close_adapter_complete,
	.af_register_notify = protocol_af_register_notify,
	.status = protocol_status,
	.pause = protocol_pause,
	.restart = protocol_restart,
};
