// SPDX-License-Identifier: GPL-2.0
/*
 * The example call manager from inside: what each end of a call is told, word by
 * word, and the ways down that user space cannot time.
 *
 * The words of the caller's end begin with A, those of the callee's with B.
 */
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/netdevice.h>
#include <net/net_namespace.h>
#include <condis/client.h>

/* The driver itself, but for its module's init and exit. */
#include "../../drivers/example/mcm_adapter.c"
#include "../../drivers/example/mcm_af.c"
#include "../../drivers/example/mcm_call.c"

#include "../../drivers/condis/core.h"
#include "violations.h"

#define PATIENCE	(20 * HZ)
#define NEVER_MS	600000

struct workqueue_struct *mcm_wq;

/**
 * struct world - an adapter, a client, and what it was told
 * @test: the case
 * @adapter: the adapter
 * @af: of the client
 * @sap: likewise, on line 1
 * @end: the VC of either end, NULL if there is none
 * @hook: runs in the handler that says @hook_word, once
 * @hook_word: which
 * @blocked: a handler that is held up is there
 * @go: and goes on
 * @mute: the client does not close anything by itself
 * @stuck: receive() waits for @go
 * @lock: protects the log
 * @log: the words
 * @sends: packets that are out, for each end
 * @status: of the last packet that came back
 * @received: packets received, by each end
 * @halt_ms: the deadline of a halt outside of the case
 * @violations: what the verifier may have to say
 */
struct world {
	struct kunit *test;
	struct condis_adapter *adapter;
	struct condis_af *af;
	struct condis_sap *sap;
	struct condis_vc *end[2];
	void (*hook)(struct world *world);
	const char *hook_word;
	struct completion blocked;
	struct completion go;
	bool mute;
	bool stuck;
	spinlock_t lock;	/* see above */
	char log[512];
	atomic_t sends[2];
	int status;
	atomic_t received[2];
	unsigned int halt_ms;
	struct violations violations;
};

static struct world *world;

static int side_of(const struct condis_vc *vc)
{
	return mcm_call_of(vc)->incoming;
}

static void say(struct condis_vc *vc, const char *word)
{
	void (*hook)(struct world *world) = NULL;
	char text[32];

	snprintf(text, sizeof(text), "%c:%s", "AB"[side_of(vc)], word);
	spin_lock_bh(&world->lock);
	if (world->log[0])
		strlcat(world->log, " ", sizeof(world->log));
	strlcat(world->log, text, sizeof(world->log));
	if (world->hook && !strcmp(world->hook_word, text)) {
		hook = world->hook;
		world->hook = NULL;
	}
	spin_unlock_bh(&world->lock);
	if (hook)
		hook(world);
}

static bool log_is(const char *words)
{
	bool is;

	spin_lock_bh(&world->lock);
	is = !strcmp(world->log, words);
	spin_unlock_bh(&world->lock);
	return is;
}

/* The log is, or comes to be, these words; and then it is empty. */
static void expect(const char *words)
{
	unsigned long end = jiffies + PATIENCE;

	while (!log_is(words) && time_before(jiffies, end))
		msleep(20);
	KUNIT_EXPECT_STREQ(world->test, world->log, words);
	spin_lock_bh(&world->lock);
	world->log[0] = '\0';
	spin_unlock_bh(&world->lock);
}

/* Of two ends that come down in two threads, only the words of one have an order. */
static void expect_order(const char *first, const char *second)
{
	const char *one = strstr(world->log, first), *other = strstr(world->log, second);

	KUNIT_EXPECT_TRUE_MSG(world->test, one && other && one < other,
			      "no %s before %s in: %s", first, second, world->log);
}

static void on(const char *word, void (*hook)(struct world *world))
{
	world->hook_word = word;
	world->hook = hook;
}

/*
 * The client
 */

static void cl_open_af_complete(struct condis_af *af, int status)
{
	const struct condis_sap_params params = {
		.line = 1,
		.address = CONDIS_UNSPECIFIED,
		.media_modes = MCM_MEDIA,
	};

	KUNIT_EXPECT_EQ(world->test, status, 0);
	world->af = af;
	world->sap = condis_cl_register_sap(af, &params, NULL);
}

static void cl_close_af_complete(struct condis_af *af)
{
	world->af = NULL;
}

static void cl_register_sap_complete(struct condis_sap *sap, int status)
{
	KUNIT_EXPECT_EQ(world->test, status, 0);
}

static void cl_deregister_sap_complete(struct condis_sap *sap)
{
}

static int cl_create_vc(struct condis_vc *vc)
{
	world->end[1] = vc;
	return 0;
}

static void cl_delete_vc(struct condis_vc *vc)
{
	world->end[1] = NULL;
	say(vc, "deleted");
}

static void delete_ours(struct condis_vc *vc)
{
	world->end[0] = NULL;
	KUNIT_EXPECT_EQ(world->test, condis_co_delete_vc(vc), 0);
}

static void cl_make_call_complete(struct condis_vc *vc, int status, u32 cause)
{
	char word[16];

	if (!status) {
		say(vc, "made");
	} else if (status == -ECANCELED) {
		say(vc, "aborted");
	} else {
		snprintf(word, sizeof(word), "failed(%u)", cause);
		say(vc, word);
		delete_ours(vc);
	}
}

static void cl_call_progress(struct condis_vc *vc, bool alerting)
{
	say(vc, alerting ? "alerting" : "proceeding");
}

static int cl_incoming_call(struct condis_vc *vc, struct condis_sap *sap,
			    const struct condis_call_params *params)
{
	KUNIT_EXPECT_STREQ(world->test, params->calling, "100");
	KUNIT_EXPECT_EQ(world->test, params->line, 1);
	say(vc, "offer");
	return -EINPROGRESS;
}

static void cl_call_connected(struct condis_vc *vc)
{
	say(vc, "connected");
}

/* Whatever is out need not be waited for. */
static void hang_up(int side)
{
	condis_co_cancel_sends(world->end[side]);
	KUNIT_EXPECT_EQ(world->test, condis_cl_close_call(world->end[side], Q850_NORMAL_CLEARING),
			-EINPROGRESS);
}

static void cl_incoming_close_call(struct condis_vc *vc, u32 cause)
{
	char word[16];

	snprintf(word, sizeof(word), "hangup(%u)", cause);
	say(vc, word);
	if (!world->mute)
		hang_up(side_of(vc));
}

static void cl_close_call_complete(struct condis_vc *vc)
{
	say(vc, "closed");
	if (!side_of(vc))
		delete_ours(vc);
}

static void cl_receive(struct condis_vc *vc, struct sk_buff *skb)
{
	unsigned long end = jiffies + PATIENCE;

	atomic_inc(&world->received[side_of(vc)]);
	dev_kfree_skb_any(skb);
	if (!world->stuck)
		return;
	complete(&world->blocked);
	/* In a section of RCU: nobody may sleep here. */
	while (!completion_done(&world->go) && time_before(jiffies, end))
		cpu_relax();
}

static void cl_send_complete(struct condis_vc *vc, struct sk_buff *skb, int status)
{
	dev_kfree_skb_any(skb);
	world->status = status;
	atomic_dec(&world->sends[side_of(vc)]);
}

static const struct condis_client_ops cl_ops = {
	.open_af_complete = cl_open_af_complete,
	.close_af_complete = cl_close_af_complete,
	.register_sap_complete = cl_register_sap_complete,
	.deregister_sap_complete = cl_deregister_sap_complete,
	.create_vc = cl_create_vc,
	.delete_vc = cl_delete_vc,
	.make_call_complete = cl_make_call_complete,
	.call_progress = cl_call_progress,
	.incoming_call = cl_incoming_call,
	.call_connected = cl_call_connected,
	.incoming_close_call = cl_incoming_close_call,
	.close_call_complete = cl_close_call_complete,
	.receive = cl_receive,
	.send_complete = cl_send_complete,
};

static int cl_bind_adapter(struct condis_binding *binding)
{
	return condis_binding_adapter(binding) == world->adapter ? 0 : -ENODEV;
}

static void cl_unbind_adapter(struct condis_binding *binding)
{
	if (world->mute)
		return;
	condis_cl_deregister_sap(world->sap);
	condis_cl_close_address_family(world->af);
	condis_close_adapter(binding);
}

static void cl_close_adapter_complete(struct condis_binding *binding)
{
}

static void cl_af_register_notify(struct condis_binding *binding, enum condis_af_type type)
{
	condis_cl_open_address_family(binding, type, &cl_ops, NULL);
}

static struct condis_protocol cl_protocol = {
	.name = "example_kunit",
	.owner = THIS_MODULE,
	.bind_adapter = cl_bind_adapter,
	.unbind_adapter = cl_unbind_adapter,
	.close_adapter_complete = cl_close_adapter_complete,
	.af_register_notify = cl_af_register_notify,
};

/*
 * The world
 */

static void wait_zero(atomic_t *counter)
{
	unsigned long end = jiffies + PATIENCE;

	while (atomic_read(counter) && time_before(jiffies, end))
		msleep(20);
	KUNIT_EXPECT_EQ(world->test, atomic_read(counter), 0);
}

static int world_init(struct kunit *test)
{
	struct nlattr *tb[ATTR_LINES + 1] = {};

	world = kunit_kzalloc(test, sizeof(*world), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, world);
	world->test = test;
	spin_lock_init(&world->lock);
	init_completion(&world->blocked);
	init_completion(&world->go);
	world->halt_ms = condis_halt_timeout_ms;
	/* Neither comes in a case that does not ask for it, wherever its CPUs are meanwhile. */
	no_answer_ms = NEVER_MS;
	release_ms = NEVER_MS;
	violations_begin(&world->violations);
	mcm_wq = alloc_workqueue("example_kunit", WQ_UNBOUND | WQ_MEM_RECLAIM, 0);
	KUNIT_ASSERT_NOT_NULL(test, mcm_wq);
	world->adapter = condis_alloc_adapter(&init_net, "kunit", mcm_kind.miniport,
					      mcm_kind.adapter_priv);
	KUNIT_ASSERT_NOT_NULL(test, world->adapter);
	KUNIT_ASSERT_EQ(test, mcm_kind.adapter_new(world->adapter, tb, NULL), 0);
	KUNIT_ASSERT_EQ(test, condis_register_protocol(&cl_protocol), 0);
	KUNIT_ASSERT_EQ(test, condis_register_adapter(world->adapter), 0);
	KUNIT_ASSERT_NOT_NULL(test, world->af);
	return 0;
}

/* Nothing is left with the driver either, and nothing was said too late. */
static void world_exit(struct kunit *test)
{
	struct mcm_adapter *own = mcm_adapter_of(world->adapter);
	unsigned int i;

	condis_unregister_adapter(world->adapter);
	for (i = 0; i < MCM_LINES_MAX; i++)
		KUNIT_EXPECT_NULL(test, own->line[i]);
	KUNIT_EXPECT_TRUE(test, list_empty(&own->saps));
	/* What is over is freed by whoever ran last, who may be a work. */
	for (i = 0; i < CONDIS_NR_COUNTS; i++)
		wait_zero(&world->adapter->counts[i]);
	/* A hang-up may be late: it met a close. */
	for (i = 0; i < CONDIS_NR_LATES; i++)
		if (!world->mute && i != CONDIS_LATE_DISPATCH)
			KUNIT_EXPECT_EQ(test, atomic_read(&world->adapter->lates[i]), 0);
	condis_unregister_protocol(&cl_protocol);
	condis_put_adapter(world->adapter);
	destroy_workqueue(mcm_wq);
	violations_end(test, &world->violations);
	no_answer_ms = 60000;
	release_ms = 4000;
	condis_halt_timeout_ms = world->halt_ms;
}

static void dial(const char *number)
{
	struct condis_call_params params = {
		.address = CONDIS_UNSPECIFIED,
		.media_modes = MCM_MEDIA,
	};

	strscpy(params.called, number, sizeof(params.called));
	world->end[0] = condis_co_create_vc(world->af, NULL);
	KUNIT_ASSERT_FALSE(world->test, IS_ERR_OR_NULL(world->end[0]));
	KUNIT_EXPECT_EQ(world->test, condis_cl_make_call(world->end[0], &params), -EINPROGRESS);
}

static void ring(void)
{
	dial("101");
	expect("A:proceeding B:offer A:alerting");
}

static void decide(int status, u32 cause)
{
	KUNIT_EXPECT_EQ(world->test,
			condis_cl_incoming_call_complete(world->end[1], status, cause), 0);
}

static void call(void)
{
	ring();
	decide(0, Q850_NONE);
	expect("A:made B:connected");
}

static int send(int side)
{
	struct sk_buff *skb = alloc_skb(64, GFP_KERNEL);
	int err;

	KUNIT_ASSERT_NOT_NULL(world->test, skb);
	skb_put_zero(skb, 64);
	atomic_inc(&world->sends[side]);
	err = condis_co_send(world->end[side], skb);
	if (err) {
		atomic_dec(&world->sends[side]);
		kfree_skb(skb);
	}
	return err;
}

/*
 * The cases
 */

static void caller_hangs_up(struct kunit *test)
{
	call();
	hang_up(0);
	expect("B:hangup(16) B:closed B:deleted A:closed");
	/* And again: the lines are free. */
	call();
	hang_up(1);
	expect("A:hangup(16) A:closed B:closed B:deleted");
}

/* It rings in vain: for as long as was said, which nobody waits for here. */
static void no_answer(void)
{
	unsigned long before = jiffies;
	struct mcm_call *near;

	ring();
	near = mcm_call_of(world->end[0]);
	KUNIT_EXPECT_TRUE(world->test, time_after(near->deadline,
						  before + msecs_to_jiffies(no_answer_ms)));
	KUNIT_EXPECT_TRUE(world->test, time_before_eq(near->deadline,
						      jiffies + msecs_to_jiffies(no_answer_ms) +
						      1));
	call_wait(near, 20);
}

static void calls_that_fail(struct kunit *test)
{
	dial("102");
	expect("A:failed(1)");
	dial("100");
	expect("A:failed(18)");
	ring();
	decide(-ECONNREFUSED, Q850_USER_BUSY);
	expect("B:deleted A:failed(17)");
	no_answer();
	expect("A:failed(19) B:hangup(19) B:closed B:deleted");
}

static void caller_gives_up(struct kunit *test)
{
	ring();
	hang_up(0);
	expect("A:aborted B:hangup(16) B:closed B:deleted A:closed");
}

/* The callee closes what it could have refused. */
static void callee_closes_the_offer(struct kunit *test)
{
	ring();
	hang_up(1);
	expect("A:failed(16) B:closed B:deleted");
}

static void hang_up_both(struct world *w)
{
	hang_up(0);
	hang_up(1);
}

/* Neither has heard of the other's when it hangs up. */
static void both_hang_up(struct kunit *test)
{
	ring();
	on("B:connected", hang_up_both);
	decide(0, Q850_NONE);
	expect("A:made B:connected A:closed B:closed B:deleted");

	/* The callee's end is not up yet. */
	ring();
	on("A:made", hang_up_both);
	decide(0, Q850_NONE);
	expect("A:made B:closed B:deleted A:closed");
}

static void hang_up_the_caller(struct world *w)
{
	hang_up(0);
}

/* The answer and the hang-up meet: R5. */
static void answered_too_late(struct kunit *test)
{
	ring();
	on("A:made", hang_up_the_caller);
	decide(0, Q850_NONE);
	expect("A:made B:hangup(16) B:closed B:deleted A:closed");
}

static void hold_up(struct world *w)
{
	complete(&w->blocked);
	KUNIT_EXPECT_NE(w->test, wait_for_completion_timeout(&w->go, PATIENCE), 0);
}

static void decide_work(struct work_struct *work)
{
	decide(0, Q850_NONE);
}

/* The far end's client does not return from its handler: ours closes all the same. */
static void far_end_is_stuck(struct kunit *test)
{
	struct work_struct work;

	release_ms = 40;
	ring();
	on("B:connected", hold_up);
	INIT_WORK_ONSTACK(&work, decide_work);
	schedule_work(&work);
	KUNIT_ASSERT_NE(test, wait_for_completion_timeout(&world->blocked, PATIENCE), 0);
	expect("A:made B:connected");
	hang_up(0);
	expect("A:closed");
	complete(&world->go);
	expect("B:hangup(16) B:closed B:deleted");
	flush_work(&work);
	destroy_work_on_stack(&work);
}

static void send_early(struct world *w)
{
	KUNIT_EXPECT_EQ(w->test, send(0), 0);
}

/* A packet that is sent before the far end is up waits for that. */
static void packets_are_early(struct kunit *test)
{
	unsigned long end = jiffies + PATIENCE;

	ring();
	on("A:made", send_early);
	decide(0, Q850_NONE);
	expect("A:made B:connected");
	wait_zero(&world->sends[0]);
	KUNIT_EXPECT_EQ(test, world->status, 0);
	while (!atomic_read(&world->received[1]) && time_before(jiffies, end))
		msleep(20);
	KUNIT_EXPECT_EQ(test, atomic_read(&world->received[1]), 1);
	/* The driver has none of it in hand either. */
	flush_workqueue(mcm_wq);
	hang_up(0);
	expect("B:hangup(16) B:closed B:deleted A:closed");
}

/* A packet is in the far client's hands: neither end is deactivated before it is out. */
static void packet_is_under_way(struct kunit *test)
{
	call();
	world->stuck = true;
	KUNIT_EXPECT_EQ(test, send(0), 0);
	KUNIT_ASSERT_NE(test, wait_for_completion_timeout(&world->blocked, PATIENCE), 0);
	hang_up(1);
	expect("A:hangup(16)");
	msleep(100);
	KUNIT_EXPECT_STREQ(test, world->log, "");
	KUNIT_EXPECT_EQ(test, atomic_read(&world->sends[0]), 1);
	complete_all(&world->go);
	wait_zero(&world->sends[0]);
	wait_zero(&world->adapter->counts[CONDIS_COUNT_VC]);
	KUNIT_EXPECT_EQ(test, strlen(world->log), strlen("A:closed B:closed B:deleted"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(world->log, "A:closed"));
	expect_order("B:closed", "B:deleted");
}

/* Nobody carries the caller's packets, and the work that looks for some has gone by. */
static void stop_carrying(void)
{
	struct mcm_call *near = mcm_call_of(world->end[0]);

	flush_workqueue(mcm_wq);
	spin_lock_bh(&near->own->lock);
	near->through = false;
	spin_unlock_bh(&near->own->lock);
}

/* What waits in the queue comes back: at a pause, a reset, and a close. */
static void packets_come_home(struct kunit *test)
{
	call();
	stop_carrying();
	KUNIT_EXPECT_EQ(test, send(0), 0);
	KUNIT_EXPECT_EQ(test, condis_adapter_pause(world->adapter), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&world->sends[0]), 0);
	KUNIT_EXPECT_EQ(test, world->status, -ENETDOWN);
	KUNIT_EXPECT_EQ(test, send(0), -ENETDOWN);
	KUNIT_EXPECT_EQ(test, condis_adapter_restart(world->adapter), 0);

	KUNIT_EXPECT_EQ(test, send(0), 0);
	KUNIT_EXPECT_EQ(test, condis_adapter_reset(world->adapter), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&world->sends[0]), 0);
	KUNIT_EXPECT_EQ(test, world->status, -ECANCELED);

	/* The far end hangs up: they are back before the client is told. */
	world->status = 0;
	KUNIT_EXPECT_EQ(test, send(0), 0);
	hang_up(1);
	KUNIT_EXPECT_EQ(test, world->status, -ECANCELED);
	expect("A:hangup(16) A:closed B:closed B:deleted");
}

/* It is pulled out with a packet in the queue, and the call up. */
static void pulled_out(struct kunit *test)
{
	call();
	stop_carrying();
	KUNIT_EXPECT_EQ(test, send(0), 0);
	condis_remove_adapter(world->adapter, true);
	condis_unregister_adapter(world->adapter);
	KUNIT_EXPECT_EQ(test, atomic_read(&world->sends[0]), 0);
	KUNIT_EXPECT_EQ(test, world->status, -ENODEV);
	KUNIT_EXPECT_NOT_NULL(test, strstr(world->log, "A:hangup(27)"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(world->log, "B:hangup(27)"));
}

/*
 * Nobody closes anything.  The core does, without us; the calls that the driver
 * was not told of are there until its halt() has let go of them.
 */
static void cut_off(struct kunit *test)
{
	struct mcm_call *near, *far;

	call();
	near = mcm_call_of(world->end[0]);
	far = mcm_call_of(world->end[1]);
	world->mute = true;
	/* The client's. */
	world->violations.free[CONDIS_VIOLATION_NO_ANSWER] = true;
	world->violations.free[CONDIS_VIOLATION_LEFT_BEHIND] = true;
	condis_halt_timeout_ms = 100;
	condis_vc_hold(near->vc);
	condis_vc_hold(far->vc);
	condis_unregister_adapter(world->adapter);
	KUNIT_EXPECT_EQ(test, near->line, MCM_NO_LINE);
	KUNIT_EXPECT_NULL(test, near->peer);
	KUNIT_EXPECT_EQ(test, far->line, MCM_NO_LINE);
	KUNIT_EXPECT_NULL(test, far->peer);
	condis_vc_put(near->vc);
	condis_vc_put(far->vc);
}

static struct kunit_case mcm_cases[] = {
	KUNIT_CASE(caller_hangs_up),
	KUNIT_CASE(calls_that_fail),
	KUNIT_CASE(caller_gives_up),
	KUNIT_CASE(callee_closes_the_offer),
	KUNIT_CASE(both_hang_up),
	KUNIT_CASE(answered_too_late),
	KUNIT_CASE(far_end_is_stuck),
	KUNIT_CASE(packets_are_early),
	KUNIT_CASE(packet_is_under_way),
	KUNIT_CASE(packets_come_home),
	KUNIT_CASE(pulled_out),
	KUNIT_CASE(cut_off),
	{}
};

static struct kunit_suite mcm_suite = {
	.name = "example_mcm",
	.init = world_init,
	.exit = world_exit,
	.test_cases = mcm_cases,
};

kunit_test_suite(mcm_suite);

MODULE_DESCRIPTION("KUnit: the example call manager");
MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(EXPORTED_FOR_KUNIT_TESTING);
