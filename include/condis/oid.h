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
/* Of the family TAPI alone: what a data client asks its call manager. */
#define OID_CO_TAPI_TRANSLATE_TAPI_CALLPARAMS	0xfe001004
#define OID_CO_TAPI_TRANSLATE_NDIS_CALLPARAMS	0xfe001005
#define OID_CO_TAPI_TRANSLATE_TAPI_SAP		0xfe001006

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
 * struct condis_oid_request - one CO request, the caller's memory
 * @oid: what is asked
 * @buf: data, in and out; the caller's until the request is complete
 * @len: bytes at @buf
 * @needed: out: bytes that were wanted, with -EMSGSIZE
 * @complete: called exactly once if condis_*_oid_request() said -EINPROGRESS
 * @context: the caller's
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
	struct list_head node;
	struct condis_vc *vc;
	struct condis_af *af;
	u8 asked;
};

#endif /* _CONDIS_OID_H */
