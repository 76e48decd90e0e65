// SPDX-License-Identifier: GPL-2.0
/*
 * The extended error: which member of which command was wrong.
 */
#include <linux/string.h>

#include "commands.h"
#include "ndproxy.h"

static u64 field_value(const struct ndproxy_field *field, const void *member)
{
	switch (field->size) {
	case sizeof(u32):
		return *(const u32 *)member;
	case sizeof(u64):
		return *(const u64 *)member;
	default:
		return 0;
	}
}

/**
 * ndproxy_bad() - note the member that a command is refused for
 * @cmd: the command
 * @member: where it is in the command's structure
 * @err: negative errno to refuse with
 *
 * Return: @err
 *
 * Context: any
 */
int ndproxy_bad(struct ndproxy_command *cmd, const void *member, int err)
{
	size_t offset = member - cmd->arg;
	const struct ndproxy_field *field;
	unsigned int i;

	for (i = 0; i < cmd->ops->num_fields; i++) {
		field = &cmd->ops->fields[i];
		if (field->offset != offset)
			continue;
		cmd->error.offset = offset;
		cmd->error.value = field_value(field, member);
		strscpy(cmd->error.field, field->name, sizeof(cmd->error.field));
		break;
	}
	return err;
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
