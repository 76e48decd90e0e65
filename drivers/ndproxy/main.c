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

	err = ndproxy_calls_init();
	if (err)
		return err;

	/* The adapters first: whoever opens the device finds them. */
	err = condis_register_protocol(&ndproxy_protocol);
	if (err)
		goto calls_exit;

	err = ndproxy_device_init();
	if (err)
		goto unregister;
	return 0;

unregister:
	condis_unregister_protocol(&ndproxy_protocol);
calls_exit:
	ndproxy_calls_exit();
	return err;
}

static void __exit ndproxy_exit(void)
{
	/* No file is open: every session has ended, and closes what is left by reference. */
	ndproxy_device_exit();
	/* Unbinds from every adapter, and returns when each has said its last word. */
	condis_unregister_protocol(&ndproxy_protocol);
	ndproxy_registry_exit();
	ndproxy_calls_exit();
}

module_init(ndproxy_init);
module_exit(ndproxy_exit);

MODULE_DESCRIPTION("CoNDIS client for applications: lines and calls at /dev/ndproxy");
MODULE_AUTHOR("The condis authors");
MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(CONDIS);
