/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What every side of the CoNDIS API shares: objects, numbers, call parameters.
 *
 * One calling convention holds for every control call (condis.md 1.4):
 *
 *   initiator calls condis_x()  ->  0 < errno: refused, nothing happened, no completion comes
 *                               ->  -EINPROGRESS: taken, exactly one completion handler follows
 *
 * An accepted control call answers -EINPROGRESS always, also where the other
 * side's handler answers at once: the core turns that answer into the
 * completion.  The completion may run before the call has returned.  A handler
 * that returns -EINPROGRESS promises the matching condis_*_complete() call;
 * with any other return it has answered and must not call it.
 *
 * Handlers ("upcalls") of one VC, SAP or address family run one at a time, in
 * the order of what caused them, in process context and with no core lock
 * held.  They may call any condis_* function of their side, also on the object
 * they run for; what that causes is delivered after they return.  A handler
 * never waits for a grace period, a flush, a completion or a peer.
 */
#ifndef _CONDIS_TYPES_H
#define _CONDIS_TYPES_H

#include <linux/tracepoint-defs.h>
#include <linux/types.h>
#include <uapi/linux/q850.h>

struct condis_adapter;
struct condis_protocol;
struct condis_binding;
struct condis_af;
struct condis_sap;
struct condis_vc;
struct net;
struct sk_buff;

/**
 * enum condis_af_type - address families (header family of ndis.h; condis.md 1.3)
 * @CONDIS_AF_TAPI: leg B, NDPROXY as call manager, NDISWAN as client
 * @CONDIS_AF_TAPI_PROXY: leg A, the miniport as call manager, NDPROXY as client
 */
enum condis_af_type {
	CONDIS_AF_TAPI		= 0x800,
	CONDIS_AF_TAPI_PROXY	= 0x801,
};

/* A line or an address that was not named; a SAP may listen on all of them. */
#define CONDIS_UNSPECIFIED	U32_MAX

/* Digits of a number, without and with the end of the string. */
#define CONDIS_NUMBER_MAX	32
#define CONDIS_NUMBER_SIZE	(CONDIS_NUMBER_MAX + 1)

/* Characters of an adapter's, exchange's or kind's name, with the end. */
#define CONDIS_NAME_SIZE	32

/**
 * struct condis_call_params - what a call is made or offered with
 * @line: line, from 0
 * @address: address on the line, from 0
 * @media_modes: LINEMEDIAMODE_* bits
 * @flags: CONDIS_CALL_* bits
 * @called: called party's number, always terminated
 * @calling: calling party's number, always terminated, may be empty
 * @tx_rate: bytes per second towards the network
 * @rx_rate: bytes per second from the network
 * @max_sdu: bytes of the largest packet
 * @send_window: packets that may be in flight at a time, at least 1
 *
 * The client fills the first part for condis_cl_make_call(); the call manager
 * fills the rates, @max_sdu and @send_window when it activates the VC
 * (CO_CALL_PARAMETERS, CO_AF_TAPI_MAKE_CALL_PARAMETERS).
 */
struct condis_call_params {
	u32 line;
	u32 address;
	u32 media_modes;
	u32 flags;
	char called[CONDIS_NUMBER_SIZE];
	char calling[CONDIS_NUMBER_SIZE];
	u32 tx_rate;
	u32 rx_rate;
	u32 max_sdu;
	u32 send_window;
};

/* The parties of a call (CO_CALL_PARAMETERS.Flags).  Refused: see condis_cl_make_call(). */
#define CONDIS_CALL_MULTIPOINT	BIT(0)

/* Characters of a device class, with the end, and the class of who carries PPP. */
#define CONDIS_DEVICE_CLASS_SIZE	16
#define CONDIS_DEVICE_CLASS_NDIS	"NDIS"

/**
 * struct condis_sap_params - where a client listens (CO_AF_TAPI_SAP)
 * @line: line from 0, or CONDIS_UNSPECIFIED for every line
 * @address: address from 0, or CONDIS_UNSPECIFIED for every address
 * @media_modes: LINEMEDIAMODE_* bits that the client takes
 * @device_class: of the family TAPI alone: what the client is for its call manager
 *	(AF_TAPI_SAP_TYPE), always terminated
 */
struct condis_sap_params {
	u32 line;
	u32 address;
	u32 media_modes;
	char device_class[CONDIS_DEVICE_CLASS_SIZE];
};

/**
 * enum condis_status_code - what condis_m_indicate_status() can say
 * @CONDIS_STATUS_LINK_PARAMS: WAN_CO_LINKPARAMS: speed and send window of a VC changed
 * @CONDIS_STATUS_FRAGMENT: WAN_CO_FRAGMENT: packets were received damaged
 * @CONDIS_STATUS_LINE_STATE: a line went out of or came into service
 * @CONDIS_STATUS_RESET_START: the adapter is being reset; the core's own word
 * @CONDIS_STATUS_RESET_END: the reset is over; the core's own word
 * @CONDIS_STATUS_DIGIT: of a VC: a digit came that is to be reported (OID_CO_TAPI_REPORT_DIGITS)
 */
enum condis_status_code {
	CONDIS_STATUS_LINK_PARAMS,
	CONDIS_STATUS_FRAGMENT,
	CONDIS_STATUS_LINE_STATE,
	CONDIS_STATUS_RESET_START,
	CONDIS_STATUS_RESET_END,
	CONDIS_STATUS_DIGIT,
};

/**
 * struct condis_status - one status indication
 * @code: what it is
 * @tx_rate: LINK_PARAMS: bytes per second towards the network
 * @rx_rate: LINK_PARAMS: bytes per second from the network
 * @send_window: LINK_PARAMS: packets in flight at a time; 0 stops the sender
 * @errors: FRAGMENT: number of packets lost or damaged since the last word
 * @line: LINE_STATE: line from 0
 * @in_service: LINE_STATE: whether calls can be made on it
 * @digit: DIGIT: the digit, a character
 * @digit_mode: DIGIT: one LINEDIGITMODE_*
 */
struct condis_status {
	enum condis_status_code code;
	union {
		struct {
			u32 tx_rate;
			u32 rx_rate;
			u32 send_window;
		};
		u32 errors;
		struct {
			u32 line;
			bool in_service;
		};
		struct {
			u32 digit;
			u32 digit_mode;
		};
	};
};

/* The columns of a message ladder, from the user to the far end. */
enum condis_party {
	CONDIS_PARTY_APPLICATION,
	CONDIS_PARTY_NDISWAN,
	CONDIS_PARTY_NDPROXY,
	CONDIS_PARTY_NDIS,
	CONDIS_PARTY_MINIPORT,
	CONDIS_PARTY_NETWORK,
	CONDIS_PARTY_REMOTE,
};

DECLARE_TRACEPOINT(condis_message);
void condis_trace_message_listened(struct condis_vc *vc, enum condis_party from,
				   enum condis_party to, const char *message, int detail);
void condis_trace_call(const char *adapter, u64 vc, u64 network_call, enum condis_party from,
		       enum condis_party to, const char *message, int detail);

/**
 * condis_trace_message() - trace one arrow of a call's message ladder
 * @vc: the call's VC
 * @from: who says it
 * @to: to whom
 * @message: what, for people
 * @detail: a status or a cause, 0 if there is none
 *
 * For what miniports and NDPROXY say to others than the core, and for the core's own
 * words, where %CONDIS_PARTY_NDPROXY is the VC's client and %CONDIS_PARTY_MINIPORT its
 * call manager: of leg B these are NDISWAN and NDPROXY.  Costs nothing while nobody
 * listens.
 *
 * Context: any
 */
static inline void condis_trace_message(struct condis_vc *vc, enum condis_party from,
					enum condis_party to, const char *message, int detail)
{
	if (tracepoint_enabled(condis_message))
		condis_trace_message_listened(vc, from, to, message, detail);
}

const char *condis_adapter_name(const struct condis_adapter *adapter);
u32 condis_adapter_id(const struct condis_adapter *adapter);
u64 condis_adapter_net_cookie(const struct condis_adapter *adapter);

void *condis_af_client(const struct condis_af *af);
void *condis_af_context(const struct condis_af *af);
void *condis_af_cm(const struct condis_af *af);
u32 condis_af_id(const struct condis_af *af);
struct condis_adapter *condis_af_adapter(const struct condis_af *af);
void condis_af_hold(struct condis_af *af);
void condis_af_put(struct condis_af *af);

void *condis_sap_client(const struct condis_sap *sap);
void *condis_sap_context(const struct condis_sap *sap);
void *condis_sap_cm(const struct condis_sap *sap);
struct condis_af *condis_sap_af(const struct condis_sap *sap);
const struct condis_sap_params *condis_sap_params(const struct condis_sap *sap);
void condis_sap_hold(struct condis_sap *sap);
void condis_sap_put(struct condis_sap *sap);

void *condis_vc_client(const struct condis_vc *vc);
void *condis_vc_context(const struct condis_vc *vc);
void *condis_vc_cm(const struct condis_vc *vc);
u64 condis_vc_id(const struct condis_vc *vc);
u64 condis_vc_network_call(const struct condis_vc *vc);
struct condis_af *condis_vc_af(const struct condis_vc *vc);
struct condis_adapter *condis_vc_adapter(const struct condis_vc *vc);
const struct condis_call_params *condis_vc_params(const struct condis_vc *vc);
bool condis_vc_is_active(const struct condis_vc *vc);
struct condis_vc *condis_vc_data(struct condis_vc *vc);
int condis_co_get_tapi_call_id(const struct condis_vc *vc);
struct net *condis_adapter_get_net(struct condis_adapter *adapter);
void condis_vc_hold(struct condis_vc *vc);
void condis_vc_put(struct condis_vc *vc);

#endif /* _CONDIS_TYPES_H */
