// SPDX-License-Identifier: GPL-2.0
/*
 * ndproxy: the CoNDIS client through which user space has lines and calls.
 */
#include <linux/init.h>
#include <linux/module.h>

#include "ndproxy.h"

static int __init ndproxy_init(void)
{
	int err;

	/* The adapters first: whoever opens the device finds them. */
	err = condis_register_protocol(&ndproxy_protocol);
	if (err)
		return err;

	err = ndproxy_device_init();
	if (err)
		condis_unregister_protocol(&ndproxy_protocol);
	return err;
}

static void __exit ndproxy_exit(void)
{
	/* No file is open: every session has ended, and closes what is left by reference. */
	ndproxy_device_exit();
	/* Unbinds from every adapter, and returns when each has said its last word. */
	condis_unregister_protocol(&ndproxy_protocol);
	ndproxy_registry_exit();
}

module_init(ndproxy_init);
module_exit(ndproxy_exit);

MODULE_DESCRIPTION("CoNDIS client for applications: lines and calls at /dev/ndproxy");
MODULE_AUTHOR("The condis authors");
MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(CONDIS);
