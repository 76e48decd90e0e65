/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The states and events of every object, and the one function for each that
 * says what an event does.  The tables themselves are in state.c.
 */
#ifndef _CONDIS_STATE_H
#define _CONDIS_STATE_H

#include <linux/types.h>
#include <uapi/linux/condis.h>

/**
 * struct condis_transition - one cell of a table
 * @set: the cell was written; a table has no cell that was not
 * @next: the state after it
 * @error: 0, or why the event is refused and nothing changes
 * @violation: enum condis_violation: which rule who said it has broken, or none
 * @upcalls: what is to be told, a bit for each upcall, delivered lowest first
 */
struct condis_transition {
	bool set;
	u8 next;
	s16 error;
	u8 violation;
	u32 upcalls;
};

/**
 * enum condis_call_state - the call of a VC (condis.md 3.1, column CALL)
 * @CONDIS_CALL_IDLE: no call yet
 * @CONDIS_CALL_OUT_PENDING: the client has asked for one
 * @CONDIS_CALL_OUT_ABORTING: closed before it was made; the make-call is not complete (R4, R5)
 * @CONDIS_CALL_OFFERED: offered to the client, who has not decided
 * @CONDIS_CALL_ACCEPTED: accepted, not yet connected
 * @CONDIS_CALL_CONNECTED: data flows
 * @CONDIS_CALL_OFFER_CLOSED: the far end gave up an undecided offer (R8)
 * @CONDIS_CALL_REMOTE_CLOSED: the far end cleared; the client has to close
 * @CONDIS_CALL_CLOSING: closed by the client, the call manager releases it
 * @CONDIS_CALL_COMPLETING: released, the VC is still being deactivated (C5)
 * @CONDIS_CALL_CLOSED: over; the creator may delete the VC
 * @CONDIS_CALL_DELETED: deleted
 * @CONDIS_NR_CALL_STATES: how many there are
 */
enum condis_call_state {
	CONDIS_CALL_IDLE,
	CONDIS_CALL_OUT_PENDING,
	CONDIS_CALL_OUT_ABORTING,
	CONDIS_CALL_OFFERED,
	CONDIS_CALL_ACCEPTED,
	CONDIS_CALL_CONNECTED,
	CONDIS_CALL_OFFER_CLOSED,
	CONDIS_CALL_REMOTE_CLOSED,
	CONDIS_CALL_CLOSING,
	CONDIS_CALL_COMPLETING,
	CONDIS_CALL_CLOSED,
	CONDIS_CALL_DELETED,
	CONDIS_NR_CALL_STATES
};

/**
 * enum condis_call_event - what can happen to a call
 * @CONDIS_CALL_EV_MAKE: client: NdisClMakeCall
 * @CONDIS_CALL_EV_ACCEPT: client: NdisClIncomingCallComplete, success
 * @CONDIS_CALL_EV_REJECT: client: NdisClIncomingCallComplete, failure
 * @CONDIS_CALL_EV_CLOSE: client: NdisClCloseCall
 * @CONDIS_CALL_EV_MADE: call manager: MakeCallComplete, success
 * @CONDIS_CALL_EV_FAILED: call manager: MakeCallComplete, failure
 * @CONDIS_CALL_EV_PROCEEDING: call manager: the network works on it
 * @CONDIS_CALL_EV_ALERTING: call manager: the far end rings
 * @CONDIS_CALL_EV_OFFER: call manager: DispatchIncomingCall
 * @CONDIS_CALL_EV_CONNECT: call manager: DispatchCallConnected
 * @CONDIS_CALL_EV_HANGUP: call manager: DispatchIncomingCloseCall
 * @CONDIS_CALL_EV_RELEASED: call manager: CloseCallComplete, the VC is inactive
 * @CONDIS_CALL_EV_RELEASED_BUSY: call manager: CloseCallComplete, the VC is not inactive yet
 * @CONDIS_CALL_EV_INACTIVE: core: the VC has become inactive
 * @CONDIS_CALL_EV_DELETE_CLIENT: the client, its creator, deletes the VC
 * @CONDIS_CALL_EV_DELETE_CM: the call manager, its creator, deletes the VC
 * @CONDIS_CALL_EV_CM_GONE: core: the call manager will not answer any more
 * @CONDIS_CALL_EV_CLIENT_GONE: core: the client will not answer any more
 * @CONDIS_NR_CALL_EVENTS: how many there are
 */
enum condis_call_event {
	CONDIS_CALL_EV_MAKE,
	CONDIS_CALL_EV_ACCEPT,
	CONDIS_CALL_EV_REJECT,
	CONDIS_CALL_EV_CLOSE,
	CONDIS_CALL_EV_MADE,
	CONDIS_CALL_EV_FAILED,
	CONDIS_CALL_EV_PROCEEDING,
	CONDIS_CALL_EV_ALERTING,
	CONDIS_CALL_EV_OFFER,
	CONDIS_CALL_EV_CONNECT,
	CONDIS_CALL_EV_HANGUP,
	CONDIS_CALL_EV_RELEASED,
	CONDIS_CALL_EV_RELEASED_BUSY,
	CONDIS_CALL_EV_INACTIVE,
	CONDIS_CALL_EV_DELETE_CLIENT,
	CONDIS_CALL_EV_DELETE_CM,
	CONDIS_CALL_EV_CM_GONE,
	CONDIS_CALL_EV_CLIENT_GONE,
	CONDIS_NR_CALL_EVENTS
};

/**
 * enum condis_vc_upcall - what the two sides of a VC are told, in the order of one transition
 * @CONDIS_VC_CM_MAKE_CALL: ProtocolCmMakeCall
 * @CONDIS_VC_CM_INCOMING_PENDING: the client thinks about the offer
 * @CONDIS_VC_CM_INCOMING_COMPLETE: ProtocolCmIncomingCallComplete
 * @CONDIS_VC_CM_CLOSE_CALL: ProtocolCmCloseCall
 * @CONDIS_VC_CM_DEACTIVATED: ProtocolCmDeactivateVcComplete
 * @CONDIS_VC_CM_SIGNAL: the call manager's own message
 * @CONDIS_VC_CM_TIMER: the call manager's own timer
 * @CONDIS_VC_CL_PROCEEDING: progress: the network works on it
 * @CONDIS_VC_CL_ALERTING: progress: the far end rings
 * @CONDIS_VC_CL_INCOMING_CALL: ProtocolClIncomingCall
 * @CONDIS_VC_CL_MAKE_COMPLETE: ProtocolClMakeCallComplete
 * @CONDIS_VC_CL_CONNECTED: ProtocolClCallConnected
 * @CONDIS_VC_CL_INCOMING_CLOSE: ProtocolClIncomingCloseCall
 * @CONDIS_VC_CL_CLOSE_COMPLETE: ProtocolClCloseCallComplete
 * @CONDIS_VC_CM_DELETE: ProtocolCoDeleteVc in the call manager
 * @CONDIS_VC_CL_DELETE: ProtocolCoDeleteVc in the client
 */
enum condis_vc_upcall {
	CONDIS_VC_CM_MAKE_CALL,
	CONDIS_VC_CM_INCOMING_PENDING,
	CONDIS_VC_CM_INCOMING_COMPLETE,
	CONDIS_VC_CM_CLOSE_CALL,
	CONDIS_VC_CM_DEACTIVATED,
	CONDIS_VC_CM_SIGNAL,
	CONDIS_VC_CM_TIMER,
	CONDIS_VC_CL_PROCEEDING,
	CONDIS_VC_CL_ALERTING,
	CONDIS_VC_CL_INCOMING_CALL,
	CONDIS_VC_CL_MAKE_COMPLETE,
	CONDIS_VC_CL_CONNECTED,
	CONDIS_VC_CL_INCOMING_CLOSE,
	CONDIS_VC_CL_CLOSE_COMPLETE,
	CONDIS_VC_CM_DELETE,
	CONDIS_VC_CL_DELETE,
};

/**
 * enum condis_vc_state - the data path of a VC (condis.md 3.1, column VC)
 * @CONDIS_VC_INACTIVE: no data
 * @CONDIS_VC_ACTIVE: activated
 * @CONDIS_VC_DEACTIVATING: packets are still in flight
 * @CONDIS_NR_VC_STATES: how many there are
 *
 * ACTIVATING does not exist: activation is synchronous (R6).
 */
enum condis_vc_state {
	CONDIS_VC_INACTIVE,
	CONDIS_VC_ACTIVE,
	CONDIS_VC_DEACTIVATING,
	CONDIS_NR_VC_STATES
};

/**
 * enum condis_vc_event - what can happen to the data path
 * @CONDIS_VC_EV_ACTIVATE: NdisMCmActivateVc
 * @CONDIS_VC_EV_DEACTIVATE: NdisMCmDeactivateVc, nothing in flight
 * @CONDIS_VC_EV_DEACTIVATE_BUSY: NdisMCmDeactivateVc, packets in flight
 * @CONDIS_VC_EV_DRAINED: the last packet came back
 * @CONDIS_NR_VC_EVENTS: how many there are
 */
enum condis_vc_event {
	CONDIS_VC_EV_ACTIVATE,
	CONDIS_VC_EV_DEACTIVATE,
	CONDIS_VC_EV_DEACTIVATE_BUSY,
	CONDIS_VC_EV_DRAINED,
	CONDIS_NR_VC_EVENTS
};

/**
 * enum condis_af_state - an opened address family (condis.md 3.2)
 * @CONDIS_AF_OPENING: the call manager has not answered
 * @CONDIS_AF_ABORTING: the client closed it meanwhile
 * @CONDIS_AF_OPEN: open
 * @CONDIS_AF_DRAINING: closed by the client; VCs, SAPs or requests are left (C6, R10)
 * @CONDIS_AF_CLOSING: the call manager was told
 * @CONDIS_AF_CLOSED: closed
 * @CONDIS_NR_AF_STATES: how many there are
 */
enum condis_af_state {
	CONDIS_AF_OPENING,
	CONDIS_AF_ABORTING,
	CONDIS_AF_OPEN,
	CONDIS_AF_DRAINING,
	CONDIS_AF_CLOSING,
	CONDIS_AF_CLOSED,
	CONDIS_NR_AF_STATES
};

/**
 * enum condis_af_event - what can happen to an address family
 * @CONDIS_AF_EV_OPENED: call manager: opened
 * @CONDIS_AF_EV_REFUSED: call manager: not opened
 * @CONDIS_AF_EV_CLOSE: client: NdisClCloseAddressFamily
 * @CONDIS_AF_EV_EMPTY: core: the last VC, SAP or request is gone
 * @CONDIS_AF_EV_CM_CLOSED: call manager: CloseAddressFamilyComplete
 * @CONDIS_AF_EV_CM_GONE: core: the call manager will not answer any more
 * @CONDIS_NR_AF_EVENTS: how many there are
 */
enum condis_af_event {
	CONDIS_AF_EV_OPENED,
	CONDIS_AF_EV_REFUSED,
	CONDIS_AF_EV_CLOSE,
	CONDIS_AF_EV_EMPTY,
	CONDIS_AF_EV_CM_CLOSED,
	CONDIS_AF_EV_CM_GONE,
	CONDIS_NR_AF_EVENTS
};

/**
 * enum condis_af_upcall - what the two sides of an address family are told
 * @CONDIS_AF_CM_OPEN: ProtocolCmOpenAf
 * @CONDIS_AF_CL_OPEN_COMPLETE: ProtocolClOpenAfCompleteEx
 * @CONDIS_AF_CL_NOTIFY: ProtocolClNotifyCloseAf
 * @CONDIS_AF_FORCE: the core's own: the deadline of a close has come
 * @CONDIS_AF_EMPTY: the core's own: look whether the last child is gone
 * @CONDIS_AF_CM_CLOSE: ProtocolCmCloseAf
 * @CONDIS_AF_CL_CLOSE_COMPLETE: ProtocolClCloseAfComplete
 * @CONDIS_AF_CM_NOTIFY_COMPLETE: ProtocolCmNotifyCloseAfComplete
 */
enum condis_af_upcall {
	CONDIS_AF_CM_OPEN,
	CONDIS_AF_CL_OPEN_COMPLETE,
	CONDIS_AF_CL_NOTIFY,
	CONDIS_AF_FORCE,
	CONDIS_AF_EMPTY,
	CONDIS_AF_CM_CLOSE,
	CONDIS_AF_CL_CLOSE_COMPLETE,
	CONDIS_AF_CM_NOTIFY_COMPLETE,
};

/**
 * enum condis_sap_state - a SAP (condis.md 2.3, 2.4)
 * @CONDIS_SAP_REGISTERING: the call manager has not answered
 * @CONDIS_SAP_ABORTING: the client deregistered it meanwhile
 * @CONDIS_SAP_REGISTERED: offers may come
 * @CONDIS_SAP_DEREGISTERING: the call manager was told
 * @CONDIS_SAP_DRAINING: it has let go; an offer is still being delivered (R17)
 * @CONDIS_SAP_GONE: deregistered
 * @CONDIS_NR_SAP_STATES: how many there are
 */
enum condis_sap_state {
	CONDIS_SAP_REGISTERING,
	CONDIS_SAP_ABORTING,
	CONDIS_SAP_REGISTERED,
	CONDIS_SAP_DEREGISTERING,
	CONDIS_SAP_DRAINING,
	CONDIS_SAP_GONE,
	CONDIS_NR_SAP_STATES
};

/**
 * enum condis_sap_event - what can happen to a SAP
 * @CONDIS_SAP_EV_REGISTERED: call manager: registered
 * @CONDIS_SAP_EV_REFUSED: call manager: not registered
 * @CONDIS_SAP_EV_DEREGISTER: client: NdisClDeregisterSap
 * @CONDIS_SAP_EV_RELEASED: call manager: let go, no offer is being delivered
 * @CONDIS_SAP_EV_RELEASED_BUSY: call manager: let go, an offer is being delivered
 * @CONDIS_SAP_EV_IDLE: core: the last offer was delivered
 * @CONDIS_SAP_EV_CM_GONE: core: the call manager will not answer any more
 * @CONDIS_NR_SAP_EVENTS: how many there are
 */
enum condis_sap_event {
	CONDIS_SAP_EV_REGISTERED,
	CONDIS_SAP_EV_REFUSED,
	CONDIS_SAP_EV_DEREGISTER,
	CONDIS_SAP_EV_RELEASED,
	CONDIS_SAP_EV_RELEASED_BUSY,
	CONDIS_SAP_EV_IDLE,
	CONDIS_SAP_EV_CM_GONE,
	CONDIS_NR_SAP_EVENTS
};

/**
 * enum condis_sap_upcall - what the two sides of a SAP are told
 * @CONDIS_SAP_CM_REGISTER: ProtocolCmRegisterSap
 * @CONDIS_SAP_CL_REGISTER_COMPLETE: ProtocolClRegisterSapComplete
 * @CONDIS_SAP_CM_DEREGISTER: ProtocolCmDeregisterSap
 * @CONDIS_SAP_CL_DEREGISTER_COMPLETE: ProtocolClDeregisterSapComplete
 */
enum condis_sap_upcall {
	CONDIS_SAP_CM_REGISTER,
	CONDIS_SAP_CL_REGISTER_COMPLETE,
	CONDIS_SAP_CM_DEREGISTER,
	CONDIS_SAP_CL_DEREGISTER_COMPLETE,
};

/**
 * enum condis_adapter_state - an adapter (condis.md 3.4)
 * @CONDIS_ADAPTER_HALTED: not initialised, or gone
 * @CONDIS_ADAPTER_PAUSED: initialised; calls can be made, no data
 * @CONDIS_ADAPTER_RUNNING: running
 * @CONDIS_ADAPTER_PAUSING: its sends come back
 * @CONDIS_ADAPTER_HALTING: everything on it comes down
 * @CONDIS_NR_ADAPTER_STATES: how many there are
 */
enum condis_adapter_state {
	CONDIS_ADAPTER_HALTED,
	CONDIS_ADAPTER_PAUSED,
	CONDIS_ADAPTER_RUNNING,
	CONDIS_ADAPTER_PAUSING,
	CONDIS_ADAPTER_HALTING,
	CONDIS_NR_ADAPTER_STATES
};

/**
 * enum condis_adapter_event - what can happen to an adapter
 * @CONDIS_ADAPTER_EV_INITIALIZE: MiniportInitializeEx succeeded
 * @CONDIS_ADAPTER_EV_RESTART: MiniportRestart succeeded
 * @CONDIS_ADAPTER_EV_PAUSE: NDIS pauses it
 * @CONDIS_ADAPTER_EV_PAUSED: MiniportPause is complete
 * @CONDIS_ADAPTER_EV_HALT: halt, surprise removal
 * @CONDIS_ADAPTER_EV_HALTED: MiniportHaltEx returned
 * @CONDIS_NR_ADAPTER_EVENTS: how many there are
 */
enum condis_adapter_event {
	CONDIS_ADAPTER_EV_INITIALIZE,
	CONDIS_ADAPTER_EV_RESTART,
	CONDIS_ADAPTER_EV_PAUSE,
	CONDIS_ADAPTER_EV_PAUSED,
	CONDIS_ADAPTER_EV_HALT,
	CONDIS_ADAPTER_EV_HALTED,
	CONDIS_NR_ADAPTER_EVENTS
};

/**
 * enum condis_binding_state - a protocol on an adapter (condis.md 3.4)
 * @CONDIS_BINDING_OPEN: bound
 * @CONDIS_BINDING_CLOSING: closed by the protocol; address families are left (C7)
 * @CONDIS_BINDING_CLOSED: gone
 * @CONDIS_NR_BINDING_STATES: how many there are
 */
enum condis_binding_state {
	CONDIS_BINDING_OPEN,
	CONDIS_BINDING_CLOSING,
	CONDIS_BINDING_CLOSED,
	CONDIS_NR_BINDING_STATES
};

/**
 * enum condis_binding_event - what can happen to a binding
 * @CONDIS_BINDING_EV_CLOSE: protocol: NdisCloseAdapterEx
 * @CONDIS_BINDING_EV_EMPTY: core: the last address family is gone
 * @CONDIS_NR_BINDING_EVENTS: how many there are
 */
enum condis_binding_event {
	CONDIS_BINDING_EV_CLOSE,
	CONDIS_BINDING_EV_EMPTY,
	CONDIS_NR_BINDING_EVENTS
};

/**
 * enum condis_binding_upcall - what a protocol is told of its binding
 * @CONDIS_BINDING_EMPTY: the core's own: look whether the last address family is gone
 * @CONDIS_BINDING_CLOSE_COMPLETE: ProtocolCloseAdapterCompleteEx
 */
enum condis_binding_upcall {
	CONDIS_BINDING_EMPTY,
	CONDIS_BINDING_CLOSE_COMPLETE,
};

const struct condis_transition *condis_call_transition(enum condis_call_state state,
						       enum condis_call_event event);
const struct condis_transition *condis_vc_transition(enum condis_vc_state state,
						     enum condis_vc_event event);
const struct condis_transition *condis_af_transition(enum condis_af_state state,
						     enum condis_af_event event);
const struct condis_transition *condis_sap_transition(enum condis_sap_state state,
						      enum condis_sap_event event);
const struct condis_transition *condis_adapter_transition(enum condis_adapter_state state,
							  enum condis_adapter_event event);
const struct condis_transition *condis_binding_transition(enum condis_binding_state state,
							  enum condis_binding_event event);

const char *condis_call_state_name(enum condis_call_state state);
const char *condis_vc_state_name(enum condis_vc_state state);
const char *condis_af_state_name(enum condis_af_state state);
const char *condis_sap_state_name(enum condis_sap_state state);
const char *condis_adapter_state_name(enum condis_adapter_state state);
const char *condis_binding_state_name(enum condis_binding_state state);

#endif /* _CONDIS_STATE_H */
