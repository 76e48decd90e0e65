// SPDX-License-Identifier: GPL-2.0
/*
 * Drivers that never answer, or after their end: each handler of a call manager, a
 * client and a miniport that can stay silent.  Every wait is bounded, and nothing
 * is left.
 */
#include <linux/completion.h>
#include <linux/delay.h>

#include "condis_hostile.h"

static int forced(struct fake *f)
{
	return hostile_late(f, CONDIS_LATE_FORCED);
}

static int late(struct fake *f)
{
	return hostile_late(f, CONDIS_LATE_COMPLETION);
}

static void silent_open_af(struct kunit *test)
{
	struct fake *f = fake_new(test);
	struct condis_af *af;

	fake_up(f);
	fake_clear(f);
	condis_close_timeout_ms = SHORT_MS;
	f->step[CM_OPEN].how = FAKE_PEND;
	fake_open(f);
	af = f->af;
	fake_wait(f, "cl.opened=-ECANCELED");
	fake_expect(f, "cm.open cl.opened=-ECANCELED");
	KUNIT_EXPECT_EQ(test, forced(f), 1);
	KUNIT_EXPECT_EQ(test, condis_mcm_open_address_family_complete(af, 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, late(f), 1);
	fake_expect(f, "");
	hostile_blame(f, "NO_ANSWER:cm:cm_open_af");
}

static void silent_register_sap(struct kunit *test)
{
	struct fake *f = fake_new(test);
	struct condis_sap *sap;

	fake_up(f);
	fake_open(f);
	fake_clear(f);
	condis_close_timeout_ms = SHORT_MS;
	f->step[CM_REGISTER].how = FAKE_PEND;
	fake_listen(f);
	sap = f->sap;
	fake_wait(f, "cl.registered=-ETIMEDOUT");
	fake_expect(f, "cm.register cl.registered=-ETIMEDOUT");
	KUNIT_EXPECT_EQ(test, forced(f), 1);
	KUNIT_EXPECT_EQ(test, condis_mcm_register_sap_complete(sap, 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, late(f), 1);
	hostile_blame(f, "NO_ANSWER:cm:cm_register_sap");
}

static void silent_deregister_sap(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_sap *sap = f->sap;

	condis_close_timeout_ms = SHORT_MS;
	f->step[CM_DEREGISTER].how = FAKE_PEND;
	f->sap = NULL;
	KUNIT_EXPECT_EQ(test, condis_cl_deregister_sap(sap), -EINPROGRESS);
	fake_wait(f, "cl.deregistered");
	fake_expect(f, "cm.deregister cl.deregistered");
	KUNIT_EXPECT_EQ(test, forced(f), 1);
	KUNIT_EXPECT_EQ(test, condis_mcm_deregister_sap_complete(sap), -ENOENT);
	KUNIT_EXPECT_EQ(test, late(f), 1);
	hostile_blame(f, "NO_ANSWER:cm:cm_deregister_sap");
}

static void silent_make_call(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	condis_make_call_timeout_ms = SHORT_MS;
	f->step[CM_MAKE].how = FAKE_PEND;
	f->keep = true;
	vc = fake_dial(f);
	fake_wait(f, "cl.made=-ETIMEDOUT");
	fake_expect(f, "cm.create cm.make cl.made=-ETIMEDOUT");
	KUNIT_EXPECT_EQ(test, forced(f), 1);
	KUNIT_EXPECT_EQ(test, condis_mcm_make_call_complete(vc, -EBUSY, 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, late(f), 1);
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(vc), 0);
	f->vcs[0].alive = false;
	fake_expect(f, "cm.delete");
	hostile_blame(f, "NO_ANSWER:cm:cm_make_call");
}

/* Accepted, and the call manager neither connects it nor hangs up. */
static void silent_incoming_call_complete(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	condis_make_call_timeout_ms = SHORT_MS;
	f->step[CM_DECIDED].how = FAKE_PEND;
	vc = fake_offer(f);
	condis_vc_hold(vc);
	fake_wait(f, "cl.delete");
	fake_expect(f, "cl.create cl.offer cm.pending cm.decided cl.hangup",
		    "cm.close cl.closed cl.delete");
	KUNIT_EXPECT_EQ(test, forced(f), 1);
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_call_connected(vc), -ESHUTDOWN);
	condis_vc_put(vc);
	fake_expect_counts(f, 1, 1, 1, 0);
	hostile_blame(f, "NO_ANSWER:cm:cm_incoming_call_complete");
}

/* Rejected, and the call manager does not delete its VC: it is there until the halt. */
static void silent_after_a_rejection(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	f->step[CM_DECIDED].how = FAKE_PEND;
	f->step[CL_OFFER].status = -EBUSY;
	fake_offer(f);
	fake_expect(f, "cl.create cl.offer cm.decided=-EBUSY");
	fake_expect_counts(f, 1, 1, 1, 1);
	f->vcs[0].alive = false;
	condis_halt_timeout_ms = SOON_MS;
	hostile_halt_within(f, 2);
	/* Its VC is deleted for it, and it is asked nothing more. */
	fake_expect(f, "cl.pause mp.pause cl.unbind cm.deregister cl.deregistered cl.delete",
		    "cl.closed-af cl.unbound mp.halt");
	hostile_blame(f, "LEFT_BEHIND:cm");
}

static void silent_close_call(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	condis_close_timeout_ms = SHORT_MS;
	f->step[CM_CLOSE].how = FAKE_PEND;
	condis_vc_hold(vc);
	fake_clear(f);
	fake_close(f, vc);
	fake_wait(f, "cm.delete");
	fake_expect(f, "cm.close cl.closed cm.delete");
	KUNIT_EXPECT_EQ(test, forced(f), 1);
	/* Rule 4: the late completion finds nothing, and harms nobody. */
	KUNIT_EXPECT_EQ(test, condis_mcm_close_call_complete(vc), -ENOENT);
	KUNIT_EXPECT_EQ(test, late(f), 1);
	condis_vc_put(vc);
	fake_expect_counts(f, 1, 1, 1, 0);
	hostile_blame(f, "NO_ANSWER:cm:cm_close_call");
}

/* The call manager's own VC: the client is told, the driver still deletes it himself. */
static void silent_close_of_an_incoming_call(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_incoming(f);

	condis_close_timeout_ms = SHORT_MS;
	f->step[CM_CLOSE].how = FAKE_PEND;
	fake_close(f, vc);
	fake_wait(f, "cl.closed");
	fake_expect(f, "cm.close cl.closed");
	KUNIT_EXPECT_EQ(test, forced(f), 1);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_call_complete(vc), -ENOENT);
	KUNIT_EXPECT_EQ(test, condis_mcm_delete_vc(vc), 0);
	/* The runner is the watchdog's work, if that is still in cl.closed. */
	fake_wait(f, "cl.delete");
	fake_expect(f, "cl.delete");
	hostile_blame(f, "NO_ANSWER:cm:cm_close_call");
}

/* It deactivates, hears that it is done, and forgets what for. */
static void silent_deactivate_vc_complete(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	f->holds = true;
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	condis_close_timeout_ms = SOON_MS;
	f->step[CM_CLOSE].how = FAKE_PEND;
	fake_clear(f);
	fake_close(f, vc);
	KUNIT_EXPECT_EQ(test, condis_mcm_deactivate_vc(vc), -EINPROGRESS);
	fake_return_sends(f);
	fake_wait(f, "cm.delete");
	fake_expect(f, "cm.close cl.sent=-ECANCELED cm.inactive cl.closed cm.delete");
	KUNIT_EXPECT_EQ(test, forced(f), 1);
	fake_expect_counts(f, 1, 1, 1, 0);
	hostile_blame(f, "DEACTIVATE_BUSY:cm NO_ANSWER:cm:cm_close_call");
}

/* C14: packets that never come back: written off, and the memory kept for them. */
static void silent_send(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	f->holds = true;
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	fake_clear(f);
	condis_close_timeout_ms = SHORT_MS;
	fake_close(f, vc);
	fake_wait(f, "cm.delete");
	/* The call manager's own completion, from cm.inactive, comes too late. */
	fake_expect(f, "cm.close cm.inactive !close-complete=-ENOENT cl.closed cm.delete");
	fake_expect_counts(f, 1, 1, 1, 1);
	fake_return_sends(f);
	fake_expect(f, "");
	KUNIT_EXPECT_EQ(test, hostile_late(f, CONDIS_LATE_SEND), 1);
	hostile_blame(f, "DEACTIVATE_BUSY:cm NO_ANSWER:cm:cm_close_call");
}

static void silent_close_af(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_af *af = f->af;

	condis_close_timeout_ms = SHORT_MS;
	f->step[CM_CLOSE_AF].how = FAKE_PEND;
	fake_close_all(f);
	fake_wait(f, "cl.closed-af");
	fake_expect(f, "cm.deregister cl.deregistered cm.close-af cl.closed-af");
	KUNIT_EXPECT_EQ(test, forced(f), 2);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_address_family_complete(af), -ENOENT);
	KUNIT_EXPECT_EQ(test, late(f), 1);
	hostile_blame(f, "NO_ANSWER:cm:cm_close_af");
}

static struct completion oid_done;
static int oid_status;

static void note_oid(struct condis_oid_request *req, int status)
{
	oid_status = status;
	complete(&oid_done);
}

static struct condis_oid_request line_caps = {
	.oid = OID_CO_TAPI_LINE_CAPS,
	.complete = note_oid,
};

static struct condis_oid_request signaling = {
	.oid = OID_CO_SIGNALING_DISABLED,
	.complete = note_oid,
};

/* Neither side answers the other's request: the close of the family answers both. */
static void silent_oid_request(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_af *af = f->af;

	init_completion(&oid_done);
	f->step[CM_OID].how = FAKE_PEND;
	KUNIT_EXPECT_EQ(test, condis_co_oid_request(af, NULL, &line_caps), -EINPROGRESS);
	condis_close_timeout_ms = SHORT_MS;
	fake_close_all(f);
	fake_wait(f, "cl.closed-af");
	fake_expect(f, "cm.oid cm.deregister cl.deregistered cm.close-af cl.closed-af");
	KUNIT_EXPECT_TRUE(test, try_wait_for_completion(&oid_done));
	KUNIT_EXPECT_EQ(test, oid_status, -ENODEV);
	fake_expect_counts(f, 1, 0, 0, 0);
	hostile_blame(f, "NO_ANSWER:cm");
}

static void silent_oid_request_of_the_client(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_af *af = f->af;

	init_completion(&oid_done);
	f->step[CL_OID].status = -EINPROGRESS;
	KUNIT_EXPECT_EQ(test, condis_mcm_oid_request(af, &signaling), -EINPROGRESS);
	condis_af_hold(af);
	condis_close_timeout_ms = SHORT_MS;
	fake_close_all(f);
	fake_wait(f, "cl.closed-af");
	fake_expect(f, "cl.oid cm.deregister cl.deregistered cm.close-af cl.closed-af");
	KUNIT_EXPECT_TRUE(test, try_wait_for_completion(&oid_done));
	KUNIT_EXPECT_EQ(test, oid_status, -ENODEV);
	KUNIT_EXPECT_EQ(test, condis_mcm_oid_request_complete(af, &signaling, 0), -ENOENT);
	condis_af_put(af);
	fake_expect_counts(f, 1, 0, 0, 0);
	hostile_blame(f, "NO_ANSWER:cl");
}

/* The client never decides: the caller gives up, or the adapter goes. */
static void silent_incoming_call(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	f->step[CL_OFFER].how = FAKE_PEND;
	f->step[CL_HANGUP].how = FAKE_PEND;
	vc = fake_offer(f);
	fake_expect(f, "cl.create cl.offer cm.pending");
	condis_close_timeout_ms = SHORT_MS;
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_close_call(vc, 16), 0);
	fake_wait(f, "cm.decided=-ECANCELED");
	/* Refused for it, and it hears nothing more. */
	fake_expect(f, "cl.hangup cm.decided=-ECANCELED");
	KUNIT_EXPECT_EQ(test, forced(f), 1);
	KUNIT_EXPECT_EQ(test, condis_cl_incoming_call_complete(vc, 0, 0), -ESHUTDOWN);
	KUNIT_EXPECT_EQ(test, condis_cl_close_call(vc, 16), -EALREADY);
	f->vcs[0].alive = false;
	/* The orphan is the client's, who may still speak of it until it has left. */
	fake_expect_counts(f, 1, 1, 1, 1);
	hostile_blame(f, "NO_ANSWER:cl:cl_incoming_close_call");
}

static void silent_incoming_close_call(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *mine = fake_dial(f), *theirs = fake_incoming(f);

	condis_close_timeout_ms = SHORT_MS;
	f->step[CL_HANGUP].how = FAKE_PEND;
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_close_call(mine, 16), 0);
	fake_wait(f, "cm.delete");
	fake_expect(f, "cl.hangup cm.close cm.delete");
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_close_call(theirs, 16), 0);
	fake_wait(f, "cm.close:1");
	fake_expect(f, "cl.hangup:1 cm.close:1");
	KUNIT_EXPECT_EQ(test, forced(f), 2);
	/* It wakes up at last. */
	KUNIT_EXPECT_EQ(test, condis_cl_close_call(mine, 16), -EALREADY);
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(mine), -EALREADY);
	KUNIT_EXPECT_EQ(test, condis_cl_close_call(theirs, 16), -EALREADY);
	fake_expect(f, "");
	f->vcs[0].alive = false;
	f->vcs[1].alive = false;
	hostile_blame(f, "NO_ANSWER:cl:cl_incoming_close_call*2");
}

/* The client's own VC, whose call is over: deleted for it when its family closes. */
static void silent_after_close_complete(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	f->keep = true;
	fake_clear(f);
	fake_close(f, vc);
	fake_expect(f, "cm.close cl.closed");
	condis_close_timeout_ms = SHORT_MS;
	fake_close_all(f);
	fake_wait(f, "cl.closed-af");
	fake_expect(f, "cm.deregister cl.deregistered cm.delete cm.close-af cl.closed-af");
	KUNIT_EXPECT_EQ(test, forced(f), 1);
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(vc), -EALREADY);
	hostile_blame(f, "LEFT_BEHIND:cl");
}

/* C8: calls that the client forgot: closed for it, and what it still says is harmless. */
static void forgotten_calls_are_closed(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *mine = fake_dial(f), *theirs = fake_incoming(f);

	fake_clear(f);
	f->step[CM_CLOSE].how = FAKE_RETURN;
	condis_close_timeout_ms = SHORT_MS;
	condis_cl_deregister_sap(f->sap);
	f->sap = NULL;
	condis_cl_close_address_family(f->af);
	fake_wait(f, "cl.closed-af");
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cm.close"));
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cm.close:1"));
	KUNIT_EXPECT_FALSE(test, fake_has(f, "cl.closed"));
	KUNIT_EXPECT_EQ(test, condis_cl_close_call(mine, 16), -EALREADY);
	KUNIT_EXPECT_EQ(test, condis_cl_close_call(theirs, 16), -EALREADY);
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(mine), -EALREADY);
	f->vcs[0].alive = false;
	f->vcs[1].alive = false;
	hostile_blame(f, "LEFT_BEHIND:cl*2");
}

/* R13: a client that does nothing when it is notified; and one that refuses. */
static void close_it(struct fake *f, void *vc)
{
	fake_close(f, vc);
}

/* The time is over while the word that the client waits for is on its way: it hears it. */
static void last_word_is_on_its_way(struct kunit *test)
{
	struct condis_delay_stop *word, *cut;
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	fake_clear(f);
	word = condis_delay_stop("vc.close_call_complete.deliver", condis_vc_id(vc));
	cut = condis_delay_stop("rundown.af_without_client", f->af->id);
	KUNIT_ASSERT_NOT_NULL(test, word);
	KUNIT_ASSERT_NOT_NULL(test, cut);
	fake_later(f, close_it, vc);
	KUNIT_EXPECT_TRUE(test, condis_delay_wait(word));
	condis_close_timeout_ms = SHORT_MS;
	condis_cl_deregister_sap(f->sap);
	f->sap = NULL;
	condis_cl_close_address_family(f->af);
	f->af = NULL;
	KUNIT_EXPECT_TRUE(test, condis_delay_wait(cut));
	fake_expect(f, "cm.close cm.deregister cl.deregistered");
	condis_delay_release(word);
	condis_delay_release(cut);
	fake_expect(f, "cl.closed cm.delete cm.close-af cl.closed-af");
	hostile_blame(f, "");
}

static void silent_notify_close_af(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	f->step[CL_NOTIFY].how = FAKE_PEND;
	f->step[CM_CLOSE].how = FAKE_RETURN;
	fake_dial(f);
	fake_clear(f);
	condis_close_timeout_ms = SHORT_MS;
	KUNIT_EXPECT_EQ(test, condis_mcm_notify_close_address_family(f->af), -EINPROGRESS);
	fake_wait(f, "cm.notified=-ETIMEDOUT");
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cm.close"));
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cl.closed-af"));
	f->sap = NULL;
	f->vcs[0].alive = false;
	fake_wait(f, "cl.closed-af");
	hostile_blame(f, "LEFT_BEHIND:cl*2 NO_ANSWER:cl:cl_notify_close_af*2");
}

static void notified_client_refuses(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	f->step[CL_NOTIFY].how = FAKE_RETURN;
	f->step[CL_NOTIFY].status = -EBUSY;
	fake_dial(f);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_notify_close_address_family(f->af), -EINPROGRESS);
	fake_wait(f, "cl.closed-af");
	f->sap = NULL;
	f->vcs[0].alive = false;
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cm.notified=-EBUSY"));
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cm.close"));
	hostile_blame(f, "LEFT_BEHIND:cl*2 NO_ANSWER:cl:cl_notify_close_af");
}

/* Rule 8: reconfiguration with a client that does nothing. */
static void reconfiguration_without_the_client(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	/* Time enough for the call manager, who is well. */
	condis_halt_timeout_ms = 5000;
	f->step[CL_NOTIFY].how = FAKE_PEND;
	fake_dial(f);
	fake_incoming(f);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_m_reconfigure(f->adapter), 0);
	f->sap = NULL;
	f->vcs[0].alive = false;
	f->vcs[1].alive = false;
	KUNIT_EXPECT_TRUE(test, fake_has(f, "mp.reconfigure"));
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cl.family"));
	f->step[CL_NOTIFY].how = FAKE_RETURN;
	fake_open(f);
	hostile_blame(f, "LEFT_BEHIND:cl*3 NO_ANSWER:cl:cl_notify_close_af*2");
}

static void mute_call_manager(struct fake *f)
{
	f->step[CM_OPEN].how = FAKE_PEND;
	f->step[CM_CLOSE_AF].how = FAKE_PEND;
	f->step[CM_REGISTER].how = FAKE_PEND;
	f->step[CM_DEREGISTER].how = FAKE_PEND;
	f->step[CM_MAKE].how = FAKE_PEND;
	f->step[CM_CLOSE].how = FAKE_PEND;
	f->step[CM_DECIDED].how = FAKE_PEND;
}

/* What the call manager was not told the end of is still there for its halt(). */
static struct condis_sap *cut_sap;

static void touch_what_was_cut(struct fake *f, void *object)
{
	unsigned int i;

	for (i = 0; i < f->nr_vcs; i++)
		KUNIT_EXPECT_NE(f->test, *(u32 *)condis_vc_cm(f->vcs[i].vc), 0);
	*(u32 *)condis_sap_cm(cut_sap) = 1;
	*(u32 *)condis_af_cm(condis_sap_af(cut_sap)) = 1;
}

/* Rule 5: halt with everything open, and a call manager that answers nothing. */
static void halt_with_a_mute_call_manager(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	unsigned int i;

	condis_halt_timeout_ms = SOON_MS;
	fake_dial(f);
	fake_incoming(f);
	mute_call_manager(f);
	for (i = 0; i < 10; i++) {
		fake_dial(f);
		fake_offer(f);
	}
	cut_sap = f->sap;
	f->step[MP_HALT].hook = touch_what_was_cut;
	fake_clear(f);
	hostile_halt_within(f, 1);
	KUNIT_EXPECT_FALSE(test, fake_has(f, "cl.hangup"));
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cl.closed:3"));
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cl.delete:3"));
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cl.closed-af"));
	hostile_blame(f, "NO_ANSWER:cm:cm_deregister_sap NO_ANSWER:cm:cm_close_call*22");
}

/* ... and clients that never answer, to a call manager that does. */
static void mute_client(struct fake *f)
{
	f->step[CL_UNBIND].how = FAKE_PEND;
	f->step[CL_NOTIFY].how = FAKE_PEND;
	f->step[CL_HANGUP].how = FAKE_PEND;
	f->step[CL_OFFER].how = FAKE_PEND;
	f->keep = true;
}

static void halt_with_a_mute_client(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	condis_halt_timeout_ms = SOON_MS;
	fake_incoming(f);
	mute_client(f);
	fake_offer(f);
	fake_create(f);
	condis_vc_hold(vc);
	fake_clear(f);
	hostile_halt_within(f, 3);
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cl.unbound"));
	KUNIT_EXPECT_TRUE(test, fake_has(f, "mp.halt"));
	/* It wakes up at last. */
	KUNIT_EXPECT_LT(test, condis_cl_close_call(vc, 16), 0);
	condis_vc_put(vc);
	hostile_forget_all(f);
	hostile_blame(f, "LEFT_BEHIND:cl*5 NO_ANSWER:cl:cl_notify_close_af",
		      "NO_ANSWER:cl:client_unbind");
}

static void halt_with_both_mute(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	condis_halt_timeout_ms = SOON_MS;
	fake_dial(f);
	fake_incoming(f);
	mute_client(f);
	mute_call_manager(f);
	fake_dial(f);
	fake_offer(f);
	hostile_halt_within(f, 3);
	hostile_forget_all(f);
	hostile_blame(f, "NO_ANSWER:cm:cm_make_call LEFT_BEHIND:cl*5",
		      "NO_ANSWER:cl:cl_notify_close_af NO_ANSWER:cl:client_unbind");
}

static void surprise_removal_with_a_mute_client(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	condis_halt_timeout_ms = SOON_MS;
	fake_dial(f);
	fake_incoming(f);
	mute_client(f);
	fake_offer(f);
	f->adapter_up = false;
	condis_remove_adapter(f->adapter, true);
	condis_unregister_adapter(f->adapter);
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cl.unbound"));
	hostile_forget_all(f);
	hostile_blame(f, "LEFT_BEHIND:cl*4 NO_ANSWER:cl:cl_notify_close_af",
		      "NO_ANSWER:cl:client_unbind");
}

/* A mute client is unloaded: the call manager, who is well, releases its calls. */
static void unregister_a_mute_client(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	/* Time enough for the call manager, whose answers come from works. */
	condis_halt_timeout_ms = 10000;
	fake_dial(f);
	fake_incoming(f);
	mute_client(f);
	f->step[CM_CLOSE].how = FAKE_WORK;
	fake_clear(f);
	f->client_up = false;
	condis_unregister_protocol(&f->client);
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cm.close"));
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cm.delete"));
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cm.close:1"));
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cm.close-af"));
	KUNIT_EXPECT_FALSE(test, fake_has(f, "cl.closed"));
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cl.unbound"));
	hostile_forget_all(f);
	flush_workqueue(f->wq);
	fake_expect_counts(f, 0, 0, 0, 0);
	hostile_blame(f, "LEFT_BEHIND:cl*3 NO_ANSWER:cl:cl_notify_close_af",
		      "NO_ANSWER:cl:client_unbind");
}

static void unregister_with_both_mute(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	condis_halt_timeout_ms = SOON_MS;
	fake_dial(f);
	mute_client(f);
	mute_call_manager(f);
	fake_dial(f);
	fake_offer(f);
	f->client_up = false;
	condis_unregister_protocol(&f->client);
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cl.unbound"));
	hostile_forget_all(f);
	hostile_blame(f, "LEFT_BEHIND:cl*4 NO_ANSWER:cl:cl_notify_close_af",
		      "NO_ANSWER:cl:client_unbind NO_ANSWER:cm:cm_deregister_sap",
		      "LEFT_BEHIND:cm NO_ANSWER:cm:cm_close_call*2",
		      "NO_ANSWER:cm:cm_close_af");
}

/* A stand-alone call manager that does not leave, with a client that is well. */
static void unregister_a_mute_standalone_manager(struct kunit *test)
{
	struct fake *f = fake_new(test);

	f->standalone = true;
	fake_up(f);
	fake_open(f);
	fake_listen(f);
	fake_dial(f);
	fake_incoming(f);
	mute_call_manager(f);
	f->step[CM_UNBIND].how = FAKE_PEND;
	condis_halt_timeout_ms = SOON_MS;
	fake_clear(f);
	f->manager_up = false;
	condis_unregister_protocol(&f->manager);
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cl.notify"));
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cl.closed"));
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cl.delete:1"));
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cl.closed-af"));
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cm.unbound"));
	KUNIT_EXPECT_FALSE(test, fake_has(f, "cl.unbound"));
	fake_expect_counts(f, 1, 0, 0, 0);
	hostile_blame(f, "LEFT_BEHIND:cm NO_ANSWER:cl:manager_unbind");
}

static void silent_pause(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	condis_halt_timeout_ms = SHORT_MS;
	f->step[MP_PAUSE].how = FAKE_PEND;
	KUNIT_EXPECT_EQ(test, condis_adapter_pause(f->adapter), 0);
	KUNIT_EXPECT_EQ(test, f->adapter->state, CONDIS_ADAPTER_PAUSED);
	KUNIT_EXPECT_EQ(test, forced(f), 1);
	condis_m_pause_complete(f->adapter);
	KUNIT_EXPECT_EQ(test, late(f), 1);
	hostile_blame(f, "NO_ANSWER:cm:mp_pause");
}

static void silent_reset(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	condis_halt_timeout_ms = SHORT_MS;
	f->step[MP_RESET].how = FAKE_PEND;
	KUNIT_EXPECT_EQ(test, condis_adapter_reset(f->adapter), -ETIMEDOUT);
	condis_m_reset_complete(f->adapter, 0);
	KUNIT_EXPECT_EQ(test, late(f), 1);
	f->step[MP_RESET].how = FAKE_INLINE;
	condis_halt_timeout_ms = NEVER_MS;
	KUNIT_EXPECT_EQ(test, condis_adapter_reset(f->adapter), 0);
	hostile_blame(f, "NO_ANSWER:cm:mp_reset");
}

/* Rule 5: linear in the number of calls, and one shared deadline. */
static void halt_with_many_calls(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	unsigned int i;

	for (i = 0; i < 70; i++) {
		fake_dial(f);
		fake_offer(f);
		fake_clear(f);
	}
	condis_halt_timeout_ms = SOON_MS;
	mute_call_manager(f);
	hostile_halt_within(f, 1);
	hostile_blame(f, "NO_ANSWER:cm:cm_deregister_sap NO_ANSWER:cm:cm_close_call*140");
}

static void sleep_long(struct fake *f, void *object)
{
	msleep(2 * SOON_MS);
}

/* A halt() that takes its time is waited for: after it nothing of the driver's may run. */
static void slow_halt(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	condis_halt_timeout_ms = SOON_MS;
	fake_dial(f);
	f->step[MP_HALT].hook = sleep_long;
	fake_clear(f);
	hostile_halt_within(f, 3);
	fake_expect(f, "cl.pause mp.pause cl.unbind cm.deregister cl.deregistered cm.close",
		    "cl.closed cm.delete cm.close-af cl.closed-af cl.unbound mp.halt");
}

static struct kunit_case condis_hostile_silent_cases[] = {
	KUNIT_CASE(silent_open_af),
	KUNIT_CASE(silent_register_sap),
	KUNIT_CASE(silent_deregister_sap),
	KUNIT_CASE(silent_make_call),
	KUNIT_CASE(silent_incoming_call_complete),
	KUNIT_CASE(silent_after_a_rejection),
	KUNIT_CASE(silent_close_call),
	KUNIT_CASE(silent_close_of_an_incoming_call),
	KUNIT_CASE(silent_deactivate_vc_complete),
	KUNIT_CASE(silent_send),
	KUNIT_CASE(silent_close_af),
	KUNIT_CASE(silent_oid_request),
	KUNIT_CASE(silent_oid_request_of_the_client),
	KUNIT_CASE(silent_incoming_call),
	KUNIT_CASE(silent_incoming_close_call),
	KUNIT_CASE(silent_after_close_complete),
	KUNIT_CASE(forgotten_calls_are_closed),
	KUNIT_CASE(last_word_is_on_its_way),
	KUNIT_CASE(silent_notify_close_af),
	KUNIT_CASE(notified_client_refuses),
	KUNIT_CASE(reconfiguration_without_the_client),
	KUNIT_CASE(halt_with_a_mute_call_manager),
	KUNIT_CASE(halt_with_a_mute_client),
	KUNIT_CASE(halt_with_both_mute),
	KUNIT_CASE(surprise_removal_with_a_mute_client),
	KUNIT_CASE(unregister_a_mute_client),
	KUNIT_CASE(unregister_with_both_mute),
	KUNIT_CASE(unregister_a_mute_standalone_manager),
	KUNIT_CASE(silent_pause),
	KUNIT_CASE(silent_reset),
	KUNIT_CASE(halt_with_many_calls),
	KUNIT_CASE(slow_halt),
	{}
};

static struct kunit_suite condis_hostile_silent_suite = {
	.name = "condis_hostile_silent",
	.suite_init = hostile_suite_init,
	.suite_exit = hostile_suite_exit,
	.init = hostile_init,
	.exit = hostile_exit,
	.test_cases = condis_hostile_silent_cases,
};

kunit_test_suites(&condis_hostile_silent_suite);
