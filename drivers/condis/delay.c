// SPDX-License-Identifier: GPL-2.0
/*
 * Delay points: who is held up where, and for how long.
 *
 * There are two ways to be held up.  A delay is set from user space, for every
 * task that comes to a point, by the parameter "delays".  A stop is set by a
 * KUnit case, for the first task that comes to a point with one object; it goes
 * on when the case says so, and by itself after a while, so that a case that dies
 * leaves nobody behind.
 */
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/hash.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/sysfs.h>
#include <linux/wait.h>
#include <condis/delay.h>

#include "delay_points.h"
#include "visible.h"

/* Where nobody may sleep: no longer than a slow guest's timer tick. */
#define DELAY_SPIN_MAX_US	1000
#define DELAY_MAX_MS		10000
#define DELAY_MAX_US		1000000
/* A set of delays as text, and how many there may be in it. */
#define DELAY_TEXT_MAX		1024
#define DELAY_MAX		16

/* Stops: how many at a time, and how long a task waits at one, at most. */
#define DELAY_STOPS		8
#define DELAY_STOP_TIMEOUT	(20 * HZ)
#define DELAY_STOP_SPIN_MS	5000

DEFINE_STATIC_KEY_FALSE(condis_delays);
EXPORT_SYMBOL_GPL(condis_delays);

/* Whether this task may sleep here; where nobody can know, it does not. */
static bool may_sleep(void)
{
	return preemptible() && !rcu_preempt_depth();
}

static void hold_up(u64 us)
{
	if (!us)
		return;
	if (may_sleep()) {
		if (us < 10 * USEC_PER_MSEC)
			usleep_range(us, us + us / 8 + 1);
		else
			msleep(div_u64(us, USEC_PER_MSEC));
		return;
	}
	for (us = min_t(u64, us, DELAY_SPIN_MAX_US); us > 5; us -= 5)
		udelay(5);
}

static DEFINE_MUTEX(delay_mutex);	/* who changes delays, has_stops and the key */
static bool has_stops;

/*
 * A set of delays, by the parameter.
 */

/**
 * struct delay_set - what "delays" says; never changed once it is published
 * @rcu: it outlives those who read it
 * @text: as it was given
 * @max_us: at random: the most, in microseconds; 0: not at random
 * @seed: at random: which sequence
 * @turn: at random: how many tasks have come to a point
 * @n: how many points are named
 * @at: the points, and milliseconds
 */
struct delay_set {
	struct rcu_head rcu;
	char text[DELAY_TEXT_MAX];
	u32 max_us;
	u64 seed;
	atomic64_t turn;
	unsigned int n;
	struct {
		char name[DELAY_NAME_SIZE];
		unsigned int ms;
	} at[DELAY_MAX];
};

static struct delay_set __rcu *delays;	/* under delay_mutex */

/* Half of those who come are not held up: so that one overtakes another. */
static u64 random_us(struct delay_set *set)
{
	u64 value = set->seed + (u64)atomic64_inc_return(&set->turn) * GOLDEN_RATIO_64;

	/* The finalizer of splitmix64. */
	value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
	value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
	value ^= value >> 31;
	if (value & 1)
		return 0;
	return ((value >> 32) * set->max_us) >> 32;
}

static u64 delay_us(const char *point)
{
	struct delay_set *set;
	unsigned int i;
	u64 us = 0;

	rcu_read_lock();
	set = rcu_dereference(delays);
	if (set && set->max_us) {
		us = random_us(set);
	} else if (set) {
		for (i = 0; i < set->n; i++) {
			if (condis_delay_matches(set->at[i].name, point)) {
				us = (u64)set->at[i].ms * USEC_PER_MSEC;
				break;
			}
		}
	}
	rcu_read_unlock();
	return us;
}

/*
 * Stops, by KUnit.
 */

enum stop_state {
	STOP_FREE,
	STOP_ARMED,
	STOP_HELD,
	STOP_LEFT,
};

/**
 * struct condis_delay_stop - a place where one task is to be stopped
 * @state: how far that is
 * @point: where
 * @id: at which object; 0: at any
 * @go: it may go on
 * @late: it went on by itself
 */
struct condis_delay_stop {
	enum stop_state state;
	char point[DELAY_NAME_SIZE];
	u64 id;
	bool go;
	bool late;
};

static DEFINE_SPINLOCK(stops_lock);	/* protects stops; a leaf but for the wait head's */
static struct condis_delay_stop stops[DELAY_STOPS];
static DECLARE_WAIT_QUEUE_HEAD(stops_wait);

static struct condis_delay_stop *claim_stop(const char *point, u64 id)
{
	struct condis_delay_stop *stop, *found = NULL;
	unsigned long flags;

	spin_lock_irqsave(&stops_lock, flags);
	for (stop = stops; stop < stops + DELAY_STOPS; stop++) {
		if (stop->state == STOP_ARMED && (!stop->id || stop->id == id) &&
		    !strcmp(stop->point, point)) {
			WRITE_ONCE(stop->state, STOP_HELD);
			found = stop;
			break;
		}
	}
	spin_unlock_irqrestore(&stops_lock, flags);
	return found;
}

static void stay(struct condis_delay_stop *stop)
{
	unsigned long flags;
	unsigned int us;

	wake_up_all(&stops_wait);
	if (may_sleep())
		wait_event_timeout(stops_wait, READ_ONCE(stop->go), DELAY_STOP_TIMEOUT);
	else
		for (us = 0; us < DELAY_STOP_SPIN_MS * USEC_PER_MSEC && !READ_ONCE(stop->go);
		     us += 5)
			udelay(5);

	spin_lock_irqsave(&stops_lock, flags);
	stop->late = !stop->go;
	WRITE_ONCE(stop->state, STOP_LEFT);
	spin_unlock_irqrestore(&stops_lock, flags);
	wake_up_all(&stops_wait);
}

/**
 * condis_delay_reached() - a task is at a point, and somebody wants to hold tasks up
 * @point: the point's name
 * @id: of the object it is about
 *
 * Context: any
 */
void condis_delay_reached(const char *point, u64 id)
{
	struct condis_delay_stop *stop;

	hold_up(delay_us(point));
	stop = claim_stop(point, id);
	if (stop)
		stay(stop);
}
EXPORT_SYMBOL_GPL(condis_delay_reached);

/**
 * condis_delay_upcall() - a task is at a point of an upcall
 * @kind: of the object
 * @id: of the object
 * @code: the upcall
 * @phase: before or after what
 *
 * Context: any
 */
void condis_delay_upcall(enum condis_delay_kind kind, u64 id, unsigned int code,
			 enum condis_delay_phase phase)
{
	char point[DELAY_NAME_SIZE];

	/* One of a test's own has no name. */
	if (kind == CONDIS_DELAY_NONE)
		return;
	condis_delay_upcall_name(point, kind, code, phase);
	condis_delay_reached(point, id);
}

static void update_key(void)
{
	lockdep_assert_held(&delay_mutex);
	if (has_stops || rcu_access_pointer(delays))
		static_branch_enable(&condis_delays);
	else
		static_branch_disable(&condis_delays);
}

/* Takes @set, or NULL: nobody is held up by a set any more. */
static void publish(struct delay_set *set)
{
	struct delay_set *old;

	mutex_lock(&delay_mutex);
	old = rcu_replace_pointer(delays, set, lockdep_is_held(&delay_mutex));
	update_key();
	mutex_unlock(&delay_mutex);
	if (old)
		kfree_rcu(old, rcu);
}

/**
 * condis_delay_random() - hold up every second task at random, as "random:SEED:MAX_US" does
 * @seed: which sequence
 * @max_us: the most, in microseconds; 0: nobody any more
 *
 * Return: 0, or -ENOMEM
 *
 * Context: process context
 */
int condis_delay_random(u64 seed, u32 max_us)
{
	struct delay_set *set = NULL;

	if (max_us) {
		set = kzalloc(sizeof(*set), GFP_KERNEL);
		if (!set)
			return -ENOMEM;
		snprintf(set->text, sizeof(set->text), "random:%llu:%u", seed, max_us);
		set->seed = seed;
		set->max_us = max_us;
	}
	publish(set);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(condis_delay_random);

/**
 * condis_delay_stop() - have the next task stopped that comes to a point
 * @point: the point's name
 * @id: of the object; 0: any
 *
 * Return: the stop, for condis_delay_release(); NULL if there is no such point, or no more stops
 *
 * Context: process context
 */
struct condis_delay_stop *condis_delay_stop(const char *point, u64 id)
{
	struct condis_delay_stop *stop, *found = NULL;
	unsigned long flags;

	if (WARN_ONCE(!condis_delay_known(point), "condis: there is no delay point \"%s\"\n",
		      point))
		return NULL;

	mutex_lock(&delay_mutex);
	spin_lock_irqsave(&stops_lock, flags);
	for (stop = stops; stop < stops + DELAY_STOPS; stop++) {
		if (stop->state == STOP_FREE) {
			strscpy(stop->point, point, sizeof(stop->point));
			stop->id = id;
			WRITE_ONCE(stop->go, false);
			stop->late = false;
			WRITE_ONCE(stop->state, STOP_ARMED);
			found = stop;
			break;
		}
	}
	spin_unlock_irqrestore(&stops_lock, flags);
	if (found) {
		has_stops = true;
		update_key();
	}
	mutex_unlock(&delay_mutex);
	return found;
}
EXPORT_SYMBOL_IF_KUNIT(condis_delay_stop);

/**
 * condis_delay_wait() - wait until a task is at a stop
 * @stop: the stop
 *
 * Return: true: it is there; false: nobody has come in good time
 *
 * Context: process context, waits
 */
bool condis_delay_wait(struct condis_delay_stop *stop)
{
	return wait_event_timeout(stops_wait, READ_ONCE(stop->state) >= STOP_HELD,
				  DELAY_STOP_TIMEOUT);
}
EXPORT_SYMBOL_IF_KUNIT(condis_delay_wait);

/**
 * condis_delay_release() - let the task at a stop go on, and give the stop up
 * @stop: the stop
 *
 * Return: true: it was there, and had not gone on by itself
 *
 * Context: process context, waits until the task has left
 */
bool condis_delay_release(struct condis_delay_stop *stop)
{
	unsigned long flags;
	bool was_held;

	spin_lock_irqsave(&stops_lock, flags);
	WRITE_ONCE(stop->go, true);
	if (stop->state == STOP_ARMED) {
		WRITE_ONCE(stop->state, STOP_LEFT);
		stop->late = true;
	}
	spin_unlock_irqrestore(&stops_lock, flags);
	wake_up_all(&stops_wait);
	wait_event(stops_wait, READ_ONCE(stop->state) == STOP_LEFT);

	spin_lock_irqsave(&stops_lock, flags);
	was_held = !stop->late;
	WRITE_ONCE(stop->state, STOP_FREE);
	spin_unlock_irqrestore(&stops_lock, flags);
	return was_held;
}
EXPORT_SYMBOL_IF_KUNIT(condis_delay_release);

/**
 * condis_delay_release_all() - the case is over: nobody is stopped any more
 *
 * Context: process context, waits until the tasks have left
 */
void condis_delay_release_all(void)
{
	struct condis_delay_stop *stop;

	for (stop = stops; stop < stops + DELAY_STOPS; stop++)
		if (READ_ONCE(stop->state) != STOP_FREE)
			condis_delay_release(stop);
	mutex_lock(&delay_mutex);
	has_stops = false;
	update_key();
	mutex_unlock(&delay_mutex);
}
EXPORT_SYMBOL_IF_KUNIT(condis_delay_release_all);

/*
 * The parameter.
 */

static int parse_random(struct delay_set *set, char *text)
{
	char *seed = strsep(&text, ":");

	if (!text || kstrtou64(seed, 0, &set->seed) || kstrtou32(text, 0, &set->max_us) ||
	    !set->max_us || set->max_us > DELAY_MAX_US) {
		pr_err("condis: delays: \"random:SEED:MAX_US\" wants two numbers, MAX_US from 1 to %u\n",
		       DELAY_MAX_US);
		return -EINVAL;
	}
	return 0;
}

static int parse_point(struct delay_set *set, char *text)
{
	char *name = strsep(&text, ":");
	unsigned int ms;

	if (!text || kstrtouint(text, 0, &ms) || !ms || ms > DELAY_MAX_MS) {
		pr_err("condis: delays: \"%s\" wants its milliseconds, from 1 to %u: \"%s:20\"\n",
		       name, DELAY_MAX_MS, name);
		return -EINVAL;
	}
	if (strlen(name) >= DELAY_NAME_SIZE || !condis_delay_known(name)) {
		pr_err("condis: delays: there is no point \"%s\"; Documentation/races.rst lists them\n",
		       name);
		return -EINVAL;
	}
	if (set->n == DELAY_MAX) {
		pr_err("condis: delays: more than %u points\n", DELAY_MAX);
		return -EINVAL;
	}
	strscpy(set->at[set->n].name, name, DELAY_NAME_SIZE);
	set->at[set->n].ms = ms;
	set->n++;
	return 0;
}

static int parse_delays(struct delay_set *set, char *text)
{
	char *word;
	int err;

	if (!strncmp(text, "random:", 7))
		return parse_random(set, text + 7);
	while ((word = strsep(&text, ","))) {
		err = parse_point(set, word);
		if (err)
			return err;
	}
	return 0;
}

static int delays_set(const char *value, const struct kernel_param *param)
{
	struct delay_set *set = NULL;
	char *copy, *text;
	int err = 0;

	copy = kstrdup(value, GFP_KERNEL);
	if (!copy)
		return -ENOMEM;
	text = strim(copy);
	if (strlen(text) >= DELAY_TEXT_MAX) {
		pr_err("condis: delays: longer than %u characters\n", DELAY_TEXT_MAX - 1);
		err = -EINVAL;
		goto free_copy;
	}
	if (*text) {
		set = kzalloc(sizeof(*set), GFP_KERNEL);
		err = set ? 0 : -ENOMEM;
		if (!err) {
			strscpy(set->text, text, sizeof(set->text));
			err = parse_delays(set, text);
		}
		if (err) {
			kfree(set);
			goto free_copy;
		}
	}
	publish(set);
free_copy:
	kfree(copy);
	return err;
}

static int delays_get(char *buffer, const struct kernel_param *param)
{
	struct delay_set *set;
	int n;

	rcu_read_lock();
	set = rcu_dereference(delays);
	n = sysfs_emit(buffer, "%s\n", set ? set->text : "");
	rcu_read_unlock();
	return n;
}

static void delays_free(void *arg)
{
	kfree(rcu_dereference_protected(delays, true));
}

static const struct kernel_param_ops delays_ops = {
	.set = delays_set,
	.get = delays_get,
	.free = delays_free,
};

module_param_cb(delays, &delays_ops, NULL, 0644);
MODULE_PARM_DESC(delays,
		 "debug builds: hold tasks up at delay points: POINT:MS[,...], or random:SEED:MAX_US; empty: nobody ()");
