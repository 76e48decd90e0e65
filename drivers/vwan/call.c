// SPDX-License-Identifier: GPL-2.0
/*
 * The call manager's handlers: the user's side of each call.
 *
 * The core runs the handlers of one VC one at a time, so a leg has one master
 * at any moment.  What a handler does to the call goes through leg_event() and
 * the table of q931.c; what a call still owes to the core is paid in
 * leg_settle(), when the network has released it.
 *
 * A remote hang-up is answered with RELEASE at once and does not wait for the
 * client: when the client closes, nothing may be left to do (R8, rule 8).
 */
#include <linux/jiffies.h>
#include <linux/string.h>

#include "network.h"
#include "vwan.h"

/* leg.cause: the cause, where it came from, and that there is one. */
#define DIAGNOSIS_CAUSE		0x7f
#define DIAGNOSIS_LOCATION(x)	((x) << 8)
#define DIAGNOSIS_REMOTE	BIT(16)
#define DIAGNOSIS_SET		BIT(31)

/* Q.850 locations. */
#define LOCATION_USER		0
#define LOCATION_PUBLIC_NETWORK	2

/**
 * vwan_leg_of() - the leg of a VC
 * @vc: a VC of ours
 *
 * Context: any, with a reference on the VC
 * Return: the leg
 */
struct vwan_leg *vwan_leg_of(const struct condis_vc *vc)
{
	return condis_vc_cm(vc);
}

/* Keep why the call was cleared: the first reason counts.  Read by the OID at any time. */
static void leg_diagnose(struct vwan_leg *leg, u32 cause, bool remote)
{
	if (leg->cause & DIAGNOSIS_SET)
		return;
	WRITE_ONCE(leg->cause, DIAGNOSIS_SET | (cause & DIAGNOSIS_CAUSE) |
		   (remote ? DIAGNOSIS_REMOTE | DIAGNOSIS_LOCATION(LOCATION_PUBLIC_NETWORK) :
			     DIAGNOSIS_LOCATION(LOCATION_USER)));
}

/**
 * vwan_leg_diagnosis() - why a call was cleared
 * @leg: the call
 * @remote: out: the far end or the network did it
 * @location: out: Q.850 location
 *
 * Context: any, with a reference on the VC
 * Return: the Q.850 cause, Q850_NONE while the call is up
 */
u32 vwan_leg_diagnosis(const struct vwan_leg *leg, bool *remote, u32 *location)
{
	u32 cause = READ_ONCE(leg->cause);

	*remote = cause & DIAGNOSIS_REMOTE;
	*location = (cause >> 8) & 0x0f;
	return cause & DIAGNOSIS_SET ? cause & DIAGNOSIS_CAUSE : Q850_NONE;
}

static void leg_init(struct vwan_leg *leg, struct condis_vc *vc, bool incoming)
{
	memset(leg, 0, sizeof(*leg));
	leg->vc = vc;
	leg->adapter = vwan_adapter_of(condis_vc_adapter(vc));
	leg->incoming = incoming;
	leg->state = Q931_U0;
	INIT_LIST_HEAD(&leg->node);
	vwan_bearer_init(leg);
}

/**
 * vwan_leg_drop() - take a call out of everything it takes part in
 * @leg: the call; idempotent. The VC may be gone on return, unless the caller holds it
 *
 * Context: the leg's, or halt after the last handler
 */
void vwan_leg_drop(struct vwan_leg *leg)
{
	struct condis_vc *vc = leg->vc;
	struct condis_sap *sap;
	bool attached;

	/* First the list: after it the exchange connects the leg to no call any more. */
	attached = vwan_adapter_detach(leg);
	vwan_wan_drop(leg);
	vwan_digits_close(leg);
	leg->adapter->network->drop(leg, Q850_DESTINATION_OUT_OF_ORDER);
	vwan_bearer_close(leg);
	vwan_line_release(leg);
	/* A halt may meet whoever is just making the leg. */
	sap = xchg(&leg->sap, NULL);
	if (sap)
		condis_sap_put(sap);
	if (attached)
		condis_vc_put(vc);
}

/* Drop and delete a VC of our own making. */
static void leg_delete(struct vwan_leg *leg)
{
	struct condis_vc *vc = leg->vc;

	condis_vc_hold(vc);
	condis_mcm_cancel_timer(vc);
	condis_delay_point("wan.leg.delete", condis_vc_id(vc));
	vwan_leg_drop(leg);
	/*
	 * Refused only where the core has cut us off meanwhile and deletes by
	 * itself; while packets are on their way home it remembers (C5).
	 */
	condis_mcm_delete_vc(vc);
	condis_vc_put(vc);
}

/* The call parameters as the network grants them. */
static void leg_grant(struct vwan_leg *leg, struct condis_call_params *params)
{
	struct vwan_adapter *adapter = leg->adapter;

	params->tx_rate = vwan_byte_rate(vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_RATE));
	params->rx_rate = params->tx_rate;
	params->max_sdu = vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_SDU);
	params->send_window = vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_WINDOW);
	WRITE_ONCE(leg->window, params->send_window);
}

static unsigned long leg_timeout(struct vwan_leg *leg, enum q931_timer timer)
{
	static const u8 knobs[Q931_NR_TIMERS] = {
		[Q931_T301] = CONDIS_VWAN_A_ADAPTER_T301,
		[Q931_T303] = CONDIS_VWAN_A_ADAPTER_T303,
		[Q931_T305] = CONDIS_VWAN_A_ADAPTER_T305,
		[Q931_T308] = CONDIS_VWAN_A_ADAPTER_T308,
		[Q931_T310] = CONDIS_VWAN_A_ADAPTER_T310,
		[Q931_T313] = CONDIS_VWAN_A_ADAPTER_T313,
	};

	/* One more: the current jiffy has begun already, and a timer is never early. */
	return jiffies + msecs_to_jiffies(vwan_knob(leg->adapter, knobs[timer])) + 1;
}

/* The timer of the state, after an event. */
static void leg_restart_timer(struct vwan_leg *leg, u8 before, unsigned int event)
{
	enum q931_timer timer = q931_user_timer(leg->state);

	if (leg->state != before)
		leg->repeated = false;
	else if (event == Q931_EV_TIMEOUT)
		leg->repeated = true;
	else
		return;

	leg->timed = timer != Q931_T_NONE;
	if (leg->timed)
		leg->deadline = leg_timeout(leg, timer);
}

/* Arm the VC's timer for whatever comes first: ours, the network's or a digit's. */
static void leg_arm(struct vwan_leg *leg)
{
	bool timed = leg->timed;
	unsigned long expires = leg->deadline;

	if (!leg->attached)
		return;
	if (leg->net_timed && (!timed || time_before(leg->net_deadline, expires))) {
		timed = true;
		expires = leg->net_deadline;
	}
	if (leg->digit_timed && (!timed || time_before(leg->digit_deadline, expires))) {
		timed = true;
		expires = leg->digit_deadline;
	}
	if (timed)
		condis_mcm_arm_timer(leg->vc, expires);
	else
		condis_mcm_cancel_timer(leg->vc);
}

static void leg_event(struct vwan_leg *leg, unsigned int event, u32 cause);

static void leg_offer(struct vwan_leg *leg)
{
	struct condis_sap *sap = xchg(&leg->sap, NULL);
	int err;

	if (!sap)
		return;
	leg->offered = true;
	condis_delay_point("wan.leg.offer", condis_vc_id(leg->vc));
	err = condis_mcm_dispatch_incoming_call(sap, leg->vc, condis_vc_params(leg->vc));
	condis_sap_put(sap);
	if (err != -EINPROGRESS) {
		/* The SAP or its family is going: nobody is there to take the call. */
		leg->owes |= VWAN_OWES_DELETE;
		leg_event(leg, Q931_EV_REJECT, Q850_NO_USER_RESPONDING);
	}
}

static void leg_connect(struct vwan_leg *leg)
{
	struct condis_call_params granted = {};
	int err;

	leg_grant(leg, &granted);
	err = condis_mcm_activate_vc(leg->vc, &granted);
	if (err) {
		leg_diagnose(leg, Q850_RESOURCE_UNAVAILABLE, true);
		leg_event(leg, Q931_EV_CLEAR, Q850_RESOURCE_UNAVAILABLE);
		/* R9: instead of the connection.  A make-call fails when the call is released. */
		if (leg->incoming)
			condis_mcm_dispatch_incoming_close_call(leg->vc,
								Q850_RESOURCE_UNAVAILABLE);
		return;
	}

	vwan_bearer_open(leg);
	vwan_digits_open(leg);
	condis_delay_point("wan.leg.connect", condis_vc_id(leg->vc));
	if (leg->incoming) {
		condis_mcm_dispatch_call_connected(leg->vc);
	} else {
		leg->owes &= ~VWAN_OWES_MAKE;
		condis_mcm_make_call_complete(leg->vc, 0, Q850_NONE);
	}
	/* Packets leave after the client knows that the call is up. */
	leg->adapter->network->through(leg);
}

static void leg_hangup(struct vwan_leg *leg, u32 cause)
{
	/* The client's sends must be home before it can close (condis.md 2.10, 1). */
	vwan_bearer_close(leg);
	vwan_digits_close(leg);

	/* R1: swallowed.  A make-call fails when the call is released. */
	if (leg->owes)
		return;
	if (leg->offered || !leg->incoming)
		condis_mcm_dispatch_incoming_close_call(leg->vc, cause);
}

/* The call is released: pay what is owed, in the order of R4. */
static void leg_settle(struct vwan_leg *leg)
{
	bool remote;
	u32 location, cause = vwan_leg_diagnosis(leg, &remote, &location);
	int err;

	if (leg->owes & (VWAN_OWES_DEACTIVATE | VWAN_OWES_PACKETS))
		return;

	if (leg->owes & VWAN_OWES_MAKE) {
		leg->owes &= ~VWAN_OWES_MAKE;
		err = leg->owes & VWAN_OWES_CLOSE ? -ECANCELED : q850_to_errno(cause);
		condis_mcm_make_call_complete(leg->vc, err, cause);
	}

	if (leg->owes & (VWAN_OWES_CLOSE | VWAN_OWES_DELETE)) {
		/* Sends are home but for those in the pump's hands, or being handed to us. */
		vwan_bearer_close(leg);
		if (vwan_bearer_await(leg)) {
			leg->owes |= VWAN_OWES_PACKETS;
			return;
		}
		if (condis_vc_is_active(leg->vc) &&
		    condis_mcm_deactivate_vc(leg->vc) == -EINPROGRESS) {
			leg->owes |= VWAN_OWES_DEACTIVATE;
			return;
		}
	}

	if (leg->owes & VWAN_OWES_CLOSE) {
		leg->owes &= ~VWAN_OWES_CLOSE;
		condis_delay_point("wan.leg.released", condis_vc_id(leg->vc));
		condis_mcm_close_call_complete(leg->vc);
		if (leg->incoming)
			leg_delete(leg);
	} else if (leg->owes & VWAN_OWES_DELETE) {
		leg->owes &= ~VWAN_OWES_DELETE;
		leg_delete(leg);
	} else if (leg->incoming && !leg->offered) {
		/* Its SETUP never arrived, so nobody knows it and nobody closes it. */
		leg_delete(leg);
	}
}

/*
 * Whatever happens to a call happens here: look up the cell, change the state,
 * send, act.  Actions come after the state, so what they cause meets it.
 */
static void leg_event(struct vwan_leg *leg, unsigned int event, u32 cause)
{
	const struct q931_cell *cell = q931_user(leg->state, event);
	u8 before = leg->state;

	if (cell->cause)
		cause = cell->cause;
	leg->state = cell->next;
	leg_restart_timer(leg, before, event);
	if (leg->state != before)
		condis_trace_message(leg->vc, CONDIS_PARTY_MINIPORT, CONDIS_PARTY_MINIPORT,
				     q931_user_state_name(leg->state), event);

	if (cell->todo & Q931_DO_HANGUP)
		leg_diagnose(leg, cause, true);
	else if (event == Q931_EV_CLEAR || event == Q931_EV_REJECT)
		leg_diagnose(leg, cause, false);

	if (cell->send != Q931_NONE) {
		condis_trace_message(leg->vc, CONDIS_PARTY_MINIPORT, CONDIS_PARTY_NETWORK,
				     q931_message_name(cell->send),
				     q931_detail(cell->send, cause));
		leg->adapter->network->transmit(leg, cell->send, cause);
	}
	/* The channel is free for the next call before anybody hears of the end of this. */
	if (leg->state == Q931_RELEASED)
		vwan_line_release(leg);

	if (cell->todo & Q931_DO_OFFER)
		leg_offer(leg);
	if (cell->todo & Q931_DO_PROCEEDING)
		condis_mcm_call_progress(leg->vc, false);
	if (cell->todo & Q931_DO_ALERTING)
		condis_mcm_call_progress(leg->vc, true);
	if (cell->todo & Q931_DO_CONNECT)
		leg_connect(leg);
	if (cell->todo & Q931_DO_DIGIT)
		vwan_digits_arrive(leg, cause);
	if (cell->todo & Q931_DO_HANGUP)
		leg_hangup(leg, cause);

	if (leg->state == Q931_RELEASED && leg->attached)
		leg_settle(leg);
}

/**
 * vwan_leg_receive() - a message from the network
 * @leg: for which call; its VC may be deleted on return
 * @message: the message
 * @cause: Q.850 cause, for those that carry one; of INFORMATION the code of the digit
 *
 * Context: the leg's, from the network's run()
 */
void vwan_leg_receive(struct vwan_leg *leg, enum q931_message message, u32 cause)
{
	leg_event(leg, message, cause);
}

/**
 * vwan_leg_send_digit() - a digit of the user's
 * @leg: of which call; nothing happens if it is not connected any more
 * @code: its code
 *
 * Context: the leg's
 */
void vwan_leg_send_digit(struct vwan_leg *leg, u32 code)
{
	leg_event(leg, Q931_EV_DIGIT, code);
}

/* What is due: the network first, so that an answer that is there wins over a timer. */
static void leg_run(struct vwan_leg *leg)
{
	bool timed = false;
	unsigned long next = 0;

	if (!leg->attached)
		return;
	if (leg->call)
		timed = leg->adapter->network->run(leg, &next);
	if (!leg->attached)
		return;
	leg->net_timed = timed;
	leg->net_deadline = next;

	if (leg->timed && time_after_eq(jiffies, leg->deadline)) {
		bool remote;
		u32 location;

		leg->timed = false;
		/* A RELEASE at T305 has the cause of the DISCONNECT before it. */
		leg_event(leg, leg->repeated ? Q931_EV_TIMEOUT_AGAIN : Q931_EV_TIMEOUT,
			  vwan_leg_diagnosis(leg, &remote, &location) ?:
			  Q850_RECOVERY_ON_TIMER_EXPIRY);
	}
	if (leg->attached)
		vwan_digits_run(leg);
	leg_arm(leg);
}

/**
 * vwan_leg_make_incoming() - bring an incoming call to a client
 * @sap: who listens; the reference is taken over, also on failure
 * @address: which address is called
 * @params: the call, as the caller asked for it; gets line and address
 *
 * Makes the VC and occupies the line.  The call is offered when the network
 * delivers its SETUP.
 *
 * Context: process, no lock held
 * Return: the leg, with a reference on its VC for the caller, or NULL: the client or the line
 * cannot take it
 */
struct vwan_leg *vwan_leg_make_incoming(struct condis_sap *sap,
					const struct vwan_address *address,
					struct condis_call_params *params)
{
	/* The caller is on another adapter: the halt of this one does not wait for us. */
	struct condis_vc *vc = condis_mcm_create_vc_held(condis_sap_af(sap));
	struct vwan_leg *leg;

	if (IS_ERR_OR_NULL(vc)) {
		condis_sap_put(sap);
		return NULL;
	}

	leg = vwan_leg_of(vc);
	leg_init(leg, vc, true);
	leg->sap = sap;
	params->line = address->line;
	params->address = address->address;
	if (vwan_adapter_attach(leg->adapter, leg) || vwan_line_take(leg, address->line) ||
	    condis_mcm_prepare_incoming_call(vc, params)) {
		leg_delete(leg);
		condis_vc_put(vc);
		return NULL;
	}
	return leg;
}

/* The address that an outgoing call comes from: the first of its line unless it was said. */
static const struct vwan_address *leg_address(const struct vwan_leg *leg)
{
	u32 address = condis_vc_params(leg->vc)->address;

	return vwan_table_address(leg->table, leg->line,
				  address == CONDIS_UNSPECIFIED ? 0 : address);
}

/**
 * vwan_leg_asked() - what an outgoing call was asked for, as the called end hears it
 * @leg: the call
 * @params: out; the rates are of no meaning
 *
 * Context: the leg's
 */
void vwan_leg_asked(const struct vwan_leg *leg, struct condis_call_params *params)
{
	*params = *condis_vc_params(leg->vc);
	/* One that is over has no line any more, and nobody will be rung. */
	if (!params->calling[0] && leg->table)
		strscpy(params->calling, leg_address(leg)->number, sizeof(params->calling));
}

/**
 * vwan_leg_abandon() - undo vwan_leg_make_incoming()
 * @leg: the leg; the caller's reference on its VC is dropped
 *
 * Context: process, before the network knows the leg
 */
void vwan_leg_abandon(struct vwan_leg *leg)
{
	struct condis_vc *vc = leg->vc;

	leg_delete(leg);
	condis_vc_put(vc);
}

static int call_create_vc(struct condis_vc *vc)
{
	struct vwan_leg *leg = vwan_leg_of(vc);

	leg_init(leg, vc, false);
	return vwan_adapter_attach(leg->adapter, leg);
}

static void call_delete_vc(struct condis_vc *vc)
{
	vwan_leg_drop(vwan_leg_of(vc));
}

/* A call that does not even reach the network: fails with a cause. */
static int call_refuse(struct vwan_leg *leg, u32 cause)
{
	leg->state = Q931_RELEASED;
	leg_diagnose(leg, cause, true);
	leg->owes |= VWAN_OWES_MAKE;
	leg_settle(leg);
	return -EINPROGRESS;
}

/*
 * ProtocolCmMakeCall.  -EINVAL: no such line or address; -ENOMEM.  Everything
 * else that is wrong is the cause of a make-call that fails.
 */
static int call_make_call(struct condis_vc *vc, const struct condis_call_params *params)
{
	struct vwan_leg *leg = vwan_leg_of(vc);
	struct vwan_adapter *adapter = leg->adapter;
	u32 cause;
	int err;

	if (params->flags & CONDIS_CALL_MULTIPOINT)
		return -EOPNOTSUPP;

	cause = vwan_line_take(leg, params->line);
	if (cause == Q850_NO_ROUTE_TO_DESTINATION)
		return -EINVAL;
	if (cause == Q850_USER_BUSY)
		return call_refuse(leg, Q850_NO_CIRCUIT_AVAILABLE);
	if (cause)
		return call_refuse(leg, Q850_NETWORK_OUT_OF_ORDER);

	if (!leg_address(leg)) {
		vwan_line_release(leg);
		return -EINVAL;
	}

	if (!vwan_number_is_valid(params->called))
		cause = Q850_INVALID_NUMBER_FORMAT;
	else if (params->media_modes &&
		 !(params->media_modes & vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_MEDIA_MODES)))
		cause = Q850_BEARER_NOT_IMPLEMENTED;
	if (cause) {
		vwan_line_release(leg);
		return call_refuse(leg, cause);
	}

	err = adapter->network->start(leg);
	if (err) {
		vwan_line_release(leg);
		return err;
	}
	leg->owes |= VWAN_OWES_MAKE;
	leg_event(leg, Q931_EV_DIAL, Q850_NONE);
	leg_arm(leg);
	return -EINPROGRESS;
}

static void call_incoming_call_pending(struct condis_vc *vc)
{
	struct vwan_leg *leg = vwan_leg_of(vc);

	leg_event(leg, Q931_EV_ALERT, Q850_NONE);
	leg_arm(leg);
}

/* ProtocolCmIncomingCallComplete; also for an offer that the caller has given up (R8). */
static void call_incoming_call_complete(struct condis_vc *vc, int status, u32 cause)
{
	struct vwan_leg *leg = vwan_leg_of(vc);

	if (!status) {
		leg_event(leg, Q931_EV_ANSWER, Q850_NONE);
	} else {
		leg->owes |= VWAN_OWES_DELETE;
		leg_event(leg, Q931_EV_REJECT, cause ?: Q850_CALL_REJECTED);
	}
	leg_arm(leg);
}

/*
 * ProtocolCmCloseCall, in any state: data stops, then the network is asked to
 * release, unless it has already.  The rest follows in leg_settle().
 */
static int call_close_call(struct condis_vc *vc, u32 cause)
{
	struct vwan_leg *leg = vwan_leg_of(vc);

	vwan_bearer_close(leg);
	vwan_digits_close(leg);
	leg->owes |= VWAN_OWES_CLOSE;
	leg_event(leg, Q931_EV_CLEAR, cause ?: Q850_NORMAL_CLEARING);
	leg_arm(leg);
	return -EINPROGRESS;
}

static void call_deactivate_vc_complete(struct condis_vc *vc)
{
	struct vwan_leg *leg = vwan_leg_of(vc);

	if (!(leg->owes & VWAN_OWES_DEACTIVATE))
		return;
	leg->owes &= ~VWAN_OWES_DEACTIVATE;
	leg_settle(leg);
}

static void call_signal(struct condis_vc *vc)
{
	struct vwan_leg *leg = vwan_leg_of(vc);

	if (leg->owes & VWAN_OWES_PACKETS && !vwan_bearer_await(leg)) {
		leg->owes &= ~VWAN_OWES_PACKETS;
		if (leg->attached)
			leg_settle(leg);
	}
	leg_run(leg);
}

const struct condis_cm_ops vwan_cm_ops = {
	.af_priv = sizeof(struct vwan_af),
	.sap_priv = sizeof(struct vwan_sap),
	.vc_priv = sizeof(struct vwan_leg),
	.open_af = vwan_open_af,
	.close_af = vwan_close_af,
	.register_sap = vwan_register_sap,
	.deregister_sap = vwan_deregister_sap,
	.create_vc = call_create_vc,
	.delete_vc = call_delete_vc,
	.make_call = call_make_call,
	.incoming_call_pending = call_incoming_call_pending,
	.incoming_call_complete = call_incoming_call_complete,
	.close_call = call_close_call,
	.deactivate_vc_complete = call_deactivate_vc_complete,
	.signal = call_signal,
	.timer = call_signal,
	.oid_request = vwan_oid_request,
};
