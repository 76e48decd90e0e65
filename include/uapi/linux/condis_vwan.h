/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * The kind "vwan": virtual WAN adapters and the exchange that connects them.
 *
 * What stands in CONDIS_A_ADAPTER_DATA and CONDIS_A_EXCHANGE_DATA of the
 * generic netlink family "condis" when the kind is "vwan".  All attributes are
 * optional when an adapter is made; a change touches only what it names.
 * Everything in a message is validated before anything of it has an effect;
 * the extended error names the attribute that was wrong.  Flags are sent as
 * u8, 0 or 1, so that they can be switched off again.
 *
 *   CONDIS_A_EXCHANGE_DATA
 *     CONDIS_VWAN_A_EXCHANGE_*              all of them read only
 *   CONDIS_A_ADAPTER_DATA
 *     CONDIS_VWAN_A_ADAPTER_LINES           u32
 *     CONDIS_VWAN_A_ADAPTER_CALLS           u32
 *     CONDIS_VWAN_A_ADAPTER_ADDRESSES       nest
 *       CONDIS_VWAN_A_ADDRESS               nest, once for each
 *         CONDIS_VWAN_A_ADDRESS_NUMBER      string
 *         CONDIS_VWAN_A_ADDRESS_LINE        u32; absent: on every line
 *     CONDIS_VWAN_A_ADAPTER_OUT_OF_SERVICE  nest
 *       CONDIS_VWAN_A_LINE                  u32, once for each line
 *     CONDIS_VWAN_A_ADAPTER_...             u32 or u8, see below
 *
 * Times are milliseconds, from 0 (at once) to CONDIS_VWAN_TIME_MAX; the
 * protocol timers from 1.  A time is never early, and late by what the
 * kernel's timer wheel is.
 */
#ifndef _UAPI_LINUX_CONDIS_VWAN_H
#define _UAPI_LINUX_CONDIS_VWAN_H

#define CONDIS_VWAN_KIND		"vwan"

#define CONDIS_VWAN_LINES_MAX		1024		/* lines of an adapter */
#define CONDIS_VWAN_CALLS_MAX		4096		/* calls of a line */
#define CONDIS_VWAN_ADDRESSES_MAX	16		/* addresses of a line */
#define CONDIS_VWAN_ENTRIES_MAX		256		/* CONDIS_VWAN_A_ADDRESS of an adapter */
#define CONDIS_VWAN_NUMBER_MAX		32		/* digits of a number: 0-9 * # + */
#define CONDIS_VWAN_TIME_MAX		3600000		/* ms */
#define CONDIS_VWAN_RATE_MIN		300		/* bit/s */
#define CONDIS_VWAN_RATE_MAX		4000000000U	/* bit/s */
#define CONDIS_VWAN_LATENCY_MAX		60000		/* ms */
#define CONDIS_VWAN_LOSS_MAX		1000000		/* parts in a million: all is lost */
#define CONDIS_VWAN_QUEUE_MAX		65536		/* packets */
#define CONDIS_VWAN_WINDOW_MAX		4096		/* packets */
#define CONDIS_VWAN_SDU_MIN		64		/* bytes */
#define CONDIS_VWAN_SDU_MAX		65535		/* bytes */

/**
 * enum condis_vwan_a_exchange - attributes of an exchange; all are read only, -EINVAL if given
 * @CONDIS_VWAN_A_EXCHANGE_UNSPEC: never used
 * @CONDIS_VWAN_A_EXCHANGE_PAD: alignment of u64
 * @CONDIS_VWAN_A_EXCHANGE_NUMBERS: u32: numbers that can be dialled; one on several lines counts
 *	for each
 * @CONDIS_VWAN_A_EXCHANGE_CALLS: u32: calls that the exchange knows, also those that are being
 *	cleared
 * @CONDIS_VWAN_A_EXCHANGE_CALLS_MADE: u64: calls since the exchange was made
 * @CONDIS_VWAN_A_EXCHANGE_LATE: u64: messages that found no call any more
 * @__CONDIS_VWAN_A_EXCHANGE_MAX: number of attributes
 */
enum condis_vwan_a_exchange {
	CONDIS_VWAN_A_EXCHANGE_UNSPEC,
	CONDIS_VWAN_A_EXCHANGE_PAD,
	CONDIS_VWAN_A_EXCHANGE_NUMBERS,
	CONDIS_VWAN_A_EXCHANGE_CALLS,
	CONDIS_VWAN_A_EXCHANGE_CALLS_MADE,
	CONDIS_VWAN_A_EXCHANGE_LATE,
	__CONDIS_VWAN_A_EXCHANGE_MAX
};

#define CONDIS_VWAN_A_EXCHANGE_MAX (__CONDIS_VWAN_A_EXCHANGE_MAX - 1)

/**
 * enum condis_vwan_a_adapter - attributes of an adapter
 * @CONDIS_VWAN_A_ADAPTER_UNSPEC: never used
 *
 * The line table.  Changing one of the first two of a live adapter is a
 * dynamic reconfiguration: every session on the adapter ends and may begin anew.
 * @CONDIS_VWAN_A_ADAPTER_LINES: u32: lines, 1 to CONDIS_VWAN_LINES_MAX; 1
 * @CONDIS_VWAN_A_ADAPTER_ADDRESSES: nest of CONDIS_VWAN_A_ADDRESS: all numbers of the adapter; a
 *	line without one can call and cannot be called; none. Given in a change it replaces the
 *	whole table; not given, lines that vanish take their numbers with them. A number on several
 *	lines, also of several adapters, is a hunt group: a call goes to the next line, cyclically,
 *	that is free and on which somebody listens
 * @CONDIS_VWAN_A_ADAPTER_CALLS: u32: calls on each line at a time, 1 to CONDIS_VWAN_CALLS_MAX; 1.
 *	Changed at once; calls above a smaller number stay up
 *
 * @CONDIS_VWAN_A_ADAPTER_MEDIA_MODES: u32: LINEMEDIAMODE_* bits of every line, not 0; unknown,
 *	interactive and automated voice, data modem and digital data (0x11e)
 * @CONDIS_VWAN_A_ADAPTER_IN_SERVICE: u8: whether the trunk is in service; 1. Out of service no call
 *	can be made or offered (OID_CO_SIGNALING_DISABLED); calls that are up stay
 * @CONDIS_VWAN_A_ADAPTER_OUT_OF_SERVICE: nest of CONDIS_VWAN_A_LINE: the lines that are out of
 *	service by themselves; all others are in service; none
 *
 * Delays of the network, in milliseconds; 0.
 * @CONDIS_VWAN_A_ADAPTER_PROCEEDING_DELAY: u32: until a SETUP of this adapter is answered with
 *	CALL PROCEEDING
 * @CONDIS_VWAN_A_ADAPTER_ALERT_DELAY: u32: for which an ALERTING of this adapter is on its way to
 *	the caller
 * @CONDIS_VWAN_A_ADAPTER_ANSWER_DELAY: u32: for which a CONNECT of this adapter is on its way to
 *	the caller
 * @CONDIS_VWAN_A_ADAPTER_CLEAR_DELAY: u32: until a DISCONNECT or RELEASE of this adapter is
 *	answered with RELEASE or RELEASE COMPLETE
 *
 * Faults.
 * @CONDIS_VWAN_A_ADAPTER_FAULT: u32: enum condis_vwan_fault: what calls to this adapter's numbers
 *	meet; none
 * @CONDIS_VWAN_A_ADAPTER_LOST: u32: CONDIS_VWAN_MSG_* bits: messages that are lost; 0
 * @CONDIS_VWAN_A_ADAPTER_DUPLICATED: u32: CONDIS_VWAN_MSG_* bits: messages that come twice; 0
 * @CONDIS_VWAN_A_ADAPTER_LATE: u32: CONDIS_VWAN_MSG_* bits: messages that come late; 0
 * @CONDIS_VWAN_A_ADAPTER_LATE_BY: u32: milliseconds by which they do; 1000
 * @CONDIS_VWAN_A_ADAPTER_FAULT_COUNT: u32: messages that are still to be lost, doubled or late
 *	before the three masks above are cleared; 0: no limit
 * @CONDIS_VWAN_A_ADAPTER_GLARE: u8: clear collision: when this adapter clears a call, the network
 *	has just sent it a DISCONNECT of its own; 0
 * @CONDIS_VWAN_A_ADAPTER_RESET_CLEARS: u8: whether a reset of the adapter loses the medium, so that
 *	each call ends as by RESTART; 0
 *
 * Timers of Q.931, user side, in milliseconds, with their defaults; T305 and
 * T308 also rule the network's side of this adapter's calls.
 * @CONDIS_VWAN_A_ADAPTER_T301: u32: ALERTING received until CONNECT: 180000
 * @CONDIS_VWAN_A_ADAPTER_T303: u32: SETUP sent until an answer, once repeated: 4000
 * @CONDIS_VWAN_A_ADAPTER_T305: u32: DISCONNECT sent until RELEASE: 30000
 * @CONDIS_VWAN_A_ADAPTER_T308: u32: RELEASE sent until RELEASE COMPLETE, once repeated: 4000
 * @CONDIS_VWAN_A_ADAPTER_T310: u32: CALL PROCEEDING received until ALERTING or CONNECT: 30000
 * @CONDIS_VWAN_A_ADAPTER_T313: u32: CONNECT sent until CONNECT ACKNOWLEDGE: 4000
 *
 * The bearer of each call, from this adapter to the far end; changed at once,
 * also for calls that are up.
 * @CONDIS_VWAN_A_ADAPTER_RATE: u32: line rate in bit/s, CONDIS_VWAN_RATE_MIN to
 *	CONDIS_VWAN_RATE_MAX, 0: no limit; 0
 * @CONDIS_VWAN_A_ADAPTER_LATENCY: u32: milliseconds from the end of sending to the far end; 0
 * @CONDIS_VWAN_A_ADAPTER_LOSS: u32: packets in a million that are lost; 0
 * @CONDIS_VWAN_A_ADAPTER_QUEUE: u32: packets that can wait for the line, and as many that can be on
 *	their way, 1 to CONDIS_VWAN_QUEUE_MAX; 256. What does not fit is refused with -ENOBUFS
 * @CONDIS_VWAN_A_ADAPTER_WINDOW: u32: send window given to the data client, 1 to
 *	CONDIS_VWAN_WINDOW_MAX; 64. Concerns calls that come up afterwards
 * @CONDIS_VWAN_A_ADAPTER_SDU: u32: bytes of the largest packet, CONDIS_VWAN_SDU_MIN to
 *	CONDIS_VWAN_SDU_MAX; 2048. Concerns calls that come up afterwards
 *
 * @__CONDIS_VWAN_A_ADAPTER_MAX: number of attributes
 */
enum condis_vwan_a_adapter {
	CONDIS_VWAN_A_ADAPTER_UNSPEC,
	CONDIS_VWAN_A_ADAPTER_LINES,
	CONDIS_VWAN_A_ADAPTER_ADDRESSES,
	CONDIS_VWAN_A_ADAPTER_CALLS,
	CONDIS_VWAN_A_ADAPTER_MEDIA_MODES,
	CONDIS_VWAN_A_ADAPTER_IN_SERVICE,
	CONDIS_VWAN_A_ADAPTER_OUT_OF_SERVICE,
	CONDIS_VWAN_A_ADAPTER_PROCEEDING_DELAY,
	CONDIS_VWAN_A_ADAPTER_ALERT_DELAY,
	CONDIS_VWAN_A_ADAPTER_ANSWER_DELAY,
	CONDIS_VWAN_A_ADAPTER_CLEAR_DELAY,
	CONDIS_VWAN_A_ADAPTER_FAULT,
	CONDIS_VWAN_A_ADAPTER_LOST,
	CONDIS_VWAN_A_ADAPTER_DUPLICATED,
	CONDIS_VWAN_A_ADAPTER_LATE,
	CONDIS_VWAN_A_ADAPTER_LATE_BY,
	CONDIS_VWAN_A_ADAPTER_FAULT_COUNT,
	CONDIS_VWAN_A_ADAPTER_GLARE,
	CONDIS_VWAN_A_ADAPTER_RESET_CLEARS,
	CONDIS_VWAN_A_ADAPTER_T301,
	CONDIS_VWAN_A_ADAPTER_T303,
	CONDIS_VWAN_A_ADAPTER_T305,
	CONDIS_VWAN_A_ADAPTER_T308,
	CONDIS_VWAN_A_ADAPTER_T310,
	CONDIS_VWAN_A_ADAPTER_T313,
	CONDIS_VWAN_A_ADAPTER_RATE,
	CONDIS_VWAN_A_ADAPTER_LATENCY,
	CONDIS_VWAN_A_ADAPTER_LOSS,
	CONDIS_VWAN_A_ADAPTER_QUEUE,
	CONDIS_VWAN_A_ADAPTER_WINDOW,
	CONDIS_VWAN_A_ADAPTER_SDU,
	__CONDIS_VWAN_A_ADAPTER_MAX
};

#define CONDIS_VWAN_A_ADAPTER_MAX (__CONDIS_VWAN_A_ADAPTER_MAX - 1)

/* In CONDIS_VWAN_A_ADAPTER_ADDRESSES. */
enum {
	CONDIS_VWAN_A_ADDRESSES_UNSPEC,
	CONDIS_VWAN_A_ADDRESS,			/* nest, repeated */
	__CONDIS_VWAN_A_ADDRESSES_MAX
};

#define CONDIS_VWAN_A_ADDRESSES_MAX (__CONDIS_VWAN_A_ADDRESSES_MAX - 1)

/**
 * enum condis_vwan_a_address - one address (phone number)
 * @CONDIS_VWAN_A_ADDRESS_UNSPEC: never used
 * @CONDIS_VWAN_A_ADDRESS_NUMBER: string: 1 to CONDIS_VWAN_NUMBER_MAX of 0-9 * # +; required
 * @CONDIS_VWAN_A_ADDRESS_LINE: u32: line, from 0; absent: every line, a hunt group
 * @__CONDIS_VWAN_A_ADDRESS_MAX: number of attributes
 */
enum condis_vwan_a_address {
	CONDIS_VWAN_A_ADDRESS_UNSPEC,
	CONDIS_VWAN_A_ADDRESS_NUMBER,
	CONDIS_VWAN_A_ADDRESS_LINE,
	__CONDIS_VWAN_A_ADDRESS_MAX
};

#define CONDIS_VWAN_A_ADDRESS_MAX (__CONDIS_VWAN_A_ADDRESS_MAX - 1)

/* In CONDIS_VWAN_A_ADAPTER_OUT_OF_SERVICE. */
enum {
	CONDIS_VWAN_A_LINES_UNSPEC,
	CONDIS_VWAN_A_LINE,			/* u32: line, from 0, repeated */
	__CONDIS_VWAN_A_LINES_MAX
};

#define CONDIS_VWAN_A_LINES_MAX (__CONDIS_VWAN_A_LINES_MAX - 1)

/**
 * enum condis_vwan_fault - what a call to an adapter's number meets
 * @CONDIS_VWAN_FAULT_NONE: nothing
 * @CONDIS_VWAN_FAULT_BUSY: Q.850 cause 17, user busy
 * @CONDIS_VWAN_FAULT_NO_ANSWER: it rings, nobody is told, and after T301 of the called adapter the
 *	network clears with cause 19, no answer from user
 * @CONDIS_VWAN_FAULT_CONGESTION: cause 42, switching equipment congestion
 * @CONDIS_VWAN_FAULT_UNREACHABLE: cause 27, destination out of order
 * @CONDIS_VWAN_FAULT_UNKNOWN: cause 1, unallocated number
 * @__CONDIS_VWAN_FAULT_MAX: number of faults
 */
enum condis_vwan_fault {
	CONDIS_VWAN_FAULT_NONE,
	CONDIS_VWAN_FAULT_BUSY,
	CONDIS_VWAN_FAULT_NO_ANSWER,
	CONDIS_VWAN_FAULT_CONGESTION,
	CONDIS_VWAN_FAULT_UNREACHABLE,
	CONDIS_VWAN_FAULT_UNKNOWN,
	__CONDIS_VWAN_FAULT_MAX
};

#define CONDIS_VWAN_FAULT_MAX (__CONDIS_VWAN_FAULT_MAX - 1)

/*
 * Messages, as bits of the fault masks.  As they stand: from the network to
 * the adapter.  Shifted left by CONDIS_VWAN_MSG_SENT: from the adapter to the
 * network.
 */
#define CONDIS_VWAN_MSG_SETUP			(1U << 0)
#define CONDIS_VWAN_MSG_CALL_PROCEEDING		(1U << 1)
#define CONDIS_VWAN_MSG_ALERTING		(1U << 2)
#define CONDIS_VWAN_MSG_CONNECT			(1U << 3)
#define CONDIS_VWAN_MSG_CONNECT_ACK		(1U << 4)
#define CONDIS_VWAN_MSG_DISCONNECT		(1U << 5)
#define CONDIS_VWAN_MSG_RELEASE			(1U << 6)
#define CONDIS_VWAN_MSG_RELEASE_COMPLETE	(1U << 7)
#define CONDIS_VWAN_MSG_SENT			16
#define CONDIS_VWAN_MSG_ALL			0x00ff00ffU

#endif /* _UAPI_LINUX_CONDIS_VWAN_H */
