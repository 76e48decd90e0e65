/* SPDX-License-Identifier: GPL-2.0 */
/*
 * CO requests: object identifiers, their data, and the request itself
 * (condis.md 2.15).
 */
#ifndef _CONDIS_OID_H
#define _CONDIS_OID_H

#include <linux/list.h>
#include <condis/types.h>

/* Call manager to client. */
#define OID_CO_SIGNALING_ENABLED		0xfe000008
#define OID_CO_SIGNALING_DISABLED		0xfe000009

/* Client to call manager. */
#define OID_CO_TAPI_CM_CAPS			0xfe001001
#define OID_CO_TAPI_LINE_CAPS			0xfe001002
#define OID_CO_TAPI_ADDRESS_CAPS		0xfe001003
#define OID_CO_TAPI_GET_CALL_DIAGNOSTICS	0xfe001007
#define OID_CO_TAPI_REPORT_DIGITS		0xfe001008
#define OID_CO_TAPI_DONT_REPORT_DIGITS		0xfe001009
/* NDIS has none to send digits with. */
#define OID_CONDIS_GENERATE_DIGITS		0xff001001
/* Of the family TAPI alone: what a data client asks its call manager. */
#define OID_CO_TAPI_TRANSLATE_TAPI_CALLPARAMS	0xfe001004
#define OID_CO_TAPI_TRANSLATE_NDIS_CALLPARAMS	0xfe001005
#define OID_CO_TAPI_TRANSLATE_TAPI_SAP		0xfe001006

/* A CoNDIS WAN protocol to the miniport, about the VC that carries its frames. */
#define OID_WAN_CO_GET_INFO			0x04010180
#define OID_WAN_CO_SET_LINK_INFO		0x04010181
#define OID_WAN_CO_GET_LINK_INFO		0x04010182
#define OID_WAN_CO_GET_STATS_INFO		0x04010282

#define CONDIS_TAPI_VERSION			0x00030001

#define CONDIS_TAPI_PER_LINE_CAPS		BIT(0)	/* lines differ */
#define CONDIS_TAPI_PER_ADDRESS_CAPS		BIT(1)	/* addresses differ */

/**
 * struct condis_cm_caps - OID_CO_TAPI_CM_CAPS, the first query of a session
 * @version: CONDIS_TAPI_VERSION
 * @num_lines: lines, numbered from 0
 * @flags: CONDIS_TAPI_PER_LINE_CAPS
 */
struct condis_cm_caps {
	u32 version;
	u32 num_lines;
	u32 flags;
};

/**
 * struct condis_line_caps - OID_CO_TAPI_LINE_CAPS
 * @line: in: line, from 0
 * @flags: CONDIS_TAPI_PER_ADDRESS_CAPS
 * @num_addresses: addresses of the line, numbered from 0
 * @max_calls: calls that can be up on the line at a time
 * @media_modes: LINEMEDIAMODE_* bits
 * @max_rate: bits per second of one call's bearer
 * @max_sdu: bytes of the largest packet
 * @in_service: whether calls can be made
 * @name: name of the line for people
 * @generate_digits: LINEDIGITMODE_* bits that it can send (OID_CONDIS_GENERATE_DIGITS)
 * @report_digits: LINEDIGITMODE_* bits that it can report (OID_CO_TAPI_REPORT_DIGITS)
 */
struct condis_line_caps {
	u32 line;
	u32 flags;
	u32 num_addresses;
	u32 max_calls;
	u32 media_modes;
	u32 max_rate;
	u32 max_sdu;
	bool in_service;
	char name[CONDIS_NAME_SIZE];
	u32 generate_digits;
	u32 report_digits;
};

/**
 * struct condis_address_caps - OID_CO_TAPI_ADDRESS_CAPS
 * @line: in: line, from 0
 * @address: in: address on the line, from 0
 * @max_calls: calls that can be up on the address at a time
 * @media_modes: LINEMEDIAMODE_* bits
 * @number: the address, as it is dialled
 */
struct condis_address_caps {
	u32 line;
	u32 address;
	u32 max_calls;
	u32 media_modes;
	char number[CONDIS_NUMBER_SIZE];
};

/**
 * struct condis_call_diagnostics - OID_CO_TAPI_GET_CALL_DIAGNOSTICS
 * @cause: Q.850 cause of the clearing, Q850_NONE while the call is up
 * @location: Q.850 location: 0 user, 1 private network at local user, 2 public network at local
 *	user
 * @remote: the far end or the network cleared, not the local user
 *
 * Legal until the VC is deleted, also while the call closes (condis.md 2.10).
 */
struct condis_call_diagnostics {
	u32 cause;
	u32 location;
	bool remote;
};

/**
 * struct condis_digit_report - OID_CO_TAPI_REPORT_DIGITS, of one VC
 * @modes: LINEDIGITMODE_* bits to report from now on, each digit as %CONDIS_STATUS_DIGIT; not 0
 *
 * OID_CO_TAPI_DONT_REPORT_DIGITS has no data and ends it; so does the call.  Legal as long as
 * the call does not close.
 */
struct condis_digit_report {
	u32 modes;
};

/* Bytes of digits that are sent, with the end. */
#define CONDIS_DIGITS_SIZE	64

/**
 * struct condis_digits - OID_CONDIS_GENERATE_DIGITS, of one VC with a connected call
 * @mode: LINEDIGITMODE_PULSE or LINEDIGITMODE_DTMF; 0 without digits
 * @duration: milliseconds of each digit, and of the silence after it
 * @digits: digits of that mode, and ',' for a pause; empty: none, only cancel
 *
 * Complete with 0 when the last was sent.  The next such request, and the end of the call,
 * complete it with -ECANCELED before.  -EBADFD: the call is not connected.
 */
struct condis_digits {
	u32 mode;
	u32 duration;
	char digits[CONDIS_DIGITS_SIZE];
};

/* How a PPP frame is made (FramingBits). */
#define CONDIS_WAN_PPP_FRAMING			0x00000100
#define CONDIS_WAN_PPP_COMPRESS_ADDRESS_CONTROL	0x00000200
#define CONDIS_WAN_PPP_COMPRESS_PROTOCOL_FIELD	0x00000400

/**
 * struct condis_wan_info - OID_WAN_CO_GET_INFO: of all VCs of the adapter (NDIS_WAN_CO_INFO)
 * @max_frame: bytes of the largest packet, without the PPP framing
 * @max_send_window: packets that may be in flight on a VC at a time, at least 1
 * @framing_bits: CONDIS_WAN_PPP_* that can be had
 * @desired_accm: bytes to be stuffed on an asynchronous medium, a bit for each; 0
 */
struct condis_wan_info {
	u32 max_frame;
	u32 max_send_window;
	u32 framing_bits;
	u32 desired_accm;
};

/**
 * struct condis_wan_link_info - OID_WAN_CO_SET_LINK_INFO and OID_WAN_CO_GET_LINK_INFO, of one VC
 * @max_send_frame: bytes of the largest frame that is sent, with its framing
 * @max_recv_frame: bytes of the largest frame that is taken, likewise
 * @send_framing_bits: CONDIS_WAN_PPP_* of what is sent
 * @recv_framing_bits: CONDIS_WAN_PPP_* of what is taken
 * @send_accm: bytes to be stuffed on an asynchronous medium, a bit for each; of no meaning here
 * @recv_accm: likewise
 *
 * NDIS_WAN_CO_SET_LINK_INFO and NDIS_WAN_CO_GET_LINK_INFO, without their reserved members.  To
 * be set is at most what can be got before the first time.
 */
struct condis_wan_link_info {
	u32 max_send_frame;
	u32 max_recv_frame;
	u32 send_framing_bits;
	u32 recv_framing_bits;
	u32 send_accm;
	u32 recv_accm;
};

/**
 * struct condis_wan_stats - OID_WAN_CO_GET_STATS_INFO, of one VC
 * @bytes_sent: bytes of @frames_sent, with the framing
 * @bytes_received: bytes of @frames_received, with the framing
 * @frames_sent: frames that have left
 * @frames_received: frames that have come
 * @lost: frames that were damaged or lost on the way here
 *
 * NDIS_WAN_CO_GET_STATS_INFO.  Counted from the first OID_WAN_CO_SET_LINK_INFO on.
 */
struct condis_wan_stats {
	u64 bytes_sent;
	u64 bytes_received;
	u64 frames_sent;
	u64 frames_received;
	u64 lost;
};

/**
 * struct condis_oid_request - one CO request, the caller's memory
 * @oid: what is asked
 * @buf: data, in and out; the caller's until the request is complete
 * @len: bytes at @buf
 * @needed: out: bytes that were wanted, with -EMSGSIZE
 * @complete: called exactly once if condis_*_oid_request() said -EINPROGRESS
 * @context: the caller's
 * @unaware: a reset may just begin, and the asker not have heard of it: then it is refused as ever,
 *	and no breach
 * @node: the core's while the request is pending
 * @vc: the core's
 * @af: the core's
 * @asked: the core's
 */
struct condis_oid_request {
	u32 oid;
	void *buf;
	u32 len;
	u32 needed;
	void (*complete)(struct condis_oid_request *req, int status);
	void *context;
	bool unaware;
	struct list_head node;
	struct condis_vc *vc;
	struct condis_af *af;
	u8 asked;
};

#endif /* _CONDIS_OID_H */
