// SPDX-License-Identifier: GPL-2.0
/*
 * The verifier: each breach is counted once, on the adapter it happened on, and
 * does no harm; and while it is off there is nothing.
 */
#include <linux/delay.h>

#include "condis_fake.h"
#include "../../drivers/condis/quarantine.h"

/* How often a rule was broken on the fake's own adapter. */
static int on_adapter(struct fake *f, enum condis_violation violation)
{
	return atomic_read(&f->adapter->violations[violation]);
}

/* It is counted where it belongs, too. */
static void expect(struct fake *f, enum condis_violation violation, int n)
{
	KUNIT_EXPECT_EQ_MSG(f->test, on_adapter(f, violation), n, "%s on the adapter",
			    condis_verifier_name(violation));
	fake_expect_violation(f, violation, n);
}

/* The last breach is this one's, and where it was is known. */
static void last_by(struct fake *f, enum condis_violation violation, u8 by, bool somewhere)
{
	struct condis_offence last;

	condis_verifier_last(&last);
	KUNIT_EXPECT_EQ(f->test, last.violation, violation);
	KUNIT_EXPECT_EQ_MSG(f->test, last.by, by, "%s", condis_verifier_name(violation));
	KUNIT_EXPECT_EQ(f->test, !!last.caller, somewhere);
}

/* The object knows what was reported of it. */
static void told_of(struct fake *f, struct condis_upcalls *upcalls,
		    enum condis_violation violation)
{
	KUNIT_EXPECT_TRUE_MSG(f->test, atomic_read(&upcalls->watch.told) & BIT(violation),
			      "%s is reported of the object", condis_verifier_name(violation));
}

static void handler_pended(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	f->step[CM_CREATE].status = -EINPROGRESS;
	KUNIT_EXPECT_EQ(test, PTR_ERR(condis_co_create_vc(f->af, f)), -EIO);
	last_by(f, CONDIS_VIOLATION_HANDLER_PENDED, CONDIS_BY_CM, true);
	f->vcs[0].alive = false;
	f->step[CM_CREATE].status = 7;
	KUNIT_EXPECT_EQ(test, PTR_ERR(condis_co_create_vc(f->af, f)), -EIO);
	f->vcs[1].alive = false;
	f->step[CL_CREATE].status = -EINPROGRESS;
	KUNIT_EXPECT_EQ(test, PTR_ERR(condis_mcm_create_vc(f->af)), -EIO);
	last_by(f, CONDIS_VIOLATION_HANDLER_PENDED, CONDIS_BY_CLIENT, true);
	expect(f, CONDIS_VIOLATION_HANDLER_PENDED, 2);
	expect(f, CONDIS_VIOLATION_COMPLETION_STATUS, 1);
	fake_expect_counts(f, 1, 1, 1, 0);
}

/* 7.1, 2 and 21: refused, and the operation is still pending. */
static void completion_status(struct kunit *test)
{
	static const int wrong[] = { -EINPROGRESS, 1 };
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;
	unsigned int i;

	f->step[CM_MAKE].how = FAKE_PEND;
	vc = fake_dial(f);
	fake_clear(f);
	for (i = 0; i < ARRAY_SIZE(wrong); i++)
		KUNIT_EXPECT_EQ(test, condis_mcm_make_call_complete(vc, wrong[i], 0), -EINVAL);
	fake_expect(f, "");
	last_by(f, CONDIS_VIOLATION_COMPLETION_STATUS, CONDIS_BY_CM, true);
	fake_made(f, vc, 0);
	fake_expect(f, "cl.made");
	expect(f, CONDIS_VIOLATION_COMPLETION_STATUS, 2);
	told_of(f, &vc->upcalls, CONDIS_VIOLATION_COMPLETION_STATUS);
	fake_close(f, vc);

	/* A handler whose answer is positive has failed. */
	f->nr_vcs = 0;
	f->step[CM_MAKE].how = FAKE_RETURN;
	f->step[CM_MAKE].status = 5;
	fake_clear(f);
	fake_dial(f);
	fake_expect(f, "cm.create cm.make cl.made=-EIO cm.delete");
	expect(f, CONDIS_VIOLATION_COMPLETION_STATUS, 3);
	f->violations.expected[CONDIS_VIOLATION_COMPLETION_STATUS] = 3;
}

static void completion_twice(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	KUNIT_EXPECT_EQ(test, condis_mcm_make_call_complete(vc, 0, 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_call_complete(vc), -ENOENT);
	KUNIT_EXPECT_EQ(test, condis_mcm_open_address_family_complete(f->af, 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_address_family_complete(f->af), -ENOENT);
	KUNIT_EXPECT_EQ(test, condis_mcm_register_sap_complete(f->sap, 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, condis_mcm_deregister_sap_complete(f->sap), -ENOENT);
	KUNIT_EXPECT_EQ(test, condis_cl_notify_close_address_family_complete(f->af, 0), -ENOENT);
	last_by(f, CONDIS_VIOLATION_COMPLETION_TWICE, CONDIS_BY_CLIENT, true);
	condis_m_pause_complete(f->adapter);
	condis_m_reset_complete(f->adapter, 0);
	condis_m_send_complete(vc, fake_skb(f, 10), 0);
	last_by(f, CONDIS_VIOLATION_COMPLETION_TWICE, CONDIS_BY_CM, true);
	expect(f, CONDIS_VIOLATION_COMPLETION_TWICE, 10);
	fake_close(f, vc);
}

/* What is told of an object once is counted each time. */
static void told_once_counted_always(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);
	unsigned int i;

	KUNIT_EXPECT_EQ(test, atomic_read(&vc->upcalls.watch.told), 0);
	for (i = 0; i < 5; i++)
		condis_mcm_close_call_complete(vc);
	KUNIT_EXPECT_EQ(test, atomic_read(&vc->upcalls.watch.told),
			BIT(CONDIS_VIOLATION_COMPLETION_TWICE));
	expect(f, CONDIS_VIOLATION_COMPLETION_TWICE, 5);
	fake_close(f, vc);
}

/* C3, 7.1, 4: the one who never answered; and his late word is no second offence. */
static void no_answer(struct kunit *test)
{
	unsigned int saved = condis_close_timeout_ms;
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	condis_close_timeout_ms = 100;
	f->step[CM_CLOSE].how = FAKE_PEND;
	condis_vc_hold(vc);
	fake_close(f, vc);
	fake_wait(f, "cm.delete");
	condis_close_timeout_ms = saved;
	last_by(f, CONDIS_VIOLATION_NO_ANSWER, CONDIS_BY_CM, true);
	expect(f, CONDIS_VIOLATION_NO_ANSWER, 1);
	told_of(f, &vc->upcalls, CONDIS_VIOLATION_NO_ANSWER);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_call_complete(vc), -ENOENT);
	condis_vc_put(vc);
}

/* 7.1, 5: on a hang-up the call manager does not wait for the client. */
static void early_release(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_incoming(f);

	f->step[CL_HANGUP].how = FAKE_PEND;
	condis_mcm_dispatch_incoming_close_call(vc, 16);
	KUNIT_EXPECT_EQ(test, condis_mcm_delete_vc(vc), -EBUSY);
	KUNIT_EXPECT_EQ(test, condis_mcm_deactivate_vc(vc), 0);
	last_by(f, CONDIS_VIOLATION_EARLY_RELEASE, CONDIS_BY_CM, true);
	expect(f, CONDIS_VIOLATION_EARLY_RELEASE, 2);
	fake_clear(f);
	fake_close(f, vc);
	fake_expect(f, "cm.close cl.closed cl.delete");
}

static void close_with_sends(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	f->holds = true;
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	f->vcs[0].closing = true;
	f->step[CM_CLOSE].how = FAKE_PEND;
	KUNIT_EXPECT_EQ(test, condis_cl_close_call(vc, 16), -EINPROGRESS);
	last_by(f, CONDIS_VIOLATION_CLOSE_WITH_SENDS, CONDIS_BY_CLIENT, true);
	expect(f, CONDIS_VIOLATION_CLOSE_WITH_SENDS, 1);
	fake_return_sends(f);
	fake_released(f, vc);
}

/* Who gives them up first may close, and may even lose a race with itself. */
static void sends_given_up(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	f->holds = true;
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	f->step[CM_CLOSE].how = FAKE_PEND;
	condis_co_cancel_sends(vc);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), -ENOTCONN);
	KUNIT_EXPECT_EQ(test, condis_co_send_room(vc), 0);
	fake_close(f, vc);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), -ENOTCONN);
	fake_return_sends(f);
	fake_released(f, vc);
}

static void send_after_close(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_create(f);

	KUNIT_EXPECT_EQ(test, fake_send(f, vc), -EMSGSIZE);
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(vc), 0);
	f->nr_vcs = 0;
	vc = fake_dial(f);
	f->step[CM_CLOSE].how = FAKE_PEND;
	f->vcs[0].closing = true;
	KUNIT_EXPECT_EQ(test, condis_cl_close_call(vc, 16), -EINPROGRESS);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), -ENOTCONN);
	last_by(f, CONDIS_VIOLATION_SEND_AFTER_CLOSE, CONDIS_BY_CLIENT, true);
	expect(f, CONDIS_VIOLATION_SEND_AFTER_CLOSE, 1);
	fake_released(f, vc);
}

static void deactivate_busy(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	f->holds = true;
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	f->step[CM_CLOSE].how = FAKE_PEND;
	fake_close(f, vc);
	KUNIT_EXPECT_EQ(test, condis_mcm_deactivate_vc(vc), -EINPROGRESS);
	fake_return_sends(f);
	last_by(f, CONDIS_VIOLATION_DEACTIVATE_BUSY, CONDIS_BY_CM, true);
	expect(f, CONDIS_VIOLATION_DEACTIVATE_BUSY, 1);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_call_complete(vc), 0);
}

static void wrong_side(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_call_params params;
	struct condis_vc *mine = fake_create(f);
	struct condis_vc *theirs = condis_mcm_create_vc(f->af);

	KUNIT_ASSERT_FALSE(test, IS_ERR(theirs));
	fake_call_params(f, &params);
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(theirs), -EPERM);
	KUNIT_EXPECT_EQ(test, condis_mcm_delete_vc(mine), -EPERM);
	KUNIT_EXPECT_EQ(test, condis_cl_make_call(theirs, &params), -EPERM);
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_call(f->sap, mine, &params), -EPERM);
	last_by(f, CONDIS_VIOLATION_WRONG_SIDE, CONDIS_BY_CM, true);
	expect(f, CONDIS_VIOLATION_WRONG_SIDE, 4);
	KUNIT_EXPECT_EQ(test, condis_mcm_delete_vc(theirs), 0);
}

static void out_of_order(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	f->step[CM_MAKE].how = FAKE_PEND;
	vc = fake_dial(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_make_call_complete(vc, 0, 0), -ENOTCONN);
	KUNIT_EXPECT_EQ(test, condis_mcm_deactivate_vc(vc), -EBUSY);
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(vc), -EBUSY);
	last_by(f, CONDIS_VIOLATION_OUT_OF_ORDER, CONDIS_BY_CLIENT, true);
	expect(f, CONDIS_VIOLATION_OUT_OF_ORDER, 3);
	fake_made(f, vc, 0);
	fake_close(f, vc);
}

/* A handler that waits: found when it returns. */
static void sleep_in_handler(struct fake *f, void *object)
{
	f->step[CL_MADE].hook = NULL;
	msleep(150);
}

static void blocked(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	unsigned int saved = condis_verifier_blocked_ms;
	struct condis_vc *vc;

	condis_verifier_blocked_ms = 100;
	f->step[CL_MADE].hook = sleep_in_handler;
	vc = fake_dial(f);
	condis_verifier_blocked_ms = saved;
	last_by(f, CONDIS_VIOLATION_BLOCKED, CONDIS_BY_CLIENT, true);
	/* An emulated machine may have been slow elsewhere, too. */
	KUNIT_EXPECT_GE(test, on_adapter(f, CONDIS_VIOLATION_BLOCKED), 1);
	fake_free_violation(f, CONDIS_VIOLATION_BLOCKED);
	told_of(f, &vc->upcalls, CONDIS_VIOLATION_BLOCKED);
	fake_close(f, vc);
}

/* A control call under a spinlock: reported, and its handlers run elsewhere. */
static void atomic_context(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);
	static DEFINE_SPINLOCK(lock);

	if (!IS_ENABLED(CONFIG_PREEMPT_COUNT)) {
		kunit_skip(test, "the kernel cannot tell an atomic context");
		return;
	}
	fake_clear(f);
	f->vcs[0].closing = true;
	spin_lock(&lock);
	KUNIT_EXPECT_EQ(test, condis_cl_close_call(vc, 16), -EINPROGRESS);
	KUNIT_EXPECT_EQ(test, PTR_ERR(condis_co_create_vc(f->af, f)), -EWOULDBLOCK);
	last_by(f, CONDIS_VIOLATION_CONTEXT, CONDIS_BY_CLIENT, true);
	spin_unlock(&lock);
	expect(f, CONDIS_VIOLATION_CONTEXT, 2);
	fake_wait(f, "cm.delete");
	fake_expect(f, "cm.close cl.closed cm.delete");
}

static void never(struct condis_oid_request *req, int status)
{
}

static void wrong_request(struct kunit *test)
{
	struct condis_oid_request req = {
		.oid = OID_CO_TAPI_TRANSLATE_TAPI_CALLPARAMS, .complete = never,
	};
	struct condis_status status = { .code = CONDIS_STATUS_RESET_START };
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	KUNIT_EXPECT_EQ(test, condis_co_oid_request(f->af, NULL, &req), -EOPNOTSUPP);
	condis_m_indicate_status(f->adapter, NULL, &status);
	KUNIT_EXPECT_FALSE(test, fake_has(f, "cl.status=3"));
	last_by(f, CONDIS_VIOLATION_WRONG_REQUEST, CONDIS_BY_CM, true);
	/* Digits are a call's, and told where its client may take a lock. */
	req.oid = OID_CO_TAPI_DONT_REPORT_DIGITS;
	KUNIT_EXPECT_EQ(test, condis_co_oid_request(f->af, NULL, &req), -EINVAL);
	last_by(f, CONDIS_VIOLATION_WRONG_REQUEST, CONDIS_BY_CLIENT, true);
	status.code = CONDIS_STATUS_DIGIT;
	condis_m_indicate_status(f->adapter, NULL, &status);
	vc = fake_dial(f);
	rcu_read_lock();
	preempt_disable();
	condis_m_indicate_status(f->adapter, vc, &status);
	preempt_enable();
	rcu_read_unlock();
	KUNIT_EXPECT_FALSE(test, fake_has(f, "cl.status=5"));
	last_by(f, CONDIS_VIOLATION_WRONG_REQUEST, CONDIS_BY_CM, true);
	condis_m_indicate_status(f->adapter, vc, &status);
	expect(f, CONDIS_VIOLATION_WRONG_REQUEST, 5);
}

/* C8: what a client forgets is closed for it; and the one that does nothing at all. */
static void left_behind(struct kunit *test)
{
	unsigned int saved = condis_close_timeout_ms;
	struct fake *f = fake_ready(test);

	fake_dial(f);
	fake_clear(f);
	/* The call manager, whose turn is after a second one, has answered by then. */
	condis_close_timeout_ms = 2000;
	condis_cl_close_address_family(f->af);
	fake_wait(f, "cl.closed-af");
	condis_close_timeout_ms = saved;
	f->sap = NULL;
	f->vcs[0].alive = false;
	last_by(f, CONDIS_VIOLATION_LEFT_BEHIND, CONDIS_BY_CLIENT, false);
	expect(f, CONDIS_VIOLATION_LEFT_BEHIND, 2);
}

static void bad_argument(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_create(f);

	KUNIT_EXPECT_EQ(test, condis_cl_close_call(NULL, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, condis_cl_close_call(ERR_PTR(-ENOENT), 0), -EINVAL);
	fake_expect_violation(f, CONDIS_VIOLATION_BAD_ARGUMENT, 2);
	KUNIT_EXPECT_EQ(test, condis_cl_make_call(vc, NULL), -EINVAL);
	last_by(f, CONDIS_VIOLATION_BAD_ARGUMENT, CONDIS_BY_CLIENT, true);
	expect(f, CONDIS_VIOLATION_BAD_ARGUMENT, 1);
}

/* The quarantine: a dead VC in both sides' hands. */
static void dead_vc(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_call_params params;
	struct condis_vc *vc = fake_dial(f);

	fake_call_params(f, &params);
	fake_close(f, vc);
	fake_expect_counts(f, 1, 1, 1, 0);
	fake_clear(f);
	KUNIT_ASSERT_TRUE(test, vc->upcalls.watch.ended);

	KUNIT_EXPECT_EQ(test, condis_cl_close_call(vc, 16), -EALREADY);
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(vc), -EALREADY);
	KUNIT_EXPECT_EQ(test, condis_cl_make_call(vc, &params), -ESHUTDOWN);
	KUNIT_EXPECT_EQ(test, condis_cl_incoming_call_complete(vc, 0, 0), -EALREADY);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), -ENOTCONN);
	condis_co_cancel_sends(vc);

	KUNIT_EXPECT_EQ(test, condis_mcm_make_call_complete(vc, 0, 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_call_complete(vc), -ENOENT);
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_close_call(vc, 16), -ESHUTDOWN);
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_call_connected(vc), -ESHUTDOWN);
	KUNIT_EXPECT_EQ(test, condis_mcm_activate_vc(vc, &params), -ESHUTDOWN);
	KUNIT_EXPECT_EQ(test, condis_mcm_deactivate_vc(vc), -EBUSY);
	KUNIT_EXPECT_EQ(test, condis_mcm_delete_vc(vc), -EALREADY);
	KUNIT_EXPECT_EQ(test, condis_mcm_call_progress(vc, true), 0);
	condis_mcm_post_signal(vc);
	condis_mcm_arm_timer(vc, jiffies + 1);
	condis_mcm_cancel_timer(vc);
	KUNIT_EXPECT_EQ(test, fake_receive(f, vc), -ENOTCONN);
	condis_m_send_complete(vc, fake_skb(f, 10), 0);

	/* Its memory is not brought to life again, nor freed twice. */
	condis_vc_hold(vc);
	condis_vc_put(vc);
	condis_vc_put(vc);
	expect(f, CONDIS_VIOLATION_AFTER_END, 22);
	schedule_timeout_uninterruptible(5);
	fake_expect(f, "");
	fake_expect_counts(f, 1, 1, 1, 0);
}

static void dead_sap(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_call_params params;
	struct condis_sap *sap = f->sap;
	struct condis_vc *vc = condis_mcm_create_vc(f->af);

	KUNIT_ASSERT_FALSE(test, IS_ERR(vc));
	f->sap = NULL;
	KUNIT_EXPECT_EQ(test, condis_cl_deregister_sap(sap), -EINPROGRESS);
	fake_expect_counts(f, 1, 1, 0, 1);
	KUNIT_ASSERT_TRUE(test, sap->upcalls.watch.ended);
	fake_clear(f);
	fake_call_params(f, &params);

	KUNIT_EXPECT_EQ(test, condis_cl_deregister_sap(sap), -EALREADY);
	KUNIT_EXPECT_EQ(test, condis_mcm_register_sap_complete(sap, 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, condis_mcm_deregister_sap_complete(sap), -ENOENT);
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_call(sap, vc, &params), -ESHUTDOWN);
	expect(f, CONDIS_VIOLATION_AFTER_END, 4);
	fake_expect(f, "");
	KUNIT_EXPECT_EQ(test, condis_mcm_delete_vc(vc), 0);
}

static void dead_af(struct kunit *test)
{
	static const struct condis_sap_params everywhere = { .media_modes = 1 };
	struct condis_oid_request req = { .oid = OID_CO_TAPI_CM_CAPS, .complete = never };
	struct fake *f = fake_ready(test);
	struct condis_af *af = f->af;

	fake_close_all(f);
	fake_expect_counts(f, 1, 0, 0, 0);
	KUNIT_ASSERT_TRUE(test, af->upcalls.watch.ended);
	fake_clear(f);

	KUNIT_EXPECT_EQ(test, condis_cl_close_address_family(af), -EALREADY);
	KUNIT_EXPECT_EQ(test, PTR_ERR(condis_co_create_vc(af, f)), -ESHUTDOWN);
	KUNIT_EXPECT_EQ(test, PTR_ERR(condis_cl_register_sap(af, &everywhere, f)), -ESHUTDOWN);
	KUNIT_EXPECT_EQ(test, condis_co_oid_request(af, NULL, &req), -ESHUTDOWN);
	KUNIT_EXPECT_EQ(test, condis_cl_notify_close_address_family_complete(af, 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, PTR_ERR(condis_mcm_create_vc(af)), -ESHUTDOWN);
	KUNIT_EXPECT_EQ(test, condis_mcm_open_address_family_complete(af, 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_address_family_complete(af), -ENOENT);
	KUNIT_EXPECT_EQ(test, condis_mcm_notify_close_address_family(af), -EALREADY);
	KUNIT_EXPECT_EQ(test, condis_mcm_oid_request_complete(af, &req, 0), -ENOENT);
	expect(f, CONDIS_VIOLATION_AFTER_END, 10);
	fake_expect(f, "");
	fake_expect_counts(f, 1, 0, 0, 0);
}

/* What is dead for one side and held by the other is no quarantine's matter. */
static void dead_but_held(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	condis_vc_hold(vc);
	fake_close(f, vc);
	KUNIT_EXPECT_FALSE(test, vc->upcalls.watch.ended);
	KUNIT_EXPECT_EQ(test, condis_cl_close_call(vc, 16), -EALREADY);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_call_complete(vc), -ENOENT);
	expect(f, CONDIS_VIOLATION_AFTER_END, 2);
	condis_vc_put(vc);
}

/* Bounded, and not counted as something that is there. */
static void quarantine_is_bounded(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	unsigned int i;

	condis_quarantine_flush();
	KUNIT_EXPECT_EQ(test, condis_quarantine_length(), 0);
	for (i = 0; i < 300; i++) {
		f->nr_vcs = 0;
		fake_close(f, fake_dial(f));
		fake_clear(f);
	}
	KUNIT_EXPECT_LE(test, condis_quarantine_length(), 256);
	KUNIT_EXPECT_GE(test, condis_quarantine_length(), 200);
	fake_expect_counts(f, 1, 1, 1, 0);
	condis_quarantine_flush();
	KUNIT_EXPECT_EQ(test, condis_quarantine_length(), 0);
}

/* Off: the same answers, and nothing is counted, told or kept. */
static void off(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc, *theirs;

	condis_verifier_switch(false);
	KUNIT_EXPECT_EQ(test, condis_quarantine_length(), 0);
	f->step[CM_MAKE].how = FAKE_PEND;
	vc = fake_dial(f);
	theirs = condis_mcm_create_vc(f->af);
	KUNIT_EXPECT_EQ(test, condis_cl_close_call(NULL, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, condis_mcm_make_call_complete(vc, -EINPROGRESS, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, condis_mcm_make_call_complete(vc, 1, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, condis_mcm_make_call_complete(vc, 0, 0), -ENOTCONN);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_call_complete(vc), -ENOENT);
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(theirs), -EPERM);
	KUNIT_EXPECT_NULL(test, vc->upcalls.watch.history);
	KUNIT_EXPECT_EQ(test, atomic_read(&vc->upcalls.watch.told), 0);
	condis_mcm_delete_vc(theirs);
	fake_made(f, vc, 0);
	fake_close(f, vc);
	fake_expect_counts(f, 1, 1, 1, 0);
	KUNIT_EXPECT_EQ(test, condis_quarantine_length(), 0);
	condis_verifier_switch(true);
}

/* A lost race breaks no rule: the closes of R1 to R3 and R8. */
static void races_are_none(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	f->step[CM_CLOSE].how = FAKE_PEND;
	fake_close(f, vc);
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_close_call(vc, 16), -ESHUTDOWN);
	KUNIT_EXPECT_EQ(test, condis_cl_close_call(vc, 16), -EALREADY);
	fake_released(f, vc);
	f->step[CM_CLOSE].how = FAKE_INLINE;
	f->step[CL_OFFER].how = FAKE_PEND;
	f->step[CL_HANGUP].how = FAKE_PEND;
	vc = fake_offer(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_close_call(vc, 16), 0);
	KUNIT_EXPECT_EQ(test, condis_cl_incoming_call_complete(vc, 0, 0), -ESHUTDOWN);
	fake_close(f, vc);
	KUNIT_EXPECT_EQ(test, condis_cl_close_address_family(f->af), -EINPROGRESS);
	KUNIT_EXPECT_EQ(test, condis_cl_close_address_family(f->af), -EALREADY);
}

static void verifier_exit(struct kunit *test)
{
	condis_verifier_switch(true);
	fake_exit(test);
}

static struct kunit_case condis_verifier_cases[] = {
	KUNIT_CASE(handler_pended),
	KUNIT_CASE(completion_status),
	KUNIT_CASE(completion_twice),
	KUNIT_CASE(told_once_counted_always),
	KUNIT_CASE(no_answer),
	KUNIT_CASE(early_release),
	KUNIT_CASE(close_with_sends),
	KUNIT_CASE(sends_given_up),
	KUNIT_CASE(send_after_close),
	KUNIT_CASE(deactivate_busy),
	KUNIT_CASE(wrong_side),
	KUNIT_CASE(out_of_order),
	KUNIT_CASE(blocked),
	KUNIT_CASE(atomic_context),
	KUNIT_CASE(wrong_request),
	KUNIT_CASE(left_behind),
	KUNIT_CASE(bad_argument),
	KUNIT_CASE(dead_vc),
	KUNIT_CASE(dead_sap),
	KUNIT_CASE(dead_af),
	KUNIT_CASE(dead_but_held),
	KUNIT_CASE(quarantine_is_bounded),
	KUNIT_CASE(off),
	KUNIT_CASE(races_are_none),
	{}
};

static struct kunit_suite condis_verifier_suite = {
	.name = "condis_verifier",
	.exit = verifier_exit,
	.test_cases = condis_verifier_cases,
};

kunit_test_suites(&condis_verifier_suite);
