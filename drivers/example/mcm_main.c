// SPDX-License-Identifier: GPL-2.0
/*
 * Example call manager: the module.
 */
#include <linux/module.h>

#include "mcm.h"

/* Packets must move while memory is short, for closes wait for them: it has a rescuer. */
struct workqueue_struct *mcm_wq;

static int __init mcm_init(void)
{
	int err;

	mcm_wq = alloc_workqueue("condis_example", WQ_UNBOUND | WQ_MEM_RECLAIM, 0);
	if (!mcm_wq)
		return -ENOMEM;
	err = condis_register_kind(&mcm_kind);
	if (err)
		destroy_workqueue(mcm_wq);
	return err;
}

/*
 * No user of the adapters can hold the module: whoever has one open is told that
 * it goes.
 */
static void __exit mcm_exit(void)
{
	/* Halts every adapter, whatever is up on it, and waits for that, within a deadline. */
	condis_unregister_kind(&mcm_kind);
	destroy_workqueue(mcm_wq);
}

module_init(mcm_init);
module_exit(mcm_exit);

MODULE_DESCRIPTION("Example of a CoNDIS miniport with integrated call manager");
MODULE_LICENSE("GPL");
