// SPDX-License-Identifier: GPL-2.0
/*
 * From an ioctl to its command: one table, checked for number, size and
 * direction; one copy in, one copy out; members that are not input are zero.
 */
#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/fs.h>
#include <linux/nospec.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "commands.h"
#include "ndproxy.h"
#include "../condis/visible.h"

/* The members of the structure that T is defined as. */
#define FIELD(_input, _member...) {					\
	.name = #_member, .offset = offsetof(T, _member),		\
	.size = sizeof_field(T, _member), .input = (_input),		\
}

#define IN(_member)	FIELD(true, _member)
#define OUT(_member)	FIELD(false, _member)

#define T struct ndproxy_version
static const struct ndproxy_field version_fields[] = {
	OUT(abi), OUT(event_size), OUT(features), OUT(session), OUT(reserved),
};

#undef T

#define T struct ndproxy_limits
static const struct ndproxy_field limits_fields[] = {
	OUT(limit), OUT(used),
};

#undef T

#define T struct ndproxy_extended_error
static const struct ndproxy_field extended_error_fields[] = {
	OUT(value), OUT(command), OUT(error), OUT(offset), OUT(pad), OUT(field), OUT(reserved),
};

#undef T

#define T struct ndproxy_adapter
static const struct ndproxy_field adapter_fields[] = {
	IN(adapter), OUT(num_lines), OUT(version), OUT(flags), OUT(name), OUT(reserved),
};

#undef T

#define T struct ndproxy_line_caps
static const struct ndproxy_field line_caps_fields[] = {
	IN(adapter), IN(line), OUT(num_addresses), OUT(max_calls), OUT(media_modes),
	OUT(max_rate), OUT(max_sdu), OUT(dev_cap_flags), OUT(name),
	OUT(generate_digit_modes), OUT(monitor_digit_modes), OUT(reserved),
};

#undef T

#define T struct ndproxy_address_caps
static const struct ndproxy_field address_caps_fields[] = {
	IN(adapter), IN(line), IN(address), OUT(max_calls), OUT(media_modes), OUT(pad),
	OUT(number), OUT(reserved),
};

#undef T

#define T struct ndproxy_open_line
static const struct ndproxy_field open_line_fields[] = {
	IN(cookie), IN(adapter), IN(line), IN(privileges), IN(media_modes), IN(flags),
	IN(address), OUT(line_handle), OUT(reserved),
};

#undef T

#define T struct ndproxy_handle
static const struct ndproxy_field handle_fields[] = {
	IN(handle), OUT(pad),
};

#undef T

#define T struct ndproxy_line_status
static const struct ndproxy_field line_status_fields[] = {
	IN(line_handle), OUT(num_opens), OUT(open_media_modes), OUT(num_calls),
	OUT(line_features), OUT(flags), OUT(privileges), OUT(missed_calls), OUT(reserved),
};

#undef T

#define T struct ndproxy_status_messages
static const struct ndproxy_field status_messages_fields[] = {
	IN(line_handle), IN(line_states),
};

#undef T

#define T struct ndproxy_new_calls
static const struct ndproxy_field new_calls_fields[] = {
	IN(line_handle), IN(select), IN(address), OUT(num_calls), OUT(more), OUT(pad),
	OUT(calls),
};

#undef T

#define T struct ndproxy_make_call
static const struct ndproxy_field make_call_fields[] = {
	IN(cookie), IN(line_handle), IN(address), IN(media_modes), IN(flags), IN(called),
	IN(calling), OUT(call), OUT(reserved),
};

#undef T

#define T struct ndproxy_request
static const struct ndproxy_field request_fields[] = {
	IN(cookie), IN(call), IN(cause),
};

#undef T

#define T struct ndproxy_call_info
static const struct ndproxy_field call_info_fields[] = {
	IN(call), OUT(line_handle), OUT(call_id), OUT(adapter), OUT(line), OUT(address),
	OUT(origin), OUT(media_modes), OUT(owners), OUT(monitors), OUT(tx_rate), OUT(rx_rate),
	OUT(max_sdu), OUT(called), OUT(calling), OUT(app_specific), OUT(digit_modes),
	OUT(reserved),
};

#undef T

#define T struct ndproxy_call_status
static const struct ndproxy_field call_status_fields[] = {
	IN(call), OUT(state), OUT(mode), OUT(privilege), OUT(features), OUT(cause), OUT(entered),
	OUT(reserved),
};

#undef T

#define T struct ndproxy_call_diagnostics
static const struct ndproxy_field call_diagnostics_fields[] = {
	IN(call), OUT(cause), OUT(location), OUT(remote), OUT(reserved),
};

#undef T

#define T struct ndproxy_privilege
static const struct ndproxy_field privilege_fields[] = {
	IN(call), IN(privilege),
};

#undef T

#define T struct ndproxy_handoff
static const struct ndproxy_field handoff_fields[] = {
	IN(call), IN(flags), IN(session), IN(media_mode), IN(name),
};

#undef T

#define T struct ndproxy_open_data
static const struct ndproxy_field open_data_fields[] = {
	IN(call), IN(flags), OUT(fd), OUT(max_sdu),
};

#undef T

#define T struct ndproxy_name
static const struct ndproxy_field name_fields[] = {
	IN(name),
};

#undef T

#define T struct ndproxy_priority
static const struct ndproxy_field priority_fields[] = {
	IN(name), IN(media_modes), IN(priority),
};

#undef T

#define T struct ndproxy_set_call_info
static const struct ndproxy_field set_call_info_fields[] = {
	IN(call), IN(flags), IN(media_modes), IN(app_specific),
};

#undef T

#define T struct ndproxy_address_status
static const struct ndproxy_field address_status_fields[] = {
	IN(line_handle), IN(address), OUT(num_opens), OUT(num_calls), OUT(features),
	OUT(num_rings), OUT(open_media_modes), OUT(pad), OUT(reserved),
};

#undef T

#define T struct ndproxy_num_rings
static const struct ndproxy_field num_rings_fields[] = {
	IN(line_handle), IN(address), IN(num_rings), OUT(pad),
};

#undef T

#define T struct ndproxy_monitor_digits
static const struct ndproxy_field monitor_digits_fields[] = {
	IN(call), IN(modes),
};

#undef T

#define T struct ndproxy_generate_digits
static const struct ndproxy_field generate_digits_fields[] = {
	IN(cookie), IN(call), IN(mode), IN(duration), OUT(pad), IN(digits),
};

#undef T

#define T struct ndproxy_line_privileges
static const struct ndproxy_field line_privileges_fields[] = {
	IN(line_handle), IN(privileges),
};

#undef T

#undef IN
#undef OUT

#define COMMAND_FULL(_cmd, _run, _struct, _finish, _after_end)			\
	[_IOC_NR(NDPROXY_##_cmd)] = {						\
		.cmd = NDPROXY_##_cmd,						\
		.run = ndproxy_##_run,						\
		.finish = (_finish),						\
		.fields = _struct##_fields,					\
		.num_fields = ARRAY_SIZE(_struct##_fields),			\
		.after_end = (_after_end),					\
	}
#define COMMAND(_cmd, _run, _struct)		COMMAND_FULL(_cmd, _run, _struct, NULL, false)
#define COMMAND_AFTER_END(_cmd, _run, _struct)	COMMAND_FULL(_cmd, _run, _struct, NULL, true)
#define COMMAND_FINISH(_cmd, _run, _struct)	\
	COMMAND_FULL(_cmd, _run, _struct, ndproxy_##_run##_finish, false)

static const struct ndproxy_command_ops commands[] = {
	COMMAND(GET_VERSION, get_version, version),
	COMMAND(GET_LIMITS, get_limits, limits),
	COMMAND_AFTER_END(GET_EXTENDED_ERROR, get_extended_error, extended_error),
	COMMAND(ENUM_ADAPTER, enum_adapter, adapter),
	COMMAND(GET_ADAPTER_CAPS, get_adapter_caps, adapter),
	COMMAND(GET_LINE_CAPS, get_line_caps, line_caps),
	COMMAND(GET_ADDRESS_CAPS, get_address_caps, address_caps),
	COMMAND_FINISH(OPEN_LINE, open_line, open_line),
	COMMAND(CLOSE_LINE, close_line, handle),
	COMMAND(GET_LINE_STATUS, get_line_status, line_status),
	COMMAND(SET_STATUS_MESSAGES, set_status_messages, status_messages),
	COMMAND_FINISH(GET_NEW_CALLS, get_new_calls, new_calls),
	COMMAND_FINISH(MAKE_CALL, make_call, make_call),
	COMMAND(ACCEPT, accept, request),
	COMMAND(ANSWER, answer, request),
	COMMAND(DROP, drop, request),
	COMMAND(DEALLOCATE_CALL, deallocate_call, handle),
	COMMAND(GET_CALL_INFO, get_call_info, call_info),
	COMMAND(GET_CALL_STATUS, get_call_status, call_status),
	COMMAND(GET_CALL_DIAGNOSTICS, get_call_diagnostics, call_diagnostics),
	COMMAND(SET_CALL_PRIVILEGE, set_call_privilege, privilege),
	COMMAND(HANDOFF, handoff, handoff),
	COMMAND_FINISH(OPEN_DATA, open_data, open_data),
	[_IOC_NR(NDPROXY_SHUTDOWN)] = { .cmd = NDPROXY_SHUTDOWN, .run = ndproxy_shutdown },
	COMMAND(SET_NAME, set_name, name),
	COMMAND(SET_PRIORITY, set_priority, priority),
	COMMAND(SET_CALL_INFO, set_call_info, set_call_info),
	COMMAND(GET_ADDRESS_STATUS, get_address_status, address_status),
	COMMAND(SET_NUM_RINGS, set_num_rings, num_rings),
	COMMAND(MONITOR_DIGITS, monitor_digits, monitor_digits),
	COMMAND(GENERATE_DIGITS, generate_digits, generate_digits),
	COMMAND(SET_LINE_PRIVILEGES, set_line_privileges, line_privileges),
};

/**
 * ndproxy_command_find() - find a command by its whole number
 * @cmd: the number
 *
 * Return: the command; NULL if letter, number, size or direction are not those of one
 *
 * Context: any
 */
const struct ndproxy_command_ops *ndproxy_command_find(unsigned int cmd)
{
	unsigned int nr = _IOC_NR(cmd);

	if (_IOC_TYPE(cmd) != NDPROXY_IOC_MAGIC || nr >= ARRAY_SIZE(commands))
		return NULL;
	nr = array_index_nospec(nr, ARRAY_SIZE(commands));
	return commands[nr].cmd == cmd ? &commands[nr] : NULL;
}
EXPORT_SYMBOL_IF_KUNIT(ndproxy_command_find);

/**
 * ndproxy_command_check() - look for a member that must be zero and is not
 * @ops: the command
 * @arg: its structure
 *
 * Return: the first such member, or NULL
 *
 * Context: any
 */
const struct ndproxy_field *ndproxy_command_check(const struct ndproxy_command_ops *ops,
						  const void *arg)
{
	unsigned int i;

	for (i = 0; i < ops->num_fields; i++)
		if (!ops->fields[i].input &&
		    memchr_inv(arg + ops->fields[i].offset, 0, ops->fields[i].size))
			return &ops->fields[i];
	return NULL;
}
EXPORT_SYMBOL_IF_KUNIT(ndproxy_command_check);

static int command_run(struct ndproxy_command *command, unsigned int cmd, void __user *user)
{
	const struct ndproxy_command_ops *ops = ndproxy_command_find(cmd);
	const struct ndproxy_field *field;
	u64 arg[NDPROXY_ARG_MAX / sizeof(u64)];
	size_t size = _IOC_SIZE(cmd);
	int err;

	if (!ops)
		return -ENOTTY;
	if (!ops->after_end && READ_ONCE(command->session->ended))
		return -ESHUTDOWN;

	command->ops = ops;
	command->arg = arg;
	memset(arg, 0, sizeof(arg));
	if (_IOC_DIR(cmd) & _IOC_WRITE && copy_from_user(arg, user, size))
		return -EFAULT;
	field = ndproxy_command_check(ops, arg);
	if (field)
		return ndproxy_bad(command, (void *)arg + field->offset, -EINVAL);

	err = ops->run(command, arg);
	if (err)
		return err;

	if (_IOC_DIR(cmd) & _IOC_READ && copy_to_user(user, arg, size))
		err = -EFAULT;
	return ops->finish ? ops->finish(command, arg, err) : err;
}

/**
 * ndproxy_ioctl() - a command on a session's file
 * @file: the file
 * @cmd: the command's whole number
 * @arg: its structure in user memory
 *
 * Return: 0; -ENOTTY, -EFAULT, -EINVAL, -ESHUTDOWN, or what the command says
 *
 * Context: process context; waits for nobody
 */
long ndproxy_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct ndproxy_session *session = file->private_data;
	struct ndproxy_command command = {
		.session = session,
		.error = { .offset = NDPROXY_NO_FIELD },
	};
	int err;

	BUILD_BUG_ON(sizeof(struct ndproxy_new_calls) > NDPROXY_ARG_MAX);
	BUILD_BUG_ON(sizeof(struct ndproxy_call_info) > NDPROXY_ARG_MAX);
	BUILD_BUG_ON(sizeof(struct ndproxy_make_call) > NDPROXY_ARG_MAX);

	err = command_run(&command, cmd, (void __user *)arg);
	if (err) {
		command.error.command = cmd;
		command.error.error = err == -ERESTARTSYS ? EINTR : -err;
		spin_lock(&session->lock);
		session->error = command.error;
		spin_unlock(&session->lock);
	}
	return err;
}
