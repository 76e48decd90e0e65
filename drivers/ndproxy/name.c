// SPDX-License-Identifier: GPL-2.0
/*
 * What a session is called, and how soon it is asked for calls.
 */
#include <linux/build_bug.h>

#include "ndproxy.h"

/**
 * ndproxy_set_name() - NDPROXY_SET_NAME
 * @cmd: the command
 * @arg: struct ndproxy_name
 *
 * Return: 0; -EINVAL
 *
 * Context: process context
 */
int ndproxy_set_name(struct ndproxy_command *cmd, void *arg)
{
	const struct ndproxy_name *set = arg;

	BUILD_BUG_ON(sizeof(set->name) != CONDIS_SESSION_NAME_SIZE);
	if (condis_account_set_name(cmd->session->account, set->name))
		return ndproxy_bad(cmd, &set->name, -EINVAL);
	return 0;
}
