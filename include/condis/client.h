/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The client's side: protocols and their bindings, address families, SAPs,
 * calls and data (NdisCl*, NdisCo*, ProtocolCl*, ProtocolCo*).
 *
 * Which pointer is valid how long (condis.md 1.2):
 *
 *   binding  from bind_adapter() until close_adapter_complete() returned
 *   AF       from condis_cl_open_address_family() until close_af_complete()
 *            returned (or open_af_complete() with an error)
 *   SAP      from condis_cl_register_sap() until deregister_sap_complete()
 *            returned (or register_sap_complete() with an error)
 *   VC       of the client's making: until its condis_co_delete_vc() returned;
 *            of the call manager's: until the client's delete_vc() returned
 *
 * The private area of each lives exactly as long.
 */
#ifndef _CONDIS_CLIENT_H
#define _CONDIS_CLIENT_H

#include <condis/types.h>
#include <condis/oid.h>

struct module;

/**
 * struct condis_client_ops - the handlers of one opened address family
 * @af_priv: bytes of private area with each address family
 * @sap_priv: bytes of private area with each SAP
 * @vc_priv: bytes of private area with each VC
 * @open_af_complete: ProtocolClOpenAfCompleteEx; with an error the AF is gone on return
 * @close_af_complete: ProtocolClCloseAfComplete; always success, the AF is gone on return
 * @notify_close_af: ProtocolClNotifyCloseAf: close every call, SAP and then the AF. Return 0 if
 *	all that is asked for and nothing more will be said, -EINPROGRESS to call
 *	condis_cl_notify_close_address_family_complete() later; any other value is a refusal,
 *	and the core closes on the client's behalf. May come before @open_af_complete
 * @register_sap_complete: ProtocolClRegisterSapComplete
 * @deregister_sap_complete: ProtocolClDeregisterSapComplete
 * @create_vc: ProtocolCoCreateVc, for a VC of the call manager's; 0 or an error that refuses it,
 *	never -EINPROGRESS. Runs inside condis_mcm_create_vc() or condis_mcm_create_vc_held(),
 *	beside whatever else runs: also while the client is closing the family
 * @delete_vc: ProtocolCoDeleteVc, for a VC of the call manager's; the last word on it
 * @make_call_complete: ProtocolClMakeCallComplete. 0: connected. An error: there is no call; delete
 *	the VC, do not close. @cause is the Q.850 cause of a failure
 * @call_progress: the network's progress on an outgoing call: PROCEEDING (@alerting false),
 *	ALERTING
 * @incoming_call: ProtocolClIncomingCall: 0 accepts, -EINPROGRESS decides by
 *	condis_cl_incoming_call_complete(), later or before it returns, an error rejects as
 *	Q850_CALL_REJECTED; only the completion can give another cause
 * @call_connected: ProtocolClCallConnected
 * @incoming_close_call: ProtocolClIncomingCloseCall: the far end or the network cleared; answer
 *	with condis_cl_close_call(), now or soon
 * @close_call_complete: ProtocolClCloseCallComplete: the call is over and the VC inactive. The
 *	creator of the VC now deletes it
 * @receive: ProtocolCoReceiveNetBufferLists: the packet is the client's. May be called in atomic
 *	context, inside the condis_co_send() of whoever sent it, and before @make_call_complete or
 *	@call_connected were
 * @send_complete: ProtocolCoSendNetBufferListsComplete: a packet has come back with 0 or an
 *	error; it is the client's again and must be freed. It may be NULL with 0: the miniport had
 *	a use for it. Atomic context. No handler: the core frees
 * @status: ProtocolCoStatusEx for one VC. Atomic context, but DIGIT comes in process context, under
 *	rcu_read_lock()
 * @oid_request: ProtocolCoOidRequest from the call manager (OID_CO_SIGNALING_*); may be NULL
 *
 * All but @receive, @send_complete and @status run in process context, without a lock of the
 * core's; one at a time for each object, but for @create_vc and @oid_request, which run in the
 * call manager's call.
 */
struct condis_client_ops {
	size_t af_priv;
	size_t sap_priv;
	size_t vc_priv;

	void (*open_af_complete)(struct condis_af *af, int status);
	void (*close_af_complete)(struct condis_af *af);
	int (*notify_close_af)(struct condis_af *af);

	void (*register_sap_complete)(struct condis_sap *sap, int status);
	void (*deregister_sap_complete)(struct condis_sap *sap);

	int (*create_vc)(struct condis_vc *vc);
	void (*delete_vc)(struct condis_vc *vc);

	void (*make_call_complete)(struct condis_vc *vc, int status, u32 cause);
	void (*call_progress)(struct condis_vc *vc, bool alerting);
	int (*incoming_call)(struct condis_vc *vc, struct condis_sap *sap,
			     const struct condis_call_params *params);
	void (*call_connected)(struct condis_vc *vc);
	void (*incoming_close_call)(struct condis_vc *vc, u32 cause);
	void (*close_call_complete)(struct condis_vc *vc);

	void (*receive)(struct condis_vc *vc, struct sk_buff *skb);
	void (*send_complete)(struct condis_vc *vc, struct sk_buff *skb, int status);
	void (*status)(struct condis_vc *vc, const struct condis_status *status);
	int (*oid_request)(struct condis_af *af, struct condis_oid_request *req);
};

/**
 * struct condis_protocol - a protocol driver: it binds to every adapter there is
 * @name: its name, for counts and traces
 * @owner: the module of the handlers
 * @binding_priv: bytes of private area with each binding
 * @bind_adapter: ProtocolBindAdapterEx: 0 to bind, an error to leave the adapter alone
 * @unbind_adapter: ProtocolUnbindAdapterEx: close every address family and then call
 *	condis_close_adapter(); cannot fail and waits for none of them
 * @close_adapter_complete: the binding is gone on return (NdisCompleteUnbindAdapterEx is implied)
 * @af_register_notify: ProtocolCoAfRegisterNotify: a call manager serves this family here; called
 *	again when the line table was reconfigured and the family may be opened anew
 * @status: ProtocolCoStatusEx for the adapter (no VC): RESET_START, RESET_END, LINE_STATE
 * @pause: NetEventPause: data stops, calls stay; may be NULL
 * @restart: NetEventRestart: data may go on; may be NULL
 *
 * All run in process context. All but @status and @close_adapter_complete are serialised by the
 * adapter's control lock, which they must not wait for: they may call the functions below, but
 * never register, unregister, pause, restart or reset adapters, nor register or unregister
 * protocols.
 */
struct condis_protocol {
	const char *name;
	struct module *owner;
	size_t binding_priv;

	int (*bind_adapter)(struct condis_binding *binding);
	void (*unbind_adapter)(struct condis_binding *binding);
	void (*close_adapter_complete)(struct condis_binding *binding);
	void (*af_register_notify)(struct condis_binding *binding, enum condis_af_type type);
	void (*status)(struct condis_binding *binding, const struct condis_status *status);
	void (*pause)(struct condis_binding *binding);
	void (*restart)(struct condis_binding *binding);

	/* private: the core's */
	struct list_head node;
	atomic_t bindings;
};

int condis_register_protocol(struct condis_protocol *protocol);
void condis_unregister_protocol(struct condis_protocol *protocol);

void condis_binding_hold(struct condis_binding *binding);
void condis_binding_put(struct condis_binding *binding);
void *condis_binding_priv(const struct condis_binding *binding);
struct condis_adapter *condis_binding_adapter(const struct condis_binding *binding);
int condis_close_adapter(struct condis_binding *binding);

struct condis_af *condis_cl_open_address_family(struct condis_binding *binding,
						enum condis_af_type type,
						const struct condis_client_ops *ops,
						void *context);
int condis_cl_close_address_family(struct condis_af *af);
int condis_cl_notify_close_address_family_complete(struct condis_af *af, int status);

struct condis_sap *condis_cl_register_sap(struct condis_af *af,
					  const struct condis_sap_params *params,
					  void *context);
int condis_cl_deregister_sap(struct condis_sap *sap);

struct condis_vc *condis_co_create_vc(struct condis_af *af, void *context);
int condis_co_delete_vc(struct condis_vc *vc);

int condis_cl_make_call(struct condis_vc *vc, const struct condis_call_params *params);
int condis_cl_incoming_call_complete(struct condis_vc *vc, int status, u32 cause);
int condis_cl_close_call(struct condis_vc *vc, u32 cause);

int condis_co_send(struct condis_vc *vc, struct sk_buff *skb);
void condis_co_cancel_sends(struct condis_vc *vc);
unsigned int condis_co_send_room(const struct condis_vc *vc);

int condis_co_oid_request(struct condis_af *af, struct condis_vc *vc,
			  struct condis_oid_request *req);
int condis_co_call_oid_request(struct condis_vc *vc, struct condis_oid_request *req);

#endif /* _CONDIS_CLIENT_H */
