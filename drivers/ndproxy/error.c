// SPDX-License-Identifier: GPL-2.0
/*
 * The extended error: which member of which command was wrong.
 */
#include <linux/string.h>

#include "ndproxy.h"

/**
 * ndproxy_bad_field() - note the member that a command is refused for
 * @cmd: the command
 * @offset: of the member
 * @name: of the member
 * @value: of the member, as far as it is a number
 *
 * Context: any
 */
void ndproxy_bad_field(struct ndproxy_command *cmd, u32 offset, const char *name, u64 value)
{
	cmd->error.offset = offset;
	cmd->error.value = value;
	strscpy(cmd->error.field, name, sizeof(cmd->error.field));
}

/**
 * ndproxy_get_extended_error() - NDPROXY_GET_EXTENDED_ERROR
 * @cmd: the command
 * @arg: struct ndproxy_extended_error
 *
 * Return: 0
 *
 * Context: process context
 */
int ndproxy_get_extended_error(struct ndproxy_command *cmd, void *arg)
{
	struct ndproxy_session *session = cmd->session;
	struct ndproxy_extended_error *error = arg;

	spin_lock(&session->lock);
	*error = session->error;
	spin_unlock(&session->lock);
	return 0;
}
