// SPDX-License-Identifier: GPL-2.0
/*
 * The core of the CoNDIS stack, in NDIS's role.
 */
#include <linux/module.h>

#include "core.h"
#include "net.h"
#include "netlink.h"

static int __init condis_init(void)
{
	int err;

	err = condis_upcall_init();
	if (err)
		return err;
	err = condis_adapter_init();
	if (err)
		goto upcall_exit;
	condis_verifier_init();
	err = condis_net_init();
	if (err)
		goto adapter_exit;
	err = condis_netlink_init();
	if (err)
		goto net_exit;
	return 0;

net_exit:
	condis_net_exit();
adapter_exit:
	condis_adapter_exit();
	condis_verifier_exit();
upcall_exit:
	condis_upcall_exit();
	return err;
}
module_init(condis_init);

static void __exit condis_exit(void)
{
	condis_netlink_exit();
	condis_net_exit();
	condis_adapter_exit();
	condis_verifier_exit();
	condis_vc_exit();
	condis_upcall_exit();
}
module_exit(condis_exit);

MODULE_DESCRIPTION("Connection-oriented call control (CoNDIS core)");
MODULE_AUTHOR("The condis developers");
MODULE_LICENSE("GPL");
