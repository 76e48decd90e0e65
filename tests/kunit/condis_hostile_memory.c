// SPDX-License-Identifier: GPL-2.0
/*
 * No memory: an open fails cleanly wherever it allocates, and a close allocates
 * nothing (rule 1 of coming down).
 *
 * The slab asks should_failslab() before each allocation; a probe on it counts, and
 * fails, those of one task.  What the debugging of the kernel itself allocates is
 * left alone: it would turn itself off.
 */
#include <linux/debugobjects.h>
#include <linux/kprobes.h>
#include <linux/log2.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <net/net_namespace.h>

#include "condis_hostile.h"

/**
 * struct failure - which allocations fail
 * @task: whose
 * @vcs: the cache of VCs, which is none of kmalloc()'s
 * @nth: the one that fails, counted down; 0: none
 * @all: all do
 * @count: how many were asked for
 */
static struct failure {
	struct task_struct *task;
	const struct kmem_cache *vcs;
	unsigned int nth;
	bool all;
	unsigned int count;
} failure;

static int on_entry(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	struct kmem_cache *cache = (void *)regs_get_kernel_argument(regs, 0);
	unsigned int size;

	/* The probe itself is an exception, so what it came upon tells in_task() nothing. */
	if (READ_ONCE(failure.task) != current || in_serving_softirq())
		return 1;
	size = kmem_cache_size(cache);
	/* Neither a cache of ours nor of kmalloc()'s: lists of objects to watch, and the like. */
	if (size == sizeof(struct debug_obj) ||
	    (!failure.all && cache != failure.vcs && !is_power_of_2(size) && size != 96 &&
	     size != 192))
		return 1;
	failure.count++;
	/* Zero: the return is left as it is. */
	return !(failure.all || (failure.nth && !--failure.nth));
}

static int on_return(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	regs_set_return_value(regs, -ENOMEM);
	return 0;
}

static struct kretprobe probe = {
	.kp.symbol_name = "should_failslab",
	.entry_handler = on_entry,
	.handler = on_return,
	.maxactive = 64,
};

static void fail_from_here(unsigned int nth)
{
	failure.nth = nth;
	failure.all = !nth;
	failure.count = 0;
	WRITE_ONCE(failure.task, current);
}

/* How many allocations were asked for, and whether one was failed. */
static unsigned int fail_to_here(bool *failed)
{
	WRITE_ONCE(failure.task, NULL);
	if (failed)
		*failed = !failure.nth;
	return failure.count;
}

static int memory_init(struct kunit_suite *suite)
{
	return register_kretprobe(&probe);
}

static void memory_exit(struct kunit_suite *suite)
{
	unregister_kretprobe(&probe);
	WARN_ON(probe.nmissed);
}

/*
 * Try @op with its first allocation failing, then with its second, and so on, until
 * it has all it asks for.  Each time but the last it says -ENOMEM, or it can do without
 * (an object's history), and @undo ends it.  Nothing is there that was not there before.
 */
static void fail_each(struct fake *f, int (*op)(struct fake *f), void (*undo)(struct fake *f),
		      unsigned int least)
{
	unsigned int refused = 0;
	int counts[CONDIS_NR_COUNTS];
	unsigned int nth, i;
	bool failed;
	int err;

	for (i = 0; i < CONDIS_NR_COUNTS; i++)
		counts[i] = atomic_read(&f->adapter->counts[i]);
	for (nth = 1; nth < 100; nth++) {
		fail_from_here(nth);
		err = op(f);
		fail_to_here(&failed);
		if (!failed)
			break;
		if (err) {
			KUNIT_EXPECT_EQ(f->test, err, -ENOMEM);
			refused++;
		} else {
			undo(f);
		}
		fake_expect_counts(f, counts[CONDIS_COUNT_BINDING], counts[CONDIS_COUNT_AF],
				   counts[CONDIS_COUNT_SAP], counts[CONDIS_COUNT_VC]);
	}
	KUNIT_EXPECT_EQ(f->test, err, 0);
	KUNIT_EXPECT_GE(f->test, refused, least);
}

static struct condis_adapter *made;

static int alloc_adapter(struct fake *f)
{
	made = condis_alloc_adapter(&init_net, "fake1", &fake_miniport_ops, sizeof(f));
	return made ? 0 : -ENOMEM;
}

static void put_adapter(struct fake *f)
{
	condis_put_adapter(made);
}

static void no_memory_for_an_adapter(struct kunit *test)
{
	struct fake *f = fake_new(test);

	fail_each(f, alloc_adapter, put_adapter, 1);
	put_adapter(f);
}

/* Each allocation of its registration, the call manager's family being one. */
static void no_memory_to_register_an_adapter(struct kunit *test)
{
	unsigned int nth;
	struct fake *f;
	bool failed;
	int err;

	for (nth = 1; nth < 100; nth++) {
		f = fake_new(test);
		fail_from_here(nth);
		err = condis_register_adapter(f->adapter);
		fail_to_here(&failed);
		f->adapter_up = !err;
		if (!failed)
			break;
		/* What was begun was undone; what the core can do without was not missed. */
		KUNIT_EXPECT_TRUE(test, !err || err == -ENOMEM);
		if (err)
			KUNIT_EXPECT_TRUE(test, fake_has(f, "mp.halt"));
		fake_exit(test);
	}
	KUNIT_EXPECT_EQ(test, err, 0);
	KUNIT_EXPECT_GE(test, nth, 3);
}

/* A protocol that cannot be bound is not there; the adapter is as well as before. */
static void no_memory_for_a_binding(struct kunit *test)
{
	struct fake *f = fake_new(test);
	bool failed;

	f->no_client = true;
	fake_up(f);
	fake_clear(f);
	fail_from_here(1);
	KUNIT_EXPECT_EQ(test, condis_register_protocol(&f->client), 0);
	fail_to_here(&failed);
	KUNIT_EXPECT_TRUE(test, failed);
	fake_expect(f, "");
	fake_expect_counts(f, 0, 0, 0, 0);
	condis_unregister_protocol(&f->client);
	KUNIT_EXPECT_EQ(test, condis_register_protocol(&f->client), 0);
	f->client_up = true;
	fake_expect(f, "cl.bind cl.family");
}

static int open_family(struct fake *f)
{
	struct condis_af *af;

	af = condis_cl_open_address_family(f->binding, CONDIS_AF_TAPI_PROXY, &fake_client_ops, f);
	f->af = IS_ERR(af) ? NULL : af;
	return PTR_ERR_OR_ZERO(af);
}

static void close_family(struct fake *f)
{
	fake_close_all(f);
	fake_clear(f);
}

static void no_memory_for_a_family(struct kunit *test)
{
	struct fake *f = fake_new(test);

	fake_up(f);
	fake_clear(f);
	fail_each(f, open_family, close_family, 1);
	fake_expect(f, "cm.open cl.opened");
}

static int register_sap(struct fake *f)
{
	static const struct condis_sap_params everywhere = {
		.line = CONDIS_UNSPECIFIED,
		.address = CONDIS_UNSPECIFIED,
		.media_modes = 1,
	};
	struct condis_sap *sap = condis_cl_register_sap(f->af, &everywhere, f);

	f->sap = IS_ERR(sap) ? NULL : sap;
	return PTR_ERR_OR_ZERO(sap);
}

static void deregister_sap(struct fake *f)
{
	KUNIT_EXPECT_EQ(f->test, condis_cl_deregister_sap(f->sap), -EINPROGRESS);
	f->sap = NULL;
	fake_clear(f);
}

static void no_memory_for_a_sap(struct kunit *test)
{
	struct fake *f = fake_new(test);

	fake_up(f);
	fake_open(f);
	fake_clear(f);
	fail_each(f, register_sap, deregister_sap, 1);
	fake_expect(f, "cm.register cl.registered");
}

static struct condis_vc *made_vc;

static int create_vc(struct fake *f)
{
	made_vc = condis_co_create_vc(f->af, f);
	return PTR_ERR_OR_ZERO(made_vc);
}

static int mcm_create_vc(struct fake *f)
{
	made_vc = condis_mcm_create_vc(f->af);
	return PTR_ERR_OR_ZERO(made_vc);
}

static void delete_vc(struct fake *f)
{
	KUNIT_EXPECT_EQ(f->test, condis_co_delete_vc(made_vc), 0);
	fake_clear(f);
	f->nr_vcs = 0;
}

static void mcm_delete_vc(struct fake *f)
{
	KUNIT_EXPECT_EQ(f->test, condis_mcm_delete_vc(made_vc), 0);
	fake_clear(f);
	f->nr_vcs = 0;
}

static void no_memory_for_a_vc(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	failure.vcs = f->af->vc_cache;
	fail_each(f, create_vc, delete_vc, 1);
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(made_vc), 0);
	/* Who had none was not asked. */
	fake_expect(f, "cm.create cm.delete");
	f->nr_vcs = 0;
	fail_each(f, mcm_create_vc, mcm_delete_vc, 1);
	KUNIT_EXPECT_EQ(test, condis_mcm_delete_vc(made_vc), 0);
	fake_expect(f, "cl.create cl.delete");
	failure.vcs = NULL;
}

/* Once there is a VC a call is made, answered and connected without any. */
static void calls_allocate_nothing(struct kunit *test)
{
	struct condis_call_params params;
	struct fake *f = fake_ready(test);
	struct condis_vc *mine, *theirs;

	fake_call_params(f, &params);
	mine = fake_create(f);
	f->step[CL_OFFER].how = FAKE_PEND;
	theirs = fake_offer(f);
	fake_clear(f);
	fail_from_here(0);
	KUNIT_EXPECT_EQ(test, condis_cl_make_call(mine, &params), -EINPROGRESS);
	KUNIT_EXPECT_EQ(test, condis_cl_incoming_call_complete(theirs, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, fail_to_here(NULL), 0);
	fake_expect(f, "cm.make cl.made cm.decided:1 cl.connected:1");
}

/*
 * Rule 1: a close needs no memory: every allocation of the task that closes fails, and
 * none was tried.  Inside the map that lockdep keeps for reclaim, one that may reclaim
 * is reported, also if it is hidden from the slab.
 */
static void closes_allocate_nothing(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	vc = fake_dial(f);
	fake_incoming(f);
	f->step[CM_MAKE].how = FAKE_PEND;
	fake_dial(f);
	f->step[CL_OFFER].how = FAKE_PEND;
	fake_offer(f);
	fake_clear(f);
	fail_from_here(0);
	fs_reclaim_acquire(GFP_KERNEL);
	fake_close(f, vc);
	fake_close_all(f);
	condis_close_adapter(f->binding);
	fs_reclaim_release(GFP_KERNEL);
	KUNIT_EXPECT_EQ(test, fail_to_here(NULL), 0);
	fake_expect(f, "cm.close cl.closed cm.delete cm.deregister cl.deregistered",
		    "cm.close:1 cl.closed:1 cl.delete:1",
		    "cm.close:2 cl.made:2=-ECANCELED cl.closed:2 cm.delete:2",
		    "cm.close:3 cl.closed:3 cl.delete:3 cm.close-af cl.closed-af cl.unbound");
	fake_expect_counts(f, 0, 0, 0, 0);
}

/* The far end's hang-ups, and the closes that answer them; and a family closed from below. */
static void hangups_allocate_nothing(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *mine = fake_dial(f), *theirs = fake_incoming(f), *offered;

	f->step[CL_OFFER].how = FAKE_PEND;
	offered = fake_offer(f);
	f->step[CL_NOTIFY].how = FAKE_INLINE;
	fake_clear(f);
	fail_from_here(0);
	fs_reclaim_acquire(GFP_KERNEL);
	condis_mcm_dispatch_incoming_close_call(mine, 16);
	condis_mcm_dispatch_incoming_close_call(theirs, 16);
	condis_mcm_dispatch_incoming_close_call(offered, 16);
	condis_mcm_notify_close_address_family(f->af);
	fs_reclaim_release(GFP_KERNEL);
	KUNIT_EXPECT_EQ(test, fail_to_here(NULL), 0);
	fake_expect(f, "cl.hangup cm.close cl.closed cm.delete",
		    "cl.hangup:1 cm.close:1 cl.closed:1 cl.delete:1",
		    "cl.hangup:2 cm.close:2 cl.closed:2 cl.delete:2",
		    "cl.notify cm.notified cm.deregister cl.deregistered cm.close-af cl.closed-af");
	fake_expect_counts(f, 1, 0, 0, 0);
}

/* What is counted is counted: else the cases above could not fail. */
static void probe_sees_an_allocation(struct kunit *test)
{
	bool failed;
	void *a, *b;

	fail_from_here(0);
	a = kmalloc(32, GFP_ATOMIC | __GFP_NOWARN);
	KUNIT_EXPECT_EQ(test, fail_to_here(NULL), 1);
	KUNIT_EXPECT_NULL(test, a);
	fail_from_here(2);
	a = kmalloc(32, GFP_KERNEL);
	b = kmalloc(64, GFP_KERNEL | __GFP_NOWARN);
	KUNIT_EXPECT_EQ(test, fail_to_here(&failed), 2);
	KUNIT_EXPECT_TRUE(test, failed);
	KUNIT_EXPECT_NOT_NULL(test, a);
	KUNIT_EXPECT_NULL(test, b);
	kfree(a);
	kfree(b);
}

static struct kunit_case condis_hostile_memory_cases[] = {
	KUNIT_CASE(probe_sees_an_allocation),
	KUNIT_CASE(no_memory_for_an_adapter),
	KUNIT_CASE(no_memory_to_register_an_adapter),
	KUNIT_CASE(no_memory_for_a_binding),
	KUNIT_CASE(no_memory_for_a_family),
	KUNIT_CASE(no_memory_for_a_sap),
	KUNIT_CASE(no_memory_for_a_vc),
	KUNIT_CASE(calls_allocate_nothing),
	KUNIT_CASE(closes_allocate_nothing),
	KUNIT_CASE(hangups_allocate_nothing),
	{}
};

/* Only where the slab asks, and can be heard: not beside KCSAN. */
static struct kunit_suite condis_hostile_memory_suite __maybe_unused = {
	.name = "condis_hostile_memory",
	.suite_init = memory_init,
	.suite_exit = memory_exit,
	.exit = fake_exit,
	.test_cases = condis_hostile_memory_cases,
};

#if IS_ENABLED(CONFIG_FAILSLAB) && IS_ENABLED(CONFIG_KRETPROBES)
kunit_test_suites(&condis_hostile_memory_suite);
#endif
