// SPDX-License-Identifier: GPL-2.0
/*
 * condis_vwan: a virtual CoNDIS WAN miniport with integrated call manager.
 */
#include <linux/module.h>

#include "vwan.h"

/* A close may wait for packets that the pump has in its hands: it has a rescuer. */
struct workqueue_struct *vwan_wq;

static int __init vwan_init(void)
{
	int err;

	vwan_wq = alloc_workqueue("condis_vwan", WQ_UNBOUND | WQ_MEM_RECLAIM, 0);
	if (!vwan_wq)
		return -ENOMEM;

	vwan_kind.exchange_priv = vwan_exchange_size();
	err = condis_register_kind(&vwan_kind);
	if (err)
		goto err_wq;
	return 0;

err_wq:
	destroy_workqueue(vwan_wq);
	return err;
}

static void __exit vwan_exit(void)
{
	/* Halts every adapter and waits: nothing calls us afterwards. */
	condis_unregister_kind(&vwan_kind);
	destroy_workqueue(vwan_wq);
}

module_init(vwan_init);
module_exit(vwan_exit);

MODULE_DESCRIPTION("Virtual CoNDIS WAN adapters and the exchange that connects them");
MODULE_LICENSE("GPL");
