// SPDX-License-Identifier: GPL-2.0
/*
 * A client and a call manager who do anything at any time, from several tasks
 * and from inside their handlers; and then the adapter is halted.  Whatever
 * they did, what was asked for was completed once, and nothing is left.
 */
#include <linux/netdevice.h>
#include <linux/prandom.h>
#include <linux/random.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <net/net_namespace.h>
#include <condis/delay.h>

#include "condis_fake.h"

#define STORM_VCS	256
#define STORM_TASKS	3
#define STORM_STEPS	400
#define STORM_SENDS	32
#define STORM_PATIENCE	(20 * HZ)

/* The client's area of a VC: what it asked for, and what it was told. */
struct told {
	atomic_t makes, mades;
	atomic_t closes, closeds;
	atomic_t offers, hangups, deletes;
};

struct storm {
	struct kunit *test;
	struct condis_adapter *adapter;
	struct condis_protocol protocol;
	struct condis_binding *binding;
	struct condis_af *af;
	struct condis_sap *sap;
	bool leaving;
	atomic_t wrong;
	spinlock_t lock;	/* protects what follows */
	struct rnd_state dice;
	struct condis_vc *vcs[STORM_VCS];	/* with a reference each, to the end */
	bool mine[STORM_VCS];			/* the client's */
	unsigned int nr_vcs;
	struct condis_vc *send_vcs[STORM_SENDS];
	struct sk_buff *sends[STORM_SENDS];
	unsigned int nr_sends;
};

struct storm_task {
	struct work_struct work;
	struct storm *storm;
};

static struct storm *storm_of(const struct condis_adapter *adapter)
{
	return *(struct storm **)condis_adapter_priv(adapter);
}

static struct storm *storm_of_vc(const struct condis_vc *vc)
{
	return storm_of(condis_vc_adapter(vc));
}

static u32 roll(struct storm *storm, u32 sides)
{
	unsigned long flags;
	u32 rolled;

	spin_lock_irqsave(&storm->lock, flags);
	rolled = prandom_u32_state(&storm->dice) % sides;
	spin_unlock_irqrestore(&storm->lock, flags);
	return rolled;
}

/* Keep a VC's memory to the end; false if there are too many. */
static bool remember(struct storm *storm, struct condis_vc *vc, bool mine)
{
	unsigned long flags;
	bool kept = false;

	spin_lock_irqsave(&storm->lock, flags);
	if (storm->nr_vcs < STORM_VCS) {
		condis_vc_hold(vc);
		storm->mine[storm->nr_vcs] = mine;
		storm->vcs[storm->nr_vcs++] = vc;
		kept = true;
	}
	spin_unlock_irqrestore(&storm->lock, flags);
	return kept;
}

/* One of the last VCs, dead or alive. */
static struct condis_vc *any_vc(struct storm *storm)
{
	struct condis_vc *vc = NULL;
	unsigned long flags;
	unsigned int n;

	spin_lock_irqsave(&storm->lock, flags);
	n = min(storm->nr_vcs, 8U);
	if (n)
		vc = storm->vcs[storm->nr_vcs - 1 - prandom_u32_state(&storm->dice) % n];
	spin_unlock_irqrestore(&storm->lock, flags);
	return vc;
}

static const struct condis_call_params storm_params = {
	.media_modes = 1, .called = "1", .calling = "2",
	.tx_rate = 1, .rx_rate = 1, .max_sdu = 1500, .send_window = 2,
};

static void close_vc(struct condis_vc *vc)
{
	struct told *told = condis_vc_client(vc);

	/* Counted first: the completion may come before the return. */
	atomic_inc(&told->closes);
	if (condis_cl_close_call(vc, 16) != -EINPROGRESS)
		atomic_dec(&told->closes);
}

static void dial(struct storm *storm)
{
	struct condis_vc *vc = condis_co_create_vc(storm->af, storm);
	struct told *told;

	if (IS_ERR(vc))
		return;
	if (!remember(storm, vc, true)) {
		condis_co_delete_vc(vc);
		return;
	}
	told = condis_vc_client(vc);
	atomic_inc(&told->makes);
	if (condis_cl_make_call(vc, &storm_params) != -EINPROGRESS)
		atomic_dec(&told->makes);
}

static void offer(struct storm *storm)
{
	struct condis_vc *vc = condis_mcm_create_vc(storm->af);

	if (IS_ERR(vc))
		return;
	if (condis_mcm_dispatch_incoming_call(storm->sap, vc, &storm_params) != -EINPROGRESS)
		condis_mcm_delete_vc(vc);
}

/* Return: whether there was one. */
static bool return_one(struct storm *storm)
{
	struct condis_vc *vc = NULL;
	struct sk_buff *skb = NULL;
	unsigned long flags;

	spin_lock_irqsave(&storm->lock, flags);
	if (storm->nr_sends) {
		storm->nr_sends--;
		vc = storm->send_vcs[storm->nr_sends];
		skb = storm->sends[storm->nr_sends];
	}
	spin_unlock_irqrestore(&storm->lock, flags);
	if (vc)
		condis_m_send_complete(vc, skb, 0);
	return vc;
}

static void send_one(struct condis_vc *vc)
{
	struct sk_buff *skb = alloc_skb(16, GFP_ATOMIC);

	if (skb && condis_co_send(vc, skb))
		kfree_skb(skb);
}

static void receive_one(struct condis_vc *vc)
{
	struct sk_buff *skb = alloc_skb(16, GFP_ATOMIC);

	if (skb)
		condis_m_indicate_receive(vc, skb);
}

/* Do anything to a VC that a client or a call manager could, allowed or not. */
static void do_anything_to(struct storm *storm, struct condis_vc *vc)
{
	switch (roll(storm, 18)) {
	case 0:
	case 1:
		close_vc(vc);
		break;
	case 2:
		condis_mcm_dispatch_incoming_close_call(vc, 16);
		break;
	case 3:
	case 4:
		condis_mcm_activate_vc(vc, &storm_params);
		condis_mcm_make_call_complete(vc, 0, 0);
		break;
	case 5:
		condis_mcm_make_call_complete(vc, -EBUSY, 17);
		break;
	case 6:
		condis_mcm_close_call_complete(vc);
		break;
	case 7:
		condis_mcm_deactivate_vc(vc);
		break;
	case 8:
		condis_co_delete_vc(vc);
		break;
	case 9:
		condis_mcm_delete_vc(vc);
		break;
	case 10:
		condis_cl_incoming_call_complete(vc, 0, 0);
		break;
	case 11:
		condis_cl_incoming_call_complete(vc, -EBUSY, 17);
		break;
	case 12:
		condis_mcm_activate_vc(vc, &storm_params);
		condis_mcm_dispatch_call_connected(vc);
		break;
	case 13:
		send_one(vc);
		break;
	case 14:
		receive_one(vc);
		break;
	case 15:
		condis_mcm_call_progress(vc, roll(storm, 2));
		break;
	case 16:
		condis_mcm_arm_timer(vc, jiffies + roll(storm, 3));
		break;
	case 17:
		condis_mcm_post_signal(vc);
		break;
	}
}

/* What a handler does before it answers: something to its own VC, one time in four. */
static void maybe(struct condis_vc *vc)
{
	struct storm *storm = storm_of_vc(vc);

	if (!storm->leaving && !roll(storm, 4))
		do_anything_to(storm, vc);
}

/* The call manager. */

static int storm_open_af(struct condis_af *af)
{
	return 0;
}

static int storm_close_af(struct condis_af *af)
{
	return 0;
}

static int storm_register_sap(struct condis_sap *sap)
{
	return 0;
}

static int storm_deregister_sap(struct condis_sap *sap)
{
	return 0;
}

static int storm_cm_create(struct condis_vc *vc)
{
	return roll(storm_of_vc(vc), 16) ? 0 : -ENOMEM;
}

static void storm_cm_delete(struct condis_vc *vc)
{
	struct told *told = condis_vc_client(vc);

	if (atomic_inc_return(&told->deletes) > 1)
		atomic_inc(&storm_of_vc(vc)->wrong);
}

static int storm_make_call(struct condis_vc *vc, const struct condis_call_params *params)
{
	struct storm *storm = storm_of_vc(vc);

	maybe(vc);
	switch (roll(storm, 4)) {
	case 0:
		return -EBUSY;
	case 1:
		condis_mcm_activate_vc(vc, &storm_params);
		condis_mcm_make_call_complete(vc, 0, 0);
		break;
	}
	return -EINPROGRESS;
}

static void storm_decided(struct condis_vc *vc, int status, u32 cause)
{
	struct storm *storm = storm_of_vc(vc);

	maybe(vc);
	if (status) {
		if (condis_vc_is_active(vc))
			condis_mcm_deactivate_vc(vc);
		condis_mcm_delete_vc(vc);
	} else if (roll(storm, 4)) {
		condis_mcm_activate_vc(vc, &storm_params);
		condis_mcm_dispatch_call_connected(vc);
	}
}

static int storm_close_call(struct condis_vc *vc, u32 cause)
{
	struct storm *storm = storm_of_vc(vc);

	maybe(vc);
	switch (roll(storm, 8)) {
	case 0:
		/* It forgets. */
		return -EINPROGRESS;
	case 1:
		return 0;
	case 2:
		return -EIO;
	default:
		condis_mcm_deactivate_vc(vc);
		condis_mcm_close_call_complete(vc);
		condis_mcm_delete_vc(vc);
		return -EINPROGRESS;
	}
}

static const struct condis_cm_ops storm_cm_ops = {
	.open_af = storm_open_af,
	.close_af = storm_close_af,
	.register_sap = storm_register_sap,
	.deregister_sap = storm_deregister_sap,
	.create_vc = storm_cm_create,
	.delete_vc = storm_cm_delete,
	.make_call = storm_make_call,
	.incoming_call_pending = maybe,
	.incoming_call_complete = storm_decided,
	.close_call = storm_close_call,
	.deactivate_vc_complete = maybe,
	.signal = maybe,
	.timer = maybe,
};

/* The client. */

static void storm_opened(struct condis_af *af, int status)
{
}

static void storm_closed_af(struct condis_af *af)
{
}

static void storm_registered(struct condis_sap *sap, int status)
{
}

static void storm_deregistered(struct condis_sap *sap)
{
}

static int storm_cl_create(struct condis_vc *vc)
{
	return remember(storm_of_vc(vc), vc, false) ? 0 : -ENOSPC;
}

static void storm_cl_delete(struct condis_vc *vc)
{
	storm_cm_delete(vc);
}

static void storm_made(struct condis_vc *vc, int status, u32 cause)
{
	struct told *told = condis_vc_client(vc);

	atomic_inc(&told->mades);
	maybe(vc);
	if (status)
		condis_co_delete_vc(vc);
}

static void storm_progress(struct condis_vc *vc, bool alerting)
{
	maybe(vc);
}

static int storm_offered(struct condis_vc *vc, struct condis_sap *sap,
			 const struct condis_call_params *params)
{
	struct told *told = condis_vc_client(vc);
	struct storm *storm = storm_of_vc(vc);

	atomic_inc(&told->offers);
	maybe(vc);
	switch (roll(storm, 4)) {
	case 0:
		return -EBUSY;
	case 1:
		return 0;
	case 2:
		condis_cl_incoming_call_complete(vc, 0, 0);
		break;
	}
	return -EINPROGRESS;
}

static void storm_connected(struct condis_vc *vc)
{
	maybe(vc);
}

static void storm_hangup(struct condis_vc *vc, u32 cause)
{
	struct told *told = condis_vc_client(vc);

	/* I6: not after the end of an accepted close, and once. */
	if (atomic_inc_return(&told->hangups) > 1 || atomic_read(&told->closeds))
		atomic_inc(&storm_of_vc(vc)->wrong);
	maybe(vc);
	close_vc(vc);
}

static void storm_closed(struct condis_vc *vc)
{
	struct told *told = condis_vc_client(vc);

	atomic_inc(&told->closeds);
	maybe(vc);
	condis_co_delete_vc(vc);
}

static void storm_receive(struct condis_vc *vc, struct sk_buff *skb)
{
	dev_kfree_skb_any(skb);
}

static const struct condis_client_ops storm_client_ops = {
	.vc_priv = sizeof(struct told),
	.open_af_complete = storm_opened,
	.close_af_complete = storm_closed_af,
	.register_sap_complete = storm_registered,
	.deregister_sap_complete = storm_deregistered,
	.create_vc = storm_cl_create,
	.delete_vc = storm_cl_delete,
	.make_call_complete = storm_made,
	.call_progress = storm_progress,
	.incoming_call = storm_offered,
	.call_connected = storm_connected,
	.incoming_close_call = storm_hangup,
	.close_call_complete = storm_closed,
	.receive = storm_receive,
};

static int storm_bind(struct condis_binding *binding)
{
	struct condis_adapter *adapter = condis_binding_adapter(binding);

	if (strcmp(condis_adapter_name(adapter), "storm"))
		return -ENODEV;
	storm_of(adapter)->binding = binding;
	return 0;
}

static void storm_unbind(struct condis_binding *binding)
{
	struct storm *storm = storm_of(condis_binding_adapter(binding));
	unsigned int i;

	storm->leaving = true;
	condis_cl_deregister_sap(storm->sap);
	for (i = 0; i < storm->nr_vcs; i++) {
		close_vc(storm->vcs[i]);
		if (storm->mine[i])
			condis_co_delete_vc(storm->vcs[i]);
	}
	condis_cl_close_address_family(storm->af);
	condis_close_adapter(binding);
}

static void storm_unbound(struct condis_binding *binding)
{
}

/* The miniport. */

static int storm_initialize(struct condis_adapter *adapter)
{
	return condis_mcm_register_address_family(adapter, CONDIS_AF_TAPI_PROXY, &storm_cm_ops);
}

static int storm_pause(struct condis_adapter *adapter)
{
	struct storm *storm = storm_of(adapter);

	while (return_one(storm))
		;
	return 0;
}

static void storm_halt(struct condis_adapter *adapter, bool surprise)
{
	storm_pause(adapter);
}

static void storm_send(struct condis_vc *vc, struct sk_buff *skb)
{
	struct storm *storm = storm_of_vc(vc);
	unsigned long flags;
	bool kept = false;

	spin_lock_irqsave(&storm->lock, flags);
	if (storm->nr_sends < STORM_SENDS) {
		storm->send_vcs[storm->nr_sends] = vc;
		storm->sends[storm->nr_sends++] = skb;
		kept = true;
	}
	spin_unlock_irqrestore(&storm->lock, flags);
	if (!kept)
		condis_m_send_complete(vc, skb, 0);
}

static const struct condis_miniport_ops storm_miniport_ops = {
	.initialize = storm_initialize,
	.halt = storm_halt,
	.pause = storm_pause,
	.reset = storm_pause,
	.send = storm_send,
};

static void storm_work(struct work_struct *work)
{
	struct storm_task *task = container_of(work, struct storm_task, work);
	struct storm *storm = task->storm;
	struct condis_vc *vc;
	unsigned int i;

	for (i = 0; i < STORM_STEPS; i++) {
		switch (roll(storm, 16)) {
		case 0:
			dial(storm);
			break;
		case 1:
			offer(storm);
			break;
		case 2:
			return_one(storm);
			break;
		case 3:
			if (!roll(storm, 32))
				condis_adapter_reset(storm->adapter);
			break;
		default:
			vc = any_vc(storm);
			if (vc)
				do_anything_to(storm, vc);
		}
		cond_resched();
	}
}

static void check_told(struct storm *storm)
{
	struct told *told;
	unsigned int i;

	for (i = 0; i < storm->nr_vcs; i++) {
		told = condis_vc_client(storm->vcs[i]);
		/*
		 * A client that is too late for a deadline hears nothing more.  Deadlines are short
		 * here, and a host with much to do keeps a client from hearing that it was made.
		 */
		if (storm->vcs[i]->client_gone)
			KUNIT_EXPECT_GE(storm->test, atomic_read(&told->makes),
					atomic_read(&told->mades));
		else
			KUNIT_EXPECT_EQ(storm->test, atomic_read(&told->makes),
					atomic_read(&told->mades));
		KUNIT_EXPECT_EQ(storm->test, atomic_read(&told->closes),
				atomic_read(&told->closeds));
		KUNIT_EXPECT_LE(storm->test, atomic_read(&told->closes), 1);
		KUNIT_EXPECT_LE(storm->test, atomic_read(&told->deletes), 1);
		KUNIT_EXPECT_EQ(storm->test, storm->vcs[i]->call, CONDIS_CALL_DELETED);
		KUNIT_EXPECT_EQ(storm->test, storm->vcs[i]->active, CONDIS_VC_INACTIVE);
		condis_vc_put(storm->vcs[i]);
	}
	KUNIT_EXPECT_EQ(storm->test, atomic_read(&storm->wrong), 0);
}

/* What is over is freed by whoever ran last, who may be a work. */
static void check_counts(struct storm *storm)
{
	unsigned long end = jiffies + STORM_PATIENCE;
	atomic_t *count = storm->adapter->counts;
	unsigned int i;

	for (i = 0; i < CONDIS_NR_COUNTS; i++) {
		while (atomic_read(&count[i]) && time_before(jiffies, end))
			schedule_timeout_uninterruptible(1);
		KUNIT_EXPECT_EQ(storm->test, atomic_read(&count[i]), 0);
	}
}

static void storm_up(struct storm *storm)
{
	static const struct condis_sap_params everywhere = {
		.line = CONDIS_UNSPECIFIED, .address = CONDIS_UNSPECIFIED, .media_modes = 1,
	};
	struct kunit *test = storm->test;

	spin_lock_init(&storm->lock);
	storm->protocol.name = "storm";
	storm->protocol.bind_adapter = storm_bind;
	storm->protocol.unbind_adapter = storm_unbind;
	storm->protocol.close_adapter_complete = storm_unbound;
	storm->adapter = condis_alloc_adapter(&init_net, "storm", &storm_miniport_ops,
					      sizeof(struct storm *));
	KUNIT_ASSERT_NOT_NULL(test, storm->adapter);
	*(struct storm **)condis_adapter_priv(storm->adapter) = storm;
	KUNIT_ASSERT_EQ(test, condis_register_adapter(storm->adapter), 0);
	KUNIT_ASSERT_EQ(test, condis_register_protocol(&storm->protocol), 0);
	KUNIT_ASSERT_NOT_NULL(test, storm->binding);
	storm->af = condis_cl_open_address_family(storm->binding, CONDIS_AF_TAPI_PROXY,
						  &storm_client_ops, storm);
	KUNIT_ASSERT_FALSE(test, IS_ERR(storm->af));
	storm->sap = condis_cl_register_sap(storm->af, &everywhere, storm);
	KUNIT_ASSERT_FALSE(test, IS_ERR(storm->sap));
}

static unsigned int saved_halt, saved_close, saved_make;

static void one_storm(struct kunit *test, u64 seed)
{
	struct storm *storm = kunit_kzalloc(test, sizeof(*storm), GFP_KERNEL);
	struct storm_task tasks[STORM_TASKS];
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, storm);
	storm->test = test;
	kunit_info(test, "seed %llu\n", seed);
	prandom_seed_state(&storm->dice, seed);
	/* Not yet: what is opened must not be taken for what the call manager has forgotten. */
	condis_close_timeout_ms = saved_close;
	storm_up(storm);
	condis_close_timeout_ms = 50;
	for (i = 0; i < STORM_TASKS; i++) {
		tasks[i].storm = storm;
		INIT_WORK_ONSTACK(&tasks[i].work, storm_work);
		queue_work(system_unbound_wq, &tasks[i].work);
	}
	for (i = 0; i < STORM_TASKS; i++) {
		flush_work(&tasks[i].work);
		destroy_work_on_stack(&tasks[i].work);
	}
	/* Orderly, pulled out, or the client first. */
	if (seed % 3 == 0)
		condis_unregister_protocol(&storm->protocol);
	condis_remove_adapter(storm->adapter, seed % 3 == 1);
	condis_unregister_adapter(storm->adapter);
	if (seed % 3)
		condis_unregister_protocol(&storm->protocol);
	check_told(storm);
	check_counts(storm);
	condis_put_adapter(storm->adapter);
}

static int storm_init(struct kunit *test)
{
	saved_halt = condis_halt_timeout_ms;
	saved_close = condis_close_timeout_ms;
	saved_make = condis_make_call_timeout_ms;
	/* Of what the call manager owes the client hears before it would be cut off itself. */
	condis_halt_timeout_ms = 20000;
	condis_make_call_timeout_ms = 50;
	return 0;
}

static void storm_exit(struct kunit *test)
{
	condis_delay_random(0, 0);
	condis_halt_timeout_ms = saved_halt;
	condis_close_timeout_ms = saved_close;
	condis_make_call_timeout_ms = saved_make;
}

static void anything_at_any_time(struct kunit *test)
{
	u64 seed = get_random_u32();
	unsigned int i;

	for (i = 0; i < 6; i++)
		one_storm(test, seed + i);
}

/* The same, and every second task is held up for a moment wherever it is. */
static void anything_with_everybody_late(struct kunit *test)
{
	u64 seed = get_random_u32();
	unsigned int i;

	for (i = 0; i < 3; i++) {
		KUNIT_ASSERT_EQ(test, condis_delay_random(seed + i, 200), 0);
		one_storm(test, seed + i);
		condis_delay_random(0, 0);
	}
}

static struct kunit_case condis_storm_cases[] = {
	KUNIT_CASE_SLOW(anything_at_any_time),
	KUNIT_CASE_SLOW(anything_with_everybody_late),
	{}
};

static struct kunit_suite condis_storm_suite = {
	.name = "condis_storm",
	.init = storm_init,
	.exit = storm_exit,
	.test_cases = condis_storm_cases,
};

kunit_test_suites(&condis_storm_suite);
