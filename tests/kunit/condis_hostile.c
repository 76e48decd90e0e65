// SPDX-License-Identifier: GPL-2.0
/*
 * Drivers that never answer, or after their end.  Every wait is bounded, and
 * nothing is left.
 */
#include "condis_fake.h"

#define SHORT_MS	200

static unsigned int saved_halt, saved_close, saved_make;

static int short_deadlines(struct kunit *test)
{
	saved_halt = condis_halt_timeout_ms;
	saved_close = condis_close_timeout_ms;
	saved_make = condis_make_call_timeout_ms;
	condis_halt_timeout_ms = SHORT_MS;
	condis_close_timeout_ms = SHORT_MS;
	condis_make_call_timeout_ms = SHORT_MS;
	return 0;
}

static void usual_deadlines(struct kunit *test)
{
	struct fake *f = test->priv;
	unsigned int i;

	/* Who is mute here is told of in many ways. */
	for (i = 0; f && i < CONDIS_NR_VIOLATIONS; i++)
		fake_free_violation(f, i);
	fake_exit(test);
	condis_halt_timeout_ms = saved_halt;
	condis_close_timeout_ms = saved_close;
	condis_make_call_timeout_ms = saved_make;
}

static int forced(struct fake *f)
{
	return atomic_read(&f->adapter->lates[CONDIS_LATE_FORCED]);
}

static int late(struct fake *f)
{
	return atomic_read(&f->adapter->lates[CONDIS_LATE_COMPLETION]);
}

/* Halt, and how long it took in deadlines. */
static void halt_within(struct fake *f, unsigned int deadlines)
{
	unsigned long start = jiffies;

	f->adapter_up = false;
	condis_unregister_adapter(f->adapter);
	/* What is not waiting takes its time on an emulated machine. */
	KUNIT_EXPECT_LT(f->test, jiffies_to_msecs(jiffies - start), deadlines * SHORT_MS + 15000);
}

/* C3: a make-call that is never answered. */
static void watchdog_ends_a_make_call(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	f->step[CM_MAKE].how = FAKE_PEND;
	fake_dial(f);
	fake_wait(f, "cm.delete");
	fake_expect(f, "cm.create cm.make cl.made=-ETIMEDOUT cm.delete");
	KUNIT_EXPECT_EQ(test, f->cause, Q850_RECOVERY_ON_TIMER_EXPIRY);
	KUNIT_EXPECT_EQ(test, forced(f), 1);
	fake_expect_counts(f, 1, 1, 1, 0);
}

static void watchdog_ends_a_close(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	f->step[CM_CLOSE].how = FAKE_PEND;
	condis_vc_hold(vc);
	fake_clear(f);
	fake_close(f, vc);
	fake_wait(f, "cm.delete");
	fake_expect(f, "cm.close cl.closed cm.delete");
	/* Rule 4: the late completion finds nothing, and harms nobody. */
	KUNIT_EXPECT_EQ(test, condis_mcm_close_call_complete(vc), -ENOENT);
	KUNIT_EXPECT_EQ(test, late(f), 1);
	condis_vc_put(vc);
	fake_expect_counts(f, 1, 1, 1, 0);
}

/* The call manager's own VC: the client is told, the driver still deletes it himself. */
static void watchdog_ends_a_close_of_an_incoming_call(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_incoming(f);

	f->step[CM_CLOSE].how = FAKE_PEND;
	fake_close(f, vc);
	fake_wait(f, "cl.closed");
	fake_expect(f, "cm.close cl.closed");
	KUNIT_EXPECT_EQ(test, condis_mcm_close_call_complete(vc), -ENOENT);
	KUNIT_EXPECT_EQ(test, condis_mcm_delete_vc(vc), 0);
	/* The runner is the watchdog's work, if that is still in cl.closed. */
	fake_wait(f, "cl.delete");
	fake_expect(f, "cl.delete");
}

/* C14: packets that never come back: written off, and the memory kept for them. */
static void watchdog_writes_packets_off(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	f->holds = true;
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	fake_clear(f);
	fake_close(f, vc);
	fake_wait(f, "cm.delete");
	/* The call manager's own completion, from cm.inactive, comes too late. */
	fake_expect(f, "cm.close cm.inactive !close-complete=-ENOENT cl.closed cm.delete");
	fake_expect_counts(f, 1, 1, 1, 1);
	fake_return_sends(f);
	fake_expect(f, "");
	KUNIT_EXPECT_EQ(test, atomic_read(&f->adapter->lates[CONDIS_LATE_SEND]), 1);
}

static void watchdog_ends_a_sap(struct kunit *test)
{
	struct fake *f = fake_new(test);
	struct condis_sap *sap;

	fake_up(f);
	fake_open(f);
	fake_clear(f);
	f->step[CM_REGISTER].how = FAKE_PEND;
	fake_listen(f);
	sap = f->sap;
	fake_wait(f, "cl.registered=-ETIMEDOUT");
	fake_expect(f, "cm.register cl.registered=-ETIMEDOUT");
	KUNIT_EXPECT_EQ(test, condis_mcm_register_sap_complete(sap, 0), -ENOENT);

	f->step[CM_REGISTER].how = FAKE_INLINE;
	f->step[CM_DEREGISTER].how = FAKE_PEND;
	fake_listen(f);
	sap = f->sap;
	f->sap = NULL;
	fake_clear(f);
	condis_cl_deregister_sap(sap);
	fake_wait(f, "cl.deregistered");
	fake_expect(f, "cm.deregister cl.deregistered");
	KUNIT_EXPECT_EQ(test, condis_mcm_deregister_sap_complete(sap), -ENOENT);
}

static void deadline_ends_an_open(struct kunit *test)
{
	struct fake *f = fake_new(test);
	struct condis_af *af;

	fake_up(f);
	fake_clear(f);
	f->step[CM_OPEN].how = FAKE_PEND;
	fake_open(f);
	af = f->af;
	fake_wait(f, "cl.opened=-ECANCELED");
	fake_expect(f, "cm.open cl.opened=-ECANCELED");
	KUNIT_EXPECT_EQ(test, condis_mcm_open_address_family_complete(af, 0), -ENOENT);
	fake_expect(f, "");
}

static void deadline_ends_a_close_af(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_af *af = f->af;

	f->step[CM_CLOSE_AF].how = FAKE_PEND;
	fake_close_all(f);
	fake_wait(f, "cl.closed-af");
	fake_expect(f, "cm.deregister cl.deregistered cm.close-af cl.closed-af");
	KUNIT_EXPECT_EQ(test, condis_mcm_close_address_family_complete(af), -ENOENT);
}

/* C8: calls that the client forgot: closed for it, and what it still says is harmless. */
static void deadline_closes_forgotten_calls(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *mine = fake_dial(f), *theirs = fake_incoming(f);

	fake_clear(f);
	f->step[CM_CLOSE].how = FAKE_RETURN;
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
}

/* R13: a client that does nothing when it is notified; and one that refuses. */
static void notified_client_does_nothing(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	f->step[CL_NOTIFY].how = FAKE_PEND;
	f->step[CM_CLOSE].how = FAKE_RETURN;
	fake_dial(f);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_notify_close_address_family(f->af), -EINPROGRESS);
	fake_wait(f, "cm.notified=-ETIMEDOUT");
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cm.close"));
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cl.closed-af"));
	f->sap = NULL;
	f->vcs[0].alive = false;
	fake_wait(f, "cl.closed-af");
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
}

/* Rule 8: reconfiguration with a client that does nothing. */
static void reconfiguration_without_the_client(struct kunit *test)
{
	struct fake *f = fake_ready(test);

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

	condis_close_timeout_ms = 60000;
	condis_make_call_timeout_ms = 60000;
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
	halt_within(f, 1);
	KUNIT_EXPECT_FALSE(test, fake_has(f, "cl.hangup"));
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cl.closed:3"));
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cl.delete:3"));
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cl.closed-af"));
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

static void forget_all(struct fake *f)
{
	unsigned int i;

	for (i = 0; i < f->nr_vcs; i++)
		f->vcs[i].alive = false;
	f->sap = NULL;
	f->af = NULL;
}

static void halt_with_a_mute_client(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	fake_incoming(f);
	mute_client(f);
	fake_offer(f);
	fake_create(f);
	condis_vc_hold(vc);
	fake_clear(f);
	halt_within(f, 3);
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cl.unbound"));
	KUNIT_EXPECT_TRUE(test, fake_has(f, "mp.halt"));
	/* It wakes up at last. */
	KUNIT_EXPECT_LT(test, condis_cl_close_call(vc, 16), 0);
	condis_vc_put(vc);
	forget_all(f);
}

static void halt_with_both_mute(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	condis_close_timeout_ms = 60000;
	condis_make_call_timeout_ms = 60000;
	fake_dial(f);
	fake_incoming(f);
	mute_client(f);
	mute_call_manager(f);
	fake_dial(f);
	fake_offer(f);
	halt_within(f, 3);
	forget_all(f);
}

static void surprise_removal_with_a_mute_client(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	condis_close_timeout_ms = 60000;
	fake_dial(f);
	fake_incoming(f);
	mute_client(f);
	fake_offer(f);
	f->adapter_up = false;
	condis_remove_adapter(f->adapter, true);
	condis_unregister_adapter(f->adapter);
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cl.unbound"));
	forget_all(f);
}

/* A mute client is unloaded: the call manager, who is well, releases its calls. */
static void unregister_a_mute_client(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	condis_close_timeout_ms = 60000;
	condis_halt_timeout_ms = 1000;
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
	forget_all(f);
	flush_workqueue(f->wq);
	fake_expect_counts(f, 0, 0, 0, 0);
}

static void unregister_with_both_mute(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	condis_close_timeout_ms = 60000;
	condis_make_call_timeout_ms = 60000;
	fake_dial(f);
	mute_client(f);
	mute_call_manager(f);
	fake_dial(f);
	fake_offer(f);
	f->client_up = false;
	condis_unregister_protocol(&f->client);
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cl.unbound"));
	forget_all(f);
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
	condis_close_timeout_ms = 60000;
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
}

static void pause_never_completed(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	f->step[MP_PAUSE].how = FAKE_PEND;
	KUNIT_EXPECT_EQ(test, condis_adapter_pause(f->adapter), 0);
	KUNIT_EXPECT_EQ(test, f->adapter->state, CONDIS_ADAPTER_PAUSED);
	KUNIT_EXPECT_EQ(test, forced(f), 1);
	condis_m_pause_complete(f->adapter);
	KUNIT_EXPECT_EQ(test, late(f), 1);
}

static void reset_never_completed(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	f->step[MP_RESET].how = FAKE_PEND;
	KUNIT_EXPECT_EQ(test, condis_adapter_reset(f->adapter), -ETIMEDOUT);
	condis_m_reset_complete(f->adapter, 0);
	KUNIT_EXPECT_EQ(test, late(f), 1);
	f->step[MP_RESET].how = FAKE_INLINE;
	KUNIT_EXPECT_EQ(test, condis_adapter_reset(f->adapter), 0);
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
	mute_call_manager(f);
	halt_within(f, 1);
}

static struct kunit_case condis_hostile_cases[] = {
	KUNIT_CASE(watchdog_ends_a_make_call),
	KUNIT_CASE(watchdog_ends_a_close),
	KUNIT_CASE(watchdog_ends_a_close_of_an_incoming_call),
	KUNIT_CASE(watchdog_writes_packets_off),
	KUNIT_CASE(watchdog_ends_a_sap),
	KUNIT_CASE(deadline_ends_an_open),
	KUNIT_CASE(deadline_ends_a_close_af),
	KUNIT_CASE(deadline_closes_forgotten_calls),
	KUNIT_CASE(notified_client_does_nothing),
	KUNIT_CASE(notified_client_refuses),
	KUNIT_CASE(reconfiguration_without_the_client),
	KUNIT_CASE(halt_with_a_mute_call_manager),
	KUNIT_CASE(halt_with_a_mute_client),
	KUNIT_CASE(halt_with_both_mute),
	KUNIT_CASE(surprise_removal_with_a_mute_client),
	KUNIT_CASE(unregister_a_mute_client),
	KUNIT_CASE(unregister_with_both_mute),
	KUNIT_CASE(unregister_a_mute_standalone_manager),
	KUNIT_CASE(pause_never_completed),
	KUNIT_CASE(reset_never_completed),
	KUNIT_CASE(halt_with_many_calls),
	{}
};

static struct kunit_suite condis_hostile_suite = {
	.name = "condis_hostile",
	.init = short_deadlines,
	.exit = usual_deadlines,
	.test_cases = condis_hostile_cases,
};

kunit_test_suites(&condis_hostile_suite);
