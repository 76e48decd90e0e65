// SPDX-License-Identifier: GPL-2.0
/*
 * Users: how many sessions each has, in all network namespaces together.
 *
 * What a session may have is limited, so its user is by the number of his sessions;
 * the files that a process may open are no limit to who has many processes.
 */
#include <linux/capability.h>
#include <linux/err.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "ndproxy.h"

static unsigned int user_sessions = 64;
module_param(user_sessions, uint, 0644);
MODULE_PARM_DESC(user_sessions,
		 "sessions that a user without CAP_SYS_RESOURCE may have at a time (64)");

/**
 * struct ndproxy_user - somebody who has sessions
 * @node: in the list of them
 * @uid: who
 * @sessions: how many, until nothing is left of each
 */
struct ndproxy_user {
	struct list_head node;
	kuid_t uid;
	unsigned int sessions;
};

static DEFINE_SPINLOCK(users_lock);
static LIST_HEAD(users);

static struct ndproxy_user *user_find(kuid_t uid)
{
	struct ndproxy_user *user;

	list_for_each_entry(user, &users, node)
		if (uid_eq(user->uid, uid))
			return user;
	return NULL;
}

/**
 * ndproxy_user_charge() - one more session of a user
 * @uid: who
 *
 * Return: the user, for ndproxy_user_uncharge(), or an ERR_PTR(): -EDQUOT: he has as many as he
 * may have, and the caller is not privileged; -ENOMEM
 *
 * Context: process context, may sleep
 */
struct ndproxy_user *ndproxy_user_charge(kuid_t uid)
{
	struct ndproxy_user *fresh, *user;
	bool too_many;

	fresh = kzalloc(sizeof(*fresh), GFP_KERNEL_ACCOUNT);
	if (!fresh)
		return ERR_PTR(-ENOMEM);
	fresh->uid = uid;

	spin_lock(&users_lock);
	user = user_find(uid);
	if (!user) {
		list_add(&fresh->node, &users);
		user = fresh;
		fresh = NULL;
	}
	user->sessions++;
	too_many = user->sessions > READ_ONCE(user_sessions);
	spin_unlock(&users_lock);
	kfree(fresh);

	if (too_many && !capable(CAP_SYS_RESOURCE)) {
		ndproxy_user_uncharge(user);
		return ERR_PTR(-EDQUOT);
	}
	return user;
}

/**
 * ndproxy_user_uncharge() - nothing is left of a session of a user
 * @user: who
 *
 * Context: any but interrupts
 */
void ndproxy_user_uncharge(struct ndproxy_user *user)
{
	spin_lock(&users_lock);
	if (--user->sessions)
		user = NULL;
	else
		list_del(&user->node);
	spin_unlock(&users_lock);
	kfree(user);
}
