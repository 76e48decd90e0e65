// SPDX-License-Identifier: GPL-2.0
/*
 * The races of the contract (condis.md 3.3) inside one task: both orders by hand,
 * one inside a handler of the other, and closes in every state of a call.  Two
 * tasks at a time are condis_race.c's business.
 */

#include "condis_fake.h"

static void close_now(struct fake *f, void *object)
{
	fake_check(f, "close", fake_close(f, object));
}

static void hang_up(struct fake *f, void *object)
{
	fake_check(f, "hang-up", condis_mcm_dispatch_incoming_close_call(object, 16));
}

/* R1: the client first; the far end's hang-up is swallowed. */
static void close_then_hangup(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	f->step[CM_CLOSE].how = FAKE_PEND;
	fake_close(f, vc);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_close_call(vc, 16), -ESHUTDOWN);
	fake_released(f, vc);
	fake_expect(f, "cl.closed cm.delete");
}

/* R1 inside out: the hang-up is dispatched in close_call() itself (C12). */
static void hangup_inside_close(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	f->step[CM_CLOSE].hook = hang_up;
	fake_clear(f);
	fake_close(f, vc);
	fake_expect(f, "cm.close !hang-up=-ESHUTDOWN cl.closed cm.delete");
}

/* R2: the far end first; the client's own close comes before it acknowledges. */
static void hangup_then_close(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	f->step[CL_HANGUP].how = FAKE_PEND;
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_close_call(vc, 16), 0);
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_close_call(vc, 16), -EALREADY);
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EINPROGRESS);
	fake_expect(f, "cl.hangup cm.close cl.closed cm.delete");
}

/* R2 inside out: the client closes while the hang-up waits behind a handler. */
static void close_overtakes_queued_hangup(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	f->step[CM_MAKE].how = FAKE_PEND;
	vc = fake_dial(f);
	f->step[CL_MADE].hook = hang_up;
	fake_clear(f);
	/* hang_up() queues cl.hangup behind this handler; then the client closes in it. */
	fake_made(f, vc, 0);
	fake_expect(f, "cl.made cl.hangup cm.close cl.closed cm.delete");
}

static void hang_up_and_close(struct fake *f, void *object)
{
	hang_up(f, object);
	close_now(f, object);
}

static void hangup_is_dropped_after_close(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	f->step[CM_MAKE].how = FAKE_PEND;
	vc = fake_dial(f);
	f->step[CL_MADE].hook = hang_up_and_close;
	fake_clear(f);
	fake_made(f, vc, 0);
	fake_expect(f, "cl.made cm.close cl.closed cm.delete");
}

/* R3, R26. */
static void close_twice(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	f->step[CM_CLOSE].how = FAKE_PEND;
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EINPROGRESS);
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EALREADY);
	f->keep = true;
	fake_released(f, vc);
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EALREADY);
	fake_expect(f, "cm.close cl.closed");
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(vc), 0);
	f->vcs[0].alive = false;
	fake_expect(f, "cm.delete");
}

/* R4: closed while the make-call is pending; the call manager completes both. */
static void close_while_dialling(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	f->step[CM_MAKE].how = FAKE_PEND;
	f->step[CM_CLOSE].how = FAKE_PEND;
	vc = fake_dial(f);
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EINPROGRESS);
	fake_expect(f, "cm.create cm.make cm.close");
	KUNIT_EXPECT_EQ(test, condis_mcm_make_call_complete(vc, -ECANCELED, 16), 0);
	fake_expect(f, "cl.made=-ECANCELED");
	KUNIT_EXPECT_EQ(test, condis_mcm_close_call_complete(vc), 0);
	fake_expect(f, "cl.closed cm.delete");
}

/* R5: the answer came while it was being aborted: dropped. */
static void answer_while_aborting(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	f->step[CM_MAKE].how = FAKE_PEND;
	f->step[CM_CLOSE].how = FAKE_PEND;
	vc = fake_dial(f);
	fake_close(f, vc);
	fake_clear(f);
	fake_made(f, vc, 0);
	fake_expect(f, "cl.made=-ECANCELED");
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), -ENOTCONN);
	fake_released(f, vc);
	fake_expect(f, "cl.closed cm.delete");
}

/* R5, the other order: the answer first, then the close. */
static void answer_then_close(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	f->step[CM_MAKE].how = FAKE_PEND;
	vc = fake_dial(f);
	fake_made(f, vc, 0);
	fake_close(f, vc);
	fake_expect(f, "cm.create cm.make cl.made cm.close cl.closed cm.delete");
}

/* C2: the make-call's completion is never given: the core gives it, before the close's. */
static void make_call_never_completed(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	fake_expect_violation(f, CONDIS_VIOLATION_NO_ANSWER, 1);
	f->skips_made = true;
	f->step[CM_MAKE].how = FAKE_PEND;
	vc = fake_dial(f);
	fake_close(f, vc);
	fake_expect(f, "cm.create cm.make cm.close cl.made=-ECANCELED cl.closed cm.delete");
}

static void try_delete(struct fake *f, void *object)
{
	KUNIT_EXPECT_EQ(f->test, condis_co_delete_vc(object), -EBUSY);
}

/* R4: the client must not delete in the first of the two; it is told so. */
static void delete_before_the_close_is_complete(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	fake_expect_violation(f, CONDIS_VIOLATION_OUT_OF_ORDER, 1);
	f->step[CM_MAKE].how = FAKE_PEND;
	f->step[CL_MADE].hook = try_delete;
	vc = fake_dial(f);
	fake_close(f, vc);
	fake_expect(f, "cm.create cm.make cm.close cl.made=-ECANCELED cl.closed cm.delete");
}

/* Closed in make_call(), before the call manager has answered, or even heard. */
static void close_inside_make_call(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	f->step[CM_MAKE].hook = close_now;
	fake_dial(f);
	fake_expect(f, "cm.create cm.make cm.close cl.made=-ECANCELED cl.closed cm.delete");
}

static void close_inside_made(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	f->step[CL_MADE].hook = close_now;
	fake_dial(f);
	fake_expect(f, "cm.create cm.make cl.made cm.close cl.closed cm.delete");
}

static void dial_and_close(struct fake *f, void *object)
{
	struct condis_vc *vc;

	f->step[CL_CONNECTED].hook = NULL;
	vc = fake_dial(f);
	close_now(f, vc);
}

/* The call manager has not heard of the make-call yet: it hears of neither. */
static void close_before_the_make_call_is_delivered(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	f->step[CL_CONNECTED].hook = dial_and_close;
	fake_offer(f);
	fake_expect(f, "cl.create cl.offer cm.pending cm.decided cl.connected cm.create:1",
		    "cl.made:1=-ECANCELED cl.closed:1 cm.delete:1");
}

/* R8: hung up while the offer is undecided; the client closes, or rejects, or both. */
static void hangup_of_an_offer(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	fake_expect_violation(f, CONDIS_VIOLATION_AFTER_END, 2);
	f->step[CL_OFFER].how = FAKE_PEND;
	f->step[CL_HANGUP].how = FAKE_PEND;
	vc = fake_offer(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_close_call(vc, 16), 0);
	fake_expect(f, "cl.create cl.offer cm.pending cl.hangup");
	KUNIT_EXPECT_EQ(test, condis_cl_incoming_call_complete(vc, 0, 0), -ESHUTDOWN);
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EINPROGRESS);
	fake_expect(f, "cm.close cl.closed cl.delete");

	f->nr_vcs = 0;
	vc = fake_offer(f);
	condis_vc_hold(vc);
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_close_call(vc, 16), 0);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_cl_incoming_call_complete(vc, -EBUSY, 17), 0);
	KUNIT_EXPECT_EQ(test, condis_cl_close_call(vc, 16), -EALREADY);
	KUNIT_EXPECT_EQ(test, condis_cl_incoming_call_complete(vc, -EBUSY, 17), -EALREADY);
	fake_expect(f, "cm.decided=-EBUSY cl.delete");
	condis_vc_put(vc);
	fake_expect_counts(f, 1, 1, 1, 0);
}

/* R8, design: held back while the offer's handler runs, and no longer. */
static void hangup_inside_the_offer(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	f->step[CL_OFFER].hook = hang_up;
	f->step[CL_OFFER].how = FAKE_PEND;
	fake_offer(f);
	fake_expect(f, "cl.create cl.offer cl.hangup cm.close cl.closed cl.delete");

	/* The handler's acceptance comes too late, its rejection is as good as a close. */
	f->nr_vcs = 0;
	f->step[CL_OFFER].how = FAKE_RETURN;
	fake_offer(f);
	fake_expect(f, "cl.create cl.offer cl.hangup cm.close cl.closed cl.delete");
	f->nr_vcs = 0;
	f->step[CL_OFFER].status = -EBUSY;
	fake_offer(f);
	fake_expect(f, "cl.create cl.offer cm.decided=-EBUSY cl.delete");
}

static void close_inside_the_offer(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	f->step[CL_OFFER].hook = close_now;
	f->step[CL_OFFER].how = FAKE_PEND;
	fake_offer(f);
	fake_expect(f, "cl.create cl.offer cm.close cl.closed cl.delete");
}

static void accept_now(struct fake *f, void *object)
{
	fake_check(f, "accept", condis_cl_incoming_call_complete(object, 0, 0));
}

/* It rings before it is answered, however fast that was. */
static void accept_inside_the_offer(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	f->step[CL_OFFER].hook = accept_now;
	f->step[CL_OFFER].how = FAKE_PEND;
	vc = fake_offer(f);
	fake_expect(f, "cl.create cl.offer cm.pending cm.decided cl.connected");
	fake_close(f, vc);
	fake_expect(f, "cm.close cl.closed cl.delete");
}

static void accept_and_close_now(struct fake *f, void *object)
{
	accept_now(f, object);
	close_now(f, object);
}

static void accept_and_close_inside_the_offer(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	f->step[CM_DECIDED].how = FAKE_PEND;
	f->step[CL_OFFER].hook = accept_and_close_now;
	f->step[CL_OFFER].how = FAKE_PEND;
	fake_offer(f);
	fake_expect(f, "cl.create cl.offer cm.pending cm.decided cm.close cl.closed cl.delete");
}

/* R9: answered at the moment the far end hangs up: hung up instead of connected. */
static void hangup_instead_of_connected(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	fake_expect_violation(f, CONDIS_VIOLATION_OUT_OF_ORDER, 1);
	f->step[CM_DECIDED].how = FAKE_PEND;
	f->step[CL_HANGUP].how = FAKE_PEND;
	vc = fake_offer(f);
	hang_up(f, vc);
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_call_connected(vc), -ESHUTDOWN);
	fake_expect(f, "cl.create cl.offer cm.pending cm.decided cl.hangup");
	fake_close(f, vc);
	fake_expect(f, "cm.close cl.closed cl.delete");
}

/* R10, R11: closed with calls and a SAP open, and closed twice. */
static void close_af_with_calls_open(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	fake_expect_violation(f, CONDIS_VIOLATION_AFTER_END, 1);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_cl_close_address_family(f->af), -EINPROGRESS);
	KUNIT_EXPECT_EQ(test, condis_cl_close_address_family(f->af), -EALREADY);
	KUNIT_EXPECT_EQ(test, PTR_ERR(condis_co_create_vc(f->af, f)), -ESHUTDOWN);
	KUNIT_EXPECT_EQ(test, PTR_ERR(condis_mcm_create_vc(f->af)), -ESHUTDOWN);
	fake_expect(f, "");
	fake_close(f, vc);
	fake_expect(f, "cm.close cl.closed cm.delete");
	condis_cl_deregister_sap(f->sap);
	f->sap = NULL;
	fake_expect(f, "cm.deregister cl.deregistered cm.close-af cl.closed-af");
}

static void close_af(struct fake *f, void *object)
{
	fake_check(f, "close-af", condis_cl_close_address_family(object));
}

/* The client closes while it is notified, and has not completed that yet. */
static struct condis_af *closed_in_its_notification(struct fake *f)
{
	struct condis_af *af = f->af;

	condis_cl_deregister_sap(f->sap);
	f->sap = NULL;
	fake_clear(f);
	f->step[CL_NOTIFY].how = FAKE_PEND;
	f->step[CL_NOTIFY].hook = close_af;
	KUNIT_EXPECT_EQ(f->test, condis_mcm_notify_close_address_family(af), -EINPROGRESS);
	fake_expect(f, "cl.notify cm.close-af cl.closed-af");
	return af;
}

/* R12: its completion comes after its end. */
static void notification_outlives_the_close(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_af *af = closed_in_its_notification(f);

	fake_expect_counts(f, 1, 1, 0, 0);
	KUNIT_EXPECT_EQ(test, condis_mcm_notify_close_address_family(af), -EALREADY);
	KUNIT_EXPECT_EQ(test, condis_cl_notify_close_address_family_complete(af, 0), 0);
	fake_expect(f, "cm.notified");
	fake_expect_counts(f, 1, 0, 0, 0);
}

static void complete_notification_again(struct fake *f, void *object)
{
	KUNIT_EXPECT_EQ(f->test, condis_cl_notify_close_address_family_complete(object, 0),
			-ENOENT);
}

/* A notification that is completed is over, also while the call manager is just told so. */
static void notification_is_completed_once(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_af *af = closed_in_its_notification(f);

	f->step[CM_NOTIFIED].hook = complete_notification_again;
	KUNIT_EXPECT_EQ(test, condis_cl_notify_close_address_family_complete(af, 0), 0);
	fake_expect(f, "cm.notified");
	fake_expect_violation(f, CONDIS_VIOLATION_COMPLETION_TWICE, 1);
	fake_expect_counts(f, 1, 0, 0, 0);
}

/* R12 in the other order: the close first; a notification of what is closing. */
static void notify_while_closing(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_af *af = f->af;

	condis_cl_deregister_sap(f->sap);
	f->sap = NULL;
	f->step[CM_CLOSE_AF].how = FAKE_PEND;
	f->step[CL_NOTIFY].how = FAKE_PEND;
	close_af(f, af);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_notify_close_address_family(af), -EINPROGRESS);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_address_family_complete(af), 0);
	KUNIT_EXPECT_EQ(test, condis_cl_notify_close_address_family_complete(af, 0), 0);
	fake_expect(f, "cl.notify cl.closed-af cm.notified");
	fake_expect_counts(f, 1, 0, 0, 0);
}

/* Closed before the open was answered: either answer ends it. */
static void close_af_while_opening(struct kunit *test)
{
	static const int status[] = { 0, -ENOMEM };
	struct fake *f = fake_new(test);
	struct condis_af *af;
	unsigned int i;

	fake_up(f);
	fake_clear(f);
	f->step[CM_OPEN].how = FAKE_PEND;
	for (i = 0; i < ARRAY_SIZE(status); i++) {
		fake_open(f);
		af = f->af;
		close_af(f, af);
		fake_expect(f, "cm.open");
		KUNIT_EXPECT_EQ(test, condis_mcm_open_address_family_complete(af, status[i]), 0);
		if (status[i])
			fake_expect(f, "cl.opened=-ECANCELED cl.closed-af");
		else
			fake_expect(f, "cl.opened=-ECANCELED cm.close-af cl.closed-af");
		fake_expect_counts(f, 1, 0, 0, 0);
	}
}

static void deregister_while_registering(struct kunit *test)
{
	static const int status[] = { 0, -EADDRINUSE };
	struct fake *f = fake_new(test);
	struct condis_sap *sap;
	unsigned int i;

	fake_up(f);
	fake_open(f);
	fake_clear(f);
	f->step[CM_REGISTER].how = FAKE_PEND;
	for (i = 0; i < ARRAY_SIZE(status); i++) {
		fake_listen(f);
		sap = f->sap;
		KUNIT_EXPECT_EQ(test, condis_cl_deregister_sap(sap), -EINPROGRESS);
		KUNIT_EXPECT_EQ(test, condis_cl_deregister_sap(sap), -EALREADY);
		fake_expect(f, "cm.register");
		KUNIT_EXPECT_EQ(test, condis_mcm_register_sap_complete(sap, status[i]), 0);
		f->sap = NULL;
		if (status[i])
			fake_expect(f, "cl.registered=-ECANCELED cl.deregistered");
		else
			fake_expect(f, "cl.registered=-ECANCELED cm.deregister cl.deregistered");
		fake_expect_counts(f, 1, 1, 0, 0);
	}
}

/* R14: halted with a make-call pending, by a call manager that answers nobody. */
static void halt_while_dialling(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	f->step[CM_MAKE].how = FAKE_PEND;
	fake_dial(f);
	fake_clear(f);
	f->adapter_up = false;
	condis_unregister_adapter(f->adapter);
	fake_expect(f, "cl.pause mp.pause cl.unbind cm.deregister cl.deregistered cm.close",
		    "cl.made=-ECANCELED cl.closed cm.delete cm.close-af cl.closed-af",
		    "cl.unbound mp.halt");
}

static void close_first_vc(struct fake *f, void *object)
{
	if (f->vcs[0].alive && !f->vcs[0].closing)
		fake_check(f, "close", fake_close(f, f->vcs[0].vc));
}

static void hang_up_first_vc(struct fake *f, void *object)
{
	condis_mcm_dispatch_incoming_close_call(f->vcs[0].vc, 16);
}

/* R15, R16: a close during a reset completes; here from RESET_START. */
static void close_during_reset(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	fake_dial(f);
	fake_clear(f);
	f->step[CL_STATUS].hook = close_first_vc;
	KUNIT_EXPECT_EQ(test, condis_adapter_reset(f->adapter), 0);
	fake_expect(f, "cl.status=3 cm.close cl.closed cm.delete mp.reset cl.status=4");
}

/* R25. */
static void hangup_during_pause(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	fake_dial(f);
	fake_clear(f);
	f->step[MP_PAUSE].hook = hang_up_first_vc;
	KUNIT_EXPECT_EQ(test, condis_adapter_pause(f->adapter), 0);
	fake_expect(f, "cl.pause mp.pause cl.hangup cm.close cl.closed cm.delete");
}

static void deregister(struct fake *f, void *object)
{
	struct condis_sap *sap = f->sap;

	f->sap = NULL;
	fake_check(f, "deregister", condis_cl_deregister_sap(sap));
}

static void note_deregistered(struct fake *f, void *object)
{
	KUNIT_EXPECT_TRUE(f->test, fake_has(f, "cl.offer"));
}

/* R17, C13: deregistered while an offer on it is in its handler: completes after that. */
static void deregister_inside_the_offer(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	f->step[CL_OFFER].hook = deregister;
	f->step[CL_DEREGISTERED].hook = note_deregistered;
	f->step[CM_DEREGISTER].how = FAKE_RETURN;
	fake_offer(f);
	fake_expect(f, "cl.create cl.offer cm.pending cm.decided cl.connected",
		    "cm.deregister cl.deregistered");
	fake_expect_counts(f, 1, 1, 1, 1);
	fake_close_all(f);
	fake_wait(f, "cl.closed-af");
	fake_expect_counts(f, 1, 0, 0, 0);
}

/* R17: undecided for long: the deregistration does not wait for the decision. */
static void deregister_with_an_undecided_offer(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	f->step[CL_OFFER].how = FAKE_PEND;
	vc = fake_offer(f);
	fake_clear(f);
	deregister(f, NULL);
	fake_expect(f, "cm.deregister cl.deregistered");
	KUNIT_EXPECT_EQ(test, condis_cl_incoming_call_complete(vc, 0, 0), 0);
	fake_expect(f, "cm.decided cl.connected");
	fake_close(f, vc);
	fake_expect(f, "cm.close cl.closed cl.delete");
}

/* R18: an offer on a SAP that is going, or whose family is. */
static void offer_on_a_closing_sap(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_sap *sap = f->sap;

	fake_expect_violation(f, CONDIS_VIOLATION_COMPLETION_TWICE, 1);
	f->step[CM_DEREGISTER].how = FAKE_PEND;
	condis_sap_hold(sap);
	condis_cl_deregister_sap(sap);
	fake_clear(f);
	KUNIT_EXPECT_NULL(test, fake_offer(f));
	fake_expect(f, "cl.create !offer=-ESHUTDOWN cl.delete");
	condis_mcm_deregister_sap_complete(sap);
	KUNIT_EXPECT_EQ(test, condis_mcm_deregister_sap_complete(sap), -ENOENT);
	f->sap = NULL;
	condis_sap_put(sap);
	fake_expect(f, "cl.deregistered");
}

/* A close in every state that a call can be in: the answer, and one completion or none. */
static void close_in_every_state(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	fake_expect_violation(f, CONDIS_VIOLATION_AFTER_END, 3);
	fake_expect_violation(f, CONDIS_VIOLATION_OUT_OF_ORDER, 3);
	fake_expect_violation(f, CONDIS_VIOLATION_NO_ANSWER, 1);
	f->keep = true;
	/* idle */
	vc = fake_create(f);
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -ENOTCONN);
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(vc), 0);
	fake_expect(f, "cm.create cm.delete");
	/* closed by a failure */
	f->nr_vcs = 0;
	f->step[CM_MAKE].status = -EBUSY;
	vc = fake_dial(f);
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EALREADY);
	condis_vc_hold(vc);
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(vc), 0);
	/* deleted */
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EALREADY);
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(vc), -EALREADY);
	condis_vc_put(vc);
	fake_expect(f, "cm.create cm.make cl.made=-EBUSY cm.delete");
	/* out-aborting */
	f->nr_vcs = 0;
	f->step[CM_MAKE].how = FAKE_PEND;
	f->step[CM_CLOSE].how = FAKE_PEND;
	vc = fake_dial(f);
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EINPROGRESS);
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EALREADY);
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(vc), -EBUSY);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_call_complete(vc), 0);
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(vc), 0);
	fake_expect(f, "cm.create cm.make cm.close cl.made=-ECANCELED cl.closed cm.delete");
	/* completing */
	f->nr_vcs = 0;
	f->holds = true;
	vc = fake_dial(f);
	fake_made(f, vc, 0);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EINPROGRESS);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_call_complete(vc), 0);
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EALREADY);
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(vc), -ESHUTDOWN);
	fake_return_sends(f);
	fake_wait(f, "cl.closed");
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(vc), 0);
	fake_wait(f, "cm.delete");
	fake_clear(f);
	/* offered */
	f->nr_vcs = 0;
	f->step[CM_CLOSE].how = FAKE_INLINE;
	f->step[CL_OFFER].how = FAKE_PEND;
	vc = fake_offer(f);
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EINPROGRESS);
	fake_expect(f, "cl.create cl.offer cm.pending cm.close cl.closed cl.delete");
	/* accepted, not connected */
	f->nr_vcs = 0;
	f->step[CL_OFFER].how = FAKE_INLINE;
	f->step[CM_DECIDED].how = FAKE_PEND;
	vc = fake_offer(f);
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EINPROGRESS);
	fake_expect(f, "cl.create cl.offer cm.pending cm.decided cm.close cl.closed cl.delete");
	f->nr_vcs = 0;
}

static void close_everything(struct fake *f, void *object)
{
	f->step[CL_REGISTERED].hook = NULL;
	f->step[CL_CONNECTED].hook = NULL;
	f->step[CL_OPENED].hook = NULL;
	fake_close_all(f);
	fake_check(f, "close-adapter", condis_close_adapter(f->binding));
}

/* T1, C7: everything is closed from inside a handler, at each step of the way up. */
static void everything_closed_inside_a_handler(struct kunit *test)
{
	struct fake *f = fake_new(test);

	fake_up(f);
	f->step[CL_CONNECTED].hook = close_everything;
	fake_open(f);
	fake_listen(f);
	fake_dial(f);
	fake_clear(f);
	fake_offer(f);
	fake_expect(f, "cl.create:1 cl.offer:1 cm.pending:1 cm.decided:1 cl.connected:1",
		    "cm.close:1 cl.closed:1",
		    "cl.delete:1 cm.deregister cl.deregistered cm.close cl.closed cm.delete",
		    "cm.close-af cl.closed-af cl.unbound");
	fake_expect_counts(f, 0, 0, 0, 0);
}

static struct kunit_case condis_order_cases[] = {
	KUNIT_CASE(close_then_hangup),
	KUNIT_CASE(hangup_inside_close),
	KUNIT_CASE(hangup_then_close),
	KUNIT_CASE(close_overtakes_queued_hangup),
	KUNIT_CASE(hangup_is_dropped_after_close),
	KUNIT_CASE(close_twice),
	KUNIT_CASE(close_while_dialling),
	KUNIT_CASE(answer_while_aborting),
	KUNIT_CASE(answer_then_close),
	KUNIT_CASE(make_call_never_completed),
	KUNIT_CASE(delete_before_the_close_is_complete),
	KUNIT_CASE(close_inside_make_call),
	KUNIT_CASE(close_inside_made),
	KUNIT_CASE(close_before_the_make_call_is_delivered),
	KUNIT_CASE(hangup_of_an_offer),
	KUNIT_CASE(hangup_inside_the_offer),
	KUNIT_CASE(close_inside_the_offer),
	KUNIT_CASE(accept_inside_the_offer),
	KUNIT_CASE(accept_and_close_inside_the_offer),
	KUNIT_CASE(hangup_instead_of_connected),
	KUNIT_CASE(close_af_with_calls_open),
	KUNIT_CASE(notification_outlives_the_close),
	KUNIT_CASE(notification_is_completed_once),
	KUNIT_CASE(notify_while_closing),
	KUNIT_CASE(close_af_while_opening),
	KUNIT_CASE(deregister_while_registering),
	KUNIT_CASE(halt_while_dialling),
	KUNIT_CASE(close_during_reset),
	KUNIT_CASE(hangup_during_pause),
	KUNIT_CASE(deregister_inside_the_offer),
	KUNIT_CASE(deregister_with_an_undecided_offer),
	KUNIT_CASE(offer_on_a_closing_sap),
	KUNIT_CASE(close_in_every_state),
	KUNIT_CASE(everything_closed_inside_a_handler),
	{}
};

static struct kunit_suite condis_order_suite = {
	.name = "condis_order",
	.exit = fake_exit,
	.test_cases = condis_order_cases,
};

kunit_test_suites(&condis_order_suite);
