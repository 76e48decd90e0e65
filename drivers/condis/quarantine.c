// SPDX-License-Identifier: GPL-2.0
/*
 * The quarantine: while the verifier is on, the memory of objects that have
 * ended is kept for a while, so that a driver that still uses a handle is
 * recognised instead of doing harm.
 *
 * What lies here holds no reference to anything, and is counted nowhere.  It
 * goes oldest first, and what an object points to (its family, its binding, its
 * adapter) ends after it: so as long as it is here those are, too, at least
 * here, and can be read.
 */
#include <linux/export.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "quarantine.h"
#include "verifier.h"
#include "visible.h"

#define QUARANTINE_MAX	256

static DEFINE_SPINLOCK(quarantine_lock);	/* protects the list; a leaf */
static LIST_HEAD(quarantine);
static unsigned int quarantine_length;

static void grave_free(struct rcu_head *rcu)
{
	struct condis_grave *grave = container_of(rcu, struct condis_grave, rcu);

	condis_history_free(grave->history);
	kfree(grave->memory);
}

static struct condis_grave *oldest(unsigned int more_than)
{
	struct condis_grave *grave = NULL;

	if (quarantine_length > more_than) {
		grave = list_first_entry(&quarantine, struct condis_grave, node);
		list_del(&grave->node);
		quarantine_length--;
	}
	return grave;
}

/**
 * condis_bury() - free an object that has ended, now or later
 * @grave: its place
 * @memory: the object
 * @history: freed with it, or NULL
 *
 * Never before a grace period: packets that come back may still look at it.
 *
 * Context: any but hard interrupts
 */
void condis_bury(struct condis_grave *grave, void *memory, struct condis_history *history)
{
	grave->memory = memory;
	grave->history = history;
	if (condis_verifier_on()) {
		spin_lock_bh(&quarantine_lock);
		list_add_tail(&grave->node, &quarantine);
		quarantine_length++;
		grave = oldest(QUARANTINE_MAX);
		spin_unlock_bh(&quarantine_lock);
	}
	if (grave)
		call_rcu(&grave->rcu, grave_free);
}

/**
 * condis_quarantine_flush() - free all that is kept
 *
 * Context: process context
 */
void condis_quarantine_flush(void)
{
	struct condis_grave *grave;

	do {
		spin_lock_bh(&quarantine_lock);
		grave = oldest(0);
		spin_unlock_bh(&quarantine_lock);
		if (grave)
			call_rcu(&grave->rcu, grave_free);
	} while (grave);
}
EXPORT_SYMBOL_IF_KUNIT(condis_quarantine_flush);

/**
 * condis_quarantine_length() - how many objects are kept
 *
 * Return: the number
 *
 * Context: any but hard interrupts; the answer may be old
 */
unsigned int condis_quarantine_length(void)
{
	unsigned int length;

	spin_lock_bh(&quarantine_lock);
	length = quarantine_length;
	spin_unlock_bh(&quarantine_lock);
	return length;
}
EXPORT_SYMBOL_IF_KUNIT(condis_quarantine_length);
