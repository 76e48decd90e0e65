/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The call manager's side, integrated (MCM) or stand-alone (CM): NdisMCm*,
 * NdisCm*, ProtocolCm*, ProtocolCo*.
 *
 * The two kinds differ in how they register a family and in nothing else, so
 * there is one set of functions: what NDIS calls NdisMCmX and NdisCmX is
 * condis_mcm_x() here.  VCs of a stand-alone call manager carry no data: another
 * VC does for them, condis_cm_set_data_vc().
 *
 * Which pointer is valid how long:
 *
 *   AF   from open_af() until close_af() answered or was completed, and, after
 *        condis_mcm_notify_close_address_family(), until
 *        notify_close_af_complete() returned
 *   SAP  from register_sap() until deregister_sap() answered or was completed
 *   VC   of its own making: until condis_mcm_delete_vc() returned; of the
 *        client's: until its delete_vc() returned
 *   all  end with MiniportHaltEx at the latest
 */
#ifndef _CONDIS_CM_H
#define _CONDIS_CM_H

#include <condis/types.h>
#include <condis/oid.h>

/**
 * struct condis_cm_ops - the handlers of a call manager
 * @af_priv: bytes of private area with each address family
 * @sap_priv: bytes of private area with each SAP
 * @vc_priv: bytes of private area with each VC
 * @open_af: ProtocolCmOpenAf
 * @close_af: ProtocolCmCloseAf: called only when no VC and no SAP is left
 * @notify_close_af_complete: ProtocolCmNotifyCloseAfComplete; may be NULL
 * @register_sap: ProtocolCmRegisterSap: 0, -EINPROGRESS, -EINVAL (bad SAP), -EADDRINUSE, -ENOMEM
 * @deregister_sap: ProtocolCmDeregisterSap: 0 or -EINPROGRESS
 * @create_vc: ProtocolCoCreateVc, for a VC of the client's; never -EINPROGRESS
 * @delete_vc: ProtocolCoDeleteVc, for a VC of the client's; the last word on it
 * @make_call: ProtocolCmMakeCall: -EINPROGRESS, or an error
 * @incoming_call_pending: the client thinks about the offer (its handler answered
 *	-EINPROGRESS): the network may now be told ALERTING. NDIS says this by the return of
 *	DispatchIncomingCall, which never waits here. Comes before @incoming_call_complete, also
 *	if the client accepts before its handler returns. May be NULL
 * @incoming_call_complete: ProtocolCmIncomingCallComplete: 0: answer, activate,
 *	condis_mcm_dispatch_call_connected(). An error: tell the network @cause, deactivate if
 *	active, condis_mcm_delete_vc()
 * @close_call: ProtocolCmCloseCall: release, deactivate, condis_mcm_close_call_complete().
 *	Comes once for each call, in any state, also for one that was only offered or is still
 *	being made. -EINPROGRESS, or 0 if the call is already released and the VC inactive
 * @deactivate_vc_complete: ProtocolCmDeactivateVcComplete, after condis_mcm_deactivate_vc() said
 *	-EINPROGRESS; may be NULL
 * @signal: somebody called condis_mcm_post_signal() or condis_mcm_schedule_signal(); may be NULL
 * @timer: the VC's timer (condis_mcm_arm_timer()) has run out; may be NULL
 * @oid_request: ProtocolCoOidRequest: 0, -EINPROGRESS, -EMSGSIZE with req->needed, -EOPNOTSUPP
 *
 * All run in process context, without a lock of the core's, and not after MiniportHaltEx began;
 * one at a time for each object, but for @create_vc and @oid_request, which run in the asker's
 * call, the latter beside whatever else runs: the VC may have been deleted meanwhile, its area is
 * still there.
 */
struct condis_cm_ops {
	size_t af_priv;
	size_t sap_priv;
	size_t vc_priv;

	int (*open_af)(struct condis_af *af);
	int (*close_af)(struct condis_af *af);
	void (*notify_close_af_complete)(struct condis_af *af, int status);

	int (*register_sap)(struct condis_sap *sap);
	int (*deregister_sap)(struct condis_sap *sap);

	int (*create_vc)(struct condis_vc *vc);
	void (*delete_vc)(struct condis_vc *vc);

	int (*make_call)(struct condis_vc *vc, const struct condis_call_params *params);
	void (*incoming_call_pending)(struct condis_vc *vc);
	void (*incoming_call_complete)(struct condis_vc *vc, int status, u32 cause);
	int (*close_call)(struct condis_vc *vc, u32 cause);
	void (*deactivate_vc_complete)(struct condis_vc *vc);

	void (*signal)(struct condis_vc *vc);
	void (*timer)(struct condis_vc *vc);
	int (*oid_request)(struct condis_af *af, struct condis_vc *vc,
			   struct condis_oid_request *req);
};

int condis_mcm_register_address_family(struct condis_adapter *adapter,
				       enum condis_af_type type,
				       const struct condis_cm_ops *ops);
int condis_cm_register_address_family(struct condis_binding *binding,
				      enum condis_af_type type,
				      const struct condis_cm_ops *ops);

int condis_mcm_open_address_family_complete(struct condis_af *af, int status);
int condis_mcm_close_address_family_complete(struct condis_af *af);
int condis_mcm_notify_close_address_family(struct condis_af *af);

int condis_mcm_register_sap_complete(struct condis_sap *sap, int status);
int condis_mcm_deregister_sap_complete(struct condis_sap *sap);

struct condis_vc *condis_mcm_create_vc(struct condis_af *af);
struct condis_vc *condis_mcm_create_vc_held(struct condis_af *af);
int condis_mcm_delete_vc(struct condis_vc *vc);
int condis_mcm_activate_vc(struct condis_vc *vc, const struct condis_call_params *params);
int condis_mcm_deactivate_vc(struct condis_vc *vc);

int condis_mcm_make_call_complete(struct condis_vc *vc, int status, u32 cause);
int condis_mcm_call_progress(struct condis_vc *vc, bool alerting);
int condis_mcm_prepare_incoming_call(struct condis_vc *vc,
				     const struct condis_call_params *params);
int condis_mcm_dispatch_incoming_call(struct condis_sap *sap, struct condis_vc *vc,
				      const struct condis_call_params *params);
int condis_mcm_dispatch_call_connected(struct condis_vc *vc);
int condis_mcm_dispatch_incoming_close_call(struct condis_vc *vc, u32 cause);
int condis_mcm_close_call_complete(struct condis_vc *vc);

int condis_mcm_oid_request(struct condis_af *af, struct condis_oid_request *req);
int condis_mcm_oid_request_complete(struct condis_af *af, struct condis_oid_request *req,
				    int status);

struct condis_binding *condis_cm_binding(const struct condis_af *af);
bool condis_cm_is_cut_off(const struct condis_vc *vc);
void condis_cm_set_data_vc(struct condis_vc *vc, struct condis_vc *data);

void condis_mcm_post_signal(struct condis_vc *vc);
void condis_mcm_schedule_signal(struct condis_vc *vc);
void condis_mcm_arm_timer(struct condis_vc *vc, unsigned long expires);
void condis_mcm_cancel_timer(struct condis_vc *vc);
void condis_mcm_set_network_call(struct condis_vc *vc, u64 network_call);

#endif /* _CONDIS_CM_H */
