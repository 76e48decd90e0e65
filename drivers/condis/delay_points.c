// SPDX-License-Identifier: GPL-2.0
/*
 * Delay points: their names.
 */
#include <linux/kernel.h>
#include <linux/string.h>

#include "delay_points.h"
#include "state.h"

/*
 * Every point by name, in the order of the layers.  Those of upcalls are made of
 * the tables below: "vc.close_call.posted" when a lock was dropped under which it
 * was queued, ".deliver" before its handler and ".delivered" after it.
 */
static const char * const points[] = {
	"vc.watchdog.expired",
	"vc.timer.expired",
	"vc.create.counted",
	"vc.create.entered",
	"vc.create.made",
	"vc.create.linked",
	"vc.mcm_create.counted",
	"vc.mcm_create.made",
	"vc.mcm_create.linked",
	"vc.end.begin",
	"vc.end.timers",
	"vc.end.unlisted",
	"vc.end.childless",
	"vc.activate.done",
	"vc.deactivate.done",
	"vc.drained",
	"vc.make_call.checked",
	"vc.offer.dispatching",
	"vc.send.counted",
	"vc.send.complete",
	"vc.receive.counted",
	"data.attached",
	"data.detached",
	"request.allowed",
	"request.added",
	"request.claimed",
	"af.add_child",
	"af.remove_child",
	"af.last_child",
	"af.end.begin",
	"af.end.unlisted",
	"af.deadline.expired",
	"af.open.found",
	"af.open.made",
	"af.open.linked",
	"sap.end.begin",
	"sap.end.unlisted",
	"sap.watchdog.expired",
	"sap.register.counted",
	"sap.register.linked",
	"sap.dispatch.started",
	"sap.dispatch.end",
	"binding.close.told",
	"binding.close.unlisted",
	"binding.close.gone",
	"binding.create.listed",
	"binding.use",
	"binding.unuse",
	"binding.unused",
	"binding.ask",
	"binding.asked",
	"family.enter",
	"family.entered",
	"family.leave",
	"family.gone",
	"family.drained",
	"adapter.data.stopped",
	"adapter.op.claimed",
	"adapter.pause.told",
	"adapter.pause.done",
	"adapter.restart.data",
	"adapter.reset.begin",
	"adapter.reset.stopped",
	"adapter.reset.done",
	"adapter.reconfigure.frozen",
	"adapter.reconfigure.down",
	"adapter.reconfigure.done",
	"adapter.status.indicate",
	"vc.status.indicate",
	"adapter.announce",
	"halt.begin",
	"halt.paused",
	"halt.halting",
	"halt.down",
	"halt.families",
	"halt.miniport",
	"halt.halted",
	"halt.unregistered",
	"halt.forgotten",
	"adapter.register.up",
	"adapter.remove.frozen",
	"adapter.remove.unnamed",
	"orphan.added",
	"orphan.freed",
	"rundown.vc_without_cm",
	"rundown.vc_without_client",
	"rundown.af_without_cm",
	"rundown.af_without_client",
	"rundown.af_forced",
	"rundown.windows_closed",
	"rundown.ask",
	"rundown.asked",
	"rundown.deadline",
	"rundown.down",
	"rundown.notified",
	"protocol.unbind",
	"net.adapter.named",
	"net.adapter.unnamed",
	"net.adapter.gone",
	"net.namespace.ends",
	"kind.drained",
	"kind.halting",
	"exchange.unnamed",
	"exchange.joined",
	"exchange.leave",
	"netlink.adapter.made",
	"netlink.adapter.changed",
	"netlink.adapter.found",
	"proxy.forced",
	"proxy.sap.deregister",
	"proxy.step",
	"proxy.answered",
	"proxy.af.swept",
	"proxy.af.closed",
	"proxy.af.notified",
	"proxy.unbind.unlisted",
	"proxy.unbind.forced",
	"call.close.claimed",
	"call.close.posted",
	"call.make.begun",
	"call.make.vc",
	"call.make.making",
	"call.make.made",
	"call.answer.decided",
	"call.drop.claimed",
	"event.queue",
	"leg.end.unlinked",
	"leg.delete",
	"leg.deleted",
	"leg.diagnosed",
	"leg.make_failed",
	"leg.offered",
	"leg.hung_up",
	"digits.report",
	"digits.generate",
	"leg_b.made",
	"leg_b.accepted",
	"leg_b.settled",
	"leg_b.close",
	"leg_b.gone",
	"line.sap.gone",
	"line.open.linked",
	"line.privileges.set",
	"line.close.silent",
	"line.close.unlinked",
	"line.close.updated",
	"session.ended",
	"session.line.taken",
	"session.removed",
	"handle.found",
	"handle.taken",
	"ndiswan.closing",
	"ndiswan.call.made",
	"ndiswan.call.down",
	"ndiswan.link.registered",
	"ndiswan.link.tell",
	"ndiswan.link.unregister",
	"wan.leg.detached",
	"wan.walk",
	"wan.halt.begin",
	"wan.halt.left",
	"wan.halt.dropped",
	"wan.paused",
	"wan.reconfigure.left",
	"wan.pump",
	"wan.leg.delete",
	"wan.leg.offer",
	"wan.leg.connect",
	"wan.leg.released",
	"wan.digits.asked",
	"wan.digits.finish",
	"wan.digits.closed",
	"wan.hand_over",
	"wan.signal",
	"wan.receive",
	"wan.routed",
	"wan.attach",
	"wan.taken",
	"wan.drop",
	"wan.carry",
	"wan.straight",
	"wan.down",
};

static const char * const vc_codes[] = {
	[CONDIS_VC_CM_MAKE_CALL] = "make_call",
	[CONDIS_VC_CM_INCOMING_PENDING] = "incoming_call_pending",
	[CONDIS_VC_CM_INCOMING_COMPLETE] = "incoming_call_complete",
	[CONDIS_VC_CM_CLOSE_CALL] = "close_call",
	[CONDIS_VC_CM_DEACTIVATED] = "deactivate_vc_complete",
	[CONDIS_VC_CM_SIGNAL] = "signal",
	[CONDIS_VC_CM_TIMER] = "timer",
	[CONDIS_VC_CL_PROCEEDING] = "proceeding",
	[CONDIS_VC_CL_ALERTING] = "alerting",
	[CONDIS_VC_CL_INCOMING_CALL] = "incoming_call",
	[CONDIS_VC_CL_MAKE_COMPLETE] = "make_call_complete",
	[CONDIS_VC_CL_CONNECTED] = "call_connected",
	[CONDIS_VC_CL_INCOMING_CLOSE] = "incoming_close_call",
	[CONDIS_VC_CL_CLOSE_COMPLETE] = "close_call_complete",
	[CONDIS_VC_CM_DELETE] = "cm_delete_vc",
	[CONDIS_VC_CL_DELETE] = "cl_delete_vc",
	NULL
};

static const char * const af_codes[] = {
	[CONDIS_AF_CM_OPEN] = "open_af",
	[CONDIS_AF_CL_OPEN_COMPLETE] = "open_af_complete",
	[CONDIS_AF_CL_NOTIFY] = "notify_close_af",
	[CONDIS_AF_FORCE] = "force",
	[CONDIS_AF_EMPTY] = "empty",
	[CONDIS_AF_CM_CLOSE] = "close_af",
	[CONDIS_AF_CL_CLOSE_COMPLETE] = "close_af_complete",
	[CONDIS_AF_CM_NOTIFY_COMPLETE] = "notify_close_af_complete",
	NULL
};

static const char * const sap_codes[] = {
	[CONDIS_SAP_CM_REGISTER] = "register_sap",
	[CONDIS_SAP_CL_REGISTER_COMPLETE] = "register_sap_complete",
	[CONDIS_SAP_CM_DEREGISTER] = "deregister_sap",
	[CONDIS_SAP_CL_DEREGISTER_COMPLETE] = "deregister_sap_complete",
	NULL
};

static const char * const binding_codes[] = {
	[CONDIS_BINDING_EMPTY] = "empty",
	[CONDIS_BINDING_CLOSE_COMPLETE] = "close_adapter_complete",
	NULL
};

static const struct {
	const char *name;
	const char * const *codes;
} kinds[CONDIS_NR_DELAY_KINDS] = {
	[CONDIS_DELAY_VC] = { "vc", vc_codes },
	[CONDIS_DELAY_AF] = { "af", af_codes },
	[CONDIS_DELAY_SAP] = { "sap", sap_codes },
	[CONDIS_DELAY_BINDING] = { "binding", binding_codes },
};

static const char * const phases[] = {
	[CONDIS_DELAY_POSTED] = "posted",
	[CONDIS_DELAY_DELIVER] = "deliver",
	[CONDIS_DELAY_DELIVERED] = "delivered",
};

/**
 * condis_delay_upcall_name() - the name of an upcall's point
 * @name: DELAY_NAME_SIZE bytes
 * @kind: of the object; not CONDIS_DELAY_NONE
 * @code: the upcall
 * @phase: before or after what
 *
 * Context: any
 */
void condis_delay_upcall_name(char *name, enum condis_delay_kind kind, unsigned int code,
			      enum condis_delay_phase phase)
{
	snprintf(name, DELAY_NAME_SIZE, "%s.%s.%s", kinds[kind].name, kinds[kind].codes[code],
		 phases[phase]);
}

/**
 * condis_delay_matches() - whether a point is meant by a name
 * @name: its name, or with a star at its end that of each point that begins so
 * @point: the point's name
 *
 * Return: true if so
 *
 * Context: any
 */
bool condis_delay_matches(const char *name, const char *point)
{
	size_t n = strlen(name);

	if (n && name[n - 1] == '*')
		return !strncmp(name, point, n - 1);
	return !strcmp(name, point);
}

static bool upcall_known(const char *name)
{
	unsigned int kind, code, phase;
	char point[DELAY_NAME_SIZE];

	for (kind = CONDIS_DELAY_NONE + 1; kind < CONDIS_NR_DELAY_KINDS; kind++)
		for (code = 0; kinds[kind].codes[code]; code++)
			for (phase = 0; phase < ARRAY_SIZE(phases); phase++) {
				condis_delay_upcall_name(point, kind, code, phase);
				if (condis_delay_matches(name, point))
					return true;
			}
	return false;
}

/**
 * condis_delay_known() - whether there is such a point
 * @name: as for condis_delay_matches()
 *
 * Return: true if so
 *
 * Context: any
 */
bool condis_delay_known(const char *name)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(points); i++)
		if (condis_delay_matches(name, points[i]))
			return true;
	return upcall_known(name);
}
