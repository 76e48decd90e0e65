// SPDX-License-Identifier: GPL-2.0
/*
 * Upcalls: delivery in order, one at a time, without recursion.
 */
#include <linux/bug.h>
#include <linux/hash.h>
#include <linux/lockdep.h>
#include <linux/sched.h>

#include "upcall.h"
#include "visible.h"

/*
 * Closes may depend on these works, also while memory is short: the queue has
 * a rescuer.  Unbound, because a handler may take its time.
 */
struct workqueue_struct *condis_wq;

/*
 * A task that delivers upcalls.  It lives on that task's stack from its first
 * object to its last, and is found by the task in a small table, because a
 * handler that posts to another object does not know who runs it.
 *
 * Only the task itself ever looks for it, so a place in the table needs no lock:
 * whoever reads his own name there has written it.  Those whose place is taken
 * by another task are in a list.
 */
struct condis_runner {
	struct hlist_node node;
	struct task_struct *task;
	struct condis_upcalls *first;
	struct condis_upcalls **last;
};

struct runner_place {
	struct task_struct *task;
	struct condis_runner *runner;
} ____cacheline_aligned_in_smp;

#define RUNNER_BITS	6

static struct runner_place runner_places[1 << RUNNER_BITS];
static DEFINE_SPINLOCK(others_lock);	/* protects the list; innermost */
static HLIST_HEAD(others);
static atomic_t nr_others;

/*
 * Delay points: before and after each handler, and between the unlock and the
 * runner.  What they need is read before, for the object may be gone.
 */
#ifdef CONDIS_DEBUG
struct delay_posted {
	u8 kind;
	u64 id;
	u32 codes;
};

static struct delay_posted delay_take_posted(struct condis_upcalls *upcalls)
{
	struct delay_posted posted = {
		.kind = upcalls->delay_kind,
		.id = upcalls->delay_id,
		.codes = upcalls->delay_posted,
	};

	upcalls->delay_posted = 0;
	return posted;
}

static void delay_at_posted(const struct delay_posted *posted)
{
	unsigned long codes = posted->codes;
	unsigned int code;

	if (!static_branch_unlikely(&condis_delays))
		return;
	for_each_set_bit(code, &codes, CONDIS_UPCALLS_MAX)
		condis_delay_upcall(posted->kind, posted->id, code, CONDIS_DELAY_POSTED);
}

static void delay_post(struct condis_upcalls *upcalls, u8 code)
{
	upcalls->delay_posted |= BIT(code);
}

/* The runner has the object: it is there. */
static void delay_at(struct condis_upcalls *upcalls, u8 code, enum condis_delay_phase phase)
{
	if (static_branch_unlikely(&condis_delays))
		condis_delay_upcall(upcalls->delay_kind, upcalls->delay_id, code, phase);
}
#else
struct delay_posted { };

static inline struct delay_posted delay_take_posted(struct condis_upcalls *upcalls)
{
	return (struct delay_posted) { };
}

static inline void delay_at_posted(const struct delay_posted *posted) { }
static inline void delay_post(struct condis_upcalls *upcalls, u8 code) { }

static inline void delay_at(struct condis_upcalls *upcalls, u8 code,
			    enum condis_delay_phase phase) { }
#endif

static struct runner_place *runner_place(void)
{
	return &runner_places[hash_ptr(current, RUNNER_BITS)];
}

/* The runner of this task.  Only the task itself adds or removes it, so it stays. */
static struct condis_runner *runner_of_current(void)
{
	struct runner_place *place = runner_place();
	struct condis_runner *runner, *found = NULL;

	if (READ_ONCE(place->task) == current)
		return place->runner;
	/* The task that is in the list has counted itself. */
	if (likely(!atomic_read(&nr_others)))
		return NULL;
	spin_lock_bh(&others_lock);
	hlist_for_each_entry(runner, &others, node) {
		if (runner->task == current) {
			found = runner;
			break;
		}
	}
	spin_unlock_bh(&others_lock);
	return found;
}

static void runner_add(struct condis_runner *runner)
{
	struct runner_place *place = runner_place();

	runner->task = NULL;
	/* Pairs with runner_del(): what the last one wrote there is written before. */
	if (!READ_ONCE(place->task) && !cmpxchg(&place->task, NULL, current)) {
		place->runner = runner;
		return;
	}
	runner->task = current;
	atomic_inc(&nr_others);
	spin_lock_bh(&others_lock);
	hlist_add_head(&runner->node, &others);
	spin_unlock_bh(&others_lock);
}

static void runner_del(struct condis_runner *runner)
{
	if (!runner->task) {
		/* Pairs with runner_add(). */
		smp_store_release(&runner_place()->task, NULL);
		return;
	}
	spin_lock_bh(&others_lock);
	hlist_del(&runner->node);
	spin_unlock_bh(&others_lock);
	atomic_dec(&nr_others);
}

static u8 queue_take(struct condis_upcalls *upcalls)
{
	u8 code = upcalls->queue % CONDIS_UPCALLS_MAX;

	upcalls->queue /= CONDIS_UPCALLS_MAX;
	upcalls->length--;
	upcalls->queued &= ~BIT(code);
	return code;
}

/* Deliver until the queue is empty, give the claim back and the reference with it. */
static void upcalls_drain(struct condis_upcalls *upcalls)
{
	u8 code;

	spin_lock_bh(&upcalls->lock);
	while (upcalls->length) {
		code = queue_take(upcalls);
		condis_history_upcall(upcalls, code);
		spin_unlock_bh(&upcalls->lock);

		delay_at(upcalls, code, CONDIS_DELAY_DELIVER);
		if (condis_verifier_on())
			condis_verifier_begin(upcalls, code);
		upcalls->ops->deliver(upcalls, code);
		if (condis_verifier_on())
			condis_verifier_end(upcalls);
		delay_at(upcalls, code, CONDIS_DELAY_DELIVERED);

		spin_lock_bh(&upcalls->lock);
	}
	upcalls->claimed = false;
	spin_unlock_bh(&upcalls->lock);
	condis_upcalls_put(upcalls);
}

static void runner_append(struct condis_runner *runner, struct condis_upcalls *upcalls)
{
	upcalls->next = NULL;
	*runner->last = upcalls;
	runner->last = &upcalls->next;
}

/* Run an object that this task has claimed, and whatever its handlers make ready. */
static void runner_run(struct condis_upcalls *upcalls)
{
	struct condis_runner *outer = runner_of_current();
	struct condis_runner runner;

	if (outer) {
		runner_append(outer, upcalls);
		return;
	}

	runner_add(&runner);
	runner.last = &runner.first;
	runner_append(&runner, upcalls);
	while ((upcalls = runner.first)) {
		runner.first = upcalls->next;
		if (!runner.first)
			runner.last = &runner.first;
		upcalls_drain(upcalls);
	}
	runner_del(&runner);
}

static void upcalls_work(struct work_struct *work)
{
	runner_run(container_of(work, struct condis_upcalls, work));
}

/**
 * condis_upcalls_release() - the last reference on an object is gone
 * @ref: in its queue
 *
 * Context: any but hard interrupts
 */
void condis_upcalls_release(struct kref *ref)
{
	struct condis_upcalls *upcalls = container_of(ref, struct condis_upcalls, ref);

	upcalls->ops->release(upcalls);
}
EXPORT_SYMBOL_IF_KUNIT(condis_upcalls_release);

/**
 * condis_upcalls_init() - prepare an object's queue; the caller has its first reference
 * @upcalls: the queue, zeroed
 * @ops: the object's kind
 *
 * Context: any
 */
void condis_upcalls_init(struct condis_upcalls *upcalls,
			 const struct condis_upcall_ops *ops)
{
	BUILD_BUG_ON(CONDIS_UPCALLS_MAX != 16);

	kref_init(&upcalls->ref);
	spin_lock_init(&upcalls->lock);
	upcalls->ops = ops;
	INIT_LIST_HEAD(&upcalls->orphan);
	INIT_WORK(&upcalls->work, upcalls_work);
}
EXPORT_SYMBOL_IF_KUNIT(condis_upcalls_init);

/**
 * condis_upcall_queue() - queue one upcall
 * @upcalls: the object's queue
 * @code: which upcall, below CONDIS_UPCALLS_MAX; queued at most once at a time
 *
 * Context: @upcalls->lock held; followed by condis_upcall_unlock_and_run() or
 * condis_upcall_unlock_and_schedule()
 */
void condis_upcall_queue(struct condis_upcalls *upcalls, u8 code)
{
	lockdep_assert_held(&upcalls->lock);

	if (WARN_ON_ONCE(code >= CONDIS_UPCALLS_MAX) || upcalls->queued & BIT(code))
		return;
	upcalls->queued |= BIT(code);
	upcalls->queue |= (u64)code << (4 * upcalls->length);
	upcalls->length++;
	delay_post(upcalls, code);
}
EXPORT_SYMBOL_IF_KUNIT(condis_upcall_queue);

/**
 * condis_upcall_queue_first() - queue one upcall before those that are queued
 * @upcalls: the object's queue
 * @code: which upcall, below CONDIS_UPCALLS_MAX; not queued yet
 *
 * For what a handler's return means, when something was queued while it ran.
 *
 * Context: as condis_upcall_queue(); in the object's runner
 */
void condis_upcall_queue_first(struct condis_upcalls *upcalls, u8 code)
{
	lockdep_assert_held(&upcalls->lock);

	if (WARN_ON_ONCE(code >= CONDIS_UPCALLS_MAX || upcalls->queued & BIT(code)))
		return;
	upcalls->queued |= BIT(code);
	upcalls->queue = upcalls->queue << 4 | code;
	upcalls->length++;
	delay_post(upcalls, code);
}
EXPORT_SYMBOL_IF_KUNIT(condis_upcall_queue_first);

/* Claim the object if there is something to deliver and nobody does yet. */
static bool upcalls_claim(struct condis_upcalls *upcalls)
{
	lockdep_assert_held(&upcalls->lock);

	if (!upcalls->length || upcalls->claimed)
		return false;
	upcalls->claimed = true;
	condis_upcalls_hold(upcalls);
	return true;
}

/**
 * condis_upcall_unlock_and_run() - unlock the object and deliver its upcalls
 * @upcalls: the object's queue
 *
 * Delivers here if nobody does so already; from inside a handler, after that
 * handler has returned.  A driver that calls in atomic context is reported by
 * the verifier, and a work delivers.
 *
 * Context: process context, may sleep; called with @upcalls->lock held and no
 * other lock, releases it
 */
void condis_upcall_unlock_and_run(struct condis_upcalls *upcalls)
	__releases(&upcalls->lock)
{
	bool claimed = upcalls_claim(upcalls);
	struct delay_posted posted = delay_take_posted(upcalls);
	bool driver = upcalls->watch.by;

	condis_upcall_unlock(upcalls);
	if (driver && condis_is_atomic()) {
		if (claimed)
			queue_work(condis_wq, &upcalls->work);
		return;
	}
	might_sleep();
	delay_at_posted(&posted);
	if (claimed)
		runner_run(upcalls);
}
EXPORT_SYMBOL_IF_KUNIT(condis_upcall_unlock_and_run);

/**
 * condis_upcall_unlock_and_schedule() - unlock the object and have its upcalls delivered
 * @upcalls: the object's queue
 *
 * For a poster in atomic context, or one that holds a lock of its own.
 *
 * Context: any; called with @upcalls->lock held, releases it
 */
void condis_upcall_unlock_and_schedule(struct condis_upcalls *upcalls)
	__releases(&upcalls->lock)
{
	bool claimed = upcalls_claim(upcalls);
	struct delay_posted posted = delay_take_posted(upcalls);

	condis_upcall_unlock(upcalls);
	delay_at_posted(&posted);
	if (claimed)
		queue_work(condis_wq, &upcalls->work);
}
EXPORT_SYMBOL_IF_KUNIT(condis_upcall_unlock_and_schedule);

/**
 * condis_upcall_init() - make the work queue
 *
 * Return: 0, or -ENOMEM
 *
 * Context: module init
 */
int condis_upcall_init(void)
{
	condis_wq = alloc_workqueue("condis", WQ_UNBOUND | WQ_MEM_RECLAIM, 0);
	return condis_wq ? 0 : -ENOMEM;
}

/**
 * condis_upcall_exit() - wait for the last works and drop the queue
 *
 * Context: module exit; no object is left
 */
void condis_upcall_exit(void)
{
	destroy_workqueue(condis_wq);
}
