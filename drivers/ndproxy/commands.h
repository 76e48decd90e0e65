/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The table of commands.
 */
#ifndef _NDPROXY_COMMANDS_H
#define _NDPROXY_COMMANDS_H

#include <linux/types.h>

struct ndproxy_command;

/**
 * struct ndproxy_field - one member of a command's structure
 * @name: its name
 * @offset: its offset
 * @size: its size
 * @input: the caller fills it; if not, it must be zero
 */
struct ndproxy_field {
	const char *name;
	u16 offset;
	u16 size;
	bool input;
};

/**
 * struct ndproxy_command_ops - one command
 * @cmd: its whole number: direction, size, letter, number
 * @run: does it, on the kernel's copy of the structure; 0 or a negative errno
 * @finish: after a @run that succeeded, and the copy to the caller: with 0 the caller knows what
 *	he was given, with -EFAULT he does not and it is taken back; returns what the command
 *	returns; may be NULL
 * @fields: members of the structure, all of it
 * @num_fields: how many
 * @after_end: it can be given after the session has ended
 */
struct ndproxy_command_ops {
	unsigned int cmd;
	int (*run)(struct ndproxy_command *cmd, void *arg);
	int (*finish)(struct ndproxy_command *cmd, void *arg, int err);
	const struct ndproxy_field *fields;
	unsigned int num_fields;
	bool after_end;
};

/* Bytes of the largest structure. */
#define NDPROXY_ARG_MAX	160

const struct ndproxy_command_ops *ndproxy_command_find(unsigned int cmd);
const struct ndproxy_field *ndproxy_command_check(const struct ndproxy_command_ops *ops,
						  const void *arg);

#endif /* _NDPROXY_COMMANDS_H */
