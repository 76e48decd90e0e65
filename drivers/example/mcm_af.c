// SPDX-License-Identifier: GPL-2.0
/*
 * Example call manager: clients come, ask, listen, and go.
 */
#include <linux/kernel.h>

#include "mcm.h"

/*
 * 1. The address family.
 *
 * A client opens it on each adapter, maybe more than one client.  close_af()
 * comes when no VC, no SAP and no request of it is left: the core sees to that,
 * so there is nothing to count and nothing to wait for.  Who has to ask a device
 * first returns -EINPROGRESS from either, and calls
 * condis_mcm_open_address_family_complete() or
 * condis_mcm_close_address_family_complete() once, be it inside of the handler.
 *
 * What is kept for an AF may be freed in close_af(); if the call manager has asked
 * the client to close, by condis_mcm_notify_close_address_family(), not before
 * notify_close_af_complete(), which may come after it.
 */
int mcm_open_af(struct condis_af *af)
{
	return 0;
}

int mcm_close_af(struct condis_af *af)
{
	return 0;
}

static int line_caps(struct mcm_adapter *own, struct condis_line_caps *caps)
{
	if (caps->line >= own->lines)
		return -EINVAL;
	caps->flags = CONDIS_TAPI_PER_ADDRESS_CAPS;
	caps->num_addresses = 1;
	caps->max_calls = 1;
	caps->media_modes = MCM_MEDIA;
	caps->max_rate = MCM_BYTE_RATE * BITS_PER_BYTE;
	caps->max_sdu = MCM_SDU;
	caps->in_service = true;
	snprintf(caps->name, sizeof(caps->name), "example line %u", caps->line);
	return 0;
}

static int address_caps(struct mcm_adapter *own, struct condis_address_caps *caps)
{
	if (caps->line >= own->lines || caps->address)
		return -EINVAL;
	caps->max_calls = 1;
	caps->media_modes = MCM_MEDIA;
	snprintf(caps->number, sizeof(caps->number), "%u", MCM_FIRST_NUMBER + caps->line);
	return 0;
}

/*
 * Requests: a client may ask at any time, also two things at once, and about a
 * call also while it closes: why it ended is kept until its VC is deleted.  Who
 * cannot answer at once returns -EINPROGRESS and calls
 * condis_mcm_oid_request_complete().
 */
int mcm_oid_request(struct condis_af *af, struct condis_vc *vc, struct condis_oid_request *req)
{
	struct mcm_adapter *own = mcm_adapter_of(condis_af_adapter(af));
	struct condis_cm_caps *cm = req->buf;

	switch (req->oid) {
	case OID_CO_TAPI_CM_CAPS:
		req->needed = sizeof(struct condis_cm_caps);
		break;
	case OID_CO_TAPI_LINE_CAPS:
		req->needed = sizeof(struct condis_line_caps);
		break;
	case OID_CO_TAPI_ADDRESS_CAPS:
		req->needed = sizeof(struct condis_address_caps);
		break;
	case OID_CO_TAPI_GET_CALL_DIAGNOSTICS:
		req->needed = sizeof(struct condis_call_diagnostics);
		break;
	default:
		return -EOPNOTSUPP;
	}
	if (req->len < req->needed)
		return -EMSGSIZE;

	switch (req->oid) {
	case OID_CO_TAPI_CM_CAPS:
		/* The first question of a session: how many lines there are. */
		cm->version = CONDIS_TAPI_VERSION;
		cm->num_lines = own->lines;
		cm->flags = CONDIS_TAPI_PER_LINE_CAPS;
		return 0;
	case OID_CO_TAPI_LINE_CAPS:
		return line_caps(own, req->buf);
	case OID_CO_TAPI_ADDRESS_CAPS:
		return address_caps(own, req->buf);
	default:
		if (!vc)
			return -EINVAL;
		spin_lock_bh(&own->lock);
		*(struct condis_call_diagnostics *)req->buf = mcm_call_of(vc)->diagnostics;
		spin_unlock_bh(&own->lock);
		return 0;
	}
}

static bool sap_covers(const struct condis_sap *sap, u32 line)
{
	const struct condis_sap_params *params = condis_sap_params(sap);

	return params->line == CONDIS_UNSPECIFIED || line == CONDIS_UNSPECIFIED ||
	       params->line == line;
}

/*
 * 2. SAPs: where clients listen.
 *
 * From here on calls may be offered on it, also before the client has heard that
 * it is registered.  The client's wish may be refused: here a line is listened on
 * once.  There is one medium only, so that each SAP takes every call.
 */
int mcm_register_sap(struct condis_sap *condis_sap)
{
	struct mcm_adapter *own = mcm_adapter_of(condis_af_adapter(condis_sap_af(condis_sap)));
	const struct condis_sap_params *params = condis_sap_params(condis_sap);
	struct mcm_sap *sap = condis_sap_cm(condis_sap), *other;
	int err = 0;

	if (!(params->media_modes & MCM_MEDIA) ||
	    (params->line != CONDIS_UNSPECIFIED && params->line >= own->lines) ||
	    (params->address != CONDIS_UNSPECIFIED && params->address))
		return -EINVAL;

	sap->sap = condis_sap;
	spin_lock_bh(&own->lock);
	list_for_each_entry(other, &own->saps, node)
		if (sap_covers(other->sap, params->line))
			err = -EADDRINUSE;
	if (!err)
		list_add_tail(&sap->node, &own->saps);
	spin_unlock_bh(&own->lock);
	return err;
}

/*
 * No offer begins after this: the core refuses one with -ESHUTDOWN.  One that has
 * begun goes its way, and calls that came in by the SAP stay.
 */
int mcm_deregister_sap(struct condis_sap *condis_sap)
{
	struct mcm_adapter *own = mcm_adapter_of(condis_af_adapter(condis_sap_af(condis_sap)));
	struct mcm_sap *sap = condis_sap_cm(condis_sap);

	spin_lock_bh(&own->lock);
	list_del(&sap->node);
	spin_unlock_bh(&own->lock);
	return 0;
}

/* Who listens on a line; with a reference, for it may be deregistered while we offer. */
struct condis_sap *mcm_find_sap(struct mcm_adapter *own, u32 line)
{
	struct condis_sap *found = NULL;
	struct mcm_sap *sap;

	spin_lock_bh(&own->lock);
	list_for_each_entry(sap, &own->saps, node) {
		if (sap_covers(sap->sap, line)) {
			found = sap->sap;
			condis_sap_hold(found);
			break;
		}
	}
	spin_unlock_bh(&own->lock);
	return found;
}
