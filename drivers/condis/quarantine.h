/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The memory of what has ended.
 */
#ifndef _CONDIS_QUARANTINE_H
#define _CONDIS_QUARANTINE_H

#include <linux/list.h>
#include <linux/rcupdate.h>

struct condis_history;

/**
 * struct condis_grave - an object's place in the quarantine
 * @node: in the list, oldest first
 * @rcu: for its free
 * @memory: the object
 * @history: goes with it, or NULL
 */
struct condis_grave {
	struct list_head node;
	struct rcu_head rcu;
	void *memory;
	struct condis_history *history;
};

void condis_bury(struct condis_grave *grave, void *memory, struct condis_history *history);
void condis_quarantine_flush(void);
unsigned int condis_quarantine_length(void);

#endif /* _CONDIS_QUARANTINE_H */
