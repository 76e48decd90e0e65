// SPDX-License-Identifier: GPL-2.0
/*
 * Packets, and the closes that they hold up (I4, I5; R20, R21; C5, C14).
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/rcupdate.h>

#include "condis_fake.h"

static void fill_window(struct fake *f, struct condis_vc *vc, unsigned int n)
{
	f->holds = true;
	while (n--)
		KUNIT_EXPECT_EQ(f->test, fake_send(f, vc), 0);
}

static void packets_both_ways(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	fake_clear(f);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	KUNIT_EXPECT_EQ(test, fake_receive(f, vc), 0);
	fake_expect(f, "mp.send cl.sent cl.receive");
	fake_close(f, vc);
}

static void window_fills_and_opens(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	KUNIT_EXPECT_EQ(test, condis_co_send_room(vc), 4);
	fill_window(f, vc, 4);
	KUNIT_EXPECT_EQ(test, condis_co_send_room(vc), 0);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), -EAGAIN);
	fake_return_sends(f);
	KUNIT_EXPECT_EQ(test, condis_co_send_room(vc), 4);
	fake_close(f, vc);
}

static void link_params_change_the_window(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);
	struct condis_status status = { .code = CONDIS_STATUS_LINK_PARAMS };

	fake_clear(f);
	condis_m_indicate_status(f->adapter, vc, &status);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), -EAGAIN);
	status.send_window = 1;
	condis_m_indicate_status(f->adapter, vc, &status);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	fake_expect(f, "cl.vc-status cl.vc-status mp.send cl.sent");
	fake_close(f, vc);
}

static void too_long_packet(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);
	struct sk_buff *skb = fake_skb(f, 1501);

	KUNIT_EXPECT_EQ(test, condis_co_send(vc, skb), -EMSGSIZE);
	kfree_skb(skb);
	fake_close(f, vc);
}

/* R20: nothing reaches the miniport before the call is up, nor after its close. */
static void send_without_a_call(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	fake_expect_violation(f, CONDIS_VIOLATION_SEND_AFTER_CLOSE, 1);
	fake_expect_violation(f, CONDIS_VIOLATION_OUT_OF_ORDER, 1);
	f->step[CM_MAKE].how = FAKE_PEND;
	f->step[CM_CLOSE].how = FAKE_PEND;
	vc = fake_dial(f);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), -ENOTCONN);
	KUNIT_EXPECT_EQ(test, fake_receive(f, vc), -ENOTCONN);
	fake_made(f, vc, 0);
	fake_close(f, vc);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), -ENOTCONN);
	KUNIT_EXPECT_EQ(test, fake_receive(f, vc), -ENOTCONN);
	KUNIT_EXPECT_EQ(test, condis_co_send_room(vc), 0);
	fake_released(f, vc);
	fake_expect(f, "cl.closed cm.delete");
	KUNIT_EXPECT_EQ(test, atomic_read(&f->adapter->lates[CONDIS_LATE_RECEIVE]), 2);
}

/* The far end's hang-up stops data, too. */
static void send_after_hangup(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	f->step[CL_HANGUP].how = FAKE_PEND;
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_close_call(vc, 16), 0);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), -ENOTCONN);
	KUNIT_EXPECT_EQ(test, fake_receive(f, vc), -ENOTCONN);
	fake_close(f, vc);
}

/* C14: a close with packets in flight waits for them, and for nobody else. */
static void close_drains_sends(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	fake_expect_violation(f, CONDIS_VIOLATION_DEACTIVATE_BUSY, 1);
	fake_expect_violation(f, CONDIS_VIOLATION_OUT_OF_ORDER, 1);
	fill_window(f, vc, 2);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EINPROGRESS);
	fake_expect(f, "cm.close");
	KUNIT_EXPECT_TRUE(test, condis_vc_is_active(vc));
	KUNIT_EXPECT_EQ(test, condis_mcm_deactivate_vc(vc), -EALREADY);
	fake_return_sends(f);
	fake_wait(f, "cm.delete");
	fake_expect(f, "cl.sent=-ECANCELED cl.sent=-ECANCELED cm.inactive cl.closed cm.delete");
}

/* C5: close-complete and delete come while deactivating: both wait. */
static void complete_and_delete_while_deactivating(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_incoming(f);

	fake_expect_violation(f, CONDIS_VIOLATION_DEACTIVATE_BUSY, 1);
	fake_expect_violation(f, CONDIS_VIOLATION_OUT_OF_ORDER, 1);
	fake_expect_violation(f, CONDIS_VIOLATION_COMPLETION_TWICE, 1);
	f->step[CM_CLOSE].how = FAKE_PEND;
	fill_window(f, vc, 1);
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EINPROGRESS);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_deactivate_vc(vc), -EINPROGRESS);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_call_complete(vc), 0);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_call_complete(vc), -EALREADY);
	KUNIT_EXPECT_EQ(test, condis_mcm_delete_vc(vc), 0);
	fake_expect(f, "");
	fake_return_sends(f);
	fake_wait(f, "cl.delete");
	fake_expect(f, "cl.sent=-ECANCELED cm.inactive cl.closed cl.delete");
	fake_expect_counts(f, 1, 1, 1, 0);
}

/* A call manager that completes the close and never deactivates: the core does. */
static void core_deactivates(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	fake_expect_violation(f, CONDIS_VIOLATION_OUT_OF_ORDER, 1);
	f->step[CM_CLOSE].how = FAKE_PEND;
	fake_close(f, vc);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_call_complete(vc), 0);
	fake_expect(f, "cl.closed cm.delete");
}

static void core_deactivates_and_drains(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	fake_expect_violation(f, CONDIS_VIOLATION_OUT_OF_ORDER, 1);
	f->step[CM_CLOSE].how = FAKE_PEND;
	fill_window(f, vc, 1);
	fake_close(f, vc);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_call_complete(vc), 0);
	fake_expect(f, "");
	fake_return_sends(f);
	fake_wait(f, "cm.delete");
	fake_expect(f, "cl.sent=-ECANCELED cl.closed cm.delete");
}

static void close_now(struct fake *f, void *object)
{
	fake_check(f, "close", fake_close(f, object));
}

/* A packet's handler runs where a close may not: it has it done. */
static void close_later(struct fake *f, void *object)
{
	fake_later(f, close_now, object);
}

static void close_from_a_packets_handler(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	fake_clear(f);
	f->step[CL_RECEIVE].hook = close_later;
	KUNIT_EXPECT_EQ(test, fake_receive(f, vc), 0);
	fake_wait(f, "cm.delete");
	/* With or without cm.inactive: the close may come while the handler still runs. */
	KUNIT_EXPECT_NULL(test, strchr(f->log, '!'));
}

static void send_again(struct fake *f, void *object)
{
	if (f->nr_vcs < 2)
		f->nr_vcs = 2;
	else
		f->step[CL_SENT].hook = NULL;
	fake_check(f, "send", fake_send(f, object));
}

/* From send_complete() there is room for the next packet, also with a window of one. */
static void send_from_send_complete(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	f->window = 1;
	vc = fake_dial(f);
	fake_clear(f);
	f->step[CL_SENT].hook = send_again;
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	fake_expect(f, "mp.send cl.sent mp.send cl.sent mp.send cl.sent");
	f->nr_vcs = 1;
	fake_close(f, vc);
}

static void late_send_complete(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	fake_expect_violation(f, CONDIS_VIOLATION_COMPLETION_TWICE, 1);
	fake_clear(f);
	condis_m_send_complete(vc, fake_skb(f, 10), 0);
	fake_expect(f, "");
	KUNIT_EXPECT_EQ(test, atomic_read(&f->adapter->lates[CONDIS_LATE_SEND]), 1);
	fake_close(f, vc);
}

/* F13 with data: what the miniport holds comes back, then it is paused. */
static void pause_returns_sends(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	fill_window(f, vc, 2);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_adapter_pause(f->adapter), 0);
	fake_expect(f, "cl.pause mp.pause cl.sent=-ECANCELED cl.sent=-ECANCELED");
	KUNIT_EXPECT_EQ(test, fake_receive(f, vc), 0);
	fake_close(f, vc);
}

/* F7 with data. */
static void reset_aborts_sends(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	fill_window(f, vc, 2);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_adapter_reset(f->adapter), 0);
	fake_expect(f, "cl.status=3 mp.reset cl.sent=-ECANCELED cl.sent=-ECANCELED cl.status=4");
	f->holds = false;
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	fake_close(f, vc);
}

static struct {
	struct completion looked;
	struct completion sent;
	int err;
} sender;

/* Who has looked whether there is a reset before it began, and sends when all have heard of it. */
static void look_and_send(struct fake *f, void *object)
{
	struct condis_adapter *adapter = f->adapter;
	unsigned int ms;

	rcu_read_lock();
	complete(&sender.looked);
	for (ms = 0; ms < 10000; ms++) {
		if (READ_ONCE(adapter->resetting) && READ_ONCE(adapter->data_stopped))
			break;
		mdelay(1);
	}
	/* That it does not come to this is what is tested. */
	for (ms = 0; ms < 100 && !READ_ONCE(adapter->reset_told); ms++)
		mdelay(1);
	sender.err = fake_send(f, object);
	rcu_read_unlock();
	complete(&sender.sent);
}

static void wait_for_sender(struct fake *f, void *object)
{
	KUNIT_EXPECT_NE(f->test, wait_for_completion_timeout(&sender.sent, 20 * HZ), 0UL);
}

/* R20: where look and send are one for RCU, it is no breach; also if sends had been stopped. */
static void reset_begins_before_a_send(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);
	unsigned int paused;

	f->step[MP_RESET].hook = wait_for_sender;
	for (paused = 0; paused < 2; paused++) {
		if (paused)
			KUNIT_ASSERT_EQ(test, condis_adapter_pause(f->adapter), 0);
		init_completion(&sender.looked);
		init_completion(&sender.sent);
		fake_later(f, look_and_send, vc);
		KUNIT_EXPECT_NE(test, wait_for_completion_timeout(&sender.looked, 20 * HZ), 0UL);
		KUNIT_EXPECT_EQ(test, condis_adapter_reset(f->adapter), 0);
		KUNIT_EXPECT_EQ(test, sender.err, -ENETDOWN);
		flush_workqueue(f->wq);
	}
	KUNIT_EXPECT_EQ(test, condis_adapter_restart(f->adapter), 0);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	fake_close(f, vc);
}

static void surprise_removal_with_sends(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	fill_window(f, vc, 2);
	fake_clear(f);
	f->adapter_up = false;
	condis_remove_adapter(f->adapter, true);
	condis_unregister_adapter(f->adapter);
	/* The packets come back in halt(): nobody wants them, and their VC is still there. */
	fake_expect(f, "mp.removal cl.hangup cl.closed cl.unbind cl.deregistered cl.closed-af",
		    "cl.unbound mp.halt=1");
	KUNIT_EXPECT_EQ(test, atomic_read(&f->adapter->lates[CONDIS_LATE_SEND]), 2);
}

#define STORM_ROUNDS	20

struct storm {
	struct work_struct work;
	struct fake *f;
	struct condis_vc *vc;
	bool receive;
};

static void storm_work(struct work_struct *work)
{
	struct storm *storm = container_of(work, struct storm, work);
	unsigned int i;
	int err;

	for (i = 0; i < 2000; i++) {
		err = storm->receive ? fake_receive(storm->f, storm->vc) :
				       fake_send(storm->f, storm->vc);
		if (err == -ENOTCONN)
			return;
		cond_resched();
	}
}

/* R20, R21: packets both ways, from two tasks, while a third closes the call. */
static void close_in_a_storm_of_packets(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct storm storms[2] = { { .f = f }, { .f = f, .receive = true } };
	struct condis_vc *vc;
	unsigned int i, n;

	f->step[MP_SEND].quiet = true;
	f->step[CL_SENT].quiet = true;
	f->step[CL_RECEIVE].quiet = true;
	f->step[CM_INACTIVE].quiet = true;
	for (i = 0; i < STORM_ROUNDS; i++) {
		f->nr_vcs = 0;
		vc = fake_dial(f);
		condis_vc_hold(vc);
		fake_clear(f);
		for (n = 0; n < 2; n++) {
			storms[n].vc = vc;
			INIT_WORK_ONSTACK(&storms[n].work, storm_work);
			queue_work(system_unbound_wq, &storms[n].work);
		}
		usleep_range(100, 2000);
		KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EINPROGRESS);
		fake_wait(f, "cm.delete");
		for (n = 0; n < 2; n++) {
			flush_work(&storms[n].work);
			destroy_work_on_stack(&storms[n].work);
		}
		fake_expect(f, "cm.close cl.closed cm.delete");
		condis_vc_put(vc);
		fake_expect_counts(f, 1, 1, 1, 0);
	}
}

static struct kunit_case condis_data_cases[] = {
	KUNIT_CASE(packets_both_ways),
	KUNIT_CASE(window_fills_and_opens),
	KUNIT_CASE(link_params_change_the_window),
	KUNIT_CASE(too_long_packet),
	KUNIT_CASE(send_without_a_call),
	KUNIT_CASE(send_after_hangup),
	KUNIT_CASE(close_drains_sends),
	KUNIT_CASE(complete_and_delete_while_deactivating),
	KUNIT_CASE(core_deactivates),
	KUNIT_CASE(core_deactivates_and_drains),
	KUNIT_CASE(close_from_a_packets_handler),
	KUNIT_CASE(send_from_send_complete),
	KUNIT_CASE(late_send_complete),
	KUNIT_CASE(pause_returns_sends),
	KUNIT_CASE(reset_aborts_sends),
	KUNIT_CASE(reset_begins_before_a_send),
	KUNIT_CASE(surprise_removal_with_sends),
	KUNIT_CASE_SLOW(close_in_a_storm_of_packets),
	{}
};

static struct kunit_suite condis_data_suite = {
	.name = "condis_data",
	.exit = fake_exit,
	.test_cases = condis_data_cases,
};

kunit_test_suites(&condis_data_suite);
