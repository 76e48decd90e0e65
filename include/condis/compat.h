/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What differs between the kernels that this is built for: 6.1 and later.
 */
#ifndef _CONDIS_COMPAT_H
#define _CONDIS_COMPAT_H

#include <linux/version.h>
#include <net/genetlink.h>

/* The attributes of a dump's request; moved into struct genl_info in 6.7. */
static inline struct nlattr **condis_genl_dump_attrs(struct netlink_callback *cb)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
	return genl_info_dump(cb)->attrs;
#else
	return genl_dumpit_info(cb)->attrs;
#endif
}

/*
 * Character devices.
 */
#include <linux/device/class.h>

/* A class belonged to a module before 6.4. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
#define condis_class_create(_name)	class_create(_name)
#else
#define condis_class_create(_name)	class_create(THIS_MODULE, _name)
#endif

/* The devnode function of a class; the device is const since 6.2. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0)
#define condis_devnode_device	const struct device
#else
#define condis_devnode_device	struct device
#endif

#endif /* _CONDIS_COMPAT_H */
