/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * Cause values of ITU-T Q.850, by the names of its clause 2.
 */
#ifndef _UAPI_LINUX_Q850_H
#define _UAPI_LINUX_Q850_H

/**
 * enum q850_cause - why a call was refused, cleared or lost
 * @Q850_NONE: no cause given
 * @Q850_UNALLOCATED_NUMBER: unallocated (unassigned) number
 * @Q850_NO_ROUTE_TO_DESTINATION: no route to destination
 * @Q850_NORMAL_CLEARING: normal call clearing
 * @Q850_USER_BUSY: user busy
 * @Q850_NO_USER_RESPONDING: no user responding
 * @Q850_NO_ANSWER: no answer from user (user alerted)
 * @Q850_CALL_REJECTED: call rejected
 * @Q850_NUMBER_CHANGED: number changed
 * @Q850_DESTINATION_OUT_OF_ORDER: destination out of order
 * @Q850_INVALID_NUMBER_FORMAT: invalid number format (address incomplete)
 * @Q850_NORMAL_UNSPECIFIED: normal, unspecified
 * @Q850_NO_CIRCUIT_AVAILABLE: no circuit/channel available
 * @Q850_NETWORK_OUT_OF_ORDER: network out of order
 * @Q850_TEMPORARY_FAILURE: temporary failure
 * @Q850_SWITCHING_CONGESTION: switching equipment congestion
 * @Q850_RESOURCE_UNAVAILABLE: resource unavailable, unspecified
 * @Q850_BEARER_NOT_AVAILABLE: bearer capability not presently available
 * @Q850_SERVICE_UNAVAILABLE: service or option not available, unspecified
 * @Q850_BEARER_NOT_IMPLEMENTED: bearer capability not implemented
 * @Q850_INVALID_CALL_REFERENCE: invalid call reference value
 * @Q850_INCOMPATIBLE_DESTINATION: incompatible destination
 * @Q850_RECOVERY_ON_TIMER_EXPIRY: recovery on timer expiry
 * @Q850_PROTOCOL_ERROR: protocol error, unspecified
 * @Q850_INTERWORKING: interworking, unspecified
 */
enum q850_cause {
	Q850_NONE			= 0,
	Q850_UNALLOCATED_NUMBER		= 1,
	Q850_NO_ROUTE_TO_DESTINATION	= 3,
	Q850_NORMAL_CLEARING		= 16,
	Q850_USER_BUSY			= 17,
	Q850_NO_USER_RESPONDING		= 18,
	Q850_NO_ANSWER			= 19,
	Q850_CALL_REJECTED		= 21,
	Q850_NUMBER_CHANGED		= 22,
	Q850_DESTINATION_OUT_OF_ORDER	= 27,
	Q850_INVALID_NUMBER_FORMAT	= 28,
	Q850_NORMAL_UNSPECIFIED		= 31,
	Q850_NO_CIRCUIT_AVAILABLE	= 34,
	Q850_NETWORK_OUT_OF_ORDER	= 38,
	Q850_TEMPORARY_FAILURE		= 41,
	Q850_SWITCHING_CONGESTION	= 42,
	Q850_RESOURCE_UNAVAILABLE	= 47,
	Q850_BEARER_NOT_AVAILABLE	= 58,
	Q850_SERVICE_UNAVAILABLE	= 63,
	Q850_BEARER_NOT_IMPLEMENTED	= 65,
	Q850_INVALID_CALL_REFERENCE	= 81,
	Q850_INCOMPATIBLE_DESTINATION	= 88,
	Q850_RECOVERY_ON_TIMER_EXPIRY	= 102,
	Q850_PROTOCOL_ERROR		= 111,
	Q850_INTERWORKING		= 127,
};

/* The largest value that fits the seven bits of a cause information element. */
#define Q850_CAUSE_MAX	127

#endif /* _UAPI_LINUX_Q850_H */
