// SPDX-License-Identifier: GPL-2.0
/*
 * The flows of the contract (condis.md 4), word for word, and what can fail in
 * them.
 */
#include "condis_fake.h"

/* Each way in which a call manager may answer, where it answers at all. */
static const enum fake_how answers[] = { FAKE_INLINE, FAKE_RETURN, FAKE_WORK };

static void bind_and_unbind_in_order(struct kunit *test)
{
	struct fake *f = fake_new(test);

	fake_up(f);
	fake_expect(f, "mp.init mp.restart cl.bind cl.family");
	fake_open(f);
	fake_expect(f, "cm.open cl.opened");
	fake_listen(f);
	fake_expect(f, "cm.register cl.registered");
	fake_expect_counts(f, 1, 1, 1, 0);
	fake_down(f);
	fake_expect(f, "cl.pause mp.pause cl.unbind cm.deregister cl.deregistered",
		    "cm.close-af cl.closed-af cl.unbound mp.halt");
}

/* F1: local hang-up, however the call manager answers. */
static void local_hangup_of_outgoing_call(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(answers); i++) {
		f->nr_vcs = 0;
		f->step[CM_MAKE].how = answers[i];
		f->step[CM_CLOSE].how = answers[i];
		vc = fake_dial(f);
		fake_wait(f, "cl.made");
		fake_expect(f, "cm.create cm.make cl.made");
		KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EINPROGRESS);
		fake_wait(f, "cm.delete");
		fake_expect(f, "cm.close cl.closed cm.delete");
		KUNIT_EXPECT_EQ(test, f->cause, Q850_NORMAL_CLEARING);
		fake_expect_counts(f, 1, 1, 1, 0);
	}
}

static void local_hangup_of_incoming_call(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;
	unsigned int i;

	/* Said only if the work has not decided yet. */
	f->step[CM_PENDING].quiet = true;
	for (i = 0; i < ARRAY_SIZE(answers); i++) {
		f->nr_vcs = 0;
		f->step[CL_OFFER].how = answers[i];
		f->step[CM_CLOSE].how = answers[i];
		vc = fake_offer(f);
		KUNIT_ASSERT_NOT_NULL(test, vc);
		fake_wait(f, "cl.connected");
		fake_expect(f, "cl.create cl.offer cm.decided cl.connected");
		KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EINPROGRESS);
		fake_wait(f, "cl.delete");
		fake_expect(f, "cm.close cl.closed cl.delete");
		fake_expect_counts(f, 1, 1, 1, 0);
	}
}

/* F2: remote hang-up; the client acknowledges inside the handler, or later. */
static void remote_hangup_of_outgoing_call(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(answers); i++) {
		f->nr_vcs = 0;
		f->step[CL_HANGUP].how = answers[i];
		vc = fake_dial(f);
		fake_clear(f);
		KUNIT_EXPECT_EQ(test,
				condis_mcm_dispatch_incoming_close_call(vc, Q850_NORMAL_CLEARING),
				0);
		fake_wait(f, "cm.delete");
		fake_expect(f, "cl.hangup cm.close cl.closed cm.delete");
		fake_expect_counts(f, 1, 1, 1, 0);
	}
}

static void remote_hangup_of_incoming_call(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_incoming(f);

	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_close_call(vc, Q850_NORMAL_CLEARING),
			0);
	fake_expect(f, "cl.hangup cm.close cl.closed cl.delete");
}

/* F3, F15: the line stops listening, its calls stay. */
static void deregister_keeps_calls(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_incoming(f);
	struct condis_sap *sap = f->sap;

	f->sap = NULL;
	KUNIT_EXPECT_EQ(test, condis_cl_deregister_sap(sap), -EINPROGRESS);
	fake_expect(f, "cm.deregister cl.deregistered");
	KUNIT_EXPECT_TRUE(test, condis_vc_is_active(vc));
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EINPROGRESS);
	fake_expect(f, "cm.close cl.closed cl.delete");
	fake_expect_counts(f, 1, 1, 0, 0);
}

/* The log is @words and @tail, with @word somewhere before @tail; and empty then. */
static void fake_expect_merge(struct fake *f, const char *words, const char *word,
			      const char *tail)
{
	char *at = strstr(f->log, word);

	KUNIT_ASSERT_NOT_NULL(f->test, at);
	KUNIT_EXPECT_TRUE(f->test, strstr(at, tail));
	memmove(at, at + strlen(word) + 1, strlen(at + strlen(word) + 1) + 1);
	fake_expect(f, words, tail);
}

/* F4: a session is closed from above; the adapter stays and can be opened again. */
static void session_closed_from_above(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(answers); i++) {
		f->step[CM_OPEN].how = answers[i];
		f->step[CM_CLOSE_AF].how = answers[i];
		f->step[CM_REGISTER].how = answers[i];
		f->step[CM_DEREGISTER].how = answers[i];
		f->nr_vcs = 0;
		fake_dial(f);
		fake_clear(f);
		fake_close_all(f);
		fake_wait(f, "cl.closed-af");
		/* From works of their own, the SAP's and the VC's answers are in no order. */
		if (answers[i] == FAKE_WORK)
			fake_expect_merge(f, "cm.deregister cm.close cl.closed cm.delete",
					  "cl.deregistered", "cm.close-af cl.closed-af");
		else
			fake_expect(f, "cm.deregister cl.deregistered cm.close cl.closed cm.delete",
				    "cm.close-af cl.closed-af");
		fake_expect_counts(f, 1, 0, 0, 0);
		fake_open(f);
		fake_listen(f);
		fake_expect(f, "cm.open cl.opened cm.register cl.registered");
	}
}

/* F5: from below, with each of the client's ways to answer (R12). */
static void session_closed_from_below(struct kunit *test)
{
	/* Completed at once, the call manager hears so before the closes it caused. */
	static const char * const words[][2] = {
		[FAKE_INLINE] = { "cl.notify cm.notified cm.deregister cl.deregistered cm.close",
				  "cl.closed cm.delete cm.close-af cl.closed-af" },
		[FAKE_RETURN] = { "cl.notify cm.notified cm.deregister cl.deregistered cm.close",
				  "cl.closed cm.delete cm.close-af cl.closed-af" },
		[FAKE_WORK] = { "cl.notify cm.deregister cl.deregistered cm.close cl.closed",
				"cm.delete cm.close-af cl.closed-af cm.notified" },
	};
	struct fake *f = fake_ready(test);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(words); i++) {
		f->step[CL_NOTIFY].how = i;
		f->nr_vcs = 0;
		fake_dial(f);
		fake_clear(f);
		KUNIT_EXPECT_EQ(test, condis_mcm_notify_close_address_family(f->af),
				-EINPROGRESS);
		fake_wait(f, "cl.closed-af");
		fake_wait(f, "cm.notified");
		fake_expect(f, words[i][0], words[i][1]);
		fake_expect_counts(f, 1, 0, 0, 0);
		fake_open(f);
		fake_listen(f);
	}
}

/* F6: halt with a call in each direction. */
static void halt_with_calls(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	fake_dial(f);
	fake_incoming(f);
	fake_down(f);
	fake_expect(f, "cl.pause mp.pause cl.unbind cm.deregister cl.deregistered",
		    "cm.close cl.closed cm.delete cm.close:1 cl.closed:1 cl.delete:1",
		    "cm.close-af cl.closed-af cl.unbound mp.halt");
}

/* F7: reset; handles survive it (R15, I10). */
static void reset_keeps_handles(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);
	unsigned int i;

	fake_clear(f);
	for (i = 0; i < ARRAY_SIZE(answers); i++) {
		f->step[MP_RESET].how = answers[i];
		KUNIT_EXPECT_EQ(test, condis_adapter_reset(f->adapter), 0);
		fake_expect(f, "cl.status=3 mp.reset cl.status=4");
	}
	fake_expect_counts(f, 1, 1, 1, 1);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	fake_expect(f, "mp.send cl.sent");
	fake_close(f, vc);
}

static void reset_reports_its_error(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	f->step[MP_RESET].status = -EIO;
	KUNIT_EXPECT_EQ(test, condis_adapter_reset(f->adapter), -EIO);
	KUNIT_EXPECT_EQ(test, f->adapter->state, CONDIS_ADAPTER_RUNNING);
}

static void reopen(struct fake *f, void *object)
{
	static const struct condis_sap_params everywhere = {
		.line = CONDIS_UNSPECIFIED, .address = CONDIS_UNSPECIFIED, .media_modes = 1,
	};

	f->af = condis_cl_open_address_family(f->binding, CONDIS_AF_TAPI_PROXY,
					      &fake_client_ops, f);
	if (!IS_ERR(f->af))
		f->sap = condis_cl_register_sap(f->af, &everywhere, f);
}

/* F8: reconfiguration with a call up: everything closes, the client opens anew. */
static void reconfiguration(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	fake_dial(f);
	fake_clear(f);
	f->step[CL_FAMILY].hook = reopen;
	KUNIT_EXPECT_EQ(test, condis_m_reconfigure(f->adapter), 0);
	fake_expect(f, "cl.notify cm.notified cm.deregister cl.deregistered cm.close cl.closed",
		    "cm.delete cm.close-af cl.closed-af mp.reconfigure",
		    "cl.family cm.open cl.opened cm.register cl.registered");
	fake_expect_counts(f, 1, 1, 1, 0);
	fake_dial(f);
	fake_expect(f, "cm.create:1 cm.make:1 cl.made:1");
}

/* F9: a rejected offer: no close call; the call manager deletes. */
static void rejected_offer(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	unsigned int i;

	/* Said only if the work has not decided yet. */
	f->step[CM_PENDING].quiet = true;
	f->step[CL_OFFER].status = -EBUSY;
	for (i = 0; i < ARRAY_SIZE(answers); i++) {
		f->nr_vcs = 0;
		f->step[CL_OFFER].how = answers[i];
		KUNIT_ASSERT_NOT_NULL(test, fake_offer(f));
		fake_wait(f, "cl.delete");
		fake_expect(f, "cl.create cl.offer cm.decided=-EBUSY cl.delete");
		KUNIT_EXPECT_EQ(test, f->cause, Q850_CALL_REJECTED);
		fake_expect_counts(f, 1, 1, 1, 0);
	}
}

static void activated_before_the_offer(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_call_params params;
	struct condis_vc *vc;

	fake_expect_violation(f, CONDIS_VIOLATION_OUT_OF_ORDER, 1);
	f->step[CL_OFFER].status = -EBUSY;
	vc = condis_mcm_create_vc(f->af);
	KUNIT_ASSERT_FALSE(test, IS_ERR(vc));
	fake_call_params(f, &params);
	KUNIT_EXPECT_EQ(test, condis_mcm_activate_vc(vc, &params), 0);
	KUNIT_EXPECT_EQ(test, condis_mcm_delete_vc(vc), -EBUSY);
	params.send_window = 99;
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_call(f->sap, vc, &params),
			-EINPROGRESS);
	fake_expect(f, "cl.create cl.offer cm.decided=-EBUSY cl.delete");
}

static void hang_up(struct fake *f, void *object)
{
	fake_check(f, "hang-up",
		   condis_mcm_dispatch_incoming_close_call(object, Q850_NORMAL_CLEARING));
}

/* F9: accepted, never established. */
static void never_established(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	f->step[CM_DECIDED].hook = hang_up;
	f->step[CM_DECIDED].how = FAKE_PEND;
	KUNIT_ASSERT_NOT_NULL(test, fake_offer(f));
	fake_expect(f, "cl.create cl.offer cm.pending cm.decided cl.hangup",
		    "cm.close cl.closed cl.delete");
}

/* F10: the make-call fails; the client deletes in the handler. */
static void make_call_fails(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	unsigned int i;

	f->step[CM_MAKE].status = -EBUSY;
	for (i = 0; i < ARRAY_SIZE(answers); i++) {
		f->nr_vcs = 0;
		f->step[CM_MAKE].how = answers[i];
		fake_dial(f);
		fake_wait(f, "cm.delete");
		fake_expect(f, "cm.create cm.make cl.made=-EBUSY cm.delete");
		fake_expect_counts(f, 1, 1, 1, 0);
	}
}

static void progress_before_the_answer(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	fake_expect_violation(f, CONDIS_VIOLATION_OUT_OF_ORDER, 1);
	f->step[CM_MAKE].how = FAKE_PEND;
	vc = fake_dial(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_call_progress(vc, false), 0);
	KUNIT_EXPECT_EQ(test, condis_mcm_call_progress(vc, true), 0);
	fake_made(f, vc, 0);
	KUNIT_EXPECT_EQ(test, condis_mcm_call_progress(vc, true), -EPROTO);
	fake_expect(f, "cm.create cm.make cl.progress cl.progress=1 cl.made");
	fake_close(f, vc);
}

/* F12: the client is unloaded with a call in each direction. */
static void client_unregisters_with_calls(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	fake_dial(f);
	fake_incoming(f);
	f->client_up = false;
	condis_unregister_protocol(&f->client);
	fake_expect(f, "cl.unbind cm.deregister cl.deregistered",
		    "cm.close cl.closed cm.delete cm.close:1 cl.closed:1 cl.delete:1",
		    "cm.close-af cl.closed-af cl.unbound");
	fake_expect_counts(f, 0, 0, 0, 0);
}

/* F13: pause stops data, not calls (R25). */
static void pause_and_restart(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_adapter_pause(f->adapter), 0);
	fake_expect(f, "cl.pause mp.pause");
	KUNIT_EXPECT_EQ(test, condis_adapter_pause(f->adapter), -EALREADY);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), -ENETDOWN);
	fake_close(f, vc);
	fake_expect(f, "cm.close cl.closed cm.delete");
	vc = fake_dial(f);
	fake_expect(f, "cm.create:1 cm.make:1 cl.made:1");
	KUNIT_EXPECT_EQ(test, condis_adapter_restart(f->adapter), 0);
	fake_expect(f, "mp.restart cl.restart");
	KUNIT_EXPECT_EQ(test, condis_adapter_restart(f->adapter), -EALREADY);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	fake_close(f, vc);
}

static void restart_fails(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	KUNIT_EXPECT_EQ(test, condis_adapter_pause(f->adapter), 0);
	f->step[MP_RESTART].status = -EIO;
	KUNIT_EXPECT_EQ(test, condis_adapter_restart(f->adapter), -EIO);
	KUNIT_EXPECT_EQ(test, f->adapter->state, CONDIS_ADAPTER_PAUSED);
}

/* F14: pulled out with a call in each direction: the call manager hears nothing more. */
static void surprise_removal_with_calls(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	fake_dial(f);
	fake_incoming(f);
	f->adapter_up = false;
	condis_remove_adapter(f->adapter, true);
	condis_unregister_adapter(f->adapter);
	fake_expect(f, "mp.removal cl.hangup:1 cl.closed:1 cl.delete:1 cl.hangup cl.closed",
		    "cl.unbind cl.deregistered cl.closed-af cl.unbound mp.halt=1");
}

static void surprise_removal_while_dialling(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	f->step[CM_MAKE].how = FAKE_PEND;
	fake_dial(f);
	fake_clear(f);
	f->adapter_up = false;
	condis_remove_adapter(f->adapter, true);
	condis_unregister_adapter(f->adapter);
	fake_expect(f, "mp.removal cl.made=-ENODEV",
		    "cl.unbind cl.deregistered cl.closed-af cl.unbound mp.halt=1");
}

/* Failures on the way up. */

static void open_af_fails(struct kunit *test)
{
	struct fake *f = fake_new(test);
	unsigned int i;

	fake_up(f);
	fake_clear(f);
	f->step[CM_OPEN].status = -ENOMEM;
	for (i = 0; i < ARRAY_SIZE(answers); i++) {
		f->step[CM_OPEN].how = answers[i];
		fake_open(f);
		fake_wait(f, "cl.opened=-ENOMEM");
		fake_expect(f, "cm.open cl.opened=-ENOMEM");
		fake_expect_counts(f, 1, 0, 0, 0);
	}
}

static void register_sap_fails(struct kunit *test)
{
	struct fake *f = fake_new(test);
	unsigned int i;

	fake_up(f);
	fake_open(f);
	fake_clear(f);
	f->step[CM_REGISTER].status = -EADDRINUSE;
	for (i = 0; i < ARRAY_SIZE(answers); i++) {
		f->step[CM_REGISTER].how = answers[i];
		fake_listen(f);
		fake_wait(f, "cl.registered=-EADDRINUSE");
		fake_expect(f, "cm.register cl.registered=-EADDRINUSE");
		fake_expect_counts(f, 1, 1, 0, 0);
	}
}

/* Late enough: while the handler runs the VC is not refused yet. */
static void arm_and_signal(struct fake *f, void *object)
{
	condis_mcm_arm_timer(object, jiffies + HZ);
	condis_mcm_post_signal(object);
}

static void create_vc_refused(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	f->step[CM_SIGNAL].quiet = false;
	f->step[CM_CREATE].status = -ENOMEM;
	f->step[CM_CREATE].hook = arm_and_signal;
	KUNIT_EXPECT_EQ(test, PTR_ERR(condis_co_create_vc(f->af, f)), -ENOMEM);
	f->vcs[0].alive = false;
	f->step[CL_CREATE].status = -EBUSY;
	KUNIT_EXPECT_EQ(test, PTR_ERR(condis_mcm_create_vc(f->af)), -EBUSY);
	schedule_timeout_uninterruptible(HZ + HZ / 4);
	KUNIT_EXPECT_FALSE(test, fake_has(f, "cm.timer"));
	fake_expect_counts(f, 1, 1, 1, 0);
}

static void initialize_fails(struct kunit *test)
{
	struct fake *f = fake_new(test);

	f->step[MP_INIT].status = -EIO;
	KUNIT_EXPECT_EQ(test, condis_register_adapter(f->adapter), -EIO);
	fake_expect(f, "mp.init mp.halt");
}

static void bind_refused(struct kunit *test)
{
	struct fake *f = fake_new(test);

	f->step[CL_BIND].status = -ENODEV;
	fake_up(f);
	fake_expect(f, "mp.init mp.restart cl.bind");
	fake_expect_counts(f, 0, 0, 0, 0);
}

static void close_adapter(struct fake *f, void *object)
{
	fake_check(f, "close-adapter", condis_close_adapter(object));
}

static void client_leaves_when_told_of_the_family(struct kunit *test)
{
	struct fake *f = fake_new(test);

	f->step[CL_FAMILY].hook = close_adapter;
	fake_up(f);
	fake_expect(f, "mp.init mp.restart cl.bind cl.family cl.unbound");
	fake_expect_counts(f, 0, 0, 0, 0);
}

static void reopen_standalone(struct fake *f, void *object)
{
	f->af = condis_cl_open_address_family(f->binding, CONDIS_AF_TAPI, &fake_client_ops, f);
	KUNIT_EXPECT_FALSE(f->test, IS_ERR(f->af));
}

/* Leg B: a stand-alone call manager and its client; the call manager leaves first. */
static void standalone_manager_leaves_first(struct kunit *test)
{
	struct fake *f = fake_new(test);
	struct condis_vc *vc;

	f->standalone = true;
	f->step[CL_FAMILY].hook = reopen_standalone;
	fake_up(f);
	fake_wait(f, "cl.opened");
	fake_expect(f, "mp.init mp.restart cm.bind cl.bind cl.family cm.open cl.opened");
	fake_listen(f);
	vc = fake_dial(f);
	fake_incoming(f);
	KUNIT_EXPECT_TRUE(test, condis_vc_is_active(vc));
	f->manager_up = false;
	condis_unregister_protocol(&f->manager);
	fake_expect(f, "cm.unbind cl.notify cm.notified cm.deregister cl.deregistered",
		    "cm.close cl.closed cm.delete cm.close:1 cl.closed:1 cl.delete:1",
		    "cm.close-af cl.closed-af cm.unbound");
	fake_expect_counts(f, 1, 0, 0, 0);
	KUNIT_EXPECT_EQ(test, PTR_ERR(condis_cl_open_address_family(f->binding, CONDIS_AF_TAPI,
								    &fake_client_ops, f)),
			-ENOENT);
	/* It comes back, and the client is told. */
	KUNIT_ASSERT_EQ(test, condis_register_protocol(&f->manager), 0);
	f->manager_up = true;
	fake_wait(f, "cl.opened");
	fake_expect(f, "cm.bind cl.family cm.open cl.opened");
}

static void standalone_client_leaves_first(struct kunit *test)
{
	struct fake *f = fake_new(test);

	f->standalone = true;
	fake_up(f);
	fake_open(f);
	fake_listen(f);
	fake_dial(f);
	fake_clear(f);
	f->client_up = false;
	condis_unregister_protocol(&f->client);
	fake_expect(f, "cl.unbind cm.deregister cl.deregistered cm.close cl.closed cm.delete",
		    "cm.close-af cl.closed-af cl.unbound");
	f->manager_up = false;
	condis_unregister_protocol(&f->manager);
	fake_expect(f, "cm.unbind cm.unbound");
}

static void standalone_both_leave_by_halt(struct kunit *test)
{
	struct fake *f = fake_new(test);

	f->standalone = true;
	fake_up(f);
	fake_open(f);
	fake_dial(f);
	fake_clear(f);
	f->adapter_up = false;
	condis_unregister_adapter(f->adapter);
	fake_expect(f, "cl.pause mp.pause cm.unbind cl.notify cm.notified cm.close cl.closed",
		    "cm.delete cm.close-af cl.closed-af cm.unbound cl.unbind cl.unbound",
		    "mp.halt");
}

static struct kunit_case condis_flow_cases[] = {
	KUNIT_CASE(bind_and_unbind_in_order),
	KUNIT_CASE(local_hangup_of_outgoing_call),
	KUNIT_CASE(local_hangup_of_incoming_call),
	KUNIT_CASE(remote_hangup_of_outgoing_call),
	KUNIT_CASE(remote_hangup_of_incoming_call),
	KUNIT_CASE(deregister_keeps_calls),
	KUNIT_CASE(session_closed_from_above),
	KUNIT_CASE(session_closed_from_below),
	KUNIT_CASE(halt_with_calls),
	KUNIT_CASE(reset_keeps_handles),
	KUNIT_CASE(reset_reports_its_error),
	KUNIT_CASE(reconfiguration),
	KUNIT_CASE(rejected_offer),
	KUNIT_CASE(activated_before_the_offer),
	KUNIT_CASE(never_established),
	KUNIT_CASE(make_call_fails),
	KUNIT_CASE(progress_before_the_answer),
	KUNIT_CASE(client_unregisters_with_calls),
	KUNIT_CASE(pause_and_restart),
	KUNIT_CASE(restart_fails),
	KUNIT_CASE(surprise_removal_with_calls),
	KUNIT_CASE(surprise_removal_while_dialling),
	KUNIT_CASE(open_af_fails),
	KUNIT_CASE(register_sap_fails),
	KUNIT_CASE(create_vc_refused),
	KUNIT_CASE(initialize_fails),
	KUNIT_CASE(bind_refused),
	KUNIT_CASE(client_leaves_when_told_of_the_family),
	KUNIT_CASE(standalone_manager_leaves_first),
	KUNIT_CASE(standalone_client_leaves_first),
	KUNIT_CASE(standalone_both_leave_by_halt),
	{}
};

static struct kunit_suite condis_flow_suite = {
	.name = "condis_flow",
	.exit = fake_exit,
	.test_cases = condis_flow_cases,
};

kunit_test_suites(&condis_flow_suite);
