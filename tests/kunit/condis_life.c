// SPDX-License-Identifier: GPL-2.0
/*
 * Drivers that break the contract, and lives one after the other: what is said
 * twice, too early or by both ends at once, and what comes and goes many times.
 */
#include <linux/delay.h>
#include <linux/rcupdate.h>
#include <condis/delay.h>

#include "condis_fake.h"

static int late(struct fake *f)
{
	return atomic_read(&f->adapter->lates[CONDIS_LATE_COMPLETION]);
}

static void complete_twice(struct fake *f, void *object)
{
	fake_made(f, object, f->step[CM_MAKE].status);
}

/* Rule 10: a completion given twice, or after an answer by return. */
static void completions_given_twice(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	fake_expect_violation(f, CONDIS_VIOLATION_COMPLETION_TWICE, 2);
	f->step[CM_MAKE].hook = complete_twice;
	fake_dial(f);
	fake_expect(f, "cm.create cm.make !make-complete=-ENOENT cl.made");
	f->step[CM_MAKE].how = FAKE_RETURN;
	fake_dial(f);
	fake_expect(f, "cm.create:1 cm.make:1 cl.made:1");
	KUNIT_EXPECT_EQ(test, late(f), 2);
}

/* A success without an active VC is none (7.1). */
static void connected_without_activation(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	fake_expect_violation(f, CONDIS_VIOLATION_OUT_OF_ORDER, 2);
	f->step[CM_MAKE].how = FAKE_PEND;
	vc = fake_dial(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_make_call_complete(vc, 0, 0), -ENOTCONN);
	fake_made(f, vc, 0);
	fake_expect(f, "cm.create cm.make cl.made");
	f->step[CM_DECIDED].how = FAKE_PEND;
	vc = fake_offer(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_call_connected(vc), -ENOTCONN);
}

static void manager_deletes_first(struct fake *f, void *object)
{
	KUNIT_EXPECT_EQ(f->test, condis_mcm_delete_vc(object), -EBUSY);
	KUNIT_EXPECT_EQ(f->test, condis_mcm_deactivate_vc(object), 0);
	KUNIT_EXPECT_EQ(f->test, condis_mcm_deactivate_vc(object), -EBUSY);
	KUNIT_EXPECT_EQ(f->test, condis_mcm_delete_vc(object), -EBUSY);
	KUNIT_EXPECT_EQ(f->test, condis_mcm_close_call_complete(object), -ENOENT);
}

/* 7.1, 5: a call manager that tears down before the client has closed. */
static void manager_tears_down_a_live_call(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_incoming(f);

	fake_expect_violation(f, CONDIS_VIOLATION_EARLY_RELEASE, 3);
	fake_expect_violation(f, CONDIS_VIOLATION_OUT_OF_ORDER, 1);
	fake_expect_violation(f, CONDIS_VIOLATION_COMPLETION_TWICE, 1);
	manager_deletes_first(f, vc);
	fake_close(f, vc);
	fake_expect(f, "cm.close cl.closed cl.delete");
}

static void fail_a_close(struct fake *f, void *object)
{
	condis_mcm_deactivate_vc(object);
}

/* A close that the call manager fails ends like one that it does not. */
static void close_that_fails(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	fake_expect_violation(f, CONDIS_VIOLATION_NO_ANSWER, 1);
	fake_expect_violation(f, CONDIS_VIOLATION_OUT_OF_ORDER, 1);
	f->step[CM_CLOSE].how = FAKE_RETURN;
	f->step[CM_CLOSE].status = -EIO;
	f->step[CM_CLOSE].hook = fail_a_close;
	fake_clear(f);
	fake_close(f, vc);
	fake_expect(f, "cm.close cl.closed cm.delete");
	KUNIT_EXPECT_EQ(test, atomic_read(&f->adapter->lates[CONDIS_LATE_FORCED]), 1);
}

/* C7, C9: unbind races a close of its own. */
static void adapter_closed_twice(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	fake_close_all(f);
	KUNIT_EXPECT_EQ(test, condis_close_adapter(f->binding), -EINPROGRESS);
	fake_wait(f, "cl.unbound");
	fake_clear(f);
	f->client_up = false;
	condis_unregister_protocol(&f->client);
	/* Nobody asks a binding to leave that is gone. */
	fake_expect(f, "");
}

static void close_adapter_at_notify(struct fake *f, void *object)
{
	/* Completed in close_af_complete(); nobody else closes beside us. */
	f->notified = true;
	fake_close_all(f);
	KUNIT_EXPECT_EQ(f->test, condis_close_adapter(f->binding), -EINPROGRESS);
	KUNIT_EXPECT_EQ(f->test, condis_close_adapter(f->binding), -EALREADY);
}

static void adapter_closed_when_notified(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	fake_dial(f);
	f->step[CL_NOTIFY].hook = close_adapter_at_notify;
	f->step[CL_NOTIFY].how = FAKE_PEND;
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_notify_close_address_family(f->af), -EINPROGRESS);
	fake_wait(f, "cl.unbound");
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cm.notified"));
	fake_expect_counts(f, 0, 0, 0, 0);
}

/* C11: a timer that the call manager forgets; and one armed after the end. */
static void forgotten_timer(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	fake_clear(f);
	condis_mcm_arm_timer(vc, jiffies + 1);
	fake_wait(f, "cm.timer");
	condis_mcm_arm_timer(vc, jiffies + 2 * HZ);
	condis_vc_hold(vc);
	fake_close(f, vc);
	/* The runner is the timer's work, if that is still in cm.timer. */
	fake_wait(f, "cm.delete");
	condis_mcm_arm_timer(vc, jiffies + 1);
	schedule_timeout_uninterruptible(2 * HZ + 10);
	fake_expect(f, "cm.timer cm.close cl.closed cm.delete");
	condis_vc_put(vc);
}

/* C11: halt, reload and redial. */
static void halt_and_reload(struct kunit *test)
{
	struct fake *f;
	unsigned int i;

	for (i = 0; i < 20; i++) {
		f = fake_ready(test);
		fake_dial(f);
		fake_incoming(f);
		fake_exit(test);
	}
}

static void register_and_unregister(struct kunit *test)
{
	struct fake *f = fake_new(test);
	unsigned int i;

	KUNIT_ASSERT_EQ(test, condis_register_adapter(f->adapter), 0);
	f->adapter_up = true;
	f->step[CL_OPENED].quiet = true;
	for (i = 0; i < 100; i++) {
		KUNIT_ASSERT_EQ(test, condis_register_protocol(&f->client), 0);
		f->client_up = true;
		fake_clear(f);
		f->step[CL_OPENED].quiet = false;
		fake_open(f);
		f->nr_vcs = 0;
		fake_dial(f);
		f->client_up = false;
		condis_unregister_protocol(&f->client);
		fake_expect_counts(f, 0, 0, 0, 0);
	}
	/* What is unregistered can be registered: the name is free at once. */
	KUNIT_EXPECT_EQ(test, atomic_read(&f->client.bindings), 0);
}

static void same_name_twice(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_adapter *other;

	other = condis_alloc_adapter(&init_net, "fake0", &fake_miniport_ops, sizeof(f));
	KUNIT_ASSERT_NOT_NULL(test, other);
	*(struct fake **)condis_adapter_priv(other) = f;
	KUNIT_EXPECT_EQ(test, condis_register_adapter(other), -EEXIST);
	condis_put_adapter(other);
}

/* Halted while it is being paused, reset and reconfigured by others. */
static void halt_is_asked_twice(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	fake_dial(f);
	f->adapter_up = false;
	condis_remove_adapter(f->adapter, false);
	condis_remove_adapter(f->adapter, true);
	condis_unregister_adapter(f->adapter);
	condis_unregister_adapter(f->adapter);
	KUNIT_EXPECT_EQ(test, condis_adapter_pause(f->adapter), -ENODEV);
	KUNIT_EXPECT_EQ(test, condis_adapter_restart(f->adapter), -ENODEV);
	KUNIT_EXPECT_EQ(test, condis_adapter_reset(f->adapter), -ENODEV);
	KUNIT_EXPECT_EQ(test, condis_m_reconfigure(f->adapter), -ENODEV);
}

#define STRESS_ROUNDS	40

struct stress {
	struct fake *f;
	struct work_struct work;
	struct condis_vc *vc;
	int (*fn)(struct condis_vc *vc);
};

static int stress_close(struct condis_vc *vc)
{
	return condis_cl_close_call(vc, 16);
}

static int stress_hangup(struct condis_vc *vc)
{
	return condis_mcm_dispatch_incoming_close_call(vc, 16);
}

static void stress_work(struct work_struct *work)
{
	struct stress *stress = container_of(work, struct stress, work);

	stress->fn(stress->vc);
}

/* I12: both ends at once, from two tasks; who wins is all the same. */
static void both_ends_close_at_once(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct stress ends[2] = {
		{ .f = f, .fn = stress_close }, { .f = f, .fn = stress_hangup },
	};
	unsigned int i, end;
	struct condis_vc *vc;

	fake_free_violation(f, CONDIS_VIOLATION_AFTER_END);
	for (i = 0; i < STRESS_ROUNDS; i++) {
		f->nr_vcs = 0;
		f->step[CL_HANGUP].how = FAKE_PEND;
		f->step[CM_CLOSE].how = i & 1 ? FAKE_WORK : FAKE_INLINE;
		vc = i & 2 ? fake_dial(f) : fake_incoming(f);
		condis_vc_hold(vc);
		fake_clear(f);
		for (end = 0; end < 2; end++) {
			ends[end].vc = vc;
			INIT_WORK_ONSTACK(&ends[end].work, stress_work);
		}
		queue_work(system_unbound_wq, &ends[i & 1].work);
		queue_work(system_unbound_wq, &ends[!(i & 1)].work);
		for (end = 0; end < 2; end++) {
			flush_work(&ends[end].work);
			destroy_work_on_stack(&ends[end].work);
		}
		fake_wait(f, "cl.closed");
		condis_vc_put(vc);
		flush_workqueue(f->wq);
		KUNIT_EXPECT_NULL(test, strchr(f->log, '!'));
		fake_expect_counts(f, 1, 1, 1, 0);
	}
}

static void dial_until_it_fails(struct fake *f, void *object)
{
	struct condis_call_params params;
	struct condis_vc *vc;
	unsigned int i;

	fake_call_params(f, &params);
	for (i = 0; i < 60; i++) {
		vc = condis_co_create_vc(f->af, f);
		if (IS_ERR(vc))
			return;
		condis_cl_make_call(vc, &params);
		cond_resched();
	}
}

/* Halt while another task makes calls as fast as it can. */
static void halt_while_calls_are_made(struct kunit *test)
{
	struct fake *f;
	unsigned int i;

	for (i = 0; i < 6; i++) {
		f = fake_ready(test);
		/* The client's area stays as it was made: nobody checks it here. */
		f->step[CL_MADE].quiet = true;
		/* The dialler does not look whether its family is being closed. */
		fake_free_violation(f, CONDIS_VIOLATION_AFTER_END);
		fake_free_violation(f, CONDIS_VIOLATION_BAD_ARGUMENT);
		fake_free_violation(f, CONDIS_VIOLATION_LEFT_BEHIND);
		fake_free_violation(f, CONDIS_VIOLATION_NO_ANSWER);
		fake_later(f, dial_until_it_fails, NULL);
		if (i & 1)
			usleep_range(500, 3000);
		f->adapter_up = false;
		condis_remove_adapter(f->adapter, i & 2);
		/* What the dialler uses must outlive it. */
		condis_unregister_adapter(f->adapter);
		fake_exit(test);
	}
}

/* The adapter goes and takes along what it can; whoever is at the point has what he needs. */
static void pull_out(struct fake *f)
{
	f->adapter_up = false;
	condis_remove_adapter(f->adapter, true);
	condis_unregister_adapter(f->adapter);
	condis_quarantine_flush();
	rcu_barrier();
}

struct making {
	struct condis_af *af;
	struct condis_vc *vc;
};

static void make_held(struct fake *f, void *object)
{
	struct making *making = object;

	making->vc = condis_mcm_create_vc_held(making->af);
}

/*
 * The adapter is pulled out while a call manager makes a VC outside of its handlers: it is deleted
 * for it, and nobody else has it any more when it goes on.
 */
static void pulled_out_while_a_vc_is_made(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct making making = { .af = f->af };
	struct condis_delay_stop *stop;

	stop = condis_delay_stop("vc.mcm_create.linked", 0);
	KUNIT_ASSERT_NOT_NULL(test, stop);
	condis_af_hold(making.af);
	fake_later(f, make_held, &making);
	KUNIT_EXPECT_TRUE(test, condis_delay_wait(stop));
	pull_out(f);

	KUNIT_EXPECT_TRUE(test, condis_delay_release(stop));
	flush_workqueue(f->wq);
	KUNIT_ASSERT_FALSE(test, IS_ERR_OR_NULL(making.vc));
	KUNIT_EXPECT_EQ(test, atomic_read(&f->adapter->counts[CONDIS_COUNT_VC]), 1);
	KUNIT_EXPECT_EQ(test, condis_mcm_delete_vc(making.vc), -EALREADY);
	condis_vc_put(making.vc);
	condis_af_put(making.af);
	fake_expect_counts(f, 0, 0, 0, 0);
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cl.delete"));
}

struct opening {
	struct condis_binding *binding;
	struct condis_af *af;
};

static void open_af(struct fake *f, void *object)
{
	struct opening *opening = object;

	opening->af = condis_cl_open_address_family(opening->binding, CONDIS_AF_TAPI_PROXY,
						    &fake_client_ops, f);
}

/*
 * As above, while a client opens the family outside of its handlers: the call manager is answered
 * for, and is not asked any more.
 */
static void pulled_out_while_a_family_is_opened(struct kunit *test)
{
	struct fake *f = fake_new(test);
	struct condis_delay_stop *stop;
	struct opening opening;

	fake_up(f);
	opening.binding = f->binding;
	condis_binding_hold(opening.binding);
	stop = condis_delay_stop("af.open.linked", 0);
	KUNIT_ASSERT_NOT_NULL(test, stop);
	fake_clear(f);
	fake_later(f, open_af, &opening);
	KUNIT_EXPECT_TRUE(test, condis_delay_wait(stop));
	pull_out(f);
	fake_expect(f, "mp.removal cl.opened=-ENODEV cl.unbind cl.unbound mp.halt=1");
	KUNIT_EXPECT_EQ(test, atomic_read(&f->adapter->counts[CONDIS_COUNT_AF]), 1);

	KUNIT_EXPECT_TRUE(test, condis_delay_release(stop));
	flush_workqueue(f->wq);
	KUNIT_EXPECT_FALSE(test, IS_ERR(opening.af));
	condis_binding_put(opening.binding);
	fake_expect_counts(f, 0, 0, 0, 0);
	KUNIT_EXPECT_EQ(test, late(f), 0);
	fake_expect(f, "");
}

struct listening {
	struct condis_af *af;
	struct condis_sap *sap;
};

static void listen(struct fake *f, void *object)
{
	static const struct condis_sap_params everywhere = {
		.line = CONDIS_UNSPECIFIED,
		.address = CONDIS_UNSPECIFIED,
		.media_modes = 1,
	};
	struct listening *listening = object;

	listening->sap = condis_cl_register_sap(listening->af, &everywhere, f);
}

/* Likewise a SAP, which keeps its family for as long as it is there itself. */
static void pulled_out_while_a_sap_is_registered(struct kunit *test)
{
	struct fake *f = fake_new(test);
	struct condis_delay_stop *stop;
	struct listening listening;

	fake_up(f);
	fake_open(f);
	listening.af = f->af;
	stop = condis_delay_stop("sap.register.linked", 0);
	KUNIT_ASSERT_NOT_NULL(test, stop);
	fake_clear(f);
	fake_later(f, listen, &listening);
	KUNIT_EXPECT_TRUE(test, condis_delay_wait(stop));
	pull_out(f);
	fake_expect(f, "mp.removal cl.registered=-ENODEV cl.unbind cl.closed-af cl.unbound",
		    "mp.halt=1");
	KUNIT_EXPECT_EQ(test, atomic_read(&f->adapter->counts[CONDIS_COUNT_SAP]), 1);

	KUNIT_EXPECT_TRUE(test, condis_delay_release(stop));
	flush_workqueue(f->wq);
	KUNIT_EXPECT_FALSE(test, IS_ERR(listening.sap));
	fake_expect_counts(f, 0, 0, 0, 0);
	KUNIT_EXPECT_EQ(test, late(f), 0);
	fake_expect(f, "");
}

static struct kunit_case condis_life_cases[] = {
	KUNIT_CASE(completions_given_twice),
	KUNIT_CASE(connected_without_activation),
	KUNIT_CASE(manager_tears_down_a_live_call),
	KUNIT_CASE(close_that_fails),
	KUNIT_CASE(adapter_closed_twice),
	KUNIT_CASE(adapter_closed_when_notified),
	KUNIT_CASE(forgotten_timer),
	KUNIT_CASE_SLOW(halt_and_reload),
	KUNIT_CASE_SLOW(register_and_unregister),
	KUNIT_CASE(same_name_twice),
	KUNIT_CASE(halt_is_asked_twice),
	KUNIT_CASE_SLOW(both_ends_close_at_once),
	KUNIT_CASE_SLOW(halt_while_calls_are_made),
	KUNIT_CASE(pulled_out_while_a_vc_is_made),
	KUNIT_CASE(pulled_out_while_a_family_is_opened),
	KUNIT_CASE(pulled_out_while_a_sap_is_registered),
	{}
};

static struct kunit_suite condis_life_suite = {
	.name = "condis_life",
	.exit = fake_exit,
	.test_cases = condis_life_cases,
};

kunit_test_suites(&condis_life_suite);
