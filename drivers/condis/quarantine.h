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
 * @memory: the object
 * @history: goes with it, or NULL
 * @node: in the list, oldest first
 * @rcu: for its free, when it has left the list
 */
struct condis_grave {
	void *memory;
	struct condis_history *history;
	union {
		struct list_head node;
		struct rcu_head rcu;
	};
};

void condis_bury(struct condis_grave *grave, void *memory, struct condis_history *history);
void condis_quarantine_flush(void);
unsigned int condis_quarantine_length(void);

#endif /* _CONDIS_QUARANTINE_H */
