// SPDX-License-Identifier: GPL-2.0
/*
 * What a session is called, and how soon it is asked for calls.
 */
#include <linux/bitops.h>
#include <linux/build_bug.h>
#include <linux/string.h>

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

/**
 * ndproxy_session_priority() - how soon a session is asked for a call
 * @session: the session
 * @media_modes: of the call
 *
 * Return: the highest priority that it has for any of them
 *
 * Context: any
 */
u32 ndproxy_session_priority(const struct ndproxy_session *session, u32 media_modes)
{
	unsigned long modes = media_modes & NDPROXY_MEDIA_MODES;
	unsigned int bit;
	u32 highest = 0;

	for_each_set_bit(bit, &modes, NDPROXY_MEDIA_BITS)
		highest = max(highest, READ_ONCE(session->priority[bit]));
	return highest;
}

/**
 * ndproxy_session_set_priority() - set how soon a session is asked for calls
 * @session: the session
 * @media_modes: of the calls
 * @priority: the higher the sooner
 *
 * Context: any
 */
void ndproxy_session_set_priority(struct ndproxy_session *session, u32 media_modes, u32 priority)
{
	unsigned long modes = media_modes;
	unsigned int bit;

	BUILD_BUG_ON(NDPROXY_MEDIA_MODES >> NDPROXY_MEDIA_BITS);
	for_each_set_bit(bit, &modes, NDPROXY_MEDIA_BITS)
		WRITE_ONCE(session->priority[bit], priority);
}

/**
 * ndproxy_set_priority() - NDPROXY_SET_PRIORITY
 * @cmd: the command
 * @arg: struct ndproxy_priority
 *
 * Return: 0; -EINVAL, -ESRCH
 *
 * Context: process context
 */
int ndproxy_set_priority(struct ndproxy_command *cmd, void *arg)
{
	const struct ndproxy_priority *set = arg;

	if (!set->media_modes || set->media_modes & ~NDPROXY_MEDIA_MODES)
		return ndproxy_bad(cmd, &set->media_modes, -EINVAL);
	if (!memchr_inv(set->name, 0, sizeof(set->name))) {
		ndproxy_session_set_priority(cmd->session, set->media_modes, set->priority);
		return 0;
	}
	if (!condis_session_name_is_valid(set->name))
		return ndproxy_bad(cmd, &set->name, -EINVAL);
	if (!ndproxy_net_set_priority(cmd->session, set))
		return ndproxy_bad(cmd, &set->name, -ESRCH);
	return 0;
}
