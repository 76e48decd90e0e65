// SPDX-License-Identifier: GPL-2.0
/*
 * ndiswan: PPP over the calls of any adapter.
 */
#include <linux/init.h>
#include <linux/module.h>

#include "ndiswan.h"

static int __init ndiswan_init(void)
{
	int err;

	err = ndiswan_softirq_init();
	if (err)
		return err;
	err = ndiswan_links_init();
	if (err)
		goto exit_softirq;
	err = condis_register_protocol(&ndiswan_protocol);
	if (err)
		goto exit_links;
	return 0;

exit_links:
	ndiswan_links_exit();
exit_softirq:
	ndiswan_softirq_exit();
	return err;
}

static void __exit ndiswan_exit(void)
{
	/* Unbinds from every adapter, and waits: no handler runs afterwards, and no link is up. */
	condis_unregister_protocol(&ndiswan_protocol);
	ndiswan_links_exit();
	ndiswan_softirq_exit();
}

module_init(ndiswan_init);
module_exit(ndiswan_exit);

MODULE_DESCRIPTION("CoNDIS data client: PPP over calls");
MODULE_AUTHOR("The condis authors");
MODULE_LICENSE("GPL");
