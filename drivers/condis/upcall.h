/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Upcalls: what an object has still to tell its client or call manager.
 *
 * An object (VC, SAP, AF, binding) changes its state under its upcalls' lock,
 * at the moment somebody asks, and queues what the other side must hear.  One
 * task at a time, the object's runner, delivers the queue, in order, without a
 * lock.  So the answer to the asker is exact, each handler runs alone, and
 * nobody waits for anybody.
 *
 * A task that already runs an object does not enter another one from inside a
 * handler: the object joins the task's ready list and its outermost runner
 * comes to it when the handler has returned.  That is what lets a call between
 * two virtual lines be signalled without recursion and without a work queue.
 *
 * Each upcall code is queued at most once at a time, so the queue is as long as
 * there are codes and never needs memory.
 */
#ifndef _CONDIS_UPCALL_H
#define _CONDIS_UPCALL_H

#include <linux/kref.h>
#include <linux/list.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>
#include <condis/delay.h>

#include "quarantine.h"
#include "state.h"
#include "verifier.h"

/* Four bits for each in struct condis_upcalls.queue. */
#define CONDIS_UPCALLS_MAX	16

struct condis_af;
struct condis_upcalls;

/**
 * enum condis_delay_kind - of what kind an object is, in the names of its delay points
 * @CONDIS_DELAY_NONE: it has none
 * @CONDIS_DELAY_VC: a VC
 * @CONDIS_DELAY_AF: an address family
 * @CONDIS_DELAY_SAP: a SAP
 * @CONDIS_DELAY_BINDING: a binding; its number is its adapter's
 * @CONDIS_NR_DELAY_KINDS: how many there are
 */
enum condis_delay_kind {
	CONDIS_DELAY_NONE,
	CONDIS_DELAY_VC,
	CONDIS_DELAY_AF,
	CONDIS_DELAY_SAP,
	CONDIS_DELAY_BINDING,
	CONDIS_NR_DELAY_KINDS
};

/**
 * enum condis_delay_phase - where an upcall is, at a delay point
 * @CONDIS_DELAY_POSTED: queued, and the lock was dropped
 * @CONDIS_DELAY_DELIVER: taken from the queue, before its handler
 * @CONDIS_DELAY_DELIVERED: its handler has returned
 * @CONDIS_NR_DELAY_PHASES: how many there are
 */
enum condis_delay_phase {
	CONDIS_DELAY_POSTED,
	CONDIS_DELAY_DELIVER,
	CONDIS_DELAY_DELIVERED,
	CONDIS_NR_DELAY_PHASES
};

/**
 * struct condis_upcall_ops - what differs by kind of object
 * @deliver: deliver one upcall; process context, no lock held
 * @release: the last reference is gone
 * @af: the address family of the object, for one that may be an orphan
 * @object: which kind it is
 */
struct condis_upcall_ops {
	void (*deliver)(struct condis_upcalls *upcalls, u8 code);
	void (*release)(struct condis_upcalls *upcalls);
	struct condis_af *(*af)(struct condis_upcalls *upcalls);
	enum condis_object object;
};

/**
 * struct condis_upcalls - the queue of one object, its references, its place among the dead
 * @ref: the object's references
 * @lock: protects the object's state and everything down to @queue
 * @queued: a bit for each code in @queue
 * @length: how many are queued
 * @claimed: a runner has the object, or its work is queued; holds a reference
 * @orphaned: CONDIS_ORPHAN_*: who may still speak of it; under adapter.lock
 * @queue: codes of four bits, the oldest in the lowest
 * @ops: the object's kind
 * @next: in the runner's list
 * @work: runs the object when the poster may not
 * @grave: for the memory's end, when no work can be queued any more
 * @orphan: in adapter.orphans
 * @delay_kind: enum condis_delay_kind, for the names of its delay points
 * @delay_id: the object's number, likewise
 * @delay_posted: codes queued since the lock was taken, likewise
 * @watch: the verifier's
 */
struct condis_upcalls {
	struct kref ref;
	spinlock_t lock;	/* see above */
	u16 queued;
	u8 length;
	bool claimed;
	u8 orphaned;
	u64 queue;
	const struct condis_upcall_ops *ops;
	struct condis_upcalls *next;
	union {
		struct work_struct work;
		struct condis_grave grave;
	};
	struct list_head orphan;
#ifdef CONDIS_DEBUG
	u8 delay_kind;
	u64 delay_id;
	u32 delay_posted;
#endif
	struct condis_watch watch;
};

int condis_upcall_init(void);
void condis_upcall_exit(void);

void condis_upcalls_init(struct condis_upcalls *upcalls,
			 const struct condis_upcall_ops *ops);
void condis_upcalls_release(struct kref *ref);
void condis_upcall_queue(struct condis_upcalls *upcalls, u8 code);
void condis_upcall_queue_first(struct condis_upcalls *upcalls, u8 code);
void condis_upcall_unlock_and_run(struct condis_upcalls *upcalls)
	__releases(&upcalls->lock);
void condis_upcall_unlock_and_schedule(struct condis_upcalls *upcalls)
	__releases(&upcalls->lock);

extern struct workqueue_struct *condis_wq;

/* A reference on the object, for whoever has another. */
static inline void condis_upcalls_hold(struct condis_upcalls *upcalls)
{
	kref_get(&upcalls->ref);
}

/* Drop one; the last frees the object. */
static inline void condis_upcalls_put(struct condis_upcalls *upcalls)
{
	kref_put(&upcalls->ref, condis_upcalls_release);
}

#ifdef CONDIS_DEBUG
void condis_delay_upcall(enum condis_delay_kind kind, u64 id, unsigned int code,
			 enum condis_delay_phase phase);

/* Give an object's upcalls their names at delay points. */
static inline void condis_upcalls_name(struct condis_upcalls *upcalls,
				       enum condis_delay_kind kind, u64 id)
{
	upcalls->delay_kind = kind;
	upcalls->delay_id = id;
}
#else
static inline void condis_upcalls_name(struct condis_upcalls *upcalls,
				       enum condis_delay_kind kind, u64 id) { }
#endif

/* Whether this is no place to run handlers, as far as the kernel's configuration can tell. */
static inline bool condis_is_atomic(void)
{
	return (IS_ENABLED(CONFIG_PREEMPT_COUNT) && !preemptible()) || rcu_preempt_depth();
}

/* Note a transition, or a refusal, of an object. */
static __always_inline void condis_history_event(struct condis_upcalls *upcalls,
						 enum condis_history_table table, u8 old, u8 event,
						 const struct condis_transition *transition)
{
	if (condis_verifier_on() && upcalls->watch.history)
		condis_history_add(upcalls, table, old, event, transition->next,
				   transition->error);
}

/* Note a delivery. */
static __always_inline void condis_history_upcall(struct condis_upcalls *upcalls, u8 code)
{
	if (condis_verifier_on() && upcalls->watch.history)
		condis_history_add(upcalls, CONDIS_HISTORY_UPCALL, 0, code, 0, 0);
}

/* Take an object's lock for a driver's word. */
static __always_inline void condis_upcall_lock(struct condis_upcalls *upcalls, u8 by,
					       unsigned long caller)
	__acquires(&upcalls->lock)
{
	spin_lock_bh(&upcalls->lock);
	if (condis_verifier_on()) {
		upcalls->watch.by = by;
		if (upcalls->watch.history)
			upcalls->watch.history->caller = caller;
	}
}

/* Give it back where nothing is to be delivered. */
static __always_inline void condis_upcall_unlock(struct condis_upcalls *upcalls)
	__releases(&upcalls->lock)
{
	if (condis_verifier_on())
		upcalls->watch.by = CONDIS_BY_NOBODY;
	spin_unlock_bh(&upcalls->lock);
}

#endif /* _CONDIS_UPCALL_H */
