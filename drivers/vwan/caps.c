// SPDX-License-Identifier: GPL-2.0
/*
 * Address families: what a client can ask, and what it is told of the service.
 */
#include <linux/ndproxy.h>
#include <linux/string.h>

#include "vwan.h"

/**
 * vwan_answer_fits() - whether there is room for what is asked
 * @request: the request; is told how much it wants
 * @size: bytes of the answer
 *
 * Context: any
 * Return: 0; -EMSGSIZE
 */
int vwan_answer_fits(struct condis_oid_request *request, u32 size)
{
	if (request->len >= size)
		return 0;
	request->needed = size;
	return -EMSGSIZE;
}

static u32 line_rate(struct vwan_adapter *adapter)
{
	return vwan_byte_rate(vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_RATE)) * BITS_PER_BYTE;
}

static int caps_cm(struct vwan_table *table, struct condis_oid_request *request)
{
	struct condis_cm_caps *caps = request->buf;
	int err = vwan_answer_fits(request, sizeof(*caps));

	if (err)
		return err;
	memset(caps, 0, sizeof(*caps));
	caps->version = CONDIS_TAPI_VERSION;
	caps->num_lines = table->lines;
	caps->flags = CONDIS_TAPI_PER_LINE_CAPS;
	return 0;
}

static int caps_line(struct vwan_adapter *adapter, struct vwan_table *table,
		     struct condis_oid_request *request)
{
	struct condis_line_caps *caps = request->buf;
	int err = vwan_answer_fits(request, sizeof(*caps));
	const struct vwan_line *at;
	u32 line;

	if (err)
		return err;
	line = caps->line;
	at = vwan_table_line(table, line);
	if (!at)
		return -EINVAL;
	memset(caps, 0, sizeof(*caps));
	caps->line = line;
	caps->flags = CONDIS_TAPI_PER_ADDRESS_CAPS;
	caps->num_addresses = at->addresses;
	caps->max_calls = vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_CALLS);
	caps->media_modes = vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_MEDIA_MODES);
	caps->max_rate = line_rate(adapter);
	caps->max_sdu = vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_SDU);
	caps->in_service = vwan_line_in_service(adapter, at);
	caps->generate_digits = LINEDIGITMODE_PULSE | LINEDIGITMODE_DTMF;
	caps->report_digits = caps->generate_digits | LINEDIGITMODE_DTMFEND;
	/* The number of a line has at most four digits. */
	snprintf(caps->name, sizeof(caps->name), "%.20s line %hu",
		 condis_adapter_name(adapter->adapter), (unsigned short)line);
	return 0;
}

static int caps_address(struct vwan_adapter *adapter, struct vwan_table *table,
			struct condis_oid_request *request)
{
	struct condis_address_caps *caps = request->buf;
	int err = vwan_answer_fits(request, sizeof(*caps));
	const struct vwan_address *at;
	u32 line, address;

	if (err)
		return err;
	line = caps->line;
	address = caps->address;
	at = vwan_table_address(table, line, address);
	if (!at)
		return -EINVAL;
	memset(caps, 0, sizeof(*caps));
	caps->line = line;
	caps->address = address;
	caps->max_calls = vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_CALLS);
	caps->media_modes = vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_MEDIA_MODES);
	strscpy(caps->number, at->number, sizeof(caps->number));
	return 0;
}

static int call_diagnostics(struct condis_vc *vc, struct condis_oid_request *request)
{
	struct condis_call_diagnostics *diagnostics = request->buf;
	int err = vwan_answer_fits(request, sizeof(*diagnostics));

	if (err)
		return err;
	if (!vc)
		return -EINVAL;
	memset(diagnostics, 0, sizeof(*diagnostics));
	diagnostics->cause = vwan_leg_diagnosis(vwan_leg_of(vc), &diagnostics->remote,
						&diagnostics->location);
	return 0;
}

/**
 * vwan_oid_request() - ProtocolCoOidRequest: what the lines can do, why a call ended, digits, PPP
 * @af: who asks
 * @vc: about which call, or NULL
 * @request: the request; answered at once, but for digits that are to be sent
 *
 * Context: process
 * Return: 0; -EMSGSIZE: @request->needed bytes are wanted; -EINVAL: no such line or address, or
 * diagnostics without a call; -ENODEV: halted; -EOPNOTSUPP: an OID that is not known; and those of
 * vwan_digits_request() and vwan_wan_request()
 */
int vwan_oid_request(struct condis_af *af, struct condis_vc *vc,
		     struct condis_oid_request *request)
{
	struct vwan_adapter *adapter = vwan_adapter_of(condis_af_adapter(af));
	struct vwan_table *table;
	int err;

	if (request->oid == OID_CO_TAPI_GET_CALL_DIAGNOSTICS)
		return call_diagnostics(vc, request);

	table = vwan_table_get(adapter);
	if (!table)
		return -ENODEV;
	switch (request->oid) {
	case OID_CO_TAPI_CM_CAPS:
		err = caps_cm(table, request);
		break;
	case OID_CO_TAPI_LINE_CAPS:
		err = caps_line(adapter, table, request);
		break;
	case OID_CO_TAPI_ADDRESS_CAPS:
		err = caps_address(adapter, table, request);
		break;
	case OID_CO_TAPI_REPORT_DIGITS:
	case OID_CO_TAPI_DONT_REPORT_DIGITS:
	case OID_CONDIS_GENERATE_DIGITS:
		err = vwan_digits_request(vc, request);
		break;
	default:
		err = vwan_wan_request(adapter, vc, request);
		break;
	}
	vwan_table_put(table);
	return err;
}

/**
 * vwan_open_af() - ProtocolCmOpenAf
 * @af: the address family
 *
 * Context: process
 * Return: 0
 */
int vwan_open_af(struct condis_af *af)
{
	struct vwan_adapter *adapter = vwan_adapter_of(condis_af_adapter(af));
	struct vwan_af *own = condis_af_cm(af);

	own->af = af;
	/* The client learns from the capabilities how things are now. */
	own->told = vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_IN_SERVICE);
	condis_af_hold(af);
	spin_lock(&adapter->lock);
	list_add_tail(&own->node, &adapter->afs);
	spin_unlock(&adapter->lock);
	return 0;
}

/* Take an address family out of the list: true for who has done it. */
static bool af_unlist(struct vwan_adapter *adapter, struct vwan_af *own)
{
	bool listed;

	spin_lock(&adapter->lock);
	listed = !list_empty(&own->node);
	list_del_init(&own->node);
	spin_unlock(&adapter->lock);
	return listed;
}

/**
 * vwan_close_af() - ProtocolCmCloseAf: no VC, SAP or request is left
 * @af: the address family
 *
 * Context: process
 * Return: 0
 */
int vwan_close_af(struct condis_af *af)
{
	struct vwan_adapter *adapter = vwan_adapter_of(condis_af_adapter(af));

	if (af_unlist(adapter, condis_af_cm(af)))
		condis_af_put(af);
	return 0;
}

/**
 * vwan_forget_afs() - forget address families that were closed by force
 * @adapter: whose
 *
 * Context: halt
 */
void vwan_forget_afs(struct vwan_adapter *adapter)
{
	struct vwan_af *own;

	for (;;) {
		spin_lock(&adapter->lock);
		own = list_first_entry_or_null(&adapter->afs, struct vwan_af, node);
		if (own)
			list_del_init(&own->node);
		spin_unlock(&adapter->lock);
		if (!own)
			break;
		condis_af_put(own->af);
	}
}

static void service_told(struct condis_oid_request *request, int status)
{
	struct vwan_af *own = container_of(request, struct vwan_af, request);
	struct vwan_adapter *adapter = vwan_adapter_of(condis_af_adapter(own->af));

	spin_lock(&adapter->lock);
	own->asking = false;
	spin_unlock(&adapter->lock);
	/* It may have changed again while the client was told. */
	vwan_service_changed(adapter);
}

/* The next family that has to be told, with a reference and its request made. */
static struct vwan_af *service_next(struct vwan_adapter *adapter)
{
	bool in_service = vwan_knob(adapter, CONDIS_VWAN_A_ADAPTER_IN_SERVICE);
	struct vwan_af *own, *found = NULL;

	spin_lock(&adapter->lock);
	list_for_each_entry(own, &adapter->afs, node) {
		if (own->asking || own->told == in_service)
			continue;
		condis_af_hold(own->af);
		own->asking = true;
		own->told = in_service;
		memset(&own->request, 0, sizeof(own->request));
		own->request.oid = in_service ? OID_CO_SIGNALING_ENABLED :
						OID_CO_SIGNALING_DISABLED;
		own->request.complete = service_told;
		found = own;
		break;
	}
	spin_unlock(&adapter->lock);
	return found;
}

/**
 * vwan_service_changed() - tell every client whether signalling works
 * @adapter: whose trunk went out of, or came into service
 *
 * A client that refuses or is closing is not asked again.
 *
 * Context: process, no lock held
 */
void vwan_service_changed(struct vwan_adapter *adapter)
{
	struct vwan_af *own;

	while ((own = service_next(adapter))) {
		struct condis_af *af = own->af;

		if (condis_mcm_oid_request(af, &own->request) != -EINPROGRESS) {
			spin_lock(&adapter->lock);
			own->asking = false;
			spin_unlock(&adapter->lock);
		}
		condis_af_put(af);
	}
}
