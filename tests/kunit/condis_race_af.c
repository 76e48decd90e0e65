// SPDX-License-Identifier: GPL-2.0
/*
 * Races about address families and SAPs (condis.md 3.3): R10 to R12, R17, R18.
 */
#include "condis_race.h"

#define CLOSE_AF_STOPS							\
	"af.empty.posted", "af.empty.deliver", "af.empty.delivered",		\
	"af.close_af.deliver", "af.close_af_complete.posted",			\
	"af.close_af_complete.deliver", "af.close_af_complete.delivered",	\
	"af.end.begin", "af.end.unlisted"

static int close_af(struct fake *f, void *object)
{
	return condis_cl_close_address_family(object);
}

static struct condis_vc *made;

static int create(struct fake *f, void *object)
{
	made = condis_co_create_vc(object, f);
	return PTR_ERR_OR_ZERO(made);
}

/* A VC that could be made is the client's to delete; the family waits for it. */
static void delete_what_was_made(struct fake *f, void *object, const int *result)
{
	if (!result[1])
		fake_check(f, "delete", condis_co_delete_vc(made));
}

static void keep(struct fake *f)
{
	f->keep = true;
}

/* R10: the family is closed while a VC is being made: it waits, or the VC is refused. */
static const struct race r10_create = {
	.set = keep,
	.prepare = race_family,
	.side = { close_af, create },
	.finish = delete_what_was_made,
	.stops = {
		{ CLOSE_AF_STOPS },
		{ "vc.create.counted", "vc.create.entered", "vc.create.made", "vc.create.linked" },
	},
	.allowed = {
		"-EINPROGRESS -ESHUTDOWN: cm.close-af cl.closed-af",
		"-EINPROGRESS 0: cm.create cm.delete cm.close-af cl.closed-af",
	},
};

static void r10_close_af_and_create(struct kunit *test)
{
	race_run(test, &r10_create);
}

/* As R10, the other way in: the call manager makes a VC for an offer. */
static int create_for_offer(struct fake *f, void *object)
{
	made = condis_mcm_create_vc(object);
	return PTR_ERR_OR_ZERO(made);
}

static void delete_for_offer(struct fake *f, void *object, const int *result)
{
	if (!result[1])
		fake_check(f, "mcm-delete", condis_mcm_delete_vc(made));
}

static const struct race r10_offer = {
	.set = keep,
	.prepare = race_family,
	.side = { close_af, create_for_offer },
	.finish = delete_for_offer,
	.stops = {
		{ "af.empty.posted", "af.empty.deliver", "af.close_af.deliver" },
		{ "vc.mcm_create.counted", "vc.mcm_create.made", "vc.mcm_create.linked" },
	},
	.allowed = {
		"-EINPROGRESS -ESHUTDOWN: cm.close-af cl.closed-af",
		"-EINPROGRESS 0: cl.create cl.delete cm.close-af cl.closed-af",
	},
};

static void r10_close_af_and_offer(struct kunit *test)
{
	race_run(test, &r10_offer);
}

static struct condis_vc *last_call;

/* The family is what is raced for, and the call is on it. */
static struct condis_vc *family_with_call(struct fake *f)
{
	race_family(f);
	last_call = fake_dial(f);
	return NULL;
}

static int close_last_call(struct fake *f, void *object)
{
	return fake_close(f, last_call);
}

/*
 * R10: closed while its last call ends: the close of the family comes after it,
 * whoever of the two sees that nothing is left.
 */
static const struct race r10_last = {
	.prepare = family_with_call,
	.side = { close_af, close_last_call },
	.stops = {
		{ "af.empty.posted", "af.empty.deliver", "af.empty.delivered" },
		{ "af.remove_child", "af.last_child" },
	},
	.allowed = {
		"-EINPROGRESS -EINPROGRESS: cm.close cl.closed cm.delete cm.close-af cl.closed-af",
	},
};

static void r10_close_af_and_last_call(struct kunit *test)
{
	race_run(test, &r10_last);
}

/* R11. */
static const struct race r11 = {
	.prepare = race_family,
	.side = { close_af, close_af },
	.stops = { { CLOSE_AF_STOPS }, { "af.empty.posted" } },
	.allowed = {
		"-EINPROGRESS -EALREADY: cm.close-af cl.closed-af",
		"-EALREADY -EINPROGRESS: cm.close-af cl.closed-af",
	},
};

static void r11_close_af_twice(struct kunit *test)
{
	race_run(test, &r11);
}

static void pend_notify(struct fake *f)
{
	f->step[CL_NOTIFY].how = FAKE_PEND;
}

static int notify(struct fake *f, void *object)
{
	return condis_mcm_notify_close_address_family(object);
}

/* The client completes the notification after all else; the family's memory waits for it (I8). */
static void complete_notification(struct fake *f, void *object, const int *result)
{
	if (result[1] == -EINPROGRESS)
		fake_check(f, "notify-complete",
			   condis_cl_notify_close_address_family_complete(object, 0));
}

/* R12. */
static const struct race r12 = {
	.set = pend_notify,
	.prepare = race_family,
	.side = { close_af, notify },
	.finish = complete_notification,
	.stops = {
		{ CLOSE_AF_STOPS },
		{ "af.notify_close_af.posted", "af.notify_close_af.deliver",
		  "af.notify_close_af.delivered" },
	},
	.allowed = {
		"-EINPROGRESS -EALREADY: cm.close-af cl.closed-af",
		"-EINPROGRESS -EINPROGRESS: cl.notify cm.close-af cl.closed-af cm.notified",
		"-EINPROGRESS -EINPROGRESS: cm.close-af cl.notify cl.closed-af cm.notified",
	},
};

static void r12_close_af_and_notify(struct kunit *test)
{
	race_run(test, &r12);
}

static void complete_if_notified(struct fake *f, void *object)
{
	struct condis_af *af = object;

	if (READ_ONCE(af->notified))
		fake_check(f, "notify-complete",
			   condis_cl_notify_close_address_family_complete(af, 0));
}

/* R13: the client does nothing in the notification, but completes it at the family's end. */
static void notify_late(struct fake *f)
{
	f->step[CL_NOTIFY].how = FAKE_PEND;
	f->step[CL_CLOSED_AF].hook = complete_if_notified;
}

/*
 * R13: a notification during a halt.  Its handler waits for nobody, and nobody waits in
 * it, wherever the halt is.  The words of the adapter are parted from the family's.
 */
static const struct race r13 = {
	.set = notify_late,
	.side = { race_halt, notify },
	.streams = "mp. cl.pause cl.unbind cl.unbound",
	.halts = true,
	.until = { "rundown.asked", NULL },
	.stops = {
		{ "adapter.remove.unnamed", "halt.paused", "halt.halting", "rundown.ask",
		  "rundown.asked", "halt.down", "halt.miniport" },
		{ "af.notify_close_af.posted", "af.notify_close_af.deliver",
		  "af.notify_close_af.delivered" },
	},
	.allowed = {
		"0 -EALREADY: cl.pause mp.pause cl.unbind cl.unbound mp.halt | cm.deregister cl.deregistered cm.close-af cl.closed-af",
		"0 -EINPROGRESS: cl.pause mp.pause cl.unbind cl.unbound mp.halt | cl.notify cm.deregister cl.deregistered cm.close-af cl.closed-af cm.notified",
		"?0 -EINPROGRESS: cl.pause mp.pause cl.unbind cl.unbound mp.halt | cm.deregister cl.notify cl.deregistered cm.close-af cl.closed-af cm.notified",
		"?0 -EINPROGRESS: cl.pause mp.pause cl.unbind cl.unbound mp.halt | cm.deregister cl.deregistered cl.notify cm.close-af cl.closed-af cm.notified",
		"?0 -EINPROGRESS: cl.pause mp.pause cl.unbind cl.unbound mp.halt | cm.deregister cl.deregistered cm.close-af cl.notify cl.closed-af cm.notified",
	},
};

static void r13_notify_during_halt(struct kunit *test)
{
	race_run(test, &r13);
}

static struct condis_sap *sap;

static int deregister(struct fake *f, void *object)
{
	f->sap = NULL;
	return condis_cl_deregister_sap(sap);
}

static int accept(struct fake *f, void *object)
{
	return condis_cl_incoming_call_complete(object, 0, Q850_NONE);
}

static void pend_offer(struct fake *f)
{
	f->step[CL_OFFER].how = FAKE_PEND;
}

static struct condis_vc *offered(struct fake *f)
{
	sap = f->sap;
	return fake_offer(f);
}

static void close_after(struct fake *f, void *object, const int *result)
{
	fake_check(f, "close", fake_close(f, object));
}

#define DEREGISTER_STOPS						\
	"sap.deregister_sap.posted", "sap.deregister_sap.deliver",		\
	"sap.deregister_sap.delivered", "sap.deregister_sap_complete.posted",	\
	"sap.deregister_sap_complete.deliver", "sap.deregister_sap_complete.delivered",	\
	"sap.end.begin", "sap.end.unlisted"

/* R17: a call that was offered is not disturbed by the end of its SAP, decided or not. */
static const struct race r17 = {
	.set = pend_offer,
	.prepare = offered,
	.side = { deregister, accept },
	.finish = close_after,
	.streams = "cm.deregister cl.deregistered",
	.stops = {
		{ DEREGISTER_STOPS },
		{ "vc.incoming_call_complete.posted", "vc.incoming_call_complete.deliver",
		  "vc.call_connected.posted", "vc.call_connected.deliver" },
	},
	.allowed = {
		"-EINPROGRESS 0: cm.deregister cl.deregistered | cm.decided cl.connected cm.close cl.closed cl.delete",
	},
};

static void r17_deregister_with_an_offer_up(struct kunit *test)
{
	race_run(test, &r17);
}

/* An offer is delivered before the end of its SAP, or not at all. */
static void not_deregistered(struct fake *f, void *object)
{
	KUNIT_EXPECT_FALSE_MSG(f->test, fake_has(f, "cl.deregistered"),
			       "offered after the end of the SAP: %s", f->log);
}

static void pend_offer_and_look(struct fake *f)
{
	f->step[CL_OFFER].how = FAKE_PEND;
	f->step[CL_OFFER].hook = not_deregistered;
}

static struct condis_vc *to_be_offered(struct fake *f)
{
	struct condis_vc *vc = fake_mcm_create(f);

	KUNIT_ASSERT_NOT_NULL(f->test, vc);
	sap = f->sap;
	/* As an exchange that has chosen it does. */
	condis_sap_hold(sap);
	return vc;
}

static int offer(struct fake *f, void *object)
{
	struct condis_call_params params;

	fake_call_params(f, &params);
	return condis_mcm_dispatch_incoming_call(sap, object, &params);
}

static void end_offer(struct fake *f, void *object, const int *result)
{
	condis_sap_put(sap);
	if (result[1] == -EINPROGRESS)
		fake_check(f, "close", fake_close(f, object));
	else
		fake_check(f, "mcm-delete", condis_mcm_delete_vc(object));
}

/* R18: a call is offered at the moment in which its SAP is deregistered. */
static const struct race r18 = {
	.set = pend_offer_and_look,
	.prepare = to_be_offered,
	.side = { deregister, offer },
	.finish = end_offer,
	.streams = "cm.deregister cl.deregistered",
	.stops = {
		{ DEREGISTER_STOPS },
		{ "sap.dispatch.started", "vc.offer.dispatching", "vc.incoming_call.posted",
		  "vc.incoming_call.deliver", "sap.dispatch.end", "vc.incoming_call.delivered" },
	},
	.allowed = {
		"-EINPROGRESS -ESHUTDOWN: cm.deregister cl.deregistered | cl.delete",
		"-EINPROGRESS -EINPROGRESS: cm.deregister cl.deregistered | cl.offer cm.pending cm.close cl.closed cl.delete",
	},
};

static void r18_offer_and_deregister(struct kunit *test)
{
	race_run(test, &r18);
}

static struct kunit_case condis_race_af_cases[] = {
	KUNIT_CASE(r10_close_af_and_create),
	KUNIT_CASE(r10_close_af_and_offer),
	KUNIT_CASE(r10_close_af_and_last_call),
	KUNIT_CASE(r11_close_af_twice),
	KUNIT_CASE(r12_close_af_and_notify),
	KUNIT_CASE(r13_notify_during_halt),
	KUNIT_CASE(r17_deregister_with_an_offer_up),
	KUNIT_CASE(r18_offer_and_deregister),
	{}
};

static struct kunit_suite condis_race_af_suite = {
	.name = "condis_race_af",
	.exit = race_exit,
	.test_cases = condis_race_af_cases,
};

kunit_test_suite(condis_race_af_suite);
